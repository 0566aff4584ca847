"""Why something stands in a plan: a session, an exercise, a rule."""

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from evenstride.errors import UnknownEntry
from evenstride.model import Exercise, GivenUp, Plan, PlannedSession, Rule
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.left_out import Absence, LeftOut, absence, left_out
from evenstride.plan.return_stages import return_rules
from evenstride.plan.usable import Usable
from evenstride.service.plan import find_session

Asked = Literal["session", "exercise", "rule"]


@dataclass(frozen=True, kw_only=True)
class Why:
    """What was asked after, the sessions in which it stands or decided, the rules that speak there, what it cost.

    ``exercise`` is the one that was asked after, ``rules`` all that are named in the sessions, or the one asked after.
    ``left_out`` is what the session does without, or where the exercise is left out or stands in; ``absence`` says why
    it is in no session.
    """

    asked: Asked
    plan: Plan
    sessions: tuple[PlannedSession, ...] = ()
    exercise: Exercise | None = None
    rules: tuple[Rule, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    absence: Absence | None = None


def why(plan: Plan, text: str, *, usable: Usable | None = None) -> Why:
    """Explain a session (its identifier or the beginning of it), an exercise of the plan, or a rule.

    With ``usable``, what the runner can do, it says what was left out of the session and what stands in its place, or
    why the exercise is in no session.

    Raises
    ------
    UnknownEntry
        There is none of that name; near misses are named.

    Examples
    --------
    >>> from datetime import date
    >>> from evenstride.model import SolverStatus
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> why(plan, "r-24h").rules[0].id
    'R-24H'
    """
    catalogue = load_catalogue()
    name = text.strip()
    rule = catalogue.rules.get(name.upper()) or return_rules().get(name.upper())
    if rule is not None:
        return Why(
            asked="rule",
            plan=plan,
            rules=(rule,),
            sessions=tuple(one for one in plan.sessions if any(b.rule == rule.id for b in one.because)),
            given_up=tuple(one for one in plan.given_up if one.rule == rule.id),
        )
    exercise = _exercise_named(name)
    if exercise is not None:
        found = tuple(one for one in plan.sessions if any(e.exercise == exercise.id for e in one.exercises))
        gone = left_out(plan, usable) if usable else ()
        return Why(
            asked="exercise",
            plan=plan,
            exercise=exercise,
            sessions=found,
            left_out=tuple(one for one in gone if exercise.id in (one.exercise, one.instead)),
            absence=absence(exercise.id, plan, usable) if usable else None,
        )
    try:
        session = find_session(plan, name)
    except UnknownEntry as error:
        if name[:1].isdigit():
            raise
        near = _near(name, plan)
        help_ = f"Did you mean {' or '.join(near)}?" if near else error.help
        raise UnknownEntry(f"There is no session, exercise or rule {name} in the plan.", help=help_) from None
    names = dict.fromkeys(one.rule for one in session.because)
    rules = tuple(catalogue.rules[one] for one in names if one in catalogue.rules)
    gone = left_out(replace(plan, sessions=(session,)), usable) if usable else ()
    return Why(asked="session", plan=plan, sessions=(session,), rules=rules, left_out=gone)


def _exercise_named(name: str) -> Exercise | None:
    asked = _plain(name)
    known: dict[str, Exercise] = {}
    for one in load_catalogue().exercises.values():
        known.setdefault(_plain(one.name), one)
        known.setdefault(_plain(one.id), one)
    return known.get(asked)


def _near(name: str, plan: Plan) -> list[str]:
    catalogue = load_catalogue()
    used = {e.exercise for one in plan.sessions for e in one.exercises}
    return get_close_matches(name.lower(), [*sorted(used), *catalogue.rules], n=3, cutoff=0.6)


def _plain(name: str) -> str:
    """What two spellings of an exercise have in common.

    >>> _plain("Single-leg calf raise") == _plain("single_leg_calf_raise")
    True
    """
    return "".join(sign for sign in name.lower() if sign.isalnum())
