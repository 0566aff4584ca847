"""Logs as JSON-ready documents: ``evenstride.log_session/1``, ``log_run/1``, ``log_day/1`` and ``log/1``."""

from collections.abc import Mapping, Sequence
from typing import Any

from evenstride.model import DayLog, Dose, ExerciseLog, Pain, PlannedSession, RunLog, SessionLog
from evenstride.model.season import Estimated
from evenstride.review.checklist import Agreement, ChecklistScore, ScoreTrend
from evenstride.review.load import WeekOfLoad

SESSION_SCHEMA = "evenstride.log_session/1"
RUN_SCHEMA = "evenstride.log_run/1"
DAY_SCHEMA = "evenstride.log_day/1"
SCHEMA = "evenstride.log/1"


def session_log_document(log: SessionLog) -> dict[str, Any]:
    """Return what was done of one session.

    >>> from datetime import date
    >>> session_log_document(SessionLog(session="", day=date(2026, 5, 4), effort_0_10=6, minutes=30))["load"]
    180
    """
    return {
        "session": log.session or None, "date": log.day.isoformat(), "done": log.done, "kind": log.kind,
        "type": log.type, "as_planned": log.as_planned, "effort_0_10": log.effort_0_10, "minutes": log.minutes,
        "load": log.load, "exercises": [_exercise(one) for one in log.exercises], "self_check": dict(log.self_check),
        "pain": [_pain(one) for one in log.pain], "soreness_0_10": log.soreness_0_10,
        "soreness_hours": log.soreness_hours, "note": log.note,
    }  # fmt: skip


def run_log_document(log: RunLog) -> dict[str, Any]:
    """Return how one run felt, or looked to a coach."""
    return {
        "run": log.run or None, "date": log.day.isoformat(), "by": log.by, "name": log.name or None,
        "items": dict(log.items), "harder": log.harder, "effort_0_10": log.effort_0_10, "minutes": log.minutes,
        "load": log.load, "kind": log.kind, "before_numbers": log.before_numbers,
        "without_device": log.without_device, "pain": [_pain(one) for one in log.pain], "cues": list(log.cues),
        "block": log.block or None, "first": log.first, "note": log.note,
    }  # fmt: skip


def day_log_document(log: DayLog) -> dict[str, Any]:
    """Return what one morning was like."""
    return {
        "date": log.day.isoformat(), "sleep_hours": log.sleep_hours, "mood_0_4": log.mood_0_4,
        "resting_heart_rate_bpm": log.resting_heart_rate_bpm,
        "stiffness": [{"joint": one.joint, "side": one.side, "value_0_10": one.value_0_10} for one in log.stiffness],
        "soreness_0_10": log.soreness_0_10, "soreness_hours": log.soreness_hours,
        "pain": [_pain(one) for one in log.pain], "red_flags": list(log.red_flags),
        "cleared_by": log.cleared_by or None, "note": log.note,
    }  # fmt: skip


def score_document(score: ChecklistScore | None) -> dict[str, Any] | None:
    """Return what a checklist came to; None where too little of it was rated."""
    if score is None:
        return None
    return {"value": round(score.value, 1), "rated": score.rated, "of": score.of}


def trend_document(trend: ScoreTrend | None) -> dict[str, Any] | None:
    """Return how the score of runs moves; None where it is too early."""
    if trend is None:
        return None
    return {"points_per_4_weeks": _estimated(trend.per_4_weeks), "n_runs": trend.n, "days": trend.days}


def agreement_document(found: Agreement) -> dict[str, Any]:
    """Return how far runner and coach are apart."""
    return {
        "n_runs": found.n_runs, "too_early": found.too_early, "coach_minus_runner": _estimated(found.bias),
        "item_difference": _estimated(found.item_difference),
    }  # fmt: skip


def load_document(week: WeekOfLoad) -> dict[str, Any]:
    """Return the session load of one week."""
    return {
        "monday": week.monday.isoformat(), "total": week.total, "known_days": week.known_days,
        "unrated": week.unrated, "monotony": week.monotony, "strain": week.strain,
    }  # fmt: skip


def waiting_document(sessions: Sequence[PlannedSession], runs: Sequence[str], *, morning: bool) -> dict[str, Any]:
    """Return what waits to be told."""
    return {
        "sessions": [{"id": one.id, "date": one.day.isoformat(), "kind": one.kind} for one in sessions],
        "runs": list(runs), "morning": morning,
    }  # fmt: skip


def dose_document(dose: Dose | None) -> dict[str, Any] | None:
    """Return what was asked of one side."""
    if dose is None:
        return None
    asked: dict[str, Any] = {"sets": dose.sets, "reps": dose.reps, "hold_seconds": dose.hold_s}
    return asked | ({"band": dose.band} if dose.band else {"load_kg": dose.load_kg})


def told_document(schema: str, log: Mapping[str, Any], **beside: Any) -> dict[str, Any]:
    """Return a log just told with what is said beside it."""
    return {"schema": schema, **log, **beside}


def _exercise(one: ExerciseLog) -> dict[str, Any]:
    pain = Pain(value_0_10=one.pain_0_10, site=one.pain_site, side=one.pain_side, kind=one.pain_kind)
    sides = {
        side: {"reps": list(reps), "load_kg": load, "clean": clean, "in_reserve": reserve}
        for side, reps, load, clean, reserve in (
            ("left", one.left_reps, one.left_load_kg, one.clean_left, one.left_in_reserve),
            ("right", one.right_reps, one.right_load_kg, one.clean_right, one.right_in_reserve),
        )
    }  # fmt: skip
    return {"exercise": one.exercise, **sides, "pain": _pain(pain), "stopped_early": one.stopped_early}


def _pain(one: Pain) -> dict[str, Any]:
    return {"value_0_10": one.value_0_10, "site": one.site or None, "side": one.side, "kind": one.kind or None}


def _estimated(one: Estimated | None) -> dict[str, float] | None:
    return None if one is None else {"value": one.value, "low": one.low, "high": one.high}
