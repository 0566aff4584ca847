"""Five weeks built by hand that keep every rule: weeks 1–2 short, 3 loaded, 4 light, tests in the fifth.

Intervals on Tuesdays at 18:00, an easy run on Thursdays, the long run on Sundays at 8:00; no leg is known to be weaker.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from tests.plans import MONDAY, both_sides, each_side, plan_of, session

from evenstride.model import (
    Because,
    CalendarRun,
    Dose,
    ExerciseLog,
    FreeSlot,
    MobilityContent,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanRequest,
    PlanWeek,
    Profile,
    Reassessment,
    SessionLog,
    Side,
)
from evenstride.model.plan import WeekLoad
from evenstride.plan.catalogue import load_catalogue

WEEKS = 5
LOADS: tuple[WeekLoad, ...] = ("loading", "loading", "loading", "deload", "test")
FREE = tuple(FreeSlot(weekday=day, minutes=minutes) for day, minutes in ((0, 20), (2, 45), (3, 20), (4, 45), (5, 20)))
EQUIPMENT = ("dumbbell", "low_box", "band", "bench", "knee_high_box")


def on(week: int, weekday: int) -> date:
    """A day of the plan: ``week`` counts from 1, ``weekday`` from Monday, 0."""
    return MONDAY + timedelta(weeks=week - 1, days=weekday)


def runs_of(first: int = -3, last: int = WEEKS) -> tuple[CalendarRun, ...]:
    """Three runs a week, from four weeks before the plan."""
    return tuple(
        run
        for week in range(first, last + 1)
        for run in (
            CalendarRun(day=on(week, 1), kind="intervals", minutes=60, at=time(18), note="left leg, then right"),
            CalendarRun(day=on(week, 3), kind="easy", minutes=45),
            CalendarRun(day=on(week, 6), kind="long", minutes=110, at=time(8)),
        )
    )


def line(exercise: str, dose: Dose, first: Any = None, **own: Any) -> PlannedExercise:
    """A line of a session as the catalogue has it: per side, or for both."""
    entry = load_catalogue().exercises[exercise]
    own = {"tempo": entry.tempo} | own
    if entry.sides == "two":
        return both_sides(exercise, dose, **own)
    return each_side(exercise, dose, dose, first=first, **own)


def strength(day: date, sets: Sequence[int], load_kg: float, minutes: float, first: str, **own: Any) -> PlannedSession:
    """The single-leg stand as warm-up, then the beginner's three exercises with so many sets of each."""
    stand, *rest = sets
    doses = {
        "single_leg_romanian_deadlift": Dose(sets=rest[0], reps=10, load_kg=load_kg),
        "split_squat": Dose(sets=rest[1], reps=12),
        "step_up": Dose(sets=rest[2], reps=10),
    }
    lines = (
        line("single_leg_stand_eyes_open", Dose(sets=stand, hold_s=30), first),
        *(line(name, dose, first) for name, dose in doses.items()),
    )
    values: dict[str, Any] = {
        "minutes": minutes,
        "phase": "beginner",
        "type": "general",
        "hard": True,
        "exercises": lines,
    } | own
    return session(day, "strength", **values)


def mobility(
    day: date, style: Any, lines: Sequence[PlannedExercise], slot: Any = "free", minutes: float = 15
) -> PlannedSession:
    """A mobility session whose joints and planes are those of its exercises."""
    entries = [load_catalogue().exercises[one.exercise] for one in lines]
    content = MobilityContent(
        style=style,
        joints=tuple(dict.fromkeys(joint for entry in entries for joint in entry.joints)),
        planes=tuple(dict.fromkeys(plane for entry in entries for plane in entry.planes)),
    )
    n = {"pre_run": 2, "post_run": 3}.get(slot, 1)
    return session(day, "mobility", slot, n, minutes=minutes, mobility=content, exercises=tuple(lines))


REPS = Dose(sets=1, reps=8)
STAND = line("single_leg_stand_eyes_open", Dose(sets=1, hold_s=30))
BREATHING = line("diaphragmatic_breathing", REPS)


def recovery(day: date) -> PlannedSession:
    """As much of hip as of ankle."""
    work = ("glute_bridge", "hip_circle", "ankle_rock")
    turn = line("open_book", Dose(sets=1, hold_s=10))
    return mobility(day, "recovery", (STAND, *(line(one, REPS) for one in work), turn, BREATHING))


def dynamic(day: date) -> PlannedSession:
    """About the ankle, after an easy run."""
    work = ("clam_shell", "knee_to_wall_dorsiflexion", "ankle_circle", "standing_side_reach", "leg_swing_sagittal")
    return mobility(day, "dynamic", (*(line(one, REPS) for one in work), BREATHING), slot="after_run")


def long_hold(day: date, seconds: float) -> PlannedSession:
    """About the hip: three end-range holds."""
    ends = ("half_kneeling_hip_flexor", "adductor_hold", "figure_four_glute_hold")
    turn = line("open_book", Dose(sets=1, hold_s=10))
    lines = (STAND, line("dead_bug", REPS), *(line(one, Dose(sets=1, hold_s=seconds)) for one in ends), turn, BREATHING)
    return mobility(day, "long_hold", lines, minutes=18)


def pieces(day: date) -> tuple[PlannedSession, PlannedSession]:
    """Before and after a hard run."""
    before = ("hip_circle", "thoracic_rotation", "leg_swing_frontal", "hip_hinge_drill", "marching_in_place")
    after = (
        "calf_stretch", "hamstring_hinge_reach", "half_kneeling_hip_flexor", "adductor_hold", "figure_four_glute_hold",
    )  # fmt: skip
    held = Dose(sets=1, hold_s=15)
    return (
        mobility(day, "dynamic", [line(one, REPS) for one in before], "pre_run", 7),
        mobility(day, "recovery", [line(one, held) for one in after], "post_run", 8),
    )


def week_of(week: int) -> list[PlannedSession]:
    """All sessions of one week."""
    doses: tuple[Sequence[int], float, float, dict[str, Any]] = {
        1: ((1, 1, 1, 1), 0.0, 19.0, {"trimmed": ("one set of each: twenty minutes",)}),
        2: ((1, 1, 1, 1), 0.0, 19.0, {"trimmed": ("one set of each: twenty minutes",)}),
        3: ((3, 3, 3, 3), 4.0, 40.0, {"assumes": ("clean sessions in weeks 1 and 2",)}),
        4: ((2, 2, 2, 1), 2.0, 25.0, {"assumes": ("clean sessions in weeks 1 and 2",)}),
    }.get(week, ((), 0.0, 0.0, {}))
    sets, load_kg, minutes, own = doses
    one, other = (
        [strength(on(week, day), sets, load_kg, minutes, first, **own) for day, first in ((2, "left"), (4, "right"))]
        if sets
        else (session(on(week, 2), "test", minutes=40.0, hard=True, phase="beginner"), None)
    )
    return [
        recovery(on(week, 0)),
        *pieces(on(week, 1)),
        one,
        dynamic(on(week, 3)),
        *([other] if other else []),
        long_hold(on(week, 5), 20 + 10 * week),
        *pieces(on(week, 6)),
    ]


def kept() -> tuple[Plan, PlanRequest]:
    """The plan and what it was made for; it breaks no rule and gives up no preference without a word."""
    profile = Profile(name="Ada", free=FREE, equipment=EQUIPMENT)
    runs = runs_of()
    plan = plan_of(
        [one for week in range(1, WEEKS + 1) for one in week_of(week)],
        [run for run in runs if run.day >= MONDAY],
        weeks=WEEKS,
        week_list=tuple(
            PlanWeek(monday=on(n, 0), number=n, part="base", load=load, phase="beginner")
            for n, load in enumerate(LOADS, start=1)
        ),
        reassessments=tuple(Reassessment(day=on(n, 6), text="look at the long run") for n in range(1, WEEKS + 1)),
        advice=(Because(rule="R-MOB-WEEK", text="five minutes on every other day"),),
    )
    return plan, PlanRequest(profile=profile, start=MONDAY, weeks=WEEKS, today=MONDAY, calendar=runs)


def with_session(plan: Plan, name: str, **own: Any) -> Plan:
    """The plan with one session changed."""
    return replace(plan, sessions=tuple(replace(one, **own) if one.id == name else one for one in plan.sessions))


def with_line(plan: Plan, name: str, exercise: str, change: Callable[[PlannedExercise], PlannedExercise]) -> Plan:
    """The plan with one line of one session changed."""
    found = next(one for one in plan.sessions if one.id == name)
    lines = tuple(change(one) if one.exercise == exercise else one for one in found.exercises)
    return with_session(plan, name, exercises=lines)


def without(plan: Plan, *ids: str) -> Plan:
    """The plan without some sessions."""
    return replace(plan, sessions=tuple(one for one in plan.sessions if one.id not in ids))


def also(plan: Plan, *sessions: PlannedSession) -> Plan:
    """The plan with more sessions, in order of the day."""
    return replace(plan, sessions=tuple(sorted((*plan.sessions, *sessions), key=lambda one: one.day)))


def in_turns(plan: Plan) -> Plan:
    """The plan with the strength sessions beginning left and right in turn."""
    turn = 0
    sessions = []
    for one in plan.sessions:
        if one.kind in ("strength", "micro"):
            side: Side = "left" if turn % 2 == 0 else "right"
            turn += 1
            one = replace(one, exercises=tuple(replace(each, first=side) for each in one.exercises))
        sessions.append(one)
    return replace(plan, sessions=tuple(sessions))


def with_run(both: tuple[Plan, PlanRequest], day: date, **own: Any) -> tuple[Plan, PlanRequest]:
    """Plan and calendar with the run of one day changed."""
    plan, request = both
    runs, calendar = (
        tuple(replace(run, **own) if run.day == day else run for run in found)
        for found in (plan.runs, request.calendar)
    )
    return replace(plan, runs=runs), replace(request, calendar=calendar)


def with_profile(request: PlanRequest, **own: Any) -> PlanRequest:
    """The request of a runner who differs in something."""
    return replace(request, profile=replace(request.profile, **own))


def log_of(done: PlannedSession, *, clean: bool | None = True, **exercise: Any) -> SessionLog:
    """What came of a session: all of it done as planned; ``exercise`` changes the log of every exercise."""
    lines = []
    for one in done.exercises:
        left, right = one.left or one.both, one.right or one.both
        values: dict[str, Any] = {
            "left_reps": _reps(left), "right_reps": _reps(right), "left_load_kg": left.load_kg if left else 0.0,
            "right_load_kg": right.load_kg if right else 0.0, "clean_left": clean, "clean_right": clean,
        }  # fmt: skip
        lines.append(ExerciseLog(exercise=one.exercise, **values | exercise))
    return SessionLog(session=done.id, day=done.day, kind=done.kind, type=done.type, exercises=tuple(lines))


def _reps(dose: Dose | None) -> tuple[float, ...]:
    return () if dose is None else (float(dose.reps or dose.hold_s or 0),) * dose.sets
