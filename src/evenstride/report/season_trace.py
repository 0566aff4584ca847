"""What a drawing of one metric in the browser is made of: the numbers, and the words for each run."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from evenstride.judge import RANGES
from evenstride.model import METRICS, Baseline, ChangePoint, LevelBand, SeasonMetric, TargetRange
from evenstride.model.profile import Units
from evenstride.report.document import json_number, json_text
from evenstride.report.numbers import day_words, shown
from evenstride.report.season_charts import PAUSE
from evenstride.report.season_news import change_point_words
from evenstride.report.season_range import range_ends
from evenstride.report.season_weeks import at_reference
from evenstride.report.season_words import usual, value_words
from evenstride.report.svg import Scale
from evenstride.report.units import in_units, metres_a_pace

NOON_S = 12 * 3600
SPARK_PX = (120.0, 32.0)


def season_trace(metric: SeasonMetric, units: Units = "metric") -> dict[str, Any]:
    """Return one metric's drawing: days as seconds since 1970 at local noon, values as people read them.

    >>> from evenstride.report.example_season import example_season_metric
    >>> drawn = season_trace(example_season_metric())
    >>> drawn["kind"], drawn["threshold"], drawn["runs"]["said"][0][:8]
    ('index', 4.0, 'right +2')
    """
    unit, factor = _as_read(metric)
    known = RANGES.get(metric.metric)
    runs, most = at_reference(metric), usual(metric)
    return {
        "kind": metric.kind, "unit": unit, "pace_m": metres_a_pace(units) if metric.unit == "m/s" else None,
        "word": METRICS[metric.metric].word if metric.metric in METRICS else "",
        "threshold": json_number(metric.threshold), "typical": json_number(known.typical_pct if known else None),
        "runs": {
            "at": [_at(run.start.date()) + (run.start.hour - 12) * 3600 for run in runs],
            "value": [json_number(factor * run.value) for run in runs],
            "low": [json_number(None if run.low is None else factor * run.low) for run in runs],
            "high": [json_number(None if run.high is None else factor * run.high) for run in runs],
            "other": [int((run.source, run.device) != most) for run in runs],
            "said": [in_units(value_words(metric, run.value, run.low, run.high), units) for run in runs],
            "day": [day_words(run.start.date()) for run in runs],
        },
        "band": _band(metric.band, factor), "baseline": _baseline(metric.baseline, factor),
        "alarms": [
            {"at": _at(one.day), "day": f"{one.day.day} {one.day:%b}", "said": json_text(in_units(one.text, units))}
            for one in metric.alarms
        ],
        "change": _change(metric.change_point, units), "range": _range(metric.target),
    }  # fmt: skip


def spark(metric: SeasonMetric) -> str:
    """Return the level through the season as the path of a line, 120 by 32; empty without a level.

    >>> from evenstride.report.example_season import example_season_metric
    >>> spark(example_season_metric())[:1]
    'M'
    """
    band = metric.band
    if band is None or len(band.days) < 2:
        return ""
    low, high = float(band.level.min()), float(band.level.max())
    room = max(high - low, (metric.change.smallest if metric.change else 0.0), 1e-9)
    middle = 0.5 * (low + high)
    x = Scale(low=band.days[0].toordinal(), high=band.days[-1].toordinal(), start=1.0, end=SPARK_PX[0] - 1.0)
    y = Scale(low=middle - 0.55 * room, high=middle + 0.55 * room, start=SPARK_PX[1] - 2.0, end=2.0)
    step = max(1, len(band.days) // 60)
    places = [*range(0, len(band.days) - 1, step), len(band.days) - 1]
    points = [f"{x.px(band.days[i].toordinal()):.1f} {y.px(float(band.level[i])):.1f}" for i in places]
    return f"M{'L'.join(points)}"


def _as_read(metric: SeasonMetric) -> tuple[str, float]:
    """The unit in which people read a metric, and the factor to it; speeds stay speeds, so that faster is above."""
    if metric.kind == "index" or metric.unit == "m/s":
        return metric.unit, 1.0
    about = metric.level.value if metric.level else metric.runs[0].value if metric.runs else 1.0
    unit, factor = shown(metric.unit, about)
    return ("" if unit == "class" else unit), factor


def _at(day: Any) -> int:
    """A day's noon as seconds since 1970, whatever the zone: days are drawn, not moments."""
    return int((day.toordinal() - 719163) * 86400 + NOON_S)


def _band(band: LevelBand | None, factor: float) -> dict[str, Any] | None:
    """The level and its band, with nothing drawn over long pauses."""
    if band is None or not len(band.days):
        return None
    columns = [(factor * values).tolist() for values in (band.level, band.low, band.high)]
    at: list[int] = []
    level: list[list[float | None]] = [[], [], []]
    for i, day in enumerate(band.days):
        if i and day - band.days[i - 1] > PAUSE:
            at.append(_at(band.days[i - 1] + timedelta(days=1)))
            for one in level:
                one.append(None)
        at.append(_at(day))
        for one, values in zip(level, columns, strict=True):
            one.append(json_number(values[i]))
    return {"at": at, "level": level[0], "low": level[1], "high": level[2]}


def _baseline(base: Baseline | None, factor: float) -> dict[str, Any] | None:
    if base is None:
        return None
    return {"since": _at(base.since), "until": _at(base.until), "value": json_number(factor * base.value)}


def _change(point: ChangePoint | None, units: Units) -> dict[str, Any] | None:
    if point is None:
        return None
    return {"low": _at(point.low), "high": _at(point.high), "said": in_units(change_point_words(point), units)}


def _range(target: TargetRange | None) -> list[dict[str, Any]]:
    """The personal range as steps: from a day on, its ends, until the next review moved them."""
    if target is None or not target.reviews or not range_ends(target):
        return []
    steps = [{"at": _at(one.day), "low": json_number(one.low), "high": json_number(one.high)} for one in target.reviews]
    return [steps[0], *(later for before, later in pairwise(steps)
                        if (before["low"], before["high"]) != (later["low"], later["high"]))]  # fmt: skip
