"""Levels of both legs together while running: what a run looked like, whether or not it has left and right."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from evenstride.measure.metrics.conditions import KNOWN_SHARE, grade_pct
from evenstride.measure.metrics.recovery import heart_rate_recovery
from evenstride.measure.metrics.running import RECORD_SPACING_S_MAX, RunningTime
from evenstride.measure.metrics.strides import stride_time_cv_pct
from evenstride.measure.metrics.variability import cadence_cv_pct
from evenstride.model import Activity, Floats, Stretch

RUNNING_S_MIN = 60.0
"""Fewer seconds of running are the edges of something else: a walk would be summed up by its few quick steps."""
LEVELS: Mapping[str, str] = {
    "cadence_spm": "cadence_spm",
    "contact_time_s": "contact_time_s",
    "vertical_oscillation_m": "vertical_oscillation_m",
    "step_length_m": "step_length_m",
    "speed_mps": "speed_mps",
    "heart_rate_bpm": "heart_rate_bpm",
    "power_w": "power_w",
    "temperature_c": "temperature_c",
}
"""Name in the summary → channel."""

STRETCH_S_MIN = 300.0
"""A stretch of less running than this says nothing of its own (our own convention)."""
WARM_UP_S = 600.0
"""Speed and heart rate have not settled with each other before this much running (our own convention)."""
HEART_RATE_LAG_S = 30.0
"""The heart answers a hill about half a minute late (our own convention): its rate is read so much after the step."""
FLAT_GRADE_PCT = 1.0
UPHILL_GRADE_PCT = 3.0
LATE_RUN_S_MIN = 75 * 60.0
LATE_SHARE = 1.0 / 3.0


def summary_levels(activity: Activity, time: RunningTime) -> Mapping[str, float]:
    """Time-weighted means over the seconds of running; a level that was not recorded is absent.

    Speed is distance gained over time where the distance is known: the speed written beside it is smoothed and lags.
    ``foot_strike_class`` is the mean of both feet where pods give it, ``grade_pct`` that of the way where it is known
    for most of the running, ``cadence_cv_pct`` and ``stride_time_cv_pct`` are how far both spread within minutes,
    ``heart_rate_recovery_bpm`` is how far heart rate fell in the minute after a hard end, from
    ``heart_rate_at_end_bpm``.
    Nothing is said of less than a minute of running.

    >>> from datetime import datetime, timezone
    >>> from evenstride.measure.metrics.running import running_time
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=range(0, 72, 8),
    ...                channels={"cadence_spm": [170.0, 172.0] * 4 + [60.0]})
    >>> dict(summary_levels(run, running_time(run)))
    {'cadence_spm': 171.0}
    """
    weights = np.where(time.running, time.seconds, 0.0)
    total = float(weights.sum())
    if total < RUNNING_S_MIN:
        return {}
    values = {name: activity.channels[channel] for name, channel in LEVELS.items() if channel in activity.channels}
    grade = _grade(activity, weights)
    if grade is not None:
        values["grade_pct"] = grade
    (levels,) = _means(values, weights[None])
    foot_strike = _foot_strike(activity, weights)
    others = {
        "foot_strike_class": foot_strike,
        "cadence_cv_pct": cadence_cv_pct(activity, time, grade),
        "stride_time_cv_pct": stride_time_cv_pct(activity, time),
    }
    levels |= {name: value for name, value in others.items() if value is not None}
    recovery = heart_rate_recovery(activity, time)
    if recovery is not None:
        levels |= {"heart_rate_recovery_bpm": recovery.drop_bpm, "heart_rate_at_end_bpm": recovery.at_bpm}
    return _with_gained_speed(activity, weights, levels)


def stretch_levels(activity: Activity, time: RunningTime) -> tuple[Stretch, ...]:
    """Return the levels of the flat, the uphill and the late part of a run, each where it has five minutes of running.

    ``flat``: the grade is within ±1 %. ``uphill``: 3 % or more. Both without the first ten minutes of running, in which
    heart rate still climbs at a steady speed. ``late``: the last third of the running of a run with 75 minutes of it.
    Heart rate is read half a minute after the step that it answers, else every climb would seem to cost little and
    every flat after it much; steps that a stop follows within that time say nothing of it.

    Notes
    -----
    Works for outdoor runs with altitude. A treadmill's incline is known only where the file writes it. All limits are
    our own convention (docs/methods/screen.md, running beside the tests).

    >>> from datetime import datetime, timezone
    >>> from evenstride.measure.metrics.running import running_time
    >>> n = 2400
    >>> run = Activity(format="fit", start=datetime(2026, 5, 4, tzinfo=timezone.utc), t_s=range(n),
    ...                channels={"speed_mps": [3.0] * n, "cadence_spm": [170.0] * n,
    ...                          "grade_pct": [0.0] * (n // 2) + [5.0] * (n // 2)})
    >>> [(one.name, one.minutes, one.levels["grade_pct"]) for one in stretch_levels(run, running_time(run))]
    [('flat', 10.0, 0.0), ('uphill', 20.0, 5.0)]
    """
    seconds = np.where(time.running, time.seconds, 0.0)
    run_so_far = np.cumsum(seconds) - seconds
    total = float(seconds.sum())
    grade = _grade(activity, seconds)
    masks = {}
    if grade is not None:
        settled = run_so_far >= WARM_UP_S
        masks["flat"] = settled & (np.abs(grade) <= FLAT_GRADE_PCT)
        masks["uphill"] = settled & (grade >= UPHILL_GRADE_PCT)
    if total >= LATE_RUN_S_MIN:
        masks["late"] = run_so_far >= total - LATE_SHARE * total
    parts: dict[str, Floats] = {name: np.where(mask, seconds, 0.0) for name, mask in masks.items()}
    parts = {name: weights for name, weights in parts.items() if weights.sum() >= STRETCH_S_MIN}
    if not parts:
        return ()
    values = {name: activity.channels[channel] for name, channel in LEVELS.items() if channel in activity.channels}
    if "heart_rate_bpm" in values:
        values["heart_rate_bpm"] = _answered(values["heart_rate_bpm"], time)
    if grade is not None:
        values["grade_pct"] = grade
    means = _means(values, np.stack(list(parts.values())))
    return tuple(
        Stretch(
            name=name, minutes=float(weights.sum()) / 60.0, levels=_with_gained_speed(activity, weights, levels)
        )
        for (name, weights), levels in zip(parts.items(), means, strict=True)
    )  # fmt: skip


def _means(values: Mapping[str, Floats], weights: NDArray[np.float64]) -> list[dict[str, float]]:
    """The weighted means of every channel for each row of ``weights``, shape (m, n)."""
    means: list[dict[str, float]] = [{} for _ in weights]
    totals = weights.sum(axis=1)
    for name, channel in values.items():
        known = np.isfinite(channel)
        all_known = known.all()
        weighted = weights @ (channel if all_known else np.where(known, channel, 0.0))
        for one, total, amount in zip(means, totals if all_known else weights @ known, weighted, strict=True):
            if total > 0:
                one[name] = float(amount / total)
    return means


def _with_gained_speed(activity: Activity, weights: Floats, levels: dict[str, float]) -> dict[str, float]:
    gained = _metres_per_second(activity, weights)
    if gained is not None:
        levels["speed_mps"] = gained
    if "step_length_m" not in levels and {"speed_mps", "cadence_spm"} <= levels.keys() and levels["cadence_spm"] > 0:
        levels["step_length_m"] = 60.0 * levels["speed_mps"] / levels["cadence_spm"]
    return levels


def _metres_per_second(activity: Activity, weights: Floats) -> float | None:
    distance = activity.channels.get("distance_m")
    if distance is None or len(distance) < 2:
        return None
    gained, seconds = np.diff(distance), weights[:-1]
    counted = (seconds > 0) & (gained >= 0)
    covered = float(seconds[counted].sum())
    metres = float(gained[counted].sum())
    # Where distance is written only now and then, the recorded speed knows more.
    enough = covered > 0.8 * float(weights.sum())
    return metres / covered if enough and metres > 0 else None


def _grade(activity: Activity, weights: Floats) -> Floats | None:
    """The grade where it is known for most of the running."""
    grade = grade_pct(activity)
    if grade is None:
        return None
    known = float(weights[np.isfinite(grade)].sum())
    return grade if known > 0 and known >= KNOWN_SHARE * float(weights.sum()) else None


def _answered(heart_rate_bpm: Floats, time: RunningTime) -> Floats:
    """The heart rate that answers each record, NaN where the running does not go on until then."""
    then = time.t_s + HEART_RATE_LAG_S
    at = np.minimum(np.searchsorted(time.t_s, then), len(time.t_s) - 1)
    # Every record until then must be running: count those that are not.
    stops = np.cumsum(~time.running)
    goes_on = (stops[at] == stops) & (np.abs(time.t_s[at] - then) <= RECORD_SPACING_S_MAX)
    return np.where(goes_on & _without_gaps(time, at), heart_rate_bpm[at], np.nan)


def _without_gaps(time: RunningTime, until: NDArray[np.intp]) -> NDArray[np.bool_]:
    if not time.gaps:
        return np.ones(len(time.t_s), bool)
    gap = np.zeros(len(time.t_s), np.int64)
    starts = np.searchsorted(time.t_s, [one.start_s for one in time.gaps], side="right")
    gap[np.minimum(starts, len(gap) - 1)] = 1
    before = np.cumsum(gap)
    return np.asarray(before[until] == before)


def _foot_strike(activity: Activity, weights: Floats) -> float | None:
    """The mean class of both feet over the running."""
    series = next((one for one in activity.legs if one.metric == "foot_strike" and one.form == "per_leg"), None)
    if series is None:
        return None
    both = 0.5 * (series.left + series.right)
    own = weights
    if series.t_s is not activity.t_s and not np.array_equal(series.t_s, activity.t_s):
        at = np.clip(np.searchsorted(activity.t_s, series.t_s, side="right") - 1, 0, len(activity.t_s) - 1)
        own = np.where(weights[at] > 0, 1.0, 0.0)
    return _means({"class": both}, own[None])[0].get("class")
