"""S5: how often is an alarm false, and how soon is a real change found?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtr

from evenstride.judge.alarm import alarms
from evenstride.model import RunPoint
from evenstride.stats.alarm import WATCH, first_alarms, weekly_test
from evenstride.stats.control_chart import cusum_alarms, ewma_alarms, shewhart_alarms
from validation.work import markdown, percent, rng_of, spread, write

Floats = NDArray[np.float64]
Alarms = NDArray[np.bool_]
Noise = Callable[[np.random.Generator, tuple[int, int], float], Floats]

NULL_RUNNERS = 20000
RUNNERS = 10000
SIZED = 3000
REPLAYED = 300
BATCH = 2000
WATCHED = 52
STEPS_SD = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
AFTER = (4, 8, 12, 16, 26)
STARTS = (0, 20)
REQUIRED = {0: (None, 45, 72, 90, 96, None), 20: (None, 60, 88, 97, 99, None)}
FALSE_MAX = 10.5


def weekly_noise(rng: np.random.Generator, shape: tuple[int, int], memory: float) -> Floats:
    """First-order autoregression of sd 1, in its steady state."""
    return _remembering(rng.standard_normal(shape), memory)


def _remembering(noise: Floats, memory: float) -> Floats:
    for week in range(1, noise.shape[1]):
        noise[:, week] = memory * noise[:, week - 1] + np.sqrt(1.0 - memory**2) * noise[:, week]
    return noise


def _slow(rng: np.random.Generator, shape: tuple[int, int], memory: float) -> Floats:
    return float(np.sqrt(0.8)) * weekly_noise(rng, shape, memory) + float(np.sqrt(0.2)) * weekly_noise(rng, shape, 0.9)


def _heavy(rng: np.random.Generator, shape: tuple[int, int], memory: float) -> Floats:
    return _remembering(rng.standard_t(4, shape) / np.sqrt(2.0), memory)


def _unequal(rng: np.random.Generator, shape: tuple[int, int], memory: float) -> Floats:
    runs = rng.integers(1, 7, shape)
    share = 0.5 / np.mean(1.0 / np.arange(1, 7))
    return float(np.sqrt(0.5)) * weekly_noise(rng, shape, memory) + rng.standard_normal(shape) * np.sqrt(share / runs)


NOISE: Mapping[str, Noise] = {"plain": weekly_noise, "slow": _slow, "heavy": _heavy, "unequal": _unequal}


def block_test(values: Floats, *, limit: float = 3.10) -> Alarms:
    """The plain way: mean of the last twelve watched weeks against all before, one memory guessed from residuals."""
    found = np.zeros(values.shape, dtype=np.bool_)
    for n in range(WATCH.baseline_weeks + 1, values.shape[1] + 1):
        late = min(12, n - WATCH.baseline_weeks)
        block = np.where(np.arange(n) < n - late, -1.0 / (n - late), 1.0 / late)
        x = values[:, :n]
        means = np.where(block < 0, x[:, : n - late].mean(1, keepdims=True), x[:, n - late :].mean(1, keepdims=True))
        rest = x - means
        squares = np.square(rest).sum(axis=1)
        lag = (rest[:, 1:] * rest[:, :-1]).sum(axis=1) / squares
        r = np.clip((n * lag + 60.0 * 0.2) / (n + 60.0), 0.0, 0.6)
        overlap = np.correlate(block, block, "full")[n - 1 :] * np.where(np.arange(n) > 0, 2.0, 1.0)
        se = np.sqrt(squares / (n - 2) * (r[:, None] ** np.arange(n) @ overlap))
        df = np.maximum(n * (1.0 - r) / (1.0 + r) - 2.0, 1.0)
        found[:, n - 1] = -ndtri(stdtr(df, -np.abs(x @ block) / se)) > limit
    return found


RULES: Mapping[str, Callable[[Floats], Alarms]] = {
    "weekly test": lambda values: weekly_test(values).alarm,
    "block means": block_test,
    "one week beyond 2 sd": shewhart_alarms,
    "EWMA 0.2, L 2.40": partial(ewma_alarms, limit=2.40),
    "EWMA 0.2, L 2.86": partial(ewma_alarms, limit=2.86),
    "CUSUM 0.5, h 4": cusum_alarms,
}


class Cell(NamedTuple):
    """Runners of one kind. ``start``: watched weeks before the change; ``smallest`` in sd."""

    runners: int
    memory: float
    step_sd: float = 0.0
    start: int = 0
    noise: str = "plain"
    missing: float = 0.0
    smallest: float = 0.0
    rule: str = "weekly test"


class Found(NamedTuple):
    """Share with an alarm within so many weeks of the change (or of the baseline's end), among those without before."""

    cell: Cell
    within: Mapping[int, float]


def simulate(cell: Cell) -> Found:
    """Alarms by the week of the change; a baseline with missing weeks takes longer, and the change waits for it."""
    key = [int(100 * part) for part in (cell.memory, cell.step_sd, cell.missing)]
    rng = rng_of(8, *key, cell.start, list(NOISE).index(cell.noise))
    weeks = round((WATCH.baseline_weeks + 4) / (1.0 - cell.missing)) if cell.missing else WATCH.baseline_weeks
    horizon = cell.start + (max(AFTER) if cell.step_sd else WATCHED)
    since: list[NDArray[np.intp]] = []
    for begin in range(0, cell.runners, BATCH):
        shape = (min(BATCH, cell.runners - begin), weeks + 12 * bool(cell.missing) + horizon)
        values = NOISE[cell.noise](rng, shape, cell.memory)
        values[rng.random(shape) < cell.missing] = np.nan
        watched = (np.cumsum(np.isfinite(values), axis=1) < WATCH.baseline_weeks).sum(axis=1) + 1
        change = watched + cell.start
        at = np.arange(shape[1])
        values += cell.step_sd * (at >= change[:, None])
        values[at >= (watched + horizon)[:, None]] = np.nan
        since.append(_first(cell, values, change))
    first = np.concatenate(since)
    known = first[first >= 0] if cell.step_sd else first + cell.start
    return Found(cell, {n: float(np.mean(known < n)) for n in (*AFTER, WATCHED)})


def _first(cell: Cell, values: Floats, change: NDArray[np.intp]) -> NDArray[np.intp]:
    """Weeks from the change to the first alarm: negative before it, very many without one."""
    if cell.smallest:
        week = first_alarms(values, smallest=cell.smallest)
    else:
        alarm = RULES[cell.rule](values)
        week = np.where(alarm.any(axis=1), alarm.argmax(axis=1), -1)
    return np.where(week >= 0, week - change, 10_000)


def replay(cell: Cell) -> list[float]:
    """Share of runners who were told nothing, once, more than once, in the year from twelve weeks after the start."""
    rng = rng_of(10, int(10 * cell.memory), int(10 * cell.step_sd), cell.start)
    weeks = WATCH.baseline_weeks + WATCHED
    values = weekly_noise(rng, (cell.runners, weeks), cell.memory)
    values[:, WATCH.baseline_weeks + cell.start :] += cell.step_sd
    monday = datetime(2024, 1, 1, 7, tzinfo=UTC)
    days = [monday + timedelta(weeks=week) for week in range(weeks)]
    today = date(2024, 1, 1) + timedelta(weeks=weeks)
    said = np.array([
        len(alarms([RunPoint(run="", start=day, value=value) for day, value in zip(days, row, strict=True)],
                   metric="contact_time", today=today, smallest=1.0))
        for row in values.tolist()
    ])  # fmt: skip
    return [float(np.mean(said == 0)), float(np.mean(said == 1)), float(np.mean(said > 1))]


def _work(cell: Cell) -> Found | list[float]:
    return replay(cell) if cell.runners == REPLAYED else simulate(cell)


MEMORIES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
WORST_OF = (0.0, 0.3)
OTHER: Mapping[str, Cell] = {
    "as above": Cell(RUNNERS, 0.0),
    "20 % of weeks missing": Cell(SIZED, 0.0, missing=0.2),
    "40 % of weeks missing": Cell(SIZED, 0.0, missing=0.4),
    "a fifth of the variance slow (0.9 from week to week)": Cell(SIZED, 0.0, noise="slow"),
    "heavy tails (t, 4 df)": Cell(SIZED, 0.0, noise="heavy"),
    "1 to 6 runs a week, half of the variance theirs": Cell(SIZED, 0.0, noise="unequal"),
}
SMALLEST_SD = (0.5, 1.0, 2.0)


def run() -> None:
    null = [Cell(NULL_RUNNERS, memory, rule=rule) for rule in RULES for memory in MEMORIES]
    power = [
        Cell(RUNNERS, memory, step, start, rule=rule)
        for rule in list(RULES)[:2] for start in STARTS for step in STEPS_SD for memory in WORST_OF
    ]  # fmt: skip
    other = [
        kind._replace(runners=kind.runners if step else NULL_RUNNERS, memory=memory, step_sd=step)
        for kind in list(OTHER.values())[1:] for memory in WORST_OF for step in (0.0, *STEPS_SD)
    ]  # fmt: skip
    sized = [
        Cell(SIZED, memory, step, smallest=smallest)
        for smallest in SMALLEST_SD for memory in WORST_OF for step in (0.0, *STEPS_SD)
    ]  # fmt: skip
    replayed = [Cell(REPLAYED, memory, step, 12) for step in (0.0, 2.0, 3.0) for memory in WORST_OF]
    cells = [*null, *power, *other, *sized, *replayed]
    found = dict(zip(cells, spread(_work, cells, "alarms"), strict=True))
    write("alarms", "How often is an alarm false, and how soon is a change found? (S5)", _INTRO, [
        "## Alarms without a change", _false_alarms(found), _FALSE,
        "## A change found within 12 weeks (%)", _power(found),
        "## A change found within so many weeks (%)", _curve(found),
        "## Missing weeks, and noise of other kinds", _other(found), _OTHER,
        "## With the rule that a change must also matter", _sized(found), _SIZED,
        "## Said once", _replayed(found, replayed), _SAID,
    ])  # fmt: skip


_INTRO = (
    "Weekly values of sd 1 with the given correlation ρ from week to week; "
    f"{WATCH.baseline_weeks} baseline weeks, then {WATCHED} watched weeks. "
    f"{NULL_RUNNERS} runners a cell without a change, {RUNNERS} with a step of the given size "
    f"(missing weeks, other noise and size rule: {SIZED}). "
    "Found: among runners without an earlier alarm. The same code for every ρ: it is told none."
)
_FALSE = (
    "*Block means*: last twelve weeks against all before, at |z| > 3.10. The control charts are used as printed, with "
    "mean and sd of the baseline: their limits suppose that both are known and that weeks are independent."
)
_OTHER = "Right after the baseline, the worse of ρ 0 and 0.3; without a change in 52 weeks, with one within 12."
_SIZED = "The estimated change must also exceed the smallest that matters; otherwise as the table before."
_SAID = (
    f"{REPLAYED} runners a row, {WATCHED} watched weeks, the change after 12 of them, smallest change that matters "
    "1 sd. After an alarm the watch starts anew from the week of the change."
)

Results = Mapping[Cell, "Found | list[float]"]


def _worst(found: Results, cell: Cell, within: int) -> float:
    shares = []
    for memory in WORST_OF:
        result = found[cell._replace(memory=memory)]
        assert isinstance(result, Found)
        shares.append(result.within[within])
    return min(shares) if cell.step_sd else max(shares)


def _false_alarms(found: Results) -> str:
    rows = []
    for rule in RULES:
        results = [found[Cell(NULL_RUNNERS, memory, rule=rule)] for memory in MEMORIES]
        rows.append([rule, *(percent(result.within[WATCHED]) for result in results if isinstance(result, Found))])
    head = [f"any alarm in {WATCHED} weeks (%), ρ =", *(f"{memory:g}" for memory in MEMORIES)]
    required = ["required", *(f"≤ {FALSE_MAX}" if memory in WORST_OF else "" for memory in MEMORIES)]
    return markdown(head, [*rows, required])


def _steps(label: str) -> list[str]:
    return [label, *(f"{step:g} sd" for step in STEPS_SD)]


def _power(found: Results) -> str:
    rows: list[Sequence[str]] = []
    for start in STARTS:
        when = f"after {start} watched weeks" if start else "right after the baseline"
        for rule in list(RULES)[:2]:
            shares = [_worst(found, Cell(RUNNERS, 0.0, step, start, rule=rule), 12) for step in STEPS_SD]
            rows.append([f"{rule}, {when}", *map(percent, shares)])
        rows.append([f"required, {when}", *(f"≥ {least}" if least else "" for least in REQUIRED[start])])
    return markdown(_steps("worse of ρ 0 and 0.3"), rows)


def _curve(found: Results) -> str:
    rows = []
    for start in STARTS:
        for memory in WORST_OF:
            for weeks in AFTER:
                shares = [found[Cell(RUNNERS, memory, step, start)] for step in STEPS_SD]
                label = f"change after {start} watched weeks, ρ {memory:g}, within {weeks}"
                rows.append([label, *(percent(share.within[weeks]) for share in shares if isinstance(share, Found))])
    return markdown(_steps(""), rows)


def _other(found: Results) -> str:
    rows = []
    for label, kind in OTHER.items():
        wrong = _worst(found, kind._replace(runners=NULL_RUNNERS), WATCHED)
        shares = [_worst(found, kind._replace(step_sd=step), 12) for step in STEPS_SD]
        rows.append([label, percent(wrong), *map(percent, shares)])
    return markdown(["", "none", *_steps("")[1:]], rows)


def _sized(found: Results) -> str:
    rows = []
    for smallest in SMALLEST_SD:
        wrong = _worst(found, Cell(SIZED, 0.0, smallest=smallest), WATCHED)
        shares = [_worst(found, Cell(SIZED, 0.0, step, smallest=smallest), 12) for step in STEPS_SD]
        rows.append([f"smallest {smallest:g} sd", percent(wrong), *map(percent, shares)])
    return markdown(["", "none", *_steps("")[1:]], rows)


def _replayed(found: Results, cells: Sequence[Cell]) -> str:
    rows = []
    for cell in cells:
        shares = found[cell]
        assert isinstance(shares, list)
        rows.append([f"step {cell.step_sd:g} sd, ρ {cell.memory:g}", *map(percent, shares)])
    return markdown(["alarms in the year (%)", "none", "one", "more"], rows)
