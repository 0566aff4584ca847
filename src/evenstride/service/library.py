"""The library: every exercise by what is wanted of it, what a runner can do first; and where one stands with them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from evenstride.errors import UnknownEntry
from evenstride.model import Catalogue, Exercise, PlannedSession, PlanRequest, Prescription, ProgressionState
from evenstride.model.finding import EMPHASES
from evenstride.model.plan import PhaseName, StrengthType
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.catalogue.graph import ladder
from evenstride.plan.catalogue.words import EQUIPMENT, FAMILIES, JOINTS
from evenstride.plan.left_out import Absence
from evenstride.plan.states import progression_states
from evenstride.plan.usable import Hindrance, Usable
from evenstride.service.home import Home
from evenstride.service.plan_beside import usable_for, usable_from
from evenstride.service.plan_request import going_on_since, past_sessions
from evenstride.service.plan_why import why
from evenstride.store import KeptPlan, plan_in_force, remembered

NO_EQUIPMENT = "nothing"
"""What is wanted of equipment by who has none."""
MUSCLES_MIN = 3
"""A muscle that fewer exercises train is found by its name; a choice of its own would hide the others."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is wanted of the library; an empty word wants nothing, ``now`` only what can be done now."""

    text: str = ""
    family: str = ""
    joint: str = ""
    muscle: str = ""
    equipment: str = ""
    emphasis: str = ""
    phase: str = ""
    now: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An exercise of the library, and why its runner cannot do it now (None: they can, or nobody is asked about)."""

    exercise: Exercise
    hindrance: Hindrance | None = None


@dataclass(frozen=True, kw_only=True)
class PhaseDose:
    """What a phase asks of an exercise in one type of its sessions."""

    phase: PhaseName
    type: StrengthType
    line: Prescription
    reserve: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One exercise on its page: its neighbours, the way to it from an open start, and what phases ask."""

    exercise: Exercise
    easier: tuple[Exercise, ...]
    harder: tuple[Exercise, ...]
    way: tuple[Exercise, ...]
    doses: tuple[PhaseDose, ...]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an exercise stands with a runner: whether they can do it, in their plan, and on each side by the logs.

    ``planned``: there is a plan. ``coming`` are its sessions from today on that have the exercise, ``past`` those
    before, ``absence`` says why it is in none, naming some of the ``others``.
    """

    hindrance: Hindrance | None
    planned: bool
    coming: tuple[PlannedSession, ...] = ()
    past: tuple[PlannedSession, ...] = ()
    absence: Absence | None = None
    states: tuple[ProgressionState, ...] = ()
    others: tuple[Exercise, ...] = ()


def library(wanted: Wanted, home: Home | None = None) -> tuple[Entry, ...]:
    """Return the exercises that are wanted: what the runner can do now first, in the order of the catalogue.

    Every word of the text has to begin a word of what is known of the exercise. Without a runner nothing hinders.

    >>> [one.exercise.name for one in library(Wanted(text="calf bent"))]
    ['Single-leg calf raise, bent knee']
    """
    catalogue = load_catalogue()
    usable = usable_from(home, home.today) if home else None
    found = [
        Entry(exercise=one, hindrance=usable.hindrance(one, usable.request.today) if usable else None)
        for one in catalogue.exercises.values() if _fits(one, wanted, catalogue)
    ]  # fmt: skip
    ready = [one for one in found if one.hindrance is None]
    return tuple(ready if wanted.now else (*ready, *(one for one in found if one.hindrance is not None)))


def choices() -> Mapping[str, tuple[str, ...]]:
    """Return the words that each field of :class:`Wanted` can have, in the order in which people look for them.

    >>> choices()["phase"], choices()["muscle"][:3]
    (('beginner', 'intermediate', 'advanced'), ('glutes', 'hip abductors', 'quadriceps'))
    """
    catalogue = load_catalogue()
    every = catalogue.exercises.values()
    muscles = Counter(name for one in every for name in one.muscles)
    return {
        "family": FAMILIES,
        "joint": tuple(name for name in JOINTS if any(name in one.joints for one in every)),
        "muscle": tuple(name for name, n in muscles.most_common() if n >= MUSCLES_MIN),
        "equipment": (NO_EQUIPMENT, *EQUIPMENT),
        "emphasis": tuple(EMPHASES),
        "phase": tuple(one.name for one in catalogue.phases),
    }


def leaf(name: str) -> Leaf:
    """Return an exercise with what stands around it.

    Raises
    ------
    UnknownEntry
        There is no such exercise; near misses are named.

    Examples
    --------
    >>> page = leaf("split_squat")
    >>> [one.name for one in page.harder], [dose.phase for dose in page.doses]
    (['Bulgarian split squat', 'Reverse lunge'], ['beginner'])
    """
    catalogue = load_catalogue()
    exercises = catalogue.exercises
    if name not in exercises:
        near = [exercises[one].name for one in get_close_matches(name, exercises, n=2)]
        help_ = f"Did you mean {' or '.join(near)}?" if near else "The library has them all."
        raise UnknownEntry(f"There is no exercise {name}.", help=help_)
    one = exercises[name]
    return Leaf(
        exercise=one,
        easier=tuple(exercises[two] for two in one.regressions),
        harder=tuple(exercises[two] for two in one.progressions),
        way=tuple(exercises[two] for two in ladder(catalogue, name)) if one.regressions else (),
        doses=tuple(_doses(name, catalogue)),
    )


def standing(home: Home, name: str) -> Standing:
    """Return where an exercise stands with a runner, by the plan that holds and everything that was told."""
    kept = plan_in_force(home.store, home.athlete_id)
    usable = usable_from(home, home.today) if kept is None else usable_for(home, kept.plan)
    hindrance = usable.hindrance(usable.catalogue.exercises[name], home.today)
    told = any(one.exercise == name for log in usable.request.logs for one in log.exercises)
    own = tuple(one for one in _states(home, kept, usable) if one.exercise == name) if told else ()
    if kept is None:
        return Standing(hindrance=hindrance, planned=False, states=own)
    found = why(kept.plan, name, usable=usable)
    named = (*found.absence.instead, *found.absence.relatives) if found.absence else ()
    return Standing(
        hindrance=hindrance, planned=True, absence=found.absence, states=own,
        others=tuple(usable.catalogue.exercises[one] for one in named),
        coming=tuple(one for one in found.sessions if one.day >= home.today),
        past=tuple(one for one in found.sessions if one.day < home.today),
    )  # fmt: skip


def _states(home: Home, kept: KeptPlan | None, usable: Usable) -> tuple[ProgressionState, ...]:
    """Where every exercise stands, read from all that was told once until something is told anew."""
    return remembered(
        home.store, home.athlete_id, "progression", given=(home.today, home.profile),
        work=lambda: tuple(progression_states(_told(home, kept, usable.request), usable.catalogue)),
    )  # fmt: skip


def _told(home: Home, kept: KeptPlan | None, request: PlanRequest) -> PlanRequest:
    """What logs are read against: the programme that goes on, and what it had planned."""
    since = going_on_since(home, home.today)
    light = tuple(one.since for one in request.adjustments if one.kind == "deload_week")
    return replace(
        request, start=home.today, weeks=1, began=since, past=past_sessions(home, home.today, since),
        previous=kept.plan if kept else None, deload_weeks=light,
    )  # fmt: skip


def _fits(one: Exercise, wanted: Wanted, catalogue: Catalogue) -> bool:
    asked = [
        (wanted.family, (one.family,)), (wanted.joint, one.joints), (wanted.muscle, one.muscles),
        (wanted.emphasis, one.emphases), (wanted.phase, _phases_of(one.id, catalogue)),
        (wanted.equipment, (*one.equipment, *one.load_equipment) if one.equipment or one.load_equipment else ()),
    ]  # fmt: skip
    if wanted.equipment == NO_EQUIPMENT:
        asked[-1] = (NO_EQUIPMENT, () if one.equipment else (NO_EQUIPMENT,))
    return all(not word or word in known for word, known in asked) and _says(one, wanted.text)


def _says(one: Exercise, text: str) -> bool:
    """Whether every word of a text begins a word of what is known of an exercise.

    >>> step_up = load_catalogue().exercises["step_up"]
    >>> _says(step_up, "step-up kettle"), _says(step_up, "band")
    (True, False)
    """
    emphases = (EMPHASES[name] for name in one.emphases)
    known = (one.name, one.family, one.pattern, *one.joints, *one.muscles, *one.equipment, *one.load_equipment)
    words = _words(" ".join((*known, *emphases, "jump" if one.plyometric else "")))
    return all(any(word.startswith(asked) for word in words) for asked in _words(text))


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()


def _phases_of(name: str, catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(one.phase for one in _doses(name, catalogue))


def _doses(name: str, catalogue: Catalogue) -> Iterator[PhaseDose]:
    for phase in catalogue.phases:
        for type_ in phase.types:
            ends = (type_.reps_in_reserve, type_.reps_in_reserve_max)
            reserve = tuple(dict.fromkeys(one for one in ends if one is not None))
            for line in type_.prescriptions:
                if line.exercise == name:
                    yield PhaseDose(phase=phase.name, type=type_.name, line=line, reserve=reserve)
