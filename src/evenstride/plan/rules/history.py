"""What each leg did, or is to do, of each exercise: by the log where there is one, else as planned, done clean."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from evenstride.model import Dose, ExerciseLog, PlannedExercise
from evenstride.model.plan import StrengthType
from evenstride.plan.rules.case import Case, Held, line_of

BoutSide = Literal["left", "right", "both"]
BOUT_SIDES: tuple[BoutSide, ...] = ("left", "right", "both")


@dataclass(frozen=True, kw_only=True)
class Bout:
    """One side's part in one exercise of one session.

    ``sets``, ``reps``, ``hold_s`` and ``load_kg`` are what was asked or done, whichever is more, so that asking for the
    same again is no rise; ``done_kg`` and ``done_reps`` are what was really lifted, ``asked_kg`` what was asked for.
    ``fell_short``: the log tells of pain, poor form or less than was asked.
    """

    held: Held
    exercise: str
    side: BoutSide
    sets: int
    reps: float | None
    hold_s: float | None
    load_kg: float
    asked_kg: float
    done_kg: float
    done_reps: float
    band: str | None
    tempo: str
    clean: bool
    fell_short: bool

    @property
    def type(self) -> StrengthType | None:
        """The type of its session."""
        return self.held.session.type


@lru_cache(maxsize=4)
def bouts(case: Case) -> Mapping[tuple[str, BoutSide], list[Bout]]:
    """Return everything that was done or is to come, per exercise and side, in order of time."""
    found: dict[tuple[str, BoutSide], list[Bout]] = defaultdict(list)
    for one in case.held:
        if not one.known or one.session.kind == "test":
            continue
        logged = {line.exercise: line for line in one.log.exercises} if one.log else {}
        planned = {line.exercise for line in one.session.exercises}
        beside = [line_of(log) for name, log in logged.items() if name not in planned]
        for line in (*one.session.exercises, *(line for line in beside if line is not None)):
            if logged and line.exercise not in logged:
                continue
            for side in BOUT_SIDES:
                dose: Dose | None = getattr(line, side)
                if dose is not None:
                    found[line.exercise, side].append(_bout(one, line, side, dose, logged.get(line.exercise)))
    return found


def earlier(case: Case, exercise: str, side: BoutSide, than: Held) -> list[Bout]:
    """Return a side's bouts of an exercise before a session, in order of time."""
    return [bout for bout in bouts(case).get((exercise, side), ()) if bout.held.start < than.start]


def counts(case: Case, bout: Bout) -> bool:
    """Whether a bout is one to compare with: of a loading session of the programme that was not trimmed."""
    return bout.held.day >= case.began and case.loading(bout.held) and not bout.held.session.trimmed


def _bout(one: Held, line: PlannedExercise, side: BoutSide, dose: Dose, log: ExerciseLog | None) -> Bout:
    asked = dose.reps if dose.reps is not None else dose.hold_s or 0.0
    done = _logged(log, side)
    if log is None or not done:
        clean = one.log is None or (log is not None and _clean(log, side))
        return Bout(
            held=one, exercise=line.exercise, side=side, sets=dose.sets, reps=dose.reps, hold_s=dose.hold_s,
            load_kg=dose.load_kg, asked_kg=dose.load_kg, done_kg=dose.load_kg,
            done_reps=asked, band=dose.band, tempo=line.tempo,
            clean=clean, fell_short=not clean,
        )  # fmt: skip
    lifted = max(log.left_load_kg if side != "right" else 0.0, log.right_load_kg if side != "left" else 0.0)
    most = max(asked, *done)
    return Bout(
        held=one, exercise=line.exercise, side=side, sets=max(dose.sets, len(done)),
        reps=most if dose.reps is not None else None, hold_s=most if dose.reps is None else None,
        load_kg=max(dose.load_kg, lifted), asked_kg=dose.load_kg, done_kg=lifted,
        done_reps=max(done), band=dose.band, tempo=line.tempo,
        clean=_clean(log, side),
        fell_short=not _clean(log, side) or log.pain_0_10 > 0 or min(done) < asked or len(done) < dose.sets,
    )  # fmt: skip


def _logged(log: ExerciseLog | None, side: BoutSide) -> tuple[float, ...]:
    if log is None:
        return ()
    return log.right_reps if side == "right" else log.left_reps if side == "left" else log.left_reps or log.right_reps


def _clean(log: ExerciseLog, side: BoutSide) -> bool:
    """Both sides' word counts for what both do; a side that was not rated is not clean."""
    words = {"left": (log.clean_left,), "right": (log.clean_right,), "both": (log.clean_left, log.clean_right)}[side]
    rated = [word for word in words if word is not None]
    return bool(rated) and all(rated)


def tempo_seconds(tempo: str) -> tuple[float, float, float, float] | None:
    """Return the seconds down, of the pause, up, and of the pause; None where a tempo has no such seconds.

    >>> tempo_seconds("3-1-3-1"), tempo_seconds("smooth")
    ((3.0, 1.0, 3.0, 1.0), None)
    """
    parts = tempo.split("-")
    try:
        down, low, up, high = (float(part) for part in parts)
    except ValueError:
        return None
    return down, low, up, high
