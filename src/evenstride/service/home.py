"""One athlete's data, opened: the store, whose it is, and what day it is for them."""

import getpass
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from evenstride.errors import AthleteExists
from evenstride.judge.same_run import in_order_of_speaking
from evenstride.model import Profile, StoredRun
from evenstride.service.today_file import forget, keep
from evenstride.service.where import Where
from evenstride.store import (
    Athlete,
    Store,
    add_athlete,
    athletes,
    close_store,
    find_athlete,
    find_run,
    open_store,
    runs,
)
from evenstride.store.remembered import mark_of


@dataclass(frozen=True, kw_only=True)
class Home:
    """An open store and the athlete that a command speaks of; ``new`` when the athlete was only just added.

    ``moment`` stands for the present one where time is simulated.
    """

    store: Store
    athlete_id: str
    profile: Profile
    today: date
    new: bool = False
    moment: datetime | None = None

    @property
    def now(self) -> datetime:
        """This moment, with its zone."""
        return self.moment or datetime.now(UTC)


def kept_runs(home: Home) -> tuple[StoredRun, ...]:
    """Return the athlete's runs in order of time, each with the recording first that speaks for it."""
    return tuple(speaking(run) for run in runs(home.store, home.athlete_id))


def kept_run(home: Home, run_id: str) -> StoredRun:
    """Return one run by the name that the list shows."""
    return speaking(find_run(home.store, home.athlete_id, run_id))


@contextmanager
def opened(where: Where) -> Iterator[Store]:
    """Open the store, and close it whatever happens."""
    store = open_store(where.database_url, where.data)
    try:
        yield store
    finally:
        close_store(store)


@contextmanager
def open_home(where: Where, *, make: bool = False) -> Iterator[Home]:
    """Open the store for one athlete; ``make`` adds the first one when there is none yet.

    What changed in between is written into the small file from which ``today`` answers.

    Raises
    ------
    EvenstrideError
        No such athlete, several to choose from, or a database that cannot be used.
    """
    with opened(where) as store:
        new = make and not athletes(store)
        athlete = _first_athlete(store, where) if new else find_athlete(store, where.athlete)
        today = datetime.now(ZoneInfo(athlete.profile.timezone)).date()
        yield Home(store=store, athlete_id=athlete.id, profile=athlete.profile, today=today, new=new)
        coming = _coming_days(store, athlete.id, datetime.now(UTC)) if athlete.id in store.changed else None
    if coming:
        keep(where, athlete.id, coming)


def home_in(store: Store, athlete: Athlete, moment: datetime, *, brief: bool = False) -> Home:
    """Return an athlete's home in a store that stays open for others; what changes is collected for this home alone.

    ``brief``: it lasts for one answer, through which what others change meanwhile need not be seen.
    """
    today = moment.astimezone(ZoneInfo(athlete.profile.timezone)).date()
    own = replace(store, changed=set(), marks={} if brief else None)
    return Home(store=own, athlete_id=athlete.id, profile=athlete.profile, today=today, moment=moment)


def keep_coming_days(home: Home, where: Where) -> None:
    """Write the small file of ``today`` anew where this home has changed something; the store has to be at rest."""
    if home.athlete_id not in home.store.changed:
        return
    store = replace(home.store, marks=None)
    mark = mark_of(store, home.athlete_id)
    if coming := _coming_days(store, home.athlete_id, home.now):
        keep(where, home.athlete_id, coming)
        # What somebody else has written meanwhile is in the state that the file names, and may not be in its days.
        if mark_of(store, home.athlete_id) != mark:
            forget(where, home.athlete_id)


def _coming_days(store: Store, athlete_id: str, moment: datetime) -> list[dict[str, Any]]:
    """The days ahead of an athlete who may have another profile now."""
    from evenstride.service.today import coming_days  # it needs this module

    now = next((one for one in athletes(store) if one.id == athlete_id), None)
    return coming_days(home_in(store, now, moment)) if now is not None else []


def _first_athlete(store: Store, where: Where) -> Athlete:
    profile = Profile(name=where.athlete or _own_name(), timezone=local_timezone())
    try:
        return add_athlete(store, profile, now=datetime.now(UTC))
    except AthleteExists:  # somebody else's first import was quicker
        return find_athlete(store, where.athlete)


def speaking(run: StoredRun) -> StoredRun:
    """Return a run with its recordings in order of speaking, and its time as the first of them tells it."""
    ordered = tuple(in_order_of_speaking(run.recordings))
    report = ordered[0].report
    return replace(run, start=report.start, duration_s=report.duration_s, recordings=ordered)


def local_timezone() -> str:
    """The zone that this computer keeps, by name; UTC where it does not tell."""
    asked = os.environ.get("TZ", "").lstrip(":")
    place = asked or Path("/etc/localtime").resolve().as_posix()
    name = place.partition("zoneinfo/")[2] or place
    return name if name in available_timezones() else "UTC"


def _own_name() -> str:
    try:
        return unicodedata.normalize("NFC", getpass.getuser())
    except (OSError, KeyError, ImportError):
        return "runner"
