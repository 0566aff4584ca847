"""Do two things rise together? Ranks, and the rank correlation with its interval."""

from dataclasses import dataclass
from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

FEWEST = 5
"""Under five pairs the formula's variance is no number worth showing."""
_Z95 = 1.959964
_SAME = 1e-12


@dataclass(frozen=True, kw_only=True)
class RankCorrelation:
    """Spearman's rank correlation [-1, 1] of ``n`` pairs, with its 95 % interval."""

    rho: float
    low: float
    high: float
    n: int


def average_ranks(values: ArrayLike) -> Floats:
    """Return the rank of each value from 1; equal values share the mean of theirs. Shape (n,).

    >>> average_ranks([3.0, 1.0, 3.0, 2.0])
    array([3.5, 1. , 3.5, 2. ])
    """
    _, place, counts = np.unique(np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True)
    last = np.cumsum(counts, dtype=np.float64)
    ranks: Floats = (last - 0.5 * (counts - 1.0))[place]
    return ranks


def spearman(x: ArrayLike, y: ArrayLike) -> RankCorrelation:
    """Tell how far two series rise together, whatever their scales [1]_, with a 95 % interval [2]_.

    Parameters
    ----------
    x, y
        The pairs, shape (n,) each, at least five, nothing missing. Ties are allowed: they share the mean rank.

    Raises
    ------
    ValueError
        Fewer pairs, something missing, or a series that is the same throughout: nothing rises then.

    Notes
    -----
    Works for ratings and measurements that go up or down together, straight or bent, from eight pairs on, also for
    ratings of five steps (coverage in ``validation/results/feeling.md``). Does not work where both series remember from
    pair to pair: the interval is too narrow then (the same table).

    The standard error on Fisher's scale is √((1 + r²/2)/(n − 3)). A perfect correlation has no finite value there; it
    is taken half a swap of neighbours below 1 (ours; the paper says nothing of it), and its interval reaches 1.

    .. [1] Spearman (1904), Am J Psychol 15:72. .. [2] Bonett and Wright (2000), Psychometrika 65:23,
       10.1007/BF02294183.

    Examples
    --------
    >>> found = spearman([1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 6, 5, 8, 7])
    >>> print(f"{found.rho:.2f} ({found.low:.2f} to {found.high:.2f})")
    0.90 (0.43 to 0.99)
    """
    one, other = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if one.ndim != 1 or one.shape != other.shape or len(one) < FEWEST or not np.isfinite([one, other]).all():
        raise ValueError(f"a rank correlation needs {FEWEST} pairs, none missing")
    n = len(one)
    a, b = (average_ranks(series) - 0.5 * (n + 1.0) for series in (one, other))
    spread = float(a @ a) * float(b @ b)
    if spread == 0.0:
        raise ValueError("a series that is the same throughout has no rank correlation")
    rho = float(np.clip(a @ b / sqrt(spread), -1.0, 1.0))
    low, high = _interval(rho, n)
    return RankCorrelation(rho=rho, low=low, high=high, n=n)


def _interval(rho: float, n: int) -> tuple[float, float]:
    half_a_swap = 6.0 / (n * (n * n - 1.0))
    inside = max(half_a_swap - 1.0, min(1.0 - half_a_swap, rho))
    half = _Z95 * sqrt((1.0 + 0.5 * inside * inside) / (n - 3.0))
    low, high = tanh(atanh(inside) - half), tanh(atanh(inside) + half)
    return (-1.0 if rho < _SAME - 1.0 else min(low, rho)), (1.0 if rho > 1.0 - _SAME else max(high, rho))
