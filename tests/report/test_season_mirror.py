"""Legs that are swapped swap every word and every mark of the season's screens, documents and pictures."""

import re
from dataclasses import replace

import numpy as np
import pytest

from evenstride.report import screen_terminal
from evenstride.report.example_season import (
    example_assessments,
    example_comparisons,
    example_finding,
    example_season,
    mirrored_comparison,
    mirrored_finding,
    mirrored_season,
)
from evenstride.report.finding_document import finding_document
from evenstride.report.finding_terminal import finding_text
from evenstride.report.screen_document import screen_document
from evenstride.report.screen_picture import tests_picture as draw_tests
from evenstride.report.season_document import season_document
from evenstride.report.season_picture import season_picture
from evenstride.report.season_terminal import season_text
from evenstride.report.season_words import season_answer

SWAP = {"left": "right", "right": "left", "L": "R", "R": "L"}
FLIPPED = tuple(mirrored_comparison(one) for one in example_comparisons())


def swapped(text: str) -> str:
    return re.sub(r"\b(left|right|L|R)\b", lambda word: SWAP[word[0]], text)


def words_below(text: str) -> list[str]:
    """The words under the whiskers, whose intervals are all on one side of zero."""
    return text[text.index("both legs  ") :].split()


def heights(svg: str) -> np.ndarray:
    return np.array([float(y) for y in re.findall(r'<circle class="(?:pennant|run-other)"[^>]*cy="([\d.]+)"', svg)])


def test_the_answer_mirrors():
    season = example_season()
    assert season_answer(mirrored_season(season)).text == swapped(season_answer(season).text)


def test_the_facts_of_the_season_screen_mirror():
    season = example_season()
    season = replace(season, metrics=(replace(season.metrics[0], offsets=()), *season.metrics[1:]), notes=())
    here, there = words_below(season_text(season)), words_below(season_text(mirrored_season(season)))
    assert [swapped(word) for word in here] == there


def test_the_whiskers_of_the_season_screen_mirror():
    def marks(text: str) -> list[str]:
        return [found[0] for line in text.splitlines() if (found := re.search(r"[╎├].*●.*[╎┤]", line))]

    season = example_season()
    there = marks(season_text(mirrored_season(season)))
    flip = str.maketrans("├┤", "┤├")
    assert [mark[::-1].translate(flip).strip() for mark in marks(season_text(season))] == [m.strip() for m in there]


def test_the_numbers_of_the_season_document_mirror():
    here = season_document(example_season())["metrics"][0]
    there = season_document(mirrored_season(example_season()))["metrics"][0]
    assert (there["level"], there["low"], there["high"]) == (-here["level"], -here["high"], -here["low"])
    assert there["change"]["value"] == -here["change"]["value"]
    assert there["answer"] == swapped(here["answer"])


@pytest.mark.parametrize("n_runs", [6, 40, 400])
def test_every_run_is_drawn_as_far_below_zero_as_it_was_above(n_runs):
    season = example_season(n_runs=n_runs)
    season = replace(season, metrics=season.metrics[:1])
    here, there = heights(season_picture(season)), heights(season_picture(mirrored_season(season)))
    middle = (here + there) / 2
    np.testing.assert_allclose(middle, middle[0], atol=0.11)
    assert len(here) >= 6


def test_the_bands_of_the_season_picture_change_colour():
    season = example_season()
    assert 'class="band-right"' in season_picture(season)
    only = re.findall(r'class="(band-\w+)" d="([^"]+)"', season_picture(mirrored_season(season)))
    sizes = {css: len(set(re.findall(r"[\d.]+ ([\d.]+)", d))) for css, d in only}
    assert sizes["band-left"] > sizes["band-right"]


def test_the_finding_mirrors():
    here, there = finding_text(example_finding()), finding_text(mirrored_finding(example_finding()))
    assert swapped(here).split() == there.split()


def test_the_finding_document_mirrors():
    here, there = finding_document(example_finding()), finding_document(mirrored_finding(example_finding()))
    assert there["limb"] == SWAP[here["limb"]]
    assert [one["direction"] for one in there["evidence"]] == [SWAP[one["direction"]] for one in here["evidence"]]


def test_the_tests_document_mirrors():
    here, there = screen_document(example_comparisons()), screen_document(FLIPPED)
    assert [one["left"] for one in here["comparisons"]] == [one["right"] for one in there["comparisons"]]
    assert [one["left"] for one in here["results"]] == [one["right"] for one in there["results"]]


def test_the_tests_answer_mirrors():
    def first(comparisons) -> str:
        return screen_terminal.comparisons_text(comparisons, example_assessments()).splitlines()[0]

    assert first(FLIPPED) == swapped(first(example_comparisons()))


def test_the_bars_of_the_tests_mirror_about_the_middle():
    def bars(comparisons, side: str) -> list[float]:
        svg = draw_tests(comparisons, example_assessments())
        return [float(width) for width in re.findall(rf'class="fill-{side} bar-{side}"[^>]*width="([\d.]+)"', svg)]

    assert bars(example_comparisons(), "left") == bars(FLIPPED, "right")
    assert bars(example_comparisons(), "left") != bars(example_comparisons(), "right")
