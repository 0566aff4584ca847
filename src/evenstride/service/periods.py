"""Two periods of a season compared, as a runner chooses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evenstride.errors import InvalidRequest
from evenstride.judge.periods import compare_periods, usual_periods
from evenstride.model import Period, PeriodComparison, SeasonMetric
from evenstride.service.home import Home


@dataclass(frozen=True, kw_only=True)
class PeriodsAsked:
    """The first and last day of two periods, in whatever order they were chosen."""

    first: tuple[date, date]
    second: tuple[date, date]


def compared_periods(home: Home, metric: SeasonMetric, asked: PeriodsAsked) -> PeriodComparison:
    """Return what two periods of a metric say beside one another.

    Raises
    ------
    InvalidRequest
        The periods share a day.
    """
    periods = [Period(first=min(days), last=max(days)) for days in (asked.first, asked.second)]
    first, second = sorted(periods, key=lambda one: (one.first, one.last))
    if first.overlaps(second):
        raise InvalidRequest("The two periods share a day.", help="Choose two that stand apart.")
    question = ("periods", home.athlete_id, metric.metric, metric.source)
    state = (first, second, home.today, metric.runs)
    return home.store.memory.of(question, state, lambda: compare_periods(metric, first, second, today=home.today))


def asked_most(metric: SeasonMetric) -> Mapping[str, PeriodsAsked]:
    """Return the comparisons that are asked for most, by name."""
    return {
        name: PeriodsAsked(first=(first.first, first.last), second=(second.first, second.last))
        for name, (first, second) in usual_periods(metric).items()
    }
