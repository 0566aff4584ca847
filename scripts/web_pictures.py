"""Photograph the pages for the documents: ``python scripts/web_pictures.py`` (``make pictures``).

A simulated runner lives through seven weeks in a folder that is thrown away, ending before a fixed day: the same pages
come out every time. It takes about a minute, and needs the Chromium of the browser tests.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import uvicorn

from evenstride.service.demo import RUNNERS, begin_demo, demo_steps, until
from evenstride.service.home import opened
from evenstride.service.where import Where
from evenstride.web.app import make_app
from evenstride.web.serving import listening
from evenstride.web.settings import WebSettings

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
TODAY, WEEKS = date(2026, 12, 2), 7
"""A Wednesday with strength in it, and how many weeks she has trained until then."""
BYTES_MAX = 150_000
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 760}
READY = "document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 600)))"


@dataclass(frozen=True, kw_only=True)
class Photograph:
    """One page to be photographed. ``after`` is a script that is run first, ``scheme`` light or dark."""

    name: str
    path: str
    on: str = "phone"
    scheme: str = "light"
    after: str = ""


ALBUM = (
    Photograph(name="today-phone", path="/"),
    Photograph(name="player-phone", path="/", after="document.querySelector('.session [data-play]').click()"),
    Photograph(name="run-phone", path="/runs/{run}"),
    Photograph(name="season-desk", path="/season?now=true", on="desk", scheme="dark"),
    Photograph(name="plan-desk", path=f"/plan?week={TODAY}", on="desk"),
)


def main() -> int:
    """Take all pictures; those that are too heavy for a document are named."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name, served(Path(name)) as (address, run), browser() as chromium:
        for one in ALBUM:
            photograph(chromium, address, replace(one, path=one.path.format(run=run)))
    heavy = [one.name for one in PICTURES.glob("*.png") if one.stat().st_size >= BYTES_MAX]
    if heavy:
        print(f"heavier than {BYTES_MAX} bytes: {', '.join(heavy)}", file=sys.stderr)
    return bool(heavy)


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """Let her live, and serve her pages as they are on the fixed day; with the run that is shown in full."""
    runners = until(TODAY, RUNNERS[:1], weeks=WEEKS)
    demo = begin_demo(folder / "demo", runners)
    for _ in demo_steps(demo, seed=1, runners=runners):
        pass
    runs = demo.seasons[0].runs
    shown = max(runs, key=lambda run: abs(run.report.estimates[0].index_pct) if run.report.judged else 0.0)
    where = Where(data=demo.folder / "data")
    settings = WebSettings(where=where, port=0, hosts=("127.0.0.1",))
    now = datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)
    with opened(where) as store, listening(settings) as bound:
        port = bound.getsockname()[1]
        app = make_app(replace(settings, port=port), store, clock=lambda: now)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}", f"{shown.report.start:%Y-%m-%d}"
        server.should_exit = True
        thread.join(timeout=10)


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, as the tests use it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


def photograph(chromium: Any, address: str, one: Photograph) -> None:
    """Open a page as a visitor would, and keep what stands on the first screen."""
    context = chromium.new_context(
        viewport=PHONE if one.on == "phone" else DESK, has_touch=one.on == "phone", color_scheme=one.scheme,
        base_url=address, device_scale_factor=1.5 if one.on == "phone" else 1, reduced_motion="reduce",
        locale="en-GB",
    )  # fmt: skip
    page = context.new_page()
    page.goto(one.path, wait_until="networkidle")
    if one.after:
        page.evaluate(one.after)
    page.evaluate(READY)
    page.screenshot(path=PICTURES / f"{one.name}.png")
    context.close()


if __name__ == "__main__":
    sys.exit(main())
