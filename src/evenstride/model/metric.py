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

SOURCES: Mapping[str, str] = MappingProxyType(
    {"watch_balance": "the watch's balance", "runscribe": "RunScribe pods", "stryd_duo": "Stryd Duo"}
)
"""What measured left and right → how people call it."""
