"""In which state an athlete's rows are: the same digest, the same season and finding."""

from hashlib import sha256
from typing import Any

from sqlalchemy import select

from evenstride.store.connection import Store, reading
from evenstride.store.tables import recording, run_tag, side_check, test_result

_EVIDENCE = (
    (recording, ("recording_id", "run_id", "rank", "method")),
    (run_tag, ("run_id", "name", "value")),
    (side_check, ("number", "body")),
    (test_result, ("test_id", "body", "removed_at")),
)
"""What runs and tests tell is settled by these: the same recording judged by the same method says the same."""


def evidence_state(store: Store, athlete_id: str) -> str:
    """Return a digest of everything kept that a season or a finding rests on, without reading a report."""
    digest = sha256()
    with reading(store) as connection:
        for table, names in _EVIDENCE:
            columns: list[Any] = [table.c[name] for name in names]
            query = select(*columns).where(table.c.athlete_id == athlete_id).order_by(*columns[:2])
            digest.update(repr([tuple(row) for row in connection.execute(query)]).encode())
    return digest.hexdigest()
