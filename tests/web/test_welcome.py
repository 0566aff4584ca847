"""First contact: from nothing to the first steps, and who is here on a machine of several."""

from datetime import UTC, datetime

from evenstride.model import Profile
from evenstride.store import add_athlete, athletes


def test_an_empty_store_leads_to_the_first_page(client):
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/welcome")
    assert "Do your legs really differ?" in client.get("/welcome").text


def test_a_name_is_all_it_takes_to_begin(client, store):
    answer = client.tell("/welcome", name="Zoë")
    assert (answer.status_code, answer.headers["location"]) == (303, "/start")
    assert [one.profile.name for one in athletes(store)] == ["Zoë"]
    page = client.get("/").text
    for step in ("Your week", "Your runs", "Which leg is left?", "Test each leg", "Your first week"):
        assert step in page


def test_a_plain_form_of_a_browser_without_scripts_is_enough(client, store):
    page = client.get("/welcome").text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    assert client.post("/welcome", data={"name": "Ada", "token": token}).status_code == 303
    assert len(athletes(store)) == 1


def test_a_name_that_cannot_be_is_one_sentence(client, store):
    answer = client.tell("/welcome", name=" ")
    assert answer.status_code == 422
    assert athletes(store) == ()


def test_who_is_known_does_not_begin_again(client, ada):
    assert client.get("/welcome").headers["location"] == "/"


def test_of_several_one_says_who_is_here_and_is_remembered(client, ada, store):
    other = add_athlete(store, Profile(name="Ben"), now=datetime(2026, 1, 2, tzinfo=UTC))
    assert client.get("/").headers["location"] == "/who"
    assert "Ben" in client.get("/who").text
    assert client.tell("/who", athlete=other.id).status_code == 303
    assert ">Ben</a>" in client.get("/").text


def test_who_is_not_kept_here_cannot_be_chosen(client, ada):
    assert client.tell("/who", athlete="somebody").status_code == 404


def test_from_nothing_to_a_first_week_in_a_browser(open_page, size, look, axe):
    page = open_page("/", size=size)
    axe(page)
    look(page, f"welcome-{size}")
    page.get_by_label("What shall we call you?").fill("Ada")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("heading", name="Your usual week").wait_for()
    axe(page)
    look(page, f"first-week-{size}")
    tuesday = page.locator("#day-tue")
    tuesday.locator("summary").click()
    page.get_by_label("Minutes of the run on Tuesday").fill("50")
    assert tuesday.locator("[data-says]").inner_text() == "easy 50 min"
    page.get_by_role("button", name="Keep this week").click()
    page.get_by_role("heading", name="Which leg is left?").wait_for()
    axe(page)
    look(page, f"first-sides-{size}")
    page.get_by_role("link", name="My watch has no left and right").click()
    page.get_by_label("single-leg calf raise, left leg").fill("22")
    page.get_by_label("single-leg calf raise, right leg").fill("26")
    axe(page)
    look(page, f"first-tests-{size}")
    page.get_by_role("button", name="Keep them").click()
    page.get_by_text("22 repetitions").wait_for()
    assert "both legs the same" in page.get_by_role("heading", level=1).inner_text()
    axe(page)
    look(page, f"first-answer-{size}")
    page.get_by_role("link", name="Go on to the plan").click()
    page.get_by_role("heading", name="Your first weeks").wait_for()
    look(page, f"first-plan-{size}")
    page.get_by_role("button", name="Make my plan").click()
    page.get_by_role("heading", name="This is your first week.").wait_for()
    axe(page)
    look(page, f"first-week-planned-{size}")
    assert page.locator(".entry.is-strength").count() >= 1
    page.get_by_role("link", name="Go to today").click()
    page.locator("#answer").wait_for()
    assert page.get_by_role("heading", name="First steps").count() == 0
