"""Open the database and the data folder, and hand out transactions. What goes wrong is said in one sentence."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from errno import EACCES
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, select, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError

from evenstride.errors import InvalidRequest, StoreDamaged, StoreUnavailable, UnknownAthlete
from evenstride.store.files import settle
from evenstride.store.memory import Memory
from evenstride.store.migrate import revision_of, upgrade
from evenstride.store.rows import insert_or_replace
from evenstride.store.tables import REVISION, athlete, athlete_state

WAIT_S = 30
"""How long a writer waits for another one."""

DATABASE_NAME = "evenstride.db"

RESTORING = ".restoring-"
"""How folders begin that hold originals until their athletes are kept."""

BEGIN = "evenstride_begin"
"""The execution option that says how a transaction of SQLite begins; empty where there must be none."""

_MIGRATION_LOCK = 0x45564E5354  # any number, the same for every evenstride on one PostgreSQL server


@dataclass(frozen=True, kw_only=True)
class Store:
    """A database and the data folder that holds the originals; ``sealed`` where it can only be read.

    ``changed`` collects the athletes whose rows were written while it was open; ``memory`` keeps what was worked out.
    ``marks`` holds, while a request lasts, by what one knows that nothing of an athlete has changed (None: looked up
    each time); what the request writes itself is noticed.
    """

    engine: Engine
    data: Path
    sealed: bool = False
    changed: set[str] = field(default_factory=set, compare=False)
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    marks: dict[str, str] | None = field(default=None, compare=False, repr=False)


def open_store(database_url: str | None, data: Path) -> Store:
    """Open what is kept, creating or upgrading it where needed; for reading only where it cannot be written.

    ``database_url`` is ``sqlite:///file`` or ``postgresql://user@host/name``; None means ``evenstride.db`` in ``data``.

    Raises
    ------
    NewerStore
        The database was written by a newer version.
    StoreUnavailable
        There is no data folder yet and it cannot be made, the server cannot be reached, the file is locked, broken or
        no database.
    InvalidRequest
        The URL names nothing that evenstride can use.
    """
    data = Path(data)
    if not data.is_dir() or _may_write(data):
        make_folder(data)
        make_folder(data / "originals")
    url = _database(database_url, data)
    sealed = url.drivername == "sqlite" and _is_sealed(Path(str(url.database)))
    store = Store(engine=_engine(url, sealed=sealed), data=data, sealed=sealed)
    try:
        with _transaction(store, write=False) as connection:
            current = revision_of(connection)
        if current != REVISION:
            _migrate(store)
        with suppress(StoreUnavailable):  # another time: nothing that is open now depends on it
            settle_gone(store)
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
    try:
        with changing(store) as connection:
            own = select(athlete.c.athlete_id).where(athlete.c.athlete_id == athlete_id).with_for_update()
            if connection.execute(own).first() is None:
                raise UnknownAthlete("This athlete is not kept here any more.")
            # Drawn and not counted: a backup brings an old state back, and after it no number may mean two states.
            insert_or_replace(connection, athlete_state, [{"athlete_id": athlete_id, "mark": token_hex(16)}])
            yield connection
            store.changed.add(athlete_id)
    finally:
        if store.marks is not None:
            store.marks.pop(athlete_id, None)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for its owner only; StoreUnavailable where that cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {folder} cannot be written ({error.strerror}).",
            help="Name another data folder with --data, or set EVENSTRIDE_DATA.",
        ) from None


def gone_folder(store: Store, athlete_id: str) -> Path:
    """Return where an athlete's originals stand while they are being erased."""
    return store.data / "originals" / f".gone-{athlete_id}"


def settle_gone(store: Store) -> None:
    """Finish what an interrupted erasing began: files of nobody go, those of somebody who stays come back.

    Raises
    ------
    StoreUnavailable
        Another program is writing, or a folder cannot be changed.
    """
    for gone in (store.data / "originals").glob(".gone-*"):
        athlete_id = gone.name.removeprefix(".gone-")
        own = select(athlete.c.athlete_id).where(athlete.c.athlete_id == athlete_id).with_for_update()
        with changing(store) as connection:  # waits for whoever is erasing right now
            stays = connection.execute(own).first() is not None
            if stays:
                put_back(gone, originals_folder(store, athlete_id))
        if not stays:
            remove_folder(gone)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it; it may be gone already."""
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {folder} cannot be removed ({error.strerror}).", help="Check its permissions and remove it."
        ) from None


def put_back(gone: Path, folder: Path) -> None:
    """Give set-aside originals their folder again, together with what it holds meanwhile."""
    try:
        if not folder.exists():
            settle(gone, folder)
            return
        for path in gone.glob("*/*"):
            (folder / path.parent.name).mkdir(mode=0o700, exist_ok=True)
            settle(path, folder / path.parent.name / path.name)
        shutil.rmtree(gone)
    except FileNotFoundError:  # another program did it
        return
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {gone} cannot be given back its name ({error.strerror}).", help="Check its permissions."
        ) from None


# -- the database ---------------------------------------------------------------------------------------------------


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _database(database_url: str | None, data: Path) -> URL:
    if database_url is None:
        return URL.create("sqlite", database=str(data / DATABASE_NAME))
    try:
        url = make_url(database_url)
        if database_url.count("@") > 1:  # what follows the first one would be shown as the host
            raise ValueError
    except (ArgumentError, ValueError):
        raise InvalidRequest("The database URL cannot be understood.", help=_URL_HELP) from None
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        url = url.set(drivername="postgresql+psycopg")
        return url if "connect_timeout" in url.query else url.update_query_dict({"connect_timeout": "10"})
    if url.drivername in ("sqlite", "sqlite+pysqlite") and url.database not in (None, "", ":memory:"):
        return url.set(drivername="sqlite", query={})
    raise InvalidRequest(f"evenstride cannot keep its data in {_place(url)}.", help=_URL_HELP)


_URL_HELP = (
    "Use sqlite:///file.db or postgresql://user@host/name; in a user's name or password write %40 for @, %2F for /."
)


def _engine(url: URL, *, sealed: bool = False) -> Engine:
    if url.drivername == "sqlite":
        # No connection outlives its transaction: between commands the database is one whole file.
        settings = {"timeout": WAIT_S, "isolation_level": None}
        if sealed:
            engine = create_engine(url, poolclass=NullPool, creator=partial(_reader, url, settings))
        else:
            _make_file(url)
            engine = create_engine(url, poolclass=NullPool, connect_args=settings)
            event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    except ModuleNotFoundError:
        raise StoreUnavailable(
            "The driver for PostgreSQL is not installed.", help="pip install 'evenstride[postgresql]'"
        ) from None


def _is_sealed(path: Path) -> bool:
    return path.is_file() and not (os.access(path, os.W_OK) and _may_write(path.parent))


def _reader(url: URL, settings: Mapping[str, Any]) -> sqlite3.Connection:
    # Nobody can change a file in a folder that nobody may write in; SQLite needs to be told, as it cannot lock it.
    path = Path(str(url.database))
    alone = not path.with_name(path.name + "-wal").exists()
    asked = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    connection: sqlite3.Connection = sqlite3.connect(asked, uri=True, **settings)
    return connection


def _make_file(url: URL) -> None:
    path = Path(str(url.database))
    try:  # readable by its owner only; the files beside it (-wal, -shm) take the same permissions
        if path.parent.is_dir() and not _may_write(path.parent):
            raise PermissionError(EACCES, os.strerror(EACCES))
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
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
    if write and store.sealed:
        raise StoreUnavailable(f"{_place(store.engine.url)} cannot be written.", help=_FILE_HELP)
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
        return StoreUnavailable(
            f"{_place(url)} cannot be reached: {_reason(url, error)}", help="Check that the server runs, and the URL."
        )
    if not state and error.connection_invalidated is False and "connection option" in str(error.orig):
        return StoreUnavailable(
            f"{_place(url)} cannot be reached: {_reason(url, error)}.", help="Check what follows the ? in the URL."
        )
    return None


def _reason(url: URL, error: DBAPIError) -> str:
    """Return the first line, which says why; the others repeat it for every address of the host."""
    reason = next(iter(str(error.orig).strip().splitlines()), "").strip()
    return reason.replace(str(url.password), "…") if url.password else reason


def _place(url: URL) -> str:
    if url.drivername.startswith("sqlite"):
        return f"the file {url.database}" if url.database else "a database in memory"
    if url.drivername.startswith("postgresql"):
        return f"The database {url.database} on {url.host or 'this machine'}"
    return f"a database of the kind {url.drivername}"
