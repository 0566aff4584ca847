"""Activity → LegSamples: gates with their reasons, conditions, levels of both legs.

A metric that can be judged is a row of :data:`PLAUSIBLE`; a quantity kept in an activity without a row here (foot
strike, pronation) is not a ratio and waits for a judgement of its own.
"""

from evenstride.measure.metrics.legs import PLAUSIBLE, leg_samples
from evenstride.measure.metrics.levels import stretch_levels, summary_levels
from evenstride.measure.metrics.running import running_time
from evenstride.measure.metrics.sport import is_said_to_run, looks_like_running
from evenstride.measure.metrics.strides import stride_results

__all__ = [
    "PLAUSIBLE",
    "is_said_to_run",
    "leg_samples",
    "looks_like_running",
    "running_time",
    "stretch_levels",
    "stride_results",
    "summary_levels",
]
