"""What changes from one plan to the next is told once, and told as what it is."""

from dataclasses import replace
from datetime import time, timedelta

from tests.plans import MONDAY, each_side, plan_of, session

from evenstride.model import Because, Dose, MobilityContent
from evenstride.plan.difference import PlanDifference, SessionChange, plan_difference

DAY = timedelta(days=1)
SQUAT = each_side("split_squat", Dose(sets=3, reps=10), Dose(sets=3, reps=10))
FIRST = session(MONDAY, exercises=(SQUAT,))
SECOND = session(MONDAY + 3 * DAY, exercises=(SQUAT,))
LATER = session(MONDAY + 10 * DAY, exercises=(SQUAT,))
PLAN = plan_of([FIRST, SECOND, LATER])


def put(one, days):
    day = one.day + days * DAY
    return replace(one, day=day, id=f"{day}-{one.kind}-1")


def changed_to(*sessions):
    return plan_difference(PLAN, plan_of(sessions))


def test_a_plan_does_not_differ_from_itself():
    assert plan_difference(PLAN, PLAN) == PlanDifference()
    assert plan_difference(PLAN, PLAN).nothing


def test_a_session_that_comes_is_added():
    new = session(MONDAY + 5 * DAY, kind="mobility")
    assert changed_to(FIRST, SECOND, new, LATER) == PlanDifference(added=(new,))


def test_a_session_that_goes_is_removed():
    assert changed_to(FIRST, SECOND) == PlanDifference(removed=(LATER,))


def test_a_session_on_another_day_has_moved():
    there = put(SECOND, 1)
    assert changed_to(FIRST, there, LATER) == PlanDifference(moved=(SessionChange(before=SECOND, after=there),))


def test_a_session_a_week_away_is_another_one():
    there = put(FIRST, 7)
    difference = plan_difference(plan_of([FIRST]), plan_of([there]))
    assert difference == PlanDifference(added=(there,), removed=(FIRST,))


def test_the_nearest_session_is_the_one_that_moved():
    near, far = put(SECOND, 1), put(SECOND, 3)
    difference = plan_difference(plan_of([SECOND]), plan_of([near, far]))
    assert difference == PlanDifference(added=(far,), moved=(SessionChange(before=SECOND, after=near),))


def test_another_dose_is_a_change():
    more = replace(FIRST, exercises=(replace(SQUAT, left=Dose(sets=4, reps=10)),))
    assert changed_to(more, SECOND, LATER) == PlanDifference(changed=(SessionChange(before=FIRST, after=more),))


def test_another_time_of_day_is_a_change():
    early = replace(FIRST, at=time(7))
    assert [one.after for one in changed_to(early, SECOND, LATER).changed] == [early]


def test_a_reason_an_assumption_a_lock_or_the_leg_that_begins_are_no_change():
    other = replace(
        FIRST, because=(Because(rule="R-FREQ", text="other"),), assumes=("log: x",), locked=True,
        exercises=(replace(SQUAT, because="other", first="left"),),
    )  # fmt: skip
    assert changed_to(other, SECOND, LATER).nothing


def test_a_mobility_session_of_another_style_is_another_session():
    long_hold = session(MONDAY, kind="mobility", mobility=MobilityContent(style="long_hold", joints=(), planes=()))
    recovery = replace(long_hold, mobility=MobilityContent(style="recovery", joints=(), planes=()))
    difference = plan_difference(plan_of([long_hold]), plan_of([recovery]))
    assert difference == PlanDifference(added=(recovery,), removed=(long_hold,))


def test_a_piece_of_a_run_never_becomes_a_session():
    piece = session(MONDAY, kind="mobility", slot="post_run")
    free = session(MONDAY, kind="mobility")
    difference = plan_difference(plan_of([piece]), plan_of([free]))
    assert (difference.added, difference.removed) == ((free,), (piece,))


def test_days_of_one_plan_only_are_not_compared():
    later = plan_of([LATER], start=MONDAY + 7 * DAY, weeks=1)
    assert plan_difference(PLAN, later).nothing


def test_the_way_back_is_the_other_way_round():
    there = put(SECOND, 1)
    new = plan_of([there, LATER])
    forth, back = plan_difference(PLAN, new), plan_difference(new, PLAN)
    assert (forth.removed, forth.added) == (back.added, back.removed)
    assert [(one.before, one.after) for one in forth.moved] == [(one.after, one.before) for one in back.moved]
