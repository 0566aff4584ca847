"""The nouns: frozen, keyword-only values, checked once in the constructor, the unit in every physical name."""

from evenstride.model.activity import CHANNELS, Activity, Device, Lap, LegSeries, Loss, Note, Span
from evenstride.model.adjustment import Adjustment, AdjustmentKind, SessionTemplate
from evenstride.model.archive import FileOutcome, FileTold, Original, Outcome, Recording, StoredRun
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
from evenstride.model.feeling import FeelingAnswer, FeelingMatch, FeelingPair, FeelingVerdict
from evenstride.model.finding import EMPHASES, Action, Evidence, EvidenceKind, Finding, Limb
from evenstride.model.legs import Dropped, Effect, LegSamples, SpanIndex, SymmetryEstimate, Trace
from evenstride.model.log import (
    ITEM_MAX,
    ChecklistItem,
    DayLog,
    Felt,
    HeartRateRecovery,
    Rater,
    RunBlock,
    RunLog,
    Stiffness,
    told_again,
)
from evenstride.model.metric import LEVELS, METRICS, SOURCES, Level, Metric
from evenstride.model.movement import KeyFrame, Movement, Posture, Prop
from evenstride.model.pain import Pain, PainKind
from evenstride.model.periods import Period, PeriodComparison, PeriodLevel
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
    ProgressionState,
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
from evenstride.model.review import (
    OUTCOMES,
    Adherence,
    Decision,
    DecisionRule,
    Opinion,
    RestAction,
    RestAdvice,
    RestDecision,
    RestStep,
    Review,
    ReviewCase,
    ReviewOutcome,
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
from evenstride.model.today import BlockEffect, CueChoice, CueEffect, CuePoint, CueStage, DayTarget, Today
from evenstride.model.trial import Trial, TrialAnswer, TrialPeriod, TrialPoint, TrialUnit, TrialVerdict

__all__ = [
    "CHANNELS", "EMPHASES", "ITEM_MAX", "LEVELS", "METRICS", "OUTCOMES", "SOURCES", "Action", "Activity", "Adherence",
    "Adjustment", "AdjustmentKind", "Alarm", "Assessment", "Baseline", "Because", "BlockEffect", "BrokenRule",
    "CalendarChange", "CalendarEntry", "CalendarRun", "Catalogue", "Change", "ChangePoint", "ChecklistItem",
    "Closing", "Cue", "CueChoice", "CueEffect", "CuePoint", "CueStage", "DayLog", "DayRuns", "DayTarget", "Decision",
    "DecisionRule", "Device", "Direction", "Dose", "Dropped", "Effect", "Estimated", "Evidence", "EvidenceKind",
    "Exercise", "ExerciseLog", "FeelingAnswer", "FeelingMatch", "FeelingPair", "FeelingVerdict", "Felt",
    "FileOutcome", "FileTold", "Finding", "Floats", "FreeSlot", "GateItem", "GivenUp", "HeartRateRecovery", "Injury",
    "Judged", "KeyFrame", "Lap", "LateInRuns", "LegChange", "LegSamples", "LegSeries", "Level", "LevelBand", "Limb",
    "LimbComparison", "Locker", "Loss", "Metric", "MobilityContent", "MobilityStyle", "Movement", "Norm", "Note",
    "Offset", "Opinion", "Original", "Outcome", "Pain", "PainKind", "Period", "PeriodComparison", "PeriodLevel",
    "Phase", "Plan", "PlanRequest", "PlanWeek", "PlannedExercise", "PlannedRun", "PlannedSession", "Posture",
    "Prescription", "Profile", "ProgressionState", "Prop", "Race", "Rater", "Reassessment", "Recording", "RedFlag",
    "RestAction", "RestAdvice", "RestDecision", "RestStep", "Restriction", "ReturnCheck", "ReturnDecision",
    "ReturnDemands", "ReturnEntry", "ReturnEvent", "ReturnEvidence", "ReturnLock", "ReturnLog", "ReturnOutcome",
    "ReturnSession", "ReturnStage", "ReturnState", "ReturnStep", "ReturnTransition", "Review", "ReviewCase",
    "ReviewOutcome", "Rule", "RunBlock", "RunCalendar", "RunLog", "RunPoint", "RunReport", "Season", "SeasonMetric",
    "SessionLog", "SessionTemplate", "SessionType", "Side", "SideAnswer", "SideCheck", "SolverStatus", "Source",
    "Span", "SpanIndex", "StageOfReturn", "StanceHold", "Stiffness", "StoredRun", "StrengthBeside", "Stretch",
    "StrideEvenness", "SymmetryEstimate", "Target", "TargetRange", "TargetReview", "TargetStatus", "TestResult",
    "Today", "Trace", "Trial", "TrialAnswer", "TrialPeriod", "TrialPoint", "TrialUnit", "TrialVerdict", "told_again",
]  # fmt: skip
