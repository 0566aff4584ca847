"""What is new in a season, in a sentence: a device or a shoe that explains it, legs that came closer, a change."""

from datetime import date, timedelta

from evenstride.model import ChangePoint, Offset, SeasonMetric
from evenstride.report.looks import printable
from evenstride.report.numbers import day_span, day_words, rounded, sided, towards, unsided

RECENT = timedelta(days=21)
"""An alarm is part of the answer this long, and in the table of alarms for ever."""
SURE = 0.95
"""From this probability on a change beyond the smallest that matters is told before it is an alarm."""


def news(metric: SeasonMetric, last: date | None) -> str:
    """Return what a runner should hear first of a metric besides its level; nothing where nothing is new.

    >>> from evenstride.report.example_season import example_season_metric
    >>> news(example_season_metric(closing=None, alarms=(), offsets=()), None)
    'You began at right +1.2 % (0.4 to 2.0); since then it moved 1.9 % towards the right (1.0 to 2.8).'
    """
    explained = _by_device(metric) or _by_shoe(metric)
    moved = _closer(metric) or _alarm(metric, last) or _new(metric)
    return " ".join(said for said in (explained, moved) if said)


def change_point_words(point: ChangePoint) -> str:
    """Return when a change happened.

    >>> change_point_words(ChangePoint(day=date(2026, 5, 12), low=date(2026, 5, 8), high=date(2026, 5, 17)))
    'around 12 May 2026 (8 to 17 May 2026)'
    >>> change_point_words(ChangePoint(day=date(2026, 5, 12), low=date(2026, 4, 6), high=date(2026, 7, 6)))
    'between 6 April and 6 July 2026, perhaps slowly'
    """
    if not point.is_wide:
        ends = f" ({day_span(point.low, point.high)})" if point.low < point.high else ""
        return f"around {day_words(point.day)}{ends}"
    first = f"{point.low.day} {point.low:%B}" if point.low.year == point.high.year else day_words(point.low)
    return f"between {first} and {day_words(point.high)}, perhaps slowly"


def _by_device(metric: SeasonMetric) -> str:
    """Say that two devices disagree by as much as matters: that is no sign of the legs."""
    offset = _explains(metric, "device")
    if offset is None or metric.level is None:
        return ""
    here, there = metric.level.value, metric.level.value + offset.value
    return (
        f"Your devices disagree by {_size(offset)}: where {printable(offset.reference)} says {_side(here)},"
        f" {printable(offset.name)} says {_side(there)}. What came with a device is no sign of a change in your legs."
    )


def _by_shoe(metric: SeasonMetric) -> str:
    offset = _explains(metric, "shoe")
    if offset is None or metric.level is None or "not said" in (offset.name, offset.reference):
        return ""
    here, there = metric.level.value, metric.level.value + offset.value
    return (
        f"It depends on the shoe: {_side(here)} in {printable(offset.reference)}, {_side(there)} in"
        f" {printable(offset.name)}, {_size(offset)} apart."
    )


def _explains(metric: SeasonMetric, condition: str) -> Offset | None:
    """The largest offset of a condition that is beyond noise and as large as the smallest change that matters."""
    if metric.kind != "index" or metric.threshold is None:
        return None
    smallest = 0.5 * metric.threshold
    beyond = [
        one for one in metric.offsets
        if one.condition == condition and (one.low > 0 or one.high < 0) and abs(one.value) >= smallest
    ]  # fmt: skip
    return max(beyond, key=lambda one: (one.n_runs, abs(one.value)), default=None)


def _closer(metric: SeasonMetric) -> str:
    """Say that the legs have come closer, where that is beyond doubt."""
    closing = metric.closing
    if closing is None or metric.baseline is None or closing.gap.low <= 0:
        return ""
    ends = f"{rounded(closing.gap.low, 1)} to {rounded(closing.gap.high, 1)}"
    since = day_words(metric.baseline.until)
    return f"Your legs have come {rounded(closing.gap.value, 1)} % closer ({ends}) since {since}."


def _alarm(metric: SeasonMetric, last: date | None) -> str:
    if not metric.alarms or last is None or last - metric.alarms[-1].day > RECENT:
        return ""
    point = metric.alarms[-1].change_point or metric.change_point
    when = f" {change_point_words(point)}" if point else ""
    return f"It changed{when}: think of what changed then, shoes, surface, training or a niggle."


def _new(metric: SeasonMetric) -> str:
    """Say a change that the weeks cannot announce yet, or announced long ago."""
    change, base = metric.change, metric.baseline
    if metric.kind != "index" or change is None or base is None or change.probability_beyond_smallest < SURE:
        return ""
    began = sided(base.value, base.low, base.high)
    return f"You began at {began}; since then it moved {towards(change.value, change.low, change.high)}."


def _side(index_pct: float) -> str:
    return sided(index_pct, None, None)


def _size(offset: Offset) -> str:
    return f"{unsided(offset.value, offset.low, offset.high)}"
