"""Every rule is kept by a plan built by hand, and broken, alone, by a change to it."""

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.kept_plans import (
    also,
    in_turns,
    kept,
    line,
    log_of,
    on,
    pieces,
    strength,
    with_line,
    with_profile,
    with_run,
    with_session,
    without,
)
from tests.plans import mirrored

from evenstride.model import Adjustment, Dose, FreeSlot, GivenUp, Plan, PlannedExercise, PlanRequest, Race, Restriction
from evenstride.plan import rules
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import CHECKS, broken_rules

Both = tuple[Plan, PlanRequest]
ROOT = Path(__file__).resolve().parents[2]
PREFERENCES = ("R-MOB-POST", "R-MOB-ALT", "R-ALT-BLOCK", "R-SPIKE")


def name_of(week: int, weekday: int, kind: str = "strength", n: int = 1) -> str:
    return f"{on(week, weekday).isoformat()}-{kind}-{n}"


def with_race(day: date, priority: str) -> Both:
    plan, request = kept()
    return plan, with_profile(request, races=(Race(day=day, priority=priority),))  # type: ignore[arg-type]


def strength_the_day_before_tempo() -> Both:
    plan, request = with_run(kept(), on(2, 3), kind="tempo")
    return also(plan, *pieces(on(2, 3))), request


def strength_after_the_long_run_in_week_1() -> Both:
    plan, request = kept()
    moved = with_session(plan, name_of(1, 4), day=on(1, 6), slot="after_run")
    free = (*request.profile.free, FreeSlot(weekday=6, minutes=45))
    return also(moved), with_profile(request, free=free)


def strength_two_days_in_a_row() -> Both:
    plan, request = kept()
    moved = with_session(plan, name_of(1, 4), day=on(1, 3), slot="after_run")
    free = tuple(replace(slot, minutes=45) for slot in request.profile.free)
    return also(moved), with_profile(request, free=free)


def a_third_session() -> Both:
    plan, request = with_run(kept(), on(1, 6), kind="easy")
    third = strength(on(1, 6), (1, 1, 1, 1), 0, 19, "left", slot="after_run", trimmed=("one set of each",))
    free = (*request.profile.free, FreeSlot(weekday=6, minutes=20))
    return in_turns(also(plan, third)), with_profile(request, free=free)


def unloaded(plan: Plan) -> Plan:
    """Without the loads of weeks 3 and 4, which a taper in week 3 would not allow to rise."""
    for week, day in ((3, 2), (3, 4), (4, 2), (4, 4)):
        plan = with_line(plan, name_of(week, day), "single_leg_romanian_deadlift", dosed(load_kg=0.0))
    return plan


def strength_two_days_before_a_race() -> Both:
    plan, request = with_race(on(4, 5), "B")
    kept_sessions = tuple(one for one in unloaded(plan).sessions if one.id != name_of(4, 4))
    said = GivenUp(rule="R-FREQ", day=on(4, 0), text="one session this week: a race is near")
    shorter = replace(plan, sessions=kept_sessions, given_up=(*plan.given_up, said))
    return with_session(shorter, name_of(4, 5, "mobility"), slot="after_run"), request


def hard_strength_three_days_after_a_race() -> Both:
    return with_race(on(1, 2) - timedelta(days=3), "B")


def too_many_sets_in_the_light_week() -> Both:
    plan, request = kept()
    more = with_line(plan, name_of(4, 2), "single_leg_romanian_deadlift", dosed(sets=3))
    return with_session(more, name_of(4, 2), minutes=27), request


def dosed(**own: Any) -> Callable[[PlannedExercise], PlannedExercise]:
    """A line with both legs' doses changed."""

    def change(one: PlannedExercise) -> PlannedExercise:
        assert one.left is not None
        assert one.right is not None
        return replace(one, left=replace(one.left, **own), right=replace(one.right, **own))

    return change


def load_and_repetitions_rise() -> Both:
    plan, request = kept()
    return with_line(plan, name_of(3, 4), "single_leg_romanian_deadlift", dosed(load_kg=5, reps=11)), request


def a_load_on_what_was_never_clean() -> Both:
    plan, request = kept()
    early = [one for one in plan.sessions if one.kind == "strength" and one.day < on(3, 0)]
    return plan, replace(request, logs=tuple(log_of(one, clean=False) for one in early))


def the_same_leg_first_twice() -> Both:
    plan, request = kept()
    return with_line(plan, name_of(1, 2), "split_squat", lambda one: replace(one, first="right")), request


def quick_repetitions() -> Both:
    plan, request = kept()
    return with_line(plan, name_of(1, 2), "split_squat", lambda one: replace(one, tempo="1-0-1-0")), request


def minutes_too_few() -> Both:
    plan, request = kept()
    return with_session(plan, name_of(1, 2), minutes=14.0), request


def no_long_hold_day() -> Both:
    plan, request = kept()
    return without(plan, name_of(2, 5, "mobility")), request


def five_minutes_before_intervals() -> Both:
    plan, request = kept()
    return with_session(plan, name_of(1, 1, "mobility", 2), minutes=5.0), request


def nothing_after_intervals() -> Both:
    plan, request = kept()
    return without(plan, name_of(1, 1, "mobility", 3)), request


def hip_after_hip() -> Both:
    plan, request = kept()
    monday = next(one for one in plan.sessions if one.id == name_of(2, 0, "mobility"))
    more = (monday.exercises[0], line("hip_90_90_rotation", Dose(sets=1, reps=8)), *monday.exercises[1:])
    return with_session(plan, monday.id, exercises=more), request


def a_long_hold_before_intervals() -> Both:
    plan, request = kept()
    piece = next(one for one in plan.sessions if one.slot == "pre_run")
    more = (line("half_kneeling_hip_flexor", Dose(sets=1, hold_s=30)), *piece.exercises)
    return with_session(plan, piece.id, exercises=more), request


def full_sessions_in_season() -> Both:
    return with_race(on(12, 0), "A")


def a_new_exercise_before_a_race() -> Both:
    plan, request = with_race(on(6, 0), "C")
    day = next(one for one in plan.sessions if one.id == name_of(5, 3, "mobility"))
    return with_session(plan, day.id, exercises=(line("bird_dog", Dose(sets=1, reps=8)), *day.exercises)), request


def no_box_for_the_step_up() -> Both:
    plan, request = kept()
    return plan, with_profile(request, equipment=("dumbbell",))


def what_a_clinician_forbids() -> Both:
    plan, request = kept()
    return plan, with_profile(request, restrictions=(Restriction(what="split squats", until=on(1, 6)),))


def strength_in_the_week_of_the_tests() -> Both:
    plan, request = kept()
    more = strength(on(5, 4), (3, 3, 3, 3), 4, 40, "left", assumes=("clean sessions",))
    return also(plan, more), request


def a_week_without_a_look() -> Both:
    plan, request = kept()
    return replace(plan, reassessments=tuple(one for one in plan.reassessments if one.day != on(3, 6))), request


def intervals_without_a_word() -> Both:
    plan, request = kept()
    return replace(plan, runs=tuple(replace(run, note="") for run in plan.runs)), request


def a_much_longer_run() -> Both:
    return with_run(kept(), on(3, 6), minutes=130)


def more_than_the_full_dose() -> Both:
    plan, request = kept()
    return with_line(plan, name_of(3, 2), "split_squat", dosed(reps=13)), request


def a_session_without_a_reason() -> Both:
    plan, request = kept()
    return with_session(plan, name_of(1, 2), because=()), request


def a_load_where_a_review_holds() -> Both:
    plan, request = kept()
    held = Adjustment(kind="hold", rule="D-HOLD-SLEEP", since=on(3, 0), until=on(3, 6), text="Nothing rises.")
    return plan, replace(request, adjustments=(held,))


BREAKS: dict[str, Callable[[], Both]] = {
    "R-24H": strength_the_day_before_tempo,
    "R-AFTER-EASY": strength_after_the_long_run_in_week_1,
    "R-NONCONSEC": strength_two_days_in_a_row,
    "R-FREQ": a_third_session,
    "R-TAPER": strength_two_days_before_a_race,
    "R-RECOVER": hard_strength_three_days_after_a_race,
    "R-DELOAD": too_many_sets_in_the_light_week,
    "R-PROGRESS": load_and_repetitions_rise,
    "R-FORM-FIRST": a_load_on_what_was_never_clean,
    "R-WEAK-FIRST": the_same_leg_first_twice,
    "R-TEMPO": quick_repetitions,
    "R-TRIM": minutes_too_few,
    "R-MOB-WEEK": no_long_hold_day,
    "R-MOB-PRE": five_minutes_before_intervals,
    "R-MOB-POST": nothing_after_intervals,
    "R-MOB-ALT": hip_after_hip,
    "R-STATIC-PRE": a_long_hold_before_intervals,
    "R-INSEASON": full_sessions_in_season,
    "R-NO-NEW": a_new_exercise_before_a_race,
    "R-AVAIL": no_box_for_the_step_up,
    "R-PAIN": what_a_clinician_forbids,
    "R-TEST": strength_in_the_week_of_the_tests,
    "R-REASSESS": a_week_without_a_look,
    "R-ALT-BLOCK": intervals_without_a_word,
    "R-SPIKE": a_much_longer_run,
    "R-REVIEW": a_load_where_a_review_holds,
    "R-PHASE": more_than_the_full_dose,
    "R-WHOLE": a_session_without_a_reason,
}
"""For every rule a change of the plan that breaks it, and it only."""


def test_a_plan_that_keeps_every_rule_breaks_none():
    assert broken_rules(*kept()) == ()


def test_every_rule_has_a_function_and_a_plan_that_breaks_it():
    assert set(BREAKS) == set(CHECKS)
    assert set(load_catalogue().rules) <= set(CHECKS)


@pytest.mark.parametrize("rule", BREAKS)
def test_a_plan_that_breaks_one_rule_breaks_only_that(rule):
    found = broken_rules(*BREAKS[rule]())
    assert {one.rule for one in found} == {rule}, [one.text for one in found]
    assert {one.binding for one in found} == {rule not in PREFERENCES}


@pytest.mark.parametrize("rule", BREAKS)
def test_what_is_broken_is_said_in_a_sentence_with_day_and_place(rule):
    plan, request = BREAKS[rule]()
    for one in broken_rules(plan, request):
        assert plan.start <= one.day < plan.start + timedelta(weeks=plan.weeks)
        assert len(one.text) > 20
        assert one.session in {"", *(session.id for session in plan.sessions)}


@pytest.mark.parametrize("rule", BREAKS)
def test_without_its_function_a_rule_goes_unnoticed(rule, monkeypatch):
    monkeypatch.setattr(rules, "CHECKS", {name: check for name, check in CHECKS.items() if name != rule})
    assert broken_rules(*BREAKS[rule]()) == ()


@pytest.mark.parametrize("rule", BREAKS)
def test_swapping_the_legs_changes_nothing(rule):
    def verdict(plan: Plan, request: PlanRequest) -> list[tuple[str, date, str, bool]]:
        return sorted((one.rule, one.day, one.session, one.binding) for one in broken_rules(plan, request))

    plan, request = BREAKS[rule]()
    assert verdict(mirrored(plan), mirrored_request(request)) == verdict(plan, request)


def mirrored_request(request: PlanRequest) -> PlanRequest:
    logs = tuple(
        replace(log, exercises=tuple(
            replace(
                one, left_reps=one.right_reps, right_reps=one.left_reps, left_load_kg=one.right_load_kg,
                right_load_kg=one.left_load_kg, clean_left=one.clean_right, clean_right=one.clean_left,
            )
            for one in log.exercises
        ))
        for log in request.logs
    )  # fmt: skip
    return replace(request, logs=logs)


def test_the_judge_reads_nothing_of_the_planner():
    allowed = ("evenstride.model", "evenstride.plan.figures", "evenstride.plan.catalogue", "evenstride.plan.rules")
    for file in (ROOT / "src" / "evenstride" / "plan" / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = [name for name in names if name.startswith("evenstride")]
            assert all(name.startswith(allowed) for name in ours), (file.name, ours)


def test_the_page_of_the_rules_names_every_rule_as_the_catalogue_does():
    page = (ROOT / "docs" / "methods" / "plan-rules.md").read_text(encoding="utf8")
    rows = {
        found[0]: found for found in re.findall(r"^\| (R-[A-Z0-9-]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.M)
    }
    assert set(rows) == set(CHECKS)
    for name, rule in load_catalogue().rules.items():
        assert rows[name][1:3] == ("binding" if rule.binding else "preference", rule.grade)
    assert {name for name, row in rows.items() if row[1] == "preference"} == set(PREFERENCES)
