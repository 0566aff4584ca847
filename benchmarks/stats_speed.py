"""From arrays to interval, four effects and the stretches of a run (requirement S6)."""

import time
from collections.abc import Callable
from itertools import count

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import median_ms
from evenstride.stats import fit_mean, second_grid, segment_means

LIMIT_MS = {1: 10.0, 4: 20.0}
LAPS = 20
WINDOWS = 150
WINDOW_S = 120
REPEATS = 45


def run() -> list[str]:
    """Lines of a Markdown table: milliseconds a call, every call with another run length."""
    lines = [
        "| hours | interval and 4 effects (ms) | … with stretches (ms) | required (ms) | CPU over wall time |",
        "| --: | --: | --: | --: | --: |",
    ]
    for hours, limit_ms in LIMIT_MS.items():
        fit_ms = median_ms(_analysis(hours, stretches=False), REPEATS)
        wall, cpu = time.perf_counter(), time.process_time()
        all_ms = median_ms(_analysis(hours, stretches=True), REPEATS)
        busy = (time.process_time() - cpu) / (time.perf_counter() - wall)
        lines.append(f"| {hours} | {fit_ms:.2f} | {all_ms:.2f} | {limit_ms:.0f} | {busy:.2f} |")
    return [
        *lines,
        "",
        f"Stretches: 3 thirds, {LAPS} laps, {WINDOWS} windows of {WINDOW_S} s. The 1-s grid is included.",
    ]


def _analysis(hours: int, *, stretches: bool) -> Callable[[], None]:
    """One analysis a call, each a second longer than the last, so that nothing kept from the last one helps."""
    t_s, values = _simulated(3600 * hours + 2 * REPEATS, np.random.default_rng(hours))
    lengths = count(3600 * hours)

    def analyse() -> None:
        n = next(lengths)
        grid = second_grid(t_s[:n], values[:n])
        y, conditions = grid.values[:, 0], grid.values[:, 1:]
        fit = fit_mean(y, conditions, conditions[n // 2])
        if stretches:
            segment_means(fit, y, _spans(n))

    return analyse


def _spans(n: int) -> NDArray[np.intp]:
    thirds = np.linspace(0, n, 4)
    laps = n * np.linspace(0.0, 1.0, LAPS + 1) ** 1.3  # no two of one length
    windows = np.linspace(0, n - WINDOW_S, WINDOWS)
    starts = np.concatenate((thirds[:-1], laps[:-1], windows)).astype(np.intp)
    ends = np.concatenate((thirds[1:], laps[1:], windows)).astype(np.intp)
    ends[-WINDOWS:] += WINDOW_S
    return np.column_stack((starts, ends))


def _simulated(n: int, rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times and five columns: the signal and speed, grade, turning, elapsed time, all remembering about a minute."""
    seconds = np.arange(n, dtype=np.float64)
    forgetting = np.exp(-np.arange(300) / 60.0)
    slow = [np.convolve(rng.standard_normal(n), forgetting)[:n] for _ in range(4)]
    return seconds, np.column_stack([slow[0] + 3.0 * rng.standard_normal(n), *slow[1:], seconds])
