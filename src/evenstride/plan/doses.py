"""How much each leg does of an exercise: what may rise, the weaker leg first, light weeks and tapers."""

from collections.abc import Mapping
from dataclasses import replace

from evenstride.model import (
    Dose,
    Exercise,
    PlannedExercise,
    Prescription,
)
from evenstride.model.plan import StrengthType
from evenstride.model.profile import Side
from evenstride.plan.figures import (
    BODY_WEIGHT_WEEKS,
    REST_S,
    TAPER_SETS,
)
from evenstride.plan.filling import Filling, begins, phase_in, type_of
from evenstride.plan.kept_down import kept_down, lessened
from evenstride.plan.placing import Placed
from evenstride.plan.progression import SIDES
from evenstride.plan.rising import Asked, carried_kg, least, load_to_begin, next_dose, rises
from evenstride.plan.weeks import Week, tapers

LOADING_TEMPO, SLOW_TEMPO = "2-1-2-1", "3-1-3-1"
"""R-TEMPO, and slower where a light week asks for more technique."""


def dosed(
    filling: Filling, one: Placed, line: Prescription, kind: StrengthType, week: Week, *, light: bool
) -> PlannedExercise:
    """Return an exercise with a dose for each leg: at most one thing rises, the weaker leg leads."""
    exercise = filling.catalogue.exercises[line.exercise]
    races = filling.request.profile.races
    tapering = tapers(one.day, races)
    sets = min(line.sets, TAPER_SETS) if tapering else line.sets
    wanted = Dose(sets=sets, reps=line.reps, hold_s=line.hold_s)
    load = _load(filling, exercise, line, week, kind, light=light)
    phase = phase_in(filling, week)[0]
    type_ = type_of(next(two for two in filling.catalogue.phases if two.name == phase), kind)
    asked = Asked(
        phase=phase, wanted=wanted, reps_max=line.reps_max, load_kg=load, easier=exercise.regressions,
        loadable=filling.usable.loadable(exercise), reserve=type_.reps_in_reserve,
        body_kg=carried_kg(exercise, filling.request.profile.mass_kg),
    )  # fmt: skip
    doses: dict[Side, Dose] = {}
    why = ""
    for side in SIDES:
        dose, said = next_dose(filling.progress, (exercise.id, side, kind), asked)
        if tapering or week.deload:
            dose, said = _held(filling, exercise, side, kind, wanted, load), ""
        doses[side] = dose
        why = why or said
    if exercise.load_type == "band" and filling.usable.loadable(exercise):
        doses = {side: replace(dose, band="light") for side, dose in doses.items()}
    doses = _weaker_leads(filling, doses, (exercise, kind), asked)
    down = kept_down(filling, exercise.id, week, one.day)
    if down:
        doses, why = lessened(filling, doses, line, kind, down), ""
    common = {
        "exercise": exercise.id,
        "tempo": "" if exercise.plyometric or line.hold_s else SLOW_TEMPO if week.deload else LOADING_TEMPO,
        "rest_s": max(REST_S, type_.rest_s),
        # How many more would go says something of a load; of body weight and of jumps it does not.
        "reps_in_reserve": type_.reps_in_reserve if any(map(is_loaded, doses.values())) else None,
        "because": _why(filling, exercise, why),
    }
    if exercise.sides == "two":
        both = doses["left"] if doses["left"].load_kg <= doses["right"].load_kg else doses["right"]
        return PlannedExercise(**common, both=both)  # type: ignore[arg-type]
    first = begins(filling)
    return PlannedExercise(**common, first=first, left=doses["left"], right=doses["right"])  # type: ignore[arg-type]


def is_loaded(dose: Dose) -> bool:
    """Whether a dose has a load or a band."""
    return dose.load_kg > 0 or dose.band is not None


def _load(
    filling: Filling, exercise: Exercise, line: Prescription, week: Week, kind: StrengthType, *, light: bool
) -> float:
    """The first load of an exercise in a week; 0 where it is not loaded (yet)."""
    beginner = phase_in(filling, week)[0] == "beginner"
    if light or line.hold_s or (beginner and week.number <= BODY_WEIGHT_WEEKS):
        return 0.0
    loadable = filling.usable.loadable(exercise)
    return load_to_begin(filling.progress, exercise, kind, filling.request.profile.mass_kg, loadable=loadable)


def _held(
    filling: Filling, exercise: Exercise, side: Side, kind: StrengthType, wanted: Dose, load: float
) -> Dose:  # fmt: skip
    """The last loading dose again, for light weeks and tapers: nothing rises."""
    last = filling.progress.last.get((exercise.id, side, kind))
    if last is None:
        # No load begins here; one that another type of session has may be had.
        known = (one.before_kg for key, one in filling.progress.last.items() if key[:2] == (exercise.id, side))
        return replace(wanted, load_kg=min(load, max(known, default=0.0)))
    if last.dose.reps is None or wanted.reps is None:
        return replace(wanted, load_kg=last.dose.load_kg)
    reps = min(last.dose.reps, wanted.reps)
    # A session without its load between loaded ones is no measure of the load.
    return Dose(sets=min(wanted.sets, last.dose.sets), reps=reps, load_kg=last.before_kg if load > 0 else 0.0)


def _weaker_leads(
    filling: Filling, doses: Mapping[Side, Dose], what: tuple[Exercise, StrengthType], asked: Asked
) -> dict[Side, Dose]:
    """The stronger leg never has more than the weaker; without one both have the smaller dose of the two."""
    left, right = doses["left"], doses["right"]
    if filling.limb is None:
        low = Dose(
            sets=min(left.sets, right.sets),
            reps=_least(left.reps, right.reps),
            hold_s=left.hold_s,
            load_kg=min(left.load_kg, right.load_kg),
            band=left.band,
        )
        return {"left": low, "right": low}
    weak = doses[filling.limb]
    strong_side: Side = "right" if filling.limb == "left" else "left"
    if what[0].id not in filling.extra:
        return {filling.limb: weak, strong_side: weak}
    weak, sets = _one_more(filling, what, weak, asked)
    return {filling.limb: replace(weak, sets=sets), strong_side: weak}


def _one_more(filling: Filling, what: tuple[Exercise, StrengthType], weak: Dose, asked: Asked) -> tuple[Dose, int]:
    """The weaker leg's dose and its sets with one more: where that is a rise, it is the only one (R-PROGRESS)."""
    last = filling.progress.last.get((what[0].id, filling.limb or "left", what[1]))
    easier = [
        one for name in asked.easier
        if (one := filling.progress.last.get((name, filling.limb or "left", what[1]))) and one.base
    ]  # fmt: skip
    if last is None and easier:
        base = max(easier, key=lambda one: one.order).base
        return weak, min(weak.sets + 1, max(weak.sets, base.sets)) if base else weak.sets
    if last is None or last.base is None or weak.sets + 1 <= last.base.sets:
        return weak, weak.sets + 1
    if last.phase != asked.phase and asked.loadable:
        return weak, weak.sets  # the load is first
    kept = least(weak, replace(last.base, sets=weak.sets, load_kg=max(last.base.load_kg, last.before_kg)))
    return (kept, kept.sets + 1) if rises(replace(kept, sets=kept.sets + 1), last.base) <= 1 else (weak, weak.sets)


def _least(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else min(one, other)


def with_extra_said(filling: Filling, one: PlannedExercise) -> PlannedExercise:
    """Return an exercise that names its limb's extra set, where minutes and light weeks have left it one."""
    if one.left is None or one.right is None or one.left.sets == one.right.sets or one.exercise not in filling.extra:
        return one
    return replace(one, because=f"{one.because}; one set more on the {filling.limb}, {filling.extra[one.exercise]}")


def _why(filling: Filling, exercise: Exercise, rise: str) -> str:
    finding = filling.request.finding
    reasons = []
    if finding:
        stressed = [name for name in finding.emphases if name in exercise.emphases]
        if stressed:
            reasons.append(f"trains {stressed[0].replace('_', ' ')}, which the finding stresses")
    if not reasons:
        reasons.append(f"{exercise.pattern.replace('_', ' ')} of this phase")
    if exercise.id in filling.notes:
        reasons.append(filling.notes[exercise.id])
    if rise:
        reasons.append(rise)
    return "; ".join(reasons)
