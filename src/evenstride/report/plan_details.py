"""One week of a plan with every dose, and one session with every reason."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenstride.model import CalendarRun, Catalogue, Plan, PlannedExercise, PlannedSession
from evenstride.report.looks import STYLES, WIDTH_MAX, fitted, printable, two_columns
from evenstride.report.plan_answer import (
    monday,
    stands_alone,
)
from evenstride.report.plan_beside import (
    NOTHING,
    PlanBeside,
    left_out_texts,
    of_session,
    of_week,
    returning_text,
)
from evenstride.report.plan_coverage import coverage_table
from evenstride.report.plan_week_words import (
    bare_assumption,
    cut_lines,
    explained,
    first_legs,
    folded_lines,
    known_told,
    of_day,
    rules_told,
    session_answer,
    session_meaning,
    usual_effort,
    week_answer,
    week_meaning,
    week_of,
)
from evenstride.report.plan_words import (
    TEST_HOW,
    TEST_ORDER,
    Exercises,
    dose_words,
    effort_words,
    exercise_line,
    exercise_name,
    minutes_words,
    run_words,
    session_words,
    short_day,
    time_words,
    warm_up_words,
)


def week_screen(
    plan: Plan, catalogue: Catalogue, week: int, *, beside: PlanBeside = NOTHING, width: int = WIDTH_MAX
) -> RenderableType:
    """Return one week's screen: day by day every session with every exercise, left and right.

    Raises
    ------
    InvalidRequest
        When the plan has no such week.
    """
    this = week_of(plan, week)
    exercises = catalogue.exercises
    parts: list[RenderableType] = [
        Text(week_answer(this), style="bold"), Text(printable(week_meaning(this))), *returning_text(beside),
    ]  # fmt: skip
    for day in (this.monday + timedelta(days=n) for n in range(7)):
        entries = of_day(this, day)
        parts += [Text(""), *_day_lines(day, entries)] if entries else []
        for one in entries:
            if isinstance(one, PlannedSession) and stands_alone(one):
                parts += _session(one, exercises, width)
    facts = two_columns()
    for label, text in folded_lines(this, exercises):
        facts.add_row(label, Text(printable(text)))
    for place, text in enumerate(left_out_texts(of_week(beside, this.monday), exercises)):
        facts.add_row("" if place else "left out", Text(printable(text)))
    for given in plan.given_up:
        if monday(given.day) == this.monday:
            facts.add_row("given up", Text(printable(f"{given.text} ({given.rule})")))
    for look in plan.reassessments:
        if monday(look.day) == this.monday:
            facts.add_row("weekly look", Text(printable(f"{short_day(look.day)}: {look.text}")))
    covers = coverage_table(this)
    table: list[RenderableType] = [Text(""), covers] if covers else []
    return Group(*parts, Text(""), facts, *table, Text(""))


def session_screen(
    session: PlannedSession,
    plan: Plan,
    catalogue: Catalogue,
    *,
    beside: PlanBeside = NOTHING,
    width: int = WIDTH_MAX,
) -> RenderableType:
    """Return one session's screen: what it is, the rules that put it there, and how each exercise is done."""
    del width
    parts: list[RenderableType] = [
        Text(session_answer(session), style="bold"), Text(session_meaning(session, plan)), *returning_text(beside),
    ]  # fmt: skip
    if session.because:
        parts += [Text(""), Text("Why it stands there", style="bold"), _rules(session, catalogue)]
    notes = two_columns()
    rests = [bare_assumption(text) for text in session.assumes]
    gone = left_out_texts(of_session(beside, session.id), catalogue.exercises)
    for label, texts in (("rests on", rests), ("left out", gone), ("cut for time", cut_lines(session.trimmed))):
        for place, text in enumerate(texts):
            notes.add_row("" if place else label, Text(printable(text)))
    if session.locked:
        notes.add_row("locked", "it stays on its day, whatever else moves")
    if notes.row_count:
        parts += [Text(""), notes]
    parts += [Text(""), Text("What you do", style="bold")]
    if warm_up := warm_up_words(session, catalogue.exercises):
        parts.append(Text(printable(warm_up)))
    if session.kind == "test" and not session.exercises:
        parts += [Text(TEST_ORDER), Text(TEST_HOW, style="dim")]
    for one in session.exercises:
        parts += [Text(""), *_in_full(one, catalogue.exercises)]
    if session.exercises:
        parts += [Text(""), Text("What is known about them", style="bold"), _known(session, catalogue.exercises)]
    return Group(*parts, Text(""))


def side_doses(one: PlannedExercise, width: int) -> tuple[str, str]:
    r"""Return what stands in the left and the right column; both legs together are told in the left one.

    A dose that is wider than its column goes on in the next line with its load, or begins there.

    >>> from evenstride.model import Dose
    >>> light, heavy = Dose(sets=2, reps=10), Dose(sets=2, reps=10, load_kg=7.5)
    >>> side_doses(PlannedExercise(exercise="a", because="", left=light, right=heavy), 11)
    ('2 × 10', '2 × 10,\n7.5 kg')
    >>> side_doses(PlannedExercise(exercise="a", because="", both=Dose(sets=1, hold_s=60)), 11)
    ('both\n1 × 60 s', '')
    """
    left = f"both {dose_words(one.both)}" if one.both is not None else dose_words(one.left) or "–"
    right = "" if one.both is not None else dose_words(one.right) or "–"
    return fitted(left, width), fitted(right, width)


# ---- one week


def _day_lines(day: date, entries: Sequence[CalendarRun | PlannedSession]) -> Iterator[RenderableType]:
    """The day and its runs, and what is to be looked at in them; sessions follow below."""
    runs = [f"{time_words(run.at)} {run_words(run)}".strip() for run in entries if isinstance(run, CalendarRun)]
    line = Text(short_day(day), style="bold")
    line.append(f"   {' · '.join(runs)}" if runs else "", style="dim not bold")
    yield line
    for run in entries:
        if isinstance(run, CalendarRun) and run.note:
            yield Padding(Text(printable(run.note), style="dim"), (0, 0, 0, 2))


def _session(session: PlannedSession, exercises: Exercises, width: int) -> Iterator[RenderableType]:
    starts = first_legs(session)
    told = (
        f"{time_words(session.at)} {session_words(session)}".strip(), minutes_words(session.minutes),
        f"{next(iter(starts))} first" if len(starts) == 1 else "",
    )  # fmt: skip
    head = Text("  ", style="bold").append(", ".join(part for part in told if part))
    head.append(f"   {session.id}", style="dim not bold")
    yield head
    # What a coach or an applied review put there is seen where the session is, not only where it is asked why.
    for text in (one.text for one in session.because if one.rule == "R-REVIEW"):
        yield Padding(Text(printable(text)), (0, 0, 0, 4))
    if warm_up := warm_up_words(session, exercises):
        yield Padding(Text(printable(warm_up)), (0, 0, 0, 4))
    if session.kind == "test" and not session.exercises:
        yield Padding(Text(f"{TEST_ORDER}\n{TEST_HOW}"), (0, 0, 0, 4))
    usual = usual_effort(session)
    if usual:
        yield Padding(Text(f"Each {explained(usual)}, unless it says otherwise"), (0, 0, 0, 4))
    if session.exercises:
        yield Padding(_exercises(session, exercises, width - 4, usual), (0, 0, 0, 4))
    for text in cut_lines(session.trimmed):
        yield Padding(Text(printable(f"cut for time: {text}"), style="dim"), (0, 0, 0, 4))


def _exercises(session: PlannedSession, exercises: Exercises, width: int, usual: str) -> Table:
    dose = 14 if width >= 90 else 11
    rest = width - 2 * (dose + 1) - 1
    name = max(20, rest * 2 // 5)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("exercise", width=name, overflow="fold")
    table.add_column(Text("L left", style=STYLES["left"]), width=dose, overflow="fold")
    table.add_column(Text("R right", style=STYLES["right"]), width=dose, overflow="fold")
    table.add_column("how, and why", width=rest - name, overflow="fold")
    mixed = len(first_legs(session)) > 1
    for one in session.exercises:
        first = f"{one.first} first" if mixed and one.first and one.left and one.right else ""
        own = effort_words(one)
        how = "; ".join(part for part in (first, own if own != usual else "", one.because) if part)
        table.add_row(exercise_name(one.exercise, exercises), *side_doses(one, dose), Text(printable(how), style="dim"))
    return table


# ---- one session


def _rules(session: PlannedSession, catalogue: Catalogue) -> Table:
    """Each rule: what it means here, what it says, why, and how well that is known."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, here, rule in rules_told(session, catalogue):
        said = Text(printable(here))
        label = Text(f"{name}\n")
        if rule is not None:
            said.append(f"\n{rule.sentence}\n{rule.reason}", style="dim")
            label.append(f"{rule.grade}, {'binding' if rule.binding else 'preference'}", style="dim")
        table.add_row(label, said)
    return table


def _in_full(one: PlannedExercise, exercises: Exercises) -> Iterator[RenderableType]:
    known = exercises.get(one.exercise)
    yield Text(exercise_line(one, exercises), style="bold")
    facts = two_columns()
    effort = effort_words(one)
    lines = [("dose", explained(effort)), ("because", one.because)]
    if known is not None:
        lines += [
            ("how", known.how),
            *(("" if place else "think of", cue) for place, cue in enumerate(known.cues)),
            ("not so", "; ".join(known.faults)),
            ("stop when", known.stop_when),
        ]
    for label, text in lines:
        if text:
            facts.add_row(label, Text(printable(text)))
    yield facts


def _known(session: PlannedSession, exercises: Exercises) -> Table:
    """The evidence behind the exercises, what several share once."""
    table = two_columns()
    for grade, text in known_told(session, exercises):
        table.add_row(grade, Text(printable(text)))
    return table
