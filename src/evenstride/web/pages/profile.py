"""The profile: who somebody is, the week that everything must fit into, what each leg has been through, devices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from evenstride.errors import InvalidRequest
from evenstride.model import METRICS, Profile
from evenstride.model.profile import RunKind
from evenstride.report.athlete_document import missing
from evenstride.report.athlete_words import (
    PRIORITIES,
    body_words,
    coming_races,
    field_words,
    injury_words,
    race_words,
    restriction_words,
    side_check_words,
    target_words,
)
from evenstride.report.units import as_typed, from_typed
from evenstride.service.athletes import Listed, change_here, checks_of, drop_entry, entries_of
from evenstride.service.home import Home
from evenstride.service.profile_text import EQUIPMENT, ProfileWords
from evenstride.web.answers import done, page
from evenstride.web.home import HomeHere
from evenstride.web.pages.week_form import week_rows, week_words

router = APIRouter()
Field = Annotated[str, Form(max_length=200)]
Fields = Annotated[list[str], Form(max_length=60)]
Picked = Annotated[list[str] | None, Form(max_length=60)]


@router.get("/profile")
def show(request: Request, here: HomeHere, day: str = "") -> Response:
    """Show what is known, and what is not with what it would be good for; ``day``: of the week, to be changed."""
    profile, today = here.profile, here.today
    checks = checks_of(here)
    return page(
        request, "profile.html", profile=profile, body=body_words(profile, today), mass=_mass(profile),
        rows=week_rows(profile), open_day=day,
        kinds=get_args(RunKind), equipment=EQUIPMENT, races=_races(here), priorities=PRIORITIES,
        injuries=_injuries(here), restrictions=_listed(here, "restrictions"), targets=_listed(here, "targets"),
        metrics=METRICS, checks=[(one, side_check_words(one)) for one in checks], today=today,
        missing=[(field_words(name), use) for name, use in missing(profile, checks)],
    )  # fmt: skip


@router.post("/profile/you")
def tell_you(
    request: Request, here: HomeHere, name: Field, born: Field = "", sex: Field = "", mass: Field = "",
    dominant: Field = "", longer: Field = "", longer_mm: Field = "", timezone: Field = "",
) -> Response:  # fmt: skip
    """Keep who somebody is; what was emptied is forgotten."""
    length = "equal" if longer == "equal" else f"{longer} {longer_mm} mm" if longer and longer_mm.strip() else ""
    if mass.strip() and here.profile.units == "imperial" and mass.strip()[-1].isdigit():
        mass = _pounds(mass.strip())
    told = {"born": born, "mass": mass, "sex": sex, "dominant": dominant, "leg_length": length}
    _refuse_half(longer, longer_mm)
    return _kept(request, here, "you", name=name, timezone=timezone, **told)


@router.post("/profile/week")
def tell_week(
    request: Request, here: HomeHere, run_day: Fields, run_kind: Fields, run_minutes: Fields, run_at: Fields,
    free_day: Fields, free_minutes: Fields, free_at: Fields, before: Field = "", after: Field = "",
    thing: Picked = None, on: Field = "",
) -> Response:  # fmt: skip
    """Keep the usual week."""
    runs = week_words(run_day, run_kind, run_minutes, run_at)
    free = week_words(free_day, [""] * len(free_day), free_minutes, free_at)
    around = f"{before or 0} {after or 0}" if before or after else None
    words = ProfileWords(runs=runs, free=free, around_runs=around, forget=("runs", "free"))
    if on == "start":
        words = replace(words, equipment=tuple(thing or ()), forget=("runs", "free", "equipment"))
    change_here(here, words)
    return done(request, "/start/sides" if on == "start" else "/profile#week")


@router.post("/profile/equipment")
def tell_equipment(request: Request, here: HomeHere, thing: Picked = None) -> Response:
    """Keep what is at hand."""
    change_here(here, ProfileWords(equipment=tuple(thing or ()), forget=("equipment",)))
    return done(request, "/profile#equipment")


@router.post("/profile/reading")
def tell_reading(request: Request, here: HomeHere, units: Field, guidance: Field = "off") -> Response:
    """Keep how things are shown."""
    return _kept(request, here, "reading", units=units, guidance=guidance)


@router.post("/profile/races")
def tell_race(request: Request, here: HomeHere, day: Field, priority: Field) -> Response:
    """Keep one more race; another one of its day is replaced."""
    change_here(here, ProfileWords(races=(f"{day}={priority}",)))
    return done(request, "/profile#races")


@router.post("/profile/injuries")
def tell_injury(
    request: Request, here: HomeHere, side: Field, site: Field, since: Field, kind: Field = "injury",
    until: Field = "", present: Field = "",
) -> Response:  # fmt: skip
    """Keep what one leg has been through."""
    end = "..now" if present else f"..{until}" if until else ""
    words = (f"{side} {site.replace(',', ' ')} {since}{end}",)
    change_here(here, ProfileWords(surgeries=words) if kind == "surgery" else ProfileWords(injuries=words))
    return done(request, "/profile#legs")


@router.post("/profile/restrictions")
def tell_restriction(request: Request, here: HomeHere, what: Field, until: Field, side: Field = "both") -> Response:
    """Keep what a clinician forbids."""
    change_here(here, ProfileWords(restrictions=(f"no {what.replace(',', ' ')} {side} until {until}",)))
    return done(request, "/profile#restrictions")


@router.post("/profile/targets")
def tell_target(
    request: Request, here: HomeHere, what: Field, low_side: Field, low: Field, high_side: Field, high: Field,
    note: Field = "",
) -> Response:  # fmt: skip
    """Keep a range that somebody set."""
    ends = f"{_end(low_side, low)} to {_end(high_side, high)}"
    said = f" ({note.strip()})" if note.strip() else ""
    change_here(here, ProfileWords(targets=(f"{what} {ends} since {here.today.isoformat()}{said}",)))
    return done(request, "/profile#targets")


@router.post("/profile/drop")
def drop(request: Request, here: HomeHere, field: Annotated[Listed, Form()], entry: Field) -> Response:
    """Take one entry out."""
    drop_entry(here, field, entry)
    return done(request, f"/profile#{'legs' if field == 'injuries' else field}")


def _kept(request: Request, here: Home, section: str, **told: Any) -> Response:
    """Keep the fields of one form; an empty one is forgotten where it can be."""
    empty = tuple(name for name, text in told.items() if not text.strip() and name != "name")
    change_here(here, ProfileWords(**told, forget=empty))
    return done(request, f"/profile#{section}")


def _refuse_half(longer: str, longer_mm: str) -> None:
    if longer in ("left", "right") and not longer_mm.strip():
        raise InvalidRequest("By how many millimetres is that leg longer?", help="Leave both empty if not measured.")


def _end(side: str, number: str) -> str:
    return number if side == "zero" or number.strip() in ("0", "0.0") else f"{side} {number}"


def _mass(profile: Profile) -> str:
    if profile.mass_kg is None:
        return ""
    return as_typed(profile.mass_kg, "mass", profile.units)


def _pounds(typed: str) -> str:
    """The words of a mass in pounds; what is shown and sent back is what it was before."""
    try:
        return f"{from_typed(float(typed.replace(',', '.')), 'mass', 'imperial')} kg"
    except ValueError:
        return f"{typed} lb"


def _races(here: Home) -> Sequence[tuple[str, str, bool]]:
    """Each race in words, with the words that take it out; those to come first."""
    keys = dict(entries_of(here.profile, "races"))
    coming = coming_races(here.profile.races, here.today)
    past = sorted((one for one in keys if one not in coming), key=lambda one: one.day, reverse=True)
    return [(race_words(one, here.today), keys[one], one in coming) for one in (*coming, *past)]


def _injuries(here: Home) -> Mapping[str, Sequence[tuple[str, str]]]:
    found = entries_of(here.profile, "injuries")
    return {
        side: [(injury_words(one, here.today), key) for one, key in found if one.side == side]
        for side in ("left", "right")
    }


def _listed(here: Home, field: Listed) -> Sequence[tuple[str, str]]:
    def words(one: Any) -> str:
        return restriction_words(one, here.today) if field == "restrictions" else target_words(one)

    return [(words(one), key) for one, key in entries_of(here.profile, field)]
