"""Two stretches of a season and what they say beside one another."""

from dataclasses import dataclass
from datetime import date

from evenstride.model.season import Estimated


@dataclass(frozen=True, kw_only=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on the day it begins, or later")

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def overlaps(self, other: "Period") -> bool:
        """Whether both hold one day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, kw_only=True)
class PeriodLevel:
    """The mean level over a stretch's runs; None with too few of them."""

    period: Period
    n_runs: int
    level: Estimated | None


@dataclass(frozen=True, kw_only=True)
class PeriodComparison:
    """Two stretches, the earlier one first; ``difference`` is the second level minus the first one.

    It is None with fewer than ``runs_needed`` comparable runs in one of them, and where something else changed just
    between the two that may explain all of it: ``tangled`` names that. ``smallest`` is the smallest change that
    matters, ``device`` the one that the levels are given as by.
    """

    first: PeriodLevel
    second: PeriodLevel
    difference: Estimated | None
    smallest: float
    device: str = ""
    runs_needed: int = 0
    tangled: tuple[str, ...] = ()
