"""What speaks for a limb, piece by piece: tests, injuries, strides, alarms, each with its direction, age and weight.

A piece's weight is its strength as evidence of its kind, times how surely it is beyond error, times how fresh it is
(docs/methods/finding.md). The pieces are never summed or averaged: which leg a piece names stays its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import erf, sqrt
from types import MappingProxyType

from evenstride.judge.ranges import RANGES
from evenstride.judge.sites import emphases_of
from evenstride.judge.weights import (
    FRESH_FROM,
    Z95,
    certainty,
    direction_of,
    freshness,
    injury_freshness,
    side_of,
    sided,
)
from evenstride.model import (
    METRICS,
    SOURCES,
    Alarm,
    Evidence,
    EvidenceKind,
    Injury,
    LateInRuns,
    LimbComparison,
    Profile,
    Season,
    SeasonMetric,
    Side,
    SideCheck,
)
from evenstride.model.finding import EvidenceDirection

STRENGTH: Mapping[str, float] = MappingProxyType({"test": 0.5, "injury": 0.3, "stride": 0.3})
"""How far one fresh, certain piece of each kind goes by itself (convention)."""
UNCHECKED_FACTOR = 0.5
"""What is left of a stride's weight while nobody has checked which leg the device means."""
SAME_SIDE_SHARE_MIN = 0.8
SAME_SIDE_RUNS_MIN = 4
"""Repeated: at least 4 of 5 runs to one side (convention; four runs make a stable pattern, Ahamed et al. 2018)."""
HISTORY_DAYS = 28
"""A test and the season's level belong together when they are at most this far apart (convention)."""
LEG_LENGTH_MM_MIN = 5.0
LOOKED_SHARE = 1 / 3
"""A test whose error is a larger share of its value cannot let a difference be (convention)."""
STRIDE = "stride"
"""The capacity of what runs tell per leg: no test of a leg's strength."""
ORDER: tuple[EvidenceKind, ...] = ("test", "injury", "stride", "change", "late", "level", "profile")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One piece of evidence as the rules see it.

    ``names`` is the leg that it counts for (None: it names none). ``quiet``: it looked closely enough and found nothing
    beyond error. ``real``: a stride asymmetry beyond the ordinary, repeated. ``fresh``: not too old to count.
    """

    evidence: Evidence
    names: Side | None = None
    capacity: str = ""
    quiet: bool = False
    real: bool = False
    fresh: bool = True
    side_check: str = ""
    metric: SeasonMetric | None = None
    history: frozenset[Side] = frozenset()
    low_on_both: bool = False

    @property
    def weight(self) -> float:
        """The evidence's own weight."""
        return self.evidence.weight


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Everything known on ``today``, newest result of each test first judged, in an order of its own."""

    today: date
    profile: Profile
    tests: tuple[Item, ...] = ()
    injuries: tuple[Item, ...] = ()
    strides: tuple[Item, ...] = ()
    changes: tuple[Item, ...] = ()
    context: tuple[Item, ...] = ()
    waiting: tuple[SeasonMetric, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All pieces, by kind and then by weight."""
        return (*self.tests, *self.injuries, *self.strides, *self.changes, *self.context)


def gather(
    season: Season, comparisons: Sequence[LimbComparison], profile: Profile, side_checks: Sequence[SideCheck],
    today: date,
) -> Gathered:  # fmt: skip
    """Weigh everything that is known on ``today``; what lies in the future is left out."""
    past = [one for one in comparisons if one.day <= today]
    tests = _ordered([_test(one, today) for one in _newest(past)])
    used = _history(past, today)
    legs = [one for one in season.metrics if one.kind == "index"]
    checks = [one for one in side_checks if one.checked <= today]
    late = [_late(one, season, today) for one in season.late]
    return Gathered(
        today=today,
        profile=profile,
        tests=tests,
        injuries=_ordered([_injury(one, today) for one in profile.injuries if one.since <= today]),
        strides=_ordered([_stride(one, checks, used, today) for one in legs if one.level is not None and one.runs]),
        changes=_ordered([_change(one, alarm, today) for one in legs for alarm in one.alarms if alarm.day <= today]),
        context=_ordered([*late, *_levels(season, today), *_leg_length(profile, today)]),
        waiting=tuple(sorted((one for one in legs if one.baseline is None), key=_metric_key)),
    )


def _ordered(items: Sequence[Item]) -> tuple[Item, ...]:
    """One order whatever the order of the input; the side comes last, so that it decides only between twins."""

    def key(item: Item) -> tuple[object, ...]:
        one = item.evidence
        twin = (one.direction, one.size, one.low or 0.0, one.high or 0.0, one.text, one.emphases)
        return (ORDER.index(one.kind), -one.weight, one.what, one.source, one.day, abs(one.size), twin)

    return tuple(sorted(items, key=key))


def _metric_key(one: SeasonMetric) -> tuple[str, str]:
    return one.metric, one.source


def _newest(past: Sequence[LimbComparison]) -> list[LimbComparison]:
    """Every comparison of the last day of each test."""
    last: dict[str, date] = {}
    for one in past:
        last[one.test] = max(one.day, last.get(one.test, one.day))
    return [one for one in past if one.day == last[one.test]]


def _test(one: LimbComparison, today: date) -> Item:
    kept = freshness(one.day, today)
    fresh = kept >= FRESH_FROM
    weaker = one.weaker if one.beyond_error else None
    sure = certainty(one.difference, one.low, one.high, one.mdc95)
    if weaker is not None:
        sure = max(sure, 0.95)  # found beyond error by the test's own rule
    return Item(
        evidence=Evidence(
            kind="test", source=f"{one.capacity or one.test} test, {one.day}", what=one.label or one.test, day=one.day,
            direction=weaker or "none", size=one.difference, low=one.low, high=one.high, unit=one.unit,
            weight=STRENGTH["test"] * kept * sure,
            counts=fresh and weaker is not None, text=_test_text(one, weaker, fresh=fresh), grade="fair",
            emphases=(one.emphasis,) if one.emphasis and (weaker is not None or _low_on_both(one)) else (),
        ),
        names=weaker if fresh else None,
        capacity=one.capacity or one.test,
        quiet=fresh and not one.beyond_error and _looked(one),
        fresh=fresh,
        low_on_both=fresh and _low_on_both(one),
    )  # fmt: skip


def _test_text(one: LimbComparison, weaker: Side | None, *, fresh: bool) -> str:
    said = f"{one.label or one.test} on {one.day}: {sided(one.difference, one.low, one.high, one.unit)}"
    error = f" ({one.mdc95:.3g} {one.unit})" if one.mdc95 is not None else ""
    if weaker is not None:
        text = f"{said}; the {weaker} leg is weaker by more than error{error}."
    elif one.beyond_error:
        text = f"{said}, more than error{error}; that does not say which leg is weaker."
    elif one.low is None:
        text = f"{said}; too little is known to tell a difference from error."
    else:
        text = f"{said}, inside error{error}."
    return text if fresh else f"{text} Too long ago to count; test again."


def _looked(one: LimbComparison) -> bool:
    """Whether a difference worth knowing would have been seen: what strides or an open end tell does not count."""
    if one.low is None or one.high is None or one.capacity == STRIDE:
        return False
    if one.limb_ratio_pct is None:  # classes and angles have no share of themselves
        return True
    return 0.5 * (one.high - one.low) <= LOOKED_SHARE * 0.5 * (abs(one.left) + abs(one.right))


def _low_on_both(one: LimbComparison) -> bool:
    """Whether both legs were compared with the baseline target and neither reached it."""
    met = {
        side: [value for key, value in one.target_met.items() if {side, "baseline"} <= set(key.split("_"))]
        for side in ("left", "right")
    }
    return all(values and not any(values) for values in met.values())


def _injury(one: Injury, today: date) -> Item:
    kept = injury_freshness(one, today)
    fresh = kept >= FRESH_FROM
    when = f"since {one.since}" if one.until is None else f"{one.since} to {one.until}"
    text = f"{one.kind.capitalize()}, {one.side} leg, {one.site}, {when}."
    return Item(
        evidence=Evidence(
            kind="injury", source="injury history", what=f"{one.kind}: {one.site}", day=one.until or one.since,
            direction=one.side, size=0.0, low=None, high=None, unit="", weight=STRENGTH["injury"] * kept, counts=fresh,
            text=text if fresh else f"{text} Too long ago to count.", grade="weak", emphases=emphases_of(one.site),
        ),
        names=one.side if fresh else None,
        fresh=fresh,
    )  # fmt: skip


def _history(past: Sequence[LimbComparison], today: date) -> list[LimbComparison]:
    """Earlier results beyond error that may tell what a stride asymmetry meant in this runner.

    Not those that are judged now, which speak for themselves, nor those of a test that by now finds the legs equal.
    """
    newest = _newest(past)
    judged = {id(one) for one in newest if freshness(one.day, today) >= FRESH_FROM}
    silenced = {one.test for one in newest if id(one) in judged and not one.beyond_error}
    beyond = [one for one in past if one.beyond_error and one.weaker is not None]
    return [one for one in beyond if id(one) not in judged and one.test not in silenced]


def _stride(metric: SeasonMetric, checks: Sequence[SideCheck], used: Sequence[LimbComparison], today: date) -> Item:
    level = metric.level
    if level is None:  # asked before; said again for the reader of types
        raise ValueError("a stride without a level is no evidence")
    day = max(run.start.date() for run in metric.runs)
    kept = freshness(day, today)
    check = _side_check(metric, checks)
    direction = direction_of(level.value, level.low, level.high)
    real = kept >= FRESH_FROM and _beyond_ordinary(metric) and _repeated(metric)
    history = _named_before(metric, used) if real else frozenset()
    named = next(iter(history)) if len(history) == 1 else None
    trusted = 1.0 if check in ("as_named", "swapped") else UNCHECKED_FACTOR
    return Item(
        evidence=Evidence(
            kind="stride", source=metric.source, what=metric.label, day=day, direction=direction, size=level.value,
            low=level.low, high=level.high, unit=metric.unit,
            weight=STRENGTH["stride"] * kept * trusted * _certainty_beyond(metric), counts=named is not None,
            text=_stride_text(metric, real=real, named=named),
            grade=RANGES[metric.metric].grade if metric.metric in RANGES else "weak",
        ),
        names=named,
        quiet=kept >= FRESH_FROM and _ordinary(metric),
        real=real,
        fresh=kept >= FRESH_FROM,
        side_check=check,
        metric=metric,
        history=history,
    )  # fmt: skip


def _stride_text(metric: SeasonMetric, *, real: bool, named: Side | None) -> str:
    level = metric.level
    if level is None:
        return ""
    by = SOURCES.get(metric.source, metric.source)
    said = f"{metric.label.capitalize()} by {by}: {sided(level.value, level.low, level.high, metric.unit)}"
    if metric.threshold is None:
        return f"{said} over {metric.n_runs} runs; no line between ordinary and unusual is known."
    if named is not None:
        return f"{said}, beyond the ordinary; your own tests named the {named} leg when it pointed this way before."
    if real:
        return f"{said}, beyond the ordinary and repeated; that alone does not say which leg is weaker."
    if _ordinary(metric):
        return f"{said} over {metric.n_runs} runs, ordinary."
    return f"{said} over {metric.n_runs} runs; more runs are needed to tell."


def _beyond_ordinary(metric: SeasonMetric) -> bool:
    level, line = metric.level, metric.threshold
    return level is not None and line is not None and (level.low > line or level.high < -line)


def _ordinary(metric: SeasonMetric) -> bool:
    """The whole interval within the ordinary, over as many runs as make a baseline."""
    level, line = metric.level, metric.threshold
    if level is None or line is None or metric.baseline is None:
        return False
    return -line <= level.low and level.high <= line


def _repeated(metric: SeasonMetric) -> bool:
    one, level = metric.direction, metric.level
    if one is None or level is None:
        return False
    enough = one.n >= SAME_SIDE_RUNS_MIN and one.same_side_share >= SAME_SIDE_SHARE_MIN
    return enough and one.side == side_of(level.value)


def _certainty_beyond(metric: SeasonMetric) -> float:
    """How surely the level is beyond the ordinary; beyond nothing at all where no ordinary range is known."""
    level = metric.level
    if level is None:
        return 0.0
    if metric.threshold is None:
        return certainty(level.value, level.low, level.high)
    error = 0.5 * (level.high - level.low) / Z95
    far = abs(level.value) - metric.threshold
    return 0.5 * (1.0 + erf(far / error / sqrt(2.0))) if error > 0 else float(far > 0)


def _named_before(metric: SeasonMetric, used: Sequence[LimbComparison]) -> frozenset[Side]:
    """The legs that earlier tests named while this metric pointed as it does now."""
    level = metric.level
    if level is None:
        return frozenset()
    now = side_of(level.value)
    return frozenset(one.weaker for one in used if one.weaker is not None and _pointed(metric, one.day) == now)


def _pointed(metric: SeasonMetric, day: date) -> EvidenceDirection:
    """Where the level pointed around a day; none when there was no run near it or its band held zero."""
    band = metric.band
    if band is None or not band.days:
        return "none"
    at = min(range(len(band.days)), key=lambda i: (abs((band.days[i] - day).days), band.days[i]))
    if abs((band.days[at] - day).days) > HISTORY_DAYS:
        return "none"
    return direction_of(float(band.level[at]), float(band.low[at]), float(band.high[at]))


def _side_check(metric: SeasonMetric, checks: Sequence[SideCheck]) -> str:
    """The latest answer for the device of the newest run; ``unchecked`` when nobody has looked."""
    device = max(metric.runs, key=lambda run: run.start).device
    own = [one for one in checks if one.source == metric.source and one.device == device]
    if not own:
        return "unchecked"
    answers = {one.answer for one in own if one.checked == max(check.checked for check in own)}
    return answers.pop() if len(answers) == 1 else "unclear"


def _change(metric: SeasonMetric, alarm: Alarm, today: date) -> Item:
    kept = freshness(alarm.day, today)
    said = sided(alarm.value, alarm.low, alarm.high, metric.unit)
    return Item(
        evidence=Evidence(
            kind="change", source=metric.source, what=metric.label, day=alarm.day,
            direction=direction_of(alarm.value, alarm.low, alarm.high),
            size=alarm.value, low=alarm.low, high=alarm.high,
            unit=metric.unit, weight=kept * certainty(alarm.value, alarm.low, alarm.high), counts=False,
            text=f"{metric.label.capitalize()} changed beyond chance, said on {alarm.day}: {said}.", grade="fair",
        ),
        fresh=kept >= FRESH_FROM,
        metric=metric,
    )  # fmt: skip


def _late(one: LateInRuns, season: Season, today: date) -> Item:
    day = min(season.last or today, today)
    label = METRICS[one.metric].label if one.metric in METRICS else one.metric
    said = sided(one.value, one.low, one.high, "% per 10 minutes")
    return Item(
        evidence=Evidence(
            kind="late", source=one.source, what=f"{label} late in {one.kind} runs", day=day,
            direction=direction_of(one.value, one.low, one.high), size=one.value, low=one.low, high=one.high,
            unit="% per 10 min", weight=freshness(day, today) * abs(2.0 * one.grows - 1.0), counts=False, grade="weak",
            text=f"{label.capitalize()} in {one.n_runs} {one.kind} runs: {said} as the run goes on.",
        ),
        fresh=freshness(day, today) >= FRESH_FROM,
    )  # fmt: skip


def _levels(season: Season, today: date) -> list[Item]:
    """Changes of what both legs do together: shown beside the legs, deciding nothing about them."""
    found = [(one, alarm) for one in season.metrics if one.kind == "level" for alarm in one.alarms]
    return [
        Item(
            evidence=Evidence(
                kind="level", source=one.source, what=one.label, day=alarm.day, direction="none", size=alarm.value,
                low=alarm.low, high=alarm.high, unit=one.unit, counts=False, grade="fair",
                weight=freshness(alarm.day, today) * certainty(alarm.value, alarm.low, alarm.high),
                text=f"{one.label.capitalize()} changed beyond chance, said on {alarm.day}.",
            ),
        )
        for one, alarm in found
        if alarm.day <= today
    ]  # fmt: skip


def _leg_length(profile: Profile, today: date) -> list[Item]:
    size = profile.leg_length_difference_mm
    if size is None or abs(size) < LEG_LENGTH_MM_MIN:
        return []
    text = (
        f"Your {side_of(size)} leg is known to be {abs(size):.0f} mm longer; it may be part of how the strides differ."
    )
    return [
        Item(
            evidence=Evidence(
                kind="profile", source="profile", what="leg length", day=today, direction=side_of(size), size=size,
                low=None, high=None, unit="mm", weight=0.0, counts=False, text=text, grade="convention",
            )
        )
    ]  # fmt: skip
