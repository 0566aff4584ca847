"""A simulated season is a folder of runs as a runner has them."""

from datetime import UTC, datetime, timedelta
from functools import cache

import numpy as np
import pytest

from evenstride.errors import InvalidRequest
from evenstride.simulate import SeasonRecipe, SimulatedRun, simulate_season
from evenstride.simulate.season import RUN_KINDS

START = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)


@cache
def _season(seed: int = 1) -> list[SimulatedRun]:
    return simulate_season(SeasonRecipe(start=START, asymmetry_pct=3.0), rng=np.random.default_rng(seed))


def test_eight_weeks_have_three_or_four_runs_each_in_order() -> None:
    starts = [run.activity.start for run in _season()]
    assert starts == sorted(starts)
    weeks = np.bincount([(start - START) // timedelta(days=7) for start in starts])
    assert len(weeks) == 8
    assert set(weeks.tolist()) <= {3, 4}


def test_every_kind_of_run_occurs() -> None:
    assert {run.truth.label for run in _season()} == set(RUN_KINDS)


def test_each_kind_is_what_it_is_called() -> None:
    by_label = {run.truth.label: run for run in _season()}
    assert by_label["short"].truth.usable_s < 600
    assert by_label["no-strap"].activity.legs == ()
    assert by_label["walk-breaks"].truth.walking_s > 300
    assert by_label["track"].activity.sub_sport == "track"
    assert sum(lap.kind == "active" for lap in by_label["intervals"].activity.laps) == 6
    assert np.ptp(by_label["hills"].activity.channels["altitude_m"]) > 20
    assert by_label["long"].activity.pauses


def test_the_runs_scatter_around_the_seasons_asymmetry() -> None:
    recipe = SeasonRecipe(start=START, asymmetry_pct=3.0, run_to_run_sd_pct=0.7, weeks=40)
    settled = np.array([run.truth.settled_index_pct for run in simulate_season(recipe, rng=np.random.default_rng(5))])
    assert settled.mean() == pytest.approx(3.0, abs=4 * 0.7 / len(settled) ** 0.5)
    assert settled.std() == pytest.approx(0.7, rel=0.3)


def test_the_same_seed_gives_the_same_season() -> None:
    again = simulate_season(SeasonRecipe(start=START, asymmetry_pct=3.0), rng=np.random.default_rng(1))
    assert [run.truth for run in again] == [run.truth for run in _season()]


def test_a_season_without_a_zone_or_weeks_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        SeasonRecipe(start=START.replace(tzinfo=None))
    with pytest.raises(InvalidRequest):
        SeasonRecipe(weeks=0)
