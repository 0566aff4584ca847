"""Runs: the list, what comes in, one run in full."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.web.answers import page
from evenstride.web.home import HomeHere

router = APIRouter()


@router.get("/runs")
def show(request: Request, here: HomeHere) -> Response:  # noqa: ARG001  the page is the athlete's
    """Say where this is to be had until its page is here."""
    return page(request, "coming.html", title="nav.runs", command="evenstride run list")
