"""Small help with rows: reading a noun back, writing what may be there already."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from evenstride.errors import StoreDamaged
from evenstride.store.codec import Misfit, from_json

Noun = TypeVar("Noun")


def noun_of(kind: type[Noun], text: str, what: str) -> Noun:
    """Return a noun from its column; StoreDamaged where it cannot be read."""
    try:
        return from_json(kind, text)
    except Misfit as error:
        raise StoreDamaged(
            f"The database holds {what} that cannot be read ({error}).", help="Restore a backup."
        ) from None


def next_number(connection: Connection, table: Table, athlete_id: str) -> int:
    """Return the number of an athlete's next row in a table whose rows are numbered; none is given twice."""
    highest = select(func.coalesce(func.max(table.c.number), 0)).where(table.c.athlete_id == athlete_id)
    last: int = connection.execute(highest).scalar_one()
    return last + 1


def insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if rows:
        connection.execute(_insert_new(connection.dialect.name, table), rows)


def insert_or_replace(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows with all their columns, or give those with their keys the new values."""
    if rows:
        connection.execute(_insert_or_replace(connection.dialect.name, table), rows)


# Building a statement costs as much as running it: once each. The two databases share this syntax, which SQLAlchemy
# keeps with each of them.
_INSERT: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@cache
def _insert_new(dialect: str, table: Table) -> Any:
    return _INSERT[dialect](table).on_conflict_do_nothing()


@cache
def _insert_or_replace(dialect: str, table: Table) -> Any:
    statement = _INSERT[dialect](table)
    keys = [column.name for column in table.primary_key]
    new = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=new)
