"""What a runner is told: the index and the effects as judged, under the conditions of `slopes`."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.judge import judge_run
from evenstride.model import LegSamples
from validation.noise import Cell, ar1, as_recorded, two_memories
from validation.work import markdown, percent, rng_of, spread, write

Values = NDArray[np.float64]

RUNS = 500
CELLS = tuple(Cell(minutes=minutes, tau_s=tau) for minutes in (10, 20, 45, 60, 120) for tau in (10, 40, 120))
DRIFTS_PCT_PER_HOUR = (0.0, 2.0)
EFFECTS = {"speed": -2.4, "grade": 0.4, "turn": 0.4}  # percent of index per m/s, per 1 %, per deg/s


class Task(NamedTuple):
    cell: Cell
    drift_pct_per_hour: float


class Told(NamedTuple):
    """Shares of runs: truth held by index and effects, warm-up taken out; and the mean half-width in percent."""

    held: float
    effects: dict[str, float]
    warmed: float
    half_width_pct: float


def simulate(task: Task) -> Told:
    cell = task.cell
    rng = rng_of(8, cell.minutes, int(cell.tau_s), int(task.drift_pct_per_hour))
    seconds = np.arange(cell.n, dtype=np.float64)
    held, warmed, halves = [], [], []
    effects: dict[str, list[bool]] = {name: [] for name in (*EFFECTS, "elapsed")}
    for _ in range(RUNS):
        conditions = {
            "speed_mps": 3.0 + 0.3 * ar1(rng, 1, cell.n, 100.0)[0], "grade_pct": 1.5 * ar1(rng, 1, cell.n, 120.0)[0],
            "turn_dps": ar1(rng, 1, cell.n, 30.0)[0], "elapsed_s": seconds,
        }  # fmt: skip
        level = rng.uniform(-4.0, 4.0)
        shape = task.drift_pct_per_hour * (seconds - seconds.mean()) / 3600.0
        middle = float(np.median(conditions["speed_mps"]))
        for (_, size), values in zip(EFFECTS.items(), list(conditions.values())[:3], strict=True):
            shape = shape + size * (values - (middle if values is conditions["speed_mps"] else 0.0))
        noise = as_recorded(two_memories(rng, 1, cell.n, cell.tau_s), np.zeros((1, 1)))[0]
        told = judge_run(_legs((level + shape) / 4.0 + noise, seconds, conditions))
        estimate = told.estimate
        low, high = estimate.low_pct or 0.0, estimate.high_pct or 0.0
        held.append(low <= level <= high)
        halves.append(0.5 * (high - low))
        warmed.append("warmup" in estimate.adjusted_for)
        truth = {**EFFECTS, "elapsed": task.drift_pct_per_hour / 6.0}
        for effect in told.effects:
            effects[effect.condition].append(effect.low_pct <= truth[effect.condition] <= effect.high_pct)
    return Told(
        float(np.mean(held)), {name: float(np.mean(one)) for name, one in effects.items()}, float(np.mean(warmed)),
        float(np.mean(halves)),
    )  # fmt: skip


def _legs(
    points: NDArray[np.float64], seconds: NDArray[np.float64], conditions: dict[str, NDArray[np.float64]]
) -> LegSamples:
    return LegSamples(
        metric="contact_time", source="watch_balance", unit="share", t_s=seconds, left=0.5 - points / 100,
        right=0.5 + points / 100, conditions=conditions,
    )  # fmt: skip


def run() -> None:
    tasks = [Task(cell, drift) for drift in DRIFTS_PCT_PER_HOUR for cell in CELLS]
    results = dict(zip(tasks, spread(simulate, tasks, "judged"), strict=True))
    parts = []
    for drift in DRIFTS_PCT_PER_HOUR:
        rows = []
        for cell in CELLS:
            told = results[Task(cell, drift)]
            rows.append(
                [f"{cell.minutes} min, τ {cell.tau_s:.0f} s", percent(told.held), f"{told.half_width_pct:.2f}",
                 *(percent(told.effects[name]) for name in (*EFFECTS, "elapsed")), percent(told.warmed)]
            )  # fmt: skip
        header = ["", "index held (%)", "half-width (%)", *(f"{name} held (%)" for name in (*EFFECTS, "elapsed")),
                  "warm-up taken out (%)"]  # fmt: skip
        parts += [f"## A drift of {drift:g} % an hour" if drift else "## No drift", markdown(header, rows)]
    intro = (
        f"{RUNS} runs a cell with the noise of `coverage`, judged as a runner's file is: index at the median speed,"
        " flat and straight, with effects of speed (−2.4 % per m/s), grade and turning (0.4 % per unit), conditions as"
        " in `slopes`. No run has a warm-up. A drift through the run is not adjusted for and widens the interval."
    )
    write("judged", "What a runner is told", intro, parts)
