"""What every reader of columns does alike."""

import numpy as np

from evenstride.measure.formats.samples import Table, activity_from, epoch_seconds, floats
from evenstride.model import Activity, Floats


def _run(
    time_s: list[float], *, sport: str | None = None, breaks: tuple[int, ...] = (), **channels: object
) -> Activity:
    columns: dict[str, Floats] = {name: np.asarray(values, np.float64) for name, values in channels.items()}
    table = Table(format="csv", time_s=np.array(time_s), channels=columns, sport=sport, breaks=breaks)
    activity = activity_from(table)
    assert activity is not None
    return activity


def test_no_readable_time_is_no_activity() -> None:
    assert activity_from(Table(format="csv", time_s=np.array([np.nan, -5.0, 1e300]), channels={})) is None


def test_points_are_put_in_the_order_of_time_with_their_values() -> None:
    run = _run([10.0, 12.0, 11.0], altitude_m=[1.0, 3.0, 2.0])
    assert run.channels["altitude_m"].tolist() == [1.0, 2.0, 3.0]
    assert [loss.code for loss in run.losses] == ["times_out_of_order"]


def test_points_with_one_time_keep_their_order() -> None:
    run = _run([10.0, 10.0, 10.0, 9.0], altitude_m=[1.0, 2.0, 3.0, 0.0])
    assert run.channels["altitude_m"].tolist() == [0.0, 1.0, 2.0, 3.0]


def test_a_clock_that_jumps_by_years_costs_only_its_own_point() -> None:
    run = _run([1e9, 1e9 + 1, 5.0, 1e9 + 2], altitude_m=[1.0, 2.0, 9.0, 3.0])
    assert run.t_s.tolist() == [0.0, 1.0, 2.0]
    assert [loss.code for loss in run.losses] == ["times_far_off"]


def test_zero_is_missing_where_devices_write_it_for_want_of_a_value() -> None:
    run = _run([0.0, 1.0], contact_time_s=[0.0, 0.25], speed_mps=[0.0, 3.0])
    assert np.isnan(run.channels["contact_time_s"][0])
    assert run.channels["speed_mps"][0] == 0.0


def test_a_channel_without_any_value_is_absent() -> None:
    assert "heart_rate_bpm" not in _run([0.0, 1.0], heart_rate_bpm=[0.0, np.nan]).channels


def test_speed_comes_from_positions_where_the_file_has_none() -> None:
    metres_per_degree = 111_195.0
    t_s = np.arange(30.0)
    run = _run(list(t_s), latitude_deg=3.0 * t_s / metres_per_degree, longitude_deg=np.full(30, 7.0))
    assert np.allclose(run.channels["speed_mps"], 3.0, rtol=1e-4)
    assert [note.code for note in run.notes] == ["speed_from_positions"]


def test_speed_comes_from_the_distance_where_the_file_has_none() -> None:
    run = _run([0.0, 1.0, 2.0], distance_m=[0.0, 3.0, 6.0])
    assert np.allclose(run.channels["speed_mps"], 3.0)
    assert [note.code for note in run.notes] == ["speed_from_distance"]


def test_the_file_s_own_speed_is_kept() -> None:
    run = _run([0.0, 1.0], speed_mps=[2.0, 2.5], distance_m=[0.0, 50.0])
    assert run.channels["speed_mps"].tolist() == [2.0, 2.5]


def test_no_place_is_on_the_equator_at_greenwich() -> None:
    run = _run([0.0, 1.0], latitude_deg=[0.0, 48.0], longitude_deg=[0.0, 9.0])
    assert np.isnan(run.channels["latitude_deg"][0])
    assert np.isnan(run.channels["longitude_deg"][0])


def test_half_a_position_is_none() -> None:
    assert "latitude_deg" not in _run([0.0, 1.0], latitude_deg=[48.0, 48.1]).channels


def test_the_cadence_of_one_foot_is_doubled_and_said() -> None:
    run = _run([0.0, 1.0, 2.0], cadence_spm=[0.0, 85.0, 86.0])
    assert run.channels["cadence_spm"].tolist() == [0.0, 170.0, 172.0]
    assert [note.code for note in run.notes] == ["cadence_doubled"]


def test_the_cadence_of_both_feet_stays() -> None:
    run = _run([0.0, 1.0], cadence_spm=[170.0, 172.0])
    assert run.channels["cadence_spm"].tolist() == [170.0, 172.0]
    assert run.notes == ()


def test_turns_of_a_crank_are_no_steps() -> None:
    assert "cadence_spm" not in _run([0.0, 1.0], sport="cycling", cadence_spm=[85.0, 86.0]).channels


def test_a_break_in_the_track_is_a_pause_when_it_is_long() -> None:
    run = _run([0.0, 1.0, 61.0, 62.0, 64.0], breaks=(2, 4))
    assert [(span.start_s, span.end_s) for span in run.pauses] == [(1.0, 61.0)]


def test_the_same_moment_in_two_zones_is_one_number() -> None:
    seconds, zone_missing = epoch_seconds(["2026-05-04T08:00:00+02:00", "2026-05-04T06:00:00Z"])
    assert seconds[0] == seconds[1]
    assert not zone_missing


def test_a_time_without_a_zone_is_utc_and_told() -> None:
    seconds, zone_missing = epoch_seconds(["1970-01-01T00:01:00"])
    assert seconds.tolist() == [60.0]
    assert zone_missing


def test_what_is_no_time_is_nan() -> None:
    assert np.isnan(epoch_seconds(["", "yesterday", "2026-13-01"])[0]).all()


def test_what_is_no_number_is_nan() -> None:
    assert np.isnan(floats(["", "x", "inf", "1e300", "nan"])).all()
