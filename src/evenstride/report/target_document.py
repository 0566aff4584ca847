"""The personal target range as a part of JSON documents."""

from typing import Any

from evenstride.judge.target_rules import TARGET_RULES
from evenstride.model import TargetRange, TargetReview
from evenstride.report.document import json_number, json_text


def target_document(target: TargetRange | None) -> dict[str, Any] | None:
    """Return a range with its reviews; null where there is none.

    >>> from evenstride.report.example_season import example_range
    >>> document = target_document(example_range())
    >>> document["low"], document["high"], document["status"], document["reviews"][0]["rule"]
    (-0.8, 3.2, 'cannot_tell', 'T-KEEP')
    """
    if target is None:
        return None
    rule = TARGET_RULES[target.rule]
    return {
        "low": json_number(target.low),
        "high": json_number(target.high),
        "unit": target.unit,
        "status": target.status,
        "status_since": target.status_since.isoformat(),
        "set_on": target.set_on.isoformat(),
        "rule": rule.id,
        "text": rule.reason,
        "grade": rule.grade,
        "device": json_text(target.device),
        "next_review": target.next_review.isoformat() if target.next_review else None,
        "reviews": [_review(one) for one in target.reviews],
    }


def _review(one: TargetReview) -> dict[str, Any]:
    return {
        "date": one.day.isoformat(),
        "low": json_number(one.low),
        "high": json_number(one.high),
        "rule": one.rule,
        "text": TARGET_RULES[one.rule].reason,
        "status": one.status,
        "seen": json_number(one.seen),
        "seen_low": json_number(one.seen_low),
        "seen_high": json_number(one.seen_high),
    }
