"""Opening: folders, permissions, and one sentence for everything that can be wrong."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError
from tests.processes import at_once

from evenstride.errors import (
    EvenstrideError,
    InvalidRequest,
    NewerStore,
    StoreDamaged,
    StoreUnavailable,
    UnknownAthlete,
)
from evenstride.model import Profile
from evenstride.store import add_athlete, athletes, close_store, open_store, writing
from evenstride.store import connection as module
from evenstride.store.connection import changing, reading

NOW = datetime(2026, 5, 20, 12, 0, tzinfo=UTC)


def pragma(store, name):
    with reading(store) as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_the_data_folder_is_made_for_its_owner_only(tmp_path):
    data = tmp_path / "data"
    close_store(open_store(None, data))
    assert [oct(path.stat().st_mode & 0o777) for path in (data, data / "originals")] == ["0o700"] * 2


def test_the_database_file_is_readable_by_its_owner_only(tmp_path):
    close_store(open_store(None, tmp_path / "data"))
    assert (tmp_path / "data" / "evenstride.db").stat().st_mode & 0o077 == 0


def test_sqlite_writes_ahead_checks_keys_and_overwrites_what_is_deleted(other_store):
    assert [pragma(other_store, name) for name in ("journal_mode", "foreign_keys", "secure_delete")] == ["wal", 1, 1]
    assert pragma(other_store, "synchronous") == 2


def test_between_commands_sqlite_is_one_file(other_store):
    add_athlete(other_store, Profile(name="Anna"), NOW)
    assert sorted(path.name for path in other_store.data.iterdir()) == ["evenstride.db", "originals"]


def test_what_was_kept_is_there_when_opened_again(store, anna, database_url):
    again = open_store(database_url, store.data)
    assert [one.id for one in athletes(again)] == [anna]
    close_store(again)


def test_opening_does_not_wait_for_a_writer(store, anna, database_url):
    with writing(store, anna) as connection:
        connection.execute(text("UPDATE athlete SET name_key = 'x'"))
        second = open_store(database_url, store.data)
        assert [one.id for one in athletes(second)] == [anna]
    close_store(second)


def test_a_transaction_that_fails_leaves_nothing(store, anna):
    def half_done():
        with writing(store, anna) as connection:
            connection.execute(text("UPDATE athlete SET name_key = 'x'"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    with reading(store) as connection:
        assert connection.execute(text("SELECT name_key FROM athlete")).scalar_one() == "anna"


def test_reading_is_of_one_moment(store, anna):
    with reading(store) as connection:
        before = connection.execute(text("SELECT count(*) FROM athlete")).scalar_one()
        add_athlete(store, Profile(name="Ben"), NOW)
        assert connection.execute(text("SELECT count(*) FROM athlete")).scalar_one() == before


def test_writing_for_nobody_is_refused(store):
    with pytest.raises(UnknownAthlete), writing(store, "0" * 32):
        pytest.fail("entered")


def test_a_writer_that_waits_too_long_is_told_so(store, anna, database_url, monkeypatch):
    monkeypatch.setattr(module, "WAIT_S", 1)
    second = open_store(database_url, store.data)
    with writing(store, anna), pytest.raises(StoreUnavailable, match="Another program"), writing(second, anna):
        pytest.fail("entered")
    close_store(second)


def test_a_newer_database_is_refused(empty_url, tmp_path):
    newer = open_store(empty_url, tmp_path)
    with changing(newer) as connection:
        connection.execute(text("UPDATE evenstride_schema SET version_num = '9999'"))
    close_store(newer)
    with pytest.raises(NewerStore, match="newer"):
        open_store(empty_url, tmp_path)


def test_a_database_of_something_else_is_refused(empty_url, tmp_path):
    empty = module._engine(module._database(empty_url, tmp_path))
    with empty.connect() as connection, connection.begin():
        connection.execute(text("CREATE TABLE run (x INTEGER)"))
    empty.dispose()
    with pytest.raises(StoreUnavailable, match=r"something else.*run"):
        open_store(empty_url, tmp_path)


def test_other_tables_on_a_shared_server_do_not_matter(postgresql_url, tmp_path):
    shared = module._engine(module._database(postgresql_url, tmp_path))
    with shared.connect() as connection, connection.begin():
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
    shared.dispose()
    store = open_store(postgresql_url, tmp_path)
    assert [athlete.id for athlete in athletes(store)] == []
    with reading(store) as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 0
    close_store(store)


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path):
    (tmp_path / "evenstride.db").write_bytes(b"these are my holiday notes, not a database" * 100)
    with pytest.raises(StoreDamaged, match=r"evenstride\.db is not a database"):
        open_store(None, tmp_path)
    assert (tmp_path / "evenstride.db").read_bytes().startswith(b"these are my")


def test_a_broken_file_is_refused(other_store):
    for number in range(60):
        add_athlete(other_store, Profile(name=f"Runner {number} {'x' * 150}"), NOW)
    path = other_store.data / "evenstride.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(StoreDamaged, match=r"damaged|not a database"):
        athletes(open_store(None, other_store.data))


def test_a_file_that_another_program_locks_is_refused(other_store, monkeypatch):
    monkeypatch.setattr(module, "WAIT_S", 0)
    path = other_store.data / "evenstride.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreUnavailable, match="Another program"):
        open_store(None, other_store.data)
    other.close()


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").write_text("x")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        open_store(None, tmp_path / "data")


def test_a_folder_without_permission_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        open_store(None, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def sealed(other_store, monkeypatch):
    """A data folder with one athlete that nobody may write in."""
    add_athlete(other_store, Profile(name="Anna"), NOW)
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    return other_store.data


def test_a_sealed_folder_can_be_read(sealed):
    before = {path: path.stat().st_mtime_ns for path in (sealed, *sealed.rglob("*"))}
    again = open_store(None, sealed)
    assert [one.profile.name for one in athletes(again)] == ["Anna"]
    close_store(again)
    assert {path: path.stat().st_mtime_ns for path in (sealed, *sealed.rglob("*"))} == before


def test_a_sealed_folder_is_not_written(sealed):
    again = open_store(None, sealed)
    (anna,) = athletes(again)
    with pytest.raises(StoreUnavailable, match="cannot be written"), writing(again, anna.id):
        pytest.fail("entered")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        add_athlete(again, Profile(name="Ben"), NOW)
    close_store(again)
    assert len(list((sealed / "originals").iterdir())) == 1


AS_NOBODY = """
import os, sys, tempfile
from pathlib import Path
from evenstride.store import athletes, close_store, open_store
with tempfile.TemporaryDirectory() as folder:  # loads all that is needed while it may be read
    close_store(open_store(None, Path(folder)))
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
print([one.profile.name for one in athletes(open_store(None, Path(sys.argv[1])))])
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_sealed_folder_is_read_where_the_system_itself_refuses_to_write(other_store):
    add_athlete(other_store, Profile(name="Anna"), NOW)
    with TemporaryDirectory() as outside:  # the folders of tests are closed to others
        sealed = Path(outside) / "data"
        shutil.copytree(other_store.data, sealed)
        for path in (sealed, *sealed.rglob("*"), Path(outside)):
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, str(sealed)], capture_output=True, text=True, check=False
        )
    assert (done.stdout, done.stderr) == ("['Anna']\n", "")


def test_a_database_in_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        open_store(f"sqlite:///{tmp_path}/nowhere/x.db", tmp_path)


def test_a_sqlite_file_may_be_named(tmp_path):
    close_store(open_store(f"sqlite:///{tmp_path}/mine.db", tmp_path / "data"))
    assert (tmp_path / "mine.db").exists()


def test_a_server_that_does_not_answer_is_named_without_the_password(tmp_path):
    with socket.socket() as taken:  # bound but not listening: refused at once
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://me:secret@127.0.0.1:{taken.getsockname()[1]}/season"
        with pytest.raises(StoreUnavailable, match=r"season on 127\.0\.0\.1 cannot be reached") as caught:
            open_store(url, tmp_path)
    assert "secret" not in f"{caught.value.text} {caught.value.help}"


def test_a_database_that_does_not_exist_is_named(postgresql_server, tmp_path):
    with pytest.raises(StoreUnavailable, match="nowhere"):
        open_store(f"postgresql://postgres@/nowhere?host={postgresql_server}", tmp_path)


def test_a_user_without_rights_is_told_so(postgresql_url, tmp_path):
    owner = module._engine(module._database(postgresql_url, tmp_path))
    with owner.connect() as connection, connection.begin():
        connection.execute(text("DROP ROLE IF EXISTS guest"))
        connection.execute(text("CREATE ROLE guest LOGIN"))
        connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    owner.dispose()
    with pytest.raises(StoreUnavailable, match="no right"):
        open_store(postgresql_url.replace("postgres@", "guest@"), tmp_path)


def test_a_missing_driver_says_how_to_install_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreUnavailable) as caught:
        open_store("postgresql://me@127.0.0.1/season", tmp_path)
    assert "evenstride[postgresql]" in caught.value.help


SHOWN_NEVER = "s3cret"


@pytest.mark.parametrize(
    "password", ["s3cret/cr@et", "s3cret@et", "pa@s3cret/et", "pa@s3cret?et", "pa@s3cret:et", "s3cret/cr", "s3cret?x"]
)
def test_no_part_of_a_password_is_ever_shown(password, tmp_path):
    with pytest.raises(EvenstrideError) as caught:
        open_store(f"postgresql://me:{password}@127.0.0.1:1/season", tmp_path)
    assert SHOWN_NEVER not in f"{caught.value.text} {caught.value.help}"


def test_a_password_in_what_follows_the_question_mark_is_not_shown(tmp_path):
    with pytest.raises(StoreUnavailable) as caught:
        open_store(f"postgresql://me@127.0.0.1:1/season?password={SHOWN_NEVER}", tmp_path)
    assert SHOWN_NEVER not in caught.value.text


def test_an_at_sign_in_a_password_says_how_to_write_it(tmp_path):
    with pytest.raises(InvalidRequest) as caught:
        open_store("postgresql://me:a@b@127.0.0.1:1/season", tmp_path)
    assert "%40" in caught.value.help


def test_an_option_that_postgresql_does_not_know_is_named(tmp_path):
    with pytest.raises(StoreUnavailable, match="colour"):
        open_store("postgresql://me@127.0.0.1:1/season?colour=red", tmp_path)


def test_the_reason_is_what_the_driver_says_first(tmp_path):
    error = OperationalError("", {}, Exception("connection failed: refused\nAll failures were:\n- host: x"))
    assert module._reason(make_url("postgresql://me@127.0.0.1/season"), error) == "connection failed: refused"


@pytest.mark.parametrize("url", ["", "season", "mysql://me@host/x", "sqlite://", "sqlite:///:memory:", "a://b:c/d"])
def test_other_urls_are_refused(url, tmp_path):
    with pytest.raises(InvalidRequest):
        open_store(url, tmp_path)


LOADS = """
import sys
from pathlib import Path
from alembic import migration, operations, script
from evenstride.store import open_store
"""


def test_several_processes_may_open_an_empty_database_at_once(empty_url, tmp_path):
    codes, said = at_once(LOADS, "open_store(sys.argv[1], Path(sys.argv[2]))", 4 * [[empty_url, str(tmp_path)]])
    assert codes == [0] * 4, said
