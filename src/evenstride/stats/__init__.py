"""Statistics of signals that remember: arrays in, numbers out. Knows no noun of running.

What one run needs stands here; levels, alarms, change points and agreement are imported by their own names.
"""

from evenstride.stats.grid import SecondGrid, second_grid
from evenstride.stats.mean import Design, Interval, MeanFit, fit_designs, fit_mean
from evenstride.stats.segments import SegmentMeans, segment_means

__all__ = [
    "Design", "Interval", "MeanFit", "SecondGrid", "SegmentMeans", "fit_designs", "fit_mean", "second_grid",
    "segment_means",
]  # fmt: skip
