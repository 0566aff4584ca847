"""`evenstride demo`: a season with known truth, and where to look next."""

import sys
from pathlib import Path
from shutil import which

from evenstride.cli.show import print_json, progress
from evenstride.report.document import run_document
from evenstride.service.demo import DemoRun, demo_runs, write_demo_pages
from evenstride.simulate import truth_document

RUNS_OF_A_SEASON = 28


def demo_command(folder: Path, *, seed: int, as_json: bool) -> int:
    """Simulate, analyse, draw; print what a runner would read, and what was true."""
    runs = list(progress(demo_runs(folder, seed=seed), total=RUNS_OF_A_SEASON, doing="Running eight weeks"))
    index = write_demo_pages(runs, folder)
    if as_json:
        entries = [
            {"file": str(run.path), "truth": truth_document(run.truth), "holds_truth": run.holds_truth,
             "run": run_document(run.report)} for run in runs
        ]  # fmt: skip
        print_json({"schema": "evenstride.demo/1", "folder": str(folder), "page": str(index), "runs": entries})
        return 0
    _tell(runs, folder, index)
    return 0


def _tell(runs: list[DemoRun], folder: Path, index: Path) -> None:
    from rich.console import Console

    from evenstride.report.terminal import WIDTH_MAX, print_run, runs_table

    console = Console(highlight=False)
    width = min(console.width, WIDTH_MAX)
    clear = [run for run in runs if run.report.estimates and run.report.estimates[0].verdict == "right_longer"]
    shown = next(iter(clear), runs[0])
    console.print("A simulated runner, eight weeks, every run a FIT file. One of them, as its runner would read it:\n")
    print_run(shown.report, console)
    console.print("All of them. The truth was known only to the simulation:\n", width=width)
    reports = [run.report for run in runs]
    console.print(runs_table(reports, truths_pct=[run.truth_pct for run in runs]), width=width)
    judged = [run for run in runs if run.holds_truth is not None]
    held = sum(bool(run.holds_truth) for run in judged)
    console.print(f"\n{held} of {len(judged)} intervals hold the truth; about 95 in 100 should.")
    console.print("\nWhere to look next", style="bold")
    for what, where in (
        ("the picture of all runs", index),
        ("a page per run", folder / "pages"),
        ("the files themselves", folder / "runs"),
        ("their truth", folder / "truth.json"),
    ):
        console.print(f"  {what:<26}{where}", soft_wrap=True, markup=False)
    command = "evenstride" if which("evenstride") else sys.argv[0]
    console.print(f"  {'one run again':<26}{command} analyze {shown.path}", soft_wrap=True, markup=False)
    console.print(f"  {'your own':<26}{command} analyze RUN.fit --html RUN.html", soft_wrap=True, markup=False)
    sys.stdout.flush()
