"""What one run made of blocks tells: attention on one leg in turn, or technique in the last part."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

from evenstride.model import Estimated, Judged, RunLog, RunReport, Side
from evenstride.model.today import BlockEffect
from evenstride.review.late import work_laps
from evenstride.review.sides import other, shown
from evenstride.review.tables import limits
from evenstride.stats.mean import Interval
from evenstride.stats.two_means import mean_interval, t_quantile, turns


def block_effect(report: RunReport, log: RunLog, *, usual: Sequence[RunReport] = ()) -> BlockEffect | None:
    """Tell what the blocks of a run did to the difference between the legs; None where it had none.

    ``usual`` are the runner's other long runs, without technique as their subject. One run is one run: what it shows
    may be chance of that day, and the runner knew what each block was about.
    """
    if log.block == "alternating":
        return alternating_effect(report, log)
    return late_technique_effect(report, log, usual=usual) if log.block == "late_technique" else None


def alternating_effect(report: RunReport, log: RunLog) -> BlockEffect:
    """Compare the work repetitions with the mind on the left leg to those on the right.

    Repetitions take turns, the left leg first unless the log says otherwise. A drift from first to last repetition that
    is steady is taken out; each kind's own mean has a t interval over its repetitions. Needs laps that the file calls
    work, three for each leg.
    """
    least, first = int(limits("blocks")["repetitions_each"]), log.first or "left"
    values = [index for index, _ in work_laps(report.judged[0].laps)] if report.judged else []
    sides: list[Side] = [first if place % 2 == 0 else other(first) for place in range(len(values))]
    none = BlockEffect(
        kind="alternating", run=log.run, n=len(values), first=first,
        text=f"Cannot tell: {len(values)} work repetitions with a value, and {least} for each leg are needed.",
    )  # fmt: skip
    if min(sides.count("left"), sides.count("right")) < least:
        return none
    minded = {side: mean_interval([value for value, one in zip(values, sides, strict=True) if one == side])
              for side in (first, other(first))}  # fmt: skip
    difference = turns(values, [1 if one == "left" else -1 for one in sides])
    ends = sorted((abs(difference.low), abs(difference.high)))
    moved = "it cannot be told whether that moved the difference"
    if not difference.low <= 0.0 <= difference.high:
        word = "smaller" if difference.estimate > 0.0 else "larger"
        moved = (
            f"the value of the leg in mind was {word}, by {abs(difference.estimate):.1f} % ({ends[0]:.1f} to"
            f" {ends[1]:.1f})"
        )
    said = "; ".join(
        f"mind on the {side} leg: {shown(one.estimate, one.low, one.high)}" for side, one in minded.items()
    )
    return BlockEffect(
        kind="alternating", run=log.run, n=len(values), first=first, left_minded=_kept(minded["left"]),
        right_minded=_kept(minded["right"]), difference=_kept(difference),
        text=f"{said}. In {len(values)} repetitions {moved}.",
    )  # fmt: skip


def late_technique_effect(report: RunReport, log: RunLog, *, usual: Sequence[RunReport]) -> BlockEffect:
    """Compare how the gap changed from the first to the last third with how it usually does in this runner's runs.

    The gap is the index towards the side of the usual runs' first thirds. The interval is that of one new run against
    the mean of the usual ones (t, their spread). Needs four usual runs and a first and a last third in each.
    """
    least = int(limits("blocks")["usual_runs"])
    pairs = [pair for one in usual if one is not report and (pair := _thirds(one))]
    here = _thirds(report)
    none = BlockEffect(
        kind="late_technique", run=log.run, n=len(pairs),
        text=f"Cannot tell: {len(pairs)} other runs show how the last third usually goes, and {least} are needed.",
    )  # fmt: skip
    if here is None:
        return BlockEffect(kind="late_technique", run=log.run, n=len(pairs),
                           text="Cannot tell: this run has no first and last third with a value.")  # fmt: skip
    if len(pairs) < least:
        return none
    side = 1.0 if fmean(first for first, _ in pairs) >= 0.0 else -1.0
    changes = [side * (last - first) for first, last in pairs]
    difference = side * (here[1] - here[0]) - fmean(changes)
    half = t_quantile(0.975, len(changes) - 1.0) * stdev(changes) * sqrt(1.0 + 1.0 / len(changes))
    low, high = difference - half, difference + half
    word = "less" if high < 0.0 else "more" if low > 0.0 else "no more and no less, as far as can be told,"
    text = (
        f"From the first to the last third the gap grew {word} than usual: {difference:.1f} % ({low:.1f} to"
        f" {high:.1f}), against {len(changes)} other runs."
    )
    return BlockEffect(
        kind="late_technique", run=log.run, n=len(pairs), text=text,
        difference=Estimated(value=difference, low=low, high=high),
    )  # fmt: skip


def _thirds(report: RunReport) -> tuple[float, float] | None:
    """The index of the first and the last third."""
    judged: Judged | None = report.judged[0] if report.judged else None
    if judged is None or len(judged.thirds) < 2:
        return None
    first, last = judged.thirds[0].index_pct, judged.thirds[-1].index_pct
    return None if first is None or last is None else (first, last)


def _kept(one: Interval) -> Estimated:
    return Estimated(value=one.estimate, low=one.low, high=one.high)
