"""What of a virtual runner's week is written down, and how inexactly: logs, run points, tests, the plan's nouns."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from evenstride.judge.screen import compare_limbs
from evenstride.model import (
    CalendarRun,
    DayLog,
    ExerciseLog,
    HeartRateRecovery,
    LimbComparison,
    Pain,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanWeek,
    Profile,
    RedFlag,
    RunLog,
    RunPoint,
    SessionLog,
    Side,
    SolverStatus,
    TestResult,
)
from evenstride.model.pain import PainKind
from validation.virtual_life import LEGS, WEEKS, Life
from validation.virtual_runner import RUNS, STRENGTH_DAYS, Body, Day, Worked, active, dose_of, exercises_of, sessions_in

BEGAN = date(2026, 1, 5)
PROFILE = Profile(name="Ada", born_year=1990, sex="female", equipment=("low_box", "dumbbell"))
INDEX_PER_GAP, RUN_SD, RUN_HALF = 0.15, 0.9, 0.6
CALF_SD = 6.35 / 1.959964 / 2.0**0.5
"""Of one leg on one day: a test and its retest then lie as far apart as published (Hébert-Losier 2017)."""
HOP_DAY_CM, HOP_TRIAL_CM, HOP_PER_GAP = 3.0, 6.0, 0.4
TEST_EVERY_WEEKS, LIGHT_EVERY_WEEKS = 4, 4
NAMES_A_FLAG, FALSE_FLAG, SILENT_SHARE = 0.5, 0.0005, 0.5
TESTS = ("single_leg_calf_raise", "single_leg_hop")
WARNING: dict[str, tuple[PainKind, float]] = {
    "knee": ("joint", 0.75),
    "achilles": ("sharp", 0.3),
    "shin": ("sharp", 0.4),
}
"""How a place is said to hurt, and how often; else the kind is left out."""


@dataclass(kw_only=True)
class Diary:
    """Everything that the review may see, as far as it was written down."""

    missing: float
    planned: list[PlannedSession] = field(default_factory=list)
    sessions: list[SessionLog] = field(default_factory=list)
    runs: list[RunLog] = field(default_factory=list)
    days: list[DayLog] = field(default_factory=list)
    recoveries: list[HeartRateRecovery] = field(default_factory=list)
    points: list[RunPoint] = field(default_factory=list)
    results: list[TestResult] = field(default_factory=list)
    tests: list[LimbComparison] = field(default_factory=list)


def is_light(week: int) -> bool:
    return week % LIGHT_EVERY_WEEKS == LIGHT_EVERY_WEEKS - 1


def day_of(day: int) -> date:
    return BEGAN + timedelta(days=day)


def is_written(life: Life, missing: float, day: int, what: int) -> bool:
    """Half of what is missing is missing by whole weeks, the rest entry by entry; what is written at a higher share of
    missing entries is written at a lower one too."""
    silent = missing * SILENT_SHARE
    each = (missing - silent) / (1.0 - silent)
    return bool(life.u["silent"][7 * (day // 7), 0] >= silent and life.u["written"][day, what] >= each)


def plan_week(body: Body, week: int) -> list[PlannedSession]:
    """The sessions of a week as they stand before it begins."""
    return [_planned(body, 7 * week + offset) for offset in STRENGTH_DAYS[: sessions_in(body, 7 * week)]]


def _planned(body: Body, day: int) -> PlannedSession:
    lines = tuple(
        PlannedExercise(exercise=to, because="The programme has it.", first="left",
                        left=dose_of(body, name, "left", day), right=dose_of(body, name, "right", day))
        for name, to in exercises_of(body, day)
    )  # fmt: skip
    return PlannedSession(id=f"s{day}", day=day_of(day), slot="free", kind="strength", minutes=30.0, exercises=lines)


def plan_of(planned: Iterable[PlannedSession], week: int) -> Plan:
    """The plan as the review of a week sees it: its light weeks, and the coming week's sessions and tests."""
    weeks = tuple(
        PlanWeek(monday=day_of(7 * n), number=n + 1, part="base", load="deload" if is_light(n) else "loading",
                 phase="intermediate")
        for n in range(WEEKS + 2)
    )  # fmt: skip
    tests = [
        PlannedSession(id=f"t{week}", day=day_of(7 * (week + 1)), slot="free", kind="test", minutes=20.0)
    ] if is_test_week(week + 1) else []  # fmt: skip
    coming = [one for one in planned if one.day >= day_of(7 * (week + 1))]
    return Plan(athlete="Ada", start=BEGAN, weeks=WEEKS, runs=(), sessions=(*coming, *tests), week_list=weeks,
                solver=SolverStatus(status="optimal", gap=0.0))  # fmt: skip


def calendar_of(week: int) -> tuple[CalendarRun, ...]:
    return tuple(
        CalendarRun(day=day_of(7 * n + offset), kind=kind, minutes=minutes)  # type: ignore[arg-type]
        for n in range(week, week + 3) for offset, (kind, minutes, _) in RUNS.items()
    )  # fmt: skip


def is_test_week(week: int) -> bool:
    return week % TEST_EVERY_WEEKS == 0


def write_week(diary: Diary, life: Life, body: Body, days: Iterable[Day]) -> None:
    """Add what is written down of a week."""
    for one in days:
        if is_written(life, diary.missing, one.day, 2):
            diary.days.append(_morning(life, body, one))
        if one.session is not None and _is_noted(life, diary, one):
            diary.sessions.append(_session(life, one))
        if one.run:
            _run(diary, life, body, one)


def _is_noted(life: Life, diary: Diary, one: Day) -> bool:
    """A missed session is noted half as often as one that was done."""
    return is_written(life, diary.missing, one.day, 0) and bool(one.session or life.u["says"][one.day, 2] < 0.5)


def _morning(life: Life, body: Body, one: Day) -> DayLog:
    says, day = life.u["says"][one.day], one.day
    sore = max(0.0, round(one.soreness + 0.5 * float(life.z["soreness"][day, 0])))
    pains = _pains(life, one, 3, says[2]) if says[1] < 0.3 else ()
    return DayLog(day=day_of(day), sleep_hours=float(life.sleep_h[day]), soreness_0_10=sore, pain=pains,
                  red_flags=_flags(life, body, one))  # fmt: skip


def _flags(life: Life, body: Body, one: Day) -> tuple[RedFlag, ...]:
    day, says = one.day, life.u["says"][one.day]
    here = {episode.kind for episode in active(life, body, day) if day >= episode.due}
    found: list[RedFlag] = []
    if "bone" in here:
        found += ["night_pain"] if says[3] < NAMES_A_FLAG else []
        found += ["focal_bone_tenderness"] if says[4] < 0.5 * NAMES_A_FLAG else []
    if "swelling" in here and says[5] < NAMES_A_FLAG:
        found.append("swelling")
    if life.fever[day]:
        found.append("fever")
    if life.u["wrong"][day, 0] < FALSE_FLAG:
        found.append("swelling")
    return tuple(dict.fromkeys(found))


def _pains(life: Life, one: Day, first: int, draw: float) -> tuple[Pain, ...]:
    """What hurts most, as it is said: whole numbers, the kind not always."""
    if not one.aches:
        return ()
    (site, side), value = max(one.aches.items(), key=lambda ache: ache[1])
    said = _rated(life, one.day, first, value)
    return (Pain(value_0_10=said, site=site, side=side, kind=_kind(site, draw)),) if said else ()


def _rated(life: Life, day: int, place: int, value: float) -> float:
    return float(min(10, max(0, round(value + 0.5 * float(life.z["pain"][day, place]))))) if value > 0.3 else 0.0


def _kind(site: str, draw: float) -> PainKind:
    kind, share = WARNING[site]
    return kind if draw < share else ""


def _session(life: Life, one: Day) -> SessionLog:
    if not one.session:
        return SessionLog(session=f"s{one.day}", day=day_of(one.day), done=False)
    effort = one.session_effort + _felt(life, one, 0)
    return SessionLog(
        session=f"s{one.day}", day=day_of(one.day), effort_0_10=_whole(effort), minutes=30.0,
        exercises=tuple(_exercise(life, one, worked, n) for n, worked in enumerate(one.session)),
    )  # fmt: skip


def _exercise(life: Life, one: Day, worked: Worked, n: int) -> ExerciseLog:
    says = life.u["says"][one.day]
    pain, kind, side, site = _rated(life, one.day, n, worked.pain), "", worked.side, worked.site
    if pain:
        kind = _kind(site, float(says[6]))
    elif not site and says[7] < 0.05:  # muscles that ache while they work
        pain, kind, site, side = (2.0 if says[6] < 0.6 else 3.0), ("muscle" if says[0] < 0.7 else ""), "hamstring", None
    form = {leg: worked.clean[leg] if says[1] < 0.7 else None for leg in LEGS}
    return ExerciseLog(
        exercise=worked.exercise, left_reps=worked.reps["left"], right_reps=worked.reps["right"],
        left_load_kg=worked.dose["left"].load_kg, right_load_kg=worked.dose["right"].load_kg, clean_left=form["left"],
        clean_right=form["right"], pain_0_10=pain, pain_site=site if pain else "", pain_side=side if pain else None,
        pain_kind=kind,  # type: ignore[arg-type]
    )  # fmt: skip


def _felt(life: Life, one: Day, place: int) -> float:
    """What tiredness and this runner's way of rating add to an effort."""
    noise = 0.7 * float(life.z["effort"][one.day, place])
    return 4.0 * (one.tiredness - 1.0) + life.traits.effort_bias + noise


def _whole(effort: float) -> float:
    return float(min(10, max(1, round(effort))))


def _run(diary: Diary, life: Life, body: Body, one: Day) -> None:
    assert one.run is not None
    kind, minutes = one.run
    day = day_of(one.day)
    if is_written(life, diary.missing, one.day, 1):
        pains = _pains(life, one, 4, float(life.u["says"][one.day, 6]))
        diary.runs.append(RunLog(day=day, kind=kind, minutes=min(600.0, minutes), pain=pains,  # type: ignore[arg-type]
                                 effort_0_10=_whole(one.run_effort + _felt(life, one, 1))))  # fmt: skip
    if kind == "intervals" and life.u["says"][one.day, 0] < 0.8:
        drop = 32.0 - 14.0 * (one.tiredness - 1.0) + 4.0 * float(life.z["recovery"][one.day, 0])
        diary.recoveries.append(HeartRateRecovery(run=f"r{one.day}", day=day, drop_bpm=drop, at_bpm=175.0))
    diary.points.append(_point(true_index(life, body), one.day, float(life.z["run"][one.day, 0])))


def true_index(life: Life, body: Body) -> float:
    """Of contact time, in percent: the weak leg stays down longer, by a fixed share of the gap."""
    drifting = life.traits.path == "drifting"
    gap = life.traits.gap_pct if drifting else body.gap_pct
    return _sign(life.traits.weak) * -1.0 * (INDEX_PER_GAP * gap + body.index_shift)


def _sign(weak: Side) -> float:
    """Right minus left of a capacity, where this leg is the weaker one."""
    return 1.0 if weak == "left" else -1.0


def _point(index: float, day: int, draw: float) -> RunPoint:
    value = index + RUN_SD * draw
    start = datetime.combine(day_of(day), datetime.min.time(), tzinfo=UTC) + timedelta(hours=7)
    return RunPoint(run=f"r{day}", start=start, value=value, low=value - RUN_HALF, high=value + RUN_HALF,
                    source="watch_balance", device="watch", minutes=40.0)  # fmt: skip


def earlier_points(life: Life, body: Body) -> list[RunPoint]:
    """Runs of the weeks before the programme, three a week."""
    days = [-7 * week + offset for week in range(life.traits.earlier_weeks, 0, -1) for offset in (1, 3, 6)]
    return [_point(true_index(life, body), day, float(life.z["earlier"][n, 0])) for n, day in enumerate(days)]


def test_legs(diary: Diary, life: Life, body: Body, week: int) -> None:
    """Two tests on two days of a week, each leg with its own day."""
    z = life.z["test"][7 * week]
    side = life.traits.weak
    behind = {leg: body.gap_pct / 100.0 if leg == side else 0.0 for leg in LEGS}
    raises = {leg: max(1.0, round(life.traits.raises * (1.0 - behind[leg]) + CALF_SD * float(z[n])))
              for n, leg in enumerate(LEGS)}  # fmt: skip
    hops = {
        leg: tuple(
            max(20.0, round(life.traits.hop_cm * (1.0 - HOP_PER_GAP * behind[leg]) + HOP_DAY_CM * float(z[2 + n])
                            + HOP_TRIAL_CM * float(z[4 + 3 * n + trial])))
            for trial in range(3)
        ) for n, leg in enumerate(LEGS)
    }  # fmt: skip
    found = [
        TestResult(test=TESTS[0], day=day_of(7 * week), left=(raises["left"],), right=(raises["right"],)),
        TestResult(test=TESTS[1], day=day_of(7 * week + 2), left=hops["left"], right=hops["right"]),
    ]
    for one in found:
        diary.tests.append(compare_limbs(one, profile=PROFILE, earlier=diary.results))
        diary.results.append(one)
