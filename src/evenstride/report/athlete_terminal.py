"""The screen of one athlete: body, week, races, what each leg has been through, devices, and what is not known."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from types import MappingProxyType

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import SOURCES, FreeSlot, Injury, PlannedRun, Profile, Race, Side, SideAnswer, SideCheck, Target
from evenstride.report.athlete_document import WEEKDAYS, missing
from evenstride.report.looks import LABEL_WIDTH, STYLES, WIDTH_MAX, as_text, printable
from evenstride.report.numbers import day_words, rounded, towards

_PRIORITIES = {"A": "A, the goal", "B": "B, on the way", "C": "C, for training"}

_NOTHING = "Nothing but the name is known."
_WHAT_CHANGES: Mapping[SideAnswer, str] = MappingProxyType(
    {
        "as_named": "Nothing changes: runs of this device are read as they stand, and now for a reason.",
        "swapped": "Left and right of this device are exchanged from now on, in the runs already kept too.",
        "unclear": "Nothing changes. A stronger limp for the whole minute, on flat ground, would tell.",
    }
)


def print_athlete(
    profile: Profile, checks: Sequence[SideCheck], *, today: date, console: Console | None = None
) -> None:
    """Print one athlete's screen on standard output, or on the console given."""
    console = console or Console(highlight=False)
    width = min(console.width, WIDTH_MAX)
    console.print(athlete_screen(profile, checks, today=today, width=width), width=width)


def added_words(profile: Profile, *, today: date) -> str:
    """Say in one line that an athlete is kept, and where the rest stands.

    >>> added_words(Profile(name="Ada", born_year=1990, mass_kg=68), today=date(2026, 5, 4))
    'Ada is kept: 36 this year · 68 kg. All that is known, and what is not: evenstride athlete show Ada'
    """
    body = _body(profile, today)
    said = "" if body == _NOTHING else f": {body}"
    name = f'"{profile.name}"' if " " in profile.name else profile.name
    return f"{profile.name} is kept{said}. All that is known, and what is not: evenstride athlete show {name}"


def athlete_text(profile: Profile, checks: Sequence[SideCheck], *, today: date, width: int = WIDTH_MAX) -> str:
    """Return one athlete's screen as plain text.

    >>> print(athlete_text(Profile(name="Ada", born_year=1990, mass_kg=68), (), today=date(2026, 5, 4)).splitlines()[1])
    36 this year · 68 kg
    """
    return as_text(athlete_screen(profile, checks, today=today, width=width), width)


def athlete_screen(
    profile: Profile, checks: Sequence[SideCheck], *, today: date, width: int = WIDTH_MAX
) -> RenderableType:
    """Return one athlete's screen."""
    facts = Table.grid(padding=(0, 1, 0, 0))
    facts.add_column(width=LABEL_WIDTH - 1, style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    for label, lines in _facts(profile, checks, today):
        for place, line in enumerate(lines):
            facts.add_row("" if place else label, Text(printable(line)))
    parts: list[RenderableType] = [Text(printable(profile.name), style="bold"), Text(_body(profile, today)), Text("")]
    if profile.injuries:
        parts += [_legs(profile, today, width), Text("")]
    return Group(*parts, facts)


def print_athletes(profiles: Sequence[Profile], *, today: date, console: Console | None = None) -> None:
    """Print a line per athlete: name, body, next race."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for header in ("athlete", "", "next race"):
        table.add_column(header, overflow="fold")
    for profile in profiles:
        coming = _coming(profile.races, today)
        said = _race_words(coming[0], today) if coming else "–"
        table.add_row(Text(printable(profile.name)), _body(profile, today), said)
    console = console or Console(highlight=False)
    console.print(table, width=min(console.width, WIDTH_MAX))


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


def print_side_checks(checks: Sequence[SideCheck], console: Console | None = None) -> None:
    """Print what a side check told, and what that changes."""
    console = console or Console(highlight=False)
    width = min(console.width, WIDTH_MAX)
    for check in checks:
        console.print(Text(printable(side_check_words(check)), style="bold"), width=width)
        console.print(_WHAT_CHANGES[check.answer], width=width)


def _body(profile: Profile, today: date) -> str:
    said = []
    if profile.born_year is not None:
        said.append(f"{today.year - profile.born_year} this year")
    if profile.mass_kg is not None:
        said.append(f"{rounded(profile.mass_kg, 1).removesuffix('.0')} kg")
    if profile.sex is not None:
        said.append(profile.sex)
    if profile.dominant_leg is not None:
        said.append(f"{profile.dominant_leg} leg dominant")
    length = profile.leg_length_difference_mm
    if length is not None:
        size = f"{abs(length):g} mm"
        said.append(f"{'right' if length > 0 else 'left'} leg {size} longer" if length else "legs of equal length")
    return " · ".join(said) or _NOTHING


def _facts(profile: Profile, checks: Sequence[SideCheck], today: date) -> Iterator[tuple[str, list[str]]]:
    runs = sorted(profile.runs, key=_in_the_week)
    yield "usual week", [f"{_slot_words(run)} · {run.kind}" for run in runs]
    free = [_slot_words(slot) for slot in sorted(profile.free, key=_in_the_week)]
    yield "free", free
    before, after = profile.minutes_before_runs, profile.minutes_after_runs
    yield "around runs", [f"{before:g} min before, {after:g} min after"]
    yield "equipment", [", ".join(name.replace("_", " ") for name in profile.equipment)] if profile.equipment else []
    coming = _coming(profile.races, today)
    yield "races", [_race_words(race, today) for race in coming]
    past = sorted((race for race in profile.races if race.day < today), key=lambda race: race.day, reverse=True)
    yield "past races", [_race_words(race, today) for race in past]
    for restriction in profile.restrictions:
        which = f"{restriction.side} leg" if restriction.side else "both legs"
        over = " (over)" if restriction.until < today else ""
        yield "restricted", [f"no {restriction.what}, {which}, until {day_words(restriction.until)}{over}"]
    yield "own ranges", [_target_words(one) for one in profile.targets]
    yield "devices", [side_check_words(check) for check in checks]
    yield "time zone", [profile.timezone]
    lacks = missing(profile, checks)
    yield "not known yet", [f"{_field_words(name)}, for {use}" for name, use in lacks]
    if lacks:
        yield "", ["evenstride athlete change --help shows how each is given."]


def _legs(profile: Profile, today: date, width: int) -> Table:
    """What each leg has been through, left on the left."""
    table = Table(box=None, padding=(0, 2, 0, 0), width=width)
    sides: tuple[Side, Side] = ("left", "right")
    for side in sides:
        table.add_column(Text(f"{side} leg", style=STYLES[side]), ratio=1, overflow="fold")
    told = [[_injury_words(one, today) for one in profile.injuries if one.side == side] or ["–"] for side in sides]
    for place in range(max(map(len, told))):
        table.add_row(*(Text(printable(one[place])) if place < len(one) else "" for one in told))
    return table


def _injury_words(injury: Injury, today: date) -> str:
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


def _about(day: date, *, last: bool) -> str:
    """The day, or only its month where it is the month's edge: so a month that was given comes back."""
    edge = monthrange(day.year, day.month)[1] if last else 1
    return f"{day:%B %Y}" if day.day == edge else day_words(day)


def _coming(races: Sequence[Race], today: date) -> list[Race]:
    return sorted((race for race in races if race.day >= today), key=lambda race: race.day)


def _race_words(race: Race, today: date) -> str:
    days = (race.day - today).days
    if days == 0:
        when = "today"
    elif abs(days) < 14:
        when = f"in {days} day{'s' if days > 1 else ''}" if days > 0 else f"{-days} day{'s' if days < -1 else ''} ago"
    else:
        when = f"in {days // 7} weeks" if days > 0 else f"{-days // 7} weeks ago"
    return f"{day_words(race.day)}, {when} ({_PRIORITIES[race.priority]})"


def _slot_words(slot: PlannedRun | FreeSlot) -> str:
    minutes = f" {slot.minutes:g} min" if slot.minutes else ""
    return f"{WEEKDAYS[slot.weekday]}{f' {slot.at:%H:%M}' if slot.at else ''}{minutes}"


def _target_words(target: Target) -> str:
    ends = " to ".join(_end_words(end) for end in (target.low, target.high))
    note = f" ({target.note})" if target.note else ""
    return f"{target.what.replace('_', ' ')}: {ends}, since {day_words(target.since)}{note}"


def _end_words(end: float) -> str:
    return f"{'left' if end < 0 else 'right'} {abs(end):g}" if end else "0"


def _in_the_week(slot: PlannedRun | FreeSlot) -> tuple[int, time]:
    return slot.weekday, slot.at or time()


def _field_words(name: str) -> str:
    return {
        "born_year": "year of birth", "mass_kg": "body mass", "runs": "the usual week", "free": "free minutes",
        "injuries": "injuries and surgery", "side_check": "a side check",
    }.get(name, name.replace("_", " "))  # fmt: skip
