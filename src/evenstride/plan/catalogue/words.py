"""The words that the catalogue may use where plans compare them: equipment, places, joints, patterns."""

from typing import get_args

from evenstride.model.exercise import Family, Grade, LoadType, Plane, Sides, Use

EQUIPMENT = (
    "dumbbell", "kettlebell", "barbell", "bench", "low_box", "knee_box", "strap", "band", "vest", "foam_pad",
    "wobble_board", "ball",
)  # fmt: skip
"""What an exercise may need. A wall, a chair and a doorway count as at hand; ``strap`` is also a pole."""
REGIONS = (
    "hip", "groin", "hamstring", "thigh", "knee", "shin", "calf", "achilles", "ankle", "foot", "lower_back", "shoulder",
)  # fmt: skip
"""Where pain or injury can leave an exercise out."""
JOINTS = ("hip", "knee", "ankle", "foot", "thoracic_spine", "lumbar_spine", "shoulder", "ribs")
PATTERNS = (
    "hinge", "squat", "lunge", "step", "bridge", "calf_raise", "hip_abduction", "hip_extension", "trunk", "foot",
    "balance", "hop", "leg_swing", "hip_circle", "hip_rotation", "hip_flexor", "adductor", "hamstring", "ankle",
    "calf_stretch", "thoracic", "breathing", "massage", "running_drill",
)  # fmt: skip
"""Exercises of one pattern can stand in for one another."""
CHECKLIST = (
    "limb_alignment", "cadence_consistency", "ground_contact", "effort_left_right", "arm_swing", "pelvis_level",
    "trunk_quiet",
)  # fmt: skip
"""What the checklist after a run asks about, and a cue may be for."""
CENTRES = ("hip", "ankle", "thoracic", "")
FAMILIES: tuple[Family, ...] = get_args(Family)
PLANES: tuple[Plane, ...] = get_args(Plane)
SIDES: tuple[Sides, ...] = get_args(Sides)
LOAD_TYPES: tuple[LoadType, ...] = get_args(LoadType)
USES: tuple[Use, ...] = get_args(Use)
GRADES: tuple[Grade, ...] = get_args(Grade)
