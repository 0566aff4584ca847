"""Do two recordings tell of one run, and which of them speaks for it?

A person runs one run at a time: recordings that cover largely the same time are the same run, whichever device or
export they come from.
"""

from collections.abc import Sequence
from datetime import datetime

from evenstride.model import Recording, RunReport

SHARED_TIME_MIN = 0.5
"""Of the longer recording: a pod started late still belongs, a watch restarted on the way is a run of its own."""

FORMATS = ("fit", "runscribe_csv", "garmin_json", "tcx", "csv", "gpx")
"""From the export that keeps most of what the device wrote to the one that keeps least."""


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


def in_order_of_speaking(recordings: Sequence[Recording]) -> list[Recording]:
    """The recordings of one run, first the one that tells most; the order given does not matter.

    What tells left from right comes first, then the fuller format, then the longer and denser recording.
    """
    return sorted(recordings, key=lambda one: (*_poverty(one.report), one.originals, one.part))


def _poverty(report: RunReport) -> tuple[int, int, float, int]:
    told = sum(estimate.low_pct is not None for estimate in report.estimates)
    place = FORMATS.index(report.source.format) if report.source.format in FORMATS else len(FORMATS)
    return -told, place, -report.duration_s, -report.n_records
