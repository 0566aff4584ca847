"""The screens of why an exercise is in a plan, and of what a rule did to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rich.console import Console, Group, RenderableType
from rich.table import Table
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


def _exercise_screen(told: ExerciseTold, plan: Plan, exercises: Exercises) -> RenderableType:
    exercise, sessions = told.exercise, told.sessions
    if not sessions:
        facts = two_columns()
        for label, text in absence_lines(told.absence, exercise, exercises) if told.absence else ():
            facts.add_row(label, Text(printable(text)))
        facts.add_row("how", Text(printable(exercise.how)))
        return Group(Text(f"{exercise.name} is not in the plan.", style="bold"), Text(""), facts, Text(""))
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
    table = two_columns()
    _rows(table, "doses", once(plan, doses))
    _rows(table, "because", once(plan, why))
    _rows(table, "left out", left_out_lines(plan, told.left_out, exercises))
    table.add_row("how", Text(printable(exercise.how)))
    for place, cue in enumerate(exercise.cues):
        table.add_row("" if place else "cues", Text(printable(cue)))
    table.add_row("trains", Text(printable(", ".join(exercise.muscles))))
    table.add_row("known from", Text(printable(f"{exercise.evidence} (evidence: {exercise.evidence_grade})")))
    if exercise.stop_when:
        table.add_row("stop when", Text(printable(exercise.stop_when)))
    answer = f"{exercise.name} stands in {counted(len(sessions), 'session')}, {when}."
    return Group(Text(answer, style="bold"), Text(""), table, Text(""))


def _dose(line: PlannedExercise, exercises: Exercises) -> str:
    """A line of a session without the exercise's name; which leg begins alternates and is told by the session."""
    bare = replace(line, first=None)
    return short_line(bare, exercises).removeprefix(exercise_name(line.exercise, exercises)).lstrip(": ")


def _rule_screen(
    rule: Rule, sessions: Sequence[PlannedSession], plan: Plan, given_up: Sequence[GivenUp]
) -> RenderableType:
    kind = "binding" if rule.binding else "a preference"
    table = two_columns()
    table.add_row("reason", Text(printable(rule.reason)))
    table.add_row("evidence", rule.grade)
    told = [(one.day, because.text) for one in sessions for because in one.because if because.rule == rule.id]
    _rows(table, "decided", once(plan, told))
    notes = [(run.day, run.note.replace(f" ({rule.id})", "")) for run in plan.runs if f"({rule.id})" in run.note]
    _rows(table, "in runs", once(plan, notes))
    advice = [one.text for one in plan.advice if one.rule == rule.id]
    for place, text in enumerate(advice):
        table.add_row("" if place else "advice", Text(printable(text)))
    _rows(table, "given up", once(plan, [(one.day, one.text) for one in given_up]))
    if not (told or given_up or notes or advice):
        table.add_row("here", "it holds, and no session stands where it does because of it alone")
    return Group(Text(printable(f"{rule.id}, {kind}: {rule.sentence}"), style="bold"), Text(""), table, Text(""))


def _rows(table: Table, label: str, told: Iterable[tuple[str, str]]) -> None:
    for place, (when, text) in enumerate(told):
        table.add_row("" if place else label, Text(printable(f"{when}: {text}")))
