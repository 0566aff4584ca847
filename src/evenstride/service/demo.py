"""Eight weeks of a runner whose asymmetry is known: written as real files, read back, judged, drawn."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenstride.model import RunReport
from evenstride.service.analyze import analyze_file
from evenstride.service.pages import page_names, write_page
from evenstride.service.simulate import WrittenRun, write_run
from evenstride.simulate import RunTruth, SeasonRecipe, simulate_season, truth_document

DEMO_SEASON = SeasonRecipe(asymmetry_pct=5.2)
"""Beyond the ordinary, and near enough to it that some runs tell and some cannot."""


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


def demo_runs(folder: Path, *, seed: int = 1, recipe: SeasonRecipe | None = None) -> Iterator[DemoRun]:
    """Write the season's FIT files into ``folder/runs``, analyse each as a user's file, yield as each is done."""
    season = simulate_season(recipe or DEMO_SEASON, rng=np.random.default_rng(seed))
    for run in season:
        name = f"{run.activity.start:%Y-%m-%d}-{run.truth.label}.fit"
        written = WrittenRun(path=write_run(run, folder / "runs" / name), truth=run.truth)
        yield DemoRun(path=written.path, truth=run.truth, report=analyze_file(written.path))


def write_demo_pages(runs: list[DemoRun], folder: Path) -> Path:
    """Write the truth, a page per run and the picture of all of them; return what to open."""
    from evenstride.report.overview import overview_page
    from evenstride.report.page import run_page

    reports = tuple(run.report for run in runs)
    names = page_names(reports)
    for run, name in zip(runs, names, strict=True):
        write_page(folder / "pages" / name, run_page(run.report))
    truths = {run.path.name: truth_document(run.truth) for run in runs}
    write_page(folder / "truth.json", json.dumps(truths, indent=2, ensure_ascii=False) + "\n")
    index = folder / "index.html"
    pages = [f"pages/{name}" for name in names]
    write_page(index, overview_page(list(zip(reports, pages, strict=True)), truths_pct=[run.truth_pct for run in runs]))
    return index
