"""Mobility: long-hold, dynamic and recovery days with their exercises and doses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from types import MappingProxyType

from evenstride.model import (
    Because,
    Catalogue,
    Dose,
    Exercise,
    MobilityContent,
    PlannedExercise,
    PlannedSession,
    PlanRequest,
)
from evenstride.model.exercise import MobilityStyle, Plane, Use
from evenstride.model.profile import Side
from evenstride.plan.figures import (
    FULL_MOBILITY_MINUTES,
    LONG_HOLD_S,
    LONG_HOLD_STEP_S,
    SHORT_HOLD_S,
    WARM_UP_S,
    WEEK_JOINTS,
)
from evenstride.plan.mobility_turn import CENTRES, Turn, turn_after
from evenstride.plan.placing import Placed
from evenstride.plan.usable import Usable
from evenstride.plan.warming import warm_up
from evenstride.plan.weeks import WEEK, monday

PLANES: tuple[Plane, ...] = ("sagittal", "frontal", "transverse")
CHANGE_S = 10.0
"""Getting from one exercise to the next."""
SECONDS_A_SWING = 2.0
"""One repetition of a swing, circle or rock."""
BREATHING_S = 60.0
REPEATED = 1.5
"""What an exercise of the session before must bring more than another to be taken again."""
END_RANGE = ("hip flexors", "adductors", "glutes")
LONG_HOLDS = 2
"""R-STATIC-PRE: so many of the longer end-range holds on their day (two or three are meant)."""
EXERCISES_MAX = 7
FILLED = 0.6
"""Exercises are added until this share of the minutes is filled; the rest goes into longer doses."""
ELSEWHERE = 1.2
"""What an exercise around the other joint must bring more than one around the middle."""
SIDES: tuple[Side, Side] = ("left", "right")
STIFF_BY_EMPHASIS: Mapping[str, str] = MappingProxyType(
    {"ankle_mobility": "ankle", "calf_mobility": "ankle", "hip_extension": "hip"}
)


def fill_mobility(
    request: PlanRequest, catalogue: Catalogue, placed: Sequence[Placed], strength: Sequence[PlannedSession]
) -> tuple[PlannedSession, ...]:
    """Return the mobility sessions with their exercises, in order of time.

    A session of ten minutes or more takes hips, ankles and thoracic spine through all three planes, has one activation
    drill, and ends with breathing. Sessions are centred on hip and ankle in turn; stiff joints come first. Where
    nothing new may begin, what is not mobility must be known from ``strength`` or from before.
    """
    usable = Usable(request=request, catalogue=catalogue)
    turn = turn_after(request)
    sessions = []
    for one in placed:
        style = one.style or "recovery"
        full = one.minutes >= FULL_MOBILITY_MINUTES
        warm_up_s = WARM_UP_S if full and one.slot == "free" else 0.0
        turn.learn(strength, one.day)
        budget = one.minutes * 60.0 - warm_up_s
        chosen = _chosen(usable, turn, style, one.day, budget, full=full)
        exercises, seconds = dosed(chosen, style, one.day, budget, usable, turn)
        sessions.append(
            PlannedSession(
                id="", day=one.day, at=one.at, slot=one.slot, kind="mobility",
                minutes=ceil((seconds + warm_up_s) / 60.0 - 1e-9), because=_because(one, style, turn.middle),
                exercises=exercises, mobility=content(exercises, style, catalogue),
                warm_up=warm_up(usable, one.day, turn.known) if warm_up_s else (), locked=one.locked,
            )
        )  # fmt: skip
        turn.known |= set(sessions[-1].warm_up)
        turn.centre += 1
    return tuple(sessions)


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


def _chosen(
    usable: Usable, turn: Turn, style: MobilityStyle, day: date, budget: float, *, full: bool
) -> list[Exercise]:
    """First what must be there (joints, planes, activation), then more around the middle, then breathing."""
    stiff = _stiff(usable.request)
    pool = [one for one in with_use(usable, style, day) if "breathing" not in one.uses]
    pool = [one for one in pool if turn.may_have(one, day, usable.request)]
    breathing = with_use(usable, "breathing", day)[:1]
    if not full:
        joints = [*stiff, turn.middle]
        first = sorted(pool, key=lambda one: (not set(one.joints) & set(joints), turn.used.get(one.id, 0), one.id))
        thoracic = [one for one in first if one.centre == "thoracic"][:1]
        return [*[one for one in first if one not in thoracic][:1], *thoracic, *breathing]
    chosen = _long_holds(pool, turn) if style == "long_hold" else []
    chosen += _covering(pool, chosen, turn, stiff)
    # What a style's own exercises leave out, where one of them hurts, light ones of recovery days bring in.
    light = [one for one in with_use(usable, "recovery", day) if turn.may_have(one, day, usable.request)]
    chosen += _covering([one for one in light if not one.hold_s_max], chosen, turn, stiff)
    activation = [one for one in with_use(usable, "activation", day) if turn.may_have(one, day, usable.request)]
    wake = sorted(activation, key=lambda one: (turn.used.get(one.id, 0), one.id))[:1]
    around = [one for one in pool if one not in chosen and not (style == "long_hold" and one.hold_s_max)]
    if style == "long_hold":
        short = (one for one in with_use(usable, "recovery", day) if one.centre == turn.middle and not one.hold_s_max)
        around += [
            one for one in short if one not in chosen and one not in around and turn.may_have(one, day, usable.request)
        ]
    for one in sorted(around, key=lambda one: (one.centre != turn.middle, turn.used.get(one.id, 0), one.id)):
        enough = len(chosen) >= EXERCISES_MAX or (one.centre != turn.middle and _leads(chosen, turn.middle))
        if not enough and sum(map(_least_seconds, (*chosen, one, *wake, *breathing))) <= budget * FILLED:
            chosen.append(one)
    # Activation wakes, so it comes after the holds and before the breath.
    return [*(one for one in chosen if one not in wake), *wake, *breathing]


def _long_holds(pool: Sequence[Exercise], turn: Turn) -> list[Exercise]:
    """R-STATIC-PRE: two end-range holds, those that were done longest ago first."""
    ends = [one for one in pool if one.hold_s_max and set(END_RANGE) & set(one.muscles)]
    ends.sort(key=lambda one: (turn.used.get(one.id, 0), one.id))
    others = sorted(ends[1:], key=lambda one: set(one.planes) <= set(ends[0].planes))
    return [*ends[:1], *others][:LONG_HOLDS]


def _covering(pool: Sequence[Exercise], chosen: Sequence[Exercise], turn: Turn, stiff: Sequence[str]) -> list[Exercise]:
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


def with_use(usable: Usable, use: Use, day: date) -> list[Exercise]:
    """Return what may be used so on a day."""
    return [one for one in usable.catalogue.exercises.values() if use in one.uses and usable.on(one.id, day)]


def _least_seconds(one: Exercise) -> float:
    sides = 2 if one.sides == "one" else 1
    return CHANGE_S + sides * (one.dose.hold_s if one.dose.hold_s else 8 * SECONDS_A_SWING)


def dosed(
    chosen: Sequence[Exercise], style: MobilityStyle, day: date, budget: float, usable: Usable, turn: Turn
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
    one: Exercise, style: MobilityStyle, day: date, reps: int, cap: float, request: PlanRequest, turn: Turn
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


def _first(request: PlanRequest, turn: Turn) -> Side:
    finding = request.finding
    if finding and finding.action == "do" and finding.limb != "undetermined":
        return finding.limb
    return SIDES[turn.centre % 2]


def _seconds(one: PlannedExercise) -> float:
    return CHANGE_S + sum(dose.sets * (dose.hold_s or SECONDS_A_SWING * (dose.reps or 0)) for dose in one.doses)


def _joints(one: Exercise) -> str:
    return " and ".join(joint.replace("_", " ") for joint in one.joints[:2])


def content(exercises: Iterable[PlannedExercise], style: MobilityStyle, catalogue: Catalogue) -> MobilityContent:
    """Return which joints and planes exercises take through their range."""
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
