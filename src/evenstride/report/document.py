"""A run's report as one JSON-ready document, ``evenstride.run/1``: names and fields are a contract.

Every number is finite or null. Six significant digits are kept: more than any interval supports, and short to read.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import Any

from evenstride.model import Effect, Judged, RunReport, SpanIndex, SymmetryEstimate
from evenstride.report.words import answer

SCHEMA = "evenstride.run/1"
SUMMARY = ("cadence_spm", "contact_time_s", "vertical_oscillation_m", "step_length_m")
"""Levels that every document names, null where the file has none; others stand beside them when known."""


def runs_document(reports: Sequence[RunReport], failed: Sequence[tuple[str, str]] = ()) -> dict[str, Any]:
    """Return the document of many runs, and of the files that failed as (name, sentence).

    >>> runs_document([], [("broken.fit", "Nothing in this file can be read.")])["failed"]
    [{'name': 'broken.fit', 'error': 'Nothing in this file can be read.'}]
    """
    return {
        "schema": SCHEMA,
        "runs": [run_document(report) for report in reports],
        "failed": [{"name": json_text(name), "error": json_text(error)} for name, error in failed],
    }


def run_document(report: RunReport) -> dict[str, Any]:
    """Return one run's entry.

    >>> from evenstride.report.example import example_report
    >>> entry = run_document(example_report())
    >>> entry["estimates"][0]["verdict"], entry["estimates"][0]["low_pct"], entry["thirds"][0]["index_pct"]
    ('ordinary', -2.8, [-1.4, -1.8, -2.5])
    """
    said = answer(report)
    return {
        "source": _source(report),
        "sport": report.sport,
        "start": report.start.isoformat(),
        "duration_s": json_number(report.duration_s),
        "distance_m": json_number(report.distance_m),
        "n_records": report.n_records,
        "answer": said.text,
        "meaning": said.meaning,
        "usable": {
            "share": json_number(report.usable_share),
            "dropped": [{"reason": one.reason, "seconds": json_number(one.seconds)} for one in report.dropped],
        },
        "summary": dict.fromkeys(SUMMARY) | {key: json_number(value) for key, value in report.summary.items()},
        "estimates": [_estimate(judged.estimate) for judged in report.judged],
        "effects": [_effect(effect) for judged in report.judged for effect in judged.effects],
        "thirds": [_thirds(judged) for judged in report.judged if judged.thirds],
        "laps": [_lap(report, judged, lap) for judged in report.judged for lap in judged.laps],
        "notes": [{"code": note.code, "text": json_text(note.text)} for note in report.notes],
        "errors": [{"code": loss.code, "text": json_text(loss.text)} for loss in report.losses],
    }


def _source(report: RunReport) -> dict[str, Any]:
    source = report.source
    return {
        "name": json_text(source.name),
        "sha256": source.sha256,
        "format": source.format,
        "device": {"manufacturer": _maybe(source.device.manufacturer), "product": _maybe(source.device.product)},
    }


def _estimate(estimate: SymmetryEstimate) -> dict[str, Any]:
    return {
        "metric": estimate.metric,
        "unit": "%",
        "index_pct": json_number(estimate.index_pct),
        "low_pct": json_number(estimate.low_pct),
        "high_pct": json_number(estimate.high_pct),
        "raw_index_pct": json_number(estimate.raw_index_pct),
        "adjusted_for": list(estimate.adjusted_for),
        "confidence": json_number(estimate.confidence),
        "left": json_number(estimate.left),
        "right": json_number(estimate.right),
        "level_unit": estimate.level_unit,
        "n": estimate.n,
        "usable_minutes": json_number(estimate.usable_minutes),
        "n_effective": json_number(estimate.n_effective),
        "memory_s": json_number(estimate.memory_s),
        "source": estimate.source,
        "threshold_pct": json_number(estimate.threshold_pct),
        "typical_pct": json_number(estimate.typical_pct),
        "flag": estimate.flag,
        "verdict": estimate.verdict,
        "reason": estimate.reason,
        "more_minutes": json_number(estimate.more_minutes),
    }


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "metric": effect.metric,
        "source": effect.source,
        "condition": effect.condition,
        "per": effect.per,
        "effect_pct": json_number(effect.effect_pct),
        "low_pct": json_number(effect.low_pct),
        "high_pct": json_number(effect.high_pct),
    }


def _thirds(judged: Judged) -> dict[str, Any]:
    return {
        "metric": judged.estimate.metric,
        "source": judged.estimate.source,
        "start_s": [json_number(third.start_s) for third in judged.thirds],
        "end_s": [json_number(third.end_s) for third in judged.thirds],
        "index_pct": [json_number(third.index_pct) for third in judged.thirds],
        "low_pct": [json_number(third.low_pct) for third in judged.thirds],
        "high_pct": [json_number(third.high_pct) for third in judged.thirds],
    }


def _lap(report: RunReport, judged: Judged, lap: SpanIndex) -> dict[str, Any]:
    return {
        "metric": judged.estimate.metric,
        "source": judged.estimate.source,
        "start": _moment(report.start, lap.start_s),
        "start_s": json_number(lap.start_s),
        "seconds": json_number(lap.end_s - lap.start_s),
        "kind": lap.kind,
        "index_pct": json_number(lap.index_pct),
        "low_pct": json_number(lap.low_pct),
        "high_pct": json_number(lap.high_pct),
    }


def _moment(start: datetime, after_s: float) -> str | None:
    try:
        return (start + timedelta(seconds=after_s)).isoformat()
    except OverflowError:  # a file dated at the end of time
        return None


def json_number(value: float | None) -> float | None:
    """Six significant digits; null for whatever JSON has no number for."""
    if value is None or not isfinite(value):
        return None
    return float(f"{value:.6g}")


def _maybe(text: str | None) -> str | None:
    return None if text is None else json_text(text)


def json_text(text: str) -> str:
    """A name in no known encoding must not stop the document from being written."""
    return text.encode("utf-8", "replace").decode()
