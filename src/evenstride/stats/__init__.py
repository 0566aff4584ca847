"""Statistics of signals that remember: arrays in, numbers out. Knows no noun of running."""

from evenstride.stats.grid import SecondGrid, second_grid
from evenstride.stats.mean import Interval, MeanFit, fit_mean
from evenstride.stats.segments import SegmentMeans, segment_means

__all__ = ["Interval", "MeanFit", "SecondGrid", "SegmentMeans", "fit_mean", "second_grid", "segment_means"]
