"""On which days strength may stand: around hard runs, apart from other strength, and how often a week."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from evenstride.model import BrokenRule, CalendarRun
from evenstride.model.plan import PhaseName
from evenstride.plan.figures import (
    AFTER_HARD_RUN,
    BEFORE_HARD_RUN,
    BETWEEN_BEGINNER_DAYS,
    BETWEEN_HARD,
    NO_PLYOMETRICS_BEFORE_RACE,
    SESSIONS_A_WEEK,
)
from evenstride.plan.rules.body import usable
from evenstride.plan.rules.case import PHASES, STRENGTH_KINDS, Case, Held, broken
from evenstride.plan.rules.gates import plyometrics_open
from evenstride.plan.rules.moments import run_span, say_day, say_hours
from evenstride.plan.rules.words import as_coached, most_sessions

ROTATION = ("maximal", "endurance", "power")


def a_day_before_hard_runs(case: Case) -> Iterator[BrokenRule]:
    """R-24H: no hard strength in the 24 h before a quality run or the long run."""
    for one in case.judged:
        if case.hard(one):
            for run, gap in too_close_before(case, one):
                how = f"ends {say_hours(gap)} before" if gap >= timedelta(0) else "is not over at the start of"
                text = f"hard strength {how} the {run.kind} run of {say_day(run.day)}; 24 h are needed"
                yield broken("R-24H", one, text)


def too_close_before(case: Case, one: Held) -> Iterator[tuple[CalendarRun, timedelta]]:
    """Yield the hard runs that begin after a session does and less than 24 h after it ends, and how long after."""
    for run in case.hard_runs:
        start = run_span(run)[0]
        if one.start < start < one.end + BEFORE_HARD_RUN:
            yield run, start - one.end


def after_easy_runs(case: Case) -> Iterator[BrokenRule]:
    """R-AFTER-EASY: after an easy run, on a day without a run, or 6 h after a hard run, not in the first four weeks."""
    for one in case.judged:
        if one.session.kind in STRENGTH_KINDS:
            text = wrong_place(case, one)
            if text:
                yield broken("R-AFTER-EASY", one, text)


def wrong_place(case: Case, one: Held) -> str:
    """Say why strength must not stand where it does on a day with runs; empty where it may."""
    session, runs = one.session, case.runs_on.get(one.day, [])
    if session.at is not None and any(run.at is None or run.at > session.at for run in runs):
        return f"strength at {session.at:%H:%M} is not shown to come after the run of {say_day(one.day)}"
    for run in runs:
        if not run.hard:
            continue
        if case.first_weeks(one.day):
            return f"strength on {say_day(one.day)}, the day of a hard run, in the first four weeks"
        if run.at is None or session.at is None:
            return f"6 h after the {run.kind} run of {say_day(one.day)} are not shown: both need a time"
        gap = one.start - run_span(run)[1]
        if gap < AFTER_HARD_RUN:
            return f"strength begins {say_hours(gap)} after the {run.kind} run of {say_day(one.day)}; 6 h are needed"
    return ""


def days_apart(case: Case) -> Iterator[BrokenRule]:
    """R-NONCONSEC: not on neighbouring days as a beginner; later 48 h between two hard sessions."""
    for earlier, later in _pairs(case):
        text = too_close(case, earlier, later)
        if text:
            yield broken("R-NONCONSEC", later if later.judged else earlier, text)


def too_close(case: Case, earlier: Held, later: Held) -> str:
    """Say why two strength sessions are too close; empty where they are not."""
    if case.phase(later) == "beginner":
        days = (later.day - earlier.day).days
        if days < BETWEEN_BEGINNER_DAYS:
            return f"strength on {say_day(earlier.day)} and {say_day(later.day)}: a beginner needs a day between"
    elif case.hard(earlier) and case.hard(later) and later.start - earlier.end < BETWEEN_HARD:
        gap = max(later.start - earlier.end, timedelta(0))
        both = f"{say_day(earlier.day)} and {say_day(later.day)}"
        return f"{say_hours(gap)} between the hard sessions of {both}; 48 h are needed"
    return ""


def _pairs(case: Case) -> Iterator[tuple[Held, Held]]:
    """Two strength sessions within four days of which at least one is of the plan, the earlier first."""
    for n, later in enumerate(case.strength):
        for earlier in reversed(case.strength[:n]):
            if (later.day - earlier.day).days > 4:
                break
            if later.judged or earlier.judged:
                yield earlier, later


def how_often(case: Case) -> Iterator[BrokenRule]:
    """R-FREQ: two or three strength sessions a week; fewer are said; advanced sessions take turns in their type."""
    for monday in case.mondays:
        held = [one for one in case.strength if one.monday == monday]
        ours = [one for one in held if one.judged]
        phase = _highest(case, held, monday)
        most = SESSIONS_A_WEEK[phase]
        if len(held) > most and ours:
            yield broken(
                "R-FREQ",
                ours[-1],
                f"{len(held)} strength sessions in the week of {say_day(monday)}; {phase}: at most {most}",
            )
        most = min(most, most_sessions(case, monday) or most)
        tested = any(one.session.kind == "test" for one in held)
        kept = case.said("R-FREQ", monday) or (case.load(monday) == "taper" and case.said("R-TAPER", monday))
        if len(held) < most and not tested and case.whole(monday) and not kept:
            yield broken(
                "R-FREQ",
                monday,
                f"{len(held)} of {most} strength sessions in the week of {say_day(monday)}, and it is not said why",
                binding=False,
            )
        yield from _three_types(case, monday)
    yield from _in_turn(case)


def _highest(case: Case, held: list[Held], monday: date) -> PhaseName:
    phases = [case.phase(one) for one in held]
    if not phases:
        return case.weeks[monday].phase if monday in case.weeks else "beginner"
    return max(phases, key=PHASES.index)


def _advanced(case: Case) -> list[Held]:
    return [one for one in case.strength if one.session.kind == "strength" and case.phase(one) == "advanced"]


def _three_types(case: Case, monday: date) -> Iterator[BrokenRule]:
    week = [one for one in _advanced(case) if one.monday == monday and one.judged]
    for one in week:
        if one.session.type not in ROTATION:
            yield broken("R-FREQ", one, f"an advanced session is maximal, endurance or power, not {one.session.type}")
    types = [one.session.type for one in week]
    if len(week) == 3 and len(set(types)) < 3 and not _no_jumps(case, week[-1]):
        yield broken(
            "R-FREQ",
            week[-1],
            f"the three sessions of the week are {', '.join(map(str, types))}; one of each type is wanted",
        )


def _in_turn(case: Case) -> Iterator[BrokenRule]:
    """Where a week has fewer than three, each session takes the next type; power is passed over where jumps are out."""
    held = [one for one in _advanced(case) if one.session.type in ROTATION and one.known]
    count = {one.monday: sum(other.monday == one.monday for other in held) for one in held}
    for before, one in pairwise(held):
        if not one.judged or max(count[before.monday], count[one.monday]) >= 3:
            continue
        turn = ROTATION.index(str(before.session.type))
        wanted = ROTATION[(turn + 1) % 3]
        if one.session.type == wanted or (wanted == "power" and one.session.type == "maximal" and _no_jumps(case, one)):
            continue
        yield broken(
            "R-FREQ",
            one,
            f"{one.session.type} follows {before.session.type} of {say_day(before.day)}; {wanted} is next",
        )


def _no_jumps(case: Case, one: Held) -> bool:
    """Whether plyometrics are out on that day: light week, race or hard run near, while returning, or none is open."""
    near = any(timedelta(0) <= race - one.day <= NO_PLYOMETRICS_BEFORE_RACE for race in case.races)
    light = not case.loading(one) or near or case.request.return_stage is not None
    if as_coached(case, one) is not None and not case.plyometric(one.session):
        return True
    jumps = [entry for entry in case.catalogue.exercises.values() if entry.plyometric and usable(case, entry, one.day)]
    hard_run = any(timedelta(0) <= run_span(run)[0] - one.end < BEFORE_HARD_RUN for run in case.hard_runs)
    fresh = case.recovers_from(one.day) is None
    return light or hard_run or not fresh or not jumps or not plyometrics_open(case, one)
