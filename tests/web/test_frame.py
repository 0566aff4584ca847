"""The frame around every page: how one gets about, how much it weighs, and that nobody is left out."""

import re

import pytest

from evenstride.web.app import PAGES

FIRST_PAGE_BYTES_MAX = 150_000


def test_every_page_answers_and_knows_where_it_is(client, planned):
    for page in PAGES:
        answer = client.get(page.path)
        assert answer.status_code == 200, page.key
        assert re.search(rf'<a href="{page.path}" aria-current="page">', answer.text), page.key


def test_a_phone_has_five_pages_at_the_thumb():
    assert sum(page.bar for page in PAGES) == 5


def test_an_address_that_is_none_stays_within_the_pages(client, planned):
    answer = client.get("/nothing")
    assert answer.status_code == 404
    assert 'href="/runs"' in answer.text
    assert "There is no such page." in answer.text


def test_no_page_has_an_inline_script_or_style(client, planned):
    for page in PAGES:
        text = client.get(page.path).text
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text), page.key
        assert all("src=" in one for one in re.findall(r"<script[^>]*>", text)), page.key


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.key)
def test_every_page_is_open_to_everybody(open_page, planned, size, page, axe):
    axe(open_page(page.path, size=size))


@pytest.mark.parametrize("path", ["/welcome", "/start/week", "/"])
def test_the_first_page_is_small(browser, address, request, path):
    """Whatever comes before anything is known, and the first page of every day: all that they load, unpacked."""
    if path != "/welcome":
        request.getfixturevalue("planned" if path == "/" else "ada")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    loaded: dict[str, int] = {}
    page.on("response", lambda one: loaded.update({one.url: len(one.body())}))
    page.goto(address + path, wait_until="networkidle")
    named = page.evaluate("""() => [...document.querySelectorAll("link[href], script[src], img[src]")]
        .map((one) => one.href || one.src)""")
    asked = page.evaluate("() => performance.getEntriesByType('resource').map((one) => one.name)")
    for one in {*named, *asked} - set(loaded):  # an icon is fetched where no response tells of it
        loaded[one] = len(context.request.get(one).body())
    context.close()
    assert all(one.startswith(address) for one in loaded)
    assert any(one.endswith("icon.svg") for one in loaded)
    assert sum(loaded.values()) < FIRST_PAGE_BYTES_MAX, "\n".join(f"{size:7} {one}" for one, size in loaded.items())


def test_a_page_is_never_wider_than_its_screen(open_page, planned, size):
    for page in PAGES:
        shown = open_page(page.path, size=size)
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.key


def test_more_opens_and_closes_by_the_keyboard(open_page, planned):
    page = open_page("/")
    page.locator(".more summary").press("Enter")
    page.locator(".more").get_by_role("link", name="Library").wait_for()
    page.keyboard.press("Escape")
    assert not page.locator(".more").evaluate("one => one.open")


def test_motion_stops_where_it_is_not_wanted(open_page, planned):
    page = open_page("/", reduced=True)
    assert page.locator(".button.main").first.evaluate("one => getComputedStyle(one).transitionDuration") == "0s"


def test_on_paper_the_frame_is_gone(open_page, planned):
    page = open_page("/", size="desk")
    page.emulate_media(media="print")
    assert not page.locator(".nav").is_visible()


def test_every_link_of_the_first_pages_leads_somewhere(client, ada):
    for address in re.findall(r'href="(/[^"#]*)', client.get("/").text):
        assert client.get(address, follow_redirects=True).status_code == 200, address


def test_what_was_said_goes_with_the_next_action(open_page, planned):
    """What a page asks for by itself leaves the words to be read; the next thing that is done takes them away."""
    page = open_page("/runs", size="desk")
    said = page.locator("#said")
    page.evaluate("""() => {
        const said = document.getElementById("said");
        said.textContent = "There is no such run.";
        const by_itself = { bubbles: true, detail: { requestConfig: {} } };
        document.body.dispatchEvent(new CustomEvent("htmx:beforeRequest", by_itself));
    }""")
    assert said.inner_text() == "There is no such run."
    page.goto("/library")
    page.evaluate("() => { document.getElementById('said').textContent = 'There is no such exercise.'; }")
    page.fill("input[name=q]", "")
    page.locator("input[name=q]").press_sequentially("calf")
    page.wait_for_function("() => document.getElementById('said').textContent === ''")
