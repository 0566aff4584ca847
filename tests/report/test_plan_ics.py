"""What is exported as a calendar is what two independent readers find in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from tests.plans import EXERCISES, MONDAY, example_plan, plan_of, session, strength_session

from evenstride.model import CalendarRun
from evenstride.report.plan_ics import IcsOptions, ics_ids, plan_ics
from evenstride.service.calendar_ics import read_calendar

MADE = datetime(2026, 5, 1, 12, tzinfo=UTC)
OPTIONS = IcsOptions(timezone="Europe/Berlin", made=MADE)
BERLIN = ZoneInfo("Europe/Berlin")


def events(plan, **options):
    data = plan_ics(plan, EXERCISES, replace(OPTIONS, **options))
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def other_events(plan, **options):
    """The same through the second reader."""
    text = plan_ics(plan, EXERCISES, replace(OPTIONS, **options)).decode()
    return vobject.readOne(text).contents.get("vevent", [])


def by_uid(found):
    return {str(event["UID"]): event for event in found}


def timed(day, at, minutes=40.0):
    return plan_of([session(day, at=at, minutes=minutes)], start=day)


def test_every_session_is_one_event_and_both_readers_find_the_same():
    plan = example_plan()
    one, other = events(plan), other_events(plan)
    assert len(one) == len(plan.sessions)
    assert [str(event["SUMMARY"]) for event in one] == [event.summary.value for event in other]
    assert [event["DTSTART"].dt for event in one] == [event.dtstart.value for event in other]
    assert [event["DTEND"].dt for event in one] == [event.dtend.value for event in other]
    assert [str(event["DESCRIPTION"]) for event in one if "DESCRIPTION" in event] == [
        event.description.value for event in other if "description" in event.contents
    ]


def test_a_session_without_a_time_is_a_whole_day_with_its_minutes_in_the_title():
    (event,) = events(plan_of([session(MONDAY, minutes=25.0)]))
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (MONDAY, MONDAY + timedelta(days=1))
    assert event["SUMMARY"] == "Strength, 25 min"
    assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)])
def test_a_time_of_day_is_the_athletes_on_both_sides_of_the_change_of_clocks(day):
    plan = timed(day, time(18))
    (event,), (other,) = events(plan), other_events(plan)
    moment = datetime(day.year, day.month, day.day, 18, tzinfo=BERLIN)
    assert event["DTSTART"].dt.astimezone(UTC) == moment
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert other.dtstart.value.astimezone(UTC) == moment


def test_a_session_through_the_night_of_the_change_lasts_its_minutes():
    (event,) = events(timed(date(2026, 3, 29), time(1, 30), 60.0))
    start, end = event["DTSTART"].dt, event["DTEND"].dt
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(minutes=60)
    assert end.time() == time(3, 30)


def test_the_file_defines_its_zone_so_that_a_reader_without_a_list_of_zones_is_right():
    data = plan_ics(timed(date(2026, 7, 1), time(18)), EXERCISES, OPTIONS).decode()
    assert data.count("BEGIN:VTIMEZONE") == 1
    renamed = data.replace("Europe/Berlin", "Somewhere/Else")
    (event,) = icalendar.Calendar.from_ical(renamed).walk("VEVENT")
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=2)


def test_in_utc_no_zone_is_needed():
    data = plan_ics(timed(MONDAY, time(18)), EXERCISES, replace(OPTIONS, timezone="UTC"))
    assert b"DTSTART:20260504T180000Z" in data
    assert b"VTIMEZONE" not in data


def test_without_times_of_day_no_zone_is_written():
    assert b"VTIMEZONE" not in plan_ics(plan_of([session(MONDAY)]), EXERCISES, OPTIONS)


def test_an_event_keeps_its_identifier_whatever_of_it_changes():
    before = strength_session(MONDAY)
    after = replace(before, day=MONDAY + timedelta(days=2), at=time(7), minutes=33.0, exercises=())
    (one,), (other,) = events(plan_of([before])), events(plan_of([after]), made=MADE + timedelta(days=9))
    assert one["UID"] == other["UID"]


def test_a_later_export_replaces_an_earlier_one():
    (one,) = events(plan_of([session(MONDAY)]))
    (later,) = events(plan_of([session(MONDAY)]), made=MADE + timedelta(seconds=1))
    assert later["SEQUENCE"] > one["SEQUENCE"] >= 0
    assert later["SEQUENCE"] < 2**31
    assert later["LAST-MODIFIED"].dt == later["DTSTAMP"].dt == MADE + timedelta(seconds=1)


def test_the_same_export_is_the_same_bytes():
    assert plan_ics(example_plan(), EXERCISES, OPTIONS) == plan_ics(example_plan(), EXERCISES, OPTIONS)


def test_sessions_that_are_gone_are_cancelled_under_their_identifier():
    old = plan_of([session(MONDAY), session(MONDAY + timedelta(days=2))])
    new = plan_of([session(MONDAY)])
    before, after = by_uid(events(old)), by_uid(events(new, previous=ics_ids(old)))
    assert before.keys() == after.keys()
    assert [str(event["STATUS"]) for event in after.values()] == ["CONFIRMED", "CANCELLED"]
    gone = list(after.values())[-1]
    assert gone["DTSTART"].dt == MONDAY + timedelta(days=2)


def test_a_cancelled_identifier_without_a_day_still_has_one():
    (event,) = events(plan_of([]), previous=["before-the-race"])
    assert event["DTSTART"].dt == MONDAY


def test_two_athletes_in_one_calendar_do_not_replace_each_other():
    ada, bo = plan_of([session(MONDAY)]), plan_of([session(MONDAY)], athlete="Bo")
    assert events(ada)[0]["UID"] != events(bo)[0]["UID"]
    assert events(ada, key="a1")[0]["UID"] == events(bo, key="a1")[0]["UID"]


def test_an_identifier_does_not_show_the_name():
    assert "Ada" not in events(plan_of([session(MONDAY)]))[0]["UID"]


def test_the_description_has_left_before_right_and_the_reasons_below():
    (event,) = events(plan_of([strength_session(MONDAY)]))
    lines = str(event["DESCRIPTION"]).split("\n")
    assert lines[0] == "Warm-up, 5 min, easy: Hip circle, Single leg stand eyes open"
    assert lines[1] == "Single-leg Romanian deadlift: left 3 × 10, 8 kg | right 3 × 10, 8 kg (right first)"
    assert "Split squat: left 2 × 12 | right 3 × 12 (right first)" in lines
    assert "Lateral band walk: 2 × 15, medium band" in lines
    assert lines.index("Why") > lines.index("Lateral band walk: 2 × 15, medium band")
    assert "- a day without a run (R-AFTER-EASY)" in lines
    assert "- Rests on: two clean sessions of the split squat" in lines


def test_lines_are_folded_as_the_format_asks():
    assert max(map(len, plan_ics(example_plan(), EXERCISES, OPTIONS).split(b"\r\n"))) <= 75


def test_runs_are_in_it_when_they_are_asked_for():
    plan = example_plan()
    found = events(plan, runs=True)
    assert len(found) == len(plan.sessions) + len(plan.runs)
    assert any(event["SUMMARY"] == "Long run, 110 min" for event in found)
    assert len({str(event["UID"]) for event in found}) == len(found)


def test_runs_before_the_plan_are_not_exported():
    early = CalendarRun(day=MONDAY - timedelta(days=1), kind="easy", minutes=30)
    assert events(plan_of([], [early]), runs=True) == []


def test_what_is_exported_is_not_read_back_as_runs():
    data = plan_ics(example_plan(), EXERCISES, replace(OPTIONS, runs=True))
    found = read_calendar(data, MONDAY, MONDAY + timedelta(days=13), timezone="Europe/Berlin")
    assert (found.runs, found.left_aside) == ((), ())


@given(
    st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"]
    ),
    st.dates(date(2026, 1, 1), date(2031, 12, 31)),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
def test_every_time_in_every_zone_is_read_back_as_it_was(zone, day, at):
    plan = timed(day, at)
    (event,) = events(plan, timezone=zone)
    assert event["DTSTART"].dt.astimezone(UTC) == datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_no_text_can_add_lines_to_the_calendar():
    nasty = replace(strength_session(MONDAY), assumes=("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\x1b[31m",))
    (event,) = events(plan_of([nasty]))
    assert "\x1b" not in event["DESCRIPTION"]
