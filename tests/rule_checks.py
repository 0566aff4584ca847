"""Small plans and small histories for one rule at a time."""

from datetime import date, time, timedelta
from typing import Any

from tests.kept_plans import (
    FREE,
    line,
    log_of,
    strength,
)
from tests.plans import MONDAY, plan_of, session

from evenstride.model import (
    BrokenRule,
    CalendarRun,
    Dose,
    LimbComparison,
    Plan,
    PlannedSession,
    PlanRequest,
    Profile,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.rules import CHECKS
from evenstride.plan.rules.case import Case

LONG_AGO = MONDAY - timedelta(weeks=6)
"""When a programme began whose first four weeks are over."""


def told(rule: str, plan: Plan, request: PlanRequest) -> list[BrokenRule]:
    return list(CHECKS[rule](Case(plan, request, load_catalogue())))


def run(day: date, kind: Any = "intervals", at: time | None = None, minutes: float = 60) -> CalendarRun:
    return CalendarRun(day=day, kind=kind, minutes=minutes, at=at)


def hard(day: date, at: time | None = None, **own: Any) -> PlannedSession:
    return strength(day, (1, 1, 1, 1), 4, own.pop("minutes", 20), "left", at=at, **own)


def tiny(sessions: list[PlannedSession], runs: tuple[CalendarRun, ...] = (), **own: Any) -> tuple[Plan, PlanRequest]:
    """A plan of two weeks of only these; ``own`` goes to the request."""
    profile = own.pop("profile", Profile(name="Ada", free=FREE))
    request = PlanRequest(profile=profile, start=MONDAY, weeks=2, today=MONDAY, calendar=runs, **own)
    return plan_of(sorted(sessions, key=lambda one: one.day), runs), request


def breaks(rule: str, sessions: list[PlannedSession], runs: tuple[CalendarRun, ...] = (), **own: Any) -> bool:
    return bool(told(rule, *tiny(sessions, runs, **own)))


def done(*held: PlannedSession, **own: Any) -> dict[str, Any]:
    """Sessions before the plan with their logs, for a request: the programme began with the first of them."""
    began = min((one.day for one in held), default=None)
    return {"began": began, "past": held, "logs": tuple(log_of(one, **own) for one in held)}


REGULAR = done(*(hard(MONDAY - timedelta(days=days)) for days in (24, 17, 10, 3))) | {"began": LONG_AGO}
"""Strength every week, past the first four."""


def gate_met(calf_raises: float, **own: Any) -> dict[str, Any]:
    """What the advanced gate asks for, done the week before the plan; ``own`` goes to the request."""
    day = MONDAY - timedelta(days=4)
    values = {"bulgarian_split_squat": 10.0, "single_leg_calf_raise": calf_raises}
    tests = tuple(
        LimbComparison(
            test=name, label=name, unit="repetitions", day=day, left=value, right=value, n_left=1, n_right=1,
            difference=0.0, low=None, high=None, mdc95=None, mdc_source=None, beyond_error=False, weaker=None,
            lower=None, limb_ratio_pct=100.0,
        )
        for name, value in values.items()
    )  # fmt: skip
    squat = session(day, exercises=(line("single_leg_box_squat", Dose(sets=2, reps=8), "left"),), type="general")
    return {"tests": tests, **done(squat), **own}


def romanian(day: date, sets: int = 3, reps: int = 10, load: float = 0, **own: Any) -> PlannedSession:
    tempo = own.pop("tempo", "3-1-3-1")
    lines = (line("single_leg_romanian_deadlift", Dose(sets=sets, reps=reps, load_kg=load), "left", tempo=tempo),)
    values = {"phase": "beginner", "type": "general", "exercises": lines, "assumes": ("clean sessions",)} | own
    return session(day, "strength", **values)
