"""How exercises grow: one thing at a time, form before load, jumps last."""

from collections.abc import Iterator

from evenstride.model import BrokenRule, Dose, Exercise, PlannedExercise
from evenstride.plan.figures import BASE_BEFORE_PLYOMETRICS, CLEAN_SESSIONS_BEFORE_LOAD, NEW_JUMPS_MAX
from evenstride.plan.rules.body import usable
from evenstride.plan.rules.case import PHASES, TRAINING_KINDS, Case, Held, broken
from evenstride.plan.rules.gates import phase_of, plyometrics_open, standings
from evenstride.plan.rules.history import BOUT_SIDES, Bout, BoutSide, counts, earlier, tempo_seconds
from evenstride.plan.rules.moments import say_day

BANDS = ("extra_light", "light", "medium", "heavy", "extra_heavy")
UNSTABLE = ("foam", "foam_pad", "wobble", "wobble_board")


def one_thing_rises(case: Case) -> Iterator[BrokenRule]:
    """R-PROGRESS: at most one of load, sets, repetitions, difficulty, surface and speed rises."""
    for one in case.judged:
        if one.session.kind not in TRAINING_KINDS or one.log is not None:
            continue
        for line, entry in case.training_lines(one.session):
            told: set[str] = set()
            for side in BOUT_SIDES:
                dose: Dose | None = getattr(line, side)
                if dose is not None:
                    told.update(_too_much(case, one, line, entry, side))
            for text in sorted(told):
                yield broken("R-PROGRESS", one, text)


def _too_much(case: Case, one: Held, line: PlannedExercise, entry: Exercise, side: BoutSide) -> Iterator[str]:
    dose: Dose = getattr(line, side)
    own = earlier(case, entry.id, side, one)
    before = last_counting(case, entry.id, side, one)
    easier = None if own else _easier(case, one, entry, side)
    reference = before or easier
    if reference is None:
        return
    rises = _rises(dose, line.tempo, reference)
    if easier is not None:
        rises = [rise for rise in rises if not rise.startswith("speed")] + _harder(case, easier, entry)
    since = f"{entry.name}, since {say_day(reference.held.day)}"
    if len(rises) > 1:
        yield f"{since}: {' and '.join(rises)} rise together"
    if rises and reference.held.log is None and reference.held.judged and not one.session.assumes:
        yield f"{since}: {rises[0]} rises on work that is still to be done, and nothing says that it is assumed"
    sets_first = any(rise.startswith("sets") for rise in rises) and _later_phase(case, one, own[-1:])
    if sets_first and dose.load_kg <= reference.load_kg and _may_be_loaded(case, one, entry, own):
        yield f"{since}: sets rise on entering the {case.phase(one)} phase, where the load is first"


def last_counting(case: Case, exercise: str, side: BoutSide, one: Held) -> Bout | None:
    """Return the last loading, untrimmed bout of the same exercise, side and session type."""
    found = (bout for bout in reversed(earlier(case, exercise, side, one)) if bout.type == one.session.type)
    return next((bout for bout in found if counts(case, bout)), None)


def _easier(case: Case, one: Held, entry: Exercise, side: BoutSide) -> Bout | None:
    """The last bout of an easier neighbour that this exercise takes the place of."""
    here = {line.exercise for line in one.session.exercises}
    found = [last_counting(case, name, side, one) for name in entry.regressions if name not in here]
    return max((bout for bout in found if bout is not None), key=lambda bout: bout.held.start, default=None)


def _rises(dose: Dose, tempo: str, before: Bout) -> list[str]:
    rises = []
    if dose.load_kg > before.load_kg or _band(dose.band) > _band(before.band):
        rises.append(f"load ({before.load_kg:g} to {dose.load_kg:g} kg)")
    if dose.sets > before.sets:
        rises.append(f"sets ({before.sets} to {dose.sets})")
    if dose.reps is not None and before.reps is not None and dose.reps > before.reps:
        rises.append(f"repetitions ({before.reps:g} to {dose.reps})")
    if dose.hold_s is not None and before.hold_s is not None and dose.hold_s > before.hold_s:
        rises.append(f"hold ({before.hold_s:g} to {dose.hold_s:g} s)")
    was, now = tempo_seconds(before.tempo), tempo_seconds(tempo)
    if was is not None and (now is None or now[0] + now[2] < was[0] + was[2]):
        rises.append(f"speed ({before.tempo} to {tempo or 'no tempo'})")
    return rises


def _band(band: str | None) -> int:
    name = (band or "").strip().lower().replace("-", "_").replace(" ", "_")
    return BANDS.index(name) if name in BANDS else -1


def _harder(case: Case, easier: Bout, entry: Exercise) -> list[str]:
    old = case.catalogue.exercises[easier.exercise]
    rises = []
    if entry.difficulty > old.difficulty:
        rises.append(f"difficulty ({old.name} to {entry.name})")
    if _unstable(entry) > _unstable(old):
        rises.append(f"instability of the surface ({old.surface} to {entry.surface})")
    return rises


def two_steps(case: Case, entry: Exercise, one: Held) -> bool:
    """Whether an exercise is new, and both harder and less steady than an easier neighbour that was done before it."""
    if jumped(case, entry.id, one):
        return False
    done = (bout for name in entry.regressions for side in BOUT_SIDES for bout in earlier(case, name, side, one))
    return any(len(_harder(case, bout, entry)) > 1 for bout in done)


def _unstable(entry: Exercise) -> int:
    return sum(word in entry.surface.lower().replace(" ", "_") for word in UNSTABLE)


def _later_phase(case: Case, one: Held, last: list[Bout]) -> bool:
    return any(PHASES.index(case.phase(one)) > PHASES.index(case.phase(bout.held)) for bout in last)


def _may_be_loaded(case: Case, one: Held, entry: Exercise, own: list[Bout]) -> bool:
    """Whether the phase means the exercise with a load, and form and equipment allow one."""
    meant = any(
        line.exercise == entry.id and line.loaded
        for found in phase_of(case, case.phase(one)).types if found.name == one.session.type
        for line in found.prescriptions
    )  # fmt: skip
    return meant and clean_in_a_row(own) and bool(set(entry.load_equipment) & set(case.request.profile.equipment))


def form_first(case: Case) -> Iterator[BrokenRule]:
    """R-FORM-FIRST: no load before two clean body-weight sessions in a row; no jumps before base and gate."""
    for one in case.judged:
        if one.log is not None or one.session.kind == "test":
            continue
        for line in one.session.exercises:
            entry = case.exercise(line)
            if entry is not None:
                yield from _load(case, one, line, entry)
                if entry.plyometric:
                    yield from _jumps(case, one, entry)
        yield from _new_jumps(case, one)


def _load(case: Case, one: Held, line: PlannedExercise, entry: Exercise) -> Iterator[BrokenRule]:
    told: set[str] = set()
    for side in BOUT_SIDES:
        dose: Dose | None = getattr(line, side)
        if dose is None or dose.load_kg <= 0:
            continue
        before = earlier(case, entry.id, side, one)
        where = "" if side == "both" else f" on the {side}"
        if not clean_in_a_row(before):
            told.add(
                f"{entry.name} with {dose.load_kg:g} kg{where} before {CLEAN_SESSIONS_BEFORE_LOAD} clean sessions in a"
                " row with body weight"
            )
        elif not clean_in_a_row([b for b in before if b.held.log is not None]) and not one.session.assumes:
            told.add(f"{entry.name} with {dose.load_kg:g} kg{where} assumes clean sessions, and does not say so")
    for text in sorted(told):
        yield broken("R-FORM-FIRST", one, text)


def clean_in_a_row(before: list[Bout]) -> bool:
    """Whether some two sessions in a row of those with body weight, none loaded between, were clean."""
    run = 0
    for bout in before:
        run = run + 1 if bout.clean and bout.done_kg == 0 else 0
        if run >= CLEAN_SESSIONS_BEFORE_LOAD:
            return True
    return False


def _jumps(case: Case, one: Held, entry: Exercise) -> Iterator[BrokenRule]:
    if not plyometrics_open(case, one):
        weeks = case.number(one.day) - 1
        missing = [item.text for item, how in standings(case, "advanced", one.day) if how == "missing"]
        why = f"the advanced gate is missing: {'; '.join(missing)}" if missing else f"{weeks} weeks of base are over"
        needed = BASE_BEFORE_PLYOMETRICS.days // 7
        yield broken(
            "R-FORM-FIRST",
            one,
            f"{entry.name}: {why}; jumps need {needed} weeks of base and the advanced gate",
        )


def _new_jumps(case: Case, one: Held) -> Iterator[BrokenRule]:
    """No more than a few jumps of a session are new, and none comes before the easier one that leads to it."""
    new = [entry for entry in case.exercises_of(one.session) if entry.plyometric and not jumped(case, entry.id, one)]
    if len(new) > NEW_JUMPS_MAX:
        names = ", ".join(entry.name for entry in new)
        yield broken("R-FORM-FIRST", one, f"{names} are new in one session; at most {NEW_JUMPS_MAX} jumps are")
    for entry in new:
        for easier in easier_jumps(case, entry, one):
            yield broken("R-FORM-FIRST", one, f"{entry.name} comes before {case.name(easier)}, which leads to it")


def jumped(case: Case, exercise: str, one: Held) -> bool:
    """Whether an exercise was done, or is planned, before a session."""
    return any(earlier(case, exercise, side, one) for side in BOUT_SIDES)


def easier_jumps(case: Case, entry: Exercise, one: Held) -> list[str]:
    """Return the phase's jumps that lead to one, may be done, and neither were nor stand before it in the session."""
    jumps = {
        full.exercise
        for found in phase_of(case, case.phase(one)).types for full in found.prescriptions
        if case.catalogue.exercises[full.exercise].plyometric
    }  # fmt: skip
    there = [each.id for each in case.exercises_of(one.session)]
    before = there[: there.index(entry.id)] if entry.id in there else there
    return [
        name for name in entry.regressions
        if name in jumps and name not in before and not jumped(case, name, one)
        and usable(case, case.catalogue.exercises[name], one.day)
    ]  # fmt: skip
