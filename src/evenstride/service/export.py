"""Everything of one athlete in files that any program reads: originals, tables, documents."""

import csv
import io
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from evenstride.errors import InvalidRequest, StoreDamaged
from evenstride.model import LimbComparison, StoredRun
from evenstride.report.archive_document import stored_runs_document
from evenstride.report.finding_document import finding_document
from evenstride.report.screen_document import screen_document
from evenstride.report.season_document import season_document
from evenstride.service.export_logs import (
    DAY_COLUMNS,
    FELT_COLUMNS,
    SESSION_COLUMNS,
    day_rows,
    decisions_document,
    felt_rows,
    logs_document,
    session_rows,
)
from evenstride.service.hand_out import make_folder, write_originals, write_private
from evenstride.service.home import Home, kept_runs
from evenstride.service.profile_text import profile_toml
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
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
TEST_COLUMNS = ("id", "date", "test", "leg", "trial", "value", "unit", "source", "note")


@dataclass(frozen=True, kw_only=True)
class Exported:
    """How many of each there are, and the names of originals that are missing or damaged."""

    counts: Mapping[str, int]
    missing: tuple[str, ...]


def export(home: Home, folder: Path) -> Exported:
    """Write originals, CSV tables and JSON documents into an empty or new folder; it appears when all is written.

    Raises
    ------
    InvalidRequest
        The folder holds something already: nothing of anybody's is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidRequest(f"{folder} is not empty.", help="Name a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    under_way = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        exported = _write_all(home, under_way)
        if folder.exists():
            folder.rmdir()
        under_way.rename(folder)
    finally:
        shutil.rmtree(under_way, ignore_errors=True)
    return exported


def _write_all(home: Home, folder: Path) -> Exported:
    stored = kept_runs(home)
    comparisons = comparisons_of(home)
    counts, missing = _write_originals(home, folder / "originals")
    for name, columns, rows in (
        ("runs.csv", RUN_COLUMNS, _run_rows(stored)),
        ("estimates.csv", ESTIMATE_COLUMNS, _estimate_rows(stored)),
        ("tests.csv", TEST_COLUMNS, _test_rows(comparisons)),
        ("sessions.csv", SESSION_COLUMNS, session_rows(home)),
        ("felt.csv", FELT_COLUMNS, felt_rows(home)),
        ("days.csv", DAY_COLUMNS, day_rows(home)),
    ):
        counts[name] = _write_table(folder / name, columns, rows)
    documents = {
        "runs.json": stored_runs_document(stored),
        "season.json": season_document(season_of(home)),
        "tests.json": screen_document(comparisons, [one.result for one in comparisons if one.result]),
        "finding.json": finding_document(finding_of(home)),
        "logs.json": logs_document(home),
        "decisions.json": decisions_document(home),
    }
    for name, document in documents.items():
        text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
        write_private(folder / name, f"{text}\n".encode())
    write_private(folder / "athlete.toml", profile_toml(home.profile).encode())
    return Exported(counts=counts, missing=missing)


def _write_originals(home: Home, folder: Path) -> tuple[dict[str, int], tuple[str, ...]]:
    kept = originals_folder(home.store, home.athlete_id)
    make_folder(folder)
    missing, n = [], 0
    for one in originals(home.store, home.athlete_id):
        try:
            write_originals(kept, {one.sha256: one.name}, folder)
            n += 1
        except StoreDamaged:
            missing.append(one.name)
    return {"originals": n}, tuple(missing)


def _write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    n = 0
    text = io.StringIO()
    table = csv.DictWriter(text, columns)
    table.writeheader()
    for row in rows:
        table.writerow({name: _cell(value) for name, value in row.items()})
        n += 1
    write_private(path, text.getvalue().encode())
    return n


def _cell(value: Any) -> Any:
    """Text as it is, unless a spreadsheet would take it for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in FORMULA_BEGINS and value else value


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
