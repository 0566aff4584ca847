"""What fuzzing found, each as the fact that holds now."""

import struct

import numpy as np
import pytest

from evenstride.errors import EvenstrideError
from evenstride.measure.formats import fit_scan, read_activities, read_members
from evenstride.measure.formats.fit_decode import decode_fit
from evenstride.measure.formats.samples import NUMBER_MIN, WORDS_CHARS_MAX, Table, activity_from, measurable
from evenstride.model import Activity

from .fit_mutations import Definition, framed
from .seeds import zipped

START = 1_146_000_000
TIME, PULSE, START_TIME, SPORT = (253, 4, 0x86), (3, 1, 2), (2, 4, 0x86), (5, 1, 0)


def _message(local: int, number: int, *fields: tuple[int, int, int], rows: list[bytes]) -> bytes:
    definition = Definition(local, number, False, list(fields))
    return definition.encoded() + b"".join(bytes((local,)) + row for row in rows)


def _clock(t: int) -> bytes:
    return struct.pack("<I", START + t)


def _records(times: "range | list[int]") -> bytes:
    return _message(1, 20, TIME, PULSE, rows=[_clock(t) + b"\x96" for t in times])


def _read(*body: bytes) -> tuple[Activity, ...]:
    return read_activities(framed([_message(0, 0, (0, 1, 0), rows=[b"\4"]), *body]))


def _sessions(*starts: bytes) -> bytes:
    return _message(2, 18, START_TIME, SPORT, rows=[start + b"\1" for start in starts])


@pytest.mark.parametrize(
    ("index", "identity"),
    [((3, 2, 2), (1, 16, 13)), ((3, 1, 2), (1, 16, 7)), ((3, 1, 2), (1, 16, 0x88)), ((3, 4, 0x88), (1, 16, 13))],
)
def test_an_application_that_names_itself_in_an_odd_type_costs_no_record(
    index: tuple[int, int, int], identity: tuple[int, int, int]
) -> None:
    said = _message(2, 207, index, identity, rows=[b"\xff\xff\x7f\x7f"[: index[1]] + b"\xff\xff\x80\xff" * 4])
    (run,) = _read(said, _records(range(5)))
    assert len(run.t_s) == 5


@pytest.mark.parametrize("stored", [b"\x01\0\xa0\x7f", b"\xff\xff\x7f\x7f", b"\x01\0\0\0", b"\0\0\x80\x7f"])
def test_a_float_that_no_device_writes_is_read_without_a_warning(stored: bytes) -> None:
    """A signalling NaN, the largest and the smallest number, infinity, as a speed."""
    rows = [_clock(t) + (struct.pack("<f", 3000.0) if t else stored) for t in range(5)]
    (run,) = _read(_message(1, 20, TIME, (73, 4, 0x88), rows=rows))
    assert run.channels["speed_mps"][1:].tolist() == [3.0, 3.0, 3.0, 3.0]
    assert not np.isinf(run.channels["speed_mps"]).any()


def test_a_number_too_small_to_divide_by_is_zero() -> None:
    assert measurable(np.array([1e-320, -1e-200, 2 * NUMBER_MIN])).tolist() == [0.0, 0.0, 2 * NUMBER_MIN]


def test_of_two_clocks_weeks_apart_one_is_kept() -> None:
    """The mean of two moments is neither: nothing would lie near it."""
    (run,) = _read(_records([t + 27 * 86_400 * (t % 2) for t in range(100)]))
    assert len(run.t_s) == 50
    assert [loss.code for loss in run.losses] == ["times_far_off"]


def test_a_session_that_is_said_twice_is_one_run() -> None:
    (run,) = _read(_sessions(_clock(0), _clock(0), _clock(0)), _records(range(10)))
    assert (len(run.t_s), run.sport) == (10, "running")


def test_sessions_that_do_not_say_when_they_began_lose_no_record() -> None:
    (run,) = _read(_sessions(b"\xff" * 4, b"\xff" * 4), _records(range(10)))
    assert (len(run.t_s), run.sport) == (10, "running")


def test_points_that_are_all_at_one_moment_have_no_speed() -> None:
    channels = {"distance_m": np.arange(5.0)}
    run = activity_from(Table(format="csv", time_s=np.full(5, 100.0), channels=channels))
    assert run is not None
    assert run.channels.keys() == {"distance_m"}


@pytest.mark.parametrize("said", ["x" * 5_000, "a&#10;b", "\u202etrail"])
def test_a_files_own_words_are_shown_on_one_short_line(said: str) -> None:
    point = '<trkpt lat="1" lon="2"><time>2026-05-04T06:00:00Z</time></trkpt>'
    data = f'<gpx creator="{said}"><trk><type>{said}</type><trkseg>{point}</trkseg></trk></gpx>'.encode()
    (run,) = read_activities(data)
    for words in (run.sport, run.device.product):
        assert words is not None
        assert words.isprintable()
        assert len(words) <= WORDS_CHARS_MAX


def test_a_file_that_failed_is_not_kept_in_memory_by_its_error() -> None:
    reading = read_members([("a.zip", zipped(*((f"{i}.fit", b"?") for i in range(3)))), ("b.gpx", b"<gpx>")])
    errors: list[EvenstrideError] = [error for _, error in reading.failed]
    assert len(errors) == 4
    assert [error.__traceback__ or error.__context__ or error.__cause__ for error in errors] == [None] * 4


def test_a_field_of_no_bytes_is_no_field() -> None:
    """It would cost eight bytes of memory a row for none in the file."""
    rows = [_clock(t) + b"\x96" for t in range(5)]
    (part,) = decode_fit(framed([_message(1, 20, TIME, PULSE, (4, 0, 2), rows=rows)])).parts
    assert part.get(20).field_numbers == {TIME[0], PULSE[0]}


def test_messages_of_nothing_are_not_all_kept() -> None:
    """Each would cost a hundred bytes of memory for its one."""
    data = framed([_message(1, 20, rows=[b""] * 10_000)])
    scan = fit_scan.scan_fit(data)
    assert sum(len(starts) for part in scan.parts for _, starts in part.rows) <= len(data) // fit_scan.ROW_BYTES
    assert "too_many_messages" in [loss.code for loss in scan.losses]
