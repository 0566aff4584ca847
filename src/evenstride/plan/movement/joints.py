"""The names of the joints, what is positive, and where an upright body at ease has them.

Bending (flexion) is positive and stretching beyond straight (extension) negative, away from the middle (abduction)
positive and across it negative, rotation outwards positive and inwards negative, toes towards the shin (dorsiflexion)
positive and pointed negative, sole towards the other foot (inversion) positive. For what has no side, forward and to
the right are positive: the pelvis is tilted forward, listed and turned to the right, the trunk bent and rotated to the
right. The pelvis is told against the world (lying on the back is a tilt of -90), everything else against what it hangs
from.
"""

from collections.abc import Mapping

MIDDLE_JOINTS = {
    "pelvis_tilt": 0.0, "pelvis_list": 0.0, "pelvis_turn": 0.0, "trunk_flexion": 0.0, "trunk_bend": 0.0,
    "trunk_rotation": 0.0, "neck_flexion": 0.0, "neck_rotation": 0.0, "ball_flight": 0.0,
}  # fmt: skip
"""``ball_flight`` is no joint: how far a thrown ball is on its way, 0 in the hands, 1 at the end of it.
``arch`` is how far the arch of a foot is drawn up, 0 to 1."""
SIDE_JOINTS = {
    "hip_flexion": 0.0, "hip_abduction": 0.0, "hip_rotation": 0.0, "knee_flexion": 0.0, "ankle_dorsiflexion": 0.0,
    "ankle_inversion": 0.0, "shoulder_flexion": 0.0, "shoulder_abduction": 8.0, "shoulder_rotation": 0.0,
    "elbow_flexion": 12.0, "arch": 0.0,
}  # fmt: skip
SIDED = ("pelvis_list", "pelvis_turn", "trunk_bend", "trunk_rotation", "neck_rotation")
"""What changes its sign in a mirror."""
AT_EASE: Mapping[str, float] = {
    **MIDDLE_JOINTS, **{f"{side}_{name}": value for side in ("left", "right") for name, value in SIDE_JOINTS.items()},
}  # fmt: skip
