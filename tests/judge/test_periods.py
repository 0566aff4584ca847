"""Two periods beside one another: their levels, and a difference only where runs can tell one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from evenstride.judge.periods import compare_periods, usual_periods
from evenstride.model import ChangePoint, Period, RunPoint, SeasonMetric

START = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
TODAY = date(2026, 12, 31)
WINTER = Period(first=date(2026, 1, 1), last=date(2026, 2, 28))
SPRING = Period(first=date(2026, 3, 1), last=date(2026, 4, 30))


def run(day: float, value: float, *, device: str = "Forerunner", **tags: str) -> RunPoint:
    return RunPoint(run=f"{day}", start=START + timedelta(days=day), value=value, low=value - 0.8, high=value + 0.8,
                    device=device, tags=tags)  # fmt: skip


def metric(runs) -> SeasonMetric:
    return SeasonMetric(metric="contact_time", label="contact time", unit="%", kind="index", source="watch_balance",
                        n_runs=len(runs), level=None, runs=tuple(sorted(runs, key=lambda one: one.start)))  # fmt: skip


def season(rng, *, winter: float, spring: float, n: int = 12, scatter: float = 0.6):
    early = [run(4.0 * i, winter + scatter * rng.standard_normal()) for i in range(n)]
    late = [run(60 + 4.0 * i, spring + scatter * rng.standard_normal()) for i in range(n)]
    return metric([*early, *late])


def test_the_interval_of_the_difference_holds_the_truth_about_as_often_as_it_says():
    rng, held, n = np.random.default_rng(11), 0, 150
    for _ in range(n):
        found = compare_periods(season(rng, winter=1.0, spring=2.5, n=7), WINTER, SPRING, today=TODAY).difference
        assert found is not None
        held += found.low <= 1.5 <= found.high
    assert 0.90 <= held / n <= 0.995  # 95 %, give or take what 150 tell


def test_swapping_the_legs_mirrors_levels_and_difference():
    one = season(np.random.default_rng(2), winter=1.0, spring=3.0)
    other = metric([replace(run, value=-run.value, low=-run.high, high=-run.low) for run in one.runs])
    here, there = (compare_periods(metric, WINTER, SPRING, today=TODAY) for metric in (one, other))
    assert there.difference is not None
    assert here.difference is not None
    assert there.difference.value == pytest.approx(-here.difference.value, abs=1e-6)
    assert there.difference.low == pytest.approx(-here.difference.high, abs=1e-6)


def test_the_earlier_period_stands_first_whichever_was_chosen_first():
    one = season(np.random.default_rng(3), winter=1.0, spring=3.0)
    found = compare_periods(one, SPRING, WINTER, today=TODAY)
    assert (found.first.period, found.second.period) == (WINTER, SPRING)
    assert found == compare_periods(one, WINTER, SPRING, today=TODAY)


def test_the_difference_is_that_of_the_two_levels():
    found = compare_periods(season(np.random.default_rng(4), winter=1.0, spring=3.0), WINTER, SPRING, today=TODAY)
    assert found.first.level is not None
    assert found.second.level is not None
    assert found.difference is not None
    assert found.second.level.value - found.first.level.value == pytest.approx(found.difference.value, abs=0.05)


def test_three_runs_in_one_of_them_cannot_tell():
    one = metric([*(run(4.0 * i, 1.0 + 0.1 * i) for i in range(9)), *(run(60 + 4.0 * i, 3.0) for i in range(3))])
    found = compare_periods(one, WINTER, SPRING, today=TODAY)
    assert (found.difference, found.second.n_runs, found.runs_needed) == (None, 3, 4)


def test_a_device_that_came_between_the_two_is_no_difference_of_the_legs():
    rng = np.random.default_rng(5)
    early = [run(4.0 * i, 1.0 + 0.4 * rng.standard_normal()) for i in range(10)]
    late = [run(60 + 4.0 * i, 4.0 + 0.4 * rng.standard_normal(), device="Fenix") for i in range(10)]
    found = compare_periods(metric([*early, *late]), WINTER, SPRING, today=TODAY)
    assert (found.difference, found.tangled) == (None, ("device",))
    assert found.first.level is not None
    assert found.first.level.value == pytest.approx(1.0, abs=0.4)  # each by its own device
    assert found.second.level is not None
    assert found.second.level.value == pytest.approx(4.0, abs=0.4)


def test_a_device_used_in_both_periods_is_taken_out():
    rng = np.random.default_rng(6)
    devices = ("Forerunner", "Fenix")
    runs = [
        run(first + 4.0 * i, 1.0 + 3.0 * (i % 2) + 0.3 * rng.standard_normal(), device=devices[i % 2])
        for first, n in ((0, 12), (60, 13)) for i in range(n)
    ]  # fmt: skip
    found = compare_periods(metric(runs), WINTER, SPRING, today=TODAY).difference
    assert found is not None
    assert found.low < 0.0 < found.high


def test_shoes_that_came_between_the_two_can_explain_a_little_and_not_all():
    rng = np.random.default_rng(7)
    early = [run(4.0 * i, 0.5 + 0.3 * rng.standard_normal(), shoe="Pegasus") for i in range(12)]
    late = [run(60 + 4.0 * i, 6.5 + 0.3 * rng.standard_normal(), shoe="Ghost") for i in range(12)]
    found = compare_periods(metric([*early, *late]), WINTER, SPRING, today=TODAY).difference
    bare = compare_periods(metric([replace(one, tags={}) for one in (*early, *late)]), WINTER, SPRING, today=TODAY)
    assert found is not None
    assert bare.difference is not None
    assert found.low > 2.0
    assert found.high - found.low > bare.difference.high - bare.difference.low


def test_usual_comparisons_are_offered_only_with_runs_enough():
    one = metric([run(3.0 * i, 1.0) for i in range(40)])
    assert list(usual_periods(one)) == ["recent"]
    day = START.date()
    stepped = replace(one, change_point=ChangePoint(day=day + timedelta(days=60), low=day + timedelta(days=57),
                                                    high=day + timedelta(days=63)))  # fmt: skip
    first, second = usual_periods(stepped)["change"]
    assert first.last < day + timedelta(days=57)
    assert second.first > day + timedelta(days=63)
    assert not first.overlaps(second)
    assert list(usual_periods(metric([run(3.0 * i, 1.0) for i in range(150)]))) == ["recent", "year"]
