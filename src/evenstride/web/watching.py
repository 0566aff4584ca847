"""While evenstride serves, everybody's own folder is looked at every few seconds; it stops when serving does."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread

from evenstride.errors import EvenstrideError
from evenstride.service.home import home_in, keep_coming_days
from evenstride.service.watched import Seen, look, watched_folders
from evenstride.service.where import Where
from evenstride.service.who import Store, everybody

SECONDS_BETWEEN_LOOKS = 5.0
SECONDS_TO_STOP = 10.0
Tell = Callable[[str], None]
_LOG = logging.getLogger("evenstride.watching")


@contextmanager
def watching(
    store: Store, where: Where, *, every_s: float = SECONDS_BETWEEN_LOOKS, tell: Tell = lambda _: None
) -> Iterator[None]:  # fmt: skip
    """Look at the folders until the block is left; what is under way then ends at its next file.

    ``tell`` is told whose runs have changed.
    """
    if store.sealed:
        yield
        return
    stop = Event()
    thread = Thread(target=_look_on, args=(store, where, stop, every_s, tell), name="watched folders", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(SECONDS_TO_STOP)


def _look_on(store: Store, where: Where, stop: Event, every_s: float, tell: Tell) -> None:
    seen: dict[tuple[str, str], Seen] = {}
    while not stop.wait(every_s):
        with going_on(_LOG, "looking at the watched folders"):
            seen = look_at_all(store, where, seen, stop, tell)


@contextmanager
def going_on(log: logging.Logger, doing: str) -> Iterator[None]:
    """Write what goes wrong to the log, so that a thread goes on: with somebody else, and with this the next time."""
    try:
        yield
    except EvenstrideError as error:  # a store that is busy, a folder that has gone: the next time tells
        log.warning("%s %s", error.text, error.help)
    except Exception:
        log.exception(doing)


def look_at_all(
    store: Store, where: Where, before: dict[tuple[str, str], Seen], stop: Event, tell: Tell = lambda _: None
) -> dict[tuple[str, str], Seen]:
    """Look at everybody's folder once; return what was seen of each. One that cannot be looked at is no one else's."""
    seen: dict[tuple[str, str], Seen] = {}
    people = {one.id: one for one in everybody(store)}
    for folder in watched_folders(store):
        if stop.is_set() or folder.athlete_id not in people:
            continue
        place = folder.athlete_id, str(folder.path)
        home = home_in(store, people[folder.athlete_id], datetime.now(UTC))
        seen[place] = before.get(place, {})
        with going_on(_LOG, "looking at a watched folder"):
            seen[place] = look(home, folder.path, seen[place], stop=stop.is_set)
        if home.athlete_id in home.store.changed:
            tell(home.athlete_id)
        keep_coming_days(home, where)
    return seen
