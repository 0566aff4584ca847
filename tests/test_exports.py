"""The exports that other tests are fed with are what they say they are."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.exports import (
    Export,
    broken_folder,
    csv_file,
    everything,
    folder_with_duplicates,
    folder_with_pods,
    garmin_export,
    gpx_file,
    other_fit,
    runs,
    runscribe_pair,
    strava_export,
    tcx_file,
)

from evenstride.errors import EvenstrideError
from evenstride.measure.formats import Reading, read_activities, read_members

EXPORTS: dict[str, Callable[[], Export]] = {
    "garmin": garmin_export, "strava": strava_export, "duplicates": folder_with_duplicates, "pods": folder_with_pods,
    "broken": broken_folder, "everything": everything,
}  # fmt: skip


def _read(export: Export) -> Reading:
    return read_members(list(export.files.items()))


@pytest.mark.parametrize("make", EXPORTS.values(), ids=EXPORTS)
def test_an_export_holds_exactly_the_runs_it_says(make: Callable[[], Export]) -> None:
    export = make()
    found = {activity.start for one in _read(export).activities for activity in one.activities}
    assert {start.replace(microsecond=0) for start in found} == set(export.starts)


@pytest.mark.parametrize("make", EXPORTS.values(), ids=EXPORTS)
def test_what_is_broken_or_no_run_gives_none(make: Callable[[], Export]) -> None:
    export = make()
    told = [name for name, _ in _read(export).failed]
    for name in export.broken:
        assert any(one.endswith(name) or name.removesuffix(".gz") in one for one in told), name
    read = [one.name for one in _read(export).activities]
    assert [name for name in (*export.broken, *export.no_runs) if any(one.endswith(f"/{name}") for one in read)] == []


@pytest.mark.parametrize("make", EXPORTS.values(), ids=EXPORTS)
def test_the_same_export_is_the_same_bytes(make: Callable[[], Export]) -> None:
    assert make().files == make().files


def test_an_export_is_written_as_it_lies(tmp_path: Path) -> None:
    export = folder_with_duplicates()
    paths = export.write(tmp_path)
    assert [path.read_bytes() for path in paths] == list(export.files.values())


def test_a_garmin_export_is_zip_files_within_a_zip_file() -> None:
    (data,) = garmin_export().files.values()
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert sum(name.endswith(".zip") for name in names) == 2
    assert all("/" in name for name in names)


@pytest.mark.parametrize("write", [gpx_file, tcx_file, csv_file])
def test_one_run_in_another_format_has_its_start_length_and_heart(write: Callable[..., bytes]) -> None:
    run = runs()[0]
    (read,) = read_activities(write(run))
    assert read.start == run.start
    assert read.t_s[-1] == pytest.approx(run.t_s[-1])
    np.testing.assert_allclose(read.channels["heart_rate_bpm"], run.channels["heart_rate_bpm"], atol=0.6)


def test_a_pair_of_pods_has_the_legs_of_its_run() -> None:
    run = runs(2, pods=True)[0]
    left, right = runscribe_pair(run)
    reading = read_members([("a_left.csv", left), ("a_right.csv", right)])
    ((read,),) = (one.activities for one in reading.activities)
    legs = read.legs[0]
    own = next(one for one in run.legs if one.source == "runscribe")
    assert np.nanmean(legs.right - legs.left) == pytest.approx(np.nanmean(own.right - own.left), abs=5e-4)


def test_settings_and_monitoring_are_whole_files_without_a_run() -> None:
    for kind in (2, 32):
        with pytest.raises(EvenstrideError) as caught:
            read_activities(other_fit(kind))
        assert caught.value.kind == "not_an_activity"
