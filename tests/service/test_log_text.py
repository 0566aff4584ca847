"""What people type about training is read as they mean it, or refused with what would help."""

import pytest

from evenstride.errors import InvalidRequest
from evenstride.model import Pain, Stiffness
from evenstride.plan.catalogue import load_catalogue
from evenstride.review.checklist import load_checklists
from evenstride.service.log_text import SideSaid, read_exercise, read_pain, read_ratings, read_stiffness

EXERCISES = load_catalogue().exercises
ASKED = ("single_leg_romanian_deadlift", "split_squat", "step_up", "single_leg_calf_raise")
RUN = load_checklists()["run"]


def said(text):
    return read_exercise(text, EXERCISES, ASKED)


def mirrored(text):
    return text.replace("left", "?").replace("right", "left").replace("?", "right")


def test_a_whole_exercise_is_read():
    one = said("split_squat left 10,10,8 12kg rir 2 clean no pain 3 knee right joint")
    assert one.exercise == "split_squat"
    assert one.left == SideSaid(reps=(10.0, 10.0, 8.0), load_kg=12.0, in_reserve=2.0, clean=False)
    assert one.right == SideSaid()
    assert one.pain == Pain(value_0_10=3.0, site="knee", side="right", kind="joint")


@pytest.mark.parametrize(
    "text",
    [
        "split squat left 10,10,8 12kg right 3x10 8kg",
        "step up left skipped right 2x12 pain 2 left shin sharp",
        "calf raise 3x15 left clean no right clean",
    ],
)
def test_swapping_the_sides_of_the_words_swaps_what_is_read(text):
    if "calf" in text:
        text = text.replace("calf raise", "single leg calf raise")
    one, other = said(text), said(mirrored(text))
    assert (one.left, one.right) == (other.right, other.left)
    assert [{"left": "right", "right": "left"}[side] for side in one.sides_left_out] == list(other.sides_left_out)


@pytest.mark.parametrize(
    ("text", "reps"),
    [
        ("split squat 10,10,8", (10, 10, 8)),
        ("split squat 10, 10, 8", (10, 10, 8)),
        ("split squat 3x10", (10, 10, 10)),
        ("split squat 2 x 12", (12, 12)),
        ("split squat 2×12", (12, 12)),
        ("split squat 30s,25s", (30, 25)),
        ("split squat 2x30s", (30, 30)),
        ("split squat 9", (9,)),
    ],
)
def test_sets_are_written_in_many_ways_and_are_of_both_sides_unless_said(text, reps):
    assert said(text).left.reps == said(text).right.reps == reps


@pytest.mark.parametrize(
    ("text", "clean"),
    [("clean", True), ("clean yes", True), ("clean no", False), ("unclean", False), ("not clean", False)],
)
def test_form_is_yes_or_no(text, clean):
    assert said(f"split squat {text}").left.clean is clean


def test_left_out_is_no_side():
    assert said("step up left out").left_out
    one = said("step up right skipped")
    assert (one.left_out, one.sides_left_out) == (False, ("right",))


def test_a_side_after_a_pain_that_work_follows_speaks_of_the_work():
    one = said("split squat left 8,8 pain 3 knee right 10,10")
    assert (one.pain, one.right.reps) == (Pain(value_0_10=3.0, site="knee"), (10.0, 10.0))


def test_clean_no_pain_is_clean_and_no_pain_unless_a_number_follows():
    one, other = said("split squat clean no pain"), said("split squat clean no pain 2 knee")
    assert (one.left.clean, one.pain.value_0_10) == (True, 0.0)
    assert (other.left.clean, other.pain.value_0_10) == (False, 2.0)


def test_no_pain_and_stopped_early():
    one = said("split squat stopped early no pain")
    assert (one.stopped_early, one.pain) == (True, Pain(value_0_10=0.0))


@pytest.mark.parametrize("name", ["split_squat", "Split Squat", "split", "SPLIT-SQUAT"])
def test_an_exercise_of_the_session_goes_by_its_name_or_its_beginning(name):
    assert said(f"{name} 10").exercise == "split_squat"


def test_an_exercise_outside_the_session_goes_by_its_whole_name():
    assert said("bulgarian split squat 8,8").exercise == "bulgarian_split_squat"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("splt_squat 10", "split_squat"),
        ("single 10", "Several exercises"),
        ("10,10", "names no exercise"),
        ("split squat left 10 wobbly", "'wobbly' has no place"),
        ("split squat rir", "not followed by a number"),
        ("split squat pain much knee", "not followed by a number"),
        ("split squat pain 11 knee", "more than 10"),
        ("split squat 900kg", "more than 500"),
        ("split squat 99x10", "more than anybody does"),
        ("split squat pain 3 left right knee", "more than one side"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_what_would_help(text, told):
    with pytest.raises(InvalidRequest) as refused:
        said(text)
    assert told in f"{refused.value.text} {refused.value.help}"
    assert refused.value.help


def test_a_pain_is_told_in_any_order():
    assert read_pain("right knee 3") == read_pain("3 right knee") == Pain(value_0_10=3.0, site="knee", side="right")
    assert read_pain("4/10 sharp left lower back").site == "lower back"


@pytest.mark.parametrize("text", ["knee", "knee 3 4", "12 knee", "-1 knee", ""])
def test_a_pain_without_one_number_from_0_to_10_is_refused(text):
    with pytest.raises(InvalidRequest):
        read_pain(text)


def test_stiffness_names_a_joint():
    assert read_stiffness("left ankle 4") == Stiffness(joint="ankle", value_0_10=4.0, side="left")
    assert read_stiffness("thoracic spine 2").side is None
    for text in ("4", "left 4", "ankle", "ankle 11"):
        with pytest.raises(InvalidRequest):
            read_stiffness(text)


def test_ratings_take_names_beginnings_and_any_sign_between():
    assert read_ratings(["limb alignment 3, arm=4", "pelvis: 0"], RUN) == {
        "limb_alignment": 3, "arm_swing": 4, "pelvis_level": 0,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["arm 5", "arm", "arms_wing 3", "3"])
def test_a_rating_that_is_none_is_refused(text):
    with pytest.raises(InvalidRequest):
        read_ratings([text], RUN)
