"""A workout is read back, by two readers that share no code with the encoder, as what the plan says."""

import re
from dataclasses import replace
from datetime import date, time
from typing import Any

import fitdecode
import pytest
from fit_tool.fit_file import FitFile
from fit_tool.profile.messages.workout_message import WorkoutMessage
from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
from fitdecode.profile import FIELD_TYPES
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans import (
    EXERCISES,
    MONDAY,
    both_sides,
    each_side,
    example_plan,
    exercise,
    mirrored,
    plan_of,
    session,
    strength_session,
)

from evenstride.model import Dose
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.fit_exercises import CATEGORIES, FIT_EXERCISES
from evenstride.report.fit_fields import NAME_BYTES, NOTE_BYTES, TITLE_BYTES
from evenstride.report.plan_fit import STEPS_MAX, plan_workouts, session_workouts


def messages(data: bytes, name: str) -> list[dict[str, Any]]:
    with fitdecode.FitReader(
        data, check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    ) as reader:
        return [{field.name: field.value for field in frame.fields} for frame in reader
                if isinstance(frame, fitdecode.FitDataMessage) and frame.name == name]  # fmt: skip


def steps(one):
    (workout,) = session_workouts(one, EXERCISES)
    return messages(workout.data, "workout_step")


def brief(found):
    """Steps in short: name, or how often back to which step."""
    return [
        (step["duration_step"], step["repeat_steps"])
        if step["duration_type"] == "repeat_until_steps_cmplt"
        else step["wkt_step_name"]
        for step in found
    ]


def done(found):
    """Work steps in the order in which a watch leads through them, repetitions unrolled."""
    order, starts = [], {}
    for place, step in enumerate(found):
        starts[place] = len(order)
        if step["duration_type"] == "repeat_until_steps_cmplt":
            order += order[starts[step["duration_step"]] :] * (step["repeat_steps"] - 1)
        else:
            order.append(step)
    return [step for step in order if step["intensity"] == "active"]


def one_exercise(line, **own):
    return session(MONDAY, slot="after_run", exercises=(line,), **own)


def test_sets_are_a_block_of_both_legs_and_a_rest_that_is_repeated():
    line = each_side("split_squat", Dose(sets=3, reps=12), Dose(sets=3, reps=12))
    assert brief(steps(one_exercise(line))) == ["R Split squat", "L Split squat", "Rest", (0, 3)]


@pytest.mark.parametrize("first", ["left", "right"])
def test_the_first_side_comes_first(first):
    line = each_side("split_squat", Dose(sets=2, reps=8), Dose(sets=2, reps=8), first=first)
    assert done(steps(one_exercise(line)))[0]["wkt_step_name"][0] == first[0].upper()


def test_a_leg_with_more_sets_goes_on_alone():
    line = each_side("split_squat", Dose(sets=2, reps=12), Dose(sets=4, reps=12))
    found = steps(one_exercise(line))
    assert brief(found) == ["R Split squat", "L Split squat", "Rest", (0, 2), "R Split squat", "Rest", (4, 2)]
    letters = [step["wkt_step_name"][0] for step in done(found)]
    assert (letters.count("L"), letters.count("R")) == (2, 4)


def test_one_set_is_not_a_block_and_ends_without_a_rest():
    line = each_side("split_squat", Dose(sets=1, reps=12), Dose(sets=1, reps=12))
    assert brief(steps(one_exercise(line))) == ["R Split squat", "L Split squat"]


def test_repetitions_loads_and_notes_are_read_back():
    line = each_side("single_leg_romanian_deadlift", Dose(sets=1, reps=8, load_kg=7.5), Dose(sets=1, reps=10))
    right, left = steps(one_exercise(line))
    assert (right["duration_type"], right["duration_reps"], right["exercise_weight"]) == ("reps", 10, None)
    assert (left["duration_reps"], left["exercise_weight"], left["weight_display_unit"]) == (8, 7.5, "kilogram")
    assert left["notes"] == "LEFT leg, 7.5 kg, tempo 3-1-3-1. Knee over the second toe. Grip the ground."
    assert left["target_type"] == "open"


def test_holds_and_rests_are_times():
    held, rest = steps(one_exercise(both_sides("diaphragmatic_breathing", Dose(sets=2, hold_s=45), rest_s=30.0)))[:2]
    assert (held["duration_type"], held["duration_time"]) == ("time", 45)
    assert (rest["intensity"], rest["duration_time"], rest["exercise_category"]) == ("rest", 30, None)


def test_exercises_have_the_profiles_category_and_number():
    line = each_side("single_leg_calf_raise", Dose(sets=1, reps=15, load_kg=10), Dose(sets=1, reps=15))
    right, left = steps(one_exercise(line))
    assert right["exercise_category"] == left["exercise_category"] == "calf_raise"
    names = FIELD_TYPES["calf_raise_exercise_name"].enum
    assert names[right["exercise_name"]] == "single_leg_standing_calf_raise"
    assert names[left["exercise_name"]] == "single_leg_standing_dumbbell_calf_raise"


def test_an_exercise_that_the_profile_lacks_keeps_its_own_name():
    (step,) = steps(one_exercise(both_sides("tightrope", Dose(sets=1, reps=3))))
    assert (step["exercise_category"], step["exercise_name"], step["wkt_step_name"]) == ("unknown", None, "Tightrope")


def test_titles_name_the_exercises_by_their_numbers():
    (workout,) = session_workouts(strength_session(MONDAY), EXERCISES)
    titles = messages(workout.data, "exercise_title")
    assert [title["wkt_step_name"] for title in titles] == [
        "Single-leg Romanian deadlift", "Split squat", "Lateral band walk"]  # fmt: skip


def test_a_warm_up_is_one_step_of_five_minutes_that_names_what_it_is_made_of():
    first = steps(strength_session(MONDAY))[0]
    assert (first["intensity"], first["duration_time"]) == ("warmup", 300)
    assert first["notes"] == "Warm-up, 5 min, easy: Hip circle, Single leg stand eyes open"
    assert steps(strength_session(MONDAY, slot="after_run"))[0]["intensity"] == "active"


def test_both_readers_find_the_same_workout():
    for workout in plan_workouts(example_plan(), EXERCISES):
        (head,) = messages(workout.data, "workout")
        found = messages(workout.data, "workout_step")
        records = [record.message for record in FitFile.from_bytes(workout.data).records]
        (other,) = [one for one in records if isinstance(one, WorkoutMessage)]
        others = [one for one in records if isinstance(one, WorkoutStepMessage)]
        assert head["wkt_name"] == other.workout_name
        assert head["num_valid_steps"] == other.num_valid_steps == len(found) == len(others)
        for step, twin in zip(found, others, strict=True):
            assert step["message_index"] == twin.message_index
            assert step["wkt_step_name"] == twin.workout_step_name
            assert step["notes"] == (twin.notes or None)
            assert (step["exercise_name"] or 65535) == twin.exercise_name
            assert (step["exercise_weight"] or 655.35) == pytest.approx(twin.exercise_weight)
            if "duration_reps" in step:
                assert step["duration_reps"] == twin.duration_reps
            if "repeat_steps" in step:
                assert (step["duration_step"], step["repeat_steps"]) == (twin.duration_step, twin.target_repeat_steps)
            if "duration_time" in step:
                assert step["duration_time"] == twin.duration_time


def test_the_head_says_what_kind_of_training_it_is_and_when():
    heads = {
        workout.session: messages(workout.data, "workout")[0] for workout in plan_workouts(example_plan(), EXERCISES)
    }
    strength, mobility = heads["2026-05-06-strength-1"], heads["2026-05-08-mobility-1"]
    assert (strength["sport"], strength["sub_sport"]) == ("training", "strength_training")
    assert (mobility["sport"], mobility["sub_sport"]) == ("training", "flexibility_training")
    assert strength["wkt_name"] == "Wed 6 May Strength"


def test_pieces_around_runs_and_test_days_are_no_workouts():
    names = [workout.session for workout in plan_workouts(example_plan(), EXERCISES)]
    assert names == [
        "2026-05-06-strength-1", "2026-05-07-strength-1", "2026-05-08-mobility-1", "2026-05-13-strength-1"]  # fmt: skip


def test_a_file_is_a_workout_of_no_maker_without_a_serial_number_and_unlike_any_other():
    heads = [messages(workout.data, "file_id")[0] for workout in plan_workouts(example_plan(), EXERCISES)]
    assert {head["type"] for head in heads} == {"workout"}
    assert {head["manufacturer"] for head in heads} == {"development"}
    assert all("serial_number" not in head for head in heads)
    assert len({head.get("product", head.get("garmin_product")) for head in heads}) == len(heads)
    assert heads[0]["time_created"].date() == date(2026, 5, 6)


def test_the_same_session_is_the_same_bytes():
    assert plan_workouts(example_plan(), EXERCISES) == plan_workouts(example_plan(), EXERCISES)


def long_session(n):
    lines = tuple(each_side("split_squat", Dose(sets=3, reps=12), Dose(sets=4, reps=12)) for _ in range(n))
    return session(MONDAY, exercises=lines, at=time(7))


def test_a_session_with_more_steps_than_a_watch_takes_becomes_several_whole_ones():
    found = session_workouts(long_session(12), EXERCISES)
    assert [workout.name for workout in found] == [
        "2026-05-04-strength-1-part-1.fit", "2026-05-04-strength-1-part-2.fit"]  # fmt: skip
    parts = [messages(workout.data, "workout_step") for workout in found]
    assert max(map(len, parts)) <= STEPS_MAX
    assert sum(len(done(part)) for part in parts) == 12 * 7
    assert [messages(workout.data, "workout")[0]["wkt_name"][-3:] for workout in found] == ["1/2", "2/2"]
    assert brief(parts[1])[3] == (0, 3)


def test_names_and_notes_fit_and_are_cut_between_words_and_cues():
    cues = tuple(
        f"Keep the {word} level while the other leg moves slowly backwards" for word in ("hips", "head", "eyes")
    )
    name = "Half-kneeling hip extension with ankle dorsiflexion"
    long = exercise(name, cues=cues)
    line = each_side(long.id, Dose(sets=1, reps=5), Dose(sets=1, reps=5))
    (workout,) = session_workouts(one_exercise(line), {long.id: long})
    for step in messages(workout.data, "workout_step"):
        assert len(step["wkt_step_name"].encode()) < TITLE_BYTES
        assert len(step["notes"].encode()) < NOTE_BYTES
        assert step["wkt_step_name"][2:] == "Half-kneeling hip extension with ankle"
        assert step["notes"].endswith(("backwards.", "tempo 3-1-3-1."))


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["split_squat", "couch_stretch", "step_up"]),
            st.integers(1, 5), st.integers(1, 5), st.integers(1, 20), st.integers(1, 20),
            st.sampled_from(["left", "right", None]), st.sampled_from([0.0, 60.0]),
        ),
        min_size=1, max_size=14,
    )
)  # fmt: skip
def test_a_watch_counts_every_set_of_every_leg(drawn):
    lines = tuple(
        each_side(name, Dose(sets=a, reps=m), Dose(sets=b, reps=n), first=first, rest_s=rest)
        for name, a, b, m, n, first, rest in drawn
    )
    found = session_workouts(session(MONDAY, exercises=lines), EXERCISES)
    counted = [step for workout in found for step in done(messages(workout.data, "workout_step"))]
    for letter, sets, reps in (("L", sum(one[1] for one in drawn), sum(one[1] * one[3] for one in drawn)),
                               ("R", sum(one[2] for one in drawn), sum(one[2] * one[4] for one in drawn))):  # fmt: skip
        own = [step for step in counted if step["wkt_step_name"].startswith(letter)]
        assert len(own) == sets
        assert sum(step["duration_reps"] for step in own) == reps


def test_swapping_the_legs_swaps_them_on_the_watch():
    other = {"L": "R", "R": "L"}

    def letters(plan):
        return [
            step["wkt_step_name"]
            for workout in plan_workouts(plan, EXERCISES)
            for step in done(messages(workout.data, "workout_step"))
        ]

    swapped = [re.sub(r"^[LR](?= )", lambda found: other[found[0]], name) for name in letters(example_plan())]
    assert letters(mirrored(example_plan())) == swapped


def test_every_number_of_an_exercise_is_one_of_the_profile():
    """The names of another reader's profile: a wrong number would show another exercise on the watch."""
    categories = {name: number for number, name in FIELD_TYPES["exercise_category"].enum.items()}
    for name, one in FIT_EXERCISES.items():
        assert CATEGORIES[one.category] == categories[one.category] <= 32
        known = FIELD_TYPES[f"{one.category}_exercise_name"].enum
        assert all(number in known for number in (one.plain, one.loaded) if number is not None), name
        if one.loaded is not None:
            assert re.search("weighted|dumbbell", known[one.loaded]), name


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("single_leg_romanian_deadlift", "single_leg_romanian_deadlift_with_dumbbell"),
        ("bulgarian_split_squat", "dumbbell_bulgarian_split_squat"), ("split_squat", "dumbbell_split_squat"),
        ("single_leg_box_squat", "single_leg_bench_squat"), ("partial_single_leg_squat", "partial_single_leg_squat"),
        ("pistol_squat", "pistol_squat"), ("step_up", "step_up"), ("reverse_lunge", "dumbbell_reverse_lunge"),
        ("single_leg_bridge", "single_leg_hip_raise"), ("lateral_band_walk", "lateral_walks_with_band_at_ankles"),
        ("clam_shell", "clams"), ("side_lying_leg_raise", "side_lying_leg_raise"), ("side_plank", "side_plank"),
        ("quadruped_hip_extension", "quadruped_hip_extension"), ("dead_bug", "dead_bug"),
        ("bird_dog", "opposite_arm_and_leg_balance"), ("leg_swing_sagittal", "forward_and_backward_leg_swings"),
        ("leg_swing_frontal", "side_to_side_leg_swings"), ("hip_circle", "hip_circles"),
        ("thoracic_rotation", "thoracic_rotation"), ("calf_stretch", "stretch_calf"),
        ("pallof_press", "cable_core_press"), ("kickstand_romanian_deadlift", "romanian_deadlift"),
        ("squat", "squat"), ("calf_raise", "standing_calf_raise"), ("glute_bridge", "hip_raise"),
        ("ankle_circle", "ankle_circles"), ("marching_in_place", "marching_in_place"),
    ],
)  # fmt: skip
def test_the_number_is_the_one_of_that_exercise(name, known):
    one = FIT_EXERCISES[name]
    assert FIELD_TYPES[f"{one.category}_exercise_name"].enum[one.plain] == known


def test_the_table_names_exercises_of_the_catalogue_and_all_that_a_watch_groups():
    catalogue = load_catalogue().exercises
    assert FIT_EXERCISES.keys() <= catalogue.keys()
    grouped = {name for name, one in catalogue.items() if one.family in ("strength", "plyometric")}
    assert grouped <= FIT_EXERCISES.keys()


def test_names_of_the_catalogue_stay_different_from_each_other_when_they_are_cut():
    catalogue = load_catalogue().exercises
    names = set()
    for name in catalogue:
        line = each_side(name, Dose(sets=1, reps=1), Dose(sets=1, reps=1))
        (workout,) = session_workouts(one_exercise(line), catalogue)
        names |= {step["wkt_step_name"] for step in messages(workout.data, "workout_step")}
    assert len(names) == 2 * len(catalogue)


def test_the_part_of_a_long_name_is_never_cut():
    found = session_workouts(replace(long_session(12), type="endurance", slot="after_run"), EXERCISES)
    names = [messages(workout.data, "workout")[0]["wkt_name"] for workout in found]
    assert names == ["Mon 4 May Strength 1/2", "Mon 4 May Strength 2/2"]
    assert all(len(name.encode()) < NAME_BYTES for name in names)


def test_a_plan_without_exercises_has_no_workouts():
    assert plan_workouts(plan_of([session(MONDAY)]), EXERCISES) == ()
