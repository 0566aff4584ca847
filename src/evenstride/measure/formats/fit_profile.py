"""The public facts of the FIT format that the reader needs: base types, messages, fields and their units.

Field numbers, scales and offsets are those of the published FIT profile.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple


class BaseType(NamedTuple):
    """How one value is stored: its numpy code without byte order, bytes per value, and what stands for nothing."""

    name: str
    code: str
    size: int
    invalid: int | None


BASE_TYPES: tuple[BaseType, ...] = (
    BaseType("enum", "u1", 1, 0xFF),
    BaseType("sint8", "i1", 1, 0x7F),
    BaseType("uint8", "u1", 1, 0xFF),
    BaseType("sint16", "i2", 2, 0x7FFF),
    BaseType("uint16", "u2", 2, 0xFFFF),
    BaseType("sint32", "i4", 4, 0x7FFF_FFFF),
    BaseType("uint32", "u4", 4, 0xFFFF_FFFF),
    BaseType("string", "S", 1, None),
    BaseType("float32", "f4", 4, None),
    BaseType("float64", "f8", 8, None),
    BaseType("uint8z", "u1", 1, 0),
    BaseType("uint16z", "u2", 2, 0),
    BaseType("uint32z", "u4", 4, 0),
    BaseType("byte", "u1", 1, 0xFF),
    BaseType("sint64", "i8", 8, 0x7FFF_FFFF_FFFF_FFFF),
    BaseType("uint64", "u8", 8, 0xFFFF_FFFF_FFFF_FFFF),
    BaseType("uint64z", "u8", 8, 0),
)
"""Base types by their number, the low five bits of the code in a definition."""

STRING = BASE_TYPES[7]
BYTE = BASE_TYPES[13]

TIMESTAMP = 253
"""The field number of the timestamp in every message."""

EPOCH_UNIX_S = 631_065_600
"""Midnight of 31 December 1989 UTC, where FIT time begins, in seconds of Unix time."""

FIRST_CLOCK_TIME = 0x1000_0000
"""Smaller times count from when the device was switched on: it did not know the date."""


class Message(IntEnum):
    """The kinds of message that are read."""

    FILE_ID = 0
    SPORT = 12
    SESSION = 18
    LAP = 19
    RECORD = 20
    EVENT = 21
    DEVICE_INFO = 23
    FIELD_DESCRIPTION = 206
    DEVELOPER_DATA_ID = 207


class FileId(IntEnum):
    """Fields of the message that says what a file is."""

    TYPE = 0
    MANUFACTURER = 1
    PRODUCT = 2
    PRODUCT_NAME = 8


class DeviceInfo(IntEnum):
    """Fields of the message that names one device of a recording, the watch itself first."""

    MANUFACTURER = 2
    PRODUCT_NAME = 27


class Session(IntEnum):
    """Fields of a session: one sport of an activity."""

    START_TIME = 2
    SPORT = 5
    SUB_SPORT = 6
    ELAPSED_MS = 7


class LapField(IntEnum):
    """Fields of a lap."""

    START_TIME = 2
    ELAPSED_MS = 7
    DISTANCE_CM = 9
    INTENSITY = 23
    TRIGGER = 24


class Event(IntEnum):
    """Fields of an event, and the one kind that is read."""

    EVENT = 0
    EVENT_TYPE = 1
    TIMER = 0


TIMER_STARTS, TIMER_STOPS = frozenset({0}), frozenset({1, 4, 8, 9})
"""Event types by which the timer starts and stops."""

ACTIVITY_FILE = 4
"""The type of file that holds an activity."""


class Scaled(NamedTuple):
    """A field and how its stored number becomes an SI value: ``stored * factor + offset``."""

    field: int
    factor: float
    offset: float = 0.0


RECORD_CHANNELS: Mapping[str, tuple[Scaled, ...]] = {
    "speed_mps": (Scaled(73, 1 / 1000), Scaled(6, 1 / 1000)),
    "distance_m": (Scaled(5, 1 / 100),),
    "altitude_m": (Scaled(78, 1 / 5, -500.0), Scaled(2, 1 / 5, -500.0)),
    "latitude_deg": (Scaled(0, 180 / 2**31),),
    "longitude_deg": (Scaled(1, 180 / 2**31),),
    "heart_rate_bpm": (Scaled(3, 1.0),),
    "temperature_c": (Scaled(13, 1.0),),
    "power_w": (Scaled(7, 1.0),),
    "contact_time_s": (Scaled(41, 1 / 10_000),),
    "contact_time_percent": (Scaled(40, 1 / 100),),
    "vertical_oscillation_m": (Scaled(39, 1 / 10_000),),
    "step_length_m": (Scaled(85, 1 / 10_000),),
}
"""Channels read straight from records; where a sample lacks the first field the next one stands in."""

CADENCE, FRACTIONAL_CADENCE, COMPRESSED_SPEED_DISTANCE, STANCE_TIME_BALANCE = 4, 53, 8, 84
"""Record fields that need more than a factor."""
