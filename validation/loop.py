"""The whole loop for hundreds of random lives: does any step break a rule, rewrite history, explain nothing, or crash?

``python -m validation.loop 50`` lives so many lives instead of all.
"""

import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.loop_steps import STEPS, begin, named, random_step
from tests.loops import Dice, Loop, Tally

from validation.work import markdown, rng_of, spread, write

SEQUENCES = 200
STEPS_EACH = 30
WORST = 12


def live(seed: int) -> Tally:
    """Live one life: a first plan, then random steps. A crash ends it."""
    rng = rng_of(41, seed)
    with TemporaryDirectory() as folder:
        loop = Loop(Path(folder), Dice(lambda n: int(rng.integers(n))))
        try:
            begin(loop)
            for _ in range(STEPS_EACH):
                random_step(loop)
        except Exception as error:  # whatever it is: a crash is what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            loop.tally.crashes.append((loop.said(), f"{type(error).__name__} in {where.name}: {error}"))
        finally:
            loop.close()
    return loop.tally


def run(sequences: int = SEQUENCES) -> None:
    """Rewrite the table; progress goes to stderr."""
    tallies = spread(live, range(sequences), "loops")
    intro = (
        "Random lives on a real store with a simulated clock that only moves forward: a plan of three to five weeks, "
        "then steps drawn from the table of `tests/loop_steps.py` as often each as it says. After every step what was "
        "planned is judged by `broken_rules` with the request that the service makes, every row of the store is "
        "compared with what it was, every decision must name its rule, its reason and what would change it, and the "
        "documents of the day are made."
    )
    write("loop", "Does the whole loop hold, whatever a runner does in whatever order?", intro, [
        f"## {sequences} lives of {STEPS_EACH} steps after the first plan", _found(tallies), *_worst(tallies),
        "## Steps of each kind", _steps(tallies), "## Refusals, one sentence each", _refused(tallies),
    ])  # fmt: skip


def _found(tallies: Sequence[Tally]) -> str:
    total = partial(_total, tallies)
    return markdown(["", "number", "required"], [
        ["lives", str(len(tallies)), ""], ["steps", str(sum(sum(one.steps.values()) for one in tallies)), ""],
        ["plans judged", str(sum(one.plans for one in tallies)), ""], ["binding rules broken", total("broken"), "0"],
        ["history rewritten, something unexplained, a refusal without a sentence", total("wrong"), "0"],
        ["crashes", total("crashes"), "0"],
    ])  # fmt: skip


def _total(tallies: Sequence[Tally], name: str) -> str:
    return str(sum(len(getattr(one, name)) for one in tallies))


def _worst(tallies: Sequence[Tally]) -> list[str]:
    """The first of what is broken or wrong, with its life; nothing where nothing is."""
    rows = []
    for seed, one in enumerate(tallies):
        found = [(said, f"{two.rule} {two.day}: {two.text}") for said, two in one.broken]
        for said, text in (*found, *one.wrong, *one.crashes):
            rows.append([text.replace("|", "/")[:200], str(seed), said.splitlines()[-1][:80].replace("|", "/")])
    return [markdown(["what", "life", "after"], rows[:WORST])] if rows else []


def _steps(tallies: Sequence[Tally]) -> str:
    often = sum((one.steps for one in tallies), Counter[str]())
    return markdown(["step", "times"], [[named(step), str(often[named(step)])] for step in STEPS])


def _refused(tallies: Sequence[Tally]) -> str:
    often = sum((one.refused for one in tallies), Counter[str]())
    return markdown(["kind", "times"], [[kind, str(times)] for kind, times in often.most_common()])


if __name__ == "__main__":
    run(*(int(number) for number in sys.argv[1:2]))
