"""TCX (Training Center XML): laps and track points, with the extensions for speed, running cadence and power."""

from dataclasses import dataclass, field

import numpy as np

from evenstride.errors import NotAnActivity
from evenstride.measure.formats.samples import ACTIVITIES_MAX, NO_ZONE, Table, activity_from, epoch_seconds, floats
from evenstride.measure.formats.xml_stream import Handlers, parse_points, root_is
from evenstride.model import Activity, Device, Floats, Loss

SENTENCE = "TCX: laps, distance, speed, position, heart rate, cadence and power"

CHANNEL_OF = {
    "latitudedegrees": "latitude_deg", "longitudedegrees": "longitude_deg", "altitudemeters": "altitude_m",
    "distancemeters": "distance_m", "speed": "speed_mps", "value": "heart_rate_bpm", "watts": "power_w",
    "runcadence": "cadence_spm", "cadence": "cadence_spm",
}  # fmt: skip
"""Element of a track point, by its local name in lower case → channel; the first with a value counts."""
SPORT_OF = {"biking": "cycling", "other": None, "": None}
KIND_OF = {"active": "active", "resting": "rest"}
_OF_LAP = ("distancemeters", "intensity")


@dataclass(kw_only=True)
class _Lap:
    start: str
    first: int
    last: int = 0
    said: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class _Found:
    """An activity while it is being read."""

    sport: str | None
    points: list[dict[str, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    laps: list[_Lap] = field(default_factory=list)
    device: str | None = None


def is_tcx(data: bytes) -> bool:
    """Whether the bytes begin like TCX."""
    return root_is(data, b"TrainingCenterDatabase")


def read_tcx(data: bytes) -> tuple[Activity, ...]:
    """Return every activity of the file; a damaged file gives the points before the damage and a loss.

    Works for activities. Does not work for courses and workouts.

    Raises
    ------
    NotAnActivity
        The file holds no track point with a time.

    Examples
    --------
    >>> (run,) = read_tcx(b'''<TrainingCenterDatabase><Activities><Activity Sport="Running">
    ...     <Lap StartTime="2026-05-04T06:00:00Z"><Intensity>Active</Intensity><Track>
    ...     <Trackpoint><Time>2026-05-04T06:00:00Z</Time>
    ...         <Extensions><TPX><RunCadence>85</RunCadence></TPX></Extensions></Trackpoint>
    ...     </Track></Lap></Activity></Activities></TrainingCenterDatabase>''')
    >>> run.sport, run.channels["cadence_spm"].tolist(), run.laps[0].kind
    ('running', [170.0], 'active')
    """
    found, damage = _scan(data)
    whole = [one for one in found if one.points]
    read = [activity_from(_table(one, damage if one is whole[-1] else None)) for one in whole]
    activities = tuple(activity for activity in read if activity is not None)
    if activities:
        return activities
    if damage:
        raise NotAnActivity(
            f"This TCX file is damaged at {damage}, before its first point.", help="Export the activity again."
        )
    raise NotAnActivity(
        "This TCX file holds no recorded points: a course, a workout or an activity typed in by hand.",
        help="Give the recorded activity, best as the FIT file of the watch.",
    )


def _scan(data: bytes) -> tuple[list[_Found], str | None]:
    found: list[_Found] = []
    in_creator = False

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal in_creator
        if element == "activity" and len(found) < ACTIVITIES_MAX:
            found.append(_Found(sport=_sport(attributes.get("Sport", ""))))
        elif element == "lap" and found:
            found[-1].laps.append(_Lap(start=attributes.get("StartTime", ""), first=len(found[-1].points)))
        elif element == "track" and found:
            found[-1].breaks.append(len(found[-1].points))
        elif element == "creator":
            in_creator = True

    def end(element: str, text: str) -> None:
        nonlocal in_creator
        if element == "creator":
            in_creator = False
        elif not found:
            return
        elif element == "name" and in_creator:
            found[-1].device = text or None
        elif found[-1].laps:
            lap = found[-1].laps[-1]
            if element in _OF_LAP:
                lap.said.setdefault(element, text)
            elif element == "lap":
                lap.last = len(found[-1].points)

    def point(values: dict[str, str]) -> None:
        if found:  # a course has points too, of nobody's run
            found[-1].points.append(values)

    handlers = Handlers(start=start, end=end, point=point)
    damage = parse_points(data, point="trackpoint", wanted=CHANNEL_OF.keys() | {"time"}, handlers=handlers)
    return found, damage


def _sport(text: str) -> str | None:
    word = "_".join(text.lower().split())
    return SPORT_OF.get(word, word)


def _table(found: _Found, damage: str | None) -> Table:
    time_s, no_zone = epoch_seconds([point.get("time", "") for point in found.points])
    channels: dict[str, Floats] = {}
    for element, channel in CHANNEL_OF.items():
        if any(element in point for point in found.points):
            values = floats([point.get(element, "nan") for point in found.points])
            known = channels.get(channel)
            channels[channel] = values if known is None else np.where(np.isnan(known), values, known)
    losses: tuple[Loss, ...] = ()
    if damage:
        text = f"The file is damaged or cut short at {damage}; what stands before is read."
        losses = (Loss(code="truncated", text=text),)
    return Table(
        format="tcx",
        time_s=time_s,
        channels=channels,
        breaks=found.breaks,
        laps_s=_laps(found, time_s),
        sport=found.sport,
        device=Device(product=found.device),
        notes=(NO_ZONE,) if no_zone else (),
        losses=losses,
    )


def _laps(found: _Found, time_s: Floats) -> tuple[tuple[float, float, str | None, float | None], ...]:
    """Each lap from its stated start to its own last point."""
    starts, _ = epoch_seconds([lap.start for lap in found.laps])
    laps = []
    for i, lap in enumerate(found.laps):
        own = time_s[lap.first : lap.last or len(time_s)]
        own = own[np.isfinite(own)]
        if not len(own):
            continue
        begin = float(starts[i]) if np.isfinite(starts[i]) else float(own.min())
        metres = floats([lap.said.get("distancemeters", "nan")])[0]
        kind = KIND_OF.get(lap.said.get("intensity", "").lower())
        laps.append((begin, float(own.max()), kind, float(metres)))
    return tuple(laps)
