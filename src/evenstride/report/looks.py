"""What all screens share: widths, colours of the legs, safe text. Light: it loads no noun and no numerical library."""

import re
from collections.abc import Callable
from datetime import date
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table

WIDTH_MAX = 100
LABEL_WIDTH = 18
LEFT, RIGHT = "#0072B2", "#D55E00"
STYLES = {"left": f"bold {LEFT}", "right": f"bold {RIGHT}"}
NO_BREAK = "\N{NO-BREAK SPACE}"
_DAY = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])")
"""A day by itself, not the beginning of a session's name."""


def print_screen(screen: Callable[[int], RenderableType], console: Console | None = None) -> None:
    """Print a screen made for the width there is, on standard output or on the console given."""
    console = console or Console(highlight=False)
    width = min(console.width, WIDTH_MAX)
    console.print(screen(width), width=width)


def as_text(what: RenderableType, width: int) -> str:
    """Return what a screen shows as plain text, without colour."""
    out = StringIO()
    Console(file=out, width=width, color_system=None, highlight=False, legacy_windows=False).print(what)
    return "\n".join(line.rstrip() for line in out.getvalue().replace(NO_BREAK, " ").splitlines()).rstrip()


def two_columns() -> Table:
    """Return an empty table of a label and what it is about."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=LABEL_WIDTH - 1, style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    return table


def printable(text: str) -> str:
    """Return foreign text without anything that could steer a terminal or turn a line around.

    >>> printable("monday" + chr(27) + "[31m.fit")
    'monday�[31m.fit'
    """
    return "".join(sign if sign.isprintable() or sign == NO_BREAK else "�" for sign in text)


def fitted(dose: str, width: int) -> str:
    r"""Return a dose as it stands in a narrow column: broken before its load, never between a number and its unit.

    >>> fitted("2 × 10, 7.5 kg", 11), fitted("both 1 × 60 s", 11), fitted("2 × 10", 11)
    ('2 × 10,\n7.5 kg', 'both\n1 × 60 s', '2 × 10')
    """
    return dose if len(dose) <= width else dose.replace(", ", ",\n").replace("both ", "both\n")


def spoken(text: str) -> str:
    """Return a sentence with its days as people say them; names of sessions, which are typed, stay as they are.

    >>> spoken("Test both legs again by 2026-11-22."), spoken("2026-11-25-test-1 waits.")
    ('Test both legs again by 22 November 2026.', '2026-11-25-test-1 waits.')
    """
    return _DAY.sub(_said, printable(text))


def _said(found: re.Match[str]) -> str:
    try:
        day = date.fromisoformat(found.group())
    except ValueError:
        return found.group()
    return f"{day.day} {day:%B} {day.year}"
