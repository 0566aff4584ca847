"""The personal target range: set at the baseline, reviewed at every re-test; a sustainable range, not zero.

A re-test of runs is the mean of the runs of up to eight weeks before it, every four weeks; of a test each day it is
done. A review uses what was known on its day, so that no later run changes it. See docs/methods/target-range.md.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import sqrt

import numpy as np

from evenstride.judge.assessments import assessments
from evenstride.judge.comparable import NOT_SAID
from evenstride.judge.ranges import RANGES
from evenstride.judge.screen_error import t_critical
from evenstride.judge.smallest import smallest_change
from evenstride.judge.streams import OUTDOORS
from evenstride.judge.target_rules import Case, Ends, ends_reviewed, ends_set, status_of
from evenstride.model import LimbComparison, RunPoint, SeasonMetric, Target, TargetRange, TargetReview
from evenstride.model.screen import NextTarget
from evenstride.stats.agreement import mdc95

REVIEW_EVERY = timedelta(weeks=4)
WINDOW = timedelta(weeks=8)
"""A review takes the runs since the last one, and none older than this (a convention)."""
REVIEW_RUNS = 5
"""So many runs make a baseline, and so many a review; with fewer it waits for the next day it is due."""
ON_TREADMILL = " on the treadmill"


def season_target(metric: SeasonMetric, *, today: date, own: Target | None = None) -> TargetRange | None:
    """Return the range of one metric as it stands today, with every review up to then.

    ``own`` is the range that the runner, a coach or a clinician set, which evenstride does not move. None for levels of
    both legs, and before there is a baseline.

    Notes
    -----
    Works for runners who keep to one device for a while: means of another device, or of the treadmill, are not compared
    with these, and set a range of their own. The status is that of the season's level.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> from evenstride.judge.trend import season_metric
    >>> first = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    >>> values = (2.4, 3.1, 1.9, 2.2, 2.8, 2.6, 2.0, 2.9, 2.3, 2.5, 2.7, 2.4)
    >>> points = [RunPoint(run=str(i), start=first + timedelta(days=4 * i), value=x, low=x - 0.8, high=x + 0.8)
    ...           for i, x in enumerate(values)]
    >>> today = date(2026, 4, 20)
    >>> found = season_target(season_metric(points, metric="contact_time", source="w", today=today), today=today)
    >>> print(f"{found.low:.1f} to {found.high:.1f} by {found.rule}: {found.status}; {found.reviews[-1].rule}")
    0.5 to 4.0 by T-KEEP: inside; T-INSIDE
    """
    if metric.kind != "index":
        return None
    runs = _Runs(metric, today)
    found = _given(own, "%") if own is not None else runs.first()
    if found is None:
        return None
    for day in _due(found.set_on, today):
        found = runs.reviewed(found, day, own)
    return _now(metric, replace(found, next_review=_next(found, today)), own)


def with_targets(comparisons: Iterable[LimbComparison], targets: Sequence[Target] = ()) -> tuple[LimbComparison, ...]:
    """Return comparisons, in order of time, each with the range of its test as it stood after that day.

    A result is held against the range itself: its error is in the range's width already. Tests whose error is not known
    yet, or whose end was reached, leave the range as it was; what runs tell has its range in the season.

    >>> from evenstride.judge.screen import compare_limbs
    >>> from evenstride.model import Profile, TestResult
    >>> raises = TestResult(test="single_leg_calf_raise", day=date(2026, 5, 4), left=(10.0,), right=(25.0,))
    >>> (one,) = with_targets([compare_limbs(raises, profile=Profile(name="Ada"))])
    >>> print(f"{one.target.low:.2f} to {one.target.high:.2f}, {one.target.status}; next: {one.next_target}")
    -6.35 to 7.50, outside; next: baseline
    """
    standing: dict[tuple[str, str], TargetRange] = {}
    answers = []
    for one in comparisons:
        if assessments()[one.test].from_runs:
            answers.append(one)
            continue
        key = (one.test, one.result.source if one.result else "")
        found = _tested(one, standing.get(key), own_target(targets, one.test, on=one.day))
        if found is not None:
            standing[key] = found
        answers.append(replace(one, target=found, next_target=_next_target(one)))
    return tuple(answers)


def own_target(targets: Iterable[Target], what: str, *, on: date) -> Target | None:
    """Return the range that was set for a metric or test, as it held on a day: the newest."""
    known = [one for one in targets if one.what == what and one.since <= on]
    return max(known, key=lambda one: one.since, default=None)


def _given(own: Target, unit: str) -> TargetRange:
    first = TargetReview(day=own.since, low=own.low, high=own.high, rule="T-OWN")
    return TargetRange(
        low=own.low, high=own.high, unit=unit, rule="T-OWN", set_on=own.since, status="cannot_tell",
        status_since=own.since, reviews=(first,),
    )  # fmt: skip


def _due(set_on: date, today: date) -> Iterator[date]:
    day = set_on + REVIEW_EVERY
    while day <= today:
        yield day
        day += REVIEW_EVERY


def _next(found: TargetRange, today: date) -> date:
    """The first day after today on which a review is due, on the days counted from the first setting."""
    periods = max(0, (today - found.reviews[0].day) // REVIEW_EVERY)
    return found.reviews[0].day + (periods + 1) * REVIEW_EVERY


class _Runs:
    """The runs of one metric up to today, by what measured them."""

    def __init__(self, metric: SeasonMetric, today: date) -> None:
        self.metric = metric.metric
        self.bound = RANGES[metric.metric].threshold_pct
        self.settled = metric.baseline is not None and metric.waiting_for is None
        self.by_way: dict[str, tuple[list[date], list[float]]] = {}
        self.begun: tuple[str, date] | None = None
        for run in metric.runs:
            if run.start.date() <= today:
                self._take(run)

    def _take(self, run: RunPoint) -> None:
        way = _way(run)
        days, values = self.by_way.setdefault(way, ([], []))
        days.append(run.start.date())
        values.append(run.value)
        if self.begun is None and len(days) == REVIEW_RUNS:
            self.begun = way, days[-1]

    def first(self) -> TargetRange | None:
        """The range set at the end of the baseline: the first five runs of one way."""
        if self.begun is None or not self.settled:
            return None
        way, day = self.begun
        case = self.case(self.by_way[way][1][:REVIEW_RUNS])
        return _set(case, day, "%", way)

    def reviewed(self, found: TargetRange, day: date, own: Target | None) -> TargetRange:
        since = max(found.reviews[-1].day, day - WINDOW)
        seen = {way: values for way in self.by_way if len(values := self.between(way, since, day)) >= REVIEW_RUNS}
        if not seen:
            return found
        same = [way for way in seen if own is not None or way == found.device]
        way = max(same or seen, key=lambda one: (len(seen[one]), one))
        case = self.case(seen[way], found, own)
        return _reviewed(found, replace(case, anew=not same), day, way)

    def between(self, way: str, since: date, until: date) -> list[float]:
        """The values after one day, up to and with another."""
        days, values = self.by_way[way]
        return values[bisect_right(days, since) : bisect_right(days, until)]

    def case(self, values: Sequence[float], found: TargetRange | None = None, own: Target | None = None) -> Case:
        """What so many runs say together: their mean with Student's interval."""
        mean, sd, n = float(np.mean(values)), float(np.std(values, ddof=1)), len(values)
        half = t_critical(n - 1) * sd / sqrt(n)
        smallest = smallest_change(self.metric, mdc95=mdc95(sd)).value
        return Case(
            value=mean, low=mean - half, high=mean + half, bound=self.bound, width=max(smallest, sqrt(2.0) * half),
            current=Ends(found.low, found.high, found.rule) if found else None, own=_ends_of(own),
        )  # fmt: skip


def _way(run: RunPoint) -> str:
    """What measured a run and where: only runs of one way are averaged."""
    indoors = run.tags.get("treadmill", "").strip().lower() not in OUTDOORS
    return f"{run.device or NOT_SAID}{ON_TREADMILL if indoors else ''}"


def _ends_of(own: Target | None) -> Ends | None:
    return Ends(own.low, own.high, "T-OWN") if own else None


def _set(case: Case, day: date, unit: str, device: str) -> TargetRange:
    ends = ends_set(case)
    return TargetRange(
        low=ends.low, high=ends.high, unit=unit, rule=ends.rule, set_on=day, device=device,
        status=status_of(case.low, case.high, ends), status_since=day,
        reviews=(_review(case, day, ends, ends.rule),),
    )  # fmt: skip


def _reviewed(found: TargetRange, case: Case, day: date, device: str) -> TargetRange:
    rule, ends = ends_reviewed(case)
    moved = ends != case.current
    status = status_of(case.low, case.high, ends)
    return replace(
        found, low=ends.low, high=ends.high, rule=ends.rule, status=status, device=device,
        set_on=day if moved else found.set_on,
        status_since=day if moved or status != found.status else found.status_since,
        reviews=(*found.reviews, _review(case, day, ends, rule)),
    )  # fmt: skip


def _review(case: Case, day: date, ends: Ends, rule: str) -> TargetReview:
    return TargetReview(
        day=day, low=ends.low, high=ends.high, rule=rule, status=case.status if case.current else None,
        seen=case.value, seen_low=case.low, seen_high=case.high,
    )  # fmt: skip


def _now(metric: SeasonMetric, found: TargetRange, own: Target | None) -> TargetRange:
    """The range with where the season's level is; a level by another device than the range's tells nothing of it."""
    level = metric.level
    by_same = (metric.device or NOT_SAID) == found.device.removesuffix(ON_TREADMILL)
    ends = Ends(found.low, found.high, found.rule)
    status = (
        status_of(level.low, level.high, ends) if level is not None and (by_same or own is not None) else "cannot_tell"
    )
    last = max([found.set_on, *(run.start.date() for run in metric.runs[-1:])])
    device = found.device.removeprefix(NOT_SAID).strip()
    since = found.status_since if status == found.status else last
    return replace(found, status=status, status_since=since, device=device)


def _tested(one: LimbComparison, before: TargetRange | None, own: Target | None) -> TargetRange | None:
    """The range of a test after one more day of it."""
    if own is not None and (before is None or before.reviews[0].day != own.since or before.rule != "T-OWN"):
        before = _given(own, one.unit)
    if own is None and before is not None and before.rule == "T-OWN":
        before = None
    if one.mdc95 is None or one.low is None:
        return before and replace(before, status="cannot_tell", status_since=one.day)
    bound = max(one.mdc95, one.smallest or 0.0)
    value = one.difference
    case = Case(value=value, low=value, high=value, bound=bound, width=None, own=_ends_of(own))
    if before is None:
        return _set(case, one.day, one.unit, "")
    return _reviewed(before, replace(case, current=_no_narrower(before, bound)), one.day, "")


def _no_narrower(found: TargetRange, bound: float) -> Ends:
    """The range that stands, with the test's error as it is known now."""
    if found.rule == "T-OWN":
        return Ends(found.low, found.high, found.rule)
    right, left = found.high > -found.low, found.high < -found.low  # neither: no half step stands out
    return Ends(min(found.low, -bound) if left else -bound, max(found.high, bound) if right else bound, found.rule)


def _next_target(one: LimbComparison) -> NextTarget | None:
    """The value that each leg should reach next: the baseline's until both do, then the advanced one."""
    test = assessments()[one.test]
    known: tuple[tuple[NextTarget, float | None], ...] = (
        ("baseline", test.baseline_target), ("advanced", test.advanced_target)
    )  # fmt: skip
    for name, value in known:
        if value is not None and not all(one.target_met.get(f"{side}_{name}", False) for side in ("left", "right")):
            return name
    return None
