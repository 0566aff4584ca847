"""S5 through whole seasons: alarms with devices, shoes and treadmills, with a changed mix of paces, and of a family."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.judge.alarm import alarms
from evenstride.judge.comparable import comparable
from evenstride.judge.streams import season_alarms
from evenstride.judge.trend import season_metric
from evenstride.model import LEVELS, RunPoint
from evenstride.stats import Interval
from evenstride.stats.alarm import WATCH
from evenstride.stats.local_level import fit_local_level
from validation.alarms import weekly_noise
from validation.work import markdown, percent, rng_of, spread, write

Floats = NDArray[np.float64]
Added = Callable[[Floats, np.random.Generator], tuple[list[str], list[dict[str, str]], Floats]]

RUNNERS = 1000
STEPPED = 300
WHOLE = 10
PACED = 200
FAMILIES = 300
RUNS_A_WEEK = 3
WEEKS = WATCH.baseline_weeks + 52
CHANGED = WATCH.baseline_weeks + 12
START = datetime(2024, 1, 1, 7, tzinfo=UTC)
TODAY = date(2024, 1, 1) + timedelta(weeks=WEEKS)
METRIC_SMALLEST = 2.0  # contact time, %


def days_of(weeks: int, rng: np.random.Generator) -> Floats:
    """Three different days of every week."""
    days = np.sort(np.argsort(rng.random((weeks, 7)), axis=1)[:, :RUNS_A_WEEK], axis=1)
    return np.asarray((7.0 * np.arange(weeks)[:, None] + days).ravel(), dtype=np.float64)


def _plain(days: Floats, _: np.random.Generator) -> tuple[list[str], list[dict[str, str]], Floats]:
    return ["a"] * len(days), [{} for _ in days], np.zeros(len(days))


def _devices(turns: int) -> Added:
    def added(days: Floats, rng: np.random.Generator) -> tuple[list[str], list[dict[str, str]], Floats]:
        which = np.minimum((days / (7.0 * WEEKS) * turns).astype(int), turns - 1)
        return [f"d{one}" for one in which], [{} for _ in days], rng.normal(0.0, 3.0, turns)[which]

    return added


def _two_in_turn(days: Floats, rng: np.random.Generator) -> tuple[list[str], list[dict[str, str]], Floats]:
    which = (rng.random(len(days)) < 0.4).astype(int)
    return [f"d{one}" for one in which], [{} for _ in days], rng.normal(0.0, 3.0, 2)[which]


def _shoes(size: float) -> Added:
    def added(days: Floats, rng: np.random.Generator) -> tuple[list[str], list[dict[str, str]], Floats]:
        pair = np.repeat(np.arange(len(days)), rng.integers(40, 61, len(days)))[: len(days)]
        return ["a"] * len(days), [{"shoe": f"p{one}"} for one in pair], rng.normal(0.0, size, len(days))[pair]

    return added


def _treadmill(days: Floats, rng: np.random.Generator) -> tuple[list[str], list[dict[str, str]], Floats]:
    inside = (days >= 0.6 * 7 * WEEKS) & (rng.random(len(days)) < 0.5)
    tags = [{"treadmill": "yes" if one else "no"} for one in inside]
    return ["a"] * len(days), tags, np.where(inside, 2.0, 0.0)


def _all(days: Floats, rng: np.random.Generator) -> tuple[list[str], list[dict[str, str]], Floats]:
    devices, _, moved = _devices(2)(days, rng)
    _, shod, worn = _shoes(0.5)(days, rng)
    _, inside, warm = _treadmill(days, rng)
    return devices, [one | other for one, other in zip(shod, inside, strict=True)], moved + worn + warm


KINDS: Mapping[str, Added] = {
    "one device": _plain,
    "two devices, one after the other": _devices(2),
    "four devices, one after the other": _devices(4),
    "two devices in turn": _two_in_turn,
    "shoes one after the other, sd 0.5": _shoes(0.5),
    "shoes one after the other, sd 1": _shoes(1.0),
    "half on a treadmill from week 39": _treadmill,
    "two devices, shoes of sd 0.5, treadmill": _all,
}
FINDABLE = (
    "one device",
    "two devices in turn",
    "shoes one after the other, sd 0.5",
    "half on a treadmill from week 39",
)


class Cell(NamedTuple):
    """Runners of one kind. ``smallest``: the smallest change that matters, in sd of the weekly noise."""

    kind: str
    memory: float
    smallest: float
    step_sd: float = 0.0


def seasons(cell: Cell) -> dict[str, float]:
    """Shares with any alarm (with a step: within 12 weeks of it, of those without one before), and with more."""
    rng = rng_of(31, list(KINDS).index(cell.kind), int(10 * cell.memory), int(10 * cell.smallest), int(cell.step_sd))
    change = START.date() + timedelta(weeks=CHANGED)
    first, several = [], []
    for runner in range(STEPPED if cell.step_sd else RUNNERS):
        points = _season(cell, rng)
        said = season_alarms(points, metric="contact_time", today=TODAY)
        if runner < WHOLE:
            assert said == season_metric(points, metric="contact_time", source="watch_balance", today=TODAY).alarms
        several.append(len(said) > 1)
        if not cell.step_sd:
            first.append(bool(said))
        elif not said or said[0].day > change:
            first.append(bool(said) and said[0].day <= change + timedelta(weeks=12))
    return {"any": float(np.mean(first)), "several": float(np.mean(several))}


def _season(cell: Cell, rng: np.random.Generator) -> list[RunPoint]:
    """All in weekly sd: the week's noise, a third as much of every run's own, and what else makes runs differ."""
    unit = METRIC_SMALLEST / cell.smallest
    days = days_of(WEEKS, rng)
    week = (days // 7).astype(int)
    devices, tags, moved = KINDS[cell.kind](days, rng)
    values = weekly_noise(rng, (1, WEEKS), cell.memory)[0][week] + 0.3 * rng.standard_normal(len(days)) + moved
    values = unit * (values + cell.step_sd * (week >= CHANGED))
    return [
        RunPoint(
            run=f"{i:03}", start=START + timedelta(days=float(day)), value=float(values[i]),
            low=float(values[i] - 0.6 * unit), high=float(values[i] + 0.6 * unit), device=devices[i], tags=tags[i],
        )
        for i, day in enumerate(days)
    ]  # fmt: skip


class Paced(NamedTuple):
    """In week 25 a runner's paces shift by ``shift`` (m/s) and fitness rises by ``fitness`` (a share of the speed)."""

    shift: float
    fitness: float


BPM_PER_MPS = 25.0
HEART_RATE_SD = 4.0
PACE_SD = 0.2
SPEED = 3.0
PACED_WEEKS = 52


def paced(cell: Paced) -> dict[str, dict[str, float]]:
    """Shares by method: is the truth of level and change held, and is there any alarm?"""
    rng = rng_of(32, round(10 * cell.shift) + 10, round(100 * cell.fitness))
    rows: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    for _ in range(PACED):
        days = days_of(PACED_WEEKS, rng)
        late = days >= 7 * 24
        fit = SPEED * cell.fitness * late
        speed = SPEED + PACE_SD * rng.standard_normal(len(days)) + cell.shift * late
        rate = 150.0 + BPM_PER_MPS * (speed - SPEED - fit) + HEART_RATE_SD * rng.standard_normal(len(days))
        points = [
            RunPoint(run=f"{i:03}", start=START + timedelta(days=float(day)), value=float(speed[i]),
                     conditions={"heart_rate_bpm": float(rate[i]), "temperature_c": 12.0})
            for i, day in enumerate(days)
        ]  # fmt: skip
        at = SPEED + float(fit[-1]) + (float(np.median(rate)) - 150.0) / BPM_PER_MPS
        for way, told in WAYS.items():
            level, change, raised = told(points)
            rows[way].append([_holds(level, at), _holds(change, float(fit[-1])), float(raised)])
    names = ("level", "change", "alarm")
    return {way: dict(zip(names, np.mean(told, axis=0).tolist(), strict=True)) for way, told in rows.items()}


def _holds(interval: tuple[float, float], truth: float) -> float:
    return float(interval[0] <= truth <= interval[1])


Told = tuple[tuple[float, float], tuple[float, float], bool]


def _now(points: Sequence[RunPoint]) -> Told:
    found = season_metric(points, metric="speed_at_heart_rate", source="recorded", today=TODAY)
    assert found.level is not None
    assert found.change is not None
    return (found.level.low, found.level.high), (found.change.low, found.change.high), bool(found.alarms)


def _other_way_round(points: Sequence[RunPoint]) -> Told:
    """Speed regressed on heart rate over the whole season."""
    compared = comparable(points, adjusts=("heart_rate_bpm",), intervals=False, today=TODAY)
    values = np.array([point.value for point in points])
    fit = fit_local_level(compared.t_days, values, se=np.zeros(len(values)), design=compared.design)
    slope = fit.offsets[0].estimate
    level, change = fit.level, fit.contrast().interval()
    at_usual = values - slope * compared.design[:, 0]
    moved = [
        RunPoint(run=point.run, start=point.start, value=float(value))
        for point, value in zip(points, at_usual, strict=True)
    ]
    return _ends(level), _ends(change), bool(alarms(moved, metric="speed_at_heart_rate", today=TODAY))


def _ends(interval: Interval) -> tuple[float, float]:
    return interval.low, interval.high


WAYS: Mapping[str, Callable[[Sequence[RunPoint]], Told]] = {
    "speed regressed on heart rate": _other_way_round,
    "heart rate regressed on speed": _now,
}

FAMILY = ("contact_time", "cadence", "contact_time_level", "vertical_oscillation_level", "step_length_level",
          "speed_at_heart_rate")  # fmt: skip


class Family(NamedTuple):
    """``louder``: the week's noise against an ordinary runner's."""

    memory: float
    louder: float


def family(cell: Family) -> dict[str, float]:
    """Share with any alarm in a year without a change: of each series, and of any of them."""
    rng = rng_of(33, int(10 * cell.memory), int(10 * cell.louder))
    said = []
    for _ in range(FAMILIES):
        by_metric = dict(_strap_runner(cell, rng))
        said.append([bool(season_alarms(by_metric[one], metric=one, today=TODAY)) for one in FAMILY])
    table = np.array(said)
    return dict(zip(FAMILY, table.mean(axis=0).tolist(), strict=True)) | {"any": float(table.any(axis=1).mean())}


def _strap_runner(cell: Family, rng: np.random.Generator) -> Iterable[tuple[str, list[RunPoint]]]:
    """Speed varies from run to run; step length is speed over cadence; a tired week shows in every level."""
    days = days_of(WEEKS, rng)
    week = (days // 7).astype(int)
    noise = weekly_noise(rng, (6, WEEKS), cell.memory)
    tired = cell.louder * (np.sqrt(0.7) * noise[:5] + np.sqrt(0.3) * noise[5])[:, week]
    own = rng.standard_normal((5, len(days)))
    speed = SPEED + PACE_SD * rng.standard_normal(len(days))
    away = speed - SPEED
    cadence = 170.0 + 8.0 * away + 1.5 * tired[0] + 0.8 * own[0]
    rate = 150.0 + BPM_PER_MPS * away + 2.0 * tired[3] + 3.0 * own[3]
    values = {
        "contact_time": 1.0 * tired[4] + 0.5 * own[4],
        "cadence": cadence,
        "contact_time_level": 0.25 - 0.04 * away + 0.003 * tired[1] + 0.0015 * own[1],
        "vertical_oscillation_level": 0.085 + 0.004 * away + 0.002 * tired[2] + 0.001 * own[2],
        "step_length_level": speed * 60.0 / cadence,
        "speed_at_heart_rate": speed,
    }
    for metric, told in values.items():
        yield metric, [
            RunPoint(
                run=f"{i:03}", start=START + timedelta(days=float(day)), value=float(told[i]),
                low=None if metric in LEVELS else float(told[i] - 1.0),
                high=None if metric in LEVELS else float(told[i] + 1.0),
                conditions={"speed_mps": float(speed[i]), "heart_rate_bpm": float(rate[i]), "temperature_c": 12.0},
            )
            for i, day in enumerate(days)
        ]  # fmt: skip


MEMORIES = (0.0, 0.3)
SMALLEST = (2.0, 0.5)
STEP_SD = 3.0
Work = Cell | Paced | Family


def _work(cell: Work) -> dict[str, float] | dict[str, dict[str, float]]:
    return seasons(cell) if isinstance(cell, Cell) else paced(cell) if isinstance(cell, Paced) else family(cell)


def run() -> None:
    null = [Cell(kind, memory, smallest) for kind in KINDS for smallest in SMALLEST for memory in MEMORIES]
    steps = [Cell(kind, memory, 2.0, STEP_SD) for kind in FINDABLE for memory in MEMORIES]
    mixes = [Paced(shift, fitness) for fitness in (0.0, 0.03) for shift in (0.0, -0.3, 0.3)]
    families = [Family(memory, louder) for louder in (1.0, 3.0) for memory in MEMORIES]
    cells: list[Work] = [*null, *steps, *mixes, *families]
    found = dict(zip(cells, spread(_work, cells, "season_alarms"), strict=True))
    write("season_alarms", "How often is a season's alarm false? (S5, through whole seasons)", _INTRO, [
        "## Devices, shoes, treadmills: no change", _null(found), _NULL,
        "## The same: a change found", _steps(found), _STEPS,
        "## Speed at the same heart rate, when the mix of paces changes", _mixes(found, mixes), _MIXES,
        "## All series of a runner with a strap: no change", _families(found, families), _FAMILIES,
    ])  # fmt: skip


Results = Mapping[Work, Mapping[str, float] | Mapping[str, Mapping[str, float]]]

_INTRO = (
    f"Seasons of {WEEKS} weeks with {RUNS_A_WEEK} runs each: {WATCH.baseline_weeks} baseline weeks, then 52 "
    "watched ones. ρ is the correlation of the noise from week to week. Alarms as a season says them, from the "
    f"runs as measured; for the first {WHOLE} runners of every cell the script also asks the whole season, "
    "which must say the same. Sizes are in standard deviations (sd) of a week's noise."
)
_NULL = (
    f"{RUNNERS} runners a cell. Devices differ by sd 3, a treadmill adds 2. A pair of shoes lasts 40–60 runs and its "
    "effect is real: it is not taken out, because a shoe that changes how the legs differ should be heard of; what it "
    "adds to the first row is no false alarm in that sense."
)
_STEPS = (
    f"{STEPPED} runners a cell. A step of {STEP_SD:g} sd after 12 watched weeks, "
    "smallest change that matters 2 sd: share found within 12 weeks, of runners without an alarm before, and share "
    "told more than once in the year. Of two devices in turn "
    "each is watched on its own."
)
_MIXES = (
    f"{PACED} runners a row, {PACED_WEEKS} weeks: {BPM_PER_MPS:g} beats a minute per m/s, noise of "
    f"{HEART_RATE_SD:g} beats a run, paces of sd {PACE_SD} m/s about {SPEED:g} m/s. From week 25 on runs "
    "are faster or slower by the shift; fitness, where it rises, rises in that "
    "week. An alarm is right where fitness rises, false elsewhere."
)
_FAMILIES = (
    f"{FAMILIES} runners a column. An ordinary week's noise is 1 % (contact time, right against left), 1.5 spm, 3 ms, "
    "2 mm, what cadence does to step length, and 2 beats a minute; a third of its variance is shared. *Loud*: three "
    "times that, so that almost nothing is kept back for being too small to matter."
)


def _of(found: Results, cell: Work, name: str) -> str:
    value = found[cell][name]
    assert isinstance(value, float)
    return percent(value)


def _null(found: Results) -> str:
    head = ["any alarm in 52 weeks (%)", *(f"smallest {s:g} sd, ρ {m:g}" for s in SMALLEST for m in MEMORIES)]
    rows = [
        [kind, *(_of(found, Cell(kind, memory, smallest), "any") for smallest in SMALLEST for memory in MEMORIES)]
        for kind in KINDS
    ]
    return markdown(head, rows)


def _steps(found: Results) -> str:
    head = [
        "found (%)",
        *(f"{what}, ρ {memory:g}" for what in ("within 12 weeks", "more than once") for memory in MEMORIES),
    ]
    rows = [
        [
            kind,
            *(_of(found, Cell(kind, memory, 2.0, STEP_SD), name) for name in ("any", "several") for memory in MEMORIES),
        ]
        for kind in FINDABLE
    ]
    return markdown(head, rows)


def _mixes(found: Results, mixes: Sequence[Paced]) -> str:
    rows = []
    for cell in mixes:
        for way in WAYS:
            told = found[cell][way]
            assert isinstance(told, Mapping)
            kind = f"fitness {100 * cell.fitness:+.0f} %, paces {cell.shift:+.1f} m/s: {way}"
            rows.append([kind, *(percent(told[name]) for name in ("level", "change", "alarm"))])
    return markdown(["share of runners (%)", "level held", "change held", "any alarm"], rows)


def _families(found: Results, families: Sequence[Family]) -> str:
    head = [
        "any alarm in 52 weeks (%)",
        *(f"{'loud' if c.louder > 1 else 'ordinary'}, ρ {c.memory:g}" for c in families),
    ]
    labels = {"contact_time": "contact time, right against left", "any": "any of the six"}
    labels |= {name: LEVELS[name].label for name in FAMILY if name in LEVELS}
    return markdown(head, [[labels[name], *(_of(found, cell, name) for cell in families)] for name in (*FAMILY, "any")])
