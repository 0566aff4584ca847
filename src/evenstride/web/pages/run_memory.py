"""What the pages of runs keep between requests: lines and reports that were read, imports that go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Any

from fastapi import Depends, Request

from evenstride.service.home import Home, home_in
from evenstride.service.imports import AtHome, Imports
from evenstride.service.run_list import KnownRuns
from evenstride.service.who import Athlete
from evenstride.web.home import Site, after_change, athlete_of, site_of

_GUARD = Lock()


@dataclass(frozen=True, kw_only=True)
class _Memory:
    known: KnownRuns = field(default_factory=KnownRuns)
    imports: Imports = field(default_factory=Imports)


def _memory(app: Any) -> _Memory:
    """One for each application, made when it is first asked for."""
    state = app.state
    with _GUARD:
        if not hasattr(state, "run_memory"):
            state.run_memory = _Memory()
    memory: _Memory = state.run_memory
    return memory


def known_of(request: Request) -> KnownRuns:
    """Return what was read of runs before."""
    return _memory(request.app).known


def known_in(app: Any) -> KnownRuns:
    """Return the same where no request asks."""
    return _memory(app).known


def imports_of(request: Request) -> Imports:
    """Return the imports that go on."""
    return _memory(request.app).imports


def at_home_of(request: Request) -> Callable[[], AtHome]:
    """Return how an import enters the athlete's home after the request is over."""
    site, athlete = site_of(request), athlete_of(request)
    return lambda: lambda: _entered(site, athlete)


@contextmanager
def _entered(site: Site, athlete: Athlete) -> Iterator[Home]:
    home = home_in(site.store, athlete, site.clock())
    yield home
    after_change(site, home)


KnownHere = Annotated[KnownRuns, Depends(known_of)]
ImportsHere = Annotated[Imports, Depends(imports_of)]
AtHomeHere = Annotated[Callable[[], AtHome], Depends(at_home_of)]
