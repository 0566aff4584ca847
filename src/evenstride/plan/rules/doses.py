"""How much a session holds: its minutes, the phase's full doses, and what short minutes may cut."""

from collections.abc import Iterator
from itertools import takewhile
from math import ceil

from evenstride.model import BrokenRule, Exercise, PlannedExercise, PlannedSession, Prescription, SessionType
from evenstride.plan.figures import (
    BEGINNER_MINUTES,
    BODY_WEIGHT_WEEKS,
    FIRST_SESSIONS_MINUTES,
    NEW_JUMPS_MAX,
    REST_S,
    SECONDS_A_REPETITION,
    SECONDS_AN_EXERCISE,
    WARM_UP_S,
)
from evenstride.plan.rules.body import usable
from evenstride.plan.rules.case import TRAINING_KINDS, Case, Held, broken
from evenstride.plan.rules.gates import phase_of, plyometrics_open
from evenstride.plan.rules.history import BOUT_SIDES, earlier
from evenstride.plan.rules.progress import easier_jumps, jumped, last_counting, two_steps
from evenstride.plan.rules.words import as_coached, asked, list_of

TRIMMED_SETS = (2, 1)
"""R-TRIM: what sets are cut to, one after the other."""


def full_doses(case: Case) -> Iterator[BrokenRule]:
    """R-PHASE: loading weeks hold no more than the phase's full dose; the first two weeks are short and unloaded."""
    for one in case.judged:
        if one.session.kind != "strength" or one.log is not None:
            continue
        yield from _first_two_weeks(case, one)
        found = type_of(case, one)
        if found is None:
            yield broken("R-PHASE", one, f"the {case.phase(one)} phase has no sessions of type {one.session.type}")
        elif case.loading(one):
            for line, entry in case.training_lines(one.session):
                yield from _beyond(case, one, line, entry, found)


def _first_two_weeks(case: Case, one: Held) -> Iterator[BrokenRule]:
    if case.phase(one) != "beginner":
        return
    early = case.number(one.day) <= BODY_WEIGHT_WEEKS
    most = FIRST_SESSIONS_MINUTES if early else BEGINNER_MINUTES
    if one.session.minutes > most:
        yield broken(
            "R-PHASE",
            one,
            f"{one.session.minutes:g} minutes in week {case.number(one.day)} of the programme; a beginner has at "
            f"most {most:g}",
        )
    if early:
        for line, entry in case.training_lines(one.session):
            if any(dose.load_kg > 0 for dose in line.doses):
                yield broken(
                    "R-PHASE",
                    one,
                    f"{entry.name} with a load in week {case.number(one.day)}; weeks 1 and 2 are body weight",
                )


def type_of(case: Case, one: Held) -> SessionType | None:
    """Return what the catalogue says of a session's type; where a phase has one type only, that."""
    types = phase_of(case, case.phase(one)).types
    if one.session.type is None and len(types) == 1:
        return types[0]
    return next((found for found in types if found.name == one.session.type), None)


def _beyond(
    case: Case, one: Held, line: PlannedExercise, entry: Exercise, found: SessionType
) -> Iterator[BrokenRule]:  # fmt: skip
    full = next((each for each in found.prescriptions if each.exercise == line.exercise), None)
    most = _most_sets(full) if full else max(map(_most_sets, found.prescriptions))
    for side in ("left", "right", "both"):
        dose = getattr(line, side)
        if dose is None:
            continue
        allowed = most + (side == case.led)
        if dose.sets > allowed:
            yield broken("R-PHASE", one, f"{entry.name}: {dose.sets} sets; the full dose is {most}")
        if full and dose.reps is not None and full.reps and dose.reps > (full.reps_max or full.reps):
            yield broken(
                "R-PHASE",
                one,
                f"{entry.name}: {dose.reps} repetitions; the full dose is {full.reps_max or full.reps}",
            )
        if full and dose.hold_s is not None and full.hold_s and dose.hold_s > full.hold_s:
            yield broken("R-PHASE", one, f"{entry.name}: {dose.hold_s:g} s; the full dose is {full.hold_s:g} s")
    yield from _reserve(one, line, entry, found if full else None)
    if full and entry.plyometric and line.rest_s < found.rest_s:
        yield broken("R-PHASE", one, f"{entry.name}: {line.rest_s:g} s of rest; jumps need {found.rest_s:g}")


def _reserve(one: Held, line: PlannedExercise, entry: Exercise, found: SessionType | None) -> Iterator[BrokenRule]:
    """Repetitions in reserve stand on what is loaded only, and there as the type of session has them."""
    kept, name = line.reps_in_reserve, entry.name
    if not any(dose.load_kg > 0 or dose.band is not None for dose in line.doses):
        if kept is not None:
            yield broken("R-PHASE", one, f"{name}: {kept} repetitions in reserve of sets without a load")
    elif found is not None and found.reps_in_reserve is not None and entry.family == "strength":
        least, most = found.reps_in_reserve, found.reps_in_reserve_max
        if kept is None or not least <= kept <= (most or kept):
            yield broken("R-PHASE", one, f"{name}: {kept} repetitions in reserve; {least}–{most or ''} are meant")


def _most_sets(full: Prescription) -> int:
    return full.sets_max or full.sets


def cuts_in_order(case: Case) -> Iterator[BrokenRule]:
    """R-TRIM: the minutes are those of the formula; sets go to 2, then 1, then exercises from the end; it is said."""
    for one in case.judged:
        if one.session.kind not in TRAINING_KINDS or one.log is not None:
            continue
        yield from _minutes_add_up(case, one)
        if one.session.kind == "strength" and case.loading(one) and type_of(case, one) is not None:
            yield from _order(case, one)


def _minutes_add_up(case: Case, one: Held) -> Iterator[BrokenRule]:
    low, high = minutes_of(case, one.session)
    if not low <= one.session.minutes <= high:
        said = f"{low}" if low == high else f"{low} to {high}"
        yield broken("R-TRIM", one, f"{one.session.minutes:g} minutes are planned; warm-up, sets and rests take {said}")


def minutes_of(case: Case, session: PlannedSession) -> tuple[int, int]:
    """Return how many minutes a session takes, rounded up: without and with the balance drills that open it."""
    opening = takewhile(lambda line: _is_balance(case, line.exercise), session.exercises)
    skipped = len(list(opening))
    if skipped == len(session.exercises):
        skipped = 0
    totals = [
        WARM_UP_S + sum(_seconds(line, rest) for line in session.exercises[start:])
        for start in (skipped, 0) for rest in (False, True)
    ]  # fmt: skip
    return ceil(min(totals) / 60 - 1e-9), ceil(max(totals) / 60 - 1e-9)


def _is_balance(case: Case, exercise: str) -> bool:
    entry = case.catalogue.exercises.get(exercise)
    return entry is not None and entry.family == "balance"


def _seconds(line: PlannedExercise, own_rest: bool) -> float:  # noqa: FBT001  one of two ways to count the rests
    work = sum(
        dose.sets * (dose.reps * SECONDS_A_REPETITION if dose.reps is not None else dose.hold_s or 0.0)
        for dose in line.doses
    )
    pairs = max(dose.sets for dose in line.doses)
    return SECONDS_AN_EXERCISE + work + pairs * (line.rest_s if own_rest else REST_S)


def _order(case: Case, one: Held) -> Iterator[BrokenRule]:
    found = type_of(case, one)
    assert found is not None  # noqa: S101  asked before
    listed = list_of(case, one, found)
    there = {line.exercise: max(dose.sets for dose in line.doses) for line in one.session.exercises}
    kept = {n: there[full.exercise] for n, full in enumerate(listed) if full.exercise in there}
    dropped = [n for n, full in enumerate(listed) if _was_dropped(case, one, full)]
    sets = {n: count for n, count in kept.items() if not _is_balance(case, listed[n].exercise)}
    names = ", ".join(case.name(listed[n].exercise) for n in dropped)
    if dropped and any(n > dropped[0] for n in sets):
        yield broken("R-TRIM", one, f"{names} left out, and not from the end of the list")
    if dropped and max(sets.values(), default=1) > TRIMMED_SETS[1]:
        yield broken("R-TRIM", one, f"{names} left out while others still have {max(sets.values())} sets")
    if dropped and not one.session.trimmed:
        yield broken("R-TRIM", one, f"{names} left out, and it is not said")
    cut = [
        n for n, count in sets.items()
        if count == TRIMMED_SETS[1] < listed[n].sets and not _begins_small(case, one, listed[n])
    ]  # fmt: skip
    if cut and not asked(case, "fewer_sets", one.day) and max(sets.values()) > TRIMMED_SETS[0]:
        yield broken(
            "R-TRIM",
            one,
            f"one set of {case.name(listed[cut[0]].exercise)} while others have {max(sets.values())}; "
            "all go to 2 first",
        )
    if not one.session.trimmed and not dropped:
        for n, count in sets.items():
            if _cut_unsaid(case, one, listed[n], count):
                yield broken(
                    "R-TRIM",
                    one,
                    f"{case.name(listed[n].exercise)}: {count} of {listed[n].sets} sets, and it is not said why",
                )


def _begins_small(case: Case, one: Held, full: Prescription) -> bool:
    """Whether a line of a coach is new, or had one set the last time: its sets are not cut, they have yet to rise."""
    if as_coached(case, one) is None:
        return False
    before = last_counting(case, full.exercise, "left", one) or last_counting(case, full.exercise, "both", one)
    return before is None or before.sets == TRIMMED_SETS[1]


def _was_dropped(case: Case, one: Held, full: Prescription) -> bool:
    """Whether an exercise that could be done is missing, and nothing of its pattern stands in for it."""
    entry = case.catalogue.exercises[full.exercise]
    here = case.exercises_of(one.session)
    if entry.id in {each.id for each in here} or not usable(case, entry, one.day):
        return False
    if entry.family == "balance" and any(each.family == "balance" for each in (*here, *case.warm_up_of(one.session))):
        return False
    if two_steps(case, entry, one):
        return False
    waits = case.nothing_new(one.day) or asked(case, "hold", one.day)
    if waits and not _trained(case, entry.id, one):
        return False
    if entry.plyometric and (
        not plyometrics_open(case, one) or case.recovers_from(one.day) or _waits(case, one, entry)
    ):
        return False
    listed = {each.exercise for found in phase_of(case, case.phase(one)).types for each in found.prescriptions}
    return not any(each.pattern == entry.pattern and each.id not in listed for each in here)


def _trained(case: Case, exercise: str, one: Held) -> bool:
    """Whether an exercise was part of strength before; as a drill of mobility it has no dose to go on from."""
    found = (bout for side in BOUT_SIDES for bout in earlier(case, exercise, side, one))
    return any(bout.held.session.kind in TRAINING_KINDS for bout in found)


def _waits(case: Case, one: Held, entry: Exercise) -> bool:
    """Whether a jump is new and left for a later session: enough others are new, or what leads to it is missing."""
    if jumped(case, entry.id, one):
        return False
    new = [each for each in case.exercises_of(one.session) if each.plyometric and not jumped(case, each.id, one)]
    return len(new) >= NEW_JUMPS_MAX or bool(easier_jumps(case, entry, one))


def _cut_unsaid(case: Case, one: Held, full: Prescription, sets: int) -> bool:
    """Whether there are fewer sets than both the full dose and the last time, without a log that would explain it."""
    if sets >= full.sets:
        return False
    before = last_counting(case, full.exercise, "left", one) or last_counting(case, full.exercise, "both", one)
    if before is None:
        first_time = not earlier(case, full.exercise, "left", one) and not earlier(case, full.exercise, "both", one)
        return case.phase(one) == "beginner" and first_time
    return sets < before.sets and not before.fell_short
