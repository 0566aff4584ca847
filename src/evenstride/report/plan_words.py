"""A plan in words: sessions, doses and sides as every export of a plan says them, left before right."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from evenstride.model import CalendarRun, Dose, Exercise, Plan, PlannedExercise, PlannedSession, Side
from evenstride.report.numbers import day_words

Exercises = Mapping[str, Exercise]
"""The catalogue's exercises by their id; one that is not among them is called after its id."""

KINDS: Mapping[str, str] = {
    "strength": "Strength",
    "micro": "Short strength",
    "test": "Tests of each leg",
    "mobility": "Mobility",
    "drills": "Running drills",
}
TITLES: Mapping[tuple[str, str], str] = {
    ("strength", "endurance"): "Strength endurance",
    ("strength", "maximal"): "Maximal strength",
    ("strength", "power"): "Power",
    ("mobility", "long_hold"): "Long-hold mobility",
    ("mobility", "dynamic"): "Dynamic mobility",
    ("mobility", "recovery"): "Recovery mobility",
}
"""Kind and its type or style → what people call it."""
SLOTS: Mapping[str, str] = {"after_run": "after the run", "pre_run": "before the run", "post_run": "after the run"}
RUNS: Mapping[str, str] = {
    "easy": "Easy run",
    "long": "Long run",
    "intervals": "Intervals",
    "tempo": "Tempo run",
    "hills": "Hills",
    "race": "Race",
    "rest": "Rest",
}
PHASES: Mapping[str, str] = {"beginner": "Beginner", "intermediate": "Intermediate", "advanced": "Advanced"}
WARM_UP_MINUTES = 5
TEST_ORDER = (
    "Each leg by itself, in this order: balance, mobility, hops, strength. Leave out what hurts or is forbidden to you."
)
TEST_HOW = (
    "How each is done: evenstride screen protocol. What it gave, for example: evenstride screen add"
    " single_leg_calf_raise --left 22 --right 26"
)
"""Only where commands are read: a calendar or a sheet of paper takes none."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SIDES: tuple[Side, Side] = ("left", "right")


def session_words(session: PlannedSession) -> str:
    """Return what a session is called.

    >>> session_words(PlannedSession(id="a", day=date(2026, 5, 8), slot="after_run", kind="strength", minutes=20))
    'Strength after the run'
    """
    style = session.type or (session.mobility.style if session.mobility else "")
    name = TITLES.get((session.kind, style), KINDS[session.kind])
    return f"{name} {SLOTS[session.slot]}" if session.slot in SLOTS else name


def minutes_words(minutes: float) -> str:
    """Return minutes as people write them; nothing where they are not known.

    >>> minutes_words(40.0), minutes_words(0.0)
    ('40 min', '')
    """
    return f"{minutes:.0f} min" if minutes else ""


def run_words(run: CalendarRun) -> str:
    """Return what a run is called, with what is known of its length.

    >>> run_words(CalendarRun(day=date(2026, 5, 10), kind="long", minutes=110, km=18.5))
    'Long run, 110 min, 18.5 km'
    """
    known = (RUNS[run.kind], minutes_words(run.minutes), f"{run.km:.3g} km" if run.km else "")
    return ", ".join(part for part in known if part)


def time_words(at: time | None) -> str:
    """Return a time of day, or nothing."""
    return f"{at:%H:%M}" if at else ""


def short_day(day: date) -> str:
    """Return a day with its weekday.

    >>> short_day(date(2026, 5, 8))
    'Fri 8 May'
    """
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%b}"


def exercise_name(exercise: str, exercises: Exercises) -> str:
    """Return how people call an exercise.

    >>> exercise_name("split_squat", {})
    'Split squat'
    """
    known = exercises.get(exercise)
    return known.name if known else exercise.replace("_", " ").capitalize()


def dose_words(dose: Dose | None) -> str:
    """Return one side's dose.

    >>> dose_words(Dose(sets=3, reps=10, load_kg=7.5)), dose_words(Dose(sets=2, hold_s=30, band="medium"))
    ('3 × 10, 7.5 kg', '2 × 30 s, medium band')
    """
    if dose is None:
        return ""
    work = f"{dose.sets} × {dose.reps}" if dose.reps is not None else f"{dose.sets} × {dose.hold_s:g} s"
    load = f"{dose.load_kg:g} kg" if dose.load_kg else ""
    return ", ".join(part for part in (work, load, f"{dose.band} band" if dose.band else "") if part)


def sides_in_order(one: PlannedExercise) -> Sequence[tuple[Side, Dose]]:
    """Return the sides that an exercise doses, in the order in which they are done."""
    order = SIDES if one.first != "right" else SIDES[::-1]
    doses = {"left": one.left, "right": one.right}
    return [(side, dose) for side in order if (dose := doses[side]) is not None]


def exercise_line(one: PlannedExercise, exercises: Exercises) -> str:
    """Return an exercise in one line: left, then right, whichever begins.

    >>> both = Dose(sets=3, reps=12)
    >>> exercise_line(PlannedExercise(exercise="split_squat", because="", first="right", left=both, right=both), {})
    'Split squat: left 3 × 12 | right 3 × 12 (right first)'
    """
    name = exercise_name(one.exercise, exercises)
    if one.both is not None:
        return f"{name}: {dose_words(one.both)}"
    doses = [f"{side} {dose_words(dose)}" for side, dose in (("left", one.left), ("right", one.right)) if dose]
    first = f" ({one.first} first)" if one.first and len(doses) > 1 else ""
    return f"{name}: {' | '.join(doses)}{first}"


def short_line(one: PlannedExercise, exercises: Exercises) -> str:
    """Return an exercise as it stands in a list: once where both legs do the same.

    >>> same = Dose(sets=1, reps=8)
    >>> short_line(PlannedExercise(exercise="hip_circle", because="", first="left", left=same, right=same), {})
    'Hip circle 1 × 8 each side'
    """
    if one.left == one.right and one.left is not None:
        return f"{exercise_name(one.exercise, exercises)} {dose_words(one.left)} each side"
    return exercise_line(one, exercises)


def effort_words(one: PlannedExercise) -> str:
    """Return tempo, rest and how many repetitions to keep in reserve, as far as they are said.

    >>> effort_words(PlannedExercise(exercise="a", because="", tempo="3-1-3-1", both=Dose(sets=1, reps=5)))
    'tempo 3-1-3-1 s, rest 60 s'
    """
    parts = (
        f"tempo {one.tempo} s" if one.tempo and one.tempo[0].isdigit() else one.tempo,
        f"rest {one.rest_s:g} s" if one.rest_s else "",
        f"{one.reps_in_reserve} in reserve" if one.reps_in_reserve is not None else "",
    )
    return ", ".join(part for part in parts if part)


def warm_up_words(session: PlannedSession, exercises: Exercises) -> str:
    """Return what the general warm-up of a session is; nothing where it has none.

    >>> strength = PlannedSession(id="a", day=date(2026, 5, 8), slot="free", kind="strength", minutes=20)
    >>> warm_up_words(strength, {})
    ''
    """
    if not session.warm_up:
        return ""
    named = ", ".join(exercise_name(one, exercises) for one in session.warm_up)
    return f"Warm-up, {WARM_UP_MINUTES} min, easy: {named}"


def cut_words(text: str) -> str:
    """Return what a session's minutes cut, so that nobody takes the sets that stay for those that go.

    >>> cut_words("Step-up: 1 of 3 sets for want of minutes"), cut_words("Step-up left out for want of minutes")
    ('Step-up: to 1 of 3 sets', 'Step-up: left out')
    """
    bare = text.removesuffix(" for want of minutes")
    return bare.replace(": ", ": to ", 1) if ": " in bare else bare.replace(" left out", ": left out")


def reasons(session: PlannedSession, exercises: Exercises) -> list[str]:
    """Return why a session is there, what it rests on, what was cut, and why each exercise is in it."""
    lines = [f"{why.text} ({why.rule})" for why in session.because]
    lines += [f"Rests on: {text}" for text in session.assumes]
    lines += [f"Cut for time: {cut_words(text)}" for text in session.trimmed]
    return lines + [
        f"{exercise_name(one.exercise, exercises)}: {one.because}" for one in session.exercises if one.because
    ]


def plan_words(plan: Plan) -> str:
    """Return which weeks a plan is for.

    >>> from evenstride.model import SolverStatus
    >>> plan_words(Plan(athlete="Ada", start=date(2026, 5, 4), weeks=12, runs=(), sessions=(),
    ...                 solver=SolverStatus(status="optimal", gap=0.0)))
    '12 weeks from Monday 4 May 2026'
    """
    weeks = "1 week" if plan.weeks == 1 else f"{plan.weeks} weeks"
    return f"{weeks} from {plan.start:%A} {day_words(plan.start)}"


def totals_words(plan: Plan) -> str:
    """Return what a plan comes to, all weeks together.

    >>> from evenstride.model import SolverStatus
    >>> totals_words(Plan(athlete="Ada", start=date(2026, 5, 4), weeks=12, runs=(), sessions=(),
    ...                   solver=SolverStatus(status="optimal", gap=0.0)))
    'nothing'
    """
    totals = plan.totals
    strength = int(totals["strength_sessions"] + totals["micro_sessions"])
    strength_minutes = totals["strength_minutes"] + totals["micro_minutes"]
    tests = int(totals["test_sessions"])
    parts = (
        f"{strength} strength session{'s' * (strength != 1)}" if strength else "",
        f"{strength_minutes:.0f} minutes of strength" if strength else "",
        f"{tests} day{'s' * (tests != 1)} of tests" if tests else "",
        f"{totals['mobility_minutes']:.0f} minutes of mobility" if totals["mobility_minutes"] else "",
    )
    return ", ".join(part for part in parts if part) or "nothing"
