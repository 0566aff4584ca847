"""A run over its minutes as values and words for a picture that is drawn elsewhere: difference, both legs, conditions.

Words and ticks come along, so that whoever draws rounds nothing and names nothing.
"""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

import numpy as np

from evenstride.errors import UnknownEntry
from evenstride.measure.metrics import leg_samples, running_time
from evenstride.measure.metrics.conditions import run_conditions
from evenstride.model import METRICS, Floats, Judged, RunReport, Trace
from evenstride.model.profile import Units
from evenstride.report.blocks import run_limits
from evenstride.report.charts import Limits, Strip, Timeline
from evenstride.report.numbers import clock, level, sided
from evenstride.report.svg import Scale, binned, minute_label, minute_ticks, nice_ticks, stretches
from evenstride.report.timeline import run_timeline, strips
from evenstride.report.words import title

SCHEMA = "evenstride.run_series/1"
POINTS_MAX = 600
LONG_S = 3 * 3600.0
FEW_TICKS, MANY_TICKS = 4, 9
Column = list[float | None]


def run_series(report: RunReport, place: int, units: Units = "metric") -> dict[str, Any]:
    """Return one estimate of a run over time, and what the run was like meanwhile.

    Raises
    ------
    UnknownEntry
        The run has no such estimate, or too little of it to draw.
    """
    judged = report.judged[place] if 0 <= place < len(report.judged) else None
    if judged is None or judged.trace is None or not len(judged.trace.t_s):
        raise UnknownEntry("There is nothing to draw of this.")
    timeline, limits = run_timeline(report), run_limits(report, place)
    return {
        "schema": SCHEMA,
        "title": title(judged.estimate),
        **_time(timeline),
        "difference": _difference(judged.trace, limits),
        "legs": _legs(report, judged, judged.trace),
        "strips": [_strip(one, timeline) for one in (*strips(report, units), *_grade(report))],
    }


def conditions_series(report: RunReport, units: Units = "metric") -> dict[str, Any]:
    """Return what a run without left and right was like over its minutes."""
    timeline = run_timeline(report)
    found = [_strip(one, timeline) for one in (*strips(report, units), *_grade(report))]
    if not found:
        raise UnknownEntry("There is nothing to draw of this.")
    return {"schema": SCHEMA, "title": "", **_time(timeline), "difference": None, "legs": None, "strips": found}


def _time(timeline: Timeline) -> dict[str, Any]:
    hours = timeline.end_s - timeline.start_s > LONG_S

    def ticks(about: int) -> list[list[Any]]:
        found = minute_ticks(timeline.start_s, timeline.end_s, about)
        return [[one, minute_label(one, hours=hours)] for one in found]

    return {
        "start_s": timeline.start_s, "end_s": timeline.end_s,
        "ticks": {"few": ticks(FEW_TICKS), "many": ticks(MANY_TICKS)},
        "unit": "hours" if hours else "minutes",
        "excluded": [[start, end, why] for start, end, why in timeline.excluded],
        "laps_s": list(timeline.laps_s),
    }  # fmt: skip


def _difference(trace: Trace, limits: Limits) -> dict[str, Any]:
    at = _shown(trace)
    columns = (trace.t_s[at], trace.index_pct[at], trace.low_pct[at], trace.high_pct[at])
    t_s, index, low, high = _with_gaps(columns, trace.window_s)
    said = [
        "" if value is None or a is None or b is None else sided(value, a, b)
        for value, a, b in zip(index, low, high, strict=True)
    ]
    up = nice_ticks(0.0, limits.range_pct, 3)[1:]
    ticks = [[-one, f"L {one:g} %"] for one in reversed(up)] + [[0.0, "0"]] + [[one, f"R {one:g} %"] for one in up]
    return {
        "t_s": t_s, "index_pct": index, "low_pct": low, "high_pct": high, "said": said,
        "moments": [_moment(one) for one in t_s],
        "range_pct": limits.range_pct, "threshold_pct": limits.threshold_pct, "typical_pct": limits.typical_pct,
        "ticks": ticks, "word": limits.word,
    }  # fmt: skip


def _legs(report: RunReport, judged: Judged, trace: Trace) -> dict[str, Any] | None:
    """Each leg as its own moving mean over the same windows; None where the recording is not at hand."""
    own = judged.estimate
    found = [one for one in leg_samples(report.activity) if (one.metric, one.source) == (own.metric, own.source)] if (
        report.activity is not None
    ) else []  # fmt: skip
    if not found or not len(found[0].t_s):
        return None
    samples, at = found[0], _shown(trace)
    t_s = trace.t_s[at]
    left, right = (moving_mean(samples.t_s, one, t_s, trace.window_s) for one in (samples.left, samples.right))
    _, left_shown, right_shown = _with_gaps((t_s, left, right), trace.window_s)
    known = np.concatenate([left, right])
    known = known[np.isfinite(known)]
    low, high = float(known.min()), float(known.max())
    room = max((high - low) * 0.15, 1e-9)
    ticks = [[one, level(one, own.level_unit)] for one in nice_ticks(low - room, high + room, 4)]
    return {
        "left": left_shown, "right": right_shown, "range": [low - room, high + room], "ticks": ticks,
        "said": [
            ["" if value is None else level(value, own.level_unit) for value in pair]
            for pair in zip(left_shown, right_shown, strict=True)
        ],
        "label": METRICS[own.metric].label,
    }  # fmt: skip


def moving_mean(t_s: Floats, values: Floats, at_s: Floats, window_s: float) -> Floats:
    """Return the mean of the values within half a window around each moment; NaN where there are none.

    >>> t_s = np.arange(10.0)
    >>> moving_mean(t_s, t_s, np.array([2.0, 5.0, 99.0]), 4.0).tolist()
    [2.0, 5.0, nan]
    """
    first = np.searchsorted(t_s, at_s - window_s / 2, side="left")
    last = np.searchsorted(t_s, at_s + window_s / 2, side="right")
    sums = np.concatenate([[0.0], np.cumsum(values)])
    n = last - first
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(n > 0, (sums[last] - sums[first]) / n, np.nan), dtype=np.float64)


def _strip(strip: Strip, timeline: Timeline) -> dict[str, Any]:
    scale = Scale(low=timeline.start_s, high=timeline.end_s, start=0.0, end=1.0)
    running = _outside(strip.t_s, timeline.not_running)
    t_s, values = binned(strip.t_s[running], strip.values[running], scale, POINTS_MAX)
    gap_s = max(60.0, 3 * (timeline.end_s - timeline.start_s) / POINTS_MAX)
    t_shown, shown = _with_gaps((t_s, values), gap_s)
    low, high = np.quantile(values, [0.01, 0.99]).tolist() if len(values) else (0.0, 1.0)
    return {
        "label": strip.label, "short": _short(strip.label), "moments": [_moment(one) for one in t_shown],
        "t_s": t_shown, "values": shown,
        "range": [low, high] if high > low else [low - 1, low + 1],
        "said": ["" if one is None else strip.form(one) for one in shown],
        "ticks": [[low, strip.form(low)], [high, strip.form(high)]],
    }  # fmt: skip


def _moment(t_s: float | None) -> str:
    return "" if t_s is None else clock(t_s)


def _short(label: str) -> str:
    """What a value is called beside others of one moment; nothing for a height, of which the slope says more."""
    name = label.partition(",")[0]
    return "" if name == "altitude" else name


def _grade(report: RunReport) -> Sequence[Strip]:
    activity = report.activity
    if activity is None or not len(activity.t_s):
        return ()
    grade = run_conditions(activity, running_time(activity).running).get("grade_pct")
    if grade is None or not np.isfinite(grade).any():
        return ()
    form: Callable[[float], str] = lambda value: f"{value:+.1f} %"  # noqa: E731  a form like the others
    return (Strip(label="slope, %", t_s=activity.t_s, values=grade, form=form),)


def _outside(t_s: Floats, spans: Sequence[tuple[float, float]]) -> Any:
    inside = np.zeros(len(t_s), dtype=bool)
    for start, end in spans:
        inside |= (t_s >= start) & (t_s < end)
    return ~inside


def _shown(trace: Trace) -> Any:
    """Every so manieth moment of a long trace."""
    return slice(None, None, max(1, ceil(len(trace.t_s) / POINTS_MAX)))


def _with_gaps(columns: Sequence[Floats], gap_s: float) -> list[Column]:
    """The columns, times first, as lists; between stretches stands a moment without values."""
    out: list[Column] = [[] for _ in columns]
    for n, part in enumerate(stretches(columns[0], gap_s)):
        if n:
            out[0].append(round((float(columns[0][part][0]) + out[0][-1]) / 2, 1))  # type: ignore[operator]
            for one in out[1:]:
                one.append(None)
        for one, values in zip(out, columns, strict=True):
            one += [round(value, 5) if np.isfinite(value) else None for value in values[part].tolist()]
    return out
