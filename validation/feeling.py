"""The rank interval behind "does my feeling track the data?": coverage, and how often each answer is given."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from evenstride.model import FeelingPair, Felt, Floats
from evenstride.review.feeling import feeling_against_measurement
from evenstride.stats.ranks import spearman
from validation.work import markdown, percent, rng_of, spread, write

PAIRS = 4000
RUNNERS = 2000
RUNS = (8, 12, 20, 40)
RHOS = (0.0, 0.3, 0.6, 0.9)
MEMORIES = (0.0, 0.3, 0.6)
SCALES: Mapping[str, tuple[float, ...]] = {
    "no ties": (),
    "five equal steps": (-0.842, -0.253, 0.253, 0.842),
    "five steps, half at one end": (0.0, 0.674, 1.282, 1.881),
    "nine steps, left to right": (-1.881, -1.282, -0.842, -0.385, 0.385, 0.842, 1.282, 1.881),
}
"""Where a normal feeling goes from one step of the rating to the next, in its sd."""
POPULATION = 400_000


@dataclass(frozen=True, kw_only=True)
class Cell:
    scale: str
    n: int
    rho: float
    memory: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CellResult:
    """Coverage and width of the interval; share of each answer, where a runner's ratings were judged."""

    cell: Cell
    truth: float
    coverage: float
    width: float
    said: Mapping[str, float]


def series(cell: Cell, count: int, n: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draw ratings and measurements, shape (count, n) each: normal, correlated, each an AR(1) from run to run."""
    latent = rng.standard_normal((2, count, n))
    for t in range(1, n if cell.memory else 0):
        latent[:, :, t] = cell.memory * latent[:, :, t - 1] + np.sqrt(1 - cell.memory**2) * latent[:, :, t]
    felt = cell.rho * latent[0] + np.sqrt(1 - cell.rho**2) * latent[1]
    steps = SCALES[cell.scale]
    return (np.digitize(felt, steps).astype(np.float64) if steps else felt), latent[0]


def simulate(cell: Cell) -> CellResult:
    scale = list(SCALES).index(cell.scale)
    rng = rng_of(31, scale, cell.n, int(100 * cell.rho), int(100 * cell.memory))
    whole = Cell(scale=cell.scale, n=cell.n, rho=cell.rho)
    felt, index = series(whole, 1, POPULATION, rng)
    truth = spearman(felt[0], index[0]).rho
    held, widths = [], []
    for one, other in zip(*series(cell, PAIRS, cell.n, rng), strict=True):
        if len(set(one.tolist())) > 1:
            found = spearman(one, other)
            held.append(found.low <= truth <= found.high)
            widths.append(found.high - found.low)
    said = answers(cell, rng) if scale == len(SCALES) - 1 else {}
    return CellResult(cell=cell, truth=truth, coverage=float(np.mean(held)), width=float(np.mean(widths)), said=said)


def answers(cell: Cell, rng: np.random.Generator) -> Mapping[str, float]:
    """Let runners rate side and size, and count what they are told."""
    sides: tuple[Felt, ...] = ("left", "even", "right")
    counts = Counter[str]()
    for ratings, index in zip(*series(cell, RUNNERS, cell.n, rng), strict=True):
        pairs = [
            FeelingPair(
                run=str(i), day=date(2026, 5, 4) + timedelta(days=i), index=float(value),
                harder=sides[int(np.sign(felt - 4)) + 1], uneven_0_4=abs(int(felt) - 4),
            )
            for i, (felt, value) in enumerate(zip(ratings, index, strict=True))
        ]  # fmt: skip
        counts[feeling_against_measurement(pairs, metric="contact_time").verdict] += 1
    return {verdict: count / RUNNERS for verdict, count in counts.items()}


def run() -> None:
    plain = [Cell(scale=scale, n=n, rho=rho) for scale in SCALES for n in RUNS for rho in RHOS]
    remembering = [
        Cell(scale=list(SCALES)[-1], n=n, rho=0.0, memory=memory) for memory in MEMORIES[1:] for n in RUNS
    ]  # fmt: skip
    results = spread(simulate, [*plain, *remembering], "feeling")
    by_cell = {one.cell: one for one in results}
    independent = [by_cell[cell].coverage for cell in plain]
    sided = list(SCALES)[-1]
    nothing = [by_cell[Cell(scale=sided, n=n, rho=0.0)].said.get("tracks", 0.0) for n in RUNS]
    intro = (
        f"{PAIRS} simulated series a cell: feeling and index are normal with correlation ρ, the feeling is rated in"
        f" steps (ties). The truth is the rank correlation of the same ratings in a population of {POPULATION}. The"
        f" answers are those of {RUNNERS} runners who say which leg worked harder and how uneven it was."
    )
    write("feeling", "Does the rank interval hold what it promises, and what are runners told?", intro, [
        markdown(["", "measured", "required"], [
            ["coverage of the 95 % interval, worst cell (%)", percent(min(independent)), "≥ 94"],
            ["coverage, most generous cell (%)", percent(max(independent)), "≤ 99"],
            ["told that a feeling tracks the data which is chance, worst cell (%)", percent(max(nothing)), "≤ 3"],
        ]),
        "## Coverage (%) by runs and ρ", _coverage(by_cell),
        "## What runners are told: tracks / does not / too early (%)", _told(by_cell, sided),
        "## Where both series remember from run to run (nine steps, ρ = 0): coverage, and told that it tracks (%)",
        _remembering(by_cell, sided),
    ])  # fmt: skip


def _coverage(by_cell: Mapping[Cell, CellResult]) -> str:
    rows = [
        [f"{scale}, {n} runs", *(percent(by_cell[Cell(scale=scale, n=n, rho=rho)].coverage) for rho in RHOS)]
        for scale in SCALES
        for n in RUNS
    ]
    return markdown(["rating \\ ρ", *(f"{rho:g}" for rho in RHOS)], rows)


def _told(by_cell: Mapping[Cell, CellResult], scale: str) -> str:
    rows = []
    for rho in RHOS:
        cells = [by_cell[Cell(scale=scale, n=n, rho=rho)] for n in RUNS]
        shares = [
            " / ".join(percent(one.said.get(name, 0.0)) for name in ("tracks", "does_not", "too_early"))
            for one in cells
        ]
        rows.append([f"{rho:g} (rank correlation {cells[0].truth:.2f})", *shares])
    return markdown(["ρ \\ runs", *map(str, RUNS)], rows)


def _remembering(by_cell: Mapping[Cell, CellResult], scale: str) -> str:
    rows = []
    for memory in MEMORIES:
        cells = [by_cell[Cell(scale=scale, n=n, rho=0.0, memory=memory)] for n in RUNS]
        rows.append(
            [f"{memory:g}", *(f"{percent(one.coverage)}; {percent(one.said.get('tracks', 0.0))}" for one in cells)]
        )
    return markdown(["correlation from run to run \\ runs", *map(str, RUNS)], rows)
