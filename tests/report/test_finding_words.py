"""A finding in sentences: what is said when it is watched, and why."""

from dataclasses import replace

import pytest

from evenstride.judge.finding_rules import FINDING_RULES
from evenstride.model import EMPHASES
from evenstride.report.example_season import example_finding
from evenstride.report.finding_words import WATCHING, emphasis_words, finding_answer


def watched(*rules, limb="left"):
    return finding_answer(replace(example_finding(), action="watch", limb=limb, rules=rules))


def test_under_a_clinicians_decision_nobody_is_told_to_train_both_legs_the_same():
    said = watched("F-TESTS", "F-CLINICIAN")
    assert said.text == "Watch: your clinician decides what your legs may do."
    assert "clinician allows" in said.meaning


def test_coarse_tests_are_said_to_be_coarse():
    said = watched("F-NO-LIMB", "F-COARSE", limb="undetermined")
    assert said.text == "Watch, and train both legs the same."
    assert "too coarse" in said.meaning


def test_a_single_day_asks_for_another():
    assert "Repeat the tests on another day" in watched("F-TESTS", "F-SINGLE-DAY").meaning


def test_any_other_watch_is_said_as_usual():
    assert "repeated on another day" in watched("F-TESTS", "F-ONE-SOURCE").meaning


def test_a_finding_to_act_on_is_not_worded_as_watched():
    assert finding_answer(replace(example_finding(), rules=("F-DO", "F-COARSE"))).text.startswith(
        "Favour your left leg"
    )


@pytest.mark.parametrize("rule", WATCHING)
def test_every_rule_with_words_of_its_own_is_a_rule(rule):
    assert FINDING_RULES[rule].stage == "action"


@pytest.mark.parametrize("name", EMPHASES)
def test_every_emphasis_has_words(name):
    assert emphasis_words(name) == EMPHASES[name]
    assert "_" not in emphasis_words(name)
