"""What is said beside a plan: what of its lists cannot be done, why an exercise is not in it, a return to running."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rich.text import Text

from evenstride.model import Exercise, Plan, ReturnState
from evenstride.plan.left_out import Absence, LeftOut
from evenstride.plan.return_stages import stage_of_return
from evenstride.report.looks import printable
from evenstride.report.numbers import day_words
from evenstride.report.plan_answer import listed, once
from evenstride.report.plan_words import Exercises, exercise_name, short_day

CHANGE: Mapping[str, str] = {
    "equipment": "evenstride athlete change --equipment says what there is; evenstride plan replan follows it",
    "injury": "once it is over, evenstride athlete change --injury says so; evenstride plan replan follows it",
    "restriction": "the clinician's date; the plan has it again after that day",
    "return": "the next stages of the return: evenstride return show",
}
"""What would bring an exercise back, by what keeps it away."""
NAMES_MAX = 4


@dataclass(frozen=True, kw_only=True)
class PlanBeside:
    """What is known today beside a plan: exercises that its sessions do without, and a return that is under way."""

    left_out: Sequence[LeftOut] = ()
    returning: ReturnState | None = None


NOTHING = PlanBeside()


def return_sentence(state: ReturnState | None, *, says: str = "evenstride return show") -> str:
    """Return what a runner on the way back must know of a plan, with the stage; nothing where there is no return.

    ``says`` is where the return says what may be run.

    >>> day = date(2026, 5, 4)
    >>> print(return_sentence(ReturnState(side="left", site="calf", began=day, since=day, stage_since=day)))
    A return to running is under way (left calf, stage “walking and single-leg control” since 4 May 2026): evenstride
    return show says what you may run; the plan shows your runs as you entered them.
    """
    if state is None or state.finished_on is not None:
        return ""
    where = f"{state.side or 'both'} {state.site.replace('_', ' ')}"
    stage = f"stage “{stage_of_return(state.stage).label}” since {day_words(state.stage_since)}"
    first = f"A return to running is under way ({where}, {stage})"
    if state.referred:
        return f"{first}, and a clinician comes first: no running until then, whatever runs the plan shows."
    return f"{first}: {says} says what you may run; the plan shows your runs as you entered them."


def returning_text(beside: PlanBeside) -> list[Text]:
    """Return the same for a screen: one line of it, or none."""
    sentence = return_sentence(beside.returning)
    return [Text(printable(sentence), style="bold")] if sentence else []


def left_out_lines(plan: Plan, gone: Iterable[LeftOut], exercises: Exercises) -> list[tuple[str, str]]:
    """Return what is left out, what is left out for the same reason in the same weeks together: (weeks, text)."""
    lines: dict[tuple[str, str], list[str]] = {}
    for one in gone:
        days = [(session.day, one.why.text) for session in one.sessions]
        for weeks, cause in once(plan, days):
            lines.setdefault((weeks, cause), []).append(_swap(one, exercises))
    return [(weeks, f"{listed(names)}, as {cause}") for (weeks, cause), names in lines.items()]


def left_out_texts(gone: Iterable[LeftOut], exercises: Exercises) -> list[str]:
    """Return the same without weeks, for one session or one week."""
    lines: dict[str, list[str]] = {}
    for one in gone:
        lines.setdefault(one.why.text, []).append(_swap(one, exercises))
    return [f"{listed(list(dict.fromkeys(names)))}, as {cause}" for cause, names in lines.items()]


def of_session(beside: PlanBeside, session: str) -> list[LeftOut]:
    """Return what one session does without."""
    return [one for one in beside.left_out if any(two.id == session for two in one.sessions)]


def of_week(beside: PlanBeside, monday: date) -> list[LeftOut]:
    """Return what the sessions of one week do without."""
    last = monday + timedelta(days=6)
    return [one for one in beside.left_out if any(monday <= two.day <= last for two in one.sessions)]


def absence_lines(found: Absence, exercise: Exercise, exercises: Exercises) -> list[tuple[str, str]]:
    """Return why an exercise is not in a plan, and what would bring it there: (label, text).

    >>> from evenstride.plan.catalogue import load_catalogue
    >>> known = load_catalogue().exercises
    >>> absence_lines(Absence(kind="later_phase", phases=("advanced",)), known["bound"], known)
    [('because', 'it belongs to the advanced phase, which is not part of this plan')]
    """
    if found.kind == "hindered" and found.why is not None:
        names = [exercise_name(one, exercises) for one in dict.fromkeys(found.instead)]
        instead = [("instead", listed(names))] if names else []
        take = [("it would take", CHANGE[found.why.kind])] if found.why.kind in CHANGE else []
        return [("because", found.why.text), *instead, *take]
    if found.kind == "cut":
        days = sorted({one.day for one in found.sessions})
        when = (
            f"of {listed([short_day(day) for day in days])}" if len(days) <= NAMES_MAX else f"of {len(days)} sessions"
        )
        return [("because", f"it gave way to the minutes {when}"), ("it would take", "more free minutes on those days")]
    phases = f"{listed(list(found.phases))} phase{'s' * (len(found.phases) > 1)}"
    relatives = listed([exercise_name(one, exercises) for one in found.relatives[:NAMES_MAX]])
    told = {
        "later_phase": f"it belongs to the {phases}, which is not part of this plan",
        "jumps_later": "jumps wait for eight weeks of strength, and stay out of light weeks and the last days before a"
        " race",
        "not_now": f"it belongs to the {phases}; the sessions of that phase in this plan are too short, or light",
        "mobility": "mobility is chosen week by week by your minutes, for all joints and planes in turn; others have"
        " their turn here",
        "drill": "a plan has one or two running drills before hard runs; others come with a return to running",
        "other_list": f"no phase asks for it; it stands in where another {exercise.pattern.replace('_', ' ')} exercise"
        " cannot be done",
    }[found.kind]  # fmt: skip
    return [("because", told), *([("of its kind", relatives)] if relatives else [])]


def left_out_document(gone: Sequence[LeftOut]) -> list[dict[str, Any]]:
    """Return what is left out as JSON-ready entries."""
    return [
        {
            "exercise": one.exercise, "instead": one.instead, "kind": one.why.kind, "text": one.why.text,
            "sessions": [session.id for session in one.sessions],
        }
        for one in gone
    ]  # fmt: skip


def returning_document(state: ReturnState | None) -> dict[str, Any] | None:
    """Return a return that is under way as a JSON-ready value; None where there is none."""
    if state is None or state.finished_on is not None:
        return None
    return {
        "side": state.side, "site": state.site, "stage": state.stage, "step": state.step,
        "stage_since": state.stage_since.isoformat(), "text": return_sentence(state),
    }  # fmt: skip


def absence_document(found: Absence | None, exercise: Exercise | None, exercises: Exercises) -> dict[str, Any] | None:
    """Return why an exercise is not in a plan as a JSON-ready value."""
    if found is None or exercise is None:
        return None
    lines = dict(absence_lines(found, exercise, exercises))
    return {
        "kind": found.kind, "reason": found.why.kind if found.why else None, "text": lines["because"],
        "instead": list(dict.fromkeys(found.instead)), "relatives": list(found.relatives),
        "phases": list(found.phases), "would_take": lines.get("it would take"),
    }  # fmt: skip


def _swap(one: LeftOut, exercises: Exercises) -> str:
    name = exercise_name(one.exercise, exercises)
    if one.instead is None:
        return f"no {_small(name)}"
    return f"{_small(exercise_name(one.instead, exercises))} in place of {_small(name)}"


def _small(name: str) -> str:
    """A name inside a sentence; proper names at its beginning stay as they are."""
    return name if name.startswith(("Bulgarian", "Pallof", "Romanian", "A-", "B-")) else f"{name[0].lower()}{name[1:]}"
