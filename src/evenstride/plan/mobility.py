"""Mobility: long-hold, dynamic and recovery days, the pieces before and after runs, and what a week covers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import ceil
from types import MappingProxyType

from evenstride.model import (
    Because,
    CalendarRun,
    Catalogue,
    Dose,
    Exercise,
    MobilityContent,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanRequest,
)
from evenstride.model.exercise import MobilityStyle, Plane, Use
from evenstride.model.plan import QUALITY_KINDS, Slot
from evenstride.model.profile import Side
from evenstride.plan.figures import (
    FULL_MOBILITY_MINUTES,
    LONG_HOLD_S,
    LONG_HOLD_STEP_S,
    POST_RUN_MINUTES,
    PRE_RUN_MINUTES,
    SHORT_HOLD_S,
    WARM_UP_S,
    WEEK_JOINTS,
)
from evenstride.plan.held import done_before
from evenstride.plan.placing import Placed
from evenstride.plan.usable import Usable
from evenstride.plan.warming import warm_up
from evenstride.plan.weeks import WEEK, began, last_day, monday, nothing_new

PLANES: tuple[Plane, ...] = ("sagittal", "frontal", "transverse")
CHANGE_S = 10.0
"""Getting from one exercise to the next."""
SECONDS_A_SWING = 2.0
"""One repetition of a swing, circle or rock."""
BREATHING_S = 60.0
REPEATED = 1.5
"""What an exercise of the session before must bring more than another to be taken again."""
PRE_RUN = ("hip_circle", "thoracic_rotation", "leg_swing_sagittal", "leg_swing_frontal", "hip_hinge_drill")
"""R-MOB-PRE, in this order; one or two short drills that both legs do alike follow."""
PRE_RUN_DRILLS = ("a_march", "a_skip")
POST_RUN = (("calf", "gastrocnemius", "soleus"), ("hamstrings",), ("hip flexors",))
POST_HARD_RUN = (("adductors",), ("glutes", "hamstrings", "back extensors"))
"""R-MOB-POST: groups of muscles; after hard runs also adductors and the back of the leg."""
PREFERRED = (
    "calf_stretch", "hamstring_hinge_reach", "half_kneeling_hip_flexor", "adductor_hold", "figure_four_glute_hold",
)  # fmt: skip
SYMMETRY = ("drill", "balance", "support")
"""Families of short drills that both legs do alike."""
END_RANGE = ("hip flexors", "adductors", "glutes")
LONG_HOLDS = 2
"""R-STATIC-PRE: so many of the longer end-range holds on their day (two or three are meant)."""
EXERCISES_MAX = 7
FILLED = 0.6
"""Exercises are added until this share of the minutes is filled; the rest goes into longer doses."""
ELSEWHERE = 1.2
"""What an exercise around the other joint must bring more than one around the middle."""
CENTRES = ("hip", "ankle")
SIDES: tuple[Side, Side] = ("left", "right")
STIFF_BY_EMPHASIS: Mapping[str, str] = MappingProxyType(
    {"ankle_mobility": "ankle", "calf_mobility": "ankle", "hip_extension": "hip"}
)


@dataclass
class _Turn:
    """Whose turn it is: the joint in the middle, and the exercises that were used longest ago."""

    centre: int = 0
    used: dict[str, int] = field(default_factory=dict)
    held: dict[str, tuple[date, float]] = field(default_factory=dict)
    recent: frozenset[str] = frozenset()
    count: int = 0

    known: set[str] = field(default_factory=set)

    @property
    def middle(self) -> str:
        """The joint that the session is about."""
        return CENTRES[self.centre % 2]

    def use(self, exercise: str) -> None:
        """Note that an exercise was done now."""
        self.count += 1
        self.used[exercise] = self.count
        self.known.add(exercise)

    def learn(self, strength: Sequence[PlannedSession], day: date) -> None:
        """Everything that strength sessions before a day hold is known."""
        for session in strength:
            if session.day < day:
                self.known |= {*session.warm_up, *(one.exercise for one in session.exercises)}

    def may_have(self, one: Exercise, day: date, request: PlanRequest) -> bool:
        """Whether an exercise may stand in a session: near a race only what is known, mobility aside."""
        return one.family == "mobility" or one.id in self.known or not nothing_new(day, request.profile)


def fill_mobility(
    request: PlanRequest, catalogue: Catalogue, placed: Sequence[Placed], strength: Sequence[PlannedSession]
) -> tuple[PlannedSession, ...]:
    """Return the mobility sessions with their exercises, in order of time.

    A session of ten minutes or more takes hips, ankles and thoracic spine through all three planes, has one activation
    drill, and ends with breathing. Sessions are centred on hip and ankle in turn; stiff joints come first. Where
    nothing new may begin, what is not mobility must be known from ``strength`` or from before.
    """
    usable = Usable(request=request, catalogue=catalogue)
    turn = _after(request)
    sessions = []
    for one in placed:
        style = one.style or "recovery"
        full = one.minutes >= FULL_MOBILITY_MINUTES
        warm_up_s = WARM_UP_S if full and one.slot == "free" else 0.0
        turn.learn(strength, one.day)
        budget = one.minutes * 60.0 - warm_up_s
        chosen = _chosen(usable, turn, style, one.day, budget, full=full)
        exercises, seconds = _dosed(chosen, style, one.day, budget, usable, turn)
        sessions.append(
            PlannedSession(
                id="", day=one.day, at=one.at, slot=one.slot, kind="mobility",
                minutes=ceil((seconds + warm_up_s) / 60.0 - 1e-9), because=_because(one, style, turn.middle),
                exercises=exercises, mobility=_content(exercises, style, catalogue),
                warm_up=warm_up(usable, one.day, turn.known) if warm_up_s else (), locked=one.locked,
            )
        )  # fmt: skip
        turn.known |= set(sessions[-1].warm_up)
        turn.centre += 1
    return tuple(sessions)


def run_pieces(
    request: PlanRequest, catalogue: Catalogue, strength: Sequence[PlannedSession]
) -> tuple[PlannedSession, ...]:
    """Return the pieces before hard runs and after every run, within the minutes that the runner has around runs."""
    usable = Usable(request=request, catalogue=catalogue)
    profile, pieces = request.profile, []
    turn = _after(request)
    for run in sorted(request.calendar, key=lambda one: (one.day, one.at or time.max)):
        if not request.start <= run.day <= last_day(request) or run.kind == "rest" or run.minutes <= 0:
            continue
        if run.hard and profile.minutes_before_runs >= PRE_RUN_MINUTES[0]:
            turn.learn(strength, run.day)
            piece = _before_run(usable, run, min(profile.minutes_before_runs, PRE_RUN_MINUTES[1]), turn.known)
            turn.known |= {one.exercise for one in piece.exercises}
            pieces.append(piece)
        if profile.minutes_after_runs >= POST_RUN_MINUTES[0]:
            pieces.append(_after_run(usable, run, min(profile.minutes_after_runs, POST_RUN_MINUTES[1] - 1.0)))
    return tuple(pieces)


def same_centre_twice(sessions: Sequence[PlannedSession], catalogue: Catalogue) -> Iterable[tuple[date, str]]:
    """Yield the days on which a mobility session is centred like the one before it, and on what."""
    own = [one for one in sessions if one.kind == "mobility" and one.slot in ("free", "after_run")]
    for before, one in pairwise(own):
        here = centre_of(one, catalogue)
        if here and here == centre_of(before, catalogue):
            yield one.day, here


def centre_of(session: PlannedSession, catalogue: Catalogue) -> str:
    """Return the joint that most of a session's mobility exercises are about; empty where two are equal."""
    found = [catalogue.exercises[one.exercise] for one in session.exercises]
    counts = {name: sum(one.centre == name and one.family == "mobility" for one in found) for name in CENTRES}
    most = max(counts.values())
    names = [name for name, count in counts.items() if count == most]
    return names[0] if len(names) == 1 else ""


def covered(plan: Plan, catalogue: Catalogue) -> Mapping[date, Mapping[str, frozenset[str]]]:
    """Return what each week takes through its range: ``joints``, ``planes`` and ``styles`` by Monday."""
    table: dict[date, dict[str, set[str]]] = {}
    for one in plan.sessions:
        if one.mobility is None:
            continue
        week = table.setdefault(monday(one.day), {"joints": set(), "planes": set(), "styles": set()})
        for exercise in one.exercises:
            week["joints"] |= set(catalogue.exercises[exercise.exercise].joints)
            week["planes"] |= set(catalogue.exercises[exercise.exercise].planes)
        if one.slot in ("free", "after_run"):
            week["styles"].add(one.mobility.style)
    return MappingProxyType(
        {start: {name: frozenset(found) for name, found in week.items()} for start, week in sorted(table.items())}
    )


def hold_s(last: date | None, held: float, day: date) -> float:
    """Return how long a hold lasts: 30 s at first, and 10 s more for each week since the last time, up to 90 s.

    >>> hold_s(None, 0.0, date(2026, 5, 6)), hold_s(date(2026, 5, 6), 30.0, date(2026, 5, 20))
    (30.0, 50.0)
    """
    if last is None:
        return LONG_HOLD_S[0]
    weeks = (monday(day) - monday(last)) // WEEK
    return min(LONG_HOLD_S[1], held + LONG_HOLD_STEP_S * weeks)


def _stiff(request: PlanRequest) -> tuple[str, ...]:
    """The joints that come first: what the runner logs as stiff, and what the finding stresses."""
    emphases = request.finding.emphases if request.finding else ()
    asked = (STIFF_BY_EMPHASIS[name] for name in emphases if name in STIFF_BY_EMPHASIS)
    return tuple(dict.fromkeys((*request.stiff_joints, *asked)))


def _after(request: PlanRequest) -> _Turn:
    """Whose turn it is after what is past."""
    turn = _Turn(known=done_before(request))
    since = began(request)
    done = {log.session for log in request.logs if log.done}
    for one in sorted((one for one in request.past if one.id in done), key=lambda two: two.day):
        if one.mobility is None or one.slot not in ("free", "after_run"):
            continue
        turn.centre += 1
        for exercise in one.exercises:
            turn.use(exercise.exercise)
            held_s = max(dose.hold_s or 0.0 for dose in exercise.doses)
            counts = one.mobility.style == "long_hold" and one.day >= since
            if counts and held_s >= LONG_HOLD_S[0]:
                turn.held[exercise.exercise] = (one.day, held_s)
    return turn


def _chosen(
    usable: Usable, turn: _Turn, style: MobilityStyle, day: date, budget: float, *, full: bool
) -> list[Exercise]:
    """First what must be there (joints, planes, activation), then more around the middle, then breathing."""
    stiff = _stiff(usable.request)
    pool = [one for one in _with_use(usable, style, day) if "breathing" not in one.uses]
    pool = [one for one in pool if turn.may_have(one, day, usable.request)]
    breathing = _with_use(usable, "breathing", day)[:1]
    if not full:
        joints = [*stiff, turn.middle]
        first = sorted(pool, key=lambda one: (not set(one.joints) & set(joints), turn.used.get(one.id, 0), one.id))
        thoracic = [one for one in first if one.centre == "thoracic"][:1]
        return [*[one for one in first if one not in thoracic][:1], *thoracic, *breathing]
    chosen = _long_holds(pool, turn) if style == "long_hold" else []
    chosen += _covering(pool, chosen, turn, stiff)
    # What a style's own exercises leave out, where one of them hurts, light ones of recovery days bring in.
    light = [one for one in _with_use(usable, "recovery", day) if turn.may_have(one, day, usable.request)]
    chosen += _covering([one for one in light if not one.hold_s_max], chosen, turn, stiff)
    activation = [one for one in _with_use(usable, "activation", day) if turn.may_have(one, day, usable.request)]
    wake = sorted(activation, key=lambda one: (turn.used.get(one.id, 0), one.id))[:1]
    around = [one for one in pool if one not in chosen and not (style == "long_hold" and one.hold_s_max)]
    if style == "long_hold":
        short = (one for one in _with_use(usable, "recovery", day) if one.centre == turn.middle and not one.hold_s_max)
        around += [
            one for one in short if one not in chosen and one not in around and turn.may_have(one, day, usable.request)
        ]
    for one in sorted(around, key=lambda one: (one.centre != turn.middle, turn.used.get(one.id, 0), one.id)):
        enough = len(chosen) >= EXERCISES_MAX or (one.centre != turn.middle and _leads(chosen, turn.middle))
        if not enough and sum(map(_least_seconds, (*chosen, one, *wake, *breathing))) <= budget * FILLED:
            chosen.append(one)
    # Activation wakes, so it comes after the holds and before the breath.
    return [*(one for one in chosen if one not in wake), *wake, *breathing]


def _long_holds(pool: Sequence[Exercise], turn: _Turn) -> list[Exercise]:
    """R-STATIC-PRE: two end-range holds, those that were done longest ago first."""
    ends = [one for one in pool if one.hold_s_max and set(END_RANGE) & set(one.muscles)]
    ends.sort(key=lambda one: (turn.used.get(one.id, 0), one.id))
    others = sorted(ends[1:], key=lambda one: set(one.planes) <= set(ends[0].planes))
    return [*ends[:1], *others][:LONG_HOLDS]


def _covering(
    pool: Sequence[Exercise], chosen: Sequence[Exercise], turn: _Turn, stiff: Sequence[str]
) -> list[Exercise]:
    """The fewest more that reach every joint and plane, rather around the middle than around the other joint."""
    joints, planes = set(WEEK_JOINTS), set(PLANES)
    for one in chosen:
        joints -= set(one.joints)
        planes -= set(one.planes)
    left = [one for one in pool if one not in chosen and not (chosen and one.hold_s_max)]
    found: list[Exercise] = []

    def rank(one: Exercise) -> tuple[object, ...]:
        gain = float(len(joints & set(one.joints)) + len(planes & set(one.planes)))
        gain -= REPEATED * (one.id in turn.recent) + ELSEWHERE * (one.centre not in (turn.middle, "thoracic", ""))
        return (-gain, not set(stiff) & set(one.joints), turn.used.get(one.id, 0), len(one.planes), one.id)

    while (joints or planes) and left:
        best = min(
            (one for one in left if joints & set(one.joints) or planes & set(one.planes)), key=rank, default=None
        )
        if best is None:
            break
        found.append(best)
        left.remove(best)
        joints -= set(best.joints)
        planes -= set(best.planes)
    return found


def _leads(chosen: Sequence[Exercise], middle: str) -> bool:
    counts = {name: sum(one.centre == name for one in chosen) for name in CENTRES}
    return counts[middle] > max(count for name, count in counts.items() if name != middle)


def _with_use(usable: Usable, use: Use, day: date) -> list[Exercise]:
    return [one for one in usable.catalogue.exercises.values() if use in one.uses and usable.on(one.id, day)]


def _least_seconds(one: Exercise) -> float:
    sides = 2 if one.sides == "one" else 1
    return CHANGE_S + sides * (one.dose.hold_s if one.dose.hold_s else 8 * SECONDS_A_SWING)


def _dosed(
    chosen: Sequence[Exercise], style: MobilityStyle, day: date, budget: float, usable: Usable, turn: _Turn
) -> tuple[tuple[PlannedExercise, ...], float]:
    """Doses that fill the minutes: long holds as long as their week says where the minutes hold them."""
    for reps, cap in ((16, 90.0), (12, 90.0), (10, 70.0), (8, 50.0), (8, 40.0), (6, 30.0), (5, 30.0), (4, 30.0)):
        exercises = tuple(_one(one, style, day, reps, cap, usable.request, turn) for one in chosen)
        seconds = sum(_seconds(one) for one in exercises)
        if seconds <= budget:
            break
    else:
        while len(exercises) > 1 and sum(_seconds(one) for one in exercises) > budget:
            exercises = _without_one(exercises, usable.catalogue)
        seconds = sum(_seconds(one) for one in exercises)
    turn.recent = frozenset(one.exercise for one in exercises)
    for one in exercises:
        turn.use(one.exercise)
        seconds_held = max(dose.hold_s or 0.0 for dose in one.doses)
        if style == "long_hold" and seconds_held >= LONG_HOLD_S[0]:
            turn.held[one.exercise] = (day, seconds_held)
    return exercises, seconds


def _without_one(exercises: tuple[PlannedExercise, ...], catalogue: Catalogue) -> tuple[PlannedExercise, ...]:
    """Leave out the last exercise that no plane needs; the last two wake and breathe."""
    kept = len(exercises) - 2
    for i in range(kept - 1, -1, -1):
        rest = (*exercises[:i], *exercises[i + 1 :])
        planes = {plane for one in rest for plane in catalogue.exercises[one.exercise].planes}
        if planes == {plane for one in exercises for plane in catalogue.exercises[one.exercise].planes}:
            return rest
    return (*exercises[: kept - 1], *exercises[kept:]) if kept > 0 else exercises[1:]


def _one(
    one: Exercise, style: MobilityStyle, day: date, reps: int, cap: float, request: PlanRequest, turn: _Turn
) -> PlannedExercise:
    if "breathing" in one.uses:
        dose = Dose(sets=1, hold_s=BREATHING_S if cap > LONG_HOLD_S[0] else BREATHING_S / 2)
        return PlannedExercise(exercise=one.id, because="every session ends with slow breath", rest_s=0.0, both=dose)
    activation = "activation" in one.uses and style not in one.uses
    if one.dose.hold_s is None:
        dose = Dose(sets=1, reps=reps)
    elif style == "long_hold" and one.hold_s_max:
        last, seconds = turn.held.get(one.id, (None, 0.0))
        dose = Dose(sets=1, hold_s=min(hold_s(last, seconds, day), cap))
    else:
        dose = Dose(sets=1, hold_s=SHORT_HOLD_S[1])
    why = (
        "one drill that wakes glutes or trunk" if activation
        else f"{_joints(one)} in the {' and '.join(one.planes)} plane{'s' if len(one.planes) > 1 else ''}"
    )  # fmt: skip
    if one.sides == "two":
        return PlannedExercise(exercise=one.id, because=why, rest_s=0.0, both=dose)
    return PlannedExercise(exercise=one.id, because=why, rest_s=0.0, first=_first(request, turn), left=dose, right=dose)


def _first(request: PlanRequest, turn: _Turn) -> Side:
    finding = request.finding
    if finding and finding.action == "do" and finding.limb != "undetermined":
        return finding.limb
    return SIDES[turn.centre % 2]


def _seconds(one: PlannedExercise) -> float:
    return CHANGE_S + sum(dose.sets * (dose.hold_s or SECONDS_A_SWING * (dose.reps or 0)) for dose in one.doses)


def _joints(one: Exercise) -> str:
    return " and ".join(joint.replace("_", " ") for joint in one.joints[:2])


def _content(exercises: Iterable[PlannedExercise], style: MobilityStyle, catalogue: Catalogue) -> MobilityContent:
    found = [catalogue.exercises[one.exercise] for one in exercises]
    joints = dict.fromkeys(joint for one in found for joint in one.joints)
    planes = [plane for plane in PLANES if any(plane in one.planes for one in found)]
    return MobilityContent(style=style, joints=tuple(joints), planes=tuple(planes))


def _because(one: Placed, style: MobilityStyle, centre: str) -> tuple[Because, ...]:
    words = {
        "long_hold": "the week's day of long holds",
        "dynamic": "the week's dynamic day" + (", on the day after a hard run" if one.after_hard else ""),
        "recovery": "a light day" if one.minutes >= FULL_MOBILITY_MINUTES else "the daily five minutes",
    }
    about = Because(rule="R-MOB-ALT", text=f"centred on the {centre}: hip and ankle take turns")
    return (Because(rule="R-MOB-WEEK", text=words[style]), about)


def _before_run(usable: Usable, run: CalendarRun, minutes: float, known: Collection[str]) -> PlannedSession:
    """R-MOB-PRE: movement in its order, then one or two drills; near a race none whose technique would be new."""
    new = nothing_new(run.day, usable.request.profile)
    exercises = usable.catalogue.exercises
    others = [
        one.id for one in exercises.values()
        if "pre_run" in one.uses and one.family in SYMMETRY and (one.start or one.id in known)
    ]  # fmt: skip
    every = dict.fromkeys((*PRE_RUN_DRILLS, *others))
    open_ = [name for name in every if usable.on(name, run.day) and (name in known or not new)]
    drills = [name for name in open_ if name in PRE_RUN_DRILLS] or open_[:1]
    names = [name for name in PRE_RUN if usable.on(name, run.day)]
    at = (datetime.combine(run.day, run.at) - timedelta(minutes=minutes)).time() if run.at else None
    text = f"{minutes:g} minutes of movement before {'a quality run' if run.kind in QUALITY_KINDS else 'the long run'}"
    because = Because(rule="R-MOB-PRE", text=text)
    return _piece(usable, run, [*names, *drills], "dynamic", "pre_run", at, minutes, because)


def _after_run(usable: Usable, run: CalendarRun, minutes: float) -> PlannedSession:
    """R-MOB-POST: something for each group of muscles."""
    names: list[str] = []
    pool = [one for one in _with_use(usable, "post_run", run.day) if one.dose.hold_s or one.family == "mobility"]
    for muscles in (*POST_RUN, *(POST_HARD_RUN if run.hard else ())):
        fit = [one for one in pool if set(muscles) & set(one.muscles)]
        if fit and not any(name in names for name in (one.id for one in fit)):
            names.append(min(fit, key=lambda one: (one.dose.hold_s is None, one.id not in PREFERRED, one.id)).id)
    end = datetime.combine(run.day, run.at) + timedelta(minutes=run.minutes) if run.at else None
    at = end.time() if end and end.date() == run.day else None
    text = "winding down after a hard run" if run.hard else "winding down after the run"
    return _piece(usable, run, names, "recovery", "post_run", at, minutes, Because(rule="R-MOB-POST", text=text))


def _piece(
    usable: Usable, run: CalendarRun, names: Sequence[str], style: MobilityStyle, slot: Slot, at: time | None,
    minutes: float, because: Because,
) -> PlannedSession:  # fmt: skip
    catalogue = usable.catalogue
    chosen = [catalogue.exercises[name] for name in names]
    if style == "recovery":
        chosen += _with_use(usable, "breathing", run.day)[:1]
    exercises, seconds = _dosed(chosen, style, run.day, minutes * 60.0, usable, _Turn())
    left_out = [one.name for one in chosen if one.id not in {two.exercise for two in exercises}]
    told = max(seconds / 60.0, PRE_RUN_MINUTES[0] if slot == "pre_run" else POST_RUN_MINUTES[0])
    return PlannedSession(
        id="", day=run.day, at=at, slot=slot, kind="mobility", minutes=ceil(told - 1e-9), because=(because,),
        exercises=exercises, mobility=_content(exercises, style, catalogue),
        trimmed=tuple(f"{name} left out for want of minutes" for name in left_out),
    )  # fmt: skip
