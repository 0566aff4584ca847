"""Numbers with a side, as people read them."""

from evenstride.model import Side

SIDES: tuple[Side, Side] = ("left", "right")


def shown(value: float, low: float | None = None, high: float | None = None, unit: str = "%") -> str:
    """Say a signed difference with its side, and its interval in the same direction.

    An interval that holds both sides names them.

    >>> shown(-2.04, -3.0, -1.0), shown(1.0)
    ('left +2.0 % (1.0 to 3.0)', 'right +1.0 %')
    >>> shown(4.0, -2.3, 10.3)
    'right +4.0 % (left 2.3 to right 10.3)'
    """
    if value == 0.0:
        return f"even, 0.0 {unit}" if low is None or high is None else f"even, 0.0 {unit} (give or take {high:.1f})"
    side: Side = "left" if value < 0.0 else "right"
    sign = -1.0 if value < 0.0 else 1.0
    said = f"{side} +{abs(value):.1f} {unit}"
    if low is None or high is None:
        return said
    ends = sorted((sign * low, sign * high))
    if ends[0] < 0.0:
        return f"{said} ({other(side)} {-ends[0]:.1f} to {side} {ends[1]:.1f})"
    return f"{said} ({ends[0]:.1f} to {ends[1]:.1f})"


def with_interval(value: float, low: float, high: float, unit: str = "") -> str:
    """Say a number that has no side.

    >>> with_interval(0.5, -0.1, 1.1, "%")
    '0.5 % (-0.1 to 1.1)'
    """
    return f"{value:.1f}{' ' + unit if unit else ''} ({low:.1f} to {high:.1f})"


def other(side: Side) -> Side:
    """The other leg."""
    return "right" if side == "left" else "left"
