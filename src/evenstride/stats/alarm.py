"""Has the level of a weekly series moved? Asked anew every week, with few false alarms in a whole year."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenstride.stats.change_point import (
    PresentWeeks,
    Steps,
    WhitenedSums,
    mean_change,
    present_weeks,
    steps_at,
    whitened_sums,
)
from evenstride.stats.normal import normal_cdf, normal_quantile

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class WatchRule:
    """How a series is watched. The limits are in standard normal deviates and come from simulation.

    The first ``baseline_weeks`` with a value are the baseline. ``early_limit`` holds for as long as *since the
    baseline* and *in the last* ``recent_weeks`` are one question, ``latest_limit`` for *in the last* ``latest_weeks``.
    Fewer than ``fewest_weeks`` new ones tell nothing.
    """

    baseline_weeks: int = 12
    recent_weeks: int = 12
    latest_weeks: int = 4
    fewest_weeks: int = 3
    limit: float = 3.1
    early_limit: float = 2.75
    latest_limit: float = 3.7


WATCH = WatchRule()
_AT_ONCE = 4000  # rows and weeks together: fits into the cache


@dataclass(frozen=True, kw_only=True)
class WeeklyTest:
    """What each week could say, from the weeks up to it: shape (m, n) each.

    ``z`` is positive when the level rose, 0 where nothing could be said (baseline, missing week). An alarm is
    |z| > ``limit``.
    """

    z: Floats
    limit: Floats

    @property
    def alarm(self) -> NDArray[np.bool_]:
        """Where the level has moved beyond chance."""
        return np.abs(self.z) > self.limit


def weekly_test(values: ArrayLike, rule: WatchRule = WATCH) -> WeeklyTest:
    """Ask every week whether the level has moved since the baseline, in the last twelve weeks, or in the last four.

    Each question is a Bayesian t-test of one step against the weeks before it, in noise that remembers from week to
    week by an unknown amount: averaged over correlations from 0 to 0.7, about 0.2 beforehand. The answer furthest
    beyond its own limit counts.

    Parameters
    ----------
    values
        One value a week, shape (m, n) or (n,): m series are watched independently. nan where a week is missing.

    Notes
    -----
    Works for weekly values whose noise is steady and forgets within weeks (correlation up to about 0.3: at most one
    year in ten has a false alarm). Does not work for noise that wanders for months: that is a change of level, and is
    called one. See docs/methods/alarm.md for how large a change can be found how soon.

    Examples
    --------
    >>> weeks = np.array([0.3, -0.4, 0.1, 0.5, -0.2, -0.6, 0.2, 0.4, -0.3, 0.0, -0.1, 0.1] + [2.0, 1.6, 2.3, 1.9])
    >>> test = weekly_test(weeks)
    >>> print(test.alarm[0, -4:], test.z[0, -1].round(1))
    [False False  True  True] 4.7
    """
    weeks = present_weeks(values)
    sums = whitened_sums(weeks)
    z, limit = np.zeros(weeks.value.shape), np.full(weeks.value.shape, rule.limit)
    places = np.arange(weeks.value.shape[1])
    told = (places >= rule.baseline_weeks + rule.fewest_weeks - 1) & (places < weeks.count[:, None])
    asked = np.argwhere(told)
    for begin in range(0, len(asked), _AT_ONCE):
        rows, last = asked[begin : begin + _AT_ONCE].T
        at = rows, weeks.week[rows, last]
        z[at], limit[at] = _answers(weeks, sums, rows, last, rule)
    return WeeklyTest(z=z, limit=limit)


def first_alarms(values: ArrayLike, *, smallest: float = 0.0, since: int = 0, rule: WatchRule = WATCH) -> Ints:
    """Return the week of each series' first alarm whose change also exceeds ``smallest``, shape (m,); −1 without one.

    ``since``: alarms before this week were not asked for. What a week says never depends on the weeks after it.

    >>> still, moved = np.tile([0.3, -0.4, 0.1, 0.5, -0.2, -0.6], 4), np.repeat([0.0, 2.0], 12)
    >>> first_alarms([still, still + moved]), first_alarms([still, still + moved], smallest=3.0)
    (array([-1, 14]), array([-1, -1]))
    """
    rows = np.atleast_2d(np.asarray(values, dtype=np.float64))
    test = weekly_test(rows, rule)
    beyond = test.alarm
    beyond[:, :since] = False
    week = np.full(len(rows), -1, dtype=np.intp)
    waiting = np.flatnonzero(beyond.any(axis=1))
    while len(waiting):
        at = beyond[waiting].argmax(axis=1)
        known = np.where(np.arange(rows.shape[1]) <= at[:, None], rows[waiting], np.nan)
        said = mean_change(known) * np.sign(test.z[waiting, at]) > smallest
        week[waiting[said]] = at[said]
        beyond[waiting, at] = False
        waiting = waiting[~said & beyond[waiting].any(axis=1)]
    return week


def _answers(weeks: PresentWeeks, sums: WhitenedSums, rows: Ints, last: Ints, rule: WatchRule) -> tuple[Floats, Floats]:
    """What ``rows`` can say in present weeks ``last``: the answer furthest beyond its limit, and that limit."""
    first = _candidates(weeks, rows, last, rule)
    deviates = _deviates(steps_at(sums, rows, first, last))
    answers = np.where(last[:, None] - first + 1 >= rule.fewest_weeks, deviates, 0.0)
    limits = np.full(first.shape, rule.limit)
    limits[first[:, 0] == first[:, 1], :2] = rule.early_limit
    limits[:, 2] = rule.latest_limit
    which = np.arange(len(rows)), (np.abs(answers) - limits).argmax(axis=1)
    return answers[which], limits[which]


def _candidates(weeks: PresentWeeks, rows: Ints, last: Ints, rule: WatchRule) -> Ints:
    """The first present week of the new level, for each of the three questions, shape (k, 3)."""
    at, now = weeks.week[rows], weeks.week[rows, last][:, None]
    known = np.arange(at.shape[1]) <= last[:, None]
    older = [(known & (at <= now - span)).sum(axis=1) for span in (rule.recent_weeks, rule.latest_weeks)]
    recent, latest = np.maximum(older, rule.baseline_weeks)
    return np.stack([np.full(len(rows), rule.baseline_weeks), recent, latest], axis=1)


def _deviates(steps: Steps) -> Floats:
    """The standard normal deviate as improbable as a change of the other sign: Hill's expansion, then the mixture."""
    weight = np.exp(steps.log_weight - steps.log_weight.max(axis=0))
    weight /= weight.sum(axis=0)
    df = steps.df[:, None]
    t, half = steps.change / steps.scale, df - 0.5
    squares = half * np.log1p(np.square(t) / df)
    below = np.copysign(np.sqrt(squares) * (1.0 + (3.0 + squares) / (48.0 * np.square(half))), -t)
    low, high = (weight * normal_cdf(below)).sum(axis=0), (weight * normal_cdf(-below)).sum(axis=0)
    return np.where(low < high, -normal_quantile(low), normal_quantile(high))
