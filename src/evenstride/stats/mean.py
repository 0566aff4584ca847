"""The mean of a signal that remembers, what moves it, and how sure both are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from evenstride.stats.memory import SECONDS_PER_COSINE, NoiseModels, n_cosines, noise_models, variance_inflation
from evenstride.stats.mixture import t_mixture_quantile
from evenstride.stats.normal import cosine_coefficients, normal_quantile
from evenstride.stats.posterior import (
    NEGLIGIBLE,
    NoisePosterior,
    Regression,
    cross_products,
    noise_posterior,
    weigh_models,
)

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
    ones and so could say nothing (not ``kept``). ``n_effective`` independent seconds would tell as much about the plain
    mean; ``memory_s`` is the e-folding time of the simplest signal (autocorrelation e^(−k/τ)) for which that holds.
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
    kept: tuple[bool, ...]
    slopes: tuple[Interval | None, ...]
    noise: NoisePosterior


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
    """Which covariates are taken out, and where ``adjusted`` is given (at their means when there is no reference).

    ``guarded`` asks for ``guarded_half_width`` too (without, it is the plain mean's own), ``slopes`` for the slopes.
    """

    columns: tuple[int, ...]
    reference: tuple[float, ...] | None = None
    guarded: bool = False
    slopes: bool = True


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
    cosines = cosine_coefficients(rows, n_cosines(n))
    models = noise_models(n)
    shared = _Shared(
        n=n, means=means, scales=scales, cosines=cosines, models=models,
        products=cross_products(models.precision, cosines), deviation=float(rows[k].std() * scales[k]),
    )  # fmt: skip
    fits = [_fit(shared, design) for design in designs]
    # One root search for all targets of all designs: at this size each search costs more than its rows.
    solved = _solve([fit.targets for fit in fits], confidence)
    return tuple(_told(shared, fit, ends, confidence) for fit, ends in zip(fits, solved, strict=True))


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


@dataclass(frozen=True, kw_only=True)
class _Targets:
    """Mixtures of Student's t to be solved, one a row: shape (targets, models), ``df`` (targets,)."""

    weight: Floats
    location: Floats
    scale: Floats
    df: Floats


@dataclass(frozen=True, kw_only=True)
class _DesignFit:
    """One design's regression, before its quantiles are known."""

    design: Design
    kept: list[int]
    used: NDArray[np.intp]
    regression: Regression
    targets: _Targets


def _fit(shared: _Shared, design: Design) -> _DesignFit:
    columns, at = np.array(design.columns, dtype=np.intp), design.reference
    if at is not None and (len(at) != len(columns) or not np.isfinite(at).all()):
        raise ValueError("reference must have one finite value a covariate")
    if shared.n < SECONDS_PER_COSINE * (len(columns) + 2) + 1:
        raise ValueError(f"{shared.n} seconds cannot tell a mean and {len(columns)} slopes")
    kept = _informative(shared.cosines[columns])
    used = columns[kept]
    rows = [*used.tolist(), len(shared.means) - 1]
    plain, regression = weigh_models(shared.models, shared.products[np.ix_(rows, rows)], shared.cosines.shape[1])
    offset = np.zeros(len(used)) if at is None else (np.array(at)[kept] - shared.means[used]) / shared.scales[used]
    targets = _targets(shared, plain, regression, offset, design, used)
    return _DesignFit(design=design, kept=kept, used=used, regression=regression, targets=targets)


def _targets(
    shared: _Shared, plain: NoisePosterior, regression: Regression, offset: Floats, design: Design,
    used: NDArray[np.intp],
) -> _Targets:  # fmt: skip
    """The mean; with covariates the mean at the offset and, as asked, the guarded mean and each slope."""
    of_mean = variance_inflation(np.array([float(shared.n)]))[:, 0] / shared.n
    level = np.zeros_like(of_mean)
    parts = [(plain, level, of_mean)]
    if len(used):
        spread = regression.spread
        at_offset = of_mean + np.einsum("i,ijm,j->m", offset, spread, offset)
        parts.append((regression.noise, offset @ regression.slopes, at_offset))
        if design.guarded:
            parts.append((_guard(shared, used, regression), level, of_mean))
        if design.slopes:
            parts += [(regression.noise, slope, spread[i, i]) for i, slope in enumerate(regression.slopes)]
    return _Targets(
        weight=np.array([noise.weight for noise, _, _ in parts]),
        location=np.array([location for _, location, _ in parts]),
        scale=np.array([np.sqrt(factor) * noise.deviation for noise, _, factor in parts]),
        df=np.array([float(noise.df) for noise, _, _ in parts]),
    )


def _guard(shared: _Shared, used: NDArray[np.intp], regression: Regression) -> NoisePosterior:
    """The noise of the plain signal once the covariates' changes quicker than a drift are taken out."""
    slopes = (regression.slopes * regression.noise.weight).sum(axis=1)
    left = shared.cosines[-1].copy()
    left[DRIFTING_COSINES:] -= slopes @ shared.cosines[used, DRIFTING_COSINES:]
    return noise_posterior(shared.models.log_det, shared.models.precision @ np.square(left), len(left))


def _solve(targets: Sequence[_Targets], confidence: float) -> list[Floats]:
    """Estimate, low and high of every target, shape (targets, 3) a design."""
    weight = np.concatenate([one.weight for one in targets])
    likely = (weight > NEGLIGIBLE).any(axis=0)
    weight = weight[:, likely]
    location = np.concatenate([one.location for one in targets])[:, likely]
    scale = np.concatenate([one.scale for one in targets])[:, likely]
    df = np.concatenate([one.df for one in targets])
    both = np.repeat(0.5 * np.array([1.0 - confidence, 1.0 + confidence]), len(df))
    ends = t_mixture_quantile(
        np.tile(weight, (2, 1)), np.tile(location, (2, 1)), np.tile(scale, (2, 1)), np.tile(df, 2), both
    )
    low, high = ends.reshape(2, -1)
    solved = np.column_stack((np.clip((weight * location).sum(axis=1), low, high), low, high))
    return np.split(solved, np.cumsum([len(one.df) for one in targets])[:-1])


def _told(shared: _Shared, fit: _DesignFit, solved: Floats, confidence: float) -> MeanFit:
    """Bring one design's quantiles back to the signal's own units."""
    n, last, design = shared.n, len(shared.means) - 1, fit.design
    ends = solved * shared.scales[last]
    mean = ends[0] + shared.means[last]
    adjusted = ends[1] + shared.means[last] if len(fit.used) else mean
    guarded = ends[2, 2] if design.guarded and len(fit.used) else mean[2] - mean[0]
    slopes: list[Interval | None] = [None] * len(design.columns)
    if design.slopes and len(fit.used):
        first = len(ends) - len(fit.used)
        for place, column, slope in zip(fit.kept, fit.used.tolist(), ends[first:], strict=True):
            slopes[place] = _interval(slope / shared.scales[column])
    n_effective = _effective(n, shared.deviation, mean, confidence)
    noise = fit.regression.noise
    return MeanFit(
        n=n, confidence=confidence, mean=_interval(mean), n_effective=n_effective, memory_s=n / (2.0 * n_effective),
        adjusted=_interval(adjusted), guarded_half_width=float(guarded),
        kept=tuple(place in fit.kept for place in range(len(design.columns))), slopes=tuple(slopes),
        noise=replace(noise, deviation=noise.deviation * shared.scales[last]),
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


def _interval(ends: Floats) -> Interval:
    estimate, low, high = ends.tolist()
    return Interval(estimate=estimate, low=low, high=high)


def _effective(n: int, deviation: float, ends: Floats, confidence: float) -> float:
    half = 0.5 * float(ends[2] - ends[1])
    if not half > 0:
        return float(n)  # a constant signal: every second says the same
    return float(np.square(float(normal_quantile(np.array(0.5 + 0.5 * confidence))) * deviation / half))
