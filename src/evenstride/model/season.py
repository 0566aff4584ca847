"""Weeks of runs: the level of each metric, what changed, since when, and how surely.

Signs are as everywhere: an index is positive when the right leg's value is larger.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Literal

import numpy as np

from evenstride.model.activity import Note
from evenstride.model.arrays import Floats, equal_by_value, frozen_floats
from evenstride.model.target import TargetRange

WIDE_CHANGE = timedelta(weeks=4)
"""A step of three weekly sd is dated to within four weeks, twelve weeks of drift to within eight (validation)."""
SeasonKind = Literal["index", "level"]
"""``index``: how the legs differ, in percent, mirrored when they are swapped. ``level``: both legs together."""


@dataclass(frozen=True, kw_only=True)
class RunPoint:
    """One run's value of one metric, as the season sees it.

    ``low`` and ``high`` are the run's own 95 % interval, None where the value has none of its own. ``start`` is in the
    athlete's zone. ``tags`` are what the runner said of the run (shoe, surface, kind …); ``conditions`` what was
    recorded (``speed_mps``, ``heart_rate_bpm`` …). ``minutes`` are the usable ones. Numbers must be finite, and an
    interval must hold its value.
    """

    run: str
    start: datetime
    value: float
    low: float | None = None
    high: float | None = None
    source: str = ""
    device: str = ""
    minutes: float = 0.0
    tags: Mapping[str, str] = field(default_factory=dict)
    conditions: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ends = [end for end in (self.low, self.high) if end is not None]
        if not all(map(isfinite, (self.value, *ends))):
            raise ValueError("a run's value and interval must be finite")
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            raise ValueError("a run's interval must hold its value")


@dataclass(frozen=True, kw_only=True)
class Estimated:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError("the interval must hold its own estimate")


@dataclass(frozen=True, kw_only=True)
class Baseline(Estimated):
    """The level over the first comparable runs, the last of them on ``until``."""

    n_runs: int
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Change(Estimated):
    """Level now minus baseline. ``smallest`` is the smallest change that matters, ``grade`` what that rests on."""

    probability_beyond_smallest: float
    smallest: float
    grade: str


@dataclass(frozen=True, kw_only=True)
class ChangePoint:
    """When a change happened: the first day of the new level, with its 95 % interval."""

    day: date
    low: date
    high: date

    @property
    def is_wide(self) -> bool:
        """Whether the days lie too far apart to name one: the change was small, or it was slow."""
        return self.high - self.low > WIDE_CHANGE


@dataclass(frozen=True, kw_only=True)
class Alarm(Estimated):
    """A change that is beyond chance and beyond the smallest that matters, said once, on the day it could be said."""

    day: date
    text: str
    z: float
    change_point: ChangePoint | None = None


@dataclass(frozen=True, kw_only=True)
class Direction:
    """How often the runs (or tests) pointed to the side of the level; kappa between pairs of them [-1, 1].

    ``kappa`` is None where all point to one side: agreement beyond chance cannot be told then, the share tells it.
    """

    side: Literal["left", "right"]
    same_side_share: float
    share_low: float
    share_high: float
    n: int
    kappa: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Closing:
    """Is the difference between the legs getting smaller? Probabilities, for the review.

    ``gap`` is how far the size of the difference fell (positive: closer) over ``weeks``; ``worthwhile`` what would be
    worth having by then, at most half of the difference at the baseline. ``probability_stagnating``: that it fell by
    less than that. ``excludes_worthwhile``: the whole interval is below it, and the legs still differ more than is
    typical.
    """

    gap: Estimated
    weeks: float
    worthwhile: float
    probability_closing: float
    probability_growing: float
    probability_stagnating: float
    excludes_worthwhile: bool


@dataclass(frozen=True, kw_only=True)
class Offset(Estimated):
    """How much another device, shoe or surface moves the value, against ``reference``."""

    condition: str
    name: str
    reference: str
    n_runs: int


@dataclass(frozen=True, kw_only=True, eq=False)
class LevelBand:
    """The level through the weeks with its 95 % band, for pictures: arrays of shape (m,), one per day with a run."""

    days: tuple[date, ...]
    level: Floats
    low: Floats
    high: Floats

    __eq__ = equal_by_value

    def __post_init__(self) -> None:
        for name in ("level", "low", "high"):
            object.__setattr__(self, name, frozen_floats(getattr(self, name)))
            if len(getattr(self, name)) != len(self.days):
                raise ValueError("a band has one value per day")
            if not np.isfinite(getattr(self, name)).all():
                raise ValueError("a band must be finite")


@dataclass(frozen=True, kw_only=True)
class SeasonMetric:
    """One metric of one source through a season. ``level`` is the latest, at the reference conditions.

    ``device`` is the one that the level is given as by; empty where no run names one.

    ``run_to_run_sd`` is how far a single run lies from the runner's level, its own uncertainty included, and ``mdc95``
    what two single runs must differ by to differ at all (2.77 times it); both None while too few runs tell, or where
    one run makes most of it. ``runs`` are as measured;
    ``at_reference`` are their values at the reference conditions, which ``level`` and ``band`` go through. ``target``
    is the runner's own range for an index.
    ``baseline`` is None before there are enough comparable runs; ``waiting_for`` then says what is missing.
    """

    metric: str
    label: str
    unit: str
    kind: SeasonKind
    source: str
    n_runs: int
    level: Estimated | None
    runs: tuple[RunPoint, ...]
    at_reference: tuple[float, ...] = ()
    baseline: Baseline | None = None
    run_to_run_sd: Estimated | None = None
    mdc95: float | None = None
    change: Change | None = None
    alarms: tuple[Alarm, ...] = ()
    change_point: ChangePoint | None = None
    direction: Direction | None = None
    closing: Closing | None = None
    offsets: tuple[Offset, ...] = ()
    band: LevelBand | None = None
    threshold: float | None = None
    adjusted_for: tuple[str, ...] = ()
    device: str = ""
    waiting_for: str | None = None
    notes: tuple[Note, ...] = ()
    target: TargetRange | None = None


@dataclass(frozen=True, kw_only=True)
class LateInRuns(Estimated):
    """Does the difference between the legs grow late in runs? Per 10 minutes, over runs of one kind.

    ``run_to_run_sd`` is how much it varies between runs beyond each run's own uncertainty.
    ``grows`` is the probability that the difference gets larger as the run goes on; None where the legs have no clear
    difference that could. ``last`` is the day of the newest of the runs.
    """

    metric: str
    source: str
    kind: Literal["long", "quality", "other"]
    n_runs: int
    run_to_run_sd: float
    grows: float | None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class Season:
    """Everything that the runs of one athlete tell together. ``metrics``: the one to read first stands first."""

    athlete: str
    first: date | None
    last: date | None
    n_runs: int
    metrics: tuple[SeasonMetric, ...] = ()
    late: tuple[LateInRuns, ...] = ()
    notes: tuple[Note, ...] = ()
