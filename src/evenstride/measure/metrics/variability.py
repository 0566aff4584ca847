"""How steady the cadence of a run was, from what a watch writes every second or two."""

from math import exp, pi, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.metrics.conditions import KNOWN_SHARE, speed_mps
from evenstride.measure.metrics.running import CADENCE_SPM_RUNNING, Mask, RunningTime
from evenstride.model import Activity, Floats

WINDOW_S = 60.0
EDGE_S = 10.0
"""Devices smooth over up to so long: next to a stop, a start or a hole a reading holds some of what is beyond."""
SPACING_S_MAX = 2.0
"""Recording on change writes a record where something moved, and its minutes are not like those between."""
DENSE_SHARE = 0.9
WINDOWS_MIN = 10
KEPT_SHARE = 0.8
"""The fifth of the minutes that varies most is surges, corners, lost sensors (our own convention)."""
CADENCE_SPM_MAX = 250.0
STEPS_SPM = (2.0, 1.0, 0.5, 0.25)
"""Whole strides, halves …: what devices write, coarsest first."""
ON_STEP_SHARE = 0.99
SPREAD_STEPS_MIN = 0.15
"""Below this the spread is told by few jumps from one step to the next."""
ALL_SPREAD_STEPS_MIN = 0.45
"""Readings that lie this far apart in all meet the step at every phase, as the correction asks."""
_STRAIGHT_STEPS = 0.2
_LEAST = 1e-9


class _Windows(NamedTuple):
    """Records ``at`` (k,) that are part of a window, the window of each (k,), and how many there are in each (m,)."""

    at: NDArray[np.intp]
    which: NDArray[np.intp]
    n_readings: Floats

    def centred(self, values: Floats) -> Floats:
        return values - (self.sums(values) / self.n_readings)[self.which]

    def sums(self, values: Floats) -> Floats:
        return np.asarray(np.bincount(self.which, values, len(self.n_readings)), dtype=np.float64)


def cadence_cv_pct(activity: Activity, time: RunningTime, grade_pct: Floats | None = None) -> float | None:
    """Return the spread of cadence within minutes of uninterrupted running, in percent of its mean.

    What goes along with speed and ``grade_pct`` (n,) within a minute is taken out, and so is what the step of the
    readings adds. None where nothing can be said: records more than two seconds apart, fewer than ten such minutes, a
    step too coarse for the spread, or a row per stride, which tells the variability itself.

    Notes
    -----
    Works for changes of one runner on one device. Does not work as the variability of stride times: a device that
    smooths over five or ten seconds shows a third or a quarter of it (docs/methods/cadence-variability.md).

    >>> from datetime import datetime, timezone
    >>> from evenstride.measure.metrics.running import running_time
    >>> t_s = np.arange(720.0)
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=t_s,
    ...                channels={"cadence_spm": 170 + 1.7 * np.sqrt(2) * np.sin(t_s)})
    >>> round(cadence_cv_pct(run, running_time(run)), 2)
    1.01
    """
    cadence = activity.channels.get("cadence_spm")
    if cadence is None or not _is_dense(time) or any(one.metric == "stride_time" for one in activity.legs):
        return None
    windows = _windows(time, time.running & (cadence >= CADENCE_SPM_RUNNING) & (cadence < CADENCE_SPM_MAX))
    if len(windows.n_readings) < WINDOWS_MIN:
        return None
    told = cadence[windows.at]
    beside = (one for one in (speed_mps(activity), grade_pct) if one is not None)
    variances = _unexplained(told, tuple(_bridged(time.t_s, one, windows.at) for one in beside), windows)
    step = _step(told)
    spread = _without_step(float(np.sort(variances)[: int(KEPT_SHARE * len(variances))].mean()), step)
    if spread < max(SPREAD_STEPS_MIN * step, _LEAST) or float(told.std()) < ALL_SPREAD_STEPS_MIN * step:
        return None
    return 100.0 * spread / float(told.mean())


def _is_dense(time: RunningTime) -> bool:
    seconds = time.seconds[time.running]
    return float(seconds[seconds <= SPACING_S_MAX].sum()) >= DENSE_SHARE * float(seconds.sum())


def _windows(time: RunningTime, good: Mask) -> _Windows:
    """Whole minutes of good records without a hole, none of them next to anything else."""
    t_s = time.t_s
    joined = np.concatenate(([False], good[1:] & good[:-1] & (np.diff(t_s) <= SPACING_S_MAX), [False]))
    starts, lasts = np.flatnonzero(good & ~joined[:-1]), np.flatnonzero(good & ~joined[1:])
    whole = np.maximum((t_s[lasts] - t_s[starts] - 2.0 * EDGE_S) // WINDOW_S, 0.0)
    at = np.flatnonzero(good)
    stretch = np.repeat(np.arange(len(starts)), lasts - starts + 1)
    window = (t_s[at] - t_s[starts][stretch] - EDGE_S) // WINDOW_S
    inside = (window >= 0) & (window < whole[stretch])
    which = (window + (np.cumsum(whole) - whole)[stretch])[inside].astype(np.intp)
    n_readings = np.bincount(which, minlength=int(whole.sum())).astype(np.float64)
    return _Windows(at=at[inside], which=which, n_readings=n_readings)


def _bridged(t_s: Floats, values: Floats, at: NDArray[np.intp]) -> Floats:
    """The values at these records, straight over what is missing; 0 where too little is known."""
    told = values[at]
    known = np.isfinite(told)
    if known.all():
        return told
    if known.sum() < KNOWN_SHARE * len(told):
        return np.zeros(len(at))
    return np.interp(t_s[at], t_s[at][known], told[known])


def _unexplained(values: Floats, beside: tuple[Floats, ...], windows: _Windows) -> Floats:
    """The variance within each window of what does not go along with the quantities beside it, (m,)."""
    rest, free = windows.centred(values), windows.n_readings - 1.0
    taken: list[tuple[Floats, Floats]] = []
    for quantity in beside:
        own = windows.centred(quantity)
        for other, power in taken:
            own = own - (windows.sums(own * other) / power)[windows.which] * other
        power = windows.sums(own * own)
        moves = power > _LEAST
        power = np.where(moves, power, 1.0)
        own = own * moves[windows.which]
        rest = rest - (windows.sums(rest * own) / power)[windows.which] * own
        free = free - moves
        taken.append((own, power))
    return windows.sums(rest * rest) / free


def _step(values: Floats) -> float:
    """The coarsest step of which nearly all readings are multiples; 0 where there is none."""
    for step in STEPS_SPM:
        turns = values / step
        if np.count_nonzero(np.abs(turns - np.rint(turns)) < 0.01) >= ON_STEP_SHARE * len(values):
            return step
    return 0.0


def _without_step(variance: float, step: float) -> float:
    """The standard deviation of what was read in steps, from the variance of the readings.

    Readings of means that lie anywhere between two steps vary by s² + 1/12 − exp(−4π²s²)/2π² + …, in steps: nearly
    Sheppard's 1/12 for a wide spread, and s/√π for a narrow one, where Sheppard's correction would leave nothing.

    >>> round(_without_step(25.0 + 1 / 12, 1.0), 3), round(_without_step(0.1 / sqrt(pi), 1.0), 3)
    (5.0, 0.1)
    """
    if step == 0.0:
        return sqrt(variance)
    read = variance / step**2
    if read <= _STRAIGHT_STEPS / sqrt(pi):
        return step * read * sqrt(pi)
    s2 = read
    for _ in range(50):
        s2 = max(read - 1.0 / 12.0 + exp(-4.0 * pi**2 * s2) / (2.0 * pi**2), _STRAIGHT_STEPS**2)
    return step * sqrt(s2)
