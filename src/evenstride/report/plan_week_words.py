"""One week and one session of a plan in sentences, the same on a screen and on a page."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from evenstride.errors import InvalidRequest
from evenstride.model import CalendarRun, Catalogue, Plan, PlannedExercise, PlannedSession, Rule
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
from evenstride.report.plan_words import (
    SLOTS,
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
    time_words,
)

_ORDER = {"pre_run": 0, "free": 1, "post_run": 2, "after_run": 3}


def bare_assumption(text: str) -> str:
    """Return what a session rests on, without the word that says where it will be seen.

    >>> bare_assumption("gate: 15 calf raises on each leg (test of 1 June)")
    '15 calf raises on each leg (test of 1 June)'
    """
    return text.removeprefix("log: ").removeprefix("gate: ")


def week_of(plan: Plan, number: int) -> ShownWeek:
    """Return a week by its number.

    Raises
    ------
    InvalidRequest
        The plan has no such week.
    """
    weeks = shown_weeks(plan)
    found = next((week for week in weeks if week.number == number), None)
    if found is None:
        raise InvalidRequest(f"The plan has no week {number}.", help=f"It has {weeks_words(w.number for w in weeks)}.")
    return found


def week_answer(week: ShownWeek) -> str:
    """Return what a week asks for, in one sentence."""
    span = day_span(week.monday, week.monday + timedelta(days=6))
    strength = [one for one in week.sessions if strengthens(one)]
    mobility = [one for one in week.sessions if one.kind == "mobility" and stands_alone(one)]
    said = [
        counted(len(strength), "strength session"),
        "the tests" if any(one.kind == "test" for one in week.sessions) else "",
        counted(len(mobility), "mobility session") if mobility else "",
    ]
    return f"Week {week.number}, {span}: {listed([one for one in said if one])}."


def week_meaning(week: ShownWeek) -> str:
    """Return what kind of week it is, and what it comes to."""
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


def of_day(week: ShownWeek, day: date) -> list[CalendarRun | PlannedSession]:
    """Return runs and everything else of one day, in the order in which it comes."""
    found: list[tuple[tuple[object, ...], CalendarRun | PlannedSession]] = []
    found += [((run.at or time.min, 1), run) for run in week.runs if run.day == day]
    for one in week.sessions:
        if one.day == day:
            # Without a time of day: before its run, after it, or at the end.
            at = one.at or (time.min if one.slot in ("pre_run", "post_run") else time.max)
            found.append(((at, _ORDER[one.slot]), one))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def first_legs(session: PlannedSession) -> set[str]:
    """Return the legs on which its exercises begin."""
    return {one.first for one in session.exercises if one.first and one.left and one.right}


def usual_effort(session: PlannedSession) -> str:
    """Return tempo and rest that most exercises of a session share."""
    counts = Counter(effort_words(one) for one in session.exercises if effort_words(one))
    effort, times = counts.most_common(1)[0] if counts else ("", 0)
    return effort if times > 1 else ""


def explained(effort: str) -> str:
    """Return what a tempo's four numbers are, said where it stands.

    >>> explained("tempo 2-1-2-1 s, rest 60 s")
    'tempo 2-1-2-1 s (down, pause, up, pause), rest 60 s'
    """
    return re.sub(r"(tempo [\d-]+ s)", r"\1 (down, pause, up, pause)", effort)


def cut_lines(trimmed: Sequence[str]) -> list[str]:
    """Return what the minutes cut, the same cut of several exercises in one line.

    >>> cut_lines(["Step-up: 1 of 3 sets for want of minutes", "Split squat: 1 of 3 sets for want of minutes"])
    ['to 1 of 3 sets: Step-up; Split squat']
    >>> cut_lines(["Step-up left out for want of minutes"])
    ['left out: Step-up']
    """
    found: dict[str, list[str]] = {}
    for text in (cut_words(one) for one in trimmed):
        name, _, cut = text.partition(": ")
        found.setdefault(cut, []).append(name)
    return [f"{cut}: {'; '.join(names)}" if cut else "; ".join(names) for cut, names in found.items()]


def folded_lines(week: ShownWeek, exercises: Exercises) -> Iterator[tuple[str, str]]:
    """Yield the minutes around runs and the pockets: what is the same on several days, once."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in week.sessions:
        if is_piece(one) or is_pocket(one):
            label = {"pre_run": "before runs", "post_run": "after runs"}.get(one.slot, "a few minutes")
            text = f"{minutes_words(one.minutes)}: {'; '.join(in_few_words(each, exercises) for each in one.exercises)}"
            found.setdefault((label, text), []).append(WEEKDAYS[one.day.weekday()])
    before = ""
    for (label, text), days in sorted(found.items(), key=lambda pair: ("ba".find(pair[0][0][0]), pair[0][0])):
        yield ("" if label == before else label), f"{listed(days)}, {text}"
        before = label


def in_few_words(one: PlannedExercise, exercises: Exercises) -> str:
    """Return an exercise in few words: a dose that both legs share is said once, for each side."""
    name = exercise_name(one.exercise, exercises)
    if one.left is not None and one.left == one.right:
        return f"{name} {dose_words(one.left)} each side"
    return exercise_line(one, exercises)


def session_answer(session: PlannedSession) -> str:
    """Return what a session is, and when."""
    at = f" at {time_words(session.at)}" if session.at else ""
    name = session_words(session)
    where = ""
    for slot in SLOTS.values():
        if name.endswith(slot):
            name, where = name.removesuffix(slot).rstrip(), f" {slot}"
    day = f"{session.day:%A} {session.day.day} {session.day:%B}"
    return f"{name} on {day}{at}{where}, {minutes_words(session.minutes)}."


def session_meaning(session: PlannedSession, plan: Plan) -> str:
    """Return what surrounds a session: its week, the runs of its day."""
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


def rules_told(session: PlannedSession, catalogue: Catalogue) -> list[tuple[str, str, Rule | None]]:
    """Return each rule that put a session where it stands, what it means here, and the rule where it is known."""
    told: dict[str, list[str]] = {}
    for one in session.because:
        told.setdefault(one.rule, []).append(one.text)
    found = []
    for name, texts in told.items():
        here = "; ".join(texts)
        said = f"{here[0].upper()}{here[1:]}{'' if here.endswith('?') else '.'}"
        found.append((name, said, catalogue.rules.get(name)))
    return found


def known_told(session: PlannedSession, exercises: Exercises) -> list[tuple[str, str]]:
    """Return the evidence behind a session's exercises, what several share once: (grade, text)."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in session.exercises:
        if (known := exercises.get(one.exercise)) is not None:
            found.setdefault((known.evidence_grade, known.evidence), []).append(known.name)
    return [(grade, f"{', '.join(names)}: {evidence}") for (grade, evidence), names in found.items()]
