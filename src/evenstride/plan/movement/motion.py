"""From key frames to the posture at any moment.

Between key frames every angle runs along a cubic that has its largest and smallest values at key frames and comes to
rest there (monotone cubic interpolation, Fritsch and Butland, 1984), around the circle of the repetition. A body in the
air flies as a thrown body does.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evenstride.model import KeyFrame, Movement, Posture
from evenstride.plan.movement.rotations import Vector, minus, plus
from evenstride.plan.movement.stance import (
    Places,
    balanced,
    first_place,
    home_place,
    hovering,
    settled,
    spot_of,
)

GRAVITY_MPS2 = 9.81


@dataclass(frozen=True, kw_only=True)
class Motion:
    """A movement whose key frames have been settled: what stands where from each of them on, and how far it leads.

    ``frames`` has one more than the movement: the first again, ``travel_m`` further.
    """

    movement: Movement
    times_s: tuple[float, ...]
    frames: tuple[Posture, ...]
    places: tuple[Places, ...]
    slopes: tuple[dict[str, float], ...]
    travel_m: Vector


def motion_of(movement: Movement) -> Motion:
    """Settle the key frames of a movement, one after the other."""
    frames: list[Posture] = []
    places: list[Places] = []
    for frame in movement.frames:
        posture, stands = _settle(frame, frames, places)
        frames.append(posture)
        places.append(stands)
    # The repetition ends as it began: the first frame once more, reached from where the last one stands.
    again = replace(movement.frames[0], angles_deg=frames[0].angles_deg, over=(), places_m={})
    end, _ = _settle(again, frames, places, closing=True)
    times = (*(one.at_s for one in movement.frames), movement.duration_s)
    everything = (*frames, replace(end, angles_deg=frames[0].angles_deg))
    return Motion(
        movement=movement, times_s=times, frames=everything, places=tuple(places),
        slopes=_slopes(times, everything), travel_m=minus(end.points_m["pelvis"], frames[0].points_m["pelvis"]),
    )  # fmt: skip


def posture_at(motion: Motion, at_s: float) -> Posture:
    """Return the posture at a moment of the repetition, its end included."""
    place = min(max(bisect_right(motion.times_s, at_s) - 1, 0), len(motion.times_s) - 2)
    start, end = motion.times_s[place], motion.times_s[place + 1]
    share = (at_s - start) / (end - start)
    before, after = motion.frames[place], motion.frames[place + 1]
    angles = {
        name: _cubic(share, (value, after.angles_deg[name]),
                     (motion.slopes[place][name], motion.slopes[place + 1][name]), end - start)
        for name, value in before.angles_deg.items()
    }  # fmt: skip
    planted = motion.movement.frames[place].planted
    if planted:
        return settled(angles, planted, motion.places[place])
    return hovering(angles, _thrown(motion, place, at_s))


def _thrown(motion: Motion, place: int, at_s: float) -> Vector:
    """Where the middle of the hips is in the air, between the frame that left the ground and the one that lands."""
    left = landed = place
    while left > 0 and not motion.frames[left - 1].planted:
        left -= 1
    while landed < len(motion.frames) - 1 and not motion.frames[landed].planted:
        landed += 1
    start, end = motion.times_s[left], motion.times_s[landed]
    share = (at_s - start) / (end - start)
    (ax, ay, az), (bx, by, bz) = motion.frames[left].points_m["pelvis"], motion.frames[landed].points_m["pelvis"]
    rise = 0.5 * GRAVITY_MPS2 * (end - start) ** 2 * share * (1.0 - share)
    return (ax + share * (bx - ax), ay + share * (by - ay), az + share * (bz - az) + rise)


def _settle(
    frame: KeyFrame, frames: Sequence[Posture], places: Sequence[Places], *, closing: bool = False
) -> tuple[Posture, Places]:
    """One key frame: what stood until now still stands at its moment, what stands from now on is put down."""
    if frames and not frame.planted and not frames[-1].planted:
        return hovering(frame.angles_deg, frames[-1].points_m["pelvis"]), {}  # its place follows from where it lands
    carrying, stands = _until_now(frame, frames, places)
    below = settled(frame.angles_deg, carrying, stands).points_m
    new = () if closing else tuple(one for one in frame.planted if one not in stands)
    for contact in new:
        stands[contact] = home_place(contact, below[spot_of(contact)], frame.places_m.get(contact, {}))
    angles = frame.angles_deg
    if frame.over:
        angles = balanced(angles, (*carrying, *new), stands, over=frame.over)
    posture = settled(angles, (*carrying, *new), stands)
    kept = {contact: stands[contact] for contact in frame.planted if contact in stands}
    return replace(posture, planted=frame.planted), kept


def _until_now(
    frame: KeyFrame, frames: Sequence[Posture], places: Sequence[Places]
) -> tuple[tuple[str, ...], dict[str, tuple[Vector, float]]]:
    """What carries the body when a frame begins, and where: what stood before, or what it lands or begins on."""
    if frames and frames[-1].planted:
        return frames[-1].planted, dict(places[-1])
    anchor = frame.planted[0]
    if not frames:
        return (anchor,), {anchor: home_place(anchor, first_place(anchor), frame.places_m.get(anchor, {}))}
    stood = next(posture.planted[0] for posture in reversed(frames) if posture.planted)
    last = next(one[stood][0] for one in reversed(places) if one)
    said = frame.places_m.get(anchor, {})
    x, y, z = plus(last, frame.step_m or (0.0, 0.0, 0.0))
    place, outward = home_place(anchor, (x, y, z), {"z": z, **said})
    return (anchor,), {anchor: (place, outward)}


def _slopes(times: Sequence[float], frames: Sequence[Posture]) -> tuple[dict[str, float], ...]:
    """How fast each angle changes at each key frame, the last being the first again."""
    n = len(times) - 1
    spans = [times[k + 1] - times[k] for k in range(n)]
    out = []
    for k in range(n + 1):
        before, after = (k - 1) % n, k % n
        slope = {}
        for name in frames[0].angles_deg:
            a = (frames[before + 1].angles_deg[name] - frames[before].angles_deg[name]) / spans[before]
            b = (frames[after + 1].angles_deg[name] - frames[after].angles_deg[name]) / spans[after]
            slope[name] = _middle_slope(a, b, spans[before], spans[after])
        out.append(slope)
    return tuple(out)


def _middle_slope(before: float, after: float, span_before: float, span_after: float) -> float:
    """Fritsch and Butland: zero at a turning point, else a mean that never overshoots."""
    if before * after <= 0.0:
        return 0.0
    whole = span_before + span_after
    return 3.0 * whole / ((whole + span_after) / before + (whole + span_before) / after)


def _cubic(share: float, values: tuple[float, float], slopes: tuple[float, float], span: float) -> float:
    one, two = share * share, share * share * share
    return (
        (2 * two - 3 * one + 1) * values[0] + (two - 2 * one + share) * span * slopes[0]
        + (3 * one - 2 * two) * values[1] + (two - one) * span * slopes[1]
    )  # fmt: skip
