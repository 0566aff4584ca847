"""The folder that is looked at for new files, and what became of each file in it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, insert, select

from evenstride.store.connection import Store, reading, writing
from evenstride.store.tables import storable, watched_file, watched_folder


@dataclass(frozen=True, kw_only=True)
class WatchedFile:
    """One file as it was when it was taken in, and what became of it: kept, known, skipped or failed."""

    key: str
    name: str
    size_bytes: int
    changed_ns: int
    outcome: str
    text: str
    help: str
    noted: datetime


@dataclass(frozen=True, kw_only=True)
class WatchedFolder:
    """A folder of one athlete, and since when it is looked at."""

    athlete_id: str
    path: Path
    since: datetime


def file_key(path: Path) -> str:
    """Return how a file's place is known: its path may be anything that a database cannot hold."""
    return hashlib.sha256(str(path).encode("utf8", "surrogateescape")).hexdigest()


def watch(store: Store, athlete_id: str, path: Path, now: datetime) -> None:
    """Look at this folder from now on, and at no other; of an earlier one nothing is remembered."""
    with writing(store, athlete_id) as connection:
        for table in (watched_folder, watched_file):
            connection.execute(delete(table).where(table.c.athlete_id == athlete_id))
        values = {"athlete_id": athlete_id, "path": storable(str(path)), "since": now}
        connection.execute(insert(watched_folder).values(**values))


def unwatch(store: Store, athlete_id: str) -> None:
    """Look at no folder any more."""
    with writing(store, athlete_id) as connection:
        for table in (watched_folder, watched_file):
            connection.execute(delete(table).where(table.c.athlete_id == athlete_id))


def watched_folders(store: Store) -> tuple[WatchedFolder, ...]:
    """Return everybody's folder."""
    with reading(store) as connection:
        rows = connection.execute(select(watched_folder).order_by(watched_folder.c.since)).all()
    return tuple(WatchedFolder(athlete_id=row.athlete_id, path=Path(row.path), since=row.since) for row in rows)


def watched_files(store: Store, athlete_id: str) -> Mapping[str, WatchedFile]:
    """Return what became of the files, the latest first, by the key of their place."""
    columns = watched_file.c
    query = select(watched_file).where(columns.athlete_id == athlete_id).order_by(columns.noted_at.desc(), columns.name)
    with reading(store) as connection:
        rows = connection.execute(query).all()
    return {
        row.path_key: WatchedFile(
            key=row.path_key, name=row.name, size_bytes=row.size_bytes, changed_ns=row.changed_ns,
            outcome=row.outcome, text=row.text, help=row.help, noted=row.noted_at,
        )
        for row in rows
    }  # fmt: skip


def note_watched(store: Store, athlete_id: str, files: Sequence[WatchedFile]) -> None:
    """Remember what became of files; the latest word on each holds."""
    own = watched_file.c.athlete_id == athlete_id
    with writing(store, athlete_id) as connection:
        for one in files:
            connection.execute(delete(watched_file).where(own, watched_file.c.path_key == one.key))
            values = {
                "athlete_id": athlete_id, "path_key": one.key, "name": one.name, "size_bytes": one.size_bytes,
                "changed_ns": one.changed_ns, "outcome": one.outcome, "text": one.text, "help": one.help,
                "noted_at": one.noted,
            }  # fmt: skip
            connection.execute(insert(watched_file).values(**values))
