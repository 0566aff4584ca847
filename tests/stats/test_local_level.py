"""The level through noisy values: relations, two independent computations of it, and hand-made cases."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.special import ndtr
from statsmodels.tsa.statespace.structural import UnobservedComponents

from evenstride.stats.local_level import DRIFT_FLAT, DRIFT_MAX, NormalMixture, fit_local_level
from evenstride.stats.random_walk import Series, filtered, regression, smoothed

SEEDS = st.integers(0, 2**32 - 1)


NOTHING_KNOWN = np.zeros((2, 2))


def season(seed, n, *, offset=None, drift_pct=0.0):
    """n runs two or three days apart: (days, values, se, design)."""
    rng = np.random.default_rng(seed)
    days = np.cumsum(rng.integers(1, 5, n)).astype(float)
    se = rng.uniform(0.3, 0.9, n)
    design = np.empty((n, 0)) if offset is None else (np.arange(n) % 3 == 1).astype(float)[:, None]
    values = 2.0 + drift_pct * days / 7 + 0.6 * rng.standard_normal(n) + se * rng.standard_normal(n)
    if offset is not None:
        values += offset * design[:, 0]
    return days, values, se, design


def fitted(days, values, se, design, precision=None):
    return fit_local_level(days, values, se=se, design=design, precision=precision)


def shod(seed, n, *, each=4):
    """n runs in which every pair of shoes is worn out before the next; the first pair is the reference."""
    days, values, se, _ = season(seed, n, drift_pct=0.1)
    pair = np.arange(n) // each
    return days, values, se, (pair[:, None] == np.arange(1, pair.max() + 1)).astype(float)


def numbers(fit):
    intervals = [fit.level, fit.baseline, fit.noise_sd, fit.contrast().interval(), *fit.offsets]
    ends = [[one.low, one.estimate, one.high] for one in intervals]
    return np.concatenate([np.ravel(ends), fit.band_low, fit.band_level, fit.band_high])


def slowly(days, values, se, design, precision=None):
    """The posterior with dense matrices, one noise and drift at a time, on a fixed fine grid: level and change."""
    prior = np.zeros((1 + design.shape[1],) * 2)
    prior[1:, 1:] = 0.0 if precision is None else precision
    n = len(days)
    x = np.column_stack([np.ones(n), design])
    typical = np.sqrt(np.median(se**2))
    noises = typical * np.sinh((np.arange(70) + 0.5) / 70 * np.arcsinh(10 * max(values.std(), typical) / typical))
    drifts = DRIFT_FLAT * np.sinh((np.arange(50) + 0.5) / 50 * np.arcsinh(DRIFT_MAX / DRIFT_FLAT))
    walk = np.minimum.outer(days - days[0], days - days[0]) / 7
    ask = np.zeros((2, n))
    ask[:, -1] = 1.0
    ask[1, :5] -= 0.2
    parts = []
    for noise in noises:
        for drift in drifts:
            path = walk * drift**2 * (noise**2 + typical**2)
            inverse = np.linalg.inv(path + np.diag(se**2 + noise**2))
            information = x.T @ inverse @ x + prior
            covariance = np.linalg.inv(information)
            beta = covariance @ x.T @ inverse @ values
            left = values - x @ beta
            log_weight = np.linalg.slogdet(inverse)[1] - np.linalg.slogdet(information)[1]
            log_weight -= left @ inverse @ left + beta @ prior @ beta
            start = np.zeros((2, x.shape[1]))
            start[0, 0] = 1.0  # the contrast has no start of its own
            gain = ask @ path @ inverse
            by = start - gain @ x
            spread = ask @ path @ ask.T - gain @ path @ ask.T + by @ covariance @ by.T
            parts.append([0.5 * log_weight, *(start @ beta + gain @ left), *np.sqrt(np.diag(spread))])
    log_weight, level, change, level_sd, change_sd = np.array(parts).T
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    return [mixture_ends(weight, level, level_sd), mixture_ends(weight, change, change_sd)]


def mixture_ends(weight, location, scale):
    def beyond(x, p):
        return float((weight * ndtr((x - location) / scale)).sum()) - p

    return [brentq(beyond, -50, 50, args=(p,)) for p in (0.025, 0.975)]


@pytest.mark.parametrize(("seed", "n", "offset"), [(1, 6, None), (2, 14, None), (3, 14, 1.5), (4, 30, None)])
def test_the_intervals_are_those_of_dense_matrices_on_a_fine_grid(seed, n, offset):
    data = season(seed, n, offset=offset, drift_pct=0.1)
    fit = fitted(*data)
    assert not fit.wild.any()
    found = [[one.low, one.high] for one in (fit.level, fit.contrast().interval())]
    expected = np.array(slowly(*data))
    np.testing.assert_allclose(found, expected, atol=0.03 * np.ptp(expected, axis=1).max())


def test_with_offsets_known_beforehand_the_intervals_are_those_of_dense_matrices():
    data, precision = shod(2, 14), np.array([[1.0, -0.6, 0.0], [-0.6, 4.0, 0.0], [0.0, 0.0, 0.0]])
    fit = fitted(*data, precision)
    assert not fit.wild.any()
    found = [[one.low, one.high] for one in (fit.level, fit.contrast().interval())]
    expected = np.array(slowly(*data, precision))
    np.testing.assert_allclose(found, expected, atol=0.03 * np.ptp(expected, axis=1).max())


@pytest.mark.parametrize(("noise_sd", "drift_sd"), [(0.7, 0.1), (0.2, 0.5), (1.0, 0.01)])
def test_at_fixed_variances_it_is_the_posterior_of_every_level_and_offset_at_once(noise_sd, drift_sd):
    days, values, se, design = shod(5, 20)
    (n, k), precision = design.shape, np.diag([1.0, 4.0, 0.25, 0.0])  # of the last offset nothing is known
    precision[:3, :3] -= 0.1
    steps = np.diff(np.eye(n), axis=0)  # all levels and offsets in one system of equations, no filter
    x = np.hstack([np.eye(n), design])
    path = steps.T @ np.diag(1.0 / (drift_sd**2 * np.diff(days))) @ steps
    seen = np.diag(1.0 / (se**2 + noise_sd**2))
    prior = np.block([[path, np.zeros((n, k))], [np.zeros((k, n)), precision]])
    covariance = np.linalg.inv(x.T @ seen @ x + prior)
    mean = covariance @ x.T @ seen @ values

    columns = np.column_stack([np.ones(n), design, values])
    known = np.pad(precision, [(1, 0), (1, 0)])
    data = Series(columns=columns, t_days=days, variance=se**2, inflation=np.ones(n), precision=known)
    went = filtered(data, np.array([noise_sd**2]), np.array([drift_sd**2]), keep=True)
    back = smoothed(data, np.array([drift_sd**2]), went, np.arange(n), 5)
    slopes, slopes_covariance, _ = regression(went.products, data.precision)
    start = np.eye(1 + k)[0] - back.states[:, :-1, 0]
    level = back.states[:, -1, 0] + start @ slopes[0]
    variance = back.variances[:, 0] + np.einsum("ni,ij,nj->n", start, slopes_covariance[0], start)

    np.testing.assert_allclose(level, mean[:n], rtol=1e-8)
    np.testing.assert_allclose(variance, np.diag(covariance)[:n], rtol=1e-8)
    np.testing.assert_allclose(slopes[0, 1:], mean[n:], rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(slopes_covariance[0, 1:, 1:], covariance[n:, n:], rtol=1e-8, atol=1e-12)


@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_offsets_that_may_have_any_size_are_as_offsets_of_which_nothing_is_known(seed):
    data = season(seed, 12, offset=1.0)
    np.testing.assert_array_equal(numbers(fitted(*data, np.zeros((1, 1)))), numbers(fitted(*data)))
    np.testing.assert_allclose(numbers(fitted(*data, np.array([[1e-10]]))), numbers(fitted(*data)), atol=1e-5)


def test_offsets_that_are_known_to_be_nothing_leave_the_level_as_it_is_without_them():
    days, values, se, design = shod(6, 16)
    found = fitted(days, values, se, design, 1e12 * np.eye(3))
    expected = fitted(days, values, se, np.empty((16, 0)))
    for mine, theirs in ((found.level, expected.level), (found.contrast().interval(), expected.contrast().interval())):
        assert [mine.low, mine.estimate, mine.high] == pytest.approx(
            [theirs.low, theirs.estimate, theirs.high], abs=1e-5
        )
    assert max(abs(one.estimate) for one in found.offsets) < 1e-5


def test_the_less_offsets_may_explain_the_surer_is_the_change():
    data = shod(7, 40, each=8)
    widths = [np.diff([change.low, change.high])[0] for change in
              (fitted(*data, known * np.eye(4)).contrast().interval() for known in (16.0, 1.0, 0.05, 0.0))]  # fmt: skip
    assert widths == sorted(widths)


def test_offsets_known_beforehand_cost_no_runs():
    days, values, se, _ = season(3, 6)
    fit = fitted(days, values, se, np.eye(6)[:, 1:], np.eye(5))  # a new pair of shoes every run
    assert len(fit.offsets) == 5
    assert fit.level.low < 2.0 < fit.level.high


def both(noise_sd, drift_sd, *, seed=5):
    """Statsmodels on a daily grid with the days without a run missing, and ours: fixed variances, one covariate."""
    days, values, _, design = season(seed, 20, offset=1.0)
    grid = np.full(int(days[-1] - days[0]) + 1, np.nan)
    exog = np.zeros((len(grid), 1))
    at = (days - days[0]).astype(int)
    grid[at], exog[at] = values, design
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = UnobservedComponents(grid, "llevel", exog=exog, mle_regression=False, use_exact_diffuse=True)
        oracle = model.smooth([noise_sd**2, drift_sd**2])
    columns = np.column_stack([np.ones(20), design, values])
    data = Series(
        columns=columns,
        t_days=days,
        variance=np.zeros(20),
        inflation=np.ones(20),
        precision=np.zeros((columns.shape[1] - 1,) * 2),
    )
    went = filtered(data, np.array([noise_sd**2]), np.array([drift_sd**2]), keep=True)
    back = smoothed(data, np.array([drift_sd**2]), went, np.arange(20), 5)
    return oracle, at, went, back


def test_the_level_is_the_one_of_an_exact_diffuse_smoother():
    oracle, at, went, back = both(0.7, 0.1)
    slopes, covariance, _ = regression(went.products, NOTHING_KNOWN)
    x = np.array([1.0, 0.0]) - back.states[:, :-1, 0]
    level = back.states[:, -1, 0] + x @ slopes[0]
    sd = np.sqrt(back.variances[:, 0] + np.einsum("ni,ij,nj->n", x, covariance[0], x))
    np.testing.assert_allclose(level, oracle.smoothed_state[0][at], rtol=1e-6)
    np.testing.assert_allclose(sd, np.sqrt(oracle.smoothed_state_cov[0, 0][at]), rtol=1e-5)
    assert slopes[0, 1] == pytest.approx(oracle.smoothed_state[1][-1], rel=1e-6)


def test_the_weights_are_those_of_an_exact_diffuse_likelihood():
    found, expected = [], []
    for noise_sd, drift_sd in ((0.7, 0.1), (0.9, 0.02), (0.4, 0.3)):
        oracle, _, went, _ = both(noise_sd, drift_sd)
        slopes, _, log_det = regression(went.products, NOTHING_KNOWN)
        left_over = went.products[0, -1, -1] - went.products[0, :-1, -1] @ slopes[0]
        found.append(-0.5 * float(went.log_det[0] + log_det[0] + left_over))
        expected.append(oracle.llf)
    np.testing.assert_allclose(np.diff(found), np.diff(expected), rtol=1e-6)


def test_without_drift_it_is_the_mean_weighted_by_what_each_value_tells():
    data = Series(
        columns=np.column_stack([np.ones(3), [1.0, 2.0, 4.0]]), t_days=np.array([0.0, 1.0, 2.0]),
        variance=np.array([1.0, 1.0, 0.25]), inflation=np.ones(3), precision=np.zeros((1, 1)),
    )  # fmt: skip
    slopes, covariance, _ = regression(filtered(data, np.zeros(1), np.zeros(1), keep=False).products, data.precision)
    assert slopes[0, 0] == pytest.approx((1.0 + 2.0 + 4 * 4.0) / 6.0)
    assert covariance[0, 0, 0] == pytest.approx(1.0 / 6.0)


@given(seed=SEEDS, n=st.integers(4, 25))
@settings(max_examples=20, deadline=None)
def test_negating_the_values_mirrors_everything(seed, n):
    days, values, se, design = season(seed, n, offset=1.0 if n > 5 else None)
    one, other = fitted(days, values, se, design), fitted(days, -values, se, design)
    for mine, theirs in zip((one.level, one.baseline, *one.offsets), (other.level, other.baseline, *other.offsets),
                            strict=True):  # fmt: skip
        assert [theirs.low, theirs.estimate, theirs.high] == pytest.approx(
            [-mine.high, -mine.estimate, -mine.low], abs=1e-4
        )
    np.testing.assert_allclose(other.band_low, -one.band_high, atol=1e-4)
    assert other.noise_sd.estimate == pytest.approx(one.noise_sd.estimate, rel=1e-6)
    assert other.contrast().below(0.0) == pytest.approx(1.0 - one.contrast().below(0.0), abs=1e-5)


@given(seed=SEEDS, shuffle=SEEDS)
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_values_changes_nothing(seed, shuffle):
    days, values, se, design = season(seed, 12, offset=1.0)
    order = np.random.default_rng(shuffle).permutation(12)
    one, other = fitted(days, values, se, design), fitted(days[order], values[order], se[order], design[order])
    np.testing.assert_array_equal(numbers(other), numbers(one))
    np.testing.assert_array_equal(other.wild, one.wild[order])


@given(seed=SEEDS, shift=st.floats(-300, 300))
@settings(max_examples=15, deadline=None)
def test_a_constant_added_to_all_shifts_the_level_alone(seed, shift):
    days, values, se, design = season(seed, 12, offset=1.0)
    one, other = fitted(days, values, se, design), fitted(days, values + shift, se, design)
    np.testing.assert_allclose(other.band_level - shift, one.band_level, atol=1e-6)
    assert other.level.high - shift == pytest.approx(one.level.high, abs=1e-6)
    assert other.contrast().interval().low == pytest.approx(one.contrast().interval().low, abs=1e-6)
    assert other.noise_sd.high == pytest.approx(one.noise_sd.high, rel=1e-6)
    assert other.offsets[0].low == pytest.approx(one.offsets[0].low, abs=1e-6)


@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_another_unit_changes_the_unit_alone(seed):
    days, values, se, design = season(seed, 12, offset=1.0)
    one, other = fitted(days, values, se, design), fitted(days, 1000 * values, 1000 * se, design)
    np.testing.assert_allclose(numbers(other), 1000 * numbers(one), rtol=1e-6, atol=1e-3)


def test_more_runs_narrow_the_level():
    widths = [np.median([np.diff([fitted(*season(seed, n)).level.low, fitted(*season(seed, n)).level.high])[0]
                         for seed in range(8)]) for n in (5, 10, 20, 40)]  # fmt: skip
    assert widths == sorted(widths, reverse=True)


def test_a_value_with_a_wide_error_counts_less():
    days, values, se, design = season(1, 10)
    values[-1] += 4.0
    se[-1] = 0.3
    trusted = fitted(days, values, se, design)
    se[-1] = 6.0
    doubted = fitted(days, values, se, design)
    assert doubted.level.estimate < trusted.level.estimate


def test_a_gap_widens_the_level_of_a_runner_who_wanders():
    rng = np.random.default_rng(3)
    days, se = np.arange(40.0), np.append(np.full(39, 0.1), 50.0)  # the last run itself tells next to nothing
    values = np.cumsum(rng.standard_normal(40)) + 0.1 * rng.standard_normal(40)
    soon = fit_local_level(days, values, se=se, design=np.empty((40, 0)))
    late = fit_local_level(np.append(days[:-1], 98.0), values, se=se, design=np.empty((40, 0)))
    assert late.level.high - late.level.low > 3.0 * (soon.level.high - soon.level.low)


def test_one_wild_value_is_marked_and_moves_the_level_little():
    days, values, se, design = season(7, 20)
    before = fitted(days, values, se, design)
    values[-3] += 15.0
    fit = fitted(days, values, se, design)
    assert np.flatnonzero(fit.wild).tolist() == [17]
    assert abs(fit.level.estimate - before.level.estimate) < 0.6
    assert fit.noise_sd.high < 2.0 * before.noise_sd.high


def test_a_step_is_followed_and_no_run_of_it_called_wild():
    days, values, se, design = season(8, 30)
    values[15:] += 4.0
    fit = fitted(days, values, se, design)
    assert not fit.wild.any()
    assert fit.contrast().interval().low > 2.0


def test_an_offset_is_told_from_the_level():
    fit = fitted(*season(11, 40, offset=3.0))
    assert fit.offsets[0].low < 3.0 < fit.offsets[0].high
    assert fit.level.high < 3.5


def test_values_that_are_all_the_same_have_a_level_without_width():
    fit = fit_local_level(np.arange(6.0), np.full(6, 170.0), se=np.zeros(6), design=np.empty((6, 0)))
    assert fit.level.estimate == 170.0
    assert fit.level.high - fit.level.low < 1e-6


def test_a_long_archive_has_a_band_of_at_most_four_hundred_points():
    days, values, se, design = season(12, 900)
    fit = fitted(days, values, se, design)
    assert len(fit.band_t_days) == len(fit.band_level) == 400
    assert (fit.band_t_days[0], fit.band_t_days[-1]) == (days[0], days[-1])
    assert 0.45 < fit.noise_sd.low < 0.6 < fit.noise_sd.high < 0.75


@pytest.mark.parametrize(
    ("values", "design", "says"),
    [
        ([1.0, 2.0], np.empty((2, 0)), "2 values cannot tell"),
        ([1.0, np.nan, 2.0], np.empty((3, 0)), "finite"),
        ([1.0, 2.0, 3.0, 4.0], np.ones((4, 1)), "cannot be told apart"),
    ],
)
def test_what_cannot_be_fitted_is_refused(values, design, says):
    n = len(values)
    with pytest.raises(ValueError, match=says):
        fit_local_level(np.arange(float(n)), np.array(values), se=np.zeros(n), design=design)


def test_offsets_known_only_in_combination_are_refused():
    data = shod(1, 12)  # of the sum of two offsets something is known, of neither alone
    with pytest.raises(ValueError, match="full rank"):
        fitted(*data, np.array([[1.0, 1.0], [1.0, 1.0]]))


def test_a_probability_counts_both_tails():
    one = NormalMixture(weight=np.ones(1), location=np.zeros(1), scale=np.ones(1))
    assert one.beyond(1.959964) == pytest.approx(0.05, abs=1e-5)
    certain = NormalMixture(weight=np.ones(1), location=np.ones(1), scale=np.zeros(1))
    assert [certain.below(0.5), certain.below(1.5)] == pytest.approx([0.0, 1.0], abs=1e-12)
