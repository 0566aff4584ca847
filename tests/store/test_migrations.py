"""The tables are the ones that the migrations make, and no row can point to another athlete's."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from evenstride.model import Profile
from evenstride.store import add_athlete
from evenstride.store.connection import changing, reading
from evenstride.store.migrate import STEPS, revision_of, steps, upgrade
from evenstride.store.tables import REVISION, VERSION_TABLE, metadata, recording, recording_original, run_tag


def test_the_migrations_make_exactly_the_tables(store):
    options = {
        "version_table": VERSION_TABLE, "compare_type": True,
        "include_object": lambda _object, name, *_: name != VERSION_TABLE,
    }  # fmt: skip
    with reading(store) as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []


def test_a_new_database_has_the_newest_revision(store):
    with reading(store) as connection:
        assert revision_of(connection) == REVISION


def test_the_newest_revision_is_the_last_migration():
    assert steps().get_heads() == [REVISION]


def test_upgrading_twice_changes_nothing(store, anna):
    with changing(store) as connection:
        upgrade(connection)
        assert revision_of(connection) == REVISION


def test_the_migrations_are_inside_the_package():
    assert (STEPS[0] / "r0001_archive.py").exists()
    assert "evenstride" in STEPS[0].parts


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_row_belongs_to_one_athlete(table):
    assert next(iter(table.primary_key)).name == "athlete_id"
    assert all("athlete_id" in constraint.column_keys for constraint in table.foreign_key_constraints)


def test_a_recording_cannot_belong_to_another_athletes_run(store, anna, keeper, now):
    run_id = keeper.keep(store, anna)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    row = {
        "athlete_id": ben, "recording_id": "x", "run_id": run_id, "rank": 0, "part": 0, "method": "1", "start": now,
        "duration_s": 1.0, "format": "fit", "n_records": 1, "report": "{}",
    }  # fmt: skip
    with pytest.raises(IntegrityError), changing(store) as connection:
        connection.execute(insert(recording), row)


def test_a_tag_cannot_belong_to_another_athletes_run(store, anna, keeper, now):
    run_id = keeper.keep(store, anna)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    row = {"athlete_id": ben, "run_id": run_id, "name": "shoe", "value": "x"}
    with pytest.raises(IntegrityError), changing(store) as connection:
        connection.execute(insert(run_tag), row)


def test_a_recording_cannot_use_another_athletes_file(store, anna, keeper, now):
    keeper.keep(store, anna, b"Anna's")
    ben = add_athlete(store, Profile(name="Ben"), now).id
    keeper.keep(store, ben, b"Ben's")
    with reading(store) as connection:
        rows = connection.execute(recording_original.select()).all()
    foreign = next(row.sha256 for row in rows if row.athlete_id == anna)
    own = next(row.recording_id for row in rows if row.athlete_id == ben)
    row = {"athlete_id": ben, "recording_id": own, "place": 1, "sha256": foreign}
    with pytest.raises(IntegrityError), changing(store) as connection:
        connection.execute(insert(recording_original), row)
