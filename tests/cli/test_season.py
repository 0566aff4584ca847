"""Import, season, tests, finding and what is kept: the doors as a runner uses them."""

import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from evenstride.cli.main import _exit_code
from evenstride.report.fit_encoder import encode_activity
from evenstride.simulate import RunRecipe, SeasonRecipe, simulate_season

RUNNER = RunRecipe(minutes=14, memory_s=10)


@pytest.fixture(scope="session")
def runs_folder(tmp_path_factory):
    """Five weeks of a runner whose right foot stays down 6 % longer, and a file that is broken."""
    folder = tmp_path_factory.mktemp("runs")
    recipe = SeasonRecipe(
        start=datetime(2026, 3, 2, 6, 30, tzinfo=UTC), weeks=5, asymmetry_pct=6.0, runner=RUNNER, run_to_run_sd_pct=0.5
    )
    for i, run in enumerate(simulate_season(recipe, rng=np.random.default_rng(3))):
        (folder / f"{i:02d}-{run.truth.label}.fit").write_bytes(encode_activity(run.activity))
    (folder / "broken.fit").write_bytes(b"\x0e\x10nothing")
    return folder


@pytest.fixture(scope="session")
def taken_in(runs_folder, tmp_path_factory):
    """The five weeks taken in once, as a backup."""
    place = tmp_path_factory.mktemp("taken-in")
    where = ["--data", str(place / "data"), "--athlete", "Ana"]
    assert _exit_code([*where, "import", str(runs_folder)]) == 3  # one file is broken
    assert _exit_code([*where, "backup", str(place / "all.backup")]) == 0
    return place / "all.backup"


@pytest.fixture
def kept(say, taken_in, runs_folder, once):
    """The five weeks, in this test's store."""
    assert once("cli/test_season", lambda: say("restore", taken_in))[0] == 0
    return runs_folder


@pytest.mark.both_databases
def test_a_newcomer_imports_and_reads_a_season(say, kept):
    code, out, _ = say("season")
    assert code == 0
    assert out.startswith("Your right foot has stayed down longer in 10 of your last 10 runs")


def test_the_broken_file_is_named_with_its_reason(say, runs_folder):
    _, out, err = say("--athlete", "Ana", "import", runs_folder, "--jobs", "1")
    assert "broken.fit" in out + err


def test_a_zip_is_taken_in_like_its_folder(told, runs_folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in runs_folder.iterdir():
            archive.write(path, f"activities/{path.name}")
    code, document = told("import", tmp_path / "all.zip", "--jobs", "1")
    assert (code, document["schema"], document["runs_added"]) == (
        3,
        "evenstride.import/1",
        len(list(runs_folder.iterdir())) - 1,
    )
    code, again = told("import", runs_folder, "--jobs", "1")
    assert (again["runs_added"], again["duplicates"]) == (0, document["kept"])


def test_the_season_holds_the_truth(told, kept):
    _, document = told("season")
    contact = document["metrics"][0]
    assert (contact["metric"], contact["source"]) == ("contact_time", "watch_balance")
    assert contact["low"] < 6.0 < contact["high"]
    assert contact["baseline"]["n_runs"] == 5
    assert contact["alarms"] == []


def test_one_metric_can_be_asked_for(told, say, kept):
    _, document = told("season", "--metric", "cadence")
    assert [one["metric"] for one in document["metrics"]] == ["cadence"]
    code, _, err = say("season", "--metric", "smoothness")
    assert code == 1
    assert "There is no metric smoothness." in err


@pytest.mark.parametrize("name", ["season.svg", "season.png"])
def test_the_season_is_drawn(say, kept, tmp_path, name):
    code, _, err = say("season", "--picture", tmp_path / name)
    assert code == 0
    assert (tmp_path / name).stat().st_size > 5_000
    assert name in err


@pytest.mark.both_databases
def test_two_tests_on_two_days_make_a_finding(say, told, kept):
    today = datetime.now(UTC).date()
    for day, test, left, right in (
        (today - timedelta(days=9), "single_leg_calf_raise", "17", "29"),
        (today - timedelta(days=2), "single_leg_hop", "138 141 137", "158 161 157"),
    ):
        code, out, _ = say("screen", "add", test, "--left", left, "--right", right, "--date", day)
        assert code == 0
        assert "eft" in out
    code, found = told("finding")
    assert (code, found["limb"]) == (0, "left")
    assert "F-TESTS" in found["rules"]


def test_a_leg_that_got_better_is_told_of_in_the_list(say, told):
    say("--athlete", "Ana", "athlete", "add", "Ana")
    for day, left in (("2026-03-04", "14"), ("2026-05-04", "24")):
        say("screen", "add", "single_leg_calf_raise", "--left", left, "--right", "25", "--date", day)
    assert "left 14 → 24 repetitions since 4 March 2026" in " ".join(say("screen", "list")[1].split())
    left, right = told("screen", "list")[1]["changes"]
    assert (left["improved"], right["improved"]) == (True, None)


def test_a_test_entered_by_mistake_is_taken_back(say, told):
    say("--athlete", "Ana", "athlete", "add", "Ana")
    _, added = told("screen", "add", "knee_to_wall", "--left", "9.5", "--right", "10", "--date", "2026-03-20")
    id_ = added["comparisons"][0]["id"]
    code, _, err = say("screen", "remove", id_)
    assert code == 0
    assert "Removed" in err
    assert told("screen", "list")[1]["comparisons"] == []


def test_a_table_of_tests_keeps_its_good_rows(say, told, tmp_path):
    say("athlete", "add", "Ana")
    table = tmp_path / "tests.csv"
    table.write_text("date,test,leg,value\n2026-03-20,knee_to_wall,left,9\n2026-03-20,knee_to_wall,right,11\n"
                     "2026-03-20,knee_to_wall,right,eleven\n")  # fmt: skip
    code, document = told("screen", "add", "--csv", table)
    assert (code, len(document["comparisons"]), len(document["failed"])) == (3, 1, 1)
    assert "Line 4" in document["failed"][0]
    assert told("screen", "add", "--csv", table)[1]["comparisons"] == []


@pytest.mark.both_databases
def test_a_tag_leaves_a_run_out_and_takes_it_back_in(say, told, kept):
    n_before = told("season", "--metric", "cadence")[1]["metrics"][0]["n_runs"]
    run = told("run", "list")[1]["runs"][0]["id"]
    say("run", "tag", run, "exclude=with a stroller")
    assert told("season", "--metric", "cadence")[1]["metrics"][0]["n_runs"] == n_before - 1
    say("run", "tag", run, "exclude=")
    assert told("season", "--metric", "cadence")[1]["metrics"][0]["n_runs"] == n_before


@pytest.mark.both_databases
def test_an_original_comes_back_as_it_was(say, told, kept, tmp_path):
    run = told("run", "list")[1]["runs"][0]["id"]
    code, out, _ = say("run", "file", run, "--out", tmp_path / "back")
    written = Path(out.strip())
    assert code == 0
    assert written.read_bytes() == (kept / written.name).read_bytes()


def test_a_run_is_shown_in_full(say, told, kept):
    run = told("run", "list")[1]["runs"][0]["id"]
    code, out, _ = say("run", "show", run)
    assert code == 0
    assert "contact time" in out.lower()


@pytest.mark.both_databases
def test_a_backup_brings_everything_back(say, told, kept, tmp_path):
    before = told("season")[1]
    assert say("backup", tmp_path / "all.backup")[0] == 0
    assert say("erase", "Ana", "--yes")[0] == 0
    assert told("season")[0] == 1
    assert say("restore", tmp_path / "all.backup")[0] == 0
    assert told("season")[1] == before


@pytest.mark.both_databases
def test_erasing_leaves_nothing_behind(say, told, kept, tmp_path):
    code, document = told("erase", "Ana", "--yes")
    assert code == 0
    assert document["rows"]["recording"] > 0
    assert not [path for path in (tmp_path / "data" / "originals").rglob("*") if path.is_file()]


def test_erasing_asks_first(say, kept):
    code, _, err = say("erase", "Ana")
    assert code == 1
    assert "cannot be undone" in err


@pytest.mark.both_databases
def test_an_export_holds_originals_tables_and_documents(say, kept, tmp_path):
    code, _, _ = say("export", tmp_path / "out")
    assert code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"originals", "runs.csv", "estimates.csv", "tests.csv", "runs.json", "season.json", "tests.json",
                     "finding.json", "athlete.toml", "sessions.csv", "felt.csv", "days.csv", "logs.json",
                     "decisions.json"}  # fmt: skip
    for original in (tmp_path / "out" / "originals").iterdir():
        assert original.read_bytes() == (kept / original.name).read_bytes()
    assert say("export", tmp_path / "out")[0] == 1


def test_nobody_there_says_what_to_do(say):
    code, _, err = say("season")
    assert code == 1
    assert "evenstride athlete add" in err


def test_a_row_of_one_leg_only_is_refused_and_stops_nothing(say, told, tmp_path):
    say("athlete", "add", "Ana")
    table = tmp_path / "tests.csv"
    table.write_text("date,test,leg,value\n2026-03-20,single_leg_hop,left,150\n")
    code, _, err = say("screen", "add", "--csv", table)
    assert code == 1
    assert "Only the left leg" in err
    assert told("screen", "list")[0] == 0


@pytest.mark.parametrize("left", ["9,5", "22,24"])
def test_a_tight_comma_is_asked_about(say, left):
    say("athlete", "add", "Ana")
    code, _, err = say("screen", "add", "knee_to_wall", "--left", left, "--right", "10")
    assert code == 1
    assert f"Is {left} of the left leg one trial or several?" in err


def test_several_tight_commas_are_no_decimal_one(say):
    say("athlete", "add", "Ana")
    _, _, err = say("screen", "add", "knee_to_wall", "--left", "9,9.5,9", "--right", "10")
    assert 'Put spaces between trials: "9 9.5 9".' in err


def test_decimal_commas_between_spaces_are_decimals(told, say):
    say("athlete", "add", "Ana")
    _, document = told("screen", "add", "knee_to_wall", "--left", "9,5 10 9,5", "--right", "11 11,5 11")
    assert document["results"][0]["left"] == [9.5, 10.0, 9.5]


def test_a_removed_test_can_be_brought_back(say, told):
    say("athlete", "add", "Ana")
    _, added = told("screen", "add", "knee_to_wall", "--left", "9.5", "--right", "10", "--date", "2026-03-20")
    id_ = added["comparisons"][0]["id"]
    say("screen", "remove", id_)
    assert say("screen", "restore", id_)[0] == 0
    assert len(told("screen", "list")[1]["comparisons"]) == 1


def test_the_same_table_again_changes_nothing(say, told, tmp_path):
    say("athlete", "add", "Ana")
    table = tmp_path / "tests.csv"
    table.write_text("date,test,leg,value\n2026-03-20,knee_to_wall,left,9\n2026-03-20,knee_to_wall,right,11\n")
    assert told("screen", "add", "--csv", table)[0] == 0
    code, document = told("screen", "add", "--csv", table)
    assert (code, document["comparisons"], document["failed"]) == (0, [], [])


def test_a_name_that_would_be_a_formula_is_text_in_the_tables(say, tmp_path):
    say("athlete", "add", "Ana")
    say("screen", "add", "knee_to_wall", "--left", "9.5", "--right", "10", "--note", "=1+1")
    say("export", tmp_path / "out")
    assert "'=1+1" in (tmp_path / "out" / "tests.csv").read_text()


def test_a_backup_without_a_file_says_its_name(say, kept, tmp_path):
    lost = next(path for path in (tmp_path / "data" / "originals").rglob("*") if path.is_file())
    lost.unlink()
    code, _, err = say("backup", tmp_path / "all.backup")
    assert code == 3
    assert re.search(r"Missing or damaged, and not in it: [^/]+\.fit\. Import these files again\.", err)
    assert lost.name[:12] not in err
    assert say("erase", "Ana", "--yes")[0] == 0
    err = say("restore", tmp_path / "all.backup")[2]
    assert re.search(r"Missing when the backup was made: [^/]+\.fit\.", err)


def test_a_backup_overwrites_no_other_file(say, tmp_path):
    say("athlete", "add", "Ana")
    (tmp_path / "letter.txt").write_text("dear all")
    code, _, err = say("backup", tmp_path / "letter.txt")
    assert code == 1
    assert "nothing is overwritten" in err
    assert (tmp_path / "letter.txt").read_text() == "dear all"
    assert say("backup", tmp_path / "all.backup")[0] == say("backup", tmp_path / "all.backup")[0] == 0


def test_a_tag_that_steers_a_terminal_is_refused(say, told, kept):
    run = told("run", "list")[1]["runs"][0]["id"]
    code, _, err = say("run", "tag", run, "shoe=\x1b[31mred")
    assert code == 1
    assert "\x1b" not in err
