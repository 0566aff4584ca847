"""When a run or a session begins and ends; what has no time of day is its whole day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from evenstride.model import CalendarRun, PlannedSession

Span = tuple[datetime, datetime]
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins, in the runner's own clock."""
    return datetime.combine(day, time.min)


def monday_of(day: date) -> date:
    """Return the Monday of the day's calendar week."""
    return day - timedelta(days=day.weekday())


def run_span(run: CalendarRun) -> Span:
    """Return when a run begins and ends."""
    return _span(run.day, run.at, run.minutes)


def session_span(session: PlannedSession, runs_that_day: Sequence[CalendarRun]) -> Span:
    """Return when a session begins and ends; without a time it lies after the runs of its day, as far as these tell.

    >>> from evenstride.model import CalendarRun, PlannedSession
    >>> run = CalendarRun(day=date(2026, 5, 4), kind="easy", minutes=45, at=time(7))
    >>> session = PlannedSession(id="a", day=run.day, slot="after_run", kind="strength", minutes=20)
    >>> print(*session_span(session, [run]))
    2026-05-04 07:45:00 2026-05-05 00:00:00
    """
    if session.at is not None or not runs_that_day or any(run.at is None for run in runs_that_day):
        return _span(session.day, session.at, session.minutes)
    start = max(run_span(run)[1] for run in runs_that_day)
    return start, max(start, midnight(session.day) + DAY)


def _span(day: date, at: time | None, minutes: float) -> Span:
    if at is None:
        return midnight(day), midnight(day) + DAY
    start = datetime.combine(day, at)
    return start, start + timedelta(minutes=minutes)


def say_day(day: date) -> str:
    """Return a day as people write it: Mon 4 May."""
    return f"{day:%a} {day.day} {day:%b}"


def say_hours(length: timedelta) -> str:
    """Return a length of time in hours: 18 h, 23.5 h; never rounded up to what it falls short of."""
    return f"{int(length.total_seconds() // 360) / 10:g} h"
