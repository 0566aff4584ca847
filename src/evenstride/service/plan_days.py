"""On which days a session may stand: what the rules say of each, before anything is moved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.model import PlannedSession, PlanRequest
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.schedule import make_plan, no_place
from evenstride.plan.slots import Opportunity, known_only, opportunities
from evenstride.plan.weeks import monday, weeks_of
from evenstride.service.home import Home
from evenstride.service.plan import (
    DAY,
    WEEK,
    Anew,
    cannot_stand,
    find_session,
    first_open_day,
    refuse_taken,
    refuse_unmovable,
    show,
)
from evenstride.service.plan_request import PlanAsked, request_for
from evenstride.store import KeptPlan


@dataclass(frozen=True, kw_only=True)
class DayAnswer:
    """What one day says to a session: it ``fits``, or ``text`` with its ``rule`` (empty where it is no rule).

    ``here``: it stands there now. ``sure`` is False where only the planner could say whether it fits.
    """

    day: date
    fits: bool = False
    sure: bool = True
    here: bool = False
    text: str = ""
    rule: str = ""


def days_for(home: Home, session: str, *, planned: bool = True) -> tuple[DayAnswer, ...]:
    """Return what each day of a session's week, the week before and the week after says to it; nothing is kept.

    Days without a place for it are known at once; for the others the planner makes these three weeks, not the whole
    plan, so that the answer comes while a finger is still down. What lies further ahead can in rare cases forbid what
    is allowed here: :func:`evenstride.service.plan.move` decides. Without ``planned`` the planner is not asked.

    Raises
    ------
    UnknownEntry
        There is no such session.
    InvalidRequest
        It cannot move at all: it belongs to a run, is a test, or was done already.
    """
    held = show(home)
    one = find_session(held.plan, session)
    refuse_unmovable(home, one)
    end = held.plan.start + held.plan.weeks * WEEK
    first = max(monday(one.day) - WEEK, held.plan.start)
    last = min(monday(one.day) + 2 * WEEK, end) - DAY
    open_ = Anew(held=held, previous=held.plan, locked=())
    request = _near_request(home, held, min(max(first, first_open_day(home, open_)), last), last, bare=not planned)
    found = known_only(request, opportunities(request, weeks_of(request)))
    case = _Case(held=held, one=one, request=request, found=found)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return tuple(_answer(home, case, day, planned=planned) for day in days)


def _near_request(home: Home, held: KeptPlan, start: date, last: date, *, bare: bool) -> PlanRequest:
    """What the near weeks are made of, with what stays where it is."""
    locked = tuple(one for one in held.plan.sessions if one.locked and start <= one.day <= last)
    asked = PlanAsked(
        start=start, weeks=ceil((last + DAY - start) / WEEK), last=last, previous=held.plan, locked=locked
    )
    return request_for(home, asked, bare=bare)[0]


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A session that would move, and everything that its days are asked with."""

    held: KeptPlan
    one: PlannedSession
    request: PlanRequest
    found: Sequence[Opportunity]

    @property
    def others(self) -> tuple[PlannedSession, ...]:
        """Every session but the one that would move."""
        return tuple(two for two in self.held.plan.sessions if two.id != self.one.id)


def _answer(home: Home, case: _Case, day: date, *, planned: bool) -> DayAnswer:
    """What one day says."""
    one, request = case.one, case.request
    if day == one.day:
        return DayAnswer(day=day, fits=True, here=True)
    if day < home.today:
        return DayAnswer(day=day, text="This day is over.")
    if day < request.start:
        return DayAnswer(day=day, text="What was logged already lies after this day.")
    there = replace(one, day=day, at=None, locked=True)
    try:
        refuse_taken(one, day, case.others)
        conflict = no_place(there, case.found)
        if conflict is not None and not (one.kind == "mobility" and any(two.day == day for two in case.found)):
            raise conflict
        if planned:
            previous = replace(case.held.plan, sessions=(*case.others, there))
            locked = (there, *(two for two in request.locked if two.id != one.id))
            make_plan(replace(request, locked=locked, previous=previous), load_catalogue())
    except InvalidRequest:
        return DayAnswer(day=day, text="A session of this kind stands there already.")
    except PlanConflict as refused:
        said = cannot_stand(home, there, refused)
        return DayAnswer(day=day, text=said.text, rule=said.rules[0] if said.rules else "")
    return DayAnswer(day=day, fits=True, sure=planned)
