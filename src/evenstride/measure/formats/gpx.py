"""GPX 1.0 and 1.1: positions and times, and whatever the extensions of any maker add to them."""

from dataclasses import dataclass, field, replace

import numpy as np

from evenstride.errors import NotAnActivity
from evenstride.measure.formats.samples import ACTIVITIES_MAX, NO_ZONE, Table, activity_from, epoch_seconds, floats
from evenstride.measure.formats.xml_stream import Handlers, parse_points, root_is
from evenstride.model import Activity, Device, Loss

SENTENCE = "GPX: position, altitude, and heart rate, cadence, temperature and power where an extension has them"

CHANNEL_OF = {
    "lat": "latitude_deg", "lon": "longitude_deg", "ele": "altitude_m", "speed": "speed_mps",
    "hr": "heart_rate_bpm", "heartrate": "heart_rate_bpm", "cad": "cadence_spm", "cadence": "cadence_spm",
    "atemp": "temperature_c", "temp": "temperature_c", "power": "power_w", "powerinwatts": "power_w",
}  # fmt: skip
"""Element of a track point, by its local name in lower case → channel."""
SPORT_OF = {"1": "cycling", "9": "running", "run": "running", "biking": "cycling", "ride": "cycling"}
"""Other words for a track's type; anything else is taken as it stands, numbers as nothing said."""
SAME_TRACK_GAP_S_MAX = 600.0
"""Tracks of one type that follow one another this closely are parts of one activity (a track per lap)."""


@dataclass(kw_only=True)
class _Track:
    """A track while it is being read."""

    points: list[dict[str, str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    sport: str | None = None


def is_gpx(data: bytes) -> bool:
    """Whether the bytes begin like GPX."""
    return root_is(data, b"gpx")


def read_gpx(data: bytes) -> tuple[Activity, ...]:
    """Return one activity per track that has times; a damaged file gives the points before the damage and a loss.

    Works for tracks. Does not work for routes and waypoints, which nobody has run yet.

    Raises
    ------
    NotAnActivity
        No track point has a time.

    Examples
    --------
    >>> (run,) = read_gpx(b'''<gpx><trk><type>running</type><trkseg>
    ...     <trkpt lat="1" lon="2"><time>2026-05-04T06:00:00Z</time>
    ...         <extensions><a:x><a:hr>140</a:hr></a:x></extensions></trkpt>
    ...     <trkpt lat="1" lon="2.0001"><time>2026-05-04T06:00:04Z</time></trkpt></trkseg></trk></gpx>''')
    >>> run.sport, run.t_s.tolist(), run.channels["heart_rate_bpm"].tolist()
    ('running', [0.0, 4.0], [140.0, nan])
    """
    tracks, creator, damage = _scan(data)
    timed = [track for track in tracks if any("time" in point for point in track.points)]
    tables = [_table(track, creator, _losses(damage) if track is timed[-1] else ()) for track in timed]
    read = [activity_from(table) for table in _joined(tables)]
    activities = tuple(activity for activity in read if activity is not None)
    if activities:
        return activities
    if damage:
        raise NotAnActivity(
            f"This GPX file is damaged at {damage}, before its first point.", help="Export the activity again."
        )
    raise NotAnActivity(
        "No point of this GPX file has a time: it is a planned route, not a run.", help="Give the recorded activity."
    )


def _scan(data: bytes) -> tuple[list[_Track], str | None, str | None]:
    tracks: list[_Track] = []
    creator: list[str] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if element == "trk" and len(tracks) < ACTIVITIES_MAX:
            tracks.append(_Track())
        elif element == "trkseg" and tracks:
            tracks[-1].breaks.append(len(tracks[-1].points))
        elif element == "gpx" and "creator" in attributes:
            creator.append(attributes["creator"])

    def end(element: str, text: str) -> None:
        if element == "type" and tracks and not tracks[-1].sport:
            tracks[-1].sport = _sport(text)

    def point(values: dict[str, str]) -> None:
        if not tracks:
            tracks.append(_Track())
        tracks[-1].points.append(values)

    handlers = Handlers(start=start, end=end, point=point)
    damage = parse_points(data, point="trkpt", wanted=CHANNEL_OF.keys() | {"time"}, handlers=handlers)
    return tracks, creator[0] if creator else None, damage


def _sport(text: str) -> str | None:
    word = "_".join(text.lower().split())
    return SPORT_OF.get(word, None if word.isdigit() else word or None)


def _losses(damage: str | None) -> tuple[Loss, ...]:
    if damage is None:
        return ()
    return (Loss(code="truncated", text=f"The file is damaged or cut short at {damage}; what stands before is read."),)


def _table(track: _Track, creator: str | None, losses: tuple[Loss, ...]) -> Table:
    time_s, no_zone = epoch_seconds([point.get("time", "") for point in track.points])
    channels: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    for element, channel in CHANNEL_OF.items():
        if any(element in point for point in track.points):
            values = floats([point.get(element, "nan") for point in track.points])
            known = channels.get(channel)
            channels[channel] = values if known is None else np.where(np.isnan(known), values, known)
    return Table(
        format="gpx",
        time_s=time_s,
        channels=channels,
        breaks=track.breaks,
        sport=track.sport,
        device=Device(product=creator),
        notes=(NO_ZONE,) if no_zone else (),
        losses=losses,
    )


def _joined(tables: list[Table]) -> list[Table]:
    """Tracks that go on where the one before ended, as one."""
    runs: list[list[Table]] = []
    for table in tables:
        if runs and _goes_on(runs[-1][-1], table):
            runs[-1].append(table)
        else:
            runs.append([table])
    return [_one(run) if len(run) > 1 else run[0] for run in runs]


def _goes_on(before: Table, after: Table) -> bool:
    if before.sport != after.sport or np.isnan(before.time_s).all() or np.isnan(after.time_s).all():
        return False
    return bool(0.0 <= np.nanmin(after.time_s) - np.nanmax(before.time_s) <= SAME_TRACK_GAP_S_MAX)


def _one(tables: list[Table]) -> Table:
    firsts = np.cumsum([0, *(len(table.time_s) for table in tables)])
    names = sorted({name for table in tables for name in table.channels})
    return replace(
        tables[0],
        time_s=np.concatenate([table.time_s for table in tables]),
        channels={
            name: np.concatenate([table.channels.get(name, np.full(len(table.time_s), np.nan)) for table in tables])
            for name in names
        },
        breaks=[int(first) + i for first, table in zip(firsts, tables, strict=False) for i in (0, *table.breaks)],
        notes=tuple(dict.fromkeys(note for table in tables for note in table.notes)),
        losses=tuple(dict.fromkeys(loss for table in tables for loss in table.losses)),
    )
