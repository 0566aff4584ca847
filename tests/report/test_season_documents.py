import json
from dataclasses import replace
from datetime import UTC, date, datetime
from math import isfinite

import pytest

from evenstride.judge.screen import leg_changes
from evenstride.model import Closing, Estimated, FileOutcome, Recording, Season, SeasonMetric, StoredRun, TestResult
from evenstride.report.archive_document import ImportSummary, import_document, stored_runs_document
from evenstride.report.archive_terminal import stored_runs_text
from evenstride.report.example import example_report
from evenstride.report.example_season import (
    example_assessments,
    example_comparison,
    example_comparisons,
    example_finding,
    example_season,
)
from evenstride.report.finding_document import finding_document
from evenstride.report.screen_document import protocol_document, screen_document
from evenstride.report.season_document import season_document

BARE = SeasonMetric(
    metric="contact_time", label="contact time", unit="%", kind="index", source="watch_balance", n_runs=0, level=None,
    runs=(), waiting_for="five more runs make a baseline",
)  # fmt: skip
STORED = StoredRun(
    id="2026-05-04", start=datetime(2026, 5, 4, 6, 12, tzinfo=UTC), duration_s=2710.0, tags={"shoe": "daily"},
    recordings=(Recording(originals=("0" * 64,), part=0, report=example_report(activity=None), method="1"),),
)  # fmt: skip
DOCUMENTS = {
    "season": season_document(example_season()),
    "bare season": season_document(Season(athlete="Ada", first=None, last=None, n_runs=0, metrics=(BARE,))),
    "screen": screen_document(example_comparisons()),
    "protocol": protocol_document(example_assessments()["calf_raise"]),
    "finding": finding_document(example_finding()),
    "import": import_document(ImportSummary(files=1, kept=0, seconds=float("nan"))),
    "runs": stored_runs_document([STORED]),
}
CONTRACT = {
    "metric", "unit", "n_runs", "level", "low", "high", "baseline", "run_to_run_sd", "mdc95", "change", "alarms",
    "change_point", "direction", "runs",
}  # fmt: skip


def values(document):
    if isinstance(document, dict):
        for value in document.values():
            yield from values(value)
    elif isinstance(document, list):
        for value in document:
            yield from values(value)
    else:
        yield document


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_json_and_every_number_finite(name):
    json.dumps(DOCUMENTS[name], allow_nan=False)
    assert all(isfinite(value) for value in values(DOCUMENTS[name]) if isinstance(value, float))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_names_its_schema(name):
    assert DOCUMENTS[name]["schema"] == f"evenstride.{name.split()[-1]}/1"


def test_a_metric_has_every_field_of_the_contract():
    assert set(DOCUMENTS["season"]["metrics"][0]) >= CONTRACT


def test_the_parts_of_a_metric_have_the_fields_of_the_contract():
    metric = DOCUMENTS["season"]["metrics"][0]
    assert {"value", "low", "high", "n_runs"} <= set(metric["baseline"])
    assert {"value", "low", "high", "probability_beyond_smallest"} <= set(metric["change"])
    assert {"date", "text"} <= set(metric["alarms"][0])
    assert {"date", "low", "high"} <= set(metric["change_point"])
    assert {"same_side_share", "kappa", "low", "high"} <= set(metric["direction"])
    assert {"start", "index", "low", "high", "source", "device", "tags"} <= set(metric["runs"][0])


def test_what_is_not_known_yet_is_null_and_said():
    metric = DOCUMENTS["bare season"]["metrics"][0]
    assert {metric[name] for name in ("level", "baseline", "change", "change_point", "direction")} == {None}
    assert metric["waiting_for"] == "five more runs make a baseline"


def test_evidence_has_every_field_of_the_contract():
    wanted = {"source", "what", "date", "direction", "size", "low", "high", "weight", "text"}
    assert all(wanted <= set(one) for one in DOCUMENTS["finding"]["evidence"])


def test_a_result_that_a_comparison_carries_stands_once():
    one = example_comparison()
    assert len(screen_document([one], [one.result])["results"]) == 1


def test_the_document_of_tests_tells_how_each_leg_changed():
    results = [
        TestResult(test="single_leg_calf_raise", day=date(2026, month, 4), left=(left,), right=(25.0,))
        for month, left in ((5, 14.0), (6, 24.0))
    ]
    left, right = screen_document([], results, changes=leg_changes(results))["changes"]
    assert (left["side"], left["since"], left["change"], left["improved"]) == ("left", "2026-05-04", 10.0, True)
    assert (right["change"], right["beyond_error"], right["improved"]) == (0.0, False, None)
    assert left["mdc_basis"] == "published"


def test_an_endless_range_of_values_is_null():
    assert DOCUMENTS["protocol"]["most"] is None


def test_an_import_names_each_file_that_failed_and_why():
    failed = FileOutcome(key="k", name="x.fit", outcome="failed", kind="too_large", text="Too large.", help="Split it.")
    assert import_document(ImportSummary(files=1, kept=0, failed=(failed,)))["failed"] == [
        {"name": "x.fit", "kind": "too_large", "error": "Too large.", "help": "Split it."}
    ]


def test_a_stored_run_tells_of_no_position_and_no_serial_number():
    text = json.dumps(DOCUMENTS["runs"])
    assert "latitude" not in text
    assert "serial" not in text


def test_a_name_in_no_known_encoding_is_written():
    document = season_document(example_season(athlete="Ada\udcff"))
    assert b'"Ada?"' in json.dumps(document, ensure_ascii=False).encode("utf8")


def test_a_season_says_whose_level_it_is_what_stagnates_and_when_it_was_late():
    closing = Closing(
        gap=Estimated(value=0.4, low=-0.2, high=1.0), weeks=12, worthwhile=1.5, probability_closing=0.9,
        probability_growing=0.1, probability_stagnating=0.98, excludes_worthwhile=False,
    )  # fmt: skip
    season = example_season()
    late = replace(season.late[0], grows=None, last=date(2026, 3, 2))
    metrics = (replace(season.metrics[0], closing=closing), *season.metrics[1:])
    told = season_document(replace(season, metrics=metrics, late=(late,)))
    assert told["metrics"][0]["device"] == "garmin fenix7"
    assert told["metrics"][0]["closing"]["probability_stagnating"] == 0.98
    assert (told["late"][0]["grows"], told["late"][0]["last"]) == (None, "2026-03-02")


def test_the_names_of_runs_are_never_cut_short():
    runs = [replace(STORED, id=f"2026-05-04-{i}") for i in (9, 10, 11)]
    text = stored_runs_text(runs, width=72)
    assert all(run.id in text for run in runs)


@pytest.mark.parametrize("width", [72, 80, 100])
def test_neither_times_nor_devices_of_runs_are_cut_short(width):
    (recording,) = STORED.recordings
    crossing = replace(recording.report.estimates[0], index_pct=0.06, low_pct=-0.14, high_pct=0.26)
    wide = replace(recording.report, judged=(replace(recording.report.judged[0], estimate=crossing),))
    none = replace(recording.report, judged=())
    runs = [
        replace(STORED, duration_s=3661.0, recordings=(replace(recording, report=report),)) for report in (wide, none)
    ]
    text = stored_runs_text(runs, width=width)
    assert text.count("1:01:01") == 2
    assert all(word in text for word in ("0.26)", "tags", "right"))
