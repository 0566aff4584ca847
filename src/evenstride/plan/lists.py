"""Which exercises a strength session holds, before they are dosed and cut to its minutes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from evenstride.model import (
    Dose,
    PlannedExercise,
    Prescription,
)
from evenstride.model.plan import PhaseName, StrengthType
from evenstride.plan.figures import NEW_JUMPS_MAX
from evenstride.plan.filling import Filling, begins, first_sessions, may_jump, type_of
from evenstride.plan.placing import Placed
from evenstride.plan.weeks import monday, nothing_new

FOR_THE_FINDING_MINUTES = 30.0
"""In less, an exercise of the finding's own would push out too much of the phase's list (our own convention)."""
EMPHASES_MAX = 2
"""So many of the finding's emphases are looked at for an exercise of their own."""
DIFFICULTY_MAX: Mapping[PhaseName, int] = MappingProxyType({"beginner": 2, "intermediate": 3, "advanced": 5})
LEFT_MAX = 4
FAMILIES = ("strength", "support", "balance")
DRILLS = ("single_leg_stand_eyes_open", "single_leg_stand_eyes_closed")


def wanted_lines(filling: Filling, one: Placed, phase: PhaseName, kind: StrengthType) -> list[Prescription]:
    """The phase's list with what can be done in place of what cannot; what trains an emphasis comes first."""
    found = next(two for two in filling.catalogue.phases if two.name == phase)
    type_, week = type_of(found, kind), filling.weeks[monday(one.day)]
    new = nothing_new(one.day, filling.request.profile) or week.deload
    known = filling.progress.known if new else None
    lines, taken = [], set()
    for line in type_.prescriptions:
        exercise = filling.usable.or_relative(line.exercise, one.day, among=known)
        jumps = exercise is not None and filling.catalogue.exercises[exercise].plyometric
        if exercise is None or exercise in taken:
            continue
        if jumps and not may_jump(filling, one, week):
            continue
        taken.add(exercise)
        lines.append(replace(line, exercise=exercise))
    lines = _jumps_by_and_by(filling, lines)
    if not lines and known:
        lines = [_default(filling, name) for name in sorted(known) if _strength_like(filling, name, one.day)][:2]
    room = week.deload or (one.minutes >= FOR_THE_FINDING_MINUTES and not first_sessions(week, phase))
    if one.kind == "strength" and room:
        lines = [*_for_the_finding(filling, one, phase, kind, lines, known), *lines]
    return lines or _what_is_left(filling, one, known)


def _jumps_by_and_by(filling: Filling, lines: Sequence[Prescription]) -> list[Prescription]:
    """R-FORM-FIRST: few new jumps in one session, in the list's order, none before the easier one that leads to it."""
    exercises = filling.catalogue.exercises
    listed = {line.exercise for line in lines if exercises[line.exercise].plyometric}
    kept: list[Prescription] = []
    new: set[str] = set()
    for line in lines:
        name = line.exercise
        if name in listed and name not in filling.progress.known:
            easier = listed.intersection(exercises[name].regressions)
            if len(new) >= NEW_JUMPS_MAX or not easier <= filling.progress.known | new:
                continue
            new.add(name)
        kept.append(line)
    return kept


def _what_is_left(filling: Filling, one: Placed, known: Collection[str] | None) -> list[Prescription]:
    """Where injuries, restrictions and equipment leave nothing of a phase's list: one exercise of each pattern."""
    lines, patterns = [], set()
    exercises = filling.catalogue.exercises.values()
    for exercise in sorted(
        exercises, key=lambda two: (FAMILIES.index(two.family) if two.family in FAMILIES else 9, two.id)
    ):
        if exercise.family not in FAMILIES or exercise.pattern in patterns or not exercise.start:
            continue
        if filling.usable.on(exercise.id, one.day) and (known is None or exercise.id in known):
            patterns.add(exercise.pattern)
            lines.append(_default(filling, exercise.id))
    return lines[:LEFT_MAX]


def _for_the_finding(
    filling: Filling, one: Placed, phase: PhaseName, kind: StrengthType, lines: Sequence[Prescription],
    known: Collection[str] | None,
) -> list[Prescription]:  # fmt: skip
    """One exercise for what the finding stresses, where the phase's list has none for it.

    It stands before the phase's list: what is dropped for want of minutes is dropped from the end of that list.
    """
    finding = filling.request.finding
    if finding is None or kind not in ("general", "endurance"):
        return []
    trained = {name for line in lines for name in filling.catalogue.exercises[line.exercise].emphases}
    for emphasis in (name for name in finding.emphases[:EMPHASES_MAX] if name not in trained):
        fit = [
            exercise
            for exercise in filling.catalogue.exercises.values()
            if emphasis in exercise.emphases
            and exercise.family in FAMILIES
            and exercise.sides == "one"
            and exercise.difficulty <= DIFFICULTY_MAX[phase]
            and (known is None or exercise.id in known)
            and filling.usable.on(exercise.id, one.day)
        ]
        if fit:
            best = min(fit, key=lambda exercise: (
                FAMILIES.index(exercise.family), exercise.emphases.index(emphasis),
                -exercise.difficulty, exercise.dose.hold_s is not None, exercise.id,
            ))  # fmt: skip
            return [_default(filling, best.id)]
    return []


def _strength_like(filling: Filling, name: str, day: date) -> bool:
    one = filling.catalogue.exercises[name]
    return one.family == "strength" and filling.usable.on(name, day)


def _default(filling: Filling, name: str) -> Prescription:
    dose = filling.catalogue.exercises[name].dose
    return Prescription(exercise=name, sets=dose.sets, reps=dose.reps, hold_s=dose.hold_s)


def micro_list(filling: Filling, one: Placed, exercises: Sequence[PlannedExercise]) -> list[PlannedExercise]:
    """One or two single-leg drills, then a short pair."""
    known = filling.progress.known
    names = [name for name in DRILLS if name in known and filling.usable.on(name, one.day)] or [
        name
        for name in sorted(known)
        if filling.catalogue.exercises[name].family == "balance" and filling.usable.on(name, one.day)
    ]
    pair = [two for two in exercises if filling.catalogue.exercises[two.exercise].family != "balance"][:2]
    drills = []
    for name in names[:1]:
        hold = Dose(sets=1, hold_s=30.0) if filling.catalogue.exercises[name].dose.hold_s else Dose(sets=1, reps=8)
        first = begins(filling)
        drills.append(
            PlannedExercise(
                exercise=name,
                because="a single-leg drill opens every micro-session",
                first=first,
                left=hold,
                right=hold,
            )
        )
    return [*drills, *pair]
