"""Tests of each leg: entered left and right, compared, taken back; and the stopwatch that says which leg."""

from html import unescape
from urllib.parse import urlsplit

import pytest
from tests.web.seasons import keep_runs

from evenstride.report import screen_words
from evenstride.service.home import home_in
from evenstride.service.screen import assessment_named, every_assessment
from evenstride.service.season import comparisons_of
from evenstride.store import kept_tests

CALF = "/tests/single_leg_calf_raise"


def enter(client, address=CALF, *, left=("20",), right=("31",), **fields):
    return client.tell(address, left=left, right=right, **fields)


def test_every_test_has_a_page_that_says_how_it_is_done(client, ada):
    page = unescape(client.get("/tests").text)
    for name, test in every_assessment().items():
        assert f'href="/tests/{name}"' in page
        own = unescape(client.get(f"/tests/{name}").text)
        assert all(line in own for _, lines in screen_words.protocol_words(test) for line in lines)
        assert own.count('name="left"') == own.count('name="right"') == test.trials
        assert own.index('name="left"') < own.index('name="right"')


def test_a_test_is_kept_with_each_trial_on_its_leg(client, ada, store):
    answer = enter(client, "/tests/single_leg_hop", left=("120", "", "125,5"), right=("131", "130", "132"))
    assert answer.status_code == 303
    [kept] = kept_tests(store, ada.id)
    assert (kept.left, kept.right) == ((120.0, 125.5), (131.0, 130.0, 132.0))
    page = client.get(answer.headers["location"]).text
    assert "Kept." in page
    assert "120 · 126" in page


def test_a_comma_in_a_field_is_a_decimal_point(client, ada, store):
    enter(client, "/tests/knee_to_wall", left=("9,5",), right=("11",))
    assert kept_tests(store, ada.id)[0].left == (9.5,)


def test_a_class_is_chosen_by_its_name(client, ada, store):
    enter(client, "/tests/step_up_height", left=("low box",), right=("knee height",))
    assert (kept_tests(store, ada.id)[0].left, kept_tests(store, ada.id)[0].right) == ((1.0,), (2.0,))


def test_loads_days_and_notes_go_along(client, ada, store):
    enter(client, "/tests/bulgarian_split_squat", load_left="20", load_right="24", day="2026-05-03", note="new shoes")
    [kept] = kept_tests(store, ada.id)
    assert (kept.extra, kept.day.isoformat(), kept.note) == (
        {"left_load_kg": 20.0, "right_load_kg": 24.0}, "2026-05-03", "new shoes")  # fmt: skip


def test_the_pages_say_what_the_command_line_says(client, ada, store, clock):
    enter(client)
    one = comparisons_of(home_in(store, ada, clock()))[0]
    listed, own = (unescape(client.get(address).text) for address in ("/tests", CALF))
    assert f"<h1>{screen_words.tests_answer([one]).text}</h1>" in listed
    assert one.text in own
    assert " · ".join(screen_words.numbers_words(one, assessment_named(one.test))) in own


def test_a_slip_is_taken_back_and_brought_back(client, ada, store):
    kept = enter(client).headers["location"]
    id_ = kept.partition("kept=")[2]
    gone = client.tell(f"/tests/results/{id_}/remove")
    assert kept_tests(store, ada.id) == ()
    assert "Bring it back" in client.get(gone.headers["location"]).text
    back = client.tell(f"/tests/results/{id_}/restore")
    assert urlsplit(back.headers["location"]).path == CALF
    assert len(kept_tests(store, ada.id)) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"left": ("",)}, "The left leg has no trial."),
        ({"right": ("many",)}, "cannot be read"),
        ({"left": ("900",)}, "900"),
        ({"day": "2027-01-01"}, "in the future"),
        ({"day": "soon"}, "cannot be read: day"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_nothing_is_kept(client, ada, store, fields, said):
    answer = enter(client, **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert kept_tests(store, ada.id) == ()


@pytest.mark.parametrize("address", ["/tests/nothing_like_it", "/tests/nothing_like_it/picture.svg"])
def test_a_test_that_there_is_not_is_one_sentence(client, ada, address):
    assert client.get(address).status_code == 422


def test_a_forged_form_keeps_nothing(client, ada, store):
    client.get("/tests")
    assert client.post(CALF, data={"left": "20", "right": "31", "token": "x"}).status_code == 403
    assert kept_tests(store, ada.id) == ()


def test_more_tests_and_more_runs_ask_no_more_often(client, ada, store, assert_queries):
    keep_runs(store, ada.id)
    enter(client)
    client.get("/tests")
    with assert_queries(12) as before:
        client.get("/tests")
    n = len(before)
    for day in ("2026-05-01", "2026-05-02", "2026-05-03"):
        enter(client, day=day)
    client.get("/tests")
    with assert_queries(12) as after:
        client.get("/tests")
    assert len(after) <= n


def test_the_next_tests_are_those_of_the_plan(client, planned):
    page = client.get("/tests").text
    assert "in your plan." in page or "None are planned." in page


def test_pictures_are_files_of_their_own(client, ada):
    enter(client)
    for address in ("/tests/picture.svg", f"{CALF}/picture.svg", f"{CALF}/picture.svg?narrow=true"):
        answer = client.get(address)
        assert answer.headers["content-type"].startswith("image/svg+xml")
        assert answer.text.startswith("<svg")


# -- in a browser ---------------------------------------------------------------------------------------------------


def test_tests_in_a_browser(open_page, ada, client, size, look, axe):
    for day, left in (("2026-03-01", "20"), ("2026-04-01", "24"), ("2026-05-01", "27")):
        enter(client, left=(left,), day=day)
    scheme = "dark" if size == "phone" else "light"
    for address, name in (("/tests", "tests"), (CALF, "test")):
        page = open_page(address, size=size, scheme=scheme)
        axe(page)
        look(page, f"{name}-{size}")


def test_the_stopwatch_says_which_leg_and_fills_the_form(open_page, ada, store, look, axe):
    page = open_page("/tests/single_leg_stance_eyes_closed")
    page.clock.install()
    page.get_by_role("button", name="Stopwatch with left and right").click()
    axe(page)
    page.get_by_role("button", name="Right leg begins").click()
    legs = []
    for _ in range(6):
        legs.append(page.locator('[data-watch-show="trial"]').inner_text().split(" ")[0])
        page.keyboard.press("Space")
        page.clock.run_for(3100)  # it counts in
        page.clock.run_for(12_000)
        if len(legs) == 1:
            look(page, "stopwatch")
        page.keyboard.press("Space")
    assert legs == ["Right", "Left"] * 3
    page.get_by_role("button", name="Put them in the form").click()
    for side in ("left", "right"):
        values = page.locator(f'#enter [name="{side}"]').evaluate_all("all => all.map(one => Number(one.value))")
        assert all(12.0 <= one <= 60.0 for one in values), values  # time goes on by itself, too
    page.get_by_role("button", name="Keep").click()
    page.get_by_text("Kept.").wait_for()
    assert len(kept_tests(store, ada.id)) == 1


def test_a_stopwatch_that_is_closed_early_keeps_the_times_it_took(open_page, ada):
    page = open_page("/tests/single_leg_stance_eyes_closed")
    page.clock.install()
    page.get_by_role("button", name="Stopwatch with left and right").click()
    page.get_by_role("button", name="Left leg begins").click()
    page.keyboard.press("Space")
    page.clock.run_for(15_100)
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.locator("#watch:not([open])").wait_for(state="attached")
    values = page.locator("#enter [name='left']").evaluate_all("all => all.map(one => one.value)")
    assert float(values[0]) >= 12.0
    assert values[1:] == [""] * len(values[1:])
