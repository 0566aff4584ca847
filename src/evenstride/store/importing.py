"""What an import writes and asks, inside one transaction of :func:`evenstride.store.connection.writing`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, update

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.model import Device, FileOutcome, Original, Recording, RunReport
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, reading
from evenstride.store.rows import insert_new, insert_or_replace
from evenstride.store.tables import file_outcome, original, recording, recording_original, run, run_tag


@dataclass(frozen=True, kw_only=True)
class KeptRecording:
    """A recording without its report: enough to tell whether another one is of the same run."""

    id: str
    run_id: str
    originals: tuple[str, ...]
    part: int
    method: str
    start: datetime
    duration_s: float
    format: str
    device: Device
    n_records: int


@dataclass(frozen=True, kw_only=True)
class KeptRun:
    """A run without reports; the first recording speaks for it."""

    id: str
    start: datetime
    duration_s: float
    recordings: tuple[KeptRecording, ...]


# Statements that an import repeats for every file are built once: building one costs as much as running it.
_LIGHT = [column for column in recording.c if column.name != "report"]
_OVERLAPS = (
    (run.c.athlete_id == bindparam("athlete")) & (run.c.start < bindparam("end")) & (run.c.finish > bindparam("start"))
)
_OVERLAPPING = select(run).where(_OVERLAPS).order_by(run.c.start, run.c.run_id)
_SAME_DAY = select(run.c.run_id).where(run.c.athlete_id == bindparam("athlete"), run.c.day == bindparam("day"))
_NEXT_RANK = select(func.coalesce(func.max(recording.c.rank) + 1, 0)).where(
    recording.c.athlete_id == bindparam("athlete"), recording.c.run_id == bindparam("run")
)
_PLACE_AND_KNOWN = select(
    _NEXT_RANK.scalar_subquery(),
    exists().where(recording.c.athlete_id == bindparam("athlete"), recording.c.recording_id == bindparam("recording")),
)
_ADD_RUN = insert(run)
_ADD_RECORDING = insert(recording)
_ADD_PLACE = insert(recording_original)


def recording_id(originals: Sequence[str], part: int) -> str:
    """Return the identifier of what is recorded in these files: the same files and part are the same recording."""
    return sha256(f"{'+'.join(originals)}/{part}".encode()).hexdigest()[:32]


def runs_between(connection: Connection, athlete_id: str, start: datetime, end: datetime) -> tuple[KeptRun, ...]:
    """Return the runs that overlap ``[start, end)``, in order of time."""
    rows = connection.execute(_OVERLAPPING, {"athlete": athlete_id, "start": start, "end": end}).all()
    if not rows:
        return ()
    overlaps = (run.c.athlete_id == athlete_id) & (run.c.start < end) & (run.c.finish > start)
    chosen = recording.c.run_id.in_(select(run.c.run_id).where(overlaps))
    by_run: dict[str, list[KeptRecording]] = {row.run_id: [] for row in rows}
    for one in light_recordings(connection, athlete_id, chosen):
        by_run[one.run_id].append(one)
    return tuple(
        KeptRun(id=row.run_id, start=row.start, duration_s=row.duration_s, recordings=tuple(by_run[row.run_id]))
        for row in rows
    )


def light_recordings(connection: Connection, athlete_id: str, which: Any) -> tuple[KeptRecording, ...]:
    """Return recordings without their reports, those that speak for their run first."""
    query = select(*_LIGHT).where(recording.c.athlete_id == athlete_id, which).order_by(recording.c.rank)
    files = originals_of(connection, athlete_id, which)
    return tuple(
        KeptRecording(
            id=row.recording_id, run_id=row.run_id, originals=files[row.recording_id], part=row.part,
            method=row.method, start=row.start, duration_s=row.duration_s, format=row.format,
            device=Device(manufacturer=row.manufacturer, product=row.product), n_records=row.n_records,
        )
        for row in connection.execute(query)
    )  # fmt: skip


def originals_of(connection: Connection, athlete_id: str, which: Any) -> Mapping[str, tuple[str, ...]]:
    """Return the digests of the files of each recording."""
    same = (recording.c.athlete_id == recording_original.c.athlete_id) & (
        recording.c.recording_id == recording_original.c.recording_id
    )
    query = (
        select(recording_original.c.recording_id, recording_original.c.sha256)
        .join(recording, same)
        .where(recording_original.c.athlete_id == athlete_id, which)
        .order_by(recording_original.c.place)
    )
    files: dict[str, tuple[str, ...]] = {}
    for one, digest in connection.execute(query):
        files[one] = (*files.get(one, ()), digest)
    return files


def runs_of_originals(connection: Connection, athlete_id: str, shas: Collection[str]) -> Mapping[str, str]:
    """Return which run each of these files tells of; of several runs in one file, the first."""
    same = (recording.c.athlete_id == recording_original.c.athlete_id) & (
        recording.c.recording_id == recording_original.c.recording_id
    )
    query = (
        select(recording_original.c.sha256, func.min(recording.c.run_id).label("run_id"))
        .join(recording, same)
        .where(recording_original.c.athlete_id == athlete_id, recording_original.c.sha256.in_(sorted(shas)))
        .group_by(recording_original.c.sha256)
    )
    return {row.sha256: row.run_id for row in connection.execute(query)}


def add_run(connection: Connection, athlete_id: str, day: date, first: Recording) -> str:
    """Make a run on the athlete's own ``day`` that begins and lasts as ``first`` says; return its identifier.

    The recording itself is added by :func:`add_recording`.
    """
    taken = connection.execute(_SAME_DAY, {"athlete": athlete_id, "day": day}).scalars()
    numbers = [int(one[11:] or 1) for one in taken]
    new = f"{day.isoformat()}-{max(numbers) + 1}" if numbers else day.isoformat()
    connection.execute(_ADD_RUN, {"athlete_id": athlete_id, "run_id": new, "day": day, **_span(first.report)})
    return new


def add_recording(
    connection: Connection, athlete_id: str, run_id: str, new: Recording, originals: Sequence[Original]
) -> bool:
    """Keep a recording of a run and which files it was read from; it ranks last among the run's recordings.

    Returns False, and changes nothing, when it is kept already.
    """
    own = recording_id(new.originals, new.part)
    asked = {"athlete": athlete_id, "run": run_id, "recording": own}
    rank, known = connection.execute(_PLACE_AND_KNOWN, asked).one()
    if known:
        return False
    row = {
        "athlete_id": athlete_id, "recording_id": own, "run_id": run_id, "part": new.part, "rank": rank,
        **_told(new.report, new.method),
    }  # fmt: skip
    connection.execute(_ADD_RECORDING, row)
    insert_new(
        connection,
        original,
        [
            {"athlete_id": athlete_id, "sha256": one.sha256, "name": one.name, "size_bytes": one.size_bytes}
            for one in originals
        ],
    )
    places = [
        {"athlete_id": athlete_id, "recording_id": own, "place": place, "sha256": digest}
        for place, digest in enumerate(new.originals)
    ]
    connection.execute(_ADD_PLACE, places)
    return True


def remove_recording(connection: Connection, athlete_id: str, recording_id: str) -> None:
    """Take a recording away, and its run when it was the last one. The original stays."""
    row = _kept(connection, athlete_id, recording_id)
    for table in (recording_original, recording):
        connection.execute(delete(table).where(table.c.athlete_id == athlete_id, table.c.recording_id == recording_id))
    _follow_first(connection, athlete_id, row.run_id)


def replace_report(connection: Connection, athlete_id: str, recording_id: str, report: RunReport, method: str) -> None:
    """Keep what another version of the method says of a recording instead of what was said before."""
    row = _kept(connection, athlete_id, recording_id)
    connection.execute(
        update(recording).where(recording.c.athlete_id == athlete_id, _is(recording_id)).values(**_told(report, method))
    )
    _follow_first(connection, athlete_id, row.run_id)


def note_outcome(connection: Connection, athlete_id: str, outcome: FileOutcome, now: datetime) -> None:
    """Keep what became of a file; the latest word on the same content counts."""
    row = {
        "athlete_id": athlete_id, "file_key": outcome.key, "name": outcome.name, "outcome": outcome.outcome,
        "kind": outcome.kind, "text": outcome.text, "help": outcome.help, "noted_at": now,
    }  # fmt: skip
    insert_or_replace(connection, file_outcome, [row])


def failures(store: Store, athlete_id: str) -> tuple[FileOutcome, ...]:
    """Return the files that could not be kept, with the reason, by name."""
    columns = file_outcome.c
    query = select(file_outcome).where(columns.athlete_id == athlete_id, columns.outcome == "failed")
    with reading(store) as connection:
        rows = connection.execute(query).all()
    found = (
        FileOutcome(key=row.file_key, name=row.name, outcome=row.outcome, kind=row.kind, text=row.text, help=row.help)
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: (one.name, one.key)))


def _is(one: str) -> Any:
    return recording.c.recording_id == one


def _kept(connection: Connection, athlete_id: str, one: str) -> Any:
    query = select(recording.c.run_id).where(recording.c.athlete_id == athlete_id, _is(one))
    row = connection.execute(query).first()
    if row is None:
        raise UnknownEntry(f"No recording {one} is kept.")
    return row


def _told(report: RunReport, method: str) -> dict[str, Any]:
    device = report.source.device
    return {
        "method": method, "start": report.start, "duration_s": report.duration_s, "format": report.source.format,
        "manufacturer": device.manufacturer, "product": device.product, "n_records": report.n_records,
        "report": to_json(report),
    }  # fmt: skip


def _span(report: RunReport) -> dict[str, Any]:
    return _span_of(report.start, report.duration_s)


def _span_of(start: datetime, duration_s: float) -> dict[str, Any]:
    try:
        finish = start + timedelta(seconds=duration_s)
    except OverflowError:
        raise InvalidRequest(f"A run from {start} that lasts {duration_s:g} s is beyond the calendar.") from None
    return {"start": start, "finish": finish, "duration_s": duration_s}


def _follow_first(connection: Connection, athlete_id: str, run_id: str) -> None:
    """Let a run begin and last as its first recording says; drop it when none is left."""
    own = (run.c.athlete_id == athlete_id) & (run.c.run_id == run_id)
    first = connection.execute(
        select(recording.c.start, recording.c.duration_s)
        .where(recording.c.athlete_id == athlete_id, recording.c.run_id == run_id)
        .order_by(recording.c.rank)
        .limit(1)
    ).first()
    if first is not None:
        connection.execute(update(run).where(own).values(**_span_of(first.start, first.duration_s)))
        return
    tags = (run_tag.c.athlete_id == athlete_id) & (run_tag.c.run_id == run_id)
    connection.execute(delete(run_tag).where(tags))
    connection.execute(delete(run).where(own))
