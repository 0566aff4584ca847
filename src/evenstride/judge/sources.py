"""Which pieces of evidence are independent of one another, how many name a leg, and how much they weigh together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from evenstride.judge.evidence_item import Gathered, Item
from evenstride.model import Limb, Side

SURGERY_RECENT_DAYS = 182
"""So long after an operation a clinician decides (convention)."""
LEGS: tuple[Side, Side] = ("left", "right")
STRIDES = "strides"
"""All strides together stand where a test has its day: they are one source."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What makes a piece of evidence independent of others: neither capacity nor day may be the same."""

    capacity: str
    day: str
    weight: float = 0.0
    between_days: bool = False

    def independent_of(self, other: "Claim") -> bool:
        """Whether both together are two sources."""
        return self.capacity != other.capacity and self.day != other.day


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the rules are asked about: the evidence, and the limb once it is decided."""

    known: Gathered
    limb: Limb = "undetermined"

    def tests(self, side: Side) -> tuple[Item, ...]:
        """Tests beyond error that name a leg."""
        return tuple(one for one in self.known.tests if one.names == side)

    @property
    def injured(self) -> frozenset[Side]:
        """Legs with an injury or operation recent enough to count."""
        return frozenset(one.names for one in self.known.injuries if one.names is not None)

    @property
    def injury(self) -> Side | None:
        """The one injured leg; None when there is none or both are."""
        return next(iter(self.injured)) if len(self.injured) == 1 else None

    @property
    def stride(self) -> Side | None:
        """The leg that strides name by this runner's own earlier tests; None when they name none or both."""
        named = {one.names for one in self.known.strides if one.names is not None}
        return named.pop() if len(named) == 1 else None

    def claims(self, side: Side) -> tuple[Claim, ...]:
        """What tests and strides claim for a leg.

        A stride learned what it means from earlier tests, so it stands for one of their capacities: beside a test of
        that very capacity it is no second source.
        """
        found = [claim_of(one) for one in self.tests(side)]
        for one in self.known.strides if self.stride == side else ():
            if one.names == side:
                found += [Claim(capacity=what, day=STRIDES, weight=one.weight) for what in sorted(one.taught_by)]
        return tuple(found)

    def weights(self, side: Side) -> tuple[float, ...]:
        """The weight of each independent source that names a leg, heaviest first."""
        found = list(independent(self.claims(side)))
        if self.injury == side:
            found.append(max(one.weight for one in self.known.injuries if one.names == side))
        return tuple(sorted(found, reverse=True))

    def sources(self, side: Side) -> int:
        """How many independent sources name a leg."""
        return count_independent(self.claims(side)) + (self.injury == side)

    def known_between_days(self, side: Side) -> bool:
        """Whether two independent sources name the leg of which one does not rest on the scatter of a single day."""
        claims = self.claims(side)
        if self.injury == side:
            return bool(claims)
        return any(one.between_days and any(one.independent_of(other) for other in claims) for one in claims)

    @property
    def operated_lately(self) -> tuple[str, ...]:
        """Places of operations so recent that a clinician decides."""
        first = self.known.today - timedelta(days=SURGERY_RECENT_DAYS)
        found = [one for one in self.known.profile.injuries if one.kind == "surgery"]
        return tuple(sorted({one.site for one in found if first <= one.since <= self.known.today}))

    @property
    def clinician_decides(self) -> bool:
        """Whether the limb is under a clinician's restriction, or either leg was operated on lately."""
        here = [one for one in self.known.profile.restrictions if one.until >= self.known.today]
        restricted = any(one.side in (None, self.limb) for one in here) and self.limb != "undetermined"
        return restricted or bool(self.operated_lately)


def claim_of(test: Item) -> Claim:
    """Return what a test claims."""
    day = test.evidence.day.isoformat()
    return Claim(capacity=test.capacity, day=day, weight=test.weight, between_days=test.between_days)


def independent(claims: Sequence[Claim]) -> tuple[float, ...]:
    """Weights of the heaviest set of claims of which no two share a capacity or a day.

    What counts as heaviest is what makes the limb surest: the product of (1 − weight) is least.
    """
    return max(_choices(claims), key=_evidence, default=())


def count_independent(claims: Sequence[Claim]) -> int:
    """How many claims there are at most of which no two share a capacity or a day."""
    return max((len(one) for one in _choices(claims)), default=0)


def doubt(weights: Iterable[float]) -> float:
    """Return what is left of doubt when each weight takes away its own share."""
    left = 1.0
    for weight in sorted(weights):
        left *= 1.0 - weight
    return left


def _evidence(weights: tuple[float, ...]) -> float:
    return -doubt(weights)


def _choices(claims: Sequence[Claim]) -> list[tuple[float, ...]]:
    """The weights of every choice of at most one claim a capacity and one a day."""
    heaviest: dict[str, dict[str, float]] = {}
    for one in claims:
        days = heaviest.setdefault(one.capacity, {})
        days[one.day] = max(one.weight, days.get(one.day, 0.0))
    best: dict[frozenset[str], list[tuple[float, ...]]] = {frozenset(): [()]}
    for _, days in sorted(heaviest.items()):
        longer = {used: list(choices) for used, choices in best.items()}
        for used, choices in best.items():
            for day, weight in days.items():
                if day not in used:
                    longer.setdefault(used | {day}, []).extend((*choice, weight) for choice in choices)
        # Of choices over the same days only the surest can win in the end.
        best = {used: [max(choices, key=_evidence)] for used, choices in longer.items()}
    return [choice for choices in best.values() for choice in choices]
