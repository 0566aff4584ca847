import json
import re
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import get_args

import pytest

from evenstride.errors import InvalidRequest
from evenstride.model import (
    LimbComparison,
    ReturnEvidence,
    ReturnLock,
    ReturnLog,
    ReturnOutcome,
    ReturnState,
    StanceHold,
    StrideEvenness,
)
from evenstride.plan.return_stages import step_before
from evenstride.plan.return_to_run import (
    advance,
    lock_return,
    missing_for_next,
    prescribe,
    red_flags,
    release_return,
    return_demands,
    return_limits,
    return_rules,
    return_stages,
    start_return,
    strength_beside,
)

START = date(2026, 5, 4)
STAGES = [stage.id for stage in return_stages()]
PLACES = [(stage.id, step) for stage in return_stages() for step in range(1, len(stage.steps) + 1)]
TESTS = ("single_leg_calf_raise", "bulgarian_split_squat", "single_leg_hop")
SWAPPED = {"left": "right", "right": "left", None: None}


def day(n):
    return START + timedelta(days=n)


def compared(test, *, ratio=95.0, lower="left", on=START, **others):
    left, right = (ratio, 100.0) if lower == "left" else (100.0, ratio)
    return LimbComparison(
        test=test, label=test.replace("_", " "), unit="", day=on, left=left, right=right, n_left=1, n_right=1,
        difference=right - left, low=None, high=None, mdc95=6.35, mdc_source=None, beyond_error=False, weaker=None,
        lower=lower, limb_ratio_pct=ratio, **others,
    )  # fmt: skip


def strides(index, *, on=START, metric="contact_time", half=1.0, **others):
    return StrideEvenness(
        day=on, metric=metric, index_pct=index, low_pct=index - half, high_pct=index + half,
        **({"threshold_pct": 3.0} | others),
    )  # fmt: skip


def known(on=START, *, ratio=95.0, lower="left", left_s=30.0, right_s=30.0, even=()):
    return ReturnEvidence(
        tests=tuple(compared(test, ratio=ratio, lower=lower, on=on) for test in TESTS),
        stance=(StanceHold(day=on, left_s=left_s, right_s=right_s),), strides=even,
    )  # fmt: skip


def log(n, *, during=0.0, after=0.0, morning=0.0, **others):
    return ReturnLog(day=day(n), during_0_10=during, after_0_10=after, next_morning_0_10=morning, **others)


def standing(stage="walk_run", step=3, *, side="left", **others):
    """A runner who stands somewhere since the start."""
    state = ReturnState(side=side, site="calf", began=START, since=START, stage_since=START, stage=stage, step=step)
    return replace(state, **others)


def told(state, one, evidence=None):
    return advance(state, one, evidence=evidence, today=one.day + timedelta(days=1))


def after_good(stage, step, evidence=None, **others):
    """The decision after two good sessions with a day of rest between."""
    state = told(standing(stage, step, **others), log(0), evidence).state
    return told(state, log(2), evidence)


def place(state):
    return PLACES.index((state.stage, state.step))


# ── the table ──


def test_the_walk_run_table_is_the_published_one():
    steps = return_stages()[1].steps
    assert [step.walk_minutes for step in steps] == [2, 2, 2, 2, 1, 0]
    assert [step.run_minutes for step in steps] == [3, 3, 4, 4, 4, None]
    assert [step.distance_miles for step in steps] == [1.0, 1.5, 1.5, 2.0, 2.0, 2.0]
    assert [step.rpe_0_10 for step in steps] == [3, 3, 4, 4, 5, 5]
    assert return_limits().warm_up_minutes == (10, 15)
    assert return_limits().times_least == 2
    assert return_stages()[1].rest_days == 1


def test_the_stages_come_in_their_order():
    assert STAGES == ["walking", "walk_run", "easy", "drills", "strides", "quality"]


def test_the_pain_zones_are_two_and_five():
    assert (return_limits().go_on_0_10, return_limits().hold_0_10) == (2, 5)


def test_after_the_table_no_step_goes_a_tenth_further_than_the_one_before():
    miles = [step.distance_miles for stage in return_stages()[2:] for step in stage.steps]
    assert all(far <= 1.1 * before + 1e-9 for before, far in zip([2.0, *miles], miles, strict=False))


def test_every_rule_has_a_sentence_a_reason_and_a_grade():
    for name, rule in return_rules().items():
        assert name.startswith("RR-")
        assert rule.sentence.endswith(".")
        assert rule.reason
        assert rule.grade in ("strong", "fair", "weak", "convention")


def test_ninety_percent_is_said_to_be_convention():
    assert return_limits().limb_ratio_pct == 90
    assert return_rules()["RR-RATIO"].grade == "convention"
    assert "convention" in return_rules()["RR-RATIO"].reason


# ── the shortest way ──


def good_sessions_until(stage):
    state, days, n = start_return(side="left", site="calf", today=START), [], 0
    while state.stage != stage:
        days.append(n)
        state = told(state, log(n), known(day(n))).state
        n = (prescribe(state).not_before - START).days
    return days


def test_good_sessions_reach_quality_after_twenty_six_and_no_sooner():
    days = good_sessions_until("quality")
    assert len(days) == 26
    assert days[-1] == 48


def test_the_sessions_of_the_shortest_way_are_two_a_step():
    assert [len(good_sessions_until(stage)) for stage in STAGES] == [0, 2, 14, 20, 22, 26]


def test_after_the_last_step_the_return_is_over():
    decision = after_good("quality", 2, known())
    assert (decision.outcome, decision.rule) == ("next", "RR-DONE")
    assert decision.state.finished_on == day(3)
    assert prescribe(decision.state).kind == "training"


def test_pain_after_the_return_goes_a_step_back_into_it():
    over = after_good("quality", 2, known()).state
    decision = told(over, log(4, during=6))
    assert decision.outcome == "step_back"
    assert (decision.state.stage, decision.state.step, decision.state.finished_on) == ("quality", 1, None)


# ── pain ──


@pytest.mark.parametrize("when", ["during", "after", "morning"])
def test_pain_above_five_at_any_time_steps_back(when):
    decision = told(standing(), log(0, **{when: 5.5}))
    assert (decision.outcome, decision.rule) == ("step_back", "RR-BACK")
    assert (decision.state.stage, decision.state.step) == ("walk_run", 2)


def test_pain_above_five_steps_back_before_the_morning_is_known():
    decision = advance(standing(), log(0, during=6, morning=None), today=START)
    assert decision.outcome == "step_back"


def test_a_step_back_is_taken_once_where_the_morning_is_told_later():
    back = advance(standing(), log(0, during=6, morning=None), today=START).state
    again = told(back, log(0, during=6, morning=7))
    assert (again.outcome, again.rule) == ("stay", "RR-ONCE")
    assert again.state == back


def test_a_worse_morning_steps_back_however_small_the_pain():
    decision = told(standing(), log(0, during=1, morning=1))
    assert (decision.outcome, decision.rule) == ("step_back", "RR-MORNING")


def test_the_usual_morning_pain_is_not_worse():
    assert told(standing(), log(0, during=1, morning=1, before_0_10=1)).outcome == "go_on"


@pytest.mark.parametrize("pain", [2.5, 3, 4, 5])
def test_pain_between_two_and_five_holds_the_step(pain):
    state = told(standing(), log(0)).state
    decision = told(state, log(2, during=pain))
    assert (decision.outcome, decision.rule) == ("stay", "RR-HOLD")
    assert decision.state.good == 0


@pytest.mark.parametrize("pain", [0, 1, 2])
def test_pain_up_to_two_goes_on(pain):
    state = told(standing(), log(0, during=pain)).state
    assert told(state, log(2, after=pain)).outcome == "next"


def test_a_step_back_from_the_first_step_of_a_stage_is_the_last_of_the_one_before():
    decision = told(standing("easy", 1), log(0, during=6))
    assert (decision.state.stage, decision.state.step) == ("walk_run", 6)
    assert decision.state.stage_since == day(1)


def test_pain_above_five_in_walking_goes_to_a_clinician():
    decision = told(standing("walking", 1), log(0, during=6))
    assert (decision.outcome, decision.rule) == ("refer", "RR-FLOOR")
    assert "clinician" in decision.state.referred


def test_a_worse_morning_after_walking_begins_the_count_again():
    state = told(standing("walking", 1), log(0)).state
    decision = told(state, log(1, morning=1))
    assert (decision.outcome, decision.state.stage, decision.state.good) == ("step_back", "walking", 0)


def test_a_third_step_back_in_four_weeks_goes_to_a_clinician():
    state = standing("walk_run", 5)
    outcomes = []
    for n in (0, 10, 20):
        decision = told(state, log(n, during=6))
        outcomes.append(decision.outcome)
        state = decision.state
    assert outcomes == ["step_back", "step_back", "refer"]
    assert decision.rule == "RR-AGAIN"


def test_three_steps_back_over_a_longer_time_do_not():
    state = standing("walk_run", 5)
    for n in (0, 20, 40):
        decision = told(state, log(n, during=6))
        state = decision.state
    assert decision.outcome == "step_back"


def after_weeks(*pains, scale="during"):
    state = standing("walk_run", 6)
    for week, pain in enumerate(pains):
        for n in (0, 2, 4):
            if scale == "during":
                decision = told(state, log(7 * week + n, during=pain))
            else:
                stiff = {"stiffness_before_0_10": pain, "stiffness_next_morning_0_10": pain}
                decision = told(state, log(7 * week + n, **stiff))
            state = decision.state
    return decision


@pytest.mark.parametrize("scale", ["during", "stiffness"])
def test_a_week_worse_than_the_last_holds_the_step(scale):
    assert (after_weeks(0, 1, scale=scale).outcome, after_weeks(0, 1, scale=scale).rule) == ("stay", "RR-RISING")


@pytest.mark.parametrize("scale", ["during", "stiffness"])
def test_two_weeks_each_worse_than_the_last_go_to_a_clinician(scale):
    assert after_weeks(0, 1, 2, scale=scale).rule == "RR-RISING-ON"


def test_weeks_that_get_better_hold_nothing():
    assert after_weeks(2, 1, 0).rule not in ("RR-RISING", "RR-RISING-ON")


def test_a_stiffer_morning_holds_the_step():
    assert told(standing(), log(0, stiffness_next_morning_0_10=1)).rule == "RR-STIFF"


@pytest.mark.parametrize("flag", sorted(red_flags()))
def test_every_red_flag_goes_to_a_clinician_and_says_how_soon(flag):
    decision = told(standing(), log(0, red_flags=(flag,)))
    assert (decision.outcome, decision.rule) == ("refer", "RR-FLAG")
    assert "see a clinician" in decision.because[0].text
    assert red_flags()[flag][1] in decision.because[0].text
    assert prescribe(decision.state).kind == "rest"


def test_a_red_flag_of_before_the_start_goes_to_a_clinician_too():
    assert told(standing(), log(-2, red_flags=("swelling",))).outcome == "refer"


def test_after_a_referral_good_sessions_move_nothing_until_the_release():
    state = told(standing(), log(0, red_flags=("fever",))).state
    for n in (2, 4, 6):
        decision = told(state, log(n))
        assert (decision.outcome, decision.rule) == ("refer", "RR-REFERRED")
        state = decision.state
    state = release_return(state, by="clinician", name="Dr Green", today=day(8))
    state = told(state, log(8)).state
    assert told(state, log(10)).outcome == "next"


def test_after_a_release_what_went_before_counts_neither_way():
    state = told(standing(), log(0)).state
    state = told(state, log(2, red_flags=("fever",))).state
    state = release_return(state, by="clinician", name="Dr Green", today=day(3))
    assert (state.sessions, state.good, state.recent, state.referred) == (0, 0, (), "")
    assert told(state, log(2, red_flags=("fever",))).rule == "RR-ONCE"


# ── what counts ──


def test_a_session_does_not_count_before_its_morning_is_known():
    state = advance(standing(), log(0, morning=None), today=START).state
    decision = advance(state, log(2, morning=None), today=day(2))
    assert (decision.outcome, decision.rule, decision.state.good) == ("stay", "RR-WAIT", 0)


def test_the_morning_told_later_makes_the_session_count_once():
    state = advance(standing(), log(0, morning=None), today=START).state
    decision = told(state, log(0))
    assert (decision.outcome, decision.state.sessions, decision.state.good) == ("go_on", 1, 1)


def test_the_same_session_twice_counts_once():
    state = told(standing(), log(0)).state
    decision = told(state, log(0))
    assert (decision.rule, decision.state) == ("RR-ONCE", state)


def test_a_session_without_a_day_of_rest_does_not_count():
    state = told(standing(), log(0)).state
    decision = told(state, log(1))
    assert (decision.outcome, decision.rule, decision.state.good) == ("stay", "RR-REST", 1)


@pytest.mark.parametrize(
    "others",
    [{"completed": False}, {"distance_km": 3.5}, {"effort_0_10": 6}, {"stage": "easy", "step": 1}, {"step": 4}],
    ids=str,
)
def test_a_session_that_was_another_one_does_not_count(others):
    decision = told(standing(), log(0, **others))
    assert (decision.outcome, decision.rule, decision.state.good) == ("stay", "RR-AS-MEANT", 0)


def test_how_far_it_went_and_how_far_it_was_to_go_are_both_said_with_their_unit():
    assert "it went 3.5 km instead of 2.4 km" in told(standing(), log(0, distance_km=3.5)).because[0].text


def test_a_session_as_meant_counts():
    one = log(0, distance_km=2.4, effort_0_10=5, stage="walk_run", step=3)
    assert told(standing(), one).state.good == 1


def test_the_good_ones_must_be_in_a_row():
    state = told(standing(), log(0)).state
    state = told(state, log(2, during=3)).state
    assert told(state, log(4)).outcome == "go_on"


def test_after_a_break_the_count_begins_again():
    state = told(standing(), log(0)).state
    decision = told(state, log(15))
    assert (decision.outcome, decision.state.good) == ("go_on", 1)
    assert [one.rule for one in decision.because] == ["RR-TWICE", "RR-BREAK"]


def test_a_session_that_lies_ahead_is_refused():
    with pytest.raises(InvalidRequest):
        advance(standing(), log(1, morning=None), today=START)


def test_a_morning_that_lies_ahead_is_refused():
    with pytest.raises(InvalidRequest):
        advance(standing(), log(0), today=START)


def test_pain_is_nought_to_ten():
    with pytest.raises(ValueError, match="0 to 10"):
        log(0, during=11)


# ── what opens a stage ──


def test_running_begins_only_after_walking_without_pain():
    state = told(standing("walking", 1), log(0, during=1), known()).state
    decision = told(state, log(1), known())
    assert (decision.outcome, decision.rule) == ("stay", "RR-PAIN")


@pytest.mark.parametrize("stage", ["walking", "walk_run", "easy", "drills", "strides", "quality"])
def test_no_stage_ends_without_tests(stage):
    decision = after_good(stage, len(return_stages()[STAGES.index(stage)].steps), ReturnEvidence())
    assert (decision.outcome, decision.state.stage, decision.state.finished_on) == ("stay", stage, None)
    assert {check.rule for check in decision.checks if check.met is None} == {"RR-RATIO", "RR-STANCE"}


def test_tests_older_than_four_weeks_are_not_looked_at():
    assert after_good("walk_run", 6, known(day(-24))).outcome == "next"
    assert after_good("walk_run", 6, known(day(-26))).rule == "RR-RATIO"


def test_tests_that_lie_ahead_are_not_looked_at():
    assert after_good("walk_run", 6, known(day(9))).rule == "RR-RATIO"


def test_the_injured_leg_below_ninety_percent_holds_the_stage():
    decision = after_good("walk_run", 6, known(ratio=89.0, lower="left"))
    assert (decision.outcome, decision.rule) == ("stay", "RR-RATIO")
    assert "convention" in decision.because[0].text


def test_the_other_leg_below_ninety_percent_does_not():
    assert after_good("walk_run", 6, known(ratio=80.0, lower="right")).outcome == "next"


def test_with_both_legs_injured_each_must_reach_its_own_target():
    low = ReturnEvidence(
        tests=tuple(compared(test, ratio=100, target_met={"left_baseline": False}) for test in TESTS),
        stance=(StanceHold(day=START, left_s=30, right_s=30),),
    )  # fmt: skip
    assert after_good("walk_run", 6, low, side=None).rule == "RR-OWN"
    assert after_good("walk_run", 6, known(ratio=60), side=None).outcome == "next"


def test_after_a_bone_injury_even_legs_below_their_target_are_not_enough():
    low = ReturnEvidence(
        tests=tuple(compared(test, ratio=100, low_on_both=True) for test in TESTS),
        stance=(StanceHold(day=START, left_s=30, right_s=30),),
    )  # fmt: skip
    assert after_good("walk_run", 6, low, bone=True).rule == "RR-OWN"
    assert after_good("walk_run", 6, low).outcome == "next"


def test_a_bone_injury_is_always_told_what_evenness_does_not_say():
    assert "RR-BONE" in [one.rule for one in told(standing(bone=True), log(0)).remarks]


@pytest.mark.parametrize(("left_s", "right_s", "steady"), [
    (30, 45, True), (27, 60, True), (26, 60, False), (9, 9, False), (10, 10, True), (30, 5, True),
])  # fmt: skip
def test_stance_is_steady_at_ten_seconds_and_ninety_percent_of_the_other_leg(left_s, right_s, steady):
    decision = after_good("walk_run", 6, known(left_s=left_s, right_s=right_s))
    assert (decision.outcome == "next") is steady


def test_without_a_device_strides_hold_nothing():
    assert after_good("walk_run", 6, known()).outcome == "next"


def test_with_a_device_a_stage_ends_with_a_look_at_a_run_of_it():
    old = known(even=(strides(0, on=day(-3)),))
    assert after_good("walk_run", 6, old).rule == "RR-SYMMETRY"
    assert after_good("walk_run", 6, known(even=(strides(0, on=day(-3)), strides(0, on=day(1))))).outcome == "next"


def test_a_run_of_an_earlier_step_of_the_stage_is_looked_at_too():
    state = told(standing("walk_run", 4), log(0)).state
    even = known(even=(strides(0, on=day(2)),))
    for n in (2, 4, 6, 8, 10):
        decision = told(state, log(n), even)
        state = decision.state
    assert (decision.outcome, state.stage, state.stage_since) == ("next", "easy", day(11))


def test_uneven_strides_hold_the_stage():
    decision = after_good("walk_run", 6, known(even=(strides(-4.5),)))
    assert (decision.outcome, decision.rule) == ("stay", "RR-SYMMETRY")


def test_an_interval_that_touches_the_ordinary_range_holds_nothing():
    assert after_good("walk_run", 6, known(even=(strides(-3.5), strides(3.5, metric="step_length")))).outcome == "next"


def test_what_was_usual_before_the_injury_counts_instead_of_the_ordinary_range():
    usual = strides(4.5, usual_low_pct=3.0, usual_high_pct=5.5)
    assert after_good("walk_run", 6, known(even=(usual,))).outcome == "next"


def test_the_other_leg_taking_over_holds_every_step():
    decision = after_good("walk_run", 2, known(even=(strides(4.5),)))
    assert (decision.outcome, decision.rule) == ("stay", "RR-OTHER")
    assert "right leg's share is 51.1 %" in decision.because[0].text


def test_a_longer_step_is_not_taking_over():
    assert after_good("walk_run", 2, known(even=(strides(4.5, metric="step_length"),))).outcome == "next"


def test_what_is_missing_can_be_asked_without_a_session():
    state = told(standing("walk_run", 6), log(0)).state
    assert [check.rule for check in missing_for_next(state, today=day(1)) if not check.met] == [
        "RR-RATIO", "RR-RATIO", "RR-STANCE",
    ]  # fmt: skip
    assert missing_for_next(standing("walk_run", 2), today=day(1)) == ()


# ── locks ──


def test_a_runners_lock_ends_with_its_last_day():
    state = told(standing(), log(0)).state
    state = lock_return(state, ReturnLock(by="runner", why="travel", since=day(1), until=day(3)))
    assert told(state, log(2)).outcome == "locked"
    assert advance(state, log(2), today=day(4)).outcome == "next"


def test_a_clinicians_lock_does_not_end_by_itself():
    lock = ReturnLock(by="clinician", name="Dr Green", why="scan first", since=START, until=day(1))
    state = told(lock_return(standing(), lock), log(0)).state
    assert told(state, log(2)).outcome == "locked"


def test_only_a_named_clinician_lifts_a_clinicians_lock():
    locked = lock_return(standing(), ReturnLock(by="clinician", name="Dr Green", why="scan first", since=START))
    for asked in ({"by": "runner"}, {"by": "clinician"}, {"by": "clinician", "name": " "}):
        with pytest.raises(InvalidRequest):
            release_return(locked, today=day(1), **asked)
    free = release_return(locked, by="clinician", name="Dr Brown", today=day(1))
    assert free.locked_by is None
    assert "Dr Brown" in free.history[-1].reason


def test_a_runner_lifts_only_the_runners_lock():
    both = lock_return(standing(), ReturnLock(by="clinician", name="Dr Green", why="scan first", since=START))
    both = lock_return(both, ReturnLock(by="runner", why="travel", since=START))
    assert release_return(both, by="runner", today=day(1)).locked_by == "clinician"


def test_a_clinicians_lock_needs_a_name_and_every_lock_a_reason():
    for lock in (ReturnLock(by="clinician", why="scan", since=START), ReturnLock(by="runner", why=" ", since=START)):
        with pytest.raises(InvalidRequest):
            lock_return(standing(), lock)


def test_nothing_locked_cannot_be_released():
    for asked in ({"by": "runner"}, {"by": "clinician", "name": "Dr Green"}):
        with pytest.raises(InvalidRequest):
            release_return(standing(), today=START, **asked)


def test_a_referral_is_no_matter_of_the_runner():
    state = told(standing(), log(0, red_flags=("fever",))).state
    with pytest.raises(InvalidRequest):
        release_return(state, by="runner", today=day(1))


def test_a_locked_stage_cannot_begin_and_those_before_it_can():
    lock = ReturnLock(by="runner", why="after the holidays", since=START, stage="drills")
    free = after_good("easy", 2, known(), locks=(lock,))
    kept = after_good("easy", 3, known(), locks=(lock,))
    assert (free.outcome, kept.outcome) == ("next", "locked")


def test_a_runner_beyond_a_locked_stage_moves_no_further():
    lock = ReturnLock(by="clinician", name="Dr Green", why="not yet", since=START, stage="drills")
    assert after_good("strides", 1, known(), locks=(lock,)).outcome == "locked"


def test_pain_steps_back_under_a_lock_too():
    locked = lock_return(standing(), ReturnLock(by="runner", why="travel", since=START))
    assert told(locked, log(0, during=6)).outcome == "step_back"


def test_a_bone_injury_begins_locked_until_a_clinician_is_named():
    state = start_return(side="left", site="tibia", bone=True, today=START)
    assert (state.locked_by, state.history[-1].rule) == ("clinician", "RR-BONE")
    cleared = start_return(side="left", site="tibia", bone=True, today=START, cleared_by="Dr Green")
    assert cleared.locked_by is None
    assert "Dr Green" in cleared.history[0].reason


# ── sessions, strength and plan ──


@pytest.mark.parametrize(("stage", "step"), PLACES)
def test_every_step_has_a_session_in_miles_and_km_on_level_ground(stage, step):
    session = prescribe(standing(stage, step))
    assert "level ground, no hills" in session.text
    assert f"effort {session.rpe_0_10} of 10" in session.text
    assert session.minutes > 0
    if stage != "walking":
        assert f"{session.distance_miles:.1f} mile" in session.text
        assert f"({session.distance_km:.1f} km)" in session.text
        assert session.distance_km == pytest.approx(1.609344 * session.distance_miles, abs=0.05)
        assert "Warm up for 10–15 min." in session.text


def test_repeats_cover_the_distance_at_walking_and_running_speed():
    assert [prescribe(standing("walk_run", step)).repeats for step in range(1, 7)] == [3, 4, 4, 5, 5, 1]


def test_the_next_session_is_after_the_day_of_rest():
    state = told(standing(), log(0)).state
    assert prescribe(state).not_before == day(2)


def test_the_injured_leg_begins_the_strength_beside():
    assert [strength_beside(standing(side=side)).first for side in ("left", "right", None)] == ["left", "right", None]


def test_every_stage_has_hip_or_trunk_and_calf_work_beside_it():
    trunk = {"side_plank", "dead_bug", "pallof_press"}
    for stage in return_stages():
        assert trunk & set(stage.strength.exercises)
        assert any("calf_raise" in one for one in stage.strength.exercises)
        assert "single_leg_calf_raise" in stage.strength.watch


def test_hops_are_watched_from_the_drills_and_step_length_from_the_first_run():
    watched = {stage.id: stage.strength.watch for stage in return_stages()}
    assert ["single_leg_hop" in watched[stage] for stage in STAGES] == [False, False, False, True, True, True]
    assert ["step_length" in watched[stage] for stage in STAGES] == [False, True, True, True, True, True]


def test_jumps_open_with_strides_and_hard_runs_with_quality():
    assert [return_demands(stage).plyometrics for stage in STAGES] == [False] * 4 + [True] * 2
    assert [return_demands(stage).run_kinds for stage in STAGES[:5]] == [(), *[("easy",)] * 4]
    assert return_demands("quality").run_kinds == ("easy", "tempo", "intervals")
    assert "race" in return_demands(None).run_kinds


def test_a_stage_without_jumps_has_none_in_its_strength():
    hops = {"pogo_hops", "single_leg_hop_in_place", "forward_hop", "lateral_hop"}
    for stage in return_stages():
        assert bool(hops & set(stage.strength.exercises)) is stage.plyometrics


def test_a_state_is_made_of_simple_values():
    lock = ReturnLock(by="runner", why="travel", since=START)
    state = told(lock_return(standing(), lock), log(0)).state
    kept = json.loads(json.dumps(asdict(state), default=date.isoformat))
    assert kept["recent"][0]["day"] == "2026-05-04"
    assert kept["locks"][0]["why"] == "travel"


# ── whatever is logged ──

WAYS = 300
PAINS = (0, 0, 0, 0, 1, 1, 2, 3, 5, 6, 9)


def way(seed):
    """Sessions with what was known at each, good ones mostly, and who locks or releases in between."""
    rng, found, n = Random(seed), [], 0  # noqa: S311  the same ways every time
    for _ in range(rng.randint(1, 80)):
        n += rng.choice([*[2] * 12, 3, 3, 1, 20])
        good = rng.random() < 0.9
        one = log(n) if good else log(
            n, during=rng.choice(PAINS), after=rng.choice(PAINS), morning=rng.choice([None, *PAINS]),
            before_0_10=rng.randint(0, 2), stiffness_next_morning_0_10=rng.randint(0, 2),
            completed=rng.random() < 0.5, red_flags=rng.choice([*[()] * 9, ("swelling",)]),
        )  # fmt: skip
        sure = rng.random() < 0.75
        evidence = known(day(n)) if sure else known(
            day(n), ratio=rng.choice([85.0, 95.0]), lower=rng.choice(["left", "right"]),
            left_s=rng.choice([8.0, 30.0]), even=(strides(rng.choice([-5.0, 0.0, 5.0]), on=day(n)),),
        )  # fmt: skip
        event = rng.choice([*[""] * 14, "lock", "clinician", *["unlock"] * 4, *["release"] * 8])
        found.append((one, evidence, event))
    return found


def happened(state, event, on):
    try:
        if event == "lock":
            return lock_return(state, ReturnLock(by="runner", why="travel", since=on))
        if event == "clinician":
            return lock_return(state, ReturnLock(by="clinician", name="Dr Green", why="scan", since=on))
        if event == "unlock":
            return release_return(state, by="runner", today=on)
        if event == "release":
            return release_return(state, by="clinician", name="Dr Green", today=on)
    except InvalidRequest:
        pass
    return state


def walked(way, *, side="left"):
    """Every decision with the state before it."""
    state, found = start_return(side=side, site="calf", today=START), []
    for one, evidence, event in way:
        state = happened(state, event, one.day)
        decision = told(state, one, evidence)
        found.append((state, one, decision))
        state = decision.state
    return found


@cache
def walks():
    """Every random way, walked once for all that must hold on it."""
    return {seed: walked(way(seed)) for seed in range(WAYS)}


def decided():
    """Each decision of every way, with its seed, the state before it and the session."""
    return ((seed, *one) for seed, done in walks().items() for one in done)


def test_the_random_ways_meet_all_that_can_happen():
    ends = {(decision.outcome, decision.rule) for _, _, _, decision in decided()}
    assert {outcome for outcome, _ in ends} == set(get_args(ReturnOutcome))
    assert {decision.state.stage for _, _, _, decision in decided()} == set(STAGES)
    assert {"RR-AGAIN", "RR-BACK", "RR-DONE", "RR-FLAG", "RR-HOLD", "RR-MORNING", "RR-REST"} <= {
        rule for _, rule in ends
    }


def test_no_step_and_no_stage_is_ever_skipped():
    for seed, before, _, decision in decided():
        assert place(decision.state) - place(before) in (-1, 0, 1), seed


def test_nothing_advances_on_pain_above_five_under_a_lock_or_after_a_referral():
    for seed, before, one, decision in decided():
        if one.pain_0_10 > 5 or before.locked_by or before.referred:
            assert place(decision.state) <= place(before), seed
            assert decision.outcome not in ("next",), seed


def test_every_decision_and_every_transition_names_its_rule():
    for seed, before, _, decision in decided():
        said = {one.rule for one in (*decision.because, *decision.remarks, *decision.checks)}
        assert said <= set(return_rules()), seed
        assert all(one.rule in return_rules() and one.reason for one in decision.state.history), seed
        moved = place(decision.state) != place(before) or decision.state.referred != before.referred
        assert len(decision.state.history) > len(before.history) or not moved, seed


def test_quality_is_never_reached_in_fewer_than_twenty_six_sessions():
    for seed, done in walks().items():
        assert all(decision.state.stage != "quality" for _, _, decision in done[:25]), seed


def test_each_step_up_follows_two_good_sessions_with_rest_between():
    for seed, done in walks().items():
        for (_, earlier, last), (before, one, decision) in pairwise(done):
            if decision.outcome == "next":
                rest = 1 if before.stage == "walking" else 2
                assert before.good >= 1, seed
                assert max(one.pain_0_10, earlier.pain_0_10) <= 2 or last.rule == "RR-REST", seed
                assert (one.day - earlier.day).days >= rest, seed
        assert done[0][2].outcome != "next", seed


def mirrored_evidence(one):
    return ReturnEvidence(
        tests=tuple(replace(test, lower=SWAPPED[test.lower], left=test.right, right=test.left) for test in one.tests),
        stance=tuple(replace(hold, left_s=hold.right_s, right_s=hold.left_s) for hold in one.stance),
        strides=tuple(
            replace(s, index_pct=-s.index_pct, low_pct=-s.high_pct, high_pct=-s.low_pct) for s in one.strides
        ),
    )


def mirrored(seed):
    return [(one, mirrored_evidence(evidence), event) for one, evidence, event in way(seed)]


def test_swapping_the_legs_mirrors_every_decision():
    def words(decision, swap):
        """What it says, whichever leg is named first."""
        return sorted(swap.get(word, word) for word in re.findall(r"[\w.%–]+", decision.because[0].text))

    for seed, done in walks().items():
        for (_, _, one), (_, _, other) in zip(done, walked(mirrored(seed), side="right"), strict=True):
            assert (one.outcome, one.rule) == (other.outcome, other.rule), seed
            assert place(one.state) == place(other.state), seed
            assert words(one, SWAPPED) == words(other, {}), seed
            assert [(c.rule, c.met) for c in one.checks] == [(c.rule, c.met) for c in other.checks], seed


def test_the_same_sessions_give_the_same_decisions():
    for seed in range(0, WAYS, 10):
        assert walked(way(seed)) == walks()[seed], seed


def test_a_step_back_is_just_one_step():
    for seed, before, _, decision in decided():
        if decision.outcome == "step_back":
            assert (decision.state.stage, decision.state.step) == step_before(before.stage, before.step), seed


# ── the page ──

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods" / "return-to-run.md").read_text(encoding="utf8")


def test_the_page_shows_every_step_as_it_is():
    for stage, number in PLACES:
        session = prescribe(standing(stage, number))
        run = "all" if session.run_minutes is None else f"{session.run_minutes:g}"
        far = "– | –" if session.distance_miles is None else f"{session.distance_miles:.1f} | {session.distance_km:.1f}"
        pieces = f"{session.pieces} × {session.piece_s} s {session.piece}" if session.pieces else "–"
        turns = f"{session.walk_minutes:g} : {run}"
        assert f"| {stage} | {number} | {turns} | {far} | {session.rpe_0_10} | {pieces} |" in PAGE


def test_the_page_names_every_rule():
    assert set(re.findall(r"`(RR-[A-Z-]+)`", PAGE)) == set(return_rules())
