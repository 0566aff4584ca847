from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.model import FeelingPair, RunLog, RunPoint
from evenstride.review.feeling import feeling_against_measurement, feeling_pairs

MONDAY = date(2026, 5, 4)
FELT = {-1: "left", 0: "even", 1: "right"}
OTHER = {"left": "right", "right": "left", "even": "even", None: None}


def felt(index, *, noise=0.3, slope=1.0, seed=1, **said):
    """A runner who feels the index (times ``slope``), with some error."""
    rng = np.random.default_rng(seed)
    feeling = np.clip(np.rint(slope * np.asarray(index) + noise * rng.standard_normal(len(index))), -4, 4).astype(int)
    return [
        FeelingPair(run=str(i), day=MONDAY + timedelta(days=i), index=float(value), harder=FELT[int(np.sign(one))],
                    uneven_0_4=abs(int(one)), **said)
        for i, (value, one) in enumerate(zip(index, feeling, strict=True))
    ]  # fmt: skip


def index_of(n, seed=2):
    return 2.0 * np.random.default_rng(seed).standard_normal(n)


def answer(pairs):
    return feeling_against_measurement(pairs, metric="contact_time", source="watch_balance")


def test_a_runner_who_feels_the_difference_tracks_the_data():
    found = answer(felt(index_of(12)))
    assert found.verdict == "tracks"
    assert found.n_runs == 12
    assert found.signed.value > 0.8
    assert found.text.startswith("Your feeling tracks the data")


def test_sixty_runs_of_guessing_do_not_track_the_data():
    pairs = felt(index_of(60))
    found = answer([replace(pair, index=float(value)) for pair, value in zip(pairs, index_of(60, seed=5), strict=True)])
    assert found.verdict == "does_not"
    assert found.signed.high < 0.3


def test_the_other_way_round_is_said():
    found = answer(felt(index_of(14), slope=-1.0))
    assert found.verdict == "does_not"
    assert "other way round" in found.text
    assert "shorter its contact time" in found.text


def test_under_eight_runs_it_is_too_early_and_says_how_many_more():
    found = answer(felt(index_of(6)))
    assert found.verdict == "too_early"
    assert found.signed is None
    assert found.waiting_for.startswith("2 more runs")


def test_an_interval_that_holds_both_is_too_early():
    pairs = felt(index_of(10))
    found = answer([replace(pair, index=float(value)) for pair, value in zip(pairs, index_of(10, seed=9), strict=True)])
    assert found.signed.low < 0.0 < 0.3 < found.signed.high
    assert found.verdict == "too_early"


def test_runs_rated_after_their_numbers_do_not_count():
    before = felt(index_of(9, seed=3))
    after = felt(index_of(9, seed=4), noise=0.0, before_numbers=False)
    found = answer([*before, *after])
    assert found == replace(answer(before), seen=9, text=found.text)
    assert "9 runs, rated after their numbers were shown, are left out" in found.text


def test_always_the_same_feeling_is_no_correlation():
    pairs = [replace(pair, harder="left", uneven_0_4=2) for pair in felt(index_of(12))]
    found = answer(pairs)
    assert found.verdict == "too_early"
    assert found.waiting_for == "runs that feel different from one another"


def test_without_sides_how_uneven_it_was_stands_beside_the_size_and_decides_nothing():
    found = answer([replace(pair, harder=None) for pair in felt(index_of(20))])
    assert found.verdict == "too_early"
    assert found.signed is None
    assert found.uneven.low > 0.0


def test_a_poor_checklist_with_a_large_difference_is_positive():
    pairs = [replace(pair, score_0_100=100.0 - 10 * abs(pair.index)) for pair in felt(index_of(12))]
    assert answer(pairs).score.value == pytest.approx(1.0)


@given(st.integers(0, 1000), st.integers(6, 40), st.floats(-1.0, 1.0))
def test_swapping_the_legs_changes_nothing(seed, n, slope):
    pairs = felt(index_of(n, seed=seed), slope=slope, noise=1.0, seed=seed + 1)
    mirrored = [replace(pair, index=-pair.index, harder=OTHER[pair.harder]) for pair in pairs]
    assert answer(mirrored) == answer(pairs)


@pytest.mark.parametrize(
    ("harder", "uneven", "signed"),
    [("left", 3, -3), ("right", 1, 1), ("right", None, 1), ("right", 0, 1), ("even", 2, 0), (None, 3, None)],
)
def test_a_side_that_was_said_counts_at_least_one(harder, uneven, signed):
    assert FeelingPair(run="a", day=MONDAY, index=1.0, harder=harder, uneven_0_4=uneven).signed == signed


@pytest.mark.parametrize("wrong", [{"uneven_0_4": 5}, {"score_0_100": 101.0}, {"index": float("nan")}])
def test_a_pair_out_of_its_scale_is_refused(wrong):
    with pytest.raises(ValueError, match=r"0 to|finite"):
        FeelingPair(**{"run": "a", "day": MONDAY, "index": 1.0} | wrong)


def point(run, value=1.5):
    return RunPoint(run=run, start=datetime(2026, 5, 4, 7, tzinfo=UTC), value=value, low=value - 1, high=value + 1)


def test_the_first_words_of_the_runner_are_laid_beside_the_run():
    logs = [
        RunLog(day=MONDAY, run="a", harder="left", items={"effort": 0}, by="coach"),
        RunLog(day=MONDAY, run="a", harder="right", items={"effort": 1}, before_numbers=True),
        RunLog(day=MONDAY, run="a", harder="left"),
        RunLog(day=MONDAY, run="b", harder="left"),
        RunLog(day=MONDAY, harder="left"),
    ]
    (pair,) = feeling_pairs(logs, [point("a"), point("c")], item="effort")
    assert (pair.run, pair.harder, pair.uneven_0_4, pair.before_numbers) == ("a", "right", 3, True)
    assert (pair.index, pair.low, pair.high) == (1.5, 0.5, 2.5)
