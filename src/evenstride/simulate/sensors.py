"""How each kind of sensor writes down what the legs do: a table with one function per kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Floats, LegSeries
from evenstride.model.activity import LegForm
from evenstride.simulate.noise import index_noise, remembering
from evenstride.simulate.recipe import INDEX_PCT_MAX, RunRecipe, Sensor
from evenstride.simulate.way import Mask

OTHER_NOISE_FACTOR = 2.0
"""Impact, stiffness and the like scatter about twice as much as contact time."""
IMPACT_G, BRAKING_G = 8.0, 9.0
PRONATION_DEG, PRONATION_SD_DEG, FOOT_STRIKE_TYPE = -9.0, 1.5, 7.0


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What there is to see in each second of the timer, shape (n,); ``kept`` are the seconds that are recorded."""

    recipe: RunRecipe
    t_s: Floats
    kept: NDArray[np.intp]
    index_pct: Floats
    levels: Mapping[str, Floats]
    silent: Mask
    rng: np.random.Generator


def sense(sensor: Sensor, seen: Seen) -> tuple[LegSeries, ...]:
    """Return everything that one sensor records of left and right."""
    return SENSORS[sensor.kind](sensor, seen)


def other_indices(recipe: RunRecipe) -> Mapping[str, float]:
    """Return the true index of every metric beside contact time that the recipe's sensors record."""
    sign = -1.0 if recipe.swap_legs else 1.0
    return {
        metric: sign * getattr(recipe, name)
        for sensor in recipe.sensors
        for metric, name in OTHER_METRICS[sensor.kind].items()
    }


OTHER_METRICS: Mapping[str, Mapping[str, str]] = {
    "watch_balance": {},
    "runscribe": {"impact": "loading_asymmetry_pct", "braking": "loading_asymmetry_pct"},
    "stryd_duo": {
        "leg_stiffness": "stiffness_asymmetry_pct",
        "vertical_oscillation": "oscillation_asymmetry_pct",
        "loading_rate": "loading_asymmetry_pct",
    },
}
"""Sensor → metric → the recipe's field that holds its true index."""


def _watch_balance(sensor: Sensor, seen: Seen) -> tuple[LegSeries, ...]:
    return (_shares(sensor, seen, "contact_time", _stepped(seen, _contact_index(sensor, seen)), "contact_time_s"),)


def _stryd_duo(sensor: Sensor, seen: Seen) -> tuple[LegSeries, ...]:
    levels = {"leg_stiffness": "leg_stiffness_knpm", "vertical_oscillation": "vertical_oscillation_m"}
    others = (
        _shares(sensor, seen, metric, _stepped(seen, _other_index(seen, field)), levels.get(metric))
        for metric, field in OTHER_METRICS["stryd_duo"].items()
    )
    return (*_watch_balance(sensor, seen), *others)


def _runscribe(sensor: Sensor, seen: Seen) -> tuple[LegSeries, ...]:
    contact = sensor.contact_factor * seen.levels["contact_time_s"]
    of_means = {"contact_time": (contact, _contact_index(sensor, seen))}
    for (metric, field), mean in zip(OTHER_METRICS["runscribe"].items(), (IMPACT_G, BRAKING_G), strict=True):
        of_means[metric] = (np.full(len(contact), mean), _other_index(seen, field))
    legs = {metric: (2.0 * m * _left(i), 2.0 * m * _left(-i)) for metric, (m, i) in of_means.items()}
    between = 0.5 * PRONATION_SD_DEG * _sign(seen) * seen.rng.standard_normal(len(contact))
    legs["pronation"] = (PRONATION_DEG - between, PRONATION_DEG + between)
    legs["foot_strike"] = (np.full(len(contact), FOOT_STRIKE_TYPE),) * 2
    return tuple(_series(sensor, seen, metric, "per_leg", pair) for metric, pair in legs.items())


SENSORS: Mapping[str, Callable[[Sensor, Seen], tuple[LegSeries, ...]]] = {
    "watch_balance": _watch_balance,
    "runscribe": _runscribe,
    "stryd_duo": _stryd_duo,
}
"""Every kind of sensor, by its name in recipes and as the source of what it recorded."""


def _sign(seen: Seen) -> float:
    return -1.0 if seen.recipe.swap_legs else 1.0


def _left(index_pct: Floats) -> Floats:
    """The left leg's share of an index: 4 % are one point of a hundred."""
    return 0.5 - index_pct / 400.0


def _contact_index(sensor: Sensor, seen: Seen) -> Floats:
    bias = sensor.bias_pct + seen.recipe.device_bias_pct
    own = sensor.own_noise_pct * remembering(len(seen.t_s), seen.recipe.memory_s, seen.rng)
    return _held(seen, np.clip(seen.index_pct + _sign(seen) * (bias + own), -INDEX_PCT_MAX, INDEX_PCT_MAX))


def _other_index(seen: Seen, field: str) -> Floats:
    recipe = seen.recipe
    noise = index_noise(len(seen.t_s), recipe.memory_s, recipe.fast_share, seen.rng)
    index = getattr(recipe, field) + OTHER_NOISE_FACTOR * recipe.noise_pct * noise
    return _held(seen, np.clip(_sign(seen) * index, -INDEX_PCT_MAX, INDEX_PCT_MAX))


def _held(seen: Seen, values: Floats) -> Floats:
    at = np.arange(len(values))
    held: Floats = values[at - at % int(seen.recipe.hold_s)]
    return held


def _stepped(seen: Seen, index_pct: Floats) -> Floats:
    step_pct = 4.0 * seen.recipe.quantum_points
    return np.round(index_pct / step_pct) * step_pct if step_pct > 0 else index_pct


def _shares(sensor: Sensor, seen: Seen, metric: str, index_pct: Floats, level: str | None) -> LegSeries:
    return _series(sensor, seen, metric, "share_left", (_left(index_pct), _left(-index_pct)), level)


def _series(
    sensor: Sensor, seen: Seen, metric: str, form: LegForm, pair: tuple[Floats, Floats], level: str | None = None
) -> LegSeries:
    left, right = (np.where(seen.silent, np.nan, values)[seen.kept] for values in pair)
    return LegSeries(
        metric=metric, source=sensor.kind, form=form, t_s=seen.t_s[seen.kept], left=left, right=right,
        level_channel=level,
    )  # fmt: skip
