"""Draw the pictures of the documents: ``python scripts/pictures.py``. The same recipe gives the same picture."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evenstride.model import Source
from evenstride.report.picture import run_picture
from evenstride.report.season_picture import season_picture
from evenstride.service.analyze import judge_activity
from evenstride.service.demo import RUNNERS, begin_demo, demo_steps
from evenstride.simulate import RunRecipe, simulate_run

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "img"
RECIPE = RunRecipe(
    minutes=50, asymmetry_pct=6.5, memory_s=45, warmup_pct=-3.0, walking_breaks=1, walking_break_s=150,
    grade_sd_pct=1.0,
)  # fmt: skip


def run_svg() -> str:
    """The README's run."""
    run = simulate_run(RECIPE, rng=np.random.default_rng(3))
    return run_picture(judge_activity(run.activity, Source(name="run.fit", sha256="", format="fit")))


def season_svg() -> str:
    """The README's season: the demo's runner who drifts."""
    with TemporaryDirectory() as folder:
        demo = begin_demo(Path(folder) / "demo", RUNNERS[1:])
        for _ in demo_steps(demo, runners=RUNNERS[1:]):
            pass
        told = demo.seasons[0]
        return season_picture(told.season, metric="contact_time", tests=told.comparisons)


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    (IMAGES / "season.svg").write_text(season_svg(), encoding="utf8")
    (IMAGES / "run.svg").write_text(run_svg(), encoding="utf8")
