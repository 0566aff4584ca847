"""What is known of an athlete in words, the same at every door: body, week, races, legs, devices."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, time
from types import MappingProxyType

from evenstride.model import (
    SOURCES,
    FreeSlot,
    Injury,
    PlannedRun,
    Profile,
    Race,
    Restriction,
    SideAnswer,
    SideCheck,
    Target,
)
from evenstride.report.athlete_document import WEEKDAYS
from evenstride.report.numbers import day_words, towards
from evenstride.report.units import mass_words

PRIORITIES = {"A": "A, the goal", "B": "B, on the way", "C": "C, for training"}
NOTHING = "Nothing but the name is known."
WHAT_CHANGES: Mapping[SideAnswer, str] = MappingProxyType(
    {
        "as_named": "Nothing changes: runs of this device are read as they stand, and now for a reason.",
        "swapped": "Left and right of this device are exchanged from now on, in the runs already kept too.",
        "unclear": "Nothing changes. A stronger limp for the whole minute, on flat ground, would tell.",
    }
)


def side_check_words(check: SideCheck) -> str:
    """Say what a side check told of one device.

    >>> side_check_words(SideCheck(source="runscribe", device="", checked=date(2026, 5, 4), leg="left", method="limp",
    ...                            answer="as_named", shift_pct=12.0, low_pct=8.0, high_pct=16.1))
    'RunScribe pods: left is the left leg (4 May 2026: 12.0 % towards the left (8.0 to 16.1) with the left leg limping)'
    """
    name = " · ".join(part for part in (check.device, SOURCES.get(check.source, check.source)) if part)
    said = {
        "as_named": "left is the left leg",
        "swapped": "left is the RIGHT leg; evenstride exchanges them",
        "unclear": "the check did not tell which leg is left",
    }[check.answer]
    sign = 1.0 if check.leg == "right" else -1.0
    low, high = sorted((sign * check.low_pct, sign * check.high_pct))
    moved = towards(sign * check.shift_pct, low, high)
    doing = "limping" if check.method == "limp" else "hopping"
    return f"{name}: {said} ({day_words(check.checked)}: {moved} with the {check.leg} leg {doing})"


def body_words(profile: Profile, today: date) -> str:
    """Say in one line what is known of the body."""
    said = []
    if profile.born_year is not None:
        said.append(f"{today.year - profile.born_year} this year")
    if profile.mass_kg is not None:
        said.append(mass_words(profile.mass_kg, profile.units))
    if profile.sex is not None:
        said.append(profile.sex)
    if profile.dominant_leg is not None:
        said.append(f"{profile.dominant_leg} leg dominant")
    length = profile.leg_length_difference_mm
    if length is not None:
        size = f"{abs(length):g} mm"
        said.append(f"{'right' if length > 0 else 'left'} leg {size} longer" if length else "legs of equal length")
    return " · ".join(said) or NOTHING


def injury_words(injury: Injury, today: date) -> str:
    """Say what one leg has been through, and when."""
    kind = "" if injury.kind == "injury" else ", surgery"
    since = _about(injury.since, last=False)
    if injury.present:
        when = f"since {since}, still there"
    elif injury.until is None:
        when = since if injury.kind == "surgery" else f"since {since}"
    else:
        until = _about(injury.until, last=True)
        when = since if since == until else f"{since} to {until}"
        when += ", over" if injury.until < today else ""
    return f"{injury.site}{kind} ({when})"


def race_words(race: Race, today: date) -> str:
    """Say when a race is and how much it matters."""
    days = (race.day - today).days
    if days == 0:
        when = "today"
    elif abs(days) < 14:
        when = f"in {days} day{'s' if days > 1 else ''}" if days > 0 else f"{-days} day{'s' if days < -1 else ''} ago"
    else:
        when = f"in {days // 7} weeks" if days > 0 else f"{-days // 7} weeks ago"
    return f"{day_words(race.day)}, {when} ({PRIORITIES[race.priority]})"


def restriction_words(restriction: Restriction, today: date) -> str:
    """Say what a clinician forbids, for which leg, until when.

    >>> restriction_words(Restriction(what="jumping", until=date(2026, 5, 1), side="left"), date(2026, 5, 4))
    'no jumping, left leg, until 1 May 2026 (over)'
    """
    which = f"{restriction.side} leg" if restriction.side else "both legs"
    over = " (over)" if restriction.until < today else ""
    return f"no {restriction.what}, {which}, until {day_words(restriction.until)}{over}"


def coming_races(races: Sequence[Race], today: date) -> list[Race]:
    """Return the races that are still to come, the next one first."""
    return sorted((race for race in races if race.day >= today), key=lambda race: race.day)


def slot_words(slot: PlannedRun | FreeSlot) -> str:
    """Say when in the week something is, and how long."""
    minutes = f" {slot.minutes:g} min" if slot.minutes else ""
    return f"{WEEKDAYS[slot.weekday]}{f' {slot.at:%H:%M}' if slot.at else ''}{minutes}"


def in_the_week(slot: PlannedRun | FreeSlot) -> tuple[int, time]:
    """Return what sorts runs and free minutes as the week goes."""
    return slot.weekday, slot.at or time()


def target_words(target: Target) -> str:
    """Say a range that somebody set."""
    ends = " to ".join(_end_words(end) for end in (target.low, target.high))
    note = f" ({target.note})" if target.note else ""
    return f"{target.what.replace('_', ' ')}: {ends}, since {day_words(target.since)}{note}"


def field_words(name: str) -> str:
    """Name a field of the profile as people do."""
    return {
        "born_year": "year of birth", "mass_kg": "body mass", "runs": "the usual week", "free": "free minutes",
        "injuries": "injuries and surgery", "side_check": "a side check",
    }.get(name, name.replace("_", " "))  # fmt: skip


def _about(day: date, *, last: bool) -> str:
    """The day, or only its month where it is the month's edge: so a month that was given comes back."""
    edge = monthrange(day.year, day.month)[1] if last else 1
    return f"{day:%B %Y}" if day.day == edge else day_words(day)


def _end_words(end: float) -> str:
    return f"{'left' if end < 0 else 'right'} {abs(end):g}" if end else "0"
