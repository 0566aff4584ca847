"""Statistics of signals that remember: arrays in, numbers out. Knows no noun of running."""

from evenstride.stats.agreement import (
    IntraclassCorrelation,
    Kappa,
    LimitsOfAgreement,
    cohen_kappa,
    intraclass_correlation,
    limits_of_agreement,
    mdc95,
)
from evenstride.stats.alarm import WATCH, WatchRule, WeeklyTest, first_alarms, weekly_test
from evenstride.stats.change_point import ChangePoints, change_points
from evenstride.stats.grid import SecondGrid, second_grid
from evenstride.stats.local_level import LocalLevelFit, NormalMixture, fit_local_level
from evenstride.stats.mean import Design, Interval, MeanFit, fit_designs, fit_mean
from evenstride.stats.segments import SegmentMeans, segment_means

__all__ = [
    "WATCH", "ChangePoints", "Design", "Interval", "IntraclassCorrelation", "Kappa", "LimitsOfAgreement",
    "LocalLevelFit", "MeanFit", "NormalMixture", "SecondGrid", "SegmentMeans", "WatchRule", "WeeklyTest",
    "change_points", "cohen_kappa", "first_alarms", "fit_designs", "fit_local_level", "fit_mean",
    "intraclass_correlation", "limits_of_agreement", "mdc95", "second_grid", "segment_means", "weekly_test",
]  # fmt: skip
