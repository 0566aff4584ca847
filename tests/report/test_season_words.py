from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from evenstride.model import LEVELS, METRICS, ChangePoint, Closing, Direction, Estimated, Season
from evenstride.report.example_season import example_level_metric, example_season, example_season_metric
from evenstride.report.season_facts import closing_words, direction_words, late_facts, late_words, metric_facts
from evenstride.report.season_news import change_point_words
from evenstride.report.season_words import (
    SEASON_SENTENCES,
    adjusted_words,
    beyond_smallest_words,
    chance,
    change_words,
    level_words,
    metric_chip,
    metric_meaning,
    metric_sentence,
    noise_words,
    season_answer,
    unchanged,
    usual,
)


def at(value: float, half: float = 0.5, **changes):
    return example_season_metric(level=Estimated(value=value, low=value - half, high=value + half), **changes)


def test_every_metric_has_its_sentence():
    assert set(SEASON_SENTENCES) == set(METRICS)


@pytest.mark.parametrize("name", METRICS)
def test_every_sentence_names_the_side(name):
    assert "right" in metric_sentence(at(9.0, metric=name, label=METRICS[name].label, threshold=4.0))


def test_the_first_line_counts_the_runs_on_that_side():
    metric = example_season_metric()
    odd = replace(metric.runs[-1], value=-0.5, low=-1.5, high=0.5)
    assert "9 of your last 10 runs" in metric_sentence(replace(metric, runs=(*metric.runs[:-1], odd)))


def test_a_small_difference_is_called_ordinary():
    assert metric_sentence(at(1.0)).startswith("Ordinary: your legs differ no more than healthy runners' do")


def test_a_difference_that_may_be_none_names_no_side_as_the_answer():
    assert metric_sentence(at(0.2, 6.0)).startswith("No difference between your legs beyond noise")


@pytest.mark.parametrize(
    ("value", "half", "chip"),
    [(1.0, 0.5, "ordinary"), (5.0, 0.5, "right longer"), (-5.0, 0.5, "left longer"), (4.0, 0.5, "unclear")],
)
def test_the_chip_says_where_the_interval_lies(value, half, chip):
    assert metric_chip(at(value, half)) == chip


def test_without_a_baseline_the_answer_is_not_yet_and_what_is_missing():
    metric = example_season_metric(baseline=None, change=None, waiting_for="two more runs make a baseline.")
    assert metric_sentence(metric) == "Not yet: two more runs make a baseline."
    assert metric_chip(metric) == "not yet"


def test_a_fresh_alarm_is_part_of_the_answer():
    assert "It changed around" in season_answer(example_season()).meaning


def test_an_old_alarm_is_not():
    season = example_season()
    later = replace(season, last=season.last + timedelta(days=60))
    assert "It changed" not in season_answer(later).meaning


def test_an_ordinary_level_asks_for_nothing_today():
    quiet = example_season(metrics=(at(1.0, alarms=(), change=None),))
    assert season_answer(quiet).meaning.startswith("Nothing to change today")


def test_an_unusual_level_is_worth_watching():
    assert "worth watching" in season_answer(example_season(metrics=(at(6.0, alarms=()),))).meaning


def test_a_season_without_sides_says_so():
    season = example_season(metrics=(example_level_metric(),))
    assert season_answer(season).text == "Your 24 runs have no left and right to compare."


def test_an_empty_season_says_what_to_do():
    answer = season_answer(Season(athlete="Ada", first=None, last=None, n_runs=0))
    assert (answer.text, "import" in answer.meaning) == ("There are no runs yet.", True)


def test_words_of_chance_never_fall_as_probability_rises():
    words = [chance(p / 1000).split(" (")[0] for p in range(1001)]
    assert len(list(dict.fromkeys(words))) == 7
    assert sum(one != other for one, other in pairwise(words)) == 6


def test_a_probability_is_never_rounded_to_certainty():
    assert "100 %" not in chance(0.9999)
    assert "(0 %" not in chance(0.0001)


def test_a_change_of_an_index_points_to_a_leg():
    metric = example_season_metric()
    assert change_words(metric, metric.change) == "1.9 % towards the right (1.0 to 2.8)"


@pytest.mark.parametrize("name", ["cadence", "contact_time_level", "step_length_level", "speed_at_heart_rate"])
def test_a_level_and_its_change_are_read_in_the_same_unit(name):
    metric = example_level_metric(name)
    unit = {"cadence": "spm", "contact_time_level": "ms", "step_length_level": "m", "speed_at_heart_rate": "km"}[name]
    assert unit in level_words(metric)
    assert unit in change_words(metric, metric.change)
    assert unit in beyond_smallest_words(metric, metric.change)
    assert unit in noise_words(metric)


@pytest.mark.parametrize("name", LEVELS)
def test_every_level_has_words_for_what_it_is_given_at(name):
    from evenstride.report.season_words import CONDITION_WORDS

    assert set(LEVELS[name].adjusts) <= set(CONDITION_WORDS)


def test_more_speed_is_said_as_a_faster_pace():
    metric = example_level_metric("speed_at_heart_rate")
    change = replace(metric.change, value=0.1, low=0.05, high=0.15)
    assert "faster" in change_words(metric, change)


def test_closing_says_how_likely_it_is_and_what_is_ruled_out():
    closing = Closing(
        gap=Estimated(value=0.4, low=-0.2, high=1.0), weeks=12, worthwhile=1.5, probability_closing=0.9,
        probability_growing=0.1, probability_stagnating=0.98, excludes_worthwhile=True,
    )  # fmt: skip
    said = closing_words(example_season_metric(closing=closing))
    assert said.startswith("in 12 weeks your legs came 0.4 % closer (0.2 further apart to 1.0 closer). ")
    assert "Closer at all: very likely (90 %)" in said
    assert said.endswith("by 1.5 % or more, which would be worth having: very unlikely (2 %); that much is ruled out")


def test_legs_that_surely_drew_apart_are_said_to():
    gap = Estimated(value=-2.0, low=-3.0, high=-1.0)
    closing = Closing(
        gap=gap, weeks=31, worthwhile=0.5, probability_closing=0.001, probability_growing=0.999,
        probability_stagnating=0.999, excludes_worthwhile=False,
    )  # fmt: skip
    said = closing_words(example_season_metric(closing=closing))
    assert said.startswith("in 31 weeks your legs drew apart by 2.0 % (1.0 to 3.0).")


def test_agreement_beyond_chance_is_told_with_its_interval_and_from_twenty_pairs_on():
    told = Direction(
        side="left", same_side_share=0.6, share_low=0.4, share_high=0.8, n=21, kappa=-0.1, low=-0.5, high=0.3
    )
    assert direction_words(told).endswith("agreement beyond chance −0.10 (−0.50 to 0.30)")
    assert "beyond chance" not in direction_words(replace(told, n=20))


def test_lateness_without_a_difference_to_grow_says_so():
    late = replace(example_season().late[0], grows=None)
    assert late_words(late).endswith("; your legs differ too little to call that more difference or less")


def test_lateness_within_noise_is_said_to_be_so():
    late = replace(example_season().late[0], low=-0.05, grows=None)
    assert late_words(late).endswith(
        "did not move beyond noise: right +0.30 % (left 0.05 to right 0.55) every 10 minutes"
    )


def test_lateness_names_its_source_where_there_are_two():
    late = example_season().late[0]
    alone, other = late_facts([late]), late_facts([late, replace(late, source="runscribe")])
    assert "by the watch's balance" not in alone[0]
    assert "by the watch's balance" in other[0]
    assert "by RunScribe pods" in other[1]


def test_the_conditions_of_a_level_name_its_device():
    assert adjusted_words(example_season_metric(adjusted_for=("device", "shoe"), device="garmin fr265")) == (
        "garmin fr265, the shoe worn most"
    )


def test_the_usual_device_is_the_one_of_most_runs():
    assert usual(example_season_metric()) == ("watch_balance", "garmin fenix7")


def test_a_change_point_says_its_interval():
    point = ChangePoint(day=date(2026, 5, 12), low=date(2026, 4, 28), high=date(2026, 5, 17))
    assert change_point_words(point) == "around 12 May 2026 (28 April to 17 May 2026)"


def test_a_change_that_an_alarm_dates_is_not_dated_twice():
    metric = example_season_metric()
    dated = replace(metric.alarms[0], text=f"Contact time moved {change_point_words(metric.change_point)}.")
    assert "changed" in dict(metric_facts(metric))
    assert "changed" not in dict(metric_facts(replace(metric, alarms=(dated,))))


def test_a_change_between_days_far_apart_names_no_single_day():
    point = ChangePoint(day=date(2026, 1, 12), low=date(2025, 11, 3), high=date(2026, 2, 9))
    assert change_point_words(point) == "between 3 November 2025 and 9 February 2026, perhaps slowly"
    metric = example_season_metric()
    alarm = replace(metric.alarms[0], change_point=point)
    meaning = season_answer(example_season(metrics=(replace(metric, alarms=(alarm,)),))).meaning
    assert "It changed between 3 November 2025 and 9 February 2026, perhaps slowly:" in meaning


def level_that_moved(value, low, high, probability):
    metric = example_level_metric()
    change = replace(metric.change, value=value, low=low, high=high, probability_beyond_smallest=probability)
    return replace(metric, change=change)


@pytest.mark.parametrize(
    ("moved", "stayed"),
    [((0.5, -1.0, 2.0, 0.0), True), ((0.5, 0.1, 0.9, 0.0), True), ((2.0, -2.0, 6.0, 0.2), True),
     ((3.0, 1.0, 5.0, 0.2), False), ((3.0, -2.0, 8.0, 0.4), False), ((6.0, 5.0, 7.0, 1.0), False)],
)  # fmt: skip
def test_unchanged_is_what_is_small_or_may_be_nothing(moved, stayed):
    assert unchanged(level_that_moved(*moved)) is stayed


def test_a_metric_with_an_alarm_is_never_called_unchanged():
    alarm = example_season_metric().alarms[0]
    assert not unchanged(replace(level_that_moved(0.5, -1.0, 2.0, 0.0), alarms=(alarm,)))


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        (
            example_season_metric(alarms=(), change=None, offsets=()),
            "Nothing to change today: healthy runners differ by up to 4 %",
        ),
        (example_season_metric(baseline=None, waiting_for="two more runs"), "Train as planned and keep recording"),
        (level_that_moved(0.001, -1.0, 2.0, 0.0), "since your baseline no change (1.0 spm lower to 2.0 higher)"),
        (level_that_moved(6.0, 5.0, 7.0, 1.0), "think of what changed"),
        (level_that_moved(3.0, -2.0, 8.0, 0.4), "train as planned, keep looking"),
        (replace(example_level_metric(), change=None), "runs after the baseline tell"),
    ],
)
def test_every_metric_has_a_second_line(metric, said):
    assert said in metric_meaning(metric, None)
