"""Which phase is open on which day: what was shown in logs and tests, and what a plan may assume."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from evenstride.model import BrokenRule, GateItem, Phase
from evenstride.model.plan import PhaseName
from evenstride.plan.figures import (
    BASE_BEFORE_PLYOMETRICS,
    PAIN_MAX,
    TEST_MINUTES,
    TEST_WITHIN,
)
from evenstride.plan.rules.body import usable
from evenstride.plan.rules.case import TRAINING_KINDS, Case, Held, broken
from evenstride.plan.rules.history import Bout, bouts
from evenstride.plan.rules.moments import say_day

PAIN_COUNTS = timedelta(weeks=4)
"""A gate looks so far back for pain (our own convention)."""

Standing = Literal["shown", "assumed", "missing"]


def phases_are_earned(case: Case) -> Iterator[BrokenRule]:
    """R-PHASE: no phase before its weeks and its gate; what is only assumed is named."""
    for one in case.judged:
        name = one.session.phase
        if one.session.kind not in TRAINING_KINDS or name in (None, "beginner"):
            continue
        opens = first_week(case, name)
        if case.number(one.day) < opens:
            yield broken(
                "R-PHASE",
                one,
                f"{name} in week {case.number(one.day)} of the programme; it opens in week {opens}",
            )
        missing = [item.text for item, how in standings(case, name, one.day) if how == "missing"]
        if missing:
            yield broken("R-PHASE", one, f"{name} on {say_day(one.day)} without its gate: {'; '.join(missing)}")
        elif not one.session.assumes and any(how == "assumed" for _, how in standings(case, name, one.day)):
            named = [item.text for item, how in standings(case, name, one.day) if how == "assumed"]
            yield broken(
                "R-PHASE",
                one,
                f"{name} on {say_day(one.day)} assumes, and does not say so: {'; '.join(named)}",
            )


def plyometrics_open(case: Case, one: Held) -> bool:
    """Whether eight weeks of base are over and the advanced gate is shown or may be assumed."""
    base = one.monday - _first_monday(case) >= BASE_BEFORE_PLYOMETRICS
    return base and all(how != "missing" for _, how in standings(case, "advanced", one.day))


def _first_monday(case: Case) -> date:
    return case.began - timedelta(days=case.began.weekday())


def phase_of(case: Case, name: PhaseName) -> Phase:
    """Return a phase of the catalogue by its name."""
    return next(phase for phase in case.catalogue.phases if phase.name == name)


def first_week(case: Case, name: PhaseName) -> int:
    """Return the first week of the programme in which a phase may be entered: after the weeks of those before it."""
    before = case.catalogue.phases[: case.catalogue.phases.index(phase_of(case, name))]
    return 1 + sum(phase.weeks or 0 for phase in before)


@lru_cache(maxsize=4096)
def standings(case: Case, name: PhaseName, day: date) -> tuple[tuple[GateItem, Standing], ...]:
    """Return how each thing that a phase's gate asks for stands on the morning of a day."""
    return tuple((item, _standing(case, item, day)) for item in phase_of(case, name).gate)


def _standing(case: Case, item: GateItem, day: date) -> Standing:
    if item.kind == "no_pain":
        return "missing" if _hurting(case, item.least or PAIN_MAX, day) else "shown"
    if item.kind == "log":
        return _by_sessions(case, item, day)
    latest = max((one for one in case.request.tests if one.test == item.test and one.day < day),
                 key=lambda one: one.day, default=None)  # fmt: skip
    if latest is not None and min(latest.left, latest.right) >= item.least:
        return "shown"
    if item.exercise and _enough(case, item, day, done=True) >= 1:
        return "shown"
    since = latest.day if latest is not None else date.min
    return "assumed" if any(since < tested < day for tested in tested_days(case)) else "missing"


def _by_sessions(case: Case, item: GateItem, day: date) -> Standing:
    needed = max(item.sessions, 1)
    if _enough(case, item, day, done=True) >= needed:
        return "shown"
    return "assumed" if _enough(case, item, day, done=False) >= needed else "missing"


def _enough(case: Case, item: GateItem, day: date, *, done: bool) -> int:
    """How many sessions before a day were clean on both legs with at least so many repetitions (``done``: by logs)."""
    best = 0
    for exercise in _stand_ins(case, item.exercise, day):
        good: dict[str, list[Bout]] = {}
        for side in ("left", "right", "both"):
            for bout in bouts(case).get((exercise, side), ()):
                if bout.held.day < day and not (done and bout.held.log is None):
                    good.setdefault(bout.held.session.id, []).append(bout)
        warmed = {
            one.session.id for one in case.judged
            if not done and not item.least and one.log is None and one.day < day and exercise in one.session.warm_up
        }  # fmt: skip
        fine = {name for name, found in good.items() if _both_good(found, item.least)}
        best = max(best, len(fine | (warmed - good.keys())))
    return best


def _both_good(found: list[Bout], least: float) -> bool:
    sides = {bout.side for bout in found}
    whole = "both" in sides or sides == {"left", "right"}
    return whole and all(bout.clean and bout.done_reps >= least for bout in found)


def _stand_ins(case: Case, exercise: str, day: date) -> list[str]:
    """An exercise, and where the runner cannot do it, all others of its pattern: the gate is then taken on these."""
    entry = case.catalogue.exercises[exercise]
    if usable(case, entry, day):
        return [exercise]
    return [one.id for one in case.catalogue.exercises.values() if one.pattern == entry.pattern]


def _hurting(case: Case, most: float, day: date) -> bool:
    """Whether the last log of some exercise, in the four weeks before, tells of more pain, not cleared since."""
    last: dict[str, tuple[date, float]] = {}
    for log in case.request.logs:
        for line in log.exercises:
            if log.done and day - PAIN_COUNTS <= log.day < day:
                before = last.get(line.exercise, (date.min, 0.0))
                last[line.exercise] = max(before, (log.day, line.pain_0_10))
    return any(pain > most and exercise not in case.request.cleared for exercise, (_, pain) in last.items())


@lru_cache(maxsize=4)
def tested_days(case: Case) -> tuple[date, ...]:
    """Return the days on which full tests are or were completed."""
    return tuple(group[-1].day for group in full_tests(case))


def full_tests(case: Case) -> list[list[Held]]:
    """Return the full tests in order: one session of 40 minutes, or two that add up to it within 14 days."""
    found: list[list[Held]] = []
    half: Held | None = None
    for one in (held for held in case.strength if held.session.kind == "test" and held.known):
        minutes = one.session.minutes
        if minutes >= TEST_MINUTES or (one.log is not None and minutes == 0):
            found.append([one])
            half = None
        elif half is not None and one.day - half.day <= TEST_WITHIN and half.session.minutes + minutes >= TEST_MINUTES:
            found.append([half, one])
            half = None
        else:
            half = one
    return found
