"""A runner with runs kept as an import keeps them, each with the index that a test wants."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from tests.review_cases import mirrored_report, report

from evenstride.model import Original, Profile, Recording, RunReport
from evenstride.service.analyze import METHOD
from evenstride.service.home import Home
from evenstride.store import add_athlete, add_recording, add_run, keep_original, open_store, originals_folder, writing

MONDAY = date(2026, 5, 4)
RUNNER = Profile(name="Ada")


def on(home: Home, day: date) -> Home:
    """The same athlete on another day, at noon."""
    return replace(home, today=day, moment=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


def new_home(database_url, data, *, today=MONDAY, profile=RUNNER):
    store = open_store(database_url, data)
    athlete = add_athlete(store, profile, now=datetime(2026, 1, 1, tzinfo=UTC))
    return on(Home(store=store, athlete_id=athlete.id, profile=profile, today=today), today)


def keep_run(home: Home, told: RunReport, *, mirrored: bool = False) -> str:
    """Keep a run; ``mirrored``: with its legs exchanged. Returns its name."""
    told = mirrored_report(told) if mirrored else told
    content = f"{told.start} {told.judged[0].estimate.index_pct if told.judged else ''}".encode()
    digest = keep_original(originals_folder(home.store, home.athlete_id), content)
    file = Original(sha256=digest, name=told.source.name, size_bytes=len(content))
    told = replace(told, source=replace(told.source, sha256=digest))
    new = Recording(originals=(digest,), part=0, report=told, method=METHOD)
    with writing(home.store, home.athlete_id) as connection:
        run_id = add_run(connection, home.athlete_id, told.start.date(), new)
        assert add_recording(connection, home.athlete_id, run_id, new, [file])
    return run_id


def keep_index(home: Home, day: date, value: float, *, mirrored: bool = False, **own) -> str:
    """Keep a run of a day whose right leg stays down longer by ``value`` percent."""
    return keep_run(home, report(day, value=value, **own), mirrored=mirrored)


def keep_before(home: Home, n: int = 12, *, until: date = MONDAY, gap: float = 4.0, sd: float = 0.6, mirrored=False):
    """Keep ``n`` runs on every second day before a day."""
    noise = sd * np.random.default_rng(5).standard_normal(n)
    return [
        keep_index(home, until - timedelta(days=2 * (n - i)), round(gap + float(noise[i]), 3), mirrored=mirrored)
        for i in range(n)
    ]


def days_from(day: date, n: int) -> Iterable[date]:
    return (day + timedelta(days=i) for i in range(n))
