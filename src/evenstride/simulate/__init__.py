"""A runner whose asymmetry is known: recordings with their truth, for demonstrations, documentation and tests."""

from evenstride.simulate.path import IndexPath, change_pct, closing, constant, drift, mirrored, step
from evenstride.simulate.recipe import RECIPE_FIELDS, RunRecipe, Sensor
from evenstride.simulate.run import SimulatedRun, simulate_run
from evenstride.simulate.season import (
    CLOSING_RUNNER,
    DRIFTING_RUNNER,
    NewDevice,
    SeasonRecipe,
    Shoe,
    count_runs,
    season_truth,
    simulate_season,
)
from evenstride.simulate.truth import RunTruth, SeasonTruth, season_document, truth_document

__all__ = [
    "CLOSING_RUNNER", "DRIFTING_RUNNER", "RECIPE_FIELDS", "IndexPath", "NewDevice", "RunRecipe",
    "RunTruth", "SeasonRecipe", "SeasonTruth", "Sensor", "Shoe", "SimulatedRun", "change_pct", "closing", "constant",
    "count_runs", "drift", "mirrored", "season_document", "season_truth", "simulate_run", "simulate_season", "step",
    "truth_document",
]  # fmt: skip
