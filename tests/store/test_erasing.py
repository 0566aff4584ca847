"""What is erased is gone: rows, files, and the text in the database's own file."""

import pytest
from sqlalchemy import func, select

from evenstride.errors import StoreUnavailable, UnknownAthlete
from evenstride.model import FileOutcome, Profile
from evenstride.store import (
    add_athlete,
    athletes,
    close_store,
    erase,
    note_outcome,
    open_store,
    originals_folder,
    runs,
    tag_run,
    writing,
)
from evenstride.store.connection import reading
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


def test_what_cannot_be_removed_is_said_and_the_athlete_stays(store, anna, keeper, monkeypatch):
    keeper.keep(store, anna)

    def refuse(_folder):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("shutil.rmtree", refuse)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        erase(store, anna)
    assert len(runs(store, anna)) == 1
