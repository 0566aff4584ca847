"""A made-up run, judged by hand: for examples and for trying out a layout. Nothing in it was measured."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import numpy as np

from evenstride.model import (
    Activity,
    Device,
    Dropped,
    Effect,
    Floats,
    Judged,
    RunReport,
    Source,
    SpanIndex,
    SymmetryEstimate,
    Trace,
)

_WALK_S = (900.0, 1020.0)


def example_estimate(*, index_pct: float = -1.9, half_width_pct: float = 0.9, **changes: Any) -> SymmetryEstimate:
    """Return a contact-time estimate with any of its fields changed.

    >>> example_estimate().verdict
    'ordinary'
    """
    values: dict[str, Any] = {
        "metric": "contact_time", "source": "watch_balance", "index_pct": index_pct, "raw_index_pct": index_pct - 0.2,
        "low_pct": index_pct - half_width_pct, "high_pct": index_pct + half_width_pct, "confidence": 0.95,
        "left": 0.247 * (1 - index_pct / 200), "right": 0.247 * (1 + index_pct / 200), "level_unit": "s",
        "n": 2468, "usable_minutes": 41.1, "n_effective": 41.0, "memory_s": 30.1,
        "adjusted_for": ("speed", "grade"), "threshold_pct": 4.0, "typical_pct": 2.5, "verdict": "ordinary",
    }  # fmt: skip
    return SymmetryEstimate(**(values | changes))


def example_judged(estimate: SymmetryEstimate, *, duration_s: float = 2710.0, **changes: Any) -> Judged:
    """Return an estimate with a plausible trace, thirds and effects around it.

    >>> len(example_judged(example_estimate()).thirds)
    3
    """
    center, metric, source = estimate.index_pct, estimate.metric, estimate.source
    half = 0.9 if estimate.high_pct is None else estimate.high_pct - center
    third_s = duration_s / 3
    effects = (("elapsed", "10 min", 0.3, 0.4), ("speed", "m/s", -0.6, 0.5), ("grade", "1 %", 0.05, 0.2))
    values: dict[str, Any] = {
        "effects": tuple(
            Effect(metric=metric, source=source, condition=name, per=per, effect_pct=value, low_pct=value - wide,
                   high_pct=value + wide)
            for name, per, value, wide in effects
        ),
        "thirds": tuple(
            SpanIndex(start_s=i * third_s, end_s=(i + 1) * third_s, index_pct=center + shift,
                      low_pct=center + shift - 1.7 * half, high_pct=center + shift + 1.7 * half)
            for i, shift in enumerate((0.5, 0.1, -0.6))
        ),
        "trace": _trace(center, half, duration_s),
        "dropped": (Dropped(reason="walking", seconds=_WALK_S[1] - _WALK_S[0], spans=(_WALK_S,)),),
    }  # fmt: skip
    return Judged(estimate=estimate, **(values | changes))


def example_report(
    *, estimate: SymmetryEstimate | None = None, duration_s: float = 2710.0, **changes: Any
) -> RunReport:
    """Return a report of one metric with any of its fields changed.

    >>> report = example_report(estimate=example_estimate(verdict="unclear", reason="too_short", more_minutes=17.0))
    >>> report.estimates[0].reason
    'too_short'
    """
    judged = example_judged(estimate or example_estimate(), duration_s=duration_s)
    values: dict[str, Any] = {
        "source": Source(name="monday.fit", sha256="0" * 64, format="fit",
                         device=Device(manufacturer="garmin", product="fenix7")),
        "sport": "running", "start": datetime(2026, 5, 4, 6, 12, tzinfo=UTC), "duration_s": duration_s,
        "distance_m": 2.95 * duration_s, "n_records": int(duration_s), "usable_share": 0.91,
        "dropped": judged.dropped, "judged": (judged,), "activity": _activity(duration_s),
        "summary": {"cadence_spm": 171.2, "contact_time_s": 0.247, "vertical_oscillation_m": 0.084,
                    "step_length_m": 1.04, "speed_mps": 2.95, "heart_rate_bpm": 148.0},
    }  # fmt: skip
    return RunReport(**(values | changes))


def _trace(center_pct: float, half_width_pct: float, duration_s: float) -> Trace:
    t_s = np.arange(60.0, max(duration_s - 60.0, 61.0), 20.0)
    t_s = t_s[(t_s < _WALK_S[0] - 40) | (t_s > _WALK_S[1] + 40)]
    wave = np.sin(t_s / 170.0) + 0.6 * np.sin(t_s / 71.0 + 1.0)
    index = center_pct + 0.9 * wave - 0.4 * (t_s / duration_s - 0.5)
    wide = half_width_pct * 2.2
    return Trace(window_s=120.0, t_s=t_s, index_pct=index, low_pct=index - wide, high_pct=index + wide)


def _activity(duration_s: float) -> Activity:
    t_s = np.arange(0.0, duration_s)
    return Activity(
        format="fit", start=datetime(2026, 5, 4, 6, 12, tzinfo=UTC), t_s=t_s, sport="running", channels=_channels(t_s)
    )


def _channels(t_s: Floats) -> Mapping[str, Floats]:
    walking = (t_s >= _WALK_S[0]) & (t_s < _WALK_S[1])
    wave = np.sin(t_s / 240.0)
    return {
        "speed_mps": np.where(walking, 1.5, 2.95 + 0.25 * wave + 0.08 * np.sin(t_s / 9.0)),
        "altitude_m": 312.0 + 14.0 * np.sin(t_s / 410.0) + 3.0 * np.sin(t_s / 90.0),
        "heart_rate_bpm": 148.0 - 28.0 * np.exp(-t_s / 150.0) + 4.0 * wave,
        "cadence_spm": np.where(walking, 112.0, 171.0 + 2.0 * wave),
        "contact_time_s": np.where(walking, 0.55, 0.247 - 0.006 * wave),
        "vertical_oscillation_m": 0.084 + 0.002 * wave,
    }
