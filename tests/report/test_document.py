import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from evenstride.model import Loss, Note, Source, SpanIndex
from evenstride.report.document import run_document, runs_document
from evenstride.report.example import example_estimate, example_judged, example_report

CONTRACT: dict[str, set[str]] = {
    "run": {
        "source", "sport", "start", "duration_s", "distance_m", "n_records", "usable", "summary", "estimates",
        "effects", "thirds", "laps", "notes", "errors",
    },
    "source": {"name", "sha256", "format", "device"},
    "estimates": {
        "metric", "unit", "index_pct", "low_pct", "high_pct", "confidence", "left", "right", "level_unit", "n",
        "n_effective", "memory_s", "source", "threshold_pct", "flag", "verdict", "reason", "raw_index_pct",
    },
    "effects": {"metric", "condition", "per", "effect_pct", "low_pct", "high_pct"},
    "thirds": {"metric", "index_pct", "low_pct", "high_pct"},
    "laps": {"start", "seconds", "kind", "index_pct", "low_pct", "high_pct"},
    "notes": {"code", "text"},
    "errors": {"code", "text"},
}  # fmt: skip


def full_entry() -> dict[str, Any]:
    laps = (SpanIndex(start_s=0.0, end_s=600.0, index_pct=-1.0, low_pct=-3.0, high_pct=1.0, kind="active"),)
    judged = replace(example_judged(example_estimate()), laps=laps)
    note, loss = Note(code="a", text="A note."), Loss(code="b", text="A loss.")
    return run_document(example_report(judged=(judged,), notes=(note,), losses=(loss,)))


def test_a_run_has_every_field_of_the_contract() -> None:
    assert full_entry().keys() >= CONTRACT["run"]


@pytest.mark.parametrize("part", ["estimates", "effects", "thirds", "laps", "notes", "errors"])
def test_every_part_has_the_fields_of_the_contract(part: str) -> None:
    assert full_entry()[part]
    assert all(item.keys() >= CONTRACT[part] for item in full_entry()[part])


def test_the_source_names_the_file_and_its_device() -> None:
    source = full_entry()["source"]
    assert source.keys() >= CONTRACT["source"]
    assert source["device"] == {"manufacturer": "garmin", "product": "fenix7"}


def test_thirds_are_three_numbers_each() -> None:
    (thirds,) = full_entry()["thirds"]
    assert [len(thirds[name]) for name in ("index_pct", "low_pct", "high_pct")] == [3, 3, 3]


def test_a_lap_begins_at_its_moment() -> None:
    assert full_entry()["laps"][0]["start"] == "2026-05-04T06:12:00+00:00"


def test_numbers_that_json_lacks_become_null() -> None:
    report = example_report(
        distance_m=float("nan"), summary={"cadence_spm": float("inf")}, duration_s=100.0, usable_share=float("nan")
    )
    entry = json.loads(json.dumps(run_document(report), allow_nan=False))
    assert (entry["distance_m"], entry["summary"]["cadence_spm"], entry["usable"]["share"]) == (None, None, None)


def test_the_interval_still_holds_its_estimate_after_rounding() -> None:
    estimate = example_estimate(index_pct=-1.23456789, half_width_pct=1e-9)
    (entry,) = run_document(example_report(estimate=estimate))["estimates"]
    assert entry["low_pct"] <= entry["index_pct"] <= entry["high_pct"]


def test_the_levels_of_the_contract_are_named_even_when_unknown() -> None:
    summary = run_document(example_report(summary={}))["summary"]
    assert summary == dict.fromkeys(["cadence_spm", "contact_time_s", "vertical_oscillation_m", "step_length_m"])


def test_a_run_without_left_and_right_has_empty_lists() -> None:
    entry = run_document(example_report(judged=()))
    assert [entry[part] for part in ("estimates", "effects", "thirds", "laps")] == [[], [], [], []]


def test_under_ten_minutes_the_interval_is_null_and_the_verdict_unclear() -> None:
    estimate = example_estimate(low_pct=None, high_pct=None, verdict="unclear", reason="too_short", n_effective=None)
    (entry,) = run_document(example_report(estimate=estimate))["estimates"]
    assert (entry["low_pct"], entry["high_pct"], entry["verdict"], entry["reason"]) == (
        None,
        None,
        "unclear",
        "too_short",
    )


def test_failed_files_stand_beside_the_runs() -> None:
    document = runs_document([example_report()], [("broken.fit", "No.")])
    assert document["schema"] == "evenstride.run/1"
    assert (len(document["runs"]), document["failed"]) == (1, [{"name": "broken.fit", "error": "No."}])


def test_a_name_in_no_encoding_can_still_be_written() -> None:
    report = example_report(source=Source(name="run\udcff.fit", sha256="0", format="fit"))
    assert b"run" in json.dumps(run_document(report), ensure_ascii=False).encode("utf8")


def test_a_lap_after_the_end_of_time_has_no_moment() -> None:
    laps = (SpanIndex(start_s=1e9, end_s=2e9, index_pct=None, low_pct=None, high_pct=None),)
    judged = replace(example_judged(example_estimate()), laps=laps)
    report = example_report(judged=(judged,), start=datetime(9999, 12, 31, tzinfo=UTC))
    assert run_document(report)["laps"][0]["start"] is None


def test_no_position_is_written() -> None:
    assert not any(word in json.dumps(full_entry()) for word in ("latitude", "longitude"))
