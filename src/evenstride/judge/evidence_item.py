"""One piece of evidence as the rules of the finding see it, and everything that is known on a day."""

from dataclasses import dataclass
from datetime import date

from evenstride.model import Evidence, Profile, SeasonMetric, Side

STRIDE = "stride"
"""The capacity of what runs tell per leg: no test of a leg's strength."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One piece of evidence as the rules see it.

    ``names`` is the leg that it counts for (None: it names none). ``quiet``: a difference that matters is ruled out.
    ``coarse``: found nothing beyond error, and rules out nothing that matters either. ``real``: a stride asymmetry
    beyond the ordinary, repeated. ``fresh``: not too old to count. ``between_days``: how far results lie apart from day
    to day is known. ``taught_by``: the capacities of the tests that taught what a stride asymmetry means, ``history``
    the legs that these named. ``devices_disagree``: another device would judge the same level otherwise.
    """

    evidence: Evidence
    names: Side | None = None
    capacity: str = ""
    quiet: bool = False
    coarse: bool = False
    beyond_smallest: bool = False
    real: bool = False
    fresh: bool = True
    between_days: bool = False
    side_check: str = ""
    metric: SeasonMetric | None = None
    history: frozenset[Side] = frozenset()
    taught_by: frozenset[str] = frozenset()
    devices_disagree: bool = False
    low_on_both: bool = False

    @property
    def weight(self) -> float:
        """The evidence's own weight."""
        return self.evidence.weight


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Everything known on ``today``, newest result of each test first judged, in an order of its own."""

    today: date
    profile: Profile
    tests: tuple[Item, ...] = ()
    injuries: tuple[Item, ...] = ()
    strides: tuple[Item, ...] = ()
    changes: tuple[Item, ...] = ()
    context: tuple[Item, ...] = ()
    waiting: tuple[SeasonMetric, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """All pieces, by kind and then by weight."""
        return (*self.tests, *self.injuries, *self.strides, *self.changes, *self.context)
