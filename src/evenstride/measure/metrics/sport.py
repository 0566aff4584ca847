"""Is this activity a run?"""

import numpy as np

from evenstride.measure.metrics.running import CONTACT_TIME_S_RUNNING
from evenstride.model import Activity

SPEED_MPS_MAX = 7.0
"""Faster than this for half of the time is a wheel or a hill: the marathon's record is 5.9 m/s."""
CADENCE_SPM_RUN = (140.0, 240.0)
SPEED_MPS_RUN_MIN = 1.8
UNSAID_SPORTS = (None, "generic", "all", "other", "unknown")


def is_said_to_run(sport: str | None) -> bool | None:
    """What the file itself says: running in any of its words, another sport, or nothing (None).

    >>> is_said_to_run("running"), is_said_to_run("trail_running"), is_said_to_run("cycling"), is_said_to_run(None)
    (True, True, False, None)
    """
    if sport in UNSAID_SPORTS:
        return None
    return "run" in sport.lower() if sport else None


def looks_like_running(activity: Activity) -> bool:
    """Judge from speed, cadence and contact time while moving, where the file names no sport.

    >>> from datetime import datetime, timezone
    >>> ride = Activity(format="gpx", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=[0, 1],
    ...                 channels={"speed_mps": [9.0, 9.5]})
    >>> looks_like_running(ride)
    False
    """
    contact = _median_while_moving(activity, "contact_time_s")
    cadence = _median_while_moving(activity, "cadence_spm")
    speed = _median_while_moving(activity, "speed_mps")
    if speed is not None and speed > SPEED_MPS_MAX:
        return False
    if contact is not None:
        return CONTACT_TIME_S_RUNNING[0] < contact < CONTACT_TIME_S_RUNNING[1]
    # Without a cadence nothing tells a run from a ride at the same speed.
    return (
        cadence is not None
        and CADENCE_SPM_RUN[0] <= cadence <= CADENCE_SPM_RUN[1]
        and (speed is None or speed >= SPEED_MPS_RUN_MIN)
    )


def _median_while_moving(activity: Activity, channel: str) -> float | None:
    values = activity.channels.get(channel)
    if values is None:
        return None
    moving = values[np.isfinite(values) & (values > 0)]
    return float(np.median(moving)) if len(moving) else None
