"""One day as the runner should see it: what to do, what to think of, what waits; what cues and blocks did so far."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenstride.model.exercise import Cue, Grade
from evenstride.model.plan import CalendarRun, PlannedSession
from evenstride.model.profile import Side
from evenstride.model.season import Estimated

CueStage = Literal["every_run", "every_other_run", "asked"]
"""How often a cue is used: at first in every run, then in every other one; ``asked``: because the runner wants it."""


@dataclass(frozen=True, kw_only=True)
class DayTarget:
    """General guidance for one day, with its source and grade; ``low`` and ``high`` in ``unit`` where it has any.

    ``key`` is its name where documents list ranges alone.
    """

    id: str
    label: str
    text: str
    source: str
    grade: Grade
    low: float | None = None
    high: float | None = None
    unit: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class CueChoice:
    """A cue for the next run, why this one, and how far it is on its way out."""

    cue: Cue
    why: str
    stage: CueStage
    runs_so_far: int = 0


@dataclass(frozen=True, kw_only=True)
class CuePoint:
    """One run's index (positive: right larger), and whether the runner had the cue in mind."""

    run: str
    day: date
    with_cue: bool
    index_pct: float


@dataclass(frozen=True, kw_only=True)
class CueEffect:
    """The gap between the legs in runs with a cue minus in runs without, in percent (negative: smaller with it).

    ``effect`` is None while it is too early to say. ``excludes_worthwhile``: the interval leaves out a decrease that
    would be worth having; False also where nothing can be told.
    """

    cue: str
    n_with: int
    n_without: int
    text: str
    effect: Estimated | None = None
    excludes_worthwhile: bool = False


@dataclass(frozen=True, kw_only=True)
class BlockEffect:
    """What one run made of blocks tells.

    ``alternating``: the index with the mind on each leg, and ``difference`` left-minded minus right-minded (positive:
    further to the right with the mind on the left leg), a steady drift taken out. ``late_technique``: ``difference`` is
    the change of the gap from the first to the last third, minus the runner's usual change (negative: it grew less).
    ``difference`` is None where it cannot be told; ``text`` says what is missing.
    """

    kind: Literal["alternating", "late_technique"]
    run: str
    text: str
    n: int
    left_minded: Estimated | None = None
    right_minded: Estimated | None = None
    difference: Estimated | None = None
    first: Side | None = None


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Something that is still to be told, in words, and the command that tells it.

    ``id`` names the session, the run, or the Monday of the week to review; empty for a morning, and for what is only
    counted.
    """

    kind: Literal["session", "run", "morning", "review", "more"]
    text: str
    command: str
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Today:
    """Everything about one day. ``done`` are identifiers of sessions that were logged, ``waiting`` what was not yet.

    ``decision`` is the last review in one sentence, ``trial`` what a running trial wants of the day, ``notes`` what
    comes before everything else (a clinician, a return to running). ``stop``: neither run nor train before somebody has
    looked at it. ``care`` is what rest decisions advise beside that. ``planned`` says whether a plan holds on that day,
    ``ahead`` which is the next day with something on it.
    """

    day: date
    athlete: str
    timezone: str
    planned: bool
    runs: tuple[CalendarRun, ...] = ()
    sessions: tuple[PlannedSession, ...] = ()
    done: tuple[str, ...] = ()
    cues: tuple[CueChoice, ...] = ()
    waiting: tuple[Waits, ...] = ()
    decision: str = ""
    trial: str = ""
    targets: tuple[DayTarget, ...] = ()
    notes: tuple[str, ...] = ()
    stop: bool = False
    care: tuple[str, ...] = ()
    ahead: date | None = None
