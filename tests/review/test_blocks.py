"""Runs made of blocks: attention on one leg in turn, and technique late in a run."""

from dataclasses import replace

import numpy as np
import pytest
from tests.review_cases import TODAY, ago, mirrored_report, mirrored_run_log, report

from evenstride.model import RunLog
from evenstride.review.blocks import block_effect

ALTERNATING = RunLog(day=TODAY, run="r", block="alternating")
LATE = RunLog(day=TODAY, run="r", block="late_technique")
TAKES_TURNS = (1.0, 4.0, 1.3, 4.1, 1.5, 4.4)


def usual(n, *, change=1.0):
    """Runs in which the gap grows from first to last third, about as always."""
    return [report(ago(7 * k + 7), thirds=(4.0, 4.2, 4.0 + change + 0.1 * (k % 3))) for k in range(n)]


def test_the_first_repetition_is_about_the_left_leg():
    found = block_effect(report(TODAY, laps=TAKES_TURNS), ALTERNATING)
    assert found.left_minded.value == pytest.approx(1.27, abs=0.01)
    assert found.right_minded.value == pytest.approx(4.17, abs=0.01)
    assert found.difference.high < -2.0
    assert "leg in mind was larger" in found.text


def test_the_runner_may_begin_with_the_right_leg():
    found = block_effect(report(TODAY, laps=TAKES_TURNS), replace(ALTERNATING, first="right"))
    assert found.left_minded.value > found.right_minded.value
    assert "leg in mind was smaller" in found.text


def test_a_drift_through_the_session_is_no_effect():
    rng = np.random.default_rng(3)
    laps = tuple(1.0 + 0.5 * n + 0.05 * rng.standard_normal() for n in range(8))
    found = block_effect(report(TODAY, laps=laps), ALTERNATING)
    assert found.difference.low <= 0.0 <= found.difference.high
    assert "cannot be told" in found.text


def test_two_repetitions_a_leg_cannot_tell():
    found = block_effect(report(TODAY, laps=TAKES_TURNS[:5]), ALTERNATING)
    assert found.difference is None
    assert "Cannot tell: 5" in found.text


def test_with_the_legs_exchanged_the_minds_are_exchanged_and_the_difference_stays():
    one, log = report(TODAY, laps=TAKES_TURNS), ALTERNATING
    there, back = block_effect(one, log), block_effect(mirrored_report(one), mirrored_run_log(log))
    assert back.left_minded.value == pytest.approx(-there.right_minded.value)
    assert back.difference.value == pytest.approx(there.difference.value)


def test_a_last_third_that_grew_less_than_usual_says_so():
    found = block_effect(report(TODAY, thirds=(4.0, 4.0, 4.0)), LATE, usual=usual(6))
    assert found.difference.high < 0.0
    assert "grew less than usual" in found.text


def test_a_last_third_as_usual_cannot_be_told_from_usual():
    found = block_effect(report(TODAY, thirds=(4.0, 4.2, 5.1)), LATE, usual=usual(6))
    assert found.difference.low <= 0.0 <= found.difference.high


def test_with_the_legs_exchanged_the_change_of_the_gap_is_the_same():
    one, others = report(TODAY, thirds=(4.0, 4.0, 4.0)), usual(6)
    back = block_effect(mirrored_report(one), LATE, usual=[mirrored_report(two) for two in others])
    assert back == block_effect(one, LATE, usual=others)


@pytest.mark.parametrize(("n", "thirds"), [(3, (4.0, 4.0, 4.0)), (6, ()), (6, (4.0, 4.0, None))])
def test_few_runs_and_missing_thirds_cannot_tell(n, thirds):
    found = block_effect(with_thirds(thirds), LATE, usual=usual(n))
    assert found.difference is None
    assert found.text.startswith("Cannot tell")


def with_thirds(thirds):
    whole = report(TODAY, thirds=tuple(one or 0.0 for one in thirds))
    judged = whole.judged[0]
    spans = tuple(
        replace(span, index_pct=None, low_pct=None, high_pct=None) if one is None else span
        for span, one in zip(judged.thirds, thirds, strict=True)
    )
    return replace(whole, judged=(replace(judged, thirds=spans),))


def test_the_run_itself_is_no_usual_run():
    one = report(TODAY, thirds=(4.0, 4.0, 4.0))
    assert block_effect(one, LATE, usual=[*usual(3), one]).difference is None


def test_a_run_without_blocks_is_not_analysed():
    assert block_effect(report(TODAY), RunLog(day=TODAY)) is None
