"""The first way with runs as watches really write them: from nothing to a verdict and a first week, in few taps."""

import re
import shutil
import time

import pytest
from tests.web.hands import drop

from evenstride.service.home import home_in, kept_runs
from evenstride.service.plan import show
from evenstride.service.watched import watched
from evenstride.store import athletes
from evenstride.web.watching import watching

pytestmark = pytest.mark.real_data
RUN = "MaksVasilev__fit2gpx/Fenix3-Run-1321421020.fit"
"""An hour and a half with a strap that tells left from right in every second."""
OTHER = "GoldenCheetah__GoldenCheetah/Garmin920_withFirstbeat.fit"
NO_SIDES = "dtcooper__python-fitparse/activity-small-fenix2-run.fit"
TAPS_MAX = 7
SECONDS_MAX = 60
"""Of the five minutes most are for reading; what the machine takes of them is this at most."""


def real(real_data, name):
    return real_data / "fit" / name


@pytest.fixture
def kept(store, clock):
    """The runs of whoever is kept."""
    return lambda: kept_runs(home_in(store, athletes(store)[0], clock()))


def no_wider(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_nothing_to_a_verdict_and_a_first_week_with_a_real_file(open_page, real_data, store, clock, look, axe):
    began, taps = time.monotonic(), 0

    def tap(where):
        nonlocal taps
        box = where.bounding_box()
        assert box["y"] + box["height"] <= page.viewport_size["height"], "out of the thumb's reach"
        assert box["height"] >= 44
        where.tap()
        taps += 1

    page = open_page("/")
    page.get_by_label("What shall we call you?").fill("Ada")
    tap(page.get_by_role("button", name="Begin"))
    page.get_by_role("heading", name="Your usual week").wait_for()
    tap(page.get_by_role("button", name="Keep this week"))
    page.get_by_role("heading", name="Which leg is left?").wait_for()
    tap(page.locator(".foot .main"))
    page.get_by_role("heading", name="A first run").wait_for()
    page.locator("#files").set_input_files(real(real_data, RUN))
    taps += 2  # the button, and the file in the phone's own list
    page.get_by_role(
        "heading", name=re.compile(r"Your right foot stayed down longer: 5\.8 % \(4\.\d to 6\.\d\)")
    ).wait_for()
    assert page.get_by_text("as your device names them").is_visible()
    assert page.locator(".first-picture svg").is_visible()
    axe(page)
    assert no_wider(page)
    look(page, "first-told")
    tap(page.locator(".foot .main"))
    tap(page.get_by_role("button", name="Make my plan"))
    page.get_by_role("heading", name="This is your first week.").wait_for(timeout=60_000)
    axe(page)
    look(page, "first-plan-week")
    assert page.locator(".entry.is-strength").count() >= 1
    assert taps <= TAPS_MAX
    assert time.monotonic() - began < SECONDS_MAX
    assert show(home_in(store, athletes(store)[0], clock())).plan.sessions


def test_the_first_file_is_dropped_where_it_is_asked_for(open_page, ada, real_data):
    page = open_page("/start/runs", size="desk")
    drop(page, [real(real_data, RUN)], "#first-files")
    page.get_by_role("heading", name=re.compile("Your right foot stayed down longer")).wait_for(timeout=30_000)


def test_a_folder_dropped_on_the_first_way_is_answered_in_words(open_page, ada, real_data):
    page = open_page("/start/runs", size="desk")
    drop(page, [real(real_data, RUN).parent], "#first-files")
    page.get_by_text("a whole folder goes in under Runs").wait_for()


def test_a_run_without_sides_leads_on_to_the_tests(open_page, ada, real_data, axe):
    page = open_page("/start/runs")
    page.locator("#files").set_input_files(real(real_data, NO_SIDES))
    page.get_by_role("heading", name="This run has no left and right to compare.").wait_for(timeout=30_000)
    axe(page)
    page.get_by_role("link", name="Test each leg too").tap()
    page.get_by_role("heading", name="Test each leg").wait_for()


def test_the_side_check_reads_a_real_run_and_keeps_nothing_unclear(open_page, ada, store, real_data, axe):
    page = open_page("/profile/side-check")
    page.get_by_role("link", name="Left").tap()
    page.get_by_label("The file of that run").set_input_files(real(real_data, RUN))
    page.get_by_role("button", name="Read the answer").tap()
    page.get_by_role("heading", name="This run did not tell.").wait_for(timeout=30_000)
    axe(page)
    page.get_by_role("link", name="Do it once more").tap()
    page.get_by_role("heading", name="Run it like this").wait_for()
    page.goto("/profile")
    page.get_by_text("Nobody has checked yet").wait_for()


def test_files_are_dropped_on_the_runs(open_page, ada, real_data, kept, look):
    page = open_page("/runs", size="desk")
    drop(page, [real(real_data, RUN), real(real_data, OTHER)], "h1")
    page.get_by_text("2 runs were added from 2 files.").wait_for(timeout=30_000)
    look(page, "first-dropped")
    assert len(kept()) == 2


def test_a_folder_with_a_folder_in_it_is_dropped_whole(open_page, ada, real_data, kept, tmp_path):
    export = tmp_path / "export"
    (export / "2016" / "August").mkdir(parents=True)
    shutil.copy(real(real_data, RUN), export / "2016" / "August" / "long.fit")
    shutil.copy(real(real_data, OTHER), export / "short.fit")
    (export / ".hidden.fit").write_bytes(b"x")
    (export / "notes.txt").write_text("no run")
    page = open_page("/runs", size="desk")
    drop(page, [export], "h1")
    page.get_by_text("export/2016/August/long.fit").wait_for(timeout=30_000)
    page.get_by_role("link", name="All runs").wait_for(timeout=30_000)
    assert len(kept()) == 2
    assert page.get_by_text(".hidden.fit").count() == 0


def test_what_appears_in_the_watched_folder_is_taken_in(open_page, ada, real_data, kept, store, where, clock, tmp_path):
    folder = tmp_path / "from the watch"
    folder.mkdir()
    page = open_page("/settings")
    page.get_by_label("Folder on the computer that runs evenstride").fill(str(folder))
    page.get_by_role("button", name="Watch it").tap()
    page.get_by_text(str(folder)).first.wait_for()
    shutil.copy(real(real_data, RUN), folder / "morning.fit")
    with watching(store, where, every_s=0.2):
        until = time.monotonic() + 30
        while not watched(home_in(store, ada, clock())).files and time.monotonic() < until:
            time.sleep(0.1)
    [one] = watched(home_in(store, ada, clock())).files
    assert (one.name, one.outcome) == ("morning.fit", "kept")
    assert len(kept()) == 1
    page.reload()
    page.get_by_text("morning.fit").wait_for()
