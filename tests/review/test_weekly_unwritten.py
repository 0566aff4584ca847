"""What was not written, or not done yet, speaks neither for nor against: found on virtual runners (validation)."""

from dataclasses import replace
from datetime import timedelta

from tests.review_cases import (
    TODAY,
    WEEK,
    ago,
    case,
    comparison,
    done,
    kept_case,
    metric,
    planned,
    season,
    weeks_of_sessions,
)

from evenstride.model import SessionLog
from evenstride.review.weekly import weekly_review

UNSURE = (comparison(ago(58), 10.0, mdc=6.0), comparison(ago(2), 7.0, mdc=6.0))
"""Two tests between which the gap may have closed or not."""


def rules(one):
    return [two.rule for two in weekly_review(one).decisions]


def exercises(one):
    return [two.rule for two in weekly_review(one).exercises]


def month(*weeks):
    """Four weeks of two sessions each, a letter a session: k kept, m noted as missed, - nothing written."""
    sessions = weeks_of_sessions(len(weeks))
    marks = "".join(weeks)
    logs = [done(one) if mark == "k" else SessionLog(session=one.id, day=one.day, done=False)
            for one, mark in zip(sessions, marks, strict=True) if mark != "-"]  # fmt: skip
    return case(planned=sessions, sessions=tuple(logs))


def test_a_week_of_which_nothing_was_written_makes_no_plan_smaller():
    assert "D-SMALLER" in rules(month("kk", "mm", "kk", "mm"))
    assert "D-SMALLER" not in rules(month("kk", "--", "kk", "-m"))
    assert "D-SMALLER" in rules(month("kk", "--", "km", "mm"))


def test_what_is_left_out_is_said():
    one = next(two for two in weekly_review(month("kk", "--", "km", "mm")).decisions if two.rule == "D-SMALLER")
    assert one.evidence == (
        "3 of 6 planned sessions kept (50 %, 19 to 81); 2 in weeks of which nothing was written are not counted",
    )


def test_two_silent_weeks_leave_too_little_to_judge_by():
    review = weekly_review(month("mm", "--", "--", "km"))
    assert "D-SMALLER" not in [one.rule for one in review.decisions]
    assert any("Too early to judge" in note for note in review.notes)


def test_what_was_done_as_asked_twice_goes_on_in_a_week_half_done():
    one = month("kk", "mk", "mk", "km")
    assert "D-HOLD-PART" in rules(one)
    assert exercises(one) == ["D-EXERCISE-PROGRESS"]


def test_a_test_that_cannot_tell_does_not_hold_what_was_earned():
    one = kept_case(tests=UNSURE)
    assert "D-HOLD-KEEP-ON" in rules(one)
    assert exercises(one) == ["D-EXERCISE-PROGRESS"]


def test_the_same_two_sessions_earn_one_step_only():
    one = kept_case()
    other = planned(TODAY, exercise="step_up")
    later = replace(one, week=WEEK + timedelta(weeks=1), today=TODAY + timedelta(weeks=1))
    later = replace(
        later, planned=(*one.planned, other), sessions=(*one.sessions, replace(done(other), day=later.today))
    )
    assert exercises(one) == ["D-EXERCISE-PROGRESS"]
    assert "D-EXERCISE-PROGRESS" not in exercises(later)


def test_runs_from_before_the_programme_do_not_say_that_its_work_closes_nothing():
    stuck = season(metric(gap=(0.2, -0.4, 0.8, 2.0)))
    tests = (comparison(ago(30), 2.0), comparison(ago(2), 2.0))
    began = TODAY - timedelta(days=TODAY.weekday()) - timedelta(weeks=3)
    young = kept_case(season=stuck, tests=tests)
    young = replace(young, planned=tuple(one for one in young.planned if one.day >= began))
    assert "D-STIMULUS" in rules(kept_case(season=stuck, tests=tests, planned=weeks_of_sessions(9), sessions=tuple(
        done(one) for one in weeks_of_sessions(9)
    )))  # fmt: skip
    assert "D-STIMULUS" not in rules(young)
    assert "D-HOLD-KEEP-ON" in rules(young)
