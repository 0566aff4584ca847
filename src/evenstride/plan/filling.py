"""What is known while sessions are filled one after another: phase, progress, sets of each week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from evenstride.model import (
    Catalogue,
    Phase,
    PlanRequest,
    SessionType,
)
from evenstride.model.plan import PhaseName, StrengthType
from evenstride.model.profile import Side
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


@dataclass
class Filling:
    """What is known while sessions are filled one after another."""

    request: PlanRequest
    catalogue: Catalogue
    usable: Usable
    progress: Progress
    tests: Sequence[Placed]
    caps: Mapping[date, PhaseName]
    weeks: Mapping[date, Week]
    limb: Side | None
    phases: dict[date, tuple[PhaseName, tuple[str, ...]]] = field(default_factory=dict)
    sets: dict[date, int] = field(default_factory=dict)
    extra_for: str = ""
    moved: dict[date, set[str]] = field(default_factory=dict)
    light_sets: dict[date, int] = field(default_factory=dict)


def count_past(filling: Filling) -> None:
    """Sets of the weeks before the plan, as they were planned and done."""
    races = filling.request.profile.races
    done = {log.session for log in filling.request.logs if log.done}
    for one in filling.request.past:
        week = filling.weeks.get(monday(one.day))
        if week is None or one.id not in done or one.kind not in ("strength", "micro"):
            continue
        if week.deload:
            filling.light_sets[week.monday] = filling.light_sets.get(week.monday, 0) + one.sets
        elif not (week.taper or tapers(one.day, races)):
            moved = {two.exercise for two in one.exercises if two.tempo}
            filling.moved.setdefault(week.monday, set()).update(moved)
            filling.sets[week.monday] = filling.sets.get(week.monday, 0) + one.sets


def phase_in(filling: Filling, week: Week) -> tuple[PhaseName, tuple[str, ...]]:
    """The phase of a week is decided once, at its first session."""
    if week.monday not in filling.phases:
        day = max(week.monday, filling.request.start)
        instead = {
            line.exercise: relative
            for phase in filling.catalogue.phases
            for type_ in phase.types
            for line in type_.prescriptions
            if (relative := filling.usable.or_relative(line.exercise, day)) is not None
        }
        phase, assumes = phase_of(filling.progress, filling.request, filling.catalogue, week, filling.tests, instead)
        cap = filling.caps[week.monday]
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
