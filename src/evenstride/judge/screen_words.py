"""What is said of a test's result, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenstride.judge.screen_error import SIDES, TestError
from evenstride.model import Assessment, Norm
from evenstride.model.profile import Side
from evenstride.model.screen import ErrorBasis

BASIS_WORDS: Mapping[ErrorBasis, str] = {
    "published": "the test's own error",
    "trials": "what this day's trials alone let one expect",
    "sessions": "your own day-to-day error",
}
"""What a detectable difference rests on → how it is called."""
RELATED_WORDS = "the published error of a related measure"


@dataclass(frozen=True, kw_only=True)
class Said:
    """Everything that the sentence about two legs rests on."""

    test: Assessment
    values: Mapping[Side, float]
    error: TestError
    beyond: bool
    lower: Side | None
    ratio_pct: float | None
    loads_differ: bool
    hidden: bool
    both_low: bool
    norm: Norm | None


def source_named(test: Assessment, basis: ErrorBasis | None) -> str | None:
    """Where a detectable difference is from, for a reader who wants to look it up."""
    if basis is None:
        return None
    if basis == "published":
        return test.detectable_source
    only = "only the scatter of this day's trials: how results vary from day to day is assumed, not known"
    return {"trials": only, "sessions": "your own tests on several days"}[basis]


def limit_in_words(test: Assessment, error: TestError) -> str:
    """What a difference is held against, with its size; empty where nothing is known."""
    if error.mdc95 is None or error.basis is None:
        return ""
    related = error.basis == "published" and test.detectable_related
    return f"{RELATED_WORDS if related else BASIS_WORDS[error.basis]} ({two_digits(error.mdc95)})"


def comparison(said: Said) -> str:
    """The whole answer: both values, what they show, and what the ratio hides."""
    test = said.test
    sentences = [f"{both_values(test, said.values)}: {_shown(said)}"]
    if said.both_low:
        target = f"the target of {value_in_words(test, test.baseline_target)}" if test.baseline_target else "the norm"
        sentences.append(f"Both legs are well below {target}, which no comparison of the two shows.")
    if said.norm is not None:
        people = {"female": "women", "male": "men", None: "people"}[said.norm.sex]
        sentences.append(f"Usual for {people} of {said.norm.age_from}–{said.norm.age_to}: {said.norm.value:g}.")
    return " ".join(sentences)


def _shown(said: Said) -> str:
    test, lower, error = said.test, said.lower, said.error
    if said.loads_differ:
        return "unequal loads do not compare."
    if said.hidden:
        return f"the end of the test at {number(test, test.cap or 0.0)} {test.unit} was reached: it cannot tell."
    limit = limit_in_words(test, error)
    if not limit:
        more = "" if lower is None or test.from_runs else f"the {lower} did less well, but "
        return f"{more}the error of this test is not known yet: repeat it on other days."
    size = abs(said.values["right"] - said.values["left"])
    by = number(test, size)
    if not said.beyond or lower is None:
        return f"inside {limit}: no difference shown."
    if test.from_runs:
        smaller = min(SIDES, key=lambda side: said.values[side])
        return f"{smaller} smaller by {by}, more than {limit}; a stride does not say which leg is weak."
    ratio = "" if said.ratio_pct is None else f" Limb ratio: {lower} {said.ratio_pct:.0f} %."
    return f"the {lower} leg is {test.poorer_word} by {by}, more than {limit}.{ratio}"


def change(
    test: Assessment, side: Side, before: tuple[date, float], now: float, error: TestError, *, beyond: bool
) -> str:  # fmt: skip
    """One leg then and now."""
    since, first = before
    values = f"{side.capitalize()} {value_in_words(test, first)} → {value_in_words(test, now)}{_unit(test)}"
    values += f" since {since.day} {since:%B %Y}"
    limit = limit_in_words(test, error)
    if not limit:
        return f"{values}: the error of this test is not known yet: repeat it on other days."
    if not beyond:
        return f"{values}: inside {limit}: no change shown."
    word = "better" if (now > first) == test.larger_is_better else "worse"
    word = ("larger" if now > first else "smaller") if test.from_runs else word
    return f"{values}: {word} by {number(test, abs(now - first))}, more than {limit}."


def stride_times(extra: Mapping[str, float]) -> str:
    """How much stride time varied per leg, where it was recorded beside the test; else nothing.

    Published detectable changes are those of one value from week to week, not of a difference between legs.
    """
    left, right = (extra.get(f"{side}_stride_time_cv_pct") for side in SIDES)
    if left is None or right is None:
        return ""
    unknown = "what legs must differ by in this is not known"
    return f" Stride time varied by {left:.1f} % left and {right:.1f} % right: {unknown}."


def both_values(test: Assessment, values: Mapping[Side, float]) -> str:
    """Left 22, right 25 repetitions."""
    left, right = (value_in_words(test, values[side]) for side in SIDES)
    return f"Left {left}, right {right}{_unit(test)}"


def value_in_words(test: Assessment, value: float) -> str:
    """One value without its unit, as exact as the test is read; a class by its name."""
    if test.classes:
        return test.classes[round(value)]
    return number(test, value)


def number(test: Assessment, value: float) -> str:
    """A value or a difference, as exact as the test is read."""
    digits = 0 if test.resolution >= 1 else 1 if test.resolution >= 0.1 else 2
    return f"{value:.{digits}f}"


def two_digits(value: float) -> str:
    """Two significant digits: 6.35 is 6.4.

    >>> two_digits(6.35), two_digits(12.61), two_digits(0.084)
    ('6.4', '13', '0.084')
    """
    nudged = value * (1 + 1e-9)  # halves go up, as people round
    digits = 0 if nudged >= 10 else 1 if nudged >= 1 else 2 if nudged >= 0.1 else 3
    return f"{nudged:.{digits}f}"


def _unit(test: Assessment) -> str:
    return "" if test.classes else f" {test.unit}"
