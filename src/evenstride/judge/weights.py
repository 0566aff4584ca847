"""How much a piece of evidence still weighs, and how its size is said."""

from collections.abc import Mapping
from datetime import date
from math import erf, floor, isfinite, log10, sqrt
from types import MappingProxyType

from evenstride.model import Injury, Side
from evenstride.model.finding import EvidenceDirection

STRENGTH: Mapping[str, float] = MappingProxyType({"test": 0.5, "injury": 0.3, "stride": 0.3})
"""How far one fresh, certain piece of each kind goes by itself (convention)."""
HALF_LIFE_DAYS = 84.0
"""Tests and runs lose half their weight in 12 weeks (convention)."""
INJURY_FADES_DAYS = 730.5
"""An injury's weight falls in a straight line to nothing over 24 months (convention)."""
FRESH_FROM = 0.25
"""What has kept less of its weight than this counts no more: tests after 24 weeks, injuries after 18 months."""
Z95 = 1.959964


def freshness(day: date, today: date) -> float:
    """Return what a test or a run has kept of its weight.

    >>> freshness(date(2026, 1, 5), date(2026, 3, 30))
    0.5
    """
    return float(0.5 ** (max(0, (today - day).days) / HALF_LIFE_DAYS))


def injury_freshness(injury: Injury, today: date) -> float:
    """Return what an injury has kept of its weight, from its last known day: all of it while it is present.

    >>> round(injury_freshness(Injury(side="left", site="achilles", since=date(2025, 3, 1)), date(2026, 3, 1)), 2)
    0.5
    """
    return max(0.0, 1.0 - max(0, (today - last_known(injury, today)).days) / INJURY_FADES_DAYS)


def last_known(injury: Injury, today: date) -> date:
    """Return the last day on which an injury is known to have been there.

    >>> known = [Injury(side="left", site="achilles", since=date(2025, 3, 1), present=present) for present in (0, 1)]
    >>> [last_known(one, date(2026, 3, 1)).year for one in known]
    [2025, 2026]
    """
    return today if injury.present else injury.until or injury.since


def certainty(size: float, low: float | None, high: float | None, mdc95: float | None = None) -> float:
    """Return how surely a difference is one: 0 for none, 0.95 at its detectable change.

    The wider of its own interval and its detectable change counts; nothing is certain when neither is known.

    >>> round(certainty(3.0, None, None, 3.0), 3), round(certainty(3.0, -1.0, 7.0, 3.0), 3)
    (0.95, 0.858)
    """
    errors = [mdc95 / Z95] if mdc95 is not None else []
    if low is not None and high is not None:
        errors.append(0.5 * (high - low) / Z95)
    if not errors:
        return 0.0
    error = max(errors)
    return erf(abs(size) / error / sqrt(2.0)) if error > 0 else float(size != 0)


def sided(value: float, low: float | None, high: float | None, unit: str) -> str:
    """Return a signed difference with its side and interval, as people read it.

    >>> sided(-4.0, -5.96, -2.04, "%")
    'left +4.0 % (2.0 to 6.0)'
    >>> sided(1.0, -0.9, 2.9, "repetitions")
    'right +1.0 repetitions (left 0.9 to right 2.9)'
    """
    width = (high - low) if low is not None and high is not None else 0.0
    decimals = min(3, max(0, 1 - floor(log10(width)))) if width > 0 and isfinite(width) else 1
    size = f"{abs(value):.{decimals}f}"
    said = f"{size} {unit}" if float(size) == 0 else f"{side_of(value)} +{size} {unit}"
    if low is None or high is None:
        return said
    if low * high >= 0:
        ends = sorted((abs(low), abs(high)))
        return f"{said} ({ends[0]:.{decimals}f} to {ends[1]:.{decimals}f})"
    if value == 0:
        return f"{said} (up to {max(-low, high):.{decimals}f} to either side)"
    # The estimate's own side ends the sentence, so that mirrored legs give the mirrored words.
    first, last = (-low, high) if value > 0 else (high, -low)
    return f"{said} ({other(side_of(value))} {first:.{decimals}f} to {side_of(value)} {last:.{decimals}f})"


def side_of(value: float) -> Side:
    """Return the leg with the larger value: positive is right."""
    return "right" if value > 0 else "left"


def other(side: Side) -> Side:
    """Return the opposite leg."""
    return "left" if side == "right" else "right"


def direction_of(value: float, low: float | None, high: float | None) -> EvidenceDirection:
    """Return the side of a value whose whole interval lies on one side of zero; none without an interval."""
    if low is None or high is None or low <= 0 <= high:
        return "none"
    return side_of(value)
