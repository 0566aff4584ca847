"""A plan made anew keeps what the one before had in its mobility sessions, where no rule speaks against it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from evenstride.model import BrokenRule, Catalogue, GivenUp, Plan, PlannedSession, PlanRequest
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.rules import broken_rules

ROUNDS = 4
"""After so many attempts the new plan stays as it was made."""
PREFERENCES_MAX = 2
"""So many wishes may be given up, and are then named, so that everything else stays (our own convention)."""


def keep_contents(old: Plan, new: Plan, request: PlanRequest, catalogue: Catalogue) -> Plan:
    """Return the new plan with the exercises of the old one in every mobility session that stands where it stood.

    Which exercises a mobility session has depends on those before it, so that one session more or less changes all that
    follow. What would break a rule by that is left as it was made; a wish or two are given up for it, and named.

    Works for two plans of the same runner. Does not touch strength, whose doses follow from what was done before.
    """
    was = {_place(one): one for one in old.sessions if _is_own(one)}
    minutes = {one.day: one.minutes for one in old.sessions if one.kind == "strength"}
    strength = {one.day: one.minutes for one in new.sessions if one.kind == "strength"}
    same = {
        one.id: was[_place(one)]
        for one in new.sessions
        if _is_own(one)
        and _place(one) in was
        and (was[_place(one)].minutes <= one.minutes or minutes.get(one.day) == strength.get(one.day))
    }
    known = {_named(one) for one in broken_rules(new, request, catalogue)}
    for _ in range(ROUNDS):
        kept = replace(new, sessions=tuple(_with(one, same.get(one.id)) for one in new.sessions))
        broken = [one for one in broken_rules(kept, request, catalogue) if _named(one) not in known]
        if len(broken) <= PREFERENCES_MAX and not any(one.binding for one in broken):
            return replace(kept, given_up=_given_up(kept, broken))
        same = dict(_without(same, broken))
    return new


def _given_up(plan: Plan, broken: Iterable[BrokenRule]) -> tuple[GivenUp, ...]:
    new = [
        GivenUp(rule=one.rule, day=one.day, text=f"{one.text}, so that everything else stays as it was")
        for one in broken
    ]  # fmt: skip
    return tuple(sorted((*plan.given_up, *new), key=lambda one: (one.day, one.rule)))


def _with(one: PlannedSession, was: PlannedSession | None) -> PlannedSession:
    if was is None:
        return one
    return replace(
        one, minutes=was.minutes, because=was.because, exercises=was.exercises, warm_up=was.warm_up,
        mobility=was.mobility,
    )  # fmt: skip


def _without(same: dict[str, PlannedSession], broken: Iterable[BrokenRule]) -> Iterable[tuple[str, PlannedSession]]:
    """Leave out what is broken and what stands next to it; a week where no session is named."""
    gone: set[date] = set()
    for one in broken:
        reach = 3 if one.session else 7
        gone |= {one.day + timedelta(days=n) for n in range(-reach, reach + 1)}
    return [(name, one) for name, one in same.items() if one.day not in gone]


def _is_own(one: PlannedSession) -> bool:
    return one.mobility is not None and one.slot in OWN_SLOTS


def _place(one: PlannedSession) -> tuple[date, time | None, str, str]:
    return one.day, one.at, one.slot, one.mobility.style if one.mobility else ""


def _named(one: BrokenRule) -> tuple[str, date, str]:
    return one.rule, one.day, one.session
