"""What handlers ask for: the site, and the athlete's home, opened anew for each request in one store for all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from queue import SimpleQueue
from threading import Lock
from typing import Annotated

from fastapi import Depends, Request
from jinja2 import Environment

from evenstride.service.home import Home, home_in, keep_coming_days
from evenstride.service.who import Athlete, Store, everybody, meant
from evenstride.web.safety import Tokens
from evenstride.web.settings import WebSettings
from evenstride.web.statics import Statics
from evenstride.web.texts import Texts

Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything that lives as long as the application; ``clock`` is where every request's time comes from.

    ``changes`` are athletes who have changed something, for whoever puts anew together what rests on it.
    """

    settings: WebSettings
    store: Store
    clock: Clock
    texts: Texts
    statics: Statics
    templates: Environment
    tokens: Tokens
    writing_days: Lock = field(default_factory=Lock)
    changes: SimpleQueue[str] = field(default_factory=SimpleQueue)


class NobodyYet(Exception):
    """No athlete is kept: the way begins at the first page."""


class WhoIsIt(Exception):
    """Several athletes are kept and it was not said who is meant."""


def site_of(request: Request) -> Site:
    """Return the site that a request belongs to."""
    site: Site = request.app.state.site
    return site


def athlete_cookie(site: Site) -> str:
    """Return the name of the cookie that remembers who was chosen on this machine."""
    return f"{site.tokens.cookie}_athlete"


def athlete_of(request: Request) -> Athlete:
    """Return whose pages these are: named at the start, the only one there is, or chosen here before."""
    site = site_of(request)
    people = everybody(site.store)
    request.state.several = len(people) > 1 and site.settings.where.athlete is None
    if not people and site.settings.where.athlete is None:
        raise NobodyYet
    if site.settings.where.athlete is not None:
        return meant(site.store, site.settings.where.athlete)
    if len(people) == 1:
        return people[0]
    chosen = request.cookies.get(athlete_cookie(site))
    found = next((one for one in people if one.id == chosen), None)
    if found is None:
        raise WhoIsIt
    return found


def home_for(request: Request) -> Home:
    """Open the athlete's home, and let the answer know whose page it is."""
    site = site_of(request)
    home: Home = home_in(site.store, athlete_of(request), site.clock(), brief=True)
    request.state.home = home
    return home


def home_of(request: Request) -> Iterator[Home]:
    """Open the athlete's home; after the answer is sent, write the small file of ``today`` if anything changed."""
    site = site_of(request)
    yield (home := home_for(request))
    after_change(site, home)


def after_change(site: Site, home: Home) -> None:
    """Where a home has changed anything, write the small file of ``today`` and have the season put together anew."""
    if home.athlete_id in home.store.changed:
        site.changes.put(home.athlete_id)
        with site.writing_days:
            keep_coming_days(home, site.settings.where)


SiteHere = Annotated[Site, Depends(site_of)]
HomeHere = Annotated[Home, Depends(home_of)]
