"""Pictures as SVG text: scales, ticks, paths, words. Colours come from ``templates/chart.css``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from math import ceil, floor, log10
from textwrap import wrap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Floats
from evenstride.report.looks import printable

LETTER_PX = 6.2
"""About the width of a letter of the charts' 12-pixel type."""
SHADE_GAP_PX = 1.0
_MONTHS = (1, 2, 3, 6, 12, 24, 60)
_WEEKS_RATHER_DAYS = 50
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
_NICE_MINUTES = (1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 180.0, 240.0)


@dataclass(frozen=True, kw_only=True)
class Scale:
    """From values ``low``…``high`` to pixels ``start``…``end``."""

    low: float
    high: float
    start: float
    end: float

    def px(self, value: float) -> float:
        """Return where a value lies, never outside the scale."""
        span = self.high - self.low
        share = (value - self.low) / span if span > 0 else 0.5
        return self.start + (self.end - self.start) * min(1.0, max(0.0, share))

    def all_px(self, values: Floats) -> Floats:
        """Return where values lie, shape (n,), never outside the scale."""
        span = self.high - self.low
        share = np.clip((values - self.low) / span, 0.0, 1.0) if span > 0 else np.full(len(values), 0.5)
        return np.asarray(self.start + (self.end - self.start) * share, dtype=np.float64)


def nice_ticks(low: float, high: float, about: int) -> list[float]:
    """Return round numbers between two values, about that many.

    >>> nice_ticks(0.0, 9.0, 4)
    [0.0, 2.5, 5.0, 7.5]
    """
    span = high - low
    if not span > 0:
        return [low]
    rough = span / max(about, 1)
    magnitude = 10.0 ** floor(log10(rough))
    step = next(nice * magnitude for nice in _NICE if nice * magnitude >= rough * 0.999)
    first = ceil(low / step - 1e-9)
    return [round(step * k, 10) for k in range(first, floor(high / step + 1e-9) + 1)]


def minute_ticks(low_s: float, high_s: float, about: int) -> list[float]:
    """Return round minutes between two times in seconds, about that many, in seconds.

    >>> minute_ticks(0.0, 2710.0, 5)
    [0.0, 600.0, 1200.0, 1800.0, 2400.0]
    """
    span = (high_s - low_s) / 60.0
    rough = span / max(about, 1)
    step = next((nice for nice in _NICE_MINUTES if nice >= rough * 0.999), 240.0 * ceil(rough / 240.0))
    first = ceil(low_s / 60.0 / step - 1e-9)
    return [60.0 * step * k for k in range(first, floor(high_s / 60.0 / step + 1e-9) + 1)]


def minute_label(time_s: float, *, hours: bool) -> str:
    """Return a time on the axis: minutes, or hours and minutes in a long run."""
    minutes = round(time_s / 60.0)
    return f"{minutes // 60}:{minutes % 60:02d}" if hours else str(minutes)


def day_ticks(first: date, last: date, about: int) -> list[tuple[date, str]]:
    """Return round days between two days, about that many, with their labels: Mondays, months or years.

    >>> day_ticks(date(2026, 4, 20), date(2026, 5, 20), 4)[0]
    (datetime.date(2026, 4, 20), '20 Apr')
    >>> [label for _, label in day_ticks(date(2025, 11, 20), date(2026, 5, 20), 6)]
    ['Dec', 'Jan 2026', 'Feb', 'Mar', 'Apr', 'May']
    """
    span = (last - first).days
    if span <= _WEEKS_RATHER_DAYS:
        step = max(1, ceil(span / 7 / max(about, 1)))
        monday = first + timedelta(days=-first.weekday() % 7)
        weeks = [monday + timedelta(weeks=step * k) for k in range(span // (7 * step) + 1)]
        return [(day, f"{day.day} {day:%b}") for day in weeks if day <= last]
    months = span / 30.44
    step = next((few for few in _MONTHS if months / few <= about), _MONTHS[-1])
    number = first.year * 12 + first.month - 1
    number += -number % step
    out: list[tuple[date, str]] = []
    while (day := date(number // 12, number % 12 + 1, 1)) <= last:
        if day >= first:
            year = f" {day.year}" if day.month == 1 else ""
            out.append((day, str(day.year) if step >= 12 else f"{day:%b}{year}"))
        number += step
    return out


def circle(x: float, y: float, radius: float, css: str, *, tip: str = "") -> str:
    """Return a circle of a class, with a tip for those who point at it."""
    inner = f"><title>{_escaped(tip)}</title></circle>" if tip else "/>"
    return f'<circle class="{css}" cx="{_px(x)}" cy="{_px(y)}" r="{_px(radius)}"{inner}'


def shifted(parts: Sequence[str], x: float, y: float) -> str:
    """Return drawn parts as a group at another place."""
    return f'<g transform="translate({_px(x)} {_px(y)})">{"".join(parts)}</g>'


def stretches(t_s: Floats, gap_s: float) -> list[slice]:
    """Return the parts of a series between gaps longer than ``gap_s``.

    >>> stretches(np.array([0.0, 1.0, 50.0, 51.0]), 10.0)
    [slice(0, 2, None), slice(2, 4, None)]
    """
    if not len(t_s):
        return []
    edges = [0, *(np.flatnonzero(np.diff(t_s) > gap_s) + 1).tolist(), len(t_s)]
    return [slice(start, end) for start, end in pairwise(edges)]


def line_path(x: Floats, y: Floats, parts: Iterable[slice]) -> str:
    """Return the ``d`` of a line with gaps; a part of one point becomes a dot."""
    out = []
    for part in parts:
        points = _points(x[part], y[part])
        out.append("M" + "L".join(points) + ("h.01" if len(points) == 1 else ""))
    return "".join(out)


def band_path(x: Floats, low: Floats, high: Floats, parts: Iterable[slice]) -> str:
    """Return the ``d`` of a band between two lines, with gaps."""
    out = []
    for part in parts:
        forth, back = _points(x[part], high[part]), _points(x[part], low[part])[::-1]
        out.append("M" + "L".join(forth + back) + "Z")
    return "".join(out)


def path(d: str, css: str) -> str:
    """Return a path of a class."""
    return f'<path class="{css}" d="{d}"/>' if d else ""


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    """Return a straight line of a class."""
    return f'<path class="{css}" d="M{_px(x1)} {_px(y1)}L{_px(x2)} {_px(y2)}"/>'


def rect(x: float, y: float, width: float, height: float, css: str, *, tip: str = "") -> str:
    """Return a rectangle of a class, with a tip for those who point at it."""
    inner = f"><title>{_escaped(tip)}</title></rect>" if tip else "/>"
    return f'<rect class="{css}" x="{_px(x)}" y="{_px(y)}" width="{_px(width)}" height="{_px(height)}"{inner}'


def words(x: float, y: float, text: str, css: str = "tick") -> str:
    """Return escaped words at a place; classes ``end`` and ``mid`` anchor them there."""
    return f'<text class="{css}" x="{_px(x)}" y="{_px(y)}">{_escaped(text)}</text>'


def paragraph(x: float, y: float, text: str, css: str, *, letters: int, line_px: float) -> list[str]:
    """Return words in as many lines as they need, at most that many letters each."""
    return [words(x, y + line_px * place, one, css) for place, one in enumerate(wrap(text, letters))]


def badge(x: float, y: float, side: str) -> str:
    """Return the letter of a leg on its colour, its upper left corner at (x, y)."""
    leg = "left" if side == "L" else "right"
    return f'<rect class="fill-{leg}" x="{_px(x)}" y="{_px(y)}" width="15" height="15" rx="3"/>' + words(
        x + 7.5, y + 11.5, side, f"badge mid on-{leg}"
    )


def picture(width: float, height: float, title: str, parts: Sequence[str], *, css: str = "", role: str = "img") -> str:
    """Return the whole picture, named for those who do not see it."""
    return (
        f'<svg class="chart {css}" viewBox="0 0 {_px(width)} {_px(height)}" width="{_px(width)}" role="{role}"'
        f' aria-label="{_escaped(title)}" xmlns="http://www.w3.org/2000/svg"><title>{_escaped(title)}</title>'
        + "".join(parts)
        + "</svg>"
    )


def merged_px(spans: Sequence[tuple[float, float, str]], scale: Scale) -> list[tuple[float, float, str]]:
    """Return stretches in pixels, neighbours of one kind joined, none thinner than a pixel."""
    out: list[tuple[float, float, str]] = []
    for start, end, kind in sorted(spans):
        if end <= scale.low or start >= scale.high:
            continue
        left, right = scale.px(start), max(scale.px(end), scale.px(start) + 1.0)
        if out and out[-1][2] == kind and left - out[-1][1] < SHADE_GAP_PX:
            out[-1] = (out[-1][0], max(right, out[-1][1]), kind)
        else:
            out.append((left, right, kind))
    return out


def binned(t_s: Floats, values: Floats, scale: Scale, bins: int) -> tuple[Floats, Floats]:
    """Return the means of a series in equal bins of the scale, empty ones left out: times and values, (≤ bins,)."""
    known = np.isfinite(values) & (t_s >= scale.low) & (t_s <= scale.high)
    t_s, values = t_s[known], values[known]
    span = max(scale.high - scale.low, 1e-9)
    place: NDArray[Any] = np.minimum((t_s - scale.low) / span * bins, bins - 1).astype(np.int64)
    n = np.bincount(place, minlength=bins)
    held = n > 0
    mean_t = np.bincount(place, weights=t_s, minlength=bins)[held] / n[held]
    mean = np.bincount(place, weights=values, minlength=bins)[held] / n[held]
    return mean_t, mean


def _points(x: Floats, y: Floats) -> list[str]:
    return [f"{a:.1f} {b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True)]


def _escaped(text: str) -> str:
    return escape(printable(text))


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
