"""The screens of why an exercise is in a plan, and of what a rule did to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rich.console import Console, Group, RenderableType
from rich.text import Text

from evenstride.model import Exercise, GivenUp, Plan, PlannedExercise, PlannedSession, Rule
from evenstride.plan.left_out import Absence, LeftOut
from evenstride.report.looks import print_screen, printable, two_columns
from evenstride.report.plan_answer import counted, once
from evenstride.report.plan_beside import absence_lines, left_out_lines
from evenstride.report.plan_words import Exercises, exercise_name, short_day, short_line


@dataclass(frozen=True, kw_only=True)
class ExerciseTold:
    """An exercise that was asked after: the sessions that it stands in, or why in none; where it is left out or in."""

    exercise: Exercise
    sessions: Sequence[PlannedSession] = ()
    left_out: Sequence[LeftOut] = ()
    absence: Absence | None = None


def print_why_exercise(told: ExerciseTold, plan: Plan, exercises: Exercises, *, console: Console | None = None) -> None:
    """Print why an exercise is in a plan or not, and how it is done."""
    print_screen(lambda _: _exercise_screen(told, plan, exercises), console)


def print_why_rule(
    rule: Rule,
    sessions: Sequence[PlannedSession],
    plan: Plan,
    *,
    given_up: Sequence[GivenUp] = (),
    console: Console | None = None,
) -> None:
    """Print what a rule says, why, how well that is known, and what it did to a plan."""
    print_screen(lambda _: _rule_screen(rule, sessions, plan, given_up), console)


Told = tuple[str, list[tuple[str, str]]]
"""An answer in one sentence, and what stands below it: (label, text), what belongs together in a row."""


def exercise_told(told: ExerciseTold, plan: Plan, exercises: Exercises) -> Told:
    """Return why an exercise is in a plan or not, and how it is done."""
    exercise, sessions = told.exercise, told.sessions
    if not sessions:
        absent = absence_lines(told.absence, exercise, exercises) if told.absence else []
        return f"{exercise.name} is not in the plan.", [*absent, ("how", exercise.how)]
    days = f"from {short_day(sessions[0].day)} to {short_day(sessions[-1].day)}"
    when = days if len(sessions) > 1 else f"on {short_day(sessions[0].day)}"
    why = [
        (one.day, line.because) for one in sessions for line in one.exercises
        if line.exercise == exercise.id and line.because
    ]  # fmt: skip
    doses = [
        (one.day, _dose(line, exercises))
        for one in sessions for line in one.exercises
        if line.exercise == exercise.id
    ]  # fmt: skip
    rows = [
        *_rows("doses", once(plan, doses)),
        *_rows("because", once(plan, why)),
        *_rows("left out", left_out_lines(plan, told.left_out, exercises)),
        ("how", exercise.how),
        *(("cues", cue) for cue in exercise.cues),
        ("trains", ", ".join(exercise.muscles)),
        ("known from", f"{exercise.evidence} (evidence: {exercise.evidence_grade})"),
        *([("stop when", exercise.stop_when)] if exercise.stop_when else []),
    ]
    return f"{exercise.name} stands in {counted(len(sessions), 'session')}, {when}.", rows


def rule_told(rule: Rule, sessions: Sequence[PlannedSession], plan: Plan, given_up: Sequence[GivenUp]) -> Told:
    """Return what a rule says, why, how well that is known, and what it did to a plan."""
    kind = "binding" if rule.binding else "a preference"
    told = [(one.day, because.text) for one in sessions for because in one.because if because.rule == rule.id]
    notes = [(run.day, run.note.replace(f" ({rule.id})", "")) for run in plan.runs if f"({rule.id})" in run.note]
    advice = [one.text for one in plan.advice if one.rule == rule.id]
    rows = [
        ("reason", rule.reason),
        ("evidence", str(rule.grade)),
        *_rows("decided", once(plan, told)),
        *_rows("in runs", once(plan, notes)),
        *(("advice", text) for text in advice),
        *_rows("given up", once(plan, [(one.day, one.text) for one in given_up])),
    ]
    if not (told or given_up or notes or advice):
        rows.append(("here", "it holds, and no session stands where it does because of it alone"))
    return f"{rule.id}, {kind}: {rule.sentence}", rows


def _exercise_screen(told: ExerciseTold, plan: Plan, exercises: Exercises) -> RenderableType:
    return _screen(exercise_told(told, plan, exercises))


def _dose(line: PlannedExercise, exercises: Exercises) -> str:
    """A line of a session without the exercise's name; which leg begins alternates and is told by the session."""
    bare = replace(line, first=None)
    return short_line(bare, exercises).removeprefix(exercise_name(line.exercise, exercises)).lstrip(": ")


def _rule_screen(
    rule: Rule, sessions: Sequence[PlannedSession], plan: Plan, given_up: Sequence[GivenUp]
) -> RenderableType:
    return _screen(rule_told(rule, sessions, plan, given_up))


def _screen(told: Told) -> RenderableType:
    answer, rows = told
    table = two_columns()
    before = ""
    for label, text in rows:
        table.add_row("" if label == before else label, Text(printable(text)))
        before = label
    return Group(Text(printable(answer), style="bold"), Text(""), table, Text(""))


def _rows(label: str, told: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, f"{when}: {text}") for when, text in told]
