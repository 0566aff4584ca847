"""Which list a session follows when reviews or coaches ask for another one than the phase's."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from evenstride.model import Exercise, Phase, Prescription, SessionTemplate, SessionType
from evenstride.plan.asked import asked_on, steps_back
from evenstride.plan.filling import Filling, may_jump
from evenstride.plan.placing import Placed
from evenstride.plan.weeks import monday

EASIER_SHARE = 2.0 / 3.0
"""Another scheme has so many of the repetitions, so that the load comes up (our own convention)."""
UNSTEADY = ("foam", "wobble")
TRAINED = ("strength", "support", "balance", "plyometric")


def stands_for(filling: Filling, exercise: str, day: date, known: Collection[str] | None) -> str | None:
    """Return what a session has for an exercise of its list: itself, what a review puts in its place, or a relative.

    What a review took a step back from is never replaced by something harder. ``known``: only these may stand.
    """
    back = steps_back(filling.request, day).get(exercise)
    if back is None:
        return filling.usable.or_relative(exercise, day, among=known)
    exercises = filling.catalogue.exercises
    fit = {name for name, one in exercises.items() if one.difficulty <= exercises[exercise].difficulty}
    easier = back.to if back.to and filling.usable.on(back.to, day) and (known is None or back.to in known) else None
    found = easier or filling.usable.or_relative(exercise, day, among=fit if known is None else fit & set(known))
    if found is not None:
        until = f"until {back.until:%-d %B}" if back.until else "until that is cleared"
        filling.notes[found] = f"in place of {exercises[exercise].name} {until}, on both legs, as a review asks"
    return found


def exchanged(
    filling: Filling, one: Placed, phase: Phase, type_: SessionType, known: Collection[str] | None
) -> Sequence[Prescription]:
    """Return a phase's list with other exercises for what the finding stresses first, where a review asks for them.

    Of the same pattern, about as hard, and led to by what is known; where there is none, fewer repetitions. Where
    nothing new may begin the list stays.
    """
    asked, finding = asked_on(filling.request, "change_stimulus", one.day), filling.request.finding
    if asked is None or known is not None or one.kind != "strength" or finding is None or not finding.emphases:
        return type_.prescriptions
    emphasis = finding.emphases[0]
    listed = {line.exercise for two in phase.types for line in two.prescriptions}
    lines: list[Prescription] = []
    for line in type_.prescriptions:
        exercise = filling.catalogue.exercises[line.exercise]
        if emphasis not in exercise.emphases or exercise.plyometric or line.reps is None:
            lines.append(line)
            continue
        other = _another(filling, exercise, emphasis, listed | {two.exercise for two in lines}, one.day)
        if other is not None:
            filling.notes[other] = f"in place of {exercise.name}, for the same aim, as a review asks"
            lines.append(replace(line, exercise=other))
        else:
            fewer = max(1, int(EASIER_SHARE * line.reps))
            filling.notes[line.exercise] = f"{fewer} repetitions in place of {line.reps}, as a review asks"
            lines.append(replace(line, reps=fewer, reps_max=None))
    return lines


def _another(filling: Filling, exercise: Exercise, emphasis: str, taken: Collection[str], day: date) -> str | None:
    """An exercise of the same pattern and aim, at most one step harder or easier, that is open to the runner."""
    fit = [
        one for one in filling.catalogue.exercises.values()
        if one.pattern == exercise.pattern and one.sides == exercise.sides and emphasis in one.emphases
        and one.id not in taken and one.dose.reps is not None and abs(one.difficulty - exercise.difficulty) <= 1
        and (one.start or one.id in filling.progress.known or filling.progress.known & set(one.regressions))
        and filling.usable.on(one.id, day)
    ]  # fmt: skip
    best = min(fit, key=lambda one: (abs(one.difficulty - exercise.difficulty), one.id), default=None)
    return best.id if best is not None else None


def two_steps(filling: Filling, exercise: str) -> bool:
    """Whether a new exercise is harder, and on a less steady surface, than an easier one that was done (R-PROGRESS)."""
    new, done = filling.catalogue.exercises[exercise], {name for name, _, _ in filling.progress.last}
    if exercise in done:
        return False
    easier = [filling.catalogue.exercises[name] for name in new.regressions if name in done]
    return any(new.difficulty > one.difficulty and _unsteady(new) > _unsteady(one) for one in easier)


def _unsteady(one: Exercise) -> bool:
    return any(word in one.surface for word in UNSTEADY)


def template_for(filling: Filling, one: Placed) -> SessionTemplate | None:
    """Return the coach's session that a strength session follows: of several the next in turn."""
    found = templates_on(filling, one)
    return found[filling.templated % len(found)] if found else None


def templates_on(filling: Filling, one: Placed) -> list[SessionTemplate]:
    """Return every coach's session that a strength session may follow on its day."""
    return [
        two for two in filling.request.templates
        if one.kind == "strength" and two.since <= one.day and (two.until is None or one.day <= two.until)
        and two.exercises
    ]  # fmt: skip


def template_lines(filling: Filling, one: Placed, template: SessionTemplate, type_: SessionType) -> list[Prescription]:
    """Return a coach's lines within the phase's doses; jumps only where they are open, and no mobility."""
    exercises, week = filling.catalogue.exercises, filling.weeks[monday(one.day)]
    jumps = may_jump(filling, one, week) and filling.phases[week.monday][0] == "advanced"
    lines = []
    for line in template.exercises:
        exercise = exercises[line.exercise]
        if exercise.family not in TRAINED:
            filling.left.append(f"{exercise.name} (mobility and running drills have sessions of their own)")
        elif exercise.plyometric and not jumps:
            filling.left.append(f"{exercise.name} (jumps are not open on this day)")
        else:
            lines.append(_within(filling, line, type_))
    return lines


def _within(filling: Filling, line: Prescription, type_: SessionType) -> Prescription:
    """A coach's dose, no more than the phase's full one."""
    full = next((two for two in type_.prescriptions if two.exercise == line.exercise), None)
    most = (full.sets_max or full.sets) if full else max(two.sets_max or two.sets for two in type_.prescriptions)
    usual = filling.catalogue.exercises[line.exercise].dose
    reps, hold = (line.reps, line.hold_s) if line.reps or line.hold_s else (usual.reps, usual.hold_s)
    top = line.reps_max
    if full and full.reps and reps:
        reps = min(reps, full.reps_max or full.reps)
        top = min(top, full.reps_max or full.reps) if top else None
    if full and full.hold_s and hold:
        hold = min(hold, full.hold_s)
    return replace(line, sets=min(line.sets, most), sets_max=None, reps=reps, reps_max=top, hold_s=hold)
