"""Does a device's left mean the left leg? One deliberate minute tells.

No public document says which leg a watch's number is. The runner lets the foot of a known leg stay down longer for
about a minute of a run; where the index of contact time moves in that stretch, there is that leg
(docs/methods/side-check.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import InvalidRequest
from evenstride.judge.symmetry import index_pct
from evenstride.model import Floats, LegSamples, Side, SideAnswer, SideCheck, Span
from evenstride.stats import Design, Interval, SecondGrid, fit_designs, second_grid

Method = Literal["limp", "hop"]
Spans = NDArray[np.intp]

STRETCH_S = (40, 90)
"""How long the stretch may last when it is looked for."""
BESIDE_S = 60
"""Ordinary running needed before and after the stretch."""
WINDOW_S_MIN = 20
SHIFT_PCT_MIN = 3.0
"""A shift is one when its whole interval is beyond this: hills, bends and mere memory do less."""
CONFIDENCE = 0.99
SEARCH_CONFIDENCE = 0.999
"""Where the stretch was looked for, chance had many tries."""
STANDS_OUT = 2.0
"""A stretch that was looked for must differ by this many times the next largest of the same run."""
STEP_S = 5


@dataclass(frozen=True, kw_only=True)
class CheckStep:
    """One step of the guided check: what to do, and for how many seconds where a clock counts."""

    text: str
    seconds: float | None = None


_BEFORE = CheckStep(text="Start recording a run as usual, and run easily on the flat and straight.", seconds=180)
_LAP = CheckStep(text="Press the lap button.")
_AFTER = CheckStep(text="Run on as usual, then end the run.", seconds=180)
_LIMP = CheckStep(
    text="Limp: let the foot of your {leg} leg stay down clearly longer, as if a stone were in the other shoe. Keep"
    " running, and look at the balance if your watch shows it: 3 to 7 points away from where it was is good.",
    seconds=60,
)  # fmt: skip
_HOP = CheckStep(
    text="Run as if hopping on your {leg} leg: push off from it high and long, and only touch down with the other.",
    seconds=60,
)  # fmt: skip

SIDE_CHECK_STEPS: Mapping[Method, tuple[CheckStep, ...]] = {
    "limp": (_BEFORE, _LAP, _LIMP, _LAP, _AFTER),
    "hop": (_BEFORE, _LAP, _HOP, _LAP, _AFTER),
}
"""The guided check, step by step; ``{leg}`` is the leg that was chosen."""


def check_side(
    legs: LegSamples,
    *,
    leg: Side,
    method: Method,
    window: Span | None = None,
    checked: date,
    device: str,
) -> SideCheck:
    """Tell from one run whether the device's sides are the legs they are named for.

    Parameters
    ----------
    legs
        Contact times of the run, as the device names them.
    leg
        The leg whose foot stayed down longer.
    window
        The stretch, from the lap button; looked for when it is None.

    Raises
    ------
    InvalidRequest
        Another metric, or too little left of the stretch or of the running before and after it; says what would help.

    Notes
    -----
    The stretch is one covariate of a regression under the signal's own memory (docs/methods/interval.md), so that its
    shift carries an interval: 99 % where the stretch is known, 99.9 % where it was looked for, and then it must also
    stand out from every other stretch of the run. Works for a shift of 12 % (3 points of balance) and more
    (validation/results/side_check.md). Does not work for a limp beyond 60 % of balance, which is taken for a fault of
    the sensor and left out.

    Examples
    --------
    >>> t_s = np.arange(480.0)
    >>> wobble = np.sin(t_s / 9) + np.sin(t_s / 41)
    >>> limp = np.where((t_s >= 200) & (t_s < 260), 10.0, 0.0)
    >>> left = 0.25 * np.exp((limp + wobble) / 200)
    >>> run = LegSamples(metric="contact_time", source="watch_balance", unit="s", t_s=t_s, left=left,
    ...                  right=0.0625 / left)
    >>> check_side(run, leg="left", method="limp", checked=date(2026, 5, 4), device="watch").answer
    'as_named'
    >>> check_side(run, leg="right", method="limp", checked=date(2026, 5, 4), device="watch").answer
    'swapped'
    """
    grid = _grid(legs)
    sign = 1.0 if leg == "right" else -1.0
    if window is None:
        span, stands_out = _found(grid)
        shift = _shift(grid, span, SEARCH_CONFIDENCE)
    else:
        span, stands_out = _given(grid, window), True
        shift = _shift(grid, span, CONFIDENCE)
    low, high = sorted((sign * index_pct(shift.low), sign * index_pct(shift.high)))
    return SideCheck(
        source=legs.source,
        device=device,
        checked=checked,
        leg=leg,
        method=method,
        answer=_answer(low, high) if stands_out else "unclear",
        shift_pct=sign * index_pct(shift.estimate),
        low_pct=low,
        high_pct=high,
    )


def _answer(low_pct: float, high_pct: float) -> SideAnswer:
    if low_pct > SHIFT_PCT_MIN:
        return "as_named"
    return "swapped" if high_pct < -SHIFT_PCT_MIN else "unclear"


def _grid(legs: LegSamples) -> SecondGrid:
    if legs.metric != "contact_time":
        raise InvalidRequest(
            f"The side check reads contact time, not {legs.metric.replace('_', ' ')}.",
            help="Choose a device that measures the contact time of each leg.",
        )
    if len(legs.t_s):
        grid = second_grid(legs.t_s, 100.0 * np.log(legs.right / legs.left), cuts=legs.cuts)
        if len(grid.t_s) >= 2 * BESIDE_S + STRETCH_S[0]:
            return grid
    raise InvalidRequest(
        "The run is too short for a side check.",
        help="Run easily for three minutes, limp for one, run easily for three more.",
    )


def _given(grid: SecondGrid, window: Span) -> Spans:
    first, last = np.searchsorted(grid.t_s, (window.start_s, window.end_s))
    if last - first < WINDOW_S_MIN:
        raise InvalidRequest(
            "Hardly anything was recorded of the check itself: too strong a limp looks like a fault of the sensor.",
            help="Repeat it and limp less, or check that the lap is the right one.",
        )
    if first < BESIDE_S or len(grid.t_s) - last < BESIDE_S:
        raise InvalidRequest(
            "There is too little ordinary running before or after the check.",
            help="Run easily for three minutes before it and after it.",
        )
    return np.array([first, last])


def _shift(grid: SecondGrid, span: Spans, confidence: float) -> Interval:
    """How far the log ratio in the stretch lies from where it lies beside it, with an interval."""
    inside = np.zeros(len(grid.t_s))
    inside[span[0] : span[1]] = 1.0
    (fit,) = fit_designs(grid.values, inside[:, None], [Design(columns=(0,))], confidence=confidence)
    slope = fit.slopes[0]
    if slope is None:  # no signal at all, or a stretch that slow coefficients cannot see
        return Interval(estimate=0.0, low=0.0, high=0.0)
    return slope


def _found(grid: SecondGrid) -> tuple[Spans, bool]:
    """The stretch that differs most from what is beside it, and whether it stands out from all that do not touch it."""
    spans = _candidates(grid)
    contrast = _contrasts(grid.values, spans)
    score = np.abs(contrast) * np.sqrt(spans[:, 1] - spans[:, 0])
    best = int(np.argmax(score))
    span = spans[best]
    # Beside the stretch the contrast is its echo: only stretches whose neighbours do not touch it are compared.
    apart = (spans[:, 1] + BESIDE_S <= span[0]) | (spans[:, 0] - BESIDE_S >= span[1])
    others = float(score[apart].max()) if apart.any() else 0.0
    return span, bool(score[best] >= STANDS_OUT * others)


def _candidates(grid: SecondGrid) -> Spans:
    """Every stretch of 40–90 s, in steps of 5 s, with a minute of running on both sides and no long break in it."""
    n = len(grid.t_s)
    shortest, longest = STRETCH_S
    lengths = np.arange(shortest, longest + 1, 2 * STEP_S)
    starts = np.arange(BESIDE_S, n - BESIDE_S - shortest + 1, STEP_S)
    spans = np.array([(start, start + length) for length in lengths for start in starts], dtype=np.intp)
    spans = spans[spans[:, 1] <= n - BESIDE_S]
    whole = grid.t_s[spans[:, 1] - 1] - grid.t_s[spans[:, 0]] <= 1.5 * (spans[:, 1] - spans[:, 0])
    return spans[whole] if whole.any() else spans[:1]


def _contrasts(y: Floats, spans: Spans) -> Floats:
    """Mean of each stretch minus the mean of the minute before and the minute after it."""
    sums = np.concatenate(([0.0], np.cumsum(y - y.mean())))
    first, last = spans[:, 0], spans[:, 1]
    inside = (sums[last] - sums[first]) / (last - first)
    beside = (sums[first] - sums[first - BESIDE_S] + sums[last + BESIDE_S] - sums[last]) / (2 * BESIDE_S)
    difference: Floats = inside - beside
    return difference
