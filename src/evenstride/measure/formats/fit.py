"""FIT files, the watches' own format: bytes → one activity per session."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from evenstride.errors import NotAnActivity, UnreadableInput
from evenstride.measure.formats.fit_decode import FitFile, FitPart, Messages, decode_fit
from evenstride.measure.formats.fit_names import (
    FILE_KINDS,
    GARMIN_PRODUCTS,
    INTENSITIES,
    LAP_TRIGGERS,
    MANUFACTURERS,
    SPORTS,
    SUB_SPORTS,
)
from evenstride.measure.formats.fit_profile import (
    ACTIVITY_FILE,
    EPOCH_UNIX_S,
    FIRST_CLOCK_TIME,
    TIMER_STARTS,
    TIMER_STOPS,
    DeviceInfo,
    Event,
    FileId,
    LapField,
    Message,
    Session,
)
from evenstride.measure.formats.fit_records import Records, read_records
from evenstride.measure.formats.samples import BOTH_FEET, Table, activity_from
from evenstride.model import Activity, Device, Loss, Note

SESSIONS_MAX = 100
"""Sessions that one file may hold; the longest multisport day has about ten."""
LAPS_MAX = 10_000
"""Laps, and pauses, that one activity may hold."""
ON_FOOT = frozenset({
    None, "generic", "all", "running", "walking", "hiking", "mountaineering", "training", "fitness_equipment",
    "transition", "multisport", "snowshoeing", "tactical", "floor_climbing",
})  # fmt: skip
"""Sports in which a record's cadence counts steps."""

_NO_CLOCK = Note(code="clock_unset", text="The watch's clock was not set: the date of this run is unknown.")
_REST = Loss(code="too_many_parts", text="The file holds more sessions or laps than anyone runs; the rest is left out.")
_EXPORT = "Copy the file from the watch again, or export the original from the maker's site."


def is_fit(data: bytes) -> bool:
    """Whether these bytes are a FIT file, by the mark in its header.

    >>> is_fit(b"\\x0e\\x10\\xd9\\x07\\x00\\x00\\x00\\x00.FIT"), is_fit(b"<gpx>")
    (True, False)
    """
    return data[8:12] == b".FIT"


def read_fit(data: bytes) -> tuple[Activity, ...]:
    """Return the activities of a FIT file, one per session, in the file's order, whatever their sport.

    Chained parts, compressed timestamps, both byte orders, developer fields (Stryd, RunScribe) and damaged files are
    read. A file that was never closed has no session: its records are then one activity. What could not be read is
    said in ``losses``. Source: the published FIT protocol and profile.

    Works for activities. Does not work for recordings of heart beats or swimming lengths, which are skipped.

    Raises
    ------
    NotAnActivity
        A readable file of another kind; names the kind.
    UnreadableInput
        Nothing in these bytes can be read.

    Examples
    --------
    >>> read_fit(b"\\x0e\\x10\\xd9\\x07\\x00\\x00\\x00\\x00.FIT")
    Traceback (most recent call last):
    ...
    evenstride.errors.UnreadableInput: This FIT file is empty or damaged from its first byte on.
    """
    file = decode_fit(data)
    if not any(part.messages for part in file.parts):
        raise UnreadableInput("This FIT file is empty or damaged from its first byte on.", help=_EXPORT)
    activities = [activity for part in file.parts for activity in _activities(part, file.losses)]
    if activities:
        return tuple(activities[:SESSIONS_MAX])
    raise _nothing_recorded(file)


def _nothing_recorded(file: FitFile) -> UnreadableInput:
    for part in file.parts:
        kind = _first(part.get(Message.FILE_ID), FileId.TYPE)
        if kind is not None and int(kind) != ACTIVITY_FILE:
            named = FILE_KINDS.get(int(kind), f"kind {int(kind)}").replace("_", " ")
            return NotAnActivity(
                f"This FIT file is not an activity but of the kind: {named}.",
                help="Give the file of a run; on most watches it lies in the folder GARMIN/ACTIVITY.",
            )
    if any(len(part.get(Message.RECORD)) for part in file.parts):
        return UnreadableInput("No record of this FIT file carries a time, so nothing can be ordered.", help=_EXPORT)
    return NotAnActivity("This FIT file says that it is an activity, but holds no records.", help=_EXPORT)


@dataclass(frozen=True, kw_only=True)
class _Stretch:
    """One session's time in seconds of FIT time, ``[start, end)``; its sport and kind of sport."""

    start: float
    end: float
    sport: str | None
    sub_sport: str | None

    def holds(self, time: float) -> bool:
        """Whether a moment lies within."""
        return self.start <= time < self.end


def _activities(part: FitPart, losses: tuple[Loss, ...]) -> list[Activity]:
    kind = _first(part.get(Message.FILE_ID), FileId.TYPE)
    sessions = part.get(Message.SESSION)
    if not len(part.get(Message.RECORD)) or (kind not in (None, ACTIVITY_FILE) and not len(sessions)):
        return []
    device = _device(part)
    records = read_records(part, manufacturer=device.manufacturer)
    laps, pauses = _laps(part.get(Message.LAP)), _pauses(part.get(Message.EVENT))
    if len(sessions) > SESSIONS_MAX or max(len(part.get(Message.LAP)), len(pauses)) > LAPS_MAX:
        losses = (*losses, _REST)
    activities = []
    for stretch in _stretches(part):
        table = replace(
            _table(records, stretch),
            device=device,
            laps_s=tuple((_unix(a), _unix(b), kind, metres) for a, b, kind, metres in laps if stretch.holds(a)),
            pauses_s=tuple((_unix(a), _unix(b)) for a, b in pauses[:LAPS_MAX] if stretch.holds(a)),
            losses=losses,
        )
        activity = activity_from(table)
        if activity is not None:
            activities.append(_finished(activity, stretch))
    return activities


def _stretches(part: FitPart) -> list[_Stretch]:
    """Cut a part where its sessions begin; a single session, or none, has all of it."""
    sessions, sports = part.get(Message.SESSION), part.get(Message.SPORT)
    # A file that was mended may say one session twice, or no longer when a session began.
    starts, places = np.unique(sessions.numbers(Session.START_TIME)[:SESSIONS_MAX], return_index=True)
    starts, places = starts[np.isfinite(starts)], places[np.isfinite(starts)]
    if len(starts) < 2:
        sport = _name(SPORTS, _first(sessions, Session.SPORT)) or _name(SPORTS, _first(sports, 0))
        sub_sport = _name(SUB_SPORTS, _first(sessions, Session.SUB_SPORT)) or _name(SUB_SPORTS, _first(sports, 1))
        return [_Stretch(start=-np.inf, end=np.inf, sport=sport, sub_sport=sub_sport)]
    edges = [-np.inf, *starts[1:].tolist(), np.inf]
    named = sessions.numbers(Session.SPORT).tolist(), sessions.numbers(Session.SUB_SPORT).tolist()
    return [
        _Stretch(start=edges[i], end=edges[i + 1], sport=_name(SPORTS, named[0][places[i]]),
                 sub_sport=_name(SUB_SPORTS, named[1][places[i]]))
        for i in np.argsort(places)
    ]  # fmt: skip


def _table(records: Records, stretch: _Stretch) -> Table:
    with np.errstate(invalid="ignore"):
        outside = (records.times < stretch.start) | (records.times >= stretch.end)
    mine = records.take(np.flatnonzero(~outside))
    channels = dict(mine.channels)
    if stretch.sport not in ON_FOOT:
        channels.pop("cadence_spm", None)
    if "distance_m" in channels and np.isfinite(stretch.start):
        known = channels["distance_m"][np.isfinite(channels["distance_m"])]
        channels["distance_m"] = channels["distance_m"] - (known[0] if len(known) else 0.0)
    return Table(
        format="fit",
        time_s=mine.times + EPOCH_UNIX_S,
        channels=channels,
        legs=mine.leg_series(),
        sport=stretch.sport,
        notes=mine.notes,
    )


def _finished(activity: Activity, stretch: _Stretch) -> Activity:
    """Add what only FIT tells, and leave out the note on a count that FIT defines to be of one foot."""
    notes = tuple(note for note in activity.notes if note != BOTH_FEET)
    if activity.start.timestamp() < EPOCH_UNIX_S + FIRST_CLOCK_TIME:
        notes = (*notes, _NO_CLOCK)
    return replace(activity, sub_sport=stretch.sub_sport, notes=notes)


def _laps(laps: Messages) -> list[tuple[float, float, str | None, float | None]]:
    """Return start and end in FIT time, kind and metres of every lap that has a start."""
    if not len(laps):
        return []
    starts, ends = laps.numbers(LapField.START_TIME), laps.times()
    ends = np.where(np.isnan(elapsed := laps.numbers(LapField.ELAPSED_MS)), ends, starts + elapsed / 1000)
    metres = (laps.numbers(LapField.DISTANCE_CM) / 100).tolist()
    meant, trigger = laps.numbers(LapField.INTENSITY).tolist(), laps.numbers(LapField.TRIGGER).tolist()
    return [
        (start, end, _name(INTENSITIES, meant[i]) or _name(LAP_TRIGGERS, trigger[i]), metres[i])
        for i, (start, end) in enumerate(zip(starts[:LAPS_MAX].tolist(), ends.tolist(), strict=False))
        if end >= start
    ]


def _pauses(events: Messages) -> list[tuple[float, float]]:
    """Return the stretches of FIT time in which the timer stood: from a stop to the next start."""
    if not len(events):
        return []
    kinds, times = events.numbers(Event.EVENT_TYPE), events.times()
    timer = (events.numbers(Event.EVENT) == Event.TIMER) & np.isfinite(times)
    pauses, stopped = [], None
    for kind, time in zip(kinds[timer].tolist(), times[timer].tolist(), strict=True):
        if kind in TIMER_STOPS and stopped is None:
            stopped = time
        elif kind in TIMER_STARTS and stopped is not None:
            pauses.append((stopped, time))
            stopped = None
    return [(stop, start) for stop, start in pauses if start > stop]


def _device(part: FitPart) -> Device:
    file_id, parts = part.get(Message.FILE_ID).first(1), part.get(Message.DEVICE_INFO).first(1)
    maker = _name(MANUFACTURERS, _first(file_id, FileId.MANUFACTURER) or _first(parts, DeviceInfo.MANUFACTURER))
    number = _first(file_id, FileId.PRODUCT)
    written = next(
        (text for text in (*file_id.texts(FileId.PRODUCT_NAME), *parts.texts(DeviceInfo.PRODUCT_NAME)) if text),
        None,
    )
    if maker in ("garmin", "dynastream") and number is not None:
        return Device(manufacturer=maker, product=GARMIN_PRODUCTS.get(int(number), str(int(number))))
    return Device(manufacturer=maker, product=written or (None if number is None else str(int(number))))


def _first(messages: Messages, number: int) -> float | None:
    """Return the first known value of a field over the messages, or None."""
    values = messages.numbers(number)
    values = values[np.isfinite(values)]
    return float(values[0]) if len(values) else None


def _name(names: Mapping[int, str], number: float | None) -> str | None:
    if number is None or np.isnan(number):
        return None
    return names.get(int(number), str(int(number)))


def _unix(time: float) -> float:
    return time + EPOCH_UNIX_S
