"""RunScribe's rows per stride: one foot, both feet, and what belongs together."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from evenstride.errors import NotAnActivity
from evenstride.measure.formats import read_members
from evenstride.measure.formats.runscribe_csv import (
    group_runscribe,
    is_runscribe_csv,
    matched_contacts,
    read_runscribe_csv,
    read_runscribe_feet,
    side_of,
)
from evenstride.model import Activity

STRIDE_S = 0.7
HEADER = (
    "datetime, time (s), active_dist (mi), pause_time (s), stride_pace (mi/min), step_rate (s/min), stride_length (ft),"
    " contact_time (ms), braking_gs, impact_gs, footstrike_type, pronation_fs_mp\n"
    "datetime, , , , power, , , , , , , , \n"
)
START = datetime(2026, 5, 4, 6, tzinfo=UTC)


def _row(second: float, *, contact_ms: float, paused_s: float = 0.0, start: datetime = START) -> str:
    moment = (start + timedelta(seconds=second)).replace(tzinfo=None).isoformat(" ", "milliseconds")
    return (
        f"{moment}, {second:.3f}, {0.002 * second:.4f}, {paused_s}, 8.0, {120 / STRIDE_S:.3f}, 8.0, {contact_ms:.1f},"
        " 7.0, 12.5, 3.0, -10.5\n"
    )


def _foot(offset_s: float, contact_ms: float, n: int = 20, start: datetime = START) -> bytes:
    rows = (_row(offset_s + STRIDE_S * i, contact_ms=contact_ms + i, start=start) for i in range(n))
    return (HEADER + "".join(rows)).encode()


LEFT, RIGHT = _foot(0.1, 250.0), _foot(0.1 + STRIDE_S / 2, 270.0)


def _both(left: bytes = LEFT, right: bytes = RIGHT) -> Activity:
    (run,) = read_runscribe_feet([("run left.csv", left), ("run right.csv", right)])
    return run


def test_a_row_gives_its_channels_in_our_units() -> None:
    (run,) = read_runscribe_csv(LEFT)
    first = {name: float(values[0]) for name, values in run.channels.items()}
    assert first == pytest.approx({
        "speed_mps": 1609.344 / (8.0 * 60.0),  # minutes per mile, though the column says miles per minute
        "distance_m": 0.0002 * 1609.344, "cadence_spm": 120 / STRIDE_S, "step_length_m": 4.0 * 0.3048,
        "contact_time_s": 0.25,
    }, rel=1e-5)  # fmt: skip
    assert (run.sport, run.device.manufacturer) == ("running", "runscribe")


def test_one_foot_alone_has_no_left_and_right_and_says_so() -> None:
    (run,) = read_runscribe_csv(LEFT)
    assert run.legs == ()
    assert "one_leg_only" in [note.code for note in run.notes]


def test_both_feet_give_every_metric_per_leg() -> None:
    legs = {one.metric: one for one in _both().legs}
    assert set(legs) == {
        "contact_time", "impact", "braking", "foot_strike", "pronation", "stride_length", "stride_time",
    }  # fmt: skip
    assert {one.source for one in legs.values()} == {"runscribe"}
    assert {one.form for one in legs.values()} == {"per_leg"}
    assert legs["contact_time"].left[:2].tolist() == pytest.approx([0.250, 0.251])
    assert legs["contact_time"].right[:2].tolist() == pytest.approx([0.270, 0.271])
    assert (legs["impact"].left[0], legs["braking"].right[0], legs["pronation"].left[0]) == (12.5, 7.0, -10.5)
    assert legs["stride_length"].left[0] == pytest.approx(8.0 * 0.3048)
    assert legs["stride_time"].right[0] == pytest.approx(STRIDE_S, rel=1e-5)


def test_the_level_of_both_feet_is_their_mean() -> None:
    assert _both().channels["contact_time_s"][0] == pytest.approx(0.260)


def test_the_order_of_the_files_does_not_matter() -> None:
    (other,) = read_runscribe_feet([("run right.csv", RIGHT), ("run left.csv", LEFT)])
    assert np.array_equal(other.legs[0].left, _both().legs[0].left)


def test_naming_the_files_the_other_way_round_swaps_the_legs() -> None:
    (swapped,) = read_runscribe_feet([("run right.csv", LEFT), ("run left.csv", RIGHT)])
    for mirrored, straight in zip(swapped.legs, _both().legs, strict=True):
        assert np.array_equal(mirrored.left, straight.right)
        assert np.array_equal(mirrored.right, straight.left)


def test_a_contact_without_its_partner_is_missing_and_counted() -> None:
    rows = RIGHT.decode().splitlines(keepends=True)
    run = _both(right="".join(rows[:7] + rows[8:]).encode())
    assert np.flatnonzero(np.isnan(run.legs[0].right)).tolist() == [5]
    assert [note.text for note in run.notes if note.code == "strides_unmatched"] == [
        "1 contact had no partner of the other foot."
    ]


def test_the_cycle_begins_with_the_foot_that_touched_down_first() -> None:
    run = _both(left=_foot(0.1 + STRIDE_S / 2, 270.0), right=_foot(0.1, 250.0))
    assert (run.legs[0].right[0], run.legs[0].left[0]) == (0.250, 0.270)


def test_the_foot_that_recorded_more_keeps_the_clock() -> None:
    run = _both(left=_foot(0.1, 250.0, n=5))
    assert len(run.t_s) == 20
    assert np.isfinite(run.legs[0].left).sum() == 5


def test_a_contact_is_never_matched_beyond_its_stride() -> None:
    left, right = np.array([0.0, 0.7]), np.array([1.5])
    i, _ = matched_contacts(left, right, np.array([0.7, 0.7]))
    assert i.tolist() == []


def test_a_right_contact_is_used_once() -> None:
    left, right = np.array([0.0, 0.3]), np.array([0.5])
    i, j = matched_contacts(left, right, np.array([0.7, 0.7]))
    assert (i.tolist(), j.tolist()) == ([1], [0])


def test_the_growth_of_the_paused_time_is_a_pause_after_its_row() -> None:
    rows = [
        _row(0.0, contact_ms=250),
        _row(0.7, contact_ms=250, paused_s=60.0),
        _row(61.0, contact_ms=250, paused_s=60.0),
    ]
    (run,) = read_runscribe_csv((HEADER + "".join(rows)).encode())
    assert [(span.start_s, span.end_s) for span in run.pauses] == [pytest.approx((1.0, 61.0))]


def test_zero_contact_time_is_missing() -> None:
    (run,) = read_runscribe_csv(LEFT.replace(b" 250.0,", b" 0.0,"))
    assert np.isnan(run.channels["contact_time_s"][0])


def _semicolons(data: bytes) -> bytes:
    return data.replace(b".", b"#").replace(b",", b";").replace(b"#", b",")


@pytest.mark.parametrize(
    "written",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.replace(b", ", b","),
        lambda data: data.replace(b", ", b"\t"),
        _semicolons,
        lambda data: data.replace(b"250.0", b'"250.0"'),
        lambda data: b"\n" + data,
    ],
)
def test_the_way_a_table_is_written_does_not_matter(written: Callable[[bytes], bytes]) -> None:
    data = written(LEFT)
    assert is_runscribe_csv(data)
    (run,) = read_runscribe_csv(data)
    assert run.channels["contact_time_s"].tolist() == pytest.approx([0.250 + 0.001 * i for i in range(20)])
    assert np.allclose(np.diff(run.t_s), STRIDE_S)


def test_a_last_row_cut_short_is_left_out_and_said() -> None:
    (run,) = read_runscribe_csv(LEFT[:-25])
    assert len(run.t_s) == 19
    assert [loss.code for loss in run.losses] == ["truncated"]


def test_a_table_without_any_stride_is_refused() -> None:
    with pytest.raises(NotAnActivity, match="no stride"):
        read_runscribe_csv(HEADER.encode())


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("run_37075right.csv", "right"), ("run_37075left.csv", "left"), ("Left foot.csv", "left"),
        ("runRight.csv", "right"), ("run_L.csv", "left"), ("export/37075R.csv", "right"), ("LEFT.CSV", "left"),
        ("bright.csv", None), ("left and right.csv", None), ("run.csv", None), ("left/run.csv", None), ("", None),
    ],
)  # fmt: skip
def test_the_side_is_read_from_the_name(name: str, side: str | None) -> None:
    assert side_of(name) == side


def test_the_feet_of_two_runs_are_paired_by_their_clocks() -> None:
    later = datetime(2026, 5, 6, 6, tzinfo=UTC)
    parts = [
        ("a left.csv", LEFT),
        ("b left.csv", _foot(0.1, 250.0, start=later)),
        ("b right.csv", _foot(0.4, 250.0, start=later)),
        ("a right.csv", RIGHT),
    ]
    assert group_runscribe(parts) == [[0, 3], [1, 2]]


def test_two_files_of_one_foot_stay_apart() -> None:
    assert group_runscribe([("a left.csv", LEFT), ("b left.csv", LEFT)]) == [[0], [1]]


def test_the_two_files_of_a_run_are_one_activity_among_others() -> None:
    reading = read_members([("run left.csv", LEFT), ("other.bin", b"?"), ("run right.csv", RIGHT)])
    (found,) = reading.activities
    assert found.origins == ("run left.csv", "run right.csv")
    assert len(found.activities[0].legs) == 7


@pytest.mark.real_data
def test_a_real_right_foot_is_read_whole(real_data: Path) -> None:
    name = "run_37075right.csv"
    data = (real_data / "csv" / "richardjy__read-runscribe" / name).read_bytes()
    (found,) = read_members([(name, data)]).activities
    (run,) = found.activities
    assert (len(run.t_s), len(run.pauses), run.losses) == (5859, 8, ())
    assert np.nanmedian(run.channels["contact_time_s"]) == pytest.approx(0.307)
    assert np.nanmax(run.channels["distance_m"]) == pytest.approx(14_290.65, abs=0.01)
    speed_of_steps = run.channels["step_length_m"] * run.channels["cadence_spm"] / 60.0
    assert np.nanmedian(speed_of_steps / run.channels["speed_mps"]) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.real_data
def test_a_real_foot_and_its_own_copy_half_a_stride_later_match_stride_by_stride(real_data: Path) -> None:
    data = (real_data / "csv" / "richardjy__read-runscribe" / "run_37075right.csv").read_bytes()
    head, rows = data.decode().splitlines()[:2], data.decode().splitlines()[2:]
    later = []
    for row in rows:
        moment, second, *rest = row.split(",")
        shifted = datetime.fromisoformat(moment) + timedelta(seconds=0.36)
        later.append(",".join([shifted.isoformat(" ", "milliseconds"), f" {float(second) + 0.36:.3f}", *rest]))
    right = "\n".join([*head, *later, ""]).encode()
    (run,) = read_runscribe_feet([("left.csv", data), ("right.csv", right)])
    contact = run.legs[0]
    assert np.isfinite(contact.left).sum() == 5859
    assert np.array_equal(contact.left, contact.right)
