"""What stands behind a season in sentences: the same side again, legs that come closer, what happens late in runs."""

from collections.abc import Mapping, Sequence

from evenstride.model import METRICS, Direction, LateInRuns, SeasonMetric
from evenstride.report.numbers import day_words, holds_zero, interval_decimals, rounded, sided, unsided
from evenstride.report.season_news import change_point_words
from evenstride.report.season_words import (
    adjusted_words,
    chance,
    noise_words,
    offset_words,
)
from evenstride.report.target_words import why_words
from evenstride.report.words import source_words

KAPPA_PAIRS_MIN = 20
"""With fewer pairs of runs the interval of the agreement beyond chance is too narrow (docs/methods/direction.md)."""

KIND_WORDS: Mapping[str, str] = {"long": "long runs", "quality": "fast runs", "other": "other runs"}


def metric_facts(metric: SeasonMetric) -> list[tuple[str, str]]:
    """Return everything said about one metric beside its level and change, as pairs of label and text."""
    rows = [("alarm", f"⚑ {day_words(alarm.day)}: {alarm.text}") for alarm in metric.alarms]
    when = change_point_words(metric.change_point) if metric.change_point else ""
    if when and not any(when in text for _, text in rows):
        rows.append(("changed", when))
    if metric.direction:
        rows.append(("same side", direction_words(metric.direction)))
    rows += [
        (label, said)
        for label, said in (
            ("closing", closing_words(metric)),
            ("your range", why_words(metric.target) if metric.target else ""),
            ("run to run", noise_words(metric)),
            ("given at", adjusted_words(metric)),
        )
        if said
    ]  # fmt: skip
    rows += [("other" if place == 0 else "", offset_words(metric, one)) for place, one in enumerate(metric.offsets)]
    return rows


def direction_words(direction: Direction) -> str:
    """Return how often the runs point to one side.

    >>> direction_words(Direction(side="right", same_side_share=0.875, share_low=0.7, share_high=0.96, n=24,
    ...                           kappa=0.75, low=0.44, high=1.0))
    '21 of 24 runs to the right: 88 % (70 to 96); agreement beyond chance 0.75 (0.44 to 1.00)'
    """
    runs = round(direction.same_side_share * direction.n)
    agree = agreement_words(direction, pairs=direction.n - 1)
    return f"{runs} of {direction.n} runs to the {direction.side}: {share_words(direction)}{agree and '; '}{agree}"


def share_words(direction: Direction) -> str:
    """Return the share of what points to one side, with its interval."""
    share, low, high = (
        f"{100.0 * part:.0f}" for part in (direction.same_side_share, direction.share_low, direction.share_high)
    )
    return f"{share} % ({low} to {high})"


def agreement_words(direction: Direction, *, pairs: int) -> str:
    """Return how far successive ones agree beyond chance, with its interval; nothing with too few pairs to tell."""
    kappa, low, high = direction.kappa, direction.low, direction.high
    if kappa is None or low is None or high is None or pairs < KAPPA_PAIRS_MIN:
        return ""
    return f"agreement beyond chance {kappa:.2f} ({low:.2f} to {high:.2f})".replace("-", "−")


def late_facts(late: Sequence[LateInRuns]) -> list[str]:
    """Return a sentence for each kind of run; the source is named where several measured one metric."""
    sources: dict[str, set[str]] = {}
    for one in late:
        sources.setdefault(one.metric, set()).add(one.source)
    return [late_words(one, name_source=len(sources[one.metric]) > 1) for one in late]


def late_words(late: LateInRuns, *, name_source: bool = False) -> str:
    """Return whether the difference between the legs grows as runs go on.

    >>> from evenstride.report.example_season import example_season
    >>> print(late_words(example_season().late[0]))
    in 5 long runs contact time moved towards the right by 0.30 % (0.05 to 0.55) every 10 minutes; more difference late
    than early: very likely (98 %)
    """
    label = METRICS[late.metric].label if late.metric in METRICS else late.metric.replace("_", " ")
    by = f" by {source_words(late.source)}" if name_source else ""
    runs = KIND_WORDS[late.kind] if late.n_runs != 1 else KIND_WORDS[late.kind].removesuffix("s")
    told = f"in {late.n_runs} {runs} {label}{by}"
    if holds_zero(late.low, late.high):
        told += f" did not move beyond noise: {sided(late.value, late.low, late.high)} every 10 minutes"
        if late.grows is None:
            return told
    else:
        side = "right" if late.value > 0 else "left"
        told += f" moved towards the {side} by {unsided(late.value, late.low, late.high)} every 10 minutes"
    if late.grows is None:
        return f"{told}; your legs differ too little to call that more difference or less"
    return f"{told}; more difference late than early: {chance(late.grows)}"


def closing_words(metric: SeasonMetric) -> str:
    """Return whether the legs come closer, as a probability; nothing where it was not asked."""
    closing = metric.closing
    if closing is None:
        return ""
    gap, weeks = closing.gap, f"{closing.weeks:.0f} weeks"
    if holds_zero(gap.low, gap.high):
        places = interval_decimals(gap.low, gap.high)
        way = "closer" if gap.value >= 0 else "further apart"
        ends = f"{rounded(-gap.low, places)} further apart to {rounded(gap.high, places)} closer"
        said = f"in {weeks} your legs came {rounded(abs(gap.value), places)} % {way} ({ends})"
    else:
        way = "came closer" if gap.value > 0 else "drew apart"
        said = f"in {weeks} your legs {way} by {unsided(gap.value, gap.low, gap.high)}"
    said += (
        f". Closer at all: {chance(closing.probability_closing)}; by {closing.worthwhile:.2g} % or more, which would"
    )
    said += f" be worth having: {chance(1.0 - closing.probability_stagnating)}"
    return f"{said}; that much is ruled out" if closing.excludes_worthwhile else said
