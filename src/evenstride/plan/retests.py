"""On which days the full tests of both legs stand: the first allowed ones from the day they are due."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from evenstride.model import Adjustment, Because, GivenUp, PlannedSession, PlanRequest
from evenstride.plan.asked import RULE, ahead
from evenstride.plan.figures import BETWEEN_BEGINNER_DAYS, BETWEEN_HARD, TEST_EVERY, TEST_MINUTES, TEST_WITHIN
from evenstride.plan.placing import Placed
from evenstride.plan.slots import Opportunity, Span, span
from evenstride.plan.weeks import Week, full_tests, last_day, monday, no_plyometrics, tapers, tests_due

HALF = TEST_MINUTES / 2.0


def place_tests(
    request: PlanRequest, weeks: Sequence[Week], found: Sequence[Opportunity], beginner: Collection[date]
) -> tuple[tuple[Placed, ...], tuple[GivenUp, ...]]:
    """Return every test of the plan, one or two days each, and what is said where no day allows one.

    ``beginner`` are the Mondays of weeks that are a beginner's whatever the tests say.

    A test counts as hard strength: what forbids that on a day forbids it too. It is never in a race week, nor in one
    with strength that is done or locked, and its hops keep away from races as jumps do. One that a review asks for
    within some days stands there, and the next ones four weeks after it; where no day allows it, that is said.
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
    untested: list[GivenUp] = []
    if half is not None:
        second = next((one for one in allowed if one.day - half <= TEST_WITHIN), None)
        if second is not None:
            placed.append(_placed(second, due, 2))
            due = second.day + TEST_EVERY
    windows = _asked(request, placed)
    while windows or due <= last_day(request):
        days = _first(allowed, max(due, request.start), beginner) if due <= last_day(request) else ()
        if windows and (windows[0].since < due or not days or _over(windows[0], days[-1].day)):
            asked = windows.pop(0)
            days = _within(request, allowed, asked, beginner)
            placed += [_asked_for(one, asked, len(days)) for one in days]
            untested += [] if days else [_no_day(request, asked)]
        elif days:
            placed += [_placed(one, due, len(days)) for one in days]
        else:
            return tuple(placed), (*untested, _too_few(request, due))
        if days:
            due = days[-1].day + TEST_EVERY
            windows = [one for one in windows if one.since > days[-1].day or _over(one, days[-1].day)]
    return tuple(placed), tuple(untested)


def _over(asked: Adjustment, day: date) -> bool:
    return asked.until is not None and asked.until < day


def _asked(request: PlanRequest, placed: Sequence[Placed]) -> list[Adjustment]:
    """The tests that reviews ask for in days of the plan, and that were not done since, in order of their first day."""
    done = {log.session for log in request.logs if log.done}
    halves = [(one.day, one.minutes) for one in request.past if one.kind == "test" and one.id in done]
    full, _ = full_tests([*halves, *((one.day, one.minutes) for one in placed)])
    return [one for one in ahead(request, "retest") if not any(one.covers(ended) for _, ended in full)]


def _within(
    request: PlanRequest, allowed: Sequence[Opportunity], asked: Adjustment, beginner: Collection[date]
) -> tuple[Opportunity, ...]:
    """The first days of a review's window that hold a test; none in a taper, for the race comes first."""
    races = request.profile.races
    inside = [one for one in allowed if asked.covers(one.day) and not tapers(one.day, races)]
    return _first(inside, max(asked.since, request.start), beginner)


def _no_day(request: PlanRequest, asked: Adjustment) -> GivenUp:
    day = max(asked.since, request.start)
    until = f" to {asked.until:%-d %B}" if asked.until else " on"
    text = (
        f"a review asks for a test of both legs from {day:%-d %B}{until}, and no day of these allows one: it takes"
        f" {TEST_MINUTES:g} free minutes, or twice {HALF:g}, where hard strength may stand, and keeps out of tapers,"
        " race weeks, and weeks with strength that is done or locked"
    )
    return GivenUp(rule=RULE, day=day, text=text)


def _too_few(request: PlanRequest, due: date) -> GivenUp:
    text = (
        f"no day from {max(due, request.start):%-d %B} on allows a full test: it takes {TEST_MINUTES:g} free"
        f" minutes, or twice {HALF:g}, where hard strength may stand"
    )
    return GivenUp(rule="R-REASSESS", day=max(due, request.start), text=text)


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
    return _test(one, Because(rule="R-TEST", text=text), parts)


def _asked_for(one: Opportunity, asked: Adjustment, parts: int) -> Placed:
    text = f"a review asks for a test of both legs ({asked.rule}), and this is the first day that allows it"
    return _test(one, Because(rule=RULE, text=text), parts)


def _test(one: Opportunity, why: Because, parts: int) -> Placed:
    if parts > 1:
        why = Because(rule=why.rule, text=f"{why.text}; {TEST_MINUTES:g} minutes on two days")
    return Placed(
        day=one.day, at=one.at, slot=one.slot, kind="test", minutes=TEST_MINUTES / parts, after_hard=one.after_hard,
        because=(why,), before_quality=one.before_quality,
    )  # fmt: skip
