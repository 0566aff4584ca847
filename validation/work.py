"""Sharing cells between the cores, and writing tables."""

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import numpy as np
import scipy

RESULTS = Path(__file__).parent / "results"
SEED = 20240611

Cell = TypeVar("Cell")
Result = TypeVar("Result")


def spread(job: Callable[[Cell], Result], cells: Sequence[Cell], what: str) -> list[Result]:
    """Do ``job`` for every cell on all cores and return the results in order; progress goes to stderr."""
    started = time.perf_counter()
    results: list[Result] = []
    with get_context("spawn").Pool() as pool:
        for result in pool.imap(job, cells):
            results.append(result)
            print(f"\r{what}: {len(results)}/{len(cells)}", end="", file=sys.stderr, flush=True)
    print(f" in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return results


def rng_of(*key: int) -> np.random.Generator:
    """The cell's own randomness: the same whichever core works on it, and in whatever order."""
    return np.random.default_rng([SEED, *key])


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, first column left, the others right."""
    lines = [header, ["---", *["--:"] * (len(header) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share: float) -> str:
    return f"{100.0 * share:.1f}"


def write(name: str, title: str, intro: str, parts: Sequence[str]) -> None:
    """Rewrite ``validation/results/<name>.md``: title, how it was made, what was simulated, and the parts."""
    versions = ", ".join(
        f"{package} {version}"
        for package, version in {
            "evenstride": version("evenstride"), "numpy": np.__version__, "scipy": scipy.__version__,
        }.items()
    )  # fmt: skip
    made = f"Made by `python -m validation {name}`, seed {SEED}, with {versions}."
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text("\n\n".join([f"# {title}", made, intro, *parts]) + "\n", encoding="utf-8")
    print(f"{name}: {RESULTS.name}/{name}.md", file=sys.stderr)
