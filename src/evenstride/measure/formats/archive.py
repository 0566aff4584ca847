"""What is inside a .gz or .zip, piece by piece, within stated limits.

A declared size is never believed: what counts is what comes out, and it is counted while it comes.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenstride.errors import TooLarge, UnreadableInput
from evenstride.model import Loss

if TYPE_CHECKING:
    import zipfile
    from mmap import mmap

UNPACKED_BYTES_MAX = 2 << 30
"""In total, from one file."""
UNPACKED_RATIO_MAX = 250
"""Unpacked bytes per packed byte, beyond the first :data:`UNPACKED_BYTES_FREE`: repetitive XML packs to about 1:50."""
UNPACKED_BYTES_FREE = 16 << 20
MEMBER_BYTES_MAX = 64 << 20
MEMBERS_MAX = 50_000
DEPTH_MAX = 3
"""Archives within archives: an export.zip of run.zip of run.fit.gz has three."""
_CHUNK_BYTES = 1 << 18

_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = b"PK\x03\x04"
_ZIP_EMPTY_MAGIC = b"PK\x05\x06"
_ZIP_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCATOR64_MAGIC = b"PK\x06\x07"
_END_BYTES, _END64_BYTES = 22, 56 + 20
_STORED, _DEFLATED = 0, 8
_LOCKED, _SIZE_FOLLOWS = 1, 8
_LOCAL_HEADER_BYTES = 30
_NEVER_AN_ACTIVITY = re.compile(
    r"(^|/)(__MACOSX/|\.)|/$|\.(jpe?g|png|gif|heic|webp|svg|pdf|mp4|mov|html?|docx?|xlsx?|txt|md)$", re.IGNORECASE
)


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file as it is inside; ``losses`` say what of it was damaged on the way."""

    name: str
    data: bytes
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BadMember:
    """One file that could not be taken out, and why; the others are unaffected."""

    name: str
    error: UnreadableInput


@dataclass(kw_only=True)
class _Budget:
    """How much may still go in and come out for one file."""

    bytes_left: int
    members_left: int = MEMBERS_MAX

    def take(self, n: int) -> None:
        self.bytes_left -= n
        if self.bytes_left < 0:
            raise TooLarge(
                "The archive unpacks to more than is safe"
                f" (over {UNPACKED_RATIO_MAX} times its size, or over {UNPACKED_BYTES_MAX >> 30} GiB).",
                help="Unpack it, look at what is inside, and give the runs themselves.",
            )

    def count_member(self) -> None:
        self.members_left -= 1
        if self.members_left < 0:
            raise TooLarge(f"The archive holds more than {MEMBERS_MAX} files.", help="Give the runs themselves.")


def unpack(name: str, data: bytes) -> Iterator[Member | BadMember]:
    """Yield the files inside, archives within archives included; a plain file is itself.

    What is packed is recognised by its content. Folders, pictures and documents inside an archive are passed over.
    A gzip file that was cut short gives what came out of it, with a loss.

    Raises
    ------
    TooLarge
        When more comes out than the limits of this module allow; what was yielded before stays good.

    Examples
    --------
    >>> import gzip
    >>> [member.name for member in unpack("monday.fit.gz", gzip.compress(b"..."))]
    ['monday.fit']
    """
    if not _is_packed(data):  # the usual case, without any bookkeeping
        yield Member(name=name, data=data)
        return
    allowed = min(UNPACKED_BYTES_FREE + UNPACKED_RATIO_MAX * len(data), UNPACKED_BYTES_MAX)
    yield from _unpack(name, data, _Budget(bytes_left=allowed), depth=1)


def worth_taking_out(entry: "zipfile.ZipInfo") -> bool:
    """Whether an archive's entry can be a recording at all: no folder, picture or document."""
    return not _NEVER_AN_ACTIVITY.search(plain_name(entry.filename))


def plain_name(name: str) -> str:
    """Return a name in an archive without steps to here (``.``) and upwards (``..``), which nobody follows.

    >>> plain_name("./a.fit"), plain_name("../x/./b.fit"), plain_name("x/"), plain_name("/c.fit")
    ('a.fit', 'x/b.fit', 'x/', '/c.fit')
    """
    return "/".join(part for part in name.split("/") if part not in (".", ".."))


def refuse_too_many(data: "bytes | mmap") -> None:
    """Count a zip file's entries before an object is built for each.

    Raises
    ------
    TooLarge
        There are more than :data:`MEMBERS_MAX`.
    """
    end = data.rfind(_ZIP_EMPTY_MAGIC, max(0, len(data) - (1 << 16) - _END_BYTES))
    if end < 0 or end + _END_BYTES > len(data):
        return
    (size_bytes,) = struct.unpack_from("<I", data, end + 12)
    if end >= _END64_BYTES and data[end - 20 : end - 16] == _LOCATOR64_MAGIC:
        end -= _END64_BYTES
        (size_bytes,) = struct.unpack_from("<Q", data, end + 40)
    _count_entries(data, max(0, end - size_bytes), end)


def _count_entries(data: "bytes | mmap", begin: int, end: int) -> None:
    count, at = 0, data.find(_ZIP_DIRECTORY_ENTRY, begin, end)
    while at >= 0:
        count += 1
        if count > MEMBERS_MAX:
            raise TooLarge(f"The archive holds more than {MEMBERS_MAX} files.", help="Give the runs themselves.")
        at = data.find(_ZIP_DIRECTORY_ENTRY, at + len(_ZIP_DIRECTORY_ENTRY), end)


def take_out(data: "bytes | mmap", entry: "zipfile.ZipInfo") -> Member | BadMember:
    """Return one entry of a zip file, as it lies there: what is packed once more stays packed.

    ``data`` is the whole zip file; mapped from the disk it is never in memory at once. The entry is named as in the
    archive. The limits are those of :func:`unpack`, for this entry.
    """
    name = entry.filename
    if entry.flag_bits & _LOCKED or entry.compress_type not in (_STORED, _DEFLATED):
        return BadMember(name=name, error=_cannot_open(entry))
    allowed = min(UNPACKED_BYTES_FREE + UNPACKED_RATIO_MAX * max(entry.compress_size, 0), UNPACKED_BYTES_MAX)
    try:
        return _member(name, data, entry, _Budget(bytes_left=allowed))
    except TooLarge as error:
        # Without its past, which would keep hold of the whole archive.
        return BadMember(name=name, error=TooLarge(error.text, help=error.help))


def _is_packed(data: bytes) -> bool:
    return data[:2] == _GZIP_MAGIC or data[:4] in (_ZIP_MAGIC, _ZIP_EMPTY_MAGIC)


def _unpack(name: str, data: bytes, budget: _Budget, *, depth: int) -> Iterator[Member | BadMember]:
    inside = _gunzip(name, data, budget) if data[:2] == _GZIP_MAGIC else _unzip(name, data, budget)
    for member in inside:
        if isinstance(member, BadMember) or not _is_packed(member.data):
            yield member
        elif depth == DEPTH_MAX:
            error = TooLarge(
                f"Archives are nested more than {DEPTH_MAX} deep.", help="Unpack the file and give what is inside."
            )
            yield BadMember(name=member.name, error=error)
        else:
            yield from _unpack(member.name, member.data, budget, depth=depth + 1)


def _gunzip(name: str, data: bytes, budget: _Budget) -> Iterator[Member | BadMember]:
    inner = name[:-3] if name.lower().endswith(".gz") else name
    out = bytearray()
    at, whole = 0, True
    while whole and data[at : at + 2] == _GZIP_MAGIC:  # a gzip file may be several, one after another
        budget.count_member()
        stream = zlib.decompressobj(wbits=31)
        at, whole = _inflate(stream, memoryview(data), at, out, budget)
    if whole or out:
        yield Member(name=inner, data=bytes(out), losses=() if whole else (_CUT_SHORT,))
    else:
        yield BadMember(name=inner, error=_damaged("gzip file"))


_CUT_SHORT = Loss(code="archive_damaged", text="The compressed file is damaged or cut short; what came out is read.")
_NO_DIRECTORY = UnreadableInput(
    "This zip archive is damaged or cut short: only what still comes out of it is read.",
    help="Download or copy it again.",
)


def _inflate(
    stream: "zlib._Decompress", data: memoryview, at: int, out: bytearray, budget: _Budget
) -> tuple[int, bool]:
    """Append what comes out, counting; return where the stream ended, and whether it ended as it should.

    What goes in is counted too: a stream may eat much and give nothing, and streams may overlap.
    """
    try:
        while at < len(data) and not stream.eof:
            pending: bytes | memoryview = data[at : at + _CHUNK_BYTES]
            at += len(pending)
            budget.take(len(pending))
            while len(pending) and not stream.eof:
                _add(stream.decompress(pending, _CHUNK_BYTES), out, budget)
                pending = stream.unconsumed_tail
        if not stream.eof:
            _add(stream.flush(), out, budget)
    except zlib.error:
        return at, False
    budget.take(-len(stream.unused_data))
    return at - len(stream.unused_data), stream.eof


def _add(part: bytes, out: bytearray, budget: _Budget) -> None:
    budget.take(len(part))
    out += part
    _refuse_larger(len(out))


def _refuse_larger(size_bytes: int) -> None:
    if size_bytes > MEMBER_BYTES_MAX:
        raise TooLarge(
            f"One file inside the archive is larger than {MEMBER_BYTES_MAX >> 20} MiB.",
            help="Give the runs themselves.",
        )


def _unzip(name: str, data: bytes, budget: _Budget) -> Iterator[Member | BadMember]:
    import zipfile  # imported where used: a FIT file needs none of it
    from io import BytesIO

    _count_entries(data, 0, len(data))
    try:
        # Only the directory is taken from zipfile: its reader keeps back what a wrong checksum or size belongs to.
        entries = zipfile.ZipFile(BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError):
        yield from _rescued(name, data, budget)
        return
    for entry in entries:
        if not worth_taking_out(entry):
            continue
        budget.count_member()
        inner = f"{name}/{plain_name(entry.filename)}"
        if entry.flag_bits & _LOCKED or entry.compress_type not in (_STORED, _DEFLATED):
            yield BadMember(name=inner, error=_cannot_open(entry))
        else:
            yield _member(inner, data, entry, budget)


def _cannot_open(entry: "zipfile.ZipInfo") -> UnreadableInput:
    why = "locked with a password" if entry.flag_bits & _LOCKED else "compressed in a way that is not supported"
    return UnreadableInput(f"This file is {why}.", help="Unpack it and give what is inside.")


def _member(inner: str, data: "bytes | mmap", entry: "zipfile.ZipInfo", budget: _Budget) -> Member | BadMember:
    at = entry.header_offset
    if not 0 <= at <= len(data) - _LOCAL_HEADER_BYTES or data[at : at + 4] != _ZIP_MAGIC:
        return BadMember(name=inner, error=_damaged("file in the archive"))
    _, begin = _local_header(data, at)
    out, _, whole = _content(data, begin, entry.compress_type, entry.compress_size, budget)
    if not out and not whole:
        return BadMember(name=inner, error=_damaged("file in the archive"))
    whole = whole and zlib.crc32(out) == entry.CRC
    return Member(name=inner, data=bytes(out), losses=() if whole else (_CUT_SHORT,))


def _local_header(data: "bytes | mmap", at: int) -> tuple[str, int]:
    """The name that stands in front of a content, and where the content begins."""
    name_bytes, extra_bytes = struct.unpack_from("<HH", data, at + 26)
    name_end = at + _LOCAL_HEADER_BYTES + name_bytes
    return data[at + _LOCAL_HEADER_BYTES : name_end].decode("utf-8", "replace"), name_end + extra_bytes


def _content(
    data: "bytes | mmap", begin: int, method: int, packed_bytes: int, budget: _Budget
) -> tuple[bytearray, int, bool]:
    """What comes out, where it ended, and whether that was its end."""
    out = bytearray()
    if method == _DEFLATED:
        end, whole = _inflate(zlib.decompressobj(wbits=-15), memoryview(data), begin, out, budget)
        return out, end, whole
    _refuse_larger(min(packed_bytes, len(data) - begin))  # before it is copied
    _add(data[begin : begin + packed_bytes], out, budget)
    return out, begin + len(out), len(out) == packed_bytes


def _rescued(name: str, data: bytes, budget: _Budget) -> Iterator[Member | BadMember]:
    """What a zip file without its directory (cut short, half downloaded) still holds, by its local headers.

    Without the directory nobody knows what else was in it: the archive itself is the last that is told of.
    """
    found = False
    at = data.find(_ZIP_MAGIC)
    while at >= 0 and at + _LOCAL_HEADER_BYTES <= len(data):
        flags, method = struct.unpack_from("<HH", data, at + 6)
        (packed_bytes,) = struct.unpack_from("<I", data, at + 18)
        inner, begin = _local_header(data, at)
        out, end, whole = bytearray(), begin, False
        if not flags & _LOCKED and (method == _DEFLATED or (method == _STORED and not flags & _SIZE_FOLLOWS)):
            out, end, whole = _content(data, begin, method, packed_bytes, budget)
        inner = plain_name(inner)
        if out and not _NEVER_AN_ACTIVITY.search(inner):
            budget.count_member()
            found = True
            yield Member(name=f"{name}/{inner}", data=bytes(out), losses=() if whole else (_CUT_SHORT,))
        at = data.find(_ZIP_MAGIC, end if whole else at + len(_ZIP_MAGIC))
    yield BadMember(name=name, error=_NO_DIRECTORY if found else _damaged("zip archive"))


def _damaged(what: str) -> UnreadableInput:
    return UnreadableInput(f"This {what} is damaged: nothing comes out of it.", help="Download or copy it again.")
