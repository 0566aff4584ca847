"""The weekly review's screen: the decision, why, what it asks of the plan, what would have changed it."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import Catalogue, Decision, Review
from evenstride.report.looks import as_text, print_screen, spoken, two_columns
from evenstride.report.numbers import day_span
from evenstride.report.plan_words import Exercises
from evenstride.report.review_words import (
    OUTCOME_WORDS,
    adherence_words,
    decision_words,
    exercises_told,
    rest_answers,
    review_answer,
    who_decided,
)
from evenstride.review.opinions import adjustments_held

EXERCISES_MAX = 12


def print_review(review: Review, catalogue: Catalogue, *, console: Console | None = None) -> None:
    """Print a review on standard output, or on the console given."""
    print_screen(lambda width: review_screen(review, catalogue, width=width), console)


def print_reviews(reviews: Sequence[Review], *, console: Console | None = None) -> None:
    """Print every review in one sentence, on standard output or on the console given."""
    lines = [Text(f"{decision_words(one)}{' In the plan.' if one.applied else ''}") for one in reviews]
    print_screen(lambda _: Group(*lines), console)


def review_text(review: Review, catalogue: Catalogue, *, width: int = 100) -> str:
    """Return a review's screen as plain text, without colour."""
    return as_text(review_screen(review, catalogue, width=width), width)


def review_screen(review: Review, catalogue: Catalogue, *, width: int = 100) -> RenderableType:
    """Return a review's screen."""
    del width
    exercises: Exercises = catalogue.exercises
    parts: list[RenderableType] = [
        Text(review_answer(review), style="bold"),
        Text(spoken(_meaning(review))),
        Text(""),
        Text("Why", style="bold"),
        _decisions(review.decisions),
    ]
    asked = adjustments_held(review)
    if asked:
        told = two_columns()
        for place, one in enumerate(asked):
            told.add_row("" if place else "of the plan", Text(spoken(f"{one.text} ({one.rule})")))
        parts += [Text(""), Text("What it asks", style="bold"), told]
    if review.exercises:
        parts += [Text(""), Text("Exercise by exercise", style="bold"), _exercises(review.exercises, exercises)]
    behind = _behind(review)
    return Group(*parts, Text(""), behind, Text(""))


def _meaning(review: Review) -> str:
    span = day_span(review.week, review.week + timedelta(days=6))
    state = "in the plan" if review.applied else "not yet in the plan: evenstride review --apply brings it there"
    said = who_decided(review)
    if review.overridden:
        return f"Week of {span}; {said}; {state}."
    return f"Week of {span}; {f'{said}, ' if said else ''}{state}."


def _decisions(decisions: Sequence[Decision]) -> RenderableType:
    table = two_columns()
    for one in decisions:
        said = Text(spoken(one.reason))
        for text in one.evidence:
            said.append(f"\n{spoken(text)}", style="dim")
        for text in one.would_change_if:
            said.append(f"\notherwise if: {spoken(text)}", style="dim")
        table.add_row(Text(f"{OUTCOME_WORDS[one.outcome]}\n{one.rule}\n{one.grade}"), said)
    return table


def _exercises(decisions: Sequence[Decision], exercises: Exercises) -> RenderableType:
    """What holds for each exercise: the ones that say the same share a line."""
    found = exercises_told(decisions, exercises)
    table = two_columns()
    for one in found[:EXERCISES_MAX]:
        table.add_row(OUTCOME_WORDS[one.outcome], Text(spoken(f"{', '.join(one.names)}: {one.reason}")))
    if len(found) > EXERCISES_MAX:
        table.add_row("", f"… and {len(found) - EXERCISES_MAX} more: --json lists them all")
    return table


def _behind(review: Review) -> RenderableType:
    table = two_columns()
    _said(table, "good to see", review.wins)
    _said(table, "in mind", [f"{one.cue.text} {one.why}" for one in review.cues])
    _said(table, "sessions kept", [adherence_words(review.adherence)] if review.adherence else [])
    if review.rest is not None:
        yes, counted = rest_answers(review.rest)
        _said(table, "rest questions", [*yes, f"{counted}; --json lists each with what it rests on"])
        _said(table, "advice", [f"{one.text}{f' ({one.how_soon})' if one.how_soon else ''}"
                                for one in review.rest.advice])  # fmt: skip
    _said(table, "noted", _together(review.notes))
    _said(table, "said to it", [f"{one.day}: {one.name or one.by}, {OUTCOME_WORDS[one.outcome]}"
                                f"{f' ({one.why})' if one.why else ''}" for one in review.opinions])  # fmt: skip
    return table


def _together(notes: Sequence[str]) -> list[str]:
    """Notes with the same beginning up to the colon share it."""
    found: dict[str, list[str]] = {}
    for note in notes:
        before, colon, after = note.partition(": ")
        found.setdefault(f"{before}{colon}" if colon else note, []).append(after)
    return [f"{before}{' '.join(after)}" for before, after in found.items()]


def _said(table: Table, label: str, texts: Iterable[str]) -> None:
    for place, text in enumerate(texts):
        table.add_row("" if place else label, Text(spoken(text)))
