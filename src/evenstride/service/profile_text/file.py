"""A profile as a TOML file that a person can read, edit and give back: writing and reading give the same profile."""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from evenstride.errors import InvalidRequest
from evenstride.model.profile import Injury, InjuryKind, Profile, Restriction, Target
from evenstride.service.profile_text import body, history, targets, week
from evenstride.service.profile_text.shared import EXAMPLES, did_you_mean, wrong

T = TypeVar("T")

_HELP = "docs/profile.md has a whole file; `evenstride athlete show --toml` prints your own."


def read_profile_toml(text: str, *, else_name: str | None = None) -> Profile:
    """Read a profile from its file; ``else_name`` stands in where the file has none.

    Raises
    ------
    InvalidRequest
        No TOML; a key that is not known (the nearest is suggested); a value that its field cannot be, named.

    Examples
    --------
    >>> read_profile_toml('name = "Ada"\\nmass = "150 lb"\\nraces = ["2026-09-20=A"]').races[0].priority
    'A'
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidRequest(f"The profile is not TOML: {error}.", help=_HELP) from None
    values: dict[str, Any] = {}
    for key, value in table.items():
        field = _OTHER_KEYS.get(key, key)
        if field not in _READ:
            raise InvalidRequest(
                f"{key!r} is no field of a profile.{did_you_mean(key, (*_READ, *_OTHER_KEYS))}",
                help=f"Fields: {', '.join(_READ)}.",
            )
        own = _READ[field](value)
        if values.keys() & own.keys():
            raise InvalidRequest(f"{key!r} is said twice.", help=_HELP)
        values |= own
    if else_name is not None:
        values.setdefault("name", body.read_name(else_name))
    if "name" not in values:
        raise InvalidRequest("The profile has no name.", help='Add a line like name = "Ada".')
    return Profile(**values)


def profile_toml(profile: Profile) -> str:
    """Write a profile as TOML, what is not known as comments that show how it would be written.

    >>> print(profile_toml(Profile(name="Ada", mass_kg=68.0)).splitlines()[3])
    name = "Ada"
    """
    before, after = profile.minutes_before_runs, profile.minutes_after_runs
    length = profile.leg_length_difference_mm
    lines = [
        "# An athlete of evenstride. Nothing but the name is needed; a line that begins with # is not read.",
        "# Give it back with: evenstride athlete change --file FILE",
        "",
        _line("name", profile.name),
        _line("timezone", profile.timezone),
        _line("born_year", profile.born_year, "1990", "norms by age"),
        _line("mass_kg", profile.mass_kg, "68.0", 'or "150 lb"'),
        _line("sex", profile.sex, '"female"', "only where a norm needs it"),
        _line("dominant_leg", profile.dominant_leg, '"right"', "the leg that kicks a ball"),
        _line("leg_length", None if length is None else body.leg_length_words(length), '"right +6 mm"', _MEASURED),
        "",
        f"# The usual week: weekday, kind ({', '.join(week.RUN_KINDS)}), minutes, time of day if fixed.",
        _list("runs", [_string(week.run_words(run)) for run in profile.runs], EXAMPLES["runs"]),
        "# Minutes for separate sessions, and around runs.",
        _list("free", [_string(week.free_words(slot)) for slot in profile.free], EXAMPLES["free"]),
        _line("minutes_before_runs", before),
        _line("minutes_after_runs", after),
        f"# What is at hand: {', '.join(body.EQUIPMENT)}.",
        f"equipment = [{', '.join(_string(name) for name in profile.equipment)}]",
        "# General guidance of the day on food, drink and sleep: on or off.",
        _line("guidance", "on" if profile.guidance else "off"),
        _line("units", profile.units, remark="metric or imperial: how distances and masses are shown"),
        "",
        "# Races: A the goal, B on the way, C for training.",
        _list("races", [_string(history.race_words(race)) for race in profile.races], EXAMPLES["race"]),
        '# What each leg has been through; a month or a year is as good as a day, "now" if it is still there.',
        _list("injuries", [_injury(one) for one in profile.injuries], EXAMPLES["injury"]),
        "# What a clinician forbids, until when, that day included.",
        _list("restrictions", [_restriction(one) for one in profile.restrictions], EXAMPLES["restriction"]),
        "# Ranges set by you, a coach or a clinician for how the legs may differ; without one evenstride sets its own.",
        _list("targets", [_target(one) for one in profile.targets], EXAMPLES["target"]),
    ]
    return "\n".join(lines) + "\n"


_MEASURED = "the longer leg, measured"


def _line(key: str, value: str | float | None, example: str = "", remark: str = "") -> str:
    """Write one value, or the example of one that is not known."""
    if value is None:
        return f"# {key} = {example}  # {remark}"
    written = _string(value) if isinstance(value, str) else repr(value)
    return f"{key} = {written}" + (f"  # {remark}" if remark else "")


def _list(key: str, entries: Sequence[str], example: str) -> str:
    if not entries:
        return f"{key} = []  # for example [{', '.join(_string(one.strip()) for one in example.split(','))}]"
    return "\n".join([f"{key} = [", *(f"  {entry}," for entry in entries), "]"])


def _string(text: str) -> str:
    # What JSON escapes, TOML reads; the one sign that only TOML forbids is written out.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _injury(injury: Injury) -> str:
    fields = {"side": injury.side, "site": injury.site}
    fields["since"] = history.some_day_words(injury.since, last=False)
    if end := history.end_words(injury):
        fields["until"] = end
    if injury.kind != "injury":
        fields["kind"] = injury.kind
    return _inline(fields)


def _restriction(restriction: Restriction) -> str:
    fields = {"what": restriction.what}
    if restriction.side is not None:
        fields["side"] = restriction.side
    return _inline(fields | {"until": restriction.until.isoformat()})


def _target(target: Target) -> str:
    fields = {"what": target.what, "range": targets.range_words(target.low, target.high)}
    fields["since"] = target.since.isoformat()
    return _inline(fields | ({"note": target.note} if target.note else {}))


def _inline(fields: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {_string(value)}" for key, value in fields.items()) + " }"


def _read_text(field: str, read: Callable[[str], T]) -> Callable[[Any], T]:
    def from_value(value: Any) -> T:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise wrong(f"{field} is not one value.", field)
        return read(value if isinstance(value, str) else repr(value))

    return from_value


def _read_entries(
    field: str, read: Callable[[str], tuple[T, ...]], read_table: Callable[[Mapping[str, Any]], T] | None = None
) -> Callable[[Any], tuple[T, ...]]:
    """Read a list of texts as the command line knows them, or of tables; a single text may hold several."""

    def from_value(value: Any) -> tuple[T, ...]:
        entries = [value] if isinstance(value, str) else value
        if not isinstance(entries, list):
            raise wrong(f"{field} is not a list of texts.", field)
        found: tuple[T, ...] = ()
        for entry in entries:
            if isinstance(entry, str):
                found += read(entry)
            elif read_table is not None and isinstance(entry, dict):
                found += (read_table(entry),)
            else:
                raise wrong(f"{entry!r} under {field} is not a text.", field)
        return found

    return from_value


def _read_injury(table: Mapping[str, Any]) -> Injury:
    words = _words_of(table, "injury", needed=("side", "site", "since"), known=("until", "kind"))
    kind: InjuryKind = "surgery" if words.get("kind") == "surgery" else "injury"
    if words.get("kind", kind) not in get_args(InjuryKind):
        raise wrong(f"{words['kind']!r} is neither injury nor surgery.", "injury")
    until, present = history.read_end(words.get("until"), kind)
    since = history.some_day(words["since"], kind, last=False)
    side = body.read_side(words["side"])
    return history.checked_injury(
        Injury(side=side, site=words["site"], since=since, until=until, kind=kind, present=present)
    )


def _read_restriction(table: Mapping[str, Any]) -> Restriction:
    words = _words_of(table, "restriction", needed=("what", "until"), known=("side",))
    side = None if words.get("side", "both") == "both" else body.read_side(words["side"])
    return Restriction(what=words["what"], until=history.read_day(words["until"], "restriction"), side=side)


def _read_target(table: Mapping[str, Any]) -> Target:
    words = _words_of(table, "target", needed=("what", "range", "since"), known=("note",))
    low, high = targets.read_range(words["range"])
    since, note = history.read_day(words["since"], "target"), words.get("note", "")
    return Target(what=targets.read_what(words["what"]), low=low, high=high, since=since, note=note)


def _words_of(
    table: Mapping[str, Any], field: str, *, needed: tuple[str, ...], known: tuple[str, ...]
) -> dict[str, str]:
    """Return the texts of one entry; a day may be TOML's own. Unknown and missing keys are named."""
    for key in table:
        if key not in (*needed, *known):
            raise wrong(f"{key!r} is not part of a {field}.{did_you_mean(key, (*needed, *known))}", field)
    words = {}
    for key, value in table.items():
        text = value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int) else value
        if not isinstance(text, str) or not text.strip():
            raise wrong(f"{key} of a {field} is {value!r}, which is no text.", field)
        words[key] = " ".join(text.split())
    for key in needed:
        if key not in words:
            raise wrong(f"A {field} needs its {key}.", field)
    return words


def _minutes(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= week.AROUND_MINUTES_MAX:
        most = f"{week.AROUND_MINUTES_MAX:.0f}"
        raise InvalidRequest(f"{value!r} is no number of minutes around runs, 0 to {most}.", help="For example 10.")
    return float(value)


def _around(value: Any) -> dict[str, Any]:
    text = " ".join(map(str, value)) if isinstance(value, list) else str(value)
    before, after = week.read_around_runs(text)
    return {"minutes_before_runs": before, "minutes_after_runs": after}


def _read_on_off(value: Any) -> bool:
    return body.read_on_off(str(value))


def _one(field: str, read: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    return lambda value: {field: read(value)}


_READ: Mapping[str, Callable[[Any], dict[str, Any]]] = MappingProxyType(
    {
        "name": _one("name", _read_text("name", body.read_name)),
        "timezone": _one("timezone", _read_text("timezone", body.read_timezone)),
        "born_year": _one("born_year", _read_text("born", body.read_born)),
        "mass_kg": _one("mass_kg", _read_text("mass", body.read_mass_kg)),
        "sex": _one("sex", _read_text("sex", body.read_sex)),
        "dominant_leg": _one("dominant_leg", _read_text("dominant", body.read_side)),
        "leg_length": _one("leg_length_difference_mm", _read_text("leg_length", body.read_leg_length_mm)),
        "runs": _one("runs", _read_entries("runs", week.read_runs)),
        "free": _one("free", _read_entries("free", week.read_free)),
        "minutes_before_runs": _one("minutes_before_runs", _minutes),
        "minutes_after_runs": _one("minutes_after_runs", _minutes),
        "around_runs": _around,
        "equipment": _one("equipment", _read_entries("equipment", body.read_equipment)),
        "guidance": _one("guidance", _read_on_off),
        "units": _one("units", _read_text("units", body.read_units)),
        "races": _one("races", _read_entries("race", history.read_races)),
        "injuries": _one("injuries", _read_entries("injury", history.read_injuries, _read_injury)),
        "restrictions": _one(
            "restrictions", _read_entries("restriction", history.read_restrictions, _read_restriction)
        ),
        "targets": _one("targets", _read_entries("target", targets.read_targets, _read_target)),
    }
)
"""Key of the file → what of a profile it says."""

_OTHER_KEYS: Mapping[str, str] = MappingProxyType({"born": "born_year", "mass": "mass_kg", "dominant": "dominant_leg"})
"""The command line's names for the same."""
