"""Activity → the bytes of a FIT activity file, as a watch would have written it.

What a device does about a missing value is kept: a balance that is not there is written as 0, as watches and pods do,
and every other field as its invalid value. The numbers of the format stand in `fit_fields`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from fastcrc import crc16

from evenstride.errors import InvalidRequest
from evenstride.model import Activity, Floats, Lap, LegSeries
from evenstride.report import fit_fields as fit

RunScribeApplication = Literal["named", "unnamed"]


@dataclass(frozen=True)
class _Developer:
    """One developer field of the records, its values already in the activity's unit."""

    application: str
    name: str
    units: str
    field: fit.Field
    values: Floats


def encode_activity(activity: Activity, *, runscribe: RunScribeApplication = "named") -> bytes:
    """Return the activity as a FIT file: records, timer events, laps, session, with the device's own resolution.

    Keeps every channel and per-leg series that a watch, RunScribe or Stryd Duo writes; times are whole seconds. Leaves
    out what no field is known for (turning, loading rate, a pod's rows on a clock of their own) and serial numbers.

    Parameters
    ----------
    activity
        What was recorded.
    runscribe
        Which application wrote RunScribe's fields: the later one names them, the first one did not.

    Raises
    ------
    InvalidRequest
        A start before 1990, two sources for the one field of balance, or legs on another clock than the records.

    Examples
    --------
    >>> from datetime import datetime, timezone
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=[0.0, 1.0], sport="running",
    ...                channels={"speed_mps": [3.0, 3.1]})
    >>> encode_activity(run)[8:12]
    b'.FIT'
    """
    start = int(activity.start.timestamp()) - fit.FIT_EPOCH_S
    if start < 0:
        raise InvalidRequest("A FIT file cannot hold a start before 1990.", help="Give a later start.")
    if any(not np.array_equal(series.t_s, activity.t_s) for series in activity.legs):
        raise InvalidRequest(
            "Left and right have a clock of their own.", help="Bring them to the records' times first."
        )
    developer = _developer_fields(activity, runscribe)
    end_s = _end_s(activity)
    laps = activity.laps or (Lap(start_s=0.0, end_s=end_s, distance_m=_distance_m(activity, end_s)),)
    body = b"".join(
        (
            *_head(activity, start, developer),
            *_timeline(activity, start, laps, developer),
            *_tail(activity, start, laps),
        )
    )
    return framed(body)


def framed(body: bytes) -> bytes:
    """Return a whole FIT file around its messages: header, length and both checksums.

    >>> len(framed(b"")), framed(b"")[8:12]
    (16, b'.FIT')
    """
    header = bytes((fit.HEADER_SIZE, fit.PROTOCOL_VERSION)) + fit.PROFILE_VERSION.to_bytes(2, "little")
    header += len(body).to_bytes(4, "little") + b".FIT"
    whole = header + crc16.arc(header).to_bytes(2, "little") + body
    return whole + crc16.arc(whole).to_bytes(2, "little")


def _head(activity: Activity, start: int, developer: Sequence[_Developer]) -> list[bytes]:
    """Who wrote the file, and what its developer fields mean."""
    maker = fit.MANUFACTURERS.get(activity.device.manufacturer or "", fit.MANUFACTURERS["development"])
    name = activity.device.product or ""
    parts = [
        *message("file_id", {"type": fit.FILE_ACTIVITY, "manufacturer": maker, "time_created": start,
                              "product_name": name, "product": np.nan}),
        *message("file_creator", {"software_version": 100}),
        *message("device_info", {"timestamp": start, "device_index": 0, "manufacturer": maker,
                                  "software_version": 1.0, "product_name": name}),
    ]  # fmt: skip
    applications = list(dict.fromkeys(one.application for one in developer))
    if developer:
        ids = [bytes.fromhex(one) for one in applications]
        parts += message("developer_data_id", {"application_id": ids, "application_version": [100] * len(ids),
                                                "developer_data_index": list(range(len(ids)))})  # fmt: skip
        parts += message("field_description", {
            "developer_data_index": [applications.index(one.application) for one in developer],
            "field_definition_number": [one.field.number for one in developer],
            "fit_base_type_id": [fit.BASES[one.field.base][0] for one in developer],
            "field_name": [one.name for one in developer],
            "units": [one.units for one in developer],
            "native_mesg_num": [fit.RECORD_MESSAGE] * len(developer),
        })  # fmt: skip
    return parts


def _timeline(activity: Activity, start: int, laps: Sequence[Lap], developer: Sequence[_Developer]) -> list[bytes]:
    """Records in order of time, with the timer's starts and stops and the laps' ends between them."""
    timer = [(0.0, fit.TYPE_START)]
    for pause in activity.pauses:
        timer += [(pause.start_s, fit.TYPE_STOP_ALL), (pause.end_s, fit.TYPE_START)]
    timer.append((_end_s(activity), fit.TYPE_STOP_ALL))
    event_definition, events = message("event", {
        "timestamp": _stamps(start, [t for t, _ in timer]), "event": [fit.EVENT_TIMER] * len(timer),
        "event_type": [kind for _, kind in timer],
    })  # fmt: skip
    lap_definition, lap_rows = message("lap", _lap_columns(activity, start, laps))
    record_definition, records = message("record", _record_columns(activity, start), developer)
    size = len(records) // max(len(activity.t_s), 1)
    between = [(t, 1, row) for (t, _), row in zip(timer, _rows(events, len(timer)), strict=True)]
    between += [(lap.end_s, 0, row) for lap, row in zip(laps, _rows(lap_rows, len(laps)), strict=True)]
    between.sort(key=lambda one: one[:2])
    parts, done = [event_definition, lap_definition, record_definition], 0
    for at, (_, _, row) in zip(np.searchsorted(activity.t_s, [t for t, _, _ in between]), between, strict=True):
        parts += [records[done : int(at) * size], row]
        done = int(at) * size
    return [*parts, records[done:]]


def _tail(activity: Activity, start: int, laps: Sequence[Lap]) -> list[bytes]:
    end_s = _end_s(activity)
    whole = {"timestamp": _stamps(start, [end_s]), "total_timer_time": [_timer_s(activity, 0.0, end_s)]}
    session = whole | _means(activity, [(0.0, end_s)]) | {
        "message_index": [0], "event": [fit.EVENT_SESSION], "event_type": [fit.TYPE_STOP], "start_time": [start],
        "sport": [fit.SPORTS.get(activity.sport or "", np.nan)],
        "sub_sport": [fit.SUB_SPORTS.get(activity.sub_sport or "", np.nan)], "total_elapsed_time": [end_s],
        "total_distance": [_distance_m(activity, end_s)], "first_lap_index": [0], "num_laps": [len(laps)],
        "trigger": [0],
    }  # fmt: skip
    finished = whole | {"num_sessions": [1], "type": [fit.ACTIVITY_MANUAL], "event": [fit.EVENT_ACTIVITY],
                        "event_type": [fit.TYPE_STOP]}  # fmt: skip
    return [*message("session", session), *message("activity", finished)]


def _record_columns(activity: Activity, start: int) -> dict[str, Any]:
    columns: dict[str, Any] = {"timestamp": _stamps(start, activity.t_s)}
    columns |= {name: activity.channels[field.channel] for name, field in fit.PROFILE["record"][1].items()
                if field.channel in activity.channels}  # fmt: skip
    if "cadence_spm" in activity.channels:
        # FIT counts one foot: whole turns per minute in one field, 128ths in another.
        turns = np.rint(64.0 * activity.channels["cadence_spm"])
        columns["cadence"], columns["fractional_cadence"] = np.divmod(turns, 128.0)
    balance = _native_balance(activity)
    if balance is not None:
        columns["stance_time_balance"] = balance.left
    return columns


def _native_balance(activity: Activity) -> LegSeries | None:
    found = [one for one in activity.legs if one.metric == "contact_time" and one.form == "share_left"]
    if len(found) > 1:
        raise InvalidRequest(
            f"Two sources give a balance of contact time: {', '.join(one.source for one in found)}.",
            help="A FIT record has one field for it; keep one of them.",
        )
    return found[0] if found else None


def _developer_fields(activity: Activity, runscribe: RunScribeApplication) -> list[_Developer]:
    found: list[_Developer] = []
    for series in activity.legs:
        if series.source == "runscribe" and series.metric in fit.RUNSCRIBE:
            name, units, field = fit.RUNSCRIBE[series.metric]
            for leg, values, shift in (("L", series.left, 0), ("R", series.right, fit.RUNSCRIBE_RIGHT)):
                own = fit.Field(field.number + shift, field.base, field.scale, missing=field.missing)
                found.append(_Developer(fit.RUNSCRIBE_APPLICATIONS[runscribe], f"{name} {leg}", units, own, values))
        elif series.source == "stryd_duo" and series.metric in fit.STRYD_DUO:
            name, units, field = fit.STRYD_DUO[series.metric]
            found.append(_Developer(fit.STRYD_APPLICATION, name, units, field, series.left))
    for of, application, (name, units, field) in (
        ("runscribe", fit.RUNSCRIBE_APPLICATIONS[runscribe], fit.RUNSCRIBE_POWER),
        ("stryd_duo", fit.STRYD_APPLICATION, fit.STRYD_STIFFNESS),
    ):
        if any(series.source == of for series in activity.legs) and field.channel in activity.channels:
            found.append(_Developer(application, name, units, field, activity.channels[field.channel]))
    nameless = fit.RUNSCRIBE_APPLICATIONS["unnamed"]
    return [_Developer(one.application, "", "", one.field, one.values) if one.application == nameless else one
            for one in found]  # fmt: skip


def _lap_columns(activity: Activity, start: int, laps: Sequence[Lap]) -> dict[str, Any]:
    spans = [(lap.start_s, lap.end_s) for lap in laps]
    metres = [np.nan if lap.distance_m is None else lap.distance_m for lap in laps]
    trigger = fit.TRIGGER_MANUAL if any(lap.kind for lap in laps) else fit.TRIGGER_DISTANCE
    return _means(activity, spans) | {
        "timestamp": _stamps(start, [b for _, b in spans]), "start_time": _stamps(start, [a for a, _ in spans]),
        "message_index": list(range(len(laps))), "event": [fit.EVENT_LAP] * len(laps),
        "event_type": [fit.TYPE_STOP] * len(laps), "total_elapsed_time": [b - a for a, b in spans],
        "total_timer_time": [_timer_s(activity, a, b) for a, b in spans], "total_distance": metres,
        "intensity": [fit.INTENSITIES.get(lap.kind or "", np.nan) for lap in laps],
        "lap_trigger": [trigger] * (len(laps) - 1) + [fit.TRIGGER_SESSION_END],
        "sport": [fit.SPORTS.get(activity.sport or "", np.nan)] * len(laps),
    }  # fmt: skip


def _means(activity: Activity, spans: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Means of each span of time for the summaries; NaN where nothing was recorded."""
    balance = _native_balance(activity)
    first, last = (np.searchsorted(activity.t_s, edge) for edge in np.transpose(spans))
    columns = {}
    for name, (_, _, channel, *_) in fit.MEANS.items():
        values = activity.channels.get(channel)
        if not channel and balance is not None:
            values = balance.left
        if values is not None:
            known = np.isfinite(values)
            sums, counts = (np.append(0.0, np.cumsum(one)) for one in (np.where(known, values, 0.0), known))
            n = counts[last] - counts[first]
            columns[name] = np.where(n > 0, (sums[last] - sums[first]) / np.maximum(n, 1), np.nan)
    return columns


def _timer_s(activity: Activity, start_s: float, end_s: float) -> float:
    paused = (max(0.0, min(end_s, p.end_s) - max(start_s, p.start_s)) for p in activity.pauses)
    return end_s - start_s - sum(paused)


def _end_s(activity: Activity) -> float:
    ends = [lap.end_s for lap in activity.laps] + [pause.end_s for pause in activity.pauses]
    return float(max([*activity.t_s[-1:], *ends, 0.0]))


def _distance_m(activity: Activity, end_s: float) -> float:
    laps = [lap.distance_m for lap in activity.laps if lap.distance_m is not None]
    if laps and len(laps) == len(activity.laps):
        return float(sum(laps))
    distance = activity.channels.get("distance_m")
    known = np.isfinite(distance) if distance is not None else np.zeros(0, bool)
    return (
        float(np.interp(end_s, activity.t_s[known], distance[known]))
        if distance is not None and known.any()
        else np.nan
    )


def _stamps(start: int, t_s: Any) -> Floats:
    stamps: Floats = start + np.rint(np.asarray(t_s, dtype=np.float64))
    return stamps


def message(name: str, columns: Mapping[str, Any], developer: Sequence[_Developer] = ()) -> tuple[bytes, bytes]:
    """Return one kind of message of the profile: its definition, and all its rows, a column of values per field.

    >>> definition, rows = message("file_creator", {"software_version": 100})
    >>> rows.hex()
    '016400'
    """
    local, (number, profile) = list(fit.PROFILE).index(name), fit.PROFILE[name]
    fields = [profile[column] for column in columns]
    indices = list(dict.fromkeys(one.application for one in developer))
    dtype = np.dtype(
        [("header", "u1"), *((f"n{f.number}", fit.BASES[f.base][1]) for f in fields)]
        + [(f"d{i}", fit.BASES[one.field.base][1]) for i, one in enumerate(developer)]
    )
    rows = np.zeros(len(np.atleast_1d(next(iter(columns.values())))), dtype)
    rows["header"] = local
    definition = bytes((0x40 | (0x20 if developer else 0) | local, 0, 0)) + number.to_bytes(2, "little")
    definition += bytes((len(fields),))
    for field, values in zip(fields, columns.values(), strict=True):
        rows[f"n{field.number}"] = _stored(values, field)
        definition += bytes((field.number, dtype[f"n{field.number}"].itemsize, fit.BASES[field.base][0]))
    if developer:
        definition += bytes((len(developer),))
    for i, one in enumerate(developer):
        rows[f"d{i}"] = _stored(one.values, one.field)
        definition += bytes((one.field.number, dtype[f"d{i}"].itemsize, indices.index(one.application)))
    return definition, rows.tobytes()


def _stored(values: Any, field: fit.Field) -> Any:
    """Values as the field keeps them; what does not fit into its type is invalid."""
    _, dtype, invalid = fit.BASES[field.base]
    if field.base in fit.STRINGS:
        size = np.dtype(dtype).itemsize
        return np.array([_cut(text, size) for text in np.atleast_1d(values)], dtype)
    if field.base == "uuid":
        return np.array(values, dtype)
    numbers = np.atleast_1d(np.asarray(values, dtype=np.float64))
    stored = (numbers + field.offset) * field.scale
    if field.base != "float32":
        stored = np.rint(stored)
        limits = np.iinfo(dtype)
        stored = np.where((stored >= limits.min) & (stored <= limits.max), stored, invalid)
    missing = invalid if field.missing is None else field.missing
    return np.where(np.isnan(numbers), missing, stored).astype(dtype)


def _cut(text: str, size: int) -> bytes:
    """UTF-8 that leaves room for the final zero and does not end inside a character."""
    return text.encode()[: size - 1].decode(errors="ignore").encode()


def _rows(data: bytes, n: int) -> list[bytes]:
    size = len(data) // max(n, 1)
    return [data[i * size : (i + 1) * size] for i in range(n)]
