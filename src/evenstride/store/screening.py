"""Results of functional tests per side. Taking one away only marks it: a slip loses nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from evenstride.errors import UnknownEntry
from evenstride.model import TestResult
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, writing
from evenstride.store.remembered import read_once
from evenstride.store.rows import noun_of
from evenstride.store.tables import storable, test_result


def add_tests(store: Store, athlete_id: str, results: Sequence[TestResult]) -> tuple[str, ...]:
    """Keep results and return their identifiers (``2026-05-04-single_leg_bridge``), all of them or none.

    A result that equals one already kept is kept once: entering the same table twice changes nothing.
    """
    with writing(store, athlete_id) as connection:
        kept = _tests(connection, athlete_id)
        known = {one.id for one in kept} | {one.id for one in _tests(connection, athlete_id, removed=True)}
        same = {to_json(replace(one, id="")): one.id for one in reversed(kept)}
        ids = []
        for result in results:
            body = to_json(replace(result, id=""))
            if body not in same:
                same[body] = _free_id(result, known)
                known.add(same[body])
                row = {"athlete_id": athlete_id, "test_id": same[body], "day": result.day, "body": body}
                connection.execute(insert(test_result).values(**row))
            ids.append(same[body])
    return tuple(ids)


def add_test(store: Store, athlete_id: str, result: TestResult) -> str:
    """Keep one result and return its identifier."""
    return add_tests(store, athlete_id, (result,))[0]


def kept_tests(store: Store, athlete_id: str, *, removed: bool = False) -> tuple[TestResult, ...]:
    """Return the results in order of their day; with ``removed`` those that were taken away instead."""
    what = "removed tests" if removed else "tests"
    return read_once(store, athlete_id, what, lambda connection: _tests(connection, athlete_id, removed=removed))


def remove_test(store: Store, athlete_id: str, test_id: str, now: datetime) -> None:
    """Take a result away; :func:`restore_test` brings it back. UnknownEntry when there is none."""
    _mark(store, athlete_id, test_id, now)


def restore_test(store: Store, athlete_id: str, test_id: str) -> None:
    """Bring a result back that was taken away. UnknownEntry when there never was one."""
    _mark(store, athlete_id, test_id, None)


def _tests(connection: Connection, athlete_id: str, *, removed: bool = False) -> tuple[TestResult, ...]:
    columns = test_result.c
    marked = columns.removed_at.is_not(None) if removed else columns.removed_at.is_(None)
    query = select(test_result).where(columns.athlete_id == athlete_id, marked)
    rows = connection.execute(query.order_by(columns.day, columns.test_id)).all()
    return tuple(replace(noun_of(TestResult, row.body, "a test"), id=row.test_id) for row in rows)


def _free_id(result: TestResult, known: set[str]) -> str:
    first = storable(f"{result.day.isoformat()}-{result.test}")
    number = 2
    new = first
    while new in known:
        new = f"{first}-{number}"
        number += 1
    return new


def _mark(store: Store, athlete_id: str, test_id: str, removed_at: datetime | None) -> None:
    own = (test_result.c.athlete_id == athlete_id) & (test_result.c.test_id == test_id)
    with writing(store, athlete_id) as connection:
        if not connection.execute(update(test_result).where(own).values(removed_at=removed_at)).rowcount:
            raise UnknownEntry(f"No test {test_id} is kept.", help="evenstride screen list shows the tests.")
