"""Like with like: what is known beforehand of what makes runs differ."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from evenstride.judge.comparable import OFFSET_SIZE, comparable
from evenstride.judge.trend import season_metric
from evenstride.model import RunPoint

FIRST = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)


def same(n):
    """n runs of exactly the same value, two devices and two pairs of shoes taking turns."""
    return [
        RunPoint(run=f"r{i}", start=FIRST + timedelta(days=3 * i), value=1.0, low=1.0, high=1.0,
                 device="two" if i % 3 == 1 else "one", tags={"shoe": "racer" if i % 2 else "trainer"})
        for i in range(n)
    ]  # fmt: skip


def test_shoes_are_known_in_smallest_changes_and_devices_not_at_all():
    compared = comparable(same(12), adjusts=(), intervals=True, today=TODAY)
    assert [column.condition for column in compared.columns] == ["device", "shoe"]
    np.testing.assert_array_equal(compared.offset_sd(2.0), [np.inf, 2.0 * OFFSET_SIZE["shoe"]])


def test_runs_that_all_say_the_same_have_a_level_where_nothing_tells_what_matters():
    found = season_metric(same(12), metric="braking", source="runscribe", today=TODAY)
    assert found.level is not None
    assert abs(found.level.value - 1.0) < 1e-6
    assert [abs(offset.value) < 1e-6 for offset in found.offsets] == [True, True]
