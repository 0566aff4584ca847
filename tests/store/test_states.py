"""What was worked out is believed for exactly as long as the rows stay that it was worked out of."""

import sys
import threading
from datetime import date
from time import sleep

from evenstride.model import Profile, SideCheck, TestResult
from evenstride.store import (
    add_athlete,
    add_side_check,
    add_test,
    evidence_state,
    originals,
    remove_test,
    replace_report,
    restore_test,
    tag_run,
    writing,
)
from evenstride.store.importing import recording_id
from evenstride.store.memory import Memory


def test_whatever_a_season_rests_on_makes_another_state_and_nothing_else_does(store, anna, keeper, now):
    seen = [evidence_state(store, anna)]

    def changed() -> bool:
        seen.append(evidence_state(store, anna))
        return len(set(seen)) == len(seen)

    run_id = keeper.keep(store, anna)
    assert changed(), "a run"
    tag_run(store, anna, run_id, {"shoe": "Pegasus"})
    assert changed(), "a tag"
    tag_run(store, anna, run_id, {"shoe": "Ghost"})
    assert changed(), "another value of a tag"
    test = add_test(store, anna, TestResult(test="knee_to_wall", day=date(2026, 5, 4), left=(9.0,), right=(11.0,)))
    assert changed(), "a test"
    remove_test(store, anna, test, now)
    assert changed(), "a test taken away"
    check = SideCheck(source="watch_balance", device="Garmin", checked=date(2026, 5, 4), leg="left", method="limp",
                      answer="swapped", shift_pct=-9.0, low_pct=-11.0, high_pct=-7.0)  # fmt: skip
    add_side_check(store, anna, check)
    assert changed(), "a side check"
    first = recording_id([originals(store, anna)[0].sha256], 0)
    with writing(store, anna) as connection:
        replace_report(connection, anna, first, keeper.recording().report, "2")
    assert changed(), "another method"
    restore_test(store, anna, test)
    assert changed(), "a test brought back"
    assert evidence_state(store, anna) == seen[-1]


def test_a_test_changes_nothing_of_what_the_runs_tell(store, anna, keeper):
    keeper.keep(store, anna)
    before = evidence_state(store, anna)
    add_test(store, anna, TestResult(test="knee_to_wall", day=date(2026, 5, 4), left=(9.0,), right=(11.0,)))
    after = evidence_state(store, anna)
    assert (before.runs == after.runs, before.tests == after.tests) == (True, False)


def test_another_athletes_rows_change_nothing(store, anna, keeper, now):
    before = evidence_state(store, anna)
    keeper.keep(store, add_athlete(store, Profile(name="Bea"), now).id)
    assert evidence_state(store, anna) == before


def test_many_who_ask_at_once_wait_for_one_who_works():
    memory, worked, answers = Memory(), [], []

    def work() -> int:
        sleep(0.05)
        worked.append(1)
        return len(worked)

    threads = [threading.Thread(target=lambda: answers.append(memory.of("season", "a", work))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert answers == [1] * 8


def test_the_oldest_answer_makes_room():
    memory = Memory(most=2)
    for question in "abc":
        memory.of(question, 0, question.upper)
    assert [memory.holds(question, 0) for question in "abc"] == [False, True, True]


def test_what_is_pushed_out_while_it_is_looked_for_is_worked_out_again():
    """Threads that ask different questions of a full memory, each as often as others push its answer out."""
    before, memory, wrong = sys.getswitchinterval(), Memory(most=1), []

    def ask(question: str) -> None:
        try:
            wrong.extend(
                one for _ in range(20000) if (one := memory.of(question, 1, question.upper)) != question.upper()
            )
        except KeyError as error:
            wrong.append(str(error))

    threads = [threading.Thread(target=ask, args=(one,)) for one in "aabc"]
    sys.setswitchinterval(1e-6)
    try:
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    finally:
        sys.setswitchinterval(before)
    assert wrong == []


def test_what_fails_is_not_kept():
    memory = Memory()

    def fails() -> int:
        raise ValueError

    for _ in range(2):
        try:
            memory.of("season", 0, fails)
        except ValueError:
            assert not memory.holds("season", 0)
    assert memory.of("season", 0, lambda: 3) == 3
