"""What is said of runs of single days, as it was typed or in files, and what that makes of the days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from evenstride.errors import InvalidRequest
from evenstride.model import CalendarChange, CalendarEntry, CalendarRun, DayRuns
from evenstride.service.analyze import read_bytes
from evenstride.service.calendar import change_words, in_order, read_change, read_changes_csv, read_no_run
from evenstride.service.calendar_ics import read_calendar
from evenstride.service.home import Home
from evenstride.service.plan_request import CALENDAR_AFTER, CALENDAR_BEFORE, PlanAsked, calendar_for


@dataclass(frozen=True, kw_only=True)
class CalendarWords:
    """What is said of runs as it was typed: a calendar file, a table, runs of single days, days without one."""

    ics: Path | None = None
    csv: Path | None = None
    runs: tuple[str, ...] = ()
    no_runs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CalendarSaid:
    """What is to be kept of the calendar, and what is worth saying of it."""

    entries: tuple[CalendarEntry, ...] = ()
    notes: tuple[str, ...] = ()


def read_words(home: Home, words: CalendarWords, first: date, end: date) -> CalendarSaid:
    """Read what was said of the runs from four weeks before ``first`` to ``end``.

    Raises
    ------
    InvalidRequest
        A word that cannot be read, named; a calendar file without runs.
    """
    notes: list[str] = []
    files: list[CalendarEntry] = []
    if words.ics is not None:
        file, said = _read_file(home, words.ics, first - CALENDAR_BEFORE, end)
        files, notes = [file], [*notes, *said]
    changes: list[CalendarChange] = []
    if words.csv is not None:
        found, troubles = read_changes_csv(read_bytes(words.csv))
        changes += found
        notes += [f"{words.csv.name}, {one}" for one in troubles]
    for text in words.runs:
        changes += read_change(text)
    for text in words.no_runs:
        changes += read_no_run(text)
    told = said_of_days(home, changes, files=tuple(files))
    return CalendarSaid(entries=(*files, *told.entries), notes=(*notes, *told.notes))


def said_of_days(
    home: Home, changes: Sequence[CalendarChange], *, files: tuple[CalendarEntry, ...] = ()
) -> CalendarSaid:
    """Return what dated changes make of their days, one after the other.

    A run given for a date stands in place of the other runs of that day; what it replaces is said.

    Raises
    ------
    InvalidRequest
        There is no run that could move or go, or it is a race of the profile.
    """
    if not changes:
        return CalendarSaid()
    days = sorted({day for one in changes for day in (one.day, one.moved_to or one.day)})
    span = PlanAsked(start=days[0], weeks=1, last=days[-1], entries=files)
    by_day = _grouped(calendar_for(home, span).runs)
    usual = {day: list(runs) for day, runs in by_day.items()}
    given: set[date] = set()
    entries = []
    for change in changes:
        _refuse_empty(home, change, by_day)
        touched = _apply(change, by_day, given)
        told = tuple(DayRuns(day=day, runs=in_order(by_day.get(day, []))) for day in touched)
        entries.append(CalendarEntry(said=change_words(change), days=told))
    instead = [run for day in sorted(given) for run in usual.get(day, []) if run not in by_day[day]]
    notes = [f"In place of the {one.kind} run of {one.minutes:g} min on {one.day}." for one in instead]
    return CalendarSaid(entries=tuple(entries), notes=tuple(notes))


def _apply(change: CalendarChange, by_day: dict[date, list[CalendarRun]], given: set[date]) -> tuple[date, ...]:
    """Let a change happen, and return the days that are different now."""
    if change.moved_to is not None:
        moving = [replace(run, day=change.moved_to, at=change.at or run.at) for run in by_day.pop(change.day, [])]
        by_day.setdefault(change.moved_to, []).extend(moving)
        return change.day, change.moved_to
    if change.day not in given or change.run is None:
        by_day[change.day] = []
    if change.run is not None:
        given.add(change.day)
        by_day[change.day].append(change.run)
    return (change.day,)


def _refuse_empty(home: Home, change: CalendarChange, by_day: dict[date, list[CalendarRun]]) -> None:
    if change.run is not None:
        return
    if any(race.day == change.day for race in home.profile.races):
        help_ = "evenstride athlete change --race says all races anew."
        raise InvalidRequest(f"On {change.day} there is a race of the profile.", help=help_)
    if not by_day.get(change.day):
        raise InvalidRequest(f"There is no run on {change.day}.", help="evenstride plan run list names the runs.")


def _read_file(home: Home, path: Path, first: date, end: date) -> tuple[CalendarEntry, list[str]]:
    file = read_calendar(read_bytes(path), first, end + CALENDAR_AFTER, timezone=home.profile.timezone)
    aside = f"Left aside, as no runs: {', '.join(file.left_aside)}." if file.left_aside else ""
    runs = [run for run in file.runs if run.day <= end]
    if not runs:
        text = f"There is no run in {path.name} between {first} and {end - timedelta(days=1)}."
        raise InvalidRequest(f"{text} {aside}".strip(), help="An event is a run when its title or category says so.")
    many = f"{len(runs)} run{'' if len(runs) == 1 else 's'}"
    return CalendarEntry(said=f"{many} of {path.name}", file=file), [aside] if aside else []


def _grouped(runs: Iterable[CalendarRun]) -> dict[date, list[CalendarRun]]:
    by_day: dict[date, list[CalendarRun]] = {}
    for run in runs:
        by_day.setdefault(run.day, []).append(run)
    return by_day
