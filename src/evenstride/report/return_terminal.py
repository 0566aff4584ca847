"""The screen of a return to running: the answer, the next session, what is missing, what is trained beside it."""

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from evenstride.model import Exercise, ReturnCheck, ReturnDecision, ReturnSession, ReturnState, StrengthBeside
from evenstride.plan.return_stages import stage_of_return
from evenstride.report.looks import print_screen, printable, spoken, two_columns
from evenstride.report.plan_words import exercise_name

HISTORY_MAX = 6


def print_return(
    state: ReturnState,
    session: ReturnSession,
    *,
    missing: Sequence[ReturnCheck],
    beside: StrengthBeside,
    exercises: Mapping[str, Exercise],
    decision: ReturnDecision | None = None,
    console: Console | None = None,
) -> None:
    """Print where a return stands on standard output, or on the console given."""
    facts = two_columns()
    if session.not_before is not None:
        facts.add_row("not before", f"{session.not_before:%a} {session.not_before.day} {session.not_before:%B}")
    for place, check in enumerate(missing):
        facts.add_row("" if place else "for the next", Text(printable(f"{check.text} ({check.rule})")))
    named = ", ".join(exercise_name(one, exercises) for one in beside.exercises)
    first = f"; the {beside.first} leg begins" if beside.first else ""
    facts.add_row("beside it", Text(printable(f"{beside.aim}: {named}{first}")))
    for place, lock in enumerate(state.locks):
        facts.add_row("" if place else "locked", Text(printable(f"by {lock.name or lock.by}: {lock.why}")))
    for place, remark in enumerate(decision.remarks if decision else ()):
        facts.add_row("" if place else "noted", Text(printable(f"{remark.text} ({remark.rule})")))
    for place, one in enumerate(state.history[-HISTORY_MAX:]):
        told = f"{one.day}: {one.reason} ({one.rule})"
        facts.add_row("" if place else "history", Text(spoken(told)))

    def screen(width: int) -> RenderableType:
        del width
        return Group(
            Text(spoken(_answer(state, decision)), style="bold"), Text(printable(session.text)), Text(""), facts,
            Text(""),
        )  # fmt: skip

    print_screen(screen, console)


def _answer(state: ReturnState, decision: ReturnDecision | None) -> str:
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
