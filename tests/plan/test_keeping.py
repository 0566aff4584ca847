"""A plan made anew keeps what mobility sessions had, and gives up a wish for it rather than a rule."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from evenstride.model import CalendarRun, FreeSlot, PlannedSession, PlanRequest, Profile, Restriction
from evenstride.model.profile import RunKind
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.difference import plan_difference
from evenstride.plan.keeping import PREFERENCES_MAX, keep_contents
from evenstride.plan.rules import broken_rules
from evenstride.plan.schedule import make_plan

MONDAY = date(2026, 5, 4)
WEEK = timedelta(days=7)
ADA = Profile(name="Ada", free=tuple(FreeSlot(weekday=day, minutes=40) for day in (0, 2, 4, 5)), equipment=("band",))
HARD: tuple[tuple[int, RunKind], ...] = ((1, "intervals"), (6, "long"))
RUNS = tuple(
    CalendarRun(day=MONDAY + week * WEEK + timedelta(days=day), kind=kind, minutes=60, at=time(18))
    for week in range(-4, 6)
    for day, kind in HARD
)
REQUEST = PlanRequest(profile=ADA, start=MONDAY, weeks=6, today=MONDAY, calendar=RUNS)


@pytest.fixture(scope="module")
def plan():
    return make_plan(REQUEST, load_catalogue())


def own(one: PlannedSession) -> bool:
    return one.mobility is not None and one.slot in ("free", "after_run")


def shuffled(plan):
    """The plan with the exercises of every mobility session in another order: nothing is where it was."""
    return replace(
        plan,
        sessions=tuple(
            replace(one, exercises=(*one.exercises[1:-1], one.exercises[0], one.exercises[-1])) if own(one) else one
            for one in plan.sessions
        ),
    )


def test_what_stands_where_it_stood_keeps_its_exercises(plan):
    assert keep_contents(plan, shuffled(plan), REQUEST, load_catalogue()).sessions == plan.sessions


def test_a_plan_keeps_itself(plan):
    assert keep_contents(plan, plan, REQUEST, load_catalogue()) == plan


def test_strength_is_never_touched(plan):
    less = replace(plan, sessions=tuple(one for one in plan.sessions if one.kind != "strength"))
    assert not any(one.kind == "strength" for one in keep_contents(plan, less, REQUEST, load_catalogue()).sessions)


def test_what_a_clinician_forbids_now_does_not_come_back(plan):
    used = next(line.exercise for one in plan.sessions if own(one) for line in one.exercises)
    forbidden = replace(ADA, restrictions=(Restriction(what=used, until=MONDAY + 10 * WEEK),))
    request = replace(REQUEST, profile=forbidden)
    new = make_plan(request, load_catalogue())
    kept = keep_contents(plan, new, request, load_catalogue())
    assert used not in [line.exercise for one in kept.sessions for line in one.exercises]


def test_no_binding_rule_breaks_for_it_and_wishes_are_named(plan):
    day = plan.sessions[0].day
    request = replace(REQUEST, calendar=(*RUNS, CalendarRun(day=day + timedelta(days=9), kind="tempo", minutes=40)))
    new = make_plan(replace(request, previous=plan), load_catalogue())
    kept = keep_contents(plan, new, request, load_catalogue())
    before, after = (broken_rules(one, request, load_catalogue()) for one in (new, kept))
    more = {(one.rule, one.day, one.session) for one in after} - {(one.rule, one.day, one.session) for one in before}
    assert len(more) <= PREFERENCES_MAX
    assert not [one for one in after if one.binding and (one.rule, one.day, one.session) in more]
    assert len(kept.given_up) >= len(new.given_up)
    assert len(plan_difference(plan, kept).changed) <= len(plan_difference(plan, new).changed)
