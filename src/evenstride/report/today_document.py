"""One day as a JSON-ready document, ``evenstride.today/1``: with every word that its screen needs."""

from collections.abc import Mapping
from typing import Any

from evenstride.model import CalendarRun, Catalogue, PlannedExercise, PlannedSession, Today
from evenstride.report.document import json_number
from evenstride.report.plan_document import session_document
from evenstride.report.plan_words import (
    RUNS,
    dose_words,
    effort_words,
    exercise_name,
    session_words,
    time_words,
    warm_up_words,
)

SCHEMA = "evenstride.today/1"
CUES_MAX = 2
"""So many cues of an exercise fit on one screen."""


def today_document(today: Today, catalogue: Catalogue) -> dict[str, Any]:
    """Return the document of one day.

    >>> from datetime import date
    >>> nothing = Catalogue(exercises={}, phases=(), cues=(), rules={})
    >>> one = Today(day=date(2026, 5, 4), athlete="Ada", timezone="UTC", planned=False)
    >>> document = today_document(one, nothing)
    >>> document["date"], document["run"], document["sessions"]
    ('2026-05-04', None, [])
    """
    runs = [_run(run) for run in today.runs]
    return {
        "schema": SCHEMA,
        "date": today.day.isoformat(),
        "athlete": today.athlete,
        "timezone": today.timezone,
        "planned": today.planned,
        "run": runs[0] if runs else None,
        "runs": runs,
        "sessions": [told_session(one, catalogue, done=one.id in today.done) for one in today.sessions],
        "cues": [
            {"id": one.cue.id, "text": one.cue.text, "drill": one.cue.drill, "why": one.why} for one in today.cues
        ],
        "log": [f"{one.text}: {one.command}" for one in today.waiting],
        "waiting": [{"kind": one.kind, "id": one.id or None, "text": one.text} for one in today.waiting],
        "decision": today.decision or None,
        "trial": today.trial or None,
        "targets": {one.key: [one.low, one.high] for one in today.targets if one.key and one.low is not None},
        "guidance": [
            {"id": one.id, "label": one.label, "text": one.text, "unit": one.unit or None, "low": json_number(one.low),
             "high": json_number(one.high), "source": one.source, "grade": one.grade} for one in today.targets
        ],
        "notes": list(today.notes),
        "stop": today.stop,
        "care": list(today.care),
        "next": today.ahead.isoformat() if today.ahead else None,
    }  # fmt: skip


def _run(run: CalendarRun) -> dict[str, Any]:
    return {
        "time": time_words(run.at) or None, "kind": run.kind, "title": RUNS[run.kind], "minutes": run.minutes,
        "km": json_number(run.km), "hard": run.hard, "note": run.note or None,
    }  # fmt: skip


def told_session(session: PlannedSession, catalogue: Catalogue, *, done: bool = False) -> dict[str, Any]:
    """Return a session as it stands in the plan's document, with every word that a page needs of it."""
    document = session_document(session)
    exercises: Mapping[str, Any] = catalogue.exercises
    document["title"] = session_words(session)
    document["done"] = done
    document["warm_up_words"] = warm_up_words(session, exercises) or None
    for told, one in zip(document["exercises"], session.exercises, strict=True):
        known = catalogue.exercises.get(one.exercise)
        told["name"] = exercise_name(one.exercise, exercises)
        told["cues"] = list(known.cues[:CUES_MAX]) if known else []
        told["words"] = _words(one)
    return document


def _words(one: PlannedExercise) -> dict[str, str | None]:
    return {
        "left": dose_words(one.left) if one.left else None,
        "right": dose_words(one.right) if one.right else None,
        "both": dose_words(one.both) if one.both else None,
        "effort": effort_words(one) or None,
    }
