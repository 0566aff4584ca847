"""Stride length and consistency per foot, from rows per stride."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from evenstride.judge.screen import check_result, compare_limbs
from evenstride.measure.formats.runscribe_csv import read_runscribe_feet
from evenstride.measure.metrics import stride_results
from evenstride.model import Activity, LegSeries, Profile

STRIDE_S = 0.72


def run(*, minutes=30.0, left_m=2.40, right_m=2.40, cv=(0.10, 0.10), pace=None, seed=1, **more):
    rng = np.random.default_rng(seed)
    n = int(minutes * 60 / STRIDE_S)
    t_s = STRIDE_S * np.arange(n)
    factor = np.ones(n) if pace is None else pace(t_s)

    def both(left, right, sd):
        return [value * (1 + one * rng.standard_normal(n)) for value, one in zip((left, right), sd, strict=True)]

    values = {
        "stride_length": [factor * one for one in both(left_m, right_m, (0.02, 0.02))],
        "stride_time": both(STRIDE_S, STRIDE_S, (0.01, 0.015)),
        "impact": both(12.0, 13.0, cv),
        "contact_time": both(0.25, 0.26, (0.02, 0.02)),
    } | more  # fmt: skip
    legs = tuple(LegSeries(metric=metric, source="runscribe", form="per_leg", t_s=t_s, left=left, right=right)
                 for metric, (left, right) in values.items())  # fmt: skip
    return Activity(format="runscribe_csv", start=datetime(2026, 5, 4, 6, tzinfo=UTC), t_s=t_s, legs=legs,
                    channels={"cadence_spm": np.full(n, 166.0)})  # fmt: skip


def mirrored(activity):
    return replace(activity, legs=tuple(replace(one, left=one.right, right=one.left) for one in activity.legs))


def test_trials_are_the_minutes_after_the_first_ten():
    length, _ = stride_results(run(minutes=30))
    assert (len(length.left), len(length.right)) == (20, 20)
    assert (length.test, length.source, length.day.isoformat()) == ("stride_length", "runscribe", "2026-05-04")


def test_each_foot_keeps_its_own_stride_length():
    length, _ = stride_results(run(left_m=2.40, right_m=2.46))
    assert (np.mean(length.left), np.mean(length.right)) == (
        pytest.approx(2.40, rel=2e-3),
        pytest.approx(2.46, rel=2e-3),
    )


def test_the_spread_of_strides_stands_beside_their_length():
    length, _ = stride_results(run())
    assert length.extra == {
        "left_spread_pct": pytest.approx(2.0, rel=0.1),
        "right_spread_pct": pytest.approx(2.0, rel=0.1),
    }


def test_minutes_at_another_pace_are_left_out():
    length, _ = stride_results(run(minutes=40, pace=lambda t_s: np.where(t_s < 1800, 1.0, 1.2)))
    assert len(length.left) == 20
    assert np.mean(length.left) == pytest.approx(2.40, rel=2e-3)


def test_consistency_is_the_variation_within_the_minutes_of_the_middle_third():
    _, landing = stride_results(run(minutes=45, cv=(0.10, 0.20)))
    assert len(landing.left) in (14, 15, 16)
    assert (np.mean(landing.left), np.mean(landing.right)) == (pytest.approx(10, rel=0.06), pytest.approx(20, rel=0.06))


def test_a_change_of_pace_in_the_run_is_no_inconsistency():
    plain, drifting = run(minutes=45), run(minutes=45)
    t_s = plain.legs[0].t_s
    grows = 1 + t_s / 2700
    harder = tuple(
        replace(one, left=one.left * grows, right=one.right * grows) if one.metric == "impact" else one
        for one in drifting.legs
    )
    one, other = (np.mean(stride_results(run_)[1].left) for run_ in (plain, replace(drifting, legs=harder)))
    assert other == pytest.approx(one, rel=0.02)


def test_the_variation_of_stride_and_contact_time_stand_beside_it():
    _, landing = stride_results(run(minutes=45))
    assert landing.extra["left_stride_time_cv_pct"] == pytest.approx(1.0, rel=0.1)
    assert landing.extra["right_stride_time_cv_pct"] == pytest.approx(1.5, rel=0.1)
    assert {"left_contact_time_cv_pct", "right_stride_length_cv_pct"} <= landing.extra.keys()


def test_swapping_the_feet_swaps_every_result():
    activity = run(left_m=2.40, right_m=2.46, cv=(0.10, 0.15))
    for straight, mirror in zip(stride_results(activity), stride_results(mirrored(activity)), strict=True):
        assert (mirror.left, mirror.right) == (straight.right, straight.left)
        for key, value in straight.extra.items():
            side, _, rest = key.partition("_")
            assert mirror.extra[f"{'right' if side == 'left' else 'left'}_{rest}"] == value


def test_strides_that_nobody_runs_are_left_out_for_both_feet():
    activity = run()
    (one,) = (one for one in activity.legs if one.metric == "stride_length")
    odd = one.left.copy()
    odd[::50] = 30.0
    legs = tuple(replace(each, left=odd) if each.metric == "stride_length" else each for each in activity.legs)
    length, _ = stride_results(replace(activity, legs=legs))
    assert np.mean(length.left) == pytest.approx(2.40, rel=2e-3)


def test_walking_minutes_are_no_trials():
    activity = run(minutes=30)
    cadence = np.where((activity.t_s >= 900) & (activity.t_s < 1200), 110.0, 166.0)
    length, _ = stride_results(replace(activity, channels={"cadence_spm": cadence}))
    assert len(length.left) == 15


@pytest.mark.parametrize("minutes", [3, 14])
def test_a_short_run_gives_no_stride_length(minutes):
    assert "stride_length" not in [one.test for one in stride_results(run(minutes=minutes))]


def test_a_watch_without_rows_per_stride_gives_nothing():
    t_s = np.arange(3600.0)
    share = LegSeries(metric="contact_time", source="watch_balance", form="share_left", t_s=t_s, left=0.5 + 0 * t_s,
                      right=0.5 + 0 * t_s)  # fmt: skip
    watch = Activity(format="fit", start=datetime(2026, 5, 4, 6, tzinfo=UTC), t_s=t_s, legs=(share,))
    assert stride_results(watch) == ()
    assert stride_results(Activity(format="fit", start=watch.start, t_s=[])) == ()


@pytest.mark.real_data
def test_a_real_foot_and_its_shifted_likeness_give_results_that_compare(real_data):
    """Only a right foot is published: its likeness, half a stride later and 2 % shorter, stands in for the left."""
    right = (real_data / "csv/richardjy__read-runscribe/run_37075right.csv").read_text(encoding="utf8")
    lines = right.splitlines()
    left = lines[:2]
    for line in lines[2:]:
        cells = line.split(",")
        cells[1], cells[9] = f"{float(cells[1]) + 0.36:.3f}", f"{0.98 * float(cells[9]):.4f}"
        left.append(",".join(cells))
    parts = [("run left.csv", "\n".join(left).encode()), ("run right.csv", right.encode())]
    (activity,) = read_runscribe_feet(parts)
    length, landing = stride_results(activity)
    assert np.mean(length.left) / np.mean(length.right) == pytest.approx(0.98, abs=0.002)
    assert 2.2 < np.mean(length.right) < 2.7
    assert 0.5 < landing.extra["right_stride_time_cv_pct"] < 3.0
    for result in (length, landing):
        check_result(result)
        assert compare_limbs(result, profile=Profile(name="Ada")).weaker is None
