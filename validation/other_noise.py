"""S4: does the interval hold the truth under noise that its models do not contain?"""

from operator import itemgetter
from typing import NamedTuple

from evenstride.stats import fit_mean
from validation.noise import OTHER_NOISE, Cell, as_recorded
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 1000
BATCH = 500
CELLS = tuple(Cell(minutes=minutes, tau_s=tau) for minutes in (10, 30, 60, 120) for tau in (10, 40, 120, 480))
REPORTED_ONLY = "long memory"
ORDINARY_TAU_S = 120
"""Box widths grow with τ: at 480 s they reach 16 minutes, which no device smooths over."""


class Task(NamedTuple):
    """One kind of noise in one cell."""

    kind: str
    cell: Cell


def simulate(task: Task) -> float:
    rng = rng_of(4, list(OTHER_NOISE).index(task.kind), task.cell.minutes, int(task.cell.tau_s))
    held = 0
    for _ in range(RUNS // BATCH):
        truth = rng.uniform(-2.0, 2.0, (BATCH, 1))
        noise = OTHER_NOISE[task.kind](rng, BATCH, task.cell.n, task.cell.tau_s)
        for y, mean in zip(as_recorded(noise, truth), truth[:, 0], strict=True):
            fit = fit_mean(y)
            held += fit.mean.low <= mean <= fit.mean.high
    return held / RUNS


def run() -> None:
    tasks = [Task(kind, cell) for kind in OTHER_NOISE for cell in _cells(kind)]
    held = dict(zip(tasks, spread(simulate, tasks, "other_noise"), strict=True))
    rows = []
    for kind in OTHER_NOISE:
        shares = {task.cell: share for task, share in held.items() if task.kind == kind}
        ordinary = {cell: share for cell, share in shares.items() if cell.tau_s <= ORDINARY_TAU_S}
        required = "reported" if _memoryless(kind) else "≥ 93"
        rows.append([kind, *_worst(kind, ordinary), *_worst(kind, shares), required])
    full = [
        [f"{kind}, {minutes} min", *(percent(held[Task(kind, c)]) for c in CELLS if c.minutes == minutes)]
        for kind in OTHER_NOISE if not _memoryless(kind) for minutes in (10, 30, 60, 120)
    ]  # fmt: skip
    long = [
        [kind, *(percent(held[Task(kind, cell)]) for cell in _cells(kind))] for kind in OTHER_NOISE if _memoryless(kind)
    ]
    intro = (
        f"{RUNS} runs a cell, sd 0.6 points, 3-s sample and hold, rounded to 1/32 point. "
        "Box widths are chosen so that the mean varies about as for AR(1) with memory τ."
    )
    write("other_noise", "Does the interval hold under other noise? (S4)", intro, [
        markdown(["noise", f"worst, τ ≤ {ORDINARY_TAU_S} s (%)", "where", "worst (%)", "where", "required"], rows),
        "## Coverage (%)", markdown(["noise \\ τ (s)", "10", "40", "120", "480"], full),
        "## True long memory, which has no τ (%)", markdown(["noise", "10 min", "30 min", "60 min", "120 min"], long),
    ])  # fmt: skip


def _worst(kind: str, shares: dict[Cell, float]) -> tuple[str, str]:
    cell, share = min(shares.items(), key=itemgetter(1))
    return percent(share), f"{cell.minutes} min" + ("" if _memoryless(kind) else f", τ {cell.tau_s:.0f} s")


def _memoryless(kind: str) -> bool:
    return kind.startswith(REPORTED_ONLY)


def _cells(kind: str) -> list[Cell]:
    return [cell for cell in CELLS if not _memoryless(kind) or cell.tau_s == CELLS[0].tau_s]
