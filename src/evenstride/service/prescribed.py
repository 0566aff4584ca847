"""Sessions that a coach prescribes, from a TOML file: read, checked against the catalogue, kept, taken away."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from evenstride.errors import EvenstrideError, InvalidRequest, UnknownEntry
from evenstride.model import Exercise, Prescription, SessionTemplate
from evenstride.plan.catalogue import load_catalogue
from evenstride.service.home import Home
from evenstride.service.log_text.exercises import find_exercise
from evenstride.service.log_text.words import suggestion
from evenstride.store import add_template, remove_template, templates

HELP = "docs/plan.md has a whole file."
FIELDS = ("name", "since", "until", "by", "note", "exercises")
DOSE_FIELDS = ("exercise", "sets", "sets_max", "reps", "reps_max", "hold_s", "loaded")
LIMITS: Mapping[str, tuple[int, int]] = {
    "sets": (1, 8), "sets_max": (1, 8), "reps": (1, 60), "reps_max": (1, 60), "hold_s": (1, 300),
}  # fmt: skip
"""What a coach can ask of one exercise (our own convention: beyond it a slip of the pen is likelier)."""
EXERCISES_MAX = 12
TEXT_MAX = 80
BYTES_MAX = 100_000


def add_prescribed(home: Home, file: Path) -> SessionTemplate:
    """Keep the session that a file prescribes; one of the same name gives way. The next plan goes by it.

    Raises
    ------
    InvalidRequest
        No such file, no TOML, an exercise that is not known (near misses are named), or a dose that cannot be.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InvalidRequest(f"{file.name} cannot be read: {error.strerror}.", help="Check the name.") from None
    if len(data) > BYTES_MAX:
        raise InvalidRequest(f"{file.name} is too large for a session.", help=HELP)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequest(f"{file.name} is not text in UTF-8.", help=HELP) from None
    template = read_prescribed(text, today=home.today)
    add_template(home.store, home.athlete_id, template, home.now)
    return template


def prescribed(home: Home) -> tuple[SessionTemplate, ...]:
    """Return the sessions that hold, in the order in which they were kept."""
    return templates(home.store, home.athlete_id)


def remove_prescribed(home: Home, name: str) -> SessionTemplate:
    """Take a session away; it stays in the history. UnknownEntry when there is none of that name."""
    held = {one.name: one for one in prescribed(home)}
    found = held.get(name) or next((one for one in held.values() if one.name.lower() == name.strip().lower()), None)
    if found is None:
        meant = suggestion(name, held)
        raise UnknownEntry(
            f"There is no prescribed session {name!r}.{meant}", help="evenstride plan template list shows them."
        )
    remove_template(home.store, home.athlete_id, found.name, home.now)
    return found


def read_prescribed(text: str, *, today: date) -> SessionTemplate:
    """Read a session from TOML; without ``since`` it holds from today.

    Raises
    ------
    InvalidRequest
        As :func:`add_prescribed`.

    >>> said = 'name = "hips"\\nexercises = [{ exercise = "split_squat", sets = 3, reps = 10 }]'
    >>> read_prescribed(said, today=date(2026, 5, 4)).exercises[0].exercise
    'split_squat'
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidRequest(f"The session is not TOML: {error}.", help=HELP) from None
    _known(table, FIELDS, "a session")
    since, until = _day(table, "since") or today, _day(table, "until")
    if until is not None and until < since:
        raise InvalidRequest(f"The session would end ({until}) before it begins ({since}).", help=HELP)
    lines = table.get("exercises")
    if not isinstance(lines, list) or not 1 <= len(lines) <= EXERCISES_MAX:
        raise InvalidRequest(f"A session has 1 to {EXERCISES_MAX} exercises.", help=HELP)
    exercises = tuple(_prescription(one) for one in lines)
    twice = next((one.exercise for n, one in enumerate(exercises) if one.exercise in _names(exercises[:n])), None)
    if twice:
        raise InvalidRequest(f"{twice} stands in the session twice.", help="Give it more sets instead.")
    return SessionTemplate(
        name=_text(table, "name", needed=True), exercises=exercises, since=since, until=until,
        by=_text(table, "by"), note=_text(table, "note"),
    )  # fmt: skip


def _names(exercises: tuple[Prescription, ...]) -> set[str]:
    return {one.exercise for one in exercises}


def _prescription(line: Any) -> Prescription:
    if not isinstance(line, dict) or not isinstance(line.get("exercise"), str):
        raise InvalidRequest("An exercise of the session has no name.", help=HELP)
    catalogue = load_catalogue().exercises
    try:
        name = find_exercise(line["exercise"], catalogue)
    except EvenstrideError as error:
        raise InvalidRequest(error.text, help="docs/methods/catalogue.md lists them.") from None
    _known(line, DOSE_FIELDS, name)
    dose = {field: _whole(line, field, name) for field in LIMITS if field in line}
    loaded = line.get("loaded", False)
    if not isinstance(loaded, bool):
        raise InvalidRequest(f"{name}: loaded is true or false.", help=HELP)
    _sound(name, dose, catalogue[name], loaded=loaded)
    return Prescription(
        exercise=name, sets=dose["sets"], sets_max=dose.get("sets_max"), reps=dose.get("reps"),
        reps_max=dose.get("reps_max"), hold_s=float(dose["hold_s"]) if "hold_s" in dose else None, loaded=loaded,
    )  # fmt: skip


def _sound(name: str, dose: Mapping[str, int], exercise: Exercise, *, loaded: bool) -> None:
    """Refuse a dose that says nothing, two things, or what the exercise cannot take."""
    if "sets" not in dose or ("reps" in dose) == ("hold_s" in dose):
        raise InvalidRequest(f"{name} needs sets, and either reps or hold_s.", help=HELP)
    if "reps_max" in dose and "reps" not in dose:
        raise InvalidRequest(f"{name}: reps_max closes a range that reps opens.", help=HELP)
    for least, most in (("sets", "sets_max"), ("reps", "reps_max")):
        if most in dose and dose[most] < dose[least]:
            raise InvalidRequest(f"{name}: {most} is under {least}.", help=HELP)
    if loaded and exercise.load_type == "none":
        raise InvalidRequest(f"{name} cannot be loaded.", help="Leave loaded out.")


def _known(table: Mapping[str, Any], fields: tuple[str, ...], of: str) -> None:
    for key in table:
        if key not in fields:
            meant = suggestion(key, fields)
            raise InvalidRequest(f"{key!r} is no field of {of}.{meant}", help=f"Fields: {', '.join(fields)}.")


def _whole(line: Mapping[str, Any], field: str, name: str) -> int:
    value, (least, most) = line[field], LIMITS[field]
    if isinstance(value, bool) or not isinstance(value, int | float) or not float(value).is_integer():
        raise InvalidRequest(f"{name}: {field} is a whole number.", help=HELP)
    if not least <= value <= most:
        raise InvalidRequest(f"{name}: {field} is {least} to {most}.", help=HELP)
    return int(value)


def _day(table: Mapping[str, Any], field: str) -> date | None:
    value = table.get(field)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InvalidRequest(f"{field} is no day; write it as 2026-05-04.", help=HELP) from None


def _text(table: Mapping[str, Any], field: str, *, needed: bool = False) -> str:
    value = table.get(field, "")
    if not isinstance(value, str) or not value.isprintable() or len(value) > TEXT_MAX:
        raise InvalidRequest(f"{field} is a text of up to {TEXT_MAX} plain characters.", help=HELP)
    if needed and not value.strip():
        raise InvalidRequest(f"The session has no {field}.", help=HELP)
    return value.strip()
