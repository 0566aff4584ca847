"""The plan taken along: files to keep, and an address that a calendar program looks up by itself."""

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
CALENDAR = "text/calendar; charset=utf-8"
FILES: dict[str, tuple[Form, str]] = {
    "plan.csv": ("csv", "text/csv; charset=utf-8"),
    "plan.html": ("html", "text/html; charset=utf-8"),
    "plan.pdf": ("pdf", "application/pdf"),
    "workouts.zip": ("fit", "application/zip"),
}
"""Name of a file → what it is made of, and its type."""
FILE = Literal["plan.csv", "plan.html", "plan.pdf", "workouts.zip"]
NEVER_ELSEWHERE = "private, no-cache"
"""Kept by the program that asked alone, and looked at again each time."""


@router.get("/plan/take")
def take(request: Request, here: HomeHere, site: SiteHere) -> Response:
    """Show in which forms the plan can be taken along."""
    return _take(request, here, site)


@router.get("/plan/files/{name}")
def file(name: FILE, here: HomeHere) -> Response:
    """Hand a file out."""
    form, kind = FILES[name]
    return _file(plan_bytes(here, form), name, kind)


@router.post("/plan/files/plan.ics")
def calendar_file(here: HomeHere) -> Response:
    """Hand the calendar out, and remember that it was taken: the next one cancels what is gone."""
    content = plan_bytes(here, "ics")
    calendar_taken(here)
    return _file(content, "plan.ics", CALENDAR)


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


@router.get("/calendar/{secret}.ics")
def calendar(request: Request, secret: str, site: SiteHere) -> Response:
    """Answer a calendar program, which brings nothing but the secret: read only, and only what is new."""
    owner = owner_of_feed(site.store, secret)
    if site.settings.where.athlete is not None and meant(site.store, site.settings.where.athlete).id != owner.id:
        raise UnknownEntry("There is no calendar at this address.")
    content = feed_calendar(home_in(site.store, owner, site.clock()))
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": NEVER_ELSEWHERE, "Content-Disposition": 'inline; filename="plan.ics"'}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=CALENDAR, headers=headers)


def _take(request: Request, here: Home, site: Site, address: str = "") -> Response:
    show(here)
    return page(
        request, "plan_take.html", feed=feed_now(here), address=address, only_here=site.settings.only_here
    )  # fmt: skip


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
