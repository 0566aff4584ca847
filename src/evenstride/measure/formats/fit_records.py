"""The records of a FIT file → channels and per-leg columns in SI units, on one time base.

Which sensor speaks is decided here: native fields come before a pod's, and where both give per-leg values both are
kept, each under its own source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.formats.fit_decode import FitPart, Messages
from evenstride.measure.formats.fit_developer import LegColumn, developer_meanings
from evenstride.measure.formats.fit_profile import (
    CADENCE,
    COMPRESSED_SPEED_DISTANCE,
    FRACTIONAL_CADENCE,
    RECORD_CHANNELS,
    STANCE_TIME_BALANCE,
    Message,
    Scaled,
)
from evenstride.model import Floats, LegSeries, Note

OSCILLATION_M_MIN = 0.020
"""A trunk rises and falls by 3–15 cm; a median below this was written in centimetres where millimetres belong."""
_NOTHING_16, _NOTHING_31 = 65535.0, 2147483647.0  # what applications write into wider developer fields for "nothing"
_ZERO_IS_A_VALUE = frozenset({"power_w", "cadence_spm"})

_ABSENT = "A {0} app was installed, but its sensor was not there: its fields hold only zeros and are left out."
_WORDS = {"contact_time_s": "contact time", "vertical_oscillation_m": "vertical oscillation"}
_FROM_POD = "The pod's {0} stand in: the watch itself measured none."


@dataclass(frozen=True, kw_only=True)
class Records:
    """Every record of one part: times (n,) in seconds of FIT time, NaN where missing; all columns (n,)."""

    times: Floats
    channels: Mapping[str, Floats] = field(default_factory=dict)
    legs: Mapping[LegColumn, Floats] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def take(self, rows: NDArray[np.intp]) -> "Records":
        """Return only the given rows, in the given order."""
        if len(rows) == len(self.times) and (rows[1:] > rows[:-1]).all():
            return self
        return Records(
            times=self.times[rows],
            channels={name: values[rows] for name, values in self.channels.items()},
            legs={column: values[rows] for column, values in self.legs.items()},
            notes=self.notes,
        )

    def leg_series(self) -> tuple[LegSeries, ...]:
        """Return the per-leg columns as series; a side that is missing altogether leaves its series out."""
        series = []
        for column, left in self.legs.items():
            if column.side == "left":
                right = 1 - left if column.form == "share_left" else self.legs.get(column._replace(side="right"))
                if right is not None and np.isfinite(left + right).any():
                    metric, source, form, _, level = column
                    series.append(
                        LegSeries(metric=metric, source=source, form=form, t_s=self.times, left=left, right=right,
                                  level_channel=level)
                    )  # fmt: skip
        return tuple(series)


def read_records(part: FitPart, *, manufacturer: str | None) -> Records:
    """Return the records of one part.

    ``manufacturer`` is the maker of the recording device: the native balance in a Stryd's own file is a Duo's.
    """
    messages = part.get(Message.RECORD)
    channels = _native_channels(messages)
    pods, legs, notes = _developer_columns(messages)
    notes += _stand_in(channels, pods)
    balance = messages.numbers(STANCE_TIME_BALANCE) if STANCE_TIME_BALANCE in messages.field_numbers else None
    if balance is not None and (balance > 0).any():
        duo = manufacturer == "stryd" or any(column.source == "stryd_duo" for column in legs)
        source = "stryd_duo" if duo else "watch_balance"
        column = LegColumn("contact_time", source, "share_left", "left", "contact_time_s")
        legs = {column: _share(balance / 10_000)} | legs
    notes += _in_metres(channels)
    records = Records(times=messages.times(), channels=channels, legs=legs, notes=tuple(notes))
    return _complementary_rows_joined(records)


def _native_channels(messages: Messages) -> dict[str, Floats]:
    channels = {}
    for name, alternatives in RECORD_CHANNELS.items():
        values = [_scaled(messages, one) for one in alternatives if one.field in messages.field_numbers]
        if values:
            first, second = values[0], values[-1]
            channels[name] = first if len(values) == 1 else np.where(np.isnan(first), second, first)
    if CADENCE in messages.field_numbers:
        fraction = messages.numbers(FRACTIONAL_CADENCE) / 128
        channels["cadence_spm"] = messages.numbers(CADENCE) + np.nan_to_num(fraction)
    if COMPRESSED_SPEED_DISTANCE in messages.field_numbers:
        for name, packed in _unpacked_speed_distance(messages).items():
            channels[name] = np.where(np.isnan(channels[name]), packed, channels[name]) if name in channels else packed
    return channels


def _scaled(messages: Messages, scaled: Scaled) -> Floats:
    return messages.numbers(scaled.field) * scaled.factor + scaled.offset


def _unpacked_speed_distance(messages: Messages) -> dict[str, Floats]:
    """Twelve bits of speed (cm/s) and twelve of distance (1/16 m) that run over every 256 m."""
    packed = messages.bytes_of(COMPRESSED_SPEED_DISTANCE, 3).astype(np.int64)
    known = (packed != 0xFF).any(axis=1)
    low, middle, high = packed.T
    speed = np.where(known, (low | (middle & 0x0F) << 8) / 100, np.nan)
    counts = ((middle >> 4) | high << 4)[known]
    distance = np.full(len(packed), np.nan)
    distance[known] = (counts[:1].sum() + np.cumsum(np.diff(counts, prepend=counts[:1]) & 0xFFF)) / 16
    return {"speed_mps": speed, "distance_m": distance}


def _developer_columns(messages: Messages) -> tuple[dict[str, Floats], dict[LegColumn, Floats], list[Note]]:
    """Return the pods' channels, their per-leg columns, and a note for each pod that was absent."""
    meanings = developer_meanings(messages.developer_fields)
    columns: dict[str, dict[str | LegColumn, Floats]] = {}
    for key, meaning in meanings.items():
        values = messages.developer_numbers(key)
        values[(values == _NOTHING_16) | (values >= _NOTHING_31)] = np.nan
        of_sensor = columns.setdefault(meaning.sensor, {})
        if np.isfinite(values).any() or meaning.column not in of_sensor:
            of_sensor[meaning.column] = values * meaning.factor
    channels: dict[str, Floats] = {}
    legs: dict[LegColumn, Floats] = {}
    notes = []
    for sensor, found in columns.items():
        if not any((values > 0).any() for values in found.values()):
            notes.append(Note(code="sensor_absent", text=_ABSENT.format(sensor.capitalize())))
            continue
        for column, values in found.items():
            if isinstance(column, LegColumn):
                legs[column] = _leg_values(column, values)
            else:
                kept = values if column in _ZERO_IS_A_VALUE else np.where(values > 0, values, np.nan)
                channels.setdefault(column, kept)
    sides = [legs.get(LegColumn("contact_time", "runscribe", "per_leg", side)) for side in ("left", "right")]
    if sides[0] is not None and sides[1] is not None:
        channels.setdefault("contact_time_s", (sides[0] + sides[1]) / 2)
    return channels, legs, notes


def _leg_values(column: LegColumn, values: Floats) -> Floats:
    if column.form == "share_left":
        return _share(values)
    return values if column.metric == "pronation" else np.where(values > 0, values, np.nan)


def _share(values: Floats) -> Floats:
    return np.where((values > 0) & (values < 1), values, np.nan)


def _stand_in(channels: dict[str, Floats], pods: Mapping[str, Floats]) -> list[Note]:
    """Let the pod's channels stand in where the watch has none; say so for what the verdict rests on."""
    stood_in = [name for name in pods if name not in channels or not (channels[name] > 0).any()]
    for name in stood_in:
        channels[name] = pods[name]
    said = [_WORDS[name] for name in stood_in if name in _WORDS]
    return [Note(code="from_pod", text=_FROM_POD.format(" and ".join(said)))] if said else []


def _in_metres(channels: dict[str, Floats]) -> list[Note]:
    oscillation = channels.get("vertical_oscillation_m")
    if oscillation is None or not (oscillation > 0).any():
        return []
    if float(np.median(oscillation[oscillation > 0])) >= OSCILLATION_M_MIN:
        return []
    channels["vertical_oscillation_m"] = oscillation * 10
    return [Note(code="unit_assumed", text="Vertical oscillation was written in centimetres and read as such.")]


def _complementary_rows_joined(records: Records) -> Records:
    """Join neighbouring rows of one moment that fill each other's gaps: some writers split a record in two."""
    same = np.flatnonzero(records.times[1:] == records.times[:-1])
    if not len(same):
        return records
    conflict = np.zeros(len(same), bool)
    columns = [*records.channels.values(), *records.legs.values()]
    for values in columns:
        conflict |= np.isfinite(values[same]) & np.isfinite(values[same + 1])
    into = same[~conflict]
    into = into[np.diff(into, prepend=-2) > 1]  # of three rows of one moment the first two are joined
    if not len(into):
        return records
    filled = [values.copy() for values in columns]
    for values in filled:
        values[into] = np.where(np.isfinite(values[into]), values[into], values[into + 1])
    kept = np.delete(np.arange(len(records.times)), into + 1)
    n = len(records.channels)
    joined = Records(
        times=records.times,
        channels=dict(zip(records.channels, filled[:n], strict=True)),
        legs=dict(zip(records.legs, filled[n:], strict=True)),
        notes=records.notes,
    )
    return joined.take(kept)
