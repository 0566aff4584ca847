"""Whether a finished plan keeps every rule: one function a rule, which knows nothing of how plans are made.

Sessions before the plan count as their logs tell, those of the plan as they are written: done, clean and without pain.
docs/methods/plan-rules.md says how each rule is judged.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from evenstride.model import BrokenRule, Catalogue, Plan, PlanRequest
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules.advice import blocks, spikes
from evenstride.plan.rules.available import what_there_is
from evenstride.plan.rules.body import without_pain
from evenstride.plan.rules.case import Case
from evenstride.plan.rules.days import a_day_before_hard_runs, after_easy_runs, days_apart, how_often
from evenstride.plan.rules.deload import light_weeks
from evenstride.plan.rules.doses import cuts_in_order, full_doses
from evenstride.plan.rules.gates import phases_are_earned
from evenstride.plan.rules.limbs import slowly, weaker_first
from evenstride.plan.rules.mobility_pieces import after_runs, before_runs_and_sessions, holds
from evenstride.plan.rules.mobility_week import mobility_weeks, taking_turns
from evenstride.plan.rules.progress import form_first, one_thing_rises
from evenstride.plan.rules.repeats import reassessed, tests_stand_alone
from evenstride.plan.rules.reviews import as_reviewed
from evenstride.plan.rules.season import nothing_new, recovery, short_in_season, taper
from evenstride.plan.rules.whole import a_whole_plan

Check = Callable[[Case], Iterator[BrokenRule]]


def phases(case: Case) -> Iterator[BrokenRule]:
    """R-PHASE: phases are entered through their gates, and hold no more than their full doses."""
    yield from phases_are_earned(case)
    yield from full_doses(case)


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "R-24H": a_day_before_hard_runs,
        "R-AFTER-EASY": after_easy_runs,
        "R-NONCONSEC": days_apart,
        "R-FREQ": how_often,
        "R-TAPER": taper,
        "R-RECOVER": recovery,
        "R-DELOAD": light_weeks,
        "R-PROGRESS": one_thing_rises,
        "R-FORM-FIRST": form_first,
        "R-WEAK-FIRST": weaker_first,
        "R-TEMPO": slowly,
        "R-TRIM": cuts_in_order,
        "R-MOB-WEEK": mobility_weeks,
        "R-MOB-PRE": before_runs_and_sessions,
        "R-MOB-POST": after_runs,
        "R-MOB-ALT": taking_turns,
        "R-STATIC-PRE": holds,
        "R-INSEASON": short_in_season,
        "R-NO-NEW": nothing_new,
        "R-AVAIL": what_there_is,
        "R-PAIN": without_pain,
        "R-TEST": tests_stand_alone,
        "R-REASSESS": reassessed,
        "R-ALT-BLOCK": blocks,
        "R-SPIKE": spikes,
        "R-REVIEW": as_reviewed,
        "R-PHASE": phases,
        "R-WHOLE": a_whole_plan,
    }
)
"""Each rule and the function that judges it; R-PHASE is section 2's phases, R-WHOLE that a plan is one at all."""


def broken_rules(plan: Plan, request: PlanRequest, catalogue: Catalogue | None = None) -> tuple[BrokenRule, ...]:
    """Return every rule that a plan breaks, in order of the day; empty where it keeps them all.

    Preferences that are neither kept nor said to be given up are among them, with ``binding`` False. What was before
    the plan is never blamed, only what the plan makes of it.

    Parameters
    ----------
    plan
        A finished plan.
    request
        What it was made for: the person, the runs, what was done, and the day it was.
    catalogue
        What its exercises and phases are; the usual one unless given.

    Examples
    --------
    Strength on the evening before intervals:

    >>> from datetime import date, time
    >>> from evenstride.model import (
    ...     CalendarRun, FreeSlot, Plan, PlannedSession, PlanRequest, Profile, SolverStatus
    ... )
    >>> monday = date(2026, 5, 4)
    >>> intervals = CalendarRun(day=date(2026, 5, 5), kind="intervals", minutes=60, at=time(12))
    >>> strength = PlannedSession(
    ...     id="a", day=monday, slot="free", kind="strength", minutes=20, at=time(18), hard=True
    ... )
    >>> person = Profile(name="Ada", free=(FreeSlot(weekday=0, minutes=40, at=time(18)),))
    >>> request = PlanRequest(profile=person, start=monday, weeks=1, today=monday, calendar=(intervals,))
    >>> plan = Plan(
    ...     athlete="Ada", start=monday, weeks=1, runs=(intervals,), sessions=(strength,),
    ...     solver=SolverStatus(status="optimal", gap=0.0),
    ... )
    >>> print(next(one.text for one in broken_rules(plan, request) if one.rule == "R-24H"))
    hard strength ends 17.6 h before the intervals run of Tue 5 May; 24 h are needed
    """
    case = Case(plan, request, catalogue or load_catalogue())
    found = [one for check in CHECKS.values() for one in check(case)]
    return tuple(sorted(found, key=lambda one: (one.day, not one.binding)))


__all__ = ["CHECKS", "Check", "broken_rules"]
