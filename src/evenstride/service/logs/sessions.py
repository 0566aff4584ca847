"""Sessions told: as planned with its exceptions, missed, or outside the plan."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.model import ExerciseLog, PlannedSession, SessionLog
from evenstride.model.plan import OWN_SLOTS, SessionKind
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.figures import PAIN_MAX
from evenstride.review.checklist import ListName, checklist_score, load_checklists
from evenstride.service.home import Home
from evenstride.service.log_text import read_exercise, read_pain, read_ratings
from evenstride.service.logs.shared import checked, newer, past_day
from evenstride.service.logs.told import LoggedSession, SessionTold
from evenstride.service.logs.waiting import planned_sessions
from evenstride.service.plan import TRAINING, find_session
from evenstride.service.plan_request import logs_of
from evenstride.service.season import finding_of
from evenstride.service.session_logs import as_prescribed, compare, logs_of_exercises, weak_first_warning
from evenstride.store import add_session_logs, plan_in_force, session_logs, take_back_log


def log_session(home: Home, told: SessionTold) -> LoggedSession:
    """Keep what was done of a session: as planned with its exceptions, only what is said, missed, or outside the plan.

    A session that was told before is corrected: with nothing but, say, its soreness told, the rest of it stays. The
    earlier log stays in the history.

    Raises
    ------
    UnknownEntry
        There is no such session, or none that waits.
    InvalidRequest
        Nothing was said of it, the day lies ahead, or a word cannot be read.
    """
    logged = session_as_told(home, told)
    [number] = add_session_logs(home.store, home.athlete_id, [logged.log], home.now)
    return replace(logged, number=number)


def session_as_told(home: Home, told: SessionTold) -> LoggedSession:
    """Return what ``log_session`` would keep and say; nothing is kept."""
    _refuse_contradiction(told)
    planned = None if told.outside else session_meant(home, told)
    day = past_day(home, told.day or (planned.day if planned else home.today), what="a session")
    earlier = None if planned is None else next((one for one in logs_of(home) if one.session == planned.id), None)
    log = checked(lambda: _session_log(told, planned, earlier, day))
    return LoggedSession(
        log=log, planned=planned, compared=compare(planned, log.exercises) if log.done else (),
        warnings=_warnings(home, log), notes=_session_notes(log, planned), corrected=earlier is not None,
        score=checklist_score(load_checklists()[list_of(log.kind)], log.self_check),
    )  # fmt: skip


def take_back_session(home: Home, session: str) -> SessionLog:
    """Take back what was told of a session; what it had corrected holds again. UnknownEntry where nothing was told."""
    kept = [one for one in session_logs(home.store, home.athlete_id) if one.log.session == session]
    if not kept:
        raise UnknownEntry(f"Nothing was told of the session {session}.", help="evenstride log show lists what was.")
    take_back_log(home.store, home.athlete_id, "session", kept[-1].number, home.now)
    return kept[-1].log


def _refuse_contradiction(told: SessionTold) -> None:
    done = told.as_planned or told.exceptions or told.said or told.effort_0_10 is not None or told.outside
    if told.missed and done:
        raise InvalidRequest("It was missed, or something was done of it.", help="Say one of both.")
    if told.outside and (told.as_planned or told.session):
        raise InvalidRequest(
            "A session outside the plan was not planned.", help="Say what was done: --set, --minutes, --effort."
        )


def session_meant(home: Home, told: SessionTold) -> PlannedSession:
    """Return the planned session that is meant: by its name or day, else today's, else the latest that waits."""
    planned = planned_sessions(home)
    if not planned:
        raise UnknownEntry(
            "There is no plan yet.", help="evenstride plan make makes one; --outside logs a session without it."
        )
    if told.session:
        held = plan_in_force(home.store, home.athlete_id)
        known = next((one for one in planned if one.id == told.session.strip().lower()), None)
        if known is not None or held is None:
            return known or _unknown(told.session)
        return find_session(replace(held.plan, sessions=planned), told.session)
    return _waiting_session(home, planned, told)


def _unknown(session: str) -> PlannedSession:
    raise UnknownEntry(f"There is no session {session}.", help="evenstride log show lists what waits.")


def _waiting_session(home: Home, planned: Sequence[PlannedSession], told: SessionTold) -> PlannedSession:
    """The day's session, or without a day the latest that was not told; today's before earlier ones."""
    known = {one.session for one in logs_of(home)}
    open_ones = [
        one
        for one in planned
        if one.slot in OWN_SLOTS and one.id not in known
        and (one.day == told.day if told.day else one.day <= home.today)
    ]  # fmt: skip
    if not open_ones:
        which = f"of {told.day}" if told.day else "up to today"
        raise UnknownEntry(
            f"No session {which} waits to be logged.",
            help="Name one to correct it (evenstride log show lists them); --outside logs one that no plan asked for.",
        )
    last = max(one.day for one in open_ones)
    of_day = [one for one in open_ones if one.day == last]
    training = [one for one in of_day if one.kind in TRAINING] or of_day
    if len(training) > 1:
        raise UnknownEntry(
            f"Several sessions of {last} wait.", help=f"Say which: {', '.join(one.id for one in training)}."
        )
    return training[0]


def _session_log(
    told: SessionTold, planned: PlannedSession | None, earlier: SessionLog | None, day: date
) -> SessionLog:
    """The log, built on the earlier one where this only adds to it."""
    kind: SessionKind = planned.kind if planned else told.outside or "strength"
    base = SessionLog(
        session=planned.id if planned else "", day=day, kind=kind, type=planned.type if planned else None
    )  # fmt: skip
    if told.missed:
        return replace(base, done=False, note=told.note)
    if earlier is not None and earlier.done and not told.as_planned:
        base = earlier if told.day is None else replace(earlier, day=day)
    elif told.as_planned and planned is not None:
        whole = tuple(as_prescribed(one) for one in planned.exercises)
        base = replace(base, exercises=whole, as_planned=True, minutes=planned.minutes)
    elif not _said_anything(told):
        ways = '--as-planned takes it as it stands; --set "split_squat left 10,10,8" says what was different; --missed.'
        raise InvalidRequest("Nothing was said of what was done.", help=ways)
    return replace(
        base,
        exercises=_exercises(told, planned, base.exercises),
        effort_0_10=newer(told.effort_0_10, base.effort_0_10),
        minutes=newer(told.minutes, base.minutes),
        self_check={**base.self_check, **read_ratings(told.ratings, load_checklists()[list_of(kind)])},
        pain=tuple(read_pain(one) for one in told.pains) or base.pain,
        soreness_0_10=newer(told.soreness_0_10, base.soreness_0_10),
        soreness_hours=newer(told.soreness_hours, base.soreness_hours),
        note=told.note or base.note,
    )


def _said_anything(told: SessionTold) -> bool:
    said = (told.effort_0_10, told.minutes, told.soreness_0_10, told.soreness_hours)
    return bool(told.exceptions or told.said or told.ratings or told.pains or told.note) or any(
        one is not None for one in said
    )


def _exercises(
    told: SessionTold, planned: PlannedSession | None, base: Sequence[ExerciseLog]
) -> tuple[ExerciseLog, ...]:
    catalogue = load_catalogue().exercises
    asked = [one.exercise for one in planned.exercises] if planned else []
    said = [*(read_exercise(text, catalogue, asked) for text in told.exceptions), *told.said]
    return logs_of_exercises(base, said, planned)


def list_of(kind: SessionKind) -> ListName:
    """Return the self-check that goes with a kind of session."""
    return "mobility" if kind == "mobility" else "session"


def _warnings(home: Home, log: SessionLog) -> tuple[str, ...]:
    uneven = [
        one for one in log.exercises
        if sum(one.left_reps) != sum(one.right_reps) or one.left_load_kg != one.right_load_kg
    ]  # fmt: skip
    if not uneven:
        return ()
    warning = weak_first_warning(uneven, finding_of(home).limb, load_catalogue().exercises)
    return (warning,) if warning else ()


def _session_notes(log: SessionLog, planned: PlannedSession | None) -> tuple[str, ...]:
    notes = []
    if planned is not None and log.day != planned.day:
        notes.append(f"It was planned for {planned.day}; it counts for {log.day}.")
    if planned is not None and log.done and log.effort_0_10 is None:
        notes.append(f"How hard was it? evenstride log session {planned.id} --effort 0-10 adds it.")
    if any(one.pain_0_10 > PAIN_MAX for one in log.exercises):
        notes.append(f"What hurt above {PAIN_MAX:g} is not planned again before it is cleared or made easier (R-PAIN).")
    return tuple(notes)
