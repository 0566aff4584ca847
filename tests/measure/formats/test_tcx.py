"""TCX: laps, points, extensions, damaged files."""

from pathlib import Path

import numpy as np
import pytest

from evenstride.errors import NotAnActivity, UnreadableInput
from evenstride.measure.formats.tcx import is_tcx, read_tcx
from evenstride.model import Activity


def _time(second: int) -> str:
    return f"2026-05-04T06:{second // 60:02d}:{second % 60:02d}.000Z"


def _point(second: int, extension: str = "<Speed>3.1</Speed><RunCadence>85</RunCadence>") -> str:
    return (
        f"<Trackpoint><Time>{_time(second)}</Time><Position><LatitudeDegrees>50</LatitudeDegrees><LongitudeDegrees>8"
        f"</LongitudeDegrees></Position><AltitudeMeters>100</AltitudeMeters><DistanceMeters>{3.1 * second}"
        f"</DistanceMeters><HeartRateBpm><Value>150</Value></HeartRateBpm>"
        f"<Extensions><x:TPX>{extension.replace('<', '<x:').replace('<x:/', '</x:')}</x:TPX></Extensions></Trackpoint>"
    )


def _lap(first: int, points: str, intensity: str = "Active") -> str:
    return (
        f'<Lap StartTime="{_time(first)}"><TotalTimeSeconds>60</TotalTimeSeconds><DistanceMeters>186</DistanceMeters>'
        f"<AverageHeartRateBpm><Value>99</Value></AverageHeartRateBpm><Intensity>{intensity}</Intensity>"
        f"<Track>{points}</Track></Lap>"
    )


def _file(laps: str, sport: str = "Running") -> bytes:
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase xmlns:x="x"><Activities>'
        f'<Activity Sport="{sport}"><Id>x</Id>{laps}<Creator><Name>A watch</Name><UnitId>12345</UnitId></Creator>'
        "</Activity></Activities><Author><Name>An app</Name></Author></TrainingCenterDatabase>"
    ).encode()


def _one(data: bytes) -> Activity:
    (activity,) = read_tcx(data)
    return activity


def test_a_point_gives_its_channels() -> None:
    extension = "<Speed>3.1</Speed><RunCadence>85</RunCadence><Watts>240</Watts>"
    channels = _one(_file(_lap(0, _point(2, extension)))).channels
    found = {name: float(values[0]) for name, values in channels.items()}
    assert found == {
        "latitude_deg": 50, "longitude_deg": 8, "altitude_m": 100, "distance_m": 6.2, "heart_rate_bpm": 150,
        "speed_mps": 3.1, "power_w": 240, "cadence_spm": 170,
    }  # fmt: skip


def test_cadence_outside_the_extension_counts_too() -> None:
    point = _point(0, "<Speed>3</Speed>").replace("<Extensions>", "<Cadence>84</Cadence><Extensions>")
    assert _one(_file(_lap(0, point))).channels["cadence_spm"].tolist() == [168.0]


def test_laps_carry_their_kind_distance_and_times() -> None:
    laps = _lap(0, _point(0) + _point(59)) + _lap(60, _point(60) + _point(119), "Resting")
    run = _one(_file(laps))
    assert [(lap.start_s, lap.end_s, lap.kind, lap.distance_m) for lap in run.laps] == [
        (0.0, 60.0, "active", 186.0),
        (60.0, 119.0, "rest", 186.0),
    ]


def test_a_lap_before_a_long_break_ends_at_its_own_last_point() -> None:
    laps = _lap(0, _point(0) + _point(59)) + _lap(300, _point(300))
    assert _one(_file(laps)).laps[0].end_s == 59.0


def test_a_break_between_tracks_of_a_lap_is_a_pause() -> None:
    run = _one(_file(_lap(0, _point(0) + _point(1) + "</Track><Track>" + _point(100) + _point(101))))
    assert [(span.start_s, span.end_s) for span in run.pauses] == [(1.0, 100.0)]


@pytest.mark.parametrize(("said", "sport"), [("Running", "running"), ("Biking", "cycling"), ("Other", None)])
def test_the_sport_is_in_our_words(said: str, sport: str | None) -> None:
    assert _one(_file(_lap(0, _point(0)), said)).sport == sport


def test_the_device_is_named_and_its_number_is_not_kept() -> None:
    run = _one(_file(_lap(0, _point(0))))
    assert run.device.product == "A watch"
    assert "12345" not in repr(run)


def test_several_activities_in_one_file_are_all_read() -> None:
    data = _file(_lap(0, _point(0)) + '</Activity><Activity Sport="Biking">' + _lap(900, _point(900)))
    assert [activity.sport for activity in read_tcx(data)] == ["running", "cycling"]


def test_a_file_cut_in_the_middle_gives_the_points_before_and_a_loss() -> None:
    data = _file(_lap(0, "".join(_point(second) for second in range(10))))
    run = _one(data[: data.index(b"06:00:07.000Z")])
    assert len(run.t_s) == 7
    assert [loss.code for loss in run.losses] == ["truncated"]
    assert [lap.end_s for lap in run.laps] == [6.0]


def test_a_course_is_no_activity() -> None:
    data = b"<TrainingCenterDatabase><Courses><Course><Track>" + _point(0).encode().replace(b"x:", b"")
    with pytest.raises(NotAnActivity):
        read_tcx(data + b"</Track></Course></Courses></TrainingCenterDatabase>")


def test_a_document_type_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="entities"):
        read_tcx(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><TrainingCenterDatabase/>')


def test_blanks_before_the_declaration_are_forgiven() -> None:
    data = b"          " + _file(_lap(0, _point(0)))
    assert is_tcx(data)
    assert len(_one(data).t_s) == 1


@pytest.mark.real_data
def test_a_real_treadmill_run_is_read_whole(real_data: Path) -> None:
    data = (real_data / "tcx" / "sports-alliance__sports-lib" / "6860622783.tcx").read_bytes()
    run = _one(data)
    assert (len(run.t_s), run.sport, run.device.product, run.losses) == (3101, "running", "Forerunner 945", ())
    assert np.nanmax(run.channels["distance_m"]) == pytest.approx(10630.37)
    assert np.nanmedian(run.channels["cadence_spm"]) == 176.0
    assert run.legs == ()
