"""What of a plan's lists a runner cannot do, what stands in its place, and why an exercise is not in a plan at all."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from evenstride.model import Plan, PlannedSession
from evenstride.model.plan import PhaseName
from evenstride.plan.filling import TEMPLATE_WORDS, type_of
from evenstride.plan.usable import Hindrance, Usable

AbsenceKind = Literal["hindered", "cut", "jumps_later", "later_phase", "not_now", "other_list", "mobility", "drill"]
_BY_TURNS: dict[str, AbsenceKind] = {"mobility": "mobility", "drill": "drill"}


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """An exercise of a phase's list that some sessions do without, what they have ``instead``, and why."""

    exercise: str
    instead: str | None
    why: Hindrance
    sessions: tuple[PlannedSession, ...]


@dataclass(frozen=True, kw_only=True)
class Absence:
    """Why an exercise stands nowhere in a plan.

    ``hindered``: it cannot be done (``why``, and what its sessions have ``instead``). ``cut``: it gave way to the
    minutes of sessions. ``jumps_later``: its list is there, but jumps wait for their base or stay out of light weeks.
    ``later_phase``: the list of ``phases`` that the plan does not reach. ``not_now``: on a list of the plan, but not in
    these weeks. ``other_list``: on no list; ``relatives`` of its pattern are in the plan. ``mobility``, ``drill``:
    chosen by turns.
    """

    kind: AbsenceKind
    why: Hindrance | None = None
    instead: tuple[str, ...] = ()
    phases: tuple[PhaseName, ...] = ()
    relatives: tuple[str, ...] = ()
    sessions: tuple[PlannedSession, ...] = field(default=())


def left_out(plan: Plan, usable: Usable) -> tuple[LeftOut, ...]:
    """Return what the strength sessions of a plan do without of their phases' lists, in the order of the first days.

    Only what is absent from a session and cannot be done on its day counts: what gave way to minutes is not among it.
    Equipment, injuries and restrictions are those of the request that ``usable`` was made of, which may be newer than
    the plan.

    Examples
    --------
    >>> from evenstride.model import PlanRequest, Profile
    >>> from evenstride.plan.catalogue import load_catalogue
    >>> from evenstride.plan.schedule import make_plan
    >>> from evenstride.model import FreeSlot
    >>> ada = Profile(name="Ada", free=(FreeSlot(weekday=0, minutes=40), FreeSlot(weekday=3, minutes=40)))
    >>> request = PlanRequest(profile=ada, start=date(2026, 5, 4), today=date(2026, 5, 4), weeks=1)
    >>> plan = make_plan(request, load_catalogue())
    >>> [(one.exercise, one.instead, one.why.text)
    ...  for one in left_out(plan, Usable(request=request, catalogue=load_catalogue()))]
    [('step_up', 'lateral_toe_tap_squat', 'there is no low box')]
    """
    found: dict[tuple[str, str | None, Hindrance], list[PlannedSession]] = {}
    for one in plan.sessions:
        for exercise, instead, why in _missing(one, usable):
            found.setdefault((exercise, instead, why), []).append(one)
    return tuple(
        LeftOut(exercise=exercise, instead=instead, why=why, sessions=tuple(sessions))
        for (exercise, instead, why), sessions in found.items()
    )


def absence(exercise: str, plan: Plan, usable: Usable) -> Absence | None:
    """Return why an exercise stands nowhere in a plan; None where it stands in it.

    Raises
    ------
    KeyError
        The catalogue has no such exercise.
    """
    one = usable.catalogue.exercises[exercise]
    if any(line.exercise == exercise for session in plan.sessions for line in session.exercises):
        return None
    without = [gone for gone in left_out(plan, usable) if gone.exercise == exercise]
    why = without[0].why if without else _throughout(exercise, plan, usable)
    if why is not None:
        return Absence(kind="hindered", why=why, instead=tuple(gone.instead for gone in without if gone.instead))
    cut = tuple(session for session in plan.sessions if _gave_way(session, one.name))
    if cut:
        return Absence(kind="cut", sessions=cut)
    if one.family in _BY_TURNS:
        return Absence(kind=_BY_TURNS[one.family])
    on_lists = _phases_with(exercise, usable)
    here = {session.phase for session in plan.sessions if session.phase} | {week.phase for week in plan.week_list}
    if not on_lists:
        used = {line.exercise for session in plan.sessions for line in session.exercises}
        relatives = sorted(two for two in used if usable.catalogue.exercises[two].pattern == one.pattern)
        return Absence(kind="other_list", relatives=tuple(relatives))
    if not here & set(on_lists):
        return Absence(kind="later_phase", phases=on_lists)
    return Absence(kind="jumps_later" if one.plyometric else "not_now", phases=on_lists)


def _missing(session: PlannedSession, usable: Usable) -> Iterator[tuple[str, str | None, Hindrance]]:
    """Exercises of a session's list that it does without because they cannot be done, with their substitutes."""
    there = [one.exercise for one in session.exercises]
    listed = _list_of(session, usable) if there else ()
    for name in listed:
        one = usable.catalogue.exercises[name]
        why = None if name in there or _gave_way(session, one.name) else usable.hindrance(one, session.day)
        if why is not None:
            yield name, _substitute(name, session, listed, usable), why


def _substitute(name: str, session: PlannedSession, listed: tuple[str, ...], usable: Usable) -> str | None:
    """What a session has in place of an exercise; nothing where that stands on its list anyway."""
    others = [one.exercise for one in session.exercises if one.exercise not in listed]
    usual = usable.or_relative(name, session.day)
    if usual in listed:
        return None
    return usual if usual in others else usable.or_relative(name, session.day, among=others)


def _list_of(session: PlannedSession, usable: Usable) -> tuple[str, ...]:
    if session.kind not in ("strength", "micro") or session.phase is None:
        return ()
    words = [because.text for because in session.because if TEMPLATE_WORDS in because.text]
    coached = next((two for two in usable.request.templates if any(text.startswith(two.name) for text in words)), None)
    if coached is not None or words:
        return tuple(line.exercise for line in coached.exercises) if coached else ()
    phase = next(one for one in usable.catalogue.phases if one.name == session.phase)
    return tuple(line.exercise for line in type_of(phase, session.type or "general").prescriptions)


def _phases_with(exercise: str, usable: Usable) -> tuple[PhaseName, ...]:
    return tuple(
        phase.name
        for phase in usable.catalogue.phases
        if any(line.exercise == exercise for type_ in phase.types for line in type_.prescriptions)
    )


def _gave_way(session: PlannedSession, name: str) -> bool:
    """Whether the minutes of a session were too few for an exercise."""
    return any(text.startswith(f"{name} left out") for text in session.trimmed)


def _throughout(exercise: str, plan: Plan, usable: Usable) -> Hindrance | None:
    """What keeps an exercise from being done on every day of a plan: what still does on its last one."""
    last: date = plan.start + timedelta(weeks=plan.weeks, days=-1)
    return usable.hindrance(usable.catalogue.exercises[exercise], last)
