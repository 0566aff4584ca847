"""A weekly review as a JSON-ready document, ``evenstride.review/1``."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from evenstride.model import Adherence, Adjustment, Decision, Opinion, RestDecision, Review
from evenstride.plan.difference import PlanDifference
from evenstride.report.document import json_number
from evenstride.report.plan_change_document import difference_document
from evenstride.review.opinions import Agreement, adjustments_held

SCHEMA = "evenstride.review/1"
LIST_SCHEMA = "evenstride.reviews/1"


def week_name(week: date) -> str:
    """Return a week by its number of the year.

    >>> week_name(date(2026, 5, 11))
    '2026-W20'
    """
    year, number, _ = week.isocalendar()
    return f"{year}-W{number:02}"


def review_document(review: Review, *, difference: PlanDifference | None = None) -> dict[str, Any]:
    """Return the document of a review; ``difference`` is what changed in the plan where it was applied just now."""
    decisions = review.decisions
    return {
        "schema": SCHEMA,
        "week": week_name(review.week),
        "monday": review.week.isoformat(),
        "sunday": (review.week + timedelta(days=6)).isoformat(),
        "day": review.day.isoformat(),
        "outcome": review.held,
        "outcome_by_rules": review.outcome,
        "rules": [one.rule for one in decisions],
        "reasons": [one.reason for one in decisions],
        "evidence": [text for one in decisions for text in one.evidence],
        "decisions": [_decision(one) for one in decisions],
        "exercises": [_decision(one) for one in review.exercises],
        "adjustments": [_adjustment(one) for one in adjustments_held(review)],
        "plan_change": difference_document(difference or PlanDifference()),
        "would_change_if": [text for one in decisions for text in one.would_change_if],
        "adherence": _adherence(review.adherence),
        "rest": _rest(review.rest),
        "wins": list(review.wins),
        "notes": list(review.notes),
        "cues": [{"id": one.cue.id, "text": one.cue.text, "why": one.why} for one in review.cues],
        "opinions": [_opinion(one) for one in review.opinions],
        "applied": review.applied,
    }


def reviews_document(reviews: Sequence[Review], agreed: Agreement) -> dict[str, Any]:
    """Return the document of all reviews, and how often a coach's word was the rules' own."""
    return {
        "schema": LIST_SCHEMA,
        "reviews": [review_document(one) for one in reviews],
        "overridden": sum(one.overridden for one in reviews),
        "coach": {
            "reviews": agreed.reviews, "same": agreed.same, "otherwise": [week_name(one) for one in agreed.otherwise],
        },
    }  # fmt: skip


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "rule": one.rule, "outcome": one.outcome, "reason": one.reason, "evidence": list(one.evidence),
        "would_change_if": list(one.would_change_if), "exercise": one.exercise or None, "side": one.side,
        "grade": one.grade,
    }  # fmt: skip


def _adjustment(one: Adjustment) -> dict[str, Any]:
    return {
        "kind": one.kind, "rule": one.rule, "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else None, "text": one.text, "exercise": one.exercise or None,
        "to": one.to or None, "side": one.side, "amount": one.amount or None,
    }  # fmt: skip


def _adherence(one: Adherence | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "since": one.since.isoformat(), "until": one.until.isoformat(), "planned": one.planned, "kept": one.kept,
        "unlogged": one.unlogged, "share": json_number(one.share), "low": json_number(one.low),
        "high": json_number(one.high),
    }  # fmt: skip


def _rest(one: RestDecision | None) -> dict[str, Any] | None:
    if one is None:
        return None
    path = [{"node": step.node, "question": step.question, "answer": step.answer, "text": step.text}
            for step in one.path]  # fmt: skip
    advice = [{"action": two.action, "text": two.text, "how_soon": two.how_soon or None,
               "exercise": two.exercise or None, "side": two.side} for two in one.advice]  # fmt: skip
    return {"date": one.day.isoformat(), "path": path, "advice": advice}


def _opinion(one: Opinion) -> dict[str, Any]:
    return {
        "by": one.by, "name": one.name or None, "date": one.day.isoformat(), "outcome": one.outcome,
        "why": one.why or None,
    }  # fmt: skip
