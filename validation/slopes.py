"""S3: do the mean at a reference speed and the effects of conditions hold the truth?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.stats import Interval, fit_mean
from validation.coverage import by_cell
from validation.noise import CELLS, Cell, ar1, as_recorded, two_memories
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 2000
BATCH = 250
TARGETS = ("mean at a reference speed", "speed", "grade", "turning", "elapsed")
EFFECTS = np.array([0.6, 0.1, 0.1])  # points per m/s, per % grade, per deg/s of turning
DRIFT_POINTS_PER_HOUR = 0.5


class SlopeResult(NamedTuple):
    """Shares of runs that held the truth, shape (5,) each: this method and ordinary least squares."""

    cell: Cell
    held: NDArray[np.float64]
    held_ols: NDArray[np.float64]


def simulate(cell: Cell) -> SlopeResult:
    rng = rng_of(3, cell.minutes, int(cell.tau_s))
    hours = np.arange(cell.n) / 3600.0
    elapsed = np.broadcast_to(hours - hours.mean(), (BATCH, cell.n))
    truth = np.array([0.0, *EFFECTS, DRIFT_POINTS_PER_HOUR])
    held, held_ols = [], []
    for _ in range(RUNS // BATCH):
        speed = 3.0 + 0.3 * ar1(rng, BATCH, cell.n, 100.0)
        grade, turning = 1.5 * ar1(rng, BATCH, cell.n, 120.0), ar1(rng, BATCH, cell.n, 30.0)
        conditions = np.stack([speed, grade, turning, elapsed], axis=2)
        level = rng.uniform(-2.0, 2.0, (BATCH, 1))
        ideal = level + conditions @ truth[1:]
        for y, x, base in zip(_points(rng, cell, ideal), conditions, level[:, 0], strict=True):
            at = np.array([x[:, 0].mean() + rng.uniform(-1.0, 1.0) * x[:, 0].std(), 0.0, 0.0, 0.0])
            want = truth + np.array([base + at @ truth[1:], 0.0, 0.0, 0.0, 0.0])
            fit = fit_mean(y, x, at)
            held.append(_held([fit.adjusted, *fit.slopes], want))
            held_ols.append(_held_by_ols(y, x - at, want))
    return SlopeResult(cell, np.mean(held, axis=0), np.mean(held_ols, axis=0))


def _points(rng: np.random.Generator, cell: Cell, ideal: NDArray[np.float64]) -> NDArray[np.float64]:
    noise = as_recorded(two_memories(rng, BATCH, cell.n, cell.tau_s), np.zeros((BATCH, 1)))
    return noise + ideal


def _held(intervals: list[Interval | None], truth: NDArray[np.float64]) -> list[bool]:
    return [part is not None and part.low <= want <= part.high for part, want in zip(intervals, truth, strict=True)]


def _held_by_ols(y: NDArray[np.float64], x: NDArray[np.float64], truth: NDArray[np.float64]) -> NDArray[np.bool_]:
    design = np.column_stack([np.ones(len(y)), x])
    inverse = np.linalg.inv(design.T @ design)
    estimate = inverse @ (design.T @ y)
    variance = np.square(y - design @ estimate).sum() / (len(y) - design.shape[1])
    held: NDArray[np.bool_] = np.abs(estimate - truth) <= 1.96 * np.sqrt(variance * np.diag(inverse))
    return held


def run() -> None:
    cells = spread(simulate, CELLS, "slopes")
    rows = []
    for i, target in enumerate(TARGETS):
        held, ols = [cell.held[i] for cell in cells], [cell.held_ols[i] for cell in cells]
        rows.append([target, _range(held), "91.5–98.5", _range(ols)])
    tables = []
    for i, target in enumerate(TARGETS):
        tables += [f"## {target.capitalize()} (%)", by_cell({cell.cell: percent(cell.held[i]) for cell in cells})]
    intro = (
        f"{RUNS} runs a cell with the noise of `coverage`. Speed AR(1) 100 s, sd 0.3 m/s, effect 0.6 points per m/s; "
        "grade AR(1) 120 s, sd 1.5 %, 0.1 points per %; turning AR(1) 30 s, sd 1, 0.1 points; elapsed time 0.5 points "
        "an hour; all at once. The reference speed lies within 1 sd of the run's mean speed."
    )
    write("slopes", "Do the effects of conditions hold the truth? (S3)", intro, [
        markdown(["coverage, worst and best of 48 cells (%)", "measured", "required", "ordinary least squares"], rows),
        *tables,
    ])  # fmt: skip


def _range(shares: list[float]) -> str:
    return f"{percent(min(shares))}–{percent(max(shares))}"
