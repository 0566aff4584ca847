"""Every page as somebody reads it who counts in miles, feet, pounds and Fahrenheit; and what they type comes back."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from tests.web.forms import fields_of
from tests.web.seasons import keep_runs

from evenstride.model import ExerciseLog, SessionLog
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.example_season import example_level_metric, example_season
from evenstride.report.season_picture import season_picture
from evenstride.report.season_trace import season_trace
from evenstride.report.units import KG_PER_LB, page_in_units
from evenstride.service.archive import importing
from evenstride.service.athletes import change_here
from evenstride.service.calendar import read_change
from evenstride.service.home import home_in
from evenstride.service.plan import change_runs, show
from evenstride.service.profile_text import ProfileWords
from evenstride.service.simulate import simulate_file
from evenstride.simulate import RunRecipe
from evenstride.store import add_session_logs, athletes, kept_tests, originals_folder, session_logs
from evenstride.web.app import PAGES

METRIC = re.compile(r"\d[ \u00a0](?:kg|km|m/s|°C)(?![\w/])|min/km|s/km|per km|minutes of a km")
BARE_CM = re.compile(r"\d cm(?! /)")
TYPED = re.compile(r"<(textarea|script|style)\b[\s\S]*?</\1>")
SPOKEN = re.compile(r"""(?:aria-label|alt|data-play)=("[^"]*"|'[^']*')""")
LINK = re.compile(r'(?:href|src)="(/(?:runs|season|tests|plan/sessions|plan/day|log)[^"#]*)"')
MONDAY = "2026-05-04-strength-1"
"""What is promised in the reader's units."""


def said_by(html):
    """All that a page says, to eyes and to ears, without what people type."""
    html = TYPED.sub("", html)
    return unescape(" | ".join([re.sub(r"<[^>]*>", "|", html), *SPOKEN.findall(html)]))


def metric_in(html):
    said = said_by(html)
    found = [*METRIC.finditer(said), *BARE_CM.finditer(said)]
    return [said[max(0, one.start() - 40) : one.end() + 10] for one in found]


@pytest.fixture(scope="session")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("run") / "run.fit"
    simulate_file(
        path, RunRecipe(asymmetry_pct=7.5, minutes=40, memory_s=12.0, start=datetime(2026, 5, 3, 6, tzinfo=UTC))
    )
    return path


@pytest.fixture
def runner(store, planned, clock, file):
    """An imperial athlete with a plan, runs, a season, loads that were told, and tests."""
    home = home_in(store, planned, clock())
    change_here(home, ProfileWords(units="imperial"))
    keep_runs(store, planned.id)
    originals_folder(store, planned.id).mkdir(parents=True)
    with importing(home, [file], jobs=1) as (_, steps):
        list(steps)
    log = SessionLog(
        session="", day=clock.day.replace(day=4), effort_0_10=6, minutes=30,
        exercises=(ExerciseLog(exercise="split_squat", left_reps=(12, 12, 12), right_reps=(11, 11, 11),
                               left_load_kg=12.5, right_load_kg=10.0),),
    )  # fmt: skip
    add_session_logs(store, planned.id, [log], clock())
    return planned


def known(store):
    return athletes(store)[0].profile


def test_no_page_says_kilometres_or_kilograms_to_who_counts_in_miles_and_pounds(client, runner):
    client.tell("/tests/single_leg_hop", left=["128", "127"], right=["135", "136"])
    client.tell("/tests/knee_to_wall", left=["11"], right=["12.5"])
    client.tell("/plan/return/start", side="right", site="achilles")
    client.tell("/plan/days/2026-05-13/run", kind="easy", minutes="40", km="5", at="07:00")
    seen, left = set(), {}
    more = ["/library/split_squat", "/library/bulgarian_split_squat", "/plan/return", "/log/outside", "/plan/month",
            "/plan/why?of=split_squat", "/season?now=true", "/plan/days/2026-05-13", "/log/feeling", "/start/week",
            "/start/tests"]  # fmt: skip
    todo = [*(page.path for page in PAGES), *more]
    while todo:
        address = todo.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address, follow_redirects=True)
        if answer.status_code != 200:
            continue
        if found := metric_in(answer.text):
            left[address] = found
        links = [unescape(one) for one in LINK.findall(answer.text)]
        todo += [one for one in links if "files" not in one and len(seen) + len(todo) < 90]
    assert left == {}
    assert len(seen) > 60
    assert {one.split("/")[1] for one in seen} >= {"runs", "season", "plan", "log", "tests", "library", "profile"}


def test_the_same_pages_are_metric_to_who_counts_so(client, runner, store, clock):
    change_here(home_in(store, runner, clock()), ProfileWords(units="metric"))
    assert re.search(r"\d km\b", said_by(client.get("/runs").text))
    assert "12.5 kg" in said_by(client.get("/library/split_squat").text)
    assert not re.search(r"\d (?:mi|lb|ft|in)\b", said_by(client.get("/runs").text))


def test_loads_are_told_in_pounds(client, runner):
    said = said_by(client.get("/library/split_squat").text)
    assert "27.6 lb" in said
    assert "22 lb" in said


def test_the_runs_and_the_run_are_told_in_miles(client, runner):
    runs = said_by(client.get("/runs").text)
    assert re.search(r"\d\.\d\d mi\b", runs)
    run = re.search(r'data-series="([^"]+)"', client.get("/runs/2026-05-03").text)[1]
    strips = {one["label"].split(",")[0]: one for one in client.get(unescape(run)).json()["strips"]}
    assert strips["pace"]["label"].startswith("pace, minutes per mile")
    paces = [60 * int(m) + int(s) for m, s in re.findall(r"(\d+):(\d\d)", " ".join(strips["pace"]["said"]))]
    speeds = [one for one in strips["pace"]["values"] if one is not None]
    assert paces == pytest.approx([1609.344 / one for one in speeds], abs=0.51)


def test_what_a_run_is_drawn_from_is_asked_anew_each_time(client, runner, store, clock):
    """One address says miles after kilometres, and another runner's after one's own: runs are called by their day."""
    address = unescape(re.search(r'data-series="([^"]+)"', client.get("/runs/2026-05-03").text)[1])
    miles = client.get(address)
    change_here(home_in(store, runner, clock()), ProfileWords(units="metric"))
    assert client.get(address).json() != miles.json()
    assert miles.headers["cache-control"] == "no-store"


def test_the_drawing_of_a_pace_is_read_in_minutes_of_a_mile():
    metric = example_level_metric("speed_at_heart_rate")
    drawn = season_trace(metric, "imperial")
    assert drawn["pace_m"] == pytest.approx(1609.344)
    assert all("min/mi" in one for one in drawn["runs"]["said"])
    assert season_trace(metric)["pace_m"] == 1000.0
    season = replace(example_season(), metrics=(metric,))
    picture = page_in_units(season_picture(season, metric=metric.metric), "imperial")
    assert "min/mi" in picture
    assert metric_in(picture) == []
    ticks = [60 * int(m) + int(s) for m, s in re.findall(r'pace"[^>]*>(\d+):(\d\d)<', picture)]
    assert ticks
    assert ticks == pytest.approx([1609.344 / 2.94] * len(ticks), rel=0.1)


def test_what_people_typed_stays_as_they_typed_it(client, runner):
    client.tell("/runs/2026-05-03/tags", note="ran 10 km with 2 kg")
    page = client.get("/runs/2026-05-03").text
    assert 'value="ran 10 km with 2 kg"' in page
    assert "ran 10 km with 2 kg" in client.get("/runs").text


def test_no_page_turns_over_what_people_typed(client, runner):
    typed = "ran 10 km"
    told = {
        "/log/runs/2026-05-03": {"effort": "5", "note": typed},
        "/log/mornings/2026-05-05": {"sleep": "7", "note": typed},
        f"/log/sessions/{MONDAY}": {"effort": "5", "note": typed},
    }
    for address, fields in told.items():
        assert f">{typed}<" in client.tell(address, **fields).text
    client.tell("/runs/2026-05-03/leave-out", reason=typed)
    client.tell("/profile/restrictions", what="jumps after 10 km", until="2026-09-01", side="both")
    ends = {"low_side": "left", "low": "3", "high_side": "right", "high": "3"}
    client.tell("/profile/targets", what="step_up_height", **ends, note=typed)
    client.tell("/profile/you", name="Ten km 10 km", timezone="Europe/Berlin")
    client.tell("/review/2026-04-27/say", outcome="hold", why=typed, coach="Bo")
    for address in ("/runs", "/runs/2026-05-03", "/profile", "/review?week=2026-04-27", "/"):
        page = client.get(address).text
        assert "10 km" in page
        assert "6.21" not in page


def test_a_run_of_a_calendar_keeps_its_name(client, store, runner, clock):
    [change] = read_change("2026-05-13 easy 40 8km")
    named = replace(change, run=replace(change.run, note="Club run 8 km"))
    change_runs(home_in(store, runner, clock()), [named])
    for address in ("/plan?week=2026-05-11", "/plan/days/2026-05-13"):
        page = client.get(address).text
        assert "4.97 mi" in page.replace("\N{NO-BREAK SPACE}", " ")
        assert "Club run 8 km" in page


def test_a_stage_on_the_way_back_says_its_distance_once(client, runner):
    client.tell("/plan/return/start", side="right", site="achilles")
    said = said_by(client.get("/plan/return").text)
    assert "mile" in said
    assert not re.search(r"miles? \([\d.]+ mi\)", said)


@pytest.mark.parametrize("typed", ["inf", "-5", "nan", "1e400"])
def test_a_number_that_is_none_is_one_sentence(client, runner, typed):
    client.tell("/plan/return/start", side="right", site="achilles")
    forms = {
        "/profile/you": {"name": "Ada", "timezone": "Europe/Berlin", "mass": typed},
        "/tests/bulgarian_split_squat": {"left": ["5"], "right": ["6"], "load_left": typed, "load_right": "10"},
        "/plan/return/log": {"km": typed, "during": "1", "after": "1", "effort": "2"},
        "/plan/days/2026-05-13/run": {"kind": "easy", "minutes": "40", "km": typed},
    }  # fmt: skip
    assert [client.tell(address, **fields).status_code for address, fields in forms.items()] == [422] * len(forms)


# -- what is typed --------------------------------------------------------------------------------------------------


def loads_of(store, runner, session):
    [log] = [one for one in session_logs(store, runner.id) if one.log.session == session]
    return {
        (one.exercise, side): getattr(one, f"{side}_load_kg") for one in log.log.exercises for side in ("left", "right")
    }


def test_a_session_told_in_pounds_is_kept_exactly_and_shown_as_it_was_typed(client, store, runner):
    path = f"/log/sessions/{MONDAY}"
    fields = fields_of(client.get(path).text, path)
    row = next(name for name in fields if name.endswith(".left.kg")).removesuffix(".left.kg")
    client.tell(path, **fields | {f"{row}.left.kg": ["20"], f"{row}.right.kg": ["22.5"]})
    told = loads_of(store, runner, MONDAY)
    assert pytest.approx(20 * KG_PER_LB, abs=1e-9) in told.values()
    assert pytest.approx(22.5 * KG_PER_LB, abs=1e-9) in told.values()
    again = client.get(path).text
    assert "Load, lb" in again
    fields = fields_of(again, path)
    assert (fields[f"{row}.left.kg"], fields[f"{row}.right.kg"]) == (["20"], ["22.5"])
    client.tell(path, **fields)
    assert loads_of(store, runner, MONDAY) == told


def test_a_test_loaded_in_pounds_is_kept_in_kilograms(client, store, runner):
    assert "Load, lb" in client.get("/tests/bulgarian_split_squat").text
    client.tell("/tests/bulgarian_split_squat", left=["5"], right=["6"], load_left="20", load_right="22.05")
    [kept] = [one for one in kept_tests(store, runner.id) if one.test == "bulgarian_split_squat"]
    assert kept.extra == {"left_load_kg": pytest.approx(20 * KG_PER_LB), "right_load_kg": 10.0}


def test_a_run_planned_in_miles_is_kept_in_kilometres(client, store, runner, clock):
    assert "Distance, mi" in client.get("/plan/days/2026-05-13").text
    client.tell("/plan/days/2026-05-13/run", kind="easy", minutes="40", km="5", at="07:00")
    [run] = [one for one in show(home_in(store, runner, clock())).plan.runs if one.day.isoformat() == "2026-05-13"]
    assert run.km == pytest.approx(5 * 1.609344)
    assert "5 mi" in said_by(client.get("/plan/days/2026-05-13").text)


def test_a_body_that_is_sent_back_unchanged_is_the_same_body(client, store, runner):
    before = known(store).mass_kg
    page = client.get("/profile").text
    assert "Body mass, lb" in page
    client.tell("/profile/you", **fields_of(page, "/profile/you"))
    assert known(store).mass_kg == before == 68.0


def test_a_word_that_is_no_number_is_one_sentence(client, runner):
    answer = client.tell("/profile/you", name="Ada", mass="1 50 5", timezone="Europe/Berlin")
    assert answer.status_code == 422
    assert load_catalogue().exercises


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_run_in_miles_in_a_browser(open_page, runner, size, scheme, axe, look):
    page = open_page("/runs/2026-05-03", size=size, scheme=scheme)
    page.locator(".strip-label", has_text="minutes per mile").wait_for()
    page.locator("[data-scrub]").press("ArrowRight")
    axe(page)
    look(page, f"units-run-{size}-{scheme}")
