"""Where each exercise stands on each side: what was done, what may rise next, and which phase that opens.

Past sessions speak by their logs. Sessions that lie ahead are taken as done: clean, complete and without pain; what
rests on that is said in ``assumes``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from evenstride.model import (
    Catalogue,
    Dose,
    ExerciseLog,
    GateItem,
    PlannedExercise,
    PlannedSession,
    PlanRequest,
    SessionLog,
)
from evenstride.model.plan import PhaseName, StrengthType
from evenstride.model.profile import Side
from evenstride.plan.figures import CLEAN_SESSIONS_BEFORE_LOAD, EXTRA_REPS, FIRST_WEEKS, PAIN_MAX
from evenstride.plan.maxima import Maxima, Sets, no_maxima
from evenstride.plan.placing import Placed
from evenstride.plan.weeks import Week, began, full_tests, monday, tapers

PHASES: tuple[PhaseName, ...] = ("beginner", "intermediate", "advanced")
FROM_WEEK: Mapping[PhaseName, int] = {"beginner": 1, "intermediate": FIRST_WEEKS + 1, "advanced": 2 * FIRST_WEEKS + 1}
SIDES: tuple[Side, Side] = ("left", "right")
MEASURED = ("strength", "micro")
"""Sessions whose doses are what the next ones are compared with; drills and mobility are not."""
SETS_MAX = 9
"""More than any session has: an unknown number that stands in no one's way."""


@dataclass(frozen=True, kw_only=True)
class Last:
    """The last loading session of an exercise: what was done, and for how many complete sessions in a row.

    ``base`` is the last one that no want of minutes had cut: nothing but one thing may rise against it. ``phase`` is
    the phase that it was of, ``order`` says which of two was later. ``clean`` counts complete sessions in a row
    whatever their dose, ``exceeded`` those with repetitions to spare. ``before_kg`` is the load that a session without
    one (a hard run near, a race just behind) interrupted: the next loaded one goes back to it. ``done`` is the dose as
    it was; ``dose`` is what the next one is measured against, whose sets no want of minutes has cut.
    """

    dose: Dose
    done: Dose
    sessions: int
    base: Dose | None = None
    phase: str = ""
    order: int = 0
    clean: int = 0
    exceeded: int = 0
    fell_short: bool = False
    before_kg: float = 0.0


@dataclass
class Progress:
    """What is known of a runner's strength training up to a moment; it is moved on session by session."""

    last: dict[tuple[str, Side, StrengthType], Last] = field(default_factory=dict)
    clean: dict[str, int] = field(default_factory=dict)
    ready: set[str] = field(default_factory=set)
    clean_sessions: dict[str, int] = field(default_factory=dict)
    reps_best: dict[tuple[str, Side], float] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    count: int = 0
    pain: bool = False
    projected: bool = False
    types: list[StrengthType] = field(default_factory=list)
    last_first: Side = "right"
    maxima: Maxima = field(default_factory=Maxima)
    weeks: set[date] = field(default_factory=set)

    def project(self, session: PlannedSession, intended: Sequence[PlannedExercise], *, loading: bool) -> None:
        """Take a session that lies ahead as done; ``intended`` is what it was before minutes cut it."""
        self.projected = True
        self._took(session)
        if session.type and session.kind == "strength":
            self.types.append(session.type)
        warmed = set(session.warm_up) - {one.exercise for one in session.exercises}
        for name in sorted(warmed):
            self.known.add(name)
            self.clean_sessions[name] = self.clean_sessions.get(name, 0) + 1
        for one in session.exercises:
            self.known.add(one.exercise)
            self._rated(one.exercise, clean=True, loaded=any(dose.load_kg > 0 for dose in one.doses))
            self.clean_sessions[one.exercise] = self.clean_sessions.get(one.exercise, 0) + 1
            whole = next((two for two in intended if two.exercise == one.exercise), one)
            for side, dose in _by_side(whole):
                self._best(one.exercise, side, float(dose.reps or 0))
                if (one.exercise, side) in self.maxima.found:
                    # What logs began goes on with sessions ahead, done as asked.
                    self.maxima.note(one.exercise, side, Sets(
                        reps=(float(dose.reps or 0),), asked=0.0, load_kg=dose.load_kg,
                        reserve=one.reps_in_reserve or 0, session=session.id, day=session.day,
                    ))  # fmt: skip
                if loading:
                    key = (one.exercise, side, session.type or "general")
                    self._loaded(key, dose, session.phase or "", cut=bool(session.trimmed))

    def log(self, log: SessionLog, planned: PlannedSession | None, *, loading: bool) -> None:
        """Take a session that is past as its log says; light weeks and tapers are nothing to compare with."""
        if not log.done:
            return
        if planned:
            self._took(planned)
            self.known |= set(planned.warm_up)
            if not log.exercises:
                # Done, and nothing else is told: then as it was planned.
                self.known |= {one.exercise for one in planned.exercises}
        kind = log.type or (planned.type if planned else None)
        if kind and log.kind == "strength":
            self.types.append(kind)
        asked = {one.exercise: one for one in planned.exercises} if planned else {}
        cut, phase = bool(planned and planned.trimmed), (planned.phase if planned else None) or ""
        for one in log.exercises:
            self.known.add(one.exercise)
            clean = bool(one.clean_left and one.clean_right) and one.pain_0_10 <= PAIN_MAX
            self._rated(one.exercise, clean=clean, loaded=max(one.left_load_kg, one.right_load_kg) > 0)
            self.clean_sessions[one.exercise] = self.clean_sessions.get(one.exercise, 0) + clean
            self.pain |= one.pain_0_10 > PAIN_MAX
            done: tuple[tuple[Side, tuple[float, ...], float], ...] = (
                ("left", one.left_reps, one.left_load_kg), ("right", one.right_reps, one.right_load_kg),
            )  # fmt: skip
            for side, reps, load in done:
                self._best(one.exercise, side, max(reps, default=0.0))
                self._strong(log, one, side, asked.get(one.exercise))
                if reps and loading and log.kind in MEASURED:
                    key = (one.exercise, side, kind or "general")
                    self._done(key, reps, load, asked.get(one.exercise), phase, cut=cut, clean=clean)

    def _done(
        self, key: tuple[str, Side, StrengthType], reps: Sequence[float], load: float,
        asked: PlannedExercise | None, phase: str, *, cut: bool, clean: bool,
    ) -> None:  # fmt: skip
        wanted = dict(_by_side(asked)).get(key[1]) if asked else None
        dose = Dose(sets=len(reps), reps=int(min(reps)) or 1, load_kg=load)
        if wanted is None or wanted.reps is None:
            self._loaded(key, wanted or dose, phase, cut=cut)
            if not clean:
                self.last[key] = replace(self.last[key], clean=0, sessions=0)
            return
        before = self.last.get(key)
        more = reps[-1] >= wanted.reps + EXTRA_REPS and clean
        short = min(reps) < wanted.reps or not clean
        self._loaded(key, Dose(sets=len(reps), reps=wanted.reps, load_kg=load), phase, cut=cut)
        now = self.last[key]
        self.last[key] = replace(
            now,
            exceeded=(before.exceeded if before else 0) + 1 if more else 0,
            fell_short=short,
            clean=0 if short else now.clean,
            sessions=0 if short else now.sessions,
            before_kg=now.before_kg if wanted.load_kg == 0 else load,
        )

    def _strong(self, log: SessionLog, one: ExerciseLog, side: Side, asked: PlannedExercise | None) -> None:
        """What the sets of one leg say of its maximum, unless they hurt or were not clean."""
        reps, load, clean = (
            (one.left_reps, one.left_load_kg, one.clean_left) if side == "left"
            else (one.right_reps, one.right_load_kg, one.clean_right)
        )  # fmt: skip
        if clean is False or one.pain_0_10 > PAIN_MAX:
            return
        wanted = dict(_by_side(asked)).get(side) if asked else None
        reserve = asked.reps_in_reserve if asked else self.maxima.reserves.get(log.type or "") if load > 0 else None
        self.maxima.note(one.exercise, side, Sets(
            reps=reps, asked=float(wanted.reps or 0) if wanted else 0.0, load_kg=load, reserve=reserve or 0,
            session=log.session, day=log.day,
        ))  # fmt: skip

    def _took(self, session: PlannedSession) -> None:
        """Note which leg a session began on."""
        self.count += 1
        self.weeks.add(monday(session.day))
        self.last_first = next((one.first for one in session.exercises if one.first), self.last_first)

    def _rated(self, exercise: str, *, clean: bool, loaded: bool) -> None:
        """R-FORM-FIRST: two sessions in a row, clean and with body weight, open the loads of an exercise."""
        self.clean[exercise] = self.clean.get(exercise, 0) + 1 if clean and not loaded else 0
        if self.clean[exercise] >= CLEAN_SESSIONS_BEFORE_LOAD:
            self.ready.add(exercise)

    def _best(self, exercise: str, side: Side, reps: float) -> None:
        self.reps_best[exercise, side] = max(reps, self.reps_best.get((exercise, side), 0.0))

    def _loaded(self, key: tuple[str, Side, StrengthType], dose: Dose, phase: str, *, cut: bool) -> None:
        before, done = self.last.get(key), dose
        if cut:
            # Fewer sets for want of minutes are no step back.
            same = before is not None and before.phase == phase
            dose = replace(dose, sets=max(dose.sets, before.dose.sets) if before and same else SETS_MAX)
        again = before is not None and (before.dose.reps, before.dose.load_kg) == (dose.reps, dose.load_kg)
        sessions = before.sessions + 1 if again and before else 1
        base = (before.base if before else None) if cut else dose
        self.last[key] = Last(
            dose=dose, done=done, sessions=sessions, base=base, phase=phase, order=self.count,
            clean=before.clean + 1 if before else 1,
            before_kg=dose.load_kg or (before.before_kg if before else 0.0),
        )  # fmt: skip


def _by_side(one: PlannedExercise) -> Iterable[tuple[Side, Dose]]:
    if left := one.left or one.both:
        yield "left", left
    if right := one.right or one.both:
        yield "right", right


def progress_until(request: PlanRequest, catalogue: Catalogue, weeks: Sequence[Week]) -> Progress:
    """Return what the logs say, those of the plan's first day included; a planned session without one was not done."""
    planned = {one.id: one for one in request.past}
    progress = Progress(maxima=no_maxima(catalogue, request.profile.mass_kg))
    since = began(request)
    light = {week.monday for week in weeks if week.deload or week.taper}
    # What no plan asked for comes last on its day: a load there does not stand before a clean session without one.
    for log in sorted(request.logs, key=lambda one: (one.day, not one.session)):
        if log.day <= max(request.today, request.start):
            if log.day < since:
                # Before a break: exercises stay known, their loads do not stand.
                progress.known |= {one.exercise for one in log.exercises}
            else:
                loading = monday(log.day) not in light and not tapers(log.day, request.profile.races)
                progress.log(log, planned.get(log.session), loading=loading)
    return progress


def expected_phases(
    request: PlanRequest, catalogue: Catalogue, weeks: Sequence[Week], tests: Sequence[Placed]
) -> dict[date, PhaseName]:
    """Return the highest phase that each week can have by its number, its tests and what is known of the runner."""
    phases: dict[date, PhaseName] = {}
    for week in weeks:
        phase: PhaseName = "beginner"
        for next_phase in catalogue.phases[1:]:
            items = [item for item in next_phase.gate if item.kind == "test"]
            if week.number < FROM_WEEK[next_phase.name] or not all(
                test_state(item, request, tests, week.monday) is not None for item in items
            ):
                break
            phase = next_phase.name
        phases[week.monday] = phase
    return phases


def phase_of(
    progress: Progress, request: PlanRequest, catalogue: Catalogue, week: Week, tests: Sequence[Placed],
    instead: Mapping[str, str],
) -> tuple[PhaseName, tuple[str, ...]]:  # fmt: skip
    """Return the phase that a week has, and what that assumes.

    ``instead`` names the substitute of an exercise whose equipment is missing: the gate is taken on it.
    """
    phase, assumes = catalogue.phases[0].name, []
    for next_phase in catalogue.phases[1:]:
        # Weeks of training count, not those of the calendar alone.
        if min(week.number, len(progress.weeks) + 1) < FROM_WEEK[next_phase.name]:
            break
        open_, notes = True, []
        for item in next_phase.gate:
            met = _met(item, progress, request, week, tests, instead)
            open_ = open_ and met is not None
            notes += [met] if met else []
        if not open_:
            break
        phase = next_phase.name
        assumes += notes
    return phase, tuple(dict.fromkeys(assumes))


def _met(
    item: GateItem, progress: Progress, request: PlanRequest, week: Week, tests: Sequence[Placed],
    instead: Mapping[str, str],
) -> str | None:  # fmt: skip
    """What a gate's item assumes: empty when it is met, None when it is not."""
    if item.kind == "test":
        return test_state(item, request, tests, week.monday)
    if item.kind == "no_pain":
        return None if progress.pain else f"log: {item.text}" if progress.projected else ""
    exercise = instead.get(item.exercise, item.exercise)
    taken_on = f", taken on the {exercise.replace('_', ' ')}" if exercise != item.exercise else ""
    enough = progress.clean_sessions.get(exercise, 0) >= item.sessions
    strong = all(progress.reps_best.get((exercise, side), 0.0) >= item.least for side in SIDES)
    if not (enough and strong):
        return None
    return f"log: {item.text}{taken_on}" if progress.projected else ""


def test_state(item: GateItem, request: PlanRequest, tests: Sequence[Placed], day: date) -> str | None:
    """Whether a test's gate is met on a day: empty when results say so, what it assumes, or None when it is not.

    A gate is never assumed before a test has taken place: from the day after the last day of a planned test on.
    """
    results = [one for one in request.tests if one.test == item.test and one.day < day]
    if results:
        latest = max(results, key=lambda one: one.day)
        if min(latest.left, latest.right) >= item.least:
            return ""
    since = max((one.day for one in results), default=None)
    halves = [(one.day, one.minutes) for one in request.past if one.kind == "test"]
    full, _ = full_tests([*halves, *((one.day, one.minutes) for one in tests)])
    ahead = [last for _, last in full if request.start <= last < day and (since is None or last > since)]
    return f"gate: {item.text} (test of {max(ahead):%-d %B})" if ahead else None


def may_load(progress: Progress, exercise: str) -> bool:
    """Whether an exercise was clean with body weight in two sessions in a row."""
    return exercise in progress.ready
