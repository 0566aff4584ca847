"""Several processes write for one athlete at once: nothing is lost, nothing is kept twice."""

import subprocess
import sys

from tests.processes import at_once

from evenstride.store import file_outcomes, find_run, originals, runs

LOADS = """
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evenstride.model import FileOutcome, Original, Recording
from evenstride.report.example import example_report
from evenstride.store import (
    add_recording, add_run, keep_original, note_outcome, open_store, originals_folder, runs_between, writing,
)
"""
WRITE = """
url, data, athlete, first, last = sys.argv[1:]
now = datetime(2026, 5, 20, tzinfo=UTC)
store = open_store(url or None, Path(data))
report = replace(example_report(), activity=None, judged=())
for number in range(int(first), int(last)):
    digest = keep_original(originals_folder(store, athlete), b"run %d" % number)
    one = replace(report, start=report.start + timedelta(hours=number))
    new = Recording(originals=(digest,), part=0, report=one, method="1")
    with writing(store, athlete) as connection:
        same = runs_between(connection, athlete, one.start, one.start + timedelta(minutes=5))
        run_id = same[0].id if same else add_run(connection, athlete, one.start.date(), new)
        add_recording(connection, athlete, run_id, new, [Original(sha256=digest, name="x", size_bytes=6)])
        note_outcome(connection, athlete, FileOutcome(key=digest, name="x", outcome="kept"), now)
"""


def words(url, store, athlete_id, first, last):
    return [url or "", str(store.data), athlete_id, str(first), str(last)]


def start(*given):
    command = [sys.executable, "-c", LOADS + WRITE, *words(*given)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def test_two_writers_lose_nothing(store, anna, database_url):
    both = [words(database_url, store, anna, first, first + 40) for first in (0, 40)]
    codes, said = at_once(LOADS, WRITE, both)
    assert codes == [0, 0], said
    kept = runs(store, anna)
    assert len({run.id for run in kept}) == len(kept) == len(originals(store, anna)) == 80
    assert len(file_outcomes(store, anna)) == 80


def test_two_writers_of_the_same_files_keep_them_once(store, anna, database_url):
    codes, said = at_once(LOADS, WRITE, 2 * [words(database_url, store, anna, 0, 30)])
    assert codes == [0, 0], said
    assert len(runs(store, anna)) == 30
    assert len(find_run(store, anna, "2026-05-04").recordings) == 1


def test_a_writer_that_is_killed_leaves_whole_runs_and_can_begin_again(store, anna, database_url):
    import time

    first = start(database_url, store, anna, 0, 200)
    while len(file_outcomes(store, anna)) < 5:
        assert first.poll() is None, first.stderr.read()
        time.sleep(0.01)
    first.kill()
    first.communicate()
    left = runs(store, anna)
    assert len(left) == len(file_outcomes(store, anna)) == len(originals(store, anna))
    again = start(database_url, store, anna, 0, 60)
    said = again.communicate()[1].decode()
    assert again.returncode == 0, said
    assert len(runs(store, anna)) == max(60, len(left))
