"""The plan's keeping: made of what is kept, moved, locked, made anew around what happened, taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from tests.data_folders import lay_out

from evenstride.errors import InvalidRequest, PlanConflict, UnknownEntry
from evenstride.model import FreeSlot, PlannedRun, Profile, Race, SessionLog
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import broken_rules
from evenstride.service import plan as plans
from evenstride.service.calendar import read_change
from evenstride.service.home import Home
from evenstride.service.plan_export import ExportTo, export_plan
from evenstride.service.plan_request import PlanAsked, plan_for, request_for
from evenstride.service.plan_runs import CalendarWords
from evenstride.service.plan_why import why
from evenstride.service.returning import Told, begin, log_return
from evenstride.store import (
    add_athlete,
    add_session_logs,
    calendar_entries,
    close_store,
    kept_plans,
    open_store,
    plan_in_force,
)

MONDAY = date(2026, 5, 4)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
ADA = Profile(
    name="Ada",
    timezone="Europe/Berlin",
    mass_kg=68.0,
    runs=(
        PlannedRun(weekday=1, kind="intervals", minutes=60, at=time(18)),
        PlannedRun(weekday=3, kind="easy", minutes=50),
        PlannedRun(weekday=6, kind="long", minutes=110, at=time(8)),
    ),
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (0, 2, 3, 4, 5)),
    equipment=("dumbbell", "band", "low_box"),
)


@pytest.fixture
def store(tmp_path, sqlite_schema):
    lay_out(sqlite_schema, tmp_path / "data")
    opened = open_store(None, tmp_path / "data")
    yield opened
    close_store(opened)


@pytest.fixture
def ada(store):
    """A runner on the first day of the plans in these tests."""
    one = add_athlete(store, ADA, datetime(2026, 5, 1, tzinfo=UTC)).id
    return Home(store=store, athlete_id=one, profile=ADA, today=MONDAY)


def strength(plan, week=0):
    first = plan.start + week * WEEK
    return [one for one in plan.sessions if one.kind == "strength" and first <= one.day < first + WEEK]


def binding(plan, request):
    return [one for one in broken_rules(plan, request, load_catalogue()) if one.binding]


def log(home, *sessions, done=True):
    add_session_logs(
        home.store, home.athlete_id, [SessionLog(session=one.id, day=one.day, done=done) for one in sessions], home.now
    )


# -- made, shown ----------------------------------------------------------------------------------------------------


def test_a_plan_is_made_of_the_profile_and_kept(ada):
    kept = plans.make(ada, weeks=4).kept
    assert (kept.plan.start, kept.plan.weeks, kept.began, kept.plan.athlete) == (MONDAY, 4, MONDAY, "Ada")
    assert [run.kind for run in kept.plan.runs] == ["intervals", "easy", "long"] * 4
    assert all(len(strength(kept.plan, week)) == 2 for week in range(3))
    assert plans.show(ada) == kept


def test_the_solver_is_timed(ada):
    assert plans.make(ada, weeks=2).kept.plan.solver.seconds > 0


def test_a_plan_begins_today_unless_it_is_said_otherwise(ada):
    home = replace(ada, today=date(2026, 5, 6))
    assert plans.make(home, weeks=2).kept.plan.start == date(2026, 5, 6)
    assert plans.make(home, weeks=2, start=MONDAY + 2 * WEEK).kept.plan.start == MONDAY + 2 * WEEK


@pytest.mark.parametrize("weeks", [0, 53])
def test_a_plan_has_one_to_fifty_two_weeks(ada, weeks):
    with pytest.raises(InvalidRequest, match="1 to 52 weeks"):
        plans.make(ada, weeks=weeks)


def test_without_a_plan_the_command_that_makes_one_is_named(ada):
    with pytest.raises(UnknownEntry, match="no plan yet") as refused:
        plans.show(ada)
    assert "evenstride plan make" in refused.value.help


def test_what_cannot_be_planned_is_refused_with_rules_and_ways_out_and_nothing_is_kept(store):
    profile = replace(ADA, name="Ben", free=())
    one = add_athlete(store, profile, datetime(2026, 5, 1, tzinfo=UTC)).id
    home = Home(store=store, athlete_id=one, profile=profile, today=MONDAY)
    with pytest.raises(PlanConflict) as conflict:
        plans.make(home, calendar=CalendarWords(runs=("2026-05-06 easy 45",)))
    assert (conflict.value.rules, bool(conflict.value.ways_out)) == (("R-AVAIL",), True)
    assert (kept_plans(store, one), calendar_entries(store, one)) == ((), ())


def test_what_is_made_keeps_every_binding_rule(ada):
    planned = plan_for(ada, PlanAsked(start=MONDAY, weeks=6))
    assert binding(planned.plan, planned.request) == []


def test_a_plan_looks_at_runs_from_four_weeks_before_it_to_four_days_after(ada):
    request, _ = request_for(ada, PlanAsked(start=MONDAY, weeks=2))
    assert min(run.day for run in request.calendar) == MONDAY - 4 * WEEK + DAY
    assert max(run.day for run in request.calendar) == MONDAY + 2 * WEEK + 3 * DAY


@pytest.mark.parametrize("first", [0, 6])
def test_a_plans_last_days_mind_the_runs_just_after_it_and_it_speaks_of_its_own_days_only(ada, first):
    start = MONDAY + first * DAY
    planned = plan_for(ada, PlanAsked(start=start, weeks=2))
    plan, end = planned.plan, start + 2 * WEEK
    strength = {one.day for one in plan.sessions if one.kind == "strength"}
    long_runs = {run.day for run in planned.request.calendar if run.kind == "long"}
    assert not strength & {day - DAY for day in long_runs}
    assert strength
    assert (end in long_runs) == (first == 6)
    assert all(start <= run.day < end for run in plan.runs)
    assert all(start <= one.day < end for one in (*plan.sessions, *plan.reassessments))
    assert binding(plan, planned.request) == []


def test_a_long_run_after_the_plans_end_is_not_advised_on(ada):
    longer = CalendarWords(runs=("2026-05-18 long 240 08:00",))
    plan = plans.make(ada, weeks=2, calendar=longer).kept.plan
    assert not [one for one in plan.advice if one.rule == "R-SPIKE"]


def test_a_return_to_running_is_part_of_the_request(ada):
    begin(ada, side="left", site="calf")
    request, _ = request_for(ada, PlanAsked(start=MONDAY, weeks=2))
    assert request.return_stage == "walking"


def test_a_plan_beside_a_return_says_where_running_is_decided(ada):
    begin(ada, side="left", site="calf")
    assert any(
        "under way (left calf, stage “walking and single-leg control” since 4 May 2026)" in note
        and "return show" in note
        for note in plans.make(ada, weeks=1).notes
    )


def test_a_plan_beside_a_referral_says_that_there_is_no_running(ada):
    begin(ada, side="left", site="calf")
    log_return(ada, Told(during_0_10=7, after_0_10=6))
    assert any("no running until then" in note for note in plans.make(ada, weeks=1).notes)


# -- the calendar ---------------------------------------------------------------------------------------------------


def test_runs_of_single_days_come_with_the_plan(ada):
    words = CalendarWords(runs=("2026-05-06 tempo 45", "2026-05-06 easy 20"), no_runs=("2026-05-05",))
    plan = plans.make(ada, weeks=1, calendar=words).kept.plan
    assert [(run.day.day, run.kind) for run in plan.runs] == [(6, "easy"), (6, "tempo"), (7, "easy"), (10, "long")]


def test_a_calendar_file_stands_for_its_weeks(ada, tmp_path):
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Easy run", "DTSTART:20260508T160000Z",
             "DURATION:PT45M", "END:VEVENT", "BEGIN:VEVENT", "UID:2", "SUMMARY:Dentist", "DTSTART:20260508T080000Z",
             "DURATION:PT45M", "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    (tmp_path / "mine.ics").write_bytes("\r\n".join(lines).encode())
    made = plans.make(ada, weeks=2, calendar=CalendarWords(ics=tmp_path / "mine.ics"))
    assert [(run.day, run.kind) for run in made.kept.plan.runs if run.day < MONDAY + WEEK] == [
        (date(2026, 5, 8), "easy")
    ]
    assert len([run for run in made.kept.plan.runs if run.day >= MONDAY + WEEK]) == 3
    assert made.notes == ("Left aside, as no runs: Dentist.",)


def test_a_calendar_file_without_runs_is_refused(ada, tmp_path):
    (tmp_path / "mine.ics").write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    with pytest.raises(InvalidRequest, match=r"no run in mine\.ics"):
        plans.make(ada, weeks=2, calendar=CalendarWords(ics=tmp_path / "mine.ics"))


def test_a_table_of_runs_is_read_and_its_bad_rows_are_named(ada, tmp_path):
    (tmp_path / "mine.csv").write_text("date,kind,minutes\n2026-05-06,tempo,45\n2026-05-07,fast,45\n")
    made = plans.make(ada, weeks=1, calendar=CalendarWords(csv=tmp_path / "mine.csv"))
    assert [run.kind for run in made.kept.plan.runs] == ["intervals", "tempo", "easy", "long"]
    assert made.notes[0].startswith("mine.csv, line 3")


def test_the_last_word_on_a_day_counts(ada):
    plans.make(ada, weeks=2)
    plans.change_runs(ada, read_change("2026-05-06 tempo 45"))
    plans.change_runs(ada, read_change("2026-05-06 rest"))
    assert [run.day.day for run in plans.show(ada).plan.runs if run.day < MONDAY + WEEK] == [5, 7, 10]


def test_an_added_run_makes_way_for_itself(ada):
    plan = plans.make(ada, weeks=3).kept.plan
    first = strength(plan, 1)[0]
    made = plans.change_runs(ada, read_change(f"{first.day + DAY} intervals 60"))
    assert first.id not in [one.id for one in made.kept.plan.sessions if one.kind == "strength"]
    assert any(run.day == first.day + DAY and run.kind == "intervals" for run in made.kept.plan.runs)
    assert not made.difference.nothing
    request, _ = request_for(ada, PlanAsked(start=MONDAY, weeks=3))
    about_days = {"R-24H", "R-AFTER-EASY", "R-NONCONSEC", "R-FREQ", "R-AVAIL", "R-DELOAD", "R-PROGRESS"}
    assert {one.rule for one in binding(made.kept.plan, request)} & about_days == set()


def test_a_run_moves_with_its_time(ada):
    plans.make(ada, weeks=2)
    plan = plans.change_runs(ada, read_change("2026-05-10 -> 2026-05-09")).kept.plan
    assert [(run.day.day, run.at) for run in plan.runs if run.kind == "long" and run.day < MONDAY + WEEK] == [
        (9, time(8))
    ]


@pytest.mark.parametrize("text", ["2026-05-06 rest", "2026-05-06 -> 2026-05-07"])
def test_a_run_that_is_not_there_cannot_go(ada, text):
    plans.make(ada, weeks=2)
    with pytest.raises(InvalidRequest, match="There is no run on 2026-05-06"):
        plans.change_runs(ada, read_change(text))
    assert len(kept_plans(ada.store, ada.athlete_id)) == 1


def test_a_race_is_taken_away_in_the_profile(ada):
    home = replace(ada, profile=replace(ADA, races=(Race(day=date(2026, 6, 5), priority="C"),)))
    plans.make(home, weeks=2)
    with pytest.raises(InvalidRequest, match="race of the profile"):
        plans.change_runs(home, read_change("2026-06-05 rest"))


def test_a_run_in_place_of_another_says_so(ada):
    plans.make(ada, weeks=1)
    made = plans.change_runs(ada, read_change("2026-05-05 easy 30"))
    assert made.notes == ("In place of the intervals run of 60 min on 2026-05-05.",)


def test_a_run_beyond_the_plan_says_that_it_lies_there(ada):
    plans.make(ada, weeks=2)
    notes = plans.change_runs(ada, read_change("2026-05-20 easy 40")).notes
    assert "2026-05-20 lies after the plan, which goes from 2026-05-04 to 2026-05-17." in notes


def test_runs_can_be_changed_before_there_is_a_plan(ada):
    made = plans.change_runs(ada, read_change("2026-05-06 tempo 45"))
    assert made.kept is None
    assert "evenstride plan make" in made.notes[-1]
    assert "tempo" in [run.kind for run in plans.make(ada, weeks=1).kept.plan.runs]


# -- moved, locked, taken back --------------------------------------------------------------------------------------


def test_a_session_moves_and_stays_there(ada):
    plan = plans.make(ada, weeks=3).kept.plan
    first = strength(plan)[0]
    day = first.day + DAY
    made = plans.move(ada, first.id, day)
    assert (made.session.day, made.session.locked, made.session.kind) == (day, True, "strength")
    assert [(one.before.id, one.after.id) for one in made.difference.moved if one.before.id == first.id] == [
        (first.id, made.session.id)
    ]
    again = plans.change_runs(ada, read_change("2026-05-14 easy 60")).kept.plan
    assert [one.locked for one in again.sessions if one.id == made.session.id] == [True]


def test_moving_a_session_leaves_other_weeks_where_they_were(ada):
    plan = plans.make(ada, weeks=4).kept.plan
    first = strength(plan)[0]
    after = plans.move(ada, first.id, first.day + DAY).kept.plan
    days = [[one.day for one in strength(one_plan, week)] for one_plan in (plan, after) for week in (1, 2, 3)]
    assert days[:3] == days[3:]


@pytest.mark.parametrize("act", [
    lambda home, one: plans.move(home, one.id, one.day + DAY),
    lambda home, one: plans.change_runs(home, read_change(f"{one.day + WEEK + DAY} intervals 45")),
], ids=["move", "run"])  # fmt: skip
def test_a_small_change_changes_little(ada, act):
    plan = plans.make(ada, weeks=8).kept.plan
    difference = act(ada, strength(plan)[0]).difference
    own = [one for one in (*difference.added, *difference.removed) if one.slot in ("free", "after_run")]
    assert (len(difference.moved) + len(own) <= 4, len(difference.changed) <= 3) == (True, True)


def test_a_rule_that_forbids_the_day_is_named_and_nothing_changes(ada):
    held = plans.make(ada, weeks=2).kept
    first = strength(held.plan)[0]
    with pytest.raises(PlanConflict) as conflict:
        plans.move(ada, first.id, date(2026, 5, 9))  # the day before the long run
    assert conflict.value.rules == ("R-24H",)
    assert conflict.value.inputs[0] == f"move: {first.id} to 2026-05-09"
    assert plans.show(ada) == held


def test_a_day_without_free_minutes_is_no_day_for_a_session(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    with pytest.raises(PlanConflict) as conflict:
        plans.move(ada, strength(plan)[0].id, date(2026, 5, 10))
    assert conflict.value.rules == ("R-AVAIL",)


def test_a_mobility_session_moves_in_its_style_or_the_rule_is_named(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    own = [one for one in plan.sessions if one.mobility and one.slot in ("free", "after_run")]
    one = next(one for one in own if one.mobility.style != "recovery")
    moved, rules = 0, set()
    for day in (MONDAY + n * DAY for n in (2, 3, 4, 5) if MONDAY + n * DAY != one.day):
        try:
            made = plans.move(ada, one.id, day)
        except PlanConflict as conflict:
            rules |= set(conflict.rules)
        else:
            moved += 1
            assert (made.session.day, made.session.mobility.style) == (day, one.mobility.style)
            plans.undo(ada)
    assert (moved > 0, rules <= {"R-MOB-WEEK"}) == (True, True)


@pytest.mark.parametrize(
    ("kind", "slot", "says"), [("mobility", "pre_run", "belongs to its run"), ("test", "free", "R-TEST")]
)
def test_pieces_of_runs_and_tests_stand_where_rules_put_them(ada, kind, slot, says):
    plan = plans.make(ada, weeks=6).kept.plan
    one = next(one for one in plan.sessions if one.kind == kind and (one.slot == slot or kind == "test"))
    for act in (lambda: plans.move(ada, one.id, one.day + DAY), lambda: plans.lock(ada, one.id)):
        with pytest.raises(InvalidRequest, match=says):
            act()


def test_a_session_cannot_leave_the_plan(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    with pytest.raises(InvalidRequest, match="beyond the plan"):
        plans.move(ada, strength(plan)[0].id, MONDAY + 2 * WEEK)


def test_a_day_that_has_a_session_of_that_sort_takes_no_second_one(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    one, there = strength(plan)[0], strength(plan, 1)[0]
    with pytest.raises(InvalidRequest, match=f"{there.id} stands on {there.day} already"):
        plans.move(ada, one.id, there.day)


def test_what_is_done_does_not_move(ada):
    first = strength(plans.make(ada, weeks=2).kept.plan)[0]
    log(ada, first)
    with pytest.raises(InvalidRequest, match="done already"):
        plans.move(ada, first.id, first.day + DAY)


def test_a_lock_is_kept_and_taken_off(ada):
    first = strength(plans.make(ada, weeks=2).kept.plan)[0]
    assert plans.lock(ada, first.id).session.locked
    assert [one.locked for one in plans.show(ada).plan.sessions if one.id == first.id] == [True]
    assert plans.lock(ada, first.id).kept.number == 2  # it is locked already: nothing new is kept
    assert not plans.lock(ada, first.id, off=True).session.locked


def test_a_locked_session_stays_when_a_plan_is_made_anew(ada):
    plan = plans.make(ada, weeks=3).kept.plan
    moved = plans.move(ada, strength(plan)[0].id, strength(plan)[0].day + DAY).session
    assert moved.id in [one.id for one in plans.make(ada, weeks=3).kept.plan.sessions if one.locked]


def test_undo_brings_plan_and_calendar_back(ada):
    first = plans.make(ada, weeks=2).kept
    plans.change_runs(ada, read_change("2026-05-07 intervals 45"))
    undone = plans.undo(ada)
    assert undone.kept == first
    assert calendar_entries(ada.store, ada.athlete_id) == ()
    assert undone.notes == ("Taken back: 2026-05-07 intervals 45.",)
    assert plans.undo(ada).kept is None
    with pytest.raises(UnknownEntry):
        plans.undo(ada)


# -- what was missed ------------------------------------------------------------------------------------------------


def test_a_missed_session_is_planned_again(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    missed = strength(plan)[0]
    home = replace(ada, today=missed.day + DAY)
    made = plans.replan(home)
    assert missed.id in made.notes[0]
    assert missed.id not in [one.id for one in made.kept.plan.sessions]
    assert (made.kept.plan.start, made.kept.plan.weeks) == (plan.start, plan.weeks)
    gone = [one.id for one in made.difference.removed] + [one.before.id for one in made.difference.moved]
    assert missed.id in gone
    assert len(strength(made.kept.plan)) >= 1


def test_what_is_logged_as_done_is_not_missed(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    done = strength(plan)[0]
    log(ada, done)
    made = plans.replan(replace(ada, today=done.day + DAY))
    assert done.id in [one.id for one in made.kept.plan.sessions]
    assert not any("missed" in note for note in made.notes)


def test_what_is_logged_as_missed_counts_as_that_at_once(ada):
    plan = plans.make(ada, weeks=3).kept.plan
    first, second = strength(plan)[:2]
    log(ada, first)
    log(ada, second, done=False)
    home = replace(ada, today=second.day + DAY)
    request, _ = request_for(home, PlanAsked(start=home.today, weeks=2))
    assert (first.id in [one.id for one in request.past], second.id in [one.id for one in request.past]) == (
        True,
        False,
    )


def test_days_that_were_logged_never_change(ada):
    plan = plans.make(ada, weeks=4).kept.plan
    done = strength(plan)
    log(ada, *done)
    home = replace(ada, today=MONDAY + WEEK)
    after = plans.change_runs(home, read_change("2026-05-14 intervals 45")).kept.plan
    past = [[one for one in each.sessions if one.day <= done[-1].day] for each in (plan, after)]
    assert past[0] == past[1]
    assert after.week_list[0] == plan.week_list[0]
    assert [week.number for week in after.week_list] == [1, 2, 3, 4]


def test_a_plan_made_anew_ends_on_its_day(ada):
    home = replace(ada, today=date(2026, 5, 7))
    plan = plans.make(home, weeks=2).kept.plan
    log(home, *(one for one in strength(plan) if one.day < date(2026, 5, 13)))
    after = plans.change_runs(replace(home, today=date(2026, 5, 13)), read_change("2026-05-18 easy 30")).kept.plan
    end = plan.start + 2 * WEEK
    assert (after.start, after.weeks) == (plan.start, 2)
    assert max(one.day for one in after.sessions) < end
    assert max(run.day for run in after.runs) < end


def test_a_plan_that_is_over_is_not_made_anew(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    log(ada, strength(plan)[0])
    with pytest.raises(InvalidRequest, match="ended on 2026-05-17"):
        plans.replan(replace(ada, today=date(2026, 6, 1)))


def test_a_programme_goes_on_from_plan_to_plan(ada):
    plan = plans.make(ada, weeks=3).kept.plan
    log(ada, *strength(plan), *strength(plan, 1), *strength(plan, 2))
    home = replace(ada, today=MONDAY + 3 * WEEK)
    second = plans.make(home, weeks=3).kept
    assert (second.began, second.plan.week_list[0].number) == (MONDAY, 4)


def test_after_a_break_of_four_weeks_a_programme_begins_again(ada):
    plan = plans.make(ada, weeks=3).kept.plan
    log(ada, *strength(plan))
    home = replace(ada, today=MONDAY + 8 * WEEK)
    again = plans.make(home, weeks=3).kept
    assert (again.began, again.plan.week_list[0].number) == (home.today, 1)


# -- why, export ----------------------------------------------------------------------------------------------------


def test_a_session_is_found_by_the_beginning_of_its_name(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    first = strength(plan)[0]
    assert plans.find_session(plan, first.id[:-2]) == first
    assert plans.find_session(plan, str(first.day)) == first
    with pytest.raises(UnknownEntry, match="Several sessions") as several:
        plans.find_session(plan, "2026-05")
    assert first.id in several.value.help
    with pytest.raises(UnknownEntry, match="no session 2027"):
        plans.find_session(plan, "2027")


def test_why_explains_every_session_with_its_rules(ada):
    plan = plans.make(ada, weeks=6).kept.plan
    for one in plan.sessions:
        answer = why(plan, one.id)
        assert answer.sessions == (one,)
        assert answer.rules
        assert {rule.id for rule in answer.rules} == {because.rule for because in one.because}
        assert all(exercise.because for exercise in one.exercises)


def test_why_says_that_there_is_no_rule_of_that_name(ada):
    plan = plans.make(ada, weeks=1).kept.plan
    with pytest.raises(UnknownEntry, match="There is no session, exercise or rule R-XX in the plan"):
        why(plan, "R-XX")


def test_why_explains_an_exercise_and_a_rule(ada):
    plan = plans.make(ada, weeks=2).kept.plan
    answer = why(plan, "Single-leg Romanian deadlift")
    assert (answer.asked, answer.exercise.id) == ("exercise", "single_leg_romanian_deadlift")
    assert [one.id for one in answer.sessions] == [one.id for one in plan.sessions if one.kind == "strength"]
    assert why(plan, "r-24h").rules == (load_catalogue().rules["R-24H"],)
    with pytest.raises(UnknownEntry) as unknown:
        why(plan, "split_sqat")
    assert "split_squat" in unknown.value.help


def test_why_explains_the_rules_of_a_return_too(ada):
    plan = plans.make(ada, weeks=1).kept.plan
    assert why(plan, "rr-demand").rules[0].id == "RR-DEMAND"


def test_a_calendar_that_took_a_plan_is_told_what_is_gone(ada, tmp_path):
    plan = plans.make(ada, weeks=2).kept.plan
    first = strength(plan)[0]
    export_plan(ada, ExportTo(ics=tmp_path / "a.ics"))
    assert b"CANCELLED" not in (tmp_path / "a.ics").read_bytes()
    plans.move(ada, first.id, first.day + DAY)
    export_plan(ada, ExportTo(ics=tmp_path / "b.ics"))
    text = (tmp_path / "b.ics").read_bytes().replace(b"\r\n ", b"")
    cancelled = [event for event in text.split(b"BEGIN:VEVENT") if b"CANCELLED" in event]
    assert any(first.id.encode() in event for event in cancelled)


def test_a_plan_that_no_calendar_took_is_never_cancelled(ada, tmp_path):
    plan = plans.make(ada, weeks=2).kept.plan
    plans.move(ada, strength(plan)[0].id, strength(plan)[0].day + DAY)
    export_plan(ada, ExportTo(ics=tmp_path / "a.ics"))
    assert b"CANCELLED" not in (tmp_path / "a.ics").read_bytes()


def test_every_form_is_written(ada, tmp_path):
    plan = plans.make(ada, weeks=1).kept.plan
    to = ExportTo(fit=tmp_path / "fit", csv=tmp_path / "a.csv", html=tmp_path / "a.html")
    files = export_plan(ada, to)
    assert all(path.stat().st_size > 100 for path in files.paths)
    assert files.n_workouts == len(list((tmp_path / "fit").iterdir())) >= len(strength(plan))
    with pytest.raises(InvalidRequest, match="Nothing to write"):
        export_plan(ada, ExportTo())


# -- the way back to running ----------------------------------------------------------------------------------------


def test_a_session_counts_with_its_morning(ada):
    begin(ada, side="left", site="calf")
    first = log_return(ada, Told(during_0_10=1, after_0_10=0))
    assert (first.decision.rule, first.state.good) == ("RR-WAIT", 0)
    later = log_return(replace(ada, today=MONDAY + DAY), Told(morning_0_10=0))
    assert (later.decision.outcome, later.state.good, later.state.recent[0].during_0_10) == ("go_on", 1, 1)


def test_a_second_return_waits_for_the_first(ada):
    begin(ada, side="left", site="calf")
    with pytest.raises(InvalidRequest, match="under way"):
        begin(ada, side="right", site="foot")


def test_plans_in_force_are_never_mixed_up_with_another_athletes(ada, store):
    plans.make(ada, weeks=1)
    ben = add_athlete(store, replace(ADA, name="Ben"), datetime(2026, 5, 1, tzinfo=UTC)).id
    assert plan_in_force(store, ben) is None
