"""What all evidence says together: which limb to favour, what to do, how sure, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Limb = Literal["left", "right", "undetermined"]
Action = Literal["do", "watch", "ignore"]
EvidenceDirection = Literal["left", "right", "none"]
EvidenceKind = Literal["test", "injury", "stride", "change", "late", "level", "profile"]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that is known, and what it says on its own.

    ``direction`` is the leg that it names: for tests and injuries the weaker or once injured one, for strides the leg
    whose value is larger. ``size`` with ``low`` and ``high`` is in ``unit``. ``weight`` (0–1) falls with age and with
    uncertainty; ``supports`` says whether it counts for a limb at all, ``source`` what it is independent of.
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
    important first; ``contradictions`` what speaks against one another; ``next_steps`` what would make it surer.
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
