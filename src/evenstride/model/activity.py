"""A watch's recording: what was measured when, under which conditions, and what the file could not say.

Times are seconds since ``Activity.start``; intervals are ``[start, end)``. A missing value is NaN here and nowhere
later: ``measure.metrics`` drops it with its reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from evenstride.model.arrays import Floats, equal_by_value, frozen_channels, frozen_floats

CHANNELS: Mapping[str, str] = {
    "speed_mps": "speed over ground",
    "distance_m": "distance since the start",
    "altitude_m": "altitude above sea level",
    "latitude_deg": "position, used for turning only and never shown",
    "longitude_deg": "position, used for turning only and never shown",
    "heart_rate_bpm": "heart rate",
    "cadence_spm": "steps of both legs per minute",
    "temperature_c": "temperature at the device",
    "power_w": "running power as the device reports it",
    "contact_time_s": "contact time, mean of both legs",
    "contact_time_percent": "contact time in percent of the stride, mean of both legs",
    "vertical_oscillation_m": "rise and fall of the trunk in one step",
    "step_length_m": "distance from one contact to the next, of the other leg",
    "leg_stiffness_knpm": "leg spring stiffness, mean of both legs",
    "vertical_loading_rate": "vertical impact loading rate as the device reports it, mean of both legs",
    "turn_dps": "rate of change of the heading, positive to the left (anticlockwise)",
    "grade_pct": "rise per distance",
}
"""Every channel an activity can have, with the sentence that says what it is. The unit is in the name."""

LegForm = Literal["share_left", "per_leg"]


@dataclass(frozen=True, kw_only=True, eq=False)
class LegSeries:
    """One per-leg quantity as one device recorded it, before any gate.

    ``form`` says what the two arrays hold. ``share_left``: ``left`` is the left leg's share (0–1) and ``right`` is
    one minus it. ``per_leg``: the values of each leg in the metric's own unit. NaN where the device gave nothing,
    its own sentinels (0, 65535 …) included.
    """

    metric: str
    source: str
    form: LegForm
    t_s: Floats
    left: Floats
    right: Floats
    level_channel: str | None = None  # the activity's channel that holds the mean of both legs, for share_left

    __eq__ = equal_by_value

    def __post_init__(self) -> None:
        for name in ("t_s", "left", "right"):
            object.__setattr__(self, name, frozen_floats(getattr(self, name)))
        if not len(self.t_s) == len(self.left) == len(self.right):
            raise ValueError("t_s, left and right must have one length")


@dataclass(frozen=True, kw_only=True)
class Device:
    """What recorded the activity. Serial numbers are never kept."""

    manufacturer: str | None = None
    product: str | None = None


@dataclass(frozen=True, kw_only=True)
class Lap:
    """One lap ``[start_s, end_s)`` and its kind when the file says (``active``, ``rest``, ``warmup`` …)."""

    start_s: float
    end_s: float
    kind: str | None = None
    distance_m: float | None = None


@dataclass(frozen=True, kw_only=True)
class Span:
    """A stretch of time ``[start_s, end_s)``."""

    start_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not self.end_s >= self.start_s:
            raise ValueError(f"a span ends ({self.end_s}) before it starts ({self.start_s})")


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something worth knowing: a stable ``code`` for programs and a sentence for people."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Loss:
    """What of a damaged file could not be read: a stable ``code`` and a sentence."""

    code: str
    text: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Activity:
    """One activity on one time base.

    ``t_s`` has shape (n,), does not fall, and starts at 0 or later; every channel has shape (n,). ``sport`` is the
    file's own word in snake_case (``running``, ``cycling`` …) or None when it does not say. ``pauses`` are the
    stretches in which the timer stood.
    """

    format: str
    start: datetime
    t_s: Floats
    sport: str | None = None
    sub_sport: str | None = None
    device: Device = Device()
    channels: Mapping[str, Floats] = field(default_factory=dict)
    legs: tuple[LegSeries, ...] = ()
    laps: tuple[Lap, ...] = ()
    pauses: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    losses: tuple[Loss, ...] = ()

    __eq__ = equal_by_value

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise ValueError("start must carry its zone")
        object.__setattr__(self, "t_s", frozen_floats(self.t_s))
        if len(self.t_s) and (self.t_s[0] < 0 or (self.t_s[1:] < self.t_s[:-1]).any()):
            raise ValueError("t_s must not fall and must start at 0 or later")
        unknown = self.channels.keys() - CHANNELS.keys()
        if unknown:
            raise ValueError(f"unknown channels: {', '.join(sorted(unknown))}")
        object.__setattr__(self, "channels", frozen_channels(self.channels, len(self.t_s)))
