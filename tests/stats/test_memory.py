import numpy as np
import pytest
from numpy.typing import NDArray

from evenstride.stats.memory import SHAPES, TAU_S, n_cosines, noise_models, variance_inflation


def covariance(n: int, tau_s: float) -> NDArray[np.float64]:
    lag = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    matrix: NDArray[np.float64] = np.exp(-lag / tau_s)
    return matrix


def cosines(n: int) -> NDArray[np.float64]:
    j = np.arange(1, n_cosines(n) + 1)[:, None]
    basis: NDArray[np.float64] = np.sqrt(2.0 / n) * np.cos(np.pi * j * (np.arange(n) + 0.5) / n)
    return basis


@pytest.mark.parametrize("row", [8, 16, 24, 27])
def test_a_single_memory_gives_the_cosines_the_variances_of_its_dense_covariance(row: int) -> None:
    n = 700
    x = cosines(n)
    exact = np.einsum("jt,ts,js->j", x, covariance(n, TAU_S[row]), x)
    assert 1.0 / noise_models(n).precision[row] == pytest.approx(exact, rel=0.02, abs=0.2)


@pytest.mark.parametrize("row", [8, 16, 24, 27])
def test_a_single_memory_gives_the_mean_the_variance_of_its_dense_covariance(row: int) -> None:
    n = 700
    exact = covariance(n, TAU_S[row]).sum() / n
    assert variance_inflation(np.array([float(n)]))[row, 0] == pytest.approx(exact, rel=0.02)


def test_shapes_mix_the_slow_part_with_a_faster_one() -> None:
    n, tau = 900, 12
    single = 1.0 / noise_models(n).precision[:28]
    for number, (slow, faster) in enumerate(SHAPES):
        if faster == np.inf:
            expected = slow * single[tau] + (1.0 - slow)
            assert 1.0 / noise_models(n).precision[28 * number + tau] == pytest.approx(expected)


def test_the_determinant_belongs_to_the_variances() -> None:
    models = noise_models(4321)
    assert models.log_det == pytest.approx(-np.log(models.precision).sum(axis=1))


def test_odd_numbers_of_cosines_are_served() -> None:
    assert noise_models(12 * 7).precision.shape == (28 * len(SHAPES), 7)


def test_the_kept_models_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        noise_models(600).precision[0, 0] = 1.0
