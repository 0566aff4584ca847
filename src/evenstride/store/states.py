"""In which state an athlete's rows are: the same digests, the same season and finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select

from evenstride.store.connection import Store
from evenstride.store.remembered import read_once
from evenstride.store.tables import recording, run_tag, side_check, test_result

_RUNS: Mapping[Table, tuple[str, ...]] = {
    recording: ("recording_id", "run_id", "rank", "method"),
    run_tag: ("run_id", "name", "value"),
    side_check: ("number", "body"),
}
_TESTS: Mapping[Table, tuple[str, ...]] = {test_result: ("test_id", "body", "removed_at")}


@dataclass(frozen=True, kw_only=True)
class EvidenceState:
    """Digests of what the runs tell, tags and side checks included, and of the tests that were entered.

    The same recording judged by the same method says the same, so that no report is read for it.
    """

    runs: str
    tests: str


def evidence_state(store: Store, athlete_id: str) -> EvidenceState:
    """Return in which state everything is that a season or a finding rests on."""

    def read(connection: Connection) -> EvidenceState:
        return EvidenceState(runs=_digest(connection, athlete_id, _RUNS), tests=_digest(connection, athlete_id, _TESTS))

    return read_once(store, athlete_id, "evidence", read)


def _digest(connection: Connection, athlete_id: str, tables: Mapping[Table, tuple[str, ...]]) -> str:
    digest = sha256()
    for table, names in tables.items():
        columns: list[Any] = [table.c[name] for name in names]
        query = select(*columns).where(table.c.athlete_id == athlete_id).order_by(*columns[:2])
        digest.update(repr([tuple(row) for row in connection.execute(query)]).encode())
    return digest.hexdigest()
