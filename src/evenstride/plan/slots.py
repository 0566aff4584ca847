"""The runner's free minutes on dates, and what the runs and races around them leave them for.

A run or session without a time of day is the whole of its day. Free minutes without a time on a day with a run lie
after the run.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from evenstride.model import CalendarRun, FreeSlot, PlanRequest
from evenstride.model.plan import QUALITY_KINDS, Slot
from evenstride.plan.figures import (
    AFTER_HARD_RUN,
    BEFORE_HARD_RUN,
    MICRO_MINUTES,
    RECOVERY,
    STATIC_BEFORE_QUALITY,
    STRENGTH_MINUTES_MIN,
)
from evenstride.plan.weeks import (
    STRENGTH_KINDS,
    Week,
    in_season,
    last_day,
    monday,
    nothing_new,
    recovers_from,
    strength_free_before,
    tapers,
)

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Span:
    """From when to when something may be going on; without a time of day the whole day."""

    start: datetime
    end: datetime


@dataclass(frozen=True, kw_only=True)
class Block:
    """A rule that forbids strength somewhere, the input that it meets there, and both in words."""

    rule: str
    input: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Opportunity:
    """Free minutes on one date.

    ``hard_minutes`` is how many of them a hard strength session can have, ``light_minutes`` an unloaded one: 0 where a
    rule forbids it, which ``blocked`` (or ``blocked_light``) then names with what it is about.
    ``before_hard``: the next day has a hard run. ``after_hard``: this day or the day before had one. ``only_known``:
    nothing new may begin there, and nothing is known unless strength stands somewhere before it.
    """

    day: date
    at: time | None
    minutes: float
    slot: Slot
    free: FreeSlot
    micro: bool
    hard_minutes: float
    light_minutes: float
    blocked: tuple[Block, ...] = ()
    blocked_light: tuple[Block, ...] = ()
    before_hard: bool = False
    after_hard: bool = False
    before_quality: bool = False
    only_known: bool = False

    @cached_property
    def key(self) -> tuple[date, time]:
        """What orders opportunities in time."""
        return self.day, self.at or time.max

    def span(self, minutes: float) -> Span:
        """When a session of so many minutes takes place."""
        return span(self.day, self.at, minutes)


def span(day: date, at: time | None, minutes: float) -> Span:
    """Return when something takes place; an untimed one is its whole day.

    >>> span(date(2026, 5, 4), time(7, 0), 40).end, span(date(2026, 5, 4), None, 40).end
    (datetime.datetime(2026, 5, 4, 7, 40), datetime.datetime(2026, 5, 5, 0, 0))
    """
    midnight = datetime.combine(day, time.min)
    if at is None:
        return Span(start=midnight, end=midnight + DAY)
    start = datetime.combine(day, at)
    return Span(start=start, end=start + timedelta(minutes=minutes))


def run_span(run: CalendarRun) -> Span:
    """Return when a run takes place."""
    return span(run.day, run.at, run.minutes)


def opportunities(request: PlanRequest, weeks: Sequence[Week]) -> tuple[Opportunity, ...]:
    """Return every stretch of free minutes of the plan, in order of time.

    Where a plan that is not over is made anew (``request.last``), of days gone by only those on which something is
    locked.
    """
    runs = [run for run in request.calendar if run.kind != "rest"]
    by_monday = {week.monday: week for week in weeks}
    held = {one.day for one in request.locked}
    days = (request.start + i * DAY for i in range((last_day(request) - request.start).days + 1))
    under_way = request.last is not None and request.today <= request.last
    days = (day for day in days if not under_way or day >= request.today or day in held)
    found = [
        one
        for day in days
        for free in request.profile.free
        if free.weekday == day.weekday() and (one := _opportunity(request, by_monday[monday(day)], day, free, runs))
    ]
    return tuple(sorted(found, key=lambda one: one.key))


def known_only(request: PlanRequest, found: Sequence[Opportunity]) -> tuple[Opportunity, ...]:
    """Return the opportunities without strength where every exercise would be new and nothing new may begin.

    Who begins in season, or in the last two weeks before a race, knows no exercise yet.
    """
    if any(log.done and log.exercises and log.kind in STRENGTH_KINDS for log in request.logs):
        return tuple(found)
    races = [race for race in request.profile.races if race.day >= request.start]
    answer, begun = [], False
    for one in found:
        new = not begun and nothing_new(one.day, request.profile)
        only_known = begun and nothing_new(one.day, request.profile)
        begun = begun or (not new and max(one.hard_minutes, one.light_minutes) > 0)
        if not new:
            answer.append(replace(one, only_known=only_known))
            continue
        race = min((race for race in races if race.day >= one.day), key=lambda race: race.day, default=None)
        near = f"the race of {race.day:%-d %B}" if race else "a race"
        text = f"every exercise would be new, and nothing new begins so close to {near}"
        block = Block(rule="R-NO-NEW", input=f"race: {race.day}={race.priority}" if race else "race", text=text)
        answer.append(
            replace(
                one, hard_minutes=0.0, light_minutes=0.0, blocked=(block, *one.blocked),
                blocked_light=(block, *one.blocked_light),
            )
        )  # fmt: skip
    return tuple(answer)


def _opportunity(
    request: PlanRequest, week: Week, day: date, free: FreeSlot, runs: Sequence[CalendarRun]
) -> Opportunity | None:
    near = [run for run in runs if abs((run.day - day).days) <= 3]
    today = [run for run in near if run.day == day]
    own = span(day, free.at, free.minutes)
    if free.at is not None and any(_overlap(own, run_span(run)) for run in today if run.at is not None):
        return None
    ends = list(_ends(request, week, free.at, day, near))
    micro = in_season(day, request.profile.races)
    least = MICRO_MINUTES[0] if micro else STRENGTH_MINUTES_MIN
    hard, blocked = _minutes_until(ends, own, free, least)
    light, blocked_light = _minutes_until([end for end in ends if not end.only_hard], own, free, least)
    quality = [run for run in today if run.kind in QUALITY_KINDS and _before(own, run, free.at)]
    return Opportunity(
        day=day,
        at=free.at,
        minutes=free.minutes,
        slot="after_run" if any(_after(own, run, free.at) for run in today) else "free",
        free=free,
        micro=micro,
        hard_minutes=hard,
        light_minutes=0.0 if week.first_weeks or tapers(day, request.profile.races) else light,
        blocked=blocked,
        blocked_light=blocked_light,
        before_hard=any(
            run.hard and (run.day == day + DAY or (run in today and _before(own, run, free.at))) for run in near
        ),
        after_hard=any(run.hard and run.day in (day, day - DAY) for run in near),
        before_quality=any(run_span(run).start - own.end < STATIC_BEFORE_QUALITY for run in quality),
    )


@dataclass(frozen=True, kw_only=True)
class _End:
    """The latest moment at which strength must have ended, and the rule that says so; None: not allowed at all."""

    at: datetime | None
    block: Block
    only_hard: bool = False


def _ends(request: PlanRequest, week: Week, at: time | None, day: date, near: Sequence[CalendarRun]) -> Iterable[_End]:
    for run in near:
        if run.day == day:
            text = _same_day(week, at, run)
            if text:
                yield _End(at=None, block=Block(rule="R-AFTER-EASY", input=run_input(run), text=text))
        elif run.hard and run.day > day:
            text = f"{named(run)} starts less than 24 h after {day:%A}'s free minutes end"
            block = Block(rule="R-24H", input=run_input(run), text=text)
            yield _End(at=run_span(run).start - BEFORE_HARD_RUN, block=block, only_hard=True)
    for race in request.profile.races:
        apart = strength_free_before(race)
        if apart is not None and timedelta(0) <= race.day - day <= apart + DAY:
            start = min((run_span(run).start for run in near if run.day == race.day and run.kind == "race"),
                        default=datetime.combine(race.day, time.min))  # fmt: skip
            text = f"the race of {race.day:%-d %B} is less than 72 h away"
            block = Block(rule="R-TAPER", input=f"race: {race.day}={race.priority}", text=text)
            yield _End(at=start - apart, block=block)
    over = recovers_from(day, request.profile.races)
    if over is not None:
        text = (
            f"the {RECOVERY[over.priority].days} days after the race of {over.day:%-d %B} are for recovery, with"
            " nothing loaded, no jumps and no test"
        )
        block = Block(rule="R-RECOVER", input=f"race: {over.day}={over.priority}", text=text)
        yield _End(at=None, block=block, only_hard=True)


def _same_day(week: Week, at: time | None, run: CalendarRun) -> str:
    """Why a run forbids strength on its own day: it comes after the run, after a hard one by six hours, if at all."""
    after = at is None or (run.at is not None and datetime.combine(run.day, at) >= run_span(run).end)
    if not after:
        return f"strength comes after a run, and {named(run)} is not known to be over by then"
    if not run.hard:
        return ""
    if week.first_weeks:
        return f"in the first four weeks no strength on the day of {named(run)}"
    known = at is not None and run.at is not None
    if not known or datetime.combine(run.day, at or time.min) - run_span(run).end < AFTER_HARD_RUN:
        return f"6 h between {named(run)} and that day's free minutes are not known"
    return ""


def _minutes_until(ends: Sequence[_End], own: Span, free: FreeSlot, least: float) -> tuple[float, tuple[Block, ...]]:
    """How many of the minutes lie before every end, and what forbids strength when too few do."""
    left, blocked = free.minutes, []
    for end in ends:
        if end.at is None:
            until = 0.0
        elif free.at is None:
            until = free.minutes if own.end <= end.at else 0.0
        else:
            until = (end.at - own.start) / timedelta(minutes=1)
        if until < least:
            blocked.append(end.block)
        left = min(left, until)
    if free.minutes < least:
        text = f"{free.minutes:g} minutes hold no strength session; the shortest has {least:g}"
        blocked.append(Block(rule="R-AVAIL", input=free_input(free), text=text))
    return (0.0 if blocked else left), tuple(dict.fromkeys(blocked))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _before(own: Span, run: CalendarRun, at: time | None) -> bool:
    return at is not None and run.at is not None and run_span(run).start >= own.start


def _after(own: Span, run: CalendarRun, at: time | None) -> bool:
    return at is None or (run.at is not None and own.start >= run_span(run).end)


def named(run: CalendarRun) -> str:
    """Return what people call a run of the calendar."""
    what = {"long": "the long run", "race": "the race"}.get(run.kind, f"the {run.kind} run")
    when = f" at {run.at:%H:%M}" if run.at else " (no time of day)"
    return f"{what} of {run.day:%A}{when}"


def run_input(run: CalendarRun) -> str:
    """Return a run as it is entered: the same for every week that repeats it."""
    return f"runs: {run.day:%a}".lower() + f" {run.kind} {run.minutes:g}" + (f" {run.at:%H:%M}" if run.at else "")


def free_input(free: FreeSlot) -> str:
    """Return free minutes as they are entered."""
    return f"free: {_WEEKDAYS[free.weekday]} {free.minutes:g}" + (f" {free.at:%H:%M}" if free.at else "")


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
