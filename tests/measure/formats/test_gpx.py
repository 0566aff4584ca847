"""GPX: points, extensions of any prefix, damaged files."""

from pathlib import Path

import numpy as np
import pytest

from evenstride.errors import NotAnActivity, UnreadableInput
from evenstride.measure.formats import recognise
from evenstride.measure.formats.gpx import is_gpx, read_gpx
from evenstride.model import Activity


def _point(second: int, inner: str = "", *, lat: float = 50.0) -> str:
    time = f"2026-05-04T06:{second // 60:02d}:{second % 60:02d}Z"
    return f'<trkpt lat="{lat}" lon="8.0"><ele>100</ele><time>{time}</time>{inner}</trkpt>'


def _file(points: str, *, kind: str = "<type>running</type>") -> bytes:
    body = f'<gpx creator="A watch"><trk>{kind}<trkseg>{points}</trkseg></trk></gpx>'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def _one(data: bytes) -> Activity:
    (activity,) = read_gpx(data)
    return activity


@pytest.mark.parametrize("prefix", ["", "ns3:", "gpxtpx:", "a.b-c:"])
def test_an_extension_is_read_whatever_its_prefix(prefix: str) -> None:
    inner = (
        f"<extensions><{prefix}TrackPointExtension><{prefix}hr>150</{prefix}hr><{prefix}cad>170</{prefix}cad>"
        f"<{prefix}atemp>21</{prefix}atemp></{prefix}TrackPointExtension><{prefix}power>240</{prefix}power></extensions>"
    )
    channels = _one(_file(_point(0, inner))).channels
    found = {name: channels[name][0] for name in ("heart_rate_bpm", "cadence_spm", "temperature_c", "power_w")}
    assert found == {"heart_rate_bpm": 150, "cadence_spm": 170, "temperature_c": 21, "power_w": 240}


def test_gpx_1_0_gives_its_own_speed() -> None:
    assert _one(_file(_point(0, "<speed>3.25</speed>"))).channels["speed_mps"].tolist() == [3.25]


def test_a_value_missing_in_one_point_is_nan_there_only() -> None:
    data = _file(_point(0, "<hr>150</hr>") + _point(1) + _point(2, "<hr>152</hr>"))
    assert np.isnan(_one(data).channels["heart_rate_bpm"]).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("said", "sport"),
    [("running", "running"), ("Trail Run", "trail_run"), ("9", "running"), ("1", "cycling"), ("77", None), ("", None)],
)
def test_the_type_of_the_track_is_the_sport(said: str, sport: str | None) -> None:
    assert _one(_file(_point(0), kind=f"<type>{said}</type>")).sport == sport


def test_a_file_cut_in_the_middle_gives_the_points_before_and_a_loss() -> None:
    data = _file("".join(_point(second) for second in range(10)))
    run = _one(data[: data.index(b"06:00:07Z")])
    assert len(run.t_s) == 7
    assert [loss.code for loss in run.losses] == ["truncated"]


def test_a_whole_file_has_no_loss() -> None:
    assert _one(_file(_point(0) + _point(1))).losses == ()


def test_a_file_cut_before_its_first_point_is_refused_with_its_place() -> None:
    with pytest.raises(NotAnActivity, match="damaged at line 2"):
        read_gpx(_file(_point(0))[:90])


def test_a_planned_route_is_no_activity() -> None:
    with pytest.raises(NotAnActivity, match="planned route"):
        read_gpx(b'<gpx><trk><trkseg><trkpt lat="1" lon="2"/></trkseg></trk></gpx>')


def test_a_document_type_is_refused() -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaa">]>' + _file(_point(0))[39:]
    with pytest.raises(UnreadableInput, match="entities"):
        read_gpx(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_any_declared_encoding_is_read(encoding: str) -> None:
    name = encoding.removesuffix("-sig").upper()
    data = _file(_point(0)).decode().replace("A watch", "Grün").replace("UTF-8", name).encode(encoding)
    assert is_gpx(data)
    assert _one(data).device.product == "Grün"


def test_blanks_before_the_declaration_are_forgiven() -> None:
    assert len(_one(b"  \n" + _file(_point(0))).t_s) == 1


def test_a_break_between_segments_is_a_pause() -> None:
    points = _point(0) + _point(1) + "</trkseg><trkseg>" + _point(90) + _point(91)
    run = _one(_file(points))
    assert [(span.start_s, span.end_s) for span in run.pauses] == [(1.0, 90.0)]


def test_tracks_that_follow_one_another_are_one_run() -> None:
    points = _point(0) + "</trkseg></trk><trk><type>running</type><trkseg>" + _point(5, "<hr>150</hr>")
    run = _one(_file(points))
    assert run.t_s.tolist() == [0.0, 5.0]
    assert np.isnan(run.channels["heart_rate_bpm"]).tolist() == [True, False]


def test_tracks_far_apart_are_two_runs() -> None:
    points = _point(0) + "</trkseg></trk><trk><type>running</type><trkseg>" + _point(1800)
    assert len(read_gpx(_file(points))) == 2


def test_tracks_of_two_sports_are_two_activities() -> None:
    points = _point(0) + "</trkseg></trk><trk><type>cycling</type><trkseg>" + _point(5)
    assert [activity.sport for activity in read_gpx(_file(points))] == ["running", "cycling"]


def test_times_without_a_zone_are_noted() -> None:
    run = _one(_file(_point(0).replace("Z</time>", "</time>")))
    assert "no_time_zone" in [note.code for note in run.notes]


def test_elements_without_end_are_stopped() -> None:
    with pytest.raises(NotAnActivity, match="damaged"):
        read_gpx(b"<gpx>" + b"<a>" * 5_000)


def test_a_point_without_end_is_stopped_and_the_points_before_it_stay() -> None:
    run = _one(_file(_point(0))[: -len("</trkseg></trk></gpx>")] + b"<trkpt>" + b"<a>" * 2_000_000)
    assert len(run.t_s) == 1
    assert [loss.code for loss in run.losses] == ["truncated"]


@pytest.mark.parametrize("data", [b"", b"gpx", b"<html><gp></html>", b"<xgpx>", b"<gpxx>"])
def test_other_things_are_not_taken_for_gpx(data: bytes) -> None:
    assert not is_gpx(data)


@pytest.mark.real_data
def test_the_gpx_of_a_real_run_agrees_with_the_table_of_its_watch(real_data: Path) -> None:
    folder = "johnjdavisiv__inlab-vs-realworld"
    data = (real_data / "gpx" / folder / "V01_course_run_2023_03_08.gpx").read_bytes()
    assert recognise(data) == "gpx"
    run = _one(data)
    assert (len(run.t_s), run.sport) == (890, "running")
    assert np.nanmedian(run.channels["cadence_spm"]) == 164.0
    assert abs(np.nanmax(run.channels["distance_m"]) - 2646.35) < 0.02 * 2646.35
