"""What do the developer fields of running sensors mean?

Applications number their fields themselves, so a field is known by its application and its number. Names are trusted
only within an application that is known, or that names something only this sensor measures: "Power" alone may as
well be a rowing machine's.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evenstride.measure.formats.fit_decode import DeveloperField, DeveloperKey
from evenstride.model.activity import LegForm


class LegColumn(NamedTuple):
    """One side of a per-leg quantity, or the left leg's share of it (``side`` is then ``left``)."""

    metric: str
    source: str
    form: LegForm
    side: str
    level_channel: str | None = None


class Meaning(NamedTuple):
    """What a developer field holds: a channel or one leg's column, and the factor to SI units or to a share of 1."""

    column: str | LegColumn
    factor: float = 1.0
    sensor: str = "stryd"


STRYD_APPLICATIONS = frozenset({
    "18fb2cf01a4b430dad66988c847421f4",
    "660a581e5301460c8f2f034c8b6dc90f",
    "14cc7713eff04136a643ac88baf99d02",
})  # fmt: skip
RUNSCRIBE_APPLICATIONS = frozenset({
    "502092b3b0dd45ad89b3472ab2060ab6",  # the first one gives its fields no names
    "c1f5c80a5a054e8a97b3fda34e957035",
})  # fmt: skip

_SHARE = {
    "leg spring stiffness balance": ("leg_stiffness", "leg_stiffness_knpm"),
    "vertical oscillation balance": ("vertical_oscillation", "vertical_oscillation_m"),
    "impact loading rate balance": ("loading_rate", "vertical_loading_rate"),
}

STRYD: Mapping[str, Meaning] = {
    "power": Meaning("power_w"),
    "cadence": Meaning("cadence_spm"),
    "ground time": Meaning("contact_time_s", 1 / 1000),
    "vertical oscillation": Meaning("vertical_oscillation_m", 1 / 100),
    "leg spring stiffness": Meaning("leg_stiffness_knpm"),
    "impact loading rate": Meaning("vertical_loading_rate"),
} | {
    name: Meaning(LegColumn(metric, "stryd_duo", "share_left", "left", level), 1 / 100)
    for name, (metric, level) in _SHARE.items()
}
"""Stryd's fields by name, in lower case."""

STRYD_NUMBERS: Mapping[int, str] = {
    0: "power", 2: "cadence", 3: "ground time", 4: "vertical oscillation", 9: "leg spring stiffness",
}  # fmt: skip
"""Stryd's fields by number, where a file leaves the names out."""

_STRYD_ONLY = frozenset({"ground time", "leg spring stiffness", "form power", "air power", *_SHARE})

_RUNSCRIBE_LEFT: Mapping[int, tuple[str, float]] = {
    0: ("impact", 1.0),
    1: ("braking", 1.0),
    2: ("foot_strike", 1.0),
    3: ("pronation", 1.0),
    5: ("contact_time", 1 / 1000),
}
_RUNSCRIBE_RIGHT_IS_LATER_BY = 6

RUNSCRIBE: Mapping[int, Meaning] = {
    number + later: Meaning(LegColumn(metric, "runscribe", "per_leg", side), factor, "runscribe")
    for side, later in (("left", 0), ("right", _RUNSCRIBE_RIGHT_IS_LATER_BY))
    for number, (metric, factor) in _RUNSCRIBE_LEFT.items()
} | {12: Meaning("power_w", 1.0, "runscribe")}
"""RunScribe's fields by number: both of its applications number alike, and the first has no names."""


def developer_meanings(fields: Iterable[DeveloperField]) -> Mapping[DeveloperKey, Meaning]:
    """Return what each known developer field means; unknown ones are left out.

    >>> from evenstride.measure.formats.fit_profile import BASE_TYPES
    >>> unnamed = DeveloperField(key=("502092b3b0dd45ad89b3472ab2060ab6", 11), base=BASE_TYPES[4])
    >>> meaning = developer_meanings([unnamed])[unnamed.key]
    >>> meaning.column.metric, meaning.column.side, meaning.factor
    ('contact_time', 'right', 0.001)
    """
    fields = tuple(fields)
    stryd = STRYD_APPLICATIONS | {field.key[0] for field in fields if field.name.lower() in _STRYD_ONLY}
    found: dict[DeveloperKey, Meaning] = {}
    for field in fields:
        application, number = field.key
        meaning = None
        if application in RUNSCRIBE_APPLICATIONS:
            meaning = RUNSCRIBE.get(number)
        elif application in stryd:
            known = STRYD_NUMBERS.get(number, "") if application in STRYD_APPLICATIONS else ""
            meaning = STRYD.get(field.name.lower() or known)
        if meaning is not None:
            found[field.key] = _in_its_unit(meaning, field.units)
    return found


def _in_its_unit(meaning: Meaning, units: str) -> Meaning:
    if meaning.column == "vertical_oscillation_m" and units.lower() in ("mm", "millimeters"):
        return meaning._replace(factor=1 / 1000)
    return meaning
