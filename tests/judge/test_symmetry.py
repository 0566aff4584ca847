from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import TooFewSamples
from evenstride.judge import index_pct, judge_run, symmetry_index, too_little
from evenstride.model import METRICS, Lap


def swapped(legs):
    conditions = {name: -values if name == "turn_dps" else values for name, values in legs.conditions.items()}
    return replace(legs, left=legs.right, right=legs.left, conditions=conditions)


def test_longer_right_contact_is_positive(make_legs):
    assert symmetry_index(make_legs(index_pct=8.0)).index_pct > 5.0


def test_a_clear_difference_is_judged_by_its_side(make_legs):
    assert symmetry_index(make_legs(index_pct=9.0, memory_s=5.0)).verdict == "right_longer"
    assert symmetry_index(make_legs(index_pct=-9.0, memory_s=5.0)).verdict == "left_longer"


def test_equal_legs_are_ordinary(make_legs):
    assert symmetry_index(make_legs(index_pct=0.0, memory_s=5.0)).verdict == "ordinary"


@pytest.mark.parametrize("seed", range(3))
def test_swapping_the_legs_mirrors_everything(make_legs, seed):
    rng = np.random.default_rng(seed)
    legs = make_legs(index_pct=3.0, seed=seed, turn_dps=rng.normal(size=1800), speed_mps=3 + rng.normal(size=1800))
    laps = [Lap(start_s=0, end_s=600), Lap(start_s=600, end_s=1800)]
    one, other = judge_run(legs, laps=laps), judge_run(swapped(legs), laps=laps)
    assert other.estimate.index_pct == pytest.approx(-one.estimate.index_pct)
    assert other.estimate.raw_index_pct == pytest.approx(-one.estimate.raw_index_pct)
    assert other.estimate.low_pct == pytest.approx(-one.estimate.high_pct, rel=1e-6)
    assert (other.estimate.left, other.estimate.right) == (one.estimate.right, one.estimate.left)
    for mine, theirs in zip((*one.thirds, *one.laps), (*other.thirds, *other.laps), strict=True):
        assert theirs.index_pct == pytest.approx(-mine.index_pct)
    for mine, theirs in zip(one.effects, other.effects, strict=True):
        sign = 1 if mine.condition == "turn" else -1
        assert theirs.effect_pct == pytest.approx(sign * mine.effect_pct)
    np.testing.assert_allclose(other.trace.low_pct, -one.trace.high_pct, rtol=1e-6)


def test_seconds_or_milliseconds_give_the_same_percentages(make_legs):
    legs = make_legs(index_pct=3.0)
    in_ms = replace(legs, left=1000 * legs.left, right=1000 * legs.right)
    one, other = symmetry_index(legs), symmetry_index(in_ms)
    assert other.index_pct == pytest.approx(one.index_pct)
    assert other.low_pct == pytest.approx(one.low_pct)


def test_the_raw_index_is_minus_four_times_the_balance_beyond_fifty(make_legs):
    legs = make_legs(index_pct=7.0, noise_pct=6.0)
    balance = 100 * legs.left / (legs.left + legs.right)
    assert symmetry_index(legs).raw_index_pct == pytest.approx(-4 * (balance.mean() - 50), abs=1e-9)


def test_more_running_narrows_the_interval(make_legs):
    short, long = (symmetry_index(make_legs(minutes=minutes, memory_s=10)) for minutes in (12, 90))
    assert long.high_pct - long.low_pct < 0.6 * (short.high_pct - short.low_pct)


def test_a_long_memory_widens_the_interval(make_legs):
    quick, slow = (symmetry_index(make_legs(minutes=45, memory_s=memory)) for memory in (3, 120))
    assert slow.high_pct - slow.low_pct > 2 * (quick.high_pct - quick.low_pct)
    assert slow.n_effective < quick.n_effective
    assert slow.memory_s > quick.memory_s


def test_a_hill_that_moves_the_index_is_separated(make_legs):
    """Half of the run is uphill, and the index there is 6 % higher; on the flat it is 0."""
    uphill = (np.arange(2700) % 600 < 300) * 4.0
    legs = make_legs(minutes=45, memory_s=5, grade_pct=uphill)
    ratio = legs.right / legs.left * np.exp(0.015 * uphill)
    left = 0.5 / (1 + ratio)
    judged = judge_run(replace(legs, left=left, right=0.5 - left))
    grade = next(effect for effect in judged.effects if effect.condition == "grade")
    assert grade.low_pct < 1.5 < grade.high_pct
    assert judged.estimate.low_pct < 0.0 < judged.estimate.high_pct
    assert judged.estimate.raw_index_pct > 2.0


def test_under_ten_usable_minutes_is_an_error_that_says_how_much_is_needed(make_legs):
    with pytest.raises(TooFewSamples, match="about 3 more") as raised:
        symmetry_index(make_legs(minutes=7.5))
    assert raised.value.minutes_needed == pytest.approx(2.5)


def test_ten_usable_minutes_are_enough(make_legs):
    assert symmetry_index(make_legs(minutes=10)).low_pct is not None


def test_too_little_keeps_the_mean_without_an_interval(make_legs):
    legs = make_legs(minutes=5, index_pct=4)
    with pytest.raises(TooFewSamples) as raised:
        judge_run(legs)
    estimate = too_little(legs, raised.value).estimate
    assert (estimate.low_pct, estimate.verdict, estimate.reason) == (None, "unclear", "too_short")
    assert estimate.more_minutes == pytest.approx(5.0)


def test_a_pause_is_cut_and_the_rest_joined(make_legs):
    legs = make_legs(minutes=30)
    later = np.where(legs.t_s < 900, legs.t_s, legs.t_s + 3600)
    paused = replace(legs, t_s=later, conditions={})
    assert symmetry_index(paused).usable_minutes == pytest.approx(30.0, abs=0.05)


def test_no_stretch_of_the_trace_bridges_a_pause(make_legs):
    legs = make_legs(minutes=30)
    later = np.where(legs.t_s < 900, legs.t_s, legs.t_s + 3600)
    trace = judge_run(replace(legs, t_s=later, conditions={"elapsed_s": later})).trace
    assert not ((trace.t_s > 905) & (trace.t_s < 4495)).any()


def test_laps_keep_their_places_and_the_empty_ones_have_no_index(make_legs):
    laps = [Lap(start_s=0, end_s=600, kind="active"), Lap(start_s=600, end_s=605), Lap(start_s=605, end_s=1800)]
    found = judge_run(make_legs(minutes=30), laps=laps).laps
    assert [lap.kind for lap in found] == ["active", None, None]
    assert [lap.index_pct is None for lap in found] == [False, True, False]


def test_one_lap_is_the_run(make_legs):
    (lap,) = judge_run(make_legs(), laps=[Lap(start_s=0, end_s=1800)]).laps
    assert (lap.start_s, lap.end_s) == (0, 1800)


def known_effects(make_legs, **effects):
    """Forty minutes whose index moves by known amounts with each condition."""
    t_s = np.arange(2400.0)
    conditions = {
        "speed_mps": 3 + 0.3 * np.sin(t_s / 70), "grade_pct": 3 + 2 * np.sin(t_s / 97), "turn_dps": np.sin(t_s / 41),
    }  # fmt: skip
    legs = make_legs(minutes=40, memory_s=3, noise_pct=1.0, **conditions)
    at_zero = {"speed": conditions["speed_mps"] - np.median(conditions["speed_mps"]), "grade": conditions["grade_pct"],
               "turn": conditions["turn_dps"], "elapsed": t_s / 600 - 2}  # fmt: skip
    shift = sum(size * at_zero[name] for name, size in effects.items())
    ratio = legs.right / legs.left * np.exp(shift / 100)
    left = 0.5 / (1 + ratio)
    return judge_run(replace(legs, left=left, right=0.5 - left))


@pytest.mark.parametrize(("condition", "size"), [("speed", -3.0), ("grade", 0.8), ("turn", 1.5), ("elapsed", 1.2)])
def test_a_known_effect_is_found_in_its_own_unit(make_legs, condition, size):
    (effect,) = (one for one in known_effects(make_legs, **{condition: size}).effects if one.condition == condition)
    assert effect.effect_pct == pytest.approx(size, abs=0.25)
    assert effect.low_pct < size < effect.high_pct


def test_the_index_is_given_on_the_flat_though_the_run_climbed(make_legs):
    """The mean grade is 3 %, which moves the index by 2.4 %."""
    estimate = known_effects(make_legs, grade=0.8).estimate
    assert estimate.raw_index_pct == pytest.approx(2.4, abs=0.3)
    assert estimate.index_pct == pytest.approx(0.0, abs=0.4)


def test_a_condition_that_hardly_varies_is_left_out(make_legs):
    turn = 1e-9 * np.random.default_rng(1).normal(size=1800)
    assert "turn" not in [effect.condition for effect in judge_run(make_legs(turn_dps=turn)).effects]


def test_thirds_cover_the_run_in_order(make_legs):
    thirds = judge_run(make_legs(minutes=30)).thirds
    assert [(third.start_s, third.end_s) for third in thirds] == [(0, 600), (600, 1200), (1200, 1800)]


def test_a_constant_signal_has_an_interval_of_no_width(make_legs):
    estimate = symmetry_index(make_legs(index_pct=6.0, noise_pct=0.0))
    assert estimate.low_pct == pytest.approx(6.0)
    assert estimate.high_pct == pytest.approx(6.0)


@given(st.floats(0.5, 2.0), st.floats(0.5, 2.0))
def test_the_index_is_robinsons(left, right):
    assert index_pct(100 * float(np.log(right / left))) == pytest.approx(100 * (right - left) / ((right + left) / 2))


def test_every_metric_has_an_ordinary_range():
    from evenstride.judge import RANGES

    assert RANGES.keys() == METRICS.keys()


def test_a_warm_up_is_taken_out_and_named(make_legs):
    """The first minutes start 6 % further right and settle with 3 minutes; the settled index is 1 %."""
    legs = make_legs(index_pct=1.0, minutes=40, memory_s=5)
    ratio = legs.right / legs.left * np.exp(0.06 * np.exp(-legs.t_s / 180))
    left = 0.5 / (1 + ratio)
    estimate = symmetry_index(replace(legs, left=left, right=0.5 - left))
    assert "warmup" in estimate.adjusted_for
    assert estimate.low_pct < 1.0 < estimate.high_pct
    assert estimate.raw_index_pct > estimate.index_pct + 0.2


def test_a_run_that_starts_as_it_goes_on_has_no_warm_up(make_legs):
    named = ["warmup" in symmetry_index(make_legs(minutes=40, memory_s=5, seed=s)).adjusted_for for s in range(20)]
    assert sum(named) < 14  # by chance about four in ten


def test_in_a_short_run_no_warm_up_is_looked_for(make_legs):
    assert all("warmup" not in symmetry_index(make_legs(minutes=15, seed=s)).adjusted_for for s in range(10))


def test_a_slow_coincidence_does_not_narrow_the_interval(make_legs):
    """A speed that drifts with the legs would explain everything away."""
    t_s = np.arange(2400.0)
    legs = make_legs(minutes=40, memory_s=20)
    drift = np.exp(0.05 * (t_s / 2400 - 0.5))
    left = 0.5 / (1 + legs.right / legs.left * drift)
    legs = replace(legs, left=left, right=0.5 - left, conditions={})
    alone = symmetry_index(legs)
    explained = symmetry_index(replace(legs, conditions={"speed_mps": 3 - t_s / 4800}))
    width = [one.high_pct - one.low_pct for one in (alone, explained)]
    assert width[1] > 0.8 * width[0]
