"""What must hold before a stage of the return begins: pain, limb ratio, stance, even strides, the other leg's share."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from evenstride.model import (
    METRICS,
    Because,
    LimbComparison,
    ReturnCheck,
    ReturnEntry,
    ReturnEvidence,
    ReturnState,
    Side,
    StanceHold,
    StrideEvenness,
)
from evenstride.plan.return_stages import return_limits

_Dated = TypeVar("_Dated", LimbComparison, StanceHold, StrideEvenness)
LEGS: tuple[Side, Side] = ("left", "right")


def other(side: Side) -> Side:
    """The other leg.

    >>> other("left")
    'right'
    """
    return "right" if side == "left" else "left"


def return_checks(
    entry: ReturnEntry, state: ReturnState, evidence: ReturnEvidence, *, today: date
) -> tuple[ReturnCheck, ...]:
    """Look at everything that must hold before the next stage; what nobody has looked at yet is not met.

    Notes
    -----
    A limb ratio compares the injured leg with the other one: a test in which the other leg is the poorer one is met. It
    tells nothing where both legs are injured, and misses what both have lost; then each leg's own target counts too.
    Tests older than 28 days are not looked at.

    Examples
    --------
    >>> day = date(2026, 5, 4)
    >>> there = ReturnState(side="left", site="calf", began=day, since=day, stage_since=day, stage="walk_run", step=6)
    >>> entry = ReturnEntry(pain_max_0_10=2, stance=True)
    >>> held = ReturnEvidence(stance=(StanceHold(day=day, left_s=20, right_s=30),))
    >>> for check in return_checks(entry, there, held, today=day):
    ...     print(check.rule, check.met, check.text)
    RR-PAIN True The last two sessions had pain of at most 0 of 10 (at most 2).
    RR-STANCE False Single-leg stand, eyes open: left 20 s, right 30 s; steady is 90 % of the other leg, at least 10 s.
    """
    return tuple(_checks(entry, state, evidence, today))


def _checks(entry: ReturnEntry, state: ReturnState, evidence: ReturnEvidence, today: date) -> Iterator[ReturnCheck]:
    yield _pain(entry, state)
    for name in entry.ratio_tests:
        tests = _fresh([one for one in evidence.tests if one.test == name], today)
        yield from _tested(name, state, tests)
    if entry.stance:
        yield _stance(state, _fresh(evidence.stance, today))
    if entry.symmetry:
        yield from _strides(state, _fresh(evidence.strides, today))


def _fresh(found: Sequence[_Dated], today: date) -> list[_Dated]:
    oldest = today - timedelta(days=return_limits().evidence_days)
    return sorted((one for one in found if oldest <= one.day <= today), key=lambda one: one.day)


def _pain(entry: ReturnEntry, state: ReturnState) -> ReturnCheck:
    worst = max((log.pain_0_10 for log in state.recent[-return_limits().good_in_a_row :]), default=0.0)
    text = f"The last two sessions had pain of at most {worst:g} of 10 (at most {entry.pain_max_0_10:g})."
    return ReturnCheck(rule="RR-PAIN", met=worst <= entry.pain_max_0_10, text=text)


def _tested(name: str, state: ReturnState, tests: Sequence[LimbComparison]) -> Iterator[ReturnCheck]:
    label = name.replace("_", " ").replace("single leg", "single-leg")
    if not tests:
        text = f"{label}: not tested in the last {return_limits().evidence_days} days."
        yield ReturnCheck(rule="RR-RATIO", met=None, text=text)
        return
    newest = tests[-1]
    if state.side is not None:
        yield _ratio(state.side, newest)
    if state.side is None or state.bone:
        low = [side for side in LEGS if newest.target_met.get(f"{side}_baseline") is False]
        if newest.low_on_both:
            low = list(LEGS)
        text = f"{newest.label}: {' and '.join(low) or 'no'} leg below its own target or usual range."
        yield ReturnCheck(rule="RR-OWN", met=not low, text=text)


def _ratio(side: Side, test: LimbComparison) -> ReturnCheck:
    least, ratio = return_limits().limb_ratio_pct, test.limb_ratio_pct
    met = None if ratio is None else test.lower != side or ratio >= least
    said = "no ratio" if ratio is None else f"limb ratio {ratio:.0f} %, {test.lower or 'neither'} leg lower"
    error = "its error is not known" if test.mdc95 is None else f"two legs differ from {test.mdc95:g} {test.unit} on"
    text = f"{test.label}: {said}; {least:g} % is asked of the injured leg by convention, and {error}."
    return ReturnCheck(rule="RR-RATIO", met=met, text=text)


def _stance(state: ReturnState, holds: Sequence[StanceHold]) -> ReturnCheck:
    limits = return_limits()
    if not holds:
        text = f"Single-leg stand, eyes open: not looked at in the last {limits.evidence_days} days."
        return ReturnCheck(rule="RR-STANCE", met=None, text=text)
    newest = holds[-1]
    held = {"left": min(newest.left_s, limits.stance_s), "right": min(newest.right_s, limits.stance_s)}
    legs = LEGS if state.side is None else (state.side,)
    met = all(
        held[leg] >= limits.stance_least_s and held[leg] >= limits.limb_ratio_pct / 100 * held[other(leg)]
        for leg in legs
    )  # fmt: skip
    text = f"Single-leg stand, eyes open: left {newest.left_s:g} s, right {newest.right_s:g} s"
    asked = f"steady is {limits.limb_ratio_pct:g} % of the other leg, at least {limits.stance_least_s:g} s"
    return ReturnCheck(rule="RR-STANCE", met=met, text=f"{text}; {asked}.")


def _strides(state: ReturnState, strides: Sequence[StrideEvenness]) -> Iterator[ReturnCheck]:
    """Nothing where no device tells; else the newest run of this stage, metric by metric."""
    for metric in sorted({one.metric for one in strides}):
        of_stage = [one for one in strides if one.metric == metric and one.day >= state.stage_since]
        if not of_stage:
            text = f"{METRICS[metric].label}: no run of this stage has been looked at yet."
            yield ReturnCheck(rule="RR-SYMMETRY", met=None, text=text)
        else:
            yield _even(state, of_stage[-1])


def _even(state: ReturnState, one: StrideEvenness) -> ReturnCheck:
    label, larger = METRICS[one.metric].label, _beyond(one)
    if larger is None:
        return ReturnCheck(rule="RR-SYMMETRY", met=True, text=f"{label}: no side beyond what is usual.")
    share = f"{label}: the {larger} leg's share is {one.share_pct(larger):.1f} %"
    if one.metric in return_limits().share_metrics and state.side is not None and larger != state.side:
        text = f"{share}, beyond what is usual: the other leg takes over."
        return ReturnCheck(rule="RR-OTHER", met=False, text=text)
    return ReturnCheck(rule="RR-SYMMETRY", met=False, text=f"{share}, beyond what is usual.")


def _beyond(one: StrideEvenness) -> Side | None:
    """The leg whose value is larger than usual by the whole interval, if one is; no interval or limit tells nothing."""
    low, high = one.usual_low_pct, one.usual_high_pct
    if low is None or high is None:
        if one.threshold_pct is None:
            return None
        low, high = -one.threshold_pct, one.threshold_pct
    if one.low_pct is not None and one.low_pct > high:
        return "right"
    return "left" if one.high_pct is not None and one.high_pct < low else None


def return_remarks(state: ReturnState, evidence: ReturnEvidence, *, today: date) -> tuple[Because, ...]:
    """What is worth saying beside a decision: the other leg's share, and what a ratio cannot tell.

    >>> day = date(2026, 5, 4)
    >>> there = ReturnState(side="left", site="shin", began=day, since=day, stage_since=day, bone=True)
    >>> [remark.rule for remark in return_remarks(there, ReturnEvidence(), today=day)]
    ['RR-BONE']
    """
    said = [
        Because(rule=check.rule, text=check.text)
        for check in _strides(state, [one for one in _fresh(evidence.strides, today) if one.day >= state.stage_since])
        if check.met is False
    ]
    if state.bone:
        text = "Even legs are no sign that bone has healed: both may have lost strength. Healing is a clinician's call."
        said.append(Because(rule="RR-BONE", text=text))
    return tuple(said)
