"""Functional tests per leg: what is tested and how, what was measured, and what the two legs' results say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from evenstride.model.profile import Side
from evenstride.model.target import TargetRange

Summary = Literal["mean", "best"]
NextTarget = Literal["baseline", "advanced"]
ErrorBasis = Literal["published", "sessions", "trials"]
"""What a detectable difference rests on: a publication, the runner's own days, or the trials of one day alone."""


@dataclass(frozen=True, kw_only=True)
class Norm:
    """A published norm for an age range and sex (None: both), in the assessment's unit, with its source."""

    age_from: int
    age_to: int
    value: float
    sex: Literal["female", "male"] | None
    source: str


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """One test of each leg, as data: protocol, unit, what counts, targets, what may and may not be concluded.

    ``detectable`` is the published smallest detectable difference in ``unit`` (None: only own repeats tell); where
    ``detectable_related`` it is that of a related measure, which counts until own repeats tell. ``smallest`` is the
    smallest difference that matters in ``unit``, or ``smallest_share_pct`` in percent of the better leg's value: just
    one of them is given. ``poorer_word`` is what the leg with the poorer result is called (weaker, slower …).
    ``emphasis`` what a weaker result asks the plan to stress, ``capacity`` what is tested (two of one capacity are
    not independent evidence). ``larger_is_better``; ``classes`` names the steps where the unit is a class, its values
    their places. ``cap`` is where a trial is ended: a value there is a lower bound. ``resolution`` is the smallest step
    of the reading, ``advanced_load_share`` the load (share of body mass) that goes with the advanced target.
    """

    name: str
    label: str
    unit: str
    capacity: str
    emphasis: str
    larger_is_better: bool
    steps: tuple[str, ...]
    familiarisation: str
    trials: int
    summary: Summary
    why_summary: str
    reject_when: tuple[str, ...]
    may_mean: str
    may_not_mean: str
    equipment: tuple[str, ...] = ()
    baseline_target: float | None = None
    advanced_target: float | None = None
    target_ratio_pct: float | None = None
    target_grade: str = "convention"
    detectable: float | None = None
    detectable_source: str | None = None
    detectable_related: bool = False
    smallest: float | None = None
    smallest_share_pct: float | None = None
    smallest_grade: str = "convention"
    poorer_word: str = "weaker"
    norms: tuple[Norm, ...] = ()
    classes: tuple[str, ...] = ()
    least: float = 0.0
    most: float = float("inf")
    cap: float | None = None
    resolution: float = 0.0
    advanced_load_share: float = 0.0
    from_runs: bool = False
    safety: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TestResult:
    """What one athlete did in one test on one day: trials per side in the assessment's unit, shape (n,) each.

    ``extra`` holds what else the test records (``left_load_share``, ``right_spread_pct`` …).
    ``id`` is empty until it is kept.
    """

    __test__ = False  # not a test case, though its name begins like one

    test: str
    day: date
    left: tuple[float, ...]
    right: tuple[float, ...]
    id: str = ""
    source: str = "entered"
    extra: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class LimbComparison:
    """The two legs in one test: values, difference, ratio, and whether the difference is more than error.

    ``difference`` is right minus left in ``unit``, with its 95 % interval: the difference give or take ``mdc95`` (None:
    one trial a leg and nothing known of the error, or the end of the test was reached). ``mdc95`` is what a difference
    must exceed, ``mdc_source`` where it is from, ``mdc_basis`` the same as one word: ``trials`` means that the trials
    of this one day are all that is known, so that the runner's day-to-day error is assumed. ``weaker`` is None while
    the difference is inside error, and always for what runs tell: a stride does not say which leg is weak. ``lower`` is
    the leg with the poorer result whatever the error, ``poorer_word`` what such a leg is called. ``limb_ratio_pct`` is
    100 · weaker / stronger, None for classes and angles. ``target_met`` has ``left_baseline``, ``right_baseline``,
    ``left_advanced``, ``right_advanced`` and ``limb_ratio`` where the test has such a target and the result can tell;
    ``norm_share_pct`` has ``left`` and ``right``. ``smallest`` is the smallest difference that matters, in ``unit``;
    ``low_on_both``: both legs are well below the target or the norm. ``target`` is the range for the difference as it
    stood after that day, ``next_target`` which value each leg should reach next; None where there is none.
    """

    test: str
    label: str
    unit: str
    day: date
    left: float
    right: float
    n_left: int
    n_right: int
    difference: float
    low: float | None
    high: float | None
    mdc95: float | None
    mdc_source: str | None
    beyond_error: bool
    weaker: Side | None
    lower: Side | None
    limb_ratio_pct: float | None
    target_met: Mapping[str, bool] = field(default_factory=dict)
    norm_share_pct: Mapping[str, float] = field(default_factory=dict)
    capacity: str = ""
    emphasis: str = ""
    text: str = ""
    result: TestResult | None = None
    mdc_basis: ErrorBasis | None = None
    smallest: float | None = None
    poorer_word: str = "weaker"
    low_on_both: bool = False
    target: TargetRange | None = None
    next_target: NextTarget | None = None


@dataclass(frozen=True, kw_only=True)
class LegChange:
    """One leg's result against its own earlier one, and whether that is more than error.

    ``change`` is ``value`` minus ``before``; ``improved`` is None while it is inside error.
    """

    test: str
    side: Side
    day: date
    since: date
    value: float
    before: float
    change: float
    mdc95: float | None
    mdc_source: str | None
    beyond_error: bool
    improved: bool | None
    text: str
    label: str = ""
    unit: str = ""
    mdc_basis: ErrorBasis | None = None
