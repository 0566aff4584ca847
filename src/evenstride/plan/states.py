"""Where a runner stands in each exercise, on each side, by the logs: what was done last, and what may rise next."""

from evenstride.model import Catalogue, Dose, Exercise, PlanRequest, Prescription, ProgressionState
from evenstride.model.plan import Rising
from evenstride.plan.figures import BODY_WEIGHT_WEEKS
from evenstride.plan.maxima import carries_body
from evenstride.plan.progression import Last, Progress, may_load, progress_until
from evenstride.plan.rising import Asked, Key, carried_kg, load_to_begin, next_dose
from evenstride.plan.usable import Usable
from evenstride.plan.weeks import WEEK, began, monday, weeks_of


def progression_states(request: PlanRequest, catalogue: Catalogue) -> tuple[ProgressionState, ...]:
    """Return how far each exercise has come on each side, per type of session, by the logs before ``request.start``.

    Returns
    -------
    One state for each exercise, side and type of which a log tells of a loading session since the programme began (or
    began again after a break), in order of the exercise, the type and the side; none without logs. Sessions ahead are
    not in it, nor are light weeks and tapers, but for the estimated maximum, which any session may show.

    Notes
    -----
    Which mass the estimated maximum is of stands in ``max_with_body``: the body and the load that one leg moves on
    foot, else the external load on that side. It is Epley's formula on the repetitions done and those that the session
    kept in reserve, as logs do not tell them; where none are asked for none are added, so that it is rather too low
    than too high. Works for sets of up to about twelve repetitions to exhaustion; sets of more, and sets that were not
    clean or hurt, give none. Nothing is held back where there is no estimate.
    """
    progress = progress_until(request, catalogue, weeks_of(request))
    usable = Usable(request=request, catalogue=catalogue)
    keys = sorted(progress.last, key=lambda key: (key[0], key[2], key[1]))
    return tuple(_state(progress, usable, key) for key in keys if key[0] in catalogue.exercises)


def _state(progress: Progress, usable: Usable, key: Key) -> ProgressionState:
    exercise, last = usable.catalogue.exercises[key[0]], progress.last[key]
    best = progress.maxima.found.get(key[:2])
    then, why = next_dose(progress, key, _asked(progress, usable, key, last))
    what = _what_rises(last.dose, then)
    return ProgressionState(
        exercise=key[0], side=key[1], type=key[2], last=last.done, clean_sessions=last.clean,
        ready_for_load=may_load(progress, key[0]),
        max_kg=best.kg if best else None, max_with_body=carries_body(exercise),
        max_session=best.session if best else "", max_day=best.day if best else None,
        next=then, rises=what,
        why=why or ("nothing rises yet" if what == "nothing" else f"{what} back to what the phase asks for"),
    )  # fmt: skip


def _asked(progress: Progress, usable: Usable, key: Key, last: Last) -> Asked:
    """What the next session of the same phase and type would ask."""
    request, catalogue = usable.request, usable.catalogue
    exercise = catalogue.exercises[key[0]]
    phase = next((one for one in catalogue.phases if one.name == last.phase), catalogue.phases[0])
    type_ = next((one for one in phase.types if one.name == key[2]), phase.types[0])
    line = next((one for one in type_.prescriptions if one.exercise == exercise.id), _default(exercise))
    loadable = usable.loadable(exercise)
    week = (monday(request.start) - monday(began(request))) // WEEK + 1
    early = phase.name == "beginner" and week <= BODY_WEIGHT_WEEKS
    load = load_to_begin(progress, exercise, key[2], request.profile.mass_kg, loadable=loadable)
    return Asked(
        phase=last.phase, wanted=Dose(sets=line.sets, reps=line.reps, hold_s=line.hold_s), reps_max=line.reps_max,
        load_kg=0.0 if early or line.hold_s else load, easier=exercise.regressions, loadable=loadable,
        body_kg=carried_kg(exercise, request.profile.mass_kg), reserve=type_.reps_in_reserve,
    )  # fmt: skip


def _default(exercise: Exercise) -> Prescription:
    dose = exercise.dose
    return Prescription(exercise=exercise.id, sets=dose.sets, reps=dose.reps, hold_s=dose.hold_s)


def _what_rises(before: Dose, then: Dose) -> Rising:
    if then.load_kg > before.load_kg:
        return "load"
    if then.sets > before.sets:
        return "sets"
    more = (then.reps or 0) > (before.reps or 0) or (then.hold_s or 0.0) > (before.hold_s or 0.0)
    return "repetitions" if more else "nothing"
