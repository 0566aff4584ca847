"""Where the files of an import lie: loose, in folders, in archives within archives; and which are read together."""

import errno
import hashlib
import mmap
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evenstride.errors import EvenstrideError, InvalidRequest, TooLarge, UnknownFormat, UnreadableInput
from evenstride.measure.formats.archive import (
    DEPTH_MAX,
    MEMBERS_MAX,
    UNPACKED_BYTES_FREE,
    UNPACKED_RATIO_MAX,
    plain_name,
    refuse_too_many,
    worth_taking_out,
)
from evenstride.model import FileOutcome

_LZMA_ERROR: type[Exception]
try:
    from lzma import LZMAError as _LZMA_ERROR  # noqa: N814  or another one
except ImportError:  # Python can be built without it
    _LZMA_ERROR = zlib.error

NESTED_BYTES_MAX = 8 << 30
"""Archives inside archives are laid beside the data while they are read: so much of them in one import."""
DISK_BYTES_LEFT = 256 << 20
"""So much room is left on the disk whatever is unpacked."""
JOINT_FILES_MAX = 12
"""One run is told by a few files: more have a name in common by chance."""
JOINT_BYTES_MAX = 128 << 20

A_RECORDING = re.compile(r"\.(fit|gpx|tcx)(\.gz)?$", re.IGNORECASE)
PARTS = re.compile(r"\.(csv|json)(\.gz)?$", re.IGNORECASE)

_PART_BYTES = 1 << 14
"""So much is lost at most before the place where an archive is damaged."""
_ZIP_MAGIC = b"PK\x03\x04"
_ACTIVITY_NUMBER = re.compile(r"\d{9,}")
"""As Garmin counts activities; a day has eight digits."""
_SIDE = re.compile(r"left|right|(?<![a-z])[lr](?![a-z])", re.IGNORECASE)
_MACHINERY = re.compile(r"(^|/)(__MACOSX/|\.)|/$")
"""Folders, and what only the system that packed the archive reads."""
_NO_FILE = UnknownFormat("This is no file but a pipe, a socket or a device.", help="Save it as a file.")
_BY_NAME = UnknownFormat("By its name this is a picture or a document.", help="Give the recorded runs.")
_AGAIN = "Download or copy it again."
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DAMAGED = (
    zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error, struct.error,
    _LZMA_ERROR,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One file to be read: loose on the disk, or an ``entry`` of the zip file at ``path``.

    ``name`` is how it is told to people and ``place`` where it lies, the same in every import; ``given`` when they
    named it themselves, so that a refusal is worth a line. ``number`` is its turn in this import.
    """

    name: str
    path: Path
    entry: zipfile.ZipInfo | None = None
    given: bool = False
    place: str = ""
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class Called:
    """A file that lies under another name than the person knows it by; ``given`` as of a piece."""

    path: Path
    name: str
    given: bool = True


@dataclass(kw_only=True)
class Spool:
    """A ``folder`` for archives found inside archives, and how much it may still take."""

    folder: Path
    bytes_left: int = NESTED_BYTES_MAX
    archives: int = 0
    members_left: int = MEMBERS_MAX


def find_pieces(paths: Sequence[Path | Called], spool: Spool) -> Iterator[Piece | FileOutcome]:
    """Yield every file under the paths in a stable order.

    What cannot even be opened comes as a failure; pictures, documents, pipes and sockets as passed over. What is hidden
    is not looked at. Archives inside archives are laid into the spool.
    """
    for path in paths:
        if isinstance(path, Called):
            yield from _looked_into(Piece(name=path.name, path=path.path, given=path.given, place=path.name), spool)
            continue
        for found, trouble in _below(path):
            given = found == path
            piece = Piece(
                name=path.name or str(path) if given else str(found.relative_to(path)), path=found, given=given,
                place=os.path.realpath(found),
            )  # fmt: skip
            if isinstance(trouble, FileNotFoundError) and given:
                missing = InvalidRequest(f"There is no file or folder {path}.", help="Check the name.")
                yield could_not(Piece(name=str(path), path=path), missing)
            elif trouble is not None:
                yield could_not(piece, _why_not(trouble))
            elif found.is_file():
                yield from _looked_into(piece, spool)
            else:
                yield could_not(piece, _NO_FILE) if given else passed_over(piece, _NO_FILE)


def _below(path: Path) -> Iterator[tuple[Path, OSError | None]]:
    """The path itself when it is no folder, else all that is in it; with the reason where it cannot be looked at.

    Links are followed, each folder once.
    """
    pending, known = [path], set()
    while pending:
        found = pending.pop()
        try:
            status = found.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield found, None
            elif (status.st_dev, status.st_ino) not in known:
                known.add((status.st_dev, status.st_ino))
                inside = (one for one in found.iterdir() if not one.name.startswith("."))
                pending += sorted(inside, reverse=True)
        except OSError as error:
            yield found, error


def _why_not(trouble: OSError) -> InvalidRequest:
    if isinstance(trouble, FileNotFoundError):
        return InvalidRequest("This link leads to nothing.", help="Mend it, or give the file that it meant.")
    return InvalidRequest(f"It cannot be read: {trouble.strerror}.", help="Check who may read it, and import again.")


def read_together(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """Group what can tell of one run: a pod's left and right, the parts of one Garmin activity share their digits.

    Names without digits say nothing, except that of a left and a right one; nor do names that many files share. An
    activity's own number is the same wherever an export puts its parts; shorter ones count within one folder.
    """
    groups: dict[tuple[str, ...], list[Piece]] = {}
    for piece in pieces:
        folder, _, own = piece.name.rpartition("/")
        key: tuple[str, ...] = (str(piece.path), piece.name)
        digits = "".join(re.findall(r"\d+", own))
        if PARTS.search(own) and (digits or _SIDE.search(own)):
            home = str(piece.path.parent) if piece.entry is None else str(piece.path)
            numbered = _ACTIVITY_NUMBER.fullmatch(digits) and ".json" in own.lower()
            key = (digits,) if numbered else (home, folder, digits or _SIDE.sub("", own))
        groups.setdefault(key, []).append(piece)
    return [part for group in groups.values() for part in _of_one_run(group)]


def could_not(piece: Piece, error: EvenstrideError) -> FileOutcome:
    """A file that could not even be read, under a digest of where it lies; none when it is not there at all."""
    key = hashlib.sha256(piece.place.encode(errors="replace")).hexdigest() if piece.place else ""
    return FileOutcome(key=key, name=piece.name, outcome="failed", kind=error.kind, text=error.text, help=error.help)


def passed_over(piece: Piece, error: EvenstrideError) -> FileOutcome:
    """A file left aside without a look inside: nothing of it needs remembering."""
    return replace(could_not(piece, error), key="", outcome="skipped")


def _of_one_run(group: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    if _is_handy(group):
        return [tuple(group)]
    pairs: dict[str, list[Piece]] = {}
    for piece in group:
        pairs.setdefault(_SIDE.sub("", piece.name.rpartition("/")[2]), []).append(piece)
    return [
        part for pair in pairs.values() for part in ([tuple(pair)] if _is_handy(pair) else [(one,) for one in pair])
    ]


def _is_handy(group: Sequence[Piece]) -> bool:
    return len(group) == 1 or (
        len(group) <= JOINT_FILES_MAX and sum(_size_bytes(piece) for piece in group) <= JOINT_BYTES_MAX
    )


def _size_bytes(piece: Piece) -> int:
    if piece.entry is not None:
        return max(piece.entry.file_size, piece.entry.compress_size)
    try:
        return piece.path.stat().st_size
    except OSError:
        return 0


def _looked_into(piece: Piece, spool: Spool) -> Iterator[Piece | FileOutcome]:
    spool.members_left = MEMBERS_MAX
    yield from _opened(piece, spool, depth=1)


def _opened(piece: Piece, spool: Spool, depth: int) -> Iterator[Piece | FileOutcome]:
    """The piece itself, or what is in it when it is a whole zip file."""
    try:
        entries = _entries(piece.path)
    except TooLarge as error:
        yield could_not(piece, error)
        return
    if entries is None:
        yield piece if piece.given or worth_taking_out(zipfile.ZipInfo(piece.name)) else passed_over(piece, _BY_NAME)
        return
    for entry in entries:
        own = plain_name(entry.filename)
        if _MACHINERY.search(own):
            continue
        inner = Piece(name=f"{piece.name}/{own}", path=piece.path, entry=entry, place=f"{piece.place}/{own}")
        spool.members_left -= 1
        if spool.members_left < 0:
            many = TooLarge(f"The archive holds more than {MEMBERS_MAX} files.", help="Give the runs themselves.")
            yield could_not(piece, many)
            return
        if not worth_taking_out(entry):
            yield passed_over(inner, _BY_NAME)
        elif not own.lower().endswith(".zip"):
            yield inner
        elif depth == DEPTH_MAX:
            deep = TooLarge(
                f"Archives are nested more than {DEPTH_MAX} deep.", help="Unpack it and give what is inside."
            )
            yield could_not(inner, deep)
        else:
            yield from _inside(inner, entry, spool, depth)


def _inside(piece: Piece, entry: zipfile.ZipInfo, spool: Spool, depth: int) -> Iterator[Piece | FileOutcome]:
    """What an archive inside an archive holds; of a damaged one, what comes out of it."""
    spool.archives += 1
    laid = spool.folder / f"{spool.archives}.zip"
    try:
        _lay_out(piece.path, entry, laid, spool)
    except TooLarge as error:
        laid.unlink(missing_ok=True)
        yield could_not(piece, error)
        return
    except _DAMAGED:
        if not _begins_as_zip(laid):  # of what is left of one, reading it tells
            yield could_not(piece, UnreadableInput("This archive is damaged: nothing comes out of it.", help=_AGAIN))
            return
    if laid.exists() and laid.stat().st_size:
        spool.bytes_left -= laid.stat().st_size
        yield from _opened(replace(piece, path=laid, entry=None), spool, depth + 1)


def _lay_out(outer: Path, entry: zipfile.ZipInfo, target: Path, spool: Spool) -> None:
    """Unpack an inner archive beside the data, counting what comes out."""
    room = shutil.disk_usage(spool.folder).free - DISK_BYTES_LEFT
    allowed = min(UNPACKED_BYTES_FREE + UNPACKED_RATIO_MAX * entry.compress_size, spool.bytes_left)
    written = 0
    try:
        with zipfile.ZipFile(outer) as archive, archive.open(entry) as inside, target.open("wb") as out:
            while part := inside.read(_PART_BYTES):
                written += len(part)
                if written > allowed:
                    raise TooLarge(
                        "The archives inside unpack to more than is safe"
                        f" (over {UNPACKED_RATIO_MAX} times their size, or over {NESTED_BYTES_MAX >> 30} GiB in all).",
                        help="Unpack them and give what is inside.",
                    )
                if written > room:
                    raise _no_room()
                out.write(part)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _no_room() from None
        raise


def _begins_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP_MAGIC)) == _ZIP_MAGIC
    except OSError:
        return False


def _no_room() -> TooLarge:
    return TooLarge(
        "There is not enough room on the disk of the data folder to unpack this archive.",
        help="Make room, or unpack it elsewhere and give what is inside.",
    )


def _entries(path: Path) -> list[zipfile.ZipInfo] | None:
    """The directory of a whole zip file; None for anything else, a damaged archive included."""
    try:
        with path.open("rb") as file:
            if file.read(4) != _ZIP_MAGIC:
                return None
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                refuse_too_many(data)
            return zipfile.ZipFile(file).infolist()
    except TooLarge:
        raise
    except _DAMAGED:
        return None
