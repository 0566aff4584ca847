"""Files from wherever they lie, read and judged by a worker: loose, in folders, in archives within archives.

A zip file is a folder: what is kept of it is each recording inside, byte for byte as it lay there. A worker opens the
archive itself and takes out what it was asked for, so that an export of many gigabytes is never in memory.
"""

import hashlib
import mmap
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from evenstride.errors import EvenstrideError, InvalidRequest, NotAnActivity, NotARun, TooLarge, UnknownFormat
from evenstride.measure.formats import BadMember, read_members, unpack
from evenstride.measure.formats.archive import DEPTH_MAX, take_out, worth_taking_out
from evenstride.model import Activity, FileOutcome, Note, Original, Recording, RunReport, Source
from evenstride.service.analyze import METHOD, judge_activity, read_bytes, runs_in
from evenstride.store import keep_original

RUN_SECONDS_MIN = 60.0
"""Anything shorter is a button pressed twice."""
NESTED_BYTES_MAX = 8 << 30
"""An archive inside an archive is laid beside the data while it is read; beyond this the disk could fill."""

_ZIP_MAGIC, _GZIP_MAGIC = b"PK\x03\x04", b"\x1f\x8b"
_A_RECORDING = re.compile(r"\.(fit|gpx|tcx)(\.gz)?$", re.IGNORECASE)
_PARTS = re.compile(r"\.(csv|json)(\.gz)?$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One file to be read: loose on the disk, or an ``entry`` of the zip file at ``path``.

    ``name`` is how it is told to people; ``given`` when they named it themselves, so that a refusal is worth a line.
    """

    name: str
    path: Path
    entry: zipfile.ZipInfo | None = None
    given: bool = False


@dataclass(frozen=True, kw_only=True)
class Common:
    """What every worker needs to know once.

    ``known`` are the digests of what is there already, ``originals`` is where originals go, ``timezone`` the zone of
    times that carry none.
    """

    known: frozenset[str]
    originals: Path
    timezone: str


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of pieces that were read together. ``duplicates`` had been taken before."""

    files: int = 0
    duplicates: int = 0
    outcomes: tuple[FileOutcome, ...] = ()
    originals: tuple[Original, ...] = ()
    recordings: tuple[Recording, ...] = ()


def find_pieces(paths: Sequence[Path], spool: Path) -> Iterator[Piece | FileOutcome]:
    """Yield every file under the paths in a stable order; what cannot even be opened as a failure.

    Archives inside archives are laid into the folder ``spool``.
    """
    for path in paths:
        if path.is_dir():
            for found in sorted(path.rglob("*")):
                inside = found.relative_to(path)
                if found.is_file() and not any(part.startswith(".") for part in inside.parts):
                    yield from _opened(Piece(name=str(inside), path=found), spool)
        elif path.is_file():
            yield from _opened(Piece(name=path.name, path=path, given=True), spool)
        else:
            error = InvalidRequest(f"There is no file or folder {path}.", help="Check the name.")
            yield _failure(Piece(name=str(path), path=path), error)


def read_together(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """Group what can tell of one run: a pod's left and right, the parts of one Garmin activity share their digits."""
    groups: dict[tuple[str, ...], list[Piece]] = {}
    for piece in pieces:
        folder, _, own = piece.name.rpartition("/")
        key: tuple[str, ...] = (str(piece.path), piece.name)
        if _PARTS.search(own):
            home = str(piece.path.parent) if piece.entry is None else str(piece.path)
            key = (home, folder, "".join(re.findall(r"\d+", own)))
        groups.setdefault(key, []).append(piece)
    return [tuple(group) for group in groups.values()]


def take_in(common: Common, pieces: tuple[Piece, ...]) -> Taken:
    """Read, judge and keep the files that are not known yet. Bad ones come back as outcomes, never as exceptions."""
    contents: dict[str, _Content] = {}
    outcomes: list[FileOutcome] = []
    files = duplicates = 0
    for piece in pieces:
        for content in _contents(piece):
            files += 1
            if isinstance(content, FileOutcome):
                outcomes.append(content)
            elif content.key in common.known or any(content.key == other.key for other in contents.values()):
                duplicates += 1
            else:
                contents[_own(content.name, contents)] = content
    if not contents:
        return Taken(files=files, duplicates=duplicates, outcomes=tuple(outcomes))
    judged = _judged(common, contents)
    return replace(judged, files=files, duplicates=duplicates, outcomes=(*outcomes, *judged.outcomes))


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
    """One file's bytes as they lay (``raw``, under the name ``own``) and unpacked (``data``), with its digest."""

    piece: Piece
    name: str
    own: str
    raw: bytes
    data: bytes
    key: str


def _opened(piece: Piece, spool: Path, depth: int = 1) -> Iterator[Piece | FileOutcome]:
    """The piece itself, or what is in it when it is a whole zip file."""
    entries = _entries(piece.path)
    if entries is None:
        if piece.given or not _never(piece.name):
            yield piece
        return
    for entry in entries:
        inner = Piece(name=f"{piece.name}/{entry.filename}", path=piece.path, entry=entry)
        if not worth_taking_out(entry):
            continue
        if not entry.filename.lower().endswith(".zip"):
            yield inner
        elif depth == DEPTH_MAX:
            deep = TooLarge(
                f"Archives are nested more than {DEPTH_MAX} deep.", help="Unpack it and give what is inside."
            )
            yield _failure(inner, deep)
        else:
            try:
                laid = _lay_out(inner, spool)
            except EvenstrideError as error:
                yield _failure(inner, error)
            else:
                yield from _opened(Piece(name=inner.name, path=laid), spool, depth + 1)


def _never(name: str) -> bool:
    return not worth_taking_out(zipfile.ZipInfo(name))


def _entries(path: Path) -> list[zipfile.ZipInfo] | None:
    """The directory of a whole zip file; None for anything else, a damaged archive included."""
    try:
        with path.open("rb") as file:
            if file.read(4) != _ZIP_MAGIC:
                return None
            return zipfile.ZipFile(file).infolist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return None


def _lay_out(piece: Piece, spool: Path) -> Path:
    """Unpack an inner archive beside the data, counting what comes out."""
    if piece.entry is None:
        raise TypeError("only an entry of an archive can be laid out")
    target = spool / f"{len(list(spool.iterdir()))}.zip"
    written = 0
    try:
        with zipfile.ZipFile(piece.path) as archive, archive.open(piece.entry) as inside, target.open("wb") as out:
            while part := inside.read(1 << 20):
                written += len(part)
                if written > NESTED_BYTES_MAX:
                    raise TooLarge(
                        "The archive inside is larger than 8 GiB.", help="Unpack it and give what is inside."
                    )
                out.write(part)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        raise InvalidRequest("The archive inside is damaged.", help="Download it again.") from None
    return target


def _contents(piece: Piece) -> Iterator["_Content | FileOutcome"]:
    try:
        if piece.entry is None:
            yield from _of_bytes(piece, read_bytes(piece.path))
            return
        with piece.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            member = take_out(data, piece.entry)
        if isinstance(member, BadMember):
            yield _failure(piece, member.error)
        else:
            yield from _of_bytes(piece, member.data)
    except EvenstrideError as error:
        yield _failure(piece, error)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        yield _failure(piece, InvalidRequest(f"It cannot be read: {why}.", help="Check the disk and try again."))


def _of_bytes(piece: Piece, raw: bytes) -> Iterator["_Content | FileOutcome"]:
    """What one file holds: itself; unpacked, when it is packed; the members of a damaged archive."""
    packed = raw[:2] == _GZIP_MAGIC
    for member in unpack(piece.name, raw):
        if isinstance(member, BadMember):
            yield _failure(replace(piece, name=member.name), member.error)
        else:
            own = (piece.name if packed else member.name).rpartition("/")[2]
            lay = raw if packed else member.data
            key = hashlib.sha256(member.data).hexdigest()
            yield _Content(piece=piece, name=member.name, own=own, raw=lay, data=member.data, key=key)


def _own(name: str, taken: dict[str, _Content]) -> str:
    count, own = 1, name
    while own in taken:
        count += 1
        own = f"{name} ({count})"
    return own


def _judged(common: Common, contents: dict[str, _Content], *, keep: bool = True) -> Taken:
    reading = read_members([(name, content.data) for name, content in contents.items()])
    outcomes = [_refused(contents[name], error) for joint, error in reading.failed for name in _names(joint, contents)]
    originals: dict[str, Original] = {}
    recordings: list[Recording] = []
    for found in reading.activities:
        parts = [contents[name] for name in found.origins]
        runs, refused = runs_in(found.activities)
        long_enough = [(i, run, notes) for i, (run, notes) in enumerate(runs) if _seconds(run) >= RUN_SECONDS_MIN]
        if not long_enough:
            reason = refused or NotARun("Less than a minute was recorded.", help="")
            outcomes += [_refused(part, reason) for part in parts]
            continue
        for part in parts:
            sha256 = keep_original(common.originals, part.raw) if keep else hashlib.sha256(part.raw).hexdigest()
            originals[part.name] = Original(sha256=sha256, name=part.own, size_bytes=len(part.raw))
            outcomes.append(FileOutcome(key=part.key, name=part.name, outcome="kept"))
        of_these = tuple(originals[part.name] for part in parts)
        for i, run, notes in long_enough:
            report = _report(run, notes, of_these, common.timezone)
            shas = tuple(one.sha256 for one in of_these)
            recordings.append(Recording(originals=shas, part=i, report=report, method=METHOD))
    return Taken(outcomes=tuple(outcomes), originals=tuple(originals.values()), recordings=tuple(recordings))


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
    if isinstance(error, UnknownFormat) and not own.given and not _A_RECORDING.search(own.name):
        passed = True
    return FileOutcome(
        key=content.key,
        name=content.name,
        outcome="skipped" if passed else "failed",
        kind=error.kind,
        text=error.text,
        help=error.help,
    )


def _failure(piece: Piece, error: EvenstrideError) -> FileOutcome:
    key = hashlib.sha256(f"{piece.path}/{piece.name}".encode(errors="replace")).hexdigest()
    return FileOutcome(key=key, name=piece.name, outcome="failed", kind=error.kind, text=error.text, help=error.help)
