"""What does a FIT file store? Columns per kind of message, nothing interpreted.

Values keep the numbers of the file: scales, units and meanings are applied by the readers built on top.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.formats.fit_layout import Field, Layout
from evenstride.measure.formats.fit_profile import BASE_TYPES, BYTE, STRING, TIMESTAMP, BaseType, Message
from evenstride.measure.formats.fit_scan import Part, scan_fit
from evenstride.measure.formats.samples import measurable
from evenstride.model.activity import Loss
from evenstride.model.arrays import Floats

DeveloperKey = tuple[str, int]
"""A developer field: the application's id and its number.

The id has 32 hexadecimal digits; where the file gives none it is ``index`` and the developer index.
"""

DESCRIPTIONS_MAX = 1000
"""Descriptions of developer fields that one part may hold; a watch with five apps writes about fifty."""

LayoutRows = tuple[Layout, NDArray[np.int64]]


class Column(NamedTuple):
    """One field of one layout as stored: shape (n,), or (n, k) for arrays; strings are bytes."""

    base: BaseType
    values: NDArray[Any]


@dataclass(frozen=True, kw_only=True)
class DeveloperField:
    """How an application describes one of its fields; name and units are empty where it says nothing."""

    key: DeveloperKey
    base: BaseType
    name: str = ""
    units: str = ""
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of one layout: where they start in the file, shape (n,), and their place among their kind."""

    layout: Layout
    starts: NDArray[np.int64]
    places: NDArray[np.int64] | slice = dataclasses.field(default_factory=lambda: slice(None))


@dataclass(frozen=True, kw_only=True)
class Messages:
    """All messages of one kind in one part, in file order.

    ``len()`` is how many; ``numbers`` and ``texts`` give one value per message, ``columns`` what is stored, layout by
    layout.
    """

    data: bytes
    rows: tuple[Rows, ...]
    developer: Mapping[tuple[int, int], DeveloperField]
    compressed_times: Floats | None = None

    def __len__(self) -> int:
        return sum(len(rows.starts) for rows in self.rows)

    def first(self, n: int) -> "Messages":
        """Return only the first ``n`` messages."""
        if len(self) <= n:
            return self
        rows = []
        for one in self.rows:
            places = np.arange(len(one.starts)) if isinstance(one.places, slice) else one.places
            if places[0] < n:
                kept = places < n
                rows.append(Rows(layout=one.layout, starts=one.starts[kept], places=places[kept]))
        times = None if self.compressed_times is None else self.compressed_times[:n]
        return Messages(data=self.data, rows=tuple(rows), developer=self.developer, compressed_times=times)

    def columns(self) -> Iterator[tuple[Rows, Field, Column]]:
        """Give every stored column; developer fields that nobody describes come as bytes."""
        for rows in self.rows:
            for field in rows.layout.fields:
                described = self.developer.get((field.developer_index or 0, field.number))
                base = field.base or (described.base if described else BYTE)
                yield rows, field, self._column(rows, field, base)

    @cached_property
    def field_numbers(self) -> frozenset[int]:
        """The native fields that any of the messages has."""
        return frozenset(f.number for rows in self.rows for f in rows.layout.fields if f.developer_index is None)

    @cached_property
    def developer_fields(self) -> tuple[DeveloperField, ...]:
        """The described developer fields that any of the messages has, each once."""
        return tuple(places[-1][2] for places in self._developer_places.values())

    @cached_property
    def _developer_places(self) -> Mapping[DeveloperKey, list[tuple[Rows, Field, DeveloperField]]]:
        """Where each described developer field lies: looked up once, however many layouts a file defines."""
        places: dict[DeveloperKey, list[tuple[Rows, Field, DeveloperField]]] = {}
        for rows in self.rows:
            for field in rows.layout.fields:
                if field.developer_index is not None:
                    described = self.developer.get((field.developer_index, field.number))
                    if described is not None:
                        places.setdefault(described.key, []).append((rows, field, described))
        return places

    def numbers(self, number: int) -> Floats:
        """Return native field ``number`` per message as stored, shape (n,); NaN where it is missing or invalid."""
        values = np.full(len(self), np.nan)
        for rows in self.rows:
            field = next((f for f in rows.layout.fields if f.number == number and f.developer_index is None), None)
            if field is not None and field.base is not None:
                values[rows.places] = _floats(self._column(rows, field, field.base))
        return values

    def developer_numbers(self, key: DeveloperKey) -> Floats:
        """Return one developer field per message, its own scale and offset applied; NaN where missing or invalid."""
        values = np.full(len(self), np.nan)
        for rows, field, described in self._developer_places.get(key, ()):
            stored = _floats(self._column(rows, field, described.base))
            values[rows.places] = stored / described.scale - described.offset
        return values

    def texts(self, number: int) -> list[str]:
        """Return native field ``number`` per message as text, empty where it is missing."""
        texts = np.full(len(self), "", dtype=object)
        for rows in self.rows:
            for field in rows.layout.fields:
                if field.number == number and field.developer_index is None and field.base is STRING:
                    stored = self._column(rows, field, STRING).values.tolist()
                    texts[rows.places] = [_text(value) for value in stored]
        return texts.tolist()

    def bytes_of(self, number: int, width: int) -> NDArray[np.uint8]:
        """Return a field of packed bytes per message, shape (n, width); 0xFF where it is missing."""
        packed = np.full((len(self), width), 0xFF, np.uint8)
        for rows in self.rows:
            for field in rows.layout.fields:
                if field.number == number and field.developer_index is None and field.size == width:
                    packed[rows.places] = self._column(rows, field, BYTE).values.reshape(-1, width)
        return packed

    def times(self) -> Floats:
        """Return the timestamp per message in seconds of FIT time, compressed ones resolved; NaN where missing."""
        return self.numbers(TIMESTAMP) if self.compressed_times is None else self.compressed_times

    def _column(self, rows: Rows, field: Field, base: BaseType) -> Column:
        if field.size % base.size:
            base = BYTE
        order = ">" if rows.layout.big_endian else "<"
        dtype = np.dtype(f"S{field.size}" if base is STRING else order + base.code)
        count = 1 if base is STRING else field.size // base.size
        return Column(base, _gather(self.data, rows, (dtype, field.offset, count)))


def _gather(data: bytes, rows: Rows, what: tuple[np.dtype[Any], int, int]) -> NDArray[Any]:
    """Return values at one offset of every row; rows of equal distance are read in place."""
    dtype, offset, count = what
    starts, shape = rows.starts, (len(rows.starts),) if count == 1 else (len(rows.starts), count)
    first, step = int(starts[0]), rows.layout.size
    inner = () if count == 1 else (dtype.itemsize,)
    if int(starts[-1]) - first == step * (len(starts) - 1):
        return np.ndarray(shape, dtype, data, first + offset, (step, *inner))
    anywhere = (len(data) - dtype.itemsize * count + 1, *shape[1:])
    return np.asarray(np.ndarray(anywhere, dtype, data, 0, (1, *inner))[starts + offset])


def _floats(column: Column) -> Floats:
    """Return the first (or only) value per row as a float; NaN where it is invalid or text."""
    base, stored = column
    if base is STRING:
        return np.full(len(stored), np.nan)
    if stored.ndim > 1:
        stored = stored[:, 0]
    if base.invalid is None:
        with np.errstate(invalid="ignore"):  # a NaN may be of the kind that signals
            return measurable(stored.astype(np.float64))
    values = stored.astype(np.float64)
    values[stored == base.invalid] = np.nan
    return values


def _text(stored: bytes) -> str:
    return stored.split(b"\0", 1)[0].decode("utf-8", errors="replace").strip()


@dataclass(frozen=True, kw_only=True)
class FitPart:
    """One chained part: its messages by global number."""

    messages: Mapping[int, Messages]

    def get(self, number: int) -> Messages:
        """Return the messages of one kind; none of them is an empty answer."""
        return self.messages.get(number) or Messages(data=b"", rows=(), developer={})


@dataclass(frozen=True, kw_only=True)
class FitFile:
    """A decoded file: its parts in order, and what could not be read."""

    parts: tuple[FitPart, ...]
    losses: tuple[Loss, ...] = ()


def decode_fit(data: bytes) -> FitFile:
    """Decode every chained part of a FIT file. Never raises; unreadable bytes give no parts and say so.

    A developer field may be described after the data that uses it: descriptions are collected first.
    """
    scan = scan_fit(data)
    return FitFile(parts=tuple(_decode_part(data, rows) for rows in _joined(scan.parts)), losses=scan.losses)


def _joined(parts: tuple[Part, ...]) -> list[list[LayoutRows]]:
    """Join a part to the one before it when it does not say itself what it is: it has no file_id of its own."""
    joined: list[list[LayoutRows]] = []
    for part in parts:
        if not joined or any(layout.global_number == Message.FILE_ID for layout, _ in part.rows):
            joined.append([])
        joined[-1] += part.rows
    return joined


def _decode_part(data: bytes, part: list[LayoutRows]) -> FitPart:
    grouped: dict[int, list[LayoutRows]] = {}
    for layout, starts in part:
        grouped.setdefault(layout.global_number, []).append((layout, starts))
    placed = {number: _placed(group) for number, group in grouped.items()}
    empty: dict[tuple[int, int], DeveloperField] = {}
    bare = {number: Messages(data=data, rows=rows, developer=empty) for number, rows in placed.items()}
    developer = _developer_fields(FitPart(messages=bare))
    times = _compressed_times(data, bare)
    return FitPart(
        messages={
            number: Messages(data=data, rows=rows, developer=developer, compressed_times=times.get(number))
            for number, rows in placed.items()
        }
    )


def _placed(group: list[LayoutRows]) -> tuple[Rows, ...]:
    if len(group) == 1:
        layout, starts = group[0]
        return (Rows(layout=layout, starts=np.sort(starts)),)
    everywhere = np.sort(np.concatenate([starts for _, starts in group]))
    return tuple(
        Rows(layout=layout, starts=starts, places=np.searchsorted(everywhere, starts)) for layout, starts in group
    )


def _developer_fields(part: FitPart) -> dict[tuple[int, int], DeveloperField]:
    """Return the described developer fields by (developer index, number): what a definition calls them."""
    applications = _applications(part.get(Message.DEVELOPER_DATA_ID).first(DESCRIPTIONS_MAX))
    messages = part.get(Message.FIELD_DESCRIPTION).first(DESCRIPTIONS_MAX)
    if not len(messages):
        return {}
    index, number, code, scale, offset = (np.nan_to_num(messages.numbers(n), nan=-1) for n in (0, 1, 2, 6, 7))
    names, units = messages.texts(3), messages.texts(8)
    described: dict[tuple[int, int], DeveloperField] = {}
    for row in range(len(messages)):
        place = int(index[row]), int(number[row])
        known = int(code[row]) & 0x1F
        if min(place) < 0 or code[row] < 0 or known >= len(BASE_TYPES):
            continue
        described[place] = DeveloperField(
            key=(applications.get(place[0], f"index {place[0]}"), place[1]),
            base=BASE_TYPES[known],
            name=names[row],
            units=units[row],
            scale=float(scale[row]) if scale[row] > 0 else 1.0,
            offset=float(offset[row]) if scale[row] > 0 and offset[row] > 0 else 0.0,
        )
    return described


def _applications(messages: Messages) -> dict[int, str]:
    """Return the application id of every developer index."""
    indices, ids = np.nan_to_num(messages.numbers(3), nan=-1), messages.bytes_of(1, 16)
    return {
        int(index): identity.tobytes().hex()
        for index, identity in zip(indices, ids, strict=True)
        if index >= 0 and (identity != 0xFF).any()
    }


def _compressed_times(data: bytes, messages: Mapping[int, Messages]) -> dict[int, Floats]:
    """Resolve compressed timestamps: five bits that count on from the last full time before them in the file."""
    heads = np.frombuffer(data, np.uint8)
    flat = [(number, rows) for number, kind in messages.items() for rows in kind.rows]
    if not any((heads[rows.starts] & 0x80).any() for _, rows in flat if rows.layout.time_offset is None):
        return {}
    full = np.concatenate([messages[number].numbers(TIMESTAMP)[rows.places] for number, rows in flat])
    starts = np.concatenate([rows.starts for _, rows in flat])
    order = np.argsort(starts)
    full[order] = _resolved(full[order], heads[starts[order]])
    times, at = {number: np.full(len(kind), np.nan) for number, kind in messages.items()}, 0
    for number, rows in flat:
        times[number][rows.places] = full[at : at + len(rows.starts)]
        at += len(rows.starts)
    return times


def _resolved(full: Floats, heads: NDArray[np.uint8]) -> Floats:
    """Return the time of every message in file order; ``full`` is NaN where a message has no time of its own."""
    known = np.isfinite(full)
    timed = np.flatnonzero(known | (heads & 0x80 != 0))
    known, base = known[timed], full[timed]
    low = np.where(known, np.nan_to_num(base) % 32, heads[timed] & 0x1F).astype(np.int8)
    ahead = np.cumsum(np.where(known, 0, np.diff(low, prepend=low[:1]) & 0x1F), dtype=np.int64)
    last_full = np.maximum.accumulate(np.where(known, np.arange(len(timed), dtype=np.int32), -1))
    ahead -= ahead[last_full]
    full[timed] = np.where(last_full >= 0, base[last_full] + ahead, np.nan)
    return full
