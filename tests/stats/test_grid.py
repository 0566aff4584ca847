import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.stats import second_grid


def test_values_of_every_second_pass_unchanged() -> None:
    t, y = np.arange(50.0), np.sin(np.arange(50.0))
    grid = second_grid(t, y)
    assert np.array_equal(grid.t_s, t)
    assert np.array_equal(grid.values, y)
    assert not len(grid.joins)


def test_spacings_up_to_ten_seconds_are_bridged_by_a_straight_line() -> None:
    grid = second_grid([0.0, 10.0], [0.0, 20.0])
    assert np.allclose(grid.values, 2.0 * np.arange(11))


def test_longer_spacings_are_cut_and_the_rest_is_joined() -> None:
    grid = second_grid([0.0, 1.0, 12.0, 13.0, 40.0], [1.0, 2.0, 30.0, 40.0, 500.0])
    assert grid.t_s.tolist() == [0.0, 1.0, 12.0, 13.0, 40.0]
    assert grid.values.tolist() == [1.0, 2.0, 30.0, 40.0, 500.0]
    assert grid.joins.tolist() == [2, 4]


def test_a_spacing_of_days_takes_no_room() -> None:
    assert len(second_grid([0.0, 1.0, 1e9, 1e9 + 1], np.ones(4)).t_s) == 4


def test_strides_within_a_second_are_averaged() -> None:
    grid = second_grid([0.0, 0.7, 1.4, 2.1], [1.0, 2.0, 4.0, 7.0])
    assert grid.values.tolist() == [1.0, 3.0, 7.0]


def test_repeated_times_are_averaged() -> None:
    grid = second_grid([5.0, 5.0, 6.0], [1.0, 3.0, 9.0])
    assert grid.t_s.tolist() == [5.0, 6.0]
    assert grid.values.tolist() == [2.0, 9.0]


def test_columns_are_treated_alike() -> None:
    t = np.array([0.0, 0.4, 3.0, 20.0, 22.0])
    values = np.arange(10.0).reshape(5, 2) ** 2
    both = second_grid(t, values)
    for column in range(2):
        assert np.array_equal(both.values[:, column], second_grid(t, values[:, column]).values)


@given(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=60), st.floats(-5.0, 5.0), st.floats(-5.0, 5.0))
def test_a_straight_line_stays_within_half_a_second_of_itself(gaps: list[float], level: float, slope: float) -> None:
    t = np.cumsum(gaps)
    grid = second_grid(t, level + slope * t)
    assert np.abs(grid.values - (level + slope * grid.t_s)).max() <= 0.5 * abs(slope) + 1e-9


@given(st.lists(st.floats(0.0, 30.0), min_size=1, max_size=60))
def test_joins_stand_exactly_where_the_grid_jumps(gaps: list[float]) -> None:
    grid = second_grid(np.cumsum(gaps), np.zeros(len(gaps)))
    step = np.diff(grid.t_s)
    assert (step >= 1.0 - 1e-9).all()
    assert np.array_equal(np.flatnonzero(step > 1.5) + 1, grid.joins)


@pytest.mark.parametrize(
    ("t", "y"),
    [([], []), ([0.0, 1.0], [1.0]), ([1.0, 0.0], [1.0, 1.0]), ([0.0, np.nan], [1.0, 1.0]), ([0.0], [np.inf])],
)
def test_misuse_is_an_error(t: list[float], y: list[float]) -> None:
    with pytest.raises(ValueError, match=r"must|finite|fall"):
        second_grid(t, y)
