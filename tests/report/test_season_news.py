"""What a runner hears first besides the level."""

from dataclasses import replace

import pytest

from evenstride.model import Offset
from evenstride.report.example_season import example_season, example_season_metric
from evenstride.report.season_news import news
from evenstride.report.season_words import season_answer

PLAIN = example_season_metric(closing=None, alarms=(), change=None, offsets=(), threshold=4.0)


def offset(value, half=0.6, **changes):
    told = {"condition": "device", "name": "old", "reference": "new", "n_runs": 20} | changes
    return Offset(value=value, low=value - half, high=value + half, **told)


def test_devices_that_disagree_are_told_before_the_legs_are_blamed():
    said = news(replace(PLAIN, offsets=(offset(-4.0),)), None)
    assert said.startswith(
        "Your devices disagree by 4.0 % (3.4 to 4.6): where new says right +3.1 %, old says left +0.9 %"
    )
    assert "no sign of a change in your legs" in said


def test_a_shoe_that_matters_is_named_with_both_sides():
    said = news(replace(PLAIN, offsets=(offset(-3.0, condition="shoe", name="blue", reference="red"),)), None)
    assert said == "It depends on the shoe: right +3.1 % in red, right +0.1 % in blue, 3.0 % (2.4 to 3.6) apart."


@pytest.mark.parametrize("silent", [offset(-1.0), offset(-3.0, half=3.5), offset(-3.0, condition="surface")])
def test_what_is_small_or_within_noise_is_left_to_the_table(silent):
    assert news(replace(PLAIN, offsets=(silent,)), None) == ""


def test_a_change_is_told_before_the_weeks_can_announce_it():
    metric = example_season_metric(closing=None, alarms=(), offsets=())
    season = example_season(metrics=(metric,))
    assert "You began at right" in season_answer(season).meaning


def test_runs_are_counted_as_they_were_recorded():
    metric = example_season_metric()
    turned = replace(metric, at_reference=tuple(-run.value for run in metric.runs))
    assert (
        season_answer(example_season(metrics=(turned,))).text == season_answer(example_season(metrics=(metric,))).text
    )
