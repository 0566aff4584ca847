"""Two periods of a season beside one another, in words: level, and difference or why there is none."""

from evenstride.model import Estimated, PeriodComparison, PeriodLevel, SeasonMetric
from evenstride.report.looks import printable
from evenstride.report.numbers import day_span, holds_zero
from evenstride.report.season_words import CONDITION_WORDS, moved_words, smallest_words, value_words

TANGLED = {"device": "another device"}
"""What came just between the two periods → in words; anything else by what it is."""


def periods_sentence(metric: SeasonMetric, found: PeriodComparison) -> str:
    """Return what two periods say beside one another.

    >>> from datetime import date
    >>> from evenstride.model import Period
    >>> from evenstride.report.example_season import example_season_metric
    >>> metric = example_season_metric()
    >>> spring = Period(first=date(2026, 3, 1), last=date(2026, 3, 31))
    >>> may = Period(first=date(2026, 5, 1), last=date(2026, 5, 31))
    >>> first = PeriodLevel(period=spring, n_runs=9, level=Estimated(value=1.0, low=0.6, high=1.4))
    >>> second = PeriodLevel(period=may, n_runs=8, level=Estimated(value=2.9, low=2.4, high=3.4))
    >>> moved = Estimated(value=1.9, low=1.3, high=2.5)
    >>> periods_sentence(metric, PeriodComparison(first=first, second=second, difference=moved, smallest=1.0))
    'From the first period to the second, 1.9 % towards the right (1.3 to 2.5): more than the 1 % that matters.'
    """
    if not _enough(found):
        counts = f"{_runs(found.first.n_runs)} in the first period and {found.second.n_runs} in the second"
        return f"Cannot tell: {counts}; each needs {found.runs_needed} that compare."
    if found.difference is None:
        what = " and ".join(TANGLED.get(one) or CONDITION_WORDS.get(one, one) for one in found.tangled)
        between = f"{what or 'something else'} came just between the two periods"
        return f"Cannot tell: {between}, and what that did cannot be told from what your legs did."
    return _told(metric, found, found.difference)


def period_level_words(metric: SeasonMetric, one: PeriodLevel) -> str:
    """Return a period's level with its interval and n, or that there is none."""
    if one.level is None:
        return f"no level from {_runs(one.n_runs)}"
    return f"{value_words(metric, one.level.value, one.level.low, one.level.high)}, {_runs(one.n_runs)}"


def period_words(one: PeriodLevel) -> str:
    """Return from when to when a period is."""
    return day_span(one.period.first, one.period.last)


def given_as_words(found: PeriodComparison) -> str:
    """Return by which device both levels are given; nothing where that is not known."""
    return f"Both as {printable(found.device)} would tell them." if found.device else ""


def _told(metric: SeasonMetric, found: PeriodComparison, moved: Estimated) -> str:
    about = found.first.level.value if found.first.level else 1.0
    said = moved_words(metric, moved, about=about)
    matters = smallest_words(metric, float(f"{found.smallest:.2g}"), about=about)
    least, most = sorted((abs(moved.low), abs(moved.high)))
    if holds_zero(moved.low, moved.high):
        if most < found.smallest:
            return f"No change that matters from the first period to the second: {said}; {matters} would matter."
        return f"Cannot tell whether anything changed: {said}. More runs in each period would narrow it."
    sure = (
        "more than the"
        if least > found.smallest
        else "less than the"
        if most < found.smallest
        else "perhaps less than the"
    )
    return f"From the first period to the second, {said}: {sure} {matters} that matters."


def _enough(found: PeriodComparison) -> bool:
    return found.first.level is not None and found.second.level is not None


def _runs(n: int) -> str:
    return f"{n} run{'s' if n != 1 else ''}"
