"""Where a return begins, and who may lock and release it: the events that no session makes."""

from dataclasses import replace
from datetime import date

from evenstride.errors import InvalidRequest
from evenstride.model import Locker, ReturnEvent, ReturnLock, ReturnState, ReturnTransition, Side
from evenstride.plan.return_stages import stage_of_return


def start_return(*, side: Side | None, site: str, today: date, bone: bool = False, cleared_by: str = "") -> ReturnState:
    """Begin a return to running with walking. ``side`` None: both legs are injured.

    A ``bone`` injury begins locked until a clinician releases it; ``cleared_by`` names one who has done so already.

    Examples
    --------
    >>> state = start_return(side="left", site="tibia", bone=True, today=date(2026, 5, 4))
    >>> state.stage, state.step, state.locked_by
    ('walking', 1, 'clinician')
    """
    state = ReturnState(side=side, site=site, bone=bone, began=today, since=today, stage_since=today)
    cleared = f" {cleared_by} has cleared the bone for it." if bone and cleared_by else ""
    state = noted(state, state, today=today, event="start", rule="RR-START", reason=f"It begins with walking.{cleared}")
    if not bone or cleared_by:
        return state
    why = "A bone was injured: running waits for a clinician's release."
    return _locked(state, ReturnLock(by="clinician", why=why, since=today), rule="RR-BONE")


def lock_return(state: ReturnState, lock: ReturnLock) -> ReturnState:
    """Lock everything, or what begins with one stage, for the runner or a clinician (who is named).

    Examples
    --------
    >>> day = date(2026, 5, 4)
    >>> state = start_return(side="left", site="calf", today=day)
    >>> lock_return(state, ReturnLock(by="runner", why="on holiday", since=day)).locked_by
    'runner'
    """
    if not lock.why.strip():
        raise InvalidRequest("A lock needs a reason.", help="Say why it is locked.")
    if lock.by == "clinician" and not lock.name.strip():
        raise InvalidRequest("A clinician's lock needs a name.", help="Say which clinician locked it.")
    return _locked(state, lock, rule="RR-LOCK")


def _locked(state: ReturnState, lock: ReturnLock, *, rule: str) -> ReturnState:
    after = replace(state, locks=(*state.locks, lock))
    return noted(after, state, today=lock.since, event="lock", rule=rule, reason=lock_text(lock), by=lock.by)


def release_return(state: ReturnState, *, by: Locker, today: date, name: str = "") -> ReturnState:
    """Lift the runner's locks, or with a clinician's ``name`` the clinicians' locks and a referral.

    Raises
    ------
    InvalidRequest
        When the runner asks for what only a clinician can lift, a clinician has no name, or nothing is locked.

    Examples
    --------
    >>> state = start_return(side="left", site="tibia", bone=True, today=date(2026, 5, 4))
    >>> release_return(state, by="clinician", name="Dr Green", today=date(2026, 6, 1)).locked_by is None
    True
    """
    lifted = [lock for lock in state.locks if lock.by == by]
    if by == "runner" and not lifted:
        if state.locks or state.referred:
            help_text = "Give the clinician's name with the release."
            raise InvalidRequest("Only a clinician can lift this.", help=help_text)
        raise InvalidRequest("Nothing is locked.", help="Go on with the next session.")
    if by == "clinician" and not name.strip():
        raise InvalidRequest("A release needs the clinician's name.", help="Say who has released it.")
    if by == "clinician" and not lifted and not state.referred:
        raise InvalidRequest("No clinician has locked this.", help="A runner's lock is lifted by the runner.")
    after = replace(state, locks=tuple(lock for lock in state.locks if lock.by != by))
    if by == "clinician" and state.referred:  # what went before has been seen, and counts neither way
        after = replace(after, referred="", since=max(state.since, today), sessions=0, good=0, recent=())
    who = f"The clinician {name.strip()}" if by == "clinician" else "The runner"
    reason = f"{who} has released it."
    return noted(after, state, today=today, event="release", rule="RR-RELEASE", reason=reason, by=by)


def released_on(state: ReturnState) -> date:
    """The day of the last release by a clinician: what was before it has been seen."""
    found = (one.day for one in state.history if one.event == "release" and one.by == "clinician")
    return max(found, default=date.min)


def without_ended_locks(state: ReturnState, today: date) -> ReturnState:
    """The state without the runner's locks whose last day has passed; a clinician's stay."""
    kept = tuple(one for one in state.locks if one.by == "clinician" or one.until is None or one.until >= today)
    if kept == state.locks:
        return state
    after = replace(state, locks=kept)
    reason = "The runner's lock has ended."
    return noted(after, state, today=today, event="release", rule="RR-RELEASE", reason=reason, by="runner")


def noted(
    after: ReturnState, before: ReturnState, *, today: date, event: ReturnEvent, rule: str, reason: str,
    log_day: date | None = None, by: Locker | None = None,
) -> ReturnState:  # fmt: skip
    """The state after an event, with the event in its history."""
    one = ReturnTransition(
        day=today, event=event, rule=rule, reason=reason, from_stage=before.stage, from_step=before.step,
        to_stage=after.stage, to_step=after.step, log_day=log_day, by=by,
    )  # fmt: skip
    return replace(after, history=(*after.history, one))


def lock_text(lock: ReturnLock) -> str:
    """Say who locked what until when, and why.

    >>> print(lock_text(ReturnLock(by="runner", why="on holiday", since=date(2026, 5, 4), stage="strides")))
    Locked by the runner from strides on: on holiday
    """
    who = f"the clinician {lock.name}".rstrip() if lock.by == "clinician" else "the runner"
    what = "" if lock.stage is None else f" from {stage_of_return(lock.stage).label} on"
    until = "" if lock.until is None else f" until {lock.until}"
    return f"Locked by {who}{what}{until}: {lock.why}"
