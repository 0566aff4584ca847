"""Everything that is said about one run: what ``analyze`` returns, prints and draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from evenstride.model.activity import Activity, Device, Loss, Note
from evenstride.model.legs import Dropped, Effect, SpanIndex, SymmetryEstimate, Trace
from evenstride.model.screen import TestResult


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the run came from. ``name`` is the file's own name, without its folder."""

    name: str
    sha256: str
    format: str
    device: Device = Device()


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One metric from one source, judged: the estimate and everything drawn or listed beside it."""

    estimate: SymmetryEstimate
    effects: tuple[Effect, ...] = ()
    thirds: tuple[SpanIndex, ...] = ()
    laps: tuple[SpanIndex, ...] = ()
    trace: Trace | None = None
    warmed_up: bool = False  # the first minutes differ beyond doubt; the estimate says whether they were taken out
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Levels over a part of a run (``flat``, ``uphill``, ``late``): time-weighted means over ``minutes`` of running."""

    name: str
    minutes: float
    levels: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """One run, judged. ``summary`` holds levels of both legs together, by name with the unit in it."""

    source: Source
    sport: str | None
    start: datetime
    duration_s: float
    distance_m: float | None
    n_records: int
    usable_share: float
    dropped: tuple[Dropped, ...]
    summary: Mapping[str, float] = field(default_factory=dict)
    stretches: tuple[Stretch, ...] = ()
    tests: tuple[TestResult, ...] = ()  # those of the assessments that a recording per stride is itself
    judged: tuple[Judged, ...] = ()
    notes: tuple[Note, ...] = ()
    losses: tuple[Loss, ...] = ()
    activity: Activity | None = field(default=None, repr=False, compare=False)

    @property
    def estimates(self) -> tuple[SymmetryEstimate, ...]:
        """Every estimate, the first being the one to read first."""
        return tuple(judged.estimate for judged in self.judged)
