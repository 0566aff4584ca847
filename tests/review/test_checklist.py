"""Checklists: scores of what was rated and of nothing else, a trend with its interval, runner against coach."""

from datetime import date, timedelta

import pytest

from evenstride.model import RunLog
from evenstride.plan.catalogue import load_catalogue
from evenstride.review.checklist import agreement, checklist_score, load_checklists, run_score, score_trend

RUN = load_checklists()["run"]
DAY = date(2026, 5, 4)
ALL = {one.id: 3 for one in RUN}


def log(day, items, **own):
    return RunLog(day=DAY + timedelta(days=day), run=f"run-{day}", items=items, **own)


def test_the_run_list_has_the_weights_of_the_programme():
    assert [(one.id, one.weight) for one in RUN] == [
        ("limb_alignment", 20), ("cadence_consistency", 10), ("ground_contact", 10), ("effort_left_right", 20),
        ("arm_swing", 10), ("pelvis_level", 15), ("trunk_quiet", 15),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["run", "session", "mobility"])
def test_every_item_asks_its_own_question_and_says_what_0_and_4_are(name):
    items = load_checklists()[name]
    assert len({one.id for one in items}) == len({one.question for one in items}) == len(items)
    assert all(one.low and one.high and one.question.endswith("?") for one in items)
    assert sum(one.weight for one in items) == 100


def test_every_cue_is_about_an_item_of_the_run_list():
    assert {cue.about for cue in load_catalogue().cues} <= {one.id for one in RUN}


@pytest.mark.parametrize(("rating", "score"), [(0, 0.0), (2, 50.0), (4, 100.0)])
def test_all_items_alike_give_that_share(rating, score):
    assert checklist_score(RUN, dict.fromkeys(ALL, rating)).value == pytest.approx(score)


def test_a_heavy_item_moves_the_score_twice_as_far_as_a_light_one():
    base = checklist_score(RUN, ALL).value
    heavy = checklist_score(RUN, ALL | {"limb_alignment": 1}).value
    light = checklist_score(RUN, ALL | {"arm_swing": 1}).value
    assert (base - heavy, base - light) == (pytest.approx(10.0), pytest.approx(5.0))


def test_unrated_items_are_not_filled_in_and_are_counted():
    found = checklist_score(RUN, {"limb_alignment": 4, "effort_left_right": 0, "arm_swing": 4})
    assert (found.value, found.rated, found.of) == (pytest.approx(60.0), 3, 7)
    assert found.weight_share == pytest.approx(0.5)


def test_under_half_of_the_weight_there_is_no_score():
    assert checklist_score(RUN, {"limb_alignment": 4, "effort_left_right": 4}) is None
    assert checklist_score(RUN, {}) is None


def test_a_word_that_is_no_item_changes_nothing():
    assert checklist_score(RUN, ALL | {"shoe_size": 0}) == checklist_score(RUN, ALL)


def test_the_trend_is_the_slope_per_four_weeks():
    found = score_trend([(DAY + timedelta(days=7 * week), 50.0 + 2.0 * week) for week in range(8)])
    assert (found.per_4_weeks.value, found.n, found.days) == (pytest.approx(8.0), 8, 49)
    assert found.per_4_weeks.high - found.per_4_weeks.low == pytest.approx(0.0, abs=1e-6)


def test_the_interval_of_the_trend_is_students():
    """Anscombe's first set: slope 0.5, standard error 0.1179, nine degrees of freedom (t 2.2622)."""
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    found = score_trend([(DAY + timedelta(days=28 * one), two) for one, two in zip(x, y, strict=True)]).per_4_weeks
    assert found.value == pytest.approx(0.5001, abs=1e-4)
    assert (found.high - found.low) / 2 == pytest.approx(2.2622 * 0.1179, abs=2e-4)


def test_a_trend_asks_for_five_runs_on_several_days():
    assert score_trend([(DAY + timedelta(days=day), 50.0) for day in range(4)]) is None
    assert score_trend([(DAY, 50.0)] * 6) is None


def test_runner_and_coach_are_compared_on_the_runs_that_both_rated():
    own = [log(day, dict.fromkeys(ALL, 3)) for day in range(8)]
    coach = [log(day, dict.fromkeys(ALL, 2 if day else 4), by="coach", name="Kim") for day in range(6)]
    found = agreement([*own, *coach])
    assert (found.n_runs, found.too_early) == (6, False)
    assert found.bias.value == pytest.approx((25.0 - 5 * 25.0) / 6)
    assert found.item_difference.value == pytest.approx(1.0)
    assert found.bias.low < found.bias.value < found.bias.high


def test_swapping_runner_and_coach_turns_the_bias_and_leaves_the_distance():
    pairs = [(3, 2), (4, 2), (1, 1), (2, 3), (3, 0)]

    def compared(swap):
        logs = []
        for day, (runner, coach) in enumerate(pairs):
            one, two = (coach, runner) if swap else (runner, coach)
            logs.append(log(day, dict.fromkeys(ALL, one)))
            logs.append(log(day, dict.fromkeys(ALL, two), by="coach", name="Kim"))
        return agreement(logs)

    there, back = compared(swap=False), compared(swap=True)
    assert back.bias.value == pytest.approx(-there.bias.value)
    assert back.item_difference == there.item_difference


def test_under_five_shared_runs_it_is_too_early():
    logs = [log(day, ALL, by=by, name=name) for day in range(4) for by, name in (("runner", ""), ("coach", "Kim"))]
    assert agreement(logs).too_early
    assert agreement(logs).bias is None
    assert agreement([*logs, log(5, ALL), log(6, ALL, by="coach", name="Kim")]).n_runs == 4


def test_two_coaches_are_told_apart():
    logs = [log(day, ALL) for day in range(5)]
    logs += [log(day, dict.fromkeys(ALL, 3), by="coach", name="Kim") for day in range(5)]
    logs += [log(day, dict.fromkeys(ALL, 1), by="coach", name="Lou") for day in range(5)]
    assert agreement(logs, coach="Kim").bias.value == 0.0
    assert agreement(logs, coach="Lou").bias.value == pytest.approx(-50.0)


def test_a_runs_score_is_that_of_its_list():
    assert run_score(log(0, ALL)).value == pytest.approx(75.0)
