"""A runner whose asymmetry is known: recordings with their truth, for demonstrations, documentation and tests."""

from evenstride.simulate.recipe import MAXIMUM_MINUTES, RECIPE_FIELDS, RunRecipe, Sensor
from evenstride.simulate.run import SimulatedRun, simulate_run
from evenstride.simulate.season import SeasonRecipe, simulate_season
from evenstride.simulate.truth import RunTruth, truth_document

__all__ = [
    "MAXIMUM_MINUTES", "RECIPE_FIELDS", "RunRecipe", "RunTruth", "SeasonRecipe", "Sensor", "SimulatedRun",
    "simulate_run", "simulate_season", "truth_document",
]  # fmt: skip
