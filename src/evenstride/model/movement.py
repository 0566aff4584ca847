"""How an exercise moves: key frames of joint angles, and what stands still."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from evenstride.model.profile import Side

Place = tuple[float, float, float]
"""Metres: forward, to the left, up."""
PropKind = Literal["box", "wall", "pad", "board", "roller", "band", "strap", "line", "ball", "blindfold"]
Focus = Literal["body", "legs", "shanks"]
"""What of the body the picture holds; the rest runs out of it."""


@dataclass(frozen=True, kw_only=True)
class KeyFrame:
    """One moment of a movement.

    ``angles_deg`` holds every joint by name (plan/movement/joints.py). ``planted`` names what stands from here to the
    next frame: the first one carries, so that the body's place follows from it; the joints of the others follow from
    their places. ``places_m`` gives what is not simply below the body (``x``, ``y``, ``z``, and ``outward``: how far in
    degrees a foot looks to its own side), ``step_m`` the way through the air from what stood before to the first one
    planted here. ``over``: the hip of the carrying leg gives way until the body's weight is above these.
    """

    at_s: float
    angles_deg: Mapping[str, float]
    planted: tuple[str, ...]
    places_m: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    step_m: Place | None = None
    over: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Prop:
    """A thing beside the body: a block at a place with a size, or something that leads between points.

    ``ends`` are names of points of the body or places.
    """

    kind: PropKind
    at_m: Place = (0.0, 0.0, 0.0)
    size_m: Place = (0.0, 0.0, 0.0)
    ends: tuple[str | Place, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in get_args(PropKind):
            raise ValueError(f"{self.kind} is no thing that can be drawn")


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One repetition of an exercise, told for the right leg working (``side``), or mirrored.

    The camera looks from ``azimuth_deg`` (0 before the body, 90 on its left, 180 behind it) and ``elevation_deg`` above
    the floor. ``still_s`` is the decisive moment and ``start_s`` the one it comes from.
    """

    exercise: str
    side: Side
    azimuth_deg: float
    elevation_deg: float
    duration_s: float
    still_s: float
    start_s: float
    frames: tuple[KeyFrame, ...]
    props: tuple[Prop, ...] = ()
    focus: Focus = "body"

    def __post_init__(self) -> None:
        if self.focus not in get_args(Focus):
            raise ValueError(f"the focus is one of {', '.join(get_args(Focus))}")
        times = [one.at_s for one in self.frames]
        if len(times) < 2 or times != sorted(set(times)) or times[0] != 0.0:
            raise ValueError("a movement has at least two key frames, the first at 0 s, each later than the one before")
        if times[-1] >= self.duration_s:
            raise ValueError("a movement ends after its last key frame, with the first one again")
        if not all(0.0 <= one < self.duration_s for one in (self.still_s, self.start_s)):
            raise ValueError("the decisive moment and the start lie within the movement")


@dataclass(frozen=True, kw_only=True)
class Posture:
    """Where the body is at a moment: ``points_m`` by name, and all angles, those that followed included."""

    points_m: Mapping[str, Place]
    angles_deg: Mapping[str, float]
    planted: tuple[str, ...]

    def share_at(self, start: str, end: str, share: float) -> Place:
        """Return the place between two points."""
        a, b = self.points_m[start], self.points_m[end]
        return (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), a[2] + share * (b[2] - a[2]))
