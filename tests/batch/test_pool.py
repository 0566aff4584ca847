import importlib

import pytest

from evenstride.batch import Crashed, map_on_all_cores

WORK = """
import os, signal

def double(number):
    return 2 * number

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
