"""A return to running as a JSON-ready document, ``evenstride.return/1``."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from evenstride.model import (
    Because,
    ReturnCheck,
    ReturnDecision,
    ReturnLock,
    ReturnSession,
    ReturnState,
    ReturnTransition,
    StrengthBeside,
)

SCHEMA = "evenstride.return/1"


def return_document(
    state: ReturnState,
    session: ReturnSession,
    *,
    missing: Sequence[ReturnCheck] = (),
    beside: StrengthBeside | None = None,
    decision: ReturnDecision | None = None,
) -> dict[str, Any]:
    """Return the document of where a return to running stands.

    >>> from evenstride.plan.return_to_run import prescribe, start_return
    >>> state = start_return(side="left", site="calf", today=date(2026, 5, 4))
    >>> return_document(state, prescribe(state))["stage"]
    'walking'
    """
    return {
        "schema": SCHEMA,
        "side": state.side,
        "site": state.site,
        "bone": state.bone,
        "began": state.began.isoformat(),
        "stage": state.stage,
        "step": state.step,
        "since": state.since.isoformat(),
        "stage_since": state.stage_since.isoformat(),
        "good_sessions": state.good,
        "referred": state.referred or None,
        "finished": _day(state.finished_on),
        "locks": [_lock(one) for one in state.locks],
        "session": _session(session),
        "missing": [_check(one) for one in missing],
        "beside": None if beside is None else _beside(beside),
        "decision": None if decision is None else _decision(decision),
        "history": [_transition(one) for one in state.history],
    }


def _session(one: ReturnSession) -> dict[str, Any]:
    return {
        "kind": one.kind, "text": one.text, "walk_minutes": one.walk_minutes, "run_minutes": one.run_minutes,
        "repeats": one.repeats, "minutes": one.minutes, "distance_km": one.distance_km, "rpe_0_10": one.rpe_0_10,
        "drills": list(one.drills), "rest_days": one.rest_days, "not_before": _day(one.not_before),
    }  # fmt: skip


def _decision(one: ReturnDecision) -> dict[str, Any]:
    return {
        "outcome": one.outcome,
        "because": [_because(why) for why in one.because],
        "checks": [_check(check) for check in one.checks],
        "remarks": [_because(remark) for remark in one.remarks],
    }


def _because(one: Because) -> dict[str, Any]:
    return {"rule": one.rule, "text": one.text}


def _check(one: ReturnCheck) -> dict[str, Any]:
    return {"rule": one.rule, "met": one.met, "text": one.text}


def _beside(one: StrengthBeside) -> dict[str, Any]:
    return {"aim": one.aim, "exercises": list(one.exercises), "watch": list(one.watch), "first": one.first}


def _lock(one: ReturnLock) -> dict[str, Any]:
    return {
        "by": one.by, "why": one.why, "since": one.since.isoformat(), "from_stage": one.stage,
        "until": _day(one.until), "name": one.name or None,
    }  # fmt: skip


def _transition(one: ReturnTransition) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(), "event": one.event, "rule": one.rule, "reason": one.reason,
        "from_stage": one.from_stage, "from_step": one.from_step, "to_stage": one.to_stage, "to_step": one.to_step,
        "by": one.by,
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
