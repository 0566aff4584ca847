"""Which seconds of an activity are running, and why the others are not.

Every record stands for the time until the next one, up to :data:`RECORD_SPACING_S_MAX`; what is longer is a hole in the
recording. A device that writes every second and one that writes on change are thereby counted alike.

Works for level, hilly and treadmill running of adults. Does not work for race walking, whose contact times are a run's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evenstride.model import Activity, Dropped, Floats, Span

Mask = NDArray[np.bool_]

RECORD_SPACING_S_MAX = 10.0
CONTACT_TIME_S_RUNNING = (0.150, 0.400)
"""Between these a foot's contact is a run's [1]_: walking lasts longer, and nothing human is shorter.

.. [1] validation/results/real_files.md: the gate under which the published files give their published means.
"""
CADENCE_SPM_RUNNING = 130.0
"""Steps of both legs per minute: people walk below it and run above it."""
CADENCE_SPM_STANDING = 20.0
SPEED_MPS_WALKING = 1.8
"""Asked only where neither contact time nor cadence is known; people change to running at about 2 m/s."""
SPEED_MPS_STANDING = 0.4

REASONS: Mapping[str, str] = {
    "paused": "the timer stood",
    "not_recorded": "the recording has a hole",
    "standing": "standing still",
    "walking": "walking",
    "missing": "the sensor gave no left and right",
    "implausible": "values that no runner has",
}
"""Why time is left out, in the order in which the reasons are asked."""


class Gap(NamedTuple):
    """A stretch ``[start_s, end_s)`` without records: how much of it the timer stood, and how much is a hole."""

    start_s: float
    end_s: float
    paused_s: float
    hole_s: float


@dataclass(frozen=True, kw_only=True)
class RunningTime:
    """Per record: seconds it stands for, and whether they are running; plus what was left out.

    ``seconds`` (n,), ``running`` (n,), ``reason`` (n,) an index into :data:`REASONS` or −1. ``gaps`` are
    stretches without records.
    """

    t_s: Floats
    seconds: Floats
    reason: NDArray[np.int8]
    gaps: tuple[Gap, ...] = ()

    @property
    def running(self) -> Mask:
        """Records of running, shape (n,)."""
        return self.reason < 0

    @property
    def total_s(self) -> float:
        """All time from the first record to the last: running, left out, and gaps."""
        return float(self.seconds.sum()) + sum(gap.paused_s + gap.hole_s for gap in self.gaps)

    def dropped(self) -> tuple[Dropped, ...]:
        """What is left out, by reason, with its seconds and stretches."""
        return dropped_by_reason(self)


def running_time(activity: Activity) -> RunningTime:
    """Say for each record whether it is running, and why not.

    >>> from datetime import datetime, timezone
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=[0, 1, 2, 3],
    ...                channels={"contact_time_s": [0.25, 0.25, 0.6, 0.25], "cadence_spm": [170, 170, 110, 170]})
    >>> [(d.reason, d.seconds) for d in running_time(run).dropped()]
    [('walking', 1.0)]
    """
    t_s = activity.t_s
    if not len(t_s):
        return RunningTime(t_s=t_s, seconds=t_s, reason=np.zeros(0, np.int8))
    seconds, gaps = _time_per_record(t_s, activity.pauses)
    reason = np.full(len(t_s), -1, np.int8)
    for code, mask in (
        ("walking", _walking(activity)),
        ("standing", _standing(activity)),
        ("paused", _inside(t_s, activity.pauses) if activity.pauses else None),
    ):
        if mask is not None:
            reason[mask] = reason_index(code)
    return RunningTime(t_s=t_s, seconds=seconds, reason=reason, gaps=gaps)


def reason_index(code: str) -> int:
    """Where a reason stands in :data:`REASONS`."""
    return list(REASONS).index(code)


def dropped_by_reason(time: RunningTime, spans_max: int = 200) -> tuple[Dropped, ...]:
    """Sum what is left out by reason; the longest ``spans_max`` stretches of each are kept for pictures."""
    out = []
    for index, code in enumerate(REASONS):
        mask = time.reason == index
        seconds = float(time.seconds[mask].sum())
        spans = _stretches(time, mask) if seconds > 0 else []
        if code in _GAP_SECONDS:
            lost = [(gap, getattr(gap, _GAP_SECONDS[code])) for gap in time.gaps]
            seconds += sum(amount for _, amount in lost)
            spans += [(gap.start_s, gap.end_s) for gap, amount in lost if amount > 0]
        if seconds > 0:
            longest = sorted(spans, key=lambda span: span[0] - span[1])[:spans_max]
            out.append(Dropped(reason=code, seconds=round(seconds, 3), spans=tuple(sorted(longest))))
    return tuple(out)


_GAP_SECONDS = {"paused": "paused_s", "not_recorded": "hole_s"}


def _time_per_record(t_s: Floats, pauses: tuple[Span, ...]) -> tuple[Floats, tuple[Gap, ...]]:
    """Seconds that each record stands for, and the gaps between records."""
    spacing = np.diff(t_s)
    typical = float(np.median(spacing)) if len(spacing) else 1.0
    spans = np.append(spacing, min(max(typical, 0.0), RECORD_SPACING_S_MAX))
    paused = np.zeros(len(t_s))
    if pauses:
        # A record written while the timer stood is left out itself; here are the pauses between records.
        inside = _inside(t_s, pauses)
        paused[:-1] = np.where(inside[:-1], 0.0, np.diff(_paused_until(t_s, pauses)))
    # What a pause leaves over of a gap is running when a record's own time would cover it.
    rest = spans - paused
    holes = np.where(rest > RECORD_SPACING_S_MAX, rest, 0.0)
    gap = np.flatnonzero((paused > 0) | (holes > 0))
    rows = np.column_stack((t_s[gap], t_s[gap] + spans[gap], paused[gap], holes[gap]))
    return rest - holes, tuple(map(Gap._make, rows.tolist()))


def _paused_until(t_s: Floats, pauses: tuple[Span, ...]) -> Floats:
    """How long the timer has stood until each time; overlapping pauses count once."""
    if not pauses:
        return np.zeros(len(t_s))
    starts, ends = np.array(sorted((pause.start_s, pause.end_s) for pause in pauses)).T
    ends = np.maximum.accumulate(ends)
    starts = np.maximum(starts, np.concatenate((starts[:1], ends[:-1])))
    knots = np.column_stack((starts, np.maximum(starts, ends))).ravel()
    paused = np.cumsum(np.diff(knots, prepend=knots[0]) * (np.arange(len(knots)) % 2))
    until: Floats = np.interp(t_s, knots, paused)
    return until


def _walking(activity: Activity) -> Mask | None:
    contact, cadence, speed = (activity.channels.get(name) for name in ("contact_time_s", "cadence_spm", "speed_mps"))
    known = np.zeros(len(activity.t_s), bool)
    walking = np.zeros(len(activity.t_s), bool)
    if contact is not None:
        known |= contact > 0
        walking |= contact >= CONTACT_TIME_S_RUNNING[1]
    if cadence is not None:
        known |= cadence > 0
        walking |= (cadence < CADENCE_SPM_RUNNING) & ~((cadence < CADENCE_SPM_STANDING) & _runs_on(activity))
    if speed is not None:
        walking |= ~known & (speed < SPEED_MPS_WALKING)
    return walking


def _standing(activity: Activity) -> Mask | None:
    cadence, speed = activity.channels.get("cadence_spm"), activity.channels.get("speed_mps")
    if cadence is not None:
        still = (cadence < CADENCE_SPM_STANDING) & ~_runs_on(activity)
        # A belt or a lost satellite gives no speed while the legs run on: cadence, where it is known, decides.
        return still if speed is None else still | (np.isnan(cadence) & (speed < SPEED_MPS_STANDING))
    return None if speed is None else speed < SPEED_MPS_STANDING


def _runs_on(activity: Activity) -> Mask:
    """A runner's contact time at a runner's speed: a cadence of 0 beside them is a dropout, not a stop."""
    contact, speed = activity.channels.get("contact_time_s"), activity.channels.get("speed_mps")
    if contact is None or speed is None:
        return np.zeros(len(activity.t_s), bool)
    low, high = CONTACT_TIME_S_RUNNING
    return np.asarray((contact > low) & (contact < high) & (speed > SPEED_MPS_WALKING))


def _inside(t_s: Floats, spans: tuple[Span, ...]) -> Mask:
    depth = np.zeros(len(t_s) + 1, np.int32)
    np.add.at(depth, np.searchsorted(t_s, [span.start_s for span in spans]), 1)
    np.add.at(depth, np.searchsorted(t_s, [span.end_s for span in spans]), -1)
    return np.asarray(np.cumsum(depth)[:-1] > 0)


def _stretches(time: RunningTime, mask: Mask) -> list[tuple[float, float]]:
    # A gap ends a stretch: what lies in it is told by the gap itself.
    follows = np.concatenate(([False], mask[:-1] & (time.t_s[1:] - time.t_s[:-1] <= RECORD_SPACING_S_MAX), [False]))
    inside = np.concatenate((mask, [False]))
    starts = np.flatnonzero(inside & ~follows)
    lasts = np.flatnonzero(inside[:-1] & ~(follows[1:] & inside[1:]))
    ends = time.t_s[lasts] + time.seconds[lasts]
    return [(float(a), float(b)) for a, b in zip(time.t_s[starts], ends, strict=True)]
