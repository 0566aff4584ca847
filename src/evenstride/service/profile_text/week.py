"""The usual week as words: the runs, the minutes free for separate sessions, the minutes around runs."""

import re
from collections.abc import Sequence
from datetime import time
from math import isfinite
from typing import Any, get_args

from evenstride.model.profile import FreeSlot, PlannedRun, RunKind
from evenstride.service.profile_text.shared import DAY_MINUTES, NUMBER, did_you_mean, number_words, parts, wrong

WEEKDAYS: tuple[str, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RUN_KINDS: tuple[RunKind, ...] = get_args(RunKind)
RUN_MINUTES_MAX, FREE_MINUTES_MAX, AROUND_MINUTES_MAX = 720.0, 240.0, 60.0
"""What a usual week can hold (our own convention): a run, free minutes of a day, minutes before or after a run."""
_FULL_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_runs(text: str) -> tuple[PlannedRun, ...]:
    """Read the runs of the usual week, comma between them: weekday, kind, minutes, and a time of day if it has one.

    >>> [run.kind for run in read_runs("tue intervals 60 18:00, mon rest")]
    ['intervals', 'rest']
    """
    return tuple(read_run(part) for part in parts(text))


def read_run(text: str) -> PlannedRun:
    """Read one run of the usual week; only ``rest`` may leave the minutes out.

    >>> read_run("tue intervals 60 18:00")
    PlannedRun(weekday=1, kind='intervals', minutes=60.0, at=datetime.time(18, 0))
    """
    found = _week_words(text, "runs", kinds=RUN_KINDS)
    if "kind" not in found:
        raise wrong(f"The run {text!r} names no kind; kinds are {', '.join(RUN_KINDS)}.", "runs")
    if "minutes" not in found and found["kind"] != "rest":
        raise wrong(f"The run {text!r} names no minutes.", "runs")
    if found.get("minutes", 0.0) > RUN_MINUTES_MAX:
        raise wrong(
            f"The run {text!r} is longer than {RUN_MINUTES_MAX:.0f} minutes, the most that a usual week takes.",
            "runs",
            more="and a longer one for its day: evenstride plan run add",
        )
    return PlannedRun(**{"minutes": 0.0, **found})


def run_words(run: PlannedRun) -> str:
    """Write one run of the usual week.

    >>> run_words(PlannedRun(weekday=1, kind="intervals", minutes=60, at=time(18, 0)))
    'tue intervals 60 18:00'
    """
    minutes = () if run.kind == "rest" and not run.minutes else (number_words(run.minutes),)
    return " ".join((WEEKDAYS[run.weekday], run.kind, *minutes, *_time_words(run.at)))


def read_free(text: str) -> tuple[FreeSlot, ...]:
    """Read the minutes for separate sessions, comma between them.

    >>> [slot.minutes for slot in read_free("mon 40, wed 30 07:00")]
    [40.0, 30.0]
    """
    return tuple(read_free_slot(part) for part in parts(text))


def read_free_slot(text: str) -> FreeSlot:
    """Read the minutes of one weekday, with a time of day if it has one.

    >>> read_free_slot("wed 40 7:00")
    FreeSlot(weekday=2, minutes=40.0, at=datetime.time(7, 0))
    """
    found = _week_words(text, "free")
    if "minutes" not in found:
        raise wrong(f"The free time {text!r} names no minutes.", "free")
    if found["minutes"] > FREE_MINUTES_MAX:
        most = f"{FREE_MINUTES_MAX:.0f} minutes"
        raise wrong(
            f"The free time {text!r} is more than {most}, the most that a day of training beside runs has.", "free"
        )
    return FreeSlot(**found)


def free_words(slot: FreeSlot) -> str:
    """Write the free minutes of one weekday.

    >>> free_words(FreeSlot(weekday=2, minutes=40))
    'wed 40'
    """
    return " ".join((WEEKDAYS[slot.weekday], number_words(slot.minutes), *_time_words(slot.at)))


def read_around_runs(text: str) -> tuple[float, float]:
    """Read the minutes before and after runs.

    >>> read_around_runs("10 5")
    (10.0, 5.0)
    """
    found = re.fullmatch(rf"({NUMBER})[\s/,+]+({NUMBER})", text.strip())
    if not found or not all(isfinite(float(part)) for part in found.groups()):
        raise wrong(f"{text!r} is not the minutes before and after runs.", "around_runs")
    before, after = float(found[1]), float(found[2])
    if max(before, after) > AROUND_MINUTES_MAX:
        most = f"{AROUND_MINUTES_MAX:.0f}"
        raise wrong(f"{text!r} is more than {most} minutes before or after a run; that is a session.", "around_runs")
    return before, after


def _week_words(text: str, field: str, *, kinds: Sequence[str] = ()) -> dict[str, Any]:
    """Tell weekday, kind, minutes and time apart, in whatever order they stand."""
    found: dict[str, Any] = {}
    for word in text.split():
        name, value = week_word(word.lower(), kinds)
        if name == "unit":
            continue
        if not name and (odd := odd_number(word.lower())):
            raise wrong(f"{word!r} in {text!r} {odd}.", field)
        if not name:
            known = (*WEEKDAYS, *_FULL_WEEKDAYS, *kinds)
            meant = did_you_mean(word.lower(), known)
            kind = f" a kind ({', '.join(kinds)})," if kinds else ""
            raise wrong(f"{word!r} in {text!r} is neither a weekday,{kind} minutes nor a time of day.{meant}", field)
        if name in found:
            raise wrong(f"{text!r} has {word!r} beside another of its kind; put a comma between two entries.", field)
        found[name] = value
    if "weekday" not in found:
        raise wrong(f"{text!r} names no weekday.", field)
    return found


def week_word(word: str, kinds: Sequence[str]) -> tuple[str, Any]:
    """Return what a word in lower case is and what it means; an empty name when it is nothing known.

    >>> week_word("tue", ()), week_word("60min", ()), week_word("18:00", ()), week_word("soon", ())
    (('weekday', 1), ('minutes', 60.0), ('at', datetime.time(18, 0)), ('', None))
    """
    for place, day in enumerate(_FULL_WEEKDAYS):
        if len(word) > 2 and day.startswith(word.removesuffix(".")):
            return "weekday", place
    if word in kinds:
        return "kind", word
    if word in ("min", "mins", "minutes"):
        return "unit", None
    minutes = re.fullmatch(rf"({NUMBER})(?:min|mins|m|')?", word)
    if minutes and 0 < float(minutes[1]) <= DAY_MINUTES:
        return "minutes", float(minutes[1])
    hours = re.fullmatch(r"(\d{1,2})h([0-5]\d)?", word)
    if hours and 0 < int(hours[1]) < 24:
        return "minutes", 60.0 * int(hours[1]) + int(hours[2] or 0)
    at = _time_of_day(word)
    return ("at", at) if at is not None else ("", None)


def odd_number(word: str) -> str:
    """Return what is wrong with a word that would be minutes or a time of day; nothing where it would be neither.

    >>> odd_number("25:00"), odd_number("-40"), odd_number("soon")
    ('is no time of day; those go from 00:00 to 23:59', 'is no number of minutes that a day has', '')
    """
    if re.fullmatch(r"\d+:\d+(:\d+)?", word):
        return "is no time of day; those go from 00:00 to 23:59"
    number = re.fullmatch(rf"[-+−–]?{NUMBER}(min|mins|m|')?", word)
    return "is no number of minutes that a day has" if number else ""


def _time_of_day(word: str) -> time | None:
    found = re.fullmatch(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d{6}))?)?|(\d{1,2})(?::(\d\d))?(am|pm)", word)
    if not found:
        return None
    if found[7]:
        hour, minute = int(found[5]), int(found[6] or 0)
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[7] == "pm" else 0)
        return time(hour, minute) if minute < 60 else None
    hour, minute, second, microsecond = (int(part or 0) for part in found.groups()[:4])
    return time(hour, minute, second, microsecond) if hour < 24 and max(minute, second) < 60 else None


def _time_words(at: time | None) -> tuple[str, ...]:
    if at is None:
        return ()
    return (f"{at:%H:%M}" if not (at.second or at.microsecond) else at.isoformat(),)
