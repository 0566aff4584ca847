"""The pictures of a run and of many runs: right above the zero line, left below, intervals as bands and whiskers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, isfinite

import numpy as np

from evenstride.model import Floats, Trace
from evenstride.report.looks import printable
from evenstride.report.numbers import sided
from evenstride.report.svg import (
    LETTER_PX,
    Scale,
    badge,
    band_path,
    binned,
    line,
    line_path,
    merged_px,
    minute_label,
    minute_ticks,
    nice_ticks,
    path,
    picture,
    rect,
    stretches,
    words,
)

WIDE_PX, NARROW_PX = 980.0, 350.0
RANGE_PCT_MAX = 40.0
LONG_RUN_S = 3 * 3600.0
MARGIN_LEFT_PX, MARGIN_RIGHT_PX = 52.0, 40.0
LEG_ROOM_PX = 24.0
"""Above and below the index axis, for the names of the legs."""
STRIP_HEIGHT_PX = 56.0


COUNTED_SHARE_MIN = 0.2


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """What all pictures of one run share: the time shown, what was left out (start, end, why), and where laps begin.

    ``not_running`` is the part of it in which the legs did not run.
    """

    start_s: float
    end_s: float
    excluded: tuple[tuple[float, float, str], ...] = ()
    not_running: tuple[tuple[float, float], ...] = ()
    laps_s: tuple[float, ...] = ()

    def scale(self, width: float) -> Scale:
        """Return the time axis of a picture that wide."""
        return Scale(low=self.start_s, high=self.end_s, start=MARGIN_LEFT_PX, end=width - MARGIN_RIGHT_PX)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The index axis: shown to ± ``range_pct``; thin lines where differences are typical and where unusual."""

    range_pct: float
    threshold_pct: float | None = None
    typical_pct: float | None = None
    word: str = "longer"


@dataclass(frozen=True, kw_only=True)
class Strip:
    """One quantity over time; ``form`` writes a value."""

    label: str
    t_s: Floats
    values: Floats
    form: Callable[[float], str]


@dataclass(frozen=True, kw_only=True)
class DatedIndex:
    """One run on the picture of many: its day, label, index, interval, verdict's tone, and its page."""

    day: str
    label: str
    index_pct: float
    low_pct: float
    high_pct: float
    tone: str
    href: str


def index_range(ends_pct: Sequence[float], threshold_pct: float | None, *, band_pct: Floats | None = None) -> float:
    """Return a round half-range that shows all interval ends and the threshold, and most of a band; at most 40 %.

    A moment's extreme in a band is drawn at the edge, so that it does not flatten the rest of the picture.

    >>> index_range([-2.8, 3.1], 4.0), index_range([-300.0, 250.0], 4.0)
    (6.0, 40.0)
    """
    reach = max([1.0, 1.5 * (threshold_pct or 0.0), *(1.05 * abs(end) for end in ends_pct if isfinite(end))])
    if band_pct is not None and len(band_pct):
        reach = max(reach, 1.2 * float(np.quantile(np.abs(band_pct), 0.9)))
    step = 1.0 if reach <= 10 else 5.0
    return min(RANGE_PCT_MAX, step * ceil(reach / step - 1e-9))


def trace_chart(trace: Trace, timeline: Timeline, limits: Limits, *, title: str, width: float) -> str:
    """Draw the index through the run with its band, what was left out shaded, laps as ticks."""
    height = 330.0 if width > 500 else 280.0
    x = timeline.scale(width)
    top, bottom = 22.0, height - 30.0
    y = index_axis(limits, top, bottom)
    px, zero = x.all_px(trace.t_s), y.px(0.0)
    low, mid, high = (y.all_px(values) for values in (trace.low_pct, trace.index_pct, trace.high_pct))
    parts = stretches(trace.t_s, trace.window_s)
    drawn = [
        *_shades(timeline, x, top, bottom, named=True),
        *index_grid(y, x, limits),
        path(band_path(px, np.minimum(low, zero), np.minimum(high, zero), parts), "band-right"),
        path(band_path(px, np.maximum(low, zero), np.maximum(high, zero), parts), "band-left"),
        line(x.start, zero, x.end, zero, "zero"),
        path(line_path(px, mid, parts), "mean"),
        *_lap_ticks(timeline, x, bottom),
        *_time_axis(timeline, x, bottom, width),
        *leg_names(limits, x, top, bottom),
    ]
    return picture(width, height, title, drawn, css=size_class(width))


def strips_chart(strips: Sequence[Strip], timeline: Timeline, *, title: str, width: float) -> str:
    """Draw quantities over time under one another, on the time axis of the trace."""
    x = timeline.scale(width)
    drawn, top = [], 4.0
    for strip in strips:
        drawn += _strip(strip, timeline, x, top)
        top += STRIP_HEIGHT_PX + 30.0
    drawn += _time_axis(timeline, x, top - 12.0, width)
    return picture(width, top + 14.0, title, drawn, css=size_class(width))


def dates_chart(runs: Sequence[DatedIndex], limits: Limits, *, title: str, width: float) -> str:
    """Draw one whisker per run, in the order given, each leading to its page."""
    height = 330.0 if width > 500 else 290.0
    x = Scale(low=-0.5, high=max(len(runs) - 0.5, 0.5), start=MARGIN_LEFT_PX, end=width - MARGIN_RIGHT_PX)
    top, bottom = 22.0, height - 30.0
    y = index_axis(limits, top, bottom)
    slot = (x.end - x.start) / max(len(runs), 1)
    drawn = [*index_grid(y, x, limits), line(x.start, y.px(0.0), x.end, y.px(0.0), "zero")]
    for place, run in enumerate(runs):
        at = x.px(float(place))
        mark = [
            rect(at - slot / 2, top, slot, bottom - top, "touch",
                 tip=f"{run.label}: {sided(run.index_pct, run.low_pct, run.high_pct)}"),
            line(at, y.px(run.low_pct), at, y.px(run.high_pct), f"whisker tone-{run.tone}"),
            path(f"M{at:.1f} {y.px(run.index_pct):.1f}h.01", "dot"),
        ]  # fmt: skip
        drawn.append(
            f'<a href="{escape(printable(run.href))}" aria-label="{escape(printable(run.label))}">{"".join(mark)}</a>'
        )
    drawn += [*_dates(runs, x, bottom, slot), *leg_names(limits, x, top, bottom)]
    # A group, not an image: the links inside are for everybody.
    return picture(width, height, title, drawn, css=f"dates {size_class(width)}", role="group")


def whisker(low_pct: float, mid_pct: float, high_pct: float, limits: Limits) -> str:
    """Draw one whisker that stretches to whatever width it is given; words stand beside it."""
    scale = Scale(low=-limits.range_pct, high=limits.range_pct, start=0.0, end=100.0)
    low, mid, high = scale.px(low_pct), scale.px(mid_pct), scale.px(high_pct)
    parts = [line(scale.px(at), 0, scale.px(at), 20, css) for at, css in _lines(limits)]
    parts.append(line(50, 0, 50, 20, "zero"))
    if low < 50:
        parts.append(line(low, 10, min(high, 50), 10, "whisker tone-left"))
    if high > 50:
        parts.append(line(max(low, 50), 10, high, 10, "whisker tone-right"))
    parts += [line(low, 6, low, 14, "cap"), line(high, 6, high, 14, "cap"), path(f"M{mid:.2f} 10h.001", "dot")]
    return (
        '<svg class="whiskers" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">'
        + "".join(parts)
        + "</svg>"
    )


def size_class(width: float) -> str:
    """Return the class by which the style sheet shows a picture on a desk or on a phone."""
    return "wide" if width > 500 else "narrow"


def index_axis(limits: Limits, top: float, bottom: float) -> Scale:
    """Return the index axis: right is up; both ends leave room for the names of the legs."""
    return Scale(low=-limits.range_pct, high=limits.range_pct, start=bottom - LEG_ROOM_PX, end=top + LEG_ROOM_PX)


def leg_names(limits: Limits, x: Scale, top: float, bottom: float) -> list[str]:
    """Return which leg is up and which is down."""
    return [
        badge(x.start + 6, top + 3, "R"),
        words(x.start + 26, top + 15, f"right {limits.word}", "halo"),
        badge(x.start + 6, bottom - 19, "L"),
        words(x.start + 26, bottom - 7, f"left {limits.word}", "halo"),
    ]


def _lines(limits: Limits) -> list[tuple[float, str]]:
    marks = [(limits.typical_pct, "typical"), (limits.threshold_pct, "threshold")]
    return [
        (sign * value, css)
        for value, css in marks
        if value is not None and value <= limits.range_pct
        for sign in (-1.0, 1.0)
    ]


def index_grid(y: Scale, x: Scale, limits: Limits) -> list[str]:
    """Return the index axis with letters, and the thin lines with their values at the right."""
    out = []
    for tick in nice_ticks(0.0, limits.range_pct, 3)[1:]:
        for sign, letter in ((1.0, "R"), (-1.0, "L")):
            out += [
                line(x.start, y.px(sign * tick), x.end, y.px(sign * tick), "grid"),
                words(x.start - 6, y.px(sign * tick) + 4, f"{letter} {tick:g} %", "tick end"),
            ]
    out.append(words(x.start - 6, y.px(0.0) + 4, "0", "tick end"))
    last = None
    for value, css in sorted(_lines(limits), key=lambda mark: -abs(mark[0])):
        out.append(line(x.start, y.px(value), x.end, y.px(value), css))
        close = last is not None and abs(y.px(abs(value)) - last) < 12 and css == "typical"
        if css == "threshold":
            last = y.px(abs(value))
        if not close:
            out.append(words(x.end + 4, y.px(value) + 4, f"{abs(value):g} %", "tick"))
    return out


def _shades(timeline: Timeline, x: Scale, top: float, bottom: float, *, named: bool) -> list[str]:
    out, free = [], 0.0
    for left, right, reason in merged_px(timeline.excluded, x):
        out.append(rect(left, top, right - left, bottom - top, "shade", tip=f"left out: {reason}"))
        wide = LETTER_PX * len(reason)
        middle = min(max((left + right) / 2, x.start + wide / 2), x.end - wide / 2)
        if named and right - left > 14 and middle - wide / 2 > free:
            out.append(words(middle, top - 6, reason, "tick mid"))
            free = middle + wide / 2 + 8
    return out


def _lap_ticks(timeline: Timeline, x: Scale, bottom: float) -> list[str]:
    return [line(x.px(at), bottom - 7, x.px(at), bottom, "lap") for at in timeline.laps_s if x.low < at < x.high]


def _time_axis(timeline: Timeline, x: Scale, bottom: float, width: float) -> list[str]:
    hours = timeline.end_s - timeline.start_s > LONG_RUN_S
    unit = "hours" if hours else "minutes"
    out = [line(x.start, bottom, x.end, bottom, "axis")]
    for tick in minute_ticks(x.low, x.high, 9 if width > 500 else 4):
        at = x.px(tick)
        out.append(line(at, bottom, at, bottom + 4, "axis"))
        if at < x.end - 24 - LETTER_PX * len(unit) / 2 or at > x.end + 20:
            out.append(words(at, bottom + 17, minute_label(tick, hours=hours), "tick mid"))
    out.append(words(x.end + MARGIN_RIGHT_PX - 2, bottom + 17, unit, "tick end"))
    return out


def _strip(strip: Strip, timeline: Timeline, x: Scale, top: float) -> list[str]:
    bottom = top + 18.0 + STRIP_HEIGHT_PX
    t_s, values = binned(strip.t_s, strip.values, x, int((x.end - x.start) / 2.5))
    if not len(values):
        return []
    # A walk, a moment's spike or a lost satellite must not flatten the running.
    low, high = (float(value) for value in np.quantile(_counted(t_s, values, timeline), (0.01, 0.99)))
    room = 0.08 * (high - low) or 0.05 * abs(high) or 1.0
    y = Scale(low=low - room, high=high + room, start=bottom, end=top + 20.0)
    gap = max(15.0, 3.0 * (x.high - x.low) / max((x.end - x.start) / 2.5, 1.0))
    out = _shades(timeline, x, y.end, y.start, named=False)
    out.append(words(x.start, top + 12, strip.label, "label"))
    for value in dict.fromkeys((low, high)):
        at = y.px(value)
        out += [line(x.start, at, x.end, at, "grid"), words(x.start - 6, at + 4, strip.form(value), "tick end")]
    out.append(path(line_path(x.all_px(t_s), y.all_px(values), stretches(t_s, gap)), "quantity"))
    return out


def _counted(t_s: Floats, values: Floats, timeline: Timeline) -> Floats:
    """The values while running; all of them where that is little of the whole."""
    counted = np.ones(len(t_s), bool)
    for start, end in timeline.not_running:
        counted &= (t_s < start) | (t_s >= end)
    return values[counted] if counted.mean() > COUNTED_SHARE_MIN else values


def _dates(runs: Sequence[DatedIndex], x: Scale, bottom: float, slot: float) -> list[str]:
    out = [line(x.start, bottom, x.end, bottom, "axis")]
    every = max(1, ceil(58.0 / slot))
    for place in range(0, len(runs), every):
        at = x.px(float(place))
        if at + 30 < x.end + MARGIN_RIGHT_PX:
            out.append(words(at, bottom + 17, runs[place].day, "tick mid"))
    return out
