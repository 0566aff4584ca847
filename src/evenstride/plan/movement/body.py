"""The body that is drawn: published lengths and masses, and how far its joints go.

Lengths are shares of body height after Drillis and Contini (1966), masses shares of body mass and centres of mass as
shares of a segment from its upper end, after Dempster (1955); both as Winter, *Biomechanics and Motor Control of Human
Movement*, gives them (4th edition, 2009, figure 4.1 and table 4.1). What they do not give (how far apart the hip joints
lie, where the ankle stands on the foot) is a convention of this file and said there.
"""

HEIGHT_M = 1.75
"""Everything is worked out for a person of this height; a picture has no size of its own."""
THIGH_M = 0.245 * HEIGHT_M
SHANK_M = 0.246 * HEIGHT_M
ANKLE_HEIGHT_M = 0.039 * HEIGHT_M
FOOT_M = 0.152 * HEIGHT_M
TRUNK_M = 0.288 * HEIGHT_M
NECK_M = 0.052 * HEIGHT_M
HEAD_M = 0.130 * HEIGHT_M
UPPER_ARM_M = 0.186 * HEIGHT_M
FOREARM_M = 0.146 * HEIGHT_M
HAND_M = 0.108 * HEIGHT_M
SHOULDER_HALF_M = 0.129 * HEIGHT_M * 0.85
"""Half of the shoulder breadth, less what lies outside the joint (our convention: 15 %)."""
HIP_HALF_M = 0.05 * HEIGHT_M
"""Half of the distance between the hip joints: about half of the breadth of the hips (our convention)."""
HEEL_BEHIND_M, BALL_AHEAD_M, TOE_AHEAD_M = 0.25 * FOOT_M, 0.48 * FOOT_M, 0.75 * FOOT_M
"""From below the ankle joint, along the sole (our convention: a quarter of the foot lies behind it)."""
ARCH_M = 0.035
"""How far a drawn-up arch is lifted in a picture: more than in life, where it would not be seen."""
GRIP_M = FOREARM_M + 0.35 * HAND_M
"""From the elbow to the middle of a closed hand (our convention: a third of an open one)."""
KNEE_RADIUS_M = 0.05
BODY_RADIUS_M = 0.11
"""How high the middle of pelvis and chest lie above what they lie on."""

MASS_SHARE = {
    "head": 0.081, "trunk": 0.497, "upper_arm": 0.028, "forearm_hand": 0.022, "thigh": 0.100, "shank": 0.0465,
    "foot": 0.0145,
}  # fmt: skip
CENTRE_SHARE = {
    "head": 1.0, "trunk": 0.50, "upper_arm": 0.436, "forearm_hand": 0.682, "thigh": 0.433, "shank": 0.433, "foot": 0.5,
}  # fmt: skip

JOINT_RANGE_DEG: dict[str, tuple[float, float]] = {
    "trunk_flexion": (-30.0, 80.0),
    "trunk_bend": (-35.0, 35.0),
    "trunk_rotation": (-50.0, 50.0),
    "neck_flexion": (-60.0, 50.0),
    "neck_rotation": (-80.0, 80.0),
    "hip_flexion": (-30.0, 135.0),
    "hip_abduction": (-30.0, 60.0),
    "hip_rotation": (-65.0, 65.0),
    "knee_flexion": (0.0, 150.0),
    "ankle_dorsiflexion": (-60.0, 45.0),
    "ankle_inversion": (-25.0, 35.0),
    "shoulder_flexion": (-60.0, 180.0),
    "shoulder_abduction": (-45.0, 180.0),
    "shoulder_rotation": (-90.0, 105.0),
    "elbow_flexion": (0.0, 150.0),
}
"""How far a joint goes. The ranges of the American Academy of Orthopaedic Surgeons (Greene and Heckman, 1994), with the
ankle bent under load as in the lunge test (Bennell and others, 1998), the knee as far as kneeling takes it, and the hip
as far as a deep squat and sitting with both knees to one side take it: those tables turn it in one plane at a time."""
