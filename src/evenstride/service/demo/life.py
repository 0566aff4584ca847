"""One runner's weeks, day by day in simulated time, through the same doors as anybody's: logs, tests, reviews, plans.

What is true comes from the runner's legs (`evenstride.simulate.body`), never from what evenstride believes; decisions
change only what is prescribed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from evenstride.errors import PlanConflict
from evenstride.judge.finding import finding
from evenstride.model import Adjustment, PlannedSession, TestResult
from evenstride.model.plan import OWN_SLOTS
from evenstride.model.profile import RunKind
from evenstride.plan.difference import PlanDifference
from evenstride.service.archive import importing
from evenstride.service.demo.people import DemoRunner
from evenstride.service.demo.told import Belief, DemoWeek, Truth
from evenstride.service.demo.way_back import on_the_way_back, return_session
from evenstride.service.home import Home
from evenstride.service.logs import DayTold, RunTold, SessionTold, log_day, log_run, log_session
from evenstride.service.plan import Made, make
from evenstride.service.plan_request import returning_now
from evenstride.service.returning import Told, log_return
from evenstride.service.review import apply_review, review_week
from evenstride.service.season import comparisons_of, season_of
from evenstride.service.simulate import write_run
from evenstride.simulate import (
    Body,
    IndexPath,
    RunTruth,
    SeasonRecipe,
    after_session,
    after_week,
    begun,
    measured,
    simulate_days,
)
from evenstride.store import add_tests, side_checks, tag_run

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
EVENING = time(21)
WHOLE_TEST_MINUTES = 40.0
SESSION_KINDS = ("strength", "micro", "mobility", "test")
EFFORTS: Mapping[str, float] = {"easy": 3.0, "long": 4.0, "tempo": 7.0, "intervals": 7.5, "hills": 8.0}
PLANNED_KINDS: Mapping[str, RunKind] = {"intervals": "intervals", "long": "long", "hills": "hills"}


@dataclass(kw_only=True)
class Life:
    """A runner's life under way: the legs of now, what was written, and what every week came to.

    ``retest`` is what a review asked for and was not done yet.
    """

    home: Home
    runner: DemoRunner
    folder: Path
    rng: np.random.Generator
    body: Body
    corners: list[tuple[float, float]] = field(default_factory=list)
    written: dict[str, RunTruth] = field(default_factory=dict)
    weeks: list[DemoWeek] = field(default_factory=list)
    tested: dict[str, date] = field(default_factory=dict)
    retest: Adjustment | None = None
    untold: Told | None = None
    planned: tuple[PlannedSession, ...] = ()

    @property
    def start(self) -> date:
        """The first day of all."""
        return self.runner.recipe.start.date()

    def at(self, day: date, when: time = EVENING) -> Home:
        """The runner's data at a moment of a day."""
        moment = datetime.combine(day, when, tzinfo=ZoneInfo(self.runner.profile.timezone))
        return replace(self.home, today=day, moment=moment)

    @property
    def recipe(self) -> SeasonRecipe:
        """The season as far as it has gone: its index is what the legs run with."""
        asymmetry = begun(self.runner.body).stride_index_pct
        return replace(self.runner.recipe, asymmetry_pct=asymmetry, path=IndexPath(corners=tuple(self.corners)))


def begin_life(home: Home, runner: DemoRunner, folder: Path, *, seed: tuple[int, int]) -> Life:
    """Begin a runner's life: nothing has happened yet."""
    return Life(
        home=home, runner=runner, folder=folder, rng=np.random.default_rng(seed), body=begun(runner.body)
    )  # fmt: skip


def live(life: Life) -> Iterator[int]:
    """Live through all weeks; yield 1 after each."""
    runner = life.runner
    for week in range(runner.weeks):
        planned = week - runner.baseline_weeks
        if planned == 0:
            _begin_plan(life, life.start + week * WEEK)
        for day in (life.start + week * WEEK + n * DAY for n in range(7)):
            _day(life, day, planned)
        life.body = after_week(life.body, week)
        change = life.body.stride_index_pct - begun(runner.body).stride_index_pct
        if life.corners or change:
            life.corners += [] if life.corners else [(float(week), 0.0)]
            life.corners.append((float(week + 1), change))
        if planned >= 0:
            life.weeks.append(_reviewed(life, week, planned))
        yield 1


def _begin_plan(life: Life, monday: date) -> None:
    home = life.at(monday, time(7))
    if life.runner.way_back is not None:
        on_the_way_back(home, life.runner.way_back)
    _follow(life, make(home))


def _follow(life: Life, made: Made | None) -> None:
    if made is not None and made.kept is not None:
        life.planned = made.kept.plan.sessions


def _day(life: Life, day: date, planned: int) -> None:
    """A morning, a run, the sessions of the plan, and tests."""
    _morning(life, day, planned)
    if life.untold is not None:
        log_return(life.at(day, time(8)), life.untold)
        life.untold = None
    back = returning_now(life.home)
    if back is not None:
        kind, life.untold = return_session(life.at(day), back, life.rng)
        if kind:
            _run(life, day, kind)
    else:
        for run in life.runner.profile.runs:
            if run.weekday == day.weekday():
                _run(life, day, run.kind)
    if planned < 0:
        _first_tests(life, day)
    else:
        _sessions(life, day, planned)
        _asked_test(life, day)


def _morning(life: Life, day: date, planned: int) -> None:
    tired = planned in life.runner.character.tired and day.weekday() < 4
    hours = life.rng.normal(6.1 if tired else 7.7, 0.3)
    mood = int(np.clip(round(life.rng.normal(2.2 if tired else 3.0, 0.5)), 0, 4))
    sore = planned in life.runner.character.sore and day.weekday() == 5
    told = DayTold(
        day=day, sleep_hours=round(2 * hours) / 2, mood_0_4=mood,
        soreness_0_10=4.0 if sore else None, soreness_hours=84.0 if sore else None,
    )  # fmt: skip
    log_day(life.at(day, time(7)), told)


def _run(life: Life, day: date, kind: str) -> None:
    """Run, write the file, take it in, and say how it felt before looking at the numbers."""
    n = (day - life.start).days
    (run,) = simulate_days(life.recipe, [(n, kind)], rng=np.random.default_rng([n, int(life.rng.integers(2**32))]))
    name = f"{run.activity.start:%Y-%m-%d}-{run.truth.label}.fit"
    write_run(run, life.folder / name)
    life.written[name] = run.truth
    home = life.at(day)
    with importing(home, [life.folder / name], jobs=1) as (stands, steps):
        for _ in steps:
            pass
    if run.truth.shoe:
        for one in stands.runs_added:
            tag_run(home.store, home.athlete_id, one, {"shoe": run.truth.shoe})
    planned: RunKind = PLANNED_KINDS.get(kind, "easy")
    effort = float(np.clip(round(2 * life.rng.normal(EFFORTS[planned], 0.45)) / 2, 1, 10))
    shared = int(np.clip(round(4 - life.body.gap_pct / 14 + life.rng.normal(0, 0.4)), 0, 4))
    ratings = (
        f"limb alignment 3, cadence {_felt(life)}, ground {_felt(life)}, effort left {shared},"
        f" arm {_felt(life)}, pelvis {_felt(life)}, trunk {_felt(life)}"
    )
    told = RunTold(
        day=day, ratings=(ratings,),
        effort_0_10=effort, kind=planned, before_numbers=True,
    )  # fmt: skip
    log_run(home, told)


def _felt(life: Life) -> int:
    return int(np.clip(round(life.rng.normal(3.2, 0.5)), 0, 4))


def _sessions(life: Life, day: date, planned: int) -> None:
    """Log every session of the day: as planned with its exceptions, or missed."""
    for one in life.planned:
        if one.day != day or one.slot not in OWN_SLOTS or one.kind not in SESSION_KINDS:
            continue
        if one.kind == "test":
            _test(life, day, _part(life, one))
            log_session(life.at(day), SessionTold(session=one.id, as_planned=True, effort_0_10=6.0))
        elif one.kind != "mobility" and _misses(life, planned):
            log_session(life.at(day), SessionTold(session=one.id, missed=True))
        else:
            _do(life, one, planned)


def _misses(life: Life, planned: int) -> bool:
    share = 0.67 if planned in life.runner.character.busy else life.runner.character.missed
    return bool(life.rng.random() < share)


def _do(life: Life, one: PlannedSession, planned: int) -> None:
    exceptions: tuple[str, ...] = ()
    ache = life.runner.character.aches.get(planned)
    if ache and one.kind == "strength" and one.exercises:
        exceptions = (f"{one.exercises[0].exercise} {ache}",)
    effort = None if one.kind == "mobility" else float(np.clip(round(2 * life.rng.normal(5.5, 0.4)) / 2, 1, 10))
    told = SessionTold(session=one.id, as_planned=True, exceptions=exceptions, effort_0_10=effort)
    log_session(life.at(one.day), told)
    if one.kind != "mobility":
        life.body = after_session(life.body, [done.exercise for done in one.exercises])


def _part(life: Life, one: PlannedSession) -> tuple[str, ...]:
    """Which tests a planned test day holds: all of them, or the half that waits longer."""
    tests = life.runner.tests
    if one.minutes >= WHOLE_TEST_MINUTES:
        return tests
    half = (len(tests) + 1) // 2
    return tuple(sorted(tests, key=lambda name: life.tested.get(name, date.min))[:half])


def _first_tests(life: Life, day: date) -> None:
    """In the last two weeks before a plan each test on a day of its own, on days without a hard run."""
    last = life.start + life.runner.baseline_weeks * WEEK
    for place, name in enumerate(life.runner.tests):
        if day == last - (10 - 2 * place - 3 * (place > 1)) * DAY:
            _test(life, day, (name,))


def _asked_test(life: Life, day: date) -> None:
    """Do what a review asked for, where the plan has no test by then: the tests one after the other on free days."""
    asked = life.retest
    if asked is None:
        return
    until = asked.until or day + WEEK
    for one in life.planned:
        if one.kind == "test" and asked.since < one.day <= until:
            life.retest = None
            return
    left = [name for name in life.runner.tests if life.tested.get(name, date.min) <= asked.since]
    if not left:
        life.retest = None
    elif day > asked.since and any(free.weekday == day.weekday() for free in life.runner.profile.free):
        _test(life, day, (left[0],))
        log_session(life.at(day), SessionTold(day=day, outside="test", minutes=15.0))


def _test(life: Life, day: date, names: tuple[str, ...]) -> None:
    results = []
    for name in names:
        left, right = measured(life.body, name, rng=life.rng)
        results.append(TestResult(test=name, day=day, left=left, right=right))
        life.tested[name] = day
    add_tests(life.home.store, life.home.athlete_id, results)


def _reviewed(life: Life, week: int, planned: int) -> DemoWeek:
    """Review the week on its Sunday, bring it into the plan, and keep what was said beside what was true.

    The last week's review goes into the next plan, which begins on the Monday after it.
    """
    home = life.at(life.start + week * WEEK + 6 * DAY)
    if week + 1 == life.runner.weeks:
        review_week(home)
        home = life.at(life.start + (week + 1) * WEEK, time(7))
        _follow(life, make(home))
    conflict = ""
    try:
        reviewed = apply_review(home)
    except PlanConflict as no_plan:
        reviewed, conflict = review_week(home), no_plan.text
    _follow(life, reviewed.made)
    life.retest = next((one for one in reviewed.review.adjustments if one.kind == "retest"), life.retest)
    back = returning_now(home)
    return DemoWeek(
        number=planned + 1, review=reviewed.review, conflict=conflict,
        difference=reviewed.made.difference if reviewed.made else PlanDifference(),
        belief=_belief(life, home), stage=back.stage if back else None,
        truth=Truth(
            weaker=life.body.recipe.weaker, ratio_pct=life.body.ratio_pct, index_pct=life.body.stride_index_pct
        ),
    )  # fmt: skip


def _belief(life: Life, home: Home) -> Belief:
    every, season = comparisons_of(home), season_of(home)
    strides = next((one for one in season.metrics if one.metric == "contact_time"), None)
    checks = side_checks(home.store, home.athlete_id)
    return Belief(
        test=next((one for one in reversed(every) if one.test == life.runner.tests[0]), None),
        strides=strides.level if strides else None,
        finding=finding(season, every, home.profile, side_checks=checks, today=home.today),
    )
