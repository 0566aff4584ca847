"""The plan as a table: a line for each exercise and side."""

import csv
import io
from dataclasses import replace

from tests.plans import EXERCISES, MONDAY, both_sides, example_plan, plan_of, session, strength_session

from evenstride.model import Dose
from evenstride.report.plan_csv import COLUMNS, plan_csv


def rows(plan):
    return list(csv.DictReader(io.StringIO(plan_csv(plan, EXERCISES))))


def test_there_is_a_line_for_each_exercise_and_side_left_before_right():
    found = rows(plan_of([strength_session(MONDAY)]))
    assert [(row["exercise"], row["side"]) for row in found] == [
        ("single_leg_romanian_deadlift", "left"), ("single_leg_romanian_deadlift", "right"), ("split_squat", "left"),
        ("split_squat", "right"), ("lateral_band_walk", "both"),
    ]  # fmt: skip


def test_the_sets_of_the_table_are_the_sets_of_the_plan():
    plan = example_plan()
    sets: dict[tuple[str, str], int] = {}
    for row in rows(plan):
        key = row["session"], row["order"]
        sets[key] = max(sets.get(key, 0), int(row["sets"] or 0))  # a set of both legs in turn counts once
    assert sum(sets.values()) == plan.totals["sets"]


def test_the_side_that_begins_is_marked():
    found = rows(plan_of([strength_session(MONDAY)]))
    assert [row["first"] for row in found[:2]] == ["", "yes"]


def test_units_stand_in_the_names_of_the_columns():
    row = rows(plan_of([strength_session(MONDAY)]))[0]
    assert {"session_minutes", "hold_s", "load_kg", "rest_s", "tempo_s"} < row.keys()
    assert (row["load_kg"], row["rest_s"], row["session_minutes"], row["date"]) == ("8", "60", "20", "2026-05-04")


def test_a_session_without_exercises_has_one_line():
    (row,) = rows(plan_of([session(MONDAY, "test")]))
    assert (row["kind"], row["exercise"], row["because"]) == ("test", "", "a day without a run")


def test_every_line_has_every_column():
    for line in csv.reader(io.StringIO(plan_csv(example_plan(), EXERCISES))):
        assert len(line) == len(COLUMNS)


def test_text_that_a_spreadsheet_would_calculate_is_text():
    line = replace(both_sides("step_up", Dose(sets=1, reps=5)), because="=1+1")
    (row,) = rows(plan_of([session(MONDAY, exercises=(line,))]))
    assert row["because"] == "'=1+1"
