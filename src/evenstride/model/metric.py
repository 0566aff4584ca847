"""The metrics that can differ between the legs: names, units, kinds, sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

MetricKind = Literal["duration", "size"]


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One metric: ``level_unit`` is the unit of one leg's own value."""

    name: str
    label: str
    kind: MetricKind
    level_unit: str
    sentence: str

    @property
    def word(self) -> str:
        """``longer`` for durations, ``larger`` for everything else."""
        return "longer" if self.kind == "duration" else "larger"


_ALL = (
    Metric(name="contact_time", label="contact time", kind="duration", level_unit="s",
           sentence="how long the foot stays on the ground in one step"),
    Metric(name="flight_time", label="flight time", kind="duration", level_unit="s",
           sentence="how long neither foot touches the ground after the leg's push-off"),
    Metric(name="step_time", label="step time", kind="duration", level_unit="s",
           sentence="the time from the leg's contact to the other leg's contact"),
    Metric(name="step_length", label="step length", kind="size", level_unit="m",
           sentence="the distance from the leg's contact to the other leg's contact"),
    Metric(name="leg_stiffness", label="leg stiffness", kind="size", level_unit="kN/m",
           sentence="how stiff a spring the leg resembles during contact"),
    Metric(name="vertical_oscillation", label="vertical oscillation", kind="size", level_unit="m",
           sentence="how far the trunk rises and falls in the leg's step"),
    Metric(name="impact", label="impact", kind="size", level_unit="g",
           sentence="the peak acceleration at the foot as it lands"),
    Metric(name="loading_rate", label="loading rate", kind="size", level_unit="device units",
           sentence="how fast the force rises as the foot lands, as the device reports it"),
    Metric(name="braking", label="braking", kind="size", level_unit="g",
           sentence="the backward acceleration at the foot as it lands"),
)  # fmt: skip

METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _ALL})
"""Every metric by its name in documents."""


@dataclass(frozen=True, kw_only=True)
class Level:
    """One quantity of both legs together that a season follows.

    ``summary`` is its name in a run's summary, ``stretch`` the part of runs it is taken from, ``smallest`` the smallest
    change that matters, in ``unit`` (our own convention). The value is given at the usual value of the quantities that
    it ``adjusts`` for. ``through`` is the one of these that is noisier than the value itself: there it is found how
    that one goes up with the value, and not the other way round (docs/methods/same-heart-rate.md).
    """

    name: str
    label: str
    unit: str
    summary: str
    stretch: str
    smallest: float
    adjusts: tuple[str, ...]
    sentence: str
    through: str = ""


_LEVELS = (
    Level(name="cadence", label="cadence", unit="spm", summary="cadence_spm", stretch="all", smallest=4.0,
          adjusts=("speed_mps",), sentence="steps of both legs per minute, at the runner's usual speed"),
    Level(name="contact_time_level", label="contact time, both legs", unit="s", summary="contact_time_s",
          stretch="all", smallest=0.008, adjusts=("speed_mps",),
          sentence="how long a foot stays on the ground, mean of both legs, at the runner's usual speed"),
    Level(name="vertical_oscillation_level", label="vertical oscillation, both legs", unit="m",
          summary="vertical_oscillation_m", stretch="all", smallest=0.006, adjusts=("speed_mps",),
          sentence="how far the trunk rises and falls in a step, at the runner's usual speed"),
    Level(name="step_length_level", label="step length, both legs", unit="m", summary="step_length_m",
          stretch="all", smallest=0.03, adjusts=("speed_mps",),
          sentence="the distance from one contact to the next, at the runner's usual speed"),
    Level(name="cadence_variability", label="cadence variability", unit="%", summary="cadence_cv_pct", stretch="all",
          smallest=0.15, adjusts=("speed_mps",),
          sentence="how far a watch's cadence spreads within a minute, in percent of its mean, at the usual speed"),
    Level(name="stride_time_variability", label="stride time variability", unit="%", summary="stride_time_cv_pct",
          stretch="all", smallest=0.5, adjusts=("speed_mps",),
          sentence="how far stride time spreads from stride to stride, in percent of its mean, at the usual speed"),
    Level(name="foot_strike_level", label="foot strike, both legs", unit="class", summary="foot_strike_class",
          stretch="all", smallest=1.0, adjusts=("speed_mps",),
          sentence="where the foot lands first, 1 heel to 16 toe as the pods number it, at the usual speed"),
    Level(name="speed_at_heart_rate", label="speed at the same heart rate", unit="m/s", summary="speed_mps",
          stretch="all", smallest=0.05, adjusts=("heart_rate_bpm",),
          sentence="speed at the runner's usual heart rate", through="heart_rate_bpm"),
    Level(name="speed_at_effort", label="speed at the same effort", unit="m/s", summary="speed_mps", stretch="all",
          smallest=0.05, adjusts=("effort_0_10",), sentence="the speed that goes with the runner's usual effort",
          through="effort_0_10"),
    Level(name="speed_at_heart_rate_flat", label="speed at the same heart rate, flat", unit="m/s",
          summary="speed_mps", stretch="flat", smallest=0.05, adjusts=("heart_rate_bpm",),
          sentence="speed on the flat at the runner's usual heart rate", through="heart_rate_bpm"),
    Level(name="speed_at_heart_rate_uphill", label="speed at the same heart rate, uphill", unit="m/s",
          summary="speed_mps", stretch="uphill", smallest=0.05, adjusts=("heart_rate_bpm", "grade_pct"),
          sentence="speed uphill at the runner's usual heart rate and grade", through="heart_rate_bpm"),
    Level(name="speed_at_heart_rate_late", label="speed at the same heart rate, late in long runs", unit="m/s",
          summary="speed_mps", stretch="late", smallest=0.05, adjusts=("heart_rate_bpm", "grade_pct"),
          sentence="speed in the last third of long runs at the runner's usual heart rate", through="heart_rate_bpm"),
)  # fmt: skip

LEVELS: Mapping[str, Level] = MappingProxyType({level.name: level for level in _LEVELS})
"""Every side-free level by its name in documents."""

SOURCES: Mapping[str, str] = MappingProxyType(
    {"watch_balance": "the watch's balance", "runscribe": "RunScribe pods", "stryd_duo": "Stryd Duo"}
)
"""What measured left and right → how people call it."""
