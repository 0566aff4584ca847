"""A plan as a calendar to look at: weeks as rows, days as columns, Monday first.

Runs are grey and round, hard ones darker; sessions are told apart by their shape and name, never by colour. Blue and
vermilion with their letters say which leg begins, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenstride.model import CalendarRun, Catalogue, Plan, PlannedSession
from evenstride.report.charts import WIDE_PX, size_class
from evenstride.report.picture import alone
from evenstride.report.plan_answer import (
    ShownWeek,
    around_words,
    is_piece,
    is_pocket,
    once,
    plan_answer,
    shown_weeks,
    stands_alone,
)
from evenstride.report.plan_words import (
    RUNS,
    WEEKDAYS,
    Exercises,
    exercise_line,
    minutes_words,
    session_words,
    short_day,
    time_words,
    totals_words,
)
from evenstride.report.svg import LETTER_PX, badge, circle, line, paragraph, path, picture, rect, words

DETAILED_WEEKS = 16
"""Plans of more weeks are drawn with signs alone."""
LABEL_PX, SIGNS_LABEL_PX, RIGHT_PX = 80.0, 120.0, 8.0
BOX_PX, GAP_PX, PAD_PX = 22.0, 4.0, 7.0
SIGN_PX, BAR_PX = 13.0, 9.0
LONGEST_BAR_PX = 58.0
SIGNS_ROW_PX = 21.0
PART_PX = 22.0
AROUND_MAX = 2
KEY_ROW_PX = 30.0
_NAMES = {"strength": "Strength", "micro": "Strength", "test": "Tests", "mobility": "Mobility", "drills": "Drills"}
_SHAPES = {"strength": "strength", "micro": "short", "test": "test", "mobility": "mobility", "drills": "mobility"}
_WEEKS = {"light": "light week", "taper": "taper week", "tests": "test week"}
_SIGNS_LOAD = {"no strength": "none"}
_LETTERS = {"strength": "S", "micro": "S", "test": "", "mobility": "M", "drills": "D"}


@dataclass(frozen=True, kw_only=True)
class _Drawing:
    """How a plan is drawn: with names, or with ``signs`` alone. ``longest`` is the longest run's minutes."""

    exercises: Exercises
    signs: bool
    longest: float

    @property
    def label(self) -> float:
        """How wide the names of the weeks are."""
        return SIGNS_LABEL_PX if self.signs else LABEL_PX

    @property
    def day(self) -> float:
        """How wide a day is."""
        return (WIDE_PX - self.label - RIGHT_PX) / 7.0

    def left(self, weekday: int) -> float:
        """Where a day begins."""
        return self.label + self.day * weekday


def plan_picture(plan: Plan, catalogue: Catalogue) -> str:
    """Return the calendar of a plan as an SVG file's text, light or dark as the reader prefers.

    Works for any number of weeks: up to sixteen with names and minutes, beyond with signs that the key explains.

    >>> from evenstride.model import SolverStatus
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> plan_picture(plan, Catalogue(exercises={}, phases=(), cues=(), rules={}))[:23]
    '<svg class="chart wide"'
    """
    weeks = shown_weeks(plan)
    drawing = _Drawing(
        exercises=catalogue.exercises,
        signs=len(weeks) > DETAILED_WEEKS,
        longest=max([60.0, *(run.minutes for run in plan.runs)]),
    )
    answer = plan_answer(plan, plan.start)
    parts = paragraph(8, 22, answer, "head", letters=104, line_px=21.0)
    top = 21.0 * len(parts) + 22.0
    for text in _below(plan, weeks):
        parts += (lines := paragraph(8, top, text, "tick", letters=150, line_px=16.0))
        top += 16.0 * len(lines)
    top += 14.0
    parts += [words(drawing.left(n) + drawing.day / 2, top, name, "label mid") for n, name in enumerate(WEEKDAYS)]
    top += 8.0
    stretch = ""
    for week in weeks:
        if week.stretch != stretch:
            stretch = week.stretch
            parts.append(words(8, top + 15, f"{stretch[0].upper()}{stretch[1:]}", "part"))
            top += PART_PX
        drawn, height = _week(week, drawing, top)
        parts += drawn
        top += height
    parts.append(line(0, top, WIDE_PX, top, "grid"))
    drawn, height = _key(plan, drawing, top + 14.0)
    whole = picture(WIDE_PX, top + 14.0 + height, answer, [*parts, *drawn], css=size_class(WIDE_PX))
    return alone(whole, "season.css", "plan.css")


def _below(plan: Plan, weeks: Sequence[ShownWeek]) -> list[str]:
    """What stands under the answer: what it comes to, and the minutes around runs."""
    said = [f"{totals_words(plan)[0].upper()}{totals_words(plan)[1:]}."]
    around = once(plan, [(week.monday, text) for week in weeks if (text := around_words(week.sessions))])
    if around and len(around) <= AROUND_MAX:
        said.append(f"Mobility around runs: {'; '.join(f'{when} {text}' for when, text in around)}.")
    elif around:
        said.append("Mobility before hard runs and after runs, a few minutes each.")
    return said


def _week(week: ShownWeek, drawing: _Drawing, top: float) -> tuple[list[str], float]:
    """One row: its name and kind, a line above it, and what stands on each day."""
    days = [week.monday + timedelta(days=n) for n in range(7)]
    drawn = [_day(week, day, drawing, drawing.left(n), top) for n, day in enumerate(days)]
    lines = 3 if week.load else 2
    height = SIGNS_ROW_PX if drawing.signs else max(2 * PAD_PX + 14.0 * lines, *(tall for _, tall in drawn))
    parts = [rect(0, top, WIDE_PX, height, "eased")] if week.load else []
    parts.append(line(0, top, WIDE_PX, top, "grid"))
    date_ = f"{week.monday.day} {week.monday:%b}"
    if drawing.signs:
        parts += [words(8, top + 15, str(week.number), "week-name"), words(30, top + 15, date_, "tick")]
        kind = _SIGNS_LOAD.get(week.load, week.load)
        parts += [words(76, top + 15, kind, "kind-of-week")] if kind else []
    else:
        parts += [words(8, top + PAD_PX + 11, f"Week {week.number}", "week-name"),
                  words(8, top + PAD_PX + 26, date_, "tick")]  # fmt: skip
        kind = _WEEKS.get(week.load, week.load)
        parts += [words(8, top + PAD_PX + 41, kind, "kind-of-week")] if week.load else []
    return [*parts, *(one for day, _ in drawn for one in day)], height


def _day(week: ShownWeek, day: date, drawing: _Drawing, x: float, top: float) -> tuple[list[str], float]:
    """What stands on one day, from the top down, and how much room it takes."""
    runs = [run for run in week.runs if run.day == day]
    sessions = [one for one in week.sessions if one.day == day]
    own = [one for one in sessions if not is_piece(one)]
    if drawing.signs:
        return _signs(runs, own, drawing, x, top), SIGNS_ROW_PX
    parts: list[str] = []
    y = top + PAD_PX
    for run in runs:
        parts += _run(run, drawing, x, y)
        y += BOX_PX + GAP_PX
    for one in own:
        parts += _pocket(one, x, y) if is_pocket(one) else _session(one, drawing, x, y)
        y += BOX_PX + GAP_PX
    return parts, y - GAP_PX + PAD_PX - top


def _run(run: CalendarRun, drawing: _Drawing, x: float, y: float) -> list[str]:
    """A round grey bar, or the flag of a race."""
    said = f"{RUNS[run.kind]} {minutes_words(run.minutes)}".strip()
    if run.kind == "race":
        return [*_flag(x + 8, y), words(x + 30, y + 15.5, said, "on-race")]
    css = "hard" if run.hard else "easy"
    return [
        path(_round(x + 3, y, drawing.day - 6, BOX_PX, BOX_PX / 2), f"run-{css}"),
        words(x + drawing.day / 2, y + 15.5, said, f"on-{css} mid"),
    ]


def _session(session: PlannedSession, drawing: _Drawing, x: float, y: float) -> list[str]:
    """A box with its name and minutes, and the letter of the leg that begins."""
    css, said = _SHAPES[session.kind], f"{_NAMES[session.kind]} {minutes_words(session.minutes)}"
    width = drawing.day - 6
    tip = _tip(session, drawing.exercises)
    if css == "mobility":
        box = [path(_round(x + 3, y, width, BOX_PX, 7), css), rect(x + 3, y, width, BOX_PX, "touch", tip=tip)]
        return [*box, words(x + 11, y + 15.5, said, "on-mobility")]
    parts = [rect(x + 3, y, width, BOX_PX, css, tip=tip)]
    at = x + 9.0
    if css == "test":
        parts.append(_diamond(x + 15, y + BOX_PX / 2))
        at += 16.0
    parts.append(words(at, y + 15.5, said, f"on-{css}"))
    if first := _begins(session):
        parts.append(badge(x + drawing.day - 21.0, y + 3.5, first))
    return parts


def _pocket(session: PlannedSession, x: float, y: float) -> list[str]:
    return [circle(x + 12, y + BOX_PX / 2, 3.5, "piece", tip=session_words(session)),
            words(x + 21, y + 15.5, f"mobility {minutes_words(session.minutes)}", "tick")]  # fmt: skip


def _signs(
    runs: Sequence[CalendarRun], own: Sequence[PlannedSession], drawing: _Drawing, x: float, top: float
) -> list[str]:
    """The same without names: bars as long as the runs, then a sign for each session."""
    parts: list[str] = []
    at = x + 6.0
    share = 1.0 / max(1, len(runs))
    for run in runs:
        if run.kind == "race":
            parts += _flag(at + 4.0, top - 1.0)
        else:
            long = max(BAR_PX, share * LONGEST_BAR_PX * run.minutes / drawing.longest)
            bar = _round(at, top + (SIGNS_ROW_PX - BAR_PX) / 2, long, BAR_PX, BAR_PX / 2)
            parts.append(path(bar, "run-hard" if run.hard else "run-easy"))
        at += share * (LONGEST_BAR_PX + 4.0)
    for one in own:
        parts += _sign(one, at, top + (SIGNS_ROW_PX - SIGN_PX) / 2, tip=_tip(one, drawing.exercises))
        at += SIGN_PX + 4.0
    return parts


def _sign(session: PlannedSession, x: float, y: float, *, tip: str = "") -> list[str]:
    """A filled or an open square, a diamond, a ring, each with its letter."""
    css, letter = _SHAPES[session.kind], _LETTERS[session.kind]
    middle = x + SIGN_PX / 2, y + SIGN_PX / 2
    if is_pocket(session):
        return [circle(*middle, 3.5, "piece", tip=tip)]
    if css == "test":
        return [_diamond(*middle, 7.0), circle(*middle, 7.0, "touch", tip=tip)]
    if css == "mobility":
        shape = circle(*middle, SIGN_PX / 2, css, tip=tip)
    else:
        shape = rect(x, y, SIGN_PX, SIGN_PX, css, tip=tip)
    return [shape, words(middle[0], y + 10.5, letter, f"small mid on-{css}")]


def _key(plan: Plan, drawing: _Drawing, top: float) -> tuple[list[str], float]:
    """What each shape means: only those that are there."""
    parts: list[str] = []
    x, y = 8.0, top
    for drawn, text in _meanings(plan, drawing):
        room = 34.0 + LETTER_PX * len(text) + 16.0
        if x + room > WIDE_PX and x > 8.0:
            x, y = 8.0, y + KEY_ROW_PX
        parts += [part for one in drawn for part in [_moved(one, x, y)]]
        parts.append(words(x + 34.0, y + 12.5, text, "tick"))
        x += room
    return parts, y - top + KEY_ROW_PX


def _meanings(plan: Plan, drawing: _Drawing) -> list[tuple[list[str], str]]:
    kinds = {one.kind for one in plan.sessions if stands_alone(one)}
    runs = [run for run in plan.runs if run.kind != "race"]
    found: list[tuple[list[str], str]] = []
    long = " (a longer bar is a longer run)" if drawing.signs else ""
    for hard, name in ((False, "easy run"), (True, "hard run: quality or long")):
        if any(run.hard == hard for run in runs):
            found.append(([path(_round(0, 2, 28, 14, 7), "run-hard" if hard else "run-easy")], f"{name}{long}"))
            long = ""
    for kind, name in (("strength", "strength"), ("micro", "short strength, in season"), ("test", "tests of each leg"),
                       ("mobility", "mobility"), ("drills", "running drills")):  # fmt: skip
        if kind in kinds:
            found.append((_key_sign(_SHAPES[kind], _LETTERS[kind], drawing), name))
    sides = {first for one in plan.sessions if (first := _begins(one))}
    if sides and not drawing.signs:
        start = 6.0 if len(sides) == 1 else -2.0
        letters = [badge(start + 16.0 * place, 1.5, side) for place, side in enumerate(sorted(sides))]
        found.append((letters, "the leg that begins: L left, R right"))
    if any(is_pocket(one) for one in plan.sessions):
        found.append(([circle(14, 9, 3.5, "piece")], "a few minutes of mobility"))
    if any(run.kind == "race" for run in plan.runs):
        found.append((_flag(8, 0), "race"))
    return found


def _key_sign(css: str, letter: str, drawing: _Drawing) -> list[str]:
    if css == "test":
        box = [] if drawing.signs else [rect(1, 1, 26, 16, css)]
        return [*box, _diamond(14, 9)]
    if drawing.signs:
        shape = circle(14, 9, SIGN_PX / 2, css) if css == "mobility" else rect(7.5, 2.5, SIGN_PX, SIGN_PX, css)
        return [shape, words(14, 13, letter, f"small mid on-{css}")]
    return [path(_round(1, 1, 26, 16, 6), css) if css == "mobility" else rect(1, 1, 26, 16, css)]


def _begins(session: PlannedSession) -> str:
    """The letter of the leg on which all of its exercises begin; nothing where they take turns."""
    sides = {one.first for one in session.exercises if one.first and one.left and one.right}
    return next(iter(sides))[0].upper() if len(sides) == 1 and session.kind != "mobility" else ""


def _tip(session: PlannedSession, exercises: Exercises) -> str:
    """What those who point at a session read: when, what, and each dose."""
    when = f"{short_day(session.day)} {time_words(session.at)}".strip()
    doses = "; ".join(exercise_line(one, exercises) for one in session.exercises)
    return f"{when}, {session_words(session)}, {minutes_words(session.minutes)}{f': {doses}' if doses else ''}"


def _flag(x: float, y: float) -> list[str]:
    return [line(x, y + 1, x, y + 21, "pole"), path(f"M{x:.1f} {y + 2:.1f}l14 4.5l-14 4.5Z", "pennant")]


def _diamond(x: float, y: float, half: float = 6.0) -> str:
    return path(f"M{x:.1f} {y - half:.1f}l{half:g} {half:g}l{-half:g} {half:g}l{-half:g} {-half:g}Z", "diamond")


def _round(x: float, y: float, width: float, height: float, radius: float) -> str:
    """The outline of a box with round corners."""
    r, w, h = min(radius, height / 2, width / 2), width, height
    return (
        f"M{x + r:.1f} {y:.1f}h{w - 2 * r:.1f}a{r:g} {r:g} 0 0 1 {r:g} {r:g}v{h - 2 * r:.1f}"
        f"a{r:g} {r:g} 0 0 1 {-r:g} {r:g}h{2 * r - w:.1f}a{r:g} {r:g} 0 0 1 {-r:g} {-r:g}v{2 * r - h:.1f}"
        f"a{r:g} {r:g} 0 0 1 {r:g} {-r:g}Z"
    )


def _moved(part: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:g} {y:g})">{part}</g>'
