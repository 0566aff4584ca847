"""The doors of the programme and of the way back to running, as a runner uses them."""

from datetime import date, timedelta
from typing import get_args

import pytest

from evenstride.cli.commands.returning import FLAGS, STAGES
from evenstride.model import RedFlag, ReturnStage

FROM = "2026-05-04"
"""Long past on any clock: what a plan asks for does not depend on the day of asking."""


@pytest.fixture
def planned(ada, told, once):
    """The document of a plan of three weeks."""
    code, document = once("cli/test_plan", lambda: told("plan", "make", "--weeks", 3, "--from", FROM))
    assert code == 0
    return document


def strength(document):
    return [one for one in document["sessions"] if one["kind"] == "strength"]


def next_day(text):
    return str(date.fromisoformat(text) + timedelta(days=1))


# -- made and shown -------------------------------------------------------------------------------------------------


def test_a_plan_says_first_what_it_asks_for_and_then_what_that_means_today(say, ada):
    code, out, err = say("plan", "make", "--weeks", 2, "--from", date.today())  # noqa: DTZ011  as the runner's clock
    lines = out.splitlines()
    assert (code, lines[0].startswith("Two weeks from ")) == (0, True)
    assert "oday" in " ".join(lines[1:4])
    assert "evenstride plan why SESSION" in err


def test_a_plan_is_one_document(planned):
    assert (planned["schema"], planned["athlete"], planned["from"], planned["weeks"]) == (
        "evenstride.plan/1", "Ada", FROM, 3,
    )  # fmt: skip
    assert planned["solver"]["seconds"] > 0
    assert planned["totals"]["strength_sessions"] == len(strength(planned)) > 3
    assert [run["kind"] for run in planned["runs"]] == ["intervals", "easy", "long"] * 3
    assert all(one["because"] and all(line["because"] for line in one["exercises"]) for one in planned["sessions"])


@pytest.mark.both_databases
def test_what_was_made_is_shown(told, planned):
    assert told("plan", "show") == (0, planned)


def test_the_usual_plan_has_twelve_weeks(told, ada):
    assert told("plan", "make", "--from", FROM)[1]["weeks"] == 12


@pytest.mark.parametrize("weeks", ["0", "53", "many"])
def test_a_number_of_weeks_that_cannot_be_is_wrong_usage(say, ada, weeks):
    assert say("plan", "make", "--weeks", weeks)[0] == 2


@pytest.mark.parametrize("week", ["2026-05-13", "2"])
def test_one_week_is_shown_with_every_dose(say, planned, week):
    code, out, _ = say("plan", "show", "--week", week)
    assert (code, out.startswith("Week 2, 11 to 17 May 2026")) == (0, True)
    assert "Single-leg Romanian" in out


@pytest.mark.parametrize("week", ["2026-08-01", "17", "soon"])
def test_a_week_that_is_not_there_is_one_sentence(say, planned, week):
    code, _, err = say("plan", "show", "--week", week)
    assert (code, len(err.splitlines())) == (1, 1)


def test_a_plan_is_drawn(say, planned, tmp_path):
    assert say("plan", "show", "--picture", tmp_path / "plan.svg")[0] == 0
    assert (tmp_path / "plan.svg").read_text().lstrip().startswith("<svg")


@pytest.mark.parametrize("arguments", [
    ("show",), ("why", "2026-05-06"), ("move", "2026-05-06", "2026-05-07"), ("lock", "2026-05-06"), ("undo",),
    ("replan",), ("export", "--ics", "x.ics"),
], ids=lambda one: one[0])  # fmt: skip
def test_without_a_plan_every_door_names_the_command_that_makes_one(say, told, ada, arguments):
    code, out, err = say("plan", *arguments)
    assert (code, out) == (1, "")
    assert "evenstride plan make" in err
    assert told("plan", *arguments)[1]["kind"] == "unknown_entry"


def test_what_is_impossible_names_rules_inputs_and_ways_out(say, told):
    say("athlete", "add", "Ben", "--runs", "tue intervals 60, thu tempo 50", "--free", "mon 40, wed 40")
    code, document = told("plan", "make", "--from", FROM)
    assert (code, document["schema"], document["rules"]) == (1, "evenstride.conflict/1", ["R-24H"])
    assert "free: mon 40" in document["inputs"]
    assert document["ways_out"]
    code, out, err = say("plan", "make", "--from", FROM)
    assert (code, out) == (1, "")
    assert "R-24H" in err
    assert "Traceback" not in err


def test_the_calendar_comes_as_file_table_and_words(told, ada, tmp_path):
    (tmp_path / "mine.csv").write_text("date,kind,minutes\n2026-05-06,tempo,45\n")
    lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Easy run", "DTSTART:20260512T160000Z",
             "DURATION:PT45M", "END:VEVENT", "END:VCALENDAR"]  # fmt: skip
    (tmp_path / "mine.ics").write_bytes("\r\n".join(lines).encode())
    code, document = told(
        "plan", "make", "--weeks", 2, "--from", FROM, "--ics", tmp_path / "mine.ics", "--csv", tmp_path / "mine.csv",
        "--run", "2026-05-08 hills 40", "--no-run", "2026-05-05",
    )  # fmt: skip
    assert code == 0
    assert [(one["date"][-2:], one["kind"]) for one in document["runs"]] == [
        ("06", "tempo"), ("07", "easy"), ("08", "hills"), ("10", "long"), ("12", "easy"),
    ]  # fmt: skip


def test_a_run_that_cannot_be_read_is_named(say, ada):
    code, _, err = say("plan", "make", "--run", "2026-05-08 sprinting 40")
    assert (code, "'sprinting'" in err) == (1, True)


# -- why ------------------------------------------------------------------------------------------------------------


def test_why_explains_a_session(say, told, planned):
    one = strength(planned)[0]
    code, out, _ = say("plan", "why", one["id"])
    assert code == 0
    assert all(because["rule"] in out for because in one["because"])
    code, document = told("plan", "why", one["date"])
    assert (document["schema"], document["asked"], document["sessions"]) == ("evenstride.why/1", "session", [one])
    assert {rule["id"] for rule in document["rules"]} == {because["rule"] for because in one["because"]}


def test_why_explains_an_exercise_and_a_rule(say, told, planned):
    document = told("plan", "why", "split_squat")[1]
    assert (document["exercise"]["id"], len(document["sessions"])) == ("split_squat", len(strength(planned)))
    assert say("plan", "why", "split squat")[1].startswith("Split squat stands in ")
    document = told("plan", "why", "R-24H")[1]
    assert [rule["id"] for rule in document["rules"]] == ["R-24H"]
    assert say("plan", "why", "r-24h")[1].startswith("R-24H, binding: ")


def test_a_name_that_is_nearly_one_is_suggested(say, planned):
    code, _, err = say("plan", "why", "split_squad")
    assert (code, "split_squat" in err) == (1, True)


def test_what_an_injury_a_clinician_and_a_missing_box_keep_away_is_said(say, told, ada):
    say("athlete", "change", "--injury", "left knee 2026-04..now", "--restriction", "no hinge until 2026-05-12")
    document = told("plan", "make", "--weeks", 2, "--from", FROM)[1]
    kinds = {one["exercise"]: one["kind"] for one in document["left_out"]}
    assert kinds["split_squat"] == "injury"
    assert kinds["single_leg_romanian_deadlift"] == "restriction"
    assert told("plan", "show")[1] == document
    out = " ".join(say("plan", "show")[1].split())
    assert kinds["step_up"] == "injury"
    assert "no split squat and no step-up, as the left knee is injured" in out
    assert "as a clinician rules out hinge until 12 May 2026" in out
    first = next(one for one in document["left_out"] if one["exercise"] == "split_squat")["sessions"][0]
    assert "the left knee is injured" in " ".join(say("plan", "why", first)[1].split())
    answer = told("plan", "why", "split_squat")[1]
    assert (answer["absent"]["kind"], answer["absent"]["reason"]) == ("hindered", "injury")
    assert "the left knee is injured" in say("plan", "why", "split_squat")[1]


def test_a_return_under_way_is_said_in_every_form(say, told, ada, tmp_path):
    say("return", "start", "left calf")
    document = told("plan", "make", "--weeks", 2, "--from", FROM)[1]
    assert document["returning"]["stage"] == "walking"
    said = "A return to running is under way (left calf, stage “walking and single-leg control” since"
    assert said in " ".join(say("plan", "show")[1].split())
    assert said in " ".join(say("plan", "show", "--week", 1)[1].split())
    assert said in " ".join(say("plan", "why", strength(document)[0]["id"])[1].split())
    assert said in say("plan", "make", "--weeks", 2, "--from", FROM)[2]
    say("plan", "export", "--ics", tmp_path / "a.ics", "--html", tmp_path / "a.html")
    assert "A return to running is under way" in (tmp_path / "a.ics").read_text().replace("\n ", "")
    assert said in (tmp_path / "a.html").read_text()


# -- changed --------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_session_moves_and_says_what_else_changes(say, told, planned):
    one = strength(planned)[0]
    code, document = told("plan", "move", one["id"], next_day(one["date"]))
    assert (code, document["schema"], document["session"]["date"]) == (
        0, "evenstride.plan_change/1", next_day(one["date"]),
    )  # fmt: skip
    assert document["session"]["locked"]
    moved = [each for each in document["plan_change"]["moved"] if each["before"]["id"] == one["id"]]
    assert [each["after"] for each in moved] == [document["session"]]
    assert say("plan", "undo")[0] == 0
    assert told("plan", "show")[1] == planned


def test_a_move_that_a_rule_forbids_names_it(say, told, planned):
    code, document = told("plan", "move", strength(planned)[0]["id"], "2026-05-09")
    assert (code, document["schema"], document["rules"]) == (1, "evenstride.conflict/1", ["R-24H"])
    assert told("plan", "show")[1] == planned


def test_a_session_is_locked_and_let_go(say, told, planned):
    one = strength(planned)[0]["id"]
    assert told("plan", "lock", one)[1]["session"]["locked"]
    code, _, err = say("plan", "lock", one, "--off")
    assert (code, err) == (0, f"{one} may move again.\n")


@pytest.mark.both_databases
def test_runs_are_added_moved_removed_and_the_plan_follows(told, planned):
    assert told("plan", "run", "add", "2026-05-15 easy 30")[0] == 0
    assert told("plan", "run", "move", "2026-05-10", "2026-05-09", "--at", "07:00")[0] == 0
    assert told("plan", "run", "remove", "2026-05-19")[0] == 0
    runs = {(one["date"], one["kind"], one["time"]) for one in told("plan", "show")[1]["runs"]}
    assert {("2026-05-15", "easy", None), ("2026-05-09", "long", "07:00")} <= runs
    assert not {"2026-05-10", "2026-05-19"} & {day for day, *_ in runs}
    said = told("plan", "run", "list")[1]["said"]
    assert said == ["2026-05-15 easy 30", "2026-05-10 -> 2026-05-09 07:00", "2026-05-19 rest"]


def test_a_run_that_is_not_there_is_one_sentence(say, planned):
    code, _, err = say("plan", "run", "remove", "2026-05-06")
    assert (code, "There is no run on 2026-05-06." in err, len(err.splitlines())) == (1, True, 1)


def test_a_plan_that_is_over_says_so_when_it_is_to_be_made_anew(say, planned):
    code, _, err = say("plan", "replan")
    assert (code, "The plan ended on 2026-05-24." in err) == (1, True)


# -- exported -------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_every_form_is_written(say, told, planned, tmp_path):
    code, document = told(
        "plan", "export", "--ics", tmp_path / "a.ics", "--fit", tmp_path / "fit", "--csv", tmp_path / "a.csv",
        "--html", tmp_path / "a.html", "--pdf", tmp_path / "a.pdf",
    )  # fmt: skip
    assert (code, document["schema"]) == (0, "evenstride.plan_export/1")
    assert document["workouts"] >= len(strength(planned))
    starts = {"a.ics": b"BEGIN:VCALENDAR", "a.csv": b"", "a.html": b"<!", "a.pdf": b"%PDF"}
    for name, start in starts.items():
        content = (tmp_path / name).read_bytes()
        assert content.startswith(start), name
        assert len(content) > 500, name
    assert say("plan", "export")[0] == 1


@pytest.mark.parametrize(("option", "name"), [
    ("--ics", "a.pdf"), ("--csv", "a.html"), ("--html", "a.png"), ("--pdf", "a.txt"), ("--pdf", "a"),
])  # fmt: skip
def test_a_file_with_the_ending_of_another_kind_is_wrong_usage_and_is_not_written(
    say, told, planned, tmp_path, option, name
):
    code, out, err = say("plan", "export", option, tmp_path / name)
    assert (code, out, name in err.splitlines()[-1]) == (2, "", True)
    assert not (tmp_path / name).exists()
    assert told("plan", "export", option, tmp_path / name)[1]["kind"] == "wrong_usage"


def test_workouts_go_to_a_folder_and_not_onto_a_file(say, planned, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    assert say("plan", "export", "--fit", tmp_path / "mine.txt")[0] == 2
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_an_ending_in_capitals_is_the_same_ending(say, planned, tmp_path):
    assert say("plan", "export", "--csv", tmp_path / "A.CSV")[0] == 0


@pytest.mark.parametrize("text", ["2026-06-05 long 120 5000km", "2026-06-05 long 2000", "2026-06-05 easy 40 25:00"])
def test_a_run_that_no_day_takes_is_one_sentence(say, planned, text):
    code, _, err = say("plan", "run", "add", text)
    assert (code, len(err.splitlines())) == (1, 1)
    assert text.split()[-1] in err


# -- back to running ------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_return_is_begun_shown_logged_and_taken_back(say, told, ada):
    code, document = told("return", "start", "right achilles")
    assert (code, document["schema"], document["side"], document["site"], document["stage"]) == (
        0, "evenstride.return/1", "right", "achilles", "walking",
    )  # fmt: skip
    code, document = told("return", "log", "--during", 6, "--after", 2)
    assert (code, document["decision"]["outcome"], bool(document["referred"])) == (0, "refer", True)
    code, out, _ = say("return", "show")
    assert (code, out.splitlines()[0]) == (0, "A clinician comes first.")
    assert say("return", "undo")[0] == 0
    assert told("return", "show")[1]["referred"] is None


def test_a_return_waits_for_the_morning(told, ada):
    told("return", "start", "both calves")
    document = told("return", "log", "--during", 1, "--after", 0)[1]
    assert document["decision"]["because"][0]["rule"] == "RR-WAIT"
    assert told("return", "log", "--morning", 0)[1]["kind"] == "invalid_request"  # not before tomorrow


def test_a_return_is_locked_and_released(told, ada):
    told("return", "start", "left tibia", "--bone")
    assert told("return", "show")[1]["locks"][0]["by"] == "clinician"
    assert told("return", "lock", "--off")[1]["kind"] == "invalid_request"
    assert told("return", "lock", "--off", "--clinician", "Dr Green")[1]["locks"] == []
    document = told("return", "lock", "--why", "on holiday", "--stage", "strides")[1]
    assert [(one["by"], one["from_stage"]) for one in document["locks"]] == [("runner", "strides")]


def test_a_stand_on_each_leg_is_what_the_next_stage_asks_for(told, ada):
    def stance():
        return [one["met"] for one in told("return", "show")[1]["missing"] if one["rule"] == "RR-STANCE"]

    told("return", "start", "left calf")
    assert stance() == [None]
    told("return", "stand", "--left", 30, "--right", 30)
    assert stance() == []


@pytest.mark.parametrize("what", ["achilles", "middle calf", ""])
def test_a_return_needs_a_leg_and_a_site(say, ada, what):
    assert say("return", "start", what)[0] == 1


def test_the_stages_and_flags_that_can_be_typed_are_those_there_are():
    assert get_args(ReturnStage) == STAGES
    assert get_args(RedFlag) == FLAGS
