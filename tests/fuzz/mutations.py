"""One file → a hostile one of the same kind.

Flipped bytes alone die at checksums and tags. Containers are opened and closed again around what is changed inside,
FIT files are changed message by message, texts token by token.
"""

import gzip
import io
import random
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable

from .fit_mutations import mutate_fit

UNPACKED_MAX = 1 << 18
TOKENS = (
    b"\0", b'"', b",", b";", b"\t", b"\n", b"\r", b"<", b">", b"&x;", b"&#0;", b"&amp;", b"[", b"]", b"{", b"}", b":",
    b"null", b"true", b"NaN", b"-Infinity", b"1e999", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"<trk>", b"</trk>",
    b"<trkseg>", b"</trkseg>", b"<trkpt>", b"</trkpt>", b"<Lap>", b"</Lap>", b"<Activity>", b"</Track>", b"<!--",
    b"]]>", b"<![CDATA[", b"<!DOCTYPE gpx [", b"<time>", b"<type>", b"metricDescriptors", b"PK\x03\x04",
)  # fmt: skip
NUMBERS = (
    b"0", b"-1", b"1e308", b"-1e308", b"1e15", b"9e14", b"1e-320", b"nan", b"inf", b"65535", b"4294967295", b"0.5",
    b"99999999999999999999999999", b"1_0", b"1,5", b"180.0000001", b"-90.1", b"", b"253402300799", b"1e11",
)  # fmt: skip
MOMENTS = (
    b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59", b"1970-01-01T00:00:00Z", b"1969-12-31T23:59:59Z",
    b"2026-05-04", b"2026-05-04T06:00:00", b"2026-05-31T06:00:00Z", b"2090-05-04T06:00:00Z", b"24:00", b"20260504T0600",
)  # fmt: skip
_NUMBER, _MOMENT = re.compile(rb"-?\d+(?:\.\d+)?"), re.compile(rb"\d{4}-\d\d-\d\d[T ][0-9:.]+Z?")
_ELEMENT = re.compile(rb"<(\w+)[^<>]*>[^<>]*</\1>|[^\n]*\n|\{[^{}]*\},?")


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Return a changed file: in its own terms where it is known, as bytes now and then."""
    if not data:
        return rng.randbytes(rng.randrange(20))
    if rng.random() < 0.08:
        return _bytes_changed(data, rng)
    if data[:2] == b"\x1f\x8b":
        return _gzip(data, rng)
    if data[:4] == b"PK\x03\x04":
        return _zip(data, rng)
    if data[8:12] == b".FIT":
        return mutate_fit(data, rng)
    return _text(data, rng)


def _bytes_changed(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 12))):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(4)
        if kind == 0:
            out[at : at + 1] = rng.randbytes(1)
        elif kind == 1:
            del out[at : at + rng.choice((1, 4, 200))]
        elif kind == 2:
            other = rng.randrange(len(out) + 1)
            out[at:at] = out[other : other + rng.choice((1, 8, 300))]
        else:
            out[at : at + 4] = rng.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\0\0\0\x80"))
    return bytes(out)


def _gzip(data: bytes, rng: random.Random) -> bytes:
    try:
        inside = zlib.decompressobj(wbits=31).decompress(data, UNPACKED_MAX)
    except zlib.error:
        return _bytes_changed(data, rng)
    packed = gzip.compress(mutate(inside, rng), 1, mtime=0)
    kind = rng.randrange(12)
    if kind == 0:
        return packed + packed[: rng.randrange(len(packed))]
    if kind == 1:
        return gzip.compress(packed, 1, mtime=0)
    return packed[: rng.randrange(len(packed))] if kind == 2 else packed


def _zip(data: bytes, rng: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = [(one.filename, packed.read(one)) for one in packed.infolist() if one.file_size < UNPACKED_MAX]
    except Exception:  # whatever zipfile thinks of a hostile archive: it is changed as bytes
        return _bytes_changed(data, rng)
    kind = rng.randrange(8) if members else 0
    if kind == 0:
        members.append(
            (rng.choice(("left.csv", "right.csv", "x/", "a.zip", "../x", "")), data if rng.random() < 0.5 else b"")
        )
    elif kind == 1:
        members.append((rng.choice(members)[0] + "x", rng.choice(members)[1]))
    else:
        at = rng.randrange(len(members))
        members[at] = (members[at][0], mutate(members[at][1], rng))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packing, warnings.catch_warnings(action="ignore"):  # two of one name are meant
        for name, inside in members:
            info = zipfile.ZipInfo(name)
            packing.writestr(info, inside, compress_type=rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    whole = out.getvalue()
    return whole[: rng.randrange(len(whole))] if rng.random() < 0.1 else whole


def _text(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 4, 10))):
        data = rng.choice(_ON_TEXT)(data, rng)
    if rng.random() < 0.04:
        return data.decode("utf-8", "replace").encode(rng.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-32")))
    return data


def _replaced(pattern: re.Pattern[bytes], values: tuple[bytes, ...]) -> Callable[[bytes, random.Random], bytes]:
    def change(data: bytes, rng: random.Random) -> bytes:
        start = rng.randrange(len(data) + 1)
        found = pattern.search(data, start) or pattern.search(data)
        return data if found is None else data[: found.start()] + rng.choice(values) + data[found.end() :]

    return change


def _token(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 50)) + data[at + rng.choice((0, 0, 1, 5)) :]


def _element_moved(data: bytes, rng: random.Random) -> bytes:
    """Delete, double, repeat or move a line or an element."""
    start = rng.randrange(len(data) + 1)
    found = _ELEMENT.search(data, start) or _ELEMENT.search(data)
    if found is None:
        return data
    first, last = found.span()
    kind = rng.randrange(4)
    if kind == 0:
        return data[:first] + data[last:]
    if kind == 1:
        return data[:last] + found.group() * rng.choice((1, 5, 300 if last - first < 200 else 2)) + data[last:]
    at = rng.randrange(len(data) + 1)
    return data[:at] + found.group() + data[at:]


def _column(data: bytes, rng: random.Random) -> bytes:
    """Give the number in the same place of every line or element one value."""
    found = _NUMBER.search(data, rng.randrange(len(data) + 1))
    if found is None:
        return data
    before = data[max(0, found.start() - 6) : found.start()]
    return re.sub(re.escape(before) + _NUMBER.pattern, lambda _: before + rng.choice(NUMBERS[:8]), data)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


_ON_TEXT: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _replaced(_NUMBER, NUMBERS), _replaced(_NUMBER, NUMBERS), _replaced(_MOMENT, MOMENTS), _token, _token,
    _element_moved, _element_moved, _column, _bytes_changed, _cut,
)  # fmt: skip
