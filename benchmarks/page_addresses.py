"""The addresses that are asked, named after what a store has: its newest run, a session to come, an old month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evenstride.service.home import Home, home_in, opened
from evenstride.service.plan import show
from evenstride.service.where import Where
from evenstride.store import athletes, run_entries
from evenstride.web.statics import load_statics

DAY = timedelta(days=1)
OFTEN = 10_000
SELDOM = 10
"""At most so often is asked what plans or makes a whole document, which takes its time."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One address: its name in the table, whether htmx asks for a ``part``, whether the planner ``plans`` for it."""

    name: str
    address: str
    part: bool = False
    plans: bool = False
    status: int = 200
    rounds: int = OFTEN


def addresses(data: Path) -> tuple[Asked, ...]:
    """Return every address of the table for the only runner of a store."""
    with opened(Where(data=data)) as store:
        home = home_in(store, athletes(store)[0], datetime.now(UTC))
        return (*_daily(home), *_runs(home), *_season(), *_plan(home), *_log(home), *_others())


def _daily(home: Home) -> Iterator[Asked]:
    yield Asked(name="today", address="/")
    yield Asked(name="finding", address="/finding")
    last = home.today - timedelta(days=home.today.weekday()) - 7 * DAY
    yield Asked(name="review", address="/review")
    yield Asked(name="review of an earlier week", address=f"/review?week={last - 7 * DAY}")
    yield Asked(name="tests", address="/tests")
    yield Asked(name="tests, picture", address="/tests/picture.svg")
    yield Asked(name="a test", address="/tests/single_leg_calf_raise")
    yield Asked(name="a test, picture", address="/tests/single_leg_calf_raise/picture.svg")


def _runs(home: Home) -> Iterator[Asked]:
    entries = run_entries(home.store, home.athlete_id)
    run, old = entries[0].id, entries[len(entries) // 2]
    yield Asked(name="runs", address="/runs")
    yield Asked(name="runs, an older month", address=f"/runs?before={old.day:%Y-%m}", part=True)
    yield Asked(name="runs, search", address=f"/runs?q={old.day:%B+%Y}")
    yield Asked(name="runs, by verdict", address="/runs?verdict=right")
    yield Asked(name="a run", address=f"/runs/{run}")
    yield Asked(name="a run, its curve", address=f"/runs/{run}/series/0/0")
    yield Asked(name="a run, picture", address=f"/runs/{run}/trace.svg")


def _season() -> Iterator[Asked]:
    one = "metric=contact_time&source=watch_balance"
    yield Asked(name="season", address="/season?now=true")
    yield Asked(name="season, one metric", address=f"/season?now=true&{one}")
    today = datetime.now(UTC).date()
    days = (today - 800 * DAY, today - 600 * DAY, today - 300 * DAY, today - 10 * DAY)
    names = ("first", "first_end", "second", "second_end")
    periods = "&".join(f"{name}={day}" for name, day in zip(names, days, strict=True))
    yield Asked(name="season, two periods", address=f"/season?now=true&{periods}")
    yield Asked(name="season, its curve", address="/season/trace")
    yield Asked(name="season, picture", address="/season/picture.svg")
    yield Asked(name="season, every run as a table", address="/season/runs", part=True)


def _plan(home: Home) -> Iterator[Asked]:
    plan = show(home).plan
    strength = [one for one in plan.sessions if one.kind == "strength" and not one.locked]
    to_come = next(one for one in strength if one.day > home.today)
    exercise = to_come.exercises[0].exercise
    yield Asked(name="plan", address="/plan")
    yield Asked(name="plan, another week", address=f"/plan?week={plan.start + 50 * DAY}")
    yield Asked(name="plan, month", address="/plan/month")
    yield Asked(name="plan, a day", address=f"/plan/days/{to_come.day}")
    yield Asked(name="plan, a session", address=f"/plan/sessions/{to_come.id}")
    yield Asked(name="plan, why an exercise", address=f"/plan/why?of={exercise}")
    yield Asked(name="plan, why a rule", address=f"/plan/why?of={to_come.because[0].rule}")
    move = f"/plan/sessions/{to_come.id}/move"
    yield Asked(name="plan, days at once", address=f"{move}?quick=true", part=True)
    yield Asked(name="plan, days planned", address=move, part=True, plans=True, rounds=SELDOM)
    yield Asked(name="plan, make", address="/plan/make")
    yield Asked(name="plan, take along", address="/plan/take")
    yield Asked(name="plan, back to running", address="/plan/return")
    yield Asked(name="plan, calendar file", address="/plan/files/plan.csv", rounds=SELDOM)
    yield Asked(name="library", address="/library")
    yield Asked(name="library, search", address="/library?q=calf", part=True)
    yield Asked(name="library, an exercise planned", address=f"/library/{exercise}")
    yield Asked(name="library, another exercise", address="/library/single_leg_hop_in_place")


def _log(home: Home) -> Iterator[Asked]:
    plan = show(home).plan
    past = [one for one in plan.sessions if one.day < home.today and one.kind == "strength"][-1]
    run = run_entries(home.store, home.athlete_id)[0].id
    yield Asked(name="log", address="/log")
    yield Asked(name="log, a session", address=f"/log/sessions/{past.id}")
    yield Asked(name="log, a run", address=f"/log/runs/{run}")
    yield Asked(name="log, a morning", address=f"/log/mornings/{home.today}")
    yield Asked(name="log, outside the plan", address="/log/outside")
    yield Asked(name="log, does feeling track", address="/log/feeling")
    yield Asked(name="log, trials", address="/log/trials")


def _others() -> Iterator[Asked]:
    statics = load_statics()
    yield Asked(name="profile", address="/profile")
    yield Asked(name="profile, check the sides", address="/profile/side-check")
    yield Asked(name="settings", address="/settings")
    for name in ("evenstride.css", "evenstride.js"):
        yield Asked(name=f"a file: {name}", address=statics.address(name))
