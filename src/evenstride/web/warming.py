"""What takes seconds is put together beside the answers and not in one: the season and all that rests on every run.

At the start for everybody who is kept, and again for whoever has changed something. A page that is asked for meanwhile
waits for what is under way already and does not begin it a second time.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Event, Thread

from fastapi import FastAPI

from evenstride.service.home import home_in
from evenstride.service.run_list import know_lines
from evenstride.service.season import finding_of
from evenstride.service.who import everybody
from evenstride.web.home import Site
from evenstride.web.pages.run_memory import known_in
from evenstride.web.watching import going_on

SECONDS_AFTER_START, SECONDS_AFTER_A_CHANGE = 2.0, 0.5
"""Whoever opens the first page, or has changed something, is shown the next page first."""
SECONDS_BETWEEN_TEMPLATES = 0.02
SECONDS_TO_STOP = 2.0
_LOG = logging.getLogger("evenstride.warming")


@contextmanager
def warming(app: FastAPI) -> Iterator[None]:
    """Keep what takes long at hand until the block is left."""
    site: Site = app.state.site
    stop = Event()
    thread = Thread(target=_go_on, args=(app, stop), name="warming", daemon=True)
    for one in everybody(site.store):
        site.changes.put(one.id)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        site.changes.put("")
        thread.join(SECONDS_TO_STOP)


def _go_on(app: FastAPI, stop: Event) -> None:
    site: Site = app.state.site
    if stop.wait(SECONDS_AFTER_START):
        return
    for name in site.templates.list_templates():
        site.templates.get_template(name)
        if stop.wait(SECONDS_BETWEEN_TEMPLATES):
            return
    while not stop.is_set():
        changed = {site.changes.get()}
        if stop.wait(SECONDS_AFTER_A_CHANGE):
            return
        changed |= _waiting(site.changes)
        with going_on(_LOG, "putting the seasons together"):
            warm(app, changed)


def warm(app: FastAPI, changed: set[str]) -> None:
    """Put everything together that the pages of these athletes ask every run for; what is at hand takes nothing."""
    site: Site = app.state.site
    for one in everybody(site.store):
        if one.id in changed:
            with going_on(_LOG, "putting a season together"):  # what goes wrong is told by the page that needs it
                home = home_in(site.store, one, site.clock(), brief=True)
                finding_of(home)
                know_lines(home, known_in(app))


def _waiting(changes: SimpleQueue[str]) -> set[str]:
    found: set[str] = set()
    while True:
        try:
            found.add(changes.get_nowait())
        except Empty:
            return found
