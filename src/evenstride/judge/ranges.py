"""What is ordinary: a table of published ranges per metric, each with its source and evidence grade.

The studies print the symmetry angle; for the small values of runners, the index is π times it
(docs/methods/symmetry-index.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Grade = Literal["strong", "fair", "weak", "convention"]


@dataclass(frozen=True, kw_only=True)
class OrdinaryRange:
    """Most healthy runners differ by up to ``typical_pct``; beyond ``threshold_pct`` is unusual, not unhealthy.

    ``threshold_pct`` is None where differences of 10–30 % are ordinary: such a metric is reported, not judged.
    """

    typical_pct: float | None
    threshold_pct: float | None
    grade: Grade
    source: str


_GIRARD = "Girard 2019 (10.3389/fspor.2019.00036, 9 trained runners, 10–25 km/h)"
_MTIBAA = "Mtibaa 2023 (10.3389/fphys.2023.1289172, 12 runners, 30 minutes)"
_GIRARD_800 = "Girard 2024 (10.3389/fspor.2024.1278454, 18 runners, 800 m)"
_WIDE = f"{_GIRARD}: 10–30 % between healthy legs is ordinary"

RANGES: Mapping[str, OrdinaryRange] = MappingProxyType(
    {
        "contact_time": OrdinaryRange(
            typical_pct=2.5, threshold_pct=4.0, grade="fair", source=f"{_GIRARD}; {_MTIBAA}; {_GIRARD_800}"
        ),
        "flight_time": OrdinaryRange(typical_pct=5.0, threshold_pct=6.0, grade="weak", source=f"{_GIRARD}; {_MTIBAA}"),
        "step_time": OrdinaryRange(typical_pct=2.2, threshold_pct=3.0, grade="weak", source=f"{_GIRARD}; {_MTIBAA}"),
        "step_length": OrdinaryRange(typical_pct=2.2, threshold_pct=3.0, grade="weak", source=_GIRARD),
        "leg_stiffness": OrdinaryRange(typical_pct=5.0, threshold_pct=10.0, grade="weak", source=_GIRARD),
        "vertical_oscillation": OrdinaryRange(typical_pct=None, threshold_pct=None, grade="weak", source=_WIDE),
        "impact": OrdinaryRange(typical_pct=None, threshold_pct=None, grade="weak", source=_WIDE),
        "loading_rate": OrdinaryRange(typical_pct=None, threshold_pct=None, grade="weak", source=_WIDE),
        "braking": OrdinaryRange(typical_pct=None, threshold_pct=None, grade="weak", source=_WIDE),
    }
)
"""One row per metric of :data:`evenstride.model.METRICS`."""
