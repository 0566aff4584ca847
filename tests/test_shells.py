"""All doors tell the same story of the same file."""

import json
import subprocess
import sys

import pytest

import evenstride as es
from evenstride.report.document import runs_document
from evenstride.report.numbers import unsided
from evenstride.report.page import run_page
from evenstride.report.terminal import screen_text
from evenstride.report.words import answer


@pytest.fixture(scope="module")
def run_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("runs") / "run.fit"
    es.simulate_file(path, es.RunRecipe(asymmetry_pct=8.0, minutes=30, memory_s=10), seed=2)
    return path


@pytest.fixture(scope="module")
def report(run_file):
    return es.analyze_file(run_file)


def test_the_command_line_prints_the_librarys_document(run_file, report):
    told = subprocess.run(
        [sys.executable, "-c", "from evenstride.cli import main; main()", "analyze", run_file, "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(told.stdout) == json.loads(json.dumps(runs_document([report])))


def test_screen_and_page_say_the_same_answer_and_number(report):
    estimate = report.estimates[0]
    number = unsided(estimate.index_pct, estimate.low_pct, estimate.high_pct)
    for text in (screen_text(report), run_page(report)):
        plain = text.replace("\u00a0", " ").replace("&nbsp;", " ")
        assert answer(report).text in plain
        assert number in plain


def test_bytes_and_path_give_the_same_report(run_file, report):
    assert es.analyze_members([(run_file.name, run_file.read_bytes())]).reports == (report,)
