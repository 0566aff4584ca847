"""The runs of a range of days: the usual week, dated changes, tables, calendar files, races."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import InvalidRequest, TooLarge, UnreadableInput
from evenstride.model import (
    CalendarChange,
    CalendarRun,
    PlannedRun,
    Profile,
    Race,
    Recording,
    RunCalendar,
    RunReport,
    Source,
    StoredRun,
)
from evenstride.service.calendar import (
    calendar_of,
    change_words,
    longest_run,
    read_change,
    read_changes_csv,
    read_no_run,
)
from evenstride.service.calendar_ics import BYTES_MAX, read_calendar
from evenstride.service.calendar_words import KINDS, recognise

MONDAY, SUNDAY = date(2026, 6, 1), date(2026, 6, 7)
TUESDAY, WEDNESDAY, FRIDAY = date(2026, 6, 2), date(2026, 6, 3), date(2026, 6, 5)
ADA = Profile(
    name="Ada",
    timezone="Europe/Berlin",
    runs=(
        PlannedRun(weekday=1, kind="intervals", minutes=60, at=time(18)),
        PlannedRun(weekday=4, kind="easy", minutes=45),
        PlannedRun(weekday=0, kind="rest", minutes=0),
    ),
)


def week(*changes, files=(), profile=ADA):
    return calendar_of(profile, MONDAY, SUNDAY, changes=changes, files=files)


def days(calendar):
    return [(run.day.isoformat()[5:], run.kind) for run in calendar.runs]


def ics(*events, zone=""):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *zone.splitlines()]
    for n, event in enumerate(events):
        given = event.splitlines()
        uid = [] if any(line.startswith("UID") for line in given) else [f"UID:{n}"]
        lines += ["BEGIN:VEVENT", *uid, *given, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*events, first=MONDAY, last=SUNDAY, timezone="Europe/Berlin", zone=""):
    return read_calendar(ics(*events, zone=zone), first, last, timezone=timezone)


def seen(calendar):
    return [(run.day.isoformat()[5:], run.at and run.at.isoformat("minutes")) for run in calendar.runs]


# The usual week and races


def test_the_usual_week_is_its_runs_on_their_days_and_rest_is_no_run():
    assert days(week()) == [("06-02", "intervals"), ("06-05", "easy")]
    assert week().runs[0].at == time(18)


def test_both_ends_of_the_range_are_included():
    found = calendar_of(ADA, TUESDAY, FRIDAY)
    assert days(found) == [("06-02", "intervals"), ("06-05", "easy")]


@pytest.mark.parametrize("priority", ["A", "B", "C"])
def test_a_race_stands_alone_on_its_day_and_has_no_time_that_nobody_said(priority):
    (run,) = calendar_of(replace(ADA, races=(Race(day=TUESDAY, priority=priority),)), TUESDAY, TUESDAY).runs
    assert (run.kind, run.at, run.note) == ("race", None, f"{priority} race")


def test_a_run_called_a_race_gives_the_race_its_time_and_length():
    ada = replace(ADA, races=(Race(day=SUNDAY, priority="A"),))
    (*_, race) = week(*read_change("2026-06-07 race 95 10:00 21.1km"), profile=ada).runs
    assert (race.minutes, race.at, race.km) == (95, time(10), 21.1)


def test_a_race_is_not_taken_away_by_a_day_without_a_run_and_that_is_said():
    found = week(*read_no_run("2026-06-07"), profile=replace(ADA, races=(Race(day=SUNDAY, priority="B"),)))
    assert found.runs[-1].kind == "race"
    assert found.notes == ("2026-06-07 stays a race: take it out of the profile if it is off.",)


# Dated changes


def test_a_dated_run_stands_in_place_of_the_usual_ones_of_that_day():
    assert days(week(*read_change("2026-06-02 easy 30"))) == [("06-02", "easy"), ("06-05", "easy")]


def test_two_dated_runs_of_one_day_both_stand_in_order_of_time():
    found = week(*read_change("2026-06-02 easy 30 17:00"), *read_change("2026-06-02 hills 40 7:00"))
    assert days(found)[:2] == [("06-02", "hills"), ("06-02", "easy")]


def test_a_day_can_be_left_without_a_run():
    assert days(week(*read_no_run("2026-06-02"))) == [("06-05", "easy")]
    assert days(week(*read_change("2026-06-02 rest"))) == [("06-05", "easy")]


def test_a_moved_run_keeps_what_it_is_and_joins_the_runs_of_its_new_day():
    found = week(*read_change("2026-06-02 -> 2026-06-05"))
    assert days(found) == [("06-05", "easy"), ("06-05", "intervals")]
    assert found.runs[1].at == time(18)


def test_a_move_may_name_a_new_time_of_day():
    assert week(*read_change("2026-06-02 → 2026-06-03 07:15")).runs[0].at == time(7, 15)


def test_two_runs_can_change_places():
    found = week(*read_change("2026-06-02 -> 2026-06-05"), *read_change("2026-06-05 -> 2026-06-02"))
    assert days(found) == [("06-02", "easy"), ("06-05", "intervals")]


def test_a_run_moves_into_the_range_from_outside_of_it():
    assert days(calendar_of(ADA, WEDNESDAY, WEDNESDAY, changes=read_change("2026-05-29 to 2026-06-03"))) == [
        ("06-03", "easy")
    ]


def test_moving_from_a_day_without_a_run_is_said():
    assert week(*read_change("2026-06-03 -> 2026-06-04")).notes == (
        "There is no run on 2026-06-03 that could move to 2026-06-04.",
    )


def test_a_change_far_away_costs_nothing():
    assert days(week(*read_no_run("9998-12-31"))) == days(week())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2026-06-03 fast 60", "'fast'"),
        ("2026-06-03 intervls 60", "intervals"),
        ("2026-06-03 easy", "no minutes"),
        ("2026-06-03 60", "no kind"),
        ("2026-13-03 easy 60", "2026-13-03"),
        ("wed easy 60", "'wed' is no day"),
        ("2026-06-03 easy 60 70", "'70'"),
        ("2026-06-03 tue easy 60", "'tue'"),
        ("2026-06-03 -> tomorrow", "'tomorrow' is no day"),
        ("2026-06-03 -> 2026-06-04 easy", "may only name a time"),
        ("", "at least a day"),
    ],
)
def test_a_change_that_cannot_be_read_names_the_part_that_is_wrong(text, wrong):
    with pytest.raises(InvalidRequest) as refused:
        read_change(text)
    assert wrong in refused.value.text
    assert "2026-06-03 intervals 60 18:00" in refused.value.help


def test_miles_are_read_as_kilometres():
    assert read_change("2026-06-03 long 110 12 miles")[0].run.km == pytest.approx(19.312, abs=1e-3)


changes_st = st.builds(
    lambda day, kind, minutes, km, at: CalendarChange(
        day=day, run=CalendarRun(day=day, kind=kind, minutes=minutes, km=km, at=at)
    ),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(sorted(KINDS)),
    st.integers(1, 1440).map(float),
    st.none() | st.integers(1, 200).map(float),
    st.none() | st.times().map(lambda at: at.replace(second=0, microsecond=0)),
)
moves_st = st.builds(
    CalendarChange,
    day=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    moved_to=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)


@given(changes_st | moves_st)
def test_a_change_is_read_as_it_is_written(change):
    assert read_change(change_words(change)) == (change,)


# Tables


def test_a_table_is_read_with_commas_semicolons_or_tabs_and_in_any_order_of_columns():
    for mark in ",;\t":
        lines = ("Kind,Date,Distance (km),Minutes,Time", "long,2026-06-07,18.5,110,8:00", "")
        table = "\n".join(lines).replace(",", mark)
        (change,), notes = read_changes_csv(table.encode())
        assert (change.run.kind, change.run.km, change.run.minutes, change.run.at) == ("long", 18.5, 110, time(8))
        assert notes == ()


def test_a_table_can_move_and_rest():
    table = b"date,kind,minutes,moved_to\n2026-06-02,,,2026-06-03\n2026-06-05,rest,,\n"
    changes, _ = read_changes_csv(table)
    assert days(week(*changes)) == [("06-03", "intervals")]


def test_a_bad_row_is_named_by_its_line_and_the_others_are_read():
    changes, notes = read_changes_csv(b"date,kind,minutes\nsoon,easy,45\n\n2026-06-04,easy,45\n")
    assert [str(change.day) for change in changes] == ["2026-06-04"]
    assert notes == ("line 2: 'soon' is no day; days are written as 2026-09-20.",)


def test_a_table_writes_minutes_as_hours_too():
    (change,), _ = read_changes_csv(b"date,kind,duration\n2026-06-07,long,1:50:00\n")
    assert change.run.minutes == 110


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00\x01", b"a,b\n1,2\n", b"BEGIN:VCALENDAR", b"x" * 200_000])
def test_what_is_no_table_of_runs_is_refused_in_one_sentence(data):
    with pytest.raises(UnreadableInput) as refused:
        read_changes_csv(data)
    assert refused.value.text.count(".") == 1
    assert "date, kind, minutes" in refused.value.help


# Calendar files


def test_a_time_in_another_zone_is_told_in_the_athletes():
    (run,) = read("SUMMARY:Easy run\nDTSTART;TZID=America/New_York:20260602T200000\nDURATION:PT45M").runs
    assert (run.day, run.at, run.minutes) == (WEDNESDAY, time(2), 45)


def test_a_weekly_run_keeps_its_time_of_day_when_the_clocks_change():
    event = (
        "SUMMARY:Tempo run\nDTSTART;TZID=Europe/Berlin:20261019T180000\n"
        "DTEND;TZID=Europe/Berlin:20261019T190000\nRRULE:FREQ=WEEKLY"
    )
    found = read(event, first=date(2026, 10, 19), last=date(2026, 11, 1))
    assert seen(found) == [("10-19", "18:00"), ("10-26", "18:00")]
    in_new_york = read(event, first=date(2026, 10, 19), last=date(2026, 11, 8), timezone="America/New_York")
    assert seen(in_new_york) == [("10-19", "12:00"), ("10-26", "13:00"), ("11-02", "12:00")]


def test_a_time_without_a_zone_is_the_athletes_own():
    assert seen(read("SUMMARY:Easy run\nDTSTART:20260602T070000\nDURATION:PT1H")) == [("06-02", "07:00")]


def test_a_zone_that_the_file_itself_defines_is_used():
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Club time\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\n"
        "TZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE"
    )
    assert seen(read("SUMMARY:Easy run\nDTSTART;TZID=Club time:20260602T190000\nDURATION:PT1H", zone=zone)) == [
        ("06-02", "18:00")
    ]


def test_an_all_day_event_is_a_run_without_a_time_of_day():
    (run,) = read("SUMMARY:Long run 18 km\nDTSTART;VALUE=DATE:20260607\nDTEND;VALUE=DATE:20260608").runs
    assert (run.day, run.at, run.kind, run.km, run.minutes) == (SUNDAY, None, "long", 18, 0)


def test_the_minutes_of_an_all_day_event_are_those_of_its_title():
    assert read("SUMMARY:Easy run 1h15\nDTSTART;VALUE=DATE:20260607").runs[0].minutes == 75


def test_an_event_with_a_time_and_no_length_counts_as_the_whole_day_and_says_so():
    found = read("SUMMARY:Easy run\nDTSTART:20260602T070000")
    assert seen(found) == [("06-02", None)]
    assert found.notes == ("'Easy run' has no length: it counts as the whole day.",)


def test_exceptions_of_a_repeating_run_are_left_out_or_take_its_place():
    master = (
        "UID:a\nSUMMARY:Easy run\nDTSTART;TZID=Europe/Berlin:20260601T180000\nDURATION:PT45M\n"
        "RRULE:FREQ=DAILY;COUNT=5\nEXDATE;TZID=Europe/Berlin:20260602T180000"
    )
    other = (
        "UID:a\nSUMMARY:Intervals\nRECURRENCE-ID;TZID=Europe/Berlin:20260604T180000\n"
        "DTSTART;TZID=Europe/Berlin:20260604T063000\nDURATION:PT1H"
    )
    assert [(*one, run.kind) for one, run in zip(seen(read(master, other)), read(master, other).runs, strict=True)] == [
        ("06-01", "18:00", "easy"),
        ("06-03", "18:00", "easy"),
        ("06-04", "06:30", "intervals"),
        ("06-05", "18:00", "easy"),
    ]


def test_an_exception_written_in_another_zone_is_the_same_moment():
    event = (
        "SUMMARY:Easy run\nDTSTART;TZID=Europe/Berlin:20260601T180000\nDURATION:PT45M\nRRULE:FREQ=DAILY;COUNT=2\n"
        "EXDATE:20260602T160000Z"
    )
    assert seen(read(event)) == [("06-01", "18:00")]


def test_a_rule_ends_with_its_last_day_or_its_count():
    start = "SUMMARY:Easy run\nDTSTART;VALUE=DATE:20260601\nRRULE:FREQ=DAILY;"
    assert [day for day, _ in seen(read(f"{start}UNTIL=20260603"))] == ["06-01", "06-02", "06-03"]
    assert [day for day, _ in seen(read(f"{start}COUNT=2"))] == ["06-01", "06-02"]


def test_a_rule_that_began_years_ago_still_holds():
    event = "SUMMARY:Club run\nDTSTART;TZID=Europe/Berlin:20120103T190000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TU"
    assert seen(read(event)) == [("06-02", "19:00")]


def test_added_dates_are_runs_too():
    event = "SUMMARY:Easy run\nDTSTART;VALUE=DATE:20260601\nRDATE;VALUE=DATE:20260604,20260606"
    assert [day for day, _ in seen(read(event))] == ["06-01", "06-04", "06-06"]


def test_a_newer_version_of_an_event_stands_for_the_older_one():
    old, new = (
        f"UID:a\nSEQUENCE:{n}\nSUMMARY:Easy run\nDTSTART;VALUE=DATE:2026060{day}" for n, day in ((0, 1), (3, 4))
    )
    assert [day for day, _ in seen(read(old, new))] == ["06-04"]


def test_a_cancelled_event_is_no_run():
    assert read("SUMMARY:Easy run\nSTATUS:CANCELLED\nDTSTART;VALUE=DATE:20260602").runs == ()


def test_what_evenstride_wrote_itself_is_not_read_again():
    found = read("UID:x@evenstride\nSUMMARY:Easy run\nDTSTART;VALUE=DATE:20260602")
    assert (found.runs, found.left_aside) == ((), ())


def test_events_that_are_no_runs_are_left_aside_and_named_once():
    found = read(
        "SUMMARY:Dentist\nDTSTART:20260602T070000Z\nDURATION:PT1H",
        "SUMMARY:Team call\nDTSTART:20260601T070000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4",
        "SUMMARY:Easy run\nDTSTART;VALUE=DATE:20260602",
    )
    assert found.left_aside == ("Dentist", "Team call (4 events)")
    assert len(found.runs) == 1


def test_a_training_camp_of_days_is_not_one_run():
    assert read("SUMMARY:Running camp\nDTSTART;VALUE=DATE:20260602\nDTEND;VALUE=DATE:20260607").runs == ()


def test_a_run_of_no_named_kind_is_easy_with_a_note():
    found = read("SUMMARY:Run with Bo\nDTSTART;VALUE=DATE:20260602\nRRULE:FREQ=DAILY;COUNT=3")
    assert [run.kind for run in found.runs] == ["easy"] * 3
    assert found.notes == ("'Run with Bo' does not say what kind of run it is: taken as easy (3 times).",)


def test_the_description_tells_the_kind_where_the_title_does_not():
    found = read("SUMMARY:Run\nDESCRIPTION:15 min warm-up\\, then 6 x 800 m\nDTSTART;VALUE=DATE:20260602")
    assert found.runs[0].kind == "intervals"
    assert found.notes == ()


BROKEN = [
    "SUMMARY:Broken\nDTSTART:yesterday",
    "SUMMARY:Broken",
    "SUMMARY:Broken run\nDTSTART;VALUE=DATE:20260602\nRRULE:FREQ=SECONDLY",
    "SUMMARY:Broken run\nDTSTART;VALUE=DATE:20260602\nRRULE:FREQ=DAILY;INTERVAL=0;BYMONTH=2",
    "SUMMARY:Broken run\nDTSTART;VALUE=DATE:20260602\nRRULE:FREQ=SOMETIMES",
    "SUMMARY:Broken run\nDTSTART;VALUE=DATE:00010101\nRRULE:FREQ=DAILY",
    "SUMMARY:Broken run\nDTSTART:20260602T070000Z\nDTEND:20260602T080000",
    "SUMMARY:Broken\nthis line means nothing\nDTSTART;VALUE=DATE:20260602",
    "SUMMARY:Broken run\nSEQUENCE:many\nDTSTART;VALUE=DATE:20260602",
]


@pytest.mark.parametrize("event", BROKEN)
def test_a_bad_event_is_named_and_never_stops_the_rest(event):
    found = read("SUMMARY:Easy run\nDTSTART;VALUE=DATE:20260603", event, "SUMMARY:Hills\nDTSTART;VALUE=DATE:20260604")
    others = [one for one in days(found) if one[0] != "06-02"]
    assert others == [("06-03", "easy"), ("06-04", "hills")]
    assert any("Broken" in text for text in (*found.notes, *found.left_aside)) or ("06-02", "easy") in days(found)


def test_a_rule_that_never_comes_true_ends():
    event = "SUMMARY:Easy run\nDTSTART;VALUE=DATE:20260602\nRRULE:FREQ=YEARLY;COUNT=9;BYMONTH=2;BYMONTHDAY=30"
    assert [day for day, _ in seen(read(event))] == ["06-02"]


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\xff" * 50, b'{"a": 1}'])
def test_what_is_no_calendar_is_refused_in_one_sentence(data):
    with pytest.raises(UnreadableInput) as refused:
        read_calendar(data, MONDAY, SUNDAY, timezone="UTC")
    assert refused.value.text == "This is no calendar file."


def test_a_calendar_larger_than_any_is_refused():
    with pytest.raises(TooLarge):
        read_calendar(b"x" * (BYTES_MAX + 1), MONDAY, SUNDAY, timezone="UTC")


def test_a_calendar_without_events_has_no_runs():
    assert read() == RunCalendar()


@settings(max_examples=150)
@given(st.data())
def test_no_damage_to_a_file_is_a_traceback(data):
    whole = ics(
        "UID:a\nSUMMARY:Tempo run 40 min\nDTSTART;TZID=Europe/Berlin:20260601T180000\nDURATION:PT45M\n"
        "RRULE:FREQ=WEEKLY;BYDAY=MO,TH\nEXDATE;TZID=Europe/Berlin:20260604T180000",
        "SUMMARY:Long run\nDTSTART;VALUE=DATE:20260607",
    )
    at = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(max_size=6) | st.sampled_from([b"\r\n", b";", b":", b"BEGIN:VEVENT\r\n", b"0"]))
    hurt = whole[:at] + junk + whole[at + data.draw(st.integers(0, 30)) :]
    with suppress(UnreadableInput):
        found = read_calendar(hurt, MONDAY, SUNDAY, timezone="Europe/Berlin")
        assert all(MONDAY <= run.day <= SUNDAY for run in found.runs)


def test_a_file_stands_for_the_weeks_in_which_it_has_runs_and_no_others():
    file = read("SUMMARY:Tempo run\nDTSTART;VALUE=DATE:20260603", last=date(2026, 6, 14))
    found = calendar_of(ADA, MONDAY, date(2026, 6, 14), files=(file,))
    assert days(found) == [("06-03", "tempo"), ("06-09", "intervals"), ("06-12", "easy")]


def test_dated_changes_have_the_last_word_over_a_file():
    file = read("SUMMARY:Tempo run\nDTSTART;VALUE=DATE:20260603")
    assert days(week(*read_change("2026-06-03 -> 2026-06-04"), files=(file,))) == [("06-04", "tempo")]


def test_a_week_that_the_range_cuts_is_the_files_as_a_whole():
    file = read("SUMMARY:Tempo run\nDTSTART;VALUE=DATE:20260602", first=WEDNESDAY)
    assert days(calendar_of(ADA, WEDNESDAY, SUNDAY, files=(file,))) == []


# Words


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Easy run", "easy"), ("Recovery jog", "easy"), ("Long run 18 km", "long"), ("Sunday long", "long"),
        ("Track", "intervals"), ("6x800m", "intervals"), ("400s", "intervals"), ("Hill repeats", "hills"),
        ("Tempo 40 min", "tempo"), ("Threshold run", "tempo"), ("parkrun", "race"), ("Berlin Marathon", "race"),
        ("Race: Berlin half", "race"), ("Marathon plan: easy 8km", "easy"), ("Recovery run after race", "easy"),
        ("Long run with marathon pace", "tempo"), ("Run", "easy"), ("Half marathon", "race"), ("Triathlon", "race"),
    ],
)  # fmt: skip
def test_titles_are_taken_for_the_hardest_run_that_they_name(title, kind):
    found = recognise(title)
    assert found is not None
    assert found.kind == kind


@pytest.mark.parametrize(
    "title",
    ["Dentist", "Easy ride", "Swim 10x100", "School run", "Run payroll", "Dry run of the talk", "Long lunch",
     "Strength", "Track shipment", "Budget threshold review", "Race to zero meeting", "Long weekend",
     "Rest day", "Training", ""],
)  # fmt: skip
def test_titles_of_other_things_are_no_runs(title):
    assert recognise(title) is None


# The longest run


def stored(day, minutes, metres=None, **tags):
    start = datetime(2026, 6, day, 5, tzinfo=UTC)
    report = RunReport(
        source=Source(name="a.fit", sha256="0", format="fit"), sport="running", start=start, duration_s=minutes * 60.0,
        distance_m=metres, n_records=1, usable_share=1.0, dropped=(),
    )  # fmt: skip
    return StoredRun(
        id=str(day), start=start, duration_s=minutes * 60.0, tags=tags,
        recordings=(Recording(originals=("0",), part=0, method="1", report=report),),
    )  # fmt: skip


def test_the_longest_run_is_of_the_last_thirty_days():
    runs = [stored(1, 200, 30_000.0), stored(10, 90, 15_200.0), stored(20, 100, 14_000.0)]
    found = longest_run(runs, today=date(2026, 7, 5), timezone="UTC")
    assert (found.km, found.minutes) == (15.2, 100)


def test_without_distances_only_minutes_are_known():
    assert longest_run([stored(20, 100)], today=date(2026, 6, 20), timezone="UTC").km is None


def test_a_run_left_out_by_its_tag_or_not_yet_run_does_not_count():
    runs = [stored(10, 300, exclude="yes"), stored(25, 300), stored(11, 50)]
    assert longest_run(runs, today=date(2026, 6, 20), timezone="UTC").minutes == 50


def test_the_day_of_a_run_is_that_of_the_athletes_zone():
    run = replace(stored(20, 60), start=datetime(2026, 6, 20, 23, 30, tzinfo=UTC))
    assert longest_run([run], today=date(2026, 6, 20) + timedelta(days=31), timezone="Asia/Tokyo").minutes == 60
