"""The most that a leg could move once, estimated from what logs tell, and the load that it allows.

Which mass is meant: in a strength exercise on one foot (squat, lunge, step, hinge, calf raise) the leg moves the body
and the load, and the estimate is of both together; elsewhere it is of the external load on that side alone. Where the
leg moves the body and body mass is not known there is no estimate.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import floor

from evenstride.model import Catalogue, Exercise
from evenstride.model.profile import Side
from evenstride.plan.figures import EPLEY_REPS_MAX

SIDES: tuple[Side, Side] = ("left", "right")
CARRIED = ("squat", "lunge", "step", "hinge", "calf_raise")
"""Patterns of strength exercises in which the leg moves the body as well as the load."""
STEP_KG = 2.0
"""Loads come in steps of two kilograms."""


@dataclass(frozen=True, kw_only=True)
class Strongest:
    """The best estimate of one leg in one exercise (kg, with the body where the leg moves it), and its session."""

    kg: float
    session: str
    day: date


@dataclass(frozen=True, kw_only=True)
class Sets:
    """The sets of one leg in one session: repetitions of each, what was asked, load, and how many more would go."""

    reps: tuple[float, ...]
    asked: float
    load_kg: float
    reserve: int
    session: str
    day: date


@dataclass
class Maxima:
    """What is known of one repetition of each exercise, per side.

    ``body_kg`` is what the leg moves beside the load, of those exercises of which that is known; ``reserves`` the
    repetitions in reserve that a type of session asks for, where no plan says it.
    """

    body_kg: Mapping[str, float] = field(default_factory=dict)
    reserves: Mapping[str, int] = field(default_factory=dict)
    found: dict[tuple[str, Side], Strongest] = field(default_factory=dict)

    def note(self, exercise: str, side: Side, sets: Sets) -> None:
        """Take the best of some sets; a set short of what was asked had nothing in reserve."""
        if exercise not in self.body_kg:
            return
        counts = [reps + (sets.reserve if reps >= sets.asked else 0) for reps in sets.reps if reps >= 1]
        moved = self.body_kg[exercise] + sets.load_kg
        kg = max((estimated_max_kg(moved, reps) for reps in counts if reps <= EPLEY_REPS_MAX), default=0.0)
        before = self.found.get((exercise, side))
        if kg > (before.kg if before else 0.0):
            self.found[exercise, side] = Strongest(kg=kg, session=sets.session, day=sets.day)

    def most_kg(self, exercise: str, reps: int) -> float | None:
        """Return the heaviest load that the weaker leg's estimate allows for so many repetitions to exhaustion.

        In whole steps, 0 where not even the body; None where there is no estimate, or too many repetitions for one.
        """
        known = [one.kg for side in SIDES if (one := self.found.get((exercise, side))) is not None]
        if not known or reps > EPLEY_REPS_MAX:
            return None
        return max(0.0, whole_steps(mass_for(min(known), reps) - self.body_kg[exercise]))


def estimated_max_kg(moved_kg: float, reps: float) -> float:
    """Return what a leg could move once, by Epley's formula: so much moved so often, and no more would have gone.

    ``moved_kg`` is body and load where the leg moves both, else the load. Works for up to about ten or twelve
    repetitions near exhaustion; beyond that endurance decides and the estimate says little.

    >>> round(estimated_max_kg(20.0, 6.0), 1), round(estimated_max_kg(82.0 + 16.0, 5.0), 1)
    (24.0, 114.3)
    """
    return moved_kg * (1.0 + reps / 30.0)


def mass_for(max_kg: float, reps: float) -> float:
    """Return what can be moved so often at most: Epley's formula the other way round.

    >>> round(mass_for(24.0, 6.0), 1)
    20.0
    """
    return max_kg / (1.0 + reps / 30.0)


def whole_steps(load_kg: float) -> float:
    """Return a load in whole steps, rounded down.

    >>> whole_steps(5.9)
    4.0
    """
    return floor(load_kg / STEP_KG + 1e-9) * STEP_KG


def carries_body(exercise: Exercise) -> bool:
    """Whether a leg moves the body in it beside any load."""
    return exercise.family == "strength" and exercise.pattern in CARRIED


def no_maxima(catalogue: Catalogue, mass_kg: float | None) -> Maxima:
    """Return what is known of a runner before any log: which mass each exercise of one leg moves, and the reserves."""
    types = [type_ for phase in catalogue.phases for type_ in phase.types]
    return Maxima(
        body_kg=dict(_moved(catalogue, mass_kg)),
        reserves={one.name: one.reps_in_reserve for one in types if one.reps_in_reserve is not None},
    )


def _moved(catalogue: Catalogue, mass_kg: float | None) -> Iterable[tuple[str, float]]:
    for one in catalogue.exercises.values():
        if one.sides == "one" and one.dose.hold_s is None and not one.plyometric and one.load_type != "band":
            if not carries_body(one):
                yield one.id, 0.0
            elif mass_kg is not None:
                yield one.id, mass_kg
