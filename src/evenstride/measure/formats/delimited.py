"""Tables of text: comma, semicolon or tab, decimal point or comma, any line ends, with or without a byte order mark."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from evenstride.measure.formats.samples import floats, refuse_if_long
from evenstride.model import Floats, Loss

LINE_CHARS_MAX = 1 << 16
"""A longer line is no row of a table that a watch or a pod wrote."""
ROWS_MAX = 2_000_000
"""Twenty-three days at one row per second."""
_HEAD_BYTES = 1 << 16


@dataclass(frozen=True, kw_only=True)
class TextTable:
    """Columns of text, each of one length, by their name in the header (lower case, first of a name counts)."""

    columns: Mapping[str, list[str]]
    n_rows: int
    decimal_comma: bool = False
    losses: tuple[Loss, ...] = ()

    def numbers(self, name: str) -> Floats:
        """The column as numbers, shape (n_rows,), NaN for what is none."""
        texts = self.columns[name]
        return floats(text.replace(",", ".") for text in texts) if self.decimal_comma else floats(texts)


def header_of(data: bytes) -> list[str]:
    """The names in the first line, in lower case without blanks around them; empty when it is no table.

    >>> header_of(b'Time (s);"Contact_Time (ms)"')
    ['time (s)', 'contact_time (ms)']
    """
    if b"\0" in data[:64] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return []
    lines = _lines(_decoded(data[:_HEAD_BYTES], errors="replace"))
    first = next(lines, "")
    return _names(_cells(first, _delimiter(first))) if len(first) < LINE_CHARS_MAX else []


def read_table(data: bytes, *, keep: Callable[[str], bool], header_rows: int = 1) -> TextTable:
    """Read the columns that ``keep`` asks for, by their name in lower case.

    A row with too few cells has empty ones; a last line that was cut short is left out and said.

    Raises
    ------
    TooLarge
        Beyond the stated limit on text.
    """
    refuse_if_long(data)
    text = _decoded(data, errors=None)
    lines = _lines(text)
    first = next(lines, "")[:LINE_CHARS_MAX]
    delimiter = _delimiter(first)
    names = _names(_cells(first, delimiter))
    kept = [(i, name) for i, name in enumerate(names) if keep(name) and names.index(name) == i]
    for _ in range(header_rows - 1):
        next(lines, None)
    columns: dict[str, list[str]] = {name: [] for _, name in kept}
    into = [(i, columns[name].append) for i, name in kept]
    n_rows, n_unreadable, width = 0, 0, 0
    losses = []
    for line in lines:
        if len(line) > LINE_CHARS_MAX:
            n_unreadable += 1
            continue
        if n_rows == ROWS_MAX:
            losses.append(Loss(code="truncated", text=f"Only the first {ROWS_MAX} rows were read."))
            break
        cells = _cells(line, delimiter)
        width = len(cells)
        n_rows += 1
        for i, append in into:
            append(cells[i].strip() if i < width else "")
    if n_rows and width < len(names) and not text.endswith(("\n", "\r")):
        n_rows -= 1
        for column in columns.values():
            column.pop()
        losses.append(Loss(code="truncated", text="The last row is cut short and was left out."))
    if n_unreadable:
        losses.append(Loss(code="rows_unreadable", text=f"{n_unreadable} lines are no rows of a table: left out."))
    return TextTable(columns=columns, n_rows=n_rows, decimal_comma=delimiter != ",", losses=tuple(losses))


def _decoded(data: bytes, *, errors: str | None) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8", errors or "strict")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _lines(text: str) -> Iterator[str]:
    from io import StringIO  # reads line by line: a file of nothing but line ends makes no list of them

    return (line for line in StringIO(text, newline=None) if not line.isspace())


def _delimiter(line: str) -> str:
    head = line[:LINE_CHARS_MAX]
    return max(",;\t", key=head.count)


def _names(cells: list[str]) -> list[str]:
    return [" ".join(cell.lower().split()) for cell in cells]


def _cells(line: str, delimiter: str) -> list[str]:
    # Each line for itself: a quotation mark that is never closed costs its own row and no other.
    if '"' not in line:
        return line.rstrip("\n").split(delimiter)
    import csv

    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []
