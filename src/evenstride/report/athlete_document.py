"""An athlete as JSON, and what is not known with what it would be good for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from evenstride.model import FreeSlot, Injury, PlannedRun, Profile, Race, Restriction, SideCheck, Target

WEEKDAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_WANTED: Mapping[str, tuple[Callable[[Profile], bool], str]] = MappingProxyType(
    {
        "born_year": (lambda one: one.born_year is None, "norms by age in tests"),
        "mass_kg": (lambda one: one.mass_kg is None, "loads in tests and exercises as a share of body mass"),
        "sex": (lambda one: one.sex is None, "norms that differ between women and men"),
        "dominant_leg": (lambda one: one.dominant_leg is None, "reading a small difference between the legs in tests"),
        "runs": (lambda one: not one.runs, "keeping exercises clear of the hard runs of the week"),
        "free": (lambda one: not one.free, "knowing when a separate session fits"),
        "equipment": (lambda one: not one.equipment, "choosing exercises that can be done"),
        "races": (lambda one: not one.races, "easing off in time"),
        "injuries": (lambda one: not one.injuries, "which leg to favour, where tests do not tell"),
    }
)
"""A field of the profile → whether it is unknown, and what it would be good for."""


def missing(profile: Profile, checks: Sequence[SideCheck]) -> tuple[tuple[str, str], ...]:
    """Return what is not known, each with what it would be good for.

    >>> missing(Profile(name="Ada", born_year=1990), ())[0]
    ('mass_kg', 'loads in tests and exercises as a share of body mass')
    """
    found = [(name, use) for name, (is_unknown, use) in _WANTED.items() if is_unknown(profile)]
    if not any(check.answer != "unclear" for check in checks):
        found.append(("side_check", "being sure which leg a device means by left"))
    return tuple(found)


def athletes_document(athletes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one document of athletes, each as :func:`athlete_document` gives it."""
    return {"schema": "evenstride.athlete/1", "athletes": list(athletes)}


def athlete_document(profile: Profile, checks: Sequence[SideCheck], *, today: date) -> dict[str, Any]:
    """Return one athlete; ``age_years`` is what the athlete turns in the year of ``today``.

    >>> athlete_document(Profile(name="Ada", born_year=1990), (), today=date(2026, 5, 4))["age_years"]
    36
    """
    return {
        "name": profile.name,
        "timezone": profile.timezone,
        "born_year": profile.born_year,
        "age_years": None if profile.born_year is None else today.year - profile.born_year,
        "mass_kg": profile.mass_kg,
        "sex": profile.sex,
        "dominant_leg": profile.dominant_leg,
        "leg_length_difference_mm": profile.leg_length_difference_mm,
        "runs": [_slot(run) | {"kind": run.kind} for run in profile.runs],
        "free": [_slot(slot) for slot in profile.free],
        "minutes_before_runs": profile.minutes_before_runs,
        "minutes_after_runs": profile.minutes_after_runs,
        "equipment": list(profile.equipment),
        "guidance": profile.guidance,
        "units": profile.units,
        "races": [_race(race, today) for race in sorted(profile.races, key=lambda race: race.day)],
        "injuries": [_injury(injury, today) for injury in profile.injuries],
        "restrictions": [_restriction(one, today) for one in profile.restrictions],
        "targets": [_target(one) for one in profile.targets],
        "side_checks": [_check(check) for check in checks],
        "missing": [{"field": name, "use": use} for name, use in missing(profile, checks)],
    }


def side_checks_document(checks: Sequence[SideCheck]) -> dict[str, Any]:
    """Return what a side check of a file told, one entry per source."""
    return {"schema": "evenstride.side_check/1", "side_checks": [_check(check) for check in checks]}


def _slot(slot: PlannedRun | FreeSlot) -> dict[str, Any]:
    at = f"{slot.at:%H:%M}" if slot.at else None
    return {"weekday": WEEKDAYS[slot.weekday].lower(), "minutes": slot.minutes, "at": at}


def _race(race: Race, today: date) -> dict[str, Any]:
    return {"date": race.day.isoformat(), "priority": race.priority, "past": race.day < today}


def _injury(injury: Injury, today: date) -> dict[str, Any]:
    return {
        "kind": injury.kind,
        "side": injury.side,
        "site": injury.site,
        "since": injury.since.isoformat(),
        "until": injury.until.isoformat() if injury.until else None,
        "past": injury.until is not None and injury.until < today,
        "present": injury.present,
    }


def _restriction(restriction: Restriction, today: date) -> dict[str, Any]:
    return {
        "what": restriction.what,
        "side": restriction.side,
        "until": restriction.until.isoformat(),
        "past": restriction.until < today,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "what": target.what,
        "low": target.low,
        "high": target.high,
        "since": target.since.isoformat(),
        "note": target.note,
    }


def _check(check: SideCheck) -> dict[str, Any]:
    return {
        "source": check.source,
        "device": check.device,
        "checked": check.checked.isoformat(),
        "leg": check.leg,
        "method": check.method,
        "answer": check.answer,
        "shift_pct": check.shift_pct,
        "low_pct": check.low_pct,
        "high_pct": check.high_pct,
    }
