"""Who somebody is, as words: name, year of birth, mass, sex, legs, time zone, and what is at hand."""

import re
from difflib import get_close_matches
from functools import cache
from typing import cast, get_args
from zoneinfo import available_timezones

from evenstride.errors import InvalidRequest
from evenstride.model.profile import Sex, Side, Units
from evenstride.service.profile_text.shared import NUMBER, did_you_mean, number_words, parts, wrong

EQUIPMENT: tuple[str, ...] = (
    "dumbbell", "kettlebell", "barbell", "bench", "low_box", "knee_box",
    "strap", "band", "vest", "foam_pad", "wobble_board", "ball",
)  # fmt: skip
"""What an exercise may need; ``strap`` is anything to hold on to, a pole too."""

_KG_PER_LB = 0.45359237
_MASS_KG = (20.0, 300.0)
_LEG_LENGTH_MM_MAX = 100.0
_OTHER_NAMES = {"pole": "strap", "knee_high_box": "knee_box", "step": "low_box"}
_ON_OFF = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
_SEXES = {"f": "female", "w": "female", "woman": "female", "m": "male", "man": "male"}


def read_name(text: str) -> str:
    """Read an athlete's name.

    >>> read_name(" Ada  Lovelace ")
    'Ada Lovelace'
    """
    name = " ".join(text.split())
    if not name or not name.isprintable():
        raise wrong("An athlete needs a name that can be written.", "name")
    return name


def read_born(text: str) -> int:
    """Read a year of birth.

    >>> read_born("1990")
    1990
    """
    if not re.fullmatch(r"(19|20)\d\d", text.strip()):
        raise wrong(f"{text!r} is no year of birth.", "born")
    return int(text)


def read_mass_kg(text: str) -> float:
    """Read a body mass, in kilograms unless it says pounds.

    >>> read_mass_kg("68"), read_mass_kg("67,5 kg"), round(read_mass_kg("150 lb"), 1)
    (68.0, 67.5, 68.0)
    """
    found = re.fullmatch(rf"({NUMBER})\s*(kg|kgs|lb|lbs|pounds)?", text.strip().lower().replace(",", "."))
    if not found:
        raise wrong(f"{text!r} is no body mass.", "mass", more='or "150 lb"')
    mass_kg = float(found[1]) * (_KG_PER_LB if (found[2] or "kg")[0] in "lp" else 1.0)
    if not _MASS_KG[0] <= mass_kg <= _MASS_KG[1]:
        raise wrong(f"{text!r} would be {mass_kg:.4g} kg, which is no runner's mass.", "mass", more='or "150 lb"')
    return mass_kg


def read_sex(text: str) -> Sex:
    """Read ``female`` or ``male``.

    >>> read_sex("F")
    'female'
    """
    word = text.strip().lower()
    word = _SEXES.get(word, word)
    if word not in get_args(Sex):
        raise InvalidRequest(
            f"{text!r} is neither female nor male.", help="Leave it out where neither fits: only some norms need it."
        )
    return cast(Sex, word)


def read_side(text: str) -> Side:
    """Read ``left`` or ``right``.

    >>> read_side("Right")
    'right'
    """
    word = text.strip().lower()
    word = {"l": "left", "r": "right"}.get(word, word)
    if word not in get_args(Side):
        raise wrong(f"{text!r} is neither left nor right.", "dominant")
    return cast(Side, word)


def read_on_off(text: str) -> bool:
    """Read ``on`` or ``off``.

    >>> read_on_off("On"), read_on_off("no")
    (True, False)
    """
    word = text.strip().lower()
    if word not in _ON_OFF:
        raise wrong(f"{text!r} is neither on nor off.", "guidance")
    return _ON_OFF[word]


def read_units(text: str) -> Units:
    """Read ``metric`` or ``imperial``.

    >>> read_units("Imperial")
    'imperial'
    """
    word = text.strip().lower()
    if word not in get_args(Units):
        raise wrong(f"{text!r} is neither metric nor imperial.", "units")
    return cast(Units, word)


def read_leg_length_mm(text: str) -> float:
    """Read a measured leg-length difference, which names the longer leg: right minus left in millimetres.

    >>> read_leg_length_mm("right +6 mm"), read_leg_length_mm("left 1.2 cm"), read_leg_length_mm("equal")
    (6.0, -12.0, 0.0)
    """
    words = text.strip().lower()
    if words in ("equal", "none", "0", "0 mm"):
        return 0.0
    found = re.fullmatch(rf"(left|right)\s*(?:leg)?\s*(?:longer)?\s*(?:by)?\s*\+?\s*({NUMBER})\s*(mm|cm)?", words)
    if not found:
        raise wrong(
            f"{text!r} does not name the longer leg and by how many millimetres.", "leg_length", more='or "equal"'
        )
    size_mm = float(found[2]) * (10.0 if found[3] == "cm" else 1.0)
    if size_mm > _LEG_LENGTH_MM_MAX:
        raise wrong(f"{text!r} is more than legs differ: over {_LEG_LENGTH_MM_MAX:g} mm.", "leg_length")
    return size_mm if found[1] == "right" else -size_mm


def leg_length_words(difference_mm: float) -> str:
    """Write a leg-length difference with its side.

    >>> leg_length_words(6.0), leg_length_words(-2.5), leg_length_words(0.0)
    ('right +6 mm', 'left +2.5 mm', 'equal')
    """
    if difference_mm == 0:
        return "equal"
    return f"{'right' if difference_mm > 0 else 'left'} +{number_words(abs(difference_mm))} mm"


def read_equipment(text: str) -> tuple[str, ...]:
    """Read what is at hand, comma between things.

    >>> read_equipment("dumbbells, Low box"), read_equipment("none")
    (('dumbbell', 'low_box'), ())
    """
    if text.strip().lower() == "none":
        return ()
    return tuple(dict.fromkeys(read_equipment_name(part) for part in parts(text)))


def read_equipment_name(text: str) -> str:
    """Read one thing by its name in the exercise catalogue; near misses are suggested.

    >>> read_equipment_name("dumbel")
    Traceback (most recent call last):
    evenstride.errors.InvalidRequest: 'dumbel' is no equipment that an exercise uses. Did you mean dumbbell?
    """
    word = re.sub(r"[\s_-]+", "_", text.strip().lower())
    for name in (word, word.removesuffix("s"), word.removesuffix("es")):
        known = _OTHER_NAMES.get(name, name)
        if known in EQUIPMENT:
            return known
    raise InvalidRequest(
        f"{text.strip()!r} is no equipment that an exercise uses.{did_you_mean(word, EQUIPMENT)}",
        help=f"Known: {', '.join(EQUIPMENT)}; or none.",
    )


def read_timezone(text: str) -> str:
    """Read the name of a time zone; near misses are suggested.

    >>> read_timezone("europe/berlin")
    'Europe/Berlin'
    """
    names = _zones()
    word = text.strip().lower().replace(" ", "_")
    if word in names:
        return names[word]
    # Never an offset: the one that is called Etc/GMT+2 is two hours behind, not ahead.
    places = sorted(lower for lower, name in names.items() if "/" in name and not name.startswith("Etc/"))
    cities: dict[str, str] = {}
    for lower in places:
        cities.setdefault(lower.rpartition("/")[2], names[lower])
    near = [names[one] for one in get_close_matches(word, places, n=2, cutoff=0.75)]
    near += [cities[one] for one in get_close_matches(word, cities, n=1, cutoff=0.75)]
    suggested = f" Did you mean {' or '.join(dict.fromkeys(near))}?" if near else ""
    raise wrong(f"{text!r} is no time zone.{suggested}", "timezone", more="or America/New_York")


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}
