"""A runner whose asymmetry is known: recordings with their truth, for demonstrations, documentation and tests."""

from evenstride.simulate.body import Body, BodyRecipe, BodyTest, Fall, after_session, after_week, begun, measured
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
    simulate_days,
    simulate_season,
)
from evenstride.simulate.truth import RunTruth, SeasonTruth, season_document, truth_document

__all__ = [
    "CLOSING_RUNNER", "DRIFTING_RUNNER", "RECIPE_FIELDS", "Body", "BodyRecipe", "BodyTest", "Fall", "IndexPath",
    "NewDevice", "RunRecipe", "RunTruth", "SeasonRecipe", "SeasonTruth", "Sensor", "Shoe", "SimulatedRun",
    "after_session", "after_week", "begun", "change_pct", "closing", "constant", "count_runs", "drift", "measured",
    "mirrored", "season_document", "season_truth", "simulate_days", "simulate_run", "simulate_season", "step",
    "truth_document",
]  # fmt: skip
