"""What was read once is believed until anything of the athlete is written, by this program or by another one."""

from datetime import UTC, date, datetime

import pytest
from tests.plans import example_plan

from evenstride.errors import UnknownEntry
from evenstride.model import (
    CalendarEntry,
    DayLog,
    Profile,
    Review,
    RunLog,
    SessionLog,
    SideCheck,
    TestResult,
)
from evenstride.service.home import home_in
from evenstride.store import (
    NewPlan,
    add_athlete,
    add_calendar_entries,
    add_day_log,
    add_plan,
    add_review,
    add_run_log,
    add_session_logs,
    add_side_check,
    add_test,
    athletes,
    backup,
    calendar_entries,
    close_store,
    day_logs,
    erase,
    evidence_state,
    kept_plans,
    kept_tests,
    open_store,
    plan_in_force,
    plans_in_turn,
    remove_session_log,
    remove_test,
    restore,
    restore_test,
    return_states,
    reviews,
    run_entries,
    run_logs,
    save_profile,
    session_logs,
    side_checks,
    tag_run,
    take_back_log,
    templates,
    told_sessions,
    trials,
    undo_plan,
    undo_review,
)
from evenstride.store.remembered import mark_of, remembered

DAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
READ = (
    calendar_entries, day_logs, evidence_state, kept_plans, kept_tests, plan_in_force, plans_in_turn, return_states,
    reviews, run_entries, run_logs, session_logs, side_checks, templates, told_sessions, trials,
)  # fmt: skip
CHECK = SideCheck(
    source="watch_balance", device="Garmin", checked=DAY, leg="left", method="limp", answer="swapped",
    shift_pct=-9.0, low_pct=-11.0, high_pct=-7.0,
)  # fmt: skip


def every(store, who):
    """What each of the functions tells that read only once."""
    return {read.__name__: read(store, who) for read in READ}


def test_what_another_program_writes_is_seen_at_once(store, anna, keeper):
    """A store that stays open and one that is opened anew tell the same after each of the changes that there are."""
    run = keeper.keep(store, anna)
    plan = example_plan()
    test = add_test(store, anna, TestResult(test="knee_to_wall", day=DAY, left=(9.0,), right=(11.0,)))
    changes = (
        lambda: add_plan(other, anna, NewPlan(plan=plan, began=plan.start, why="made"), NOW),
        lambda: add_session_logs(other, anna, [SessionLog(session="2026-05-04-a", day=DAY, effort_0_10=5.0)], NOW),
        lambda: add_run_log(other, anna, RunLog(day=DAY, effort_0_10=5.0), NOW),
        lambda: add_day_log(other, anna, DayLog(day=DAY, sleep_hours=7.0), NOW),
        lambda: add_day_log(other, anna, DayLog(day=DAY, mood_0_4=3), NOW),
        lambda: take_back_log(other, anna, "day", day_logs(other, anna)[0].number, NOW),
        lambda: add_review(other, anna, Review(week=DAY, day=DAY, outcome="hold", decisions=()), NOW),
        lambda: undo_review(other, anna, DAY, NOW),
        lambda: add_calendar_entries(other, anna, [CalendarEntry(said="2026-05-04 rest")], NOW),
        lambda: tag_run(other, anna, run, {"shoe": "blue"}),
        lambda: add_side_check(other, anna, CHECK),
        lambda: remove_test(other, anna, test, NOW),
        lambda: restore_test(other, anna, test),
        lambda: remove_session_log(other, anna, session_logs(other, anna)[0].number, NOW),
        lambda: undo_plan(other, anna, NOW),
    )
    url = store.engine.url.render_as_string(hide_password=False)
    for change in changes:
        before = every(store, anna)
        other = open_store(url, store.data)
        change()
        close_store(other)
        after = every(store, anna)
        assert after != before
        fresh = open_store(url, store.data)
        assert after == every(fresh, anna)
        close_store(fresh)


def test_without_a_change_nothing_is_read_again(store, anna):
    seen = []
    for _ in range(3):
        remembered(store, anna, "a question", lambda: seen.append("read"))
    assert seen == ["read"]
    remembered(store, anna, "a question", lambda: seen.append("another day"), given=DAY)
    assert seen == ["read", "another day"]


def test_a_change_that_was_not_kept_leaves_the_mark(store, anna):
    before = mark_of(store, anna)
    with pytest.raises(UnknownEntry):
        remove_session_log(store, anna, 99, NOW)
    assert mark_of(store, anna) == before


def test_one_athletes_change_leaves_what_is_known_of_another(store, anna):
    ben = add_athlete(store, Profile(name="Ben"), NOW).id
    add_day_log(store, ben, DayLog(day=DAY), NOW)
    before = mark_of(store, anna), mark_of(store, ben)
    add_day_log(store, anna, DayLog(day=DAY), NOW)
    assert (mark_of(store, anna) != before[0], mark_of(store, ben)) == (True, before[1])


def test_a_request_looks_for_the_mark_once_and_notices_what_it_writes_itself(store, anna):
    [who] = athletes(store)
    home = home_in(store, who, NOW, brief=True)
    first = mark_of(home.store, anna)
    add_day_log(store, anna, DayLog(day=DAY), NOW)
    assert mark_of(home.store, anna) == first
    save_profile(home.store, anna, who.profile)
    assert mark_of(home.store, anna) == mark_of(store, anna) != first


def test_no_mark_comes_back_with_a_backup(store, anna, keeper, tmp_path):
    """Its rows may have been altered, while somebody still remembers what they said."""
    keeper.keep(store, anna)
    before = mark_of(store, anna)
    backup(store, tmp_path / "all.zip", NOW)
    erase(store, anna)
    assert mark_of(store, anna) == ""
    restore(store, tmp_path / "all.zip")
    assert mark_of(store, anna) not in ("", before)
