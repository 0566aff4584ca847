"""An address for a calendar program: secret, revocable, the same bytes while nothing is new."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from tests.data_folders import lay_out
from tests.plans import example_plan

from evenstride.errors import UnknownEntry
from evenstride.model import Profile
from evenstride.service.calendar_feed import close_feed, feed_calendar, feed_now, open_feed, owner_of_feed
from evenstride.service.home import Home
from evenstride.store import NewPlan, add_athlete, add_plan, close_store, open_store, undo_plan
from evenstride.store.connection import reading
from evenstride.store.tables import calendar_feed

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, sqlite_schema):
    lay_out(sqlite_schema, tmp_path / "data")
    store = open_store(None, tmp_path / "data")
    anna = add_athlete(store, Profile(name="Anna", timezone="Europe/Berlin"), NOW)
    yield Home(store=store, athlete_id=anna.id, profile=anna.profile, today=date(2026, 5, 20), moment=NOW)
    close_store(store)


def keep(home, plan, moment=NOW):
    add_plan(home.store, home.athlete_id, NewPlan(plan=plan, began=plan.start, why="made"), moment)


def test_the_secret_leads_to_its_owner_and_is_not_kept(home):
    secret = open_feed(home)
    assert owner_of_feed(home.store, secret).id == home.athlete_id
    with reading(home.store) as connection:
        (row,) = connection.execute(select(calendar_feed)).all()
    assert secret not in str(tuple(row))


def test_an_ended_address_and_one_that_never_was_are_told_apart_by_nobody(home):
    secret = open_feed(home)
    close_feed(home)
    assert feed_now(home) is None
    with pytest.raises(UnknownEntry) as ended:
        owner_of_feed(home.store, secret)
    with pytest.raises(UnknownEntry) as never:
        owner_of_feed(home.store, "anything")
    assert str(ended.value) == str(never.value)
    with pytest.raises(UnknownEntry):
        close_feed(home)


def test_a_new_address_ends_the_one_before(home):
    old, new = open_feed(home), open_feed(home)
    assert owner_of_feed(home.store, new).id == home.athlete_id
    with pytest.raises(UnknownEntry):
        owner_of_feed(home.store, old)


def test_the_same_plan_gives_the_same_bytes_whenever_it_is_asked(home):
    keep(home, example_plan())
    assert feed_calendar(home) == feed_calendar(replace(home, moment=NOW + timedelta(days=3)))


def test_what_a_plan_loses_is_gone_and_what_comes_back_is_newer(home):
    plan = example_plan()
    keep(home, plan)
    before = feed_calendar(home)
    keep(home, replace(plan, sessions=plan.sessions[1:]), NOW + timedelta(hours=1))
    fewer = feed_calendar(home)
    assert (b"CANCELLED" in fewer, plan.sessions[0].id.encode() in fewer) == (False, False)
    undo_plan(home.store, home.athlete_id, NOW + timedelta(hours=2))
    again = feed_calendar(home)
    assert plan.sessions[0].id.encode() in again
    assert revision(again) > revision(fewer) > revision(before)


def test_without_a_plan_the_calendar_is_empty(home):
    assert b"VEVENT" not in feed_calendar(home)


def revision(calendar):
    return int(calendar.split(b"SEQUENCE:")[1].split(b"\r\n")[0])
