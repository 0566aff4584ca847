"""Back to running after an injury: begun, logged, locked, shown; every state stays."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evenstride.errors import InvalidRequest, UnknownEntry
from evenstride.judge.ranges import RANGES
from evenstride.model import (
    Locker,
    RedFlag,
    ReturnCheck,
    ReturnDecision,
    ReturnEvidence,
    ReturnLock,
    ReturnLog,
    ReturnSession,
    ReturnStage,
    ReturnState,
    Side,
    StanceHold,
    StrengthBeside,
    StrideEvenness,
)
from evenstride.plan.return_to_run import (
    advance,
    lock_return,
    missing_for_next,
    prescribe,
    release_return,
    start_return,
    strength_beside,
)
from evenstride.service.calendar import KM_MAX
from evenstride.service.home import Home
from evenstride.service.season import comparisons_of, stride_points
from evenstride.store import KeptReturn, add_return_state, return_states, undo_return_state


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was told of a session; None was not said. ``day`` None: today's, or for a morning alone the last one."""

    day: date | None = None
    during_0_10: float | None = None
    after_0_10: float | None = None
    morning_0_10: float | None = None
    before_0_10: float | None = None
    stiffness_before_0_10: float | None = None
    stiffness_morning_0_10: float | None = None
    effort_0_10: float | None = None
    km: float | None = None
    cut_short: bool = False
    flags: tuple[RedFlag, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a return stands: the next session, what is still missing for the next stage, what is trained beside it.

    ``decision`` is what the last log led to, where one was just told.
    """

    state: ReturnState
    session: ReturnSession
    missing: tuple[ReturnCheck, ...]
    beside: StrengthBeside
    decision: ReturnDecision | None = None


def begin(home: Home, *, side: Side | None, site: str, bone: bool = False, cleared_by: str = "") -> Standing:
    """Begin a return to running with walking.

    Raises
    ------
    InvalidRequest
        One is under way already.
    """
    kept = return_states(home.store, home.athlete_id)
    if kept and kept[-1].state.finished_on is None:
        raise InvalidRequest(
            f"A return to running is under way since {kept[-1].state.began}.",
            help="evenstride return show says where it stands; evenstride return undo takes its last step back.",
        )
    state = start_return(side=side, site=site, today=home.today, bone=bone, cleared_by=cleared_by)
    return _standing(home, _keep(home, state).state)


def show_return(home: Home) -> Standing:
    """Return where the return stands; UnknownEntry where none was begun."""
    return _standing(home, _current(home))


def log_return(home: Home, told: Told) -> Standing:
    """Take a session in, or the next morning of one that was told before, and decide what follows.

    Raises
    ------
    InvalidRequest
        No pain was told of a new session, a value is not 0 to 10, or the day lies ahead.
    UnknownEntry
        No return was begun.
    """
    state = _current(home)
    day = told.day or _day_meant(state, told, home.today)
    known = next((one for one in state.recent if one.day == day), None)
    log = _log(told, known, day)
    decision = advance(state, log, today=home.today, evidence=_evidence(home, state))
    _keep(home, decision.state, day=day, log=log)
    return replace(_standing(home, decision.state), decision=decision)


def lock(
    home: Home, why: str, *, clinician: str = "", stage: ReturnStage | None = None, until: date | None = None
) -> Standing:
    """Lock everything, or what begins with a stage; with the name of a clinician for as long as that one says.

    Raises
    ------
    InvalidRequest
        No reason was given.
    """
    by: Locker = "clinician" if clinician.strip() else "runner"
    new = ReturnLock(by=by, why=why, since=home.today, stage=stage, until=until, name=clinician.strip())
    return _standing(home, _keep(home, lock_return(_current(home), new)).state)


def release(home: Home, *, clinician: str = "") -> Standing:
    """Lift the runner's locks; with the name of a clinician the clinicians' ones, and a referral.

    Raises
    ------
    InvalidRequest
        Only a clinician can lift it, or nothing is locked.
    """
    by: Locker = "clinician" if clinician.strip() else "runner"
    return _standing(home, _keep(home, release_return(_current(home), by=by, today=home.today, name=clinician)).state)


def stand(home: Home, *, left_s: float, right_s: float, day: date | None = None) -> Standing:
    """Keep how long each leg stood alone with open eyes.

    Raises
    ------
    InvalidRequest
        A time below zero, or a day that lies ahead.
    """
    if min(left_s, right_s) < 0 or (day or home.today) > home.today:
        raise InvalidRequest("This stand cannot be.", help="Give seconds per leg, and a day that is not ahead.")
    state = _current(home)
    hold = StanceHold(day=day or home.today, left_s=left_s, right_s=right_s)
    return _standing(home, _keep(home, replace(state, stance=(*state.stance, hold))).state)


def undo(home: Home) -> tuple[KeptReturn, Standing | None]:
    """Take the last step back; returns it, and where the return stands without it (None: there is none).

    Raises
    ------
    UnknownEntry
        There is nothing to take back.
    """
    gone = undo_return_state(home.store, home.athlete_id, home.now)
    kept = return_states(home.store, home.athlete_id)
    return gone, _standing(home, kept[-1].state) if kept else None


def _current(home: Home) -> ReturnState:
    kept = return_states(home.store, home.athlete_id)
    if not kept:
        raise UnknownEntry(
            "No return to running is under way.", help='It begins with: evenstride return start "right achilles".'
        )
    return kept[-1].state


def _keep(home: Home, state: ReturnState, *, day: date | None = None, log: ReturnLog | None = None) -> KeptReturn:
    return add_return_state(home.store, home.athlete_id, state, home.now, day=day or home.today, log=log)


def _day_meant(state: ReturnState, told: Told, today: date) -> date:
    """A morning alone is told of the last session; anything else of today's."""
    if told.during_0_10 is None and told.morning_0_10 is not None and state.recent:
        return max(one.day for one in state.recent)
    return today


def _log(told: Told, known: ReturnLog | None, day: date) -> ReturnLog:
    during = _said(told.during_0_10, known.during_0_10 if known else None)
    after = _said(told.after_0_10, known.after_0_10 if known else None)
    if during is None or after is None:
        raise InvalidRequest(
            f"How did the session of {day} feel?", help="Say --during and --after, the pain from 0 to 10."
        )
    if told.km is not None and not 0.0 <= told.km <= KM_MAX:
        raise InvalidRequest(
            f"A session does not go {told.km:g} km.", help=f"Say how far it went: 0 to {KM_MAX:.0f} km."
        )
    base = known or ReturnLog(day=day, during_0_10=0.0, after_0_10=0.0)
    values = {
        "next_morning_0_10": told.morning_0_10, "before_0_10": told.before_0_10, "effort_0_10": told.effort_0_10,
        "stiffness_before_0_10": told.stiffness_before_0_10, "distance_km": told.km,
        "stiffness_next_morning_0_10": told.stiffness_morning_0_10,
    }  # fmt: skip
    given: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    try:
        log = replace(base, during_0_10=during, after_0_10=after, **given)
    except ValueError as error:
        raise InvalidRequest(f"This cannot be: {error}.", help="0 is none, 10 the worst there is.") from None
    flags = (*base.red_flags, *(flag for flag in told.flags if flag not in base.red_flags))
    completed = base.completed and not told.cut_short
    return replace(log, red_flags=flags, completed=completed, note=told.note or base.note)


def _said(new: float | None, known: float | None) -> float | None:
    return known if new is None else new


def _evidence(home: Home, state: ReturnState) -> ReturnEvidence:
    """Tests per leg, stands, and how even strides were in every run."""
    strides = [
        StrideEvenness(
            day=point.start.date(), metric=metric, index_pct=point.value, low_pct=point.low, high_pct=point.high,
            threshold_pct=RANGES[metric].threshold_pct,
        )
        for (metric, _), points in stride_points(home).items()
        if RANGES[metric].threshold_pct is not None
        for point in points
    ]  # fmt: skip
    return ReturnEvidence(tests=comparisons_of(home), stance=state.stance, strides=tuple(strides))


def _standing(home: Home, state: ReturnState) -> Standing:
    missing = missing_for_next(state, _evidence(home, state), today=home.today)
    return Standing(
        state=state, session=prescribe(state), missing=tuple(one for one in missing if not one.met),
        beside=strength_beside(state),
    )  # fmt: skip
