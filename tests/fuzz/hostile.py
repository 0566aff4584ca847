"""Files that are made to cost a reader memory or time: each is built for any ``n``, and grows with it."""

import gzip
import random
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate, repeat

from .fit_mutations import Definition, framed
from .seeds import zipped

START = 1_146_000_000
STRYD = bytes.fromhex("18fb2cf01a4b430dad66988c847421f4")
TIME, PULSE, BALANCE, CONTACT = (253, 4, 0x86), (3, 1, 2), (84, 2, 0x84), (41, 2, 0x84)
MEBI = 1 << 20


def _define(local: int, message: int, *fields: tuple[int, int, int], developer: int = 0, shift: int = 0) -> bytes:
    own = [((i + shift) % 256, 1, 0) for i in range(developer)]
    return Definition(local, message, False, list(fields), own).encoded()


_FILE_ID = _define(0, 0, (0, 1, 0)) + b"\0\x04"
_RECORD, _RECORD_OF_LEGS = _define(1, 20, TIME, PULSE), _define(1, 20, TIME, BALANCE, CONTACT)


def _clock(t: int) -> bytes:
    return struct.pack("<I", t % 2**32)


def _rows(times: "range | list[int]", content: bytes = b"\x96", header: bytes = b"\1") -> list[bytes]:
    return [header + _clock(START + t) + content for t in times]


def _fit(*body: bytes) -> bytes:
    return framed([_FILE_ID, *body])


def _two(i: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return two fields that no other ``i`` below 62 500 has."""
    return (i % 250, 1, 2), (i // 250 % 250, 1, 2)


def _declaring(size: int) -> Callable[[int], bytes]:
    def build(n: int) -> bytes:
        whole = _fit(_RECORD, *_rows(range(n)))
        return whole[:4] + size.to_bytes(4, "little") + whole[8:]

    return build


def _described(n: int, name: bytes) -> list[bytes]:
    said = _define(2, 207, (1, 16, 13), (3, 1, 2)) + b"\2" + STRYD + b"\0"
    described = _define(3, 206, (0, 1, 2), (1, 1, 2), (2, 1, 2), (3, len(name), 7))
    return [said, described, *(b"\3\0" + bytes((i % 256, 2)) + name for i in range(n))]


def _layouts_of_developer_fields(n: int) -> bytes:
    rows = _rows(range(n), b"\x96" + bytes(255))
    layouts = (_define(1, 20, TIME, PULSE, developer=255, shift=i) for i in range(n))
    return _fit(*_described(256, b"Ground Time\0"), *(b"".join(pair) for pair in zip(layouts, rows, strict=True)))


def _sessions(n: int) -> bytes:
    session = _define(2, 18, TIME, (2, 4, 0x86), (5, 1, 0))
    return _fit(session, *_rows(range(n), _clock(START) + b"\1", b"\2"), _RECORD, *_rows(range(n)))


def _laps(n: int) -> bytes:
    laps = [b"\2" + 2 * _clock(START + t) for t in range(n)]
    return _fit(_define(2, 19, TIME, (2, 4, 0x86)), *laps, _RECORD_OF_LEGS, *_rows(range(n), _LEGS))


def _pauses(n: int) -> bytes:
    events = [b"\2" + _clock(START + t) + (b"\0\4" if t % 2 else b"\0\0") for t in range(n)]
    return _fit(_define(2, 21, TIME, (0, 1, 0), (1, 1, 0)), *events, _RECORD_OF_LEGS, *_rows(range(n), _LEGS))


_LEGS = struct.pack("<HH", 5020, 2500)


def _random_times(n: int) -> bytes:
    rng = random.Random(1)  # noqa: S311  the same hostile file every time
    return _fit(_RECORD, *_rows([rng.randrange(2**32) for _ in range(n)]))


def _random_bytes(n: int) -> bytes:
    return _fit(_RECORD, *_rows(range(3)), random.Random(2).randbytes(n))  # noqa: S311


FIT: Mapping[str, Callable[[int], bytes]] = {
    "a declared size of nothing": _declaring(0),
    "a declared size of four gigabytes": _declaring(2**32 - 1),
    "a definition before every row": lambda n: _fit(*(_RECORD + row for row in _rows(range(n)))),
    "a new definition before every row": lambda n: _fit(
        *(_define(1, 20, TIME, *_two(i)) + row + b"\1" for i, row in enumerate(_rows(range(n))))
    ),
    "rows of one byte": lambda n: _fit(_define(1, 20), b"\1" * n),
    "fields of no bytes": lambda n: _fit(
        _define(1, 20, TIME, *((i, 0, 2) for i in range(250))), *_rows(range(n), b"")
    ),
    "fields that are many values": lambda n: _fit(
        _define(1, 20, TIME, *((i, 255, 0x86 if i % 2 else 2) for i in range(100))), *_rows(range(n), bytes(25_500))
    ),
    "descriptions of developer fields": lambda n: _fit(*_described(n, b"Power\0"), _RECORD, *_rows(range(9))),
    "layouts of developer fields": _layouts_of_developer_fields,
    "applications": lambda n: _fit(
        *(_define(2, 207, (1, 16, 13), (3, 1, 2), *_two(i)) + b"\2" + bytes(19) for i in range(n)), _RECORD,
        *_rows(range(9)),
    ),
    "messages of alternating types": lambda n: _fit(
        _define(1, 20, TIME), _define(2, 21, (0, 1, 0)), *(row + b"\2\0" for row in _rows(range(n), b""))
    ),
    "tiny messages of sixteen types": lambda n: _fit(
        *(_define(i, 20, PULSE, (i + 10, 0, 2)) for i in range(16)), bytes(b for i in range(16) for b in (i, 99)) * n
    ),
    "compressed times": lambda n: _fit(
        _define(1, 20, TIME), *_rows([0], b""), _define(2, 20, PULSE), *(bytes((192 | i % 32, 99)) for i in range(n))
    ),
    "compressed times that leap": lambda n: _fit(
        _define(1, 20, TIME), *_rows([0], b""), _define(2, 20, PULSE),
        *(bytes((192 | 31 * i % 32, 99)) for i in range(n)),
    ),
    "compressed times and nothing else": lambda n: _fit(
        _define(1, 20, TIME), *_rows([0], b""), _define(2, 20), bytes(192 | i % 32 for i in range(n))
    ),
    "clocks 27 days apart": lambda n: _fit(_RECORD, *_rows([i + 27 * 86_400 * (i % 2) for i in range(n)])),
    "clocks 64 years apart": lambda n: _fit(_RECORD, *_rows([i + 64 * 31_557_600 * (i > n // 2) for i in range(n)])),
    "a row every minute for two weeks": lambda n: _fit(
        _RECORD_OF_LEGS, *_rows([60 * i % 1_209_600 for i in range(n)], _LEGS)
    ),
    "clocks at random": _random_times,
    "sessions": _sessions,
    "laps": _laps,
    "pauses": _pauses,
    "chained parts": lambda n: _fit(_RECORD, *_rows([0])) * n,
    "headers and nothing else": lambda n: (b"\x0e\x20\x54\x08" + bytes(4) + b".FIT") * n,
    "damage between rows": lambda n: _fit(_RECORD, *_rows(range(3)), *(row + b"\xff" * 7 for row in _rows(range(n)))),
    "damage that looks like definitions": lambda n: _fit(_RECORD, *_rows([0]), b"\xff" + b"\x40\0\0\x14\0" * n),
    "damage that looks like rows": lambda n: _fit(_RECORD, *_rows([0]), b"\xff", *_rows([0] * n, b"\x96\xff\xff")),
    "random bytes": _random_bytes,
}  # fmt: skip

_POINT = b"<trkpt><time>2026-05-04T06:00:00Z</time></trkpt>"
_STRIDES = b"datetime, time (s), step_rate (s/min), contact_time (ms)\n\n"
_DESCRIPTOR = b'{"metricsIndex":0,"key":"directTimestamp","unit":{"key":"gmt"}}'


def _laughs(n: int) -> bytes:
    entities = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10 if i else b"ha") for i in range(9))
    return (
        b'<?xml version="1.0"?><!DOCTYPE gpx ['
        + entities
        + b"]><gpx><trk><name>"
        + b"&e8;" * n
        + b"</name></trk></gpx>"
    )


TEXT: Mapping[str, Callable[[int], bytes]] = {
    "XML entities within entities": _laughs,
    "XML elements within elements": lambda n: b"<gpx>" + b"<a>" * n,
    "XML elements within a point": lambda n: b"<gpx><trk><trkpt>" + b"<a>" * n,
    "an endless XML attribute": lambda n: b'<gpx creator="' + b"a" * n,
    "an endless XML text": lambda n: b"<gpx><trk><type>" + b"a" * n,
    "an endless XML comment": lambda n: b"<gpx><trk><!--" + b"a" * n,
    "XML elements without points": lambda n: b"<gpx>" + b"<a/>" * n + b"</gpx>",
    "XML points without values": lambda n: b"<gpx><trk><trkseg>" + b"<trkpt/>" * n + b"</trkseg></trk></gpx>",
    "GPX tracks": lambda n: b"<gpx>" + (b"<trk><trkseg>" + _POINT + b"</trkseg></trk>") * n + b"</gpx>",
    "GPX segments": lambda n: b"<gpx><trk>" + (b"<trkseg>" + _POINT + b"</trkseg>") * n + b"</trk></gpx>",
    "TCX laps": lambda n: b"<TrainingCenterDatabase><Activity>" + n * (
        b"<Lap><Track><Trackpoint><Time>2026-05-04T06:00:00Z</Time></Trackpoint></Track></Lap>"
    ),
    "JSON lists within lists": lambda n: b'{"lapDTOs":' + b"[" * n,
    "JSON lists beside lists": lambda n: b'{"activityDetailMetrics":[' + b"[]," * n + b"[]]}",
    "a huge JSON number": lambda n: b'{"metricDescriptors":[' + b"9" * n + b"]}",
    "huge JSON samples": lambda n: b'{"metricDescriptors":[%s],"activityDetailMetrics":[' % _DESCRIPTOR
    + b'{"metrics":[1e12]},' * n + b'{"metrics":[1%s]}]}' % (b"0" * 400),
    "JSON samples cut short": lambda n: b'{"metricDescriptors":[%s],"activityDetailMetrics":[' % _DESCRIPTOR
    + b'{"metrics":[1777874400000]},' * n,
    "JSON descriptors": lambda n: b'{"activityDetailMetrics":[{"metrics":[1]}],"metricDescriptors":['
    + b",".join(repeat(_DESCRIPTOR, n)) + b"]}",
    "a CSV of one line": lambda n: _STRIDES + b"," * n,
    "a CSV of very many columns": lambda n: _STRIDES.rstrip() + b",x" * n + b"\n\n" + b"1," * n,
    "a CSV of many columns": lambda n: _STRIDES.rstrip() + b",x" * 9_000 + b"\n\n"
    + (b"1," * 9_000 + b"\n") * (n // 100),
    "a CSV of blank lines": lambda n: _STRIDES + b"\n" * n,
    "a CSV of short rows": lambda n: _STRIDES + b"1\n" * n,
    "a CSV of quotation marks": lambda n: _STRIDES + b'"1","\n' * n,
    "a CSV of strides at one moment": lambda n: _STRIDES + b"2026-05-04 06:00:00, 1, 170, 250\n" * n,
}  # fmt: skip


def _overlapping(n: int) -> bytes:
    """A directory that names one content again and again."""
    content = bytes(MEBI)
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = stream.compress(content) + stream.flush()
    sizes = struct.pack("<III", zlib.crc32(content), len(packed), len(content))
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 5, 0) + b"a.fit"
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
    entry += struct.pack("<HHHHHII", 5, 0, 0, 0, 0, 0, 0) + b"a.fit"
    body = local + packed
    return body + n * entry + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, n, n, n * len(entry), len(body), 0)


def _nested(n: int) -> bytes:
    *_, outermost = accumulate(range(5), lambda inside, i: zipped((f"{i}.zip", inside)), initial=bytes(n))
    return outermost


ARCHIVES: Mapping[str, Callable[[int], bytes]] = {
    "a gzip bomb": lambda n: gzip.compress(bytes(n)),
    "gzip streams of nothing": lambda n: gzip.compress(b"") * n,
    "a zip bomb": lambda n: zipped(*((f"{i}.fit", bytes(n // 8)) for i in range(8))),
    "a zip bomb within zips": _nested,
    "a gzip bomb of FIT rows": lambda n: gzip.compress(_fit(_RECORD, b"".join(_rows(range(10))) * (n // 60))),
    "zip members that overlap": _overlapping,
    "zip members of nothing": lambda n: zipped(*((f"{i}.fit", b"") for i in range(n))),
    "zip headers without a directory": lambda n: (b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(20)) * n,
}


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """The ``n`` of a file whose memory is measured, and of the small one whose steps are counted."""

    large: int
    small: int


USUAL = Sizes(large=60_000, small=200)
SIZES: Mapping[str, Sizes] = {
    "rows of one byte": Sizes(large=8_000_000, small=2_000),
    "compressed times": Sizes(large=600_000, small=2_000),
    "compressed times that leap": Sizes(large=600_000, small=2_000),
    "compressed times and nothing else": Sizes(large=1_000_000, small=2_000),
    "messages of alternating types": Sizes(large=250_000, small=2_000),
    "tiny messages of sixteen types": Sizes(large=30_000, small=100),
    "TCX laps": Sizes(large=20_000, small=100),
    "sessions": Sizes(large=100_000, small=200),
    "fields that are many values": Sizes(large=300, small=20),
    "layouts of developer fields": Sizes(large=1_000, small=50),
    "fields of no bytes": Sizes(large=1_000_000, small=1_000),
    "random bytes": Sizes(large=4 * MEBI, small=20_000),
    "an endless XML attribute": Sizes(large=50 * MEBI, small=10_000),
    "an endless XML text": Sizes(large=10 * MEBI, small=10_000),
    "an endless XML comment": Sizes(large=10 * MEBI, small=10_000),
    "a CSV of one line": Sizes(large=10 * MEBI, small=10_000),
    "a CSV of blank lines": Sizes(large=5_000_000, small=10_000),
    "a huge JSON number": Sizes(large=5_000_000, small=10_000),
    "JSON lists within lists": Sizes(large=5_000_000, small=10_000),
    "XML elements within elements": Sizes(large=1_000_000, small=2_000),
    "XML elements within a point": Sizes(large=1_000_000, small=2_000),
    "a gzip bomb": Sizes(large=64 * MEBI, small=100_000),
    "a gzip bomb of FIT rows": Sizes(large=64 * MEBI, small=6_000),
    "a zip bomb": Sizes(large=128 * MEBI, small=100_000),
    "a zip bomb within zips": Sizes(large=64 * MEBI, small=100_000),
    "zip members of nothing": Sizes(large=20_000, small=100),
    "zip members that overlap": Sizes(large=40_000, small=4),
}
CASES: Mapping[str, Callable[[int], bytes]] = {**FIT, **TEXT, **ARCHIVES}
