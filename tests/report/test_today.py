"""The day on one screen: left on the left, what is done folded, what waits named."""

import re
from dataclasses import replace
from datetime import date, time

from tests.plans import both_sides, each_side, session

from evenstride.model import Because, CalendarRun, Cue, CueChoice, DayTarget, Dose, Today
from evenstride.model.today import Waits
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.today_document import today_document
from evenstride.report.today_screen import today_text
from evenstride.service.today_file import VERSION

DAY = date(2026, 5, 8)
CUE = CueChoice(
    cue=Cue(id="quiet", text="Land quietly.", drill="a_march", about="ground"), why="You asked.", stage="asked"
)
WAITS = Waits(kind="run", id="2026-05-07", text="the run of yesterday", command="evenstride log run 2026-05-07")
TARGET = DayTarget(
    id="T-DAY-PROTEIN", key="protein_g", label="protein", text="", source="", grade="fair", low=98, high=134
)


def told(**fields):
    today = Today(**{"day": DAY, "athlete": "Ada", "timezone": "UTC", "planned": True} | fields)
    return today_document(today, load_catalogue())


def strength(**own):
    lines = (
        each_side("split_squat", Dose(sets=2, reps=12), Dose(sets=3, reps=12)),
        both_sides("glute_bridge", Dose(sets=2, reps=15)),
    )
    return session(DAY, exercises=lines, **own)


def test_the_first_line_names_the_day_and_all_that_is_on_it():
    run = CalendarRun(day=DAY, kind="intervals", minutes=60, at=time(18))
    first = today_text(told(runs=(run,), sessions=(strength(),))).splitlines()[0]
    assert first.startswith("Friday 8 May: intervals at 18:00 and strength")


def test_the_left_leg_stands_on_the_left():
    lines = today_text(told(sessions=(strength(),))).splitlines()
    row = next(one for one in lines if "Split squat" in one)
    assert row.index("2 ×") < row.index("3 ×")


def test_a_session_that_is_done_is_folded_and_no_longer_announced():
    one = strength()
    text = today_text(told(sessions=(one,), done=(one.id,)))
    assert text.splitlines()[0] == "Friday 8 May: all done."
    assert "Split squat" not in text
    assert "done" in text


def test_nothing_planned_is_rest_and_names_the_next_day():
    text = today_text(told(ahead=date(2026, 5, 10)))
    assert text.splitlines()[0] == "Friday 8 May: nothing planned, rest."
    assert "Sunday 10 May" in text


def test_without_a_plan_the_command_that_makes_one_is_named():
    assert "evenstride plan make" in today_text(told(planned=False)).splitlines()[0]


def test_notes_come_before_decisions_and_decisions_before_sessions():
    lines = today_text(
        told(notes=("A clinician comes first.",), decision="Last review: hold.", sessions=(strength(),))
    ).splitlines()
    assert lines[1:3] == ["A clinician comes first.", "Last review: hold."]


def test_cues_guidance_and_what_waits_stand_below():
    target = DayTarget(
        id="T-DAY-SLEEP",
        key="sleep_hours",
        label="sleep",
        text="Sleep 7 to 9 h.",
        source="programme",
        grade="fair",
        low=7.0,
        high=9.0,
    )
    text = today_text(told(cues=(CUE,),
                           waiting=(WAITS,), targets=(target,)))  # fmt: skip
    for words in ("Land quietly.", "evenstride log run", "Sleep 7 to 9 h."):
        assert words in text


def test_the_document_has_the_contracts_fields():
    document = told(targets=(TARGET,))
    assert {"date", "run", "sessions", "cues", "log", "decision", "targets"} <= set(document)
    assert document["targets"] == {"protein_g": [98, 134]}


def test_a_document_with_other_fields_has_another_version():
    fields = (
        "athlete care cues date decision guidance log next notes planned run runs schema sessions stop targets timezone"
        " trial waiting"
    )
    assert (VERSION, " ".join(sorted(told()))) == (2, fields), "the small file needs a new VERSION"


def test_who_must_not_train_reads_that_first_and_what_the_plan_has_only_below():
    run = CalendarRun(day=DAY, kind="long", minutes=100)
    lines = today_text(told(runs=(run,), stop=True, notes=("Stop running for now.",))).splitlines()
    assert lines[0] == "Friday 8 May: no running and no training today."
    assert lines[1] == "Stop running for now."
    assert lines.index("What the plan has for the day waits:") < next(i for i, x in enumerate(lines) if "Long run" in x)


def test_a_narrow_column_parts_no_number_from_its_unit():
    holds = both_sides("diaphragmatic_breathing", Dose(sets=1, hold_s=15))
    said = today_text(told(sessions=(session(DAY, exercises=(holds,)),)), width=80)
    assert "1 × 15 s" in said
    assert not re.search(r"(?m)^\s+(s|kg)\b", said)


def test_a_session_of_a_coach_says_whose_it_is():
    because = (Because(rule="R-REVIEW", text="Hips first by Kim: a coach's session in place of the phase's list."),)
    assert "Hips first by Kim" in today_text(told(sessions=(replace(strength(), because=because),)))


def test_it_fits_a_narrow_terminal():
    run = CalendarRun(day=DAY, kind="long", minutes=100, note="a note " * 20)
    text = today_text(told(runs=(run,), sessions=(strength(),)), width=60)
    assert max(map(len, text.splitlines())) <= 60
