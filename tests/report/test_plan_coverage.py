from datetime import date, timedelta

import pytest
from tests.plan_requests import random_request

from evenstride.errors import PlanConflict
from evenstride.model import Plan
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.figures import WEEK_JOINTS
from evenstride.plan.mobility_coverage import coverage
from evenstride.plan.schedule import make_plan
from evenstride.report.plan_answer import shown_weeks
from evenstride.report.plan_coverage import coverage_rows, coverage_words
from evenstride.report.plan_document import plan_document
from evenstride.report.plan_terminal import plan_text


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    made = []
    for seed in range(12):
        try:
            made.append(make_plan(random_request(seed, weeks=3, history=False), load_catalogue()))
        except PlanConflict:
            continue
    return made


def test_a_week_covers_what_its_exercises_do_on_their_days(plans: list[Plan]) -> None:
    exercises = load_catalogue().exercises
    for plan in plans:
        for week in shown_weeks(plan):
            found = coverage(week.sessions)
            for joint in WEEK_JOINTS:
                days = {
                    one.day
                    for one in week.sessions
                    if one.kind == "mobility"
                    for two in one.exercises
                    if joint in exercises[two.exercise].joints
                }
                assert found.joints[joint] == tuple(sorted(days))


def test_a_week_that_misses_something_says_what(plans: list[Plan]) -> None:
    weeks = [week for plan in plans for week in shown_weeks(plan)]
    complete = [week for week in weeks if not coverage(week.sessions).missing]
    lacking = [week for week in weeks if coverage(week.sessions).missing and coverage_rows(week)]
    assert complete
    assert lacking
    assert all("in all three planes" in coverage_words(week.sessions) for week in complete)
    assert all(coverage_words(week.sessions).startswith("all but ") for week in lacking)
    assert coverage_words(()) == ""


def test_the_screen_of_a_week_has_a_mark_on_each_of_its_days(plans: list[Plan]) -> None:
    for plan in plans:
        for week in shown_weeks(plan):
            text = plan_text(plan, load_catalogue(), today=plan.start, week=week.number)
            rows = coverage_rows(week)
            assert ("mobility covers" in text) == bool(rows)
            marks = sum(sum(on) for _, on in rows)
            assert text.count("●") == marks


def test_the_document_has_the_dates(plans: list[Plan]) -> None:
    for plan in plans:
        for week in plan_document(plan)["calendar_weeks"]:
            first = date.fromisoformat(week["monday"])
            dates = [
                date.fromisoformat(one) for group in week["coverage"].values() for on in group.values() for one in on
            ]
            assert all(first <= one < first + timedelta(days=7) for one in dates)
            assert set(week["coverage"]) == {"joints", "planes", "styles"}
