"""The mean and its interval: relations that must hold, and an independent, slow computation of the same posterior."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import stdtr

from evenstride.stats import Interval, MeanFit, fit_mean

Floats = NDArray[np.float64]
SEEDS = st.integers(0, 2**32 - 1)


def remembering(rng: np.random.Generator, n: int, tau_s: float) -> Floats:
    phi = np.exp(-1.0 / tau_s)
    y = np.empty(n)
    y[0] = rng.standard_normal()
    for i, shock in enumerate(np.sqrt(1.0 - phi * phi) * rng.standard_normal(n - 1), start=1):
        y[i] = phi * y[i - 1] + shock
    return y


def ends(interval: Interval | None) -> tuple[float, float, float]:
    assert interval is not None
    return interval.estimate, interval.low, interval.high


def numbers(fit: MeanFit) -> Floats:
    return np.array([*ends(fit.mean), *ends(fit.adjusted), *(end for slope in fit.slopes for end in ends(slope))])


def spectrum(j: int, tau: float, n: int) -> float:
    alpha, k = n / tau, np.pi * j
    first = alpha / (alpha**2 + k**2)
    return float(2 * n * (first - 2 * alpha**2 * (1 - (-1) ** j * np.exp(-alpha)) / (alpha**2 + k**2) ** 2))


def slowly(y: Floats, covariates: Floats, reference: Floats) -> list[tuple[float, float, float]]:
    """The reference method of docs/methods/interval.md one noise model at a time, with dense matrices."""
    n, k = covariates.shape
    q = min(150, n // 12)
    t = np.arange(1, n + 1)
    basis = np.array([np.sqrt(2 / n) * np.cos(np.pi * j * (t - 0.5) / n) for j in range(1, q + 1)])
    x, design = basis @ y, basis @ covariates
    shapes = [(1.0, 1.0)] + [(a, c) for a in (0.75, 0.5) for c in (4.0, 16.0, np.inf)]
    parts = []
    for tau in np.geomspace(2, 1500, 28):
        for a, c in shapes:
            fast = [1.0 if c == np.inf else spectrum(j, tau / c, n) for j in range(1, q + 1)]
            g = np.array([a * spectrum(j, tau, n) + (1 - a) * fast[j - 1] for j in range(1, q + 1)])
            alphas = [n / tau] if c == np.inf else [n / tau, n * c / tau]
            v = [2 * n * (alpha - 1 + np.exp(-alpha)) / alpha**2 for alpha in alphas] + [1.0]
            variance = a * v[0] + (1 - a) * v[1]
            inverse = np.linalg.inv(design.T @ np.diag(1 / g) @ design)
            slopes = inverse @ design.T @ (x / g)
            squares = float(((x - design @ slopes) ** 2 / g).sum())
            determinant = np.linalg.slogdet(inverse)[1]
            log_weight = -0.5 * np.log(g).sum() + 0.5 * determinant - 0.5 * (q - k) * np.log(squares)
            parts.append((log_weight, slopes, squares / (q - k), inverse, variance))
    weight = np.exp(np.array([part[0] for part in parts]) - max(part[0] for part in parts))
    weight /= weight.sum()
    offset = reference - covariates.mean(axis=0)
    targets = [(offset, 1.0, y.mean())] + [(np.eye(k)[i], 0.0, 0.0) for i in range(k)]
    answers = []
    for direction, of_mean, base in targets:
        middle = np.array([base + direction @ slopes for _, slopes, *_ in parts])
        scale = np.sqrt([s2 * (of_mean * v / n + direction @ inv @ direction) for _, _, s2, inv, v in parts])

        def reached(at: float, middle: Floats = middle, scale: Floats = scale) -> float:
            return float((weight * stdtr(q - k, (at - middle) / scale)).sum())

        far = 50 * scale.max()
        low, high = (brentq(lambda at, p=p: reached(at) - p, -far, far) for p in (0.025, 0.975))
        answers.append((float(weight @ middle), low, high))
    return answers


@pytest.mark.parametrize(("n", "tau_s", "k"), [(300, 5.0, 1), (600, 20.0, 3), (907, 100.0, 2)])
def test_the_answers_are_those_of_the_slow_dense_computation(n: int, tau_s: float, k: int) -> None:
    rng = np.random.default_rng(n)
    y = remembering(rng, n, tau_s)
    covariates = np.column_stack([np.arange(n) / n, *(remembering(rng, n, 40.0) for _ in range(k - 1))])
    reference = covariates.mean(axis=0) + 0.3
    fit = fit_mean(y, covariates, reference)
    for found, wanted in zip([fit.adjusted, *fit.slopes], slowly(y, covariates, reference), strict=True):
        assert ends(found) == pytest.approx(wanted, abs=2e-4 * (wanted[2] - wanted[1]))


def test_without_covariates_the_adjusted_mean_is_the_mean() -> None:
    fit = fit_mean(np.sin(np.arange(700.0)))
    assert fit.adjusted == fit.mean
    assert fit.slopes == ()


def test_the_plain_mean_does_not_depend_on_covariates() -> None:
    rng = np.random.default_rng(2)
    y, x = remembering(rng, 900, 20.0), remembering(rng, 900, 50.0)
    assert ends(fit_mean(y, x[:, None]).mean) == pytest.approx(ends(fit_mean(y).mean), abs=1e-4)


@settings(max_examples=30)
@given(SEEDS, st.floats(1e-6, 1e6), st.floats(-1e3, 1e3))
def test_another_unit_and_zero_change_nothing_but_the_unit_and_zero(seed: int, unit: float, zero: float) -> None:
    rng = np.random.default_rng(seed)
    y, x = remembering(rng, 700, 15.0), remembering(rng, 700, 40.0)[:, None]
    fit, moved = fit_mean(y, x, [0.5]), fit_mean(unit * (y + zero), x, [0.5])
    assert np.array(ends(moved.mean)) / unit - zero == pytest.approx(ends(fit.mean), abs=1e-4)
    assert np.array(ends(moved.adjusted)) / unit - zero == pytest.approx(ends(fit.adjusted), abs=1e-4)
    assert np.array(ends(moved.slopes[0])) / unit == pytest.approx(ends(fit.slopes[0]), abs=1e-4)
    assert moved.n_effective == pytest.approx(fit.n_effective, rel=1e-3)
    assert moved.memory_s == pytest.approx(fit.memory_s, rel=1e-3)


@settings(max_examples=30)
@given(SEEDS)
def test_turning_the_sign_turns_every_interval_around(seed: int) -> None:
    rng = np.random.default_rng(seed)
    y, x = remembering(rng, 700, 15.0), remembering(rng, 700, 40.0)[:, None]
    fit, turned = fit_mean(y, x, [0.5]), fit_mean(-y, x, [0.5])
    pairs = [(fit.mean, turned.mean), (fit.adjusted, turned.adjusted), (fit.slopes[0], turned.slopes[0])]
    for one, other in pairs:
        estimate, low, high = ends(one)
        assert ends(other) == pytest.approx((-estimate, -high, -low), abs=1e-4)


@settings(max_examples=30)
@given(SEEDS, st.floats(1e-3, 1e3), st.floats(-100.0, 100.0))
def test_the_unit_of_a_covariate_moves_only_its_own_slope(seed: int, unit: float, zero: float) -> None:
    rng = np.random.default_rng(seed)
    y, x = remembering(rng, 700, 15.0), remembering(rng, 700, 40.0)[:, None]
    fit, moved = fit_mean(y, x, [0.5]), fit_mean(y, unit * (x + zero), [unit * (0.5 + zero)])
    assert ends(moved.adjusted) == pytest.approx(ends(fit.adjusted), abs=1e-4)
    assert np.array(ends(moved.slopes[0])) * unit == pytest.approx(ends(fit.slopes[0]), abs=1e-4)


def test_time_told_backwards_tells_the_same() -> None:
    y = remembering(np.random.default_rng(5), 1200, 30.0)
    assert ends(fit_mean(y[::-1]).mean) == pytest.approx(ends(fit_mean(y).mean), abs=1e-4)


def test_an_effect_of_a_covariate_is_found_and_taken_out() -> None:
    rng = np.random.default_rng(6)
    x = remembering(rng, 2400, 60.0)
    fit = fit_mean(3.0 + 2.0 * (x - 1.0) + 0.1 * remembering(rng, 2400, 5.0), x[:, None], [1.0])
    assert fit.adjusted.low < 3.0 < fit.adjusted.high
    assert ends(fit.slopes[0])[0] == pytest.approx(2.0, abs=0.02)
    assert fit.adjusted.high - fit.adjusted.low < 0.2 * (fit.mean.high - fit.mean.low)


def test_more_confidence_is_a_wider_interval() -> None:
    y = remembering(np.random.default_rng(7), 900, 20.0)
    widths = [f.mean.high - f.mean.low for f in (fit_mean(y, confidence=c) for c in (0.5, 0.8, 0.95, 0.99))]
    assert widths == sorted(widths)
    assert widths[0] < 0.5 * widths[2]


def test_more_memory_is_fewer_effective_seconds() -> None:
    rng = np.random.default_rng(8)
    fits = [fit_mean(remembering(rng, 3600, tau)) for tau in (3.0, 12.0, 48.0)]
    assert fits[0].n_effective > 2 * fits[1].n_effective > 4 * fits[2].n_effective


def test_memory_and_effective_seconds_say_the_same() -> None:
    fit = fit_mean(remembering(np.random.default_rng(9), 3600, 20.0))
    assert fit.memory_s == pytest.approx(3600 / (2 * fit.n_effective))


def test_effective_seconds_follow_from_spread_and_half_width() -> None:
    y = remembering(np.random.default_rng(10), 1800, 20.0)
    fit = fit_mean(y)
    assert fit.n_effective == pytest.approx((1.959964 * y.std() / (0.5 * (fit.mean.high - fit.mean.low))) ** 2)


def test_a_covariate_that_stands_still_is_left_out_and_named() -> None:
    rng = np.random.default_rng(11)
    y, x = remembering(rng, 700, 15.0), remembering(rng, 700, 40.0)
    fit = fit_mean(y, np.column_stack([np.full(700, 3.3), x]), [1.0, 0.2])
    assert fit.kept == (False, True)
    assert ends(fit.adjusted) == pytest.approx(ends(fit_mean(y, x[:, None], [0.2]).adjusted), abs=1e-6)


def test_a_covariate_that_repeats_others_is_left_out_and_named() -> None:
    rng = np.random.default_rng(12)
    y, a, b = (remembering(rng, 700, 15.0) for _ in range(3))
    fit = fit_mean(y, np.column_stack([a, b, 2.0 * a - 5.0 * b + 7.0]))
    assert fit.kept == (True, True, False)
    assert numbers(fit_mean(y, np.column_stack([a, b]))) == pytest.approx(
        np.array([*ends(fit.mean), *ends(fit.adjusted), *ends(fit.slopes[0]), *ends(fit.slopes[1])]), abs=1e-6
    )


def test_a_constant_signal_has_no_width() -> None:
    fit = fit_mean(np.full(700, 0.1), np.arange(700.0)[:, None])
    assert ends(fit.mean) == (0.1, 0.1, 0.1)
    assert ends(fit.adjusted) == pytest.approx((0.1, 0.1, 0.1))
    assert ends(fit.slopes[0]) == (0.0, 0.0, 0.0)
    assert (fit.n_effective, fit.memory_s) == (700.0, 0.5)


def test_a_signal_that_is_its_covariate_leaves_almost_no_width() -> None:
    x = remembering(np.random.default_rng(13), 700, 15.0)
    fit = fit_mean(1.0 + 2.0 * x, x[:, None], [0.0])
    assert ends(fit.adjusted) == pytest.approx((1.0, 1.0, 1.0), abs=1e-6)


@pytest.mark.parametrize("size", [1e-300, 1e-150, 1e150, 1e300])
def test_any_size_of_number_is_served(size: float) -> None:
    y = remembering(np.random.default_rng(14), 700, 15.0)
    assert np.array(ends(fit_mean(size * y).mean)) / size == pytest.approx(ends(fit_mean(y).mean), abs=1e-4)


@settings(max_examples=60)
@given(
    SEEDS, st.integers(49, 400), st.sampled_from(["spike", "step", "ramp", "alternating", "rounded"]), st.integers(0, 2)
)
def test_strange_signals_give_finite_ordered_intervals(seed: int, n: int, kind: str, k: int) -> None:
    rng = np.random.default_rng(seed)
    at = np.arange(n, dtype=float)
    y = {
        "spike": (at == n // 3) * 1e9, "step": (at > n / 2) * 1.0, "ramp": at, "alternating": (-1.0) ** at,
        "rounded": np.round(rng.standard_normal(n)),
    }[kind]  # fmt: skip
    covariates = np.column_stack([at, (at > n / 2)])[:, :k].astype(float) if k else None
    found = numbers(fit_mean(y, covariates))
    assert np.isfinite(found).all()
    estimate, low, high = found.reshape(-1, 3).T
    assert ((low <= estimate) & (estimate <= high)).all()


@pytest.mark.parametrize("n", [37, 49, 97, 613])
def test_every_length_from_the_shortest_is_served(n: int) -> None:
    y = remembering(np.random.default_rng(n), n, 5.0)
    fit = fit_mean(y, np.arange(n)[:, None])
    assert np.isfinite(numbers(fit)).all()


@pytest.mark.parametrize(
    ("y", "covariates", "reference"),
    [
        (np.ones((600, 2)), None, None),
        (np.ones(20), None, None),
        (np.full(600, np.nan), None, None),
        (np.ones(600), np.ones((599, 1)), None),
        (np.ones(600), np.ones((600, 1)), [1.0, 2.0]),
        (np.ones(600), np.full((600, 1), np.inf), None),
        (np.ones(60), np.ones((60, 4)), None),
    ],
)
def test_misuse_is_an_error(y: Floats, covariates: Floats | None, reference: list[float] | None) -> None:
    with pytest.raises(ValueError, match=r"must|cannot"):
        fit_mean(y, covariates, reference)
