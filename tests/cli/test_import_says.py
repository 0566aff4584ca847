"""What a newcomer reads of `import`, of words that are no command, and of Ctrl-C; exit codes beside it."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from tests import exports

from evenstride.cli.main import _exit_code
from evenstride.report.fit_encoder import encode_activity

SIX = exports.runs()
RIDE = encode_activity(replace(SIX[0], sport="cycling"))


@pytest.fixture
def say(tmp_path, capsys):
    """Call the command line on an empty store; returns exit code, standard output, standard error."""

    def call(*arguments):
        code = _exit_code(["--data", str(tmp_path / "data"), *map(str, arguments)])
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return call


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


# --- what was left aside


def test_what_is_left_aside_of_a_folder_is_named(say, folder):
    (folder / "run.fit").write_bytes(encode_activity(SIX[0]))
    (folder / "ride.fit").write_bytes(RIDE)
    (folder / "me.png").write_bytes(b"png")
    code, out, _ = say("import", folder)
    assert code == 0
    assert "1 cycling activity: ride.fit" in out
    assert "1 file that is no recording (.png): me.png" in out


@pytest.mark.parametrize(("name", "data", "reason"), [("ride.fit", RIDE, "cycling"), ("a.txt", b"dear all", "format")])
def test_one_file_that_is_no_run_is_one_sentence_and_exit_1(say, folder, name, data, reason):
    (folder / name).write_bytes(data)
    for _ in range(2):
        code, out, err = say("import", folder / name)
        assert (code, out, len(err.strip().splitlines())) == (1, "", 1)
        assert err.startswith(f"{name}: ")
        assert reason in err


def test_one_file_that_is_no_run_is_an_error_document_that_names_it(say, folder):
    (folder / "ride.fit").write_bytes(RIDE)
    code, out, _ = say("import", folder / "ride.fit", "--json")
    document = json.loads(out)
    assert (code, document["schema"], document["kind"]) == (1, "evenstride.error/1", "not_a_run")
    assert document["help"]
    assert [one["name"] for one in document["left_aside"]] == ["ride.fit"]


def test_a_folder_without_a_run_is_exit_1_and_lists_what_it_holds(say, folder):
    (folder / "ride.fit").write_bytes(RIDE)
    (folder / "b.fit").write_bytes(b"hello")
    code, out, err = say("import", folder)
    assert code == 1
    assert "1 cycling activity: ride.fit" in out
    assert "b.fit: " in out
    assert err.startswith("There is no run in what was given.")


def test_an_empty_folder_is_one_sentence(say, folder):
    code, out, err = say("import", folder)
    assert (code, out, len(err.strip().splitlines())) == (1, "", 1)


def test_a_new_athlete_is_spoken_of_only_when_something_was_kept(say, folder):
    (folder / "ride.fit").write_bytes(RIDE)
    assert "new athlete" not in say("import", folder / "ride.fit")[2]


def test_a_doubt_whose_run_it_is_stands_on_the_screen_and_under_json(say, folder):
    other = {**SIX[0].channels, "heart_rate_bpm": SIX[0].channels["heart_rate_bpm"] + 12.0}
    (folder / "ana.fit").write_bytes(encode_activity(SIX[0]))
    (folder / "ben.fit").write_bytes(encode_activity(replace(SIX[0], channels=other)))
    out = " ".join(say("import", folder)[1].split())
    assert "ben.fit and the run 2026-03-02 are of the same time" in out
    document = json.loads(say("import", folder, "--data", folder.parent / "other", "--json")[1])
    assert [note["code"] for note in document["notes"]] == ["same_time_apart"]


# --- words that are no command


@pytest.mark.parametrize("word", ["serbe", "erse", "erasee", "easy", "plans"])
def test_a_word_that_is_no_command_never_leads_to_erasing(say, word):
    code, _, err = say(word)
    assert (code, "mean erase" in err) == (2, False)
    assert f"There is no command '{word}'." in err


def test_a_command_that_is_not_near_is_not_suggested(say):
    assert "mean" not in say("bicycle")[2]


@pytest.mark.parametrize(
    ("word", "meant"), [("seson", "season"), ("serbe", "serve"), ("imprt", "import"), ("analyse", "analyze")]
)
def test_a_near_miss_is_suggested(say, word, meant):
    assert f"Did you mean {meant}?" in say(word)[2]


def test_taking_a_test_away_is_never_suggested(say):
    assert "mean" not in say("screen", "remov")[2]


def test_a_name_in_two_words_is_told_of_quotes(say):
    code, _, err = say("athlete", "add", "Ada", "Lovelace")
    assert (code, 'stands in quotes: "Ada Lovelace"' in err) == (2, True)


# --- Ctrl-C


def interrupted(arguments, ready):
    """Start the command line, send it a real SIGINT once it is ready; return exit code, lines told, standard output."""
    program = (  # begun is what runs inside the command line, where it answers for what happens
        "import click\n"
        "from evenstride.cli import main\n"
        "run = click.Command.main\n"
        "def begin(*arguments, **options):\n"
        "    print('begun', flush=True)\n"
        "    return run(*arguments, **options)\n"
        "click.Command.main = begin\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "100"},
    )  # fmt: skip
    assert process.stdout.readline() == "begun\n"
    while not ready():
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    return process.returncode, [line for line in err.splitlines() if line], out


def test_an_import_that_is_interrupted_says_so_in_one_line_and_goes_on_later(say, folder, tmp_path):
    run = SIX[0]
    for i in range(60):
        (folder / f"{i:02d}.fit").write_bytes(encode_activity(replace(run, start=exports.FIRST.replace(year=1990 + i))))
    say("athlete", "add", "Ana")
    kept = tmp_path / "data" / "originals"
    code, told, out = interrupted(
        ["--data", tmp_path / "data", "import", folder, "--jobs", "1"], lambda: any(kept.glob("*/*/*"))
    )
    assert (code, out, len(told)) == (130, "", 1)
    assert told[0].startswith("Stopped")
    assert say("import", folder, "--jobs", "1")[0] == 0
    assert len(json.loads(say("run", "list", "--json")[1])["runs"]) == 60


def test_a_season_that_is_interrupted_says_so_in_one_line(say, folder, tmp_path):
    (folder / "a.fit").write_bytes(encode_activity(SIX[0]))
    say("import", folder)
    assert interrupted(["--data", tmp_path / "data", "season"], lambda: True) == (130, ["Stopped."], "")


def test_an_interruption_while_the_command_line_is_loaded_shows_no_traceback():
    program = (
        "import builtins, os, signal\n"
        "load = builtins.__import__\n"
        "def once(name, *rest):\n"
        "    if name == 'click':\n"
        "        builtins.__import__ = load\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "    return load(name, *rest)\n"
        "builtins.__import__ = once\n"
        "import evenstride.cli\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Stopped.\n")
