"""Figures of exercises in the pages: an address each, kept for ever, quiet where that is wanted, stopped by a tap."""

import re
from html import unescape
from itertools import product

import pytest

from evenstride.plan.catalogue import load_catalogue
from evenstride.report.looks import LEFT, RIGHT
from evenstride.service import figures
from evenstride.service.figures import figure, figure_words, figures_version
from evenstride.web.figures import INKS, Figures
from evenstride.web.statics import FOREVER

EXERCISES = load_catalogue().exercises
SOURCE = re.compile(r'(?:src|srcset)="(/figures/[^"]+)"')
LIST_BYTES_MAX = 120_000


def working(svg):
    """The side whose letter is drawn nearer to who looks is not told; that of the picture's words is."""
    return "left" if "Left leg." in svg else "right"


def test_every_picture_that_a_page_names_is_there(client):
    for name in ("pistol_squat", "squat", "clam_shell"):
        named = set(SOURCE.findall(client.get(f"/library/{name}").text))
        assert len(named) == (8 if EXERCISES[name].sides == "one" else 4)
        for address in named:
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert answer.headers["content-type"] == "image/svg+xml"
            assert answer.headers["cache-control"] == FOREVER
            assert ("<animate" in answer.text) == ("moving" in address)
            assert f'color="{INKS["dark" if "/dark/" in address else "light"]}"' in answer.text


def test_every_exercise_has_a_figure_of_its_own_in_the_list(client):
    page = client.get("/library").text
    version = figures_version()
    for name in EXERCISES:
        assert f'src="/figures/{version}/light/{name}.right.still.svg"' in page
    assert page.count('loading="lazy"') == len(EXERCISES)
    assert len(page.encode()) < LIST_BYTES_MAX


def test_the_other_leg_is_the_same_picture_in_a_mirror(client):
    left, right = (client.get(Figures().address("pistol_squat", side=side)).text for side in ("left", "right"))
    assert [working(one) for one in (left, right)] == ["left", "right"]
    assert left != right
    assert all(one.count(f'fill="{colour}"') == 1 for one, colour in product((left, right), (LEFT, RIGHT)))


def test_a_picture_is_told_in_words_and_the_list_does_not_say_its_names_twice(client):
    page = unescape(client.get("/library/pistol_squat").text)
    for side in ("left", "right"):
        assert page.count(f'alt="{figure_words("pistol_squat", side)}"') == 2
    assert set(re.findall(r'<img [^>]*alt="([^"]*)"', client.get("/library?q=pistol").text)) == {""}


def test_under_another_version_it_is_looked_at_again_and_not_sent_twice(client):
    address = Figures().address("squat").replace(figures_version(), "older")
    first = client.get(address)
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "address",
    ["light/nothing.right.still.svg", "light/squat.middle.still.svg", "green/squat.right.still.svg",
     "light/squat.right.jumping.svg", "light/..%2fsquat.right.still.svg"],
)  # fmt: skip
def test_what_is_no_figure_is_refused(client, address):
    assert client.get(f"/figures/x/{address}").status_code in (404, 422)


def test_the_version_changes_with_what_figures_are_made_of(monkeypatch):
    before = figures_version()
    monkeypatch.setattr(figures, "_draws", lambda name: name == "looks.py")
    assert figures_version.__wrapped__() != before


def test_a_figure_is_drawn_once():
    assert figure("squat", "right", moving=True) is figure("squat", "right", moving=True)


# -- in a browser ---------------------------------------------------------------------------------------------------


def shown(page):
    """The address of the one picture that is seen."""
    [one] = [one for one in page.locator(".stage img").all() if one.is_visible()]
    return one.evaluate("one => one.currentSrc.split('/').slice(-2).join('/')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_figure_in_a_browser(open_page, planned, size, scheme, axe, look):
    page = open_page("/library/bulgarian_split_squat", size=size, scheme=scheme)
    assert shown(page) == f"{scheme}/bulgarian_split_squat.right.moving.svg"
    page.get_by_label("Left leg").check()
    assert shown(page) == f"{scheme}/bulgarian_split_squat.left.moving.svg"
    page.get_by_label("Pause").press(" ")
    assert shown(page) == f"{scheme}/bulgarian_split_squat.left.still.svg"
    page.get_by_label("Right leg").check()
    assert shown(page) == f"{scheme}/bulgarian_split_squat.right.still.svg"
    page.get_by_label("Pause").uncheck()
    assert shown(page) == f"{scheme}/bulgarian_split_squat.right.moving.svg"
    page.locator(".stage img:visible").evaluate("one => one.decode()")
    axe(page)
    look(page, f"figure-{size}-{scheme}")


def test_it_moves_in_a_browser_and_does_not_where_that_is_not_wanted(open_page, planned):
    def seen_twice(page):
        stage = page.locator(".stage")
        page.locator(".stage img:visible").evaluate("one => one.decode()")
        first = stage.screenshot()
        page.wait_for_timeout(1500)
        return first == stage.screenshot()

    assert not seen_twice(open_page("/library/split_squat"))
    quiet = open_page("/library/split_squat", reduced=True)
    assert seen_twice(quiet)
    assert shown(quiet) == "light/split_squat.right.still.svg"
    assert not quiet.get_by_text("Pause", exact=True).is_visible()


def test_the_player_shows_the_leg_whose_turn_it_is_and_moves_when_asked(open_page, planned, size, axe, look):
    page = open_page("/", size=size)
    page.get_by_role("button", name="Start").first.click()
    button = page.locator(".player .shown")
    image = button.locator("img")
    assert image.get_attribute("src").endswith(".still.svg")
    button.click()
    assert image.get_attribute("src").endswith(".moving.svg")
    assert button.get_attribute("aria-pressed") == "true"
    image.evaluate("one => one.decode()")
    axe(page)
    look(page, f"figure-player-{size}")
    page.get_by_role("button", name="Next step").click()
    assert image.get_attribute("src").endswith(".still.svg")
