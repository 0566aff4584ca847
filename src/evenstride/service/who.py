"""Who is kept here, and who is meant."""

from evenstride.store import Athlete, Store, athletes, find_athlete

__all__ = ["Athlete", "Store", "everybody", "meant"]


def everybody(store: Store) -> tuple[Athlete, ...]:
    """Return all athletes, in the order in which they were added."""
    return athletes(store)


def meant(store: Store, name: str | None) -> Athlete:
    """Return the athlete of a name, or the only one. UnknownAthlete where that is nobody."""
    return find_athlete(store, name)
