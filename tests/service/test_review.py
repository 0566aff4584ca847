"""Weekly reviews as they are kept: made, brought into the plan, decided otherwise, taken back; nothing is rewritten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from evenstride.errors import EvenstrideError, InvalidRequest
from evenstride.model import DayLog, FreeSlot, PlannedRun, Profile, SessionLog
from evenstride.service.home import Home
from evenstride.service.plan import make, undo
from evenstride.service.plan_history import planned_then
from evenstride.service.plan_request import applied_adjustments
from evenstride.service.review import apply_review, case_of, kept_reviews, review_week, say_to_review, take_back
from evenstride.store import (
    add_athlete,
    add_day_log,
    add_session_logs,
    close_store,
    open_store,
    plan_in_force,
    review_history,
)

MONDAY = date(2026, 5, 4)
RUNNER = Profile(
    name="Ada",
    runs=(PlannedRun(weekday=1, kind="intervals", minutes=60), PlannedRun(weekday=6, kind="long", minutes=100)),
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (2, 3, 4)),
    equipment=("dumbbell", "low_box"),
)
SUNDAY = MONDAY + timedelta(days=6)


def on(home, day):
    """The same athlete on another day, at noon."""
    return replace(home, today=day, moment=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.fixture
def home(database_url, tmp_path, once):
    """A runner whose plan of eight weeks was made on its first Monday."""

    def at_home(store, athlete_id):
        return on(Home(store=store, athlete_id=athlete_id, profile=RUNNER, today=MONDAY), MONDAY)

    def planned():
        store = open_store(database_url, tmp_path / "data")
        athlete = add_athlete(store, RUNNER, now=datetime(2026, 5, 1, tzinfo=UTC))
        make(at_home(store, athlete.id), weeks=8, start=MONDAY)
        close_store(store)
        return athlete.id

    athlete_id = once("service/test_review", planned)
    store = open_store(database_url, tmp_path / "data")
    yield at_home(store, athlete_id)
    close_store(store)


def short_nights(home, n=3):
    for i in range(n):
        add_day_log(home.store, home.athlete_id, DayLog(day=SUNDAY - timedelta(days=i), sleep_hours=5.5), home.now)


def strength(home):
    return [one for one in plan_in_force(home.store, home.athlete_id).plan.sessions if one.kind == "strength"]


def done(home, until):
    logs = [SessionLog(session=one.id, day=one.day) for one in strength(home) if one.day <= until]
    add_session_logs(home.store, home.athlete_id, logs, home.now)


def test_on_a_sunday_the_week_that_ends_is_meant_and_on_any_other_day_the_one_before(home):
    assert review_week(on(home, SUNDAY)).review.week == MONDAY
    assert review_week(on(home, SUNDAY + timedelta(days=3))).review.week == MONDAY
    with pytest.raises(InvalidRequest, match="has not begun"):
        review_week(home, MONDAY + timedelta(days=20))


@pytest.mark.both_databases
def test_a_review_is_kept_once_and_again_only_when_something_new_is_known(home):
    sunday = on(home, SUNDAY)
    first = review_week(sunday).kept
    assert review_week(sunday).kept.number == first.number
    short_nights(sunday)
    second = review_week(sunday)
    assert second.kept.number > first.number
    assert "D-HOLD-SLEEP" in {one.rule for one in second.review.decisions}
    assert [one.number for one in review_history(home.store, home.athlete_id, MONDAY)] == [
        first.number, second.kept.number,
    ]  # fmt: skip


@pytest.mark.both_databases
def test_what_a_review_asks_counts_for_plans_only_after_it_was_applied(home):
    sunday = on(home, SUNDAY)
    done(sunday, SUNDAY)
    short_nights(sunday)
    review_week(sunday)
    assert applied_adjustments(sunday) == ()
    applied = apply_review(sunday)
    assert applied.review.applied
    assert {one.kind for one in applied_adjustments(sunday)} >= {"hold"}


@pytest.mark.both_databases
def test_taking_the_plan_back_takes_its_review_out_of_the_plan(home):
    sunday = on(home, SUNDAY)
    done(sunday, SUNDAY)
    say_to_review(sunday, "deload", why="a cold")
    assert apply_review(sunday).review.applied
    undo(sunday)
    assert not kept_reviews(sunday)[-1].applied
    assert applied_adjustments(sunday) == ()


def test_a_decision_of_ones_own_needs_its_reason_and_makes_the_coming_week_light(home):
    sunday = on(home, SUNDAY)
    done(sunday, SUNDAY)
    with pytest.raises(InvalidRequest, match="needs its reason"):
        say_to_review(sunday, "deload")
    sets = sum(one.sets for one in strength(sunday) if MONDAY < one.day <= SUNDAY)
    coming = sum(one.sets for one in strength(sunday) if SUNDAY < one.day <= SUNDAY + timedelta(days=7))
    say_to_review(sunday, "deload", why="a cold")
    review = apply_review(sunday).review
    assert (review.held, review.overridden) == ("deload", True)
    light = sum(one.sets for one in strength(sunday) if SUNDAY < one.day <= SUNDAY + timedelta(days=7))
    assert 0 < light <= 0.6 * sets < coming


def test_a_coach_can_approve(home):
    sunday = on(home, SUNDAY)
    review = say_to_review(sunday, None, by="coach", name="Kim").review
    assert not review.overridden
    assert review.opinions[-1].name == "Kim"


def test_a_review_in_the_plan_stays_although_the_plan_has_changed(home):
    sunday = on(home, SUNDAY)
    done(sunday, SUNDAY)
    applied = apply_review(sunday).kept
    assert review_week(sunday).kept == applied
    assert say_to_review(sunday, None).review.applied


@pytest.mark.both_databases
def test_the_newest_word_can_be_taken_back(home):
    sunday = on(home, SUNDAY)
    own = review_week(sunday).review
    say_to_review(sunday, "deload", why="a cold")
    left = take_back(sunday)
    assert left is not None
    assert left.review == own
    assert take_back(sunday) is None
    with pytest.raises(EvenstrideError, match="no review"):
        take_back(sunday)


def test_a_missed_session_stays_planned_when_the_plan_is_made_anew(home):
    sunday = on(home, SUNDAY)
    before = [one.id for one in planned_then(sunday, SUNDAY)]
    apply_review(sunday)
    assert [one.id for one in planned_then(sunday, SUNDAY)] == before
    assert any("strength" in one for one in before)


def test_a_case_holds_all_that_is_kept(home):
    sunday = on(home, SUNDAY)
    short_nights(sunday, 1)
    done(sunday, SUNDAY)
    case = case_of(sunday, MONDAY)
    assert len(case.days) == 1
    assert len(case.sessions) == len([one for one in case.planned if one.kind == "strength"])
    assert case.plan is not None
    assert case.season is not None
