"""The personal target range: where it is set, what each re-test does to it, and that no later run changes a review."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.judge.ranges import Grade
from evenstride.judge.screen import compare_limbs
from evenstride.judge.target import REVIEW_EVERY, own_target, season_target, with_targets
from evenstride.judge.target_rules import REVIEWING, SETTING, TARGET_RULES, Case, Ends, ends_reviewed, ends_set
from evenstride.judge.trend import season_metric
from evenstride.model import Profile, RunPoint, Target, TestResult

FIRST = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
SEEDS = st.integers(0, 2**32 - 1)
ROOT = Path(__file__).resolve().parents[2]


def runs(at, *, seed=1, sd=0.3, days=3.0, **changes):
    """A run about each value, every three days."""
    values = np.asarray(at, dtype=float) + sd * np.random.default_rng(seed).standard_normal(len(at))
    return [
        RunPoint(run=f"r{i:03}", start=FIRST + timedelta(days=days * i), value=float(x), low=float(x - 0.8),
                 high=float(x + 0.8), source="watch_balance", device="one", **changes)
        for i, x in enumerate(values)
    ]  # fmt: skip


def target(points, *, metric="contact_time", today=None, own=None):
    today = today or points[-1].start.date()
    season = season_metric(points, metric=metric, source="watch_balance", today=today)
    return season_target(season, today=today, own=own)


def rules(found):
    return [review.rule for review in found.reviews]


def swapped(points):
    return [replace(p, value=-p.value, low=-p.high, high=-p.low) for p in points]


def turned(found):
    return found and replace(found, low=-found.high, high=-found.low, reviews=tuple(
        replace(one, low=-one.high, high=-one.low, seen=-one.seen, seen_low=-one.seen_high, seen_high=-one.seen_low)
        for one in found.reviews
    ))  # fmt: skip


@given(
    seed=SEEDS, at=st.floats(-15, 15), slope=st.floats(-0.3, 0.3), metric=st.sampled_from(["contact_time", "impact"])
)
@settings(max_examples=25, deadline=None)
def test_swapping_the_legs_mirrors_the_range_and_every_review(seed, at, slope, metric):
    points = runs(at + slope * np.arange(40), seed=seed, sd=1.0)
    assert target(swapped(points), metric=metric) == turned(target(points, metric=metric))


@given(seed=SEEDS, slope=st.floats(-0.3, 0.3), n=st.integers(10, 39))
@settings(max_examples=15, deadline=None)
def test_no_later_run_changes_a_review(seed, slope, n):
    points = runs(5.0 + slope * np.arange(40), seed=seed, sd=1.0)
    early, late = target(points[:n]), target(points)
    assert early.reviews == late.reviews[: len(early.reviews)]


@given(value=st.floats(-50, 50), half=st.floats(0, 10), bound=st.none() | st.floats(0.5, 10), width=st.floats(0.1, 8))
def test_the_aim_is_a_range_and_never_zero_alone(value, half, bound, width):
    ends = ends_set(Case(value=value, low=value - half, high=value + half, bound=bound, width=width))
    assert ends.low < ends.high


@given(value=st.floats(-4, 20), half=st.floats(0, 4))
def test_a_range_that_was_reached_gives_way_to_half_of_what_is_left_or_to_the_ordinary(value, half):
    case = Case(
        value=value, low=value - half, high=value + half, bound=4.0, width=2.0, current=Ends(-4.0, 20.0, "T-HALF")
    )
    rule, ends = ends_reviewed(case)
    if rule == "T-REACHED" and ends.rule == "T-HALF":
        assert ends == Ends(-4.0, max(4.0, 0.5 * value), "T-HALF")
    elif rule == "T-REACHED":
        assert ends.rule == "T-KEEP"
        assert case.low >= -4.0
        assert case.high <= 4.0


def test_an_ordinary_difference_is_kept_where_it_is():
    found = target(runs([1.0] * 6))
    first = np.mean([p.value for p in runs([1.0] * 6)[:5]])
    assert (found.rule, found.set_on) == ("T-KEEP", date(2026, 1, 17))
    assert [found.low, found.high] == pytest.approx([first - 2.0, first + 2.0])


def test_the_range_is_never_narrower_than_the_runs_can_tell():
    found = target(runs([0.0] * 5, sd=2.0, seed=3))
    values = [p.value for p in runs([0.0] * 5, sd=2.0, seed=3)]
    half = 2.7764 * np.std(values, ddof=1) / np.sqrt(5)
    assert half > 2.0
    assert found.high == pytest.approx(min(4.0, np.mean(values) + np.sqrt(2) * half))


def test_keeping_an_ordinary_difference_does_not_reach_beyond_the_ordinary():
    assert target(runs([3.5] * 6)).high == 4.0


def test_more_than_ordinary_asks_for_half_from_the_ordinary_of_the_other_side():
    found = target(runs([12.0] * 6))
    assert (found.rule, found.low, found.status) == ("T-HALF", -4.0, "outside")
    assert found.high == pytest.approx(6.0, abs=0.3)


def test_half_of_a_little_more_than_ordinary_is_the_ordinary():
    found = target(runs([5.0] * 6))
    assert (found.rule, found.low, found.high) == ("T-HALF", -4.0, 4.0)


def test_reached_half_steps_follow_until_the_ordinary_is_kept():
    found = target(runs([20.0] * 5 + [8.0] * 9 + [2.5] * 27))
    assert rules(found)[:3] == ["T-HALF", "T-REACHED", "T-REACHED"]
    assert [round(one.high) for one in found.reviews[:3]] == [10, 4, 4]
    assert (found.rule, rules(found)[-1]) == ("T-KEEP", "T-INSIDE")


def test_without_an_ordinary_range_the_own_level_is_kept_however_large():
    found = target(runs([14.0] * 6), metric="impact")
    assert found.rule == "T-KEEP"
    assert found.low < 14.0 < found.high


def test_a_difference_that_grows_leaves_the_range_where_it_was():
    found = target(runs([1.0] * 6 + [3.8] * 24))
    assert found.status == "outside"
    assert (found.low, found.high) == (found.reviews[0].low, found.reviews[0].high)
    assert rules(found)[-1] == "T-STAY"


def test_a_slow_drift_does_not_carry_the_range_along():
    found = target(runs(np.linspace(0.0, 3.9, 60)))
    assert found.set_on == found.reviews[0].day
    assert found.status != "inside"


def test_less_difference_than_the_range_asks_for_moves_it():
    found = target(runs([3.5] * 6 + [0.0] * 24))
    assert "T-CLOSER" in rules(found)
    assert found.low < 0.0 < found.high
    assert found.status == "inside"


def test_the_other_side_by_as_much_is_no_less_difference():
    assert "T-CLOSER" not in rules(target(runs([3.5] * 6 + [-3.5] * 24)))


def test_an_interval_across_an_end_is_not_told():
    found = target(runs([1.0] * 6 + [3.0] * 24))
    assert rules(found)[-1] == "T-UNTOLD"
    assert found.status == "cannot_tell"


def test_reviews_come_every_four_weeks_from_the_baseline_on():
    found = target(runs([1.0] * 40))
    assert {(one.day - found.reviews[0].day) % REVIEW_EVERY for one in found.reviews} == {timedelta(0)}
    assert len(found.reviews) == 4
    assert found.next_review == found.reviews[-1].day + REVIEW_EVERY


def test_a_review_waits_until_there_are_five_runs():
    assert len(target(runs([1.0] * 5), today=date(2026, 6, 1)).reviews) == 1
    few = runs([1.0] * 5) + [replace(p, start=p.start + timedelta(days=40), run=f"x{p.run}") for p in runs([1.0] * 4)]
    assert len(target(few, today=date(2026, 6, 1)).reviews) == 1


def test_a_review_names_what_it_saw():
    points = runs([1.0] * 15)
    first, second = target(points).reviews
    seen = [p.value for p in points if first.day < p.start.date() <= second.day]
    assert second.seen == pytest.approx(np.mean(seen))
    assert second.seen_low < second.seen < second.seen_high


def test_another_device_sets_the_range_anew_and_means_are_never_mixed():
    points = runs([1.0] * 15 + [4.5] * 25)
    points = [replace(p, device="two") if i >= 15 else p for i, p in enumerate(points)]
    found = target(points)
    assert "T-ANEW" in rules(found)
    assert (found.device, found.rule) == ("two", "T-HALF")
    assert all(one.seen < 2.0 or one.seen > 3.8 for one in found.reviews)


def test_until_the_next_review_another_device_tells_nothing_of_the_range():
    points = runs([1.0] * 15)
    points = [replace(p, device="two") if i >= 10 else p for i, p in enumerate(points)]
    assert target(points).status == "cannot_tell"


def test_the_treadmill_is_another_way():
    indoors = runs([1.0] * 12, tags={"treadmill": "yes"})
    assert target(indoors).device == "one on the treadmill"


def test_no_range_before_the_baseline_is_settled_and_none_for_both_legs():
    assert target(runs([1.0] * 4)) is None
    both = [replace(p, value=0.25, low=None, high=None, conditions={"speed_mps": 3.0}) for p in runs([1.0] * 12)]
    season = season_metric(both, metric="contact_time_level", source="recorded", today=date(2026, 6, 1))
    assert season.kind == "level"
    assert season_target(season, today=date(2026, 6, 1)) is None


def test_the_status_is_that_of_the_level_and_holds_since_it_began():
    found = target(runs([1.0] * 30))
    assert (found.status, found.status_since) == ("inside", found.set_on)


OWN = Target(what="contact_time", low=0.5, high=1.5, since=date(2026, 2, 2))


def test_a_range_of_ones_own_stands_whatever_the_runs_say():
    found = target(runs([1.0] * 6 + [12.0] * 24), own=OWN)
    assert (found.rule, found.low, found.high, found.set_on) == ("T-OWN", 0.5, 1.5, date(2026, 2, 2))
    assert set(rules(found)) == {"T-OWN"}
    assert (found.status, found.reviews[-1].status) == ("outside", "outside")


def test_a_range_of_ones_own_needs_no_baseline():
    found = target(runs([1.0] * 3), own=OWN, today=date(2026, 3, 1))
    assert (found.status, found.rule) == ("cannot_tell", "T-OWN")


def test_the_newest_own_range_that_has_begun_counts():
    later = replace(OWN, low=0.0, since=date(2026, 5, 1))
    assert own_target([OWN, later], "contact_time", on=date(2026, 4, 30)) == OWN
    assert own_target([later, OWN], "contact_time", on=date(2026, 5, 1)) == later
    assert own_target([OWN], "step_time", on=date(2026, 5, 1)) is None


# -- tests of each leg ---------------------------------------------------------------------------------------------


def sessions(*pairs, test="single_leg_calf_raise", targets=()):
    """Sessions four weeks apart, each a left and a right result."""
    results = [
        TestResult(test=test, day=date(2026, 5, 4) + timedelta(weeks=4 * i), left=(left,), right=(right,))
        for i, (left, right) in enumerate(pairs)
    ]
    compared = [compare_limbs(one, profile=Profile(name="Ada"), earlier=results[:i]) for i, one in enumerate(results)]
    return with_targets(compared, targets)


def test_a_test_inside_its_error_has_a_range_as_wide_as_that():
    (one,) = sessions((24.0, 25.0))
    assert (one.target.rule, one.target.status) == ("T-EVEN", "inside")
    assert (one.target.low, one.target.high) == (-one.mdc95, one.mdc95)


def test_what_matters_widens_the_range_of_a_test():
    (one,) = sessions((90.0, 91.0))
    assert one.smallest > one.mdc95
    assert one.target.high == one.smallest


def test_a_test_beyond_error_asks_for_half_and_once_reached_for_none_shown():
    far, half, even = sessions((10.0, 40.0), (20.0, 30.0), (27.0, 28.0))
    assert (far.target.high, far.target.status) == (15.0, "outside")
    assert half.target.reviews[-1].rule == "T-REACHED"
    assert (even.target.rule, even.target.status) == ("T-EVEN", "inside")


def test_each_session_carries_the_range_of_its_day():
    first, second = sessions((24.0, 25.0), (24.0, 25.0))
    assert (len(first.target.reviews), len(second.target.reviews)) == (1, 2)
    assert second.target.set_on == first.day


@given(pairs=st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_swapping_the_legs_mirrors_the_range_of_a_test(pairs):
    here = sessions(*((float(a), float(b)) for a, b in pairs))
    there = sessions(*((float(b), float(a)) for a, b in pairs))
    assert [one.target for one in there] == [turned(one.target) for one in here]
    assert [one.next_target for one in there] == [one.next_target for one in here]


def test_both_legs_meet_the_target_before_the_advanced_one_is_next():
    assert [one.next_target for one in sessions((14.0, 30.0), (15.0, 30.0), (25.0, 25.0))] == [
        "baseline", "advanced", None
    ]  # fmt: skip


def test_a_test_whose_error_is_not_known_has_no_range_yet():
    (one,) = sessions((8.0, 9.0), test="bulgarian_split_squat")
    assert one.mdc95 is None
    assert one.target is None


def test_what_runs_tell_has_its_range_in_the_season():
    (one,) = sessions((2.4, 2.5), test="stride_length")
    assert one.target is None


def test_a_test_can_have_a_range_of_ones_own():
    own = Target(what="single_leg_calf_raise", low=-3.0, high=3.0, since=date(2026, 5, 20))
    before, after = sessions((20.0, 25.0), (20.0, 25.0), targets=[own])
    assert before.target.rule == "T-EVEN"
    assert (after.target.rule, after.target.high, after.target.status) == ("T-OWN", 3.0, "outside")


# -- the table -----------------------------------------------------------------------------------------------------


def test_every_rule_is_asked_and_has_a_grade_and_a_reason():
    assert set(TARGET_RULES) == {*SETTING, *REVIEWING}
    for name, rule in TARGET_RULES.items():
        assert rule.id == name
        assert rule.grade in get_args(Grade)
        assert rule.reason.endswith(".")


def test_every_rule_is_on_its_page_with_its_grade():
    page = (ROOT / "docs/methods/target-range.md").read_text(encoding="utf8")
    told = dict(re.findall(r"^\| (T-\w+) \|.*\| (\w+) \|$", page, re.MULTILINE))
    assert told == {name: rule.grade for name, rule in TARGET_RULES.items()}
