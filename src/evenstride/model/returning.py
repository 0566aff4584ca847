"""Returning to running after an injury: stages, sessions, what they felt like, and where the runner stands."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from evenstride.model.plan import Because, ReturnStage
from evenstride.model.profile import RunKind, Side
from evenstride.model.screen import LimbComparison

ReturnOutcome = Literal["go_on", "stay", "step_back", "next", "locked", "refer"]
"""``go_on``: the same step again, all is well; ``next``: the next step or stage, or the end; ``stay``: held here."""
ReturnEvent = Literal["start", "next", "step_back", "refer", "lock", "release"]
Locker = Literal["runner", "clinician"]
RedFlag = Literal[
    "night_pain", "resting_bone_pain", "focal_bone_tenderness", "swelling", "numbness", "giving_way", "fever"
]
"""What belongs to a clinician and not to a programme."""
Piece = Literal["", "strides", "tempo", "intervals"]


@dataclass(frozen=True, kw_only=True)
class ReturnStep:
    """One step of a stage: minutes walked and run in turn over a distance, and how hard it may feel.

    ``run_minutes`` None: all of it is run; 0: all of it is walked. ``pieces`` of ``piece_s`` seconds each are the
    faster parts of an easy run.
    """

    walk_minutes: float
    run_minutes: float | None
    rpe_0_10: int
    distance_miles: float | None = None
    pieces: int = 0
    piece_s: int = 0
    piece: Piece = ""


@dataclass(frozen=True, kw_only=True)
class ReturnEntry:
    """What must hold before a stage begins: pain in the sessions before, limb ratio in tests, stance, even strides.

    ``stance`` asks for the single-leg stand with open eyes, ``symmetry`` for a look at strides where a device tells.
    """

    pain_max_0_10: float
    ratio_tests: tuple[str, ...] = ()
    stance: bool = False
    symmetry: bool = False


@dataclass(frozen=True, kw_only=True)
class StrengthBeside:
    """What is trained beside a stage: exercises of the catalogue, what they are for, which results to watch per leg.

    Both legs do the same; ``first`` is the leg that begins (None: either).
    """

    aim: str
    exercises: tuple[str, ...]
    watch: tuple[str, ...]
    first: Side | None = None


@dataclass(frozen=True, kw_only=True)
class ReturnDemands:
    """What a plan must leave out while the stage lasts: other kinds of run, jumps, running drills."""

    run_kinds: tuple[RunKind, ...]
    plyometrics: bool
    drills: bool
    because: Because


@dataclass(frozen=True, kw_only=True)
class StageOfReturn:
    """One stage: its steps, the days of rest after each session, what opens it, and what goes with it."""

    id: ReturnStage
    label: str
    aim: str
    steps: tuple[ReturnStep, ...]
    rest_days: int
    entry: ReturnEntry
    strength: StrengthBeside
    run_kinds: tuple[RunKind, ...]
    plyometrics: bool
    drills: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnLog:
    """What one session came to; pain and stiffness are 0 to 10 at the injured place.

    ``before`` is the pain of the morning before the session, ``stiffness_before`` its stiffness; ``next_morning`` is
    None until then. ``completed``: all that was prescribed was done. ``stage`` and ``step`` may be left to the state.
    """

    day: date
    during_0_10: float
    after_0_10: float
    next_morning_0_10: float | None = None
    before_0_10: float = 0.0
    stiffness_before_0_10: float = 0.0
    stiffness_next_morning_0_10: float = 0.0
    effort_0_10: float | None = None
    distance_km: float | None = None
    completed: bool = True
    red_flags: tuple[RedFlag, ...] = ()
    stage: ReturnStage | None = None
    step: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        scales = (
            self.during_0_10, self.after_0_10, self.next_morning_0_10, self.before_0_10, self.stiffness_before_0_10,
            self.stiffness_next_morning_0_10, self.effort_0_10,
        )  # fmt: skip
        if any(value is not None and not 0 <= value <= 10 for value in scales):
            raise ValueError("pain, stiffness and effort are 0 to 10")

    @property
    def pain_0_10(self) -> float:
        """The worst pain during, after and the next morning, as far as it is known."""
        return max(self.during_0_10, self.after_0_10, self.next_morning_0_10 or 0.0)


@dataclass(frozen=True, kw_only=True)
class StrideEvenness:
    """How the legs differed in one run: an index with its interval, positive when the right leg's value is larger.

    ``threshold_pct`` bounds the ordinary range; ``usual_low_pct`` and ``usual_high_pct`` are the runner's own level
    before the injury, where it is known, and then count instead. ``share_pct`` is how both legs divide the metric.
    """

    day: date
    metric: str
    index_pct: float
    low_pct: float | None = None
    high_pct: float | None = None
    threshold_pct: float | None = None
    usual_low_pct: float | None = None
    usual_high_pct: float | None = None

    def share_pct(self, side: Side) -> float:
        """One leg's share of both legs' sum, in percent: an index of +4 % is a right share of 51 %."""
        return 50.0 + (self.index_pct if side == "right" else -self.index_pct) / 4.0


@dataclass(frozen=True, kw_only=True)
class StanceHold:
    """Seconds on one leg with open eyes, per leg; a marker of steadiness, not of strength."""

    day: date
    left_s: float
    right_s: float


@dataclass(frozen=True, kw_only=True)
class ReturnEvidence:
    """What is known besides the sessions: tests per leg, stance, and strides where a device tells them."""

    tests: tuple[LimbComparison, ...] = ()
    stance: tuple[StanceHold, ...] = ()
    strides: tuple[StrideEvenness, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReturnLock:
    """Somebody's no: ``stage`` is the first stage that may not begin (None: nothing moves on).

    A runner's lock ends after ``until``; a clinician's ends only with a clinician's release, whatever the day.
    """

    by: Locker
    why: str
    since: date
    stage: ReturnStage | None = None
    until: date | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class ReturnTransition:
    """One entry of the history: from where to where, by which rule and why.

    ``log_day`` is the session that it rests on, ``by`` who locked or released.
    """

    day: date
    event: ReturnEvent
    rule: str
    reason: str
    from_stage: ReturnStage
    from_step: int
    to_stage: ReturnStage
    to_step: int
    log_day: date | None = None
    by: Locker | None = None


@dataclass(frozen=True, kw_only=True)
class ReturnState:
    """Where a runner stands on the way back. ``side`` is the injured leg (None: both), ``bone``: a bone is injured.

    ``step`` counts from 1. ``since`` is the first day of this step, ``stage_since`` of this stage. ``sessions`` were
    done at this step, the last ``good`` of them well. ``referred`` says why a clinician must see it first (empty: not
    so). ``recent`` are the sessions of the last four weeks, ``stance`` the single-leg stands timed on the way.
    """

    side: Side | None
    site: str
    began: date
    since: date
    stage_since: date
    stage: ReturnStage = "walking"
    step: int = 1
    bone: bool = False
    sessions: int = 0
    good: int = 0
    locks: tuple[ReturnLock, ...] = ()
    referred: str = ""
    finished_on: date | None = None
    recent: tuple[ReturnLog, ...] = ()
    stance: tuple[StanceHold, ...] = ()
    history: tuple[ReturnTransition, ...] = ()

    @property
    def locked_by(self) -> Locker | None:
        """Who keeps everything where it is: a clinician before the runner."""
        by = {lock.by for lock in self.locks if lock.stage is None}
        return "clinician" if "clinician" in by else "runner" if by else None


@dataclass(frozen=True, kw_only=True)
class ReturnCheck:
    """One thing that must hold before the next stage: ``met`` is None where nobody has looked yet."""

    rule: str
    met: bool | None
    text: str


@dataclass(frozen=True, kw_only=True)
class ReturnDecision:
    """What follows from one session: the outcome, the new state, the rules that decided (the first one decides).

    ``checks`` are the entry criteria that were looked at; ``remarks`` decide nothing.
    """

    outcome: ReturnOutcome
    state: ReturnState
    because: tuple[Because, ...]
    checks: tuple[ReturnCheck, ...] = ()
    remarks: tuple[Because, ...] = ()

    def __post_init__(self) -> None:
        if not self.because:
            raise ValueError("a decision names its rule")

    @property
    def rule(self) -> str:
        """The rule that decided."""
        return self.because[0].rule


@dataclass(frozen=True, kw_only=True)
class ReturnSession:
    """The next session of a return. Distances end it: ``repeats`` and ``minutes`` are about what they take.

    ``run_minutes`` None: all of it is run. ``not_before`` keeps the days of rest.
    """

    kind: Literal["rest", "walk", "walk_run", "run", "training"]
    stage: ReturnStage
    step: int
    text: str
    walk_minutes: float = 0.0
    run_minutes: float | None = 0.0
    repeats: int = 1
    minutes: float = 0.0
    distance_miles: float | None = None
    distance_km: float | None = None
    rpe_0_10: int | None = None
    warm_up_minutes: tuple[float, float] = (0.0, 0.0)
    pieces: int = 0
    piece_s: int = 0
    piece: Piece = ""
    drills: tuple[str, ...] = ()
    rest_days: int = 0
    not_before: date | None = None
