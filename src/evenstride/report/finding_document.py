"""A finding as one JSON-ready document, ``evenstride.finding/1``: names and fields are a contract."""

from typing import Any

from evenstride.model import Evidence, Finding
from evenstride.report.document import json_number, json_text
from evenstride.report.finding_words import finding_answer

SCHEMA = "evenstride.finding/1"


def finding_document(finding: Finding) -> dict[str, Any]:
    """Return the document of a finding.

    >>> from evenstride.report.example_season import example_finding
    >>> document = finding_document(example_finding())
    >>> document["limb"], document["action"], document["evidence"][0]["direction"]
    ('left', 'do', 'left')
    """
    said = finding_answer(finding)
    return {
        "schema": SCHEMA,
        "date": finding.day.isoformat(),
        "answer": said.text,
        "meaning": said.meaning,
        "limb": finding.limb,
        "action": finding.action,
        "confidence": json_number(finding.confidence),
        "emphases": list(finding.emphases),
        "evidence": [_evidence(one) for one in finding.evidence],
        "contradictions": [json_text(text) for text in finding.contradictions],
        "rules": list(finding.rules),
        "reasons": [json_text(text) for text in finding.reasons],
        "next_steps": [json_text(text) for text in finding.next_steps],
        "version": finding.version,
    }


def _evidence(one: Evidence) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "source": one.source,
        "what": json_text(one.what),
        "date": one.day.isoformat(),
        "direction": one.direction,
        "size": json_number(one.size),
        "low": json_number(one.low),
        "high": json_number(one.high),
        "unit": one.unit,
        "weight": json_number(one.weight),
        "counts": one.counts,
        "grade": one.grade,
        "emphases": list(one.emphases),
        "text": json_text(one.text),
    }
