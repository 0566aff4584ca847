"""The plan taken along: files to keep, and an address that a calendar program looks up by itself."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.errors import UnknownEntry
from evenstride.service.calendar_feed import close_feed, feed_calendar, feed_now, open_feed, owner_of_feed
from evenstride.service.home import Home, home_in
from evenstride.service.plan import show
from evenstride.service.plan_export import Form, calendar_taken, plan_bytes
from evenstride.service.who import meant
from evenstride.web.answers import done, page
from evenstride.web.home import HomeHere, Site, SiteHere

router = APIRouter()
NAME = "plan"
CALENDAR = "text/calendar; charset=utf-8"
TYPES: Mapping[Form, str] = {
    "csv": "text/csv; charset=utf-8", "html": "text/html; charset=utf-8", "pdf": "application/pdf", "ics": CALENDAR,
    "fit": "application/zip",
}  # fmt: skip
NEVER_ELSEWHERE = "private, no-cache"
"""Kept by the program that asked alone, and looked at again each time."""


@router.get("/plan/take")
def take(request: Request, here: HomeHere, site: SiteHere) -> Response:
    """Show in which forms the plan can be taken along."""
    return _take(request, here, site)


@router.get("/plan/files/workouts.zip")
def workouts(here: HomeHere) -> Response:
    """Hand out a workout for the watch per session, all in one archive."""
    return _file(here, "fit", "workouts.zip")


@router.get("/plan/files/plan.{form}")
def file(form: Literal["csv", "html", "pdf"], here: HomeHere) -> Response:
    """Hand the plan out as a table or on paper."""
    return _file(here, form, f"{NAME}.{form}")


@router.post("/plan/files/plan.ics")
def calendar_file(here: HomeHere) -> Response:
    """Hand the calendar out, and remember that it was taken: the next one cancels what is gone."""
    answer = _file(here, "ics", f"{NAME}.ics")
    calendar_taken(here)
    return answer


@router.post("/plan/address")
def make_address(request: Request, here: HomeHere, site: SiteHere) -> Response:
    """Make an address for calendar programs and show it, this once."""
    secret = open_feed(here)
    return _take(request, here, site, address=f"{site.settings.address}calendar/{secret}.ics")


@router.post("/plan/address/end")
def end_address(request: Request, here: HomeHere) -> Response:
    """End the address: from now on it leads nowhere."""
    close_feed(here)
    return done(request, "/plan/take")


@router.api_route("/calendar/{secret}.ics", methods=["GET", "HEAD"])
def calendar(request: Request, secret: str, site: SiteHere) -> Response:
    """Answer a calendar program, which brings nothing but the secret: read only, and only what is new."""
    owner = owner_of_feed(site.store, secret)
    if site.settings.where.athlete is not None and meant(site.store, site.settings.where.athlete).id != owner.id:
        raise UnknownEntry("There is no calendar at this address.")
    content = feed_calendar(home_in(site.store, owner, site.clock()))
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": NEVER_ELSEWHERE, "Content-Disposition": f'inline; filename="{NAME}.ics"'}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=CALENDAR, headers=headers)


def _take(request: Request, here: Home, site: Site, address: str = "") -> Response:
    show(here)
    return page(
        request, "plan_take.html", feed=feed_now(here), address=address, only_here=site.settings.only_here
    )  # fmt: skip


def _file(here: Home, form: Form, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(plan_bytes(here, form), media_type=TYPES[form], headers=headers)
