"""`evenstride demo`: three runners with known truth through the whole loop, and where to look next."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from evenstride.cli.show import print_json, progress, tell
from evenstride.report.document import json_number, run_document
from evenstride.report.finding_document import finding_document
from evenstride.report.plan_document import plan_document
from evenstride.report.review_document import review_document
from evenstride.report.season_document import season_document
from evenstride.service.demo import RUNNERS, Demo, DemoRunner, DemoSeason, DemoWeek, begin_demo, demo_steps, until
from evenstride.service.where import find_where
from evenstride.simulate import season_document as truth_of_season
from evenstride.simulate import truth_document

LOOPBACK, PORT = "127.0.0.1", 8321


def demo_command(
    folder: Path, *, seed: int, as_json: bool, runners: tuple[DemoRunner, ...] = RUNNERS, weeks: int | None = None
) -> int:
    """Let them run, log, be reviewed and plan; print what each would read, and what was true; offer to show it."""
    moved = until(datetime.now().astimezone().date(), runners, weeks=weeks)
    demo = begin_demo(folder, moved)
    doing = f"Living through {demo.total} weeks"
    if not sys.stderr.isatty():
        tell(f"{doing} of running, training and reviewing; this takes about a minute.")
    for _ in progress(demo_steps(demo, seed=seed, runners=moved), total=demo.total, doing=doing, sizes=True):
        pass
    if as_json:
        print_json(_document(demo))
    else:
        from evenstride.cli.demo_screen import print_demo

        print_demo(demo)
        if somebody_can_look():
            return offer_the_browser(demo.folder / "data")
    return 0


def somebody_can_look() -> bool:
    """Whether somebody sits at a terminal: a pipe, a file or a build is never asked and never waited for."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def offer_the_browser(data: Path) -> int:
    """Ask whether the seasons shall be shown in the browser now; serve them to this computer alone until stopped."""
    from evenstride.cli.serve import serve_command

    try:
        wanted = click.confirm("\nLook at it in the browser now?", default=True, err=True)
    except click.Abort:  # Ctrl-C, or the end of what was typed: that is a no, and no error
        tell("")
        return 0
    if not wanted:
        return 0
    where = find_where(data=str(data), environment={})
    return serve_command(host=LOOPBACK, port=PORT, hosts=(), open_it=True, as_json=False, where=where)


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
    turns = {week.number for week in told.turns}
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
        "weeks": [_week(week, turning_point=week.number in turns) for week in told.weeks],
    }


def _week(week: DemoWeek, *, turning_point: bool) -> dict[str, Any]:
    """One week: what was said, believed and true; the limb ratio is the weaker leg's share of the other."""
    strides = week.belief.strides
    return {
        "number": week.number,
        "turning_point": turning_point,
        "review": review_document(week.review, difference=week.difference),
        "conflict": week.conflict or None,
        "return_stage": week.stage,
        "believed": {
            "action": week.belief.finding.action,
            "limb": week.belief.finding.limb,
            "test": week.belief.test.test if week.belief.test else None,
            "test_date": week.belief.test.day.isoformat() if week.belief.test else None,
            "limb_ratio_pct": json_number(week.belief.test.limb_ratio_pct) if week.belief.test else None,
            "index_pct": json_number(strides.value) if strides else None,
            "low_pct": json_number(strides.low) if strides else None,
            "high_pct": json_number(strides.high) if strides else None,
        },
        "truth": {
            "limb_ratio_pct": json_number(week.truth.ratio_pct), "index_pct": json_number(week.truth.index_pct),
        },
    }  # fmt: skip
