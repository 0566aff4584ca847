"""Which leg begins and how much each does, and how slowly."""

from collections.abc import Iterator
from itertools import pairwise

from evenstride.model import BrokenRule, Dose, Exercise, PlannedExercise, Side
from evenstride.plan.figures import TEMPO_PAUSE_S, TEMPO_S
from evenstride.plan.rules.body import left_out
from evenstride.plan.rules.case import TRAINING_KINDS, Case, Held, broken
from evenstride.plan.rules.history import tempo_seconds

_Firsts = list[tuple[Held, list[tuple[str, Side]]]]

OTHER: dict[Side, Side] = {"left": "right", "right": "left"}


def weaker_first(case: Case) -> Iterator[BrokenRule]:
    """R-WEAK-FIRST: the weaker leg begins, the stronger never does more; undetermined: the same dose, taking turns."""
    for one in case.judged:
        if one.log is None and one.session.kind in TRAINING_KINDS:
            extra = 0
            for line, entry in case.training_lines(one.session):
                if line.both is None:
                    yield from _begins(case, one, line, entry)
                    yield from _shares(case, one, line, entry)
                    extra += line.left is not None and line.right is not None and line.left.sets != line.right.sets
            more = sum(two.amount for two in case.request.adjustments
                       if two.kind == "redistribute" and two.side == case.led and two.covers(one.day))  # fmt: skip
            if case.led and extra > 1 + more:
                yield broken(
                    "R-WEAK-FIRST",
                    one,
                    f"{extra} exercises with an extra set for the {case.led} leg; {1 + more} is meant",
                )
    if case.led is None:
        yield from _turns(case)


def _begins(case: Case, one: Held, line: PlannedExercise, entry: Exercise) -> Iterator[BrokenRule]:
    if line.left is None or line.right is None:
        return
    if line.first is None:
        yield broken("R-WEAK-FIRST", one, f"{entry.name}: it is not said which leg begins")
    elif case.led and line.first != case.led:
        yield broken(
            "R-WEAK-FIRST",
            one,
            f"{entry.name} begins on the {line.first} leg; the {case.led} one is the weaker",
        )


def _shares(case: Case, one: Held, line: PlannedExercise, entry: Exercise) -> Iterator[BrokenRule]:
    left, right = line.left, line.right
    if left is None or right is None:
        there: Side = "right" if left is None else "left"
        if not left_out(case, entry, OTHER[there], one.day) and case.led != there:
            yield broken("R-WEAK-FIRST", one, f"{entry.name}: only the {there} leg has a dose")
        return
    if case.led is None:
        if left != right:
            yield broken(
                "R-WEAK-FIRST",
                one,
                f"{entry.name}: left {say_dose(left)}, right {say_dose(right)}; both legs do the same",
            )
        return
    weak, strong = (left, right) if case.led == "left" else (right, left)
    if _more(strong, weak):
        yield broken(
            "R-WEAK-FIRST",
            one,
            f"{entry.name}: the stronger leg does {say_dose(strong)}, the weaker {say_dose(weak)}",
        )
    if weak.sets > strong.sets + 1:
        yield broken(
            "R-WEAK-FIRST",
            one,
            f"{entry.name}: {weak.sets - strong.sets} sets more for the weaker leg; one is meant",
        )


def _more(one: Dose, other: Dose) -> bool:
    """Whether one dose has more of anything: load, repetitions or seconds of a set, sets."""
    work, other_work = one.reps or one.hold_s or 0, other.reps or other.hold_s or 0
    return one.load_kg > other.load_kg or work > other_work or one.sets > other.sets


def say_dose(dose: Dose) -> str:
    """Return a dose in figures: 3 × 10, 2 × 30 s, 3 × 8 with 6 kg."""
    work = f"{dose.sets} × {dose.reps}" if dose.reps is not None else f"{dose.sets} × {dose.hold_s:g} s"
    load = f" with {dose.load_kg:g} kg" if dose.load_kg else ""
    return work + load + (f" with a {dose.band} band" if dose.band else "")


def _turns(case: Case) -> Iterator[BrokenRule]:
    """Turns are taken per exercise, per session, or within sessions; judged by the scheme that fits the plan best."""
    firsts: _Firsts = [
        (one, [(line.exercise, line.first) for line, _ in case.training_lines(one.session) if line.first])
        for one in case.judged if one.session.kind in TRAINING_KINDS
    ]  # fmt: skip
    firsts = [(one, lines) for one, lines in firsts if lines]
    schemes = [_per_exercise(case, firsts), _per_session(firsts), _within(firsts)]
    yield from min(schemes, key=len)


def _per_exercise(case: Case, firsts: _Firsts) -> list[BrokenRule]:
    last: dict[str, Side] = {}
    found = []
    for one, lines in firsts:
        for exercise, first in lines:
            if last.get(exercise) == first:
                found.append(
                    broken(
                        "R-WEAK-FIRST",
                        one,
                        f"{case.name(exercise)} begins on the {first} leg twice in a row; no leg is known to be weaker",
                    )
                )
            last[exercise] = first
    return found


def _per_session(firsts: _Firsts) -> list[BrokenRule]:
    found = []
    for (_, before), (one, lines) in pairwise(firsts):
        if before[0][1] == lines[0][1]:
            found.append(
                broken(
                    "R-WEAK-FIRST",
                    one,
                    f"two sessions in a row begin on the {lines[0][1]} leg; no leg is known to be weaker",
                )
            )
    return found + [_mixed(one) for one, lines in firsts if len({first for _, first in lines}) > 1]


def _within(firsts: _Firsts) -> list[BrokenRule]:
    return [_mixed(one) for one, lines in firsts if any(a[1] == b[1] for a, b in pairwise(lines))] + [
        _mixed(one) for one, lines in firsts if len(lines) < 2
    ]


def _mixed(one: Held) -> BrokenRule:
    return broken("R-WEAK-FIRST", one, "the legs do not take turns in beginning; no leg is known to be weaker")


def slowly(case: Case) -> Iterator[BrokenRule]:
    """R-TEMPO: 2–3 s down, a short pause, 2–3 s up, a short pause, unless plyometric."""
    for one in case.judged:
        if one.session.kind not in TRAINING_KINDS:
            continue
        for line, entry in case.training_lines(one.session):
            if any(dose.reps is not None for dose in line.doses) and _asks_tempo(entry) and not _slow(line.tempo):
                low, high = TEMPO_S
                yield broken(
                    "R-TEMPO",
                    one,
                    f"{entry.name} at tempo {line.tempo or '(none)'}; {low:g}–{high:g} s each way with short pauses "
                    "are meant",
                )


def _asks_tempo(entry: Exercise) -> bool:
    return entry.family == "strength" or (entry.family == "support" and tempo_seconds(entry.tempo) is not None)


def _slow(tempo: str) -> bool:
    seconds = tempo_seconds(tempo)
    if seconds is None:
        return False
    down, low, up, high = seconds
    slow = all(TEMPO_S[0] <= way <= TEMPO_S[1] for way in (down, up))
    return slow and all(TEMPO_PAUSE_S[0] <= pause <= TEMPO_PAUSE_S[1] for pause in (low, high))
