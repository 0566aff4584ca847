"""The first way: week, sides, runs or tests, first plan; one screen a step, each can be left out and taken up again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, get_args

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import Response

from evenstride.errors import InvalidRequest
from evenstride.model.profile import RunKind
from evenstride.report.words import Answer, answer
from evenstride.service.archive import Progress, importing
from evenstride.service.first_steps import StepKey, first_steps
from evenstride.service.hand_out import safe_name
from evenstride.service.home import Home, kept_run
from evenstride.service.plan import make
from evenstride.service.profile_text import EQUIPMENT
from evenstride.service.screen import Entered, add_several, assessment_named
from evenstride.web.answers import done, page
from evenstride.web.home import HomeHere, SiteHere
from evenstride.web.pages.week_form import USUAL_RUNS, usual_week, week_rows
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
        request, "start_week.html", rows=week_rows(profile), kinds=get_args(RunKind), usual=USUAL_RUNS, chosen=chosen,
        equipment=EQUIPMENT, profile=here.profile, screens=SCREENS, screen="week",
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
    return page(request, "start_told.html", told=_told(here, stands), stands=stands, screens=SCREENS, screen="measure")


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
    return done(request, "/start/plan")


@router.get("/start/plan")
def plan(request: Request, here: HomeHere) -> Response:
    """Say what the first plan would stand on."""
    steps = {one.key: one.done for one in first_steps(here)}
    return page(request, "start_plan.html", steps=steps, screens=SCREENS, screen="plan")


@router.post("/start/plan")
def make_plan(request: Request, here: HomeHere) -> Response:
    """Make the first plan."""
    make(here)
    return done(request, "/")


def _under_own_names(kept: Sequence[Upload]) -> tuple[Path, ...]:
    """Lay each file in a folder of its own under a safe form of its name: that is how the run will be known."""
    laid = []
    for n, one in enumerate(kept):
        folder = one.path.parent / f"of-{n}"
        folder.mkdir()
        laid.append(one.path.rename(folder / safe_name(one.name, f"run-{n}")))
    return tuple(laid)


def _told(here: Home, stands: Progress) -> Answer | None:
    """What the newest of the runs that came in says; None where none came in."""
    if not stands.runs_added:
        return None
    newest = max((kept_run(here, one) for one in stands.runs_added), key=lambda run: run.start)
    return answer(newest.recordings[0].report)
