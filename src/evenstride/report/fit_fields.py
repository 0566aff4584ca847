"""The facts of the FIT format that the encoder writes: base types, messages, numbers, developer fields.

Public knowledge of the FIT protocol 2.0 and its profile, as tables; whoever writes another field adds a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

FIT_EPOCH_S = 631_065_600
"""1989-12-31T00:00:00Z, from which FIT counts its seconds."""
PROTOCOL_VERSION, PROFILE_VERSION, HEADER_SIZE = 0x20, 2132, 14
SEMICIRCLES_PER_DEGREE = 2**31 / 180
NAME_BYTES = 32
"""Names are cut to this many bytes, their final zero included."""
TITLE_BYTES = 48
"""Names of a workout's steps, as long as the longest that watches themselves show."""
NOTE_BYTES = 200
"""Longer texts are cut to this many bytes; a field of the format holds 255 at most."""
RECORD_MESSAGE = 20

BASES: Mapping[str, tuple[int, str, float]] = MappingProxyType(
    {
        "enum": (0x00, "u1", 0xFF),
        "sint8": (0x01, "i1", 0x7F),
        "uint8": (0x02, "u1", 0xFF),
        "string": (0x07, f"S{NAME_BYTES}", 0),
        "title": (0x07, f"S{TITLE_BYTES}", 0),
        "text": (0x07, f"S{NOTE_BYTES}", 0),
        "uuid": (0x0D, "S16", 0),
        "sint16": (0x83, "<i2", 0x7FFF),
        "uint16": (0x84, "<u2", 0xFFFF),
        "sint32": (0x85, "<i4", 0x7FFFFFFF),
        "uint32": (0x86, "<u4", 0xFFFFFFFF),
        "float32": (0x88, "<f4", np.nan),
    }
)
"""Base type → its code, numpy type and invalid value."""
STRINGS = ("string", "title", "text")


@dataclass(frozen=True)
class Field:
    """One field: stored = (value + offset)·scale, in ``base``; ``missing`` is stored for NaN (None: the invalid value).

    ``channel`` is the activity's channel that it holds; the scale then turns the channel's unit into the stored one.
    """

    number: int
    base: str
    scale: float = 1.0
    offset: float = 0.0
    channel: str = ""
    missing: float | None = None


_TIME, _INDEX = Field(253, "uint32"), Field(254, "uint16")
MEANS: Mapping[str, tuple[str, float, str, int, int]] = {
    "avg_heart_rate": ("uint8", 1.0, "heart_rate_bpm", 15, 16),
    "avg_cadence": ("uint8", 0.5, "cadence_spm", 17, 18),
    "avg_power": ("uint16", 1.0, "power_w", 19, 20),
    "avg_vertical_oscillation": ("uint16", 1e4, "vertical_oscillation_m", 77, 89),
    "avg_stance_time": ("uint16", 1e4, "contact_time_s", 79, 91),
    "avg_step_length": ("uint16", 1e4, "step_length_m", 120, 134),
    "avg_stance_time_balance": ("uint16", 1e4, "", 119, 133),
}
"""Means written for laps and sessions: base, scale, channel, number in a lap, number in a session."""


def _summary(*, of_session: bool, **own: Field) -> dict[str, Field]:
    return own | {
        name: Field(in_session if of_session else in_lap, base, scale, channel=channel)
        for name, (base, scale, channel, in_lap, in_session) in MEANS.items()
    }


PROFILE: Mapping[str, tuple[int, Mapping[str, Field]]] = MappingProxyType(
    {
        "file_id": (0, {"type": Field(0, "enum"), "manufacturer": Field(1, "uint16"), "product": Field(2, "uint16"),
                        "time_created": Field(4, "uint32"), "product_name": Field(8, "string")}),
        "file_creator": (49, {"software_version": Field(0, "uint16")}),
        "device_info": (23, {"timestamp": _TIME, "device_index": Field(0, "uint8"), "manufacturer": Field(2, "uint16"),
                             "software_version": Field(5, "uint16", 100), "product_name": Field(27, "string")}),
        "developer_data_id": (207, {"application_id": Field(1, "uuid"), "application_version": Field(4, "uint32"),
                                    "developer_data_index": Field(3, "uint8")}),
        "field_description": (206, {"developer_data_index": Field(0, "uint8"),
                                    "field_definition_number": Field(1, "uint8"),
                                    "fit_base_type_id": Field(2, "uint8"), "field_name": Field(3, "string"),
                                    "units": Field(8, "string"), "native_mesg_num": Field(14, "uint16")}),
        "event": (21, {"timestamp": _TIME, "event": Field(0, "enum"), "event_type": Field(1, "enum")}),
        "record": (RECORD_MESSAGE, {
            "timestamp": _TIME,
            "position_lat": Field(0, "sint32", SEMICIRCLES_PER_DEGREE, channel="latitude_deg"),
            "position_long": Field(1, "sint32", SEMICIRCLES_PER_DEGREE, channel="longitude_deg"),
            "distance": Field(5, "uint32", 100, channel="distance_m"),
            "enhanced_speed": Field(73, "uint32", 1000, channel="speed_mps"),
            "enhanced_altitude": Field(78, "uint32", 5, 500, channel="altitude_m"),
            "power": Field(7, "uint16", channel="power_w"),
            "grade": Field(9, "sint16", 100, channel="grade_pct"),
            "vertical_oscillation": Field(39, "uint16", 1e4, channel="vertical_oscillation_m"),
            "stance_time_percent": Field(40, "uint16", 100, channel="contact_time_percent"),
            "stance_time": Field(41, "uint16", 1e4, channel="contact_time_s"),
            "stance_time_balance": Field(84, "uint16", 1e4, missing=0),
            "step_length": Field(85, "uint16", 1e4, channel="step_length_m"),
            "heart_rate": Field(3, "uint8", channel="heart_rate_bpm"),
            "cadence": Field(4, "uint8"),
            "fractional_cadence": Field(53, "uint8"),
            "temperature": Field(13, "sint8", channel="temperature_c"),
        }),
        "lap": (19, _summary(of_session=False, timestamp=_TIME, message_index=_INDEX, event=Field(0, "enum"),
                             event_type=Field(1, "enum"), start_time=Field(2, "uint32"),
                             total_elapsed_time=Field(7, "uint32", 1000), total_timer_time=Field(8, "uint32", 1000),
                             total_distance=Field(9, "uint32", 100), intensity=Field(23, "enum"),
                             lap_trigger=Field(24, "enum"), sport=Field(25, "enum"))),
        "session": (18, _summary(of_session=True, timestamp=_TIME, message_index=_INDEX, event=Field(0, "enum"),
                                 event_type=Field(1, "enum"), start_time=Field(2, "uint32"), sport=Field(5, "enum"),
                                 sub_sport=Field(6, "enum"), total_elapsed_time=Field(7, "uint32", 1000),
                                 total_timer_time=Field(8, "uint32", 1000), total_distance=Field(9, "uint32", 100),
                                 first_lap_index=Field(25, "uint16"), num_laps=Field(26, "uint16"),
                                 trigger=Field(28, "enum"))),
        "activity": (34, {"timestamp": _TIME, "total_timer_time": Field(0, "uint32", 1000),
                          "num_sessions": Field(1, "uint16"), "type": Field(2, "enum"), "event": Field(3, "enum"),
                          "event_type": Field(4, "enum")}),
        "workout": (26, {"wkt_name": Field(8, "string"), "sport": Field(4, "enum"), "sub_sport": Field(11, "enum"),
                         "num_valid_steps": Field(6, "uint16")}),
        "workout_step": (27, {
            "message_index": _INDEX,
            "wkt_step_name": Field(0, "title"),
            "duration_type": Field(1, "enum"),
            "duration_value": Field(2, "uint32"),
            "target_type": Field(3, "enum"),
            "target_value": Field(4, "uint32"),
            "intensity": Field(7, "enum"),
            "notes": Field(8, "text"),
            "exercise_category": Field(10, "uint16"),
            "exercise_name": Field(11, "uint16"),
            "exercise_weight": Field(12, "uint16", 100),
            "weight_display_unit": Field(13, "uint16"),
        }),
        "exercise_title": (264, {"message_index": _INDEX, "exercise_category": Field(0, "uint16"),
                                 "exercise_name": Field(1, "uint16"), "wkt_step_name": Field(2, "title")}),
    }
)  # fmt: skip
"""Message → its global number and fields. A message's place in the table is its local number."""

FILE_ACTIVITY, FILE_WORKOUT, ACTIVITY_MANUAL = 4, 5, 0
DURATION_TIME, DURATION_REPEAT, DURATION_REPS = 0, 6, 29
TARGET_OPEN, UNIT_KILOGRAM, EXERCISE_UNKNOWN = 2, 1, 65534
EVENT_TIMER, EVENT_SESSION, EVENT_LAP, EVENT_ACTIVITY = 0, 8, 9, 26
TYPE_START, TYPE_STOP, TYPE_STOP_ALL = 0, 1, 4
TRIGGER_MANUAL, TRIGGER_DISTANCE, TRIGGER_SESSION_END = 0, 2, 7
INTENSITIES = {"active": 0, "rest": 1, "warmup": 2, "cooldown": 3, "recovery": 4, "interval": 5}
SPORTS = {"generic": 0, "running": 1, "cycling": 2, "transition": 3, "fitness_equipment": 4, "swimming": 5,
          "training": 10, "walking": 11, "hiking": 17}  # fmt: skip
WORKOUT_SPORTS = {"strength": (10, 20), "flexibility": (10, 19), "drills": (1, 0)}
"""Sport and sub-sport of workouts: training with strength or flexibility, running."""
SUB_SPORTS = {"generic": 0, "treadmill": 1, "street": 2, "trail": 3, "track": 4, "indoor_running": 45}
MANUFACTURERS = {"garmin": 1, "suunto": 23, "wahoo_fitness": 32, "stryd": 95, "polar_electro": 123, "development": 255,
                 "coros": 294}  # fmt: skip

RUNSCRIBE_APPLICATIONS: Mapping[str, str] = MappingProxyType(
    {"named": "c1f5c80a5a054e8a97b3fda34e957035", "unnamed": "502092b3b0dd45ad89b3472ab2060ab6"}
)
RUNSCRIBE_RIGHT = 6
RUNSCRIBE_POWER = ("Power", "W", Field(12, "sint16", channel="power_w", missing=0))
RUNSCRIBE: Mapping[str, tuple[str, str, Field]] = MappingProxyType(
    {
        "impact": ("Impact", "G", Field(0, "float32", missing=0)),
        "braking": ("Braking", "G", Field(1, "float32", missing=0)),
        "foot_strike": ("Foot Strike", "", Field(2, "sint8")),
        "pronation": ("Pronation", "D", Field(3, "sint16")),
        "contact_time": ("Contact Time", "ms", Field(5, "sint16", 1000, missing=0)),
    }
)
"""Metric → name, unit and field of the left leg; the right leg's number is `RUNSCRIBE_RIGHT` higher."""

STRYD_APPLICATION = "18fb2cf01a4b430dad66988c847421f4"
STRYD_STIFFNESS = ("Leg Spring Stiffness", "kN/m", Field(9, "float32", channel="leg_stiffness_knpm", missing=0))
STRYD_DUO: Mapping[str, tuple[str, str, Field]] = MappingProxyType(
    {
        "leg_stiffness": ("Leg Spring Stiffness Balance", "%", Field(20, "float32", 100, missing=0)),
        "vertical_oscillation": ("Vertical Oscillation Balance", "%", Field(21, "float32", 100, missing=0)),
        "loading_rate": ("Impact Loading Rate Balance", "%", Field(22, "float32", 100, missing=0)),
    }
)
"""Metric → name, unit and field of the left leg's share. A Duo is known by names: these numbers are stand-ins."""
