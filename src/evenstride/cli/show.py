"""What every command shares: JSON on standard output, progress on standard error."""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


def print_json(document: dict[str, Any]) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def progress(parts: Iterable[T], *, total: int, doing: str) -> Iterator[T]:
    """Yield the parts, with a bar on standard error when it is a terminal and there is something to wait for."""
    if total < 2 or not sys.stderr.isatty():
        yield from parts
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(parts, description=doing, total=total, console=Console(stderr=True), transient=True)
