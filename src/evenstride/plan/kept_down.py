"""What reviews take out of a dose: nothing rises, one set fewer, fewer repetitions, back as it was."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from evenstride.model import Dose, Prescription
from evenstride.model.plan import StrengthType
from evenstride.model.profile import Side
from evenstride.plan.asked import asked_on, cleared_since, loosened
from evenstride.plan.filling import Filling
from evenstride.plan.progression import SETS_MAX
from evenstride.plan.rising import least
from evenstride.plan.weeks import Week

FEWER_REPS = 2
"""Where a step back has no easier version there are so many repetitions fewer (our own convention)."""


@dataclass(frozen=True, kw_only=True)
class KeptDown:
    """What holds of one exercise on one day: ``still``: nothing rises; ``fewer``: a set fewer; ``reps_fewer``."""

    still: bool = False
    fewer: bool = False
    reps_fewer: int | None = None

    def __bool__(self) -> bool:
        return self.still or self.fewer or self.reps_fewer is not None


def kept_down(filling: Filling, exercise: str, week: Week, day: date) -> KeptDown:
    """Return what reviews take out of the dose of an exercise on a day; a light week is light enough without it."""
    request, last = filling.request, filling.last_day.get(exercise)
    cleared = cleared_since(request, exercise, day)
    back = cleared is not None and last is not None and last < cleared
    held = asked_on(request, "hold", day) is not None and filling.last_phase is not None
    loose = loosened(request, day).get(exercise)
    fewer = one_set_fewer(filling, week, day)
    # The first session takes them off; what comes after it asks for the same.
    reps = None if loose is None else 0 if last is not None and last >= loose.since else FEWER_REPS
    return KeptDown(still=held or back or fewer, fewer=fewer, reps_fewer=reps)


def one_set_fewer(filling: Filling, week: Week, day: date) -> bool:
    """Whether each exercise has a set fewer on a day."""
    return asked_on(filling.request, "fewer_sets", day) is not None and not week.deload


def lessened(
    filling: Filling, doses: Mapping[Side, Dose], line: Prescription, kind: StrengthType, what: KeptDown
) -> dict[Side, Dose]:
    """Return doses of an exercise without what reviews take out; neither leg ever passes the weaker one."""
    found = {side: _less(filling, side, dose, line, kind, what) for side, dose in doses.items()}
    if filling.limb is not None:
        weak, strong_side = found[filling.limb], next(side for side in found if side != filling.limb)
        return {**found, strong_side: least(found[strong_side], weak)}
    both = least(found["left"], found["right"])
    return {"left": both, "right": both}


def _less(filling: Filling, side: Side, dose: Dose, line: Prescription, kind: StrengthType, what: KeptDown) -> Dose:
    """One leg's dose against its last loading session; without one against what the list has."""
    own = filling.progress.last.get((line.exercise, side, kind))
    before = (own.base or own.dose) if own else None
    if before is not None:
        load = max(before.load_kg, own.before_kg if own else 0.0)
        dose = least(dose, replace(before, load_kg=load, band=dose.band))
    else:
        loads = [one.before_kg for key, one in filling.progress.last.items() if key[:2] == (line.exercise, side)]
        dose = replace(dose, load_kg=min(dose.load_kg, max(loads, default=dose.load_kg)))
    if what.fewer:
        had = before.sets if before is not None and before.sets < SETS_MAX else line.sets
        dose = replace(dose, sets=max(1, min(dose.sets, had - 1)))
    if what.reps_fewer is not None and dose.reps is not None:
        had = before.reps if before is not None and before.reps is not None else dose.reps
        dose = replace(dose, reps=max(1, min(dose.reps, had - what.reps_fewer)))
    return dose
