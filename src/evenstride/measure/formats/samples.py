"""Columns as files hold them → an ``Activity``: what every reader of text has to do alike.

Times are ordered and start at 0, what stands for "missing" becomes NaN, distance and speed are worked out from the
positions where a file has only those, and cadence counts both feet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import TooLarge
from evenstride.model import Activity, Device, Floats, Lap, LegSeries, Loss, Note, Span

TEXT_BYTES_MAX = 128 << 20
"""A text file of a longer run than anyone runs: a day of GPX at one point per second is under 40 MB."""
TIME_SPAN_S_MAX = 7 * 86_400.0
"""A point further than this from the middle of its activity has a broken clock."""
PAUSE_S_MIN = 10.0
"""A break between two stretches of a track is a pause from here on; watches save memory with gaps up to about 8 s."""
CADENCE_ONE_FOOT_BELOW = 120.0
"""Moving people take more steps than this per minute and fewer strides: below it one foot was counted."""
LAPS_MAX = 10_000
"""Laps, and pauses, that one activity may hold."""
ACTIVITIES_MAX = 1_000
"""Activities that one file of text may hold."""
NUMBER_MAX, NUMBER_MIN = 1e15, 1e-15
"""The largest number in any of the files is a time in milliseconds since 1970, about 2e12; less than the least is 0."""
ZERO_IS_MISSING = frozenset({
    "heart_rate_bpm", "contact_time_s", "contact_time_percent", "vertical_oscillation_m", "step_length_m",
    "leg_stiffness_knpm", "vertical_loading_rate",
})  # fmt: skip
"""Channels in which a device writes 0 for want of a value."""
WORDS_CHARS_MAX = 80
"""Of what a file calls its sport, its device and its laps."""
SPEED_HALF_WINDOW_S = 5.0
EARTH_RADIUS_M = 6_371_008.8
_EPOCH_S_MAX = 253_402_300_799.0

NO_ZONE = Note(code="no_time_zone", text="The file's times carry no zone; they are taken as UTC.")
FROM_POSITIONS = Note(code="speed_from_positions", text="The file has no speed: it is worked out from the positions.")
FROM_DISTANCE = Note(code="speed_from_distance", text="The file has no speed: it is worked out from the distance.")
BOTH_FEET = Note(code="cadence_doubled", text="The file counts the steps of one foot; the cadence shown is of both.")


@dataclass(frozen=True, kw_only=True)
class Table:
    """What a reader found, before it is put in order.

    ``time_s`` (n,) seconds since 1970 (UTC), NaN where a row has none; each channel and leg series (n,) on the same
    rows. ``breaks`` are the rows that begin a new stretch of track.
    """

    format: str
    time_s: Floats
    channels: Mapping[str, Floats]
    legs: tuple[LegSeries, ...] = ()
    breaks: Sequence[int] = ()
    pauses_s: tuple[tuple[float, float], ...] = ()  # seconds since 1970
    laps_s: tuple[tuple[float, float, str | None, float | None], ...] = ()  # start, end, kind, metres
    sport: str | None = None
    device: Device = Device()
    notes: tuple[Note, ...] = ()
    losses: tuple[Loss, ...] = ()


def activity_from(table: Table) -> Activity | None:
    """Put the rows in order and return the activity; None when no row has a time.

    Rows without a time, or with one that a clock gone wrong has written, are left out and said; rows that run
    backwards are sorted and said.

    >>> import numpy as np
    >>> run = activity_from(Table(format="csv", time_s=np.array([102.0, 100.0, np.nan]),
    ...                           channels={"heart_rate_bpm": np.array([150.0, 0.0, 151.0])}))
    >>> run.t_s.tolist(), run.channels["heart_rate_bpm"].tolist(), [loss.code for loss in run.losses]
    ([0.0, 2.0], [nan, 150.0], ['points_without_time', 'times_out_of_order'])
    """
    rows, losses = _rows_in_order(table.time_s)
    if not len(rows):
        return None
    start_s = float(table.time_s[rows[0]])
    # A clock since 1970 has no more than a quarter of a microsecond in a float: the rest is noise.
    t_s = np.round(table.time_s[rows] - start_s, 6)
    channels = {name: cleaned(name, values[rows]) for name, values in table.channels.items()}
    channels = _without_impossible_positions(channels)
    channels = {name: values for name, values in channels.items() if np.isfinite(values).any()}
    channels, notes = _with_speed(t_s, channels)
    channels, cadence_notes = _with_both_feet(channels, table.sport)
    # The same array, not an equal one: whoever gates a leg series sees at once that the clocks are one.
    legs = tuple(
        LegSeries(metric=one.metric, source=one.source, form=one.form, t_s=t_s, left=one.left[rows],
                  right=one.right[rows], level_channel=one.level_channel)
        for one in table.legs if np.isfinite(one.left[rows] + one.right[rows]).any()
    )  # fmt: skip
    return Activity(
        format=table.format,
        start=datetime.fromtimestamp(start_s, UTC),
        t_s=t_s,
        sport=words(table.sport),
        device=Device(manufacturer=words(table.device.manufacturer), product=words(table.device.product)),
        channels=channels,
        legs=legs,
        laps=_laps(table.laps_s, start_s),
        pauses=_pauses(table, start_s),
        notes=(*table.notes, *notes, *cadence_notes),
        losses=(*table.losses, *losses),
    )


def cleaned(channel: str, values: Floats) -> Floats:
    """NaN for what cannot be a value: infinities, and 0 where the device writes it for want of one."""
    bad = ~np.isfinite(values)
    if channel in ZERO_IS_MISSING:
        bad |= values <= 0
    return np.where(bad, np.nan, values)


def floats(texts: Iterable[str]) -> Floats:
    """Numbers from their texts, shape (n,); what is no number, and what no device writes, is NaN."""
    listed = list(texts)
    try:
        numbers = np.fromiter(map(float, listed), np.float64, len(listed))
    except ValueError:
        numbers = np.fromiter(map(_float, listed), np.float64, len(listed))
    return measurable(numbers)


def measurable(numbers: Floats) -> Floats:
    """NaN for numbers so large, and 0 for numbers so small, that arithmetic with them overflows."""
    size = np.abs(numbers)
    return np.where(size < NUMBER_MAX, np.where(size < NUMBER_MIN, 0.0, numbers), np.nan)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def epoch_seconds(texts: Iterable[str]) -> tuple[Floats, bool]:
    """Seconds since 1970 from ISO 8601 times, shape (n,), NaN for what is none; and whether any lacked a zone."""
    zones_missing = False
    seconds = []
    for text in texts:
        try:
            moment = datetime.fromisoformat(text.strip())
            if moment.tzinfo is None:
                zones_missing = True
                moment = moment.replace(tzinfo=UTC)
            seconds.append(moment.timestamp())
        except (ValueError, OverflowError):
            seconds.append(float("nan"))
    return np.array(seconds, np.float64), zones_missing


def words(text: str | None) -> str | None:
    """A file's own words as they can be shown in a sentence: on one line, printable, and not without end.

    >>> words(" trail\\nrunning\\x1b "), words("x" * 1_000) == "x" * WORDS_CHARS_MAX, words(" "), words(None)
    ('trail running', True, None, None)
    """
    printable = "".join(char if char.isprintable() else " " for char in (text or "")[:WORDS_CHARS_MAX])
    return " ".join(printable.split()) or None


def refuse_if_long(data: bytes) -> None:
    """Raise TooLarge for a text file beyond the stated limit."""
    if len(data) > TEXT_BYTES_MAX:
        raise TooLarge(
            f"This text file is larger than {TEXT_BYTES_MAX >> 20} MiB.", help="Export the activities one by one."
        )


def _rows_in_order(time_s: Floats) -> tuple[NDArray[np.intp], list[Loss]]:
    losses = []
    good = np.isfinite(time_s) & (time_s >= 0) & (time_s <= _EPOCH_S_MAX)
    if len(time_s) and not good.all():
        text = f"{_counted(~good)} left out: no readable time."
        losses.append(Loss(code="points_without_time", text=text))
    rows = np.flatnonzero(good)
    if len(rows):
        # The middle is a point's own time: between two clocks that disagree by weeks lies nothing.
        middle = np.partition(time_s[rows], (len(rows) - 1) // 2)[(len(rows) - 1) // 2]
        far = np.abs(time_s[rows] - middle) > TIME_SPAN_S_MAX
        if far.any():
            text = f"{_counted(far)} left out: more than {TIME_SPAN_S_MAX / 86_400:.0f} days away from the others."
            losses.append(Loss(code="times_far_off", text=text))
            rows = rows[~far]
    times = time_s[rows]
    backwards = times[1:] < times[:-1]
    if backwards.any():
        text = f"The clock runs backwards {int(backwards.sum())} times; the points were put in the order of time."
        losses.append(Loss(code="times_out_of_order", text=text))
        rows = rows[np.argsort(times, kind="stable")]
    return rows, losses


def _counted(mask: NDArray[np.bool_]) -> str:
    n = int(mask.sum())
    return "1 point was" if n == 1 else f"{n} points were"


def _without_impossible_positions(channels: dict[str, Floats]) -> dict[str, Floats]:
    latitude, longitude = channels.get("latitude_deg"), channels.get("longitude_deg")
    if latitude is None or longitude is None:  # half a position is none
        return {name: values for name, values in channels.items() if name not in ("latitude_deg", "longitude_deg")}
    good = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180) & ((latitude != 0) | (longitude != 0))
    return channels | {
        "latitude_deg": np.where(good, latitude, np.nan),
        "longitude_deg": np.where(good, longitude, np.nan),
    }


def _with_speed(t_s: Floats, channels: dict[str, Floats]) -> tuple[dict[str, Floats], tuple[Note, ...]]:
    notes: tuple[Note, ...] = ()
    if "distance_m" not in channels and "latitude_deg" in channels and len(t_s) > 1:
        channels = channels | {"distance_m": _distance_m(channels["latitude_deg"], channels["longitude_deg"])}
        notes = (FROM_POSITIONS,)
    if "speed_mps" in channels:
        return channels, ()
    distance = channels.get("distance_m")
    if distance is None:
        return channels, ()
    known = np.isfinite(distance)
    if known.sum() < 2:
        return channels, ()
    early, late = t_s - SPEED_HALF_WINDOW_S, t_s + SPEED_HALF_WINDOW_S
    first, last = t_s[known][0], t_s[known][-1]
    early, late = np.clip(early, first, last), np.clip(late, first, last)
    metres = np.interp(late, t_s[known], distance[known]) - np.interp(early, t_s[known], distance[known])
    seconds = late - early
    speed = np.full(len(t_s), np.nan)
    np.divide(np.maximum(metres, 0.0), seconds, out=speed, where=seconds > 0)
    if np.isnan(speed).all():  # every point at one moment
        return channels, ()
    return channels | {"speed_mps": speed}, notes or (FROM_DISTANCE,)


def _distance_m(latitude_deg: Floats, longitude_deg: Floats) -> Floats:
    """Metres along the track, NaN where the position is unknown (haversine)."""
    known = np.flatnonzero(np.isfinite(latitude_deg) & np.isfinite(longitude_deg))
    lat, lon = np.radians(latitude_deg[known]), np.radians(longitude_deg[known])
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[1:]) * np.cos(lat[:-1]) * np.sin(np.diff(lon) / 2) ** 2
    steps = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    distance = np.full(len(latitude_deg), np.nan)
    distance[known] = np.concatenate(([0.0], np.cumsum(steps)))
    return distance


def _with_both_feet(channels: dict[str, Floats], sport: str | None) -> tuple[dict[str, Floats], tuple[Note, ...]]:
    cadence = channels.get("cadence_spm")
    if cadence is None:
        return channels, ()
    if sport == "cycling":  # turns of a crank are no steps
        return {name: values for name, values in channels.items() if name != "cadence_spm"}, ()
    moving = cadence[cadence > 0]
    if not len(moving) or float(np.median(moving)) >= CADENCE_ONE_FOOT_BELOW:
        return channels, ()
    return channels | {"cadence_spm": 2.0 * cadence}, (BOTH_FEET,)


def _laps(laps_s: Iterable[tuple[float, float, str | None, float | None]], start_s: float) -> tuple[Lap, ...]:
    """In order of time; a lap ends where the next begins, unless the runner paused between them."""
    good = sorted(
        (
            lap
            for lap in laps_s
            if lap[1] >= lap[0] and abs(lap[0] - start_s) <= TIME_SPAN_S_MAX and lap[1] < _EPOCH_S_MAX
        ),
        key=lambda lap: lap[0],
    )[:LAPS_MAX]
    laps = []
    for i, (begin, last, kind, metres) in enumerate(good):
        following = good[i + 1][0] if i + 1 < len(good) else last
        end = following if abs(following - last) <= PAUSE_S_MIN else min(last, max(following, begin))
        laps.append(
            Lap(
                start_s=max(begin - start_s, 0.0),
                end_s=max(end - start_s, 0.0),
                kind=words(kind),
                distance_m=metres if metres is not None and np.isfinite(metres) else None,
            )
        )
    return tuple(laps)


def _pauses(table: Table, start_s: float) -> tuple[Span, ...]:
    between = [(float(table.time_s[i - 1]), float(table.time_s[i])) for i in table.breaks if 0 < i < len(table.time_s)]
    pairs = [*table.pauses_s, *((begin, end) for begin, end in between if end - begin > PAUSE_S_MIN)]
    return tuple(
        Span(start_s=begin - start_s, end_s=end - start_s)
        for begin, end in sorted(pairs)[:LAPS_MAX]
        if begin >= start_s and 0 < end - begin <= TIME_SPAN_S_MAX
    )
