"""What is said of the runs of single days: dated changes, and what a calendar file holds."""

from dataclasses import dataclass
from datetime import date, time

from evenstride.model.plan import CalendarRun


@dataclass(frozen=True, kw_only=True)
class CalendarChange:
    """One dated change: a ``run`` on ``day``, or that day's runs ``moved_to`` another (then ``at``), or no run."""

    day: date
    run: CalendarRun | None = None
    moved_to: date | None = None
    at: time | None = None


@dataclass(frozen=True, kw_only=True)
class RunCalendar:
    """Runs in order of time; ``notes`` say what was taken how, ``left_aside`` names events that are no runs."""

    runs: tuple[CalendarRun, ...] = ()
    notes: tuple[str, ...] = ()
    left_aside: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One thing that was said of the calendar: a dated ``change``, or the ``file`` with its runs."""

    change: CalendarChange | None = None
    file: RunCalendar | None = None

    def __post_init__(self) -> None:
        if (self.change is None) == (self.file is None):
            raise ValueError("an entry of the calendar is a change or a file")

    @property
    def day(self) -> date:
        """The first day that it speaks of; the first there is for a file without runs."""
        if self.change is not None:
            return self.change.day
        return min((run.day for run in self.file.runs), default=date.min) if self.file else date.min
