"""The joint that each mobility session is about."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from evenstride.model import (
    Catalogue,
    PlannedSession,
)
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.mobility_turn import CENTRES


def same_centre_twice(sessions: Sequence[PlannedSession], catalogue: Catalogue) -> Iterable[tuple[date, str]]:
    """Yield the days on which a mobility session is centred like the one before it, and on what."""
    own = [one for one in sessions if one.kind == "mobility" and one.slot in OWN_SLOTS]
    for before, one in pairwise(own):
        here = centre_of(one, catalogue)
        if here and here == centre_of(before, catalogue):
            yield one.day, here


def centre_of(session: PlannedSession, catalogue: Catalogue) -> str:
    """Return the joint that most of a session's mobility exercises are about; empty where two are equal."""
    found = [catalogue.exercises[one.exercise] for one in session.exercises]
    counts = {name: sum(one.centre == name and one.family == "mobility" for one in found) for name in CENTRES}
    most = max(counts.values())
    names = [name for name, count in counts.items() if count == most]
    return names[0] if len(names) == 1 else ""
