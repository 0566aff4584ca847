"""The pictures of a movement: small, alone, named in words, left and right never in doubt."""

import math
import re
from functools import cache
from xml.etree import ElementTree as ET

import pytest
from tests.each import for_each

from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.catalogue.movements import load_movements
from evenstride.plan.movement.mirror import mirrored
from evenstride.plan.movement.motion import motion_of
from evenstride.report.looks import LEFT, RIGHT
from evenstride.report.movement_drawing import LETTER_M, WIDTH, letters, scene_of
from evenstride.report.movement_picture import alternative, moving_picture, still_picture
from evenstride.report.png import png_bytes

EXERCISES = load_catalogue().exercises
MOVEMENTS = load_movements()
NAMES = sorted(MOVEMENTS)
SVG = "{http://www.w3.org/2000/svg}"
MOVING_BYTES, STILL_BYTES = 12_000, 4_000
SOME = ("squat", "clam_shell", "strides", "thoracic_rotation", "single_leg_stand_ball_catch", "lateral_hop")


@cache
def moving(name):
    return moving_picture(MOVEMENTS[name], EXERCISES[name])


@cache
def still(name):
    return still_picture(MOVEMENTS[name], EXERCISES[name])


def lines(svg, colour):
    """The lines of one colour, without those of the ghost."""
    tree = ET.fromstring(svg)  # noqa: S314
    ghost = {id(one) for group in tree.iter(f"{SVG}g") if group.get("opacity") == ".2" for one in group.iter()}
    found = [one for one in tree.iter(f"{SVG}polyline") if one.get("stroke") == colour and id(one) not in ghost]
    return [list(map(float, one.get("points").split())) for one in found]


@for_each(NAMES)
def test_a_picture_is_small(name):
    assert len(moving(name).encode()) < MOVING_BYTES
    assert len(still(name).encode()) < STILL_BYTES


@for_each(NAMES)
def test_a_picture_is_named_and_told_in_a_sentence(name):
    for svg in (moving(name), still(name)):
        tree = ET.fromstring(svg)  # noqa: S314
        assert tree.get("role") == "img"
        assert tree.find(f"{SVG}title").text == EXERCISES[name].name
        assert tree.find(f"{SVG}desc").text == alternative(MOVEMENTS[name], EXERCISES[name])


@for_each(NAMES)
def test_a_strict_page_may_show_it(name):
    """No style, no script, nothing from elsewhere, no number that is none."""
    for svg in (moving(name), still(name)):
        assert not re.search(r"<style|<script|style=|\son\w+=|href|nan|inf\b|data:", svg, re.IGNORECASE)


@for_each(NAMES)
def test_both_legs_have_their_colour_and_their_letter(name):
    for svg in (moving(name), still(name)):
        assert (svg.count(">L</text>"), svg.count(">R</text>")) == (1, 1)
        left, right = svg.index(f'fill="{LEFT}"'), svg.index(f'fill="{RIGHT}"')
        assert left < svg.index(">L</text>") < right < svg.index(">R</text>")


@for_each(NAMES)
def test_no_letter_covers_the_other(name):
    scene = scene_of(motion_of(MOVEMENTS[name]))
    for posture in scene.film:
        spots = letters(posture, scene.paper)
        assert math.dist(spots["left"], spots["right"]) >= 2 * LETTER_M * scene.paper.units_a_metre


@for_each(NAMES)
def test_every_part_keeps_one_clock(name):
    tree = ET.fromstring(moving(name))  # noqa: S314
    moves = [one for one in tree.iter() if one.tag in (f"{SVG}animate", f"{SVG}animateTransform")]
    timed = [one for one in moves if one.get("keyTimes")]
    assert timed
    assert {float(one.get("dur").removesuffix("s")) for one in timed} == {MOVEMENTS[name].duration_s}
    for one in timed:
        times = list(map(float, one.get("keyTimes").split(";")))
        assert (times[0], times[-1]) == (0.0, 1.0)
        assert times == sorted(set(times))
        values = one.get("values").split(";")
        assert len(values) == len(times)
        assert {len(value.split()) for value in values} == {len(values[0].split())}


@for_each(NAMES)
def test_it_ends_where_it_begins(name):
    tree = ET.fromstring(moving(name))  # noqa: S314
    for one in tree.iter(f"{SVG}animate"):
        first, last = (list(map(float, value.split())) for value in (one.get("values").split(";")[k] for k in (0, -1)))
        assert max(abs(a - b) for a, b in zip(first, last, strict=True)) <= 3.0


@for_each(NAMES)
def test_the_other_side_is_the_picture_in_a_mirror_with_the_colours_exchanged(name):
    other = still_picture(mirrored(MOVEMENTS[name]), EXERCISES[name])
    for mine, theirs in ((LEFT, RIGHT), (RIGHT, LEFT)):
        for here, there in zip(
            sorted(lines(still(name), mine), key=len), sorted(lines(other, theirs), key=len), strict=True
        ):
            assert [WIDTH - x for x in here[::2]] == pytest.approx(there[::2], abs=1.0)
            assert here[1::2] == pytest.approx(there[1::2], abs=1.0)


def test_the_side_that_works_is_told_in_words():
    one = MOVEMENTS["pistol_squat"]
    assert alternative(one, EXERCISES["pistol_squat"]).endswith("Right leg.")
    assert alternative(mirrored(one), EXERCISES["pistol_squat"]).endswith("Left leg.")
    assert "leg." not in alternative(MOVEMENTS["squat"], EXERCISES["squat"])


def test_ink_is_that_of_the_text_around_it_unless_told():
    assert "color=" not in still("squat").replace("currentColor", "")
    assert ' color="#eee"' in still_picture(MOVEMENTS["squat"], EXERCISES["squat"], ink="#eee")


@for_each(SOME)
def test_a_still_can_be_printed(name):
    assert png_bytes(still(name))[:4] == b"\x89PNG"


def test_pictures_in_one_page_share_no_name():
    both = still("squat") + still_picture(mirrored(MOVEMENTS["squat"]), EXERCISES["squat"]) + still("strides")
    names = re.findall(r'\bid="([^"]+)"', both)
    assert len(names) == len(set(names)) == 3
    assert set(re.findall(r"url\(#([^)]+)\)", both)) == set(names)


def test_the_floor_passes_by_where_the_body_travels():
    assert moving("strides").count("<path") > 2
    assert "<path" not in moving("squat")
