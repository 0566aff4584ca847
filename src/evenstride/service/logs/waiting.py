"""What was told lately, what waits to be told, and how the last entry is taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from evenstride.model import DayLog, PlannedSession, RunLog, SessionLog, StoredRun
from evenstride.model.plan import OWN_SLOTS
from evenstride.model.today import BlockEffect
from evenstride.review.checklist import ScoreTrend, run_score, score_trend
from evenstride.review.load import WeekOfLoad, weeks_of_load
from evenstride.service.felt import block_effects
from evenstride.service.home import Home
from evenstride.service.plan_request import logs_of
from evenstride.store import (
    KeptEntry,
    LogKind,
    day_logs,
    plans_in_turn,
    run_entries,
    run_logs,
    runs,
    session_logs,
    take_back_log,
    told_sessions,
    undo_last_log,
)

WAITING_DAYS = 14
"""What is older is not asked after any more (our own convention)."""
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What of the last fortnight is still to be told: sessions, runs without a checklist, this morning."""

    sessions: tuple[PlannedSession, ...] = ()
    runs: tuple[str, ...] = ()
    morning: bool = False


@dataclass(frozen=True, kw_only=True)
class Logged:
    """What was told since a day, each in order of its day, what waits, and what runs made of ``blocks`` tell."""

    since: date
    sessions: tuple[KeptEntry[SessionLog], ...] = ()
    runs: tuple[KeptEntry[RunLog], ...] = ()
    days: tuple[KeptEntry[DayLog], ...] = ()
    waiting: Waiting = field(default_factory=Waiting)
    load: tuple[WeekOfLoad, ...] = ()
    blocks: tuple[BlockEffect, ...] = ()

    @property
    def trend(self) -> ScoreTrend | None:
        """How the runner's own checklist moves over these runs; None where it is too early to tell."""
        own = [(one.log.day, run_score(one.log)) for one in self.runs if one.log.by == "runner"]
        return score_trend([(day, score.value) for day, score in own if score is not None])


def planned_sessions(home: Home) -> tuple[PlannedSession, ...]:
    """Return every session that was planned, each by the plan that held on its day, oldest first."""
    turns = plans_in_turn(home.store, home.athlete_id)
    found: list[PlannedSession] = []
    for place, kept in enumerate(turns):
        until = turns[place + 1].plan.start if place + 1 < len(turns) else date.max
        found += [one for one in kept.plan.sessions if one.day < until]
    return tuple(sorted(found, key=lambda one: (one.day, one.at or time.min)))


def recent_runs(home: Home, day: date | None, *, all_of: bool = False) -> tuple[StoredRun, ...]:
    """Return the kept runs of the last fortnight, from ``day`` on where that is earlier, or all of them."""
    if all_of:
        return runs(home.store, home.athlete_id)
    first = min(day or home.today, home.today - WAITING_DAYS * DAY)
    since = datetime.combine(first - DAY, time.min, tzinfo=ZoneInfo(home.profile.timezone))
    return tuple(one for one in runs(home.store, home.athlete_id, since) if run_day(one) >= first)


def run_day(run: StoredRun) -> date:
    """The athlete's own day of it, which its name begins with."""
    return date.fromisoformat(run.id[:10])


def waiting(home: Home) -> Waiting:
    """Return what of the last fortnight is still to be told."""
    first = home.today - WAITING_DAYS * DAY
    told = told_sessions(home.store, home.athlete_id)
    return Waiting(
        sessions=tuple(
            one for one in planned_sessions(home)
            if one.slot in OWN_SLOTS and first <= one.day <= home.today and one.id not in told
        ),
        runs=runs_waiting(home),
        morning=not day_logs(home.store, home.athlete_id, home.today),
    )  # fmt: skip


def runs_waiting(home: Home) -> tuple[str, ...]:
    """Return the runs of the last fortnight whose checklist was not rated by the runner, oldest first."""
    since = home.today - (WAITING_DAYS + 1) * DAY
    told = run_logs(home.store, home.athlete_id, since)
    rated = {one.log.run for one in told if one.log.by == "runner" and one.log.items}
    first = home.today - WAITING_DAYS * DAY
    kept = run_entries(home.store, home.athlete_id)
    return tuple(one.id for one in reversed(kept) if one.day >= first and one.id not in rated)


def show_logs(home: Home, *, days: int = WAITING_DAYS) -> Logged:
    """Return what was told of the last days, today included, and what waits."""
    since = home.today - (days - 1) * DAY
    kept: Mapping[str, tuple[KeptEntry[Any], ...]] = {
        "runs": run_logs(home.store, home.athlete_id),
        "days": day_logs(home.store, home.athlete_id),
        "sessions": tuple(
            KeptEntry(number=one.number, log=one.log, logged=one.logged)
            for one in session_logs(home.store, home.athlete_id)
        ),
    }
    recent = {name: tuple(one for one in found if one.log.day >= since) for name, found in kept.items()}
    load = tuple(one for one in load_weeks(home) if one.monday + 6 * DAY >= since)
    told = {one.log.run for one in recent["runs"]}
    blocks = tuple(one for one in block_effects(home) if one.run in told)
    return Logged(since=since, **recent, waiting=waiting(home), load=load, blocks=blocks)


def lately(home: Home, *, days: int = WAITING_DAYS) -> Logged:
    """Return what was told of the last days and what waits, and nothing that asks for older runs."""
    since = home.today - (days - 1) * DAY
    sessions = session_logs(home.store, home.athlete_id, since)
    return Logged(
        since=since,
        sessions=tuple(KeptEntry(number=one.number, log=one.log, logged=one.logged) for one in sessions),
        runs=run_logs(home.store, home.athlete_id, since), days=day_logs(home.store, home.athlete_id, since),
        waiting=waiting(home),
    )  # fmt: skip


def take_back(home: Home, kind: LogKind, number: int) -> KeptEntry[Any]:
    """Take one entry back, whichever was told last; what it had corrected holds again. UnknownEntry without one."""
    return take_back_log(home.store, home.athlete_id, kind, number, home.now)


def load_weeks(home: Home) -> tuple[WeekOfLoad, ...]:
    """Return the session load of every week from the first log to today, oldest first.

    A past day is known to be a rest day where its morning was told and nothing was done: no log, no run kept.
    """
    done: list[RunLog | SessionLog] = [one.log for one in run_logs(home.store, home.athlete_id)]
    done += logs_of(home)
    mornings = {one.log.day for one in day_logs(home.store, home.athlete_id)}
    busy = {one.day for one in done if not isinstance(one, SessionLog) or one.done}
    if not done:
        return ()
    busy |= {run_day(one) for one in recent_runs(home, min(one.day for one in done))}
    rest = sorted(day for day in mornings - busy if day < home.today)
    return weeks_of_load(done, rest_days=rest, until=home.today)


def undo_log(home: Home, kind: LogKind | None = None) -> tuple[LogKind, KeptEntry[Any]]:
    """Take back what was told last, of a kind or of all; what it had corrected holds again.

    Raises
    ------
    UnknownEntry
        Nothing was told.
    """
    return undo_last_log(home.store, home.athlete_id, home.now, kind=kind)
