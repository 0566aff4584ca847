"""Where, when and how fast a simulated runner runs: the plan of the timer's seconds and the conditions in each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Floats, Lap, Span
from evenstride.simulate.noise import remembering, smoothed
from evenstride.simulate.recipe import BREAK_SHARE_MAX, RunRecipe

Mask = NDArray[np.bool_]

METRES_PER_DEGREE = 111_195.0
TRACK_STRAIGHT_M = 84.39
TRACK_RADIUS_M = 36.80
"""The standard 400 m track, measured 0.30 m from its inner edge (World Athletics)."""
START_ALTITUDE_M = 100.0
START_DEG = 0.001
"""In the sea off Africa, and not on the very spot that watches without satellites report."""
SPEED_LAG_S = 4.0
"""Nobody changes speed at once."""
WALKING_SPEED_MPS = 1.5
JOG_SLOWER_MPS = 0.6
SPEED_MPS_MIN = 1.85


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What happens in each second of the timer: arrays of shape (n,); ``t_s`` is the elapsed time, pauses included."""

    t_s: Floats
    walking: Mask
    standing: Mask
    work: Mask
    rest: Mask
    pauses: tuple[Span, ...]

    @property
    def running(self) -> Mask:
        """Seconds that are neither walked nor stood."""
        return ~(self.walking | self.standing)


@dataclass(frozen=True, kw_only=True)
class Way:
    """The conditions of each second, shape (n,)."""

    speed_mps: Floats
    distance_m: Floats
    grade_pct: Floats
    altitude_m: Floats
    turn_dps: Floats
    latitude_deg: Floats
    longitude_deg: Floats


def make_plan(recipe: RunRecipe, rng: np.random.Generator) -> Plan:
    """Lay out walking, standing, pauses and intervals; breaks are spread over the run in random order."""
    n = max(round(60 * recipe.minutes), 2)
    walking, standing, work, rest = (np.zeros(n, bool) for _ in range(4))
    stops: list[int] = []
    kinds = ["walk"] * recipe.walking_breaks + ["stand"] * recipe.standing_stops + ["pause"] * recipe.pauses
    rng.shuffle(kinds)
    slot = n / max(len(kinds), 1)
    for i, kind in enumerate(kinds):
        seconds = {"walk": recipe.walking_break_s, "stand": recipe.standing_stop_s, "pause": 0.0}[kind]
        first = round(i * slot + rng.uniform(0.1, 0.9 - min(seconds / slot, BREAK_SHARE_MAX)) * slot)
        if kind == "pause":
            stops.append(min(max(first, 1), n - 1))
        else:
            (walking if kind == "walk" else standing)[first : first + round(seconds)] = True
    for first, last, kind in _interval_spans(recipe, n):
        if kind in ("active", "rest"):
            (work if kind == "active" else rest)[first:last] = True
    waited = np.zeros(n)
    waited[stops] = round(recipe.pause_s)
    t_s = np.arange(n, dtype=np.float64) + np.cumsum(waited)
    pauses = tuple(Span(start_s=float(t_s[i] - waited[i]), end_s=float(t_s[i])) for i in stops)
    return Plan(t_s=t_s, walking=walking, standing=standing, work=work, rest=rest, pauses=pauses)


def make_way(recipe: RunRecipe, plan: Plan, rng: np.random.Generator) -> Way:
    """Speed, distance, hills, bends and the positions they lead to, from beside latitude 0, longitude 0."""
    n = len(plan.t_s)
    speed = recipe.speed_mps + recipe.speed_sd_mps * remembering(n, recipe.speed_memory_s, rng)
    speed += np.where(plan.work, recipe.interval_speed_mps, np.where(plan.rest, -JOG_SLOWER_MPS, 0.0))
    speed = _lagged(np.maximum(speed, SPEED_MPS_MIN))
    speed = np.where(plan.walking, WALKING_SPEED_MPS, np.where(plan.standing, 0.0, speed))
    distance = _travelled(speed)
    hilly = recipe.route == "road" and recipe.grade_sd_pct > 0
    bends = remembering(n, recipe.turn_memory_s, rng)
    grade = recipe.grade_sd_pct * remembering(n, recipe.grade_memory_s, rng) if hilly else np.zeros(n)
    turn = _track_turn(distance, speed) if recipe.route == "track" else recipe.turn_sd_dps * bends
    turn = np.where(plan.standing | (recipe.route == "treadmill"), 0.0, turn)
    heading = np.deg2rad(np.cumsum(turn))
    return Way(
        speed_mps=speed,
        distance_m=distance,
        grade_pct=grade,
        altitude_m=START_ALTITUDE_M + _travelled(speed * grade / 100.0),
        turn_dps=turn,
        latitude_deg=START_DEG + _travelled(speed * np.sin(heading)) / METRES_PER_DEGREE,
        longitude_deg=START_DEG + _travelled(speed * np.cos(heading)) / METRES_PER_DEGREE,
    )


def make_laps(recipe: RunRecipe, plan: Plan, way: Way) -> tuple[Lap, ...]:
    """Laps by repetition where there are intervals, else by distance; together they cover the whole time."""
    n = len(plan.t_s)
    if recipe.intervals:
        cuts: list[tuple[int, str | None]] = [
            (first, kind) for first, last, kind in _interval_spans(recipe, n) if last > first
        ]
    elif recipe.autolap_m > 0:
        marks = np.arange(0.0, way.distance_m[-1], recipe.autolap_m)
        cuts = [(int(i), None) for i in np.unique(np.searchsorted(way.distance_m, marks))]
    else:
        cuts = [(0, None)]
    starts = [float(plan.t_s[first]) for first, _ in cuts]
    ends = [*starts[1:], float(plan.t_s[-1] + 1.0)]
    metres = np.diff([way.distance_m[first] for first, _ in cuts] + [way.distance_m[-1] + way.speed_mps[-1]])
    return tuple(
        Lap(start_s=a, end_s=b, kind=kind, distance_m=float(m))
        for a, b, (_, kind), m in zip(starts, ends, cuts, metres, strict=True)
    )


def recorded(recipe: RunRecipe, n: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return which seconds are written: all, or every first to seventh as a watch that saves space does."""
    if recipe.recording == "every_second":
        return np.arange(n)
    at = np.concatenate(([0], np.cumsum(rng.integers(1, 8, n))))
    return np.append(at[at < n - 1], n - 1)


def _interval_spans(recipe: RunRecipe, n: int) -> list[tuple[int, int, str]]:
    """(first second, last + 1, kind): warm-up, repetitions with their rests, cool-down."""
    if not recipe.intervals:
        return []
    work, rest = round(recipe.interval_work_s), round(recipe.interval_rest_s)
    at = (n - recipe.intervals * work - (recipe.intervals - 1) * rest) // 2
    spans = [(0, at, "warmup")]
    for i in range(recipe.intervals):
        spans.append((at, at + work, "active"))
        at += work
        if i + 1 < recipe.intervals:
            spans.append((at, at + rest, "rest"))
            at += rest
    return [*spans, (at, n, "cooldown")]


def _travelled(rate_per_s: Floats) -> Floats:
    """What has added up before each second."""
    return np.concatenate(([0.0], np.cumsum(rate_per_s[:-1])))


def _lagged(target: Floats) -> Floats:
    keep = float(np.exp(-1.0 / SPEED_LAG_S))
    shocks = (1.0 - keep) * target
    shocks[0] = target[0]
    return smoothed(shocks, keep)


def _track_turn(distance_m: Floats, speed_mps: Floats) -> Floats:
    bend_m = np.pi * TRACK_RADIUS_M
    along = np.mod(distance_m, TRACK_STRAIGHT_M + bend_m)
    return np.where(along < TRACK_STRAIGHT_M, 0.0, np.rad2deg(speed_mps / TRACK_RADIUS_M))
