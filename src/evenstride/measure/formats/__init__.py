"""Bytes → activities: every format that is read, recognised by its content.

One format is one file in this folder and one line in :data:`READERS`. A reader never crashes on a bad file and never
loses a good part of one: what it could read it returns, and what it could not it says (``Activity.losses``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from evenstride.errors import EvenstrideError, NotAnActivity, UnknownFormat
from evenstride.measure.formats.archive import BadMember, Member, unpack
from evenstride.measure.formats.fit import is_fit, read_fit
from evenstride.measure.formats.garmin_json import SENTENCE as GARMIN_JSON
from evenstride.measure.formats.garmin_json import group_garmin, is_garmin_json, read_garmin_json, read_garmin_parts
from evenstride.measure.formats.generic_csv import SENTENCE as CSV
from evenstride.measure.formats.generic_csv import CsvMap, is_known_csv, read_csv, read_csv_map, read_known_csv
from evenstride.measure.formats.gpx import SENTENCE as GPX
from evenstride.measure.formats.gpx import is_gpx, read_gpx
from evenstride.measure.formats.runscribe_csv import SENTENCE as RUNSCRIBE
from evenstride.measure.formats.runscribe_csv import (
    group_runscribe,
    is_runscribe_csv,
    read_runscribe_csv,
    read_runscribe_feet,
)
from evenstride.measure.formats.tcx import SENTENCE as TCX
from evenstride.measure.formats.tcx import is_tcx, read_tcx
from evenstride.model import Activity, Loss

__all__ = [
    "READERS", "BadMember", "CsvMap", "Found", "Member", "Reader", "Reading", "read_activities", "read_csv",
    "read_csv_map", "read_members", "recognise", "unpack",
]  # fmt: skip

Part = tuple[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One format. ``group`` and ``read_group`` exist where several files can tell of one run."""

    recognise: Callable[[bytes], bool]
    read: Callable[[bytes], tuple[Activity, ...]]
    sentence: str
    group: Callable[[Sequence[Part]], list[list[int]]] | None = None
    read_group: Callable[[Sequence[Part]], tuple[Activity, ...]] | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """The activities of one file, or of several that belong together; ``origins`` are the given files' names."""

    name: str
    origins: tuple[str, ...]
    activities: tuple[Activity, ...]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What became of the files, in their order: activities, and a reason for each that gave none."""

    activities: tuple[Found, ...] = ()
    failed: tuple[tuple[str, EvenstrideError], ...] = ()


READERS: Mapping[str, Reader] = MappingProxyType({
    "fit": Reader(recognise=is_fit, read=read_fit, sentence="FIT: all that the watch wrote, left and right included"),
    "gpx": Reader(recognise=is_gpx, read=read_gpx, sentence=GPX),
    "tcx": Reader(recognise=is_tcx, read=read_tcx, sentence=TCX),
    "garmin_json": Reader(recognise=is_garmin_json, read=read_garmin_json, sentence=GARMIN_JSON, group=group_garmin,
                          read_group=read_garmin_parts),
    "runscribe_csv": Reader(recognise=is_runscribe_csv, read=read_runscribe_csv, sentence=RUNSCRIBE,
                            group=group_runscribe, read_group=read_runscribe_feet),
    "csv": Reader(recognise=is_known_csv, read=read_known_csv, sentence=CSV),
})  # fmt: skip
"""Every format that is read, asked in this order."""


def recognise(data: bytes) -> str:
    """Return the name of the format, by content alone.

    Raises
    ------
    UnknownFormat
        No reader knows the content; says what is readable.

    Examples
    --------
    >>> recognise(b"<gpx><trk/></gpx>")
    'gpx'
    """
    for name, reader in READERS.items():
        if reader.recognise(data):
            return name
    if not data:
        raise UnknownFormat("This file is empty.", help="Copy or download it again.")
    raise UnknownFormat(
        "This file is in no format that is known here.",
        help="FIT, GPX, TCX, Garmin Connect JSON and RunScribe CSV can be read, also inside .gz and .zip;"
        " other tables with a column map (docs/formats.md).",
    )


def read_activities(data: bytes) -> tuple[Activity, ...]:
    """Return every activity in one file, whatever its format; archives give all they hold.

    Raises
    ------
    EvenstrideError
        Nothing can be read from it; the first reason.
    """
    reading = read_members([("", data)])
    found = tuple(activity for one in reading.activities for activity in one.activities)
    if not found:
        raise reading.failed[0][1]
    return found


def read_members(members: Sequence[Part]) -> Reading:
    """Read every activity in files given as (name, bytes); a bad one never stops the others.

    Archives are opened, and files that tell of one run are read as one: a pod's left and right, and the details,
    summary and laps of one Garmin activity.

    >>> reading = read_members([("notes.bin", b"hello")])
    >>> reading.failed[0][0], reading.failed[0][1].kind
    ('notes.bin', 'unknown_format')
    """
    found: list[tuple[int, Found]] = []
    failed: list[tuple[int, str, EvenstrideError]] = []
    waiting: dict[str, list[_Waiting]] = {}
    place = 0
    for origin, data in members:
        before = place
        for member in _members(origin, data):
            place += 1
            if isinstance(member, _Failed):
                failed.append((place, member.name, member.error))
                continue
            try:
                reader_name = recognise(member.data)
                if READERS[reader_name].group is not None:
                    waiting.setdefault(reader_name, []).append(_Waiting(member=member, origin=origin, place=place))
                    continue
                activities = READERS[reader_name].read(member.data)
                found.append((place, _found(member.name, (origin,), activities, member.losses)))
            except EvenstrideError as error:
                failed.append((place, member.name, _without_its_past(error)))
        if place == before:
            place += 1
            nothing = NotAnActivity("This archive holds no activity.", help="Give the recorded runs.")
            failed.append((place, origin, nothing))
    for reader_name, parts in waiting.items():
        _read_groups(READERS[reader_name], parts, found, failed)
    return Reading(
        activities=tuple(one for _, one in sorted(found, key=lambda item: item[0])),
        failed=tuple((name, error) for _, name, error in sorted(failed, key=lambda item: item[0])),
    )


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """A file that may belong together with another one, and its place in the order."""

    member: Member
    origin: str
    place: int


@dataclass(frozen=True, kw_only=True)
class _Failed:
    name: str
    error: EvenstrideError


def _members(origin: str, data: bytes) -> Iterator[Member | _Failed]:
    try:
        for member in unpack(origin, data):
            yield _Failed(name=member.name, error=member.error) if isinstance(member, BadMember) else member
    except EvenstrideError as error:
        yield _Failed(name=origin, error=_without_its_past(error))


def _without_its_past(error: EvenstrideError) -> EvenstrideError:
    """The error as it is kept: its traceback would keep the file's bytes too, of every bad file in an archive."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def _read_groups(
    reader: Reader,
    parts: Sequence[_Waiting],
    found: list[tuple[int, Found]],
    failed: list[tuple[int, str, EvenstrideError]],
) -> None:
    if reader.group is None or reader.read_group is None:
        raise TypeError("a reader that groups files must also read groups")
    pairs = [(part.member.name, part.member.data) for part in parts]
    for indexes in reader.group(pairs):
        group = [parts[i] for i in indexes]
        name = " + ".join(part.member.name for part in group)
        origins = tuple(dict.fromkeys(part.origin for part in group))
        losses = tuple(loss for part in group for loss in part.member.losses)
        try:
            activities = reader.read_group([pairs[i] for i in indexes])
            found.append((group[0].place, _found(name, origins, activities, losses)))
        except EvenstrideError as error:
            failed.append((group[0].place, name, _without_its_past(error)))


def _found(name: str, origins: tuple[str, ...], activities: tuple[Activity, ...], losses: tuple[Loss, ...]) -> Found:
    if losses:
        activities = tuple(replace(one, losses=(*losses, *one.losses)) for one in activities)
    return Found(name=name, origins=origins, activities=activities)
