"""Plans made anew around what was done otherwise than planned: each of these once broke a rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.data_folders import lay_out
from tests.kept_plans import line, log_of
from tests.plans import plan_of
from tests.rule_checks import romanian, tiny, told

from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.model import (
    Adjustment,
    CalendarRun,
    Dose,
    ExerciseLog,
    FreeSlot,
    PlannedRun,
    PlanRequest,
    PlanWeek,
    Profile,
    Race,
    Restriction,
    SessionLog,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.held import held_before
from evenstride.plan.progression import progress_until
from evenstride.plan.rules import broken_rules
from evenstride.plan.schedule import make_plan
from evenstride.plan.weeks import weeks_of
from evenstride.service.calendar import read_change
from evenstride.service.home import Home
from evenstride.service.logs import SessionTold, log_session
from evenstride.service.plan import change_runs, make, replan
from evenstride.service.plan_request import PlanAsked, request_for
from evenstride.store import add_athlete, add_session_logs, close_store, open_store, plan_in_force

MONDAY = date(2026, 5, 4)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
ADA = Profile(
    name="Ada",
    runs=(
        PlannedRun(weekday=1, kind="intervals", minutes=60), PlannedRun(weekday=3, kind="easy", minutes=45),
        PlannedRun(weekday=6, kind="long", minutes=100),
    ),
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (0, 2, 3, 4)),
    equipment=("dumbbell", "band", "low_box"),
)  # fmt: skip


@pytest.fixture
def ada(tmp_path, sqlite_schema):
    lay_out(sqlite_schema, tmp_path / "data")
    store = open_store(None, tmp_path / "data")
    one = add_athlete(store, ADA, datetime(2026, 5, 1, tzinfo=UTC)).id
    yield Home(store=store, athlete_id=one, profile=ADA, today=MONDAY)
    close_store(store)


def own(plan, kind="strength"):
    return [one for one in plan.sessions if one.kind == kind and one.slot in ("free", "after_run")]


def kept(home, *logs):
    add_session_logs(home.store, home.athlete_id, logs, home.now)


def test_before_a_race_that_only_the_calendar_has_nothing_new_begins(ada):
    make(ada, weeks=3)
    plan = change_runs(ada, read_change(f"{MONDAY + WEEK} race 40")).kept.plan
    request, _ = request_for(ada, PlanAsked(start=MONDAY, weeks=3))
    assert [one for one in broken_rules(plan, request) if one.rule == "R-NO-NEW"] == []


def test_strength_done_a_day_later_keeps_its_distance_from_the_day_on_which_it_was_done(ada):
    plan = make(ada, weeks=2).kept.plan
    first = own(plan)[0]
    home = replace(ada, today=first.day + DAY)
    kept(home, SessionLog(session=first.id, day=home.today))
    assert home.today + DAY in [one.day for one in own(plan)]
    assert home.today + DAY not in [one.day for one in own(replan(home).kept.plan)]


def test_strength_outside_the_plan_keeps_its_distance_too(ada):
    plan = make(ada, weeks=2).kept.plan
    first, second = own(plan)[:2]
    home = replace(ada, today=second.day - DAY)
    kept(home, SessionLog(session=first.id, day=first.day), SessionLog(session="", day=home.today))
    assert second.day not in [one.day for one in own(replan(home).kept.plan)]


def test_mobility_that_no_log_tells_of_is_not_taken_for_done_where_another_is():
    def before(day, style):
        made = next(one for one in mobility if one.mobility.style == style)
        return replace(made, id=f"{day}", day=day)

    request = PlanRequest(profile=ADA, start=MONDAY, weeks=1, today=MONDAY)
    mobility = own(make_plan(request, load_catalogue()), "mobility")
    past = (before(MONDAY - 6 * DAY, "dynamic"), before(MONDAY - 3 * DAY, "long_hold"))
    told = SessionLog(session=past[0].id, day=past[0].day, kind="mobility")
    request = replace(request, began=MONDAY - WEEK, past=past, logs=(told,))
    plan = make_plan(request, load_catalogue())
    turns = [one.mobility.style for one in own(plan, "mobility") if one.mobility.style != "recovery"]
    assert turns[0] == "long_hold"
    assert [one for one in broken_rules(plan, request) if one.rule == "R-MOB-WEEK"] == []


def test_a_session_in_place_of_one_that_was_missed_today_has_a_name_of_its_own(ada):
    plan = make(ada, weeks=2).kept.plan
    first = own(plan)[0]
    home = replace(ada, today=first.day)
    log_session(home, SessionTold(session=first.id, missed=True))
    again = change_runs(home, read_change(f"{first.day + 10 * DAY} easy 30")).kept.plan
    assert first.day in [one.day for one in own(again)]
    assert first.id not in [one.id for one in again.sessions]


def test_a_week_that_is_past_was_what_its_plan_said_although_the_race_has_gone():
    loads = ("loading", "taper")
    plan = plan_of([], week_list=tuple(
        PlanWeek(monday=MONDAY + n * WEEK, number=n + 1, part="base", load=load, phase="beginner")
        for n, load in enumerate(loads)
    ))  # fmt: skip
    start = MONDAY + 2 * WEEK
    request = PlanRequest(profile=ADA, start=start, weeks=1, today=start, began=MONDAY, previous=plan)
    assert [one.taper for one in weeks_of(request)] == [False, True, False]


def test_what_was_done_before_a_programme_is_no_loading_week_of_it():
    runs = tuple(CalendarRun(day=MONDAY + n * WEEK + DAY, kind="easy", minutes=45) for n in range(5))
    outside = SessionLog(session="", day=MONDAY - 2 * DAY, exercises=(
        ExerciseLog(exercise="split_squat", left_reps=(8.0,), right_reps=(8.0,)),
    ))  # fmt: skip
    request = PlanRequest(profile=ADA, start=MONDAY, weeks=5, today=MONDAY, calendar=runs, logs=(outside,))
    plan = make_plan(request, load_catalogue())
    assert [one.load for one in plan.week_list][:4] == ["loading", "loading", "loading", "deload"]
    assert [one for one in broken_rules(plan, request) if one.rule == "R-DELOAD"] == []


def test_mobility_that_was_logged_begins_no_strength():
    start = MONDAY + 2 * WEEK
    stretch = ExerciseLog(exercise="glute_bridge", left_reps=(8.0,), right_reps=(8.0,))
    log = SessionLog(session="", day=MONDAY + DAY, kind="mobility", exercises=(stretch,))
    request = PlanRequest(profile=ADA, start=start, weeks=5, today=start, began=MONDAY, logs=(log,))
    plan = make_plan(request, load_catalogue())
    assert all(one.hard for one in own(plan) if one.day < start + 4 * WEEK)
    assert [one for one in broken_rules(plan, request) if one.rule == "R-WHOLE"] == []


def test_who_has_only_stretched_knows_no_strength_to_keep_up_before_a_race():
    stretch = ExerciseLog(exercise="glute_bridge", left_reps=(8.0,), right_reps=(8.0,))
    log = SessionLog(session="", day=MONDAY - DAY, kind="mobility", exercises=(stretch,))
    runner = replace(ADA, races=(Race(day=MONDAY + 10 * DAY, priority="C"),))
    request = PlanRequest(profile=runner, start=MONDAY, weeks=1, today=MONDAY, logs=(log,))
    with pytest.raises(PlanConflict, match="every exercise would be new"):
        make_plan(request, load_catalogue())


def test_a_load_that_the_plan_never_asked_for_need_not_stay_in_a_taper():
    asked = romanian(MONDAY - WEEK, sets=1, load=0.0)
    done = log_of(asked, left_load_kg=6.0)
    runner = replace(ADA, races=(Race(day=MONDAY + WEEK, priority="B"),))
    plan, request = tiny(
        [romanian(MONDAY + DAY, sets=1, load=0.0)], profile=runner,
        past=(asked,), logs=(done,), began=MONDAY - WEEK,
    )  # fmt: skip
    assert told("R-TAPER", plan, request) == []


def test_what_was_done_before_a_programme_is_no_measure_of_its_rises():
    before = log_of(romanian(MONDAY - WEEK, sets=1, reps=6, load=0.0))
    plan, request = tiny([romanian(MONDAY + DAY, sets=2, reps=8, load=4.0)], logs=(before,), began=MONDAY)
    assert told("R-PROGRESS", plan, request) == []
    assert told("R-PROGRESS", plan, replace(request, began=MONDAY - WEEK)) != []


def test_a_plan_made_after_todays_session_knows_it_as_it_was_planned_and_done(ada):
    plan = make(ada, weeks=4).kept.plan
    first = own(plan)[0]
    home = replace(ada, today=first.day)
    log_session(home, SessionTold(session=first.id, as_planned=True))
    again = make(home, weeks=4).kept.plan
    request, _ = request_for(home, PlanAsked(start=home.today, weeks=4))
    assert first in request.past
    assert {first.day, first.day + DAY}.isdisjoint(one.day for one in own(again))
    assert [one for one in broken_rules(again, request) if one.binding] == []


def test_a_plan_made_anew_puts_nothing_on_days_gone_by(ada):
    made = make(ada, weeks=4).kept.plan
    home = replace(ada, today=MONDAY + 11 * DAY)
    around = replan(home).kept.plan
    again = replan(home).kept.plan
    assert [one for one in own(made) if one.day < home.today]
    assert (
        [one for one in own(again) if one.day < home.today]
        == []
        == [one for one in own(around) if one.day < home.today]
    )
    assert [one for one in own(again) if one.day >= home.today]


def test_what_nobody_logged_stays_where_it_was_when_a_run_changes(ada):
    made = make(ada, weeks=4).kept.plan
    free = (*ADA.free, FreeSlot(weekday=5, minutes=40))
    home = replace(ada, today=MONDAY + 11 * DAY, profile=replace(ADA, free=free))
    again = change_runs(home, read_change(f"{MONDAY + 20 * DAY} easy 30")).kept.plan

    def gone_by(plan):
        return [
            (one.day, one.kind) for kind in ("strength", "mobility") for one in own(plan, kind) if one.day < home.today
        ]

    assert gone_by(again) == gone_by(made) != []


def test_a_session_beside_one_that_was_done_has_a_name_of_its_own(ada):
    plan = make(ada, weeks=4).kept.plan
    done = own(plan, "mobility")[0]
    home = replace(ada, today=done.day)
    log_session(home, SessionTold(session=done.id, as_planned=True))
    again = make(home, weeks=4).kept.plan
    assert done.day in [one.day for one in again.sessions if one.kind == "mobility"]
    assert done.id not in [one.id for one in again.sessions]


def test_what_was_left_out_of_a_session_is_not_known_by_it():
    held = romanian(MONDAY - DAY)
    other = replace(held.exercises[0], exercise="split_squat")
    both = replace(held, exercises=(*held.exercises, other))
    request = PlanRequest(profile=ADA, start=MONDAY, weeks=1, today=MONDAY, past=(both,), logs=(log_of(held),))
    assert [line.exercise for one in held_before(request, load_catalogue()) for line in one.exercises] == [
        held.exercises[0].exercise
    ]


def test_a_hold_says_nothing_against_the_first_session_of_a_programme():
    hold = Adjustment(kind="hold", rule="D-HOLD", since=MONDAY, text="")
    squats = (ExerciseLog(exercise="split_squat", left_reps=(8.0,), right_reps=(8.0,)),)
    outside = SessionLog(session="", day=MONDAY - DAY, exercises=squats)
    plan, request = tiny(
        [romanian(MONDAY + DAY)], adjustments=(hold,), logs=(outside,), began=MONDAY - WEEK
    )  # fmt: skip
    assert told("R-REVIEW", plan, request) == []
    held = romanian(MONDAY - DAY, exercises=(replace(romanian(MONDAY).exercises[0], exercise="split_squat"),))
    assert told("R-REVIEW", plan, replace(request, past=(held,), logs=(log_of(held),))) != []


def test_no_load_begins_in_a_light_week():
    light = (MONDAY - WEEK, MONDAY)
    held = [romanian(MONDAY - days * DAY) for days in (6, 3)]
    request = PlanRequest(
        profile=ADA, start=MONDAY, weeks=1, today=MONDAY, began=MONDAY - 2 * WEEK, deload_weeks=light,
        past=tuple(held), logs=tuple(map(log_of, held)),
    )  # fmt: skip
    plan = make_plan(request, load_catalogue())
    assert [one.load for one in plan.week_list] == ["deload"]
    lines = [line for one in own(plan) for line in one.exercises]
    assert lines
    assert [line for line in lines if any(dose.load_kg > 0 for dose in line.doses)] == []


def test_of_two_sessions_of_a_day_the_one_that_no_plan_asked_for_came_last():
    raises = romanian(MONDAY - DAY, exercises=(line("single_leg_calf_raise", Dose(sets=2, reps=8), "left"),))
    heavy = ExerciseLog(
        exercise="single_leg_calf_raise", left_reps=(8.0,), right_reps=(8.0,), left_load_kg=12.0, right_load_kg=12.0
    )
    beside = SessionLog(session="", day=MONDAY - DAY, exercises=(heavy,))
    for logs in ((beside, log_of(raises)), (log_of(raises), beside)):
        request = PlanRequest(
            profile=ADA, start=MONDAY, weeks=2, today=MONDAY, began=MONDAY - WEEK, past=(raises,), logs=logs
        )  # fmt: skip
        progress = progress_until(request, load_catalogue(), weeks_of(request))
        assert progress.clean["single_leg_calf_raise"] == 0


def test_what_a_log_tells_is_known_though_its_plan_is_gone():
    stand = ExerciseLog(exercise="single_leg_stand_eyes_open", left_reps=(30.0,), right_reps=(30.0,))
    told_of = SessionLog(session="gone", day=MONDAY - DAY, exercises=(stand,))
    runner = replace(ADA, races=(Race(day=MONDAY + 9 * DAY, priority="C"),))
    request = PlanRequest(profile=runner, start=MONDAY, weeks=2, today=MONDAY, logs=(told_of,))
    plan = make_plan(request, load_catalogue())
    first = next(one for one in own(plan, "mobility") if one.slot == "free" and one.warm_up)
    assert "single_leg_stand_eyes_open" in first.warm_up
    assert [one for one in broken_rules(plan, request) if one.rule == "R-MOB-PRE"] == []


def test_drills_are_no_measure_of_a_strength_sessions_dose():
    heavy = ExerciseLog(
        exercise="split_squat", left_reps=(12.0,), right_reps=(12.0,), left_load_kg=12.0, right_load_kg=12.0
    )
    for kind, measured in (("strength", True), ("drills", False)):
        log = SessionLog(session="", day=MONDAY - DAY, kind=kind, exercises=(heavy,))
        request = PlanRequest(profile=ADA, start=MONDAY, weeks=2, today=MONDAY, began=MONDAY - WEEK, logs=(log,))
        progress = progress_until(request, load_catalogue(), weeks_of(request))
        assert bool(progress.last) is measured
        assert "split_squat" in progress.known


def test_a_plan_that_is_over_takes_no_place_of_one_that_holds(ada):
    held = make(ada, weeks=4).kept
    with pytest.raises(InvalidRequest, match="over already"):
        make(ada, weeks=4, start=MONDAY - 20 * WEEK)
    assert plan_in_force(ada.store, ada.athlete_id) == held


def test_where_no_jump_may_be_done_no_session_is_called_power():
    runner = replace(ADA, equipment=("dumbbell", "band", "low_box", "bench", "knee_box"))
    request = PlanRequest(profile=runner, start=MONDAY, weeks=30, today=MONDAY)
    banned = replace(runner, restrictions=(Restriction(what="plyometrics", until=MONDAY + 40 * WEEK),))

    def types(one):
        return {
            two.type
            for two in own(make_plan(replace(request, profile=one), load_catalogue()))
            if two.phase == "advanced"
        }

    assert "power" in types(runner)
    assert types(banned) == {"maximal", "endurance"}


def test_what_a_review_asks_in_vain_is_said_though_nothing_changes(ada):
    make(ada, weeks=4)
    asked = Adjustment(
        kind="redistribute",
        rule="D-REDISTRIBUTE",
        since=MONDAY,
        until=MONDAY + 6 * DAY,
        text="",
        side="right",
        amount=1,
    )
    made = replan(ada, adjustments=(asked,))
    assert made.difference.nothing
    assert [note for note in made.notes if "No set more for the right leg" in note]
    assert [one for one in made.kept.plan.given_up if one.rule == "R-REVIEW"]
