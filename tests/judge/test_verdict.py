import pytest

from evenstride.judge.verdict import Interval, rule


def judge(index, half, *, threshold=4.0, n_effective=40.0, minutes=30.0, metric="contact_time"):
    interval = Interval(index_pct=index, low_pct=index - half, high_pct=index + half)
    return rule(metric, interval, threshold_pct=threshold, n_effective=n_effective, usable_minutes=minutes)


@pytest.mark.parametrize(
    ("index", "half", "verdict"),
    [
        (6.0, 1.0, "right_longer"),
        (-6.0, 1.0, "left_longer"),
        (0.0, 3.9, "ordinary"),
        (0.0, 4.0, "ordinary"),
        (5.0, 1.0, "unclear"),
        (3.5, 1.0, "unclear"),
        (0.0, 5.0, "unclear"),
    ],
)
def test_the_whole_interval_decides(index, half, verdict):
    assert judge(index, half).verdict == verdict


def test_sizes_are_larger_not_longer():
    assert judge(12.0, 1.0, threshold=10.0, metric="leg_stiffness").verdict == "right_larger"
    assert judge(-12.0, 1.0, threshold=10.0, metric="leg_stiffness").verdict == "left_larger"


def test_too_short_says_how_many_more_minutes_would_tell():
    """x = 2, h = 3, T = 30: T′ = 30·(3/2)² = 67.5."""
    ruling = judge(2.0, 3.0)
    assert (ruling.reason, ruling.more_minutes) == ("too_short", 37.5)


def test_beyond_two_hours_only_more_runs_can_tell():
    ruling = judge(3.5, 1.5)  # T′ = 270 min
    assert (ruling.reason, ruling.more_minutes) == ("at_the_edge", None)


def test_an_index_on_the_threshold_is_at_the_edge():
    assert judge(4.0, 1.0).reason == "at_the_edge"


def test_fewer_than_four_independent_samples_are_flagged_and_unclear():
    ruling = judge(9.0, 1.0, n_effective=3.9)
    assert (ruling.flag, ruling.verdict) == ("not_enough_to_compare", "unclear")


def test_four_independent_samples_are_not_flagged():
    assert judge(9.0, 1.0, n_effective=4.0).flag is None


def test_a_flagged_run_asks_for_enough_minutes_to_reach_four():
    assert judge(9.0, 1.0, n_effective=2.0, minutes=20.0).more_minutes == pytest.approx(20.0)


def test_a_metric_without_threshold_is_not_judged():
    assert judge(25.0, 1.0, threshold=None, metric="impact").verdict is None


@pytest.mark.parametrize(("index", "half", "reason"), [(2.0, 3.99, "too_short"), (2.0, 4.01, "at_the_edge")])
def test_all_minutes_together_decide_the_edge_not_the_additional_ones(index, half, reason):
    """T = 30: T′ = 30·(h/2)² passes 120 where h passes 4."""
    assert judge(index, half).reason == reason
