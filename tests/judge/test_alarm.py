import re
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.judge.alarm import alarms, weekly_values
from evenstride.model import RunPoint

MONDAY = datetime(2025, 1, 6, 18, tzinfo=UTC)


def season(seed, *, weeks=60, step=0.0, at=30, runs=3, sd=1.0, own=0.3, missing=0.0):
    """Runs of a runner whose level moves by ``step`` in week ``at``."""
    rng = np.random.default_rng(seed)
    points = []
    for week in range(weeks):
        shared = 0.5 * rng.standard_normal()
        for day in range(runs):
            value = sd * (shared + rng.standard_normal()) + (step if week >= at else 0.0)
            if rng.random() >= missing:
                points.append(point(week, 2 * day, value, own=own))
    return points


def point(week, day, value, *, own=None):
    ends = {} if own is None else {"low": value - 1.96 * own, "high": value + 1.96 * own}
    return RunPoint(run=f"{week}-{day}", start=MONDAY + timedelta(weeks=week, days=day), value=value, **ends)


def day_of(week):
    return MONDAY.date() + timedelta(weeks=week)


def found(points, *, weeks=60, smallest=1.0, metric="contact_time"):
    return alarms(points, metric=metric, today=day_of(weeks), smallest=smallest)


def test_a_lasting_change_is_said_once() -> None:
    """The runs after it go on being different from the old baseline for half a year."""
    told = [found(season(seed, step=4.0)) for seed in range(20)]
    assert sum(len(one) == 1 for one in told) >= 18
    assert all(one for one in told)


def test_it_is_said_on_the_monday_after_the_week_that_showed_it() -> None:
    alarm = found(season(1, step=6.0))[0]
    assert alarm.day.weekday() == 0
    assert day_of(33) <= alarm.day <= day_of(34)


def test_week_and_size_of_the_change_are_told_with_their_intervals() -> None:
    alarm = found(season(2, step=4.0))[0]
    assert alarm.change_point is not None
    assert alarm.change_point.low <= day_of(30) <= alarm.change_point.high
    assert alarm.low < 4.0 < alarm.high


def test_a_second_change_is_said_too() -> None:
    points = season(3, weeks=120, step=4.0)
    later = [
        point(int(p.run.split("-")[0]), int(p.run.split("-")[1]), p.value - 4.0, own=0.3) for p in points[80 * 3 :]
    ]
    told = found(points[: 80 * 3] + later, weeks=120)
    assert [alarm.value > 0 for alarm in told] == [True, False]


def test_a_change_that_does_not_matter_is_not_said() -> None:
    points = season(4, step=4.0)
    assert found(points, smallest=2.0)
    assert not found(points, smallest=7.0)


def test_the_smallest_change_is_the_metrics_own_where_none_is_given() -> None:
    points = season(5, step=1.2, sd=0.1, own=0.03)
    assert not alarms(points, metric="contact_time", today=day_of(60))  # 2 % matter
    assert alarms(points, metric="step_time", today=day_of(60), smallest=1.0)


def test_where_none_is_published_it_is_what_two_runs_must_differ_by() -> None:
    """Runs of one week have an sd of 1: two differ when they lie 2.8 apart."""
    assert not alarms(season(6, step=1.6, runs=7), metric="braking", today=day_of(60))
    assert alarms(season(6, step=5.0, runs=7), metric="braking", today=day_of(60))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.integers(15, 60), st.sampled_from([0.0, 1.5, 3.0]))
def test_later_runs_never_change_an_earlier_alarm(seed, week, step):
    points = season(seed, weeks=64, step=step, at=20, runs=2, missing=0.3)
    then, now = found(points, weeks=week, smallest=0.3), found(points, weeks=64, smallest=0.3)
    assert then == tuple(alarm for alarm in now if alarm.day <= day_of(week))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31))
def test_swapping_the_legs_mirrors_every_alarm(seed):
    points = season(seed, step=3.0, runs=2)
    swapped = [
        RunPoint(run=p.run, start=p.start, value=-p.value, low=-p.high, high=-p.low)
        for p in points
        if p.low is not None and p.high is not None
    ]
    one, other = found(points), found(swapped)
    assert [alarm.day for alarm in one] == [alarm.day for alarm in other]
    for alarm, mirror in zip(one, other, strict=True):
        ends = (mirror.value, mirror.low, mirror.high, mirror.z)
        assert ends == pytest.approx((-alarm.value, -alarm.high, -alarm.low, -alarm.z), abs=1e-6)
        assert alarm.change_point == mirror.change_point
        assert alarm.text == mirror.text.replace("left", "RIGHT").replace("right", "left").replace("RIGHT", "right")


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31), st.sampled_from([0.01, 20.0]), st.floats(-50.0, 50.0))
def test_unit_and_zero_do_not_move_an_alarm(seed, scale, shift):
    points = season(seed, step=3.0, runs=2)
    moved = [
        RunPoint(run=p.run, start=p.start, value=scale * p.value + shift, low=scale * p.low + shift,
                 high=scale * p.high + shift)
        for p in points if p.low is not None and p.high is not None
    ]  # fmt: skip
    one, other = found(points, smallest=0.5), found(moved, smallest=0.5 * scale)
    assert [alarm.day for alarm in one] == [alarm.day for alarm in other]
    assert [scale * alarm.value for alarm in one] == pytest.approx([alarm.value for alarm in other], rel=1e-4)


def test_the_order_of_the_runs_does_not_matter() -> None:
    points = season(7, step=3.0)
    assert found(points[::-1]) == found(points)


def test_the_week_of_today_is_not_finished() -> None:
    points = [point(0, 0, 1.0), point(1, 0, 2.0)]
    assert weekly_values(points, today=day_of(1) + timedelta(days=6)).value.tolist() == [1.0]
    assert weekly_values(points, today=day_of(2)).value.tolist() == [1.0, 2.0]


def test_a_week_is_the_athletes_own() -> None:
    """Monday, 00:30 in Auckland, is still Sunday in Greenwich."""
    auckland = timezone(timedelta(hours=13))
    first, later = (datetime(2025, 1, day, 0, 30, tzinfo=auckland) for day in (6, 13))
    points = [RunPoint(run=run, start=start, value=1.0) for run, start in (("a", first), ("b", later))]
    weeks = weekly_values(points, today=date(2025, 1, 20))
    assert (weeks.first_monday, weeks.value.tolist()) == (date(2025, 1, 6), [1.0, 1.0])


def test_a_week_without_runs_is_missing() -> None:
    weeks = weekly_values([point(0, 0, 1.0), point(2, 0, 3.0)], today=day_of(4))
    assert np.isnan(weeks.value).tolist() == [False, True, False, True]


def test_a_surer_run_counts_for_more() -> None:
    """Runs of a week that agree: only their own intervals tell them apart."""
    points = [point(week, day, 1.0, own=1.0) for week in range(12) for day in (0, 2)]
    points += [point(12, 0, 0.0, own=3.0), point(12, 2, 1.0, own=1.0)]
    assert weekly_values(points, today=day_of(13)).value[-1] == pytest.approx(0.9)


def test_where_runs_differ_far_beyond_their_own_intervals_all_count_the_same() -> None:
    points = [point(week, day, float(day), own=0.01) for week in range(12) for day in (0, 2, 4)]
    points += [point(12, 0, 0.0, own=0.03), point(12, 2, 1.0, own=0.01)]
    assert weekly_values(points, today=day_of(13)).value[-1] == pytest.approx(0.5, abs=0.001)


def test_runs_without_an_interval_count_the_same() -> None:
    assert weekly_values([point(0, 0, 1.0), point(0, 2, 4.0)], today=day_of(1)).value == pytest.approx([2.5])


def test_no_runs_say_nothing() -> None:
    assert alarms([], metric="contact_time", today=date(2026, 1, 1)) == ()


def test_runs_after_today_are_not_known() -> None:
    points = season(8, step=5.0)
    assert found(points, weeks=31) == ()


@pytest.mark.parametrize(
    ("metric", "about", "step", "words"),
    [
        ("contact_time", 0.0, 5.0, ("Contact time moved to the right by ", " % (")),
        ("contact_time", 0.0, -5.0, ("Contact time moved to the left by ", " % (")),
        ("cadence", 170.0, -6.0, ("Cadence went down by ", " spm (")),
        ("contact_time_level", 0.25, 0.02, ("Contact time, both legs, went up by 2", " ms (")),
        ("vertical_oscillation_level", 0.08, 0.02, ("Vertical oscillation, both legs, went up by ", " mm (")),
        ("cadence_variability", 0.9, 0.3, ("Cadence variability went up by 0.", " percentage points (")),
        ("speed_at_heart_rate", 3.0, 0.3, ("Speed at the same heart rate: faster by ", " s/km (")),
        ("speed_at_heart_rate_flat", 3.0, -0.3, ("Speed at the same heart rate, flat: slower by ", " s/km (")),
    ],
)
def test_the_sentence_says_what_moved_where_by_how_much_and_when(metric, about, step, words):
    sd = abs(step) / 6.0
    points = season(9, step=step, sd=sd, own=0.1 * sd)
    moved = [RunPoint(run=p.run, start=p.start, value=about + p.value) for p in points]
    text = found(moved, metric=metric, smallest=0.5 * abs(step))[0].text
    assert text.startswith(words[0])
    assert words[1] in text
    assert text.endswith(") around 4 August 2025.")


def test_a_change_of_last_year_has_its_year() -> None:
    points = season(10, step=5.0, at=50)
    alarm = found(points)[0]
    assert alarm.day.year == 2026
    assert alarm.text.endswith("around 22 December 2025.")


def test_a_change_known_to_a_few_weeks_has_its_first_and_last_day() -> None:
    told = [one for seed in range(20) for one in found(season(seed, step=3.0))]
    alarm = next(one for one in told if one.change_point.low < one.change_point.high and not one.change_point.is_wide)
    assert re.search(r"around \d+ \w+ 2025 \(\d+( \w+)? to \d+ \w+ 2025\)\.$", alarm.text)


def test_a_change_between_days_far_apart_names_no_single_day() -> None:
    alarm = next(one for seed in range(40) for one in found(season(seed, step=1.6, sd=1.0)) if one.change_point.is_wide)
    assert re.search(r" between \d+ \w+( 2025)? and \d+ \w+ 202\d, perhaps slowly\.$", alarm.text)
