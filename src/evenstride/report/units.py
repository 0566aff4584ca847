"""Distances, paces, heights, temperatures and masses as their reader counts them: everything about it is decided here.

Inside evenstride everything is SI, and every sentence is written in metric units, as it may be kept and be read by
others too. A reader who counts in miles and pounds gets what is shown turned over at the door (docs/units.md says
what stays as it is, and why).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from evenstride.model.profile import Units
from evenstride.report.numbers import clock

KG_PER_LB, M_PER_MILE, M_PER_FOOT, CM_PER_INCH = 0.45359237, 1609.344, 0.3048, 2.54
KM_PER_MILE, MPH_PER_MPS = M_PER_MILE / 1000.0, 3600.0 / M_PER_MILE
Typed = Literal["mass", "distance"]


@dataclass(frozen=True, kw_only=True)
class TypedUnit:
    """A unit that numbers are typed in: its sign, how large it is in metric, and the steps of metric numbers."""

    sign: str
    size: float
    metric_step: float


TYPED: Mapping[Units, Mapping[Typed, TypedUnit]] = {
    "metric": {
        "mass": TypedUnit(sign="kg", size=1.0, metric_step=0.0),
        "distance": TypedUnit(sign="km", size=1.0, metric_step=0.0),
    },
    "imperial": {
        "mass": TypedUnit(sign="lb", size=KG_PER_LB, metric_step=0.05),
        "distance": TypedUnit(sign="mi", size=KM_PER_MILE, metric_step=0.05),
    },
}


def typed_sign(what: Typed, units: Units) -> str:
    """Return what stands beside a field.

    >>> typed_sign("mass", "imperial"), typed_sign("distance", "metric")
    ('lb', 'km')
    """
    return TYPED[units][what].sign


def as_typed(value: float, what: Typed, units: Units) -> str:
    """Return kilograms or kilometres as a field shows them to who types.

    >>> as_typed(7.5, "mass", "imperial"), as_typed(18.5, "distance", "metric")
    ('16.53', '18.5')
    """
    if units == "metric":
        return f"{value:g}"
    return f"{value / TYPED[units][what].size:.2f}".rstrip("0").rstrip(".")


def from_typed(number: float, what: Typed, units: Units) -> float:
    """Return kilograms or kilometres of a number that was typed.

    What a field shows and is sent back unchanged is what it was before, exactly; what is typed is shown again as typed.

    >>> from_typed(16.53, "mass", "imperial"), as_typed(from_typed(20.0, "mass", "imperial"), "mass", "imperial")
    (7.5, '20')
    """
    unit = TYPED[units][what]
    value = number * unit.size
    if not unit.metric_step or not isfinite(value):  # "inf" and "nan" are refused where all numbers are
        return value
    near = round(round(value / unit.metric_step) * unit.metric_step, 2)
    return near if as_typed(near, what, units) == as_typed(value, what, units) else value


def mass_words(mass_kg: float, units: Units) -> str:
    """Say a body's mass in the athlete's units.

    >>> mass_words(68.0388555, "metric"), mass_words(68.0388555, "imperial")
    ('68 kg', '150 lb')
    """
    return f"{round(mass_kg, 1):g} kg" if units == "metric" else f"{mass_kg / KG_PER_LB:.0f} lb"


def distance_words(distance_m: float, units: Units, *, decimals: int = 2) -> str:
    """Say a distance in the athlete's units.

    >>> distance_words(7990.0, "metric"), distance_words(10000.0, "imperial", decimals=1)
    ('7.99 km', '6.2 mi')
    """
    number, unit = (distance_m / 1000.0, "km") if units == "metric" else (distance_m / M_PER_MILE, "mi")
    return f"{number:.{decimals}f} {unit}"


def metres_a_pace(units: Units) -> float:
    """Return over how many metres a pace is told: a kilometre or a mile.

    >>> metres_a_pace("imperial")
    1609.344
    """
    return 1000.0 if units == "metric" else M_PER_MILE


def height_shown(units: Units) -> tuple[str, float]:
    """Return the sign of a height above the sea and how many of it a metre is.

    >>> height_shown("imperial")
    ('ft', 3.280839895013123)
    """
    return ("m", 1.0) if units == "metric" else ("ft", 1.0 / M_PER_FOOT)


# -- sentences --------------------------------------------------------------------------------------------------------

_N = r"\d+(?:\.\d+)?"
_TIME = r"\d+:\d\d"
NO_BREAK = "\N{NO-BREAK SPACE}"
_GAP = f"[ {NO_BREAK}]"
_RANGE = rf"(?<![\w.:])(?:{_N}(?: ?(?:to|or|and|–|-|→|/|against) ?))*{_N}(?=(?P<gap>{_GAP})"
_MAY = re.compile("k[gm]|cm|m/s|°C")
_SIDED = rf"(?:(?:[Ll]eft|[Rr]ight) )?[+−-]?{_N}"
_BELOW = "[−-]?"
_TO = "(?: to |–)"
_AND = "(?: to |, (?=right)| → | or |–)"


def in_units(text: str, units: Units) -> str:
    r"""Return a sentence as its reader counts: every metric quantity in it with its interval.

    Centimetres stay, with inches beside them: tests of a leg are measured, typed and published in them. Metres and
    millimetres of a step, of the body's rise and of a leg's length stay, as watches and papers tell them.

    >>> print(in_units("Last time 3 × 10, 7.5 kg; now 8 to 10 kg. A long run of 18.5 km at 21 °C.", "imperial"))
    Last time 3 × 10, 16.5 lb; now 17.6 to 22 lb. A long run of 11.5 mi at 70 °F.
    >>> print(in_units("5:40 min/km (5:34 to 5:45), 7 s/km faster (2 to 11)", "imperial"))
    9:07 min/mi (8:58 to 9:15), 11 s/mi faster (3 to 18)
    >>> in_units("5:40–6:00 min/km at 10–12 °C", "imperial")
    '9:07–9:39 min/mi at 50–54 °F'
    >>> in_units("until 2.0 miles (3.2 km) are done", "imperial")
    'until 2.0 miles are done'
    >>> in_units("left +1.5 cm (0.3 to 2.7)", "imperial").replace("\N{NO-BREAK SPACE}", " ")
    'left +1.5 cm / +0.6 in (0.3 to 2.7 / 0.1 to 1.1)'
    """
    if units == "metric" or not _MAY.search(text):
        return text
    for pattern, turned in _RULES:
        text = pattern.sub(turned, text)
    return text


def _times(found: re.Match[str]) -> str:
    """Minutes of a kilometre, alone or with an interval behind."""
    said = re.sub(_TIME, lambda one: _longer(one[0]), found[0])
    return said.replace("min/km", "min/mi")


def _longer(time: str) -> str:
    minutes, seconds = time.split(":")
    return clock(KM_PER_MILE * (60 * int(minutes) + int(seconds)))


def _seconds(found: re.Match[str]) -> str:
    """Seconds of a kilometre, by which a pace differs."""
    return _each(found[0], lambda value: f"{KM_PER_MILE * value:.0f}").replace("s/km", "s/mi")


def _centimetres(found: re.Match[str]) -> str:
    size, interval = found["size"], found["interval"]
    out = f"{size} cm / {_each(size, _inches).lower()}{NO_BREAK}in"
    return f"{out} ({interval} / {_each(interval, _inches)})" if interval else out


def _fahrenheit(found: re.Match[str]) -> str:
    def turned(one: re.Match[str]) -> str:
        value = 32 + 1.8 * float(one[0].replace("−", "-"))
        return f"{value:.0f}".replace("-", "−")

    return re.sub(rf"{_BELOW}{_N}", turned, found[0]).replace("°C", "°F")


def _inches(value: float) -> str:
    return f"{value / CM_PER_INCH:.1f}".removesuffix(".0")


def _pounds(value: float) -> str:
    """Loads to a tenth, heavier ones to one pound."""
    lb = value / KG_PER_LB
    return f"{lb:.0f}" if lb >= 100 else f"{lb:.1f}".removesuffix(".0")


def _miles(value: float) -> str:
    miles = value / KM_PER_MILE
    return f"{miles:.2f}".rstrip("0").rstrip(".") if miles < 10 else f"{miles:.1f}".removesuffix(".0")


def _each(text: str, turned: Callable[[float], str]) -> str:
    return re.sub(_N, lambda one: turned(float(one[0])), text)


def _quantity(metric: str, imperial: str, turned: Callable[[float], str]) -> tuple[re.Pattern[str], Callable[..., str]]:
    """A number, or several that share a unit, before it."""
    pattern = re.compile(rf"{_RANGE}{metric}(?![\w/²])){_GAP}{metric}")
    return pattern, lambda found: f"{_each(found[0].removesuffix(metric)[:-1], turned)}{found['gap']}{imperial}"


_RULES: tuple[tuple[re.Pattern[str], Callable[..., str]], ...] = (
    (re.compile(rf"({_N} miles?) \({_N} km\)"), lambda found: found[1]),  # said in miles already
    (re.compile(rf"(?:{_TIME}{_TO})?{_TIME} min/km(?: \({_TIME}{_TO}{_TIME}\))?"), _times),
    (re.compile(rf"{_N} s/km(?: (?:faster|slower))?"
                rf"(?: to {_N}(?: (?:faster|slower))?)?(?: \({_N}(?: (?:faster|slower))? to {_N}"
                rf"(?: (?:faster|slower))?\))?"), _seconds),
    (re.compile(rf"(?<![\w.:])(?P<size>{_SIDED}{_AND}{_SIDED}|[+−-]?{_N}) cm(?!\w)"
                rf"(?: \((?P<interval>{_SIDED} to {_SIDED})\))?"), _centimetres),
    _quantity("kg", "lb", _pounds),
    _quantity("km", "mi", _miles),
    _quantity("m/s", "mph", lambda value: f"{MPH_PER_MPS * value:.2g}"),
    (re.compile(rf"(?:{_BELOW}{_N}{_TO})?{_BELOW}{_N}{_GAP}°C"), _fahrenheit),
    (re.compile(r"\bmin/km\b"), lambda _: "min/mi"),
    (re.compile(r"\bper km\b"), lambda _: "per mi"),
)  # fmt: skip


# -- pages ------------------------------------------------------------------------------------------------------------

_TAG = re.compile(r"(<[^>]*>)")
_SPOKEN = re.compile(r"""\b(aria-label|alt|aria-valuetext|data-play|data-heard)=("[^"]*"|'[^']*')""")
_OWN_WORDS = re.compile(r'<(textarea|script|style)\b|<(\w+)\b[^>]*\btranslate="no"')
_NAME = re.compile(r"</?(\w+)")
_PACE_TICK = re.compile(rf'(<text[^>]*class="[^"]*\bpace\b[^"]*"[^>]*>)({_TIME})')


def page_in_units(html: str, units: Units) -> str:
    """Return a page, or a picture, with all that it says as its reader counts.

    What people typed themselves stays as they typed it: the contents of fields, and what is marked ``translate="no"``.

    >>> page = '<p aria-label="10 kg">7.5 kg</p><p translate="no">ran 10 km</p><input value="5 km">'
    >>> page_in_units(page, "imperial")
    '<p aria-label="22 lb">16.5 lb</p><p translate="no">ran 10 km</p><input value="5 km">'
    """
    if units == "metric":
        return html
    html = _PACE_TICK.sub(lambda found: found[1] + _longer(found[2]), html)
    out: list[str] = []
    own, depth = "", 0
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            out.append(piece if own else in_units(piece, units))
            continue
        if own:
            name = found[1] if (found := _NAME.match(piece)) else ""
            depth += 0 if name != own else -1 if piece.startswith("</") else 1
            own = own if depth else ""
        elif found := _OWN_WORDS.match(piece):
            own, depth = found[1] or found[2], 1
        # Most of a page is tags without any quantity: they are passed on as they are.
        elif _MAY.search(piece):
            piece = _SPOKEN.sub(lambda one: f"{one[1]}={in_units(one[2], units)}", piece)
        out.append(piece)
    return "".join(out)
