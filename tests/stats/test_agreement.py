import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.stats.agreement import cohen_kappa, intraclass_correlation, limits_of_agreement, mdc95

# Shrout and Fleiss 1979: six subjects, four raters.
SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
# Two tables with the same error and very different spread of the subjects: the lesson of Weir 2005.
WIDE = np.array([[146, 148, 170, 90, 157, 156, 176, 205], [140, 152, 152, 99, 145, 153, 167, 218]]).T
NARROW = np.array([[166, 168, 160, 150, 147, 146, 156, 155], [160, 172, 142, 159, 135, 143, 147, 168]]).T
# Peak expiratory flow of 17 subjects by two meters, as in Bland and Altman 1986.
LARGE = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]


def test_the_six_published_forms_are_reproduced() -> None:
    found = intraclass_correlation(SHROUT_FLEISS)
    one = (found.icc_1_1, found.icc_2_1, found.icc_3_1)
    assert one == pytest.approx((0.166, 0.290, 0.715), abs=5e-4)
    assert (found.icc_1_k, found.icc_2_k, found.icc_3_k) == pytest.approx((0.443, 0.620, 0.909), abs=5e-4)


def test_the_published_mean_squares_are_reproduced() -> None:
    found = intraclass_correlation(SHROUT_FLEISS)
    squares = (found.between_subjects, found.within_subjects, found.error)
    assert squares == pytest.approx((11.242, 6.264, 1.019), abs=5e-4)


@pytest.mark.parametrize(("table", "icc_3_1", "icc_2_1"), [(WIDE, 0.947, 0.950), (NARROW, 0.538, 0.553)])
def test_the_coefficient_depends_on_the_spread_of_the_subjects(table, icc_3_1, icc_2_1):
    found = intraclass_correlation(table)
    assert (found.icc_3_1, found.icc_2_1) == pytest.approx((icc_3_1, icc_2_1), abs=5e-4)


@pytest.mark.parametrize("table", [WIDE, NARROW])
def test_the_detectable_change_does_not_depend_on_it(table):
    found = intraclass_correlation(table)
    assert found.sem == pytest.approx(7.557, abs=5e-4)
    assert mdc95(found.sem) == pytest.approx(20.95, abs=5e-3)


@given(st.floats(0.01, 100.0), st.floats(-1000.0, 1000.0))
def test_unit_and_zero_do_not_move_the_coefficients(scale, shift):
    found, moved = (
        intraclass_correlation(SHROUT_FLEISS),
        intraclass_correlation(scale * np.array(SHROUT_FLEISS) + shift),
    )
    assert moved.icc_2_1 == pytest.approx(found.icc_2_1, abs=1e-6)
    assert moved.sem == pytest.approx(scale * found.sem, rel=1e-6)


@pytest.mark.parametrize("table", [[1.0, 2.0], [[1.0], [2.0]], [[1.0, np.nan], [2.0, 3.0]], np.ones((3, 3))])
def test_a_table_that_cannot_tell_is_refused(table):
    with pytest.raises(ValueError, match="correlat"):
        intraclass_correlation(table)


def test_the_published_limits_of_agreement_are_reproduced() -> None:
    found = limits_of_agreement(MINI, LARGE, coverage_sd=2.0)
    assert (found.bias, found.sd) == pytest.approx((-2.12, 38.77), abs=5e-3)
    assert (found.low, found.high) == pytest.approx((-79.6, 75.4), abs=0.06)
    assert found.n == 17


def test_swapping_the_methods_flips_the_limits() -> None:
    one, other = limits_of_agreement(LARGE, MINI), limits_of_agreement(MINI, LARGE)
    assert (one.bias, one.low, one.high) == pytest.approx((-other.bias, -other.high, -other.low))


def test_a_limit_is_less_sure_than_the_bias() -> None:
    found = limits_of_agreement(LARGE, MINI)
    assert found.limit_half_width == pytest.approx(np.sqrt(3.0) * found.bias_half_width)


def test_methods_of_different_subjects_are_refused() -> None:
    with pytest.raises(ValueError, match="both methods"):
        limits_of_agreement([1.0, 2.0, 3.0], [1.0, 2.0])


def test_the_worked_kappa_is_reproduced() -> None:
    found = cohen_kappa([[15, 5], [10, 70]])
    assert (found.observed, found.by_chance) == pytest.approx((0.85, 0.65))
    assert found.kappa == pytest.approx(0.571, abs=5e-4)


def test_kappas_interval_holds_the_truth_in_about_95_of_100_samples() -> None:
    rng, shares = np.random.default_rng(1), np.array([0.35, 0.10, 0.15, 0.40])
    truth = cohen_kappa(shares.reshape(2, 2)).kappa
    samples = [cohen_kappa(row.reshape(2, 2)) for row in rng.multinomial(80, shares, size=2000)]
    assert np.mean([one.low <= truth <= one.high for one in samples]) == pytest.approx(0.95, abs=0.02)


def test_perfect_agreement_is_one_and_opposition_minus_one() -> None:
    assert cohen_kappa([[7, 0], [0, 7]]).kappa == pytest.approx(1.0)
    assert cohen_kappa([[0, 7], [7, 0]]).kappa == pytest.approx(-1.0)


@given(st.lists(st.integers(1, 50), min_size=4, max_size=4))
def test_swapping_the_sides_of_both_leaves_kappa(counts):
    table = np.array(counts, dtype=float).reshape(2, 2)
    assert cohen_kappa(table[::-1, ::-1]).kappa == pytest.approx(cohen_kappa(table).kappa, abs=1e-9)


@pytest.mark.parametrize("table", [[[5, 0], [0, 0]], [[1, 2]], [[-1, 2], [3, 4]], [[0, 0], [0, 0]]])
def test_a_table_without_agreement_beyond_chance_is_refused(table):
    with pytest.raises(ValueError, match=r"kappa|agreement"):
        cohen_kappa(table)
