import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.report.numbers import (
    clock,
    count,
    interval_decimals,
    level,
    levels,
    more_minutes,
    of_level,
    of_level_change,
    of_step,
    rounded,
    sided,
    towards,
)

PERCENT = st.floats(min_value=-150, max_value=150, allow_nan=False)


@given(index=st.floats(min_value=1, max_value=150), share=st.floats(min_value=0.01, max_value=0.99))
def test_swapping_the_legs_swaps_only_the_side(index: float, share: float) -> None:
    half_width = index * share
    there = sided(index, index - half_width, index + half_width)
    back = sided(-index, -index - half_width, -index + half_width)
    assert back == there.replace("right", "left")


def test_an_interval_across_zero_names_the_left_end_first() -> None:
    assert sided(0.5, -0.8, 1.8) == "right +0.5 % (left 0.8 to right 1.8)"
    assert sided(-0.5, -1.8, 0.8) == "left +0.5 % (left 1.8 to right 0.8)"


@pytest.mark.parametrize(
    ("unit", "about", "half"), [("spm", 170.0, 1.0), ("s", 0.25, 0.004), ("m", 1.02, 0.004), ("m/s", 2.9, 0.05)]
)
def test_a_change_that_rounds_to_zero_has_no_direction(unit: str, about: float, half: float) -> None:
    said = of_level_change(0.001 * half, -half, half, unit, about=about)
    assert said.startswith("no change (")
    assert ("slower to" if unit == "m/s" else "lower to") in said


def test_a_change_between_the_legs_that_rounds_to_zero_has_no_side() -> None:
    assert towards(0.004, -0.6, 0.7) == "no change (left 0.6 % to right 0.7)"


def test_lengths_change_by_millimetres() -> None:
    assert of_level_change(-0.0123, -0.02, -0.004, "m", about=1.02) == "12 mm lower (4 to 20)"
    assert of_step(0.03, "m", about=1.02) == "30 mm"


def test_the_two_ends_of_an_interval_are_not_the_same_number() -> None:
    assert of_level(1.0182, 1.0171, 1.0189, "m") == "1.018 m (1.017 to 1.019)"


@given(value=PERCENT, half_width=st.floats(min_value=0.001, max_value=50))
def test_a_sign_never_stands_alone(value: float, half_width: float) -> None:
    text = sided(value, value - half_width, value + half_width)
    assert "-" not in text
    assert "+" not in text.replace("left +", "").replace("right +", "")


@pytest.mark.parametrize(
    ("low", "high", "decimals"), [(1.2, 3.0, 1), (0.0, 0.45, 2), (-7.8, 7.8, 0), (-100.0, 120.0, -1), (2.0, 2.0, 1)]
)
def test_two_digits_of_the_width_decide_the_rounding(low: float, high: float, decimals: int) -> None:
    assert interval_decimals(low, high) == decimals


def test_a_width_of_nothing_or_of_no_number_still_prints() -> None:
    assert sided(1.0, 1.0, 1.0) == "right +1.0 % (1.0 to 1.0)"
    assert sided(1.0, float("-inf"), float("inf")).startswith("right +1.0 %")


def test_no_minus_stands_before_a_zero() -> None:
    assert rounded(-0.004, 2) == "0.00"


def test_a_difference_that_rounds_to_nothing_names_no_side() -> None:
    assert sided(-0.01, -1.0, 1.0) == "0.0 % (left 1.0 to right 1.0)"


def test_more_minutes_are_never_understated() -> None:
    for minutes in (0.2, 1.0, 3.4, 9.9, 10.1, 33.0, 61.0, 109.0):
        assert float(more_minutes(minutes).split()[1]) >= minutes


def test_one_minute_is_singular() -> None:
    assert more_minutes(0.3) == "about 1 more minute"


def test_a_minute_that_rounds_up_carries_over() -> None:
    assert clock(59.7) == "1:00"
    assert clock(3599.6) == "1:00:00"


def test_thousands_are_set_apart_without_a_break() -> None:
    assert count(12517) == "12\u00a0517"


def test_a_unit_of_its_own_keeps_three_digits() -> None:
    assert [level(value, "g") for value in (0.0512, 6.1, 123.4, 1234.5)] == ["0.051 g", "6.10 g", "123 g", "1234 g"]


def test_levels_that_are_not_known_are_not_shown() -> None:
    assert levels({"cadence_spm": float("nan"), "power_w": 251.0}) == (("power", "251 W"),)
