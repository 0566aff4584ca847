"""Plans: every one stays, the newest that was not taken back holds, and the calendar goes with them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.plans import MONDAY, example_plan

from evenstride.errors import UnknownAthlete, UnknownEntry
from evenstride.model import CalendarEntry, CalendarRun, DayRuns, Profile, RunCalendar
from evenstride.store import (
    NewPlan,
    add_athlete,
    add_calendar_entries,
    add_plan,
    calendar_entries,
    erase,
    kept_plans,
    mark_exported,
    plan_in_force,
    plans_in_turn,
    undo_plan,
)

PLAN = example_plan()
WEEK = timedelta(days=7)
EASY = CalendarRun(day=MONDAY, kind="easy", minutes=1 / 3)
NO_RUN = CalendarEntry(said="2026-05-06 rest", days=(DayRuns(day=date(2026, 5, 6)),))
MOVED = CalendarEntry(said="moved", days=(DayRuns(day=MONDAY), DayRuns(day=date(2026, 5, 8), runs=(EASY,))))
FILE = CalendarEntry(said="week.ics", file=RunCalendar(runs=(EASY,), notes=("read",)))


def new(*changes, weeks_later=0, why="made"):
    return NewPlan(plan=replace(PLAN, start=MONDAY + weeks_later * WEEK), began=MONDAY, why=why, changes=changes)


def test_a_plan_comes_back_as_it_was(store, anna, now):
    kept = add_plan(store, anna, new(), now)
    assert kept == plan_in_force(store, anna)
    assert (kept.number, kept.plan, kept.began, kept.why, kept.made) == (1, PLAN, MONDAY, "made", now)


def test_without_a_plan_none_is_in_force(store, anna):
    assert plan_in_force(store, anna) is None
    assert kept_plans(store, anna) == plans_in_turn(store, anna) == ()


def test_the_newest_plan_is_in_force_and_all_stay(store, anna, now):
    add_plan(store, anna, new(), now)
    second = add_plan(store, anna, new(why="moved"), now)
    assert plan_in_force(store, anna) == second
    assert [one.why for one in kept_plans(store, anna)] == ["made", "moved"]


def test_undo_brings_back_the_plan_before(store, anna, now):
    first = add_plan(store, anna, new(), now)
    second = add_plan(store, anna, new(why="moved"), now)
    undone, _ = undo_plan(store, anna, now)
    assert undone == replace(second, undone=now)
    assert plan_in_force(store, anna) == first
    assert len(kept_plans(store, anna)) == 2


def test_undo_goes_back_to_having_no_plan(store, anna, now):
    add_plan(store, anna, new(), now)
    undo_plan(store, anna, now)
    assert plan_in_force(store, anna) is None
    with pytest.raises(UnknownEntry, match="no plan"):
        undo_plan(store, anna, now)


def test_a_number_is_never_given_twice(store, anna, now):
    add_plan(store, anna, new(), now)
    undo_plan(store, anna, now)
    assert add_plan(store, anna, new(), now).number == 2


def test_the_calendar_goes_back_with_the_plan_that_was_made_for_it(store, anna, now):
    add_plan(store, anna, new(NO_RUN), now)
    add_plan(store, anna, new(MOVED, FILE), now)
    assert calendar_entries(store, anna) == (NO_RUN, MOVED, FILE)
    _, changes = undo_plan(store, anna, now)
    assert changes == (MOVED, FILE)
    assert calendar_entries(store, anna) == (NO_RUN,)


def test_what_was_said_of_the_calendar_without_a_plan_stays(store, anna, now):
    add_calendar_entries(store, anna, [FILE, NO_RUN], now)
    add_plan(store, anna, new(MOVED), now)
    undo_plan(store, anna, now)
    assert calendar_entries(store, anna) == (FILE, NO_RUN)


def test_a_plan_made_from_one_that_no_longer_holds_is_refused(store, anna, now):
    first = add_plan(store, anna, new(), now, after=0)
    add_plan(store, anna, new(), now, after=first.number)
    with pytest.raises(UnknownEntry, match="changed meanwhile"):
        add_plan(store, anna, new(NO_RUN), now, after=first.number)
    assert (len(kept_plans(store, anna)), calendar_entries(store, anna)) == (2, ())


def test_plans_held_one_after_the_other(store, anna, now):
    numbers = {later: add_plan(store, anna, new(weeks_later=later), now).number for later in (0, 4, 2)}
    add_plan(store, anna, new(weeks_later=6), now)
    undo_plan(store, anna, now)
    assert [one.number for one in plans_in_turn(store, anna)] == [numbers[0], numbers[2]]


def test_a_plan_that_a_calendar_took_is_remembered(store, anna, now):
    add_plan(store, anna, new(), now)
    taken = add_plan(store, anna, new(), now)
    mark_exported(store, anna, taken.number, now)
    undo_plan(store, anna, now)
    assert [(one.number, one.exported) for one in kept_plans(store, anna, exported=True)] == [(taken.number, now)]


def test_a_plan_belongs_to_one_athlete(store, anna, now):
    add_plan(store, anna, new(NO_RUN), now)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    assert plan_in_force(store, ben) is None
    assert calendar_entries(store, ben) == ()
    with pytest.raises(UnknownEntry):
        undo_plan(store, ben, now)
    with pytest.raises(UnknownEntry):
        mark_exported(store, ben, 1, now)


def test_nobody_has_no_plan(store, now):
    with pytest.raises(UnknownAthlete):
        add_plan(store, "0" * 32, new(), now)


def test_plans_are_erased_with_their_athlete(store, anna, now):
    add_plan(store, anna, new(NO_RUN), now)
    rows = erase(store, anna).rows
    assert (rows["plan"], rows["calendar_change"]) == (1, 1)
