"""Files that come in: sent by a form or a script, read while the page tells how far it is."""

from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from evenstride.errors import InvalidRequest
from evenstride.report.archive_words import file_chip, file_words
from evenstride.service.imports import ImportView, Parcel
from evenstride.service.pieces import Called
from evenstride.web.answers import done, is_htmx, page, part
from evenstride.web.home import HomeHere, SiteHere
from evenstride.web.pages.run_memory import AtHomeHere, ImportsHere
from evenstride.web.uploads import shown_name, spooled

router = APIRouter()
FOLDERS_SHOWN = 3
LINES_SHOWN = 100


@router.post("/runs/upload")
def take_in(
    request: Request, here: HomeHere, site: SiteHere, imports: ImportsHere, at_home: AtHomeHere,
    files: Annotated[list[UploadFile] | None, File()] = None, join: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Take files in, and go on to where it is told how they fare; a script gets that address as JSON."""
    sent = [one for one in files or [] if one.filename]
    if not sent:
        raise InvalidRequest("No file was chosen.", help="Choose runs, a folder of them, or an export as a zip.")
    with ExitStack() as stack:
        kept = stack.enter_context(spooled(sent, site.settings))
        names = [folder_name(one.filename) for one in sent]
        called = [
            Called(path=one.path, name=name, given="/" not in name) for one, name in zip(kept, names, strict=True)
        ]
        parcel = Parcel(files=called, let_go=stack.pop_all().close)
    name = imports.take_in(here.athlete_id, at_home(), parcel, join=join)
    if request.headers.get("accept", "").startswith("application/json"):
        return JSONResponse({"import": name, "address": f"/runs/imports/{name}"})
    return done(request, f"/runs/imports/{name}")


@router.get("/runs/imports/{name}")
def show(request: Request, here: HomeHere, imports: ImportsHere, name: str) -> Response:
    """Tell how an import stands."""
    values = _values(imports.view(here.athlete_id, name))
    if is_htmx(request):
        return part(request, "parts/runs_import.html", **values)
    return page(request, "runs_import.html", **values)


@router.post("/runs/imports/{name}/stop")
def stop(request: Request, here: HomeHere, imports: ImportsHere, name: str) -> Response:
    """Begin no further file."""
    imports.stop(here.athlete_id, name)
    if is_htmx(request):
        return part(request, "parts/runs_import.html", **_values(imports.view(here.athlete_id, name)))
    return done(request, f"/runs/imports/{name}")


def folder_name(name: str | None) -> str:
    """Return what a file was called with the last folders above it, to be shown and for nothing else.

    >>> folder_name("Export/2026/May/run/monday.fit"), folder_name("../../etc/monday.fit"), folder_name("a.fit")
    ('2026/May/run/monday.fit', 'etc/monday.fit', 'a.fit')
    """
    parts = [one for one in PurePosixPath((name or "").replace("\\", "/")).parts if one not in ("/", "..", ".")]
    return "/".join(shown_name(one) for one in parts[-FOLDERS_SHOWN - 1 :]) or shown_name(None)


def _values(view: ImportView) -> dict[str, Any]:
    """Failures first, then what came last: of a large export not everything can stand on a page."""
    failed = [one for one in view.files if one.became == "failed"]
    others = [one for one in view.files if one.became != "failed"][::-1]
    shown = [*failed[:LINES_SHOWN], *others[:LINES_SHOWN]]
    new = list(dict.fromkeys(one.run for one in view.files if one.became == "new"))
    return {
        "view": view, "shown": shown, "hidden": len(view.files) - len(shown), "new": new, "chip_of": file_chip,
        "words_of": file_words,
    }  # fmt: skip
