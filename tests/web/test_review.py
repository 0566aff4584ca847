"""The review: looking decides nothing, the decision stands first, nothing changes before it is asked to."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from evenstride.model import DayLog
from evenstride.report.review_words import decision_words, review_answer
from evenstride.service.home import home_in
from evenstride.service.review import kept_reviews, review_week
from evenstride.store import add_day_log, plan_in_force

WEEK = date(2026, 5, 4)
ADDRESS = f"/review?week={WEEK}"


@pytest.fixture
def week_over(planned, store, clock):
    """The Monday after a first week with three short nights."""
    clock.day = date(2026, 5, 11)
    for day in (8, 9, 10):
        now = datetime(2026, 5, day, 8, tzinfo=UTC)
        add_day_log(store, planned.id, DayLog(day=date(2026, 5, day), sleep_hours=5.5), now)
    return planned


@pytest.fixture
def reviewed(client, week_over):
    client.tell(f"/review/{WEEK}/look")
    return week_over


def kept(store, athlete, clock):
    return kept_reviews(home_in(store, athlete, clock()))


def test_looking_at_the_page_decides_nothing(client, store, week_over, clock):
    assert "Nobody has looked back" in client.get("/review").text
    assert kept(store, week_over, clock) == ()


def test_the_decision_is_the_one_of_the_command_line_and_stands_first(client, store, reviewed, clock):
    page = client.get(ADDRESS).text
    [review] = kept(store, reviewed, clock)
    assert review == review_week(home_in(store, reviewed, clock()), WEEK).review
    assert f"<h1>{review_answer(review)}</h1>" in page
    for one in review.decisions:
        assert one.rule in page
        assert one.reason.replace("'", "&#39;") in page
    assert page.index("<h1>") < page.index(review.decisions[0].rule)
    assert "It is not in the plan yet." in page


def test_what_it_would_change_is_said_and_nothing_changes(client, store, reviewed):
    before = plan_in_force(store, reviewed.id)
    answer = client.get(f"/review/{WEEK}/difference")
    assert answer.status_code == 200
    assert 'class="difference"' in answer.text
    assert plan_in_force(store, reviewed.id) == before


def test_what_was_promised_is_what_changes_and_undo_takes_plan_and_review_back_together(client, store, reviewed, clock):
    before = plan_in_force(store, reviewed.id)
    promised = re.search(r'class="difference"><p><b>(.*?)</b>', client.get(f"/review/{WEEK}/difference").text)
    client.tell(f"/review/{WEEK}/apply")
    page = client.get(ADDRESS).text
    assert "It is in the plan." in page
    assert promised is not None
    assert f"<b>{promised[1]}</b>" in page
    assert plan_in_force(store, reviewed.id) != before
    client.tell(f"/review/{WEEK}/undo")
    assert plan_in_force(store, reviewed.id) == before
    assert [one.applied for one in kept(store, reviewed, clock)] == [False]


def test_a_decision_of_ones_own_needs_a_reason_and_is_counted(client, store, reviewed, clock):
    other = "deload" if kept(store, reviewed, clock)[0].outcome != "deload" else "hold"
    assert client.tell(f"/review/{WEEK}/say", outcome=other).status_code == 422
    client.tell(f"/review/{WEEK}/say", outcome=other, why="a cold since Monday")
    [review] = kept(store, reviewed, clock)
    assert (review.held, review.overridden) == (other, True)
    page = client.get(ADDRESS).text
    assert "a cold since Monday" in page
    assert "Decided otherwise in 1 of 1." in page
    client.tell(f"/review/{WEEK}/undo")
    assert [one.opinions for one in kept(store, reviewed, clock)] == [()]


def test_a_coach_approves_by_choosing_what_the_rules_said(client, store, reviewed, clock):
    client.tell(f"/review/{WEEK}/say", outcome=kept(store, reviewed, clock)[0].outcome, coach="Kim Lee")
    [review] = kept(store, reviewed, clock)
    assert [(one.by, one.name) for one in review.opinions] == [("coach", "Kim Lee")]
    assert not review.overridden
    assert "Approved by Kim Lee." in client.get(ADDRESS).text


def test_past_reviews_are_told_in_the_words_of_the_list(client, store, reviewed, clock):
    clock.day = date(2026, 5, 18)
    page = client.get("/review").text
    said = decision_words(kept(store, reviewed, clock)[0]).partition(": ")
    assert f"<b>{said[0]}</b>" in page
    assert said[2].replace("'", "&#39;") in page


def test_a_week_that_has_not_begun_or_no_week_is_refused(client, week_over):
    assert client.get(f"/review?week={WEEK + timedelta(weeks=4)}").status_code == 422
    assert client.get("/review?week=soon").status_code == 422


@pytest.mark.parametrize("what", ["look", "apply", "say", "undo"])
def test_a_form_from_elsewhere_changes_nothing(client, week_over, what):
    client.get("/review")
    assert client.post(f"/review/{WEEK}/{what}", data={"token": "x"}).status_code == 403


def test_the_page_asks_no_more_often_for_more_reviews(client, reviewed, assert_queries):
    client.get(ADDRESS)
    with assert_queries(8):
        client.get(ADDRESS)


def test_the_review_in_a_browser(open_page, reviewed, size, look, axe):
    page = open_page(ADDRESS, size=size)
    page.get_by_role("link", name="See what would change").click()
    page.locator(".difference").wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    look(page, f"review-{size}")
    page.get_by_role("button", name="Bring it into the plan").click()
    page.get_by_text("It is in the plan.").wait_for()
