"""On which days a session may stand: what the rules say of each, before anything is moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.model import PlannedSession, PlanRequest
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.schedule import make_plan, no_place
from evenstride.plan.slots import known_only, opportunities
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

    ``here``: it stands there now.
    """

    day: date
    fits: bool = False
    here: bool = False
    text: str = ""
    rule: str = ""


def days_for(home: Home, session: str) -> tuple[DayAnswer, ...]:
    """Return what each day of a session's week, the week before and the week after says to it; nothing is kept.

    Days without a place for it are known at once; for the others the planner makes these three weeks, not the whole
    plan, so that the answer comes while a finger is still down. What lies further ahead can in rare cases forbid what
    is allowed here: :func:`evenstride.service.plan.move` decides.

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
    request = _near_request(home, held, max(first, min(first_open_day(home, Anew(
        held=held, previous=held.plan, locked=())), last)), last)  # fmt: skip
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return tuple(_answers(home, request, held, one, days))


def _near_request(home: Home, held: KeptPlan, start: date, last: date) -> PlanRequest:
    """What the near weeks are made of, with what stays where it is."""
    locked = tuple(one for one in held.plan.sessions if one.locked and start <= one.day <= last)
    asked = PlanAsked(
        start=start, weeks=ceil((last + DAY - start) / WEEK), last=last, previous=held.plan, locked=locked
    )
    return request_for(home, asked)[0]


def _answers(
    home: Home, request: PlanRequest, held: KeptPlan, one: PlannedSession, days: Sequence[date]
) -> Iterator[DayAnswer]:
    found = known_only(request, opportunities(request, weeks_of(request)))
    others = tuple(two for two in held.plan.sessions if two.id != one.id)
    for day in days:
        if day == one.day:
            yield DayAnswer(day=day, fits=True, here=True)
            continue
        if day < max(home.today, request.start):
            yield DayAnswer(day=day, text="This day is over." if day < home.today else "What was logged lies after it.")
            continue
        there = replace(one, day=day, at=None, locked=True)
        try:
            refuse_taken(one, day, others)
            conflict = no_place(there, found)
            if conflict is None or one.kind == "mobility":
                previous = replace(held.plan, sessions=(*others, there))
                locked = (there, *(two for two in request.locked if two.id != one.id))
                make_plan(replace(request, locked=locked, previous=previous), load_catalogue())
                yield DayAnswer(day=day, fits=True)
                continue
        except InvalidRequest as taken:
            yield DayAnswer(day=day, text=taken.text)
            continue
        except PlanConflict as refused:
            conflict = refused
        said = cannot_stand(home, there, conflict)
        yield DayAnswer(day=day, text=said.text, rule=said.rules[0] if said.rules else "")


__all__ = ["DayAnswer", "days_for"]
