"""What memories a signal could have had, and how likely the signal itself makes each.

The noise models are the prior of docs/methods/interval.md: autocorrelation a·e^(−k/τ) + (1−a)·e^(−kc/τ).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TAU_S = np.geomspace(2.0, 1500.0, 28)
"""Memories τ of the slow part, in seconds; a shorter upper end costs coverage where memory is long."""

SHAPES = ((1.0, 1.0), (0.75, 4.0), (0.75, 16.0), (0.75, np.inf), (0.5, 4.0), (0.5, 16.0), (0.5, np.inf))
"""(a, c): share of the slow part and how much faster the rest forgets (infinite: white)."""

MAX_COSINES = 150
SECONDS_PER_COSINE = 12

_FASTER = (1.0, 4.0, 16.0)
_TAUS = np.concatenate([TAU_S / faster for faster in _FASTER])[:, None]
_SLOW_SHARE = np.array([a for a, _ in SHAPES])
_FAST_ROW = np.array([len(_FASTER) if np.isinf(c) else _FASTER.index(c) for _, c in SHAPES])


@dataclass(frozen=True, kw_only=True)
class NoiseModels:
    """All noise models at once for a signal of one length.

    ``precision`` (models, cosines) is one over the variance that a model of unit variance gives each cosine
    coefficient; ``log_det`` (models,) the sum of the logarithms of those variances.
    """

    precision: Floats
    log_det: Floats


def n_cosines(n: int) -> int:
    """How many cosine coefficients speak about the memory of ``n`` seconds."""
    return min(MAX_COSINES, n // SECONDS_PER_COSINE)


@lru_cache(maxsize=4)  # a run's metrics and sources often share their length
def noise_models(n: int) -> NoiseModels:
    """Return the noise models for a signal of ``n`` seconds."""
    frequency = np.arange(1, n_cosines(n) + 1) * (np.pi / n)
    lorentz = 1.0 / (1.0 + np.square(_TAUS * frequency))
    ends = 2.0 * _TAUS / n  # the finite run: what the exponential loses beyond its two ends
    decay = np.exp(-n / _TAUS)
    spectrum = np.empty_like(lorentz)
    spectrum[:, ::2] = 1.0 - ends * (1.0 + decay) * lorentz[:, ::2]
    spectrum[:, 1::2] = 1.0 - ends * (1.0 - decay) * lorentz[:, 1::2]
    spectrum *= lorentz
    spectrum *= 2.0 * _TAUS
    variance = _mixed(spectrum)
    starts = np.arange(0, variance.shape[1], 10)  # products of ten stay far from overflow and save nine logarithms
    log_det = np.log(np.multiply.reduceat(variance, starts, axis=1)).sum(axis=1)
    precision = np.divide(1.0, variance, out=variance)
    precision.flags.writeable = log_det.flags.writeable = False
    return NoiseModels(precision=precision, log_det=log_det)


def variance_inflation(n_s: Floats) -> Floats:
    """How many times wider than for white noise the variance of a mean over ``n_s`` seconds is.

    Shape (models, len(n_s)): n·Var(mean)/Var(signal).
    """
    alpha = n_s / _TAUS
    with np.errstate(under="ignore"):
        inflation = 2.0 * n_s * (alpha + np.expm1(-alpha)) / np.square(alpha)
    return _mixed(inflation)


def _mixed(by_tau: Floats) -> Floats:
    """Mix slow and fast parts: (3·28, m) for τ, τ/4, τ/16 becomes (7·28, m)."""
    taus = by_tau.reshape(len(_FASTER), len(TAU_S), -1)
    mixed = np.empty((len(SHAPES), *taus.shape[1:]))
    mixed[0] = taus[0]
    for row, (slow, fast) in enumerate(zip(_SLOW_SHARE[1:], _FAST_ROW[1:], strict=True), start=1):
        np.multiply(taus[0], slow, out=mixed[row])
        mixed[row] += (1.0 - slow) * (taus[fast] if fast < len(_FASTER) else 1.0)
    return mixed.reshape(-1, taus.shape[2])
