"""What was told of sessions, runs and mornings. Correcting or taking back only marks; every entry can be read again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, insert, or_, select, update

from evenstride.errors import UnknownEntry
from evenstride.model import DayLog, RunLog, SessionLog, told_again
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, reading, writing
from evenstride.store.remembered import read_once
from evenstride.store.rows import next_number, noun_of
from evenstride.store.tables import day_log, run_log, session_log, storable

LogKind = Literal["session", "run", "day"]
Noun = TypeVar("Noun")


@dataclass(frozen=True, kw_only=True)
class KeptEntry(Generic[Noun]):
    """One entry; ``number`` is what takes it back. ``removed``: when it was corrected or taken back, None: it holds."""

    number: int
    log: Noun
    logged: datetime
    removed: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """Where entries of one kind are kept, and which columns tell two entries on the same thing."""

    table: Table
    noun: type[Any]
    what: str
    same: tuple[str, ...]


_KINDS: Mapping[LogKind, _Kind] = {
    "session": _Kind(table=session_log, noun=SessionLog, what="a log of a session", same=("session",)),
    "run": _Kind(table=run_log, noun=RunLog, what="a log of a run", same=("day", "rater", "name")),
    "day": _Kind(table=day_log, noun=DayLog, what="a log of a day", same=("day",)),
}


def add_run_log(store: Store, athlete_id: str, log: RunLog, now: datetime) -> KeptEntry[RunLog]:
    """Keep how a run felt, or looked to a coach, joined with what the same person had told of it.

    What was told of the day's run before its file was there belongs to the run whose name is told now.
    """
    columns = run_log.c
    of_run = or_(columns.run == storable(log.run), columns.run == "")
    values = {"day": log.day, "run": log.run, "rater": log.by, "name": log.name}
    same = and_(columns.day == log.day, of_run, columns.rater == log.by, columns.name == storable(log.name))
    with writing(store, athlete_id) as connection:
        return _add(connection, athlete_id, "run", _Told(log=log, values=values, same=same, now=now))


def run_logs(store: Store, athlete_id: str, since: date | None = None) -> tuple[KeptEntry[RunLog], ...]:
    """Return how runs felt, in order of their day; from a day on, or all of them."""
    return _holding(store, athlete_id, "run", since)


def remove_run_log(store: Store, athlete_id: str, number: int, now: datetime) -> None:
    """Take an entry back. UnknownEntry when there is none."""
    _remove(store, athlete_id, "run", number, now)


def add_day_log(store: Store, athlete_id: str, log: DayLog, now: datetime) -> KeptEntry[DayLog]:
    """Keep what a morning was like, joined with what had been told of that day."""
    told = _Told(log=log, values={"day": log.day}, same=day_log.c.day == log.day, now=now)
    with writing(store, athlete_id) as connection:
        return _add(connection, athlete_id, "day", told)


def day_logs(store: Store, athlete_id: str, since: date | None = None) -> tuple[KeptEntry[DayLog], ...]:
    """Return what mornings were like, in order of the day; each day once; from a day on, or all of them."""
    return _holding(store, athlete_id, "day", since)


def remove_day_log(store: Store, athlete_id: str, number: int, now: datetime) -> None:
    """Take an entry back. UnknownEntry when there is none."""
    _remove(store, athlete_id, "day", number, now)


def log_history(
    store: Store, athlete_id: str, kind: LogKind, *, day: date | None = None, session: str | None = None
) -> tuple[KeptEntry[Any], ...]:
    """Return every entry of a kind in the order in which they were told, corrected and taken-back ones included.

    With a ``day`` or a ``session`` only what was told of that.
    """
    columns = _KINDS[kind].table.c
    of = [] if day is None else [columns.day == day]
    of += [] if session is None else [session_log.c.session == storable(session)]
    with reading(store) as connection:
        return _entries(connection, athlete_id, kind, history=True, of=of)


def undo_last_log(
    store: Store, athlete_id: str, now: datetime, *, kind: LogKind | None = None
) -> tuple[LogKind, KeptEntry[Any]]:
    """Take back what was told last (of a kind, or of all); what it had corrected holds again.

    Raises
    ------
    UnknownEntry
        Nothing was told.
    """
    with writing(store, athlete_id) as connection:
        last = [
            (*newest, one)
            for one in ([kind] if kind else _KINDS)
            if (newest := _last(connection, athlete_id, _KINDS[one])) is not None
        ]
        if not last:
            raise UnknownEntry("There is no log to take back.", help="evenstride log show lists what was logged.")
        _, number, found = max(last)
        entry = _take_back(connection, athlete_id, found, number, now)
    return found, entry


def take_back_log(store: Store, athlete_id: str, kind: LogKind, number: int, now: datetime) -> KeptEntry[Any]:
    """Take one entry back, whichever was told last; what it had corrected holds again.

    Raises
    ------
    UnknownEntry
        There is none of that number, or it was taken back.
    """
    with writing(store, athlete_id) as connection:
        return _take_back(connection, athlete_id, kind, number, now)


# -- rows -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class _Told:
    """An entry to keep: its columns, and which rows speak of the same thing."""

    log: Any
    values: Mapping[str, Any]
    same: ColumnElement[bool]
    now: datetime


def _add(connection: Connection, athlete_id: str, kind: LogKind, told: _Told) -> KeptEntry[Any]:
    own, log = _KINDS[kind], told.log
    columns = own.table.c
    standing = and_(columns.athlete_id == athlete_id, columns.removed_at.is_(None), told.same)
    for row in connection.execute(select(own.table).where(standing).order_by(columns.number.desc())).all():
        log = told_again(noun_of(own.noun, row.body, own.what), log)
    connection.execute(update(own.table).where(standing).values(removed_at=told.now))
    number = next_number(connection, own.table, athlete_id)
    new = {"athlete_id": athlete_id, "number": number, **told.values, "logged_at": told.now, "body": to_json(log)}
    connection.execute(insert(own.table).values(**new))
    return KeptEntry(number=number, log=log, logged=told.now)


def _take_back(connection: Connection, athlete_id: str, kind: LogKind, number: int, now: datetime) -> KeptEntry[Any]:
    own = _KINDS[kind]
    mine = _is(own.table, athlete_id, number) & own.table.c.removed_at.is_(None)
    row = connection.execute(select(own.table).where(mine)).one_or_none()
    if row is None:
        raise UnknownEntry(f"No log {number} is kept.")
    connection.execute(update(own.table).where(mine).values(removed_at=now))
    connection.execute(update(own.table).where(_corrected_by(own, athlete_id, row)).values(removed_at=None))
    return _entry(own, row)


def _holding(store: Store, athlete_id: str, kind: LogKind, since: date | None) -> tuple[KeptEntry[Any], ...]:
    """The entries that hold, in order of their day; all of them are read once, since a day or not."""
    every = read_once(store, athlete_id, f"{kind} logs", lambda connection: _entries(connection, athlete_id, kind))
    return every if since is None else tuple(one for one in every if one.log.day >= since)


def _entries(
    connection: Connection, athlete_id: str, kind: LogKind, *, history: bool = False,
    of: Sequence[ColumnElement[bool]] = (),
) -> tuple[KeptEntry[Any], ...]:  # fmt: skip
    own = _KINDS[kind]
    columns = own.table.c
    query = select(own.table).where(columns.athlete_id == athlete_id, *of)
    if not history:
        query = query.where(columns.removed_at.is_(None))
    order = (columns.number,) if history else (columns.day, columns.number)
    return tuple(_entry(own, row) for row in connection.execute(query.order_by(*order)).all())


def _entry(own: _Kind, row: Row[Any]) -> KeptEntry[Any]:
    log = noun_of(own.noun, row.body, own.what)
    return KeptEntry(number=row.number, log=log, logged=row.logged_at, removed=row.removed_at)


def _remove(store: Store, athlete_id: str, kind: LogKind, number: int, now: datetime) -> None:
    table = _KINDS[kind].table
    mine = and_(_is(table, athlete_id, number), table.c.removed_at.is_(None))
    with writing(store, athlete_id) as connection:
        if not connection.execute(update(table).where(mine).values(removed_at=now)).rowcount:
            raise UnknownEntry(f"No log {number} is kept.", help="evenstride log show lists what was logged.")


def _last(connection: Connection, athlete_id: str, own: _Kind) -> tuple[datetime, int] | None:
    columns = own.table.c
    query = select(columns.number, columns.logged_at)
    query = query.where(columns.athlete_id == athlete_id, columns.removed_at.is_(None))
    row = connection.execute(query.order_by(columns.logged_at.desc(), columns.number.desc()).limit(1)).first()
    return None if row is None else (row.logged_at, row.number)


def _is(table: Table, athlete_id: str, number: int) -> ColumnElement[bool]:
    return and_(table.c.athlete_id == athlete_id, table.c.number == number)


def _corrected_by(own: _Kind, athlete_id: str, row: Row[Any]) -> ColumnElement[bool]:
    """The entries that went in the moment in which this one came, on the same thing."""
    columns = own.table.c
    same = [columns[name] == getattr(row, name) for name in own.same]
    if own.table is session_log and not row.session:
        same = [columns.number < 0]  # sessions outside the plan correct nothing
    at_that_moment = (columns.removed_at == row.logged_at, columns.number < row.number)
    return and_(columns.athlete_id == athlete_id, *at_that_moment, *same)
