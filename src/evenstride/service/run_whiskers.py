"""The small picture beside each run of the list: where its difference lies, left of the line or right of it."""

from evenstride.model import SymmetryEstimate
from evenstride.report.charts import Limits, index_range, whisker
from evenstride.report.render import own
from evenstride.service.run_list import RunLine, RunsFound


def list_limits(found: RunsFound) -> Limits:
    """Return one axis for all runs of a page, so that they compare."""
    firsts = [line.first for month in found.months for line in month.runs if line.first is not None]
    ends = [end for one in firsts for end in (one.low_pct, one.high_pct) if end is not None]
    threshold = next((one.threshold_pct for one in firsts if one.threshold_pct is not None), None)
    return Limits(range_pct=min(index_range(ends, threshold), 15.0), threshold_pct=threshold)


def line_whisker(line: RunLine, limits: Limits) -> str:
    """Return the picture of one run; empty where there is no interval."""
    return estimate_whisker(line.first, limits) if line.first is not None else ""


def one_limits(estimate: SymmetryEstimate) -> Limits:
    """Return the axis of one estimate that stands by itself."""
    ends = [end for end in (estimate.low_pct, estimate.high_pct) if end is not None]
    return Limits(range_pct=index_range(ends, estimate.threshold_pct), threshold_pct=estimate.threshold_pct)


def estimate_whisker(estimate: SymmetryEstimate, limits: Limits) -> str:
    """Return the picture of one estimate; empty where it has no interval."""
    if estimate.low_pct is None or estimate.high_pct is None:
        return ""
    return own(whisker(estimate.low_pct, estimate.index_pct, estimate.high_pct, limits))
