"""What speaks for a limb, piece by piece: tests, injuries, strides, alarms, each with its direction, age and weight.

A piece's weight is its strength as evidence of its kind, times how surely it is beyond error, times how fresh it is
(docs/methods/finding.md). The pieces are never summed or averaged: which leg a piece names stays its own.
"""

from collections.abc import Sequence
from datetime import date

from evenstride.judge.evidence_item import STRIDE, Gathered, Item
from evenstride.judge.evidence_stride import history_of, stride
from evenstride.judge.weights import (
    FRESH_FROM,
    STRENGTH,
    certainty,
    direction_of,
    freshness,
    injury_freshness,
    last_known,
    side_of,
    sided,
)
from evenstride.model import (
    METRICS,
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
from evenstride.model.sites import emphases_of

LEG_LENGTH_MM_MIN = 5.0
LATE_KINDS = {"long": "long", "quality": "fast", "other": "other"}
"""Kind of run → how people call it."""
ORDER: tuple[EvidenceKind, ...] = ("test", "injury", "stride", "change", "late", "level", "profile")


def gather(
    season: Season, comparisons: Sequence[LimbComparison], profile: Profile, side_checks: Sequence[SideCheck],
    today: date,
) -> Gathered:  # fmt: skip
    """Weigh everything that is known on ``today``; what lies in the future is left out."""
    past = [one for one in comparisons if one.day <= today]
    tests = _ordered([_test(one, today) for one in _newest(past)])
    used = history_of(past, (one for one in _newest(past) if freshness(one.day, today) >= FRESH_FROM))
    legs = [one for one in season.metrics if one.kind == "index"]
    checks = [one for one in side_checks if one.checked <= today]
    late = [_late(one, season, today) for one in season.late]
    return Gathered(
        today=today,
        profile=profile,
        tests=tests,
        injuries=_ordered([_injury(one, today) for one in profile.injuries if one.since <= today]),
        strides=_ordered([stride(one, checks, used, today) for one in legs if one.level is not None and one.runs]),
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
            emphases=(one.emphasis,) if one.emphasis and (weaker is not None or one.low_on_both) else (),
        ),
        names=weaker if fresh else None,
        capacity=one.capacity or one.test,
        quiet=fresh and not one.beyond_error and _rules_out(one),
        coarse=fresh and not one.beyond_error and not _rules_out(one) and one.capacity != STRIDE,
        beyond_smallest=one.smallest is not None and abs(one.difference) > one.smallest,
        fresh=fresh,
        between_days=one.mdc_basis in ("published", "sessions"),
        low_on_both=fresh and one.low_on_both,
    )  # fmt: skip


def _test_text(one: LimbComparison, weaker: Side | None, *, fresh: bool) -> str:
    said = f"{one.label or one.test} on {one.day}: {sided(one.difference, one.low, one.high, one.unit)}"
    error = f" ({one.mdc95:.3g} {one.unit})" if one.mdc95 is not None else ""
    if weaker is not None:
        text = f"{said}; the {weaker} leg is {one.poorer_word} by more than error{error}."
    elif one.beyond_error:
        text = f"{said}, more than error{error}; that does not say which leg is weaker."
    elif one.low is None:
        text = f"{said}; too little is known to tell a difference from error."
    else:
        text = f"{said}, inside error{error}{_told_apart(one)}."
    return text if fresh else f"{text} Too long ago to count; test again."


def _told_apart(one: LimbComparison) -> str:
    if one.smallest is None or one.capacity == STRIDE:
        return ""
    what = f"a difference that matters ({one.smallest:.3g} {one.unit})"
    return f"; {what} is ruled out" if _rules_out(one) else f"; too coarse to rule out {what}"


def _rules_out(one: LimbComparison) -> bool:
    """Whether a difference that matters is ruled out: the whole interval lies closer to zero than the smallest."""
    if one.low is None or one.high is None or one.smallest is None or one.capacity == STRIDE:
        return False
    return -one.smallest <= one.low and one.high <= one.smallest


def _injury(one: Injury, today: date) -> Item:
    kept = injury_freshness(one, today)
    fresh = kept >= FRESH_FROM
    text = f"{one.kind.capitalize()}, {one.side} leg, {one.site}, {_when(one)}."
    return Item(
        evidence=Evidence(
            kind="injury", source="injury history", what=f"{one.kind}: {one.site}", day=last_known(one, today),
            direction=one.side, size=0.0, low=None, high=None, unit="", weight=STRENGTH["injury"] * kept, counts=fresh,
            text=text if fresh else f"{text} Too long ago to count.", grade="weak", emphases=emphases_of(one.site),
        ),
        names=one.side if fresh else None,
        fresh=fresh,
    )  # fmt: skip


def _when(one: Injury) -> str:
    if one.present:
        return f"since {one.since}, still there"
    if one.until is not None:
        return f"{one.since} to {one.until}"
    return f"on {one.since}" if one.kind == "surgery" else f"since {one.since}, its end not known"


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
    day = min(one.last or season.last or today, today)
    grows = 0.0 if one.grows is None else abs(2.0 * one.grows - 1.0)
    label = METRICS[one.metric].label if one.metric in METRICS else one.metric
    said = sided(one.value, one.low, one.high, "% per 10 minutes")
    return Item(
        evidence=Evidence(
            kind="late", source=one.source, what=f"{label} late in {LATE_KINDS[one.kind]} runs", day=day,
            direction=direction_of(one.value, one.low, one.high), size=one.value, low=one.low, high=one.high,
            unit="% per 10 min", weight=freshness(day, today) * grows, counts=False, grade="weak",
            text=f"{label.capitalize()} in {one.n_runs} {LATE_KINDS[one.kind]} runs: {said} as the run goes on.",
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
                text=f"{alarm.text.removesuffix('.')}; said on {alarm.day}.",
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
