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
class DayRuns:
    """All runs of one day; none is a day without."""

    day: date
    runs: tuple[CalendarRun, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One thing that was said of the calendar, in words, and what it makes of single days or of a whole ``file``.

    Of two that speak of one day the later one counts.
    """

    said: str
    days: tuple[DayRuns, ...] = ()
    file: RunCalendar | None = None

    @property
    def day(self) -> date:
        """The first day that it speaks of; the first there is where it speaks of none."""
        runs = self.file.runs if self.file is not None else ()
        return min([*(one.day for one in self.days), *(run.day for run in runs)], default=date.min)
