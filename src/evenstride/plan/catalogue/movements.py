"""How each exercise of the catalogue moves, as the TOML files in ``movements`` beside this one say."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

from evenstride.model import Catalogue, KeyFrame, Movement, Prop
from evenstride.model.movement import Place
from evenstride.plan.catalogue import FAMILY_FILES, load_catalogue
from evenstride.plan.movement.joints import AT_EASE
from evenstride.plan.movement.mirror import mirrored_frame

VIEWS = {
    "side": (-114.0, 9.0),
    "quarter": (-140.0, 11.0),
    "behind": (-171.0, 8.0),
    "before": (-28.0, 10.0),
    "above": (-118.0, 42.0),
    "lying": (-100.0, 20.0),
}
"""Where the camera is: azimuth and elevation in degrees. From behind rather than from before, so that left is left."""
_PARTS = {
    "pelvis": {"tilt": "pelvis_tilt", "list": "pelvis_list", "turn": "pelvis_turn"},
    "trunk": {"flexion": "trunk_flexion", "bend": "trunk_bend", "rotation": "trunk_rotation"},
    "neck": {"flexion": "neck_flexion", "rotation": "neck_rotation"},
}
_LEG = {
    "hip": "hip_flexion", "abduction": "hip_abduction", "rotation": "hip_rotation", "knee": "knee_flexion",
    "ankle": "ankle_dorsiflexion", "inversion": "ankle_inversion",
}  # fmt: skip
_ARM = {
    "shoulder": "shoulder_flexion", "abduction": "shoulder_abduction", "rotation": "shoulder_rotation",
    "elbow": "elbow_flexion",
}  # fmt: skip
_LIMBS = {"leg": _LEG, "arm": _ARM}
_MOVEMENT_FIELDS = {
    "like", "view", "azimuth", "elevation", "pace", "cycle_s", "still", "start", "alternates", "props", "frames",
    "changes", "over", "focus",
}  # fmt: skip
_FRAME_FIELDS = {"at", "until", "then", "planted", "places", "step", "over", "ball", "arch"}
ON_FEET = ("foot", "ball", "heel", "toe")


@cache
def load_movements() -> dict[str, Movement]:
    """Return the movement of every exercise, told for the right leg; read once.

    >>> movements = load_movements()
    >>> movements["single_leg_romanian_deadlift"].duration_s
    8.0
    """
    folder = files("evenstride.plan.catalogue").joinpath("movements")
    return movements_of(
        {name: folder.joinpath(name).read_text(encoding="utf8") for name in FAMILY_FILES}, load_catalogue()
    )


def movements_of(texts: Mapping[str, str], catalogue: Catalogue) -> dict[str, Movement]:
    """Make movements of TOML texts by file name.

    Raises
    ------
    ValueError
        A movement is missing, belongs to no exercise, or says something unknown; names the exercise.
    """
    tables: dict[str, dict[str, Any]] = {}
    for text in texts.values():
        tables |= tomllib.loads(text)
    unlike = tables.keys() ^ catalogue.exercises.keys()
    if unlike:
        raise ValueError(f"exercises and movements do not match: {', '.join(sorted(unlike))}")
    return {
        name: _movement(name, _whole(name, tables), catalogue.exercises[name].tempo) for name in catalogue.exercises
    }


def _whole(name: str, tables: Mapping[str, dict[str, Any]], seen: tuple[str, ...] = ()) -> dict[str, Any]:
    """A table with what it takes over from another one."""
    table = tables.get(name)
    if table is None or name in seen:
        raise ValueError(f"{(*seen, name)[0]}: there is no movement {name} to be like")
    parent = _whole(table["like"], tables, (*seen, name)) if "like" in table else {}
    out = {**parent, **{key: value for key, value in table.items() if key not in ("like", "changes")}}
    if "changes" in table:
        out["frames"] = [_merged(*both) for both in zip(out["frames"], table["changes"], strict=True)]
    return out


def _merged(frame: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    both = {key: {**frame[key], **value} for key, value in change.items()
            if isinstance(value, dict) and isinstance(frame.get(key), dict)}  # fmt: skip
    return {**frame, **change, **both}


def _movement(name: str, table: Mapping[str, Any], tempo: str) -> Movement:
    try:
        unknown = table.keys() - _MOVEMENT_FIELDS
        if unknown:
            raise ValueError(f"there is no field {', '.join(sorted(unknown))}")
        if tempo and ("pace" in table or "cycle_s" in table):
            raise ValueError("its time is its tempo")
        clock = _clock(table, tempo)
        azimuth, elevation = VIEWS[table.get("view", "side")]
        frames = tuple(_frames(table, clock))
        return Movement(
            exercise=name,
            side="right",
            azimuth_deg=table.get("azimuth", azimuth),
            elevation_deg=table.get("elevation", elevation),
            duration_s=clock[-1],
            still_s=_moment(table.get("still", 1), clock),
            start_s=_moment(table.get("start", 0), clock),
            frames=frames,
            focus=table.get("focus", "body"),
            props=tuple(_prop(one) for one in table.get("props", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{name}: {error}") from error


def _clock(table: Mapping[str, Any], tempo: str) -> tuple[float, ...]:
    """When the parts of a repetition begin and the last one ends, or only the end of one that has no parts."""
    if "cycle_s" in table:
        return (float(table["cycle_s"]),)
    parts = [float(part) for part in (tempo or table["pace"]).split("-")]
    if len(parts) != 4:
        raise ValueError("a pace has four parts: down, pause, up, pause")
    return (0.0, *accumulate(parts))


def _moment(at: float, clock: tuple[float, ...]) -> float:
    """A moment in seconds: told as such, or as parts of the tempo that have gone by."""
    if len(clock) == 1:
        return float(at)
    part = min(int(at), 3)
    return clock[part] + (at - part) * (clock[part + 1] - clock[part])


def _frames(table: Mapping[str, Any], clock: tuple[float, ...]) -> list[KeyFrame]:
    """Each frame says what changes; the rest stays. Told for the first half where the sides alternate."""
    angles: dict[str, float] = dict(AT_EASE)
    planted: tuple[str, ...] = ()
    made: list[KeyFrame] = []
    for frame in table["frames"]:
        angles |= _angles(frame)
        planted = _names(frame["planted"]) if "planted" in frame else planted
        one = KeyFrame(
            at_s=_moment(frame["at"], clock),
            angles_deg=dict(angles),
            planted=planted,
            places_m=frame.get("places", {}),
            step_m=_place(frame["step"]) if "step" in frame else None,
            over=_over(frame.get("over", table.get("over")), planted),
        )
        made.append(one)
        if "until" in frame and (end := _moment(frame["until"], clock)) > one.at_s:
            planted = _names(frame["then"]) if "then" in frame else planted
            made.append(replace(one, at_s=end, planted=planted, places_m={}, step_m=None))
    if table.get("alternates", False):
        made += [replace(mirrored_frame(one), at_s=one.at_s + clock[-1] / 2) for one in made]
    return made


def _over(said: str | None, planted: tuple[str, ...]) -> tuple[str, ...]:
    """What the body's weight is led above: what is said, or all that stands where that is feet alone."""
    if said is not None:
        return _names(said) if planted else ()
    return planted if all(one.split("_")[-1] in ON_FEET for one in planted) else ()


def _names(said: str) -> tuple[str, ...]:
    return tuple(one for one in said.split(", ") if one)


def _angles(frame: Mapping[str, Any]) -> dict[str, float]:
    out: dict[str, float] = {}
    for part, said in frame.items():
        if part in _FRAME_FIELDS:
            continue
        limb = part.split("_")[-1].removesuffix("s")
        if part in _PARTS:
            names = _PARTS[part]
            out |= {names[key]: float(value) for key, value in said.items()}
        elif limb in _LIMBS:
            sides = ("left", "right") if part == f"{limb}s" else (part.split("_")[0],)
            out |= {f"{side}_{_LIMBS[limb][key]}": float(value) for side in sides for key, value in said.items()}
        else:
            raise ValueError(f"a frame has no {part}")
    if "ball" in frame:
        out["ball_flight"] = float(frame["ball"])
    if "arch" in frame:
        out["right_arch"] = float(frame["arch"])
    return out


def _prop(table: Mapping[str, Any]) -> Prop:
    return Prop(
        kind=table["kind"],
        at_m=_place(table.get("at", (0, 0, 0))),
        size_m=_place(table.get("size", (0, 0, 0))),
        ends=tuple(end if isinstance(end, str) else _place(end) for end in table.get("ends", ())),
    )


def _place(said: Sequence[float]) -> Place:
    x, y, z = said
    return (float(x), float(y), float(z))
