"""Exercises, phases and rules: what a programme is made of, as data."""

from dataclasses import dataclass
from typing import Literal

Family = Literal["strength", "support", "balance", "plyometric", "mobility", "drill"]
Plane = Literal["sagittal", "frontal", "transverse"]
Sides = Literal["one", "two"]
"""``one``: each leg by itself, dosed per side. ``two``: both legs together or in turn, dosed once."""
LoadType = Literal["none", "hand", "two_hands", "barbell", "vest", "band"]
MobilityStyle = Literal["long_hold", "dynamic", "recovery"]
Use = Literal["long_hold", "dynamic", "recovery", "pre_run", "post_run", "warm_up", "activation", "breathing"]
"""What a mobility exercise or drill may serve as; ``activation`` is a glute or core drill."""
Grade = Literal["strong", "fair", "weak", "convention"]


@dataclass(frozen=True, kw_only=True)
class Dose:
    """What one side (or both together) does: sets of repetitions or of a hold, with a load or a band."""

    sets: int
    reps: int | None = None
    hold_s: float | None = None
    load_kg: float = 0.0
    band: str | None = None

    def __post_init__(self) -> None:
        if (self.reps is None) == (self.hold_s is None):
            raise ValueError("a dose has repetitions or a hold, not both")
        if self.sets < 1:
            raise ValueError("a dose has at least one set")


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One exercise of the catalogue; ``id`` is its name in documents.

    ``equipment`` is all that it needs, ``load_equipment`` any one of what can load it. ``load_ladder`` says in words
    how it is loaded, from nothing on. ``progressions`` are harder, ``regressions`` easier neighbours in the graph.
    ``contraindications`` are sites of pain or injury (as in a profile) at which it is left out; ``emphases`` the names
    of :data:`evenstride.model.EMPHASES` that it trains. ``difficulty`` 1–5, ``balance_demand`` and ``impact`` 0–3 rank
    exercises of one pattern. ``uses`` says what a mobility exercise or drill may serve as, ``centre`` the joint that it
    is about. ``start``: it is open to anybody with body weight, so that its ladder can be entered there.
    """

    id: str
    name: str
    family: Family
    pattern: str
    planes: tuple[Plane, ...]
    joints: tuple[str, ...]
    muscles: tuple[str, ...]
    sides: Sides
    dose: Dose
    tempo: str
    cues: tuple[str, ...]
    faults: tuple[str, ...]
    how: str
    evidence: str
    evidence_grade: Grade
    equipment: tuple[str, ...] = ()
    load_type: LoadType = "none"
    load_equipment: tuple[str, ...] = ()
    load_ladder: tuple[str, ...] = ()
    progressions: tuple[str, ...] = ()
    regressions: tuple[str, ...] = ()
    contraindications: tuple[str, ...] = ()
    emphases: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    centre: Literal["hip", "ankle", "thoracic", ""] = ""
    difficulty: int = 1
    balance_demand: int = 0
    impact: int = 0
    start: bool = False
    hold_s_max: float | None = None
    stop_when: str = ""
    surface: str = "floor"

    @property
    def plyometric(self) -> bool:
        """Whether it jumps or lands."""
        return self.family == "plyometric"


@dataclass(frozen=True, kw_only=True)
class Prescription:
    """One line of a phase: an exercise and its full dose; ``sets_max`` and ``reps_max`` close a range."""

    exercise: str
    sets: int
    sets_max: int | None = None
    reps: int | None = None
    reps_max: int | None = None
    hold_s: float | None = None
    loaded: bool = False


@dataclass(frozen=True, kw_only=True)
class GateItem:
    """One thing that must be shown, on each leg: by a log of clean sessions, or by a test.

    ``sessions`` clean ones of ``exercise`` (``kind`` log), or ``least`` in ``test`` (or in a log of ``exercise``).
    """

    kind: Literal["log", "test", "no_pain"]
    exercise: str = ""
    test: str = ""
    least: float = 0.0
    sessions: int = 0
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionType:
    """One type of strength session of a phase, with its exercises in order of importance."""

    name: Literal["general", "endurance", "maximal", "power"]
    prescriptions: tuple[Prescription, ...]
    reps_in_reserve: int | None = None
    reps_in_reserve_max: int | None = None
    rest_s: float = 60.0


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One phase of the strength programme: its sessions, how many a week at most, and the gate that opens it."""

    name: Literal["beginner", "intermediate", "advanced"]
    label: str
    weeks: int | None
    sessions_a_week: int
    types: tuple[SessionType, ...]
    gate: tuple[GateItem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the programme: what it says, whether it binds or is a preference, why, and how well that is known."""

    id: str
    sentence: str
    reason: str
    grade: Grade
    binding: bool


@dataclass(frozen=True, kw_only=True)
class Cue:
    """A short thing to think of while running, the drill that trains it, and what it is about."""

    id: str
    text: str
    drill: str
    about: str


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Everything that a programme can be made of; ``exercises`` by id, phases in their order."""

    exercises: dict[str, Exercise]
    phases: tuple[Phase, ...]
    cues: tuple[Cue, ...]
    rules: dict[str, Rule]
