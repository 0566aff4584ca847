"""The weeks of a programme: which part of the season, loading or light, and when tests are due.

Everything here follows from dates alone; which phase a week has is decided where its sessions are filled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from evenstride.model import PlanRequest, Profile, Race
from evenstride.model.plan import SeasonPart
from evenstride.plan.figures import (
    BREAK,
    BUILD_SHARE,
    DELOAD_EVERY_WEEKS,
    FIRST_TEST_DAY,
    FIRST_WEEKS,
    IN_SEASON,
    NO_NEW_BEFORE_RACE,
    NO_PLYOMETRICS_BEFORE_RACE,
    NO_STRENGTH_BEFORE_RACE,
    RECOVERY,
    TAPER,
    TEST_EVERY,
    TEST_MINUTES,
    TEST_WITHIN,
)

WEEK = timedelta(days=7)
STRENGTH_KINDS = ("strength", "micro", "test")
"""What counts as strength where days and distances are counted."""
_TAPER_DAYS_MIN = 4
"""So many days of a week within a taper make it a taper week."""


@dataclass(frozen=True, kw_only=True)
class Week:
    """One calendar week of the programme. ``first_weeks``: every strength session is hard."""

    monday: date
    number: int
    deload: bool
    taper: bool
    race: bool
    first_weeks: bool


def monday(day: date) -> date:
    """Return the Monday of a day's week.

    >>> monday(date(2026, 5, 7))
    datetime.date(2026, 5, 4)
    """
    return day - timedelta(days=day.weekday())


def began(request: PlanRequest) -> date:
    """Return the first day of the programme."""
    return request.began or request.start


def every_race(request: PlanRequest) -> tuple[Race, ...]:
    """Return the races of the profile, and those that only the calendar has, which are for training: priority C.

    >>> from evenstride.model import CalendarRun
    >>> park_run = CalendarRun(day=date(2026, 5, 9), kind="race", minutes=25)
    >>> request = PlanRequest(profile=Profile(name="Kim"), start=date(2026, 5, 4), weeks=1, today=date(2026, 5, 4),
    ...                       calendar=(park_run,))
    >>> [(str(race.day), race.priority) for race in every_race(request)]
    [('2026-05-09', 'C')]
    """
    known = {race.day for race in request.profile.races}
    only_there = sorted({run.day for run in request.calendar if run.kind == "race"} - known)
    return (*request.profile.races, *(Race(day=day, priority="C") for day in only_there))


def last_day(request: PlanRequest) -> date:
    """Return the last day that a plan speaks of."""
    return request.last or request.start + request.weeks * WEEK - timedelta(days=1)


def weeks_of(request: PlanRequest, beginnings: Iterable[date] = ()) -> tuple[Week, ...]:
    """Return every calendar week from the programme's first to the plan's last, past ones included.

    ``beginnings`` are days on which strength begins again after a break of four weeks: the first weeks then do too.
    A week that is past was what the plan in force says, whatever races have come or gone since.
    """
    first, last = monday(began(request)), monday(last_day(request))
    races = request.profile.races
    light = {monday(day) for day in request.deload_weeks}
    opened = [first, *(monday(day) for day in beginnings)]
    was = {one.monday: one.load for one in request.previous.week_list} if request.previous else {}
    weeks, since_light = [], 0
    for number in range(1, (last - first) // WEEK + 2):
        start = first + (number - 1) * WEEK
        due = start in light or since_light >= DELOAD_EVERY_WEEKS - 1
        # Where a light week is due and a taper begins, the taper has it: its loads stay, and it counts as light.
        taper = _taper_week(start, races, 1 if due else _TAPER_DAYS_MIN)
        deload = due and not taper
        if start in was and start < monday(request.start):
            deload, taper = was[start] == "deload", was[start] == "taper"
        since_light = 0 if deload or taper else since_light + 1
        weeks.append(
            Week(
                monday=start,
                number=number,
                deload=deload,
                taper=taper,
                race=any(start <= race.day < start + WEEK for race in races),
                first_weeks=any(timedelta(0) <= start - one < FIRST_WEEKS * WEEK for one in opened),
            )
        )
    return tuple(weeks)


def beginnings(request: PlanRequest, days: Iterable[date]) -> frozenset[date]:
    """Return the days on which strength begins again after a break, of those that it stands on.

    >>> request = PlanRequest(profile=Profile(name="Kim"), start=date(2026, 5, 4), weeks=8, today=date(2026, 5, 4))
    >>> beginnings(request, [date(2026, 5, 5), date(2026, 6, 9)])
    frozenset({datetime.date(2026, 6, 9)})
    """
    first = began(request)
    strength = [log for log in request.logs if log.done and log.kind in STRENGTH_KINDS]
    done = {log.day for log in strength if first <= log.day < request.start}
    chain = sorted({*done, *days})
    again = {later for one, later in pairwise(chain) if later - one >= BREAK}
    # The first session of all begins the first weeks, however late in the programme it comes.
    return frozenset(again | ({chain[0]} if chain and monday(chain[0]) > monday(first) else set()))


def in_season(day: date, races: Sequence[Race]) -> bool:
    """Whether a day lies in the last whole weeks before an A race, or between two A or B races that are close.

    >>> races = (Race(day=date(2026, 9, 20), priority="A"),)
    >>> in_season(date(2026, 7, 27), races), in_season(date(2026, 7, 26), races), in_season(date(2026, 9, 21), races)
    (True, False, False)
    """
    opens = monday(day)
    if any(race.priority == "A" and day <= race.day and race.day - opens <= IN_SEASON for race in races):
        return True
    days = sorted({race.day for race in races if race.priority in TAPER})
    return any(one < day <= next_ and next_ - one <= IN_SEASON for one, next_ in pairwise(days))


def season_part(day: date, request: PlanRequest) -> SeasonPart:
    """Return the part of the season: base, then build (the last third before the season), then in season."""
    races = request.profile.races
    if in_season(day, races):
        return "in_season"
    first = began(request)
    ahead = [race.day - IN_SEASON for race in races if race.priority == "A" and race.day - IN_SEASON > day]
    end = min(ahead, default=last_day(request) + timedelta(days=1))
    since = max((race.day for race in races if race.priority == "A" and race.day < day), default=first)
    return "build" if end - day <= BUILD_SHARE * (end - max(first, since)) else "base"


def tapers(day: date, races: Sequence[Race]) -> bool:
    """Whether sets are down to two before a race: 14 days before an A race, 7 before a B race."""
    return any(timedelta(0) <= race.day - day <= TAPER[race.priority] for race in races if race.priority in TAPER)


def no_plyometrics(day: date, races: Sequence[Race]) -> bool:
    """Whether a race is too near for jumps."""
    near = NO_PLYOMETRICS_BEFORE_RACE
    return any(timedelta(0) <= race.day - day <= near for race in races if race.priority in TAPER)


def recovers_from(day: date, races: Iterable[Race]) -> Race | None:
    """Return the race from which a day is for recovery: nothing loaded, no jumps, no test; the latest of several.

    >>> races = (Race(day=date(2026, 9, 20), priority="A"), Race(day=date(2026, 8, 2), priority="B"))
    >>> [bool(recovers_from(date(2026, 9, day), races)) for day in (19, 20, 27, 28)]
    [False, True, True, False]
    """
    near = [
        race for race in races
        if race.priority in RECOVERY and timedelta(0) <= day - race.day <= RECOVERY[race.priority]
    ]  # fmt: skip
    return max(near, key=lambda race: race.day, default=None)


def strength_free_before(race: Race) -> timedelta | None:
    """Return how long before a race no strength may end; None where the race asks for nothing of its own."""
    return NO_STRENGTH_BEFORE_RACE if race.priority in TAPER else None


def nothing_new(day: date, profile: Profile) -> bool:
    """Whether no new exercise may begin: in season, and in the last two weeks before a race."""
    near = any(timedelta(0) <= race.day - day <= NO_NEW_BEFORE_RACE for race in profile.races)
    return near or in_season(day, profile.races)


def tests_due(request: PlanRequest) -> tuple[date, date | None]:
    """Return the first day from which the next full test is due, and the day of a half that is done already.

    Day 28 of the programme, then four weeks after the last day of the last full test; one that a review asked for
    counts before that day too.
    """
    first = began(request)
    done = {log.session for log in request.logs if log.done}
    tested = [(one.day, one.minutes) for one in request.past
              if one.kind == "test" and one.day >= first and one.id in done]  # fmt: skip
    due = first + timedelta(days=FIRST_TEST_DAY - 1)
    full, half = full_tests(tested)
    asked = [one for one in request.adjustments if one.kind == "retest"]
    for opened, ended in full:
        if opened >= due or any(one.covers(opened) for one in asked):
            due = ended + TEST_EVERY
    wanted = half is not None and (half >= due or any(one.covers(half) for one in asked))
    open_ = wanted and half is not None and request.start - half <= TEST_WITHIN
    return due, half if open_ else None


def full_tests(days: Iterable[tuple[date, float]]) -> tuple[list[tuple[date, date]], date | None]:
    """Return the first and last day of every full test, and the day of a half that waits for its other one.

    ``days`` are days with the minutes of their test: half the minutes are a full test with as many within two weeks.

    >>> full_tests([(date(2026, 6, 1), 20.0), (date(2026, 6, 4), 20.0), (date(2026, 7, 1), 40.0)])[0]
    [(datetime.date(2026, 6, 1), datetime.date(2026, 6, 4)), (datetime.date(2026, 7, 1), datetime.date(2026, 7, 1))]
    """
    full: list[tuple[date, date]] = []
    half: date | None = None
    for day, minutes in sorted(days):
        if minutes >= TEST_MINUTES:
            full.append((day, day))
            half = None
        elif half is not None and day - half <= TEST_WITHIN:
            full.append((half, day))
            half = None
        else:
            half = day
    return full, half


def _taper_week(start: date, races: Sequence[Race], least: int) -> bool:
    days = [start + timedelta(days=i) for i in range(7)]
    races = [race for race in races if race.day > start]  # a race on Monday ends a taper, its week is none
    return sum(tapers(day, races) for day in days) >= least
