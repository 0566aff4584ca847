"""What all evidence says together: which limb to favour, what to do, how sure, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

Limb = Literal["left", "right", "undetermined"]
Action = Literal["do", "watch", "ignore"]
EvidenceDirection = Literal["left", "right", "none"]
EvidenceKind = Literal["test", "injury", "stride", "change", "late", "level", "profile"]

EMPHASES: Mapping[str, str] = MappingProxyType(
    {
        "hip_stability": "balance and hip stability",
        "calf_capacity": "calf capacity",
        "foot_capacity": "foot capacity",
        "ankle_mobility": "ankle mobility",
        "calf_mobility": "calf mobility",
        "hip_extension": "hip-flexor length and glutes",
        "knee_hip_strength": "knee and hip strength",
        "step_down_control": "step-down control",
        "knee_stability": "stabilising drills for the knee, in comfortable range",
    }
)
"""What a plan can stress: identifier → in words. Tests, injured places and plans use these and no others."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that is known, and what it says on its own.

    ``direction`` is the leg that it names: for tests and injuries the weaker or once injured one, for strides the leg
    whose value is larger. ``size`` with ``low`` and ``high`` is in ``unit``. ``weight`` (0–1) falls with age and with
    uncertainty; ``counts`` says whether it counts for a limb at all, ``source`` what it is independent of.
    """

    kind: EvidenceKind
    source: str
    what: str
    day: date
    direction: EvidenceDirection
    size: float
    low: float | None
    high: float | None
    unit: str
    weight: float
    counts: bool
    text: str
    grade: str
    emphases: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Which limb to favour, do / watch / ignore, how sure (0–1), and everything it rests on.

    ``rules`` are the identifiers of the rules that decided, in order; ``emphases`` what a plan should stress, most
    important first, by their names in :data:`EMPHASES`; ``contradictions`` what speaks against one another;
    ``next_steps`` what would make it surer.
    """

    limb: Limb
    action: Action
    confidence: float
    day: date
    emphases: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    contradictions: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    version: str = ""
