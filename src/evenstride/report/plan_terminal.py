"""The plan's screen: the answer, today, the weeks, how the work grows, what it rests on, what was given up.

Left is in the left column, right in the right one, whichever leg begins.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenstride.model import Catalogue, Plan, PlannedExercise, PlannedSession
from evenstride.plan.difference import PlanDifference
from evenstride.report.looks import STYLES, WIDTH_MAX, as_text, print_screen, printable, two_columns
from evenstride.report.plan_answer import (
    WEEK,
    ShownWeek,
    around_words,
    is_pocket,
    listed,
    once,
    plan_answer,
    plan_meaning,
    shown_weeks,
    stands_alone,
    strengthens,
    weeks_words,
)
from evenstride.report.plan_beside import NOTHING, PlanBeside, left_out_lines, returning_text
from evenstride.report.plan_changes import conflict_text, difference_screen
from evenstride.report.plan_coverage import coverage_words
from evenstride.report.plan_details import session_screen, side_doses, week_screen
from evenstride.report.plan_week_words import bare_assumption
from evenstride.report.plan_words import (
    PHASES,
    RUNS,
    TITLES,
    WEEKDAYS,
    Exercises,
    exercise_name,
    minutes_words,
    run_words,
    time_words,
    totals_words,
)

__all__ = ["conflict_text", "plan_screen", "plan_text", "print_difference", "print_plan", "print_session", "print_week"]

WEEK_WIDTH, CELL_WIDTH = 9, 12
RUNS_MAX, AROUND_MAX, COVERS_MAX, GIVEN_UP_MAX, ADVICE_MAX, LEFT_OUT_MAX = 8, 4, 4, 8, 4, 8
SPACED_WEEKS = 16
"""So many weeks have a blank line between them."""
SHORT_NAMES = {"strength": "Strength", "micro": "Short", "test": "Tests", "mobility": "Mobility", "drills": "Drills"}
"""In the grid sessions begin with a capital, runs do not."""
_TEST_DAY = re.compile(r" \(test of [^()]*\)$")
_AGAIN = ", and each test after it"
LEGEND = "Small letters: your runs. Capitals: sessions, with their minutes (′)."
NARROW_LEGEND = "Small letters: your runs. Capitals: sessions; all but mobility with their minutes (′)."
SHORT = " “Short” is short strength, as it is in season."


def print_plan(
    plan: Plan,
    catalogue: Catalogue,
    *,
    today: date,
    week: int | None = None,
    beside: PlanBeside = NOTHING,
    console: Console | None = None,
) -> None:
    """Print a plan, or one week of it by its number, on standard output or on the console given."""
    print_screen(
        lambda width: plan_screen(plan, catalogue, today=today, week=week, beside=beside, width=width), console
    )


def print_week(plan: Plan, catalogue: Catalogue, week: int, *, console: Console | None = None) -> None:
    """Print one week with every exercise on standard output, or on the console given."""
    print_screen(lambda width: week_screen(plan, catalogue, week, width=width), console)


def print_session(
    session: PlannedSession,
    plan: Plan,
    catalogue: Catalogue,
    *,
    beside: PlanBeside = NOTHING,
    console: Console | None = None,
) -> None:
    """Print one session with all its reasons on standard output, or on the console given."""
    print_screen(lambda width: session_screen(session, plan, catalogue, beside=beside, width=width), console)


def print_difference(
    difference: PlanDifference, *, catalogue: Catalogue | None = None, console: Console | None = None
) -> None:
    """Print what changes from one plan to the next on standard output, or on the console given."""
    print_screen(lambda width: difference_screen(difference, catalogue=catalogue, width=width), console)


def plan_text(
    plan: Plan,
    catalogue: Catalogue,
    *,
    today: date,
    week: int | None = None,
    beside: PlanBeside = NOTHING,
    width: int = WIDTH_MAX,
) -> str:
    """Return a plan's screen as plain text, without colour.

    >>> from evenstride.model import SolverStatus
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=2, runs=(), sessions=(),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> nothing = Catalogue(exercises={}, phases=(), cues=(), rules={})
    >>> print(plan_text(plan, nothing, today=date(2026, 5, 5)).splitlines()[0])
    Two weeks from 4 May: no strength sessions.
    """
    return as_text(plan_screen(plan, catalogue, today=today, week=week, beside=beside, width=width), width)


def plan_screen(
    plan: Plan,
    catalogue: Catalogue,
    *,
    today: date,
    week: int | None = None,
    beside: PlanBeside = NOTHING,
    width: int = WIDTH_MAX,
) -> RenderableType:
    """Return a plan's screen, or one week's.

    Raises
    ------
    InvalidRequest
        When the plan has no such week.
    """
    if week is not None:
        return week_screen(plan, catalogue, week, beside=beside, width=width)
    weeks = shown_weeks(plan)
    return Group(
        Text(plan_answer(plan, today), style="bold"),
        Text(plan_meaning(plan, today)),
        *returning_text(beside),
        Text(""),
        *_grid(weeks, today, width),
        Text(_legend(plan, width), style="dim"),
        *_growth(weeks, catalogue.exercises, width),
        Text(""),
        _behind(plan, weeks, left_out_lines(plan, beside.left_out, catalogue.exercises)),
        Text(""),
        Text("Every dose: evenstride plan show --week N. Why a session stands there: evenstride plan why SESSION.",
             style="dim"),
    )  # fmt: skip


def _cell_width(width: int) -> int:
    return (width - WEEK_WIDTH - 7) // 7


def _legend(plan: Plan, width: int) -> str:
    legend = LEGEND if _cell_width(width) >= CELL_WIDTH else NARROW_LEGEND
    return legend + SHORT * any(one.kind == "micro" for one in plan.sessions)


def _grid(weeks: Sequence[ShownWeek], today: date, width: int) -> Iterator[RenderableType]:
    """One row a week, Monday first, and a line where phase or part of the season change."""
    cell = _cell_width(width)
    spaced = len(weeks) <= SPACED_WEEKS
    yield _week_table(cell, heads=True)
    before, table = None, _week_table(cell)
    for week in weeks:
        if table.row_count and spaced and week.stretch == before:
            table.add_row("")
        if week.stretch != before:
            yield from [table] if table.row_count else []
            yield Text(f"── {week.stretch} ".ljust(width, "─") if week.stretch else "─" * width, style="dim")
            before, table = week.stretch, _week_table(cell)
        days = [week.monday + timedelta(days=n) for n in range(7)]
        table.add_row(_week_label(week, today), *(_cell(week, day, narrow=cell < CELL_WIDTH) for day in days))
    yield table


def _week_table(cell: int, *, heads: bool = False) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=heads, header_style="dim", pad_edge=False)
    table.add_column(" week of" if heads else "", width=WEEK_WIDTH, overflow="fold")
    for name in WEEKDAYS:
        table.add_column(name, width=cell, overflow="fold")
    return table


def _week_label(week: ShownWeek, today: date) -> Text:
    here = week.monday <= today < week.monday + WEEK
    label = Text(f"{week.number:>2} {week.monday.day} {week.monday:%b}", style="bold" if here else "")
    for text in [*week.load.split(), *["today"] * here]:
        label.append(f"\n{text:>8}", style="bold")
    return label


def _cell(week: ShownWeek, day: date, *, narrow: bool) -> Text:
    runs = [run for run in week.runs if run.day == day]
    lines = [Text(RUNS[run.kind].lower() if run.kind != "race" else "⚑ race",
                  style="bold" if run.kind == "race" else "dim") for run in runs]  # fmt: skip
    for one in week.sessions:
        if one.day == day and stands_alone(one):
            mobility = one.kind == "mobility"
            minutes = "" if mobility and narrow else f" {one.minutes:.0f}′"
            lines.append(Text(f"{SHORT_NAMES[one.kind]}{minutes}", style="" if mobility else "bold"))
    return Text("\n").join(lines)


@dataclass(kw_only=True)
class _Grown:
    """The sessions of one phase and type: in which weeks, and each exercise at first and at last."""

    title: str
    weeks: set[int] = field(default_factory=set)
    first: dict[str, PlannedExercise] = field(default_factory=dict)
    last: dict[str, PlannedExercise] = field(default_factory=dict)


def _growth(weeks: Sequence[ShownWeek], exercises: Exercises, width: int) -> Iterator[RenderableType]:
    """What each exercise begins with and comes to, in weeks that are not light."""
    found: dict[str, _Grown] = {}
    for week in weeks:
        for one in week.sessions:
            if strengthens(one) and one.exercises and not week.load:
                title = _type_words(one)
                grown = found.setdefault(title, _Grown(title=title))
                grown.weeks.add(week.number)
                for done in one.exercises:
                    grown.first.setdefault(done.exercise, done)
                    grown.last[done.exercise] = done
    if not found:
        return
    dose = 14 if width >= 96 else 11
    yield Text("")
    yield _growth_table(width, dose, heads=True)
    for grown in found.values():
        yield Text(f"{grown.title}, {weeks_words(grown.weeks)}", style="bold")
        table = _growth_table(width, dose)
        for name, first in grown.first.items():
            at_first, at_last = side_doses(first, dose), side_doses(grown.last[name], dose)
            grows = at_last if at_last != at_first else ("", "")
            indented = Padding(Text(exercise_name(name, exercises)), (0, 0, 0, 2))
            table.add_row(indented, *at_first, *grows)
        yield table


def _growth_table(width: int, dose: int, *, heads: bool = False) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=heads, pad_edge=False)
    table.add_column(Text("the work (light weeks have less)", style="dim"), width=width - 4 * (dose + 1))
    for name, side in (("at first L", "left"), ("R", "right"), ("at last L", "left"), ("R", "right")):
        table.add_column(Text(name, style=STYLES[side]), width=dose, overflow="fold")
    return table


def _type_words(session: PlannedSession) -> str:
    phase = PHASES.get(session.phase or "", "")
    name = "Short, in season" if session.kind == "micro" else TITLES.get((session.kind, session.type or ""), "")
    return f"{phase}: {name[0].lower()}{name[1:]}" if phase and name else phase or name or "Strength"


def _behind(plan: Plan, weeks: Sequence[ShownWeek], left_out: Sequence[tuple[str, str]]) -> Table:
    """What is the same in many weeks, said once; what the plan rests on and gives up; what it comes to."""
    table = two_columns()
    runs = [(run.day, f"{WEEKDAYS[run.day.weekday()]} {_timed_run(run_words(run), time_words(run.at))}")
            for run in plan.runs]  # fmt: skip
    if len(dict.fromkeys(text for _, text in runs)) <= RUNS_MAX:
        _said(table, "runs", _by_weeks(plan, runs, " · "))
    around = [(week.monday, text) for week in weeks if (text := around_words(week.sessions))]
    _said(table, "around runs", once(plan, around), most=AROUND_MAX)
    pockets = [(week.monday, text) for week in weeks if (text := _pocket_words(week.sessions))]
    _said(table, "a few minutes", once(plan, pockets), most=AROUND_MAX)
    covers = [(week.monday, text) for week in weeks if (text := coverage_words(week.sessions))]
    _said(table, "mobility covers", once(plan, covers), most=COVERS_MAX)
    _said(table, "weekly look", once(plan, [(one.day, one.text) for one in plan.reassessments]), most=AROUND_MAX)
    _said(table, "rests on", _assumed(weeks))
    _said(table, "left out", left_out, most=LEFT_OUT_MAX)
    given = [(one.day, f"{one.text} ({one.rule})") for one in plan.given_up]
    _said(table, "given up", once(plan, given), most=GIVEN_UP_MAX)
    for place, one in enumerate(plan.advice[:ADVICE_MAX]):
        table.add_row("" if place else "advice", Text(printable(f"{one.text} ({one.rule})")))
    if len(plan.advice) > ADVICE_MAX:
        table.add_row("", f"… and {len(plan.advice) - ADVICE_MAX} more like these: --json lists them all")
    table.add_row("in all", totals_words(plan))
    best = "the best that rules and free minutes allow"
    if plan.solver.status != "optimal":
        best = f"within {100 * plan.solver.gap:.2g} % of the best that rules and free minutes allow"
    table.add_row("timetable", best)
    return table


def _said(table: Table, label: str, told: Sequence[tuple[str, str]], *, most: int = 12) -> None:
    for place, (weeks, text) in enumerate(told[:most]):
        table.add_row("" if place else label, Text(printable(f"{weeks}: {text}")))
    if len(told) > most:
        table.add_row("", f"… and {len(told) - most} more: --json lists them all")


def _by_weeks(plan: Plan, told: Iterable[tuple[date, str]], between: str) -> list[tuple[str, str]]:
    """Texts that hold in the same weeks in one line: (weeks, texts)."""
    lines: dict[str, list[str]] = {}
    for weeks, text in once(plan, told):
        lines.setdefault(weeks, []).append(text)
    return [(weeks, between.join(texts)) for weeks, texts in lines.items()]


def _assumed(weeks: Sequence[ShownWeek]) -> list[tuple[str, str]]:
    """What must have happened, from which week on: a test that is done again and again is told with its first day."""
    found: dict[str, list[int]] = {}
    told: dict[str, str] = {}
    for week in weeks:
        for assumption in (text for one in week.sessions for text in one.assumes):
            text = bare_assumption(assumption)
            bare = _TEST_DAY.sub("", text)
            if told.setdefault(bare, text) != text:
                told[bare] = f"{told[bare].removesuffix(_AGAIN)}{_AGAIN}"
            found.setdefault(bare, []).append(week.number)
    last = max((numbers[-1] for numbers in found.values()), default=0)
    lines: dict[str, list[str]] = {}
    for bare, numbers in found.items():
        one = weeks_words(numbers[:1])
        when = f"from {one} on" if numbers[-1] == last else weeks_words(range(numbers[0], numbers[-1] + 1))
        lines.setdefault(when, []).append(told[bare])
    return [(when, "; ".join(texts)) for when, texts in lines.items()]


def _timed_run(run: str, at: str) -> str:
    name = f"{run[0].lower()}{run[1:]}"
    return f"{name}, {at}" if at else name


def _pocket_words(sessions: Iterable[PlannedSession]) -> str:
    pockets = [one for one in sessions if is_pocket(one)]
    lengths = sorted({one.minutes for one in pockets})
    span = minutes_words(lengths[0]) if len(lengths) == 1 else f"{lengths[0]:g} to {minutes_words(lengths[-1])}" \
        if lengths else ""  # fmt: skip
    return f"{span} of mobility on {listed([WEEKDAYS[one.day.weekday()] for one in pockets])}" if pockets else ""
