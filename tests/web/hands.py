"""What hands do that no form does: drop files and folders on a page, and drag with a finger."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

BEFORE_A_DRAG_MS = 60


def drop(page: Any, paths: Sequence[Path], at: str) -> None:
    """Drag files or folders of this computer over a part of a page and let them go there, as from a file manager."""
    box = page.locator(at).bounding_box()
    where = {"x": box["x"] + box["width"] / 2, "y": box["y"] + 8}
    data = {"items": [], "files": [str(one) for one in paths], "dragOperationsMask": 1}
    hand = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        hand.send("Input.dispatchDragEvent", {"type": kind, "data": data, **where})


class Finger:
    """A finger on the glass."""

    def __init__(self, page: Any) -> None:
        self._page, self._hand = page, page.context.new_cdp_session(page)

    def down(self, x: float, y: float) -> None:
        """Put it down."""
        self._say("touchStart", [{"x": x, "y": y}])
        self._page.wait_for_timeout(BEFORE_A_DRAG_MS)

    def move(self, x: float, y: float) -> None:
        """Draw it on."""
        self._say("touchMove", [{"x": x, "y": y}])

    def up(self) -> None:
        """Lift it."""
        self._say("touchEnd", [])

    def _say(self, kind: str, points: list[dict[str, float]]) -> None:
        self._hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
