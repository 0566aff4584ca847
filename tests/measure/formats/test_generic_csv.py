"""Tables by a column map: known ones by their header, a person's own by TOML."""

from pathlib import Path

import numpy as np
import pytest

from evenstride.errors import InvalidRequest, NotAnActivity
from evenstride.measure.formats import read_activities, recognise
from evenstride.measure.formats.generic_csv import (
    KNOWN_MAPS,
    CsvColumn,
    CsvLegs,
    CsvMap,
    is_known_csv,
    read_csv,
    read_csv_map,
)
from evenstride.model import CHANNELS, METRICS, Activity

MAP = CsvMap(
    time="t",
    date="when",
    channels={
        "contact_time_s": CsvColumn(column="GCT", scale=0.001),
        "temperature_c": CsvColumn(column="F", scale=5 / 9, offset=-160 / 9),
    },
    legs=(
        CsvLegs(metric="contact_time", source="strap", share_left=CsvColumn(column="bal", scale=0.01)),
        CsvLegs(metric="impact", source="pods", left=CsvColumn(column="il"), right=CsvColumn(column="ir")),
    ),
)
TABLE = (
    b"t,when,gct,f,bal,il,ir\n"
    b"0,2026-05-04T06:00:00Z,250,50,49.5,12,13\n"
    b"1,2026-05-04T06:00:01Z,0,68,0,0,13\n"
    b"2,2026-05-04T06:00:02Z,65535,NA,50.5,12,14\n"
)


def _one(data: bytes = TABLE, csv_map: CsvMap = MAP) -> Activity:
    (run,) = read_csv(data, csv_map)
    return run


def test_numbers_are_scaled_and_shifted_as_the_map_says() -> None:
    assert _one().channels["temperature_c"][:2].tolist() == pytest.approx([10.0, 20.0])


def test_zero_and_what_stands_for_no_value_are_missing() -> None:
    assert np.isnan(_one().channels["contact_time_s"]).tolist() == [False, True, True]


def test_a_share_becomes_left_and_right() -> None:
    legs = _one().legs[0]
    assert (legs.source, legs.form) == ("strap", "share_left")
    assert legs.left[[0, 2]].tolist() == pytest.approx([0.495, 0.505])
    assert legs.right[[0, 2]].tolist() == pytest.approx([0.505, 0.495])
    assert np.isnan(legs.left[1])


def test_two_columns_become_left_and_right() -> None:
    legs = _one().legs[1]
    assert (legs.metric, legs.form) == ("impact", "per_leg")
    assert legs.right.tolist() == [13, 13, 14]
    assert np.isnan(legs.left).tolist() == [False, True, False]


def test_swapping_the_columns_of_the_legs_swaps_the_legs() -> None:
    swapped = _one(TABLE.replace(b"il,ir", b"ir,il")).legs[1]
    straight = _one().legs[1]
    assert np.array_equal(swapped.left, straight.right, equal_nan=True)
    assert np.array_equal(swapped.right, straight.left, equal_nan=True)


def test_the_date_is_that_of_the_first_row() -> None:
    assert _one().start.isoformat() == "2026-05-04T06:00:00+00:00"


def test_a_table_without_a_date_says_so() -> None:
    run = _one(TABLE.replace(b"when", b"x"))
    assert [note.code for note in run.notes] == ["no_date"]
    assert run.t_s.tolist() == [0.0, 1.0, 2.0]


def test_times_in_milliseconds_and_as_dates_are_understood() -> None:
    in_ms = CsvMap(time="t", time_unit="ms", channels=MAP.channels)
    assert _one(TABLE, in_ms).t_s.tolist() == pytest.approx([0.0, 0.001, 0.002])
    as_dates = CsvMap(time="when", time_unit="iso", channels=MAP.channels)
    assert _one(TABLE, as_dates).start.isoformat() == "2026-05-04T06:00:00+00:00"


def test_seconds_since_1970_are_a_date() -> None:
    run = _one(b"t,gct\n1777874400,250\n1777874401,251\n")
    assert run.start.isoformat() == "2026-05-04T06:00:00+00:00"
    assert run.notes == ()


def test_a_column_that_the_table_lacks_is_left_out() -> None:
    run = _one(b"t,gct,il\n0,250,1\n1,250,2\n")
    assert set(run.channels) == {"contact_time_s"}
    assert run.legs == ()


def test_of_two_columns_with_one_name_the_first_counts() -> None:
    assert _one(b"t,gct,gct\n0,250,999\n").channels["contact_time_s"].tolist() == [0.25]


def test_a_line_beyond_any_row_is_left_out_and_said() -> None:
    run = _one(b"t,gct\n0,250\n" + b"9" * 100_000 + b"\n1,251\n")
    assert run.t_s.tolist() == [0.0, 1.0]
    assert [loss.code for loss in run.losses] == ["rows_unreadable"]


def test_a_quotation_mark_never_closed_costs_its_own_row() -> None:
    assert _one(b't,gct\n0,250\n1,"251\n2,252\n').t_s.tolist() == [0.0, 1.0, 2.0]


def test_a_table_without_its_time_column_is_refused() -> None:
    with pytest.raises(NotAnActivity, match="no column t"):
        read_csv(b"x,gct\n0,250\n", MAP)


def test_a_table_without_any_readable_time_is_refused() -> None:
    with pytest.raises(NotAnActivity, match="readable time"):
        read_csv(b"t,gct\nnoon,250\n", MAP)


TOML = """
time = "t"
date = "when"
[channels]
contact_time_s = {column = "GCT", scale = 0.001}
temperature_c = {column = "F", scale = 0.5555555555555556, offset = -17.77777777777778}
[[legs]]
metric = "contact_time"
source = "strap"
share_left = {column = "bal", scale = 0.01}
[[legs]]
metric = "impact"
source = "pods"
left = "il"
right = "ir"
"""


def test_a_map_written_as_toml_is_the_same_map() -> None:
    assert read_csv_map(TOML) == MAP


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("time = ", "no TOML"),
        ("", "no time column"),
        ("time = 3", "no time column"),
        ('time = "t"\nfoo = 1', "no entry foo"),
        ('time = "t"\ntime_unit = "h"', "no time unit h"),
        ('time = "t"\n[channels]\nspeed = "v"', "no channel speed"),
        ('time = "t"\n[channels]\nspeed_mps = 3', "needs the name of a column"),
        ('time = "t"\n[channels]\nspeed_mps = {column = "v", scale = inf}', "needs the name of a column"),
        ('time = "t"\n[channels]\nspeed_mps = {column = "v", factor = 2}', "no entry factor"),
        ('time = "t"\nlegs = 3', "list of tables"),
        ('time = "t"\n[[legs]]\nsource = "x"', "names its metric"),
        ('time = "t"\n[[legs]]\nmetric = "hop"\nshare_left = "b"', "no metric hop"),
        ('time = "t"\n[[legs]]\nmetric = "impact"\nleft = "b"', "either share_left, or left and right"),
        ('time = "t"\n[[legs]]\nmetric = "impact"\nshare_left = "b"\nlevel_channel = "x"', "not mapped"),
    ],
)
def test_what_is_wrong_with_a_map_is_said(toml: str, sentence: str) -> None:
    with pytest.raises(InvalidRequest, match=sentence) as refusal:
        read_csv_map(toml)
    assert refusal.value.help


@pytest.mark.parametrize("name", KNOWN_MAPS)
def test_a_known_map_names_only_what_exists_and_is_recognised_by_its_own_columns(name: str) -> None:
    known = KNOWN_MAPS[name]
    assert known.channels.keys() <= CHANNELS.keys()
    assert {legs.metric for legs in known.legs} <= METRICS.keys()
    assert known.recognised_by
    assert known.recognised_by <= known.columns()


def test_a_table_of_something_else_is_not_taken() -> None:
    assert not is_known_csv(b"time,acc_x\n0,1\n")


def _real_run(real_data: Path) -> Activity:
    name = "V01_course_run_2023_03_08_processed_with_turn_rate_and_incline.csv"
    data = (real_data / "csv" / "johnjdavisiv__inlab-vs-realworld" / name).read_bytes()
    assert recognise(data) == "csv"
    (run,) = read_activities(data)
    return run


@pytest.mark.real_data
def test_a_real_run_with_strap_and_pod_is_recognised_and_read(real_data: Path) -> None:
    run = _real_run(real_data)
    (legs,) = run.legs
    assert (len(run.t_s), np.isfinite(legs.left).sum()) == (890, 784)
    assert 100 * np.nanmedian(legs.left) == pytest.approx(50.18)
    assert np.nanmedian(run.channels["cadence_spm"]) == 164.0
    assert np.nanmedian(run.channels["contact_time_s"]) == pytest.approx(0.255)


@pytest.mark.real_data
def test_the_units_of_a_real_run_fit_one_another(real_data: Path) -> None:
    run = _real_run(real_data)
    speed, step = run.channels["speed_mps"], run.channels["step_length_m"]
    running = speed > 2.5
    ratio = step[running] * run.channels["cadence_spm"][running] / 60.0 / speed[running]
    assert np.nanmedian(ratio) == pytest.approx(1.0, abs=0.01)
    cycle_s = 120.0 / run.channels["cadence_spm"][running]
    share = 100 * run.channels["contact_time_s"][running] / cycle_s
    assert np.nanmedian(share - run.channels["contact_time_percent"][running]) == pytest.approx(0.0, abs=0.5)


@pytest.mark.real_data
def test_the_turn_rate_of_a_real_run_is_positive_to_the_left(real_data: Path) -> None:
    """Where its positions turn anticlockwise, the column is positive, and about as large."""
    run = _real_run(real_data)
    latitude, longitude = np.radians(run.channels["latitude_deg"]), np.radians(run.channels["longitude_deg"])
    east, north = longitude * np.cos(latitude.mean()), latitude

    def heading(first_s: float, last_s: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        over = [np.interp(run.t_s + last_s, run.t_s, axis) - np.interp(run.t_s + first_s, run.t_s, axis)
                for axis in (east, north)]  # fmt: skip
        return np.arctan2(over[1], over[0])

    turned = np.degrees((heading(0, 6) - heading(-6, 0) + np.pi) % (2 * np.pi) - np.pi) / 6.0
    moving = run.channels["speed_mps"] > 1.5
    slope = np.polyfit(turned[moving], run.channels["turn_dps"][moving], 1)[0]
    assert slope == pytest.approx(1.06, abs=0.01)


@pytest.mark.real_data
def test_the_grade_of_a_real_run_is_its_rise_per_distance(real_data: Path) -> None:
    run = _real_run(real_data)
    moving = run.channels["speed_mps"] > 1.5
    altitude = run.channels["altitude_m"]
    rise = np.interp(run.t_s + 8, run.t_s, altitude) - np.interp(run.t_s - 8, run.t_s, altitude)
    grade = run.channels["grade_pct"]
    assert np.mean(rise[moving & (grade > 2)]) > 0 > np.mean(rise[moving & (grade < -2)])
