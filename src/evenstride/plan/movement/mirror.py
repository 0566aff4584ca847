"""The other side of a movement: derived, never told twice."""

from collections.abc import Mapping
from dataclasses import replace

from evenstride.model import KeyFrame, Movement, Prop
from evenstride.model.movement import Place
from evenstride.plan.movement.joints import SIDED

_OTHER = {"left": "right", "right": "left"}


def mirrored(movement: Movement) -> Movement:
    """Return the movement with the legs exchanged, as in a mirror in front of the body, seen by a mirrored camera."""
    return replace(
        movement,
        side="left" if movement.side == "right" else "right",
        azimuth_deg=-movement.azimuth_deg,
        frames=tuple(mirrored_frame(one) for one in movement.frames),
        props=tuple(_prop(one) for one in movement.props),
    )


def mirrored_frame(frame: KeyFrame) -> KeyFrame:
    """Return one key frame of the other side."""
    return replace(
        frame,
        angles_deg={other_side(name): -value if name in SIDED else value for name, value in frame.angles_deg.items()},
        planted=tuple(other_side(name) for name in frame.planted),
        over=tuple(other_side(name) for name in frame.over),
        places_m={other_side(name): _said(place) for name, place in frame.places_m.items()},
        step_m=None if frame.step_m is None else _place(frame.step_m),
    )


def other_side(name: str) -> str:
    """Return the name of the same thing on the other side.

    >>> other_side("left_knee_flexion"), other_side("pelvis")
    ('right_knee_flexion', 'pelvis')
    """
    side, _, rest = name.partition("_")
    return f"{_OTHER[side]}_{rest}" if side in _OTHER else name


def _prop(prop: Prop) -> Prop:
    ends = tuple(other_side(end) if isinstance(end, str) else _place(end) for end in prop.ends)
    return replace(prop, at_m=_place(prop.at_m), ends=ends)


def _said(place: Mapping[str, float]) -> dict[str, float]:
    return {axis: -value if axis == "y" else value for axis, value in place.items()}


def _place(place: Place) -> Place:
    return (place[0], -place[1], place[2])
