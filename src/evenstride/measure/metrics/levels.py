"""Levels of both legs together while running: what a run looked like, whether or not it has left and right."""

from collections.abc import Mapping

import numpy as np

from evenstride.measure.metrics.running import RunningTime
from evenstride.model import Activity

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

    >>> from datetime import datetime, timezone
    >>> from evenstride.measure.metrics.running import running_time
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=[0, 1, 2],
    ...                channels={"cadence_spm": [170.0, 172.0, 60.0]})
    >>> dict(summary_levels(run, running_time(run)))
    {'cadence_spm': 171.0}
    """
    levels = {}
    for name, channel in LEVELS.items():
        values = activity.channels.get(channel)
        if values is None:
            continue
        weights = np.where(time.running & np.isfinite(values), time.seconds, 0.0)
        total = float(weights.sum())
        if total > 0:
            levels[name] = float(np.dot(weights, np.nan_to_num(values)) / total)
    if "step_length_m" not in levels and {"speed_mps", "cadence_spm"} <= levels.keys() and levels["cadence_spm"] > 0:
        levels["step_length_m"] = 60.0 * levels["speed_mps"] / levels["cadence_spm"]
    return levels
