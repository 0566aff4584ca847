"""Races, injuries, surgery and restrictions as words."""

import calendar
import re
from datetime import date
from typing import cast, get_args

from evenstride.model.profile import Injury, InjuryKind, Race, RacePriority, Restriction, Side
from evenstride.service.profile_text.shared import parts, wrong

_DATE = r"\d{4}(?:-\d{1,2}){0,2}"
NOW = "now"
"""The end of what is still present."""
_MONTHS = frozenset(name.lower() for names in (calendar.month_name, calendar.month_abbr) for name in names if name)
_DATES = re.compile(rf"(?<!\S)({_DATE})(?:\s*(?:\.\.+|…|–|to|until)\s*({_DATE}|{NOW}))?$")


def read_races(text: str) -> tuple[Race, ...]:
    """Read races, comma between them.

    >>> [race.priority for race in read_races("2026-09-20=A, 2026-06-01=C")]
    ['A', 'C']
    """
    return tuple(read_race(part) for part in parts(text))


def read_race(text: str) -> Race:
    """Read a race: its day and how much it matters.

    >>> read_race("2026-09-20=A")
    Race(day=datetime.date(2026, 9, 20), priority='A')
    """
    day, equals, letter = text.partition("=")
    priority = letter.strip().upper()
    if not equals or priority not in get_args(RacePriority):
        raise wrong(
            f"The race {text!r} does not say how much it matters: A the goal, B on the way, C for training.", "race"
        )
    return Race(day=read_day(day, "race"), priority=cast(RacePriority, priority))


def race_words(race: Race) -> str:
    """Write a race.

    >>> race_words(Race(day=date(2026, 9, 20), priority="A"))
    '2026-09-20=A'
    """
    return f"{race.day.isoformat()}={race.priority}"


def read_injuries(text: str, kind: InjuryKind = "injury") -> tuple[Injury, ...]:
    """Read injuries, or surgery, comma between them.

    >>> [injury.site for injury in read_injuries("right achilles 2025-11, left knee 2019")]
    ['achilles', 'knee']
    """
    return tuple(read_injury(part, kind) for part in parts(text))


def read_injury(text: str, kind: InjuryKind = "injury") -> Injury:
    """Read one injury or operation: the leg, where, since when, and until when if it is over, or ``now`` if it is not.

    A year or a month is as good as a day: an injury then counts from its first day and to its last.

    >>> read_injury("right achilles 2025-11..2026-02").until
    datetime.date(2026, 2, 28)
    >>> read_injury("right achilles 2025-11..now").present, read_injury("right achilles 2025-11").present
    (True, False)
    """
    found = _DATES.search(text.strip().lower())
    if not found:
        raise wrong(f"The {kind} {text!r} does not end with when it was, as 2025, 2025-11 or 2025-11-30.", kind)
    words = text.strip()[: found.start()].split()
    if words and words[-1].lower() in ("since", "from", "in"):
        words.pop()
    if words and words[-1].lower().rstrip(".,") in _MONTHS:
        raise wrong(f"The {kind} {text!r} has its month in words; a month is written as 2025-11.", kind)
    sides = [place for place, word in enumerate(words) if word.lower() in get_args(Side)]
    if not sides:
        raise wrong(f"The {kind} {text!r} does not say which leg; one of both legs is entered once for each.", kind)
    side = words.pop(sides[0]).lower()
    if not words:
        raise wrong(f"The {kind} {text!r} does not say where.", kind)
    since = some_day(found[1], kind, last=False)
    until, present = read_end(found[2], kind)
    return checked_injury(
        Injury(side=cast(Side, side), site=" ".join(words), since=since, kind=kind, until=until, present=present)
    )


def read_end(text: str | None, kind: InjuryKind) -> tuple[date | None, bool]:
    """Read when an injury ended, and whether it is present still; None and False when neither is known.

    >>> read_end("now", "injury"), read_end(None, "injury")
    ((None, True), (None, False))
    """
    if text is None or text.strip().lower() == NOW:
        return None, text is not None
    return some_day(text, kind, last=True), False


def checked_injury(injury: Injury) -> Injury:
    """Return the injury, or say that it ends before it begins."""
    if injury.until is not None and injury.until < injury.since:
        raise wrong(f"The {injury.kind} ({injury.site}) ends before it begins.", injury.kind)
    return injury


def injury_words(injury: Injury) -> str:
    """Write one injury or operation.

    >>> injury_words(read_injury("left knee 2019-03-04")), injury_words(read_injury("left knee 2019-03 to now"))
    ('left knee 2019-03-04', 'left knee 2019-03..now')
    """
    end = end_words(injury)
    until = f"..{end}" if end else ""
    return f"{injury.side} {injury.site} {some_day_words(injury.since, last=False)}{until}"


def end_words(injury: Injury) -> str:
    """Write when an injury ended so that :func:`read_end` reads it; nothing when that is not known."""
    if injury.present:
        return NOW
    return some_day_words(injury.until, last=True) if injury.until else ""


def read_restrictions(text: str) -> tuple[Restriction, ...]:
    """Read a clinician's restrictions, comma between them.

    >>> len(read_restrictions("no jumping left until 2026-08-01, no running until 2026-07-01"))
    2
    """
    return tuple(read_restriction(part) for part in parts(text))


def read_restriction(text: str) -> Restriction:
    """Read what is forbidden, for which leg (both where none is named), and until when, that day included.

    >>> read_restriction("no jumping left until 2026-08-01")
    Restriction(what='jumping', until=datetime.date(2026, 8, 1), side='left')
    """
    head, until, day = text.strip().rpartition("until ")
    words = head.split()
    if not until:
        raise wrong(f"The restriction {text!r} does not say until when; every one ends or is renewed.", "restriction")
    if words and words[0].lower() == "no":
        words.pop(0)
    if len(words) > 1 and words[-1].lower() in ("leg", "side") and words[-2].lower() in ("left", "right", "both"):
        words.pop()
    side = words.pop().lower() if words and words[-1].lower() in ("left", "right", "both") else "both"
    if words and words[-1].lower() == "on":
        words.pop()
    if not words:
        raise wrong(f"The restriction {text!r} does not say what is forbidden.", "restriction")
    return Restriction(
        what=" ".join(words),
        until=read_day(day, "restriction"),
        side=cast(Side, side) if side != "both" else None,
    )


def restriction_words(restriction: Restriction) -> str:
    """Write a restriction.

    >>> restriction_words(Restriction(what="jumping", until=date(2026, 8, 1)))
    'no jumping until 2026-08-01'
    """
    side = f" {restriction.side}" if restriction.side else ""
    return f"no {restriction.what}{side} until {restriction.until.isoformat()}"


def read_day(text: str, field: str) -> date:
    """Read a day as 2026-09-20.

    >>> read_day("2026-09-20", "race")
    datetime.date(2026, 9, 20)
    """
    words = text.strip()
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", words):
        return some_day(words, field, last=False)
    raise wrong(f"{words!r} is no day; days are written as 2026-09-20.", field)


def some_day(text: str, field: str, *, last: bool) -> date:
    """Return the day; of a year or a month its first, or its last.

    >>> some_day("2026-02", "injury", last=True)
    datetime.date(2026, 2, 28)
    """
    if not re.fullmatch(_DATE, text):
        raise wrong(f"{text!r} is no day, month or year; they are written as 2025-11-30, 2025-11 or 2025.", field)
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    try:
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except (ValueError, calendar.IllegalMonthError):
        raise wrong(f"{text!r} is not in the calendar.", field) from None


def some_day_words(day: date, *, last: bool) -> str:
    """Write a day so that :func:`some_day` reads it: as a month where it is the month's first or last day."""
    whole_month = day.day == (calendar.monthrange(day.year, day.month)[1] if last else 1)
    return day.isoformat()[:7] if whole_month else day.isoformat()
