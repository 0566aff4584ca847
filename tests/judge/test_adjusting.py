"""A level at the usual conditions: which way round it is regressed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from evenstride.judge.adjusting import TEMPERATURE, adjustment, quantities
from evenstride.judge.comparable import comparable
from evenstride.judge.trend import season_metric
from evenstride.model import LEVELS, RunPoint

FIRST = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)
FLAT = LEVELS["speed_at_heart_rate"]
UPHILL = LEVELS["speed_at_heart_rate_uphill"]


def runs(n=100, *, seed=1, noise=4.0, pace_sd=0.2, shift=0.0, fitness=0.0, warm=0.8):
    """25 beats a minute per m/s, 3 per percent of grade; from half-time on paces shift and fitness rises (m/s)."""
    rng = np.random.default_rng(seed)
    points = []
    for i in range(n):
        late = i >= n // 2
        speed = 3.0 + pace_sd * rng.standard_normal() + shift * late
        grade, degrees = rng.normal(5.0, 1.0), 12.0 + 6.0 * np.sin(i / 9)
        rate = 150.0 + 25.0 * (speed - 3.0 - fitness * late) + 3.0 * (grade - 5.0) + warm * (degrees - 12.0)
        told = {"heart_rate_bpm": rate + noise * rng.standard_normal(), "grade_pct": grade, TEMPERATURE: degrees}
        points.append(
            RunPoint(run=f"{i:03}", start=FIRST + timedelta(days=2 * i), value=speed, conditions=told, device="one")
        )
    return points


def taken(points, level=UPHILL):
    compared = comparable(points, adjusts=(), needs=level.adjusts, intervals=False, today=TODAY)
    return adjustment(compared, level)


def season(points, metric="speed_at_heart_rate_uphill"):
    return season_metric(points, metric=metric, source="recorded", today=TODAY)


def without(points, name):
    return [replace(p, conditions={k: v for k, v in p.conditions.items() if k != name}) for p in points]


def test_a_noisy_heart_rate_does_not_flatten_the_slope():
    found = taken(runs(noise=6.0))
    assert 1.0 / found.slopes["heart_rate_bpm"] == pytest.approx(25.0, abs=6.0)


def test_grade_and_warmth_are_taken_out_in_speed():
    found = taken(runs(140, noise=1.0))
    assert found.slopes["grade_pct"] == pytest.approx(-3.0 / 25.0, rel=0.1)
    assert found.slopes[TEMPERATURE] == pytest.approx(-0.8 / 25.0, rel=0.2)


@pytest.mark.parametrize("shift", [-0.3, 0.3])
def test_easier_or_harder_runs_are_no_change_of_fitness(shift):
    found = [season(runs(150, seed=seed, shift=shift)) for seed in range(6)]
    assert sum(one.change.low <= 0.0 <= one.change.high for one in found) >= 5
    assert sum(bool(one.alarms) for one in found) <= 1


def test_fitness_is_found_whatever_the_paces():
    found = [season(runs(seed=seed, shift=-0.3, fitness=0.3)) for seed in range(4)]
    assert sum(one.change.low < 0.3 < one.change.high for one in found) >= 3
    assert sum(one.change.low > 0.0 for one in found) >= 3


def test_runs_at_one_speed_tell_no_level_yet():
    found = season(runs(pace_sd=0.001))
    assert (found.level, found.change, found.alarms) == (None, None, ())
    assert found.waiting_for == "runs at speeds different enough to see your heart rate rise with them"


def test_an_alarm_stays_said_when_heart_rate_rises_with_speed_no_more():
    points = runs(100, noise=1.5, fitness=0.4)
    rate = {p.run: 150.0 - 40.0 * (p.value - 3.0) for p in points}
    later = [
        replace(p, run=f"later {p.run}", start=p.start + timedelta(days=200 + i * 0.1),
                conditions={**p.conditions, "heart_rate_bpm": rate[p.run]})
        for i, p in enumerate(points)
    ]  # fmt: skip
    now = season([*points, *later[:60]], "speed_at_heart_rate")
    assert now.level is None
    assert len(season(points, "speed_at_heart_rate").alarms) == 1
    assert now.alarms[:1] == season(points, "speed_at_heart_rate").alarms


def test_efforts_that_do_not_rise_with_speed_tell_no_level_yet():
    points = [replace(p, conditions={"effort_0_10": 4.0 + i % 2}) for i, p in enumerate(runs())]
    found = season(points, "speed_at_effort")
    assert found.level is None
    assert "effort" in found.waiting_for


def test_temperature_counts_only_where_every_run_has_it():
    points = runs(20)
    assert quantities(points, FLAT) == ("heart_rate_bpm", TEMPERATURE)
    assert quantities([*without(points[:1], TEMPERATURE), *points[1:]], FLAT) == ("heart_rate_bpm",)
    assert quantities(points, LEVELS["cadence"]) == ("speed_mps",)


def test_temperature_that_is_not_taken_out_is_said():
    points = runs(40)
    told, untold = season(points), season(without(points, TEMPERATURE))
    assert told.adjusted_for == ("heart_rate_bpm", "grade_pct", TEMPERATURE)
    assert "temperature_not_taken_out" not in [note.code for note in told.notes]
    assert untold.adjusted_for == ("heart_rate_bpm", "grade_pct")
    assert "temperature_not_taken_out" in [note.code for note in untold.notes]


def test_one_season_says_little_of_another_temperature():
    """Runs of one temperature, give or take a degree: the slope stays near what a degree usually does."""
    points = [replace(p, conditions={**p.conditions, TEMPERATURE: 12.0 + 0.1 * (i % 5)}) for i, p in enumerate(runs())]
    found = taken(points)
    assert abs(found.slopes[TEMPERATURE] / found.slopes["heart_rate_bpm"]) < 2.0


def test_a_run_without_what_it_is_adjusted_for_has_no_value_at_the_usual():
    points = runs(40)
    found = taken(points)
    assert found.at_usual(points[0]) is not None
    assert found.at_usual(without(points[:1], "heart_rate_bpm")[0]) is None


def test_a_level_without_a_noisier_quantity_is_regressed_itself():
    points = [replace(p, value=170.0 + 8.0 * p.value, conditions={"speed_mps": p.value}) for p in runs(30)]
    assert taken(points, LEVELS["cadence"]).slopes == {"speed_mps": pytest.approx(8.0)}
