"""A level that moves slowly, seen through noisy values at irregular times: where is it now, and what has changed?"""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from evenstride.stats.mean import Interval
from evenstride.stats.mixture import t_mixture_quantile
from evenstride.stats.normal import normal_cdf
from evenstride.stats.random_walk import Series, filtered, regression, smoothed

Floats = NDArray[np.float64]

WILD = 3.5
"""A value further than this many standard deviations from where all others expect it is wild …"""
COUNTS_AS = 2.0
"""… and has its variance enlarged until it lies this many away."""
BAND_POINTS_MAX = 400
DRIFT_FLAT = 0.2
"""The prior of the drift (per root-week, in standard deviations of one value) is flat below this, then logarithmic."""
DRIFT_MAX = 2.0
_NOISE_MAX = 10.0  # of the values' spread: with few values the noise may be much larger than they look
_NOISE_FLAT = 0.02  # of the values' spread, where the values claim no error of their own
_GRID = (14, 10)  # noise, drift
_ZOOMS = 5
_WORTH_ZOOMING = 0.6
_FAR = 1e-5  # the share of the weight that a finer grid may leave outside
_NEGLIGIBLE = 1e-5  # against the likeliest point: not worth smoothing with
_NORMAL_DF = 1e6  # Student's t with as many degrees of freedom is normal
_ROUNDS = 5
_SINGULAR = 1e-9
_LEFT_OUT = 1e6  # while it is found out how wild a value is


@dataclass(frozen=True, kw_only=True)
class NormalMixture:
    """A quantity's posterior: arrays of shape (parts,); ``weight`` sums to 1."""

    weight: Floats
    location: Floats
    scale: Floats

    def interval(self) -> Interval:
        """Return mean and central 95 % interval.

        >>> one = NormalMixture(weight=np.ones(1), location=np.zeros(1), scale=np.ones(1))
        >>> print(f"{one.interval().low:.2f} to {one.interval().high:.2f}")
        -1.96 to 1.96
        """
        low, mean, high = _intervals(self.weight, self.location[None], self.scale[None])
        return Interval(estimate=float(mean[0]), low=float(low[0]), high=float(high[0]))

    def below(self, x: float) -> float:
        """Return the probability that the quantity is below ``x``."""
        away = x - self.location
        z = np.where(self.scale > 0, away / np.where(self.scale > 0, self.scale, 1.0), 10.0 * np.sign(away))
        return float((self.weight * normal_cdf(z)).sum())

    def beyond(self, x: float) -> float:
        """Return the probability that the quantity's size exceeds ``x``."""
        return self.below(-x) + 1.0 - self.below(x)


@dataclass(frozen=True, kw_only=True)
class LocalLevelFit:
    """The level of n values through time, in their unit.

    ``level`` is the latest, ``baseline`` the mean level over the first ``n_baseline`` values, both at covariates 0.
    ``noise_sd`` is how far values scatter beyond their standard errors, ``offsets`` has one entry a covariate. The
    band's arrays (m,) hold for the times ``band_t_days``. ``wild`` (n,) marks, in the order given, the values that
    count less because they lie far from where all others expect them. ``parts`` are the grid's points behind it all.
    """

    level: Interval
    baseline: Interval
    noise_sd: Interval
    offsets: tuple[Interval, ...]
    band_t_days: Floats
    band_level: Floats
    band_low: Floats
    band_high: Floats
    wild: NDArray[np.bool_]
    parts: "_Parts" = field(repr=False)

    def contrast(self, *, level: float = 1.0, baseline: float = -1.0) -> NormalMixture:
        """Return the posterior of ``level``·(latest level) + ``baseline``·(mean level over the baseline)."""
        return self.parts.contrast(level, baseline)


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """Latest level and baseline, one normal a grid point: ``location`` (2, parts), ``covariance`` (2, 2, parts)."""

    weight: Floats
    location: Floats
    covariance: Floats

    def contrast(self, level: float, baseline: float) -> NormalMixture:
        by = np.array([level, baseline])
        variance = np.einsum("i,ijg,j->g", by, self.covariance, by)
        return NormalMixture(weight=self.weight, location=by @ self.location, scale=np.sqrt(np.maximum(variance, 0.0)))


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """Noise sd is ``flat``·sinh(u); drift is :data:`DRIFT_FLAT`·sinh(v) standard deviations of a value a root-week."""

    u: tuple[float, float]
    v: tuple[float, float]
    flat: float

    def variances(self, typical: float) -> tuple[Floats, Floats]:
        """Return noise variance and drift variance a day, shape (points,) each."""
        u, v = (_edges(axis, m)[:-1] + 0.5 * _length(axis) / m for axis, m in zip((self.u, self.v), _GRID, strict=True))
        noise = np.repeat(np.square(self.flat * np.sinh(u)), len(v))
        return noise, np.tile(np.square(DRIFT_FLAT * np.sinh(v)), len(u)) * (noise + typical) / 7.0


def fit_local_level(
    t_days: Floats, values: Floats, *, se: Floats, design: Floats, n_baseline: int = 5, precision: Floats | None = None
) -> LocalLevelFit:
    """Follow a slowly moving level through values y = μ(t) + x·b + noise + error.

    Parameters
    ----------
    t_days, values
        Shape (n,), in any order; times may repeat and need not be even.
    se
        Each value's own known standard error, shape (n,); 0 where none is known.
    design
        Covariates x, shape (n, k), none of those of which nothing is known a combination of others and a constant;
        n ≥ 3 more than there are of these. The level is given where all are 0.
    n_baseline
        The baseline is the mean level over so many first values.
    precision
        What is known beforehand of the slopes b, which then lie about 0: the inverse of their covariance, shape
        (k, k), with rows of 0 where nothing is known, as for all when omitted.

    Raises
    ------
    ValueError
        With too few or non-finite values, covariates that cannot be told apart, or a ``precision`` whose rows that
        are not 0 make no precision matrix.

    Notes
    -----
    μ is a random walk with an unknown start; the noise is normal. Neither variance is known: the answer averages over
    a grid of both, weighted by the restricted likelihood under a stated prior (docs/methods/season-level.md), so that
    its intervals carry that uncertainty. At each point of the grid a Kalman filter runs over all columns at once and
    leaves the level's start and the covariates to a regression [1]_.

    Works for levels that stay, wander or step. Does not work for values that remember each other beyond the level.

    .. [1] de Jong (1991), The diffuse Kalman filter, Annals of Statistics 19:1073, 10.1214/aos/1176348139.

    Examples
    --------
    >>> day = np.arange(12.0) * 3
    >>> wobble = np.array([0.3, -0.5, 0.4, 0.1, -0.2, -0.4, 0.5, 0.2, -0.3, 0.0, 0.4, -0.5])
    >>> fit = fit_local_level(day, 2.0 + wobble, se=np.full(12, 0.2), design=np.empty((12, 0)))
    >>> print(f"{fit.level.estimate:.1f} ({fit.level.low:.1f} to {fit.level.high:.1f})")
    2.0 (1.6 to 2.3)
    """
    order = np.lexsort((se, values, t_days))
    known = np.zeros((design.shape[1],) * 2) if precision is None else precision
    data, centre = _prepared(t_days[order], values[order], se[order], design[order], known)
    whole = _whole_grid(data)
    grid, weight = _explored(data, whole, whole)
    for _ in range(_ROUNDS):  # wild values hide one another while the noise is judged with them
        inflation = _inflation(data, grid, weight)
        if np.array_equal(inflation > 1.0, data.inflation > 1.0):
            break
        data = replace(data, inflation=np.where(inflation > 1.0, _LEFT_OUT, 1.0))
        grid, weight = _explored(data, whole, _widened(grid, whole))
    if data.inflation.max() > 1.0:
        data = replace(data, inflation=inflation)
        grid, weight = _explored(data, whole, _widened(grid, whole))
    wild = np.zeros(len(order), dtype=np.bool_)
    wild[order] = data.inflation > 1.0
    return _summary(data, centre, (grid, weight), n_baseline, wild)


def _prepared(t_days: Floats, values: Floats, se: Floats, design: Floats, known: Floats) -> tuple[Series, float]:
    n = len(values)
    unknown = np.asarray(~known.any(axis=1), dtype=np.bool_)
    if n < unknown.sum() + 3:
        raise ValueError(f"{n} values cannot tell a level and {unknown.sum()} covariates")
    centre = float(np.median(values))
    columns = np.column_stack([np.ones(n), design, values - centre])
    if not (np.isfinite(columns).all() and np.isfinite(t_days).all() and np.isfinite(se).all()):
        raise ValueError("times, values, standard errors and covariates must be finite")
    sizes = np.linalg.eigvalsh(known[~unknown][:, ~unknown])
    if not (sizes > _SINGULAR * sizes.max(initial=0.0)).all():
        raise ValueError("what is known of some slopes must be a precision matrix of full rank")
    if np.linalg.matrix_rank(columns[:, [True, *unknown, False]]) < unknown.sum() + 1:
        raise ValueError("the covariates cannot be told apart")
    precision = np.zeros((1 + len(known),) * 2)
    precision[1:, 1:] = known
    series = Series(columns=columns, t_days=t_days, variance=np.square(se), inflation=np.ones(n), precision=precision)
    return series, centre


def _whole_grid(data: Series) -> _Grid:
    flat = max(float(np.sqrt(data.typical_variance)), _NOISE_FLAT * data.spread)
    most = float(np.arcsinh(_NOISE_MAX * data.spread / flat)), float(np.arcsinh(DRIFT_MAX / DRIFT_FLAT))
    return _Grid(u=(0.0, most[0]), v=(0.0, most[1]), flat=flat)


def _explored(data: Series, whole: _Grid, grid: _Grid) -> tuple[_Grid, Floats]:
    """Weigh a grid of noise and drift, again and again closer around where the weight is."""
    weight = _weight(data, grid)
    for _ in range(_ZOOMS):
        closer = _closer(grid, weight, whole)
        if all(_length(b) > _WORTH_ZOOMING * _length(a) for a, b in ((grid.u, closer.u), (grid.v, closer.v))):
            break
        grid = closer
        weight = _weight(data, grid)
    return grid, weight


def _closer(grid: _Grid, weight: Floats, whole: _Grid) -> _Grid:
    by = weight.reshape(_GRID)
    return replace(grid, u=_zoomed(grid.u, by.sum(axis=1), whole.u), v=_zoomed(grid.v, by.sum(axis=0), whole.v))


def _widened(grid: _Grid, whole: _Grid) -> _Grid:
    """Return a grid of three times the length, within the whole: where the weight may have moved."""
    u, v = (
        (max(low, a - (b - a)), min(high, b + (b - a)))
        for (a, b), (low, high) in ((grid.u, whole.u), (grid.v, whole.v))
    )
    return replace(grid, u=u, v=v)


def _zoomed(axis: tuple[float, float], weight: Floats, whole: tuple[float, float]) -> tuple[float, float]:
    """Return the part of an axis that holds the weight, with a cell on either side to spare."""
    below = np.cumsum(weight)
    first = int(np.searchsorted(below, _FAR))
    last = int(np.searchsorted(below, 1.0 - _FAR))
    cell = _length(axis) / len(weight)
    low = axis[0] + (first - 1) * cell
    high = axis[0] + (min(last, len(weight) - 1) + 2) * cell
    return max(low, whole[0]), min(high, whole[1])


def _length(axis: tuple[float, float]) -> float:
    return axis[1] - axis[0]


def _edges(axis: tuple[float, float], count: int) -> Floats:
    return np.linspace(*axis, count + 1)


def _weight(data: Series, grid: _Grid) -> Floats:
    """Return the weight of each grid point: the restricted likelihood, the prior being flat in u and v."""
    went = filtered(data, *grid.variances(data.typical_variance), keep=False)
    slopes, _, log_det = regression(went.products, data.precision)
    left_over = went.products[:, -1, -1] - (went.products[:, :-1, -1] * slopes).sum(axis=1)
    log_weight = -0.5 * (went.log_det + log_det + left_over)
    weight = np.exp(log_weight - log_weight.max())
    share: Floats = weight / weight.sum()
    return share


def _inflation(data: Series, grid: _Grid, weight: Floats) -> Floats:
    """Return what to multiply each value's variance by, from how far it lies from where all *other* values expect it.

    At the average noise and drift; 1 for all but wild values.
    """
    noise, drift = ((weight * one).sum(keepdims=True) for one in grid.variances(data.typical_variance))
    went = filtered(data, noise, drift, keep=True)
    slopes, covariance, _ = regression(went.products, data.precision)
    back = smoothed(data, drift, went, np.arange(len(data.t_days)), 1)
    x = data.columns[:, :-1] - back.states[:, :-1, 0]
    known = back.variances[:, 0] + np.einsum("ni,ij,nj->n", x, covariance[0], x)
    residual = data.columns[:, -1] - back.states[:, -1, 0] - x @ slopes[0]
    own = data.variance + noise
    weighed = own * data.inflation
    alone = weighed - known  # 0 where nothing else can say what the value should be
    told = alone > 1e-9 * weighed
    share = np.where(told, weighed / np.where(told, alone, 1.0), 0.0)
    z = np.abs(residual) * share / np.sqrt(own + known * share)
    inflation: Floats = np.where(z > WILD, np.square(z / COUNTS_AS), 1.0)
    return inflation


def _summary(
    data: Series, centre: float, weighed: tuple[_Grid, Floats], n_baseline: int, wild: NDArray[np.bool_]
) -> LocalLevelFit:
    grid, weight = weighed
    likely = weight > _NEGLIGIBLE * weight.max()
    noise, drift = (one[likely] for one in grid.variances(data.typical_variance))
    share = weight[likely] / weight[likely].sum()
    went = filtered(data, noise, drift, keep=True)
    n, first = len(data.t_days), min(n_baseline, len(data.t_days))
    index = np.unique(np.linspace(0, n - 1, min(n, BAND_POINTS_MAX)).round().astype(np.intp))
    back = smoothed(data, drift, went, index, first)
    slopes, covariance, _ = regression(went.products, data.precision)
    states = np.concatenate([back.states, back.baseline[None]])
    x = -states[:, :-1]  # what start and slopes still add to each column's own walk
    x[:, 0] += 1.0
    place = centre + states[:, -1] + np.einsum("dkg,gk->dg", x, slopes)
    spread = np.einsum("dig,gij->djg", x, covariance)
    variance = np.concatenate([back.variances, back.baseline_variance[None]]) + (spread * x).sum(axis=1)
    both = back.with_last + (spread[-1] * x[-2]).sum(axis=0)
    parts = _Parts(weight=share, location=place[-2:], covariance=np.array([[variance[-2], both], [both, variance[-1]]]))
    low, middle, high = _intervals(share, place[:-1], np.sqrt(np.maximum(variance[:-1], 0.0)))
    deviation = np.sqrt(np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0.0))
    offsets = np.transpose(_intervals(share, slopes[:, 1:].T, deviation[:, 1:].T)).tolist()
    return LocalLevelFit(
        level=parts.contrast(1.0, 0.0).interval(),
        baseline=parts.contrast(0.0, 1.0).interval(),
        noise_sd=_noise_sd(grid, weight),
        offsets=tuple(Interval(estimate=middle, low=low, high=high) for low, middle, high in offsets),
        band_t_days=data.t_days[index],
        band_level=middle,
        band_low=low,
        band_high=high,
        wild=wild,
        parts=parts,
    )


def _noise_sd(grid: _Grid, weight: Floats) -> Interval:
    """Return median and 95 % interval of the noise, its weight spread evenly over each cell."""
    below = np.concatenate([[0.0], np.cumsum(weight.reshape(_GRID).sum(axis=1))])
    edges = _edges(grid.u, _GRID[0])
    low, middle, high = grid.flat * np.sinh(np.interp([0.025, 0.5, 0.975], below, edges))
    return Interval(estimate=float(middle), low=float(low), high=float(high))


def _intervals(weight: Floats, location: Floats, scale: Floats) -> tuple[Floats, Floats, Floats]:
    """Return 2.5 % quantile, mean and 97.5 % quantile of mixtures of normals, one a row."""
    middle = (weight * location).sum(axis=1)
    if not len(location):
        return middle, middle, middle
    df = np.full(len(location), _NORMAL_DF)
    low, high = (t_mixture_quantile(weight, location, scale, df, np.full(len(df), p)) for p in (0.025, 0.975))
    return np.minimum(low, middle), middle, np.maximum(high, middle)
