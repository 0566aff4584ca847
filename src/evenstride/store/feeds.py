"""Addresses under which a calendar program reads an athlete's plan: the secret in one is kept as its digest only."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select, update

from evenstride.errors import UnknownEntry
from evenstride.store.connection import Store, reading, writing
from evenstride.store.rows import next_number
from evenstride.store.tables import calendar_feed
from evenstride.store.tables import plan as plan_table


@dataclass(frozen=True, kw_only=True)
class KeptFeed:
    """An address that holds, without its secret, which nobody but its owner knows."""

    number: int
    made: datetime


def add_feed(store: Store, athlete_id: str, token: str, now: datetime) -> KeptFeed:
    """Keep a new address; one that held before ends with it."""
    with writing(store, athlete_id) as connection:
        _end(connection, athlete_id, now)
        number = next_number(connection, calendar_feed, athlete_id)
        row = {"number": number, "token_sha256": _digest(token), "made_at": now}
        connection.execute(insert(calendar_feed).values(athlete_id=athlete_id, **row))
    return KeptFeed(number=number, made=now)


def feed(store: Store, athlete_id: str) -> KeptFeed | None:
    """Return the address that holds; None where there is none."""
    columns = calendar_feed.c
    query = select(calendar_feed).where(columns.athlete_id == athlete_id, columns.removed_at.is_(None))
    with reading(store) as connection:
        row = connection.execute(query.order_by(columns.number.desc()).limit(1)).first()
    return None if row is None else KeptFeed(number=row.number, made=row.made_at)


def athlete_of_feed(store: Store, token: str) -> str | None:
    """Return whose plan an address is for; None for an address that never was or was ended."""
    columns = calendar_feed.c
    query = select(columns.athlete_id).where(columns.token_sha256 == _digest(token), columns.removed_at.is_(None))
    with reading(store) as connection:
        found: str | None = connection.execute(query.limit(1)).scalar()
    return found


def remove_feed(store: Store, athlete_id: str, now: datetime) -> None:
    """End the address that holds.

    Raises
    ------
    UnknownEntry
        There is none.
    """
    with writing(store, athlete_id) as connection:
        if not _end(connection, athlete_id, now):
            raise UnknownEntry("No calendar reads this plan by an address.")


def plan_changed(store: Store, athlete_id: str) -> datetime | None:
    """Return when the plan that holds came to hold: made, or held again as a later one was taken back."""
    columns = plan_table.c
    query = select(func.max(columns.made_at), func.max(columns.undone_at)).where(columns.athlete_id == athlete_id)
    with reading(store) as connection:
        moments = connection.execute(query).one()
    return max((one for one in moments if one is not None), default=None)


def _end(connection: Connection, athlete_id: str, now: datetime) -> int:
    columns = calendar_feed.c
    own = (columns.athlete_id == athlete_id) & columns.removed_at.is_(None)
    return connection.execute(update(calendar_feed).where(own).values(removed_at=now)).rowcount


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
