"""What comes first for somebody new, and what of it is done."""

from dataclasses import replace

import pytest
from tests.trial_home import MONDAY, keep_index, new_home

from evenstride.model import FreeSlot
from evenstride.service.first_steps import first_steps
from evenstride.service.screen import Entered, add_entered
from evenstride.store import close_store


@pytest.fixture
def home(database_url, tmp_path):
    home = new_home(database_url, tmp_path / "data")
    yield home
    close_store(home.store)


def done(home):
    return [one.key for one in first_steps(home) if one.done]


def needed(home):
    return [one.key for one in first_steps(home) if not one.done and not one.optional]


def test_somebody_new_has_everything_before_them_but_no_side_check_without_a_run(home):
    assert done(home) == []
    assert needed(home) == ["profile", "runs", "tests", "plan"]


def test_a_week_with_free_minutes_is_a_profile(home):
    known = replace(home, profile=replace(home.profile, free=(FreeSlot(weekday=2, minutes=40),)))
    assert done(known) == ["profile"]


def test_with_runs_the_side_check_is_needed_and_tests_are_not(home):
    keep_index(home, MONDAY, 4.0)
    assert done(home) == ["runs"]
    assert needed(home) == ["profile", "side_check", "plan"]


def test_who_has_no_device_goes_on_with_tests_alone(home):
    add_entered(home, Entered(test="single_leg_calf_raise", left="22", right="26", day=MONDAY))
    assert needed(home) == ["profile", "plan"]
