"""The plan as a calendar that a calendar program looks up by itself, under an address of its own.

The address holds a secret and needs nothing else: calendar programs know no visitors. Whoever has it can read the plan,
and nothing but the plan; it ends when its owner ends it or makes another one.
"""

from datetime import UTC, datetime
from secrets import token_urlsafe

from evenstride.errors import UnknownEntry
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.plan_beside import return_sentence
from evenstride.service.home import Home
from evenstride.service.plan_request import returning_now
from evenstride.service.who import Athlete, Store
from evenstride.store import (
    KeptFeed,
    add_feed,
    athlete_of_feed,
    athletes,
    feed,
    plan_changed,
    plan_in_force,
    remove_feed,
)

SECRET_BYTES = 24
BEFORE_ANY_PLAN = datetime(2020, 1, 1, tzinfo=UTC)


def open_feed(home: Home) -> str:
    """Make an address and return its secret, which is said this once: only its digest is kept.

    An address that held before ends with it.
    """
    secret = token_urlsafe(SECRET_BYTES)
    add_feed(home.store, home.athlete_id, secret, home.now)
    return secret


def feed_now(home: Home) -> KeptFeed | None:
    """Return the address that holds, without its secret; None where there is none."""
    return feed(home.store, home.athlete_id)


def close_feed(home: Home) -> None:
    """End the address. UnknownEntry where there is none."""
    remove_feed(home.store, home.athlete_id, home.now)


def owner_of_feed(store: Store, secret: str) -> Athlete:
    """Return whose plan an address is for.

    Raises
    ------
    UnknownEntry
        It never was, or was ended: which of both is not said.
    """
    found = athlete_of_feed(store, secret)
    owner = next((one for one in athletes(store) if one.id == found), None)
    if owner is None:
        raise UnknownEntry("There is no calendar at this address.")
    return owner


def feed_calendar(home: Home) -> bytes:
    """Return the plan that holds as a calendar, runs included; one without events where there is no plan.

    The same plan gives the same bytes, so that a program can ask whether anything is new. A program that looks a
    calendar up replaces all of it: what is gone is not there any more and need not be cancelled.
    """
    from evenstride.report.plan_ics import IcsOptions, empty_ics, plan_ics

    held = plan_in_force(home.store, home.athlete_id)
    if held is None:
        return empty_ics()
    options = IcsOptions(
        timezone=home.profile.timezone,
        made=plan_changed(home.store, home.athlete_id) or BEFORE_ANY_PLAN,
        runs=True,
        key=home.athlete_id,
        returning=return_sentence(returning_now(home)),
    )
    return plan_ics(held.plan, load_catalogue().exercises, options)
