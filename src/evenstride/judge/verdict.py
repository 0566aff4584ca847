"""Left or right longer, ordinary, or unclear and why: one rule for every metric.

The rule reads the interval, never the bare number. ``unclear`` tells whether more minutes of the same running would
settle it: the interval narrows with the root of time, so with index x, half-width h, T usable minutes and threshold c,
T′ = T·(h/|c − |x||)² minutes are needed. Beyond :data:`MINUTES_WORTH_ASKING` only further runs can tell.
"""

from dataclasses import dataclass

from evenstride.model.legs import Reason, Verdict
from evenstride.model.metric import METRICS

MINUTES_WORTH_ASKING = 120.0
N_EFFECTIVE_MIN = 4.0
"""Fewer independent samples than this compare nothing, however narrow the interval looks (flags.md)."""
NOT_ENOUGH = "not_enough_to_compare"
USABLE_MINUTES_MIN = 10.0


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """The verdict with its reason; ``more_minutes`` only with ``too_short``."""

    verdict: Verdict | None
    reason: Reason | None = None
    flag: str | None = None
    more_minutes: float | None = None


@dataclass(frozen=True, kw_only=True)
class Interval:
    """An index with its interval, in percent."""

    index_pct: float
    low_pct: float
    high_pct: float


def rule(
    metric: str, interval: Interval, *, threshold_pct: float | None, n_effective: float, usable_minutes: float
) -> Ruling:
    """Judge one interval against one threshold.

    >>> right = Interval(index_pct=6.0, low_pct=5.0, high_pct=7.0)
    >>> rule("contact_time", right, threshold_pct=4.0, n_effective=40.0, usable_minutes=30.0).verdict
    'right_longer'
    >>> wide = Interval(index_pct=3.0, low_pct=1.5, high_pct=4.5)
    >>> ruling = rule("contact_time", wide, threshold_pct=4.0, n_effective=40.0, usable_minutes=30.0)
    >>> ruling.verdict, ruling.reason, round(ruling.more_minutes)
    ('unclear', 'too_short', 38)
    """
    flag = NOT_ENOUGH if n_effective < N_EFFECTIVE_MIN else None
    if threshold_pct is None:
        return Ruling(verdict=None, flag=flag)
    if flag is None:
        word = METRICS[metric].word
        if interval.low_pct > threshold_pct:
            return Ruling(verdict="right_longer" if word == "longer" else "right_larger")
        if interval.high_pct < -threshold_pct:
            return Ruling(verdict="left_longer" if word == "longer" else "left_larger")
        if -threshold_pct <= interval.low_pct and interval.high_pct <= threshold_pct:
            return Ruling(verdict="ordinary")
    needed = minutes_needed(interval, threshold_pct, usable_minutes)
    if flag:
        needed = max(needed, usable_minutes * N_EFFECTIVE_MIN / max(n_effective, 1e-9))
    if needed > MINUTES_WORTH_ASKING:
        return Ruling(verdict="unclear", reason="at_the_edge", flag=flag)
    more = max(1.0, needed - usable_minutes)
    return Ruling(verdict="unclear", reason="too_short", flag=flag, more_minutes=more)


def minutes_needed(interval: Interval, threshold_pct: float, usable_minutes: float) -> float:
    """How many usable minutes in all would bring the interval to one side of the threshold."""
    distance = abs(threshold_pct - abs(interval.index_pct))
    half_width = 0.5 * (interval.high_pct - interval.low_pct)
    return float("inf") if distance == 0 else usable_minutes * (half_width / distance) ** 2
