"""The noise is what was asked for: its spread, its memory, and the variance of its mean."""

import numpy as np
import pytest

from evenstride.model import Floats
from evenstride.simulate.noise import index_noise, mean_variance, remembering, smoothed


def _autocorrelation(values: Floats, lag: int) -> float:
    centred = values - values.mean()
    return float((centred[lag:] * centred[:-lag]).mean() / centred.var())


@pytest.mark.parametrize("memory_s", [5.0, 20.0, 60.0])
def test_autocorrelation_falls_to_one_over_e_after_the_memory(memory_s: float) -> None:
    values = remembering(400_000, memory_s, np.random.default_rng(1))
    assert values.std() == pytest.approx(1.0, abs=0.03)
    assert _autocorrelation(values, int(memory_s)) == pytest.approx(np.exp(-1), abs=0.03)


def test_the_first_second_is_as_spread_as_every_other() -> None:
    rng = np.random.default_rng(2)
    first = np.array([remembering(2, 50.0, rng) for _ in range(4000)])
    assert first.std(axis=0) == pytest.approx([1.0, 1.0], abs=0.04)


def test_the_two_parts_of_the_noise_have_the_shares_that_were_asked() -> None:
    values = index_noise(600_000, 80.0, 0.6, np.random.default_rng(3))
    assert values.std() == pytest.approx(1.0, abs=0.03)
    for lag in (10, 40, 160):
        expected = 0.64 * np.exp(-lag / 80) + 0.36 * np.exp(-lag / 10)
        assert _autocorrelation(values, lag) == pytest.approx(expected, abs=0.03)


def test_the_passes_over_whole_arrays_equal_the_recursion_step_by_step() -> None:
    shocks = np.random.default_rng(4).standard_normal(777)
    expected, last = [], 0.0
    for shock in shocks:
        last = 0.97 * last + shock
        expected.append(last)
    assert smoothed(shocks, 0.97) == pytest.approx(np.array(expected), abs=1e-9)


@pytest.mark.parametrize(("n", "memory_s", "fast_share"), [(600, 40.0, 0.0), (1800, 240.0, 0.6), (900, 80.0, 1.0)])
def test_variance_of_the_mean_equals_the_double_sum_of_autocorrelations(
    n: int, memory_s: float, fast_share: float
) -> None:
    lags = np.arange(1, n)
    rho = (1 - fast_share**2) * np.exp(-lags / memory_s) + fast_share**2 * np.exp(-lags / (memory_s / 8))
    exact = (n + 2 * ((n - lags) * rho).sum()) / n**2
    assert mean_variance(n, memory_s, fast_share) == pytest.approx(exact, rel=0.01)
