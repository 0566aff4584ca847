"""Where does every message of a FIT file lie?

A FIT file is a chain of parts; each part is a header, messages, and a checksum. A definition message says how the
data messages of one local number look until the next definition, so runs of data messages are rows of equal size.
The scan walks the headers only and notes the position of every row; no value is decoded here.

No size that the file declares is believed: a walk that meets something impossible looks for the place where the
known rows go on, and what lies between is reported as lost.
"""

from array import array
from dataclasses import dataclass, field

import numpy as np
from fastcrc import crc16
from numpy.typing import NDArray

from evenstride.measure.formats.fit_layout import Layout
from evenstride.measure.formats.fit_profile import BASE_TYPES
from evenstride.model.activity import Loss

MAX_LAYOUTS = 1024
"""Different definitions that one file may hold (real ones: under 50)."""
MAX_PARTS = 64
"""Chained parts that one file may hold (real ones: under 10)."""
MAX_ROWS = 1 << 20
"""Messages that one file may hold: twelve days of one a second (real ones: under 100 000)."""
ROW_BYTES = 2
"""Messages are no shorter on average: a time and a value. Emptier ones would only cost memory."""
MAX_GAPS = 1000
"""Damaged stretches that are stepped over in one file."""

_DAMAGED = "Damaged bytes that could not be read: {0}, in {1}."
_CUT_OFF = "The file ends before the recording does: what was written until then is used."
_NOT_CLOSED = "The recording was never closed: what was written until then is used."
_CHECKSUM = "The checksum does not match the content: single values may be wrong."
_NOT_FIT = "Bytes after the end of the recording that are no FIT data: {0}."
_TOO_MANY = "The file holds more parts, layouts or messages than any watch writes: reading stopped there."

_BEFORE_SECONDS, _AFTER_SECONDS = 86400, 31 * 86400  # a row is plausible this long before and after the others
_WINDOW, _CANDIDATES = 1 << 16, 1000  # how far, and at how many places, the lost thread is sought at a time
_SHORTEST_DEFINITION, _SURE_FIELDS = 9, 2
_CODES = {number | (0x80 if base.size > 1 else 0): base.size for number, base in enumerate(BASE_TYPES)}
_CHAIN = 3  # messages that must follow one another before a place counts as found again


@dataclass(frozen=True, kw_only=True)
class Part:
    """One chained part: its layouts with the positions of their rows, shape (n,), in file order."""

    rows: tuple[tuple[Layout, NDArray[np.int64]], ...]


@dataclass(frozen=True, kw_only=True)
class Scan:
    """Every part of a file and what could not be read."""

    parts: tuple[Part, ...]
    losses: tuple[Loss, ...]


def scan_fit(data: bytes) -> Scan:
    """Find every message of every chained part. Never raises; an unreadable file has no parts."""
    parts: list[Part] = []
    losses: list[Loss] = []
    damaged: list[int] = []
    budget = _Budget(rows=min(MAX_ROWS, len(data) // ROW_BYTES))
    start = _find_header(data, 0)
    while start is not None and len(parts) < MAX_PARTS:
        body, end = _extent(data, start)
        walk = _Walk(data, budget)
        stopped = walk.run(body, end)
        damaged += walk.damaged
        losses += _closing_losses(data, start, stopped, end)
        parts.append(walk.part())
        if budget.spent:
            break
        following = _find_header(data, stopped)
        rest = (len(data) if following is None else following) - max(stopped, min(end + 2, len(data)))
        if rest > 0:
            losses.append(Loss(code="not_fit", text=_NOT_FIT.format(rest)))
        start = following
    if damaged:
        losses.insert(
            0,
            Loss(
                code="damaged_bytes",
                text=_DAMAGED.format(sum(damaged), "one place" if len(damaged) == 1 else f"{len(damaged)} places"),
            ),
        )
    if budget.spent or start is not None:
        losses.append(Loss(code="too_many_messages", text=_TOO_MANY))
    return Scan(parts=tuple(parts), losses=tuple(losses))


def _is_header(data: bytes, pos: int) -> bool:
    return data[pos + 8 : pos + 12] == b".FIT"


def _find_header(data: bytes, after: int) -> int | None:
    magic = data.find(b".FIT", after + 8)
    return None if magic < 0 else magic - 8


def _extent(data: bytes, start: int) -> tuple[int, int]:
    """Return where the messages of the part at ``start`` begin and end, as far as its header can be believed."""
    size = data[start]
    if size not in (12, 14):
        size = 14 if data[start + 14 : start + 15] == b"\x40" else 12
    body = start + size
    declared = body + int.from_bytes(data[start + 4 : start + 8], "little")
    if declared == body or declared > len(data):
        return body, len(data)
    closed = len(data) <= declared + 2 or _is_header(data, declared + 2)
    if closed or _checksum_holds(data, start, declared):
        return body, declared
    following = _find_header(data, declared)
    return body, len(data) if following is None else following


def _checksum_holds(data: bytes, start: int, end: int) -> bool:
    return len(data) >= end + 2 and crc16.arc(data[start : end + 2]) == 0


def _closing_losses(data: bytes, start: int, stopped: int, end: int) -> list[Loss]:
    if int.from_bytes(data[start + 4 : start + 8], "little") == 0:
        return [Loss(code="not_closed", text=_NOT_CLOSED)]
    if end >= len(data):
        return [Loss(code="cut_off", text=_CUT_OFF)]
    if stopped >= end and not _checksum_holds(data, start, end):
        return [Loss(code="checksum", text=_CHECKSUM)]
    return []


@dataclass
class _Budget:
    rows: int
    layouts: int = MAX_LAYOUTS
    gaps: int = MAX_GAPS

    @property
    def spent(self) -> bool:
        return self.layouts < 0 or self.rows <= 0


@dataclass
class _Walk:
    """The walk through one part. ``sizes`` and ``runs`` answer for every header byte; a run is (position, rows)."""

    data: bytes
    budget: _Budget
    damaged: list[int] = field(default_factory=list)  # bytes stepped over, place by place
    sizes: list[int] = field(default_factory=lambda: [0] * 256)
    runs: "list[array[int]]" = field(default_factory=lambda: [array("q")] * 256)
    layouts: "dict[tuple[bool, bytes], tuple[Layout, array[int]]]" = field(default_factory=dict)
    current: dict[int, Layout] = field(default_factory=dict)
    last: int = -1  # the header byte of the row read last

    def run(self, pos: int, end: int) -> int:
        """Walk from ``pos`` to ``end``, stepping over damage; return where the walk stopped."""
        while True:
            stopped = self._walk(pos, end)
            if stopped >= end or self.budget.spent:
                return stopped
            damaged = self._take_back_damaged_row(stopped)
            found = self._find_again(damaged, end) if self.budget.gaps > 0 else None
            pos = end if found is None else found
            if pos - damaged > 2 or found is not None:  # two bytes at the end of an unclosed file are its checksum
                self.damaged.append(pos - damaged)
            if pos >= end or _is_header(self.data, pos):
                return pos
            self.budget.gaps -= 1

    def part(self) -> Part:
        """Return the positions found, expanded from runs to single rows."""
        return Part(rows=tuple((layout, _expand(runs, layout.size)) for layout, runs in self.layouts.values() if runs))

    def _walk(self, pos: int, end: int) -> int:
        data, sizes, runs, budget = self.data, self.sizes, self.runs, self.budget
        while pos < end:
            header = data[pos]
            size = sizes[header]
            if size:
                first, pos = pos, pos + size
                soon = first + 16 * size
                while pos < end and data[pos] == header:
                    pos += size
                    if pos >= soon:
                        pos = _run_end(data, pos, end, size)
                        break
                self.last = header
                whole = ((pos if pos <= end else end) - first) // size
                if whole:
                    runs[header].extend((first, min(whole, budget.rows)))
                    budget.rows -= whole
                    if budget.rows <= 0:
                        return pos
                if pos > end:
                    return first + whole * size
            elif header & 0xD0 == 0x40:
                after = self._define(pos, end)
                if after == pos:
                    return pos
                pos = after
            else:
                return pos
        return pos

    def _define(self, pos: int, end: int) -> int:
        """Take the definition at ``pos``; return where it ends, or ``pos`` when it cannot be one."""
        after = self._definition_end(pos, end)
        if after == pos:
            return pos
        data = self.data
        key = (bool(data[pos] & 0x20), data[pos + 1 : after])
        if key not in self.layouts:
            self.budget.layouts -= 1
            if self.budget.spent:
                return pos
            self.layouts[key] = (Layout(key[1], key[0]), array("q"))
        self._assign(data[pos] & 0x0F, *self.layouts[key])
        return after

    def _definition_end(self, pos: int, end: int) -> int:
        data = self.data
        if pos + 6 > end or data[pos + 2] > 1:
            return pos
        after = pos + 6 + 3 * data[pos + 5]
        types = data[pos + 8 : after : 3]
        if data[pos] & 0x20:
            after += 1 + 3 * data[after] if after < end else 1
        known = all(code & 0x1F < len(BASE_TYPES) for code in types)
        return after if known and after <= end else pos

    def _assign(self, local: int, layout: Layout, runs: "array[int]") -> None:
        self.current[local] = layout
        self.sizes[local] = self.sizes[local | 0x20] = layout.size
        self.runs[local] = self.runs[local | 0x20] = runs
        if local < 4:
            compressed = slice(0x80 | local << 5, (0x80 | local << 5) + 32)
            # a row with its own timestamp has no use for a compressed one
            self.sizes[compressed] = [layout.size if layout.time_offset is None else 0] * 32
            self.runs[compressed] = [runs] * 32

    def _take_back_damaged_row(self, stopped: int) -> int:
        """Drop the last row when its time shows that the damage lies within; return where the damage begins."""
        layout, clock = self.current.get(self.last & 0x0F), self._clock()
        if self.last < 0 or self.last & 0x80 or layout is None or layout.time_offset is None or clock is None:
            return stopped
        runs, start = self.runs[self.last], stopped - layout.size
        if not runs or runs[-2] + runs[-1] * layout.size != stopped or self._time_fits(start, layout, clock):
            return stopped
        runs[-1] -= 1
        if runs[-1] == 0:
            del runs[-2:]
        return start

    def _clock(self) -> int | None:
        """Return about what time it is in the file: the median over the last rows that carry a time."""
        times = []
        for layout in self.current.values():
            runs = self.layouts[layout.has_developer, layout.spec][1][-16:]
            if layout.time_offset is not None:
                for first, count in zip(runs[::2], runs[1::2], strict=True):
                    rows = range(first, first + count * layout.size, layout.size)[-8:]
                    times += [self._time(row, layout) for row in rows]
        return sorted(times)[len(times) // 2] if times else None

    def _time(self, row: int, layout: Layout) -> int:
        at = row + (layout.time_offset or 0)
        return int.from_bytes(self.data[at : at + 4], "big" if layout.big_endian else "little")

    def _time_fits(self, row: int, layout: Layout, clock: int) -> bool:
        return -_BEFORE_SECONDS <= self._time(row, layout) - clock <= _AFTER_SECONDS

    def _find_again(self, pos: int, end: int) -> int | None:
        """Return where, after damage, a chain of rows with plausible times begins, or a new header."""
        header = _find_header(self.data, pos)
        stop = end if header is None else min(end, header)
        clock = self._clock()
        for at in range(pos + 1, stop, _WINDOW):
            window = at, min(at + _WINDOW, stop)
            rows = [] if clock is None else self._rows_in(window, clock)
            row = next((one for one in rows if self._chain_holds(one, stop, clock or 0)), None)
            definition = next((one for one in self._definitions_in(window) if self._surely_defines(one, stop)), None)
            found = [one for one in (row, definition) if one is not None]
            if found:
                return min(found)
        return None if header is None or header >= end else header

    def _definitions_in(self, window: tuple[int, int]) -> list[int]:
        """Return the positions at which a definition could begin, in order."""
        start, stop = window
        heads = np.frombuffer(self.data, np.uint8, stop - start, start)
        if len(heads) < _SHORTEST_DEFINITION:
            return []
        begins = (heads[:-2] & 0xD0 == 0x40) & (heads[1:-1] == 0) & (heads[2:] <= 1)
        return [int(at) + start for at in np.flatnonzero(begins)[:_CANDIDATES]]

    def _surely_defines(self, pos: int, stop: int) -> bool:
        """Whether a definition of common form stands here, and a row of it or another definition follows."""
        data, after = self.data, self._definition_end(pos, stop)
        if after == pos or after >= stop or data[pos + 5] < _SURE_FIELDS:
            return False
        count, codes, sizes = data[pos + 5], data[pos + 8 : after : 3], data[pos + 7 : after : 3]
        common = all(
            code in _CODES and size and size % _CODES[code] == 0
            for code, size in zip(codes[:count], sizes[:count], strict=True)
        )
        return common and (data[after] == data[pos] & 0x0F or data[after] & 0xD0 == 0x40)

    def _rows_in(self, window: tuple[int, int], clock: int) -> list[int]:
        """Return the positions at which a row with a plausible time could begin, in order."""
        start, stop = window
        heads = np.frombuffer(self.data, np.uint8, stop - start, start)
        found = []
        for local, layout in self.current.items():
            if layout.time_offset is not None:
                at = np.flatnonzero(heads == local) + start
                at = at[at + layout.size <= stop]
                order = ">u4" if layout.big_endian else "<u4"
                times = np.ndarray((max(len(self.data) - 3, 0),), order, self.data, 0, (1,))[at + layout.time_offset]
                later = times.astype(np.int64) - clock
                found += at[(later >= -_BEFORE_SECONDS) & (later <= _AFTER_SECONDS)].tolist()
        return sorted(found)[:_CANDIDATES]

    def _chain_holds(self, pos: int, stop: int, clock: int) -> bool:
        for _ in range(_CHAIN):
            if pos >= stop:
                break
            layout = self.current.get(self.data[pos])
            if layout is None:
                return False
            if layout.time_offset is not None and not self._time_fits(pos, layout, clock):
                return False
            pos += layout.size
        return pos <= stop


def _run_end(data: bytes, pos: int, end: int, size: int) -> int:
    """Return where a run of rows of one header, known to go on until ``pos``, ends: in ever larger strides."""
    rows = 64
    while pos < end:
        heads = np.frombuffer(data, np.uint8, min(rows * size, end - pos), pos)[::size]
        other = heads != data[pos - size]
        if other.any():
            return pos + int(other.argmax()) * size
        pos += len(heads) * size
        rows *= 4
    return pos


def _expand(runs: "array[int]", size: int) -> NDArray[np.int64]:
    pairs = np.frombuffer(runs, np.int64).reshape(-1, 2)
    first, count = pairs[:, 0], pairs[:, 1]
    before = np.cumsum(count) - count
    steps = np.full(int(count.sum()), size, np.int64)
    steps[before] = np.diff(first, prepend=0)
    steps[before[1:]] -= (count[:-1] - 1) * size
    return np.cumsum(steps, out=steps)
