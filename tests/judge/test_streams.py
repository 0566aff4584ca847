"""What a season's alarms watch, and that nothing later runs bring can change what was said."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.judge.streams import OUTDOORS, as_in_baseline, season_alarms, streams
from evenstride.judge.trend import season_metric
from evenstride.model import LEVELS, RunPoint

MONDAY = datetime(2025, 1, 6, 18, tzinfo=UTC)
SEEDS = st.integers(0, 2**31)


def day_of(week):
    return MONDAY.date() + timedelta(weeks=week)


def season(seed, *, weeks=40, step=0.0, at=26, sd=0.5, device=lambda _week, _day: "one"):
    """Two runs a week whose level moves by ``step`` in week ``at``."""
    rng = np.random.default_rng(seed)
    points = []
    for week in range(weeks):
        for day in (1, 4):
            value = float(sd * rng.standard_normal() + (step if week >= at else 0.0))
            points.append(
                RunPoint(run=f"{week:02}-{day}", start=MONDAY + timedelta(weeks=week, days=day), value=value,
                         low=value - 0.4, high=value + 0.4, device=device(week, day))
            )  # fmt: skip
    return points


def found(points, *, weeks=40, metric="contact_time"):
    return season_alarms(points, metric=metric, today=day_of(weeks))


def moved(points, by, when):
    return [replace(p, value=p.value + by, low=p.low + by, high=p.high + by) if when(p) else p for p in points]


def varied(seed, weeks):
    """A season with everything that makes runs differ: devices, shoes, a treadmill, speed, heart rate, warmth."""
    rng = np.random.default_rng(seed)
    second = int(rng.integers(10, weeks))
    points = []
    for point in season(seed, weeks=weeks, step=float(rng.choice([0.0, 4.0]))):
        week = int(point.run[:2])
        speed = 3.0 + 0.3 * rng.standard_normal()
        rate = 150.0 + 25.0 * (speed - 3.0) + 3.0 * rng.standard_normal() - 0.5 * point.value
        told = {"speed_mps": speed, "heart_rate_bpm": rate, "temperature_c": 10.0 + 10.0 * np.sin(week / 8)}
        if rng.random() < 0.03:
            del told["temperature_c"]
        tags = {"shoe": f"pair {week // 9}"} | ({"treadmill": "yes"} if rng.random() < 0.1 else {})
        device = "two" if week >= second and rng.random() < 0.8 else "one"
        points.append(replace(point, conditions=told, tags=tags, device=device))
    return points


def followed(points, metric, week):
    known = [p for p in points if p.start.date() < day_of(week)]
    return season_metric(known, metric=metric, source="recorded", today=day_of(week)).alarms


def as_speed(points):
    return [replace(p, value=p.conditions["speed_mps"], low=None, high=None) for p in points]


@pytest.mark.parametrize("metric", ["contact_time", "braking"])
@given(seed=SEEDS, week=st.integers(14, 59))
@settings(max_examples=12, deadline=None)
def test_later_runs_never_change_an_alarm_of_a_whole_season(metric, seed, week):
    points = varied(seed, 60)
    then, now = followed(points, metric, week), followed(points, metric, 60)
    assert then == tuple(alarm for alarm in now if alarm.day <= day_of(week))


@pytest.mark.parametrize("metric", ["cadence", "speed_at_heart_rate"])
@given(seed=SEEDS, week=st.integers(14, 59))
@settings(max_examples=12, deadline=None)
def test_later_runs_never_change_an_alarm_of_both_legs(metric, seed, week):
    points = varied(seed, 60)
    if metric == "speed_at_heart_rate":
        points = as_speed(points)
    else:
        points = [replace(p, value=170.0 + 2.0 * p.value, low=None, high=None) for p in points]
    then, now = followed(points, metric, week), followed(points, metric, 60)
    assert then == tuple(alarm for alarm in now if alarm.day <= day_of(week))


def test_the_seasons_of_these_properties_do_have_alarms():
    """Else the two tests above would hold of nothing."""
    indices = [followed(varied(seed, 60), "contact_time", 60) for seed in range(12)]
    assert sum(bool(one) for one in indices) >= 3
    cadence = [
        [replace(p, value=170.0 + 2.0 * p.value, low=None, high=None) for p in varied(seed, 60)] for seed in range(12)
    ]
    assert sum(bool(followed(points, "cadence", 60)) for points in cadence) >= 3


@given(seed=SEEDS)
@settings(max_examples=10, deadline=None)
def test_swapping_the_legs_mirrors_the_alarms_of_all_devices(seed):
    points = [replace(p, conditions={}) for p in varied(seed, 60)]
    swapped = [replace(p, value=-p.value, low=-p.high, high=-p.low) for p in points]
    one, other = found(points, weeks=60), found(swapped, weeks=60)
    assert [alarm.day for alarm in one] == [alarm.day for alarm in other]
    assert [alarm.value for alarm in one] == pytest.approx([-alarm.value for alarm in other], abs=1e-6)


def test_another_device_that_measures_otherwise_is_no_alarm():
    points = season(1, weeks=60, device=lambda week, _: "one" if week < 30 else "two")
    assert not found(moved(points, 5.0, lambda p: p.device == "two"), weeks=60)


def test_a_change_after_another_device_came_is_told():
    points = season(2, weeks=60, step=4.0, at=50, device=lambda week, _: "one" if week < 30 else "two")
    assert [alarm.day > day_of(50) for alarm in found(points, weeks=60)] == [True]


def test_devices_in_turn_tell_one_change_once():
    points = season(3, weeks=60, step=4.0, at=30, device=lambda _, day: "one" if day == 1 else "two")
    assert len(found([p for p in points if p.device == "one"], weeks=60)) == 1
    assert len(found([p for p in points if p.device == "two"], weeks=60)) == 1
    assert len(found(points, weeks=60)) == 1


def test_a_device_that_comes_back_after_six_weeks_of_another_is_watched_anew():
    points = season(4, weeks=40, device=lambda week, _: "two" if 20 <= week < 27 else "one")
    assert [(s[0].run[:2], s[-1].run[:2]) for s in streams(points)] == [("00", "19"), ("20", "26"), ("27", "39")]


def test_a_pause_of_one_device_is_no_new_beginning():
    points = [p for p in season(5, step=4.0, at=20, weeks=40) if not 15 <= int(p.run[:2]) < 23]
    assert len(streams(points)) == 1
    assert len(found(points)) == 1


@pytest.mark.parametrize("said", ["yes", "1", "true", "Keller"])
def test_a_treadmill_is_not_watched(said):
    points = [replace(p, tags={"treadmill": said}) if int(p.run[:2]) >= 26 else p for p in season(6, step=5.0)]
    assert found(points) == ()


@pytest.mark.parametrize("said", [*sorted(OUTDOORS), "No", " FALSE "])
def test_a_run_said_to_be_on_no_treadmill_is_watched(said):
    points = [replace(p, tags={"treadmill": said}) for p in season(6, step=5.0)]
    assert len(found(points)) == 1


def test_what_a_shoe_does_is_told():
    points = [replace(p, tags={"shoe": "old" if int(p.run[:2]) < 26 else "new"}) for p in season(7, step=5.0)]
    assert len(found(points)) == 1


def test_a_level_is_watched_at_the_speed_of_its_baseline():
    """Faster runs from week 26 on raise cadence as speed always did."""
    rng = np.random.default_rng(8)
    points = []
    for p in season(8, sd=1.0):
        speed = 3.0 + 0.2 * rng.standard_normal() + (0.4 if int(p.run[:2]) >= 26 else 0.0)
        value = 170.0 + 15.0 * (speed - 3.0) + p.value
        points.append(replace(p, value=value, low=None, high=None, conditions={"speed_mps": speed}))
    assert found(points, metric="cadence") == ()
    assert found([replace(p, conditions={"speed_mps": 3.0}) for p in points], metric="cadence")
    watched = as_in_baseline(points, LEVELS["cadence"], today=day_of(40))
    assert np.mean([p.value for p in watched[-28:]]) == pytest.approx(170.0, abs=3.0)  # 176 as recorded


def test_before_twelve_weeks_a_level_is_not_watched():
    points = [replace(p, low=None, high=None, conditions={"speed_mps": 3.0}) for p in season(9, weeks=11)]
    assert as_in_baseline(points, LEVELS["cadence"], today=day_of(11)) == []


def test_no_runs_raise_no_alarm():
    assert season_alarms([], metric="contact_time", today=date(2026, 1, 1)) == ()
