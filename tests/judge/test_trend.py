"""One metric through a season: what is told, from which runs, and that nothing depends on which leg is called right."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenstride.judge.direction import direction
from evenstride.judge.ranges import RANGES
from evenstride.judge.smallest import OWN_RUNS, SMALLEST, smallest_change
from evenstride.judge.trend import late_in_runs, season_metric
from evenstride.model import LEVELS, METRICS, Estimated, RunPoint

FIRST = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
TODAY = date(2026, 12, 1)
SEEDS = st.integers(0, 2**32 - 1)


def runs(n, *, at=2.0, seed=1, sd=0.5, half=0.8, days=3.0, **changes):
    """n runs about ``at`` (a number or one a run), each with its interval."""
    rng = np.random.default_rng(seed)
    values = np.broadcast_to(at, n) + sd * rng.standard_normal(n)
    return [
        RunPoint(run=f"r{i}", start=FIRST + timedelta(days=days * i), value=float(x), low=float(x - half),
                 high=float(x + half), source="watch_balance", device="one", minutes=40.0, **changes)
        for i, x in enumerate(values)
    ]  # fmt: skip


def season(points, metric="contact_time", today=None):
    """As it is told a week after the last run."""
    days = [point.start.date() for point in points if point.start.date() <= TODAY]
    today = today or max(days, default=TODAY) + timedelta(days=7)
    return season_metric(points, metric=metric, source="watch_balance", today=today)


def tagged(points, which, **tags):
    return [replace(p, tags=dict(p.tags) | tags) if i in which else p for i, p in enumerate(points)]


def swapped(points):
    return [replace(p, value=-p.value, low=-p.high, high=-p.low) for p in points]


def ends(estimated):
    return [estimated.low, estimated.value, estimated.high]


def mirrored(estimated):
    return [-estimated.high, -estimated.value, -estimated.low]


@given(seed=SEEDS, n=st.integers(3, 20), slope=st.floats(-0.2, 0.2))
@settings(max_examples=25, deadline=None)
def test_swapping_the_legs_mirrors_everything(seed, n, slope):
    points = runs(n, at=1.5 + slope * np.arange(n), seed=seed)
    points = [replace(p, device="two") if i % 4 == 1 else p for i, p in enumerate(points)]
    one, other = season(points), season(swapped(points))
    assert (one.level is None) == (other.level is None)
    assert (one.n_runs, one.waiting_for, one.notes) == (other.n_runs, other.waiting_for, other.notes)
    if one.level is None:
        return
    close = {"abs": 2e-4}
    for name in ("level", "baseline", "change"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert (mine is None) == (theirs is None)
        if mine is not None:
            assert ends(theirs) == pytest.approx(mirrored(mine), **close)
    assert (one.run_to_run_sd is None) == (other.run_to_run_sd is None)
    if one.run_to_run_sd is not None:
        assert ends(other.run_to_run_sd) == pytest.approx(ends(one.run_to_run_sd), **close)
    for mine, theirs in zip(one.offsets, other.offsets, strict=True):
        assert ends(theirs) == pytest.approx(mirrored(mine), **close)
    assert {one.direction.side, other.direction.side} == {"left", "right"}
    assert other.direction.same_side_share == one.direction.same_side_share
    assert other.direction.kappa == pytest.approx(one.direction.kappa)
    assert (one.closing is None) == (other.closing is None)
    if one.closing is not None:
        assert ends(other.closing.gap) == pytest.approx(ends(one.closing.gap), **close)
        assert other.closing.probability_closing == pytest.approx(one.closing.probability_closing, abs=1e-4)
    np.testing.assert_allclose(other.band.low, -one.band.high, atol=2e-4)
    assert [alarm.day for alarm in other.alarms] == [alarm.day for alarm in one.alarms]
    assert [alarm.value for alarm in other.alarms] == pytest.approx([-alarm.value for alarm in one.alarms], **close)


@given(seed=SEEDS, shuffle=SEEDS)
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_runs_changes_nothing(seed, shuffle):
    points = tagged(runs(12, seed=seed), {1, 5, 6}, shoe="racer")
    order = np.random.default_rng(shuffle).permutation(12)
    assert season([points[i] for i in order]) == season(points)


def test_three_runs_are_not_yet_a_level():
    found = season(runs(3))
    assert (found.level, found.baseline, found.change) == (None, None, None)
    assert found.waiting_for == "one more comparable run makes a baseline"
    assert found.n_runs == len(found.runs) == 3


def test_no_run_at_all_waits_for_four():
    found = season([])
    assert (found.n_runs, found.waiting_for) == (0, "four more comparable runs make a baseline")


def test_four_runs_make_a_provisional_baseline_and_five_settle_it():
    four, five = season(runs(4)), season(runs(5))
    assert (four.baseline.n_runs, five.baseline.n_runs) == (4, 5)
    assert "provisional" in four.waiting_for
    assert five.waiting_for is None


def test_there_is_no_change_before_a_run_after_the_baseline():
    assert season(runs(5)).change is None
    assert season(runs(6)).change is not None


def test_the_baseline_stays_with_the_first_five_runs():
    found = season(runs(20))
    assert (found.baseline.since, found.baseline.until) == (FIRST.date(), (FIRST + timedelta(days=12)).date())


def test_the_first_run_of_another_device_is_no_comparable_run():
    points = runs(5)
    assert season(points).waiting_for is None
    assert "provisional" in season([*points[:4], replace(points[4], device="two")]).waiting_for


def test_another_device_has_its_own_offset_and_leaves_the_level_alone():
    points = runs(40)
    other = [replace(p, device="two", value=p.value + 3, low=p.low + 3, high=p.high + 3) if i % 3 == 0 else p
             for i, p in enumerate(points)]  # fmt: skip
    found = season(other)
    (offset,) = found.offsets
    assert (offset.condition, offset.name, offset.reference, offset.n_runs) == ("device", "two", "one", 14)
    assert offset.low < 3.0 < offset.high
    assert found.level.low < 2.0 < found.level.high
    assert found.adjusted_for == ("device",)
    assert np.ptp(found.at_reference) < np.ptp([p.value for p in found.runs])


def test_a_device_worn_once_has_an_offset_and_says_nothing_of_the_level():
    points = runs(12)
    plain = season(points[:-1])
    far = replace(points[-1], device="two", value=9.0, low=8.2, high=9.8)
    found = season([*points[:-1], far])
    assert [(o.name, o.reference, o.n_runs) for o in found.offsets] == [("two", "one", 1)]
    assert found.level.value == pytest.approx(plain.level.value, abs=0.05)


def test_pairs_of_shoes_worn_out_one_after_the_other_leave_the_level_known():
    steady = runs(120, seed=4)
    shod = [replace(p, tags={"shoe": f"pair {i // 12}"}) for i, p in enumerate(steady)]
    plain, found = season(steady), season(shod)
    assert len(found.offsets) == 9
    assert found.level.low < 2.0 < found.level.high
    assert found.level.high - found.level.low < 4.0 * (plain.level.high - plain.level.low)


def test_what_is_known_of_shoes_beforehand_gives_way_to_what_the_runs_show():
    points = [
        replace(p, tags={"shoe": "racer"}, value=p.value + 3, low=p.low + 3, high=p.high + 3) if i % 2 else p
        for i, p in enumerate(runs(60))
    ]
    (offset,) = season(points).offsets
    assert abs(offset.value) > 2.0


def test_what_changed_together_is_one_offset_and_said():
    points = [replace(p, device="two", tags={"shoe": "racer"}) if i > 9 else p for i, p in enumerate(runs(20))]
    found = season(points)
    assert [o.condition for o in found.offsets] == ["device"]
    assert [note.code for note in found.notes] == ["changed_together"]


def test_a_device_that_replaces_another_makes_the_change_less_sure():
    points = runs(20)
    moved = [replace(p, device="two") if i > 9 else p for i, p in enumerate(points)]
    same, other = season(points).change, season(moved).change
    assert other.high - other.low > 1.3 * (same.high - same.low)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("runs_excluded", {"tags": {"exclude": "fell"}}),
        ("runs_too_short", {"low": None, "high": None}),
        ("runs_in_the_future", {"start": datetime(2027, 1, 1, 7, 0, tzinfo=UTC)}),
    ],
)
def test_a_run_that_cannot_be_compared_is_left_out_and_listed(code, change):
    points = runs(8)
    found = season([*points[:3], replace(points[3], **change), *points[4:]])
    assert found.n_runs == 7
    assert [note.code for note in found.notes] == [code]
    assert (found.notes[0].text.count("2026") or found.notes[0].text.count("2027")) == 1
    assert found.level == season([*points[:3], *points[4:]]).level


def test_a_run_far_from_all_others_is_named_and_counts_less():
    points = runs(20)
    points[10] = replace(points[10], value=16.0, low=15.2, high=16.8)
    found = season(points)
    assert [note.code for note in found.notes] == ["runs_far_off"]
    assert points[10].start.date().isoformat() in found.notes[0].text
    assert found.level.high < 4.0


def test_run_to_run_scatter_holds_the_runs_own_uncertainty_and_gives_the_detectable_change():
    found = season(runs(60, sd=float(np.hypot(0.5, 0.8 / 1.96))))
    assert found.run_to_run_sd.low < np.hypot(0.5, 0.8 / 1.96) < found.run_to_run_sd.high
    assert found.mdc95 == pytest.approx(2.77 * found.run_to_run_sd.value, rel=2e-3)


def test_how_far_runs_lie_apart_is_told_from_eight_comparable_runs():
    seven, eight = season(runs(7)), season(runs(8))
    assert (seven.run_to_run_sd, seven.mdc95) == (None, None)
    assert seven.level is not None
    assert eight.mdc95 == pytest.approx(2.77 * eight.run_to_run_sd.value, rel=2e-3)


def test_how_far_runs_lie_apart_is_known_when_the_device_is_new():
    points = [replace(p, device="two") if i >= 20 else p for i, p in enumerate(runs(25))]
    found = season(points)
    assert found.device == "two"
    assert found.mdc95 is not None


def test_a_run_that_makes_most_of_the_scatter_leaves_it_untold():
    points = runs(10)
    far = replace(points[4], value=10.0, low=9.2, high=10.8)
    found = season([*points[:4], far, *points[5:]])
    assert (found.run_to_run_sd, found.mdc95) == (None, None)
    assert season(points).mdc95 is not None


def test_a_run_named_as_far_off_leaves_the_scatter_of_the_others_told():
    points = runs(20)
    points[10] = replace(points[10], value=16.0, low=15.2, high=16.8)
    assert season(points).run_to_run_sd.high < 2.0


def test_a_clear_change_is_beyond_the_smallest_that_matters():
    found = season(runs(40, at=np.repeat([0.5, 5.0], 20)))
    assert found.change.low < 4.5 < found.change.high
    assert found.change.probability_beyond_smallest > 0.99
    assert season(runs(40)).change.probability_beyond_smallest < 0.05


def test_a_step_raises_one_alarm_that_says_when():
    found = season(runs(80, at=np.repeat([0.5, 5.0], 40)))
    assert len(found.alarms) == 1
    assert found.change_point == found.alarms[-1].change_point
    assert found.change_point.low <= (FIRST + timedelta(days=120)).date() <= found.change_point.high + timedelta(days=7)


def test_a_season_without_change_raises_none():
    found = season(runs(80))
    assert (found.alarms, found.change_point) == ((), None)


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_difference_that_shrinks_is_closing(sign):
    found = season(runs(50, at=sign * np.linspace(4.0, 0.5, 50), sd=0.3)).closing
    assert found.probability_closing > 0.99
    assert found.gap.low < 3.2 < found.gap.high
    assert found.probability_growing == pytest.approx(1.0 - found.probability_closing)
    assert not found.excludes_worthwhile


def test_a_difference_that_grows_excludes_a_catch_up():
    found = season(runs(50, at=np.linspace(1.5, 4.5, 50), sd=0.3)).closing
    assert found.probability_growing > 0.99
    assert found.excludes_worthwhile


def test_half_the_difference_in_eight_weeks_would_be_worthwhile():
    points = runs(30)
    found = season(points)
    assert found.closing.weeks == pytest.approx((29 - 2) * 3 / 7)
    assert found.closing.worthwhile == pytest.approx(0.5 * found.baseline.value)
    early = season(points[:15])
    share = 1.0 - 0.5 ** (early.closing.weeks / 8.0)
    assert early.closing.weeks == pytest.approx((14 - 2) * 3 / 7)
    assert early.closing.worthwhile == pytest.approx(share * early.baseline.value)


def test_nothing_is_said_against_a_catch_up_in_the_first_weeks():
    found = season(runs(14, at=np.linspace(2.0, 7.0, 14), sd=0.1, half=0.2, days=1.0)).closing
    assert found.weeks < 4.0
    assert not found.excludes_worthwhile


def test_a_difference_that_went_over_to_the_other_leg_is_no_closed_gap():
    found = season(runs(60, at=np.linspace(3.0, -3.0, 60), sd=0.3))
    assert found.change.high < -4.0
    assert found.closing.gap.low < 0.0 < found.closing.gap.high


def test_without_a_clear_side_at_the_baseline_nothing_can_close():
    assert season(runs(20, at=0.0)).closing is None


def test_all_runs_on_one_side_have_a_share_and_no_kappa():
    found = season(runs(10, at=4.0)).direction
    assert (found.side, found.same_side_share, found.n, found.kappa) == ("right", 1.0, 10, None)
    assert (found.share_low, found.share_high) == pytest.approx((0.722, 1.0), abs=1e-3)


def test_sides_that_come_in_spells_agree_and_sides_that_alternate_do_not():
    spells = direction(np.repeat([1.0, -1.0], 10), level=0.5)
    alternating = direction(np.tile([1.0, -1.0], 10), level=0.5)
    assert spells.low > 0.4
    assert alternating.high < -0.5
    assert spells.same_side_share == alternating.same_side_share == 0.5


def speeds(n, *, sd=0.3):
    rng = np.random.default_rng(5)
    return [
        RunPoint(run=f"r{i}", start=FIRST + timedelta(days=3 * i), value=170.0 + 8.0 * (v - 3.0) + 0.8 * e,
                 conditions={"speed_mps": 3.0 + (v - 3.0)})
        for i, (v, e) in enumerate(zip(3.0 + sd * rng.standard_normal(n), rng.standard_normal(n), strict=True))
    ]  # fmt: skip


def test_a_level_is_told_at_the_runners_usual_speed():
    points = speeds(40)
    found = season(points, metric="cadence")
    assert (found.kind, found.unit, found.adjusted_for) == ("level", "spm", ("speed_mps",))
    assert (found.direction, found.closing, found.threshold, found.offsets) == (None, None, None, ())
    usual = float(np.median([p.conditions["speed_mps"] for p in points]))
    assert found.level.low < 170.0 + 8.0 * (usual - 3.0) < found.level.high
    assert found.run_to_run_sd.low < 0.8 < found.run_to_run_sd.high
    assert found.change.smallest == LEVELS["cadence"].smallest


def test_a_quantity_that_never_varies_is_no_covariate():
    assert season(speeds(10, sd=0.0), metric="cadence").adjusted_for == ()


def test_a_level_without_what_it_is_adjusted_for_is_left_out_and_said():
    points = speeds(10)
    found = season([replace(points[0], conditions={}), *points[1:]], metric="cadence")
    assert (found.n_runs, found.notes[0].code) == (9, "runs_not_adjustable")


@pytest.mark.parametrize("metric", [*METRICS, *LEVELS])
def test_every_metric_can_be_followed(metric):
    points = [
        replace(p, conditions={"speed_mps": 3.0, "grade_pct": 0.0, "heart_rate_bpm": 120.0 + 20.0 * p.value + i % 3,
                               "effort_0_10": 2.0 + p.value})
        for i, p in enumerate(runs(8))
    ]  # fmt: skip
    found = season(points, metric=metric)
    assert found.level is not None
    assert found.change.smallest > 0.0
    assert found.kind == ("index" if metric in METRICS else "level")


def test_the_smallest_change_is_half_of_what_is_unusual():
    for name, ordinary in RANGES.items():
        if ordinary.threshold_pct is None:
            assert smallest_change(name, mdc95=7.0).value == 7.0
            assert smallest_change(name, mdc95=7.0).grade == OWN_RUNS
        else:
            assert SMALLEST[name].value == ordinary.threshold_pct / 2
    assert SMALLEST["contact_time"].value == 2.0


def test_two_runs_on_one_day_have_one_place_in_the_band():
    points = runs(10)
    points[4] = replace(points[4], start=points[3].start + timedelta(hours=4))
    found = season(points)
    assert len(found.band.days) == len(set(found.band.days)) == 9


ON = {"right": Estimated(value=3.0, low=2.0, high=4.0), "left": Estimated(value=-3.0, low=-4.0, high=-2.0),
      "neither": Estimated(value=0.2, low=-0.5, high=0.9)}  # fmt: skip


def late(values, *, kind="long", side="right", half=0.2, today=TODAY):
    points = [replace(p, value=x, low=x - half, high=x + half, tags={"kind": kind})
              for p, x in zip(runs(len(values)), values, strict=True)]  # fmt: skip
    return late_in_runs(points, metric="contact_time", source="watch_balance", level=ON[side], today=today)


@pytest.mark.parametrize(("kind", "told"), [("long", "long"), ("tempo", "quality"), ("easy", "other"), ("", "other")])
def test_runs_are_told_of_by_kind(kind, told):
    assert [one.kind for one in late([0.3, 0.4, 0.2], kind=kind)] == [told]


def test_an_effect_towards_the_side_of_the_level_makes_the_difference_grow():
    (right,), (left,) = (late([0.5, 0.6, 0.4, 0.5, 0.55], side=side) for side in ("right", "left"))
    assert right.grows > 0.95
    assert left.grows == pytest.approx(1.0 - right.grows)
    assert right.low > 0.0


def test_swapping_the_legs_mirrors_what_happens_late():
    values = [0.5, 0.1, 0.4, -0.2, 0.55]
    (one,), (other,) = late(values), late([-x for x in values], side="left")
    assert ends(other) == pytest.approx(mirrored(one), abs=1e-4)
    assert other.grows == pytest.approx(one.grows, abs=1e-5)


def test_runs_that_differ_more_than_their_own_uncertainty_tell_less_of_their_mean():
    (alike,), (unlike,) = late([0.3, 0.32, 0.28, 0.3]), late([1.3, -0.7, 0.9, -0.3])
    assert unlike.value == pytest.approx(alike.value, abs=0.05)
    assert unlike.high - unlike.low > 2.0 * (alike.high - alike.low)
    assert unlike.run_to_run_sd > alike.run_to_run_sd


def test_two_runs_of_a_kind_tell_nothing_of_lateness():
    assert late([0.3, 0.4]) == ()


def test_lateness_is_told_of_runs_up_to_today_with_the_day_of_the_newest():
    values = [0.3, 0.4, 0.2, 0.35]
    (three,) = late(values, today=(FIRST + timedelta(days=7)).date())
    assert (three.n_runs, three.last) == (3, (FIRST + timedelta(days=6)).date())
    assert [one.n_runs for one in late(values)] == [4]


def test_without_a_clear_difference_nothing_is_said_to_grow():
    (found,) = late([0.5, 0.6, 0.4, 0.5], side="neither")
    assert found.grows is None


def by(points, names):
    return [replace(p, device=name) for p, name in zip(points, names, strict=True)]


def test_the_level_is_given_as_by_the_device_of_the_latest_five_runs_in_a_row():
    points = runs(27)
    names = ["A"] * 21 + ["B"] * 6
    four, six = season(by(points[:25], names[:25])), season(by(points, names))
    assert (four.device, six.device) == ("A", "B")
    assert [offset.reference for offset in six.offsets] == ["B"]


@pytest.mark.parametrize("n", range(40, 44))
def test_one_run_more_of_another_device_does_not_move_the_level(n):
    """Two devices in turn, 3.5 % apart: whichever has been used more, the level stays with one of them."""
    points = runs(44, sd=0.3)
    points = [replace(p, device="B", value=p.value + 3.5, low=p.low + 3.5, high=p.high + 3.5) if i % 2 else
              replace(p, device="A") for i, p in enumerate(points)]  # fmt: skip
    found = season(points[:n])
    assert found.device == "A"
    assert found.level.value == pytest.approx(2.0, abs=0.5)


def test_before_a_device_has_five_runs_the_most_used_one_is_the_reference():
    assert season(by(runs(6), "abbcbc")).device == "b"


def test_runs_that_name_no_device_have_none():
    assert season(by(runs(6), [""] * 6)).device == ""


def test_half_the_difference_is_all_that_is_asked_for():
    found = season(runs(120, at=np.r_[np.linspace(6.0, 2.8, 60), np.full(60, 2.8)], sd=0.3)).closing
    assert found.weeks > 40.0
    assert found.worthwhile < 3.2
    assert not found.excludes_worthwhile
    assert found.probability_stagnating < 0.5


def test_legs_that_differ_as_typical_ones_do_are_told_of_no_catch_up_ruled_out():
    steady = season(runs(60, at=2.2, sd=0.2, half=0.3)).closing
    wider = season(runs(60, at=3.2, sd=0.2, half=0.3)).closing
    assert steady.gap.high < steady.worthwhile
    assert (steady.excludes_worthwhile, wider.excludes_worthwhile) == (False, True)
    assert steady.probability_stagnating > 0.95


def test_a_level_of_long_ago_is_said_to_be_of_then():
    points = runs(8)
    recent, old = season(points, today=date(2026, 2, 23)), season(points, today=date(2026, 2, 24))
    assert recent.notes == ()
    assert [note.code for note in old.notes] == ["not_recent"]
    assert "as of 26 January 2026" in old.notes[0].text
    assert old.level == recent.level


def test_without_elapsed_time_there_is_no_change():
    found = season([replace(p, start=FIRST) for p in runs(8)])
    assert found.level is not None
    assert (found.change, found.closing) == (None, None)


@pytest.mark.parametrize("wrong", [{"value": np.nan}, {"low": -np.inf}, {"high": np.nan}, {"low": 3.0}, {"high": 1.0}])
def test_a_run_without_a_number_cannot_be(wrong):
    with pytest.raises(ValueError, match="a run's"):
        RunPoint(**({"run": "1", "start": FIRST, "value": 2.0, "low": 1.5, "high": 2.5} | wrong))


def test_a_quantity_that_is_no_number_was_not_recorded():
    points = speeds(10)
    found = season([replace(points[0], conditions={"speed_mps": np.nan}), *points[1:]], metric="cadence")
    assert (found.n_runs, found.notes[0].code) == (9, "runs_not_adjustable")


@pytest.mark.parametrize(
    ("devices", "said"),
    [(["one"] * 8, "so far they differ too much"), (["one"] * 6 + ["other"] * 2, "more runs of one device")],
)
def test_a_level_that_could_be_anything_is_not_told(devices, said):
    wild = [
        RunPoint(run=f"r{i}", start=FIRST + timedelta(days=3 * i), value=0.08 + 0.08 * (-1) ** i, device=devices[i],
                 conditions={"speed_mps": 3.0 + 0.1 * (i % 3)})
        for i in range(8)
    ]  # fmt: skip
    found = season(wild, metric="vertical_oscillation_level")
    assert found.level is None
    assert said in found.waiting_for
