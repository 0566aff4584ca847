"""A session's log made of its plan and its exceptions; warnings mirror when the sides do."""

from dataclasses import replace
from datetime import date

import pytest
from tests.plans import EXERCISES, both_sides, each_side, session

from evenstride.model import Dose, ExerciseLog
from evenstride.service.log_text import read_exercise
from evenstride.service.session_logs import as_prescribed, compare, logs_of_exercises, weak_first_warning

SQUAT = each_side("split_squat", Dose(sets=3, reps=10, load_kg=8.0), Dose(sets=2, reps=10, load_kg=6.0))
STEP = each_side("step_up", Dose(sets=2, reps=8), Dose(sets=2, reps=8))
WALK = both_sides("lateral_band_walk", Dose(sets=2, hold_s=30.0))
SESSION = session(date(2026, 5, 8), exercises=(SQUAT, STEP, WALK))
WHOLE = tuple(as_prescribed(one) for one in SESSION.exercises)


def logged(*texts, base=WHOLE):
    asked = [one.exercise for one in SESSION.exercises]
    return logs_of_exercises(base, [read_exercise(text, EXERCISES, asked) for text in texts], SESSION)


def mirrored(one: ExerciseLog) -> ExerciseLog:
    return replace(
        one, left_reps=one.right_reps, right_reps=one.left_reps, left_load_kg=one.right_load_kg,
        right_load_kg=one.left_load_kg, clean_left=one.clean_right, clean_right=one.clean_left,
    )  # fmt: skip


def test_as_prescribed_is_every_set_of_every_side():
    squat, step, walk = WHOLE
    assert (squat.left_reps, squat.right_reps) == ((10.0,) * 3, (10.0,) * 2)
    assert (squat.left_load_kg, squat.right_load_kg, squat.clean_left, squat.clean_right) == (8.0, 6.0, True, True)
    assert (walk.left_reps, walk.right_reps) == ((30.0, 30.0), (30.0, 30.0))
    assert step.pain_0_10 == 0.0


def test_only_what_is_said_differs():
    squat, step, walk = logged("split squat left 10,10,8 clean no")
    assert (squat.left_reps, squat.clean_left, squat.left_load_kg) == ((10.0, 10.0, 8.0), False, 8.0)
    assert (squat.right_reps, squat.clean_right) == ((10.0, 10.0), True)
    assert (step, walk) == WHOLE[1:]


def test_what_was_left_out_has_no_log_and_one_side_left_out_no_sets():
    (squat, walk) = logged("step up left out", "split squat right skipped")
    assert (squat.right_reps, squat.clean_right, squat.left_reps) == ((), None, (10.0,) * 3)
    assert walk == WHOLE[2]


def test_without_as_planned_only_what_was_said_was_done():
    (squat,) = logged("split squat left 10,10", base=())
    assert (squat.left_reps, squat.right_reps, squat.clean_left) == ((10.0, 10.0), (), None)
    assert squat.left_load_kg == 8.0


def test_pain_and_an_early_end_stand_with_the_exercise():
    squat, *_ = logged("split squat pain 4 knee right sharp stopped")
    assert (squat.pain_0_10, squat.pain_site, squat.pain_side, squat.pain_kind) == (4.0, "knee", "right", "sharp")
    assert squat.stopped_early


def test_done_stands_beside_asked_per_side():
    found = {(one.exercise, one.side): one for one in compare(SESSION, logged("split squat left 10,10,8"))}
    assert found["split_squat", "left"].less
    assert not found["split_squat", "right"].less
    assert found["lateral_band_walk", None].reps == (30.0, 30.0)
    assert {side for _, side in found} == {"left", "right", None}


def test_what_was_left_out_shows_as_not_done_and_what_was_not_asked_has_no_dose():
    found = {(one.exercise, one.side): one for one in compare(SESSION, logged("step up left out"))}
    assert (found["step_up", "left"].reps, found["step_up", "left"].less) == ((), True)
    extra = compare(None, [ExerciseLog(exercise="split_squat", left_reps=(10.0,), right_reps=(10.0,))])
    assert [(one.side, one.asked, one.less) for one in extra] == [("left", None, False), ("right", None, False)]


def test_more_load_is_more_and_less_load_is_less():
    found = {one.side: one for one in compare(SESSION, logged("split squat left 10kg right 4kg")) if "squat" in
             one.exercise}  # fmt: skip
    assert (found["left"].more, found["left"].less, found["right"].less) == (True, False, True)


@pytest.mark.parametrize(
    ("log", "warned"),
    [
        (ExerciseLog(exercise="split_squat", left_reps=(10, 10), right_reps=(10, 8)), False),
        (ExerciseLog(exercise="split_squat", left_reps=(10, 8), right_reps=(10, 10)), True),
        (ExerciseLog(exercise="split_squat", left_reps=(10,), right_reps=(10,), right_load_kg=2), True),
        (ExerciseLog(exercise="split_squat", left_reps=(10,), right_reps=(10,), left_load_kg=2), False),
        (ExerciseLog(exercise="split_squat", left_reps=(), right_reps=(10, 10)), False),
    ],
)
def test_the_stronger_leg_doing_more_is_told_and_the_warning_mirrors(log, warned):
    said = weak_first_warning([log], "left", EXERCISES)
    assert bool(said) is warned
    swapped = said.replace("left", "?").replace("right", "left").replace("?", "right")
    assert weak_first_warning([mirrored(log)], "right", EXERCISES) == swapped
    assert weak_first_warning([log], "undetermined", EXERCISES) == ""


def test_one_sentence_tells_of_several_exercises():
    logs = [ExerciseLog(exercise=name, left_reps=(8,), right_reps=(10,)) for name in ("split_squat", "step_up")]
    said = weak_first_warning(logs, "left", EXERCISES)
    assert said.startswith("Split squat: the right leg did 10 against 8, and so in 1 more; next time")
    assert "R-WEAK-FIRST" in said
