"""Everything that is kept, in one file that needs no database to be understood.

A backup is a zip: ``manifest.json`` (``evenstride.backup/1``), ``tables/NAME.jsonl`` with one row a line, and
``originals/ATHLETE/SHA256`` with every file byte for byte. It can be restored into SQLite or PostgreSQL alike.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, Table, select

from evenstride.errors import InvalidRequest, StoreDamaged
from evenstride.model import Profile
from evenstride.store.connection import Store, originals_folder, reading
from evenstride.store.files import read_original, settle
from evenstride.store.people import IN_ORDER
from evenstride.store.rows import noun_of
from evenstride.store.tables import REVISION, athlete, metadata, original

SCHEMA = "evenstride.backup/1"
MANIFEST = "manifest.json"


@dataclass(frozen=True, kw_only=True)
class Backup:
    """What a backup holds. ``rows`` by table; ``missing``: originals that were gone or damaged when it was made.

    Each is ``athlete/sha256``: one file may be kept for two athletes, and be gone for one of them only.
    ``missing_names`` are the names that people know these files by, in the same order.
    """

    path: Path
    created: datetime
    revision: str
    athletes: tuple[str, ...]
    rows: Mapping[str, int]
    n_originals: int
    missing: tuple[str, ...] = ()
    missing_names: tuple[str, ...] = ()


def backup(store: Store, path: Path, now: datetime) -> Backup:
    """Write everything that is kept, of every athlete, to one file.

    The file is of one moment, whatever else is being written meanwhile, and it is there complete or not at all. An
    original that is gone or damaged does not stop it: it is named under ``missing``.

    Raises
    ------
    InvalidRequest
        When the file cannot be written.
    """
    with _whole_file(path) as temporary, ZipFile(temporary, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        with reading(store) as connection:
            rows = {table.name: _write_table(archive, connection, table, now) for table in metadata.sorted_tables}
            files = connection.execute(select(original.c.athlete_id, original.c.sha256, original.c.name)).all()
            names = _names(connection)
        gone = [one for one in files if not _write_original(archive, store, one.athlete_id, one.sha256, now)]
        missing = [f"{one.athlete_id}/{one.sha256}" for one in gone]
        manifest = {
            "schema": SCHEMA, "revision": REVISION, "created": now.astimezone(UTC).isoformat(), "tables": rows,
            "originals": len(files) - len(missing), "missing": missing,
        }  # fmt: skip
        archive.writestr(_entry(MANIFEST, now), json.dumps(manifest, indent=1))
    return Backup(
        path=path, created=now, revision=REVISION, athletes=names, missing=tuple(missing),
        rows={name: one["rows"] for name, one in rows.items()}, n_originals=len(files) - len(missing),
        missing_names=tuple(one.name for one in gone),
    )  # fmt: skip


def table_entry(name: str) -> str:
    """Return where a table stands in a backup."""
    return f"tables/{name}.jsonl"


def original_entry(athlete_id: str, digest: str) -> str:
    """Return where an original stands in a backup."""
    return f"originals/{athlete_id}/{digest}"


@contextmanager
def _whole_file(path: Path) -> Iterator[Path]:
    """Give a file to write that takes its name only when everything was written."""
    temporary = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL, 0o600))
        yield temporary
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        settle(temporary, path)
    except OSError as error:
        raise InvalidRequest(
            f"The backup {path} cannot be written ({error.strerror}).", help="Name another file or make space."
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def _write_table(archive: ZipFile, connection: Connection, table: Table, now: datetime) -> dict[str, Any]:
    count, digest = 0, sha256()
    query = select(table).order_by(*table.primary_key).execution_options(yield_per=500)
    with (
        archive.open(_entry(table_entry(table.name), now), "w", force_zip64=True) as entry,
        connection.execute(query) as rows,
    ):
        for row in rows.mappings():
            line = json.dumps({name: _plain(value) for name, value in row.items()}).encode() + b"\n"
            entry.write(line)
            digest.update(line)
            count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _write_original(archive: ZipFile, store: Store, athlete_id: str, digest: str, now: datetime) -> bool:
    try:
        content = read_original(originals_folder(store, athlete_id), digest)
    except StoreDamaged:
        return False
    archive.writestr(_entry(original_entry(athlete_id, digest), now), content)
    return True


def _entry(name: str, now: datetime) -> ZipInfo:
    utc = now.astimezone(UTC)
    entry = ZipInfo(name, (utc.year, utc.month, utc.day, utc.hour, utc.minute, utc.second))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _plain(value: Any) -> Any:
    """Return the value as SQLite keeps it, which every later version can read."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _names(connection: Connection) -> tuple[str, ...]:
    profiles = connection.execute(select(athlete.c.profile).order_by(*IN_ORDER)).scalars()
    return tuple(noun_of(Profile, one, "an athlete's profile").name for one in profiles)
