"""How much wider does the interval of the mean become with each condition it is adjusted for?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.stats import fit_mean
from validation.noise import Cell, ar1, as_recorded, two_memories
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 500
BATCH = 125
CELLS = tuple(Cell(minutes=minutes, tau_s=tau) for minutes in (10, 20, 30, 60) for tau in (10, 60))
CONDITIONS = ("speed", "grade", "turning", "elapsed", "warm-up")
WARM_S = 180.0


class CostResult(NamedTuple):
    """Half-width over the plain one and share held, for the first 1 … 5 conditions: (5,) each."""

    ratio: NDArray[np.float64]
    held: NDArray[np.float64]


def simulate(cell: Cell) -> CostResult:
    rng = rng_of(7, cell.minutes, int(cell.tau_s))
    seconds = np.arange(cell.n, dtype=np.float64)
    logs, held = [], []
    for _ in range(RUNS // BATCH):
        moving = [scale * ar1(rng, BATCH, cell.n, tau) for scale, tau in ((0.3, 100.0), (1.5, 120.0), (1.0, 30.0))]
        recorded = as_recorded(two_memories(rng, BATCH, cell.n, cell.tau_s), np.zeros((BATCH, 1)))
        for i, y in enumerate(recorded):
            x = np.column_stack([*(part[i] for part in moving), seconds, np.exp(-seconds / WARM_S)])
            at = np.array([np.median(x[:, 0]), 0.0, 0.0, seconds.mean(), 0.0])
            plain = fit_mean(y).mean
            fits = [fit_mean(y, x[:, :k], at[:k]).adjusted for k in range(1, len(CONDITIONS) + 1)]
            logs.append([np.log((fit.high - fit.low) / (plain.high - plain.low)) for fit in fits])
            held.append([fit.low <= 0.0 <= fit.high for fit in fits])
    return CostResult(np.exp(np.mean(logs, axis=0)), np.mean(held, axis=0))


def run() -> None:
    results = spread(simulate, CELLS, "adjusting")
    header = ["", CONDITIONS[0], *(f"+ {name}" for name in CONDITIONS[1:])]
    names = [f"{cell.minutes} min, τ {cell.tau_s:.0f} s" for cell in CELLS]
    ratio = [[name, *(f"{value:.2f}" for value in result.ratio)] for name, result in zip(names, results, strict=True)]
    held = [[name, *(percent(value) for value in result.held)] for name, result in zip(names, results, strict=True)]
    intro = (
        f"{RUNS} runs a cell with the noise of `coverage` and conditions that have no effect, taken at the median "
        "speed, flat, straight, mid-run and settled (warm-up e^(−t/180 s) at 0). One more condition a column."
    )
    write("adjusting", "What does adjusting for conditions cost?", intro, [
        "## Half-width over the plain mean's (geometric mean)", markdown(header, ratio),
        "## Coverage (%)", markdown(header, held),
    ])  # fmt: skip
