"""The page of the tests says what the table of the tests says."""

import re
from pathlib import Path

import pytest

from evenstride.judge.assessments import assessments
from evenstride.judge.screen_error import SESSION_FACTORS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "methods" / "screen.md").read_text(encoding="utf8")
PARTS = (
    "**Counts**",
    "**Targets**",
    "**Detectable**",
    "**Matters from**",
    "**Norms**",
    "**May mean**",
    "**Does not mean**",
)


def section(test):
    return next(part for part in PAGE.split("\n## ")[1:] if f"`{test.name}`" in part)


def flat(text):
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("test", assessments().values(), ids=assessments())
def test_every_test_has_a_section_with_the_same_parts(test):
    assert all(part in section(test) for part in PARTS)


@pytest.mark.parametrize("test", assessments().values(), ids=assessments())
def test_the_section_says_what_may_and_may_not_be_concluded(test):
    said = flat(section(test))
    assert all(flat(one) in said for one in (test.may_mean, test.may_not_mean, test.why_summary))


@pytest.mark.parametrize("test", assessments().values(), ids=assessments())
def test_the_section_gives_the_sources_and_numbers(test):
    said = flat(section(test))
    assert test.detectable_source is None or f"{test.detectable:g} {test.unit}: {test.detectable_source}" in said
    assert all(norm.source in said and f"| {norm.age_from}–{norm.age_to} |" in said for norm in test.norms)
    for target in (test.baseline_target, test.advanced_target):
        shown = None if target is None else test.classes[int(target)] if test.classes else f"{target:g} {test.unit}"
        assert shown is None or shown in said


@pytest.mark.parametrize("test", assessments().values(), ids=assessments())
def test_the_section_gives_the_smallest_difference_that_matters(test):
    share = f"{test.smallest_share_pct or 0:g} % of the better leg's value"
    size = share if test.smallest is None else f"{test.smallest:g} {test.unit}"
    assert f"**Matters from** {size} ({test.smallest_grade})." in flat(section(test))


def test_the_factors_of_several_days_are_those_in_use():
    assert ", ".join(f"{factor:.2f}" for factor in SESSION_FACTORS.values()) in flat(PAGE)
