"""Checklists: what is asked after runs and sessions, what the ratings come to, and whether two people see the same."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Literal

from evenstride.model import ITEM_MAX, ChecklistItem, Estimated, RunLog

ListName = Literal["run", "session", "mobility"]
WEIGHT_SHARE_MIN = 0.5
"""A score of less than half of a list would be one of something else (our own convention)."""
TREND_RUNS_MIN = 5
SHARED_RUNS_MIN = 5
"""Fewer rated runs than this say nothing of a trend or of agreement (our own convention)."""
DAYS_PER_4_WEEKS = 28.0


@dataclass(frozen=True, kw_only=True)
class ChecklistScore:
    """What ratings come to, 0 to 100: of ``rated`` items out of ``of``, which carry ``weight_share`` of the list."""

    value: float
    rated: int
    of: int
    weight_share: float


@dataclass(frozen=True, kw_only=True)
class ScoreTrend:
    """How a score moves, in points per four weeks with its 95 % interval, over ``n`` runs of ``days`` days."""

    per_4_weeks: Estimated
    n: int
    days: int


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two raters are apart on the same runs.

    ``bias`` is the coach's score minus the runner's, ``item_difference`` the mean distance on single items (0 to 4),
    both with their 95 % intervals over runs; all None with too few shared runs (``too_early``).
    """

    n_runs: int
    too_early: bool
    bias: Estimated | None = None
    item_difference: Estimated | None = None


@cache
def load_checklists() -> Mapping[ListName, tuple[ChecklistItem, ...]]:
    """Return the lists of questions, each in the order in which it is asked.

    >>> [(name, len(items)) for name, items in load_checklists().items()]
    [('run', 7), ('session', 5), ('mobility', 5)]
    """
    said = tomllib.loads(files("evenstride.review").joinpath("checklists.toml").read_text(encoding="utf8"))
    lists = {name: tuple(ChecklistItem(**one) for one in said[name]) for name in ("run", "session", "mobility")}
    for name, items in lists.items():
        if sum(one.weight for one in items) != 100:
            raise ValueError(f"{name}: the weights do not add up to 100")
    return lists  # type: ignore[return-value]


def checklist_score(items: Sequence[ChecklistItem], ratings: Mapping[str, int]) -> ChecklistScore | None:
    """Return the 0 to 100 score of the items that were rated; nothing is filled in for the others.

    Weights are taken relative to those that were rated. None where they carry less than half of the list.

    >>> items = load_checklists()["run"]
    >>> found = checklist_score(items, {"limb_alignment": 4, "effort_left_right": 2, "pelvis_level": 3})
    >>> round(found.value, 1), found.rated, found.of
    (75.0, 3, 7)
    >>> checklist_score(items, {"arm_swing": 4}) is None
    True
    """
    rated = [one for one in items if one.id in ratings]
    weight = sum(one.weight for one in rated)
    share = weight / sum(one.weight for one in items)
    if not rated or share < WEIGHT_SHARE_MIN:
        return None
    value = 100.0 * sum(one.weight * ratings[one.id] / ITEM_MAX for one in rated) / weight
    return ChecklistScore(value=value, rated=len(rated), of=len(items), weight_share=share)


def run_score(log: RunLog) -> ChecklistScore | None:
    """Return the score of a run's checklist; None where too little of it was rated."""
    return checklist_score(load_checklists()["run"], log.items)


def score_trend(points: Sequence[tuple[date, float]]) -> ScoreTrend | None:
    """Return how a score moves over time: a straight line by least squares, its slope with a Student t interval.

    None with fewer than five runs, or where all are of one day.

    Notes
    -----
    Takes the runs as independent; ratings of one week resemble each other, so the interval is rather too narrow.
    It says how things felt, not how they were.

    >>> steady = score_trend([(date(2026, 5, day), 60.0 + day % 2) for day in range(1, 29)])
    >>> steady.per_4_weeks.low < 0.0 < steady.per_4_weeks.high
    True
    """
    if len(points) < TREND_RUNS_MIN:
        return None
    first = min(day for day, _ in points)
    x = [(day - first).days / DAYS_PER_4_WEEKS for day, _ in points]
    y = [value for _, value in points]
    n, mean_x, mean_y = len(x), sum(x) / len(x), sum(y) / len(y)
    spread = sum((one - mean_x) ** 2 for one in x)
    if not spread:
        return None
    slope = sum((one - mean_x) * (two - mean_y) for one, two in zip(x, y, strict=True)) / spread
    left = sum((two - mean_y - slope * (one - mean_x)) ** 2 for one, two in zip(x, y, strict=True))
    half = _t95(n - 2) * sqrt(left / (n - 2) / spread)
    days = round(max(x) * DAYS_PER_4_WEEKS)
    interval = Estimated(value=slope, low=slope - half, high=slope + half)
    return ScoreTrend(per_4_weeks=interval, n=n, days=days)


def agreement(logs: Sequence[RunLog], *, coach: str | None = None) -> Agreement:
    """Say how far runner and coach are apart on the runs that both rated (``coach`` None: the first by name).

    Works from five shared runs on; with fewer it is too early to tell. An item that only one of them rated is left out.
    """
    own = {(one.day, one.run): one for one in logs if one.by == "runner" and one.items}
    theirs: dict[tuple[date, str], RunLog] = {}
    for one in sorted(logs, key=lambda log: log.name):
        if one.by == "coach" and one.items and coach in (None, one.name):
            theirs.setdefault((one.day, one.run), one)
    pairs = [(own[key], theirs[key]) for key in sorted(own.keys() & theirs.keys())]
    shared = [pair for pair in pairs if pair[0].items.keys() & pair[1].items.keys()]
    if len(shared) < SHARED_RUNS_MIN:
        return Agreement(n_runs=len(shared), too_early=True)
    apart = [_apart(one.items, two.items) for one, two in shared]
    scores = [(run_score(one), run_score(two)) for one, two in shared]
    biases = [two.value - one.value for one, two in scores if one is not None and two is not None]
    bias = _mean_interval(biases) if len(biases) >= SHARED_RUNS_MIN else None
    return Agreement(n_runs=len(shared), too_early=False, bias=bias, item_difference=_mean_interval(apart))


def _apart(one: Mapping[str, int], two: Mapping[str, int]) -> float:
    both = one.keys() & two.keys()
    return sum(abs(one[name] - two[name]) for name in both) / len(both)


def _mean_interval(values: Sequence[float]) -> Estimated:
    n, mean = len(values), sum(values) / len(values)
    half = _t95(n - 1) * sqrt(sum((one - mean) ** 2 for one in values) / (n - 1) / n)
    return Estimated(value=mean, low=mean - half, high=mean + half)


def _t95(freedom: int) -> float:
    # Imported here: only this needs scipy.
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))
