"""When did the level of a weekly series change, and by how much: one step in noise that remembers.

The weeks lie about one level and, from some week on, about another; the deviations resemble those of the weeks before
(first-order autoregression), how much is unknown. Everything is averaged over what that memory may be and, where the
week is not given, over the weeks in which the step may have come.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenstride.stats.mixture import t_mixture_quantile

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

MEMORIES: Floats = np.arange(8) / 10.0
"""Correlation of one week with the next, in each of the models that are averaged."""
_LOG_PRIOR: Floats = -0.5 * np.square((MEMORIES - 0.2) / 0.15)
EDGE = 2
"""Present weeks needed on either side of a step: a single one is an outlier, not a level."""
FEWEST_WEEKS = 5
_STEP_VARIANCE = 16.0
_CENTRE_WEEKS = 5


@dataclass(frozen=True, kw_only=True)
class PresentWeeks:
    """The weeks that have a value, moved to the front of each row; ``week`` is where they stood.

    ``value``, ``week`` have shape (m, n), ``count`` (m,); behind ``count`` the values are 0.
    """

    value: Floats
    week: Ints
    count: Ints


@dataclass(frozen=True, kw_only=True)
class WhitenedSums:
    """The series and its level with their memory taken out, and running sums of their products.

    Shape (memories, m, n) each. ``root`` is what a step adds to the first of its weeks, ``level`` what the level adds
    to each week, ``point`` the value itself.
    """

    root: Floats
    level: Floats
    point: Floats
    level_level: Floats
    level_point: Floats
    point_point: Floats
    log_root: Floats


@dataclass(frozen=True, kw_only=True)
class Steps:
    """A step at each of K places under each memory: Student's t with ``df`` about ``change``, and the model's weight.

    ``log_weight``, ``change`` and ``scale`` have shape (memories, m, K), ``df`` (m,).
    """

    log_weight: Floats
    change: Floats
    scale: Floats
    df: Floats


@dataclass(frozen=True, kw_only=True)
class ChangePoints:
    """One step per row: its size with 95 % interval, and its week, each of shape (m,).

    ``week`` is the median first week of the new level and ``week_low`` to ``week_high`` its 95 % interval, counted from
    the row's first week; ``likeliest`` the most probable one. ``probability`` has shape (m, n).
    """

    change: Floats
    low: Floats
    high: Floats
    week: Ints
    week_low: Ints
    week_high: Ints
    likeliest: Ints
    probability: Floats


def present_weeks(values: ArrayLike) -> PresentWeeks:
    """Move the weeks that have a value to the front. ``values``: shape (m, n), nan where a week is missing.

    >>> weeks = present_weeks([[np.nan, 4.0, np.nan, 5.0]])
    >>> weeks.value[0, :2], weeks.week[0, :2], weeks.count
    (array([4., 5.]), array([1, 3]), array([2]))
    """
    rows = np.atleast_2d(np.asarray(values, dtype=np.float64))
    missing = np.isnan(rows)
    week = np.argsort(missing, axis=1, kind="stable")
    count = (~missing).sum(axis=1)
    value = np.take_along_axis(np.where(missing, 0.0, rows), week, axis=1)
    return PresentWeeks(value=value, week=week, count=count)


def whitened_sums(weeks: PresentWeeks) -> WhitenedSums:
    """Take the memory out of the weeks: d weeks apart they correlate by its d-th power, so gaps need no filling."""
    centre = weeks.value[:, :_CENTRE_WEEKS].sum(axis=1, keepdims=True) / _CENTRE_WEEKS  # later weeks move nothing
    inside = np.arange(weeks.value.shape[1]) < weeks.count[:, None]
    y = np.where(inside, weeks.value - centre, 0.0)
    apart = np.abs(np.diff(weeks.week, axis=1))
    memory = np.zeros((len(MEMORIES), *y.shape))
    memory[:, :, 1:] = MEMORIES[:, None, None] ** apart
    root = 1.0 / np.sqrt(1.0 - np.square(memory))
    level = root * (1.0 - memory)
    before = np.concatenate((np.zeros_like(y[:, :1]), y[:, :-1]), axis=1)
    point = root * (y - memory * before)
    return WhitenedSums(
        root=root, level=level, point=point, level_level=np.cumsum(np.square(level), axis=2),
        level_point=np.cumsum(level * point, axis=2), point_point=np.cumsum(np.square(point), axis=2),
        log_root=np.cumsum(np.log(root), axis=2),
    )  # fmt: skip


def steps_at(sums: WhitenedSums, rows: Ints, first: Ints, last: Ints) -> Steps:
    """Fit a step at present weeks ``first`` (m, K) to ``rows`` (m,) up to present week ``last`` (m,), all at once.

    Before the data the step is normal with four times the weekly sd, the level anything, the sd log-uniform.
    """
    total, cross = sums.level_level[:, rows, last][:, :, None], sums.level_point[:, rows, last][:, :, None]
    squares = sums.point_point[:, rows, last][:, :, None] - np.square(cross) / total
    at = rows[:, None], first
    root, level, point = sums.root[:, *at], sums.level[:, *at], sums.point[:, *at]
    later = total - sums.level_level[:, *at]
    with_level, with_self = root * level + later, np.square(root) + later
    with_point = root * point + cross - sums.level_point[:, *at]
    information = with_self - np.square(with_level) / total
    precision = information + 1.0 / _STEP_VARIANCE
    numerator = with_point - with_level * cross / total
    change = numerator / precision
    left = np.maximum(squares - numerator * change, 1e-12 * squares) + 1e-200
    df = last.astype(np.float64)  # weeks − 1
    log_weight = (
        _LOG_PRIOR[:, None, None] + sums.log_root[:, rows, last][:, :, None] - 0.5 * np.log(total * precision)
        - 0.5 * df[:, None] * np.log(left)
    )  # fmt: skip
    return Steps(log_weight=log_weight, change=change, scale=np.sqrt(left / (df[:, None] * precision)), df=df)


def step_everywhere(values: ArrayLike) -> tuple[Steps, Floats, PresentWeeks]:
    """Fit a step at every present week; also return the weight of each, shape (memories, m, n), summing to 1 a row.

    A missing week before a present one counts with it: nobody can tell in which of them the step came.
    """
    weeks = present_weeks(values)
    if (weeks.count < FEWEST_WEEKS).any():
        raise ValueError(f"a change point needs {FEWEST_WEEKS} weeks with values")
    places = np.arange(weeks.value.shape[1])
    first, rows = np.minimum(places, weeks.count[:, None] - 1), np.arange(len(weeks.count))
    steps = steps_at(whitened_sums(weeks), rows, first, weeks.count - 1)
    possible = (places >= EDGE) & (places <= weeks.count[:, None] - EDGE)
    log_weight = np.where(possible, steps.log_weight + np.log(_reach(weeks)), -np.inf)
    weight = np.exp(log_weight - log_weight.max(axis=(0, 2), keepdims=True))
    return steps, weight / weight.sum(axis=(0, 2), keepdims=True), weeks


def mean_change(values: ArrayLike) -> Floats:
    """Return the size of the step alone, averaged over when it may have come, shape (m,)."""
    steps, weight, _ = step_everywhere(values)
    change: Floats = (weight * steps.change).sum(axis=(0, 2))
    return change


def change_points(values: ArrayLike) -> ChangePoints:
    """Estimate when each row's level changed, and by how much, given that it changed once.

    Parameters
    ----------
    values
        One value a week, shape (m, n) or (n,), nan where a week is missing; at least five weeks with values.

    Notes
    -----
    Works for one lasting step in noise of any memory up to about 0.7 from week to week. A slow drift gets the middle of
    its way and an interval that is too narrow; two steps get the larger one. It does not ask whether there was a
    change at all: that is :func:`evenstride.stats.alarm.weekly_test`.

    Deviates from the source: sums over memories and weeks instead of sampling them.

    .. [1] Smith (1975), Biometrika 62:407, 10.1093/biomet/62.2.407.

    Examples
    --------
    >>> weeks = [0.1, -0.2, 0.0, 0.2, -0.1, 0.1, 2.1, 1.9, 2.2, np.nan, 2.0, 1.8, 2.1]
    >>> found = change_points(weeks)
    >>> print(f"{found.change[0]:.1f} in week {found.week[0]}, {found.week_low[0]} to {found.week_high[0]}")
    2.0 in week 6, 6 to 6
    """
    steps, weight, weeks = step_everywhere(values)
    m, n = weeks.value.shape
    share, centre, scale = (np.moveaxis(part, 0, 2).reshape(m, -1) for part in (weight, steps.change, steps.scale))
    change = (share * centre).sum(axis=1)
    low, high = (t_mixture_quantile(share, centre, scale, steps.df, np.full(m, tail)) for tail in (0.025, 0.975))
    probability = _by_week(weight.sum(axis=0), weeks)
    reached = np.cumsum(probability, axis=1)
    at = [np.minimum((reached < tail - 1e-12).sum(axis=1), n - 1) for tail in (0.5, 0.025, 0.975)]
    return ChangePoints(
        change=change, low=np.minimum(low, change), high=np.maximum(high, change), week=at[0], week_low=at[1],
        week_high=at[2], likeliest=probability.argmax(axis=1), probability=probability,
    )  # fmt: skip


def _reach(weeks: PresentWeeks) -> Floats:
    """How many calendar weeks each present week stands for as the first of a new level: itself and the gap before."""
    inside = np.arange(weeks.week.shape[1]) < weeks.count[:, None]
    reach: Floats = np.where(inside, np.diff(weeks.week, axis=1, prepend=-1), 1).astype(np.float64)
    return reach


def _by_week(weight: Floats, weeks: PresentWeeks) -> Floats:
    """Spread the weight of each present week evenly over the calendar weeks that it stands for."""
    m, n = weeks.week.shape
    inside = np.arange(n) < weeks.count[:, None]
    share = np.where(inside, weight / _reach(weeks), 0.0)
    by_week = np.zeros((m, n))
    np.put_along_axis(by_week, weeks.week, share, axis=1)
    place = np.full((m, n), n - 1)
    np.put_along_axis(place, weeks.week, np.where(inside, weeks.week, n - 1), axis=1)
    nearest = np.minimum.accumulate(place[:, ::-1], axis=1)[:, ::-1]
    return np.take_along_axis(by_week, nearest, axis=1)
