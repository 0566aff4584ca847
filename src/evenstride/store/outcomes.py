"""What became of every file that was ever offered: so that an import goes on where it was."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, select

from evenstride.model import FileOutcome
from evenstride.store.connection import Store, reading
from evenstride.store.tables import file_outcome


def file_outcomes(store: Store, athlete_id: str) -> Mapping[str, FileOutcome]:
    """Return the last word on every file, by its key."""
    query = select(file_outcome).where(file_outcome.c.athlete_id == athlete_id)
    with reading(store) as connection:
        return {
            row.file_key: FileOutcome(
                key=row.file_key, name=row.name, outcome=row.outcome, kind=row.kind, text=row.text, help=row.help
            )
            for row in connection.execute(query)
        }


def forget_outcomes(connection: Connection, athlete_id: str, keys: Sequence[str]) -> None:
    """Drop what was said of files: another word has taken its place."""
    for key in keys:
        chosen = (file_outcome.c.athlete_id == athlete_id) & (file_outcome.c.file_key == key)
        connection.execute(delete(file_outcome).where(chosen))
