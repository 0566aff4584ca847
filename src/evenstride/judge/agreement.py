"""Do two devices tell the same story about one run?"""

from collections.abc import Sequence
from itertools import combinations
from math import hypot

from evenstride.model import METRICS, SOURCES, Note, SymmetryEstimate


def disagreements(estimates: Sequence[SymmetryEstimate]) -> tuple[Note, ...]:
    """Name every pair of sources whose indices of the same metric differ by more than both uncertainties together.

    Neither is called right: devices define contact differently, and one may be worn on the wrong side.
    """
    notes = []
    for one, other in combinations(estimates, 2):
        if one.metric != other.metric or one.source == other.source:
            continue
        if one.low_pct is None or one.high_pct is None or other.low_pct is None or other.high_pct is None:
            continue
        halves = 0.5 * (one.high_pct - one.low_pct), 0.5 * (other.high_pct - other.low_pct)
        if abs(one.index_pct - other.index_pct) > hypot(*halves):
            notes.append(_note(one, other, opposite=one.index_pct * other.index_pct < 0))
    return tuple(notes)


def _note(one: SymmetryEstimate, other: SymmetryEstimate, *, opposite: bool) -> Note:
    what = "point to opposite legs" if opposite else "differ by more than their uncertainty"
    label = METRICS[one.metric].label
    return Note(
        code="sources_disagree",
        text=f"For {label}, {_said(one)} and {_said(other)} {what}. Neither is taken to be the true one: compare each"
        " device only with itself, and check that each knows its leg.",
    )


def _said(estimate: SymmetryEstimate) -> str:
    side = "right" if estimate.index_pct > 0 else "left"
    name = SOURCES.get(estimate.source, estimate.source)
    return f"{name} ({side} +{abs(estimate.index_pct):.1f} %)"
