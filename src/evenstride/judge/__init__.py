"""Is it real, which leg, and under what conditions?"""

from evenstride.judge.agreement import disagreements
from evenstride.judge.conditions import one_way_turning
from evenstride.judge.ranges import RANGES, OrdinaryRange
from evenstride.judge.symmetry import WARMUP, index_pct, judge_run, symmetry_index, too_little

__all__ = [
    "RANGES",
    "WARMUP",
    "OrdinaryRange",
    "disagreements",
    "index_pct",
    "judge_run",
    "one_way_turning",
    "symmetry_index",
    "too_little",
]
