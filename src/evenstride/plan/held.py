"""What was held before a plan: each session on the day on which it was, and what no plan had asked for."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from evenstride.model import Catalogue, PlannedSession, PlanRequest, SessionLog
from evenstride.plan.figures import FIRST_WEEKS
from evenstride.plan.weeks import STRENGTH_KINDS, WEEK, began, monday


def held_before(request: PlanRequest, catalogue: Catalogue) -> tuple[PlannedSession, ...]:
    """Return the sessions before a plan, without missed ones, as their logs tell; where none does, as planned.

    Strength and tests outside the plan are among them, since they need the same distance and count in their week.

    >>> from datetime import date
    >>> from evenstride.model import Profile
    >>> planned = PlannedSession(id="a", day=date(2026, 5, 6), slot="free", kind="strength", minutes=20)
    >>> request = PlanRequest(
    ...     profile=Profile(name="Kim"), start=date(2026, 5, 9), weeks=1, today=date(2026, 5, 9), past=(planned,),
    ...     logs=(SessionLog(session="a", day=date(2026, 5, 7)), SessionLog(session="", day=date(2026, 5, 4))),
    ... )
    >>> [(one.id, one.day.day) for one in held_before(request, Catalogue(exercises={}, phases=(), cues=(), rules={}))]
    [('a', 7), ('outside 2026-05-04', 4)]
    """
    logs = {log.session: log for log in request.logs if log.session}
    past = [_moved(one, logs.get(one.id)) for one in request.past]
    return (*(one for one in past if one is not None), *_outside(request, catalogue))


def done_before(request: PlanRequest) -> set[str]:
    """Return every exercise that logs tell of, in a warm-up too, whether its plan is still there or not.

    >>> from datetime import date
    >>> from evenstride.model import ExerciseLog, Profile
    >>> day = date(2026, 5, 4)
    >>> log = SessionLog(session="", day=day, exercises=(ExerciseLog(exercise="step_up", left_reps=(8.0,)),))
    >>> done_before(PlanRequest(profile=Profile(name="Kim"), start=day, weeks=1, today=day, logs=(log,)))
    {'step_up'}
    """
    told = {log.session for log in request.logs if log.done}
    past = (one for one in request.past if one.id in told)
    planned = {name for one in past for name in (*one.warm_up, *(line.exercise for line in one.exercises))}
    return planned | {line.exercise for log in request.logs if log.done for line in log.exercises}


def _moved(one: PlannedSession, log: SessionLog | None) -> PlannedSession | None:
    if log is None:
        return one
    if not log.done:
        return None
    told = {line.exercise for line in log.exercises} or {line.exercise for line in one.exercises}
    done = tuple(line for line in one.exercises if line.exercise in told)  # what was left out is not known by it
    return replace(one, exercises=done, day=log.day, at=one.at if log.day == one.day else None)


def _outside(request: PlanRequest, catalogue: Catalogue) -> Iterable[PlannedSession]:
    known = {one.id for one in (*request.past, *request.locked)}
    for log in request.logs:
        if log.done and log.session not in known and log.kind in STRENGTH_KINDS:
            yield PlannedSession(
                id=log.session or f"outside {log.day}", day=log.day, slot="free", kind=log.kind, type=log.type,
                minutes=log.minutes or 0.0, hard=_hard(log, request, catalogue),
            )  # fmt: skip


def _hard(log: SessionLog, request: PlanRequest, catalogue: Catalogue) -> bool:
    loaded = any(max(one.left_load_kg, one.right_load_kg) > 0 for one in log.exercises)
    entries = (catalogue.exercises.get(one.exercise) for one in log.exercises)
    first = timedelta(0) <= log.day - monday(began(request)) < FIRST_WEEKS * WEEK
    return log.kind == "test" or loaded or first or any(one is not None and one.plyometric for one in entries)
