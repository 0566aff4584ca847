"""The screens of logs: what was told, beside what was asked; what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import DayLog, Dose, Exercise, Pain, PlannedSession, RunLog, SessionLog, Side
from evenstride.report.looks import print_screen, printable, two_columns
from evenstride.report.plan_words import dose_words, exercise_name, session_words, short_day
from evenstride.review.checklist import Agreement, ChecklistScore, ScoreTrend, load_checklists, run_score
from evenstride.review.load import WeekOfLoad

HARDER: Mapping[str, str] = {"left": "the left leg worked harder", "right": "the right leg worked harder",
                             "even": "both legs worked alike"}  # fmt: skip
WAITING_MAX = 6


@dataclass(frozen=True, kw_only=True)
class Line:
    """One side of an exercise: what was asked of it, what was done, and whether that is less or more."""

    exercise: str
    side: Side | None
    asked: Dose | None
    done: str
    remark: str


def print_session_log(
    log: SessionLog, lines: Sequence[Line], *, facts: Mapping[str, str], exercises: Mapping[str, Exercise],
    console: Console | None = None,
) -> None:  # fmt: skip
    """Print what was done of a session beside what was asked."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("exercise", "side", "asked", "done", ""):
        table.add_column(name)
    for one in lines:
        cells = (
            exercise_name(one.exercise, exercises), _side(one.side), dose_words(one.asked) or "–", one.done, one.remark
        )  # fmt: skip
        table.add_row(*(Text(printable(cell)) for cell in cells))
    _print(session_answer(log), facts, table if lines else None, console)


def print_run_log(
    log: RunLog, score: ChecklistScore | None, *, facts: Mapping[str, str], console: Console | None = None
) -> None:
    """Print how a run felt."""
    told = {
        "checklist": score_words(score) if log.items else "not rated",
        "legs": HARDER[log.harder] if log.harder else "",
        "effort": f"{log.effort_0_10:g} of 10" if log.effort_0_10 is not None else "",
        "load": f"{log.load:.0f} (effort × minutes)" if log.load is not None else "",
        "pain": "; ".join(pain_words(one) for one in log.pain),
        "cues": ", ".join(one.replace("_", " ") for one in log.cues),
    }
    who = f"As {log.name} saw it" if log.by == "coach" else "Kept"
    without = ", without the device" if log.without_device else ""
    _print(f"{who}: the run of {short_day(log.day)}{without}.", {**told, **facts}, None, console)


def print_day_log(log: DayLog, *, stop: str, console: Console | None = None) -> None:
    """Print what a morning was like; what a red flag means comes first."""
    facts = {
        "sleep": f"{log.sleep_hours:g} h" if log.sleep_hours is not None else "",
        "mood": f"{log.mood_0_4} of 4" if log.mood_0_4 is not None else "",
        "resting": f"{log.resting_heart_rate_bpm:g} beats a minute" if log.resting_heart_rate_bpm is not None else "",
        "stiff": "; ".join(f"{_leg(one.side)}{one.joint} {one.value_0_10:g} of 10" for one in log.stiffness),
        "soreness": soreness_words(log.soreness_0_10, log.soreness_hours),
        "pain": "; ".join(pain_words(one) for one in log.pain),
        "cleared": f"by {log.cleared_by}" if log.cleared_by else "",
        "note": log.note,
    }
    _print(stop or f"Kept: the morning of {short_day(log.day)}.", facts, None, console)


def print_logs(
    told: Sequence[tuple[str, str, str]], *, waits: Sequence[str], facts: Mapping[str, str],
    console: Console | None = None,
) -> None:  # fmt: skip
    """Print what was told (day, of what, in words) and what waits."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("day", "of", "told"):
        table.add_column(name)
    for row in told:
        table.add_row(*(Text(printable(cell)) for cell in row))
    first = f"{len(told)} {'entry' if len(told) == 1 else 'entries'}; " if told else "Nothing was logged yet; "
    first += f"{waits[0]} waits." if len(waits) == 1 else f"{len(waits)} wait." if waits else "nothing waits."
    listed = {"waits": "; ".join(waits[:WAITING_MAX]) + (" …" if len(waits) > WAITING_MAX else "")} if waits else {}
    _print(first, {**listed, **facts}, table if told else None, console)


def session_answer(log: SessionLog) -> str:
    """Return the first line of a session's log.

    >>> from datetime import date
    >>> session_answer(SessionLog(session="2026-05-08-strength-1", day=date(2026, 5, 8), done=False))
    'Kept as missed: 2026-05-08-strength-1. The plan goes on from there: evenstride plan replan.'
    """
    name = log.session or f"a session outside the plan, {short_day(log.day)}"
    if not log.done:
        return f"Kept as missed: {name}. The plan goes on from there: evenstride plan replan."
    return f"Kept {_as_planned(log)}: {name}." if log.as_planned else f"Kept: {name}."


def _as_planned(log: SessionLog) -> str:
    """That a session was done as it stood; what hurt is never left out of it."""
    return "as planned" + (", with pain" if log.pain else "")


def done_words(reps: Sequence[float], load_kg: float, *, seconds: bool = False) -> str:
    """Return what one side did.

    >>> done_words((10, 10, 8), 12), done_words((30,), 0, seconds=True), done_words((), 0)
    ('10, 10, 8 with 12 kg', '30 s', 'not done')
    """
    if not reps:
        return "not done"
    work = ", ".join(f"{one:g}" for one in reps) + (" s" if seconds else "")
    return f"{work} with {load_kg:g} kg" if load_kg else work


def pain_words(one: Pain) -> str:
    """Return a pain as people say it.

    >>> pain_words(Pain(value_0_10=3, site="knee", side="right", kind="joint"))
    '3 of 10, right knee (joint)'
    """
    where = f"{_leg(one.side)}{one.site}".strip()
    said = f"{one.value_0_10:g} of 10" + (f", {where}" if where else "")
    return f"{said} ({one.kind})" if one.kind else said


def hurting_words(log: SessionLog, exercises: Mapping[str, Exercise]) -> tuple[str, ...]:
    """Return the pain of each exercise that hurt.

    >>> from datetime import date
    >>> from evenstride.model import ExerciseLog
    >>> squat = ExerciseLog(exercise="split_squat", pain_0_10=3, pain_site="knee", pain_side="right")
    >>> hurting_words(SessionLog(session="", day=date(2026, 5, 4), exercises=(squat,)), {})
    ('Split squat 3 of 10, right knee',)
    """
    pains = (
        (one, Pain(value_0_10=one.pain_0_10, site=one.pain_site, side=one.pain_side, kind=one.pain_kind))
        for one in log.exercises if one.pain_0_10 > 0
    )  # fmt: skip
    return tuple(f"{exercise_name(one.exercise, exercises)} {pain_words(pain)}" for one, pain in pains)


def soreness_words(value: float | None, hours: float | None) -> str:
    """Return how sore, and for how long."""
    said = f"{value:g} of 10" if value is not None else ""
    return ", ".join(part for part in (said, f"for {hours:g} h" if hours is not None else "") if part)


def score_words(score: ChecklistScore | None) -> str:
    """Return what a checklist came to, and how much of it was rated."""
    if score is None:
        return "too little of it was rated for a score"
    rated = "all" if score.rated == score.of else f"{score.rated} of {score.of}"
    return f"{score.value:.0f} of 100 ({rated} items rated)"


def trend_words(trend: ScoreTrend | None) -> str:
    """Return how the score moves, with its interval."""
    if trend is None:
        return ""
    one = trend.per_4_weeks
    return f"{one.value:+.0f} points in four weeks ({one.low:+.0f} to {one.high:+.0f}), {trend.n} runs"


def agreement_words(found: Agreement) -> str:
    """Return how far runner and coach are apart."""
    if not found.n_runs:
        return ""
    if found.too_early or found.item_difference is None:
        return f"too early to tell: {found.n_runs} of the five runs that it takes are rated by both"
    one = found.item_difference
    return f"{one.value:.1f} of 4 apart on an item ({max(one.low, 0):.1f} to {one.high:.1f}), {found.n_runs} runs"


def load_words(weeks: Sequence[WeekOfLoad]) -> str:
    """Return the session load of the last two weeks, and of how many days it is known.

    >>> from datetime import date
    >>> load_words([WeekOfLoad(monday=date(2026, 5, 4), total=420.0, known_days=2, unrated=1)])
    'week of 4 May: 420 on 2 known days, 1 entry without effort or minutes'
    """
    return "; ".join(_week_words(one) for one in weeks[-2:])


def _week_words(one: WeekOfLoad) -> str:
    without = f", {one.unrated} {'entry' if one.unrated == 1 else 'entries'} without effort or minutes"
    days = f"{one.known_days} known day{'' if one.known_days == 1 else 's'}"
    return f"week of {one.monday.day} {one.monday:%b}: {one.total:.0f} on {days}" + (without if one.unrated else "")


def told_words(log: SessionLog | RunLog | DayLog) -> tuple[str, str, str]:
    """Return a log as one row: its day, of what it is, and what was told."""
    if isinstance(log, SessionLog):
        told = "missed" if not log.done else _as_planned(log) if log.as_planned else f"{len(log.exercises)} exercises"
        effort = f", effort {log.effort_0_10:g}" if log.effort_0_10 is not None else ""
        return short_day(log.day), log.session or f"{log.kind}, outside the plan", told + effort
    if isinstance(log, RunLog):
        score = run_score(log)
        said = [f"checklist {score.value:.0f}" if score else f"{len(log.items)} items" if log.items else ""]
        said.append(f"effort {log.effort_0_10:g}" if log.effort_0_10 is not None else "")
        return short_day(log.day), f"run, by {log.name}" if log.by == "coach" else "run", _joined(said) or "noted"
    said = [
        f"slept {log.sleep_hours:g} h" if log.sleep_hours is not None else "",
        f"mood {log.mood_0_4}" if log.mood_0_4 is not None else "",
        "red flag" if log.red_flags else "",
    ]
    return short_day(log.day), "morning", _joined(said) or "noted"


def waiting_words(sessions: Sequence[PlannedSession], runs: Sequence[str], *, morning: bool) -> tuple[str, ...]:
    """Return what waits to be told, one thing each."""
    named = [f"{session_words(one)}, {short_day(one.day)} ({one.id})" for one in sessions]
    return (*named, *(f"the checklist of run {one}" for one in runs), *(("this morning",) if morning else ()))


def item_labels(name: str = "run") -> Mapping[str, str]:
    """Return what people call the items of a checklist."""
    return {one.id: one.label for key, items in load_checklists().items() if key == name for one in items}


def _joined(parts: Sequence[str]) -> str:
    return ", ".join(part for part in parts if part)


def _leg(side: Side | None) -> str:
    return f"{side} " if side else ""


def _side(side: Side | None) -> str:
    return {"left": "L left", "right": "R right"}[side] if side else "both"


def _print(first: str, facts: Mapping[str, str], table: Table | None, console: Console | None) -> None:
    rows = two_columns()
    for name, text in facts.items():
        if text:
            rows.add_row(name, Text(printable(text)))

    def screen(width: int) -> RenderableType:
        del width
        parts: list[RenderableType] = [Text(printable(first), style="bold")]
        if table is not None:
            parts += [Text(""), table]
        if rows.row_count:
            parts += [Text(""), rows]
        return Group(*parts)

    print_screen(screen, console)
