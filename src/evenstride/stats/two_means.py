"""Few numbers and their mean, two lots of few numbers, and numbers that take turns: Student's t throughout."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from evenstride.stats.mean import Interval


def t_quantile(share: float, df: float) -> float:
    """Return where Student's t distribution of ``df`` degrees of freedom reaches a share.

    >>> round(t_quantile(0.975, 9.0), 3)
    2.262
    """
    from scipy.special import stdtrit

    return float(stdtrit(df, share))


def mean_interval(values: Sequence[float], *, confidence: float = 0.95) -> Interval:
    """Return the mean of at least two independent numbers with its interval.

    >>> print(mean_interval([1.0, 2.0, 3.0]))
    Interval(estimate=2.0, low=-0.484..., high=4.484...)
    """
    here = np.asarray(values, dtype=np.float64)
    if len(here) < 2:
        raise ValueError("one number has no spread")
    error = float(here.std(ddof=1)) / sqrt(len(here))
    return _interval(float(here.mean()), error, len(here) - 1.0, confidence)


def welch(first: Sequence[float], second: Sequence[float], *, confidence: float = 0.95) -> Interval:
    """Return the mean of the first numbers minus that of the second, with Welch's interval [1]_.

    Works for independent numbers whose spread may differ between the two lots; does not know of any order in them.

    .. [1] Welch (1947), Biometrika 34:28.

    >>> found = welch([3.0, 4.0, 5.0, 4.0], [1.0, 2.0, 3.0, 2.0])
    >>> f"{found.estimate:.2f} ({found.low:.2f} to {found.high:.2f})"
    '2.00 (0.59 to 3.41)'
    """
    one, two = (np.asarray(values, dtype=np.float64) for values in (first, second))
    if min(len(one), len(two)) < 2:
        raise ValueError("one number has no spread")
    parts = [float(np.var(values, ddof=1)) / len(values) for values in (one, two)]
    total = sum(parts)
    below = sum(part**2 / (len(values) - 1) for part, values in zip(parts, (one, two), strict=True))
    df = total**2 / below if below > 0.0 else float(len(one) + len(two) - 2)
    return _interval(float(one.mean() - two.mean()), sqrt(total), df, confidence)


def turns(values: Sequence[float], signs: Sequence[int], *, confidence: float = 0.95) -> Interval:
    """Return how far the values of sign +1 lie above those of sign −1, a steady drift from first to last taken out.

    Ordinary least squares with an intercept and the place in the order. Works for values that take turns and drift
    along a line; needs four values and both signs.

    >>> found = turns([1.0, 0.1, 1.2, 0.3, 1.4, 0.5], [1, -1, 1, -1, 1, -1])
    >>> f"{found.estimate:.2f}"
    '1.00'
    """
    y = np.asarray(values, dtype=np.float64)
    sign = np.asarray(signs, dtype=np.float64)
    if len(y) < 4 or len(set(signs)) < 2:
        raise ValueError("it takes four values and both signs")
    design = np.column_stack((np.ones(len(y)), np.arange(len(y)) - (len(y) - 1) / 2.0, sign / 2.0))
    inverse = np.linalg.inv(design.T @ design)
    slopes = inverse @ design.T @ y
    left = y - design @ slopes
    df = len(y) - 3.0
    return _interval(float(slopes[2]), sqrt(float(left @ left) / df * float(inverse[2, 2])), df, confidence)


def _interval(estimate: float, error: float, df: float, confidence: float) -> Interval:
    half = t_quantile(0.5 + confidence / 2.0, df) * error
    return Interval(estimate=estimate, low=estimate - half, high=estimate + half)
