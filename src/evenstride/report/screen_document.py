"""Tests of each leg as JSON-ready documents, ``evenstride.screen/1`` and ``evenstride.protocol/1``."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from evenstride.model import Assessment, Direction, LegChange, LimbComparison, Norm, TestResult
from evenstride.report.document import json_number, json_text
from evenstride.report.season_document import direction_document
from evenstride.report.target_document import target_document

SCHEMA = "evenstride.screen/1"
PROTOCOL_SCHEMA = "evenstride.protocol/1"


def screen_document(
    comparisons: Sequence[LimbComparison], results: Sequence[TestResult] = (), *, direction: Direction | None = None,
    changes: Sequence[LegChange] = (),
) -> dict[str, Any]:  # fmt: skip
    """Return the document of tests: what the two legs' results say, how each leg changed, every result as entered.

    Results that the comparisons carry need not be given again.

    >>> from evenstride.report.example_season import example_comparison
    >>> document = screen_document([example_comparison()])
    >>> document["comparisons"][0]["weaker"], document["results"][0]["left"]
    ('left', [17.0, 18.0])
    """
    own = [one.result for one in comparisons if one.result is not None]
    every = [*own, *(result for result in results if result not in own)]
    return {
        "schema": SCHEMA,
        "comparisons": [_comparison(one) for one in comparisons],
        "results": [_result(result) for result in every],
        "direction": direction_document(direction),
        "changes": [_change(one) for one in changes],
    }


def protocol_document(assessment: Assessment) -> dict[str, Any]:
    """Return the document of one test's protocol."""
    return {
        "schema": PROTOCOL_SCHEMA,
        "test": assessment.name,
        "label": assessment.label,
        "unit": assessment.unit,
        "capacity": assessment.capacity,
        "emphasis": assessment.emphasis,
        "larger_is_better": assessment.larger_is_better,
        "steps": list(assessment.steps),
        "familiarisation": assessment.familiarisation,
        "trials": assessment.trials,
        "summary": assessment.summary,
        "why_summary": assessment.why_summary,
        "reject_when": list(assessment.reject_when),
        "may_mean": assessment.may_mean,
        "may_not_mean": assessment.may_not_mean,
        "safety": list(assessment.safety),
        "equipment": list(assessment.equipment),
        "baseline_target": json_number(assessment.baseline_target),
        "advanced_target": json_number(assessment.advanced_target),
        "target_ratio_pct": json_number(assessment.target_ratio_pct),
        "target_grade": assessment.target_grade,
        "detectable": json_number(assessment.detectable),
        "detectable_source": assessment.detectable_source,
        "detectable_related": assessment.detectable_related,
        "smallest": json_number(assessment.smallest),
        "smallest_share_pct": json_number(assessment.smallest_share_pct),
        "smallest_grade": assessment.smallest_grade,
        "poorer_word": assessment.poorer_word,
        "norms": [_norm(norm) for norm in assessment.norms],
        "classes": list(assessment.classes),
        "least": json_number(assessment.least),
        "most": json_number(assessment.most) if isfinite(assessment.most) else None,
        "from_runs": assessment.from_runs,
    }


def _comparison(one: LimbComparison) -> dict[str, Any]:
    return {
        "id": one.result.id if one.result else None,
        "test": one.test,
        "label": one.label,
        "unit": one.unit,
        "date": one.day.isoformat(),
        "left": json_number(one.left),
        "right": json_number(one.right),
        "n_left": one.n_left,
        "n_right": one.n_right,
        "difference": json_number(one.difference),
        "low": json_number(one.low),
        "high": json_number(one.high),
        "mdc95": json_number(one.mdc95),
        "mdc_source": one.mdc_source,
        "mdc_basis": one.mdc_basis,
        "smallest": json_number(one.smallest),
        "beyond_error": one.beyond_error,
        "weaker": one.weaker,
        "lower": one.lower,
        "poorer_word": one.poorer_word,
        "low_on_both": one.low_on_both,
        "limb_ratio_pct": json_number(one.limb_ratio_pct),
        "target_met": dict(one.target_met),
        "target": target_document(one.target),
        "next_target": one.next_target,
        "norm_share_pct": _numbers(one.norm_share_pct),
        "capacity": one.capacity,
        "emphasis": one.emphasis,
        "text": json_text(one.text),
    }


def _change(one: LegChange) -> dict[str, Any]:
    return {
        "test": one.test,
        "label": one.label,
        "unit": one.unit,
        "side": one.side,
        "date": one.day.isoformat(),
        "since": one.since.isoformat(),
        "value": json_number(one.value),
        "before": json_number(one.before),
        "change": json_number(one.change),
        "mdc95": json_number(one.mdc95),
        "mdc_source": one.mdc_source,
        "mdc_basis": one.mdc_basis,
        "beyond_error": one.beyond_error,
        "improved": one.improved,
        "text": json_text(one.text),
    }


def _result(result: TestResult) -> dict[str, Any]:
    return {
        "id": result.id,
        "test": result.test,
        "date": result.day.isoformat(),
        "left": [json_number(value) for value in result.left],
        "right": [json_number(value) for value in result.right],
        "source": result.source,
        "extra": _numbers(result.extra),
        "note": json_text(result.note),
    }


def _norm(norm: Norm) -> dict[str, Any]:
    ages = {"age_from": norm.age_from, "age_to": norm.age_to, "sex": norm.sex}
    return ages | {"value": json_number(norm.value), "source": norm.source}


def _numbers(values: Mapping[str, float]) -> dict[str, float | None]:
    return {name: json_number(value) for name, value in values.items()}
