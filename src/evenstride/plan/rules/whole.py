"""Whether a plan is a plan at all: reasons, names, order, its own words about itself."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from evenstride.model import BrokenRule
from evenstride.plan.rules.case import Case, Held, broken
from evenstride.plan.rules.moments import monday_of, say_day

RULE = "R-WHOLE"


def a_whole_plan(case: Case) -> Iterator[BrokenRule]:
    """R-WHOLE: every line has its reason, names are unique, sessions in order, and what is said of them is so."""
    plan, request = case.plan, case.request
    if (plan.start, plan.weeks) != (request.start, request.weeks):
        yield broken(
            RULE,
            plan.start,
            f"{plan.weeks} weeks from {say_day(plan.start)}; asked for were {request.weeks} from "
            f"{say_day(request.start)}",
        )
    for name, n in Counter(one.id for one in plan.sessions).items():
        if n > 1:
            yield broken(RULE, plan.start, f"{n} sessions have the name {name}")
    for before, one in pairwise(plan.sessions):
        timed = before.at is not None and one.at is not None
        if one.day < before.day or (one.day == before.day and timed and str(one.at) < str(before.at)):
            yield broken(RULE, one.day, f"{one.id} stands after {before.id}, which is later")
    for session in plan.sessions:
        if not plan.start <= session.day < case.end:
            yield broken(
                RULE,
                session.day,
                f"{session.id} lies outside the plan, {say_day(plan.start)} and {plan.weeks} weeks",
            )
    for held in case.judged:
        yield from _said_rightly(case, held)
    for week in plan.week_list:
        if week.monday != monday_of(week.monday) or week.number != case.number(week.monday):
            yield broken(
                RULE,
                week.monday,
                f"the week of {say_day(week.monday)} is called week {week.number}; it is {case.number(week.monday)}",
            )


def _said_rightly(case: Case, one: Held) -> Iterator[BrokenRule]:
    session = one.session
    if not session.because or any(not reason.text for reason in session.because):
        yield broken(RULE, one, f"{session.id} has no reason")
    for line in session.exercises:
        if not line.because:
            yield broken(RULE, one, f"{case.name(line.exercise)} has no reason")
        if case.exercise(line) is None:
            yield broken(RULE, one, f"{line.exercise} is in no catalogue")
    for name in session.warm_up:
        if name not in case.catalogue.exercises:
            yield broken(RULE, one, f"{name}, in the warm-up, is in no catalogue")
    if not session.exercises and session.kind != "test":
        yield broken(RULE, one, f"{session.id} has no exercise")
    if case.hard(one) and not session.hard:
        yield broken(RULE, one, f"{session.id} is hard strength, and not marked so")
    if session.plyometric != case.plyometric(session):
        yield broken(RULE, one, f"{session.id} is marked {'' if session.plyometric else 'not '}plyometric, wrongly")
