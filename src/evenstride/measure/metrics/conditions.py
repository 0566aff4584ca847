"""Under which conditions each record was run: speed, grade, turning, elapsed time.

All windows are in seconds and centred; records may be unevenly spaced. A condition that the activity does not tell for
at least :data:`KNOWN_SHARE` of its records is absent; shorter gaps are bridged in a straight line.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.metrics.running import RECORD_SPACING_S_MAX
from evenstride.model import Activity, Floats

KNOWN_SHARE = 0.8
GRADE_HALF_WINDOW_S = 15.0
"""A barometer's steps and a satellite's noise need half a minute of running before a slope is a slope."""
GRADE_PCT_MAX = 40.0
TURN_HALF_WINDOW_S = 5.0
"""Ten seconds of running is about the quarter of a track's bend: long enough for a heading, short enough to see it."""
HEADING_SPEED_MPS_MIN = 0.8
METRES_PER_DEGREE = 111_195.0


def run_conditions(activity: Activity, running: NDArray[np.bool_] | None = None) -> Mapping[str, Floats]:
    """Return what is known of ``speed_mps``, ``grade_pct``, ``turn_dps`` (positive left), each (n,), without NaN.

    How much must be known is asked of the ``running`` records (all when omitted): who stands has no heading.
    """
    found = {}
    if len(activity.t_s) > 1:
        for name, function in CONDITIONS.items():
            values = function(activity)
            bridged = None if values is None else _bridged(activity.t_s, values, running)
            if bridged is not None:
                found[name] = bridged
    return found


def speed_mps(activity: Activity) -> Floats | None:
    """Speed as recorded, or from distance where only that is known."""
    speed = activity.channels.get("speed_mps")
    if speed is not None:
        return speed
    distance = activity.channels.get("distance_m")
    return None if distance is None else _rate(activity.t_s, distance, TURN_HALF_WINDOW_S)


def grade_pct(activity: Activity) -> Floats | None:
    """Rise per distance over half a minute, from altitude and distance (or speed)."""
    if "grade_pct" in activity.channels:
        return activity.channels["grade_pct"]
    altitude, speed = activity.channels.get("altitude_m"), speed_mps(activity)
    if altitude is None or speed is None:
        return None
    t_s = activity.t_s
    altitude, speed = _bridged(t_s, altitude), _bridged(t_s, speed)
    if altitude is None or speed is None:
        return None
    seconds = np.minimum(np.diff(t_s), RECORD_SPACING_S_MAX)  # nobody runs on through a pause
    way = np.concatenate(([0.0], np.cumsum(0.5 * (speed[1:] + speed[:-1]) * seconds)))
    rise, run = _difference(t_s, altitude, GRADE_HALF_WINDOW_S), _difference(t_s, way, GRADE_HALF_WINDOW_S)
    with np.errstate(divide="ignore", invalid="ignore"):
        grade = np.where(run > GRADE_HALF_WINDOW_S * HEADING_SPEED_MPS_MIN, 100.0 * rise / run, np.nan)
    return np.clip(grade, -GRADE_PCT_MAX, GRADE_PCT_MAX)


def turn_dps(activity: Activity) -> Floats | None:
    """Rate of change of the heading over ten seconds, positive to the left (anticlockwise), from positions."""
    if "turn_dps" in activity.channels:
        return activity.channels["turn_dps"]
    latitude, longitude = activity.channels.get("latitude_deg"), activity.channels.get("longitude_deg")
    if latitude is None or longitude is None or np.isnan(latitude).all():
        return None
    north, east = _bridged(activity.t_s, latitude), _bridged(activity.t_s, longitude)
    if north is None or east is None:
        return None
    east = np.unwrap(east, period=360.0) * np.cos(np.deg2rad(np.median(north)))
    way = METRES_PER_DEGREE * (
        _difference(activity.t_s, east, TURN_HALF_WINDOW_S) + 1j * _difference(activity.t_s, north, TURN_HALF_WINDOW_S)
    )
    before, after = _shifted(activity.t_s, way, -TURN_HALF_WINDOW_S), _shifted(activity.t_s, way, TURN_HALF_WINDOW_S)
    turn = np.rad2deg(np.angle(after * np.conj(before))) / (2 * TURN_HALF_WINDOW_S)
    slow = np.minimum(np.abs(before), np.abs(after)) < 2 * TURN_HALF_WINDOW_S * HEADING_SPEED_MPS_MIN
    return np.where(slow, np.nan, turn)


CONDITIONS: Mapping[str, Callable[[Activity], Floats | None]] = {
    "speed_mps": speed_mps,
    "grade_pct": grade_pct,
    "turn_dps": turn_dps,
}
"""The conditions that can be separated, by name; elapsed time needs no reading."""


def _bridged(t_s: Floats, values: Floats, running: NDArray[np.bool_] | None = None) -> Floats | None:
    known = np.isfinite(values)
    if known.all():
        return values
    asked = known if running is None else known[running]
    share = asked.mean() if len(asked) else 0.0
    return None if share < KNOWN_SHARE else np.interp(t_s, t_s[known], values[known])


def _shifted(t_s: Floats, values: NDArray[Any], by_s: float) -> NDArray[Any]:
    shifted: NDArray[Any] = np.interp(t_s + by_s, t_s, values)
    return shifted


def _difference(t_s: Floats, values: Floats, half_window_s: float) -> Floats:
    difference: Floats = _shifted(t_s, values, half_window_s) - _shifted(t_s, values, -half_window_s)
    return difference


def _rate(t_s: Floats, values: Floats, half_window_s: float) -> Floats | None:
    bridged = _bridged(t_s, values)
    if bridged is None:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        return _difference(t_s, bridged, half_window_s) / _difference(t_s, t_s, half_window_s)
