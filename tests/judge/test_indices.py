import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.judge.indices import (
    index_of_share,
    index_to_larger_pct,
    index_to_left_pct,
    index_to_sum_pct,
    log_ratio_pct,
    ratio,
    robinson_index_pct,
    share_left_pct,
    symmetry_angle_pct,
)

values = st.floats(0.01, 1000.0)
similar = st.tuples(st.floats(0.1, 100.0), st.floats(0.9, 1.1)).map(lambda pair: (pair[0], pair[0] * pair[1]))

# Table 1 of J Phys Med Rehabil 2014, 2329-9096-2-201: non-paretic and paretic step lengths in metres, then the row's
# printed values and the printed mean. The paper's differences are NP − P: NP stands where we have the right leg.
NP = np.array([0.39, 0.59, 0.47, 0.25, 0.40, 0.37])
P = np.array([0.25, 0.40, 0.37, 0.39, 0.59, 0.47])
PRINTED = {
    "difference": ([0.14, 0.19, 0.10, -0.14, -0.19, -0.10], 0.00, lambda: NP - P),
    "ratio": ([1.56, 1.48, 1.27, 0.64, 0.68, 0.79], 1.07, lambda: ratio(P, NP)),
    "to NP": ([35.90, 32.20, 21.28, -56.00, -47.50, -27.03], -6.86, lambda: -index_to_left_pct(NP, P)),
    "to larger": ([35.90, 32.20, 21.28, -35.90, -32.20, -21.28], 0.00, lambda: index_to_larger_pct(P, NP)),
    "Robinson": ([43.75, 38.38, 23.81, -43.75, -38.38, -23.81], 0.00, lambda: robinson_index_pct(P, NP)),
    "to sum": ([21.88, 19.19, 11.90, -21.88, -19.19, -11.90], 0.00, lambda: index_to_sum_pct(P, NP)),
    "share": ([60.94, 59.60, 55.95, 39.06, 40.40, 44.05], 50.00, lambda: share_left_pct(NP, P)),
    "angle": ([-13.71, -12.07, -7.54, 13.71, 12.07, 7.54], 0.00, lambda: -symmetry_angle_pct(P, NP)),
}


@pytest.mark.parametrize("row", PRINTED)
def test_the_published_table_is_reproduced_to_both_decimals(row):
    printed, mean, computed = PRINTED[row]
    np.testing.assert_allclose(computed(), printed, atol=0.00501)
    assert np.mean(computed()) == pytest.approx(mean, abs=0.00501)


def test_ratios_and_named_limbs_show_the_reference_limb_artefact():
    """Six mirrored subjects: the truth is 1 and 0."""
    assert np.mean(ratio(P, NP)) == pytest.approx(1.07, abs=0.005)
    assert np.mean(-index_to_left_pct(NP, P)) == pytest.approx(-6.86, abs=0.005)


@given(values, values)
def test_the_index_is_minus_four_times_the_share_beyond_fifty(left, right):
    assert robinson_index_pct(left, right) == pytest.approx(index_of_share(share_left_pct(left, right)), abs=1e-9)


@given(values, values)
def test_the_index_to_the_sum_is_half_of_robinsons(left, right):
    assert index_to_sum_pct(left, right) == pytest.approx(robinson_index_pct(left, right) / 2)


@given(similar)
def test_the_symmetry_angle_is_the_index_over_pi(legs):
    """To three digits up to an index of 12 %."""
    assert symmetry_angle_pct(*legs) == pytest.approx(robinson_index_pct(*legs) / np.pi, abs=0.006)


@pytest.mark.parametrize(("index", "angle"), [(1, 0.318), (2, 0.637), (4, 1.273), (8, 2.545), (12, 3.815), (20, 6.345)])
def test_published_pairs_of_index_and_angle(index, angle):
    assert symmetry_angle_pct(1 - index / 200, 1 + index / 200) == pytest.approx(angle, abs=0.0005)


@pytest.mark.parametrize(
    ("left", "right", "index", "log", "larger", "angle", "share"),
    [(90.0, 100.0, 10.526, 10.536, 10.000, 3.348, 52.632), (95.0, 100.0, 5.128, 5.129, 5.000, 1.632, 51.282)],
)
def test_the_identities_of_two_worked_pairs(left, right, index, log, larger, angle, share):
    told = (
        robinson_index_pct(left, right),
        log_ratio_pct(left, right),
        index_to_larger_pct(left, right),
        symmetry_angle_pct(left, right),
        100 - share_left_pct(left, right),
    )
    assert told == pytest.approx((index, log, larger, angle, share), abs=0.0006)


@pytest.mark.parametrize(
    "index", [robinson_index_pct, log_ratio_pct, index_to_sum_pct, index_to_larger_pct, symmetry_angle_pct]
)
@given(left=values, right=values)
def test_swapping_the_legs_only_changes_the_sign(index, left, right):
    assert index(left, right) == pytest.approx(-index(right, left), abs=1e-9)


def test_an_index_to_one_named_limb_fails_that_test():
    assert index_to_left_pct(1.0, 2.0) != -index_to_left_pct(2.0, 1.0)


def test_the_symmetry_angle_stays_bounded_where_the_index_explodes():
    assert symmetry_angle_pct(0.0, 1.0) == pytest.approx(50.0)
    assert [symmetry_angle_pct(-0.1, 0.3), symmetry_angle_pct(-1.0, 1.0)] == pytest.approx([70.5, 100.0], abs=0.05)
    assert robinson_index_pct(-0.1, 0.3) == pytest.approx(400.0)
