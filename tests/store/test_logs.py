"""What was felt: joined when it is told again, taken back without loss, each athlete's own."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from evenstride.errors import StoreDamaged, UnknownEntry
from evenstride.model import DayLog, Pain, Profile, RunLog, SessionLog, Stiffness
from evenstride.store import (
    add_athlete,
    add_day_log,
    add_run_log,
    add_session_logs,
    day_logs,
    log_history,
    remove_day_log,
    remove_run_log,
    run_logs,
    session_logs,
    undo_last_log,
)
from evenstride.store.connection import changing
from evenstride.store.tables import day_log

DAY = date(2026, 5, 6)
RUN = RunLog(
    day=DAY, run="2026-05-06", items={"arm_swing": 3}, harder="left", effort_0_10=1 / 3, cues=("quiet_feet",),
    pain=(Pain(value_0_10=2, site="knee", side="right"),), block="alternating", first="left",
)  # fmt: skip
MORNING = DayLog(
    day=DAY, sleep_hours=0.1 + 0.2, mood_0_4=3, stiffness=(Stiffness(joint="ankle", value_0_10=4, side="left"),),
    red_flags=("fever",),
)  # fmt: skip


def later(now, minutes=1):
    return now + timedelta(minutes=minutes)


def test_a_run_comes_back_as_it_was_told(store, anna, now):
    kept = add_run_log(store, anna, RUN, now)
    assert (kept.log, kept.logged, run_logs(store, anna)) == (RUN, now, (kept,))


def test_a_morning_comes_back_as_it_was_told(store, anna, now):
    kept = add_day_log(store, anna, MORNING, now)
    assert (kept.log, day_logs(store, anna)) == (MORNING, (kept,))


def test_a_second_entry_of_a_day_replaces_what_it_says_and_keeps_the_rest(store, anna, now):
    add_day_log(store, anna, MORNING, now)
    told = DayLog(day=DAY, mood_0_4=0, stiffness=(Stiffness(joint="hip", value_0_10=2),), red_flags=("swelling",))
    add_day_log(store, anna, told, later(now))
    (kept,) = day_logs(store, anna)
    assert (kept.log.sleep_hours, kept.log.mood_0_4) == (MORNING.sleep_hours, 0)
    assert [one.joint for one in kept.log.stiffness] == ["ankle", "hip"]
    assert kept.log.red_flags == ("fever", "swelling")


def test_a_stiffness_of_the_same_place_is_told_anew_and_the_other_side_stays(store, anna, now):
    add_day_log(store, anna, MORNING, now)
    told = (Stiffness(joint="ankle", value_0_10=1, side="left"), Stiffness(joint="ankle", value_0_10=5, side="right"))
    kept = add_day_log(store, anna, DayLog(day=DAY, stiffness=told), later(now))
    assert kept.log.stiffness == told


def test_items_of_a_checklist_are_joined_one_by_one(store, anna, now):
    add_run_log(store, anna, RUN, now)
    add_run_log(store, anna, RunLog(day=DAY, run="2026-05-06", items={"arm_swing": 1, "pelvis": 4}), later(now))
    (kept,) = run_logs(store, anna)
    assert (kept.log.items, kept.log.effort_0_10) == ({"arm_swing": 1, "pelvis": 4}, 1 / 3)


def test_what_was_told_before_the_file_came_belongs_to_its_run(store, anna, now):
    add_run_log(store, anna, RunLog(day=DAY, effort_0_10=7), now)
    add_run_log(store, anna, RunLog(day=DAY, run="2026-05-06", minutes=50), later(now))
    (kept,) = run_logs(store, anna)
    assert (kept.log.run, kept.log.load) == ("2026-05-06", 350)


def test_two_runs_of_a_day_and_two_raters_of_a_run_stay_apart(store, anna, now):
    coach = RunLog(day=DAY, run="2026-05-06", by="coach", name="Kim", items={"arm_swing": 1})
    for one in (RUN, RunLog(day=DAY, run="2026-05-06-2", effort_0_10=2), coach):
        add_run_log(store, anna, one, now)
    assert [one.log.effort_0_10 for one in run_logs(store, anna)] == [1 / 3, 2, None]


def test_every_entry_can_be_read_in_the_history(store, anna, now):
    add_day_log(store, anna, MORNING, now)
    add_day_log(store, anna, DayLog(day=DAY, mood_0_4=1), later(now))
    first, second = log_history(store, anna, "day")
    assert (first.log, first.removed) == (MORNING, later(now))
    assert second.removed is None


def test_taking_a_correction_back_brings_what_it_corrected(store, anna, now):
    add_day_log(store, anna, MORNING, now)
    add_day_log(store, anna, DayLog(day=DAY, mood_0_4=1), later(now))
    kind, gone = undo_last_log(store, anna, later(now, 2))
    assert (kind, gone.log.mood_0_4) == ("day", 1)
    assert [one.log for one in day_logs(store, anna)] == [MORNING]
    assert len(log_history(store, anna, "day")) == 2


def test_a_session_told_anew_and_taken_back_is_as_it_was(store, anna, now):
    log = SessionLog(session="2026-05-06-strength-1", day=DAY, effort_0_10=4)
    add_session_logs(store, anna, [log], now)
    add_session_logs(store, anna, [SessionLog(session=log.session, day=DAY, done=False)], later(now))
    undo_last_log(store, anna, later(now, 2))
    assert [one.log for one in session_logs(store, anna)] == [log]


def test_undo_takes_the_last_of_all_kinds_or_of_one(store, anna, now):
    add_day_log(store, anna, MORNING, now)
    add_session_logs(store, anna, [SessionLog(session="", day=DAY)], later(now, 1))
    add_run_log(store, anna, RUN, later(now, 2))
    assert undo_last_log(store, anna, later(now, 3))[0] == "run"
    assert undo_last_log(store, anna, later(now, 4), kind="day")[0] == "day"
    assert undo_last_log(store, anna, later(now, 5))[0] == "session"
    with pytest.raises(UnknownEntry):
        undo_last_log(store, anna, later(now, 6))


def test_taking_a_session_outside_the_plan_back_brings_no_other_one(store, anna, now):
    (first,) = add_session_logs(store, anna, [SessionLog(session="", day=DAY)], now)
    add_session_logs(store, anna, [SessionLog(session="", day=DAY)], later(now))
    undo_last_log(store, anna, later(now, 2))
    assert [one.number for one in session_logs(store, anna)] == [first]


def test_an_entry_can_be_taken_back_by_its_number_once(store, anna, now):
    run, day = add_run_log(store, anna, RUN, now), add_day_log(store, anna, MORNING, now)
    remove_run_log(store, anna, run.number, now)
    remove_day_log(store, anna, day.number, now)
    assert (run_logs(store, anna), day_logs(store, anna)) == ((), ())
    with pytest.raises(UnknownEntry):
        remove_run_log(store, anna, run.number, now)


def test_nobody_reads_or_takes_back_what_another_athlete_told(store, anna, now):
    kept = add_day_log(store, anna, MORNING, now)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    add_day_log(store, ben, DayLog(day=DAY, mood_0_4=1), now)
    assert [one.log.mood_0_4 for one in day_logs(store, ben)] == [1]
    undo_last_log(store, ben, later(now))
    with pytest.raises(UnknownEntry):
        undo_last_log(store, ben, later(now))
    assert day_logs(store, anna) == (kept,)


def test_an_entry_that_cannot_be_read_says_so(store, anna, now):
    add_day_log(store, anna, MORNING, now)
    with changing(store) as connection:
        connection.execute(update(day_log).values(body='{"day":"soon"}'))
    with pytest.raises(StoreDamaged):
        day_logs(store, anna)
