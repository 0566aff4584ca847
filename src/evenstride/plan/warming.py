"""The five general minutes before a session that does not follow a run."""

from collections.abc import Collection
from datetime import date

from evenstride.plan.usable import Usable
from evenstride.plan.weeks import nothing_new

BALANCE_DRILL = "single_leg_stand_eyes_open"
EASY = ("marching_in_place", "ankle_rock", "hip_circle", "glute_bridge")
"""Movement that warms, in this order; two of them are enough."""
GENERAL = 2


def warm_up(usable: Usable, day: date, known: Collection[str], *, light: bool = False) -> tuple[str, ...]:
    """Return what the general minutes consist of: easy movement, and one balance drill.

    Near a race and in a ``light`` week only what is known.
    """
    new = light or nothing_new(day, usable.request.profile)
    exercises = usable.catalogue.exercises

    def may(name: str) -> bool:
        return usable.on(name, day) and (not new or name in known or exercises[name].family == "mobility")

    easy = tuple(name for name in EASY if may(name))[:GENERAL]
    balance = [one.id for one in exercises.values() if one.family == "balance" and (one.start or one.id in known)]
    return (*easy, *[name for name in (BALANCE_DRILL, *balance) if may(name)][:1])
