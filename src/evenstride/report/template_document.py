"""Sessions that a coach prescribes, as a JSON-ready document (``evenstride.templates/1``) and in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from evenstride.model import Exercise, Prescription, SessionTemplate
from evenstride.report.plan_words import exercise_name

SCHEMA = "evenstride.templates/1"


def templates_document(templates: Sequence[SessionTemplate], **beside: Any) -> dict[str, Any]:
    """Return the sessions that hold; ``beside`` is what was done just now."""
    return {"schema": SCHEMA, **beside, "templates": [_template(one) for one in templates]}


def template_words(one: SessionTemplate, exercises: Mapping[str, Exercise]) -> str:
    """Return a session in one line.

    >>> from datetime import date
    >>> line = Prescription(exercise="split_squat", sets=3, reps=8, reps_max=10)
    >>> template_words(SessionTemplate(name="hips", exercises=(line,), since=date(2026, 5, 4), by="Kim"), {})
    'hips, by Kim, from 2026-05-04: Split squat 3 × 8–10.'
    """
    by = f", by {one.by}" if one.by else ""
    until = f" to {one.until}" if one.until else ""
    lines = "; ".join(f"{exercise_name(line.exercise, exercises)} {prescription_words(line)}" for line in one.exercises)
    return f"{one.name}{by}, from {one.since}{until}: {lines}."


def prescription_words(line: Prescription) -> str:
    """Return the dose that a line of a phase or of a coach asks of one side.

    >>> prescription_words(Prescription(exercise="split_squat", sets=3, sets_max=4, reps=4, reps_max=6, loaded=True))
    '3–4 × 4–6 loaded'
    """
    sets = _range(line.sets, line.sets_max)
    work = f"{line.hold_s:g} s" if line.hold_s is not None else _range(line.reps or 0, line.reps_max)
    return f"{sets} × {work}{' loaded' if line.loaded else ''}"


def _range(least: int, most: int | None) -> str:
    return f"{least}–{most}" if most is not None and most > least else f"{least}"


def _template(one: SessionTemplate) -> dict[str, Any]:
    return {
        "name": one.name, "by": one.by or None, "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None, "note": one.note,
        "exercises": [
            {"exercise": line.exercise, "sets": line.sets, "sets_max": line.sets_max, "reps": line.reps,
             "reps_max": line.reps_max, "hold_s": line.hold_s, "loaded": line.loaded}
            for line in one.exercises
        ],
    }  # fmt: skip
