"""What is told of sessions, runs and mornings, and what is answered."""

from dataclasses import dataclass
from datetime import date

from evenstride.model import DayLog, Felt, PlannedSession, RedFlag, RunBlock, RunLog, SessionLog, Side, StoredRun
from evenstride.model.plan import SessionKind
from evenstride.model.profile import RunKind
from evenstride.model.today import BlockEffect
from evenstride.review.checklist import ChecklistScore
from evenstride.service.log_text import ExerciseSaid
from evenstride.service.session_logs import Compared


@dataclass(frozen=True, kw_only=True)
class SessionTold:
    """What was told of a session; None and empty were not said.

    ``session`` is its name in the plan or the beginning of it (None: today's, else the latest that waits).
    ``as_planned``: all of it as it stood but for ``exceptions``, one exercise each, and what is ``said`` of
    exercises in fields of a form. ``outside`` is the kind of a session that no plan asked for.
    """

    session: str | None = None
    day: date | None = None
    as_planned: bool = False
    missed: bool = False
    outside: SessionKind | None = None
    exceptions: tuple[str, ...] = ()
    said: tuple[ExerciseSaid, ...] = ()
    effort_0_10: float | None = None
    minutes: float | None = None
    ratings: tuple[str, ...] = ()
    pains: tuple[str, ...] = ()
    soreness_0_10: float | None = None
    soreness_hours: float | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LoggedSession:
    """A session's log as it is kept, beside what was asked.

    ``corrected``: it was told before; ``number`` takes it back.
    """

    log: SessionLog
    planned: PlannedSession | None
    compared: tuple[Compared, ...]
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    corrected: bool = False
    score: ChecklistScore | None = None
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class RunTold:
    """What was told of a run; None and empty were not said. ``coach`` is who looked, where it was not the runner.

    ``kind`` None: as the plan has it, where it has one run of that day.
    """

    run: str | None = None
    day: date | None = None
    ratings: tuple[str, ...] = ()
    harder: Felt | None = None
    effort_0_10: float | None = None
    minutes: float | None = None
    kind: RunKind | None = None
    pains: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    block: RunBlock = ""
    first: Side | None = None
    before_numbers: bool | None = None
    without_device: bool = False
    coach: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LoggedRun:
    """A run's log as it is kept, its score, and the kept run whose numbers stand beside it (None: no file of it).

    ``block`` is what its blocks tell (None: it had none). ``number`` takes the log back.
    """

    log: RunLog
    score: ChecklistScore | None
    run: StoredRun | None = None
    notes: tuple[str, ...] = ()
    block: BlockEffect | None = None
    number: int = 0


@dataclass(frozen=True, kw_only=True)
class DayTold:
    """What was told of a morning; None and empty were not said. ``day`` None: today's."""

    day: date | None = None
    sleep_hours: float | None = None
    mood_0_4: int | None = None
    resting_heart_rate_bpm: float | None = None
    stiff: tuple[str, ...] = ()
    soreness_0_10: float | None = None
    soreness_hours: float | None = None
    pains: tuple[str, ...] = ()
    flags: tuple[RedFlag, ...] = ()
    cleared_by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LoggedDay:
    """A morning as it is kept; ``stop`` is what a red flag means at once, empty where there is none.

    ``number`` takes it back.
    """

    log: DayLog
    stop: str = ""
    number: int = 0
