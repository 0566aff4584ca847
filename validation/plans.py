"""S4: does every plan keep every rule, is it the best one, and is a request refused only where nothing fits?

``python -m validation.plans 600`` judges so many random lives instead of all.
"""

import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import numpy as np
from tests.plan_possible import compared, small_request
from tests.plan_requests import random_request
from tests.plan_solved import agrees, questions

from evenstride.errors import PlanConflict
from evenstride.model import Plan
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import broken_rules
from evenstride.plan.schedule import make_plan
from validation.work import markdown, spread, write

CONTEXTS = 10_000
SMALL = 2000
SOLVED_TWICE = 400
LIVES_A_CELL = 50
WEEKS = 8
"""Lives last one to so many weeks."""
TIMED = ((12, 200), (52, 20))
"""Weeks, and how many requests of them are timed."""
WORST = 10
QUANTILES = (50, 95, 100)


@dataclass(kw_only=True)
class Judged:
    """What became of some random lives: answers, and what the judge found broken (seed, rule, what)."""

    plans: int
    conflicts: int
    sessions: int
    followed: int
    binding: list[tuple[int, str, str]]
    unsaid: list[tuple[int, str, str]]


@dataclass(frozen=True, kw_only=True)
class Solved:
    """One request that was timed; ``gap`` None where it was refused."""

    seconds: float
    gap: float | None


def judge(seeds: range) -> Judged:
    """Plan and judge the lives of these seeds."""
    found = Judged(plans=0, conflicts=0, sessions=0, followed=0, binding=[], unsaid=[])
    for seed in seeds:
        request = random_request(seed, weeks=1 + seed % WEEKS)
        try:
            plan = make_plan(request, load_catalogue())
        except PlanConflict:
            found.conflicts += 1
            continue
        found.plans += 1
        found.sessions += len(plan.sessions)
        found.followed += bool(request.logs)
        for one in broken_rules(plan, request):
            (found.binding if one.binding else found.unsaid).append((seed, one.rule, f"{one.day}: {one.text}"))
    return found


def try_everything(seeds: range) -> Counter[str]:
    """Compare the planner with every way of placing strength, for small lives of these seeds."""
    counts: Counter[str] = Counter()
    for seed in seeds:
        result = compared(small_request(seed))
        nothing = result.possible == 0 and not result.given
        answer = "refused" if result.refused else "planned"
        counts[f"{answer}, {'nothing' if nothing else 'something'} possible"] += 1
        if not result.refused:
            order = (result.planned > result.possible) - (result.planned < result.possible)
            counts[("fewer", "as many", "more")[order + 1]] += 1
    return counts


def solve_twice(seeds: range) -> Counter[bool]:
    """Solve every question of these lives with and without the reductions of the solver: whether they agree."""
    asked = (question for seed in seeds for question in questions(random_request(seed, weeks=1 + seed % WEEKS)))
    return Counter(map(agrees, asked))


def timed(weeks: int, n: int) -> list[Solved]:
    """Time requests one after another, in this process alone; the first, which loads the solver, is not counted."""
    answer(0, weeks)
    return [answer(seed, weeks) for seed in range(n)]


def answer(seed: int, weeks: int) -> Solved:
    """Time one request of a programme that begins."""
    request, catalogue = random_request(seed, weeks=weeks, history=False), load_catalogue()
    started = time.perf_counter()
    made: Plan | None = None
    with suppress(PlanConflict):
        made = make_plan(request, catalogue)
    return Solved(seconds=time.perf_counter() - started, gap=made.solver.gap if made else None)


def run(contexts: int = CONTEXTS) -> None:
    """Rewrite the table; progress goes to stderr."""
    times = {weeks: timed(weeks, n) for weeks, n in TIMED}
    judged = spread(judge, _cells(contexts), "lives")
    counts = sum(spread(try_everything, _cells(SMALL), "small lives"), Counter[str]())
    twice = sum(spread(solve_twice, _cells(min(contexts, SOLVED_TWICE)), "solved twice"), Counter[bool]())
    intro = (
        "Random lives: runs of every kind with and without a time of day, one to six stretches of free minutes a week, "
        "races, injuries, restrictions, equipment; two of five follow some weeks of an earlier plan with logs, tests, "
        "missed sessions and pain. Every plan is judged by `broken_rules`, which shares no code with the planner."
    )
    write("plans", "Does every plan keep every rule? (S4)", intro, [
        f"## {contexts} random lives of 1 to {WEEKS} weeks (seeds from 0)", _judged_table(judged), *_worst(judged),
        "## Solve times (one process, the whole of `make_plan`)", _times_table(times),
        f"## Every possibility tried: {SMALL} small lives", _small_text(), _small_table(counts),
        "## Every timetable solved in two ways", _twice_text(twice),
    ])  # fmt: skip


def _cells(n: int) -> list[range]:
    return [range(first, min(first + LIVES_A_CELL, n)) for first in range(0, n, LIVES_A_CELL)]


def _judged_table(judged: Sequence[Judged]) -> str:
    total = partial(_total, judged)
    binding, unsaid = _all(judged, "binding"), _all(judged, "unsaid")
    return markdown(["", "number", "required"], [
        ["plans", total("plans"), ""], ["of these, following an earlier one with logs", total("followed"), ""],
        ["requests refused", total("conflicts"), ""], ["sessions", total("sessions"), ""],
        ["binding rules broken", str(len(binding)), "0"],
        ["plans with a binding rule broken", str(len({seed for seed, _, _ in binding})), "0"],
        ["preferences given up unsaid", str(len(unsaid)), "0"],
    ])  # fmt: skip


def _total(judged: Sequence[Judged], name: str) -> str:
    return str(sum(getattr(one, name) for one in judged))


def _all(judged: Sequence[Judged], name: str) -> list[tuple[int, str, str]]:
    return [one for part in judged for one in getattr(part, name)]


def _worst(judged: Sequence[Judged]) -> list[str]:
    """What is broken, by rule, and the first of each kind; nothing where nothing is."""
    found = [("binding", *one) for one in _all(judged, "binding")]
    found += [("preference", *one) for one in _all(judged, "unsaid")]
    if not found:
        return []
    often = Counter((kind, rule) for kind, _, rule, _ in found)
    first = {(kind, rule): (seed, text) for kind, seed, rule, text in reversed(found)}
    rows = [
        [rule, kind, str(count), str(first[kind, rule][0]), first[kind, rule][1]]
        for (kind, rule), count in often.most_common(WORST)
    ]
    return [markdown(["broken", "kind", "times", "first seed", "what"], rows)]


def _times_table(times: dict[int, list[Solved]]) -> str:
    rows = []
    for weeks, solved in times.items():
        seconds = np.percentile([one.seconds for one in solved], QUANTILES)
        gaps = [one.gap for one in solved if one.gap is not None]
        rows.append([
            f"{weeks} weeks", str(len(solved)), str(len(gaps)), *(f"{value:.2f}" for value in seconds),
            f"{100.0 * np.mean(np.array(gaps) == 0.0):.1f}", f"{100.0 * max(gaps):.3f}",
        ])  # fmt: skip
    header = ["", "requests", "planned", "p50 (s)", "p95 (s)", "max (s)", "solved to the end (%)", "largest gap (%)"]
    return markdown(header, rows)


def _small_text() -> str:
    return (
        "One or two weeks, at most four stretches of free minutes a week. Every choice of strength sessions is tried "
        "before the rules about days and times (R-24H, R-AFTER-EASY, R-NONCONSEC, R-TAPER, R-RECOVER, R-FREQ, R-AVAIL, "
        "R-NO-NEW); "
        "weeks with a test and light weeks are taken as the planner has them."
    )


def _small_table(counts: Counter[str]) -> str:
    return markdown(["", "number", "required"], [
        ["refused, and nothing is possible", str(counts["refused, nothing possible"]), ""],
        ["refused, though something is possible", str(counts["refused, something possible"]), "0"],
        ["planned, and something is possible", str(counts["planned, something possible"]), ""],
        ["planned, though nothing is possible", str(counts["planned, nothing possible"]), "0"],
        ["planned with as many strength sessions as possible", str(counts["as many"]), ""],
        ["planned with fewer", str(counts["fewer"]), "0"], ["planned with more", str(counts["more"]), "0"],
    ])  # fmt: skip


def _twice_text(twice: Counter[bool]) -> str:
    return (
        f"The questions of the first {SOLVED_TWICE} lives were solved again as they are written, without the solver's "
        f"reductions: {twice.total()} questions, {twice[False]} with another worth (required: 0)."
    )


if __name__ == "__main__":
    run(*(int(number) for number in sys.argv[1:2]))
