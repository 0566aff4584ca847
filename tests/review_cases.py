"""Cases for the weekly review built by hand: a runner in week six of a programme; and the same, legs exchanged."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from evenstride.model import (
    Alarm,
    Baseline,
    CalendarRun,
    Closing,
    DayLog,
    Dose,
    Effect,
    Estimated,
    ExerciseLog,
    Finding,
    HeartRateRecovery,
    Judged,
    LegChange,
    LimbComparison,
    Pain,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanWeek,
    Profile,
    Review,
    ReviewCase,
    RunLog,
    RunReport,
    Season,
    SeasonMetric,
    SessionLog,
    SolverStatus,
    Source,
    SpanIndex,
    SymmetryEstimate,
)
from evenstride.plan.catalogue import load_catalogue

WEEK = date(2026, 6, 8)
"""The Monday of the week that is reviewed, on its Sunday."""
TODAY = WEEK + timedelta(days=6)
BEGAN = WEEK - timedelta(weeks=5)
DEADLIFT, STEP_UP, BULGARIAN = "single_leg_romanian_deadlift", "step_up", "bulgarian_split_squat"


def ago(days):
    return TODAY - timedelta(days=days)


def planned(day, *, name="", kind="strength", exercise=DEADLIFT, dose=None, **own):
    dose = dose or Dose(sets=3, reps=10)
    lines = (PlannedExercise(exercise=exercise, because="It is on the list.", left=dose, right=dose, first="left"),)
    return PlannedSession(
        id=name or f"s-{day}", day=day, slot="free", kind=kind, minutes=30.0, exercises=lines, **own
    )  # fmt: skip


def done(
    session, *, left=(10, 10, 10), right=(10, 10, 10), clean=(True, True), exercise=None, pain=0.0, site="", side=None,
    kind="", load=0.0, pain_elsewhere=(), **own,
):  # fmt: skip
    """A log of a planned session; every repetition as asked, unless said otherwise."""
    one = ExerciseLog(
        exercise=exercise or session.exercises[0].exercise, left_reps=left, right_reps=right, clean_left=clean[0],
        clean_right=clean[1], pain_0_10=pain, pain_site=site, pain_side=side, pain_kind=kind, left_load_kg=load,
        right_load_kg=load,
    )  # fmt: skip
    return SessionLog(session=session.id, day=session.day, exercises=(one,), pain=pain_elsewhere, **own)


def weeks_of_sessions(weeks=6):
    """Two strength sessions a week, Tuesday and Friday, up to the week that is reviewed."""
    mondays = [WEEK - timedelta(weeks=back) for back in reversed(range(weeks))]
    return tuple(planned(monday + timedelta(days=day)) for monday in mondays for day in (1, 4))


def case(**own):
    """A runner of whom nothing is known but a profile."""
    values = {
        "week": WEEK, "today": TODAY, "profile": Profile(name="Ada", equipment=("bench", "low_box", "dumbbell")),
        "catalogue": load_catalogue(),
    }  # fmt: skip
    return ReviewCase(**{**values, **own})


def kept_case(**own):
    """Six weeks of sessions, all done clean and as asked."""
    sessions = weeks_of_sessions()
    return case(**{"planned": sessions, "sessions": tuple(done(one) for one in sessions), **own})


def plan(*, load="loading", part="base", sessions=()):
    """A plan of which the review needs the coming weeks."""
    weeks = tuple(
        PlanWeek(monday=WEEK + timedelta(weeks=n), number=6 + n, part=part, load=load if n == 1 else "loading",
                 phase="intermediate")
        for n in range(4)
    )  # fmt: skip
    return Plan(athlete="Ada", start=WEEK, weeks=4, runs=(), sessions=tuple(sessions), week_list=weeks,
                solver=SolverStatus(status="optimal", gap=0.0))  # fmt: skip


def comparison(day, difference, *, mdc=3.0, test="single_leg_calf_raise", **own):
    """A calf raise test: right minus left in repetitions."""
    weaker = None if abs(difference) <= mdc else "left" if difference > 0 else "right"
    lower = None if difference == 0 else "left" if difference > 0 else "right"
    values = {
        "test": test, "label": "single-leg calf raise", "unit": "repetitions", "day": day,
        "left": 25.0 - difference / 2, "right": 25.0 + difference / 2, "n_left": 1, "n_right": 1,
        "difference": difference, "low": difference - mdc, "high": difference + mdc,
        "mdc95": mdc, "mdc_source": "own days", "beyond_error": abs(difference) > mdc,
        "weaker": weaker, "lower": lower, "limb_ratio_pct": 80.0, "mdc_basis": "sessions",
    }  # fmt: skip
    return LimbComparison(**{**values, **own})


def leg_change(day, *, side="left", improved=True):
    return LegChange(
        test="single_leg_calf_raise", label="single-leg calf raise", unit="repetitions", side=side, day=day,
        since=day - timedelta(weeks=4), value=24.0, before=15.0, change=9.0, mdc95=6.5, mdc_source="published",
        beyond_error=True, improved=improved, text="",
    )  # fmt: skip


def finding(limb="left", action="do", **own):
    return Finding(limb=limb, action=action, confidence=0.8, day=ago(10), **own)


def metric(*, value=4.0, half=0.5, alarm=None, gap=None, threshold=3.0):
    """Contact time: ``gap`` is (value, low, high, worthwhile) of how far the difference fell."""
    sign = 1.0 if value >= 0 else -1.0
    closing = None
    if gap:
        low_enough = gap[2] < gap[3]
        closing = Closing(
            gap=Estimated(value=gap[0], low=gap[1], high=gap[2]), weeks=8.0, worthwhile=gap[3], probability_closing=0.5,
            probability_growing=0.5, probability_stagnating=0.5, excludes_worthwhile=low_enough,
        )  # fmt: skip
    low, high = sorted((sign, 3.0 * sign))
    rung = Alarm(value=2.0 * sign, low=low, high=high, day=alarm or BEGAN, text="", z=3.5 * sign)
    return SeasonMetric(
        metric="contact_time", label="contact time", unit="%", kind="index", source="watch_balance", n_runs=20, runs=(),
        level=Estimated(value=value, low=value - half, high=value + half),
        alarms=(rung,) if alarm else (), closing=closing,
        threshold=threshold,
        baseline=Baseline(value=value, low=value - half, high=value + half, n_runs=8, since=BEGAN, until=BEGAN),
    )  # fmt: skip


def season(*metrics, late=()):
    return Season(athlete="Ada", first=BEGAN, last=TODAY, n_runs=20, metrics=metrics, late=late)


def report(day, *, value=4.0, half=1.0, elapsed=None, laps=(), thirds=()):
    """A run; ``elapsed`` is (effect, half) in % per 10 minutes, ``laps`` the index of each work repetition."""
    estimate = SymmetryEstimate(
        metric="contact_time", source="watch_balance", index_pct=value, raw_index_pct=value, low_pct=value - half,
        high_pct=value + half, confidence=0.95, left=0.25, right=0.25, level_unit="s", n=3000, usable_minutes=50.0,
        n_effective=50.0, memory_s=20.0,
    )  # fmt: skip
    effects = () if elapsed is None else (
        Effect(metric="contact_time", source="watch_balance", condition="elapsed", per="10 min", effect_pct=elapsed[0],
               low_pct=elapsed[0] - elapsed[1], high_pct=elapsed[0] + elapsed[1]),
    )  # fmt: skip
    judged = Judged(estimate=estimate, effects=effects, laps=spans(laps, kind="active"), thirds=spans(thirds))
    return RunReport(
        source=Source(name=f"{day}.fit", sha256="", format="fit"), sport="running", duration_s=3000.0, distance_m=10e3,
        start=datetime(day.year, day.month, day.day, 7, tzinfo=UTC), n_records=3000, usable_share=1.0, dropped=(),
        judged=(judged,),
    )  # fmt: skip


def spans(values, *, kind=None, half=0.5):
    return tuple(
        SpanIndex(start_s=300.0 * n, end_s=300.0 * n + 200.0, index_pct=value, low_pct=value - half,
                  high_pct=value + half, kind=kind)
        for n, value in enumerate(values)
    )  # fmt: skip


def efforts(values, *, kind="easy", last=None):
    """Runs of one kind on every second day, the last one on ``last``."""
    last = last or ago(1)
    days = [last - timedelta(days=2 * back) for back in reversed(range(len(values)))]
    return tuple(
        RunLog(day=day, kind=kind, effort_0_10=value, minutes=40.0) for day, value in zip(days, values, strict=True)
    )


def recoveries(values, *, last=None):
    last = last or ago(1)
    days = [last - timedelta(days=2 * back) for back in reversed(range(len(values)))]
    return tuple(
        HeartRateRecovery(run=f"r{n}", day=day, drop_bpm=value, at_bpm=170.0)
        for n, (day, value) in enumerate(zip(days, values, strict=True))
    )


def nights(*hours):
    """The last nights, the last one first."""
    return tuple(DayLog(day=ago(n), sleep_hours=value) for n, value in enumerate(hours) if value is not None)


def aching(day, *, value=3.0, kind="joint", site="knee", side="left"):
    return DayLog(day=day, pain=(Pain(value_0_10=value, site=site, side=side, kind=kind),))


def intervals(day):
    return CalendarRun(day=day, kind="intervals", minutes=50.0)


# The same case with the legs exchanged.

OTHER: dict[Any, Any] = {
    "left": "right", "right": "left", "even": "even", "undetermined": "undetermined", "none": "none", None: None,
    "": "",
}  # fmt: skip


def mirrored_case(one: ReviewCase) -> ReviewCase:
    """Exchange the legs of everything that a case holds."""
    return replace(
        one,
        planned=tuple(map(_session, one.planned)),
        plan=one.plan and replace(one.plan, sessions=tuple(map(_session, one.plan.sessions))),
        sessions=tuple(map(_log, one.sessions)),
        runs=tuple(map(mirrored_run_log, one.runs)),
        days=tuple(replace(day, pain=_pains(day.pain)) for day in one.days),
        season=one.season and replace(one.season, metrics=tuple(map(_metric, one.season.metrics)), late=tuple(
            replace(late, value=-late.value, low=-late.high, high=-late.low) for late in one.season.late
        )),
        tests=tuple(map(_comparison, one.tests)),
        leg_changes=tuple(replace(change, side=OTHER[change.side]) for change in one.leg_changes),
        finding=one.finding and replace(one.finding, limb=OTHER[one.finding.limb]),
        returning=one.returning and replace(one.returning, side=OTHER[one.returning.side]),
        reviews=tuple(map(mirrored_review, one.reviews)),
        reports={name: mirrored_report(report) for name, report in one.reports.items()},
    )  # fmt: skip


def swapped_words(text: str) -> str:
    """A sentence with the legs exchanged."""
    return text.replace("left", "\0").replace("right", "left").replace("\0", "right")


def mirrored_review(one: Review) -> Review:
    """What the review of the mirrored case should be."""
    rest = one.rest and replace(
        one.rest,
        path=tuple(replace(step, text=swapped_words(step.text)) for step in one.rest.path),
        advice=tuple(replace(two, side=OTHER[two.side]) for two in one.rest.advice),
    )
    return replace(
        one, decisions=tuple(map(_decision, one.decisions)), exercises=tuple(map(_decision, one.exercises)),
        adjustments=tuple(map(_adjustment, one.adjustments)), rest=rest,
        wins=tuple(map(swapped_words, one.wins)), notes=tuple(map(swapped_words, one.notes)),
    )  # fmt: skip


def _decision(one):
    return replace(
        one, reason=swapped_words(one.reason), evidence=tuple(map(swapped_words, one.evidence)),
        would_change_if=tuple(map(swapped_words, one.would_change_if)), side=OTHER[one.side],
        adjustments=tuple(map(_adjustment, one.adjustments)),
    )  # fmt: skip


def _adjustment(one):
    return replace(one, side=OTHER[one.side], text=swapped_words(one.text))


def _session(one):
    return replace(one, exercises=tuple(
        replace(two, left=two.right, right=two.left, first=OTHER[two.first]) for two in one.exercises
    ))  # fmt: skip


def _log(one):
    exercises = tuple(
        replace(
            two, left_reps=two.right_reps, right_reps=two.left_reps, left_load_kg=two.right_load_kg,
            right_load_kg=two.left_load_kg, clean_left=two.clean_right, clean_right=two.clean_left,
            pain_side=OTHER[two.pain_side], left_in_reserve=two.right_in_reserve, right_in_reserve=two.left_in_reserve,
        ) for two in one.exercises
    )  # fmt: skip
    return replace(one, exercises=exercises, pain=_pains(one.pain))


def _pains(pains):
    return tuple(replace(one, side=OTHER[one.side]) for one in pains)


def mirrored_sessions(one: Plan) -> tuple[PlannedSession, ...]:
    """A plan's sessions with the legs exchanged."""
    return tuple(map(_session, one.sessions))


def mirrored_run_log(one: RunLog) -> RunLog:
    """The left leg is the first of alternating blocks where nothing else is said, so the mirror says it."""
    first: Any = OTHER[one.first] or ("right" if one.block == "alternating" else None)
    return replace(one, harder=OTHER[one.harder], pain=_pains(one.pain), first=first)


def _minus(value):
    return None if value is None else -value


def _comparison(one):
    return replace(
        one, left=one.right, right=one.left, difference=-one.difference, low=None if one.high is None else -one.high,
        high=None if one.low is None else -one.low, weaker=OTHER[one.weaker], lower=OTHER[one.lower],
    )  # fmt: skip


def _turned(one):
    return one and replace(one, value=-one.value, low=-one.high, high=-one.low)


def _metric(one):
    if one.kind != "index":
        return one
    runs = tuple(
        replace(run, value=-run.value, low=None if run.high is None else -run.high,
                high=None if run.low is None else -run.low) for run in one.runs
    )  # fmt: skip
    alarms = tuple(replace(_turned(alarm), z=-alarm.z) for alarm in one.alarms)
    return replace(
        one, level=_turned(one.level), baseline=_turned(one.baseline), change=_turned(one.change), alarms=alarms,
        runs=runs, at_reference=tuple(-value for value in one.at_reference),
    )  # fmt: skip


def mirrored_report(one: RunReport) -> RunReport:
    judged = tuple(
        replace(
            two,
            estimate=replace(
                two.estimate, index_pct=-two.estimate.index_pct, raw_index_pct=-two.estimate.raw_index_pct,
                low_pct=_minus(two.estimate.high_pct), high_pct=_minus(two.estimate.low_pct), left=two.estimate.right,
                right=two.estimate.left,
            ),
            effects=tuple(
                replace(effect, effect_pct=-effect.effect_pct, low_pct=-effect.high_pct, high_pct=-effect.low_pct)
                for effect in two.effects
            ),
            laps=tuple(map(_span, two.laps)), thirds=tuple(map(_span, two.thirds)),
        ) for two in one.judged
    )  # fmt: skip
    return replace(one, judged=judged)


def _span(one):
    if one.index_pct is None:
        return one
    return replace(one, index_pct=-one.index_pct, low_pct=-one.high_pct, high_pct=-one.low_pct)
