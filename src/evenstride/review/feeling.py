"""Does what a runner feels go with what was measured? (docs/methods/feeling.md)"""

from collections.abc import Iterable, Sequence

from evenstride.model import (
    ITEM_MAX,
    METRICS,
    FeelingAnswer,
    FeelingMatch,
    FeelingPair,
    FeelingVerdict,
    Metric,
    RunLog,
    RunPoint,
)
from evenstride.stats.ranks import spearman

FEWEST_RUNS = 8
"""Under so many runs nobody is told anything (our own convention)."""
TRACKS_FROM = 0.3
"""A correlation from here on is worth steering by (our own convention; Cohen 1988 calls it medium)."""
_OPPOSITE = {"longer": "shorter", "larger": "smaller"}


def feeling_pairs(logs: Iterable[RunLog], points: Iterable[RunPoint], *, item: str) -> tuple[FeelingPair, ...]:
    """Lay the runner's own words beside the index of the same run, in order of time.

    Parameters
    ----------
    logs
        What was said of runs; a coach's ratings, and runs without a measured index, are passed over. Of several of
        one run the first counts: a later one may know the numbers.
    points
        The runs' indices of one metric and source.
    item
        The checklist item "effort left against right": 4 (as wished) to 0.

    Examples
    --------
    >>> from datetime import UTC, date, datetime
    >>> log = RunLog(day=date(2026, 5, 4), run="a", items={"effort": 1}, harder="left")
    >>> point = RunPoint(run="a", start=datetime(2026, 5, 4, 7, tzinfo=UTC), value=-2.1)
    >>> feeling_pairs([log], [point], item="effort")[0].signed
    -3.0
    """
    said: dict[str, RunLog] = {}
    for log in logs:
        if log.by == "runner" and log.run:
            said.setdefault(log.run, log)
    ordered = sorted(points, key=lambda point: (point.start, point.run))
    return tuple(_pair(said[point.run], point, item) for point in ordered if point.run in said)


def feeling_against_measurement(pairs: Sequence[FeelingPair], *, metric: str, source: str = "") -> FeelingAnswer:
    """Say whether the runner's feeling of how the legs differ tracks the measured index.

    Parameters
    ----------
    pairs
        One per run. Runs that were rated after their numbers were shown do not count.
    metric
        What the index is of, by its name in ``METRICS``.

    Returns
    -------
    *tracks*: the rank correlation is at least 0.3 and its whole 95 % interval above 0. *does_not*: the whole interval
    is below 0.3. *too_early*: fewer than eight runs with a side, or an interval that holds both.

    Notes
    -----
    Works for a runner who says in each run, before seeing numbers, which leg worked harder. Correlation is about
    *changes from run to run*: a runner who is always right about a side that never changes has none. An index that is
    itself unsure (a short run) makes the correlation smaller than it is. Which of the two is right it cannot tell.

    Examples
    --------
    >>> from datetime import date
    >>> felt = ("left", "even", "right", "right", "even", "left", "right", "left", "right", "even")
    >>> index = (-1.2, 0.4, 2.9, 1.8, 0.2, -2.0, 3.1, -0.1, 2.2, 0.9)
    >>> pairs = [FeelingPair(run=str(i), day=date(2026, 5, 1 + i), harder=leg, index=value)
    ...          for i, (leg, value) in enumerate(zip(felt, index))]
    >>> answer = feeling_against_measurement(pairs, metric="contact_time")
    >>> answer.verdict, round(answer.signed.value, 2)
    ('tracks', 0.94)
    """
    counted = [pair for pair in pairs if pair.before_numbers is not False]
    sided = [(pair.signed, pair.index) for pair in counted if pair.signed is not None]
    uneven = [(float(pair.uneven_0_4), abs(pair.index)) for pair in counted if pair.uneven_0_4 is not None]
    score = [(100.0 - pair.score_0_100, abs(pair.index)) for pair in counted if pair.score_0_100 is not None]
    signed, missing = _match(sided), _missing(sided)
    verdict = _verdict(signed)
    if verdict == "too_early" and missing is None:
        missing = "more runs: so far the interval holds both a feeling that tracks the data and one that does not"
    seen = len(pairs) - len(counted)
    return FeelingAnswer(
        metric=metric, source=source, verdict=verdict, n_runs=len(sided), signed=signed, uneven=_match(uneven),
        score=_match(score), seen=seen, waiting_for=missing,
        text=_text(verdict, signed, missing, METRICS[metric]) + _left_out(seen),
    )  # fmt: skip


def _pair(log: RunLog, point: RunPoint, item: str) -> FeelingPair:
    rated = log.items.get(item)
    return FeelingPair(
        run=point.run, day=log.day, index=point.value, low=point.low, high=point.high, harder=log.harder,
        uneven_0_4=None if rated is None else ITEM_MAX - rated, before_numbers=log.before_numbers,
    )  # fmt: skip


def _missing(pairs: Sequence[tuple[float, float]]) -> str | None:
    if len(pairs) < FEWEST_RUNS:
        return f"{FEWEST_RUNS - len(pairs)} more runs in which you say, before the numbers, which leg worked harder"
    return "runs that feel different from one another" if len({felt for felt, _ in pairs}) == 1 else None


def _match(pairs: Sequence[tuple[float, float]]) -> FeelingMatch | None:
    if len(pairs) < FEWEST_RUNS or any(len(set(series)) == 1 for series in zip(*pairs, strict=True)):
        return None
    found = spearman([felt for felt, _ in pairs], [measured for _, measured in pairs])
    return FeelingMatch(value=found.rho, low=found.low, high=found.high, n=found.n)


def _verdict(signed: FeelingMatch | None) -> FeelingVerdict:
    if signed is None:
        return "too_early"
    if signed.low > 0.0 and signed.value >= TRACKS_FROM:
        return "tracks"
    return "does_not" if signed.high < TRACKS_FROM else "too_early"


def _text(verdict: FeelingVerdict, signed: FeelingMatch | None, missing: str | None, metric: Metric) -> str:
    if signed is None:
        return f"Too early to say whether your feeling tracks the data; wanted: {missing}."
    numbers = f"rank correlation {_ends(signed)}, {signed.n} runs"
    if verdict == "too_early":
        return f"Too early to say whether your feeling tracks the data ({numbers})."
    if verdict == "tracks":
        return (
            f"Your feeling tracks the data: the more you feel one leg work harder, the {metric.word} its"
            f" {metric.label} against the other's ({numbers})."
        )
    if signed.high < 0.0:
        return (
            "Your feeling goes the other way round: the more you feel one leg work harder, the"
            f" {_OPPOSITE[metric.word]} its {metric.label} against the other's ({numbers})."
        )
    return f"Your feeling does not track the data: it tells little of {metric.label} ({numbers})."


def _ends(match: FeelingMatch) -> str:
    return f"{match.value:.2f}, 95 % interval {match.low:.2f} to {match.high:.2f}".replace("-", "−")


def _left_out(seen: int) -> str:
    if not seen:
        return ""
    who = "1 run, rated after its numbers were shown, is" if seen == 1 else f"{seen} runs, rated after their numbers"
    return f" {who} left out." if seen == 1 else f" {who} were shown, are left out."
