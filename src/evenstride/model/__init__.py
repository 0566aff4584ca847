"""The nouns: frozen, keyword-only values, checked once in the constructor, the unit in every physical name."""

from evenstride.model.activity import CHANNELS, Activity, Device, Lap, LegSeries, Loss, Note, Span
from evenstride.model.archive import FileOutcome, Original, Outcome, Recording, StoredRun
from evenstride.model.arrays import Floats
from evenstride.model.calendar import CalendarChange, CalendarEntry, DayRuns, RunCalendar
from evenstride.model.exercise import (
    Catalogue,
    Cue,
    Dose,
    Exercise,
    GateItem,
    MobilityStyle,
    Phase,
    Prescription,
    Rule,
    SessionType,
)
from evenstride.model.finding import EMPHASES, Action, Evidence, EvidenceKind, Finding, Limb
from evenstride.model.legs import Dropped, Effect, LegSamples, SpanIndex, SymmetryEstimate, Trace
from evenstride.model.metric import LEVELS, METRICS, SOURCES, Level, Metric
from evenstride.model.plan import (
    Because,
    BrokenRule,
    CalendarRun,
    ExerciseLog,
    GivenUp,
    MobilityContent,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanRequest,
    PlanWeek,
    Reassessment,
    ReturnStage,
    SessionLog,
    SolverStatus,
)
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
    Target,
)
from evenstride.model.returning import (
    Locker,
    RedFlag,
    ReturnCheck,
    ReturnDecision,
    ReturnDemands,
    ReturnEntry,
    ReturnEvent,
    ReturnEvidence,
    ReturnLock,
    ReturnLog,
    ReturnOutcome,
    ReturnSession,
    ReturnState,
    ReturnStep,
    ReturnTransition,
    StageOfReturn,
    StanceHold,
    StrengthBeside,
    StrideEvenness,
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
from evenstride.model.target import TargetRange, TargetReview, TargetStatus

__all__ = [
    "CHANNELS", "EMPHASES", "LEVELS", "METRICS", "SOURCES", "Action", "Activity", "Alarm", "Assessment", "Baseline",
    "Because", "BrokenRule", "CalendarChange", "CalendarEntry", "CalendarRun", "Catalogue", "Change", "ChangePoint",
    "Closing", "Cue", "DayRuns", "Device", "Direction", "Dose", "Dropped", "Effect", "Estimated", "Evidence",
    "EvidenceKind", "Exercise", "ExerciseLog", "FileOutcome", "Finding", "Floats", "FreeSlot", "GateItem", "GivenUp",
    "Injury", "Judged", "Lap", "LateInRuns", "LegChange", "LegSamples", "LegSeries", "Level", "LevelBand", "Limb",
    "LimbComparison", "Locker", "Loss", "Metric", "MobilityContent", "MobilityStyle", "Norm", "Note", "Offset",
    "Original", "Outcome", "Phase", "Plan", "PlanRequest", "PlanWeek", "PlannedExercise", "PlannedRun",
    "PlannedSession", "Prescription", "Profile", "Race", "Reassessment", "Recording", "RedFlag", "Restriction",
    "ReturnCheck", "ReturnDecision", "ReturnDemands", "ReturnEntry", "ReturnEvent", "ReturnEvidence", "ReturnLock",
    "ReturnLog", "ReturnOutcome", "ReturnSession", "ReturnStage", "ReturnState", "ReturnStep", "ReturnTransition",
    "Rule", "RunCalendar", "RunPoint", "RunReport", "Season", "SeasonMetric", "SessionLog", "SessionType", "Side",
    "SideAnswer", "SideCheck", "SolverStatus", "Source", "Span", "SpanIndex", "StageOfReturn", "StanceHold",
    "StoredRun", "StrengthBeside", "Stretch", "StrideEvenness", "SymmetryEstimate", "Target", "TargetRange",
    "TargetReview", "TargetStatus", "TestResult", "Trace",
]  # fmt: skip
