"""The printed plan: left in the left column, right in the right one, on the page and in the PDF."""

import builtins
import re
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from tests.plans import EXERCISES, MONDAY, each_side, example_plan, mirrored, plan_of, session, strength_session

from evenstride.errors import InvalidRequest
from evenstride.model import Dose
from evenstride.report.plan_sheet import plan_page, plan_pdf, sheet_of


def cells(page):
    """Left, middle and right of each row of every table of doses, without tags."""
    found = re.findall(r'<td class="l">(.*?)</td><td class="m">(.*?)</td><td class="r">(.*?)</td>', page, re.DOTALL)
    return [tuple(re.sub("<[^>]+>", " ", cell).strip() for cell in row) for row in found]


def test_the_left_dose_stands_left_of_the_exercise_and_the_right_one_right():
    line = each_side("split_squat", Dose(sets=2, reps=12), Dose(sets=3, reps=10), first="right")
    (row,) = cells(plan_page(plan_of([session(MONDAY, exercises=(line,))]), EXERCISES))
    assert row[0] == "2 × 12"
    assert row[1].startswith("Split squat")
    assert row[2].split() == ["3", "×", "10", "first"]


def test_a_box_to_tick_stands_for_every_set_of_every_leg():
    plan = example_plan()
    page = plan_page(plan, EXERCISES)
    sets = sum(dose.sets for one in plan.sessions if one.slot in ("free", "after_run")
               for line in one.exercises for dose in line.doses)  # fmt: skip
    assert page.count("<i></i>") == sets


def test_every_week_and_every_session_is_on_the_sheet_once():
    plan = example_plan()
    sheet = sheet_of(plan, EXERCISES)
    assert [week.title for week in sheet.weeks] == ["Week 1, 4 to 10 May 2026", "Week 2, 11 to 17 May 2026"]
    assert sum(len(week.blocks) for week in sheet.weeks) == len(plan.sessions)
    assert sum(len(day.entries) for week in sheet.weeks for day in week.days) == len(plan.sessions) + len(plan.runs)


def test_a_plan_that_starts_in_the_middle_of_a_week_shows_that_week_whole():
    start = MONDAY + timedelta(days=3)
    sheet = sheet_of(plan_of([session(start)], start=start, weeks=1), EXERCISES)
    assert [len(week.days) for week in sheet.weeks] == [7, 7]
    assert sheet.weeks[0].days[3].entries[0].text == "Strength, 20 min"


def test_what_was_given_up_stands_in_its_week_and_is_counted_at_the_top():
    sheet = sheet_of(example_plan(), EXERCISES)
    given = [[note for note in week.notes if note.startswith("Given up")] for week in sheet.weeks]
    assert given == [[], ["Given up: one strength session only; a free Friday would make two (R-FREQ)"]]
    assert "one preference is given up" in sheet.meaning
    assert "every preference is kept" in sheet_of(plan_of([]), EXERCISES).meaning


def test_the_totals_at_the_top_are_those_of_the_plan():
    plan = example_plan()
    assert sheet_of(plan, EXERCISES).meaning.startswith(
        f"3 strength sessions, {plan.totals['strength_minutes']:.0f} minutes of strength, 1 day of tests,"
        f" {plan.totals['mobility_minutes']:.0f} minutes of mobility."
    )


def test_on_a_day_the_piece_before_the_run_stands_before_it_and_strength_after():
    days = sheet_of(example_plan(), EXERCISES).weeks[0].days
    assert [entry.kind for entry in days[1].entries] == ["piece", "run"]
    assert [entry.kind for entry in days[3].entries] == ["run", "session"]


def test_swapping_the_legs_mirrors_the_sheet():
    def swapped(row):
        other = {"left": "right", "right": "left", "": ""}
        return replace(row, left=row.right, right=row.left, left_boxes=row.right_boxes, right_boxes=row.left_boxes,
                       first=other[row.first])  # fmt: skip

    rows = [[row for block in week.blocks for row in block.rows] for week in sheet_of(example_plan(), EXERCISES).weeks]
    mirror = [[row for block in week.blocks for row in block.rows] for week in
              sheet_of(mirrored(example_plan()), EXERCISES).weeks]  # fmt: skip
    assert mirror == [[swapped(row) for row in week] for week in rows]


def test_names_cannot_steer_the_page():
    page = plan_page(replace(example_plan(), athlete="<script>alert(1)</script>"), EXERCISES)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_needs_no_network_and_no_script():
    page = plan_page(example_plan(), EXERCISES)
    assert not re.search(r"<script|src=|@import|url\(", page)
    assert "@media print" in page


def test_the_pdf_is_one_and_the_same_for_the_same_plan():
    first, again = (plan_pdf(example_plan(), EXERCISES) for _ in range(2))
    assert first[:5] == b"%PDF-"
    assert first == again


def test_no_name_is_taken_for_a_command_of_the_typesetter():
    nasty = replace(strength_session(MONDAY), assumes=('#panic("no") $x$ \\ " ]',))
    plan = replace(plan_of([nasty]), athlete='#panic("no") *a* _b_ // `c`')
    assert plan_pdf(plan, EXERCISES)[:5] == b"%PDF-"


def test_names_in_other_scripts_are_written():
    assert plan_pdf(replace(example_plan(), athlete="Ёлка 走る"), EXERCISES)[:5] == b"%PDF-"


def test_without_the_typesetter_the_error_names_what_to_install(monkeypatch):
    real = builtins.__import__

    def refuse(name, *args, **kwargs):
        if name == "typst":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(InvalidRequest) as refused:
        plan_pdf(example_plan(), EXERCISES)
    assert "evenstride[pdf]" in refused.value.help


def test_the_sheet_is_nothing_but_text_and_numbers():
    """What the typesetter is given is data: nothing in it is anything but text, numbers and lists of them."""

    def leaves(value):
        if isinstance(value, dict):
            return [leaf for one in value.values() for leaf in leaves(one)]
        if isinstance(value, list | tuple):
            return [leaf for one in value for leaf in leaves(one)]
        return [value]

    assert {type(leaf) for leaf in leaves(asdict(sheet_of(example_plan(), EXERCISES)))} == {str, int}
