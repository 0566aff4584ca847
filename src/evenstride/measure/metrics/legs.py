"""LegSeries → LegSamples: what of each device's left and right may be judged.

Works for shares of a total (a watch's balance) and for values of each leg. Does not work for angles and classes, which
have no true zero: their ratio means nothing (docs/methods/symmetry-index.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.metrics.conditions import run_conditions
from evenstride.measure.metrics.running import (
    CONTACT_TIME_S_RUNNING,
    RECORD_SPACING_S_MAX,
    RunningTime,
    dropped_by_reason,
    reason_index,
    running_time,
)
from evenstride.model import METRICS, Activity, Floats, LegSamples, LegSeries


@dataclass(frozen=True, kw_only=True)
class PlausibleRange:
    """What a runner's legs can give: the left share strictly within ``share``, each leg's value within ``value``."""

    share: tuple[float, float] = (0.40, 0.60)
    value: tuple[float, float] = (0.0, np.inf)


PLAUSIBLE: Mapping[str, PlausibleRange] = {
    "contact_time": PlausibleRange(value=CONTACT_TIME_S_RUNNING),
    "flight_time": PlausibleRange(value=(0.0, 0.4)),
    "step_time": PlausibleRange(value=(0.2, 0.6)),
    "step_length": PlausibleRange(value=(0.2, 3.0)),
    "leg_stiffness": PlausibleRange(share=(0.30, 0.70)),
    "vertical_oscillation": PlausibleRange(share=(0.30, 0.70), value=(0.01, 0.3)),
    "impact": PlausibleRange(share=(0.20, 0.80), value=(0.1, 100.0)),
    "loading_rate": PlausibleRange(share=(0.20, 0.80)),
    "braking": PlausibleRange(share=(0.20, 0.80), value=(0.1, 100.0)),
}
"""One row per metric that can be judged. Wider shares where 10–30 % between the legs is ordinary (verdict.md)."""


def leg_samples(activity: Activity) -> tuple[LegSamples, ...]:
    """Return every judgeable per-leg quantity of an activity, gated, each as its own samples with its source.

    A quantity of which nothing is left keeps its place with no samples: the reasons are the answer.

    >>> from datetime import datetime, timezone
    >>> from evenstride.model import LegSeries
    >>> t_s, share = [0.0, 1.0, 2.0], [0.51, float("nan"), 0.51]
    >>> balance = LegSeries(metric="contact_time", source="watch_balance", form="share_left", t_s=t_s, left=share,
    ...                     right=[1 - s for s in share], level_channel="contact_time_s")
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=t_s, legs=(balance,),
    ...                channels={"contact_time_s": [0.25, 0.25, 0.25], "cadence_spm": [170.0, 170.0, 170.0]})
    >>> (legs,) = leg_samples(run)
    >>> legs.left.round(4).tolist(), [(d.reason, d.seconds) for d in legs.dropped]
    ([0.255, 0.255], [('missing', 1.0)])
    """
    time = running_time(activity)
    series = [one for one in activity.legs if one.metric in PLAUSIBLE]
    conditions = run_conditions(activity, time.running) if series else {}
    samples = [_gated(activity, one, time, conditions) for one in series]
    order = list(METRICS)
    return tuple(sorted(samples, key=lambda legs: order.index(legs.metric)))


def _gated(activity: Activity, series: LegSeries, time: RunningTime, conditions: Mapping[str, Floats]) -> LegSamples:
    same_clock = series.t_s is activity.t_s or np.array_equal(series.t_s, activity.t_s)
    own = time if same_clock else _on_clock(series.t_s, time)
    plausible = PLAUSIBLE[series.metric]
    total = series.left + series.right
    missing = ~(np.isfinite(total) & (series.left > 0) & (series.right > 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = series.left / total
        odd = ~((share > plausible.share[0]) & (share < plausible.share[1]))
    left, right, unit = _levels(activity, series)
    if unit != "share":
        mean = 0.5 * (left + right)
        odd |= ~((mean > plausible.value[0]) & (mean < plausible.value[1]))
    reason = own.reason.copy()
    reason[(reason < 0) & missing] = reason_index("missing")
    reason[(reason < 0) & odd] = reason_index("implausible")
    kept = reason < 0
    known = {name: values if same_clock else np.interp(series.t_s, activity.t_s, values)
             for name, values in conditions.items()}  # fmt: skip
    return LegSamples(
        metric=series.metric,
        source=series.source,
        unit=unit,
        t_s=series.t_s[kept],
        left=left[kept],
        right=right[kept],
        conditions={name: values[kept] for name, values in known.items()} | {"elapsed_s": series.t_s[kept]},
        dropped=dropped_by_reason(replace(own, reason=reason)),
        cuts=_cuts(own, reason),
    )


def _cuts(time: RunningTime, reason: NDArray[np.int8]) -> tuple[int, ...]:
    """Kept samples before which something was left out on purpose: a value that is only missing may be bridged."""
    kept = reason < 0
    out = ~kept & (reason != reason_index("missing"))
    stood = np.zeros(len(reason), np.int64)
    starts = [gap.start_s for gap in time.gaps if gap.paused_s > 0]
    if starts and len(stood):
        # A pause shorter than a record's own time leaves no record out, but the legs stood in it.
        stood[np.minimum(np.searchsorted(time.t_s, starts, side="right"), len(stood) - 1)] = 1
    left_out = np.cumsum(out + stood)[kept]
    return tuple((np.flatnonzero(np.diff(left_out)) + 1).tolist())


def _levels(activity: Activity, series: LegSeries) -> tuple[Floats, Floats, str]:
    """Each leg's own value: as recorded, or its share of twice the mean of both legs."""
    if series.form == "per_leg":
        return series.left, series.right, METRICS[series.metric].level_unit
    level = activity.channels.get(series.level_channel or "")
    if level is not None:
        good = np.isfinite(level) & (level > 0)
        if good.any():
            # A level is a slow thing: where it is missing, its neighbours' tells the legs apart just as well.
            mean = level if good.all() else np.interp(activity.t_s, activity.t_s[good], level[good])
            if series.t_s is not activity.t_s and len(series.t_s) != len(activity.t_s):
                mean = np.interp(series.t_s, activity.t_s, mean)
            return 2.0 * mean * series.left, 2.0 * mean * series.right, METRICS[series.metric].level_unit
    return series.left, series.right, "share"


def _on_clock(t_s: Floats, time: RunningTime) -> RunningTime:
    """The same running time on a clock of the series' own (a pod that writes a row per stride)."""
    if not len(time.t_s):
        reason = np.full(len(t_s), -1, np.int8)
    else:
        at = np.clip(np.searchsorted(time.t_s, t_s, side="right") - 1, 0, len(time.t_s) - 1)
        reason = time.reason[at]
    spacing = np.diff(t_s, append=t_s[-1:] + 1.0) if len(t_s) else t_s
    seconds = np.where(spacing > RECORD_SPACING_S_MAX, 0.0, spacing)
    return RunningTime(t_s=t_s, seconds=seconds, reason=reason, gaps=time.gaps)
