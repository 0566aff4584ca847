"""Plans, and what was changed in the calendar for them. Every plan ever made stays; taking one back only marks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, Row, insert, select, update

from evenstride.errors import UnknownEntry
from evenstride.model import CalendarEntry, Plan
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, reading, writing
from evenstride.store.remembered import read_once
from evenstride.store.rows import next_number, noun_of
from evenstride.store.tables import calendar_change
from evenstride.store.tables import plan as plan_table


@dataclass(frozen=True, kw_only=True)
class NewPlan:
    """A plan to keep: the first day of its programme, why it was made, and what it changes in the calendar."""

    plan: Plan
    began: date
    why: str
    changes: tuple[CalendarEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class KeptPlan:
    """A plan as it is kept. ``number`` counts every plan of the athlete from 1."""

    number: int
    plan: Plan
    began: date
    why: str
    made: datetime
    exported: datetime | None = None
    undone: datetime | None = None


def add_plan(store: Store, athlete_id: str, new: NewPlan, now: datetime, *, after: int | None = None) -> KeptPlan:
    """Keep a plan together with its changes of the calendar; it is in force from now on.

    ``after`` is the number of the plan in force that it was made from (0: there was none).

    Raises
    ------
    UnknownEntry
        Another program has made or taken back a plan meanwhile, so that this one does not follow from what is kept.
    """
    with writing(store, athlete_id) as connection:
        if after is not None and (_newest(connection, athlete_id) or 0) != after:
            raise UnknownEntry(
                "The plan has changed meanwhile.", help="Look at it (evenstride plan show), then repeat."
            )
        number = next_number(connection, plan_table, athlete_id)
        row = {"number": number, "made_at": now, "began": new.began, "start": new.plan.start, "why": new.why}
        body = to_json(new.plan)
        connection.execute(insert(plan_table).values(athlete_id=athlete_id, body=body, **row))
        _add_changes(connection, athlete_id, new.changes, now, plan_number=number)
    return KeptPlan(number=number, plan=new.plan, began=new.began, why=new.why, made=now)


def plan_in_force(store: Store, athlete_id: str) -> KeptPlan | None:
    """Return the newest plan that was not taken back; None when there is none."""

    def read(connection: Connection) -> KeptPlan | None:
        number = _newest(connection, athlete_id)
        return None if number is None else _plans(connection, athlete_id, [number])[0]

    return read_once(store, athlete_id, "plan in force", read)


def kept_plans(store: Store, athlete_id: str, *, exported: bool = False) -> tuple[KeptPlan, ...]:
    """Return every plan in the order in which they were made, those that were taken back included.

    With ``exported`` only those that a calendar took.
    """

    def read(connection: Connection) -> tuple[KeptPlan, ...]:
        query = select(plan_table.c.number).where(plan_table.c.athlete_id == athlete_id)
        if exported:
            query = query.where(plan_table.c.exported_at.is_not(None))
        return _plans(connection, athlete_id, list(connection.execute(query).scalars()))

    return read_once(store, athlete_id, "exported plans" if exported else "plans", read)


def plans_in_turn(store: Store, athlete_id: str) -> tuple[KeptPlan, ...]:
    """Return the plans that held one after the other, oldest first, the one in force last.

    A plan holds until the first day of the next one: what a later plan with the same or an earlier first day speaks
    of is told by that one alone.
    """
    return read_once(store, athlete_id, "plans in turn", lambda connection: _in_turn(connection, athlete_id))


def plan_and_before(store: Store, athlete_id: str, number: int) -> tuple[KeptPlan, ...]:
    """Return the plan of a number and the one that held before it, in that order; fewer where there are none."""
    columns = plan_table.c
    query = select(columns.number).where(
        columns.athlete_id == athlete_id, columns.number <= number, columns.undone_at.is_(None)
    )
    with reading(store) as connection:
        found = list(connection.execute(query.order_by(columns.number.desc()).limit(2)).scalars())
        return tuple(reversed(_plans(connection, athlete_id, found)))


def undo_plan(store: Store, athlete_id: str, now: datetime) -> tuple[KeptPlan, tuple[CalendarEntry, ...]]:
    """Take the plan in force back, with what it changed in the calendar; the one before it is in force again.

    Raises
    ------
    UnknownEntry
        There is no plan to take back.
    """
    with writing(store, athlete_id) as connection:
        number = _newest(connection, athlete_id)
        if number is None:
            raise UnknownEntry("There is no plan to take back.", help="evenstride plan make makes one.")
        own = (plan_table.c.athlete_id == athlete_id) & (plan_table.c.number == number)
        connection.execute(update(plan_table).where(own).values(undone_at=now))
        undone = _plans(connection, athlete_id, [number])[0]
        columns = calendar_change.c
        made_for_it = (columns.athlete_id == athlete_id) & (columns.plan_number == number)
        query = select(calendar_change).where(made_for_it, columns.removed_at.is_(None)).order_by(columns.number)
        changes = tuple(_entry(row) for row in connection.execute(query).all())
        connection.execute(
            update(calendar_change).where(made_for_it, columns.removed_at.is_(None)).values(removed_at=now)
        )
    return undone, changes


def mark_exported(store: Store, athlete_id: str, number: int, now: datetime) -> None:
    """Remember that a calendar took a plan: what goes from later ones is cancelled there."""
    own = (plan_table.c.athlete_id == athlete_id) & (plan_table.c.number == number)
    with writing(store, athlete_id) as connection:
        if not connection.execute(update(plan_table).where(own).values(exported_at=now)).rowcount:
            raise UnknownEntry(f"No plan {number} is kept.")


def add_calendar_entries(store: Store, athlete_id: str, entries: Sequence[CalendarEntry], now: datetime) -> None:
    """Keep changes of the calendar that no plan was made for."""
    with writing(store, athlete_id) as connection:
        _add_changes(connection, athlete_id, entries, now, plan_number=None)


def calendar_entries(store: Store, athlete_id: str) -> tuple[CalendarEntry, ...]:
    """Return what was said of the calendar, in the order in which it was said, without what was taken back."""
    columns = calendar_change.c
    query = select(calendar_change).where(columns.athlete_id == athlete_id, columns.removed_at.is_(None))

    def read(connection: Connection) -> tuple[CalendarEntry, ...]:
        return tuple(_entry(row) for row in connection.execute(query.order_by(columns.number)).all())

    return read_once(store, athlete_id, "calendar entries", read)


def _in_turn(connection: Connection, athlete_id: str) -> tuple[KeptPlan, ...]:
    columns = plan_table.c
    query = select(columns.number, columns.start).where(columns.athlete_id == athlete_id, columns.undone_at.is_(None))
    held: list[int] = []
    first = date.max
    for row in connection.execute(query.order_by(columns.number.desc())):
        if row.start < first:
            held.append(row.number)
            first = row.start
    return _plans(connection, athlete_id, held)


def _newest(connection: Connection, athlete_id: str) -> int | None:
    columns = plan_table.c
    query = select(columns.number).where(columns.athlete_id == athlete_id, columns.undone_at.is_(None))
    number: int | None = connection.execute(query.order_by(columns.number.desc()).limit(1)).scalar()
    return number


def _plans(connection: Connection, athlete_id: str, numbers: Sequence[int]) -> tuple[KeptPlan, ...]:
    columns = plan_table.c
    query = select(plan_table).where(columns.athlete_id == athlete_id, columns.number.in_(numbers))
    return tuple(_kept(row) for row in connection.execute(query.order_by(columns.number)).all())


def _kept(row: Row[tuple[object, ...]]) -> KeptPlan:
    return KeptPlan(
        number=row.number, plan=_plan_of(row.body), began=row.began, why=row.why, made=row.made_at,
        exported=row.exported_at, undone=row.undone_at,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _plan_of(body: str) -> Plan:
    """Read a plan once: every log of a session asks for all that held, and a plan that was made never changes."""
    return noun_of(Plan, body, "a plan")


def _entry(row: Row[tuple[object, ...]]) -> CalendarEntry:
    return noun_of(CalendarEntry, row.body, "a change of the calendar")


def _add_changes(
    connection: Connection,
    athlete_id: str,
    entries: Sequence[CalendarEntry],
    now: datetime,
    *,
    plan_number: int | None,
) -> None:
    first = next_number(connection, calendar_change, athlete_id)
    for number, entry in enumerate(entries, start=first):
        row = {"number": number, "plan_number": plan_number, "day": entry.day, "added_at": now, "body": to_json(entry)}
        connection.execute(insert(calendar_change).values(athlete_id=athlete_id, **row))
