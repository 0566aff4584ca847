"""Which word of a review, or session of a coach, holds on a day; read without the planner."""

from datetime import date

from evenstride.model import Adjustment, Prescription, SessionTemplate, SessionType
from evenstride.model.adjustment import AdjustmentKind
from evenstride.plan.rules.case import TRAINING_FAMILIES, Case, Held
from evenstride.plan.rules.moments import DAY

WEEK_DAYS = 4
"""A word about weeks binds those of which it covers so many days."""


def asked(case: Case, kind: AdjustmentKind, day: date) -> bool:
    """Whether an applied review asks one kind of thing of a day."""
    return any(one.kind == kind and one.covers(day) for one in case.request.adjustments)


def set_aside(case: Case, exercise: str, day: date, *, only_fewer: bool = False) -> Adjustment | None:
    """Return the step back that keeps an exercise out of a day, on either side; lifted by a later clearing.

    ``only_fewer``: the one that leaves it, with fewer repetitions, as nothing easier takes its place for a while.
    """
    standing: dict[object, Adjustment] = {}
    for one in sorted(case.request.adjustments, key=lambda one: one.since):
        if one.exercise != exercise or one.since > day:
            continue
        if one.kind == "clear":
            standing = {side: two for side, two in standing.items() if one.side is not None and side[0] != one.side}  # type: ignore[index]
        elif one.kind == "regress" and (not one.to and one.until is not None) == only_fewer:
            standing[one.side, one.until] = one
    return next((one for one in standing.values() if one.covers(day)), None)


def as_coached(case: Case, one: Held) -> SessionTemplate | None:
    """Return the coach's session that a strength session follows: by its words, of those that speak of its day."""
    if one.session.kind != "strength":
        return None
    said = [because.text for because in one.session.because if because.rule == "R-REVIEW"]
    return next(
        (
            two for two in case.request.templates
            if two.since <= one.day and (two.until is None or one.day <= two.until)
            and any(text.startswith(two.name) for text in said)
        ),
        None,
    )  # fmt: skip


def list_of(case: Case, one: Held, found: SessionType) -> tuple[Prescription, ...]:
    """Return the list that a session follows: a coach's, within the most sets of its type, else its phase's."""
    coached = as_coached(case, one)
    if coached is None:
        return found.prescriptions
    most = {full.exercise: full.sets_max or full.sets for full in found.prescriptions}
    usual = max(most.values())
    return tuple(
        Prescription(
            exercise=line.exercise, sets=min(line.sets, most.get(line.exercise, usual)), reps=line.reps,
            reps_max=line.reps_max, hold_s=line.hold_s,
        )
        for line in coached.exercises if case.catalogue.exercises[line.exercise].family in TRAINING_FAMILIES
    )  # fmt: skip


def most_sessions(case: Case, monday: date) -> int | None:
    """Return how many strength sessions reviews leave in a week; None where they say nothing of it."""
    found = [
        two.amount for two in case.request.adjustments
        if two.kind == "fewer_sessions" and sum(two.covers(monday + n * DAY) for n in range(7)) >= WEEK_DAYS
    ]  # fmt: skip
    return max(1, min(found)) if found else None
