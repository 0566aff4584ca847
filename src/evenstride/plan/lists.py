"""Which exercises a strength session holds, before they are dosed and cut to its minutes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from evenstride.model import (
    Dose,
    PlannedExercise,
    Prescription,
    SessionTemplate,
    SessionType,
)
from evenstride.model.plan import PhaseName, StrengthType
from evenstride.plan.asked import asked_on, steps_back
from evenstride.plan.exchanged import exchanged, stands_for, template_for, template_lines, templates_on, two_steps
from evenstride.plan.figures import NEW_JUMPS_MAX
from evenstride.plan.filling import Filling, begins, first_sessions, may_jump, type_of
from evenstride.plan.placing import Placed
from evenstride.plan.weeks import Week, monday, nothing_new

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
    known = _known(filling, one, week)
    template = template_for(filling, one)
    lines = _coachs(filling, one, template, type_, known) if template else []
    filling.template = template if lines else None
    if lines and not week.deload:
        return lines
    own = exchanged(filling, one, found, type_, known)
    # A light week has a share of the last one's sets, for which a coach's session alone may be too short.
    more = [*_of_others(filling, one, type_), *own] if lines else own
    lines += [line for line in _present(filling, one, more, known) if line.exercise not in {x.exercise for x in lines}]
    if filling.template:
        return lines
    lines += _spare(filling, one, lines, known or frozenset())
    room = week.deload or (one.minutes >= FOR_THE_FINDING_MINUTES and not first_sessions(week, phase))
    if one.kind == "strength" and room:
        lines = [*_for_the_finding(filling, one, phase, kind, lines, known), *lines]
    single = any(filling.catalogue.exercises[line.exercise].sides == "one" for line in lines)
    if week.deload and not single:
        # The share of single-leg work rises in a light week, whatever has become of the phase's list.
        there = {line.exercise for line in lines}
        lines += [line for line in _what_is_left(filling, one, known) if line.exercise not in there]
    return lines or _what_is_left(filling, one, known)


def _known(filling: Filling, one: Placed, week: Week) -> frozenset[str] | None:
    """What may stand where nothing new may begin; None where it may."""
    if nothing_new(one.day, filling.request.profile) or week.deload:
        return frozenset(filling.progress.known)
    if asked_on(filling.request, "hold", one.day) is None or filling.last_phase is None:
        return None
    # A step back is new as well, and easier.
    return frozenset(filling.progress.known | {back.to for back in steps_back(filling.request, one.day).values()})


def _spare(filling: Filling, one: Placed, lines: Sequence[Prescription], known: frozenset[str]) -> list[Prescription]:
    """Known strength exercises where a list has none left, or a micro-session no pair."""
    there = {line.exercise for line in lines}
    short = 2 - sum(filling.catalogue.exercises[name].family == "strength" for name in there)
    if short <= 0 or (lines and one.kind != "micro"):
        return []
    spare = [name for name in sorted(known - there) if _strength_like(filling, name, one.day)]
    return [_default(filling, name) for name in spare][:short]


def _present(
    filling: Filling, one: Placed, listed: Sequence[Prescription], known: Collection[str] | None
) -> list[Prescription]:
    """A list with what can be done in place of what cannot."""
    lines, taken = [], set()
    for line in listed:
        exercise = stands_for(filling, line.exercise, one.day, known)
        jumps = exercise is not None and filling.catalogue.exercises[exercise].plyometric
        if exercise is None or exercise in taken:
            continue
        if jumps and not may_jump(filling, one, filling.weeks[monday(one.day)]):
            continue
        if two_steps(filling, exercise):
            continue
        taken.add(exercise)
        lines.append(replace(line, exercise=exercise))
    return _jumps_by_and_by(filling, lines, one.day)


def _of_others(filling: Filling, one: Placed, type_: SessionType) -> list[Prescription]:
    """The lines of every coach's session of a day; what is left out of them is not of this session."""
    left = list(filling.left)
    found = [line for two in templates_on(filling, one) for line in template_lines(filling, one, two, type_)]
    filling.left = left
    return found


def _coachs(
    filling: Filling, one: Placed, template: SessionTemplate, type_: SessionType, known: Collection[str] | None
) -> list[Prescription]:
    """A coach's list with what can be done in place of what cannot; what is left out of it is noted."""
    wanted = template_lines(filling, one, template, type_)
    lines = _present(filling, one, wanted, known)
    there = {line.exercise for line in lines}
    for line in wanted:
        if line.exercise not in there:
            exercise = filling.catalogue.exercises[line.exercise]
            why = filling.usable.hindrance(exercise, one.day)
            reason = (
                f"as {why.text}" if why
                else "harder and less steady at once than what was done" if two_steps(filling, line.exercise)
                else "new exercises and jumps come later"
            )  # fmt: skip
            filling.left.append(f"{exercise.name} ({reason})")
    return lines


def _jumps_by_and_by(filling: Filling, lines: Sequence[Prescription], day: date) -> list[Prescription]:
    """R-FORM-FIRST: few new jumps in one session, in the list's order, none before the easier one that leads to it."""
    exercises = filling.catalogue.exercises
    phases = (line.exercise for phase in filling.catalogue.phases for two in phase.types for line in two.prescriptions)
    listed = {name for name in phases if exercises[name].plyometric and filling.usable.on(name, day)}
    listed |= {line.exercise for line in lines if exercises[line.exercise].plyometric}
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
            ranked = sorted(fit, key=lambda exercise: (
                FAMILIES.index(exercise.family), exercise.emphases.index(emphasis),
                -exercise.difficulty, exercise.dose.hold_s is not None, exercise.id,
            ))  # fmt: skip
            other = emphasis == finding.emphases[0] and asked_on(filling.request, "change_stimulus", one.day)
            best = ranked[1 if other and known is None and len(ranked) > 1 else 0]
            if best is not ranked[0]:
                filling.notes[best.id] = f"in place of {ranked[0].name}, for the same aim, as a review asks"
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
