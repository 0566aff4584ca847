"""The people: profiles and what was found out about their devices."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from unicodedata import category, normalize
from uuid import uuid4

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from evenstride.errors import AthleteExists, InvalidRequest, UnknownAthlete
from evenstride.model import Profile, SideCheck
from evenstride.store.codec import to_json
from evenstride.store.connection import Store, changing, make_folder, originals_folder, reading, writing
from evenstride.store.remembered import read_once
from evenstride.store.rows import noun_of
from evenstride.store.tables import athlete, side_check

IN_ORDER = (athlete.c.added_at, athlete.c.name_key)
"""How athletes are listed: as they were added."""

_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Athlete:
    """One person as kept. ``id`` says nothing about who it is."""

    id: str
    profile: Profile
    added: datetime


def add_athlete(store: Store, profile: Profile, now: datetime) -> Athlete:
    """Keep a new athlete.

    Raises
    ------
    AthleteExists
        Somebody has that name already, however it is capitalised.
    InvalidRequest
        The name is empty, too long, or holds control characters.
    """
    new = {"athlete_id": uuid4().hex, "name_key": checked_key(profile.name), "profile": to_json(profile)}
    folder = originals_folder(store, new["athlete_id"])
    try:
        make_folder(folder)
        with changing(store) as connection:
            connection.execute(insert(athlete).values(**new, added_at=now))
    except BaseException as error:
        with suppress(OSError):
            folder.rmdir()
        if isinstance(error, IntegrityError):
            raise _taken(profile.name) from None
        raise
    return Athlete(id=new["athlete_id"], profile=profile, added=now)


def athletes(store: Store) -> tuple[Athlete, ...]:
    """Return everybody, in the order in which they were added."""
    with reading(store) as connection:
        return _athletes(connection)


def find_athlete(store: Store, name: str | None) -> Athlete:
    """Return who is meant: by name, however capitalised, or nobody named while there is exactly one.

    Raises
    ------
    UnknownAthlete
        Nobody has that name, or several are kept and none is named; says who is.
    """
    everybody = athletes(store)
    if not everybody:
        raise UnknownAthlete("No athlete is kept here yet.", help="evenstride athlete add NAME")
    named = ", ".join(one.profile.name for one in everybody)
    if name is None:
        if len(everybody) > 1:
            raise UnknownAthlete(f"Several athletes are kept here: {named}.", help="Say who is meant: --athlete NAME.")
        return everybody[0]
    for one in everybody:
        if name_key(one.profile.name) == name_key(name):
            return one
    raise UnknownAthlete(f"Nobody called {name} is kept here.", help=f"Kept here: {named}.")


def save_profile(store: Store, athlete_id: str, profile: Profile) -> None:
    """Keep what is now known of an athlete, a new name included.

    Raises
    ------
    AthleteExists
        Somebody else has the new name.
    """
    new = {"name_key": checked_key(profile.name), "profile": to_json(profile)}
    try:
        with writing(store, athlete_id) as connection:
            connection.execute(update(athlete).where(athlete.c.athlete_id == athlete_id).values(**new))
    except IntegrityError:
        raise _taken(profile.name) from None


def add_side_check(store: Store, athlete_id: str, check: SideCheck) -> None:
    """Keep one more side check; earlier ones stay, the latest counts."""
    own = side_check.c.athlete_id == athlete_id
    with writing(store, athlete_id) as connection:
        last = connection.execute(select(func.coalesce(func.max(side_check.c.number), 0)).where(own)).scalar_one()
        values = {"athlete_id": athlete_id, "number": last + 1, "checked": check.checked, "body": to_json(check)}
        connection.execute(insert(side_check).values(**values))


def side_checks(store: Store, athlete_id: str) -> tuple[SideCheck, ...]:
    """Return the latest side check of every source and device."""
    return read_once(store, athlete_id, "side checks", lambda connection: _side_checks(connection, athlete_id))


def _side_checks(connection: Connection, athlete_id: str) -> tuple[SideCheck, ...]:
    columns = side_check.c
    query = select(columns.body).where(columns.athlete_id == athlete_id).order_by(columns.checked, columns.number)
    checks = [noun_of(SideCheck, body, "a side check") for body in connection.execute(query).scalars()]
    return tuple({(one.source, one.device): one for one in checks}.values())


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common.

    >>> name_key("ZOË ") == name_key("Zoe\u0308")
    True
    """
    return normalize("NFC", normalize("NFC", name).strip().casefold())


def checked_key(name: str) -> str:
    """Return the key of a new name; InvalidRequest when nobody can be called so."""
    key = name_key(name)
    if not key or len(name) > _LONGEST_NAME or any(category(one) in ("Cc", "Cs") for one in name):
        raise InvalidRequest(
            "This cannot be an athlete's name.", help=f"Use 1 to {_LONGEST_NAME} letters, no control characters."
        )
    return key


def _athletes(connection: Connection) -> tuple[Athlete, ...]:
    query = select(athlete).order_by(*IN_ORDER)
    return tuple(_athlete(row) for row in connection.execute(query))


def _athlete(row: Row[tuple[object, ...]]) -> Athlete:
    return Athlete(id=row.athlete_id, profile=noun_of(Profile, row.profile, "an athlete's profile"), added=row.added_at)


def _taken(name: str) -> AthleteExists:
    return AthleteExists(
        f"An athlete called {name} is kept already.",
        help="Choose another name, or tell more of this one: evenstride athlete change.",
    )
