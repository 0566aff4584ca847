"""A random walk seen through noise: Kalman filter and smoother of many columns, for many noises at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_BLOCK = 64
_TINY = 1e-300


@dataclass(frozen=True, kw_only=True)
class Series:
    """n values in order of time. ``columns`` (n, k + 1): ones, the other covariates, the values about their centre.

    ``variance`` is what each value claims, ``inflation`` what its whole variance is multiplied by. ``precision``
    (k, k) is what is known beforehand of the slopes, which then lie around 0; 0 where nothing is.
    """

    columns: Floats
    t_days: Floats
    variance: Floats
    inflation: Floats
    precision: Floats

    @property
    def typical_variance(self) -> float:
        """The median of what the values claim."""
        return float(np.median(self.variance))

    @property
    def spread(self) -> float:
        """The values' standard deviation, never 0."""
        y = self.columns[:, -1]
        return max(float(np.sqrt(np.square(y - y.mean()).mean())), float(np.sqrt(self.typical_variance)), 1e-9)


@dataclass(frozen=True, kw_only=True)
class Filtered:
    """A filter's way through the values for every point (g) of a grid; the m columns are filtered alike.

    ``products`` (g, m, m) are the cross products of the innovations over their variances, whose logarithms sum to
    ``log_det``. ``states`` (n, m, g) are the filtered states where asked for, ``variances`` (n, g) theirs.
    """

    products: Floats
    log_det: Floats
    states: Floats
    variances: Floats


def regression(products: Floats, precision: Floats) -> tuple[Floats, Floats, Floats]:
    """Return slopes (g, k), their covariance (g, k, k) and log|X'V⁻¹X + P| (g,) of the last column on the others."""
    information = products[:, :-1, :-1] + precision
    covariance = np.linalg.inv(information)
    slopes: Floats = (covariance @ products[:, :-1, -1:])[:, :, 0]
    log_det: Floats = np.linalg.slogdet(information)[1]
    return slopes, np.asarray(covariance, dtype=np.float64), log_det


def filtered(data: Series, noise: Floats, drift: Floats, *, keep: bool) -> Filtered:
    """Run the filter of a random walk from 0 over every column; a loop over values, all grid points at once."""
    own = (noise + data.variance[:, None]) * data.inflation[:, None]
    gain, whole, variances = _gains(own, np.diff(data.t_days, prepend=data.t_days[0])[:, None] * drift)
    (n, m), points = data.columns.shape, len(noise)
    states = np.empty((n if keep else 0, m, points))
    state, moved = np.zeros((m, points)), np.empty((m, points))
    products = np.zeros((points, m, m))
    for start in range(0, n, _BLOCK):
        columns = data.columns[start : start + _BLOCK, :, None]
        innovations = np.empty((len(columns), m, points))
        for i, innovation in enumerate(innovations):
            np.subtract(columns[i], state, out=innovation)
            np.multiply(innovation, gain[start + i], out=moved)
            state += moved
            if keep:
                states[start + i] = state
        innovations /= np.sqrt(whole[start : start + _BLOCK, None])
        part = np.ascontiguousarray(innovations.transpose(2, 1, 0))
        products += part @ part.transpose(0, 2, 1)
    return Filtered(products=products, log_det=np.log(whole).sum(axis=0), states=states, variances=variances)


def _gains(own: Floats, drifted: Floats) -> tuple[Floats, Floats, Floats]:
    """Return gain, innovation variance and filtered variance, shape (n, points) each: they need no values."""
    gain, whole, variances = np.empty_like(own), np.empty_like(own), np.empty_like(own)
    variance = np.zeros(own.shape[1])
    for i in range(len(own)):
        np.add(variance, drifted[i], out=gain[i])
        np.add(gain[i], own[i], out=whole[i])
        np.divide(gain[i], whole[i], out=gain[i])
        variance = np.multiply(gain[i], own[i], out=variances[i])
    return gain, whole, variances


@dataclass(frozen=True, kw_only=True)
class Smoothed:
    """Every column's state given all values: at ``index`` (d, m, g), its variance (d, g), and over the baseline.

    ``with_last`` (g,) is the covariance of the baseline's mean with the last state.
    """

    states: Floats
    variances: Floats
    baseline: Floats
    baseline_variance: Floats
    with_last: Floats


def smoothed(data: Series, drift: Floats, went: Filtered, index: NDArray[np.intp], first: int) -> Smoothed:
    """Walk back from the last value (Rauch, Tung and Striebel's smoother of a random walk)."""
    states, variances = went.states, went.variances
    n, m, points = states.shape
    place = {int(i): row for row, i in enumerate(index)}
    chosen, chosen_variances = np.empty((len(index), m, points)), np.empty((len(index), points))
    baseline, inner, outer, with_last = np.zeros((m, points)), np.zeros(points), np.zeros(points), np.zeros(points)
    state, variance, to_last = states[-1], variances[-1], variances[-1]
    steps = np.diff(data.t_days).tolist()
    for i in range(n - 1, -1, -1):
        if i < n - 1:
            ahead = variances[i] + drift * steps[i]
            gain = variances[i] / np.maximum(ahead, _TINY)
            state = states[i] + gain * (state - states[i])
            variance = variances[i] + np.square(gain) * (variance - ahead)
            to_last, outer = gain * to_last, gain * outer
        if i < first:
            baseline += state / first
            inner += (variance + 2.0 * outer) / first**2
            outer = outer + variance  # with every later state of the baseline, this one included
            with_last += to_last / first
        if i in place:
            chosen[place[i]], chosen_variances[place[i]] = state, variance
    return Smoothed(
        states=chosen, variances=chosen_variances, baseline=baseline, baseline_variance=inner, with_last=with_last
    )
