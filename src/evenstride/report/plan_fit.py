"""A plan's sessions as FIT workouts: a watch leads through them set by set, each leg by itself, the first side first.

Every step says its leg in its name and in its notes, since watches show one or the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

import numpy as np
from fastcrc import crc16

from evenstride.model import Dose, Exercise, Plan, PlannedExercise, PlannedSession
from evenstride.model.plan import OWN_SLOTS
from evenstride.report import fit_fields as fit
from evenstride.report.fit_encoder import framed, message
from evenstride.report.fit_exercises import fit_numbers
from evenstride.report.plan_words import (
    WARM_UP_MINUTES,
    Exercises,
    exercise_name,
    session_words,
    short_day,
    sides_in_order,
    warm_up_words,
)

STEPS_MAX = 50
"""More steps than this are refused by widespread watches and their apps; a longer session becomes several workouts."""
KINDS = ("strength", "micro", "drills", "mobility")

_SPORTS: Mapping[str, str] = {"mobility": "flexibility", "drills": "drills"}
_LETTERS = {"left": "L", "right": "R", "both": ""}


@dataclass(frozen=True, kw_only=True)
class Workout:
    """One FIT workout: the name of its file, and its bytes."""

    session: str
    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class _Step:
    """One step; ``repeat_from`` counts back to the first step of a block that is done ``count`` times in all."""

    name: str
    intensity: str = "active"
    notes: str = ""
    reps: int | None = None
    seconds: float | None = None
    back: int | None = None
    count: int | None = None
    exercise: str = ""
    load_kg: float = 0.0


def plan_workouts(plan: Plan, exercises: Exercises) -> tuple[Workout, ...]:
    """Return the workouts of every session that has exercises and stands apart from a run, in order of time.

    Examples
    --------
    >>> from datetime import date
    >>> from evenstride.model import SolverStatus
    >>> squat = PlannedExercise(exercise="split_squat", because="knee", first="right", left=Dose(sets=3, reps=12),
    ...                         right=Dose(sets=3, reps=12))
    >>> session = PlannedSession(id="2026-05-08-strength-1", day=date(2026, 5, 8), slot="free", kind="strength",
    ...                          minutes=20, exercises=(squat,))
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(session,),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> [one.name for one in plan_workouts(plan, {})]
    ['2026-05-08-strength-1.fit']
    """
    return tuple(
        workout
        for session in plan.sessions
        if session.kind in KINDS and session.slot in OWN_SLOTS and session.exercises
        for workout in session_workouts(session, exercises)
    )


def session_workouts(session: PlannedSession, exercises: Exercises) -> tuple[Workout, ...]:
    """Return one session as a workout, or as several in a row where it has more than 50 steps."""
    parts = _parts([_steps(one, exercises) for one in session.exercises], _warm_up(session, exercises))
    names = [""] if len(parts) == 1 else [f"{n}/{len(parts)}" for n in range(1, len(parts) + 1)]
    return tuple(
        Workout(
            session=session.id,
            name=f"{session.id}{f'-part-{name[0]}' if name else ''}.fit",
            data=_encoded(session, steps, exercises, name),
        )
        for steps, name in zip(parts, names, strict=True)
    )


def _warm_up(session: PlannedSession, exercises: Exercises) -> list[_Step]:
    """The general warm-up, one step of five minutes with what it is made of in its notes."""
    if not session.warm_up:
        return []
    notes = warm_up_words(session, exercises)
    return [_Step(name="Warm-up", intensity="warmup", seconds=60.0 * WARM_UP_MINUTES, notes=notes)]


def _parts(blocks: Sequence[list[_Step]], warm_up: list[_Step]) -> list[list[_Step]]:
    """Blocks of whole exercises, as many in one workout as it can hold."""
    parts = [list(warm_up)]
    for block in blocks:
        if parts[-1] and len(parts[-1]) + len(block) > STEPS_MAX:
            parts.append([])
        parts[-1] += block
    if parts[-1] and parts[-1][-1].intensity == "rest":
        parts[-1].pop()
    return parts


def _steps(one: PlannedExercise, exercises: Exercises) -> list[_Step]:
    """One exercise: both legs and a rest, as often as both have sets; then what one leg has more than the other."""
    sides = [(side, dose) for side, dose in sides_in_order(one)]
    doses: list[tuple[str, Dose]] = [("both", one.both)] if one.both is not None else [*sides]
    together = min(dose.sets for _, dose in doses)
    steps = list(_block(one, doses, together, exercises))
    for side, dose in doses:
        if dose.sets > together:
            steps += _block(one, [(side, dose)], dose.sets - together, exercises)
    return steps


def _block(
    one: PlannedExercise, doses: Sequence[tuple[str, Dose]], count: int, exercises: Exercises
) -> Iterator[_Step]:
    for side, dose in doses:
        yield _work(one, side, dose, exercises)
    if one.rest_s:
        yield _Step(name="Rest", intensity="rest", seconds=one.rest_s)
    if count > 1:
        yield _Step(name=f"{count} sets", back=len(doses) + (one.rest_s > 0), count=count)


def _work(one: PlannedExercise, side: str, dose: Dose, exercises: Exercises) -> _Step:
    name = exercise_name(one.exercise, exercises)
    return _Step(
        name=f"{_LETTERS[side]} {name}".strip(),
        notes=_notes(one, side, dose, exercises.get(one.exercise)),
        reps=dose.reps,
        seconds=dose.hold_s,
        exercise=one.exercise,
        load_kg=dose.load_kg,
    )


def _notes(one: PlannedExercise, side: str, dose: Dose, exercise: Exercise | None) -> str:
    """The leg, the load, the tempo, the effort, and as many cues as there is room for, each of them whole."""
    parts = [
        f"{side.upper()} leg" if side != "both" else "Both legs",
        f"{dose.load_kg:g} kg" if dose.load_kg else "",
        f"{dose.band} band" if dose.band else "",
        f"tempo {one.tempo}" if one.tempo else "",
        f"{one.reps_in_reserve} reps in reserve" if one.reps_in_reserve is not None else "",
    ]
    notes = ", ".join(part for part in parts if part) + "."
    for cue in exercise.cues if exercise else ():
        longer = f"{notes} {cue.rstrip('.')}."
        if len(longer.encode()) >= fit.NOTE_BYTES:
            break
        notes = longer
    return notes


def _encoded(session: PlannedSession, steps: Sequence[_Step], exercises: Exercises, part: str) -> bytes:
    sport, sub_sport = fit.WORKOUT_SPORTS[_SPORTS.get(session.kind, "strength")]
    name = _short(f"{short_day(session.day)} {session_words(session)}", fit.NAME_BYTES - len(part) - bool(part))
    made = datetime.combine(session.day, session.at or time.min, tzinfo=UTC)
    messages = [
        message("file_id", {
            "type": fit.FILE_WORKOUT, "manufacturer": fit.MANUFACTURERS["development"],
            # A watch tells workouts apart by maker, product and time: each session is a product of its own.
            "product": crc16.arc(f"{session.id} {part}".encode()) % 65535,
            "time_created": int(made.timestamp()) - fit.FIT_EPOCH_S,
        }),
        message("workout", {"wkt_name": f"{name} {part}".strip(), "sport": sport, "sub_sport": sub_sport,
                            "num_valid_steps": len(steps)}),
        message("workout_step", _step_columns(steps)),
    ]  # fmt: skip
    titles = _titles(steps, exercises)
    if titles:
        messages.append(
            message("exercise_title", {
                "message_index": list(range(len(titles))), "exercise_category": [key[0] for key in titles],
                "exercise_name": [key[1] for key in titles], "wkt_step_name": list(titles.values()),
            })
        )  # fmt: skip
    return framed(b"".join(part for pair in messages for part in pair))


def _step_columns(steps: Sequence[_Step]) -> dict[str, list[object]]:
    rows = [_row(place, step) for place, step in enumerate(steps)]
    return {name: [row[name] for row in rows] for name in rows[0]}


def _row(place: int, step: _Step) -> dict[str, object]:
    category, number = fit_numbers(step.exercise, loaded=step.load_kg > 0)
    kind, value = _duration(place, step)
    return {
        "message_index": place,
        "wkt_step_name": _short(step.name),
        "duration_type": kind,
        "duration_value": value,
        "target_type": fit.TARGET_OPEN,
        "target_value": 0 if step.count is None else step.count,
        "intensity": np.nan if step.back is not None else fit.INTENSITIES[step.intensity],
        "notes": step.notes,
        "exercise_category": (fit.EXERCISE_UNKNOWN if category is None else category) if step.exercise else np.nan,
        "exercise_name": np.nan if number is None else number,
        "exercise_weight": step.load_kg or np.nan,
        "weight_display_unit": fit.UNIT_KILOGRAM if step.load_kg else np.nan,
    }


def _duration(place: int, step: _Step) -> tuple[int, float]:
    if step.back is not None:
        return fit.DURATION_REPEAT, place - step.back
    if step.reps is not None:
        return fit.DURATION_REPS, step.reps
    return fit.DURATION_TIME, 1000.0 * (step.seconds or 0.0)


def _titles(steps: Iterable[_Step], exercises: Exercises) -> dict[tuple[int, int], str]:
    """What the numbers of exercises are called here, for watches that do not know them."""
    titles: dict[tuple[int, int], str] = {}
    for step in steps:
        category, number = fit_numbers(step.exercise, loaded=step.load_kg > 0)
        if category is not None and number is not None:
            titles.setdefault((category, number), _short(exercise_name(step.exercise, exercises)))
    return titles


def _short(text: str, size: int = fit.TITLE_BYTES) -> str:
    """A name that fits, cut between words where it can be."""
    room = size - 1
    if len(text.encode()) <= room:
        return text
    whole = text.encode()[: room + 1].decode(errors="ignore").rpartition(" ")[0]
    return whole.rstrip(",:;") if len(whole) > room // 2 else text.encode()[:room].decode(errors="ignore")
