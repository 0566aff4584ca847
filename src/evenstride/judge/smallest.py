"""The smallest change that matters: a table per metric, each with what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evenstride.judge.ranges import RANGES
from evenstride.model import LEVELS


@dataclass(frozen=True, kw_only=True)
class SmallestChange:
    """A change in the metric's unit that is worth acting on, and the grade of that number."""

    value: float
    grade: str


OWN_RUNS = "own runs"
"""The grade where nothing is published: what two of the runner's own runs must differ by."""

SMALLEST: Mapping[str, SmallestChange] = MappingProxyType(
    {
        name: SmallestChange(value=0.5 * ordinary.threshold_pct, grade="convention")
        for name, ordinary in RANGES.items()
        if ordinary.threshold_pct is not None
    }
    | {name: SmallestChange(value=level.smallest, grade="convention") for name, level in LEVELS.items()}
)
"""Half of what is unusual for the legs (2 % for contact time), the level's own for both legs together."""


def smallest_change(metric: str, *, mdc95: float) -> SmallestChange:
    """Return the smallest change of ``metric`` that matters.

    >>> smallest_change("contact_time", mdc95=3.0)
    SmallestChange(value=2.0, grade='convention')
    >>> smallest_change("braking", mdc95=9.0).grade
    'own runs'
    """
    return SMALLEST.get(metric) or SmallestChange(value=mdc95, grade=OWN_RUNS)
