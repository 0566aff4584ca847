"""What applied reviews and coaches ask of the days of a plan: which word holds on which day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from evenstride.model import Adjustment, PlanRequest
from evenstride.model.adjustment import AdjustmentKind
from evenstride.plan.weeks import WEEK, last_day

RULE = "R-REVIEW"
MOST_DAYS = 4
"""A word about weeks speaks of a week when it covers so many of its days (our own convention)."""


def asked_on(request: PlanRequest, kind: AdjustmentKind, day: date) -> Adjustment | None:
    """Return what is asked of a day in one way; None where nothing is."""
    return next((one for one in request.adjustments if one.kind == kind and one.covers(day)), None)


def ahead(request: PlanRequest, *kinds: AdjustmentKind) -> tuple[Adjustment, ...]:
    """Return what is asked in some ways of any day of the plan, in order of its first day."""
    found = [
        one for one in request.adjustments
        if one.kind in kinds and one.since <= last_day(request) and (one.until is None or one.until >= request.start)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.since))


def steps_back(request: PlanRequest, day: date) -> Mapping[str, Adjustment]:
    """Return the exercises that give way to an easier version on a day, each with what asks for it.

    A step back of one leg is one of both: the legs do the same exercise, so that the weaker one still leads. It ends
    with its last day, or when the exercise is cleared after it.

    >>> from evenstride.model import Profile
    >>> monday = date(2026, 5, 4)
    >>> asked = Adjustment(kind="regress", rule="D-REGRESS-PAIN", since=monday, text="", exercise="step_up")
    >>> clear = Adjustment(kind="clear", rule="D-CLEAR", since=date(2026, 5, 18), text="", exercise="step_up")
    >>> request = PlanRequest(
    ...     profile=Profile(name="Kim"), start=monday, weeks=4, today=monday, adjustments=(asked, clear)
    ... )
    >>> [list(steps_back(request, date(2026, 5, day))) for day in (3, 4, 17, 18)]
    [[], ['step_up'], ['step_up'], []]
    """
    return {one.exercise: one for one in _standing(request, day) if not only_fewer(one)}


def loosened(request: PlanRequest, day: date) -> Mapping[str, Adjustment]:
    """Return the exercises that have no easier version and are done with fewer repetitions on a day."""
    return {one.exercise: one for one in _standing(request, day) if only_fewer(one)}


def only_fewer(one: Adjustment) -> bool:
    """Whether a step back leaves its exercise with fewer repetitions: it has an end, and nothing to give way to."""
    return one.kind == "regress" and not one.to and one.until is not None


def cleared_since(request: PlanRequest, exercise: str, day: date) -> date | None:
    """Return the day from which an exercise may come again, where that is before or on a day."""
    found = [
        one.since for one in request.adjustments if (one.kind, one.exercise) == ("clear", exercise) and one.since <= day
    ]
    return max(found, default=None)


def sessions_most(request: PlanRequest, monday: date) -> int | None:
    """Return how many strength sessions reviews leave in a week; None where they leave it as it is."""
    days = [monday + n * timedelta(days=1) for n in range(7)]
    found = [
        one.amount for one in request.adjustments
        if one.kind == "fewer_sessions" and sum(one.covers(day) for day in days) >= MOST_DAYS
    ]  # fmt: skip
    return max(1, min(found)) if found else None


def changes(request: PlanRequest) -> Iterable[date]:
    """Return the days after which an exercise's standing with reviews is another."""
    for one in request.adjustments:
        if one.kind in ("regress", "clear"):
            yield one.since - WEEK / 7
            if one.until is not None:
                yield one.until


def _standing(request: PlanRequest, day: date) -> Iterable[Adjustment]:
    clears = [(n, one) for n, one in enumerate(request.adjustments) if one.kind == "clear" and one.since <= day]
    for n, one in enumerate(request.adjustments):
        if one.kind == "regress" and one.covers(day):
            lifted = any(
                other.exercise == one.exercise and other.side in (None, one.side) and (other.since, m) > (one.since, n)
                for m, other in clears
            )
            if not lifted:
                yield one
