"""One week of a plan with every dose, and one session with every reason."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenstride.errors import InvalidRequest
from evenstride.model import CalendarRun, Catalogue, Plan, PlannedExercise, PlannedSession, Rule
from evenstride.report.looks import STYLES, WIDTH_MAX, fitted, printable, two_columns
from evenstride.report.numbers import day_span
from evenstride.report.plan_answer import (
    ShownWeek,
    counted,
    is_piece,
    is_pocket,
    listed,
    monday,
    shown_weeks,
    stands_alone,
    strengthens,
    weeks_words,
)
from evenstride.report.plan_beside import (
    NOTHING,
    PlanBeside,
    left_out_texts,
    of_session,
    of_week,
    returning_text,
)
from evenstride.report.plan_words import (
    SLOTS,
    TEST_HOW,
    TEST_ORDER,
    WEEKDAYS,
    Exercises,
    cut_words,
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

_ORDER = {"pre_run": 0, "free": 1, "post_run": 2, "after_run": 3}
_NO_RULE = Rule(id="", sentence="", reason="", grade="convention", binding=True)


def week_screen(
    plan: Plan, catalogue: Catalogue, week: int, *, beside: PlanBeside = NOTHING, width: int = WIDTH_MAX
) -> RenderableType:
    """Return one week's screen: day by day every session with every exercise, left and right.

    Raises
    ------
    InvalidRequest
        When the plan has no such week.
    """
    this = _week_of(plan, week)
    exercises = catalogue.exercises
    parts: list[RenderableType] = [
        Text(_week_answer(this), style="bold"), Text(printable(_week_meaning(this))), *returning_text(beside),
    ]  # fmt: skip
    for day in (this.monday + timedelta(days=n) for n in range(7)):
        entries = _of_day(this, day)
        parts += [Text(""), *_day_lines(day, entries)] if entries else []
        for one in entries:
            if isinstance(one, PlannedSession) and stands_alone(one):
                parts += _session(one, exercises, width)
    facts = two_columns()
    for label, text in _folded(this, exercises):
        facts.add_row(label, Text(printable(text)))
    for place, text in enumerate(left_out_texts(of_week(beside, this.monday), exercises)):
        facts.add_row("" if place else "left out", Text(printable(text)))
    for given in plan.given_up:
        if monday(given.day) == this.monday:
            facts.add_row("given up", Text(printable(f"{given.text} ({given.rule})")))
    for look in plan.reassessments:
        if monday(look.day) == this.monday:
            facts.add_row("weekly look", Text(printable(f"{short_day(look.day)}: {look.text}")))
    return Group(*parts, Text(""), facts, Text(""))


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
        Text(_session_answer(session), style="bold"), Text(_session_meaning(session, plan)), *returning_text(beside),
    ]  # fmt: skip
    if session.because:
        parts += [Text(""), Text("Why it stands there", style="bold"), _rules(session, catalogue)]
    notes = two_columns()
    rests = [bare_assumption(text) for text in session.assumes]
    gone = left_out_texts(of_session(beside, session.id), catalogue.exercises)
    for label, texts in (("rests on", rests), ("left out", gone), ("cut for time", _cut(session.trimmed))):
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


def bare_assumption(text: str) -> str:
    """Return what a session rests on, without the word that says where it will be seen.

    >>> bare_assumption("gate: 15 calf raises on each leg (test of 1 June)")
    '15 calf raises on each leg (test of 1 June)'
    """
    return text.removeprefix("log: ").removeprefix("gate: ")


# ---- one week


def _week_of(plan: Plan, number: int) -> ShownWeek:
    weeks = shown_weeks(plan)
    found = next((week for week in weeks if week.number == number), None)
    if found is None:
        raise InvalidRequest(f"The plan has no week {number}.", help=f"It has {weeks_words(w.number for w in weeks)}.")
    return found


def _week_answer(week: ShownWeek) -> str:
    span = day_span(week.monday, week.monday + timedelta(days=6))
    strength = [one for one in week.sessions if strengthens(one)]
    mobility = [one for one in week.sessions if one.kind == "mobility" and stands_alone(one)]
    said = [
        counted(len(strength), "strength session"),
        "the tests" if any(one.kind == "test" for one in week.sessions) else "",
        counted(len(mobility), "mobility session") if mobility else "",
    ]
    return f"Week {week.number}, {span}: {listed([one for one in said if one])}."


def _week_meaning(week: ShownWeek) -> str:
    about = {
        "light": "A light week: about half the sets, slower, nothing new",
        "taper": "A taper week: fewer sets, the same loads",
        "tests": "A test week: the tests take the place of strength",
        "no strength": "A week without strength",
    }
    kind = about.get(week.load, "A loading week" if week.known else "")
    said = [kind, week.stretch, week.known.text if week.known else ""]
    minutes = sum(one.minutes for one in week.sessions)
    sets = sum(one.sets for one in week.sessions if strengthens(one))
    total = f"{minutes_words(minutes)} beside the runs" if minutes else ""
    return f"{'; '.join(one for one in (*said, total, f'{sets} sets of strength' if sets else '') if one)}."


def _of_day(week: ShownWeek, day: date) -> list[CalendarRun | PlannedSession]:
    """Runs and everything else of one day, in the order in which it comes."""
    found: list[tuple[tuple[object, ...], CalendarRun | PlannedSession]] = []
    found += [((run.at or time.min, 1), run) for run in week.runs if run.day == day]
    for one in week.sessions:
        if one.day == day:
            # Without a time of day: before its run, after it, or at the end.
            at = one.at or (time.min if one.slot in ("pre_run", "post_run") else time.max)
            found.append(((at, _ORDER[one.slot]), one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


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
    starts = _starts(session)
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
    usual = _usual_effort(session)
    if usual:
        yield Padding(Text(f"Each {_explained(usual)}, unless it says otherwise"), (0, 0, 0, 4))
    if session.exercises:
        yield Padding(_exercises(session, exercises, width - 4, usual), (0, 0, 0, 4))
    for text in _cut(session.trimmed):
        yield Padding(Text(printable(f"cut for time: {text}"), style="dim"), (0, 0, 0, 4))


def _starts(session: PlannedSession) -> set[str]:
    """The legs on which its exercises begin."""
    return {one.first for one in session.exercises if one.first and one.left and one.right}


def _usual_effort(session: PlannedSession) -> str:
    """Tempo and rest that most exercises of a session share."""
    counts = Counter(effort_words(one) for one in session.exercises if effort_words(one))
    effort, times = counts.most_common(1)[0] if counts else ("", 0)
    return effort if times > 1 else ""


def _explained(effort: str) -> str:
    """What a tempo's four numbers are, said where it stands.

    >>> _explained("tempo 2-1-2-1 s, rest 60 s")
    'tempo 2-1-2-1 s (down, pause, up, pause), rest 60 s'
    """
    return re.sub(r"(tempo [\d-]+ s)", r"\1 (down, pause, up, pause)", effort)


def _cut(trimmed: Sequence[str]) -> list[str]:
    """What the minutes cut, the same cut of several exercises in one line.

    >>> _cut(["Step-up: 1 of 3 sets for want of minutes", "Split squat: 1 of 3 sets for want of minutes"])
    ['to 1 of 3 sets: Step-up; Split squat']
    >>> _cut(["Step-up left out for want of minutes"])
    ['left out: Step-up']
    """
    found: dict[str, list[str]] = {}
    for text in (cut_words(one) for one in trimmed):
        name, _, cut = text.partition(": ")
        found.setdefault(cut, []).append(name)
    return [f"{cut}: {'; '.join(names)}" if cut else "; ".join(names) for cut, names in found.items()]


def _exercises(session: PlannedSession, exercises: Exercises, width: int, usual: str) -> Table:
    dose = 14 if width >= 90 else 11
    rest = width - 2 * (dose + 1) - 1
    name = max(20, rest * 2 // 5)
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("exercise", width=name, overflow="fold")
    table.add_column(Text("L left", style=STYLES["left"]), width=dose, overflow="fold")
    table.add_column(Text("R right", style=STYLES["right"]), width=dose, overflow="fold")
    table.add_column("how, and why", width=rest - name, overflow="fold")
    mixed = len(_starts(session)) > 1
    for one in session.exercises:
        first = f"{one.first} first" if mixed and one.first and one.left and one.right else ""
        own = effort_words(one)
        how = "; ".join(part for part in (first, own if own != usual else "", one.because) if part)
        table.add_row(exercise_name(one.exercise, exercises), *side_doses(one, dose), Text(printable(how), style="dim"))
    return table


def _folded(week: ShownWeek, exercises: Exercises) -> Iterator[tuple[str, str]]:
    """The minutes around runs and the pockets: what is the same on several days, once."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in week.sessions:
        if is_piece(one) or is_pocket(one):
            label = {"pre_run": "before runs", "post_run": "after runs"}.get(one.slot, "a few minutes")
            text = f"{minutes_words(one.minutes)}: {'; '.join(_short(each, exercises) for each in one.exercises)}"
            found.setdefault((label, text), []).append(WEEKDAYS[one.day.weekday()])
    before = ""
    for (label, text), days in sorted(found.items(), key=lambda pair: ("ba".find(pair[0][0][0]), pair[0][0])):
        yield ("" if label == before else label), f"{listed(days)}, {text}"
        before = label


def _short(one: PlannedExercise, exercises: Exercises) -> str:
    """An exercise in few words: a dose that both legs share is said once, for each side."""
    name = exercise_name(one.exercise, exercises)
    if one.left is not None and one.left == one.right:
        return f"{name} {dose_words(one.left)} each side"
    return exercise_line(one, exercises)


# ---- one session


def _session_answer(session: PlannedSession) -> str:
    at = f" at {time_words(session.at)}" if session.at else ""
    name = session_words(session)
    where = ""
    for slot in SLOTS.values():
        if name.endswith(slot):
            name, where = name.removesuffix(slot).rstrip(), f" {slot}"
    day = f"{session.day:%A} {session.day.day} {session.day:%B}"
    return f"{name} on {day}{at}{where}, {minutes_words(session.minutes)}."


def _session_meaning(session: PlannedSession, plan: Plan) -> str:
    week = next((one for one in shown_weeks(plan) if one.monday == monday(session.day)), None)
    runs = [run for run in plan.runs if run.day == session.day]
    kind = f" ({week.load} week)" if week and week.load in ("light", "taper") else ""
    said = [
        f"Week {week.number}{kind}" if week else "",
        f"{session.sets} sets" if session.sets else "",
        "counts as hard" if session.hard else "",
        f"runs of the day: {', '.join(run_words(run).lower() for run in runs)}" if runs else "no run that day",
        session.id,
    ]
    return " · ".join(one for one in said if one)


def _rules(session: PlannedSession, catalogue: Catalogue) -> Table:
    """Each rule: what it means here, what it says, why, and how well that is known."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    told: dict[str, list[str]] = {}
    for one in session.because:
        told.setdefault(one.rule, []).append(one.text)
    for name, texts in told.items():
        rule = catalogue.rules.get(name, _NO_RULE)
        here = "; ".join(texts)
        said = Text(printable(f"{here[0].upper()}{here[1:]}{'' if here.endswith('?') else '.'}"))
        if rule.sentence:
            said.append(f"\n{rule.sentence}\n{rule.reason}", style="dim")
        label = Text(f"{name}\n")
        if rule.sentence:
            label.append(f"{rule.grade}, {'binding' if rule.binding else 'preference'}", style="dim")
        table.add_row(label, said)
    return table


def _in_full(one: PlannedExercise, exercises: Exercises) -> Iterator[RenderableType]:
    known = exercises.get(one.exercise)
    yield Text(exercise_line(one, exercises), style="bold")
    facts = two_columns()
    effort = effort_words(one)
    lines = [("dose", _explained(effort)), ("because", one.because)]
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
    found: dict[tuple[str, str], list[str]] = {}
    for one in session.exercises:
        if (known := exercises.get(one.exercise)) is not None:
            found.setdefault((known.evidence_grade, known.evidence), []).append(known.name)
    table = two_columns()
    for (grade, evidence), names in found.items():
        table.add_row(grade, Text(printable(f"{', '.join(names)}: {evidence}")))
    return table
