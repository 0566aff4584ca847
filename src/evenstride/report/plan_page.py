"""What the pages of a plan show, as JSON-ready values with every word in them: a week, a month, a session."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evenstride.model import CalendarRun, Catalogue, Plan, PlannedSession
from evenstride.model.plan import OWN_SLOTS
from evenstride.report.numbers import day_span
from evenstride.report.plan_answer import (
    ShownWeek,
    is_piece,
    last_day,
    monday,
    shown_weeks,
    stands_alone,
    strengthens,
)
from evenstride.report.plan_beside import PlanBeside, left_out_lines, left_out_texts, of_session, of_week
from evenstride.report.plan_coverage import coverage_rows
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
)
from evenstride.report.plan_words import (
    RUNS,
    TEST_ORDER,
    WEEKDAYS,
    minutes_words,
    run_words,
    session_words,
    short_day,
    time_words,
)
from evenstride.report.today_document import told_session

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A plan on the day on which it is looked at: what is done of it, and what is known beside it."""

    plan: Plan
    catalogue: Catalogue
    today: date
    beside: PlanBeside
    done: Collection[str] = ()


def week_nearest(plan: Plan, day: date) -> ShownWeek:
    """Return the plan's week of a day, or the nearest one that it has."""
    weeks = shown_weeks(plan)
    return min(weeks, key=lambda week: abs((week.monday - monday(day)).days))


def week_page(shown: Shown, week: ShownWeek) -> dict[str, Any]:
    """Return one week with every day, and where it stands among the others."""
    weeks = shown_weeks(shown.plan)
    place = weeks.index(week)
    return {
        "number": week.number,
        "monday": week.monday.isoformat(),
        "name": day_span(week.monday, week.monday + 6 * DAY),
        "answer": week_answer(week),
        "asks": _asks(week),
        "meaning": week_meaning(week),
        "before": weeks[place - 1].monday.isoformat() if place else None,
        "after": weeks[place + 1].monday.isoformat() if place + 1 < len(weeks) else None,
        "is_now": week.monday == monday(shown.today),
        "days": [day_page(shown, week, week.monday + n * DAY) for n in range(7)],
        "facts": _week_facts(shown, week),
        "covers": coverage_rows(week),
        "loads": loads(weeks, week),
    }


def day_page(shown: Shown, week: ShownWeek, day: date) -> dict[str, Any]:
    """Return one day of a week: its runs, what stands around them, and its sessions, in the order of the day."""
    entries = of_day(week, day)
    return {
        "date": day.isoformat(),
        "weekday": WEEKDAYS[day.weekday()],
        "number": day.day,
        "name": f"{day:%A} {day.day} {day:%B}",
        "is_today": day == shown.today,
        "is_over": day < shown.today,
        "inside": shown.plan.start <= day <= last_day(shown.plan),
        "runs": [_run(one) for one in entries if isinstance(one, CalendarRun)],
        "sessions": [_session(shown, one) for one in entries if isinstance(one, PlannedSession) and not is_piece(one)],
        "pieces": [_session(shown, one) for one in entries if isinstance(one, PlannedSession) and is_piece(one)],
    }


def loads(weeks: Sequence[ShownWeek], here: ShownWeek) -> list[dict[str, Any]]:
    """Return the sets of strength of every week with what kind of week it is; ``share`` of the fullest one."""
    sets = [sum(one.sets for one in week.sessions if strengthens(one)) for week in weeks]
    most = max([*sets, 1])
    return [
        {
            "number": week.number, "monday": week.monday.isoformat(), "sets": n, "share": n / most,
            "load": week.load, "here": week.monday == here.monday, "name": day_span(week.monday, week.monday + 6 * DAY),
        }
        for week, n in zip(weeks, sets, strict=True)
    ]  # fmt: skip


def month_page(shown: Shown, month: date) -> dict[str, Any]:
    """Return a month in calendar weeks: what stands on each day, in a few words."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    plan = shown.plan
    mondays = [monday(first) + n * WEEK for n in range((monday(after - DAY) - monday(first)) // WEEK + 1)]
    known = {week.monday: week for week in shown_weeks(plan)}
    return {
        "name": f"{first:%B %Y}",
        "month": first.isoformat()[:7],
        "before": (first - DAY).isoformat()[:7] if plan.start < first else None,
        "after": after.isoformat()[:7] if last_day(plan) >= after else None,
        "weekdays": list(WEEKDAYS),
        "weeks": [
            {
                "monday": start.isoformat(), "number": week.number if (week := known.get(start)) else None,
                "load": week.load if week else "",
                "days": [_month_day(shown, start + n * DAY, first) for n in range(7)],
            }
            for start in mondays
            if start in known
        ],
    }  # fmt: skip


def session_page(shown: Shown, session: PlannedSession) -> dict[str, Any]:
    """Return one session with every reason: the rules that put it there, its notes, and how each exercise is done."""
    catalogue = shown.catalogue
    document = _session(shown, session)
    for told, one in zip(document["exercises"], session.exercises, strict=True):
        known = catalogue.exercises.get(one.exercise)
        own = told["words"]["effort"] or ""
        told["words"]["effort"] = explained(own) if own != document["usual"] else ""
        told["begins"] = "" if document["first"] else one.first or ""
        told["how"] = known.how if known else ""
        told["every_cue"] = list(known.cues) if known else []
        told["faults"] = list(known.faults) if known else []
        told["stop_when"] = known.stop_when if known else ""
    rests = [bare_assumption(text) for text in session.assumes]
    gone = left_out_texts(of_session(shown.beside, session.id), catalogue.exercises)
    notes = (("rests_on", rests), ("left_out", gone), ("cut", cut_lines(session.trimmed)))
    return {
        "session": document | {"usual": explained(document["usual"])},
        "monday": monday(session.day).isoformat(),
        "answer": session_answer(session),
        "meaning": session_meaning(session, shown.plan).removesuffix(f" · {session.id}"),
        "rules": [
            {"id": name, "here": here}
            | ({"sentence": rule.sentence, "reason": rule.reason, "grade": rule.grade, "binding": rule.binding}
               if rule else {})
            for name, here, rule in rules_told(session, catalogue)
        ],
        "notes": [(key, lines) for key, lines in notes if lines],
        "known": known_told(session, catalogue.exercises),
    }  # fmt: skip


def _asks(week: ShownWeek) -> str:
    """What a week asks for, without which one it is."""
    text = week_answer(week).partition(": ")[2]
    return f"{text[0].upper()}{text[1:]}"


def _session(shown: Shown, one: PlannedSession) -> dict[str, Any]:
    legs = first_legs(one)
    document = told_session(one, shown.catalogue, done=one.id in shown.done)
    tests = one.kind == "test" and not one.exercises
    return document | {
        "usual": usual_effort(one),
        "first": next(iter(legs)) if len(legs) == 1 else "",
        "minutes_words": minutes_words(one.minutes),
        "alone": stands_alone(one),
        "tests": TEST_ORDER if tests else "",
        "cut": cut_lines(one.trimmed),
        "rests_on": [bare_assumption(text) for text in one.assumes],
        "may_move": one.slot in OWN_SLOTS and one.kind != "test" and one.id not in shown.done,
    }


def _run(run: CalendarRun) -> dict[str, Any]:
    facts = run_words(run).removeprefix(RUNS[run.kind]).removeprefix(", ")
    return {
        "kind": run.kind, "title": RUNS[run.kind], "facts": facts, "time": time_words(run.at), "hard": run.hard,
        "note": run.note,
    }  # fmt: skip


def _month_day(shown: Shown, day: date, first: date) -> dict[str, Any]:
    plan = shown.plan
    sessions = [one for one in plan.sessions if one.day == day and stands_alone(one)]
    return {
        "date": day.isoformat(),
        "number": day.day,
        "name": f"{day:%A} {day.day} {day:%B}",
        "of_month": day.month == first.month,
        "inside": plan.start <= day <= last_day(plan),
        "is_today": day == shown.today,
        "runs": [{"title": RUNS[run.kind], "hard": run.hard} for run in plan.runs if run.day == day],
        "sessions": [{"title": session_words(one), "kind": one.kind, "done": one.id in shown.done} for one in sessions],
    }


def _week_facts(shown: Shown, week: ShownWeek) -> list[tuple[str, list[str]]]:
    """What stands below the days: (key of its name, lines); nothing empty."""
    exercises, plan = shown.catalogue.exercises, shown.plan
    rests: dict[str, list[str]] = {}
    for one in week.sessions:
        for text in one.assumes:
            rests.setdefault(bare_assumption(text), []).append(WEEKDAYS[one.day.weekday()])
    around: dict[str, list[str]] = {}
    key = ""
    for label, text in folded_lines(week, exercises):
        key = label.replace(" ", "_") or key
        around.setdefault(key, []).append(text)
    facts = {
        "rests_on": [f"{text} ({', '.join(dict.fromkeys(days))})" for text, days in rests.items()],
        "given_up": [f"{one.text} ({one.rule})" for one in plan.given_up if monday(one.day) == week.monday],
        "left_out": left_out_texts(of_week(shown.beside, week.monday), exercises),
        "weekly_look": [
            f"{short_day(look.day)}: {look.text}" for look in plan.reassessments if monday(look.day) == week.monday
        ],
        **around,
    }
    return [(key, lines) for key, lines in facts.items() if lines]


def whole_facts(shown: Shown) -> list[tuple[str, list[str]]]:
    """Return what holds for the whole plan: advice, and what is left out in which weeks."""
    gone = left_out_lines(shown.plan, shown.beside.left_out, shown.catalogue.exercises)
    facts = (
        ("advice", [f"{one.text[0].upper()}{one.text[1:]} ({one.rule})" for one in shown.plan.advice]),
        ("left_out", [f"{weeks}: {text}" for weeks, text in gone]),
    )
    return [(key, lines) for key, lines in facts if lines]
