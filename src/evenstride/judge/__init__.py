"""Is it real, which leg, and under what conditions?

What one run needs stands here; a season's rooms (trend, alarm, screen, finding …) are imported by their own names, so
that a single run does not wait for them.
"""

from evenstride.judge.agreement import disagreements
from evenstride.judge.conditions import one_way_turning
from evenstride.judge.ranges import RANGES, OrdinaryRange
from evenstride.judge.symmetry import index_pct, judge_run, symmetry_index, too_little

__all__ = [
    "RANGES", "OrdinaryRange", "disagreements", "index_pct", "judge_run", "one_way_turning",
    "symmetry_index", "too_little",
]  # fmt: skip
