"""Any table with a row per second or per record, by a map from its columns to channels and legs.

Known tables are rows of :data:`KNOWN_MAPS` and are recognised by their header; a person's own map is a TOML text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

import numpy as np

from evenstride.errors import InvalidRequest, NotAnActivity
from evenstride.measure.formats.delimited import TextTable, header_of, read_table
from evenstride.measure.formats.samples import NO_ZONE, Table, activity_from, epoch_seconds
from evenstride.model import CHANNELS, METRICS, Activity, Device, Floats, LegSeries, Note

SENTENCE = "CSV with a row per second: known tables by their header, any other with a column map"

TimeUnit = Literal["s", "ms", "iso"]
SENTINELS = (65535.0, 2147483647.0, 4294967295.0)
"""What watches write for "no value" in fields of 16 and 32 bits. (255 is a contact time as well.)"""
EPOCH_FROM_S = 1e8
"""Times beyond this count from 1970, not from the start of the run."""
NO_DATE = Note(code="no_date", text="The file has no date; it is taken as 1 January 1970.")


@dataclass(frozen=True, kw_only=True)
class CsvColumn:
    """A column and how its numbers become ours: ``scale · number + offset``."""

    column: str
    scale: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, kw_only=True)
class CsvLegs:
    """One per-leg quantity: the left leg's share (0–1 after scaling), or a column for each leg."""

    metric: str
    source: str
    share_left: CsvColumn | None = None
    left: CsvColumn | None = None
    right: CsvColumn | None = None
    level_channel: str | None = None

    def __post_init__(self) -> None:
        if (self.share_left is None) == (self.left is None) or (self.left is None) != (self.right is None):
            raise InvalidRequest(
                f"The legs of {self.metric} need either share_left, or left and right.", help="See docs/formats.md."
            )
        if self.metric not in METRICS:
            raise InvalidRequest(f"There is no metric {self.metric}.", help=f"It can be {', '.join(METRICS)}.")


@dataclass(frozen=True, kw_only=True)
class CsvMap:
    """How to read one kind of table.

    ``time`` is the column of times in ``time_unit``; ``date`` optionally one of ISO 8601 dates when ``time`` only
    counts from the start. Names of columns are compared in lower case. A column that a table lacks is left out.
    """

    time: str
    time_unit: TimeUnit = "s"
    date: str | None = None
    channels: Mapping[str, CsvColumn] = field(default_factory=dict)
    legs: tuple[CsvLegs, ...] = ()
    recognised_by: frozenset[str] = frozenset()
    sport: str | None = None
    device: Device = Device()

    def __post_init__(self) -> None:
        unknown = self.channels.keys() - CHANNELS.keys()
        if unknown:
            raise InvalidRequest(f"There is no channel {sorted(unknown)[0]}.", help=f"It can be {', '.join(CHANNELS)}.")
        if self.time_unit not in get_args(TimeUnit):
            raise InvalidRequest(f"There is no time unit {self.time_unit}.", help='It can be "s", "ms" or "iso".')
        levels = {legs.level_channel for legs in self.legs} - {None} - self.channels.keys()
        if levels:
            raise InvalidRequest(
                f"The level channel {sorted(filter(None, levels))[0]} is not mapped.", help="Add it under [channels]."
            )

    def columns(self) -> frozenset[str]:
        """Every column the map names, in lower case."""
        legs = [side for one in self.legs for side in (one.share_left, one.left, one.right)]
        named = [self.time, self.date, *(one.column for one in (*self.channels.values(), *legs) if one is not None)]
        return frozenset(name.lower() for name in named if name)


KNOWN_MAPS: Mapping[str, CsvMap] = MappingProxyType({
    "garmin_stryd_1hz": CsvMap(
        time="elapsed_seconds",
        date="date_time",
        sport="running",
        device=Device(manufacturer="garmin"),
        recognised_by=frozenset({"elapsed_seconds", "date_time", "hrm_stance_time", "hrm_stance_time_balance"}),
        channels={
            "distance_m": CsvColumn(column="distance"),
            "speed_mps": CsvColumn(column="enhanced_speed"),
            "altitude_m": CsvColumn(column="enhanced_altitude"),
            "latitude_deg": CsvColumn(column="position_lat", scale=180.0 / 2**31),
            "longitude_deg": CsvColumn(column="position_long", scale=180.0 / 2**31),
            "heart_rate_bpm": CsvColumn(column="hrm_heart_rate"),
            "cadence_spm": CsvColumn(column="hrm_cadence_sum", scale=2.0),
            "contact_time_s": CsvColumn(column="hrm_stance_time", scale=1e-3),
            "contact_time_percent": CsvColumn(column="hrm_stance_time_percent"),
            "vertical_oscillation_m": CsvColumn(column="hrm_vertical_oscillation", scale=1e-3),
            "step_length_m": CsvColumn(column="hrm_step_length", scale=1e-3),
            "power_w": CsvColumn(column="stryd_power"),
            "leg_stiffness_knpm": CsvColumn(column="stryd_leg_spring_stiffness"),
            "turn_dps": CsvColumn(column="turn_rate"),
            "grade_pct": CsvColumn(column="incline_pct_grade"),
        },
        legs=(
            CsvLegs(metric="contact_time", source="watch_balance", level_channel="contact_time_s",
                    share_left=CsvColumn(column="hrm_stance_time_balance", scale=0.01)),
        ),
    ),
})  # fmt: skip
"""Tables that are recognised by their header: a chest strap and a pod side by side, once per second."""


def is_known_csv(data: bytes) -> bool:
    """Whether the header is that of a table in :data:`KNOWN_MAPS`."""
    return _known_map(data) is not None


def read_known_csv(data: bytes) -> tuple[Activity, ...]:
    """Return the run of a table that is recognised by its header."""
    known = _known_map(data)
    if known is None:
        raise NotAnActivity("This table is not known.", help="Give a column map (docs/formats.md).")
    return read_csv(data, known)


def read_csv(data: bytes, csv_map: CsvMap) -> tuple[Activity, ...]:
    """Return the run of a table, read by a column map.

    Raises
    ------
    NotAnActivity
        The table lacks the time column, or no row has a readable time.

    Examples
    --------
    >>> by = CsvMap(time="t", channels={"contact_time_s": CsvColumn(column="gct", scale=0.001)},
    ...             legs=(CsvLegs(metric="contact_time", source="my_strap",
    ...                           share_left=CsvColumn(column="left", scale=0.01)),))
    >>> (run,) = read_csv(b"t;GCT;left\\n0;250;50,2\\n1;251;0\\n", by)
    >>> run.channels["contact_time_s"].tolist(), run.legs[0].left.round(4).tolist()
    ([0.25, 0.251], [0.502, nan])
    """
    wanted = csv_map.columns()
    table = read_table(data, keep=wanted.__contains__)
    if csv_map.time.lower() not in table.columns:
        raise NotAnActivity(
            f"This table has no column {csv_map.time}.", help="Name the column of times in the column map."
        )
    time_s, notes = _clock(table, csv_map)
    channels = {
        channel: _numbers(table, column)
        for channel, column in csv_map.channels.items()
        if column.column.lower() in table.columns
    }
    legs = [_legs(table, one) for one in csv_map.legs]
    activity = activity_from(
        Table(
            format="csv",
            time_s=time_s,
            channels=channels,
            legs=tuple(one for one in legs if one is not None),
            sport=csv_map.sport,
            device=csv_map.device,
            notes=notes,
            losses=table.losses,
        )
    )
    if activity is None:
        raise NotAnActivity(
            f"No row of this table has a readable time in {csv_map.time}.", help="Check time_unit in the column map."
        )
    return (activity,)


def read_csv_map(toml_text: str) -> CsvMap:
    """Return the column map that a TOML text describes.

    Raises
    ------
    InvalidRequest
        With what is wrong, in one sentence.

    Examples
    --------
    >>> by = read_csv_map('''
    ... time = "seconds"
    ... [channels]
    ... speed_mps = "speed"
    ... contact_time_s = {column = "gct", scale = 0.001}
    ... [[legs]]
    ... metric = "contact_time"
    ... source = "my_strap"
    ... share_left = {column = "balance", scale = 0.01}
    ... ''')
    >>> by.channels["contact_time_s"].scale, by.legs[0].source
    (0.001, 'my_strap')
    """
    import tomllib  # imported where used: a FIT file needs none of it

    try:
        said = tomllib.loads(toml_text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InvalidRequest(f"The column map is no TOML: {error}.", help="See docs/formats.md.") from None
    _check_keys(said, {"time", "time_unit", "date", "sport", "channels", "legs"}, "the column map")
    if not isinstance(said.get("time"), str):
        raise InvalidRequest("The column map names no time column.", help='Add a line such as time = "seconds".')
    channels, legs = said.get("channels", {}), said.get("legs", [])
    if not isinstance(channels, dict) or not isinstance(legs, list):
        raise InvalidRequest("channels is a table and legs a list of tables.", help="See docs/formats.md.")
    return CsvMap(
        time=said["time"],
        time_unit=said.get("time_unit", "s"),
        date=_text(said, "date"),
        sport=_text(said, "sport"),
        channels={name: _column(value, name) for name, value in channels.items()},
        legs=tuple(_legs_of(one) for one in legs),
    )


def _known_map(data: bytes) -> CsvMap | None:
    header = set(header_of(data))
    return next((known for known in KNOWN_MAPS.values() if known.recognised_by.issubset(header)), None)


def _numbers(table: TextTable, column: CsvColumn) -> Floats:
    raw = table.numbers(column.column.lower())
    scaled: Floats = column.scale * np.where(np.isin(raw, SENTINELS), np.nan, raw) + column.offset
    return scaled


def _clock(table: TextTable, csv_map: CsvMap) -> tuple[Floats, tuple[Note, ...]]:
    key = csv_map.time.lower()
    if csv_map.time_unit == "iso":
        time_s, no_zone = epoch_seconds(table.columns[key])
        return time_s, (NO_ZONE,) if no_zone else ()
    time_s = table.numbers(key) * (1e-3 if csv_map.time_unit == "ms" else 1.0)
    dates = table.columns.get(csv_map.date.lower()) if csv_map.date else None
    if dates is not None:
        dated, no_zone = epoch_seconds(dates)
        offset = dated - time_s
        if np.isfinite(offset).any():
            return time_s + float(np.nanmedian(offset)), (NO_ZONE,) if no_zone else ()
    known = time_s[np.isfinite(time_s)]
    return time_s, () if len(known) and float(np.median(known)) > EPOCH_FROM_S else (NO_DATE,)


def _legs(table: TextTable, legs: CsvLegs) -> LegSeries | None:
    sides = [side for side in (legs.share_left, legs.left, legs.right) if side is not None]
    if any(side.column.lower() not in table.columns for side in sides):
        return None
    values = [_numbers(table, side) for side in sides]
    if len(values) == 1:
        left = np.where((values[0] > 0) & (values[0] < 1), values[0], np.nan)
        return LegSeries(metric=legs.metric, source=legs.source, form="share_left", t_s=left, left=left,
                         right=1.0 - left, level_channel=legs.level_channel)  # fmt: skip
    left, right = (np.where(np.isfinite(side) & (side > 0), side, np.nan) for side in values)
    return LegSeries(metric=legs.metric, source=legs.source, form="per_leg", t_s=left, left=left, right=right)


def _legs_of(said: object) -> CsvLegs:
    if not isinstance(said, dict) or not isinstance(said.get("metric"), str):
        raise InvalidRequest("Every entry of [[legs]] names its metric.", help='For example metric = "contact_time".')
    _check_keys(said, {"metric", "source", "share_left", "left", "right", "level_channel"}, "[[legs]]")
    sides = {key: _column(said[key], key) for key in ("share_left", "left", "right") if key in said}
    return CsvLegs(metric=said["metric"], source=_text(said, "source") or "csv",
                   level_channel=_text(said, "level_channel"), **sides)  # fmt: skip


def _column(said: object, name: str) -> CsvColumn:
    if isinstance(said, str):
        return CsvColumn(column=said)
    if isinstance(said, dict) and isinstance(said.get("column"), str):
        _check_keys(said, {"column", "scale", "offset"}, name)
        scale, offset = said.get("scale", 1.0), said.get("offset", 0.0)
        if all(isinstance(value, int | float) and abs(value) < 1e12 for value in (scale, offset)):
            return CsvColumn(column=said["column"], scale=float(scale), offset=float(offset))
    raise InvalidRequest(
        f"{name} needs the name of a column.", help=f'For example {name} = {{column = "…", scale = 0.001}}.'
    )


def _text(said: Mapping[str, Any], key: str) -> str | None:
    value = said.get(key)
    if value is not None and not isinstance(value, str):
        raise InvalidRequest(f"{key} in the column map is a text.", help="See docs/formats.md.")
    return value


def _check_keys(said: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = said.keys() - allowed
    if unknown:
        raise InvalidRequest(
            f"{where} has no entry {sorted(unknown)[0]}.", help=f"It can have {', '.join(sorted(allowed))}."
        )
