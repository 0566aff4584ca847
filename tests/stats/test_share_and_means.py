"""Shares, means and things that take turns: as published, and true about as often as they say."""

import numpy as np
import pytest

from evenstride.stats.share import wilson
from evenstride.stats.two_means import mean_interval, t_quantile, turns, welch


def test_wilsons_interval_is_the_published_one():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)  # Newcombe 1998, Stat Med 17:857


@pytest.mark.parametrize(("df", "quantile"), [(1.0, 12.706), (4.0, 2.776), (30.0, 2.042)])
def test_quantiles_are_those_of_the_tables(df, quantile):
    assert t_quantile(0.975, df) == pytest.approx(quantile, abs=5e-4)


def test_welch_holds_the_truth_in_about_95_of_100():
    rng = np.random.default_rng(1)
    lots = [(rng.normal(1.0, 1.0, 5), rng.normal(0.0, 3.0, 12)) for _ in range(2000)]
    inside = [found.low <= 1.0 <= found.high for found in (welch(one, two) for one, two in lots)]
    assert 0.93 <= np.mean(inside) <= 0.97


def test_welch_turns_when_the_lots_are_exchanged():
    one, two = [1.0, 2.0, 4.0], [0.0, 1.0, 1.5, 3.0]
    there, back = welch(one, two), welch(two, one)
    assert (back.estimate, back.low, back.high) == pytest.approx((-there.estimate, -there.high, -there.low))


def test_a_drift_is_not_taken_for_what_takes_turns():
    signs = [1, -1] * 4
    drift = [0.5 * place + 1.0 * (sign > 0) for place, sign in enumerate(signs)]
    assert turns(drift, signs).estimate == pytest.approx(1.0)


def test_turns_hold_the_truth_in_about_95_of_100():
    rng = np.random.default_rng(2)
    signs = [1, -1] * 3
    found = [turns(rng.normal(0.0, 1.0, 6) + 0.3 * np.arange(6), signs) for _ in range(2000)]
    assert 0.93 <= np.mean([one.low <= 0.0 <= one.high for one in found]) <= 0.97


@pytest.mark.parametrize("ask", [
    lambda: mean_interval([1.0]), lambda: welch([1.0], [1.0, 2.0]), lambda: turns([1.0, 2.0, 3.0, 4.0], [1, 1, 1, 1]),
])  # fmt: skip
def test_too_few_numbers_have_no_interval(ask):
    with pytest.raises(ValueError, match=r"spread|signs"):
        ask()
