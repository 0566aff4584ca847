"""The first way: week, sides, runs or tests, first plan; one screen a step, each can be left out and taken up again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, get_args

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import Response

from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.model.profile import RunKind
from evenstride.report.finding_words import finding_answer
from evenstride.report.numbers import clock, day_words
from evenstride.report.screen_words import newest
from evenstride.report.terminal import device_words
from evenstride.report.words import answer, number
from evenstride.service.archive import Progress, importing
from evenstride.service.athletes import checks_of
from evenstride.service.first_steps import StepKey, first_steps
from evenstride.service.hand_out import safe_name
from evenstride.service.home import Home, kept_run
from evenstride.service.plan import make
from evenstride.service.plan_pages import first_training
from evenstride.service.profile_text import EQUIPMENT
from evenstride.service.run_whiskers import estimate_whisker, one_limits
from evenstride.service.screen import Entered, add_several, assessment_named, every_assessment
from evenstride.service.season import comparisons_of, finding_of
from evenstride.service.usual_week import USUAL_RUNS, usual_week
from evenstride.web.answers import done, page
from evenstride.web.home import HomeHere, SiteHere
from evenstride.web.pages.plan import conflict_page
from evenstride.web.pages.tests_page import test_row
from evenstride.web.pages.week_form import week_rows
from evenstride.web.uploads import Upload, spooled

router = APIRouter()
ADDRESS: dict[StepKey, str] = {
    "profile": "/start/week", "side_check": "/start/sides", "runs": "/start/runs", "tests": "/start/runs",
    "plan": "/start/plan",
}  # fmt: skip
SCREENS = ("week", "sides", "measure", "plan")
USUAL = 3
FIRST_TESTS = ("single_leg_calf_raise", "single_leg_stance_eyes_closed", "single_leg_hop")
"""Tests that need a step, a wall and a tape: a programme can begin with any one of them."""


@router.get("/start")
def go_on(request: Request, here: HomeHere) -> Response:
    """Go on where somebody is on the way: at the first step that is open and needed; to today when none is."""
    steps = {one.key: one for one in first_steps(here)}
    measured = steps["runs"].done or steps["tests"].done
    for key, step in steps.items():
        open_still = not step.done and not (step.optional and measured)
        if open_still and not steps["plan"].done:
            return done(request, ADDRESS[key])
    return done(request, "/")


@router.get("/start/week")
def week(request: Request, here: HomeHere, runs: Annotated[int, Query()] = 0) -> Response:
    """Ask for the usual week: one to begin with stands there already."""
    known = bool(here.profile.runs or here.profile.free)
    chosen = runs if runs in USUAL_RUNS else 0 if known else USUAL
    profile = usual_week(here.profile, chosen) if chosen else here.profile
    return page(
        request, "start_week.html", rows=week_rows(profile), open_day="", kinds=get_args(RunKind), usual=USUAL_RUNS,
        chosen=chosen, equipment=EQUIPMENT, profile=here.profile, screens=SCREENS, screen="week",
    )  # fmt: skip


@router.get("/start/sides")
def sides(request: Request, here: HomeHere) -> Response:  # noqa: ARG001  the page is the athlete's
    """Say what the side check is for, and leave it for the next run."""
    return page(request, "start_sides.html", screens=SCREENS, screen="sides")


@router.get("/start/runs")
def runs(request: Request, here: HomeHere) -> Response:  # noqa: ARG001  the page is the athlete's
    """Ask for a first run."""
    return page(request, "start_runs.html", screens=SCREENS, screen="measure")


@router.post("/start/runs/upload")
def take_runs(request: Request, here: HomeHere, site: SiteHere, files: Annotated[list[UploadFile], File()]) -> Response:
    """Take a few runs in, and say what the newest one tells."""
    if not any(one.filename for one in files):
        raise InvalidRequest("No file was chosen.", help="Choose one or more files of runs.")
    with spooled(files, site.settings) as kept, importing(here, _under_own_names(kept)) as (stands, steps):
        for _ in steps:
            pass
    told = _told(here, stands)
    return page(request, "start_told.html", told=told, stands=stands, screens=SCREENS, screen="measure")


@router.get("/start/tests")
def tests(request: Request, here: HomeHere) -> Response:  # noqa: ARG001  the page is the athlete's
    """Ask for the first tests of each leg."""
    return page(
        request, "start_tests.html", tests=[assessment_named(one) for one in FIRST_TESTS], screens=SCREENS,
        screen="measure",
    )  # fmt: skip


@router.post("/start/tests")
def keep_tests(
    request: Request, here: HomeHere, test: Annotated[list[str], Form(max_length=10)],
    left: Annotated[list[str], Form(max_length=10)], right: Annotated[list[str], Form(max_length=10)],
) -> Response:  # fmt: skip
    """Keep what was filled in: all of it, or nothing where one of it cannot be."""
    if not len(test) == len(left) == len(right):
        raise InvalidRequest("The tests cannot be read.", help="Open the page again.")
    told = [
        Entered(test=name, left=one, right=other)
        for name, one, other in zip(test, left, right, strict=True)
        if one.strip() or other.strip()
    ]
    if not told:
        raise InvalidRequest("No test was filled in.", help="One test of both legs is enough to begin with.")
    add_several(here, told)
    return done(request, "/start/answer")


@router.get("/start/answer")
def answer_of_tests(request: Request, here: HomeHere) -> Response:
    """Say what the first tests tell, before anything is planned on them."""
    known = every_assessment()
    rows = [test_row(one, known.get(one.test)) for one in newest(comparisons_of(here))]
    if not rows:
        return done(request, "/start/tests")
    said = finding_answer(finding_of(here))
    return page(request, "start_answer.html", said=said, done=rows, screens=SCREENS, screen="measure")


@router.get("/start/plan")
def plan(request: Request, here: HomeHere) -> Response:
    """Say what the first plan would stand on."""
    steps = {one.key: one.done for one in first_steps(here)}
    return page(request, "start_plan.html", steps=steps, screens=SCREENS, screen="plan")


@router.post("/start/plan")
def make_plan(request: Request, here: HomeHere) -> Response:
    """Make the first plan, and show its first week with training in it."""
    try:
        made = make(here)
    except PlanConflict as conflict:
        return conflict_page(request, conflict, back="/start/plan")
    first = first_training(made.kept.plan) if made.kept else None
    return done(request, f"/plan?week={first}&first=true" if first else "/plan")


def _under_own_names(kept: Sequence[Upload]) -> tuple[Path, ...]:
    """Lay each file in a folder of its own under a safe form of its name: that is how the run will be known."""
    laid = []
    for n, one in enumerate(kept):
        folder = one.path.parent / f"of-{n}"
        folder.mkdir()
        laid.append(one.path.rename(folder / safe_name(one.name, f"run-{n}")))
    return tuple(laid)


def _told(here: Home, stands: Progress) -> dict[str, Any] | None:
    """What the newest of the runs that came in says, with its picture; None where none came in."""
    if not stands.runs_added:
        return None
    newest_run = max((kept_run(here, one) for one in stands.runs_added), key=lambda run: run.start)
    report = newest_run.recordings[0].report
    told = {
        "answer": answer(report), "run": newest_run.id, "picture": "", "number": "", "range": "",
        "unchecked": bool(report.judged) and not checks_of(here),
        "facts": [day_words(newest_run.start.date()), clock(report.duration_s), device_words(report.source.device)],
    }  # fmt: skip
    if report.judged:
        first = report.estimates[0]
        limits = one_limits(first)
        told |= {
            "picture": estimate_whisker(first, limits), "number": number(first) or "", "range": f"{limits.range_pct:g}"
        }  # fmt: skip
    return told
