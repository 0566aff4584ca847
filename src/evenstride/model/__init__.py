"""The nouns: frozen, keyword-only values, checked once in the constructor, the unit in every physical name."""

from evenstride.model.activity import CHANNELS, Activity, Device, Lap, LegSeries, Loss, Note, Span
from evenstride.model.archive import FileOutcome, Original, Outcome, Recording, StoredRun
from evenstride.model.arrays import Floats
from evenstride.model.finding import EMPHASES, Action, Evidence, EvidenceKind, Finding, Limb
from evenstride.model.legs import Dropped, Effect, LegSamples, SpanIndex, SymmetryEstimate, Trace
from evenstride.model.metric import LEVELS, METRICS, SOURCES, Level, Metric
from evenstride.model.profile import (
    FreeSlot,
    Injury,
    PlannedRun,
    Profile,
    Race,
    Restriction,
    Side,
    SideAnswer,
    SideCheck,
)
from evenstride.model.run import Judged, RunReport, Source, Stretch
from evenstride.model.screen import Assessment, LegChange, LimbComparison, Norm, TestResult
from evenstride.model.season import (
    Alarm,
    Baseline,
    Change,
    ChangePoint,
    Closing,
    Direction,
    Estimated,
    LateInRuns,
    LevelBand,
    Offset,
    RunPoint,
    Season,
    SeasonMetric,
)

__all__ = [
    "CHANNELS", "EMPHASES", "LEVELS", "METRICS", "SOURCES", "Action", "Activity", "Alarm", "Assessment", "Baseline",
    "Change", "ChangePoint", "Closing", "Device", "Direction", "Dropped", "Effect", "Estimated", "Evidence",
    "EvidenceKind", "FileOutcome", "Finding", "Floats", "FreeSlot", "Injury", "Judged", "Lap", "LateInRuns",
    "LegChange", "LegSamples", "LegSeries", "Level", "LevelBand", "Limb", "LimbComparison", "Loss", "Metric", "Norm",
    "Note", "Offset", "Original", "Outcome", "PlannedRun", "Profile", "Race", "Recording", "Restriction", "RunPoint",
    "RunReport", "Season", "SeasonMetric", "Side", "SideAnswer", "SideCheck", "Source", "Span", "SpanIndex",
    "StoredRun", "Stretch", "SymmetryEstimate", "TestResult", "Trace",
]  # fmt: skip
