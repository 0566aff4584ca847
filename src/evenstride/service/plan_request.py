"""What a plan is made of, gathered from what is kept of an athlete; and the plan made of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from time import perf_counter

from evenstride.errors import InvalidRequest
from evenstride.model import (
    Adjustment,
    CalendarChange,
    CalendarEntry,
    Plan,
    PlannedSession,
    PlanRequest,
    ReturnStage,
    ReturnState,
    RunCalendar,
    SessionLog,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.figures import BREAK, PAIN_MAX
from evenstride.plan.schedule import make_plan
from evenstride.plan.weeks import began as programme_began
from evenstride.report.plan_beside import return_sentence
from evenstride.review.opinions import adjustments_held
from evenstride.service.calendar import calendar_of, longest_run
from evenstride.service.home import Home, kept_runs
from evenstride.service.season import comparisons_of, finding_of
from evenstride.store import (
    calendar_entries,
    plan_in_force,
    plans_in_turn,
    return_states,
    reviews,
    session_logs,
    templates,
)

WEEKS_MAX = 52
CALENDAR_BEFORE = timedelta(weeks=4)
"""How long before its first day a plan looks at runs."""
CALENDAR_AFTER = timedelta(days=4)
"""How long after its last day: strength ends 24 h before a hard run and 72 h, with a day of its own, before a race."""


@dataclass(frozen=True, kw_only=True)
class PlanAsked:
    """What is asked of a plan besides what is kept: its days, and what is said of the calendar for it.

    ``last`` closes a plan that is made anew from the middle of a week. ``missed`` are identifiers of sessions that were
    not done, ``locked`` sessions keep their day, ``previous`` is what the plan stays close to. ``adjustments`` is what
    reviews ask of it (None: what the applied ones ask).
    """

    start: date
    weeks: int
    entries: tuple[CalendarEntry, ...] = ()
    previous: Plan | None = None
    locked: tuple[PlannedSession, ...] = ()
    missed: frozenset[str] = frozenset()
    last: date | None = None
    adjustments: tuple[Adjustment, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan with what it was made of; ``began`` is the first day of its programme."""

    plan: Plan
    request: PlanRequest
    began: date
    calendar: RunCalendar


def plan_for(home: Home, asked: PlanAsked) -> Planned:
    """Make the plan that is asked for; nothing is kept yet.

    Raises
    ------
    PlanConflict
        Rules and inputs exclude one another.
    InvalidRequest
        It asks for more than a year, or for less than a week.
    """
    if not 1 <= asked.weeks <= WEEKS_MAX:
        raise InvalidRequest(
            f"A plan has 1 to {WEEKS_MAX} weeks.", help="For example: evenstride plan make --weeks 12."
        )
    request, calendar = request_for(home, asked)
    before = perf_counter()
    plan = make_plan(request, load_catalogue())
    seconds = round(perf_counter() - before, 3)
    return Planned(
        plan=replace(plan, solver=replace(plan.solver, seconds=seconds)),
        request=request,
        began=programme_began(request),
        calendar=calendar,
    )


def request_for(home: Home, asked: PlanAsked, *, bare: bool = False) -> tuple[PlanRequest, RunCalendar]:
    """Return everything that the plan is made of, and what was read of the calendar on the way.

    ``bare`` leaves out what says what is done and not when it may be: the finding, the tests, the runs that were run.
    """
    calendar = calendar_for(home, asked)
    kept = () if bare else kept_runs(home)
    longest = longest_run(kept, today=home.today, timezone=home.profile.timezone)
    began = going_on_since(home, asked.start)
    adjustments = applied_adjustments(home) if asked.adjustments is None else asked.adjustments
    logs = logs_of(home)
    apart = asked.missed | {one.id for one in asked.locked}
    request = PlanRequest(
        profile=home.profile,
        start=asked.start,
        weeks=asked.weeks,
        last=asked.last,
        today=home.today,
        calendar=calendar.runs,
        finding=None if bare else finding_of(home),
        tests=() if bare else comparisons_of(home),
        began=began,
        past=tuple(one for one in past_sessions(home, asked.start, began) if one.id not in apart),
        logs=logs,
        previous=asked.previous,
        locked=asked.locked,
        longest_km=longest.km,
        longest_minutes=longest.minutes,
        return_stage=_return_stage(home),
        adjustments=adjustments,
        deload_weeks=tuple(one.since for one in adjustments if one.kind == "deload_week"),
        cleared=cleared(adjustments, logs),
        templates=templates(home.store, home.athlete_id),
    )
    return request, calendar


def calendar_for(home: Home, asked: PlanAsked) -> RunCalendar:
    """Return the runs from four weeks before a plan to four days after it: usual weeks, files, said days, races."""
    entries = (*calendar_entries(home.store, home.athlete_id), *asked.entries)
    by_day = {one.day: one.runs for entry in entries for one in entry.days}
    return calendar_of(
        home.profile,
        asked.start - CALENDAR_BEFORE,
        (asked.last or asked.start + timedelta(weeks=asked.weeks, days=-1)) + CALENDAR_AFTER,
        changes=[CalendarChange(day=day, run=run) for day, runs in by_day.items() for run in runs or (None,)],
        files=[one.file for one in entries if one.file is not None],
    )


def applied_adjustments(home: Home) -> tuple[Adjustment, ...]:
    """Return what the reviews that were applied ask of plans, as they hold now."""
    kept = (one.review for one in reviews(home.store, home.athlete_id))
    return tuple(asked for review in kept if review.applied for asked in adjustments_held(review))


def cleared(adjustments: Iterable[Adjustment], logs: Sequence[SessionLog]) -> tuple[str, ...]:
    """Return the exercises that may come again: cleared, and without pain since."""
    hurt = {one.exercise: log.day for log in logs for one in log.exercises if one.pain_0_10 > PAIN_MAX}
    clears = (one for one in adjustments if one.kind == "clear")
    return tuple(dict.fromkeys(one.exercise for one in clears if hurt.get(one.exercise, one.since) <= one.since))


def logs_of(home: Home) -> tuple[SessionLog, ...]:
    """Return what was done, in order of its day."""
    return tuple(one.log for one in session_logs(home.store, home.athlete_id))


def past_sessions(home: Home, start: date, began: date | None) -> tuple[PlannedSession, ...]:
    """Return the sessions that were planned before a day, each by the plan that held then; since ``began`` only.

    What is done already is past too, though it was planned for that day or a later one.
    """
    logs = logs_of(home)
    done = {log.session for log in logs if log.done}
    found: dict[str, PlannedSession] = {}
    turns = plans_in_turn(home.store, home.athlete_id)
    for place, kept in enumerate(turns):
        until = min(start, turns[place + 1].plan.start) if place + 1 < len(turns) else start
        found |= {
            one.id: one for one in kept.plan.sessions
            if (began or date.min) <= one.day and (one.day < until or one.id in done)
        }  # fmt: skip
    return tuple(_without_missed(list(found.values()), logs))


def _without_missed(sessions: Sequence[PlannedSession], logs: Sequence[SessionLog]) -> list[PlannedSession]:
    missed = {log.session for log in logs if not log.done}
    return [one for one in sessions if one.id not in missed]


def going_on_since(home: Home, start: date) -> date | None:
    """Return the first day of the programme that goes on; None where one begins, as after a break of four weeks."""
    kept = plan_in_force(home.store, home.athlete_id)
    if kept is None or kept.began > start:
        return None
    done = [log.day for log in logs_of(home) if log.done and kept.began <= log.day < start]
    return kept.began if start - max(done, default=kept.began) < BREAK else None


def returning_now(home: Home) -> ReturnState | None:
    """Return the return to running that is under way."""
    states = return_states(home.store, home.athlete_id)
    return states[-1].state if states and states[-1].state.finished_on is None else None


def return_notes(home: Home) -> tuple[str, ...]:
    """Return what a runner on the way back from an injury must know of a plan: it does not say what may be run."""
    sentence = return_sentence(returning_now(home))
    return (sentence,) if sentence else ()


def _return_stage(home: Home) -> ReturnStage | None:
    state = returning_now(home)
    return state.stage if state else None
