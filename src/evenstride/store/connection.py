"""Open the database and the data folder, and hand out transactions. What goes wrong is said in one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError

from evenstride.errors import InvalidRequest, StoreDamaged, StoreUnavailable, UnknownAthlete
from evenstride.store.migrate import revision_of, upgrade
from evenstride.store.tables import REVISION, athlete

WAIT_S = 30
"""How long a writer waits for another one."""

DATABASE_NAME = "evenstride.db"

BEGIN = "evenstride_begin"
"""The execution option that says how a transaction of SQLite begins; empty where there must be none."""

_MIGRATION_LOCK = 0x45564E5354  # any number, the same for every evenstride on one PostgreSQL server


@dataclass(frozen=True, kw_only=True)
class Store:
    """A database and the data folder that holds the originals."""

    engine: Engine
    data: Path


def open_store(database_url: str | None, data: Path) -> Store:
    """Open what is kept, creating or upgrading it where needed.

    ``database_url`` is ``sqlite:///file`` or ``postgresql://user@host/name``; None means ``evenstride.db`` in ``data``.

    Raises
    ------
    NewerStore
        The database was written by a newer version.
    StoreUnavailable
        The folder cannot be written, the server not reached, the file is locked, broken or no database.
    InvalidRequest
        The URL names nothing that evenstride can use.
    """
    data = Path(data)
    _make_folder(data)
    url = _database(database_url, data)
    store = Store(engine=_engine(url), data=data)
    try:
        with _transaction(store, write=False) as connection:
            current = revision_of(connection)
        if current != REVISION:
            _migrate(store)
    except BaseException:
        close_store(store)
        raise
    return store


def close_store(store: Store) -> None:
    """Let go of every connection."""
    store.engine.dispose()


def originals_folder(store: Store, athlete_id: str) -> Path:
    """Return the folder of one athlete's originals: all that a worker process needs of the store."""
    return store.data / "originals" / athlete_id


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """Read in one transaction: everything read in it is of one moment."""
    with _transaction(store, write=False) as connection:
        yield connection


@contextmanager
def changing(store: Store) -> Iterator[Connection]:
    """Write in one transaction: all of it is kept, or nothing. For rows of one athlete see :func:`writing`."""
    with _transaction(store, write=True) as connection:
        yield connection


@contextmanager
def writing(store: Store, athlete_id: str) -> Iterator[Connection]:
    """Write for one athlete in one transaction; other writers for the same athlete wait until it ends.

    Raises
    ------
    UnknownAthlete
        When the athlete is not (or no longer) kept.
    StoreUnavailable
        When another program has been writing for too long.
    """
    with changing(store) as connection:
        own = select(athlete.c.athlete_id).where(athlete.c.athlete_id == athlete_id).with_for_update()
        if connection.execute(own).first() is None:
            raise UnknownAthlete("This athlete is not kept here any more.")
        yield connection


# -- the database ---------------------------------------------------------------------------------------------------


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        (data / "originals").mkdir(mode=0o700, exist_ok=True)
        if not os.access(data, os.W_OK | os.X_OK):
            raise PermissionError
    except OSError as error:
        raise StoreUnavailable(
            f"The data folder {data} cannot be written ({error.strerror or 'no permission'}).",
            help="Name another one with --data, or set EVENSTRIDE_DATA.",
        ) from None


def _database(database_url: str | None, data: Path) -> URL:
    if database_url is None:
        return URL.create("sqlite", database=str(data / DATABASE_NAME))
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):
        raise InvalidRequest("The database URL cannot be understood.", help=_URL_HELP) from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        url = url.set(drivername="postgresql+psycopg")
        return url if "connect_timeout" in url.query else url.update_query_dict({"connect_timeout": "10"})
    if url.drivername in ("sqlite", "sqlite+pysqlite") and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite", query={})
    raise InvalidRequest(f"evenstride cannot keep its data in {_place(url)}.", help=_URL_HELP)


_URL_HELP = "Use sqlite:///file.db or postgresql://user@host/name."


def _engine(url: URL) -> Engine:
    if url.drivername == "sqlite":
        _make_file(url)
        # No connection outlives its transaction: between commands the database is one whole file.
        engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": WAIT_S, "isolation_level": None})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError:
        raise StoreUnavailable(
            "The driver for PostgreSQL is not installed.", help="pip install 'evenstride[postgresql]'"
        ) from None


def _make_file(url: URL) -> None:
    try:  # readable by its owner only; the files beside it (-wal, -shm) take the same permissions
        os.close(os.open(str(url.database), os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"{_place(url)} cannot be opened ({error.strerror}).", help=_FILE_HELP) from None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {1000 * WAIT_S}",
        "journal_mode = WAL",  # readers never wait for a writer
        "synchronous = FULL",  # what is reported as kept survives a power cut; transactions are few and large
        "foreign_keys = ON",
        "secure_delete = ON",  # what is erased is overwritten
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if begin := connection.get_execution_options().get(BEGIN, "BEGIN"):
        connection.exec_driver_sql(begin)


@contextmanager
def _transaction(store: Store, *, write: bool) -> Iterator[Connection]:
    try:
        with store.engine.connect() as plain:
            connection = plain.execution_options(**_options(store.engine, write=write))
            with connection.begin():
                if write and store.engine.dialect.name == "postgresql":
                    connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_S}s'"))
                yield connection
    except DBAPIError as error:
        sentence = _sentence(store.engine.url, error)
        if sentence is None:
            raise
        raise sentence from error


def _options(engine: Engine, *, write: bool) -> dict[str, Any]:
    if engine.dialect.name == "sqlite":
        return {BEGIN: "BEGIN IMMEDIATE" if write else "BEGIN"}
    return {"isolation_level": "READ COMMITTED" if write else "REPEATABLE READ"}


def _migrate(store: Store) -> None:
    with changing(store) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        upgrade(connection)


# -- what went wrong ------------------------------------------------------------------------------------------------

_FILE_HELP = "Check that the folder exists and that you may write in it."

_SQLITE_TROUBLE = {
    "not a database": (StoreDamaged, "{place} is not a database.", "Name another file, or restore a backup."),
    "malformed": (StoreDamaged, "{place} is damaged.", "Move it away and restore a backup."),
    "locked": (StoreUnavailable, "Another program is writing to {place}.", "Wait until it has finished, then repeat."),
    "unable to open": (StoreUnavailable, "{place} cannot be opened.", _FILE_HELP),
    "readonly": (StoreUnavailable, "{place} cannot be written.", _FILE_HELP),
    "full": (StoreUnavailable, "The disk of {place} is full.", "Free some space; nothing kept so far is lost."),
    "disk i/o": (StoreUnavailable, "{place} cannot be read or written.", "Check the disk; restore a backup."),
}


def _sentence(url: URL, error: DBAPIError) -> StoreUnavailable | None:
    """Return what a person can understand and do, None where the error is a bug of ours."""
    if url.drivername == "sqlite":
        said = str(error.orig).lower()
        if isinstance(error, OperationalError) or type(error) is DatabaseError:
            for words, (kind, sentence, help_) in _SQLITE_TROUBLE.items():
                if words in said:
                    return kind(sentence.format(place=_place(url)), help=help_)
        return None
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == "55P03":
        return StoreUnavailable(f"Another program is writing to {_place(url)}.", help="Wait, then repeat.")
    if state == "42501":
        return StoreUnavailable(
            f"The database user has no right to use {_place(url)}.", help="Ask for the right to create tables there."
        )
    if isinstance(error, OperationalError) and (not state or state[:2] in ("08", "28", "3D", "53", "57")):
        reason = str(error.orig).strip().splitlines()[-1:] or [""]
        return StoreUnavailable(
            f"{_place(url)} cannot be reached: {reason[0]}", help="Check that the server runs, and the URL."
        )
    return None


def _place(url: URL) -> str:
    if url.drivername.startswith("sqlite"):
        return f"the file {url.database}" if url.database else "a database in memory"
    if url.drivername.startswith("postgresql"):
        return f"The database {url.database} on {url.host or 'this machine'}"
    return f"a database of the kind {url.drivername}"
