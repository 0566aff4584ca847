"""Logging as a runner does it: one command for the usual case, exceptions only, nothing lost."""

import json
import os
import pty
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from evenstride.report.fit_encoder import encode_activity
from evenstride.review.checklist import load_checklists
from evenstride.simulate import RunRecipe, simulate_run

ZONE = "Europe/Berlin"
TODAY = datetime.now(ZoneInfo(ZONE)).date()
"""The runner's clock: logs speak of days that are past."""


def ago(days):
    return str(TODAY - timedelta(days=days))


@pytest.fixture
def told(say):
    """Call with ``--json`` and return the one document; it must have been served."""

    def call(*arguments):
        code, out, err = say(*arguments, "--json")
        assert code == 0, err
        return json.loads(out)

    return call


@pytest.fixture
def refused(say):
    """Call what must be refused and return the sentence."""

    def call(*arguments):
        code, _, err = say(*arguments)
        assert code == 1
        return err

    return call


@pytest.fixture
def ada(say):
    """A runner with a week, free minutes and something to lift."""
    week = "tue intervals 60 18:00, thu easy 50, sun long 110 08:00"
    free = "mon 40, wed 40, thu 40, fri 40, sat 40"
    arguments = ("--runs", week, "--free", free, "--equipment", "dumbbell,band,low_box", "--timezone", ZONE)
    assert say("athlete", "add", "Ada", *arguments)[0] == 0


@pytest.fixture
def session(ada, told, once):
    """The latest strength session up to today of a plan that began two weeks ago."""
    plan = once("cli/test_logs", lambda: told("plan", "make", "--weeks", 4, "--from", ago(14)))
    return [one for one in plan["sessions"] if one["kind"] == "strength" and one["date"] <= str(TODAY)][-1]


def add_run(say, tmp_path, days, name="run.fit", asymmetry_pct=3.0):
    start = datetime.combine(TODAY - timedelta(days=days), datetime.min.time(), UTC) + timedelta(hours=10)
    recipe = RunRecipe(minutes=15, asymmetry_pct=asymmetry_pct, start=start)
    activity = simulate_run(recipe, rng=np.random.default_rng(1)).activity
    (tmp_path / name).write_bytes(encode_activity(activity))
    return say("import", tmp_path / name)


# -- sessions -------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_a_session_is_logged_as_it_stood_with_one_command(session, told):
    done = told("log", "session", session["id"], "--as-planned", "--effort", 6)
    assert (done["session"], done["done"], done["as_planned"]) == (session["id"], True, True)
    assert [one["exercise"] for one in done["exercises"]] == [one["exercise"] for one in session["exercises"]]
    for asked, one in zip(session["exercises"], done["exercises"], strict=True):
        dose = asked["left"] or asked["both"]
        assert one["left"]["reps"] == [dose["reps"] or dose["hold_seconds"]] * dose["sets"]
        assert (one["left"]["clean"], one["right"]["clean"], one["pain"]["value_0_10"]) == (True, True, 0.0)
    assert done["minutes"] == session["minutes"]
    assert done["load"] == 6 * session["minutes"]
    assert not any(one["less"] or one["more"] for one in done["compared"])


def test_only_exceptions_are_typed(session, told):
    name = session["exercises"][0]["exercise"]
    text = f"{name} left 9,5 12kg rir 1 clean no pain 3 knee right joint"
    done = told("log", "session", session["id"], "--as-planned", "--set", text)
    first = done["exercises"][0]
    assert first["left"] == {"reps": [9, 5], "load_kg": 12, "clean": False, "in_reserve": 1}
    assert first["right"]["clean"] is True
    assert first["pain"] == {"value_0_10": 3, "site": "knee", "side": "right", "kind": "joint"}
    assert len(done["exercises"]) == len(session["exercises"])


def test_the_screen_shows_done_beside_asked(session, say):
    code, out, _ = say("log", "session", session["id"], "--as-planned", "--set",
                       f"{session['exercises'][0]['exercise']} left 1 right 1")  # fmt: skip
    assert (code, out.splitlines()[0]) == (0, f"Kept as planned: {session['id']}.")
    assert "less than asked" in out
    assert {"L left", "R right"} <= set(re.findall(r"L left|R right", out))


def test_without_a_name_it_is_the_latest_that_waits(session, told):
    first = told("log", "session", "--as-planned")["session"]
    second = told("log", "session", "--as-planned")["session"]
    assert first != second
    assert second[:10] <= first[:10] <= str(TODAY)


def test_a_day_is_enough_of_a_name(session, told):
    assert told("log", "session", session["date"], "--as-planned")["session"] == session["id"]


def test_minutes_are_not_made_up(session, told):
    name = session["exercises"][0]["exercise"]
    done = told("log", "session", session["id"], "--set", f"{name} 8,8", "--effort", 5)
    assert (done["minutes"], done["load"], len(done["exercises"])) == (None, None, 1)


@pytest.mark.both_databases
def test_what_is_told_later_joins_and_as_planned_begins_anew(session, told):
    told("log", "session", session["id"], "--as-planned", "--effort", 6)
    later = told("log", "session", session["id"], "--soreness", 5, "--soreness-hours", 60)
    assert (later["effort_0_10"], later["soreness_0_10"], later["soreness_hours"]) == (6, 5, 60)
    assert (len(later["exercises"]), later["corrected"]) == (len(session["exercises"]), True)
    anew = told("log", "session", session["id"], "--as-planned")
    assert (anew["effort_0_10"], anew["soreness_0_10"]) == (None, None)


@pytest.mark.both_databases
def test_a_correction_can_be_taken_back(session, told):
    told("log", "session", session["id"], "--as-planned", "--effort", 6)
    told("log", "session", session["id"], "--missed")
    told("log", "undo")
    (kept,) = told("log", "show")["sessions"]
    assert (kept["done"], kept["effort_0_10"]) == (True, 6)


def test_a_missed_session_is_kept_without_reproach_and_waits_no_more(session, say, told):
    code, out, _ = say("log", "session", session["id"], "--missed", "--note", "a cold")
    assert (code, "missed" in out.splitlines()[0]) == (0, True)
    assert session["id"] not in [one["id"] for one in told("log", "show")["waiting"]["sessions"]]


def test_a_session_outside_the_plan_needs_no_plan(ada, told):
    done = told("log", "session", "--outside", "strength", "--set", "split squat 3x10 8kg", "--minutes", 25,
                "--effort", 4)  # fmt: skip
    assert (done["session"], done["date"], done["load"]) == (None, str(TODAY), 100)
    assert done["compared"][0]["asked"] is None


def test_a_late_entry_counts_for_its_day(session, told):
    done = told("log", "session", session["id"], "--as-planned", "--date", ago(0))
    assert done["date"] == str(TODAY)


def test_the_self_check_is_scored_from_what_was_rated(session, told):
    done = told("log", "session", session["id"], "--as-planned", "--rate", "posture 4, limb 2, foot 3")
    assert done["score"] == {"value": 75.0, "rated": 3, "of": 5}


def test_a_mobility_session_has_its_own_list(session, told):
    waits = told("log", "show")["waiting"]["sessions"]
    mobility = next(one["id"] for one in waits if one["kind"] == "mobility")
    done = told("log", "session", mobility, "--as-planned", "--rate", "ease 3, quality 3, tenderness 3")
    assert done["score"] == {"value": 75.0, "rated": 3, "of": 5}


@pytest.mark.parametrize(("injured", "other"), [("left", "right"), ("right", "left")])
def test_more_for_the_stronger_leg_is_told_kindly_and_kept(session, say, told, injured, other):
    name = next(one["exercise"] for one in session["exercises"] if one["left"])
    for day in (70, 40):
        better, worse = ("31 30 32", "20 21 20")
        values = {injured: worse, other: better}
        for test in ("single_leg_calf_raise", "bulgarian_split_squat"):
            code, _, err = say("screen", "add", test, "--left", values["left"], "--right", values["right"],
                               "--date", ago(day))  # fmt: skip
            assert code == 0, err
    assert told("finding")["limb"] == injured
    done = told("log", "session", session["id"], "--as-planned", "--set", f"{name} {other} 20,20,20 {injured} 5,5,5")
    (warning,) = done["warnings"]
    assert f"the {other} leg did 20, 20, 20 against 5, 5, 5" in warning
    assert f"{injured} one, the weaker" in warning
    assert done["exercises"]


def test_what_hurt_is_named_and_what_follows_from_it(session, say, told):
    name = session["exercises"][0]["exercise"]
    exception = f"{name} pain 3 knee right joint"
    _, out, _ = say("log", "session", session["id"], "--as-planned", "--set", exception)
    assert "3 of 10, right knee (joint)" in out
    assert "R-PAIN" in out
    told("log", "undo")
    mild = told("log", "session", session["id"], "--as-planned", "--effort", 5, "--set", f"{name} pain 2 knee")
    assert mild["notes"] == []


def test_even_work_is_not_warned_of(session, told):
    assert told("log", "session", session["id"], "--as-planned")["warnings"] == []


@pytest.mark.both_databases
def test_the_plan_goes_on_from_what_was_logged(session, say, told):
    while True:
        code, _, _ = say("log", "session", "--as-planned", "--effort", 5)
        if code:
            break
    assert told("log", "show")["waiting"]["sessions"] == []
    assert told("plan", "replan")["schema"] == "evenstride.plan_change/1"


def test_what_cannot_be_is_one_sentence(session, refused, told):
    ahead = next(one["id"] for one in told("plan", "show")["sessions"] if one["date"] > str(TODAY))
    cases = {
        ("session", ahead, "--as-planned"): "lies ahead",
        ("session", session["id"]): "Nothing was said",
        ("session", "2031", "--as-planned"): "There is no session 2031",
        ("session", session["id"], "--missed", "--as-planned"): "Say one of both",
        ("session", session["id"], "--as-planned", "--set", "splt_squat 5"): "Did you mean",
        ("session", session["id"], "--as-planned", "--rate", "postur3"): "no item with 0 to 4",
        ("session", "--outside", "strength"): "Nothing was said",
        ("day", "--date", ago(-1), "--mood", 3): "lies ahead",
        ("day",): "Nothing was said",
        ("run",): "Nothing was said",
        ("run", "2020-01-01-9", "--effort", 5): "There is no run",
        ("run", "--cue", "quiet_foot", "--effort", 5, "--rate", "legs 3"): "has no item 'legs'",
        ("run", "--cue", "loud_feet"): "There is no cue",
        ("undo",): "no log to take back",
    }
    for arguments, said in cases.items():
        assert said in refused("log", *arguments), arguments
    assert told("log", "show")["sessions"] == []


# -- runs -----------------------------------------------------------------------------------------------------------


def test_a_run_without_a_file_is_logged(ada, told):
    done = told("log", "run", "--effort", 7, "--minutes", 60, "--harder", "right", "--without-device", "--rate",
                "limb 4, effort 2, pelvis 3", "--cue", "ribs", "--block", "alternating", "--first", "left")  # fmt: skip
    assert (done["run"], done["load"], done["numbers"], done["without_device"]) == (None, 420, None, True)
    assert (done["score"]["value"], done["score"]["rated"]) == (75.0, 3)
    assert (done["cues"], done["block"], done["first"]) == (["ribs_quiet"], "alternating", "left")


@pytest.mark.both_databases
def test_a_run_finds_its_file_and_shows_its_numbers_after_the_answers(ada, say, told, tmp_path):
    code, _, err = add_run(say, tmp_path, 2)
    assert (code, f"evenstride log run {ago(2)} asks how it felt" in err) == (0, True)
    assert told("log", "show")["waiting"]["runs"] == [ago(2)]
    done = told("log", "run", "--rate", "limb 4, effort 2, pelvis 3", "--effort", 5)
    assert (done["run"], done["date"], done["before_numbers"]) == (ago(2), ago(2), None)
    assert done["minutes"] == pytest.approx(15, abs=1)
    assert done["numbers"].startswith(("Your", "Too little", "This run"))
    assert told("log", "show")["waiting"]["runs"] == []
    assert "asks how it felt" not in add_run(say, tmp_path, 2)[2]


def test_a_run_is_of_the_kind_that_was_planned_unless_said(session, told):
    runs = [one for one in told("plan", "show")["runs"] if one["date"] <= str(TODAY)]
    assert told("log", "run", runs[-1]["date"], "--effort", 5)["kind"] == runs[-1]["kind"]
    assert told("log", "run", runs[-1]["date"], "--kind", "race")["kind"] == "race"


def test_two_runs_of_a_day_are_named(ada, say, refused, told, tmp_path):
    add_run(say, tmp_path, 1, "one.fit")
    start = datetime.combine(TODAY - timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=15)
    activity = simulate_run(RunRecipe(minutes=15, start=start), rng=np.random.default_rng(2)).activity
    (tmp_path / "two.fit").write_bytes(encode_activity(activity))
    say("import", tmp_path / "two.fit")
    assert f"{ago(1)}, {ago(1)}-2" in refused("log", "run", ago(1), "--effort", 5)
    told("log", "run", f"{ago(1)}-2", "--effort", 5, "--rate", "arm 3")
    assert told("log", "run", ago(1), "--effort", 4)["run"] == ago(1)


def test_a_coach_rates_the_same_items_beside_the_runner(ada, told):
    for days in range(6):
        told("log", "run", ago(days), "--rate", "limb 3, effort 3, pelvis 3")
        told("log", "run", ago(days), "--rate", "limb 2, effort 3, pelvis 3", "--coach", "Kim", "--effort", 5)
    shown = told("log", "show")
    assert len(shown["runs"]) == 12
    assert shown["agreement"]["n_runs"] == 6
    assert shown["agreement"]["item_difference"]["value"] == pytest.approx(1 / 3)
    assert shown["agreement"]["coach_minus_runner"]["value"] < 0
    assert shown["checklist_trend"]["n_runs"] == 6


def test_one_run_in_five_without_the_device_is_suggested_once_it_is_due(ada, told):
    for days in (5, 4, 3, 2):
        assert told("log", "run", ago(days), "--effort", 5)["notes"] == []
    assert "without looking at the device" in told("log", "run", ago(1), "--effort", 5)["notes"][0]
    assert told("log", "run", ago(0), "--effort", 5, "--without-device")["notes"] == []


@pytest.fixture
def terminal(ada, database_url, tmp_path):
    """Call in a real terminal that types the answers, and return the exit code and both streams."""

    def call(*arguments, answers, columns="80"):
        home = [*(["--database", database_url] if database_url else []), "--data", str(tmp_path / "data")]
        leader, follower = pty.openpty()
        with subprocess.Popen(
            [sys.executable, "-m", "evenstride", *home, *arguments], stdin=follower, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": columns},
        ) as process:  # fmt: skip
            os.write(leader, answers.encode())
            out, err = process.communicate()
        os.close(follower)
        os.close(leader)
        return process.returncode, out, err

    return call


def test_asking_waits_for_no_scipy():
    code = "import sys, evenstride.cli.logs; print('scipy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def one_line(text):
    return " ".join(text.split())


def test_in_a_terminal_the_questions_come_one_by_one_and_before_the_numbers(terminal, told):
    """Enter on every question but four."""
    answers = ["3", "", "", "2", "", "", "", "right", "6.5", "2 left shin"]
    code, out, err = terminal("log", "run", answers="\n".join(answers) + "\n")
    assert code == 0, err
    places = [one_line(err).index(item.question) for item in load_checklists()["run"]]
    assert places == sorted(places)
    assert "right leg worked harder" in out
    assert "limb alignment 3, effort left against right 2" in one_line(out)
    (kept,) = told("log", "show")["runs"]
    assert (kept["before_numbers"], kept["effort_0_10"], kept["pain"][0]["site"]) == (True, 6.5, "shin")


def test_no_question_is_broken_within_a_word(terminal):
    _, _, err = terminal("log", "run", answers="3\n" + "\n" * 9, columns="60")
    # What is typed is not among what was printed, so that the next question follows on the same line.
    assert max(len(line) for line in re.split(r"\n|: (?=\d+/\d+ )", err)[1:]) <= 60
    words = one_line(err).split()
    assert all(word in words for item in load_checklists()["run"] for word in item.question.split())


def test_what_cannot_be_read_is_asked_again_and_no_answer_is_lost(terminal, told):
    code, _, err = terminal("log", "run", answers="9\nabc\n3\n" + "\n" * 8 + "knee\n3 knee\n")
    assert code == 0, err
    assert err.count("a number from 0 to 4, or Enter.") == 2
    assert "does not say how bad it is" in err
    (kept,) = told("log", "show")["runs"]
    assert (kept["items"], kept["pain"][0]["value_0_10"]) == ({"limb_alignment": 3}, 3)


def test_who_stops_on_the_way_keeps_what_was_answered(terminal, told):
    end_of_input = "\x04"
    code, _, err = terminal("log", "run", answers=f"3\n2\n{end_of_input}")
    assert (code, "what was answered so far is kept" in err) == (0, True)
    (kept,) = told("log", "show")["runs"]
    assert kept["items"] == {"limb_alignment": 3, "cadence_consistency": 2}
    assert terminal("log", "run", answers=end_of_input)[0] != 0


def test_a_run_that_is_not_there_is_said_before_anything_is_asked(terminal):
    code, _, err = terminal("log", "run", "2020-01-01-9", answers="3\n")
    assert (code, "There is no run" in err, "one line when you landed" in err) == (1, True, False)


def test_a_morning_is_asked_in_a_terminal(terminal, told):
    code, _, err = terminal("log", "day", answers="7.5\n0\n\nleft ankle 4\n3\n\n")
    assert code == 0, err
    (kept,) = told("log", "show")["days"]
    assert (kept["sleep_hours"], kept["mood_0_4"], kept["soreness_0_10"]) == (7.5, 0, 3)
    assert kept["stiffness"] == [{"joint": "ankle", "side": "left", "value_0_10": 4}]


def test_a_session_is_asked_in_a_terminal_and_named_first(session, terminal, told):
    code, _, err = terminal("log", "session", session["id"], answers="yes\n6\n4\n" + "\n" * 5)
    assert code == 0, err
    assert session["id"] in err.splitlines()[0]
    (kept,) = told("log", "show")["sessions"]
    assert (kept["as_planned"], kept["effort_0_10"], kept["self_check"]) == (True, 6, {"posture": 4})
    assert terminal("log", "session", session["id"], answers="missed\n")[0] == 0
    assert told("log", "show")["sessions"][0]["done"] is False


# -- mornings -------------------------------------------------------------------------------------------------------


def test_a_morning_joins_what_was_told_of_it_before(ada, told):
    told("log", "day", "--sleep", 7.5, "--stiff", "left ankle 4")
    day = told("log", "day", "--mood", 3, "--resting-hr", 48, "--soreness", 3, "--soreness-hours", 48, "--pain",
               "2 left shin")  # fmt: skip
    assert (day["date"], day["sleep_hours"], day["mood_0_4"], day["resting_heart_rate_bpm"]) == (str(TODAY), 7.5, 3, 48)
    assert day["stiffness"] == [{"joint": "ankle", "side": "left", "value_0_10": 4}]
    assert day["pain"] == [{"value_0_10": 2, "site": "shin", "side": "left", "kind": None}]
    assert (day["stop"], told("log", "show")["waiting"]["morning"]) == (None, False)


def test_a_red_flag_says_at_once_to_stop_and_how_soon_a_clinician_should_look(ada, say):
    code, out, _ = say("log", "day", "--flag", "night_pain")
    assert code == 0
    assert out.startswith("Stop running and strength work for now")
    assert "See a clinician within a few days" in " ".join(out.split())


@pytest.mark.both_databases
def test_who_was_looked_at_and_let_go_on_trains_again(ada, say, told):
    assert say("log", "day", "--date", ago(2), "--flag", "night_pain")[0] == 0
    assert told("today")["stop"]
    assert say("log", "day", "--cleared-by", "Dr Lee")[0] == 0
    assert not told("today")["stop"]
    assert told("review")["outcome"] != "refer"


# -- all ------------------------------------------------------------------------------------------------------------


def test_the_last_entry_of_a_kind_is_taken_back(ada, told):
    told("log", "day", "--mood", 3)
    told("log", "run", "--effort", 5)
    assert told("log", "undo", "--kind", "day")["kind"] == "day"
    assert told("log", "undo")["kind"] == "run"
    shown = told("log", "show")
    assert (shown["days"], shown["runs"], shown["waiting"]["morning"]) == ([], [], True)


def test_the_load_of_a_week_counts_rest_days_only_where_the_morning_was_told(ada, told):
    told("log", "run", ago(10), "--effort", 7, "--minutes", 60)
    told("log", "day", "--date", ago(9), "--mood", 3)
    told("log", "day", "--date", ago(10), "--mood", 3)
    weeks = told("log", "show", "--days", 28)["load"]
    assert sum(one["total"] for one in weeks) == 420
    assert sum(one["known_days"] for one in weeks) == 2
    assert all(one["monotony"] is None for one in weeks)


def test_the_screen_of_logs_says_what_was_told_and_what_waits(session, say):
    say("log", "session", session["id"], "--as-planned", "--effort", 6)
    say("log", "day", "--sleep", 7.5)
    code, out, _ = say("log", "show")
    assert code == 0
    assert out.startswith("2 entries; ")
    assert "as planned, effort 6" in out
    assert "slept 7.5 h" in out


@pytest.mark.both_databases
def test_what_was_told_is_in_the_export_with_its_history(session, say, told, tmp_path):
    told("log", "session", session["id"], "--as-planned", "--note", "=1+1")
    told("log", "session", session["id"], "--missed")
    told("log", "run", "--rate", "arm 3", "--effort", 5)
    told("log", "day", "--sleep", 7.5)
    assert say("export", tmp_path / "out")[0] == 0
    logs = json.loads((tmp_path / "out" / "logs.json").read_text())
    assert [one["removed"] is None for one in logs["sessions"]] == [False, True]
    felt = (tmp_path / "out" / "felt.csv").read_text().splitlines()
    assert felt[0].startswith("date,run,by,name,score_0_100,limb_alignment")
    assert len(felt) == len((tmp_path / "out" / "days.csv").read_text().splitlines()) == 2
    assert json.loads((tmp_path / "out" / "decisions.json").read_text())["reviews"] == []


@pytest.mark.both_databases
def test_erasing_takes_the_logs_too(session, told, say):
    told("log", "day", "--sleep", 7.5)
    told("log", "run", "--effort", 5)
    rows = told("erase", "Ada", "--yes")["rows"]
    assert (rows["day_log"], rows["run_log"]) == (1, 1)
