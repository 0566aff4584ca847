"""Figures of exercises as pictures with an address: for either leg, still or moving, in an ink for light or dark."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from evenstride.model.profile import Side
from evenstride.report.movement_picture import inked
from evenstride.service.figures import (
    FIGURES_KEPT,
    figure,
    figure_words,
    figures_version,
    has_figure,
    is_one_sided,
)
from evenstride.web.statics import FOREVER

Ink = Literal["light", "dark"]
Motion = Literal["still", "moving"]
INKS: Mapping[Ink, str] = {"light": "#171a1e", "dark": "#eef0f2"}
"""Colour scheme → the ink of its pages (``--ink`` in evenstride.css): a picture does not take its page's colour."""
router = APIRouter()


class Figures:
    """What templates ask of figures. ``folder`` is where scripts find the files that :meth:`address` names."""

    has = staticmethod(has_figure)
    one_sided = staticmethod(is_one_sided)
    words = staticmethod(figure_words)

    @property
    def folder(self) -> str:
        """The address of all figures, without ink and name."""
        return f"/figures/{figures_version()}"

    def address(self, exercise: str, *, side: Side = "right", motion: Motion = "still", ink: Ink = "light") -> str:
        """Return where a figure is served."""
        return f"{self.folder}/{ink}/{exercise}.{side}.{motion}.svg"


@router.get("/figures/{version}/{ink}/{exercise}.{side}.{motion}.svg", include_in_schema=False)
def show(request: Request, version: str, ink: Ink, exercise: str, side: Side, motion: Motion) -> Response:
    """Answer with a figure: for ever where its version was asked for, looked at again where another one was."""
    if not has_figure(exercise):
        raise HTTPException(404)
    content, packed, tag = _file(exercise, side, motion, ink)
    headers = {
        "Cache-Control": FOREVER if version == figures_version() else "no-cache", "Vary": "Accept-Encoding",
        "ETag": tag,
    }  # fmt: skip
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type="image/svg+xml", headers=headers | {"Content-Encoding": "gzip"})
    return Response(content, media_type="image/svg+xml", headers=headers)


@lru_cache(maxsize=2 * FIGURES_KEPT)
def _file(exercise: str, side: Side, motion: Motion, ink: Ink) -> tuple[bytes, bytes, str]:
    """A figure's bytes, the same packed, and the tag that names both."""
    content = inked(figure(exercise, side, moving=motion == "moving"), INKS[ink]).encode()
    # Weak: one name for the plain and the packed form of the same picture.
    return content, gzip.compress(content, mtime=0), f'W/"{hashlib.sha256(content).hexdigest()[:20]}"'
