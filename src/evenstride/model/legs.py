"""Left and right, ready to be judged, and what was judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from evenstride.model.arrays import Floats, equal_by_value, frozen_channels, frozen_floats
from evenstride.model.metric import METRICS

Verdict = Literal["left_longer", "right_longer", "left_larger", "right_larger", "ordinary", "unclear"]
Reason = Literal["too_short", "at_the_edge"]


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """Recorded time that was left out, and why."""

    reason: str
    seconds: float
    spans: tuple[tuple[float, float], ...] = ()  # [start, end) in seconds since the start, for pictures


@dataclass(frozen=True, kw_only=True, eq=False)
class LegSamples:
    """Both legs of one metric, sample by sample, after every gate.

    ``left`` and ``right`` have shape (n,), are positive, and belong to the same gait cycle or window at the same index;
    their unit is ``unit`` (the metric's own, or ``share`` where a device gave only the division between the legs).
    ``cuts`` are the indices of samples before which running was left out, so that nothing is bridged there.
    ``conditions`` holds arrays of shape (n,) named ``speed_mps``, ``grade_pct``, ``turn_dps``, ``elapsed_s``.
    No NaN anywhere.
    """

    metric: str
    source: str
    unit: str
    t_s: Floats
    left: Floats
    right: Floats
    conditions: Mapping[str, Floats] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    cuts: tuple[int, ...] = ()

    __eq__ = equal_by_value

    def __post_init__(self) -> None:
        if self.metric not in METRICS:
            raise ValueError(f"unknown metric {self.metric}")
        for name in ("t_s", "left", "right"):
            object.__setattr__(self, name, frozen_floats(getattr(self, name)))
        n = len(self.t_s)
        if not n == len(self.left) == len(self.right):
            raise ValueError("t_s, left and right must have one length")
        if (self.t_s[1:] < self.t_s[:-1]).any():
            raise ValueError("t_s must not fall")
        if not (np.isfinite(self.left).all() and np.isfinite(self.right).all()):
            raise ValueError("left and right must be finite")
        if not ((self.left > 0).all() and (self.right > 0).all()):
            raise ValueError("left and right must be positive: the symmetry index is a ratio")
        object.__setattr__(self, "conditions", frozen_channels(self.conditions, n))
        for name, values in self.conditions.items():
            if not np.isfinite(values).all():
                raise ValueError(f"condition {name} must be finite")


@dataclass(frozen=True, kw_only=True)
class SymmetryEstimate:
    """How different the legs were: index, interval, and how much the run really told.

    ``index_pct`` is Robinson's 100·(R−L)/((R+L)/2), positive = right larger, at the runner's own median speed, flat and
    straight when ``adjusted_for`` names those conditions; ``raw_index_pct`` is the plain mean over all samples.
    ``low_pct``/``high_pct`` are None only under ten usable minutes. ``n_effective`` is how many independent samples
    would say as much, ``memory_s`` how long neighbouring samples resemble each other.
    """

    metric: str
    source: str
    index_pct: float
    raw_index_pct: float
    low_pct: float | None
    high_pct: float | None
    confidence: float
    left: float
    right: float
    level_unit: str
    n: int
    usable_minutes: float
    n_effective: float | None
    memory_s: float | None
    adjusted_for: tuple[str, ...] = ()
    threshold_pct: float | None = None
    typical_pct: float | None = None
    flag: str | None = None
    verdict: Verdict | None = None  # None where no threshold is known: reported, not judged
    reason: Reason | None = None
    more_minutes: float | None = None

    def __post_init__(self) -> None:
        if (self.low_pct is None) != (self.high_pct is None):
            raise ValueError("an interval has two ends")
        low, high = self.low_pct, self.high_pct
        if low is not None and high is not None and not low <= self.index_pct <= high:
            raise ValueError("the interval must hold its own estimate")

    def __str__(self) -> str:
        """Say it in one line: ``contact time: right +3.9 % (95 % interval 3.2 to 4.5), ordinary``."""
        side, sign = ("right", 1.0) if self.index_pct >= 0 else ("left", -1.0)
        said = f"{METRICS[self.metric].label}: {side} +{abs(self.index_pct):.1f} %"
        if self.low_pct is None or self.high_pct is None:
            return f"{said} (no interval: {self.usable_minutes:.1f} usable minutes)"
        ends = sorted((sign * self.low_pct, sign * self.high_pct))
        verdict = "" if self.verdict is None else f", {self.verdict.replace('_', ' ')}"
        return f"{said} ({100 * self.confidence:.0f} % interval {ends[0]:.1f} to {ends[1]:.1f}){verdict}"


@dataclass(frozen=True, kw_only=True)
class Effect:
    """How the index moves with one condition: percent ``per`` unit, with its interval."""

    metric: str
    source: str
    condition: str
    per: str
    effect_pct: float
    low_pct: float
    high_pct: float


@dataclass(frozen=True, kw_only=True)
class SpanIndex:
    """The raw index of one stretch ``[start_s, end_s)`` with its interval; None where it holds no samples."""

    start_s: float
    end_s: float
    index_pct: float | None
    low_pct: float | None
    high_pct: float | None
    kind: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Trace:
    """The index through a run as a moving mean with its band, for the picture: arrays of shape (m,).

    A stretch without usable running is a gap: two neighbouring times further apart than ``window_s``.
    """

    window_s: float
    t_s: Floats
    index_pct: Floats
    low_pct: Floats
    high_pct: Floats

    __eq__ = equal_by_value

    def __post_init__(self) -> None:
        for name in ("t_s", "index_pct", "low_pct", "high_pct"):
            object.__setattr__(self, name, frozen_floats(getattr(self, name)))
