"""A runner's own trial from its plan to its answer: what was told stays told, the legs are equal."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.trial_home import MONDAY, keep_before, keep_index, new_home, on

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.model import ExerciseLog, SessionLog
from evenstride.service.logs import RunTold, log_run
from evenstride.service.trials import (
    TrialWish,
    end_trial,
    is_running,
    keep_told,
    planned_trial,
    show_trial,
    start_trial,
    take_trial_back,
    thing_meant,
    trial_today,
)
from evenstride.store import add_session_logs, close_store, tag_run, trials

QUIET = TrialWish(what="quiet_foot_strike")


@pytest.fixture
def home(database_url, tmp_path):
    """A runner whose right foot stays down longer by 4 %, with twelve runs on record."""
    opened = new_home(database_url, tmp_path / "data")
    keep_before(opened)
    yield opened
    close_store(opened.store)


def start(home, wish=QUIET, seed=7):
    return start_trial(home, planned_trial(home, wish, seed=seed)).trial


def carry_out(home, trial, *, effect, mirrored=False, days=None, gap=4.0, told=True):
    """Run on each day as the trial says; the gap is larger by ``effect`` in runs with it."""
    noise = 0.4 * np.random.default_rng(2).standard_normal(len(trial.periods))
    names = []
    for i, period in enumerate(trial.periods[:days]):
        day = MONDAY + timedelta(days=i)
        value = round(gap + effect * period.on + float(noise[i]), 3)
        names.append(keep_index(home, day, value, mirrored=mirrored))
        if told:
            keep_told(on(home, day))
    return names


def after(home, trial):
    return on(home, MONDAY + timedelta(days=len(trial.periods)))


def test_a_cue_or_drill_goes_by_its_name_or_the_beginning_of_it_and_near_misses_are_named():
    assert thing_meant("Quiet foot strike") == ("quiet_foot_strike", "cue")
    assert thing_meant("a-sk") == ("a_skip", "drill")
    with pytest.raises(InvalidRequest, match="Did you mean quiet_foot_strike"):
        thing_meant("quite_foot_strik")
    with pytest.raises(InvalidRequest, match="trained for weeks"):
        thing_meant("split_squat")


def test_the_plan_is_told_before_anything_is_kept(home):
    trial = planned_trial(home, QUIET)
    assert (trial.metric, trial.unit, trial.usual_side) == ("contact_time", "run", "right")
    assert "in 100 trials" in trial.outlook or "of 100 trials" in trial.outlook
    assert trials(home.store, home.athlete_id) == ()
    assert trial_today(home, MONDAY) == ""


def test_a_runner_without_runs_is_told_what_is_missing(database_url, tmp_path):
    opened = new_home(database_url, tmp_path / "none")
    with pytest.raises(InvalidRequest, match="no runs with left and right"):
        planned_trial(opened, QUIET)
    with pytest.raises(UnknownEntry, match="no trial yet"):
        show_trial(opened)
    close_store(opened.store)


def test_an_unknown_metric_is_refused_with_those_there_are(home):
    with pytest.raises(InvalidRequest, match="Did you mean contact_time") as refused:
        planned_trial(home, replace(QUIET, metric="contact_tme"))
    assert "contact_time" in refused.value.help


def test_the_day_says_whether_its_run_is_with_it_and_then_what_comes_next(home):
    trial = start(home)
    first, second = ("with it" if one.on else "without it" for one in trial.periods[:2])
    name = "Trial of “quiet foot strike”"
    assert trial_today(home, MONDAY) == f"{name}: today {first} (pair 1 of {trial.pairs})."
    carry_out(home, trial, effect=0.0, days=1)
    said = trial_today(home, MONDAY)
    assert said == f"{name}: today's run was {first} (pair 1 of {trial.pairs}); the next is {second}."
    assert trial_today(home, MONDAY + timedelta(days=1)) == f"{name}: today {second} (pair 1 of {trial.pairs})."


def test_a_run_of_the_day_that_was_there_before_the_start_is_no_part_of_it(home):
    keep_index(home, MONDAY, 9.0)
    trial = start(home)
    assert trial.began == MONDAY + timedelta(days=1)
    assert "begins on Tuesday, 5 May" in trial_today(home, MONDAY)
    assert show_trial(home).trial.told == {}


@pytest.mark.both_databases
def test_a_trial_that_helped_says_so_at_its_end_and_only_counts_before(home):
    trial = start(home)
    runs = carry_out(home, trial, effect=-2.5, days=len(trial.periods) - 1)
    early = show_trial(on(home, MONDAY + timedelta(days=len(runs))))
    assert (early.answer.verdict, early.answer.effect, early.answer.points) == ("too_early", None, ())
    assert early.answer.pairs == trial.pairs - 1
    last = trial.periods[-1]
    keep_index(home, MONDAY + timedelta(days=len(runs)), 4.0 - 2.5 * last.on)
    found = show_trial(after(home, trial))
    assert found.answer.verdict == "helps"
    assert found.answer.effect.high < 0 < found.answer.p_value <= 0.05
    assert "all runs are done" in found.today
    assert trial_today(home, MONDAY + timedelta(days=100)) == ""


def test_a_run_imported_late_moves_no_other(home):
    trial = start(home)
    carry_out(home, trial, effect=0.0, days=4)
    told = show_trial(on(home, MONDAY + timedelta(days=4))).trial.told
    late = keep_index(home, MONDAY + timedelta(days=1), 3.3, half=1.1)
    after_late = show_trial(on(home, MONDAY + timedelta(days=4))).trial.told
    assert {run: number for run, number in after_late.items() if run != late} == told
    assert after_late[late] == 5


def test_without_what_was_told_a_late_run_would_have_moved_the_others(home):
    trial = start(home)
    carry_out(home, trial, effect=0.0, days=4, told=False)
    keep_index(home, MONDAY + timedelta(days=1), 3.3, half=1.1)
    told = show_trial(on(home, MONDAY + timedelta(days=4))).trial.told
    assert sorted(told.values()) == [1, 2, 3, 4, 5]
    assert [number for _, number in sorted(told.items())] == [1, 2, 3, 4, 5]


@pytest.mark.both_databases
def test_a_run_left_out_keeps_its_place_and_the_trial_ends_all_the_same(home):
    trial = start(home, replace(QUIET, smallest=0.9))
    assert trial.pairs > 6
    runs = carry_out(home, trial, effect=-2.5)
    before = show_trial(after(home, trial))
    tag_run(home.store, home.athlete_id, runs[2], {"exclude": "a stop at every light"})
    found = show_trial(after(home, trial))
    assert found.trial.told == before.trial.told
    assert runs[2] not in {point.run for point in found.answer.points}
    assert (found.answer.verdict, found.answer.pairs) == ("helps", trial.pairs - 1)


def test_what_a_log_says_of_cues_tells_whether_the_run_was_kept_to(home):
    trial = start(home)
    runs = carry_out(home, trial, effect=-2.5)
    evening = after(home, trial)
    for run, period in zip(runs, trial.periods, strict=True):
        cues = ("quiet_foot_strike",) if period.on else ()
        log_run(evening, RunTold(run=run, cues=cues, effort_0_10=4))
    assert all(point.kept for point in show_trial(evening).answer.points)
    off = next(run for run, period in zip(runs, trial.periods, strict=True) if not period.on)
    logged = log_run(evening, RunTold(run=off, cues=("quiet_foot_strike",)))
    assert any("not kept to" in note for note in logged.notes)
    found = show_trial(evening).answer
    assert [point.run for point in found.points if not point.kept] == [off]
    assert (found.kept_pairs, found.pairs) == (trial.pairs - 1, trial.pairs)


def test_a_run_that_is_logged_is_told_what_it_was_to_the_trial(home):
    trial = start(home)
    run = keep_index(home, MONDAY, 4.0)
    logged = log_run(home, RunTold(run=run, effort_0_10=4))
    first = "with it" if trial.periods[0].on else "without it"
    assert any(f"this run was {first} (pair 1" in note for note in logged.notes)
    assert trials(home.store, home.athlete_id)[0].told == {run: 1}


def test_a_drill_logged_in_a_week_without_it_counts_as_not_kept_to(home):
    trial = start(home, TrialWish(what="a_skip", by="week"))
    assert "begins on" not in trial_today(home, MONDAY)
    for i, period in enumerate(trial.periods):
        for k in range(3):
            keep_index(home, MONDAY + timedelta(weeks=i, days=2 * k), 4.0 - 2.0 * period.on + 0.1 * k)
    off = next(period for period in trial.periods if not period.on)
    done = SessionLog(session="", day=off.monday, exercises=(ExerciseLog(exercise="a_skip"),))
    add_session_logs(home.store, home.athlete_id, [done], home.now)
    found = show_trial(on(home, trial.periods[-1].monday + timedelta(weeks=1))).answer
    assert {point.period for point in found.points if not point.kept} == {off.number}
    assert found.kept_pairs == trial.pairs - 1


def test_a_trial_by_weeks_waits_for_the_end_of_its_last_week(home):
    trial = start(home, TrialWish(what="a_skip", by="week"))
    for i, period in enumerate(trial.periods):
        for k in range(2):
            keep_index(home, MONDAY + timedelta(weeks=i, days=2 * k), 4.0 - 2.0 * period.on + 0.1 * k)
    last = trial.periods[-1].monday
    assert show_trial(on(home, last + timedelta(days=6))).answer.verdict == "too_early"
    assert show_trial(on(home, last + timedelta(days=7))).answer.verdict != "too_early"


def test_one_trial_runs_at_a_time(home):
    trial = start(home)
    with pytest.raises(InvalidRequest, match="is running"):
        planned_trial(home, TrialWish(what="level_pelvis"))
    end_trial(home)
    other = start(home, TrialWish(what="level_pelvis"))
    with pytest.raises(InvalidRequest, match="is running"):
        take_trial_back(home, trial.id)
    assert show_trial(home).trial.id == other.id
    assert [one.id for one in show_trial(home).others] == [trial.id]


@pytest.mark.both_databases
def test_an_end_is_taken_back_and_then_the_start_whatever_was_told_in_between(home):
    trial = start(home)
    carry_out(home, trial, effect=0.0, days=3)
    third = on(home, MONDAY + timedelta(days=3))
    assert end_trial(third).answer.verdict == "cannot_tell"
    with pytest.raises(InvalidRequest, match="ended on"):
        end_trial(third)
    _, left = take_trial_back(third)
    assert left.trial.ended is None
    assert is_running(left.trial, third.today)
    assert len(left.trial.told) == 3
    assert take_trial_back(third)[1] is None
    assert trials(home.store, home.athlete_id) == ()


def test_the_same_thing_can_be_tried_again_on_the_same_day(home):
    first = start(home)
    end_trial(home)
    second = start(home)
    assert first.id != second.id
    assert show_trial(home, first.id).trial.ended == MONDAY


def test_with_the_legs_of_every_run_exchanged_the_answer_is_the_same(tmp_path):
    found = []
    for mirrored in (False, True):
        opened = new_home(None, tmp_path / str(mirrored))
        keep_before(opened, mirrored=mirrored)
        trial = start(opened)
        carry_out(opened, trial, effect=-2.5, mirrored=mirrored)
        found.append(show_trial(after(opened, trial)))
        close_store(opened.store)
    one, other = found
    assert (one.trial.usual_side, other.trial.usual_side) == ("right", "left")
    assert one.trial.outlook == other.trial.outlook
    assert one.answer.verdict == other.answer.verdict == "helps"
    assert one.answer.effect.value == pytest.approx(other.answer.effect.value)
    assert one.answer.p_value == other.answer.p_value
