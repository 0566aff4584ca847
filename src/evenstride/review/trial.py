"""Does a cue or a drill help me? One runner's own trial: planned, drawn, carried out (docs/methods/trial.md).

What it found is said by :mod:`evenstride.review.trial_answer`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import floor, sqrt
from typing import Literal

import numpy as np

from evenstride.errors import InvalidRequest
from evenstride.model import RunPoint, SeasonMetric, Side, Trial, TrialPeriod, TrialPoint, TrialUnit
from evenstride.model.trial import Better
from evenstride.review.trial_answer import analyse_trial
from evenstride.review.trial_words import outlook
from evenstride.stats.permutation import FEWEST_PAIRS, pairs_needed, sign_flip_power

__all__ = ["TrialAsked", "analyse_trial", "period_today", "plan_trial", "trial_points"]

POWER = 0.8
GAP_SHARE = 0.5
"""A change worth having is half of the present gap, unless the runner says otherwise (our own convention)."""
MOST_PAIRS: Mapping[TrialUnit, int] = {"run": 12, "week": 6}
"""Longer trials are not kept to (our own convention): 24 runs, or 12 weeks."""
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True)
class TrialAsked:
    """What the runner wants to know.

    Parameters
    ----------
    smallest_that_matters
        Of the metric, in its unit, as the season judges changes.
    smallest
        The runner's own wish instead: the smallest change worth the trouble.
    unit
        Runs for a cue, weeks for a drill (its effect stays for days), unless said.
    most_pairs
        How many pairs the runner is ready for: 12 of runs or 6 of weeks unless said; at least six.
    better
        Needed for levels of both legs; a gap is better when smaller.
    """

    id: str
    what: str
    kind: Literal["cue", "drill"]
    began: date
    smallest_that_matters: float
    smallest: float | None = None
    unit: TrialUnit | None = None
    runs_a_week: float = 3.0
    most_pairs: int | None = None
    better: Better | None = None
    note: str = ""


def plan_trial(asked: TrialAsked, season: SeasonMetric, *, seed: int) -> Trial:
    """Draw a trial whose answer will be fair, with as many pairs as the runner's own noise asks for.

    Parameters
    ----------
    season
        The metric that is looked at: its level gives the usual side and the gap, its ``run_to_run_sd`` the noise.
    seed
        Repeats the draw.

    Raises
    ------
    InvalidRequest
        No level yet, legs that do not differ at all, too few pairs or runs a week, no smallest change, or a level
        without the better direction.

    Notes
    -----
    In each pair a coin decides what comes first, so that neither drift nor habit can favour one. The number of pairs
    finds the smallest change that matters in 80 of 100 trials, if it is there and the noise is as it was; where the cap
    is below that, ``power`` is what is left and ``outlook`` says so. Works for things that can be done in one run
    and left in the next. Does not work for what stays (strength, shoes worn in).

    Examples
    --------
    >>> from evenstride.model import Estimated
    >>> season = SeasonMetric(
    ...     metric="contact_time", label="contact time", unit="%", kind="index", source="watch_balance", n_runs=30,
    ...     level=Estimated(value=4.2, low=3.6, high=4.8), runs=(),
    ...     run_to_run_sd=Estimated(value=1.2, low=0.9, high=1.7))
    >>> asked = TrialAsked(id="t1", what="quiet_feet", kind="cue", began=date(2026, 5, 4), smallest_that_matters=2.0)
    >>> trial = plan_trial(asked, season, seed=7)
    >>> trial.pairs, trial.smallest, [period.on for period in trial.periods[:4]]
    (8, 2.1, [True, False, True, False])
    >>> print(trial.outlook)  # doctest: +ELLIPSIS
    8 pairs of runs find a change of 2.1 % in 83 of 100 trials...
    """
    unit = asked.unit or ("run" if asked.kind == "cue" else "week")
    most = MOST_PAIRS[unit] if asked.most_pairs is None else asked.most_pairs
    _check(asked, unit, most)
    side, smallest = _usual_side(season), _smallest(asked, season)
    noise = season.run_to_run_sd.value if season.run_to_run_sd else None
    spread = None if noise is None else pair_sd(noise, unit, asked.runs_a_week)
    pairs = most
    if spread:
        pairs = pairs_needed(smallest / spread, power=POWER, most=most) or most
    trial = Trial(
        id=asked.id, what=asked.what, kind=asked.kind, metric=season.metric, source=season.source, unit=unit,
        began=asked.began, periods=_drawn(pairs, unit, asked.began, seed), smallest=smallest, seed=seed,
        run_to_run_sd=noise, power=sign_flip_power(smallest / spread, pairs) if spread else None, note=asked.note,
        usual_side=side, better=_better(asked, season), runs_a_week=asked.runs_a_week if unit == "week" else None,
    )  # fmt: skip
    return replace(trial, outlook=outlook(trial, season, spread))


def pair_sd(run_to_run_sd: float, unit: TrialUnit, runs_a_week: float) -> float:
    """Return the sd of the difference of a pair: of two runs, or of two weeks' means without their first runs."""
    counted = 1 if unit == "run" else floor(runs_a_week) - 1
    return run_to_run_sd * sqrt(2.0 / counted)


def period_today(trial: Trial, day: date, *, runs_so_far: int = 0) -> TrialPeriod | None:
    """Return whether today's run is with it or without, None outside of the trial.

    ``runs_so_far`` are the runs of the trial already done, which count only where the unit is a run.

    >>> period = TrialPeriod(number=1, pair=1, on=True, monday=date(2026, 5, 4))
    >>> trial = Trial(id="t", what="quiet_feet", kind="cue", metric="contact_time", source="watch_balance", unit="week",
    ...               began=date(2026, 5, 2), periods=(period,), smallest=2.0, seed=1)
    >>> period_today(trial, date(2026, 5, 10)).on, period_today(trial, date(2026, 5, 11))
    (True, None)
    """
    if day < trial.began or (trial.ended is not None and day > trial.ended):
        return None
    if trial.unit == "run":
        return trial.periods[runs_so_far] if runs_so_far < len(trial.periods) else None
    return next((p for p in trial.periods if p.monday is not None and p.monday <= day < p.monday + _WEEK), None)


def trial_points(
    trial: Trial, runs: Sequence[RunPoint], *, kept: Mapping[str, bool] | None = None
) -> tuple[TrialPoint, ...]:
    """Give each run its period and its value towards the side that was usual.

    Parameters
    ----------
    runs
        Runs of the trial's metric and source, in any order, best at the reference conditions (device, shoe, speed).
        Runs tagged ``exclude`` take their place in the order but bring no value.
    kept
        By the run's name, whether the runner kept to what was drawn; not named: kept.

    Notes
    -----
    A run in ``trial.told`` has the period that the runner was told. The others follow in order of time: a run that
    turns up late would move them, so it is well to keep what was told.
    """
    ordered = sorted(runs, key=lambda run: (run.start, run.run))
    inside = [run for run in ordered if trial.began <= run.start.date() and _not_after(trial.ended, run)]
    taken = {run.run: trial.told[run.run] for run in inside if run.run in trial.told}
    points, so_far = [], max(taken.values(), default=0)
    for run in inside:
        number = taken.get(run.run)
        period = trial.periods[number - 1] if number else period_today(trial, run.start.date(), runs_so_far=so_far)
        so_far += number is None
        if period is not None and "exclude" not in run.tags:
            points.append(_point(trial, run, period, kept=(kept or {}).get(run.run, True)))
    return tuple(points)


def _not_after(ended: date | None, run: RunPoint) -> bool:
    return ended is None or run.start.date() <= ended


def _point(trial: Trial, run: RunPoint, period: TrialPeriod, *, kept: bool) -> TrialPoint:
    value = -run.value if trial.usual_side == "left" else run.value
    return TrialPoint(
        run=run.run, day=run.start.date(), period=period.number, on=period.on, value=value, kept=kept
    )  # fmt: skip


def _check(asked: TrialAsked, unit: TrialUnit, most: int) -> None:
    if most < FEWEST_PAIRS:
        raise InvalidRequest(
            f"A trial needs at least {FEWEST_PAIRS} pairs; with fewer even the clearest result can be chance.",
            help="Allow more pairs, or just try it without a trial.",
        )
    if unit == "week" and asked.runs_a_week < 2:
        raise InvalidRequest(
            "A trial by weeks needs two runs a week: the first of each week does not count.",
            help="Try it by runs instead.",
        )


def _usual_side(season: SeasonMetric) -> Side | None:
    if season.level is None:
        raise InvalidRequest(
            f"There is no level of {season.label} yet to compare with.",
            help=f"Wanted: {season.waiting_for or 'a few comparable runs'}.",
        )
    if season.kind == "level":
        return None
    if season.level.value == 0.0:
        raise InvalidRequest(
            f"Your legs do not differ in {season.label}, so nothing can make the difference smaller.",
            help="Choose another metric, or a level of both legs.",
        )
    return "right" if season.level.value > 0 else "left"


def _smallest(asked: TrialAsked, season: SeasonMetric) -> float:
    gap = abs(season.level.value) if season.level and season.kind == "index" else 0.0
    smallest = asked.smallest if asked.smallest is not None else max(GAP_SHARE * gap, asked.smallest_that_matters)
    if not smallest > 0:
        raise InvalidRequest(
            "The smallest change that matters must be above zero.", help="Say how much would be worth it."
        )
    return smallest


def _better(asked: TrialAsked, season: SeasonMetric) -> Better:
    if season.kind == "index":
        return "smaller"
    if asked.better is None:
        raise InvalidRequest(
            f"Is a larger or a smaller {season.label} better? That has to be said before the trial.",
            help="Say larger or smaller.",
        )
    return asked.better


def _drawn(pairs: int, unit: TrialUnit, began: date, seed: int) -> tuple[TrialPeriod, ...]:
    """A fair coin for each pair, and no balancing: the test of the answer supposes just that.

    The first run of *every* week is left out, not only after a change: else whether a run counts would depend on the
    coins as well.
    """
    first_on = np.random.default_rng(seed).integers(0, 2, size=pairs).astype(bool).tolist()
    first = began + timedelta(days=-began.weekday() % 7)
    return tuple(
        TrialPeriod(
            number=number + 1, pair=number // 2 + 1, on=first_on[number // 2] ^ bool(number % 2),
            monday=first + number * _WEEK if unit == "week" else None, washout=unit == "week",
        )
        for number in range(2 * pairs)
    )  # fmt: skip
