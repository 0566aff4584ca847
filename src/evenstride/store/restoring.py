"""Backups checked to the last byte, and taken back. Nothing in one is believed: names, digests, counts, rows.

The rows are first loaded into a temporary database of the schema that the backup has, brought to the newest schema by
the same migrations as any database, and copied from there. So an old backup is restored as well as a fresh one.
"""

import json
import os
import re
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any
from uuid import uuid4
from zipfile import BadZipFile, ZipFile, ZipInfo

from sqlalchemy import Connection, StaticPool, create_engine, func, insert, inspect, select
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from evenstride.errors import AthleteExists, InvalidRequest, NewerStore, UnreadableInput
from evenstride.model import Profile
from evenstride.store.backups import MANIFEST, SCHEMA, Backup, original_entry, table_entry
from evenstride.store.checking import check_rows
from evenstride.store.codec import Misfit, from_json
from evenstride.store.connection import RESTORING, Store, changing, make_folder, originals_folder, put_back, reading
from evenstride.store.files import keep_original, remove_dead
from evenstride.store.migrate import refuse_newer, steps, upgrade
from evenstride.store.people import IN_ORDER, checked_key, name_key
from evenstride.store.rows import insert_or_replace
from evenstride.store.tables import VERSION_TABLE, athlete, athlete_state, metadata, original

_MANIFEST_LIMIT = 64_000_000
_LINE_LIMIT = 64_000_000
_ORIGINAL_LIMIT = 4 << 30  # what is imported is read into memory, and so smaller
_BOMB_RATIO = 200  # rows are JSON, originals at most XML: ten to thirty times smaller when compressed
_BOMB_FLOOR = 50_000_000

_ATHLETE_ID = re.compile(r"[0-9a-f]{32}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MISSING = re.compile(r"[0-9a-f]{32}/[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class _Opened:
    """A backup whose manifest was read; ``people`` are names by identifier."""

    path: Path
    archive: ZipFile
    manifest: Mapping[str, Any]


def restore(store: Store, path: Path) -> Backup:
    """Take back everybody in a backup, all of it or nothing.

    Raises
    ------
    AthleteExists
        Somebody in it is kept here already.
    UnreadableInput
        It is no backup, or a part of it is cut off, altered or not what a backup holds.
    NewerStore
        It was written by a newer version.
    """
    with _opened(path) as opened, _loaded(opened) as rows:
        people = _people(rows, path)
        with _believing_nothing(path):
            check_rows(rows)
        with reading(store) as connection:
            _refuse_known(connection, people)
        with _laid_out(store, people) as laid:
            for athlete_id, digest, size_bytes in _files(opened, rows):
                keep_original(laid / athlete_id, _content(opened, athlete_id, digest, size_bytes))
            _copy(rows, store, people, path, laid)
        return _said(opened, people, rows)


# -- the file -------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path) -> Iterator[_Opened]:
    with _believing_nothing(path):
        archive = ZipFile(path)
    with archive:
        with _believing_nothing(path):
            if archive.getinfo(MANIFEST).file_size > _MANIFEST_LIMIT:
                raise BadZipFile
            manifest = json.loads(archive.read(MANIFEST))
            schema = str(manifest["schema"])
        _refuse_other_schema(path, schema)
        with _believing_nothing(path):
            _check_manifest(manifest)
        refuse_newer(str(manifest["revision"]), steps(), what=f"The backup {path.name}")
        yield _Opened(path=path, archive=archive, manifest=manifest)


@contextmanager
def _believing_nothing(path: Path) -> Iterator[None]:
    """Turn everything that reading a hostile or damaged zip can raise into one sentence."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableInput(f"There is no file {path}.", help="Name a backup that evenstride backup made.") from None
    except (
        BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, TypeError, IndexError, AttributeError,
        RuntimeError, NotImplementedError, OverflowError, sqlite3.Error,
    ):  # fmt: skip
        raise _damaged(path) from None


def _damaged(path: Path) -> UnreadableInput:
    return UnreadableInput(
        f"{path.name} is not a whole evenstride backup: a part of it is missing, altered or something else.",
        help="Nothing was restored. Use another copy of the backup.",
    )


def _refuse_other_schema(path: Path, schema: str) -> None:
    if schema == SCHEMA:
        return
    if schema.startswith(SCHEMA.split("/")[0] + "/"):
        raise NewerStore(
            f"The backup {path.name} was written by a newer evenstride ({schema}).",
            help="Update evenstride, then try again.",
        )
    raise _damaged(path)


def _check_manifest(manifest: Mapping[str, Any]) -> None:
    if datetime.fromisoformat(manifest["created"]).tzinfo is None:
        raise ValueError
    for name, one in manifest["tables"].items():
        if not (re.fullmatch(r"\w+", name) and type(one["rows"]) is int and _SHA256.fullmatch(one["sha256"])):
            raise ValueError
    if not (type(manifest["originals"]) is int and all(_MISSING.fullmatch(one) for one in manifest["missing"])):
        raise ValueError


def _lines(opened: _Opened, name: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table; what does not have the manifest's count and digest is refused at the end."""
    said, digest, count = opened.manifest["tables"][name], sha256(), 0
    info = opened.archive.getinfo(table_entry(name))
    _refuse_bomb(info)
    with opened.archive.open(info) as entry:
        while line := entry.readline(_LINE_LIMIT):
            digest.update(line)
            count += 1
            row = json.loads(line)
            if not all(value is None or type(value) in (str, int, float) for value in row.values()):
                raise ValueError
            yield row
    if (count, digest.hexdigest()) != (said["rows"], said["sha256"]):
        raise BadZipFile


def _content(opened: _Opened, athlete_id: str, digest: str, size_bytes: int) -> bytes:
    with _believing_nothing(opened.path):
        info = opened.archive.getinfo(original_entry(athlete_id, digest))
        if not 0 <= size_bytes == info.file_size <= _ORIGINAL_LIMIT:
            raise BadZipFile
        _refuse_bomb(info)
        with opened.archive.open(info) as entry:
            content = entry.read(size_bytes + 1)
        if len(content) != size_bytes or sha256(content).hexdigest() != digest:
            raise BadZipFile
        return content


def _refuse_bomb(info: ZipInfo) -> None:
    if info.file_size > max(_BOMB_FLOOR, _BOMB_RATIO * info.compress_size):
        raise BadZipFile


# -- the rows -------------------------------------------------------------------------------------------------------


@contextmanager
def _loaded(opened: _Opened) -> Iterator[Connection]:
    """Give the rows in a temporary database of the newest schema, which no file name leads to and no crash leaves."""
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect("", check_same_thread=False), poolclass=StaticPool
    )
    try:
        with engine.connect() as connection:
            upgrade(connection, to=str(opened.manifest["revision"]))
            with _believing_nothing(opened.path):
                try:
                    if set(opened.manifest["tables"]) != set(inspect(connection).get_table_names()) - {VERSION_TABLE}:
                        raise BadZipFile
                    for name in opened.manifest["tables"]:
                        _load(opened, connection, name)
                except DBAPIError:
                    raise BadZipFile from None
            upgrade(connection)
            yield connection
    finally:
        engine.dispose()


def _load(opened: _Opened, connection: Connection, name: str) -> None:
    columns = [column["name"] for column in inspect(connection).get_columns(name)]
    quote = connection.dialect.identifier_preparer.quote
    statement = (
        f"INSERT INTO {quote(name)} ({', '.join(map(quote, columns))}) "  # noqa: S608  names of our own tables
        f"VALUES ({', '.join('?' * len(columns))})"
    )
    for row in _lines(opened, name):
        if row.keys() != set(columns):
            raise ValueError
        connection.exec_driver_sql(statement, tuple(row[column] for column in columns))


def _people(rows: Connection, path: Path) -> dict[str, str]:
    """Return the names of the athletes by identifier, in the order in which they were added."""
    try:
        found = rows.execute(select(athlete).order_by(*IN_ORDER)).all()
        people = {row.athlete_id: from_json(Profile, row.profile).name for row in found}
    except (Misfit, ValueError, TypeError):
        raise _damaged(path) from None
    if not all(_ATHLETE_ID.fullmatch(one) for one in people):
        raise _damaged(path)
    with _believing_nothing(path):
        if [_key(one) for one in people.values()] != [row.name_key for row in found]:
            raise ValueError
    return people


def _key(name: str) -> str:
    try:
        return checked_key(name)
    except InvalidRequest:
        raise ValueError from None


def _files(opened: _Opened, rows: Connection) -> Iterator[tuple[str, str, int]]:
    """Yield athlete, digest and size of every original that the backup must hold, and holds nothing else."""
    missing = set(opened.manifest["missing"])
    query = select(original.c.athlete_id, original.c.sha256, original.c.size_bytes)
    files = [tuple(row) for row in rows.execute(query) if f"{row.athlete_id}/{row.sha256}" not in missing]
    names = [original_entry(one, digest) for one, digest, _ in files]
    names += [table_entry(name) for name in opened.manifest["tables"]] + [MANIFEST]
    if sorted(names) != sorted(opened.archive.namelist()) or len(files) != opened.manifest["originals"]:
        raise _damaged(opened.path)
    for one, digest, size_bytes in files:
        if not (_ATHLETE_ID.fullmatch(one) and _SHA256.fullmatch(digest) and type(size_bytes) is int):
            raise _damaged(opened.path)
        yield one, digest, size_bytes


def _refuse_known(connection: Connection, people: Mapping[str, str]) -> None:
    known = connection.execute(select(athlete.c.athlete_id, athlete.c.name_key)).all()
    taken = {row.athlete_id for row in known} | {row.name_key for row in known}
    named = [name for one, name in people.items() if one in taken or name_key(name) in taken]
    if named:
        raise AthleteExists(
            f"Kept here already: {', '.join(named)}. Nothing was restored.",
            help="Restore into an empty store (--data DIR), or erase the athlete first.",
        )


@contextmanager
def _laid_out(store: Store, people: Iterable[str]) -> Iterator[Path]:
    """Give a folder for originals until their athletes are kept; what killed processes left in such ones goes."""
    originals = store.data / "originals"
    remove_dead(originals, RESTORING)
    laid = originals / f"{RESTORING}{os.getpid()}-{uuid4().hex}"
    fresh = [folder for one in people if not (folder := originals_folder(store, one)).exists()]
    try:
        for one in people:
            make_folder(laid / one)
        yield laid
    except BaseException:
        for folder in fresh:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(laid, ignore_errors=True)


def _copy(rows: Connection, store: Store, people: Mapping[str, str], path: Path, laid: Path) -> None:
    try:
        with changing(store) as connection:
            _refuse_known(connection, people)
            for table in metadata.sorted_tables:
                found = rows.execute(select(table).execution_options(yield_per=500)).mappings()
                for part in found.partitions(500):
                    connection.execute(insert(table), [dict(row) for row in part])
            # Marks of their own: one that was seen before stands for rows that may have been others.
            insert_or_replace(connection, athlete_state, [{"athlete_id": one, "mark": token_hex(16)} for one in people])
            for one in people:
                put_back(laid / one, originals_folder(store, one))
    except (IntegrityError, StatementError, ValueError, TypeError):
        raise _damaged(path) from None


def _said(opened: _Opened, people: Mapping[str, str], rows: Connection) -> Backup:
    counts = {
        table.name: rows.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
    }
    missing = tuple(opened.manifest["missing"])
    files = rows.execute(select(original.c.athlete_id, original.c.sha256, original.c.name))
    names = {f"{one.athlete_id}/{one.sha256}": one.name for one in files}
    return Backup(
        path=opened.path, created=datetime.fromisoformat(opened.manifest["created"]),
        revision=str(opened.manifest["revision"]), athletes=tuple(people.values()), rows=counts,
        n_originals=opened.manifest["originals"], missing=missing,
        missing_names=tuple(names[one] for one in missing if one in names),
    )  # fmt: skip
