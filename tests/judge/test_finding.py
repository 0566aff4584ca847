from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.judge import evidence_stride as stride_module
from evenstride.judge import sources as sources_module
from evenstride.judge import weights as weights_module
from evenstride.judge.assessments import assessments
from evenstride.judge.finding import FINDING_VERSION, finding
from evenstride.judge.finding_rules import FINDING_RULES, SOURCES_TO_ACT
from evenstride.model import (
    EMPHASES,
    Alarm,
    Baseline,
    Direction,
    Estimated,
    Injury,
    LateInRuns,
    LevelBand,
    LimbComparison,
    Offset,
    Profile,
    Restriction,
    RunPoint,
    Season,
    SeasonMetric,
    SideCheck,
)
from evenstride.model.sites import SITES, emphases_of

TODAY = date(2026, 5, 4)
ADA = Profile(name="Ada")
EMPTY = Season(athlete="Ada", first=None, last=None, n_runs=0)
TESTS = {
    "calf_raise": ("calf_capacity", "calf_capacity"),
    "bent_knee_calf_raise": ("calf_capacity", "calf_capacity"),
    "hop": ("hop_power", "hip_stability"),
    "stance": ("balance", "hip_stability"),
    "knee_to_wall": ("ankle_mobility", "ankle_mobility"),
}


def days_ago(days):
    return TODAY - timedelta(days=days)


def screened(test="calf_raise", *, weaker="left", by=10.0, error=5.0, ago=3, low_on_both=False, basis="sessions"):
    """A test in which the right leg did ``by`` better than the left, or the left than the right."""
    difference = by if weaker == "left" else -by
    beyond = abs(difference) > error
    capacity, emphasis = TESTS[test]
    return LimbComparison(
        test=test, label=test.replace("_", " "), unit="repetitions", day=days_ago(ago), left=25 - difference / 2,
        right=25 + difference / 2, n_left=2, n_right=2, difference=difference, low=difference - error,
        high=difference + error, mdc95=error, mdc_source="own repeats", beyond_error=beyond,
        weaker=weaker if beyond else None, lower=weaker, limb_ratio_pct=80.0, capacity=capacity, emphasis=emphasis,
        low_on_both=low_on_both, mdc_basis=basis, smallest=7.0,
    )  # fmt: skip


def strides(
    level=6.0,
    half=1.0,
    *,
    metric="contact_time",
    threshold=4.0,
    ago=2,
    alarm=0.0,
    n=12,
    past=None,
    source="watch_balance",
    device_moves=0.0,
    device_runs=5,
    baseline_runs=5,
):
    """A season's metric: ``level`` positive is right longer; ``past`` is the level half a year before."""
    runs = tuple(
        RunPoint(run=str(i), start=datetime(2026, 5, 4, 7, tzinfo=UTC) - timedelta(days=ago + 7 * i), value=level,
                 source=source, device="watch")
        for i in reversed(range(n))
    )  # fmt: skip
    old, then = days_ago(180), level if past is None else past
    rung = () if not alarm else (
        Alarm(value=alarm, low=alarm - 0.5, high=alarm + 0.5, day=days_ago(10), text="", z=4.0),
    )  # fmt: skip
    return SeasonMetric(
        metric=metric, label=metric.replace("_", " "), unit="%", kind="index", source=source, n_runs=n, runs=runs,
        level=Estimated(value=level, low=level - half, high=level + half), threshold=threshold, alarms=rung,
        baseline=Baseline(value=level, low=level - half, high=level + half, n_runs=baseline_runs,
                          since=days_ago(90), until=days_ago(60)),
        offsets=() if not device_moves else (
            Offset(value=device_moves, low=device_moves - 1, high=device_moves + 1, condition="device",
                   name="new watch", reference="watch", n_runs=device_runs),
        ),
        direction=Direction(side="right" if level > 0 else "left", same_side_share=1.0, share_low=0.8, share_high=1.0,
                            n=n, kappa=None, low=None, high=None),
        band=LevelBand(days=(old, days_ago(ago)), level=[then, level], low=[then - half, level - half],
                       high=[then + half, level + half]),
    )  # fmt: skip


def season(*metrics, late=()):
    return Season(athlete="Ada", first=days_ago(200), last=days_ago(2), n_runs=12, metrics=metrics, late=late)


def hurt(side="left", site="achilles", *, ago=200, kind="injury", present=False):
    return Injury(side=side, site=site, since=days_ago(ago), kind=kind, present=present)


def checked(answer="as_named", leg="left"):
    return SideCheck(source="watch_balance", device="watch", checked=days_ago(30), leg=leg, method="limp",
                     answer=answer, shift_pct=12, low_pct=9, high_pct=15)  # fmt: skip


def told(metrics=(), tests=(), injuries=(), *, checks=(), **profile):
    return finding(
        season(*metrics) if metrics else EMPTY, tests, replace(ADA, injuries=tuple(injuries), **profile),
        side_checks=checks, today=TODAY,
    )  # fmt: skip


def answer(found):
    return found.action, found.limb


# Cases that an expert would sign


def test_a_longer_contact_time_alone_names_no_limb():
    found = told([strides(6.0)])
    assert answer(found) == ("watch", "undetermined")
    assert found.rules[:2] == ("F-STRIDE-ALONE", "F-STRIDE")
    assert found.confidence == 0.0


def test_calf_raises_weaker_left_on_one_day_and_hops_weaker_left_on_another_is_do_left():
    found = told(tests=[screened("calf_raise", ago=3), screened("hop", ago=5)])
    assert answer(found) == ("do", "left")
    assert found.rules == ("F-TESTS", "F-DO")
    assert found.emphases == ("calf_capacity", "hip_stability")


def test_a_ten_percent_calf_raise_gap_inside_the_error_is_no_evidence():
    found = told(tests=[screened(by=2.5, error=6.4)])
    assert answer(found) == ("watch", "undetermined")
    assert not found.evidence[0].counts
    assert "inside error (6.4 repetitions)" in found.evidence[0].text


def test_two_tests_on_the_same_day_are_one_source():
    assert answer(told(tests=[screened("calf_raise", ago=3), screened("hop", ago=3)])) == ("watch", "left")


def test_two_tests_of_the_same_capacity_are_one_source():
    tests = [screened("calf_raise", ago=3), screened("bent_knee_calf_raise", ago=5)]
    assert answer(told(tests=tests)) == ("watch", "left")


def test_one_test_joined_by_two_that_share_its_day_or_its_capacity_finds_the_independent_pair():
    tests = [screened("calf_raise", ago=3), screened("hop", ago=3), screened("bent_knee_calf_raise", ago=5)]
    assert answer(told(tests=tests)) == ("do", "left")


def test_an_achilles_history_right_and_a_weak_right_calf_is_do_right_calf_capacity():
    found = told(tests=[screened(weaker="right")], injuries=[hurt("right", "Achilles tendon")])
    assert answer(found) == ("do", "right")
    assert found.emphases == ("calf_capacity",)


def test_an_injury_of_one_leg_alone_is_watched_on_that_leg():
    found = told(injuries=[hurt("right", "runner's knee")])
    assert answer(found) == ("watch", "right")
    assert found.emphases == ("hip_stability", "step_down_control")


def test_injuries_of_both_legs_name_neither():
    found = told(injuries=[hurt("left"), hurt("right", "itb")])
    assert answer(found) == ("watch", "undetermined")
    assert found.rules == ("F-INJURY-BOTH", "F-UNDECIDED")


def test_tests_that_disagree_name_neither_and_the_contradiction_is_shown():
    found = told(tests=[screened("calf_raise", weaker="left"), screened("hop", weaker="right", ago=6)])
    assert answer(found) == ("watch", "undetermined")
    assert found.rules == ("F-TESTS-DISAGREE", "F-UNDECIDED")
    assert found.contradictions == ("Tests name different legs: calf raise the left one, hop the right one.",)


def test_tests_speak_before_injuries_and_the_contradiction_costs_confidence():
    alone = told(tests=[screened(weaker="left")])
    against = told(tests=[screened(weaker="left")], injuries=[hurt("right")])
    assert answer(against) == ("watch", "left")
    assert against.confidence < alone.confidence
    assert against.contradictions == ("Against the left leg, the right one is named by injury history.",)
    assert "F-CONTRADICTED" in against.rules


def test_everything_ordinary_with_two_sources_that_looked_is_let_be():
    found = told([strides(1.0)], [screened(by=1.0)], checks=[checked()])
    assert answer(found) == ("ignore", "undetermined")
    assert found.rules == ("F-NO-LIMB", "F-ORDINARY")


def test_ordinary_strides_alone_are_too_little_and_a_test_is_asked_for():
    found = told([strides(1.0)])
    assert answer(found) == ("watch", "undetermined")
    assert "F-TOO-LITTLE" in found.rules
    assert "single-leg calf raise" in found.next_steps[0]


TOO_LITTLE = {
    "your strides are ordinary, and no test of each leg has been done; it takes two independent sources.": (1.0, ()),
    "your strides are ordinary, and your tests are too old to count; it takes two independent sources.":
        (1.0, (screened(by=1.0, ago=300),)),
    "it cannot be told yet whether your strides are ordinary (contact time), and no test of each leg has been done; it"
    " takes two independent sources.": (4.0, ()),
    "it cannot be told yet whether your strides are ordinary (contact time), and your tests find no difference that"
    " matters (calf raise, hop).": (4.0, (screened(by=1.0), screened("hop", by=1.0, ago=6))),
    "no run tells your legs apart, and your tests find no difference that matters (calf raise); it takes two"
    " independent sources.": (None, (screened(by=1.0),)),
    "no run tells your legs apart, and your tests do not say which leg is weaker (calf raise); it takes two"
    " independent sources.": (None, (replace(screened(), weaker=None),)),
}  # fmt: skip


@pytest.mark.parametrize("said", TOO_LITTLE)
def test_too_little_says_what_is_missing(said):
    level, tests = TOO_LITTLE[said]
    found = told([] if level is None else [strides(level)], tests)
    assert f"There is too little evidence yet to act on or to let it be: {said}" in found.reasons


def test_runs_too_old_or_too_few_are_said_to_be():
    assert any("your runs are too old to count, and" in one for one in told([strides(1.0, ago=300)]).reasons)
    waiting = replace(strides(1.0), level=None, baseline=None, waiting_for="two more comparable runs make a baseline")
    assert any("too few runs tell your legs apart, and" in one for one in told([waiting]).reasons)
    unknown = strides(1.0, metric="braking", threshold=None)
    assert any("nobody knows what is ordinary of your strides (braking), and" in one for one in told([unknown]).reasons)


def test_a_test_too_coarse_to_see_a_difference_lets_nothing_be_and_says_so():
    found = told([strides(1.0)], [screened(by=1.0, error=20.0)])
    assert found.action == "watch"
    assert "F-COARSE" in found.rules
    assert "too coarse to rule out a difference that matters (7 repetitions)" in found.evidence[0].text


def test_a_test_is_quiet_only_when_its_whole_interval_is_smaller_than_what_matters():
    inside, beyond = (screened(by=2.0, error=error) for error in (5.0, 5.1))
    assert told([strides(1.0)], [inside]).action == "ignore"
    assert told([strides(1.0)], [beyond]).action == "watch"


def test_a_test_without_a_smallest_difference_that_matters_lets_nothing_be():
    assert told([strides(1.0)], [replace(screened(by=1.0), smallest=None)]).action == "watch"


def test_a_difference_that_would_matter_if_it_were_real_is_not_let_be_beside_two_quiet_sources():
    quiet, coarse = screened("hop", by=1.0), screened("calf_raise", by=8.0, error=9.0, ago=5)
    found = told([strides(1.0)], [quiet, coarse])
    assert found.action == "watch"
    assert any("comes out the same: calf raise" in step for step in found.next_steps)
    assert told([strides(1.0)], [quiet, screened("calf_raise", by=6.0, error=9.0, ago=5)]).action == "ignore"


def test_a_provisional_baseline_lets_nothing_be():
    assert told([strides(1.0, baseline_runs=4)], [screened(by=1.0)]).action == "watch"


def test_two_sources_that_know_only_the_scatter_of_one_day_are_watched():
    tests = [screened("stance", ago=3, basis="trials"), screened("hop", ago=5, basis="trials")]
    found = told(tests=tests)
    assert answer(found) == ("watch", "left")
    assert "F-SINGLE-DAY" in found.rules
    assert "F-ONE-SOURCE" not in found.rules
    assert "Repeat on another day" in found.next_steps[0]


@pytest.mark.parametrize("basis", ["published", "sessions"])
def test_one_of_two_sources_known_between_days_is_enough_to_act(basis):
    tests = [screened("stance", ago=3, basis="trials"), screened("hop", ago=5, basis=basis)]
    assert answer(told(tests=tests)) == ("do", "left")


def test_a_day_s_scatter_and_an_injury_are_enough_to_act():
    assert answer(told(tests=[screened("hop", basis="trials")], injuries=[hurt()])) == ("do", "left")


def test_the_source_known_between_days_must_be_one_of_two_independent_ones():
    tests = [
        screened("stance", ago=3, basis="trials"), screened("calf_raise", ago=5, basis="trials"),
        screened("bent_knee_calf_raise", ago=3, basis="sessions"),
    ]  # fmt: skip
    assert told(tests=tests).rules[1] == "F-SINGLE-DAY"


def test_the_newest_day_of_runs_dates_what_happens_late_in_them():
    late = LateInRuns(value=0.5, low=0.1, high=0.9, kind="long", metric="contact_time", source="watch_balance",
                      n_runs=5, run_to_run_sd=0.2, grows=0.9, last=days_ago(400))  # fmt: skip
    (found,) = finding(season(late=(late,)), [], ADA, today=TODAY).evidence
    assert found.day == days_ago(400)
    assert found.weight < 0.05


def test_what_happens_late_where_the_legs_have_no_side_weighs_nothing():
    late = LateInRuns(value=0.5, low=0.1, high=0.9, kind="long", metric="contact_time", source="watch_balance",
                      n_runs=5, run_to_run_sd=0.2, grows=None, last=days_ago(2))  # fmt: skip
    assert finding(season(late=(late,)), [], ADA, today=TODAY).evidence[0].weight == 0.0


def test_a_stride_asymmetry_under_one_of_two_devices_alone_is_not_real():
    assert "F-STRIDE" in told([strides(6.0)]).rules
    found = told([strides(6.0, device_moves=-3.5)])
    assert "F-STRIDE" not in found.rules
    assert "F-DEVICES" in found.rules
    assert any("The devices disagree" in reason and "new watch right +2.5 %" in reason for reason in found.reasons)


def test_a_device_with_four_runs_has_no_say():
    assert "F-STRIDE" in told([strides(6.0, device_moves=-3.5, device_runs=4)]).rules


def test_a_level_that_is_ordinary_under_one_of_two_devices_alone_is_not_let_be():
    tests = [screened(by=1.0)]
    assert told([strides(2.0, device_moves=0.5)], tests).action == "ignore"
    assert told([strides(2.0, device_moves=3.5)], tests).action == "watch"


def test_the_verdict_on_strides_does_not_depend_on_which_device_is_used_most():
    one, other = strides(2.0, device_moves=3.5), strides(5.5, device_moves=-3.5)
    by_one, by_other = told([one], [screened(by=1.0)]), told([other], [screened(by=1.0)])
    assert (by_one.action, by_one.rules) == (by_other.action, by_other.rules)
    assert by_one.evidence[-1].weight == by_other.evidence[-1].weight


def test_nothing_known_is_too_little_with_what_to_do_next():
    found = told()
    assert answer(found) == ("watch", "undetermined")
    assert found.rules == ("F-NO-LIMB", "F-TOO-LITTLE")
    assert found.next_steps


def test_a_stride_asymmetry_counts_where_own_tests_named_the_same_limb_with_the_same_sign():
    found = told([strides(6.0)], [screened(weaker="left", ago=180)])
    assert answer(found) == ("watch", "left")
    assert found.rules[0] == "F-OWN-HISTORY"


def test_a_stride_asymmetry_of_the_other_sign_then_names_nothing_now():
    assert told([strides(6.0, past=-6.0)], [screened(weaker="left", ago=180)]).limb == "undetermined"


def test_a_stride_asymmetry_taught_by_the_capacity_of_the_test_beside_it_is_no_second_source():
    tests = [screened("calf_raise", ago=180), screened("bent_knee_calf_raise", ago=3)]
    found = told([strides(6.0)], tests)
    assert answer(found) == ("watch", "left")
    assert "F-ONE-SOURCE" in found.rules


def test_a_stride_asymmetry_taught_by_two_capacities_stands_for_the_one_that_is_not_tested_now():
    tests = [screened("calf_raise", ago=180), screened("hop", ago=178), screened("bent_knee_calf_raise", ago=3)]
    assert answer(told([strides(6.0)], tests)) == ("do", "left")


def test_what_a_test_taught_of_strides_is_forgotten_after_a_year():
    long_ago = replace(strides(6.0).band, days=(days_ago(370), days_ago(2)))
    metric = replace(strides(6.0), band=long_ago)
    assert told([metric], [screened(ago=360)]).limb == "left"
    assert told([metric], [screened(ago=370)]).limb == "undetermined"


def test_a_stride_asymmetry_with_own_history_is_the_second_source():
    tests = [screened("calf_raise", ago=180), screened("hop", ago=3)]
    assert answer(told([strides(6.0)], tests)) == ("do", "left")
    assert answer(told([strides(6.0)], tests[1:])) == ("watch", "left")


def test_a_history_of_tests_for_either_leg_names_nothing():
    tests = [screened("calf_raise", ago=180), screened("hop", weaker="right", ago=178)]
    found = told([strides(6.0)], tests)
    assert found.limb == "undetermined"
    assert "earlier tests named different legs" in found.contradictions[0]


def test_a_history_is_void_once_the_same_test_finds_the_legs_equal():
    tests = [screened(ago=180), screened(by=1.0, ago=3)]
    assert told([strides(6.0)], tests).limb == "undetermined"


def test_the_newest_session_of_a_test_replaces_the_older_one():
    found = told(tests=[screened(ago=60), screened(by=1.0, ago=3)])
    assert [one.counts for one in found.evidence] == [False]


def test_a_test_of_eight_months_ago_no_longer_counts_and_is_asked_for_again():
    found = told(tests=[screened(ago=240)])
    assert found.limb == "undetermined"
    assert "too old to count" in found.next_steps[0]


def test_an_injury_of_two_years_ago_no_longer_counts():
    assert told(injuries=[hurt(ago=800)]).limb == "undetermined"


def test_an_injury_that_is_still_there_does_not_fade():
    assert told(injuries=[hurt(ago=800, present=True)]).limb == "left"
    fresh, old = (told(injuries=[hurt(ago=ago, present=True)]).evidence[0] for ago in (0, 800))
    assert fresh.weight == old.weight
    assert "still there" in old.text


def test_an_injury_whose_end_is_not_known_is_asked_about():
    def asked(**how):
        return [
            step for step in told(injuries=[hurt(**how)]).next_steps if step.startswith("Is the left achilles, hurt")
        ]

    assert "well again?" in asked()[0]
    assert asked(present=True) == []


def test_a_test_weighs_half_after_twelve_weeks():
    new, old = (told(tests=[screened(ago=ago)]).evidence[0].weight for ago in (0, 84))
    assert old == pytest.approx(new / 2)


def test_what_lies_in_the_future_is_not_known_today():
    found = told(tests=[screened(ago=-5)], injuries=[hurt(ago=-5)])
    assert found.evidence == ()


def test_an_alarm_is_watched():
    found = told([strides(1.0, alarm=3.0)], [screened(by=1.0)])
    assert answer(found) == ("watch", "undetermined")
    assert "F-ALARM" in found.rules


def test_a_stride_asymmetry_seen_in_few_runs_is_not_yet_real():
    once = strides(6.0)
    rare = replace(once, direction=replace(once.direction, same_side_share=0.6))
    assert "F-STRIDE" not in told([rare]).rules


def test_a_level_that_reaches_into_the_ordinary_is_not_real_and_more_runs_are_asked_for():
    found = told([strides(4.6, 1.0)])
    assert "F-STRIDE" not in found.rules
    assert any("more runs would tell" in step for step in found.next_steps)


def test_metrics_that_point_both_ways_are_shown_as_no_contradiction_about_a_limb():
    found = told([strides(6.0), strides(-20.0, metric="impact", threshold=None, source="runscribe")])
    (said,) = found.contradictions
    assert said.startswith("Strides differ both ways: contact time longer on the right, impact larger on the left.")
    assert said.endswith("neither names a limb.")


def test_two_devices_that_point_to_opposite_legs_are_shown():
    found = told([strides(6.0), strides(-6.0, source="runscribe")])
    assert "Devices point to opposite legs in contact time" in found.contradictions[0]


def test_an_unchecked_device_is_said_and_weighs_half():
    unchecked, done = told([strides(6.0)]), told([strides(6.0)], checks=[checked()])
    assert "F-SIDE-UNCHECKED" in unchecked.rules
    assert "F-SIDE-UNCHECKED" not in done.rules
    assert unchecked.evidence[0].weight == pytest.approx(done.evidence[0].weight / 2)
    assert any("side check" in step for step in unchecked.next_steps)


def test_a_swapped_device_is_said():
    assert "F-SIDE-SWAPPED" in told([strides(6.0)], checks=[checked("swapped")]).rules


def test_a_check_of_another_device_does_not_count():
    other = replace(checked(), device="another watch")
    assert "F-SIDE-UNCHECKED" in told([strides(6.0)], checks=[other]).rules


def test_a_clinicians_restriction_is_mentioned_until_its_end():
    here, over = Restriction(what="hops", until=TODAY), Restriction(what="hops", until=days_ago(1))
    assert "F-RESTRICTION" in told(restrictions=(here,)).rules
    assert "F-RESTRICTION" not in told(restrictions=(over,)).rules


def test_a_recent_operation_is_mentioned():
    assert "F-SURGERY" in told(injuries=[hurt(kind="surgery", ago=30)]).rules
    assert "F-SURGERY" not in told(injuries=[hurt(kind="surgery", ago=300)]).rules


TWO_TESTS = (screened("calf_raise", ago=3), screened("hop", ago=5))


@pytest.mark.parametrize("side", ["left", "right"])
def test_soon_after_an_operation_of_either_leg_no_leg_is_favoured(side):
    found = told(tests=TWO_TESTS, injuries=[hurt(side, kind="surgery", ago=10)])
    assert answer(found) == ("watch", "left")
    assert "F-CLINICIAN" in found.rules
    assert not any("Test" in step for step in found.next_steps)
    assert "clinician" in found.next_steps[0]


def test_half_a_year_after_an_operation_the_leg_may_be_favoured():
    ago = {182: "watch", 183: "do"}
    assert {days: told(tests=TWO_TESTS, injuries=[hurt(kind="surgery", ago=days)]).action for days in ago} == ago


@pytest.mark.parametrize(("side", "action"), [("left", "watch"), (None, "watch"), ("right", "do")])
def test_a_leg_under_a_clinicians_restriction_is_not_favoured(side, action):
    rule = Restriction(what="hops", until=TODAY, side=side)
    assert answer(told(tests=TWO_TESTS, restrictions=(rule,))) == (action, "left")


def test_a_known_leg_length_difference_is_mentioned_and_decides_nothing():
    found = told(leg_length_difference_mm=12.0)
    assert "F-LEG-LENGTH" in found.rules
    assert "Your right leg is known to be 12 mm longer" in found.reasons[-1]
    assert found.limb == "undetermined"


def test_two_legs_that_are_well_below_the_target_ask_for_an_emphasis_and_no_limb():
    found = told(tests=[screened(by=1.0, low_on_both=True)])
    assert found.emphases == ("calf_capacity",)
    assert found.limb == "undetermined"
    assert "F-BOTH-LOW" in found.rules
    assert told(tests=[screened(by=1.0)]).emphases == ()


def test_what_a_target_asks_for_comes_after_what_a_test_and_an_injury_ask_for():
    tests = [screened("knee_to_wall", by=1.0, low_on_both=True), screened("calf_raise")]
    found = told(tests=tests, injuries=[hurt(site="itb")])
    assert found.emphases == ("calf_capacity", "hip_stability", "step_down_control", "ankle_mobility")


def test_what_runs_tell_per_leg_is_no_test_of_a_limb():
    stride = replace(screened(), capacity="stride", weaker=None, emphasis="")
    found = told(tests=[stride])
    assert found.limb == "undetermined"
    assert "does not say which leg is weaker" in found.evidence[0].text


@pytest.mark.parametrize(
    ("words", "emphases"),
    [
        ("Achilles", ("calf_capacity",)),
        ("ITB", ("hip_stability", "step_down_control")),
        ("runner’s knee", ("hip_stability", "step_down_control")),
        ("plantar fasciitis", ("foot_capacity", "calf_capacity")),
        ("knee (meniscus)", ("knee_stability",)),
        ("stiff ankle", ("ankle_mobility", "calf_mobility")),
        ("stiff ankles", ("ankle_mobility", "calf_mobility")),
        ("ankle sprain", ("hip_stability", "calf_capacity", "ankle_mobility")),
        ("patellar tendon", ("knee_hip_strength", "step_down_control")),
        ("knee, MCL", ("knee_stability",)),
        ("soleus", ("calf_capacity",)),
        ("calf", ("calf_capacity",)),
        ("shin", ()),
        ("bite of a dog", ()),
    ],
)
def test_a_place_in_free_words_asks_for_its_emphases(words, emphases):
    assert emphases_of(words) == emphases


def test_every_emphasis_that_anything_asks_for_is_in_the_one_table():
    asked = {name for site in SITES for name in site.emphases} | {one.emphasis for one in assessments().values()}
    assert asked - {""} <= EMPHASES.keys()


def test_every_emphasis_of_the_table_is_asked_for_by_a_test_or_a_place():
    asked = {name for site in SITES for name in site.emphases} | {one.emphasis for one in assessments().values()}
    assert EMPHASES.keys() <= asked


# Properties

SIDES = st.sampled_from(["left", "right"])
COMPARISONS = st.builds(
    screened, st.sampled_from(sorted(TESTS)), weaker=SIDES, by=st.sampled_from([0.0, 2.0, 4.9, 6.0, 12.0]),
    ago=st.sampled_from([-4, 0, 3, 7, 60, 178, 182, 300]),
    low_on_both=st.booleans(), basis=st.sampled_from(["published", "sessions", "trials"]),
)  # fmt: skip
INJURIES = st.builds(
    hurt, SIDES, st.sampled_from(["achilles", "knee", "ITB", "shin"]), ago=st.sampled_from([-3, 10, 170, 300, 900]),
    kind=st.sampled_from(["injury", "surgery"]), present=st.booleans(),
)  # fmt: skip
METRICS = st.builds(
    strides, st.sampled_from([-8.0, -4.5, -1.0, 0.5, 4.5, 8.0]), metric=st.sampled_from(["contact_time", "impact"]),
    threshold=st.sampled_from([4.0, None]), ago=st.sampled_from([2, 300]), alarm=st.sampled_from([-3.0, 0.0, 3.0]),
    past=st.sampled_from([-6.0, 0.0, 6.0]), source=st.sampled_from(["watch_balance", "runscribe"]),
    device_moves=st.sampled_from([0.0, 0.0, -3.0, 5.0]), device_runs=st.sampled_from([4, 5]),
)  # fmt: skip
LATE = st.builds(
    LateInRuns, value=st.sampled_from([-0.5, 0.5]), low=st.just(-1.0), high=st.just(1.0), kind=st.just("long"),
    metric=st.just("contact_time"), source=st.just("watch_balance"), n_runs=st.just(5), run_to_run_sd=st.just(0.2),
    grows=st.just(0.8),
)  # fmt: skip
CHECKS = st.builds(checked, st.sampled_from(["as_named", "swapped", "unclear"]), SIDES)


@st.composite
def people(draw):
    """Everything a finding is made from, as keyword arguments."""
    return {
        "season": season(*draw(st.lists(METRICS, max_size=3)), late=tuple(draw(st.lists(LATE, max_size=1)))),
        "comparisons": draw(st.lists(COMPARISONS, max_size=6)),
        "profile": replace(
            ADA, injuries=tuple(draw(st.lists(INJURIES, max_size=3))), dominant_leg=draw(SIDES),
            leg_length_difference_mm=draw(st.sampled_from([None, -8.0, 3.0, 8.0])),
            restrictions=draw(st.sampled_from([(), (Restriction(what="hops", until=TODAY, side="left"),)])),
        ),
        "side_checks": draw(st.lists(CHECKS, max_size=2)),
    }  # fmt: skip


FLIPPED = {"left": "right", "right": "left"}


def flipped(side):
    return FLIPPED.get(side, side)


def in_other_words(text):
    return " ".join(part.replace(part.strip("(),.;"), flipped(part.strip("(),.;"))) if part.strip("(),.;") in FLIPPED
                    else part for part in text.split(" "))  # fmt: skip


def turned(one):
    """An estimate with its sides exchanged."""
    return replace(one, value=-one.value, low=-one.high, high=-one.low)


def mirrored_metric(one):
    band = replace(one.band, level=-one.band.level, low=-one.band.high, high=-one.band.low)
    return replace(
        one, level=turned(one.level), baseline=turned(one.baseline), alarms=tuple(map(turned, one.alarms)), band=band,
        direction=replace(one.direction, side=flipped(one.direction.side)), offsets=tuple(map(turned, one.offsets)),
        runs=tuple(replace(run, value=-run.value) for run in one.runs),
    )  # fmt: skip


def mirrored_test(one):
    return replace(
        one, left=one.right, right=one.left, difference=-one.difference, low=-one.high, high=-one.low,
        weaker=flipped(one.weaker), lower=flipped(one.lower),
    )  # fmt: skip


def mirrored(person):
    profile = person["profile"]
    size = profile.leg_length_difference_mm
    return {
        "season": replace(
            person["season"], metrics=tuple(map(mirrored_metric, person["season"].metrics)),
            late=tuple(map(turned, person["season"].late)),
        ),
        "comparisons": [mirrored_test(one) for one in person["comparisons"]],
        "profile": replace(
            profile, injuries=tuple(replace(one, side=flipped(one.side)) for one in profile.injuries),
            dominant_leg=flipped(profile.dominant_leg), leg_length_difference_mm=None if size is None else -size,
            restrictions=tuple(replace(one, side=flipped(one.side)) for one in profile.restrictions),
        ),
        "side_checks": [replace(one, leg=flipped(one.leg)) for one in person["side_checks"]],
    }  # fmt: skip


def seen(evidence, flip=lambda side: side, say=lambda text: text, sign=1.0):
    """Evidence as a list in which twins that differ by their side alone have no order."""
    return sorted(
        (
            one.kind,
            one.what,
            one.source,
            one.day,
            flip(one.direction),
            sign * one.size,
            one.weight,
            one.counts,
            say(one.text),
        )
        for one in evidence
    )


@given(people())
@settings(max_examples=300)
def test_swapping_the_legs_everywhere_mirrors_the_finding(person):
    one, other = finding(**person, today=TODAY), finding(**mirrored(person), today=TODAY)
    assert other.limb == flipped(one.limb)
    assert (other.action, other.confidence, other.rules) == (one.action, one.confidence, one.rules)
    assert other.emphases == one.emphases
    assert seen(other.evidence) == seen(one.evidence, flipped, in_other_words, -1.0)
    for theirs, mine in ((other.reasons, one.reasons), (other.contradictions, one.contradictions)):
        assert theirs == tuple(map(in_other_words, mine))
    assert other.next_steps == tuple(map(in_other_words, one.next_steps))


@given(people(), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_the_order_of_the_evidence_does_not_matter(person, random):
    def shuffled(values):
        values = list(values)
        random.shuffle(values)
        return values

    again = {
        "season": replace(person["season"], metrics=tuple(shuffled(person["season"].metrics))),
        "comparisons": shuffled(person["comparisons"]),
        "profile": replace(person["profile"], injuries=tuple(shuffled(person["profile"].injuries))),
        "side_checks": shuffled(person["side_checks"]),
    }
    assert finding(**again, today=TODAY) == finding(**person, today=TODAY)


def sure_of(found, side):
    return found.confidence if found.limb == side else 0.0


def of_another_name(one):
    return replace(one, test="another test", label="another test")


@given(people(), COMPARISONS)
@settings(max_examples=300)
def test_one_more_test_never_lowers_confidence_in_its_limb_nor_raises_it_in_the_other(person, one):
    before = finding(**person, today=TODAY)
    more = {**person, "comparisons": [*person["comparisons"], of_another_name(one)]}
    after = finding(**more, today=TODAY)
    if one.weaker is None or one.day > TODAY or one.day < days_ago(168):
        return
    assert sure_of(after, flipped(one.weaker)) <= sure_of(before, flipped(one.weaker))
    if before.limb == one.weaker:
        assert after.limb == before.limb
        assert after.confidence >= before.confidence


@given(people(), INJURIES)
@settings(max_examples=300)
def test_one_more_injury_never_lowers_confidence_in_its_leg_nor_raises_it_in_the_other(person, one):
    before = finding(**person, today=TODAY)
    profile = replace(person["profile"], injuries=(*person["profile"].injuries, one))
    after = finding(**{**person, "profile": profile}, today=TODAY)
    assert sure_of(after, flipped(one.side)) <= sure_of(before, flipped(one.side))
    if before.limb == one.side:
        assert sure_of(after, one.side) >= before.confidence


@given(people())
@settings(max_examples=200)
def test_every_finding_keeps_its_promises(person):
    found = finding(**person, today=TODAY)
    assert 0.0 <= found.confidence < 1.0
    assert (found.confidence == 0.0) == (found.limb == "undetermined")
    assert found.action != "do" or found.limb != "undetermined"
    assert set(found.rules) <= FINDING_RULES.keys()
    assert len(found.rules) == len(found.reasons) == len(set(found.rules))
    assert all(0.0 <= one.weight <= 1.0 for one in found.evidence)
    assert found.version == FINDING_VERSION
    assert all("prevent" not in text and "diagnos" not in text for text in (*found.reasons, *found.next_steps))


def test_two_strong_tests_are_surer_than_one_and_less_than_certain():
    one, two = told(tests=[screened()]), told(tests=[screened(), screened("hop", ago=6)])
    assert 0.4 < one.confidence < two.confidence < 0.9


def pinned():
    """Everything beside the code of the rules that decides a finding, as one short digest."""
    weights = {
        module.__name__: {
            name: dict(value) if name == "STRENGTH" else value
            for name, value in sorted(vars(module).items())
            if name.isupper() and (name == "STRENGTH" or isinstance(value, int | float))
        }
        for module in (weights_module, stride_module, sources_module)
    }
    judged = ("unit", "capacity", "emphasis", "larger_is_better", "summary", "baseline_target", "detectable",
              "detectable_related", "smallest", "smallest_share_pct", "norms", "cap", "resolution",
              "from_runs")  # fmt: skip
    tests = {name: {key: getattr(one, key) for key in judged} for name, one in assessments().items()}
    rules = [(one.id, one.stage) for one in FINDING_RULES.values()]
    places = [(one.words, one.emphases) for one in SITES if one.emphases]
    text = "\n".join(map(repr, (rules, weights, SOURCES_TO_ACT, places, tests)))
    return sha256(text.encode()).hexdigest()[:16]


PINNED = {"2": "2f7c6233a75e8745"}
"""Version → its digest. Whatever changes the digest changes findings: then FINDING_VERSION goes up by one."""


def test_rules_weights_places_and_tests_are_those_of_this_version():
    assert PINNED.get(FINDING_VERSION) == pinned(), "what decides a finding changed: give FINDING_VERSION a new number"


def test_every_rule_has_a_reason_of_one_line_and_a_grade():
    for name, rule in FINDING_RULES.items():
        assert name == rule.id
        assert name.startswith("F-")
        assert rule.reason
        assert "\n" not in rule.reason
        assert rule.grade in ("strong", "fair", "weak", "convention")


def test_every_rule_stands_on_its_page_with_its_grade():
    page = (Path(__file__).resolve().parents[2] / "docs/methods/finding.md").read_text(encoding="utf8")
    for rule in FINDING_RULES.values():
        assert f"| `{rule.id}` | {rule.reason} | {rule.grade} |" in page
