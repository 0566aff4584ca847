"""Runs read back, tagged, and which of them another version of the method has judged."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, or_, select, true

from evenstride.errors import UnknownEntry
from evenstride.model import Original, Recording, RunReport, StoredRun
from evenstride.store.connection import Store, reading, writing
from evenstride.store.importing import KeptRecording, light_recordings, originals_of
from evenstride.store.remembered import read_once
from evenstride.store.rows import insert_or_replace, noun_of
from evenstride.store.tables import original, recording, recording_original, run, run_tag


@dataclass(frozen=True, kw_only=True)
class RunEntry:
    """A run without its reports: enough to list and to find it.

    ``judged`` has the identifier of each recording and the version of the method that judged it; ``words`` are the
    names of its devices, formats and files.
    """

    id: str
    day: date
    judged: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    tags: Mapping[str, str]


def run_entries(store: Store, athlete_id: str) -> tuple[RunEntry, ...]:
    """Return every run without its reports, the newest first."""
    return read_once(store, athlete_id, "run entries", lambda connection: _entries(connection, athlete_id))


def _entries(connection: Connection, athlete_id: str) -> tuple[RunEntry, ...]:
    same_run = and_(run.c.athlete_id == recording.c.athlete_id, run.c.run_id == recording.c.run_id)
    kept = recording.c
    query = (
        select(run.c.run_id, run.c.day, kept.recording_id, kept.method, kept.manufacturer, kept.product, kept.format)
        .join(recording, same_run)
        .where(run.c.athlete_id == athlete_id)
        .order_by(run.c.start.desc(), run.c.run_id.desc(), kept.rank)
    )
    rows = connection.execute(query).all()
    names = _file_names(connection, athlete_id)
    tags = _tags(connection, athlete_id, true())
    together: dict[str, list[Any]] = {}
    for row in rows:
        together.setdefault(row.run_id, []).append(row)
    return tuple(
        RunEntry(
            id=run_id, day=own[0].day, judged=tuple((row.recording_id, row.method) for row in own),
            words=tuple(word for row in own for word in (row.manufacturer, row.product, row.format) if word)
            + names.get(run_id, ()),
            tags=tags.get(run_id, {}),
        )
        for run_id, own in together.items()
    )  # fmt: skip


def find_runs(store: Store, athlete_id: str, run_ids: Collection[str]) -> tuple[StoredRun, ...]:
    """Return these runs in order of time; what is not there is left out."""
    if not run_ids:
        return ()
    with reading(store) as connection:
        return _runs(connection, athlete_id, run.c.run_id.in_(sorted(run_ids)))


def runs_beside(store: Store, athlete_id: str, run_id: str) -> tuple[str | None, str | None]:
    """Return the runs before and after one in time."""
    own = select(run.c.start).where(run.c.athlete_id == athlete_id, run.c.run_id == run_id).scalar_subquery()
    base = select(run.c.run_id).where(run.c.athlete_id == athlete_id)
    earlier = or_(run.c.start < own, and_(run.c.start == own, run.c.run_id < run_id))
    later = or_(run.c.start > own, and_(run.c.start == own, run.c.run_id > run_id))
    with reading(store) as connection:
        before = base.where(earlier).order_by(run.c.start.desc(), run.c.run_id.desc()).limit(1)
        after = base.where(later).order_by(run.c.start, run.c.run_id).limit(1)
        return connection.execute(before).scalar(), connection.execute(after).scalar()


def runs(store: Store, athlete_id: str, since: datetime | None = None) -> tuple[StoredRun, ...]:
    """Return the runs that started at ``since`` or later, in order of time; ``start`` is in UTC."""
    with reading(store) as connection:
        return _runs(connection, athlete_id, true() if since is None else run.c.start >= since)


def has_runs(store: Store, athlete_id: str) -> bool:
    """Say whether any run is kept, without reading one."""
    with reading(store) as connection:
        found = connection.execute(select(run.c.run_id).where(run.c.athlete_id == athlete_id).limit(1)).first()
    return found is not None


def find_run(store: Store, athlete_id: str, run_id: str) -> StoredRun:
    """Return one run; UnknownEntry when there is none of that identifier."""
    with reading(store) as connection:
        found = _runs(connection, athlete_id, run.c.run_id == run_id)
    if not found:
        raise _unknown(run_id)
    return found[0]


def outdated(store: Store, athlete_id: str, method: str) -> tuple[KeptRecording, ...]:
    """Return the recordings that another version of the method has judged."""
    with reading(store) as connection:
        return light_recordings(connection, athlete_id, recording.c.method != method)


def originals(store: Store, athlete_id: str) -> tuple[Original, ...]:
    """Return every file that something was kept of, by name."""
    query = select(original).where(original.c.athlete_id == athlete_id)
    with reading(store) as connection:
        rows = connection.execute(query).all()
    found = (Original(sha256=row.sha256, name=row.name, size_bytes=row.size_bytes) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.name, one.sha256)))


def original_files(store: Store, athlete_id: str, shas: Collection[str]) -> tuple[Original, ...]:
    """Return these files, in no order."""
    query = select(original).where(original.c.athlete_id == athlete_id, original.c.sha256.in_(sorted(shas)))
    with reading(store) as connection:
        rows = connection.execute(query).all()
    return tuple(Original(sha256=row.sha256, name=row.name, size_bytes=row.size_bytes) for row in rows)


def tag_run(store: Store, athlete_id: str, run_id: str, tags: Mapping[str, str | None]) -> None:
    """Say something of a run (``surface``: ``trail`` …); None takes a tag away, others stay as they are.

    Raises
    ------
    UnknownEntry
        When there is no such run.
    """
    with writing(store, athlete_id) as connection:
        own = run_tag.c.athlete_id == athlete_id, run_tag.c.run_id == run_id
        exists = select(run.c.run_id).where(run.c.athlete_id == athlete_id, run.c.run_id == run_id)
        if connection.execute(exists).first() is None:
            raise _unknown(run_id)
        for name, value in tags.items():
            if value is None:
                connection.execute(delete(run_tag).where(*own, run_tag.c.name == name))
            else:
                row = {"athlete_id": athlete_id, "run_id": run_id, "name": name, "value": value}
                insert_or_replace(connection, run_tag, [row])


def _runs(connection: Connection, athlete_id: str, which: Any) -> tuple[StoredRun, ...]:
    same_run = and_(run.c.athlete_id == recording.c.athlete_id, run.c.run_id == recording.c.run_id)
    own = run.c.athlete_id == athlete_id
    files = originals_of(connection, athlete_id, _recording_in(which, athlete_id))
    tags = _tags(connection, athlete_id, which)
    kept = recording.c
    query = (
        select(run.c.run_id, run.c.start, run.c.duration_s, kept.recording_id, kept.part, kept.method, kept.report)
        .join(recording, same_run)
        .where(own, which)
        .order_by(run.c.start, run.c.run_id, kept.rank)
    )
    recordings: dict[str, list[Recording]] = {}
    spans: dict[str, tuple[datetime, float]] = {}
    # Streamed: the text of all reports together is larger than what is read from it.
    with connection.execute(query.execution_options(yield_per=100)) as rows:
        for run_id, start, duration_s, one, part, method, report in rows:
            spans[run_id] = (start, duration_s)
            read = noun_of(RunReport, report, f"the report of run {run_id}")
            new = Recording(originals=files[one], part=part, report=read, method=method)
            recordings.setdefault(run_id, []).append(new)
    return tuple(
        StoredRun(
            id=run_id, start=start, duration_s=duration_s, recordings=tuple(recordings[run_id]),
            tags=tags.get(run_id, {}),
        )
        for run_id, (start, duration_s) in spans.items()
    )  # fmt: skip


def _file_names(connection: Connection, athlete_id: str) -> Mapping[str, tuple[str, ...]]:
    place = recording_original
    query = (
        select(recording.c.run_id, original.c.name)
        .join(
            place, and_(place.c.athlete_id == recording.c.athlete_id, place.c.recording_id == recording.c.recording_id)
        )
        .join(original, and_(original.c.athlete_id == place.c.athlete_id, original.c.sha256 == place.c.sha256))
        .where(recording.c.athlete_id == athlete_id)
        .order_by(recording.c.rank, place.c.place)
    )
    names: dict[str, tuple[str, ...]] = {}
    for run_id, name in connection.execute(query):
        names[run_id] = (*names.get(run_id, ()), name)
    return names


def _recording_in(which: Any, athlete_id: str) -> Any:
    chosen = select(run.c.run_id).where(run.c.athlete_id == athlete_id, which)
    return true() if which is true() else recording.c.run_id.in_(chosen)


def _tags(connection: Connection, athlete_id: str, which: Any) -> Mapping[str, dict[str, str]]:
    same_run = and_(run.c.athlete_id == run_tag.c.athlete_id, run.c.run_id == run_tag.c.run_id)
    query = (
        select(run_tag.c.run_id, run_tag.c.name, run_tag.c.value)
        .join(run, same_run)
        .where(run.c.athlete_id == athlete_id, which)
        .order_by(run_tag.c.name)
    )
    tags: dict[str, dict[str, str]] = {}
    for run_id, name, value in connection.execute(query):
        tags.setdefault(run_id, {})[name] = value
    return tags


def _unknown(run_id: str) -> UnknownEntry:
    return UnknownEntry(f"No run {run_id} is kept.", help="evenstride run list shows the runs.")
