"""What applied reviews ask: kept where it lessens, a wish where it adds."""

from collections.abc import Iterator

from evenstride.model import Adjustment, BrokenRule, Exercise, PlannedExercise
from evenstride.plan.figures import TAPER
from evenstride.plan.rules.case import TRAINING_KINDS, Case, Held, broken
from evenstride.plan.rules.doses import type_of
from evenstride.plan.rules.gates import full_tests
from evenstride.plan.rules.history import BOUT_SIDES, Bout, BoutSide, earlier
from evenstride.plan.rules.moments import DAY, say_day
from evenstride.plan.rules.progress import last_counting
from evenstride.plan.rules.repeats import first_allowed
from evenstride.plan.rules.season import is_known, last_loading
from evenstride.plan.rules.words import as_coached, asked, most_sessions, set_aside

RULE = "R-REVIEW"


def as_reviewed(case: Case) -> Iterator[BrokenRule]:
    """R-REVIEW: what an applied review asks is kept: binding where it lessens, a wish where it adds."""
    for one in case.judged:
        if one.session.kind in TRAINING_KINDS and one.log is None:
            yield from _lessened(case, one)
    yield from _fewer_sessions(case)
    yield from _tested(case)
    yield from _more(case)


def _lessened(case: Case, one: Held) -> Iterator[BrokenRule]:
    held, fewer = asked(case, "hold", one.day), asked(case, "fewer_sets", one.day)
    # What was done beside the programme says nothing of its exercises: its first session is new whatever is asked.
    begun = any(
        other.known and other.session.phase is not None and other.day >= case.began
        for other in case.training if other.start < one.start
    )  # fmt: skip
    for line, entry in case.training_lines(one.session):
        back = set_aside(case, entry.id, one.day)
        if back is not None:
            yield broken(RULE, one, f"{entry.name}: a review asks for an easier version since {say_day(back.since)}")
        instead = any(to.to == entry.id for to in case.request.adjustments if to.kind == "regress")
        if held and begun and not is_known(case, entry.id, one) and not instead:
            yield broken(RULE, one, f"{entry.name} is new, and a review asks that nothing rises")
        if entry.family == "balance":
            continue  # drills fill what is left of a short session
        if (held and begun) or _comes_back(case, entry, one):
            yield from _nothing_rises(case, one, line, entry)
        if fewer and case.load(one.monday) != "deload":
            yield from _a_set_fewer(case, one, line, entry)
        yield from _fewer_repetitions(case, one, line, entry)


def _nothing_rises(case: Case, one: Held, line: PlannedExercise, entry: Exercise) -> Iterator[BrokenRule]:
    told = set()
    for side, before in _sides(case, one, line, entry):
        dose = getattr(line, side)
        loaded = last_loading(case, entry.id, side, one)
        if loaded is not None and dose.load_kg > loaded.load_kg:
            told.add(f"load ({loaded.load_kg:g} to {dose.load_kg:g} kg)")
        if before is not None and dose.sets > before.sets:
            told.add(f"sets ({before.sets} to {dose.sets})")
        for was, now in ((before and before.reps, dose.reps), (before and before.hold_s, dose.hold_s)):
            if was is not None and now is not None and now > was:
                told.add(f"repetitions or hold ({was:g} to {now:g})")
    for text in sorted(told):
        yield broken(RULE, one, f"{entry.name}: {text} rises, and a review asks that nothing does")


def _comes_back(case: Case, entry: Exercise, one: Held) -> bool:
    """Whether it is the first session with an exercise since a review cleared it."""
    days = [two.since for two in case.request.adjustments
            if two.kind == "clear" and two.exercise == entry.id and two.since <= one.day]  # fmt: skip
    done = [bout for side in BOUT_SIDES for bout in earlier(case, entry.id, side, one)]
    return bool(days) and bool(done) and all(bout.held.day < max(days) for bout in done)


def _a_set_fewer(case: Case, one: Held, line: PlannedExercise, entry: Exercise) -> Iterator[BrokenRule]:
    for side, before in _sides(case, one, line, entry):
        dose = getattr(line, side)
        if before is not None and dose.sets > max(1, before.sets - 1):
            yield broken(
                RULE, one, f"{entry.name}: {dose.sets} sets, {before.sets} before; a review asks for one fewer"
            )
            return


def _fewer_repetitions(case: Case, one: Held, line: PlannedExercise, entry: Exercise) -> Iterator[BrokenRule]:
    """A step back without an easier version: fewer repetitions than before it was asked for."""
    back = next((two for two in case.request.adjustments if two.kind == "regress" and two.exercise == entry.id
                 and not two.to and two.until is not None and two.covers(one.day)), None)  # fmt: skip
    if back is None or set_aside(case, entry.id, one.day, only_fewer=True) is None:
        return
    for side in BOUT_SIDES:
        dose = getattr(line, side)
        found = [bout for bout in earlier(case, entry.id, side, one)
                 if bout.held.day < back.since and bout.type == one.session.type and case.loading(bout.held)
                 and not bout.held.session.trimmed]  # fmt: skip
        was = found[-1].reps if found else None
        if dose is not None and dose.reps is not None and was is not None and dose.reps > max(1, was - 1):
            yield broken(RULE, one, f"{entry.name}: {dose.reps} repetitions, {was:g} before; a review asks for fewer")


def _sides(case: Case, one: Held, line: PlannedExercise, entry: Exercise) -> Iterator[tuple[BoutSide, Bout | None]]:
    for side in BOUT_SIDES:
        if getattr(line, side) is not None:
            yield side, last_counting(case, entry.id, side, one)


def _fewer_sessions(case: Case) -> Iterator[BrokenRule]:
    for monday in case.mondays:
        most = most_sessions(case, monday)
        held = [one for one in case.strength if one.monday == monday]
        fixed = sum(not one.judged or one.session.locked or one.log is not None for one in held)
        if most is not None and len(held) > max(most, fixed) and any(one.judged for one in held):
            text = f"{len(held)} strength sessions in the week of {say_day(monday)}; a review leaves {most}"
            yield broken(RULE, monday, text)


def _tested(case: Case) -> Iterator[BrokenRule]:
    groups = full_tests(case)
    for two in _ahead(case, "retest"):
        if any(two.covers(group[-1].day) for group in groups):
            continue
        until = min(two.until + DAY, case.end) if two.until else case.end
        first = first_allowed(case, max(two.since, case.plan.start), until=until, out=TAPER)
        if first is not None:
            yield broken(RULE, first, f"a review asks for a test, {say_day(first)} allows it, and none is planned")
        elif not _said(case, two):
            text = "a test that a review asks for has no day, and it is not said"
            yield broken(RULE, max(two.since, case.plan.start), text, binding=False)


def _more(case: Case) -> Iterator[BrokenRule]:
    """What adds: more sets for a limb, other exercises, notes on runs, coaches' sessions; had somewhere, or said."""
    had = {
        "redistribute": _has_more, "change_stimulus": _has_others,
        "alternating_block": _has_note, "late_technique": _has_note,
    }  # fmt: skip
    for kind, check in had.items():
        for two in _ahead(case, kind):
            if not _said(case, two) and not check(case, two):
                day = max(two.since, case.plan.start)
                yield broken(RULE, day, f"{kind.replace('_', ' ')} is asked for, not there and not said", binding=False)
    for run in case.plan.runs:
        if "as a review asks" in run.note and case.nothing_new(run.day):
            yield broken(RULE, run.day, f"technique changes on {say_day(run.day)}, where nothing new begins")
    for template in case.request.templates:
        if template.since >= case.end or (template.until is not None and template.until < case.plan.start):
            continue
        used = any(as_coached(case, one) is not None and template.name in _reasons(one) for one in case.judged)
        ours = any(one.session.kind in TRAINING_KINDS for one in case.judged)
        if not used and ours and not any(template.name in gone.text for gone in case.plan.given_up):
            day = max(template.since, case.plan.start)
            yield broken(
                RULE, day, f"the coach's session {template.name} is not used, and it is not said", binding=False
            )


def _reasons(one: Held) -> str:
    return " ".join(because.text for because in one.session.because)


def _has_more(case: Case, two: Adjustment) -> bool:
    lines = [line for one in case.judged if two.covers(one.day) for line, _ in case.training_lines(one.session)]
    return any(line.left and line.right and _more_on(line, two) for line in lines)


def _more_on(line: PlannedExercise, two: Adjustment) -> bool:
    left, right = line.left.sets if line.left else 0, line.right.sets if line.right else 0
    return left > right if two.side == "left" else right > left


def _has_others(case: Case, two: Adjustment) -> bool:
    """Whether some session of these days has, for what the finding stresses, what its list has not, or fewer of it."""
    aim = case.request.finding.emphases[0] if case.request.finding and case.request.finding.emphases else ""
    for one in (one for one in case.judged if two.covers(one.day) and one.session.kind == "strength"):
        found = type_of(case, one)
        full = {line.exercise: line for line in found.prescriptions} if found else {}
        for line, entry in case.training_lines(one.session):
            there = full.get(entry.id)
            reps = max((dose.reps or 0 for dose in line.doses), default=0)
            if aim in entry.emphases and (there is None or reps < (there.reps or 0)):
                return True
    return False


def _has_note(case: Case, two: Adjustment) -> bool:
    return any("as a review asks" in run.note for run in case.plan.runs if two.covers(run.day))


def _ahead(case: Case, kind: str) -> list[Adjustment]:
    return [
        two for two in case.request.adjustments
        if two.kind == kind and two.since < case.end and (two.until is None or two.until >= case.plan.start)
    ]  # fmt: skip


def _said(case: Case, two: Adjustment) -> bool:
    day = max(two.since, case.plan.start)
    return any(gone.rule == RULE and gone.day == day for gone in case.plan.given_up)
