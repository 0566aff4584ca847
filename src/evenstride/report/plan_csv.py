"""A plan as a table: one line for each exercise of each session and each side, units in the names of the columns."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from evenstride.model import Dose, Plan, PlannedExercise, PlannedSession
from evenstride.report.plan_words import Exercises, exercise_name, time_words

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "session", "date", "time", "slot", "kind", "type", "phase", "session_minutes", "warm_up", "order", "exercise",
    "exercise_name", "side", "first", "sets", "reps", "hold_s", "load_kg", "band", "tempo_s", "rest_s",
    "reps_in_reserve", "because",
)  # fmt: skip


def plan_csv(plan: Plan, exercises: Exercises) -> str:
    """Return the plan's sessions as a table, left before right; a session without exercises has one line.

    ``first`` is yes where the exercise begins on that side. ``load_kg`` is 0 with body weight.

    Examples
    --------
    >>> from datetime import date
    >>> from evenstride.model import SolverStatus
    >>> squat = PlannedExercise(exercise="split_squat", because="knee", left=Dose(sets=3, reps=12),
    ...                         right=Dose(sets=3, reps=12))
    >>> session = PlannedSession(id="s", day=date(2026, 5, 8), slot="free", kind="strength", minutes=20,
    ...                          exercises=(squat,))
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(session,),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> [line.split(",")[12:16] for line in plan_csv(plan, {}).splitlines()[1:]]
    [['left', '', '3', '12'], ['right', '', '3', '12']]
    """
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for session in plan.sessions:
        for row in _rows(session, exercises):
            table.writerow({name: _cell(value) for name, value in row.items()})
    return text.getvalue()


def _rows(session: PlannedSession, exercises: Exercises) -> Iterator[Mapping[str, Any]]:
    whole: dict[str, Any] = {
        "session": session.id,
        "date": session.day.isoformat(),
        "time": time_words(session.at),
        "slot": session.slot,
        "kind": session.kind,
        "type": session.type,
        "phase": session.phase,
        "session_minutes": session.minutes,
        "warm_up": "; ".join(exercise_name(one, exercises) for one in session.warm_up),
    }
    if not session.exercises:
        yield whole | {"because": "; ".join(why.text for why in session.because)}
    for order, one in enumerate(session.exercises, start=1):
        own = whole | {"order": order, "exercise_name": exercise_name(one.exercise, exercises)}
        for side, dose in (("left", one.left), ("right", one.right), ("both", one.both)):
            if dose is not None:
                yield own | _dosed(one, side, dose)


def _dosed(one: PlannedExercise, side: str, dose: Dose) -> dict[str, Any]:
    return {
        "exercise": one.exercise,
        "side": side,
        "first": "yes" if one.first == side else "",
        "sets": dose.sets,
        "reps": dose.reps,
        "hold_s": dose.hold_s,
        "load_kg": dose.load_kg,
        "band": dose.band,
        "tempo_s": one.tempo,
        "rest_s": one.rest_s,
        "reps_in_reserve": one.reps_in_reserve,
        "because": one.because,
    }


def _cell(value: Any) -> Any:
    """Numbers as short as they are; text as it is, unless a spreadsheet would take it for a formula."""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, str) and value.startswith(FORMULA_BEGINS):
        return f"'{value}"
    return value
