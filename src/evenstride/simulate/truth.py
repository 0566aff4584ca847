"""What is true of a simulated run, so that what is read from its file can be held against it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

SCHEMA = "evenstride.simulate/1"
SEASON_SCHEMA = "evenstride.simulate-season/1"


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
    device: str = ""
    shoe: str = ""
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

    Numbers are rounded to six decimals, times are ISO 8601; a shoe that was not named is left out.
    """
    document = {"schema": SCHEMA, **_plain(asdict(truth))}
    if not truth.shoe:
        del document["shoe"]
    return document


@dataclass(frozen=True, kw_only=True)
class WeekTruth:
    """What is true in the middle of one week: ``change_pct`` is since the baseline, ``fitness_pct`` since the start."""

    week: int
    first: date
    index_pct: float
    change_pct: float
    fitness_pct: float


@dataclass(frozen=True, kw_only=True)
class SeasonRunTruth:
    """One run in its season. ``index_pct`` is the run's own settled index, ``path_index_pct`` the season's on that day.

    They differ by the day's own scatter and the shoe's effect. ``sensor_index_pct`` adds the biases of the devices.
    """

    label: str
    start: datetime
    week: int
    index_pct: float
    path_index_pct: float
    change_pct: float
    fitness_pct: float
    device: str
    shoe: str
    sensor_index_pct: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class SeasonTruth:
    """What is true of a season: the index of its baseline, how it moved, and every run.

    ``change_begins`` and ``change_ends`` are the days between which the index moves, None for a season without change.
    ``shoe_effect_pct`` is how each shoe moves the runner's index, ``device_bias_pct`` how each device reads it.
    """

    start: datetime
    baseline_index_pct: float
    final_index_pct: float
    change_begins: date | None
    change_ends: date | None
    run_to_run_sd_pct: float
    fitness_pct: float
    shoe_effect_pct: Mapping[str, float]
    device_bias_pct: Mapping[str, float]
    weeks: tuple[WeekTruth, ...]
    runs: tuple[SeasonRunTruth, ...]


def season_document(truth: SeasonTruth) -> dict[str, Any]:
    """Return the truth as ``evenstride.simulate-season/1``, ready for JSON, rounded as in `truth_document`."""
    return {"schema": SEASON_SCHEMA, **_plain(asdict(truth))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    return round(value, 6) if isinstance(value, float) else value
