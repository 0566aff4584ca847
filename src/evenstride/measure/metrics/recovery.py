"""How far heart rate falls in the minute after a hard end of running, where a file shows it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.metrics.running import RECORD_SPACING_S_MAX, RunningTime
from evenstride.model import Activity, Floats

RECOVERY_S = 60.0
RUNNING_BEFORE_S_MIN = 60.0
"""So much running without a stop before the end, else heart rate is still on its way (our own convention)."""
SINCE_START_S_MIN = 300.0
"""Before this heart rate has not answered the running yet (our own convention)."""
HARD_SHARE = 0.85
"""The end is hard when heart rate there is at least this share of the run's own highest (our own convention)."""
AT_END_S = 10.0
"""Heart rate at the end is the mean over so many seconds before it; a single beat says little."""
AFTER_HALF_S = 5.0
HIGHEST_PCT = 99.0
"""The run's highest heart rate is this percentile of its running: single wild values are the strap's."""


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """The fall of heart rate from ``at_bpm`` at the end of running (``end_s`` since the start) to 60 s later."""

    drop_bpm: float
    at_bpm: float
    end_s: float


def heart_rate_recovery(activity: Activity, time: RunningTime) -> Recovery | None:
    """Return the fall of heart rate over the 60 s after the last hard end of running; None where none can be told.

    Needs an end of a minute or more of running, five minutes or more into the recording, with heart rate at 85 % or
    more of the run's highest there, then a minute without running that is recorded to its end.

    Notes
    -----
    Works for watches that go on recording while the runner stands or walks; a brisk walk keeps it up. Does not work
    where the recording stops with the run, nor for runs that end with jogging. How far it falls depends on how high it
    was: only falls from a similar ``at_bpm`` compare. It is the runner's own measure and no sign of health or illness.

    >>> from datetime import datetime, timezone
    >>> from evenstride.measure.metrics.running import running_time
    >>> seconds = range(0, 500)
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=seconds, channels={
    ...     "cadence_spm": [170.0 if t < 400 else 0.0 for t in seconds],
    ...     "heart_rate_bpm": [170.0 if t < 400 else max(110.0, 170.0 - 0.5 * (t - 400)) for t in seconds]})
    >>> found = heart_rate_recovery(run, running_time(run))
    >>> round(found.drop_bpm), found.at_bpm, found.end_s
    (30, 170.0, 400.0)
    """
    heart_rate = activity.channels.get("heart_rate_bpm")
    if heart_rate is None or not np.isfinite(heart_rate).any():
        return None
    while_running = heart_rate[time.running & np.isfinite(heart_rate)]
    if not len(while_running):
        return None
    highest = float(np.percentile(while_running, HIGHEST_PCT))
    for last in reversed(_ends(time)):
        found = _after(heart_rate, time, int(last))
        if found is not None and found.at_bpm >= HARD_SHARE * highest:
            return found
    return None


def _ends(time: RunningTime) -> NDArray[np.intp]:
    """The records of running that are not followed by one."""
    running = time.running
    goes_on = np.append(running[1:], False)
    return np.flatnonzero(running & ~goes_on)


def _after(heart_rate: Floats, time: RunningTime, last: int) -> Recovery | None:
    """The fall after the stop behind a record of running, where a minute before and after it is as it must be."""
    t_s, running = time.t_s, time.running
    end = float(t_s[last] + time.seconds[last]) if last + 1 < len(t_s) else float(t_s[last])
    before = (t_s > end - RUNNING_BEFORE_S_MIN) & (t_s < end)
    after = (t_s >= end) & (t_s <= end + RECOVERY_S + AFTER_HALF_S)
    minute = after & (t_s <= end + RECOVERY_S)
    if end - t_s[0] < SINCE_START_S_MIN:
        return None
    if not running[before].all() or running[minute].any() or t_s[-1] < end + RECOVERY_S:
        return None
    whole = t_s[(t_s > end - RUNNING_BEFORE_S_MIN) & (t_s <= end + RECOVERY_S + AFTER_HALF_S)]
    if np.diff(whole, append=whole[-1]).max() > RECORD_SPACING_S_MAX:
        return None
    at_end = _mean(heart_rate[before & (t_s >= end - AT_END_S)])
    later = _mean(heart_rate[after & (t_s >= end + RECOVERY_S - AFTER_HALF_S)])
    return None if at_end is None or later is None else Recovery(drop_bpm=at_end - later, at_bpm=at_end, end_s=end)


def _mean(values: Floats) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else None
