"""What fits: the minutes of a session, and what is cut when they are short or the week is light."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import ceil, floor

from evenstride.model import (
    Catalogue,
    Dose,
    PlannedExercise,
)
from evenstride.plan.figures import (
    DELOAD_LOAD,
    DELOAD_SETS,
    MICRO_MINUTES,
    SECONDS_A_REPETITION,
    SECONDS_AN_EXERCISE,
    WARM_UP_S,
)
from evenstride.plan.filling import Filling
from evenstride.plan.maxima import whole_steps
from evenstride.plan.placing import Placed
from evenstride.plan.weeks import Week

HOLD_STEP_S = 15.0


def session_minutes(exercises: Iterable[PlannedExercise]) -> int:
    """Return how long a session takes: warm-up, repetitions or holds of each side, rests, and getting ready.

    >>> dose = Dose(sets=3, reps=10)
    >>> one = PlannedExercise(exercise="split_squat", because="", first="left", left=dose, right=dose)
    >>> session_minutes([one])
    15
    """
    seconds = WARM_UP_S
    for one in exercises:
        seconds += SECONDS_AN_EXERCISE + sum(_set_seconds(dose) * dose.sets for dose in one.doses)
        seconds += one.rest_s * max(dose.sets for dose in one.doses)
    return ceil(seconds / 60.0 - 1e-9)


def _set_seconds(dose: Dose) -> float:
    return dose.hold_s if dose.hold_s is not None else SECONDS_A_REPETITION * (dose.reps or 0)


def deloaded(
    filling: Filling, exercises: Sequence[PlannedExercise], week: Week, of_week: Sequence[Placed], day: date
) -> list[PlannedExercise]:
    """A share of the last loading week's sets, from the end of the list, and a little less load."""
    before = [start for start in sorted(filling.sets) if start < week.monday]
    lighter = [_lighter(one) for one in exercises]
    if not before:
        return lighter
    most = max(1, floor(DELOAD_SETS[1] * filling.sets[before[-1]]))
    ahead = sum(one.kind in ("strength", "micro") and one.day >= day for one in of_week)
    left = most - filling.light_sets.get(week.monday, 0)
    if left < 1 or not filling.moved.get(before[-1]):
        return []  # everything that a light week may hold is done, or there is nothing to make lighter
    share = max(1, left // max(1, ahead))
    if share > 1 and any(one.kind == "micro" and one.day == day for one in of_week):
        # The drills are what a short session can do without.
        drills = [one for one in lighter if _is_drill(one, filling.catalogue)]
        lighter = [*(one for one in lighter if one not in drills), *drills]
    # What both legs do together goes first: the share of single-leg work rises.
    single = [one for one in lighter if one.both is None]
    return _with_balance(filling, _cut_to(single or lighter, share), before[-1])


def _with_balance(filling: Filling, exercises: list[PlannedExercise], loading: date) -> list[PlannedExercise]:
    """Where no slower tempo asks for more technique than the last loading week, the last exercise is for balance."""
    if any(one.exercise in filling.moved.get(loading, ()) and one.tempo for one in exercises):
        return exercises
    known = [
        one for one in filling.catalogue.exercises.values()
        if one.family == "balance" and one.sides == "one" and one.dose.hold_s and one.id in filling.progress.known
        and filling.usable.on(one.id, filling.request.start)
    ]  # fmt: skip
    if not known or not exercises or any(one.exercise == known[0].id for one in exercises):
        return exercises
    dose = Dose(sets=1, hold_s=known[0].dose.hold_s)
    drill = PlannedExercise(
        exercise=known[0].id, because="a light week asks for balance", first=exercises[0].first or "left", left=dose,
        right=dose,
    )  # fmt: skip
    return [*exercises[:-1], drill] if len(exercises) > 1 else [drill]


def _lighter(one: PlannedExercise) -> PlannedExercise:
    def less(dose: Dose | None) -> Dose | None:
        if dose is None or dose.load_kg <= 0:
            return dose
        return replace(dose, load_kg=whole_steps(DELOAD_LOAD * dose.load_kg))

    even = min(dose.sets for dose in one.doses)
    left, right, both = (less(dose) for dose in (one.left, one.right, one.both))
    loaded = any(dose.load_kg > 0 or dose.band for dose in (left, right, both) if dose)
    return replace(
        one,
        reps_in_reserve=one.reps_in_reserve if loaded else None,
        left=replace(left, sets=even) if left else None,
        right=replace(right, sets=even) if right else None,
        both=both,
    )


def _cut_to(exercises: Sequence[PlannedExercise], sets: int) -> list[PlannedExercise]:
    kept = list(exercises)
    while sum(_sets(one) for one in kept) > sets:
        if any(_sets(one) > 1 for one in kept):
            # What both legs do together goes first: the share of single-leg work rises.
            i = max((one.both is not None, _sets(one), i) for i, one in enumerate(kept) if _sets(one) > 1)[2]
            kept[i] = _with_sets(kept[i], _sets(kept[i]) - 1)
        elif len(kept) > 1:
            kept.pop()
        else:
            break
    return kept


def _sets(one: PlannedExercise) -> int:
    return max(dose.sets for dose in one.doses)


def _with_sets(one: PlannedExercise, sets: int) -> PlannedExercise:
    def fewer(dose: Dose | None) -> Dose | None:
        return None if dose is None else replace(dose, sets=min(dose.sets, sets))

    return replace(one, left=fewer(one.left), right=fewer(one.right), both=fewer(one.both))


def trimmed_to(
    exercises: Sequence[PlannedExercise], limit: float, catalogue: Catalogue
) -> tuple[list[PlannedExercise], tuple[str, ...]]:
    """R-TRIM: sets to two, then to one, then exercises from the end, until the minutes hold it."""
    kept, said = list(exercises), []
    full = {one.exercise: _sets(one) for one in exercises}
    for most in (2, 1):
        for i in range(len(kept) - 1, -1, -1):
            if session_minutes(kept) <= limit:
                break
            if _sets(kept[i]) > most:
                kept[i] = _with_sets(kept[i], most)
    while len(kept) > 1 and session_minutes(kept) > limit:
        gone = kept.pop()
        said.append(f"{catalogue.exercises[gone.exercise].name} left out for want of minutes")
    for one in kept:
        if _sets(one) < full[one.exercise]:
            name = catalogue.exercises[one.exercise].name
            said.append(f"{name}: {_sets(one)} of {full[one.exercise]} sets for want of minutes")
    return kept, tuple(said)


def long_enough(
    exercises: Sequence[PlannedExercise],
    spare: Sequence[PlannedExercise],
    limit: float,
    catalogue: Catalogue,
    *,
    light: bool,
) -> list[PlannedExercise]:
    """Return a micro-session of ten minutes or more: its drills are held longer, then (not when light) done once more.

    Where that does not fit, a drill by itself does, one of the ``spare`` ones if need be.
    """
    changes = (_longer,) * 4 + (() if light else (_once_more,) * 3)
    drills = [_with_sets(one, 1) for one in (*exercises, *spare) if _is_drill(one, catalogue)]
    for some in (list(exercises), drills[:1]):
        for change in changes:
            for i, one in enumerate(some):
                longer = [*some[:i], change(one), *some[i + 1 :]]
                if (
                    session_minutes(some) < MICRO_MINUTES[0]
                    and _is_drill(one, catalogue)
                    and session_minutes(longer) <= limit
                ):
                    some = longer
        if some and session_minutes(some) >= MICRO_MINUTES[0]:
            return some
    if exercises and not drills and not light:
        more = [*exercises[:-1], _once_more(exercises[-1])]
        if session_minutes(more) <= limit:
            return more
    return list(exercises)


def _is_drill(one: PlannedExercise, catalogue: Catalogue) -> bool:
    return catalogue.exercises[one.exercise].family == "balance"


def _longer(one: PlannedExercise) -> PlannedExercise:
    def more(dose: Dose | None) -> Dose | None:
        return replace(dose, hold_s=dose.hold_s + HOLD_STEP_S) if dose and dose.hold_s else dose

    return replace(one, left=more(one.left), right=more(one.right), both=more(one.both))


def _once_more(one: PlannedExercise) -> PlannedExercise:
    def more(dose: Dose | None) -> Dose | None:
        return None if dose is None else replace(dose, sets=dose.sets + 1)

    return replace(one, left=more(one.left), right=more(one.right), both=more(one.both))
