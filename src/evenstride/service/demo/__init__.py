"""Three runners whose truth is known, through the whole loop: runs, logs, tests, weekly reviews, plans, pages."""

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from evenstride.errors import InvalidRequest
from evenstride.judge.assessments import assessments
from evenstride.service.demo.life import Life, begin_life, live
from evenstride.service.demo.people import RUNNERS, DemoRunner, until
from evenstride.service.demo.told import Demo, DemoRun, DemoSeason, DemoWeek, turning_points
from evenstride.service.home import Home, kept_runs, opened
from evenstride.service.pages import write_page
from evenstride.service.plan import show
from evenstride.service.season import comparisons_of, finding_of, season_of
from evenstride.service.where import find_where
from evenstride.simulate import season_document, season_truth, truth_document
from evenstride.store import add_athlete

__all__ = [
    "RUNNERS", "Demo", "DemoRun", "DemoRunner", "DemoSeason", "DemoWeek", "begin_demo", "demo_steps", "turning_points",
    "until",
]  # fmt: skip

MADE_HERE = "truth.json"
"""The file by which a folder is known as an earlier demo's, so that its database may be replaced."""


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
    # Written first: a demo that was stopped on its way is known as one, too.
    write_page(folder / MADE_HERE, "{}\n")
    return Demo(folder=folder, total=sum(one.weeks for one in runners))


def demo_steps(demo: Demo, *, seed: int = 1, runners: tuple[DemoRunner, ...] = RUNNERS) -> Iterator[int]:
    """Let every runner live through the weeks, and draw the pages; yield how many weeks each step brought further."""
    for i, runner in enumerate(runners):
        where = find_where(data=str(demo.folder / "data"), athlete=runner.profile.name, environment={})
        with opened(where) as store:
            athlete = add_athlete(store, runner.profile, now=runner.recipe.start)
            home = Home(
                store=store, athlete_id=athlete.id, profile=runner.profile, today=runner.recipe.start.date()
            )  # fmt: skip
            life = begin_life(home, runner, demo.folder / "runs" / runner.profile.name.lower(), seed=(seed, i))
            yield from live(life)
            demo.seasons.append(_told(life))
    demo.index = _write_pages(demo)


def _told(life: Life) -> DemoSeason:
    end = life.start + timedelta(weeks=life.runner.weeks)
    home = life.at(end)
    runs = tuple(
        DemoRun(path=life.folder / report.source.name, truth=life.written[report.source.name], report=report)
        for report in (run.recordings[0].report for run in kept_runs(home))
    )
    return DemoSeason(
        runner=life.runner,
        truth=season_truth(life.recipe, list(life.written.values())),
        season=season_of(home),
        comparisons=comparisons_of(home),
        finding=finding_of(home),
        runs=runs,
        weeks=tuple(life.weeks),
        plan=show(home).plan,
        today=end,
    )


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
        truths[name] = _truths(told)
    write_page(demo.folder / MADE_HERE, json.dumps(truths, indent=2, ensure_ascii=False) + "\n")
    return demo.seasons[0].page or demo.folder


def _truths(told: DemoSeason) -> Mapping[str, object]:
    legs = [
        {"week": week.number, "sunday": (week.review.week + timedelta(days=6)).isoformat(),
         "limb_ratio_pct": round(week.truth.ratio_pct, 2), "index_pct": round(week.truth.index_pct, 3)}
        for week in told.weeks
    ]  # fmt: skip
    runs = {run.path.name: truth_document(run.truth) for run in told.runs}
    return {"season": season_document(told.truth), "weaker": told.runner.body.weaker, "legs": legs, "runs": runs}
