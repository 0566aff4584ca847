"""Why there are fewer sessions than wished, or none at all, and what would change that at the least cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import combinations

from evenstride.errors import PlanConflict
from evenstride.model import CalendarRun, FreeSlot, GivenUp, PlannedSession, PlanRequest
from evenstride.model.plan import PhaseName
from evenstride.plan.asked import sessions_most
from evenstride.plan.figures import (
    BEFORE_HARD_RUN,
    BEGINNER_MINUTES,
    BETWEEN_BEGINNER_DAYS,
    BETWEEN_HARD,
    FIRST_SESSIONS_MINUTES,
    SESSIONS_A_WEEK,
)
from evenstride.plan.slots import DAY, Block, Opportunity, free_input, opportunities
from evenstride.plan.weeks import WEEK, Week, monday, weeks_of

WAYS_OUT = 3
"""More than these are a list, not a help."""
_EARLY = time(6, 30)
_NUMBER = ("no", "one", "two", "three")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that the runner could change, in words, and the request as it would be then."""

    text: str
    cost: int
    request: PlanRequest


def impossible(request: PlanRequest, found: Sequence[Opportunity]) -> PlanConflict:
    """Return why no strength session can be placed anywhere: the fewest rules and inputs that exclude all of them.

    Each stretch of free minutes is blocked by one or more pairs of a rule and an input; the smallest set of these that
    still blocks every stretch is named.
    """
    if not found:
        text = "There are no free minutes on any day of the plan, so nothing can be placed."
        ways = ('say when there is time: evenstride athlete change --free "mon 40, thu 40"',)
        return PlanConflict(text, rules=("R-AVAIL",), inputs=("free: none",), ways_out=ways)
    walls = {one.free: frozenset((b.rule, b.input) for b in one.blocked) for one in found}
    chosen = _fewest({frozenset(wall) for wall in walls.values() if wall})
    slots = list(dict.fromkeys(free_input(one.free) for one in found))
    inputs = dict.fromkeys([*slots, *sorted(input_ for _, input_ in chosen)])
    return PlanConflict(
        _in_words(found, chosen),
        rules=tuple(sorted({rule for rule, _ in chosen})),
        inputs=tuple(inputs),
        ways_out=ways_out(request, 0),
    )


def why_fewer(
    request: PlanRequest,
    weeks: Sequence[Week],
    found: Sequence[Opportunity],
    placed: Sequence[PlannedSession],
    phases: Mapping[date, PhaseName],
) -> tuple[GivenUp, ...]:
    """Return, for each week with fewer strength sessions than its phase wishes for, why, and the cheapest change."""
    given_up = []
    seen: dict[object, str] = {}
    first = monday(request.start)
    for week in weeks:
        if week.monday < first or any(one.kind == "test" and monday(one.day) == week.monday for one in placed):
            continue
        mine = [one for one in placed if monday(one.day) == week.monday and one.kind in ("strength", "micro")]
        done = [one for one in request.past if monday(one.day) == week.monday and one.kind in ("strength", "micro")]
        number, target = len(mine) + len(done), _target(request, week, phases[week.monday])
        if number >= target or (week.monday < request.start and not found):
            continue
        here = [one for one in found if monday(one.day) == week.monday]
        pattern = _pattern(here, week, number, target)
        if pattern not in seen:
            # More time is no way out where every exercise would be new.
            unknown = any(block.rule == "R-NO-NEW" for one in here for block in one.blocked)
            change = "" if unknown else _change_for(request, week, number)
            seen[pattern] = _reason(here, number, target) + change
        given_up.append(GivenUp(rule="R-FREQ", day=max(week.monday, request.start), text=seen[pattern]))
    return tuple(given_up)


def _target(request: PlanRequest, week: Week, phase: PhaseName) -> int:
    """How many strength sessions a week wishes for: its phase's number, or what a review leaves of it."""
    return min(SESSIONS_A_WEEK[phase], sessions_most(request, week.monday) or SESSIONS_A_WEEK[phase])


def ways_out(request: PlanRequest, number: int) -> tuple[str, ...]:
    """Return the cheapest single changes after which a week holds more than ``number`` strength sessions."""
    texts: list[str] = []
    for change in sorted(_changes(request), key=lambda one: one.cost):
        if len(texts) >= WAYS_OUT:
            break
        if change.text not in texts and _best(change.request) > number:
            texts.append(change.text)
    return tuple(texts)


def _fewest(walls: set[frozenset[tuple[str, str]]]) -> tuple[tuple[str, str], ...]:
    """The smallest set that meets every wall, the first in order where there are several."""
    bricks = sorted(set().union(*walls))
    for size in range(1, len(bricks) + 1):
        for some in combinations(bricks, size):
            if all(wall & set(some) for wall in walls):
                return some
    return ()


def _in_words(found: Sequence[Opportunity], chosen: Sequence[tuple[str, str]]) -> str:
    days = list(dict.fromkeys(f"{one.day:%A}" for one in found))
    said: dict[str, list[str]] = {}
    for one in found:
        block = next((b for b in one.blocked if (b.rule, b.input) in chosen), None)
        if block is not None and f"{one.day:%A}" not in said.setdefault(block.text, []):
            said[block.text].append(f"{one.day:%A}")
    reasons = list(said)[: len(days) + 1]
    only = f"{_listed(days)} {'is the only free day' if len(days) == 1 else 'are the only free days'}"
    return f"No strength session fits anywhere: {only}, and {'; '.join(reasons)}."


def _reason(here: Sequence[Opportunity], number: int, target: int) -> str:
    sessions = f"{_NUMBER[number]} strength session{'' if number == 1 else 's'} this week instead of {_NUMBER[target]}"
    blocks: dict[str, Block] = {}
    for one in here:
        for block in one.blocked:
            blocks.setdefault(block.text, block)
    free = [one for one in here if one.hard_minutes > 0]
    if not here:
        return f"{sessions}: no free minutes are left in it"
    if blocks:
        return f"{sessions}: {'; '.join(list(blocks)[:3])}"
    if len({one.day for one in free}) > number:
        return f"{sessions}: the free days are too near to each other"
    return f"{sessions}: there are no more free days"


def _change_for(request: PlanRequest, week: Week, number: int) -> str:
    start = max(week.monday, request.start)
    one_week = replace(request, start=start, weeks=1, began=weeks_began(request, week))
    ways = ways_out(one_week, number)
    return f"; {ways[0]} would make {_NUMBER[min(number + 1, 3)]}" if ways else ""


def weeks_began(request: PlanRequest, week: Week) -> date:
    """Return the first day of a programme in which a week has its number."""
    return min(week.monday - (week.number - 1) * WEEK, request.start)


def _best(request: PlanRequest) -> int:
    """How many strength sessions the first week of a request can hold."""
    weeks = weeks_of(request)
    first = monday(request.start)
    this = next(week for week in weeks if week.monday == first)
    can = [
        one
        for one in opportunities(replace(request, weeks=1), weeks)
        if one.hard_minutes > 0 and one.day < first + WEEK
    ]
    for size in range(min(len(can), 3), 0, -1):
        if any(_apart(some, first_weeks=this.first_weeks) for some in combinations(can, size)):
            return size
    return 0


def _apart(some: Sequence[Opportunity], *, first_weeks: bool) -> bool:
    for one, other in combinations(some, 2):
        if (other.day - one.day).days < BETWEEN_BEGINNER_DAYS:
            return False
        if not first_weeks and other.span(0).start - one.span(one.hard_minutes).end < BETWEEN_HARD:
            return False
    return True


def _pattern(here: Sequence[Opportunity], week: Week, number: int, target: int) -> object:
    shape = tuple((one.day.weekday(), one.hard_minutes, tuple(b.text for b in one.blocked)) for one in here)
    return shape, week.first_weeks, number, target


def _changes(request: PlanRequest) -> Iterable[Change]:
    free = request.profile.free
    for i, slot in enumerate(free):
        hard = _next_hard(request, slot.weekday)
        if slot.at is None:
            early = _with_free(request, i, replace(slot, at=_EARLY))
            if hard is not None and hard.at is not None:
                until = (datetime.combine(hard.day, hard.at) - BEFORE_HARD_RUN).time()
                yield Change(
                    text=f"giving {_DAYS[slot.weekday]} a time that ends before {until:%H:%M}", cost=1, request=early
                )
            elif hard is not None:
                timed = _with_time(early, hard, time(18, 0))
                text = (
                    f"giving the {_kind(hard)} of {hard.day:%A} a time of day, and {_DAYS[slot.weekday]} one that ends"
                    " 24 h before it"
                )
                yield Change(text=text, cost=2, request=timed)
            else:
                yield Change(text=f"giving {_DAYS[slot.weekday]} a time in the morning", cost=2, request=early)
        if slot.minutes < FIRST_SESSIONS_MINUTES:
            more = replace(slot, minutes=FIRST_SESSIONS_MINUTES)
            text = f"{FIRST_SESSIONS_MINUTES:g} minutes instead of {slot.minutes:g} on {_DAYS[slot.weekday]}"
            yield Change(text=text, cost=2, request=_with_free(request, i, more))
    yield from _timed_runs(request)
    taken = {slot.weekday for slot in free}
    for weekday in (day for day in range(7) if day not in taken):
        more_days = (*free, FreeSlot(weekday=weekday, minutes=BEGINNER_MINUTES))
        changed = replace(request, profile=replace(request.profile, free=more_days))
        yield Change(text=f"{BEGINNER_MINUTES:g} free minutes on {_DAYS[weekday]}", cost=3, request=changed)
    yield from _moved_runs(request)


def _timed_runs(request: PlanRequest) -> Iterable[Change]:
    """A time of day for an easy run that free minutes with a time must come after."""
    first = monday(request.start)
    for slot in (slot for slot in request.profile.free if slot.at is not None):
        day = first + slot.weekday * DAY
        for run in (run for run in request.calendar if run.day == day and run.at is None and not run.hard):
            start = datetime.combine(day, slot.at or time.min) - timedelta(minutes=run.minutes)
            if start.date() == day:
                text = f"giving the {_kind(run)} of {day:%A} a time by which it is over before {slot.at:%H:%M}"
                yield Change(text=text, cost=1, request=_with_time(request, run, start.time()))


def _moved_runs(request: PlanRequest) -> Iterable[Change]:
    """A hard run on another day of the week that has no run."""
    first = monday(request.start)
    week = [run for run in request.calendar if first <= run.day < first + WEEK]
    busy = {run.day for run in week}
    for run in week:
        if run.hard and run.kind != "race":
            for day in (first + i * DAY for i in range(7)):
                if day not in busy:
                    rest = tuple(one for one in request.calendar if one != run)
                    changed = replace(request, calendar=(*rest, replace(run, day=day)))
                    yield Change(text=f"moving the {_kind(run)} of {run.day:%A} to {day:%A}", cost=4, request=changed)


def _next_hard(request: PlanRequest, weekday: int) -> CalendarRun | None:
    first = monday(request.start)
    day = first + timedelta(days=weekday + 1)
    return next((run for run in request.calendar if run.day == day and run.hard), None)


def _with_free(request: PlanRequest, i: int, slot: FreeSlot) -> PlanRequest:
    free = (*request.profile.free[:i], slot, *request.profile.free[i + 1 :])
    return replace(request, profile=replace(request.profile, free=free))


def _with_time(request: PlanRequest, run: CalendarRun, at: time) -> PlanRequest:
    changed = tuple(replace(one, at=at) if one == run else one for one in request.calendar)
    return replace(request, calendar=changed)


def _kind(run: CalendarRun) -> str:
    return "long run" if run.kind == "long" else "race" if run.kind == "race" else f"{run.kind} run"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
