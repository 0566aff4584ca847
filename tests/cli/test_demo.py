"""The demo, made short: one runner, few weeks, the same doors."""

import io
import json
import re
import shlex
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from evenstride.cli.demo import demo_command, offer_the_browser, somebody_can_look
from evenstride.cli.demo_screen import change_words, decision_words, next_steps, print_demo
from evenstride.cli.main import _exit_code
from evenstride.errors import InvalidRequest
from evenstride.plan.difference import PlanDifference
from evenstride.service.demo import RUNNERS, begin_demo, demo_steps, turning_points, until
from evenstride.service.demo.people import Character

BEN = replace(RUNNERS[1], baseline_weeks=2)
CLEO = replace(RUNNERS[2], baseline_weeks=2)
TODAY = date(2026, 6, 3)


def play(folder, runner, *, weeks, seed=1):
    runners = until(TODAY, (runner,), weeks=weeks)
    demo = begin_demo(folder, runners)
    assert sum(demo_steps(demo, seed=seed, runners=runners)) == demo.total == 2 + weeks
    return demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return play(tmp_path_factory.mktemp("demo"), BEN, weeks=2)


@pytest.fixture(scope="module")
def screen(demo):
    told = io.StringIO()
    print_demo(demo, Console(file=told, width=100, highlight=False))
    return told.getvalue()


def test_truth_stands_beside_what_was_believed_in_every_turning_point(demo, screen):
    for week in demo.seasons[0].turns:
        truth = f"{week.truth.weaker} {week.truth.ratio_pct:.0f} %"
        day = f"{week.review.week + timedelta(days=6):%-d %b}"
        line = next(one for one in screen.splitlines() if one.startswith(day))
        assert decision_words(week) in line
        assert week.belief.finding.action in line
        assert line.rstrip().endswith(truth)


@pytest.mark.parametrize("width", [80, 100])
def test_nothing_that_is_told_is_cut_at_the_width_of_a_terminal(demo, width):
    told = io.StringIO()
    print_demo(demo, Console(file=told, width=width, highlight=False))
    before, _, _ = told.getvalue().partition("Where to look next")
    assert max(len(line) for line in before.splitlines()) <= width
    assert "…" not in before
    words = before.split()
    for week in demo.seasons[0].turns:
        assert all(word in words for word in f"{decision_words(week)} {change_words(week)}".split())


def test_every_command_that_is_printed_works(demo, capsys):
    commands = [where for _, where in next_steps(demo) if " --data " in where or " analyze " in where]
    assert {word for one in commands for word in ("today", "review --list", "plan show", "season", "analyze")
            if word in one} == {"today", "review --list", "plan show", "season", "analyze"}  # fmt: skip
    for one in commands:
        goes_on = one.endswith(" serve")  # until it is stopped: here its help will do
        assert _exit_code(shlex.split(one)[1:] + ["--help"] * goes_on) == 0, one
        assert capsys.readouterr().out


def test_the_demo_ends_with_the_command_that_shows_it_in_a_browser(demo):
    what, where = next(iter(next_steps(demo)))
    assert what == "all of it in a browser"
    assert where.endswith(f"--data {demo.folder / 'data'} serve")


def at_a_terminal(monkeypatch, answer):
    """Somebody sits there and types; what would be served is returned."""
    served = []
    monkeypatch.setattr("evenstride.cli.demo.somebody_can_look", lambda: True)
    monkeypatch.setattr("evenstride.cli.serve.serve_command", lambda **asked: served.append(asked) or 0)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    return served


def test_in_a_terminal_the_demo_offers_the_browser_on_this_computer_alone(tmp_path, monkeypatch, capsys):
    served = at_a_terminal(monkeypatch, "\n")
    assert demo_command(tmp_path, seed=1, as_json=False, runners=(BEN,), weeks=1) == 0
    (asked,) = served
    assert (asked["host"], asked["open_it"], asked["where"].data) == ("127.0.0.1", True, tmp_path / "data")
    assert "Look at it in the browser now?" in capsys.readouterr().err


def test_who_says_yes_sees_it(tmp_path, monkeypatch):
    served = at_a_terminal(monkeypatch, "y\n")
    assert offer_the_browser(tmp_path / "data") == 0
    assert len(served) == 1


@pytest.mark.parametrize("answer", ["n\n", ""])
def test_who_says_no_or_nothing_is_done(tmp_path, monkeypatch, capsys, answer):
    served = at_a_terminal(monkeypatch, answer)
    assert offer_the_browser(tmp_path / "data") == 0
    assert served == []


@pytest.mark.parametrize("piped", ["stdin", "stdout"])
def test_without_a_terminal_on_either_side_nobody_is_asked(monkeypatch, piped):
    for one in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{one}.isatty", lambda one=one: one != piped, raising=False)
    assert not somebody_can_look()


def test_every_page_that_is_printed_is_there(demo):
    pages = [Path(page) for _, where in next_steps(demo) for page in re.findall(r"\S+\.(?:html|json)", where)]
    assert len(pages) == 3
    assert all(page.exists() for page in pages)


def test_the_same_seed_lives_the_same_life_again_and_another_one_does_not(demo, tmp_path):
    one, again = demo.seasons[0], play(tmp_path / "again", BEN, weeks=2).seasons[0]
    assert one.weeks == again.weeks
    assert [run.path.read_bytes() for run in one.runs] == [run.path.read_bytes() for run in again.runs]
    other = play(tmp_path / "other", BEN, weeks=1, seed=2).seasons[0]
    assert not {run.truth.settled_index_pct for run in one.runs} & {run.truth.settled_index_pct for run in other.runs}


def test_the_truth_is_written_apart_from_what_was_believed(demo):
    truth = json.loads((demo.folder / "truth.json").read_text())["ben"]
    assert truth["weaker"] == "right"
    assert [one["week"] for one in truth["legs"]] == [1, 2]
    assert set(truth["runs"]) == {run.path.name for run in demo.seasons[0].runs}


def test_what_he_has_done_for_years_leaves_the_gap_as_it_is_whatever_was_decided(demo):
    told = demo.seasons[0]
    assert all(week.truth.ratio_pct == 64.0 for week in told.weeks)


def test_logs_and_plans_carry_simulated_days(demo):
    reviews = [week.review for week in demo.seasons[0].weeks]
    assert [one.day for one in reviews[:-1]] == [one.week + timedelta(days=6) for one in reviews[:-1]]
    assert demo.seasons[0].plan.start == TODAY - timedelta(days=TODAY.weekday())


def test_what_hurts_is_logged_and_leads_one_step_back(tmp_path):
    ada = replace(RUNNERS[0], baseline_weeks=2, character=Character(missed=0.0, aches={0: "pain 4 knee left"}))
    (week,) = play(tmp_path, ada, weeks=1).seasons[0].weeks
    assert week.review.outcome == "regress"
    assert "one step back" in decision_words(week)


def test_she_comes_back_to_running_beside_the_plan(tmp_path):
    told = play(tmp_path, CLEO, weeks=2).seasons[0]
    assert {week.stage for week in told.weeks} <= {"walking", "walk_run"}
    assert all("D-RETURN" in [one.rule for one in week.review.decisions] for week in told.weeks)
    assert "return at walk" in change_words(told.weeks[-1])


def test_the_document_has_every_week_with_belief_and_truth(tmp_path, capsys):
    assert demo_command(tmp_path, seed=1, as_json=True, runners=(BEN,), weeks=1) == 0
    document = json.loads(capsys.readouterr().out)
    (runner,) = document["runners"]
    assert {"athlete", "story", "page", "truth", "recovered", "season", "finding", "plan", "plan_page"} <= set(runner)
    (week,) = runner["weeks"]
    assert week["turning_point"]
    assert week["review"]["schema"] == "evenstride.review/1"
    assert set(week["truth"]) <= set(week["believed"])
    assert {"file", "truth", "holds_truth", "run"} == set(document["runs"][0])


def test_turning_points_are_few_and_a_new_stimulus_is_never_left_out(demo):
    first = demo.seasons[0].weeks[0]
    calm = [replace(first, number=n, difference=PlanDifference()) for n in range(1, 13)]
    assert turning_points(calm) == (calm[0],)
    asked = replace(first.review, adjustments=(replace(_asked(), kind="change_stimulus"),))
    loud = [replace(one, review=asked) if one.number == 9 else one for one in calm]
    changing = [replace(one, stage=("walking", "easy")[one.number % 2]) for one in loud]
    told = turning_points(changing)
    assert len(told) == 6
    assert 9 in [one.number for one in told]


def _asked():
    from evenstride.model import Adjustment

    return Adjustment(kind="hold", rule="D-STIMULUS", since=TODAY, text="")


def test_data_that_no_demo_made_is_left_alone(tmp_path):
    (tmp_path / "data").mkdir()
    with pytest.raises(InvalidRequest, match="no demo made"):
        begin_demo(tmp_path)
    assert (tmp_path / "data").exists()


def test_a_demo_that_was_stopped_on_its_way_may_begin_again(tmp_path):
    runners = until(TODAY, (BEN,), weeks=1)
    next(demo_steps(begin_demo(tmp_path, runners), runners=runners))
    assert (tmp_path / "data").exists()
    begin_demo(tmp_path, runners)
    assert not (tmp_path / "data").exists()
