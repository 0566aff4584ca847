"""Everything of one athlete in files that any program reads: originals, tables, documents."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evenstride.errors import InvalidRequest
from evenstride.model import LimbComparison, StoredRun
from evenstride.report.archive_document import stored_runs_document
from evenstride.report.finding_document import finding_document
from evenstride.report.screen_document import screen_document
from evenstride.report.season_document import season_document
from evenstride.service.home import Home, kept_runs
from evenstride.service.profile_text import profile_toml
from evenstride.service.recompute import write_originals
from evenstride.service.season import comparisons_of, finding_of, run_kind, season_of
from evenstride.store import originals, originals_folder

RUN_COLUMNS = (
    "run", "start", "kind", "duration_s", "distance_m", "format", "device", "n_records", "usable_share", "cadence_spm",
    "contact_time_s", "vertical_oscillation_m", "step_length_m", "speed_mps", "heart_rate_bpm", "tags",
)  # fmt: skip
ESTIMATE_COLUMNS = (
    "run", "start", "metric", "source", "device", "index_pct", "low_pct", "high_pct", "raw_index_pct", "left", "right",
    "level_unit", "n", "n_effective", "memory_s", "usable_minutes", "verdict", "flag", "method",
)  # fmt: skip
TEST_COLUMNS = ("id", "date", "test", "leg", "trial", "value", "unit", "source", "note")


def export(home: Home, folder: Path) -> Mapping[str, int]:
    """Write originals, CSV tables and JSON documents into an empty or new folder; return how many of each.

    Raises
    ------
    InvalidRequest
        The folder holds something already: nothing of anybody's is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidRequest(f"{folder} is not empty.", help="Name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    stored = kept_runs(home)
    comparisons = comparisons_of(home)
    names = {one.sha256: one.name for one in originals(home.store, home.athlete_id)}
    written = write_originals(originals_folder(home.store, home.athlete_id), names, folder / "originals")
    tables = {
        "runs.csv": (RUN_COLUMNS, _run_rows(stored)),
        "estimates.csv": (ESTIMATE_COLUMNS, _estimate_rows(stored)),
        "tests.csv": (TEST_COLUMNS, _test_rows(comparisons)),
    }
    counts = {"originals": len(written)}
    for name, (columns, rows) in tables.items():
        counts[name] = _write_table(folder / name, columns, rows)
    season = season_of(home)
    found = finding_of(home)
    documents = {
        "runs.json": stored_runs_document(stored),
        "season.json": season_document(season),
        "tests.json": screen_document(comparisons, [one.result for one in comparisons if one.result]),
        "finding.json": finding_document(found),
    }
    for name, document in documents.items():
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
        (folder / name).write_text(text + "\n", encoding="utf8")
    (folder / "athlete.toml").write_text(profile_toml(home.profile), encoding="utf8")
    return counts


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    n = 0
    with path.open("w", encoding="utf8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        for row in rows:
            table.writerow(row)
            n += 1
    return n


def _run_rows(stored: Sequence[StoredRun]) -> Iterator[Mapping[str, Any]]:
    for run in stored:
        report = run.recordings[0].report
        device = report.source.device
        yield {
            "run": run.id,
            "start": report.start.isoformat(),
            "kind": run_kind(report, run.tags),
            "duration_s": report.duration_s,
            "distance_m": report.distance_m,
            "format": report.source.format,
            "device": " ".join(part for part in (device.manufacturer, device.product) if part),
            "n_records": report.n_records,
            "usable_share": report.usable_share,
            "tags": "; ".join(f"{name}={value}" for name, value in sorted(run.tags.items())),
        } | {name: report.summary.get(name) for name in RUN_COLUMNS if name in report.summary}


def _estimate_rows(stored: Sequence[StoredRun]) -> Iterator[Mapping[str, Any]]:
    same = {"metric", "source"} | set(ESTIMATE_COLUMNS[5:-1])
    for run in stored:
        for recording in run.recordings:
            device = recording.report.source.device
            for estimate in recording.report.estimates:
                yield {
                    "run": run.id,
                    "start": recording.report.start.isoformat(),
                    "device": " ".join(part for part in (device.manufacturer, device.product) if part),
                    "method": recording.method,
                } | {name: getattr(estimate, name) for name in ESTIMATE_COLUMNS if name in same}


def _test_rows(comparisons: Sequence[LimbComparison]) -> Iterator[Mapping[str, Any]]:
    for one in comparisons:
        if one.result is None:
            continue
        for leg, values in (("left", one.result.left), ("right", one.result.right)):
            for trial, value in enumerate(values, start=1):
                yield {
                    "id": one.result.id, "date": one.result.day.isoformat(), "test": one.test, "leg": leg,
                    "trial": trial, "value": value, "unit": one.unit, "source": one.result.source,
                    "note": one.result.note,
                }  # fmt: skip
