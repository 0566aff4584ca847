"""A season as one JSON-ready document, ``evenstride.season/1``: names and fields are a contract."""

from typing import Any

from evenstride.model import (
    Alarm,
    Baseline,
    Change,
    ChangePoint,
    Closing,
    Direction,
    Estimated,
    LateInRuns,
    LevelBand,
    Note,
    Offset,
    RunPoint,
    Season,
    SeasonMetric,
)
from evenstride.report.document import json_number, json_text
from evenstride.report.season_weeks import at_reference
from evenstride.report.season_words import metric_chip, metric_sentence, season_answer
from evenstride.report.target_document import target_document

SCHEMA = "evenstride.season/1"


def season_document(season: Season) -> dict[str, Any]:
    """Return the document of a season.

    >>> from evenstride.report.example_season import example_season
    >>> entry = season_document(example_season())["metrics"][0]
    >>> entry["metric"], entry["level"], entry["low"], entry["high"], entry["change"]["probability_beyond_smallest"]
    ('contact_time', 3.1, 2.4, 3.8, 0.97)
    """
    said = season_answer(season)
    return {
        "schema": SCHEMA,
        "athlete": json_text(season.athlete),
        "first": season.first.isoformat() if season.first else None,
        "last": season.last.isoformat() if season.last else None,
        "n_runs": season.n_runs,
        "answer": said.text,
        "meaning": said.meaning,
        "metrics": [_metric(metric) for metric in season.metrics],
        "late": [_late(late) for late in season.late],
        "notes": _notes(season.notes),
    }


def _metric(metric: SeasonMetric) -> dict[str, Any]:
    level = metric.level
    return {
        "metric": metric.metric,
        "label": metric.label,
        "kind": metric.kind,
        "source": metric.source,
        "unit": metric.unit,
        "n_runs": metric.n_runs,
        "answer": metric_sentence(metric),
        "verdict": metric_chip(metric).replace(" ", "_") if metric.kind == "index" else None,
        "level": json_number(level.value) if level else None,
        "low": json_number(level.low) if level else None,
        "high": json_number(level.high) if level else None,
        "threshold": json_number(metric.threshold),
        "adjusted_for": list(metric.adjusted_for),
        "device": json_text(metric.device),
        "baseline": _baseline(metric.baseline) if metric.baseline else None,
        "waiting_for": metric.waiting_for,
        "run_to_run_sd": json_number(metric.run_to_run_sd.value) if metric.run_to_run_sd else None,
        "run_to_run_sd_low": json_number(metric.run_to_run_sd.low) if metric.run_to_run_sd else None,
        "run_to_run_sd_high": json_number(metric.run_to_run_sd.high) if metric.run_to_run_sd else None,
        "mdc95": json_number(metric.mdc95),
        "change": _change(metric.change) if metric.change else None,
        "alarms": [_alarm(alarm) for alarm in metric.alarms],
        "change_point": _change_point(metric.change_point),
        "direction": direction_document(metric.direction),
        "closing": _closing(metric.closing) if metric.closing else None,
        "target": target_document(metric.target),
        "offsets": [_offset(offset) for offset in metric.offsets],
        "band": _band(metric.band) if metric.band else None,
        "runs": [_run(run, there.value) for run, there in zip(metric.runs, at_reference(metric), strict=True)],
        "notes": _notes(metric.notes),
    }


def _estimated(estimate: Estimated) -> dict[str, Any]:
    return {
        "value": json_number(estimate.value), "low": json_number(estimate.low), "high": json_number(estimate.high)
    }  # fmt: skip


def _baseline(baseline: Baseline) -> dict[str, Any]:
    days = {"since": baseline.since.isoformat(), "until": baseline.until.isoformat()}
    return _estimated(baseline) | {"n_runs": baseline.n_runs} | days


def _change(change: Change) -> dict[str, Any]:
    return _estimated(change) | {
        "probability_beyond_smallest": json_number(change.probability_beyond_smallest),
        "smallest": json_number(change.smallest),
        "grade": change.grade,
    }


def _alarm(alarm: Alarm) -> dict[str, Any]:
    told = {"date": alarm.day.isoformat(), "text": json_text(alarm.text), "z": json_number(alarm.z)}
    return told | _estimated(alarm) | {"change_point": _change_point(alarm.change_point)}


def _change_point(point: ChangePoint | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {"date": point.day.isoformat(), "low": point.low.isoformat(), "high": point.high.isoformat()}


def direction_document(direction: Direction | None) -> dict[str, Any] | None:
    """Return how often runs or tests point to one side; null where that is not known."""
    if direction is None:
        return None
    return {
        "side": direction.side,
        "n": direction.n,
        "same_side_share": json_number(direction.same_side_share),
        "share_low": json_number(direction.share_low),
        "share_high": json_number(direction.share_high),
        "kappa": json_number(direction.kappa),
        "low": json_number(direction.low),
        "high": json_number(direction.high),
    }


def _closing(closing: Closing) -> dict[str, Any]:
    return {
        "gap": _estimated(closing.gap),
        "weeks": json_number(closing.weeks),
        "worthwhile": json_number(closing.worthwhile),
        "probability_closing": json_number(closing.probability_closing),
        "probability_growing": json_number(closing.probability_growing),
        "probability_stagnating": json_number(closing.probability_stagnating),
        "excludes_worthwhile": closing.excludes_worthwhile,
    }


def _offset(offset: Offset) -> dict[str, Any]:
    named = {"condition": offset.condition, "name": json_text(offset.name), "reference": json_text(offset.reference)}
    return named | {"n_runs": offset.n_runs} | _estimated(offset)


def _band(band: LevelBand) -> dict[str, Any]:
    return {
        "date": [day.isoformat() for day in band.days],
        "level": [json_number(value) for value in band.level.tolist()],
        "low": [json_number(value) for value in band.low.tolist()],
        "high": [json_number(value) for value in band.high.tolist()],
    }


def _run(run: RunPoint, at_reference_conditions: float) -> dict[str, Any]:
    return {
        "run": run.run,
        "start": run.start.isoformat(),
        "index": json_number(run.value),
        "low": json_number(run.low),
        "high": json_number(run.high),
        "at_reference": json_number(at_reference_conditions),
        "source": run.source,
        "device": json_text(run.device),
        "minutes": json_number(run.minutes),
        "tags": {json_text(name): json_text(value) for name, value in run.tags.items()},
        "conditions": {name: json_number(value) for name, value in run.conditions.items()},
    }


def _late(late: LateInRuns) -> dict[str, Any]:
    known = {"metric": late.metric, "source": late.source, "kind": late.kind, "n_runs": late.n_runs, "per": "10 min"}
    known |= {"last": late.last.isoformat() if late.last else None}
    spread = {"run_to_run_sd": json_number(late.run_to_run_sd), "grows": json_number(late.grows)}
    return known | _estimated(late) | spread


def _notes(notes: tuple[Note, ...]) -> list[dict[str, str]]:
    return [{"code": note.code, "text": json_text(note.text)} for note in notes]
