"""Everything of one athlete gone, and looked at again to be sure."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.exc import OperationalError

from evenstride.errors import StoreUnavailable
from evenstride.store.connection import (
    BEGIN,
    RESTORING,
    Store,
    gone_folder,
    originals_folder,
    reading,
    remove_folder,
    settle_gone,
    writing,
)
from evenstride.store.files import remove_dead
from evenstride.store.tables import metadata, original

_PATIENCE_MS = 2000
"""How long erasing waits for somebody who reads the SQLite file."""


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What was there and is gone: ``rows`` by table, files.

    ``traces_left``: another program had the SQLite file open, so erased text may stand in the file until it closes.
    """

    rows: Mapping[str, int]
    n_originals: int
    traces_left: bool = False


def erase(store: Store, athlete_id: str) -> Erased:
    """Take away everything of one athlete: rows of every table and the original files; all of it, or nothing.

    What killed imports and restores had unpacked goes too, whosever it was.

    Erased text is overwritten in a SQLite file. A PostgreSQL server may keep old versions of rows until it cleans up,
    and in its own logs and backups; so do backups made earlier: those are not in reach here.

    Raises
    ------
    UnknownAthlete
        There is nobody of that identifier.
    StoreUnavailable
        The data folder is not the one that holds the athlete's files; or something is still there: a folder that
        cannot be removed, a writer that has not ended.
    """
    settle_gone(store)
    folder, gone = originals_folder(store, athlete_id), gone_folder(store, athlete_id)
    try:
        with writing(store, athlete_id) as connection:
            _refuse_other_folder(connection, folder, athlete_id)
            rows = count_rows(connection, athlete_id)
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table).where(table.c.athlete_id == athlete_id))
            # Set aside in one step, and removed only when the rows are gone for good: all of it goes, or nothing.
            n_originals = _set_aside(folder, gone)
    except BaseException:
        with suppress(StoreUnavailable):  # else the next opening does it
            settle_gone(store)
        raise
    remove_folder(gone)
    remove_dead(store.data, "unpacked-")
    remove_dead(store.data / "originals", RESTORING)
    traces_left = not _overwrite(store)
    with reading(store) as connection:
        left = sum(count_rows(connection, athlete_id).values())
    if left or folder.exists():
        raise StoreUnavailable(
            "Something of this athlete is still kept: another program is writing.",
            help="Stop every other evenstride, then erase again.",
        )
    return Erased(rows=rows, n_originals=n_originals, traces_left=traces_left)


def count_rows(connection: Connection, athlete_id: str) -> Mapping[str, int]:
    """Return how many rows of each table belong to an athlete."""
    return {
        table.name: connection.execute(
            select(func.count()).select_from(table).where(table.c.athlete_id == athlete_id)
        ).scalar_one()
        for table in metadata.sorted_tables
    }


def _refuse_other_folder(connection: Connection, folder: Path, athlete_id: str) -> None:
    known = select(original.c.sha256).where(original.c.athlete_id == athlete_id).limit(1)
    if not folder.exists() and connection.execute(known).first() is not None:
        raise StoreUnavailable(
            f"The files of this athlete are not in this data folder ({folder} is missing). Nothing was erased.",
            help="Name the folder that holds them with --data. If they are lost, make that folder, then erase again.",
        )


def _set_aside(folder: Path, gone: Path) -> int:
    if not folder.exists():
        return 0
    count = sum(1 for path in folder.glob("*/*") if path.is_file() and not path.name.startswith("."))
    try:
        os.rename(folder, gone)
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {folder} cannot be removed ({error.strerror}). Nothing was erased.",
            help="Check its permissions, erase again.",
        ) from None
    return count


def _overwrite(store: Store) -> bool:
    """Leave no erased text behind in the database's own files; False while another program holds a SQLite file."""
    with store.engine.connect().execution_options(**{BEGIN: "", "isolation_level": "AUTOCOMMIT"}) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"VACUUM {', '.join(metadata.tables)}")
            return True
        try:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            connection.exec_driver_sql("VACUUM")
        except OperationalError:
            return False
        # Moves everything into the main file and empties the log; the first column tells whether somebody was reading.
        busy: int = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar_one()
        return busy == 0
