"""What an import says of each file, as it goes on; and how it is stopped from within."""

from pathlib import Path

import pytest
from tests import exports

from evenstride.report.archive_words import file_words
from evenstride.service.archive import importing
from evenstride.service.home import kept_runs, open_home
from evenstride.service.pieces import Called
from evenstride.service.where import find_where
from evenstride.store import originals

SIX = exports.runs()


@pytest.fixture
def where(tmp_path):
    return find_where(data=str(tmp_path / "data"), athlete="ana", environment={})


@pytest.fixture
def files(tmp_path):
    exports.folder_with_duplicates(SIX).write(tmp_path / "in")
    return sorted(one for one in (tmp_path / "in").rglob("*") if one.is_file())


def take(where, paths, *, stop=lambda: False):
    with open_home(where, make=True) as home, importing(home, paths, jobs=1, stop=stop) as (stands, steps):
        for _ in steps:
            pass
        return stands, kept_runs(home), originals(home.store, home.athlete_id)


def test_every_file_has_a_line_and_every_run_is_named(where, files):
    stands, runs, _ = take(where, files)
    assert len(stands.told) == stands.files
    new = {one.run for one in stands.told if one.became == "new"}
    assert new == set(stands.runs_added) == {run.id for run in runs}
    assert sum(one.became == "known" for one in stands.told) == stands.duplicates
    assert [one.name for one in stands.told if one.became == "failed"] == [one.name for one in stands.failed]
    assert stands.read == stands.total


def test_a_file_that_is_there_names_its_run(where, files):
    first, _, _ = take(where, files)
    again, _, _ = take(where, files)
    assert {one.became for one in again.told} <= {"known", "aside", "failed"}
    known = {one.run for one in again.told if one.became == "known" and one.run}
    assert known == set(first.runs_added)


def test_a_reason_stands_with_the_file_that_failed(where, tmp_path):
    bad = tmp_path / "bad.fit"
    bad.write_bytes(b"nothing at all")
    stands, _, _ = take(where, [bad])
    [told] = stands.told
    assert told.became == "failed"
    assert file_words(told) == f"{stands.failed[0].text} {stands.failed[0].help}"


def test_a_file_keeps_the_name_that_its_owner_knows_it_by(where, files, tmp_path):
    run = next(one for one in files if one.suffix == ".fit")
    laid = tmp_path / "00000.fit"
    laid.write_bytes(run.read_bytes())
    stands, runs, kept = take(where, [Called(path=laid, name="May/monday.fit")])
    assert [one.name for one in stands.told] == ["May/monday.fit"]
    assert [one.name for one in kept] == ["monday.fit"]
    assert runs[0].recordings[0].report.source.name == "monday.fit"


def test_stopped_from_within_it_saves_what_it_has_read(where, files):
    fits = [Path(one) for one in files if one.suffix == ".fit"]
    asked = iter([False, True])
    stands, runs, _ = take(where, fits, stop=lambda: next(asked))
    assert stands.read == 2
    assert stands.read < stands.total
    assert len(runs) == len(stands.runs_added) >= 1
    rest, everything, _ = take(where, fits)
    assert len(everything) == len(runs) + len(rest.runs_added)
