"""What is erased is gone: rows, files, and the text in the database's own file."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from evenstride.errors import StoreUnavailable, UnknownAthlete
from evenstride.model import FileOutcome, Profile
from evenstride.store import (
    add_athlete,
    athletes,
    close_store,
    erase,
    erasing,
    keep_original,
    note_outcome,
    open_store,
    originals_folder,
    read_original,
    runs,
    tag_run,
    writing,
)
from evenstride.store.connection import gone_folder, reading, settle_gone
from evenstride.store.tables import metadata

NAME = "Wilhelmina Quackenbush"
FILE = "sunrise-over-the-allotments.fit"


@pytest.fixture
def mina(store, keeper, now):
    return fill(store, keeper, now)


def fill(store, keeper, now):
    one = add_athlete(store, Profile(name=NAME), now).id
    for number in range(40):
        run_id = keeper.keep(store, one, f"file {number}".encode(), name=FILE, hours=24 * number)
        tag_run(store, one, run_id, {"shoe": NAME})
    with writing(store, one) as connection:
        note_outcome(connection, one, FileOutcome(key="f" * 64, name=FILE, outcome="failed", text="No."), now)
    return one


def rows_of(store, athlete_id):
    with reading(store) as connection:
        return [
            connection.execute(
                select(func.count()).select_from(table).where(table.c.athlete_id == athlete_id)
            ).scalar_one()
            for table in metadata.sorted_tables
        ]


def test_no_row_and_no_file_is_left(store, mina):
    erased = erase(store, mina)
    assert (erased.rows["run"], erased.rows["athlete"], erased.n_originals) == (40, 1, 40)
    assert sum(rows_of(store, mina)) == 0
    assert not originals_folder(store, mina).exists()
    assert athletes(store) == ()


def test_others_keep_everything(store, mina, anna, keeper):
    keeper.keep(store, anna, b"Anna's")
    erase(store, mina)
    assert [run.id for run in runs(store, anna)] == ["2026-05-04"]
    assert len(list(originals_folder(store, anna).rglob("*/*"))) == 1


def bytes_of(store):
    return b"".join(path.read_bytes() for path in store.data.glob("evenstride.db*"))


def test_no_byte_of_a_name_is_left_in_a_sqlite_file(other_store, keeper, now):
    mina = fill(other_store, keeper, now)
    assert NAME.encode() in bytes_of(other_store)
    assert FILE.encode() in bytes_of(other_store)
    assert not erase(other_store, mina).traces_left
    assert [text for text in (NAME, NAME.casefold(), FILE, mina) if text.encode() in bytes_of(other_store)] == []


def test_another_program_that_reads_is_reported(other_store, keeper, now):
    one = add_athlete(other_store, Profile(name=NAME), now).id
    second = open_store(None, other_store.data)
    with reading(second) as connection:
        connection.execute(select(func.count()).select_from(metadata.tables["athlete"])).scalar_one()
        assert erase(other_store, one).traces_left
    close_store(second)
    close_store(open_store(None, other_store.data))
    assert NAME.encode() not in bytes_of(other_store)


def test_nobody_is_erased_twice(store, mina):
    erase(store, mina)
    with pytest.raises(UnknownAthlete):
        erase(store, mina)


def test_what_cannot_be_removed_is_said_and_everything_stays(store, anna, keeper, monkeypatch):
    keeper.keep(store, anna)

    def refuse(_from, _to):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.rename", refuse)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        erase(store, anna)
    assert_whole(store, anna)


def assert_whole(store, athlete_id):
    """The athlete's one run is kept, and its original."""
    (run,) = runs(store, athlete_id)
    assert read_original(originals_folder(store, athlete_id), run.recordings[0].originals[0]) == b"a file"


@pytest.mark.parametrize("when", ["evenstride.store.erasing._set_aside", "os.rename"])
def test_erasing_that_fails_leaves_everything(store, anna, keeper, monkeypatch, when):
    keeper.keep(store, anna)
    done = erasing._set_aside if "_set_aside" in when else os.rename

    def stopped(*given):
        done(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(when, stopped)
        with pytest.raises(KeyboardInterrupt):
            erase(store, anna)
    again = open_store(None, store.data) if store.engine.dialect.name == "sqlite" else store
    settle_gone(again)
    assert_whole(again, anna)
    if again is not store:
        close_store(again)


KILLED = """
import os, signal, sys
from pathlib import Path
from evenstride.store import erase, open_store
from evenstride.store import erasing
setattr(erasing, sys.argv[4], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
erase(open_store(sys.argv[1] or None, Path(sys.argv[2])), sys.argv[3])
"""


def killed_erasing(store, database_url, athlete_id, where):
    given = [database_url or "", str(store.data), athlete_id, where]
    assert subprocess.run([sys.executable, "-c", KILLED, *given], check=False).returncode == -9


def test_a_kill_before_the_rows_are_gone_is_undone_by_the_next_opening(store, anna, keeper, database_url):
    keeper.keep(store, anna)
    os.rename(originals_folder(store, anna), gone_folder(store, anna))  # as far as it had come
    again = open_store(database_url, store.data)
    assert_whole(again, anna)
    close_store(again)


def test_a_kill_after_the_rows_are_gone_is_finished_by_the_next_opening(store, anna, keeper, database_url):
    keeper.keep(store, anna)
    killed_erasing(store, database_url, anna, "remove_folder")
    assert list((store.data / "originals").rglob("*/*/*"))
    close_store(open_store(database_url, store.data))
    assert list((store.data / "originals").iterdir()) == []


def test_files_that_came_meanwhile_are_not_lost_when_an_erasing_is_undone(store, anna, keeper):
    keeper.keep(store, anna)
    os.rename(originals_folder(store, anna), gone_folder(store, anna))
    originals_folder(store, anna).mkdir()
    second = keep_original(originals_folder(store, anna), b"second")
    settle_gone(store)
    assert_whole(store, anna)
    assert read_original(originals_folder(store, anna), second) == b"second"


def test_a_worker_that_goes_on_after_the_erasing_keeps_nothing(store, anna, keeper):
    keeper.keep(store, anna)
    folder = originals_folder(store, anna)
    erase(store, anna)
    with pytest.raises(StoreUnavailable, match="erased"):
        keep_original(folder, b"one more")
    assert list((store.data / "originals").iterdir()) == []


def test_another_data_folder_is_refused_and_nothing_is_erased(store, anna, keeper, tmp_path):
    keeper.keep(store, anna)
    (tmp_path / "elsewhere" / "originals").mkdir(parents=True)
    with pytest.raises(StoreUnavailable, match="not in this data folder"):
        erase(replace(store, data=tmp_path / "elsewhere"), anna)
    assert_whole(store, anna)


def test_who_has_no_files_yet_is_erased(store, anna):
    originals_folder(store, anna).rmdir()
    assert erase(store, anna).n_originals == 0
    assert athletes(store) == ()


def test_archives_that_a_killed_import_unpacked_go_too(store, anna):
    (store.data / "unpacked-x-abc").mkdir()
    (store.data / "unpacked-x-abc" / "0.zip").write_bytes(b"runs")
    erase(store, anna)
    assert list(store.data.glob("unpacked-*")) == []
