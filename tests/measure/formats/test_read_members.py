"""Recognition by content, and many files at once: one bad one never stops the others."""

import gzip
import io
import subprocess
import sys
import zipfile

import pytest

from evenstride.errors import NotAnActivity, UnknownFormat
from evenstride.measure.formats import READERS, read_activities, read_members, recognise

GPX = (
    b'<gpx><trk><type>running</type><trkseg><trkpt lat="50" lon="8"><time>2026-05-04T06:00:00Z</time></trkpt>'
    b"</trkseg></trk></gpx>"
)
TCX = (
    b'<TrainingCenterDatabase><Activity Sport="Running"><Lap><Track><Trackpoint><Time>2026-05-04T06:00:00Z</Time>'
    b"</Trackpoint></Track></Lap></Activity></TrainingCenterDatabase>"
)
RUNSCRIBE = b"datetime, time (s), step_rate (s/min), contact_time (ms)\n,,,\n2026-05-04 06:00:00, 0.0, 160, 250\n"
STRAP = b"elapsed_seconds,date_time,hrm_stance_time,hrm_stance_time_balance\n0,2026-05-04T06:00:00Z,250,50.1\n"
DETAILS = (
    b'{"activityId": 7, "metricDescriptors": [{"metricsIndex": 0, "key": "directTimestamp", "unit": {"key": "gmt"}}],'
    b' "activityDetailMetrics": [{"metrics": [1777874400000]}]}'
)
SUMMARY = b'{"activityId": 7, "activityTypeDTO": {"typeKey": "running"}, "summaryDTO": {}}'
EXAMPLES = {"gpx": GPX, "tcx": TCX, "runscribe_csv": RUNSCRIBE, "csv": STRAP, "garmin_json": DETAILS}


def _zip(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for name, data in members:
            out.writestr(name, data)
    return packed.getvalue()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_format_is_recognised_by_its_content_and_by_one_reader_only(name: str) -> None:
    assert [one for one, reader in READERS.items() if reader.recognise(EXAMPLES[name])] == [name]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("packed", [gzip.compress, lambda data: _zip(("x", data)), lambda data: data])
def test_each_format_is_read_plain_and_packed(name: str, packed: object) -> None:
    assert callable(packed)
    (activity,) = read_activities(packed(EXAMPLES[name]))
    assert (activity.format, activity.start.isoformat()) == (name, "2026-05-04T06:00:00+00:00")


@pytest.mark.parametrize("name", READERS)
def test_each_reader_says_what_it_reads(name: str) -> None:
    assert len(READERS[name].sentence) > 20


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"hello", b"\xff" * 100, b"a,b\n1,2\n", b"{}", b"<html/>", b"\xff\xfe\x00"]
)
def test_an_unknown_content_is_refused_with_what_can_be_read(data: bytes) -> None:
    with pytest.raises(UnknownFormat) as refusal:
        recognise(data)
    assert refusal.value.help


def test_a_bad_file_does_not_stop_the_others() -> None:
    reading = read_members([("a.gpx", GPX), ("b.bin", b"?"), ("c.tcx", TCX), ("d.gpx", b"<gpx>")])
    assert [found.name for found in reading.activities] == ["a.gpx", "c.tcx"]
    assert [(name, error.kind) for name, error in reading.failed] == [
        ("b.bin", "unknown_format"),
        ("d.gpx", "not_an_activity"),
    ]


def test_a_bad_member_of_an_archive_does_not_stop_the_others() -> None:
    reading = read_members([("all.zip", _zip(("a.gpx", GPX), ("b.bin", b"?"), ("c.tcx.gz", gzip.compress(TCX))))])
    assert [(found.name, found.origins) for found in reading.activities] == [
        ("all.zip/a.gpx", ("all.zip",)),
        ("all.zip/c.tcx", ("all.zip",)),
    ]
    assert [name for name, _ in reading.failed] == ["all.zip/b.bin"]


def test_an_archive_that_becomes_too_large_keeps_what_came_before() -> None:
    bomb = gzip.compress(bytes(100 << 20))
    reading = read_members([("all.zip", _zip(("a.gpx", GPX), ("b.gz", bomb))), ("c.tcx", TCX)])
    assert [found.name for found in reading.activities] == ["all.zip/a.gpx", "c.tcx"]
    assert [(name, error.kind) for name, error in reading.failed] == [("all.zip", "too_large")]


def test_an_archive_without_any_activity_is_said() -> None:
    ((name, error),) = read_members([("a.zip", _zip(("photo.jpg", b"?")))]).failed
    assert (name, type(error)) == ("a.zip", NotAnActivity)


def test_parts_of_one_run_are_read_as_one_wherever_they_are() -> None:
    reading = read_members([("details.json", DETAILS), ("more.zip", _zip(("summary.json", SUMMARY)))])
    (found,) = reading.activities
    assert (found.name, found.origins) == ("details.json + more.zip/summary.json", ("details.json", "more.zip"))
    assert found.activities[0].sport == "running"
    assert reading.failed == ()


def test_a_damage_of_the_packing_is_said_by_the_activity() -> None:
    points = b"".join(b'<trkpt lat="50" lon="8"><time>2026-05-04T06:%02d:%02dZ</time></trkpt>' % (i // 60, i % 60)
                      for i in range(2_000))  # fmt: skip
    packed = gzip.compress(b"<gpx><trk><trkseg>" + points)
    (found,) = read_members([("a.gpx.gz", packed[: len(packed) // 2])]).activities
    (run,) = found.activities
    assert len(run.t_s) > 100
    assert [loss.code for loss in run.losses] == ["archive_damaged", "truncated"]


def test_nothing_given_is_nothing_read() -> None:
    reading = read_members([])
    assert (reading.activities, reading.failed) == ((), ())


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_any_beginning_of_a_file_gives_an_activity_or_one_clear_sentence(name: str, kept: float) -> None:
    data = EXAMPLES[name]
    reading = read_members([("x", data[: int(kept * len(data))])])
    assert len(reading.activities) + len(reading.failed) == 1
    assert all(error.text.endswith(".") and error.help for _, error in reading.failed)


def test_the_readers_of_text_are_loaded_only_when_they_are_needed() -> None:
    """A FIT file on the command line must not wait for them."""
    heavy = ["csv", "json", "zipfile", "gzip", "tomllib", "pyexpat"]
    code = f"import sys, evenstride.measure.formats; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
