"""`evenstride trial`, `log feeling`, `log cues` and `plan template` as a runner uses them."""

import json
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.cli.test_logs import TODAY, ZONE, ada, ago, refused, told  # noqa: F401  the same runner on the same doors
from tests.review_cases import report
from tests.trial_home import keep_before, keep_index, keep_run

from evenstride.report.fit_encoder import encode_activity
from evenstride.service.home import open_home
from evenstride.service.where import Where
from evenstride.simulate import RunRecipe, simulate_run
from evenstride.store import trials

TEMPLATE = """
name = "hips first"
since = {since}
by = "Kim Lee"
exercises = [
  {{ exercise = "single_leg_romanian_deadlift", sets = 3, reps = 8, reps_max = 10, loaded = true }},
  {{ exercise = "side_plank", sets = 2, hold_s = 30 }},
]
"""


@pytest.fixture
def home(ada, database_url, tmp_path):  # noqa: F811
    """The runner's data, opened behind the doors."""
    with open_home(Where(data=tmp_path / "data", database_url=database_url, athlete=None)) as opened:
        yield opened


@pytest.fixture
def runs(home):
    """Twelve runs on every second day before today, the right foot down longer by 4 %."""
    return keep_before(home, until=TODAY)


@pytest.mark.both_databases
def test_a_trial_is_planned_started_shown_ended_and_taken_back(runs, told, say):  # noqa: F811
    plan = told("trial", "start", "quiet foot", "--plan")
    assert (plan["schema"], plan["started"], plan["what"]) == ("evenstride.trial/1", False, "quiet_foot_strike")
    started = told("trial", "start", "quiet_foot_strike", "--note", "on the flat")
    assert (started["started"], started["metric"], started["usual_side"]) == (True, "contact_time", "right")
    assert started["today"].startswith("Trial of “quiet foot strike”: today ")
    shown = told("trial", "show")
    assert (shown["id"], shown["note"]) == (started["id"], "on the flat")
    assert (shown["answer"]["verdict"], shown["answer"]["effect"]) == ("too_early", None)
    assert told("trial", "end")["answer"]["verdict"] == "cannot_tell"
    assert told("trial", "undo")["ended"] is None
    assert told("trial", "undo") == {"schema": "evenstride.trial_undone/1", "id": started["id"]}
    code, _, err = say("trial", "show")
    assert code == 1
    assert "evenstride trial start" in err


def test_the_screen_says_what_the_trial_can_find_before_it_starts_and_then_what_holds_today(runs, say):
    code, out, err = say("trial", "start", "quiet_foot_strike")
    assert code == 0
    assert "of 100 trials" in out
    assert "Does “quiet foot strike” help you?" in out
    assert "trial undo" in err
    code, out, _ = say("trial", "show")
    assert code == 0
    assert out.startswith("Trial of “quiet foot strike”: today ")
    assert "Too early" in out


def test_what_lies_ahead_in_a_trial_stays_unsaid(runs, told):  # noqa: F811
    started = told("trial", "start", "quiet_foot_strike")
    assert started["told"] == []
    assert not {"periods", "seed"} & set(started)


def test_a_trial_that_can_hardly_succeed_says_so(runs, told):  # noqa: F811
    plan = told("trial", "start", "quiet_foot_strike", "--plan", "--smallest", "0.1")
    assert "hardly succeed" in plan["outlook"]
    assert plan["power"] < 0.5


def test_what_cannot_be_tried_is_refused_with_what_is_near(runs, refused):  # noqa: F811
    assert "Did you mean quiet_foot_strike" in refused("trial", "start", "quite_foot_strike")
    assert "at least 6 pairs" in refused("trial", "start", "a_skip", "--pairs", "5")
    assert "contact_time" in refused("trial", "start", "a_skip", "--metric", "braking")


@pytest.mark.both_databases
def test_an_import_tells_the_trial_of_its_runs(runs, told, say, home, tmp_path):  # noqa: F811
    told("trial", "start", "quiet_foot_strike")
    midnight = datetime.combine(TODAY, time.min, tzinfo=ZoneInfo(ZONE))
    run = simulate_run(RunRecipe(minutes=14, start=midnight.astimezone(UTC)), rng=np.random.default_rng(1))
    (tmp_path / "today.fit").write_bytes(encode_activity(run.activity))
    assert say("import", tmp_path / "today.fit", "--jobs", "1")[0] == 0
    assert list(trials(home.store, home.athlete_id)[0].told.values()) == [1]


def test_feeling_is_laid_beside_the_measured_difference(home, told, say):  # noqa: F811
    days = [ago(2 * n + 1) for n in reversed(range(10))]
    for n, day in enumerate(days):
        keep_index(home, TODAY - timedelta(days=2 * (9 - n) + 1), (-2.0, 0.1, 2.2)[n % 3] + 0.1 * n)
        told("log", "run", day, "--harder", ("left", "even", "right")[n % 3], "--rate", "effort 2")
    found = told("log", "feeling")
    assert (found["schema"], found["verdict"], found["metric"]) == ("evenstride.feeling/1", "tracks", "contact_time")
    assert 0 < found["signed"]["low"] <= found["signed"]["value"]
    assert found["signed"]["n"] == len(found["pairs"]) == 10
    code, out, _ = say("log", "feeling")
    assert code == 0
    assert out.startswith("Your feeling tracks the data")


def test_without_runs_feeling_waits(ada, told, say):  # noqa: F811
    assert told("log", "feeling")["verdict"] == "too_early"
    assert "no runs with left and right yet" in " ".join(say("log", "feeling")[1].split())


def test_a_cue_is_too_early_with_few_runs_and_told_with_its_interval_after(home, told, say):  # noqa: F811
    assert told("log", "cues") == {"schema": "evenstride.cues/1", "cues": []}
    for n in range(10):
        keep_index(home, TODAY - timedelta(days=20 - n), 4.0 - 1.5 * (n % 2) + 0.05 * n)
        cue = ("--cue", "quiet_foot_strike") if n % 2 else ()
        told("log", "run", ago(20 - n), "--effort", "4", *cue)
        if n == 1:
            assert "Too early" in told("log", "cues")["cues"][0]["text"]
    found = told("log", "cues")["cues"]
    assert [one["cue"] for one in found] == ["quiet_foot_strike"]
    assert found[0]["effect_pct"]["high"] < 0
    assert (found[0]["n_with"], found[0]["n_without"]) == (5, 5)
    out = say("log", "cues")[1]
    assert "smaller in runs with: quiet foot strike" in " ".join(out.split())
    assert "trial start" in out


def test_a_run_made_of_blocks_is_told_when_it_is_logged_and_in_the_list(home, told, say):  # noqa: F811
    run = keep_run(home, report(TODAY - timedelta(days=1), laps=(1.0, 4.0, 1.3, 4.1, 1.5, 4.4)))
    logged = told("log", "run", run, "--block", "alternating", "--effort", "7")
    assert logged["block_effect"]["block"] == "alternating"
    assert logged["block_effect"]["difference"]["high"] < 0
    assert told("log", "show")["block_effects"] == [logged["block_effect"]]
    assert "mind on the left leg" in " ".join(say("log", "show")[1].split())


def test_a_run_without_blocks_tells_nothing_of_them(home, told):  # noqa: F811
    run = keep_index(home, TODAY - timedelta(days=1), 4.0)
    assert told("log", "run", run, "--effort", "4")["block_effect"] is None


@pytest.mark.both_databases
def test_a_coachs_session_is_kept_listed_and_taken_away(ada, told, say, tmp_path):  # noqa: F811
    file = tmp_path / "hips.toml"
    file.write_text(TEMPLATE.format(since=TODAY), encoding="utf8")
    added = told("plan", "template", "add", file)
    assert (added["schema"], added["added"]) == ("evenstride.templates/1", "hips first")
    listed = told("plan", "template", "list")["templates"]
    assert [one["exercise"] for one in listed[0]["exercises"]] == ["single_leg_romanian_deadlift", "side_plank"]
    code, out, err = say("plan", "template", "add", file)
    assert code == 0
    assert "3 × 8–10 loaded" in out
    assert "evenstride plan replan" in err
    assert len(told("plan", "template", "list")["templates"]) == 1
    long_over = TEMPLATE.format(since=TODAY - timedelta(days=20))
    file.write_text(f"until = {TODAY - timedelta(days=1)}\n{long_over}", encoding="utf8")
    assert "no plan from today on has it" in say("plan", "template", "add", file)[2]
    assert told("plan", "template", "remove", "Hips First")["templates"] == []
    code, _, err = say("plan", "template", "remove", "hips first")
    assert code == 1
    assert "no prescribed session" in err


def test_a_session_that_cannot_be_is_refused_and_nothing_is_kept(ada, told, refused, tmp_path):  # noqa: F811
    file = tmp_path / "bad.toml"
    good = TEMPLATE.format(since=TODAY)
    cases = {
        "Did you mean side_plank": good.replace('"side_plank"', '"sid_plnk"'),
        "sets is 1 to 8": good.replace("sets = 3", "sets = 40"),
        "reps is a whole number": good.replace("reps = 8", "reps = inf"),
        "either reps or hold_s": good.replace("hold_s = 30", "hold_s = 30, reps = 3"),
        "reps_max is under reps": good.replace("reps_max = 10", "reps_max = 4"),
        "cannot be loaded": good.replace("hold_s = 30", "hold_s = 30, loaded = true"),
        "Did you mean since": good.replace("since", "sincs"),
        "not TOML": good + "[",
        "1 to 12 exercises": 'name = "x"',
        "has no name": good.replace('"hips first"', '" "'),
        "twice": good.replace("side_plank", "single_leg_romanian_deadlift"),
        "before it begins": f"until = 2020-01-01\n{good}",
    }
    for said, text in cases.items():
        file.write_text(text, encoding="utf8")
        assert said in refused("plan", "template", "add", file)
    assert "cannot be read" in refused("plan", "template", "add", tmp_path / "none.toml")
    assert told("plan", "template", "list")["templates"] == []


def test_a_trial_without_an_athlete_is_one_document(tmp_path, capsys):
    from evenstride.cli.main import _exit_code

    assert _exit_code(["--data", str(tmp_path / "none"), "trial", "show", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["kind"] == "unknown_athlete"
