"""What of a plan's lists cannot be done, and why an exercise is not in a plan."""

from dataclasses import replace
from datetime import date

import pytest

from evenstride.model import (
    ExerciseLog,
    FreeSlot,
    Injury,
    PlanRequest,
    Profile,
    Restriction,
    SessionLog,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.left_out import absence, left_out
from evenstride.plan.schedule import make_plan
from evenstride.plan.usable import Usable

MONDAY = date(2026, 5, 4)
CATALOGUE = load_catalogue()
KIM = Profile(
    name="Kim",
    free=tuple(FreeSlot(weekday=day, minutes=40) for day in (0, 3)),
    equipment=("dumbbell", "low_box", "bench"),
    mass_kg=70.0,
)
KNEE = Injury(side="left", site="knee", since=date(2026, 4, 1), present=True)
NO_HINGE = Restriction(what="hinge", until=date(2026, 5, 13))


def asked(weeks=4, **profile):
    return PlanRequest(profile=replace(KIM, **profile), start=MONDAY, today=MONDAY, weeks=weeks)


def planned(request):
    return make_plan(request, CATALOGUE), Usable(request=request, catalogue=CATALOGUE)


def told(request):
    return {one.exercise: (one.instead, one.why.kind, one.why.text) for one in left_out(*planned(request))}


def test_nothing_is_left_out_where_everything_can_be_done():
    assert told(asked()) == {}


def test_an_injury_that_is_still_there_names_what_it_keeps_away():
    found = told(asked(injuries=(KNEE,)))
    assert found["split_squat"][1:] == ("injury", "the left knee is injured")
    assert "single_leg_romanian_deadlift" not in found


def test_a_restriction_holds_until_its_day():
    plan, usable = planned(asked(restrictions=(NO_HINGE,)))
    (gone,) = (one for one in left_out(plan, usable) if one.exercise == "single_leg_romanian_deadlift")
    assert gone.why.text == "a clinician rules out hinge until 13 May 2026"
    assert {one.day <= NO_HINGE.until for one in gone.sessions} == {True}
    assert absence("single_leg_romanian_deadlift", plan, usable) is None


def test_missing_equipment_names_what_is_missing_and_what_stands_there_instead():
    plan, usable = planned(asked(equipment=()))
    (gone,) = left_out(plan, usable)
    assert (gone.exercise, gone.why.text) == ("step_up", "there is no low box")
    assert all(any(line.exercise == gone.instead for line in one.exercises) for one in gone.sessions)


def test_what_gave_way_to_the_minutes_is_no_injury():
    request = asked()
    plan, _ = planned(request)
    cut = tuple(
        replace(
            one,
            exercises=tuple(line for line in one.exercises if line.exercise != "split_squat"),
            trimmed=("Split squat left out for want of minutes",),
        )
        for one in plan.sessions
    )
    plan = replace(plan, sessions=cut)
    hurt = Usable(request=replace(request, profile=replace(request.profile, injuries=(KNEE,))), catalogue=CATALOGUE)
    fit = Usable(request=request, catalogue=CATALOGUE)
    assert "split_squat" not in {one.exercise for one in left_out(plan, hurt)}
    assert absence("split_squat", plan, fit).kind == "cut"


def test_an_exercise_that_an_injury_keeps_away_says_so():
    found = absence("split_squat", *planned(asked(injuries=(KNEE,))))
    assert (found.kind, found.why.kind) == ("hindered", "injury")


def test_an_exercise_that_hurt_stays_away_until_it_is_cleared():
    log = SessionLog(session="", day=date(2026, 5, 1), exercises=(ExerciseLog(exercise="step_up", pain_0_10=4.0),))
    found = told(replace(asked(), logs=(log,)))
    assert found["step_up"][1] == "pain"


@pytest.mark.parametrize(("exercise", "kind"), [
    ("bulgarian_split_squat", "later_phase"), ("single_leg_hop_in_place", "later_phase"), ("box_sit", "other_list"),
    ("strides", "drill"), ("step_up", None),
])  # fmt: skip
def test_an_exercise_that_is_not_there_has_its_reason(exercise, kind):
    found = absence(exercise, *planned(asked()))
    assert (found.kind if found else None) == kind


def test_every_exercise_of_the_catalogue_is_in_the_plan_or_has_a_reason():
    plan, usable = planned(asked())
    there = {line.exercise for one in plan.sessions for line in one.exercises}
    for name in CATALOGUE.exercises:
        assert (absence(name, plan, usable) is None) == (name in there), name


def test_a_return_keeps_jumps_and_says_its_stage():
    request = replace(asked(), return_stage="walk_run")
    found = absence("single_leg_hop_in_place", *planned(request))
    assert found.why.text == "the return to running has no jumps yet (stage: walk–run)"


def test_injured_legs_exchanged_leave_out_the_same():
    left, right = (told(asked(injuries=(replace(KNEE, side=side),))) for side in ("left", "right"))
    assert {name: one[:2] for name, one in left.items()} == {name: one[:2] for name, one in right.items()}
