"""One plan before the judge: its sessions and those before it, its weeks, and what is known of the runner."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from evenstride.model import (
    BrokenRule,
    CalendarRun,
    Catalogue,
    Dose,
    Exercise,
    ExerciseLog,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanRequest,
    PlanWeek,
    SessionLog,
    Side,
)
from evenstride.model.plan import OWN_SLOTS, QUALITY_KINDS, PhaseName, WeekLoad
from evenstride.plan.figures import (
    BREAK,
    DELOAD_EVERY_WEEKS,
    FIRST_WEEKS,
    IN_SEASON,
    NO_NEW_BEFORE_RACE,
    RECOVERY,
    TAPER,
)
from evenstride.plan.rules.moments import DAY, WEEK, monday_of, run_span, session_span

K = TypeVar("K")
V = TypeVar("V")

STRENGTH_KINDS = ("strength", "micro", "test")
TRAINING_KINDS = ("strength", "micro")
TRAINING_FAMILIES = ("strength", "support", "balance", "plyometric")
PHASES: tuple[PhaseName, ...] = ("beginner", "intermediate", "advanced")


@dataclass(frozen=True, kw_only=True, eq=False)
class Held:
    """A session that counts: of the plan, or before it. ``log`` is what came of it; ``judged``: it is of the plan."""

    session: PlannedSession
    start: datetime
    end: datetime
    judged: bool
    log: SessionLog | None = None

    @property
    def day(self) -> date:
        """The day on which it was or will be held."""
        return self.session.day

    @property
    def monday(self) -> date:
        """The Monday of its week."""
        return monday_of(self.session.day)

    @property
    def known(self) -> bool:
        """Whether it was done, or is still to come: not one before the plan of which nothing is known."""
        return self.judged or self.log is not None


@dataclass(frozen=True, eq=False)
class Case:
    """A plan, what was asked for, and the catalogue; everything else follows from them."""

    plan: Plan
    request: PlanRequest
    catalogue: Catalogue

    # -- the calendar -------------------------------------------------------------------------------------------------

    @cached_property
    def end(self) -> date:
        """The first day after the plan, which may end within a week."""
        last = self.request.last
        return self.plan.start + self.plan.weeks * WEEK if last is None else last + DAY

    @cached_property
    def runs(self) -> tuple[CalendarRun, ...]:
        """Every run of the calendar in order, races of the profile that it lacks included; days of rest are none."""
        runs = [run for run in self.request.calendar if run.kind != "rest"]
        there = {run.day for run in runs if run.kind == "race"}
        races = {race.day for race in self.request.profile.races} - there
        runs += [CalendarRun(day=day, kind="race", minutes=0.0) for day in races]
        return tuple(sorted(runs, key=run_span))

    @cached_property
    def runs_on(self) -> dict[date, list[CalendarRun]]:
        """The runs of each day."""
        return grouped((run.day, run) for run in self.runs)

    @cached_property
    def hard_runs(self) -> tuple[CalendarRun, ...]:
        """Quality runs and long runs."""
        return tuple(run for run in self.runs if run.hard)

    @cached_property
    def races(self) -> dict[date, str]:
        """Each race's day and its priority; one that only the calendar has is for training."""
        # Of two races on one day the one that matters more counts: A before B before C.
        ordered = sorted(self.request.profile.races, key=lambda race: race.priority, reverse=True)
        known = {race.day: race.priority for race in ordered}
        return {run.day: known.get(run.day, "C") for run in self.runs if run.kind == "race"}

    @cached_property
    def mondays(self) -> tuple[date, ...]:
        """The calendar weeks that the plan touches."""
        first = monday_of(self.plan.start)
        return tuple(first + n * WEEK for n in range(((self.end - DAY) - first).days // 7 + 1))

    def whole(self, monday: date) -> bool:
        """Whether the plan holds all seven days of a week."""
        return self.plan.start <= monday and monday + WEEK <= self.end

    def number(self, day: date) -> int:
        """The week of the programme in which a day lies: 1 is the week in which it began."""
        return (monday_of(day) - monday_of(self.began)).days // 7 + 1

    @property
    def began(self) -> date:
        """The first day of the programme."""
        return self.request.began or self.plan.start

    def taper_race(self, day: date) -> date | None:
        """The race before which a day lies in the taper."""
        return next(
            (
                race
                for race, priority in sorted(self.races.items())
                if priority in TAPER and timedelta(0) < race - day <= TAPER[priority]
            ),
            None,
        )

    def recovers_from(self, day: date) -> date | None:
        """The A or B race that is so little over on a day that the legs are left to recover."""
        found = (
            race for race, priority in self.races.items()
            if priority in RECOVERY and race <= day <= race + RECOVERY[priority]
        )  # fmt: skip
        return max(found, default=None)

    def in_season(self, day: date) -> bool:
        """Whether a day's week begins within eight weeks before an A race, or lies between races no further apart."""
        opens = monday_of(day)
        if any(p == "A" and opens >= race - IN_SEASON and day <= race for race, p in self.races.items()):
            return True
        both = sorted(race for race, priority in self.races.items() if priority in "AB")
        return any(a < day < b and b - a <= IN_SEASON for a, b in pairwise(both))

    def nothing_new(self, day: date) -> bool:
        """Whether a day lies in season or within fourteen days before a race."""
        return self.in_season(day) or any(timedelta(0) <= race - day <= NO_NEW_BEFORE_RACE for race in self.races)

    # -- sessions -----------------------------------------------------------------------------------------------------

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """Every session of the plan and before it that was not missed, in order of time."""
        logs = {log.session: log for log in self.request.logs if log.session}
        planned = {one.id for one in self.plan.sessions}
        found = [self.as_held(one, logs.get(one.id), judged=True) for one in self.plan.sessions]
        before = {one.id: one for one in self.request.past if one.id not in planned}
        found += [self.as_held(one, logs.get(one.id), judged=False) for one in before.values()]
        found += [
            self.as_held(_unplanned(log), log, judged=False)
            for log in self.request.logs
            if log.session not in planned and log.session not in before
        ]
        done = [one for one in found if one.log is None or one.log.done]
        return tuple(sorted(done, key=lambda one: (one.start, one.judged)))

    def as_held(self, session: PlannedSession, log: SessionLog | None = None, *, judged: bool = True) -> Held:
        """Return a session with its moments, on the day on which it was held."""
        if log is not None and log.day != session.day:
            session = _moved(session, log.day)
        start, end = session_span(session, self.runs_on.get(session.day, []))
        return Held(session=session, start=start, end=end, judged=judged, log=log)

    @cached_property
    def judged(self) -> tuple[Held, ...]:
        """The sessions of the plan."""
        return tuple(one for one in self.held if one.judged)

    @cached_property
    def strength(self) -> tuple[Held, ...]:
        """Strength, micro-sessions and tests, before the plan and in it."""
        return tuple(one for one in self.held if one.session.kind in STRENGTH_KINDS)

    @cached_property
    def training(self) -> tuple[Held, ...]:
        """Strength and micro-sessions, before the plan and in it."""
        return tuple(one for one in self.held if one.session.kind in TRAINING_KINDS)

    @cached_property
    def training_of(self) -> dict[date, list[Held]]:
        """Strength and micro-sessions of each week, by its Monday."""
        return grouped((one.monday, one) for one in self.training)

    @cached_property
    def mobility(self) -> tuple[Held, ...]:
        """Mobility sessions of their own, before the plan and in it; pieces around runs are none."""
        return tuple(one for one in self.held if one.session.kind == "mobility" and one.session.slot in OWN_SLOTS)

    def hard(self, one: Held) -> bool:
        """Whether a session is hard strength."""
        session = one.session
        if session.kind == "test":
            return True
        if session.kind not in STRENGTH_KINDS:
            return False
        loaded = any(dose.load_kg > 0 for line in session.exercises for dose in (line.left, line.right) if dose)
        return loaded or self.plyometric(session) or self.first_weeks(one.day)

    def plyometric(self, session: PlannedSession) -> bool:
        """Whether a session has an exercise that jumps or lands."""
        return any(one.plyometric for one in self.exercises_of(session))

    @cached_property
    def _beginnings(self) -> tuple[date, ...]:
        days = [one.day for one in self.strength if one.known and one.day >= self.began]
        chain = [self.began, *days]
        again = [*days[:1], *(b for a, b in pairwise(chain) if b - a >= BREAK)]
        return (monday_of(self.began), *(monday_of(day) for day in again))

    def first_weeks(self, day: date) -> bool:
        """Whether a day lies in the first four weeks, of the programme or after a break of four weeks."""
        return any(begin <= day < begin + FIRST_WEEKS * WEEK for begin in self._beginnings)

    # -- weeks --------------------------------------------------------------------------------------------------------

    @cached_property
    def weeks(self) -> dict[date, PlanWeek]:
        """What plans say of each week, by its Monday; this plan's word before that of the one in force."""
        before = self.request.previous.week_list if self.request.previous else ()
        return {week.monday: week for week in (*before, *self.plan.week_list)}

    @cached_property
    def light_weeks(self) -> frozenset[date]:
        """The Mondays of the weeks that reviews make light."""
        return frozenset(monday_of(day) for day in self.request.deload_weeks)

    def load(self, monday: date) -> WeekLoad:
        """What a week is: as its plan says, else light where a review, a race or the count of weeks makes it so."""
        if monday in self.weeks:
            return self.weeks[monday].load
        if monday in self.light_weeks or (monday < self.mondays[0] and self._fourth(monday)):
            return "deload"
        tapered = sum(self.taper_race(monday + n * DAY) is not None for n in range(7))
        return "taper" if tapered > 3 else "loading"

    def _fourth(self, monday: date) -> bool:
        """Whether a week before the plan was the fourth since the programme began or since a review's light week."""
        light = [week for week in self.light_weeks if week <= monday]
        since = (monday - max(light)).days // 7 if light else self.number(monday)
        return since > 0 and since % DELOAD_EVERY_WEEKS == 0

    def loading(self, one: Held) -> bool:
        """Whether a session stands in a loading week and before any taper."""
        light = self.load(one.monday) == "deload" or (one.monday in self.weeks and self.load(one.monday) == "taper")
        return not light and self.taper_race(one.day) is None

    def phase(self, one: Held) -> PhaseName:
        """The phase of a session: its own, else that of its week."""
        if one.session.phase is not None:
            return one.session.phase
        return self.weeks[one.monday].phase if one.monday in self.weeks else "beginner"

    # -- the runner ---------------------------------------------------------------------------------------------------

    @property
    def led(self) -> Side | None:
        """The leg that leads and is favoured; None where both do the same."""
        finding = self.request.finding
        if finding is None or finding.action != "do" or finding.limb == "undetermined":
            return None
        return finding.limb

    def exercise(self, line: PlannedExercise) -> Exercise | None:
        """The catalogue's entry of a line."""
        return self.catalogue.exercises.get(line.exercise)

    def exercises_of(self, session: PlannedSession) -> list[Exercise]:
        """The catalogue's entries of a session, in its order."""
        return [found for line in session.exercises if (found := self.exercise(line)) is not None]

    def warm_up_of(self, session: PlannedSession) -> list[Exercise]:
        """The catalogue's entries of a session's warm-up."""
        return [self.catalogue.exercises[name] for name in session.warm_up if name in self.catalogue.exercises]

    def training_lines(self, session: PlannedSession) -> list[tuple[PlannedExercise, Exercise]]:
        """What a session trains: its lines without mobility and running drills, each with its entry."""
        pairs = ((line, self.exercise(line)) for line in session.exercises)
        return [(line, entry) for line, entry in pairs if entry is not None and entry.family in TRAINING_FAMILIES]

    def equipped(self, exercise: Exercise) -> bool:
        """Whether the runner has all that an exercise needs."""
        return set(exercise.equipment) <= set(self.request.profile.equipment)

    # -- what is said -------------------------------------------------------------------------------------------------

    def said(self, rule: str, day: date) -> bool:
        """Whether the plan says that it gave a rule up in the week of that day."""
        return any(one.rule == rule and monday_of(one.day) == monday_of(day) for one in self.plan.given_up)

    def mentions(self, rule: str) -> bool:
        """Whether the plan says anything of a rule as a whole: that it gave it up, or as advice."""
        given_up = any(one.rule == rule for one in self.plan.given_up)
        return given_up or any(one.rule == rule for one in self.plan.advice)

    def name(self, exercise: str) -> str:
        """What an exercise is called."""
        found = self.catalogue.exercises.get(exercise)
        return found.name if found else exercise


def broken(rule: str, where: Held | date, text: str, *, binding: bool = True) -> BrokenRule:
    """Return what is broken: in a session, or on a day."""
    if isinstance(where, Held):
        return BrokenRule(rule=rule, day=where.day, text=text, binding=binding, session=where.session.id)
    return BrokenRule(rule=rule, day=where, text=text, binding=binding)


def is_quality(run: CalendarRun) -> bool:
    """Whether a run is intervals, tempo, hills or a race."""
    return run.kind in QUALITY_KINDS


def grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Return the values of each key, in their order."""
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def _moved(session: PlannedSession, day: date) -> PlannedSession:
    return replace(session, day=day, at=None)


def _unplanned(log: SessionLog) -> PlannedSession:
    lines = tuple(line for one in log.exercises if (line := line_of(one)) is not None)
    name = log.session or f"unplanned {log.day.isoformat()}"
    kind = log.type or ("general" if log.kind in TRAINING_KINDS else None)  # a dose of an exercise like any other
    return PlannedSession(
        id=name, day=log.day, slot="free", kind=log.kind, minutes=0.0, type=kind, exercises=lines
    )  # fmt: skip


def line_of(log: ExerciseLog) -> PlannedExercise | None:
    """Return what a log tells as if it had been planned; None where it tells of no repetitions."""
    left, right = _dose(log.left_reps, log.left_load_kg), _dose(log.right_reps, log.right_load_kg)
    if left is None and right is None:
        return None
    return PlannedExercise(exercise=log.exercise, because="", left=left, right=right)


def _dose(reps: tuple[float, ...], load_kg: float) -> Dose | None:
    return Dose(sets=len(reps), reps=int(max(reps)), load_kg=load_kg) if reps else None
