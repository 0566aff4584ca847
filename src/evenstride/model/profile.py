"""The person: body, limbs, history, the week that runs and sessions must fit into, and which leg a device means."""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

Side = Literal["left", "right"]
Sex = Literal["female", "male"]
RunKind = Literal["easy", "long", "intervals", "tempo", "hills", "race", "rest"]
RacePriority = Literal["A", "B", "C"]
InjuryKind = Literal["injury", "surgery"]
SideAnswer = Literal["as_named", "swapped", "unclear"]
Units = Literal["metric", "imperial"]


@dataclass(frozen=True, kw_only=True)
class PlannedRun:
    """One run of the usual week; ``weekday`` 0 is Monday. Without a time of day it counts as the whole day."""

    weekday: int
    kind: RunKind
    minutes: float
    at: time | None = None


@dataclass(frozen=True, kw_only=True)
class FreeSlot:
    """Minutes for a separate session on one weekday (0 is Monday)."""

    weekday: int
    minutes: float
    at: time | None = None


@dataclass(frozen=True, kw_only=True)
class Race:
    """A race and how much it matters: A the goal, B along the way, C for training."""

    day: date
    priority: RacePriority


@dataclass(frozen=True, kw_only=True)
class Injury:
    """A past or present injury or operation of one leg; ``since`` and ``until`` are as exact as the runner knows.

    ``present``: it is there still. Neither ``until`` nor ``present``: when it ended is not known.
    """

    side: Side
    site: str
    since: date
    kind: InjuryKind = "injury"
    until: date | None = None
    present: bool = False

    def __post_init__(self) -> None:
        if self.present and self.until is not None:
            raise ValueError("an injury that is still present has no end yet")


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """What a clinician forbids: an exercise or pattern, on which side (None: both), until when (that day included)."""

    what: str
    until: date
    side: Side | None = None


@dataclass(frozen=True, kw_only=True)
class Target:
    """A range that the runner, a coach or a clinician set for the difference between the legs, right minus left.

    ``what`` is a metric that compares the legs (then in percent) or a test (then in its unit).
    """

    what: str
    low: float
    high: float
    since: date
    note: str = ""

    def __post_init__(self) -> None:
        if not self.low < self.high:
            raise ValueError("a range has two ends, the left one first")


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One athlete. Everything but the name may be unknown; nothing is guessed.

    ``leg_length_difference_mm`` is right minus left. ``equipment`` holds names of the exercise catalogue's equipment.
    ``guidance``: whether the day's general guidance on food, drink and sleep is wanted. ``units`` are how distances and
    masses are shown; what is kept is metric.
    """

    name: str
    timezone: str = "UTC"
    born_year: int | None = None
    mass_kg: float | None = None
    sex: Sex | None = None
    dominant_leg: Side | None = None
    leg_length_difference_mm: float | None = None
    runs: tuple[PlannedRun, ...] = ()
    free: tuple[FreeSlot, ...] = ()
    minutes_before_runs: float = 8.0
    minutes_after_runs: float = 10.0
    equipment: tuple[str, ...] = ()
    races: tuple[Race, ...] = ()
    injuries: tuple[Injury, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    targets: tuple[Target, ...] = ()
    guidance: bool = True
    units: Units = "metric"


@dataclass(frozen=True, kw_only=True)
class SideCheck:
    """What a guided minute told about one device: does its left mean the left leg?

    During the check the runner let the foot of ``leg`` stay down longer (or hopped on it). ``shift_pct`` is how far the
    index of contact time moved towards that leg, with its interval: wholly beyond what ordinary running does
    ``as_named``, as far to the other side ``swapped``.
    """

    source: str
    device: str
    checked: date
    leg: Side
    method: Literal["limp", "hop"]
    answer: SideAnswer
    shift_pct: float
    low_pct: float
    high_pct: float
