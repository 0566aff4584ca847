"""Runs gathered into weeks for pictures: one mean with its interval where single runs would lie too close."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from math import sqrt

from evenstride.model import RunPoint, SeasonMetric

WEEKS = (1, 2, 4, 8, 13, 26, 52)
_Z95 = 1.96


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The runs of one or more calendar weeks: their signed mean with its 95 % interval.

    ``first`` is a Monday, ``middle`` the mean day of the runs, as an ordinal.
    """

    first: date
    last: date
    middle: float
    value: float
    low: float
    high: float
    n_runs: int


def week_of(day: date) -> date:
    """Return the Monday of a day's week.

    >>> week_of(date(2026, 5, 7))
    datetime.date(2026, 5, 4)
    """
    return day - timedelta(days=day.weekday())


def at_reference(metric: SeasonMetric) -> tuple[RunPoint, ...]:
    """Return a metric's runs as they would be at the conditions of its level, each with its interval moved along.

    >>> from evenstride.report.example_season import example_season_metric
    >>> metric = example_season_metric(n_runs=1)
    >>> at_reference(metric) == metric.runs, at_reference(replace(metric, at_reference=(2.5,)))[0].value
    (True, 2.5)
    """
    if len(metric.at_reference) != len(metric.runs):
        return metric.runs
    return tuple(_moved(run, value) for run, value in zip(metric.runs, metric.at_reference, strict=True))


def _moved(run: RunPoint, value: float) -> RunPoint:
    by = value - run.value
    low, high = (None if end is None else end + by for end in (run.low, run.high))
    return replace(run, value=value, low=low, high=high)


def gathered(runs: Sequence[RunPoint], *, weeks: int = 1) -> list[Gathered]:
    """Return the mean of the runs of each stretch of so many calendar weeks, empty ones left out.

    Runs count by their own precision. The interval is the wider of what their own intervals and what their scatter say;
    runs without an interval of their own count alike, and a single one of them has the interval zero.

    >>> from evenstride.report.example_season import example_season_metric
    >>> len(gathered(example_season_metric().runs, weeks=2))
    6
    """
    if not runs:
        return []
    start = week_of(runs[0].start.date())

    def place(run: RunPoint) -> int:
        return (week_of(run.start.date()) - start).days // (7 * weeks)

    out = []
    for number, group in groupby(sorted(runs, key=lambda run: run.start), key=place):
        held = list(group)
        mean, half = _mean(held)
        first = start + timedelta(weeks=weeks * number)
        last = first + timedelta(days=7 * weeks - 1)
        middle = sum(run.start.date().toordinal() + 0.5 for run in held) / len(held)
        out.append(
            Gathered(first=first, last=last, middle=middle, value=mean, low=mean - half, high=mean + half,
                     n_runs=len(held))
        )  # fmt: skip
    return out


def weeks_that_fit(runs: Sequence[RunPoint], at_most: int) -> int:
    """Return how many weeks must be taken together so that no more than that many means are left."""
    return next((weeks for weeks in WEEKS if len(gathered(runs, weeks=weeks)) <= at_most), WEEKS[-1])


def _mean(runs: Sequence[RunPoint]) -> tuple[float, float]:
    """The mean, weighted by precision where every run has one, and half its interval."""
    halves = [(run.high - run.low) / 2.0 for run in runs if run.low is not None and run.high is not None]
    known = len(halves) == len(runs) and all(half > 0 for half in halves)
    weights = [(_Z95 / half) ** 2 for half in halves] if known else [1.0] * len(runs)
    total = sum(weights)
    mean = sum(weight * run.value for weight, run in zip(weights, runs, strict=True)) / total
    own = 1.0 / total if known else 0.0
    if len(runs) == 1:
        return mean, _Z95 * sqrt(own)
    scatter = sum(weight * (run.value - mean) ** 2 for weight, run in zip(weights, runs, strict=True))
    return mean, _Z95 * sqrt(max(own, scatter / (len(runs) - 1) / total))
