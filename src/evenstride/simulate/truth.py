"""What is true of a simulated run, so that what is read from its file can be held against it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

SCHEMA = "evenstride.simulate/1"


@dataclass(frozen=True, kw_only=True)
class RunTruth:
    """The truth of one run; indices are 100·(R−L)/((R+L)/2), positive = right larger, noise not included.

    ``settled_index_pct`` is the legs' own: at the run's median speed, flat, straight, warmed up, midway through the
    running. ``mean_index_pct`` is what they did on average over the usable seconds, hills and warm-up included.
    ``sensor_index_pct`` is the settled index as each sensor shows it, its bias included; ``other_index_pct`` the index
    of every other metric. ``mean_sd_pct`` is the standard deviation of a run's mean under this noise: 1.96 times it is
    the half-width of the 95 % interval of someone who knows the noise. ``memory_s`` is n/(2·n_effective) of that mean.
    """

    label: str
    start: datetime
    settled_index_pct: float
    mean_index_pct: float
    sensor_index_pct: Mapping[str, float]
    other_index_pct: Mapping[str, float] = field(default_factory=dict)
    speed_effect_pct_per_mps: float
    grade_effect_pct_per_pct: float
    turn_effect_pct_per_dps: float
    drift_pct_per_10_minutes: float
    warmup_pct: float
    warmup_s: float
    noise_sd_pct: float
    memory_s: float
    mean_sd_pct: float
    reference_speed_mps: float
    timer_s: float
    elapsed_s: float
    distance_m: float
    running_s: float
    walking_s: float
    standing_s: float
    paused_s: float
    usable_s: float
    missing_s: float


def truth_document(truth: RunTruth) -> dict[str, Any]:
    """Return the truth as ``evenstride.simulate/1``, ready for JSON.

    Numbers are rounded to six decimals, times are ISO 8601.
    """
    document: dict[str, Any] = {"schema": SCHEMA}
    for name, value in asdict(truth).items():
        if isinstance(value, datetime):
            document[name] = value.isoformat()
        elif isinstance(value, dict):
            document[name] = {key: round(one, 6) for key, one in value.items()}
        else:
            document[name] = round(value, 6) if isinstance(value, float) else value
    return document
