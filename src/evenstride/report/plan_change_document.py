"""What changed in a plan, and why something stands in it, as JSON-ready documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evenstride.model import Exercise, GivenUp, PlannedSession, Rule
from evenstride.plan.difference import PlanDifference, SessionChange
from evenstride.report.plan_beside import NOTHING, PlanBeside, left_out_document, returning_document
from evenstride.report.plan_document import session_document

CHANGE_SCHEMA = "evenstride.plan_change/1"
WHY_SCHEMA = "evenstride.why/1"


@dataclass(frozen=True, kw_only=True)
class ChangeTold:
    """What is told of a change: for whom, why, which session it was about, and what is worth saying."""

    athlete: str
    why: str
    session: PlannedSession | None = None
    notes: Sequence[str] = ()


def change_document(difference: PlanDifference, told: ChangeTold) -> dict[str, Any]:
    """Return the document of what changed from one plan to the next.

    >>> change_document(PlanDifference(), ChangeTold(athlete="Ada", why="made"))["plan_change"]
    {'added': [], 'removed': [], 'moved': [], 'changed': []}
    """
    return {
        "schema": CHANGE_SCHEMA,
        "athlete": told.athlete,
        "why": told.why,
        "session": None if told.session is None else session_document(told.session),
        "plan_change": difference_document(difference),
        "notes": list(told.notes),
    }


def difference_document(difference: PlanDifference) -> dict[str, Any]:
    """Return what changed as it stands in every document that tells of a change."""
    return {
        "added": [session_document(one) for one in difference.added],
        "removed": [session_document(one) for one in difference.removed],
        "moved": [_both(one) for one in difference.moved],
        "changed": [_both(one) for one in difference.changed],
    }


@dataclass(frozen=True, kw_only=True)
class Aside:
    """What is told beside an answer: what was left out of its sessions, why an exercise is in none, a return."""

    beside: PlanBeside = NOTHING
    absence: dict[str, Any] | None = None


def why_document(
    asked: str,
    sessions: Sequence[PlannedSession],
    *,
    rules: Sequence[Rule] = (),
    exercise: Exercise | None = None,
    given_up: Sequence[GivenUp] = (),
    aside: Aside | None = None,
) -> dict[str, Any]:
    """Return the document of why something stands in a plan; ``asked`` is session, exercise or rule."""
    aside = aside or Aside()
    return {
        "schema": WHY_SCHEMA,
        "asked": asked,
        "sessions": [session_document(one) for one in sessions],
        "exercise": None if exercise is None else _exercise(exercise),
        "rules": [
            {"id": one.id, "sentence": one.sentence, "reason": one.reason, "grade": one.grade, "binding": one.binding}
            for one in rules
        ],
        "given_up": [{"rule": one.rule, "date": one.day.isoformat(), "text": one.text} for one in given_up],
        "left_out": left_out_document(aside.beside.left_out),
        "absent": aside.absence,
        "returning": returning_document(aside.beside.returning),
    }


def _both(one: SessionChange) -> dict[str, Any]:
    return {"before": session_document(one.before), "after": session_document(one.after)}


def _exercise(one: Exercise) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "how": one.how, "cues": list(one.cues), "faults": list(one.faults),
        "muscles": list(one.muscles), "evidence": one.evidence, "grade": one.evidence_grade,
        "stop_when": one.stop_when or None,
    }  # fmt: skip
