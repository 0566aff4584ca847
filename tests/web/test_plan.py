"""The plan: its weeks and months, why, moving by hand with the rules answering at once, and taking it along."""

import csv
import io
import re
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from icalendar import Calendar
from tests.web.hands import Finger

from evenstride.plan.catalogue import load_catalogue
from evenstride.report.plan_changes import difference_told
from evenstride.report.plan_week_words import session_answer, week_answer
from evenstride.service.home import home_in
from evenstride.service.plan import lock, move, show, undo
from evenstride.service.plan_days import days_for
from evenstride.service.returning import show_return
from evenstride.store import save_profile

WEEK = date(2026, 5, 11)


@pytest.fixture
def home(planned, store, clock):
    return home_in(store, planned, clock())


@pytest.fixture
def strength(home):
    """The second week's first strength session, on a Monday."""
    return next(one for one in show(home).plan.sessions if one.kind == "strength" and one.day >= WEEK)


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text)).replace("&#39;", "'")


# -- looking ---------------------------------------------------------------------------------------------------------


def test_a_week_says_what_the_command_line_says(client, home):
    from evenstride.report.plan_page import week_nearest

    answer = text_of(client.get(f"/plan?week={WEEK}"))
    first, _, rest = week_answer(week_nearest(show(home).plan, WEEK)).partition(": ")
    assert rest[1:] in answer
    assert first.partition(", ")[2] in answer


def test_every_dose_stands_left_before_right(client, strength):
    page = client.get(f"/plan?week={WEEK}").text
    entry = page[page.index(f'id="s-{strength.id}"') :].partition("</article>")[0]
    assert entry.count("of-left") == entry.count("of-right") == len(strength.exercises)
    assert all(a < b for a, b in zip(places(entry, "of-left"), places(entry, "of-right"), strict=True))


def test_a_day_beyond_the_plan_shows_the_nearest_week(client, planned):
    assert client.get("/plan?week=2030-01-01").text == client.get("/plan?week=2026-05-18").text


def test_a_week_and_a_month_take_few_queries(client, planned, assert_queries):
    client.get("/plan")
    with assert_queries(9):
        client.get("/plan")
    with assert_queries(4):
        client.get("/plan/month")


def test_a_month_leads_to_its_days(client, strength):
    page = client.get("/plan/month?of=2026-05")
    assert f"/plan?week={strength.day}#d-{strength.day}" in page.text
    assert "Strength" in text_of(page)


def test_a_session_says_why_in_the_words_of_the_command_line(client, home, strength):
    answer = text_of(client.get(f"/plan/sessions/{strength.id}"))
    assert session_answer(strength) in answer
    rules = load_catalogue().rules
    assert all(rules[one.rule].sentence in answer for one in strength.because)


@pytest.mark.parametrize("asked", ["R-24H", "split squat", "bound"])
def test_why_answers_for_rules_and_exercises_that_are_in_the_plan_or_not(client, planned, asked):
    answer = client.get("/plan/why", params={"of": asked})
    assert (answer.status_code, "evenstride athlete" in answer.text) == (200, False)


def test_why_of_a_session_goes_there_and_of_nothing_says_so(client, strength):
    assert client.get("/plan/why", params={"of": strength.id}).headers["location"] == f"/plan/sessions/{strength.id}"
    assert client.get("/plan/why", params={"of": "banana"}).status_code == 404


def test_without_a_plan_it_asks_for_one(client, ada):
    assert "Make a plan" in client.get("/plan").text
    assert client.get("/plan/month").headers["location"] == "/plan"
    assert client.get("/plan/take").status_code == 404


# -- making ----------------------------------------------------------------------------------------------------------


def test_a_plan_is_made_with_its_weeks_and_its_first_day(client, ada, store, clock):
    answer = client.tell("/plan/make", weeks="2", start="2026-05-11")
    plan = show(home_in(store, ada, clock())).plan
    assert (answer.status_code, plan.weeks, plan.start) == (200, 2, WEEK)


def test_a_conflict_is_said_with_its_ways_out_as_links_and_keeps_nothing(client, ada, store, clock):
    save_profile(store, ada.id, changed(ada.profile, free=()))
    answer = client.tell("/plan/make", weeks="2", start="2026-05-11")
    assert answer.status_code == 409
    assert "There are no free minutes on any day of the plan" in text_of(answer)
    assert '<a href="/profile?day=mon#free-mon-1">Say when there is time' in answer.text
    assert "evenstride athlete" not in answer.text
    assert "Make a plan" in client.get("/plan").text


@pytest.mark.parametrize("fields", [{"weeks": "80"}, {"weeks": "x"}, {"start": "someday"}])
def test_what_cannot_be_read_is_one_sentence(client, ada, fields):
    answer = client.tell("/plan/make", **({"weeks": "2", "start": "2026-05-11"} | fields))
    assert answer.status_code == 422


# -- moving ----------------------------------------------------------------------------------------------------------


def test_what_the_days_say_is_what_the_move_says(home, strength):
    """Every day of a week that says yes takes the session, and every one that says no refuses it."""
    from evenstride.errors import InvalidRequest, PlanConflict

    for one in days_for(home, strength.id):
        if one.here or not WEEK <= one.day < WEEK + timedelta(days=7):
            continue
        if one.fits:
            assert move(home, strength.id, one.day).session is not None
            undo(home)
        else:
            with pytest.raises((PlanConflict, InvalidRequest)) as refused:
                move(home, strength.id, one.day)
            assert one.text == refused.value.text or not one.rule


def test_without_the_planner_no_day_is_refused_that_it_would_allow(home, strength):
    quick, sure = days_for(home, strength.id, planned=False), days_for(home, strength.id)
    assert [one.day for one in quick] == [one.day for one in sure]
    assert all(a.fits or not b.fits for a, b in zip(quick, sure, strict=True))
    assert not all(one.sure for one in quick)
    assert all(one.sure for one in sure)


def test_asking_the_days_keeps_nothing(client, home, strength):
    before = show(home)
    answer = client.get(f"/plan/sessions/{strength.id}/move")
    assert (answer.status_code, show(home)) == (200, before)
    assert "(R-AVAIL)" in answer.text


def test_a_move_shows_its_difference_in_the_words_of_every_door_and_can_be_taken_back(client, home, strength):
    before = show(home)
    answer = client.tell(f"/plan/sessions/{strength.id}/move", day="2026-05-12")
    told = difference_told(move_again(home, before, strength), load_catalogue())
    assert told.answer in text_of(answer)
    assert all(line in text_of(answer) for _, lines in told.lines for line in lines)
    number = re.search(r'name="plan" value="(\d+)"', answer.text)
    assert number is not None
    client.tell("/plan/undo", plan=number[1])
    assert show(home).plan == before.plan
    assert client.tell("/plan/undo", plan=number[1]).status_code == 404


def test_a_move_against_a_rule_changes_nothing_and_names_the_rule(client, home, strength):
    before = show(home)
    answer = client.tell(f"/plan/sessions/{strength.id}/move", day="2026-05-13")
    assert (answer.status_code, show(home)) == (409, before)
    assert "Wednesday 13 May has no free minutes there" in text_of(answer)
    assert "R-AVAIL" in answer.text


def test_a_session_is_locked_and_let_go(client, home, strength):
    address = f"/plan/sessions/{strength.id}"
    client.tell(f"{address}/lock")
    assert "Let it move again" in client.get(address).text
    client.tell(f"{address}/unlock")
    assert show(home).plan.sessions == lock(home, strength.id, off=True).kept.plan.sessions


def test_runs_of_single_days_come_move_and_go(client, home):
    client.tell("/plan/days/2026-05-13/run", kind="easy", minutes="40", km="7.5", at="07:00")
    (run,) = [one for one in show(home).plan.runs if one.day == date(2026, 5, 13)]
    assert (run.minutes, run.km, f"{run.at:%H:%M}") == (40, 7.5, "07:00")
    client.tell("/plan/days/2026-05-13/move", to="2026-05-16")
    client.tell("/plan/days/2026-05-14/rest")
    days = {one.day for one in show(home).plan.runs}
    assert {date(2026, 5, 16)} <= days
    assert not days & {date(2026, 5, 13), date(2026, 5, 14)}
    assert client.tell("/plan/days/2026-05-14/rest").status_code == 422


def test_planning_again_takes_what_was_missed_into_account(client, home, clock):
    clock.day = date(2026, 5, 12)
    answer = text_of(client.tell("/plan/replan"))
    assert "Taken as missed, as nothing was logged of it: 2026-05-04-strength-1" in answer


@pytest.mark.parametrize(
    "address", ["/plan/make", "/plan/undo", "/plan/replan", "/plan/address", "/plan/address/end", "/plan/return/undo"]
)
def test_nothing_changes_without_the_token_of_our_own_page(client, planned, address):
    client.get("/plan")
    assert client.post(address, data={"plan": "1", "token": "forged"}).status_code == 403


# -- taking along ----------------------------------------------------------------------------------------------------


def test_the_files_hold_the_plan(client, home):
    rows = list(csv.DictReader(io.StringIO(client.get("/plan/files/plan.csv").text)))
    assert {row["session"] for row in rows} >= {one.id for one in show(home).plan.sessions if one.exercises}
    with ZipFile(io.BytesIO(client.get("/plan/files/workouts.zip").content)) as archive:
        assert any(name.endswith("strength-1.fit") for name in archive.namelist())
    assert "attachment" in client.get("/plan/files/plan.html").headers["content-disposition"]
    assert client.get("/plan/files/plan.exe").status_code == 422
    calendar = client.tell("/plan/files/plan.ics")
    assert len(Calendar.from_ical(calendar.content).walk("VEVENT")) == len(show(home).plan.sessions)
    assert show(home).exported is not None


def address_in(answer):
    found = re.search(r'value="http://[^"]*(/calendar/[^"]+)"', answer.text)
    assert found is not None
    return found[1]


def test_an_address_needs_no_visitor_and_answers_only_what_is_new(app, client, home, strength):
    address = address_in(client.tell("/plan/address"))
    client.cookies.clear()
    first = client.get(address)
    assert (first.status_code, first.headers["cache-control"]) == (200, "private, no-cache")
    assert "set-cookie" not in first.headers
    asked = client.head(address)  # some calendar programs ask so whether there is anything new
    assert (asked.status_code, asked.headers["etag"]) == (200, first.headers["etag"])
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    move(home, strength.id, date(2026, 5, 12))
    changed_ = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (changed_.status_code, changed_.headers["etag"] != first.headers["etag"]) == (200, True)
    assert b"2026-05-12-strength-1" in changed_.content


def test_an_address_is_shown_once_and_ends_when_it_is_ended(client, planned):
    address = address_in(client.tell("/plan/address"))
    assert address not in client.get("/plan/take").text
    newer = address_in(client.tell("/plan/address"))
    assert (client.get(address).status_code, client.get(newer).status_code) == (404, 200)
    client.tell("/plan/address/end")
    assert client.get(newer).status_code == 404
    assert client.get("/calendar/guess.ics").status_code == 404


def test_an_address_can_only_be_read(client, planned):
    address = address_in(client.tell("/plan/address"))
    assert client.tell(address).status_code == 405


# -- back to running -------------------------------------------------------------------------------------------------


def test_a_return_begins_is_logged_and_locked_beside_the_plan(client, home, clock):
    client.tell("/plan/return/start", side="right", site="achilles")
    page = client.get("/plan/return")
    assert "Walking and single-leg control" in text_of(page)
    assert "A return to running is under way" in text_of(client.get("/plan"))
    assert "evenstride return" not in client.get("/plan").text
    decided = client.tell("/plan/return/log", during="1", after="0", effort="3")
    assert decided.status_code == 200
    assert "And the next morning?" not in decided.text
    clock.day = date(2026, 5, 6)
    assert "And the next morning?" in client.get("/plan/return").text
    client.tell("/plan/return/log", morning="0")
    state = show_return(home).state
    assert [(one.during_0_10, one.next_morning_0_10) for one in state.recent] == [(1.0, 0.0)]
    client.tell("/plan/return/lock", why="holiday", until="2026-05-20")
    assert show_return(home).state.locked_by == "runner"
    client.tell("/plan/return/release")
    assert show_return(home).state.locks == ()
    client.tell("/plan/return/stand", left="20", right="25.5")
    assert show_return(home).state.stance[-1].right_s == 25.5
    client.tell("/plan/return/undo")
    assert show_return(home).state.stance == ()


def test_pain_beyond_the_scale_and_what_is_no_number_is_one_sentence(client, planned):
    client.tell("/plan/return/start", side="both", site="calf")
    assert client.tell("/plan/return/log", during="11", after="0").status_code == 422
    assert client.tell("/plan/return/log", during="a bit", after="0").status_code == 422
    assert client.tell("/plan/return/start", side="middle", site="calf").status_code == 422


# -- in a browser ----------------------------------------------------------------------------------------------------


def test_the_plan_in_a_browser(open_page, planned, size, axe, look):
    page = open_page(f"/plan?week={WEEK}", size=size)
    axe(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    look(page, f"plan-{size}")


def test_a_session_finds_its_day_by_the_keyboard_alone(open_page, home, strength, axe, look):
    page = open_page(f"/plan?week={WEEK}")
    page.locator(f'[data-move="{strength.id}"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".pick:not([data-quick]) .cell", timeout=30_000)
    axe(page)
    look(page, "plan-tray")
    page.locator('.cell[data-day="2026-05-11"]').focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "R-AVAIL" in page.locator(".said-of").inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_selector(".changed", timeout=60_000)
    assert page.url.endswith(f"/plan?week={WEEK}")
    axe(page)
    look(page, "plan-moved")
    assert any(one.day == date(2026, 5, 12) and one.locked for one in show(home).plan.sessions)


def test_a_session_dragged_to_a_day_that_forbids_it_stays_and_says_why(open_page, home, strength, look):
    before = show(home)
    page = open_page(f"/plan?week={WEEK}", size="desk")
    handle = page.locator(f'[data-move="{strength.id}"]')
    handle.scroll_into_view_if_needed()
    grip = handle.bounding_box()
    wednesday = page.locator('.day[data-day="2026-05-13"]')
    page.mouse.move(grip["x"] + 10, grip["y"] + 10)
    page.mouse.down()
    page.mouse.move(grip["x"] + 60, grip["y"])
    page.wait_for_selector(".pick:not([data-quick]) .cell", timeout=30_000)
    box = wednesday.bounding_box()
    page.mouse.move(box["x"] + 40, grip["y"], steps=4)
    assert "no free minutes" in wednesday.locator(".verdict").inner_text()
    look(page, "plan-drag")
    page.mouse.up()
    assert "R-AVAIL" in page.locator(".said-of").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#tray").is_hidden()
    assert show(home) == before


def test_a_finger_picks_a_session_up_and_taps_a_day(open_page, home, strength):
    page = open_page(f"/plan?week={WEEK}")
    page.locator(f'[data-move="{strength.id}"]').tap()
    page.wait_for_selector(".pick:not([data-quick]) .cell", timeout=30_000)
    page.locator('.cell[data-day="2026-05-12"]').tap()
    page.wait_for_selector(".changed", timeout=60_000)
    page.locator(".changed button").tap()
    page.wait_for_selector(".changed:not(:has(button))", timeout=60_000)
    assert page.url.endswith(f"/plan?week={WEEK}")
    assert all(one.day != date(2026, 5, 12) or one.kind != "strength" for one in show(home).plan.sessions)


def test_a_finger_drags_a_session_by_its_dots_to_a_day_that_takes_it(open_page, home, strength, look):
    page = open_page(f"/plan?week={WEEK}")
    handle = page.locator(f'[data-move="{strength.id}"]')
    handle.scroll_into_view_if_needed()
    grip, scrolled = handle.bounding_box(), page.evaluate("scrollY")
    finger = Finger(page)
    finger.down(grip["x"] + 12, grip["y"] + 12)
    finger.move(grip["x"] + 30, grip["y"] + 30)
    page.wait_for_selector(".pick:not([data-quick]) .cell", timeout=30_000)
    cell = page.locator('.cell[data-day="2026-05-12"]').bounding_box()
    finger.move(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
    assert page.evaluate("scrollY") == scrolled, "the page went along with the finger"
    assert page.locator(".ghost").is_visible()
    look(page, "plan-finger")
    finger.up()
    page.wait_for_selector(".changed", timeout=60_000)
    assert any(one.day == date(2026, 5, 12) and one.kind == "strength" for one in show(home).plan.sessions)


def test_a_finger_that_lets_go_on_a_day_that_forbids_it_changes_nothing(open_page, home, strength):
    before = show(home)
    page = open_page(f"/plan?week={WEEK}")
    handle = page.locator(f'[data-move="{strength.id}"]')
    handle.scroll_into_view_if_needed()
    grip, finger = handle.bounding_box(), Finger(page)
    finger.down(grip["x"] + 12, grip["y"] + 12)
    finger.move(grip["x"] + 30, grip["y"] + 30)
    page.wait_for_selector(".pick:not([data-quick]) .cell", timeout=30_000)
    cell = page.locator('.cell[data-day="2026-05-13"]').bounding_box()
    finger.move(cell["x"] + cell["width"] / 2, cell["y"] + cell["height"] / 2)
    finger.up()
    assert "R-AVAIL" in page.locator(".said-of").inner_text()
    assert show(home) == before


def changed(profile, **values):
    from dataclasses import replace

    return replace(profile, **values)


def move_again(home, before, strength):
    from evenstride.plan.difference import plan_difference

    return plan_difference(before.plan, show(home).plan)


def places(text, what):
    return [found.start() for found in re.finditer(what, text)]
