"""All fields of a profile at once: what was typed for each, put into a profile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from evenstride.errors import InvalidRequest
from evenstride.model.profile import Injury, Profile, Race, Restriction, Target
from evenstride.service.profile_text import body, history, targets, week
from evenstride.service.profile_text.shared import did_you_mean, wrong

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class ProfileWords:
    """What was typed for each field, as it was typed; None and empty where nothing was.

    ``forget`` names fields to be emptied first.
    """

    name: str | None = None
    born: str | None = None
    mass: str | None = None
    sex: str | None = None
    dominant: str | None = None
    leg_length: str | None = None
    runs: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    around_runs: str | None = None
    equipment: tuple[str, ...] = ()
    races: tuple[str, ...] = ()
    injuries: tuple[str, ...] = ()
    surgeries: tuple[str, ...] = ()
    restrictions: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    timezone: str | None = None
    guidance: str | None = None
    units: str | None = None
    forget: tuple[str, ...] = ()


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = MappingProxyType(
    {
        "name": ("name", body.read_name),
        "born": ("born_year", body.read_born),
        "mass": ("mass_kg", body.read_mass_kg),
        "sex": ("sex", body.read_sex),
        "dominant": ("dominant_leg", body.read_side),
        "leg_length": ("leg_length_difference_mm", body.read_leg_length_mm),
        "runs": ("runs", week.read_runs),
        "free": ("free", week.read_free),
        "equipment": ("equipment", body.read_equipment),
        "timezone": ("timezone", body.read_timezone),
        "guidance": ("guidance", body.read_on_off),
        "units": ("units", body.read_units),
    }
)
"""Words that say a whole field → the profile's own field and what reads it."""

_FORGOTTEN: Mapping[str, Callable[[Profile], Mapping[str, Any]]] = MappingProxyType(
    {
        "born": lambda _: {"born_year": None},
        "mass": lambda _: {"mass_kg": None},
        "sex": lambda _: {"sex": None},
        "dominant": lambda _: {"dominant_leg": None},
        "leg_length": lambda _: {"leg_length_difference_mm": None},
        "runs": lambda _: {"runs": ()},
        "free": lambda _: {"free": ()},
        "around_runs": lambda _: {
            "minutes_before_runs": Profile.minutes_before_runs,
            "minutes_after_runs": Profile.minutes_after_runs,
        },
        "equipment": lambda _: {"equipment": ()},
        "races": lambda _: {"races": ()},
        "injuries": lambda profile: {"injuries": tuple(one for one in profile.injuries if one.kind != "injury")},
        "surgeries": lambda profile: {"injuries": tuple(one for one in profile.injuries if one.kind != "surgery")},
        "restrictions": lambda _: {"restrictions": ()},
        "targets": lambda _: {"targets": ()},
        "timezone": lambda _: {"timezone": Profile.timezone},
        "guidance": lambda _: {"guidance": Profile.guidance},
        "units": lambda _: {"units": Profile.units},
    }
)
"""A field's name → the profile's own fields as they are when nothing is known."""


def altered(profile: Profile, words: ProfileWords, *, today: date) -> Profile:
    """Put what was typed into a profile, and keep the rest.

    Races, injuries, surgery, restrictions and targets join those known and take the place of the same one; everything
    else is replaced.

    >>> ada = altered(Profile(name="Ada"), ProfileWords(injuries=("right achilles 2025-11",)), today=date(2026, 5, 4))
    >>> healed = altered(ada, ProfileWords(injuries=("right achilles 2025-11..2026-02",)), today=date(2026, 5, 4))
    >>> [str(injury.until) for injury in healed.injuries]
    ['2026-02-28']
    """
    for name in words.forget:
        profile = replace(profile, **_forgotten(name)(profile))
    changes: dict[str, Any] = {}
    for name, (field, read) in _READERS.items():
        typed = getattr(words, name)
        text = ", ".join(typed) if isinstance(typed, tuple) else typed
        if text not in (None, ""):
            changes[field] = read(text)
    if words.around_runs is not None:
        before, after = week.read_around_runs(words.around_runs)
        changes |= {"minutes_before_runs": before, "minutes_after_runs": after}
    injuries = history.read_injuries(", ".join(words.injuries)) if words.injuries else ()
    injuries += history.read_injuries(", ".join(words.surgeries), "surgery") if words.surgeries else ()
    changes["injuries"] = _joined(profile.injuries, injuries, _same_injury)
    changes["races"] = _joined(profile.races, history.read_races(", ".join(words.races)), _same_race)
    restrictions = history.read_restrictions(", ".join(words.restrictions))
    changes["restrictions"] = _joined(profile.restrictions, restrictions, _same_restriction)
    changes["targets"] = _joined(profile.targets, targets.read_targets(", ".join(words.targets)), _same_target)
    return checked(replace(profile, **changes), today=today)


def checked(profile: Profile, *, today: date) -> Profile:
    """Return the profile, or say which of its past lies in the future."""
    if profile.born_year is not None and profile.born_year > today.year:
        raise wrong(f"{profile.born_year} is no year of birth yet.", "born")
    for injury in profile.injuries:
        if injury.since > today:
            raise wrong(f"The {injury.kind} ({injury.side} {injury.site}) lies in the future.", injury.kind)
    return profile


def _forgotten(name: str) -> Callable[[Profile], Mapping[str, Any]]:
    word = name.strip().lower().lstrip("-").replace("-", "_")
    for known in (word, f"{word}s", word.removesuffix("y") + "ies"):
        if known in _FORGOTTEN:
            return _FORGOTTEN[known]
    raise InvalidRequest(
        f"{name!r} is no field of a profile.{did_you_mean(word, tuple(_FORGOTTEN))}",
        help=f"Fields that can be forgotten: {', '.join(_FORGOTTEN)}.",
    )


def _joined(known: tuple[T, ...], given: tuple[T, ...], same: Callable[[T], object]) -> tuple[T, ...]:
    """Those known and those given, one of each kind, the given one where both are."""
    entries = {same(one): one for one in known}
    entries |= {same(one): one for one in given}
    return tuple(entries.values())


def _same_injury(injury: Injury) -> object:
    return injury.kind, injury.side, injury.site.lower(), injury.since


def _same_race(race: Race) -> object:
    return race.day


def _same_restriction(restriction: Restriction) -> object:
    return restriction.what.lower(), restriction.side


def _same_target(target: Target) -> object:
    return target.what
