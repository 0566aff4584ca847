"""What was read of an athlete, kept at hand until anything of theirs is written, by whatever program.

Every change of a row of an athlete draws a new mark in the same transaction. Who asks for the mark first and for the
rows then has rows of that mark or of a later one: what is remembered under a mark is never older than it.
"""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, select

from evenstride.store.connection import Store, reading
from evenstride.store.tables import athlete_state

Found = TypeVar("Found")


def mark_of(store: Store, athlete_id: str) -> str:
    """Return what another state of an athlete's rows has another of; empty where nothing was ever written."""
    if store.marks is not None and athlete_id in store.marks:
        return store.marks[athlete_id]
    query = select(athlete_state.c.mark).where(athlete_state.c.athlete_id == athlete_id)
    with reading(store) as connection:
        mark: str = connection.execute(query).scalar() or ""
    if store.marks is not None:
        store.marks[athlete_id] = mark
    return mark


def remembered(store: Store, athlete_id: str, what: str, work: Callable[[], Found], *, given: object = None) -> Found:
    """Return what work finds out about an athlete, worked out once until any of their rows changes.

    ``given`` is all that it rests on besides rows that work reads itself: the day, a profile that was read before.
    """
    return store.memory.of((what, athlete_id), (mark_of(store, athlete_id), given), work)


def read_once(store: Store, athlete_id: str, what: str, read: Callable[[Connection], Found]) -> Found:
    """Return what is read in one transaction, read once until anything of the athlete changes."""

    def work() -> Found:
        with reading(store) as connection:
            return read(connection)

    return remembered(store, athlete_id, what, work)
