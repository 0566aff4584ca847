"""Levels of both legs together while running: what a run looked like, whether or not it has left and right."""

from collections.abc import Mapping

import numpy as np

from evenstride.measure.metrics.running import RunningTime
from evenstride.model import Activity

RUNNING_S_MIN = 60.0
"""Fewer seconds of running are the edges of something else: a walk would be summed up by its few quick steps."""
LEVELS: Mapping[str, str] = {
    "cadence_spm": "cadence_spm",
    "contact_time_s": "contact_time_s",
    "vertical_oscillation_m": "vertical_oscillation_m",
    "step_length_m": "step_length_m",
    "speed_mps": "speed_mps",
    "heart_rate_bpm": "heart_rate_bpm",
    "power_w": "power_w",
    "temperature_c": "temperature_c",
}
"""Name in the summary → channel."""


def summary_levels(activity: Activity, time: RunningTime) -> Mapping[str, float]:
    """Time-weighted means over the seconds of running; a level that was not recorded is absent.

    Speed is distance gained over time where the distance is known: the speed written beside it is smoothed and lags.
    Nothing is said of less than a minute of running.

    >>> from datetime import datetime, timezone
    >>> from evenstride.measure.metrics.running import running_time
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=range(0, 72, 8),
    ...                channels={"cadence_spm": [170.0, 172.0] * 4 + [60.0]})
    >>> dict(summary_levels(run, running_time(run)))
    {'cadence_spm': 171.0}
    """
    levels: dict[str, float] = {}
    if float(time.seconds[time.running].sum()) < RUNNING_S_MIN:
        return levels
    for name, channel in LEVELS.items():
        values = activity.channels.get(channel)
        if values is None:
            continue
        weights = np.where(time.running & np.isfinite(values), time.seconds, 0.0)
        total = float(weights.sum())
        if total > 0:
            levels[name] = float(np.dot(weights, np.nan_to_num(values)) / total)
    gained = _metres_per_second(activity, time)
    if gained is not None:
        levels["speed_mps"] = gained
    if "step_length_m" not in levels and {"speed_mps", "cadence_spm"} <= levels.keys() and levels["cadence_spm"] > 0:
        levels["step_length_m"] = 60.0 * levels["speed_mps"] / levels["cadence_spm"]
    return levels


def _metres_per_second(activity: Activity, time: RunningTime) -> float | None:
    distance = activity.channels.get("distance_m")
    if distance is None or len(distance) < 2:
        return None
    gained = np.diff(distance)
    counted = time.running[:-1] & (time.seconds[:-1] > 0) & np.isfinite(gained) & (gained >= 0)
    seconds = float(time.seconds[:-1][counted].sum())
    metres = float(gained[counted].sum())
    # Where distance is written only now and then, the recorded speed knows more.
    enough = seconds > 0.8 * float(time.seconds[time.running].sum())
    return metres / seconds if enough and metres > 0 else None
