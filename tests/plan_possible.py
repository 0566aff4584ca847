"""What is possible at all: every way of placing strength in a small life, tried out before the judge of the rules.

Nothing of the planner is used: a trial is a plan of bare sessions, and the rules about days and times judge it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

import numpy as np
from tests.plan_requests import EQUIPMENT, KINDS, TIMES, calendar

from evenstride.errors import PlanConflict
from evenstride.model import (
    CalendarRun,
    Dose,
    FreeSlot,
    Plan,
    PlannedExercise,
    PlannedRun,
    PlannedSession,
    PlanRequest,
    PlanWeek,
    Profile,
    Race,
    SolverStatus,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import CHECKS
from evenstride.plan.rules.case import Case
from evenstride.plan.schedule import make_plan

JUDGED = ("R-24H", "R-AFTER-EASY", "R-NONCONSEC", "R-TAPER", "R-FREQ", "R-AVAIL", "R-NO-NEW")
TRIED = "single_leg_romanian_deadlift"
STRENGTH_MINUTES, MICRO_MINUTES = 15.0, 10.0
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What the planner answers and what trying everything finds: ``most`` strength sessions, 0 where it refuses."""

    planned: int
    possible: int
    refused: bool
    tested: bool


def compared(request: PlanRequest) -> Compared:
    """Return how many strength sessions the planner places, and how many there can be."""
    try:
        plan = make_plan(request, load_catalogue())
    except PlanConflict:
        return Compared(planned=0, possible=most_sessions(request), refused=True, tested=False)
    tests = {_monday(one.day) for one in plan.sessions if one.kind == "test"}
    number = sum(one.kind in ("strength", "micro") for one in plan.sessions)
    return Compared(
        planned=number, possible=most_sessions(request, without=tests), refused=False, tested=bool(tests)
    )  # fmt: skip


def small_request(seed: int) -> PlanRequest:
    """Return a life of one or two weeks with at most four stretches of free minutes a week, many of them tight.

    Some programmes began three weeks and some days before, so that their first four weeks end within it.
    """
    rng = np.random.default_rng([4, seed])
    start = date(2026, 3, 2) + timedelta(days=int(rng.integers(0, 30)))
    timed, free_timed = rng.random(), rng.random()

    def maybe(share: float) -> time | None:
        return TIMES[int(rng.integers(len(TIMES)))] if rng.random() < share else None

    run_days = rng.permutation(7)[: int(rng.integers(2, 8))]
    kinds = KINDS if rng.random() < 0.5 else tuple(kind for kind in KINDS if kind != "easy")
    runs = tuple(
        PlannedRun(weekday=int(day), kind=str(rng.choice(kinds)), minutes=float(rng.integers(20, 120)), at=maybe(timed))  # type: ignore[arg-type]
        for day in sorted(run_days)
    )  # fmt: skip
    free = tuple(
        FreeSlot(weekday=int(day), minutes=float(rng.choice([10, 15, 20, 40])), at=maybe(free_timed))
        for day in sorted(rng.permutation(7)[: int(rng.integers(1, 5))])
    )
    races = tuple(
        Race(day=start + timedelta(days=int(rng.integers(0, 40))), priority=str(rng.choice(["A", "B", "C"])))  # type: ignore[arg-type]
        for _ in range(int(rng.choice([0, 0, 0, 1, 2])))
    )  # fmt: skip
    weeks = int(rng.integers(1, 3))
    profile = Profile(
        name="Kim", runs=runs, free=free, equipment=EQUIPMENT, races=tuple(sorted(set(races), key=lambda one: one.day))
    )
    began = start - timedelta(days=int(rng.integers(21, 28))) if rng.random() < 0.4 else None
    return PlanRequest(
        profile=profile, start=start, weeks=weeks, today=start, began=began, calendar=calendar(profile, start, weeks * 7)
    )  # fmt: skip


def most_sessions(request: PlanRequest, *, without: Sequence[date] | set[date] = ()) -> int:
    """Return the greatest number of strength sessions that the rules allow; none in weeks that begin on ``without``.

    Outside the season an unloaded session counts only where it is the only one of its week.
    """
    slots = [one for one in _stretches(request) if _monday(one[0]) not in without]
    return _most(request, slots, [])


def _most(request: PlanRequest, slots: Sequence[tuple[date, FreeSlot]], chosen: list[PlannedSession]) -> int:
    """The most of all ways to go on: each later stretch is left out, or holds a session that breaks nothing."""
    if not slots:
        return len(chosen)
    best = _most(request, slots[1:], chosen)
    for one in tries(request, *slots[0]):
        if _lone(request, [*chosen, one]) and not is_broken(request, [*chosen, one]):
            best = max(best, _most(request, slots[1:], [*chosen, one]))
    return best


def tries(request: PlanRequest, day: date, free: FreeSlot) -> Iterator[PlannedSession]:
    """Yield the shortest sessions that a stretch of free minutes could hold: loaded, and with body weight only."""
    micro = short_season(request, day)
    least = MICRO_MINUTES if micro else STRENGTH_MINUTES
    if free.minutes < least:
        return
    runs = [run for run in request.calendar if run.day == day and run.kind != "rest"]
    for load in (4.0, 0.0):
        if load or not tapering(request, day):
            dose = Dose(sets=2, reps=10, load_kg=load)
            line = PlannedExercise(exercise=TRIED, because="tried", left=dose, right=dose, first="left")
            yield PlannedSession(
                id=f"{day}-{free.weekday}-{free.at}", day=day, at=free.at, slot="after_run" if runs else "free",
                kind="micro" if micro else "strength", minutes=least, phase="beginner", exercises=(line,),
            )  # fmt: skip


def is_broken(request: PlanRequest, sessions: Sequence[PlannedSession], weeks: Sequence[PlanWeek] = ()) -> bool:
    """Whether bare sessions break a binding rule about days and times."""
    runs = tuple(run for run in request.calendar if request.start <= run.day < _end(request) and run.kind != "rest")
    plan = Plan(
        athlete=request.profile.name, start=request.start, weeks=request.weeks, runs=runs, sessions=tuple(sessions),
        week_list=tuple(weeks), solver=SolverStatus(status="optimal", gap=0.0),
    )  # fmt: skip
    case = Case(plan, request, load_catalogue())
    return any(one.binding for rule in JUDGED for one in CHECKS[rule](case))


def could_stand(plan: Plan, request: PlanRequest, monday: date) -> list[PlannedSession]:
    """Return the sessions that could be added to a plan in a week without breaking a rule; the runner owns all."""
    rich = replace(request, profile=replace(request.profile, equipment=EQUIPMENT))
    strength = [one for one in plan.sessions if one.kind in ("strength", "micro", "test")]
    return [
        one
        for day, free in _stretches(request)
        if _monday(day) == monday
        for one in tries(rich, day, free)
        if not is_broken(rich, sorted([*strength, one], key=lambda two: two.day), plan.week_list)
    ]


def short_season(request: PlanRequest, day: date) -> bool:
    """Whether sessions are short: eight weeks before an A race, and between two A or B races no further apart."""
    races = request.profile.races
    if any(race.priority == "A" and timedelta(0) <= race.day - day <= 8 * WEEK for race in races):
        return True
    days = sorted({race.day for race in races if race.priority in "AB"})
    return any(one < day <= other and other - one <= 8 * WEEK for one, other in pairwise(days))


def tapering(request: PlanRequest, day: date) -> bool:
    """Whether loads must stay as they are: a session without them does not count then."""
    before = {"A": 14, "B": 7}
    return any(0 <= (race.day - day).days <= before.get(race.priority, -1) for race in request.profile.races)


def _lone(request: PlanRequest, sessions: Sequence[PlannedSession]) -> bool:
    last = sessions[-1]
    week = [one for one in sessions if _monday(one.day) == _monday(last.day)]
    light = [one for one in week if one.kind == "strength" and not any(d.load_kg for d in one.exercises[0].doses)]
    return not light or len(week) == 1 or all(one.kind == "micro" for one in light)


def _stretches(request: PlanRequest) -> list[tuple[date, FreeSlot]]:
    days = [request.start + timedelta(days=n) for n in range((_end(request) - request.start).days)]
    found = [(day, free) for day in days for free in request.profile.free if free.weekday == day.weekday()]
    return sorted(found, key=lambda one: (one[0], one[1].at or time.max))


def _end(request: PlanRequest) -> date:
    return request.start + request.weeks * WEEK


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
