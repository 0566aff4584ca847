"""A FIT file → a hostile one: changed message by message, its size and checksums mended afterwards (mostly)."""

import random
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from fastcrc import crc16

RECORD, TIMESTAMP = 20, 253
KNOWN_MESSAGES = (0, 12, 18, 19, 20, 21, 23, 34, 49, 206, 207, 65535)
KNOWN_FIELDS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 16, 23, 24, 39, 40, 41, 53, 73, 78, 84, 85, 253, 254)
EXTREMES = (
    b"\0", b"\xff", b"\x7f", b"\x80", b"\x01", b"\xfe", b"\x00\x00\xc0\x7f", b"\x00\x00\x80\x7f", b"\x00\x00\x80\xff",
    b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\xff\xff\x7f\x7f", b"\x01\x00\x00\x00",
)  # fmt: skip
CLOCK_JUMPS_S = (1, -1, 31, 32, 3600, -3600, 86400, 27 * 86400, -27 * 86400, 64 * 31_557_600, -(2**31), 2**31 - 1)
MESSAGES_MAX = 4000


@dataclass
class Definition:
    """A definition message: number, size and base type code of each field; number, size, index of developer ones."""

    local: int
    message: int
    big_endian: bool
    fields: list[tuple[int, int, int]]
    developer: list[tuple[int, int, int]] = field(default_factory=list)

    def encoded(self) -> bytes:
        """Return its bytes."""
        head = bytes((0x40 | (0x20 if self.developer else 0) | self.local & 15, 0, int(self.big_endian)))
        fields, developer = self.fields[:255], self.developer[:255]
        head += self.message.to_bytes(2, "big" if self.big_endian else "little") + bytes((len(fields),))
        head += b"".join(bytes(one) for one in fields)
        if developer:
            head += bytes((len(developer),)) + b"".join(bytes(one) for one in developer)
        return head

    @property
    def row_bytes(self) -> int:
        """The length of one row without its header byte."""
        return sum(size for _, size, _ in (*self.fields, *self.developer))


@dataclass
class Row:
    """A data message: its header byte, its content, and the definition it was written under."""

    header: int
    content: bytearray
    of: Definition


Item = Definition | Row | bytes
Items = list[Item]


def parse(data: bytes) -> Items:
    """Cut the first part into messages; what cannot be cut stays as bytes."""
    size = data[0] if data and data[0] in (12, 14) else 14
    end = min(len(data), size + int.from_bytes(data[4:8], "little"))
    items: Items = []
    known: dict[int, Definition] = {}
    pos = size
    while pos < end and len(items) < MESSAGES_MAX:
        header = data[pos]
        if header & 0xC0 == 0x40 and pos + 6 <= end:
            definition, pos = _definition(data, pos)
            known[definition.local] = definition
            items.append(definition)
            continue
        of = known.get(header >> 5 & 3 if header & 0x80 else header & 15)
        if of is None or pos + 1 + of.row_bytes > end:
            break
        items.append(Row(header, bytearray(data[pos + 1 : pos + 1 + of.row_bytes]), of))
        pos += 1 + of.row_bytes
    rest = data[pos:end] + data[end + 2 :]
    return [*items, rest] if rest else items


def _definition(data: bytes, pos: int) -> tuple[Definition, int]:
    def triples(at: int) -> tuple[list[tuple[int, int, int]], int]:
        count = data[at] if at < len(data) else 0
        cut = data[at + 1 : at + 1 + 3 * count]
        return [(cut[i], cut[i + 1], cut[i + 2]) for i in range(0, len(cut) - 2, 3)], at + 1 + 3 * count

    header, big = data[pos], data[pos + 2] == 1
    fields, after = triples(pos + 5)
    developer: list[tuple[int, int, int]] = []
    if header & 0x20:
        developer, after = triples(after)
    message = int.from_bytes(data[pos + 3 : pos + 5], "big" if big else "little")
    return Definition(header & 15, message, big, fields, developer), after


def framed(items: Items) -> bytes:
    """Return the bytes of a part whose size and checksums are right."""
    body = bytearray()
    for item in items:
        if isinstance(item, bytes):
            body += item
        elif isinstance(item, Definition):
            body += item.encoded()
        else:
            body.append(item.header)
            body += item.content
    header = b"\x0e\x20\x54\x08" + len(body).to_bytes(4, "little") + b".FIT"
    whole = header + crc16.arc(header).to_bytes(2, "little") + bytes(body)
    return whole + crc16.arc(whole).to_bytes(2, "little")


def mutate_fit(data: bytes, rng: random.Random) -> bytes:
    """Return the file with one to a few messages, columns, definitions or the frame changed."""
    items = parse(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        rng.choice(_ON_ITEMS)(items, rng)
    whole = framed(items)
    return rng.choice(_ON_BYTES)(whole, rng) if rng.random() < 0.15 else whole


def _rows(items: Items) -> list[Row]:
    return [item for item in items if isinstance(item, Row)]


def _definitions(items: Items) -> list[Definition]:
    return [item for item in items if isinstance(item, Definition)]


def _extreme(size: int, rng: random.Random) -> bytes:
    if rng.random() < 0.3:
        return rng.randbytes(size)
    one = rng.choice(EXTREMES)
    return (one * (size // len(one) + 1))[:size]


def _places(definition: Definition) -> list[tuple[int, int, int]]:
    """Return (number, offset, size) of every field of a row."""
    at, places = 0, []
    for number, size, _ in (*definition.fields, *definition.developer):
        places.append((number, at, size))
        at += size
    return places


def _change_value(items: Items, rng: random.Random) -> None:
    rows = _rows(items)
    if rows:
        row = rng.choice(rows)
        for _, at, size in rng.sample(places := _places(row.of), min(len(places), rng.choice((1, 1, 2)))):
            row.content[at : at + size] = _extreme(size, rng)


def _change_column(items: Items, rng: random.Random) -> None:
    """Give one field of many rows one value, a ramp, its neighbours' values, or noise."""
    definitions = [one for one in _definitions(items) if one.fields]
    if not definitions:
        return
    of = rng.choice(definitions)
    _, at, size = rng.choice(_places(of))
    rows = [row for row in _rows(items) if row.of is of]
    first = rng.randrange(len(rows)) if rows and rng.random() < 0.5 else 0
    mine = rows[first : first + rng.choice((len(rows), 5, 50))]
    constant, kind, step = _extreme(size, rng), rng.randrange(4), rng.choice((1, 1000, 2**20, -1))
    order = "big" if of.big_endian else "little"
    for i, row in enumerate(mine):
        value = constant
        if kind == 1 and size:
            value = (i * step % 256**size).to_bytes(size, "big" if order == "big" else "little")
        elif kind == 2:
            value = rng.randbytes(size)
        elif kind == 3:
            value = bytes(rng.choice(mine).content[at : at + size])
        row.content[at : at + size] = value


def _shift_clock(items: Items, rng: random.Random) -> None:
    rows = [row for row in _rows(items) if any(n == TIMESTAMP and s == 4 for n, _, s in _places(row.of))]
    if not rows:
        return
    first = rng.randrange(len(rows))
    some = rows[first : first + rng.choice((1, 1, 3, len(rows)))]
    jump, growing = rng.choice(CLOCK_JUMPS_S), rng.random() < 0.2
    for i, row in enumerate(some):
        at = next(at for n, at, s in _places(row.of) if n == TIMESTAMP and s == 4)
        form = ">I" if row.of.big_endian else "<I"
        (time,) = struct.unpack_from(form, row.content, at) if len(row.content) >= at + 4 else (0,)
        if len(row.content) >= at + 4:
            struct.pack_into(form, row.content, at, (time + jump * (i if growing else 1)) % 2**32)


def _redefine(items: Items, rng: random.Random) -> None:
    """Change a definition; its rows follow in their length, mostly."""
    definitions = _definitions(items)
    if not definitions:
        return
    of = rng.choice(definitions)
    kind = rng.randrange(7)
    if kind == 0:
        of.message = rng.choice(KNOWN_MESSAGES)
    elif kind == 1:
        of.big_endian = not of.big_endian
    elif kind == 2:
        of.local = rng.randrange(16)
    elif kind == 3 and of.fields:
        del of.fields[rng.randrange(len(of.fields))]
    elif kind == 4:
        of.fields.insert(rng.randrange(len(of.fields) + 1), _a_field(rng))
    elif kind == 5 and of.fields:
        i = rng.randrange(len(of.fields))
        number, size, code = of.fields[i]
        a_number, a_size, a_code = _a_field(rng)
        of.fields[i] = rng.choice(((a_number, size, code), (number, a_size, code), (number, size, a_code)))
    else:
        of.developer.append((rng.randrange(14), rng.choice((0, 1, 2, 4, 255)), rng.randrange(3)))
    if rng.random() < 0.85:
        for row in _rows(items):
            if row.of is of:
                row.content = bytearray((row.content + bytes(of.row_bytes))[: of.row_bytes])
                if not row.header & 0x80:
                    row.header = of.local


def _a_field(rng: random.Random) -> tuple[int, int, int]:
    number = rng.choice(KNOWN_FIELDS) if rng.random() < 0.8 else rng.randrange(256)
    size = rng.choice((0, 1, 2, 3, 4, 8, 16, 255))
    return (
        number,
        size,
        rng.choice((0, 1, 2, 0x83, 0x84, 0x85, 0x86, 7, 0x88, 0x89, 10, 0x8B, 0x8C, 13, 0x8E, 0x90, 31)),
    )


def _insert_message(items: Items, rng: random.Random) -> None:
    """Put in a definition of a kind that is read, with rows of extreme values."""
    of = Definition(rng.randrange(16), rng.choice(KNOWN_MESSAGES), rng.random() < 0.2, [])
    for number in rng.sample(KNOWN_FIELDS, rng.randrange(1, 9)):
        of.fields.append((number, *_a_field(rng)[1:]))
    if rng.random() < 0.3:
        of.developer = [(rng.randrange(14), rng.choice((1, 2, 4)), rng.randrange(3)) for _ in range(rng.randrange(4))]
    rows: Items = [
        Row(of.local, bytearray(b"".join(_extreme(size, rng) for _, _, size in _places(of))), of)
        for _ in range(rng.choice((1, 1, 2, 5, 150)))
    ]
    at = rng.randrange(len(items) + 1)
    items[at:at] = [of, *rows]


def _move(items: Items, rng: random.Random) -> None:
    """Delete, double, repeat, swap or reverse a stretch of messages."""
    if not items:
        return
    first = rng.randrange(len(items))
    last = min(len(items), first + rng.choice((1, 1, 2, 10, 100)))
    stretch, kind = items[first:last], rng.randrange(5)
    if kind == 0:
        del items[first:last]
    elif kind == 1:
        at = rng.randrange(len(items) + 1)
        items[at:at] = stretch
    elif kind == 2:
        items[first:last] = stretch[:5] * rng.choice((2, 20, 400))
    elif kind == 3:
        items[first:last] = stretch[::-1]
    else:
        rng.shuffle(stretch)
        items[first:last] = stretch


def _compress_times(items: Items, rng: random.Random) -> None:
    rows = _rows(items)
    first = rng.randrange(len(rows)) if rows else 0
    for row in rows[first : first + rng.choice((1, 10, len(rows) or 1))]:
        row.header = 0x80 | (row.header & 3) << 5 | rng.randrange(32)


def _describe_developer_field(items: Items, rng: random.Random) -> None:
    """Say of a developer field what it never was: another type, scale, name, application."""
    of = Definition(15, 206, False, [(0, 1, 2), (1, 1, 2), (2, 1, 2), (3, 24, 7), (6, 1, 2), (7, 1, 1), (8, 8, 7)])
    name = rng.choice((b"Ground Time", b"Leg Spring Stiffness Balance", b"Power", b"", b"\xff\xfe", b"Cadence"))
    content = bytes((rng.randrange(3), rng.randrange(14), rng.choice((0, 2, 7, 0x84, 0x86, 0x88, 0x89, 13, 200))))
    content += (
        name.ljust(24, b"\0") + bytes((rng.choice((0, 1, 255)), rng.choice((0, 1, 127, 255)))) + b"mm".ljust(8, b"\0")
    )
    at = rng.randrange(len(items) + 1)
    items[at:at] = [of, Row(15, bytearray(content), of)]


def _raw(items: Items, rng: random.Random) -> None:
    items.insert(rng.randrange(len(items) + 1), rng.randbytes(rng.choice((1, 2, 7, 100))))


_ON_ITEMS: tuple[Callable[[Items, random.Random], None], ...] = (
    _change_value, _change_value, _change_column, _change_column, _change_column, _shift_clock, _shift_clock, _redefine,
    _redefine, _redefine, _insert_message, _insert_message, _move, _move, _compress_times, _describe_developer_field,
    _raw,
)  # fmt: skip


def _flipped(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 4, 40))):
        out[rng.randrange(len(out))] = rng.randrange(256)
    return bytes(out)


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _holed(data: bytes, rng: random.Random) -> bytes:
    first = rng.randrange(len(data))
    return data[:first] + data[first + rng.choice((1, 3, 50, 600)) :]


def _misdeclared(data: bytes, rng: random.Random) -> bytes:
    size = rng.choice((0, 1, 14, len(data), 2**31, 2**32 - 1, rng.randrange(len(data))))
    return bytes((rng.choice((12, 14, 14, 0, 255)),)) + data[1:4] + size.to_bytes(4, "little") + data[8:]


def _chained(data: bytes, rng: random.Random) -> bytes:
    return data * rng.choice((2, 3, 70)) if len(data) < 3000 else data + data


_ON_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flipped, _cut, _holed, _misdeclared, _chained)
