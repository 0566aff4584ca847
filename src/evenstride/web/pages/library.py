"""The library: every exercise, found by what it trains and takes; each on a page with its ladder and its runner."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from evenstride.report import library_words as words
from evenstride.report.plan_words import dose_words
from evenstride.report.template_document import prescription_words
from evenstride.service.home import Home
from evenstride.service.library import Entry, Leaf, Wanted, choices, leaf, library, standing
from evenstride.web.answers import is_htmx, page, part
from evenstride.web.home import NobodyYet, home_of

router = APIRouter()

ADDRESS = "/library"
ASKED: Mapping[str, str] = {"text": "q"} | {one.name: one.name for one in fields(Wanted) if one.name != "text"}
"""Field of what is wanted → its name in the address."""
TEXT_MAX = 100


def home_if_any(request: Request) -> Iterator[Home | None]:
    """Open the athlete's home; None where nobody is kept yet, as exercises are for everybody."""
    try:
        yield from home_of(request)
    except NobodyYet:
        yield None


def wanted_of(request: Request) -> Wanted:
    """Read what is wanted from the address."""
    asked = request.query_params
    said = {field: asked.get(name, "")[:TEXT_MAX].strip() for field, name in ASKED.items() if field != "now"}
    return Wanted(**said, now=bool(asked.get("now")))


AnyHome = Annotated[Home | None, Depends(home_if_any)]
WantedHere = Annotated[Wanted, Depends(wanted_of)]


@router.get(ADDRESS)
def show(request: Request, here: AnyHome, wanted: WantedHere) -> Response:
    """Show the exercises that are wanted; for htmx the list alone, under an address that can be kept."""
    values: dict[str, Any] = {
        "wanted": asdict(wanted), "names": ASKED, "shelves": _shelves(library(wanted, here)),
        "runner": here is not None, "chosen": _chosen(wanted), "word": words.word, "needs": words.needs,
    }  # fmt: skip
    if not is_htmx(request):
        return page(request, "library.html", again=False, choices=choices(), **values)
    answer = part(request, "parts/library_found.html", again=True, **values)
    answer.headers["HX-Replace-Url"] = _address(wanted)
    return answer


@router.get(ADDRESS + "/{exercise}")
def show_exercise(request: Request, exercise: str, here: AnyHome) -> Response:
    """Show one exercise: how it is done, what stands below and above it, and where its runner stands with it."""
    found = leaf(exercise)
    return page(request, "library_exercise.html", word=words.word, **_leaf(found), **_standing(found, here))


def _shelves(found: Sequence[Entry]) -> dict[str, Any]:
    """What can be done now by family, and the rest with its reasons."""
    ready: dict[str, list[Entry]] = {}
    for one in found:
        if one.hindrance is None:
            ready.setdefault(one.exercise.family, []).append(one)
    return {"n": len(found), "ready": ready, "not_now": [one for one in found if one.hindrance is not None]}


def _chosen(wanted: Wanted) -> list[tuple[str, str, str]]:
    """Each filter that is on: its field, its word, and the address without it."""
    on = [(field, str(value)) for field, value in asdict(wanted).items() if value and field not in ("text", "now")]
    off: dict[str, dict[str, Any]] = {field: {field: ""} for field, _ in on}
    return [(field, words.word(field, value), _address(replace(wanted, **off[field]))) for field, value in on]


def _address(wanted: Wanted) -> str:
    """The address of what is wanted.

    >>> _address(Wanted(text="calf", now=True)), _address(Wanted())
    ('/library?q=calf&now=1', '/library')
    """
    asked = {ASKED[field]: "1" if value is True else value for field, value in asdict(wanted).items() if value}
    return f"{ADDRESS}?{urlencode(asked)}" if asked else ADDRESS


def _leaf(found: Leaf) -> dict[str, Any]:
    one = found.exercise
    return {
        "one": one, "easier": found.easier, "harder": found.harder, "way": found.way, "needs": words.needs(one),
        "tempo": words.tempo_words(one.tempo), "usual": words.usual_dose(one),
        "ranks": [(field, name, getattr(one, field), most) for field, (name, most) in words.RANKS.items()],
        "doses": [
            (words.phase_words(dose.phase, dose.type), prescription_words(dose.line), words.reserve_words(dose.reserve))
            for dose in found.doses
        ],
    }  # fmt: skip


def _standing(found: Leaf, home: Home | None) -> dict[str, Any]:
    if home is None:
        return {"runner": False, "begins": "right"}
    one = found.exercise
    stands = standing(home, one.id)
    known = {two.id: two for two in (one, *stands.others)}
    hindered = words.hindrance_words(stands.hindrance) if stands.hindrance else ""
    because = [] if hindered else words.absence_sentences(stands.absence, one, known)
    nearest = next(
        (line for session in stands.coming[:1] for line in session.exercises if line.exercise == one.id), None
    )
    return {
        "runner": True, "begins": (nearest and nearest.first) or "right",
        "planned": stands.planned, "hindered": hindered, "because": because,
        "lacks": stands.hindrance is not None and stands.hindrance.kind == "equipment",
        "in_plan": words.plan_sentence(stands.coming, stands.past, today=home.today),
        "next_dose": nearest and {side: dose_words(getattr(nearest, side)) for side in ("left", "right", "both")},
        "why": nearest.because if nearest else "", "states": words.state_rows(stands.states),
    }  # fmt: skip
