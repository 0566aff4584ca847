"""Garmin Connect JSON: details, summary and laps, alone and together."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evenstride.errors import NotAnActivity, TooLarge
from evenstride.measure.formats import garmin_json, read_activities, read_members
from evenstride.measure.formats.garmin_json import group_garmin, is_garmin_json, read_garmin_json, read_garmin_parts

START_MS = 1_777_874_400_000  # 2026-05-04 06:00 UTC

COLUMNS: dict[str, tuple[str, list[Any]]] = {
    "directTimestamp": ("gmt", [START_MS, START_MS + 1000, START_MS + 31_000]),
    "sumElapsedDuration": ("second", [0.0, 1.0, 31.0]),
    "sumDuration": ("second", [0.0, 1.0, 2.0]),
    "directGroundContactTime": ("ms", [250.0, 251.0, 0.0]),
    "directGroundContactBalanceLeft": ("dimensionless", [49.5, 0.0, None]),
    "directVerticalOscillation": ("centimeter", [8.5, 8.6, 8.7]),
    "directStrideLength": ("centimeter", [110.0, 111.0, 112.0]),
    "directDoubleCadence": ("stepsPerMinute", [170.0, 171.0, 172.0]),
    "directSpeed": ("mps", [3.0, 3.1, 3.2]),
}


def _details(columns: dict[str, tuple[str, list[Any]]] = COLUMNS, **more: object) -> bytes:
    descriptors = [
        {"metricsIndex": i, "key": key, "unit": {"key": unit, "factor": 1000.0}}
        for i, (key, (unit, _)) in enumerate(columns.items())
    ]
    rows = [{"metrics": list(row)} for row in zip(*(values for _, values in columns.values()), strict=True)]
    return json.dumps(
        {"activityId": 7, "metricDescriptors": descriptors, "activityDetailMetrics": rows} | more
    ).encode()


SUMMARY = json.dumps({
    "activityId": 7,
    "activityTypeDTO": {"typeKey": "trail_running"},
    "metadataDTO": {"manufacturer": "GARMIN"},
    "summaryDTO": {"startTimeGMT": "2026-05-04T06:00:00.0"},
}).encode()  # fmt: skip
LAPS = json.dumps({
    "activityId": 7,
    "lapDTOs": [{"startTimeGMT": "2026-05-04T06:00:00.0", "elapsedDuration": 31.0, "distance": 6.0,
                 "intensityType": "INTERVAL"}],
}).encode()  # fmt: skip


def test_details_alone_give_channels_in_our_units() -> None:
    (run,) = read_garmin_json(_details())
    first = {name: float(values[0]) for name, values in run.channels.items()}
    assert first == pytest.approx({"contact_time_s": 0.25, "vertical_oscillation_m": 0.085, "step_length_m": 1.1,
                                   "cadence_spm": 170.0, "speed_mps": 3.0})  # fmt: skip
    assert run.start.isoformat() == "2026-05-04T06:00:00+00:00"


def test_the_balance_is_the_left_share_and_zero_is_missing() -> None:
    (run,) = read_garmin_json(_details())
    (legs,) = run.legs
    assert (legs.metric, legs.source, legs.form, legs.level_channel) == (
        "contact_time", "watch_balance", "share_left", "contact_time_s",
    )  # fmt: skip
    assert legs.left[0] == pytest.approx(0.495)
    assert legs.right[0] == pytest.approx(0.505)
    assert np.isnan(legs.left[1:]).all()


def test_the_timer_standing_is_a_pause() -> None:
    (run,) = read_garmin_json(_details())
    assert [(span.start_s, span.end_s) for span in run.pauses] == [(2.0, 31.0)]


def test_summary_and_laps_add_what_the_details_lack() -> None:
    (run,) = read_garmin_parts([("s", SUMMARY), ("d", _details()), ("l", LAPS)])
    assert (run.sport, run.device.manufacturer) == ("trail_running", "garmin")
    assert [(lap.start_s, lap.end_s, lap.kind, lap.distance_m) for lap in run.laps] == [(0.0, 31.0, "interval", 6.0)]


def test_parts_of_one_activity_belong_together_by_their_id() -> None:
    other = _details().replace(b'"activityId": 7', b'"activityId": 8')
    assert group_garmin([("a", _details()), ("b", other), ("c", LAPS)]) == [[0, 2], [1]]


@pytest.mark.parametrize("data", [SUMMARY, LAPS])
def test_means_without_samples_are_refused_with_what_would_help(data: bytes) -> None:
    with pytest.raises(NotAnActivity, match="means only") as refusal:
        read_garmin_json(data)
    assert "FIT" in refusal.value.help


def test_details_cut_in_the_middle_give_the_samples_before_and_a_loss() -> None:
    whole = _details()
    (run,) = read_garmin_json(whole[: whole.rindex(b'{"metrics"')])
    assert len(run.t_s) == 2
    assert [loss.code for loss in run.losses] == ["truncated"]


def test_a_unit_that_is_not_known_costs_its_channel_only_and_is_said() -> None:
    (run,) = read_garmin_json(_details(COLUMNS | {"directSpeed": ("furlong", [1.0, 2.0, 3.0])}))
    assert "contact_time_s" in run.channels
    assert [loss.text for loss in run.losses] == ["directSpeed was left out: its unit furlong is not known."]


@pytest.mark.parametrize("cell", ['"x"', "true", "[]", "1e999", "NaN", "-Infinity", "1" + "0" * 400])
def test_a_cell_that_is_no_number_is_missing(cell: str) -> None:
    (run,) = read_garmin_json(_details().replace(b"171.0", cell.encode()))
    assert np.isnan(run.channels["cadence_spm"]).tolist() == [False, True, False]


def test_rows_that_are_too_short_are_missing_at_their_end() -> None:
    (run,) = read_garmin_json(_details().replace(b", 172.0, 3.2]", b"]"))
    assert np.isnan(run.channels["speed_mps"]).tolist() == [False, False, True]


def test_brackets_without_end_are_refused() -> None:
    with pytest.raises(NotAnActivity):
        read_garmin_json(b'{"lapDTOs":' + b"[" * 100_000)


def test_more_brackets_than_any_activity_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(garmin_json, "BRACKETS_MAX", 5)
    with pytest.raises(TooLarge):
        read_garmin_json(_details())


@pytest.mark.parametrize("data", [b"", b"[1]", b'{"a": 1}', b'"summaryDTO":'])
def test_other_json_is_not_taken_for_an_activity(data: bytes) -> None:
    assert not is_garmin_json(data)


ROZNET = "roznet__connectstats"


def _parts(real_data: Path, number: str) -> list[tuple[str, bytes]]:
    folder = real_data / "garmin_connect_json" / ROZNET
    names = [f"{part}_{number}.json" for part in ("activity", "activitytrack", "activitylaps")]
    return [(name, (folder / name).read_bytes()) for name in names]


@pytest.mark.real_data
@pytest.mark.parametrize("number", ["2545022458", "1378220136"])
def test_the_balance_of_a_real_run_is_that_of_its_fit_file(real_data: Path, number: str) -> None:
    """The proof that the watch's field is the left leg's share: Garmin's own JSON names it so."""
    (found,) = read_members(_parts(real_data, number)).activities
    (of_json,) = found.activities
    (of_fit,) = read_activities((real_data / "fit" / ROZNET / f"activity_{number}.fit").read_bytes())
    (left,) = (legs.left for legs in of_fit.legs if legs.source == "watch_balance")
    assert np.array_equal(of_json.t_s, of_fit.t_s)
    assert np.isfinite(left).sum() > 270
    assert np.array_equal(np.isnan(of_json.legs[0].left), np.isnan(left))
    assert 100 * np.nanmax(np.abs(of_json.legs[0].left - left)) <= 1.6e-6


@pytest.mark.real_data
@pytest.mark.parametrize("number", ["2545022458", "1378220136"])
def test_every_channel_of_a_real_run_is_that_of_its_fit_file(real_data: Path, number: str) -> None:
    (found,) = read_members(_parts(real_data, number)).activities
    (of_fit,) = read_activities((real_data / "fit" / ROZNET / f"activity_{number}.fit").read_bytes())
    (of_json,) = found.activities
    assert len(of_json.channels) == 11
    for name, values in of_json.channels.items():
        assert np.allclose(values, of_fit.channels[name], rtol=1e-6, atol=1e-6, equal_nan=True), name


@pytest.mark.real_data
def test_the_pauses_of_a_real_run_are_those_of_its_fit_file(real_data: Path) -> None:
    (found,) = read_members(_parts(real_data, "1378220136")).activities
    (of_fit,) = read_activities((real_data / "fit" / ROZNET / "activity_1378220136.fit").read_bytes())
    assert len(of_fit.pauses) == 2
    assert found.activities[0].pauses == of_fit.pauses
