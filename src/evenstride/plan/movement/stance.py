"""What stands: the body is placed by its first contact, the limbs of the others follow from where they stand.

A leg or arm that stands as well is bent so that its end stays where it was put: two bones and a distance settle how
far, and the plane in which it bends stays as near as can be to that of the angles told.
"""

from collections.abc import Mapping, Sequence
from math import acos, atan2, degrees, hypot

from evenstride.model import Posture
from evenstride.plan.movement.body import (
    ANKLE_HEIGHT_M,
    BODY_RADIUS_M,
    GRIP_M,
    HIP_HALF_M,
    KNEE_RADIUS_M,
    SHANK_M,
    THIGH_M,
    UPPER_ARM_M,
)
from evenstride.plan.movement.rotations import (
    Rotation,
    Vector,
    about_y,
    about_z,
    back,
    ball_joint,
    ball_joint_angles,
    chained,
    length,
    minus,
    plus,
    scaled,
    shortest,
    turned,
)
from evenstride.plan.movement.skeleton import (
    SIGN,
    Angles,
    Points,
    centre_of_mass,
    foot_in_shank,
    root_of,
    skeleton,
)

POINT_OF = {
    "foot": "sole", "ball": "ball", "heel": "heel", "toe": "toe", "instep": "ankle", "shin": "knee", "knee": "knee",
    "hand": "hand", "elbow": "elbow",
}  # fmt: skip
"""Which point of a limb a contact of it is."""
HEIGHT_OF = {
    "foot": 0.0, "ball": 0.0, "heel": 0.0, "toe": 0.0, "instep": 0.0, "shin": KNEE_RADIUS_M,
    "knee": KNEE_RADIUS_M, "hand": 0.02, "elbow": 0.03, "pelvis": BODY_RADIUS_M, "chest": BODY_RADIUS_M,
}  # fmt: skip
"""How high above the floor it lies, unless a place says otherwise."""
MIDDLE = ("pelvis", "chest")
FEET = ("foot", "ball", "heel", "toe")
TOE_OUT_DEG = 0.0
MIDFOOT_AHEAD_M = 0.045
"""Where a body's weight goes through a whole foot, ahead of the ankle."""

Places = Mapping[str, tuple[Vector, float]]
"""Where each contact stands, and how far the limb looks outwards, in degrees."""


def contact_parts(contact: str) -> tuple[str, str]:
    """Return the side and the kind of a contact; the middle of the body has no side.

    >>> contact_parts("right_ball"), contact_parts("pelvis")
    (('right', 'ball'), ('', 'pelvis'))
    """
    return ("", contact) if contact in MIDDLE else (contact.split("_")[0], contact.split("_")[1])


def contact_point(contact: str) -> str:
    """Return the name of the point of the body that a contact is."""
    side, kind = contact_parts(contact)
    return f"{side}_{POINT_OF[kind]}" if side else kind


def spot_of(contact: str) -> str:
    """Return the name of the point below which a contact is put down: of a flat foot it is the ankle."""
    return contact_point(contact).replace("sole", "ankle")


def settled(angles: Mapping[str, float], planted: Sequence[str], places: Places) -> Posture:
    """Return the posture in which everything planted stands where it stands, the first of it carrying the body."""
    held = _held(planted, places)
    told = dict(angles)
    points, known = skeleton(told, (0.0, 0.0, 0.0), held)
    pelvis = minus(places[planted[0]][0], points[contact_point(planted[0])])
    points = {name: plus(point, pelvis) for name, point in points.items()}
    for contact in planted[1:]:
        side, kind = contact_parts(contact)
        if kind == "elbow":
            told = _followed(told, contact, [f"{side}_shoulder_flexion", f"{side}_shoulder_abduction", "trunk_bend"],
                             pelvis, held, places[contact][0])  # fmt: skip
            points, _ = skeleton(told, pelvis, held)
        if not side or kind in ("shin", "knee", "elbow"):
            continue
        place = places[contact][0]
        limb = "arm" if kind == "hand" else "leg"
        if kind == "foot":
            place = plus(place, (0.0, 0.0, ANKLE_HEIGHT_M))
        told |= _reached(limb, side, kind, place, told, points)
    points, known = skeleton(told, pelvis, held)
    return Posture(points_m=points, angles_deg=known, planted=tuple(planted))


def hovering(angles: Mapping[str, float], pelvis: Vector) -> Posture:
    """Return the posture in the air, the middle of the hips at a place."""
    points, known = skeleton(angles, pelvis, {})
    return Posture(points_m=points, angles_deg=known, planted=())


def balanced(angles: Mapping[str, float], planted: Sequence[str], places: Places, *, over: Sequence[str]) -> Angles:
    """Return the angles with the hip of the carrying leg moved so that the body's weight is above some contacts."""
    told, side = dict(angles), contact_parts(planted[0])[0]
    for _ in range(5):
        posture = settled(told, planted, places)
        ahead, aside = off_balance(posture, over)
        reach = max(0.3, centre_of_mass(posture.points_m)[2] - places[planted[0]][0][2])
        told[f"{side}_hip_flexion"] += degrees(atan2(ahead, reach))
        if len(over) == 1:  # between two feet the body is led sideways by the legs as they are told
            told[f"{side}_hip_abduction"] -= SIGN[side] * degrees(atan2(aside, reach))
    return told


def off_balance(posture: Posture, feet: Sequence[str]) -> tuple[float, float]:
    """Return how far the centre of mass lies ahead of the middle of what stands, and to the left of it, in metres."""
    spots = []
    for contact in feet:
        side, kind = contact_parts(contact)
        sole, toe = posture.points_m[f"{side}_sole"], posture.points_m[f"{side}_toe"]
        way = (toe[0] - sole[0], toe[1] - sole[1], 0.0)
        spot = posture.points_m[contact_point(contact)]
        if kind == "foot":
            spot = plus(spot, scaled(way, MIDFOOT_AHEAD_M / max(length(way), 1e-9)))
        spots.append(spot)
    middle = scaled((sum(x for x, _, _ in spots), sum(y for _, y, _ in spots), 0.0), 1.0 / len(spots))
    centre = centre_of_mass(posture.points_m)
    return centre[0] - middle[0], centre[1] - middle[1]


def home_place(contact: str, below: Vector, said: Mapping[str, float]) -> tuple[Vector, float]:
    """Return where a contact stands: below where it is, unless said otherwise."""
    side, kind = contact_parts(contact)
    place = (said.get("x", below[0]), said.get("y", below[1]), said.get("z", HEIGHT_OF[kind]))
    return place, said.get("outward", TOE_OUT_DEG if kind == "foot" else 0.0) * SIGN.get(side, 0.0)


def first_place(contact: str) -> Vector:
    """Return where the contact that carries the first frame stands, unless said otherwise."""
    side, kind = contact_parts(contact)
    return (0.0, -SIGN.get(side, 0.0) * HIP_HALF_M, HEIGHT_OF[kind])


def _held(planted: Sequence[str], places: Places) -> dict[str, Rotation]:
    held: dict[str, Rotation] = {}
    for contact in planted:
        side, kind = contact_parts(contact)
        if not side:
            continue
        heading = about_z(-places[contact][1])
        if kind == "foot":
            held[f"{side}_foot"] = heading
        if kind == "shin":
            held[f"{side}_shank"] = chained(heading, about_y(90.0))
        if kind == "ball":
            held[f"{side}_toes"] = heading
    return held


def _reached(limb: str, side: str, kind: str, place: Vector, told: Angles, points: Points) -> Angles:
    """Return the angles of a limb that bring its end to a place, the nearest to the ones told."""
    root, parent = root_of(limb, side, told, points)
    leg = limb == "leg"
    upper = THIGH_M if leg else UPPER_ARM_M
    joint, bend = ("hip", f"{side}_knee_flexion") if leg else ("shoulder", f"{side}_elbow_flexion")
    end = (0.0, 0.0, -GRIP_M)
    if leg:
        end = (0.0, 0.0, -SHANK_M) if kind in ("foot", "instep") else foot_in_shank(POINT_OF[kind], side, told)
    lower, lead = hypot(end[0], end[2]), degrees(atan2(end[0], -end[2]))
    wanted = minus(place, root)
    cosine = (length(wanted) ** 2 - upper**2 - lower**2) / (2.0 * upper * lower)
    open_by = degrees(acos(max(-1.0, min(1.0, cosine))))
    # Two bends reach as far. One that opens the wrong way is no joint of a body; else the nearer to what is told.
    turn = lead if leg else -lead
    both = [one for one in (turn + open_by, turn - open_by) if one > -0.5] or [turn + open_by]
    flexion = max(0.0, min(both, key=lambda one: abs(one - told[bend])))
    chain = plus((0.0, 0.0, -upper), turned(about_y(flexion if leg else -flexion), end))
    names = [f"{side}_{joint}_{how}" for how in ("flexion", "abduction", "rotation")]
    frame = chained(parent, ball_joint(told[names[0]], told[names[1]], told[names[2]], SIGN[side]))
    frame = chained(shortest(turned(frame, chain), wanted), frame)
    found = ball_joint_angles(chained(back(parent), frame), SIGN[side])
    return {bend: flexion, **dict(zip(names, found, strict=True))}


def _followed(
    told: Angles, contact: str, names: Sequence[str], pelvis: Vector, held: Mapping[str, Rotation], place: Vector
) -> Angles:
    """Return the angles with the named ones changed, as little as can be, until a contact is at its place.

    Damped Gauss-Newton steps: with more angles than ways to go, each gives a little.
    """
    point, found = contact_point(contact), dict(told)
    for _ in range(8):
        here = skeleton(found, pelvis, held)[0][point]
        off = minus(place, here)
        ways = [scaled(minus(skeleton({**found, name: found[name] + 0.1}, pelvis, held)[0][point], here), 10.0)
                for name in names]  # fmt: skip
        gram = [[sum(way[a] * way[b] for way in ways) + (1e-9 if a == b else 0.0) for b in range(3)] for a in range(3)]
        weights = _solved(gram, off)
        for name, way in zip(names, ways, strict=True):
            found[name] += sum(w * x for w, x in zip(weights, way, strict=True))
    return found


def _solved(gram: Sequence[Sequence[float]], off: Vector) -> Vector:
    """Three equations by Cramer's rule."""

    def det(m: Sequence[Sequence[float]]) -> float:
        (a, b, c), (d, e, f), (g, h, i) = m
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)

    whole = det(gram)
    swapped = [[[off[r] if c == k else gram[r][c] for c in range(3)] for r in range(3)] for k in range(3)]
    return (det(swapped[0]) / whole, det(swapped[1]) / whole, det(swapped[2]) / whole)
