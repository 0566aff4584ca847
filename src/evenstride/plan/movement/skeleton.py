"""Where the points of the body are, given the angles of its joints (forward kinematics), and its centre of mass."""

from collections.abc import Mapping
from math import atan2, degrees, hypot, sqrt

from evenstride.plan.movement.body import (
    ANKLE_HEIGHT_M,
    ARCH_M,
    BALL_AHEAD_M,
    CENTRE_SHARE,
    GRIP_M,
    HEAD_M,
    HEEL_BEHIND_M,
    HIP_HALF_M,
    MASS_SHARE,
    NECK_M,
    SHANK_M,
    SHOULDER_HALF_M,
    THIGH_M,
    TOE_AHEAD_M,
    TRUNK_M,
    UPPER_ARM_M,
)
from evenstride.plan.movement.rotations import (
    Rotation,
    Vector,
    about_x,
    about_y,
    about_z,
    back,
    ball_joint,
    chained,
    plus,
    scaled,
    turned,
)

SIGN = {"right": 1.0, "left": -1.0}
_FOOT = {
    "sole": (0.0, 0.0, -ANKLE_HEIGHT_M),
    "heel": (-HEEL_BEHIND_M, 0.0, -ANKLE_HEIGHT_M),
    "ball": (BALL_AHEAD_M, 0.0, -ANKLE_HEIGHT_M),
    "toe": (TOE_AHEAD_M, 0.0, -ANKLE_HEIGHT_M),
}

Points = dict[str, Vector]
Angles = dict[str, float]


def skeleton(
    angles: Mapping[str, float], at: Vector, held: Mapping[str, Rotation]
) -> tuple[Points, Angles]:  # fmt: skip
    """Return every point of the body with the middle of the hips at a place, and its angles, followers included.

    ``held`` gives feet (``right_foot``) and shanks (``right_shank``) that lie as they lie whatever the leg above does:
    the ankle or the knee then follows.
    """
    out, known = dict[str, Vector](), dict(angles)
    pelvis = pelvis_rotation(angles)
    out["pelvis"] = at
    half = _trunk(angles, 0.5)
    waist, chest = chained(pelvis, half), chained(pelvis, half, half)
    out["waist"] = plus(at, turned(waist, (0.0, 0.0, 0.5 * TRUNK_M)))
    out["chest"] = plus(out["waist"], turned(chest, (0.0, 0.0, 0.5 * TRUNK_M)))
    neck = chained(chest, about_z(-angles["neck_rotation"]), about_y(angles["neck_flexion"]))
    out["head"] = plus(out["chest"], turned(neck, (0.0, 0.0, NECK_M + 0.45 * HEAD_M)))
    out["nose"] = plus(out["head"], turned(neck, (0.62 * HEAD_M, 0.0, -0.01)))
    out["back"] = plus(out["pelvis"], turned(pelvis, (-0.1, 0.0, 0.0)))
    for side in SIGN:
        _leg(side, angles, pelvis, out, known, held)
        _arm(side, angles, chest, out)
        out[f"{side}_flank"] = plus(out["waist"], turned(waist, (0.0, -SIGN[side] * 0.085, 0.0)))
    return out, known


def pelvis_rotation(angles: Mapping[str, float]) -> Rotation:
    """Return how the pelvis lies: tilted forward, leaning to the right, turned to the right."""
    return chained(
        about_z(-angles["pelvis_turn"]), about_x(angles["pelvis_list"]), about_y(angles["pelvis_tilt"])
    )  # fmt: skip


def chest_rotation(angles: Mapping[str, float]) -> Rotation:
    """Return how the chest lies, from which the arms hang."""
    return chained(pelvis_rotation(angles), _trunk(angles, 0.5), _trunk(angles, 0.5))


def root_of(limb: str, side: str, angles: Mapping[str, float], points: Points) -> tuple[Vector, Rotation]:
    """Return where an arm or leg begins, and the rotation of what it hangs from."""
    if limb == "leg":
        return points[f"{side}_hip"], pelvis_rotation(angles)
    return points[f"{side}_shoulder"], chest_rotation(angles)


def foot_in_shank(point: str, side: str, angles: Mapping[str, float]) -> Vector:
    """Return where a point of the foot lies from the knee, in the frame of the shank."""
    ankle = _ankle(side, angles)
    return plus((0.0, 0.0, -SHANK_M), turned(ankle, _FOOT[point]) if point in _FOOT else (0.0, 0.0, 0.0))


def centre_of_mass(points: Mapping[str, Vector]) -> Vector:
    """Return the body's centre of mass."""
    parts = [("head", "head", "head"), ("trunk", "chest", "pelvis")]
    for side in SIGN:
        names = ("shoulder", "elbow", "hand", "hip", "knee", "ankle", "toe")
        shoulder, elbow, hand, hip, knee, ankle, toe = (f"{side}_{name}" for name in names)
        parts += [("upper_arm", shoulder, elbow), ("forearm_hand", elbow, hand), ("thigh", hip, knee),
                  ("shank", knee, ankle), ("foot", ankle, toe)]  # fmt: skip
    total: Vector = (0.0, 0.0, 0.0)
    for name, upper, lower in parts:
        share, mass = CENTRE_SHARE[name], MASS_SHARE[name]
        total = plus(total, plus(scaled(points[upper], mass * (1.0 - share)), scaled(points[lower], mass * share)))
    return scaled(total, 1.0 / sum(MASS_SHARE[name] for name, _, _ in parts))


def _trunk(angles: Mapping[str, float], share: float) -> Rotation:
    return chained(
        about_z(-share * angles["trunk_rotation"]),
        about_x(share * angles["trunk_bend"]),
        about_y(share * angles["trunk_flexion"]),
    )


def _ankle(side: str, angles: Mapping[str, float]) -> Rotation:
    return chained(
        about_y(-angles[f"{side}_ankle_dorsiflexion"]), about_x(SIGN[side] * angles[f"{side}_ankle_inversion"])
    )  # fmt: skip


def _leg(
    side: str, angles: Mapping[str, float], pelvis: Rotation, out: Points, known: Angles, held: Mapping[str, Rotation]
) -> None:
    hip = plus(out["pelvis"], turned(pelvis, (0.0, -SIGN[side] * HIP_HALF_M, 0.0)))
    thigh = chained(pelvis, _ball(f"{side}_hip", side, angles))
    knee = plus(hip, turned(thigh, (0.0, 0.0, -THIGH_M)))
    shank = held.get(f"{side}_shank")
    if shank is None:
        shank = chained(thigh, about_y(angles[f"{side}_knee_flexion"]))
    else:
        bent = turned(chained(back(thigh), shank), (0.0, 0.0, -1.0))
        known[f"{side}_knee_flexion"] = degrees(atan2(-bent[0], -bent[2]))
    ankle = plus(knee, turned(shank, (0.0, 0.0, -SHANK_M)))
    foot = held.get(f"{side}_foot")
    if foot is None:
        foot = chained(shank, _ankle(side, angles))
    else:
        joint = chained(back(shank), foot)
        known[f"{side}_ankle_dorsiflexion"] = degrees(atan2(joint[2][0], joint[0][0]))
        known[f"{side}_ankle_inversion"] = SIGN[side] * degrees(atan2(joint[2][1], joint[1][1]))
    out.update({f"{side}_hip": hip, f"{side}_knee": knee, f"{side}_ankle": ankle})
    for name, place in _FOOT.items():
        out[f"{side}_{name}"] = plus(ankle, turned(foot, place))
    vault = (0.4 * (BALL_AHEAD_M - HEEL_BEHIND_M), 0.0, -ANKLE_HEIGHT_M + ARCH_M * angles[f"{side}_arch"])
    out[f"{side}_arch"] = plus(ankle, turned(foot, vault))
    ball, toe = out[f"{side}_ball"], out[f"{side}_toe"]
    floor = ball[2] if f"{side}_toes" in held else 0.0
    if toe[2] < floor <= ball[2] + 0.01:
        # Toes that meet the floor bend back rather than go through it.
        ahead, drop = turned(foot, (1.0, 0.0, 0.0)), floor - ball[2]
        flat = hypot(ahead[0], ahead[1])
        way = sqrt((TOE_AHEAD_M - BALL_AHEAD_M) ** 2 - min(drop, 0.0) ** 2) / max(flat, 0.3)
        out[f"{side}_toe"] = plus(ball, (ahead[0] * way, ahead[1] * way, drop))


def _arm(side: str, angles: Mapping[str, float], chest: Rotation, out: Points) -> None:
    shoulder = plus(out["chest"], turned(chest, (0.0, -SIGN[side] * SHOULDER_HALF_M, -0.02)))
    upper = chained(chest, _ball(f"{side}_shoulder", side, angles))
    elbow = plus(shoulder, turned(upper, (0.0, 0.0, -UPPER_ARM_M)))
    forearm = chained(upper, about_y(-angles[f"{side}_elbow_flexion"]))
    hand = plus(elbow, turned(forearm, (0.0, 0.0, -GRIP_M)))
    out.update({f"{side}_shoulder": shoulder, f"{side}_elbow": elbow, f"{side}_hand": hand})


def _ball(joint: str, side: str, angles: Mapping[str, float]) -> Rotation:
    return ball_joint(
        angles[f"{joint}_flexion"], angles[f"{joint}_abduction"], angles[f"{joint}_rotation"], SIGN[side]
    )  # fmt: skip
