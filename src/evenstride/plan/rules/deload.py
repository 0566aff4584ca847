"""Light weeks: often enough, and light in every way that is asked for."""

from collections.abc import Iterator
from datetime import date
from math import floor

from evenstride.model import BrokenRule, Dose
from evenstride.plan.figures import DELOAD_EVERY_WEEKS, DELOAD_SETS
from evenstride.plan.rules.body import usable
from evenstride.plan.rules.case import Case, Held, broken
from evenstride.plan.rules.doses import type_of
from evenstride.plan.rules.history import BOUT_SIDES, bouts, tempo_seconds
from evenstride.plan.rules.moments import WEEK, monday_of, say_day
from evenstride.plan.rules.season import is_known, last_loading
from evenstride.plan.rules.words import as_coached


def light_weeks(case: Case) -> Iterator[BrokenRule]:
    """R-DELOAD: a light week at least every fourth, or when a review asks for it, with all its marks."""
    yield from _often_enough(case)
    for monday in case.mondays:
        asked = monday in case.light_weeks
        if asked and case.load(monday) not in ("deload", "taper") and _sets(case, monday):
            yield broken(
                "R-DELOAD",
                monday,
                f"a review makes the week of {say_day(monday)} light; it is planned as {case.load(monday)}",
            )
        held = [one for one in case.training_of.get(monday, []) if one.known]
        if case.load(monday) == "deload" and any(one.judged for one in held):
            yield from _marks(case, monday, held)


def _sets(case: Case, monday: date) -> int:
    """All training sets of a week, by the logs and the plan; mobility and running drills are none."""
    return sum(_training_sets(case, one) for one in case.training_of.get(monday, []) if one.known)


def _training_sets(case: Case, one: Held) -> int:
    logged = {line.exercise: line for line in one.log.exercises} if one.log else {}
    total = 0
    for line, _ in case.training_lines(one.session):
        if not logged:
            total += max(dose.sets for dose in line.doses)
        elif line.exercise in logged:
            done = logged[line.exercise]
            total += max(len(done.left_reps), len(done.right_reps))
    return total


def _is_loading(case: Case, monday: date) -> bool:
    """Whether a week trains in full: by its plan; one of which no plan is left, unless it was light in fact."""
    sets = _sets(case, monday)
    if not sets or case.load(monday) in ("deload", "taper"):
        return False
    if monday in case.weeks or monday >= monday_of(case.plan.start):
        return True
    return not 0 < sets <= floor(DELOAD_SETS[1] * _sets(case, monday - WEEK))


def _often_enough(case: Case) -> Iterator[BrokenRule]:
    first = case.mondays[0]
    count = 0
    opened = monday_of(case.began)  # what was done before the programme is no week of it
    before = (first - n * WEEK for n in range(DELOAD_EVERY_WEEKS - 1, 0, -1))
    for monday in (*(one for one in before if one >= opened), *case.mondays):
        count = count + 1 if _is_loading(case, monday) else 0
        if count == DELOAD_EVERY_WEEKS:
            count = 0
            if monday >= first:
                yield broken(
                    "R-DELOAD",
                    monday,
                    f"the week of {say_day(monday)} is the fourth loading week in a row; it has to be light",
                )


def _marks(case: Case, monday: date, held: list[Held]) -> Iterator[BrokenRule]:
    for one in held:
        if one.judged:
            yield from _nothing_new(case, one)
            yield from _loads_fall(case, one)
    before = next((monday - n * WEEK for n in range(1, 13) if _is_loading(case, monday - n * WEEK)), None)
    if before is None:
        return
    loading = [one for one in case.training_of[before] if one.known]
    yield from _sets_fall(case, monday, before, len(held) < len(loading))
    was, now = _single_leg_share(case, loading), _single_leg_share(case, held)
    if now < 1 and now <= was:
        yield broken(
            "R-DELOAD",
            monday,
            f"single-leg work is {100 * now:.0f} % of the sets, {100 * was:.0f} % in the last loading week; it has "
            "to rise",
        )
    if not _more_demanding(case, loading, held):
        yield broken(
            "R-DELOAD",
            monday,
            f"in the light week of {say_day(monday)} neither tempo nor balance nor drills ask for more technique",
        )
    for one in held:
        if one.judged:
            yield from _from_the_end(case, one)


def _sets_fall(case: Case, monday: date, before: date, fewer_sessions: bool) -> Iterator[BrokenRule]:  # noqa: FBT001
    full, light = _sets(case, before), _sets(case, monday)
    low, high = (max(1, floor(share * full)) for share in DELOAD_SETS)
    text = f"{light} sets in the light week of {say_day(monday)}, {full} in the last loading week"
    text += f"; {low} to {high} are meant"
    if light > high:
        yield broken("R-DELOAD", monday, text)
    trimmed = any(one.session.trimmed for one in case.training_of[monday])
    if light < low and case.whole(monday) and not (fewer_sessions or trimmed):
        yield broken("R-DELOAD", monday, text)


def _single_leg_share(case: Case, held: list[Held]) -> float:
    sets = [
        (max(dose.sets for dose in line.doses), entry.sides == "one")
        for one in held for line, entry in case.training_lines(one.session)
    ]  # fmt: skip
    return sum(count for count, single in sets if single) / max(1, sum(count for count, _ in sets))


def _more_demanding(case: Case, loading: list[Held], light: list[Held]) -> bool:
    """Slower, or a larger share of balance, or harder to balance on the whole, or more running drills."""
    if all(balance for _, balance, _ in _weighed(case, loading)):
        return True  # nothing but balance cannot become more of it
    was, now = _tempos(case, loading), _tempos(case, light)
    slower = any(now[exercise] > was[exercise] for exercise in now.keys() & was.keys())
    return slower or any(
        measure(case, light) > measure(case, loading) + 1e-9 for measure in (_balance_share, _balance_demand, _drills)
    )


def _tempos(case: Case, held: list[Held]) -> dict[str, float]:
    lines = [line for one in held for line, _ in case.training_lines(one.session)]
    return {line.exercise: sum(seconds) for line in lines if (seconds := tempo_seconds(line.tempo)) is not None}


def _weighed(case: Case, held: list[Held]) -> list[tuple[int, bool, int]]:
    return [
        (max(dose.sets for dose in line.doses), entry.family == "balance", entry.balance_demand)
        for one in held for line, entry in case.training_lines(one.session)
    ]  # fmt: skip


def _balance_share(case: Case, held: list[Held]) -> float:
    sets = _weighed(case, held)
    return sum(n for n, balance, _ in sets if balance) / max(1, sum(n for n, _, _ in sets))


def _balance_demand(case: Case, held: list[Held]) -> float:
    sets = _weighed(case, held)
    return sum(n * demand for n, _, demand in sets) / max(1, sum(n for n, _, _ in sets))


def _drills(case: Case, held: list[Held]) -> float:
    return float(sum(entry.family == "drill" for one in held for entry in case.exercises_of(one.session)))


def _nothing_new(case: Case, one: Held) -> Iterator[BrokenRule]:
    for entry in (*case.warm_up_of(one.session), *case.exercises_of(one.session)):
        if entry.family != "mobility" and not is_known(case, entry.id, one):
            yield broken("R-DELOAD", one, f"{entry.name} is new in a light week")
        if entry.plyometric:
            yield broken("R-DELOAD", one, f"{entry.name} in a light week; it has no plyometrics")


def _loads_fall(case: Case, one: Held) -> Iterator[BrokenRule]:
    for line, entry in case.training_lines(one.session):
        told = set()
        for side in BOUT_SIDES:
            dose: Dose | None = getattr(line, side)
            before = last_loading(case, entry.id, side, one)
            if dose and before and dose.load_kg > 0 and dose.load_kg >= before.load_kg:
                told.add(f"{entry.name}: {dose.load_kg:g} kg in a light week, {before.load_kg:g} kg before; loads fall")
        for text in sorted(told):
            yield broken("R-DELOAD", one, text)


def _from_the_end(case: Case, one: Held) -> Iterator[BrokenRule]:
    """Against the last loading session of its type, what is missing stood at the end.

    What may not be done is aside, and so is what both legs do together: leaving it out raises the share of single-leg
    work.
    """
    types = (
        b for found in bouts(case).values() for b in found
        if b.type == one.session.type and case.phase(b.held) == case.phase(one)
    )  # fmt: skip
    before = max(
        {b.held for b in types if case.loading(b.held) and b.held.start < one.start},
        key=lambda held: held.start, default=None,
    )  # fmt: skip
    if before is None or before.session.kind != one.session.kind:
        return
    if as_coached(case, before) != as_coached(case, one):
        return  # another list has another end
    here = {line.exercise for line in one.session.exercises}
    phase = type_of(case, one)
    listed = {line.exercise for line in phase.prescriptions} if phase else set()
    order = [
        entry.id for _, entry in case.training_lines(before.session)
        if entry.id in listed and not entry.plyometric and entry.family != "balance" and entry.sides == "one"
        and usable(case, entry, one.day)
    ]  # fmt: skip
    dropped = [n for n, exercise in enumerate(order) if exercise not in here]
    if dropped and any(exercise in here for exercise in order[dropped[0] :]):
        yield broken("R-DELOAD", one, f"{case.name(order[dropped[0]])} left out, and not from the end")
