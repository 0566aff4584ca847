"""What is kept and what an import did, as JSON-ready documents: ``evenstride.runs/1`` and ``evenstride.import/1``."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evenstride.model import FileOutcome, Note, Recording, StoredRun
from evenstride.report.document import json_number, json_text
from evenstride.report.words import answer

RUNS_SCHEMA = "evenstride.runs/1"
IMPORT_SCHEMA = "evenstride.import/1"


@dataclass(frozen=True, kw_only=True)
class ImportSummary:
    """What became of the files of one import, in counts, and of each that failed by itself.

    ``kept`` are the files read and kept, ``duplicates`` those that were there already, ``merged`` recordings of a run
    that another device or export had told of. ``left_aside`` is what is sound and not ours. ``notes`` say where two
    recordings of one time gave reason to doubt whose they are.
    """

    files: int
    kept: int
    duplicates: int = 0
    merged: int = 0
    left_aside: tuple[FileOutcome, ...] = ()
    failed: tuple[FileOutcome, ...] = ()
    notes: tuple[Note, ...] = ()
    runs_added: int = 0
    seconds: float = 0.0
    stopped: bool = False

    @property
    def skipped(self) -> Mapping[str, int]:
        """How many files were left aside, by kind (``not_a_run`` …)."""
        return Counter(one.kind for one in self.left_aside)


def import_document(summary: ImportSummary) -> dict[str, Any]:
    """Return the document of an import.

    >>> import_document(ImportSummary(files=3, kept=2, runs_added=2))["runs_added"]
    2
    """
    return {
        "schema": IMPORT_SCHEMA,
        "files": summary.files,
        "kept": summary.kept,
        "duplicates": summary.duplicates,
        "merged": summary.merged,
        "skipped": dict(summary.skipped),
        "left_aside": [
            {"name": json_text(one.name), "kind": one.kind, "text": json_text(one.text)} for one in summary.left_aside
        ],
        "failed": [
            {"name": json_text(one.name), "kind": one.kind, "error": json_text(one.text), "help": json_text(one.help)}
            for one in summary.failed
        ],
        "notes": [{"code": one.code, "text": json_text(one.text)} for one in summary.notes],
        "runs_added": summary.runs_added,
        "seconds": json_number(summary.seconds),
        "stopped": summary.stopped,
    }


def stored_runs_document(runs: Sequence[StoredRun]) -> dict[str, Any]:
    """Return the document of the runs kept of one athlete.

    >>> stored_runs_document([])
    {'schema': 'evenstride.runs/1', 'runs': []}
    """
    return {"schema": RUNS_SCHEMA, "runs": [_run(run) for run in runs]}


def _run(run: StoredRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "start": run.start.isoformat(),
        "duration_s": json_number(run.duration_s),
        "answer": answer(run.recordings[0].report).text if run.recordings else None,
        "recordings": [_recording(recording) for recording in run.recordings],
        "tags": {json_text(name): json_text(value) for name, value in run.tags.items()},
    }


def _recording(recording: Recording) -> dict[str, Any]:
    report = recording.report
    maker, product = report.source.device.manufacturer, report.source.device.product
    return {
        "name": json_text(report.source.name),
        "originals": list(recording.originals),
        "part": recording.part,
        "format": report.source.format,
        "device": {
            "manufacturer": None if maker is None else json_text(maker),
            "product": None if product is None else json_text(product),
        },
        "sport": report.sport,
        "distance_m": json_number(report.distance_m),
        "estimates": [
            {
                "metric": one.metric,
                "source": one.source,
                "index_pct": json_number(one.index_pct),
                "low_pct": json_number(one.low_pct),
                "high_pct": json_number(one.high_pct),
                "verdict": one.verdict,
            }
            for one in report.estimates
        ],
        "method": recording.method,
    }
