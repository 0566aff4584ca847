"""The screen of a return to running: the answer, the next session, what is missing, what is trained beside it."""

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from evenstride.model import Exercise, ReturnCheck, ReturnDecision, ReturnSession, ReturnState, StrengthBeside
from evenstride.report.looks import print_screen, printable, spoken, two_columns
from evenstride.report.return_words import return_answer, return_lines


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
    before = ""
    for label, text in return_lines(
        state, session, missing=missing, beside=beside, exercises=exercises, decision=decision
    ):
        facts.add_row("" if label == before else label, Text(spoken(text)))
        before = label

    def screen(width: int) -> RenderableType:
        del width
        answer = Text(spoken(return_answer(state, decision)), style="bold")
        return Group(answer, Text(printable(session.text)), Text(""), facts, Text(""))

    print_screen(screen, console)
