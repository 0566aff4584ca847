"""Two stretches of a season beside one another: the level of each, and whether they differ.

Each level is the mean of what the runs of that stretch were, like with like: devices, shoes and surfaces keep an offset
of their own (docs/methods/periods.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from evenstride.judge.adjusting import Adjustment, adjustment
from evenstride.judge.comparable import OFFSET_SIZE, Column, Compared, comparable, independent_columns, precision
from evenstride.judge.smallest import smallest_change
from evenstride.judge.trend import standard_errors
from evenstride.model import LEVELS, Estimated, Floats, Period, PeriodComparison, PeriodLevel, RunPoint, SeasonMetric
from evenstride.stats.agreement import mdc95
from evenstride.stats.local_level import LocalLevelFit, fit_local_level
from evenstride.stats.mean import Interval

Flags = NDArray[np.bool_]
RUNS_MIN = 4
"""As many runs in each as make a provisional baseline."""
VALUES_BEYOND = 3
"""So many values more than covariates a fit needs."""
DAY, FEW, MANY, YEAR = timedelta(days=1), timedelta(weeks=4), timedelta(weeks=8), timedelta(weeks=52)
STEP = Column(condition="period", name="later")


def compare_periods(metric: SeasonMetric, first: Period, second: Period, *, today: date) -> PeriodComparison:
    """Compare two stretches of one metric, run by run.

    Works for stretches that do not overlap, with four comparable runs each. The level may move within a stretch: what
    is compared are the means over its runs, and a drift makes the intervals wider, not wrong. Where another device (or
    whatever else has an offset) came just between the two, ``difference`` is None and ``tangled`` says with what.

    Examples
    --------
    >>> from datetime import UTC, datetime, timedelta
    >>> start = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    >>> values = (1.2, 0.8, 1.1, 0.9, 1.0, 3.1, 2.9, 3.2, 2.8, 3.0)
    >>> runs = tuple(RunPoint(run=str(i), start=start + timedelta(days=3 * i), value=x, low=x - 0.6, high=x + 0.6)
    ...              for i, x in enumerate(values))
    >>> metric = SeasonMetric(metric="contact_time", label="contact time", unit="%", kind="index",
    ...                       source="watch_balance", n_runs=10, level=None, runs=runs)
    >>> found = compare_periods(metric, Period(first=date(2026, 3, 1), last=date(2026, 3, 15)),
    ...                         Period(first=date(2026, 3, 16), last=date(2026, 4, 1)), today=date(2026, 4, 1))
    >>> f"{found.difference.value:.1f} ({found.difference.low:.1f} to {found.difference.high:.1f})"
    '2.0 (1.6 to 2.4)'
    """
    first, second = sorted((first, second), key=lambda one: (one.first, one.last))
    if first.overlaps(second):
        raise ValueError("two periods that are compared share no day")
    runs = _runs(metric, today)
    compared, values = runs.within(first, second)
    later = np.array([second.holds(run.start.date()) for run in compared.points], dtype=bool)
    counts = int((~later).sum()), int(later.sum())
    smallest = smallest_change(metric.metric, mdc95=metric.mdc95 or mdc95(float(values.std()) if len(values) else 0.0))
    enough = runs.tell and min(counts) >= RUNS_MIN
    apart = _tells_apart(compared, later)
    difference = None
    if not enough:
        levels: list[Interval | None] = [None, None]
    elif apart:
        fits = [_fitted(compared, values, other, smallest.value) for other in (later, ~later)]
        levels = [fit.level if fit else None for fit in fits]
        difference = fits[0].offsets[-1] if fits[0] else None
    else:
        alone = [_fitted(*runs.within(one), None, smallest.value) for one in (first, second)]
        levels = [fit.level if fit else None for fit in alone]
    return PeriodComparison(
        first=PeriodLevel(period=first, n_runs=counts[0], level=_estimated(levels[0])),
        second=PeriodLevel(period=second, n_runs=counts[1], level=_estimated(levels[1])),
        difference=_estimated(difference), smallest=smallest.value, runs_needed=RUNS_MIN,
        device=compared.device if apart and enough else "",
        tangled=_changed_between(compared) if enough and not apart else (),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Runs:
    """The runs of one metric, taken as the season takes them; ``at_usual`` where one is adjusted for beforehand."""

    metric: SeasonMetric
    today: date
    at_usual: Adjustment | None

    @property
    def tell(self) -> bool:
        level = LEVELS.get(self.metric.metric)
        return level is None or not level.through or self.at_usual is not None

    def within(self, *periods: Period) -> tuple[Compared, Floats]:
        """The runs of some periods that compare, and their values."""
        chosen = [run for run in self.metric.runs if any(one.holds(run.start.date()) for one in periods)]
        compared = _compared(self.metric.metric, chosen, self.today)
        values = [run.value if self.at_usual is None else self.at_usual.at_usual(run) for run in compared.points]
        return compared, np.array(values, dtype=np.float64)


def _runs(metric: SeasonMetric, today: date) -> _Runs:
    level = LEVELS.get(metric.metric)
    through = level is not None and bool(level.through)
    taken = adjustment(_compared(metric.metric, metric.runs, today), level) if level is not None and through else None
    return _Runs(metric=metric, today=today, at_usual=taken)


def _compared(metric: str, runs: Iterable[RunPoint], today: date) -> Compared:
    level = LEVELS.get(metric)
    needs = level.adjusts if level else ()
    adjusts = () if level and level.through else needs
    return comparable(runs, adjusts=adjusts, needs=needs, intervals=level is None, today=today)


def _unknown(compared: Compared) -> list[tuple[Column, Floats]]:
    """The columns of whose size nothing is known beforehand: devices and quantities, not shoes and surfaces."""
    every = zip(compared.columns, compared.design.T, strict=True)
    return [(column, values) for column, values in every if column.condition not in OFFSET_SIZE]


def _tells_apart(compared: Compared, later: Flags) -> bool:
    """Whether the step between the periods is something else than a change of device."""
    _, _, same = independent_columns(len(later), [*_unknown(compared), (STEP, later.astype(np.float64))])
    return STEP.condition not in same


def _fitted(compared: Compared, values: Floats, other: Flags | None, smallest: float) -> LocalLevelFit | None:
    """Fit one mean to the runs, and a step to the ``other`` ones; nothing drifts. None with too few runs for it."""
    columns, design = list(compared.columns), compared.design
    if other is not None:
        columns, design = [*columns, STEP], np.column_stack([design, other.astype(np.float64)])
    unknown = sum(column.condition not in OFFSET_SIZE for column in columns)
    if len(values) < VALUES_BEYOND + unknown:
        return None
    return fit_local_level(
        np.zeros(len(values)), values, se=standard_errors(compared.points), design=design,
        precision=precision(columns, smallest),
    )  # fmt: skip


def _changed_between(compared: Compared) -> tuple[str, ...]:
    """What the step cannot be told from, by what kind of thing it is."""
    unknown = [column for column, _ in _unknown(compared)]
    named = [column for column in unknown if column.name]
    return tuple(dict.fromkeys(column.condition for column in named or unknown))


def _estimated(found: Interval | None) -> Estimated | None:
    return None if found is None else Estimated(value=found.estimate, low=found.low, high=found.high)


def usual_periods(metric: SeasonMetric) -> Mapping[str, tuple[Period, Period]]:
    """Return the comparisons that are asked for most, by name, each with runs enough in both periods.

    ``recent``: the last four weeks with runs and the four before; ``baseline``: the baseline and the last four weeks;
    ``change``: up to eight weeks on either side of the change; ``year``: the last eight weeks and the same a year ago.

    >>> usual_periods(SeasonMetric(metric="cadence", label="cadence", unit="spm", kind="level", source="recorded",
    ...                            n_runs=0, level=None, runs=()))
    {}
    """
    if not metric.runs:
        return {}
    last = metric.runs[-1].start.date()
    recent, eight = _before(last, FEW), _before(last, MANY)
    found = {"recent": (_before(recent.first - DAY, FEW), recent)}
    if metric.baseline is not None and metric.baseline.until < recent.first:
        found["baseline"] = (Period(first=metric.baseline.since, last=metric.baseline.until), recent)
    change = metric.change_point
    if change is not None and change.high < last:
        after = Period(first=change.high + DAY, last=min(last, change.high + MANY))
        found["change"] = (_before(change.low - DAY, MANY), after)
    found["year"] = (Period(first=eight.first - YEAR, last=eight.last - YEAR), eight)
    days = [run.start.date() for run in metric.runs]
    return {name: both for name, both in found.items()
            if all(sum(map(one.holds, days)) >= RUNS_MIN for one in both)}  # fmt: skip


def _before(last: date, length: timedelta) -> Period:
    """The days up to ``last``, it included."""
    return Period(first=last - length + DAY, last=last)
