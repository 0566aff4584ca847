"""The tables are the ones that the migrations make, and no row can point to another athlete's."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import IntegrityError
from tests.plans import example_plan

from evenstride.model import DayLog, Profile, RunLog
from evenstride.store import (
    NewPlan,
    add_athlete,
    add_day_log,
    add_feed,
    add_plan,
    add_run_log,
    athlete_of_feed,
    athletes,
    backup,
    calendar_entries,
    close_store,
    day_logs,
    find_run,
    kept_plans,
    kept_tests,
    open_store,
    plan_in_force,
    restore,
    return_states,
    run_logs,
    session_logs,
    side_checks,
    watched_files,
    watched_folders,
)
from evenstride.store.connection import changing, reading
from evenstride.store.migrate import STEPS, revision_of, steps, upgrade
from evenstride.store.tables import (
    REVISION,
    VERSION_TABLE,
    calendar_change,
    metadata,
    recording,
    recording_original,
    run_tag,
)

REVISIONS = Path(__file__).parent / "revisions"
OLD_TABLES = {"0001": 10, "0002": 14, "0003": 19, "0004": 20, "0005": 22}
"""Databases as earlier schemas kept them, and how many tables they had: two athletes with a run, a tag, a side check,
a test, a failed file; from the second on with a plan, a change of the calendar, a log, a return to running; the third
with a run's log and a morning's; the fourth with an address for a calendar; the fifth with a watched folder."""


def old_text(revision):
    return (REVISIONS / f"{revision}.sql").read_text(encoding="utf8")


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


def test_a_change_of_the_calendar_cannot_belong_to_another_athletes_plan(store, anna, now):
    plan = example_plan()
    add_plan(store, anna, NewPlan(plan=plan, began=plan.start, why="made"), now)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    row = {"athlete_id": ben, "number": 1, "plan_number": 1, "day": plan.start, "body": "{}", "added_at": now}
    with pytest.raises(IntegrityError), changing(store) as connection:
        connection.execute(insert(calendar_change), row)


def rows_of_old(connection):
    names = set(inspect(connection).get_table_names()) & set(metadata.tables)
    return {name: connection.execute(select(metadata.tables[name])).all() for name in names}


def assert_upgraded(store, now, revision):
    """Everything is there, and what is new can be kept."""
    (anna, ben) = athletes(store)
    assert (anna.profile.born_year, ben.profile.mass_kg) == (1990, 71.3)
    for one in (anna, ben):
        (run,) = (find_run(store, one.id, "2026-05-04"),)
        assert (run.tags, len(run.recordings)) == ({"shoe": "blue"}, 1)
        assert [check.shift_pct for check in side_checks(store, one.id)] == [0.1 + 0.2]
        assert [(test.day, test.left) for test in kept_tests(store, one.id)] == [(date(2026, 5, 4), (1 / 3,))]
        if revision != "0001":
            assert [kept.log.effort_0_10 for kept in session_logs(store, one.id)] == [6.5]
            assert [kept.state.site for kept in return_states(store, one.id)] == ["tibia"]
            assert [entry.said for entry in calendar_entries(store, one.id)] == ["2026-05-06 rest"]
            assert [kept.plan for kept in kept_plans(store, one.id)] == [example_plan()]
    plan = example_plan()
    add_plan(store, anna.id, NewPlan(plan=plan, began=plan.start, why="made"), now)
    kept = plan_in_force(store, anna.id)
    assert kept is not None
    assert kept.plan == plan
    if revision >= "0004":
        assert [athlete_of_feed(store, f"{one.profile.name}'s calendar") for one in (anna, ben)] == [anna.id, ben.id]
    if revision >= "0005":
        assert [folder.path.name for folder in watched_folders(store)] == ["watch", "watch"]
        assert [file.outcome for file in watched_files(store, ben.id).values()] == ["kept"]
    before = 1 if revision >= "0003" else 0
    add_day_log(store, anna.id, DayLog(day=plan.start, sleep_hours=7.5), now)
    add_run_log(store, anna.id, RunLog(day=plan.start, effort_0_10=5), now)
    assert (len(day_logs(store, anna.id)), len(run_logs(store, anna.id))) == (before + 1, before + 1)
    assert len(day_logs(store, ben.id)) == before
    add_feed(store, anna.id, "a secret", now)
    assert athlete_of_feed(store, "a secret") == anna.id


@pytest.mark.parametrize("revision", OLD_TABLES)
def test_a_database_of_an_earlier_schema_keeps_everything(tmp_path, now, revision):
    data = tmp_path / "data"
    data.mkdir()
    old = sqlite3.connect(data / "evenstride.db")
    old.executescript(old_text(revision))
    before = {
        name: sorted(old.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608  names of our own tables
        for (name,) in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    }
    old.close()
    assert before["evenstride_schema"] == [(revision,)]
    assert len(before) == OLD_TABLES[revision]
    close_store(open_store(None, data))
    new = sqlite3.connect(data / "evenstride.db")
    for name, rows in before.items():
        if name != VERSION_TABLE:
            assert sorted(new.execute(f"SELECT * FROM {name}").fetchall()) == rows  # noqa: S608
    new.close()
    store = open_store(None, data)
    assert_upgraded(store, now, revision)
    close_store(store)


@pytest.mark.parametrize("revision", OLD_TABLES)
def test_a_server_of_an_earlier_schema_keeps_everything(postgresql_url, tmp_path, now, revision):
    """What an earlier schema kept stands on the server as that schema had it; then it is opened."""
    rows = sqlite3.connect(":memory:")
    rows.executescript(old_text(revision))
    store = open_store(postgresql_url, tmp_path / "data")
    with changing(store) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(text(f"DROP TABLE {VERSION_TABLE}"))
        upgrade(connection, to=revision)
        names = [table.name for table in metadata.sorted_tables if inspect(connection).has_table(table.name)]
        for name in names:
            found = rows.execute(f"SELECT * FROM {name}")  # noqa: S608
            columns = [one[0] for one in found.description]
            marks = ", ".join(f":{one}" for one in columns)
            statement = text(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})")  # noqa: S608
            connection.execute(statement, [dict(zip(columns, row, strict=True)) for row in found.fetchall()])
        before = rows_of_old(connection)
        assert revision_of(connection) == revision
    close_store(store)
    store = open_store(postgresql_url, tmp_path / "data")
    with reading(store) as connection:
        after = rows_of_old(connection)
        assert {name: after[name] for name in before} == before
        assert revision_of(connection) == REVISION
    assert_upgraded(store, now, revision)
    backup(store, tmp_path / "all.zip", now)
    other = open_store(None, tmp_path / "other")
    assert restore(other, tmp_path / "all.zip").athletes == ("Anna", "Ben")
    close_store(other)
    close_store(store)
    rows.close()
