"""What a run looked like on the flat, uphill and late, and what pods and altitude add to its summary."""

from datetime import UTC, datetime

import numpy as np
import pytest

from evenstride.measure.metrics import running_time, stretch_levels, summary_levels
from evenstride.model import Activity, LegSeries, Span

START = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)


def run(minutes, *, legs=(), pauses=(), **channels):
    t_s = np.arange(60.0 * minutes)
    n = len(t_s)
    filled = {"cadence_spm": np.full(n, 170.0), "speed_mps": np.full(n, 3.0)} | channels
    return Activity(format="fit", start=START, t_s=t_s, channels=filled, legs=legs, pauses=pauses)


def stretches(activity):
    return {one.name: one for one in stretch_levels(activity, running_time(activity))}


def summary(activity):
    return summary_levels(activity, running_time(activity))


def halves(minutes, first, second):
    n = int(60 * minutes)
    return np.where(np.arange(n) < n // 2, first, second)


def test_flat_and_uphill_are_told_apart_by_grade():
    found = stretches(run(60, grade_pct=halves(60, 0.5, 5.0), speed_mps=halves(60, 3.2, 2.4)))
    assert (found["flat"].minutes, found["uphill"].minutes) == (20.0, 30.0)
    assert (found["flat"].levels["speed_mps"], found["uphill"].levels["speed_mps"]) == (
        pytest.approx(3.2), pytest.approx(2.4),
    )  # fmt: skip
    assert found["uphill"].levels["grade_pct"] == pytest.approx(5.0)


@pytest.mark.parametrize("grade", [2.0, -2.0, -5.0])
def test_neither_flat_nor_uphill_is_neither(grade):
    assert stretches(run(60, grade_pct=np.full(3600, grade))) == {}


def test_the_first_ten_minutes_of_running_are_left_out():
    heart = np.where(np.arange(3600) < 600, 110.0, 150.0)
    found = stretches(run(60, grade_pct=np.zeros(3600), heart_rate_bpm=heart))
    assert found["flat"].levels["heart_rate_bpm"] == pytest.approx(150.0)
    assert found["flat"].minutes == 50.0


def test_heart_rate_is_read_half_a_minute_after_the_step_it_answers():
    """Two minutes up, two minutes level: a heart that answers 30 s late shows each its own rate."""
    up = (np.arange(3600) // 120) % 2 == 1
    late = np.concatenate((up[:30], up[:-30]))
    found = stretches(run(60, grade_pct=np.where(up, 6.0, 0.0), heart_rate_bpm=np.where(late, 170.0, 150.0)))
    assert found["uphill"].levels["heart_rate_bpm"] == pytest.approx(170.0)
    assert found["flat"].levels["heart_rate_bpm"] == pytest.approx(150.0)


def test_the_rate_after_a_stop_answers_nothing():
    """The watch is stopped every five minutes, and the heart has come down when it starts again."""
    beats = np.where(np.arange(3600) % 300 < 60, 100.0, 150.0)
    standing = np.arange(3600) % 300 < 60
    run_ = run(60, grade_pct=np.zeros(3600), heart_rate_bpm=beats, cadence_spm=np.where(standing, 0.0, 170.0),
               speed_mps=np.where(standing, 0.0, 3.0))  # fmt: skip
    assert stretches(run_)["flat"].levels["heart_rate_bpm"] == pytest.approx(150.0)


def test_the_rate_beyond_a_gap_answers_nothing():
    t_s = np.concatenate([400.0 * i + np.arange(300.0) for i in range(10)])
    beats = np.where(t_s % 400 < 40, 100.0, 150.0)
    pauses = tuple(Span(start_s=400.0 * i + 300, end_s=400.0 * (i + 1)) for i in range(9))
    gapped = Activity(format="fit", start=START, t_s=t_s, pauses=pauses, channels={
        "cadence_spm": np.full(len(t_s), 170.0), "heart_rate_bpm": beats, "grade_pct": np.zeros(len(t_s)),
    })  # fmt: skip
    in_pieces = stretches(gapped)["flat"].levels["heart_rate_bpm"]
    # 270 of each 300 s have an answer, the first 10 of them at the low rate.
    assert in_pieces == pytest.approx(150.0 - 50.0 * 10 / 270, abs=0.2)


def test_late_is_the_last_third_of_a_long_runs_running():
    heart = np.where(np.arange(5400) < 3600, 150.0, 160.0)
    found = stretches(run(90, heart_rate_bpm=heart))
    assert (found["late"].minutes, found["late"].levels["heart_rate_bpm"]) == (30.0, pytest.approx(160.0))


def test_a_run_under_75_minutes_has_no_late_part():
    assert "late" not in stretches(run(74))
    assert "late" in stretches(run(75))


def test_standing_does_not_make_a_run_long():
    cadence = np.where(np.arange(5400) < 1800, 0.0, 170.0)
    assert "late" not in stretches(run(90, cadence_spm=cadence, speed_mps=np.where(cadence > 0, 3.0, 0.0)))


@pytest.mark.parametrize(("seconds", "there"), [(299, False), (300, True)])
def test_a_stretch_needs_five_minutes(seconds, there):
    grade = np.where(np.arange(3600) < 3600 - seconds, -3.0, 5.0)
    assert ("uphill" in stretches(run(60, grade_pct=grade))) == there


def test_speed_in_a_stretch_is_distance_over_time():
    grade = halves(60, 0.0, 5.0)
    distance = np.cumsum(halves(60, 3.3, 2.5))
    found = stretches(run(60, grade_pct=grade, distance_m=distance))
    assert found["uphill"].levels["speed_mps"] == pytest.approx(2.5, abs=1e-3)


def test_missing_values_do_not_count():
    heart = np.full(3600, 150.0)
    heart[::2] = np.nan
    assert stretches(run(60, grade_pct=np.zeros(3600), heart_rate_bpm=heart))["flat"].levels["heart_rate_bpm"] == 150.0


def test_without_altitude_there_is_neither_flat_nor_uphill():
    assert stretches(run(60)) == {}


def test_the_summary_has_the_mean_grade_where_it_is_known():
    assert summary(run(20, grade_pct=np.full(1200, 2.0)))["grade_pct"] == pytest.approx(2.0)
    assert "grade_pct" not in summary(run(20))
    mostly = np.where(np.arange(1200) < 600, np.nan, 2.0)
    assert "grade_pct" not in summary(run(20, grade_pct=mostly))


def test_the_summary_has_the_mean_foot_strike_of_both_feet():
    t_s = np.arange(1200.0)
    strike = LegSeries(metric="foot_strike", source="runscribe", form="per_leg", t_s=t_s, left=np.full(1200, 3.0),
                       right=np.where(t_s < 600, 5.0, np.nan))  # fmt: skip
    assert summary(run(20, legs=(strike,)))["foot_strike_class"] == pytest.approx(4.0)


def test_foot_strike_on_its_own_clock_counts_while_running():
    t_s = 0.72 * np.arange(1600)
    cadence = np.where(np.arange(1200) < 600, 110.0, 170.0)
    strike = LegSeries(metric="foot_strike", source="runscribe", form="per_leg", t_s=t_s,
                       left=np.where(t_s < 600, 1.0, 6.0), right=np.where(t_s < 600, 1.0, 6.0))  # fmt: skip
    assert summary(run(20, legs=(strike,), cadence_spm=cadence))["foot_strike_class"] == pytest.approx(6.0)


def test_nothing_at_all_has_no_stretch():
    assert stretches(Activity(format="fit", start=START, t_s=[])) == {}
