from itertools import product
from math import inf, isinf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test, ttest_1samp

from evenstride.stats.permutation import detectable_effect, pairs_needed, sign_flip_power, sign_flip_test

DIFFERENCES = st.lists(st.integers(-50, 50).map(lambda tenths: tenths / 10), min_size=1, max_size=10)


def p_by_hand(d):
    flips = np.array(list(product((1, -1), repeat=len(d)))) @ np.asarray(d)
    return np.mean(np.abs(flips) >= abs(np.sum(d)) - 1e-9)


@given(DIFFERENCES)
def test_p_is_the_share_of_all_flips_with_as_large_a_mean(d):
    assert sign_flip_test(d).p_value == pytest.approx(p_by_hand(d), abs=1e-12)


def test_p_is_that_of_scipy():
    d = np.random.default_rng(1).standard_normal(9) + 0.7
    other = permutation_test((d,), np.mean, permutation_type="samples", n_resamples=np.inf)
    assert sign_flip_test(d).p_value == pytest.approx(other.pvalue)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [6, 9, 12])
def test_the_interval_holds_exactly_the_effects_that_are_not_rejected(seed, n):
    d = np.random.default_rng(seed).standard_normal(n)
    found = sign_flip_test(d)
    step = 1e-6
    assert sign_flip_test(d - found.low - step).p_value > 0.05 >= sign_flip_test(d - found.low + step).p_value
    assert sign_flip_test(d - found.high + step).p_value > 0.05 >= sign_flip_test(d - found.high - step).p_value


def test_the_interval_is_near_the_t_interval_of_normal_differences():
    d = np.random.default_rng(4).standard_normal(14)
    found, t = sign_flip_test(d), ttest_1samp(d, 0.0).confidence_interval()
    assert (found.low, found.high) == pytest.approx((t.low, t.high), abs=0.15)


def test_five_pairs_have_no_interval():
    found = sign_flip_test([1.0, 1.1, 0.9, 1.2, 1.0])
    assert isinf(found.low)
    assert isinf(found.high)
    assert found.p_value == 2 / 32


def test_random_flips_come_near_all_of_them():
    d = np.random.default_rng(5).standard_normal(17) + 0.5
    drawn = sign_flip_test(d, rng=np.random.default_rng(6))
    assert not drawn.exact
    assert drawn.p_value == pytest.approx(p_by_hand(d), abs=0.01)
    t = ttest_1samp(d, 0.0).confidence_interval()
    assert (drawn.low, drawn.high) == pytest.approx((t.low, t.high), abs=0.15)


def test_many_pairs_ask_for_a_source_of_chance():
    with pytest.raises(ValueError, match="rng"):
        sign_flip_test(np.ones(17))


@pytest.mark.parametrize("bad", [[], [np.nan, 1.0], [[1.0, 2.0]]])
def test_what_is_no_row_of_differences_is_refused(bad):
    with pytest.raises(ValueError, match="one finite difference per pair"):
        sign_flip_test(bad)


@given(DIFFERENCES)
def test_turning_all_pairs_round_mirrors_the_answer(d):
    found, turned = sign_flip_test(d), sign_flip_test([-one for one in d])
    assert turned.p_value == found.p_value
    assert (turned.estimate, turned.low, turned.high) == pytest.approx((-found.estimate, -found.high, -found.low))


@pytest.mark.parametrize(("n", "effect"), [(6, 1.5), (8, 1.0), (12, 0.8)])
def test_power_is_what_simulated_trials_find(n, effect):
    rng = np.random.default_rng(7)
    found = np.mean([sign_flip_test(rng.standard_normal(n) + effect).p_value <= 0.05 for _ in range(1500)])
    assert sign_flip_power(effect, n) == pytest.approx(found, abs=0.04)


def test_the_number_of_pairs_is_the_first_with_enough_power():
    n = pairs_needed(0.7)
    assert n is not None
    assert sign_flip_power(0.7, n) >= 0.8 > sign_flip_power(0.7, n - 1)


def test_what_can_be_found_has_just_that_power():
    assert sign_flip_power(detectable_effect(9), 9) == pytest.approx(0.8, abs=1e-3)
    assert detectable_effect(5) == inf
    assert 1.0 < detectable_effect(6, power=0.5) < detectable_effect(6) < 2.0


def test_a_very_large_effect_is_found_surely():
    assert sign_flip_power(20.0, 12) == 1.0
