"""What was told, decided and tried, as tables and documents for an export."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from evenstride.model import DayLog, ExerciseLog, Pain, RunLog, SessionLog
from evenstride.report.log_document import day_log_document, run_log_document, session_log_document
from evenstride.review.checklist import load_checklists, run_score
from evenstride.service.home import Home
from evenstride.store import (
    KeptEntry,
    LogKind,
    day_logs,
    log_history,
    review_history,
    reviews,
    run_logs,
    session_logs,
    templates,
    trials,
)
from evenstride.store.codec import to_json

ITEMS = tuple(one.id for one in load_checklists()["run"])
SESSION_COLUMNS = (
    "date", "session", "kind", "type", "done", "as_planned", "effort_0_10", "minutes", "exercise", "leg", "reps",
    "load_kg", "clean", "in_reserve", "pain_0_10", "pain_site", "pain_side", "pain_kind", "soreness_0_10",
    "soreness_hours", "note",
)  # fmt: skip
FELT_COLUMNS = (
    "date", "run", "by", "name", "score_0_100", *ITEMS, "harder", "effort_0_10", "minutes", "before_numbers",
    "without_device", "pain", "cues", "block", "first", "note",
)  # fmt: skip
DAY_COLUMNS = (
    "date", "sleep_hours", "mood_0_4", "resting_heart_rate_bpm", "stiffness", "soreness_0_10", "soreness_hours",
    "pain", "red_flags", "cleared_by", "note",
)  # fmt: skip


def session_rows(home: Home) -> Iterator[Mapping[str, Any]]:
    """Yield a row for each leg of each exercise; a session without exercises has one row."""
    for kept in session_logs(home.store, home.athlete_id):
        log = kept.log
        same = {
            "date": log.day.isoformat(), "session": log.session, "kind": log.kind, "type": log.type,
            "done": log.done, "as_planned": log.as_planned, "effort_0_10": log.effort_0_10, "minutes": log.minutes,
            "soreness_0_10": log.soreness_0_10, "soreness_hours": log.soreness_hours, "note": log.note,
        }  # fmt: skip
        if not log.exercises:
            yield same
        for one in log.exercises:
            yield from (same | row for row in _leg_rows(one))


def felt_rows(home: Home) -> Iterator[Mapping[str, Any]]:
    """Yield a row for each run that runner or coach told of."""
    for kept in run_logs(home.store, home.athlete_id):
        log, score = kept.log, run_score(kept.log)
        yield {
            "date": log.day.isoformat(), "run": log.run, "by": log.by, "name": log.name,
            "score_0_100": None if score is None else round(score.value, 1), "harder": log.harder,
            "effort_0_10": log.effort_0_10, "minutes": log.minutes, "before_numbers": log.before_numbers,
            "without_device": log.without_device, "pain": _pains(log.pain), "cues": "; ".join(log.cues),
            "block": log.block, "first": log.first, "note": log.note,
        } | {name: log.items.get(name) for name in ITEMS}  # fmt: skip


def day_rows(home: Home) -> Iterator[Mapping[str, Any]]:
    """Yield a row for each morning."""
    for kept in day_logs(home.store, home.athlete_id):
        log = kept.log
        stiff = "; ".join(f"{one.side or ''} {one.joint} {one.value_0_10:g}".strip() for one in log.stiffness)
        yield {
            "date": log.day.isoformat(), "sleep_hours": log.sleep_hours, "mood_0_4": log.mood_0_4,
            "resting_heart_rate_bpm": log.resting_heart_rate_bpm, "stiffness": stiff,
            "soreness_0_10": log.soreness_0_10, "soreness_hours": log.soreness_hours, "pain": _pains(log.pain),
            "red_flags": "; ".join(log.red_flags), "cleared_by": log.cleared_by, "note": log.note,
        }  # fmt: skip


def logs_document(home: Home) -> dict[str, Any]:
    """Return every entry ever told, corrected and taken-back ones included."""
    kinds: tuple[LogKind, ...] = ("session", "run", "day")
    history = {kind: log_history(home.store, home.athlete_id, kind) for kind in kinds}
    return {
        "schema": "evenstride.logs/1",
        **{f"{kind}s": [_entry(one) for one in found] for kind, found in history.items()},
    }


def decisions_document(home: Home) -> dict[str, Any]:
    """Return reviews with every version, trials and prescribed sessions, in the fields in which they are kept."""
    weeks = [one.review.week for one in reviews(home.store, home.athlete_id)]
    versions = [one for week in weeks for one in review_history(home.store, home.athlete_id, week)]
    return {
        "schema": "evenstride.decisions/1",
        "reviews": [
            {"made": one.made.isoformat(), "plan": one.plan_number, **json.loads(to_json(one.review))}
            for one in versions
        ],
        "trials": [json.loads(to_json(one)) for one in trials(home.store, home.athlete_id)],
        "session_templates": [json.loads(to_json(one)) for one in templates(home.store, home.athlete_id)],
    }  # fmt: skip


def _entry(kept: KeptEntry[Any]) -> dict[str, Any]:
    log: SessionLog | RunLog | DayLog = kept.log
    if isinstance(log, SessionLog):
        told = session_log_document(log)
    else:
        told = run_log_document(log) if isinstance(log, RunLog) else day_log_document(log)
    removed = kept.removed.isoformat() if kept.removed else None
    return {"logged": kept.logged.isoformat(), "removed": removed, **told}


def _leg_rows(one: ExerciseLog) -> Iterator[dict[str, Any]]:
    for leg, reps, load, clean, reserve in (
        ("left", one.left_reps, one.left_load_kg, one.clean_left, one.left_in_reserve),
        ("right", one.right_reps, one.right_load_kg, one.clean_right, one.right_in_reserve),
    ):
        yield {
            "exercise": one.exercise, "leg": leg, "reps": "; ".join(f"{each:g}" for each in reps), "load_kg": load,
            "clean": clean, "in_reserve": reserve, "pain_0_10": one.pain_0_10, "pain_site": one.pain_site,
            "pain_side": one.pain_side, "pain_kind": one.pain_kind,
        }  # fmt: skip


def _pains(pains: tuple[Pain, ...]) -> str:
    return "; ".join(f"{one.value_0_10:g} {one.side or ''} {one.site} {one.kind}".strip() for one in pains)
