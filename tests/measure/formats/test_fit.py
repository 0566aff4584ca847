"""What FIT bytes mean: files written here by hand, message by message, and read back."""

import re
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import EvenstrideError, NotAnActivity, UnreadableInput
from evenstride.measure.formats.fit import is_fit, read_fit
from evenstride.measure.formats.fit_decode import decode_fit
from evenstride.measure.formats.fit_scan import MAX_LAYOUTS
from evenstride.model import Activity, LegSeries

BASE = {"B": 0x02, "b": 0x01, "H": 0x84, "h": 0x83, "I": 0x86, "i": 0x85, "f": 0x88, "d": 0x89, "s": 0x07}
RECORD, SESSION, LAP, EVENT, DESCRIPTION, APPLICATION = 20, 18, 19, 21, 206, 207
T0 = 1_000_000_000  # seconds of FIT time: September 2021
RUNSCRIBE_V1 = bytes.fromhex("502092b3b0dd45ad89b3472ab2060ab6")
STRYD = bytes.fromhex("18fb2cf01a4b430dad66988c847421f4")
OTHER = bytes(range(16))

Fields = Mapping[int, str]


def crc16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0xA001 if crc & 1 else 0)
    return crc


def fit(*messages: bytes, declared: int | None = None, header: int = 14) -> bytes:
    body = b"".join(messages)
    start = struct.pack("<BBHI4s", header, 0x10, 2132, len(body) if declared is None else declared, b".FIT")
    data = start + bytes(max(header - 12, 0)) + body
    return data + struct.pack("<H", crc16(data))


def define(number: int, fields: Fields, *, local: int = 0, big: bool = False, developer: Sequence[Any] = ()) -> bytes:
    """A definition; ``developer`` holds (number, struct code, developer index)."""
    start = struct.pack(
        ">BBBHB" if big else "<BBBHB", (0x60 if developer else 0x40) | local, 0, big, number, len(fields)
    )
    listed = b"".join(
        struct.pack("BBB", n, struct.calcsize(f"<{c}"), 0x0D if c[0].isdigit() and c[-1] == "B" else BASE[c[-1]])
        for n, c in fields.items()
    )
    own = b"".join(struct.pack("BBB", n, struct.calcsize(f"<{c}"), index) for n, c, index in developer)
    return start + listed + (bytes([len(developer)]) + own if developer else b"")


def row(codes: Sequence[str], *values: Any, local: int = 0, big: bool = False) -> bytes:
    return bytes([local]) + struct.pack((">" if big else "<") + "".join(codes), *values)


def table(number: int, fields: Fields, *rows: Sequence[Any], local: int = 0, big: bool = False) -> bytes:
    written = [row(list(fields.values()), *values, local=local, big=big) for values in rows]
    return define(number, fields, local=local, big=big) + b"".join(written)


def file_id(kind: int = 4, maker: int = 1, product: int = 3291) -> bytes:
    return table(0, {0: "B", 1: "H", 2: "H", 3: "I"}, (kind, maker, product, 123456789))


def session(sport: int = 1, start: int = T0, seconds: int = 60) -> bytes:
    return table(SESSION, {253: "I", 2: "I", 5: "B", 7: "I"}, (start + seconds, start, sport, 1000 * seconds))


def records(fields: Fields, *rows: Sequence[Any], start: int = T0) -> bytes:
    return table(RECORD, {253: "I", **fields}, *((start + i, *values) for i, values in enumerate(rows)))


def run(fields: Fields, *rows: Sequence[Any], maker: int = 1) -> Activity:
    (activity,) = read_fit(fit(file_id(maker=maker), records(fields, *rows), session()))
    return activity


def describe(*fields: tuple[int, int, str, str], application: bytes = STRYD, index: int = 0) -> bytes:
    """An application and its fields: number, base type code, name, units."""
    said = table(APPLICATION, {1: "16B", 3: "B"}, (*application, index))
    named = [(index, number, base, name.encode(), units.encode()) for number, base, name, units in fields]
    return said + table(DESCRIPTION, {0: "B", 1: "B", 2: "B", 3: "32s", 8: "16s"}, *named)


def with_developer(fields: Sequence[tuple[int, str, int]], *rows: Sequence[Any], native: Fields | None = None) -> bytes:
    """Records whose developer fields are (number, struct code, developer index); rows hold the native ones first."""
    native = {253: "I", **(native or {})}
    codes = [*native.values(), *(code for _, code, _ in fields)]
    written = b"".join(row(codes, T0 + i, *values) for i, values in enumerate(rows))
    return define(RECORD, native, developer=fields) + written


def stryd_run(names: Sequence[tuple[str, str]], *rows: Sequence[float], native: Fields | None = None) -> Activity:
    described = describe(*((i, 0x88, name, units) for i, (name, units) in enumerate(names)), application=OTHER)
    columns = [(i, "f", 0) for i in range(len(names))]
    (activity,) = read_fit(fit(file_id(), described, with_developer(columns, *rows, native=native), session()))
    return activity


def legs(activity: Activity) -> dict[tuple[str, str], LegSeries]:
    return {(one.metric, one.source): one for one in activity.legs}


# --- how bytes become columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize("big", [False, True], ids=["little", "big"])
def test_both_byte_orders_are_read(big: bool) -> None:
    messages = table(RECORD, {253: "I", 6: "H"}, (T0, 3500), (T0 + 1, 3600), big=big)
    (activity,) = read_fit(fit(file_id(), messages))
    assert activity.channels["speed_mps"].tolist() == [3.5, 3.6]
    assert activity.t_s.tolist() == [0, 1]


def test_compressed_times_count_on_from_the_last_full_time_and_roll_over() -> None:
    full = T0 - T0 % 32 + 30
    short = define(RECORD, {3: "B"}, local=1)
    rows = [bytes([0x80 | 1 << 5 | (full + later) % 32, 140 + later]) for later in (0, 1, 3, 20, 40)]
    file = decode_fit(fit(file_id(), table(EVENT, {253: "I", 0: "B", 1: "B"}, (full, 0, 0)), short, *rows))
    assert (file.parts[0].get(RECORD).times() - full).tolist() == [0, 1, 3, 20, 40]


def test_a_full_time_between_compressed_ones_sets_the_clock_anew() -> None:
    full = define(RECORD, {253: "I", 3: "B"})
    short = define(RECORD, {3: "B"}, local=1)
    compressed = bytes([0xA0 | (T0 + 101) % 32, 150])
    rows = [row("IB", T0, 140), bytes([0xA0 | (T0 + 1) % 32, 141]), row("IB", T0 + 100, 149), compressed]
    (activity,) = read_fit(fit(file_id(), full, short, *rows))
    assert activity.t_s.tolist() == [0, 1, 100, 101]
    assert activity.channels["heart_rate_bpm"].tolist() == [140, 141, 149, 150]


def test_records_keep_their_order_when_layouts_alternate() -> None:
    first, second = define(RECORD, {253: "I", 3: "B"}), define(RECORD, {253: "I", 6: "H", 3: "B"}, local=1)
    rows = [row("IB", T0 + i, i + 1) if i % 3 else row("IHB", T0 + i, 3000, i + 1, local=1) for i in range(100)]
    (activity,) = read_fit(fit(file_id(), first, second, *rows))
    assert activity.channels["heart_rate_bpm"].tolist() == list(range(1, 101))
    assert np.flatnonzero(np.isfinite(activity.channels["speed_mps"])).tolist() == list(range(0, 100, 3))


def test_a_long_run_of_rows_ends_where_another_message_begins() -> None:
    fields = {253: "I", 3: "B"}
    once = table(RECORD, fields, *((T0 + i, 100) for i in range(1000)))
    again = table(RECORD, fields, *((T0 + 1000 + i, 101) for i in range(500)))
    (activity,) = read_fit(fit(file_id(), once, session(), again))
    assert activity.channels["heart_rate_bpm"].tolist() == [100] * 1000 + [101] * 500


def test_a_local_number_may_be_defined_anew() -> None:
    (activity,) = read_fit(fit(file_id(), records({3: "B"}, (140,)), records({6: "H"}, (3000,), start=T0 + 1)))
    assert activity.channels["heart_rate_bpm"][0] == 140
    assert activity.channels["speed_mps"][1] == 3.0


@pytest.mark.parametrize(
    ("code", "invalid"),
    [("B", 0xFF), ("b", 0x7F), ("H", 0xFFFF), ("h", 0x7FFF), ("I", 0xFFFFFFFF), ("i", 0x7FFFFFFF), ("f", float("nan"))],
)
def test_the_invalid_value_of_each_type_is_missing(code: str, invalid: float) -> None:
    values = decode_fit(fit(table(RECORD, {9: code}, (5,), (invalid,)))).parts[0].get(RECORD).numbers(9)
    assert values[0] == 5
    assert np.isnan(values[1])


def test_a_size_that_does_not_fit_its_type_spoils_only_that_field() -> None:
    odd = bytearray(define(RECORD, {253: "I", 6: "3B", 3: "B"}))
    odd[odd.index(bytes([6, 3])) + 2] = 0x84
    (activity,) = read_fit(fit(file_id(), bytes(odd), row(["I", "3B", "B"], T0, 1, 2, 3, 140)))
    assert activity.channels["heart_rate_bpm"].tolist() == [140]


def test_a_text_ends_at_its_first_zero() -> None:
    part = decode_fit(fit(table(0, {8: "12s"}, (b"Watch\0junk",)))).parts[0]
    assert part.get(0).texts(8) == ["Watch"]


def test_a_first_generation_pod_packs_speed_and_distance_in_three_bytes() -> None:
    packed = [(speed & 0xFF, speed >> 8 | (d & 15) << 4, d >> 4) for speed, d in ((300, 4090), (301, 40), (302, 90))]
    activity = run({8: "3B"}, *packed)
    assert activity.channels["speed_mps"].tolist() == [3.0, 3.01, 3.02]
    assert np.diff(activity.channels["distance_m"]).tolist() == [46 / 16, 50 / 16]


# --- developer fields ----------------------------------------------------------------------------------------------


def test_a_field_description_may_come_after_the_data() -> None:
    data = with_developer([(3, "H", 0)], (250,), (260,))
    (activity,) = read_fit(fit(file_id(), data, describe((3, 0x84, "Ground Time", "Milliseconds"))))
    assert activity.channels["contact_time_s"].tolist() == [0.25, 0.26]


def test_two_applications_may_number_their_fields_alike() -> None:
    said = describe((0, 0x84, "Power", "W"), application=OTHER, index=1), describe((0, 0x84, "Power", "Watts"))
    data = with_developer([(0, "H", 1), (0, "H", 0)], (999, 250))
    (activity,) = read_fit(fit(file_id(), *said, data))
    assert activity.channels["power_w"].tolist() == [250]


def test_applications_without_an_id_are_told_apart_by_their_index() -> None:
    said = [table(DESCRIPTION, {0: "B", 1: "B", 2: "B", 3: "8s"}, (index, 0, 0x84, b"same")) for index in (0, 1)]
    messages = decode_fit(fit(*said, with_developer([(0, "H", 0), (0, "H", 1)], (7, 8)))).parts[0].get(RECORD)
    assert [messages.developer_numbers(field.key)[0] for field in messages.developer_fields] == [7, 8]


def test_a_described_scale_is_applied() -> None:
    said = table(APPLICATION, {1: "16B", 3: "B"}, (*OTHER, 0))
    said += table(DESCRIPTION, {0: "B", 1: "B", 2: "B", 6: "B"}, (0, 4, 0x84, 10))
    messages = decode_fit(fit(said, with_developer([(4, "H", 0)], (215,)))).parts[0].get(RECORD)
    assert messages.developer_numbers((OTHER.hex(), 4)).tolist() == [21.5]


def runscribe_run(application: bytes, *, right: int = 6, native: Fields | None = None, row_: Any = ()) -> Activity:
    fields = [(n + side, "H", 0) for side in (0, right) for n in (0, 1, 2, 3, 5)]
    said = describe(*((n, 0x84, "", "") for n, _, _ in fields), application=application)
    values = (*row_, 12, 7, 4, 9, 300, 13, 8, 5, 10, 310)
    (activity,) = read_fit(fit(file_id(), said, with_developer(fields, values, values, native=native), session()))
    return activity


def test_runscribe_fields_without_names_are_known_by_their_number() -> None:
    found = legs(runscribe_run(RUNSCRIBE_V1))
    contact, impact = found["contact_time", "runscribe"], found["impact", "runscribe"]
    assert contact.form == "per_leg"
    assert (contact.left[0], contact.right[0]) == (pytest.approx(0.300), pytest.approx(0.310))
    assert (impact.left[0], impact.right[0]) == (12, 13)
    assert {metric for metric, _ in found} == {"contact_time", "impact", "braking", "foot_strike", "pronation"}


def test_numbers_alone_mean_nothing_in_another_application() -> None:
    assert runscribe_run(OTHER).legs == ()


def test_two_sensors_that_disagree_are_both_kept() -> None:
    activity = runscribe_run(RUNSCRIBE_V1, native={84: "H", 41: "H"}, row_=(4940, 2460))
    found = legs(activity)
    assert found["contact_time", "watch_balance"].left[0] == pytest.approx(0.494)
    assert found["contact_time", "runscribe"].left[0] == pytest.approx(0.3)
    assert activity.channels["contact_time_s"][0] == pytest.approx(0.246)


DUO = (("Leg Spring Stiffness", "kN/m"), ("Leg Spring Stiffness Balance", "%"), ("Vertical Oscillation Balance", "%"),
       ("Impact Loading Rate Balance", "%"))  # fmt: skip


def test_a_stryd_duo_owns_the_native_balance_and_three_of_its_own() -> None:
    activity = stryd_run(DUO, (5100, 10.0, 51.0, 48.5, 53.0), native={84: "H"})
    found = legs(activity)
    assert {metric: one.left[0] for (metric, source), one in found.items() if source == "stryd_duo"} == pytest.approx(
        {"contact_time": 0.51, "leg_stiffness": 0.51, "vertical_oscillation": 0.485, "loading_rate": 0.53}
    )
    assert found["leg_stiffness", "stryd_duo"].level_channel == "leg_stiffness_knpm"


def test_a_balance_is_the_watchs_when_the_pod_gives_none() -> None:
    assert set(legs(stryd_run(DUO[:1], (5100, 10.0), native={84: "H"}))) == {("contact_time", "watch_balance")}


def test_a_pod_stands_in_for_what_the_watch_does_not_measure_and_it_is_said() -> None:
    activity = stryd_run((("Ground Time", "Milliseconds"), ("Vertical Oscillation", "Centimeters")), (250.0, 7.0))
    assert activity.channels["contact_time_s"][0] == pytest.approx(0.25)
    assert activity.channels["vertical_oscillation_m"][0] == pytest.approx(0.07)
    assert [note.code for note in activity.notes] == ["from_pod"]


def test_the_watchs_own_contact_time_comes_before_the_pods() -> None:
    activity = stryd_run((("Ground Time", "Milliseconds"),), (2600, 220.0), native={41: "H"})
    assert activity.channels["contact_time_s"][0] == pytest.approx(0.26)
    assert activity.notes == ()


def test_a_pod_that_was_not_there_is_named_and_left_out() -> None:
    activity = stryd_run((("Ground Time", "Milliseconds"), ("Power", "Watts")), (0.0, 0.0), (0.0, 0.0))
    assert "contact_time_s" not in activity.channels
    assert "power_w" not in activity.channels
    assert [note.code for note in activity.notes] == ["sensor_absent"]


def test_one_field_of_zeros_does_not_make_a_pod_absent() -> None:
    activity = stryd_run((("Ground Time", "Milliseconds"), ("Power", "Watts")), (250.0, 0.0), (260.0, 0.0))
    assert activity.channels["contact_time_s"].tolist() == pytest.approx([0.25, 0.26])


@pytest.mark.parametrize("sentinel", [0.0, 65535.0, 2147483647.0, float("nan")])
def test_what_applications_write_for_nothing_is_missing(sentinel: float) -> None:
    contact = stryd_run((("Ground Time", "Milliseconds"),), (sentinel,), (250.0,)).channels["contact_time_s"]
    assert np.isnan(contact[0])
    assert contact[1] == pytest.approx(0.25)


# --- records -------------------------------------------------------------------------------------------------------


def test_the_balance_is_the_left_legs_share() -> None:
    (series,) = run({84: "H", 41: "H"}, (5200, 2500)).legs
    assert (series.metric, series.source, series.form) == ("contact_time", "watch_balance", "share_left")
    assert series.left[0] == pytest.approx(0.52)
    assert series.right[0] == pytest.approx(0.48)
    assert series.level_channel == "contact_time_s"


def test_a_balance_of_zero_is_missing_beside_a_good_contact_time() -> None:
    activity = run({84: "H", 41: "H"}, (0, 2500), (5000, 2500))
    assert np.isnan(activity.legs[0].left[0])
    assert activity.channels["contact_time_s"].tolist() == [0.25, 0.25]


def test_neither_contact_percent_nor_pedal_balance_is_a_running_balance() -> None:
    assert run({40: "H", 30: "B"}, (3500, 0x80 | 52)).legs == ()


def test_enhanced_fields_come_before_the_plain_ones() -> None:
    activity = run({6: "H", 73: "I", 2: "H", 78: "I"}, (3000, 3456, 0xFFFF, 3000))
    assert activity.channels["speed_mps"].tolist() == [3.456]
    assert activity.channels["altitude_m"].tolist() == [100.0]


@pytest.mark.parametrize(("stored", "steps"), [(85, 171), (171, 171.5)], ids=["one foot", "both feet"])
def test_cadence_counts_both_feet(stored: int, steps: float) -> None:
    assert run({4: "B", 53: "B"}, (stored, 64)).channels["cadence_spm"].tolist() == [steps]


def test_oscillation_in_centimetres_is_recognised_and_said() -> None:
    activity = run({39: "H"}, (117,), (119,))
    assert activity.channels["vertical_oscillation_m"].tolist() == pytest.approx([0.117, 0.119])
    assert [note.code for note in activity.notes] == ["unit_assumed"]


def test_positions_are_degrees() -> None:
    activity = run({0: "i", 1: "i"}, (2**29, -(2**30)))
    assert activity.channels["latitude_deg"].tolist() == [45.0]
    assert activity.channels["longitude_deg"].tolist() == [-90.0]


def test_a_record_that_is_split_in_two_is_joined() -> None:
    first, second = define(RECORD, {253: "I", 6: "H"}), define(RECORD, {253: "I", 5: "I"}, local=1)
    rows = [row("IH", T0 + i, 3000) + row("II", T0 + i, 300 * i, local=1) for i in range(3)]
    (activity,) = read_fit(fit(file_id(), first, second, *rows))
    assert activity.t_s.tolist() == [0, 1, 2]
    assert activity.channels["distance_m"].tolist() == [0, 3, 6]


def test_two_full_records_of_one_second_are_both_kept() -> None:
    fields = {253: "I", 3: "B"}
    (activity,) = read_fit(fit(file_id(), table(RECORD, fields, (T0, 140), (T0, 141), (T0 + 1, 142))))
    assert activity.t_s.tolist() == [0, 0, 1]


# --- the activity --------------------------------------------------------------------------------------------------


def test_the_timer_stands_from_a_stop_to_the_next_start() -> None:
    events = table(EVENT, {253: "I", 0: "B", 1: "B"}, (T0, 0, 0), (T0 + 1, 0, 4), (T0 + 3, 0, 0), (T0 + 5, 0, 4))
    (activity,) = read_fit(fit(file_id(), events, records({3: "B"}, *[(140,)] * 6), session()))
    assert [(pause.start_s, pause.end_s) for pause in activity.pauses] == [(1, 3)]


def test_a_pause_begins_at_the_first_of_two_stops() -> None:
    events = table(EVENT, {253: "I", 0: "B", 1: "B"}, (T0 + 1, 0, 1), (T0 + 2, 0, 4), (T0 + 3, 0, 0))
    (activity,) = read_fit(fit(file_id(), events, records({3: "B"}, *[(140,)] * 6), session()))
    assert [(pause.start_s, pause.end_s) for pause in activity.pauses] == [(1, 3)]


def test_laps_carry_their_kind_and_distance() -> None:
    fields = {253: "I", 2: "I", 7: "I", 9: "I", 23: "B", 24: "B"}
    laps = table(LAP, fields, (T0 + 2, T0, 2000, 700, 1, 0), (T0 + 6, T0 + 2, 4000, 1500, 0xFF, 0))
    (activity,) = read_fit(fit(file_id(), records({3: "B"}, *[(140,)] * 6), laps, session()))
    assert [(lap.start_s, lap.end_s, lap.kind, lap.distance_m) for lap in activity.laps] == [
        (0, 2, "rest", 7),
        (2, 6, "manual", 15),
    ]


def test_the_device_is_named_and_its_serial_number_is_not_kept() -> None:
    activity = run({3: "B"}, (140,))
    assert (activity.device.manufacturer, activity.device.product) == ("garmin", "fenix6x")
    assert "123456789" not in repr(activity)


def test_every_session_is_an_activity_of_its_own() -> None:
    laps = records({5: "I", 4: "B"}, *((100 * i, 90) for i in range(60)))
    jog = records({5: "I", 4: "B"}, *((6000 + 100 * i, 85) for i in range(60)), start=T0 + 60)
    swim, run_ = read_fit(fit(file_id(), laps, jog, session(sport=5), session(start=T0 + 60)))
    assert (swim.sport, run_.sport) == ("swimming", "running")
    assert len(swim.t_s) == len(run_.t_s) == 60
    assert run_.channels["distance_m"][0] == 0
    assert (run_.start - swim.start).total_seconds() == 60


@pytest.mark.parametrize("sport", [2, 5, 15], ids=["cycling", "swimming", "rowing"])
def test_strokes_and_turns_of_a_crank_are_no_steps(sport: int) -> None:
    (activity,) = read_fit(fit(file_id(), records({4: "B"}, (90,)), session(sport=sport)))
    assert "cadence_spm" not in activity.channels


def test_records_without_a_session_are_an_activity_all_the_same() -> None:
    sport = table(12, {0: "B"}, (1,))
    (activity,) = read_fit(fit(file_id(), sport, records({3: "B"}, (140,), (141,))))
    assert activity.sport == "running"
    assert len(activity.t_s) == 2


def test_a_clock_that_was_never_set_is_said() -> None:
    (activity,) = read_fit(fit(file_id(), records({3: "B"}, (140,), start=16_000_000)))
    assert [note.code for note in activity.notes] == ["clock_unset"]


def test_a_time_decades_away_is_left_out_and_said() -> None:
    fields = {253: "I", 3: "B"}
    rows = [(T0, 140), (T0 + 1, 141), (T0 + 2_000_000_000, 142), (T0 + 3, 143)]
    (activity,) = read_fit(fit(file_id(), table(RECORD, fields, *rows)))
    assert activity.t_s.tolist() == [0, 1, 3]
    assert len(activity.losses) == 1


# --- other kinds of file, damage, hostility ------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "named"), [(2, "settings"), (5, "workout"), (6, "course"), (32, "monitoring b")])
def test_a_file_of_another_kind_is_named(kind: int, named: str) -> None:
    with pytest.raises(NotAnActivity, match=named):
        read_fit(fit(file_id(kind=kind), records({3: "B"}, (140,))))


def test_an_activity_file_without_records_is_not_an_activity() -> None:
    with pytest.raises(NotAnActivity, match="no records"):
        read_fit(fit(file_id()))


def test_records_without_any_time_are_an_error_that_says_so() -> None:
    with pytest.raises(UnreadableInput, match="time"):
        read_fit(fit(file_id(), table(RECORD, {3: "B"}, (140,))))


def test_nothing_but_a_header_is_unreadable() -> None:
    with pytest.raises(UnreadableInput):
        read_fit(fit())


def test_fit_is_known_by_its_content() -> None:
    assert is_fit(fit(file_id()))
    assert not is_fit(b"<?xml version='1.0'?><gpx>run.FIT</gpx>")


GOOD = [file_id(), records({3: "B", 6: "H"}, *((100 + i % 100, 3000 + i) for i in range(200))), session()]


def speeds(data: bytes) -> list[float]:
    (activity,) = read_fit(data)
    return [round(speed, 3) for speed in activity.channels["speed_mps"].tolist()]


ALL = [round(3 + i / 1000, 3) for i in range(200)]


@pytest.mark.parametrize("declared", [0, 40, 2**32 - 1], ids=["nothing", "too little", "4 GB"])
def test_the_declared_size_is_not_believed(declared: int) -> None:
    assert speeds(fit(*GOOD, declared=declared)) == ALL


@pytest.mark.parametrize("size", [0, 12, 255])
def test_the_declared_size_of_the_header_is_not_believed(size: int) -> None:
    data = bytes([size]) + fit(*GOOD, header=12)[1:]
    assert speeds(data) == ALL


def test_a_missing_byte_costs_one_record_and_is_said() -> None:
    data = bytearray(fit(*GOOD))
    middle = data.index(struct.pack("<H", 3100))
    del data[middle - 2]
    assert speeds(bytes(data)) == [speed for speed in ALL if speed != 3.1]
    (activity,) = read_fit(bytes(data))
    assert [loss.code for loss in activity.losses] == ["damaged_bytes", "checksum"]


def test_a_missing_byte_among_alternating_messages_costs_one_record() -> None:
    first, second = define(RECORD, {253: "I", 6: "H"}), define(RECORD, {253: "I", 3: "B"}, local=1)
    rows = [row("IH", T0 + i, 3000 + i) + row("IB", T0 + i, 100, local=1) for i in range(200)]
    data = bytearray(fit(file_id(), first, second, *rows))
    del data[data.index(struct.pack("<IH", T0 + 100, 3100))]
    kept = speeds(bytes(data))
    assert kept == [speed for speed in ALL if speed != 3.1] or np.isnan(kept[100])


def test_reading_goes_on_at_the_next_definition_after_damage_before_the_first_record() -> None:
    data = bytearray(fit(*GOOD))
    at = data.index(define(RECORD, {253: "I", 3: "B", 6: "H"}))
    data[at - 3 : at] = b"\xff" * 3
    data[at:at] = b"\x0b" * 5
    assert speeds(bytes(data)) == ALL


def test_a_stretch_of_zeros_costs_only_what_it_covers() -> None:
    data = bytearray(fit(*GOOD))
    middle = data.index(struct.pack("<H", 3100))
    data[middle : middle + 37] = bytes(37)
    kept = speeds(bytes(data))
    assert len(set(kept) & set(ALL)) >= len(ALL) - 37 // 8 - 2
    assert len(kept) <= len(ALL)


def test_a_file_cut_anywhere_gives_its_beginning() -> None:
    data = fit(*GOOD)
    for end in range(data.index(struct.pack("<H", 3001)) + 2, len(data) - 40, 97):
        kept = speeds(data[:end])
        assert kept == ALL[: len(kept)]
        (activity,) = read_fit(data[:end])
        assert "cut_off" in {loss.code for loss in activity.losses}


def test_a_wrong_checksum_is_said_and_a_header_without_one_is_good() -> None:
    data = fit(*GOOD)
    assert read_fit(data)[0].losses == ()
    (activity,) = read_fit(data[:-2] + b"\x00\x01")
    assert [loss.code for loss in activity.losses] == ["checksum"]


def test_what_follows_the_end_is_said_and_another_header_is_found_in_it() -> None:
    first, second = read_fit(fit(*GOOD) + b"junk and more junk" + fit(*GOOD))
    assert len(first.t_s) == len(second.t_s) == 200
    assert [loss.code for loss in first.losses] == ["not_fit"]


def test_a_chained_part_that_does_not_say_what_it_is_goes_on_with_the_one_before() -> None:
    (activity,) = read_fit(fit(*GOOD) + fit(records({3: "B"}, (99,), start=T0 + 200)))
    assert len(activity.t_s) == 201


def test_chained_activities_stay_apart() -> None:
    assert len(read_fit(fit(*GOOD) + fit(*GOOD))) == 2


def test_endless_redefinitions_stop_at_a_stated_limit() -> None:
    endless = b"".join(define(1000 + i, {1: "B"}) + b"\x00\x01" for i in range(MAX_LAYOUTS + 10))
    (activity,) = read_fit(fit(*GOOD, endless))
    assert len(activity.t_s) == 200
    assert "too_many_messages" in {loss.code for loss in activity.losses}


def test_rows_without_content_are_no_trouble() -> None:
    assert speeds(fit(file_id(), define(77, {}, local=3), b"\x03" * 1000, *GOOD[1:])) == ALL


@given(st.binary(max_size=400))
def test_arbitrary_bytes_give_activities_or_one_clear_error(junk: bytes) -> None:
    for data in (junk, fit()[:12] + junk, fit(*GOOD)[:60] + junk):
        text = "Read."
        try:
            assert all(isinstance(activity, Activity) for activity in read_fit(data))
        except EvenstrideError as error:
            text = error.text
        assert re.fullmatch(r"[A-Z].*\.", text)


@given(st.integers(14, len(b"".join(GOOD)) + 13), st.integers(1, 255))
def test_one_wrong_byte_never_costs_more_than_a_tenth_of_the_records_after_their_definition(at: int, flip: int) -> None:
    data = bytearray(fit(*GOOD))
    data[at] ^= flip
    first = data.index(struct.pack("<I", T0)) + 20
    try:
        kept = sum(len(activity.t_s) for activity in read_fit(bytes(data)))
    except EvenstrideError:
        kept = 0
    assert kept >= 180 or at < first or at > first + 8 * 200
