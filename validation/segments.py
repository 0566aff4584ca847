"""Do the intervals of thirds, laps and two-minute windows hold the mean of their own stretch?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.stats import fit_mean, segment_means
from validation.noise import SD_POINTS, Cell, ar1, as_recorded, two_memories
from validation.work import markdown, percent, rng_of, spread, write

RUNS = 500
BATCH = 100
CELLS = tuple(Cell(minutes=minutes, tau_s=tau) for minutes in (20, 30, 60, 120) for tau in (10, 60, 240))
KINDS = ("thirds", "20 laps", "2-min windows")
DRIFT_POINTS = 1.0  # from start to end: 4 % of the index
SPEED_POINTS = 0.6  # per m/s


class Task(NamedTuple):
    """One cell, with or without a drift and an effect of speed."""

    cell: Cell
    moving: bool


class SegmentResult(NamedTuple):
    """Shares held and geometric-mean half-widths in points, (3,) each: covariates out of the noise, and left in."""

    held: NDArray[np.float64]
    half_width: NDArray[np.float64]
    held_plain: NDArray[np.float64]
    half_width_plain: NDArray[np.float64]


def simulate(task: Task) -> SegmentResult:
    n = task.cell.n
    rng = rng_of(5, task.cell.minutes, int(task.cell.tau_s), int(task.moving))
    seconds = np.arange(n, dtype=np.float64)
    spans, kind = stretches(n)
    sums: list[NDArray[np.float64]] = []
    for _ in range(RUNS // BATCH):
        speed = 0.3 * ar1(rng, BATCH, n, 100.0)
        others = np.stack([1.5 * ar1(rng, BATCH, n, 120.0), ar1(rng, BATCH, n, 30.0)], axis=2)
        moved = task.moving * (DRIFT_POINTS * (seconds / n - 0.5) + SPEED_POINTS * speed)
        recorded = as_recorded(two_memories(rng, BATCH, n, task.cell.tau_s) + moved / SD_POINTS, np.zeros((BATCH, 1)))
        for y, pace, other, level in zip(recorded, speed, others, moved, strict=True):
            truth = segment_means(fit_mean(y), level, spans).mean
            covariates = np.column_stack([pace, other, seconds])
            sums.append(np.concatenate([_score(y, x, spans, kind, truth) for x in (covariates, None)]))
    mean = np.mean(sums, axis=0).reshape(4, -1)
    return SegmentResult(mean[0], np.exp(mean[1]), mean[2], np.exp(mean[3]))


def stretches(n: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Every stretch ``[start, end)`` and the index of its kind."""
    edges = [np.linspace(0, n, parts + 1).astype(np.intp) for parts in (3, 20)]
    starts = np.arange(0, n - 119, 60, dtype=np.intp)
    spans = [np.column_stack([edge[:-1], edge[1:]]) for edge in edges] + [np.column_stack([starts, starts + 120])]
    return np.concatenate(spans), np.repeat(np.arange(3), [len(part) for part in spans])


def _score(
    y: NDArray[np.float64], covariates: NDArray[np.float64] | None, spans: NDArray[np.intp],
    kind: NDArray[np.intp], truth: NDArray[np.float64],
) -> NDArray[np.float64]:  # fmt: skip
    part = segment_means(fit_mean(y, covariates), y, spans)
    held = (part.low <= truth) & (truth <= part.high)
    counts = np.bincount(kind)
    logs = np.log(0.5 * (part.high - part.low))
    return np.concatenate([np.bincount(kind, held) / counts, np.bincount(kind, logs) / counts])


def run() -> None:
    tasks = [Task(cell, moving) for moving in (False, True) for cell in CELLS]
    results = dict(zip(tasks, spread(simulate, tasks, "segments"), strict=True))
    header = ["minutes, τ (s)", *(f"{kind}: {what}" for kind in KINDS for what in ("held (%)", "plain (%)", "width"))]
    parts = []
    for moving, title in ((False, "## Noise alone"), (True, "## With a drift of 1 point and an effect of speed")):
        rows = []
        for cell in CELLS:
            result = results[Task(cell, moving)]
            row = [f"{cell.minutes}, {cell.tau_s:.0f}"]
            for i in range(len(KINDS)):
                row += [percent(result.held[i]), percent(result.held_plain[i])]
                row += [f"{result.half_width[i] / result.half_width_plain[i]:.2f}"]
            rows.append(row)
        parts += [title, markdown(header, rows)]
    held = [value for result in results.values() for value in result.held]
    intro = (
        f"{RUNS} runs a cell with the noise of `coverage`. The truth is the true mean of the stretch, drift and effect "
        "of speed included. *held*: noise judged after speed, grade, turning and elapsed time are taken out, as "
        "`segment_means` does with a fit that has them; *plain*: a fit without covariates; *width*: half-width of the "
        "first over the second."
    )
    write("segments", "Do the intervals of stretches hold?", intro, [
        f"Coverage of all stretches and cells: {percent(min(held))}–{percent(max(held))} %.",
        *parts,
    ])  # fmt: skip
