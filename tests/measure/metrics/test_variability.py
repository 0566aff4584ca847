"""How far a watch's cadence spreads within minutes: what enters, what is taken out, and when nothing is said."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from evenstride.measure.metrics import running_time, summary_levels
from evenstride.measure.metrics.variability import cadence_cv_pct
from evenstride.model import Activity, LegSeries, Span
from evenstride.service.analyze import analyze_file

START = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)


def wavering(n, memory_s=3.0, seed=1):
    """A steady runner's cadence about its mean as a watch smooths it: mean 0, standard deviation 1."""
    keep = np.exp(-1.0 / memory_s)
    kernel = keep ** np.arange(60)
    shocks = np.random.default_rng(seed).standard_normal(n + 59)
    return np.convolve(shocks, kernel / np.sqrt(np.square(kernel).sum()), mode="valid")


def run(cadence, *, t_s=None, legs=(), pauses=(), **channels):
    t_s = np.arange(float(len(cadence))) if t_s is None else t_s
    return Activity(format="fit", start=START, t_s=t_s, channels={"cadence_spm": cadence} | channels, legs=legs,
                    pauses=pauses)  # fmt: skip


def told(activity, grade_pct=None):
    return cadence_cv_pct(activity, running_time(activity), grade_pct)


def drifting(n):
    """Where between two steps a minute lies is chance, as outdoors."""
    return 3.0 * np.sin(np.arange(n) / 401.0)


def test_the_spread_is_the_standard_deviation_in_percent_of_the_mean():
    wave = np.sqrt(2.0) * np.sin(2 * np.pi * np.arange(3600) / 7.5)
    assert told(run(170.0 + 1.7 * wave)) == pytest.approx(1.0 * np.sqrt(60 / 59), rel=1e-6)


def test_five_percent_more_of_everything_gives_the_same_percentage():
    cadence = 170.0 + 1.2 * wavering(3600)
    assert told(run(1.05 * cadence)) == pytest.approx(told(run(cadence)), rel=1e-6)


def test_twice_the_spread_reads_twice():
    spread = 1.2 * wavering(7200)
    assert told(run(170.0 + 2.0 * spread)) == pytest.approx(2.0 * told(run(170.0 + spread)), rel=0.02)


def test_a_faster_steady_run_gives_the_same():
    spread = 0.01 * wavering(3600)
    slow = run(164.0 * (1.0 + spread), speed_mps=np.full(3600, 2.6))
    fast = run(180.0 * (1.0 + spread), speed_mps=np.full(3600, 4.2))
    assert told(fast) == pytest.approx(told(slow), rel=1e-6)


def test_what_moves_with_speed_within_a_minute_is_taken_out():
    speed = 3.0 + 0.4 * np.sin(2 * np.pi * np.arange(3600) / 45.0)
    steady = 170.0 + 1.2 * wavering(3600)
    moved = run(steady + 8.0 * (speed - 3.0), speed_mps=speed)
    assert told(moved) == pytest.approx(told(run(steady, speed_mps=np.full(3600, 3.0))), rel=0.06)
    assert told(replace(moved, channels={"cadence_spm": moved.channels["cadence_spm"]})) > 1.5 * told(moved)


def test_a_hill_taken_at_changing_speed_does_not_widen_it():
    t_s = np.arange(3600.0)
    grade = 4.0 * np.sin(2 * np.pi * t_s / 80.0)
    speed = 3.0 - 0.1 * grade + 0.3 * np.sin(2 * np.pi * t_s / 50.0)
    steady = 170.0 + 1.2 * wavering(3600)
    hilly = run(steady + 8.0 * (speed - 3.0) + 1.0 * grade, speed_mps=speed)
    flat = told(run(steady, speed_mps=np.full(3600, 3.0)))
    assert told(hilly, grade) == pytest.approx(flat, rel=0.1)
    assert told(hilly) > 1.2 * flat


@pytest.mark.parametrize("spread_spm", [0.5, 0.8, 1.5, 3.0])
@pytest.mark.parametrize("step_spm", [1.0, 2.0])
def test_readings_in_steps_give_about_the_same(spread_spm, step_spm):
    """At 0.5 spm Sheppard's correction leaves nothing of readings to 2 spm."""
    cadence = 170.0 + drifting(7200) + spread_spm * wavering(7200)
    assert told(run(step_spm * np.rint(cadence / step_spm))) == pytest.approx(told(run(cadence)), rel=0.15)


def test_stops_do_not_enter():
    """The watch's mean needs ten seconds to come down before a stop, and to come up after it."""
    steady = 170.0 + 1.2 * wavering(7200)
    at = np.arange(7200) % 160
    near = np.interp(at, [70, 80, 100, 110], [0.0, -30.0, -30.0, 0.0])
    stopped = np.where((at >= 80) & (at < 100), 0.0, steady + near)
    assert told(run(stopped)) == pytest.approx(told(run(steady)), rel=0.05)


def test_a_pause_ends_a_minute():
    """Before and after the pause the runner has another cadence, and neither minute holds both."""
    t_s = np.concatenate([100.0 * i + np.arange(85.0) for i in range(30)])
    pauses = tuple(Span(start_s=100.0 * i + 85, end_s=100.0 * (i + 1)) for i in range(29))
    other = np.where((t_s // 100) % 2, 178.0, 168.0)
    paused = run(other + 1.2 * wavering(len(t_s)), t_s=t_s, pauses=pauses)
    assert told(paused) == pytest.approx(0.67, abs=0.05)


def test_a_lost_sensor_does_not_enter():
    cadence = 170.0 + 1.2 * wavering(3600)
    lost = cadence.copy()
    lost[1000:1100] = np.nan
    lost[2000:2010] = 0.0
    assert told(run(lost)) == pytest.approx(told(run(cadence)), rel=0.05)


def test_a_few_minutes_of_surges_do_not_enter():
    cadence = 170.0 + 1.2 * wavering(3600)
    surging = cadence + np.where((np.arange(3600) // 60) % 10 == 5, 12.0 * np.sign(np.sin(np.arange(3600) / 4.0)), 0.0)
    assert told(run(surging)) == pytest.approx(told(run(cadence)), rel=0.15)


@pytest.mark.parametrize("spacing_s", [3.0, 6.0])
def test_sparse_recording_says_nothing(spacing_s):
    cadence = 170.0 + 1.2 * wavering(1800)
    assert told(run(cadence, t_s=spacing_s * np.arange(1800.0))) is None


def test_every_other_second_is_enough():
    cadence = 170.0 + 1.2 * wavering(7200)
    assert told(run(cadence[::2], t_s=np.arange(7200.0)[::2])) == pytest.approx(told(run(cadence)), rel=0.1)


def test_recording_on_change_says_nothing():
    """A minute in which much moves is written every second, and would speak for all."""
    t_s = np.sort(np.concatenate([np.arange(0.0, 3600.0, 5.0), np.flatnonzero(np.arange(3600) % 300 < 90) * 1.0]))
    t_s = np.unique(t_s)
    assert told(run(170.0 + 1.2 * wavering(len(t_s)), t_s=t_s)) is None


def test_too_few_minutes_say_nothing():
    cadence = 170.0 + 1.2 * wavering(3600)
    assert told(run(cadence[:619])) is None
    assert told(run(cadence[:621])) is not None


def test_a_step_too_coarse_for_the_spread_says_nothing():
    cadence = 170.0 + drifting(7200) + 0.2 * wavering(7200)
    assert told(run(2.0 * np.rint(0.5 * cadence))) is None
    assert told(run(cadence)) is not None


@pytest.mark.parametrize("cadence_spm", [170.0, 170.3])
def test_a_cadence_that_never_moves_says_nothing(cadence_spm):
    assert told(run(np.full(3600, cadence_spm))) is None


def test_a_spread_that_never_meets_the_next_step_says_nothing():
    """On a belt every minute may lie between the same two steps: jumps then tell the place and not the spread."""
    assert told(run(2.0 * np.rint(0.5 * (170.7 + 0.35 * wavering(3600))))) is None


def test_a_row_per_stride_says_stride_time_instead():
    rng = np.random.default_rng(2)
    t_s = 0.72 * np.arange(3000)
    left, right = 0.72 * (1.0 + 0.02 * rng.standard_normal((2, 3000)))
    legs = (LegSeries(metric="stride_time", source="runscribe", form="per_leg", t_s=t_s, left=left, right=right),)
    strides = run(120.0 / left, t_s=t_s, legs=legs)
    levels = summary_levels(strides, running_time(strides))
    assert "cadence_cv_pct" not in levels
    assert levels["stride_time_cv_pct"] == pytest.approx(1.93, abs=0.05)
    swapped = replace(strides, legs=tuple(replace(one, left=one.right, right=one.left) for one in legs))
    assert summary_levels(swapped, running_time(swapped)) == levels


def test_swapping_the_legs_changes_nothing():
    n = 3600
    share = 0.5 + 0.01 * wavering(n, seed=3)
    leg = LegSeries(metric="contact_time", source="watch_balance", form="share_left", t_s=np.arange(float(n)),
                    left=share, right=1.0 - share)  # fmt: skip
    one = run(170.0 + 1.2 * wavering(n), legs=(leg,))
    other = replace(one, legs=(replace(leg, left=leg.right, right=leg.left),))
    assert told(one) == told(other) is not None


def test_speed_that_is_missing_here_and_there_is_bridged():
    speed = 3.0 + 0.4 * np.sin(2 * np.pi * np.arange(3600) / 45.0)
    cadence = 170.0 + 1.2 * wavering(3600) + 8.0 * (speed - 3.0)
    holes = np.where(np.arange(3600) % 20 == 0, np.nan, speed)
    assert told(run(cadence, speed_mps=holes)) == pytest.approx(told(run(cadence, speed_mps=speed)), rel=0.01)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "cv_pct"),
    [
        ("MaksVasilev__fit2gpx/Fenix3-Run-1321421020.fit", 0.632),
        ("sports-alliance__sports-lib/4623204522.fit", 0.603),
        ("sports-alliance__sports-lib/6916663933.fit", 1.495),
        ("roznet__connectstats/activity_1378220136.fit", None),  # a record every six seconds
    ],
)
def test_what_real_watches_show(real_data, name, cv_pct):
    found = analyze_file(real_data / "fit" / name).summary.get("cadence_cv_pct")
    assert found == (None if cv_pct is None else pytest.approx(cv_pct, abs=0.001))
