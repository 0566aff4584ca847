"""A backup holds everything, can be checked, and comes back on either database; a bad one changes nothing."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import delete, select
from tests.data_folders import lay_out
from tests.plans import example_plan

from evenstride.errors import AthleteExists, InvalidRequest, NewerStore, UnreadableInput
from evenstride.model import (
    CalendarEntry,
    DayLog,
    DayRuns,
    FileOutcome,
    Profile,
    ReturnLog,
    Review,
    RunLog,
    SessionLog,
    SessionTemplate,
    SideCheck,
    TestResult,
    Trial,
    TrialPeriod,
)
from evenstride.plan.return_to_run import start_return
from evenstride.store import (
    NewPlan,
    add_athlete,
    add_day_log,
    add_feed,
    add_plan,
    add_return_state,
    add_review,
    add_run_log,
    add_session_logs,
    add_side_check,
    add_template,
    add_test,
    add_trial,
    athletes,
    backup,
    close_store,
    erase,
    find_athlete,
    find_run,
    keep_original,
    note_outcome,
    open_store,
    originals,
    originals_folder,
    read_original,
    restore,
    tag_run,
    writing,
)
from evenstride.store import migrate as migrate_module
from evenstride.store.connection import changing, reading
from evenstride.store.files import original_path
from evenstride.store.tables import REVISION, athlete_state, metadata
from evenstride.store.watching import WatchedFile, file_key, note_watched, watch

CHECK = SideCheck(
    source="watch_balance", device="x", checked=date(2026, 5, 1), leg="left", method="hop", answer="as_named",
    shift_pct=0.1 + 0.2, low_pct=0.0, high_pct=1 / 3,
)  # fmt: skip
HOPS = TestResult(test="single_leg_hop", day=date(2026, 5, 4), left=(1 / 3,), right=(1.1,))
WEEK = date(2026, 5, 4)
TRIAL = Trial(
    id="2026-05-04-quiet_feet", what="quiet_feet", kind="cue", metric="contact_time", source="watch_balance",
    unit="run", began=WEEK, periods=(TrialPeriod(number=1, pair=1, on=True),), smallest=1.0, seed=7,
)  # fmt: skip
NO_RUN = CalendarEntry(said="2026-05-06 rest", days=(DayRuns(day=date(2026, 5, 6)),))


def plan_ahead(store, athlete_id, now):
    """Keep a plan with a change of the calendar, a log of a session, and a return to running."""
    plan = example_plan()
    add_plan(store, athlete_id, NewPlan(plan=plan, began=plan.start, why="made", changes=(NO_RUN,)), now)
    add_session_logs(store, athlete_id, [SessionLog(session=plan.sessions[0].id, day=plan.start)], now)
    state = start_return(side="left", site="calf", today=plan.start)
    log = ReturnLog(day=plan.start, during_0_10=1 / 3, after_0_10=0)
    add_return_state(store, athlete_id, state, now, day=plan.start, log=log)


def look_back(store, athlete_id, now):
    """Keep what was felt, a review, a trial, and a session of a coach."""
    add_run_log(store, athlete_id, RunLog(day=WEEK, items={"arm_swing": 3}, effort_0_10=1 / 3), now)
    add_day_log(store, athlete_id, DayLog(day=WEEK, sleep_hours=7.5), now)
    add_review(store, athlete_id, Review(week=WEEK, day=WEEK, outcome="hold", decisions=()), now)
    add_trial(store, athlete_id, TRIAL, now)
    add_template(store, athlete_id, SessionTemplate(name="hips", exercises=(), since=WEEK), now)
    add_feed(store, athlete_id, "a secret", now)
    watch(store, athlete_id, Path("runs"), now)
    seen = WatchedFile(
        key=file_key(Path("runs/a.fit")), name="a.fit", size_bytes=1, changed_ns=1, outcome="new", text="", help="",
        noted=now,
    )  # fmt: skip
    note_watched(store, athlete_id, [seen])


def fill(store, keeper, now):
    """Put a row into every table, of two athletes."""
    for profile in (Profile(name="Anna"), Profile(name="Ben", mass_kg=71.3)):
        one = add_athlete(store, profile, now).id
        run_id = keeper.keep(store, one, f"file of {profile.name}".encode(), name="grüße.fit")
        tag_run(store, one, run_id, {"shoe": "blue"})
        add_side_check(store, one, CHECK)
        add_test(store, one, HOPS)
        plan_ahead(store, one, now)
        look_back(store, one, now)
        with writing(store, one) as connection:
            note_outcome(connection, one, FileOutcome(key="f" * 64, name="bad", outcome="failed", text="No."), now)


@pytest.fixture
def full(store, keeper, now):
    """A store with something of everything."""
    fill(store, keeper, now)
    return store


def everything(store):
    """Rows and files; not the marks, which are drawn anew in the store that takes a backup back."""
    with reading(store) as connection:
        rows = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in metadata.sorted_tables
            if table is not athlete_state
        }
    files = {
        (one.id, file.sha256): read_original(originals_folder(store, one.id), file.sha256)
        for one in athletes(store)
        for file in originals(store, one.id)
    }
    return rows, files


def altered(path: Path, to: Path, change) -> Path:
    """Write the backup once more with ``change(name, content)`` → content, or None to leave the entry out."""
    with ZipFile(path) as old, ZipFile(to, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return to


def with_manifest(change):
    def alter(name, content):
        return json.dumps(change(json.loads(content))).encode() if name == "manifest.json" else content

    return alter


def with_row(table, change):
    """Change every row of a table, with its digest in the manifest: a forger's work."""
    return with_rows(table, lambda rows: [change(row) for row in rows])


def with_run_id(run_id):
    """Give the run another name wherever it is named."""

    def alter(path, to):
        for table in ("run", "recording", "run_tag"):
            path = with_row(table, lambda row: row | {"run_id": run_id})(path, to.with_suffix(f".{table}"))
        return path

    return alter


def with_profile(changed, **columns):
    """Change what is told of the person."""

    def change(row):
        return row | {"profile": json.dumps(json.loads(row["profile"]) | changed)} | columns

    return with_row("athlete", change)


def with_rows(table, change):
    """Give a table other rows."""

    def alter(path, to):
        with ZipFile(path) as old:
            rows = change([json.loads(line) for line in old.read(f"tables/{table}.jsonl").splitlines()])
            assert rows or table == "recording_original", "nothing was forged"
            forged = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
            manifest = json.loads(old.read("manifest.json"))
        manifest["tables"][table] = {"sha256": sha256(forged).hexdigest(), "rows": len(rows)}
        entries = {f"tables/{table}.jsonl": forged, "manifest.json": json.dumps(manifest).encode()}
        return altered(path, to, lambda name, content: entries.get(name, content))

    return alter


@pytest.fixture
def saved(full, tmp_path, now):
    path = tmp_path / "evenstride.zip"
    backup(full, path, now)
    return path


def test_everything_comes_back_from_either_database_to_sqlite(full, saved, other_store):
    restore(other_store, saved)
    assert everything(other_store) == everything(full)


def test_everything_moves_from_sqlite_to_postgresql(other_store, keeper, now, postgresql_url, tmp_path):
    fill(other_store, keeper, now)
    backup(other_store, tmp_path / "b.zip", now)
    server = open_store(postgresql_url, tmp_path / "server")
    restore(server, tmp_path / "b.zip")
    assert everything(server) == everything(other_store)
    close_store(server)


def test_a_backup_of_what_was_restored_holds_the_same(full, saved, other_store, tmp_path, now):
    restore(other_store, saved)
    backup(other_store, tmp_path / "second.zip", now)
    with ZipFile(saved) as one, ZipFile(tmp_path / "second.zip") as two:
        assert sorted(one.namelist()) == sorted(two.namelist())
        assert all(one.read(name) == two.read(name) for name in one.namelist() if name.startswith("originals/"))
        rows = [json.loads(file.read("manifest.json"))["tables"] for file in (one, two)]
    marks = [one.pop("athlete_state")["rows"] for one in rows]  # drawn anew
    assert marks == [2, 2]
    assert rows[0] == rows[1]


def test_a_backup_says_what_it_holds(full, saved, now, other_store):
    held = restore(other_store, saved)
    assert held.athletes == ("Anna", "Ben")
    assert (held.created, held.n_originals, held.missing) == (now, 2, ())
    assert all(held.rows[table.name] == 2 for table in metadata.sorted_tables)


def test_a_backup_is_readable_by_its_owner_only(saved):
    assert saved.stat().st_mode & 0o077 == 0


def test_originals_stand_in_a_backup_byte_for_byte(full, saved):
    anna = find_athlete(full, "Anna").id
    content = b"file of Anna"
    with ZipFile(saved) as archive:
        assert archive.read(f"originals/{anna}/{sha256(content).hexdigest()}") == content


def test_an_original_that_is_gone_does_not_stop_a_backup(full, tmp_path, now, other_store):
    anna = find_athlete(full, "Anna").id
    (file,) = originals(full, anna)
    original_path(originals_folder(full, anna), file.sha256).unlink()
    made = backup(full, tmp_path / "b.zip", now)
    assert made.missing == (f"{anna}/{file.sha256}",)
    assert made.missing_names == (file.name,)
    restored = restore(other_store, tmp_path / "b.zip")
    assert (restored.missing, restored.missing_names) == (made.missing, made.missing_names)
    assert find_run(other_store, anna, "2026-05-04")


def test_a_file_of_two_athletes_that_one_of_them_lost_comes_back_for_the_other(store, keeper, tmp_path, now):
    anna, ben = (add_athlete(store, Profile(name=name), now).id for name in ("Anna", "Ben"))
    for one in (anna, ben):
        keeper.keep(store, one, b"a run together")
    (file,) = originals(store, anna)
    original_path(originals_folder(store, anna), file.sha256).unlink()
    backup(store, tmp_path / "b.zip", now)
    new = open_store(None, tmp_path / "new")
    restore(new, tmp_path / "b.zip")
    assert read_original(originals_folder(new, ben), file.sha256) == b"a run together"
    close_store(new)


def test_who_has_no_run_yet_can_import_after_a_restore(store, other_store, tmp_path, now):
    anna = add_athlete(store, Profile(name="Anna"), now).id
    backup(store, tmp_path / "b.zip", now)
    restore(other_store, tmp_path / "b.zip")
    assert keep_original(originals_folder(other_store, anna), b"a run")


def test_a_backup_that_cannot_be_written_leaves_nothing(full, tmp_path, now):
    with pytest.raises(InvalidRequest, match="cannot be written"):
        backup(full, tmp_path / "nowhere" / "b.zip", now)
    assert not (tmp_path / "nowhere").exists()


def test_a_backup_that_fails_leaves_the_earlier_one(full, saved, now, monkeypatch):
    before = saved.read_bytes()

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("evenstride.store.backups._write_original", full_disk)
    with pytest.raises(InvalidRequest, match="No space left"):
        backup(full, saved, now)
    assert saved.read_bytes() == before
    assert [path.name for path in saved.parent.iterdir() if path.suffix == ".part"] == []


def test_somebody_who_is_kept_already_is_named(full, saved):
    with pytest.raises(AthleteExists, match="Anna, Ben"):
        restore(full, saved)


def test_a_namesake_is_not_mixed_up(saved, other_store, now):
    add_athlete(other_store, Profile(name="ben"), now)
    with pytest.raises(AthleteExists, match="Ben"):
        restore(other_store, saved)
    assert [one.profile.name for one in athletes(other_store)] == ["ben"]
    assert [one.id for one in athletes(other_store)] == [one.name for one in originals_of_all(other_store)]


def originals_of_all(store):
    return sorted((store.data / "originals").iterdir())


KILLED = """
import os, signal, sys
from pathlib import Path
from evenstride.store import open_store, restore, restoring
restoring._copy = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
restore(open_store(None, Path(sys.argv[1])), Path(sys.argv[2]))
"""


def test_what_a_killed_restore_laid_out_is_gone_after_the_next_one(sample, other_store):
    given = [sys.executable, "-c", KILLED, str(other_store.data), str(sample)]
    assert subprocess.run(given, check=False).returncode == -9
    assert originals_of_all(other_store)
    restore(other_store, sample)
    assert [one.id for one in athletes(other_store)] == [one.name for one in originals_of_all(other_store)]


def test_originals_that_are_there_already_are_joined(sample, other_store):
    restore(other_store, sample)
    (anna,) = athletes(other_store)
    folder = originals_folder(other_store, anna.id)
    second = keep_original(folder, b"second")
    with changing(other_store) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(delete(table))
    restore(other_store, sample)
    assert read_original(folder, second) == b"second"
    assert read_original(folder, sha256(b"a file").hexdigest()) == b"a file"


def test_restoring_adds_to_others(saved, other_store, now):
    add_athlete(other_store, Profile(name="Zoë"), now)
    restore(other_store, saved)
    assert len(athletes(other_store)) == 3


def swap_athlete(row):
    return row | {"athlete_id": "../../../../tmp/somewhere_else____"[:32]}


HOSTILE = {
    "a path instead of an athlete": with_row("athlete", swap_athlete),
    "a path instead of a digest": with_row("original", lambda row: row | {"sha256": "../../../evil".ljust(64, "x")}),
    "a name in other spelling": with_row("athlete", lambda row: row | {"name_key": row["name_key"] + "x"}),
    "a wrong size": with_row("original", lambda row: row | {"size_bytes": row["size_bytes"] + 1}),
    "a huge size": with_row("original", lambda row: row | {"size_bytes": 2**70}),
    "a negative size": with_row("original", lambda row: row | {"size_bytes": -1}),
    "a text as size": with_row("original", lambda row: row | {"size_bytes": "many"}),
    "an unknown column": with_row("run", lambda row: row | {"x": 1}),
    "a missing column": with_row("run", lambda row: {name: one for name, one in row.items() if name != "day"}),
    "a list as a value": with_row("run", lambda row: row | {"day": [1]}),
    "no time at all": with_row("run", lambda row: row | {"start": "yesterday"}),
    "a time without zone": with_row("run", lambda row: row | {"start": "2026-05-04"}),
    "no day": with_row("run", lambda row: row | {"day": "today"}),
    "a null where none may be": with_row("run", lambda row: row | {"start": None}),
    "a run of nobody": with_row("run", lambda row: row | {"athlete_id": "0" * 32}),
    "a text as a number": with_row("run", lambda row: row | {"duration_s": "long"}),
    "a profile that is none": with_row("athlete", lambda row: row | {"profile": "{}"}),
    "a row that is a list": with_row("run", lambda _row: [1]),
    "a run with a wild name": with_run_id("2026-05-04/../../x"),
    "a run with a wild number": with_run_id("2026-05-04-one"),
    "a run of another day": with_run_id("2026-05-05"),
    "a run without recordings": with_rows("run", lambda rows: [*rows, rows[0] | {"run_id": "2026-05-04-2"}]),
    "a recording of no file": with_rows("recording_original", lambda _rows: []),
    "a recording that is no report": with_row("recording", lambda row: row | {"report": "{}"}),
    "a recording with a wild name": with_row("recording", lambda row: row | {"recording_id": "../x"}),
    "a recording at another time": with_row("recording", lambda row: row | {"duration_s": 7.0}),
    "an endless recording": with_row("recording", lambda row: row | {"duration_s": float("inf")}),
    "an endless run": with_row("run", lambda row: row | {"duration_s": float("inf")}),
    "a side check that is none": with_row("side_check", lambda row: row | {"body": "[]"}),
    "a test that is none": with_row("test_result", lambda row: row | {"body": "null"}),
    "a test with a wild name": with_row("test_result", lambda row: row | {"test_id": "\x1b[2J"}),
    "an outcome that is none": with_row("file_outcome", lambda row: row | {"outcome": "eaten"}),
    "an outcome with a wild key": with_row("file_outcome", lambda row: row | {"file_key": "\x1b[2J"}),
    "an original that leads elsewhere": with_row("original", lambda row: row | {"name": "../../evil.fit"}),
    "an original at a place": with_row("original", lambda row: row | {"name": "/etc/evil.fit"}),
    "an original of another system": with_row("original", lambda row: row | {"name": "..\\evil.fit"}),
    "an original that speaks to a terminal": with_row("original", lambda row: row | {"name": "a\x1b[2J.fit"}),
    "an original that is a folder": with_row("original", lambda row: row | {"name": ".."}),
    "a size that reads to the end": with_row("original", lambda row: row | {"size_bytes": -2}),
    "a person in a zone that is none": with_profile({"timezone": "Mars/Olympus"}),
    "a person with a wild name": with_profile({"name": "anna\x1b[2J"}, name_key="anna\x1b[2j"),
    "a plan that is none": with_row("plan", lambda row: row | {"body": "{}"}),
    "a plan of another day": with_row("plan", lambda row: row | {"start": "2026-05-05"}),
    "a plan that speaks to a terminal": with_row("plan", lambda row: row | {"why": "\x1b[2J"}),
    "a change of the calendar that is none": with_row("calendar_change", lambda row: row | {"body": "{}"}),
    "a change for a plan of nobody": with_row("calendar_change", lambda row: row | {"plan_number": 7}),
    "a log that is none": with_row("session_log", lambda row: row | {"body": "7"}),
    "a run's log of another run": with_row("run_log", lambda row: row | {"run": "x"}),
    "a run's log that speaks to a terminal": with_row("run_log", lambda row: row | {"name": "\x1b[2J"}),
    "a run's log that is none": with_row(
        "run_log", lambda row: row | {"body": '{"day":"2026-05-04","effort_0_10":11}'}
    ),
    "a morning of another day": with_row("day_log", lambda row: row | {"day": "2026-05-05"}),
    "a review of another week": with_row("review", lambda row: row | {"week": "2026-05-11"}),
    "a review for a plan of nobody": with_row("review", lambda row: row | {"plan_number": 7}),
    "a trial of another name": with_row("trial", lambda row: row | {"name": "x"}),
    "a coach's session that is none": with_row("session_template", lambda row: row | {"body": "[]"}),
    "a log of another session": with_row("session_log", lambda row: row | {"session": "x"}),
    "a return that is none": with_row("return_state", lambda row: row | {"body": "{}"}),
    "a session of a return that is none": with_row("return_state", lambda row: row | {"log": "{}"}),
    "a row twice": with_row("run", lambda row: row | {"athlete_id": "0" * 32, "run_id": "x"}),
}
BROKEN = {
    "no manifest": lambda name, content: None if name == "manifest.json" else content,
    "an empty manifest": with_manifest(lambda _: {}),
    "a list as manifest": with_manifest(lambda _: []),
    "another schema": with_manifest(lambda one: one | {"schema": "something"}),
    "a table that is not there": with_manifest(
        lambda one: one | {"tables": one["tables"] | {"sqlite_master": one["tables"]["run"]}}
    ),
    "a table of no revision": with_manifest(
        lambda one: one | {"tables": one["tables"] | {"foo": one["tables"]["run"]}}
    ),
    "a missing file that is no file": with_manifest(lambda one: one | {"missing": ["0" * 64]}),
    "a table with a wild name": with_manifest(lambda one: one | {"tables": one["tables"] | {"run; DROP": {}}}),
    "a table missing in the manifest": with_manifest(
        lambda one: one | {"tables": {name: table for name, table in one["tables"].items() if name != "run_tag"}}
    ),
    "another count": with_manifest(
        lambda one: one | {"tables": one["tables"] | {"run": one["tables"]["run"] | {"rows": 7}}}
    ),
    "a count of originals": with_manifest(lambda one: one | {"originals": 5}),
    "no moment": with_manifest(lambda one: one | {"created": "now"}),
    "a row altered": lambda name, content: content.replace(b"blue", b"grey") if "run_tag" in name else content,
    "a row cut": lambda name, content: content[:-20] if "recording.jsonl" in name else content,
    "an original altered": lambda name, content: content + b"!" if name.startswith("originals/") else content,
    "an original missing": lambda name, content: None if name.startswith("originals/") else content,
    "rows that blow up": lambda name, content: b" " * 60_000_000 if "run_tag" in name else content,
}


def assert_refused(store, path):
    before = everything(store)
    with pytest.raises(UnreadableInput, match="not a whole evenstride backup"):
        restore(store, path)
    assert everything(store) == before
    assert [path.name for path in (store.data / "originals").iterdir()] == []


@pytest.fixture(scope="session")
def whole_backup(sqlite_schema, keeper, now, tmp_path_factory):
    """A backup of one athlete with something of everything, made once."""
    folder = tmp_path_factory.mktemp("whole")
    lay_out(sqlite_schema, folder / "data")
    store = open_store(None, folder / "data")
    one = add_athlete(store, Profile(name="Anna"), now).id
    tag_run(store, one, keeper.keep(store, one), {"shoe": "blue"})
    add_side_check(store, one, CHECK)
    add_test(store, one, HOPS)
    plan_ahead(store, one, now)
    look_back(store, one, now)
    with writing(store, one) as connection:
        note_outcome(connection, one, FileOutcome(key="f" * 64, name="bad", outcome="failed", text="No."), now)
    backup(store, folder / "whole.zip", now)
    close_store(store)
    return folder / "whole.zip"


@pytest.fixture
def sample(whole_backup, tmp_path):
    """A copy of it to be spoilt; nobody of it is in the other store."""
    return Path(shutil.copy(whole_backup, tmp_path / "sample.zip"))


@pytest.mark.parametrize("what", HOSTILE)
def test_a_forged_backup_is_refused_and_changes_nothing(sample, other_store, tmp_path, what):
    path = HOSTILE[what](sample, tmp_path / "forged.zip")
    before = set(tmp_path.rglob("*"))
    with pytest.raises(UnreadableInput, match="not a whole evenstride backup"):
        restore(other_store, path)
    assert athletes(other_store) == ()
    assert list((other_store.data / "originals").iterdir()) == []
    assert {one for one in tmp_path.rglob("*") if one not in before} == set()


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_backup_is_refused_and_changes_nothing(sample, other_store, tmp_path, what):
    assert_refused(other_store, altered(sample, tmp_path / "broken.zip", BROKEN[what]))


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "originals/../../evil", "tables/other.jsonl", "notes.txt"])
def test_an_entry_that_does_not_belong_is_refused(sample, other_store, tmp_path, name):
    path = Path(shutil.copy(sample, tmp_path / "extra.zip"))
    with ZipFile(path, "a") as archive:
        archive.writestr(name, b"x")
    assert_refused(other_store, path)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_backup_is_refused(sample, other_store, tmp_path, share):
    content = sample.read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[: int(share * len(content))])
    assert_refused(other_store, tmp_path / "cut.zip")


def test_a_changed_byte_never_comes_back_unnoticed(sample, other_store, tmp_path):
    content = sample.read_bytes()
    whole = restore(other_store, sample)
    kept = everything(other_store)
    for place in range(0, len(content), len(content) // 60):
        spoilt = tmp_path / "spoilt.zip"
        spoilt.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        erase_everybody(other_store)
        try:  # a byte that means nothing: a date of the zip
            assert replace(restore(other_store, spoilt), path=whole.path) == whole
            assert everything(other_store) == kept
        except (UnreadableInput, NewerStore):
            assert athletes(other_store) == ()


def erase_everybody(store):
    for one in athletes(store):
        erase(store, one.id)


def test_an_original_that_blows_up_is_never_unpacked(sample, other_store, tmp_path):
    """The bomb has the size that its row names: what gives it away is how small it is when packed."""
    bomb = b" " * 60_000_000
    digest = sha256(bomb).hexdigest()
    forged = with_row("original", lambda row: row | {"sha256": digest, "size_bytes": len(bomb)})(
        with_row("recording_original", lambda row: row | {"sha256": digest})(sample, tmp_path / "1.zip"),
        tmp_path / "2.zip",
    )
    with ZipFile(forged) as old, ZipFile(tmp_path / "bomb.zip", "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.startswith("originals/"):
                new.writestr(f"{name.rpartition('/')[0]}/{digest}", bomb)
            else:
                new.writestr(name, old.read(name))
    assert_refused(other_store, tmp_path / "bomb.zip")


def test_a_missing_file_is_said_to_be_missing(other_store, tmp_path):
    with pytest.raises(UnreadableInput, match="There is no file"):
        restore(other_store, tmp_path / "nothing.zip")


def test_a_newer_kind_of_backup_is_refused(sample, other_store, tmp_path):
    path = altered(sample, tmp_path / "n.zip", with_manifest(lambda one: one | {"schema": "evenstride.backup/2"}))
    with pytest.raises(NewerStore):
        restore(other_store, path)


def test_a_backup_of_a_newer_schema_is_refused(sample, other_store, tmp_path):
    path = altered(sample, tmp_path / "n.zip", with_manifest(lambda one: one | {"revision": "9999"}))
    with pytest.raises(NewerStore):
        restore(other_store, path)


STEP = """
from alembic import op
revision = "9000"
down_revision = "{newest}"


def upgrade():
    op.execute("UPDATE run_tag SET value = value || ' shoe'")
"""


def test_an_older_backup_is_upgraded_as_it_is_restored(sample, tmp_path, monkeypatch):
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "r9000_example.py").write_text(STEP.format(newest=REVISION))
    monkeypatch.setattr(migrate_module, "STEPS", (*migrate_module.STEPS, steps))
    monkeypatch.setattr(migrate_module, "REVISION", "9000")
    monkeypatch.setattr("evenstride.store.connection.REVISION", "9000")
    later = open_store(None, tmp_path / "later")
    restore(later, sample)
    (anna,) = athletes(later)
    assert find_run(later, anna.id, "2026-05-04").tags == {"shoe": "blue shoe"}
    close_store(later)


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_a_backup_of_an_earlier_schema_is_restored_with_everything(store, now, revision):
    old = Path(__file__).parent / "revisions" / f"{revision}.backup"
    held = restore(store, old)
    assert (held.revision, held.athletes, held.n_originals) == (revision, ("Anna", "Ben"), 2)
    with ZipFile(old) as archive:
        tables = json.loads(archive.read("manifest.json"))["tables"]
    assert {name: count for name, count in held.rows.items() if name in tables} == {
        name: one["rows"] for name, one in tables.items()
    }
    anna = find_athlete(store, "Anna")
    (file,) = originals(store, anna.id)
    assert read_original(originals_folder(store, anna.id), file.sha256) == b"file of Anna"
    plan_ahead(store, anna.id, now)
