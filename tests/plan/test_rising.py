"""What rises next: known histories of one exercise, done or to come, and the dose that follows them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.kept_plans import line, log_of
from tests.plans import session

from evenstride.model import Dose, PlannedSession
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.progression import Progress
from evenstride.plan.rising import Asked, carried_kg, heavier, next_dose, rises

DAY = date(2026, 5, 4)
SQUAT = "bulgarian_split_squat"
KEY: Any = (SQUAT, "left", "maximal")


def maximal(n: int, reps: int, load: float) -> PlannedSession:
    lines = (line(SQUAT, Dose(sets=3, reps=reps, load_kg=load), "left", reps_in_reserve=1),)
    return session(DAY + timedelta(days=3 * n), "strength", phase="advanced", type="maximal", exercises=lines)


def asked(**own: Any) -> Asked:
    values = {"phase": "advanced", "wanted": Dose(sets=3, reps=4), "reps_max": 6, "load_kg": 16.0, "body_kg": 82.0}
    return Asked(**values | own)  # type: ignore[arg-type]


def after_logs(*told: tuple[int, float, tuple[int, ...]], clean: bool | None = True) -> tuple[int | None, float]:
    """Repetitions and load after sessions of so many repetitions and kilos asked, and the repetitions done."""
    progress = Progress()
    for n, (reps, load, done) in enumerate(told):
        held = maximal(n, reps, load)
        log = log_of(held, left_reps=done, right_reps=done, clean=clean)
        progress.log(log, held, loading=True)
    dose = next_dose(progress, KEY, asked())[0]
    return dose.reps, dose.load_kg


def after_plans(*doses: tuple[int, float], **own: Any) -> tuple[int | None, float]:
    progress = Progress()
    for n, (reps, load) in enumerate(doses):
        held = maximal(n, reps, load)
        progress.project(held, held.exercises, loading=True)
    dose = next_dose(progress, KEY, asked(**own))[0]
    return dose.reps, dose.load_kg


def test_a_complete_session_earns_one_repetition_more_done_or_ahead():
    assert after_plans((4, 16.0)) == (5, 16.0)
    assert after_logs((4, 16.0, (4, 4, 4))) == (5, 16.0)


def test_two_sessions_at_the_top_raise_the_load_and_begin_the_repetitions_again():
    assert after_plans((6, 16.0)) == (6, 16.0)
    assert after_plans((6, 16.0), (6, 16.0)) == (4, 20.0)
    assert after_logs((6, 16.0, (6, 6, 6)), (6, 16.0, (6, 6, 6))) == (4, 20.0)


def test_two_repetitions_to_spare_in_two_sessions_raise_the_load_before_the_top():
    assert after_logs((4, 16.0, (4, 4, 6)), (4, 16.0, (4, 4, 6))) == (4, 20.0)
    assert after_logs((4, 16.0, (4, 4, 4)), (4, 16.0, (4, 4, 6))) == (5, 16.0)
    assert after_logs((4, 16.0, (4, 4, 5)), (4, 16.0, (4, 4, 5))) == (5, 16.0)


@pytest.mark.parametrize(("done", "clean"), [((6, 6, 5), True), ((6, 6, 6), False), ((6, 6, 6), None)])
def test_what_was_not_complete_and_clean_is_asked_again_and_counts_anew(done, clean):
    assert after_logs((6, 16.0, (6, 6, 6)), (6, 16.0, done), clean=clean) == (6, 16.0)
    if clean:
        again = ((6, 16.0, (6, 6, 6)), (6, 16.0, done), (6, 16.0, (6, 6, 6)))
        assert after_logs(*again) == (6, 16.0)


def test_after_a_session_without_its_load_the_load_of_before_comes_back():
    assert after_plans((5, 24.0), (5, 0.0)) == (5, 24.0)
    assert after_logs((5, 24.0, (5, 5, 5)), (5, 0.0, (5, 5, 5))) == (5, 24.0)


def test_nothing_rises_in_a_session_without_its_load():
    assert after_plans((5, 24.0), load_kg=0.0) == (5, 0.0)
    assert after_plans((5, 24.0), (5, 0.0), load_kg=0.0) == (5, 0.0)


def test_a_load_rises_by_a_twentieth_of_what_the_leg_moves_in_steps_of_two_kilograms():
    assert [heavier(16.0, mass) - 16.0 for mass in (40.0, 60.0, 82.0, 104.0)] == [2.0, 2.0, 4.0, 6.0]
    exercises = load_catalogue().exercises
    assert carried_kg(exercises[SQUAT], 82.0) == 82.0
    assert carried_kg(exercises["single_leg_hip_thrust"], 82.0) == 0.0
    assert carried_kg(exercises["clam_shell"], 82.0) == 0.0


def test_without_anything_to_load_it_repetitions_stay_at_their_top():
    assert after_plans((6, 0.0), (6, 0.0), (6, 0.0), load_kg=0.0) == (6, 0.0)


def test_what_rises_is_said():
    progress = Progress()
    held = maximal(0, 4, 16.0)
    progress.project(held, held.exercises, loading=True)
    assert next_dose(progress, KEY, asked())[1] == "one repetition more"
    progress.last[KEY] = replace(progress.last[KEY], fell_short=True)
    assert next_dose(progress, KEY, asked())[1].startswith("the same again")


@pytest.mark.parametrize("clean", [True, False])
@pytest.mark.parametrize("load", [16.0, 0.0])
def test_a_session_cut_for_want_of_minutes_hides_nothing_that_stood_before_it(clean, load):
    whole, short = maximal(0, 4, 16.0), replace(maximal(1, 6, 16.0), trimmed=("two sets less",))
    before = replace(whole, exercises=(line(SQUAT, Dose(sets=2, reps=4, load_kg=16.0), "left"),))
    progress = Progress()
    progress.log(log_of(before), before, loading=True)
    progress.log(log_of(short, clean=clean), short, loading=True)
    base = progress.last[KEY].base
    assert base == Dose(sets=2, reps=4, load_kg=16.0)
    assert rises(next_dose(progress, KEY, asked(load_kg=load))[0], base) <= 1


def test_a_new_phase_adds_no_sets_before_its_load_though_a_cut_session_stands_between():
    held = [maximal(n, 5, 0.0) for n in range(2)]
    progress = Progress()
    for one, more in zip(held, ((), ("cut",)), strict=True):
        single = replace(
            one, trimmed=more, phase="intermediate", exercises=(line(SQUAT, Dose(sets=1, reps=5), "left"),)
        )
        progress.project(single, single.exercises, loading=True)
    assert next_dose(progress, KEY, asked(load_kg=0.0, loadable=True))[0].sets == 1
