"""Random lives for the planner: runs, free minutes, races, equipment, history. One seed, one life."""

from dataclasses import replace
from datetime import date, time, timedelta

import numpy as np

from evenstride.errors import PlanConflict
from evenstride.model import (
    EMPHASES,
    Adjustment,
    CalendarRun,
    ExerciseLog,
    Finding,
    FreeSlot,
    Injury,
    LimbComparison,
    Plan,
    PlannedRun,
    PlannedSession,
    PlanRequest,
    Prescription,
    Profile,
    Race,
    Restriction,
    SessionLog,
    SessionTemplate,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.schedule import make_plan

EQUIPMENT = ("dumbbell", "kettlebell", "barbell", "bench", "low_box", "knee_box", "strap", "band", "foam_pad", "ball")
KINDS = ("easy", "easy", "easy", "long", "intervals", "tempo", "hills")
SITES = ("achilles", "knee", "calf", "itb", "plantar fascia", "ankle", "hip")
TIMES = (time(6, 30), time(7), time(12), time(17, 30), time(18), time(19, 45))


def random_request(seed: int, *, weeks: int | None = None, history: bool | None = None) -> PlanRequest:
    """Return a request; with ``history`` it follows some weeks of a plan before it, with logs and tests."""
    rng = np.random.default_rng(seed)
    start = date(2026, 1, 5) + timedelta(days=int(rng.integers(0, 200)))
    length = weeks or int(rng.integers(1, 17))
    profile = _profile(rng, start)
    first = _request(rng, profile, start, length)
    if not (rng.random() < 0.4 if history is None else history):
        return first
    return _after_some_weeks(rng, first, length)


KINDS_ASKED = (
    "hold", "fewer_sets", "regress", "clear", "redistribute", "change_stimulus", "fewer_sessions", "retest",
    "alternating_block", "late_technique", "deload_week",
)  # fmt: skip


def asked_request(seed: int, *, weeks: int | None = None, history: bool | None = None) -> PlanRequest:
    """Return a random request of which reviews ask some things, and now and then a coach."""
    request = random_request(seed, weeks=weeks, history=history)
    rng = np.random.default_rng(10_000 + seed)
    asked = tuple(_adjustment(rng, request) for _ in range(int(rng.integers(1, 4))))
    templates = tuple(_template(rng, request, n) for n in range(int(rng.choice([0, 0, 0, 1, 2]))))
    light = tuple(one.since for one in asked if one.kind == "deload_week")
    return replace(
        request,
        adjustments=asked,
        templates=templates,
        deload_weeks=(*request.deload_weeks, *light),
        cleared=(*request.cleared, *(one.exercise for one in asked if one.kind == "clear")),
    )


def _adjustment(rng: np.random.Generator, request: PlanRequest) -> Adjustment:
    catalogue = load_catalogue()
    kind = str(rng.choice(KINDS_ASKED))
    since = request.start + timedelta(days=int(rng.integers(-5, 15)))
    if kind == "deload_week":
        since = request.start + timedelta(days=7 * int(rng.integers(0, 3)) - request.start.weekday())
    asked = Adjustment(
        kind=kind, rule="D-OVERRIDE", since=since, text="asked",  # type: ignore[arg-type]
        until=since + timedelta(days=int(rng.choice([6, 7, 13, 27]))),
    )  # fmt: skip
    if kind in ("regress", "clear"):
        known = [one.exercise for session in request.past for one in session.exercises]
        listed = [line.exercise for phase in catalogue.phases[:2] for line in phase.types[0].prescriptions]
        exercise = str(rng.choice([*listed, *known]))
        easier = catalogue.exercises[exercise].regressions
        to = easier[int(rng.integers(len(easier)))] if easier and kind == "regress" and rng.random() < 0.8 else ""
        side = _side(rng) if rng.random() < 0.5 else None
        until = asked.until if kind == "regress" and rng.random() < 0.5 else None
        return replace(asked, exercise=exercise, to=to, side=side, until=until)
    if kind == "redistribute":
        limb = request.finding.limb if request.finding else "undetermined"
        side = limb if limb != "undetermined" and rng.random() < 0.8 else _side(rng)
        return replace(asked, side=side, amount=int(rng.integers(1, 3)))
    return replace(asked, amount=int(rng.integers(1, 3))) if kind == "fewer_sessions" else asked


def _template(rng: np.random.Generator, request: PlanRequest, n: int) -> SessionTemplate:
    exercises = [one for one in load_catalogue().exercises.values() if one.family != "mobility"]
    chosen = rng.permutation(len(exercises))[: int(rng.integers(1, 6))]
    lines = tuple(
        Prescription(
            exercise=one.id, sets=int(rng.integers(1, 6)),
            reps=None if one.dose.hold_s else int(rng.integers(4, 16)), hold_s=30.0 if one.dose.hold_s else None,
        )
        for one in (exercises[i] for i in chosen)
    )  # fmt: skip
    since = request.start + timedelta(days=int(rng.integers(-5, 15)))
    until = since + timedelta(days=27) if rng.random() < 0.5 else None
    return SessionTemplate(name=f"Leg day {'AB'[n]}", exercises=lines, since=since, until=until, by="Ola")


def mirrored(request):
    """Return the request of the same life with the legs exchanged."""
    other = {"left": "right", "right": "left", "undetermined": "undetermined", None: None, "none": "none"}
    finding = request.finding and replace(request.finding, limb=other[request.finding.limb])
    profile = request.profile
    return replace(
        request,
        finding=finding,
        adjustments=tuple(replace(one, side=other[one.side]) for one in request.adjustments),
        tests=tuple(
            replace(one, left=one.right, right=one.left, weaker=other[one.weaker], lower=other[one.lower])
            for one in request.tests
        ),
        profile=replace(
            profile,
            injuries=tuple(replace(one, side=other[one.side]) for one in profile.injuries),
            restrictions=tuple(replace(one, side=other[one.side]) for one in profile.restrictions),
        ),
    )


def calendar(profile: Profile, start: date, days: int) -> tuple[CalendarRun, ...]:
    """Return the runs of a profile's weeks, from four weeks before the start, races in place of what they meet."""
    races = {race.day for race in profile.races}
    first = start - timedelta(days=28)
    found = [
        CalendarRun(day=day, kind=run.kind, minutes=run.minutes, at=run.at)
        for day in (first + timedelta(days=i) for i in range(days + 29))
        for run in profile.runs
        if run.weekday == day.weekday() and day not in races
    ]
    found += [CalendarRun(day=race.day, kind="race", minutes=90) for race in profile.races if race.day >= first]
    return tuple(sorted(found, key=lambda run: (run.day, run.at or time.max)))


def _profile(rng, start):
    def maybe(times: float) -> time | None:
        return TIMES[int(rng.integers(len(TIMES)))] if rng.random() < times else None

    timed, free_timed = rng.random(), rng.random()
    run_days = rng.permutation(7)[: int(rng.integers(0, 7))]
    runs = tuple(
        PlannedRun(
            weekday=int(day),
            kind=KINDS[int(rng.integers(len(KINDS)))],
            minutes=float(rng.integers(20, 150)),
            at=maybe(timed),
        )
        for day in sorted(run_days)
    )
    free_days = rng.permutation(7)[: int(rng.integers(1, 7))]
    free = tuple(
        FreeSlot(weekday=int(day), minutes=float(rng.choice([10, 15, 20, 30, 40, 45, 60])), at=maybe(free_timed))
        for day in sorted(free_days)
    )
    races = tuple(
        Race(day=start + timedelta(days=int(rng.integers(-20, 150))), priority=str(rng.choice(["A", "B", "C"])))
        for _ in range(int(rng.choice([0, 0, 1, 1, 2, 3])))
    )
    injuries = tuple(
        Injury(
            side=_side(rng),
            site=str(rng.choice(SITES)),
            since=start - timedelta(days=90),
            present=bool(rng.random() < 0.5),
        )
        for _ in range(int(rng.choice([0, 0, 0, 1, 2])))
    )
    restrictions = tuple(
        Restriction(
            what=str(rng.choice(["hinge", "plyometrics", "squat", "calf", "split squat"])),
            until=start + timedelta(days=20),
        )
        for _ in range(int(rng.choice([0, 0, 0, 1])))
    )
    return Profile(
        name="Kim", mass_kg=float(rng.integers(48, 90)) if rng.random() < 0.7 else None,
        runs=runs, free=free, races=tuple(sorted(set(races), key=lambda race: race.day)), injuries=injuries,
        restrictions=restrictions, equipment=tuple(name for name in EQUIPMENT if rng.random() < 0.5),
        minutes_before_runs=float(rng.choice([0, 5, 6, 8, 10])),
        minutes_after_runs=float(rng.choice([0, 4, 5, 10, 15])),
    )  # fmt: skip


def _side(rng):
    return str(rng.choice(["left", "right"]))


def _request(rng: np.random.Generator, profile: Profile, start: date, weeks: int) -> PlanRequest:
    limb, action = str(rng.choice(["left", "right", "undetermined"])), str(rng.choice(["do", "watch", "ignore"]))
    emphases = tuple(str(name) for name in rng.permutation(list(EMPHASES))[: int(rng.integers(0, 4))])
    finding = Finding(
        limb="undetermined" if action != "do" else limb, action=action, confidence=0.7, day=start, emphases=emphases  # type: ignore[arg-type]
    )  # fmt: skip
    tests = tuple(_tests(rng, start - timedelta(days=int(rng.integers(1, 30))), limb)) if rng.random() < 0.5 else ()
    return PlanRequest(
        profile=profile, start=start, weeks=weeks, today=start, finding=finding if rng.random() < 0.9 else None,
        calendar=calendar(profile, start, weeks * 7), tests=tests,
        longest_minutes=float(rng.integers(40, 120)) if rng.random() < 0.5 else None,
    )  # fmt: skip


def _tests(rng: np.random.Generator, day: date, limb: str) -> list[LimbComparison]:
    found = []
    for name, unit, emphasis, top in (
        ("single_leg_calf_raise", "repetitions", "calf_capacity", 30),
        ("bulgarian_split_squat", "repetitions", "knee_hip_strength", 16),
    ):
        good, poor = float(rng.integers(8, top)), 0.0
        poor = float(max(1, good - rng.integers(0, 6)))
        left, right = (poor, good) if limb == "left" else (good, poor) if limb == "right" else (good, good)
        found.append(
            LimbComparison(
                test=name, label=name, unit=unit, day=day, left=left, right=right, n_left=2, n_right=2,
                difference=right - left, low=None, high=None, mdc95=2.0, mdc_source="trials",
                beyond_error=abs(right - left) > 2.0, weaker=limb if abs(right - left) > 2.0 else None,  # type: ignore[arg-type]
                lower=limb if left != right else None, limb_ratio_pct=100.0 * poor / good, emphasis=emphasis,  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return found


def _after_some_weeks(rng: np.random.Generator, request: PlanRequest, weeks: int) -> PlanRequest:
    try:
        plan = make_plan(request, load_catalogue())
    except PlanConflict:
        return request
    later = request.start + timedelta(days=int(rng.integers(1, 7 * request.weeks + 1)))
    past = tuple(one for one in plan.sessions if one.day < later)
    logs = tuple(log for one in past if (log := _log(rng, one)) is not None)
    again = PlanRequest(
        profile=request.profile, start=later, weeks=weeks, today=later, finding=request.finding,
        calendar=calendar(request.profile, later, weeks * 7), began=request.start, past=past, logs=logs,
        tests=(*request.tests, *_retested(rng, past)), previous=plan,
    )  # fmt: skip
    return replace(again, deload_weeks=(later,)) if rng.random() < 0.1 else again


def _retested(rng: np.random.Generator, past: tuple[PlannedSession, ...]) -> list[LimbComparison]:
    days = [one.day for one in past if one.kind == "test"]
    return _tests(rng, days[-1], "undetermined") if days else []


def _log(rng: np.random.Generator, session: PlannedSession) -> SessionLog | None:
    if session.kind not in ("strength", "micro", "test") or rng.random() < 0.05:
        return None
    if rng.random() < 0.1:
        return SessionLog(session=session.id, day=session.day, done=False)
    bad = rng.random() < 0.1
    exercises = []
    for one in session.exercises:
        left, right = one.left or one.both, one.right or one.both
        if left is None or right is None:
            continue
        more = int(rng.choice([0, 0, 2, -2]))
        exercises.append(
            ExerciseLog(
                exercise=one.exercise,
                left_reps=tuple(max(1.0, float(left.reps or left.hold_s or 1) + more) for _ in range(left.sets)),
                right_reps=tuple(max(1.0, float(right.reps or right.hold_s or 1) + more) for _ in range(right.sets)),
                left_load_kg=left.load_kg, right_load_kg=right.load_kg, clean_left=not bad, clean_right=True,
                pain_0_10=float(rng.integers(3, 6)) if rng.random() < 0.01 else 0.0,
            )
        )  # fmt: skip
    return SessionLog(
        session=session.id, day=session.day, kind=session.kind, type=session.type, exercises=tuple(exercises)
    )


def planned(seed: int, *, weeks: int | None = None) -> tuple[PlanRequest, Plan | PlanConflict]:
    """Return a random request and what the planner answers."""
    request = random_request(seed, weeks=weeks)
    try:
        return request, make_plan(request, load_catalogue())
    except PlanConflict as conflict:
        return request, conflict
