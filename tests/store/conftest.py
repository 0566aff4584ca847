"""A store on SQLite and one on PostgreSQL: every test that asks for ``store`` runs on both.

PostgreSQL is a real server of its own, started when the first test asks for it and gone at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.data_folders import lay_out

from evenstride.model import Original, Profile, Recording
from evenstride.report.example import example_report
from evenstride.store import add_athlete, add_recording, add_run, close_store, keep_original, open_store, writing
from evenstride.store.connection import Store, originals_folder

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind, in full."""
    if request.param == "sqlite":
        (tmp_path / "data").mkdir()
        return f"sqlite:///{tmp_path / 'data' / 'evenstride.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def store(database_url: str | None, tmp_path: Path) -> Iterator[Store]:
    """An empty store on each database."""
    opened = open_store(database_url, tmp_path / "data")
    yield opened
    close_store(opened)


@pytest.fixture
def other_store(sqlite_schema: Path, tmp_path: Path) -> Iterator[Store]:
    """One more, empty, on SQLite."""
    lay_out(sqlite_schema, tmp_path / "other")
    opened = open_store(None, tmp_path / "other")
    yield opened
    close_store(opened)


@pytest.fixture(scope="session")
def now() -> datetime:
    """The moment at which everything in these tests happens."""
    return NOW


@pytest.fixture
def anna(store: Store) -> str:
    """The identifier of an athlete."""
    return add_athlete(store, Profile(name="Anna"), NOW).id


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """Makes recordings and keeps them as an import does."""

    now: datetime = NOW

    def recording(self, *originals: str, hours: float = 0.0, part: int = 0, method: str = "1", **changes) -> Recording:
        report = example_report(**changes)
        report = replace(
            report, activity=None, start=report.start + timedelta(hours=hours),
            judged=tuple(replace(one, trace=None) for one in report.judged),
        )  # fmt: skip
        return Recording(originals=originals or ("0" * 64,), part=part, report=report, method=method)

    def keep(self, store: Store, athlete_id: str, content: bytes = b"a file", *, name="a.fit", **changes) -> str:
        """Keep a file and a run of its own; return the run's identifier."""
        digest = keep_original(originals_folder(store, athlete_id), content)
        new = self.recording(digest, **changes)
        with writing(store, athlete_id) as connection:
            run_id = add_run(connection, athlete_id, new.report.start.date(), new)
            file = Original(sha256=digest, name=name, size_bytes=len(content))
            assert add_recording(connection, athlete_id, run_id, new, [file])
        return run_id


@pytest.fixture(scope="session")
def keeper() -> Keeper:
    """What makes and keeps recordings."""
    return Keeper()
