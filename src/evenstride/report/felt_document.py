"""Feeling, cues and blocks as JSON-ready documents: ``evenstride.feeling/1``, ``evenstride.cues/1``."""

from collections.abc import Sequence
from typing import Any

from evenstride.model import Estimated, FeelingAnswer, FeelingMatch, FeelingPair
from evenstride.model.today import BlockEffect, CueEffect
from evenstride.report.log_document import agreement_document, trend_document
from evenstride.review.checklist import Agreement, ScoreTrend

FEELING_SCHEMA = "evenstride.feeling/1"
CUES_SCHEMA = "evenstride.cues/1"


def feeling_document(
    answer: FeelingAnswer | None, pairs: Sequence[FeelingPair], *, trend: ScoreTrend | None, agreed: Agreement
) -> dict[str, Any]:
    """Return whether feeling tracks the data, with each run behind it; without runs that can tell its fields are null.

    >>> from evenstride.review.checklist import agreement
    >>> feeling_document(None, (), trend=None, agreed=agreement([]))["verdict"]
    'too_early'
    """
    return {
        "schema": FEELING_SCHEMA,
        "verdict": answer.verdict if answer else "too_early",
        "text": answer.text if answer else None,
        "metric": answer.metric if answer else None,
        "source": answer.source if answer else None,
        "n_runs": answer.n_runs if answer else 0,
        "seen": answer.seen if answer else 0,
        "waiting_for": answer.waiting_for if answer else "runs with left and right",
        "signed": _match(answer.signed) if answer else None,
        "uneven": _match(answer.uneven) if answer else None,
        "score": _match(answer.score) if answer else None,
        "pairs": [_pair(one) for one in pairs],
        "checklist_trend": trend_document(trend),
        "agreement": agreement_document(agreed),
    }


def cues_document(effects: Sequence[CueEffect]) -> dict[str, Any]:
    """Return what each cue with runs on record did to the gap between the legs."""
    return {"schema": CUES_SCHEMA, "cues": [_cue(one) for one in effects]}


def block_document(one: BlockEffect) -> dict[str, Any]:
    """Return what one run made of blocks tells."""
    return {
        "run": one.run, "block": one.kind, "first": one.first, "n": one.n, "text": one.text,
        "left_minded": estimated(one.left_minded), "right_minded": estimated(one.right_minded),
        "difference": estimated(one.difference),
    }  # fmt: skip


def estimated(one: Estimated | None) -> dict[str, float] | None:
    """Return a number with its interval; None where it is not told."""
    return None if one is None else {"value": one.value, "low": one.low, "high": one.high}


def _match(one: FeelingMatch | None) -> dict[str, float] | None:
    found = estimated(one)
    return None if one is None or found is None else {**found, "n": one.n}


def _cue(one: CueEffect) -> dict[str, Any]:
    return {
        "cue": one.cue, "n_with": one.n_with, "n_without": one.n_without, "effect_pct": estimated(one.effect),
        "excludes_worthwhile": one.excludes_worthwhile, "text": one.text,
    }  # fmt: skip


def _pair(one: FeelingPair) -> dict[str, Any]:
    return {
        "run": one.run, "date": one.day.isoformat(), "harder": one.harder, "uneven_0_4": one.uneven_0_4,
        "score_0_100": None if one.score_0_100 is None else round(one.score_0_100, 1), "index_pct": one.index,
        "low_pct": one.low, "high_pct": one.high, "before_numbers": one.before_numbers,
    }  # fmt: skip
