"""What holds of a review after runner and coach have spoken."""

from datetime import date, timedelta

import pytest

from evenstride.model import OUTCOMES, Adjustment, Decision, Opinion, Review
from evenstride.review.opinions import adjustments_held, agreement

MONDAY = date(2026, 5, 4)
SUNDAY = date(2026, 5, 10)
HOLD = Adjustment(kind="hold", rule="D-HOLD-SLEEP", since=SUNDAY, until=date(2026, 5, 17), text="nothing rises")
BACK = Adjustment(
    kind="regress", rule="D-REGRESS-PAIN", since=SUNDAY, exercise="bulgarian_split_squat", to="split_squat", text="back"
)
MORE = Adjustment(kind="redistribute", rule="D-REDISTRIBUTE", since=SUNDAY, side="left", amount=1, text="a set more")


def review(*opinions, **fields):
    decisions = (
        Decision(rule="D-HOLD-SLEEP", outcome="hold", reason="short nights", adjustments=(HOLD,)),
        Decision(rule="D-REDISTRIBUTE", outcome="redistribute", reason="left behind", adjustments=(MORE,)),
    )
    values = {"week": MONDAY, "day": SUNDAY, "outcome": "hold", "decisions": decisions, "adjustments": (HOLD, BACK)}
    return Review(**values | fields, opinions=opinions)


def said(outcome, by="runner", **own):
    return Opinion(by=by, outcome=outcome, day=SUNDAY, why="because", **own)


def test_nothing_said_and_an_approval_leave_what_the_rules_asked():
    assert adjustments_held(review()) == (HOLD, BACK)
    assert adjustments_held(review(said("hold"))) == (HOLD, BACK)


def test_going_on_in_spite_of_a_hold_takes_the_hold_away_but_not_the_step_back():
    assert adjustments_held(review(said("progress"))) == (BACK,)


def test_what_the_rules_asked_for_the_outcome_said_instead_comes_back():
    assert adjustments_held(review(said("redistribute"))) == (BACK, MORE)


@pytest.mark.parametrize(
    ("outcome", "kind"), [("deload", "deload_week"), ("retest", "retest"), ("refer", "hold"), ("regress", "fewer_sets")]
)
def test_an_outcome_by_its_name_alone_asks_for_what_it_means(outcome, kind):
    [one] = [one for one in adjustments_held(review(said(outcome))) if one.rule == "D-OVERRIDE"]
    assert one.kind == kind
    assert one.since <= SUNDAY + timedelta(days=1)
    assert one.until is not None


def test_a_light_week_said_late_is_the_week_in_which_it_is_said():
    late = Opinion(by="coach", outcome="deload", day=date(2026, 5, 20), why="tired")
    [one] = [one for one in adjustments_held(review(late)) if one.rule == "D-OVERRIDE"]
    assert one.since == date(2026, 5, 18)


def test_the_last_word_holds():
    assert review(said("deload"), said("hold")).held == "hold"
    assert adjustments_held(review(said("deload"), said("hold"))) == (HOLD, BACK)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_steps_back_of_single_exercises_stay_whatever_is_said(outcome):
    assert BACK in adjustments_held(review(said(outcome)))


def test_agreement_counts_the_coachs_last_word_alone():
    reviews = [
        review(said("hold", by="coach")),
        review(said("deload", by="coach"), week=MONDAY + timedelta(days=7)),
        review(said("progress")),
        review(said("deload", by="coach"), said("hold", by="coach")),
    ]
    agreed = agreement(reviews)
    assert (agreed.reviews, agreed.same, agreed.otherwise) == (3, 2, (MONDAY + timedelta(days=7),))
