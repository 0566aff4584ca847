"""A plan as its pages show it: a week, a month, a day, a session with its reasons, what changed last."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.model import Plan
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.athlete_document import WEEKDAYS as DAY_NAMES
from evenstride.report.plan_answer import last_day, near_day, plan_answer, plan_meaning
from evenstride.report.plan_beside import PlanBeside, return_sentence
from evenstride.report.plan_changes import difference_told
from evenstride.report.plan_page import (
    Shown,
    day_page,
    month_page,
    session_page,
    week_nearest,
    week_page,
    whole_facts,
)
from evenstride.report.plan_why import ExerciseTold, exercise_told, rule_told
from evenstride.report.plan_words import totals_words
from evenstride.service.home import Home
from evenstride.service.plan import Made, find_session, show
from evenstride.service.plan_beside import beside_plan, usable_for
from evenstride.service.plan_request import logs_of
from evenstride.service.plan_why import why
from evenstride.service.profile_text import WEEKDAYS
from evenstride.store import KeptPlan, plan_in_force

RETURN_PAGE = "its own page"
_OF_A_RUN = ("giving the ", "moving the ")


def plan_week(home: Home, day: date | None = None, *, held: KeptPlan | None = None) -> dict[str, Any] | None:
    """Return the week of a day (None: today's) or the nearest one that the plan has; None where there is no plan."""
    held = held or plan_in_force(home.store, home.athlete_id)
    if held is None:
        return None
    shown = _shown(home, held)
    plan, today = held.plan, home.today
    over = today > last_day(plan)
    return {
        "plan": held.number,
        "answer": plan_answer(plan, today),
        "meaning": "" if over else plan_meaning(plan, today),
        "over": over,
        "ends": near_day(last_day(plan), today),
        "totals": totals_words(plan),
        "why": held.why,
        "weeks": plan.weeks,
        "returning": return_sentence(shown.beside.returning, says=RETURN_PAGE),
        "whole": whole_facts(shown),
        "week": week_page(shown, week_nearest(plan, day or today)),
    }


def first_training(plan: Plan) -> date | None:
    """Return the day of the first session that is more than mobility: what somebody new to a plan looks for."""
    return min((one.day for one in plan.sessions if one.kind != "mobility"), default=None)


def plan_month(home: Home, month: date | None = None) -> dict[str, Any] | None:
    """Return a month of the plan (None: today's, or the nearest that it has); None where there is no plan."""
    held = plan_in_force(home.store, home.athlete_id)
    if held is None:
        return None
    near = month or min(max(home.today, held.plan.start), last_day(held.plan))
    return month_page(_shown_bare(home, held), near) | {"answer": plan_answer(held.plan, home.today)}


def plan_day(home: Home, day: date) -> dict[str, Any]:
    """Return one day of the plan.

    Raises
    ------
    InvalidRequest
        The plan has no such day.
    """
    held = show(home)
    if not held.plan.start <= day <= last_day(held.plan):
        first, last = held.plan.start, last_day(held.plan)
        raise InvalidRequest(f"{day} is beyond the plan.", help=f"It goes from {first} to {last}.")
    week = week_nearest(held.plan, day)
    return day_page(_shown_bare(home, held), week, day) | {"monday": week.monday.isoformat(), "plan": held.number}


def plan_session(home: Home, session: str) -> dict[str, Any]:
    """Return one session with every reason. UnknownEntry where there is none of that name."""
    held = show(home)
    return session_page(_shown(home, held), find_session(held.plan, session)) | {"plan": held.number}


def plan_asked(home: Home, asked: str) -> dict[str, Any]:
    """Return why an exercise or a rule stands in the plan; ``session`` names the session where one was asked after.

    Raises
    ------
    UnknownEntry
        There is none of that name; near misses are named.
    """
    plan = show(home).plan
    answer = why(plan, asked, usable=usable_for(home, plan))
    exercises = load_catalogue().exercises
    if answer.asked == "session":
        return {"session": answer.sessions[0].id}
    if answer.exercise is not None:
        found = ExerciseTold(
            exercise=answer.exercise, sessions=answer.sessions, left_out=answer.left_out, absence=answer.absence
        )
        said, rows = exercise_told(found, plan, exercises)
    else:
        said, rows = rule_told(answer.rules[0], answer.sessions, plan, answer.given_up)
    lines: dict[str, list[str]] = {}
    for label, text in rows:
        lines.setdefault(label, []).append(text)
    return {"session": None, "answer": said, "rows": list(lines.items())}


def change_told(made: Made) -> dict[str, Any]:
    """Return what a change did to the plan, in the words of every door, and whether it can be taken back."""
    told = difference_told(made.difference, load_catalogue())
    kept = made.kept
    return {
        "answer": told.answer,
        "lines": [(label, list(lines)) for label, lines in told.lines],
        "notes": [note for note in made.notes if "evenstride " not in note],
        "plan": kept.number if kept else None,
        "nothing": made.difference.nothing,
    }


@dataclass(frozen=True, kw_only=True)
class ConflictTold:
    """Why there is no plan, or no such move: the sentence, what excludes one another, the ways out.

    Of each input and way out it is said what it is about, as inputs are written: ``free: tue …``, ``runs: thu …``,
    ``race: …``, ``locked: SESSION``, or ``move``; the day or session may be left out.
    """

    text: str
    ways: tuple[tuple[str, str], ...]
    inputs: tuple[tuple[str, str], ...]
    rules: tuple[tuple[str, str], ...]


def conflict_told(conflict: PlanConflict) -> ConflictTold:
    """Return a conflict with its rules in words, for pages that lead to what would help."""
    rules = load_catalogue().rules
    return ConflictTold(
        text=conflict.text,
        ways=tuple((way.partition(": evenstride")[0], _about(way, conflict)) for way in conflict.ways_out),
        inputs=tuple((one, one) for one in conflict.inputs),
        rules=tuple((one, rules[one].sentence if one in rules else "") for one in conflict.rules),
    )


def _about(way: str, conflict: PlanConflict) -> str:
    """What a way out asks somebody to change: a day's run or free minutes, what is locked, or the move itself."""
    if any(one.startswith("move:") for one in conflict.inputs):
        return "move"
    if way.startswith("unlock"):
        return next((one for one in conflict.inputs if one.startswith("locked:")), "locked")
    day = next((key for name, key in zip(DAY_NAMES, WEEKDAYS, strict=True) if name in way), "")
    if not day:
        return "free"
    return f"runs: {day}" if way.startswith(_OF_A_RUN) else f"free: {day}"


def _shown(home: Home, held: KeptPlan) -> Shown:
    return replace(_shown_bare(home, held), beside=beside_plan(home, held.plan))


def _shown_bare(home: Home, held: KeptPlan) -> Shown:
    """The same without what is left out, where that is not told."""
    done = frozenset(log.session for log in logs_of(home) if log.done)
    return Shown(plan=held.plan, catalogue=load_catalogue(), today=home.today, beside=PlanBeside(), done=done)


__all__ = [
    "ConflictTold", "change_told", "conflict_told", "first_training", "plan_asked", "plan_day", "plan_month",
    "plan_session", "plan_week",
]  # fmt: skip
