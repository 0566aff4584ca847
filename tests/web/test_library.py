"""The library: found by what is wanted, own equipment first; and one exercise with its ladder and its runner."""

import re
from dataclasses import replace
from html import unescape

import pytest

from evenstride.model import ExerciseLog, SessionLog
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.library_words import state_rows
from evenstride.report.plan_beside import absence_lines
from evenstride.service.home import home_in
from evenstride.service.library import Wanted, choices, library, standing
from evenstride.store import add_session_logs

EXERCISES = load_catalogue().exercises
ENTRY = re.compile(r'class="entry" href="/library/([^"]+)"')


def found(client, query=""):
    return ENTRY.findall(client.get(f"/library{query}").text)


@pytest.fixture
def told(store, planned, clock):
    """Split squats were done twice, the right leg with one repetition less."""
    log = SessionLog(
        session="", day=clock.day.replace(day=4), effort_0_10=6, minutes=30,
        exercises=(ExerciseLog(exercise="split_squat", left_reps=(12, 12, 12), right_reps=(11, 11, 11)),),
    )  # fmt: skip
    add_session_logs(store, planned.id, [log], clock())
    return planned


def test_every_exercise_is_there_and_what_can_be_done_stands_first(client, planned):
    names = found(client)
    assert sorted(names) == sorted(EXERCISES)
    own = {"dumbbell", "low_box"}
    ready = [set(EXERCISES[name].equipment) <= own for name in names]
    assert ready == sorted(ready, reverse=True)
    assert "there is no bench" in client.get("/library").text


def test_only_what_can_be_done_now_leaves_the_rest_out(client, planned):
    assert all(set(EXERCISES[name].equipment) <= {"dumbbell", "low_box"} for name in found(client, "?now=1"))


@pytest.mark.parametrize("field", [*choices()])
def test_every_choice_of_every_filter_finds_something_that_fits(field):
    for name in choices()[field]:
        assert library(Wanted(**{field: name})), (field, name)


def test_filters_and_words_are_met_together(client, planned):
    names = found(client, "?joint=ankle&muscle=soleus&q=bent")
    assert names
    assert all("ankle" in EXERCISES[one].joints and "soleus" in EXERCISES[one].muscles for one in names)
    assert "No exercise is all of that at once" in client.get("/library?joint=ankle&q=nonsense").text


def test_for_htmx_the_list_alone_comes_under_an_address_that_can_be_kept(client, planned):
    answer = client.get("/library?q=calf&joint=&now=", headers={"HX-Request": "true"})
    assert answer.headers["hx-replace-url"] == "/library?q=calf"
    assert answer.text.lstrip().startswith('<div id="found">')
    assert "<html" not in answer.text


def test_what_somebody_typed_is_shown_as_text(client, planned):
    page = client.get("/library", params={"q": '"><script>'}).text
    assert "<script>" not in page
    assert "&#34;&gt;&lt;script&gt;" in page


def test_without_anybody_the_library_is_open(client, store):
    assert len(found(client)) == len(EXERCISES)
    assert client.get("/library/bound").status_code == 200
    assert "Not for you" not in client.get("/library").text


def test_every_exercise_has_a_page_with_all_that_is_known_of_it(client):
    for name, one in EXERCISES.items():
        page = unescape(client.get(f"/library/{name}").text)
        said = [one.name, one.how, *one.cues, one.evidence, *(EXERCISES[two].name for two in one.progressions)]
        assert [text for text in said if text not in page] == []
        for other in (*one.progressions, *one.regressions):
            assert f'class="rung" href="/library/{other}"' in page


def test_an_exercise_that_is_not_there_is_one_sentence(client, planned):
    answer = client.get("/library/split_squad")
    assert answer.status_code == 404
    assert "Did you mean Split squat" in answer.text


def test_a_page_says_of_the_plan_what_the_command_line_says(client, planned, store, clock):
    stands = standing(home_in(store, planned, clock()), "bound")
    lines = dict(absence_lines(stands.absence, EXERCISES["bound"], EXERCISES))
    assert lines["because"] in client.get("/library/bound").text
    assert "evenstride athlete" not in client.get("/library/bulgarian_split_squat").text


def test_how_far_each_leg_has_come_stands_left_before_right(client, told, store, clock):
    left, right = standing(home_in(store, told, clock()), "split_squat").states
    assert (left.side, right.side) == ("left", "right")
    page = client.get("/library/split_squat").text
    assert page.index("leg-of of-left") < page.index("leg-of of-right")
    assert f"about {left.max_kg:.0f} kg" in page
    assert f"about {right.max_kg:.0f} kg" in page
    assert "Epley" in page


def test_swapping_the_legs_of_the_states_mirrors_the_rows(store, told, clock):
    states = standing(home_in(store, told, clock()), "split_squat").states
    other = {"left": "right", "right": "left"}
    [(title, rows)] = state_rows(states).items()
    [(_, swapped)] = state_rows([replace(one, side=other[one.side]) for one in states]).items()
    assert title
    assert rows["left"] != rows["right"]
    assert swapped == {other[side]: row for side, row in rows.items()}
    assert list(swapped) == ["left", "right"]


def test_pages_ask_the_database_as_often_whatever_was_told(client, told, assert_queries):
    client.get("/library")
    with assert_queries(12):
        client.get("/library")
    with assert_queries(30):
        client.get("/library/split_squat")


# -- in a browser ---------------------------------------------------------------------------------------------------


def test_the_list_answers_while_one_types(open_page, planned, size, axe, look):
    page = open_page("/library", size=size)
    axe(page)
    look(page, f"library-{size}")
    page.get_by_role("searchbox").fill("hop")
    page.get_by_role("link", name="Show all").wait_for()
    assert page.url.endswith("/library?q=hop")
    assert 0 < page.locator(".entry").count() < len(EXERCISES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_exercise_in_a_browser(open_page, told, size, scheme, axe, look):
    page = open_page("/library/split_squat", size=size, scheme=scheme)
    axe(page)
    look(page, f"library-exercise-{size}-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
