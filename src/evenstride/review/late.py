"""Does the difference between the legs grow late in a run, or in the later repetitions of intervals?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean

from evenstride.model import Judged, ReviewCase, RunReport
from evenstride.model.legs import SpanIndex
from evenstride.review.sides import shown
from evenstride.review.tables import limits

_Z95 = 1.959964


@dataclass(frozen=True, kw_only=True)
class Growth:
    """Whether the difference grew in one run; None where the run cannot tell."""

    run: str
    day: date
    grew: bool | None
    text: str


def growths(case: ReviewCase, *, day: date, days: int) -> tuple[Growth, ...]:
    """Return what each run of the ``days`` days that end with ``day`` tells, oldest first.

    It grew where the effect of elapsed time, or of being a later work repetition, goes towards the side to which the
    legs differ anyway, with its whole 95 % interval. Without such a side there is nothing that could grow.
    """
    since = day - timedelta(days=days)
    runs = sorted((report.start.date(), name, report) for name, report in case.reports.items())
    return tuple(_growth(case, name, when, report) for when, name, report in runs if since < when <= day)


def usual_side(case: ReviewCase, judged: Judged) -> int:
    """Return 1 where the right leg's value is usually larger, −1 where the left one's is, 0 where that is not clear."""
    own = judged.estimate
    for one in case.season.metrics if case.season else ():
        if (one.kind, one.metric, one.source) == ("index", own.metric, own.source) and one.level:
            return clear_sign(one.level.low, one.level.high)
    return 0 if own.low_pct is None or own.high_pct is None else clear_sign(own.low_pct, own.high_pct)


def clear_sign(low: float, high: float) -> int:
    """The sign of an interval that leaves out 0, else 0.

    >>> clear_sign(0.2, 1.0), clear_sign(-2.0, -1.0), clear_sign(-1.0, 1.0)
    (1, -1, 0)
    """
    return int(low > 0.0) - int(high < 0.0)


def _growth(case: ReviewCase, name: str, day: date, report: RunReport) -> Growth:
    judged = report.judged[0] if report.judged else None
    side = usual_side(case, judged) if judged else 0
    if judged is None or side == 0:
        return Growth(run=name, day=day, grew=None, text=f"{day}: no clear difference that could grow")
    told = [one for one in (_elapsed(judged), _repetitions(judged.laps)) if one]
    if not told:
        return Growth(run=name, day=day, grew=None, text=f"{day}: too little to tell late from early")
    grew = [clear_sign(low, high) == side for _, low, high, _ in told]
    words = "; ".join(f"{shown(value, low, high)} {per}" for value, low, high, per in told)
    return Growth(run=name, day=day, grew=any(grew), text=f"{day}: {words}")


def _elapsed(judged: Judged) -> tuple[float, float, float, str] | None:
    for one in judged.effects:
        if one.condition == "elapsed":
            return one.effect_pct, one.low_pct, one.high_pct, f"per {one.per}"
    return None


def _repetitions(laps: Sequence[SpanIndex]) -> tuple[float, float, float, str] | None:
    """The later half of the work repetitions minus the earlier half, by their own intervals."""
    work = list(work_laps(laps))
    if len(work) < limits("rest")["late_laps"]:
        return None
    half = len(work) // 2
    early, late = work[:half], work[-half:]
    value = fmean(one[0] for one in late) - fmean(one[0] for one in early)
    error = sqrt(sum(one[1] ** 2 for one in (*early, *late))) / half
    return value, value - _Z95 * error, value + _Z95 * error, "in the later repetitions"


def work_laps(laps: Sequence[SpanIndex]) -> Iterable[tuple[float, float]]:
    """Index and standard error of each work repetition that has them."""
    for one in laps:
        if one.kind in ("active", "interval") and None not in (one.index_pct, one.low_pct, one.high_pct):
            yield float(one.index_pct or 0.0), (float(one.high_pct or 0.0) - float(one.low_pct or 0.0)) / (2.0 * _Z95)
