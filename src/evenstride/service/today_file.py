"""The small file from which ``evenstride today`` answers at once: written at every change, believed while it is true.

It holds the documents of the coming days. For SQLite it is believed while the database's file is as it was when the
days were written; for a server, whose changes it cannot see, until its days are over. Nothing here loads the database
layer or the numerical libraries.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zoneinfo import ZoneInfo

from evenstride.service.where import Where

VERSION = 2
"""A day's document that has other fields asks for a new one: files of an older evenstride are not believed."""
FOLDER = "today"
DATABASE_NAME = "evenstride.db"
_SQLITE = ("sqlite:///", "sqlite+pysqlite:///")


def believed(where: Where, *, day: date | None = None) -> dict[str, Any] | None:
    """Return the document of a day (None: today, in the athlete's zone); None where no file can be believed.

    Nobody named means the only athlete there is; of several none is.
    """
    found = [one for path in _files(where) if (one := _read(path, where)) is not None]
    if where.athlete is not None:
        found = [one for one in found if _key(str(one["athlete"])) == _key(where.athlete)]
    if len(found) != 1:
        return None
    days: Mapping[str, dict[str, Any]] = found[0]["days"]
    today = day or datetime.now(UTC).astimezone(ZoneInfo(str(found[0]["timezone"]))).date()
    return days.get(today.isoformat())


def sees_changes(where: Where) -> bool:
    """Whether a file can know that its database has changed; of a server who has it open asks the server."""
    return bool(_fingerprint(where))


def keep(where: Where, athlete_id: str, documents: Sequence[Mapping[str, Any]]) -> None:
    """Write the documents of the coming days; where that cannot be, there is no file, and ``today`` takes longer."""
    path = _path(where, athlete_id)
    first = documents[0]
    told = {
        "version": VERSION, "athlete": first["athlete"], "timezone": first["timezone"],
        "database": _fingerprint(where), "days": {str(one["date"]): one for one in documents},
    }  # fmt: skip
    new = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.touch(mode=0o600)
        new.write_text(json.dumps(told, ensure_ascii=False, allow_nan=False), encoding="utf8")
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        forget(where, athlete_id)


def forget(where: Where, athlete_id: str) -> None:
    """Take an athlete's files away, half-written ones too: nobody is to believe them, or to find them there."""
    for path in (where.data / FOLDER).glob(f"*-{athlete_id}.*"):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _read(path: Path, where: Where) -> dict[str, Any] | None:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf8"))
    except (OSError, ValueError):
        return None
    known = isinstance(told, dict) and told.get("version") == VERSION
    return told if known and told.get("database") == _fingerprint(where) else None


def _files(where: Where) -> list[Path]:
    folder = where.data / FOLDER
    return sorted(folder.glob(f"{_prefix(where)}-*.json")) if folder.is_dir() else []


def _path(where: Where, athlete_id: str) -> Path:
    return where.data / FOLDER / f"{_prefix(where)}-{athlete_id}.json"


def _prefix(where: Where) -> str:
    return hashlib.sha256((where.database_url or "").encode()).hexdigest()[:8]


def _fingerprint(where: Where) -> list[int]:
    """What tells that a database file has changed; nothing for a server."""
    path = where.data / DATABASE_NAME
    if where.database_url is not None:
        start = next((one for one in _SQLITE if where.database_url.startswith(one)), None)
        if start is None:
            return []
        path = Path(where.database_url.removeprefix(start))
    marks: list[int] = []
    for one in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            state = one.stat()
            marks += [state.st_mtime_ns, state.st_size] if state.st_size else []
    return marks


def _key(name: str) -> str:
    return normalize("NFC", normalize("NFC", name).strip().casefold())
