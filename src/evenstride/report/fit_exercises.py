"""Exercises as a watch knows them: the FIT profile's category and number of each, with and without a load.

An exercise that the profile lacks has a category at most, and its own name in the step. Categories above 32 are newer
than many watches and are not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

CATEGORIES: Mapping[str, int] = MappingProxyType(
    {
        "calf_raise": 1, "core": 5, "deadlift": 8, "hip_raise": 10, "hip_stability": 11, "lunge": 17, "plank": 19,
        "plyo": 20, "squat": 28, "warm_up": 31, "run": 32,
    }
)  # fmt: skip
"""Category → its number."""


@dataclass(frozen=True)
class FitExercise:
    """The profile's ``category``, the number in it, and the number of the same exercise with a load."""

    category: str
    plain: int | None = None
    loaded: int | None = None


def _warm_up(number: int | None = None) -> FitExercise:
    return FitExercise("warm_up", number)


FIT_EXERCISES: Mapping[str, FitExercise] = MappingProxyType(
    {
        "kickstand_romanian_deadlift": FitExercise("deadlift", 23),
        "single_leg_romanian_deadlift": FitExercise("deadlift", 14),
        "box_sit": FitExercise("squat"),
        "squat": FitExercise("squat", 61),
        "lateral_toe_tap_squat": FitExercise("squat"),
        "split_squat": FitExercise("squat", 28),
        "bulgarian_split_squat": FitExercise("lunge", 18),
        "single_leg_box_squat": FitExercise("squat", 57, 58),
        "assisted_pistol_squat": FitExercise("squat", 47),
        "partial_single_leg_squat": FitExercise("squat", 45, 46),
        "pistol_squat": FitExercise("squat", 47, 48),
        "step_up": FitExercise("squat", 66, 67),
        "step_up_knee_height": FitExercise("squat", 66, 67),
        "step_up_with_knee_drive": FitExercise("squat", 66, 67),
        "step_up_with_knee_drive_knee_height": FitExercise("squat", 66, 67),
        "step_up_with_knee_drive_mid_thigh": FitExercise("squat", 66, 67),
        "step_down": FitExercise("squat"),
        "lateral_step_down": FitExercise("squat"),
        "reverse_lunge": FitExercise("lunge", 82),
        "reverse_lunge_with_knee_drive": FitExercise("lunge", 82),
        "glute_bridge": FitExercise("hip_raise", 11, 12),
        "single_leg_bridge": FitExercise("hip_raise", 30, 31),
        "single_leg_hip_thrust": FitExercise("hip_raise", 30, 31),
        "standing_calf_hold": FitExercise("calf_raise", 18, 19),
        "calf_raise": FitExercise("calf_raise", 18, 19),
        "single_leg_calf_raise": FitExercise("calf_raise", 15, 16),
        "single_leg_calf_raise_bent_knee": FitExercise("calf_raise", 9, 10),
        "eccentric_heel_drop": FitExercise("calf_raise", 15, 16),
        "lateral_band_walk": FitExercise("hip_stability", 11),
        "monster_walk": FitExercise("hip_stability", 11),
        "clam_shell": FitExercise("hip_raise", 44),
        "side_lying_leg_raise": FitExercise("hip_stability", 21, 22),
        "standing_glute_squeeze": FitExercise("hip_stability"),
        "banded_hip_extension": FitExercise("hip_stability", 30),
        "quadruped_hip_extension": FitExercise("hip_stability", 17, 18),
        "side_plank": FitExercise("plank", 66),
        "dead_bug": FitExercise("hip_stability", 1),
        "anchored_dead_bug": FitExercise("hip_stability", 1),
        "bird_dog": _warm_up(14),
        "pallof_press": FitExercise("core", 6),
        "pogo_hops": FitExercise("plyo"),
        "single_leg_hop_in_place": FitExercise("plyo"),
        "forward_hop": FitExercise("plyo"),
        "lateral_hop": FitExercise("plyo", 17),
        "bound": FitExercise("plyo"),
        "depth_drop": FitExercise("plyo"),
        "leg_swing_sagittal": _warm_up(9),
        "leg_swing_frontal": _warm_up(18),
        "leg_swing_transverse": _warm_up(),
        "hip_circle": _warm_up(86),
        "hip_90_90_rotation": _warm_up(34),
        "couch_stretch": _warm_up(45),
        "half_kneeling_hip_flexor": _warm_up(49),
        "half_kneeling_hip_extension_with_dorsiflexion": _warm_up(49),
        "adductor_rock_back": _warm_up(0),
        "adductor_hold": _warm_up(65),
        "figure_four_glute_hold": _warm_up(60),
        "active_straight_leg_raise": _warm_up(44),
        "hamstring_hinge_reach": _warm_up(44),
        "ankle_rock": _warm_up(87),
        "ankle_circle": _warm_up(2),
        "marching_in_place": _warm_up(88),
        "knee_to_wall_dorsiflexion": _warm_up(77),
        "ankle_plantarflexion_drill": _warm_up(),
        "calf_stretch": _warm_up(37),
        "thoracic_rotation": _warm_up(24),
        "open_book": _warm_up(54),
        "doorway_chest_stretch": _warm_up(70),
        "hip_hinge_drill": _warm_up(),
        "diaphragmatic_breathing": _warm_up(),
        "foam_rolling": _warm_up(78),
    }
)
"""Exercise of the catalogue → what a watch calls it."""


def fit_numbers(exercise: str, *, loaded: bool) -> tuple[int | None, int | None]:
    """Return category and number of an exercise; None where the profile has none.

    >>> fit_numbers("step_up", loaded=True), fit_numbers("step_down", loaded=False), fit_numbers("new", loaded=False)
    ((28, 67), (28, None), (None, None))
    """
    known = FIT_EXERCISES.get(exercise)
    if known is None:
        return None, None
    number = known.loaded if loaded and known.loaded is not None else known.plain
    return CATEGORIES[known.category], number
