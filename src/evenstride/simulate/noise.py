"""Signals that remember: what a watch's balance looks like second by second."""

from math import exp

import numpy as np

from evenstride.model import Floats

FAST_FACTOR = 8.0
"""The fast part of the noise forgets this many times faster than the slow part."""
FORGOTTEN = 1e-12


def remembering(n: int, memory_s: float, rng: np.random.Generator) -> Floats:
    """Return n seconds of a stationary first-order autoregression with standard deviation 1, shape (n,).

    ``memory_s`` is the time in which its autocorrelation falls to 1/e.

    >>> remembering(3, 60.0, np.random.default_rng(1)).shape
    (3,)
    """
    keep = np.exp(-1.0 / memory_s)
    shocks = rng.standard_normal(n)
    shocks[1:] *= np.sqrt(1.0 - keep**2)
    return smoothed(shocks, keep)


def smoothed(shocks: Floats, keep: float) -> Floats:
    """Return y with y[t] = keep·y[t−1] + shocks[t], shape (n,).

    Doubling the reach of the sum in each pass takes log2(n) passes over whole arrays instead of n steps.

    >>> smoothed(np.array([1.0, 0.0, 0.0]), 0.5).tolist()
    [1.0, 0.5, 0.25]
    """
    y, reach, weight = np.array(shocks, dtype=np.float64), 1, float(keep)
    while reach < len(y) and weight > FORGOTTEN:
        longer = y.copy()
        longer[reach:] += weight * y[:-reach]
        y, reach, weight = longer, 2 * reach, weight * weight
    return y


def index_noise(n: int, memory_s: float, fast_share: float, rng: np.random.Generator) -> Floats:
    """Return the noise of a watch's index with standard deviation 1, shape (n,): a slow and a fast part.

    ``fast_share`` is the fast part's share of the standard deviation: 0.6 leaves 0.8 to the slow one, since the
    variances add.
    """
    slow = remembering(n, memory_s, rng)
    fast = remembering(n, memory_s / FAST_FACTOR, rng)
    noise: Floats = np.sqrt(1.0 - fast_share**2) * slow + fast_share * fast
    return noise


def mean_variance(n: float, memory_s: float, fast_share: float) -> float:
    """Variance of the mean of n seconds of `index_noise`: what nobody can know better than.

    >>> round(mean_variance(3600, 60.0, 0.0) * 3600 / (2 * 60), 2)  # about 2·memory/n for a long run
    0.98
    """

    def one(tau: float) -> float:
        alpha = n / tau
        return 2.0 * (alpha - 1.0 + exp(-alpha)) / alpha**2

    return (1.0 - fast_share**2) * one(memory_s) + fast_share**2 * one(memory_s / FAST_FACTOR)
