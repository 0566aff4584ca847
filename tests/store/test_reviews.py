"""Reviews, opinions, trials and prescribed sessions: every change is a new row, the newest holds, nothing is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.plans import example_plan

from evenstride.errors import UnknownEntry
from evenstride.model import (
    Decision,
    Opinion,
    Prescription,
    Profile,
    Review,
    SessionTemplate,
    Trial,
    TrialPeriod,
)
from evenstride.store import (
    NewPlan,
    add_athlete,
    add_opinion,
    add_plan,
    add_review,
    add_template,
    add_trial,
    mark_review_applied,
    remove_template,
    review_history,
    reviews,
    templates,
    trial_history,
    trials,
    undo_plan,
    undo_review,
    undo_trial,
)

WEEK = date(2026, 5, 4)
REVIEW = Review(
    week=WEEK, day=date(2026, 5, 11), outcome="hold",
    decisions=(Decision(rule="D-HOLD", outcome="hold", reason="Sleep was short.", evidence=("5.5 h",)),),
)  # fmt: skip
OPINION = Opinion(by="coach", name="Kim", outcome="progress", day=date(2026, 5, 12), why="slept well since")
TRIAL = Trial(
    id="2026-05-04-quiet_feet", what="quiet_feet", kind="cue", metric="contact_time", source="watch_balance",
    unit="run", began=WEEK, periods=(TrialPeriod(number=1, pair=1, on=True),), smallest=1 / 3, seed=7,
)  # fmt: skip
HIPS = SessionTemplate(name="hips", exercises=(Prescription(exercise="split_squat", sets=3, reps=8),), since=WEEK)


def plan_number(store, athlete_id, now):
    plan = example_plan()
    return add_plan(store, athlete_id, NewPlan(plan=plan, began=plan.start, why="made"), now).number


def test_a_review_comes_back_as_it_was(store, anna, now):
    kept = add_review(store, anna, REVIEW, now)
    assert (kept.review, reviews(store, anna)) == (REVIEW, (kept,))


def test_of_each_week_the_newest_review_holds_oldest_week_first(store, anna, now):
    next_week = replace(REVIEW, week=WEEK + timedelta(days=7))
    for one in (next_week, REVIEW, replace(REVIEW, outcome="deload")):
        add_review(store, anna, one, now)
    assert [(one.review.week, one.review.outcome) for one in reviews(store, anna)] == [
        (WEEK, "deload"), (next_week.week, "hold"),
    ]  # fmt: skip


def test_an_opinion_leaves_the_review_before_it_in_the_history(store, anna, now):
    add_review(store, anna, REVIEW, now)
    held = add_opinion(store, anna, WEEK, OPINION, now).review
    assert (held.opinions, held.held, held.overridden) == ((OPINION,), "progress", True)
    assert [one.review for one in review_history(store, anna, WEEK)] == [REVIEW, held]


def test_a_review_that_was_applied_names_its_plan_until_that_is_taken_back(store, anna, now):
    add_review(store, anna, REVIEW, now)
    number = plan_number(store, anna, now)
    mark_review_applied(store, anna, WEEK, number, now)
    add_opinion(store, anna, WEEK, OPINION, now)
    (held,) = reviews(store, anna)
    assert (held.review.applied, held.plan_number) == (True, number)
    undo_plan(store, anna, now)
    (held,) = reviews(store, anna)
    assert (held.review.applied, held.plan_number) == (False, None)


def test_what_was_said_of_a_review_is_taken_back_step_by_step(store, anna, now):
    add_review(store, anna, REVIEW, now)
    add_opinion(store, anna, WEEK, OPINION, now)
    gone, left = undo_review(store, anna, WEEK, now)
    assert left is not None
    assert (gone.review.opinions, left.review) == ((OPINION,), REVIEW)
    assert undo_review(store, anna, WEEK, now)[1] is None
    with pytest.raises(UnknownEntry):
        undo_review(store, anna, WEEK, now)


def test_a_week_without_a_review_takes_no_opinion_and_an_unknown_plan_is_refused(store, anna, now):
    with pytest.raises(UnknownEntry):
        add_opinion(store, anna, WEEK, OPINION, now)
    add_review(store, anna, REVIEW, now)
    with pytest.raises(UnknownEntry):
        mark_review_applied(store, anna, WEEK, 9, now)


def test_a_trial_holds_as_it_was_last_kept_and_goes_back_a_step_at_a_time(store, anna, now):
    add_trial(store, anna, TRIAL, now)
    ended = replace(TRIAL, ended=date(2026, 6, 1))
    add_trial(store, anna, ended, now)
    assert trials(store, anna) == (ended,)
    assert undo_trial(store, anna, TRIAL.id, now) == TRIAL
    assert undo_trial(store, anna, TRIAL.id, now) is None
    assert (trials(store, anna), len(trial_history(store, anna, TRIAL.id))) == ((), 2)
    with pytest.raises(UnknownEntry):
        undo_trial(store, anna, TRIAL.id, now)


def test_a_prescribed_session_gives_way_to_one_of_its_name(store, anna, now):
    calves = replace(HIPS, name="calves")
    changed = replace(HIPS, note="slower")
    for one in (HIPS, calves, changed):
        add_template(store, anna, one, now)
    assert templates(store, anna) == (calves, changed)
    remove_template(store, anna, "hips", now)
    assert templates(store, anna) == (calves,)
    with pytest.raises(UnknownEntry):
        remove_template(store, anna, "hips", now)


def test_everything_is_the_athletes_own(store, anna, now):
    add_review(store, anna, REVIEW, now)
    add_trial(store, anna, TRIAL, now)
    add_template(store, anna, HIPS, now)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    assert (reviews(store, ben), trials(store, ben), templates(store, ben)) == ((), (), ())
    for refused in (
        lambda: undo_review(store, ben, WEEK, now),
        lambda: undo_trial(store, ben, TRIAL.id, now),
        lambda: remove_template(store, ben, "hips", now),
    ):
        with pytest.raises(UnknownEntry):
            refused()
