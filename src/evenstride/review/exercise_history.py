"""What was done of each exercise, session by session and leg by leg, beside what was asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evenstride.model import Dose, ExerciseLog, PlannedExercise, ReviewCase, SessionLog, Side
from evenstride.review.aches import done_logs
from evenstride.review.sides import SIDES


@dataclass(frozen=True, kw_only=True)
class LegDone:
    """One leg in one session: sets of repetitions (or seconds), what was asked, and whether the form held.

    ``as_planned``: the runner said that it was done as it stood; ``reps`` then are those that were asked.
    """

    reps: tuple[float, ...]
    load_kg: float
    clean: bool | None
    asked: Dose | None
    as_planned: bool = False

    @property
    def as_asked(self) -> bool:
        """Whether every set that was asked was done, with its load."""
        if self.asked is None:
            return False
        least = self.asked.reps if self.asked.reps is not None else self.asked.hold_s or 0.0
        full = len(self.reps) >= self.asked.sets and all(one >= least for one in self.reps[: self.asked.sets])
        return full and self.load_kg >= self.asked.load_kg

    def exceeds(self, reps: int) -> bool:
        """Whether the last set had so many repetitions more than asked."""
        if self.asked is None or self.asked.reps is None or self.as_planned or not self.reps:
            return False
        return self.as_asked and self.reps[-1] >= self.asked.reps + reps


@dataclass(frozen=True, kw_only=True)
class DoneExercise:
    """One exercise in one session; ``legs`` holds those that did anything. ``light``: in a light week or a taper."""

    exercise: str
    day: date
    session: str
    pain_0_10: float
    legs: dict[Side, LegDone]
    light: bool = False


def history(case: ReviewCase) -> dict[str, list[DoneExercise]]:
    """Return every exercise's sessions until today, oldest first; exercises in alphabetical order."""
    planned = {one.id: {two.exercise: two for two in one.exercises} for one in case.planned}
    light = _light_weeks(case)
    found: dict[str, list[DoneExercise]] = {}
    for log in done_logs(case, day=case.today):
        is_light = log.day - timedelta(days=log.day.weekday()) in light
        for one in _of(log, planned.get(log.session, {})):
            found.setdefault(one.exercise, []).append(replace(one, light=is_light))
    return dict(sorted(found.items()))


def _light_weeks(case: ReviewCase) -> set[date]:
    """Mondays of weeks that the plan, or a review, made light."""
    weeks = {one.monday for one in (case.plan.week_list if case.plan else ()) if one.load in ("deload", "taper")}
    return weeks | {one.since for review in case.reviews for one in review.adjustments if one.kind == "deload_week"}


def _of(log: SessionLog, asked: dict[str, PlannedExercise]) -> Iterable[DoneExercise]:
    said = {one.exercise for one in log.exercises}
    for one in log.exercises:
        yield _logged(log, one, asked.get(one.exercise))
    for name, plan in asked.items():
        if log.as_planned and name not in said:
            legs = {side: _planned(dose) for side in SIDES if (dose := dose_of(plan, side))}
            yield DoneExercise(exercise=name, day=log.day, session=log.session, pain_0_10=0.0, legs=legs)


def _logged(log: SessionLog, one: ExerciseLog, plan: PlannedExercise | None) -> DoneExercise:
    said: tuple[tuple[Side, tuple[float, ...], float, bool | None], ...] = (
        ("left", one.left_reps, one.left_load_kg, one.clean_left),
        ("right", one.right_reps, one.right_load_kg, one.clean_right),
    )
    legs: dict[Side, LegDone] = {}
    for side, reps, load, clean in said:
        asked = dose_of(plan, side) if plan else None
        if reps:
            legs[side] = LegDone(reps=reps, load_kg=load, clean=clean, asked=asked)
        elif log.as_planned and asked:
            legs[side] = LegDone(
                reps=_planned(asked).reps, load_kg=asked.load_kg, clean=clean, asked=asked, as_planned=True
            )
    return DoneExercise(exercise=one.exercise, day=log.day, session=log.session, pain_0_10=one.pain_0_10, legs=legs)


def dose_of(plan: PlannedExercise, side: Side) -> Dose | None:
    """What one leg was asked to do; exercises for both legs ask both."""
    return plan.both or (plan.left if side == "left" else plan.right)


def _planned(dose: Dose) -> LegDone:
    each = float(dose.reps) if dose.reps is not None else dose.hold_s or 0.0
    return LegDone(
        reps=(each,) * dose.sets, load_kg=dose.load_kg, clean=None, asked=dose, as_planned=True
    )  # fmt: skip
