"""What changes from one plan to the next: sessions that come, go, move to another day, or are done differently."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from evenstride.model import Plan, PlannedSession
from evenstride.model.plan import OWN_SLOTS

NEAR = timedelta(days=6)
"""A session that comes within so many days of one that goes has moved (our own convention)."""


@dataclass(frozen=True, kw_only=True)
class SessionChange:
    """One session as it was, and as it is now."""

    before: PlannedSession
    after: PlannedSession


@dataclass(frozen=True, kw_only=True)
class PlanDifference:
    """What the second plan has that the first had not, and so on; each in order of time.

    ``moved`` sessions stand on another day (and may be done differently there); ``changed`` ones stand where they were
    and differ in time, minutes, exercises or doses. Reasons, assumptions, locks, and which leg begins are no change.
    """

    added: tuple[PlannedSession, ...] = ()
    removed: tuple[PlannedSession, ...] = ()
    moved: tuple[SessionChange, ...] = ()
    changed: tuple[SessionChange, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether both plans ask for the same."""
        return not (self.added or self.removed or self.moved or self.changed)


def plan_difference(old: Plan, new: Plan) -> PlanDifference:
    """Return what changes from the old plan to the new one.

    Works for two plans of the same days: sessions of days that only one of them speaks of are not compared. Does not
    work as a history: it tells what changes, not why.

    Examples
    --------
    >>> from evenstride.model import SolverStatus
    >>> one = PlannedSession(id="2026-05-08-strength-1", day=date(2026, 5, 8), slot="free", kind="strength", minutes=20)
    >>> two = replace(one, id="2026-05-09-strength-1", day=date(2026, 5, 9))
    >>> old = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(one,),
    ...            solver=SolverStatus(status="optimal", gap=0.0))
    >>> moved = plan_difference(old, replace(old, sessions=(two,))).moved[0]
    >>> str(moved.before.day), str(moved.after.day)
    ('2026-05-08', '2026-05-09')
    """
    first, end = max(old.start, new.start), min(_end(old), _end(new))
    was = [one for one in old.sessions if first <= one.day < end]
    now = [one for one in new.sessions if first <= one.day < end]
    stays = _pairs(was, now, timedelta(0))
    left = _without(was, (one for one, _ in stays)), _without(now, (two for _, two in stays))
    moves = _pairs(*left, NEAR)
    return PlanDifference(
        added=tuple(_without(left[1], (two for _, two in moves))),
        removed=tuple(_without(left[0], (one for one, _ in moves))),
        moved=tuple(SessionChange(before=one, after=two) for one, two in moves),
        changed=tuple(SessionChange(before=one, after=two) for one, two in stays if _asked(one) != _asked(two)),
    )


def _pairs(
    was: Sequence[PlannedSession], now: Sequence[PlannedSession], apart: timedelta
) -> list[tuple[PlannedSession, PlannedSession]]:
    """Sessions of one kind that belong together, at most so far apart: the most alike and the nearest first."""
    candidates = sorted(
        (
            (abs(two.day - one.day), one.type != two.type, _asked(one) != _asked(two), i, j)
            for i, one in enumerate(was)
            for j, two in enumerate(now)
            if _sort(one) == _sort(two) and abs(two.day - one.day) <= apart
        ),
    )
    before, after, pairs = set(), set(), []
    for *_, i, j in candidates:
        if i not in before and j not in after:
            before.add(i)
            after.add(j)
            pairs.append((i, j))
    return [(was[i], now[j]) for i, j in sorted(pairs)]


def _sort(one: PlannedSession) -> tuple[object, ...]:
    """What two sessions must have in common to be the same one: a piece of a run never becomes a session."""
    own = one.slot in OWN_SLOTS
    return one.kind, own or one.slot, one.mobility.style if one.mobility else None


def _asked(one: PlannedSession) -> tuple[object, ...]:
    """What a session asks for, without its day and reasons."""
    exercises = tuple(replace(exercise, because="", first=None) for exercise in one.exercises)
    return one.at or time.max, one.slot, one.minutes, one.type, one.warm_up, exercises


def _without(sessions: Sequence[PlannedSession], these: Iterable[PlannedSession]) -> list[PlannedSession]:
    taken = {id(one) for one in these}
    return [one for one in sessions if id(one) not in taken]


def _end(plan: Plan) -> date:
    return plan.start + timedelta(weeks=plan.weeks)
