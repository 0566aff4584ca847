"""The runs of a range of days: the usual week, what a calendar file says, dated changes, and races.

Each says more of its days than the one before. A calendar file (:mod:`evenstride.service.calendar_ics`) stands for
every week, Monday to Sunday, in which it has a run; a run given for a date stands in place of the other runs of that
day; a race of the profile stands alone on its day.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from evenstride.errors import InvalidRequest, UnreadableInput
from evenstride.model import CalendarChange, CalendarRun, Profile, Race, RunCalendar, StoredRun
from evenstride.service.profile_text.history import read_day
from evenstride.service.profile_text.shared import DAY_MINUTES, NUMBER, did_you_mean, wrong
from evenstride.service.profile_text.week import RUN_KINDS, odd_number, week_word

KM_PER_MILE = 1.609344
SPIKE_DAYS = 30
CSV_ROWS_MAX = 20_000

_MOVE = re.compile(r"(.+?)\s*(?:->|→|\bto\b)\s*(.+)")
_DISTANCE = re.compile(rf"({NUMBER})(km|k|mi|mile|miles)")


@dataclass(frozen=True, kw_only=True)
class LongestRun:
    """The longest run of the last 30 days: ``km`` where any of them has a distance, ``minutes`` where there is any."""

    km: float | None = None
    minutes: float | None = None


def calendar_of(
    profile: Profile,
    first: date,
    last: date,
    *,
    changes: Sequence[CalendarChange] = (),
    files: Sequence[RunCalendar] = (),
) -> RunCalendar:
    """Return the runs from ``first`` to ``last``, both included, in order of time.

    Parameters
    ----------
    changes
        Dated changes, as :func:`read_change`, :func:`read_no_run` and :func:`read_changes_csv` give them.
    files
        What :func:`evenstride.service.calendar_ics.read_calendar` read, for at least these days.

    Examples
    --------
    >>> from evenstride.model import PlannedRun
    >>> ada = Profile(name="Ada", runs=(PlannedRun(weekday=1, kind="easy", minutes=45),))
    >>> days = date(2026, 6, 1), date(2026, 6, 7)
    >>> [str(run.day) for run in calendar_of(ada, *days, changes=read_change("2026-06-02 -> 2026-06-03")).runs]
    ['2026-06-03']
    """
    days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
    by_day = _usual(profile, days | {change.day for change in changes})
    for file in files:
        _take_weeks(by_day, file.runs)
    notes = [note for file in files for note in file.notes]
    notes += _apply(by_day, changes)
    for race in profile.races:
        if first <= race.day <= last:
            by_day[race.day] = [_race_run(race, by_day.get(race.day, []))]
            if any(change.day == race.day and _is_none(change) for change in changes):
                notes.append(f"{race.day} stays a race: take it out of the profile if it is off.")
    found = [run for runs in by_day.values() for run in runs if first <= run.day <= last]
    return RunCalendar(
        runs=in_order(found), notes=tuple(notes), left_aside=tuple(one for file in files for one in file.left_aside)
    )


def in_order(runs: Iterable[CalendarRun]) -> tuple[CalendarRun, ...]:
    """Return runs in order of time, those without a time of day first on their day."""
    return tuple(sorted(runs, key=lambda run: (run.day, run.at or time.min, run.kind, run.minutes)))


def longest_run(stored: Iterable[StoredRun], *, today: date, timezone: str) -> LongestRun:
    """Return the longest run of the 30 days before ``today``, that day included; runs left out by a tag do not count.

    >>> longest_run([], today=date(2026, 6, 1), timezone="UTC")
    LongestRun(km=None, minutes=None)
    """
    since = today - timedelta(days=SPIKE_DAYS)
    recent = [
        run
        for run in stored
        if "exclude" not in run.tags and since <= run.start.astimezone(ZoneInfo(timezone)).date() <= today
    ]
    metres = [one.report.distance_m for run in recent for one in run.recordings[:1] if one.report.distance_m]
    return LongestRun(
        km=max(metres) / 1000.0 if metres else None,
        minutes=max((run.duration_s / 60.0 for run in recent), default=None),
    )


def read_change(text: str) -> tuple[CalendarChange, ...]:
    """Read one dated change: a run (``2026-06-03 intervals 60 18:00``), ``rest``, or a move (``… -> 2026-06-04``).

    Minutes are needed but for a race or rest; km and a time of day are welcome. A move may end with a new time of day.

    Raises
    ------
    InvalidRequest
        Which word is wrong, and an example that works.

    Examples
    --------
    >>> read_change("2026-06-03 long 110 18.5km 08:00")[0].run.km
    18.5
    >>> str(read_change("2026-06-03 -> 2026-06-04 07:00")[0].moved_to)
    '2026-06-04'
    """
    move = _MOVE.fullmatch(text.strip())
    if move:
        day, words = read_day(move[1], "run"), move[2].split()
        target = read_day(words[0], "run")
        return (CalendarChange(day=day, moved_to=target, at=_time_after(words[1:], text)),)
    words = text.split()
    if not words:
        raise wrong("A run needs at least a day.", "run")
    day, found = read_day(words[0], "run"), _run_words(words[1:], text)
    if "kind" not in found:
        raise wrong(f"The run {text!r} names no kind; kinds are {', '.join(RUN_KINDS)}.", "run")
    if found["kind"] == "rest":
        return (CalendarChange(day=day),)
    if "minutes" not in found and found["kind"] != "race":
        raise wrong(f"The run {text!r} names no minutes.", "run")
    return (CalendarChange(day=day, run=CalendarRun(**{"day": day, "minutes": 0.0, **found})),)


def read_no_run(text: str) -> tuple[CalendarChange, ...]:
    """Read a day, or several with commas between, without a run.

    >>> len(read_no_run("2026-06-05, 2026-06-06"))
    2
    """
    return tuple(CalendarChange(day=read_day(part, "no_run")) for part in text.split(",") if part.strip())


def change_words(change: CalendarChange) -> str:
    """Write a dated change so that it can be read again.

    >>> change_words(*read_change("2026-06-03 intervals 60 18:00"))
    '2026-06-03 intervals 60 18:00'
    """
    if change.moved_to is not None:
        at = f" {change.at:%H:%M}" if change.at else ""
        return f"{change.day} -> {change.moved_to}{at}"
    if change.run is None:
        return f"{change.day} rest"
    run = change.run
    minutes = f"{run.minutes:g}" if run.minutes else ""
    parts = (str(run.day), run.kind, minutes, f"{run.km:g}km" if run.km else "", f"{run.at:%H:%M}" if run.at else "")
    return " ".join(part for part in parts if part)


KM_MAX = 320.0
"""Farther than anybody runs in a day."""
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "day": ("date", "day"),
        "kind": ("kind", "type", "run"),
        "minutes": ("minutes", "duration_minutes", "min", "duration"),
        "at": ("time", "at", "start", "time_of_day"),
        "km": ("km", "distance_km", "distance"),
        "moved_to": ("moved_to", "to"),
    }
)
"""What a table of dated changes may hold → the names that its column may have, in lower case."""


def read_changes_csv(data: bytes) -> tuple[tuple[CalendarChange, ...], tuple[str, ...]]:
    """Read a table with one run (or ``rest``, or a day that a run ``moved_to``) in each row.

    Returns the changes, and one sentence for each row that could not be read; a bad row never stops the rest.

    Raises
    ------
    UnreadableInput
        No table with a column of dates and one of kinds.

    Examples
    --------
    >>> changes, notes = read_changes_csv(b"date;kind;minutes\\n2026-06-03;easy;45\\n2026-06-04;fast;45\\n")
    >>> len(changes), notes
    (1, ("line 3: 'fast' in '2026-06-04 fast 45' is neither a kind, minutes, km nor a time.",))
    """
    text = data.decode("utf-8-sig", errors="replace")
    header = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=header.count))
    changes: list[CalendarChange] = []
    notes: list[str] = []
    try:
        rows = [row for _, row in zip(range(CSV_ROWS_MAX), table, strict=False)]
    except csv.Error as error:
        raise UnreadableInput(f"This is no table of runs: {error}.", help=_CSV_HELP) from None
    where = _columns(rows[0] if rows else [])
    if "day" not in where or not {"kind", "moved_to"} & where.keys():
        raise UnreadableInput("This table has no column of dates and kinds of runs.", help=_CSV_HELP)
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        try:
            changes += read_change(_row_words({name: _cell(row, place) for name, place in where.items()}))
        except InvalidRequest as error:
            notes.append(f"line {line}: {error.text}")
    return tuple(changes), tuple(notes)


_CSV_HELP = "Its first line names the columns: date, kind, minutes, and where known time, km, moved_to."


def _usual(profile: Profile, days: Iterable[date]) -> dict[date, list[CalendarRun]]:
    """The runs of the usual week on each day."""
    return {
        day: [
            CalendarRun(day=day, kind=run.kind, minutes=run.minutes, at=run.at)
            for run in profile.runs
            if run.weekday == day.weekday() and run.kind != "rest"
        ]
        for day in days
    }


def _take_weeks(by_day: dict[date, list[CalendarRun]], runs: Sequence[CalendarRun]) -> None:
    """Put a file's runs in place of every week in which it has one."""
    mondays = {_monday(run.day) for run in runs}
    for day in by_day:
        if _monday(day) in mondays:
            by_day[day] = []
    for run in runs:
        by_day.setdefault(run.day, []).append(run)


def _apply(by_day: dict[date, list[CalendarRun]], changes: Sequence[CalendarChange]) -> list[str]:
    """Take up what moves, empty the days that are said anew, put everything where it belongs; say what had no run."""
    notes, arriving = [], []
    for change in changes:
        if change.moved_to is not None:
            moving = by_day.get(change.day, [])
            if not moving:
                notes.append(f"There is no run on {change.day} that could move to {change.moved_to}.")
            arriving += [replace(run, day=change.moved_to, at=change.at or run.at) for run in moving]
            by_day[change.day] = []
    for change in changes:
        if change.moved_to is None:
            by_day[change.day] = []
    arriving += [change.run for change in changes if change.run is not None]
    for run in arriving:
        by_day.setdefault(run.day, []).append(run)
    return notes


def _race_run(race: Race, others: Sequence[CalendarRun]) -> CalendarRun:
    """The race; its time and length are known where a run of that day is called a race."""
    known = next((run for run in others if run.kind == "race"), None)
    run = known or CalendarRun(day=race.day, kind="race", minutes=0.0)
    return replace(run, note=f"{race.priority} race")


def _is_none(change: CalendarChange) -> bool:
    return change.run is None and change.moved_to is None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _run_words(words: Sequence[str], text: str) -> dict[str, Any]:
    """Tell kind, minutes, km and time apart, in whatever order they stand."""
    found: dict[str, Any] = {}
    joined = re.sub(r"(\d)\s+(km|mi|miles?)\b", r"\1\2", " ".join(words).lower())
    for word in joined.split():
        name, value = _run_word(word)
        if name == "unit":
            continue
        if name == "km" and value > KM_MAX:
            raise wrong(f"{word!r} in {text!r} is farther than the {KM_MAX:.0f} km that a day takes.", "run")
        if name not in ("kind", "minutes", "km", "at") and (odd := odd_number(word)):
            raise wrong(f"{word!r} in {text!r} {odd}.", "run")
        if name not in ("kind", "minutes", "km", "at"):
            meant = did_you_mean(word, RUN_KINDS)
            raise wrong(f"{word!r} in {text!r} is neither a kind, minutes, km nor a time.{meant}", "run")
        if name in found:
            raise wrong(f"{text!r} has {word!r} beside another of its kind.", "run")
        found[name] = value
    return found


def _run_word(word: str) -> tuple[str, Any]:
    distance = _DISTANCE.fullmatch(word)
    if distance and float(distance[1]) > 0:
        return "km", float(distance[1]) * (1.0 if distance[2].startswith("k") else KM_PER_MILE)
    return week_word(word, RUN_KINDS)


def _time_after(words: Sequence[str], text: str) -> time | None:
    found = _run_words(words, text)
    if found.keys() - {"at"}:
        raise wrong(f"After the new day, {text!r} may only name a time.", "run")
    at: time | None = found.get("at")
    return at


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Each thing that a change can say → the place of its column."""
    names = [re.sub(r"\W+", "_", cell.strip().lower()).strip("_") for cell in header]
    return {
        name: names.index(found)
        for name, known in COLUMNS.items()
        if (found := next((one for one in known if one in names), None)) is not None
    }


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _row_words(cells: Mapping[str, str]) -> str:
    """A row as the words of the command line."""
    if cells.get("moved_to"):
        return f"{cells['day']} -> {cells['moved_to']} {cells.get('at', '')}".strip()
    km = cells.get("km", "").replace(",", ".")
    km = f"{km}km" if re.fullmatch(NUMBER, km) and float(km) else km if re.search("[a-z]", km) else ""
    minutes = _minutes_cell(cells.get("minutes", ""))
    words = (cells["day"], cells.get("kind", "").lower(), minutes, km, cells.get("at", ""))
    return " ".join(word for word in words if word)


def _minutes_cell(cell: str) -> str:
    """Minutes as a table may write them: ``45``, ``45,5``, ``1:15:00``."""
    clock = re.fullmatch(r"(\d{1,2}):(\d\d):(\d\d)", cell)
    if clock:
        hours, minutes, seconds = (int(part) for part in clock.groups())
        return f"{min(hours * 60 + minutes + seconds / 60, DAY_MINUTES):g}"
    return cell.replace(",", ".")
