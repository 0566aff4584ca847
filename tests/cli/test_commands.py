"""The doors, used as a person does: two streams, an exit code, and a whole process where the system has a say."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest

from evenstride.cli import main
from evenstride.simulate import RunRecipe

COMMANDS: tuple[list[str], ...] = ([], ["analyze"], ["demo"], ["simulate"], ["simulate", "run"])


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a command said, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def evenstride(capsys, monkeypatch):
    """Call the command line; a process of its own would do the same a second later."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments):
        with pytest.raises(SystemExit) as left:
            main([str(one) for one in arguments])
        streams = capsys.readouterr()
        return Told(returncode=left.value.code, stdout=streams.out, stderr=streams.err)

    return call


def process(*arguments, **own):
    """The same as a whole process."""
    command = [sys.executable, "-c", "from evenstride.cli import main; main()", *map(str, arguments)]
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "check": False}
    return subprocess.run(command, **options | own)


@pytest.fixture(scope="module")
def run_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("runs") / "monday.fit"
    made = process("simulate", "run", "--out", path, "--asymmetry", "7", "--minutes", "30", "--seed", "1",
                   "--set", "memory_s=10")  # fmt: skip
    assert made.returncode == 0, made.stderr
    return path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_help_has_an_example(evenstride, command):
    told = evenstride(*command, "--help")
    assert told.returncode == 0
    assert "Examples:" in told.stdout
    assert "evenstride " + " ".join(command) in told.stdout


def test_analyze_says_the_answer_first(evenstride, run_file):
    told = evenstride("analyze", run_file)
    assert told.returncode == 0
    assert told.stdout.startswith("Your right foot stayed down longer")


def test_analyze_json_is_one_document_and_nothing_else(evenstride, run_file):
    told = evenstride("analyze", run_file, "--json")
    document = json.loads(told.stdout)
    assert (told.returncode, document["schema"], document["failed"]) == (0, "evenstride.run/1", [])
    estimate = document["runs"][0]["estimates"][0]
    assert estimate["verdict"] == "right_longer"
    assert estimate["low_pct"] < 7 < estimate["high_pct"]


def test_simulate_prints_the_truth_as_json(evenstride, tmp_path):
    told = evenstride("simulate", "run", "--out", tmp_path / "x.fit", "--asymmetry", "-3")
    truth = json.loads(told.stdout)
    assert (truth["schema"], truth["settled_index_pct"]) == ("evenstride.simulate/1", -3.0)


def test_the_same_seed_writes_the_same_bytes(evenstride, tmp_path):
    for name in ("a.fit", "b.fit"):
        evenstride("simulate", "run", "--out", tmp_path / name, "--seed", "5", "--minutes", "12")
    assert (tmp_path / "a.fit").read_bytes() == (tmp_path / "b.fit").read_bytes()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\x00" * 1000, "format"),
        (b"hello", "format"),
        (b"<!DOCTYPE gpx [<!ENTITY a 'b'>]><gpx/>", ""),
    ],
)
def test_a_bad_file_is_one_sentence_and_exit_1(evenstride, tmp_path, content, sentence):
    path = tmp_path / "bad.fit"
    path.write_bytes(content)
    told = evenstride("analyze", path)
    assert (told.returncode, told.stdout) == (1, "")
    assert "Traceback" not in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert sentence in told.stderr


def test_a_bad_file_with_json_is_an_error_document(evenstride, tmp_path):
    (tmp_path / "bad.fit").write_bytes(b"hello")
    told = evenstride("analyze", tmp_path / "bad.fit", "--json")
    document = json.loads(told.stdout)
    assert (told.returncode, document["schema"]) == (1, "evenstride.error/1")
    assert document["kind"] == "unknown_format"
    assert document["text"]
    assert document["help"]


def test_a_missing_file_is_one_sentence(evenstride, tmp_path):
    told = evenstride("analyze", tmp_path / "nothing.fit")
    assert told.returncode == 1
    assert "There is no file" in told.stderr


def test_some_bad_files_are_exit_3_and_the_rest_is_done(evenstride, run_file, tmp_path):
    (tmp_path / "bad.fit").write_bytes(b"hello")
    told = evenstride("analyze", run_file, tmp_path / "bad.fit", "--json")
    document = json.loads(told.stdout)
    assert told.returncode == 3
    assert len(document["runs"]) == 1
    assert [failed["name"] for failed in document["failed"]] == ["bad.fit"]
    assert "bad.fit" in told.stderr


def test_only_bad_files_are_exit_1_with_a_line_each(evenstride, tmp_path):
    for name in ("a.fit", "b.fit"):
        (tmp_path / name).write_bytes(b"hello")
    told = evenstride("analyze", tmp_path / "a.fit", tmp_path / "b.fit")
    assert told.returncode == 1
    assert "a.fit" in told.stderr
    assert "b.fit" in told.stderr


@pytest.mark.parametrize("arguments", [["analyze"], ["nonsense"], ["analyze", "--nonsense", "x"], ["demo", "extra"]])
def test_wrong_usage_is_exit_2(evenstride, arguments):
    assert evenstride(*arguments).returncode == 2


def test_wrong_usage_with_json_is_an_error_document(evenstride):
    told = evenstride("analyze", "--json")
    assert (told.returncode, json.loads(told.stdout)["kind"]) == (2, "wrong_usage")


def test_a_setting_that_does_not_exist_names_those_that_do(evenstride, tmp_path):
    told = evenstride("simulate", "run", "--out", tmp_path / "x.fit", "--set", "colour=red")
    assert told.returncode == 1
    assert "memory_s" in told.stderr


def test_one_run_is_written_as_one_page(evenstride, run_file, tmp_path):
    page = tmp_path / "monday.html"
    told = evenstride("analyze", run_file, "--html", page)
    assert told.returncode == 0
    assert page.read_text(encoding="utf8").lstrip().lower().startswith("<!doctype html>")


def test_several_runs_are_written_into_a_folder_with_an_overview(evenstride, run_file, tmp_path):
    other = tmp_path / "tuesday.fit"
    other.write_bytes(run_file.read_bytes())
    told = evenstride("analyze", run_file, other, "--html", tmp_path / "pages")
    assert told.returncode == 0
    assert len(list((tmp_path / "pages").glob("*.html"))) == 3


def test_several_runs_do_not_fit_one_page(evenstride, run_file, tmp_path):
    told = evenstride("analyze", run_file, run_file, "--html", tmp_path / "one.html")
    assert told.returncode == 1
    assert "folder" in told.stderr


def test_a_name_without_ending_is_a_folder_for_one_run_too(evenstride, run_file, tmp_path):
    told = evenstride("analyze", run_file, "--html", tmp_path / "reports")
    assert told.returncode == 0
    assert (tmp_path / "reports" / "index.html").exists()


def test_a_page_that_cannot_be_written_does_not_lose_the_answer(evenstride, run_file, tmp_path):
    (tmp_path / "taken").write_text("a file")
    told = evenstride("analyze", run_file, "--html", tmp_path / "taken" / "page.html")
    assert told.returncode == 3
    assert told.stdout.startswith("Your right foot")
    assert "cannot be written" in told.stderr


def test_a_process_prints_what_the_call_says(evenstride, run_file):
    told, called = process("analyze", run_file, "--json"), evenstride("analyze", run_file, "--json")
    assert (told.returncode, told.stdout, told.stderr) == (called.returncode, called.stdout, called.stderr)


@pytest.mark.parametrize(("arguments", "code"), [(["analyze", "nowhere.fit"], 1), (["nonsense"], 2)])
def test_a_process_ends_with_the_exit_code(evenstride, arguments, code):
    told, called = process(*arguments), evenstride(*arguments)
    assert (told.returncode, told.stdout, told.stderr) == (code, called.stdout, called.stderr)


def test_a_full_disk_behind_standard_output_is_one_sentence(run_file):
    with open("/dev/full", "w") as full:
        told = process("analyze", run_file, stdout=full)
    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1


def test_a_terminal_that_knows_only_ascii_still_gets_its_answer(run_file):
    told = process("analyze", run_file, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert told.returncode == 0
    assert "right" in told.stdout


def test_output_into_a_closed_pipe_is_no_traceback(run_file):
    command = f"{sys.executable} -c 'from evenstride.cli import main; main()' analyze {run_file} --json | head -1"
    told = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in told.stderr


def test_another_sport_is_refused_by_name_unless_asked(evenstride, tmp_path):
    from dataclasses import replace

    import numpy as np

    from evenstride.report.fit_encoder import encode_activity
    from evenstride.simulate import simulate_run

    run = simulate_run(RunRecipe(minutes=12), rng=np.random.default_rng(1))
    path = tmp_path / "ride.fit"
    path.write_bytes(encode_activity(replace(run.activity, sport="cycling")))
    told = evenstride("analyze", path)
    assert told.returncode == 1
    assert "cycling" in told.stderr
    assert evenstride("analyze", path, "--any-sport").returncode == 0


def test_the_single_run_path_imports_nothing_heavy(run_file):
    code = (
        "import sys; from evenstride.service.analyze import analyze_file; analyze_file(sys.argv[1]);"
        "print(*[m for m in ('pandas','matplotlib','scipy','jinja2','rich',"
        "'xml','multiprocessing') if m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code, run_file], capture_output=True, text=True, check=False)
    assert (told.stdout.strip(), told.stderr) == ("", "")
