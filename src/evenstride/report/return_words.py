"""A return to running in words, the same on a screen and on a page."""

from collections.abc import Iterator, Mapping, Sequence

from evenstride.model import Exercise, ReturnCheck, ReturnDecision, ReturnSession, ReturnState, StrengthBeside
from evenstride.plan.return_stages import stage_of_return
from evenstride.report.plan_words import exercise_name

HISTORY_MAX = 6


def return_lines(
    state: ReturnState,
    session: ReturnSession,
    *,
    missing: Sequence[ReturnCheck],
    beside: StrengthBeside,
    exercises: Mapping[str, Exercise],
    decision: ReturnDecision | None = None,
) -> Iterator[tuple[str, str]]:
    """Yield what stands beside the next session of a return: (label, text), what belongs together in a row."""
    if session.not_before is not None:
        yield "not before", f"{session.not_before:%a} {session.not_before.day} {session.not_before:%B}"
    for check in missing:
        yield "for the next", f"{check.text} ({check.rule})"
    named = ", ".join(exercise_name(one, exercises) for one in beside.exercises)
    first = f"; the {beside.first} leg begins" if beside.first else ""
    yield "beside it", f"{beside.aim}: {named}{first}"
    for lock in state.locks:
        yield "locked", f"by {lock.name or lock.by}: {lock.why}"
    for remark in decision.remarks if decision else ():
        yield "noted", f"{remark.text} ({remark.rule})"
    for one in state.history[-HISTORY_MAX:]:
        yield "history", f"{one.day}: {one.reason} ({one.rule})"


def return_answer(state: ReturnState, decision: ReturnDecision | None = None) -> str:
    """Return where a return stands, or what the log that was just told led to."""
    if decision is not None:
        return f"{decision.because[0].text} ({decision.rule})"
    if state.referred:
        return "A clinician comes first."
    if state.finished_on is not None:
        return f"The return is over since {state.finished_on}."
    stage = stage_of_return(state.stage)
    of = f", step {state.step} of {len(stage.steps)}" if len(stage.steps) > 1 else ""
    label = f"{stage.label[0].upper()}{stage.label[1:]}"
    leg = f"{state.side} " if state.side else ""
    return f"{label}{of}, since {state.since} ({leg}{state.site})."
