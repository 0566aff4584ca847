"""Do two recordings tell of one run, and which of them speaks for it?

A person runs one run at a time: recordings that cover largely the same time are the same run, whichever device or
export they come from. Two devices of one kind at the same time are two persons', unless they wrote the same values.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import numpy as np

from evenstride.model import Activity, Device, Floats, Recording, RunReport

SHARED_TIME_MIN = 0.5
"""Of the longer recording: a pod started late still belongs, a watch restarted on the way is a run of its own."""

FORMATS = ("fit", "runscribe_csv", "garmin_json", "tcx", "csv", "gpx")
"""From the export that keeps most of what the device wrote to the one that keeps least."""


TOLD_ALIKE: Mapping[str, float] = MappingProxyType({"heart_rate_bpm": 1.0, "cadence_spm": 2.0})
"""By so much two exports of one recording differ at the same moment, in the median: they round in their own ways."""
SHARED_SAMPLES_MIN = 60


def is_same_run(start: datetime, duration_s: float, other_start: datetime, other_duration_s: float) -> bool:
    """Whether two recordings share at least half of the time of the longer one.

    >>> from datetime import UTC, timedelta
    >>> at = datetime(2026, 5, 4, 6, 12, tzinfo=UTC)
    >>> is_same_run(at, 3600.0, at + timedelta(minutes=10), 2900.0), is_same_run(at, 3600.0, at, 900.0)
    (True, False)
    """
    offset_s = (other_start - start).total_seconds()
    shared_s = min(duration_s, offset_s + other_duration_s) - max(0.0, offset_s)
    return shared_s >= SHARED_TIME_MIN * max(duration_s, other_duration_s) and shared_s > 0


def is_same_device(one: Device, other: Device) -> bool:
    """Whether both say that they are of one kind: an export that names no maker names its own program.

    >>> is_same_device(Device(manufacturer="garmin", product="fr945"), Device(manufacturer="garmin", product="fr945"))
    True
    >>> is_same_device(Device(product="Garmin Connect"), Device(product="Garmin Connect"))
    False
    """
    return one == other and None not in (one.manufacturer, one.product)


def tell_the_same(one: Activity, other: Activity) -> bool | None:
    """Whether two activities say the same at the same moments, as exports of one recording do; None if that is unknown.

    Two persons who run side by side have the same speed and place, but neither heart rate nor cadence.

    >>> from datetime import UTC
    >>> t_s = np.arange(300.0)
    >>> def beats(bpm):
    ...     return Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=UTC), t_s=t_s,
    ...                     channels={"heart_rate_bpm": np.full(300, bpm)})
    >>> tell_the_same(beats(150.0), beats(150.4)), tell_the_same(beats(150.0), beats(163.0))
    (True, False)
    """
    later_s = (other.start - one.start).total_seconds()
    alike = []
    for name, tolerance in TOLD_ALIKE.items():
        if name not in one.channels or name not in other.channels:
            continue
        at_s, value = _known(one, name)
        other_at_s, other_value = _known(other, name)
        other_at_s = other_at_s + later_s
        shared = (at_s >= other_at_s.min(initial=np.inf)) & (at_s <= other_at_s.max(initial=-np.inf))
        if shared.sum() < SHARED_SAMPLES_MIN:
            continue
        there = np.interp(at_s[shared], other_at_s, other_value)
        alike.append(bool(np.median(np.abs(value[shared] - there)) <= tolerance))
    return all(alike) if alike else None


def _known(activity: Activity, name: str) -> tuple[Floats, Floats]:
    value = activity.channels[name]
    known = np.isfinite(value)
    return activity.t_s[known], value[known]


def in_order_of_speaking(recordings: Sequence[Recording]) -> list[Recording]:
    """The recordings of one run, first the one that tells most; the order given does not matter.

    What tells left from right comes first, then the fuller format, then the longer and denser recording.
    """
    return sorted(recordings, key=lambda one: (*_poverty(one.report), one.originals, one.part))


def _poverty(report: RunReport) -> tuple[int, int, float, int]:
    told = sum(estimate.low_pct is not None for estimate in report.estimates)
    place = FORMATS.index(report.source.format) if report.source.format in FORMATS else len(FORMATS)
    return -told, place, -report.duration_s, -report.n_records
