"""Tests of each leg: what they say, how each is done, entering one, and taking it back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from evenstride.model import Assessment, LimbComparison
from evenstride.report.numbers import day_words
from evenstride.report.screen_history import history_picture
from evenstride.report.screen_picture import tests_picture
from evenstride.report.screen_words import (
    changes_words,
    newest,
    numbers_words,
    protocol_words,
    repeated_words,
    targets_words,
    tests_answer,
    unit_of,
    value_of,
    which_words,
)
from evenstride.report.target_words import range_of_test_words
from evenstride.report.today_words import day_name
from evenstride.report.units import from_typed
from evenstride.service.home import Home
from evenstride.service.screen import (
    Entered,
    add_entered,
    assessment_named,
    changes_of,
    every_assessment,
    next_test,
    remove,
    take_back,
)
from evenstride.service.season import comparisons_of, same_side_again
from evenstride.web.answers import done, page, picture_file
from evenstride.web.home import HomeHere

router = APIRouter()
BY_HAND = "entered"
"""The source of a result that a person typed: only such a one can be taken away."""


@router.get("/tests")
def show(request: Request, here: HomeHere) -> Response:
    """Show what the newest session of each test says, and the tests that were not done yet."""
    comparisons, known = comparisons_of(here), every_assessment()
    latest = newest(comparisons)
    by_test = {one.test: one for one in latest}
    direction = same_side_again(comparisons)
    return page(
        request, "tests.html", said=tests_answer(latest), any=bool(latest),
        done=[test_row(one, known.get(one.test)) for one in latest],
        open=[one for one in known.values() if one.name not in by_test and not one.from_runs],
        of_runs=[one for one in known.values() if one.name not in by_test and one.from_runs],
        changes=changes_words(changes_of(comparisons)), next=_next(here),
        repeated=repeated_words(direction, n_tests=len({one.test for one in comparisons})),
    )  # fmt: skip


@router.get("/tests/picture.svg")
def picture(request: Request, here: HomeHere, column: bool = False) -> Response:  # noqa: FBT001, FBT002  an address
    """Answer with the picture of all tests; ``column``: for beside the rows of the page."""
    return picture_file(request, tests_picture(comparisons_of(here), every_assessment(), on_page=column))


@router.get("/tests/{name}")
def show_one(request: Request, name: str, here: HomeHere, kept: str = "", gone: str = "") -> Response:
    """Show how one test is done, its form, and every session of it; ``kept`` and ``gone`` are what just happened."""
    test = assessment_named(name)
    sessions = _sessions(here, test)
    return page(
        request, "test.html", test=test, protocol=protocol_words(test), today=here.today,
        rows=[test_row(one, test) for one in reversed(sessions)], loads=test.advanced_load_share > 0,
        watch="stopwatch" in test.equipment, kept=kept, gone=gone,
    )  # fmt: skip


@router.get("/tests/{name}/picture.svg")
def picture_of_one(request: Request, name: str, here: HomeHere, narrow: bool = False) -> Response:  # noqa: FBT001, FBT002  an address
    """Answer with the picture of one test through the months."""
    test = assessment_named(name)
    return picture_file(request, history_picture(_sessions(here, test), test, narrow=narrow))


@router.post("/tests/{name}")
def keep(
    request: Request,
    name: str,
    here: HomeHere,
    left: Annotated[list[str] | None, Form()] = None,
    right: Annotated[list[str] | None, Form()] = None,
    day: Annotated[date | None, Form()] = None,
    load_left: Annotated[float | None, Form()] = None,
    load_right: Annotated[float | None, Form()] = None,
    note: Annotated[str, Form()] = "",
) -> Response:
    """Keep one test, and go on to what it says."""
    test = assessment_named(name)
    entered = Entered(
        test=test.name, left=_trials(left, test), right=_trials(right, test), day=day,
        loads_kg=(_kg(load_left, here), _kg(load_right, here)), note=note,
    )  # fmt: skip
    result = add_entered(here, entered).result
    return done(request, f"/tests/{test.name}?kept={result.id if result else ''}")


def _kg(typed: float | None, here: Home) -> float | None:
    return None if typed is None else from_typed(typed, "mass", here.profile.units)


@router.post("/tests/results/{id_}/remove")
def take_away(request: Request, id_: str, here: HomeHere) -> Response:
    """Take one result away."""
    removed = remove(here, id_)
    return done(request, f"/tests/{removed.test}?gone={removed.id}")


@router.post("/tests/results/{id_}/restore")
def bring_back(request: Request, id_: str, here: HomeHere) -> Response:
    """Bring one result back."""
    back = take_back(here, id_)
    return done(request, f"/tests/{back.test}?kept={back.id}")


def _trials(fields: Sequence[str] | None, test: Assessment) -> str:
    """What stands in the fields, as the service reads it: a field holds one trial, so a comma in it is a point."""
    filled = [field.strip() for field in fields or () if field.strip()]
    return "; ".join(filled) if test.classes else " ".join(field.replace(",", ".") for field in filled)


def _sessions(here: Home, test: Assessment) -> list[LimbComparison]:
    return [one for one in comparisons_of(here) if one.test == test.name]


def test_row(one: LimbComparison, test: Assessment | None) -> Mapping[str, Any]:
    """Return one session of a test in words: each leg, what it shows, and its numbers."""
    unit = unit_of(test, one)
    result = one.result
    return {
        "test": one.test, "label": one.label, "day": day_words(one.day), "text": one.text,
        "left": f"{value_of(one.left, test)} {unit}".rstrip(), "right": f"{value_of(one.right, test)} {unit}".rstrip(),
        "chip": which_words(one), "tone": one.weaker or ("" if one.mdc95 is not None else "unclear"),
        "numbers": numbers_words(one, test), "targets": targets_words(one, test), "range": range_of_test_words(one),
        "trials": {side: [value_of(value, test) for value in values] for side, values in
                   (("left", result.left), ("right", result.right))} if result else {},
        "note": result.note if result else "", "id": result.id if result and result.source == BY_HAND else "",
    }  # fmt: skip


def _next(here: Home) -> str:
    """The day of the next tests in the plan; empty where none are planned."""
    session = next_test(here)
    return day_name({"date": session.day.isoformat()}) if session else ""
