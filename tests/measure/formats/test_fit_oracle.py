"""Every stored value of every real FIT file, against another reader: of long files the beginning, in `make fuzz` all.

Where the other reader stops or misreads, the table below says so and what was compared instead.
"""

import contextlib
import gzip
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import fitdecode
import pytest
from fitdecode.exceptions import FitError

from evenstride.measure.formats.fit_decode import FitFile, Messages, decode_fit

DATA = Path(os.environ.get("EVENSTRIDE_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data")) / "fit"
FILES = sorted(DATA.glob("*/*.fit*"))
MESSAGES_MAX = None if os.environ.get("EVENSTRIDE_ORACLE") == "all" else 6_000
"""The other reader takes fifty times as long, most of it for the last hours of two files."""

STOPS_EARLY = {
    "ELEMNT_ROAM_Unterminated.fit": "fails an assertion in the last, unfinished record",
    "activity-settings-corruptheader.fit": "raises at the second header",
    "activity-settings-nodata.fit": "raises at the empty second part",
    "activity-unexpected-eof.fit": "raises in the unfinished last message",
    "empty-activities.fit": "believes the header, which declares no data",
    "nick.fit": "raises in the middle of the last, unfinished record",
    "strava-android-app-201.10-b1218918.fit": "raises where the first byte is missing and does not go on",
}
"""Files of which the other reader gives only a beginning: that beginning must agree."""

DAMAGED = {("strava-android-app-201.10-b1218918.fit", 20): 472}
"""Places (file, kind of message) at which the other reader takes a record with a byte missing for a whole one."""

Row = tuple[list[Any], list[Any]]  # the stored values of a message and the base types by which the other reader reads


@pytest.mark.real_data
@pytest.mark.skipif(not FILES, reason="no folder of real recordings beside the project")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_stored_value_is_the_one_that_another_reader_finds(path: Path) -> None:
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    theirs, is_whole = oracle(data, MESSAGES_MAX)
    ours = decode_fit(data)
    if path.name not in STOPS_EARLY and is_whole:
        assert {number: len(rows) for number, rows in theirs.items()} == counts(ours)
    for number, rows in theirs.items():
        found = [row for part in ours.parts for row in stored(part.get(number))]
        assert len(found) >= len(rows)
        different = [place for place, row in enumerate(rows) if not agrees(row, found[place])]
        assert different == [place for key, place in DAMAGED.items() if key == (path.name, number)]


def test_the_comparison_sees_a_single_wrong_value() -> None:
    uint16 = fitdecode.types.BASE_TYPES[0x84]
    assert agrees(([None, 7], [uint16, uint16]), [65535, 7])
    assert not agrees(([None, 7], [uint16, uint16]), [65535, 8])
    assert not agrees(([None, 7], [uint16, uint16]), [65534, 7])


def oracle(data: bytes, most: int | None) -> tuple[dict[int, list[Row]], bool]:
    """The rows of each kind of message, of so many messages at most, and whether these are all."""
    rows: dict[int, list[Row]] = defaultdict(list)
    read = 0
    options = {
        "processor": None,
        "check_crc": fitdecode.CrcCheck.DISABLED,
        "error_handling": fitdecode.ErrorHandling.IGNORE,
    }
    with contextlib.suppress(FitError, AssertionError), fitdecode.FitReader(data, **options) as reader:
        for frame in reader:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA:
                if read == most:
                    return rows, False
                read += 1
                own = [field for field in frame.fields if field.field_def is not None]
                rows[frame.def_mesg.global_mesg_num].append(
                    ([field.raw_value for field in own], [field.field_def.base_type for field in own])
                )
    return rows, True


def counts(file: FitFile) -> dict[int, int]:
    total: dict[int, int] = defaultdict(int)
    for part in file.parts:
        for number, messages in part.messages.items():
            total[number] += len(messages)
    return total


def stored(messages: Messages) -> list[list[Any]]:
    """The stored values of every message, in file order and in the order of its fields."""
    found: list[list[Any]] = [[] for _ in range(len(messages))]
    for rows, _, column in messages.columns():
        places = range(len(found)) if isinstance(rows.places, slice) else rows.places.tolist()
        for place, value in zip(places, column.values.tolist(), strict=True):
            found[place].append(value)
    return found


def agrees(theirs: Row, ours: list[Any]) -> bool:
    values, types = theirs
    return len(values) == len(ours) and all(map(same, values, ours, types))


def same(theirs: Any, ours: Any, base: Any) -> bool:
    """Whether both read one value: the other reader gives None for nothing, and tuples for arrays and bytes."""
    if isinstance(ours, bytes):
        return (theirs or "") == ours.split(b"\0", 1)[0].decode("utf-8", errors="replace")
    if base.name == "byte":
        listed = tuple(ours) if isinstance(ours, list) else (ours,)
        return theirs == listed or (theirs is None and base.parse(listed) is None)
    if isinstance(ours, list):
        return isinstance(theirs, tuple) and all(same(a, b, base) for a, b in zip(theirs, ours, strict=True))
    return theirs == ours or (theirs is None and base.parse(ours) is None)
