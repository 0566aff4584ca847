"""The screen of a trial: its plan before it starts, what holds today, and at its end what it found."""

from collections.abc import Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.text import Text

from evenstride.model import SOURCES, Trial, TrialAnswer
from evenstride.report.looks import print_screen, printable, two_columns
from evenstride.report.numbers import day_span
from evenstride.review.trial_words import amount, looked_at

KEEP = "import a run before you ask for the next; put a run off rather than changing what was drawn for it"
NOTHING_ELSE = "a smaller difference is not known to prevent anything, or to make anybody faster"


def print_planned_trial(trial: Trial, *, name: str, console: Console | None = None) -> None:
    """Print the plan of a trial: how many pairs, from which noise, what it can and cannot find."""
    first = f"Does “{name}” help you? {trial.pairs} pairs of {trial.unit}s, one of each pair with it, drawn by coins."
    rows = {"can find": trial.outlook, **trial_rows(trial), "note": trial.note, "mind": KEEP}
    print_screen(lambda _: _screen(first, rows), console)


def print_trial(
    trial: Trial, answer: TrialAnswer, *, name: str, today: str = "", others: Sequence[Trial] = (),
    console: Console | None = None,
) -> None:  # fmt: skip
    """Print a trial as it stands."""
    early = answer.verdict == "too_early"
    first = today if early and today else answer.text
    done = f"{answer.pairs} of {trial.pairs} pairs; {answer.n_on} runs with it and {answer.n_off} without"
    rows = {
        "on trial": f"“{name}” ({trial.id}), {_when(trial)}",
        "answer": answer.text if early else "",
        "done": done,
        "it would take": answer.waiting_for or "" if not early else "",
        **trial_rows(trial),
        "planned": trial.outlook,
        "note": trial.note,
        "mind": KEEP if early else NOTHING_ELSE,
        "other trials": ", ".join(one.id for one in others),
    }
    print_screen(lambda _: _screen(first, rows), console)


def trial_rows(trial: Trial) -> dict[str, str]:
    """Return what a trial looks at, what is worth having, and what does not count."""
    source = SOURCES.get(trial.source, trial.source)
    wanted = "" if trial.usual_side or trial.better is None else f"; {trial.better} is better"
    side = (
        f"; counted towards the {trial.usual_side} leg, whose value is usually larger" if trial.usual_side else wanted
    )
    rows = {
        "looks at": f"{looked_at(trial)} ({source}), at your usual conditions{side}",
        "worth having": f"a change of {amount(trial, trial.smallest)} or more",
    }
    if trial.periods[0].washout:
        rows["not counted"] = "the first run of each week: it may still feel the week before"
    return rows


def _when(trial: Trial) -> str:
    if trial.ended is not None and trial.ended >= trial.began:
        return day_span(trial.began, trial.ended)
    return f"since {trial.began.day} {trial.began:%B %Y}"


def _screen(first: str, facts: Mapping[str, str]) -> RenderableType:
    rows = two_columns()
    for label, text in facts.items():
        if text:
            rows.add_row(label, Text(printable(text)))
    return Group(Text(printable(first), style="bold"), Text(""), rows)
