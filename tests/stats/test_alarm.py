import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from evenstride.stats.alarm import WATCH, first_alarms, weekly_test
from evenstride.stats.control_chart import ewma_alarms, shewhart_alarms


def remembering(seed: int, runners: int, weeks: int, memory: float) -> NDArray[np.float64]:
    noise = np.random.default_rng(seed).standard_normal((runners, weeks))
    for week in range(1, weeks):
        noise[:, week] = memory * noise[:, week - 1] + np.sqrt(1 - memory**2) * noise[:, week]
    return noise


def stepped(seed: int, memory: float, *, step: float, watched: int, weeks: int = 12) -> NDArray[np.float64]:
    values = remembering(seed, 1500, 12 + watched + weeks, memory)
    values[:, 12 + watched :] += step
    return values


@pytest.mark.parametrize("memory", [0.0, 0.3])
def test_at_most_one_year_in_ten_has_a_false_alarm(memory):
    """3 000 runners stand for the 20 000 of the validation: two standard errors are allowed for."""
    share = weekly_test(remembering(1, 3000, 64, memory)).alarm.any(axis=1).mean()
    assert share < 0.105 + 0.011


def test_textbook_limits_call_several_times_as_many() -> None:
    values = remembering(2, 2000, 64, 0.3)
    ours = weekly_test(values).alarm.any(axis=1).mean()
    assert ewma_alarms(values).any(axis=1).mean() > 5 * ours
    assert shewhart_alarms(values).any(axis=1).mean() > 7 * ours


@pytest.mark.parametrize("memory", [0.0, 0.3])
@pytest.mark.parametrize(("step", "least"), [(1.5, 0.45), (2.0, 0.72), (3.0, 0.96)])
def test_a_change_right_after_the_baseline_is_found_within_twelve_weeks(step, least, memory):
    assert weekly_test(stepped(3, memory, step=step, watched=0)).alarm.any(axis=1).mean() > least


@pytest.mark.parametrize("memory", [0.0, 0.3])
@pytest.mark.parametrize(("step", "least"), [(1.5, 0.60), (2.0, 0.88), (3.0, 0.99)])
def test_a_change_after_twenty_watched_weeks_is_found_within_twelve(step, least, memory):
    alarm = weekly_test(stepped(4, memory, step=step, watched=20)).alarm
    quiet = ~alarm[:, :32].any(axis=1)
    assert alarm[quiet, 32:].any(axis=1).mean() > least - 0.02  # 1 500 runners: their own error


def test_a_very_large_change_is_found_within_four_weeks() -> None:
    alarm = weekly_test(stepped(13, 0.3, step=4.0, watched=20, weeks=4)).alarm
    assert alarm[~alarm[:, :32].any(axis=1), 32:].any(axis=1).mean() > 0.9


def test_missing_weeks_make_no_false_alarms() -> None:
    values = remembering(5, 2000, 80, 0.3)
    values[np.random.default_rng(6).random(values.shape) < 0.4] = np.nan
    assert weekly_test(values).alarm.any(axis=1).mean() < 0.105


def test_a_missing_week_and_the_baseline_say_nothing() -> None:
    values = stepped(7, 0.0, step=4.0, watched=0)[:50]
    values[:, 18] = np.nan
    test = weekly_test(values)
    assert not test.z[:, 18].any()
    assert not test.z[:, : 12 + WATCH.fewest_weeks - 1].any()


def test_a_baseline_with_gaps_takes_longer() -> None:
    values = np.concatenate((np.full(6, np.nan), remembering(8, 1, 12, 0.0)[0], np.full(8, 9.0)))
    assert weekly_test(values).alarm[0].argmax() == 18 + WATCH.fewest_weeks - 1


def test_weeks_far_apart_count_as_more_than_neighbours() -> None:
    """Neighbours repeat one another; the same values a month apart tell more."""
    close = remembering(9, 1, 18, 0.0)[0]
    close[12:] += 2.0
    apart = np.full(18 * 4, np.nan)
    apart[::4] = close
    strict = np.abs(weekly_test(apart).z[0, ::4]), np.abs(weekly_test(close).z[0])
    assert strict[0][-1] > strict[1][-1]


@settings(max_examples=30)
@given(st.integers(0, 2**31), st.integers(16, 60))
def test_later_weeks_never_change_what_a_week_said(seed, known):
    values = remembering(seed, 1, 64, 0.3)
    values[:, 30:] += 1.5
    values[np.random.default_rng(seed).random(values.shape) < 0.2] = np.nan
    assert weekly_test(values[:, :known]).z == pytest.approx(weekly_test(values).z[:, :known], abs=1e-9)


@settings(max_examples=30)
@given(st.integers(0, 2**31), st.sampled_from([0.01, 1.0, 40.0]), st.floats(-100.0, 100.0))
def test_unit_and_zero_do_not_matter(seed, scale, shift):
    values = remembering(seed, 2, 40, 0.3)
    assert weekly_test(scale * values + shift).z == pytest.approx(weekly_test(values).z, abs=1e-5)


@given(st.integers(0, 2**31))
@settings(max_examples=20)
def test_mirroring_the_values_mirrors_the_answer(seed):
    values = remembering(seed, 2, 40, 0.3)
    assert weekly_test(-values).z == pytest.approx(-weekly_test(values).z, abs=1e-9)


def test_a_runner_is_judged_alone_as_among_others() -> None:
    values = remembering(10, 5, 50, 0.3)
    values[2, 5:20] = np.nan
    together = weekly_test(values)
    for i, row in enumerate(values):
        alone = weekly_test(row)
        assert alone.z[0] == pytest.approx(together.z[i], abs=1e-9)
        assert (alone.limit[0] == together.limit[i]).all()


def test_a_change_below_the_smallest_that_matters_is_not_said() -> None:
    values = stepped(11, 0.0, step=3.0, watched=0)[:200]
    assert (first_alarms(values) >= 0).mean() > 0.95
    assert (first_alarms(values, smallest=6.0) >= 0).mean() < 0.01


def test_the_first_alarm_is_the_first_week_beyond_the_limit() -> None:
    values = stepped(12, 0.3, step=2.0, watched=10)[:200]
    alarm = weekly_test(values).alarm
    assert (first_alarms(values) == np.where(alarm.any(axis=1), alarm.argmax(axis=1), -1)).all()


def test_a_series_shorter_than_its_baseline_says_nothing() -> None:
    assert not weekly_test(np.arange(12.0)).z.any()
    assert first_alarms(np.empty((1, 0)))[0] == -1


def test_weeks_that_never_move_raise_no_alarm() -> None:
    assert first_alarms(np.full(60, 2.5))[0] == -1
