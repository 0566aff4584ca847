"""Did it help me? A runner's own trial: planned, started, told day by day, ended, answered, taken back."""

from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response

from evenstride.model import TrialUnit
from evenstride.report.trial_screen import KEEP, NOTHING_ELSE, trial_rows
from evenstride.service.trials import (
    TrialShown,
    TrialWish,
    end_trial,
    planned_trial,
    start_trial,
    take_trial_back,
    trial_shown,
    trial_things,
)
from evenstride.web.answers import done, page
from evenstride.web.home import HomeHere
from evenstride.web.log_forms import Fields, FormHere

router = APIRouter()
UNITS = ("run", "week")


@router.get("/log/trials")
def show(request: Request, here: HomeHere, trial: str = "") -> Response:
    """Show the running trial, else the latest; without one, what can be put to the test."""
    shown = trial_shown(here, trial or None)
    return page(request, "trials.html", **_values(shown), planned=None, wish=None)


@router.post("/log/trials/plan")
def plan(request: Request, here: HomeHere, form: FormHere) -> Response:
    """Say what a trial would be and could find; nothing begins."""
    wish = _wish(form)
    trial = planned_trial(here, wish)
    values = _values(None) | {"planned": trial, "outlook": trial.outlook, "rows": trial_rows(trial)}
    return page(request, "trials.html", **values, wish=wish, mind=KEEP)


@router.post("/log/trials/start")
def start(request: Request, here: HomeHere, form: FormHere) -> Response:
    """Begin a trial as it was planned; what comes first is drawn only now, so that nobody has seen it."""
    start_trial(here, planned_trial(here, _wish(form)))
    return done(request, "/log/trials")


@router.post("/log/trials/{name}/end")
def end(request: Request, name: str, here: HomeHere) -> Response:
    """End a trial before its time."""
    end_trial(here, name)
    return done(request, f"/log/trials?trial={name}")


@router.post("/log/trials/{name}/undo")
def undo(request: Request, name: str, here: HomeHere) -> Response:
    """Take back a trial's end, or else its start."""
    take_trial_back(here, name)
    return done(request, "/log/trials")


def _wish(form: Any) -> TrialWish:
    fields = Fields(form=form)
    by = cast(TrialUnit | None, fields.chosen("by", UNITS))
    return TrialWish(what=fields.text("what"), by=by, pairs=fields.whole("pairs", 200), note=fields.text("note"))


def _values(shown: TrialShown | None) -> dict[str, Any]:
    if shown is None:
        return {"shown": None, "things": trial_things(), "rows": []}
    early = shown.answer.verdict == "too_early"
    first = shown.today if early and shown.today else shown.answer.text
    return {
        "shown": shown, "things": trial_things(), "first": first, "early": early, "rows": trial_rows(shown.trial),
        "mind": KEEP if early else NOTHING_ELSE,
    }  # fmt: skip
