"""What a form asks of a session, a run, a morning: what is known already, what was prescribed, what was told before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from evenstride.errors import UnknownEntry
from evenstride.model import (
    ChecklistItem,
    Cue,
    DayLog,
    Exercise,
    ExerciseLog,
    PlannedExercise,
    PlannedSession,
    RunLog,
    SessionLog,
    StoredRun,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.review.checklist import load_checklists
from evenstride.service.home import Home
from evenstride.service.logs.runs import run_meant
from evenstride.service.logs.sessions import list_of
from evenstride.service.logs.shared import past_day
from evenstride.service.logs.waiting import planned_sessions
from evenstride.service.session_logs import as_prescribed
from evenstride.store import KeptEntry, log_history, reviews

JOINTS = ("foot", "ankle", "knee", "hip", "lower back")
"""The joints that are asked after by name; any other can be told on the command line."""
CUES_FIRST = 3
CUES_FRESH = timedelta(days=28)
Log = TypeVar("Log", SessionLog, RunLog, DayLog)


@dataclass(frozen=True, kw_only=True)
class ExerciseAsked:
    """One exercise of a session: what was asked of it, and its log as it was told or, before that, as it stands.

    ``known`` is the catalogue's entry. ``left_out``: it was told that none of it was done, or not on some sides.
    """

    asked: PlannedExercise | None
    log: ExerciseLog
    known: Exercise | None = None
    left_out: bool = False


@dataclass(frozen=True, kw_only=True)
class SessionAsked:
    """A session to tell; ``log`` is what was told of it (None: nothing yet), ``history`` each version, newest first."""

    session: PlannedSession
    exercises: tuple[ExerciseAsked, ...]
    items: tuple[ChecklistItem, ...]
    log: SessionLog | None = None
    history: tuple[KeptEntry[SessionLog], ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunAsked:
    """A run to tell; its own numbers are not in it. ``run`` None: no file of that day is kept.

    ``likely`` are the cues that the runner was to have in mind, ``others`` the rest of them.
    """

    day: date
    items: tuple[ChecklistItem, ...]
    run: StoredRun | None = None
    log: RunLog | None = None
    history: tuple[KeptEntry[RunLog], ...] = ()
    likely: tuple[Cue, ...] = ()
    others: tuple[Cue, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DayAsked:
    """A morning to tell."""

    day: date
    log: DayLog | None = None
    history: tuple[KeptEntry[DayLog], ...] = ()
    joints: tuple[str, ...] = JOINTS


def session_asked(home: Home, name: str) -> SessionAsked:
    """Return what there is to tell of a session, filled in as prescribed or as it was told.

    Raises
    ------
    UnknownEntry
        No plan has a session of that name.
    """
    session = next((one for one in planned_sessions(home) if one.id == name), None)
    if session is None:
        raise UnknownEntry(f"There is no session {name}.", help="evenstride log show lists what waits.")
    past_day(home, session.day, what="a session")
    history = log_history(home.store, home.athlete_id, "session", session=name)
    log = _standing(history)
    return SessionAsked(
        session=session, exercises=_exercises(session, log), items=load_checklists()[list_of(session.kind)], log=log,
        history=tuple(reversed(history)),
    )  # fmt: skip


def run_asked(home: Home, name: str | None, day: date | None = None) -> RunAsked:
    """Return what there is to tell of a run, meant as in ``log_run``; a day without a file of it can be told too."""
    run, day = run_meant(home, name, day)
    every = [
        one for one in log_history(home.store, home.athlete_id, "run", day=day)
        if one.log.by == "runner" and one.log.run in ("", run.id if run else "")
    ]  # fmt: skip
    log = _standing(every)
    likely = _cues_in_mind(home, log)
    cues = load_catalogue().cues
    return RunAsked(
        day=day, items=load_checklists()["run"], run=run, log=log, history=tuple(reversed(every)),
        likely=tuple(one for one in cues if one.id in likely),
        others=tuple(one for one in cues if one.id not in likely),
    )  # fmt: skip


def day_asked(home: Home, day: date | None = None) -> DayAsked:
    """Return what there is to tell of a morning (None: this one)."""
    day = past_day(home, day or home.today, what="a morning")
    history = log_history(home.store, home.athlete_id, "day", day=day)
    return DayAsked(day=day, log=_standing(history), history=tuple(reversed(history)))


def known_exercises() -> Mapping[str, Exercise]:
    """Return every exercise that can be told of, by its name in the catalogue."""
    return load_catalogue().exercises


def _standing(history: Sequence[KeptEntry[Any]]) -> Any:
    return next((one.log for one in reversed(history) if one.removed is None), None)


def _exercises(session: PlannedSession, log: SessionLog | None) -> tuple[ExerciseAsked, ...]:
    known = load_catalogue().exercises
    told = {one.exercise: one for one in log.exercises} if log is not None and log.done else None
    found = []
    for one in session.exercises:
        left_out = told is not None and one.exercise not in told
        done = None if told is None else told.get(one.exercise)
        found.append(
            ExerciseAsked(
                asked=one, log=done or as_prescribed(one), known=known.get(one.exercise), left_out=left_out
            )
        )  # fmt: skip
    planned = {one.exercise for one in session.exercises}
    beyond = [one for name, one in (told or {}).items() if name not in planned]
    return (*found, *(ExerciseAsked(asked=None, log=one, known=known.get(one.exercise)) for one in beyond))


def _cues_in_mind(home: Home, log: RunLog | None) -> frozenset[str]:
    """What the last review chose, and what was told."""
    last = reviews(home.store, home.athlete_id, home.today - CUES_FRESH)[-1:]
    chosen = [one.cue.id for kept in last for one in kept.review.cues][:CUES_FIRST]
    return frozenset((*chosen, *(log.cues if log else ())))
