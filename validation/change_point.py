"""Does the change point's interval hold the week of the change, and the change's interval its size?"""

from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.stats.alarm import weekly_test
from evenstride.stats.change_point import change_points
from validation.alarms import weekly_noise
from validation.work import markdown, percent, rng_of, spread, write

Floats = NDArray[np.float64]

RUNNERS = 2000
WEEKS = 40
STEPS_SD = (1.5, 2.0, 2.5, 3.0)
MEMORIES = (0.0, 0.3)


class Cell(NamedTuple):
    change_sd: float
    memory: float
    ramp_weeks: int = 1  # 1: a step
    missing: float = 0.0
    at_alarm: bool = False  # judged on what was known when the first alarm was given


class Result(NamedTuple):
    cell: Cell
    runners: int
    week_held: float
    size_held: float
    size: float
    error_weeks: float
    width_weeks: float


def simulate(cell: Cell) -> Result:
    key = (int(10 * cell.change_sd), int(10 * cell.memory), cell.ramp_weeks, int(10 * cell.missing), cell.at_alarm)
    rng = rng_of(9, *key)
    noise = weekly_noise(rng, (RUNNERS, WEEKS), cell.memory)
    first = rng.integers(12, 33 - cell.ramp_weeks + 1, RUNNERS)
    since = np.arange(WEEKS) - first[:, None] + 1
    values = noise + cell.change_sd * np.clip(since / cell.ramp_weeks, 0.0, 1.0)
    values[rng.random(values.shape) < cell.missing] = np.nan
    if cell.at_alarm:
        values, first = _at_first_alarm(values, first)
    found = change_points(values)
    last = first + cell.ramp_weeks - 1
    return Result(
        cell, len(values),
        week_held=float(np.mean((found.week_low <= last) & (found.week_high >= first))),
        size_held=float(np.mean((found.low <= cell.change_sd) & (found.high >= cell.change_sd))),
        size=float(found.change.mean()),
        error_weeks=float(np.median(np.abs(found.week - 0.5 * (first + last)))),
        width_weeks=float(np.mean(found.week_high - found.week_low + 1)),
    )  # fmt: skip


def _at_first_alarm(values: Floats, first: NDArray[np.intp]) -> tuple[Floats, NDArray[np.intp]]:
    alarm = weekly_test(values).alarm
    said = alarm.any(axis=1) & (alarm.argmax(axis=1) >= first)
    known = np.where(np.arange(values.shape[1]) <= alarm.argmax(axis=1)[:, None], values, np.nan)
    return known[said], first[said]


def run() -> None:
    cells = [Cell(step, memory) for step in STEPS_SD for memory in MEMORIES]
    gaps = [Cell(2.0, memory, missing=0.4) for memory in MEMORIES]
    alarms = [Cell(step, memory, at_alarm=True) for step in STEPS_SD for memory in MEMORIES]
    ramps = [Cell(step, memory, ramp_weeks=12) for step in (2.0, 3.0) for memory in MEMORIES]
    results = spread(simulate, cells + gaps + alarms + ramps, "change_point")
    table = partial(markdown, [
        "change (sd), correlation", "runners", "interval holds the week (%)", "interval holds the size (%)",
        "mean size (sd)", "median error (weeks)", "mean width (weeks)",
    ])  # fmt: skip
    rows = [_row(result) for result in results]
    write("change_point", "When did it change, and by how much?", _INTRO, [
        "## A step, the whole season known", table(rows[:8]),
        "## The same, 40 % of weeks missing", table(rows[8:10]),
        "## A step, as known at the first alarm", _AT_ALARM, table(rows[10:18]),
        "## A ramp over twelve weeks", _RAMP, table(rows[18:]),
    ])  # fmt: skip


_INTRO = (
    f"{RUNNERS} runners a row, {WEEKS} weekly values of sd 1 with the given correlation from week to week; the change "
    "begins in any week from 13 to 33, equally likely. 95 % intervals of `change_points`."
)
_AT_ALARM = (
    "Only runners with an alarm, on the weeks up to it. Alarms come early where the noise happens to help, so the size "
    "is overstated where alarms are rare."
)
_RAMP = "Held: the interval of the week touches the twelve weeks of the ramp. The error is to its middle."


def _row(result: Result) -> list[str]:
    cell = result.cell
    return [
        f"{cell.change_sd:g}, {cell.memory:g}", str(result.runners), percent(result.week_held),
        percent(result.size_held), f"{result.size:.2f}", f"{result.error_weeks:.1f}", f"{result.width_weeks:.1f}",
    ]  # fmt: skip
