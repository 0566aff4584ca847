"""The application: its pages, and everything that they share, put together once."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_hex

from fastapi import APIRouter, Depends, FastAPI
from jinja2 import Environment, PackageLoader, StrictUndefined

from evenstride.service.who import Store
from evenstride.web import answers, figures, statics
from evenstride.web.doors import on_a_page
from evenstride.web.filters import FILTERS
from evenstride.web.home import Clock, Site
from evenstride.web.pages import (
    felt,
    finding,
    library,
    log,
    plan,
    profile,
    review,
    runs,
    season,
    settings_page,
    side_check,
    start,
    tests_page,
    today,
    trials,
    welcome,
)
from evenstride.web.safety import Safety, Tokens, refuse_forged
from evenstride.web.settings import WebSettings
from evenstride.web.texts import load_texts


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the navigation: its key (text ``nav.KEY``, icon of that name), its address, its handlers.

    ``bar``: it stands in the bar of a phone; the others stand under "more".
    """

    key: str
    path: str
    router: APIRouter
    bar: bool = False


PAGES: tuple[Page, ...] = (
    Page(key="today", path="/", router=today.router, bar=True),
    Page(key="runs", path="/runs", router=runs.router, bar=True),
    Page(key="season", path="/season", router=season.router, bar=True),
    Page(key="plan", path="/plan", router=plan.router, bar=True),
    Page(key="log", path="/log", router=log.router, bar=True),
    Page(key="tests", path="/tests", router=tests_page.router),
    Page(key="finding", path="/finding", router=finding.router),
    Page(key="review", path="/review", router=review.router),
    Page(key="library", path="/library", router=library.router),
    Page(key="profile", path="/profile", router=profile.router),
    Page(key="settings", path="/settings", router=settings_page.router),
)
"""One line a page; their order is that of the navigation."""
OTHERS: tuple[APIRouter, ...] = (
    welcome.router, start.router, side_check.router, statics.router, figures.router, felt.router, trials.router,
)  # fmt: skip


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


def make_app(settings: WebSettings, store: Store, *, clock: Clock = now) -> FastAPI:
    """Put the application together on an open store; whoever opened the store closes it.

    Without a secret in the settings a new one is drawn, and pages that are open now need a look at them again.
    """
    settings = settings if settings.secret else replace(settings, secret=token_hex(32))
    tokens = Tokens(secret=settings.secret, port=settings.port)
    site = Site(
        settings=settings, store=store, clock=clock, texts=load_texts(), statics=statics.load_statics(),
        templates=_templates(), tokens=tokens,
    )  # fmt: skip
    site.templates.filters["paged"] = lambda text: on_a_page(text, site.texts).text
    site.templates.globals |= {**answers.site_values(site), "pages": PAGES, "is_here": is_here}
    # No address describes the others: pages are for people; documents for programs come from the command line.
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, dependencies=[Depends(refuse_forged)])
    app.state.site = site
    answers.install(app)
    for router in (*(one.router for one in PAGES), *OTHERS):
        app.include_router(router)
    app.add_middleware(Safety, settings=settings, tokens=tokens)
    return app


def is_here(page: Page, here: str) -> bool:
    """Whether an address belongs to a page of the navigation.

    >>> is_here(PAGES[1], "/runs/2026-05-04"), is_here(PAGES[0], "/runs")
    (True, False)
    """
    return here == page.path or (page.path != "/" and here.startswith(f"{page.path}/"))


def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("evenstride.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip
    environment.filters |= FILTERS
    return environment
