"""How much a week of training was, as it felt: session load, its monotony and its strain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from evenstride.model import RunLog, SessionLog

WEEK_DAYS = 7
KNOWN_DAYS_MIN = 7
"""Monotony compares days; a week of which a day is not known has none."""


@dataclass(frozen=True, kw_only=True)
class WeekOfLoad:
    """The load of one week from its ``monday``: effort (0–10) times minutes, summed.

    ``known_days`` are the days of which the load is known, rest days included, ``unrated`` what was done without an
    effort or without minutes. ``monotony`` is the mean of the daily loads over their standard deviation (n − 1), and
    ``strain`` the week's load times monotony; None where a day is not known, or all days are alike.
    """

    monday: date
    total: float
    known_days: int
    unrated: int
    monotony: float | None = None
    strain: float | None = None


def session_load(effort_0_10: float | None, minutes: float | None) -> float | None:
    """Return effort times minutes; None where one of them is not known.

    >>> [session_load(*one) for one in ((7, 60), (9, 75), (3, 30), (5, None))]
    [420, 675, 90, None]
    """
    return None if effort_0_10 is None or minutes is None else effort_0_10 * minutes


def monotony(daily: Sequence[float]) -> float | None:
    """Return the mean of daily loads over their standard deviation; None where they do not differ.

    The standard deviation is the sample's (n − 1). A rest day is a zero among them.

    >>> round(monotony([420, 0, 675, 0, 90, 0, 0]), 2)
    0.63
    """
    n = len(daily)
    if n < 2:
        return None
    mean = sum(daily) / n
    sd = sqrt(sum((one - mean) ** 2 for one in daily) / (n - 1))
    return mean / sd if sd > 0 else None


def week_of_load(
    monday: date, logs: Iterable[RunLog | SessionLog], *, rest_days: Iterable[date] = (), until: date | None = None
) -> WeekOfLoad:
    """Sum the load of a week; ``rest_days`` are those of which it is known that nothing was done.

    A day without a log that is not among them is not known: it is not taken as rest. ``until`` is the last day that
    counts (None: Sunday); later ones are not known yet.

    Notes
    -----
    Works for comparing a runner's own weeks. Limits of monotony or strain that would foretell injury are not supported
    by evidence (Foster 1998 describes them; grade weak), so none is applied here.

    >>> monday = date(2026, 5, 4)
    >>> logs = [RunLog(day=monday, effort_0_10=7, minutes=60), RunLog(day=date(2026, 5, 6), effort_0_10=9, minutes=75),
    ...         RunLog(day=date(2026, 5, 8), effort_0_10=3, minutes=30)]
    >>> week = week_of_load(monday, logs, rest_days=[date(2026, 5, day) for day in (5, 7, 9, 10)])
    >>> week.total, week.known_days, round(week.strain)
    (1185.0, 7, 741)
    >>> week_of_load(monday, logs).monotony is None
    True
    """
    last = min(until or date.max, monday + timedelta(days=WEEK_DAYS - 1))
    daily: dict[date, float] = {day: 0.0 for day in rest_days if monday <= day <= last}
    unknown: set[date] = set()
    unrated = 0
    for log in logs:
        if not monday <= log.day <= last or not _was_done(log):
            continue
        if log.load is None:
            unrated += 1
            unknown.add(log.day)
        else:
            daily[log.day] = daily.get(log.day, 0.0) + log.load
    total = sum(daily.values())
    known = {day: one for day, one in daily.items() if day not in unknown}
    even = monotony(list(known.values())) if len(known) >= KNOWN_DAYS_MIN else None
    return WeekOfLoad(
        monday=monday, total=float(total), known_days=len(known), unrated=unrated, monotony=even,
        strain=None if even is None else total * even,
    )  # fmt: skip


def weeks_of_load(
    logs: Sequence[RunLog | SessionLog], *, rest_days: Iterable[date] = (), until: date
) -> tuple[WeekOfLoad, ...]:
    """Return every week from the first log to the one of ``until``, oldest first."""
    days = [log.day for log in logs if log.day <= until]
    if not days:
        return ()
    rest = tuple(rest_days)
    monday = min(days) - timedelta(days=min(days).weekday())
    weeks = []
    while monday <= until:
        weeks.append(week_of_load(monday, logs, rest_days=rest, until=until))
        monday += timedelta(days=WEEK_DAYS)
    return tuple(weeks)


def _was_done(log: RunLog | SessionLog) -> bool:
    """A run's log by its runner, or a session that was not missed."""
    return log.by == "runner" if isinstance(log, RunLog) else log.done
