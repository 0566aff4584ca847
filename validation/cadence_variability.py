"""What a watch's cadence tells of the variability of strides, through smoothing and steps, and what a season sees."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from evenstride.judge.streams import season_alarms
from evenstride.judge.trend import season_metric
from evenstride.measure.metrics import running_time
from evenstride.measure.metrics.variability import cadence_cv_pct
from evenstride.model import LEVELS, Activity, RunPoint, SeasonMetric
from evenstride.stats.alarm import WATCH
from validation.season_alarms import days_of
from validation.work import markdown, percent, rng_of, spread, write

Floats = NDArray[np.float64]

RUNS = 40
RUNNERS = 100
WATCHED = 200
SEASON_RUNS = 20
SEASON_RUN_MINUTES = 40
START = datetime(2024, 1, 1, 7, tzinfo=UTC)
CVS_PCT = (0.8, 1.2, 2.0, 3.0)
MEMORIES = ("white", "long")
SMOOTHING = ("none", "5 s box", "10 s box", "exponential 5 s")
STEPS_SPM = (0.0, 0.5, 1.0, 2.0)
CADENCE_SPM = 170.0
CADENCE_SPM_PER_MPS = 8.0
SPEED_MPS = 3.0
SPEED_SD_MPS = 0.15
DRIFT_SD_SPM = 1.0
LONG_D = 0.3
"""Fractional differencing of the long memory: an α of 0.8 in fluctuation analysis, as of healthy runners' strides."""
DAY_SD = 0.10
"""How far a runner's own variability lies from run to run, as a share of it; nobody has published it."""
CV_PER_MPS = -0.2


class Cell(NamedTuple):
    """Runs of one runner by one device; ``treadmill``: no change of speed, and cadence within half a step a minute."""

    memory: str
    smoothing: str
    step_spm: float
    cv_pct: float
    minutes: int = 60
    treadmill: bool = False


def strides(n: int, memory: str, rng: np.random.Generator) -> Floats:
    """Noise of n strides with mean 0 and standard deviation 1: white, or remembering for ever (ARFIMA(0, d, 0))."""
    if memory == "white":
        return rng.standard_normal(n)
    k = np.arange(1, 2 * n)
    weights = np.concatenate(([1.0], np.cumprod((k - 1 + LONG_D) / k)))
    shocks = np.fft.rfft(rng.standard_normal(2 * n), 4 * n) * np.fft.rfft(weights, 4 * n)
    noise: Floats = np.fft.irfft(shocks, 4 * n)[n : 2 * n]
    return noise / float(np.sqrt(np.square(weights).sum()))


def remembered(n: int, tau_s: float, rng: np.random.Generator) -> Floats:
    keep = float(np.exp(-1.0 / tau_s))
    shocks = np.sqrt(1.0 - keep**2) * rng.standard_normal(n)
    return np.asarray(lfilter([1.0], [1.0, -keep], shocks, zi=[keep * rng.standard_normal()])[0])


def recording(cell: Cell, rng: np.random.Generator, speed_mps: float = SPEED_MPS) -> Activity:
    """What the device writes each second of one run."""
    n = 60 * cell.minutes
    wavers, drifts = (0.0, 0.3) if cell.treadmill else (SPEED_SD_MPS, DRIFT_SD_SPM)
    faster = speed_mps - SPEED_MPS + wavers * remembered(n, 60.0, rng)
    usual = CADENCE_SPM + CADENCE_SPM_PER_MPS * faster + drifts * remembered(n, 600.0, rng)
    usual += float(rng.uniform(-1.0, 1.0))  # where between two steps a run lies is chance
    # Strides of length 1 + cv·z of the usual one: how many are over at each second.
    due = np.concatenate(([0.0], np.cumsum(usual / 120.0)))
    length = np.maximum(1.0 + cell.cv_pct / 100.0 * strides(int(due[-1] * 1.2) + 20, cell.memory, rng), 0.2)
    ends = np.concatenate(([0.0], np.cumsum(length)))
    over = np.interp(due, ends, np.arange(len(ends)))
    shown = _smoothed(cell.smoothing, over, usual / length[np.searchsorted(ends, due[1:], side="right") - 1])
    if cell.step_spm:
        shown = cell.step_spm * np.rint(shown / cell.step_spm)
    speed = np.convolve(faster + SPEED_MPS, np.full(5, 0.2), mode="same")
    channels = {"cadence_spm": shown, "speed_mps": np.where(speed > SPEED_MPS - 1.0, speed, SPEED_MPS + faster)}
    return Activity(format="fit", start=START, t_s=np.arange(float(n)), channels=channels)


def _smoothed(how: str, over: Floats, stride_spm: Floats) -> Floats:
    if how == "none":
        return stride_spm
    if how.startswith("exponential"):
        keep = float(np.exp(-1.0 / 5.0))
        rate = 120.0 * np.diff(over)
        return np.asarray(lfilter([1.0 - keep], [1.0, -keep], rate, zi=[keep * rate[0]])[0])
    at = np.arange(1, len(over))
    since = np.maximum(at - int(how.split()[0]), 0)
    return np.asarray(120.0 * (over[at] - over[since]) / (at - since))


def readings(cell: Cell) -> Floats:
    """What the runs tell, in percent; nan where one tells nothing."""
    own = (MEMORIES.index(cell.memory), SMOOTHING.index(cell.smoothing), int(10 * cell.step_spm))
    rng = rng_of(61, *own, int(10 * cell.cv_pct), cell.minutes, cell.treadmill)
    return np.array([reading(cell, rng) for _ in range(RUNS)])


def reading(cell: Cell, rng: np.random.Generator, speed_mps: float = SPEED_MPS) -> float:
    activity = recording(cell, rng, speed_mps)
    found = cadence_cv_pct(activity, running_time(activity))
    return np.nan if found is None else found


def told(values: Floats) -> str:
    """The mean, with the share of runs that say nothing where there are any."""
    silent = float(np.isnan(values).mean())
    if silent > 0.5:
        return f"– ({percent(silent)} % silent)"
    return f"{np.nanmean(values):.2f}" + (f" ({percent(silent)} % silent)" if silent else "")


def _ratio(many: Mapping[float, Floats], high: float, low: float) -> str:
    return f"{np.nanmean(many[high]) / np.nanmean(many[low]):.2f}"


def smoothing_table() -> str:
    cells = [Cell(m, s, 1.0, cv) for m in MEMORIES for s in SMOOTHING for cv in CVS_PCT]
    found = dict(zip(cells, spread(readings, cells, "cadence_variability: smoothing"), strict=True))
    rows = []
    for memory in MEMORIES:
        for how in SMOOTHING:
            many = {cv: found[Cell(memory, how, 1.0, cv)] for cv in CVS_PCT}
            ratios = (_ratio(many, 3.0, 2.0), _ratio(many, 2.0, 1.2), _ratio(many, 1.2, 0.8))
            rows.append((f"{memory}, {how}", *(told(many[cv]) for cv in CVS_PCT), *ratios))
    header = ("memory of the strides, device", *(f"CV {cv:g} %" for cv in CVS_PCT))
    return markdown((*header, "3 : 2 (1.50)", "2 : 1.2 (1.67)", "1.2 : 0.8 (1.50)"), rows)


def step_table(*, treadmill: bool) -> str:
    cells = [Cell("white", how, step, cv, treadmill=treadmill)
             for how in SMOOTHING for cv in CVS_PCT for step in STEPS_SPM]  # fmt: skip
    found = dict(zip(cells, spread(readings, cells, "cadence_variability: steps"), strict=True))
    rows = [
        (f"{how}, CV {cv:g} %",
         *(told(found[Cell("white", how, step, cv, treadmill=treadmill)]) for step in STEPS_SPM))
        for how in SMOOTHING for cv in CVS_PCT
    ]  # fmt: skip
    return markdown(("device and stride time", "as it is", "0.5 spm", "1 spm", "2 spm"), rows)


def scatter_table() -> str:
    cells = [Cell(memory, how, 1.0, cv, minutes) for memory in MEMORIES for how in SMOOTHING for cv in (1.2, 2.0)
             for minutes in (30, 60)]  # fmt: skip
    found = dict(zip(cells, spread(readings, cells, "cadence_variability: scatter"), strict=True))

    def share(cell: Cell) -> str:
        return f"{100.0 * np.nanstd(found[cell], ddof=1) / np.nanmean(found[cell]):.1f}"

    rows = [
        (f"{memory}, {how}", *(share(Cell(memory, how, 1.0, cv, m)) for cv in (1.2, 2.0) for m in (30, 60)))
        for memory in MEMORIES for how in SMOOTHING
    ]  # fmt: skip
    header = ("memory of the strides, device", "CV 1.2 %, 30 min", "60 min", "CV 2 %, 30 min", "60 min")
    return markdown(header, rows)


class Followed(NamedTuple):
    """Seasons of runners by one device, whose true CV goes from 2 % to ``until_pct`` at once halfway, or evenly."""

    smoothing: str
    step_spm: float
    until_pct: float
    at_once: bool = True


def seasons(cell: Followed) -> dict[str, float]:
    """Shares of runners: told a level, a change whose interval leaves out 0, and one likely beyond the smallest."""
    rng = rng_of(62, SMOOTHING.index(cell.smoothing), int(cell.step_spm), int(10 * cell.until_pct), cell.at_once)
    found = [season_metric(_points(cell, rng), metric="cadence_variability", source="recorded", today=date(2024, 6, 1))
             for _ in range(RUNNERS)]  # fmt: skip
    changes = [one.change for one in found if one.change is not None]
    noises = [_noise(one) for one in found if one.run_to_run_sd is not None]
    return {
        "level": len(changes) / RUNNERS,
        "change": sum(one.low > 0.0 or one.high < 0.0 for one in changes) / RUNNERS,
        "likely": sum(one.probability_beyond_smallest >= 0.66 for one in changes) / RUNNERS,
        "value": float(np.median([one.value for one in changes])) if changes else np.nan,
        "noise": float(np.median(noises)) if noises else np.nan,
    }


def _noise(found: SeasonMetric) -> float:
    sd, level = found.run_to_run_sd, found.level
    return sd.value / level.value if sd is not None and level is not None else np.nan


def _points(cell: Followed, rng: np.random.Generator) -> list[RunPoint]:
    progress = np.linspace(0.0, 1.0, SEASON_RUNS)
    cvs = 2.0 + (cell.until_pct - 2.0) * ((progress > 0.5) if cell.at_once else progress)
    memory = MEMORIES[int(rng.integers(2))]
    points = []
    for i, cv in enumerate(cvs.tolist()):
        speed = SPEED_MPS + 0.3 * float(rng.standard_normal())
        own = cv * float(np.exp(DAY_SD * rng.standard_normal() + CV_PER_MPS * (speed - SPEED_MPS)))
        value = reading(Cell(memory, cell.smoothing, cell.step_spm, own, SEASON_RUN_MINUTES), rng, speed)
        if np.isfinite(value):
            points.append(_point(i, 2.5 * i, value, speed))
    return points


def _point(i: int, day: float, value: float, speed: float) -> RunPoint:
    return RunPoint(
        run=f"{i:03}", start=START + timedelta(days=day), value=value, device="a", conditions={"speed_mps": speed}
    )


def season_table() -> str:
    kinds = [(until, once) for until in (2.0, 3.0) for once in (True, False)][1:]
    cells = [Followed(how, step, *kind) for how in SMOOTHING for step in (1.0, 2.0) for kind in kinds]
    found = dict(zip(cells, spread(seasons, cells, "cadence_variability: seasons"), strict=True))
    rows = []
    for how in SMOOTHING:
        for step in (1.0, 2.0):
            stays, once, evenly = (found[Followed(how, step, *kind)] for kind in ((2.0, False), *kinds[1:]))
            rows.append((
                f"{how}, {step:g} spm", percent(stays["level"]), f"{100 * stays['noise']:.0f}",
                percent(stays["change"]), percent(stays["likely"]), f"{once['value']:.2f}", percent(once["change"]),
                percent(once["likely"]), percent(evenly["change"]), percent(evenly["likely"]),
            ))  # fmt: skip
    header = (
        "device", "level told", "run to run, % of level", "stays: changed", "stays: likely", "at once: change",
        "at once: changed", "at once: likely", "evenly: changed", "evenly: likely",
    )  # fmt: skip
    return markdown(header, rows)


class Watched(NamedTuple):
    """A year of alarms at a usual reading, whose runs scatter by ``noise`` of it, with a step to half as much again."""

    reading_pct: float
    noise: float
    steps: bool


def watched(cell: Watched) -> float:
    """Share with any alarm; with a step, of those without one before, the share told within 12 weeks of it."""
    rng = rng_of(63, int(100 * cell.reading_pct), int(100 * cell.noise), cell.steps)
    weeks, changed = WATCH.baseline_weeks + 52, WATCH.baseline_weeks + 12
    day_of_change, today = START.date() + timedelta(weeks=changed), START.date() + timedelta(weeks=weeks)
    answers: list[bool] = []
    for _ in range(WATCHED):
        days = days_of(weeks, rng)
        speeds = SPEED_MPS + 0.3 * rng.standard_normal(len(days))
        logs = cell.noise * rng.standard_normal(len(days)) + CV_PER_MPS * (speeds - SPEED_MPS)
        values = cell.reading_pct * np.exp(logs) * np.where(cell.steps & (days >= 7 * changed), 1.5, 1.0)
        rows = zip(days.tolist(), values.tolist(), speeds.tolist(), strict=True)
        points = [_point(i, *row) for i, row in enumerate(rows)]
        said = season_alarms(points, metric="cadence_variability", today=today)
        if not cell.steps:
            answers.append(bool(said))
        elif not said or said[0].day > day_of_change:
            answers.append(bool(said) and said[0].day <= day_of_change + timedelta(weeks=12))
    return float(np.mean(answers))


def alarm_table() -> str:
    at, noises = (0.3, 0.5, 0.8, 1.2), (0.10, 0.20, 0.30)
    cells = [Watched(value, noise, steps) for value in at for noise in noises for steps in (False, True)]
    found = dict(zip(cells, spread(watched, cells, "cadence_variability: alarms"), strict=True))
    rows = [
        (f"{value:g} %, runs scatter by {100 * noise:.0f} % of it",
         *(percent(found[Watched(value, noise, steps)]) for steps in (False, True)))
        for value in at for noise in noises
    ]  # fmt: skip
    return markdown(("usual reading", "stays: any alarm in a year", "half as much again: told in 12 weeks"), rows)


def run() -> None:
    """Write the table."""
    smallest = LEVELS["cadence_variability"].smallest
    intro = (
        f"{RUNS} simulated runs a cell of 60 minutes, about {CADENCE_SPM:g} spm, speed wavering by {SPEED_SD_MPS:g} m/s"
        f" (memory a minute) and {CADENCE_SPM_PER_MPS:g} spm per m/s, with a slow drift of {DRIFT_SD_SPM:g} spm. Stride"
        f" times vary by a known CV, white or with long memory (d = {LONG_D:g}, α = {LONG_D + 0.5:g}). The device shows"
        " the rate of the last stride (none), of the last 5 or 10 s, or an exponential mean, and rounds it. Printed is"
        " the mean reading (%)."
    )
    followed = (
        f"Shares of {RUNNERS} runners (%). Runs of {SEASON_RUN_MINUTES} minutes, mean speeds apart by 0.3 m/s, the"
        f" runner's own CV apart by {100 * DAY_SD:g} % from run to run. Changed: the interval of the change since the"
        f" baseline leaves out 0. Likely: a change beyond {smallest:g} points at 66 % or more. At once: halfway;"
        " evenly: from run to run."
    )
    write(
        "cadence_variability", "What a watch's cadence tells of the variability of strides", intro,
        ["## What is read (%), cadence to 1 spm, and how two readings of one device compare", smoothing_table(),
         "## Steps: white strides, outdoors (%)", step_table(treadmill=False),
         "## Steps: white strides, treadmill (no change of speed, drift of 0.3 spm; %)", step_table(treadmill=True),
         "## Run-to-run standard deviation of a steady runner, in % of the reading", scatter_table(),
         f"## A season of {SEASON_RUNS} runs: the true CV stays at 2 %, or goes to 3 %", followed, season_table(),
         "## Alarms over a year, three runs a week", f"{WATCHED} runners a row (%).", alarm_table()],
    )  # fmt: skip
