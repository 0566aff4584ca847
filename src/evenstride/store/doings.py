"""What was done: logs of sessions, and how a return to running went. Taking one back only marks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from evenstride.errors import UnknownEntry
from evenstride.model import ReturnLog, ReturnState, SessionLog
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, writing
from evenstride.store.remembered import read_once, remembered
from evenstride.store.rows import next_number, noun_of
from evenstride.store.tables import return_state, session_log


@dataclass(frozen=True, kw_only=True)
class KeptLog:
    """What was done of one session; ``number`` is what takes it back."""

    number: int
    log: SessionLog
    logged: datetime


@dataclass(frozen=True, kw_only=True)
class KeptReturn:
    """Where a return to running stood from ``day`` on, and the session that led there where one did."""

    number: int
    day: date
    state: ReturnState
    log: ReturnLog | None = None


def add_session_logs(store: Store, athlete_id: str, logs: Sequence[SessionLog], now: datetime) -> tuple[int, ...]:
    """Keep what was done of sessions and return the numbers; a session that is logged again is told anew."""
    with writing(store, athlete_id) as connection:
        columns = session_log.c
        numbers = []
        for log in logs:
            if log.session:
                same = (columns.athlete_id == athlete_id) & (columns.session == log.session)
                earlier = update(session_log).where(same, columns.removed_at.is_(None))
                connection.execute(earlier.values(removed_at=now))
            number = next_number(connection, session_log, athlete_id)
            row = {"number": number, "session": log.session, "day": log.day, "logged_at": now, "body": to_json(log)}
            connection.execute(insert(session_log).values(athlete_id=athlete_id, **row))
            numbers.append(number)
    return tuple(numbers)


def session_logs(store: Store, athlete_id: str, since: date | None = None) -> tuple[KeptLog, ...]:
    """Return what was done, in order of its day; from a day on, or all of it."""
    every = read_once(store, athlete_id, "session logs", lambda connection: _session_logs(connection, athlete_id))
    return every if since is None else tuple(one for one in every if one.log.day >= since)


def told_sessions(store: Store, athlete_id: str) -> frozenset[str]:
    """Return the names of the sessions that something was told of."""
    return remembered(
        store, athlete_id, "told sessions",
        lambda: frozenset(one.log.session for one in session_logs(store, athlete_id)),
    )  # fmt: skip


def remove_session_log(store: Store, athlete_id: str, number: int, now: datetime) -> None:
    """Take a log back. UnknownEntry when there is none."""
    columns = session_log.c
    own = (columns.athlete_id == athlete_id) & (columns.number == number) & columns.removed_at.is_(None)
    with writing(store, athlete_id) as connection:
        if not connection.execute(update(session_log).where(own).values(removed_at=now)).rowcount:
            raise UnknownEntry(f"No log {number} is kept.")


def add_return_state(
    store: Store, athlete_id: str, state: ReturnState, now: datetime, *, day: date, log: ReturnLog | None = None
) -> KeptReturn:
    """Keep where a return to running stands now, and the session that led there; what was before stays."""
    with writing(store, athlete_id) as connection:
        number = next_number(connection, return_state, athlete_id)
        row = {"number": number, "day": day, "log": to_json(log) if log else None, "body": to_json(state)}
        connection.execute(insert(return_state).values(athlete_id=athlete_id, kept_at=now, **row))
    return KeptReturn(number=number, day=day, state=state, log=log)


def return_states(store: Store, athlete_id: str) -> tuple[KeptReturn, ...]:
    """Return every state of returns to running in the order in which they were kept; the last one holds."""
    return read_once(store, athlete_id, "return states", lambda connection: _return_states(connection, athlete_id))


def _session_logs(connection: Connection, athlete_id: str) -> tuple[KeptLog, ...]:
    columns = session_log.c
    query = select(columns.number, columns.body, columns.logged_at)
    query = query.where(columns.athlete_id == athlete_id, columns.removed_at.is_(None))
    return tuple(
        KeptLog(number=row.number, log=noun_of(SessionLog, row.body, "a log of a session"), logged=row.logged_at)
        for row in connection.execute(query.order_by(columns.day, columns.number))
    )


def _return_states(connection: Connection, athlete_id: str) -> tuple[KeptReturn, ...]:
    columns = return_state.c
    query = select(return_state).where(columns.athlete_id == athlete_id, columns.removed_at.is_(None))
    rows = connection.execute(query.order_by(columns.number)).all()
    what = "a state of a return to running"
    return tuple(
        KeptReturn(
            number=row.number, day=row.day, state=noun_of(ReturnState, row.body, what),
            log=noun_of(ReturnLog, row.log, what) if row.log is not None else None,
        )
        for row in rows
    )  # fmt: skip


def undo_return_state(store: Store, athlete_id: str, now: datetime) -> KeptReturn:
    """Take the last state back, and with it the log that led there. UnknownEntry when there is none."""
    kept = return_states(store, athlete_id)
    if not kept:
        raise UnknownEntry("There is no return to running to take back.", help="evenstride return start begins one.")
    columns = return_state.c
    own = (columns.athlete_id == athlete_id) & (columns.number == kept[-1].number)
    with writing(store, athlete_id) as connection:
        connection.execute(update(return_state).where(own).values(removed_at=now))
    return kept[-1]
