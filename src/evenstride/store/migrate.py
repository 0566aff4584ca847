"""Bring a database to the newest schema, whatever it has now: alembic driven by code, its steps inside the package."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from evenstride.errors import NewerStore, StoreUnavailable
from evenstride.store.tables import REVISION, VERSION_TABLE, metadata

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

STEPS = (Path(__file__).parent / "migrations",)
"""Folders that hold migrations."""


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database has, None for one that holds nothing of evenstride."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
    return found


def upgrade(connection: Connection, *, to: str | None = None) -> None:
    """Apply, in the connection's transaction, every step that is missing (``to`` a revision, else the newest).

    Raises
    ------
    NewerStore
        When the database was written by a newer version.
    StoreUnavailable
        When it holds something else.
    """
    to = to or REVISION
    current = revision_of(connection)
    if current == to:
        return
    # Imported here: a database that is up to date needs no alembic, and the command line starts faster.
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    script = steps()
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    if current is None:
        _refuse_foreign_tables(connection)
    else:
        refuse_newer(current, script, what="The database")
    with Operations.context(context):
        for step in reversed(list(script.iterate_revisions(to, current or "base"))):
            step.module.upgrade()
    context.stamp(script, to)


def refuse_newer(revision: str, script: "ScriptDirectory", *, what: str) -> None:
    """Raise NewerStore unless the revision is one of ours."""
    if revision not in {one.revision for one in script.walk_revisions()}:
        raise NewerStore(
            f"{what} was written by a newer evenstride (schema {revision}).", help="Update evenstride, then try again."
        )


def steps() -> "ScriptDirectory":
    """Return every migration, as alembic sees them."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(STEPS[0]), version_locations=[str(folder) for folder in STEPS])


def _refuse_foreign_tables(connection: Connection) -> None:
    found = set(inspect(connection).get_table_names())
    # A PostgreSQL database may serve others too; a SQLite file is one program's own.
    foreign = found if connection.dialect.name == "sqlite" else found & set(metadata.tables)
    if foreign:
        raise StoreUnavailable(
            f"The database holds something else than evenstride's data (table {min(foreign)}).",
            help="Name an empty database, or leave --database out.",
        )
