"""The nouns: frozen, keyword-only values, checked once in the constructor, the unit in every physical name."""

from evenstride.model.activity import CHANNELS, Activity, Device, Lap, LegSeries, Loss, Note, Span
from evenstride.model.arrays import Floats
from evenstride.model.legs import Dropped, Effect, LegSamples, SpanIndex, SymmetryEstimate, Trace
from evenstride.model.metric import METRICS, SOURCES, Metric
from evenstride.model.run import Judged, RunReport, Source

__all__ = [
    "CHANNELS", "METRICS", "SOURCES", "Activity", "Device", "Dropped", "Effect", "Floats", "Judged", "Lap",
    "LegSamples", "LegSeries", "Loss", "Metric", "Note", "RunReport", "Source", "Span", "SpanIndex", "SymmetryEstimate",
    "Trace",
]  # fmt: skip
