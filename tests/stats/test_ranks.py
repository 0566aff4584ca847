import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata, spearmanr

from evenstride.stats.ranks import average_ranks, spearman

RATINGS = st.lists(st.integers(-4, 4), min_size=5, max_size=30)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=30))
def test_ranks_are_those_of_scipy(values):
    np.testing.assert_array_equal(average_ranks(values), rankdata(values))


@given(RATINGS, st.integers(0, 2**32 - 1))
def test_the_correlation_is_that_of_scipy_with_ties_too(ratings, seed):
    if len(set(ratings)) == 1:
        return
    measured = np.random.default_rng(seed).standard_normal(len(ratings)).round(1)
    if len(set(measured.tolist())) > 1:
        assert spearman(ratings, measured).rho == pytest.approx(spearmanr(ratings, measured).statistic, abs=1e-12)


def test_the_interval_is_the_published_formula():
    rng = np.random.default_rng(1)
    x = rng.standard_normal(20)
    found = spearman(x, x + rng.standard_normal(20))
    half = 1.959964 * np.sqrt((1 + found.rho**2 / 2) / 17)
    assert (found.low, found.high) == pytest.approx(np.tanh(np.arctanh(found.rho) + np.array([-half, half])))


def test_only_the_order_counts():
    x, y = np.arange(12.0), np.random.default_rng(2).standard_normal(12)
    assert spearman(np.exp(x), y**3) == spearman(x, y)


def test_turning_one_series_round_mirrors_correlation_and_interval():
    x, y = np.random.default_rng(3).standard_normal((2, 15))
    found, turned = spearman(x, y), spearman(x, -y)
    assert (turned.rho, turned.low, turned.high) == pytest.approx((-found.rho, -found.high, -found.low))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_perfect_correlation_still_has_an_interval(sign):
    found = spearman(np.arange(10), sign * np.arange(10))
    ends = sorted((sign * found.low, sign * found.high))
    assert found.rho == pytest.approx(sign)
    assert 0.9 < ends[0] < 0.99
    assert ends[1] == 1.0


@pytest.mark.parametrize(
    ("x", "y"),
    [([1, 2, 3, 4], [1, 2, 3, 4]), ([1] * 6, range(6)), ([1, 2, 3, 4, np.nan], range(5)), (range(5), range(6))],
)
def test_what_cannot_be_correlated_is_refused(x, y):
    with pytest.raises(ValueError, match="correlation"):
        spearman(list(x), list(y))


def test_the_authors_own_example_of_the_interval_is_reproduced():
    """Of ``ci.spear`` in Bonett's statpsych (dgbonett.github.io/statpsych)."""
    y = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19]
    x = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51]
    found = spearman(x, y)
    assert (found.rho, found.low, found.high) == pytest.approx((0.8699639, 0.5840951, 0.9638297), abs=1e-6)
