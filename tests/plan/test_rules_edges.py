"""Where the rules of days and seasons just hold, and where they just do not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from tests.kept_plans import (
    FREE,
    REPS,
    in_turns,
    kept,
    line,
    log_of,
    mobility,
    on,
    strength,
    with_line,
    with_session,
    without,
)
from tests.plans import MONDAY, session
from tests.rule_checks import LONG_AGO, REGULAR, breaks, done, gate_met, hard, run, tiny, told

from evenstride.model import (
    BrokenRule,
    Dose,
    FreeSlot,
    GivenUp,
    Plan,
    PlannedSession,
    Profile,
    Race,
)
from evenstride.plan.rules import broken_rules

# ---- R-24H


def test_exactly_24_hours_before_a_hard_run_are_enough():
    tuesday = (run(on(1, 1), at=time(18)),)
    assert not breaks("R-24H", [hard(on(1, 0), time(17, 40))], tuesday)
    assert breaks("R-24H", [hard(on(1, 0), time(17, 41))], tuesday)


def test_a_day_without_times_between_is_24_hours():
    assert not breaks("R-24H", [hard(on(1, 0))], (run(on(1, 2)),))
    assert breaks("R-24H", [hard(on(1, 0))], (run(on(1, 1)),))


def test_a_session_across_midnight_ends_on_the_next_day():
    runs = (run(on(1, 1), at=time(23, 59)), run(on(1, 2), at=time(0, 5)))
    assert [one.day for one in told("R-24H", *tiny([hard(on(1, 0), time(23, 50))], runs))] == [on(1, 0)] * 2
    assert not breaks("R-24H", [hard(on(1, 0), time(23, 50))], (run(on(1, 2), at=time(0, 10)),))


def test_strength_after_a_hard_run_of_its_day_is_not_before_it():
    assert not breaks("R-24H", [hard(on(1, 1), slot="after_run")], (run(on(1, 1), at=time(18)),))


def test_easy_runs_and_light_sessions_do_not_count():
    assert not breaks("R-24H", [hard(on(1, 0))], (run(on(1, 1), "easy"),))
    light = hard(on(1, 0), exercises=(line("split_squat", REPS, "left"),))
    assert not breaks("R-24H", [light], (run(on(1, 1)),), **REGULAR)


def test_the_first_four_weeks_and_those_after_a_break_are_hard():
    light = hard(on(1, 0), exercises=(line("split_squat", REPS, "left"),))
    runs = (run(on(1, 1)),)
    assert breaks("R-24H", [light], runs)
    assert breaks("R-24H", [light], runs, **done(hard(MONDAY - timedelta(days=28))) | {"began": LONG_AGO})
    assert not breaks("R-24H", [light], runs, **done(hard(MONDAY - timedelta(days=27))) | {"began": LONG_AGO})


def test_a_race_that_only_the_profile_knows_is_a_hard_run():
    profile = Profile(name="Ada", free=FREE, races=(Race(day=on(1, 1), priority="C"),))
    assert breaks("R-24H", [hard(on(1, 0))], profile=profile)


# ---- R-AFTER-EASY, R-NONCONSEC, R-FREQ


@pytest.mark.parametrize(("at", "holds"), [(time(14), True), (time(13, 59), False), (None, False)])
def test_six_hours_after_a_hard_run_have_to_be_shown(at, holds):
    runs = (run(on(1, 1), at=time(7)),)
    assert breaks("R-AFTER-EASY", [hard(on(1, 1), at, slot="after_run")], runs, **REGULAR) is not holds


def test_strength_at_a_time_before_a_run_of_its_day_is_no_place():
    assert breaks("R-AFTER-EASY", [hard(on(1, 1), time(6))], (run(on(1, 1), "easy", time(18)),))
    assert not breaks("R-AFTER-EASY", [hard(on(1, 1), time(20))], (run(on(1, 1), "easy", time(18)),))


@pytest.mark.parametrize(("minutes", "holds"), [(0, True), (-1, False)])
def test_exactly_48_hours_between_hard_sessions_are_enough_after_the_beginner_phase(minutes, holds):
    later = (on(1, 2), time(18, 20)) if minutes == 0 else (on(1, 2), time(18, 19))
    sessions = [hard(on(1, 0), time(18), phase="intermediate"), hard(*later, phase="intermediate")]
    assert breaks("R-NONCONSEC", sessions) is not holds


def test_without_times_48_hours_need_two_days_between():
    later = {"phase": "intermediate"}
    assert breaks("R-NONCONSEC", [hard(on(1, 0), **later), hard(on(1, 2), **later)])
    assert not breaks("R-NONCONSEC", [hard(on(1, 0), **later), hard(on(1, 3), **later)])


def test_a_beginner_needs_one_day_between_also_across_the_week_and_to_what_was_done():
    assert not breaks("R-NONCONSEC", [hard(on(1, 0)), hard(on(1, 2))])
    assert breaks("R-NONCONSEC", [hard(on(1, 6)), hard(on(2, 0))])
    assert breaks("R-NONCONSEC", [hard(on(1, 0))], **done(hard(MONDAY - timedelta(days=1))))


def test_a_week_counts_from_monday_with_what_was_done_and_without_what_was_missed():
    two = [hard(on(1, 3)), hard(on(1, 5))]
    before = hard(on(1, 1))
    plan, request = tiny(two, **done(before))
    late = replace(plan, start=on(1, 2)), replace(request, start=on(1, 2))
    assert [one.session for one in told("R-FREQ", *late) if one.binding] == [two[1].id]
    missed = replace(request, logs=(replace(request.logs[0], done=False),))
    assert not [one for one in told("R-FREQ", late[0], replace(missed, start=on(1, 2))) if one.binding]
    assert not [one for one in told("R-FREQ", *tiny([hard(on(1, n)) for n in (3, 6, 8, 10)])) if one.binding]


def test_fewer_sessions_than_wanted_are_said_and_then_no_matter():
    plan, request = kept()
    fewer = in_turns(without(plan, f"{on(2, 4)}-strength-1"))
    assert [(one.rule, one.binding, one.day) for one in broken_rules(fewer, request)] == [("R-FREQ", False, on(2, 0))]
    said = replace(fewer, given_up=(GivenUp(rule="R-FREQ", day=on(2, 0), text="a free Friday would make two"),))
    assert broken_rules(said, request) == ()


def advanced(days: list[tuple[date, str]]) -> list[PlannedSession]:
    return [hard(day, phase="advanced", type=kind) for day, kind in days]


def test_three_advanced_sessions_are_one_of_each_type():
    days = [on(1, 0), on(1, 2), on(1, 4)]
    order = [("maximal", "endurance", "maximal"), ("endurance", "maximal", "power")]
    own = gate_met(20, began=MONDAY - timedelta(weeks=12))
    wrong, right = (told("R-FREQ", *tiny(advanced(list(zip(days, kinds, strict=True))), **own)) for kinds in order)
    assert any("one of each type" in one.text for one in wrong)
    assert not [one for one in right if "type" in one.text]


def test_fewer_advanced_sessions_take_turns():
    own = gate_met(20, began=MONDAY - timedelta(weeks=12))
    right = [(on(1, 0), "maximal"), (on(1, 3), "endurance"), (on(2, 0), "power"), (on(2, 3), "maximal")]
    wrong = [(on(1, 0), "maximal"), (on(1, 3), "endurance"), (on(2, 0), "maximal")]
    assert not [one for one in told("R-FREQ", *tiny(advanced(right), **own)) if one.binding]
    assert [one.day for one in told("R-FREQ", *tiny(advanced(wrong), **own)) if one.binding] == [on(2, 0)]


# ---- R-TAPER, R-DELOAD, R-INSEASON, R-NO-NEW


def before_race(priority: Any, *sessions: PlannedSession, race: date | None = None, **own: Any) -> list[str]:
    race = race or on(2, 6)
    profile = Profile(name="Ada", free=FREE, races=(Race(day=race, priority=priority),))
    return [one.text for one in told("R-TAPER", *tiny(list(sessions), profile=profile, **own))]


def three_sets(day: date) -> PlannedSession:
    return strength(day, (1, 3, 1, 1), 0, 20, "left")


def test_sets_fall_from_the_fourteenth_day_before_an_a_race_and_the_seventh_before_b():
    a_race = on(3, 0)
    assert len(before_race("A", three_sets(a_race - timedelta(days=14)), race=a_race)) == 1
    assert not before_race("A", three_sets(a_race - timedelta(days=14)), race=a_race + timedelta(days=1))
    assert len(before_race("B", three_sets(on(2, 6) - timedelta(days=7)))) == 1
    assert not before_race("B", three_sets(on(2, 6) - timedelta(days=8)))
    assert not before_race("C", three_sets(on(2, 6) - timedelta(days=1)))


@pytest.mark.parametrize("priority", ["A", "B"])
def test_the_last_72_hours_are_without_strength(priority):
    two = strength(on(2, 2), (1, 2, 1, 1), 0, 20, "left")
    assert not before_race(priority, two)
    assert before_race(priority, replace(two, day=on(2, 3)))
    runs = (run(on(2, 6), "race", time(10)),)
    profile = Profile(name="Ada", free=FREE, races=(Race(day=on(2, 6), priority=priority),))
    for minute, holds in ((40, True), (41, False)):
        at = replace(two, day=on(2, 3), at=time(9, minute))
        assert breaks("R-TAPER", [at], runs, profile=profile) is not holds


def test_a_race_on_a_monday_reaches_into_the_week_before():
    assert before_race("B", strength(on(1, 4), (1, 2, 1, 1), 0, 20, "left"), race=on(2, 0))
    assert not before_race("B", strength(on(1, 3), (1, 2, 1, 1), 0, 20, "left"), race=on(2, 0))


@pytest.mark.parametrize(("days", "holds"), [(7, False), (8, True)])
def test_the_last_seven_days_are_without_jumps(days, holds):
    hop = session(on(2, 6) - timedelta(days=days), exercises=(line("forward_hop", Dose(sets=2, reps=4), "left"),))
    assert bool(before_race("A", hop)) is not holds


def test_loads_stay_in_the_taper():
    before = strength(MONDAY - timedelta(days=5), (1, 3, 1, 1), 6, 20, "left")
    for load, holds in ((6, True), (5, False), (7, False)):
        now = strength(on(2, 0), (1, 2, 1, 1), load, 20, "left")
        assert bool(before_race("A", now, **done(before))) is not holds


def test_a_session_without_its_load_is_no_measure_of_the_load_of_a_taper():
    held = [strength(MONDAY - timedelta(days=days), (1, 3, 1, 1), load, 20, "left")
            for days, load in ((16, 0), (13, 0), (9, 6), (5, 0))]  # fmt: skip
    for load, holds in ((6, True), (0, False), (8, False)):
        now = strength(on(2, 0), (1, 2, 1, 1), load, 20, "left")
        assert bool(before_race("A", now, **done(*held))) is not holds


def test_a_load_does_not_stay_in_the_taper_where_the_form_of_one_leg_is_not_open_for_it():
    held = [strength(MONDAY - timedelta(days=days), (1, 3, 1, 1), load, 20, "left")
            for days, load in ((16, 0), (13, 0), (9, 6))]  # fmt: skip
    logs = [log_of(one) for one in held]
    poor = replace(logs[0], exercises=tuple(replace(one, clean_left=False) for one in logs[0].exercises))
    now = strength(on(2, 0), (1, 2, 1, 1), 0, 20, "left")
    assert before_race("A", now, **done(*held) | {"logs": tuple(logs)})
    assert not before_race("A", now, **done(*held) | {"logs": (poor, *logs[1:])})


@pytest.mark.parametrize(("priority", "days"), [("A", 7), ("B", 3)])
def test_after_a_race_nothing_is_loaded_jumps_or_is_tested_for_so_many_days(priority, days):
    def after(n: int, one: PlannedSession) -> bool:
        race = (Race(day=MONDAY + timedelta(days=7 - n), priority=priority),)
        held = replace(one, day=MONDAY + timedelta(days=7))
        return breaks("R-RECOVER", [held], profile=Profile(name="Ada", races=race), **REGULAR)

    test = session(MONDAY, "test", minutes=40, hard=True)
    hop = session(MONDAY, exercises=(line("forward_hop", Dose(sets=2, reps=4), "left"),))
    for one in (hard(MONDAY), test, hop):
        assert all(after(n, one) for n in (0, 1, days))
        assert not after(days + 1, one)
    assert not after(1, strength(MONDAY, (1, 1, 1, 1), 0, 20, "left"))


def test_a_race_for_training_asks_for_no_recovery():
    race = (Race(day=MONDAY, priority="C"),)
    assert not breaks("R-RECOVER", [hard(on(1, 1))], profile=Profile(name="Ada", races=race), **REGULAR)


def weekly(weeks: int, *, light: tuple[int, ...] = (), **own: Any) -> list[BrokenRule]:
    """R-DELOAD's verdict on two sessions a week, some weeks of them called light and then empty."""
    sessions = [hard(on(n, day)) for n in range(1, weeks + 1) if n not in light for day in (2, 4)]
    plan, request = tiny(sessions, **own)
    return told("R-DELOAD", replace(plan, weeks=weeks), replace(request, weeks=weeks))


def test_the_fourth_loading_week_in_a_row_is_one_too_many():
    assert not weekly(3)
    assert [one.day for one in weekly(4)] == [on(4, 0)]
    assert not weekly(7, light=(4,))
    assert [one.day for one in weekly(8, light=(3,))] == [on(7, 0)]


def test_weeks_of_the_programme_before_the_plan_count_and_weeks_before_the_programme_do_not():
    before = [hard(MONDAY - timedelta(days=days)) for days in (5, 12, 19)]
    assert not weekly(1, **done(*before, clean=True) | {"began": MONDAY})
    assert [one.day for one in weekly(1, **done(*before, clean=True))] == [MONDAY]
    missed = done(*before)
    missed["logs"] = tuple(replace(log, done=log.session != before[1].id) for log in missed["logs"])
    assert not weekly(1, **missed)


def test_a_week_that_a_review_makes_light_is_light():
    plan, request = kept()
    asked = replace(request, deload_weeks=(on(3, 0),))
    assert {one.day for one in broken_rules(plan, asked)} == {on(3, 0)}


def light_week(change: Any) -> list[str]:
    plan, request = kept()
    return [one.text for one in broken_rules(change(plan), request) if one.rule == "R-DELOAD"]


def each_light(exercise: str, change: Any) -> Callable[[Plan], Plan]:
    def of(plan: Plan) -> Plan:
        for day in (2, 4):
            plan = with_line(plan, f"{on(4, day)}-strength-1", exercise, change)
        return plan

    return of


def both(**own: Any) -> Any:
    return lambda one: replace(one, left=replace(one.left, **own), right=replace(one.right, **own))


def test_a_light_week_has_half_to_six_tenths_of_the_sets():
    assert not light_week(lambda plan: plan)
    assert "12 to 14 are meant" in light_week(each_light("split_squat", both(sets=3)))[0]
    fewer = each_light("single_leg_romanian_deadlift", both(sets=1))
    assert not light_week(fewer)
    assert "10 sets" in light_week(lambda plan: fewer(each_light("split_squat", both(sets=1))(plan)))[0]


def test_loads_fall_in_a_light_week():
    assert "loads fall" in light_week(each_light("single_leg_romanian_deadlift", both(load_kg=4.0)))[0]


def test_technique_has_to_be_more_demanding_in_a_light_week():
    def plain(plan: Plan) -> Plan:
        fewer = each_light("single_leg_stand_eyes_open", both(sets=1))(plan)
        fewer = each_light("single_leg_romanian_deadlift", both(sets=1))(fewer)
        return each_light("step_up", both(sets=2))(fewer)

    assert any("more technique" in text for text in light_week(plain))
    slower = each_light("split_squat", lambda one: replace(one, tempo="3-2-3-1"))
    assert not light_week(lambda plan: slower(plain(plan)))


def test_a_light_week_has_nothing_new_and_drops_from_the_end():
    def exchanged(plan: Plan) -> Plan:
        return each_light("step_up", lambda one: replace(one, exercise="lateral_toe_tap_squat"))(plan)

    assert any("is new in a light week" in text for text in light_week(exchanged))

    def dropped(plan: Plan) -> Plan:
        for day in (2, 4):
            found = next(one for one in plan.sessions if one.id == f"{on(4, day)}-strength-1")
            lines = tuple(one for one in found.exercises if one.exercise != "split_squat")
            plan = with_session(plan, found.id, exercises=lines)
        return plan

    assert any("not from the end" in text for text in light_week(dropped))


def test_single_leg_work_has_a_larger_share_in_a_light_week():
    walk = line("monster_walk", Dose(sets=2, reps=10, band="light"))

    def walking(plan: Plan) -> Plan:
        for week, day in ((1, 2), (3, 2), (4, 2)):
            found = next(one for one in plan.sessions if one.id == f"{on(week, day)}-strength-1")
            plan = with_session(plan, found.id, exercises=(*found.exercises, walk))
        return plan

    assert any("single-leg work" in text for text in light_week(walking))


def micro(day: date, *exercises: str, minutes: float = 12, **own: Any) -> PlannedSession:
    lines = tuple(line(name, Dose(sets=1, reps=8), "left") for name in exercises)
    return session(day, "micro", minutes=minutes, exercises=lines, phase="beginner", type="general", **own)


def test_a_micro_session_is_10_to_15_minutes_of_drills_and_a_pair():
    names = ("toe_to_heel_shifts", "split_squat", "step_up")
    for minutes, holds in ((9, False), (10, True), (15, True), (16, False)):
        assert breaks("R-INSEASON", [micro(on(1, 2), *names, minutes=minutes)]) is not holds
    assert breaks("R-INSEASON", [micro(on(1, 2), "split_squat")])
    assert not breaks("R-INSEASON", [micro(on(1, 2), "split_squat", trimmed=("one exercise",))])


def test_jumps_are_no_half_of_the_pair_that_a_micro_session_needs():
    profile = Profile(name="Ada", free=FREE, races=(Race(day=on(4, 6), priority="A"),))

    def lone_raise_after(*known: str) -> bool:
        held = session(MONDAY - timedelta(days=3), exercises=tuple(line(name, REPS, "left") for name in known))
        return breaks(
            "R-INSEASON", [micro(on(1, 2), "single_leg_calf_raise")], profile=profile, **done(held)
        )  # fmt: skip

    assert not lone_raise_after("single_leg_calf_raise", "pogo_hops")
    assert lone_raise_after("single_leg_calf_raise", "split_squat")


def in_season(day: date, *races: tuple[date, Any]) -> bool:
    profile = Profile(name="Ada", free=FREE, races=tuple(Race(day=at, priority=p) for at, p in races))
    return breaks("R-INSEASON", [three_sets(day)], profile=profile)


def test_the_season_is_eight_weeks_before_an_a_race_and_between_races_no_further_apart():
    eight = timedelta(weeks=8)
    assert in_season(on(1, 2), (MONDAY + eight, "A"))
    assert not in_season(on(1, 2), (MONDAY + eight + timedelta(days=1), "A"))
    assert not in_season(on(1, 2), (MONDAY + eight, "B"))
    assert in_season(on(2, 2), (on(1, 6), "B"), (on(1, 6) + eight, "B"))
    assert not in_season(on(2, 2), (on(1, 6), "B"), (on(1, 6) + eight + timedelta(days=1), "B"))


def test_nothing_is_new_from_the_fourteenth_day_before_any_race():
    for days, holds in ((14, False), (15, True)):
        race = Race(day=on(2, 6) + timedelta(days=7), priority="C")
        profile = Profile(name="Ada", free=FREE, races=(race,))
        assert breaks("R-NO-NEW", [three_sets(race.day - timedelta(days=days))], profile=profile) is not holds


def test_what_was_done_before_is_not_new_and_what_was_missed_is():
    profile = Profile(name="Ada", free=FREE, races=(Race(day=on(2, 6), priority="B"),))
    before = done(three_sets(MONDAY - timedelta(days=3)))
    assert not breaks("R-NO-NEW", [three_sets(on(1, 2))], profile=profile, **before)
    missed = before | {"logs": tuple(replace(log, done=False) for log in before["logs"])}
    assert breaks("R-NO-NEW", [three_sets(on(1, 2))], profile=profile, **missed)
    assert not breaks("R-NO-NEW", [mobility(on(1, 2), "recovery", [line("hip_circle", REPS)])], profile=profile)


def test_power_is_passed_over_where_jumps_are_out():
    own = gate_met(20, began=MONDAY - timedelta(weeks=12))
    turn = advanced([(on(1, 0), "maximal"), (on(1, 3), "endurance"), (on(2, 0), "maximal")])
    assert [one for one in told("R-FREQ", *tiny(turn, **own)) if one.binding]
    unready = gate_met(19, began=MONDAY - timedelta(weeks=12))
    assert not [one for one in told("R-FREQ", *tiny(turn, **unready)) if one.binding]
    near = Profile(name="Ada", free=FREE, races=(Race(day=on(2, 6), priority="B"),))
    assert not [one for one in told("R-FREQ", *tiny(turn, **own, profile=near)) if one.binding]


def test_a_week_called_a_taper_has_a_race_behind_it():
    plan, request = kept()
    weeks = tuple(replace(week, load="taper") if week.number == 5 else week for week in plan.week_list)
    assert {one.rule for one in broken_rules(replace(plan, week_list=weeks), request)} == {"R-TAPER"}


def test_fewer_sessions_in_a_taper_may_be_said_as_such():
    plan, request = tiny([hard(on(1, 2))], profile=Profile(name="Ada", races=(Race(day=on(2, 6), priority="A"),)))
    assert [one.day for one in told("R-FREQ", plan, request)] == [on(1, 0), on(2, 0)]
    said = tuple(GivenUp(rule="R-TAPER", day=on(n, 0), text="the race is near") for n in (1, 2))
    assert not told("R-FREQ", replace(plan, given_up=said), request)


def test_tests_come_every_four_weeks_of_a_long_plan():
    free = (FreeSlot(weekday=2, minutes=40),)

    def missing(*weeks: int) -> list[date]:
        tests = [session(on(n, 2), "test", minutes=40, hard=True) for n in weeks]
        plan, request = tiny(tests, profile=Profile(name="Ada", free=free))
        found = told("R-REASSESS", replace(plan, weeks=16), replace(request, weeks=16))
        return [one.day for one in found if "full tests" in one.text]

    assert missing(5, 9, 13) == []
    assert missing(5, 10, 14) == [on(9, 2)]
    assert missing(5, 9) == [on(13, 2)]
    assert missing() == [on(5, 2)]
