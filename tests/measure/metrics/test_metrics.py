from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from evenstride.judge.ranges import RANGES
from evenstride.measure.metrics import PLAUSIBLE, leg_samples, looks_like_running, running_time, summary_levels
from evenstride.measure.metrics.conditions import METRES_PER_DEGREE, run_conditions
from evenstride.measure.metrics.running import REASONS
from evenstride.model import METRICS, Activity, LegSeries, Span

START = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)


def run(n=600, *, share=0.51, t_s=None, pauses=(), **channels):
    t_s = np.arange(float(n)) if t_s is None else np.asarray(t_s, float)
    n = len(t_s)
    filled = {
        "contact_time_s": np.full(n, 0.25), "cadence_spm": np.full(n, 170.0), "speed_mps": np.full(n, 3.0),
    } | channels  # fmt: skip
    left = np.full(n, share) if np.isscalar(share) else np.asarray(share)
    balance = LegSeries(
        metric="contact_time", source="watch_balance", form="share_left", t_s=t_s, left=left, right=1 - left,
        level_channel="contact_time_s",
    )  # fmt: skip
    filled = {name: values for name, values in filled.items() if values is not None}
    return Activity(format="fit", start=START, t_s=t_s, channels=filled, legs=(balance,), pauses=pauses)


def dropped(activity):
    return {one.reason: one.seconds for one in leg_samples(activity)[0].dropped}


def part(n, value, at, other):
    values = np.full(n, value)
    values[at] = other
    return values


def test_a_left_share_becomes_each_legs_own_contact_time():
    (legs,) = leg_samples(run(share=0.51))
    assert (legs.left[0], legs.right[0], legs.unit) == (pytest.approx(0.255), pytest.approx(0.245), "s")


def test_swapping_the_share_swaps_the_legs():
    (one,), (other,) = leg_samples(run(share=0.53)), leg_samples(run(share=0.47))
    np.testing.assert_allclose(one.left, other.right)
    np.testing.assert_allclose(one.right, other.left)


def test_a_share_without_contact_time_stays_a_share():
    (legs,) = leg_samples(run(contact_time_s=None))
    assert (legs.unit, legs.left[0]) == ("share", pytest.approx(0.51))


def test_walking_is_left_out_by_contact_time():
    assert dropped(run(contact_time_s=part(600, 0.25, slice(100, 160), 0.48))) == {"walking": 60.0}


def test_walking_is_left_out_by_cadence_where_contact_time_is_a_runs():
    assert dropped(run(cadence_spm=part(600, 170.0, slice(100, 130), 112.0))) == {"walking": 30.0}


def test_a_slow_runner_with_a_runners_cadence_is_not_a_walker():
    assert dropped(run(speed_mps=np.full(600, 1.5))) == {}


def test_speed_tells_walking_where_nothing_else_is_known():
    slow = run(contact_time_s=None, cadence_spm=None, speed_mps=part(600, 3.0, slice(0, 50), 1.2))
    assert dropped(slow) == {"walking": 50.0}


def test_standing_is_left_out():
    still = {"cadence_spm": part(600, 170.0, slice(0, 20), 0.0), "speed_mps": part(600, 3.0, slice(0, 20), 0.0)}
    assert dropped(run(**still)) == {"standing": 20.0}


def test_a_cadence_dropout_at_a_runners_speed_and_contact_is_no_stop():
    assert dropped(run(cadence_spm=part(600, 170.0, slice(0, 20), 0.0))) == {}


def test_short_pauses_between_records_are_left_out_and_cut():
    """100 auto-pauses of 8 s: each leaves a spacing that a slow recording would have too."""
    t_s = np.concatenate([28.0 * i + np.arange(21.0) for i in range(100)])
    pauses = tuple(Span(start_s=28.0 * i + 20.0, end_s=28.0 * i + 28.0) for i in range(99))
    (legs,) = leg_samples(run(t_s=t_s, pauses=pauses))
    assert {one.reason: one.seconds for one in legs.dropped} == {"paused": 99 * 8.0}
    assert len(legs.cuts) == 99


def test_records_written_while_the_timer_stood_count_once():
    assert dropped(run(pauses=(Span(start_s=100.4, end_s=140.2),))) == {"paused": pytest.approx(40.0, abs=0.7)}


def test_a_runner_who_often_stands_keeps_his_conditions():
    stops = np.arange(600) % 100 < 30
    speed = np.where(stops, 0.0, 3.0)
    way = np.cumsum(speed) / METRES_PER_DEGREE
    activity = run(speed_mps=speed, cadence_spm=np.where(stops, 0.0, 170.0), altitude_m=100 + 0.02 * np.cumsum(speed),
                   contact_time_s=np.where(stops, np.nan, 0.25), latitude_deg=way, longitude_deg=way * 0)  # fmt: skip
    (legs,) = leg_samples(activity)
    assert {"speed_mps", "grade_pct", "turn_dps"} <= legs.conditions.keys()


def test_levels_are_weighted_by_time():
    t_s = np.concatenate((np.arange(300.0), 300.0 + 6.0 * np.arange(100)))
    activity = run(t_s=t_s, heart_rate_bpm=np.where(t_s < 300, 140.0, 160.0))
    assert summary_levels(activity, running_time(activity))["heart_rate_bpm"] == pytest.approx(153.3, abs=0.1)


def test_pace_is_distance_over_time():
    t_s = np.arange(600.0)
    activity = run(distance_m=3.3 * t_s, speed_mps=np.full(600, 3.0))
    assert summary_levels(activity, running_time(activity))["speed_mps"] == pytest.approx(3.3)


def test_nothing_is_said_of_a_few_seconds_of_running():
    walk = run(contact_time_s=part(600, 0.25, slice(0, 560), 0.6))
    assert summary_levels(walk, running_time(walk)) == {}


def test_a_belt_without_speed_is_not_standing():
    assert dropped(run(speed_mps=np.zeros(600))) == {}


def test_missing_balance_is_counted():
    assert dropped(run(share=part(600, 0.51, slice(0, 30), np.nan))) == {"missing": 30.0}


def test_a_zero_balance_is_missing_not_zero():
    assert dropped(run(share=part(600, 0.51, slice(0, 30), 0.0))) == {"missing": 30.0}


@pytest.mark.parametrize("share", [0.33, 0.40, 0.60, 0.64])
def test_a_balance_outside_forty_to_sixty_is_implausible(share):
    assert dropped(run(share=part(600, 0.51, slice(0, 5), share))) == {"implausible": 5.0}


def test_a_contact_below_150_ms_is_implausible():
    assert dropped(run(contact_time_s=part(600, 0.25, slice(0, 5), 0.149))) == {"implausible": 5.0}


def test_a_pause_is_left_out_and_named():
    assert dropped(run(pauses=(Span(start_s=100, end_s=140),))) == {"paused": 40.0}


def test_a_hole_in_the_recording_is_counted():
    t_s = np.concatenate((np.arange(300.0), np.arange(400.0, 700.0)))
    assert dropped(run(t_s=t_s)) == {"not_recorded": 101.0}


def test_a_hole_that_a_pause_explains_is_no_hole():
    t_s = np.concatenate((np.arange(300.0), np.arange(400.0, 700.0)))
    assert dropped(run(t_s=t_s, pauses=(Span(start_s=300, end_s=400),))) == {"paused": 100.0}


def test_a_hole_that_a_pause_explains_in_part_counts_both_parts():
    t_s = np.concatenate((np.arange(300.0), np.arange(400.0, 700.0)))
    pauses = (Span(start_s=310, end_s=350), Span(start_s=340, end_s=360))
    assert dropped(run(t_s=t_s, pauses=pauses)) == {"paused": 50.0, "not_recorded": 51.0}


def test_what_is_left_out_on_purpose_is_cut_and_what_is_missing_is_bridged():
    walk = part(600, 0.25, slice(100, 105), 0.48)
    (legs,) = leg_samples(run(contact_time_s=walk, share=part(600, 0.51, slice(300, 305), 0.0)))
    assert legs.cuts == (100,)


def test_usable_and_dropped_seconds_add_up_to_the_recording():
    t_s = np.cumsum(np.random.default_rng(1).integers(1, 8, 400)).astype(float)
    activity = run(t_s=t_s, contact_time_s=part(400, 0.25, slice(50, 90), 0.5), share=part(400, 0.5, slice(9, 30), 0))
    (legs,) = leg_samples(activity)
    time = running_time(activity)
    kept = time.seconds[np.isin(activity.t_s, legs.t_s)].sum()
    assert kept + sum(one.seconds for one in legs.dropped) == pytest.approx(time.seconds.sum())


def test_dropped_stretches_say_where():
    (legs,) = leg_samples(run(contact_time_s=part(600, 0.25, slice(100, 160), 0.48)))
    assert legs.dropped[0].spans == ((100.0, 160.0),)


def test_a_metric_that_is_no_ratio_is_not_judged():
    activity = run()
    pronation = replace(activity.legs[0], metric="pronation")
    assert leg_samples(replace(activity, legs=(pronation,))) == ()


def test_two_sources_stay_apart():
    activity = run()
    pod = replace(activity.legs[0], source="runscribe", form="per_leg", left=activity.t_s * 0 + 0.3,
                  right=activity.t_s * 0 + 0.31)  # fmt: skip
    found = leg_samples(replace(activity, legs=(*activity.legs, pod)))
    assert [(legs.source, round(float(legs.left[0]), 3)) for legs in found] == [
        ("watch_balance", 0.255), ("runscribe", 0.3),
    ]  # fmt: skip


def test_strides_on_a_clock_of_their_own_are_gated_by_the_watch():
    activity = run(cadence_spm=part(600, 170.0, slice(100, 200), 100.0))
    t_s = np.arange(0.3, 599.0, 0.7)
    pod = LegSeries(metric="contact_time", source="runscribe", form="per_leg", t_s=t_s, left=t_s * 0 + 0.3,
                    right=t_s * 0 + 0.3)  # fmt: skip
    (legs,) = leg_samples(replace(activity, legs=(pod,)))
    assert not ((legs.t_s > 101) & (legs.t_s < 199)).any()
    assert len(legs.t_s) > 600


def test_every_metric_and_every_reason_has_its_row():
    assert PLAUSIBLE.keys() == METRICS.keys() == RANGES.keys()
    assert all(REASONS.values())


def test_a_steady_climb_has_its_grade():
    t_s = np.arange(600.0)
    grade = run_conditions(run(altitude_m=100 + 0.15 * t_s))["grade_pct"]
    np.testing.assert_allclose(grade[20:-20], 5.0)


def circle(radius_m, speed_mps=3.0, n=600):
    angle = speed_mps / radius_m * np.arange(n)
    return {
        "longitude_deg": radius_m * np.cos(angle) / METRES_PER_DEGREE,
        "latitude_deg": radius_m * np.sin(angle) / METRES_PER_DEGREE,
    }


def test_turning_to_the_left_is_positive():
    turn = run_conditions(run(**circle(50.0)))["turn_dps"]
    np.testing.assert_allclose(turn[20:-20], np.rad2deg(3.0 / 50.0), rtol=0.02)


def test_turning_to_the_right_is_negative():
    way = circle(50.0)
    turn = run_conditions(run(**way | {"latitude_deg": -way["latitude_deg"]}))["turn_dps"]
    assert (turn[20:-20] < 0).all()


def test_a_condition_that_is_mostly_unknown_is_absent():
    conditions = run_conditions(run(altitude_m=part(600, 100.0, slice(0, 200), np.nan)))
    assert "grade_pct" not in conditions


def test_short_gaps_of_a_condition_are_bridged():
    speed = run_conditions(run(speed_mps=part(600, 3.0, slice(10, 20), np.nan)))["speed_mps"]
    assert np.isfinite(speed).all()


def test_levels_are_those_of_running_only():
    activity = run(heart_rate_bpm=part(600, 150.0, slice(0, 100), 90.0), cadence_spm=part(600, 170, slice(0, 100), 100))
    levels = summary_levels(activity, running_time(activity))
    assert (levels["heart_rate_bpm"], levels["cadence_spm"]) == (150.0, 170.0)


def test_step_length_follows_from_speed_and_cadence():
    activity = run()
    assert summary_levels(activity, running_time(activity))["step_length_m"] == pytest.approx(60 * 3 / 170)


@pytest.mark.parametrize(
    ("channels", "answer"),
    [
        ({"speed_mps": [3.0], "cadence_spm": [170.0]}, True),
        ({"speed_mps": [8.0], "cadence_spm": [170.0]}, False),
        ({"speed_mps": [3.0]}, False),
        ({"speed_mps": [3.0], "cadence_spm": [90.0]}, False),
        ({"speed_mps": [3.0], "contact_time_s": [0.25]}, True),
        ({"speed_mps": [1.5], "contact_time_s": [0.6]}, False),
        ({}, False),
    ],
)
def test_an_unnamed_sport_is_judged_by_speed_cadence_and_contact(channels, answer):
    assert looks_like_running(Activity(format="gpx", start=START, t_s=[0.0], channels=channels)) is answer


def test_an_empty_activity_has_no_samples_and_no_complaint():
    empty = Activity(format="fit", start=START, t_s=[], legs=())
    assert leg_samples(empty) == ()
    assert running_time(empty).dropped() == ()
