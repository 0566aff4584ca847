"""RunScribe's export with a row per stride: one file per foot, both feet together where both are given.

The side stands in the file's name only. A row's time is the foot's contact, and its stride lasts until the next one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import NotAnActivity
from evenstride.measure.formats.delimited import header_of, read_table
from evenstride.measure.formats.samples import NO_ZONE, Table, activity_from, epoch_seconds
from evenstride.model import Activity, Device, Floats, LegSeries, Loss, Note

SENTENCE = (
    "RunScribe CSV with a row per stride: contact time, impact, braking, foot strike, pronation; left and right files"
)

Side = Literal["left", "right"]

METRES_PER_FOOT, METRES_PER_MILE = 0.3048, 1609.344
LEG_COLUMNS = {
    "contact_time": ("contact_time (ms)", 1e-3),
    "impact": ("impact_gs", 1.0),
    "braking": ("braking_gs", 1.0),
    "foot_strike": ("footstrike_type", 1.0),
    "pronation": ("pronation_fs_mp", 1.0),
    "stride_length": ("stride_length (ft)", METRES_PER_FOOT),
}
"""Metric → its column and what one of it is in seconds, g, class (1 heel … 16 toe), degrees or metres."""
LEG_METRICS = (*LEG_COLUMNS, "stride_time")
ZERO_IS_MISSING = ("contact_time", "impact", "braking", "foot_strike", "stride_length")
_HEAD_BYTES = 1 << 15
SAME_RUN_S = 10.0
"""Two feet belong to one run when their clocks started within this."""
RECOGNISED_BY = frozenset({"time (s)", "contact_time (ms)", "step_rate (s/min)"})

_COLUMNS = frozenset({
    "datetime", "time (s)", "active_dist (mi)", "pause_time (s)", "stride_pace (mi/min)", "step_rate (s/min)",
    *(column for column, _ in LEG_COLUMNS.values()),
})  # fmt: skip
_SIDE = re.compile(r"(?<![a-z])(left|right|LEFT|RIGHT|Left|Right)(?![a-z])|(?<=[a-z])(Left|Right)(?![a-z])"
                   r"|(?<![A-Za-z])([LRlr])(?![A-Za-z])")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Foot:
    """One file: contacts (n,) in seconds since 1970, stride times, and each row's own values."""

    side: Side | None
    time_s: Floats
    stride_s: Floats
    values: dict[str, Floats]  # per metric of LEG_METRICS
    channels: dict[str, Floats]
    pauses_s: tuple[tuple[float, float], ...]
    notes: tuple[Note, ...]
    losses: tuple[Loss, ...]


def is_runscribe_csv(data: bytes) -> bool:
    """Whether the header is that of RunScribe's rows per stride."""
    return RECOGNISED_BY.issubset(header_of(data))


def side_of(name: str) -> Side | None:
    """The foot that a file's name tells; None when it tells none, or both.

    >>> side_of("run_37075right.csv"), side_of("run_37075_L.csv"), side_of("bright morning.csv")
    ('right', 'left', None)
    """
    stem = name.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    found = {"".join(groups).lower()[0] for groups in _SIDE.findall(stem)}
    return None if len(found) != 1 else "left" if found == {"l"} else "right"


def group_runscribe(parts: Sequence[tuple[str, bytes]]) -> list[list[int]]:
    """Pair each left file with the right file whose clock started with it; everything else stands alone."""
    starts = [_start_s(data) for _, data in parts]
    sides = [side_of(name) for name, _ in parts]
    groups: list[list[int]] = []
    taken: set[int] = set()
    for i, side in enumerate(sides):
        if i in taken:
            continue
        others = [
            j for j in range(i + 1, len(parts))
            if j not in taken and {side, sides[j]} == {"left", "right"} and abs(starts[i] - starts[j]) <= SAME_RUN_S
        ]  # fmt: skip
        partner = min(others, key=lambda j: abs(starts[i] - starts[j]), default=None)
        groups.append([i] if partner is None else [i, partner])
        taken.update(groups[-1])
    return groups


def read_runscribe_csv(data: bytes) -> tuple[Activity, ...]:
    """Return the run of one foot, its side unknown: channels, and a note that there is no left and right."""
    return read_runscribe_feet([("", data)])


def read_runscribe_feet(parts: Sequence[tuple[str, bytes]]) -> tuple[Activity, ...]:
    """Return the run that one foot's file, or the left and the right file together, tell of.

    Each contact is matched with the other foot's next one within the stride. A contact without its partner keeps its
    place with NaN, and the note says how many there are.

    Raises
    ------
    NotAnActivity
        No stride has a readable time.

    Examples
    --------
    >>> head = b"datetime, time (s), step_rate (s/min), contact_time (ms)\\ndatetime, , ,\\n"
    >>> left = head + b"2026-05-04 06:00:00, 0.0, 160, 250\\n2026-05-04 06:00:00.75, 0.75, 160, 252\\n"
    >>> right = head + b"2026-05-04 06:00:00.375, 0.375, 160, 260\\n"
    >>> (run,) = read_runscribe_feet([("left.csv", left), ("right.csv", right)])
    >>> run.legs[0].left.tolist(), run.legs[0].right.tolist()
    ([0.25, nan], [0.26, nan])
    """
    feet = [_foot(name, data) for name, data in parts]
    feet = [foot for foot in feet if np.isfinite(foot.time_s).any()]
    sides = {foot.side for foot in feet}
    activity = activity_from(_both(feet) if sides == {"left", "right"} else _one(feet[0])) if feet else None
    if activity is None:
        raise NotAnActivity("This RunScribe file holds no stride with a readable time.", help="Export the run again.")
    return (activity,)


def _one(foot: _Foot) -> Table:
    known = f"the {foot.side} foot" if foot.side else "one foot"
    text = f"Only {known} was given: there is nothing to compare. Give the left and the right file together"
    text += "." if foot.side else ", each named after its side (… left.csv, … right.csv)."
    channels = foot.channels | {"contact_time_s": foot.values["contact_time"]}
    return _table(foot, channels, (), (Note(code="one_leg_only", text=text),), foot.losses)


def _both(feet: Sequence[_Foot]) -> Table:
    # The cycle begins with the foot that touched down first, left or right: swapped legs give the mirror image.
    first, second = sorted(feet, key=lambda foot: float(np.nanmin(foot.time_s)))
    i, j = matched_contacts(first.time_s, second.time_s, first.stride_s)
    # The foot that recorded more keeps the clock, so that nothing it saw is lost.
    keeper, at = (first, i) if len(first.time_s) >= len(second.time_s) else (second, j)
    n = len(keeper.time_s)
    legs = []
    for metric in LEG_METRICS:
        values: dict[Side | None, Floats] = {"left": np.full(n, np.nan), "right": np.full(n, np.nan)}
        values[first.side][at], values[second.side][at] = first.values[metric][i], second.values[metric][j]
        legs.append(LegSeries(metric=metric, source="runscribe", form="per_leg", t_s=keeper.time_s,
                              left=values["left"], right=values["right"]))  # fmt: skip
    both = 0.5 * (legs[0].left + legs[0].right)
    contact = np.where(np.isfinite(both), both, keeper.values["contact_time"])
    alone = len(first.time_s) + len(second.time_s) - 2 * len(i)
    text = f"{_contacts(alone)} no partner of the other foot."
    notes = (Note(code="strides_unmatched", text=text),) if alone else ()
    losses = tuple(dict.fromkeys((*first.losses, *second.losses)))
    return _table(keeper, keeper.channels | {"contact_time_s": contact}, tuple(legs), notes, losses)


def _contacts(n: int) -> str:
    return "1 contact had" if n == 1 else f"{n} contacts had"


def matched_contacts(
    first_s: Floats, second_s: Floats, first_stride_s: Floats
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Indices (i, j) of one foot's contacts and the other foot's that follows each within its stride.

    Every contact is used at most once; of several contacts before one of the other foot, the last.

    >>> import numpy as np
    >>> i, j = matched_contacts(np.array([0.0, 0.7, 1.4]), np.array([0.35, 1.75]), np.array([0.7, 0.7, 0.7]))
    >>> i.tolist(), j.tolist()
    ([0, 2], [0, 1])
    """
    firsts, seconds = _ordered(first_s), _ordered(second_s)
    following = np.searchsorted(second_s[seconds], first_s[firsts], side="right")
    last = np.diff(following, append=len(seconds) + 1) > 0
    firsts, following = firsts[last], following[last]
    inside = following < len(seconds)
    firsts, following = firsts[inside], following[inside]
    j = seconds[following]
    close = second_s[j] - first_s[firsts] < first_stride_s[firsts]
    return firsts[close], j[close]


def _ordered(time_s: Floats) -> NDArray[np.intp]:
    finite = np.flatnonzero(np.isfinite(time_s))
    return finite[np.argsort(time_s[finite], kind="stable")]


def _table(
    foot: _Foot, channels: dict[str, Floats], legs: tuple[LegSeries, ...], notes: tuple[Note, ...],
    losses: tuple[Loss, ...],
) -> Table:  # fmt: skip
    return Table(
        format="runscribe_csv",
        time_s=foot.time_s,
        channels=channels,
        legs=legs,
        pauses_s=foot.pauses_s,
        sport="running",
        device=Device(manufacturer="runscribe"),
        notes=(*foot.notes, *notes),
        losses=losses,
    )


def _foot(name: str, data: bytes) -> _Foot:
    table = read_table(data, keep=_COLUMNS.__contains__, header_rows=2)
    empty = np.full(table.n_rows, np.nan)

    def column(key: str) -> Floats:
        return table.numbers(key) if key in table.columns else empty

    clock, no_zone, undated = _clock(table.columns.get("datetime", []), column("time (s)"))
    rate = column("step_rate (s/min)")
    rate = np.where(rate > 0, rate, np.nan)
    pace = column("stride_pace (mi/min)")  # minutes per mile, whatever its name says
    values = {}
    for metric, (key, scale) in LEG_COLUMNS.items():
        own = scale * column(key)
        bad = ~np.isfinite(own) | (own <= 0 if metric in ZERO_IS_MISSING else False)
        values[metric] = np.where(bad, np.nan, own)
    stride_s = values["stride_time"] = 120.0 / rate
    typical = np.nanmedian(stride_s) if np.isfinite(stride_s).any() else 1.0
    notes = ((NO_ZONE,) if no_zone else ()) + ((_NO_DATE,) if undated else ())
    return _Foot(
        side=side_of(name),
        time_s=clock,
        stride_s=np.where(np.isfinite(stride_s), stride_s, typical),
        values=values,
        channels={
            "speed_mps": METRES_PER_MILE / 60.0 / np.where(pace > 0, pace, np.nan),
            "distance_m": METRES_PER_MILE * column("active_dist (mi)"),
            "cadence_spm": rate,
            "step_length_m": 0.5 * values["stride_length"],
        },
        pauses_s=_pauses(clock, column("pause_time (s)")),
        notes=notes,
        losses=table.losses,
    )


_NO_DATE = Note(code="no_date", text="The file has no date; it is taken as 1 January 1970.")


def _clock(dates: list[str], time_s: Floats) -> tuple[Floats, bool, bool]:
    """Seconds since 1970 per row; whether the zone, and whether the date itself, is missing."""
    dated, no_zone = epoch_seconds(dates)
    if len(dated) != len(time_s) or not np.isfinite(dated).any():
        return time_s, False, True
    offset = dated - time_s
    if np.isfinite(offset).any():
        # The running time is finer and steadier than the date: one offset for all rows keeps it so.
        return time_s + float(np.nanmedian(offset)), no_zone, False
    return dated, no_zone, False


def _pauses(time_s: Floats, paused_s: Floats) -> tuple[tuple[float, float], ...]:
    """A row's total of paused time includes the pause that follows it."""
    grown = np.diff(paused_s)
    at = np.flatnonzero(grown > 0) + 1
    at = at[at + 1 < len(time_s)]
    return tuple((float(max(time_s[i + 1] - grown[i - 1], time_s[i])), float(time_s[i + 1])) for i in at)


def _start_s(data: bytes) -> float:
    """When the clock of one foot's file was 0, in seconds since 1970; NaN when it has no date."""
    head = data[:_HEAD_BYTES].rpartition(b"\n")[0] if len(data) > _HEAD_BYTES else data
    table = read_table(head, keep=("datetime", "time (s)").__contains__, header_rows=2)
    dated, _ = epoch_seconds(table.columns.get("datetime", []))
    zeros = dated - table.numbers("time (s)") if len(dated) else dated
    known = zeros[np.isfinite(zeros)]
    return float(np.median(known)) if len(known) else float("nan")
