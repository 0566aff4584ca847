"""First contact: who somebody is, and on a machine of several, who is here now."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from evenstride.errors import UnknownAthlete
from evenstride.service.athletes import add_person
from evenstride.service.profile_text import ProfileWords
from evenstride.service.who import everybody
from evenstride.web.answers import page
from evenstride.web.home import SiteHere, athlete_cookie
from evenstride.web.safety import COOKIE_SECONDS

router = APIRouter()


@router.get("/welcome")
def welcome(request: Request, site: SiteHere) -> Response:
    """Greet somebody new; who is known already goes on to today."""
    if everybody(site.store):
        return RedirectResponse("/", status_code=303)
    return page(request, "welcome.html")


@router.post("/welcome")
def begin(site: SiteHere, name: Annotated[str, Form()]) -> Response:
    """Keep the new athlete, and go on to the first steps."""
    add_person(site.settings.where, ProfileWords(name=name))
    return RedirectResponse("/start", status_code=303)


@router.get("/who")
def who(request: Request, site: SiteHere) -> Response:
    """Ask who is here."""
    return page(request, "who.html", people=everybody(site.store))


@router.post("/who")
def choose(site: SiteHere, athlete: Annotated[str, Form()]) -> Response:
    """Remember on this device who is here."""
    if all(one.id != athlete for one in everybody(site.store)):
        raise UnknownAthlete("This athlete is not kept here.")
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(
        athlete_cookie(site), athlete, max_age=COOKIE_SECONDS, httponly=True, samesite="strict", path="/"
    )  # fmt: skip
    return answer
