"""The weekly review: every rule that speaks of the week, which one wins, and what the next plan is asked to change."""

from collections.abc import Sequence
from dataclasses import replace

from evenstride.model import OUTCOMES, Adjustment, Decision, Review, ReviewCase
from evenstride.model.adjustment import AdjustmentKind
from evenstride.model.review import ReviewOutcome
from evenstride.review.adherence import judged
from evenstride.review.decisions import DECISIONS
from evenstride.review.exercise_rules import exercise_decisions, held_back
from evenstride.review.facts import Facts, week_facts
from evenstride.review.rules_hold import hold_asked, overrides_of
from evenstride.review.wins import small_wins

STOPPING: tuple[AdjustmentKind, ...] = ("hold", "deload_week", "fewer_sets", "fewer_sessions", "regress")
"""All that a referral leaves of what was asked: less, never more, and no test."""
CAREFUL: tuple[ReviewOutcome, ...] = ("refer", "regress", "retest", "deload", "hold")
"""Where one of these was decided, nothing is asked that adds work."""
ADDING: tuple[ReviewOutcome, ...] = ("redistribute", "progress")
EARNED_ANYWAY = ("D-HOLD-PART", "D-HOLD-KEEP-ON")
"""These wait with the week as a whole; an exercise that was done as asked twice goes on."""
LIGHTER: tuple[AdjustmentKind, ...] = ("hold", "fewer_sets")
"""What a light week contains already."""


def weekly_review(case: ReviewCase) -> Review:
    """Decide on one week: the outcome, every rule that spoke, decisions per exercise, and what the plan is asked for.

    Precedence is refer > regress > re-test > deload > hold > redistribute > progress. There is always a decision with
    its reason, in an empty week too. The same case gives the same review; with the legs exchanged, the same with the
    legs exchanged. Works for any case; what is not known is said and counts neither way.

    >>> from datetime import date
    >>> from evenstride.model import Catalogue, Profile
    >>> case = ReviewCase(week=date(2026, 5, 4), today=date(2026, 5, 10), profile=Profile(name="Ada"),
    ...                   catalogue=Catalogue(exercises={}, phases=(), cues=(), rules={}))
    >>> review = weekly_review(case)
    >>> print(review.outcome, review.decisions[0].rule, review.decisions[0].reason)
    hold D-HOLD-EMPTY Nothing was logged in this week yet, so the plan goes on as it stands.
    """
    facts = week_facts(case)
    facts = replace(facts, exercises=exercise_decisions(facts))
    found = [decision for rule in DECISIONS.values() if (decision := rule(facts))]
    found.sort(key=lambda one: OUTCOMES.index(one.outcome))  # stable: within an outcome the table's order
    # Opinions are about what leads without them, so they are asked last.
    facts = replace(facts, leading=found[0].rule)
    if asked := hold_asked(facts):
        found = sorted([asked, *found], key=lambda one: OUTCOMES.index(one.outcome))
    still = next((one for one in found if _holds_all(one)), None)
    exercises = held_back(facts.exercises, still.reason) if still else facts.exercises
    adjustments = surviving([*found, *exercises])
    return Review(
        week=case.week, day=case.today, outcome=found[0].outcome, decisions=tuple(found), exercises=exercises,
        adjustments=adjustments, adherence=facts.month, rest=facts.rest, wins=small_wins(case),
        notes=tuple(_notes(facts, found, adjustments)),
    )  # fmt: skip


def _holds_all(one: Decision) -> bool:
    """Whether a decision holds every exercise: one exercise's own step back, or a test, leaves the others alone.

    So do weeks of which a part was done, and re-tests that cannot tell: what was done as asked twice is its own proof.
    """
    return one.rule not in EARNED_ANYWAY and (
        one.outcome in ("refer", "deload", "hold") or any(asked.kind == "hold" for asked in one.adjustments)
    )


def surviving(decisions: Sequence[Decision]) -> tuple[Adjustment, ...]:
    """Return what is asked of the plan when several rules apply, in order of precedence, each thing once.

    After a referral only what stops or lessens remains. Where anything from refer to hold was decided, what rules of
    redistribute or progress ask is dropped, but for exercises that come back. A light week contains the smaller holds
    that it covers. Steps back of single exercises and tests stay (a test not after a referral).
    """
    outcomes = {one.outcome for one in decisions if not one.exercise}
    ranked = sorted(decisions, key=lambda one: OUTCOMES.index(one.outcome))
    asked = [(one.outcome, adjustment) for one in ranked for adjustment in one.adjustments]
    if outcomes & set(CAREFUL):
        asked = [(outcome, one) for outcome, one in asked if outcome not in ADDING or one.kind == "clear"]
    if "refer" in outcomes:
        asked = [(outcome, one) for outcome, one in asked if one.kind in STOPPING]
    light = [one for _, one in asked if one.kind == "deload_week"]
    kept: dict[tuple[object, ...], Adjustment] = {}
    for _, one in asked:
        inside = one.kind in LIGHTER and any(two.until and one.until and one.until <= two.until for two in light)
        if not inside:
            kept.setdefault((one.kind, one.exercise, one.side), one)
    return tuple(kept.values())


def overrides_count(reviews: Sequence[Review], *, rule: str) -> int:
    """How often runner or coach decided otherwise where a rule led."""
    return sum(one.overridden and bool(one.decisions) and one.decisions[0].rule == rule for one in reviews)


def _notes(facts: Facts, found: Sequence[Decision], kept: Sequence[Adjustment]) -> list[str]:
    notes = []
    unknown = [one.question for one in facts.rest.path if one.answer is None]
    if unknown:
        notes.append(f"Not known, and so counted neither way: {len(unknown)} of {len(facts.rest.path)} questions.")
    if not judged(facts.told):
        notes.append(f"Too early to judge by sessions kept: {facts.told_words}.")
    stays = {(one.kind, one.exercise, one.side) for one in kept}
    asked = [one for decision in found for one in decision.adjustments]
    dropped = [one.text for one in asked if (one.kind, one.exercise, one.side) not in stays]
    notes += [f"Not asked for now, because of what weighs more this week: {text}" for text in dropped]
    if before := overrides_of(facts):
        last = before[-1]
        said = last.opinions[-1]
        who = said.name or said.by
        count = overrides_count(facts.case.reviews, rule=facts.leading)
        times = "once" if count == 1 else f"{count} times"
        why = f" ({said.why})" if said.why else ""
        notes.append(
            f"Where {facts.leading} led before, it was decided otherwise {times}; last on {said.day} by {who}:"
            f" {last.held}{why}."
        )
    return notes
