"""Like with like: what is known beforehand of what makes runs differ."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

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


def in_turn(lengths):
    """Pairs of shoes each worn out before the next, so many runs each, while the difference closes by 4 %."""
    n = sum(lengths)
    values = np.linspace(4.0, 0.0, n) + 0.5 * np.random.default_rng(3).standard_normal(n)
    pairs = np.repeat(np.arange(len(lengths)), lengths)
    return [
        RunPoint(run=f"r{i}", start=FIRST + timedelta(days=3 * i), value=float(x), low=float(x) - 0.8,
                 high=float(x) + 0.8, tags={"shoe": f"pair {pair}"})
        for i, (x, pair) in enumerate(zip(values, pairs, strict=True))
    ]  # fmt: skip


def test_shoes_are_known_in_smallest_changes_and_devices_not_at_all():
    compared = comparable(same(12), adjusts=(), intervals=True, today=TODAY)
    assert [column.condition for column in compared.columns] == ["device", "shoe"]
    one_pair = (2.0 * OFFSET_SIZE["shoe"]) ** 2
    np.testing.assert_allclose(compared.precision(2.0), [[0.0, 0.0], [0.0, 1.0 / (2.0 * one_pair)]])


def test_offsets_of_three_pairs_differ_by_as_much_from_one_another_as_from_the_reference():
    compared = comparable(in_turn([8, 7, 6]), adjusts=(), intervals=True, today=TODAY)
    one_pair = (2.0 * OFFSET_SIZE["shoe"]) ** 2
    np.testing.assert_allclose(np.linalg.inv(compared.precision(2.0)), one_pair * np.array([[2.0, 1.0], [1.0, 2.0]]))


def test_which_pair_of_shoes_is_the_reference_moves_no_change():
    points = in_turn([10, 10, 10])
    names = ({"pair 0": "a", "pair 1": "b", "pair 2": "c"}, {"pair 0": "c", "pair 1": "a", "pair 2": "b"})
    one, other = (
        season_metric(
            [replace(p, tags={"shoe": called[p.tags["shoe"]]}) for p in points],
            metric="contact_time", source="watch_balance", today=TODAY,
        )
        for called in names
    )  # fmt: skip
    assert one.change is not None
    assert other.change is not None
    assert {offset.reference for offset in (*one.offsets, *other.offsets)} == {"a"}  # another pair each time
    assert [other.change.low, other.change.value, other.change.high] == pytest.approx(
        [one.change.low, one.change.value, one.change.high], abs=1e-5
    )


def test_runs_that_all_say_the_same_have_a_level_where_nothing_tells_what_matters():
    found = season_metric(same(12), metric="braking", source="runscribe", today=TODAY)
    assert found.level is not None
    assert abs(found.level.value - 1.0) < 1e-6
    assert [abs(offset.value) < 1e-6 for offset in found.offsets] == [True, True]
