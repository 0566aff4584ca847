import re
from dataclasses import replace
from datetime import date, time, timedelta
from xml.etree import ElementTree as ET

import pytest

from evenstride.model import (
    CalendarRun,
    Dose,
    MobilityContent,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanWeek,
    SolverStatus,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.plan_picture import DETAILED_WEEKS, plan_picture
from evenstride.report.png import png_bytes

MONDAY = date(2026, 5, 4)
CATALOGUE = load_catalogue()
LETTER_WIDE_PX, HEAD_LETTER_PX = 7.0, 9.4


def session(day, kind="strength", first="left", slot="free", minutes=25.0, exercise="split_squat"):
    dose = Dose(sets=2, reps=10)
    one = PlannedExercise(exercise=exercise, because="", first=first, left=dose, right=dose)
    content = MobilityContent(style="dynamic", joints=(), planes=()) if kind == "mobility" else None
    return PlannedSession(id=f"{day}-{kind}-{slot}", day=day, slot=slot, kind=kind, minutes=minutes,
                          exercises=() if kind == "test" else (one,), mobility=content, at=time(12))  # fmt: skip


def made(weeks=4, *, first="left", runs=True, load="loading"):
    sessions, calendar, listed = [], [], []
    for n in range(weeks):
        monday = MONDAY + timedelta(weeks=n)
        listed.append(PlanWeek(monday=monday, number=n + 1, part="base", load=load, phase="beginner"))
        sessions += [session(monday, first=first), session(monday + timedelta(days=2), "mobility", minutes=110.0)]
        for weekday, kind in ((1, "intervals"), (4, "easy"), (6, "long")) if runs else ():
            calendar.append(CalendarRun(day=monday + timedelta(days=weekday), kind=kind, minutes=110))
    return Plan(athlete="Ada", start=MONDAY, weeks=weeks, runs=tuple(calendar), sessions=tuple(sessions),
                week_list=tuple(listed), solver=SolverStatus(status="optimal", gap=0.0))  # fmt: skip


def drawn(plan):
    return plan_picture(plan, CATALOGUE)


def texts(svg):
    return [(one.text, float(one.get("x")), float(one.get("y"))) for one in elements(svg, "text")]


def elements(svg, name):
    return list(ET.fromstring(svg).iter(f"{{http://www.w3.org/2000/svg}}{name}"))  # noqa: S314  our own picture


def classes(svg):
    body = svg.split("</style>")[1]
    return set(" ".join(re.findall(r'class="([^"]*)"', body)).split())


@pytest.mark.parametrize("weeks", [1, 12, DETAILED_WEEKS, DETAILED_WEEKS + 1, 52])
@pytest.mark.parametrize("runs", [True, False])
def test_every_session_and_run_is_drawn(weeks, runs):
    plan = made(weeks, runs=runs)
    body = drawn(plan).split("</style>")[1]
    key = 1
    assert body.count('class="strength"') == weeks + key
    assert body.count('class="run-hard"') == (2 * weeks + key) * runs
    assert body.count('class="run-easy"') == (weeks + key) * runs


@pytest.mark.parametrize("weeks", [1, 12, 52])
def test_no_words_leave_the_picture(weeks):
    svg = drawn(made(weeks))
    width, height = (float(one) for one in ET.fromstring(svg).get("viewBox").split()[2:])  # noqa: S314
    for one in elements(svg, "text"):
        wide = (HEAD_LETTER_PX if one.get("class") == "head" else LETTER_WIDE_PX) * len(one.text)
        start = float(one.get("x")) - wide / 2 * ("mid" in one.get("class"))
        assert start >= 0, one.text
        assert start + wide < width, one.text
        assert 0 < float(one.get("y")) < height


def test_monday_is_the_first_column():
    places = {text: x for text, x, _ in texts(drawn(made()))}
    days = [places[name] for name in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")]
    assert days == sorted(days)


def test_a_session_stands_under_its_day():
    places = {text: x for text, x, _ in texts(drawn(made(1)))}
    assert abs(places["Strength 25 min"] - places["Mon"]) < 64 < abs(places["Strength 25 min"] - places["Tue"])


@pytest.mark.parametrize(("first", "other", "letter"), [("left", "right", "L"), ("right", "left", "R")])
def test_only_the_leg_that_begins_has_colour_and_letter(first, other, letter):
    svg = drawn(made(first=first))
    assert f"fill-{first}" in classes(svg)
    assert f"fill-{other}" not in classes(svg)
    assert letter in [text for text, _, _ in texts(svg)]


def test_mobility_has_no_leg():
    plan = made(1)
    svg = drawn(replace(plan, sessions=plan.sessions[1:]))
    assert not {"fill-left", "fill-right"} & classes(svg)


@pytest.mark.parametrize(
    ("kind", "css"), [("strength", "strength"), ("micro", "short"), ("test", "test"), ("mobility", "mobility")]
)
@pytest.mark.parametrize("weeks", [1, 52])
def test_each_kind_has_a_shape_of_its_own_and_a_key(kind, css, weeks):
    plan = replace(made(weeks, runs=False), sessions=(session(MONDAY, kind),))
    found = classes(drawn(plan))
    shapes = {"strength", "short", "mobility"} & found
    assert shapes == ({css} if css != "test" else set())
    assert ("diamond" in found) == (kind == "test")


def test_an_easy_run_and_a_hard_one_differ():
    assert {"run-easy", "run-hard"} <= classes(drawn(made()))


@pytest.mark.parametrize(("load", "word"), [("deload", "light week"), ("test", "test week"), ("taper", "taper week")])
def test_weeks_that_are_not_ordinary_are_shaded_and_named(load, word):
    svg = drawn(made(2, load=load))
    assert [text for text, _, _ in texts(svg)].count(word) == 2
    assert "eased" in classes(svg)


@pytest.mark.parametrize("weeks", [4, 52])
def test_a_race_is_a_flag(weeks):
    plan = made(weeks)
    race = CalendarRun(day=date(2026, 5, 30), kind="race", minutes=0)
    assert "pennant" not in classes(drawn(plan))
    assert "pennant" in classes(drawn(replace(plan, runs=(*plan.runs, race))))


def test_pointing_at_a_session_tells_both_doses():
    titles = [one.text for one in elements(drawn(made(1)), "title")]
    assert "Mon 4 May 12:00, Strength, 25 min: Split squat: left 2 × 10 | right 2 × 10 (left first)" in titles


def test_foreign_words_cannot_become_part_of_the_picture():
    plan = replace(made(1), sessions=(session(MONDAY, exercise="<script>"),))
    assert "<script>" not in drawn(plan)


def test_minutes_around_runs_are_words_not_shapes():
    plan = made(2)
    pieces = tuple(session(run.day, "mobility", slot="post_run", minutes=7.0) for run in plan.runs)
    svg = drawn(replace(plan, sessions=(*plan.sessions, *pieces)))
    assert "Mobility around runs: every week after runs 3 × 7 min." in [text for text, _, _ in texts(svg)]
    assert "Mobility 7 min" not in svg


def test_the_picture_is_dark_where_the_reader_prefers_it():
    assert "prefers-color-scheme:dark" in drawn(made())


@pytest.mark.parametrize("weeks", [1, 52])
def test_the_picture_can_be_a_png(weeks):
    assert png_bytes(drawn(made(weeks)), zoom=0.5)[:4] == b"\x89PNG"
