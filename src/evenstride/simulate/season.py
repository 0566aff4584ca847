"""Weeks of simulated running whose true asymmetry is known, and how it moves: a runner's folder of files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np

from evenstride.errors import InvalidRequest
from evenstride.simulate.path import IndexPath, change_pct, closing, constant, drift
from evenstride.simulate.recipe import RunRecipe, check_limits, recipe_value
from evenstride.simulate.run import CADENCE_SPM_PER_MPS, CONTACT_S_PER_MPS, SimulatedRun, simulate_run
from evenstride.simulate.truth import RunTruth, SeasonRunTruth, SeasonTruth, WeekTruth

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

RETURN_KINDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "walk-run": {"minutes": 28.0, "speed_mps": 2.6, "walking_breaks": 4, "walking_break_s": 120.0},
        "first-easy": {"minutes": 30.0, "speed_mps": 2.6},
    }
)
"""Runs on the way back from an injury."""

WEEK = ((1, "intervals"), (3, "easy"), (5, "hills"), (6, "long"))
"""Day of the week from the start and kind; every second week has no hills."""

SPECIALS: Mapping[tuple[int, int], str] = MappingProxyType(
    {(1, 3): "short", (2, 3): "walk-breaks", (4, 1): "track", (5, 3): "no-strap"}
)
"""(Week of every eight, day) on which another kind of run is run."""
SPECIALS_EVERY_WEEKS = 8

RUNNER = RunRecipe(
    speed_effect_pct=-0.6, grade_effect_pct=0.15, turn_effect_pct=-0.08, drift_pct=0.12, warmup_pct=1.5,
    missing_share=0.004,
)  # fmt: skip

INDEX_PCT_MAX = 40.0
"""The largest index that a run may be asked to have."""


@dataclass(frozen=True, kw_only=True)
class Shoe:
    """A pair of shoes, and how it moves the runner's own index of contact time."""

    name: str = recipe_value("shoe", "what the runner calls it")
    effect_pct: float = recipe_value(0.0, "change of the true index in this shoe", -10, 10, mirrored=True)

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, kw_only=True)
class NewDevice:
    """Another device from a week on, which reads more to one side than the first one."""

    week: int = recipe_value(4, "first week in which it is worn", 0, 520)
    bias_pct: float = recipe_value(0.0, "reads this much more to the right than the first", -20, 20, mirrored=True)
    name: str = recipe_value("evenstride simulator 2", "the device's name")

    def __post_init__(self) -> None:
        check_limits(self)


@dataclass(frozen=True, kw_only=True)
class SeasonRecipe:
    """Weeks of one runner. ``runner`` is what all runs share; its asymmetry, start and length are the season's own.

    >>> SeasonRecipe(asymmetry_pct=3.0).weeks
    8
    """

    start: datetime = recipe_value(datetime(2026, 3, 2, 6, 30, tzinfo=UTC), "the first day, with its zone")
    weeks: int = recipe_value(8, "number of weeks", 1, 520)
    asymmetry_pct: float = recipe_value(2.4, "true index of contact time in the first weeks", -40, 40, mirrored=True)
    path: IndexPath = recipe_value(constant(), "how it changes through the weeks")
    run_to_run_sd_pct: float = recipe_value(0.7, "standard deviation of a run's true index around it", 0, 10)
    fitness_pct: float = recipe_value(
        0.0, "how much faster at the same heart rate at the season's end, growing evenly", -50, 100
    )
    heart_sd_bpm: float = recipe_value(2.0, "standard deviation of a whole run's heart rate, from day to day", 0, 20)
    speed_sd_mps: float = recipe_value(0.0, "standard deviation of a whole run's speed, from day to day", 0, 0.5)
    shoes: tuple[Shoe, ...] = recipe_value((), "the shoes, worn in random turn; none to say nothing of shoes")
    new_device: NewDevice | None = recipe_value(None, "another device from a week on")
    holidays: tuple[int, ...] = recipe_value((), "weeks without a run, counted from 0")
    runner: RunRecipe = recipe_value(RUNNER, "what every run has in common")

    def __post_init__(self) -> None:
        check_limits(self)
        if self.start.tzinfo is None:
            raise InvalidRequest("start has no time zone.", help="Give one, for example 2026-03-02T06:30+01:00.")
        if len({shoe.name for shoe in self.shoes}) < len(self.shoes):
            raise InvalidRequest("Two shoes have one name.", help="Give each pair its own.")
        if not abs(self.asymmetry_pct + self.path.total_pct) <= INDEX_PCT_MAX:
            raise InvalidRequest(
                f"The index would move to {self.asymmetry_pct + self.path.total_pct:g} %.",
                help=f"Choose a path that stays between {-INDEX_PCT_MAX:g} and {INDEX_PCT_MAX:g}.",
            )


CLOSING_RUNNER = SeasonRecipe(
    start=datetime(2025, 9, 1, 6, 30, tzinfo=UTC), weeks=36, asymmetry_pct=3.0, run_to_run_sd_pct=0.65,
    path=closing(from_pct=3.0, baseline_weeks=12, weeks=20), fitness_pct=4.0, speed_sd_mps=0.06,
    shoes=(Shoe(name="blue"), Shoe(name="red")),
)  # fmt: skip
"""A difference of 3 % (right longer) that closes within 20 weeks after a baseline of 12."""

DRIFTING_RUNNER = SeasonRecipe(
    start=datetime(2025, 9, 1, 6, 30, tzinfo=UTC), weeks=32, asymmetry_pct=0.6, run_to_run_sd_pct=0.65,
    path=drift(week=16, pct_per_week=-0.5, total_pct=-3.5), speed_sd_mps=0.06, holidays=(9,),
)  # fmt: skip
"""Ordinary for 16 weeks, then 3.5 % towards a longer left within 7."""


def simulate_season(recipe: SeasonRecipe, *, rng: np.random.Generator) -> Iterator[SimulatedRun]:
    """Simulate the season's runs in order of time, one at a time; ``truth.label`` says what each was.

    Three or four runs a week: easy, long, intervals, hills; in every eight weeks one that is too short to tell, one
    with walking breaks, one on a track and one without a sensor for left and right. Shoes, heart and speed of the days
    have a randomness of their own: without them the legs do the same.

    >>> season = simulate_season(SeasonRecipe(weeks=1), rng=np.random.default_rng(1))
    >>> [run.truth.label for run in season]
    ['intervals', 'easy', 'hills', 'long']
    """
    yield from simulate_days(recipe, _calendar(recipe), rng=rng)


def simulate_days(
    recipe: SeasonRecipe, days: Iterable[tuple[int, str]], *, rng: np.random.Generator
) -> Iterator[SimulatedRun]:
    """Simulate runs of a season on other days than its usual ones: (day since the start, kind) each.

    ``kind`` is one of ``RUN_KINDS`` or ``RETURN_KINDS``.

    >>> runs = simulate_days(SeasonRecipe(), [(1, "easy"), (4, "walk-run")], rng=np.random.default_rng(1))
    >>> [(str(run.activity.start.date()), run.truth.label) for run in runs]
    [('2026-03-03', 'easy'), ('2026-03-06', 'walk-run')]
    """
    (of_days,) = rng.spawn(1)
    for day, kind in days:
        run = _run_recipe(recipe, kind, day, rng)
        yield simulate_run(_days_own(recipe, run, of_days), rng=rng)


def count_runs(recipe: SeasonRecipe) -> int:
    """Return how many runs the season has.

    >>> count_runs(SeasonRecipe()), count_runs(SeasonRecipe(holidays=(3,)))
    (28, 25)
    """
    return sum(1 for _ in _calendar(recipe))


def season_truth(recipe: SeasonRecipe, truths: Sequence[RunTruth]) -> SeasonTruth:
    """Return what is true of the season whose runs have these truths: the path by week, and each run's place on it.

    >>> recipe = SeasonRecipe(weeks=2, asymmetry_pct=3.0, path=closing(from_pct=3.0, baseline_weeks=1, weeks=1))
    >>> truth = season_truth(recipe, [])
    >>> [week.index_pct for week in truth.weeks], truth.final_index_pct
    ([3.0, 1.5], 0.0)
    """
    sign, path = _sign(recipe), recipe.path
    runs = []
    for one in truths:
        week = _week(recipe, one.start)
        change = sign * change_pct(path, week)
        runs.append(SeasonRunTruth(
            label=one.label, start=one.start, week=int(week), index_pct=one.settled_index_pct,
            path_index_pct=sign * recipe.asymmetry_pct + change, change_pct=change,
            fitness_pct=_fitness(recipe, week), device=one.device, shoe=one.shoe,
            sensor_index_pct=one.sensor_index_pct,
        ))  # fmt: skip
    moves = bool(path.total_pct)
    biases = {recipe.runner.device: recipe.runner.device_bias_pct}
    if recipe.new_device is not None:
        biases[recipe.new_device.name] = recipe.runner.device_bias_pct + recipe.new_device.bias_pct
    return SeasonTruth(
        start=recipe.start,
        baseline_index_pct=sign * recipe.asymmetry_pct,
        final_index_pct=sign * (recipe.asymmetry_pct + change_pct(path, recipe.weeks)),
        change_begins=(recipe.start + timedelta(weeks=path.corners[0][0])).date() if moves else None,
        change_ends=(recipe.start + timedelta(weeks=path.corners[-1][0])).date() if moves else None,
        run_to_run_sd_pct=recipe.run_to_run_sd_pct,
        fitness_pct=recipe.fitness_pct,
        shoe_effect_pct={shoe.name: sign * shoe.effect_pct for shoe in recipe.shoes},
        device_bias_pct={name: sign * bias for name, bias in biases.items()},
        weeks=tuple(_week_truth(recipe, week) for week in range(int(recipe.weeks))),
        runs=tuple(runs),
    )


def _calendar(recipe: SeasonRecipe) -> Iterator[tuple[int, str]]:
    """(Day since the start, kind) of each run."""
    for week in range(int(recipe.weeks)):
        for day, usual in WEEK:
            if week in recipe.holidays or (usual == "hills" and week % 2):
                continue
            yield 7 * week + day, SPECIALS.get((week % SPECIALS_EVERY_WEEKS, day), usual)


def _run_recipe(season: SeasonRecipe, kind: str, day: int, rng: np.random.Generator) -> RunRecipe:
    own = dict({**RUN_KINDS, **RETURN_KINDS}[kind])
    if "intervals" not in own and kind != "short":
        own["minutes"] *= rng.uniform(0.9, 1.15)
    start = season.start + timedelta(days=day, minutes=int(rng.integers(0, 90)), seconds=int(rng.integers(0, 60)))
    index = season.asymmetry_pct + change_pct(season.path, _week(season, start))
    index += season.run_to_run_sd_pct * rng.standard_normal()
    return replace(season.runner, **own, label=kind, start=start, asymmetry_pct=_possible(index))


def _days_own(season: SeasonRecipe, run: RunRecipe, rng: np.random.Generator) -> RunRecipe:
    """The run with what the day brings: shoe, device, form, and the levels that go with its speed."""
    week = _week(season, run.start)
    heart, speed, turn = rng.standard_normal(), rng.standard_normal(), rng.random()
    speed_mps = run.speed_mps + season.speed_sd_mps * speed
    faster_mps = speed_mps - season.runner.speed_mps
    own: dict[str, Any] = {
        "speed_mps": speed_mps,
        "contact_time_s": season.runner.contact_time_s + CONTACT_S_PER_MPS * faster_mps,
        "cadence_spm": season.runner.cadence_spm + CADENCE_SPM_PER_MPS * faster_mps,
        "heart_base_bpm": run.heart_base_bpm + season.heart_sd_bpm * heart,
        "fitness_pct": _fitness(season, week),
    }
    if season.shoes:
        shoe = season.shoes[int(turn * len(season.shoes))]
        own |= {"shoe": shoe.name, "asymmetry_pct": _possible(run.asymmetry_pct + shoe.effect_pct)}
    if season.new_device is not None and week >= season.new_device.week:
        new = season.new_device
        own |= {"device": new.name, "device_bias_pct": run.device_bias_pct + new.bias_pct}
    return replace(run, **own)


def _week_truth(recipe: SeasonRecipe, week: int) -> WeekTruth:
    sign, middle = _sign(recipe), week + 0.5
    change = sign * change_pct(recipe.path, middle)
    return WeekTruth(
        week=week, first=(recipe.start + timedelta(weeks=week)).date(), index_pct=sign * recipe.asymmetry_pct + change,
        change_pct=change, fitness_pct=_fitness(recipe, middle),
    )  # fmt: skip


def _week(recipe: SeasonRecipe, at: datetime) -> float:
    return (at - recipe.start) / timedelta(weeks=1)


def _fitness(recipe: SeasonRecipe, week: float) -> float:
    return recipe.runner.fitness_pct + recipe.fitness_pct * week / recipe.weeks


def _possible(index_pct: float) -> float:
    return float(np.clip(index_pct, -INDEX_PCT_MAX, INDEX_PCT_MAX))


def _sign(recipe: SeasonRecipe) -> float:
    return -1.0 if recipe.runner.swap_legs else 1.0
