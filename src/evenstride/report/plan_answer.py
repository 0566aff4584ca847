"""A plan in a few sentences: what it asks for, what that means today, and what is the same in many weeks, said once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from evenstride.model import CalendarRun, Plan, PlannedSession, PlanWeek
from evenstride.report.numbers import day_words
from evenstride.report.plan_words import RUNS, minutes_words, session_words, short_day, time_words

POCKET_MINUTES_BELOW = 10.0
"""Mobility shorter than that is a pocket: told in one line a week, as the pieces around runs are."""
MOST = 0.6
"""So many of the weeks are most of them."""
STRETCHES_MAX = 4
FEW = 3
"""More weeks than these are counted, not listed."""
LOADS: Mapping[str, str] = {"deload": "light", "taper": "taper", "test": "tests", "none": "no strength"}
PARTS: Mapping[str, str] = {"base": "base", "build": "build", "in_season": "in season"}
WEEK = timedelta(days=7)
_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ShownWeek:
    """One calendar week of a plan; ``known`` is what the plan says about it, where it says anything."""

    monday: date
    number: int
    known: PlanWeek | None
    sessions: Sequence[PlannedSession]
    runs: Sequence[CalendarRun]

    @property
    def load(self) -> str:
        """What kind of week it is, in a word; nothing where it is an ordinary one."""
        return LOADS.get(self.known.load, "") if self.known else ""

    @property
    def stretch(self) -> str:
        """Season part and phase, in words."""
        return f"{PARTS[self.known.part]}, {self.known.phase} phase" if self.known else ""


def shown_weeks(plan: Plan) -> list[ShownWeek]:
    """Return the calendar weeks that a plan touches, in order.

    >>> from evenstride.model import SolverStatus
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 6), weeks=1, runs=(), sessions=(),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> [(week.number, str(week.monday)) for week in shown_weeks(plan)]
    [(1, '2026-05-04'), (2, '2026-05-11')]
    """
    known = {week.monday: week for week in plan.week_list}
    first = monday(plan.start)
    begin = min((week.number - (week.monday - first) // WEEK for week in plan.week_list), default=1)
    sessions: dict[date, list[PlannedSession]] = {}
    runs: dict[date, list[CalendarRun]] = {}
    for one in plan.sessions:
        sessions.setdefault(monday(one.day), []).append(one)
    for run in plan.runs:
        runs.setdefault(monday(run.day), []).append(run)
    mondays = [first + n * WEEK for n in range((monday(last_day(plan)) - first) // WEEK + 1)]
    return [
        ShownWeek(
            monday=day, number=known[day].number if day in known else begin + place, known=known.get(day),
            sessions=sessions.get(day, []), runs=runs.get(day, []),
        )
        for place, day in enumerate(mondays)
    ]  # fmt: skip


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def last_day(plan: Plan) -> date:
    """Return the last day that a plan speaks of."""
    return plan.start + plan.weeks * WEEK - timedelta(days=1)


def is_piece(session: PlannedSession) -> bool:
    """Whether it belongs to a run: the minutes before or after it."""
    return session.slot in ("pre_run", "post_run")


def is_pocket(session: PlannedSession) -> bool:
    """Whether it is a few minutes of mobility by themselves."""
    return session.kind == "mobility" and not is_piece(session) and session.minutes < POCKET_MINUTES_BELOW


def stands_alone(session: PlannedSession) -> bool:
    """Whether it is a session that somebody sets out to do, not a few minutes beside something else."""
    return not (is_piece(session) or is_pocket(session))


def strengthens(session: PlannedSession) -> bool:
    """Whether it counts as a strength session, short ones too."""
    return session.kind in ("strength", "micro")


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number in words up to twelve, with its noun.

    >>> counted(12, "week"), counted(1, "week"), counted(52, "week")
    ('twelve weeks', 'one week', '52 weeks')
    """
    name = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{name} {noun if number == 1 else plural or noun + 's'}"


def listed(parts: Sequence[str]) -> str:
    """Return words with commas and an "and".

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def weeks_words(numbers: Iterable[int]) -> str:
    """Return weeks by their numbers, stretches of them from first to last; how many where that were a long list.

    >>> weeks_words([10, 11, 12, 4]), weeks_words([3]), weeks_words([1, 2])
    ('weeks 4 and 10 to 12', 'week 3', 'weeks 1 and 2')
    """
    found = sorted(set(numbers))
    stretches: list[list[int]] = []
    for number in found:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    if len(stretches) > STRETCHES_MAX:
        return f"{len(found)} weeks from {found[0]} to {found[-1]}"
    said: list[str] = []
    for one in stretches:
        said += [f"{one[0]} to {one[-1]}"] if len(one) > 2 else [str(number) for number in one]
    return f"week{'s' if len(found) > 1 else ''} {listed(said)}"


def once(plan: Plan, told: Iterable[tuple[date, str]]) -> list[tuple[str, str]]:
    """Return each text once with the weeks that it holds in, in the order of the first ones: (weeks, text).

    >>> from evenstride.model import SolverStatus
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=3, runs=(), sessions=(),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> once(plan, [(date(2026, 5, 4), "a"), (date(2026, 5, 12), "a"), (date(2026, 5, 4), "b")])
    [('weeks 1 and 2', 'a'), ('week 1', 'b')]
    """
    weeks = shown_weeks(plan)
    numbers = {week.monday: week.number for week in weeks}
    found: dict[str, set[int]] = {}
    for day, text in told:
        found.setdefault(text, set()).add(numbers.get(monday(day), weeks[0].number))
    every = set(numbers.values())
    whole = "every week" if len(every) > 1 else "this week"
    return [(whole if held == every else weeks_words(held), text) for text, held in found.items()]


def around_words(sessions: Iterable[PlannedSession]) -> str:
    """Return how many minutes there are before and after runs among a week's sessions; nothing where there are none."""
    pieces = [one for one in sessions if is_piece(one)]
    said = []
    for slot, name in (("pre_run", "before"), ("post_run", "after")):
        found = sorted((one.minutes for one in pieces if one.slot == slot), reverse=True)
        if found:
            times = [f"{found.count(minutes)} × {minutes_words(minutes)}" for minutes in dict.fromkeys(found)]
            said.append(f"{name} runs {listed(times)}")
    return ", ".join(said)


def plan_answer(plan: Plan, today: date) -> str:
    """Return what a plan asks for, in one sentence.

    >>> from evenstride.model import SolverStatus
    >>> plan_answer(Plan(athlete="Ada", start=date(2026, 5, 4), weeks=12, runs=(), sessions=(),
    ...                  solver=SolverStatus(status="optimal", gap=0.0)), date(2026, 5, 1))
    'Twelve weeks from 4 May: no strength sessions.'
    """
    weeks = shown_weeks(plan)
    parts = [_strength_words(plan, weeks), _first_words(plan.sessions), _light_words(weeks), _tests_words(weeks),
             _race_words(plan)]  # fmt: skip
    span = counted(plan.weeks, "week")
    # A plan that follows another one counts its weeks on, and its tests are named by these numbers.
    first, last = weeks[0].number, weeks[-1].number
    numbers = f", {weeks_words(range(first, last + 1))} of your programme" if first > 1 else ""
    begins = f"{span.capitalize()} from {near_day(plan.start, today)}{numbers}"
    return f"{begins}: {', '.join(part for part in parts if part)}."


def plan_meaning(plan: Plan, today: date) -> str:
    """Return what a plan means for today.

    >>> from evenstride.model import SolverStatus
    >>> one = PlannedSession(id="a", day=date(2026, 5, 8), slot="after_run", kind="strength", minutes=20)
    >>> plan = Plan(athlete="Ada", start=date(2026, 5, 4), weeks=1, runs=(), sessions=(one,),
    ...             solver=SolverStatus(status="optimal", gap=0.0))
    >>> plan_meaning(plan, date(2026, 5, 7))
    'Today nothing: rest is part of it. Next is strength after the run (20 min) tomorrow, Fri 8 May.'
    """
    if today > last_day(plan):
        return f"It ended on {day_words(last_day(plan))}; the next one: evenstride plan make."
    ahead = [one for one in plan.sessions if one.day > today and stands_alone(one)]
    if today < plan.start:
        first = f", with {_at(ahead[0])}" if ahead else ""
        at = f" on {short_day(ahead[0].day)}" if ahead and ahead[0].day != plan.start else ""
        return f"It begins on {plan.start:%A} {near_day(plan.start, today)}{first}{at}."
    here: list[CalendarRun | PlannedSession] = [
        *(run for run in plan.runs if run.day == today),
        *(s for s in plan.sessions if s.day == today),
    ]
    own = [one for one in here if isinstance(one, PlannedSession) and stands_alone(one)]
    following = next((one for one in ahead if strengthens(one) or one.kind == "test" or not own), None)
    next_ = f" Next is {_next(following, today)}." if following and not any(map(strengthens, own)) else ""
    if not here:
        return f"Today nothing: rest is part of it.{next_}"
    shown = [one for one in here if not (isinstance(one, PlannedSession) and is_piece(one))]
    around = sum(one.minutes for one in here if isinstance(one, PlannedSession) and is_piece(one))
    said = f"Today: {listed([_at(one) for one in shown])}" if shown else "Today"
    if around:
        said += f"{'; ' if shown else ': '}{minutes_words(around)} of mobility around the run"
    return f"{said}.{next_}"


def near_day(day: date, today: date) -> str:
    """Return a day, with its year where it is another than today's."""
    return f"{day.day} {day:%B}" if day.year == today.year else day_words(day)


def _at(one: PlannedSession | CalendarRun) -> str:
    name = RUNS[one.kind] if isinstance(one, CalendarRun) else session_words(one)
    minutes = f" ({minutes_words(one.minutes)})" if one.minutes else ""
    return f"{name[0].lower()}{name[1:]}{minutes}{f' at {time_words(one.at)}' if one.at else ''}"


def _next(session: PlannedSession, today: date) -> str:
    name = session_words(session)
    day = short_day(session.day)
    when = f"tomorrow, {day}" if session.day == today + timedelta(days=1) else f"on {day}"
    at = f" at {time_words(session.at)}" if session.at else ""
    return f"{name[0].lower()}{name[1:]} ({minutes_words(session.minutes)}) {when}{at}"


def _strength_words(plan: Plan, weeks: Sequence[ShownWeek]) -> str:
    """How many strength sessions a week: weeks with tests, and weeks that the plan holds in part, are left out."""
    last = last_day(plan)
    inside = [week for week in weeks if plan.start <= week.monday and week.monday + timedelta(days=6) <= last]
    whole = [week for week in inside if week.load != "tests"] or weeks
    numbers = [sum(map(strengthens, week.sessions)) for week in whole]
    short = [week for week in weeks if any(one.kind == "micro" for one in week.sessions)]
    most, times = Counter(numbers).most_common(1)[0]
    all_short = short and all(one.kind == "micro" for week in whole for one in week.sessions if strengthens(one))
    noun = "short strength session" if all_short else "strength session"
    if not any(numbers):
        return "no strength sessions"
    if times == len(numbers):
        said = f"{counted(most, noun)} {'a' if len(numbers) > 1 else 'this'} week"
    elif times >= MOST * len(numbers) and most:
        said = f"{counted(most, noun)} most weeks"
    else:
        least = f"{_NUMBERS[min(numbers)]} to" if min(numbers) else "up to"
        said = f"{least} {counted(max(numbers), noun)} a week"
    if short and not all_short:
        said += f", short ones in {weeks_words(week.number for week in short)}"
    return said


def _first_words(sessions: Sequence[PlannedSession]) -> str:
    sides = {one.first for session in sessions if strengthens(session) for one in session.exercises} - {None}
    if len(sides) == 1:
        return f"{sides.pop()} leg first"
    return "the legs take turns in beginning" if sides else ""


def _light_words(weeks: Sequence[ShownWeek]) -> str:
    light = [week.number for week in weeks if week.load == "light"]
    eased = [week.number for week in weeks if week.load in ("light", "taper")]
    if len(light) > 1 and _every_fourth(eased) and light[0] <= weeks[0].number + 3:
        return "a light week every fourth"
    if len(light) > FEW:
        return f"{len(light)} light weeks"
    return f"{weeks_words(light)} light" if light else ""


def _every_fourth(numbers: Sequence[int]) -> bool:
    gaps = [b - a for a, b in pairwise(numbers)]
    return max(gaps, default=0) == 4


def _tests_words(weeks: Sequence[ShownWeek]) -> str:
    tested = [week.number for week in weeks if any(one.kind == "test" for one in week.sessions)]
    if len(tested) > FEW:
        return "tests every fourth week" if _every_fourth(tested) else f"tests in {len(tested)} of them"
    return f"tests in {weeks_words(tested)}" if tested else ""


def _race_words(plan: Plan) -> str:
    races = [f"{run.day.day} {run.day:%B}" for run in plan.runs if run.kind == "race"]
    return f"race{'s' if len(races) > 1 else ''} on {listed(races)}" if races else ""
