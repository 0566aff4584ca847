import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from evenstride.stats.change_point import MEMORIES, change_points, present_weeks, steps_at, whitened_sums


def remembering(seed: int, runners: int, weeks: int, memory: float) -> NDArray[np.float64]:
    noise = np.random.default_rng(seed).standard_normal((runners, weeks))
    for week in range(1, weeks):
        noise[:, week] = memory * noise[:, week - 1] + np.sqrt(1 - memory**2) * noise[:, week]
    return noise


def test_a_clear_step_is_found_in_its_week() -> None:
    values = remembering(1, 1, 40, 0.0)[0]
    values[23:] += 8.0
    found = change_points(values)
    assert (found.week[0], found.likeliest[0]) == (23, 23)
    assert found.low[0] < 8.0 < found.high[0]


@pytest.mark.parametrize("memory", [0.0, 0.3])
@pytest.mark.parametrize("step", [1.5, 3.0])
def test_the_intervals_hold_week_and_size_at_least_about_as_often_as_they_say(memory, step):
    rng, values = np.random.default_rng(2), remembering(3, 600, 40, memory)
    first = rng.integers(12, 33, 600)
    values += step * (np.arange(40) >= first[:, None])
    found = change_points(values)
    assert np.mean((found.week_low <= first) & (first <= found.week_high)) > 0.93
    assert np.mean((found.low <= step) & (step <= found.high)) > 0.92


def test_the_probabilities_of_the_weeks_make_one() -> None:
    found = change_points(remembering(4, 5, 30, 0.3))
    assert found.probability.sum(axis=1) == pytest.approx(np.ones(5))


def test_a_fit_is_generalised_least_squares() -> None:
    """The same step, size and spread from dense matrices, weeks missing."""
    values = remembering(5, 1, 20, 0.4)[0]
    values[[3, 4, 11]] = np.nan
    weeks = present_weeks(values)
    last, first = int(weeks.count[0]) - 1, 9
    steps = steps_at(whitened_sums(weeks), np.array([0]), np.array([[first]]), np.array([last]))
    at, y = weeks.week[0, : last + 1], weeks.value[0, : last + 1]
    for i, memory in enumerate(MEMORIES):
        inverse = np.linalg.inv(memory ** np.abs(np.subtract.outer(at, at)).astype(float))
        design = np.column_stack([np.ones(len(y)), np.arange(len(y)) >= first]).astype(float)
        precision = design.T @ inverse @ design + np.diag([0.0, 1.0 / 16.0])
        beta = np.linalg.solve(precision, design.T @ inverse @ y)
        rest = y @ inverse @ y - beta @ precision @ beta
        spread = np.sqrt(rest / (len(y) - 1) * np.linalg.inv(precision)[1, 1])
        assert (steps.change[i, 0, 0], steps.scale[i, 0, 0]) == pytest.approx((beta[1], spread), rel=1e-6)


def test_a_step_in_a_gap_may_have_come_in_any_of_its_weeks() -> None:
    values = 0.1 * remembering(6, 1, 30, 0.0)[0]
    values[15:] += 5.0
    values[12:18] = np.nan
    found = change_points(values)
    assert found.probability[0, 12:19] == pytest.approx(np.full(7, 1 / 7), abs=1e-3)
    assert (found.week_low[0], found.week_high[0]) == (12, 18)


@settings(max_examples=30)
@given(st.integers(0, 2**31), st.sampled_from([-1.0, 0.01, 30.0]), st.floats(-100.0, 100.0))
def test_unit_sign_and_zero_do_not_move_the_week(seed, scale, shift):
    values = remembering(seed, 1, 30, 0.3)
    values[:, 18:] += 2.0
    found, moved = change_points(values), change_points(scale * values + shift)
    assert moved.week[0] == found.week[0]
    assert moved.change[0] == pytest.approx(scale * found.change[0], abs=1e-4 * abs(scale))


def test_rows_are_fitted_independently() -> None:
    values = remembering(7, 4, 30, 0.2)
    values[1, 5:9] = np.nan
    together = change_points(values)
    for i, row in enumerate(values):
        assert change_points(row).change[0] == pytest.approx(together.change[i])


def test_weeks_without_any_noise_still_have_a_change() -> None:
    found = change_points(np.repeat([1.0, 2.0], 10))
    assert (found.week[0], found.change[0]) == (10, pytest.approx(1.0, abs=0.05))


def test_weeks_that_never_move_have_a_change_of_nothing() -> None:
    assert change_points(np.full(20, 3.0)).change[0] == pytest.approx(0.0, abs=1e-6)


def test_four_weeks_are_too_few() -> None:
    with pytest.raises(ValueError, match="5 weeks"):
        change_points([1.0, 2.0, np.nan, 3.0, 4.0])
