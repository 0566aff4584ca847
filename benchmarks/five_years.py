"""Five years of one runner in a store: runs from files, plans, what was told of them, tests, weekly reviews.

Runs come in by the door that everybody's come by. One plan and one review are made by evenstride; those of earlier
weeks are the same ones on earlier days, so that five years take a minute and are the same every time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from sqlalchemy import event

from benchmarks.import_season import another_day, simulated_hours
from evenstride.model import (
    DayLog,
    FreeSlot,
    Plan,
    PlannedRun,
    PlannedSession,
    Profile,
    Review,
    RunLog,
    SessionLog,
    TestResult,
)
from evenstride.model.plan import OWN_SLOTS, ExerciseLog, PlannedExercise
from evenstride.report.fit_encoder import encode_activity
from evenstride.service.archive import importing
from evenstride.service.home import Home, home_in
from evenstride.service.plan import make
from evenstride.service.review import review_week
from evenstride.store import (
    Athlete,
    NewPlan,
    add_athlete,
    add_day_log,
    add_plan,
    add_review,
    add_run_log,
    add_session_logs,
    add_tests,
    close_store,
    open_store,
    undo_review,
)
from evenstride.store.codec import from_json, to_json

YEARS = 5
WEEKS = 52 * YEARS
PLAN_WEEKS, TEST_WEEKS = 12, 4
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
DAYS_RUN = (1, 2, 4, 6)
EXTRA_DAY, EXTRA_WEEKS = 5, 4
"""Every fourth week has one more run."""
RUN_TO_RUN_SD_PCT = 0.65
RUNNER = Profile(
    name="Ada", timezone="Europe/Berlin", mass_kg=61.0,
    runs=(PlannedRun(weekday=1, kind="intervals", minutes=60), PlannedRun(weekday=2, kind="easy", minutes=60),
          PlannedRun(weekday=4, kind="easy", minutes=60), PlannedRun(weekday=6, kind="long", minutes=100)),
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (0, 3, 5)), equipment=("dumbbell", "low_box"),
)  # fmt: skip
TESTS = {"single_leg_calf_raise": (24.0, 27.0), "bulgarian_split_squat": (14.0, 15.0), "single_leg_hop": (112.0, 118.0)}
"""What the weaker and the stronger leg reach, so that both are there in every session."""
Noun = TypeVar("Noun", Plan, Review)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class FiveYears:
    """What was built: the data folder, and how much is in it."""

    data: Path
    runs: int
    plans: int
    sessions: int
    reviews: int
    tests: int


def five_years(place: Path, today: date, *, weeks: int = WEEKS) -> FiveYears:
    """Build the weeks that end yesterday, and a plan of twelve weeks of which four are over."""
    this_monday = today - today.weekday() * DAY
    first = this_monday - weeks * WEEK
    runs = _files(place / "runs", first, today)
    data = place / "data"
    store = open_store(None, data)
    event.listen(store.engine, "connect", _without_waiting)
    try:
        ada = add_athlete(store, RUNNER, now=_at(first - DAY))
        home = home_in(store, ada, _at(today))
        with importing(home, [place / "runs"], jobs=2) as (_, steps):
            for _ in steps:
                pass
        results = list(_tests(first, today))
        add_tests(store, ada.id, results)
        plans = _plans(home, ada, this_monday - TEST_WEEKS * WEEK, weeks)
        sessions = [one for plan in plans for one in plan.sessions if first <= one.day < today]
        _tell(home, first, today, sessions)
        n_reviews = _reviews(home, this_monday - WEEK, weeks)
    finally:
        close_store(store)
    return FiveYears(
        data=data, runs=runs, plans=len(plans), sessions=len(sessions), reviews=n_reviews, tests=len(results)
    )  # fmt: skip


def _without_waiting(connection: Any, _record: Any) -> None:
    """Nobody misses what a power cut takes from a store for one benchmark: the disk is not waited for."""
    connection.execute("PRAGMA synchronous = OFF")


def _at(day: date, hour: int = 21) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def _files(folder: Path, first: date, until: date) -> int:
    folder.mkdir(parents=True)
    rng = np.random.default_rng(5)
    hours = simulated_hours(rng)
    days = [first + n * DAY for n in range((until - first).days)]
    run_days = [
        day for day in days
        if day.weekday() in DAYS_RUN or (day.weekday() == EXTRA_DAY and (day - first).days // 7 % EXTRA_WEEKS == 0)
    ]  # fmt: skip
    for i, day in enumerate(run_days):
        start = _at(day, 5) + timedelta(seconds=int(rng.integers(0, 7200)))
        index = 1.5 + 1.5 * (i > len(run_days) * 0.9) + RUN_TO_RUN_SD_PCT * float(rng.standard_normal())
        (folder / f"{day}.fit").write_bytes(encode_activity(another_day(hours[i % len(hours)], start, index)))
    return len(run_days)


def _tests(first: date, until: date) -> Iterator[TestResult]:
    rng = np.random.default_rng(6)
    day = first + 3 * DAY
    while day < until:
        for name, (weaker, stronger) in TESTS.items():
            left, right = (tuple(np.round(rng.normal(one, one / 40, 3), 0).tolist()) for one in (weaker, stronger))
            yield TestResult(test=name, day=day, left=left, right=right)
        day += TEST_WEEKS * WEEK


def _plans(home: Home, ada: Athlete, start: date, weeks: int) -> list[Plan]:
    """One plan made, and the same one before it as often as it takes; the newest is in force."""
    made = make(home_in(home.store, ada, _at(start, 6)), weeks=PLAN_WEEKS, start=start).kept
    assert made is not None
    back = -(-(weeks - TEST_WEEKS) // PLAN_WEEKS)
    plans = [on_another_day(made.plan, -n * PLAN_WEEKS * WEEK) for n in range(back, 0, -1)] + [made.plan]
    began = plans[0].start
    for plan in plans:  # the one that was made is kept again as the last one: numbers count upwards
        add_plan(home.store, home.athlete_id, NewPlan(plan=plan, began=began, why="made"), _at(plan.start, 6))
    return plans


def _tell(home: Home, first: date, until: date, sessions: Iterable[PlannedSession]) -> None:
    """Every session of one's own but each twelfth, every morning, and how every other run felt."""
    store, who = home.store, home.athlete_id
    own = [one for one in sessions if one.slot in OWN_SLOTS]
    logs = [_done(one) for n, one in enumerate(own) if n % 12 and one.day < until - 3 * DAY]
    add_session_logs(store, who, logs, _at(until))
    for n in range((until - first).days):
        day = first + n * DAY
        add_day_log(store, who, DayLog(day=day, sleep_hours=7.5, mood_0_4=3), _at(day, 6))
        if day.weekday() in DAYS_RUN[::2]:
            items = {"arm_swing": 3, "pelvis_level": 3, "limb_alignment": 2}
            add_run_log(store, who, RunLog(day=day, items=items, effort_0_10=4.0, minutes=60.0), _at(day))


def _done(one: PlannedSession) -> SessionLog:
    return SessionLog(
        session=one.id, day=one.day, kind=one.kind, type=one.type, effort_0_10=5.0, minutes=one.minutes,
        as_planned=True, exercises=tuple(_as_asked(line) for line in one.exercises),
    )  # fmt: skip


def _as_asked(line: PlannedExercise) -> ExerciseLog:
    left, right = line.left or line.both, line.right or line.both

    def reps(dose: object) -> tuple[float, ...]:
        return () if dose is None else (float(dose.reps or dose.hold_s or 0),) * dose.sets  # type: ignore[attr-defined]

    return ExerciseLog(
        exercise=line.exercise, left_reps=reps(left), right_reps=reps(right), clean_left=left is not None or None,
        left_load_kg=left.load_kg if left else 0.0, right_load_kg=right.load_kg if right else 0.0,
        clean_right=right is not None or None,
    )  # fmt: skip


def _reviews(home: Home, last: date, weeks: int) -> int:
    """The review of the last week, and the same one in the weeks before it."""
    made = review_week(home, last).review
    undo_review(home.store, home.athlete_id, last, home.now)
    mondays = [last - n * WEEK for n in range(weeks - 1, 0, -1)]
    for monday in mondays:
        one = on_another_day(made, monday - last)
        add_review(home.store, home.athlete_id, one, _at(monday + 6 * DAY))
    return len(mondays)


def on_another_day(noun: Noun, by: timedelta) -> Noun:
    """Return a plan or a review with every day in it moved, those in the names of sessions too."""
    moved = _DAY.sub(lambda day: (date.fromisoformat(day[0]) + by).isoformat(), to_json(noun))
    return from_json(type(noun), moved)
