"""Who reads a page is never sent to a terminal: what names a command names the page instead, and leads there."""

import re
from datetime import UTC, datetime

import pytest

from evenstride.service.archive import importing
from evenstride.service.home import home_in
from evenstride.service.simulate import simulate_file
from evenstride.simulate import RunRecipe
from evenstride.web.app import PAGES
from evenstride.web.doors import DOORS, on_a_page
from evenstride.web.pages.plan import changed_at
from evenstride.web.texts import load_texts

TEXTS = load_texts()
COMMAND = re.compile(r"\bevenstride (?:" + "|".join({one.split()[0] for one in DOORS}) + r"|analyze|demo|backup)\b")
OTHERS = (
    "/plan/make",
    "/plan/return",
    "/log/trials",
    "/log/feeling",
    "/log/outside",
    "/start/plan",
    "/profile/side-check",
)


def said(text):
    return on_a_page(text, TEXTS)


@pytest.mark.parametrize(
    ("of_a_terminal", "of_a_page", "address"),
    [
        ("evenstride plan make makes one for twelve weeks.", "“Make a plan” makes one for twelve weeks.", "/plan/make"),
        ("Which leg X means was never checked: evenstride athlete side-check tells.",
         "Which leg X means was never checked: “Check the sides” tells.", "/profile/side-check"),
        ("evenstride log show lists what waits.", "“Log” lists what waits.", "/log"),
        ("evenstride trial start CUE starts one.", "“Did it help me?” starts one.", "/log/trials"),
        ('say when there is time: evenstride athlete change --free "mon 40, thu 40"',
         "say when there is time: “Profile”", "/profile"),
        ("Look at it (evenstride plan show), then repeat.", "Look at it (“Plan”), then repeat.", "/plan"),
    ],
)  # fmt: skip
def test_a_command_in_a_sentence_becomes_its_page(of_a_terminal, of_a_page, address):
    assert (said(of_a_terminal).text, said(of_a_terminal).address) == (of_a_page, address)


@pytest.mark.parametrize("text", ["Say --yes to do it.", "pip install evenstride[web]", "evenstride analyze FILE does.",
                                  "evenstride plan make makes one; --outside logs a session without it."])  # fmt: skip
def test_what_makes_sense_in_a_terminal_alone_is_left_out(text):
    assert said(text).text == ""


def test_an_example_of_how_to_type_it_leaves_only_the_way():
    example = said("For example: evenstride plan make --weeks 12.")
    assert (example.text, example.address) == ("", "/plan/make")


@pytest.mark.parametrize("text", ["What evenstride keeps itself.", "A day.", ""])
def test_a_sentence_without_a_command_stays_as_it_is(text):
    assert (said(text).text, said(text).address) == (text, "")


def test_every_door_leads_to_a_page_that_is_there(client, planned):
    for address, _ in DOORS.values():
        assert client.get(address).status_code in (200, 303), address


@pytest.mark.parametrize("who", ["ada", "planned", "with a run"])
def test_no_page_names_a_command(client, request, store, clock, tmp_path, who):
    athlete = request.getfixturevalue("planned" if who == "planned" else "ada")
    if who == "with a run":
        file = tmp_path / "run.fit"
        simulate_file(file, RunRecipe(minutes=40, start=datetime(2026, 5, 4, 6, tzinfo=UTC)), seed=1)
        with importing(home_in(store, athlete, clock()), [file], jobs=1) as (_, steps):
            list(steps)
    for address in (
        *(page.path for page in PAGES),
        *OTHERS,
        "/season?now=true",
        "/nothing",
        "/runs/2020-01-01",
        "/plan/sessions/2026-01-01-strength-1",
        "/log/sessions/2026-01-01-strength-1",
        "/plan/take",
    ):
        found = COMMAND.search(re.sub(r"<[^>]*>", " ", client.get(address).text))
        assert not found, (address, found)


def test_the_season_leads_to_the_side_check(client, ada, store, clock, tmp_path):
    file = tmp_path / "run.fit"
    simulate_file(file, RunRecipe(minutes=40, start=datetime(2026, 5, 4, 6, tzinfo=UTC)), seed=1)
    with importing(home_in(store, ada, clock()), [file], jobs=1) as (_, steps):
        list(steps)
    assert '<a href="/profile/side-check">Check the sides</a>' in client.get("/season?now=true").text


def test_an_error_shows_the_page_that_helps(client, ada):
    answer = client.get("/plan/take")
    assert answer.status_code == 404
    assert '<a class="button main" href="/plan/make">Make a plan</a>' in answer.text


def test_a_conflict_leads_to_the_one_field_and_the_field_is_there(open_page, ada):
    page = open_page(changed_at("runs: thu intervals 60", "/plan"))
    field = page.locator("#run-thu-1")
    field.wait_for()
    assert field.is_visible()
    assert not page.locator("#run-tue-1").is_visible()
    box = field.bounding_box()
    assert 0 <= box["y"] < 844
