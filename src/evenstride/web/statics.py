"""Styles, scripts and pictures of the pages, read once and served under an address that changes with their content."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

FOREVER = "public, max-age=31536000, immutable"
_PACKED = ("text/css", "text/javascript", "image/svg+xml", "application/manifest+json")
router = APIRouter()


@dataclass(frozen=True, kw_only=True)
class StaticFile:
    """One file as it is sent; ``packed`` where the browser takes gzip."""

    content: bytes
    packed: bytes | None
    kind: str


@dataclass(frozen=True, kw_only=True)
class Statics:
    """All files by name. ``version`` is made of every content: modules import one another beside themselves."""

    files: Mapping[str, StaticFile]
    version: str

    def address(self, name: str) -> str:
        """Return where a file is served; a name that is not there is a bug and raises KeyError."""
        if name not in self.files:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"


@cache
def load_statics() -> Statics:
    """Return every file, read and packed once; pictures look as in the report, whose look the pages share."""
    found = dict(_walk(files("evenstride.web").joinpath("static"), ""))
    found["chart.css"] = files("evenstride.report").joinpath("templates", "chart.css").read_bytes()
    digest = hashlib.sha256()
    for name, content in sorted(found.items()):
        digest.update(f"{name} {len(content)} ".encode() + content)
    served = {name: _served(name, content) for name, content in found.items() if not name.endswith(".txt")}
    return Statics(files=MappingProxyType(served), version=digest.hexdigest()[:12])


@router.get("/static/{version}/{name:path}", include_in_schema=False)
def static_file(request: Request, version: str, name: str) -> Response:
    """Answer with a file: for ever where its version was asked for, looked at again where another one was."""
    statics: Statics = request.app.state.site.statics
    found = statics.files.get(name)
    if found is None:
        raise HTTPException(404)
    headers = {"Cache-Control": FOREVER if version == statics.version else "no-cache", "Vary": "Accept-Encoding"}
    if found.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.packed, media_type=found.kind, headers=headers | {"Content-Encoding": "gzip"})
    return Response(found.content, media_type=found.kind, headers=headers)


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for one in folder.iterdir():
        name = f"{prefix}{one.name}"
        found += _walk(one, f"{name}/") if one.is_dir() else [(name, one.read_bytes())]
    return found


def _served(name: str, content: bytes) -> StaticFile:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = "text/javascript" if name.endswith((".js", ".mjs")) else kind
    packed = gzip.compress(content, mtime=0) if kind in _PACKED else None
    return StaticFile(content=content, packed=packed, kind=kind)
