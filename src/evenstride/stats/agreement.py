"""How well do repeated measurements agree: intraclass correlation, limits of agreement, kappa, detectable change."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_Z95 = 1.959963984540054


@dataclass(frozen=True, kw_only=True)
class IntraclassCorrelation:
    """The six forms of Shrout and Fleiss from one table, and the mean squares they are made of.

    ``icc_1_1``: each subject measured by other raters; ``icc_2_1``: the same raters, a sample of all; ``icc_3_1``:
    these raters and no others. ``…_k``: of the mean of the k measurements. ``sem`` is √MSE: what a single measurement
    of one subject varies by.
    """

    icc_1_1: float
    icc_2_1: float
    icc_3_1: float
    icc_1_k: float
    icc_2_k: float
    icc_3_k: float
    between_subjects: float
    within_subjects: float
    error: float
    sem: float


@dataclass(frozen=True, kw_only=True)
class LimitsOfAgreement:
    """Second minus first method: mean difference, its sd, and the limits, each with its 95 % interval half-width."""

    bias: float
    bias_half_width: float
    sd: float
    low: float
    high: float
    limit_half_width: float
    n: int


@dataclass(frozen=True, kw_only=True)
class Kappa:
    """Agreement beyond chance with its 95 % interval; ``observed`` and ``by_chance`` are shares of agreement."""

    kappa: float
    low: float
    high: float
    observed: float
    by_chance: float
    n: float


def intraclass_correlation(table: ArrayLike) -> IntraclassCorrelation:
    """Compute every form of the intraclass correlation [1]_ from subjects × measurements.

    Parameters
    ----------
    table
        Shape (subjects, measurements), at least 2 × 2, nothing missing.

    Notes
    -----
    Works for ratings and repeats of any unit. The coefficient depends on how unlike the subjects are; what a change
    must exceed does not: that is ``sem`` and :func:`mdc95`.

    .. [1] Shrout and Fleiss (1979), Psychol Bull 86:420, 10.1037/0033-2909.86.2.420.

    Examples
    --------
    >>> table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> found = intraclass_correlation(table)
    >>> print(f"{found.icc_1_1:.2f} {found.icc_2_1:.2f} {found.icc_3_1:.2f}")
    0.17 0.29 0.71
    """
    x = np.asarray(table, dtype=np.float64)
    if x.ndim != 2 or min(x.shape) < 2 or not np.isfinite(x).all():
        raise ValueError("an intraclass correlation needs two subjects and two measurements of each, none missing")
    n, k = x.shape
    subject, rater, mean = x.mean(axis=1), x.mean(axis=0), x.mean()
    msb = float(k * np.square(subject - mean).sum() / (n - 1))
    msj = float(n * np.square(rater - mean).sum() / (k - 1))
    within = float(np.square(x - subject[:, None]).sum())
    msw, mse = within / (n * (k - 1)), (within - (k - 1) * msj) / ((n - 1) * (k - 1))
    if msb == 0.0 and msw == 0.0:
        raise ValueError("all measurements are the same: there is nothing to correlate")
    return IntraclassCorrelation(
        icc_1_1=(msb - msw) / (msb + (k - 1) * msw),
        icc_2_1=(msb - mse) / (msb + (k - 1) * mse + k * (msj - mse) / n),
        icc_3_1=(msb - mse) / (msb + (k - 1) * mse),
        icc_1_k=(msb - msw) / msb, icc_2_k=(msb - mse) / (msb + (msj - mse) / n), icc_3_k=(msb - mse) / msb,
        between_subjects=msb, within_subjects=msw, error=mse, sem=sqrt(max(mse, 0.0)),
    )  # fmt: skip


def mdc95(sem: float) -> float:
    """Return what two single measurements must differ by to differ at all: 1.96·√2·SEM (Weir 2005, 10.1519/15184.1).

    >>> round(mdc95(1.0), 2)
    2.77
    """
    return _Z95 * sqrt(2.0) * sem


def limits_of_agreement(first: ArrayLike, second: ArrayLike, *, coverage_sd: float = _Z95) -> LimitsOfAgreement:
    """Return between which limits 95 % of the differences second − first lie [1]_.

    Parameters
    ----------
    first, second
        The same subjects by two methods, shape (n,) each, in one unit; at least 3.
    coverage_sd
        Half-width of the limits in sd of the differences (the paper's examples use 2).

    Notes
    -----
    Works where the differences neither grow with the size nor have a heavy tail. The intervals are the paper's: normal,
    with variance s²/n for the bias and 3·s²/n for a limit.

    .. [1] Bland and Altman (1986), Lancet 327:307, 10.1016/S0140-6736(86)90837-8.

    Examples
    --------
    >>> found = limits_of_agreement([250.0, 244.0, 261.0, 255.0], [252.0, 243.0, 264.0, 259.0])
    >>> print(f"{found.bias:.1f}, {found.low:.1f} to {found.high:.1f}")
    2.0, -2.2 to 6.2
    """
    one, other = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if one.ndim != 1 or one.shape != other.shape or len(one) < 3 or not np.isfinite([one, other]).all():
        raise ValueError("limits of agreement need three subjects measured by both methods, none missing")
    difference = other - one
    bias, sd, n = float(difference.mean()), float(difference.std(ddof=1)), len(difference)
    return LimitsOfAgreement(
        bias=bias, bias_half_width=_Z95 * sd / sqrt(n), sd=sd, low=bias - coverage_sd * sd,
        high=bias + coverage_sd * sd, limit_half_width=_Z95 * sd * sqrt(3.0 / n), n=n,
    )  # fmt: skip


def cohen_kappa(table: ArrayLike) -> Kappa:
    """Return the agreement of two classifications beyond chance [1]_, with its large-sample 95 % interval [2]_.

    Parameters
    ----------
    table
        Counts, shape (classes, classes): rows the first classification, columns the second.

    Raises
    ------
    ValueError
        When both put everything into one class: chance explains all agreement, and kappa does not exist.

    Notes
    -----
    Works for a few dozen pairs and more; with fewer the interval is too narrow. Where nearly all fall into one class
    kappa is low although agreement is high: show the observed share beside it.

    .. [1] Cohen (1960), Educ Psychol Meas 20:37. .. [2] Fleiss, Cohen and Everitt (1969), Psychol Bull 72:323.

    Examples
    --------
    >>> found = cohen_kappa([[15, 5], [10, 70]])
    >>> print(f"{found.kappa:.3f} ({found.low:.2f} to {found.high:.2f})")
    0.571 (0.38 to 0.76)
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not (counts >= 0).all() or not counts.sum() > 0:
        raise ValueError("kappa needs a square table of counts")
    n = float(counts.sum())
    p = counts / n
    row, column = p.sum(axis=1), p.sum(axis=0)
    observed, chance = float(np.trace(p)), float(row @ column)
    if chance >= 1.0:
        raise ValueError("both classifications know only one class: there is no agreement beyond chance to tell")
    kappa = (observed - chance) / (1.0 - chance)
    agreeing = np.diag(p) @ np.square(1.0 - (row + column) * (1.0 - kappa))
    crossed = np.square(1.0 - kappa) * np.square(column[:, None] + row)
    variance = agreeing + (p * crossed).sum() - np.diag(p) @ np.diag(crossed)
    variance -= np.square(kappa - chance * (1.0 - kappa))
    half = _Z95 * sqrt(max(float(variance), 0.0) / n) / (1.0 - chance)
    return Kappa(
        kappa=kappa, low=max(-1.0, kappa - half), high=min(1.0, kappa + half), observed=observed, by_chance=chance, n=n
    )
