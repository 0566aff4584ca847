"""A plan as a calendar (.ics) that a calendar app takes, and takes again when the plan has changed.

Every session keeps its identifier whatever becomes of it, so that the next export replaces what the app has; sessions
that are gone are written as cancelled.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from evenstride.model import CalendarRun, Plan, PlannedSession
from evenstride.report.looks import printable
from evenstride.report.plan_words import (
    TEST_ORDER,
    Exercises,
    effort_words,
    exercise_line,
    minutes_words,
    reasons,
    run_words,
    session_words,
    warm_up_words,
)

if TYPE_CHECKING:
    from icalendar import Calendar, Event

SEQUENCE_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""Revisions count the seconds since then: each export is newer than the one before without remembering it."""


@dataclass(frozen=True, kw_only=True)
class IcsOptions:
    """How a plan becomes a calendar.

    ``made`` is the moment of the export. ``previous`` are the identifiers that :func:`ics_ids` gave for the export
    before: those that are gone are cancelled. ``runs`` adds the runs. ``key`` tells athletes apart in one calendar; it
    must stay what it is while anything else may change, and is the athlete's name unless given. ``returning`` is what
    the calendar, runs and sessions that belong to runs say of a return to running.
    """

    timezone: str
    made: datetime
    previous: Sequence[str] = ()
    runs: bool = False
    key: str = ""
    returning: str = ""


def plan_ics(plan: Plan, exercises: Exercises, options: IcsOptions) -> bytes:
    """Return the plan as a calendar.

    A session with a time of day is an event in the athlete's zone, which the file defines; one without is an all-day
    event with its minutes in the title. The description lists the exercises, left | right, then the reasons.

    Works for calendar apps that follow RFC 5545. Reminders are left to the app.

    Examples
    --------
    >>> from evenstride.model import SolverStatus
    >>> session = PlannedSession(id="2026-05-08-strength-1", day=date(2026, 5, 8), slot="free", kind="strength",
    ...                          minutes=20)
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(session,),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> options = IcsOptions(timezone="Europe/Berlin", made=datetime(2026, 5, 1, tzinfo=UTC))
    >>> b"SUMMARY:Strength\\\\, 20 min" in plan_ics(plan, {}, options)
    True
    """
    calendar = _calendar()
    calendar.add("X-WR-TIMEZONE", options.timezone)
    if options.returning:
        calendar.add("X-WR-CALDESC", _clean(options.returning))
    for entry, name in _named(plan, runs=options.runs):
        event = _event(name, plan, options)
        if isinstance(entry, CalendarRun):
            _fill_run(event, entry, options)
        else:
            _fill_session(event, entry, exercises, options)
        calendar.add_component(event)
    for name in _gone(plan, options):
        event = _event(name, plan, options)
        _add_times(event, _day_of(name, plan.start), None, 0.0, options.timezone)
        event.add("SUMMARY", "Cancelled")
        event.add("STATUS", "CANCELLED")
        calendar.add_component(event)
    _define_zone(calendar, plan)
    data: bytes = calendar.to_ical()
    return data


def empty_ics() -> bytes:
    """Return a calendar without events, as it is while there is no plan.

    >>> b"VEVENT" in empty_ics()
    False
    """
    data: bytes = _calendar().to_ical()
    return data


def ics_ids(plan: Plan, *, runs: bool = False) -> tuple[str, ...]:
    """Return the identifiers that an export of the plan has, to be kept for the next one's ``previous``."""
    return tuple(name for _, name in _named(plan, runs=runs))


def _calendar() -> "Calendar":
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", "-//evenstride//plan//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", "evenstride")
    return calendar


def _named(plan: Plan, *, runs: bool) -> Iterator[tuple[PlannedSession | CalendarRun, str]]:
    """Everything that becomes an event, with its identifier."""
    for session in plan.sessions:
        yield session, session.id
    seen: dict[date, int] = {}
    for run in plan.runs if runs else ():
        if plan.start <= run.day < plan.start + timedelta(weeks=plan.weeks):
            seen[run.day] = seen.get(run.day, 0) + 1
            yield run, f"{run.day.isoformat()}-run-{seen[run.day]}"


def _gone(plan: Plan, options: IcsOptions) -> Iterable[str]:
    now = set(ics_ids(plan, runs=options.runs))
    return [name for name in dict.fromkeys(options.previous) if name not in now]


def _event(name: str, plan: Plan, options: IcsOptions) -> "Event":
    from icalendar import Event

    whose = sha256((options.key or plan.athlete).encode()).hexdigest()[:16]
    made = options.made.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("UID", f"{name}.{whose}@evenstride")
    event.add("DTSTAMP", made)
    event.add("LAST-MODIFIED", made)
    event.add("SEQUENCE", max(0, int((made - SEQUENCE_EPOCH).total_seconds())))
    return event


def _fill_session(event: "Event", session: PlannedSession, exercises: Exercises, options: IcsOptions) -> None:
    _add_times(event, session.day, session.at, session.minutes, options.timezone)
    event.add("SUMMARY", f"{session_words(session)}, {minutes_words(session.minutes)}")
    of_run = [options.returning] if options.returning and session.slot != "free" else []
    event.add("DESCRIPTION", _clean("\n\n".join([*of_run, _session_text(session, exercises)])))
    event.add("CATEGORIES", [session.kind])
    event.add("STATUS", "CONFIRMED")


def _fill_run(event: "Event", run: CalendarRun, options: IcsOptions) -> None:
    _add_times(event, run.day, run.at, run.minutes, options.timezone)
    event.add("SUMMARY", run_words(run))
    if run.note or options.returning:
        event.add("DESCRIPTION", _clean("\n".join(part for part in (options.returning, run.note) if part)))
    event.add("CATEGORIES", ["run"])
    event.add("STATUS", "CONFIRMED")


def _session_text(session: PlannedSession, exercises: Exercises) -> str:
    warm_up = warm_up_words(session, exercises)
    lines = [warm_up] if warm_up else []
    if session.kind == "test" and not session.exercises:
        lines.append(TEST_ORDER)
    for one in session.exercises:
        effort = effort_words(one)
        lines += [exercise_line(one, exercises), *([f"   {effort}"] if effort else [])]
    why = reasons(session, exercises)
    return "\n".join([*lines, *(["", "Why", *(f"- {text}" for text in why)] if why else [])]).strip()


def _add_times(event: "Event", day: date, at: time | None, minutes: float, timezone: str) -> None:
    if at is None:
        event.add("DTSTART", day)
        event.add("DTEND", day + timedelta(days=1))
        event.add("TRANSP", "TRANSPARENT")
        return
    zone = ZoneInfo(timezone)
    start = datetime.combine(day, at, tzinfo=zone)
    # Minutes pass on every clock alike, also in the night in which the athlete's clock jumps.
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    if timezone == "UTC":
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    event.add("DTSTART", start)
    event.add("DTEND", end)


def _define_zone(calendar: "Calendar", plan: Plan) -> None:
    """Write the rules of the athlete's zone for the time of the plan, where any event has a time of day."""
    calendar.add_missing_timezones(
        first_date=plan.start - timedelta(days=366), last_date=plan.start + timedelta(weeks=plan.weeks + 53)
    )


def _day_of(name: str, otherwise: date) -> date:
    """The day in an identifier: where a cancelled event stands matters little, but it needs a day."""
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return otherwise


def _clean(text: str) -> str:
    return "\n".join(printable(line) for line in text.split("\n"))
