"""Whose turn it is in mobility: the joint in the middle, and the exercises that were used longest ago."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from evenstride.model import (
    Exercise,
    PlannedSession,
    PlanRequest,
)
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.figures import (
    LONG_HOLD_S,
)
from evenstride.plan.held import done_before
from evenstride.plan.weeks import began, nothing_new

CENTRES = ("hip", "ankle")


@dataclass
class Turn:
    """Whose turn it is: the joint in the middle, and the exercises that were used longest ago."""

    centre: int = 0
    used: dict[str, int] = field(default_factory=dict)
    held: dict[str, tuple[date, float]] = field(default_factory=dict)
    recent: frozenset[str] = frozenset()
    count: int = 0

    known: set[str] = field(default_factory=set)

    @property
    def middle(self) -> str:
        """The joint that the session is about."""
        return CENTRES[self.centre % 2]

    def use(self, exercise: str) -> None:
        """Note that an exercise was done now."""
        self.count += 1
        self.used[exercise] = self.count
        self.known.add(exercise)

    def learn(self, strength: Sequence[PlannedSession], day: date) -> None:
        """Everything that strength sessions before a day hold is known."""
        for session in strength:
            if session.day < day:
                self.known |= {*session.warm_up, *(one.exercise for one in session.exercises)}

    def may_have(self, one: Exercise, day: date, request: PlanRequest) -> bool:
        """Whether an exercise may stand in a session: near a race only what is known, mobility aside."""
        return one.family == "mobility" or one.id in self.known or not nothing_new(day, request.profile)


def turn_after(request: PlanRequest) -> Turn:
    """Whose turn it is after what is past."""
    turn = Turn(known=done_before(request))
    since = began(request)
    done = {log.session for log in request.logs if log.done}
    for one in sorted((one for one in request.past if one.id in done), key=lambda two: two.day):
        if one.mobility is None or one.slot not in OWN_SLOTS:
            continue
        turn.centre += 1
        for exercise in one.exercises:
            turn.use(exercise.exercise)
            held_s = max(dose.hold_s or 0.0 for dose in exercise.doses)
            counts = one.mobility.style == "long_hold" and one.day >= since
            if counts and held_s >= LONG_HOLD_S[0]:
                turn.held[exercise.exercise] = (one.day, held_s)
    return turn
