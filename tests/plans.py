"""Plans built by hand: two weeks of a runner whose right leg is the weaker one, and what they are made of."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from evenstride.model import (
    Because,
    CalendarRun,
    Dose,
    Exercise,
    GivenUp,
    MobilityContent,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanWeek,
    Reassessment,
    Side,
    SolverStatus,
)
from evenstride.model.profile import RunKind

MONDAY = date(2026, 5, 4)


def exercise(name: str, **own: Any) -> Exercise:
    """One exercise of a catalogue, with everything that it must have."""
    values: dict[str, Any] = {
        "id": name.lower().replace(" ", "_").replace("-", "_"), "name": name, "family": "strength", "pattern": "squat",
        "planes": ("sagittal",), "joints": ("hip", "knee"), "muscles": ("quadriceps",), "sides": "one",
        "dose": Dose(sets=3, reps=10), "tempo": "3-1-3-1", "cues": ("Knee over the second toe", "Grip the ground"),
        "faults": ("Knee falls in",), "how": "Down slowly, up slowly.", "evidence": "Trains what it loads.",
        "evidence_grade": "fair", "start": True,
    }  # fmt: skip
    return Exercise(**values | own)


EXERCISES = {
    one.id: one
    for one in (
        exercise("Single-leg Romanian deadlift", pattern="hinge", load_type="hand", load_equipment=("dumbbell",)),
        exercise("Split squat", load_type="two_hands", load_equipment=("dumbbell",)),
        exercise("Step-up", equipment=("low_box",)),
        exercise("Single-leg calf raise", joints=("ankle",)),
        exercise("Lateral band walk", family="support", sides="two", equipment=("band",)),
        exercise("Couch stretch", family="mobility", dose=Dose(sets=1, hold_s=30), uses=("long_hold",), centre="hip"),
        exercise("Thoracic rotation", family="mobility", sides="two", uses=("recovery",), planes=("transverse",)),
        exercise("Diaphragmatic breathing", family="mobility", sides="two", dose=Dose(sets=1, hold_s=60)),
        exercise("Hip circle", family="mobility", uses=("pre_run",), planes=("frontal", "transverse")),
    )
}


def each_side(name: str, left: Dose, right: Dose, **own: Any) -> PlannedExercise:
    """An exercise dosed per side, by its id."""
    values: dict[str, Any] = {"because": "It trains what the finding names.", "tempo": "3-1-3-1", "first": "right"}
    return PlannedExercise(exercise=name, left=left, right=right, **values | own)


def both_sides(name: str, dose: Dose, **own: Any) -> PlannedExercise:
    """An exercise dosed once for both sides, by its id."""
    return PlannedExercise(exercise=name, both=dose, **{"because": "It keeps the pelvis level."} | own)


def session(day: date, kind: Any = "strength", slot: Any = "free", n: int = 1, **own: Any) -> PlannedSession:
    """A session of that day; without exercises unless they are given."""
    values: dict[str, Any] = {"minutes": 20.0, "because": (Because(rule="R-AFTER-EASY", text="a day without a run"),)}
    return PlannedSession(id=f"{day.isoformat()}-{kind}-{n}", day=day, slot=slot, kind=kind, **values | own)


def plan_of(sessions: Sequence[PlannedSession], runs: Sequence[CalendarRun] = (), **own: Any) -> Plan:
    """A plan of these sessions in their order, two weeks long unless said otherwise."""
    values: dict[str, Any] = {
        "athlete": "Ada", "start": MONDAY, "weeks": 2, "solver": SolverStatus(status="optimal", gap=0.0),
    }  # fmt: skip
    return Plan(sessions=tuple(sessions), runs=tuple(runs), **values | own)


def strength_session(day: date, **own: Any) -> PlannedSession:
    """Three exercises: more sets for the weaker right leg in one, a load in one, a band for both sides in one."""
    exercises = (
        each_side("single_leg_romanian_deadlift", Dose(sets=3, reps=10, load_kg=8), Dose(sets=3, reps=10, load_kg=8)),
        each_side("split_squat", Dose(sets=2, reps=12), Dose(sets=3, reps=12), reps_in_reserve=2),
        both_sides("lateral_band_walk", Dose(sets=2, reps=15, band="medium"), tempo="smooth", rest_s=45.0),
    )
    values: dict[str, Any] = {
        "phase": "beginner", "type": "general", "hard": True, "exercises": exercises,
        "warm_up": () if own.get("slot") == "after_run" else ("hip_circle", "single_leg_stand_eyes_open"),
        "assumes": ("two clean sessions of the split squat",), "trimmed": ("step-up left out",),
    }  # fmt: skip
    return session(day, **values | own)


def mobility_session(day: date, **own: Any) -> PlannedSession:
    """A long-hold session: holds per side, rotation and breathing for both."""
    exercises = (
        each_side("couch_stretch", Dose(sets=2, hold_s=40), Dose(sets=2, hold_s=40), tempo="", rest_s=0.0),
        both_sides("thoracic_rotation", Dose(sets=1, reps=8), rest_s=0.0),
        both_sides("diaphragmatic_breathing", Dose(sets=1, hold_s=60), rest_s=0.0),
    )
    content = MobilityContent(style="long_hold", joints=("hip", "thoracic"), planes=("sagittal", "transverse"))
    values: dict[str, Any] = {"minutes": 12.0, "mobility": content, "exercises": exercises}
    return session(day, "mobility", **values | own)


_FOUR_WEEKS = (Because(rule="R-TEST", text="four weeks are over"),)


def example_plan() -> Plan:
    """Two weeks: strength (once with a time), mobility, a piece before a hard run, a test day, something given up."""
    day = [date.fromordinal(MONDAY.toordinal() + n) for n in range(14)]
    week: tuple[tuple[int, RunKind, float, time | None], ...] = (
        (1, "intervals", 60.0, time(18)),
        (3, "easy", 45.0, None),
        (6, "long", 110.0, time(8)),
    )
    runs = [
        CalendarRun(day=day[n + later], kind=kind, minutes=minutes, at=at)
        for later in (0, 7)
        for n, kind, minutes, at in week
    ]
    piece = MobilityContent(style="dynamic", joints=("hip",), planes=("frontal",))
    sessions = [
        strength_session(day[2], at=time(7, 30)),
        session(
            day[1], "mobility", "pre_run", minutes=7.0, mobility=piece,
            exercises=(each_side("hip_circle", Dose(sets=1, reps=8), Dose(sets=1, reps=8), tempo="", rest_s=0.0),),
        ),
        mobility_session(day[4]),
        strength_session(day[3], slot="after_run"),
        strength_session(day[9]),
        session(day[11], "test", minutes=40.0, hard=True, because=_FOUR_WEEKS),
    ]  # fmt: skip
    weeks = (
        PlanWeek(monday=day[0], number=1, part="base", load="loading", phase="beginner", text="Learn the movements."),
        PlanWeek(monday=day[7], number=2, part="base", load="test", phase="beginner"),
    )
    return plan_of(
        sorted(sessions, key=lambda one: (one.day, one.at or time.min)),
        runs,
        week_list=weeks,
        given_up=(GivenUp(rule="R-FREQ", day=day[7], text="one strength session only; a free Friday would make two"),),
        reassessments=(Reassessment(day=day[6], text="look at contact time in the long run"),),
        advice=(Because(rule="R-SPIKE", text="keep Sunday's run under 19 km"),),
    )


def mirrored(plan: Plan) -> Plan:
    """The same plan with left and right exchanged."""
    other: dict[Side | None, Side | None] = {"left": "right", "right": "left", None: None}
    return replace(
        plan,
        sessions=tuple(
            replace(
                one,
                exercises=tuple(
                    replace(line, left=line.right, right=line.left, first=other[line.first]) for line in one.exercises
                ),
            )
            for one in plan.sessions
        ),
    )
