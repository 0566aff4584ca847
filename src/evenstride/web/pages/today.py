"""Today: what to do, left and right, told done with one tap; without a plan, what comes first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.report.today_words import AROUND, day_answer, day_name, in_order
from evenstride.service.first_steps import StepKey, first_steps
from evenstride.service.home import Home
from evenstride.service.logs import SessionTold, log_session, take_back_session
from evenstride.service.today import today_at
from evenstride.web.answers import done, is_htmx, page, part
from evenstride.web.home import HomeHere, SiteHere

router = APIRouter()

STEP_ADDRESS: Mapping[StepKey, str] = {
    "profile": "/start/week", "side_check": "/start/sides", "runs": "/start/runs", "tests": "/start/tests",
    "plan": "/start/plan",
}  # fmt: skip
WAITING_ADDRESS: Mapping[str, str] = {
    "session": "/log?session=", "run": "/log?run=", "morning": "/log?morning=", "review": "/review?week=",
    "more": "/log",
}  # fmt: skip
"""Where what waits is told; what is meant stands behind it."""


@router.get("/")
def show(request: Request, here: HomeHere, site: SiteHere) -> Response:
    """Show the day."""
    document = today_at(here, site.settings.where)
    steps = () if document["planned"] else first_steps(here)
    return page(request, "today.html", steps=steps, **_day(document))


@router.post("/today/sessions/{session}/done")
def tell_done(request: Request, session: str, here: HomeHere, site: SiteHere) -> Response:
    """Keep a session as done just as it was planned."""
    logged = log_session(here, SessionTold(session=session, as_planned=True))
    return _session_again(request, here, site, session, heard="today.heard_done", warnings=logged.warnings)


@router.post("/today/sessions/{session}/undo")
def take_back(request: Request, session: str, here: HomeHere, site: SiteHere) -> Response:
    """Take back what was told of a session."""
    take_back_session(here, session)
    return _session_again(request, here, site, session, heard="today.heard_undone")


def _session_again(
    request: Request, here: Home, site: SiteHere, session: str, *, heard: str, warnings: Sequence[str] = ()
) -> Response:
    """Show one session as it stands now, and the day's answer, which may be another one."""
    document = today_at(here, site.settings.where)
    found = next((one for one in document["sessions"] if one["id"] == session), None)
    if found is None or not is_htmx(request):
        return done(request, "/")
    values = _day(document)
    return part(request, "parts/session_again.html", session=found, heard=heard, warnings=warnings, **values)


def _day(document: Mapping[str, Any]) -> dict[str, Any]:
    answer = day_answer(document)
    sessions = document["sessions"]
    return {
        "day": document,
        "day_name": day_name(document),
        "step_address": STEP_ADDRESS,
        "waiting_address": WAITING_ADDRESS,
        "next_name": day_name({"date": document["next"]}) if document["next"] else "",
        "answer": f"{answer[:1].upper()}{answer[1:]}" if answer else "",
        "entries": in_order(document),
        "around": {slot: [one for one in sessions if one["slot"] == slot] for slot in AROUND},
        "usual": {one["id"]: _usual(one["exercises"]) for one in sessions},
        "first": {one["id"]: _first(one["exercises"]) for one in sessions},
    }


def _usual(exercises: Sequence[Mapping[str, Any]]) -> str:
    """Tempo and rest that most exercises of a session share, so that they stand once."""
    counts = Counter(one["words"]["effort"] for one in exercises if one["words"]["effort"])
    effort, times = counts.most_common(1)[0] if counts else ("", 0)
    return effort if times > 1 else ""


def _first(exercises: Sequence[Mapping[str, Any]]) -> str:
    """The side that begins in every exercise of both; empty where that differs."""
    sides = {one["first"] for one in exercises if one["first"] and one["left"] and one["right"]}
    return str(next(iter(sides))) if len(sides) == 1 else ""
