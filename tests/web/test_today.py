"""Today: what to do, left and right, told done with one tap; and the player that counts along."""

import json
import re

import pytest

from evenstride.model import Dose
from evenstride.service.today_file import believed
from evenstride.store import session_logs

SESSION = re.compile(r'id="session-([^"]+)"')
SPLIT = {"exercise": "split_squat", "name": "Split squat", "first": "right", "tempo": "2-1-1-0", "rest_seconds": 30,
         "cues": ["Knee over the second toe"], "both": None, "words": {"left": "1 × 2", "right": "2 × 2", "both": None},
         "left": {"sets": 1, "reps": 2, "hold_seconds": None},
         "right": {"sets": 2, "reps": 2, "hold_seconds": None}}  # fmt: skip


@pytest.fixture
def session(client, planned):
    """The first session of its own on Tuesday."""
    return SESSION.findall(client.get("/").text)[0]


def test_the_day_is_said_before_anything_else(client, planned):
    page = client.get("/").text
    assert "Tuesday 5 May" in page
    assert '<h1 id="answer">Easy run' in page


def test_left_stands_before_right_in_every_row(client, planned):
    rows = re.findall(r'<span class="sides">(.*?)</li>', client.get("/").text, re.S)
    sided = [one for one in rows if "of-left" in one]
    assert sided
    assert all(one.index("of-left") < one.index("of-right") for one in sided)


def test_one_tap_tells_a_session_done_and_another_takes_it_back(client, session, store, planned):
    told = client.tell(f"/today/sessions/{session}/done", htmx=True)
    assert told.status_code == 200
    assert "Logged as done." in told.text
    assert 'id="answer" hx-swap-oob="true"' in told.text
    [kept] = session_logs(store, planned.id)
    assert (kept.log.session, kept.log.as_planned) == (session, True)
    back = client.tell(f"/today/sessions/{session}/undo", htmx=True)
    assert "Taken back." in back.text
    assert "Done as planned" in back.text
    assert session_logs(store, planned.id) == ()


def test_without_scripts_a_tap_leads_back_to_the_day(client, session):
    answer = client.tell(f"/today/sessions/{session}/done")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Undo" in client.get("/").text


def test_taking_back_takes_that_session_and_no_other(client, session, store, planned):
    client.tell(f"/today/sessions/{session}/done")
    client.tell("/today/sessions/2026-05-04-strength-1/done")
    assert len(session_logs(store, planned.id)) == 2
    client.tell(f"/today/sessions/{session}/undo")
    assert [one.log.session for one in session_logs(store, planned.id)] == ["2026-05-04-strength-1"]


@pytest.mark.parametrize("what", ["done", "undo"])
def test_a_session_that_is_not_there_is_one_sentence(client, planned, what):
    assert client.tell(f"/today/sessions/2026-05-05-nothing/{what}").status_code == 404


def test_a_change_writes_the_small_file_so_that_the_command_line_says_the_same(client, session, where, clock):
    client.tell(f"/today/sessions/{session}/done")
    document = believed(where, day=clock.day)
    assert document is not None
    assert [one["done"] for one in document["sessions"] if one["id"] == session] == [True]


def test_the_day_follows_the_clock(client, planned, clock):
    clock.day = clock.day.replace(day=6)
    assert "Wednesday 6 May" in client.get("/").text


def test_a_day_from_the_small_file_asks_for_little_and_one_without_it_for_no_more_with_more_logs(
    client, session, assert_queries
):
    client.tell(f"/today/sessions/{session}/done")  # writes the file
    with assert_queries(1):  # who is here
        client.get("/")


def test_a_day_that_has_no_file_asks_no_more_often_for_more_that_was_told(client, session, assert_queries, where):
    def forget():
        for one in (where.data / "today").glob("*"):
            one.unlink()

    forget()
    with assert_queries(60) as before:
        client.get("/")
    n = len(before)
    client.tell(f"/today/sessions/{session}/done")
    client.tell("/today/sessions/2026-05-04-strength-1/done")
    forget()
    with assert_queries(60) as after:
        client.get("/")
    assert len(after) <= n


# -- in a browser ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_today_in_a_browser(open_page, planned, size, scheme, look, axe):
    page = open_page("/", size=size, scheme=scheme)
    axe(page)
    look(page, f"today-{size}-{scheme}")


def test_a_session_is_told_done_in_place_and_taken_back(open_page, planned, axe, look):
    page = open_page("/")
    page.get_by_role("button", name="Done as planned").click()
    undo = page.get_by_role("button", name="Undo")
    undo.wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "Easy run."
    assert page.locator("#heard").inner_text() == "Logged as done."
    axe(page)
    look(page, "today-done")
    undo.click()
    page.get_by_role("button", name="Done as planned").wait_for()


def test_the_player_goes_through_a_session_by_the_keyboard_alone(open_page, planned, size, axe, look):
    page = open_page("/", size=size)
    page.get_by_role("button", name="Start").first.press("Enter")
    player = page.get_by_role("dialog")
    player.wait_for()
    axe(page)
    look(page, f"player-{size}")
    first = player.get_by_role("heading").inner_text()
    assert player.locator(".disc.is-on").count() == 1
    page.keyboard.press("Space")
    player.get_by_text("Ready").first.wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    assert player.get_by_role("heading").inner_text() == first
    page.keyboard.press("Escape")
    player.wait_for(state="hidden")


def test_a_set_is_counted_and_the_other_leg_follows(open_page, planned):
    page = open_page("/")
    page.clock.install()
    hold = {**SPLIT, "tempo": "", "words": {"left": "1 × 5 s", "right": "1 × 5 s"}, "first": "left"}
    hold |= {side: {"sets": 1, "reps": None, "hold_seconds": 5} for side in ("left", "right")}
    page.evaluate("one => document.querySelector('[data-play]').dataset.play = JSON.stringify([one])", hold)
    page.locator("[data-play]").first.evaluate("one => one.click()")
    player = page.get_by_role("dialog")
    assert "Left" in player.locator("[data-show=set]").inner_text()
    player.get_by_role("button", name="Begin").click()
    page.clock.run_for(4000)
    assert player.locator("[data-show=phase]").inner_text() == "Hold"
    page.clock.run_for(4500)
    assert "Right" in player.locator("[data-show=set]").inner_text()
    assert player.locator(".disc.of-right.is-on").count() == 1
    page.clock.run_for(9000)
    assert player.get_by_role("heading").inner_text() == "That was all"
    player.get_by_role("button", name="Close").last.click()
    player.wait_for(state="hidden")


def steps_of(page, exercise):
    address = page.locator("script[src*=player]").get_attribute("src").replace("player.js", "steps.js")
    script = "async ([at, one]) => { const { steps } = await import(at); return steps([one]); }"
    return page.evaluate(script, [address, json.loads(json.dumps(exercise))])


def test_steps_begin_with_the_side_that_the_plan_begins_with_and_end_without_rest(open_page, planned):
    found = steps_of(open_page("/"), SPLIT)
    assert [one.get("side", one["kind"]) for one in found] == ["right", "left", "rest", "right"]
    assert [one["seconds"] for one in found if one["kind"] == "work"] == [8, 8, 8]


def test_swapping_the_legs_of_an_exercise_mirrors_its_steps(open_page, planned):
    page = open_page("/")
    other = {"left": "right", "right": "left"}
    words = {**SPLIT["words"], "left": SPLIT["words"]["right"], "right": SPLIT["words"]["left"]}
    mirrored = {**SPLIT, "left": SPLIT["right"], "right": SPLIT["left"], "first": "left", "words": words}
    found = steps_of(page, mirrored)
    swapped = [{**one, "side": other[one["side"]]} if one["kind"] == "work" else one for one in found]
    assert swapped == steps_of(page, SPLIT)


def test_a_dose_in_the_document_has_what_the_player_asks_for():
    from evenstride.report.plan_document import _dose

    told = _dose(Dose(sets=2, hold_s=30.0))
    assert told is not None
    assert {"sets", "reps", "hold_seconds"} <= set(told)
