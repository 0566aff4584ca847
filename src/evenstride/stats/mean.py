"""The mean of a signal that remembers, what moves it, and how sure both are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.fft import dct
from scipy.special import ndtri

from evenstride.stats.memory import SECONDS_PER_COSINE, NoiseModels, n_cosines, noise_models, variance_inflation
from evenstride.stats.mixture import t_mixture_quantile
from evenstride.stats.posterior import NoisePosterior, Regression, cross_products, noise_posterior, weigh_models

Floats = NDArray[np.float64]

_OWN_SHARE = 1e-6  # a covariate must have this share of its square to itself, or it repeats the others
_ROUNDING = 1e-12
DRIFTING_COSINES = 3
"""The slowest coefficients, in which one covariate and the legs can drift together by chance."""


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An estimate between ``low`` and ``high``."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class MeanFit:
    """The mean of ``n`` seconds and the effects of covariates.

    ``mean`` is the plain mean, ``adjusted`` the mean at the reference condition (the same without covariates).
    ``slopes`` has one entry a covariate, per unit of the covariate; None where it was constant or repeated earlier
    ones and so could say nothing. ``n_effective`` independent seconds would tell as much about the plain mean;
    ``memory_s`` is the e-folding time of the simplest signal (autocorrelation e^(−k/τ)) for which that holds.
    ``noise`` is what remains once the covariates are taken out; ``guarded_half_width`` that of a plain mean from which
    the covariates' quick changes alone are taken out: what a covariate explains by drifting along it does not narrow.
    """

    n: int
    confidence: float
    mean: Interval
    n_effective: float
    memory_s: float
    adjusted: Interval
    guarded_half_width: float
    slopes: tuple[Interval | None, ...]
    noise: NoisePosterior

    @property
    def kept(self) -> tuple[bool, ...]:
        """Which covariates could say something."""
        return tuple(slope is not None for slope in self.slopes)


def fit_mean(
    y: ArrayLike, covariates: ArrayLike | None = None, reference: ArrayLike | None = None, *, confidence: float = 0.95
) -> MeanFit:
    """Estimate the mean of a signal whose neighbouring values resemble each other, with an interval that knows it.

    The signal's slow cosine coefficients say how much it remembers; the interval averages over every memory from
    2 to 1500 s in proportion to how well it explains them (after [1]_, [2]_). Covariates are regressed out under the
    same noise.

    Parameters
    ----------
    y
        One value a second, shape (n,), finite.
    covariates
        Shape (n, k), finite: conditions that may move the signal.
    reference
        Shape (k,): the condition at which ``adjusted`` is given; the covariates' means when omitted.
    confidence
        How often the intervals should hold the truth.

    Raises
    ------
    ValueError
        Shapes that do not match, values that are not finite, or fewer than 12·(k + 2) seconds.

    Notes
    -----
    Works for ten minutes and more of a signal whose memory is a mixture of exponentials. Does not work for true long
    memory (autocorrelation falling as a power), nor promise much below ten minutes.
    Validated in ``validation/results/coverage.md`` and ``slopes.md``.

    .. [1] Müller, Watson (2016), Rev Econ Stud 83:1711, doi:10.1093/restud/rdw003.
    .. [2] Lazarus, Lewis, Stock, Watson (2018), J Bus Econ Stat 36:541.

    Examples
    --------
    >>> seconds = np.arange(1200.0)
    >>> uphill = (seconds % 300 < 150).astype(float)
    >>> y = 2.0 + 0.5 * uphill + 0.3 * np.sin(seconds / 7) + 0.3 * np.sin(seconds / 31)
    >>> fit = fit_mean(y, uphill[:, None], reference=[0.0])
    >>> for part in (fit.mean, fit.adjusted, fit.slopes[0]):
    ...     print(f"{part.estimate:.2f} ({part.low:.2f} to {part.high:.2f})")
    2.26 (1.96 to 2.55)
    2.03 (1.89 to 2.18)
    0.45 (0.27 to 0.63)
    >>> print(f"{fit.n_effective:.0f} independent seconds, memory {fit.memory_s:.0f} s")
    7 independent seconds, memory 89 s
    """
    k = 0 if covariates is None else np.asarray(covariates).shape[-1]
    design = Design(columns=tuple(range(k)), reference=None if reference is None else tuple(np.asarray(reference)))
    return fit_designs(y, covariates, (design,), confidence=confidence)[0]


@dataclass(frozen=True, kw_only=True)
class Design:
    """Which covariates are taken out, and where ``adjusted`` is given (at their means when there is no reference)."""

    columns: tuple[int, ...]
    reference: tuple[float, ...] | None = None


def fit_designs(
    y: ArrayLike, covariates: ArrayLike | None, designs: Sequence[Design], *, confidence: float = 0.95
) -> tuple[MeanFit, ...]:
    """Fit one signal under several choices of covariates; what they share is computed once.

    Each is what :func:`fit_mean` gives for those columns, in their order.

    >>> seconds = np.arange(1200.0)
    >>> y, hill = np.sin(seconds / 7), np.sin(seconds / 90)
    >>> plain, adjusted = fit_designs(y, hill[:, None], [Design(columns=()), Design(columns=(0,), reference=(0.0,))])
    >>> len(plain.slopes), len(adjusted.slopes)
    (0, 1)
    """
    signal, conditions = _checked(y, covariates)
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1")
    n, k = len(signal), len(conditions)
    rows = np.empty((k + 1, n))  # each signal contiguous, however the covariates came
    rows[:k], rows[k] = conditions, signal
    means, scales = _standardise(rows)
    cosines = dct(rows, norm="ortho", axis=1)[:, 1 : n_cosines(n) + 1]
    models = noise_models(n)
    shared = _Shared(
        n=n, means=means, scales=scales, cosines=cosines, models=models,
        products=cross_products(models.precision, cosines), deviation=float(rows[k].std() * scales[k]),
    )  # fmt: skip
    return tuple(_fit(shared, design, confidence) for design in designs)


@dataclass(frozen=True, kw_only=True)
class _Shared:
    """What every design of one signal has in common; the signal is the last row."""

    n: int
    means: Floats
    scales: Floats
    cosines: Floats
    models: NoiseModels
    products: Floats
    deviation: float


def _fit(shared: _Shared, design: Design, confidence: float) -> MeanFit:
    columns, at = np.array(design.columns, dtype=np.intp), design.reference
    if at is not None and (len(at) != len(columns) or not np.isfinite(at).all()):
        raise ValueError("reference must have one finite value a covariate")
    n, means, scales, last = shared.n, shared.means, shared.scales, len(shared.means) - 1
    if n < SECONDS_PER_COSINE * (len(columns) + 2) + 1:
        raise ValueError(f"{n} seconds cannot tell a mean and {len(columns)} slopes")
    kept = _informative(shared.cosines[columns])
    used = columns[kept]
    rows = [*used.tolist(), last]
    plain, regression = weigh_models(shared.models, shared.products[np.ix_(rows, rows)], shared.cosines.shape[1])
    offset = np.zeros(len(used)) if at is None else (np.array(at)[kept] - means[used]) / scales[used]
    solved = _solve(n, plain, regression, offset, confidence) * scales[last]
    solved[:2] += means[last]
    slopes: list[Interval | None] = [None] * len(columns)
    for place, column, ends in zip(kept, used.tolist(), solved[2:], strict=True):
        slopes[place] = _interval(ends / scales[column])
    guarded = _guarded(shared, used, regression, confidence) * scales[last] if len(used) else solved[0, 2] - means[last]
    n_effective = _effective(n, shared.deviation, solved[0], confidence)
    return MeanFit(
        n=n, confidence=confidence, mean=_interval(solved[0]), n_effective=n_effective,
        memory_s=n / (2.0 * n_effective), adjusted=_interval(solved[1]), slopes=tuple(slopes),
        guarded_half_width=float(guarded),
        noise=replace(regression.noise, deviation=regression.noise.deviation * scales[last]),
    )  # fmt: skip


def _guarded(shared: _Shared, used: NDArray[np.intp], regression: Regression, confidence: float) -> float:
    """Half-width of the plain mean's interval once the covariates' changes quicker than a drift are taken out."""
    noise = regression.noise
    slopes = (regression.slopes * noise.weight).sum(axis=1)
    left = shared.cosines[-1].copy()
    left[DRIFTING_COSINES:] -= slopes @ shared.cosines[used, DRIFTING_COSINES:]
    q = len(left)
    posterior = noise_posterior(shared.models.log_det, shared.models.precision @ np.square(left), q)
    likely = posterior.likely
    n = float(shared.n)
    scale = np.sqrt(variance_inflation(np.array([n]))[likely, 0] / n) * posterior.deviation[likely]
    return float(
        t_mixture_quantile(
            posterior.weight[None, likely], np.zeros((1, 1)), scale[None], np.array([float(q)]),
            np.array([0.5 + 0.5 * confidence]),
        )[0]
    )  # fmt: skip


def _checked(y: ArrayLike, covariates: ArrayLike | None) -> tuple[Floats, Floats]:
    signal = np.asarray(y, dtype=np.float64)
    if signal.ndim != 1:
        raise ValueError("y must have shape (n,)")
    n = len(signal)
    conditions = np.empty((0, n)) if covariates is None else np.asarray(covariates, dtype=np.float64).T
    if conditions.ndim != 2 or conditions.shape[1] != n:
        raise ValueError("covariates must have shape (n, k)")
    for values in (signal, conditions):
        if not np.isfinite(values).all():
            raise ValueError("values must be finite")
    return signal, conditions


def _standardise(rows: Floats) -> tuple[Floats, Floats]:
    """Centre each row and divide it by its largest deviation, in place; return means and divisors (0 if constant)."""
    size = _reach(rows)
    rows /= np.where(size > 0, size, 1.0)[:, None]
    means = rows.mean(axis=1)
    rows -= means[:, None]
    peak = _reach(rows)
    peak[peak < _ROUNDING] = 0.0
    rows *= np.divide(1.0, peak, out=np.zeros_like(peak), where=peak > 0)[:, None]
    return means * size, peak * size


def _reach(rows: Floats) -> Floats:
    reach: Floats = np.maximum(rows.max(axis=1), -rows.min(axis=1))
    return reach


def _informative(cosines: Floats) -> list[int]:
    """Which rows vary slowly enough to be seen, and are no combination of the rows before them."""
    if not len(cosines):
        return []
    length = np.sqrt(np.square(cosines).sum(axis=1))
    seen = np.flatnonzero(length > _ROUNDING)
    own = np.diag(np.linalg.qr((cosines[seen] / length[seen, None]).T, mode="r"))
    return [int(row) for row in seen[np.square(own) > _OWN_SHARE]]


def _solve(n: int, plain: NoisePosterior, regression: Regression, offset: Floats, confidence: float) -> Floats:
    """Estimate, low and high of the mean, the mean at the offset, and each slope: shape (2 + k, 3)."""
    noise, k = regression.noise, len(offset)
    likely = plain.likely | noise.likely
    slopes, spread = regression.slopes[:, likely], regression.spread[:, :, likely]
    of_mean = variance_inflation(np.array([float(n)]))[likely, 0] / n
    of_offset = np.einsum("i,ijm,j->m", offset, spread, offset)
    location = np.vstack((np.zeros_like(of_mean), offset @ slopes, slopes))
    factor = np.vstack((of_mean, of_mean + of_offset, spread[np.arange(k), np.arange(k)]))
    weight = np.repeat(noise.weight[None, likely], k + 2, axis=0)
    deviation = np.repeat(noise.deviation[None, likely], k + 2, axis=0)
    weight[0], deviation[0] = plain.weight[likely], plain.deviation[likely]
    df = np.full(k + 2, float(noise.df))
    df[0] = plain.df
    scale = np.sqrt(factor) * deviation
    both = np.repeat(0.5 * np.array([1.0 - confidence, 1.0 + confidence]), k + 2)
    ends = t_mixture_quantile(
        np.tile(weight, (2, 1)), np.tile(location, (2, 1)), np.tile(scale, (2, 1)), np.tile(df, 2), both
    )
    low, high = ends.reshape(2, -1)
    return np.column_stack((np.clip((weight * location).sum(axis=1), low, high), low, high))


def _interval(ends: Floats) -> Interval:
    estimate, low, high = ends.tolist()
    return Interval(estimate=estimate, low=low, high=high)


def _effective(n: int, deviation: float, ends: Floats, confidence: float) -> float:
    half = 0.5 * float(ends[2] - ends[1])
    if not half > 0:
        return float(n)  # a constant signal: every second says the same
    return float(np.square(ndtri(0.5 + 0.5 * confidence) * deviation / half))
