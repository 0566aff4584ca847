"""What comes after the last loading session of an exercise: at most one of load, sets and repetitions rises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from evenstride.model import Dose, Exercise
from evenstride.model.plan import StrengthType
from evenstride.model.profile import Side
from evenstride.plan.figures import LOAD_RISE
from evenstride.plan.maxima import STEP_KG, carries_body, whole_steps
from evenstride.plan.progression import Last, Progress, may_load

Key = tuple[str, Side, StrengthType]
START_SHARE: Mapping[StrengthType, float] = MappingProxyType(
    {"general": 0.05, "endurance": 0.10, "maximal": 0.20, "power": 0.0}
)
"""Where a load begins, as a share of body mass: light, or more for maximal strength (our own convention)."""
UNKNOWN_MASS_KG = 60.0
"""A load is that of a light runner where body mass is not known (our own convention)."""
SESSIONS_A_STEP = 2
"""So many complete sessions in a row at the top of the repetitions, or beyond what was asked, before the load rises."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a session asks of an exercise: the phase's dose, and what a load may be.

    ``wanted`` is the phase's dose, up to ``reps_max`` repetitions; ``load_kg`` the first load (0: none). ``easier``
    exercises are those whose place it may take. ``loadable``: there is something to load it with. ``body_kg`` is what
    the leg moves beside the load. ``reserve``: so many repetitions more would go; None where the phase asks for none.
    """

    phase: str
    wanted: Dose
    reps_max: int | None = None
    load_kg: float = 0.0
    easier: Sequence[str] = ()
    loadable: bool = False
    body_kg: float = 0.0
    reserve: int | None = None

    @property
    def top(self) -> int:
        """The most repetitions of a set."""
        return max(self.reps_max or 0, self.wanted.reps or 0)


def next_dose(progress: Progress, key: Key, asked: Asked) -> tuple[Dose, str]:
    """Return what comes after the last loading session of an exercise: at most one thing rises, and why.

    On entering a phase the load rises first, the sets at the next session. After every complete session there is one
    repetition more, up to the top of their range; after two there the load rises, and the repetitions are back at the
    beginning of the range (double progression). The load rises sooner where two sessions in a row ended with two
    repetitions to spare. What takes the place of an easier exercise begins with no more than that had: its difficulty
    has risen.

    Sessions ahead count as complete. What a log tells counts as told: after a session that was not complete and clean
    the same is asked again. Where repetitions in reserve are asked for no load rises, and no first one stands, above
    what the weaker leg's estimated maximum allows for the repetitions and those in reserve
    (:class:`evenstride.plan.maxima.Maxima`); without an estimate nothing is held back.
    """
    last = progress.last.get(key)
    if last is None or asked.wanted.reps is None or last.dose.reps is None:
        return _beginning(progress, key, asked), ""
    same = _same(last, asked)
    if last.base is not None and rises(same, last.base) > 1:
        same = least(same, last.base)  # sessions that want of minutes cut do not hide what stood before them
    if last.fell_short:
        return same, "the same again: the last time was not complete"
    if last.before_kg > 0 and asked.load_kg == 0:
        return same, "nothing rises without its load"
    for step, why in _steps(last, same, asked):
        dose = _capped(progress, key[0], asked, step, same.load_kg)
        if dose is not None and rises(dose, last.base) <= 1:
            return dose, why
    return same, ""


def _same(last: Last, asked: Asked) -> Dose:
    entering = last.phase != asked.phase
    reps = min(last.dose.reps or 0, (asked.wanted.reps or 0) if entering else asked.top)
    load = last.dose.load_kg if asked.load_kg > 0 else 0.0
    sets = min(asked.wanted.sets, last.dose.sets)
    if entering and asked.loadable and last.base is not None:
        sets = min(sets, last.base.sets)  # with the phase the load is first
    return Dose(sets=sets, reps=reps, load_kg=load)


def _steps(last: Last, same: Dose, asked: Asked) -> list[tuple[Dose, str]]:
    """What may rise, the most wanted first."""
    wanted, load, reps = asked.wanted, same.load_kg, same.reps or 0
    entering = last.phase != asked.phase
    heavy = replace(same, load_kg=heavier(load, asked.body_kg))
    spare, at_top = last.exceeded >= SESSIONS_A_STEP, reps >= asked.top and last.sessions >= SESSIONS_A_STEP
    back = "the load of before" if last.before_kg else "a first load"
    steps = (
        (asked.load_kg > 0 and load == 0, replace(same, load_kg=last.before_kg or asked.load_kg), back),
        (entering and load > 0, heavy, "the load rises with the phase"),
        (same.sets < wanted.sets and not (entering and asked.loadable), replace(same, sets=wanted.sets),
         "the sets rise"),
        (reps < (wanted.reps or 0), replace(same, reps=wanted.reps), "the repetitions rise"),
        (load > 0 and (spare or at_top), replace(heavy, reps=wanted.reps), "the load rises"),
        (reps < asked.top, replace(same, reps=reps + 1), "one repetition more"),
    )  # fmt: skip
    held = "the load stays: the weaker leg's estimated maximum allows no more"
    return [*((dose, why) for may, dose, why in steps if may), *([(same, held)] if load > 0 and at_top else [])]


def _capped(progress: Progress, exercise: str, asked: Asked, dose: Dose, before_kg: float) -> Dose | None:
    """A dose whose load has risen no further than the weaker leg's estimate allows; None where it may not rise."""
    if asked.reserve is None or dose.load_kg <= before_kg or dose.reps is None:
        return dose
    most = progress.maxima.most_kg(exercise, dose.reps + asked.reserve)
    if most is None or dose.load_kg <= most:
        return dose
    return replace(dose, load_kg=most) if most > before_kg else None


def _beginning(progress: Progress, key: Key, asked: Asked) -> Dose:
    """The first dose of an exercise: the phase's, and not more than the easier one had whose place it takes."""
    wanted, load_kg = asked.wanted, asked.load_kg
    first = Dose(sets=wanted.sets, reps=wanted.reps, hold_s=wanted.hold_s, load_kg=load_kg)
    may = _capped(progress, key[0], asked, first, 0.0)
    load_kg = may.load_kg if may is not None else 0.0
    full = Dose(sets=wanted.sets, reps=wanted.reps, hold_s=wanted.hold_s, load_kg=load_kg)
    bases = [last for name in asked.easier if (last := progress.last.get((name, *key[1:]))) and last.base]
    if not bases or full.reps is None:
        return full
    before = max(bases, key=lambda last: last.order).base
    if before is None or before.reps is None:
        return full
    return Dose(
        sets=min(full.sets, before.sets),
        reps=min(full.reps, before.reps),
        load_kg=load_kg if load_kg <= before.load_kg else 0.0,
    )


def least(one: Dose, other: Dose) -> Dose:
    """Return the smaller of two doses in everything that they both have."""
    reps = one.reps if one.reps is None or other.reps is None else min(one.reps, other.reps)
    hold = one.hold_s if one.hold_s is None or other.hold_s is None else min(one.hold_s, other.hold_s)
    return replace(one, sets=min(one.sets, other.sets), reps=reps, hold_s=hold, load_kg=min(one.load_kg, other.load_kg))


def rises(dose: Dose, base: Dose | None) -> int:
    """How many of sets, repetitions and load are more than before."""
    if base is None:
        return 0
    return (dose.sets > base.sets) + ((dose.reps or 0) > (base.reps or 0)) + (dose.load_kg > base.load_kg)


def first_load(mass_kg: float | None, kind: StrengthType = "general") -> float:
    """Return where a load begins (kg), in whole steps: light, and more for maximal strength.

    >>> first_load(68.0), first_load(None), first_load(68.0, "maximal")
    (4.0, 4.0, 14.0)
    """
    share = START_SHARE[kind] * (UNKNOWN_MASS_KG if mass_kg is None else mass_kg)
    return max(STEP_KG, round(share / STEP_KG) * STEP_KG) if share > 0 else 0.0


def load_to_begin(
    progress: Progress, exercise: Exercise, kind: StrengthType, mass_kg: float | None, *, loadable: bool
) -> float:  # fmt: skip
    """Return the first load of an exercise (kg); 0 where it is not loaded (yet)."""
    if exercise.load_type == "band" or not loadable or not may_load(progress, exercise.id):
        return 0.0
    return first_load(mass_kg, kind)


def heavier(load_kg: float, body_kg: float = 0.0) -> float:
    """Return the next load: a twentieth more of what the leg moves, in whole steps of two kilograms, at least one.

    ``body_kg`` is what it moves beside the load (:func:`carried_kg`).

    >>> heavier(16.0, 82.0), heavier(8.0, 60.0), heavier(8.0)
    (20.0, 10.0, 10.0)
    """
    return load_kg + max(STEP_KG, whole_steps(LOAD_RISE * (body_kg + load_kg)))


def carried_kg(exercise: Exercise, mass_kg: float | None) -> float:
    """Return the body mass that a leg moves in an exercise beside its load (kg): all of it on foot, else none."""
    return (UNKNOWN_MASS_KG if mass_kg is None else mass_kg) if carries_body(exercise) else 0.0
