"""A runner's own trials, and sessions that a coach prescribes. Each change is a new row; the newest of a name holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, Table, and_, insert, select, update

from evenstride.errors import UnknownEntry
from evenstride.model import SessionTemplate, Trial
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, reading, writing
from evenstride.store.remembered import read_once
from evenstride.store.rows import next_number, noun_of
from evenstride.store.tables import session_template, storable
from evenstride.store.tables import trial as trial_table

Version = TypeVar("Version", Trial, SessionTemplate)


@dataclass(frozen=True, kw_only=True)
class KeptVersion(Generic[Version]):
    """A trial or a template as it was kept; ``removed``: when it was taken back, None: it was not."""

    number: int
    kept: datetime
    noun: Version
    removed: datetime | None = None


def add_trial(store: Store, athlete_id: str, trial: Trial, now: datetime) -> KeptVersion[Trial]:
    """Keep a trial, or how it stands now; earlier versions of the same ``id`` stay in the history."""
    with writing(store, athlete_id) as connection:
        return _add(connection, athlete_id, trial, now)


def trials(store: Store, athlete_id: str) -> tuple[Trial, ...]:
    """Return every trial as it stands now, in order of its beginning."""

    def read(connection: Connection) -> tuple[Trial, ...]:
        rows = _rows(connection, athlete_id, trial_table)
        newest = {row.name: noun_of(Trial, row.body, "a trial") for row in rows if row.removed_at is None}
        return tuple(sorted(newest.values(), key=lambda one: one.began))

    return read_once(store, athlete_id, "trials", read)


def trial_history(store: Store, athlete_id: str, trial_id: str) -> tuple[KeptVersion[Trial], ...]:
    """Return every version of a trial, those that were taken back included."""
    with reading(store) as connection:
        rows = _rows(connection, athlete_id, trial_table)
    return tuple(
        KeptVersion(
            number=row.number, kept=row.kept_at, removed=row.removed_at, noun=noun_of(Trial, row.body, "a trial")
        )
        for row in rows
        if row.name == storable(trial_id)
    )  # fmt: skip


def undo_trial(store: Store, athlete_id: str, trial_id: str, now: datetime) -> Trial | None:
    """Take the last change of a trial back and return how it stands now (None: it is gone). UnknownEntry for none."""
    with writing(store, athlete_id) as connection:
        standing = _standing(connection, athlete_id, trial_table, trial_id)
        if not standing:
            raise UnknownEntry(f"There is no trial {trial_id}.", help="evenstride trial show lists them.")
        columns = trial_table.c
        own = and_(columns.athlete_id == athlete_id, columns.number == standing[-1].number)
        connection.execute(update(trial_table).where(own).values(removed_at=now))
    return noun_of(Trial, standing[-2].body, "a trial") if len(standing) > 1 else None


def add_template(
    store: Store, athlete_id: str, template: SessionTemplate, now: datetime
) -> KeptVersion[SessionTemplate]:
    """Keep a session that a coach prescribes; one of the same name gives way, and stays in the history."""
    with writing(store, athlete_id) as connection:
        _mark(connection, athlete_id, template.name, now)
        return _add(connection, athlete_id, template, now)


def templates(store: Store, athlete_id: str) -> tuple[SessionTemplate, ...]:
    """Return the sessions that hold, in the order in which they were kept."""

    def read(connection: Connection) -> tuple[SessionTemplate, ...]:
        rows = _rows(connection, athlete_id, session_template)
        return tuple(noun_of(SessionTemplate, row.body, "a session") for row in rows if row.removed_at is None)

    return read_once(store, athlete_id, "templates", read)


def remove_template(store: Store, athlete_id: str, name: str, now: datetime) -> None:
    """Take a session away. UnknownEntry when there is none of that name."""
    with writing(store, athlete_id) as connection:
        if not _mark(connection, athlete_id, name, now):
            raise UnknownEntry(f"There is no prescribed session {name}.")


def _mark(connection: Connection, athlete_id: str, name: str, now: datetime) -> int:
    columns = session_template.c
    own = and_(columns.athlete_id == athlete_id, columns.name == storable(name), columns.removed_at.is_(None))
    return connection.execute(update(session_template).where(own).values(removed_at=now)).rowcount


def _standing(connection: Connection, athlete_id: str, table: Table, name: str) -> list[Row[Any]]:
    rows = _rows(connection, athlete_id, table)
    return [row for row in rows if row.name == storable(name) and row.removed_at is None]


def _rows(connection: Connection, athlete_id: str, table: Table) -> list[Row[Any]]:
    query = select(table).where(table.c.athlete_id == athlete_id).order_by(table.c.number)
    return list(connection.execute(query).all())


def _add(connection: Connection, athlete_id: str, noun: Version, now: datetime) -> KeptVersion[Version]:
    table, name = (trial_table, noun.id) if isinstance(noun, Trial) else (session_template, noun.name)
    number = next_number(connection, table, athlete_id)
    row = {"number": number, "name": name, "kept_at": now, "body": to_json(noun)}
    connection.execute(insert(table).values(athlete_id=athlete_id, **row))
    return KeptVersion(number=number, kept=now, noun=noun)
