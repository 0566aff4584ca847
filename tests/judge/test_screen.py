"""Two legs, one test: what may be said of their difference, and what may not."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evenstride.errors import InvalidRequest
from evenstride.judge.assessments import assessments
from evenstride.judge.screen import assessment, check_result, compare_limbs, leg_change, leg_changes, sides
from evenstride.judge.screen_error import SESSION_FACTORS, spread, t_critical
from evenstride.model import Profile, TestResult

DAY = date(2026, 5, 4)
ADA = Profile(name="Ada", born_year=1990, sex="female", mass_kg=60.0)
OTHER = {"left": "right", "right": "left", None: None}


def done(test, left, right, *, week=0, **said):
    return TestResult(test=test, day=DAY + timedelta(weeks=week), left=tuple(map(float, left)),
                      right=tuple(map(float, right)), **said)  # fmt: skip


def compared(test, left, right, *, profile=ADA, earlier=(), **said):
    return compare_limbs(done(test, left, right, **said), profile=profile, earlier=earlier)


def mirrored(result):
    turn = {"left": "right", "right": "left"}
    extra = {turn[key.partition("_")[0]] + "_" + key.partition("_")[2]: value for key, value in result.extra.items()}
    return replace(result, left=result.right, right=result.left, extra=extra)


def test_ten_tests_are_known():
    assert list(assessments()) == [
        "single_leg_stance_eyes_closed", "bulgarian_split_squat", "single_leg_calf_raise", "step_up_height",
        "single_leg_hop", "time_to_stabilise", "hip_extension", "knee_to_wall", "stride_length", "stride_consistency",
    ]  # fmt: skip


@pytest.mark.parametrize("test", assessments().values(), ids=assessments())
def test_every_test_says_how_it_is_done_and_what_it_does_not_mean(test):
    assert len(test.steps) >= 3
    assert all(
        (test.familiarisation, test.why_summary, test.reject_when, test.may_mean, test.may_not_mean, test.safety)
    )
    assert test.trials >= 1
    assert test.resolution > 0
    assert (test.detectable is None) == (test.detectable_source is None)
    assert bool(test.emphasis) == (not test.from_runs)


def test_only_the_calf_raise_has_norms_and_a_published_error_of_its_own():
    assert [test.name for test in assessments().values() if test.norms] == ["single_leg_calf_raise"]
    own = [test.name for test in assessments().values() if test.detectable and not test.detectable_related]
    assert own == ["single_leg_calf_raise"]


@pytest.mark.parametrize("test", assessments().values(), ids=assessments())
def test_every_test_has_one_smallest_difference_that_matters(test):
    assert (test.smallest is None) != (test.smallest_share_pct is None)
    assert (test.smallest or test.smallest_share_pct) > 0
    assert test.smallest_grade == "convention"


@pytest.mark.parametrize(("test", "left", "right", "smallest"), [
    ("single_leg_calf_raise", [20], [26], 2.6), ("time_to_stabilise", [2.0], [1.0], 0.1),
    ("step_up_height", [1], [3], 1), ("hip_extension", [-4], [6], 10),
    ("knee_to_wall", [8], [12], 1.5), ("stride_length", [2.4], [2.5], 0.075),
])  # fmt: skip
def test_the_smallest_difference_that_matters_is_a_share_of_the_better_leg_or_fixed(test, left, right, smallest):
    assert compared(test, left, right).smallest == pytest.approx(smallest)


def test_students_t_is_that_of_the_tables():
    df = np.arange(1, 60)
    np.testing.assert_allclose([t_critical(int(n)) for n in df], stats.t.ppf(0.975, df), atol=1e-3)


@pytest.mark.parametrize(("days", "factor"), SESSION_FACTORS.items())
def test_the_last_of_several_days_lies_beyond_its_factor_in_one_of_twenty(days, factor):
    sample = np.random.default_rng(3).standard_normal((200_000, days))
    beyond = np.abs(sample[:, -1]) > factor * sample.std(axis=1, ddof=1)
    assert beyond.mean() == pytest.approx(0.05, abs=0.002)


def test_a_difference_inside_the_tests_own_error_is_said_plainly():
    said = compared("single_leg_calf_raise", [22], [25], profile=Profile(name="Ada"))
    assert said.text == "Left 22, right 25 repetitions: inside the test's own error (6.4): no difference shown."
    assert (said.beyond_error, said.weaker, said.lower, said.difference) == (False, None, "left", 3.0)


def test_a_difference_beyond_error_names_the_leg_and_its_ratio():
    said = compared("single_leg_calf_raise", [18], [27])
    assert (said.weaker, said.limb_ratio_pct) == ("left", pytest.approx(100 * 18 / 27))
    assert "the left leg is weaker by 9" in said.text
    assert (said.low, said.high) == (pytest.approx(2.65), pytest.approx(15.35))


def test_where_less_is_better_the_larger_value_is_the_weaker_leg():
    said = compared("time_to_stabilise", [1.1, 1.0, 1.2], [1.8, 2.0, 1.9])
    assert said.weaker == "right"


def test_one_trial_a_leg_has_no_interval_where_nothing_is_known_of_the_error():
    said = compared("bulgarian_split_squat", [9], [14])
    assert (said.low, said.high, said.mdc95, said.beyond_error) == (None, None, None, False)
    assert "not known yet" in said.text


def test_on_a_first_day_each_leg_has_its_own_day_as_variable_as_a_trial():
    left, right = [150.0, 156.0, 147.0], [158.0, 161.0, 166.0]
    said = compared("single_leg_hop", left, right)
    of_means = stats.ttest_ind(right, left).confidence_interval(0.95)
    half = 0.5 * (of_means.high - of_means.low) * np.sqrt((2 / 3 + 2) / (2 / 3))
    assert said.mdc95 == pytest.approx(half, abs=0.01)
    assert (said.mdc_basis, said.mdc_source.partition(":")[0]) == ("trials", "only the scatter of this day's trials")
    assert not said.beyond_error


@pytest.mark.parametrize("shift", [4.0, 40.0])
def test_a_difference_is_beyond_error_just_when_its_interval_excludes_none(shift):
    said = compared("single_leg_hop", [150.0, 156.0, 147.0], [150.0 + shift, 156.0 + shift, 147.0 + shift])
    assert said.beyond_error == (said.low > 0)


def test_earlier_days_tell_the_day_to_day_error():
    earlier = [done("single_leg_hop", [150], [150 + d], week=week) for week, d in enumerate((9, 11, 10))]
    said = compared("single_leg_hop", [150], [160], week=5, earlier=earlier)
    assert (said.mdc_basis, said.mdc_source) == ("sessions", "your own tests on several days")
    assert said.mdc95 == pytest.approx(SESSION_FACTORS[4] * np.std([9, 11, 10, 10], ddof=1))
    assert said.weaker == "left"


def test_with_earlier_days_the_trials_are_held_to_the_error_of_their_means():
    shaky = [100.0, 150.0, 200.0]
    earlier = [done("single_leg_hop", shaky, shaky, week=week) for week in range(3)]
    said = compared("single_leg_hop", shaky, shaky, week=5, earlier=earlier)
    assert said.mdc95 == pytest.approx(t_critical(4) * 50.0 * np.sqrt(2 / 3))
    assert said.mdc_basis == "sessions"


def test_one_session_of_hip_angles_is_held_to_the_error_of_a_related_measure():
    said = compared("hip_extension", [-4, -4, -4], [6, 6, 6])
    assert (said.mdc95, said.mdc_basis, said.weaker, said.lower) == (19.0, "published", None, "left")
    assert "inside the published error of a related measure (19)" in said.text


def test_own_days_of_hip_angles_take_the_place_of_a_related_measure():
    earlier = [done("hip_extension", [-4, -4], [7 + d, 7 + d], week=week) for week, d in enumerate((0, 1, 0))]
    said = compared("hip_extension", [-4, -4], [7, 7], week=4, earlier=earlier)
    assert (said.mdc_basis, said.weaker) == ("sessions", "left")
    assert "the left leg is less mobile by 11" in said.text


@pytest.mark.parametrize(("test", "word"), [
    ("time_to_stabilise", "slower"), ("knee_to_wall", "less mobile"), ("single_leg_stance_eyes_closed", "less steady"),
    ("single_leg_hop", "weaker"),
])  # fmt: skip
def test_each_test_has_its_own_word_for_the_poorer_leg(test, word):
    low, high = (2.0, 8.0) if test == "time_to_stabilise" else (9.0, 24.0)
    said = compared(test, [low] * 3, [high] * 3)
    assert said.poorer_word == word
    assert f"the {said.weaker} leg is {word} by" in said.text


def test_one_earlier_day_is_too_few_to_know_the_day_to_day_error():
    said = compared("bulgarian_split_squat", [9], [14], week=1, earlier=[done("bulgarian_split_squat", [9], [14])])
    assert said.mdc95 is None


@pytest.mark.parametrize("other", [
    done("knee_to_wall", [8.0], [9.0]), done("single_leg_hop", [150], [160], week=9),
    done("single_leg_hop", [150], [160], source="video"), done("single_leg_hop", [150], []),
])  # fmt: skip
def test_what_does_not_compare_tells_nothing_of_the_error(other):
    assert compared("single_leg_hop", [150], [160], week=3, earlier=[other] * 3).mdc95 is None


def test_unequal_loads_do_not_compare():
    said = compared("bulgarian_split_squat", [6], [14], extra={"left_load_kg": 24.0, "right_load_kg": 20.0})
    assert (said.weaker, said.lower, said.limb_ratio_pct) == (None, None, None)
    assert "unequal loads" in said.text


@pytest.mark.parametrize(("profile", "met"), [
    (ADA, {"left_baseline": True, "left_advanced": True, "right_baseline": True, "right_advanced": True}),
    (replace(ADA, mass_kg=80.0), {"left_baseline": True, "left_advanced": False, "right_baseline": True,
                                  "right_advanced": False}),
    (replace(ADA, mass_kg=None), {"left_baseline": True, "right_baseline": True}),
])  # fmt: skip
def test_the_advanced_squat_needs_half_the_body_mass(profile, met):
    load = {"left_load_kg": 30.0, "right_load_kg": 30.0}
    assert compared("bulgarian_split_squat", [10], [10], profile=profile, extra=load).target_met == met


def test_a_loaded_squat_below_the_unloaded_target_is_not_said_to_miss_it():
    load = {"left_load_kg": 30.0, "right_load_kg": 30.0}
    said = compared("bulgarian_split_squat", [6], [6], extra=load)
    assert said.target_met == {"left_advanced": False, "right_advanced": False}
    assert not said.low_on_both
    assert "Both legs" not in said.text


def test_both_legs_at_the_end_of_the_test_cannot_tell():
    said = compared("single_leg_stance_eyes_closed", [60, 60, 60], [60, 60, 60])
    assert "cannot tell" in said.text
    assert (said.beyond_error, said.low) == (False, None)


def test_a_leg_at_the_end_that_is_ahead_still_tells():
    said = compared("single_leg_stance_eyes_closed", [60, 60, 60], [20, 24, 25])
    assert (said.weaker, said.low, said.high) == ("right", None, None)


def test_a_leg_at_the_end_that_is_behind_does_not():
    said = compared("single_leg_stance_eyes_closed", [60, 3, 4], [40, 41, 42])
    assert not said.beyond_error


def test_classes_have_a_difference_and_no_ratio():
    said = compared("step_up_height", [1], [3])
    assert (said.difference, said.limb_ratio_pct) == (2.0, None)
    assert said.text.startswith("Left low box, right mid-thigh")


def test_angles_have_no_ratio():
    assert compared("hip_extension", [-2, -1, -1], [8, 9, 9]).limb_ratio_pct is None


def test_a_stride_never_says_which_leg_is_weak():
    said = compared("stride_length", [2.40, 2.41, 2.40], [2.60, 2.61, 2.60], source="runscribe")
    assert (said.beyond_error, said.weaker, said.lower) == (True, None, "left")
    assert "does not say which leg is weak" in said.text


def test_stride_time_variation_is_told_per_leg_and_not_judged():
    said = compared("stride_consistency", [9, 10], [9, 10],
                    extra={"left_stride_time_cv_pct": 1.1, "right_stride_time_cv_pct": 1.9})  # fmt: skip
    assert (
        "Stride time varied by 1.1 % left and 1.9 % right: what legs must differ by in this is not known." in said.text
    )


def test_two_weak_legs_are_said_to_be_weak():
    assert "Both legs are well below the target of 15" in compared("single_leg_calf_raise", [8], [9]).text
    assert "Both legs" not in compared("single_leg_calf_raise", [8], [11]).text
    assert [compared("single_leg_calf_raise", [8], [right]).low_on_both for right in (9, 11)] == [True, False]


def test_the_norm_is_that_of_age_and_sex():
    assert compared("single_leg_calf_raise", [27], [24]).norm_share_pct == {
        "left": 100.0, "right": pytest.approx(100 * 24 / 27)
    }  # fmt: skip
    assert compared("single_leg_calf_raise", [16], [16], profile=replace(ADA, sex="male")).norm_share_pct["left"] == 50


@pytest.mark.parametrize(
    "profile", [replace(ADA, sex=None), replace(ADA, born_year=None), replace(ADA, born_year=1940)]
)
def test_without_age_and_sex_there_is_no_norm(profile):
    assert compared("single_leg_calf_raise", [27], [24], profile=profile).norm_share_pct == {}


def test_a_flat_floor_has_no_norm():
    assert compared("single_leg_calf_raise", [27], [24], extra={"incline_deg": 0.0}).norm_share_pct == {}


@pytest.mark.parametrize(("right", "met"), [(145, True), (120, False)])
def test_the_hop_has_a_limb_ratio_as_its_target(right, met):
    assert compared("single_leg_hop", [150], [right]).target_met == {"limb_ratio": met}


def test_one_leg_alone_is_kept_but_not_compared():
    alone = done("single_leg_hop", [150], [])
    check_result(alone)
    with pytest.raises(InvalidRequest, match="Only the left leg"):
        compare_limbs(alone, profile=ADA)


@pytest.mark.parametrize(("test", "left", "extra", "sentence"), [
    ("high_jump", [1], {}, "There is no test high_jump"),
    ("single_leg_hop", [], {}, "has no trial"),
    ("single_leg_hop", [1.5], {}, "cannot be"),
    ("single_leg_hop", [float("nan")], {}, "cannot be"),
    ("single_leg_hop", [float("inf")], {}, "cannot be"),
    ("single_leg_hop", [150] * 1001, {}, "more than anyone does"),
    ("single_leg_calf_raise", [12.5], {}, "only whole ones count"),
    ("single_leg_stance_eyes_closed", [75], {}, "ends at 60 s"),
    ("bulgarian_split_squat", [10], {"left_load_kg": -5.0}, "load of -5 kg"),
    ("bulgarian_split_squat", [10], {"left_load_share": float("nan")}, "is no number"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_what_would_help(test, left, extra, sentence):
    with pytest.raises(InvalidRequest, match=sentence) as refused:
        check_result(done(test, left, [], extra=extra))
    assert refused.value.help


# Relations: they hold whatever the numbers are.

trials = st.lists(st.integers(100, 200).map(float), min_size=1, max_size=5).map(tuple)
days = st.lists(st.tuples(trials, trials), min_size=1, max_size=5)


@given(days)
def test_swapping_the_legs_mirrors_the_comparison(legs):
    results = [done("single_leg_hop", left, right, week=week) for week, (left, right) in enumerate(legs)]
    straight = compare_limbs(results[-1], profile=ADA, earlier=results[:-1])
    mirror = compare_limbs(mirrored(results[-1]), profile=ADA, earlier=[mirrored(one) for one in results[:-1]])
    assert (mirror.weaker, mirror.lower) == (OTHER[straight.weaker], OTHER[straight.lower])
    assert (mirror.left, mirror.difference) == (straight.right, -straight.difference)
    assert mirror.mdc95 == pytest.approx(straight.mdc95)
    if straight.low is not None:
        assert (mirror.low, mirror.high) == (pytest.approx(-straight.high), pytest.approx(-straight.low))
    assert mirror.target_met == straight.target_met


@pytest.mark.parametrize("test", assessments())
def test_swapping_the_legs_mirrors_every_test(test):
    low, high = (1.0, 3.0) if test in ("step_up_height", "stride_length", "time_to_stabilise") else (9.0, 21.0)
    straight = done(test, [low, low], [high, high], extra={"left_load_kg": 8.0, "right_load_kg": 8.0})
    one, other = (compare_limbs(result, profile=ADA) for result in (straight, mirrored(straight)))
    assert other.lower == OTHER[one.lower]
    turned = {f"{OTHER.get(key.partition('_')[0], '')}_{key.partition('_')[2]}": met
              for key, met in one.target_met.items() if key != "limb_ratio"}  # fmt: skip
    assert {key: met for key, met in other.target_met.items() if key != "limb_ratio"} == turned
    assert other.norm_share_pct == {OTHER[side]: share for side, share in one.norm_share_pct.items()}


@given(trials.filter(lambda one: len(one) > 1), trials)
def test_a_trial_equal_to_the_mean_never_widens_the_interval(left, right):
    before = compared("single_leg_hop", left, right)
    after = compared("single_leg_hop", [*left, float(np.mean(left))], right)
    assert after.high - after.low <= before.high - before.low + 1e-9
    assert after.mdc95 <= before.mdc95 + 1e-9


@given(trials, trials, st.floats(1.1, 1.5))
def test_longer_legs_in_proportion_keep_the_ratio(left, right, scale):
    one = compared("single_leg_hop", left, right)
    other = compared("single_leg_hop", [scale * x for x in left], [scale * x for x in right])
    assert other.limb_ratio_pct == pytest.approx(one.limb_ratio_pct)
    assert other.difference == pytest.approx(scale * one.difference)


@given(trials, trials)
def test_the_weaker_leg_is_named_only_beyond_error_and_is_the_lower_one(left, right):
    said = compared("single_leg_hop", left, right)
    assert said.weaker in (None, said.lower)
    assert (said.weaker is not None) == (said.mdc95 is not None and abs(said.difference) > said.mdc95)


def test_readings_that_agree_still_scatter_within_their_step():
    assert spread(assessment("single_leg_hop"), [(150.0, 150.0), (150.0, 150.0)]) == (pytest.approx(1 / 12**0.5), 2)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_equal_legs_are_seldom_called_unequal(n):
    """Each leg has its own day, as variable as its trials."""
    rng = np.random.default_rng(n)
    called = 0
    for _ in range(1500):
        legs = 150 + 6 * (rng.standard_normal((2, 1)) + rng.standard_normal((2, n)))
        called += compared("single_leg_hop", *legs.round().tolist()).beyond_error
    assert 0.035 <= called / 1500 <= 0.065


def test_a_large_difference_is_found():
    rng = np.random.default_rng(7)
    legs = (150 + np.array([[0.0], [36.0]]) + 6 * rng.standard_normal((2, 3)) for _ in range(300))
    assert np.mean([compared("single_leg_hop", *both.round().tolist()).weaker == "left" for both in legs]) > 0.85


# One leg over time


def test_a_leg_is_held_against_its_own_first_test():
    earlier = [done("single_leg_calf_raise", [14], [25]), done("single_leg_calf_raise", [17], [25], week=2)]
    now = done("single_leg_calf_raise", [22], [26], week=5)
    left, right = (leg_change(now, earlier, side=side) for side in ("left", "right"))
    assert (left.change, left.since, left.beyond_error, left.improved) == (8.0, DAY, True, True)
    assert (right.beyond_error, right.improved) == (False, None)
    assert (
        right.text == "Right 25 → 26 repetitions since 4 May 2026: inside the test's own error (6.4): no change shown."
    )


def test_steady_progress_is_no_error():
    earlier = [done("bulgarian_split_squat", [8 + 2 * week], [9 + 2 * week], week=week) for week in range(4)]
    now = done("bulgarian_split_squat", [18], [19], week=6)
    change = leg_change(now, earlier, side="left")
    assert change.mdc95 == pytest.approx(t_critical(4) * (2 / 12) ** 0.5)
    assert change.improved


def test_the_changes_hold_the_newest_result_of_each_leg_against_its_first():
    results = [
        done("single_leg_calf_raise", [22], [26], week=5), done("single_leg_calf_raise", [17], [25], week=2),
        done("single_leg_calf_raise", [14], [24]), done("knee_to_wall", [9], [9]),
        done("single_leg_calf_raise", [23], [], week=6),
    ]  # fmt: skip
    left, right = leg_changes(results)
    assert (left.side, left.value, left.before, left.improved, left.mdc_basis) == ("left", 23, 14, True, "published")
    assert (right.side, right.value, right.before, right.improved) == ("right", 26, 24, None)


def test_what_runs_tell_of_strides_is_no_change_of_a_leg():
    runs = [done("stride_length", [2.4 + week] * 3, [2.4] * 3, week=week, source="runscribe") for week in (0, 1)]
    assert leg_changes(runs) == ()


@given(days)
def test_swapping_the_legs_swaps_the_changes(legs):
    results = [done("single_leg_hop", left, right, week=week) for week, (left, right) in enumerate(legs)]
    straight = {one.side: one for one in leg_changes(results)}
    swapped = {one.side: one for one in leg_changes([mirrored(one) for one in results])}
    assert {OTHER[side]: (one.change, one.beyond_error) for side, one in straight.items()} == {
        side: (one.change, one.beyond_error) for side, one in swapped.items()
    }


def test_a_leg_at_another_load_has_no_earlier_test():
    earlier = [done("bulgarian_split_squat", [10], [10], extra={"left_load_kg": 10.0, "right_load_kg": 10.0})]
    with pytest.raises(InvalidRequest, match="no earlier"):
        leg_change(done("bulgarian_split_squat", [10], [10], week=4), earlier, side="left")


def test_the_poorer_leg_is_listed_per_test_and_day():
    results = [
        done("single_leg_hop", [150], [160], week=2), done("single_leg_hop", [155], [150]),
        done("single_leg_stance_eyes_closed", [60], [60]), done("time_to_stabilise", [1.0], [2.0]),
    ]  # fmt: skip
    assert [(one.test, one.side) for one in sides(results)] == [
        ("single_leg_hop", "right"), ("single_leg_hop", "left"), ("time_to_stabilise", "right"),
    ]  # fmt: skip
