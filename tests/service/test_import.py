"""Runs into the store: from anywhere, once, on both databases."""

import gzip
import io
import json
import os
import socket
import subprocess
import sys
import zipfile
from argparse import Namespace
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from tests import exports

from evenstride.model import Profile
from evenstride.report.fit_encoder import encode_activity
from evenstride.service.archive import _crashed, importing
from evenstride.service.home import kept_runs, open_home
from evenstride.service.pieces import Piece, Spool, find_pieces, read_together
from evenstride.service.recompute import count_outdated, each_recomputed, hand_back, run_in_full
from evenstride.service.where import find_where
from evenstride.store import failures, file_outcomes

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
    assert len(stands.aside) > 0
    with open_home(where) as home:
        remembered = file_outcomes(home.store, home.athlete_id)
    assert {one.key for one in stands.aside if one.key} <= remembered.keys()
    assert all(one.kind and one.text for one in stands.aside)


def test_a_name_that_is_not_there_is_a_failure_with_a_sentence(where, tmp_path):
    (failed,) = take(where, tmp_path / "nothing").failed
    assert "There is no file or folder" in failed.text


def test_nothing_is_left_of_archives_that_were_opened(where, tmp_path):
    take(where, laid(exports.garmin_export(SIX), tmp_path / "in"))
    assert not list((tmp_path / "data").glob("unpacked-*"))


def test_what_a_killed_import_left_goes_and_what_a_running_one_uses_stays(where, tmp_path):
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    dead, alive = (tmp_path / "data" / f"unpacked-{pid}-x" for pid in (ended.pid, os.getppid()))
    for folder in (dead, alive):
        folder.mkdir(parents=True)
    take(where, laid(exports.garmin_export(SIX), tmp_path / "in"))
    assert (dead.exists(), alive.exists()) == (False, True)


# --- what is kept is there, and what was damaged is healed


def originals_in(tmp_path):
    return [path for path in (tmp_path / "data" / "originals").rglob("*") if path.is_file()]


def test_a_lost_original_is_kept_again_when_its_file_is_offered_again(where, tmp_path):
    (tmp_path / "monday.fit").write_bytes(encode_activity(SIX[0]))
    take(where, tmp_path / "monday.fit")
    (original,) = originals_in(tmp_path)
    original.unlink()
    again = take(where, tmp_path / "monday.fit")
    assert (originals_in(tmp_path), again.runs_added, len(runs_of(where))) == ([original], [], 1)


def test_a_lost_packed_original_gives_way_to_the_plain_one(where, tmp_path):
    data = encode_activity(SIX[0])
    (tmp_path / "monday.fit.gz").write_bytes(gzip.compress(data))
    (tmp_path / "monday.fit").write_bytes(data)
    take(where, tmp_path / "monday.fit.gz")
    (original,) = originals_in(tmp_path)
    original.unlink()
    take(where, tmp_path / "monday.fit")
    with open_home(where) as home:
        (path,) = hand_back(home, kept_runs(home)[0], tmp_path / "out")
    assert path.read_bytes() == data


def test_one_run_packed_and_not_is_one_original(where, tmp_path):
    data = encode_activity(SIX[0])
    folder = laid(exports.Export(files={"a.fit": data, "b.fit.gz": gzip.compress(data)}, starts=()), tmp_path / "in")
    stands = take(where, folder)
    assert (len(originals_in(tmp_path)), stands.kept, stands.duplicates) == (1, 1, 1)


def test_a_zip_inside_a_gzip_gives_every_run_with_its_own_original(where, tmp_path):
    inside = {f"{i}.fit": encode_activity(one) for i, one in enumerate(SIX[:3])}
    (tmp_path / "all.zip.gz").write_bytes(gzip.compress(exports.zip_file(inside)))
    take(where, tmp_path / "all.zip.gz")
    with open_home(where) as home:
        starts = [run_in_full(home, run)[0].start for run in kept_runs(home)]
    assert starts == sorted(exports.starts_of(SIX[:3]))


def test_what_was_lost_of_a_damaged_archive_is_said_of_its_run(where, tmp_path):
    packed = bytearray(exports.zip_file({"a.fit": encode_activity(SIX[0])}))
    packed[packed.index(b"PK\x01\x02") + 16] ^= 1  # of the checksum
    (tmp_path / "a.zip").write_bytes(packed)
    take(where, tmp_path / "a.zip")
    (run,) = runs_of(where)
    assert [loss.code for loss in run.recordings[0].report.losses] == ["archive_damaged"]


# --- archives inside archives


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_damaged_archive_inside_an_archive_costs_only_itself(method, where, tmp_path):
    inner = exports.zip_file({"a.fit": encode_activity(SIX[0])})
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.zip", inner, compress_type=method)
        archive.writestr("b.fit", encode_activity(SIX[1]))
    (tmp_path / "all.zip").write_bytes(exports.corrupted(packed.getvalue(), "inner.zip"))
    stands = take(where, tmp_path / "all.zip")
    assert len(runs_of(where)) == 1
    assert [one.name for one in stands.failed if one.name == "all.zip/inner.zip"] == ["all.zip/inner.zip"]


def test_an_archive_that_was_half_downloaded_is_a_failure_beside_the_runs_that_came_out(where, tmp_path):
    whole = exports.zip_file({f"{i}.fit": encode_activity(one) for i, one in enumerate(SIX[:3])})
    (tmp_path / "half.zip").write_bytes(whole[: whole.rindex(b"PK\x03\x04")])
    stands = take(where, tmp_path / "half.zip")
    assert len(runs_of(where)) == 2
    assert [one.name for one in stands.failed] == ["half.zip"]


def test_a_half_downloaded_archive_leaves_the_list_when_the_whole_one_comes(where, tmp_path):
    whole = exports.zip_file({f"{i}.fit": encode_activity(one) for i, one in enumerate(SIX[:3])})
    (tmp_path / "all.zip").write_bytes(whole[: whole.rindex(b"PK\x03\x04")])
    take(where, tmp_path / "all.zip")
    (tmp_path / "all.zip").write_bytes(whole)
    take(where, tmp_path / "all.zip")
    assert len(runs_of(where)) == 3
    with open_home(where) as home:
        assert not failures(home.store, home.athlete_id)


def test_of_an_archive_inside_that_is_cut_short_the_whole_runs_are_taken_in(where, tmp_path):
    files = {f"{i}.fit": encode_activity(one) for i, one in enumerate(SIX[:3])}
    inner = exports.zip_file(files, stored=True)
    outer = bytearray(exports.zip_file({"inner.zip": inner}, stored=True))
    entry = outer.rindex(b"PK\x01\x02")
    outer[entry + 16] ^= 1  # of the checksum
    last = outer.index(files["2.fit"])
    outer[last + len(files["2.fit"]) - 40 : entry] = bytes(entry - last - len(files["2.fit"]) + 40)
    (tmp_path / "all.zip").write_bytes(outer)
    stands = take(where, tmp_path / "all.zip")
    assert set(exports.starts_of(SIX[:2])) <= {run.start for run in runs_of(where)}
    assert [one.name for one in stands.failed].count("all.zip/inner.zip") == 1


def test_an_archive_inside_that_would_fill_the_disk_costs_only_itself(where, tmp_path):
    bomb = exports.zip_file({"bomb.zip": exports.zip_file({"zeros.fit": bytes(64 << 20)}, stored=True)})
    folder = laid(
        exports.Export(files={"a.zip": bomb, "b.fit": encode_activity(SIX[0])}, starts=()),
        tmp_path / "in",
    )
    stands = take(where, folder)
    assert ([one.kind for one in stands.failed], len(runs_of(where))) == (["too_large"], 1)


def nested(tmp_path, n=1, size=1000):
    inner = {f"{i}.zip": exports.zip_file({"a.fit": bytes(size)}, stored=True) for i in range(n)}
    (tmp_path / "all.zip").write_bytes(exports.zip_file(inner, stored=True))
    (tmp_path / "spool").mkdir()
    return [tmp_path / "all.zip"]


def test_archives_inside_archives_share_one_allowance(tmp_path):
    paths = nested(tmp_path, n=3)
    found = list(find_pieces(paths, Spool(folder=tmp_path / "spool", bytes_left=3000)))
    assert [getattr(one, "kind", "") for one in found] == ["", "", "too_large"]


def test_nothing_stays_of_an_archive_that_was_too_large(tmp_path):
    paths = nested(tmp_path, size=5000)
    list(find_pieces(paths, Spool(folder=tmp_path / "spool", bytes_left=3000)))
    assert not list((tmp_path / "spool").iterdir())


def test_a_full_disk_is_told_as_one(tmp_path, monkeypatch):
    monkeypatch.setattr("evenstride.service.pieces.shutil.disk_usage", lambda _: Namespace(free=1 << 20))
    (found,) = find_pieces(nested(tmp_path), Spool(folder=tmp_path / "spool"))
    assert (found.kind, "room on the disk" in found.text) == ("too_large", True)


def test_an_archive_of_too_many_files_costs_only_itself(where, tmp_path, monkeypatch):
    monkeypatch.setattr("evenstride.measure.formats.archive.MEMBERS_MAX", 5)
    many = exports.zip_file({f"{i}.fit": b"1" for i in range(6)})
    few = exports.zip_file({"b.fit": encode_activity(SIX[0])})
    stands = take(where, laid(exports.Export(files={"a.zip": many, "b.zip": few}, starts=()), tmp_path / "in"))
    assert ([one.kind for one in stands.failed], len(runs_of(where))) == (["too_large"], 1)


def test_names_that_begin_with_here_or_upwards_are_runs_like_others(where, tmp_path):
    files = {name: encode_activity(one) for name, one in zip(("./a.fit", "../b.fit", "x/../c.fit"), SIX, strict=False)}
    (tmp_path / "all.zip").write_bytes(exports.zip_file(files))
    take(where, tmp_path / "all.zip")
    assert len(runs_of(where)) == 3


# --- what is known, and what is looked at again


def test_what_was_passed_over_is_looked_at_when_it_is_named(where, tmp_path):
    folder = laid(exports.Export(files={"notes.bin": b"hello"}, starts=()), tmp_path / "in")
    take(where, folder)
    (failed,) = take(where, folder / "notes.bin").failed
    assert failed.kind == "unknown_format"


def test_another_method_looks_again_at_what_was_passed_over(where, tmp_path, monkeypatch):
    folder = laid(exports.Export(files={"a.fit": encode_activity(SIX[0])}, starts=()), tmp_path / "in")
    with monkeypatch.context() as stricter:
        stricter.setattr("evenstride.service.intake.RUN_SECONDS_MIN", 1e6)
        assert take(where, folder).aside
        assert take(where, folder).aside
    assert (take(where, folder).kept, len(take(where, folder).aside)) == (0, 1)
    monkeypatch.setattr("evenstride.service.intake.METHOD", "another")
    assert take(where, folder).kept == 1


def garmin_parts(n=300):
    keys = [("directTimestamp", "gmt"), ("directSpeed", "mps"), ("directDoubleCadence", "stepsPerMinute")]
    rows = [{"metrics": [1_777_874_400_000 + 1000 * i, 3.0, 170.0]} for i in range(n)]
    described = [{"metricsIndex": i, "key": key, "unit": {"key": unit}} for i, (key, unit) in enumerate(keys)]
    details = {"activityId": 7, "metricDescriptors": described, "activityDetailMetrics": rows}
    summary = {"activityId": 7, "activityTypeDTO": {"typeKey": "trail_running"}, "summaryDTO": {"distance": 900.0}}
    return json.dumps(details).encode(), json.dumps(summary).encode()


def test_a_part_of_an_activity_that_comes_later_is_joined_to_what_is_kept(where, tmp_path):
    details, summary = garmin_parts()
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "7_details.json").write_bytes(details)
    take(where, folder)
    (folder / "7_summary.json").write_bytes(summary)
    take(where, folder)
    (run,) = runs_of(where)
    assert [len(one.originals) for one in run.recordings] == [2]


def test_the_parts_of_an_activity_are_joined_from_several_folders_of_an_export(where, tmp_path):
    details, summary = garmin_parts()
    for name, data in (("details/6860622783.json", details), ("summaries/6860622783_summary.json", summary)):
        (tmp_path / "in" / name).parent.mkdir(parents=True)
        (tmp_path / "in" / name).write_bytes(data)
    stands = take(where, tmp_path / "in")
    (run,) = runs_of(where)
    assert [len(one.originals) for one in run.recordings] == [2]
    assert stands.aside == []


def test_names_without_digits_stand_alone_except_left_and_right():
    names = ["easy.csv", "long.csv", "walk left.csv", "walk right.csv", "a.json"]
    groups = read_together(Piece(name=name, path=Path("in", name)) for name in names)
    assert [len(group) for group in groups] == [1, 1, 2, 1]


def test_a_name_that_very_many_files_share_joins_none_but_left_and_right():
    names = [*(f"run {word} 7.csv" for word in "abcdefghijklmnop"), "tempo left 7.csv", "tempo right 7.csv"]
    groups = read_together(Piece(name=name, path=Path("in", name)) for name in names)
    assert [len(group) for group in groups] == [1] * 16 + [2]


def test_parts_too_large_to_be_read_together_are_read_alone(tmp_path):
    for name in ("7_a.json", "7_b.json"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(100 << 20)
    pieces = [Piece(name=name, path=tmp_path / name) for name in ("7_a.json", "7_b.json")]
    assert len(read_together(pieces)) == 2


def test_a_film_beside_the_runs_is_not_read(where, tmp_path, monkeypatch):
    monkeypatch.setattr("evenstride.service.intake.read_bytes", lambda path: pytest.fail(f"{path} was read"))
    (tmp_path / "in").mkdir()
    with (tmp_path / "in" / "film.mkv").open("wb") as file:
        file.truncate(900 << 20)
    assert [one.kind for one in take(where, tmp_path / "in").aside] == ["unknown_format"]


# --- nothing is passed over in silence


def told(tmp_path, path):
    return list(find_pieces([path], Spool(folder=tmp_path)))


def test_every_file_is_kept_known_left_aside_or_failed_in_every_import(where, tmp_path):
    folder = laid(exports.broken_folder(SIX), tmp_path / "in")
    (folder / "photo.png").write_bytes(b"png")
    ride = encode_activity(replace(SIX[0], sport="cycling"))
    (folder / "ride.fit").write_bytes(ride)
    for _ in range(2):
        stands = take(where, folder)
        assert stands.files == stands.kept + stands.duplicates + len(stands.aside) + len(stands.failed)
        assert {"photo.png", "ride.fit"} <= {one.name for one in stands.aside}


def test_pictures_in_an_archive_are_left_aside_by_name_and_its_machinery_is_not(tmp_path):
    names = ("a/", "a/me.png", "__MACOSX/a/._me.png", ".DS_Store")
    (tmp_path / "all.zip").write_bytes(exports.zip_file(dict.fromkeys(names, b"")))
    assert [(one.name, one.outcome) for one in told(tmp_path, tmp_path / "all.zip")] == [
        ("all.zip/a/me.png", "skipped")
    ]


def test_a_link_to_nothing_is_a_failure_by_name(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "monday.fit").symlink_to(tmp_path / "gone.fit")
    (found,) = told(tmp_path, tmp_path / "in")
    assert (found.name, found.outcome, found.text) == ("monday.fit", "failed", "This link leads to nothing.")


def test_a_socket_among_the_files_is_left_aside_and_named_by_hand_it_fails(tmp_path):
    (tmp_path / "in").mkdir()
    with socket.socket(socket.AF_UNIX) as talking:
        talking.bind(str(tmp_path / "in" / "s"))
        assert [one.outcome for one in told(tmp_path, tmp_path / "in")] == ["skipped"]
        assert [one.outcome for one in told(tmp_path, tmp_path / "in" / "s")] == ["failed"]


def test_a_folder_behind_a_link_is_looked_into_once_and_circles_end(tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.fit").write_bytes(b"1")
    (tmp_path / "in" / "deep" / "up").symlink_to(tmp_path / "in")
    for name in ("there", "there too"):
        (tmp_path / "in" / name).symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in" / "itself").symlink_to(tmp_path / "in" / "itself")
    assert [(one.name, isinstance(one, Piece)) for one in told(tmp_path, tmp_path / "in")] == [
        ("itself", False),
        ("there/a.fit", True),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="everything can be read by root")
@pytest.mark.parametrize("closed", ["folder", "file"])
def test_what_may_not_be_read_is_a_failure_by_name(closed, where, tmp_path):
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "closed" / "a.fit").write_bytes(encode_activity(SIX[0]))
    (tmp_path / "in" / "b.fit").write_bytes(encode_activity(SIX[1]))
    shut = tmp_path / "in" / "closed" / ("" if closed == "folder" else "a.fit")
    shut.chmod(0)
    try:
        stands = take(where, tmp_path / "in")
    finally:
        shut.chmod(0o700)
    assert [one.name for one in stands.failed] == ["closed" if closed == "folder" else "closed/a.fit"]
    assert stands.kept == 1


# --- two people with one kind of watch


def beside(activity, *, later_s=0.0, heart_rate_bpm=0.0, cadence_spm=0.0, without=()):
    """The same way run by somebody else with the same watch, or the same run told once more."""
    more = {"heart_rate_bpm": heart_rate_bpm, "cadence_spm": cadence_spm}
    channels = {
        name: value + more.get(name, 0.0) for name, value in activity.channels.items() if name not in without
    }  # fmt: skip
    return replace(activity, start=activity.start + timedelta(seconds=later_s), channels=channels)


def cut(activity, begin_s):
    """The same recording without its beginning."""
    (rows,) = np.nonzero(activity.t_s >= begin_s)
    return replace(
        activity, start=activity.start + timedelta(seconds=begin_s), t_s=activity.t_s[rows] - begin_s, legs=(),
        channels={name: value[rows] for name, value in activity.channels.items()},
    )  # fmt: skip


@pytest.mark.parametrize("other", [{"heart_rate_bpm": 12.0}, {"cadence_spm": -7.0}])
def test_two_people_who_run_together_with_one_kind_of_watch_are_two_runs(other, where, tmp_path):
    (tmp_path / "ana.fit").write_bytes(encode_activity(SIX[0]))
    (tmp_path / "ben.fit").write_bytes(encode_activity(beside(SIX[0], later_s=40.0, **other)))
    stands = take(where, tmp_path / "ana.fit", tmp_path / "ben.fit")
    assert (len(runs_of(where)), stands.merged) == (2, 0)
    assert [note.code for note in stands.notes] == ["same_time_apart"]


def test_one_recording_exported_twice_and_cut_is_one_run_without_a_word(where, tmp_path):
    (tmp_path / "whole.fit").write_bytes(encode_activity(SIX[0]))
    (tmp_path / "cut.fit").write_bytes(encode_activity(cut(SIX[0], 150.0)))
    stands = take(where, tmp_path / "whole.fit", tmp_path / "cut.fit")
    assert (len(runs_of(where)), stands.merged, stands.notes) == (1, 1, [])


def test_what_cannot_be_told_apart_is_one_run_and_said(where, tmp_path):
    bare = {"without": ("heart_rate_bpm", "cadence_spm")}
    for name, later_s in (("a", 0.0), ("b", 40.0)):
        (tmp_path / f"{name}.fit").write_bytes(encode_activity(beside(SIX[0], later_s=later_s, **bare)))
    stands = take(where, tmp_path / "a.fit", tmp_path / "b.fit")
    assert (len(runs_of(where)), stands.merged) == (1, 1)
    assert [note.code for note in stands.notes] == ["same_time_undecided"]


def test_an_export_joins_the_run_whose_time_is_its_own(where, tmp_path):
    other = beside(SIX[0], later_s=40.0, heart_rate_bpm=12.0)
    for name, data in (("a.fit", encode_activity(SIX[0])), ("b.fit", encode_activity(other)),
                       ("c.gpx", exports.gpx_file(other))):  # fmt: skip
        (tmp_path / name).write_bytes(data)
        take(where, tmp_path / name)
    assert [[one.report.source.name for one in run.recordings] for run in runs_of(where)] == [
        ["a.fit"],
        ["b.fit", "c.gpx"],
    ]


# --- the list of failures


def test_the_same_failure_is_listed_once_however_often_it_comes(where, tmp_path):
    inner = exports.corrupted(exports.zip_file({"a.fit": encode_activity(SIX[0])}), "a.fit")
    (tmp_path / "all.zip").write_bytes(exports.zip_file({"0.zip": exports.zip_file({}), "inner.zip": inner}))
    (tmp_path / "more.zip").write_bytes(exports.zip_file({"x.zip": exports.zip_file({"b.fit": b"b"})}))
    take(where, tmp_path / "all.zip")
    take(where, tmp_path / "more.zip", tmp_path / "all.zip")
    with open_home(where) as home:
        names = [one.name for one in failures(home.store, home.athlete_id)]
    assert sorted(set(names)) == sorted(names)


def test_a_failure_leaves_the_list_when_the_file_is_whole_again(where, tmp_path):
    data = encode_activity(SIX[0])
    for offered in (b"", data[: len(data) // 200], data):
        (tmp_path / "monday.fit").write_bytes(offered)
        stands = take(where, tmp_path / "monday.fit")
    with open_home(where) as home:
        assert (stands.kept, failures(home.store, home.athlete_id)) == (1, ())


def test_a_name_that_is_not_there_is_not_remembered(where, tmp_path):
    take(where, tmp_path / "nothing")
    with open_home(where) as home:
        assert failures(home.store, home.athlete_id) == ()


def test_two_files_that_end_the_process_are_two_failures(tmp_path):
    pieces = [Piece(name="x" * 100 + end, path=tmp_path, place="x" * 100 + end) for end in "ab"]
    assert len({one.key for one in _crashed(pieces).outcomes}) == 2


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
