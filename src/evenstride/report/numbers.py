"""Numbers as people read them: a side instead of a sign, rounded to what the interval supports.

Two significant digits of the interval's width decide the rounding: 5.1834 with an interval from 4.31 to 6.07 is
5.2 (4.3 to 6.1).
"""

from collections.abc import Callable, Mapping
from datetime import date
from math import ceil, floor, isfinite, log10

from evenstride.model import Effect, SpanIndex, SymmetryEstimate
from evenstride.report.looks import NO_BREAK

DECIMALS_MAX = 3
MILE_M = 1609.344
FINE_UNITS_MAX = 4.0


def interval_decimals(low: float, high: float) -> int:
    """Return how many decimals two significant digits of the width leave; negative for tens.

    >>> interval_decimals(1.2, 3.0), interval_decimals(0.11, 0.56), interval_decimals(4.0, 41.0)
    (1, 2, 0)
    """
    width = abs(high - low)
    if not (isfinite(width) and width > 0):
        return 1
    return min(DECIMALS_MAX, 1 - floor(log10(width)))


def rounded(value: float, decimals: int) -> str:
    """Return the value with that many decimals, never a minus before a zero.

    >>> rounded(-0.04, 1), rounded(123.0, -1)
    ('0.0', '120')
    """
    text = f"{round(value, decimals):.{max(decimals, 0)}f}"
    return text.removeprefix("-") if float(text) == 0 else text


def sided(value_pct: float, low_pct: float | None, high_pct: float | None) -> str:
    """Return a difference with its side and its interval.

    >>> sided(2.12, 1.2, 3.04)
    'right +2.1 % (1.2 to 3.0)'
    >>> sided(-1.9, -2.8, -1.0)
    'left +1.9 % (1.0 to 2.8)'
    >>> sided(0.5, -0.8, 1.8)
    'right +0.5 % (left 0.8 to right 1.8)'
    """
    if low_pct is None or high_pct is None:
        return _side_value(value_pct, 1)
    decimals = interval_decimals(low_pct, high_pct)
    return f"{_side_value(value_pct, decimals)} ({_between(low_pct, high_pct, decimals)})"


def sided_in(value: float, low: float | None, high: float | None, unit: str) -> str:
    """Return a difference in any unit with its side and its interval.

    >>> sided_in(6.0, 1.0, 11.0, "repetitions"), sided_in(-1.5, None, None, "cm"), sided_in(-0.5, -2.1, 1.1, "cm")
    ('right +6 repetitions (1 to 11)', 'left +1.5 cm', 'left +0.5 cm (left 2.1 to right 1.1)')
    """
    ends = [end for end in (low, high) if end is not None]
    places = max(0, interval_decimals(*ends)) if len(ends) == 2 else 1
    size = rounded(abs(value), places)
    side = "" if float(size) == 0 else "right +" if value > 0 else "left +"
    said = f"{side}{size} {unit}".rstrip()
    return f"{said} ({_between(ends[0], ends[1], places)})" if len(ends) == 2 else said


def bare(value_pct: float, like: SymmetryEstimate) -> str:
    """Return a difference that has no interval of its own, rounded like an estimate that has.

    >>> from evenstride.report.example import example_estimate
    >>> bare(-2.345, example_estimate())
    'left +2.3 %'
    """
    if like.low_pct is None or like.high_pct is None:
        return _side_value(value_pct, 1)
    return _side_value(value_pct, interval_decimals(like.low_pct, like.high_pct))


def unsided(value_pct: float, low_pct: float, high_pct: float) -> str:
    """Return the size of a difference whose side the sentence has already named.

    >>> unsided(-5.2, -6.1, -4.3)
    '5.2 % (4.3 to 6.1)'
    """
    decimals = interval_decimals(low_pct, high_pct)
    return f"{rounded(abs(value_pct), decimals)} % ({_between(low_pct, high_pct, decimals)})"


def of(item: SymmetryEstimate | SpanIndex) -> str:
    """Return an estimate's or a stretch's index with its side and interval, or that there is none.

    >>> of(SpanIndex(start_s=0, end_s=60, index_pct=None, low_pct=None, high_pct=None))
    'nothing to compare'
    """
    if item.index_pct is None or item.low_pct is None or item.high_pct is None:
        return "nothing to compare"
    return sided(item.index_pct, item.low_pct, item.high_pct)


def of_effect(effect: Effect) -> str:
    """Return how far a condition moves the index, or that noise would do as much.

    >>> of_effect(Effect(metric="contact_time", source="watch_balance", condition="elapsed", per="10 min",
    ...                  effect_pct=0.3, low_pct=-0.1, high_pct=0.7))
    'none seen beyond noise: right +0.30 % (left 0.10 to right 0.70)'
    """
    text = sided(effect.effect_pct, effect.low_pct, effect.high_pct)
    return f"none seen beyond noise: {text}" if holds_zero(effect.low_pct, effect.high_pct) else text


def holds_zero(low: float, high: float) -> bool:
    """Whether nothing at all is among the values that the interval allows."""
    return low <= 0 <= high


def more_minutes(minutes: float) -> str:
    """Return a rough number of minutes, rounded up.

    >>> more_minutes(3.2), more_minutes(17.2), more_minutes(0.4), more_minutes(71)
    ('about 4 more minutes', 'about 20 more minutes', 'about 1 more minute', 'about 80 more minutes')
    """
    step = 1 if minutes <= 10 else 5 if minutes <= 60 else 10
    number = max(1, step * ceil(round(minutes / step, 6)))
    return f"about {number} more minute{'s' if number != 1 else ''}"


def clock(seconds: float) -> str:
    """Return a duration as a watch shows it.

    >>> clock(2710), clock(62.4), clock(3723)
    ('45:10', '1:02', '1:02:03')
    """
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def pace(speed_mps: float, *, per_m: float = 1000.0) -> str:
    """Return minutes and seconds per kilometre, or per :data:`MILE_M`.

    >>> pace(3.0), pace(3.0, per_m=MILE_M)
    ('5:33', '8:56')
    """
    return clock(per_m / speed_mps) if speed_mps > 0.1 else "–"


def count(number: float) -> str:
    """Return a whole number with its thousands set apart; one decimal below ten when it is not whole.

    >>> count(41.2), count(3.64), count(4.0)
    ('41', '3.6', '4')
    """
    if number < 10 and number != round(number):
        return f"{number:.1f}"
    return f"{round(number):,}".replace(",", NO_BREAK)


_LEVEL: Mapping[str, Callable[[float], str]] = {
    "s": lambda value: f"{1000 * value:.0f} ms",
    "m": lambda value: f"{value:.2f} m" if value >= 0.3 else f"{1000 * value:.0f} mm",
    "share": lambda value: f"{100 * value:.1f} %",
}


def level(value: float, unit: str) -> str:
    """Return one leg's own value as people use it.

    >>> level(0.2493, "s"), level(1.04, "m"), level(0.084, "m"), level(0.507, "share"), level(9.82, "kN/m")
    ('249 ms', '1.04 m', '84 mm', '50.7 %', '9.82 kN/m')
    """
    if unit in _LEVEL:
        return _LEVEL[unit](value)
    decimals = 2 - floor(log10(value)) if value > 0 and isfinite(value) else 0
    return f"{value:.{min(DECIMALS_MAX, max(0, decimals))}f} {unit}"


_SHOWN: Mapping[str, tuple[str, float]] = {"s": ("ms", 1000.0), "m/s": ("m/s", 1.0), "class": ("", 1.0)}
"""Unit inside → unit for people and how many of it; every other unit stands as it is."""


def shown(unit: str, about: float) -> tuple[str, float]:
    """Return the unit in which people read a quantity of about that size, and the factor to it.

    >>> shown("s", 0.25), shown("m", 0.084), shown("m", 1.04), shown("spm", 171.0)
    (('ms', 1000.0), ('mm', 1000.0), ('m', 1.0), ('spm', 1.0))
    """
    if unit == "m" and abs(about) < 0.3:
        return "mm", 1000.0
    return _SHOWN.get(unit, (unit, 1.0))


def of_level(value: float, low: float | None, high: float | None, unit: str) -> str:
    """Return a level of both legs with its interval, as people use it.

    >>> of_level(0.247, 0.245, 0.2492, "s"), of_level(171.2, 169.4, 172.9, "spm")
    ('247 ms (245 to 249)', '171 spm (169 to 173)')
    >>> of_level(2.94, 2.90, 2.99, "m/s")
    '5:40 min/km (5:34 to 5:45)'
    """
    if unit == "m/s":
        ends = f" ({pace(high)} to {pace(low)})" if low is not None and high is not None else ""
        return f"{pace(value)} min/km{ends}"
    name, factor = shown(unit, value)
    if low is None or high is None:
        return f"{rounded(value * factor, 0 if abs(value * factor) >= 20 else 2)} {name}".rstrip()
    places = max(0, interval_decimals(low * factor, high * factor) - 1)
    if rounded(low * factor, places) == rounded(high * factor, places):
        places = min(DECIMALS_MAX, places + 1)
    ends = f"({rounded(low * factor, places)} to {rounded(high * factor, places)})"
    return " ".join(part for part in (rounded(value * factor, places), name, ends) if part)


def of_level_change(value: float, low: float, high: float, unit: str, *, about: float) -> str:
    """Return how far a level of about that size moved, with its interval and which way each end points.

    Lengths move by millimetres, whatever they are themselves, and percentages by points.

    >>> of_level_change(3.1, 1.2, 5.0, "spm", about=171.0), of_level_change(-0.004, -0.009, 0.001, "s", about=0.25)
    ('3.1 spm higher (1.2 to 5.0)', '4 ms lower (9 lower to 1 higher)')
    >>> of_level_change(0.06, 0.02, 0.10, "m/s", about=2.94), of_level_change(0.001, -0.04, 0.05, "m/s", about=2.94)
    ('7 s/km faster (2 to 11)', 'no change (5 s/km slower to 6 faster)')
    >>> of_level_change(0.21, 0.05, 0.37, "%", about=0.9)
    '0.21 percentage points higher (0.05 to 0.37)'
    """
    up, down, places = "higher", "lower", 0
    if unit == "m/s":
        # A speed is read as a pace: how much sooner a kilometre is over.
        value, low, high = (1000.0 / about - 1000.0 / max(about + step, 0.1) for step in (value, low, high))
        name, factor, up, down = "s/km", 1.0, "faster", "slower"
    else:
        name, factor = _of_change(unit, about)
        # A tenth of a millisecond or millimetre is worth saying of small changes only.
        fine = name in ("ms", "mm") and (high - low) * factor >= FINE_UNITS_MAX
        places = max(0, interval_decimals(low * factor, high * factor) - fine)
    value, low, high = value * factor, low * factor, high * factor
    size = rounded(abs(value), places)
    if float(size) == 0 and holds_zero(low, high):
        first = " ".join(part for part in (rounded(-low, places), name, down) if part)
        return f"no change ({first} to {rounded(high, places)} {up})"
    said = " ".join(part for part in (size, name, up if value > 0 else down) if part)
    if holds_zero(low, high):
        return f"{said} ({rounded(-low, places)} {down} to {rounded(high, places)} {up})"
    near, far = sorted((abs(low), abs(high)))
    return f"{said} ({rounded(near, places)} to {rounded(far, places)})"


def of_step(size: float, unit: str, *, about: float) -> str:
    """Return the size of a change without its direction.

    >>> of_step(4.0, "spm", about=171.0), of_step(0.008, "s", about=0.25), of_step(0.05, "m/s", about=2.94)
    ('4 spm', '8 ms', '6 s/km')
    """
    if unit == "m/s":
        return f"{1000.0 / about - 1000.0 / (about + size):.0f} s/km"
    name, factor = _of_change(unit, about)
    return f"{float(f'{size * factor:.2g}'):g} {name}".rstrip()


def _of_change(unit: str, about: float) -> tuple[str, float]:
    return {"m": ("mm", 1000.0), "%": ("percentage points", 1.0)}.get(unit) or shown(unit, about)


def towards(value_pct: float, low_pct: float, high_pct: float) -> str:
    """Return how far a difference between the legs moved, and towards which leg.

    >>> towards(1.9, 1.0, 2.8), towards(-0.3, -1.2, 0.6)
    ('1.9 % towards the right (1.0 to 2.8)', '0.3 % towards the left (left 1.2 to right 0.6)')
    >>> towards(0.01, -0.6, 0.6)
    'no change (left 0.6 % to right 0.6)'
    """
    places = interval_decimals(low_pct, high_pct)
    size = rounded(abs(value_pct), places)
    if float(size) == 0 and holds_zero(low_pct, high_pct):
        return f"no change (left {rounded(-low_pct, places)} % to right {rounded(high_pct, places)})"
    side = "" if float(size) == 0 else f" towards the {'right' if value_pct > 0 else 'left'}"
    return f"{size} %{side} ({_between(low_pct, high_pct, places)})"


def day_words(day: date) -> str:
    """Return a day as people write it.

    >>> day_words(date(2026, 5, 4))
    '4 May 2026'
    """
    return f"{day.day} {day:%B %Y}"


def day_span(low: date, high: date) -> str:
    """Return two days and all between, saying month and year once where they are the same.

    >>> day_span(date(2026, 5, 4), date(2026, 5, 9)), day_span(date(2026, 5, 4), date(2026, 6, 9))
    ('4 to 9 May 2026', '4 May to 9 June 2026')
    """
    if low == high:
        return day_words(low)
    if (low.year, low.month) == (high.year, high.month):
        return f"{low.day} to {day_words(high)}"
    first = f"{low.day} {low:%B}" if low.year == high.year else day_words(low)
    return f"{first} to {day_words(high)}"


_SUMMARY: Mapping[str, tuple[str, Callable[[float], str]]] = {
    "speed_mps": ("pace", lambda value: f"{pace(value)} min/km"),
    "cadence_spm": ("cadence", lambda value: f"{value:.0f} spm"),
    "contact_time_s": ("contact time", lambda value: level(value, "s")),
    "vertical_oscillation_m": ("vertical oscillation", lambda value: level(value, "m")),
    "step_length_m": ("step length", lambda value: level(value, "m")),
    "heart_rate_bpm": ("heart rate", lambda value: f"{value:.0f} bpm"),
    "power_w": ("power", lambda value: f"{value:.0f} W"),
    "temperature_c": ("temperature at the device", lambda value: f"{value:.0f} °C"),
}


def levels(summary: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """Return the levels of both legs together that are known, as pairs of label and value.

    >>> levels({"contact_time_s": 0.247, "cadence_spm": 171.2})
    (('cadence', '171 spm'), ('contact time', '247 ms'))
    """
    return tuple(
        (label, form(summary[name]))
        for name, (label, form) in _SUMMARY.items()
        if name in summary and isfinite(summary[name])
    )


def _side_value(value_pct: float, decimals: int) -> str:
    size = rounded(abs(value_pct), decimals)
    if float(size) == 0:
        return f"{size} %"
    return f"{'right' if value_pct > 0 else 'left'} +{size} %"


def _between(low: float, high: float, decimals: int) -> str:
    if low >= 0:
        return f"{rounded(low, decimals)} to {rounded(high, decimals)}"
    if high <= 0:
        return f"{rounded(-high, decimals)} to {rounded(-low, decimals)}"
    return f"left {rounded(-low, decimals)} to right {rounded(high, decimals)}"
