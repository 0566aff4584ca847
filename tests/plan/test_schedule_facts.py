"""Known answers of the planner: lives of which it is plain what a plan of them must and must not have."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from tests.plan_requests import calendar

from evenstride.errors import PlanConflict
from evenstride.model import (
    ExerciseLog,
    Finding,
    FreeSlot,
    LimbComparison,
    Plan,
    PlannedExercise,
    PlannedRun,
    PlannedSession,
    PlanRequest,
    Profile,
    Race,
    Restriction,
    SessionLog,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import broken_rules
from evenstride.plan.schedule import make_plan

MONDAY = date(2026, 5, 4)
WEEK = timedelta(weeks=1)
BOX = ("low_box", "knee_box", "dumbbell", "bench", "band")
TUE, THU, FRI, SUN = 1, 3, 4, 6
ROOMY = tuple(FreeSlot(weekday=day, minutes=45) for day in (0, 2, 4))


def life(weeks: int = 4, start: date = MONDAY, finding: Finding | None = None, **own: Any) -> PlanRequest:
    """A runner with easy runs on Tuesday and Saturday and 45 minutes on three days, unless said otherwise."""
    values: dict[str, Any] = {
        "name": "Ada", "mass_kg": 60.0, "equipment": BOX, "free": ROOMY,
        "runs": (PlannedRun(weekday=TUE, kind="easy", minutes=40), PlannedRun(weekday=5, kind="easy", minutes=40)),
    }  # fmt: skip
    person = Profile(**values | own)
    return PlanRequest(
        profile=person, start=start, weeks=weeks, today=start, finding=finding,
        calendar=calendar(person, start, weeks * 7),
    )  # fmt: skip


def plan(request: PlanRequest) -> Plan:
    """A plan that keeps every rule."""
    made = make_plan(request, load_catalogue())
    assert not broken_rules(made, request)
    return made


def of_kind(made: Plan, *kinds: str) -> list[PlannedSession]:
    return [one for one in made.sessions if one.kind in kinds]


def in_week(made: Plan, number: int, *kinds: str) -> list[PlannedSession]:
    first = made.start - timedelta(days=made.start.weekday()) + (number - 1) * WEEK
    return [one for one in of_kind(made, *kinds) if first <= one.day < first + WEEK]


def names(sessions: Sequence[PlannedSession]) -> set[str]:
    return {line.exercise for one in sessions for line in one.exercises}


def do(limb: Any, *emphases: Any) -> Finding:
    return Finding(limb=limb, action="do", confidence=0.8, day=MONDAY, emphases=emphases)


# ---- the week of the README: three hard runs, four evenings


@cache
def three_hard_runs() -> Plan:
    return plan(
        life(
            runs=(
                PlannedRun(weekday=TUE, kind="intervals", minutes=60, at=time(18)),
                PlannedRun(weekday=THU, kind="tempo", minutes=50),
                PlannedRun(weekday=FRI, kind="easy", minutes=45),
                PlannedRun(weekday=SUN, kind="long", minutes=110, at=time(8)),
            ),
            free=tuple(FreeSlot(weekday=day, minutes=minutes) for day, minutes in ((0, 40), (2, 40), (4, 40), (5, 30))),
        )
    )


def test_between_three_hard_runs_strength_stands_on_fridays():
    strength = of_kind(three_hard_runs(), "strength", "micro")
    assert [one.day for one in strength] == [MONDAY + n * WEEK + timedelta(days=FRI) for n in range(4)]


def test_a_week_short_of_strength_says_which_change_gives_more():
    said = [one.text for one in three_hard_runs().given_up if one.rule == "R-FREQ"]
    assert len(said) == 4
    assert all("giving Monday a time that ends before 18:00" in text for text in said)


# ---- what excludes one another


def cornered(**own: Any) -> PlanRequest:
    """Tuesday and Thursday are the only free days, each within 24 h before intervals."""
    values: dict[str, Any] = {
        "runs": tuple(PlannedRun(weekday=day, kind="intervals", minutes=60, at=time(18)) for day in (2, 4)),
        "free": (FreeSlot(weekday=TUE, minutes=40), FreeSlot(weekday=THU, minutes=40)),
    }  # fmt: skip
    return life(**values | own)


def refused(request: PlanRequest) -> PlanConflict:
    with pytest.raises(PlanConflict) as caught:
        make_plan(request, load_catalogue())
    return caught.value


def test_a_conflict_names_the_rule_the_free_days_and_the_runs():
    conflict = refused(cornered())
    assert conflict.rules == ("R-24H",)
    assert set(conflict.inputs) == {
        "free: tue 40", "free: thu 40", "runs: wed intervals 60 18:00", "runs: fri intervals 60 18:00",
    }  # fmt: skip
    assert "Tuesday and Thursday are the only free days" in conflict.text


def test_the_ways_out_of_a_conflict_lead_out_of_it():
    assert refused(cornered()).ways_out == (
        "giving Tuesday a time that ends before 18:00",
        "giving Thursday a time that ends before 18:00",
        "40 free minutes on Monday",
    )
    early = cornered(free=(FreeSlot(weekday=TUE, minutes=40, at=time(17)), FreeSlot(weekday=THU, minutes=40)))
    assert {one.day.weekday() for one in of_kind(plan(early), "strength")} == {TUE}
    monday = cornered(free=(*cornered().profile.free, FreeSlot(weekday=0, minutes=40)))
    assert {one.day.weekday() for one in of_kind(plan(monday), "strength")} == {0}


def test_a_time_that_ends_too_late_by_a_minute_is_no_way_out():
    late = FreeSlot(weekday=TUE, minutes=40, at=time(17, 46))
    assert refused(cornered(free=(late,))).rules == ("R-24H",)


def test_no_programme_begins_in_season():
    conflict = refused(life(races=(Race(day=MONDAY + 5 * WEEK, priority="A"),)))
    assert conflict.rules == ("R-NO-NEW",)
    assert f"race: {MONDAY + 5 * WEEK}=A" in conflict.inputs


# ---- the first weeks, light weeks, tests


def test_the_first_two_weeks_are_twenty_minutes_with_body_weight():
    first = in_week(plan(life()), 1, "strength") + in_week(plan(life()), 2, "strength")
    assert len(first) == 4
    assert all(one.minutes <= 20 and one.hard for one in first)
    assert not any(dose.load_kg for one in first for line in one.exercises for dose in line.doses)


def test_the_third_week_has_the_full_minutes():
    third = in_week(plan(life()), 3, "strength")
    assert all(20 < one.minutes <= 40 for one in third)


@pytest.mark.parametrize("light", [4, 8, 12])
def test_every_fourth_week_has_about_half_of_the_sets(light):
    made = plan(life(weeks=13))
    assert next(week.load for week in made.week_list if week.number == light) == "deload"
    before = sum(one.sets for one in in_week(made, light - 1, "strength"))
    if before:
        now = sum(one.sets for one in in_week(made, light, "strength"))
        assert before * 5 // 10 <= now <= before * 6 // 10


def test_a_light_week_has_nothing_new():
    made = plan(life(weeks=13))
    for light in (4, 8, 12):
        before = [one for n in range(1, light) for one in in_week(made, n, "strength")]
        assert names(in_week(made, light, "strength")) <= names(before)


def test_the_full_test_stands_on_the_first_allowed_day_from_day_28():
    tests = of_kind(plan(life(weeks=6)), "test")
    day_28 = MONDAY + timedelta(days=27)
    allowed = [day_28 + timedelta(days=n) for n in range(14) if (day_28 + timedelta(days=n)).weekday() in (0, 2, 4)]
    assert [one.day for one in tests] == allowed[:1]
    assert sum(one.minutes for one in tests) == 40
    assert all(not in_week(plan(life(weeks=6)), 5, kind) for kind in ("strength", "micro"))


def test_short_slots_share_the_full_test_on_two_days():
    short = tuple(FreeSlot(weekday=day, minutes=20) for day in (0, 2, 4))
    tests = of_kind(plan(life(weeks=6, free=short)), "test")
    assert [one.minutes for one in tests] == [20, 20]
    assert tests[1].day - tests[0].day <= timedelta(days=14)


# ---- phases are earned


def test_no_session_is_of_the_next_phase_before_its_test():
    made = plan(life(weeks=12))
    tested = of_kind(made, "test")[0].day
    for one in of_kind(made, "strength"):
        if one.phase != "beginner":
            assert one.day > tested
            assert one.assumes


def test_phases_rise_over_twelve_weeks():
    phases = [week.phase for week in plan(life(weeks=12)).week_list]
    assert phases == sorted(phases, key=("beginner", "intermediate", "advanced").index)
    assert phases[0] == "beginner"
    assert phases[-1] == "advanced"


def comparison(test: str, left: float, right: float, day: date, **own: Any) -> LimbComparison:
    gap = abs(right - left)
    weaker = None if gap <= 2 else "left" if left < right else "right"
    values: dict[str, Any] = {
        "test": test, "label": test, "unit": "repetitions", "day": day, "left": left, "right": right, "n_left": 2,
        "n_right": 2, "difference": right - left, "low": None, "high": None, "mdc95": 2.0, "mdc_source": "trials",
        "beyond_error": gap > 2, "weaker": weaker, "lower": weaker,
        "limb_ratio_pct": 100 * min(left, right) / max(left, right), "emphasis": "calf_capacity",
    }  # fmt: skip
    return LimbComparison(**values | own)


def after(weeks: int, request: PlanRequest, repetitions: float = 30.0, **own: Any) -> PlanRequest:
    """The same life some weeks later: everything done clean as asked, tests with so many repetitions a side."""
    made = plan(request)
    start = request.start + weeks * WEEK
    past = tuple(one for one in made.sessions if one.day < start)
    results = [
        comparison(name, repetitions, repetitions, one.day)
        for one in past if one.kind == "test"
        for name in ("single_leg_calf_raise", "bulgarian_split_squat", "split_squat", "single_leg_box_squat")
    ]  # fmt: skip
    logs = tuple(done(one) for one in past if one.kind in ("strength", "micro", "test"))
    values: dict[str, Any] = {"logs": logs, "tests": tuple(results), "past": past, "previous": made} | own
    return replace(
        request, start=start, today=start, began=request.start,
        calendar=calendar(request.profile, start, request.weeks * 7), **values,
    )  # fmt: skip


def done(session: PlannedSession, pain: str = "") -> SessionLog:
    exercises = [logged(line, 5.0 if line.exercise == pain else 0.0) for line in session.exercises]
    return SessionLog(
        session=session.id, day=session.day, kind=session.kind, type=session.type, exercises=tuple(exercises)
    )


def logged(line: PlannedExercise, pain: float) -> ExerciseLog:
    left, right = line.left or line.both, line.right or line.both
    assert left is not None
    assert right is not None
    return ExerciseLog(
        exercise=line.exercise, left_reps=(float(left.reps or left.hold_s or 1),) * left.sets,
        right_reps=(float(right.reps or right.hold_s or 1),) * right.sets, left_load_kg=left.load_kg,
        right_load_kg=right.load_kg, clean_left=True, clean_right=True, pain_0_10=pain,
    )  # fmt: skip


def test_a_test_that_is_passed_opens_the_next_phase():
    assert "intermediate" in {one.phase for one in of_kind(plan(after(5, life(weeks=6))), "strength")}


def test_a_test_below_the_gate_keeps_the_runner_a_beginner_until_the_next_one():
    made = plan(after(5, life(weeks=6), repetitions=6.0))
    again = of_kind(made, "test")[0].day
    before = [one for one in of_kind(made, "strength") if one.day < again]
    assert before
    assert {one.phase for one in before} == {"beginner"}


# ---- pain, restrictions, equipment


HURT = "single_leg_romanian_deadlift"


def hurt(**own: Any) -> PlanRequest:
    later = after(2, life())
    logs = tuple(done(one, HURT) for one in later.past if one.kind == "strength")
    return replace(later, logs=logs, **own)


def test_what_hurt_is_gone_until_it_is_cleared():
    assert HURT not in names(of_kind(plan(hurt()), "strength", "mobility"))
    assert HURT in names(of_kind(plan(hurt(cleared=(HURT,))), "strength"))


def test_a_restriction_holds_to_its_last_day_and_not_longer():
    until = MONDAY + 2 * WEEK + timedelta(days=6)
    made = plan(life(weeks=6, restrictions=(Restriction(what="split squat", until=until),)))
    before = [one for one in of_kind(made, "strength") if one.day <= until]
    assert before
    assert "split_squat" not in names(before)
    assert "split_squat" in names([one for one in of_kind(made, "strength") if one.day > until])


def test_a_missing_box_is_made_up_for_by_a_relative():
    with_box, without = plan(life()), plan(life(equipment=()))
    assert "step_up" in names(of_kind(with_box, "strength"))
    here = names(of_kind(without, "strength"))
    assert "step_up" not in here
    exercises = load_catalogue().exercises
    assert any(exercises[name].pattern == exercises["step_up"].pattern for name in here)


def test_nothing_is_loaded_without_weights():
    made = plan(life(weeks=12, equipment=("low_box",)))
    assert not any(dose.load_kg for one in made.sessions for line in one.exercises for dose in line.doses)


# ---- which leg


@pytest.mark.parametrize("limb", ["left", "right"])
def test_the_limb_to_favour_begins_everything(limb):
    made = plan(life(finding=do(limb)))
    assert {line.first for one in of_kind(made, "strength") for line in one.exercises if line.both is None} == {limb}


def test_a_limb_far_behind_in_its_test_does_one_set_more():
    long_ones = tuple(FreeSlot(weekday=day, minutes=75) for day in (0, 2, 4))
    request = life(weeks=7, finding=do("left", "calf_capacity"), free=long_ones)
    behind = (comparison("single_leg_calf_raise", 12.0, 20.0, MONDAY),)
    assert extra_sets(plan(replace(request, tests=behind))) == {1}
    level = (comparison("single_leg_calf_raise", 19.0, 20.0, MONDAY),)
    assert extra_sets(plan(replace(request, tests=level))) == set()


def extra_sets(made: Plan) -> set[int]:
    doses = [(line.left, line.right) for one in of_kind(made, "strength") for line in one.exercises]
    return {left.sets - right.sets for left, right in doses if left and right and left.sets != right.sets}


def test_where_no_limb_is_known_to_be_weaker_the_first_one_alternates():
    firsts = [one.exercises[0].first for one in of_kind(plan(life()), "strength")]
    assert len(firsts) > 4
    assert all(one != other for one, other in pairwise(firsts))


# ---- seasons


@cache
def before_a_race() -> Plan:
    """Six weeks before the season and the ten up to the race."""
    return plan(life(weeks=16, races=(Race(day=MONDAY + 15 * WEEK + timedelta(days=5), priority="A"),)))


RACE = MONDAY + 15 * WEEK + timedelta(days=5)


def test_in_season_strength_is_short_and_nothing_is_new():
    season = [one for one in of_kind(before_a_race(), "strength", "micro") if RACE - one.day <= 8 * WEEK]
    before = [one for one in of_kind(before_a_race(), "strength") if one not in season]
    assert season
    assert {one.kind for one in season} == {"micro"}
    assert all(10 <= one.minutes <= 15 for one in season)
    assert names(season) <= names(before)


def test_the_taper_has_two_sets_and_its_last_three_days_no_strength():
    taper = [one for one in of_kind(before_a_race(), "strength", "micro") if RACE - one.day <= 2 * WEEK]
    assert taper
    assert all(dose.sets <= 2 for one in taper for line in one.exercises for dose in line.doses)
    assert all(RACE - one.day > timedelta(days=3) for one in taper)


def test_a_race_week_has_no_test():
    assert not [one for one in of_kind(before_a_race(), "test") if RACE - one.day < WEEK]


def loads(sessions: Sequence[PlannedSession]) -> set[float]:
    return {dose.load_kg for one in sessions for line in one.exercises for dose in line.doses}


SUNDAY_RACE = MONDAY + 14 * WEEK + timedelta(days=SUN)


@pytest.mark.parametrize(("priority", "days"), [("A", 7), ("B", 3)])
def test_after_a_race_nothing_is_loaded_and_nothing_is_tested(priority, days):
    made = plan(life(weeks=17, races=(Race(day=SUNDAY_RACE, priority=priority),)))
    after_it = [one for one in of_kind(made, "strength", "micro", "test") if one.day >= SUNDAY_RACE]
    near = [one for one in after_it if (one.day - SUNDAY_RACE).days <= days]
    assert loads(near) <= {0.0}
    assert not [one for one in near if one.hard or one.kind == "test"]
    assert all(any(because.rule == "R-RECOVER" for because in one.because) for one in near)
    first_hard = next(one for one in after_it if one.hard)
    assert (first_hard.day - SUNDAY_RACE).days in (days + 1, days + 2)


def test_a_week_short_of_strength_after_a_race_names_the_race():
    request = life(weeks=2, start=MONDAY, races=(Race(day=MONDAY - timedelta(days=1), priority="A"),))
    said = [one.text for one in plan(request).given_up if one.rule == "R-FREQ"]
    assert "7 days after the race of 3 May are for recovery" in said[0]


# ---- tests


def test_a_beginner_has_two_half_tests_with_a_day_between_though_it_is_less_than_48_hours():
    short = (FreeSlot(weekday=0, minutes=30, at=time(7)), FreeSlot(weekday=2, minutes=20))
    halves = of_kind(plan(life(weeks=6, free=short)), "test")
    assert [(one.day.weekday(), one.minutes) for one in halves] == [(0, 20.0), (2, 20.0)]


# ---- loads


def squats_of(made: Plan, kind: str) -> list[tuple[int, float, int | None]]:
    """Repetitions, load and reserve of the Bulgarian split squat in loading sessions of a type, in their order."""
    light = {week.monday for week in made.week_list if week.load != "loading"}
    lines = [
        line
        for one in of_kind(made, "strength")
        if one.type == kind and one.day - timedelta(days=one.day.weekday()) not in light
        for line in one.exercises
        if line.exercise == "bulgarian_split_squat"
    ]
    return [(dose.reps or 0, dose.load_kg, line.reps_in_reserve) for line in lines for dose in line.doses[:1]]


def test_ahead_repetitions_rise_every_session_and_the_load_after_two_at_their_top():
    found = squats_of(half_a_year(), "maximal")
    assert found[:5] == [(4, 16.0, 1), (5, 16.0, 1), (6, 16.0, 1), (6, 16.0, 1), (4, 20.0, 1)]


def test_only_what_is_loaded_keeps_repetitions_in_reserve():
    lines = [line for one in of_kind(half_a_year(), "strength") for line in one.exercises]
    kept = {any(dose.load_kg > 0 for dose in line.doses) for line in lines if line.reps_in_reserve is not None}
    assert kept == {True}
    bare = plan(life(weeks=12, equipment=("low_box", "knee_box", "bench")))
    assert {line.reps_in_reserve for one in of_kind(bare, "strength") for line in one.exercises} == {None}


def test_a_taper_keeps_the_load_that_a_session_without_it_came_after():
    """In season two of the week's three short sessions stand too near to hard runs to be loaded."""
    runs = (
        PlannedRun(weekday=TUE, kind="intervals", minutes=60, at=time(18)),
        PlannedRun(weekday=SUN, kind="long", minutes=110, at=time(9)),
    )
    free = tuple(FreeSlot(weekday=day, minutes=45, at=time(7) if day == 2 else None) for day in (0, 2, 4, 5))
    made = plan(
        life(weeks=23, runs=runs, free=free, races=(Race(day=MONDAY + 22 * WEEK + timedelta(days=SUN), priority="A"),))
    )
    load_of = {week.monday: week.load for week in made.week_list}
    season = [one for one in of_kind(made, "micro") if "bulgarian_split_squat" in names([one])]
    loading, taper = (
        [squat_loads(one) for one in season if load_of[one.day - timedelta(days=one.day.weekday())] == load]
        for load in ("loading", "taper")
    )
    assert {0.0} in loading
    assert [max(found) for found in taper] == [max(map(max, loading))] * len(taper)
    assert taper


def squat_loads(session: PlannedSession) -> set[float]:
    lines = [line for line in session.exercises if line.exercise == "bulgarian_split_squat"]
    return {dose.load_kg for line in lines for dose in line.doses}


# ---- power


@cache
def half_a_year() -> Plan:
    long_ones = tuple(FreeSlot(weekday=day, minutes=60) for day in (0, 2, 4))
    return plan(life(weeks=26, mass_kg=82.0, free=long_ones))


def test_jumps_come_two_at_a_time_and_all_come_in_the_end():
    power = [one for one in of_kind(half_a_year(), "strength") if one.type == "power"]
    exercises, known, firsts = load_catalogue().exercises, set(), []
    for one in power:
        new = [
            line.exercise
            for line in one.exercises
            if exercises[line.exercise].plyometric and line.exercise not in known
        ]
        known |= set(new)
        firsts.append(new)
        said = [because.text for because in one.because if because.rule == "R-FORM-FIRST"]
        assert bool(said) is bool(new)
    assert firsts[:3] == [["single_leg_hop_in_place", "forward_hop"], ["bound", "lateral_hop"], ["depth_drop"]]
    assert not any(firsts[3:])


# ---- runs


def test_a_run_much_longer_than_the_last_thirty_days_is_said_and_not_refused():
    ahead = tuple(run for run in life().calendar if run.day >= MONDAY)
    for longest, said in ((30.0, True), (37.0, False)):
        made = plan(replace(life(), calendar=ahead, longest_minutes=longest))
        assert any(one.rule == "R-SPIKE" for one in made.advice) is said
