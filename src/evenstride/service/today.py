"""What to do today, and on the coming days as far as they are known now."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from evenstride.model import Plan, PlannedSession, SessionLog, Today
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.today_document import today_document
from evenstride.service.home import Home, open_home
from evenstride.service.plan_request import logs_of, return_notes
from evenstride.service.today_file import believed
from evenstride.service.where import Where
from evenstride.store import plan_in_force

DAYS = 28
"""So many days are written ahead: who looks after four weeks without any change waits half a second longer."""
DAY = timedelta(days=1)


def today_for(where: Where) -> dict[str, Any]:
    """Return the document of today from the file that was written at the last change, else from what is kept.

    Raises
    ------
    UnknownAthlete
        Several athletes are kept and none is named, or nobody is.
    """
    found = believed(where)
    if found is not None:
        return found
    with open_home(where) as home:
        home.store.changed.add(home.athlete_id)  # so that the file is written again
        return coming_days(home, days=1)[0]


def coming_days(home: Home, *, days: int = DAYS) -> list[dict[str, Any]]:
    """Return the documents of today and the days after it, as they are known now."""
    catalogue = load_catalogue()
    return [today_document(one, catalogue) for one in days_of(home, days=days)]


def days_of(home: Home, *, days: int = DAYS) -> tuple[Today, ...]:
    """Return today and the days after it."""
    held = plan_in_force(home.store, home.athlete_id)
    plan = held.plan if held else None
    told = _Told(home, plan)
    return tuple(told.day(home.today + n * DAY) for n in range(days))


class _Told:
    """What is kept of an athlete, read once for all days."""

    def __init__(self, home: Home, plan: Plan | None) -> None:
        self.home, self.plan = home, plan
        self.logs = logs_of(home)
        self.notes = return_notes(home)

    def day(self, day: date) -> Today:
        plan = self.plan
        planned = plan is not None and plan.start <= day < plan.start + timedelta(weeks=plan.weeks)
        sessions = tuple(one for one in plan.sessions if one.day == day) if plan and planned else ()
        return Today(
            day=day,
            athlete=self.home.profile.name,
            timezone=self.home.profile.timezone,
            planned=planned,
            runs=tuple(run for run in plan.runs if run.day == day) if plan and planned else (),
            sessions=sessions,
            done=tuple(_done(sessions, self.logs)),
            notes=self.notes,
            ahead=self._ahead(day),
        )

    def _ahead(self, day: date) -> date | None:
        """The next day after this one with a run or a session."""
        if self.plan is None:
            return None
        days = [*(one.day for one in self.plan.sessions), *(run.day for run in self.plan.runs)]
        return min((one for one in days if one > day), default=None)


def _done(sessions: Iterable[PlannedSession], logs: Iterable[SessionLog]) -> Iterable[str]:
    logged = {log.session for log in logs if log.done}
    return (one.id for one in sessions if one.id in logged)
