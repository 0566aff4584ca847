"""What is known while sessions are filled one after another: phase, progress, sets of each week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from evenstride.model import (
    Catalogue,
    Phase,
    PlanRequest,
    SessionTemplate,
    SessionType,
)
from evenstride.model.plan import PhaseName, StrengthType
from evenstride.model.profile import Side
from evenstride.plan.asked import asked_on
from evenstride.plan.figures import (
    BASE_BEFORE_PLYOMETRICS,
)
from evenstride.plan.placing import Placed
from evenstride.plan.progression import (
    PHASES,
    Progress,
    phase_of,
)
from evenstride.plan.usable import Usable
from evenstride.plan.weeks import Week, began, monday, no_plyometrics, tapers

FIRST_SESSIONS_WEEKS = 2
TEMPLATE_WORDS = "a coach's session in place of the phase's list"


@dataclass
class Filling:
    """What is known while sessions are filled one after another.

    Of the session that is being filled: ``extra`` names the exercises with a set more for the limb, and why, ``notes``
    what is said of single exercises, ``left`` what a coach's session goes without. ``gates`` is what the runner can do
    whatever reviews ask: a gate is not taken on what stands in for a step back. ``templated`` counts coaches' sessions,
    ``last_day`` is when each exercise was done last; ``last_phase`` is None before the first session.
    """

    request: PlanRequest
    catalogue: Catalogue
    usable: Usable
    gates: Usable
    progress: Progress
    tests: Sequence[Placed]
    caps: Mapping[date, PhaseName]
    weeks: Mapping[date, Week]
    limb: Side | None
    phases: dict[date, tuple[PhaseName, tuple[str, ...]]] = field(default_factory=dict)
    sets: dict[date, int] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    template: SessionTemplate | None = None
    templated: int = 0
    last_phase: PhaseName | None = None
    last_day: dict[str, date] = field(default_factory=dict)
    moved: dict[date, set[str]] = field(default_factory=dict)
    light_sets: dict[date, int] = field(default_factory=dict)


def count_past(filling: Filling) -> None:
    """Sets of the weeks before the plan, as they were planned and done."""
    races = filling.request.profile.races
    done = {log.session for log in filling.request.logs if log.done}
    for log in sorted(filling.request.logs, key=lambda one: one.day):
        if log.done and log.day < filling.request.start:
            filling.last_day |= {one.exercise: log.day for one in log.exercises}
    for one in sorted(filling.request.past, key=lambda one: one.day):
        week = filling.weeks.get(monday(one.day))
        if week is None or one.id not in done or one.kind not in ("strength", "micro"):
            continue
        filling.last_phase = one.phase or filling.last_phase
        filling.templated += any(TEMPLATE_WORDS in because.text for because in one.because)
        if week.deload:
            filling.light_sets[week.monday] = filling.light_sets.get(week.monday, 0) + one.sets
        elif not (week.taper or tapers(one.day, races)):
            moved = {two.exercise for two in one.exercises if two.tempo}
            filling.moved.setdefault(week.monday, set()).update(moved)
            filling.sets[week.monday] = filling.sets.get(week.monday, 0) + one.sets


def phase_in(filling: Filling, week: Week, day: date | None = None) -> tuple[PhaseName, tuple[str, ...]]:
    """The phase of a week is decided once, on the ``day`` of its first session; where a review holds it, none opens."""
    if week.monday not in filling.phases:
        first = max(week.monday, filling.request.start)
        instead = {
            line.exercise: relative
            for phase in filling.catalogue.phases
            for type_ in phase.types
            for line in type_.prescriptions
            if (relative := filling.gates.or_relative(line.exercise, first)) is not None
        }
        phase, assumes = phase_of(filling.progress, filling.request, filling.catalogue, week, filling.tests, instead)
        cap = filling.caps[week.monday]
        if filling.last_phase and asked_on(filling.request, "hold", day or first):
            cap = min(cap, filling.last_phase, key=PHASES.index)
        if PHASES.index(phase) > PHASES.index(cap):
            phase = cap
        filling.phases[week.monday] = phase, assumes if phase != "beginner" else ()
    return filling.phases[week.monday]


def first_sessions(week: Week, phase: PhaseName) -> bool:
    """The first two weeks of a beginner: short, and with body weight."""
    return phase == "beginner" and week.number <= FIRST_SESSIONS_WEEKS


def may_jump(filling: Filling, one: Placed, week: Week) -> bool:
    """R-FORM-FIRST, R-TAPER, R-DELOAD: jumps need eight weeks of base and a week that is not light."""
    races = filling.request.profile.races
    based = one.day - began(filling.request) >= BASE_BEFORE_PLYOMETRICS
    return based and not (week.deload or one.light or no_plyometrics(one.day, races)) and one.kind == "strength"


def type_of(phase: Phase, kind: StrengthType) -> SessionType:
    """Return a phase's sessions of one type; its first where it does not tell types apart."""
    return next((type_ for type_ in phase.types if type_.name == kind), phase.types[0])


def begins(filling: Filling) -> Side:
    """Return the leg on which a session begins: the one to favour, else the other one than last time."""
    return filling.limb or ("left" if filling.progress.last_first == "right" else "right")
