"""What was planned at the time: each day by the plan that held then, missed sessions included."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from evenstride.model import PlannedSession
from evenstride.service.home import Home
from evenstride.store import kept_plans, session_logs

DAY = timedelta(days=1)


def planned_then(home: Home, until: date) -> tuple[PlannedSession, ...]:
    """Return the sessions of every day up to ``until``, as the newest plan had them by the end of that day.

    A plan that was made later, or taken back since, says nothing about the days before: what was planned and missed
    stays so. Days before the first plan was made have no sessions, but for those of a later plan that were logged.
    """
    zone = ZoneInfo(home.profile.timezone)
    plans = sorted(kept_plans(home.store, home.athlete_id), key=lambda one: one.number)
    first = min((one.plan.start for one in plans), default=until + DAY)
    found: list[PlannedSession] = []
    day = first
    while day <= until:
        midnight = datetime.combine(day + DAY, time.min, tzinfo=zone)
        held = [
            one for one in plans
            if one.made < midnight and (one.undone is None or one.undone >= midnight)
            and one.plan.start <= day < one.plan.start + timedelta(weeks=one.plan.weeks)
        ]  # fmt: skip
        if held:
            found += [one for one in held[-1].plan.sessions if one.day == day]
        day += DAY
    there = {one.id for one in found}
    logged = {one.log.session for one in session_logs(home.store, home.athlete_id)} - there
    later = {one.id: one for kept in plans for one in kept.plan.sessions if one.id in logged and one.day <= until}
    return tuple(sorted([*found, *later.values()], key=lambda one: (one.day, one.id)))
