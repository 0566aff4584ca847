"""What to do today, and on the coming days as far as they are known now."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from evenstride.model import CueChoice, Plan, PlannedSession, ReviewCase, SessionLog, Today
from evenstride.model.plan import OWN_SLOTS
from evenstride.model.today import Waits
from evenstride.plan.catalogue import load_catalogue
from evenstride.report.plan_words import session_words, short_day
from evenstride.report.review_words import decision_words
from evenstride.report.today_document import today_document
from evenstride.review.cues import cues_for_next_run
from evenstride.review.rest import rest_decision
from evenstride.review.targets import targets_of_the_day
from evenstride.service.home import Home, open_home
from evenstride.service.logs import planned_sessions, waiting
from evenstride.service.plan_request import logs_of, return_notes
from evenstride.service.today_file import believed, sees_changes
from evenstride.service.trials import is_running, trial_today
from evenstride.service.where import Where
from evenstride.store import day_logs, plan_in_force, remembered, reviews, run_logs, trials

DAYS = 28
"""So many days are written ahead: who looks after four weeks without any change waits half a second longer."""
DAY = timedelta(days=1)
CUES_FRESH = timedelta(days=14)
"""So long the cues of a review count; later they are chosen by the checklists alone (our own convention)."""
WAITING_DAYS, WAITING_MAX = 14, 3


def today_for(where: Where) -> dict[str, Any]:
    """Return the document of today from the file that was written at the last change, else from what is kept.

    Raises
    ------
    UnknownAthlete
        Several athletes are kept and none is named, or nobody is.
    """
    found = believed(where)
    if found is not None:
        return found
    with open_home(where) as home:
        home.store.changed.add(home.athlete_id)  # so that the file is written again
        return coming_days(home, days=1)[0]


def today_at(home: Home, where: Where) -> dict[str, Any]:
    """Return the document of an open home's day: from the small file where it can be believed, else made now."""
    named = replace(where, athlete=home.profile.name)
    found = believed(named, day=home.today) if sees_changes(where) else None
    return found or remembered(
        home.store, home.athlete_id, "today", lambda: coming_days(home, days=1)[0], given=(home.today, home.profile)
    )


def coming_days(home: Home, *, days: int = DAYS) -> list[dict[str, Any]]:
    """Return the documents of today and the days after it, as they are known now."""
    catalogue = load_catalogue()
    return [today_document(one, catalogue) for one in days_of(home, days=days)]


def days_of(home: Home, *, days: int = DAYS) -> tuple[Today, ...]:
    """Return today and the days after it."""
    held = plan_in_force(home.store, home.athlete_id)
    plan = held.plan if held else None
    told = _Told(home, plan)
    return tuple(told.day(home.today + n * DAY) for n in range(days))


class _Told:
    """What is kept of an athlete, read once for all days."""

    def __init__(self, home: Home, plan: Plan | None) -> None:
        self.home, self.plan = home, plan
        self.logs = logs_of(home)
        self.notes = return_notes(home)
        self.reviews = tuple(one.review for one in reviews(home.store, home.athlete_id))
        self.runs = tuple(one.log for one in run_logs(home.store, home.athlete_id) if one.log.by == "runner")
        self.days = tuple(one.log for one in day_logs(home.store, home.athlete_id))
        self.on_trial = {one.what for one in trials(home.store, home.athlete_id) if is_running(one, home.today)}
        self.waiting = waiting(home)
        self.past = planned_sessions(home)

    def day(self, day: date) -> Today:
        plan = self.plan
        planned = plan is not None and plan.start <= day < plan.start + timedelta(weeks=plan.weeks)
        sessions = tuple(one for one in plan.sessions if one.day == day) if plan and planned else ()
        runs = tuple(run for run in plan.runs if run.day == day) if plan and planned else ()
        profile = self.home.profile
        rest = rest_decision(self._case(day), day=day).advice
        stop = [one.text for one in rest if one.action == "stop"]
        seen = [f"{one.text} See a clinician {one.how_soon}." for one in rest if one.action == "see_clinician"]
        care = tuple(one.text for one in rest if one.action not in ("stop", "see_clinician"))
        return Today(
            day=day,
            athlete=profile.name,
            timezone=profile.timezone,
            planned=planned,
            runs=runs,
            sessions=sessions,
            done=tuple(_done(sessions, self.logs)),
            cues=tuple(one for one in self._cues(day) if one.cue.id not in self.on_trial) if runs else (),
            trial=trial_today(self.home, day) if self.on_trial else "",
            waiting=tuple(self._waiting(day)),
            decision=decision_words(self.reviews[-1]) if self.reviews else "",
            targets=targets_of_the_day(
                profile, day=day, sessions=sessions, runs=runs, switched_on=profile.guidance
            ),
            notes=(*stop, *seen, *self.notes),
            stop=bool(stop),
            care=care,
            ahead=self._ahead(day),
        )  # fmt: skip

    def _ahead(self, day: date) -> date | None:
        """The next day after this one with a run or a session."""
        if self.plan is None:
            return None
        days = [*(one.day for one in self.plan.sessions), *(run.day for run in self.plan.runs)]
        return min((one for one in days if one > day), default=None)

    def _cues(self, day: date) -> tuple[CueChoice, ...]:
        """The cues of the last review while it is fresh; one on its way out waits where the last run had it."""
        last = self.reviews[-1] if self.reviews else None
        if last is not None and day - last.day <= CUES_FRESH:
            before = set(self.runs[-1].cues) if self.runs else set()
            return tuple(one for one in last.cues if one.stage != "every_other_run" or one.cue.id not in before)
        return cues_for_next_run(self._case(day))

    def _case(self, day: date) -> ReviewCase:
        """What can be looked at every day without reading runs."""
        return ReviewCase(
            week=day - timedelta(days=day.weekday()), today=day, profile=self.home.profile, catalogue=load_catalogue(),
            plan=self.plan, planned=self.past, sessions=self.logs, runs=self.runs, days=self.days,
        )  # fmt: skip

    def _waiting(self, day: date) -> Iterable[Waits]:
        """What is still to be told on a day, each with the command that tells it; the rest is counted."""
        told = {log.session for log in self.logs}
        first = day - timedelta(days=WAITING_DAYS)
        sessions = [one for one in self.past if one.slot in OWN_SLOTS and first <= one.day < day and one.id not in told]
        sessions.sort(key=lambda one: (one.kind == "mobility", -one.day.toordinal()))
        results = "evenstride screen add keeps each result, and "
        told_each = [
            Waits(kind="session", id=one.id, text=f"{session_words(one)} of {short_day(one.day)}",
                  command=f"{results * (one.kind == 'test')}evenstride log session {one.id} --as-planned")
            for one in sessions
        ]  # fmt: skip
        if day == self.home.today:
            told_each += [
                Waits(kind="run", id=one, text=f"how the run of {one[:10]} felt", command=f"evenstride log run {one}")
                for one in self.waiting.runs
            ]
        yield from told_each[:WAITING_MAX]
        if len(told_each) > WAITING_MAX:
            more = len(told_each) - WAITING_MAX
            yield Waits(kind="more", text=f"and {more} more", command="evenstride log show")
        if day != self.home.today or self.waiting.morning:
            yield Waits(kind="morning", text="this morning (sleep, stiffness, mood)", command="evenstride log day")
        if (week := self._unreviewed(day)) is not None:
            text = f"the review of the week of {short_day(week)}"
            yield Waits(kind="review", id=week.isoformat(), text=text, command="evenstride review")

    def _unreviewed(self, day: date) -> date | None:
        """The Monday of the last week that is over, where something of the programme lay in it and nobody looked."""
        monday = day - timedelta(days=day.weekday() + 7)
        seen = any(one.week == monday for one in self.reviews)
        there = any(monday <= one.day < monday + timedelta(days=7) for one in self.past)
        return monday if there and not seen else None


def _done(sessions: Iterable[PlannedSession], logs: Iterable[SessionLog]) -> Iterable[str]:
    logged = {log.session for log in logs if log.done}
    return (one.id for one in sessions if one.id in logged)
