import functools
import importlib
import subprocess
import sys

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
