"""`evenstride demo`: two seasons with known truth, and where to look next."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from shutil import which
from typing import Any

from evenstride.cli.show import print_json, progress, tell
from evenstride.report.document import run_document
from evenstride.report.finding_document import finding_document
from evenstride.report.plan_document import plan_document
from evenstride.report.season_document import season_document
from evenstride.service.demo import Demo, DemoSeason, begin_demo, demo_steps, until
from evenstride.simulate import season_document as truth_of_season
from evenstride.simulate import truth_document


def demo_command(folder: Path, *, seed: int, as_json: bool) -> int:
    """Simulate, take in, judge, draw; print what each runner would read, and what was true."""
    runners = until(datetime.now().astimezone().date())
    demo = begin_demo(folder, runners)
    if not sys.stderr.isatty():
        tell("Running two seasons; this takes half a minute.")
    for _ in progress(
        demo_steps(demo, seed=seed, runners=runners), total=demo.total, doing="Running two seasons", sizes=True
    ):
        pass
    if as_json:
        print_json(_document(demo))
    else:
        _tell(demo)
    return 0


def _document(demo: Demo) -> dict[str, Any]:
    return {
        "schema": "evenstride.demo/1",
        "folder": str(demo.folder),
        "page": str(demo.index),
        "runners": [_runner(told) for told in demo.seasons],
        "runs": [
            {"file": str(run.path), "truth": truth_document(run.truth), "holds_truth": run.holds_truth,
             "run": run_document(run.report)} for told in demo.seasons for run in told.runs
        ],
    }  # fmt: skip


def _runner(told: DemoSeason) -> dict[str, Any]:
    return {
        "athlete": told.runner.profile.name,
        "story": told.runner.story,
        "page": str(told.page),
        "truth": truth_of_season(told.truth),
        "recovered": dict(told.recovered),
        "season": season_document(told.season),
        "finding": finding_document(told.finding),
        "plan": plan_document(told.plan),
        "plan_page": str(told.plan_page),
    }


def _tell(demo: Demo) -> None:
    from rich.console import Console

    from evenstride.report.finding_words import finding_answer
    from evenstride.report.looks import WIDTH_MAX
    from evenstride.report.plan_answer import plan_answer, plan_meaning
    from evenstride.report.season_words import season_answer

    console = Console(highlight=False)
    width = min(console.width, WIDTH_MAX)
    console.print("Two simulated runners, every run a FIT file, taken into a fresh database.\n", width=width)
    for told in demo.seasons:
        name = told.runner.profile.name
        console.print(f"{name}, as the runner would read it", style="bold")
        for answer in (season_answer(told.season), finding_answer(told.finding)):
            console.print(f"  {answer.text}", width=width)
            console.print(f"  {answer.meaning}", width=width, style="dim")
        console.print(f"  {plan_answer(told.plan, told.today)}", width=width)
        console.print(f"  {plan_meaning(told.plan, told.today)}", width=width, style="dim")
        console.print(f"  What was true: {told.runner.story}.\n", width=width)
    console.print(_table(demo.seasons), width=width)
    judged = [run for told in demo.seasons for run in told.runs if run.holds_truth is not None]
    held = sum(bool(run.holds_truth) for run in judged)
    console.print(f"\n{held} of {len(judged)} single runs' intervals hold that run's truth; about 95 in 100 should.")
    console.print("\nWhere to look next", style="bold")
    command = "evenstride" if which("evenstride") else sys.argv[0]
    data = f"{command} --data {demo.folder / 'data'}"
    for what, where in (
        *((f"{told.runner.profile.name}'s season, tests, finding", told.page) for told in demo.seasons),
        *((f"{told.runner.profile.name}'s plan, to print", told.plan_page) for told in demo.seasons),
        ("the same on the screen", f"{data} --athlete {demo.seasons[0].runner.profile.name} season"),
        ("the plan on the screen", f"{data} --athlete {demo.seasons[1].runner.profile.name} plan show"),
        ("one run in full", f"{command} analyze {demo.seasons[0].runs[-1].path}"),
        ("what was true", demo.folder / "truth.json"),
        ("your own", f"{command} import YOUR-EXPORT.zip, then {command} season"),
    ):
        console.print(f"  {what:<31}{where}", soft_wrap=True, markup=False)
    sys.stdout.flush()


def _table(seasons: Sequence[DemoSeason]) -> Any:
    from rich.table import Table

    from evenstride.report.numbers import sided

    table = Table(box=None, pad_edge=False)
    for heading in ("contact time", "told", "true", "holds it"):
        table.add_column(heading)
    for told in seasons:
        metric, truth = told.metric, told.truth
        rows = [("level now", metric.level, truth.final_index_pct, "level")]
        if metric.change is not None:
            moved = truth.final_index_pct - truth.baseline_index_pct
            rows.append(("change since the baseline", metric.change, moved, "change"))
        for what, estimate, true, key in rows:
            if estimate is not None:
                said = sided(estimate.value, estimate.low, estimate.high)
                holds = "yes" if told.recovered[key] else "no"
                table.add_row(f"{told.runner.profile.name}: {what}", said, sided(true, None, None), holds)
        for alarm in metric.alarms:
            began = truth.change_begins
            table.add_row(
                f"{told.runner.profile.name}: alarm", f"{alarm.day:%-d %B %Y}",
                f"change from {began:%-d %B} to {truth.change_ends:%-d %B %Y}" if began else "no change", "",
            )  # fmt: skip
    return table
