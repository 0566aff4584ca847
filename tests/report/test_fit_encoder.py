"""What is encoded is read back equal, by readers that share no code with the encoder."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import fitdecode
import fitfast
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import InvalidRequest
from evenstride.measure.formats.fit import read_fit
from evenstride.model import Activity, Device, Floats, Lap, LegSeries, Span
from evenstride.report.fit_encoder import encode_activity
from evenstride.report.fit_fields import PROFILE, RUNSCRIBE, RUNSCRIBE_APPLICATIONS, STRYD_APPLICATION
from evenstride.simulate import RunRecipe, Sensor, simulate_run

START = datetime(2026, 5, 4, 6, 12, tzinfo=UTC)

RESOLUTION = {
    "position_lat": ("latitude_deg", 180 / 2**31, 1.0),
    "position_long": ("longitude_deg", 180 / 2**31, 1.0),
    "distance": ("distance_m", 1.0, 0.01),
    "enhanced_speed": ("speed_mps", 1.0, 0.001),
    "enhanced_altitude": ("altitude_m", 1.0, 0.2),
    "power": ("power_w", 1.0, 1.0),
    "vertical_oscillation": ("vertical_oscillation_m", 0.001, 0.1),
    "stance_time": ("contact_time_s", 0.001, 0.1),
    "step_length": ("step_length_m", 0.001, 0.1),
    "heart_rate": ("heart_rate_bpm", 1.0, 1.0),
    "temperature": ("temperature_c", 1.0, 1.0),
}
"""Field as `fitdecode` names it → channel, unit of the field in the channel's unit, step of the field in its unit."""


def _activity(sensors: tuple[Sensor, ...] = (Sensor(),), **changes: Any) -> Activity:
    recipe = RunRecipe(minutes=6, sensors=sensors, grade_sd_pct=2, missing_share=0.1, standing_stops=1,
                       standing_stop_s=15, pauses=1, pause_s=45, autolap_m=300, start=START)  # fmt: skip
    return simulate_run(replace(recipe, **changes), rng=np.random.default_rng(3)).activity


def _small(**changes: Any) -> Activity:
    values: dict[str, Any] = {"format": "fit", "start": START, "t_s": [0.0, 1.0, 2.0], "sport": "running"} | changes
    return Activity(**values)


def _decoded(data: bytes, name: str) -> list[dict[str, Any]]:
    with fitdecode.FitReader(
        data, check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    ) as reader:
        return [{field.name: field.value for field in frame.fields} for frame in reader
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == name]  # fmt: skip


def _column(records: list[dict[str, Any]], name: str) -> Floats:
    return np.array([np.nan if record[name] is None else record[name] for record in records], dtype=np.float64)


def test_every_channel_is_read_back_to_the_resolution_of_its_field() -> None:
    activity = _activity()
    records = _decoded(encode_activity(activity), "record")
    assert len(records) == len(activity.t_s)
    for name, (channel, unit, step) in RESOLUTION.items():
        values = _column(records, name) * unit
        np.testing.assert_allclose(values, activity.channels[channel], atol=0.5001 * step * unit, err_msg=name)


def test_every_field_of_a_record_is_checked_above_or_by_name_below() -> None:
    by_name = {"timestamp", "cadence", "fractional_cadence", "stance_time_balance", "stance_time_percent", "grade"}
    assert set(PROFILE["record"][1]) == RESOLUTION.keys() | by_name


def test_grade_and_contact_percent_are_read_back() -> None:
    channels = {"grade_pct": [-1.25, 0.0, np.nan], "contact_time_percent": [34.21, np.nan, 36.0]}
    records = _decoded(encode_activity(_small(channels=channels)), "record")
    assert [record["grade"] for record in records] == [-1.25, 0.0, None]
    assert [record["stance_time_percent"] for record in records] == [34.21, None, 36.0]


def test_times_are_read_back_to_the_second() -> None:
    activity = _activity(recording="smart")
    stamps = [record["timestamp"] for record in _decoded(encode_activity(activity), "record")]
    assert stamps == [START + timedelta(seconds=t) for t in activity.t_s]


def test_cadence_counts_one_foot_with_its_fraction() -> None:
    records = _decoded(encode_activity(_small(channels={"cadence_spm": [171.5, 0.0, np.nan]})), "record")
    assert [(record["cadence"], record["fractional_cadence"]) for record in records] == [
        (85, 0.75), (0, 0.0), (None, None)]  # fmt: skip


def test_balance_is_the_left_share_and_zero_where_it_is_missing() -> None:
    activity = _activity()
    balance = _column(_decoded(encode_activity(activity), "record"), "stance_time_balance")
    left = activity.legs[0].left
    assert np.isnan(left).any()
    np.testing.assert_allclose(balance, 100 * np.nan_to_num(left), atol=0.00501)


def test_missing_contact_time_is_the_fields_invalid_value() -> None:
    records = _decoded(encode_activity(_small(channels={"contact_time_s": [0.25, np.nan, 0.26]})), "record")
    assert [record["stance_time"] for record in records] == [250.0, None, 260.0]


def test_a_value_too_large_for_its_field_is_invalid_and_does_not_wrap() -> None:
    records = _decoded(encode_activity(_small(channels={"heart_rate_bpm": [150.0, 300.0, -5.0]})), "record")
    assert [record["heart_rate"] for record in records] == [150, None, None]


def test_pauses_are_timer_stops_and_starts_in_order() -> None:
    activity = _activity()
    data = encode_activity(activity)
    (pause,) = activity.pauses
    events = [(event["timestamp"], event["event_type"]) for event in _decoded(data, "event")]
    end = START + timedelta(seconds=activity.laps[-1].end_s)
    assert events == [
        (START, "start"), (START + timedelta(seconds=pause.start_s), "stop_all"),
        (START + timedelta(seconds=pause.end_s), "start"), (end, "stop_all"),
    ]  # fmt: skip


def test_messages_stand_in_order_of_time() -> None:
    with fitdecode.FitReader(encode_activity(_activity())) as reader:
        frames = [frame for frame in reader if isinstance(frame, fitdecode.FitDataMessage)]
    stamps = [frame.get_value("timestamp") for frame in frames if frame.name in ("event", "record", "lap")]
    assert stamps == sorted(stamps)


def test_laps_are_read_back_with_kind_length_and_timer() -> None:
    activity = _activity(intervals=2, interval_work_s=60, interval_rest_s=30, pause_s=40)
    laps = _decoded(encode_activity(activity), "lap")
    assert [lap["intensity"] for lap in laps] == [lap.kind for lap in activity.laps]
    assert [lap["total_distance"] for lap in laps] == pytest.approx([lap.distance_m for lap in activity.laps], abs=0.01)
    assert sum(lap["total_elapsed_time"] for lap in laps) == 400.0
    assert sum(lap["total_timer_time"] for lap in laps) == 360.0
    assert [lap["start_time"] for lap in laps] == [START + timedelta(seconds=lap.start_s) for lap in activity.laps]


def test_the_session_holds_the_totals_and_means() -> None:
    activity = _activity()
    (session,) = _decoded(encode_activity(activity), "session")
    assert (session["sport"], session["sub_sport"], session["start_time"]) == ("running", "street", START)
    assert (session["total_elapsed_time"], session["total_timer_time"]) == (405.0, 360.0)
    assert session["num_laps"] == len(activity.laps)
    assert session["total_distance"] == pytest.approx(sum(lap.distance_m or 0 for lap in activity.laps), abs=0.01)
    assert session["avg_heart_rate"] == pytest.approx(activity.channels["heart_rate_bpm"].mean(), abs=0.5)
    assert session["avg_stance_time_balance"] == pytest.approx(100 * np.nanmean(activity.legs[0].left), abs=0.006)


def test_file_and_device_are_named_without_a_serial_number() -> None:
    data = encode_activity(_small(device=Device(manufacturer="garmin", product="Läufer " + "ü" * 30)))
    (file_id,) = _decoded(data, "file_id")
    assert (file_id["type"], file_id["manufacturer"], file_id["time_created"]) == ("activity", "garmin", START)
    assert file_id["product_name"] == "Läufer " + "ü" * 11
    assert "serial_number" not in file_id | _decoded(data, "device_info")[0]


def _developer(data: bytes, name: str) -> tuple[dict[tuple[str, int], str], Floats]:
    """Return the developer fields as (application, number) → name, and one column of the records."""
    applications = [bytes(one["application_id"]).hex() for one in _decoded(data, "developer_data_id")]
    described = {(applications[one["developer_data_index"]], one["field_definition_number"]): one["field_name"]
                 for one in _decoded(data, "field_description")}  # fmt: skip
    return described, _column(_decoded(data, "record"), name)


@pytest.mark.parametrize(
    ("metric", "name", "unit", "step"),
    [("contact_time", "Contact Time", 0.001, 1.0), ("impact", "Impact", 1.0, 1e-5), ("braking", "Braking", 1.0, 1e-5)],
)
def test_runscribe_writes_each_leg_under_its_application_and_number(
    metric: str, name: str, unit: float, step: float
) -> None:
    activity = _activity((Sensor(), Sensor(kind="runscribe")))
    (series,) = (one for one in activity.legs if (one.source, one.metric) == ("runscribe", metric))
    data = encode_activity(activity)
    left_number = RUNSCRIBE[metric][2].number
    for leg, values, number in (("L", series.left, left_number), ("R", series.right, left_number + 6)):
        described, column = _developer(data, f"{name} {leg}")
        assert described[RUNSCRIBE_APPLICATIONS["named"], number] == f"{name} {leg}"
        np.testing.assert_allclose(column * unit, np.nan_to_num(values), atol=0.51 * step * unit)


def test_runscribes_first_application_has_the_same_numbers_and_no_names() -> None:
    activity = _activity((Sensor(kind="runscribe"),))
    described, _ = _developer(encode_activity(activity, runscribe="unnamed"), "power")
    assert sorted(described) == [(RUNSCRIBE_APPLICATIONS["unnamed"], n) for n in (0, 1, 2, 3, 5, 6, 7, 8, 9, 11, 12)]
    assert not any(described.values())


def test_a_stryd_duo_writes_its_balances_by_name_beside_the_native_one() -> None:
    activity = _activity((Sensor(kind="stryd_duo"),), stiffness_asymmetry_pct=6.0)
    data = encode_activity(activity)
    by_metric = {one.metric: one for one in activity.legs}
    for metric, name in (("leg_stiffness", "Leg Spring Stiffness"), ("vertical_oscillation", "Vertical Oscillation"),
                         ("loading_rate", "Impact Loading Rate")):  # fmt: skip
        described, column = _developer(data, f"{name} Balance")
        assert f"{name} Balance" in described.values()
        assert {application for application, _ in described} == {STRYD_APPLICATION}
        np.testing.assert_allclose(column, 100 * np.nan_to_num(by_metric[metric].left), atol=1e-4)
    assert _column(_decoded(data, "record"), "stance_time_balance").any()


def test_an_activity_without_records_is_still_a_file() -> None:
    data = encode_activity(_small(t_s=[]))
    assert _decoded(data, "record") == []
    assert len(_decoded(data, "session")) == 1


def test_without_laps_one_lap_holds_everything() -> None:
    laps = _decoded(encode_activity(_small(channels={"distance_m": [0.0, 3.0, 6.0]})), "lap")
    assert [(lap["total_elapsed_time"], lap["total_distance"]) for lap in laps] == [(2.0, 6.0)]


def _balance(source: str, t_s: list[float]) -> LegSeries:
    share = np.full(len(t_s), 0.5)
    return LegSeries(
        metric="contact_time", source=source, form="share_left", t_s=np.array(t_s), left=share, right=share
    )


@pytest.mark.parametrize(
    "activity",
    [
        _small(start=datetime(1980, 1, 1, tzinfo=UTC)),
        _small(legs=(_balance("watch_balance", [0, 1, 2]), _balance("stryd_duo", [0, 1, 2]))),
        _small(legs=(_balance("watch_balance", [0, 0.7]),)),
    ],
    ids=["before 1990", "two balances", "a clock of its own"],
)
def test_what_a_fit_file_cannot_hold_is_refused_with_help(activity: Activity) -> None:
    with pytest.raises(InvalidRequest) as caught:
        encode_activity(activity)
    assert caught.value.help


@st.composite
def recipes(draw: st.DrawFn) -> RunRecipe:
    return RunRecipe(
        minutes=draw(st.floats(2, 6)),
        start=START + timedelta(seconds=draw(st.integers(0, 10**8))),
        asymmetry_pct=draw(st.floats(-30, 30)),
        recording=draw(st.sampled_from(["every_second", "smart"])),
        route=draw(st.sampled_from(["road", "track", "treadmill"])),
        grade_sd_pct=draw(st.floats(0, 5)),
        missing_share=draw(st.sampled_from([0.0, 0.3])),
        walking_breaks=draw(st.integers(0, 1)),
        walking_break_s=10.0,
        standing_stops=draw(st.integers(0, 1)),
        standing_stop_s=10.0,
        pauses=draw(st.integers(0, 2)),
        pause_s=draw(st.floats(1, 500)),
        intervals=draw(st.integers(0, 2)),
        interval_work_s=20.0,
        interval_rest_s=10.0,
        sensors=draw(st.sampled_from([(), (Sensor(),), (Sensor(), Sensor(kind="runscribe")),
                                      (Sensor(kind="stryd_duo"), Sensor(kind="runscribe"))])),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(recipe=recipes(), seed=st.integers(0, 2**32))
def test_another_decoder_reads_every_record_of_every_recipe(recipe: RunRecipe, seed: int) -> None:
    activity = simulate_run(recipe, rng=np.random.default_rng(seed)).activity
    data = encode_activity(activity)
    assert data == encode_activity(simulate_run(recipe, rng=np.random.default_rng(seed)).activity)
    records = fitfast.parse(data)["record"]
    assert len(records) == len(activity.t_s)
    speed = np.array([record["enhanced_speed"] for record in records])
    np.testing.assert_allclose(speed, activity.channels["speed_mps"], atol=0.000501)
    for series in activity.legs:
        if series.form == "share_left" and series.metric == "contact_time":
            balance = np.array([record["stance_time_balance"] for record in records])
            np.testing.assert_allclose(balance, 100 * np.nan_to_num(series.left), atol=0.00501)


STEPS = {"latitude_deg": 1e-7, "longitude_deg": 1e-7, "distance_m": 0.01, "speed_mps": 0.001, "altitude_m": 0.2,
         "heart_rate_bpm": 1.0, "cadence_spm": 1 / 64, "temperature_c": 1.0, "power_w": 1.0, "contact_time_s": 1e-4,
         "vertical_oscillation_m": 1e-4, "step_length_m": 1e-4, "leg_stiffness_knpm": 1e-5}  # fmt: skip
LEG_STEPS = {"share_left": 1e-4, "contact_time": 1e-3, "impact": 1e-5, "braking": 1e-5, "pronation": 1.0,
             "foot_strike": 1.0}  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(recipe=recipes(), seed=st.integers(0, 2**32), unnamed=st.booleans())
def test_the_reader_gives_back_the_activity(recipe: RunRecipe, seed: int, unnamed: bool) -> None:
    activity = simulate_run(recipe, rng=np.random.default_rng(seed)).activity
    (back,) = read_fit(encode_activity(activity, runscribe="unnamed" if unnamed else "named"))
    assert (back.sport, back.sub_sport, back.start) == (activity.sport, activity.sub_sport, activity.start)
    assert back.losses == ()
    np.testing.assert_array_equal(back.t_s, activity.t_s)
    assert back.channels.keys() == activity.channels.keys()
    for name, values in activity.channels.items():
        np.testing.assert_allclose(back.channels[name], values, atol=0.501 * STEPS[name], err_msg=name)
    assert [_times(pause) for pause in back.pauses] == [_times(pause) for pause in activity.pauses]
    assert [_times(lap) for lap in back.laps] == [_times(lap) for lap in activity.laps]
    if recipe.intervals:
        assert [lap.kind for lap in back.laps] == [lap.kind for lap in activity.laps]
    found = {(one.source, one.metric): one for one in back.legs}
    assert found.keys() == {(one.source, one.metric) for one in activity.legs}
    for series in activity.legs:
        one = found[series.source, series.metric]
        step = LEG_STEPS[series.form if series.form == "share_left" else series.metric]
        assert one.form == series.form
        np.testing.assert_allclose(one.left, series.left, atol=0.501 * step)
        np.testing.assert_allclose(one.right, series.right, atol=0.501 * step)


def _times(span: Span | Lap) -> tuple[float, float]:
    return span.start_s, span.end_s
