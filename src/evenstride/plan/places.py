"""What may stand in the free minutes: the question of a timetable, the worth of its wishes, and its variables."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from evenstride.model import PlannedSession
from evenstride.model.exercise import MobilityStyle
from evenstride.model.plan import OWN_SLOTS, PhaseName
from evenstride.plan.figures import BEGINNER_MINUTES, FIRST_SESSIONS_MINUTES, MICRO_MINUTES
from evenstride.plan.integer import Programme
from evenstride.plan.placing import Placed
from evenstride.plan.slots import Opportunity
from evenstride.plan.weeks import Week, monday

PRICES: Mapping[str, float] = MappingProxyType(
    {
        "strength": 300.0,  # a session of the week's number
        "light instead": 150.0,  # nothing loaded, because only that fits
        "short strength": 40.0,  # times the share of its minutes that is missing
        "kept": 16.0,  # a strength session of the plan in force on its day
        "style": 40.0,  # one of the week's three mobility days
        "kept style": 6.0,
        "second recovery": 3.0,
        "short mobility": 4.0,  # times the share of its minutes that is missing
        "dynamic after hard": 3.0,
        "same day": 1.5,  # as the week before
        "pocket": 0.8,
        "room": 1.0,  # times the share of two days to the next hard run
        "early": 0.01,  # of two that are equal, the one that comes first
    }
)
"""What each wish is worth (our own convention)."""
STYLES: tuple[MobilityStyle, ...] = ("long_hold", "dynamic", "recovery")
FULL_MINUTES = 60.0
"""The full dose of the longest phase; more minutes are worth nothing."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the timetable is made of.

    ``phases``, ``tests`` and ``done`` by Monday: each week's phase, whether it has a test, and how many strength
    sessions of it are past. ``past`` are sessions before the first day, ``kept`` what the plan in force has, ``fixed``
    sessions that stay where they are. ``most``: so many strength sessions reviews leave in a week. ``told`` names the
    sessions of ``past`` that logs tell of.
    """

    opportunities: Sequence[Opportunity]
    weeks: Sequence[Week]
    phases: Mapping[date, PhaseName]
    tests: Sequence[Placed] = ()
    past: Sequence[PlannedSession] = ()
    kept: Sequence[PlannedSession] = ()
    fixed: Sequence[PlannedSession] = ()
    most: Mapping[date, int] = field(default_factory=dict)
    told: Collection[str] = ()


@dataclass(kw_only=True)
class Places:
    """The integer programme of a question while it is written.

    ``hard``, ``light``, ``styles`` and ``pocket`` are its variables: what may stand at which of the opportunities, by
    their number in order of time.
    """

    question: Question
    programme: Programme = field(default_factory=Programme)
    hard: dict[int, int] = field(default_factory=dict)
    light: dict[int, int] = field(default_factory=dict)
    styles: dict[tuple[int, MobilityStyle], int] = field(default_factory=dict)
    pocket: dict[int, int] = field(default_factory=dict)

    @cached_property
    def slots(self) -> Sequence[Opportunity]:
        """The opportunities, in order of time."""
        return list(self.question.opportunities)

    @cached_property
    def week(self) -> Mapping[date, Week]:
        """Weeks by their Monday."""
        return {week.monday: week for week in self.question.weeks}

    @cached_property
    def test_weeks(self) -> frozenset[date]:
        """Mondays of weeks that have a test."""
        tested = [one.day for one in self.question.tests]
        tested += [one.day for one in self.question.past if one.kind == "test"]
        return frozenset(map(monday, tested))

    def strength(self, i: int) -> list[int]:
        """The variables of strength at an opportunity."""
        return [group[i] for group in (self.hard, self.light) if i in group]

    def mobility(self, i: int) -> list[int]:
        """The variables of mobility at an opportunity."""
        return [self.styles[i, style] for style in STYLES if (i, style) in self.styles]

    def wanted_minutes(self, i: int) -> float:
        """How many minutes a full strength session has at an opportunity."""
        slot = self.slots[i]
        if slot.micro:
            return MICRO_MINUTES[1]
        start = monday(slot.day)
        if self.question.phases[start] == "beginner":
            return FIRST_SESSIONS_MINUTES if self.week[start].number <= 2 else BEGINNER_MINUTES
        return FULL_MINUTES

    def early(self, i: int) -> float:
        """What it is worth that an opportunity comes before another."""
        return PRICES["early"] * (1.0 - i / len(self.slots))


def same_place(one: PlannedSession, slot: Opportunity) -> bool:
    """Whether a session of another plan stands at an opportunity."""
    here = one.day == slot.day and one.slot in OWN_SLOTS
    return here and (one.at is None or slot.at is None or slot.at <= one.at)
