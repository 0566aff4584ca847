"""What was done: logs of sessions and the way back to running; a slip loses nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from evenstride.errors import UnknownEntry
from evenstride.model import ExerciseLog, Profile, ReturnLog, SessionLog
from evenstride.plan.return_to_run import advance, start_return
from evenstride.store import (
    add_athlete,
    add_return_state,
    add_session_logs,
    remove_session_log,
    return_states,
    session_logs,
    take_back_log,
    undo_return_state,
)

DAY = date(2026, 5, 6)
SQUAT = ExerciseLog(exercise="split_squat", left_reps=(10, 9), right_reps=(10, 10), clean_left=True, pain_0_10=1 / 3)
LOG = SessionLog(session="2026-05-06-strength-1", day=DAY, exercises=(SQUAT,), effort_0_10=6.5, note="ok")


def test_a_log_comes_back_as_it_was(store, anna, now):
    (number,) = add_session_logs(store, anna, [LOG], now)
    assert [(one.number, one.log, one.logged) for one in session_logs(store, anna)] == [(number, LOG, now)]


def test_logs_are_in_order_of_their_day(store, anna, now):
    add_session_logs(store, anna, [LOG, replace(LOG, session="", day=date(2026, 5, 1))], now)
    assert [one.log.day.day for one in session_logs(store, anna)] == [1, 6]


def test_any_log_can_be_taken_back_and_what_it_had_corrected_holds_again(store, anna, now):
    missed, other = replace(LOG, done=False, exercises=()), replace(LOG, session="2026-05-08-strength-1")
    add_session_logs(store, anna, [missed], now)
    (number,) = add_session_logs(store, anna, [LOG], now + timedelta(minutes=1))
    add_session_logs(store, anna, [other], now + timedelta(minutes=2))
    take_back_log(store, anna, "session", number, now + timedelta(minutes=3))
    assert [one.log for one in session_logs(store, anna)] == [missed, other]
    with pytest.raises(UnknownEntry):
        take_back_log(store, anna, "session", number, now + timedelta(minutes=4))


def test_a_session_that_is_logged_again_is_told_anew(store, anna, now):
    add_session_logs(store, anna, [LOG], now)
    missed = replace(LOG, done=False, exercises=())
    add_session_logs(store, anna, [missed], now)
    assert [one.log for one in session_logs(store, anna)] == [missed]


def test_sessions_outside_the_plan_all_count(store, anna, now):
    outside = replace(LOG, session="")
    add_session_logs(store, anna, [outside, outside], now)
    assert len(session_logs(store, anna)) == 2


def test_a_log_can_be_taken_back(store, anna, now):
    (number,) = add_session_logs(store, anna, [LOG], now)
    remove_session_log(store, anna, number, now)
    assert session_logs(store, anna) == ()
    with pytest.raises(UnknownEntry):
        remove_session_log(store, anna, number, now)


def test_nobody_takes_another_athletes_log_back(store, anna, now):
    (number,) = add_session_logs(store, anna, [LOG], now)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    with pytest.raises(UnknownEntry):
        remove_session_log(store, ben, number, now)
    assert session_logs(store, ben) == ()


def test_the_way_back_to_running_keeps_every_state(store, anna, now):
    state = start_return(side="left", site="tibia", bone=True, today=DAY)
    add_return_state(store, anna, state, now, day=DAY)
    log = ReturnLog(day=DAY, during_0_10=1 / 3, after_0_10=0, red_flags=("fever",))
    after = advance(state, log, today=DAY).state
    add_return_state(store, anna, after, now, day=DAY + timedelta(days=1), log=log)
    first, last = return_states(store, anna)
    assert (first.state, first.log, first.day) == (state, None, DAY)
    assert (last.state, last.log) == (after, log)


def test_the_last_state_can_be_taken_back(store, anna, now):
    states = [start_return(side="left", site=site, today=DAY) for site in ("calf", "foot")]
    for state in states:
        add_return_state(store, anna, state, now, day=DAY)
    assert undo_return_state(store, anna, now).state == states[1]
    assert [one.state for one in return_states(store, anna)] == states[:1]
    undo_return_state(store, anna, now)
    with pytest.raises(UnknownEntry):
        undo_return_state(store, anna, now)
