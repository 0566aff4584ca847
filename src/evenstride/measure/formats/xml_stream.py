"""One pass over XML that may be damaged, cut short or hostile."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evenstride.errors import UnreadableInput
from evenstride.measure.formats.samples import refuse_if_long

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType


@dataclass(frozen=True, kw_only=True)
class Handlers:
    """What a reader does with the elements around its points, by their local names in lower case.

    ``start`` is given the attributes, ``end`` the text; ``point`` the attributes and wanted elements of one point.
    """

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str, str], None]
    point: Callable[[dict[str, str]], None]


DEPTH_MAX = 1_000
"""Elements within elements; the formats read here have about eight."""
CHUNK_BYTES_FIRST, CHUNK_BYTES = 1 << 18, 1 << 21
"""A point longer than a piece is none. Pieces grow: short ones make the parser scan an endless tag again and again."""


class _TooDeep(Exception):
    """Elements are nested beyond :data:`DEPTH_MAX`."""


class LocalNames(dict[str, str]):
    """``ns3:hr`` → ``hr``, each name worked out once: files of one format disagree on their prefixes only."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2].lower()
        return local


def parse_points(data: bytes, *, point: str, wanted: Collection[str], handlers: Handlers) -> str | None:
    """Read a file that is many ``point`` elements with structure around them.

    Returns where the file is damaged, or None: whatever the handlers were given before that place stays good.

    Raises
    ------
    UnreadableInput
        The file declares entities of its own (no watch does; it is how small files become huge ones).
    TooLarge
        Beyond the stated limit on text.
    """
    from xml.parsers import expat  # imported where used: a FIT file needs none of it

    refuse_if_long(data)
    parser = expat.ParserCreate()
    local = LocalNames()
    text: list[str] = []
    values: dict[str, str] | None = None
    depth = 0

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal values, depth
        text.clear()
        element = local[name]
        if element == point:
            values = attributes
            # Inside a point only ends matter: half of the calls, which are most of the time, are saved.
            parser.StartElementHandler = None
        else:
            depth += 1
            if depth > DEPTH_MAX:
                raise _TooDeep
            handlers.start(element, attributes)

    def on_end(name: str) -> None:
        nonlocal values, depth
        element = local[name]
        if values is None:
            depth -= 1
            handlers.end(element, "".join(text).strip())
        elif element in wanted:
            values[element] = "".join(text)
        elif element == point:
            handlers.point(values)
            values = None
            parser.StartElementHandler = on_start
        text.clear()

    parser.buffer_text = True
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = text.append
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return _feed(parser, data, lambda: values)


def _feed(parser: "XMLParserType", data: bytes, open_point: Callable[[], object]) -> str | None:
    """Give the parser the file piece by piece; return where it is damaged. No point may span two whole pieces."""
    from xml.parsers import expat

    view = memoryview(data.lstrip() if data[:1].isspace() else data)  # some begin with blanks, which XML forbids
    unfinished = None
    try:
        for first, last in _pieces(len(view)):
            parser.Parse(view[first:last], last >= len(view))
            if unfinished is not None and open_point() is unfinished:
                return f"line {parser.CurrentLineNumber}"
            unfinished = open_point()
    except (expat.ExpatError, _TooDeep):
        return f"line {parser.CurrentLineNumber}"
    except (LookupError, ValueError):  # an encoding that nobody knows
        return "its first line"
    return None


def _pieces(n: int) -> Iterator[tuple[int, int]]:
    first, size = 0, CHUNK_BYTES_FIRST
    while first < n or first == 0:
        yield first, first + size
        first += size
        size = min(2 * size, CHUNK_BYTES)


def root_is(data: bytes, name: bytes) -> bool:
    """Whether the bytes begin like XML and name this element near the beginning, in whatever encoding."""
    head = data[:8192].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not head.startswith(b"<"):
        return False
    at = head.find(name)
    while at > 0:
        if head[at - 1 : at] in (b"<", b":") and head[at + len(name) : at + len(name) + 1] in _AFTER_NAME:
            return True
        at = head.find(name, at + 1)
    return False


_AFTER_NAME = (b" ", b">", b"\t", b"\r", b"\n", b"/")


def _refuse_doctype(*_: object) -> None:
    raise UnreadableInput(
        "The file declares XML entities of its own, which no watch does.", help="Export the activity again."
    )
