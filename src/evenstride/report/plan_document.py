"""The programme as JSON-ready documents, ``evenstride.plan/1`` and ``evenstride.conflict/1``."""

from datetime import date, time
from typing import Any

from evenstride.errors import PlanConflict
from evenstride.model import (
    Because,
    CalendarRun,
    Dose,
    GivenUp,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanWeek,
    Reassessment,
)
from evenstride.plan.mobility_coverage import coverage
from evenstride.report.document import json_number
from evenstride.report.plan_answer import monday
from evenstride.report.plan_beside import NOTHING, PlanBeside, left_out_document, returning_document
from evenstride.report.plan_coverage import coverage_document

SCHEMA = "evenstride.plan/1"
CONFLICT_SCHEMA = "evenstride.conflict/1"


def plan_document(plan: Plan, beside: PlanBeside = NOTHING) -> dict[str, Any]:
    """Return the document of a plan, with what is known beside it on the day of asking."""
    return {
        "schema": SCHEMA,
        "athlete": plan.athlete,
        "from": plan.start.isoformat(),
        "weeks": plan.weeks,
        "solver": {
            "status": plan.solver.status,
            "gap": plan.solver.gap,
            "seconds": json_number(plan.solver.seconds),
            "blocks": plan.solver.blocks,
        },
        "calendar_weeks": [_week(one, plan) for one in plan.week_list],
        "runs": [_run(one) for one in plan.runs],
        "sessions": [session_document(one) for one in plan.sessions],
        "given_up": [_given_up(one) for one in plan.given_up],
        "reassessments": [_reassessment(one) for one in plan.reassessments],
        "advice": [_because(one) for one in plan.advice],
        "left_out": left_out_document(beside.left_out),
        "returning": returning_document(beside.returning),
        "totals": dict(plan.totals),
    }


def session_document(session: PlannedSession) -> dict[str, Any]:
    """Return one session as it stands in the plan's document.

    >>> from evenstride.model import PlannedSession
    >>> one = PlannedSession(id="a", day=date(2026, 5, 8), slot="free", kind="mobility", minutes=10)
    >>> document = session_document(one)
    >>> document["date"], document["time"], document["hard"]
    ('2026-05-08', None, False)
    """
    mobility = session.mobility
    return {
        "id": session.id,
        "date": session.day.isoformat(),
        "slot": session.slot,
        "time": _time(session.at),
        "kind": session.kind,
        "type": session.type,
        "phase": session.phase,
        "hard": session.hard,
        "plyometric": session.plyometric,
        "locked": session.locked,
        "minutes": session.minutes,
        "assumes": list(session.assumes),
        "because": [_because(one) for one in session.because],
        "trimmed": list(session.trimmed),
        "warm_up": list(session.warm_up),
        "mobility": None
        if mobility is None
        else {"style": mobility.style, "joints": list(mobility.joints), "planes": list(mobility.planes)},
        "exercises": [_exercise(one) for one in session.exercises],
    }


def conflict_document(conflict: PlanConflict) -> dict[str, Any]:
    """Return the document of a request that no plan can serve."""
    return {
        "schema": CONFLICT_SCHEMA,
        "rules": list(conflict.rules),
        "inputs": list(conflict.inputs),
        "text": conflict.text,
        "ways_out": list(conflict.ways_out),
    }


def _exercise(one: PlannedExercise) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "because": one.because,
        "first": one.first,
        "tempo": one.tempo or None,
        "rest_seconds": one.rest_s,
        "reps_in_reserve": one.reps_in_reserve,
        "left": _dose(one.left),
        "right": _dose(one.right),
        "both": _dose(one.both),
    }


def _dose(dose: Dose | None) -> dict[str, Any] | None:
    if dose is None:
        return None
    document: dict[str, Any] = {"sets": dose.sets, "reps": dose.reps, "hold_seconds": json_number(dose.hold_s)}
    return document | ({"band": dose.band} if dose.band else {"load_kg": dose.load_kg})


def _week(one: PlanWeek, plan: Plan) -> dict[str, Any]:
    sessions = [two for two in plan.sessions if monday(two.day) == one.monday]
    return {
        "monday": one.monday.isoformat(), "number": one.number, "part": one.part, "load": one.load, "phase": one.phase,
        "coverage": coverage_document(coverage(sessions)),
    }  # fmt: skip


def _run(run: CalendarRun) -> dict[str, Any]:
    return {
        "date": run.day.isoformat(), "time": _time(run.at), "kind": run.kind, "minutes": run.minutes,
        "km": json_number(run.km), "note": run.note or None,
    }  # fmt: skip


def _given_up(one: GivenUp) -> dict[str, Any]:
    return {"rule": one.rule, "date": _date(one.day), "text": one.text}


def _reassessment(one: Reassessment) -> dict[str, Any]:
    return {"date": _date(one.day), "text": one.text}


def _because(one: Because) -> dict[str, Any]:
    return {"rule": one.rule, "text": one.text}


def _date(day: date) -> str:
    return day.isoformat()


def _time(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"
