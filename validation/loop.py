"""The whole loop for hundreds of random lives: does any step break a rule, rewrite history, explain nothing, or crash?

``python -m validation.loop 50`` lives so many lives instead of all.
"""

import sys
import traceback
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.loop_steps import STEPS, begin, named, random_step
from tests.loops import Dice, Loop, Tally

from validation.work import markdown, rng_of, spread, write

SEQUENCES = 200
STEPS_EACH = 30


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
    """What is broken or wrong by rule, and the first of each; nothing where nothing is."""
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for life, one in enumerate(tallies):
        for said, two in one.broken:
            found[two.rule].append((life, said, f"{two.day}: {two.text}"))
        for said, text in (*one.wrong, *one.crashes):
            found["no rule"].append((life, said, text))
    rows = [
        [rule, str(len(them)), str(len({life for life, _, _ in them})), str(them[0][0]),
         them[0][1].splitlines()[-1][:80].replace("|", "/"), them[0][2][:200].replace("|", "/")]
        for rule, them in sorted(found.items(), key=lambda item: -len(item[1]))
    ]  # fmt: skip
    return [markdown(["broken", "times", "lives", "first life", "after", "what"], rows)] if rows else []


def _steps(tallies: Sequence[Tally]) -> str:
    often = sum((one.steps for one in tallies), Counter[str]())
    return markdown(["step", "times"], [[named(step), str(often[named(step)])] for step in STEPS])


def _refused(tallies: Sequence[Tally]) -> str:
    often = sum((one.refused for one in tallies), Counter[str]())
    return markdown(["kind", "times"], [[kind, str(times)] for kind, times in often.most_common()])


if __name__ == "__main__":
    run(*(int(number) for number in sys.argv[1:2]))
