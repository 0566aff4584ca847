"""Runs read back as they were kept, in order, with their tags."""

from datetime import UTC, timedelta
from pathlib import Path

import pytest

from evenstride.errors import StoreDamaged, UnknownEntry
from evenstride.model import Original, Profile
from evenstride.store import (
    add_athlete,
    close_store,
    find_run,
    open_store,
    originals,
    originals_folder,
    outdated,
    read_original,
    replace_report,
    runs,
    tag_run,
    writing,
)
from evenstride.store.connection import changing, reading
from evenstride.store.tables import recording


def test_a_run_comes_back_as_it_was_kept(store, anna, keeper):
    run_id = keeper.keep(store, anna, b"a file")
    run = find_run(store, anna, run_id)
    new = keeper.recording(*run.recordings[0].originals)
    assert run.recordings == (new,)
    assert (run.start, run.duration_s, run.tags) == (new.report.start, new.report.duration_s, {})
    assert run.start.tzinfo is UTC


def test_runs_are_in_order_of_time(store, anna, keeper):
    for hours in (72, 0, 24):
        keeper.keep(store, anna, bytes([hours]), hours=hours)
    assert [run.id for run in runs(store, anna)] == ["2026-05-04", "2026-05-05", "2026-05-07"]


def test_runs_since_a_moment_include_the_one_that_starts_then(store, anna, keeper):
    for hours in (0, 24, 48):
        keeper.keep(store, anna, bytes([hours]), hours=hours)
    second = runs(store, anna)[1]
    assert [run.id for run in runs(store, anna, second.start)] == ["2026-05-05", "2026-05-06"]
    assert len(runs(store, anna, second.start + timedelta(microseconds=1))) == 1


def test_nobody_reads_another_athletes_runs(store, anna, keeper, now):
    run_id = keeper.keep(store, anna)
    ben = add_athlete(store, Profile(name="Ben"), now).id
    assert (runs(store, ben), originals(store, ben), outdated(store, ben, "2")) == ((), (), ())
    with pytest.raises(UnknownEntry):
        find_run(store, ben, run_id)


def test_the_original_can_be_handed_back(store, anna, keeper):
    keeper.keep(store, anna, b"every byte", name="monday.fit")
    (original,) = originals(store, anna)
    assert (original.name, original.size_bytes) == ("monday.fit", 10)
    assert read_original(originals_folder(store, anna), original.sha256) == b"every byte"


def test_tags_are_set_changed_and_taken_away(store, anna, keeper):
    run_id = keeper.keep(store, anna)
    tag_run(store, anna, run_id, {"surface": "trail", "shoe": "blue"})
    tag_run(store, anna, run_id, {"shoe": "red", "surface": None, "kind": None})
    assert find_run(store, anna, run_id).tags == {"shoe": "red"}


def test_an_unknown_run_cannot_be_tagged(store, anna):
    with pytest.raises(UnknownEntry, match="2020-01-01"):
        tag_run(store, anna, "2020-01-01", {"shoe": "red"})


def test_recordings_of_another_method_are_outdated(store, anna, keeper):
    keeper.keep(store, anna, b"old", method="1")
    keeper.keep(store, anna, b"new", method="2", hours=24)
    (old,) = outdated(store, anna, "2")
    assert (old.run_id, old.method, old.part) == ("2026-05-04", "1", 0)
    with writing(store, anna) as connection:
        replace_report(connection, anna, old.id, keeper.recording().report, "2")
    assert outdated(store, anna, "2") == ()


def test_a_report_that_cannot_be_read_names_its_run(store, anna, keeper):
    keeper.keep(store, anna)
    with changing(store) as connection:
        connection.execute(recording.update().values(report="{}"))
    with pytest.raises(StoreDamaged, match="2026-05-04"):
        runs(store, anna)


def test_an_original_has_the_name_under_which_it_first_came(store, anna, keeper):
    keeper.keep(store, anna, b"same", name="first.fit")
    keeper.keep(store, anna, b"same", name="again.fit", part=1, hours=24)
    assert [one.name for one in originals(store, anna)] == ["first.fit"]
    assert isinstance(originals(store, anna)[0], Original)


def test_the_query_in_the_documentation_answers(other_store, keeper, now):
    anna = add_athlete(other_store, Profile(name="Anna"), now).id
    keeper.keep(other_store, anna)
    page = (Path(__file__).resolve().parents[2] / "docs" / "store.md").read_text(encoding="utf8")
    query = page.split("```sql")[1].split("```")[0]
    with reading(other_store) as connection:
        assert connection.exec_driver_sql(query).all() == [("2026-05-04", -1.9)]


def test_moments_keep_their_microseconds(store, anna, keeper, database_url):
    keeper.keep(store, anna, start=keeper.now + timedelta(microseconds=1))
    again = open_store(database_url, store.data)
    assert runs(again, anna)[0].start == keeper.now + timedelta(microseconds=1)
    close_store(again)
