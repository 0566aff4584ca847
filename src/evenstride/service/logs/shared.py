"""What logs of every kind share."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from evenstride.errors import InvalidRequest
from evenstride.service.home import Home

Noun = TypeVar("Noun")


def past_day(home: Home, day: date, *, what: str) -> date:
    """Return the day, or refuse one that lies ahead."""
    if day > home.today:
        raise InvalidRequest(f"{day} lies ahead.", help=f"Log {what} when it is over.")
    return day


def checked(make: Callable[[], Noun]) -> Noun:
    """Make a noun; what it refuses is told in one sentence."""
    try:
        return make()
    except ValueError as error:
        raise InvalidRequest(
            f"This cannot be: {error}.", help="evenstride log --help says what each value is."
        ) from None


def newer(new: float | None, known: float | None) -> float | None:
    """Return what was said now, else what is known."""
    return known if new is None else new


def plain(name: str) -> str:
    """Return a name without signs that steer a terminal."""
    return "".join(sign for sign in name if sign.isprintable()).strip()
