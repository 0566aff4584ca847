"""Files from wherever they lie, read and judged by a worker: loose, in folders, in archives within archives.

A zip file is a folder: what is kept of it is each recording inside, byte for byte as it lay there. A worker opens the
archive itself and takes out what it was asked for, so that an export of many gigabytes is never in memory.
"""

import hashlib
import json
import mmap
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from evenstride.errors import EvenstrideError, InvalidRequest, NotAnActivity, NotARun, UnknownFormat
from evenstride.measure.formats import BadMember, Found, read_members, recognise, unpack
from evenstride.measure.formats.archive import take_out
from evenstride.model import Activity, FileOutcome, Loss, Note, Original, Recording, RunReport, Source
from evenstride.service.analyze import METHOD, judge_activity, read_bytes, runs_in
from evenstride.service.pieces import A_RECORDING, PARTS, Piece, could_not
from evenstride.store import has_original, keep_original

RUN_SECONDS_MIN = 60.0
"""Anything shorter is a button pressed twice."""
UNSEEN_BYTES_MAX = 16 << 20
"""A larger file is looked at before it is read: most are films."""
_ONLY_RUNS = "Only runs are kept; `evenstride analyze FILE --any-sport` shows it all the same."

_GZIP_MAGIC, _ZIP_MAGIC = b"\x1f\x8b", b"PK\x03\x04"
_HEAD_BYTES = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Common:
    """What every worker needs to know once.

    ``kept`` names the original of every content that is kept, ``known`` are the keys of what was passed over;
    ``originals`` is where originals go, ``timezone`` the zone of times that carry none. ``claims`` is a folder where
    workers tell one another which original they keep of a content that came twice, packed and not.
    """

    known: frozenset[str]
    originals: Path
    timezone: str
    kept: Mapping[str, str] = field(default_factory=dict)
    claims: Path | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of pieces that were read together. ``twice`` names those whose content another of them had."""

    files: int = 0
    twice: tuple[str, ...] = ()
    outcomes: tuple[FileOutcome, ...] = ()
    originals: tuple[Original, ...] = ()
    recordings: tuple[Recording, ...] = ()


def take_in(common: Common, pieces: tuple[Piece, ...]) -> Taken:
    """Read, judge and keep the files that are not known yet. Bad ones come back as outcomes, never as exceptions.

    What is kept already comes back as kept once more, without anything to add.
    """
    contents: dict[str, _Content] = {}
    outcomes: list[FileOutcome] = []
    known: set[str] = set()
    keys: set[str] = set()
    twice: list[str] = []
    files = 0
    for piece in pieces:
        for content in _contents(piece):
            files += 1
            if isinstance(content, FileOutcome):
                outcomes.append(content)
            elif content.key in keys:
                twice.append(content.name)
            else:
                keys.add(content.key)
                own = _own(content.name, contents)
                remembered = _is_remembered(common, content)
                if remembered:
                    known.add(own)
                # What may tell of one run with a file that is new is kept in memory until that is known.
                contents[own] = content if _may_join(content) or not remembered else _without_bytes(content)
    joining = any(own not in known and _may_join(content) for own, content in contents.items())
    unread = {own for own in known if not (joining and _may_join(contents[own]))}
    outcomes += [_as_before(common, contents[own]) for own in contents if own in unread]
    judged = _judged(common, {own: content for own, content in contents.items() if own not in unread})
    return replace(judged, files=files, twice=tuple(twice), outcomes=(*outcomes, *judged.outcomes))


def judge_originals(common: Common, named: Sequence[tuple[str, str, bytes]]) -> tuple[Recording, ...]:
    """Judge originals once more, given as (sha256, name, bytes) of files that belong together."""
    contents: dict[str, _Content] = {}
    for _, name, data in named:
        for content in _of_bytes(Piece(name=name, path=Path(name)), data):
            if isinstance(content, _Content):
                contents[_own(content.name, contents)] = content
    return _judged(common, contents, keep=False).recordings


@dataclass(frozen=True, kw_only=True)
class _Content:
    """One file's bytes as they lay (``raw``, under the name ``own``) and unpacked (``data``), with its digest.

    ``losses`` are what was damaged before it could be unpacked.
    """

    piece: Piece
    name: str
    own: str
    raw: bytes
    data: bytes
    key: str
    losses: tuple[Loss, ...] = ()


def _may_join(content: _Content) -> bool:
    return PARTS.search(content.name) is not None


def _is_remembered(common: Common, content: _Content) -> bool:
    """Whether there is nothing to do: kept, with its original whole; or passed over, and not asked for by name."""
    original = common.kept.get(content.key)
    if original is not None:
        return has_original(common.originals, original)
    return not content.piece.given and _passed_key(content) in common.known


def _as_before(common: Common, content: _Content) -> FileOutcome:
    original = common.kept.get(content.key)
    if original is None:
        return FileOutcome(key=_passed_key(content), name=content.name, outcome="skipped")
    return FileOutcome(key=content.key, name=content.name, outcome="kept", text=original)


def _passed_key(content: _Content) -> str:
    """Another version of the method looks again at what this one passes over."""
    return hashlib.sha256(f"{content.key} passed over by {METHOD}".encode()).hexdigest()


def _without_bytes(content: _Content) -> _Content:
    return replace(content, raw=b"", data=b"")


def _contents(piece: Piece) -> Iterator["_Content | FileOutcome"]:
    try:
        if piece.entry is None:
            _look_before_reading(piece)
            yield from _of_bytes(piece, read_bytes(piece.path))
            return
        with piece.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            member = take_out(data, piece.entry)
        if isinstance(member, BadMember):
            yield could_not(piece, member.error)
        else:
            yield from _of_bytes(piece, member.data, member.losses)
    except UnknownFormat as error:
        passed = not piece.given and not A_RECORDING.search(piece.name)
        yield replace(could_not(piece, error), outcome="skipped" if passed else "failed")
    except EvenstrideError as error:
        yield could_not(piece, error)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        yield could_not(piece, InvalidRequest(f"It cannot be read: {why}.", help="Check the disk and try again."))


def _look_before_reading(piece: Piece) -> None:
    if piece.path.stat().st_size <= UNSEEN_BYTES_MAX:
        return
    with piece.path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head[:2] != _GZIP_MAGIC and head[:4] != _ZIP_MAGIC and not head.lstrip().startswith(b"{"):
        recognise(head)


def _of_bytes(piece: Piece, raw: bytes, losses: tuple[Loss, ...] = ()) -> Iterator["_Content | FileOutcome"]:
    """What one file holds: itself; unpacked, when it is packed; the members of an archive that lies in it.

    A file that was packed alone is kept as it came. Of several, each is kept for itself: it must be found again.
    """
    for member in unpack(piece.name, raw):
        if isinstance(member, BadMember):
            inside = member.name.removeprefix(piece.name)
            yield could_not(replace(piece, name=member.name, place=f"{piece.place}{inside}"), member.error)
        else:
            packed_alone = raw[:2] == _GZIP_MAGIC and piece.name.startswith(member.name)
            own = (piece.name if packed_alone else member.name).rpartition("/")[2]
            lay = raw if packed_alone else member.data
            key = hashlib.sha256(member.data).hexdigest()
            yield _Content(
                piece=piece, name=member.name, own=own, raw=lay, data=member.data, key=key,
                losses=(*losses, *member.losses),
            )  # fmt: skip


def _own(name: str, taken: dict[str, _Content]) -> str:
    count, own = 1, name
    while own in taken:
        count += 1
        own = f"{name} ({count})"
    return own


def _judged(common: Common, contents: dict[str, _Content], *, keep: bool = True) -> Taken:
    if not contents:
        return Taken()
    reading = read_members([(name, content.data) for name, content in contents.items()])
    outcomes = [_refused(contents[name], error) for joint, error in reading.failed for name in _names(joint, contents)]
    originals: dict[str, Original] = {}
    recordings: list[Recording] = []
    for found in reading.activities:
        parts = [contents[name] for name in found.origins]
        runs, refused = runs_in(_with_losses(found, parts))
        long_enough = [(i, run, notes) for i, (run, notes) in enumerate(runs) if _seconds(run) >= RUN_SECONDS_MIN]
        if not long_enough:
            reason = refused or NotARun("Less than a minute was recorded.")
            outcomes += [_refused(part, reason) for part in parts]
            continue
        for part in parts:
            original = _kept_once(common, part) if keep else _original(part)
            originals[part.name] = original
            outcomes.append(FileOutcome(key=part.key, name=part.name, outcome="kept", text=original.sha256))
        of_these = tuple(originals[part.name] for part in parts)
        for i, run, notes in long_enough:
            report = _report(run, notes, of_these, common.timezone)
            shas = tuple(one.sha256 for one in of_these)
            recordings.append(Recording(originals=shas, part=i, report=report, method=METHOD))
    return Taken(outcomes=tuple(outcomes), originals=tuple(originals.values()), recordings=tuple(recordings))


def _original(part: _Content) -> Original:
    return Original(sha256=hashlib.sha256(part.raw).hexdigest(), name=part.own, size_bytes=len(part.raw))


def _kept_once(common: Common, part: _Content) -> Original:
    """Keep what comes first of one content that came packed and not; only workers that hurry ahead keep both."""
    own = _original(part)
    claim = None if common.claims is None else common.claims / f"{part.key}.json"
    if claim is not None and claim.exists():
        number, first = json.loads(claim.read_text(encoding="utf-8"))
        if number < part.piece.number and has_original(common.originals, first["sha256"]):
            return Original(**first)
    keep_original(common.originals, part.raw)
    if claim is not None:
        written = claim.with_name(f"{claim.name}.{os.getpid()}")
        written.write_text(json.dumps((part.piece.number, asdict(own))), encoding="utf-8")
        os.replace(written, claim)
    return own


def _with_losses(found: Found, parts: Sequence[_Content]) -> tuple[Activity, ...]:
    """The activities, with what was lost of their files on the way."""
    losses = tuple(loss for part in parts for loss in part.losses)
    return tuple(replace(one, losses=(*losses, *one.losses)) for one in found.activities)


def _report(run: Activity, notes: tuple[Note, ...], originals: Sequence[Original], timezone: str) -> RunReport:
    """Judge one run, light enough to keep: without the traces that are drawn again from the original."""
    source = Source(
        name=" + ".join(one.name for one in originals),
        sha256=originals[0].sha256,
        format=run.format,
        device=run.device,
    )
    report = judge_activity(in_zone(run, timezone), source, notes)
    return replace(report, activity=None, judged=tuple(replace(one, trace=None) for one in report.judged))


def in_zone(run: Activity, timezone: str) -> Activity:
    """A clock without a zone was the runner's own."""
    if not any(note.code == "no_time_zone" for note in run.notes) or timezone == "UTC":
        return run
    said = Note(code="no_time_zone", text=f"The file's times carry no zone; they are taken as those of {timezone}.")
    notes = tuple(said if note.code == "no_time_zone" else note for note in run.notes)
    return replace(run, start=run.start.replace(tzinfo=ZoneInfo(timezone)), notes=notes)


def _seconds(run: Activity) -> float:
    return float(run.t_s[-1] - run.t_s[0]) if len(run.t_s) else 0.0


def _names(joint: str, contents: dict[str, _Content]) -> list[str]:
    """The files behind a failure's name, which may be several read as one."""
    return [joint] if joint in contents else [name for name in joint.split(" + ") if name in contents]


def _refused(content: _Content, error: EvenstrideError) -> FileOutcome:
    """A failure; or passed over: what nobody named, and is no recording of running."""
    own = content.piece
    passed = isinstance(error, NotARun) or (not own.given and isinstance(error, NotAnActivity))
    if isinstance(error, UnknownFormat) and not own.given and not A_RECORDING.search(own.name):
        passed = True
    return FileOutcome(
        key=_passed_key(content) if passed else content.key,
        name=content.name,
        outcome="skipped" if passed else "failed",
        kind=error.kind,
        text=error.text,
        help=_ONLY_RUNS if isinstance(error, NotARun) else error.help,
    )
