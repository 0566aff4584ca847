"""Back to running after an injury, beside the plan: where it stands, what opens the next stage, what was felt."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel

from evenstride.errors import InvalidRequest
from evenstride.model import Side
from evenstride.report.units import from_typed
from evenstride.service.home import Home
from evenstride.service.return_pages import RED_FLAGS, return_page
from evenstride.service.returning import Standing, Told, begin, lock, log_return, release, stand, undo
from evenstride.web.answers import done, page
from evenstride.web.home import HomeHere

router = APIRouter(prefix="/plan/return")
SIDES: Mapping[str, Side | None] = {"left": "left", "right": "right", "both": None}
Text = Annotated[str, Form()]


@router.get("")
def show(request: Request, here: HomeHere) -> Response:
    """Show where a return stands, or how one begins."""
    return _page(request, here)


@router.post("/start")
def start(request: Request, here: HomeHere, side: Text, site: Text, bone: Text = "", cleared_by: Text = "") -> Response:
    """Begin with walking."""
    if side not in SIDES:
        raise InvalidRequest("Which leg is it?", help="Left, right, or both.")
    begin(here, side=SIDES[side], site=site.strip().lower(), bone=bool(bone), cleared_by=cleared_by.strip())
    return done(request, "/plan/return")


class Felt(BaseModel):
    """What a form tells of a session; an empty field says nothing."""

    day: str = ""
    during: str = ""
    after: str = ""
    morning: str = ""
    before: str = ""
    stiff_before: str = ""
    stiff_morning: str = ""
    effort: str = ""
    km: str = ""
    cut_short: str = ""
    flag: list[str] = []
    note: str = ""


FIELDS = {
    "during": "during_0_10", "after": "after_0_10", "morning": "morning_0_10", "before": "before_0_10",
    "stiff_before": "stiffness_before_0_10", "stiff_morning": "stiffness_morning_0_10", "effort": "effort_0_10",
    "km": "km",
}  # fmt: skip
"""Field of the form → what it tells."""


@router.post("/log")
def log(request: Request, here: HomeHere, felt: Annotated[Felt, Form()]) -> Response:
    """Take a session in, or the morning after it, and show what follows."""
    numbers: dict[str, Any] = {
        name: _number(text) for field, name in FIELDS.items() if (text := getattr(felt, field).strip())
    }
    if "km" in numbers:
        numbers["km"] = from_typed(numbers["km"], "distance", here.profile.units)
    told = Told(
        day=_day(felt.day), cut_short=bool(felt.cut_short), note=felt.note.strip(),
        flags=tuple(one for one in RED_FLAGS if one in felt.flag), **numbers,
    )  # fmt: skip
    return _page(request, here, log_return(here, told))


@router.post("/stand")
def stood(request: Request, here: HomeHere, left: Text, right: Text) -> Response:
    """Keep how long each leg stood alone."""
    stand(here, left_s=_number(left), right_s=_number(right))
    return done(request, "/plan/return")


@router.post("/lock")
def hold(
    request: Request, here: HomeHere, why: Text = "", clinician: Text = "", until: Text = ""
) -> Response:  # fmt: skip
    """Hold the return where it is."""
    lock(here, why.strip(), clinician=clinician.strip(), until=_day(until))
    return done(request, "/plan/return")


@router.post("/release")
def let_go(request: Request, here: HomeHere, clinician: Text = "") -> Response:
    """Lift the locks."""
    release(here, clinician=clinician.strip())
    return done(request, "/plan/return")


@router.post("/undo")
def take_back(request: Request, here: HomeHere) -> Response:
    """Take back what was told last."""
    undo(here)
    return done(request, "/plan/return")


def _page(request: Request, here: Home, standing: Standing | None = None) -> Response:
    return page(request, "plan_return.html", found=return_page(here, standing), today=here.today.isoformat())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise InvalidRequest(f"{text!r} is no day.", help="Write a day as 2026-05-04.") from None


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise InvalidRequest(f"{text!r} is no number.", help="For example 2 or 2.5.") from None
