"""Every exercise moves as a body can: joints within their ranges, what stands stands, the floor holds, sides mirror."""

import math
from bisect import bisect_right
from functools import cache
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import for_each

from evenstride.model import Movement
from evenstride.plan.catalogue import FAMILY_FILES, load_catalogue
from evenstride.plan.catalogue.movements import load_movements, movements_of
from evenstride.plan.movement.body import (
    HEIGHT_M,
    JOINT_RANGE_DEG,
    MASS_SHARE,
    SHANK_M,
    THIGH_M,
    UPPER_ARM_M,
)
from evenstride.plan.movement.joints import AT_EASE
from evenstride.plan.movement.mirror import mirrored, other_side
from evenstride.plan.movement.motion import Motion, motion_of, posture_at
from evenstride.plan.movement.skeleton import centre_of_mass, skeleton
from evenstride.plan.movement.stance import contact_parts, contact_point, off_balance, settled

EXERCISES = load_catalogue().exercises
MOVEMENTS = load_movements()
NAMES = sorted(MOVEMENTS)
SAMPLES = 32
SLIDE_M = 0.01
"""What stands may stray this far."""
SINK_M = 0.03
"""Points lie in the middle of what is drawn: a heel that is loaded may lie this deep, and the foot is not."""
SPEEDLESS_M = 0.005
BALANCES = [name for name, one in EXERCISES.items() if one.family == "balance" and one.sides == "one"]
SLOW_ON_ONE_LEG = [
    "single_leg_romanian_deadlift", "partial_single_leg_squat", "pistol_squat", "single_leg_box_squat", *BALANCES,
]  # fmt: skip


@cache
def motion(name: str) -> Motion:
    return motion_of(MOVEMENTS[name])


@cache
def moments(name):
    whole = MOVEMENTS[name].duration_s
    times = sorted({*motion(name).times_s, *(whole * k / SAMPLES for k in range(SAMPLES + 1))})
    return [(at, posture_at(motion(name), at)) for at in times]


def standing_at(name, at):
    """What stands at a moment, and where."""
    place = min(bisect_right(motion(name).times_s, at) - 1, len(motion(name).places) - 1)
    return motion(name).places[place]


def texts():
    folder = files("evenstride.plan.catalogue").joinpath("movements")
    return {name: folder.joinpath(name).read_text(encoding="utf8") for name in FAMILY_FILES}


def changed(file, old, new):
    said = texts()
    assert old in said[file]
    return {**said, file: said[file].replace(old, new, 1)}


def test_every_exercise_has_a_movement():
    assert MOVEMENTS.keys() == EXERCISES.keys()


@for_each(NAMES)
def test_one_repetition_takes_as_long_as_its_tempo_says(name):
    tempo = EXERCISES[name].tempo
    if tempo:
        assert MOVEMENTS[name].duration_s == sum(map(float, tempo.split("-")))
    assert 0.4 <= MOVEMENTS[name].duration_s <= 10.0


@for_each([name for name in NAMES if EXERCISES[name].tempo])
def test_the_lowest_moment_is_kept_as_long_as_the_tempo_pauses_there(name):
    down, pause, _, _ = map(float, EXERCISES[name].tempo.split("-"))
    a, b = (posture_at(motion(name), at).points_m for at in (down, down + pause - 1e-6))
    # In that second the heel drop's other leg comes to help; a walk's other half has begun.
    busy = name in ("eccentric_heel_drop", "monster_walk")
    assert busy or max(math.dist(a[point], b[point]) for point in a) < SPEEDLESS_M


@for_each(NAMES)
def test_every_joint_stays_within_the_range_of_a_body(name):
    for at, posture in moments(name):
        for joint, value in posture.angles_deg.items():
            low, high = JOINT_RANGE_DEG.get(joint.removeprefix("left_").removeprefix("right_"), (-math.inf, math.inf))
            assert low - 1.0 <= value <= high + 1.0, f"{joint} is {value:.0f} degrees at {at:.2f} s"


@for_each(NAMES)
def test_what_stands_stays_where_it_stands(name):
    for at, posture in moments(name):
        for contact, (place, _) in standing_at(name, at).items():
            off = math.dist(posture.points_m[contact_point(contact)], place)
            assert off <= SLIDE_M, f"{contact} is {100 * off:.1f} cm from its place at {at:.2f} s"


@for_each(NAMES)
def test_nothing_sinks_below_the_floor(name):
    for at, posture in moments(name):
        for point, (_, _, z) in posture.points_m.items():
            if point not in ("back", "nose"):
                assert z >= -SINK_M, f"{point} is {-100 * z:.1f} cm below the floor at {at:.2f} s"


@for_each(NAMES)
def test_a_repetition_ends_where_the_next_one_begins(name):
    first, last, travel = moments(name)[0][1], moments(name)[-1][1], motion(name).travel_m
    for point, place in first.points_m.items():
        ahead = tuple(a + b for a, b in zip(place, travel, strict=True))
        assert math.dist(ahead, last.points_m[point]) < SLIDE_M, point
    assert abs(travel[2]) < SLIDE_M


@for_each(NAMES)
def test_nothing_jumps_when_what_stands_changes(name):
    for at in motion(name).times_s[1:-1]:
        before, after = (posture_at(motion(name), at + late).points_m for late in (-1e-4, 1e-4))
        for point, place in before.items():
            # Toes that were pressed flat straighten when the foot leaves.
            most = 0.05 if point.endswith("toe") else 0.025
            assert math.dist(place, after[point]) < most, f"{point} at {at:.2f} s"


@for_each(NAMES)
def test_no_bone_changes_its_length(name):
    bones = [("hip", "knee", THIGH_M), ("knee", "ankle", SHANK_M), ("shoulder", "elbow", UPPER_ARM_M)]
    for _, posture in moments(name)[::4]:
        for side in ("left", "right"):
            for a, b, metres in bones:
                here = math.dist(posture.points_m[f"{side}_{a}"], posture.points_m[f"{side}_{b}"])
                assert here == pytest.approx(metres, abs=1e-9)


@for_each(SLOW_ON_ONE_LEG)
def test_on_one_leg_the_weight_stays_above_the_foot(name):
    for at, posture in moments(name):
        stands = standing_at(name, at)
        if [contact_parts(one) for one in stands] == [("right", "foot")]:
            ahead, aside = off_balance(posture, tuple(stands))
            # Half a foot's length and breadth, about the middle of the foot.
            assert abs(ahead) < 0.1, f"{100 * ahead:.0f} cm ahead at {at:.2f} s"
            assert abs(aside) < 0.05, f"{100 * aside:.0f} cm aside at {at:.2f} s"


@for_each(NAMES)
def test_the_other_side_is_the_exact_mirror(name):
    other = motion_of(mirrored(MOVEMENTS[name]))
    for at, posture in moments(name)[:: SAMPLES // 6]:
        there = posture_at(other, at).points_m
        for point, (x, y, z) in posture.points_m.items():
            assert there[other_side(point)] == pytest.approx((x, -y, z), abs=1e-9)


@for_each(NAMES)
def test_mirrored_twice_it_is_itself(name):
    assert mirrored(mirrored(MOVEMENTS[name])) == MOVEMENTS[name]


@for_each([name for name in NAMES if EXERCISES[name].sides == "one"])
def test_an_exercise_of_one_leg_does_not_look_alike_on_both(name):
    """Its movement is told for the right leg: the left one does something else, or the trunk turns."""

    def tells(posture):
        sides = [
            (posture.points_m[f"left_{part}"], posture.points_m[f"right_{part}"])
            for part in ("knee", "ankle", "elbow", "hand")
        ]
        apart = any(math.dist((x, -y, z), right) > 0.05 for (x, y, z), right in sides)
        return apart or bool(posture.angles_deg.get("right_arch"))

    assert any(tells(posture) for _, posture in moments(name)), "nobody can tell which side works"


def test_squats_go_as_deep_as_their_names_say():
    def lowest(name):
        return min(posture.points_m["pelvis"][2] for _, posture in moments(name))

    assert lowest("pistol_squat") < lowest("squat") < lowest("partial_single_leg_squat")


def test_a_calf_raise_lifts_the_heel_and_nothing_else_bends():
    tops = [posture for _, posture in moments("single_leg_calf_raise")]
    heels = [posture.points_m["right_heel"][2] for posture in tops]
    assert max(heels) - min(heels) > 0.07
    assert max(posture.angles_deg["right_knee_flexion"] for posture in tops) < 3.0


def test_bound_and_hops_leave_the_ground():
    for name in (name for name, one in EXERCISES.items() if one.plyometric):
        assert any(not frame.planted for frame in MOVEMENTS[name].frames), name


def test_a_body_in_the_air_falls_as_things_fall():
    single = motion("single_leg_hop_in_place")
    left, landed = 0.3, MOVEMENTS["single_leg_hop_in_place"].duration_s
    step = (landed - left) / 20
    heights = [posture_at(single, left + step * k).points_m["pelvis"][2] for k in range(1, 20)]
    for a, b, c in zip(heights, heights[1:], heights[2:], strict=False):
        assert (a - 2 * b + c) / step**2 == pytest.approx(-9.81, abs=1e-3)


def test_an_upright_body_has_the_published_proportions():
    points, _ = skeleton(AT_EASE, (0.0, 0.0, 0.53 * HEIGHT_M), {})
    assert points["left_sole"][2] == pytest.approx(0.0, abs=1e-9)
    assert points["left_knee"][2] == pytest.approx(0.285 * HEIGHT_M)
    assert points["chest"][2] == pytest.approx(0.818 * HEIGHT_M)
    # Winter: a standing body's centre of mass lies at 0.55 to 0.58 of its height.
    assert 0.54 < centre_of_mass(points)[2] / HEIGHT_M < 0.60
    whole = MASS_SHARE["head"] + MASS_SHARE["trunk"] + 2 * sum(
        MASS_SHARE[part] for part in ("upper_arm", "forearm_hand", "thigh", "shank", "foot")
    )  # fmt: skip
    assert whole == pytest.approx(1.0, abs=0.002)


def test_the_ankle_of_a_flat_foot_follows_from_the_shank():
    angles = {**AT_EASE, "right_hip_flexion": 60.0, "right_knee_flexion": 80.0, "pelvis_tilt": 20.0}
    posture = settled(angles, ("right_foot",), {"right_foot": ((0.0, -0.1, 0.0), 0.0)})
    # The thigh leans 60 - 20 back from the knee, the shank the rest of the knee's bend forward.
    assert posture.angles_deg["right_ankle_dorsiflexion"] == pytest.approx(40.0, abs=1e-6)
    heel, toe = posture.points_m["right_heel"], posture.points_m["right_toe"]
    assert (heel[2], toe[2]) == (pytest.approx(0.0, abs=1e-9), pytest.approx(0.0, abs=1e-9))


@given(share=st.floats(0.0, 1.0))
def test_angles_never_leave_what_their_key_frames_say(share):
    """Between key frames no joint swings beyond them: what is typed is what is shown."""
    one = motion("side_lying_leg_raise")
    told = [frame.angles_deg["right_hip_abduction"] for frame in MOVEMENTS["side_lying_leg_raise"].frames]
    here = posture_at(one, share * MOVEMENTS["side_lying_leg_raise"].duration_s).angles_deg["right_hip_abduction"]
    assert min(told) - 1e-9 <= here <= max(told) + 1e-9


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("balance.toml", "[heel_walk]", "[heel_walks]", "heel_walk, heel_walks"),
        ("balance.toml", "[heel_walk]", "[heel_walk]\nspeed = 3", "heel_walk: there is no field speed"),
        ("strength.toml", "legs = {", "feet = {", "a frame has no feet"),
        ("strength.toml", "[squat]", "[squat]\npace = '1-1-1-1'", "squat: its time is its tempo"),
        ("strength.toml", 'like = "step_up"', 'like = "stairs"', "there is no movement stairs"),
        ("strength.toml", '"strap", ends = ["right_hand"', '"rope", ends = ["right_hand"', "rope is no thing"),
        ("balance.toml", 'focus = "legs"', 'focus = "toes"', "the focus is one of"),
        ("plyometric.toml", "cycle_s = 0.56", "cycle_s = 0.3", "pogo_hops: a movement ends after its last key frame"),
    ],
)  # fmt: skip
def test_a_wrong_movement_is_told_with_its_name(file, old, new, said):
    with pytest.raises(ValueError, match=said):
        movements_of(changed(file, old, new), load_catalogue())


def test_a_movement_begins_at_its_first_key_frame():
    one = MOVEMENTS["squat"]
    with pytest.raises(ValueError, match="at least two key frames"):
        Movement(exercise="squat", side="right", azimuth_deg=0.0, elevation_deg=0.0, duration_s=8.0, still_s=0.0,
                 start_s=0.0, frames=one.frames[1:])  # fmt: skip
