"""Runs into the store: from anywhere, once, on both databases."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from tests import exports

from evenstride.model import Profile
from evenstride.report.fit_encoder import encode_activity
from evenstride.service.archive import importing
from evenstride.service.home import kept_runs, open_home
from evenstride.service.recompute import count_outdated, each_recomputed, hand_back, run_in_full
from evenstride.service.where import find_where
from evenstride.store import failures, seen

SIX = exports.runs()


@pytest.fixture
def where(tmp_path):
    return find_where(data=str(tmp_path / "data"), athlete="ana", environment={})


def take(where, *paths, jobs=1):
    with (
        open_home(where, make=True) as home,
        importing(home, [Path(path) for path in paths], jobs=jobs) as (stands, steps),
    ):
        for _ in steps:
            pass
    return stands


def laid(export, folder):
    export.write(folder)
    return folder


def runs_of(where):
    with open_home(where) as home:
        return kept_runs(home)


@pytest.mark.parametrize("build", [exports.garmin_export, exports.strava_export])
def test_a_bulk_export_is_taken_in_as_it_comes(build, where, tmp_path):
    export = build(SIX)
    stands = take(where, laid(export, tmp_path / "in"))
    assert sorted(run.start for run in runs_of(where)) == sorted(exports.starts_of(SIX))
    assert len(stands.runs_added) == 6


def test_a_folder_with_copies_keeps_each_run_once(where, tmp_path):
    take(where, laid(exports.folder_with_duplicates(SIX), tmp_path / "in"))
    assert sorted(run.start for run in runs_of(where)) == sorted(exports.starts_of(SIX))


def test_everything_at_once_is_still_one_run_each(where, tmp_path):
    take(where, laid(exports.everything(), tmp_path / "in"), jobs=2)
    # The pods' table tells its start to the millisecond.
    starts = sorted(run.start.replace(microsecond=0) for run in runs_of(where))
    assert starts == sorted(exports.starts_of(SIX))


def test_a_second_import_adds_nothing(where, tmp_path):
    folder = laid(exports.folder_with_duplicates(SIX), tmp_path / "in")
    take(where, folder)
    before = runs_of(where)
    again = take(where, folder)
    assert (again.kept, again.runs_added, runs_of(where)) == (0, [], before)


def test_one_bad_file_never_stops_the_rest_and_each_is_listed(where, tmp_path):
    stands = take(where, laid(exports.broken_folder(SIX), tmp_path / "in"))
    assert len(runs_of(where)) == 3
    with open_home(where) as home:
        assert {one.name for one in failures(home.store, home.athlete_id)} == {one.name for one in stands.failed}
    assert all(one.text and one.help for one in stands.failed)


def test_an_original_is_handed_back_byte_for_byte(where, tmp_path):
    data = gzip.compress(encode_activity(SIX[0]))
    (tmp_path / "monday.fit.gz").write_bytes(data)
    take(where, tmp_path / "monday.fit.gz")
    with open_home(where) as home:
        (path,) = hand_back(home, kept_runs(home)[0], tmp_path / "out")
    assert (path.name, path.read_bytes()) == ("monday.fit.gz", data)


def test_handing_back_overwrites_nothing(where, tmp_path):
    (tmp_path / "monday.fit").write_bytes(encode_activity(SIX[0]))
    take(where, tmp_path / "monday.fit")
    with open_home(where) as home:
        run = kept_runs(home)[0]
        paths = {*hand_back(home, run, tmp_path / "out"), *hand_back(home, run, tmp_path / "out")}
    assert len(paths) == 2


def test_the_fuller_recording_speaks_whichever_came_first(where, tmp_path):
    (tmp_path / "a.gpx").write_bytes(exports.gpx_file(SIX[0]))
    (tmp_path / "b.fit").write_bytes(encode_activity(SIX[0]))
    take(where, tmp_path / "a.gpx")
    take(where, tmp_path / "b.fit")
    (run,) = runs_of(where)
    assert [one.report.source.format for one in run.recordings] == ["fit", "gpx"]


def test_pods_that_come_one_after_the_other_become_one_recording(where, tmp_path):
    (activity,) = exports.runs(1, pods=True)
    left, right = exports.runscribe_pair(activity)
    (tmp_path / "run left.csv").write_bytes(left)
    (tmp_path / "run right.csv").write_bytes(right)
    take(where, tmp_path / "run left.csv")
    take(where, tmp_path / "run right.csv")
    (run,) = runs_of(where)
    (recording,) = run.recordings
    assert recording.report.estimates
    assert len(recording.originals) == 2


def test_a_clock_without_a_zone_is_the_athletes_own(where, tmp_path):
    (activity,) = exports.runs(1, pods=True)
    left, right = exports.runscribe_pair(activity)
    (tmp_path / "run left.csv").write_bytes(left)
    (tmp_path / "run right.csv").write_bytes(right)
    with open_home(where, make=True) as home:
        from evenstride.store import save_profile

        save_profile(home.store, home.athlete_id, Profile(name="ana", timezone="Pacific/Auckland"))
    take(where, tmp_path / "run left.csv", tmp_path / "run right.csv")
    (run,) = runs_of(where)
    moved = run.start - activity.start
    assert timedelta(hours=-13) <= moved <= timedelta(hours=-12)


def test_two_athletes_may_have_the_same_file(tmp_path):
    (tmp_path / "monday.fit").write_bytes(encode_activity(SIX[0]))
    for name in ("ana", "ben"):
        one = find_where(data=str(tmp_path / "data"), athlete=name, environment={})
        if name == "ben":
            from datetime import UTC, datetime

            from evenstride.service.home import opened
            from evenstride.store import add_athlete

            with opened(one) as store:
                add_athlete(store, Profile(name="ben"), now=datetime.now(UTC))
        take(one, tmp_path / "monday.fit")
        assert len(runs_of(one)) == 1


def test_another_method_is_recomputed_from_the_originals(where, tmp_path, monkeypatch):
    take(where, laid(exports.folder_with_duplicates(SIX), tmp_path / "in"))
    before = runs_of(where)
    monkeypatch.setattr("evenstride.service.recompute.METHOD", "another")
    with open_home(where) as home:
        n = count_outdated(home)
        assert n == sum(len(run.recordings) for run in before) > 6
        assert len(list(each_recomputed(home, jobs=1))) == n
        assert count_outdated(home) == 0
        after = kept_runs(home)
    assert [[one.report for one in run.recordings] for run in after] == [
        [one.report for one in run.recordings] for run in before
    ]


def test_a_run_is_shown_in_full_from_its_original(where, tmp_path):
    (tmp_path / "monday.fit").write_bytes(encode_activity(SIX[0]))
    take(where, tmp_path / "monday.fit")
    with open_home(where) as home:
        (run,) = kept_runs(home)
        (full,) = run_in_full(home, run)
    assert full.judged[0].trace is not None
    assert full.estimates == run.recordings[0].report.estimates


def test_what_nobody_named_and_is_no_run_is_passed_over_and_remembered(where, tmp_path):
    stands = take(where, laid(exports.garmin_export(SIX), tmp_path / "in"))
    assert sum(stands.skipped.values()) > 0
    with open_home(where) as home:
        assert list(seen(home.store, home.athlete_id).values()).count("skipped") == sum(stands.skipped.values())


def test_a_name_that_is_not_there_is_a_failure_with_a_sentence(where, tmp_path):
    (failed,) = take(where, tmp_path / "nothing").failed
    assert "There is no file or folder" in failed.text


def test_nothing_is_left_of_archives_that_were_opened(where, tmp_path):
    take(where, laid(exports.garmin_export(SIX), tmp_path / "in"))
    assert not list((tmp_path / "data").glob("unpacked-*"))


@pytest.mark.real_data
def test_the_real_recordings_are_taken_in_with_their_twins_merged(where, real_data):
    stands = take(where, *(real_data / one for one in ("fit", "gpx", "tcx", "csv", "garmin_connect_json")), jobs=2)
    twins = {
        run.id: sorted(one.report.source.format for one in run.recordings)
        for run in runs_of(where) if len(run.recordings) > 1
    }  # fmt: skip
    assert twins == {
        "2016-09-25": ["fit", "garmin_json"],
        "2018-03-05": ["fit", "garmin_json"],
        "2020-02-02": ["fit", "tcx"],
        "2023-03-08": ["csv", "csv", "gpx"],
    }
    assert [one.name.rpartition("/")[2] for one in stands.failed] == ["DeveloperData.fit"]


def test_a_run_without_a_zone_moves_with_its_athletes_zone(where, tmp_path):
    from evenstride.service.athletes import change_person
    from evenstride.service.profile_text import ProfileWords

    (activity,) = exports.runs(1, pods=True)
    left, right = exports.runscribe_pair(activity)
    (tmp_path / "run left.csv").write_bytes(left)
    (tmp_path / "run right.csv").write_bytes(right)
    with open_home(where, make=True):
        pass
    change_person(where, ProfileWords(timezone="UTC"))
    take(where, tmp_path / "run left.csv", tmp_path / "run right.csv")
    change_person(where, ProfileWords(timezone="Pacific/Auckland"))
    (run,) = runs_of(where)
    with open_home(where) as home:
        (full,) = run_in_full(home, kept_runs(home)[0])
    assert full.start == run.recordings[0].report.start == run.start
    assert activity.start - run.start > timedelta(hours=11)
