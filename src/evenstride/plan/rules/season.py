"""What races ask for: taper, short sessions in season, and nothing new."""

from collections.abc import Iterator
from datetime import timedelta

from evenstride.model import BrokenRule, Dose, Exercise
from evenstride.plan.figures import (
    MICRO_MINUTES,
    NO_NEW_BEFORE_RACE,
    NO_PLYOMETRICS_BEFORE_RACE,
    NO_STRENGTH_BEFORE_RACE,
    RECOVERY,
    TAPER,
    TAPER_SETS,
)
from evenstride.plan.rules.body import usable
from evenstride.plan.rules.case import STRENGTH_KINDS, TRAINING_FAMILIES, TRAINING_KINDS, Case, Held, broken
from evenstride.plan.rules.history import BOUT_SIDES, Bout, earlier
from evenstride.plan.rules.moments import DAY, run_span, say_day, say_hours
from evenstride.plan.rules.progress import clean_in_a_row


def taper(case: Case) -> Iterator[BrokenRule]:
    """R-TAPER: two sets and the same loads before A and B races, no jumps in the last week, 72 h without strength."""
    for one in case.judged:
        if one.session.kind not in STRENGTH_KINDS or one.log is not None:
            continue
        yield from _last_hours(case, one)
        race = case.taper_race(one.day)
        if race is not None and one.session.kind in TRAINING_KINDS:
            yield from _sets_and_loads(case, one, f"{(race - one.day).days} days before the race of {say_day(race)}")
    for week in case.plan.week_list:
        if week.load == "taper" and not any(case.taper_race(week.monday + n * DAY) for n in range(7)):
            yield broken(
                "R-TAPER",
                week.monday,
                f"the week of {say_day(week.monday)} is called a taper, and no A or B race follows it",
            )


def _last_hours(case: Case, one: Held) -> Iterator[BrokenRule]:
    for race, priority in sorted(case.races.items()):
        if priority not in TAPER:
            continue
        start = min(run_span(run)[0] for run in case.runs_on[race] if run.kind == "race")
        gap = start - one.end
        if one.start < start and gap < NO_STRENGTH_BEFORE_RACE:
            yield broken(
                "R-TAPER",
                one,
                f"strength ends {say_hours(max(gap, timedelta(0)))} before the race of {say_day(race)}; 72 h are "
                "needed",
            )
        days = race - one.day
        if timedelta(0) < days <= NO_PLYOMETRICS_BEFORE_RACE and case.plyometric(one.session):
            yield broken(
                "R-TAPER",
                one,
                f"plyometrics {days.days} days before the race of {say_day(race)}; the last 7 are without",
            )


def _sets_and_loads(case: Case, one: Held, when: str) -> Iterator[BrokenRule]:
    for line, entry in case.training_lines(one.session):
        most = max(dose.sets for dose in line.doses)
        if most > TAPER_SETS:
            yield broken("R-TAPER", one, f"{entry.name}: {most} sets {when}; at most {TAPER_SETS}")
        told = set()
        sides = [side for side in BOUT_SIDES if getattr(line, side) is not None]
        # A leg whose form is not open for loads leaves the other without one too.
        may_stay = all(clean_in_a_row(earlier(case, entry.id, side, one)) for side in sides)
        for side in sides:
            dose: Dose | None = getattr(line, side)
            before = last_loading(case, entry.id, side, one)
            if dose is None or before is None:
                continue
            kept_kg = min(before.asked_kg, before.done_kg)  # what a runner took beyond it need not stay
            if dose.load_kg > before.load_kg or (
                dose.load_kg < kept_kg and not before.fell_short and (dose.load_kg > 0 or may_stay)
            ):
                told.add(f"{entry.name}: {dose.load_kg:g} kg {when}, {before.done_kg:g} kg before; loads stay")
        for text in sorted(told):
            yield broken("R-TAPER", one, text)


def last_loading(case: Case, exercise: str, side: str, one: Held) -> Bout | None:
    """Return the last bout of a loading week, trimmed or not, of the same exercise, side and session type.

    The last with a load where there is one: those without, as they stand before hard runs and after races, are no
    measure of loads. Nor are those before the programme began.
    """
    found = [
        bout for bout in reversed(earlier(case, exercise, side, one))  # type: ignore[arg-type]
        if bout.type == one.session.type and case.loading(bout.held) and bout.held.day >= case.began
    ]  # fmt: skip
    return next((bout for bout in found if bout.load_kg > 0), found[0] if found else None)


def recovery(case: Case) -> Iterator[BrokenRule]:
    """R-RECOVER: nothing loaded, no jumps and no test in the days after an A or B race."""
    for one in case.judged:
        race = case.recovers_from(one.day)
        if race is None or one.session.kind not in STRENGTH_KINDS or one.log is not None:
            continue
        loaded = any(dose.load_kg > 0 for line in one.session.exercises for dose in line.doses)
        if loaded or case.hard(one):
            what = "tests" if one.session.kind == "test" else "a load" if loaded else "hard strength"
            most = RECOVERY[case.races[race]].days
            text = (
                f"{what} {(one.day - race).days} days after the race of {say_day(race)}; {most} days are for recovery"
            )
            yield broken("R-RECOVER", one, text)


def short_in_season(case: Case) -> Iterator[BrokenRule]:
    """R-INSEASON: micro-sessions of 10–15 minutes: one or two single-leg drills and a short strength pair."""
    low, high = MICRO_MINUTES
    for one in case.judged:
        session = one.session
        if session.kind == "strength" and case.in_season(one.day):
            yield broken(
                "R-INSEASON",
                one,
                f"{session.minutes:g} minutes of strength in season; micro-sessions of {low:g}–{high:g} are meant",
            )
        if session.kind != "micro":
            continue
        if not low <= session.minutes <= high:
            yield broken(
                "R-INSEASON", one, f"a micro-session of {session.minutes:g} minutes; {low:g}–{high:g} are meant"
            )
        entries = [entry for _, entry in case.training_lines(session)]
        drills = [entry for entry in case.exercises_of(session) if entry.family == "drill"]
        strong = sum(entry.family in ("strength", "plyometric") for entry in entries)
        single = any(entry.sides == "one" for entry in (*entries, *drills))
        n = len(entries) + len(drills)
        fewer = session.trimmed or case.load(one.monday) == "deload"
        fewer = fewer or (case.nothing_new(one.day) and _pair_known(case, one) < 2)
        enough = (strong >= 2 and n >= 3) or (fewer and n >= 1)
        if not single or not enough or n > 4:
            yield broken(
                "R-INSEASON",
                one,
                f"a micro-session of {n} exercises, {strong} of them strength; one or two single-leg drills and a "
                "pair are meant",
            )


def _pair_known(case: Case, one: Held) -> int:
    """How many exercises for the pair were part of strength before and may be done; jumps are for longer sessions."""
    return sum(
        usable(case, entry, one.day) and any(
            bout.held.session.kind in TRAINING_KINDS
            for side in BOUT_SIDES for bout in earlier(case, entry.id, side, one)
        )
        for entry in case.catalogue.exercises.values() if entry.family == "strength"
    )  # fmt: skip


def nothing_new(case: Case) -> Iterator[BrokenRule]:
    """R-NO-NEW: in season and in the last 14 days before a race only what was done before."""
    for one in case.judged:
        if not case.nothing_new(one.day) or one.session.kind == "test" or one.log is not None:
            continue
        race = next((race for race in sorted(case.races) if timedelta(0) <= race - one.day <= NO_NEW_BEFORE_RACE), None)
        when = f"{(race - one.day).days} days before the race of {say_day(race)}" if race else "in season"
        for entry in (*case.warm_up_of(one.session), *case.exercises_of(one.session)):
            if entry.family in (*TRAINING_FAMILIES, "drill") and not is_known(case, entry.id, one):
                yield broken("R-NO-NEW", one, f"{entry.name} is new {when}")


def is_known(case: Case, exercise: str, one: Held) -> bool:
    """Whether an exercise was done, or is planned, before a session; in a warm-up counts."""
    warmed = any(exercise in held.session.warm_up for held in case.held if held.known and held.start < one.start)
    return warmed or any(earlier(case, exercise, side, one) for side in BOUT_SIDES)


def is_open(case: Case, entry: Exercise, one: Held) -> bool:
    """Whether an exercise may be done, and is open to everybody or was done before where nothing new is allowed."""
    known = is_known(case, entry.id, one)
    return (known or (entry.start and not case.nothing_new(one.day))) and usable(case, entry, one.day)
