"""What strides say: the level of a metric, whether it is ordinary, and what this runner's own tests taught of it.

A judgement holds only if it holds under every device that the runner has used enough: which one measures truly is not
known, and the one used most may change.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import erf, sqrt
from types import MappingProxyType
from typing import Literal

from evenstride.judge.evidence_item import Item
from evenstride.judge.ranges import RANGES
from evenstride.judge.weights import FRESH_FROM, STRENGTH, Z95, certainty, direction_of, freshness, side_of, sided
from evenstride.model import SOURCES, Estimated, Evidence, LimbComparison, SeasonMetric, Side, SideCheck
from evenstride.model.finding import EvidenceDirection

UNCHECKED_FACTOR = 0.5
"""What is left of a stride's weight while nobody has checked which leg the device means."""
SAME_SIDE_SHARE_MIN = 0.8
SAME_SIDE_RUNS_MIN = 4
"""Repeated: at least 4 of 5 runs to one side (convention; four runs make a stable pattern, Ahamed et al. 2018)."""
BASELINE_RUNS_MIN = 5
"""A baseline of fewer runs is provisional and lets nothing be."""
DEVICE_RUNS_MIN = 5
"""From so many runs on another device has its say (convention)."""
HISTORY_DAYS = 28
"""A test and the season's level belong together when they are at most this far apart (convention)."""
HISTORY_AGE_DAYS = 365
"""What a test of longer ago taught about strides holds no more (convention)."""

Place = Literal["left", "ordinary", "edge", "right"]


def stride(metric: SeasonMetric, checks: Sequence[SideCheck], used: Sequence[LimbComparison], today: date) -> Item:
    """Return what the level of one metric says; ``used`` are the tests that may have taught what it means."""
    level = metric.level
    if level is None:
        raise ValueError("a stride without a level is no evidence")
    day = max(run.start.date() for run in metric.runs)
    kept = freshness(day, today)
    check = _side_check(metric, checks)
    real = kept >= FRESH_FROM and _beyond_ordinary(metric) and _repeated(metric)
    taught = _teachers(metric, used, today) if real else []
    history = frozenset(one.weaker for one in taught if one.weaker is not None)
    named = next(iter(history)) if len(history) == 1 else None
    trusted = 1.0 if check in ("as_named", "swapped") else UNCHECKED_FACTOR
    return Item(
        evidence=Evidence(
            kind="stride", source=metric.source, what=metric.label, day=day, direction=_direction(metric),
            size=level.value, low=level.low, high=level.high, unit=metric.unit,
            weight=STRENGTH["stride"] * kept * trusted * _certainty_beyond(metric), counts=named is not None,
            text=_text(metric, real=real, named=named),
            grade=RANGES[metric.metric].grade if metric.metric in RANGES else "weak",
        ),
        names=named,
        quiet=kept >= FRESH_FROM and _ordinary(metric),
        real=real,
        fresh=kept >= FRESH_FROM,
        side_check=check,
        metric=metric,
        history=history,
        taught_by=frozenset(one.capacity or one.test for one in taught),
        devices_disagree=kept >= FRESH_FROM and len(_places(metric)) > 1,
    )  # fmt: skip


def by_device(metric: SeasonMetric) -> Mapping[str, Estimated]:
    """The level as each device would show it: the one that it is given by first, others from five runs on.

    Widths are the level's own, so that nothing depends on which of two devices is used most.
    """
    level = metric.level
    if level is None:
        return {}
    others = [one for one in metric.offsets if one.condition == "device" and one.n_runs >= DEVICE_RUNS_MIN]
    first = others[0].reference if others else metric.device
    moved = {first: 0.0} | {one.name: one.value for one in others}
    return MappingProxyType(
        {
            name: Estimated(value=level.value + by, low=level.low + by, high=level.high + by)
            for name, by in moved.items()
        }
    )


def _text(metric: SeasonMetric, *, real: bool, named: Side | None) -> str:
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
    if len(_places(metric)) > 1:
        return f"{said} over {metric.n_runs} runs; the devices disagree: {device_words(metric)}."
    if _ordinary(metric):
        return f"{said} over {metric.n_runs} runs, ordinary."
    return f"{said} over {metric.n_runs} runs; more runs are needed to tell."


def device_words(metric: SeasonMetric) -> str:
    """What each device shows, by the alphabet."""
    shown = sorted(by_device(metric).items())
    return ", ".join(f"{name} {sided(one.value, one.low, one.high, metric.unit)}" for name, one in shown)


def _direction(metric: SeasonMetric) -> EvidenceDirection:
    """Where the level points under every device; none when they differ."""
    found = {direction_of(one.value, one.low, one.high) for one in by_device(metric).values()}
    return found.pop() if len(found) == 1 else "none"


def _places(metric: SeasonMetric) -> frozenset[Place]:
    """Where the level lies, device by device; nothing where no ordinary range is known."""
    line = metric.threshold
    return frozenset() if line is None else frozenset(_place(one, line) for one in by_device(metric).values())


def _place(level: Estimated, line: float) -> Place:
    if level.low > line:
        return "right"
    if level.high < -line:
        return "left"
    return "ordinary" if -line <= level.low and level.high <= line else "edge"


def _beyond_ordinary(metric: SeasonMetric) -> bool:
    return _places(metric) in ({"left"}, {"right"})


def _ordinary(metric: SeasonMetric) -> bool:
    """The whole interval within the ordinary, over as many runs as make a baseline."""
    enough = metric.baseline is not None and metric.baseline.n_runs >= BASELINE_RUNS_MIN
    return enough and _places(metric) == {"ordinary"}


def _repeated(metric: SeasonMetric) -> bool:
    one, level = metric.direction, metric.level
    if one is None or level is None:
        return False
    enough = one.n >= SAME_SIDE_RUNS_MIN and one.same_side_share >= SAME_SIDE_SHARE_MIN
    return enough and one.side == side_of(level.value)


def _certainty_beyond(metric: SeasonMetric) -> float:
    """How surely the level is beyond the ordinary, under the device that says so least.

    Beyond nothing at all where no ordinary range is known.
    """
    if metric.threshold is None:
        return min((certainty(one.value, one.low, one.high) for one in by_device(metric).values()), default=0.0)
    return min((_beyond(one, metric.threshold) for one in by_device(metric).values()), default=0.0)


def _beyond(level: Estimated, line: float) -> float:
    error = 0.5 * (level.high - level.low) / Z95
    far = abs(level.value) - line
    return 0.5 * (1.0 + erf(far / error / sqrt(2.0))) if error > 0 else float(far > 0)


def history_of(past: Sequence[LimbComparison], judged: Iterable[LimbComparison]) -> list[LimbComparison]:
    """Earlier results beyond error that may tell what a stride asymmetry meant in this runner.

    Not those that are judged now, which speak for themselves, nor those of a test that by now finds the legs equal.
    """
    now = list(judged)
    silenced = {one.test for one in now if not one.beyond_error}
    beyond = [one for one in past if one.beyond_error and one.weaker is not None]
    return [one for one in beyond if not any(one is other for other in now) and one.test not in silenced]


def _teachers(metric: SeasonMetric, used: Sequence[LimbComparison], today: date) -> list[LimbComparison]:
    """The earlier tests, not too old, that named a leg while this metric pointed as it does now."""
    level = metric.level
    if level is None:
        return []
    now, first = side_of(level.value), today - timedelta(days=HISTORY_AGE_DAYS)
    return [one for one in used if one.day >= first and _pointed(metric, one.day) == now]


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
