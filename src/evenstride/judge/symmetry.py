"""How different are the two legs, and how sure are we?

The legs are compared on d = 100·ln(R/L), which is additive and mirrors when the legs are swapped; it is shown as
Robinson's symmetry index 100·(R−L)/((R+L)/2) = 200·tanh(d/200) [1]_. Neighbouring samples resemble each other; the
interval averages over what that memory may be (docs/methods/interval.md).

.. [1] Robinson, Herzog, Nigg (1987); formula as in 10.1186/s13102-021-00355-4, equation 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evenstride.errors import TooFewSamples
from evenstride.judge.conditions import CHANNEL, CONDITIONS
from evenstride.judge.ranges import RANGES
from evenstride.judge.verdict import USABLE_MINUTES_MIN, Interval, Ruling, rule
from evenstride.model import Effect, Floats, Judged, Lap, LegSamples, SpanIndex, SymmetryEstimate, Trace
from evenstride.stats import Design, MeanFit, SecondGrid, fit_designs, second_grid, segment_means
from evenstride.stats import Interval as StatsInterval

WARMUP = "warmup"
WARMUP_S = 180.0
"""How fast the first minutes settle: e^(−t/180 s) holds the settled index where 120 and 240 s do not (warmup.md)."""
WARMUP_RUN_S_MIN = 1200.0
"""In shorter runs a warm-up cannot be told from the run."""
WARMUP_EVIDENCE = 0.43
"""A share of its 95 % half-width: a warm-up is taken out when its 60 % interval excludes none at all."""
TRACE_WINDOW_S = 120.0
TRACE_POINTS_MAX = 160
LAP_SECONDS_MIN = 20.0
"""A lap with less usable running than this holds too few steps to be compared."""


def symmetry_index(legs: LegSamples, *, confidence: float = 0.95) -> SymmetryEstimate:
    """Estimate the symmetry index of one metric, with its interval and verdict.

    The index is given at the runner's own median speed, on the flat, straight, as far as those conditions are known.
    An ordinary standard error would call almost every run asymmetric.

    Raises
    ------
    TooFewSamples
        Under ten usable minutes; says how much more running is needed.

    Notes
    -----
    Works for durations, lengths, forces. Does not work for anything that crosses zero (angles): the denominator
    vanishes. Validated in ``validation/results``.

    Examples
    --------
    >>> t_s = np.arange(1800.0)
    >>> wobble = 0.004 * np.sin(t_s / 9) + 0.004 * np.sin(t_s / 41)
    >>> legs = LegSamples(metric="contact_time", source="watch_balance", unit="s", t_s=t_s, left=0.245 - 0.1 * wobble,
    ...                   right=0.245 * 1.055 + 0.1 * wobble)
    >>> estimate = symmetry_index(legs)
    >>> print(f"{estimate.index_pct:.1f} ({estimate.low_pct:.1f} to {estimate.high_pct:.1f}) {estimate.verdict}")
    5.4 (5.2 to 5.5) right_longer
    """
    return judge_run(legs, confidence=confidence).estimate


def judge_run(legs: LegSamples, *, laps: Sequence[Lap] = (), confidence: float = 0.95) -> Judged:
    """Judge one metric of one run: estimate, effects of the conditions, thirds, laps, and the trace with its band.

    Raises
    ------
    TooFewSamples
        Under ten usable minutes.
    """
    log_ratio = 100.0 * np.log(legs.right / legs.left)
    _demand_minutes(legs)
    names = [name for name, one in CONDITIONS.items() if _varies(legs, CHANNEL[name], one.spread_min)]
    columns = [log_ratio, *(legs.conditions[CHANNEL[name]] for name in names)]
    grid = second_grid(legs.t_s, np.column_stack(columns), cuts=legs.cuts)
    if len(grid.t_s) < 60.0 * USABLE_MINUTES_MIN:
        raise _too_few(len(grid.t_s) / 60.0)
    y = grid.values[:, 0]
    fits = _fits(names, y, grid.values[:, 1:], confidence)
    stretches = _stretches(grid, fits.plain, y, laps)
    return Judged(
        estimate=_estimate(legs, fits),
        effects=_effects(legs, fits.separated, names),
        thirds=stretches.thirds,
        laps=stretches.laps,
        trace=stretches.trace,
        warmed_up=fits.warmed_up,
        dropped=legs.dropped,
    )


def too_little(legs: LegSamples, error: TooFewSamples) -> Judged:
    """What can honestly be kept of a run under ten usable minutes: the plain mean, no interval, how much is missing."""
    threshold = RANGES[legs.metric].threshold_pct
    estimate = SymmetryEstimate(
        metric=legs.metric,
        source=legs.source,
        index_pct=_raw_index_pct(legs),
        raw_index_pct=_raw_index_pct(legs),
        low_pct=None,
        high_pct=None,
        confidence=0.95,
        left=float(legs.left.mean()),
        right=float(legs.right.mean()),
        level_unit=legs.unit,
        n=len(legs.t_s),
        usable_minutes=error.usable_minutes,
        n_effective=None,
        memory_s=None,
        threshold_pct=threshold,
        typical_pct=RANGES[legs.metric].typical_pct,
        verdict="unclear",
        reason="too_short",
        more_minutes=error.minutes_needed,
    )
    return Judged(estimate=estimate, dropped=legs.dropped)


def index_pct(log_ratio_pct: float) -> float:
    """Robinson's index of 100·ln(R/L).

    >>> round(index_pct(100 * float(np.log(100 / 90))), 3)
    10.526
    """
    return 200.0 * float(np.tanh(log_ratio_pct / 200.0))


def _varies(legs: LegSamples, channel: str, spread_min: float) -> bool:
    return channel in legs.conditions and float(legs.conditions[channel].std()) >= spread_min


def _demand_minutes(legs: LegSamples) -> None:
    if not len(legs.t_s):
        raise _too_few(0.0)


def _too_few(usable_minutes: float) -> TooFewSamples:
    needed = USABLE_MINUTES_MIN - usable_minutes
    return TooFewSamples(
        f"Only {usable_minutes:.1f} minutes of steady running have left and right;"
        f" {USABLE_MINUTES_MIN:.0f} are needed, so about {np.ceil(needed):.0f} more.",
        usable_minutes=usable_minutes,
        minutes_needed=needed,
    )


@dataclass(frozen=True, kw_only=True)
class _Fits:
    """One signal fitted three ways: as it was, which also tells the memory of its stretches; at the reference
    conditions; and all conditions against each other, elapsed time included, for their effects.
    """

    plain: MeanFit
    adjusted: StatsInterval
    adjusted_for: tuple[str, ...]
    separated: MeanFit
    warmed_up: bool = False


def _fits(names: Sequence[str], y: Floats, covariates: Floats, confidence: float) -> _Fits:
    middle = np.median(covariates, axis=0)
    reference = [
        at if (at := CONDITIONS[name].reference) is not None else m for name, m in zip(names, middle, strict=True)
    ]
    setting = tuple(i for i, name in enumerate(names) if CONDITIONS[name].adjusts)
    everything = tuple(range(len(names)))
    designs = [
        Design(columns=()),
        Design(columns=setting, reference=tuple(reference[i] for i in setting), guarded=True, slopes=False),
        Design(columns=everything),
    ]
    warms_up = "elapsed" in names and len(y) >= WARMUP_RUN_S_MIN
    if warms_up:
        warmth = np.exp(-covariates[:, names.index("elapsed")] / WARMUP_S)
        covariates = np.column_stack((covariates, warmth))
        designs.append(Design(columns=(*everything, len(names)), reference=(*reference, 0.0), guarded=True))
    plain, adjusted, separated, *settled = fit_designs(y, covariates, designs, confidence=confidence)
    used = tuple(names[i] for i, kept in zip(setting, adjusted.kept, strict=True) if kept)
    if not settled or not _shows(settled[0].slopes[-1], WARMUP_EVIDENCE):
        return _Fits(plain=plain, adjusted=_guarded(adjusted), adjusted_for=used, separated=separated)
    return _Fits(
        plain=plain,
        adjusted=_guarded(settled[0]),
        adjusted_for=(*used, WARMUP),
        separated=settled[0],
        warmed_up=_shows(settled[0].slopes[-1], 1.0),
    )


def _shows(slope: StatsInterval | None, share: float) -> bool:
    """Whether a slope is further from 0 than that share of its half-width."""
    return slope is not None and abs(slope.estimate) > share * 0.5 * (slope.high - slope.low)


def _guarded(fit: MeanFit) -> StatsInterval:
    """The adjusted estimate with the wider of its own interval and the guarded one, which is the plain mean's at most.

    A condition that happens to drift as the legs do would otherwise explain the drift away and leave a certainty that
    the run does not have (docs/adr/0008-slow-coincidence.md).
    """
    at = fit.adjusted.estimate
    guard = min(fit.guarded_half_width, 0.5 * (fit.mean.high - fit.mean.low))
    half = max(0.5 * (fit.adjusted.high - fit.adjusted.low), guard)
    return StatsInterval(estimate=at, low=at - half, high=at + half)


def _estimate(legs: LegSamples, fits: _Fits) -> SymmetryEstimate:
    fit = fits.plain
    index, low, high = _as_index(fits.adjusted)
    ordinary = RANGES[legs.metric]
    minutes = fit.n / 60.0
    ruling: Ruling = rule(
        legs.metric,
        Interval(index_pct=index, low_pct=low, high_pct=high),
        threshold_pct=ordinary.threshold_pct,
        n_effective=fit.n_effective,
        usable_minutes=minutes,
    )
    return SymmetryEstimate(
        metric=legs.metric,
        source=legs.source,
        index_pct=index,
        raw_index_pct=_raw_index_pct(legs),
        low_pct=low,
        high_pct=high,
        confidence=fit.confidence,
        left=float(legs.left.mean()),
        right=float(legs.right.mean()),
        level_unit=legs.unit,
        n=len(legs.t_s),
        usable_minutes=minutes,
        n_effective=fit.n_effective,
        memory_s=fit.memory_s,
        adjusted_for=fits.adjusted_for,
        threshold_pct=ordinary.threshold_pct,
        typical_pct=ordinary.typical_pct,
        flag=ruling.flag,
        verdict=ruling.verdict,
        reason=ruling.reason,
        more_minutes=ruling.more_minutes,
    )


def _effects(legs: LegSamples, fit: MeanFit, names: Sequence[str]) -> tuple[Effect, ...]:
    # Near the index of a runner the log ratio and the index run side by side; the factor keeps the last digit true.
    steepness = 1.0 - (index_pct(fit.mean.estimate) / 200.0) ** 2
    effects = []
    for name, slope in zip(names, fit.slopes, strict=False):  # a warm-up stands last and has no line
        if slope is not None:
            scale = CONDITIONS[name].scale * steepness
            effects.append(
                Effect(
                    metric=legs.metric,
                    source=legs.source,
                    condition=name,
                    per=CONDITIONS[name].per,
                    effect_pct=scale * slope.estimate,
                    low_pct=scale * slope.low,
                    high_pct=scale * slope.high,
                )
            )
    return tuple(effects)


Spans = NDArray[np.intp]  # (m, 2) indices [first, last) into the grid


def _stretches(grid: SecondGrid, fit: MeanFit, y: Floats, laps: Sequence[Lap]) -> "_Stretches":
    """Judge thirds, laps and the moving window in one go: each borrows the whole run's memory."""
    edges = np.linspace(0, len(y), 4).astype(np.intp)
    thirds = np.column_stack((edges[:-1], edges[1:]))
    lap_spans = _lap_spans(grid, laps)
    enough = lap_spans[:, 1] - lap_spans[:, 0] >= LAP_SECONDS_MIN
    windows = _windows(grid)
    means = segment_means(fit, y, np.concatenate((thirds, lap_spans[enough], windows)))
    told = 200.0 * np.tanh(np.column_stack((means.mean, means.low, means.high)) / 200.0)
    of_thirds, of_laps, of_trace = np.split(told, (3, len(told) - len(windows)))
    times = [(grid.t_s[first], grid.t_s[last - 1] + 1.0) for first, last in thirds]
    return _Stretches(
        thirds=tuple(_span(*time, tuple(row)) for time, row in zip(times, of_thirds.tolist(), strict=True)),
        laps=_lap_indices(laps, enough, of_laps),
        trace=Trace(
            window_s=float(windows[0, 1] - windows[0, 0]) if len(windows) else TRACE_WINDOW_S,
            t_s=0.5 * (grid.t_s[windows[:, 0]] + grid.t_s[windows[:, 1] - 1]),
            index_pct=of_trace[:, 0],
            low_pct=of_trace[:, 1],
            high_pct=of_trace[:, 2],
        ),
    )


@dataclass(frozen=True, kw_only=True)
class _Stretches:
    thirds: tuple[SpanIndex, ...]
    laps: tuple[SpanIndex, ...]
    trace: Trace


def _lap_spans(grid: SecondGrid, laps: Sequence[Lap]) -> Spans:
    """Where each lap lies in the grid."""
    if not laps:
        return np.empty((0, 2), np.intp)
    times = np.array([(lap.start_s, lap.end_s) for lap in laps])
    return np.searchsorted(grid.t_s, times)


def _windows(grid: SecondGrid) -> Spans:
    """The moving windows of the trace; one across a cut would smear one side of a break into the other."""
    n = len(grid.t_s)
    window = int(min(TRACE_WINDOW_S, n // 5))
    first = np.unique(np.linspace(0, n - window, TRACE_POINTS_MAX).astype(np.intp))
    whole = grid.t_s[first + window - 1] - grid.t_s[first] <= 1.5 * window
    return np.column_stack((first[whole], first[whole] + window))


def _lap_indices(laps: Sequence[Lap], enough: NDArray[np.bool_], told: Floats) -> tuple[SpanIndex, ...]:
    """Every lap in its place; one without enough usable running has no index."""
    if not len(enough):
        return ()
    rows = iter(told.tolist())
    return tuple(
        _span(lap.start_s, lap.end_s, tuple(next(rows)) if known else (None, None, None), lap.kind)
        for lap, known in zip(laps, enough, strict=True)
    )


def _span(
    start_s: float, end_s: float, told: tuple[float | None, float | None, float | None], kind: str | None = None
) -> SpanIndex:
    index, low, high = told
    return SpanIndex(start_s=float(start_s), end_s=float(end_s), index_pct=index, low_pct=low, high_pct=high, kind=kind)


def _raw_index_pct(legs: LegSamples) -> float:
    """Mean of the samples' own indices: for a watch's balance exactly −4·(mean balance − 50)."""
    return float(np.mean(200.0 * (legs.right - legs.left) / (legs.right + legs.left)))


def _as_index(interval: StatsInterval) -> tuple[float, float, float]:
    return index_pct(interval.estimate), index_pct(interval.low), index_pct(interval.high)
