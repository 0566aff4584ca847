"""The weekly decision with its reasons, what it changes in the plan, and what the runner and the coach say to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from evenstride.model.adjustment import Adjustment
from evenstride.model.exercise import Catalogue, Grade
from evenstride.model.finding import Finding
from evenstride.model.log import DayLog, HeartRateRecovery, Rater, RunLog
from evenstride.model.plan import CalendarRun, Plan, PlannedSession, SessionLog
from evenstride.model.profile import Profile, Side
from evenstride.model.returning import ReturnState
from evenstride.model.run import RunReport
from evenstride.model.screen import LegChange, LimbComparison
from evenstride.model.season import Season
from evenstride.model.today import CueChoice

ReviewOutcome = Literal["progress", "hold", "deload", "regress", "redistribute", "retest", "refer"]
OUTCOMES: tuple[ReviewOutcome, ...] = ("refer", "regress", "retest", "deload", "hold", "redistribute", "progress")
"""In order of precedence, the first one wins."""
RestAction = Literal["stop", "stop_exercise", "regress", "reduce", "hold", "deload", "redistribute", "see_clinician"]


@dataclass(frozen=True, kw_only=True)
class DecisionRule:
    """A row of the decision table: what must hold (``sentence``), what it leads to, why, and how well that is known."""

    id: str
    outcome: ReviewOutcome
    sentence: str
    reason: str
    grade: Grade


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What one rule says in one week: its outcome, reason, evidence, and what would have made it say otherwise."""

    rule: str
    outcome: ReviewOutcome
    reason: str
    evidence: tuple[str, ...] = ()
    would_change_if: tuple[str, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    exercise: str = ""
    side: Side | None = None
    grade: Grade = "convention"


@dataclass(frozen=True, kw_only=True)
class Adherence:
    """How many of the planned sessions were kept, and the share (0–1) with its 95 % interval.

    ``unlogged`` of the planned ones were neither logged as done nor as missed: they count as not kept, and are said.
    ``share`` is None where nothing was planned.
    """

    since: date
    until: date
    planned: int
    kept: int
    unlogged: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class RestStep:
    """One question on the walk through the rest decisions, its answer, and on what it rests."""

    node: str
    question: str
    answer: bool | None
    text: str


@dataclass(frozen=True, kw_only=True)
class RestAdvice:
    """One thing that the walk leads to; ``how_soon`` where a clinician should look at it."""

    action: RestAction
    node: str
    text: str
    how_soon: str = ""
    exercise: str = ""
    side: Side | None = None


@dataclass(frozen=True, kw_only=True)
class RestDecision:
    """One walk through the tree: every question with its answer, and what follows. No advice: nothing speaks against
    going on."""

    day: date
    path: tuple[RestStep, ...]
    advice: tuple[RestAdvice, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What the runner or a coach says to a review: another outcome with a reason, or the same, which approves it."""

    by: Rater
    outcome: ReviewOutcome
    day: date
    why: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Review:
    """The decision on one week (``week`` is its Monday), made on ``day``.

    ``decisions`` are all rules that spoke of the week, the one that won first; ``exercises`` those on single
    exercises. ``adjustments`` is what the plan is asked to change. ``wins`` are gains worth naming. ``opinions`` are
    what runner and coach said to it, oldest first; the last one that differs holds. ``cues`` are for the runs to come.
    """

    week: date
    day: date
    outcome: ReviewOutcome
    decisions: tuple[Decision, ...]
    exercises: tuple[Decision, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    adherence: Adherence | None = None
    rest: RestDecision | None = None
    wins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    applied: bool = False
    cues: tuple[CueChoice, ...] = ()

    @property
    def held(self) -> ReviewOutcome:
        """The outcome that holds: the last opinion's, else the review's own."""
        return self.opinions[-1].outcome if self.opinions else self.outcome

    @property
    def overridden(self) -> bool:
        """Whether somebody decided otherwise."""
        return self.held != self.outcome


@dataclass(frozen=True, kw_only=True)
class ReviewCase:
    """Everything that a weekly review looks at; ``week`` is the Monday of the week that it is about.

    ``planned`` are the sessions of the plans that held, from the beginning of the programme on; ``reviews`` the earlier
    ones, oldest first. ``leg_changes`` compare each leg's tests with its own earlier ones. ``reports`` are the run
    reports of the last eight weeks, by the run's name, with left and right the right way round.
    """

    week: date
    today: date
    profile: Profile
    catalogue: Catalogue
    plan: Plan | None = None
    planned: tuple[PlannedSession, ...] = ()
    calendar: tuple[CalendarRun, ...] = ()
    sessions: tuple[SessionLog, ...] = ()
    runs: tuple[RunLog, ...] = ()
    days: tuple[DayLog, ...] = ()
    season: Season | None = None
    tests: tuple[LimbComparison, ...] = ()
    leg_changes: tuple[LegChange, ...] = ()
    finding: Finding | None = None
    returning: ReturnState | None = None
    recoveries: tuple[HeartRateRecovery, ...] = ()
    reviews: tuple[Review, ...] = ()
    reports: Mapping[str, RunReport] = field(default_factory=dict)
