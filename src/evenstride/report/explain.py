"""What stands behind the numbers, said to a runner: how sure, compared with what, what is not claimed."""

from collections.abc import Mapping, Sequence

from evenstride.judge import RANGES
from evenstride.model import METRICS, Dropped, Effect, SpanIndex, SymmetryEstimate
from evenstride.report.numbers import bare, clock, count, level, of, rounded

CONDITIONS: Mapping[str, tuple[str, str]] = {
    "speed": ("faster", "per 1 m/s"),
    "grade": ("uphill", "per 1 % of slope"),
    "elapsed": ("later in the run", "per 10 minutes"),
    "turn": ("turning left", "per 1° a second"),
    "warmup": ("not yet warm", "at the start"),
}
"""Condition → what more of it is, and the step in which its effect is given."""

ADJUSTED: Mapping[str, str] = {
    "speed": "at your middle speed",
    "grade": "on the flat",
    "turn": "straight ahead",
    "elapsed": "halfway through",
    "warmup": "once warm",
}
"""Condition → where the index is given once the condition is taken out."""

REASONS: Mapping[str, str] = {
    "paused": "timer paused",
    "not_recorded": "not recorded",
    "standing": "standing",
    "walking": "walking",
    "missing": "no left and right from the sensor",
    "implausible": "values that no runner has",
    "warmup": "warming up",
}
"""Why time is left out, in a few words."""

NOT_CLAIMED = (
    "What this does not say: that a difference causes injury, or that removing one prevents injury or saves energy."
    " Among 836 runners followed for six months, more asymmetry did not go with more injuries; studies of energy"
    " disagree."
)
NOT_CLAIMED_SOURCES = (
    "Malisoux 2024 (BMJ Open SEM 10:e001787); Beck 2018 (10.1007/s00421-018-3939-3);"
    " Seminati 2013 (10.1371/journal.pone.0074134)"
)

WAYS_TO_SIDES = (
    (
        "A chest strap or a pod that measures running dynamics",
        "paired with a watch that records ground contact balance.",
    ),
    ("A pod on each shoe", "which measures both feet directly."),
    ("Tests per side", "such as single-leg calf raises or hops: evenstride screen protocol says how each is done."),
    ("Motion sensors or video", "of a few minutes of steady running."),
)
"""How a runner gets left and right: what, and a few words about it."""


def memory(estimate: SymmetryEstimate) -> str:
    """Return what n, effective n and memory mean.

    >>> from evenstride.report.example import example_estimate
    >>> print(memory(example_estimate(n=900, n_effective=41.0, memory_s=11.4)))
    Your 900 samples told as much as 41 independent ones, because neighbours resemble each other for about 11 seconds.
    """
    if estimate.n_effective is None:
        return f"{count(estimate.n)} samples of both legs."
    because = (
        f", because neighbours resemble each other for about {count(estimate.memory_s)} seconds"
        if estimate.memory_s is not None
        else ""
    )
    return f"Your {count(estimate.n)} samples told as much as {count(estimate.n_effective)} independent ones{because}."


def interval(estimate: SymmetryEstimate) -> str:
    """Return what the numbers in brackets are."""
    share = f"{100 * estimate.confidence:g}"
    return (
        f"The numbers in brackets are a {share} % interval: of 100 runs judged like this one, the true difference"
        f" of the run lies within in about {share}."
    )


def adjustment(estimate: SymmetryEstimate) -> str:
    """Return how the judged index differs from the plain mean.

    >>> from evenstride.report.example import example_estimate
    >>> print(adjustment(example_estimate(adjusted_for=("speed", "grade"), raw_index_pct=-2.4)))
    Judged as it would be at your middle speed, on the flat: left +1.9 % (1.0 to 2.8). The plain mean of all samples
    is left +2.4 %.
    """
    raw = bare(estimate.raw_index_pct, estimate)
    if not estimate.adjusted_for:
        return f"The plain mean of all samples: {raw}; no condition was known well enough to take out."
    where = ", ".join(ADJUSTED.get(name, name.replace("_", " ")) for name in map(_condition, estimate.adjusted_for))
    return f"Judged as it would be {where}: {of(estimate)}. The plain mean of all samples is {raw}."


def balance(estimate: SymmetryEstimate) -> str:
    """Return the plain mean as the watch shows it: the left leg's share of contact time.

    >>> from evenstride.report.example import example_estimate
    >>> balance(example_estimate(raw_index_pct=-2.0))
    'A watch shows this mean as a balance of 50.5 % left, 49.5 % right; one point there is four percent here.'
    """
    left = 50.0 - estimate.raw_index_pct / 4.0
    return (
        f"A watch shows this mean as a balance of {rounded(left, 1)} % left, {rounded(100.0 - left, 1)} % right;"
        " one point there is four percent here."
    )


def legs(estimate: SymmetryEstimate) -> tuple[str, str]:
    """Return the left and the right leg's own level."""
    return level(estimate.left, estimate.level_unit), level(estimate.right, estimate.level_unit)


def ordinary_range(estimate: SymmetryEstimate) -> str:
    """Return what is ordinary for this metric, with its evidence grade.

    >>> from evenstride.report.example import example_estimate
    >>> ordinary_range(example_estimate())
    'Healthy runners typically differ by up to 2.5 %; beyond 4 % is unusual. Evidence: fair.'
    """
    said = f"Evidence: {grade(estimate)}."
    if estimate.threshold_pct is None:
        return f"10–30 % between healthy legs is ordinary here, so no line is drawn. {said}"
    unusual = f"eyond {estimate.threshold_pct:g} % is unusual. {said}"
    if estimate.typical_pct is None:
        return f"B{unusual}"
    return f"Healthy runners typically differ by up to {estimate.typical_pct:g} %; b{unusual}"


def grade(estimate: SymmetryEstimate) -> str:
    """Return how good the evidence for the ordinary range is: strong, fair, weak or convention."""
    return RANGES[estimate.metric].grade


def evidence(estimate: SymmetryEstimate) -> str:
    """Return the publications behind what is called ordinary."""
    return RANGES[estimate.metric].source


def what_it_is(estimate: SymmetryEstimate) -> str:
    """Return what the metric measures, as a sentence."""
    metric = METRICS[estimate.metric]
    return f"{metric.label.capitalize()} is {metric.sentence}."


def effect_label(effect: Effect) -> tuple[str, str]:
    """Return what more of a condition is, and the step in which its effect is given.

    >>> effect_label(Effect(metric="contact_time", source="watch_balance", condition="speed", per="m/s",
    ...                     effect_pct=0.1, low_pct=-0.4, high_pct=0.6))
    ('faster', 'per 1 m/s')
    """
    name = _condition(effect.condition)
    return CONDITIONS.get(name, (name.replace("_", " "), f"per {effect.per}"))


def left_out(dropped: Sequence[Dropped]) -> tuple[tuple[str, str], ...]:
    """Return why time was left out and how much, with its place in the run where that is short to say.

    >>> left_out([Dropped(reason="walking", seconds=244.0, spans=((720.0, 964.0),))])
    (('walking', '4:04 (from 12:00 to 16:04)'),)
    """
    return tuple((reason_words(one.reason), clock(one.seconds) + _places(one.spans)) for one in dropped)


def reason_words(reason: str) -> str:
    """Return a reason for leaving time out in a few words."""
    return REASONS.get(reason, reason.replace("_", " "))


REST_KINDS = frozenset({"rest", "recovery", "warmup", "cooldown"})


def work_laps(laps: Sequence[SpanIndex]) -> tuple[tuple[str, SpanIndex], ...]:
    """Return the laps that can be compared, each with its name: repetitions where the runner rested, else laps.

    >>> lap = lambda start_s, kind: SpanIndex(start_s=start_s, end_s=start_s + 60, kind=kind, index_pct=0.0,
    ...                                       low_pct=-1.0, high_pct=1.0)
    >>> [name for name, _ in work_laps([lap(0, "warmup"), lap(60, "active"), lap(120, "rest"), lap(180, "active")])]
    ['repetition 1', 'repetition 2']
    """
    work = [lap for lap in laps if lap.kind not in REST_KINDS]
    if len(work) < 2:
        return ()
    word = "repetition" if any(lap.kind in ("rest", "recovery") for lap in laps) else "lap"
    return tuple((f"{word} {number}", lap) for number, lap in enumerate(work, start=1))


def _condition(name: str) -> str:
    return name.split("_")[0]


def _places(spans: Sequence[tuple[float, float]]) -> str:
    if not 1 <= len(spans) <= 3:
        return f" in {count(len(spans))} stretches" if spans else ""
    return f" (from {', '.join(f'{clock(start)} to {clock(end)}' for start, end in spans)})"
