"""The programme: dated sessions with a dose per side, each with its reason, and what was given up for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

from evenstride.model.adjustment import Adjustment, SessionTemplate
from evenstride.model.exercise import Dose, MobilityStyle, Plane
from evenstride.model.finding import Finding
from evenstride.model.pain import Pain, PainKind
from evenstride.model.profile import Profile, RunKind, Side
from evenstride.model.screen import LimbComparison

Slot = Literal["free", "after_run", "pre_run", "post_run"]
OWN_SLOTS: tuple[Slot, ...] = ("free", "after_run")
"""Where sessions of their own stand; the others are pieces of a few minutes around a run."""
"""``free``: free minutes on a day without a run; ``after_run``: free minutes after a run; the others belong to runs."""
SessionKind = Literal["strength", "mobility", "micro", "drills", "test"]
PhaseName = Literal["beginner", "intermediate", "advanced"]
StrengthType = Literal["general", "endurance", "maximal", "power"]
WeekLoad = Literal["loading", "deload", "taper", "test", "none"]
ReturnStage = Literal["walking", "walk_run", "easy", "drills", "strides", "quality"]
Rising = Literal["load", "sets", "repetitions", "nothing"]
SeasonPart = Literal["base", "build", "in_season"]

QUALITY_KINDS: tuple[RunKind, ...] = ("intervals", "tempo", "hills", "race")
HARD_KINDS: tuple[RunKind, ...] = (*QUALITY_KINDS, "long")


@dataclass(frozen=True, kw_only=True)
class CalendarRun:
    """One run of the calendar; without a time of day it is the whole day. ``note``: attention, drills, advice."""

    day: date
    kind: RunKind
    minutes: float
    at: time | None = None
    km: float | None = None
    note: str = ""

    @property
    def hard(self) -> bool:
        """Whether it is a quality run or the long run."""
        return self.kind in HARD_KINDS


@dataclass(frozen=True, kw_only=True)
class Because:
    """A rule and what it means here."""

    rule: str
    text: str


@dataclass(frozen=True, kw_only=True)
class MobilityContent:
    """What a mobility session is: its style, and the joints and planes that it takes through their range."""

    style: MobilityStyle
    joints: tuple[str, ...]
    planes: tuple[Plane, ...]


@dataclass(frozen=True, kw_only=True)
class PlannedExercise:
    """One exercise of a session. One-sided: ``left`` and ``right``, starting with ``first``. Two-sided: ``both``.

    ``reps_in_reserve``: so many more would go at the end of each set; only where there is a load or a band.
    """

    exercise: str
    because: str
    tempo: str = ""
    rest_s: float = 60.0
    first: Side | None = None
    left: Dose | None = None
    right: Dose | None = None
    both: Dose | None = None
    reps_in_reserve: int | None = None

    def __post_init__(self) -> None:
        if (self.both is None) == (self.left is None and self.right is None):
            raise ValueError("an exercise is dosed per side, or for both sides together")

    @property
    def doses(self) -> tuple[Dose, ...]:
        """Every dose that it has: one, or one a side, left before right."""
        return tuple(dose for dose in (self.left, self.right, self.both) if dose is not None)


@dataclass(frozen=True, kw_only=True)
class PlannedSession:
    """One session of the programme. ``assumes`` is what must have happened by then for it to stand.

    ``hard``: a hard strength session, as the 24-hour rule means it. ``trimmed`` says what the minutes cut away.
    ``type`` is the kind of strength. ``warm_up`` names exercises of the five general minutes before it, counted in
    ``minutes`` but not among ``exercises``; empty where the session follows a run. ``locked``: the runner wants it
    where it is.
    """

    id: str
    day: date
    slot: Slot
    kind: SessionKind
    minutes: float
    at: time | None = None
    phase: PhaseName | None = None
    type: StrengthType | None = None
    hard: bool = False
    plyometric: bool = False
    because: tuple[Because, ...] = ()
    exercises: tuple[PlannedExercise, ...] = ()
    warm_up: tuple[str, ...] = ()
    mobility: MobilityContent | None = None
    assumes: tuple[str, ...] = ()
    trimmed: tuple[str, ...] = ()
    locked: bool = False

    @property
    def sets(self) -> int:
        """All sets of all exercises: a set of both legs in turn counts once, as they are written."""
        return sum(max(dose.sets for dose in one.doses) for one in self.exercises)


@dataclass(frozen=True, kw_only=True)
class PlanWeek:
    """One calendar week of the programme, from its ``monday``; ``number`` counts from the programme's first."""

    monday: date
    number: int
    part: SeasonPart
    load: WeekLoad
    phase: PhaseName
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenUp:
    """A preference that could not be kept, when, and what it would take."""

    rule: str
    day: date
    text: str


@dataclass(frozen=True, kw_only=True)
class Reassessment:
    """A short look at the tracked difference, once a week: in which run, or with what."""

    day: date
    text: str


@dataclass(frozen=True, kw_only=True)
class SolverStatus:
    """How surely the timetable is the best one: ``optimal``, or ``within_gap`` of it. ``seconds`` where timed."""

    status: Literal["optimal", "within_gap"]
    gap: float
    seconds: float | None = None
    blocks: int = 1


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The programme from ``start`` for ``weeks`` weeks of seven days, in order of time."""

    athlete: str
    start: date
    weeks: int
    runs: tuple[CalendarRun, ...]
    sessions: tuple[PlannedSession, ...]
    solver: SolverStatus
    week_list: tuple[PlanWeek, ...] = ()
    given_up: tuple[GivenUp, ...] = ()
    reassessments: tuple[Reassessment, ...] = ()
    advice: tuple[Because, ...] = ()

    @property
    def totals(self) -> Mapping[str, float]:
        """Sums over the sessions."""
        of_kind = {kind: [one for one in self.sessions if one.kind == kind] for kind in _KINDS}
        return {
            **{f"{kind}_sessions": len(found) for kind, found in of_kind.items()},
            **{f"{kind}_minutes": sum(one.minutes for one in found) for kind, found in of_kind.items()},
            "sets": sum(one.sets for one in self.sessions),
        }


_KINDS: tuple[SessionKind, ...] = ("strength", "micro", "test", "mobility", "drills")


@dataclass(frozen=True, kw_only=True)
class BrokenRule:
    """A rule that a plan breaks: where, and in what way."""

    rule: str
    day: date
    text: str
    binding: bool = True
    session: str = ""


@dataclass(frozen=True, kw_only=True)
class ExerciseLog:
    """What one exercise of a session came to: repetitions (or seconds held) of each set a side, load, form and pain.

    ``clean``: every repetition in good form. ``pain_0_10`` at ``pain_site`` of ``pain_side`` during the exercise.
    ``left_in_reserve`` and ``right_in_reserve`` are the repetitions that would still have gone after the last set.
    ``stopped_early``: the runner ended it before all of it was done.
    """

    exercise: str
    left_reps: tuple[float, ...] = ()
    right_reps: tuple[float, ...] = ()
    left_load_kg: float = 0.0
    right_load_kg: float = 0.0
    clean_left: bool | None = None
    clean_right: bool | None = None
    pain_0_10: float = 0.0
    pain_site: str = ""
    pain_side: Side | None = None
    pain_kind: PainKind = ""
    left_in_reserve: float | None = None
    right_in_reserve: float | None = None
    stopped_early: bool = False


@dataclass(frozen=True, kw_only=True)
class SessionLog:
    """What was done of one session (``session`` empty: outside the plan); ``done`` False: it was missed.

    ``self_check`` rates items of the session's self-check 0 to 4, some or all. ``pain`` is what belongs to no single
    exercise. ``as_planned``: the runner said that all was done as it stood, with what is different in ``exercises``.
    """

    session: str
    day: date
    done: bool = True
    kind: SessionKind = "strength"
    type: StrengthType | None = None
    exercises: tuple[ExerciseLog, ...] = ()
    effort_0_10: float | None = None
    note: str = ""
    minutes: float | None = None
    self_check: Mapping[str, int] = field(default_factory=dict)
    pain: tuple[Pain, ...] = ()
    soreness_0_10: float | None = None
    soreness_hours: float | None = None
    as_planned: bool = False

    def __post_init__(self) -> None:
        scales = (self.effort_0_10, self.soreness_0_10)
        if any(value is not None and not 0 <= value <= 10 for value in scales):
            raise ValueError("effort and soreness are 0 to 10")
        if any(value is not None and not value >= 0 for value in (self.minutes, self.soreness_hours)):
            raise ValueError("minutes and hours are not below 0")

    @property
    def load(self) -> float | None:
        """Session load: effort times minutes; None where one of them is not known."""
        return None if self.effort_0_10 is None or self.minutes is None else self.effort_0_10 * self.minutes


@dataclass(frozen=True, kw_only=True)
class ProgressionState:
    """How far an exercise has come on one side, in one type of session, by the logs.

    ``last`` is the last loading dose, ``clean_sessions`` how many in a row were complete and clean, ``ready_for_load``
    whether form has opened the loads. ``max_kg`` is what the leg could move once, estimated from ``max_session``:
    the body and the load together where ``max_with_body``, else the external load on this side; None: not known.
    ``next`` is the dose that may come next, ``rises`` what of it is more than the last time, and ``why``.
    """

    exercise: str
    side: Side
    type: StrengthType
    last: Dose
    clean_sessions: int
    ready_for_load: bool
    next: Dose
    rises: Rising
    why: str
    max_kg: float | None = None
    max_with_body: bool = False
    max_session: str = ""
    max_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlanRequest:
    """Everything that a plan is made of: the person, the finding, the runs, what was done, and the day it is.

    ``calendar`` holds every run from four weeks before ``start`` to four days
    after the end (what they ask of its last days), races included. ``began`` is the first day
    of the programme (None: it starts now), ``past`` the sessions that were planned before ``start``, ``logs`` what came
    of them. ``previous`` is the plan in force: the new one stays close to it. ``locked`` sessions keep their day.
    ``deload_weeks`` are Mondays of weeks that a review made light; ``cleared`` exercises that provoked pain and were
    cleared since. ``longest_km`` is the longest run of the 30 days before ``today`` (``longest_minutes`` without km).
    ``last`` is the last day of a plan that is made anew, which puts nothing new on days gone by. ``adjustments`` are
    what reviews ask of it, ``templates`` sessions that a coach prescribes.
    """

    profile: Profile
    start: date
    weeks: int
    today: date
    calendar: tuple[CalendarRun, ...] = ()
    finding: Finding | None = None
    tests: tuple[LimbComparison, ...] = ()
    began: date | None = None
    past: tuple[PlannedSession, ...] = ()
    logs: tuple[SessionLog, ...] = ()
    previous: Plan | None = None
    locked: tuple[PlannedSession, ...] = ()
    deload_weeks: tuple[date, ...] = ()
    cleared: tuple[str, ...] = ()
    longest_km: float | None = None
    longest_minutes: float | None = None
    stiff_joints: tuple[str, ...] = ()
    return_stage: ReturnStage | None = None
    last: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    templates: tuple[SessionTemplate, ...] = ()
    options: Mapping[str, bool] = field(default_factory=dict)
