"""A recipe and a source of randomness → an activity as a watch would have recorded it, and its truth."""

from dataclasses import dataclass

import numpy as np

from evenstride.model import CHANNELS, Activity, Device, Floats
from evenstride.simulate.noise import index_noise, mean_variance, remembering, smoothed
from evenstride.simulate.recipe import INDEX_PCT_MAX, RunRecipe
from evenstride.simulate.sensors import Seen, other_indices, sense
from evenstride.simulate.truth import RunTruth
from evenstride.simulate.way import Mask, Plan, Way, make_laps, make_plan, make_way, recorded

MANUFACTURER = "development"

CONTACT_S_PER_MPS = -0.030
CADENCE_SPM_PER_MPS = 6.0
RUNNING_CONTACT_S = (0.155, 0.395)
WALKING_CONTACT_S = (0.45, 0.70)
WALKING_CADENCE_SPM = (100.0, 118.0)
WALKING_INDEX_PCT = (24.0, 64.0)
"""A watch's balance jumps while walking, to either side: 33–42 and 56–66 % are seen."""
LEG_STIFFNESS_KNPM = 9.5
BODY_MASS_KG, COST_J_PER_KG_M = 70.0, 1.04
HEART_START_BPM, HEART_RATE_BPM = 90.0, (60.0, 205.0)
HEART_GRADE_PCT = 5.0
HEART_STEADY_S = 1200.0
"""Before that the heart's rise at a steady pace is its beginning; after it, heat and tiredness (cardiac drift)."""
TEMPERATURE_C = 15.0
SUB_SPORTS = {"road": "street", "track": "track", "treadmill": "treadmill"}


@dataclass(frozen=True, kw_only=True)
class SimulatedRun:
    """What a watch would have recorded, and what is true."""

    activity: Activity
    truth: RunTruth


def simulate_run(recipe: RunRecipe, *, rng: np.random.Generator) -> SimulatedRun:
    """Simulate one run whose asymmetry is known.

    Works for what a watch, foot pods or a balance sensor write once a second. Does not imitate single strides, and its
    satellites and barometer make no error.

    Parameters
    ----------
    recipe
        What the run is to be.
    rng
        All randomness: the same seed gives the same run.

    Examples
    --------
    >>> run = simulate_run(RunRecipe(asymmetry_pct=4.0, noise_pct=0.0, minutes=12), rng=np.random.default_rng(1))
    >>> run.truth.settled_index_pct
    4.0
    >>> (balance,) = run.activity.legs
    >>> float(balance.left[0])  # the left leg's share of contact time: 4 % of index is one point of balance
    0.49
    """
    plan = make_plan(recipe, rng)
    way = make_way(recipe, plan, rng)
    n = len(plan.t_s)
    true_pct = _true_index(recipe, plan, way)
    shown_pct = _shown_index(recipe, plan, true_pct, rng)
    levels = _levels(recipe, plan, way, rng)
    kept = recorded(recipe, n, rng)
    missing = rng.random(n) < recipe.missing_share
    seen = Seen(
        recipe=recipe, t_s=plan.t_s, kept=kept, index_pct=shown_pct, levels=levels, silent=missing | plan.standing,
        rng=rng,
    )  # fmt: skip
    legs = tuple(series for sensor in recipe.sensors for series in sense(sensor, seen))
    activity = Activity(
        format="simulated",
        start=recipe.start,
        t_s=plan.t_s[kept],
        sport="running",
        sub_sport=SUB_SPORTS[recipe.route],
        device=Device(manufacturer=MANUFACTURER, product=recipe.device),
        channels={name: levels[name][kept] for name in CHANNELS if name in levels and _has(recipe, name)},
        legs=legs,
        laps=make_laps(recipe, plan, way),
        pauses=plan.pauses,
    )
    truth = _truth(recipe, plan, way, true_pct, missing)
    return SimulatedRun(activity=activity, truth=truth)


def _has(recipe: RunRecipe, channel: str) -> bool:
    if channel in ("altitude_m", "latitude_deg", "longitude_deg"):
        return recipe.route != "treadmill"
    if channel in ("contact_time_s", "vertical_oscillation_m", "step_length_m"):
        return recipe.dynamics
    return channel != "leg_stiffness_knpm" or any(sensor.kind == "stryd_duo" for sensor in recipe.sensors)


def _true_index(recipe: RunRecipe, plan: Plan, way: Way) -> Floats:
    """The runner's own index in each second, without noise, shape (n,); meaningless while walking or standing."""
    midway_s = plan.t_s[plan.running].mean()
    index: Floats = (
        recipe.asymmetry_pct
        + recipe.speed_effect_pct * (way.speed_mps - np.median(way.speed_mps[plan.running]))
        + recipe.grade_effect_pct * way.grade_pct
        + recipe.turn_effect_pct * way.turn_dps
        + recipe.drift_pct * (plan.t_s - midway_s) / 600.0
        + recipe.warmup_pct * np.exp(-plan.t_s / recipe.warmup_s)
    )
    clipped: Floats = _sign(recipe) * np.clip(index, -INDEX_PCT_MAX, INDEX_PCT_MAX)
    return clipped


def _shown_index(recipe: RunRecipe, plan: Plan, true_pct: Floats, rng: np.random.Generator) -> Floats:
    """The index with its noise, and with the jumps that a sensor shows while its wearer walks."""
    noise = recipe.noise_pct * index_noise(len(true_pct), recipe.memory_s, recipe.fast_share, rng)
    shown = true_pct + _sign(recipe) * noise
    starts = np.flatnonzero(np.diff(plan.walking, prepend=False) & plan.walking)
    jumps = rng.uniform(*WALKING_INDEX_PCT, len(starts)) * rng.choice([-1.0, 1.0], len(starts)) * _sign(recipe)
    which = np.searchsorted(starts, np.flatnonzero(plan.walking), side="right") - 1
    shown[plan.walking] = jumps[which] + (shown - true_pct)[plan.walking]
    return shown


def _levels(recipe: RunRecipe, plan: Plan, way: Way, rng: np.random.Generator) -> dict[str, Floats]:
    """Every channel in each second, shape (n,)."""
    n = len(plan.t_s)
    faster = way.speed_mps - recipe.speed_mps
    contact = recipe.contact_time_s + CONTACT_S_PER_MPS * faster + 0.003 * remembering(n, 20.0, rng)
    cadence = recipe.cadence_spm + CADENCE_SPM_PER_MPS * faster + remembering(n, 10.0, rng)
    contact = np.where(plan.walking, rng.uniform(*WALKING_CONTACT_S, n), np.clip(contact, *RUNNING_CONTACT_S))
    cadence = np.where(plan.walking, rng.uniform(*WALKING_CADENCE_SPM, n), np.clip(cadence, 135.0, 250.0))
    rise = np.where(plan.walking, 0.04, 0.085 + 0.002 * remembering(n, 20.0, rng))
    power = BODY_MASS_KG * COST_J_PER_KG_M * way.speed_mps * np.clip(1.0 + 0.035 * way.grade_pct, 0.3, 3.0)
    moving = np.where(plan.standing, np.nan, 1.0)
    return {
        "speed_mps": way.speed_mps,
        "distance_m": way.distance_m,
        "altitude_m": way.altitude_m,
        "latitude_deg": way.latitude_deg,
        "longitude_deg": way.longitude_deg,
        "heart_rate_bpm": _heart_rate(recipe, plan, way),
        "cadence_spm": np.where(plan.standing, 0.0, cadence),
        "temperature_c": np.full(n, TEMPERATURE_C),
        "power_w": power,
        "contact_time_s": contact * moving,
        "vertical_oscillation_m": rise * moving,
        "step_length_m": 60.0 * way.speed_mps / cadence * moving,
        "leg_stiffness_knpm": LEG_STIFFNESS_KNPM * (1.0 + 0.02 * remembering(n, 60.0, rng)) * moving,
    }


def _heart_rate(recipe: RunRecipe, plan: Plan, way: Way) -> Floats:
    usual_mps = way.speed_mps / (1.0 + recipe.fitness_pct / 100.0)
    grade = np.clip(way.grade_pct, -HEART_GRADE_PCT, HEART_GRADE_PCT)
    tired_h = np.maximum(plan.t_s - HEART_STEADY_S, 0.0) / 3600.0
    target = recipe.heart_base_bpm + recipe.heart_per_mps_bpm * usual_mps + recipe.heart_per_grade_bpm * grade
    keep = float(np.exp(-1.0 / recipe.heart_lag_s))
    shocks = (1.0 - keep) * (target + recipe.heart_drift_bpm * tired_h)
    shocks[0] = HEART_START_BPM
    return np.clip(smoothed(shocks, keep), *HEART_RATE_BPM)


def _truth(recipe: RunRecipe, plan: Plan, way: Way, true_pct: Floats, missing: Mask) -> RunTruth:
    sign, running = _sign(recipe), plan.running
    usable = running & ~missing
    per_mean = mean_variance(float(running.sum()), recipe.memory_s, recipe.fast_share)
    paused_s = sum(pause.end_s - pause.start_s for pause in plan.pauses)
    biases = {one.kind: recipe.asymmetry_pct + recipe.device_bias_pct + one.bias_pct for one in recipe.sensors}
    return RunTruth(
        label=recipe.label,
        start=recipe.start,
        device=recipe.device,
        shoe=recipe.shoe,
        settled_index_pct=sign * recipe.asymmetry_pct,
        mean_index_pct=float(true_pct[usable if usable.any() else running].mean()),
        sensor_index_pct={kind: sign * index for kind, index in biases.items()},
        other_index_pct=other_indices(recipe),
        speed_effect_pct_per_mps=sign * recipe.speed_effect_pct,
        grade_effect_pct_per_pct=sign * recipe.grade_effect_pct,
        turn_effect_pct_per_dps=sign * recipe.turn_effect_pct,
        drift_pct_per_10_minutes=sign * recipe.drift_pct,
        warmup_pct=sign * recipe.warmup_pct,
        warmup_s=recipe.warmup_s,
        noise_sd_pct=recipe.noise_pct,
        memory_s=per_mean * float(running.sum()) / 2.0,
        mean_sd_pct=recipe.noise_pct * per_mean**0.5,
        reference_speed_mps=float(np.median(way.speed_mps[running])),
        timer_s=float(len(plan.t_s)),
        elapsed_s=float(plan.t_s[-1] + 1.0),
        distance_m=float(way.distance_m[-1] + way.speed_mps[-1]),
        running_s=float(running.sum()),
        walking_s=float(plan.walking.sum()),
        standing_s=float(plan.standing.sum()),
        paused_s=float(paused_s),
        usable_s=float(usable.sum()),
        missing_s=float((missing & ~plan.standing).sum()),
    )


def _sign(recipe: RunRecipe) -> float:
    return -1.0 if recipe.swap_legs else 1.0
