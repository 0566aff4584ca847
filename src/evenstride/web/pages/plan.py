"""The plan: its weeks and months, why, what moves, what is made anew. Taking it along is in plan_take.py."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.report.units import typed_sign
from evenstride.service.calendar import read_change
from evenstride.service.home import Home
from evenstride.service.plan import WEEKS, Made, change_runs, find_session, lock, make, move, replan, undo
from evenstride.service.plan import show as plan_now
from evenstride.service.plan_days import days_for
from evenstride.service.plan_pages import (
    change_told,
    conflict_told,
    plan_asked,
    plan_day,
    plan_month,
    plan_session,
    plan_week,
)
from evenstride.service.plan_request import WEEKS_MAX
from evenstride.service.profile_text import WEEKDAYS
from evenstride.web.answers import is_htmx, page, part
from evenstride.web.home import HomeHere
from evenstride.web.pages import plan_return, plan_take

router = APIRouter()
router.include_router(plan_return.router)
router.include_router(plan_take.router)

KINDS = ("easy", "long", "intervals", "tempo", "hills", "race")


@router.get("/plan")
def show(request: Request, here: HomeHere, week: date | None = None, first: bool = False) -> Response:  # noqa: FBT001, FBT002
    """Show a week of the plan, or how one is made; ``first``: the plan is new, and its reader too."""
    return _week(request, here, week, first=first)


@router.get("/plan/month")
def month(request: Request, here: HomeHere, of: str = "") -> Response:
    """Show a month of the plan."""
    found = plan_month(here, _month(of))
    if found is None:
        return RedirectResponse("/plan", status_code=303)
    return page(request, "plan_month.html", month=found)


@router.get("/plan/make")
def ask(request: Request, here: HomeHere) -> Response:
    """Ask how long a plan is wished for, and from when."""
    return page(request, "plan_make.html", **_wish(here))


@router.post("/plan/make")
def make_it(
    request: Request, here: HomeHere, weeks: Annotated[int, Form()] = WEEKS, start: Annotated[str, Form()] = ""
) -> Response:
    """Make a plan; where none is possible, say why and where to go from there."""
    try:
        made = make(here, weeks=weeks, start=_day(start) if start.strip() else None)
    except PlanConflict as conflict:
        return conflict_page(request, conflict)
    return _changed(request, here, made, made.kept.plan.start if made.kept else None)


@router.post("/plan/replan")
def make_anew(request: Request, here: HomeHere) -> Response:
    """Make the plan anew around what was missed."""
    try:
        made = replan(here)
    except PlanConflict as conflict:
        return conflict_page(request, conflict)
    return _changed(request, here, made, here.today)


@router.post("/plan/undo")
def take_back(
    request: Request, here: HomeHere, plan: Annotated[int, Form()], week: Annotated[str, Form()] = ""
) -> Response:
    """Take the last change back, if it is still the last one."""
    made = undo(here, number=plan)
    return _changed(request, here, made, _day(week) if week.strip() else None)


@router.get("/plan/sessions/{session}")
def why_session(request: Request, session: str, here: HomeHere) -> Response:
    """Say why a session stands there, and how it is done."""
    return page(request, "plan_session.html", **plan_session(here, session))


@router.get("/plan/sessions/{session}/move")
def where_to(request: Request, session: str, here: HomeHere, quick: bool = False) -> Response:  # noqa: FBT001, FBT002
    """Show what each near day says to a session; ``quick``: what is known without planning."""
    found = plan_session(here, session)
    answers = days_for(here, session, planned=not quick)
    values = {"days": answers, "session": found["session"], "answer": found["answer"], "quick": quick}
    if is_htmx(request):
        return part(request, "parts/plan_days.html", **values)
    return page(request, "plan_move.html", monday=found["monday"], **values)


@router.post("/plan/sessions/{session}/move")
def move_it(request: Request, session: str, here: HomeHere, day: Annotated[str, Form()]) -> Response:
    """Move a session, or say which rule forbids it."""
    try:
        made = move(here, session, to := _day(day))
    except PlanConflict as conflict:
        one = find_session(plan_now(here).plan, session)
        return conflict_page(request, conflict, back=f"/plan/sessions/{one.id}/move")
    return _changed(request, here, made, to)


@router.post("/plan/sessions/{session}/lock")
def lock_it(session: str, here: HomeHere) -> Response:
    """Keep a session on its day."""
    return _why(lock(here, session))


@router.post("/plan/sessions/{session}/unlock")
def unlock_it(session: str, here: HomeHere) -> Response:
    """Let a session move again."""
    return _why(lock(here, session, off=True))


@router.get("/plan/why")
def why(request: Request, here: HomeHere, of: str) -> Response:
    """Say why an exercise or a rule stands in the plan, or does not."""
    found = plan_asked(here, of)
    if found["session"]:
        return RedirectResponse(f"/plan/sessions/{found['session']}", status_code=303)
    return page(request, "plan_why.html", **found)


@router.get("/plan/days/{day}")
def one_day(request: Request, day: date, here: HomeHere) -> Response:
    """Show a day, and ask what is different about its runs."""
    return page(request, "plan_day.html", day=plan_day(here, day), kinds=KINDS)


@router.post("/plan/days/{day}/run")
def run_on(
    request: Request,
    day: date,
    here: HomeHere,
    kind: Annotated[str, Form()],
    minutes: Annotated[str, Form()] = "",
    km: Annotated[str, Form()] = "",
    at: Annotated[str, Form()] = "",
) -> Response:
    """Put a run on a day, in place of what the usual week has there."""
    distance = f"{km.strip()}{typed_sign('distance', here.profile.units)}" if km.strip() else ""
    words = [day.isoformat(), kind, minutes.strip(), distance, at.strip()]
    return _runs(request, here, " ".join(one for one in words if one), day)


@router.post("/plan/days/{day}/rest")
def rest_on(request: Request, day: date, here: HomeHere) -> Response:
    """Take the runs of a day away."""
    return _runs(request, here, f"{day} rest", day)


@router.post("/plan/days/{day}/move")
def run_to(
    request: Request, day: date, here: HomeHere, to: Annotated[str, Form()], at: Annotated[str, Form()] = ""
) -> Response:
    """Move the runs of a day to another."""
    return _runs(request, here, f"{day} -> {_day(to)} {at}".strip(), _day(to))


def _runs(request: Request, here: Home, words: str, day: date) -> Response:
    try:
        made = change_runs(here, read_change(words))
    except PlanConflict as conflict:
        return conflict_page(request, conflict)
    return _changed(request, here, made, day)


def _week(request: Request, here: Home, day: date | None, **told: Any) -> Response:
    found = plan_week(here, day)
    if found is None:
        return page(request, "plan_make.html", **(_wish(here) | told))
    return page(request, "plan.html", **found, **({"change": None, "first": False} | told))


def _changed(request: Request, here: Home, made: Made, day: date | None) -> Response:
    """Show the plan as it is now, with what has changed in it and the way back."""
    may_undo = request.scope["path"] != "/plan/undo" and not made.difference.nothing
    return _week(request, here, day, change=change_told(made) | {"may_undo": may_undo})


def _why(made: Made) -> Response:
    assert made.session is not None  # noqa: S101  a lock is about one
    return RedirectResponse(f"/plan/sessions/{made.session.id}", status_code=303)


def conflict_page(request: Request, conflict: PlanConflict, *, back: str = "/plan") -> Response:
    """Answer why it cannot be, with each way out as a link to the one field where it is gone."""
    told = conflict_told(conflict)
    about = {one for _, one in (*told.ways, *told.inputs)}
    where = {one: changed_at(one, back) for one in about}
    return page(request, "plan_conflict.html", status=409, conflict=told, where=where, back=back)


def changed_at(about: str, back: str) -> str:
    """Return where what stands in the way is changed.

    >>> changed_at("free: tue 40", "/plan"), changed_at("runs: thu intervals 60", "/plan")
    ('/profile?day=tue#free-tue-1', '/profile?day=thu#run-thu-1')
    >>> changed_at("locked: 2026-05-11-strength-1", "/plan"), changed_at("move: x", "/plan/sessions/x/move")
    ('/plan/sessions/2026-05-11-strength-1', '/plan/sessions/x/move')
    """
    kind, _, which = about.partition(":")
    words = which.split()
    if kind == "locked" and words:
        return f"/plan/sessions/{words[0]}"
    if kind == "race":
        return "/profile#races"
    if kind in ("free", "runs"):
        day = words[0] if words and words[0] in WEEKDAYS else WEEKDAYS[0]
        return f"/profile?day={day}#{'free' if kind == 'free' else 'run'}-{day}-1"
    return back


def _wish(here: Home) -> dict[str, Any]:
    return {"today": here.today.isoformat(), "usual": WEEKS, "most": WEEKS_MAX, "change": None, "first": False}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidRequest(f"{text!r} is no day.", help="Write a day as 2026-05-04.") from None


def _month(text: str) -> date | None:
    return _day(f"{text}-01") if text.strip() else None
