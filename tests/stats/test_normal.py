import numpy as np
import pytest
from scipy.fft import dct
from scipy.special import ndtr, ndtri

from evenstride.stats.normal import cosine_coefficients, normal_cdf, normal_quantile


def test_the_distribution_is_the_normal_one() -> None:
    x = np.linspace(-12.0, 12.0, 20_001)
    np.testing.assert_allclose(normal_cdf(x), ndtr(x), atol=5e-7)


def test_infinities_are_the_ends() -> None:
    assert normal_cdf(np.array([-np.inf, np.inf])).tolist() == pytest.approx([0.0, 1.0])


def test_quantiles_are_the_normal_ones() -> None:
    p = np.concatenate((np.geomspace(1e-6, 0.5, 5000), 1 - np.geomspace(1e-6, 0.5, 5000)))
    np.testing.assert_allclose(normal_quantile(p), ndtri(p), atol=1e-5)


@pytest.mark.parametrize("n", [600, 601, 3613, 5713])
def test_the_cosine_coefficients_are_those_of_the_transform(n: int) -> None:
    rows = np.random.default_rng(n).normal(size=(3, n))
    np.testing.assert_allclose(cosine_coefficients(rows, 50), dct(rows, norm="ortho", axis=1)[:, 1:51], atol=1e-12)
