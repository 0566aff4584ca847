"""Tests per side: kept once, listed by day, and a slip loses nothing."""

from dataclasses import replace
from datetime import date

import pytest

from evenstride.errors import UnknownEntry
from evenstride.model import Profile, TestResult
from evenstride.store import add_athlete, add_test, add_tests, kept_tests, remove_test, restore_test

RAISES = TestResult(
    test="single_leg_heel_raise", day=date(2026, 5, 4), left=(21.0, 22.0), right=(25.0,), extra={"x": 1 / 3}, note="ok"
)


def test_a_result_comes_back_with_an_identifier(store, anna):
    new = add_test(store, anna, RAISES)
    assert new == "2026-05-04-single_leg_heel_raise"
    assert kept_tests(store, anna) == (replace(RAISES, id=new),)


def test_results_are_in_order_of_their_day(store, anna):
    days = [date(2026, 5, 4), date(2025, 1, 1), date(2026, 1, 1)]
    add_tests(store, anna, [replace(RAISES, day=day) for day in days])
    assert [one.day for one in kept_tests(store, anna)] == sorted(days)


def test_another_result_of_the_day_gets_a_number(store, anna):
    first, second = add_tests(store, anna, [RAISES, replace(RAISES, note="again")])
    assert second == f"{first}-2"


def test_entering_the_same_results_twice_changes_nothing(store, anna):
    both = [RAISES, replace(RAISES, day=date(2026, 6, 1))]
    assert add_tests(store, anna, both) == add_tests(store, anna, both)
    assert len(kept_tests(store, anna)) == 2


def test_a_result_that_was_taken_away_can_be_brought_back(store, anna, now):
    new = add_test(store, anna, RAISES)
    remove_test(store, anna, new, now)
    assert (kept_tests(store, anna), len(kept_tests(store, anna, removed=True))) == ((), 1)
    restore_test(store, anna, new)
    assert kept_tests(store, anna) == (replace(RAISES, id=new),)


def test_an_identifier_that_was_taken_away_is_not_given_again(store, anna, now):
    new = add_test(store, anna, RAISES)
    remove_test(store, anna, new, now)
    assert add_test(store, anna, RAISES) == f"{new}-2"


def test_an_unknown_test_is_refused(store, anna, now):
    with pytest.raises(UnknownEntry, match="nothing"):
        remove_test(store, anna, "nothing", now)


def test_nobody_takes_another_athletes_test_away(store, anna, now):
    new = add_test(store, anna, RAISES)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    with pytest.raises(UnknownEntry):
        remove_test(store, ben, new, now)
