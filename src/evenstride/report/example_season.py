"""A made-up season, tests and finding, put together by hand: for examples, tests and trying out a layout.

Nothing in it was measured, and none of it was computed by the methods that it looks like the result of.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from evenstride.model import (
    LEVELS,
    METRICS,
    Alarm,
    Assessment,
    Baseline,
    Change,
    ChangePoint,
    Direction,
    Estimated,
    Evidence,
    Finding,
    Floats,
    LateInRuns,
    LevelBand,
    LimbComparison,
    Note,
    Offset,
    RunPoint,
    Season,
    SeasonMetric,
    Side,
    TargetRange,
    TargetReview,
    TargetStatus,
    TestResult,
)

FIRST = datetime(2026, 2, 3, 6, 30, tzinfo=UTC)
_LEVEL_VALUES = {
    "cadence": (171.0, 1.6), "contact_time_level": (0.247, 0.003), "vertical_oscillation_level": (0.084, 0.0012),
    "step_length_level": (1.04, 0.012), "speed_at_heart_rate": (2.94, 0.05),
}  # fmt: skip


def example_season_metric(*, n_runs: int = 24, days_between: float = 3.5, **changes: Any) -> SeasonMetric:
    """Return contact time through a season that moves from 1.2 to 3.1 % right longer, with any field changed.

    >>> example_season_metric().level
    Estimated(value=3.1, low=2.4, high=3.8)
    """
    rng = np.random.default_rng(n_runs)
    start = 1.2 if n_runs >= 8 else 3.1
    path = start + (3.1 - start) / (1.0 + np.exp(-(np.arange(n_runs) - 0.55 * n_runs) / (0.02 * n_runs + 0.3)))
    half = rng.uniform(0.8, 1.9, n_runs)
    values = path + rng.standard_normal(n_runs) * 0.9
    runs = tuple(
        _point(i, float(value), float(wide), days_between)
        for i, (value, wide) in enumerate(zip(values, half, strict=True))
    )
    shift = runs[int(0.55 * n_runs)].start.date()
    point = ChangePoint(day=shift, low=shift - timedelta(days=6), high=shift + timedelta(days=4))
    told = runs[min(n_runs - 1, int(0.55 * n_runs) + 5)].start.date()
    many = n_runs >= 8
    fields: dict[str, Any] = {
        "metric": "contact_time", "label": METRICS["contact_time"].label, "unit": "%", "kind": "index",
        "source": "watch_balance", "n_runs": n_runs, "level": Estimated(value=3.1, low=2.4, high=3.8), "runs": runs,
        "baseline": _baseline(start, runs), "run_to_run_sd": Estimated(value=1.1, low=0.8, high=1.6), "mdc95": 3.05,
        "change": Change(value=1.9, low=1.0, high=2.8, probability_beyond_smallest=0.97, smallest=1.0,
                         grade="convention") if many else None,
        "alarms": (Alarm(value=1.8, low=0.9, high=2.7, day=told, z=3.9, change_point=point,
                         text="Contact time moved towards the right by 1.8 % (0.9 to 2.7): more than chance does."),)
        if many else (),
        "change_point": point if many else None,
        "direction": Direction(side="right", same_side_share=0.88, share_low=0.7, share_high=0.96, n=n_runs,
                               kappa=0.75, low=0.44, high=1.0),
        "offsets": (Offset(condition="device", name="garmin fr265", reference="garmin fenix7", n_runs=3, value=0.4,
                           low=-0.5, high=1.3),) if many else (),
        "band": _band(path, runs), "threshold": 4.0, "adjusted_for": ("device",),
        "device": "garmin fenix7", "target": example_range() if many else None,
    }  # fmt: skip
    return SeasonMetric(**(fields | changes))


def example_range(*, low: float = -0.8, high: float = 3.2, **changes: Any) -> TargetRange:
    """Return the range of a runner who began at 1.2 % right longer, reviewed once, with any field changed.

    >>> example_range().status
    'cannot_tell'
    """

    def review(day: date, rule: str, seen: float, status: TargetStatus | None = None) -> TargetReview:
        return TargetReview(day=day, low=low, high=high, rule=rule, status=status, seen=seen, seen_low=seen - 0.8,
                            seen_high=seen + 0.8)  # fmt: skip

    reviews = (
        review(date(2026, 2, 17), "T-KEEP", 1.2),
        review(date(2026, 3, 17), "T-INSIDE", 1.5, "inside"),
        review(date(2026, 4, 14), "T-UNTOLD", 2.9, "cannot_tell"),
    )
    fields: dict[str, Any] = {
        "unit": "%", "rule": "T-KEEP", "set_on": date(2026, 2, 17), "status": "cannot_tell",
        "status_since": date(2026, 4, 14), "reviews": reviews, "next_review": date(2026, 5, 12),
        "device": "garmin fenix7",
    }  # fmt: skip
    return TargetRange(low=low, high=high, **(fields | changes))


def example_level_metric(name: str = "cadence", *, n_runs: int = 24, days_between: float = 3.5) -> SeasonMetric:
    """Return one level of both legs through a season.

    >>> example_level_metric().unit
    'spm'
    """
    rng = np.random.default_rng(len(name))
    value, sd = _LEVEL_VALUES[name]
    path = value * (1.0 + 0.008 * np.linspace(-1.0, 1.0, n_runs))
    runs = tuple(
        RunPoint(run=str(i), start=FIRST + timedelta(days=i * days_between), value=float(at))
        for i, at in enumerate(path + rng.standard_normal(n_runs) * sd)
    )
    level, base = float(path[-1]), float(path[0])
    days = tuple(run.start.date() for run in runs)
    return SeasonMetric(
        metric=name, label=LEVELS[name].label, unit=LEVELS[name].unit, kind="level", source="watch", n_runs=n_runs,
        level=Estimated(value=level, low=level - sd, high=level + sd), runs=runs,
        baseline=Baseline(value=base, low=base - sd, high=base + sd, n_runs=min(5, n_runs), since=days[0],
                          until=days[min(4, n_runs - 1)]),
        run_to_run_sd=Estimated(value=sd, low=0.8 * sd, high=1.3 * sd), mdc95=2.77 * sd,
        change=Change(value=level - base, low=level - base - sd, high=level - base + sd,
                      probability_beyond_smallest=0.12, smallest=LEVELS[name].smallest, grade="convention"),
        band=LevelBand(days=days, level=path, low=path - sd, high=path + sd), adjusted_for=LEVELS[name].adjusts,
    )  # fmt: skip


def example_season(*, n_runs: int = 24, days_between: float = 3.5, **changes: Any) -> Season:
    """Return a season of contact time, five levels and what happens late in long runs, with any field changed.

    >>> [metric.metric for metric in example_season().metrics][:2]
    ['contact_time', 'cadence']
    """
    index = example_season_metric(n_runs=n_runs, days_between=days_between)
    levels = [example_level_metric(name, n_runs=n_runs, days_between=days_between) for name in _LEVEL_VALUES]
    fields: dict[str, Any] = {
        "athlete": "Ada", "first": index.runs[0].start.date(), "last": index.runs[-1].start.date(), "n_runs": n_runs,
        "metrics": (index, *levels),
        "late": (LateInRuns(metric="contact_time", source="watch_balance", kind="long", n_runs=5, value=0.3, low=0.05,
                            high=0.55, run_to_run_sd=0.15, grows=0.98),),
        "notes": (Note(code="side_unchecked", text="Which leg this watch calls left was never checked:"
                       " `evenstride athlete side-check` takes a minute."),),
    }  # fmt: skip
    return Season(**(fields | changes))


def example_assessments() -> dict[str, Assessment]:
    """Return three assessments by name.

    >>> list(example_assessments())
    ['calf_raise', 'knee_to_wall', 'hop_distance']
    """
    common: dict[str, Any] = {
        "steps": ("Stand on one leg, finger tips on the wall.", "Repeat until the form breaks."),
        "familiarisation": "Two practice trials on each leg.", "trials": 2, "summary": "best",
        "why_summary": "The best trial says what the leg can do.", "reject_when": ("the other foot touches down",),
        "may_mean": "One calf tires earlier.", "may_not_mean": "It does not say why.",
        "larger_is_better": True, "safety": ("Stop at pain above 3 of 10.",),
    }  # fmt: skip
    rows = (
        Assessment(name="calf_raise", label="single-leg calf raise", unit="repetitions", capacity="calf",
                   emphasis="calf_capacity", baseline_target=15, advanced_target=25, detectable=5.0,
                   detectable_source="a published study", **common),
        Assessment(name="knee_to_wall", label="knee to wall", unit="cm", capacity="ankle_mobility",
                   emphasis="ankle_mobility", detectable=1.6, detectable_source="a published study", **common),
        Assessment(name="hop_distance", label="single-leg hop for distance", unit="cm", capacity="hop",
                   emphasis="hip_stability", target_ratio_pct=90.0, detectable=14.0,
                   detectable_source="a published study", **common),
    )  # fmt: skip
    return {row.name: row for row in rows}


def example_comparison(
    test: str = "calf_raise", *, left: tuple[float, ...] = (17.0, 18.0), right: tuple[float, ...] = (23.0, 24.0),
    day: date = date(2026, 4, 12), mdc95: float = 5.0,
) -> LimbComparison:  # fmt: skip
    """Return one test of both legs, compared by its best trials.

    >>> example_comparison().weaker
    'left'
    """
    row = example_assessments()[test]
    a, b = max(left), max(right)
    beyond = abs(b - a) > mdc95
    lower = "left" if a < b else "right" if b < a else None
    met = {
        f"{side}_{name}": value >= at
        for name, at in (("baseline", row.baseline_target), ("advanced", row.advanced_target))
        for side, value in (("left", a), ("right", b))
        if at is not None
    }
    if row.target_ratio_pct is not None:
        met["limb_ratio"] = 100.0 * min(a, b) / max(a, b) >= row.target_ratio_pct
    verdict = f"the {lower} leg is weaker by {abs(b - a):g}" if beyond else "inside the test's own error"
    return LimbComparison(
        test=test, label=row.label, unit=row.unit, day=day, left=a, right=b, n_left=len(left), n_right=len(right),
        difference=b - a, low=b - a - mdc95, high=b - a + mdc95, mdc95=mdc95, mdc_source=row.detectable_source,
        beyond_error=beyond, weaker=lower if beyond else None, lower=lower,  # type: ignore[arg-type]
        limb_ratio_pct=100.0 * min(a, b) / max(a, b), target_met=met, capacity=row.capacity, emphasis=row.emphasis,
        text=f"Left {a:g}, right {b:g} {row.unit}: {verdict}.",
        result=TestResult(test=test, day=day, left=left, right=right, id=f"{test}-{day:%m%d}"),
    )  # fmt: skip


def example_comparisons() -> tuple[LimbComparison, ...]:
    """Return four comparisons: calf raises twice, knee to wall, hop.

    >>> len(example_comparisons())
    4
    """
    return (
        example_comparison(left=(14.0, 15.0), right=(22.0, 23.0), day=date(2026, 2, 20)),
        example_comparison(),
        example_comparison("knee_to_wall", left=(9.5, 10.0, 9.5), right=(10.5, 11.0, 11.0), mdc95=1.6),
        example_comparison("hop_distance", left=(138.0, 141.0), right=(149.0, 152.0), mdc95=14.0),
    )


def example_finding(**changes: Any) -> Finding:
    """Return a finding of the left limb with any of its fields changed.

    >>> example_finding().limb, example_finding().action
    ('left', 'do')
    """
    evidence = (
        Evidence(kind="test", source="calf_raise", what="single-leg calf raise", day=date(2026, 4, 12),
                 direction="left", size=6.0, low=1.0, high=11.0, unit="repetitions", weight=0.9, counts=True,
                 text="The left leg did 18 calf raises, the right 24: more than error.", grade="fair",
                 emphases=("calf_capacity",)),
        Evidence(kind="injury", source="history", what="left achilles", day=date(2025, 11, 1), direction="left",
                 size=1.0, low=None, high=None, unit="", weight=0.6, counts=True,
                 text="The left achilles was injured in November 2025.", grade="weak", emphases=("calf_capacity",)),
        Evidence(kind="stride", source="watch_balance", what="contact time", day=date(2026, 4, 24),
                 direction="right", size=3.1, low=2.4, high=3.8, unit="%", weight=0.0, counts=False,
                 text="The right foot stays down 3.1 % longer; a stride alone names no limb.", grade="fair"),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "limb": "left", "action": "do", "confidence": 0.86, "day": date(2026, 4, 24),
        "emphases": ("calf_capacity",), "evidence": evidence,
        "contradictions": ("Contact time is longer on the right, the weaker calf is the left.",),
        "rules": ("F-TESTS", "F-DO"),
        "reasons": ("A test beyond its detectable change names the left limb.",
                    "Two independent sources point to the same limb."),
        "next_steps": ("Repeat the calf raises in four weeks.",), "version": "1",
    }  # fmt: skip
    return Finding(**(fields | changes))


def mirrored_season(season: Season) -> Season:
    """Return the season of a runner whose legs are the other way round.

    >>> mirrored_season(example_season()).metrics[0].level
    Estimated(value=-3.1, low=-3.8, high=-2.4)
    """
    late = tuple(_mirrored(one) for one in season.late)
    return replace(season, metrics=tuple(_mirrored_metric(one) for one in season.metrics), late=late)


def mirrored_comparison(one: LimbComparison) -> LimbComparison:
    """Return the comparison of legs that are the other way round.

    >>> mirrored_comparison(example_comparison()).weaker
    'right'
    """
    result = one.result and replace(one.result, left=one.result.right, right=one.result.left)
    return replace(
        one, left=one.right, right=one.left, n_left=one.n_right, n_right=one.n_left, difference=-one.difference,
        low=_minus(one.high), high=_minus(one.low), weaker=_OTHER.get(one.weaker or ""),
        lower=_OTHER.get(one.lower or ""), target_met={_swapped(name): met for name, met in one.target_met.items()},
        norm_share_pct={_swapped(name): share for name, share in one.norm_share_pct.items()}, text=_swapped(one.text),
        result=result,
    )  # fmt: skip


def mirrored_finding(finding: Finding) -> Finding:
    """Return the finding of legs that are the other way round.

    >>> mirrored_finding(example_finding()).limb
    'right'
    """
    evidence = tuple(
        replace(one, direction=_OTHER.get(one.direction, "none"), size=-one.size, low=_minus(one.high),
                high=_minus(one.low), text=_swapped(one.text), what=_swapped(one.what))
        for one in finding.evidence
    )  # fmt: skip
    return replace(
        finding, limb=_OTHER.get(finding.limb, "undetermined"), evidence=evidence,
        contradictions=tuple(map(_swapped, finding.contradictions)), reasons=tuple(map(_swapped, finding.reasons)),
    )  # fmt: skip


_OTHER: Mapping[str, Side] = {"left": "right", "right": "left"}


def _swapped(text: str) -> str:
    return re.sub(r"left|right", lambda word: _OTHER[word[0]], text)


def _minus(value: float | None) -> float | None:
    return None if value is None else -value


def _mirrored(one: Any) -> Any:
    return replace(one, value=-one.value, low=_minus(one.high), high=_minus(one.low))


def _mirrored_range(target: TargetRange) -> TargetRange:
    reviews = tuple(
        replace(one, low=-one.high, high=-one.low, seen=_minus(one.seen), seen_low=_minus(one.seen_high),
                seen_high=_minus(one.seen_low))
        for one in target.reviews
    )  # fmt: skip
    return replace(target, low=-target.high, high=-target.low, reviews=reviews)


def _mirrored_metric(metric: SeasonMetric) -> SeasonMetric:
    if metric.kind == "level":
        return metric
    band, direction = metric.band, metric.direction
    return replace(
        metric, level=metric.level and _mirrored(metric.level), runs=tuple(_mirrored(run) for run in metric.runs),
        baseline=metric.baseline and _mirrored(metric.baseline), change=metric.change and _mirrored(metric.change),
        alarms=tuple(replace(_mirrored(one), z=-one.z, text=_swapped(one.text)) for one in metric.alarms),
        direction=direction and replace(direction, side=_OTHER[direction.side]),
        offsets=tuple(_mirrored(one) for one in metric.offsets),
        band=band and LevelBand(days=band.days, level=-band.level, low=-band.high, high=-band.low),
        target=metric.target and _mirrored_range(metric.target),
    )  # fmt: skip


def _point(i: int, value: float, half: float, days_between: float) -> RunPoint:
    other = i % 8 == 5
    return RunPoint(
        run=f"run-{i}", start=FIRST + timedelta(days=i * days_between), value=value, low=value - half,
        high=value + half, source="watch_balance", device="garmin fr265" if other else "garmin fenix7", minutes=48.0,
        tags={"shoe": "daily"} if i % 3 else {"surface": "trail"},
    )  # fmt: skip


def _baseline(value: float, runs: tuple[RunPoint, ...]) -> Baseline | None:
    if len(runs) < 5:
        return None
    since, until = runs[0].start.date(), runs[4].start.date()
    return Baseline(value=value, low=value - 0.8, high=value + 0.8, n_runs=5, since=since, until=until)


def _band(path: Floats, runs: tuple[RunPoint, ...]) -> LevelBand:
    half = 0.6 + 0.5 / np.sqrt(np.arange(1.0, len(path) + 1.0))
    days = [run.start.date() for run in runs]
    keep = np.array([i for i in range(len(days)) if i == 0 or days[i] != days[i - 1]], dtype=np.int64)
    return LevelBand(
        days=tuple(days[i] for i in keep), level=path[keep], low=(path - half)[keep], high=(path + half)[keep]
    )
