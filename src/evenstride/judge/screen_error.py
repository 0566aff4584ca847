"""How large is the error of a test of each leg, and what is that known from?

Three things may tell: a publication's test and retest, the spread of the day's own trials, and the runner's own repeats
on other days. The largest counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from evenstride.model import Assessment, TestResult
from evenstride.model.profile import Side
from evenstride.model.screen import ErrorBasis

SESSIONS_MIN = 2
"""Earlier days with both legs from which on the runner's own day-to-day error is known."""
SESSIONS_MAX = 8
"""Older days tell of another runner."""
SESSION_FACTORS: Mapping[int, float] = {3: 2.812, 4: 2.178, 5: 2.020, 6: 1.966, 7: 1.948, 8: 1.940}
"""Days, this one included → how many of their sds the last may lie from the truth, 95 % of the time.

The sd counts the last day too, so that Student's t would be too wide. From eight million normal samples each.
"""
SIDES: tuple[Side, Side] = ("left", "right")

_T_975 = (12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469)
_Z_975 = 1.959964


@dataclass(frozen=True, kw_only=True)
class TestError:
    """What a difference must exceed, and what that is known from; None where nothing is known."""

    __test__ = False  # not a test case

    mdc95: float | None = None
    basis: ErrorBasis | None = None


def t_critical(df: int) -> float:
    """Return the two-sided 95 % point of Student's t, within 0.001.

    A table up to 6 degrees of freedom, beyond them the expansion about the normal quantile.

    >>> round(t_critical(4), 3), round(t_critical(10), 3)
    (2.776, 2.228)
    """
    if df <= len(_T_975):
        return _T_975[df - 1]
    z, z3, z5, z7 = (_Z_975**power for power in (1, 3, 5, 7))
    expansion = (z3 + z) / (4 * df) + (5 * z5 + 16 * z3 + 3 * z) / (96 * df**2)
    return z + expansion + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * df**3)


def trials_of(result: TestResult, side: Side) -> tuple[float, ...]:
    """The trials of one leg."""
    return result.left if side == "left" else result.right


def summary_of(test: Assessment, trials: Sequence[float]) -> float:
    """One leg's result: the mean of its trials, or the best, as the test says."""
    if test.summary == "mean":
        return float(np.mean(trials))
    return float(max(trials) if test.larger_is_better else min(trials))


def load_of(result: TestResult, side: Side) -> tuple[float, float]:
    """What one leg carried: kilograms, and share of body mass, 0 where nothing is said."""
    return result.extra.get(f"{side}_load_kg", 0.0), result.extra.get(f"{side}_load_share", 0.0)


def equally_loaded(result: TestResult) -> bool:
    """Whether both legs carried the same."""
    return load_of(result, "left") == load_of(result, "right")


def at_cap(test: Assessment, result: TestResult, side: Side) -> bool:
    """Whether a trial of the leg went to the end of the test, so that its result is a lower bound."""
    return test.cap is not None and any(value >= test.cap for value in trials_of(result, side))


def hidden_by_cap(test: Assessment, result: TestResult) -> bool:
    """Whether the end of the test hides how the legs compare: both reached it, or the one that is behind did."""
    capped = [side for side in SIDES if at_cap(test, result, side)]
    if len(capped) != 1:
        return bool(capped)
    (one,) = capped
    other: Side = "right" if one == "left" else "left"
    # A lower bound above the other leg's result still says which leg is ahead.
    return summary_of(test, trials_of(result, one)) <= summary_of(test, trials_of(result, other))


def comparable_before(result: TestResult, earlier: Sequence[TestResult]) -> list[TestResult]:
    """The results of the same test from the same source on earlier days, the oldest first, the last of each day."""
    by_day = {
        one.day: one for one in earlier
        if (one.test, one.source) == (result.test, result.source) and one.day < result.day
    }  # fmt: skip
    return [by_day[day] for day in sorted(by_day)]


def error_of_difference(test: Assessment, result: TestResult, earlier: Sequence[TestResult]) -> TestError:
    """What right minus left must exceed: it is also half the width of its interval.

    As long as nothing is known between days, each leg is taken to have its own day, as variable as one of its trials:
    then day-to-day error of that size is borne too.
    """
    days = _differences(test, result, earlier)
    repeated = len(days) > SESSIONS_MIN
    known = _published(test, repeated=repeated)
    if repeated:
        sd = max(float(np.std(days, ddof=1)), sqrt(2.0 / 12.0) * test.resolution)
        known.append((SESSION_FACTORS[len(days)] * sd, "sessions"))
    sd, df = spread(test, [trials_of(result, side) for side in SIDES if not at_cap(test, result, side)])
    if df:
        known.append(_from_trials(test, (sd, df), [trials_of(result, side) for side in SIDES], repeated=repeated))
    return _largest(known)


def error_of_change(test: Assessment, now: TestResult, before: Sequence[TestResult], side: Side) -> TestError:
    """What one leg's change since the first of ``before`` must exceed.

    Between days: t·√2·TE, where TE is the sd of successive changes about their mean (steady progress is no error)
    over √2, both legs pooled (Weir 2005, 10.1519/15184.1).
    """
    squares, df_days = 0.0, 0
    for each in SIDES:
        series = [
            summary_of(test, trials_of(one, each))
            for one in before[-SESSIONS_MAX:]
            if trials_of(one, each) and load_of(one, each) == load_of(now, side)
        ]
        if len(series) > SESSIONS_MIN:
            changes = np.diff(series)
            squares += float(np.square(changes - changes.mean()).sum())
            df_days += len(changes) - 1
    known = _published(test, repeated=df_days > 0)
    if df_days:
        sd = max(sqrt(squares / df_days), sqrt(2.0 / 12.0) * test.resolution)
        known.append((t_critical(df_days) * sd, "sessions"))
    own = [trials_of(one, each) for one in (now, before[0]) for each in SIDES if not at_cap(test, one, each)]
    sd, df = spread(test, own)
    if df:
        both = [trials_of(one, side) for one in (now, before[0])]
        known.append(_from_trials(test, (sd, df), both, repeated=df_days > 0))
    return _largest(known)


def spread(test: Assessment, groups: Sequence[Sequence[float]]) -> tuple[float, int]:
    """Return the pooled sd of trials within their groups and its degrees of freedom (0: nothing repeats).

    Readings that agree to the last step still scatter within it: the sd is at least resolution/√12.
    """
    df = sum(max(len(group) - 1, 0) for group in groups)
    if not df:
        return 0.0, 0
    squares = sum(float(np.var(group)) * len(group) for group in groups if len(group) > 1)
    return max(sqrt(squares / df), test.resolution / sqrt(12.0)), df


def _differences(test: Assessment, result: TestResult, earlier: Sequence[TestResult]) -> list[float]:
    """Right minus left on each comparable day, this one included."""
    days = [
        one for one in [*comparable_before(result, earlier), result]
        if one.left and one.right and equally_loaded(one) and not any(at_cap(test, one, side) for side in SIDES)
    ]  # fmt: skip
    return [summary_of(test, one.right) - summary_of(test, one.left) for one in days[-SESSIONS_MAX:]]


def _published(test: Assessment, *, repeated: bool) -> list[tuple[float, ErrorBasis]]:
    # A related measure stands in for the runner's own days, and only until these are known.
    known = test.detectable is not None and not (test.detectable_related and repeated)
    return [(test.detectable, "published")] if known and test.detectable is not None else []


def _from_trials(
    test: Assessment, pooled: tuple[float, int], compared: Sequence[Sequence[float]], *, repeated: bool
) -> tuple[float, ErrorBasis]:
    """What two results must differ by, from the pooled sd of trials and its degrees of freedom.

    Where no other days are known each result has its own day, as variable as a single trial. Where they are, this is a
    part of the runner's own error over days.
    """
    sd, df = pooled
    # The best of several varies less than one trial does, by how much depends on their number: bound it by one.
    variance = sum(1.0 / len(trials) if test.summary == "mean" else 1.0 for trials in compared)
    if not repeated:
        variance += len(compared)
    return t_critical(df) * sqrt(variance) * sd, "sessions" if repeated else "trials"


def _largest(known: Sequence[tuple[float, ErrorBasis]]) -> TestError:
    if not known:
        return TestError()
    mdc95, basis = max(known, key=lambda one: one[0])
    return TestError(mdc95=mdc95, basis=basis)
