"""A plan to print and to tick off: as a page, and as a PDF. Left is in the left column, right in the right one."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from evenstride.errors import InvalidRequest
from evenstride.model import Dose, Plan, PlannedExercise, PlannedSession
from evenstride.report.looks import printable
from evenstride.report.numbers import day_span
from evenstride.report.plan_beside import NOTHING, PlanBeside, left_out_texts, of_week, return_sentence
from evenstride.report.plan_coverage import coverage_words
from evenstride.report.plan_words import (
    TEST_ORDER,
    WEEKDAYS,
    Exercises,
    dose_words,
    effort_words,
    exercise_name,
    minutes_words,
    plan_words,
    reasons,
    run_words,
    session_words,
    short_day,
    short_line,
    time_words,
    totals_words,
    warm_up_words,
)
from evenstride.report.render import render

PARTS = {"base": "base", "build": "build", "in_season": "in season"}
LOADS = {"loading": "loading", "deload": "light week", "taper": "taper", "test": "test week", "none": "no strength"}
BOXES_MAX = 8
HOW_TO = (
    "Tick a box for each set: 2 × 10 is two sets of ten, 2 × 30 s two holds of 30 seconds. Each exercise starts on the"
    " side marked “first”. Tempo is seconds down, pause, up, pause. Stop at pain above 2 of 10."
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One exercise: each leg's dose in its own column, or one dose for both; ``…_boxes`` are its sets, to be ticked."""

    name: str
    effort: str
    left: str = ""
    right: str = ""
    both: str = ""
    first: str = ""
    left_boxes: int = 0
    right_boxes: int = 0
    both_boxes: int = 0


@dataclass(frozen=True, kw_only=True)
class Block:
    """One session. Pieces around runs are one ``line`` in place of rows."""

    day: str
    time: str
    title: str
    minutes: str
    warm_up: str
    rows: Sequence[Row]
    line: str
    why: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What stands in the little calendar on one day: ``kind`` is run, session or piece."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day of the little calendar."""

    name: str
    number: str
    entries: Sequence[Entry]


@dataclass(frozen=True, kw_only=True)
class Week:
    """One week: its calendar, then its sessions."""

    title: str
    about: str
    text: str
    days: Sequence[Day]
    blocks: Sequence[Block]
    notes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that page and PDF write."""

    athlete: str
    title: str
    meaning: str
    how_to: str
    weeks: Sequence[Week]
    advice: Sequence[str]
    returning: str


def plan_page(plan: Plan, exercises: Exercises, beside: PlanBeside = NOTHING) -> str:
    """Return the plan as one page that stands by itself, for screen and paper.

    >>> from evenstride.model import SolverStatus
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> "Week of 4 to 10 May 2026" in plan_page(plan, {})
    True
    """
    return render("plan_sheet.html.j2", sheet=sheet_of(plan, exercises, beside))


def plan_pdf(plan: Plan, exercises: Exercises, beside: PlanBeside = NOTHING) -> bytes:
    """Return the same as a PDF (A4). The plan goes to the typesetter as data, never as part of its program.

    Raises
    ------
    InvalidRequest
        The typesetter is not installed; says how it would be.
    """
    try:
        import typst
    except ImportError:
        raise InvalidRequest(
            "This installation cannot write a PDF: the typesetter is missing.",
            help='Install it with: pip install "evenstride[pdf]"; or print the page that --html writes.',
        ) from None
    data = json.dumps(asdict(sheet_of(plan, exercises, beside)), ensure_ascii=False)
    with as_file(files("evenstride.report").joinpath("fonts")) as fonts:
        # The library's own types cannot say that the program is bytes and the fonts are paths.
        compiler: Any = typst.Compiler(_template(), font_paths=[str(fonts)])  # type: ignore[misc]
        made: bytes = compiler.compile(sys_inputs={"sheet": data}, timestamp=_day_s(plan))
    return made


def sheet_of(plan: Plan, exercises: Exercises, beside: PlanBeside = NOTHING) -> Sheet:
    """Return what page and PDF write, with what is known beside the plan on the day of writing.

    >>> from evenstride.model import SolverStatus
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 6), weeks=1, runs=(), sessions=(),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> [week.title for week in sheet_of(plan, {}).weeks]
    ['Week of 4 to 10 May 2026', 'Week of 11 to 17 May 2026']
    """
    first = plan.start - timedelta(days=plan.start.weekday())
    last = plan.start + timedelta(days=7 * plan.weeks - 1)
    mondays = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    return Sheet(
        athlete=printable(plan.athlete),
        title=plan_words(plan),
        meaning=_meaning(plan),
        how_to=HOW_TO,
        weeks=[_week(plan, monday, exercises, beside) for monday in mondays],
        advice=[f"{one.text} ({one.rule})" for one in plan.advice],
        returning=printable(return_sentence(beside.returning)),
    )


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("evenstride.report").joinpath("templates", "plan_sheet.typ").read_bytes()


def _day_s(plan: Plan) -> int:
    """The first day in seconds: a PDF says when it was made, and the same plan makes the same bytes."""
    return (plan.start - date(1970, 1, 1)).days * 86_400


def _meaning(plan: Plan) -> str:
    given, does = len(plan.given_up), totals_words(plan)
    kept = "Every rule and every preference is kept."
    if given:
        gave = "one preference is given up" if given == 1 else f"{given} preferences are given up"
        kept = f"Every binding rule is kept; {gave}, and the week of each says why."
    return f"{does[0].upper()}{does[1:]}. {kept}"


def _week(plan: Plan, monday: date, exercises: Exercises, beside: PlanBeside) -> Week:
    known = next((week for week in plan.week_list if week.monday == monday), None)
    days = [monday + timedelta(days=n) for n in range(7)]
    span = day_span(days[0], days[-1])
    sessions = [one for one in plan.sessions if one.day in days]
    return Week(
        title=f"Week {known.number}, {span}" if known else f"Week of {span}",
        about=", ".join((PARTS[known.part], LOADS[known.load], f"{known.phase} phase")) if known else "",
        text=known.text if known else "",
        days=[_day(plan, day) for day in days],
        blocks=[_block(one, exercises) for one in sessions],
        notes=[f"Mobility covers {covers}." for covers in [coverage_words(sessions)] if covers]
        + [f"Left out: {printable(text)}" for text in left_out_texts(of_week(beside, monday), exercises)]
        + [f"Given up: {one.text} ({one.rule})" for one in plan.given_up if one.day in days]
        + [f"{short_day(one.day)}: {one.text}" for one in plan.reassessments if one.day in days],
    )


def _day(plan: Plan, day: date) -> Day:
    entries = [(1, Entry(kind="run", text=_timed(run.at, run_words(run)))) for run in plan.runs if run.day == day]
    for one in plan.sessions:
        if one.day == day:
            text = _timed(one.at, f"{session_words(one)}, {minutes_words(one.minutes)}")
            place = 0 if one.slot == "pre_run" else 2
            entries.append((place, Entry(kind="piece" if _is_piece(one) else "session", text=text)))
    in_order = sorted(entries, key=lambda pair: pair[0])
    return Day(name=WEEKDAYS[day.weekday()], number=str(day.day), entries=[entry for _, entry in in_order])


def _is_piece(session: PlannedSession) -> bool:
    return session.slot in ("pre_run", "post_run")


def _timed(at: time | None, text: str) -> str:
    return f"{time_words(at)} {text}" if at else text


def _block(session: PlannedSession, exercises: Exercises) -> Block:
    piece = _is_piece(session)
    return Block(
        day=short_day(session.day),
        time=time_words(session.at),
        title=session_words(session),
        minutes=minutes_words(session.minutes),
        warm_up=warm_up_words(session, exercises),
        rows=[] if piece else [_row(one, exercises) for one in session.exercises],
        line=_line(session, exercises, piece=piece),
        why=reasons(session, exercises),
    )


def _line(session: PlannedSession, exercises: Exercises, *, piece: bool) -> str:
    if session.kind == "test" and not session.exercises:
        return TEST_ORDER
    # A dose stays in one line: 1 × 15 s.
    return (
        "; ".join(short_line(one, exercises).replace(" × ", "\u00a0×\u00a0") for one in session.exercises)
        if piece
        else ""
    )


def _row(one: PlannedExercise, exercises: Exercises) -> Row:
    return Row(
        name=exercise_name(one.exercise, exercises),
        effort=effort_words(one),
        left=dose_words(one.left),
        right=dose_words(one.right),
        both=dose_words(one.both),
        first=one.first or "" if one.left and one.right else "",
        left_boxes=_boxes(one.left),
        right_boxes=_boxes(one.right),
        both_boxes=_boxes(one.both),
    )


def _boxes(dose: Dose | None) -> int:
    return min(dose.sets, BOXES_MAX) if dose else 0
