"""The normal distribution and the cosine transform, in numpy alone.

The same functions of scipy need its import, a third of the whole time in which one file is to be read and judged
(docs/adr/0009-no-scipy-for-one-run.md).
"""

from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_EDGE = 9.0
_PER_UNIT = 512
_POINTS = np.arange(-_EDGE * _PER_UNIT, _EDGE * _PER_UNIT + 1) / _PER_UNIT
_TABLE = np.array([0.5 * erfc(-point / sqrt(2.0)) for point in _POINTS.tolist()])
_STEPS = np.diff(_TABLE, append=1.0)
_LOWER = _TABLE[: len(_TABLE) // 2 + 1]


def normal_cdf(x: Floats) -> Floats:
    """Return the share of the normal distribution below ``x``, within 2e-7; 0 and 1 beyond nine standard deviations.

    >>> normal_cdf(np.array([-1.959964, 0.0, 1.0])).round(5)
    array([0.025  , 0.5    , 0.84134])
    """
    at = np.clip(x, -_EDGE, _EDGE)
    at += _EDGE
    at *= _PER_UNIT
    place = at.astype(np.intp)
    at -= place
    share: Floats = _TABLE.take(place) + at * _STEPS.take(place)
    return share


def normal_quantile(p: Floats) -> Floats:
    """Return where the normal distribution reaches ``p``, within 1e-5 between 1e-6 and 1 − 1e-6.

    >>> normal_quantile(np.array([0.025, 0.5, 0.975])).round(4)
    array([-1.96,  0.  ,  1.96])
    """
    tail = np.interp(np.minimum(p, 1.0 - p), _LOWER, _POINTS[: len(_LOWER)])
    return np.where(np.asarray(p) > 0.5, -tail, tail)


def cosine_coefficients(rows: Floats, count: int) -> Floats:
    """Return √(2/N)·Σ y_t·cos(πj(t−½)/N) for j = 1 … ``count`` of every row, shape (m, count).

    One real Fourier transform of the samples in the order even, then odd backwards, carries all of them.

    >>> seconds = (np.arange(1000) + 0.5) / 1000
    >>> cosine_coefficients(np.cos(3 * np.pi * seconds)[None], 4).round(6) + 0.0
    array([[ 0.     ,  0.     , 22.36068,  0.     ]])
    """
    n = rows.shape[1]
    folded = np.concatenate((rows[:, ::2], rows[:, 1::2][:, ::-1]), axis=1)
    spectrum = np.fft.rfft(folded, axis=1)[:, 1 : count + 1]
    turn = np.exp(-0.5j * np.pi / n * np.arange(1, count + 1))
    coefficients: Floats = sqrt(2.0 / n) * (spectrum * turn).real
    return coefficients
