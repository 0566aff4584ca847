"""The personal target range as it is said, drawn and written: from left to right, and mirrored with the legs."""

import re
from dataclasses import replace
from datetime import date

import pytest

from evenstride.model import Estimated, Profile, Target
from evenstride.report.athlete_terminal import athlete_text
from evenstride.report.example_season import (
    example_assessments,
    example_comparison,
    example_comparisons,
    example_finding,
    example_range,
    example_season,
    example_season_metric,
    mirrored_season,
)
from evenstride.report.screen_document import screen_document
from evenstride.report.screen_terminal import comparisons_text
from evenstride.report.season_document import season_document
from evenstride.report.season_page import season_page
from evenstride.report.season_picture import season_picture
from evenstride.report.season_terminal import season_text
from evenstride.report.target_words import range_words, season_range_words, why_words

SWAP = {"left": "right", "right": "left"}


def swapped(text):
    return re.sub(r"left|right", lambda word: SWAP[word[0]], text)


def lines(svg):
    found = re.findall(r'class="range" d="M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)"', svg)
    return [tuple(map(float, one)) for one in found]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.8, 3.2, "left 0.8 % to right 3.2 %"),
        (0.5, 4.0, "right 0.5 % to 4.0 %"),
        (-4.0, -0.5, "left 0.5 % to 4.0 %"),
        (0.0, 2.0, "right 0.0 % to 2.0 %"),
    ],
)
def test_a_range_is_said_from_left_to_right_and_on_one_side_from_near_to_far(low, high, said):
    assert range_words(example_range(low=low, high=high)) == said


def test_a_range_of_a_test_is_said_in_its_unit():
    assert range_words(example_range(low=-6.35, high=13.4, unit="cm")) == "left 6.4 to right 13 cm"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "inside", "status_since": date(2026, 5, 3)}, "– inside since 3 May 2026."),
        ({"status": "outside", "status_since": date(2026, 5, 3)}, "– outside since 3 May 2026."),
        ({"status": "cannot_tell"}, "– too close to its edge to tell."),
        ({"device": "another"}, "– set by another device, so it waits for the next review."),
        ({"rule": "T-OWN", "device": ""}, "The range you set: left 0.8 %"),
    ],
)
def test_the_line_says_where_the_level_is(changes, said):
    assert said in season_range_words(example_season_metric(target=example_range(**changes)))


def test_why_a_range_of_ones_own_stands_is_said_once():
    own = example_range(rule="T-OWN", reviews=tuple(replace(one, rule="T-OWN") for one in example_range().reviews))
    assert why_words(own).count("until it is changed") == 1
    assert "Last reviewed on 14 April 2026." in why_words(own)


def test_without_a_range_nothing_is_said():
    metric = example_season_metric(target=None)
    assert season_range_words(metric) == ""
    assert "range" not in season_text(replace(example_season(), metrics=(metric,)))


def test_without_a_level_the_range_still_stands():
    metric = example_season_metric(level=None, target=example_range(rule="T-OWN"))
    assert season_range_words(metric).endswith("no level to hold against it yet.")


def test_a_level_by_the_treadmills_device_is_by_the_same_device():
    metric = example_season_metric(target=example_range(device="garmin fenix7 on the treadmill"))
    assert "another device" not in season_range_words(metric)


def test_the_season_says_its_range_on_screen_and_page_with_the_reason():
    line = season_range_words(example_season_metric())
    page = season_page(
        example_season(), example_comparisons(), example_finding(), assessments=example_assessments()
    )  # fmt: skip
    for text in (season_text(example_season(), width=100), page):
        assert line in text.replace("\u00a0", " ")
        assert "T-KEEP" in text
    assert line in season_text(example_season(), metric="contact_time", width=100)


def test_the_words_of_a_range_mirror():
    here, there = (one.metrics[0] for one in (example_season(), mirrored_season(example_season())))
    one, two = season_range_words(here), season_range_words(there)
    assert sorted(re.findall(r"(left|right) ([\d.]+)", swapped(one))) == sorted(
        re.findall(r"(left|right) ([\d.]+)", two)
    )
    assert why_words(here.target) == why_words(there.target)


def test_the_range_is_drawn_from_the_day_it_was_set_and_anew_where_it_moved():
    first, *_, last = example_range().reviews
    reviews = (first, replace(last, low=-1.0, high=2.0))
    season = example_season(metrics=(example_season_metric(target=example_range(low=-1.0, high=2.0, reviews=reviews)),))
    drawn = lines(season_picture(season))
    assert len(drawn) == 4
    assert all(one[1] == one[3] for one in drawn)
    assert drawn[0][2] == drawn[2][0]
    assert drawn[0][1] > drawn[1][1] > 0


def test_the_range_is_drawn_as_far_below_zero_as_it_was_above():
    season = replace(example_season(), metrics=example_season().metrics[:1])
    here, there = lines(season_picture(season)), lines(season_picture(mirrored_season(season)))
    middle = {round((one[1] + two[1]) / 2, 1) for one, two in zip(here, reversed(there), strict=True)}
    assert len(middle) == 1


def test_a_wide_range_has_room_in_the_picture():
    reviews = tuple(replace(one, low=-25.0, high=28.0) for one in example_range().reviews)
    season = example_season(metrics=(example_season_metric(target=example_range(low=-25, high=28, reviews=reviews)),))
    (low, high) = (one[1] for one in lines(season_picture(season)))
    (narrow, _) = (one[1] for one in lines(season_picture(example_season())))
    assert low > narrow
    assert low - high > 150


def test_the_picture_says_what_the_thin_lines_are():
    assert "thin lines: your range" in season_picture(example_season())
    bare = example_season(metrics=(example_season_metric(target=None),))
    assert "thin lines" not in season_picture(bare)


def test_a_document_has_the_range_and_every_review():
    entry = season_document(example_season())["metrics"][0]["target"]
    assert (entry["low"], entry["high"], entry["rule"], entry["next_review"]) == (-0.8, 3.2, "T-KEEP", "2026-05-12")
    assert [one["status"] for one in entry["reviews"]] == [None, "inside", "cannot_tell"]
    assert season_document(example_season())["metrics"][1]["target"] is None


def test_a_test_shows_its_range_and_what_is_next():
    one = replace(example_comparison(), target=example_range(unit="repetitions"), next_target="advanced")
    said = " ".join(comparisons_text([one], example_assessments(), width=100).split())
    assert "your range: left 0.80 to right 3.2 repetitions" in said
    assert "next for both legs: the advanced target" in said
    entry = screen_document([one])["comparisons"][0]
    assert (entry["target"]["unit"], entry["next_target"]) == ("repetitions", "advanced")


def test_a_day_that_cannot_tell_says_so_of_its_range():
    one = replace(example_comparison(), low=None, high=None, target=example_range(unit="repetitions"))
    assert "this day cannot tell" in " ".join(comparisons_text([one], example_assessments()).split())


def test_an_athlete_shows_the_ranges_set():
    own = Target(what="contact_time", low=-1.0, high=3.0, since=date(2026, 5, 4), note="with the coach")
    said = athlete_text(Profile(name="Ada", targets=(own,)), (), today=date(2026, 6, 1))
    assert "contact time: left 1 to right 3, since 4 May 2026 (with the coach)" in said


def test_where_the_level_is_known_and_inside_the_line_is_short():
    metric = example_season_metric(
        level=Estimated(value=1.2, low=0.7, high=1.7),
        target=example_range(status="inside", status_since=date(2026, 2, 17)),
    )
    assert len(season_range_words(metric)) < 80
