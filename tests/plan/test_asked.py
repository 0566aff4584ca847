"""What applied reviews and coaches ask, in plans of a plain life: each word kept where it speaks, and only there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.plan.test_schedule_facts import MONDAY, WEEK, life
from tests.plan_requests import asked_request, mirrored
from tests.plans import mirrored as mirrored_plan

from evenstride.errors import PlanConflict
from evenstride.model import (
    Adjustment,
    Dose,
    ExerciseLog,
    Finding,
    FreeSlot,
    LimbComparison,
    Plan,
    PlannedExercise,
    PlannedRun,
    PlannedSession,
    PlanRequest,
    Prescription,
    Race,
    SessionLog,
    SessionTemplate,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.left_out import left_out
from evenstride.plan.rules import broken_rules
from evenstride.plan.schedule import make_plan
from evenstride.plan.usable import Usable

DAY = timedelta(days=1)
LEFT = Finding(
    limb="left", action="do", confidence=0.8, day=MONDAY, emphases=("knee_hip_strength",)
)  # fmt: skip
HOURS = tuple(FreeSlot(weekday=day, minutes=60) for day in (0, 2, 4))
CHUNKS, SEEDS = 5, 100


def asked(kind: Any, since: date = MONDAY, days: int = 7, **own: Any) -> Adjustment:
    values: dict[str, Any] = {"rule": "D-OVERRIDE", "text": "asked", "until": since + (days - 1) * DAY}
    return Adjustment(kind=kind, since=since, **values | own)


def planned(request: PlanRequest, *adjustments: Adjustment, **own: Any) -> Plan:
    """A plan that keeps every rule, with what is asked of it."""
    request = replace(request, adjustments=adjustments, **own)
    made = make_plan(request, load_catalogue())
    assert not broken_rules(made, request)
    return made


def strength(plan: Plan, since: date = MONDAY, until: date = date.max) -> list[PlannedSession]:
    return [one for one in plan.sessions if one.kind == "strength" and since <= one.day <= until]


def line(session: PlannedSession, exercise: str) -> PlannedExercise:
    return next(one for one in session.exercises if one.exercise == exercise)


def names(sessions: list[PlannedSession]) -> set[str]:
    return {one.exercise for session in sessions for one in session.exercises}


def said(plan: Plan, rule: str = "R-REVIEW") -> str:
    return " ".join(one.text for one in plan.given_up if one.rule == rule)


# -- less ------------------------------------------------------------------------------------------------------------


def test_while_a_review_holds_nothing_rises_and_nothing_is_new():
    third = MONDAY + 2 * WEEK
    free, held = planned(life(4)), planned(life(4), asked("hold", third))
    before = strength(free, until=third - DAY)[-1]
    rising = strength(free, third, third + 6 * DAY)[0]
    assert any(max(dose.load_kg for dose in one.doses) > 0 for one in rising.exercises)
    for one in strength(held, third, third + 6 * DAY):
        assert all(dose.load_kg == 0 for each in one.exercises for dose in each.doses)
        assert {each.exercise for each in one.exercises} <= {each.exercise for each in before.exercises}
        assert any(because.rule == "R-REVIEW" for because in one.because)


def test_where_nothing_was_done_yet_a_hold_lets_the_programme_begin():
    assert strength(planned(life(2), asked("hold", MONDAY, 14)))


def test_a_set_fewer_stands_in_the_days_it_is_asked_for_and_is_no_step_back_afterwards():
    third = MONDAY + 2 * WEEK
    request = life(3, finding=LEFT)
    fewer, free = planned(request, asked("fewer_sets", third, 1)), planned(request)
    one, same = strength(fewer, third)[0], strength(free, third)[0]
    assert one.day == same.day == third
    assert one.sets < same.sets
    assert "one set fewer" in one.trimmed[0]
    after, free_after = strength(fewer, third + DAY)[0], strength(free, third + DAY)[0]
    assert after.sets == free_after.sets


@pytest.mark.parametrize("side", [None, "left", "right"])
def test_an_exercise_gives_way_to_its_easier_version_on_both_legs(side):
    asked_for = asked("regress", MONDAY + WEEK, 14, exercise="split_squat", to="squat", side=side)
    plan = planned(life(4), asked_for)
    inside = strength(plan, MONDAY + WEEK, MONDAY + 3 * WEEK - DAY)
    assert "split_squat" not in names(inside)
    assert "split_squat" in names(strength(plan, until=MONDAY + WEEK - DAY))
    assert "in place of Split squat until 24 May, on both legs" in line(inside[0], "squat").because


def test_a_step_back_without_an_end_lasts_until_the_exercise_is_cleared():
    back = asked("regress", MONDAY, exercise="split_squat", to="squat", until=None)
    assert "split_squat" not in names(strength(planned(life(6), back)))
    clear = asked("clear", MONDAY + 2 * WEEK, exercise="split_squat", until=None)
    plan = planned(life(6), back, clear, cleared=("split_squat",))
    assert "split_squat" not in names(strength(plan, until=MONDAY + 2 * WEEK - DAY))
    assert "split_squat" in names(strength(plan, MONDAY + 2 * WEEK))


def test_an_exercise_that_is_set_aside_is_said_to_be_left_out():
    request = replace(life(2), adjustments=(asked("regress", exercise="step_up", until=None),))
    plan = make_plan(request, load_catalogue())
    gone = left_out(plan, Usable(request=request, catalogue=load_catalogue()))
    assert [(one.exercise, one.why.kind) for one in gone] == [("step_up", "review")]


def test_without_an_easier_version_there_are_fewer_repetitions_once():
    first = planned(life(2))
    later = after(life(2), first, MONDAY + WEEK)
    plan = planned(later, asked("regress", MONDAY + WEEK, 14, exercise="split_squat"))
    was = line(strength(first, until=MONDAY + WEEK - DAY)[-1], "split_squat").doses[0].reps or 0
    reps = [line(one, "split_squat").doses[0].reps for one in strength(plan, MONDAY + WEEK)]
    assert reps
    assert set(reps) == {was - 2}


def test_what_comes_back_begins_with_no_more_than_before():
    first = planned(life(3))
    later = after(life(3), first, MONDAY + 2 * WEEK)
    free, back = planned(later), planned(later, asked("clear", MONDAY + 2 * WEEK, exercise="split_squat", until=None))
    last = line(strength(first, until=MONDAY + 2 * WEEK - DAY)[-1], "split_squat").doses[0]
    now = line(strength(back, MONDAY + 2 * WEEK)[0], "split_squat").doses[0]
    assert line(strength(free, MONDAY + 2 * WEEK)[0], "split_squat").doses[0].load_kg > 0
    assert (now.load_kg, now.reps) == (last.load_kg, last.reps)


def after(request: PlanRequest, plan: Plan, day: date) -> PlanRequest:
    """The request of a day on which everything before it was done as planned, clean and without pain."""
    past = tuple(one for one in plan.sessions if one.day < day)
    logs = tuple(SessionLog(session=one.id, day=one.day, kind=one.kind, type=one.type, exercises=tuple(
        _log(each) for each in one.exercises)) for one in past if one.kind == "strength")  # fmt: skip
    return replace(request, start=day, today=day, began=request.start, past=past, logs=logs)


def _log(one: PlannedExercise) -> ExerciseLog:
    left, right = one.left or one.both, one.right or one.both
    assert left is not None
    assert right is not None
    return ExerciseLog(
        exercise=one.exercise, left_reps=_done(left), right_reps=_done(right), left_load_kg=left.load_kg,
        right_load_kg=right.load_kg, clean_left=True, clean_right=True,
    )  # fmt: skip


def _done(dose: Dose) -> tuple[float, ...]:
    return (float(dose.reps or dose.hold_s or 0),) * dose.sets


def test_fewer_sessions_a_week_are_kept_and_are_nothing_given_up():
    plan = planned(life(3), asked("fewer_sessions", MONDAY + WEEK, 7, amount=1))
    weeks = [len(strength(plan, MONDAY + n * WEEK, MONDAY + n * WEEK + 6 * DAY)) for n in range(3)]
    assert weeks == [2, 1, 2]
    assert not said(plan, "R-FREQ")


# -- more ------------------------------------------------------------------------------------------------------------


def extra(session: PlannedSession) -> dict[str, int]:
    both = [(one.exercise, one.left, one.right) for one in session.exercises if one.left and one.right]
    return {name: left.sets - right.sets for name, left, right in both if left and right and left.sets != right.sets}


def test_more_sets_stand_for_the_limb_and_none_fewer_for_the_other():
    third = MONDAY + 2 * WEEK
    request = life(3, finding=LEFT, free=HOURS)
    free, more = planned(request), planned(request, asked("redistribute", third, 7, side="left", amount=1))
    assert [extra(one) for one in strength(free)] == [{}] * len(strength(free))
    found = [extra(one) for one in strength(more, third)]
    assert any(found)
    assert all(set(one.values()) <= {1} and len(one) <= 1 for one in found)
    for one, same in zip(strength(more), strength(free), strict=True):
        right = {each.exercise: each.right.sets for each in same.exercises if each.right}
        assert all(each.right.sets >= right.get(each.exercise, 0) for each in one.exercises if each.right)


@pytest.mark.parametrize("finding", [None, replace(LEFT, limb="right"), replace(LEFT, action="watch")])
def test_without_a_leg_to_favour_more_sets_wait_and_that_is_said(finding):
    plan = planned(life(2, finding=finding), asked("redistribute", side="left", amount=1))
    assert all("left" not in str(extra(one)) and 1 not in extra(one).values() for one in strength(plan))
    assert "no set more for the left leg" in said(plan)


def test_an_extra_set_that_the_minutes_cut_away_is_not_claimed():
    tested = LimbComparison(
        test="bulgarian_split_squat", label="squat", unit="repetitions", day=MONDAY - DAY, left=6.0, right=12.0,
        n_left=2, n_right=2, difference=6.0, low=None, high=None, mdc95=2.0, mdc_source="trials", beyond_error=True,
        weaker="left", lower="left", limb_ratio_pct=50.0, emphasis="knee_hip_strength",
    )  # fmt: skip
    plan = planned(replace(life(8, finding=LEFT, free=HOURS), tests=(tested,)))
    claimed = [(one, each) for one in strength(plan) for each in one.exercises if "one set more" in each.because]
    short = [one for one in strength(plan) if not extra(one)]
    assert claimed
    assert short
    assert all(each.exercise in extra(one) for one, each in claimed)


def test_other_exercises_for_the_same_aim_stand_in_their_days():
    request = life(4, finding=LEFT)
    third = MONDAY + 2 * WEEK
    plan = planned(request, asked("change_stimulus", third, 14))
    usual = names(strength(planned(request), third, third + 6 * DAY))
    here = strength(plan, third, third + 6 * DAY)
    new = {one.exercise for session in here for one in session.exercises if "for the same aim" in one.because}
    assert new
    assert not new & usual
    entries = load_catalogue().exercises
    assert all("knee_hip_strength" in entries[name].emphases for name in new)
    fewer = [one for session in here for one in session.exercises if "repetitions in place of" in one.because]
    assert all(one.doses[0].reps and one.doses[0].reps < 10 for one in fewer)


def test_near_a_race_the_exercises_stay_and_that_is_said():
    request = life(2, finding=LEFT, races=(Race(day=MONDAY + 2 * WEEK, priority="C"),))
    later = after(request, planned(life(1)), MONDAY + WEEK)
    plan = planned(replace(later, weeks=1), asked("change_stimulus", MONDAY + WEEK, 7))
    assert "no other exercises" in said(plan)


# -- tests -----------------------------------------------------------------------------------------------------------


def test_a_test_that_is_asked_for_stands_in_its_days_and_the_next_one_four_weeks_later():
    second = MONDAY + WEEK
    plan = planned(life(8), asked("retest", second, 7))
    days = [one.day for one in plan.sessions if one.kind == "test"]
    assert second <= days[0] < second + WEEK
    assert days[1] - days[0] >= 4 * WEEK
    assert days[1] - days[0] < 5 * WEEK


def test_a_test_that_no_day_allows_is_named_with_its_reason():
    request = life(4, races=(Race(day=MONDAY + 13 * DAY, priority="A"),))
    later = after(request, planned(life(1)), MONDAY + WEEK)
    plan = planned(replace(later, weeks=1), asked("retest", MONDAY + WEEK, 7))
    assert not [one for one in plan.sessions if one.kind == "test"]
    assert "a review asks for a test of both legs" in said(plan)


# -- runs ------------------------------------------------------------------------------------------------------------

RUNS = (PlannedRun(weekday=1, kind="intervals", minutes=50), PlannedRun(weekday=5, kind="long", minutes=90))


@pytest.mark.parametrize(("kind", "run"), [("alternating_block", "intervals"), ("late_technique", "long")])
def test_technique_is_noted_on_the_runs_of_its_days_only(kind, run):
    plan = planned(life(2, runs=RUNS), asked(kind, MONDAY + WEEK, 7))
    noted = [one for one in plan.runs if "as a review asks" in one.note]
    assert [(one.kind, one.day >= MONDAY + WEEK) for one in noted] == [(run, True)]


@pytest.mark.parametrize("kind", ["alternating_block", "late_technique"])
def test_technique_does_not_change_close_to_a_race(kind):
    request = life(4, runs=RUNS, races=(Race(day=MONDAY + 4 * WEEK, priority="C"),))
    plan = planned(request, asked(kind, MONDAY + 2 * WEEK, 7))
    assert not [one for one in plan.runs if "as a review asks" in one.note]
    assert "technique waits" in said(plan)


# -- coaches ---------------------------------------------------------------------------------------------------------


def template(name: str, *exercises: str, **own: Any) -> SessionTemplate:
    lines = tuple(Prescription(exercise=one, sets=3, reps=10) for one in exercises)
    values: dict[str, Any] = {"since": MONDAY, "by": "Ola"}
    return SessionTemplate(name=name, exercises=lines, **values | own)


def test_a_coachs_session_stands_in_place_of_the_phases_list_and_takes_turns():
    plan = planned(life(2), templates=(template("A", "split_squat", "glute_bridge"), template("B", "step_up")))
    lists = [[one.exercise for one in session.exercises] for session in strength(plan)]
    assert lists == [["split_squat", "glute_bridge"], ["step_up"]] * 2


def test_a_coachs_session_ends_on_its_last_day():
    plan = planned(life(2), templates=(template("A", "glute_bridge", until=MONDAY + 6 * DAY),))
    assert [("glute_bridge" in names([one])) for one in strength(plan)] == [True, True, False, False]


def test_what_a_coachs_session_goes_without_is_said():
    request = life(1, equipment=())
    plan = planned(request, templates=(template("A", "split_squat", "forward_hop", "lateral_band_walk"),))
    texts = " ".join(because.text for one in strength(plan) for because in one.because)
    assert "Forward hop (jumps are not open on this day)" in texts
    assert "Lateral band walk (as there is no band)" in texts


def test_of_a_coachs_session_what_is_left_out_is_its_own_and_not_the_phases():
    coach = template("A", "split_squat", "lateral_band_walk")
    request = replace(life(1, equipment=()), templates=(coach,))
    plan = make_plan(request, load_catalogue())
    gone = left_out(plan, Usable(request=request, catalogue=load_catalogue()))
    assert {one.exercise for one in gone} == {"lateral_band_walk"}


def test_a_coachs_sets_stay_within_the_phases():
    lines = (Prescription(exercise="split_squat", sets=8, reps=30),)
    heavy = SessionTemplate(name="A", exercises=lines, since=MONDAY)
    doses = [dose for one in strength(planned(life(4), templates=(heavy,))) for dose in line(one, "split_squat").doses]
    assert max(dose.sets for dose in doses) <= 3
    assert max(dose.reps or 0 for dose in doses) <= 12


# -- random lives ----------------------------------------------------------------------------------------------------


def lives(chunk: int) -> Iterator[tuple[int, PlanRequest, Plan]]:
    for seed in range(chunk, SEEDS, CHUNKS):
        request = asked_request(seed, weeks=12 if seed % 50 == 0 else 1 + seed % 4, history=True if seed % 2 else None)
        try:
            yield seed, request, make_plan(request, load_catalogue())
        except PlanConflict:
            continue


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_whatever_is_asked_no_rule_is_broken_and_nothing_goes_unsaid(chunk):
    found = list(lives(chunk))
    assert len(found) > SEEDS / CHUNKS / 3
    assert [(seed, one) for seed, request, plan in found for one in broken_rules(plan, request)] == []


@pytest.mark.parametrize("seed", range(0, SEEDS, 10))
def test_exchanging_the_legs_mirrors_what_is_asked(seed):
    request = asked_request(seed, weeks=1 + seed % 5, history=False)
    try:
        plan = make_plan(request, load_catalogue())
    except PlanConflict:
        with pytest.raises(PlanConflict):
            make_plan(mirrored(request), load_catalogue())
        return
    other = make_plan(mirrored(request), load_catalogue())
    assert sides(other) == sides(mirrored_plan(plan))


def sides(plan: Plan) -> list[tuple[Any, ...]]:
    return [
        (one.day, one.kind, one.minutes, tuple((each.exercise, each.left, each.right, each.both)
                                               for each in one.exercises))
        for one in plan.sessions
    ]  # fmt: skip
