"""Tests of each leg: how each is done, trials, what they say."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.web.answers import page
from evenstride.web.home import HomeHere

router = APIRouter()


@router.get("/tests")
def show(request: Request, here: HomeHere) -> Response:  # noqa: ARG001  the page is the athlete's
    """Say where this is to be had until its page is here."""
    return page(request, "coming.html", title="nav.tests", command="evenstride screen list")
