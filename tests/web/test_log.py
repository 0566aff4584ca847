"""The log: filled in as prescribed, told in fields, nothing kept that nobody said, nothing typed lost."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from tests.web.forms import fields_of

from evenstride.service.home import home_in
from evenstride.service.log_text import read_exercise
from evenstride.service.logs import SessionTold, log_session, session_as_told
from evenstride.service.session_logs import as_prescribed
from evenstride.store import day_logs, plan_in_force, run_logs, session_logs

MONDAY = "2026-05-04-strength-1"
RUN_DAY = "2026-05-05"


@pytest.fixture
def session(store, planned):
    """Monday's strength session, which waits on Tuesday."""
    held = plan_in_force(store, planned.id)
    assert held is not None
    return next(one for one in held.plan.sessions if one.id == MONDAY)


@pytest.fixture
def path(session):
    return f"/log/sessions/{session.id}"


def kept(store, athlete):
    return [one.log for one in session_logs(store, athlete.id)]


def row_of(session, fields, *, sided=True):
    """The first exercise with a leg of its own, and the beginning of its fields' names."""
    place = next(i for i, one in enumerate(session.exercises) if (one.left is not None) is sided)
    return session.exercises[place], f"x.{place}"


def test_what_waits_is_named_and_counted(client, planned):
    page = client.get("/log").text
    assert re.search(r"<h1>\d+ things are left to log\.</h1>", page)
    assert "This morning" in page
    assert f"/log/sessions/{MONDAY}" in page


@pytest.mark.parametrize(("asked", "there"), [
    (f"session={MONDAY}", f"/log/sessions/{MONDAY}"), (f"run={RUN_DAY}", f"/log/runs/{RUN_DAY}"),
    ("morning=", "/log/mornings/2026-05-05"),
])  # fmt: skip
def test_what_today_leads_to_is_the_form_of_that(client, planned, asked, there):
    assert client.get(f"/log?{asked}").headers["location"] == there


def test_a_session_as_its_form_stands_is_the_session_as_prescribed(client, store, planned, session, path):
    told = client.tell(path, **fields_of(client.get(path).text, path))
    assert told.status_code == 200
    assert "as planned" in told.text
    [log] = kept(store, planned)
    assert log.exercises == tuple(as_prescribed(one) for one in session.exercises)
    assert (log.as_planned, log.effort_0_10, log.minutes) == (True, None, session.minutes)


def test_one_tap_and_the_command_line_keep_the_same(client, store, planned, session, path, clock):
    looked = session_as_told(home_in(store, planned, clock()), SessionTold(session=session.id, as_planned=True))
    client.tell(path, whole="yes")
    assert kept(store, planned) == [looked.log]


def test_what_was_different_on_one_side_is_kept_as_the_command_line_reads_it(client, store, planned, session, path):
    fields = fields_of(client.get(path).text, path)
    one, row = row_of(session, fields)
    fields |= {
        f"{row}.left.reps": ["5"], f"{row}.left.kg": ["2"], f"{row}.left.clean": ["no"], f"{row}.pain": ["3"],
        f"{row}.pain_site": ["knee"], f"{row}.pain_side": ["left"], f"{row}.pain_kind": ["joint"], "effort": ["6"],
    }  # fmt: skip
    client.tell(path, **fields)
    [log] = kept(store, planned)
    by_hand = log_session(
        home_in(store, planned, datetime(2026, 5, 5, 12, tzinfo=UTC)),
        SessionTold(session=session.id, as_planned=True, effort_0_10=6,
                    exceptions=(f"{one.exercise} left 5 2kg clean no pain 3 left knee joint",)),
    ).log  # fmt: skip
    assert log == by_hand
    assert read_exercise(f"{one.exercise} 5", {}, [one.exercise]).exercise == one.exercise


def test_a_side_without_repetitions_was_not_done_and_the_other_one_stays(client, store, planned, session, path):
    fields = fields_of(client.get(path).text, path)
    one, row = row_of(session, fields)
    client.tell(path, **fields | {f"{row}.right.out": "yes"})
    done = next(two for two in kept(store, planned)[0].exercises if two.exercise == one.exercise)
    assert done.right_reps == ()
    assert done.left_reps == as_prescribed(one).left_reps


def test_where_the_stronger_leg_did_more_a_kind_word_comes_before_anything_is_kept(
    client, store, planned, session, path, monkeypatch
):
    from dataclasses import replace

    from evenstride.service.logs import sessions
    from evenstride.service.season import finding_of

    weaker = replace(finding_of(home_in(store, planned, datetime(2026, 5, 5, 12, tzinfo=UTC))), limb="left")
    monkeypatch.setattr(sessions, "finding_of", lambda _: weaker)
    fields = fields_of(client.get(path).text, path)
    _, row = row_of(session, fields)
    more = [str(int(value) + 3) for value in fields[f"{row}.right.reps"]]
    told = client.tell(f"{path}/mind", htmx=True, **fields | {f"{row}.right.reps": more})
    assert "R-WEAK-FIRST" in told.text
    # A target that is inherited from the form would put the answer in the place of the whole form.
    assert re.search(r'<div id="mind"[^>]* hx-target="this"', client.get(path).text)
    assert kept(store, planned) == []
    assert "R-WEAK-FIRST" in client.tell(path, **fields | {f"{row}.right.reps": more}).text
    assert len(kept(store, planned)) == 1


def test_a_correction_shows_what_it_corrects_and_undo_brings_it_back(client, store, planned, path):
    client.tell(path, **fields_of(client.get(path).text, path) | {"effort": "6"})
    page = client.get(path).text
    fields = fields_of(page, path)
    assert fields["effort"] == ["6"]
    told = client.tell(path, **fields | {"effort": "7"})
    assert "earlier version stays" in told.text
    assert "Earlier versions" in client.get(path).text
    undo = re.search(r'action="(/log/undo/session/\d+)"', told.text)
    assert undo is not None
    assert "Taken back" in client.tell(undo[1]).text
    assert [one.effort_0_10 for one in kept(store, planned)] == [6]


def test_a_session_that_was_missed_is_one_tap(client, store, planned, path):
    assert "Kept as missed" in client.tell(f"{path}/missed").text
    assert [one.done for one in kept(store, planned)] == [False]


def test_a_session_outside_the_plan_is_only_what_was_said(client, store, planned):
    fields = fields_of(client.get("/log/outside").text, "/log/outside")
    told = {"kind": "strength", "minutes": "20", "x.0.name": "split_squat", "x.0.left.reps": ["8", "8", ""]}
    client.tell("/log/outside", **fields | told)
    [log] = kept(store, planned)
    assert (log.session, log.minutes, log.effort_0_10) == ("", 20, None)
    [done] = log.exercises
    assert (done.left_reps, done.right_reps, done.clean_left) == ((8, 8), (), None)


def test_swapping_the_legs_of_a_form_mirrors_what_is_kept(client, store, planned):
    other = {"left": "right", "right": "left"}
    sets = {"left": ["8", "7", ""], "right": ["5", "", ""]}
    for swap in (False, True):
        fields = {f"x.0.{other[side] if swap else side}.reps": reps for side, reps in sets.items()}
        client.tell("/log/outside", **{"x.0.name": "split_squat", **fields})
    one, two = (log.exercises[0] for log in kept(store, planned))
    assert (one.left_reps, one.right_reps) == (two.right_reps, two.left_reps)


# -- runs and mornings ----------------------------------------------------------------------------------------------


def test_a_run_is_asked_before_its_numbers_and_the_scale_is_never_filled_in(client, planned):
    address = f"/log/runs/{RUN_DAY}"
    page = client.get(address).text
    assert "Before you look at the numbers" in page
    assert "What was measured" not in page
    fields = fields_of(page, address)
    assert {name: value for name, value in fields.items() if value != [""]} == {}


def test_how_a_run_felt_is_kept_as_said_and_as_before_its_numbers(client, store, planned):
    address = f"/log/runs/{RUN_DAY}"
    fields = fields_of(client.get(address).text, address)
    told = {"item.limb_alignment": "3", "item.effort_left_right": "2", "item.pelvis_level": "3", "harder": "right"}
    shown = client.tell(address, **fields | told).text
    assert shown.index("What was measured") < shown.index("You told") if "You told" in shown else True
    [log] = [one.log for one in run_logs(store, planned.id)]
    assert log.items == {"limb_alignment": 3, "effort_left_right": 2, "pelvis_level": 3}
    assert (log.harder, log.effort_0_10, log.before_numbers, log.day) == ("right", None, True, date(2026, 5, 5))


def test_telling_a_run_again_does_not_say_that_it_was_before_the_numbers(client, store, planned):
    address = f"/log/runs/{RUN_DAY}"
    client.tell(address, effort="4", seen="yes")
    client.tell(address, effort="5")
    [log] = [one.log for one in run_logs(store, planned.id)]
    assert (log.effort_0_10, log.before_numbers) == (5, False)


def test_a_coach_is_kept_beside_the_runner(client, store, planned):
    client.tell(f"/log/runs/{RUN_DAY}", **{"item.arm_swing": "2", "coach": "Kim"})
    [log] = [one.log for one in run_logs(store, planned.id)]
    assert (log.by, log.name, log.before_numbers) == ("coach", "Kim", None)


def test_a_morning_keeps_each_joint_on_its_side_and_says_what_a_flag_means_first(client, store, planned):
    address = "/log/mornings/2026-05-05"
    fields = fields_of(client.get(address).text, address)
    told = {"sleep": "7,5", "stiff.1.left": "4", "flag": "night_pain", "pain.0.site": "knee", "pain.0.side": "right",
            "pain.0.value": "3"}  # fmt: skip
    shown = client.tell(address, **fields | told).text
    assert re.search(r"<h1>Stop running", shown)
    [log] = [one.log for one in day_logs(store, planned.id)]
    assert (log.sleep_hours, log.mood_0_4, log.red_flags) == (7.5, None, ("night_pain",))
    assert [(one.joint, one.side, one.value_0_10) for one in log.stiffness] == [("ankle", "left", 4)]
    assert [(one.site, one.side, one.value_0_10) for one in log.pain] == [("knee", "right", 3)]


@pytest.mark.parametrize(("fields", "said"), [
    ({"sleep": "25"}, "not between 0 and 24"), ({"sleep": "much"}, "is no number"), ({}, "Nothing was said"),
    ({"pain.0.site": "knee", "pain.0.side": "left"}, "How bad is the pain at the left knee"),
])  # fmt: skip
def test_what_cannot_be_is_one_sentence_and_nothing_is_kept(client, store, planned, fields, said):
    answer = client.tell("/log/mornings/2026-05-05", **fields)
    assert answer.status_code == 422
    assert said in answer.text
    assert day_logs(store, planned.id) == ()


@pytest.mark.parametrize("address", ["/log/mornings/2026-05-06", "/log/runs/2026-05-06", "/log/mornings/yesterday"])
def test_a_day_ahead_or_no_day_cannot_be_told(client, planned, address):
    assert client.get(address).status_code == 422


@pytest.mark.parametrize("address", ["/log/sessions/2026-05-05-nothing", "/log/runs/no-such-run"])
def test_what_is_not_there_is_a_page_that_says_so(client, planned, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [f"/log/sessions/{MONDAY}", "/log/outside", "/log/undo/day/1", "/log/trials/start"])
def test_a_form_from_elsewhere_changes_nothing(client, planned, address):
    client.get("/log")
    assert client.post(address, data={"token": "x"}).status_code == 403


def test_late_days_lead_to_their_forms(client, planned):
    assert client.get("/log/day?day=2026-05-04&what=run").headers["location"] == "/log/runs/2026-05-04"
    assert client.get("/log/day?day=2026-05-04&what=morning").headers["location"] == "/log/mornings/2026-05-04"


def test_the_log_asks_no_more_often_when_more_was_told(client, planned, assert_queries):
    client.get("/log")
    with assert_queries(20) as before:
        client.get("/log")
    n = len(before)
    for day in ("2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05"):
        client.tell(f"/log/mornings/{day}", sleep="7")
        client.tell(f"/log/runs/{day}", effort="3")
    with assert_queries(n):
        client.get("/log")


def test_feeling_answers_at_once_and_says_that_it_is_too_early(client, planned, assert_queries):
    with assert_queries(3):
        assert "Looking at your runs" in client.get("/log/feeling").text
    assert "Too early to say" in client.get("/log/feeling?look=yes").text


def test_a_trial_without_runs_is_refused_in_a_sentence(client, planned):
    assert "Did it help me?" in client.get("/log/trials").text
    answer = client.tell("/log/trials/plan", what="quiet_foot_strike")
    assert (answer.status_code, "no runs with left and right" in answer.text) == (422, True)


def test_a_session_with_a_difference_or_pain_is_not_called_as_planned(client, planned, session, path):
    fields = fields_of(client.get(path).text, path)
    _, row = row_of(session, fields)
    assert ", as planned.</h1>" in client.tell(path, **fields).text
    for change in ({f"{row}.left.reps": ["1", "1"]}, {f"{row}.pain": "4"}):
        assert ", as planned.</h1>" not in client.tell(path, **fields | change).text


def test_versions_say_when_they_were_logged_where_the_athlete_lives(client, planned, path):
    client.tell(path, **fields_of(client.get(path).text, path) | {"effort": "6"})
    client.tell(path, **fields_of(client.get(path).text, path) | {"effort": "7"})
    page = client.get(path).text
    assert re.search(r"logged 5 May 2026, \d\d:\d\d ·", page)
    assert not re.search(r">[^<]*\b2026-\d\d-\d\d[ <]", page)


# -- in a browser ---------------------------------------------------------------------------------------------------


def test_the_forms_of_the_log_in_a_browser(open_page, session, size, look, axe):
    for name, path in (
        ("hub", "/log"),
        ("session", f"/log/sessions/{MONDAY}"),
        ("morning", "/log/mornings/2026-05-05"),
    ):
        page = open_page(path, size=size)
        for fold in page.locator("details.unfold").all():
            fold.evaluate("one => { one.open = true }")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        look(page, f"log-{name}-{size}")


def test_what_was_typed_survives_a_reload_and_is_gone_once_it_is_told(open_page, session, store):
    page = open_page("/log/mornings/2026-05-05")
    page.get_by_label("Sleep, hours", exact=True).fill("7")
    page.locator("[data-step='0.5']").first.click()
    page.locator(".pains > summary").click()
    page.locator("[data-place=knee][data-side=right]").first.click()
    page.get_by_label("3", exact=True).last.check(force=True)
    page.reload()
    assert page.get_by_text("What you had typed is back.").is_visible()
    assert page.get_by_label("Sleep, hours", exact=True).input_value() == "7.5"
    assert page.locator("select[name='pain.0.site']").input_value() == "knee"
    assert page.locator("select[name='pain.0.side']").input_value() == "right"
    page.get_by_role("button", name="Keep this morning").click()
    page.get_by_role("heading", name="Kept: the morning").wait_for()
    drafts = json.loads(page.evaluate("JSON.stringify(Object.keys(localStorage))"))
    assert drafts == []


def test_what_is_worth_minding_comes_below_the_exercises_and_leaves_the_form_as_it_is(open_page, planned, path):
    page = open_page(path)
    page.locator("#exercises .differ > summary").first.click()
    first = page.locator("#exercises [name$='.right.reps'], #exercises [name$='.both.reps']").first
    with page.expect_response(lambda answer: answer.url.endswith("/mind")):
        first.fill("4")
        first.blur()
    page.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")
    assert page.locator("#mind").count() == 1
    assert first.input_value() == "4"
    page.locator(".log-form .main").click()
    page.get_by_role("heading", name="Kept:").wait_for()
