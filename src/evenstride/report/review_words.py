"""The weekly review in words, for every door that shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from evenstride.model import Adherence, Decision, RestDecision, Review, ReviewOutcome
from evenstride.report.looks import spoken
from evenstride.report.numbers import day_span
from evenstride.report.plan_words import Exercises, exercise_name
from evenstride.review.opinions import Agreement

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


@dataclass(frozen=True, kw_only=True)
class ExercisesTold:
    """What holds for some exercises alike: the outcome, their names, the side where one alone is meant, and why."""

    outcome: ReviewOutcome
    names: tuple[str, ...]
    reason: str


def decision_words(review: Review) -> str:
    """Return a review in one sentence.

    >>> from datetime import date
    >>> said = (Decision(rule="D-HOLD-SLEEP", outcome="hold", reason="Three nights were short."),)
    >>> print(decision_words(Review(week=date(2026, 5, 4), day=date(2026, 5, 10), outcome="hold", decisions=said)))
    Week of 4 to 10 May: hold (D-HOLD-SLEEP). Three nights were short.
    """
    span = week_span(review)
    if review.overridden:
        said = review.opinions[-1]
        who = said.name or f"the {said.by}"
        why = f": {said.why}" if said.why else ""
        return f"Week of {span}: {OUTCOME_WORDS[review.held]}, decided by {who}{why}."
    first = review.decisions[0]
    return spoken(f"Week of {span}: {OUTCOME_WORDS[review.outcome]} ({first.rule}). {first.reason}")


def week_span(review: Review) -> str:
    """Return the days of a review's week."""
    return day_span(review.week, review.week + timedelta(days=6)).removesuffix(f" {review.week.year}")


def review_answer(review: Review) -> str:
    """Return the decision that holds and what it means.

    >>> from datetime import date
    >>> review_answer(Review(week=date(2026, 5, 4), day=date(2026, 5, 10), outcome="deload", decisions=()))
    'Deload: a light week now.'
    """
    said = OUTCOME_WORDS[review.held]
    return f"{said[0].upper()}{said[1:]}: {MEANINGS[review.held]}."


def who_decided(review: Review) -> str:
    """Return who decided otherwise, and what the rules had said, or who approved; empty where nobody spoke."""
    if review.overridden:
        said = review.opinions[-1]
        why = f" ({said.why})" if said.why else ""
        return f"decided by {said.name or f'the {said.by}'}{why}, the rules said {OUTCOME_WORDS[review.outcome]}"
    approved = next((one.name or one.by for one in reversed(review.opinions)), "")
    return f"approved by {approved}" if approved else ""


def agreement_words(agreed: Agreement) -> str:
    """Return how often a coach's word was the rules' own; nothing where no coach has spoken.

    >>> agreement_words(Agreement(reviews=5, same=4))
    'The coach and the rules agreed on 4 of 5 reviews.'
    """
    if not agreed.reviews:
        return ""
    return f"The coach and the rules agreed on {agreed.same} of {agreed.reviews} reviews."


def exercises_told(decisions: Sequence[Decision], exercises: Exercises) -> tuple[ExercisesTold, ...]:
    """Return what holds for each exercise: the ones that say the same together."""
    found: dict[tuple[ReviewOutcome, str], list[str]] = {}
    for one in decisions:
        name = exercise_name(one.exercise, exercises)
        side = f" ({one.side})" if one.side else ""
        reason = one.reason.removeprefix(f"{name}: ")
        found.setdefault((one.outcome, f"{reason} ({one.rule})"), []).append(f"{name}{side}")
    return tuple(
        ExercisesTold(outcome=outcome, names=tuple(dict.fromkeys(names)), reason=reason)
        for (outcome, reason), names in found.items()
    )


def adherence_words(one: Adherence) -> str:
    """Return how many sessions were kept, with the interval of the share."""
    if one.share is None or one.low is None or one.high is None:
        return "nothing was planned"
    left = f"; {one.unlogged} without a log" if one.unlogged else ""
    span = f"{100 * one.low:.0f} to {100 * one.high:.0f}"
    since = f"{one.since.day} {one.since:%B}"
    return f"{one.kept} of {one.planned} since {since} ({100 * one.share:.0f} %, {span}){left}"


def rest_answers(rest: RestDecision) -> tuple[list[str], str]:
    """Return the rest questions answered with yes, and how many were answered with no or are not known."""
    yes = [f"{step.question} Yes{f': {step.text}' if step.text else '.'}" for step in rest.path if step.answer]
    no = sum(step.answer is False for step in rest.path)
    unknown = sum(step.answer is None for step in rest.path)
    return yes, f"no to {no}, not known {unknown} of {len(rest.path)}"
