"""Back to running after an injury: which step next, from what the last session felt like. Not a diagnosis."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from evenstride.errors import InvalidRequest
from evenstride.model import (
    Because,
    ReturnCheck,
    ReturnDecision,
    ReturnEvent,
    ReturnEvidence,
    ReturnLock,
    ReturnLog,
    ReturnOutcome,
    ReturnStage,
    ReturnState,
)
from evenstride.plan.return_checks import return_checks, return_remarks
from evenstride.plan.return_locks import (
    lock_return,
    lock_text,
    noted,
    release_return,
    released_on,
    start_return,
    without_ended_locks,
)
from evenstride.plan.return_stages import (
    finish_entry,
    prescribe,
    red_flags,
    return_demands,
    return_limits,
    return_rules,
    return_stages,
    stage_of_return,
    step_after,
    step_before,
    step_km,
    strength_beside,
)

__all__ = [
    "advance", "lock_return", "missing_for_next", "prescribe", "red_flags", "release_return", "return_demands",
    "return_limits", "return_rules", "return_stages", "start_return", "strength_beside",
]  # fmt: skip

KEPT = timedelta(days=28)
"""How long sessions stay in the state: three weeks are compared, and a break is seen."""


@dataclass(frozen=True, kw_only=True)
class _Case:
    """One session and everything it is judged with: ``seen`` is what was known of this day, ``last`` the day before."""

    state: ReturnState
    log: ReturnLog
    evidence: ReturnEvidence
    today: date
    seen: ReturnLog | None
    last: ReturnLog | None
    newest: date | None


@dataclass(frozen=True, kw_only=True)
class _Said:
    """What a rule says: the outcome, why, and what becomes of the good sessions in a row."""

    outcome: ReturnOutcome
    rule: str
    text: str
    good: Literal["keep", "none"] = "keep"
    to: tuple[ReturnStage, int] | None = None
    checks: tuple[ReturnCheck, ...] = ()


def advance(
    state: ReturnState, log: ReturnLog, *, today: date, evidence: ReturnEvidence | None = None
) -> ReturnDecision:
    """Decide what follows from one session: go on, stay, one step back, the next step, locked, or see a clinician.

    Give a session as soon as it is done and again when its next morning is known: warnings count at once, a good
    session counts with its morning.

    Parameters
    ----------
    state
        Where the runner stood when the session was done.
    log
        The session: pain during, after and the next morning (0 to 10), what was done, red flags by name.
    today
        The day of asking; a next morning cannot be known on the day of the session.
    evidence
        Tests per leg, stance, strides; nothing of it moves anybody on, what is missing holds the next stage.

    Raises
    ------
    InvalidRequest
        For a session or a morning that lies ahead.

    Notes
    -----
    The pain zones are those of the pain-monitoring model [1]_ as usually quoted (printed versions differ), the walk–run
    table is that of a published programme [2]_; what else is our own convention says so in its rule. Works for one
    session a day at one injured place. Does not work as a diagnosis, and knows nothing of how a tissue heals.

    .. [1] Silbernagel, Thomeé, Eriksson, Karlsson (2007), AJSM 35:897.
    .. [2] Trials (2023), 10.1186/s13063-023-07502-x, Table 1.

    Examples
    --------
    >>> state = start_return(side="left", site="calf", today=date(2026, 5, 4))
    >>> log = ReturnLog(day=date(2026, 5, 4), during_0_10=1, after_0_10=0, next_morning_0_10=0)
    >>> decision = advance(state, log, today=date(2026, 5, 5))
    >>> print(decision.outcome, decision.rule, decision.because[0].text)
    go_on RR-TWICE 1 good session of 2 in a row: the same once more.
    """
    _check_days(log, today)
    known = evidence or ReturnEvidence()
    state = without_ended_locks(state, today)
    others = [one for one in state.recent if one.day != log.day]
    seen = next((one for one in state.recent if one.day == log.day), None)
    case = _Case(
        state=state, log=_placed(log, seen or log, state), evidence=known, today=today, seen=seen,
        last=max((one for one in others if one.day < log.day), key=lambda one: one.day, default=None),
        newest=max((one.day for one in others), default=None),
    )  # fmt: skip
    said = next((found for rule in _HOLDING if (found := rule(case)) is not None), None)
    counted, again = _recorded(case), said is None and _after_a_break(case)
    if said is None:
        counted = replace(counted, good=1 if again else counted.good + 1)
        said = _forward(counted, known, today)
    after = _applied(counted, said, log_day=log.day, today=today)
    remarks = tuple(one for one in return_remarks(state, known, today=today) if one.text not in said.text)
    because = (Because(rule=said.rule, text=said.text), *([_BREAK] if again else []))
    return ReturnDecision(outcome=said.outcome, state=after, because=because, checks=said.checks, remarks=remarks)


_BREAK = Because(rule="RR-BREAK", text="After the break the count of good sessions begins again.")


def _check_days(log: ReturnLog, today: date) -> None:
    if log.day > today:
        raise InvalidRequest(f"The session of {log.day} lies ahead.", help="Log it when it is done.")
    if log.day == today and log.next_morning_0_10 is not None:
        raise InvalidRequest("The next morning is not known yet.", help="Log it tomorrow, after getting up.")


def _placed(log: ReturnLog, known: ReturnLog, state: ReturnState) -> ReturnLog:
    return replace(log, stage=known.stage or state.stage, step=known.step or state.step)


# ── what holds back, sends back or sends to a clinician: asked in order, the first that answers decides ──


def _flags(case: _Case) -> _Said | None:
    if not case.log.red_flags or case.log.day < released_on(case.state):
        return None
    words = [red_flags()[flag] for flag in case.log.red_flags]
    soon = "today or tomorrow" if any(when == "today or tomorrow" for _, when in words) else "within two days"
    text = f"Stop, and see a clinician {soon}: {', '.join(what for what, _ in words)}."
    return _Said(outcome="refer", rule="RR-FLAG", text=text, good="none")


def _referred(case: _Case) -> _Said | None:
    if not case.state.referred:
        return None
    text = f"No running until a clinician has released you: {case.state.referred}"
    return _Said(outcome="refer", rule="RR-REFERRED", text=text, good="none")


def _counted(case: _Case) -> _Said | None:
    if case.log.day < case.state.since:
        return _Said(outcome="stay", rule="RR-ONCE", text="This session lies before the present step began.")
    if case.seen is not None and case.seen.next_morning_0_10 is not None:
        return _Said(outcome="stay", rule="RR-ONCE", text="This session has been counted already.")
    return None


def _back(case: _Case) -> _Said | None:
    limits, log = return_limits(), case.log
    morning = log.next_morning_0_10 is not None and log.next_morning_0_10 > log.before_0_10
    if log.pain_0_10 <= limits.hold_0_10 and not morning:
        return None
    rule = "RR-BACK" if log.pain_0_10 > limits.hold_0_10 else "RR-MORNING"
    why = f"Pain of {log.pain_0_10:g} of 10" if rule == "RR-BACK" else "Pain worse the next morning"
    here = (case.state.stage, case.state.step)
    below = step_before(*here)
    if below == here and rule == "RR-BACK":
        return _Said(outcome="refer", rule="RR-FLOOR", text=f"{why} in walking: see a clinician.", good="none")
    if _backs(case) + 1 >= limits.back_times:
        text = f"{why}, and step back number {limits.back_times} in {limits.back_days} days: see a clinician."
        return _Said(outcome="refer", rule="RR-AGAIN", text=text, good="none", to=below)
    what = "rest until walking is easy again, then half of it" if below == here else f"back to {_named(below)}"
    return _Said(outcome="step_back", rule=rule, text=f"{why}: {what}.", good="none", to=below)


def _backs(case: _Case) -> int:
    since = max(case.log.day - timedelta(days=return_limits().back_days - 1), released_on(case.state))
    found = (one for one in case.state.history if one.event == "step_back" and one.log_day is not None)
    return sum(one.log_day is not None and since <= one.log_day <= case.log.day for one in found)


def _rising(case: _Case) -> _Said | None:
    weeks = [_week(case, ago) for ago in range(3)]
    rises = [_rose(weeks[0], weeks[1]), _rose(weeks[1], weeks[2])]
    if all(rises):
        text = "Pain or stiffness has risen for two weeks in a row: see a clinician before going on."
        return _Said(outcome="refer", rule="RR-RISING-ON", text=text, good="none")
    if rises[0]:
        return _Said(outcome="stay", rule="RR-RISING", text="More pain or stiffness than last week: hold.", good="none")
    return None


def _week(case: _Case, ago: int) -> tuple[float, float] | None:
    """Mean worst pain and mean morning stiffness of seven days up to the session's, or weeks before; None: too few."""
    last = case.log.day - timedelta(weeks=ago)
    logs = [one for one in (*case.state.recent, case.log) if last - timedelta(days=7) < one.day <= last]
    logs = [one for one in logs if one.day != case.log.day or one is case.log]
    if len(logs) < return_limits().rise_sessions:
        return None
    return (
        sum(one.pain_0_10 for one in logs) / len(logs),
        sum(one.stiffness_next_morning_0_10 for one in logs) / len(logs),
    )


def _rose(week: tuple[float, float] | None, before: tuple[float, float] | None) -> bool:
    if week is None or before is None:
        return False
    return any(now - then >= return_limits().rise_0_10 for now, then in zip(week, before, strict=True))


def _hold(case: _Case) -> _Said | None:
    limits, pain = return_limits(), case.log.pain_0_10
    if pain <= limits.go_on_0_10:
        return None
    text = f"Pain of {pain:g} of 10: hold the step until it is {limits.go_on_0_10:g} or less."
    return _Said(outcome="stay", rule="RR-HOLD", text=text, good="none")


def _stiff(case: _Case) -> _Said | None:
    if case.log.stiffness_next_morning_0_10 <= case.log.stiffness_before_0_10:
        return None
    return _Said(outcome="stay", rule="RR-STIFF", text="Stiffer than the morning before: hold the step.", good="none")


def _wait(case: _Case) -> _Said | None:
    if case.log.next_morning_0_10 is not None:
        return None
    return _Said(outcome="stay", rule="RR-WAIT", text="Say tomorrow morning how it feels; then the session counts.")


def _as_meant(case: _Case) -> _Said | None:
    log, state, limits = case.log, case.state, return_limits()
    step = stage_of_return(state.stage).steps[state.step - 1]
    far, said = step_km(step), ""
    if (log.stage, log.step) != (state.stage, state.step):
        said = "it was another step's"
    elif not log.completed:
        said = "it was cut short"
    elif far is not None and log.distance_km is not None and log.distance_km > limits.distance_over * far:
        said = f"it went {log.distance_km:g} km instead of {far:g} km"
    elif log.effort_0_10 is not None and log.effort_0_10 > step.rpe_0_10 + limits.effort_over:
        said = f"its effort was {log.effort_0_10:g} instead of {step.rpe_0_10}"
    if not said or state.finished_on is not None:
        return None
    return _Said(outcome="stay", rule="RR-AS-MEANT", text=f"The session does not count: {said}.", good="none")


def _rested(case: _Case) -> _Said | None:
    if case.newest is not None and case.newest > case.log.day:
        return _Said(outcome="stay", rule="RR-ONCE", text="A later session has been logged already.")
    if case.last is None or case.state.finished_on is not None:
        return None
    days = stage_of_return(case.last.stage or case.state.stage).rest_days
    if (case.log.day - case.last.day).days > days:
        return None
    return _Said(outcome="stay", rule="RR-REST", text=f"{days} day of rest was missing before it: it does not count.")


_HOLDING: tuple[Callable[[_Case], _Said | None], ...] = (
    _flags, _referred, _counted, _back, _rising, _hold, _stiff, _wait, _as_meant, _rested,
)  # fmt: skip


# ── forward ──


def _after_a_break(case: _Case) -> bool:
    return case.last is not None and (case.log.day - case.last.day).days > return_limits().break_days


def _forward(state: ReturnState, evidence: ReturnEvidence, today: date) -> _Said:
    """A good session: the same step again, the next one, or what is in the way."""
    everything = next((one for one in state.locks if one.stage is None), None)
    if everything is not None:
        return _Said(outcome="locked", rule="RR-LOCK", text=lock_text(everything))
    if state.finished_on is not None:
        return _Said(outcome="go_on", rule="RR-DONE", text="The return is over; the pain rules stay.")
    limits = return_limits()
    if state.sessions < limits.times_least or state.good < limits.good_in_a_row:
        many = f"{state.good} good session{'' if state.good == 1 else 's'} of {limits.good_in_a_row} in a row"
        return _Said(outcome="go_on", rule="RR-TWICE", text=f"{many}: the same once more.")
    ahead = step_after(state.stage, state.step)
    lock = None if ahead is None else _lock_before(state, ahead[0])
    if lock is not None:
        return _Said(outcome="locked", rule="RR-LOCK", text=lock_text(lock))
    over = [one for one in return_remarks(state, evidence, today=today) if one.rule == "RR-OTHER"]
    checks = _next_checks(state, evidence, today)
    missing = [check for check in checks if not check.met]
    if missing or over:
        first = missing[0] if missing else over[0]
        return _Said(outcome="stay", rule=first.rule, text=f"Not yet. {first.text}", checks=checks)
    if ahead is None:
        return _Said(outcome="next", rule="RR-DONE", text="The last step is done: back to training.", checks=checks)
    text = f"Two good sessions in a row: on to {_named(ahead)}."
    return _Said(outcome="next", rule="RR-NEXT", text=text, to=ahead, checks=checks)


def missing_for_next(
    state: ReturnState, evidence: ReturnEvidence | None = None, *, today: date
) -> tuple[ReturnCheck, ...]:
    """What else must hold before the next stage begins, looked at today; nothing within a stage.

    >>> state = start_return(side="left", site="calf", today=date(2026, 5, 4))
    >>> [check.rule for check in missing_for_next(state, today=date(2026, 5, 4)) if not check.met]
    ['RR-RATIO', 'RR-STANCE']
    """
    return _next_checks(state, evidence or ReturnEvidence(), today)


def _next_checks(state: ReturnState, evidence: ReturnEvidence, today: date) -> tuple[ReturnCheck, ...]:
    ahead = step_after(state.stage, state.step)
    if ahead is not None and ahead[0] == state.stage:
        return ()
    entry = finish_entry() if ahead is None else stage_of_return(ahead[0]).entry
    return return_checks(entry, state, evidence, today=today)


def _named(place: tuple[ReturnStage, int]) -> str:
    stage = stage_of_return(place[0])
    return stage.label if len(stage.steps) == 1 else f"{stage.label}, step {place[1]} of {len(stage.steps)}"


# ── what becomes of the state ──


def _recorded(case: _Case) -> ReturnState:
    """The state with the session in it; each day counts once, also where its morning is told later."""
    state, log = case.state, case.log
    if log.day < state.since or (case.seen is not None and case.seen.next_morning_0_10 is not None):
        return state
    logs = sorted((*(one for one in state.recent if one.day != log.day), log), key=lambda one: one.day)
    kept = tuple(one for one in logs if logs[-1].day - one.day < KEPT)
    return replace(state, recent=kept, sessions=state.sessions + (case.seen is None))


def _applied(state: ReturnState, said: _Said, *, log_day: date, today: date) -> ReturnState:
    after = replace(state, good=0) if said.good == "none" else state
    if said.outcome == "refer":
        after = replace(after, referred=state.referred or said.text)
    if said.to is not None:
        since = log_day + timedelta(days=1)
        stage_since = since if said.to[0] != state.stage else state.stage_since
        after = replace(
            after, stage=said.to[0], step=said.to[1], since=since, stage_since=stage_since, sessions=0, good=0,
            finished_on=None,
        )  # fmt: skip
    if said.rule == "RR-DONE" and said.outcome == "next":
        after = replace(after, finished_on=today)
    event = _EVENTS.get(said.outcome)
    if event is None or said.rule == "RR-REFERRED":
        return after
    return noted(after, state, today=today, event=event, rule=said.rule, reason=said.text, log_day=log_day)


_EVENTS: dict[ReturnOutcome, ReturnEvent] = {"next": "next", "step_back": "step_back", "refer": "refer"}


def _lock_before(state: ReturnState, stage: ReturnStage) -> ReturnLock | None:
    order = [one.id for one in return_stages()]
    closed = (one for one in state.locks if one.stage is not None and order.index(one.stage) <= order.index(stage))
    return next(closed, None)
