"""The weekly review: each rule where it should speak and where it should not, what wins, and what is asked for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.review_cases import (
    BULGARIAN,
    DEADLIFT,
    STEP_UP,
    TODAY,
    WEEK,
    aching,
    ago,
    case,
    comparison,
    done,
    efforts,
    finding,
    intervals,
    kept_case,
    leg_change,
    metric,
    mirrored_case,
    mirrored_review,
    nights,
    plan,
    planned,
    report,
    season,
    weeks_of_sessions,
)

from evenstride.model import (
    OUTCOMES,
    DayLog,
    Dose,
    Opinion,
    PlanWeek,
    Profile,
    Race,
    Restriction,
    ReturnState,
    RunLog,
    SessionLog,
)
from evenstride.review.decisions import DECISIONS, EXERCISE_RULES
from evenstride.review.facts import decision_rules
from evenstride.review.weekly import ADDING, CAREFUL, STOPPING, overrides_count, surviving, weekly_review

STEADY = [3, 3.5, 3, 2.5, 3, 3.5, 3, 2.5, 3, 3]
RETESTED = (comparison(ago(58), 10.0, mdc=2.0), comparison(ago(2), 9.5, mdc=2.0))


def rules(one):
    return [decision.rule for decision in weekly_review(one).decisions]


def of_exercise(one, exercise=DEADLIFT):
    return [(two.rule, two.side) for two in weekly_review(one).exercises if two.exercise == exercise]


def asked(one):
    return [two.kind for two in weekly_review(one).adjustments]


def decision(one, rule):
    review = weekly_review(one)
    return next(two for two in (*review.decisions, *review.exercises) if two.rule == rule)


def race(days, priority="A"):
    return Profile(name="Ada", races=(Race(day=TODAY + timedelta(days=days), priority=priority),))


def returning(**own):
    return ReturnState(side="left", site="calf", began=ago(20), since=ago(5), stage_since=ago(5), **own)


def growing():
    return {str(day): report(ago(day), elapsed=(0.6, 0.3)) for day in (3, 10)}


def hurting(*days, pain=4.0, kind="muscle", exercise=DEADLIFT, site="knee"):
    return tuple(
        done(planned(ago(day), exercise=exercise), pain=pain, kind=kind, site=site, side="left") for day in days
    )


def partly(kept):
    """Six weeks of which each session was kept or, said, not."""
    sessions = weeks_of_sessions()
    logs = [done(one) if keep else SessionLog(session=one.id, day=one.day, done=False)
            for one, keep in zip(sessions, kept, strict=True)]  # fmt: skip
    return case(planned=sessions, sessions=tuple(logs))


SPEAKS = {
    "D-REFER-FLAG": lambda: case(days=(DayLog(day=ago(1), red_flags=("night_pain",)),)),
    "D-REFER-PERSISTING": lambda: case(days=tuple(aching(ago(day)) for day in (8, 4, 1))),
    "D-REGRESS-PAIN": lambda: case(sessions=hurting(1)),
    "D-REGRESS-FORM": lambda: case(sessions=tuple(done(planned(ago(d)), clean=(False, True)) for d in (5, 2))),
    "D-RETEST-DRIFT": lambda: case(season=season(metric(alarm=ago(3)))),
    "D-RETEST-WIDE": lambda: case(finding=finding(), tests=(comparison(ago(80), 8.0),)),
    "D-DELOAD-FATIGUE": lambda: case(runs=efforts([*STEADY, 6.0, 6.0])),
    "D-DELOAD-DUE": lambda: kept_case(plan=plan(load="deload")),
    "D-HOLD-SLEEP": lambda: case(days=nights(6, 6, 6)),
    "D-HOLD-EFFORT": lambda: case(runs=efforts([*STEADY, 6.0])),
    "D-HOLD-SORENESS": lambda: case(days=(DayLog(day=ago(1), soreness_0_10=3, soreness_hours=80),)),
    "D-RETURN": lambda: case(returning=returning()),
    "D-HOLD-EMPTY": lambda: case(),
    "D-SMALLER": lambda: partly([True] * 4 + [True, False] * 2 + [False, True, False, False]),
    "D-STIMULUS": lambda: kept_case(tests=RETESTED),
    "D-HOLD-KEEP-ON": lambda: kept_case(tests=(comparison(ago(58), 10.0, mdc=6.0), comparison(ago(2), 7.0, mdc=6.0))),
    "D-HOLD-ASKED": lambda: overridden("hold"),
    "D-HOLD-PART": lambda: half_week(),
    "D-REDISTRIBUTE": lambda: kept_case(finding=finding(), tests=(comparison(ago(10), 8.0),)),
    "D-LATE-TECHNIQUE": lambda: kept_case(reports=growing()),
    "D-ALTERNATE": lambda: kept_case(season=season(metric()), calendar=(intervals(TODAY + timedelta(days=3)),)),
    "D-PROGRESS-CATCHUP": lambda: kept_case(season=season(metric(gap=(1.5, 0.4, 2.6, 2.0)))),
    "D-PROGRESS-STEADY": lambda: kept_case(),
    "D-CLEAR": lambda: cleared(),
    "D-EXERCISE-PROGRESS": lambda: kept_case(),
    "D-EXERCISE-HOLD": lambda: case(planned=(planned(ago(2)),), sessions=(done(planned(ago(2))),)),
    "D-EXERCISE-OUT": lambda: case(sessions=hurting(12)),
}


def half_week():
    """The first two weeks of a programme, half done: too early for a share."""
    sessions = weeks_of_sessions(2)
    return case(planned=sessions, sessions=tuple(done(one) for one in sessions[::2]))


def overridden(outcome, *, by="coach", why="she looked tired", back=7):
    before = weekly_review(kept_case())
    said = Opinion(by=by, outcome=outcome, day=ago(back), why=why, name="Kim")
    return kept_case(reviews=(replace(before, week=WEEK - timedelta(days=7), day=ago(back), opinions=(said,)),))


def cleared(*, days=9, easier="single_leg_bridge", again=0.0):
    """A step-up hurt, then its easier version was done without pain."""
    from evenstride.plan.catalogue import load_catalogue

    easier = (load_catalogue().exercises[STEP_UP].regressions or ("",))[0]
    return case(sessions=(*hurting(days, exercise=STEP_UP), done(planned(ago(2), exercise=easier), pain=again)))


def test_every_row_has_one_function_and_every_function_a_row():
    assert {*DECISIONS, *EXERCISE_RULES} == set(decision_rules())
    assert all(row.sentence and row.reason and row.grade for row in decision_rules().values())


def test_the_table_stands_in_order_of_precedence():
    outcomes = [OUTCOMES.index(decision_rules()[rule].outcome) for rule in DECISIONS]
    assert outcomes == sorted(outcomes)


def test_there_is_a_case_for_every_rule():
    assert set(SPEAKS) == set(decision_rules())


@pytest.mark.parametrize("rule", SPEAKS)
def test_every_rule_speaks_with_reason_evidence_and_what_would_change_it(rule):
    found = decision(SPEAKS[rule](), rule)
    assert found.outcome == decision_rules()[rule].outcome
    assert found.reason
    assert found.evidence
    assert all(found.evidence)
    assert found.would_change_if


def test_every_outcome_is_reached_by_one_of_these_cases():
    assert {weekly_review(build()).outcome for build in SPEAKS.values()} == set(OUTCOMES)


@pytest.mark.parametrize("rule", SPEAKS)
def test_with_the_legs_exchanged_the_review_is_the_same_for_the_other_leg(rule):
    one = SPEAKS[rule]()
    expected, found = mirrored_review(weekly_review(one)), weekly_review(mirrored_case(one))
    assert found.decisions == expected.decisions
    assert sorted(map(repr, found.exercises)) == sorted(map(repr, expected.exercises))
    assert sorted(map(repr, found.adjustments)) == sorted(map(repr, expected.adjustments))
    assert (found.outcome, found.wins, found.notes) == (expected.outcome, expected.wins, expected.notes)


def test_the_same_case_gives_the_same_review():
    assert weekly_review(SPEAKS["D-STIMULUS"]()) == weekly_review(SPEAKS["D-STIMULUS"]())


# What wins.


@pytest.mark.parametrize(("parts", "outcome"), [
    (("D-REFER-FLAG", "D-REGRESS-PAIN"), "refer"), (("D-REGRESS-PAIN", "D-RETEST-DRIFT"), "regress"),
    (("D-RETEST-DRIFT", "D-DELOAD-FATIGUE"), "retest"), (("D-DELOAD-FATIGUE", "D-HOLD-SLEEP"), "deload"),
    (("D-HOLD-SLEEP", "D-REDISTRIBUTE"), "hold"), (("D-REDISTRIBUTE", "D-PROGRESS-STEADY"), "redistribute"),
])  # fmt: skip
def test_the_more_careful_outcome_wins(parts, outcome):
    first, second = (SPEAKS[part]() for part in parts)
    both = replace(
        second, sessions=first.sessions or second.sessions, days=first.days + second.days,
        runs=first.runs + second.runs, season=first.season or second.season, finding=first.finding or second.finding,
        tests=first.tests or second.tests,
    )  # fmt: skip
    review = weekly_review(both)
    assert review.outcome == outcome
    assert review.decisions[0].outcome == outcome


def test_a_hold_drops_what_adds_and_says_so():
    one = replace(SPEAKS["D-REDISTRIBUTE"](), days=nights(6, 6, 6))
    assert "redistribute" in asked(SPEAKS["D-REDISTRIBUTE"]())
    assert asked(one) == ["hold"]
    assert any("1 set more" in note for note in weekly_review(one).notes)


def test_a_red_flag_says_stop_and_how_soon_somebody_should_look():
    reason = weekly_review(SPEAKS["D-REFER-FLAG"]()).decisions[0].reason
    assert reason.startswith("Stop running")
    assert "See a clinician within a few days" in reason


def test_a_referral_leaves_only_what_stops_or_lessens():
    one = replace(cleared(), days=(DayLog(day=ago(1), red_flags=("fever",)),), season=season(metric(alarm=ago(3))))
    assert "clear" in asked(cleared())
    assert set(asked(one)) <= set(STOPPING)
    assert {"hold", "fewer_sessions"} <= set(asked(one))


def test_steps_back_and_tests_stay_beside_a_light_week_and_the_light_week_contains_the_hold():
    runs, short = efforts([*STEADY, 6.0, 6.0]), nights(6, 6, 6)
    one = case(
        sessions=hurting(1), season=season(metric(alarm=ago(3))), runs=runs, days=short
    )  # fmt: skip
    assert sorted(asked(one)) == ["deload_week", "regress", "retest"]


def test_what_was_earned_waits_in_a_week_in_which_nothing_rises():
    one = replace(kept_case(), days=nights(6, 6, 6))
    assert of_exercise(kept_case()) == [("D-EXERCISE-PROGRESS", None)]
    assert of_exercise(one) == [("D-EXERCISE-HOLD", None)]
    assert "earned" in decision(one, "D-EXERCISE-HOLD").reason


def test_one_exercise_that_hurts_does_not_hold_the_others():
    hurt = kept_case()
    one = replace(hurt, sessions=(*hurt.sessions, *hurting(0, exercise=BULGARIAN)))
    assert weekly_review(one).outcome == "regress"
    assert of_exercise(one) == [("D-EXERCISE-PROGRESS", None)]


def test_nothing_logged_is_a_hold_that_goes_on_with_the_plan():
    review = weekly_review(case(planned=weeks_of_sessions(1)))
    assert [one.rule for one in review.decisions] == ["D-HOLD-EMPTY"]
    assert review.adjustments == ()
    assert review.adherence.unlogged == 2


# Where rules do not speak.


def test_a_drift_that_closes_the_gap_or_was_tested_since_asks_for_no_test():
    closing = metric(alarm=ago(3), gap=(1.5, 0.4, 2.6, 2.0))
    assert "D-RETEST-DRIFT" not in rules(case(season=season(closing)))
    assert "D-RETEST-DRIFT" not in rules(case(season=season(metric(alarm=ago(5))), tests=(comparison(ago(3), 1.0),)))
    assert "D-RETEST-DRIFT" not in rules(case(season=season(metric(alarm=ago(40)))))


def test_a_test_after_drift_is_due_within_seven_days_and_never_before_a_race_that_is_near():
    free = decision(SPEAKS["D-RETEST-DRIFT"](), "D-RETEST-DRIFT").adjustments[0]
    assert (free.since, free.until) == (TODAY, TODAY + timedelta(days=7))
    for days, priority, late in ((10, "A", True), (10, "B", False), (5, "C", True), (20, "A", False)):
        one = replace(SPEAKS["D-RETEST-DRIFT"](), profile=race(days, priority))
        test = decision(one, "D-RETEST-DRIFT").adjustments[0]
        assert (test.since > one.profile.races[0].day) is late


def test_a_planned_test_is_not_asked_for_again_for_want_of_evidence():
    soon = planned(TODAY + timedelta(days=2), kind="test")
    assert "D-RETEST-WIDE" not in rules(replace(SPEAKS["D-RETEST-WIDE"](), plan=plan(sessions=[soon])))


def test_an_early_light_week_is_not_asked_for_where_the_plan_has_one():
    one = replace(SPEAKS["D-DELOAD-FATIGUE"](), plan=plan(load="deload"))
    assert "deload_week" in asked(SPEAKS["D-DELOAD-FATIGUE"]())
    assert "deload_week" not in asked(one)
    assert "already has" in decision(one, "D-DELOAD-FATIGUE").reason


def test_the_plans_own_light_week_is_named_and_asks_for_nothing():
    assert decision(SPEAKS["D-DELOAD-DUE"](), "D-DELOAD-DUE").adjustments == ()


def test_stagnation_is_judged_at_a_retest_only():
    stuck = season(metric(gap=(0.2, -0.4, 0.8, 2.0)))
    week = kept_case(season=stuck)
    assert not {"D-STIMULUS", "D-HOLD-KEEP-ON"} & set(rules(week))
    assert "D-STIMULUS" in rules(replace(week, tests=RETESTED))


def test_weeks_before_the_programme_are_not_held_against_the_work():
    """A season that stood still for eight weeks cannot say that four weeks of work were in vain."""
    still = season(metric(value=4.0, gap=(0.2, -1.0, 1.4, 2.0)))  # worth having after eight weeks: 2.0
    long = weeks_of_sessions(9)
    week = kept_case(season=still, tests=(comparison(ago(58), 2.0), comparison(ago(2), 2.0)))
    week = replace(week, planned=long, sessions=tuple(done(one) for one in long))
    assert "D-STIMULUS" in rules(week)
    lately = tuple(one for one in weeks_of_sessions(4))  # after four weeks: 4 × (1 − √½) = 1.2
    new = replace(week, planned=lately, sessions=tuple(done(one) for one in lately))
    assert "D-STIMULUS" not in rules(new)
    assert "D-HOLD-KEEP-ON" in rules(new)


def test_without_eighty_percent_of_the_sessions_nothing_is_said_against_the_exercises():
    one = replace(partly([True, False, True] * 4), tests=RETESTED)
    assert "D-STIMULUS" not in rules(one)
    assert "Too few sessions" in decision(one, "D-HOLD-KEEP-ON").reason


def test_an_interval_too_wide_keeps_on_and_says_so():
    assert "cannot be told" in decision(SPEAKS["D-HOLD-KEEP-ON"](), "D-HOLD-KEEP-ON").reason
    assert "change_stimulus" not in asked(SPEAKS["D-HOLD-KEEP-ON"]())


def test_a_gap_that_closes_is_no_stagnation():
    tests = (comparison(ago(58), 12.0, mdc=2.0), comparison(ago(2), 4.0, mdc=2.0))
    found = rules(kept_case(tests=tests))
    assert "D-PROGRESS-CATCHUP" in found
    assert not {"D-STIMULUS", "D-HOLD-KEEP-ON"} & set(found)


def test_a_gap_that_went_over_to_the_other_leg_did_not_close():
    tests = (comparison(ago(58), 12.0, mdc=2.0), comparison(ago(2), -12.0, mdc=2.0))
    assert "D-PROGRESS-CATCHUP" not in rules(kept_case(tests=tests))


@pytest.mark.parametrize(("kept", "small"), [(4, True), (5, False), (8, False)])
def test_under_sixty_percent_of_at_least_six_the_plan_becomes_smaller(kept, small):
    one = partly([True] * 4 + [True] * kept + [False] * (8 - kept))
    assert ("D-SMALLER" in rules(one)) is small


def test_a_smaller_plan_has_fewer_sessions_and_at_least_one():
    one = next(two for two in weekly_review(SPEAKS["D-SMALLER"]()).adjustments if two.kind == "fewer_sessions")
    assert one.amount == 1
    assert one.until == WEEK + timedelta(days=7 + 27)


def test_under_six_planned_sessions_it_is_too_early_to_judge():
    review = weekly_review(half_week())
    assert "D-SMALLER" not in [one.rule for one in review.decisions]
    assert any("Too early" in note for note in review.notes)


def test_a_leg_is_only_favoured_by_a_do_and_beyond_error():
    tests = (comparison(ago(10), 8.0),)
    assert "D-REDISTRIBUTE" not in rules(kept_case(finding=finding(action="watch"), tests=tests))
    assert "D-REDISTRIBUTE" not in rules(kept_case(finding=finding("right"), tests=tests))
    assert "D-REDISTRIBUTE" not in rules(kept_case(finding=finding(), tests=(comparison(ago(10), 2.0),)))


def test_the_leg_that_lags_gets_more_and_the_other_not_less():
    one = next(two for two in weekly_review(SPEAKS["D-REDISTRIBUTE"]()).adjustments if two.kind == "redistribute")
    assert (one.side, one.amount) == ("left", 1)


def test_a_gap_that_closes_needs_no_more_for_the_leg_that_lags():
    tests = (comparison(ago(58), 20.0, mdc=2.0), comparison(ago(2), 8.0, mdc=2.0))
    assert "D-REDISTRIBUTE" not in rules(kept_case(finding=finding(), tests=tests))


@pytest.mark.parametrize("rule", ["D-ALTERNATE", "D-LATE-TECHNIQUE"])
def test_in_season_technique_stays_as_it_is(rule):
    one = SPEAKS[rule]()
    kinds = {"D-ALTERNATE": "alternating_block", "D-LATE-TECHNIQUE": "late_technique"}
    assert kinds[rule] in asked(one)
    assert kinds[rule] not in asked(replace(one, profile=race(40)))


def test_alternating_blocks_are_asked_for_once_in_four_weeks():
    one = SPEAKS["D-ALTERNATE"]()
    before = replace(weekly_review(one), day=ago(10))
    assert "D-ALTERNATE" not in rules(replace(one, reviews=(before,)))
    assert "D-ALTERNATE" in rules(replace(one, reviews=(replace(before, day=ago(40)),)))


def test_a_finished_return_no_longer_decides():
    assert "D-RETURN" not in rules(case(returning=returning(finished_on=ago(3))))


def test_a_return_that_waits_for_a_clinician_is_referred():
    assert "D-REFER-FLAG" in rules(case(returning=returning(referred="pain in walking")))


# Exercises.


def test_pain_names_the_easier_version_and_the_leg():
    one = next(two for two in weekly_review(case(sessions=hurting(1, exercise=BULGARIAN, site="toe"))).adjustments)
    assert (one.kind, one.exercise, one.side, one.to) == ("regress", BULGARIAN, "left", "split_squat")


def test_an_easier_version_that_a_clinician_forbids_is_not_asked_for():
    forbidden = Profile(name="Ada", restrictions=(Restriction(what="split_squat", until=TODAY, side="left"),))
    one = case(sessions=hurting(1, exercise=BULGARIAN, site="toe"), profile=forbidden)
    assert "split_squat" not in [two.to for two in weekly_review(one).adjustments]
    right = replace(forbidden, restrictions=(replace(forbidden.restrictions[0], side="right"),))
    assert "split_squat" in [two.to for two in weekly_review(replace(one, profile=right)).adjustments]


def test_an_exercise_comes_back_after_seven_days_and_a_painless_easier_session():
    assert of_exercise(cleared(), STEP_UP) == [("D-CLEAR", "left")]
    assert of_exercise(cleared(days=5), STEP_UP) == [("D-REGRESS-PAIN", "left")]
    assert of_exercise(case(sessions=hurting(9, exercise=STEP_UP)), STEP_UP) == [("D-EXERCISE-OUT", "left")]
    assert of_exercise(cleared(again=1.0), STEP_UP) == [("D-EXERCISE-OUT", "left")]


def test_that_pain_elsewhere_in_the_week_keeps_the_exercise_out():
    one = replace(cleared(), days=(aching(ago(3), value=1.0, kind="muscle"),))
    assert of_exercise(one, STEP_UP) == [("D-EXERCISE-OUT", "left")]
    other_leg = replace(cleared(), days=(aching(ago(3), value=1.0, kind="muscle", side="right"),))
    assert of_exercise(other_leg, STEP_UP) == [("D-CLEAR", "left")]


def test_what_was_cleared_is_not_taken_out_again_for_the_old_pain():
    before = replace(weekly_review(cleared()), day=ago(1))
    assert of_exercise(replace(cleared(), reviews=(before,)), STEP_UP) == [("D-EXERCISE-HOLD", None)]


def test_an_easier_version_that_the_painful_place_forbids_is_not_asked_for():
    one = case(sessions=hurting(1, exercise=BULGARIAN, site="knee"))
    assert [two.to for two in weekly_review(one).adjustments] == [""]
    back = case(sessions=(*hurting(9, exercise=BULGARIAN), done(planned(ago(2), exercise="side_plank"))))
    assert of_exercise(back, BULGARIAN) == [("D-CLEAR", "left")]


def test_form_that_fails_on_one_leg_twice_steps_back_on_that_leg():
    sessions = (planned(ago(5)), planned(ago(2)))
    one = case(planned=sessions, sessions=tuple(done(two, clean=(False, True)) for two in sessions))
    assert dict(of_exercise(one)) == {"D-REGRESS-FORM": "left", "D-EXERCISE-HOLD": "right"}
    once = case(planned=sessions, sessions=(done(sessions[0], clean=(False, True)), done(sessions[1])))
    assert "D-REGRESS-FORM" not in dict(of_exercise(once))


def test_as_asked_twice_is_a_step_and_two_extra_repetitions_twice_are_said():
    sessions = (planned(ago(5)), planned(ago(2)))
    asked_for = kept_case(planned=sessions, sessions=tuple(done(two) for two in sessions))
    extra = kept_case(planned=sessions, sessions=tuple(done(two, left=(10, 10, 12), right=(10, 10, 12))
                                                       for two in sessions))  # fmt: skip
    assert "2 repetitions more" not in decision(asked_for, "D-EXERCISE-PROGRESS").reason
    assert "2 repetitions more" in decision(extra, "D-EXERCISE-PROGRESS").reason


def test_no_leg_goes_ahead_but_the_one_that_is_favoured():
    sessions = (planned(ago(5)), planned(ago(2)))
    one = kept_case(planned=sessions, sessions=tuple(done(two, left=(10, 9, 8)) for two in sessions))
    assert of_exercise(one) == [("D-EXERCISE-HOLD", "left"), ("D-EXERCISE-HOLD", "right")]
    assert "waits for the other leg" in weekly_review(one).exercises[1].reason
    assert {rule for rule, _ in of_exercise(replace(one, finding=finding("left")))} == {"D-EXERCISE-HOLD"}
    assert dict(of_exercise(replace(one, finding=finding("right")))) == {
        "D-EXERCISE-HOLD": "left", "D-EXERCISE-PROGRESS": "right",
    }  # fmt: skip


def test_what_was_done_as_planned_counts_without_details():
    sessions = (planned(ago(5)), planned(ago(2)))
    logs = tuple(SessionLog(session=two.id, day=two.day, as_planned=True) for two in sessions)
    assert of_exercise(kept_case(planned=sessions, sessions=logs)) == [("D-EXERCISE-PROGRESS", None)]


def test_sessions_of_a_light_week_are_no_proof():
    sessions = (planned(ago(5)), planned(ago(2)))
    one = kept_case(planned=sessions, sessions=tuple(done(two) for two in sessions))
    light = replace(plan(), week_list=(PlanWeek(monday=WEEK, number=6, part="base", load="deload", phase="beginner"),))
    assert of_exercise(one) == [("D-EXERCISE-PROGRESS", None)]
    assert of_exercise(replace(one, plan=light)) == []


def test_of_mobility_only_pain_is_asked():
    sessions = tuple(planned(ago(day), exercise="couch_stretch", dose=Dose(sets=1, hold_s=30.0)) for day in (5, 2))
    logs = tuple(done(two, left=(30.0,), right=(30.0,)) for two in sessions)
    assert of_exercise(kept_case(planned=sessions, sessions=logs), "couch_stretch") == []
    sore = case(sessions=hurting(1, exercise="couch_stretch"))
    assert of_exercise(sore, "couch_stretch") == [("D-REGRESS-PAIN", "left")]


def test_a_lighter_load_than_asked_is_not_as_asked():
    sessions = tuple(planned(ago(day), dose=Dose(sets=3, reps=10, load_kg=8.0)) for day in (5, 2))
    light = kept_case(planned=sessions, sessions=tuple(done(two, load=6.0) for two in sessions))
    assert of_exercise(light) == [("D-EXERCISE-HOLD", None)]


# Opinions.


def test_a_more_careful_choice_stands_for_four_weeks_in_the_same_circumstances():
    assert "D-HOLD-ASKED" in rules(overridden("hold"))
    assert "she looked tired" in decision(overridden("hold"), "D-HOLD-ASKED").reason
    assert "D-HOLD-ASKED" not in rules(overridden("hold", back=30))


def test_a_choice_in_other_circumstances_does_not_count():
    one = overridden("hold")
    assert "D-HOLD-ASKED" not in rules(replace(one, season=season(metric(gap=(1.5, 0.4, 2.6, 2.0)))))


def test_a_bolder_choice_is_said_and_counted_and_not_followed():
    tired = replace(kept_case(), days=nights(6, 6, 6))
    said = Opinion(by="runner", outcome="progress", day=ago(7), why="I feel fine")
    one = replace(tired, reviews=(replace(weekly_review(tired), day=ago(7), opinions=(said,)),))
    review = weekly_review(one)
    assert review.outcome == "hold"
    assert any("decided otherwise once" in note and "I feel fine" in note for note in review.notes)
    assert overrides_count(one.reviews, rule="D-HOLD-SLEEP") == 1


# In general.


def test_surviving_keeps_each_thing_once():
    one = decision(SPEAKS["D-HOLD-SLEEP"](), "D-HOLD-SLEEP")
    assert len(surviving([one, one])) == 1


def test_outcomes_are_careful_or_add():
    assert {*CAREFUL, *ADDING} == set(OUTCOMES)
    assert max(map(OUTCOMES.index, CAREFUL)) < min(map(OUTCOMES.index, ADDING))


def test_a_small_win_comes_with_its_error():
    review = weekly_review(kept_case(leg_changes=(leg_change(ago(2)),)))
    assert any("left leg: 15 to 24" in win and "6.5" in win for win in review.wins)


def test_a_review_of_an_old_week_decides_on_the_week_that_comes():
    late = replace(kept_case(), today=TODAY + timedelta(days=21), days=(DayLog(day=TODAY + timedelta(days=20),
                                                                             red_flags=("fever",)),))  # fmt: skip
    hold = next(one for one in weekly_review(late).adjustments if one.kind == "hold")
    assert hold.since == late.today
    assert hold.until >= late.today


def test_a_run_log_alone_is_something_logged():
    one = case(runs=(RunLog(day=date(2026, 6, 9), kind="easy", effort_0_10=3),))
    assert "D-HOLD-EMPTY" not in rules(one)
    assert "D-HOLD-PART" in rules(one)


def test_the_figures_are_those_of_the_programme():
    from evenstride.review.tables import limits

    decisions, rest = limits("decisions"), limits("rest")
    assert (decisions["adherence_low"], decisions["adherence_high"], decisions["half_gap_weeks"]) == (0.6, 0.8, 8.0)
    assert (decisions["gap_weeks_least"], decisions["retest_within_days"], decisions["clear_days"]) == (4.0, 7, 7)
    assert (decisions["taper_days_a"], decisions["taper_days_b"], decisions["in_season_days"]) == (14, 7, 56)
    assert (decisions["pain_max_0_10"], rest["pain_in_return_0_10"]) == (2.0, 5.0)
    assert (decisions["extra_reps"], decisions["extra_sessions"], decisions["form_sessions"]) == (2, 2, 2)
    assert (rest["range_last"], rest["range_sd"], rest["nights"]) == (10, 2.0, 7)
    assert (rest["persisting_sessions"], rest["persisting_days"]) == (3, 7)


def test_one_failed_session_is_no_failed_form():
    one = case(planned=(planned(ago(2)),), sessions=(done(planned(ago(2)), clean=(False, True)),))
    assert "D-REGRESS-FORM" not in rules(one)


def test_a_small_pain_of_two_of_ten_is_within_the_limit():
    assert "D-REGRESS-PAIN" not in rules(case(sessions=hurting(1, pain=2.0)))


@pytest.mark.parametrize(("weeks", "stuck"), [(8, True), (4, False)])
def test_what_is_worth_having_grows_with_the_weeks(weeks, stuck):
    tests = (comparison(ago(2 + 7 * weeks), 10.0, mdc=2.0), comparison(ago(2), 9.0, mdc=2.0))
    assert ("D-STIMULUS" in rules(kept_case(tests=tests))) is stuck
