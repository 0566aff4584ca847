"""Is it real, which leg, and under what conditions?"""

from evenstride.judge.agreement import disagreements
from evenstride.judge.alarm import WeeklyValues, alarms, weekly_values
from evenstride.judge.assessments import assessments
from evenstride.judge.conditions import one_way_turning
from evenstride.judge.finding import FINDING_VERSION, finding
from evenstride.judge.finding_rules import FINDING_RULES, FindingRule
from evenstride.judge.mirror import mirrored, mirrored_estimate, mirrored_judged, mirrored_report
from evenstride.judge.ranges import RANGES, OrdinaryRange
from evenstride.judge.same_run import in_order_of_speaking, is_same_run
from evenstride.judge.screen import PoorerLeg, assessment, check_result, compare_limbs, leg_change, sides
from evenstride.judge.screen_csv import parse_tests_csv
from evenstride.judge.side_check import SIDE_CHECK_STEPS, CheckStep, check_side
from evenstride.judge.smallest import SMALLEST, smallest_change
from evenstride.judge.symmetry import WARMUP, index_pct, judge_run, symmetry_index, too_little
from evenstride.judge.trend import late_in_runs, season_metric

__all__ = [
    "FINDING_RULES",
    "FINDING_VERSION",
    "RANGES",
    "SIDE_CHECK_STEPS",
    "SMALLEST",
    "WARMUP",
    "CheckStep",
    "FindingRule",
    "OrdinaryRange",
    "PoorerLeg",
    "WeeklyValues",
    "alarms",
    "assessment",
    "assessments",
    "check_result",
    "check_side",
    "compare_limbs",
    "disagreements",
    "finding",
    "in_order_of_speaking",
    "index_pct",
    "is_same_run",
    "judge_run",
    "late_in_runs",
    "leg_change",
    "mirrored",
    "mirrored_estimate",
    "mirrored_judged",
    "mirrored_report",
    "one_way_turning",
    "parse_tests_csv",
    "season_metric",
    "sides",
    "smallest_change",
    "symmetry_index",
    "too_little",
    "weekly_values",
]
