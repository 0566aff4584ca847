"""Weeks of simulated running with one true asymmetry behind them: what a runner's folder of files looks like."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np

from evenstride.errors import InvalidRequest
from evenstride.simulate.recipe import RunRecipe, check_limits, recipe_value
from evenstride.simulate.run import SimulatedRun, simulate_run

RUN_KINDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "easy": {"minutes": 45.0, "speed_mps": 2.9},
        "long": {"minutes": 95.0, "speed_mps": 2.8, "grade_sd_pct": 0.8, "pauses": 1, "pause_s": 150.0,
                 "standing_stops": 2},
        "intervals": {"minutes": 50.0, "intervals": 6, "interval_work_s": 180.0, "interval_rest_s": 90.0},
        "hills": {"minutes": 55.0, "speed_mps": 2.8, "grade_sd_pct": 2.5},
        "short": {"minutes": 8.0, "speed_mps": 3.0},
        "walk-breaks": {"minutes": 50.0, "speed_mps": 2.8, "walking_breaks": 5, "walking_break_s": 90.0},
        "track": {"minutes": 40.0, "speed_mps": 3.4, "route": "track"},
        "no-strap": {"minutes": 45.0, "speed_mps": 2.9, "sensors": (), "dynamics": False},
    }
)  # fmt: skip
"""What each kind of run is, beside what the season's runner brings."""

WEEK = ((1, "intervals"), (3, "easy"), (5, "hills"), (6, "long"))
"""Day of the week from the start and kind; every second week has no hills."""

SPECIALS: Mapping[tuple[int, int], str] = MappingProxyType(
    {(1, 3): "short", (2, 3): "walk-breaks", (4, 1): "track", (5, 3): "no-strap"}
)
"""(Week, day) on which another kind of run is run."""

RUNNER = RunRecipe(
    speed_effect_pct=-0.6, grade_effect_pct=0.15, turn_effect_pct=-0.08, drift_pct=0.12, warmup_pct=1.5,
    missing_share=0.004,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class SeasonRecipe:
    """Weeks of one runner. ``runner`` is what all runs share; its asymmetry, start and length are the season's own.

    >>> SeasonRecipe(asymmetry_pct=3.0).weeks
    8
    """

    start: datetime = recipe_value(datetime(2026, 3, 2, 6, 30, tzinfo=UTC), "the first day, with its zone")
    weeks: int = recipe_value(8, "number of weeks", 1, 520)
    asymmetry_pct: float = recipe_value(2.4, "true index of contact time behind the season", -40, 40, mirrored=True)
    run_to_run_sd_pct: float = recipe_value(0.7, "standard deviation of a run's true index around it", 0, 10)
    runner: RunRecipe = recipe_value(RUNNER, "what every run has in common")

    def __post_init__(self) -> None:
        check_limits(self)
        if self.start.tzinfo is None:
            raise InvalidRequest("start has no time zone.", help="Give one, for example 2026-03-02T06:30+01:00.")


def simulate_season(recipe: SeasonRecipe, *, rng: np.random.Generator) -> list[SimulatedRun]:
    """Simulate the season's runs in order of time; ``truth.label`` says what each was.

    Three or four runs a week: easy, long, intervals, hills; among them one that is too short to tell, one with walking
    breaks, one on a track and one without a sensor for left and right.

    >>> season = simulate_season(SeasonRecipe(weeks=1), rng=np.random.default_rng(1))
    >>> [run.truth.label for run in season]
    ['intervals', 'easy', 'hills', 'long']
    """
    runs = []
    for week in range(int(recipe.weeks)):
        for day, usual in WEEK:
            if usual == "hills" and week % 2:
                continue
            kind = SPECIALS.get((week, day), usual)
            runs.append(simulate_run(_run_recipe(recipe, kind, 7 * week + day, rng), rng=rng))
    return runs


def _run_recipe(season: SeasonRecipe, kind: str, day: int, rng: np.random.Generator) -> RunRecipe:
    own = dict(RUN_KINDS[kind])
    if "intervals" not in own and kind != "short":
        own["minutes"] *= rng.uniform(0.9, 1.15)
    start = season.start + timedelta(days=day, minutes=int(rng.integers(0, 90)), seconds=int(rng.integers(0, 60)))
    index = season.asymmetry_pct + season.run_to_run_sd_pct * rng.standard_normal()
    return replace(season.runner, **own, label=kind, start=start, asymmetry_pct=float(np.clip(index, -40, 40)))
