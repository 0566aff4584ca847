"""The screen of one athlete: body, week, races, what each leg has been through, devices, and what is not known."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import Profile, Side, SideCheck
from evenstride.report.athlete_document import missing
from evenstride.report.athlete_words import (
    NOTHING,
    WHAT_CHANGES,
    body_words,
    coming_races,
    field_words,
    in_the_week,
    injury_words,
    race_words,
    restriction_words,
    side_check_words,
    slot_words,
    target_words,
)
from evenstride.report.looks import LABEL_WIDTH, STYLES, WIDTH_MAX, as_text, printable


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
    body = body_words(profile, today)
    said = "" if body == NOTHING else f": {body}"
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
    parts: list[RenderableType] = [
        Text(printable(profile.name), style="bold"),
        Text(body_words(profile, today)),
        Text(""),
    ]
    if profile.injuries:
        parts += [_legs(profile, today, width), Text("")]
    return Group(*parts, facts)


def print_athletes(profiles: Sequence[Profile], *, today: date, console: Console | None = None) -> None:
    """Print a line per athlete: name, body, next race."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for header in ("athlete", "", "next race"):
        table.add_column(header, overflow="fold")
    for profile in profiles:
        coming = coming_races(profile.races, today)
        said = race_words(coming[0], today) if coming else "–"
        table.add_row(Text(printable(profile.name)), body_words(profile, today), said)
    console = console or Console(highlight=False)
    console.print(table, width=min(console.width, WIDTH_MAX))


def print_side_checks(checks: Sequence[SideCheck], console: Console | None = None) -> None:
    """Print what a side check told, and what that changes."""
    console = console or Console(highlight=False)
    width = min(console.width, WIDTH_MAX)
    for check in checks:
        console.print(Text(printable(side_check_words(check)), style="bold"), width=width)
        console.print(WHAT_CHANGES[check.answer], width=width)


def _facts(profile: Profile, checks: Sequence[SideCheck], today: date) -> Iterator[tuple[str, list[str]]]:
    runs = sorted(profile.runs, key=in_the_week)
    yield "usual week", [f"{slot_words(run)} · {run.kind}" for run in runs]
    free = [slot_words(slot) for slot in sorted(profile.free, key=in_the_week)]
    yield "free", free
    before, after = profile.minutes_before_runs, profile.minutes_after_runs
    yield "around runs", [f"{before:g} min before, {after:g} min after"]
    yield "equipment", [", ".join(name.replace("_", " ") for name in profile.equipment)] if profile.equipment else []
    coming = coming_races(profile.races, today)
    yield "races", [race_words(race, today) for race in coming]
    past = sorted((race for race in profile.races if race.day < today), key=lambda race: race.day, reverse=True)
    yield "past races", [race_words(race, today) for race in past]
    for restriction in profile.restrictions:
        yield "restricted", [restriction_words(restriction, today)]
    yield "own ranges", [target_words(one) for one in profile.targets]
    yield "devices", [side_check_words(check) for check in checks]
    yield "time zone", [profile.timezone]
    lacks = missing(profile, checks)
    yield "not known yet", [f"{field_words(name)}, for {use}" for name, use in lacks]
    if lacks:
        yield "", ["evenstride athlete change --help shows how each is given."]


def _legs(profile: Profile, today: date, width: int) -> Table:
    """What each leg has been through, left on the left."""
    table = Table(box=None, padding=(0, 2, 0, 0), width=width)
    sides: tuple[Side, Side] = ("left", "right")
    for side in sides:
        table.add_column(Text(f"{side} leg", style=STYLES[side]), ratio=1, overflow="fold")
    told = [[injury_words(one, today) for one in profile.injuries if one.side == side] or ["–"] for side in sides]
    for place in range(max(map(len, told))):
        table.add_row(*(Text(printable(one[place])) if place < len(one) else "" for one in told))
    return table
