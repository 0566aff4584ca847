"""The first minutes differ from the rest: which way of handling them holds the settled mean, and at what width?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.judge import symmetry_index
from evenstride.model import LegSamples
from evenstride.stats import Interval, fit_mean
from validation.noise import SD_POINTS, Cell, as_recorded, two_memories
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 300
BATCH = 150
INDEX_PER_POINT = 4.0  # Robinson's index per point of balance
CELLS = tuple(Cell(minutes=minutes, tau_s=tau) for minutes in (20, 30, 45, 60) for tau in (10, 30, 100))


@dataclass(frozen=True, kw_only=True)
class Way:
    """How the first minutes are handled: seconds cut, warm-up covariate e^(−t/warm_s) at 0, elapsed time at mid-run."""

    cut_s: int = 0
    warm_s: float | None = None
    elapsed: bool = False

    def estimate(self, y: NDArray[np.float64]) -> Interval:
        seconds = np.arange(len(y), dtype=np.float64)
        columns, reference = [], []
        if self.warm_s is not None:
            columns.append(np.exp(-seconds / self.warm_s))
            reference.append(0.0)
        if self.elapsed:
            columns.append(seconds)
            reference.append(0.5 * (len(y) - 1))
        if not columns:
            return fit_mean(y[self.cut_s :]).adjusted
        return fit_mean(y[self.cut_s :], np.column_stack(columns)[self.cut_s :], np.array(reference)).adjusted


class AsJudged:
    """What a runner is told: the warm-up covariate only where it shows."""

    def estimate(self, y: NDArray[np.float64]) -> Interval:
        """Judge the balance ``y`` (points to the right) as a run's legs are."""
        seconds = np.arange(len(y), dtype=np.float64)
        legs = LegSamples(
            metric="contact_time", source="watch_balance", unit="share", t_s=seconds, left=0.5 - y / 100,
            right=0.5 + y / 100, conditions={"elapsed_s": seconds},
        )  # fmt: skip
        found = symmetry_index(legs)
        low, high = found.low_pct or 0.0, found.high_pct or 0.0
        return Interval(
            estimate=found.index_pct / INDEX_PER_POINT, low=low / INDEX_PER_POINT, high=high / INDEX_PER_POINT
        )


WAYS: Mapping[str, Way | AsJudged] = {
    "nothing": Way(),
    "as judged": AsJudged(),
    "elapsed": Way(elapsed=True),
    "cut 5 min": Way(cut_s=300),
    "cut 5 min, elapsed": Way(cut_s=300, elapsed=True),
    "warm-up 180 s": Way(warm_s=180.0),
    "warm-up 180 s, elapsed": Way(warm_s=180.0, elapsed=True),
    "warm-up 120 s, elapsed": Way(warm_s=120.0, elapsed=True),
    "warm-up 240 s, elapsed": Way(warm_s=240.0, elapsed=True),
}


class Truth(NamedTuple):
    """What the first minutes add (percent of index, minutes to fall to 1/e) and the drift from start to end."""

    transient_pct: float
    decay_minutes: float
    drift_pct: float

    def __str__(self) -> str:
        drift = f", drift {self.drift_pct:.0f} %" if self.drift_pct else ""
        transient = f"{self.transient_pct:.0f} % for {self.decay_minutes:.0f} min" if self.transient_pct else "none"
        return transient + drift


TRUTHS = (
    Truth(0, 1, 0), Truth(0, 1, 2), Truth(2, 2, 0), Truth(2, 4, 0), Truth(4, 2, 0), Truth(4, 4, 0), Truth(2, 3, 2),
    Truth(4, 3, -2),
)  # fmt: skip


class Task(NamedTuple):
    """One cell under one truth."""

    cell: Cell
    truth: Truth


class WayResult(NamedTuple):
    """Share of runs held and geometric-mean half-width in percent of index, each (ways,)."""

    held: NDArray[np.float64]
    half_width_pct: NDArray[np.float64]


def simulate(task: Task) -> WayResult:
    cell, truth = task
    rng = rng_of(6, cell.minutes, int(cell.tau_s), TRUTHS.index(truth))
    seconds = np.arange(cell.n)
    shape = truth.transient_pct * np.exp(-seconds / (60.0 * truth.decay_minutes))
    shape += truth.drift_pct * (seconds / (cell.n - 1) - 0.5)
    held, logs = [], []
    for _ in range(RUNS // BATCH):
        settled = rng.uniform(-2.0, 2.0, (BATCH, 1))
        noise = two_memories(rng, BATCH, cell.n, cell.tau_s) + shape / INDEX_PER_POINT / SD_POINTS
        for y, mean in zip(as_recorded(noise, settled), settled[:, 0], strict=True):
            found = [way.estimate(y) for way in WAYS.values()]
            held.append([part.low <= mean <= part.high for part in found])
            logs.append([np.log(0.5 * INDEX_PER_POINT * (part.high - part.low)) for part in found])
    return WayResult(np.mean(held, axis=0), np.exp(np.mean(logs, axis=0)))


def run() -> None:
    tasks = [Task(cell, truth) for truth in TRUTHS for cell in CELLS]
    results = dict(zip(tasks, spread(simulate, tasks, "warmup"), strict=True))
    header = ["first minutes", *WAYS]
    worst = [
        [str(truth), *(percent(min(results[Task(c, truth)].held[i] for c in CELLS)) for i in range(len(WAYS)))]
        for truth in TRUTHS
    ]
    still = TRUTHS[0]
    widths = [
        [f"{cell.minutes} min, τ {cell.tau_s:.0f} s", *(f"{w:.2f}" for w in results[Task(cell, still)].half_width_pct)]
        for cell in CELLS
    ]
    every = [
        [f"{cell.minutes} min, τ {cell.tau_s:.0f} s, {truth}", *(percent(h) for h in results[Task(cell, truth)].held)]
        for truth in TRUTHS for cell in CELLS
    ]  # fmt: skip
    intro = (
        f"{RUNS} runs a cell with the noise of `coverage`. The index starts away from its settled value and "
        "approaches it exponentially; a drift runs straight from start to end and is 0 at mid-run. "
        "*as judged*: the covariates where the warm-up shows; *warm-up*: a covariate e^(−t/180 s) taken at 0; "
        "*elapsed*: a covariate taken at mid-run."
    )
    write("warmup", "Which way of handling the first minutes holds the settled index?", intro, [
        "## Worst cell's coverage of the settled index (%)", markdown(header, worst),
        "## Half-width (% of index) where nothing happens in the first minutes", markdown(header, widths),
        "## Coverage, every cell (%)", markdown(header, every),
    ])  # fmt: skip
