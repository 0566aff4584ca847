"""The library: every exercise."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.web.answers import page
from evenstride.web.home import HomeHere

router = APIRouter()


@router.get("/library")
def show(request: Request, here: HomeHere) -> Response:  # noqa: ARG001  the page is the athlete's
    """Say where this is to be had until its page is here."""
    return page(request, "coming.html", title="nav.library", command="evenstride plan why EXERCISE")
