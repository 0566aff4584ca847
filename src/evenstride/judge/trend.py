"""One metric through a season: where it is, what changed since the baseline, and how surely.

A run is one noisy look at a level that moves slowly (docs/methods/season-level.md). Runs with another device, shoe or
surface keep an offset of their own, so like is compared with like.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

import numpy as np

from evenstride.judge.adjusting import RESPONSES, TEMPERATURE, Adjustment, adjustment, not_rising, quantities
from evenstride.judge.comparable import Compared, comparable
from evenstride.judge.direction import direction
from evenstride.judge.ranges import RANGES
from evenstride.judge.smallest import SmallestChange, smallest_change
from evenstride.judge.streams import season_alarms
from evenstride.model import (
    LEVELS,
    METRICS,
    SOURCES,
    Baseline,
    Change,
    Closing,
    Estimated,
    Floats,
    LateInRuns,
    Level,
    LevelBand,
    Note,
    Offset,
    RunPoint,
    SeasonMetric,
)
from evenstride.stats import Interval as StatsInterval
from evenstride.stats.agreement import mdc95
from evenstride.stats.local_level import LocalLevelFit, fit_local_level

BASELINE_RUNS = 5
"""Stable individual patterns take four runs for one variable and five for several (Ahamed et al. 2018)."""
PROVISIONAL_RUNS = 4
HALF_CLOSED_WEEKS = 8.0
"""A catch-up worth having halves the difference between the legs in this time, and no more (a convention)."""
FAIR_WEEKS = 4.0
"""Nobody is told that nothing closes before this: a weekly look would find no progress in most who make it."""
SCATTER_RUNS = 8
"""From fewer comparable runs nobody is told how far runs lie apart (our own convention)."""
ONE_RUN_SHARE = 0.5
"""Nor where it would be less than this share of it without one run (our own convention)."""
LATE_RUNS = 3
GUESS_SHARE = 0.25
"""A level of both legs whose half-width is a larger share of it is not told: nobody varies so much (a convention)."""
ONE_DEVICE = "more runs of one device make a level; so far the devices differ too much"
MORE_RUNS = "more runs make a level; so far they differ too much from one another"
RECENT = timedelta(days=28)
_LISTED = 5
_Z95 = 1.959964


def season_metric(points: Iterable[RunPoint], *, metric: str, source: str, today: date) -> SeasonMetric:
    """Follow one metric of one source through the runs up to ``today``.

    Parameters
    ----------
    points
        One point a run, in any order. For a metric of ``METRICS`` its index (%) with its interval; for one of
        ``LEVELS`` its value with the ``conditions`` that the level is adjusted for.

    Returns
    -------
    With fewer than four comparable runs there is no level yet, and ``waiting_for`` says what is missing. ``runs`` are
    those that entered, as measured; ``at_reference`` their values at the reference conditions.

    Notes
    -----
    Works for runners whose level stays, drifts or steps. Four runs make a provisional baseline, five a baseline
    (Ahamed et al. 2018). Coverage is measured in ``validation/results/season.md``.

    Examples
    --------
    >>> from datetime import UTC, datetime, timedelta
    >>> first = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    >>> values = (2.4, 3.1, 1.9, 2.2, 2.8, 2.6, 2.0, 2.9)
    >>> points = [RunPoint(run=str(i), start=first + timedelta(days=3 * i), value=x, low=x - 0.8, high=x + 0.8)
    ...           for i, x in enumerate(values)]
    >>> season = season_metric(points, metric="contact_time", source="watch_balance", today=date(2026, 4, 1))
    >>> print(f"{season.level.value:.1f} ({season.level.low:.1f} to {season.level.high:.1f}), {season.direction.side}")
    2.5 (2.0 to 3.0), right
    """
    level = LEVELS.get(metric)
    needs = level.adjusts if level else ()
    adjusts = () if level and level.through else needs
    compared = comparable(points, adjusts=adjusts, needs=needs, intervals=level is None, today=today)
    taken = adjustment(compared, level) if level and level.through else None
    named = SeasonMetric(
        metric=metric,
        label=level.label if level else METRICS[metric].label,
        unit=level.unit if level else "%",
        kind="level" if level else "index",
        source=source,
        n_runs=len(compared.points),
        level=None,
        runs=compared.points,
        threshold=None if level else RANGES[metric].threshold_pct,
        device=compared.device,
        waiting_for=_waiting_for(compared.n_comparable),
        notes=(*compared.notes, *_temperature(compared, level)),
    )
    if compared.n_comparable < PROVISIONAL_RUNS:
        return named
    if level and level.through and taken is None:
        said = season_alarms(compared.points, metric=metric, today=today)  # what was said stays said
        return replace(named, waiting_for=not_rising(level), alarms=said)
    followed = _followed(named, _fitted(compared, metric, taken), today)
    if level and followed.level is not None and _is_a_guess(followed.level):
        several = len({point.device for point in compared.points}) > 1
        return replace(named, waiting_for=ONE_DEVICE if several else MORE_RUNS, alarms=followed.alarms)
    return followed


def _is_a_guess(level: Estimated) -> bool:
    """Whether the interval of a level of both legs holds values that hardly one runner in a life has."""
    return 0.5 * (level.high - level.low) > GUESS_SHARE * level.value


@dataclass(frozen=True, kw_only=True)
class _Followed:
    """The runs, the level through them, each run's value at the reference conditions, and the baseline's runs.

    ``quantities`` are those that every value was adjusted for beforehand.
    """

    compared: Compared
    quantities: tuple[str, ...]
    fit: LocalLevelFit
    at_reference: Floats
    se: Floats
    n_first: int
    n_baseline: int


def _fitted(compared: Compared, metric: str, taken: Adjustment | None) -> _Followed:
    at_usual = [point.value if taken is None else taken.at_usual(point) for point in compared.points]
    values = np.array(at_usual, dtype=np.float64)
    usual = smallest_change(metric, mdc95=mdc95(float(values.std()))).value
    se = standard_errors(compared.points)
    n_baseline = min(BASELINE_RUNS, compared.n_comparable)
    n_first = int(np.searchsorted(np.cumsum(compared.tells), n_baseline)) + 1
    fit = fit_local_level(
        compared.t_days, values, se=se, design=compared.design, n_baseline=n_first, precision=compared.precision(usual)
    )
    offsets = np.array([offset.estimate for offset in fit.offsets])
    return _Followed(
        compared=compared, quantities=tuple(taken.slopes) if taken else (), fit=fit,
        at_reference=values - compared.design @ offsets, se=se, n_first=n_first, n_baseline=n_baseline,
    )  # fmt: skip


def standard_errors(points: Sequence[RunPoint]) -> Floats:
    """Return each run's own standard error, from its 95 % interval; 0 where it has none. Shape (n,)."""
    return np.array([0.0 if p.low is None or p.high is None else 0.5 * (p.high - p.low) / _Z95 for p in points])


def _followed(named: SeasonMetric, followed: _Followed, today: date) -> SeasonMetric:
    fit, points = followed.fit, followed.compared.points
    run_to_run = _run_to_run(fit, followed.se)
    detectable = mdc95(run_to_run.value)
    scatters = _scatters(followed)
    smallest = smallest_change(named.metric, mdc95=detectable)
    raised = season_alarms(points, metric=named.metric, today=today)
    is_index = named.kind == "index"
    after = followed.compared.t_days[-1] > followed.compared.t_days[: followed.n_first].max()
    return replace(
        named,
        level=_estimated(fit.level),
        baseline=_baseline(followed),
        at_reference=tuple(followed.at_reference.tolist()),
        run_to_run_sd=run_to_run if scatters else None,
        mdc95=detectable if scatters else None,
        change=_change(fit, smallest) if after else None,
        alarms=raised,
        change_point=raised[-1].change_point if raised else None,
        direction=direction(followed.at_reference, level=fit.level.estimate) if is_index else None,
        closing=_closing(followed, named.metric) if is_index and after else None,
        offsets=_offsets(followed),
        band=_band(followed),
        adjusted_for=tuple(dict.fromkeys((*followed.quantities, *(c.condition for c in followed.compared.columns)))),
        notes=(*named.notes, *_wild(followed), *_not_recent(named, points[-1], today)),
    )


def _estimated(interval: StatsInterval) -> Estimated:
    return Estimated(value=interval.estimate, low=interval.low, high=interval.high)


def _baseline(followed: _Followed) -> Baseline:
    first, fit = followed.compared.points[: followed.n_first], followed.fit
    days = [point.start.date() for point in first]
    return Baseline(
        value=fit.baseline.estimate, low=fit.baseline.low, high=fit.baseline.high, n_runs=followed.n_baseline,
        since=min(days), until=max(days),
    )  # fmt: skip


def _run_to_run(fit: LocalLevelFit, se: Floats) -> Estimated:
    typical = float(np.median(se))
    ends = (float(np.hypot(noise, typical)) for noise in (fit.noise_sd.estimate, fit.noise_sd.low, fit.noise_sd.high))
    value, low, high = ends
    return Estimated(value=value, low=low, high=high)


def _scatters(followed: _Followed) -> bool:
    """Whether there are runs enough to tell how far they lie apart, and no single one makes most of it."""
    if followed.compared.n_scattered < SCATTER_RUNS:
        return False
    values = followed.at_reference[~followed.fit.wild]
    furthest = int(np.argmax(np.abs(values - np.median(values))))
    return bool(np.delete(values, furthest).std() >= ONE_RUN_SHARE * values.std())


def _change(fit: LocalLevelFit, smallest: SmallestChange) -> Change:
    posterior = fit.contrast()
    change = posterior.interval()
    return Change(
        value=change.estimate, low=change.low, high=change.high, smallest=smallest.value, grade=smallest.grade,
        probability_beyond_smallest=posterior.beyond(smallest.value),
    )  # fmt: skip


def _closing(followed: _Followed, metric: str) -> Closing | None:
    """Compare the sizes of the difference, each by its own side; None where the baseline had no clear side.

    A level that went beyond zero counts by its new side once that is clear, and until then as a gap that closed.
    """
    fit = followed.fit
    if fit.baseline.low <= 0.0 <= fit.baseline.high:
        return None
    side = np.sign(fit.baseline.estimate)
    now = side if fit.level.low <= 0.0 <= fit.level.high else np.sign(fit.level.estimate)
    posterior = fit.contrast(level=float(-now), baseline=float(side))
    gap, t_days = posterior.interval(), followed.compared.t_days
    weeks = float(t_days[-1] - t_days[: followed.n_first].mean()) / 7.0
    worthwhile = abs(fit.baseline.estimate) * (1.0 - 0.5 ** min(weeks / HALF_CLOSED_WEEKS, 1.0))
    growing, typical = posterior.below(0.0), RANGES[metric].typical_pct
    differ = typical is None or abs(fit.level.estimate) > typical
    return Closing(
        gap=_estimated(gap), weeks=weeks, worthwhile=worthwhile, probability_closing=1.0 - growing,
        probability_growing=growing, probability_stagnating=posterior.below(worthwhile),
        excludes_worthwhile=weeks >= FAIR_WEEKS and differ and gap.high < worthwhile,
    )  # fmt: skip


def _offsets(followed: _Followed) -> tuple[Offset, ...]:
    return tuple(
        Offset(
            value=found.estimate, low=found.low, high=found.high, condition=column.condition, name=column.name,
            reference=column.reference, n_runs=column.n_runs,
        )
        for column, found in zip(followed.compared.columns, followed.fit.offsets, strict=True)
        if column.name
    )  # fmt: skip


def _band(followed: _Followed) -> LevelBand:
    days = {t: p.start.date() for t, p in zip(followed.compared.t_days.tolist(), followed.compared.points, strict=True)}
    fit = followed.fit
    row = {days[t]: i for i, t in enumerate(fit.band_t_days.tolist())}  # a day's last run stands for the day
    chosen = list(row.values())
    return LevelBand(
        days=tuple(row), level=fit.band_level[chosen], low=fit.band_low[chosen], high=fit.band_high[chosen]
    )


def _wild(followed: _Followed) -> tuple[Note, ...]:
    days = [
        point.start.date().isoformat()
        for point, wild in zip(followed.compared.points, followed.fit.wild.tolist(), strict=True)
        if wild
    ]
    if not days:
        return ()
    if len(days) == 1:
        said = f"The run on {days[0]} lies so far from all others that it counts less."
    elif len(days) <= _LISTED:
        said = f"The runs on {', '.join(days)} lie so far from all others that they count less."
    else:
        said = f"{len(days)} runs, the last on {days[-1]}, lie so far from all others that they count less."
    return (Note(code="runs_far_off", text=said),)


def _temperature(compared: Compared, level: Level | None) -> tuple[Note, ...]:
    if not (level and level.through and compared.points) or TEMPERATURE in quantities(compared.points, level):
        return ()
    said = "Temperature was not recorded in every run, so what heat does to speed at the same {} is not taken out."
    return (Note(code="temperature_not_taken_out", text=said.format(RESPONSES[level.through])),)


def _not_recent(named: SeasonMetric, last: RunPoint, today: date) -> tuple[Note, ...]:
    day = last.start.date()
    if today - day <= RECENT:
        return ()
    by = f" by {SOURCES.get(named.source, named.source)}" if named.kind == "index" else ""
    what = "Between the legs" if named.kind == "index" else "Both legs together"
    return (Note(code="not_recent", text=f"{what}{by}: as of {day.day} {day:%B %Y}, no run since tells more."),)


_COUNTS = ("no", "one", "two", "three", "four", "five")


def _waiting_for(n_comparable: int) -> str | None:
    """Say how many more comparable runs are needed.

    >>> _waiting_for(1)
    'three more comparable runs make a baseline'
    """
    if n_comparable >= BASELINE_RUNS:
        return None
    if n_comparable >= PROVISIONAL_RUNS:
        return "one more comparable run settles the baseline, which is provisional until then"
    missing = min(PROVISIONAL_RUNS - n_comparable, PROVISIONAL_RUNS)
    runs = "run makes" if missing == 1 else "runs make"
    return f"{_COUNTS[missing]} more comparable {runs} a baseline"


LateKind = Literal["long", "quality", "other"]
RUN_KINDS: Mapping[str, LateKind] = MappingProxyType(
    {"long": "long", "quality": "quality", "intervals": "quality", "tempo": "quality", "hills": "quality",
     "race": "quality"}
)  # fmt: skip
"""What the runner said of a run (tag ``kind``) → the kind that lateness is told of; anything else is ``other``."""


def late_in_runs(
    points: Iterable[RunPoint], *, metric: str, source: str, level: Estimated, today: date
) -> tuple[LateInRuns, ...]:
    """Tell whether the difference between the legs grows late in runs, over the runs of each kind.

    Parameters
    ----------
    points
        One point a run: the effect of elapsed time on the index, % per 10 minutes, with its interval; what kind of run
        it was in the tag ``kind``.
    level
        Where the legs are: an effect towards the side it is on makes the difference grow. An interval that holds 0 has
        no side.

    Notes
    -----
    The mean over runs that differ by more than their own uncertainty (random effects), without a drift between them.
    Works from three runs of a kind; kinds with fewer are not told of.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> start = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    >>> points = [RunPoint(run=str(i), start=start, value=x, low=x - 0.2, high=x + 0.2, tags={"kind": "long"})
    ...           for i, x in enumerate((0.30, 0.42, 0.25, 0.36))]
    >>> late = late_in_runs(points, metric="contact_time", source="watch_balance",
    ...                     level=Estimated(value=3.1, low=2.4, high=3.8), today=date(2026, 4, 1))[0]
    >>> print(f"{late.kind}: {late.value:.2f} ({late.low:.2f} to {late.high:.2f}), grows {late.grows:.2f}")
    long: 0.33 (0.19 to 0.48), grows 1.00
    """
    kinds: dict[LateKind, list[RunPoint]] = {"long": [], "quality": [], "other": []}
    for point in points:
        told = point.low is not None and point.high is not None and point.start.date() <= today
        if told and "exclude" not in point.tags:
            kinds[RUN_KINDS.get(point.tags.get("kind", ""), "other")].append(point)
    return tuple(
        _late(kind, runs, metric=metric, source=source, level=level)
        for kind, runs in kinds.items()
        if len(runs) >= LATE_RUNS
    )


def _late(kind: LateKind, runs: Sequence[RunPoint], *, metric: str, source: str, level: Estimated) -> LateInRuns:
    ordered = sorted(runs, key=lambda point: (point.start, point.run))
    n = len(ordered)
    fit = fit_local_level(
        np.zeros(n),  # all at one time: nothing drifts
        np.array([point.value for point in ordered]),
        se=standard_errors(ordered),
        design=np.empty((n, 0)),
    )
    larger = 1.0 - fit.contrast(baseline=0.0).below(0.0)
    return LateInRuns(
        value=fit.level.estimate, low=fit.level.low, high=fit.level.high, metric=metric, source=source, kind=kind,
        n_runs=n, run_to_run_sd=fit.noise_sd.estimate, last=ordered[-1].start.date(),
        grows=larger if level.low > 0.0 else 1.0 - larger if level.high < 0.0 else None,
    )  # fmt: skip
