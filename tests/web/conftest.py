"""The web application on a real store: asked directly, and in a real browser at the size of a phone and of a desk."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from starlette.datastructures import Headers
from tests.browser import CHROMIUM, NO_BROWSER

from evenstride.model import FreeSlot, PlannedRun, Profile
from evenstride.service.home import home_in
from evenstride.service.plan import make
from evenstride.service.today_file import DATABASE_NAME
from evenstride.service.where import Where
from evenstride.store import add_athlete, athletes, close_store, open_store
from evenstride.web.app import make_app
from evenstride.web.safety import TOKEN_HEADER, Tokens
from evenstride.web.serving import listening
from evenstride.web.settings import WebSettings

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip
ALWAYS = (
    "test_first_contact_in_a_browser[phone]", "test_today_in_a_browser[phone-light]",
    "test_the_plan_in_a_browser[phone]",
    "test_files_are_chosen_sent_and_told_of", "test_what_was_typed_survives_a_reload_and_is_gone_once_it_is_told",
    "test_the_review_in_a_browser[phone]", "test_the_season_in_a_browser[desk-dark]",
    "test_from_nothing_to_a_verdict_and_a_first_week_with_a_real_file", "test_files_are_dropped_on_the_runs",
    "test_a_run_in_a_browser[desk]", "test_a_session_dragged_to_a_day_that_forbids_it_stays_and_says_why",
    "test_the_figure_in_a_browser[dark-phone]",
)  # fmt: skip
"""The way through the application in a browser that every run of the tests goes; ``make browser`` goes all of them."""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
VENDOR = Path(__file__).parent / "vendor"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCREENSHOTS = os.environ.get("EVENSTRIDE_SCREENSHOTS")
"""A folder outside the repository in which pictures of pages are kept to be looked at; none are made without it."""
TUESDAY = date(2026, 5, 5)
RUNNER = Profile(
    name="Ada", timezone="Europe/Berlin", mass_kg=68.0,
    runs=(PlannedRun(weekday=1, kind="easy", minutes=45), PlannedRun(weekday=3, kind="intervals", minutes=60),
          PlannedRun(weekday=6, kind="long", minutes=100)),
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (0, 1, 4)), equipment=("dumbbell", "low_box"),
)  # fmt: skip


def pytest_collection_modifyitems(config, items) -> None:
    """Leave all but the way through to ``make browser``: each costs seconds."""
    if os.environ.get("EVENSTRIDE_BROWSER") == "all":
        return
    here = Path(__file__).parent
    left = [
        one for one in items
        if "open_page" in getattr(one, "fixturenames", ()) and one.name not in ALWAYS and here in one.path.parents
    ]  # fmt: skip
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [one for one in items if one not in set(left)]


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    return Clock(TUESDAY)


@pytest.fixture
def where(tmp_path):
    return Where(data=tmp_path / "data")


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """An empty database and one with a runner and a plan, made once; each test has a copy."""
    folder = tmp_path_factory.mktemp("databases")
    store = open_store(None, folder)
    shutil.copy(folder / DATABASE_NAME, folder / "empty.db")
    runner = add_athlete(store, RUNNER, now=datetime(2026, 1, 1, tzinfo=UTC))
    make(home_in(store, runner, Clock(TUESDAY)()), weeks=3, start=date(2026, 5, 4))
    close_store(store)
    shutil.copy(folder / DATABASE_NAME, folder / "planned.db")
    return folder


@pytest.fixture
def store(where, databases):
    """An empty store, open for the whole test."""
    where.data.mkdir()
    shutil.copy(databases / "empty.db", where.data / DATABASE_NAME)
    store = open_store(where.database_url, where.data)
    yield store
    close_store(store)


@pytest.fixture
def settings(where):
    return WebSettings(where=where, port=80, hosts=("testserver",), secret="s" * 64)


@pytest.fixture(scope="session")
def worked_out(tmp_path_factory):
    """Compiled templates, and addresses that have been asked for: most of what an application does at first."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates"))), []


@pytest.fixture
def app(store, settings, clock, caplog, worked_out):
    """The application. What it could not foresee fails the test."""
    app = make_app(settings, store, clock=clock)
    app.state.site.templates.bytecode_cache, routes = worked_out
    # FastAPI works out an address when it is asked for, anew in every application: they are the same, and made once.
    routes[:] = routes or app.router.routes
    app.router.routes = routes
    yield app
    unforeseen = [one for one in caplog.get_records("call") if one.name == "evenstride.web"]
    assert not unforeseen, unforeseen[0].getMessage()


class Client(TestClient):
    """A visitor who has been to a page: posts carry the token of its forms."""

    tokens: Tokens

    def tell(self, address: str, *, htmx: bool = False, **fields):
        visitor = self.tokens
        if visitor.cookie not in self.cookies:
            self.get("/welcome")
        name = visitor.visitor_of(Headers({"cookie": f"{visitor.cookie}={self.cookies[visitor.cookie]}"}))
        assert name is not None
        headers = {TOKEN_HEADER: visitor.token(name)} | ({"HX-Request": "true"} if htmx else {})
        return self.post(address, data=fields, headers=headers)


@pytest.fixture
def client(app):
    with Client(app, follow_redirects=False) as client:
        client.tokens = app.state.site.tokens
        yield client


@pytest.fixture
def ada(store):
    """One runner with a week, and nothing told yet."""
    return add_athlete(store, RUNNER, now=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def planned(store, where, databases):
    """The same, with a plan from Monday on."""
    shutil.copy(databases / "planned.db", where.data / DATABASE_NAME)
    [runner] = athletes(store)
    return runner


@pytest.fixture
def assert_queries(store) -> Callable[[int], AbstractContextManager[list[str]]]:
    """A block in which at most ``n`` statements are sent: a page asks once for what it shows, however long it is."""

    @contextmanager
    def counted(n: int) -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            seen.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(store.engine, "before_cursor_execute", note)
        asked = [one for one in seen if not one.startswith(("BEGIN", "PRAGMA", "COMMIT"))]
        assert len(asked) <= n, f"{len(asked)} queries, at most {n}:\n" + "\n".join(asked)

    return counted


# -- a real browser -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser():
    if not CHROMIUM.exists():
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def address(app, settings):
    """The application on a port of its own, in a thread."""
    with listening(replace(settings, port=0)) as bound:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(params=["phone", "desk"])
def size(request):
    return request.param


@pytest.fixture
def open_page(browser, address):
    """Open an address at a size; errors in the console and breaches of the policy fail the test when it ends."""
    contexts, troubles = [], []

    def open_at(path: str = "/", *, size: str = "phone", scheme: str = "light", reduced: bool = False):
        context = browser.new_context(
            base_url=address, viewport=PHONE if size == "phone" else DESK, has_touch=size == "phone",
            color_scheme=scheme, reduced_motion="reduce" if reduced else "no-preference",
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda one: troubles.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not troubles, troubles


@pytest.fixture
def look(request):
    """Keep a picture of a page, where a folder for them is named."""

    def keep(page, name: str) -> None:
        if SCREENSHOTS:
            folder = Path(SCREENSHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}.png", full_page=True)

    return keep


@pytest.fixture(scope="session")
def axe():
    """Look at a page for what people with other eyes, ears and hands would stumble over."""
    script = (VENDOR / "axe-4.11.0.min.js").read_text(encoding="utf8")

    def look_at(page) -> None:
        page.evaluate(script)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
        said = [
            f"{one['id']}: {one['help']} at {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        assert not said, "\n".join(said)

    return look_at
