"""Runs whose truth is known, as real FIT files."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenstride.errors import InvalidRequest
from evenstride.simulate import RunRecipe, RunTruth, SimulatedRun, simulate_run


@dataclass(frozen=True, kw_only=True)
class WrittenRun:
    """A simulated run on disk, and its truth."""

    path: Path
    truth: RunTruth


def simulate_file(out: str | Path, recipe: RunRecipe | None = None, *, seed: int = 0) -> WrittenRun:
    """Simulate one run and write it as a FIT file; the same recipe and seed give the same bytes.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = simulate_file(Path(folder, "run.fit"), RunRecipe(asymmetry_pct=3.0, minutes=12), seed=1)
    ...     written.truth.settled_index_pct, written.path.stat().st_size > 10_000
    (3.0, True)
    """
    run = simulate_run(recipe or RunRecipe(), rng=np.random.default_rng(seed))
    return WrittenRun(path=write_run(run, Path(out)), truth=run.truth)


def write_run(run: SimulatedRun, path: Path) -> Path:
    """Write a simulated run as a FIT file and return its path."""
    from evenstride.report.fit_encoder import encode_activity

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(encode_activity(run.activity))
    except OSError as error:
        raise InvalidRequest(f"{path} cannot be written: {error.strerror}.", help="Name another place.") from None
    return path
