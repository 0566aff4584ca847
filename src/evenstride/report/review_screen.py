"""The weekly review's screen: the decision, why, what it asks of the plan, what would have changed it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from evenstride.model import Adherence, Catalogue, Decision, Review, ReviewOutcome
from evenstride.report.looks import as_text, print_screen, spoken, two_columns
from evenstride.report.numbers import day_span
from evenstride.report.plan_words import Exercises, exercise_name
from evenstride.review.opinions import Agreement, adjustments_held

OUTCOME_WORDS: Mapping[ReviewOutcome, str] = {
    "refer": "refer", "regress": "regress", "retest": "re-test", "deload": "deload", "hold": "hold",
    "redistribute": "redistribute", "progress": "progress",
}  # fmt: skip
MEANINGS: Mapping[ReviewOutcome, str] = {
    "refer": "let a clinician look at it before training goes on",
    "regress": "one step back where it hurt or fell apart; the rest goes on",
    "retest": "test each leg within a week, then decide",
    "deload": "a light week now",
    "hold": "the same again; nothing rises",
    "redistribute": "more of the work for the leg that lags",
    "progress": "go on; what is earned may rise",
}
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


def decision_words(review: Review) -> str:
    """Return a review in one sentence.

    >>> from datetime import date
    >>> said = (Decision(rule="D-HOLD-SLEEP", outcome="hold", reason="Three nights were short."),)
    >>> print(decision_words(Review(week=date(2026, 5, 4), day=date(2026, 5, 10), outcome="hold", decisions=said)))
    Week of 4 to 10 May: hold (D-HOLD-SLEEP). Three nights were short.
    """
    span = day_span(review.week, review.week + timedelta(days=6)).removesuffix(f" {review.week.year}")
    if review.overridden:
        said = review.opinions[-1]
        who = said.name or f"the {said.by}"
        why = f": {said.why}" if said.why else ""
        return f"Week of {span}: {OUTCOME_WORDS[review.held]}, decided by {who}{why}."
    first = review.decisions[0]
    return spoken(f"Week of {span}: {OUTCOME_WORDS[review.outcome]} ({first.rule}). {first.reason}")


def review_screen(review: Review, catalogue: Catalogue, *, width: int = 100) -> RenderableType:
    """Return a review's screen."""
    del width
    exercises: Exercises = catalogue.exercises
    outcome = review.held
    answer = f"{OUTCOME_WORDS[outcome][0].upper()}{OUTCOME_WORDS[outcome][1:]}: {MEANINGS[outcome]}."
    parts: list[RenderableType] = [
        Text(answer, style="bold"),
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


def agreement_words(agreed: Agreement) -> str:
    """Return how often a coach's word was the rules' own; nothing where no coach has spoken.

    >>> agreement_words(Agreement(reviews=5, same=4))
    'The coach and the rules agreed on 4 of 5 reviews.'
    """
    if not agreed.reviews:
        return ""
    return f"The coach and the rules agreed on {agreed.same} of {agreed.reviews} reviews."


def _meaning(review: Review) -> str:
    span = day_span(review.week, review.week + timedelta(days=6))
    state = "in the plan" if review.applied else "not yet in the plan: evenstride review --apply brings it there"
    if review.overridden:
        said = review.opinions[-1]
        who = said.name or f"the {said.by}"
        why = f" ({said.why})" if said.why else ""
        return f"Week of {span}; decided by {who}{why}, the rules said {OUTCOME_WORDS[review.outcome]}; {state}."
    approved = next((one.name or one.by for one in reversed(review.opinions)), "")
    return f"Week of {span}; {f'approved by {approved}, ' if approved else ''}{state}."


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
    found: dict[tuple[ReviewOutcome, str], list[str]] = {}
    for one in decisions:
        name = exercise_name(one.exercise, exercises)
        side = f" ({one.side})" if one.side else ""
        reason = one.reason.removeprefix(f"{name}: ")
        found.setdefault((one.outcome, f"{reason} ({one.rule})"), []).append(f"{name}{side}")
    table = two_columns()
    for (outcome, reason), names in list(found.items())[:EXERCISES_MAX]:
        table.add_row(OUTCOME_WORDS[outcome], Text(spoken(f"{', '.join(dict.fromkeys(names))}: {reason}")))
    if len(found) > EXERCISES_MAX:
        table.add_row("", f"… and {len(found) - EXERCISES_MAX} more: --json lists them all")
    return table


def _behind(review: Review) -> RenderableType:
    table = two_columns()
    _said(table, "good to see", review.wins)
    _said(table, "in mind", [f"{one.cue.text} {one.why}" for one in review.cues])
    _said(table, "sessions kept", [_adherence(review.adherence)] if review.adherence else [])
    if review.rest is not None:
        yes = [
            f"{step.question} Yes{f': {step.text}' if step.text else '.'}" for step in review.rest.path if step.answer
        ]
        no = sum(step.answer is False for step in review.rest.path)
        unknown = sum(step.answer is None for step in review.rest.path)
        counted = f"no to {no}, not known {unknown} of {len(review.rest.path)}; --json lists each with what it rests on"
        _said(table, "rest questions", [*yes, counted])
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


def _adherence(one: Adherence) -> str:
    if one.share is None or one.low is None or one.high is None:
        return "nothing was planned"
    left = f"; {one.unlogged} without a log" if one.unlogged else ""
    span = f"{100 * one.low:.0f} to {100 * one.high:.0f}"
    since = f"{one.since.day} {one.since:%B}"
    return f"{one.kept} of {one.planned} since {since} ({100 * one.share:.0f} %, {span}){left}"


def _said(table: Table, label: str, texts: Iterable[str]) -> None:
    for place, text in enumerate(texts):
        table.add_row("" if place else label, Text(spoken(text)))
