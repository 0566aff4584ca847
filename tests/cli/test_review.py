"""`evenstride review` and `today` as a runner uses them."""

import json

import pytest

from evenstride.cli.main import _exit_code


@pytest.fixture
def planned(ada, told, once):
    code, _ = once("cli/test_review", lambda: told("plan", "make", "--weeks", 6))
    assert code == 0


def test_a_review_explains_itself_and_is_listed(planned, told):
    code, document = told("review")
    assert code == 0
    assert document["schema"] == "evenstride.review/1"
    assert document["rules"]
    assert document["reasons"]
    assert document["would_change_if"]
    assert [one["week"] for one in told("review", "--list")[1]["reviews"]] == [document["week"]]


@pytest.mark.both_databases
def test_a_decision_of_ones_own_is_brought_into_the_plan_and_taken_back(planned, told):
    code, document = told("review", "--override", "re-test", "--why", "a fall on the ice", "--apply")
    assert code == 0
    assert (document["outcome"], document["applied"]) == ("retest", True)
    assert told("plan", "undo")[0] == 0
    assert not told("review")[1]["applied"]


def test_a_decision_of_ones_own_without_a_reason_is_refused(planned, told):
    code, document = told("review", "--override", "hold", "--approve")
    assert (code, document["kind"]) == (2, "wrong_usage")
    code, document = told("review", "--override", "deload")
    assert code == 1
    assert "reason" in document["text"]


def test_an_unknown_outcome_is_named_with_those_there_are(say):
    code, _, err = say("review", "--override", "rest")
    assert code == 2
    assert "progress" in err


def test_a_week_that_lies_ahead_is_refused(planned, say):
    code, _, err = say("review", "--week", "2126-01-01")
    assert code == 1
    assert "has not begun" in err


@pytest.mark.both_databases
def test_today_prints_the_day_and_its_document(planned, say, told):
    assert say("today")[0] == 0
    code, document = told("today")
    assert code == 0
    assert document["schema"] == "evenstride.today/1"
    assert document["planned"]


def test_today_without_a_plan_names_the_command(ada, say):
    code, out, _ = say("today")
    assert code == 0
    assert "evenstride plan make" in out


@pytest.mark.both_databases
def test_who_is_erased_leaves_no_day_behind(planned, say, tmp_path):
    folder = tmp_path / "data" / "today"
    assert list(folder.iterdir())
    assert say("erase", "Ada", "--yes")[0] == 0
    assert list(folder.iterdir()) == []


def test_today_of_nobody_is_one_sentence(tmp_path, capsys):
    assert _exit_code(["--data", str(tmp_path / "none"), "today", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["kind"] == "unknown_athlete"
