"""Left and right exchanged: what a device that was found to swap the legs should have said.

Only the names of the legs change. Speed, grade, turning and time were recorded by other means and stay as they are.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from evenstride.judge.agreement import disagreements
from evenstride.model import (
    Effect,
    Judged,
    LegSamples,
    RunReport,
    SpanIndex,
    SymmetryEstimate,
    TestResult,
    Trace,
)
from evenstride.model.legs import Verdict

_VERDICTS: Mapping[Verdict, Verdict] = MappingProxyType(
    {
        "left_longer": "right_longer",
        "right_longer": "left_longer",
        "left_larger": "right_larger",
        "right_larger": "left_larger",
    }
)
DISAGREE = "sources_disagree"
_PREFIXES = {"left_": "right_", "right_": "left_"}


def mirrored(legs: LegSamples) -> LegSamples:
    """Exchange the legs of one metric's samples.

    >>> legs = LegSamples(metric="contact_time", source="watch_balance", unit="s", t_s=[0.0], left=[0.24], right=[0.25])
    >>> mirrored(legs).left.tolist(), mirrored(mirrored(legs)) == legs
    ([0.25], True)
    """
    return replace(legs, left=legs.right, right=legs.left)


def mirrored_estimate(one: SymmetryEstimate) -> SymmetryEstimate:
    """Exchange the legs of an estimate: signs, the ends of the interval, the legs' levels, the verdict's word."""
    return replace(
        one,
        index_pct=_turned(one.index_pct),
        raw_index_pct=_turned(one.raw_index_pct),
        low_pct=_turned_or_none(one.high_pct),
        high_pct=_turned_or_none(one.low_pct),
        left=one.right,
        right=one.left,
        verdict=None if one.verdict is None else _VERDICTS.get(one.verdict, one.verdict),
    )


def mirrored_judged(one: Judged) -> Judged:
    """Exchange the legs of everything that was judged of one metric: effects, thirds, laps and trace too."""
    return replace(
        one,
        estimate=mirrored_estimate(one.estimate),
        effects=tuple(_effect(effect) for effect in one.effects),
        thirds=tuple(_span(span) for span in one.thirds),
        laps=tuple(_span(span) for span in one.laps),
        trace=None if one.trace is None else _trace(one.trace),
    )


def mirrored_test(one: TestResult) -> TestResult:
    """Exchange the legs of a test's result: trials, and whatever else is said of a leg.

    >>> from datetime import date
    >>> minutes = TestResult(test="stride_length", day=date(2026, 5, 4), left=(2.4,), right=(2.5,),
    ...                      extra={"left_spread_pct": 1.0, "speed_mps": 3.1})
    >>> mirrored_test(minutes).right, dict(mirrored_test(minutes).extra)
    ((2.4,), {'right_spread_pct': 1.0, 'speed_mps': 3.1})
    """
    extra = {_other(name): value for name, value in one.extra.items()}
    return replace(one, left=one.right, right=one.left, extra=extra)


def mirrored_report(report: RunReport, *, source: str) -> RunReport:
    """Exchange the legs of all that one source said of a run, the recording itself included.

    Whether sources disagree is asked anew; those notes stand last.
    """
    judged = tuple(mirrored_judged(one) if one.estimate.source == source else one for one in report.judged)
    others = tuple(note for note in report.notes if note.code != DISAGREE)
    activity = report.activity
    if activity is not None:
        legs = tuple(
            replace(one, left=one.right, right=one.left) if one.source == source else one for one in activity.legs
        )
        activity = replace(activity, legs=legs)
    anew = disagreements([one.estimate for one in judged])
    tests = tuple(mirrored_test(one) if one.source == source else one for one in report.tests)
    return replace(report, judged=judged, tests=tests, notes=(*others, *anew), activity=activity)


def _other(name: str) -> str:
    return next((other + name.removeprefix(own) for own, other in _PREFIXES.items() if name.startswith(own)), name)


def _turned(value: float) -> float:
    return 0.0 - value  # never a minus before a zero


def _turned_or_none(value: float | None) -> float | None:
    return None if value is None else _turned(value)


def _effect(one: Effect) -> Effect:
    return replace(
        one, effect_pct=_turned(one.effect_pct), low_pct=_turned(one.high_pct), high_pct=_turned(one.low_pct)
    )


def _span(one: SpanIndex) -> SpanIndex:
    return replace(
        one,
        index_pct=_turned_or_none(one.index_pct),
        low_pct=_turned_or_none(one.high_pct),
        high_pct=_turned_or_none(one.low_pct),
    )


def _trace(one: Trace) -> Trace:
    return replace(
        one,
        index_pct=np.subtract(0.0, one.index_pct),
        low_pct=np.subtract(0.0, one.high_pct),
        high_pct=np.subtract(0.0, one.low_pct),
    )
