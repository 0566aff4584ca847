"""The people: added, changed, shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.model import Injury, Profile, SideCheck
from evenstride.service.analyze import read_bytes
from evenstride.service.home import Home, kept_runs, local_timezone, open_home, opened
from evenstride.service.profile_text import (
    ProfileWords,
    altered,
    injury_words,
    race_words,
    read_name,
    read_profile_toml,
    restriction_words,
    target_words,
)
from evenstride.service.where import Where
from evenstride.store import (
    Store,
    add_athlete,
    athletes,
    recording_id,
    replace_report,
    save_profile,
    side_checks,
    writing,
)

Listed = Literal["races", "injuries", "restrictions", "targets"]
"""What of a profile is a list that grows and shrinks by one entry."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """One athlete with what is known of the devices, and what day it is for them."""

    profile: Profile
    checks: tuple[SideCheck, ...]
    today: date


def add_person(where: Where, words: ProfileWords, *, file: Path | None = None) -> Person:
    """Keep a new athlete: what a file says, and what was typed on top of it.

    Raises
    ------
    InvalidRequest
        A field that cannot be read, named; no name at all; a name that is taken.
    """
    if file is not None:
        profile = read_profile(file, name=words.name)
    elif words.name is not None:
        profile = Profile(name=read_name(words.name), timezone=local_timezone())
    else:
        raise InvalidRequest("A new athlete needs a name.", help="For example: evenstride athlete add Ada.")
    profile = altered(profile, words, today=_today(profile))
    with opened(where) as store:
        add_athlete(store, profile, now=datetime.now(UTC))
    return Person(profile=profile, checks=(), today=_today(profile))


def change_person(where: Where, words: ProfileWords, *, file: Path | None = None) -> Person:
    """Keep what is newly known of an athlete; a file stands for the whole profile.

    Raises
    ------
    InvalidRequest
        No such athlete; a field that cannot be read, named; nothing to change.
    """
    if words == ProfileWords() and file is None:
        raise InvalidRequest("Nothing was given to change.", help="For example: evenstride athlete change --mass 66.")
    with open_home(where) as home:
        known = read_profile(file, name=words.name, else_name=home.profile.name) if file else home.profile
        profile = _keep(home, altered(known, words, today=home.today))
        return Person(profile=profile, checks=side_checks(home.store, home.athlete_id), today=_today(profile))


def change_here(home: Home, words: ProfileWords) -> Profile:
    """Keep what is newly known of the athlete whose home is open.

    Raises
    ------
    InvalidRequest
        A field that cannot be read, named.
    """
    return _keep(home, altered(home.profile, words, today=home.today))


def drop_entry(home: Home, field: Listed, entry: str) -> Profile:
    """Take one race, injury, restriction or range out of the profile; ``entry`` is it in words, as it is written.

    Raises
    ------
    UnknownEntry
        There is none of these words: somebody took it out before.
    """
    words = _WORDS[field]
    kept = tuple(one for one in getattr(home.profile, field) if words(one) != entry)
    if len(kept) == len(getattr(home.profile, field)):
        raise UnknownEntry("This is no longer in the profile.", help="Open the profile again.")
    left: dict[str, Any] = {field: kept}
    return _keep(home, replace(home.profile, **left))


def entries_of(profile: Profile, field: Listed) -> tuple[tuple[Any, str], ...]:
    """Return what a list of the profile holds, each with the words by which :func:`drop_entry` knows it."""
    return tuple((one, _WORDS[field](one)) for one in getattr(profile, field))


def checks_of(home: Home) -> tuple[SideCheck, ...]:
    """Return what is known of the athlete's devices."""
    return side_checks(home.store, home.athlete_id)


def _injury_words(injury: Injury) -> str:
    return f"{injury.kind} {injury_words(injury)}"


_WORDS: Mapping[Listed, Callable[[Any], str]] = {
    "races": race_words, "injuries": _injury_words, "restrictions": restriction_words, "targets": target_words,
}  # fmt: skip


def _keep(home: Home, profile: Profile) -> Profile:
    save_profile(home.store, home.athlete_id, profile)
    _move_clocks(home, profile.timezone)
    return profile


def _move_clocks(home: Home, timezone: str) -> None:
    """Let runs whose file names no zone begin at the same time of day in the athlete's new one."""
    if timezone == home.profile.timezone:
        return
    old, new = ZoneInfo(home.profile.timezone), ZoneInfo(timezone)
    with writing(home.store, home.athlete_id) as connection:
        for run in kept_runs(home):
            for one in run.recordings:
                if any(note.code == "no_time_zone" for note in one.report.notes):
                    start = one.report.start.astimezone(old).replace(tzinfo=new)
                    id_ = recording_id(one.originals, one.part)
                    report = replace(one.report, start=start)
                    replace_report(connection, home.athlete_id, id_, report, one.method)


def person(where: Where) -> Person:
    """Return the athlete asked for."""
    with open_home(where) as home:
        return Person(profile=home.profile, checks=side_checks(home.store, home.athlete_id), today=home.today)


def people(where: Where) -> tuple[Person, ...]:
    """Return everybody, in the order in which they were added."""
    with opened(where) as store:
        return _everybody(store)


def read_profile(file: Path, *, name: str | None = None, else_name: str | None = None) -> Profile:
    """Read a profile from its file; ``name`` takes the place of the file's, ``else_name`` of one that it lacks."""
    try:
        text = read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidRequest(f"{file.name} is not a text file.", help="A profile is TOML: docs/profile.md.") from None
    profile = read_profile_toml(text, else_name=name or else_name)
    return replace(profile, name=read_name(name)) if name is not None else profile


def named(where: Where, name: str | None) -> Where:
    """Return where to look for the athlete named with a command, else for the one named before it."""
    return where if name is None else replace(where, athlete=name)


def _everybody(store: Store) -> tuple[Person, ...]:
    found: Sequence[tuple[Profile, str]] = [(one.profile, one.id) for one in athletes(store)]
    return tuple(
        Person(profile=profile, checks=side_checks(store, athlete_id), today=_today(profile))
        for profile, athlete_id in found
    )


def _today(profile: Profile) -> date:
    return datetime.now(ZoneInfo(profile.timezone)).date()
