"""Per-stride files of both feet → results of two tests of each leg: stride length, and how alike the landings are.

Works for sources with a row per stride of each foot (RunScribe pairs). Does not work for once-per-second values, which
a device has smoothed: their variation is the filter's.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.metrics.running import RunningTime, running_time
from evenstride.model import Activity, Floats, LegSeries, TestResult

BLOCK_S = 60.0
STRIDES_MIN = 20
"""A block with fewer strides of either foot tells little of its mean and less of its spread."""
BLOCKS_MIN = 5
STEADY_SPEED_PCT = 5.0
"""A minute further than this from the run's usual speed is another pace (our own convention)."""
WARM_UP_S = 600.0
KEPT_SHARE = 0.8
"""The fifth of the minutes that varies most is surges and corners (our own convention)."""
PLAUSIBLE_STRIDE: Mapping[str, tuple[float, float]] = {
    "stride_length": (0.5, 5.0),
    "stride_time": (0.4, 1.2),
    "contact_time": (0.1, 0.5),
    "impact": (0.1, 100.0),
    "braking": (0.1, 100.0),
}
"""Metric → what one stride of a runner can give, in metres, seconds and g."""

Blocks = NDArray[np.intp]


def stride_results(activity: Activity) -> tuple[TestResult, ...]:
    """Return ``stride_length`` and ``stride_consistency`` of a run with a row per stride of both feet; () of any other.

    Trials are whole minutes of running with at least :data:`STRIDES_MIN` strides of each foot, so that their spread is
    known. Stride length: means of minutes after the first ten, within :data:`STEADY_SPEED_PCT` of the median minute's
    speed. Consistency: coefficients of variation of the peak acceleration at landing within the minutes of the middle
    third, in percent; ``extra`` has those of braking, stride time, contact time and stride length beside it.

    Notes
    -----
    Variation is taken within minutes: a change of pace or surface in the course of the run is no inconsistency.

    >>> from datetime import datetime, timezone
    >>> t_s = 0.72 * np.arange(2500)
    >>> wave = np.where(np.arange(2500) % 2, 0.1, -0.1)
    >>> legs = [LegSeries(metric=metric, source="runscribe", form="per_leg", t_s=t_s, left=left, right=right)
    ...         for metric, left, right in (("stride_length", 2.4 + 0 * t_s, 2.5 + 0 * t_s),
    ...                                     ("stride_time", 0.72 + 0 * t_s, 0.72 + 0 * t_s),
    ...                                     ("impact", 12 * (1 + wave), 12 * (1 + 2 * wave)))]
    >>> run = Activity(format="runscribe_csv", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=t_s, legs=legs)
    >>> length, landing = stride_results(run)
    >>> round(length.left[0], 2), round(length.right[0], 2), round(landing.left[0]), round(landing.right[0])
    (2.4, 2.5, 10, 20)
    """
    series = {one.metric: one for one in activity.legs if one.form == "per_leg" and one.metric in PLAUSIBLE_STRIDE}
    if "stride_time" not in series or not len(activity.t_s):
        return ()
    t_s = series["stride_time"].t_s
    block = _blocks(activity, running_time(activity), t_s)
    strides = {metric: _strides(one) for metric, one in series.items()}
    results = (_length(activity, series, strides, block), _consistency(activity, series, strides, block))
    return tuple(result for result in results if result is not None)


def stride_time_cv_pct(activity: Activity, time: RunningTime) -> float | None:
    """Return the variability of stride time within minutes, of both feet together; None without a row per stride.

    The root of the mean variance over feet and minutes, in percent of the mean, without the fifth of the minutes that
    varies most. Of a change of pace within a minute it holds what that does to stride time.

    >>> from datetime import datetime, timezone
    >>> t_s = 0.72 * np.arange(1000)
    >>> wave = 0.72 * (1 + np.where(np.arange(1000) % 2, 0.02, -0.02))
    >>> legs = [LegSeries(metric="stride_time", source="runscribe", form="per_leg", t_s=t_s, left=wave, right=wave)]
    >>> run = Activity(format="runscribe_csv", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=t_s, legs=legs)
    >>> round(stride_time_cv_pct(run, running_time(run)), 1)
    2.0
    """
    series = next((one for one in activity.legs if one.form == "per_leg" and one.metric == "stride_time"), None)
    if series is None or not len(activity.t_s):
        return None
    _, cv_pct, _ = _by_block(_strides(series), _blocks(activity, time, series.t_s))
    if cv_pct.shape[1] < BLOCKS_MIN:
        return None
    squares = np.sort(np.square(cv_pct).mean(axis=0))
    return float(np.sqrt(squares[: int(KEPT_SHARE * len(squares))].mean()))


def _blocks(activity: Activity, time: RunningTime, t_s: Floats) -> Blocks:
    """The minute that each stride is in, -1 where it is not running."""
    running = time.running[np.clip(np.searchsorted(activity.t_s, t_s), 0, len(activity.t_s) - 1)]
    return np.where(running, t_s // BLOCK_S, -1).astype(np.intp)


def _strides(series: LegSeries) -> Floats:
    """Left and right, shape (2, n); what no stride is, is missing in both: the legs are compared stride by stride."""
    both = np.stack((series.left, series.right))
    low, high = PLAUSIBLE_STRIDE[series.metric]
    with np.errstate(invalid="ignore"):
        good = ((both > low) & (both < high)).all(axis=0)
    return np.where(good, both, np.nan)


def _length(
    activity: Activity, series: Mapping[str, LegSeries], strides: Mapping[str, Floats], block: Blocks
) -> TestResult | None:
    if "stride_length" not in strides:
        return None
    timed = np.where(np.isnan(strides["stride_length"][:1]), np.nan, strides["stride_time"])
    length = np.where(np.isnan(timed[:1]), np.nan, strides["stride_length"])
    (means, _, blocks), (seconds, _, _) = _by_block(length, block), _by_block(timed, block)
    late = blocks * BLOCK_S >= WARM_UP_S
    if late.sum() < BLOCKS_MIN:
        return None
    # Both feet have one speed: the mean of theirs, so that swapped feet choose the same minutes.
    speed = (means / seconds).mean(axis=0)
    steady = late & (np.abs(speed / np.median(speed[late]) - 1.0) <= STEADY_SPEED_PCT / 100.0)
    if steady.sum() < BLOCKS_MIN:
        return None
    inside = np.isin(block, blocks[steady])
    extra = _variations({"stride_length": length[:, inside]}, block[inside], "spread")
    return _result("stride_length", activity, series["stride_length"].source, means[:, steady], extra)


def _consistency(
    activity: Activity, series: Mapping[str, LegSeries], strides: Mapping[str, Floats], block: Blocks
) -> TestResult | None:
    if "impact" not in strides:
        return None
    running = np.flatnonzero(block >= 0)
    middle = running[len(running) // 3 : len(running) - len(running) // 3]
    inside = {metric: both[:, middle] for metric, both in strides.items()}
    cv_pct = _by_block(inside["impact"], block[middle])[1]
    if cv_pct.shape[1] < BLOCKS_MIN:
        return None
    others = {metric: both for metric, both in inside.items() if metric != "impact"}
    extra = _variations(others, block[middle], "cv")
    return _result("stride_consistency", activity, series["impact"].source, cv_pct, extra)


def _result(
    test: str, activity: Activity, source: str, trials: Floats, extra: Mapping[str, float]
) -> TestResult:  # fmt: skip
    left, right = (tuple(leg) for leg in trials.tolist())
    return TestResult(test=test, day=activity.start.date(), left=left, right=right, source=source, extra=extra)


def _variations(strides: Mapping[str, Floats], block: Blocks, word: str) -> dict[str, float]:
    """``left_stride_time_cv_pct`` …: the mean over the minutes of what varies within them."""
    extra: dict[str, float] = {}
    for metric, both in strides.items():
        cv_pct = _by_block(both, block)[1]
        if cv_pct.shape[1]:
            name = "spread_pct" if word == "spread" else f"{metric}_cv_pct"
            left, right = cv_pct.mean(axis=1).tolist()
            extra |= {f"left_{name}": left, f"right_{name}": right}
    return extra


def _by_block(both: Floats, block: Blocks) -> tuple[Floats, Floats, Blocks]:
    """Mean and coefficient of variation (%) of each leg in each minute with enough strides, (2, m), and the minutes."""
    good = (block >= 0) & np.isfinite(both[0])
    if not good.any():
        return np.zeros((2, 0)), np.zeros((2, 0)), np.zeros(0, np.intp)
    minutes, place, count = np.unique(block[good], return_inverse=True, return_counts=True)
    means, sds = np.empty((2, len(minutes))), np.empty((2, len(minutes)))
    for leg, values in enumerate(both[:, good]):
        means[leg] = np.bincount(place, values) / count
        away = np.square(values - means[leg][place])
        sds[leg] = np.sqrt(np.bincount(place, away) / np.maximum(count - 1, 1))
    enough = count >= STRIDES_MIN
    return means[:, enough], 100.0 * (sds / means)[:, enough], minutes[enough]
