"""The pictures of a season: how the legs differ over the months, and the levels of both legs below.

Right is above the zero line and left below. Few runs are drawn each with its interval; many are faint dots with a
whisker per week or more, so that six runs and three thousand can both be read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from evenstride.judge import RANGES
from evenstride.model import LEVELS, METRICS, Floats, LevelBand, LimbComparison, RunPoint, SeasonMetric
from evenstride.report.charts import (
    MARGIN_LEFT_PX,
    MARGIN_RIGHT_PX,
    Limits,
    index_axis,
    index_grid,
    index_range,
    leg_names,
)
from evenstride.report.numbers import of_level
from evenstride.report.season_range import range_ends, range_lines
from evenstride.report.season_weeks import at_reference, gathered, weeks_that_fit
from evenstride.report.season_words import level_words, other_way, usual, value_words
from evenstride.report.svg import (
    LETTER_PX,
    Scale,
    badge,
    band_path,
    circle,
    day_ticks,
    line,
    line_path,
    path,
    rect,
    shifted,
    words,
)

RUN_PX, WEEK_PX, DOT_PX = 7.0, 7.0, 4.0
"""Room that a run's and a week's whisker need."""
FLAGS_PX, AXIS_PX, TESTS_PX = 26.0, 26.0, 26.0
PAUSE = timedelta(days=60)
"""Over a longer pause no level is drawn."""
YEAR_DAYS = 366.0
PANEL_HEIGHT_PX = 128.0
RANGE_SMALLEST = 4.0
"""A level is drawn over at least so many times the smallest change of it that matters (a convention)."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """Parts of a picture and how high they are together."""

    parts: Sequence[str]
    height: float


@dataclass(frozen=True, kw_only=True)
class Days:
    """The time shown by every picture of a season."""

    first: date
    last: date

    def scale(self, start: float, end: float) -> Scale:
        """Return the time axis, with a little room at both ends."""
        room = max(1.0, 0.012 * (self.last - self.first).days)
        return Scale(low=self.first.toordinal() - room, high=self.last.toordinal() + 1.0 + room, start=start, end=end)


def days_of(metrics: Sequence[SeasonMetric], tests: Sequence[LimbComparison] = ()) -> Days:
    """Return the days that hold every run and test."""
    days = [run.start.date() for metric in metrics for run in (*metric.runs[:1], *metric.runs[-1:])]
    days += [test.day for test in tests]
    return Days(first=min(days), last=max(days))


def legs_chart(metric: SeasonMetric, days: Days, *, tests: Sequence[LimbComparison] = (), width: float) -> Drawn:
    """Draw how the legs differ over the months: runs, level with its band, baseline, change, alarms, tests."""
    top, bottom = FLAGS_PX, FLAGS_PX + (300.0 if width > 500 else 250.0)
    x = days.scale(MARGIN_LEFT_PX, width - MARGIN_RIGHT_PX)
    limits = _limits(metric)
    y = index_axis(limits, top, bottom)
    drawn = [
        *_changed(metric, x, top, bottom),
        *index_grid(y, x, limits),
        *_two_coloured(metric.band, x, y),
        line(x.start, y.px(0.0), x.end, y.px(0.0), "zero"),
        *_baseline(metric, x, y, top),
        *range_lines(metric.target, x, y),
        *_runs(metric, x, y),
        *_level(metric.band, x, y),
        *_flags(metric, x, top, bottom),
        *leg_names(limits, x, top, bottom),
        *_day_axis(days, x, bottom, about=12 if width > 500 else 4),
    ]
    height = bottom + AXIS_PX
    if tests:
        drawn += _tests(tests, x, height)
        height += TESTS_PX
    return Drawn(parts=drawn, height=height)


def levels_chart(metrics: Sequence[SeasonMetric], days: Days, *, width: float) -> Drawn:
    """Draw each level of both legs in a panel of its own, side by side on one time axis."""
    columns = 1 if width <= 500 or len(metrics) == 1 else 3 if len(metrics) % 3 != 1 or len(metrics) > 4 else 2
    each = width / columns
    tall = PANEL_HEIGHT_PX if len(metrics) > 1 else 2 * PANEL_HEIGHT_PX
    parts = [
        shifted(
            _panel(metric, days, each, tall, named=len(metrics) > 1), place % columns * each, place // columns * tall
        )
        for place, metric in enumerate(metrics)
    ]
    return Drawn(parts=parts, height=tall * -(-len(metrics) // columns))


def drawable(metric: SeasonMetric) -> bool:
    """Whether there is anything of a metric to draw."""
    return bool(metric.runs)


def key_words(metric: SeasonMetric, tests: Sequence[LimbComparison], width: float) -> list[str]:
    """Return what the signs of a picture mean, each only where it is there."""
    together = _weeks_together(metric, width)
    if together:
        weeks = "a week" if together == 1 else f"{together} weeks"
        said = [f"faint dots: runs · whisker: mean of {weeks} and its interval"]
    else:
        said = run_signs(metric)
    said += line_signs(metric)
    if tests:
        said.append("below: tests, the letter is the weaker leg, hollow is inside error")
    return said


def run_signs(metric: SeasonMetric) -> list[str]:
    """Return what the signs of runs mean where each is drawn."""
    most = usual(metric)
    several = any((run.source, run.device) != most for run in metric.runs)
    return ["dot and whisker: a run and its interval", *(["hollow: another device"] if several else [])]


def line_signs(metric: SeasonMetric) -> list[str]:
    """Return what lines, bands and shades mean, each only where it is there."""
    said = []
    if metric.band is not None:
        said.append("line and band: level and its interval")
    if metric.baseline is not None:
        said.append("thick: baseline")
    known = RANGES.get(metric.metric)
    if known and known.typical_pct is not None:
        said.append("dotted: typical")
    if metric.threshold is not None:
        said.append("dashed: unusual beyond")
    if metric.target is not None:
        said.append("thin lines: your range")
    if metric.change_point is not None:
        said.append("shaded: when it changed")
    return said


def _limits(metric: SeasonMetric) -> Limits:
    ends = [end for run in at_reference(metric) for end in (run.value, run.low, run.high) if end is not None]
    fixed = [abs(end) for one in (metric.level, metric.baseline) if one for end in (one.low, one.high)]
    if metric.band is not None:
        fixed += np.abs(np.concatenate([metric.band.low, metric.band.high])).tolist()
    fixed += [abs(end) for end in range_ends(metric.target)]
    known = RANGES.get(metric.metric)
    word = METRICS[metric.metric].word if metric.metric in METRICS else "larger"
    return Limits(
        range_pct=index_range(fixed, metric.threshold, band_pct=np.array(ends)),
        threshold_pct=metric.threshold, typical_pct=known.typical_pct if known else None, word=word,
    )  # fmt: skip


def _at(run: RunPoint) -> float:
    """A run's place on the time axis, in days."""
    return run.start.date().toordinal() + (run.start.hour + run.start.minute / 60.0) / 24.0


def _weeks_together(metric: SeasonMetric, width: float) -> int:
    """How many weeks share a whisker; 0 where every run has its own."""
    room = width - MARGIN_LEFT_PX - MARGIN_RIGHT_PX
    if len(metric.runs) * RUN_PX <= room:
        return 0
    return weeks_that_fit(metric.runs, int(room / WEEK_PX))


def _runs(metric: SeasonMetric, x: Scale, y: Scale) -> list[str]:
    together = _weeks_together(metric, x.end + MARGIN_RIGHT_PX)
    if together:
        return _weeks(metric, x, y, together)
    out = []
    for run in at_reference(metric):
        at, mid = x.px(_at(run)), y.px(run.value)
        if run.low is not None and run.high is not None:
            out.append(line(at, y.px(run.low), at, y.px(run.high), "run"))
        tip = f"{run.start:%Y-%m-%d} {value_words(metric, run.value, run.low, run.high)}"
        if other_way(metric, run):
            out.append(circle(at, mid, 3.0, "run-other", tip=f"{tip}, {run.device or run.source}"))
        else:
            out.append(circle(at, mid, 2.7, "pennant", tip=tip))
    return out


def _weeks(metric: SeasonMetric, x: Scale, y: Scale, together: int) -> list[str]:
    faint = "".join(f"M{x.px(_at(run)):.1f} {y.px(run.value):.1f}h.01" for run in at_reference(metric))
    out = [path(faint, "run-faint")]
    for week in gathered(at_reference(metric), weeks=together):
        at = x.px(week.middle)
        tip = f"{week.first:%Y-%m-%d}, {week.n_runs} runs: {value_words(metric, week.value, week.low, week.high)}"
        out.append(line(at, y.px(week.low), at, y.px(week.high), "week"))
        out.append(circle(at, y.px(week.value), 2.4, "pennant", tip=tip))
    return out


def _spans(band: LevelBand) -> list[slice]:
    edges = [0, *(place for place in range(1, len(band.days)) if band.days[place] - band.days[place - 1] > PAUSE),
             len(band.days)]  # fmt: skip
    return [slice(start, end) for start, end in pairwise(edges)]


def _band_x(band: LevelBand, x: Scale) -> Floats:
    return x.all_px(np.array([day.toordinal() + 0.5 for day in band.days]))


def _two_coloured(band: LevelBand | None, x: Scale, y: Scale) -> list[str]:
    if band is None or not len(band.days):
        return []
    px, zero, parts = _band_x(band, x), y.px(0.0), _spans(band)
    low, high = y.all_px(band.low), y.all_px(band.high)
    return [
        path(band_path(px, np.minimum(low, zero), np.minimum(high, zero), parts), "band-right"),
        path(band_path(px, np.maximum(low, zero), np.maximum(high, zero), parts), "band-left"),
    ]


def _level(band: LevelBand | None, x: Scale, y: Scale) -> list[str]:
    if band is None or not len(band.days):
        return []
    return [path(line_path(_band_x(band, x), y.all_px(band.level), _spans(band)), "mean")]


def _baseline(metric: SeasonMetric, x: Scale, y: Scale, top: float) -> list[str]:
    base = metric.baseline
    if base is None:
        return []
    start, end, at = x.px(base.since.toordinal()), x.px(base.until.toordinal() + 1.0), y.px(base.value)
    return [
        line(end, at, x.end, at, "base-on"),
        line(start, at, max(end, start + 6.0), at, "base"),
        line(start, top - 3, max(end, start + 6.0), top - 3, "pole"),
        words(start, top - 9, "baseline", "tick"),
    ]


def _changed(metric: SeasonMetric, x: Scale, top: float, bottom: float) -> list[str]:
    point = metric.change_point
    if point is None:
        return []
    left, right = x.px(point.low.toordinal()), x.px(point.high.toordinal() + 1.0)
    tip = f"changed {point.low:%Y-%m-%d} to {point.high:%Y-%m-%d}"
    label = "changed, perhaps slowly" if point.is_wide else f"changed {_short(point.day, x)}"
    room = left - x.start > LETTER_PX * (len(label) + 17)
    return [
        rect(left, top, max(right - left, 2.0), bottom - top, "shade", tip=tip),
        words(left - 5 if room else right + 5, bottom - 7, label, "halo end" if room else "halo"),
    ]


def _flags(metric: SeasonMetric, x: Scale, top: float, bottom: float) -> list[str]:
    out, free = [], -1e9
    for alarm in metric.alarms:
        at = x.px(alarm.day.toordinal() + 0.5)
        label = _short(alarm.day, x)
        out.append(line(at, top - 16, at, bottom, "pole"))
        out.append(path(f"M{at:.1f} {top - 16:.1f}l11 4.5l-11 4.5Z", "pennant"))
        if at + 15 > free:
            room = LETTER_PX * len(label)
            beside = at + 15 if at + 15 + room < x.end + MARGIN_RIGHT_PX else at - 6 - room
            out.append(words(beside, top - 7, label, "label"))
            free = at + 15 + room
    return out


def _panel_flags(metric: SeasonMetric, x: Scale, top: float, bottom: float) -> list[str]:
    """Alarms inside a panel, where there is no room above: the newest with its date."""
    out = []
    for alarm in metric.alarms:
        at = x.px(alarm.day.toordinal() + 0.5)
        out.append(line(at, top, at, bottom, "pole"))
        out.append(path(f"M{at:.1f} {top:.1f}l9 4l-9 4Z", "pennant"))
    if out:
        label = _short(metric.alarms[-1].day, x)
        room = at + 12 + LETTER_PX * len(label) < x.end
        out.append(words(at + 12 if room else at - 4, top + 9, label, "halo" if room else "halo end"))
    return out


def _tests(tests: Sequence[LimbComparison], x: Scale, top: float) -> list[str]:
    """A letter where a test named the weaker leg that day, a hollow mark where all lay inside error."""
    by_day: dict[date, set[str]] = {}
    for test in tests:
        sides = by_day.setdefault(test.day, set())
        if test.weaker is not None:
            sides.add("L" if test.weaker == "left" else "R")
    out = [words(x.start - 6, top + 15, "tests", "tick end")]
    free = -1e9
    for day, sides in sorted(by_day.items()):
        at = max(x.px(day.toordinal() + 0.5), free)
        if not sides:
            out.append(circle(at, top + 11, 4.5, "test-none", tip=f"{day:%Y-%m-%d}: inside error"))
        for place, side in enumerate(sorted(sides)):
            out.append(badge(at - 7.5 * len(sides) + 15.5 * place, top + 3.5, side))
        free = at + 16.0 * max(1, len(sides))
    return out


def _day_axis(days: Days, x: Scale, bottom: float, *, about: int) -> list[str]:
    out = [line(x.start, bottom, x.end, bottom, "axis")]
    for day, label in day_ticks(days.first, days.last, about):
        at = x.px(day.toordinal())
        out.append(line(at, bottom, at, bottom + 4, "axis"))
        out.append(words(_kept_inside(at, label, x), bottom + 17, label, "tick mid"))
    return out


def _dots(metric: SeasonMetric, x: Scale, y: Scale) -> str:
    """A dot per run; where they would touch, one per week or more."""
    runs = at_reference(metric)
    places = [(_at(run), run.value) for run in runs]
    if len(places) * DOT_PX > x.end - x.start:
        weeks = gathered(runs, weeks=weeks_that_fit(runs, int((x.end - x.start) / DOT_PX)))
        places = [(week.middle, week.value) for week in weeks]
    return path("".join(f"M{x.px(at):.1f} {y.px(value):.1f}h.01" for at, value in places), "level-dot")


def _short(day: date, x: Scale) -> str:
    """A day without its year, unless the picture holds the same day twice."""
    return f"{day.day} {day:%b}{f' {day.year}' if x.high - x.low > YEAR_DAYS else ''}"


def _kept_inside(middle: float, label: str, x: Scale) -> float:
    half = LETTER_PX * len(label) / 2
    return min(max(middle, x.start + half), x.end + MARGIN_RIGHT_PX / 2 - half)


def _wide_enough(metric: SeasonMetric, low: float, high: float) -> tuple[float, float]:
    """A range in which the smallest change that matters is small: a level that stays is drawn flat."""
    smallest = metric.change.smallest if metric.change else LEVELS[metric.metric].smallest
    short = max(0.0, RANGE_SMALLEST * smallest - (high - low))
    return low - 0.5 * short, high + 0.5 * short


def _panel(metric: SeasonMetric, days: Days, width: float, height: float, *, named: bool) -> list[str]:
    """One level over the months: dots, the level with its band, its own scale."""
    x = days.scale(MARGIN_LEFT_PX, width - 14.0)
    top, bottom = 44.0 if named else 10.0, height - 24.0
    values = np.array([run.value for run in at_reference(metric)])
    ends = values if metric.band is None else np.concatenate([values, metric.band.low, metric.band.high])
    low, high = (float(value) for value in np.quantile(ends, (0.01, 0.99)))
    low, high = _wide_enough(metric, low, high)
    room = 0.1 * (high - low) or 0.05 * abs(high) or 1.0
    # A pace is read as a watch shows it, and still drawn with faster above.
    y = Scale(low=low - room, high=high + room, start=bottom, end=top)
    level = level_words(metric)
    begin = max(0.0, min(MARGIN_LEFT_PX, width - LETTER_PX * max(len(metric.label), len(level))))
    said = [words(begin, 16, metric.label, "label"), words(begin, 31, level, "tick")]
    out = said if named else []
    for value in (low, high):
        number = of_level(value, None, None, metric.unit).split(" ")[0]
        out += [
            line(x.start, y.px(value), x.end, y.px(value), "grid"),
            words(x.start - 6, y.px(value) + 4, number, "tick end pace" if metric.unit == "m/s" else "tick end"),
        ]
    if metric.band is not None and len(metric.band.days):
        px = _band_x(metric.band, x)
        out.append(
            path(band_path(px, y.all_px(metric.band.low), y.all_px(metric.band.high), _spans(metric.band)), "band")
        )
    out.append(_dots(metric, x, y))
    out += _level(metric.band, x, y)
    out += _panel_flags(metric, x, top, bottom)
    out += _day_axis(days, x, bottom, about=max(2, int((x.end - x.start) / 75)))
    return out
