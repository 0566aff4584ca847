"""Everything a page shows of one metric from one source: words, whiskers, the trace, the method."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from evenstride.model import METRICS, Effect, Floats, Judged, RunReport, SpanIndex, SymmetryEstimate
from evenstride.report import explain
from evenstride.report.charts import Limits, Timeline, index_range, trace_chart, whisker
from evenstride.report.numbers import clock, count, of, of_effect, rounded
from evenstride.report.render import own
from evenstride.report.timeline import both_widths
from evenstride.report.words import chip, number, sentence_beside, title, tone

if TYPE_CHECKING:
    from markupsafe import Markup

LAPS_MAX = 60
THIRDS = ("first third", "middle third", "last third")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One whisker with its words; ``picture`` is empty where there is nothing to draw."""

    label: str
    text: str
    picture: "Markup | str"
    per: str = ""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One metric from one source, as the template writes it."""

    title: str
    chip: str
    tone: str
    number: str
    sentence: str
    range_pct: float = 0.0
    effects_range_pct: float = 0.0
    trace: "Markup | str" = ""
    trace_caption: str = ""
    thirds: Sequence[Row] = ()
    effects: Sequence[Row] = ()
    laps: Sequence[Row] = ()
    laps_are_repetitions: bool = False
    method: Sequence[str] = ()
    numbers: Sequence[tuple[str, str]] = ()
    evidence: str = ""


def blocks(report: RunReport, timeline: Timeline) -> list[Block]:
    """Return a block per estimate."""
    return [
        _block(judged, timeline, run_limits(report, place), said=sentence_beside(judged.estimate, report))
        for place, judged in enumerate(report.judged)
    ]


def run_limits(report: RunReport, place: int) -> Limits:
    """Return the index axis of one of a report's estimates: those of one metric share it, so that they compare."""
    estimate = report.judged[place].estimate
    alike = [judged for judged in report.judged if judged.estimate.metric == estimate.metric]
    ends = [end for judged in alike for end in _ends(judged)]
    band = np.concatenate([_band(judged) for judged in alike])
    return Limits(
        range_pct=index_range(ends, estimate.threshold_pct, band_pct=band),
        threshold_pct=estimate.threshold_pct,
        typical_pct=estimate.typical_pct,
        word=METRICS[estimate.metric].word,
    )


def _block(judged: Judged, timeline: Timeline, limits: Limits, *, said: str) -> Block:
    estimate = judged.estimate
    head: dict[str, Any] = {
        "title": title(estimate), "chip": chip(estimate), "tone": tone(estimate), "number": number(estimate),
        "sentence": said,
    }  # fmt: skip
    if estimate.low_pct is None:
        return Block(**head)
    reach = index_range([end for effect in judged.effects for end in (effect.low_pct, effect.high_pct)], None)
    laps = explain.work_laps(judged.laps)
    return Block(
        **head,
        range_pct=limits.range_pct,
        effects_range_pct=reach,
        trace=_trace(judged, timeline, limits),
        trace_caption=_trace_caption(judged, timeline, limits),
        thirds=[_row(name, third, limits) for name, third in zip(THIRDS, judged.thirds, strict=False)],
        effects=[_effect_row(effect, reach) for effect in judged.effects],
        laps=[_row(f"{name} · {clock(lap.end_s - lap.start_s)}", lap, limits) for name, lap in laps[:LAPS_MAX]],
        laps_are_repetitions=bool(laps) and laps[0][0].startswith("repetition"),
        method=_method(estimate),
        numbers=_numbers(estimate),
        evidence=explain.evidence(estimate),
    )


def _trace(judged: Judged, timeline: Timeline, limits: Limits) -> "Markup | str":
    trace = judged.trace
    if trace is None or not len(trace.t_s):
        return ""
    said = (
        f"{title(judged.estimate)}, through the run: the difference as a moving mean with its interval, right above the"
        f" zero line and left below, to {limits.range_pct:g} % either way. Whole run: {of(judged.estimate)}."
    )
    return own(both_widths(lambda width: trace_chart(trace, timeline, limits, title=said, width=width)))


def _trace_caption(judged: Judged, timeline: Timeline, limits: Limits) -> str:
    if judged.trace is None:
        return ""
    parts = [f"The line is the mean over {clock(judged.trace.window_s)} around each moment, the band its interval."]
    if limits.typical_pct is not None:
        parts.append(f"Dotted: typical, {limits.typical_pct:g} %.")
    if limits.threshold_pct is not None:
        parts.append(f"Dashed: unusual beyond {limits.threshold_pct:g} % (evidence: {explain.grade(judged.estimate)}).")
    if timeline.excluded:
        parts.append("Shaded: left out.")
    if timeline.laps_s:
        parts.append("Ticks at the foot: laps.")
    if float(np.abs([*_ends(judged), *_band(judged)]).max()) > limits.range_pct:
        parts.append(f"The picture ends at {limits.range_pct:g} %; what lies beyond is drawn at its edge.")
    return " ".join(parts)


def _row(name: str, item: SpanIndex, limits: Limits) -> Row:
    if item.index_pct is None or item.low_pct is None or item.high_pct is None:
        return Row(label=name, text=of(item), picture="")
    return Row(label=name, text=of(item), picture=own(whisker(item.low_pct, item.index_pct, item.high_pct, limits)))


def _effect_row(effect: Effect, reach: float) -> Row:
    label, per = explain.effect_label(effect)
    drawn = whisker(effect.low_pct, effect.effect_pct, effect.high_pct, Limits(range_pct=reach))
    return Row(label=label, per=per, text=of_effect(effect), picture=own(drawn))


def _method(estimate: SymmetryEstimate) -> list[str]:
    said = [
        explain.what_it_is(estimate) + " The difference is given in percent of the mean of both legs.",
        explain.memory(estimate),
        explain.interval(estimate),
        explain.adjustment(estimate),
        explain.ordinary_range(estimate),
    ]
    if estimate.metric == "contact_time" and estimate.source == "watch_balance":
        said.insert(4, explain.balance(estimate))
    return said


def _numbers(estimate: SymmetryEstimate) -> list[tuple[str, str]]:
    known = [
        ("difference, adjusted", of(estimate)) if estimate.adjusted_for else ("difference", of(estimate)),
        ("samples", count(estimate.n)),
        ("usable minutes", rounded(estimate.usable_minutes, 1)),
    ]
    if estimate.n_effective is not None:
        known.append(("independent samples (effective n)", count(estimate.n_effective)))
    if estimate.memory_s is not None:
        known.append(("memory", f"{count(estimate.memory_s)} s"))
    return known


def _ends(judged: Judged) -> list[float]:
    """The interval ends of the run, its thirds and its laps."""
    estimate = judged.estimate
    spans = chain(judged.thirds, (lap for _, lap in explain.work_laps(judged.laps)))
    pairs = [(estimate.low_pct, estimate.high_pct), *((span.low_pct, span.high_pct) for span in spans)]
    return [end for pair in pairs for end in pair if end is not None]


def _band(judged: Judged) -> Floats:
    """The edges of the trace's band."""
    if judged.trace is None:
        return np.zeros(0)
    return np.concatenate([judged.trace.low_pct, judged.trace.high_pct])
