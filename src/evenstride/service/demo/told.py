"""What the demo tells: single runs, weeks and their turning points, seasons, each beside what was true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evenstride.model import (
    Estimated,
    Finding,
    LimbComparison,
    Plan,
    ReturnStage,
    Review,
    RunReport,
    Season,
    SeasonMetric,
    Side,
)
from evenstride.model.adjustment import AdjustmentKind
from evenstride.plan.difference import PlanDifference
from evenstride.service.demo.people import DemoRunner
from evenstride.simulate import RunTruth, SeasonTruth

TURNS_MAX = 6
BIG: tuple[AdjustmentKind, ...] = ("change_stimulus", "retest", "regress")
"""What weighs most among that which is asked of a plan."""


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What was true at a week's end: the weaker leg's capacity in percent of the other's, and the strides' index."""

    weaker: Side
    ratio_pct: float
    index_pct: float


@dataclass(frozen=True, kw_only=True)
class Belief:
    """What evenstride held at a week's end: the newest result of the leading test, strides, and what to do."""

    test: LimbComparison | None = None
    strides: Estimated | None = None
    finding: Finding


@dataclass(frozen=True, kw_only=True)
class DemoWeek:
    """One week of the plan: what the review said on its Sunday, what that changed, and what was true.

    ``stage`` is that of a return to running under way, ``conflict`` why no plan could follow (empty: one could).
    """

    number: int
    review: Review
    difference: PlanDifference
    belief: Belief
    truth: Truth
    stage: ReturnStage | None = None
    conflict: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoRun:
    """One run of the demo: its file, its truth, and what was said about it."""

    path: Path
    truth: RunTruth
    report: RunReport

    @property
    def truth_pct(self) -> float | None:
        """The true index as the run's own sensor shows it; None where nothing measured it."""
        return next(iter(self.truth.sensor_index_pct.values()), None)

    @property
    def holds_truth(self) -> bool | None:
        """Whether the interval holds the truth; None where there is no interval."""
        if not self.report.estimates or self.truth_pct is None:
            return None
        estimate = self.report.estimates[0]
        if estimate.low_pct is None or estimate.high_pct is None:
            return None
        return estimate.low_pct <= self.truth_pct <= estimate.high_pct


@dataclass(frozen=True, kw_only=True)
class DemoSeason:
    """One runner's season as it was told, and as it was."""

    runner: DemoRunner
    truth: SeasonTruth
    season: Season
    comparisons: tuple[LimbComparison, ...]
    finding: Finding
    runs: tuple[DemoRun, ...]
    weeks: tuple[DemoWeek, ...]
    plan: Plan
    page: Path | None = None
    plan_page: Path | None = None
    today: date

    @property
    def metric(self) -> SeasonMetric:
        """Contact time, which the story is about."""
        return next(one for one in self.season.metrics if one.metric == "contact_time")

    @property
    def recovered(self) -> Mapping[str, bool]:
        """Whether what was told holds what was true: the level, the change, and the alarm."""
        metric, truth = self.metric, self.truth
        held: dict[str, bool] = {}
        if metric.level is not None:
            held["level"] = metric.level.low <= truth.final_index_pct <= metric.level.high
        if metric.change is not None:
            change_pct = truth.final_index_pct - truth.baseline_index_pct
            held["change"] = metric.change.low <= change_pct <= metric.change.high
        if truth.change_begins is not None and metric.alarms:
            held["alarm_after_the_change_began"] = all(alarm.day > truth.change_begins for alarm in metric.alarms)
        return held

    @property
    def turns(self) -> tuple[DemoWeek, ...]:
        """The weeks worth telling."""
        return turning_points(self.weeks)


@dataclass(kw_only=True)
class Demo:
    """A demo under way: where it goes, how many steps it has, and what is done."""

    folder: Path
    total: int
    seasons: list[DemoSeason] = field(default_factory=list)
    index: Path | None = None


def turning_points(weeks: Sequence[DemoWeek], *, most: int = TURNS_MAX) -> tuple[DemoWeek, ...]:
    """Return the weeks in which the decision changed or something was asked of the plan, the weightiest ``most``.

    What weighs more goes before what weighs less, and of two alike the earlier one.
    """
    before = (None, *weeks)
    weighed = [(-_weight(week, before[place]), place) for place, week in enumerate(weeks)]
    chosen = sorted(place for weight, place in sorted(weighed)[:most] if weight)
    return tuple(weeks[place] for place in chosen)


def _weight(week: DemoWeek, before: DemoWeek | None) -> int:
    """How much a week differs from the one before; what sends to other exercises or to a test weighs most."""
    if before is None:
        return 10
    new = {one.kind for one in week.review.adjustments} - {one.kind for one in before.review.adjustments}
    weight = sum(10 if kind in BIG else 2 for kind in new if kind != "hold")
    weight += 3 * (_tested(week) != _tested(before))
    weight += 3 * (week.stage != before.stage) + 2 * (week.belief.finding.action != before.belief.finding.action)
    if week.review.outcome != before.review.outcome:
        return weight + 2
    return weight + (week.review.decisions[0].rule != before.review.decisions[0].rule)


def _tested(week: DemoWeek) -> date | None:
    return week.belief.test.day if week.belief.test else None
