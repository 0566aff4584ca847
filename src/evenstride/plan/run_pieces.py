"""The pieces of mobility before hard runs and after every run."""

from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from math import ceil

from evenstride.model import (
    Because,
    CalendarRun,
    Catalogue,
    PlannedSession,
    PlanRequest,
)
from evenstride.model.exercise import MobilityStyle
from evenstride.model.plan import QUALITY_KINDS, Slot
from evenstride.plan.figures import (
    POST_RUN_MINUTES,
    PRE_RUN_MINUTES,
)
from evenstride.plan.mobility import content, dosed, with_use
from evenstride.plan.mobility_turn import Turn, turn_after
from evenstride.plan.usable import Usable
from evenstride.plan.weeks import last_day, nothing_new

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


def run_pieces(
    request: PlanRequest, catalogue: Catalogue, strength: Sequence[PlannedSession]
) -> tuple[PlannedSession, ...]:
    """Return the pieces before hard runs and after every run, within the minutes that the runner has around runs."""
    usable = Usable(request=request, catalogue=catalogue)
    profile, pieces = request.profile, []
    turn = turn_after(request)
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
    pool = [one for one in with_use(usable, "post_run", run.day) if one.dose.hold_s or one.family == "mobility"]
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
        chosen += with_use(usable, "breathing", run.day)[:1]
    exercises, seconds = dosed(chosen, style, run.day, minutes * 60.0, usable, Turn())
    left_out = [one.name for one in chosen if one.id not in {two.exercise for two in exercises}]
    told = max(seconds / 60.0, PRE_RUN_MINUTES[0] if slot == "pre_run" else POST_RUN_MINUTES[0])
    return PlannedSession(
        id="", day=run.day, at=at, slot=slot, kind="mobility", minutes=ceil(told - 1e-9), because=(because,),
        exercises=exercises, mobility=content(exercises, style, catalogue),
        trimmed=tuple(f"{name} left out for want of minutes" for name in left_out),
    )  # fmt: skip
