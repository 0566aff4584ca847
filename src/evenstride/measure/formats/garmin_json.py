"""Garmin Connect's own JSON of an activity: details (samples), with the summary and the laps when they come along.

The three are told apart by their content and belong together by their ``activityId``. Values stand in the unit that
the descriptor names; its ``factor`` relates that unit to Garmin's base unit and is not applied.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evenstride.errors import NotAnActivity, TooLarge
from evenstride.measure.formats.samples import (
    Table,
    activity_from,
    epoch_seconds,
    measurable,
    refuse_if_long,
    words,
)
from evenstride.model import Activity, Device, Floats, LegSeries, Loss

SENTENCE = (
    "Garmin Connect activity JSON: details with every channel and the contact balance; summary and laps beside it"
)

CHANNEL_OF = {
    "directSpeed": "speed_mps", "sumDistance": "distance_m", "directElevation": "altitude_m",
    "directLatitude": "latitude_deg", "directLongitude": "longitude_deg", "directHeartRate": "heart_rate_bpm",
    "directDoubleCadence": "cadence_spm", "directAirTemperature": "temperature_c", "directPower": "power_w",
    "directGroundContactTime": "contact_time_s", "directVerticalOscillation": "vertical_oscillation_m",
    "directStrideLength": "step_length_m",
}  # fmt: skip
"""Garmin's metric → channel. Its stride length in running is one step's (speed = it × steps per minute / 60)."""
BALANCE = "directGroundContactBalanceLeft"
TIME, ELAPSED, TIMER = "directTimestamp", "sumElapsedDuration", "sumDuration"
UNITS: Mapping[str, float] = {
    "second": 1.0, "ms": 1e-3, "gmt": 1e-3, "meter": 1.0, "centimeter": 0.01, "millimeter": 1e-3, "kilometer": 1e3,
    "mps": 1.0, "kph": 1 / 3.6, "mph": 0.44704, "foot": 0.3048, "mile": 1609.344, "dd": 1.0, "bpm": 1.0,
    "stepsPerMinute": 1.0, "celcius": 1.0, "celsius": 1.0, "watt": 1.0, "dimensionless": 1.0, "percent": 1.0,
}  # fmt: skip
"""Garmin's name of a unit → what one of it is in ours. A channel in any other unit is left out, and that is said."""
TIMER_STOOD_S_MIN = 2.0
"""Both clocks are cut to whole seconds: less than this is rounding."""

BRACKETS_MAX = 2_000_000
"""A sample has two: over eleven days at one per second."""

_MARKS = re.compile(rb'"(?:activityDetailMetrics|metricDescriptors|summaryDTO|lapDTOs)"\s*:')
_ACTIVITY_ID = re.compile(rb'"activityId"\s*:\s*(\d{1,20})')


def is_garmin_json(data: bytes) -> bool:
    """Whether this is JSON with the parts that only Garmin Connect's activities have."""
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _MARKS.search(data) is not None


def read_garmin_json(data: bytes) -> tuple[Activity, ...]:
    """Return the activity of one details file; see :func:`read_garmin_parts`."""
    return read_garmin_parts([("", data)])


def group_garmin(parts: Sequence[tuple[str, bytes]]) -> list[list[int]]:
    """Which files tell of one activity: those with one ``activityId``; a file without it stands alone."""
    groups: dict[object, list[int]] = {}
    for i, (_, data) in enumerate(parts):
        found = _ACTIVITY_ID.search(data)
        groups.setdefault(found.group(1) if found else i, []).append(i)
    return list(groups.values())


def read_garmin_parts(parts: Sequence[tuple[str, bytes]]) -> tuple[Activity, ...]:
    """Return the activity that details, summary and laps tell of together.

    Raises
    ------
    NotAnActivity
        There are no samples among the parts, or the text is no JSON.

    Examples
    --------
    >>> (run,) = read_garmin_json(b'''{"metricDescriptors": [{"metricsIndex": 0, "key": "directTimestamp",
    ...     "unit": {"key": "gmt"}}, {"metricsIndex": 1, "key": "directGroundContactBalanceLeft", "unit":
    ...     {"key": "dimensionless"}}], "activityDetailMetrics": [{"metrics": [1777874400000, 50.5]}]}''')
    >>> run.legs[0].left.tolist(), str(run.start)
    ([0.505], '2026-05-04 06:00:00+00:00')
    """
    merged: dict[str, Any] = {}
    losses: list[Loss] = []
    for _, data in parts:
        loaded, damaged = _loaded(data)
        losses += [_CUT_SHORT] if damaged else []
        for key, value in loaded.items():
            if not merged.get(key):
                merged[key] = value
    activity = activity_from(_table(merged, losses)) if _list(merged, "activityDetailMetrics") else None
    if activity is not None:
        return (activity,)
    if losses:
        raise NotAnActivity(
            "This JSON file is damaged or cut short before its first sample.", help="Download the activity again."
        )
    raise NotAnActivity(
        "This is a Garmin Connect summary or lap list: it has means only, no samples to judge.",
        help="Give the activity's details beside it, or best its original FIT file.",
    )


_CUT_SHORT = Loss(code="truncated", text="The JSON file is damaged or cut short; what stands before is read.")


def _loaded(data: bytes) -> tuple[dict[str, Any], bool]:
    """The outermost object, and whether it is damaged."""
    import json  # imported where used: a FIT file needs none of it

    refuse_if_long(data)
    if data.count(b"[") + data.count(b"{") > BRACKETS_MAX:  # each is an object of 64 bytes for one or two
        raise TooLarge("This JSON file holds more parts than any activity.", help="Download the activity again.")
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError):
        return _salvaged(data.decode("utf-8", "replace")), True
    return (loaded, False) if isinstance(loaded, dict) else ({}, True)


def _salvaged(text: str) -> dict[str, Any]:
    """The whole samples of details that were cut short, and the descriptors that explain them."""
    import json

    decode = json.JSONDecoder().raw_decode
    found: dict[str, Any] = {}
    try:
        head = re.search(r'"metricDescriptors"\s*:\s*', text)
        samples = re.search(r'"activityDetailMetrics"\s*:\s*\[\s*', text)
        if head is None or samples is None:
            return found
        found["metricDescriptors"] = decode(text, head.end())[0]
        rows = found["activityDetailMetrics"] = []
        at = samples.end()
        while True:
            row, at = decode(text, at)
            rows.append(row)
            separator = _SEPARATOR.match(text, at)
            at = separator.end() if separator else at
    except (ValueError, RecursionError):
        return found


_SEPARATOR = re.compile(r"[\s,]+")


def _table(merged: Mapping[str, Any], losses: Sequence[Loss]) -> Table:
    columns, unknown = _columns(merged)
    unread = [
        Loss(code="unknown_unit", text=f"{key} was left out: its unit {unit} is not known.")
        for key, unit in unknown.items()
    ]
    n = len(_list(merged, "activityDetailMetrics"))
    time_s = columns.get(TIME, np.full(n, np.nan))
    summary = _dict(merged, "summaryDTO")
    if not np.isfinite(time_s).any() and ELAPSED in columns:
        time_s = columns[ELAPSED] + epoch_seconds([str(summary.get("startTimeGMT", "1970-01-01"))])[0][0]
    channels = {channel: columns[key] for key, channel in CHANNEL_OF.items() if key in columns}
    if "cadence_spm" not in channels and "directRunCadence" in columns:
        channels["cadence_spm"] = 2.0 * (columns["directRunCadence"] + columns.get("directFractionalCadence", 0.0))
    return Table(
        format="garmin_json",
        time_s=time_s,
        channels=channels,
        legs=_legs(columns),
        pauses_s=_pauses(time_s, columns),
        laps_s=_laps(merged),
        sport=_sport(merged),
        device=_device(merged),
        losses=(*dict.fromkeys(losses), *unread),
    )


def _columns(merged: Mapping[str, Any]) -> tuple[dict[str, Floats], dict[str, str]]:
    samples = _list(merged, "activityDetailMetrics")
    wanted = {*CHANNEL_OF, BALANCE, TIME, ELAPSED, TIMER, "directRunCadence", "directFractionalCadence"}
    cells = [row.get("metrics") if isinstance(row, dict) else None for row in samples]
    rows: list[list[Any]] = [row if isinstance(row, list) else [] for row in cells]
    columns: dict[str, Floats] = {}
    unknown: dict[str, str] = {}
    for descriptor in _list(merged, "metricDescriptors"):
        if not isinstance(descriptor, dict):
            continue
        key, index = descriptor.get("key"), descriptor.get("metricsIndex")
        if not isinstance(key, str) or key not in wanted or key in columns:
            continue
        if not isinstance(index, int) or index < 0:
            continue
        unit = _dict(descriptor, "unit").get("key")
        if not isinstance(unit, str) or unit not in UNITS:
            unknown[key] = words(str(unit)) or "without a name"
            continue
        columns[key] = UNITS[unit] * _numbers([row[index] if index < len(row) else None for row in rows])
    return columns, unknown


def _numbers(cells: list[Any]) -> Floats:
    return measurable(np.array([_number(cell) for cell in cells], np.float64))


def _number(cell: object) -> float:
    if isinstance(cell, float):
        return cell
    try:
        return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else float("nan")
    except OverflowError:
        return float("nan")


def _legs(columns: Mapping[str, Floats]) -> tuple[LegSeries, ...]:
    if BALANCE not in columns:
        return ()
    left = 0.01 * columns[BALANCE]
    left = np.where((left > 0) & (left < 1), left, np.nan)
    series = LegSeries(metric="contact_time", source="watch_balance", form="share_left", t_s=left, left=left,
                       right=1.0 - left, level_channel="contact_time_s")  # fmt: skip
    return (series,)


def _pauses(time_s: Floats, columns: Mapping[str, Floats]) -> tuple[tuple[float, float], ...]:
    """Where the clock went on and the timer did not."""
    if ELAPSED not in columns or TIMER not in columns:
        return ()
    stood = np.diff(columns[ELAPSED]) - np.diff(columns[TIMER])
    at = np.flatnonzero((stood > TIMER_STOOD_S_MIN) & (stood < 86_400.0 * 7) & np.isfinite(np.diff(time_s)))
    return tuple((float(max(time_s[i + 1] - stood[i], time_s[i])), float(time_s[i + 1])) for i in at)


def _laps(merged: Mapping[str, Any]) -> tuple[tuple[float, float, str | None, float | None], ...]:
    laps = [lap for lap in _list(merged, "lapDTOs") if isinstance(lap, dict)]
    starts, _ = epoch_seconds([str(lap.get("startTimeGMT")) for lap in laps])
    found = []
    for lap, start in zip(laps, starts, strict=True):
        seconds, metres, kind = (
            _number(lap.get("elapsedDuration")),
            _number(lap.get("distance")),
            lap.get("intensityType"),
        )
        if not np.isfinite(seconds):
            seconds = _number(lap.get("duration"))
        found.append((float(start), float(start) + seconds, kind.lower() if isinstance(kind, str) else None, metres))
    return tuple(found)


def _sport(merged: Mapping[str, Any]) -> str | None:
    said = _dict(merged, "activityTypeDTO").get("typeKey")
    return said.lower() if isinstance(said, str) and said else None


def _device(merged: Mapping[str, Any]) -> Device:
    said = _dict(merged, "metadataDTO").get("manufacturer")
    return Device(manufacturer=said.lower() if isinstance(said, str) else None)


def _dict(value: Mapping[str, Any], key: str) -> dict[str, Any]:
    inner = value.get(key)
    return inner if isinstance(inner, dict) else {}


def _list(value: Mapping[str, Any], key: str) -> list[Any]:
    inner = value.get(key)
    return inner if isinstance(inner, list) else []
