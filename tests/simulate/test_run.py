"""A simulated run is what its recipe says, and its truth is true."""

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.errors import InvalidRequest
from evenstride.model import Activity, Floats, LegSeries
from evenstride.simulate import RunRecipe, Sensor, SimulatedRun, simulate_run, truth_document
from evenstride.simulate.recipe import MIRRORED_FIELDS, RECIPE_FIELDS

PLAIN = RunRecipe(minutes=20, noise_pct=0.0, quantum_points=0.0, hold_s=1)
ALL_SENSORS = (Sensor(kind="stryd_duo", bias_pct=1.0, own_noise_pct=0.5), Sensor(kind="runscribe", bias_pct=-4.8))


def _run(recipe: RunRecipe, seed: int = 1) -> SimulatedRun:
    return simulate_run(recipe, rng=np.random.default_rng(seed))


def _index(series: LegSeries) -> Floats:
    index: Floats = 200.0 * (series.right - series.left) / (series.right + series.left)
    return index


def _turned_recipe(recipe: RunRecipe) -> RunRecipe:
    changes: dict[str, Any] = {name: -getattr(recipe, name) for name in MIRRORED_FIELDS}
    changes["sensors"] = tuple(replace(one, bias_pct=-one.bias_pct) for one in recipe.sensors)
    return replace(recipe, **changes)


@st.composite
def recipes(draw: st.DrawFn) -> RunRecipe:
    number = st.floats
    return RunRecipe(
        minutes=draw(number(4, 8)),
        recording=draw(st.sampled_from(["every_second", "smart"])),
        asymmetry_pct=draw(number(-10, 10)),
        stiffness_asymmetry_pct=draw(number(-10, 10)),
        loading_asymmetry_pct=draw(number(-20, 20)),
        speed_effect_pct=draw(number(-2, 2)),
        grade_effect_pct=draw(number(-1, 1)),
        turn_effect_pct=draw(number(-0.3, 0.3)),
        drift_pct=draw(number(-1, 1)),
        warmup_pct=draw(number(-4, 4)),
        noise_pct=draw(st.sampled_from([0.0, 2.4])),
        memory_s=draw(number(2, 500)),
        missing_share=draw(st.sampled_from([0.0, 0.2])),
        quantum_points=draw(st.sampled_from([0.0, 1 / 32, 0.1])),
        hold_s=draw(st.integers(1, 5)),
        route=draw(st.sampled_from(["road", "track", "treadmill"])),
        grade_sd_pct=draw(number(0, 4)),
        walking_breaks=draw(st.integers(0, 1)),
        walking_break_s=20.0,
        standing_stops=draw(st.integers(0, 1)),
        standing_stop_s=15.0,
        pauses=draw(st.integers(0, 2)),
        pause_s=draw(number(1, 90)),
        intervals=draw(st.integers(0, 2)),
        interval_work_s=40.0,
        interval_rest_s=20.0,
        sensors=draw(st.sampled_from([(), (Sensor(),), ALL_SENSORS, (Sensor(bias_pct=3.0), ALL_SENSORS[1])])),
    )


@settings(max_examples=60, deadline=None)
@given(recipe=recipes(), seed=st.integers(0, 2**32))
def test_every_recipe_gives_an_activity_of_the_length_asked(recipe: RunRecipe, seed: int) -> None:
    run = _run(recipe, seed)
    activity, truth = run.activity, run.truth
    seconds = round(60 * recipe.minutes)
    assert truth.timer_s == seconds
    assert truth.elapsed_s == seconds + recipe.pauses * round(recipe.pause_s)
    assert truth.running_s + truth.walking_s + truth.standing_s == seconds
    assert activity.t_s[0] == 0
    assert activity.t_s[-1] == truth.elapsed_s - 1
    assert len(activity.pauses) == recipe.pauses
    assert len(activity.t_s) == seconds if recipe.recording == "every_second" else len(activity.t_s) < 0.5 * seconds
    assert [lap.end_s for lap in activity.laps[:-1]] == [lap.start_s for lap in activity.laps[1:]]
    assert (activity.laps[0].start_s, activity.laps[-1].end_s) == (0.0, truth.elapsed_s)
    assert not any((pause.start_s <= t < pause.end_s) for pause in activity.pauses for t in activity.t_s)


@settings(max_examples=40, deadline=None)
@given(recipe=recipes(), seed=st.integers(0, 2**32))
def test_swapping_the_legs_mirrors_every_per_leg_output_and_nothing_else(recipe: RunRecipe, seed: int) -> None:
    run, swapped = _run(recipe, seed), _run(replace(recipe, swap_legs=True), seed)
    for one, other in zip(run.activity.legs, swapped.activity.legs, strict=True):
        np.testing.assert_allclose(one.left, other.right, rtol=1e-12)
        np.testing.assert_allclose(one.right, other.left, rtol=1e-12)
    for name, values in run.activity.channels.items():
        np.testing.assert_array_equal(values, swapped.activity.channels[name])
    assert swapped.truth.settled_index_pct == -run.truth.settled_index_pct
    assert swapped.truth.mean_index_pct == pytest.approx(-run.truth.mean_index_pct)
    assert swapped.truth.sensor_index_pct == pytest.approx({k: -v for k, v in run.truth.sensor_index_pct.items()})
    assert swapped.truth.other_index_pct == pytest.approx({k: -v for k, v in run.truth.other_index_pct.items()})


@settings(max_examples=30, deadline=None)
@given(recipe=recipes(), seed=st.integers(0, 2**32))
def test_turning_every_sign_of_a_silent_recipe_is_the_same_as_swapping_its_legs(recipe: RunRecipe, seed: int) -> None:
    silent = replace(recipe, noise_pct=0.0, walking_breaks=0, sensors=tuple(
        replace(one, own_noise_pct=0.0) for one in recipe.sensors))  # fmt: skip
    turned, swapped = _run(_turned_recipe(silent), seed), _run(replace(silent, swap_legs=True), seed)
    for one, other in zip(turned.activity.legs, swapped.activity.legs, strict=True):
        if one.metric != "pronation":  # its scatter is not part of the recipe
            np.testing.assert_allclose(one.left, other.left, rtol=1e-12)
    assert turned.truth == swapped.truth


@settings(max_examples=15, deadline=None)
@given(recipe=recipes(), seed=st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_run(recipe: RunRecipe, seed: int) -> None:
    one, other = _run(recipe, seed), _run(recipe, seed)
    assert one.truth == other.truth
    for a, b in zip(one.activity.legs, other.activity.legs, strict=True):
        np.testing.assert_array_equal(a.left, b.left)


def test_another_seed_gives_another_run() -> None:
    one, other = (_run(RunRecipe(minutes=10), seed).activity.legs[0] for seed in (1, 2))
    assert not np.array_equal(one.left, other.left)


@pytest.mark.parametrize("asymmetry_pct", [-7.0, 0.0, 2.4])
def test_without_noise_every_sample_is_the_asymmetry_asked(asymmetry_pct: float) -> None:
    recipe = replace(PLAIN, asymmetry_pct=asymmetry_pct, sensors=(Sensor(), Sensor(kind="runscribe")))
    balance, contact, *_ = _run(recipe).activity.legs
    assert _index(balance) == pytest.approx(asymmetry_pct)
    assert _index(contact) == pytest.approx(asymmetry_pct)


def test_a_longer_right_contact_is_positive_and_lowers_the_left_share() -> None:
    balance = _run(replace(PLAIN, asymmetry_pct=4.0)).activity.legs[0]
    assert balance.left == pytest.approx(0.49)


def test_device_bias_and_sensor_bias_add_to_what_each_sensor_shows() -> None:
    sensors = (Sensor(bias_pct=2.4), Sensor(kind="runscribe", bias_pct=-2.4, contact_factor=1.25))
    run = _run(replace(PLAIN, asymmetry_pct=1.0, device_bias_pct=0.5, sensors=sensors))
    balance, contact, *_ = run.activity.legs
    assert dict(run.truth.sensor_index_pct) == pytest.approx({"watch_balance": 3.9, "runscribe": -0.9})
    assert _index(balance) == pytest.approx(3.9)
    assert _index(contact) == pytest.approx(-0.9)
    both = 0.5 * (contact.left + contact.right)
    assert both == pytest.approx(1.25 * run.activity.channels["contact_time_s"])


@pytest.mark.parametrize(
    ("effect", "truth_name", "condition"),
    [
        ("speed_effect_pct", "speed_effect_pct_per_mps", "speed_mps"),
        ("drift_pct", "drift_pct_per_10_minutes", "elapsed"),
    ],
)
def test_an_effect_is_the_slope_of_the_index_on_its_condition(effect: str, truth_name: str, condition: str) -> None:
    change: dict[str, Any] = {effect: 0.7}
    run = _run(replace(PLAIN, asymmetry_pct=1.0, **change))
    x = run.activity.t_s / 600.0 if condition == "elapsed" else run.activity.channels[condition]
    slope, _ = np.polyfit(x, _index(run.activity.legs[0]), 1)
    assert slope == pytest.approx(0.7)
    assert getattr(run.truth, truth_name) == 0.7


def test_the_turning_effect_follows_the_bends_of_the_track() -> None:
    index = _index(_run(replace(PLAIN, asymmetry_pct=1.0, route="track", turn_effect_pct=0.5)).activity.legs[0])
    assert index.min() == pytest.approx(1.0)
    assert np.median(index[index > 1.01]) == pytest.approx(1.0 + 0.5 * np.rad2deg(3.1 / 36.8), rel=0.1)


def test_the_grade_effect_follows_the_altitude() -> None:
    run = _run(replace(PLAIN, grade_sd_pct=3.0, grade_effect_pct=0.5))
    way, altitude = run.activity.channels["distance_m"], run.activity.channels["altitude_m"]
    grade = 100 * np.diff(altitude) / np.diff(way)
    assert _index(run.activity.legs[0])[:-1] == pytest.approx(0.5 * grade, abs=1e-6)
    assert grade.std() == pytest.approx(3.0, rel=0.5)


def test_the_warm_up_shrinks_to_a_third_in_its_time_and_is_not_in_the_settled_index() -> None:
    run = _run(replace(PLAIN, asymmetry_pct=1.0, warmup_pct=4.0, warmup_s=200.0))
    index = _index(run.activity.legs[0])
    assert index[[0, 200, -1]] == pytest.approx([5.0, 1.0 + 4.0 / np.e, 1.0], abs=0.02)
    assert run.truth.settled_index_pct == 1.0
    assert run.truth.mean_index_pct == pytest.approx(index.mean(), abs=1e-9)


def test_drift_leaves_the_settled_index_midway_through_the_running() -> None:
    run = _run(replace(PLAIN, asymmetry_pct=2.0, drift_pct=3.0))
    assert _index(run.activity.legs[0]).mean() == pytest.approx(2.0)
    assert run.truth.mean_index_pct == pytest.approx(2.0)


def test_the_noise_has_the_spread_asked() -> None:
    run = _run(RunRecipe(minutes=600, noise_pct=2.4, memory_s=20.0))
    assert _index(run.activity.legs[0]).std() == pytest.approx(2.4, rel=0.05)


def test_the_mean_of_many_runs_scatters_as_the_truth_says() -> None:
    recipe = RunRecipe(minutes=15, memory_s=40.0, asymmetry_pct=1.0)
    runs = [_run(recipe, seed) for seed in range(300)]
    errors = np.array([_index(run.activity.legs[0]).mean() - run.truth.mean_index_pct for run in runs])
    assert errors.std() == pytest.approx(runs[0].truth.mean_sd_pct, rel=0.15)
    assert abs(errors.mean()) < 3 * runs[0].truth.mean_sd_pct / 300**0.5


def test_the_balance_is_held_and_moves_in_its_steps() -> None:
    share = _run(RunRecipe(minutes=10, hold_s=4, quantum_points=0.1)).activity.legs[0].left
    points = 100 * share
    assert points * 10 == pytest.approx(np.round(points * 10), abs=1e-6)
    assert (share.reshape(-1, 4) == share[::4, None]).all()


def test_the_missing_share_of_the_records_has_no_left_and_right() -> None:
    run = _run(RunRecipe(minutes=120, missing_share=0.1))
    missing = np.isnan(run.activity.legs[0].left)
    assert missing.mean() == pytest.approx(0.1, abs=0.02)
    assert run.truth.missing_s == missing.sum()
    assert run.truth.usable_s == 7200 - missing.sum()


def test_walking_has_a_walkers_contact_cadence_and_speed_and_a_balance_that_jumps() -> None:
    run = _run(RunRecipe(minutes=30, walking_breaks=3, walking_break_s=100, asymmetry_pct=0.0))
    contact = run.activity.channels["contact_time_s"]
    walking = contact > 0.4
    assert walking.sum() == run.truth.walking_s == 300
    assert contact[walking].max() <= 0.7
    assert run.activity.channels["cadence_spm"][walking].max() < 130
    assert run.activity.channels["speed_mps"][walking].max() < 1.8
    assert np.abs(_index(run.activity.legs[0])[walking]).mean() > 20
    assert np.abs(_index(run.activity.legs[0])[~walking]).mean() < 4


def test_standing_has_no_steps_and_stands_still() -> None:
    run = _run(RunRecipe(minutes=20, standing_stops=2, standing_stop_s=40, missing_share=0))
    standing = run.activity.channels["speed_mps"] == 0
    assert standing.sum() == run.truth.standing_s == 80
    assert (run.activity.channels["cadence_spm"][standing] == 0).all()
    assert np.isnan(run.activity.channels["contact_time_s"][standing]).all()
    assert (np.isnan(run.activity.legs[0].left) == standing).all()


def test_intervals_are_laps_of_their_kind_and_faster() -> None:
    run = _run(RunRecipe(minutes=40, intervals=4, interval_work_s=180, interval_rest_s=90))
    assert [lap.kind for lap in run.activity.laps] == ["warmup", *["active", "rest"] * 3, "active", "cooldown"]
    speed = {kind: _speeds(run.activity, kind).mean() for kind in ("active", "rest", "warmup")}
    assert speed["active"] > speed["warmup"] + 0.5 > speed["rest"] + 0.5


def _speeds(activity: Activity, kind: str) -> Floats:
    laps = [lap for lap in activity.laps if lap.kind == kind]
    inside = np.logical_or.reduce([(activity.t_s >= lap.start_s) & (activity.t_s < lap.end_s) for lap in laps])
    return activity.channels["speed_mps"][inside]


def test_laps_by_distance_are_a_kilometre_long() -> None:
    run = _run(RunRecipe(minutes=30))
    assert [lap.distance_m for lap in run.activity.laps[:-1]] == pytest.approx([1000.0] * 5, abs=5)
    assert sum(lap.distance_m or 0 for lap in run.activity.laps) == pytest.approx(run.truth.distance_m)


def test_a_track_closes_every_400_metres_to_the_left() -> None:
    channels = _run(RunRecipe(minutes=15, route="track")).activity.channels
    laps = np.searchsorted(channels["distance_m"], [400.0, 2000.0])
    north, east = (111_195 * (channels[name] - channels[name][0]) for name in ("latitude_deg", "longitude_deg"))
    assert (np.hypot(north, east)[laps] < 30).all()
    assert north.max() == pytest.approx(2 * 36.8, abs=12)  # the far straight, to the left of a start eastwards


def test_positions_are_near_latitude_and_longitude_zero() -> None:
    channels = _run(RunRecipe(minutes=60)).activity.channels
    assert np.abs([channels["latitude_deg"], channels["longitude_deg"]]).max() < 0.2


def test_a_treadmill_has_neither_positions_nor_altitude() -> None:
    assert (
        not {"latitude_deg", "longitude_deg", "altitude_m"}
        & _run(RunRecipe(route="treadmill")).activity.channels.keys()
    )


def test_without_dynamics_neither_contact_time_nor_oscillation_is_recorded() -> None:
    run = _run(RunRecipe(sensors=(), dynamics=False))
    assert run.activity.legs == ()
    assert not {"contact_time_s", "vertical_oscillation_m"} & run.activity.channels.keys()


def test_a_stryd_duo_gives_four_balances_and_runscribe_five_pairs() -> None:
    recipe = RunRecipe(sensors=ALL_SENSORS, stiffness_asymmetry_pct=5.0, loading_asymmetry_pct=-8.0, noise_pct=0.0)
    run = _run(recipe)
    found = {(one.source, one.metric): one for one in run.activity.legs}
    assert [metric for source, metric in found if source == "stryd_duo"] == [
        "contact_time", "leg_stiffness", "vertical_oscillation", "loading_rate"]  # fmt: skip
    assert [metric for source, metric in found if source == "runscribe"] == [
        "contact_time", "impact", "braking", "pronation", "foot_strike"]  # fmt: skip
    assert np.median(_index(found["stryd_duo", "leg_stiffness"])) == pytest.approx(5.0)
    assert np.median(_index(found["runscribe", "impact"])) == pytest.approx(-8.0)
    assert run.truth.other_index_pct["impact"] == -8.0


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0.0}, {"minutes": float("nan")}, {"memory_s": float("inf")}, {"missing_share": 1.5},
        {"asymmetry_pct": 90.0}, {"hold_s": 0}, {"hold_s": 1.5}, {"route": "moon"}, {"recording": "never"},
        {"walking_breaks": 10, "minutes": 5}, {"intervals": 30}, {"sensors": (Sensor(), Sensor())},
        {"sensors": (Sensor(), Sensor(kind="stryd_duo"))},
    ],
    ids=str,
)  # fmt: skip
def test_a_recipe_that_cannot_be_served_says_so_and_what_would_help(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest) as caught:
        RunRecipe(**wrong)
    assert caught.value.help


def test_every_field_of_a_recipe_has_a_sentence() -> None:
    assert list(RECIPE_FIELDS) == [one.name for one in fields(RunRecipe)]
    assert all(RECIPE_FIELDS.values())


def test_the_truth_is_a_json_document_of_its_schema() -> None:
    document = truth_document(_run(RunRecipe(minutes=12, asymmetry_pct=3.0)).truth)
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert document["schema"] == "evenstride.simulate/1"
    assert document["settled_index_pct"] == 3.0


def test_the_documentation_lists_every_field_with_its_sentence() -> None:
    text = (Path(__file__).parents[2] / "docs" / "simulator.md").read_text(encoding="utf-8")
    assert [
        name for name, sentence in RECIPE_FIELDS.items() if f"| `{name}` |" not in text or sentence not in text
    ] == []
