from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenstride.errors import InvalidRequest
from evenstride.model import Estimated, RunPoint, SeasonMetric
from evenstride.review.trial import TrialAsked, analyse_trial, period_today, plan_trial, trial_points
from evenstride.stats.permutation import sign_flip_test

MONDAY = date(2026, 5, 4)
ASKED = TrialAsked(id="t1", what="quiet_feet", kind="cue", began=MONDAY, smallest_that_matters=2.0)
WEEKS = replace(ASKED, kind="drill", what="a_skip")


def season(level=4.2, sd=1.2, **changes):
    known = {
        "metric": "contact_time", "label": "contact time", "unit": "%", "kind": "index", "source": "watch_balance",
        "n_runs": 30, "runs": (), "level": Estimated(value=level, low=level - 0.6, high=level + 0.6),
        "run_to_run_sd": None if sd is None else Estimated(value=sd, low=0.7 * sd, high=1.5 * sd),
    }  # fmt: skip
    return SeasonMetric(**known | changes)


def cadence(**changes):
    return season(
        170.0, 2.0, metric="cadence", label="cadence", unit="spm", kind="level", **changes
    )  # fmt: skip


def plan(asked=ASKED, followed=None, seed=7):
    return plan_trial(asked, followed or season(), seed=seed)


def run_of(number, value, *, day=None, **said):
    start = datetime(2026, 5, 4, 7, tzinfo=UTC) + timedelta(days=number if day is None else day)
    return RunPoint(run=f"run{number:03}", start=start, value=value, **said)


def runs_of(trial, *, effect, gap=4.0, sd=0.5, seed=1):
    """A runner whose right leg's value is larger by ``gap``, and by ``effect`` more in the runs with it."""
    noise = sd * np.random.default_rng(seed).standard_normal(len(trial.periods))
    return [
        run_of(i, gap + effect * period.on + float(noise[i])) for i, period in enumerate(trial.periods)
    ]  # fmt: skip


def answered(trial, *, effect, kept=None, **noise):
    return analyse_trial(trial, trial_points(trial, runs_of(trial, effect=effect, **noise), kept=kept))


# The plan


def test_each_pair_has_one_of_each_in_a_drawn_order():
    periods = plan(seed=3).periods
    pairs = [(one.on, other.on) for one, other in zip(periods[::2], periods[1::2], strict=True)]
    assert set(pairs) == {(True, False), (False, True)}
    assert [period.number for period in periods] == list(range(1, len(periods) + 1))
    assert [period.pair for period in periods] == [1 + i // 2 for i in range(len(periods))]


def test_the_same_seed_draws_the_same_and_another_another():
    assert plan(seed=3) == plan(seed=3)
    assert plan(seed=3).periods != plan(seed=4).periods


def test_the_coin_is_fair():
    firsts = [plan(seed=seed).periods[0].on for seed in range(400)]
    assert 160 < sum(firsts) < 240


def test_the_change_worth_having_is_half_the_gap_or_the_smallest_that_matters():
    assert plan(followed=season(6.0)).smallest == 3.0
    assert plan(followed=season(3.0)).smallest == 2.0
    assert plan(replace(ASKED, smallest=0.7)).smallest == 0.7


def test_noisier_runners_get_more_pairs_up_to_the_cap():
    pairs = [plan(followed=season(sd=sd)).pairs for sd in (0.5, 1.2, 1.6, 4.0)]
    assert pairs == sorted(pairs)
    assert pairs[0] == 6
    assert pairs[-1] == 12
    assert plan(replace(ASKED, most_pairs=20), season(sd=4.0)).pairs == 20


def test_enough_pairs_have_the_power_that_is_promised():
    trial = plan()
    assert trial.power >= 0.8
    assert "your own 30 runs of the watch's balance" in trial.outlook


def test_a_trial_that_can_hardly_succeed_says_so_and_what_it_could_find():
    trial = plan(followed=season(sd=3.0))
    assert trial.power < 0.5
    assert trial.outlook.startswith("With your noise, 24 runs could only find a change of 3.8 %")
    assert "can hardly succeed" in trial.outlook


def test_unknown_noise_promises_nothing():
    trial = plan(followed=season(sd=None))
    assert (trial.power, trial.run_to_run_sd, trial.pairs) == (None, None, 12)
    assert "nobody can promise" in trial.outlook


def test_legs_that_may_not_differ_are_said():
    assert "not clear that your legs differ" in plan(followed=season(0.3)).outlook


def test_a_drill_is_tried_by_weeks_that_begin_on_mondays():
    trial = plan(replace(WEEKS, began=MONDAY + timedelta(days=2)))
    assert trial.unit == "week"
    assert trial.periods[0].monday == MONDAY + timedelta(weeks=1)
    assert {(b.monday - a.monday).days for a, b in zip(trial.periods, trial.periods[1:], strict=False)} == {7}
    assert all(period.washout for period in trial.periods)


def test_more_runs_a_week_find_smaller_changes():
    few, many = (plan(replace(WEEKS, runs_a_week=runs), season(sd=2.0)) for runs in (2, 6))
    assert few.power < many.power


@pytest.mark.parametrize(("asked", "followed", "why"), [
    (replace(ASKED, most_pairs=5), season(), "at least 6 pairs"),
    (replace(WEEKS, runs_a_week=1), season(), "two runs a week"),
    (ASKED, replace(season(), level=None, waiting_for="3 more runs"), "no level"),
    (ASKED, replace(season(), level=Estimated(value=0.0, low=-1.0, high=1.0)), "do not differ"),
    (replace(ASKED, smallest=0.0), season(), "above zero"),
    (ASKED, cadence(), "larger or a smaller cadence"),
])  # fmt: skip
def test_what_cannot_be_tried_is_refused_in_a_sentence(asked, followed, why):
    with pytest.raises(InvalidRequest, match=why) as refused:
        plan_trial(asked, followed, seed=1)
    assert refused.value.help


# Which run is what


def test_runs_take_the_periods_in_order():
    trial = plan()
    assert period_today(trial, MONDAY, runs_so_far=0) == trial.periods[0]
    assert period_today(trial, MONDAY + timedelta(days=40), runs_so_far=3) == trial.periods[3]
    assert period_today(trial, MONDAY, runs_so_far=len(trial.periods)) is None


def test_before_and_after_the_trial_no_run_belongs_to_it():
    trial = plan()
    assert period_today(trial, MONDAY - timedelta(days=1)) is None
    assert period_today(replace(trial, ended=MONDAY), MONDAY + timedelta(days=1)) is None


@pytest.mark.parametrize(("day", "number"), [(0, 1), (6, 1), (7, 2), (83, 12), (84, None)])
def test_a_week_has_one_period_from_monday_to_sunday(day, number):
    found = period_today(plan(WEEKS), MONDAY + timedelta(days=day))
    assert (found and found.number) == number


def test_runs_get_their_period_and_a_value_towards_the_usual_side():
    trial = plan(followed=season(-4.2))
    points = trial_points(trial, [run_of(2, 1.5), run_of(1, -3.0), run_of(-1, -9.0)], kept={"run002": False})
    assert [(point.run, point.period, point.value, point.kept) for point in points] == [
        ("run001", 1, 3.0, True), ("run002", 2, -1.5, False),
    ]  # fmt: skip
    assert [point.on for point in points] == [period.on for period in trial.periods[:2]]


def test_a_run_left_out_keeps_its_place_in_the_order():
    points = trial_points(plan(), [run_of(0, 3.0), run_of(1, 3.0, tags={"exclude": "yes"}), run_of(2, 3.0)])
    assert [(point.run, point.period) for point in points] == [("run000", 1), ("run002", 3)]


def test_what_was_told_holds_when_an_earlier_run_turns_up_late():
    trial = replace(plan(), told={"run005": 1, "run006": 2})
    points = trial_points(trial, [run_of(2, 3.0), run_of(5, 3.0), run_of(6, 3.0)])
    assert {point.run: point.period for point in points} == {"run005": 1, "run006": 2, "run002": 3}


# The answer


def test_a_cue_that_halves_the_difference_helps():
    found = answered(plan(), effect=-2.0)
    assert found.verdict == "helps"
    assert found.effect.low < -2.0 < found.effect.high < 0.0
    assert (found.n_on, found.n_off, found.pairs) == (8, 8, 8)
    assert found.text.startswith("It helps you: with it the difference between the legs in contact time was")
    assert "smaller" in found.text


def test_a_cue_that_adds_to_the_difference_hurts():
    assert answered(plan(), effect=2.0).verdict == "hurts"


def test_quiet_runs_without_an_effect_make_no_difference_that_matters():
    found = answered(plan(), effect=0.0)
    assert found.verdict == "no_difference"
    assert max(abs(found.effect.low), abs(found.effect.high)) < 2.0


def test_a_clear_effect_too_small_to_matter_is_no_difference():
    found = answered(plan(), effect=-0.9, sd=0.2)
    assert found.p_value <= 0.05
    assert found.verdict == "no_difference"


def test_noise_that_hides_everything_cannot_tell_and_says_what_it_would_take():
    found = answered(plan(), effect=0.0, sd=4.0, seed=8)
    assert found.verdict == "cannot_tell"
    assert "pairs, to find a change of 2.1 %" in found.waiting_for


def test_going_past_even_is_no_help():
    found = answered(plan(), effect=-10.0)
    assert found.verdict == "cannot_tell"
    assert found.p_value <= 0.05
    assert "was left +5.9 % with it and right +4.0 % without" in found.text


def test_past_even_but_nearer_to_it_still_helps():
    assert answered(plan(), effect=-5.0).verdict == "helps"


def test_effect_and_p_are_those_of_the_pairs():
    trial = plan()
    points = trial_points(trial, runs_of(trial, effect=-1.0))
    by_period = {point.period: point.value for point in points}
    differences = [
        (by_period[2 * i + 1] - by_period[2 * i + 2]) * (1 if trial.periods[2 * i].on else -1)
        for i in range(trial.pairs)
    ]
    found, test = analyse_trial(trial, points), sign_flip_test(differences)
    assert (found.effect.value, found.effect.low, found.effect.high) == (test.estimate, test.low, test.high)
    assert found.p_value == test.p_value


@pytest.mark.parametrize("done", [0, 1, 7, 15])
def test_nobody_looks_before_the_last_pair(done):
    trial = plan()
    found = analyse_trial(trial, trial_points(trial, runs_of(trial, effect=-9.0)[:done]))
    assert found.verdict == "too_early"
    assert (found.effect, found.p_value, found.points) == (None, None, ())
    assert found.n_on + found.n_off == done
    assert f"{done // 2} of 8 pairs" in found.text


def test_a_trial_that_was_ended_early_is_answered_by_the_pairs_that_are_whole():
    trial = plan()
    points = trial_points(trial, runs_of(trial, effect=-2.0)[:13])
    found = analyse_trial(replace(trial, ended=MONDAY + timedelta(days=12)), points)
    assert (found.verdict, found.pairs) == ("helps", 6)


def test_under_six_pairs_an_ended_trial_cannot_tell():
    trial = replace(plan(), ended=MONDAY + timedelta(days=9))
    found = analyse_trial(trial, trial_points(trial, runs_of(trial, effect=-2.0)))
    assert (found.verdict, found.effect, found.pairs) == ("cannot_tell", None, 5)
    assert found.waiting_for.startswith("1 more pair")


def test_runs_not_kept_to_stay_in_the_first_number_and_leave_the_second():
    trial = plan(replace(ASKED, smallest=1.2))
    runs = runs_of(trial, effect=-2.0)
    lapse = next(i for i, period in enumerate(trial.periods) if period.on)
    runs[lapse] = replace(runs[lapse], value=runs[lapse].value + 2.0)
    found = analyse_trial(trial, trial_points(trial, runs, kept={runs[lapse].run: False}))
    assert found.kept_pairs == found.pairs - 1
    assert found.kept_effect.value < found.effect.value < 0
    assert "did not keep to it" in found.text
    assert "the first number counts" in found.text


def test_where_all_was_kept_to_there_is_one_number():
    found = answered(plan(), effect=-2.0)
    assert found.kept_effect is None
    assert "keep to it" not in found.text


def weekly_runs(trial, *, effect, first=0.0):
    """Three runs a week; the first of each is off by ``first``."""
    noise = np.random.default_rng(3).standard_normal((len(trial.periods), 3)) * 0.5
    return [
        run_of(10 * week + i, 4.0 + effect * period.on + first * (i == 0) + float(noise[week, i]), day=7 * week + 2 * i)
        for week, period in enumerate(trial.periods) for i in range(3)
    ]  # fmt: skip


def test_the_first_run_of_a_week_is_not_looked_at():
    trial = plan(WEEKS)
    last = MONDAY + timedelta(weeks=12)
    plain, odd = (
        analyse_trial(trial, trial_points(trial, weekly_runs(trial, effect=-2.0, first=first)), today=last)
        for first in (0.0, 50.0)
    )
    assert plain.verdict == "helps"
    assert (plain.n_on, plain.n_off, plain.pairs) == (12, 12, 6)
    assert odd == plain


def test_a_trial_by_weeks_is_not_over_before_its_last_week_although_every_week_has_its_runs():
    trial = plan(WEEKS)
    points = trial_points(trial, weekly_runs(trial, effect=-2.0))
    sunday = trial.periods[-1].monday + timedelta(days=6)
    assert analyse_trial(trial, points, today=sunday).verdict == "too_early"
    assert analyse_trial(trial, points, today=sunday + timedelta(days=1)).verdict == "helps"


def test_a_week_without_runs_costs_its_pair_and_the_trial_ends_all_the_same():
    trial = plan(replace(WEEKS, most_pairs=8), season(sd=3.0))
    runs = [run for run in weekly_runs(trial, effect=-2.0) if not 7 <= (run.start.date() - MONDAY).days < 14]
    points = trial_points(trial, runs)
    assert analyse_trial(trial, points, today=MONDAY + timedelta(weeks=15)).verdict == "too_early"
    found = analyse_trial(trial, points, today=MONDAY + timedelta(weeks=16))
    assert (found.pairs, found.verdict) == (7, "helps")


@pytest.mark.parametrize(("better", "effect", "verdict"), [
    ("larger", 6.0, "helps"), ("larger", -6.0, "hurts"), ("smaller", -6.0, "helps"), ("smaller", 6.0, "hurts"),
])  # fmt: skip
def test_a_level_helps_in_the_direction_that_was_said(better, effect, verdict):
    trial = plan(replace(ASKED, smallest=4.0, better=better), cadence())
    found = answered(trial, effect=effect, gap=170.0)
    assert found.verdict == verdict
    assert ("spm higher" if effect > 0 else "spm lower") in found.text


@given(st.integers(0, 10_000), st.floats(-4.0, 4.0), st.floats(0.1, 3.0))
def test_swapping_the_legs_changes_nothing_but_the_name_of_the_side(seed, effect, sd):
    right, left = plan(seed=seed), plan(followed=season(-4.2), seed=seed)
    assert replace(left, usual_side="right") == right
    runs = runs_of(right, effect=effect, sd=sd, seed=seed)
    swapped = [replace(run, value=-run.value) for run in runs]
    found, mirrored = (
        analyse_trial(right, trial_points(right, runs)), analyse_trial(left, trial_points(left, swapped)),
    )  # fmt: skip
    assert replace(mirrored, text="") == replace(found, text="")


def test_many_pairs_are_tested_by_the_trials_own_draw():
    trial = plan(replace(ASKED, most_pairs=20), season(sd=4.0))
    found = answered(trial, effect=-2.0)
    assert found == answered(trial, effect=-2.0)
    assert found.pairs == 20
    assert found.verdict == "helps"


def test_what_was_drawn_counts_and_not_what_a_point_says():
    trial = plan()
    points = trial_points(trial, runs_of(trial, effect=-2.0))
    wrong = [replace(point, on=not point.on) for point in points]
    assert analyse_trial(trial, wrong).effect == analyse_trial(trial, points).effect
