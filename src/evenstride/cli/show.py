"""What every command shares: JSON on standard output, progress on standard error."""

import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
_WIDTH_MIN, _WIDTH_MAX = 20, 100


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def tell(sentence: str) -> None:
    """Say something beside the result, on standard error; a terminal breaks it between words."""
    said = printable(sentence)
    print(wrapped(said) if sys.stderr.isatty() else said, file=sys.stderr)


def wrapped(text: str, *, indent: str = "", room: int = 0) -> str:
    """Break a text between words at the width of the terminal, with ``room`` left for a cursor."""
    width = max(min(shutil.get_terminal_size().columns, _WIDTH_MAX) - room, _WIDTH_MIN)
    return "\n".join(
        textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
    )


def printable(text: str) -> str:
    """Return a text without anything that could steer a terminal."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def progress(parts: Iterable[T], *, total: int, doing: str, sizes: bool = False) -> Iterator[T]:
    """Yield the parts, with a bar on standard error when it is a terminal and there is something to wait for.

    With ``sizes`` each part is the number of things that it did.
    """
    if total < 2 or not sys.stderr.isatty():
        yield from parts
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=total)
        for part in parts:
            bar.advance(task, part if sizes and isinstance(part, int) else 1)
            yield part


@contextmanager
def waiting(doing: str) -> Iterator[None]:
    """Show on standard error that something goes on, when it is a terminal; it is gone when it is done."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(doing):
        yield
