"""One day as the runner should see it: what to run, what to do, what to think of, what waits to be told."""

from dataclasses import dataclass
from datetime import date

from evenstride.model.exercise import Cue
from evenstride.model.plan import CalendarRun, PlannedSession


@dataclass(frozen=True, kw_only=True)
class DayTarget:
    """General guidance for a day: a range in ``unit`` where there is one, with its source and evidence grade."""

    id: str
    text: str
    source: str
    grade: str
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Today:
    """Everything about one day. ``done`` are identifiers of sessions that were logged, ``waiting`` what was not yet.

    ``decision`` is the last review in one sentence, ``notes`` what comes before everything else (a clinician, a return
    to running). ``planned`` says whether a plan holds on that day. ``ahead`` is the next day with something on it.
    """

    day: date
    athlete: str
    timezone: str
    planned: bool
    runs: tuple[CalendarRun, ...] = ()
    sessions: tuple[PlannedSession, ...] = ()
    done: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    waiting: tuple[str, ...] = ()
    decision: str = ""
    targets: tuple[DayTarget, ...] = ()
    notes: tuple[str, ...] = ()
    ahead: date | None = None
