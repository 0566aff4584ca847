"""What holds of a review after runner and coach have said what they think, and how far coach and rules agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenstride.model import Adjustment, Review, ReviewOutcome
from evenstride.model.adjustment import AdjustmentKind

RULE = "D-OVERRIDE"
STAYS: tuple[AdjustmentKind, ...] = ("regress", "clear")
"""What no other outcome takes back: what hurt, or fell apart, waits for its own proof."""
RETEST_WITHIN = timedelta(days=7)
SUNDAY = timedelta(days=6)
WEEK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Of so many reviews that a coach spoke to, how many ended as the rules had it; the days of the others."""

    reviews: int
    same: int
    otherwise: tuple[date, ...] = ()


def adjustments_held(review: Review) -> tuple[Adjustment, ...]:
    """Return what a review asks of the plan as it holds: its own, or what the outcome said instead comes to.

    An outcome that was said instead keeps the steps back of single exercises and what the rules asked for the same
    outcome; it adds what its own name means (a light week, nothing rises, a test within seven days).
    """
    if not review.overridden:
        return review.adjustments
    outcome = review.held
    own = [one for decision in review.decisions if decision.outcome == outcome for one in decision.adjustments]
    kept = [*(one for one in review.adjustments if one.kind in STAYS), *own]
    named = _named(outcome, review)
    there = {one.kind for one in kept}
    return tuple(dict.fromkeys([*kept, *(one for one in named if one.kind not in there)]))


def _named(outcome: ReviewOutcome, review: Review) -> list[Adjustment]:
    """What an outcome means by its name alone, in the week after the reviewed one (or now, where that has begun)."""
    said = review.opinions[-1]
    monday = max(review.week + WEEK, said.day - timedelta(days=said.day.weekday()))
    who = said.name or f"the {said.by}"
    text = f"{who} decided for {outcome}" + (f": {said.why}" if said.why else "")
    week, now = (monday, monday + SUNDAY), (said.day, monday + SUNDAY)
    asked: Mapping[ReviewOutcome, tuple[AdjustmentKind, tuple[date, date]]] = {
        "hold": ("hold", now), "refer": ("hold", now), "deload": ("deload_week", week), "regress": ("fewer_sets", now),
        "retest": ("retest", (said.day, said.day + RETEST_WITHIN)),
    }  # fmt: skip
    if outcome not in asked:
        return []
    kind, (since, until) = asked[outcome]
    return [Adjustment(kind=kind, rule=RULE, since=since, until=until, text=text)]


def agreement(reviews: Sequence[Review]) -> Agreement:
    """Return how often a coach's word on reviews was the rules' own."""
    spoken = [(review, [one for one in review.opinions if one.by == "coach"]) for review in reviews]
    last = [(review, said[-1]) for review, said in spoken if said]
    otherwise = tuple(review.week for review, said in last if said.outcome != review.outcome)
    return Agreement(reviews=len(last), same=len(last) - len(otherwise), otherwise=otherwise)
