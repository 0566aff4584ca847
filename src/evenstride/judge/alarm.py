"""Which changes of a season are worth saying, and on which day could each first be said?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from math import floor, log10

import numpy as np

from evenstride.judge.smallest import smallest_change
from evenstride.model.arrays import Floats
from evenstride.model.metric import LEVELS, METRICS
from evenstride.model.season import Alarm, ChangePoint, RunPoint
from evenstride.stats.agreement import mdc95
from evenstride.stats.alarm import WATCH, first_alarms, weekly_test
from evenstride.stats.change_point import change_points

_Z95 = 1.96


@dataclass(frozen=True, kw_only=True)
class WeeklyValues:
    """One value for each calendar week from ``first_monday`` on, shape (n,); nan where no run told one."""

    first_monday: date
    value: Floats

    def monday(self, week: int) -> date:
        """Return the first day of the week with this number."""
        return self.first_monday + timedelta(weeks=int(week))


def weekly_values(points: Sequence[RunPoint], *, today: date) -> WeeklyValues:
    """Return the mean of each finished week's runs, a surer run counting for more.

    A run's weight is 1/(se² + τ²): se from its own 95 % interval (without one: as for the others in the middle), τ² the
    variance between runs of one week beyond their own uncertainty, over the first twelve weeks with runs. Where no week
    has two runs, every run weighs the same. The week of ``today`` is not finished and does not count.

    >>> from datetime import datetime, UTC
    >>> days = [datetime(2026, 3, day, 7, tzinfo=UTC) for day in (3, 5, 17)]
    >>> runs = [RunPoint(run=f"{day:%d}", start=day, value=day.day / 10) for day in days]
    >>> weekly_values(runs, today=date(2026, 4, 1)).value
    array([0.4, nan, 1.7, nan])
    """
    weeks, monday = finished_weeks(points, today), _monday(today)
    if not weeks:
        return WeeklyValues(first_monday=monday, value=np.empty(0))
    own, between = _variances(weeks[: WATCH.baseline_weeks])
    first = _week(weeks[0][0])
    value = np.full(monday.toordinal() // 7 - first, np.nan)
    for runs in weeks:
        weight = [1.0 / max(_variance(run, own) + between, 1e-12 * own + 1e-200) for run in runs]
        value[_week(runs[0]) - first] = np.average([run.value for run in runs], weights=weight)
    return WeeklyValues(first_monday=date.fromordinal(7 * first + 1), value=value)


def alarms(points: Sequence[RunPoint], *, metric: str, today: date, smallest: float | None = None) -> tuple[Alarm, ...]:
    """Return every alarm of runs that are watched together, in order: what would have been said week by week.

    Parameters
    ----------
    points
        The runs of one metric and source that are alike, by one device, in any order, ``start`` in the athlete's zone.
    metric
        Name of a metric (an index, positive = right larger) or of a level.
    today
        Its week is not finished and does not count.
    smallest
        The smallest change that matters, in the unit of the values. None: that of the metric, and where there is no
        published one, what two runs of the first twelve weeks had to differ by to differ at all.

    Notes
    -----
    An alarm needs a change beyond chance (:func:`evenstride.stats.alarm.weekly_test`) and larger than ``smallest``. It
    is said once: afterwards the watch starts anew from the week of the change, with twelve new baseline weeks. Later
    runs never alter an earlier alarm. Size and week of the change have their intervals as of that day; a change that
    was noticed because chance helped is somewhat overstated (validation/results/change_point.md).

    Examples
    --------
    >>> from datetime import datetime, UTC
    >>> still = [0.3, -0.4, 0.1, 0.5, -0.2, -0.6] * 2
    >>> runs = [
    ...     RunPoint(run=str(week), start=datetime(2026, 3, 3, 7, tzinfo=UTC) + timedelta(weeks=week), value=value)
    ...     for week, value in enumerate(still + [value + 3.0 for value in still])
    ... ]
    >>> for alarm in alarms(runs, metric="contact_time", today=date(2026, 9, 1), smallest=1.0):
    ...     print(alarm.day, alarm.text)
    2026-06-15 Contact time moved to the right by 3.0 % (2.3 to 3.8) around 25 May 2026.
    """
    weeks = weekly_values(points, today=today)
    if smallest is None:
        smallest = smallest_change(metric, mdc95=_mdc95_of_baseline(finished_weeks(points, today))).value
    found: list[Alarm] = []
    start = since = 0
    while True:
        watched = weeks.value[start:]
        week = int(first_alarms(watched, smallest=smallest, since=since - start)[0])
        if week < 0:
            return tuple(found)
        alarm, new_level = _alarm(weeks, start, start + week, metric)
        found.append(alarm)
        start, since = start + new_level, start + week + 1


def _alarm(weeks: WeeklyValues, start: int, at: int, metric: str) -> tuple[Alarm, int]:
    """The alarm that week ``at`` gives from what was known then, and how far behind ``start`` the new level began."""
    known = weeks.value[start : at + 1]
    z = float(weekly_test(known).z[0, -1])
    point = change_points(known)
    when = ChangePoint(
        day=weeks.monday(start + point.week[0]), low=weeks.monday(start + point.week_low[0]),
        high=weeks.monday(start + point.week_high[0]),
    )  # fmt: skip
    change = (float(point.change[0]), float(point.low[0]), float(point.high[0]))
    day = weeks.monday(at + 1)
    text = _sentence(metric, change, float(np.nanmedian(known)), when)
    alarm = Alarm(value=change[0], low=change[1], high=change[2], day=day, text=text, z=z, change_point=when)
    return alarm, int(point.week[0])


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(point: RunPoint) -> int:
    """Calendar weeks since Monday, 1 January of year 1."""
    return (point.start.date().toordinal() - 1) // 7


def finished_weeks(points: Sequence[RunPoint], today: date) -> list[list[RunPoint]]:
    """Return the runs of each calendar week before that of ``today`` that has any, in order of time."""
    finished = sorted(
        (run for run in points if run.start.date() < _monday(today)), key=lambda run: (run.start, run.run)
    )
    return [list(runs) for _, runs in groupby(finished, key=_week)]


def _variance(run: RunPoint, otherwise: float) -> float:
    if run.low is None or run.high is None:
        return otherwise
    return float(np.square((run.high - run.low) / (2.0 * _Z95)))


def _variances(weeks: Sequence[Sequence[RunPoint]]) -> tuple[float, float]:
    """The middle of the runs' own variances, and the variance between runs of a week beyond them.

    Where no week has two runs, nothing tells the second: taken to be overwhelming, it makes every run count the same.
    """
    runs = [run for week in weeks for run in week]
    known = [_variance(run, 0.0) for run in runs if run.low is not None and run.high is not None]
    own = float(np.median(known)) if known else 0.0
    pooled = _pooled_variance(weeks)
    if pooled is None:
        return own, 1e12 * own + 1.0
    return own, max(0.0, pooled - float(np.mean([_variance(run, own) for run in runs])))


def _pooled_variance(weeks: Sequence[Sequence[RunPoint]]) -> float | None:
    """The variance of runs about the mean of their week; None where no week has two."""
    pairs = sum(len(runs) - 1 for runs in weeks)
    squares = sum(len(runs) * float(np.var([run.value for run in runs])) for runs in weeks)
    return squares / pairs if pairs else None


def _mdc95_of_baseline(weeks: Sequence[Sequence[RunPoint]]) -> float:
    baseline = weeks[: WATCH.baseline_weeks]
    variance = _pooled_variance(baseline)
    if variance is None:
        variance = float(np.var([run.value for runs in baseline for run in runs], ddof=1)) if len(baseline) > 1 else 0.0
    return mdc95(float(np.sqrt(variance)))


def _sentence(metric: str, change: tuple[float, float, float], about: float, point: ChangePoint) -> str:
    when = _when(point)
    sign = 1.0 if change[0] > 0 else -1.0
    if metric not in LEVELS:
        label = METRICS[metric].label if metric in METRICS else metric.replace("_", " ")
        way = f"moved to the {'right' if sign > 0 else 'left'}"
        return f"{_capital(label)} {way} by {_numbers(change, sign, '%')} {when}."
    level = LEVELS[metric]
    name = _capital(level.label) + ("," if "," in level.label else "")
    unit, shown = _as_people_use(level.unit, change, about)
    if level.unit == "m/s":
        return f"{_capital(level.label)}: {'faster' if sign > 0 else 'slower'} by {_numbers(shown, sign, unit)} {when}."
    return f"{name} went {'up' if sign > 0 else 'down'} by {_numbers(shown, sign, unit)} {when}."


def _when(point: ChangePoint) -> str:
    """The day of a change between the days it may have come on; where these lie far apart, no single day."""
    low, high = point.low, point.high
    first = f"{low.day} {low:%B}" + (f" {low.year}" if low.year != high.year else "")
    if point.is_wide:
        return f"between {first} and {high.day} {high:%B} {high.year}, perhaps slowly"
    between = f"{low.day}" if (low.year, low.month) == (high.year, high.month) else first
    ends = f" ({between} to {high.day} {high:%B} {high.year})" if low < high else ""
    return f"around {point.day.day} {point.day:%B} {point.day.year}{ends}"


def _capital(label: str) -> str:
    return label[0].upper() + label[1:]


def _as_people_use(unit: str, change: tuple[float, float, float], about: float) -> tuple[str, tuple[float, ...]]:
    """A change of a level in the unit of everyday; a speed of ``about`` that much as seconds of a kilometre."""
    if unit == "m/s":
        return "s/km", tuple(1000.0 / about - 1000.0 / max(about + step, 0.1) for step in change)
    if unit == "s":
        return "ms", tuple(1000.0 * step for step in change)
    if unit == "m":
        return "mm", tuple(1000.0 * step for step in change)
    return "percentage points" if unit == "%" else unit, change


def _numbers(change: tuple[float, ...], sign: float, unit: str) -> str:
    """Two significant digits of the interval decide the rounding; an end on the other side of zero has its minus."""
    size, near, far = change[0] * sign, *sorted(end * sign for end in change[1:])
    decimals = min(3, max(0, 1 - floor(log10(far - near)))) if far > near else 1
    ends = f"{near:.{decimals}f} to {far:.{decimals}f}".replace("-", "−")
    return f"{size:.{decimals}f} {unit} ({ends})"
