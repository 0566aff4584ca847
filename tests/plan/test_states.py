"""Where a runner stands by the logs, what a leg could move once, and how that holds loads back."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from tests.kept_plans import line, log_of
from tests.plan.test_schedule_facts import after, life, of_kind, plan
from tests.plans import session

from evenstride.model import Dose, FreeSlot, PlannedSession, PlanRequest, Profile, ProgressionState, SessionLog
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.maxima import estimated_max_kg, mass_for
from evenstride.plan.states import progression_states

TODAY = date(2026, 5, 4)
SQUAT, THRUST, CLAM = "bulgarian_split_squat", "single_leg_hip_thrust", "clam_shell"
KILOS = 16.0


def maximal(days_ago: int, exercise: str = SQUAT, reps: int = 4, load: float = KILOS) -> PlannedSession:
    lines = (line(exercise, Dose(sets=3, reps=reps, load_kg=load), "left", reps_in_reserve=1),)
    day = TODAY - timedelta(days=days_ago)
    return session(day, "strength", phase="advanced", type="maximal", exercises=lines)


def request(*held: PlannedSession, logs: tuple[SessionLog, ...] | None = None, **person: Any) -> PlanRequest:
    """The day after some sessions of a programme that began nineteen weeks ago; two of them were clean and unloaded."""
    bare = tuple(maximal(60 - n, load=0.0) for n in range(2))
    values: dict[str, Any] = {"equipment": ("dumbbell", "bench"), "mass_kg": 80.0} | person
    profile = Profile(name="Ada", **values)
    told = tuple(map(log_of, held)) if logs is None else logs
    return PlanRequest(
        profile=profile, start=TODAY, weeks=4, today=TODAY, began=TODAY - timedelta(weeks=19),
        past=(*bare, *held), logs=(*map(log_of, bare), *told),
    )  # fmt: skip


def states(asked: PlanRequest, exercise: str = SQUAT) -> dict[str, ProgressionState]:
    return {one.side: one for one in progression_states(asked, load_catalogue()) if one.exercise == exercise}


def test_without_logs_there_is_no_state():
    assert progression_states(life(), load_catalogue()) == ()


def test_a_state_tells_the_last_dose_the_clean_sessions_and_what_rises_next():
    left = states(request(maximal(9), maximal(6, reps=5), maximal(3, reps=6)))["left"]
    assert (left.type, left.last) == ("maximal", Dose(sets=3, reps=6, load_kg=16.0))
    assert (left.clean_sessions, left.ready_for_load) == (5, True)
    assert (left.next, left.rises, left.why) == (left.last, "nothing", "nothing rises yet")
    at_top = states(request(maximal(6, reps=6), maximal(3, reps=6)))["left"]
    assert (at_top.next, at_top.rises, at_top.why) == (Dose(sets=3, reps=4, load_kg=20.0), "load", "the load rises")


def test_the_last_dose_is_what_was_done_where_minutes_cut_its_sets():
    short = (replace(maximal(6), trimmed=("sets to 2",)), replace(maximal(3), trimmed=("sets to 2",)))
    left = states(request(*short))["left"]
    assert left.last == Dose(sets=3, reps=4, load_kg=16.0)
    assert left.next.sets == 3
    assert left.rises == "nothing"


def test_what_is_ahead_is_in_no_state():
    done, ahead = maximal(3), replace(maximal(3, reps=6), day=TODAY, id="ahead")
    asked = request(done)
    assert states(replace(asked, past=(*asked.past, ahead)))["left"].last.reps == 4


# ---- one repetition


def test_the_estimate_grows_with_the_load_and_with_the_repetitions():
    loads = [estimated_max_kg(80.0 + load, 5) for load in (0, 2, 10, 40)]
    counts = [estimated_max_kg(90.0, reps) for reps in range(1, 13)]
    assert all(one < other for one, other in [*pairwise(loads), *pairwise(counts)])
    assert all(mass_for(kg, reps) == pytest.approx(90.0) for reps, kg in enumerate(counts, start=1))
    told = [states(request(maximal(3, reps=reps)))["left"].max_kg for reps in range(3, 12)]
    assert all(one and other and one < other for one, other in pairwise(told))


def test_the_estimate_is_of_body_and_load_on_foot_and_of_the_load_elsewhere():
    squat = states(request(maximal(3)))["left"]
    assert (squat.max_kg, squat.max_with_body) == (pytest.approx(96.0 * (1 + 5 / 30)), True)
    thrust = states(request(maximal(3, THRUST), equipment=("dumbbell", "bench", "barbell")), THRUST)["left"]
    assert (thrust.max_kg, thrust.max_with_body) == (pytest.approx(16.0 * (1 + 5 / 30)), False)
    assert states(request(maximal(3), mass_kg=None))["left"].max_kg is None


def test_the_estimate_names_the_session_that_it_comes_from():
    best = maximal(9, reps=6)
    left = states(request(best, maximal(3, reps=5)))["left"]
    assert (left.max_session, left.max_day) == (best.id, best.day)


@pytest.mark.parametrize(
    ("told", "reps"),
    [({"left_reps": (4, 4, 3)}, 5), ({"left_reps": (3, 3, 3)}, 3), ({"left_reps": (4, 4, 6)}, 7)],
)
def test_a_set_short_of_what_was_asked_kept_nothing_in_reserve(told, reps):
    one = maximal(3)
    left = states(request(one, logs=(log_of(one, **told),)))["left"]
    assert left.max_kg == pytest.approx(96.0 * (1 + reps / 30))


@pytest.mark.parametrize("told", [{"clean_left": False}, {"pain_0_10": 3.0}, {"left_reps": (13.0,)}])
def test_poor_form_pain_and_many_repetitions_give_no_estimate(told):
    one = replace(maximal(3), exercises=(line(THRUST, Dose(sets=1, reps=4, load_kg=16.0), "left"),))
    asked = request(one, logs=(log_of(one, **told),), equipment=("dumbbell", "bench", "barbell"))
    assert states(asked, THRUST)["left"].max_kg is None


def uneven(left: int, right: int) -> PlanRequest:
    """Two sessions at the top of the range, done with more repetitions on one leg in an older, unplanned session."""
    older = log_of(maximal(20), left_reps=(left,), right_reps=(right,))
    held = (maximal(6, reps=6, load=KILOS), maximal(3, reps=6, load=KILOS))
    return request(*held, logs=(replace(older, session=""), *map(log_of, held)))


def test_exchanging_the_legs_exchanges_the_states():
    one, other = states(uneven(11, 8)), states(uneven(8, 11))
    assert one["left"] == replace(other["right"], side="left")
    assert one["right"] == replace(other["left"], side="right")
    assert one["left"].max_kg != one["right"].max_kg


# ---- what it holds back


def heavy_left(right_reps: int) -> dict[str, ProgressionState]:
    """Two repetitions to spare twice with a load that only the left leg has shown more with."""
    held = (maximal(6), maximal(3))
    logs = tuple(log_of(one, left_reps=(4, 4, 6), right_reps=(4, 4, right_reps)) for one in held)
    return states(request(*held, logs=logs))


def test_the_weaker_leg_holds_the_load_of_both_back():
    assert heavy_left(6)["left"].next.load_kg == 20.0
    assert heavy_left(4)["left"].next.load_kg == 16.0
    assert heavy_left(4)["left"].next.reps == 5


def test_a_load_is_never_raised_above_what_the_weaker_leg_could_lift():
    """Whatever was logged: the load asked next, for its repetitions and one more, is within the estimate."""
    for reps in (4, 5, 6, 8):
        for load in (2.0, 8.0, 16.0, 40.0):
            for sets in ((reps,) * 3, (reps, reps, reps + 2)):
                held = (maximal(6, reps=reps, load=load), maximal(3, reps=reps, load=load))
                found = states(request(*held, logs=tuple(log_of(one, left_reps=sets) for one in held)))
                kg = min(one.max_kg or 0.0 for one in found.values())
                for one in found.values():
                    if one.next.load_kg > one.last.load_kg:
                        assert 80.0 + one.next.load_kg <= mass_for(kg, (one.next.reps or 0) + 1) + 1e-9


def test_without_an_estimate_nothing_is_held_back():
    held = (maximal(6), maximal(3))
    logs = tuple(log_of(one, left_reps=(4, 4, 6)) for one in held)
    assert states(request(*held, logs=logs, mass_kg=None))["left"].next.load_kg > KILOS


def test_a_plan_from_logs_done_as_asked_goes_on_rising():
    free = tuple(FreeSlot(weekday=day, minutes=60) for day in (0, 2, 4))
    made = plan(after(16, life(weeks=26, mass_kg=82.0, free=free)))
    loads = [
        line.doses[0].load_kg
        for one in of_kind(made, "strength") if one.type == "maximal"
        for line in one.exercises if line.exercise == SQUAT
    ]  # fmt: skip
    assert max(loads) > loads[0] > 0
