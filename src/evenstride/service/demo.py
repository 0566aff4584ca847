"""Two runners whose truth is known, through the loop: real files, a fresh database, season, finding, plan, pages."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np

from evenstride.errors import InvalidRequest
from evenstride.judge.assessments import assessments
from evenstride.model import (
    Finding,
    FreeSlot,
    Injury,
    LimbComparison,
    Plan,
    PlannedRun,
    Profile,
    RunReport,
    Season,
    SeasonMetric,
    TestResult,
)
from evenstride.service.archive import importing
from evenstride.service.home import Home, kept_runs, opened
from evenstride.service.pages import write_page
from evenstride.service.plan import make
from evenstride.service.season import comparisons_of, finding_of, season_of
from evenstride.service.simulate import write_run
from evenstride.service.where import find_where
from evenstride.simulate import (
    CLOSING_RUNNER,
    DRIFTING_RUNNER,
    RunTruth,
    SeasonRecipe,
    SeasonTruth,
    count_runs,
    season_document,
    season_truth,
    simulate_season,
    truth_document,
)
from evenstride.store import add_athlete, add_tests, tag_run

MADE_HERE = "truth.json"
"""The file by which a folder is known as an earlier demo's, so that its database may be replaced."""


@dataclass(frozen=True, kw_only=True)
class DemoRunner:
    """Who runs: a season's recipe, a profile, and tests on days counted in weeks from the season's start."""

    recipe: SeasonRecipe
    profile: Profile
    story: str
    tests: tuple[tuple[float, str, tuple[float, ...], tuple[float, ...]], ...] = ()


RUNNERS = (
    DemoRunner(
        recipe=CLOSING_RUNNER,
        profile=Profile(
            name="Ada", timezone="Europe/Berlin", born_year=1990, mass_kg=61.0, sex="female", dominant_leg="right",
            runs=(
                PlannedRun(weekday=1, kind="intervals", minutes=60, at=time(18)),
                PlannedRun(weekday=3, kind="tempo", minutes=50, at=time(18)),
                PlannedRun(weekday=4, kind="easy", minutes=45),
                PlannedRun(weekday=6, kind="long", minutes=110, at=time(8)),
            ),
            free=(
                FreeSlot(weekday=0, minutes=40, at=time(12)), FreeSlot(weekday=2, minutes=30),
                FreeSlot(weekday=4, minutes=40), FreeSlot(weekday=5, minutes=30),
            ),
            equipment=("dumbbell", "band", "low_box", "bench"),
        ),
        story="her right foot stays down 3 % longer; after 12 weeks that closes, slowly, over 20 weeks",
        tests=(
            (11.0, "single_leg_calf_raise", (25.0,), (26.0,)),
            (11.5, "single_leg_hop", (131.0, 133.0, 129.0), (130.0, 134.0, 131.0)),
            (34.0, "single_leg_calf_raise", (27.0,), (27.0,)),
            (34.5, "single_leg_hop", (134.0, 135.0, 137.0), (136.0, 133.0, 137.0)),
        ),
    ),
    DemoRunner(
        recipe=DRIFTING_RUNNER,
        profile=Profile(
            name="Ben", timezone="Europe/Berlin", born_year=1984, mass_kg=74.0, sex="male", dominant_leg="right",
            injuries=(Injury(side="left", site="achilles", since=date(2025, 12, 1)),),
            runs=(
                PlannedRun(weekday=0, kind="easy", minutes=40, at=time(7)),
                PlannedRun(weekday=2, kind="intervals", minutes=60, at=time(19)),
                PlannedRun(weekday=5, kind="long", minutes=100, at=time(9)),
            ),
            free=(
                FreeSlot(weekday=0, minutes=45, at=time(18)), FreeSlot(weekday=3, minutes=45),
                FreeSlot(weekday=6, minutes=20),
            ),
            equipment=("dumbbell", "low_box", "bench"),
        ),
        story="ordinary for 16 weeks; then his left foot comes to stay down longer, by 3.5 % within 7 weeks",
        tests=(
            (14.0, "single_leg_calf_raise", (28.0,), (29.0,)),
            (29.0, "single_leg_calf_raise", (17.0,), (29.0,)),
            (30.5, "single_leg_hop", (138.0, 141.0, 137.0), (158.0, 161.0, 157.0)),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DemoRun:
    """One run of the demo: its file, its truth, and what was said about it."""

    path: Path
    truth: RunTruth
    report: RunReport

    @property
    def truth_pct(self) -> float | None:
        """The true index as the run's own sensor shows it; None where nothing measured it."""
        return next(iter(self.truth.sensor_index_pct.values()), None)

    @property
    def holds_truth(self) -> bool | None:
        """Whether the interval holds the truth; None where there is no interval."""
        if not self.report.estimates or self.truth_pct is None:
            return None
        estimate = self.report.estimates[0]
        if estimate.low_pct is None or estimate.high_pct is None:
            return None
        return estimate.low_pct <= self.truth_pct <= estimate.high_pct


@dataclass(frozen=True, kw_only=True)
class DemoSeason:
    """One runner's season as it was told, and as it was."""

    runner: DemoRunner
    truth: SeasonTruth
    season: Season
    comparisons: tuple[LimbComparison, ...]
    finding: Finding
    runs: tuple[DemoRun, ...]
    plan: Plan
    page: Path | None = None
    plan_page: Path | None = None
    today: date

    @property
    def metric(self) -> SeasonMetric:
        """Contact time, which the story is about."""
        return next(one for one in self.season.metrics if one.metric == "contact_time")

    @property
    def recovered(self) -> Mapping[str, bool]:
        """Whether what was told holds what was true: the level, the change, and the alarm."""
        metric, truth = self.metric, self.truth
        held: dict[str, bool] = {}
        if metric.level is not None:
            held["level"] = metric.level.low <= truth.final_index_pct <= metric.level.high
        if metric.change is not None:
            change_pct = truth.final_index_pct - truth.baseline_index_pct
            held["change"] = metric.change.low <= change_pct <= metric.change.high
        if truth.change_begins is not None:
            held["alarm_after_the_change_began"] = bool(metric.alarms) and all(
                alarm.day > truth.change_begins for alarm in metric.alarms
            )
        return held


@dataclass(kw_only=True)
class Demo:
    """A demo under way: where it goes, how many steps it has, and what is done."""

    folder: Path
    total: int
    seasons: list[DemoSeason] = field(default_factory=list)
    index: Path | None = None


def until(today: date, runners: tuple[DemoRunner, ...] = RUNNERS) -> tuple[DemoRunner, ...]:
    """Return the runners with their seasons moved so that the last week ends before the week of ``today`` begins."""
    return tuple(_moved(one, today) for one in runners)


def _moved(runner: DemoRunner, today: date) -> DemoRunner:
    recipe = runner.recipe
    monday = today - timedelta(days=today.weekday() + 7 * int(recipe.weeks))
    by = monday - recipe.start.date()
    injuries = tuple(replace(one, since=one.since + by) for one in runner.profile.injuries)
    return replace(
        runner,
        recipe=replace(recipe, start=recipe.start + by),
        profile=replace(runner.profile, injuries=injuries),
    )


def begin_demo(folder: Path, runners: tuple[DemoRunner, ...] = RUNNERS) -> Demo:
    """Make room for a demo in a folder: an earlier demo's database and runs are replaced, nothing else is touched.

    Raises
    ------
    InvalidRequest
        The folder holds a database that no demo made.
    """
    made = [folder / "data", folder / "runs"]
    if any(path.exists() for path in made) and not (folder / MADE_HERE).exists():
        raise InvalidRequest(f"{folder} holds data that no demo made.", help="Name another folder with --dir.")
    for path in made:
        if path.exists():
            shutil.rmtree(path)
    return Demo(folder=folder, total=sum(2 * count_runs(one.recipe) for one in runners))


def demo_steps(demo: Demo, *, seed: int = 1, runners: tuple[DemoRunner, ...] = RUNNERS) -> Iterator[int]:
    """Simulate, write, take in, judge and draw; yield how many runs each step brought further."""
    for i, runner in enumerate(runners):
        rng = np.random.default_rng([seed, i])
        folder = demo.folder / "runs" / runner.profile.name.lower()
        written: dict[str, RunTruth] = {}
        for run in simulate_season(runner.recipe, rng=rng):
            name = f"{run.activity.start:%Y-%m-%d}-{run.truth.label}.fit"
            write_run(run, folder / name)
            written[name] = run.truth
            yield 1
        yield from _taken_in(demo, runner, folder, written)
    demo.index = _write_pages(demo)


def _taken_in(demo: Demo, runner: DemoRunner, folder: Path, written: Mapping[str, RunTruth]) -> Iterator[int]:
    where = find_where(data=str(demo.folder / "data"), athlete=runner.profile.name, environment={})
    with opened(where) as store:
        athlete = add_athlete(store, runner.profile, now=datetime.now(UTC))
        today = runner.recipe.start.date() + timedelta(days=7 * int(runner.recipe.weeks))
        home = Home(store=store, athlete_id=athlete.id, profile=runner.profile, today=today)
        with importing(home, [folder]) as (_, steps):
            yield from steps
        add_tests(store, athlete.id, _tests(runner))
        by_start = {truth.start: truth for truth in written.values()}
        for run in kept_runs(home):
            if shoe := by_start[run.start].shoe:
                tag_run(store, athlete.id, run.id, {"shoe": shoe})
        demo.seasons.append(_told(home, runner, folder, written))


def _told(home: Home, runner: DemoRunner, folder: Path, written: Mapping[str, RunTruth]) -> DemoSeason:
    runs = tuple(
        DemoRun(path=folder / report.source.name, truth=written[report.source.name], report=report)
        for report in (run.recordings[0].report for run in kept_runs(home))
    )
    return DemoSeason(
        runner=runner,
        truth=season_truth(runner.recipe, list(written.values())),
        season=season_of(home),
        comparisons=comparisons_of(home),
        finding=finding_of(home),
        runs=runs,
        plan=_plan(home),
        today=home.today,
    )


def _plan(home: Home) -> Plan:
    kept = make(home).kept
    if kept is None:
        raise AssertionError("a plan that was made is kept")
    return kept.plan


def _tests(runner: DemoRunner) -> list[TestResult]:
    start = runner.recipe.start.date()
    return [
        TestResult(test=name, day=start + timedelta(days=round(7 * weeks)), left=left, right=right)
        for weeks, name, left, right in runner.tests
    ]


def _write_pages(demo: Demo) -> Path:
    from evenstride.plan.catalogue import load_catalogue
    from evenstride.report.plan_sheet import plan_page
    from evenstride.report.season_page import season_page

    truths: dict[str, object] = {}
    for i, told in enumerate(demo.seasons):
        name = told.runner.profile.name.lower()
        page = demo.folder / f"{name}.html"
        write_page(page, season_page(told.season, told.comparisons, told.finding, assessments=assessments()))
        plan = demo.folder / f"{name}-plan.html"
        write_page(plan, plan_page(told.plan, load_catalogue().exercises))
        demo.seasons[i] = replace(told, page=page, plan_page=plan)
        runs = {run.path.name: truth_document(run.truth) for run in told.runs}
        truths[name] = {"season": season_document(told.truth), "runs": runs}
    write_page(demo.folder / MADE_HERE, json.dumps(truths, indent=2, ensure_ascii=False) + "\n")
    return demo.seasons[0].page or demo.folder
