"""A session's log made of its plan and what was different, compared with what was asked: values in, values out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from evenstride.model import Dose, Exercise, ExerciseLog, Limb, PlannedExercise, PlannedSession, Side
from evenstride.service.log_text import ExerciseSaid, SideSaid

SIDES: tuple[Side, Side] = ("left", "right")
OTHER: Mapping[Side, Side] = {"left": "right", "right": "left"}


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What was asked of one side of an exercise (``side`` None: of both together), and what was done.

    ``reps`` are repetitions of each set, or seconds held. ``less`` and ``more``: than was asked.
    """

    exercise: str
    side: Side | None
    asked: Dose | None
    reps: tuple[float, ...]
    load_kg: float
    less: bool
    more: bool


def as_prescribed(one: PlannedExercise) -> ExerciseLog:
    """Return the log of an exercise done as it stands: clean, without pain, every set.

    >>> from evenstride.model import Dose
    >>> both = {"left": Dose(sets=2, reps=8), "right": Dose(sets=1, reps=8)}
    >>> line = PlannedExercise(exercise="split_squat", because="", **both)
    >>> as_prescribed(line).left_reps, as_prescribed(line).right_reps
    ((8.0, 8.0), (8.0,))
    """
    left, right = one.left or one.both, one.right or one.both
    return ExerciseLog(
        exercise=one.exercise,
        left_reps=_work(left), right_reps=_work(right),
        left_load_kg=left.load_kg if left else 0.0, right_load_kg=right.load_kg if right else 0.0,
        clean_left=True if left else None, clean_right=True if right else None,
    )  # fmt: skip


def logs_of_exercises(
    base: Sequence[ExerciseLog], said: Sequence[ExerciseSaid], session: PlannedSession | None
) -> tuple[ExerciseLog, ...]:
    """Lay what was said over what there is; an exercise that is new takes its load from what was asked.

    An exercise that was left out has no log.
    """
    logs = {one.exercise: one for one in base}
    asked = {one.exercise: one for one in session.exercises} if session else {}
    for one in said:
        if one.left_out:
            logs.pop(one.exercise, None)
            continue
        known = logs.get(one.exercise) or _begun(one.exercise, asked.get(one.exercise))
        logs[one.exercise] = _laid_over(known, one)
    return tuple(logs.values())


def compare(session: PlannedSession | None, logs: Sequence[ExerciseLog]) -> tuple[Compared, ...]:
    """Say for every exercise and side what was asked and what was done, in the order of the session.

    What was asked and not logged has no repetitions; what nobody asked for has no dose.
    """
    done = {one.exercise: one for one in logs}
    asked = {one.exercise: one for one in session.exercises} if session else {}
    return tuple(
        found
        for name in dict.fromkeys((*asked, *done))
        for found in _compared(name, asked.get(name), done.get(name))
    )  # fmt: skip


def weak_first_warning(logs: Sequence[ExerciseLog], limb: Limb, exercises: Mapping[str, Exercise]) -> str:
    """Return one kind sentence where the stronger leg did more than the weaker one completed (R-WEAK-FIRST).

    Empty where it did not, or where no leg is known to be the weaker (``limb`` undetermined). A leg with nothing
    logged says nothing.
    """
    if limb == "undetermined":
        return ""
    found = [words for one in logs if (words := _more_than_weaker(one, limb))]
    if not found:
        return ""
    first = next(one for one in logs if _more_than_weaker(one, limb))
    known = exercises.get(first.exercise)
    name = known.name if known else first.exercise.replace("_", " ")
    also = f", and so in {len(found) - 1} more" if len(found) > 1 else ""
    return (
        f"{name}: the {OTHER[limb]} leg did {found[0]}{also}; next time let it stop where the {limb} one, the weaker,"
        " has stopped (R-WEAK-FIRST)."
    )


def _more_than_weaker(one: ExerciseLog, weaker: Side) -> str:
    weak, strong = _side(one, weaker), _side(one, OTHER[weaker])
    if not weak[0] or not strong[0]:
        return ""
    if strong[1] > weak[1]:
        return f"{strong[1]:g} kg against {weak[1]:g} kg"
    if sum(strong[0]) > sum(weak[0]):
        return f"{_figures(strong[0])} against {_figures(weak[0])}"
    return ""


def _figures(reps: Sequence[float]) -> str:
    return ", ".join(f"{one:g}" for one in reps)


def _side(one: ExerciseLog, side: Side) -> tuple[tuple[float, ...], float]:
    return (one.left_reps, one.left_load_kg) if side == "left" else (one.right_reps, one.right_load_kg)


def _work(dose: Dose | None) -> tuple[float, ...]:
    if dose is None:
        return ()
    each = dose.reps if dose.reps is not None else dose.hold_s
    return (float(each or 0.0),) * dose.sets


def _begun(exercise: str, asked: PlannedExercise | None) -> ExerciseLog:
    """An exercise of which only what is said is known: the load is the one that was asked for."""
    if asked is None:
        return ExerciseLog(exercise=exercise)
    whole = as_prescribed(asked)
    return replace(whole, left_reps=(), right_reps=(), clean_left=None, clean_right=None)


def _laid_over(known: ExerciseLog, said: ExerciseSaid) -> ExerciseLog:
    now = replace(known, **_fields("left", said.left), **_fields("right", said.right))
    if "left" in said.sides_left_out:
        now = replace(now, left_reps=(), clean_left=None)
    if "right" in said.sides_left_out:
        now = replace(now, right_reps=(), clean_right=None)
    if said.pain is not None:
        pain = said.pain
        now = replace(
            now, pain_0_10=pain.value_0_10, pain_site=pain.site, pain_side=pain.side, pain_kind=pain.kind
        )  # fmt: skip
    return replace(now, stopped_early=known.stopped_early or said.stopped_early)


def _fields(side: Side, said: SideSaid) -> dict[str, Any]:
    """The fields of one side that something was said of."""
    fields = {
        f"{side}_reps": said.reps, f"{side}_load_kg": said.load_kg, f"{side}_in_reserve": said.in_reserve,
        f"clean_{side}": said.clean,
    }  # fmt: skip
    return {name: value for name, value in fields.items() if value is not None}


def _compared(name: str, asked: PlannedExercise | None, done: ExerciseLog | None) -> list[Compared]:
    log = done or ExerciseLog(exercise=name)
    if asked is not None and asked.both is not None and log.left_reps == log.right_reps:
        return [_one_side(name, None, asked.both, (log.left_reps, log.left_load_kg))]
    doses = {"left": asked.left or asked.both, "right": asked.right or asked.both} if asked else {}
    return [
        _one_side(name, side, doses.get(side), _side(log, side))
        for side in SIDES
        if doses.get(side) is not None or _side(log, side)[0]
    ]


def _one_side(name: str, side: Side | None, asked: Dose | None, done: tuple[tuple[float, ...], float]) -> Compared:
    reps, load = done
    wanted, wanted_kg = _work(asked), asked.load_kg if asked else 0.0
    less = asked is not None and (sum(reps) < sum(wanted) or len(reps) < len(wanted) or (load < wanted_kg))
    more = asked is not None and (sum(reps) > sum(wanted) or load > wanted_kg)
    return Compared(exercise=name, side=side, asked=asked, reps=reps, load_kg=load, less=less, more=more)
