"""What is said beside a plan: what is left out and why, and a return to running with its stage, in every form."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.plans import MONDAY, example_plan

from evenstride.model import ReturnState
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.left_out import Absence, LeftOut
from evenstride.plan.usable import Hindrance
from evenstride.report.looks import as_text
from evenstride.report.plan_beside import PlanBeside, absence_lines, left_out_lines, return_sentence
from evenstride.report.plan_details import session_screen, week_screen
from evenstride.report.plan_document import plan_document
from evenstride.report.plan_ics import IcsOptions, plan_ics
from evenstride.report.plan_sheet import plan_page, plan_pdf, sheet_of
from evenstride.report.plan_terminal import plan_text

CATALOGUE = load_catalogue()
EXERCISES = CATALOGUE.exercises
PLAN = example_plan()
STRENGTH = [one for one in PLAN.sessions if one.kind == "strength"]
KNEE = Hindrance(kind="injury", text="the left knee is injured")
GONE = (
    LeftOut(exercise="split_squat", instead="glute_bridge", why=KNEE, sessions=tuple(STRENGTH)),
    LeftOut(exercise="bulgarian_split_squat", instead=None, why=KNEE, sessions=tuple(STRENGTH)),
)
SAID = "glute bridge in place of split squat and no Bulgarian split squat, as the left knee is injured"
BACK = ReturnState(side="left", site="calf", began=MONDAY, since=MONDAY, stage_since=MONDAY, stage="walk_run", step=2)
BESIDE = PlanBeside(left_out=GONE, returning=BACK)
RETURN = "A return to running is under way (left calf, stage “walk–run” since 4 May 2026)"


def plain(text):
    return " ".join(text.split())


def test_what_is_left_out_for_one_reason_stands_in_one_line_with_its_weeks():
    assert left_out_lines(PLAN, GONE, EXERCISES) == [("every week", SAID)]


def test_the_plan_says_what_is_left_out_and_that_a_return_is_under_way():
    text = plain(plan_text(PLAN, CATALOGUE, today=MONDAY, beside=BESIDE))
    assert SAID in text
    assert RETURN in text
    assert "left out" not in plain(plan_text(PLAN, CATALOGUE, today=MONDAY))


def test_a_week_and_a_session_say_it_too():
    for screen in (
        week_screen(PLAN, CATALOGUE, 1, beside=BESIDE, width=100),
        session_screen(STRENGTH[0], PLAN, CATALOGUE, beside=BESIDE, width=100),
    ):
        text = plain(as_text(screen, 100))
        assert SAID in text
        assert RETURN in text


def test_a_session_that_lacks_nothing_says_nothing():
    other = replace(BESIDE, left_out=tuple(replace(one, sessions=(STRENGTH[1],)) for one in GONE))
    text = plain(as_text(session_screen(STRENGTH[0], PLAN, CATALOGUE, beside=other, width=100), 100))
    assert "knee is injured" not in text


def test_page_and_pdf_say_both():
    sheet = sheet_of(PLAN, EXERCISES, BESIDE)
    assert f"Left out: {SAID}" in sheet.weeks[0].notes
    assert sheet.returning.startswith(RETURN)
    page = plan_page(PLAN, EXERCISES, BESIDE)
    assert RETURN in page
    assert SAID in page
    assert len(plan_pdf(PLAN, EXERCISES, BESIDE)) != len(plan_pdf(PLAN, EXERCISES))


def test_the_calendar_and_what_belongs_to_a_run_say_that_a_return_is_under_way():
    options = IcsOptions(
        timezone="UTC", made=datetime(2026, 5, 1, tzinfo=UTC), runs=True, returning=return_sentence(BACK)
    )
    text = plan_ics(PLAN, EXERCISES, options).decode().replace("\r\n ", "")
    events = text.split("BEGIN:VEVENT")
    assert "X-WR-CALDESC:A return to running is under way" in events[0]
    of_runs = [one for one in PLAN.sessions if one.slot != "free"]
    assert sum("A return to running" in one for one in events[1:]) == len(of_runs) + len(PLAN.runs)
    quiet = plan_ics(PLAN, EXERCISES, replace(options, returning=""))
    assert b"return to running" not in quiet


def test_the_document_has_both():
    document = plan_document(PLAN, BESIDE)
    first, _ = document["left_out"]
    assert (first["exercise"], first["instead"], first["kind"]) == ("split_squat", "glute_bridge", "injury")
    assert first["sessions"] == [one.id for one in STRENGTH]
    assert (document["returning"]["stage"], document["returning"]["step"]) == ("walk_run", 2)
    assert (plan_document(PLAN)["left_out"], plan_document(PLAN)["returning"]) == ([], None)


def test_a_return_that_is_over_is_not_said():
    assert return_sentence(replace(BACK, finished_on=date(2026, 5, 20))) == ""
    assert return_sentence(None) == ""


def test_a_referral_comes_first():
    assert "a clinician comes first" in return_sentence(replace(BACK, referred="night pain"))


def test_what_would_bring_an_exercise_back_is_named():
    found = Absence(
        kind="hindered", why=Hindrance(kind="equipment", text="there is no bench"), instead=("split_squat",)
    )
    lines = dict(absence_lines(found, EXERCISES["bulgarian_split_squat"], EXERCISES))
    assert lines["because"] == "there is no bench"
    assert lines["instead"] == "Split squat"
    assert "athlete change --equipment" in lines["it would take"]
