"""One run in full, what its runner says of it, and its files as they came."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response

from evenstride.errors import UnknownEntry
from evenstride.model import RunReport
from evenstride.model.profile import Units
from evenstride.report.numbers import clock, day_words
from evenstride.report.page import page_of
from evenstride.report.picture import run_picture
from evenstride.report.terminal import device_words
from evenstride.report.units import distance_words
from evenstride.service.home import Home
from evenstride.service.run_list import KnownRuns
from evenstride.service.run_page import (
    RunInFull,
    as_attachment,
    beside,
    leave_out,
    original_of,
    run_told,
    say_of_run,
    take_back_in,
)
from evenstride.service.run_series import conditions_series, run_series
from evenstride.service.tags import KINDS
from evenstride.web.answers import done, page, picture_file
from evenstride.web.home import HomeHere
from evenstride.web.pages.run_memory import KnownHere

router = APIRouter()


@router.get("/runs/{run}")
def show(request: Request, here: HomeHere, known: KnownHere, run: str) -> Response:
    """Show a run: the answer first."""
    told = run_told(here, run, known)
    sources = [_source(one, here.profile.units) for one in told.reports]
    first = sources[0]["page"]
    return page(
        request, "run.html", run=told.run, day=f"{told.day:%A} {day_words(told.day)}",
        trouble=told.trouble, first=first,
        beside=beside(here, told.run), sources=sources, kinds=KINDS,
        facts=_facts(told, here.profile.units), drawn=[_drawn(one) for one in told.reports],
        number_facts=_number_facts(first),
    )  # fmt: skip


@router.get("/runs/{run}/series/{recording}/{place}")
def series(here: HomeHere, known: KnownHere, run: str, recording: int, place: int) -> Response:
    """Return what the picture of a run is drawn from; ``place`` −1 is what a run without sides was like."""
    report = _report(here, known, run, recording)
    units = here.profile.units
    found = run_series(report, place, units) if place >= 0 else conditions_series(report, units)
    return JSONResponse(found)


@router.get("/runs/{run}/trace.svg")
def trace(request: Request, here: HomeHere, known: KnownHere, run: str) -> Response:
    """Return the picture as a file: for print, and where no script runs."""
    return picture_file(request, run_picture(_report(here, known, run, 0)))


@router.get("/runs/{run}/files/{sha256}")
def original(here: HomeHere, run: str, sha256: str) -> Response:
    """Hand a file back byte for byte."""
    name, content = original_of(here, run, sha256)
    return Response(
        content, media_type="application/octet-stream", headers={"Content-Disposition": as_attachment(name)}
    )


@router.post("/runs/{run}/tags")
def say(
    request: Request, here: HomeHere, run: str, note: Annotated[str, Form()] = "", shoe: Annotated[str, Form()] = "",
    surface: Annotated[str, Form()] = "", kind: Annotated[str, Form()] = "", treadmill: Annotated[str, Form()] = "",
    effort: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    """Keep what is said of a run; what is left empty is not said."""
    said = {"note": " ".join(note.split()), "shoe": shoe, "surface": surface, "kind": kind, "treadmill": treadmill,
            "effort": effort}  # fmt: skip
    say_of_run(here, run, said)
    return done(request, f"/runs/{run}#said-of-it")


@router.post("/runs/{run}/leave-out")
def leave(request: Request, here: HomeHere, run: str, reason: Annotated[str, Form()] = "") -> Response:
    """Leave a run out of the season."""
    leave_out(here, run, reason)
    return done(request, f"/runs/{run}")


@router.post("/runs/{run}/take-back")
def take_back(request: Request, here: HomeHere, run: str) -> Response:
    """Count a run again."""
    take_back_in(here, run)
    return done(request, f"/runs/{run}")


def _report(here: Home, known: KnownRuns, run: str, recording: int) -> RunReport:
    reports = run_told(here, run, known).reports
    if not 0 <= recording < len(reports):
        raise UnknownEntry(f"{run} has no such recording.")
    return reports[recording]


def _facts(told: RunInFull, units: Units) -> list[str]:
    report = told.reports[0]
    distance = [] if report.distance_m is None else [distance_words(report.distance_m, units)]
    return [f"{told.start:%H:%M}", clock(report.duration_s), *distance, device_words(report.source.device)]


def _source(report: RunReport, units: Units) -> dict[str, Any]:
    """One recording beside the others: what recorded it and what it says."""
    told = page_of(report)
    return {
        "page": told,
        "device": device_words(report.source.device) or report.source.format, "name": report.source.name,
        "duration": clock(report.duration_s), "blocks": told.blocks, "answer": told.answer,
        "distance": "" if report.distance_m is None else distance_words(report.distance_m, units),
    }  # fmt: skip


def _drawn(report: RunReport) -> list[int]:
    """Which estimates have a trace; −1 for a run that only has conditions."""
    traces = [n for n, one in enumerate(report.judged) if one.trace is not None and len(one.trace.t_s)]
    return traces or ([-1] if report.activity is not None and len(report.activity.t_s) else [])


def _number_facts(told: Any) -> list[tuple[str, str]]:
    return list(told.blocks[0].numbers[1:]) if told.blocks else []
