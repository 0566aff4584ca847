"""A calendar file (.ics) → the runs in it: repeating events, exceptions and time zones as calendar apps mean them.

What a bad event says is lost alone: it is named, and the rest is read. Nothing is fetched that a file points to.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from evenstride.errors import TooLarge, UnreadableInput
from evenstride.model import CalendarRun, RunCalendar
from evenstride.service.calendar import in_order
from evenstride.service.calendar_words import km_in, minutes_in, recognise

if TYPE_CHECKING:
    from icalendar import Component

BYTES_MAX = 20_000_000
REPETITIONS_MAX = 40_000
RUN_HOURS_MAX = 36.0
OWN_UID = "@evenstride"
"""Events that evenstride wrote itself end with this and are not read again."""
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
OLDEST = 1970
TITLE_MAX = 60
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What parsing and repeating raise for an event that says something impossible."""

Moment = date | datetime
"""When an event is: a day, or a time on the clock of its own zone."""


@dataclass(frozen=True, kw_only=True)
class _Occurrence:
    """One event on one day: its clock time in its own zone (``zone`` None: the athlete's), or a whole day."""

    event: "Component"
    start: Moment
    zone: Any = None


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What a file gave so far; sentences and titles are counted, so that each is said once."""

    runs: list[CalendarRun] = field(default_factory=list)
    aside: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)


def read_calendar(data: bytes, first: date, last: date, *, timezone: str) -> RunCalendar:
    """Read the runs of a calendar file from the Monday of ``first`` to the Sunday of ``last``.

    All-day events are runs without a time of day; so are events with a time and no length. An event that names
    running but no kind is easy, with a note; events that are plainly no runs are left aside and named.

    Parameters
    ----------
    timezone
        The athlete's: what day and time of day it is for them; also of events without a zone.

    Raises
    ------
    UnreadableInput
        The bytes are no calendar.

    Examples
    --------
    >>> lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:Easy run", "DTSTART:20260602T160000Z",
    ...          "DURATION:PT45M", "RRULE:FREQ=WEEKLY", "END:VEVENT", "END:VCALENDAR"]
    >>> file = "\\r\\n".join(lines).encode()
    >>> [str(run.at) for run in read_calendar(file, date(2026, 6, 1), date(2026, 6, 14), timezone="Europe/Berlin").runs]
    ['18:00:00', '18:00:00']
    """
    first, last = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    groups, broken = _events(data)
    found, home = _Found(notes=Counter(broken)), ZoneInfo(timezone)
    for events in groups:
        try:
            for one in _occurrences(events, first, last):
                day, at = _local(one, home)
                if first <= day <= last:
                    _take(one.event, day, at, found)
        except _BROKEN as error:
            title = _title(events[0])
            found.notes[f"{title!r} could not be read ({_reason(error)})."] += 1
    return RunCalendar(
        runs=in_order(found.runs),
        notes=tuple(_counted(found.notes)),
        left_aside=tuple(title if n == 1 else f"{title} ({n} events)" for title, n in found.aside.items()),
    )


def _take(event: "Component", day: date, at: time | None, found: _Found) -> None:
    """Put one event where it belongs: among the runs, or aside."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    title, hours = _title(event), _hours(event)
    known = recognise(title, _text(event, "DESCRIPTION"), _categories(event))
    if known is None or hours > RUN_HOURS_MAX:
        found.aside[title] += 1
        return
    if not known.said:
        found.notes[f"{title!r} does not say what kind of run it is: taken as easy."] += 1
    minutes = hours * 60.0 if at is not None and hours else minutes_in(title) or 0.0
    if at is not None and not minutes:
        found.notes[f"{title!r} has no length: it counts as the whole day."] += 1
        at = None
    found.runs.append(CalendarRun(day=day, kind=known.kind, minutes=minutes, at=at, km=km_in(title), note=title))


def _events(data: bytes) -> tuple[list[list["Component"]], list[str]]:
    """Events that belong together (one repeating event and its exceptions), and a sentence for each that is broken."""
    from icalendar import Calendar

    if len(data) > BYTES_MAX:
        raise TooLarge("This calendar is larger than 20 MB.", help="Export only the calendar of your runs.")
    text = data.decode("utf-8-sig", errors="replace")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise UnreadableInput("This is no calendar file.", help="Export your calendar as .ics (iCalendar).")
    broken: list[str] = []
    try:
        calendars: Sequence[Any] = Calendar.from_ical(text, multiple=True)
    except _BROKEN:  # the library gives up on the first bad line; event by event it does not
        calendars = list(_one_by_one(text, broken))
    groups: dict[str, list[Component]] = {}
    for calendar in calendars:
        for event in calendar.walk("VEVENT"):
            uid = str(event.get("UID", "")) or f"{id(event)}"
            if not uid.endswith(OWN_UID):
                groups.setdefault(uid, []).append(event)
    return list(groups.values()), broken


def _one_by_one(text: str, broken: list[str]) -> Iterator[Any]:
    from icalendar import Calendar

    zones = "\n".join(re.findall(r"^BEGIN:VTIMEZONE.*?^END:VTIMEZONE", text, re.DOTALL | re.MULTILINE))
    blocks = re.findall(r"^BEGIN:VEVENT.*?^END:VEVENT", text.replace("\r\n", "\n"), re.DOTALL | re.MULTILINE)
    for block in blocks:
        try:
            lines = f"BEGIN:VCALENDAR\n{zones}\n{block}\nEND:VCALENDAR\n".replace("\r\n", "\n").replace("\n", "\r\n")
            yield Calendar.from_ical(lines)
        except _BROKEN as error:
            title = re.search(r"^SUMMARY[^:]*:(.*)$", block, re.MULTILINE)
            name = title[1].strip()[:TITLE_MAX] if title else "An event"
            broken.append(f"{name!r} could not be read ({_reason(error)}).")


def _occurrences(events: Sequence["Component"], first: date, last: date) -> Iterator[_Occurrence]:
    """Every time that an event happens around the days asked for, its exceptions in place of what they replace."""
    plain = [event for event in events if "RECURRENCE-ID" not in event]
    newest = max((_sequence(event) for event in plain), default=0)
    masters = [event for event in plain if _sequence(event) == newest]
    exceptions = [event for event in events if "RECURRENCE-ID" in event]
    replaced = {_key(_moment(event, "RECURRENCE-ID")) for event in exceptions}
    for event in masters:
        start, zone = _wall(_moment(event, "DTSTART"))
        gone = replaced | {_key(one) for one in _dates(event, "EXDATE")}
        for moment in _repeated(event, start, zone, last + timedelta(days=2)):
            aware = moment.replace(tzinfo=zone) if isinstance(moment, datetime) else moment
            if _day(moment) >= first - timedelta(days=2) and not {_key(aware), _key(_day(moment))} & gone:
                yield _Occurrence(event=event, start=moment, zone=zone)
    for event in exceptions:
        start, zone = _wall(_moment(event, "DTSTART"))
        yield _Occurrence(event=event, start=start, zone=zone)


def _repeated(event: "Component", start: Moment, zone: Any, end: date) -> Iterable[Moment]:
    """The first time of an event and those that its rule and dates add, on the clock of its own zone."""
    if "RRULE" not in event and "RDATE" not in event:
        return [start]
    if start.year < OLDEST:
        raise ValueError(f"it repeats since {start.year}")
    added = [_wall(one, zone)[0] for one in _dates(event, "RDATE")]
    rules = event.get("RRULE", [])
    found: set[Moment] = {start}
    for rule in rules if isinstance(rules, list) else [rules]:
        found.update(_by_rule(rule, start, zone, end))
    return sorted(found | set(added), key=lambda moment: _key(moment))


def _by_rule(rule: Any, start: Moment, zone: Any, end: date) -> list[Moment]:
    """What one RRULE gives up to ``end``; bounded, whatever the rule says."""
    from dateutil.rrule import rrulestr

    parts = {name.upper(): values for name, values in rule.items()}
    frequency = str(parts.get("FREQ", [""])[0]).upper()
    if frequency not in FREQUENCIES:
        raise ValueError(f"it repeats {frequency.lower() or 'by no rule'}")
    if int(parts.get("INTERVAL", [1])[0]) < 1:
        raise ValueError("it repeats after no time at all")
    count, until = parts.pop("COUNT", [None])[0], parts.pop("UNTIL", [None])[0]
    bound = datetime.combine(end, time.max)
    if until is not None:
        wall, _ = _wall(until, zone)
        bound = min(bound, wall if isinstance(wall, datetime) else datetime.combine(wall, time.max))
    text = type(rule)(parts).to_ical().decode()
    clock = start if isinstance(start, datetime) else datetime.combine(start, time.min)
    # Not the rule's own end but that of what is asked for: a rule without an end would be followed to the year 9999.
    repeated: Any = rrulestr(f"{text};UNTIL={bound:%Y%m%dT%H%M%S}", dtstart=clock)
    found = list(islice(repeated, REPETITIONS_MAX))
    if count is not None:
        found = sorted({clock, *found})[: int(count)]
    return [one if isinstance(start, datetime) else one.date() for one in found]


def _local(one: _Occurrence, home: ZoneInfo) -> tuple[date, time | None]:
    if not isinstance(one.start, datetime):
        return one.start, None
    if one.zone is None:
        return one.start.date(), one.start.time().replace(second=0, microsecond=0)
    local = one.start.replace(tzinfo=one.zone).astimezone(home)
    return local.date(), local.time().replace(second=0, microsecond=0)


def _wall(moment: Moment, zone: Any = None) -> tuple[Moment, Any]:
    """A moment on the clock of its zone (or of the one given), and that zone."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        return moment, zone
    in_zone = moment if zone is None else moment.astimezone(zone)
    return in_zone.replace(tzinfo=None), in_zone.tzinfo


def _sequence(event: "Component") -> int:
    return int(event.get("SEQUENCE", 0))


def _moment(event: "Component", name: str) -> Moment:
    value = getattr(event.get(name), "dt", None)
    if not isinstance(value, date):
        raise ValueError(f"it has no {name.replace('-', ' ').lower()} that can be read")
    return value


def _dates(event: "Component", name: str) -> Iterator[Moment]:
    values = event.get(name, [])
    for value in values if isinstance(values, list) else [values]:
        for one in getattr(value, "dts", []):
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _key(moment: Moment) -> str:
    """The same text for the same moment, whatever zone it is written in."""
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(UTC).isoformat()
    return moment.isoformat()


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _hours(event: "Component") -> float:
    """How long an event is; 0 where it does not say."""
    start = _moment(event, "DTSTART")
    length = getattr(event.get("DURATION"), "dt", None)
    if "DTEND" in event:
        end = _moment(event, "DTEND")
        if isinstance(end, datetime) != isinstance(start, datetime):
            return 0.0
        length = end - start
    return max(length.total_seconds() / 3600.0, 0.0) if isinstance(length, timedelta) else 0.0


def _title(event: "Component") -> str:
    """What an event is called; signs that could steer a terminal are taken out."""
    words = " ".join(_text(event, "SUMMARY").split()) or "An event without a title"
    words = "".join(sign for sign in words if sign.isprintable())
    return words if len(words) <= TITLE_MAX else words[: TITLE_MAX - 1].rstrip() + "…"


def _text(event: "Component", name: str) -> str:
    value = event.get(name, "")
    return str(value[0] if isinstance(value, list) else value)


def _categories(event: "Component") -> str:
    values = event.get("CATEGORIES", [])
    return " ".join(
        str(word) for value in (values if isinstance(values, list) else [values]) for word in getattr(value, "cats", [])
    )


def _reason(error: Exception) -> str:
    said = " ".join(str(error).split())
    said = "".join(sign for sign in said if sign.isprintable())
    return (said[:80] or type(error).__name__).rstrip(".")


def _counted(notes: Counter[str]) -> Iterator[str]:
    for text, n in notes.items():
        yield text if n == 1 else f"{text.removesuffix('.')} ({n} times)."
