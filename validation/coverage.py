"""S1: how often the interval holds the true mean, and how wide it is."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from evenstride.stats import fit_mean
from validation.noise import CELLS, MINUTES, TAU_S, Cell, as_recorded, oracle_half_width, two_memories
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 2000
BATCH = 500


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """Every run of one cell: whether the interval held the truth, its half-width, n* and memory."""

    cell: Cell
    held: NDArray[np.bool_]
    half_width: NDArray[np.float64]
    n_effective: NDArray[np.float64]
    memory_s: NDArray[np.float64]

    @property
    def width_ratio(self) -> float:
        """Geometric mean of the half-width over the one that knows the noise."""
        return float(np.exp(np.log(self.half_width).mean()) / oracle_half_width(self.cell))


def simulate(cell: Cell) -> CellResult:
    rng = rng_of(1, cell.minutes, int(cell.tau_s))
    rows = []
    for _ in range(RUNS // BATCH):
        truth = rng.uniform(-2.0, 2.0, (BATCH, 1))
        for y, mean in zip(as_recorded(two_memories(rng, BATCH, cell.n, cell.tau_s), truth), truth[:, 0], strict=True):
            fit = fit_mean(y)
            low, high = fit.mean.low, fit.mean.high
            rows.append((low <= mean <= high, 0.5 * (high - low), fit.n_effective, fit.memory_s))
    held, half_width, n_effective, memory_s = np.array(rows).T
    return CellResult(
        cell=cell, held=held.astype(bool), half_width=half_width, n_effective=n_effective, memory_s=memory_s
    )


@cache
def results() -> list[CellResult]:
    """All 48 cells; the flags are read from the same runs."""
    return spread(simulate, CELLS, "coverage")


def run() -> None:
    cells = results()
    held = {result.cell: float(result.held.mean()) for result in cells}
    ratio = {result.cell: result.width_ratio for result in cells}
    memory = {result.cell: float(np.median(result.memory_s)) for result in cells}
    from_20 = [value for cell, value in ratio.items() if cell.minutes >= 20]
    rows = [
        [
            "coverage, worst and best cell (%)",
            f"{percent(min(held.values()))}–{percent(max(held.values()))}",
            "93.0–98.5",
        ],
        ["half-width over oracle, geometric mean", f"{np.exp(np.log(list(ratio.values())).mean()):.3f}", "≤ 1.35"],
        ["… from 20 min", f"{np.exp(np.log(from_20).mean()):.3f}", "≤ 1.25"],
        ["… widest cell from 20 min", f"{max(from_20):.2f}", "≤ 1.6"],
        ["… widest cell at 10 min", f"{max(v for c, v in ratio.items() if c.minutes == 10):.2f}", "≤ 2.6"],
    ]
    intro = (
        f"{RUNS} simulated runs a cell: 0.8 sd of AR(1) with memory τ and 0.6 sd with τ/8, sd 0.6 points of balance, "
        "3-s sample and hold, rounded to 1/32 point. The oracle knows the noise: 1.96·√Var(mean)."
    )
    write("coverage", "Does the interval hold the truth? (S1)", intro, [
        markdown(["", "measured", "required"], rows),
        "## Coverage (%)", by_cell({cell: percent(value) for cell, value in held.items()}),
        "## Half-width over the oracle's (geometric mean)", by_cell({c: f"{v:.2f}" for c, v in ratio.items()}),
        "## Median `memory_s`", by_cell({cell: f"{value:.0f}" for cell, value in memory.items()}),
    ])  # fmt: skip


def by_cell(values: dict[Cell, str]) -> str:
    """A table with a row for each run length and a column for each memory."""
    header = ["minutes \\ τ (s)", *(str(tau) for tau in TAU_S)]
    rows = [[str(minutes), *(values[Cell(minutes=minutes, tau_s=tau)] for tau in TAU_S)] for minutes in MINUTES]
    return markdown(header, rows)
