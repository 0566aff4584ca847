"""A simulated season is a folder of runs as a runner has them, and its truth is true."""

import json
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import InvalidRequest
from evenstride.simulate import (
    CLOSING_RUNNER,
    DRIFTING_RUNNER,
    IndexPath,
    NewDevice,
    RunRecipe,
    SeasonRecipe,
    SeasonTruth,
    Shoe,
    SimulatedRun,
    change_pct,
    closing,
    count_runs,
    drift,
    mirrored,
    season_document,
    season_truth,
    simulate_run,
    simulate_season,
    step,
)
from evenstride.simulate.season import RUN_KINDS, RUNNER

START = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
QUIET = SeasonRecipe(start=START, weeks=3, asymmetry_pct=3.0, run_to_run_sd_pct=0.0, heart_sd_bpm=0.0)
CHANGING = replace(
    QUIET, path=step(week=1, by_pct=-2.0), shoes=(Shoe(name="blue"), Shoe(name="red", effect_pct=0.5)),
    new_device=NewDevice(week=2, bias_pct=1.5, name="other"), fitness_pct=6.0,
)  # fmt: skip


@cache
def _season(seed: int = 1) -> list[SimulatedRun]:
    return _runs(SeasonRecipe(start=START, asymmetry_pct=3.0), seed)


def _runs(recipe: SeasonRecipe, seed: int = 1) -> list[SimulatedRun]:
    return list(simulate_season(recipe, rng=np.random.default_rng(seed)))


def _truth(recipe: SeasonRecipe, seed: int = 1) -> SeasonTruth:
    return season_truth(recipe, [run.truth for run in _runs(recipe, seed)])


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
    settled = np.array([run.truth.settled_index_pct for run in _runs(recipe, 5)])
    assert settled.mean() == pytest.approx(3.0, abs=4 * 0.7 / len(settled) ** 0.5)
    assert settled.std() == pytest.approx(0.7, rel=0.3)


def test_the_same_seed_gives_the_same_season() -> None:
    again = _runs(SeasonRecipe(start=START, asymmetry_pct=3.0))
    assert [run.truth for run in again] == [run.truth for run in _season()]
    for one, other in zip(again, _season(), strict=True):
        assert one.activity == other.activity


def test_a_season_is_simulated_run_by_run() -> None:
    season = simulate_season(replace(QUIET, weeks=520), rng=np.random.default_rng(1))
    assert isinstance(season, Iterator)
    assert next(season).truth.label == "intervals"


@pytest.mark.parametrize("recipe", [SeasonRecipe(), QUIET, replace(QUIET, weeks=5, holidays=(0, 3))], ids=str)
def test_the_number_of_runs_is_known_before_they_are_simulated(recipe: SeasonRecipe) -> None:
    assert count_runs(recipe) == len(_runs(recipe))


def test_a_week_of_holidays_has_no_run() -> None:
    weeks = {(run.activity.start - START) // timedelta(days=7) for run in _runs(replace(QUIET, holidays=(1,)))}
    assert weeks == {0, 2}


@pytest.mark.parametrize(
    ("path", "week", "expected"),
    [
        (IndexPath(), 30.0, 0.0),
        (closing(from_pct=3.0, to_pct=1.0, baseline_weeks=12, weeks=20), 11.9, 0.0),
        (closing(from_pct=3.0, to_pct=1.0, baseline_weeks=12, weeks=20), 17.0, -0.5),
        (closing(from_pct=-3.0, baseline_weeks=12, weeks=20), 50.0, 3.0),
        (step(week=20, by_pct=-2.0), 19.99, 0.0),
        (step(week=20, by_pct=-2.0), 20.0, -2.0),
        (drift(week=14, pct_per_week=0.5, total_pct=3.5), 16.0, 1.0),
        (drift(week=14, pct_per_week=0.5, total_pct=3.5), 21.5, 3.5),
        (IndexPath(corners=((2.0, 0.0), (4.0, 1.0), (4.0, 2.0), (8.0, 0.0))), 6.0, 1.0),
    ],
)
def test_a_path_goes_straight_from_corner_to_corner(path: IndexPath, week: float, expected: float) -> None:
    assert change_pct(path, week) == pytest.approx(expected)
    assert change_pct(mirrored(path), week) == pytest.approx(-expected)


def test_a_path_that_cannot_be_gone_is_refused() -> None:
    for wrong in (
        lambda: drift(week=3, pct_per_week=0.5, total_pct=-2.0),
        lambda: drift(week=3, pct_per_week=0.0, total_pct=-2.0),
        lambda: closing(from_pct=3.0, baseline_weeks=4, weeks=-1),
        lambda: step(week=-1, by_pct=1.0),
        lambda: step(week=float("nan"), by_pct=1.0),
        lambda: IndexPath(corners=((4.0, 0.0), (2.0, 1.0))),
        lambda: SeasonRecipe(asymmetry_pct=30.0, path=step(week=2, by_pct=20.0)),
    ):
        with pytest.raises(InvalidRequest) as caught:
            wrong()
        assert caught.value.help


def test_without_scatter_every_run_lies_on_the_path() -> None:
    recipe = replace(QUIET, path=drift(week=1, pct_per_week=-1.0, total_pct=-1.5))
    truth = _truth(recipe)
    for run in truth.runs:
        assert run.index_pct == pytest.approx(run.path_index_pct)
        assert run.change_pct == pytest.approx(-min(max((run.start - START) / timedelta(weeks=1) - 1.0, 0.0), 1.5))
    assert [week.index_pct for week in truth.weeks] == [3.0, 2.5, 1.5]
    assert (truth.baseline_index_pct, truth.final_index_pct) == (3.0, 1.5)
    assert truth.change_begins == (START + timedelta(days=7)).date()


def test_a_season_without_change_says_so() -> None:
    truth = _truth(QUIET)
    assert (truth.change_begins, truth.change_ends, truth.final_index_pct) == (None, None, 3.0)


def test_the_runs_themselves_follow_the_path() -> None:
    still = replace(QUIET.runner, noise_pct=0.0, quantum_points=0.0)
    plain, moved = (_runs(replace(QUIET, runner=still, path=path)) for path in (IndexPath(), step(week=1, by_pct=-2)))
    for one, other in zip(plain, moved, strict=True):
        if one.truth.walking_s == 0:
            shift = _mean_index(other) - _mean_index(one)
            assert shift == pytest.approx(0.0 if one.activity.start < START + timedelta(days=7) else -2.0, abs=1e-9)


def _mean_index(run: SimulatedRun) -> float:
    left, right = run.activity.legs[0].left, run.activity.legs[0].right
    return float(np.nanmean(200.0 * (right - left) / (right + left)))


def test_a_new_device_reads_to_one_side_while_the_legs_stay_as_they_were() -> None:
    recipe = replace(QUIET, new_device=NewDevice(week=2, bias_pct=1.5, name="other"))
    for one, other in zip(_runs(QUIET), _runs(recipe), strict=True):
        new = one.activity.start >= START + timedelta(weeks=2)
        assert other.truth.settled_index_pct == one.truth.settled_index_pct
        assert other.activity.device.product == other.truth.device == ("other" if new else one.truth.device)
        for source, index in one.truth.sensor_index_pct.items():
            assert other.truth.sensor_index_pct[source] == pytest.approx(index + 1.5 * new)
    assert _truth(recipe).device_bias_pct == {RUNNER.device: 0.0, "other": 1.5}


def test_a_shoe_moves_the_legs_and_stands_in_the_truth() -> None:
    recipe = replace(QUIET, weeks=8, shoes=(Shoe(name="blue"), Shoe(name="red", effect_pct=0.8)))
    truth = _truth(recipe)
    assert {run.shoe for run in truth.runs} == {"blue", "red"}
    for run in truth.runs:
        assert run.index_pct - run.path_index_pct == pytest.approx(truth.shoe_effect_pct[run.shoe])


def test_fitness_is_speed_gained_at_the_same_heart_rate() -> None:
    steady = RunRecipe(minutes=60, speed_sd_mps=0.0, heart_drift_bpm=0.0, route="treadmill")
    fitter = replace(steady, fitness_pct=5.0, speed_mps=1.05 * steady.speed_mps)
    one, other = (
        simulate_run(recipe, rng=np.random.default_rng(1)).activity.channels["heart_rate_bpm"]
        for recipe in (steady, fitter)
    )
    np.testing.assert_allclose(one, other)


def test_the_heart_lowers_through_a_season_of_growing_fitness() -> None:
    recipe = replace(QUIET, weeks=4, fitness_pct=8.0, runner=replace(RUNNER, speed_sd_mps=0.0))
    first, last = [run for run in _runs(recipe) if run.truth.label == "easy"]
    assert _heart(first) - _heart(last) == pytest.approx(22.0 * 2.9 * (1 / 1.0086 - 1 / 1.0686), abs=0.1)


def _heart(run: SimulatedRun) -> float:
    return float(run.activity.channels["heart_rate_bpm"][600:1200].mean())


def test_the_heart_follows_speed_and_grade_after_a_while_and_rises_late() -> None:
    recipe = RunRecipe(minutes=90, intervals=6, grade_sd_pct=2.0, heart_drift_bpm=8.0)
    channels = simulate_run(recipe, rng=np.random.default_rng(1)).activity.channels
    heart = channels["heart_rate_bpm"]
    lags = [np.corrcoef(channels["speed_mps"][600 : 5000 - lag], heart[600 + lag : 5000])[0, 1] for lag in range(120)]
    assert 5 < int(np.argmax(lags)) < 80
    flat = replace(recipe, intervals=0, grade_sd_pct=0.0, speed_sd_mps=0.0)
    steady = simulate_run(flat, rng=np.random.default_rng(1)).activity.channels["heart_rate_bpm"]
    assert steady[5300] - steady[1700] == pytest.approx(8.0, abs=0.2)
    uphill = simulate_run(replace(flat, grade_sd_pct=2.0), rng=np.random.default_rng(1)).activity.channels
    grade = np.gradient(uphill["altitude_m"]) / np.gradient(uphill["distance_m"])
    assert np.corrcoef(grade[600:-40], (uphill["heart_rate_bpm"] - steady)[640:])[0, 1] > 0.5


def test_contact_time_and_cadence_of_a_run_go_with_its_speed() -> None:
    by_label = {run.truth.label: run.activity.channels for run in _season()}
    slow, fast = by_label["easy"], by_label["track"]
    assert np.median(fast["contact_time_s"]) < np.median(slow["contact_time_s"]) - 0.010
    assert np.median(fast["cadence_spm"]) > np.median(slow["cadence_spm"]) + 2.0


def _mirrored_truth(truth: SeasonTruth) -> SeasonTruth:
    def turned(one: Any, *names: str) -> Any:
        changes: dict[str, Any] = {}
        for name in names:
            value = getattr(one, name)
            changes[name] = {k: -v for k, v in value.items()} if isinstance(value, dict) else -value
        return replace(one, **changes)

    whole = turned(truth, "baseline_index_pct", "final_index_pct", "shoe_effect_pct", "device_bias_pct")
    runs = (turned(one, "index_pct", "path_index_pct", "change_pct", "sensor_index_pct") for one in truth.runs)
    weeks = (turned(one, "index_pct", "change_pct") for one in truth.weeks)
    mirror: SeasonTruth = replace(whole, weeks=tuple(weeks), runs=tuple(runs))
    return mirror


@settings(max_examples=8)
@given(
    asymmetry_pct=st.floats(-6, 6), by_pct=st.floats(-4, 4), bias_pct=st.floats(-3, 3), effect_pct=st.floats(-2, 2),
    seed=st.integers(0, 2**32),
)  # fmt: skip
def test_swapping_the_legs_mirrors_the_season(
    asymmetry_pct: float, by_pct: float, bias_pct: float, effect_pct: float, seed: int
) -> None:
    recipe = SeasonRecipe(
        weeks=2, asymmetry_pct=asymmetry_pct, path=step(week=1, by_pct=by_pct),
        new_device=NewDevice(week=1, bias_pct=bias_pct), shoes=(Shoe(name="a"), Shoe(name="b", effect_pct=effect_pct)),
    )  # fmt: skip
    other = replace(recipe, runner=replace(recipe.runner, swap_legs=True))
    runs, swapped = _runs(recipe, seed), _runs(other, seed)
    for one, two in zip(runs, swapped, strict=True):
        for series, mirror in zip(one.activity.legs, two.activity.legs, strict=True):
            np.testing.assert_allclose(series.left, mirror.right, rtol=1e-12)
            np.testing.assert_allclose(series.right, mirror.left, rtol=1e-12)
        for name, values in one.activity.channels.items():
            np.testing.assert_array_equal(values, two.activity.channels[name])
    truths = (season_truth(one, [run.truth for run in of]) for one, of in ((recipe, runs), (other, swapped)))
    assert _mirrored_truth(next(truths)) == next(truths)


def test_the_season_that_closes_starts_at_three_percent_and_ends_even() -> None:
    truth = season_truth(CLOSING_RUNNER, [])
    assert (truth.baseline_index_pct, truth.final_index_pct) == (3.0, 0.0)
    assert [week.change_pct for week in truth.weeks[:12]] == [0.0] * 12
    assert [week.change_pct for week in truth.weeks[32:]] == [-3.0] * 4


def test_the_season_that_drifts_is_ordinary_until_it_moves_to_the_left() -> None:
    truth = season_truth(DRIFTING_RUNNER, [])
    assert [week.change_pct for week in truth.weeks[:14]] == [0.0] * 14
    assert abs(truth.baseline_index_pct) < 1.0
    assert truth.final_index_pct - truth.baseline_index_pct == pytest.approx(-3.5)


def test_the_truth_of_a_season_is_a_json_document_of_its_schema() -> None:
    document = season_document(_truth(CHANGING))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["schema"] == "evenstride.simulate-season/1"
    assert document["runs"][0]["start"].startswith("2026-01-06T0")
    assert document["change_begins"] == "2026-01-12"


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": START.replace(tzinfo=None)},
        {"weeks": 0},
        {"fitness_pct": -80.0},
        {"heart_sd_bpm": -1.0},
        {"shoes": (Shoe(name="blue"), Shoe(name="blue"))},
    ],
    ids=str,
)
def test_a_season_that_cannot_be_served_says_so_and_what_would_help(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as caught:
        SeasonRecipe(**wrong)
    assert caught.value.help


def test_the_documentation_lists_every_field_of_a_season_with_its_sentence() -> None:
    text = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")
    season = text[text.index("## A season") : text.index("## Every field")]
    for one in fields(SeasonRecipe):
        assert f"| `{one.name}` |" in season
        assert one.metadata["sentence"] in season
