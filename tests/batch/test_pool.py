import functools
import importlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evenstride.batch import Crashed, map_on_all_cores

WORK = """
import os, signal, time

def double(number):
    return 2 * number

def times(known, number):
    return number in known

def leaves_a_mark(folder, number):
    open(f"{folder}/mark{number}", "w").close()
    time.sleep(0.005)

def notes_its_process(folder, number):
    open(f"{folder}/{os.getpid()}", "w").close()
    time.sleep(600)

def dies_on_three(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number
"""


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Functions that a fresh worker can import by name."""
    (tmp_path / "pool_work.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module("pool_work")


def test_answers_come_in_the_order_of_the_items(work):
    assert list(map_on_all_cores(work.double, list(range(40)), jobs=2)) == [2 * i for i in range(40)]


def test_an_item_that_kills_its_worker_costs_only_itself(work):
    assert list(map_on_all_cores(work.dies_on_three, [1, 2, 3, 4], jobs=2)) == [1, 2, Crashed(index=2), 4]


def test_nothing_gives_nothing(work):
    assert list(map_on_all_cores(work.double, [])) == []


def test_a_function_that_carries_much_is_sent_once_to_each_worker(work):
    carries = functools.partial(work.times, frozenset(range(100_000)))
    assert list(map_on_all_cores(carries, [5, 200_000], jobs=2)) == [True, False]


def test_who_stops_asking_stops_the_work(work, tmp_path):
    answers = map_on_all_cores(functools.partial(work.leaves_a_mark, str(tmp_path)), list(range(400)), jobs=2)
    next(answers)
    answers.close()
    assert len(list(tmp_path.glob("mark*"))) < 400


def test_where_no_worker_can_start_the_work_is_done_here():
    script = "from evenstride.batch import map_on_all_cores as m\nprint(list(m(abs, [-1, -2, -3], jobs=2)))\n"
    done = subprocess.run([sys.executable], input=script, capture_output=True, text=True)
    assert done.stdout.strip() == "[1, 2, 3]"


@pytest.mark.parametrize("error", [OSError(28, "no room"), ImportError("no semaphores")])
def test_where_no_pool_can_be_made_the_work_is_done_here(monkeypatch, error):
    def refuse(*_args, **_kwargs):
        raise error

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", refuse)
    assert list(map_on_all_cores(abs, [-1, -2, -3], jobs=2)) == [1, 2, 3]


def test_where_a_process_cannot_be_started_the_work_is_done_here(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise BlockingIOError(11, "no more processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    assert list(map_on_all_cores(abs, [-1, -2, -3], jobs=2)) == [1, 2, 3]


def test_workers_end_when_the_process_that_asked_is_killed(work, tmp_path):
    (tmp_path / "marks").mkdir()
    script = f"""if __name__ == "__main__":
    import functools, sys
    sys.path.insert(0, {str(tmp_path)!r})
    import pool_work
    from evenstride.batch import map_on_all_cores
    list(map_on_all_cores(functools.partial(pool_work.notes_its_process, {str(tmp_path / "marks")!r}), [1, 2], jobs=2))
"""
    (tmp_path / "asks.py").write_text(script)
    asks = subprocess.Popen([sys.executable, tmp_path / "asks.py"])
    assert _comes_true(lambda: len(list((tmp_path / "marks").iterdir())) == 2)
    asks.kill()
    asks.wait()
    workers = [int(mark.name) for mark in (tmp_path / "marks").iterdir()]
    try:
        assert _comes_true(lambda: not any(_is_alive(worker) for worker in workers))
    finally:
        for worker in filter(_is_alive, workers):
            os.kill(worker, signal.SIGKILL)


def test_ctrl_c_while_workers_start_is_heeded_by_the_process_that_asked_alone(tmp_path):
    script = """if __name__ == "__main__":
    import os, signal, time
    from multiprocessing.context import SpawnProcess
    from evenstride.batch import map_on_all_cores
    start = SpawnProcess.start
    def start_and_be_interrupted(process):
        start(process)
        time.sleep(0.08)  # not so early that the worker runs no Python yet
        os.killpg(0, signal.SIGINT)
    SpawnProcess.start = start_and_be_interrupted
    try:
        list(map_on_all_cores(abs, list(range(100)), jobs=2))
    except KeyboardInterrupt:
        print("stopped")
"""
    (tmp_path / "asks.py").write_text(script)
    done = subprocess.run(
        [sys.executable, tmp_path / "asks.py"], capture_output=True, text=True, start_new_session=True, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("stopped", "")


def _comes_true(fact, within_s=30.0):
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if fact():
            return True
        time.sleep(0.05)
    return False


def _is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that has ended but that nobody asked about yet counts as ended.
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
