"""What is possible at all: every way of placing strength in a small life, tried out before the judge of the rules.

Nothing of the planner is used: a trial is a plan of bare sessions, and the rules about days and times judge it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise

import numpy as np
from tests.plan_requests import EQUIPMENT, KINDS, TIMES, calendar

from evenstride.errors import PlanConflict
from evenstride.model import (
    Dose,
    ExerciseLog,
    FreeSlot,
    Plan,
    PlannedExercise,
    PlannedRun,
    PlannedSession,
    PlanRequest,
    PlanWeek,
    Profile,
    Race,
    SessionLog,
    SolverStatus,
)
from evenstride.model.plan import SessionKind
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import CHECKS
from evenstride.plan.rules.case import Case
from evenstride.plan.schedule import make_plan

JUDGED = ("R-24H", "R-AFTER-EASY", "R-NONCONSEC", "R-TAPER", "R-RECOVER", "R-FREQ", "R-AVAIL", "R-NO-NEW")
TRIED, TRIED_LIGHT = "single_leg_romanian_deadlift", "step_up"
STRENGTH_MINUTES, MICRO_MINUTES = 15.0, 10.0
WEEK = timedelta(weeks=1)
LOAD_KG = 4.0
FIRST_TEST_WEEK = 4


@dataclass(frozen=True, kw_only=True)
class Compared:
    """How many strength sessions the planner places (0 where it refuses), and how many there can be.

    ``given``: what stands in weeks with a test, which takes the place of strength, and in light ones, which hold as
    much as their share of the sets allows; both are taken as the planner has them.
    """

    planned: int
    possible: int
    refused: bool
    given: int = 0


def compared(request: PlanRequest) -> Compared:
    """Return how many strength sessions the planner places, and how many there can be."""
    try:
        plan = make_plan(request, load_catalogue())
    except PlanConflict:
        return Compared(planned=0, possible=most_sessions(request), refused=True)
    given = {week.monday for week in plan.week_list if week.load in ("test", "deload")}
    strength = [one for one in plan.sessions if one.kind in ("strength", "micro", "test")]
    fixed = [replace(one, warm_up=()) for one in strength if _monday(one.day) in given]
    return Compared(
        planned=len(strength) - len(fixed),
        possible=most_sessions(request, fixed=fixed, without=given, weeks=plan.week_list),
        refused=False,
        given=len(fixed),
    )


def small_request(seed: int) -> PlanRequest:
    """Return a life of one or two weeks with at most four stretches of free minutes a week, many of them tight.

    Two of five programmes began three to five weeks before, with a session done in each week, so that the weeks end
    in which every session is hard.
    """
    rng = np.random.default_rng([4, seed])
    start = date(2026, 3, 2) + timedelta(days=int(rng.integers(0, 30)))
    timed, free_timed = rng.random(), rng.random()

    def maybe(share: float) -> time | None:
        return TIMES[int(rng.integers(len(TIMES)))] if rng.random() < share else None

    run_days = rng.permutation(7)[: int(rng.integers(1, 7))]
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
    request = PlanRequest(
        profile=profile, start=start, weeks=weeks, today=start, calendar=calendar(profile, start, weeks * 7)
    )
    return _under_way(request, int(rng.integers(3, 6)), rng) if rng.random() < 0.4 else request


def _under_way(request: PlanRequest, weeks: int, rng: np.random.Generator) -> PlanRequest:
    """The same life some weeks into its programme; the first full test is done where it was due."""
    began = request.start - weeks * WEEK - timedelta(days=int(rng.integers(0, 5)))
    past = tuple(_done_before(began + n * WEEK, test=n == FIRST_TEST_WEEK) for n in range(weeks))
    logs = tuple(
        SessionLog(
            session=one.id, day=one.day, kind=one.kind, exercises=tuple(_as_asked(line) for line in one.exercises)
        )
        for one in past
    )  # fmt: skip
    return replace(request, began=began, past=past, logs=logs)


def _done_before(day: date, *, test: bool) -> PlannedSession:
    stand = Dose(sets=1, hold_s=30)
    lines = (
        _line(LOAD_KG), _line(LOAD_KG, "split_squat"), _line(LOAD_KG, "step_up"),
        PlannedExercise(exercise="single_leg_stand_eyes_open", because="done", left=stand, right=stand, first="left"),
    )  # fmt: skip
    kind: SessionKind = "test" if test else "strength"
    return PlannedSession(
        id=f"{day}-{kind}-1", day=day, slot="free", kind=kind, minutes=40.0, phase="beginner", type="general",
        hard=True, exercises=() if test else lines,
    )  # fmt: skip


def _line(load_kg: float, exercise: str = TRIED) -> PlannedExercise:
    dose = Dose(sets=1, reps=10, load_kg=load_kg)
    tempo = load_catalogue().exercises[exercise].tempo
    return PlannedExercise(exercise=exercise, because="tried", left=dose, right=dose, first="left", tempo=tempo)


def _as_asked(line: PlannedExercise) -> ExerciseLog:
    dose = line.doses[0]
    done = (float(dose.reps or dose.hold_s or 0),)
    return ExerciseLog(
        exercise=line.exercise, left_reps=done, right_reps=done, left_load_kg=dose.load_kg, right_load_kg=dose.load_kg,
        clean_left=True, clean_right=True,
    )  # fmt: skip


def most_sessions(
    request: PlanRequest,
    *,
    fixed: Sequence[PlannedSession] = (),
    without: Collection[date] = (),
    weeks: Sequence[PlanWeek] = (),
) -> int:
    """Return the greatest number of strength sessions that the rules allow beside those that are ``fixed``.

    None stands in weeks that begin on ``without``; ``weeks`` say which phase each has, a beginner's unless they do.
    Outside the season an unloaded session counts only where it is the only one of its week.
    """
    slots = [one for one in _stretches(request) if _monday(one[0]) not in without]
    return _most(request, slots, list(fixed), weeks) - len(fixed)


def _most(
    request: PlanRequest,
    slots: Sequence[tuple[date, FreeSlot]],
    chosen: list[PlannedSession],
    weeks: Sequence[PlanWeek],
) -> int:
    """The most of all ways to go on: each later stretch is left out, or holds a session that breaks nothing."""
    if not slots:
        return len(chosen)
    best = _most(request, slots[1:], chosen, weeks)
    for one in tries(request, *slots[0], weeks):
        if _lone([*chosen, one]) and not is_broken(request, [*chosen, one], weeks):
            best = max(best, _most(request, slots[1:], [*chosen, one], weeks))
    return best


def tries(request: PlanRequest, day: date, free: FreeSlot, weeks: Sequence[PlanWeek] = ()) -> list[PlannedSession]:
    """Return the shortest session that a stretch of free minutes could hold; unloaded before a hard run."""
    micro = short_season(request, day)
    least = MICRO_MINUTES if micro else STRENGTH_MINUTES
    if free.minutes < least:
        return []
    runs = [run for run in request.calendar if run.day == day and run.kind != "rest"]
    loaded = PlannedSession(
        id=f"{day}-{free.at}", day=day, at=free.at, slot="after_run" if runs else "free",
        kind="micro" if micro else "strength", minutes=least, type="general", exercises=(_line(LOAD_KG),),
    )  # fmt: skip
    if tapering(request, day) or not is_broken(request, [loaded], weeks, rules=("R-24H", "R-RECOVER")):
        return [loaded]
    return [replace(loaded, exercises=(_line(0.0, TRIED_LIGHT),))]


def is_broken(
    request: PlanRequest,
    sessions: Sequence[PlannedSession],
    weeks: Sequence[PlanWeek] = (),
    *,
    rules: Sequence[str] = JUDGED,
) -> bool:
    """Whether bare sessions break a binding rule about days and times; which type has its turn is left aside."""
    runs = tuple(run for run in request.calendar if request.start <= run.day < _end(request) and run.kind != "rest")
    told = (replace(week, phase="intermediate" if week.phase == "advanced" else week.phase) for week in weeks)
    plan = Plan(
        athlete=request.profile.name, start=request.start, weeks=request.weeks, runs=runs, sessions=tuple(sessions),
        week_list=tuple(told), solver=SolverStatus(status="optimal", gap=0.0),
    )  # fmt: skip
    case = Case(plan, request, load_catalogue())
    return any(one.binding for rule in rules for one in CHECKS[rule](case))


def could_stand(plan: Plan, request: PlanRequest, monday: date) -> list[PlannedSession]:
    """Return the sessions that could be added to a plan in a week without breaking a rule; the runner owns all."""
    rich = replace(request, profile=replace(request.profile, equipment=EQUIPMENT))
    strength = [one for one in plan.sessions if one.kind in ("strength", "micro", "test")]
    return [
        one
        for day, free in _stretches(request)
        if _monday(day) == monday
        for one in tries(rich, day, free, plan.week_list)
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


def _lone(sessions: Sequence[PlannedSession]) -> bool:
    """Whether the last session is loaded, of the season, or the only one of its week; and no lone one is joined."""
    last = sessions[-1]
    week = [one for one in sessions if _monday(one.day) == _monday(last.day)]
    light = [one for one in week if one.kind == "strength" and not _loaded(one)]
    return not light or len(week) == 1 or all(one.kind == "micro" for one in light)


def _loaded(session: PlannedSession) -> bool:
    return any(dose.load_kg for line in session.exercises for dose in line.doses)


def _stretches(request: PlanRequest) -> list[tuple[date, FreeSlot]]:
    days = [request.start + timedelta(days=n) for n in range((_end(request) - request.start).days)]
    found = [(day, free) for day in days for free in request.profile.free if free.weekday == day.weekday()]
    return sorted(found, key=lambda one: (one[0], one[1].at or time.max))


def _end(request: PlanRequest) -> date:
    return request.start + request.weeks * WEEK


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
