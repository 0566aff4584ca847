"""The textbook control charts, and how long each runs on average before it signals.

They stand here for comparison only: their limits are meant for independent weeks whose mean and sd are known. With
twelve baseline weeks they call one runner in two or more wrongly within a year (validation/results/alarms.md); what
evenstride uses is :func:`evenstride.stats.alarm.weekly_test`.
"""

from math import ceil, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenstride.stats.normal import normal_cdf

Floats = NDArray[np.float64]


def shewhart_arl(shift_sd: float, *, limit: float = 3.0) -> float:
    """Return the average number of values until one lies outside ±``limit`` sd, the mean shifted by ``shift_sd``.

    >>> f"{shewhart_arl(0.0):.1f}"
    '370.4'
    """
    inside = normal_cdf(np.array([limit - shift_sd, -limit - shift_sd]))
    return float(1.0 / (1.0 - (inside[0] - inside[1])))


def ewma_arl(shift_sd: float, *, weight: float, limit: float) -> float:
    """Return the average run length of a two-sided EWMA chart with steady limits, started at 0.

    Parameters
    ----------
    shift_sd
        Shift of the mean, in sd of the values.
    weight
        λ of z_t = λ·x_t + (1 − λ)·z_{t−1}, 0 to 1.
    limit
        L: the chart signals at |z| > L·√(λ/(2 − λ)).

    Notes
    -----
    The integral equation of Crowder (1987, Technometrics 29:401) by Gauss–Legendre quadrature.

    Examples
    --------
    >>> f"{ewma_arl(1.0, weight=0.2, limit=2.86):.1f}"
    '9.8'
    """
    edge = limit * sqrt(weight / (2.0 - weight))
    nodes, shares = np.polynomial.legendre.leggauss(_order(2.0 * edge / weight))
    points, shares = edge * nodes, edge * shares

    def kernel(start: Floats) -> Floats:
        z = (points - (1.0 - weight) * start[:, None]) / weight - shift_sd
        return shares * _density(z) / weight

    lengths = np.linalg.solve(np.eye(len(points)) - kernel(points), np.ones(len(points)))
    return float(1.0 + (kernel(np.zeros(1)) @ lengths)[0])


def cusum_arl(shift_sd: float, *, reference: float, limit: float) -> float:
    """Return the average run length of a two-sided CUSUM, both sums started at 0.

    Parameters
    ----------
    shift_sd
        Shift of the mean, in sd of the values.
    reference
        k of C⁺ = max(0, C⁺ + x − k), C⁻ = max(0, C⁻ − x − k).
    limit
        h: the chart signals when a sum exceeds it.

    Notes
    -----
    Page's integral equation (1954, Biometrika 41:100) by Gauss–Legendre quadrature, its jump at 0 kept apart; the two
    sides join as 1/ARL = 1/ARL⁺ + 1/ARL⁻ (van Dobben de Bruyn 1968).

    Examples
    --------
    >>> f"{cusum_arl(1.0, reference=0.5, limit=4.0):.2f}"
    '8.38'
    """
    sides = [_one_sided_cusum_arl(shift, reference, limit) for shift in (shift_sd, -shift_sd)]
    return 1.0 / (1.0 / sides[0] + 1.0 / sides[1])


def shewhart_alarms(values: ArrayLike, *, baseline_weeks: int = 12, limit: float = 2.0) -> NDArray[np.bool_]:
    """Return which weeks lie outside ``limit`` baseline sd, shape (m, n); the baseline's own never do.

    >>> shewhart_alarms([0.0, 1.0, 0.0, 1.0, 3.0], baseline_weeks=4)
    array([[False, False, False, False,  True]])
    """
    z = _standardised(values, baseline_weeks)
    alarms: NDArray[np.bool_] = np.abs(z) > limit
    alarms[:, :baseline_weeks] = False
    return alarms


def ewma_alarms(
    values: ArrayLike, *, baseline_weeks: int = 12, weight: float = 0.2, limit: float = 2.86
) -> NDArray[np.bool_]:
    """Return which weeks an EWMA chart with steady limits calls, shape (m, n).

    >>> ewma_alarms([0.0, 1.0, 0.0, 1.0, 3.0, 3.0], baseline_weeks=4)
    array([[False, False, False, False, False,  True]])
    """
    z = _standardised(values, baseline_weeks)
    alarms = np.zeros(z.shape, dtype=np.bool_)
    smooth = np.zeros(len(z))
    for t in range(baseline_weeks, z.shape[1]):
        smooth = weight * z[:, t] + (1.0 - weight) * smooth
        alarms[:, t] = np.abs(smooth) > limit * sqrt(weight / (2.0 - weight))
    return alarms


def cusum_alarms(
    values: ArrayLike, *, baseline_weeks: int = 12, reference: float = 0.5, limit: float = 4.0
) -> NDArray[np.bool_]:
    """Return which weeks a two-sided CUSUM calls, shape (m, n).

    >>> cusum_alarms([0.0, 1.0, 0.0, 1.0, 3.0, 3.0], baseline_weeks=4)
    array([[False, False, False, False, False,  True]])
    """
    z = _standardised(values, baseline_weeks)
    alarms = np.zeros(z.shape, dtype=np.bool_)
    up = down = np.zeros(len(z))
    for t in range(baseline_weeks, z.shape[1]):
        up = np.maximum(0.0, up + z[:, t] - reference)
        down = np.maximum(0.0, down - z[:, t] - reference)
        alarms[:, t] = (up > limit) | (down > limit)
    return alarms


def _standardised(values: ArrayLike, baseline_weeks: int) -> Floats:
    rows = np.atleast_2d(np.asarray(values, dtype=np.float64))
    baseline = rows[:, :baseline_weeks]
    z: Floats = (rows - baseline.mean(axis=1, keepdims=True)) / baseline.std(axis=1, ddof=1, keepdims=True)
    return z


def _one_sided_cusum_arl(shift_sd: float, reference: float, limit: float) -> float:
    nodes, shares = np.polynomial.legendre.leggauss(_order(limit))
    points, shares = 0.5 * limit * (nodes + 1.0), 0.5 * limit * shares
    starts = np.concatenate(([0.0], points))
    move = points - starts[:, None] + reference - shift_sd
    back_to_0 = normal_cdf(reference - shift_sd - starts)
    kernel = np.column_stack([back_to_0, shares * _density(move)])
    lengths = np.linalg.solve(np.eye(len(starts)) - kernel, np.ones(len(starts)))
    return float(lengths[0])


def _order(width_sd: float) -> int:
    """Enough nodes that several lie within one sd of the kernel."""
    return max(40, ceil(8.0 * width_sd))


def _density(z: Floats) -> Floats:
    density: Floats = np.exp(-0.5 * np.square(z)) / sqrt(2.0 * np.pi)
    return density
