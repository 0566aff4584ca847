"""Draw the pictures of the documents: ``python scripts/pictures.py``. The same recipe gives the same picture."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evenstride.model import Profile, Source, TestResult
from evenstride.report.picture import run_picture
from evenstride.report.season_picture import season_picture
from evenstride.service.analyze import judge_activity
from evenstride.service.archive import importing
from evenstride.service.home import Home, opened
from evenstride.service.season import comparisons_of, season_of
from evenstride.service.simulate import write_run
from evenstride.service.where import find_where
from evenstride.simulate import DRIFTING_RUNNER, RunRecipe, simulate_run, simulate_season
from evenstride.store import add_athlete, add_tests

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "img"
RECIPE = RunRecipe(
    minutes=50, asymmetry_pct=6.5, memory_s=45, warmup_pct=-3.0, walking_breaks=1, walking_break_s=150,
    grade_sd_pct=1.0,
)  # fmt: skip
TESTS = (
    (14.0, "single_leg_calf_raise", (28.0,), (29.0,)),
    (29.0, "single_leg_calf_raise", (17.0,), (29.0,)),
    (30.5, "single_leg_hop", (138.0, 141.0, 137.0), (158.0, 161.0, 157.0)),
)
"""Tests of the runner who drifts: weeks from the season's start, which, left, right."""


def run_svg() -> str:
    """The README's run."""
    run = simulate_run(RECIPE, rng=np.random.default_rng(3))
    return run_picture(judge_activity(run.activity, Source(name="run.fit", sha256="", format="fit")))


def season_svg() -> str:
    """The README's season: the simulated runner who drifts."""
    recipe, profile = DRIFTING_RUNNER, Profile(name="Ben", timezone="Europe/Berlin")
    start = recipe.start.date()
    with TemporaryDirectory() as name, opened(find_where(data=f"{name}/data", athlete="Ben", environment={})) as store:
        folder = Path(name) / "runs"
        for run in simulate_season(recipe, rng=np.random.default_rng([1, 0])):
            write_run(run, folder / f"{run.activity.start:%Y-%m-%d}-{run.truth.label}.fit")
        athlete = add_athlete(store, profile, now=recipe.start)
        today = start + timedelta(weeks=recipe.weeks)
        home = Home(store=store, athlete_id=athlete.id, profile=profile, today=today)
        with importing(home, [folder]) as (_, steps):
            for _ in steps:
                pass
        tests = [TestResult(test=what, day=start + timedelta(days=round(7 * weeks)), left=left, right=right)
                 for weeks, what, left, right in TESTS]  # fmt: skip
        add_tests(store, athlete.id, tests)
        return season_picture(season_of(home), metric="contact_time", tests=comparisons_of(home))


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / "season.svg").write_text(season_svg(), encoding="utf8")
    (IMAGES / "run.svg").write_text(run_svg(), encoding="utf8")
