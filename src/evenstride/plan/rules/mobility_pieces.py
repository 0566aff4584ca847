"""What comes right before and after runs and sessions, and how long positions are held."""

from collections.abc import Iterator
from datetime import date

from evenstride.model import BrokenRule, CalendarRun
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.figures import (
    LONG_HOLD_S,
    LONG_HOLD_STEP_S,
    POCKET_MINUTES,
    POST_RUN_MINUTES,
    PRE_RUN_MINUTES,
    SHORT_HOLD_S,
    STATIC_BEFORE_QUALITY,
)
from evenstride.plan.rules.body import usable
from evenstride.plan.rules.case import Case, Held, broken, is_quality
from evenstride.plan.rules.mobility_week import is_stretch, long_holds
from evenstride.plan.rules.moments import run_span, say_day
from evenstride.plan.rules.season import is_known, is_open

BEFORE_RUNS = {
    "hip circles": ("hip_circle",),
    "thoracic rotation": ("thoracic_rotation",),
    "leg swings": ("leg_swing_sagittal", "leg_swing_frontal", "leg_swing_transverse"),
    "a hip hinge": ("hip_hinge_drill",),
}
SYMMETRY_FAMILIES = ("drill", "balance", "support")
AFTER_RUNS = {
    "calves": ("calf", "gastrocnemius", "soleus"),
    "hamstrings": ("hamstrings",),
    "hip flexors": ("hip flexors",),
}
AFTER_HARD_RUNS = {"adductors": ("adductors",), "posterior chain": ("glutes", "hamstrings", "back extensors")}
END_RANGE = ("hip flexors", "adductors", "glutes")
"""R-STATIC-PRE: the muscles of the longer end-range holds."""
LONG_HOLDS = (2, 3)


def before_runs_and_sessions(case: Case) -> Iterator[BrokenRule]:
    """R-MOB-PRE: 6–8 minutes before hard runs, and a balance drill in the warm-up of sessions that follow no run."""
    for run in case.hard_runs:
        if case.plan.start <= run.day < case.end and run.minutes > 0:
            yield from _before(case, run)
    for one in case.judged:
        if one.log is None:
            yield from _warm_up(case, one)


def _pieces(case: Case, day: date, slot: str) -> list[Held]:
    return [one for one in case.judged if one.day == day and one.session.slot == slot]


def _before(case: Case, run: CalendarRun) -> Iterator[BrokenRule]:
    low, high = PRE_RUN_MINUTES
    enough = case.request.profile.minutes_before_runs >= low
    pieces = _pieces(case, run.day, "pre_run")
    hard = sum(other.hard and other.minutes > 0 for other in case.runs_on[run.day])
    if len(pieces) < hard:
        if enough or not case.said("R-MOB-PRE", run.day):
            yield broken(
                "R-MOB-PRE",
                run.day,
                f"nothing before the {run.kind} run of {say_day(run.day)}; {low:g}–{high:g} minutes are meant",
                binding=enough,
            )
        return
    for one in pieces:
        if enough and not low <= one.session.minutes <= high:
            yield broken(
                "R-MOB-PRE",
                one,
                f"{one.session.minutes:g} minutes before the {run.kind} run; {low:g}–{high:g} are meant",
            )
        if enough:
            yield from _in_the_piece(case, one)


def _in_the_piece(case: Case, one: Held) -> Iterator[BrokenRule]:
    ids = [line.exercise for line in one.session.exercises]
    for name, any_of in BEFORE_RUNS.items():
        could = [exercise for exercise in any_of if _can(case, exercise, one)]
        if could and not set(any_of) & set(ids):
            yield broken("R-MOB-PRE", one, f"no {name.removeprefix('a ')} before the run of {say_day(one.day)}")
    entries = case.exercises_of(one.session)
    drills = [n for n, entry in enumerate(entries) if entry.family in SYMMETRY_FAMILIES]
    could_drill = any(
        entry.family in SYMMETRY_FAMILIES and "pre_run" in entry.uses and is_open(case, entry, one)
        for entry in case.catalogue.exercises.values()
    )  # fmt: skip
    if len(drills) > 2 or (could_drill and not drills):
        yield broken(
            "R-MOB-PRE",
            one,
            f"{len(drills)} symmetry drills before the run of {say_day(one.day)}; one or two are meant",
        )
    listed = {exercise for any_of in BEFORE_RUNS.values() for exercise in any_of}
    if drills and any(entry.id in listed for entry in entries[drills[0] :]):
        yield broken("R-MOB-PRE", one, "the symmetry drills come last")


def _can(case: Case, exercise: str, one: Held) -> bool:
    entry = case.catalogue.exercises.get(exercise)
    return entry is not None and usable(case, entry, one.day)


def _warm_up(case: Case, one: Held) -> Iterator[BrokenRule]:
    session = one.session
    if session.slot != "free" or session.kind not in ("strength", "micro", "mobility"):
        return
    if session.kind == "mobility" and session.minutes <= POCKET_MINUTES:
        return
    if session.kind == "mobility" and any(
        other.session.kind in ("strength", "micro", "test") and other.session.slot == "free"
        for other in case.judged if other.day == one.day
    ):  # fmt: skip
        return
    entries = case.exercises_of(session)
    balance = [n for n, entry in enumerate(entries) if entry.family == "balance"]
    strength = [n for n, entry in enumerate(entries) if entry.family in ("strength", "plyometric")]
    light = session.kind != "mobility" and case.load(one.monday) == "deload"
    could = any(
        entry.family == "balance" and is_open(case, entry, one) and not (light and not is_known(case, entry.id, one))
        for entry in case.catalogue.exercises.values()
    )
    late = session.kind != "mobility" and balance and strength and balance[0] > strength[0]
    warmed = any(entry.family == "balance" for entry in case.warm_up_of(session))
    if could and not warmed and (not balance or late):
        yield broken("R-MOB-PRE", one, "it follows no run, and its warm-up has no balance drill")


def after_runs(case: Case) -> Iterator[BrokenRule]:
    """R-MOB-POST: 5–10 minutes after hard runs, and what belongs in any piece after a run (preference)."""
    low, high = POST_RUN_MINUTES
    for run in case.runs:
        if not case.plan.start <= run.day < case.end or run.minutes <= 0 or case.said("R-MOB-POST", run.day):
            continue
        pieces = _pieces(case, run.day, "post_run")
        if run.hard and not pieces:
            yield broken(
                "R-MOB-POST",
                run.day,
                f"nothing after the {run.kind} run of {say_day(run.day)}, and it is not said why",
                binding=False,
            )
        for one in pieces:
            if not low <= one.session.minutes <= high:
                yield broken(
                    "R-MOB-POST",
                    one,
                    f"{one.session.minutes:g} minutes after the run; {low:g}–{high:g} are meant",
                    binding=False,
                )
            hard = any(other.hard for other in case.runs_on[run.day])
            wanted = AFTER_RUNS | (AFTER_HARD_RUNS if hard else {})
            muscles = {muscle for entry in case.exercises_of(one.session) for muscle in entry.muscles}
            without = {name: any_of for name, any_of in wanted.items() if not muscles & set(any_of)}
            missing = [name for name, any_of in without.items() if _trainable(case, any_of, one)]
            if missing:
                yield broken(
                    "R-MOB-POST",
                    one,
                    f"nothing for {', '.join(missing)} after the run of {say_day(run.day)}",
                    binding=False,
                )


def _trainable(case: Case, muscles: tuple[str, ...], one: Held) -> bool:
    return any(
        "post_run" in entry.uses and set(muscles) & set(entry.muscles) and usable(case, entry, one.day)
        for entry in case.catalogue.exercises.values()
    )


def holds(case: Case) -> Iterator[BrokenRule]:
    """R-STATIC-PRE: short holds before quality runs; long ones on long-hold days, from 30 s on, 10 s more a week."""
    for one in case.judged:
        if one.log is None:
            yield from _before_quality(case, one)
            yield from _lengths(case, one)
            yield from _where_they_belong(case, one)
    yield from _growth(case)


def _before_quality(case: Case, one: Held) -> Iterator[BrokenRule]:
    for run in case.runs_on.get(one.day, []):
        if not is_quality(run):
            continue
        start = run_span(run)[0]
        timed = run.at is not None and one.session.at is not None
        in_the_hour = timed and one.start < start < one.end + STATIC_BEFORE_QUALITY
        if one.session.slot != "pre_run" and not in_the_hour:
            continue
        for line in one.session.exercises:
            entry = case.exercise(line)
            seconds = max((dose.hold_s or 0.0 for dose in line.doses), default=0.0)
            if entry is not None and "breathing" not in entry.uses and seconds > SHORT_HOLD_S[1]:
                yield broken(
                    "R-STATIC-PRE",
                    one,
                    f"{entry.name} for {seconds:g} s in the hour before the {run.kind} run; {SHORT_HOLD_S[1]:g} s "
                    "are the most",
                )


def _lengths(case: Case, one: Held) -> Iterator[BrokenRule]:
    (short, short_most), (long, long_most) = SHORT_HOLD_S, LONG_HOLD_S
    for line in one.session.exercises:
        entry = case.exercise(line)
        if entry is None or not is_stretch(entry.family, entry.uses):
            continue
        most = min(long_most, entry.hold_s_max or long_most)
        for seconds in sorted({dose.hold_s for dose in line.doses if dose.hold_s is not None}):
            if not (short <= seconds <= short_most or long <= seconds <= most):
                yield broken(
                    "R-STATIC-PRE",
                    one,
                    f"{entry.name} for {seconds:g} s; {short:g}–{short_most:g} s or {long:g}–{most:g} s are meant",
                )


def _where_they_belong(case: Case, one: Held) -> Iterator[BrokenRule]:
    style = one.session.mobility.style if one.session.mobility else ""
    held = long_holds(one, case)
    if held and (style == "dynamic" or one.session.kind != "mobility"):
        yield broken(
            "R-STATIC-PRE",
            one,
            f"{case.name(held[0][0])} for {held[0][1]:g} s; long holds belong to long-hold days",
        )
    if style != "long_hold" or one.session.slot not in OWN_SLOTS:
        return
    ends = [name for name, _ in held if set(END_RANGE) & set(case.catalogue.exercises[name].muscles)]
    could = [
        entry for entry in case.catalogue.exercises.values()
        if "long_hold" in entry.uses and set(END_RANGE) & set(entry.muscles) and entry.dose.hold_s
        and usable(case, entry, one.day)
    ]  # fmt: skip
    low, high = LONG_HOLDS
    if not min(low, len(could)) <= len(ends) <= high:
        yield broken(
            "R-STATIC-PRE",
            one,
            f"{len(ends)} longer end-range holds on a long-hold day; {low} or {high} are meant",
        )


def _growth(case: Case) -> Iterator[BrokenRule]:
    """Week by week 10 s more from 30 s on: by the weeks of the programme, and by the longest that was held before."""
    longest: list[tuple[date, float]] = []
    for one in (one for one in case.held if one.session.kind == "mobility" and one.known):
        most = LONG_HOLD_S[0] + LONG_HOLD_STEP_S * max(0, case.number(one.day) - 1)
        if longest:
            grown = (length + LONG_HOLD_STEP_S * ((one.monday - monday).days // 7) for monday, length in longest)
            most = min(most, max(grown))
        for exercise, seconds in long_holds(one, case):
            if one.judged and one.log is None and seconds > most:
                since = f"{most:g} s are the most: 30 s at first and 10 s more a week"
                yield broken(
                    "R-STATIC-PRE", one, f"{case.name(exercise)} for {seconds:g} s on {say_day(one.day)}; {since}"
                )
            longest.append((one.monday, seconds))
