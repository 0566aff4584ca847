"""The personal target range in words: from where to where, where the runner is, why, and when it is reviewed."""

from collections.abc import Mapping

from evenstride.judge.screen_words import two_digits
from evenstride.judge.target_rules import TARGET_RULES
from evenstride.model import LimbComparison, SeasonMetric, TargetRange, TargetStatus
from evenstride.model.screen import NextTarget
from evenstride.report.looks import printable
from evenstride.report.numbers import day_words, rounded

STATUS_WORDS: Mapping[TargetStatus, str] = {
    "inside": "inside since {since}",
    "outside": "outside since {since}",
    "cannot_tell": "too close to its edge to tell",
}
"""Where the latest level is → in words."""
NEXT_WORDS: Mapping[NextTarget, str] = {"baseline": "the target", "advanced": "the advanced target"}
"""What both legs should reach next → in words."""


def season_range_words(metric: SeasonMetric) -> str:
    """Return a metric's range and where the level is, in one line; nothing where there is no range yet.

    >>> from evenstride.report.example_season import example_season_metric
    >>> season_range_words(example_season_metric())
    'Your range: left 0.8 % to right 3.2 % – too close to its edge to tell.'
    """
    target = metric.target
    if target is None:
        return ""
    status = _status(target)
    if metric.level is None:
        status = "no level to hold against it yet"
    elif not target.device.startswith(metric.device) and target.rule != "T-OWN":
        status = "set by another device, so it waits for the next review"
    return f"{_whose(target)}: {range_words(target)} – {status}."


def range_of_test_words(one: LimbComparison) -> str:
    """Return a test's range for the difference, and what both legs should reach next; nothing where there is neither.

    >>> from dataclasses import replace
    >>> from evenstride.report.example_season import example_comparison, example_range
    >>> range_of_test_words(replace(example_comparison(), target=example_range(unit="cm"), next_target="advanced"))
    'your range: left 0.80 to right 3.2 cm – too close to its edge to tell · next for both legs: the advanced target'
    """
    target, parts = one.target, []
    if target is not None:
        hidden = target.status == "cannot_tell" and one.low is None
        status = "this day cannot tell" if hidden else _status(target)
        parts.append(f"{_whose(target).lower()}: {range_words(target)} – {status}")
    if one.next_target is not None:
        parts.append(f"next for both legs: {NEXT_WORDS[one.next_target]}")
    return " · ".join(parts)


def range_words(target: TargetRange) -> str:
    """Return a range from left to right, with its unit.

    >>> from evenstride.report.example_season import example_range
    >>> range_words(example_range()), range_words(example_range(low=0.5, high=4.0))
    ('left 0.8 % to right 3.2 %', 'right 0.5 % to 4.0 %')
    """
    percent = target.unit == "%"
    low, high = (rounded(abs(end), 1) if percent else _size(end) for end in (target.low, target.high))
    unit = " %" if percent else f" {target.unit}"
    between = f"{unit} to " if percent else " to "
    if target.low >= 0:
        return f"right {low}{between}{high}{unit}"
    if target.high <= 0:
        return f"left {high}{between}{low}{unit}"
    return f"left {low}{between}right {high}{unit}"


def why_words(target: TargetRange) -> str:
    """Return why the range is as it is, since when, and when it is reviewed.

    >>> from evenstride.report.example_season import example_range
    >>> print(why_words(example_range(reviews=example_range().reviews[:1])))
    Set on 17 February 2026: the difference was ordinary: the range is where you already were, give or take what matters
    [T-KEEP, convention]. Due again on 12 May 2026.
    """
    rule = TARGET_RULES[target.rule]
    said = f"Set on {day_words(target.set_on)}: {_in_sentence(rule.reason)} [{rule.id}, {rule.grade}]."
    last = TARGET_RULES[target.reviews[-1].rule]
    if len(target.reviews) > 1:
        why = "" if last is rule else f": {_in_sentence(last.reason)} [{last.id}]"
        said += f" Last reviewed on {day_words(target.reviews[-1].day)}{why}."
    if target.next_review is not None:
        said += f" Due again on {day_words(target.next_review)}."
    return printable(said)


def _in_sentence(reason: str) -> str:
    return reason[:1].lower() + reason[1:].rstrip(".")


def _whose(target: TargetRange) -> str:
    return "The range you set" if target.rule == "T-OWN" else "Your range"


def _status(target: TargetRange) -> str:
    return STATUS_WORDS[target.status].format(since=day_words(target.status_since))


def _size(end: float) -> str:
    return two_digits(abs(end)) if end else "0"
