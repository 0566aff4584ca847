"""What must hold for any bytes at all, from reading to the page."""

import json
from collections.abc import Sequence

import numpy as np

from evenstride.errors import EvenstrideError
from evenstride.measure.formats import read_members
from evenstride.measure.formats.samples import ACTIVITIES_MAX, LAPS_MAX, TIME_SPAN_S_MAX
from evenstride.model import Activity, LegSeries
from evenstride.report.document import runs_document
from evenstride.report.page import run_page
from evenstride.report.terminal import screen_text
from evenstride.service.analyze import Analysis, Asked, analyze_members, named_failures

SENTENCE_CHARS_MAX = 400
PAGES_MAX = 3


def check_reading(members: Sequence[tuple[str, bytes]]) -> tuple[Activity, ...]:
    """Read the files; raise AssertionError when a rule of reading is broken, or whatever a reader let through."""
    reading = read_members(members)
    names = {name for found in reading.activities for name in found.origins} | {name for name, _ in reading.failed}
    for name, _ in members:
        assert any(known == name or known.startswith((f"{name}/", f"{name} + ")) or f" + {name}" in known
                   or _unpacked(name) in known for known in names), f"{name} was forgotten"  # fmt: skip
    for _, error in reading.failed:
        check_error(error)
    for found in reading.activities:
        assert 0 < len(found.activities) <= ACTIVITIES_MAX
        for activity in found.activities:
            check_activity(activity)
    return tuple(activity for found in reading.activities for activity in found.activities)


def check_whole_path(members: Sequence[tuple[str, bytes]], *, any_sport: bool = True, told: bool = True) -> Analysis:
    """Judge the files, and with ``told`` say it in every way a person or a program can be told."""
    analysis = analyze_members(members, Asked(any_sport=any_sport))
    for failure in analysis.failed:
        check_error(failure.error)
    for report in analysis.reports:
        for note in report.notes:
            _check_sentence(note.text)
        assert 0.0 <= report.usable_share <= 1.0
        assert all(np.isfinite(value) for value in report.summary.values()), report.summary
        for one in report.estimates:
            numbers = (one.index_pct, one.raw_index_pct, one.left, one.right, one.usable_minutes)
            assert all(np.isfinite(number) for number in numbers), one
    if told:
        failed = named_failures(analysis)
        json.dumps(runs_document(analysis.reports, failed), allow_nan=False)
        for report in analysis.reports[:PAGES_MAX]:
            assert screen_text(report).strip()
            assert "<html" in run_page(report)
    return analysis


def check_error(error: EvenstrideError) -> None:
    """One clear sentence, and what would help."""
    _check_sentence(error.text)
    assert error.help, f"no help: {error.text}"


def check_activity(activity: Activity) -> None:
    """The rules of the noun, and those that every reader promises beyond them."""
    t_s = activity.t_s
    assert len(t_s) > 0
    assert np.isfinite(t_s).all(), "a time is not finite"
    assert t_s[0] == 0.0, f"the first time is {t_s[0]}"
    assert (np.diff(t_s) >= 0).all(), "times fall"
    assert t_s[-1] <= 2 * TIME_SPAN_S_MAX, f"the activity lasts {t_s[-1]} s"
    for name, values in activity.channels.items():
        assert len(values) == len(t_s)
        assert not np.isinf(values).any(), f"{name} holds an infinity"
        assert np.isfinite(values).any(), f"{name} holds nothing"
    for series in activity.legs:
        _check_legs(series)
    assert len(activity.laps) <= LAPS_MAX
    for lap in activity.laps:
        assert np.isfinite([lap.start_s, lap.end_s]).all(), f"a lap is not finite: {lap}"
        assert 0.0 <= lap.start_s <= lap.end_s, f"a lap is inside out: {lap}"
        assert lap.distance_m is None or np.isfinite(lap.distance_m)
    assert len(activity.pauses) <= LAPS_MAX
    assert all(np.isfinite([pause.start_s, pause.end_s]).all() for pause in activity.pauses)
    for said in activity.notes:
        _check_sentence(said.text)
    for lost in activity.losses:
        _check_sentence(lost.text)


def _check_legs(series: LegSeries) -> None:
    assert not np.isinf(series.left).any()
    assert not np.isinf(series.right).any()
    assert np.isfinite(series.t_s).all(), "a leg series has a time that is not finite"
    if series.form == "share_left":
        known = np.isfinite(series.left)
        assert (known == np.isfinite(series.right)).all()
        assert (series.left[known] > 0).all()
        assert (series.left[known] < 1).all()
        np.testing.assert_allclose(series.left[known] + series.right[known], 1.0)


def _check_sentence(text: str) -> None:
    assert text.endswith("."), f"no sentence: {text!r}"
    assert "\n" not in text, f"more than a line: {text!r}"
    assert "Traceback" not in text
    assert len(text) < SENTENCE_CHARS_MAX, f"long: {text[:80]!r} …"


def _unpacked(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name
