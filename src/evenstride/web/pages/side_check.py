"""The side check of a device: choose a leg, run a minute with it, give the file, read what it means."""

from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import Response

from evenstride.errors import InvalidRequest
from evenstride.model import Side
from evenstride.report.athlete_words import WHAT_CHANGES, side_check_words
from evenstride.service.side_check import CheckAsked, check_sides_here, read_moment, side_check_steps
from evenstride.web.answers import page
from evenstride.web.home import HomeHere, SiteHere
from evenstride.web.uploads import spooled

router = APIRouter()
Method = Literal["limp", "hop"]


@router.get("/profile/side-check")
def show(
    request: Request,
    here: HomeHere,  # noqa: ARG001  the page is the athlete's
    leg: Annotated[Side | None, Query()] = None,
    method: Method = "limp",
) -> Response:
    """Ask for a leg; with one, say how the check is done and ask for its file."""
    steps = side_check_steps(leg, method) if leg else ()
    return page(request, "side_check.html", leg=leg, method=method, steps=steps, checks=())


@router.post("/profile/side-check/upload")
def check(
    request: Request, here: HomeHere, site: SiteHere, file: Annotated[UploadFile, File()],
    leg: Annotated[Side, Form()], method: Annotated[Method, Form()] = "limp",
    begin: Annotated[str, Form(max_length=20)] = "", end: Annotated[str, Form(max_length=20)] = "",
) -> Response:  # fmt: skip
    """Judge the file, keep what is clear, and say what that changes."""
    if not file.filename:
        raise InvalidRequest("No file was chosen.", help="Choose the file of the run with the guided minute.")
    asked = CheckAsked(leg=leg, method=method, from_s=read_moment(begin), to_s=read_moment(end))
    with spooled([file], site.settings) as (kept,):
        checks = check_sides_here(here, kept.path, asked, name=kept.name)
    told = [(one, side_check_words(one), WHAT_CHANGES[one.answer]) for one in checks]
    return page(request, "side_check.html", leg=leg, method=method, steps=(), checks=told)
