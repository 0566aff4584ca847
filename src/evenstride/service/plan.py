"""The programme of one athlete: made, shown, explained, moved, locked, made anew around what happened, taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from evenstride.errors import InvalidRequest, PlanConflict, UnknownEntry
from evenstride.model import Adjustment, CalendarChange, CalendarEntry, Plan, PlannedSession
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.difference import PlanDifference, plan_difference
from evenstride.plan.keeping import keep_contents
from evenstride.service.home import Home
from evenstride.service.plan_request import PlanAsked, Planned, logs_of, plan_for, return_notes
from evenstride.service.plan_runs import CalendarWords, read_words, said_of_days
from evenstride.store import KeptPlan, NewPlan, add_calendar_entries, add_plan, plan_in_force, undo_plan

WEEKS = 12
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
TRAINING = ("strength", "micro", "test")
MOVABLE = ("strength", "micro", "mobility", "drills")
_RUNS = "runs: "


@dataclass(frozen=True, kw_only=True)
class Made:
    """The plan that holds now, how it differs from the one before where there was one, and what is worth saying.

    ``session`` is the one that it was about. ``plan`` is None where there is none (any more).
    """

    kept: KeptPlan | None
    difference: PlanDifference = PlanDifference()
    notes: tuple[str, ...] = ()
    session: PlannedSession | None = None


def make(home: Home, *, weeks: int = WEEKS, start: date | None = None, calendar: CalendarWords | None = None) -> Made:
    """Make a plan and keep it: from ``start`` (None: today) on for so many weeks of seven days.

    Locked sessions of the plan in force stay; the programme goes on where it is, and begins anew after a break of four
    weeks. What is said of the calendar is kept with the plan, and taken back with it.

    Raises
    ------
    PlanConflict
        Rules and inputs exclude one another; nothing is kept.
    InvalidRequest
        A word about the calendar cannot be read, named; or the plan would be over where one holds that is not.
    """
    held = plan_in_force(home.store, home.athlete_id)
    first = start or home.today
    end = first + weeks * WEEK
    if held is not None and end <= home.today < held.plan.start + held.plan.weeks * WEEK:
        raise InvalidRequest(
            f"A plan from {first} for {weeks} weeks is over already, and would take the place of the one that holds.",
            help="Leave the start out to begin today, or name a later one.",
        )
    said = read_words(home, calendar or CalendarWords(), first, end)
    asked = PlanAsked(
        start=first,
        weeks=weeks,
        entries=said.entries,
        previous=held.plan if held else None,
        locked=tuple(one for one in held.plan.sessions if one.locked and first <= one.day < end) if held else (),
    )
    planned = plan_for(home, asked)
    kept = _keep(home, planned, planned.plan, held, why="made", entries=said.entries)
    difference = plan_difference(held.plan, planned.plan) if held else PlanDifference()
    return Made(kept=kept, difference=difference, notes=(*return_notes(home), *said.notes, *planned.calendar.notes))


def show(home: Home) -> KeptPlan:
    """Return the plan that holds.

    Raises
    ------
    UnknownEntry
        There is none; names the command that makes one.
    """
    kept = plan_in_force(home.store, home.athlete_id)
    if kept is None:
        raise UnknownEntry("There is no plan yet.", help="evenstride plan make makes one for twelve weeks.")
    return kept


def find_session(plan: Plan, text: str) -> PlannedSession:
    """Return the session of that identifier, or the only one whose identifier begins so.

    Raises
    ------
    UnknownEntry
        None does, or several do, which are named.
    """
    asked = text.strip().lower()
    found = [one for one in plan.sessions if one.id == asked] or [
        one for one in plan.sessions if asked and one.id.startswith(asked)
    ]
    own = [one for one in found if one.slot in OWN_SLOTS]
    training = [one for one in own if one.kind in TRAINING]
    for fewer in (found, own, training):
        if len(fewer) == 1:
            return fewer[0]
    if found:
        raise UnknownEntry(f"Several sessions begin with {text}.", help=f"Say which: {_ids(own or found)}.")
    ahead = [one for one in plan.sessions if one.slot in OWN_SLOTS and one.kind in TRAINING]
    example = f" For example: {ahead[0].id}." if ahead else ""
    raise UnknownEntry(f"There is no session {text} in the plan.", help=f"evenstride plan show lists them.{example}")


def move(home: Home, session: str, day: date) -> Made:
    """Move a session to another day, lock it there, and let as little else change as the rules allow.

    Raises
    ------
    PlanConflict
        It cannot stand there: names the rule.
    UnknownEntry
        There is no such session.
    InvalidRequest
        It belongs to a run, was done already, the day is beyond the plan, or has a session of that sort.
    """
    held = show(home)
    one = find_session(held.plan, session)
    refuse_unmovable(home, one)
    end = held.plan.start + held.plan.weeks * WEEK
    if not held.plan.start <= day < end:
        last = end - DAY
        raise InvalidRequest(f"{day} is beyond the plan.", help=f"It goes from {held.plan.start} to {last}.")
    there = replace(one, day=day, at=None, locked=True)
    others = tuple(two for two in held.plan.sessions if two.id != one.id)
    refuse_taken(one, day, others)
    previous = replace(held.plan, sessions=(*others, there))
    locked = (there, *(two for two in others if two.locked))
    anew = Anew(held=held, previous=previous, locked=locked, day=min(one.day, day))
    try:
        made = _anew(home, anew, why=f"{one.id} moved to {day}")
    except PlanConflict as conflict:
        raise cannot_stand(home, there, conflict) from None
    stands = [two for two in made.kept.plan.sessions if two.day == day and _same_sort(two, one)] if made.kept else []
    return replace(made, session=stands[0] if stands else None)


def lock(home: Home, session: str, *, off: bool = False) -> Made:
    """Lock a session on its day, or let it move again; nothing else changes.

    Raises
    ------
    UnknownEntry
        There is no such session.
    InvalidRequest
        It belongs to a run, or is a test.
    """
    held = show(home)
    one = find_session(held.plan, session)
    if not off:
        refuse_unmovable(home, one)
    if one.locked is not off:
        return Made(kept=held, session=one)
    now = replace(one, locked=not off)
    plan = replace(held.plan, sessions=tuple(now if two.id == one.id else two for two in held.plan.sessions))
    new = NewPlan(plan=plan, began=held.began, why=f"{one.id} {'unlocked' if off else 'locked'}")
    return Made(kept=add_plan(home.store, home.athlete_id, new, home.now, after=held.number), session=now)


def undo(home: Home, *, number: int | None = None) -> Made:
    """Take the last plan back, with what it changed in the calendar; the one before it holds again.

    ``number`` is the plan that is meant, where it was said a while ago.

    Raises
    ------
    UnknownEntry
        There is no plan, or another one holds by now.
    """
    if number is not None and show(home).number != number:
        raise UnknownEntry("The plan has changed meanwhile.", help="Look at it first, then take back what you mean.")
    undone, entries = undo_plan(home.store, home.athlete_id, home.now)
    kept = plan_in_force(home.store, home.athlete_id)
    difference = plan_difference(undone.plan, kept.plan) if kept else PlanDifference()
    what = [one.said for one in entries] if undone.why.startswith(_RUNS) else [undone.why, *(e.said for e in entries)]
    return Made(kept=kept, difference=difference, notes=tuple(f"Taken back: {one}." for one in what))


def replan(home: Home, *, adjustments: tuple[Adjustment, ...] | None = None, keep: bool = True) -> Made:
    """Make the plan anew from today on, around sessions that were missed: of which nothing was logged, or just that.

    Without a missed session it follows what else has changed: profile, tests, finding, runs. ``adjustments`` is what
    reviews ask of it (None: what the applied ones ask). Without ``keep`` it says what would change, and nothing does.

    Raises
    ------
    PlanConflict
        Rules and inputs exclude one another; the plan stays as it is.
    InvalidRequest
        The plan has ended.
    """
    held = show(home)
    done = {log.session for log in logs_of(home) if log.done}
    missed = [
        one
        for one in held.plan.sessions
        if one.kind in TRAINING and one.day < home.today and one.id not in done
    ]  # fmt: skip
    locked = tuple(one for one in held.plan.sessions if one.locked)
    anew = Anew(held=held, previous=held.plan, locked=locked, missed=tuple(missed), adjustments=adjustments, keep=keep)
    why = "made anew as a review asks" if adjustments else f"made anew around {_counted(len(missed), 'missed session')}"
    made = _anew(home, anew, why=why)
    said = [f"Taken as missed, as nothing was logged of it: {_ids(missed)}."] if missed else []
    unmet = made.kept.plan.given_up if made.kept and adjustments else ()
    said += [
        f"{one.text[:1].upper()}{one.text[1:]}." for one in unmet if one.rule == "R-REVIEW" and one.day >= home.today
    ]
    return replace(made, notes=(*return_notes(home), *said, *made.notes))


def change_runs(home: Home, changes: Sequence[CalendarChange]) -> Made:
    """Add, remove or move runs of single days, and let the plan follow with as little change as the rules allow.

    Raises
    ------
    PlanConflict
        No plan is possible with these runs; nothing is kept.
    InvalidRequest
        A change says nothing: there is no run that could move or go.
    """
    said = said_of_days(home, changes)
    held = plan_in_force(home.store, home.athlete_id)
    why = _RUNS + ", ".join(one.said for one in said.entries)
    if held is None:
        add_calendar_entries(home.store, home.athlete_id, said.entries, home.now)
        return Made(kept=None, notes=(*said.notes, f"Kept: {why}.", "There is no plan yet: evenstride plan make."))
    locked = tuple(one for one in held.plan.sessions if one.locked)
    day = min([home.today, *(one.day for one in changes)])
    made = _anew(home, Anew(held=held, previous=held.plan, locked=locked, entries=said.entries, day=day), why=why)
    return replace(made, notes=(*said.notes, *_beyond(held.plan, changes), *made.notes))


# -- making anew ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Anew:
    """What a plan is made anew from: the one that holds, and what is different now.

    ``day`` is the first day that may change (None: today). Without ``keep`` it is only looked at.
    """

    held: KeptPlan
    previous: Plan
    locked: tuple[PlannedSession, ...]
    missed: tuple[PlannedSession, ...] = ()
    entries: tuple[CalendarEntry, ...] = ()
    day: date | None = None
    adjustments: tuple[Adjustment, ...] | None = None
    keep: bool = True


def _anew(home: Home, anew: Anew, *, why: str) -> Made:
    """Make the plan anew from the first day that may change; what lies before it stays as it was."""
    held = anew.held.plan
    start = first_open_day(home, anew)
    end = held.start + held.weeks * WEEK
    if start >= end:
        raise InvalidRequest(f"The plan ended on {end - DAY}.", help="evenstride plan make makes the next one.")
    asked = PlanAsked(
        start=start,
        weeks=ceil((end - start) / WEEK),
        last=end - DAY,
        entries=anew.entries,
        previous=anew.previous,
        missed=frozenset(one.id for one in anew.missed),
        locked=tuple(one for one in anew.locked if start <= one.day),
        adjustments=anew.adjustments,
    )
    planned = _planned(home, asked, until=min(anew.day or home.today, home.today))
    near = keep_contents(held, planned.plan, planned.request, load_catalogue())
    plan = _joined(held, near, without=asked.missed)
    difference = plan_difference(held, plan)
    same = difference.nothing and plan.given_up == held.given_up
    if same and not anew.entries and [(one.id, one.locked) for one in plan.sessions] == [
        (one.id, one.locked) for one in held.sessions
    ]:  # fmt: skip
        return Made(kept=anew.held, difference=difference)
    if not anew.keep:
        return Made(kept=anew.held, difference=difference)
    kept = _keep(home, planned, plan, anew.held, why=why, entries=anew.entries)
    return Made(kept=kept, difference=difference)


def first_open_day(home: Home, anew: Anew) -> date:
    """Return the day from which a plan is made anew: after all that was logged, never before what may change.

    Nothing logged at all says nothing about what is past, so the whole plan is made anew and what is past stays where
    it was; unless sessions are taken as missed, or were so before.
    """
    plan = anew.held.plan
    past = any(one.kind in TRAINING and one.day < home.today for one in plan.sessions)
    days = {log.session: log.day for log in logs_of(home) if log.done and log.session}
    logged = [max(days[one.id], one.day) for one in plan.sessions if one.id in days]
    if not logged and not anew.missed and (past or home.today <= plan.start):
        return plan.start
    return max(plan.start, min(anew.day or home.today, home.today), *(day + DAY for day in logged))


def _planned(home: Home, asked: PlanAsked, *, until: date) -> Planned:
    """Make the plan; sessions before ``until`` that it speaks of again stay where they were, if that is possible."""
    known = {one.id for one in asked.locked}
    past = tuple(
        one
        for one in (asked.previous.sessions if asked.previous else ())
        if asked.start <= one.day < until and one.slot in OWN_SLOTS and one.kind != "test" and one.id not in known
    )
    if not past:
        return plan_for(home, asked)
    try:
        planned = plan_for(home, replace(asked, locked=(*asked.locked, *past)))
    except PlanConflict:  # free minutes or rules have changed since
        return plan_for(home, asked)
    own = {(one.day, one.kind) for one in asked.locked}
    free = {(one.day, one.kind) for one in past} - own
    sessions = tuple(
        replace(one, locked=False) if (one.day, one.kind) in free else one for one in planned.plan.sessions
    )
    return replace(planned, plan=replace(planned.plan, sessions=sessions))


def _joined(old: Plan, new: Plan, *, without: frozenset[str]) -> Plan:
    """The old plan up to the first day of the new one, and the new one from there on."""
    monday = new.start - timedelta(days=new.start.weekday())
    return replace(
        new,
        start=old.start,
        weeks=old.weeks,
        runs=(*(one for one in old.runs if one.day < new.start), *new.runs),
        sessions=(
            *(one for one in old.sessions if one.day < new.start and one.id not in without),
            *new.sessions,
        ),
        week_list=(*(one for one in old.week_list if one.monday < monday), *new.week_list),
        given_up=(*(one for one in old.given_up if one.day < new.start), *new.given_up),
        reassessments=(*(one for one in old.reassessments if one.day < new.start), *new.reassessments),
    )


def _keep(
    home: Home, planned: Planned, plan: Plan, held: KeptPlan | None, *, why: str, entries: Sequence[CalendarEntry]
) -> KeptPlan:
    new = NewPlan(plan=plan, began=planned.began, why=why, changes=tuple(entries))
    return add_plan(home.store, home.athlete_id, new, home.now, after=held.number if held else 0)


# -- what cannot be -------------------------------------------------------------------------------------------------


def refuse_unmovable(home: Home, one: PlannedSession) -> None:
    """Refuse, with the reason, what cannot move at all."""
    if one.slot not in OWN_SLOTS:
        raise InvalidRequest(f"{one.id} belongs to its run.", help="Move the run: evenstride plan run move.")
    if one.kind not in MOVABLE:
        raise InvalidRequest(
            f"{one.id} stands on the first day that allows a full test (R-TEST).",
            help="More free minutes on another day would bring it there: evenstride athlete change --free.",
        )
    if any(log.session == one.id and log.done for log in logs_of(home)):
        raise InvalidRequest(f"{one.id} is done already.", help="Choose one that is still to come.")


def refuse_taken(one: PlannedSession, day: date, others: Iterable[PlannedSession]) -> None:
    """Refuse a day that has a session of that sort."""
    there = [two for two in others if two.day == day and _same_sort(two, one)]
    if there:
        raise InvalidRequest(
            f"{there[0].id} stands on {day} already.", help="Choose another day, or move that one first."
        )


def cannot_stand(home: Home, one: PlannedSession, conflict: PlanConflict) -> PlanConflict:
    """Return why a session cannot stand on its new day; what conflicts without it stays as it is."""
    day = f"{one.day:%A} {one.day.day} {one.day:%B}"
    asked = f"move: {one.id} to {one.day}"
    others = ("choose another day of its week", f"leave it on {one.id[:10]}")
    if one.kind == "mobility" and any(free.weekday == one.day.weekday() for free in home.profile.free):
        style = one.mobility.style.replace("_", "-") if one.mobility else ""
        text = (
            f"No {style} mobility fits on {day}: a week opens with recovery, each style has its day, long holds and"
            " dynamic days alternate, and dynamic work does not stand before a hard run."
        )
        return PlanConflict(text, rules=("R-MOB-WEEK",), inputs=(asked,), ways_out=others)
    mine = f"locked: {one.id}"
    if mine not in conflict.inputs:
        return conflict
    inputs = tuple(asked if name == mine else name for name in conflict.inputs)
    text = conflict.text.replace("The session locked on", "It cannot move:").replace(
        " cannot stay:", " is no day for it:"
    )
    return PlanConflict(text, rules=conflict.rules, inputs=inputs, ways_out=others)


# -- words ----------------------------------------------------------------------------------------------------------


def _same_sort(one: PlannedSession, other: PlannedSession) -> bool:
    style = one.mobility.style if one.mobility else None
    return one.kind == other.kind and one.slot in OWN_SLOTS and style == (
        other.mobility.style if other.mobility else None
    )  # fmt: skip


def _beyond(plan: Plan, changes: Iterable[CalendarChange]) -> list[str]:
    last = plan.start + plan.weeks * WEEK - DAY
    days = sorted({day for one in changes for day in (one.day, one.moved_to or one.day)})
    where = [(day, "before" if day < plan.start else "after") for day in days if not plan.start <= day <= last]
    return [f"{day} lies {side} the plan, which goes from {plan.start} to {last}." for day, side in where]


def _ids(sessions: Iterable[PlannedSession]) -> str:
    return ", ".join(one.id for one in sessions)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
