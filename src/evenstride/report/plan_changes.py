"""What changes from one plan to the next, and why there is no plan at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from evenstride.errors import PlanConflict
from evenstride.model import Catalogue, PlannedExercise, PlannedSession
from evenstride.plan.difference import PlanDifference, SessionChange
from evenstride.report.looks import WIDTH_MAX, printable, two_columns
from evenstride.report.plan_answer import counted, stands_alone
from evenstride.report.plan_words import (
    Exercises,
    dose_words,
    exercise_line,
    exercise_name,
    minutes_words,
    session_words,
    short_day,
    time_words,
)


def difference_screen(
    difference: PlanDifference, *, catalogue: Catalogue | None = None, width: int = WIDTH_MAX
) -> RenderableType:
    """Return what changes from one plan to the next: sessions by name, minutes around runs in one line."""
    del width
    told = difference_told(difference, catalogue)
    table = two_columns()
    for label, lines in told.lines:
        for place, line in enumerate(lines):
            table.add_row("" if place else label, Text(printable(line)))
    parts: list[RenderableType] = [Text(""), table] if table.row_count else []
    return Group(Text(told.answer, style="bold"), *parts, Text(""))


@dataclass(frozen=True, kw_only=True)
class DifferenceTold:
    """What changes, in one sentence, and line by line: (label, lines)."""

    answer: str
    lines: Sequence[tuple[str, Sequence[str]]]


def difference_told(difference: PlanDifference, catalogue: Catalogue | None = None) -> DifferenceTold:
    """Return what changes from one plan to the next in words.

    >>> difference_told(PlanDifference()).answer
    'Nothing changes.'
    """
    exercises: Exercises = catalogue.exercises if catalogue else {}
    own = PlanDifference(
        added=tuple(filter(stands_alone, difference.added)),
        removed=tuple(filter(stands_alone, difference.removed)),
        moved=tuple(one for one in difference.moved if stands_alone(one.after)),
        changed=tuple(one for one in difference.changed if stands_alone(one.after)),
    )
    small = _number(difference) - _number(own)
    lines = [
        ("moved", [_moved(one, exercises) for one in own.moved]),
        ("added", [_named(one) for one in own.added]),
        ("removed", [_named(one) for one in own.removed]),
        ("changed", [_changed(one, exercises) for one in own.changed]),
    ]
    if small:
        with_them = f"{counted(small, 'short piece')} of mobility, around runs or by themselves"
        lines.append(("and with them", [with_them]))
    return DifferenceTold(answer=_difference_answer(own, small), lines=[one for one in lines if one[1]])


def conflict_text(conflict: PlanConflict, catalogue: Catalogue | None = None) -> str:
    """Return why there is no plan, the ways out with the least first, and what excludes one another.

    >>> print(conflict_text(PlanConflict("No strength session fits anywhere.", rules=("R-24H",),
    ...                                  inputs=("free: tue 40",), ways_out=("one more free day",))))
    No strength session fits anywhere.
    What would help, the least first:
      1. one more free day
    In each other's way:
      free: tue 40
      R-24H
    """
    rules = catalogue.rules if catalogue else {}
    lines = [conflict.text, *(["What would help, the least first:"] if conflict.ways_out else [])]
    lines += [f"  {place}. {way}" for place, way in enumerate(conflict.ways_out, start=1)]
    lines += ["In each other's way:", *(f"  {one}" for one in conflict.inputs)]
    lines += [f"  {name}{f': {rules[name].sentence}' if name in rules else ''}" for name in conflict.rules]
    return "\n".join(printable(line) for line in lines)


def _number(difference: PlanDifference) -> int:
    return len(difference.added) + len(difference.removed) + len(difference.moved) + len(difference.changed)


def _difference_answer(own: PlanDifference, small: int) -> str:
    parts = [
        f"{counted(len(found), 'session')} {word if len(found) > 1 else word + 's' if word != 'go' else 'goes'}"
        for found, word in ((own.moved, "move"), (own.added, "come"), (own.removed, "go"), (own.changed, "change"))
        if found
    ]
    if not parts:
        return "Only short pieces of mobility change; every session stays." if small else "Nothing changes."
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}; all others stay."


def _named(session: PlannedSession) -> str:
    return f"{_when(session)}: {session_words(session)}, {minutes_words(session.minutes)}"


def _when(session: PlannedSession) -> str:
    return f"{short_day(session.day)} {time_words(session.at)}".strip()


def _moved(change: SessionChange, exercises: Exercises) -> str:
    before, after = change.before, change.after
    more = f"; {'; '.join(told)}" if (told := _what_changed(before, after, exercises)) else ""
    return f"{session_words(after)}: from {_when(before)} to {_when(after)}{more}"


def _changed(change: SessionChange, exercises: Exercises) -> str:
    told = _what_changed(change.before, change.after, exercises)
    if change.before.at != change.after.at:
        was, now = (f"at {time_words(one.at)}" if one.at else "at any time" for one in (change.before, change.after))
        told.insert(0, f"{now}, {was} before")
    return f"{short_day(change.after.day)}, {session_words(change.after)}: {'; '.join(told) or 'its warm-up'}"


def _what_changed(before: PlannedSession, after: PlannedSession, exercises: Exercises) -> list[str]:
    """Minutes, exercises that come and go, and doses, in words."""
    told = []
    if before.minutes != after.minutes:
        told.append(f"{minutes_words(after.minutes)} instead of {minutes_words(before.minutes)}")
    was, now = ({one.exercise: one for one in session.exercises} for session in (before, after))
    told += [f"{exercise_name(name, exercises)} comes in" for name in now if name not in was]
    told += [f"{exercise_name(name, exercises)} goes out" for name in was if name not in now]
    for name, one in now.items():
        if name in was and exercise_line(was[name], exercises) != exercise_line(one, exercises):
            told.append(f"{exercise_name(name, exercises)}: {_what_differs(was[name], one)}")
    return told


def _what_differs(was: PlannedExercise, now: PlannedExercise) -> str:
    """The doses where they differ, the leg that begins where that does; nothing that stays is told again."""
    told = [f"{_doses(now)}, before {_doses(was)}"] if _doses(now) != _doses(was) else []
    if now.first and now.first != was.first:
        told.append(f"the {now.first} leg begins")
    return ", ".join(told)


def _doses(one: PlannedExercise) -> str:
    if one.both is not None or one.left == one.right:
        same = one.both if one.both is not None else one.left
        return f"{dose_words(same)}{'' if one.both is not None else ' each side'}"
    sides = (("left", one.left), ("right", one.right))
    return " | ".join(f"{side} {dose_words(dose) or '–'}" for side, dose in sides)
