"""What a figure is drawn of: limbs, trunk and head as lines on paper, from the far ones to the near ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin, sqrt

from evenstride.model import Movement, Posture
from evenstride.model.movement import Place
from evenstride.plan.movement.motion import Motion, posture_at
from evenstride.report.looks import LEFT, RIGHT
from evenstride.report.movement_things import span_of

WIDTH, HEIGHT, MARGIN = 480.0, 420.0, 30.0
"""Of the paper, in units of the drawing; whole units are fine enough, and short to write."""
UNITS_A_METRE_MAX = {"body": 205.0, "legs": 300.0, "shanks": 430.0}
COLOUR = {"left": LEFT, "right": RIGHT}
LEG_M, ARM_M, TRUNK_M, NECK_M, HEAD_M, LETTER_M = 0.105, 0.062, 0.115, 0.055, 0.205, 0.075
"""How wide what is drawn, and the radius of a letter's ground."""
NEAR_BY = 0.4
"""Near by, legs are drawn that much finer, so that an arch can be seen."""
SAMPLES_A_SECOND, SAMPLES = 8.0, (40, 80)
FLOOR_M = 0.25
"""What is lower stands or lies on the floor that is drawn."""

Point = tuple[float, float]
Camera = tuple[Place, Place, Place]


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A line through points of the body, of a width in metres; ``side`` gives it its colour, none is neutral."""

    points: tuple[str, ...]
    width_m: float
    side: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Where a place in space comes to lie on paper."""

    camera: Camera
    units_a_metre: float
    shift: Point

    def on(self, place: Place) -> Point:
        """Return where a place lies."""
        right, up, _ = self.camera
        return (
            self.shift[0] + self.units_a_metre * _dot(right, place),
            self.shift[1] - self.units_a_metre * _dot(up, place),
        )

    def units(self, metres: float) -> int:
        """Return how long a length is on paper."""
        return round(metres * self.units_a_metre)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A whole repetition on paper that holds all of it: still and film lie on the same one. ``floor_m`` are corners."""

    motion: Motion
    times_s: tuple[float, ...]
    film: tuple[Posture, ...]
    order: tuple[Stroke, ...]
    paper: Paper
    floor_m: tuple[Place, ...]


def scene_of(motion: Motion) -> Scene:
    """Film a movement, and lay out paper for it."""
    movement = motion.movement
    whole = movement.duration_s
    n = int(min(max(whole * SAMPLES_A_SECOND, SAMPLES[0]), SAMPLES[1]))
    times = tuple(sorted({round(whole * k / n, 4) for k in range(n + 1)} | {round(one, 4) for one in motion.times_s}))
    film = tuple(beside(motion, one) for one in times)
    camera, floor = _camera_of(movement), _floor_below(film)
    return Scene(
        motion=motion, times_s=times, film=film, floor_m=floor,
        order=tuple(_far_to_near(film, camera, movement.focus)),
        paper=_paper_for(camera, [*_held(movement, film), *floor], UNITS_A_METRE_MAX[movement.focus]),
    )  # fmt: skip


def beside(motion: Motion, at_s: float) -> Posture:
    """Return the posture at a moment as seen by somebody who goes along with a body that travels."""
    posture = posture_at(motion, at_s)
    share = at_s / motion.movement.duration_s
    x, y, z = (share * one for one in motion.travel_m)
    points = {name: (p[0] - x, p[1] - y, p[2] - z) for name, p in posture.points_m.items()}
    return Posture(points_m=points, angles_deg=posture.angles_deg, planted=posture.planted)


def letters(posture: Posture, paper: Paper) -> dict[str, Point]:
    """Return where the letters of the legs stand: below the knees, never one on the other."""
    left, right = (paper.on(posture.share_at(f"{side}_knee", f"{side}_ankle", 0.18)) for side in ("left", "right"))
    least = 2.15 * LETTER_M * paper.units_a_metre
    gap = hypot(right[0] - left[0], right[1] - left[1])
    if gap >= least:
        return {"left": left, "right": right}
    # Nearly one above the other: apart along the way that leads from the left hip to the right one on paper.
    hips = [paper.on(posture.points_m[f"{side}_hip"]) for side in ("left", "right")]
    x, y = right[0] - left[0] + 0.5 * (hips[1][0] - hips[0][0]), right[1] - left[1]
    x, y = x / max(hypot(x, y), 1e-6), y / max(hypot(x, y), 1e-6)
    along = (right[0] - left[0]) * x + (right[1] - left[1]) * y
    push = (sqrt(along**2 + least**2 - gap**2) - along) / 2
    return {
        "left": (left[0] - push * x, left[1] - push * y),
        "right": (right[0] + push * x, right[1] + push * y),
    }


def strokes(focus: str) -> list[Stroke]:
    """Return what a body is drawn of."""
    near = focus == "shanks"
    leg = ("hip", "knee", "ankle", "heel", *(("arch",) if near else ()), "ball", "toe")
    out = [Stroke(points=tuple(f"{side}_{name}" for name in leg), width_m=LEG_M * (NEAR_BY if near else 1.0), side=side)
           for side in COLOUR]  # fmt: skip
    out += [Stroke(points=tuple(f"{side}_{name}" for name in ("shoulder", "elbow", "hand")), width_m=ARM_M, side=side)
            for side in COLOUR]  # fmt: skip
    trunk = ("left_shoulder", "right_shoulder", "right_flank", "right_hip", "left_hip", "left_flank")
    return [*out, Stroke(points=trunk, width_m=TRUNK_M), Stroke(points=("chest", "head", "nose"), width_m=NECK_M)]


def _camera_of(movement: Movement) -> Camera:
    """What is to the right, up, and towards who looks."""
    turn, lift = radians(movement.azimuth_deg), radians(movement.elevation_deg)
    towards = (cos(turn) * cos(lift), sin(turn) * cos(lift), sin(lift))
    up = (-cos(turn) * sin(lift), -sin(turn) * sin(lift), cos(lift))
    return (-sin(turn), cos(turn), 0.0), up, towards


def _far_to_near(film: Sequence[Posture], camera: Camera, focus: str) -> list[Stroke]:
    def depth(stroke: Stroke) -> float:
        places = [posture.points_m[name] for posture in film for name in stroke.points]
        return sum(_dot(camera[2], place) for place in places) / len(places)

    return sorted(strokes(focus), key=depth)


def _held(movement: Movement, film: Sequence[Posture]) -> list[Place]:
    """Every place that the picture must hold."""
    if movement.focus == "body":
        heads = [(x, y, z + 0.09) for one in film for x, y, z in (one.points_m["head"],)]
        things = [place for prop in movement.props for one in film[::8] for place in span_of(prop, one)]
        return [*(place for one in film for place in one.points_m.values()), *heads, *things]
    parts = ("knee", "ankle", "heel", "ball", "toe") + (("hip",) if movement.focus == "legs" else ())
    return [one.points_m[f"{side}_{part}"] for one in film for side in COLOUR for part in parts]


def _floor_below(film: Sequence[Posture]) -> tuple[Place, ...]:
    places = [place for one in film for place in one.points_m.values()]
    low = [place for place in places if place[2] < FLOOR_M] or places
    xs, ys = [x for x, _, _ in low], [y for _, y, _ in low]
    back, ahead, right, left = min(xs) - 0.08, max(xs) + 0.08, min(ys) - 0.12, max(ys) + 0.12
    return (back, right, 0.0), (ahead, right, 0.0), (ahead, left, 0.0), (back, left, 0.0)


def _paper_for(camera: Camera, places: Sequence[Place], most: float) -> Paper:
    """Paper on which all places lie, the lowest at the bottom and the rest in the middle."""
    right, up, _ = camera
    xs, ys = [_dot(right, one) for one in places], [_dot(up, one) for one in places]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    units = min(most, (WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
    middle = (WIDTH / 2 - units * (max(xs) + min(xs)) / 2, HEIGHT - MARGIN + units * min(ys))
    return Paper(camera=camera, units_a_metre=units, shift=middle)


def _dot(a: Place, b: Place) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
