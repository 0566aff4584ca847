"""Means of stretches of one signal, each with an interval that knows the whole signal's memory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenstride.stats.mean import MeanFit
from evenstride.stats.memory import variance_inflation
from evenstride.stats.mixture import t_mixture_quantile

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class SegmentMeans:
    """Means of stretches with their intervals, each of shape (m,)."""

    mean: Floats
    low: Floats
    high: Floats


def segment_means(fit: MeanFit, y: ArrayLike, spans: ArrayLike) -> SegmentMeans:
    """Estimate the mean of each stretch of a signal, with its interval.

    A stretch alone is too short to show its memory; it borrows memory and size of the noise from the whole signal,
    after the fit's covariates are taken out: give the fit elapsed time, or a drift counts as noise and widens every
    stretch. The means themselves are not adjusted.

    Parameters
    ----------
    fit
        ``fit_mean`` of the same ``y``.
    y
        One value a second, shape (n,).
    spans
        Shape (m, 2): indices ``[start, end)`` into ``y``, at least one second each.

    Examples
    --------
    >>> from evenstride.stats.mean import fit_mean
    >>> y = np.sin(np.arange(1200.0) / 7) + np.repeat([1.0, 3.0], 600)
    >>> halves = segment_means(fit_mean(y), y, [[0, 600], [600, 1200]])
    >>> halves.mean.round(1)
    array([1., 3.])
    """
    signal, ends = np.asarray(y, dtype=np.float64), np.asarray(spans, dtype=np.intp).reshape(-1, 2)
    if signal.shape != (fit.n,):
        raise ValueError("y must be the signal that was fitted")
    if not ((ends[:, 0] >= 0) & (ends[:, 0] < ends[:, 1]) & (ends[:, 1] <= fit.n)).all():
        raise ValueError("a span must hold at least one second and lie within y")
    if not len(ends):
        return SegmentMeans(mean=np.empty(0), low=np.empty(0), high=np.empty(0))
    seconds = ends[:, 1] - ends[:, 0]
    centre = fit.mean.estimate
    sums = np.concatenate(([0.0], np.cumsum(signal - centre)))
    mean = centre + (sums[ends[:, 1]] - sums[ends[:, 0]]) / seconds
    lengths, which = np.unique(seconds, return_inverse=True)
    half = _half_widths(fit, lengths.astype(np.float64))[which]
    return SegmentMeans(mean=mean, low=mean - half, high=mean + half)


def _half_widths(fit: MeanFit, lengths_s: Floats) -> Floats:
    likely = fit.noise.likely
    weight, deviation = fit.noise.weight[likely], fit.noise.deviation[likely]
    factor = variance_inflation(lengths_s)[likely].T / lengths_s[:, None]
    rows = len(lengths_s)
    return t_mixture_quantile(
        weight[None], np.zeros((1, 1)), np.sqrt(factor) * deviation, np.full(rows, float(fit.noise.df)),
        np.full(rows, 0.5 + 0.5 * fit.confidence),
    )  # fmt: skip
