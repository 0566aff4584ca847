"""What is shown of something just told: what is kept of it, what to mind, and what takes it back."""

from typing import Any

from evenstride.model import DayLog, RunLog
from evenstride.report.log_terminal import (
    HARDER,
    done_words,
    hurting_words,
    pain_words,
    score_words,
    soreness_words,
)
from evenstride.report.plan_words import dose_words, exercise_name, session_words, short_day
from evenstride.service.logs import LoggedDay, LoggedRun, LoggedSession, known_exercises

_OF_A_TERMINAL = "evenstride "


def session_shown(logged: LoggedSession) -> dict[str, Any]:
    """Return what is kept of a session, side by side with what was asked."""
    log, known = logged.log, known_exercises()
    title = session_words(logged.planned) if logged.planned else ""
    rows = [
        {
            "name": exercise_name(one.exercise, known), "side": one.side, "asked": dose_words(one.asked),
            "done": done_words(one.reps, one.load_kg, seconds=one.asked is not None and one.asked.hold_s is not None),
            "remark": "less" if one.less else "more" if one.more else "",
        }
        for one in logged.compared
    ]  # fmt: skip
    facts = {
        "effort": f"{log.effort_0_10:g}" if log.effort_0_10 is not None else "",
        "load": f"{log.load:.0f}" if log.load is not None else "",
        "self_check": score_words(logged.score) if log.self_check else "",
        "pain": "; ".join((*hurting_words(log, known), *(pain_words(one) for one in log.pain))),
        "soreness": soreness_words(log.soreness_0_10, log.soreness_hours),
        "note": log.note,
    }
    different = [one for one in rows if one["remark"]]
    whole = log.as_planned and not different and not facts["pain"]
    key = "log.kept_missed" if not log.done else "log.kept_as_planned" if whole else "log.kept_session"
    return {
        "kind": "session", "number": logged.number, "key": key, "what": title, "day_words": short_day(log.day),
        "rows": different, "same": len(rows) - len(different), "facts": _said(facts), "minding": logged.warnings,
        "notes": _for_a_page(logged.notes), "stop": "", "numbers": "", "corrected": logged.corrected,
        "effort_asked": log.done and log.effort_0_10 is None and bool(log.session), "run": "",
        "again": f"/log/sessions/{log.session}" if log.session else "",
    }  # fmt: skip


def run_shown(logged: LoggedRun, *, numbers: str) -> dict[str, Any]:
    """Return what is kept of a run, and now what was measured."""
    log = logged.log
    return {
        "kind": "run", "number": logged.number, "key": "log.kept_coach" if log.by == "coach" else "log.kept_run",
        "what": log.name, "day_words": short_day(log.day), "rows": (), "same": 0,
        "facts": _said({
            "checklist": score_words(logged.score) if log.items else "", "felt": _felt(log),
            "effort": f"{log.effort_0_10:g}" if log.effort_0_10 is not None else "",
            "load": f"{log.load:.0f}" if log.load is not None else "",
            "pain": "; ".join(pain_words(one) for one in log.pain),
            "cues": ", ".join(one.replace("_", " ") for one in log.cues), "note": log.note,
        }),
        "minding": (), "notes": _for_a_page((logged.block.text if logged.block else "", *logged.notes)), "stop": "",
        "numbers": numbers, "corrected": False, "effort_asked": False, "run": log.run,
        "again": f"/log/runs/{log.run or log.day}",
    }  # fmt: skip


def day_shown(logged: LoggedDay) -> dict[str, Any]:
    """Return what is kept of a morning; what a red flag means comes first."""
    log = logged.log
    return {
        "kind": "day", "number": logged.number, "key": "log.kept_morning", "what": "", "day_words": short_day(log.day),
        "rows": (), "same": 0, "facts": _said(_morning(log)), "minding": (), "notes": (), "stop": logged.stop,
        "numbers": "", "corrected": False, "effort_asked": False, "run": "", "again": f"/log/mornings/{log.day}",
    }  # fmt: skip


def _morning(log: DayLog) -> dict[str, str]:
    stiff = (f"{one.side or ''} {one.joint} {one.value_0_10:g} of 10".strip() for one in log.stiffness)
    return {
        "sleep": f"{log.sleep_hours:g} h" if log.sleep_hours is not None else "",
        "mood": f"{log.mood_0_4} of 4" if log.mood_0_4 is not None else "",
        "resting": f"{log.resting_heart_rate_bpm:g} bpm" if log.resting_heart_rate_bpm is not None else "",
        "stiff": "; ".join(stiff),
        "soreness": soreness_words(log.soreness_0_10, log.soreness_hours),
        "pain": "; ".join(pain_words(one) for one in log.pain),
        "cleared": log.cleared_by,
        "note": log.note,
    }


def _felt(log: RunLog) -> str:
    return HARDER[log.harder] if log.harder else ""


def _said(facts: dict[str, str]) -> list[tuple[str, str]]:
    return [(f"log.fact.{name}", text) for name, text in facts.items() if text]


def _for_a_page(notes: tuple[str, ...]) -> list[str]:
    """Notes but for those that name a command: a page has its own way for each of them."""
    return [one for one in notes if one and _OF_A_TERMINAL not in one and "--" not in one]
