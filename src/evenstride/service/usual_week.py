"""Usual weeks to begin with, by how many runs they have (our own convention): hard days apart, the long run on Sunday.

Free minutes stand on days without a run, or where there is none left beside an easy one.
"""

from collections.abc import Mapping
from dataclasses import replace

from evenstride.model import FreeSlot, PlannedRun, Profile
from evenstride.model.profile import RunKind

_EASY: tuple[RunKind, float] = ("easy", 45.0)
_HARD: tuple[RunKind, float] = ("intervals", 50.0)
_TEMPO: tuple[RunKind, float] = ("tempo", 50.0)
_LONG: tuple[RunKind, float] = ("long", 80.0)
_RUNS: Mapping[int, tuple[tuple[int, RunKind, float], ...]] = {
    2: ((2, *_EASY), (6, *_LONG)),
    3: ((1, *_EASY), (3, *_HARD), (6, *_LONG)),
    4: ((1, *_HARD), (2, *_EASY), (4, *_TEMPO), (6, *_LONG)),
    5: ((0, *_EASY), (1, *_HARD), (3, *_EASY), (4, *_TEMPO), (6, *_LONG)),
    6: ((0, *_EASY), (1, *_HARD), (2, *_EASY), (3, *_TEMPO), (5, *_EASY), (6, *_LONG)),
}
_FREE: Mapping[int, tuple[int, ...]] = {2: (0, 3, 4), 3: (0, 2, 4), 4: (0, 3, 5), 5: (0, 2, 5), 6: (0, 2, 4)}
USUAL_RUNS = tuple(_RUNS)
"""How many runs a week there is a usual week for."""


def usual_week(profile: Profile, runs: int) -> Profile:
    """Return the profile with a usual week of so many runs, to be looked at and changed before it is kept.

    >>> [one.kind for one in usual_week(Profile(name="Ada"), 3).runs]
    ['easy', 'intervals', 'long']
    """
    free = tuple(FreeSlot(weekday=day, minutes=30) for day in _FREE[runs])
    planned = tuple(PlannedRun(weekday=day, kind=kind, minutes=minutes) for day, kind, minutes in _RUNS[runs])
    return replace(profile, runs=planned, free=free)
