"""On which days the full tests of both legs stand: the first allowed ones from the day they are due."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from evenstride.model import Because, GivenUp, PlannedSession, PlanRequest
from evenstride.plan.figures import BETWEEN_BEGINNER_DAYS, BETWEEN_HARD, TEST_EVERY, TEST_MINUTES, TEST_WITHIN
from evenstride.plan.placing import Placed
from evenstride.plan.slots import Opportunity, Span, span
from evenstride.plan.weeks import Week, last_day, monday, no_plyometrics, tests_due

HALF = TEST_MINUTES / 2.0


def place_tests(
    request: PlanRequest, weeks: Sequence[Week], found: Sequence[Opportunity], beginner: Collection[date]
) -> tuple[tuple[Placed, ...], tuple[GivenUp, ...]]:
    """Return every test of the plan, one or two days each, and what is said where no day allows one.

    ``beginner`` are the Mondays of weeks that are a beginner's whatever the tests say.

    A test counts as hard strength: what forbids that on a day forbids it too. It is never in a race week, nor in one
    with strength that is done or locked, and its hops keep away from races as jumps do.
    """
    taken = {week.monday for week in weeks if week.race}
    taken |= {monday(one.day) for one in (*request.past, *request.locked) if one.kind in ("strength", "micro")}
    allowed = [
        one for one in found
        if one.hard_minutes >= HALF and monday(one.day) not in taken and not _crowded(one, request.past, beginner)
        and not no_plyometrics(one.day, request.profile.races)
    ]  # fmt: skip
    due, half = tests_due(request)
    placed: list[Placed] = []
    if half is not None:
        second = next((one for one in allowed if one.day - half <= TEST_WITHIN), None)
        if second is not None:
            placed.append(_placed(second, due, 2))
            due = second.day + TEST_EVERY
    while due <= last_day(request):
        days = _first(allowed, max(due, request.start), beginner)
        if not days:
            text = (
                f"no day from {max(due, request.start):%-d %B} on allows a full test: it takes {TEST_MINUTES:g} free"
                f" minutes, or twice {HALF:g}, where hard strength may stand"
            )
            return tuple(placed), (GivenUp(rule="R-REASSESS", day=max(due, request.start), text=text),)
        placed += [_placed(one, due, len(days)) for one in days]
        due = days[-1].day + TEST_EVERY
    return tuple(placed), ()


def _first(allowed: Sequence[Opportunity], due: date, beginner: Collection[date]) -> tuple[Opportunity, ...]:
    """The first day that holds a whole test; two halves where that would be more than two weeks later."""
    from_due = [one for one in allowed if one.day >= due]
    whole = next((one for one in from_due if one.hard_minutes >= TEST_MINUTES), None)
    for i, one in enumerate(from_due):
        if whole is not None and whole.day - one.day <= TEST_WITHIN:
            break
        for other in from_due[i + 1 :]:
            if other.day - one.day <= TEST_WITHIN and _apart(one, other, beginner):
                return (one, other)
    return (whole,) if whole is not None else ()


def _apart(one: Opportunity, other: Opportunity, beginner: Collection[date]) -> bool:
    """Whether two halves may stand on these days: for beginners a day lies between, later 48 h."""
    if monday(other.day) in beginner:
        return (other.day - one.day).days >= BETWEEN_BEGINNER_DAYS
    return other.span(HALF).start - one.span(HALF).end >= BETWEEN_HARD


def _crowded(one: Opportunity, past: Iterable[PlannedSession], beginner: Collection[date]) -> bool:
    """Whether a hard session before it is too near: for beginners the day before, later within 48 h."""
    if monday(one.day) in beginner:
        return any(abs((one.day - two.day).days) < BETWEEN_BEGINNER_DAYS for two in past if two.hard)
    mine = one.span(HALF)
    spans: list[Span] = [span(two.day, two.at, two.minutes) for two in past if two.hard]
    return any(mine.start - two.end < BETWEEN_HARD for two in spans if two.start <= mine.start)


def _placed(one: Opportunity, due: date, parts: int) -> Placed:
    text = f"a full test of both legs is due from {due:%-d %B}, and this is the first day that allows it"
    if parts > 1:
        text += f"; {TEST_MINUTES:g} minutes on two days"
    return Placed(
        day=one.day, at=one.at, slot=one.slot, kind="test", minutes=TEST_MINUTES / parts, after_hard=one.after_hard,
        because=(Because(rule="R-TEST", text=text),), before_quality=one.before_quality,
    )  # fmt: skip
