"""The runner's life: days, times, minutes, equipment and fixed runs."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from evenstride.model import BrokenRule, CalendarRun, FreeSlot
from evenstride.model.plan import OWN_SLOTS
from evenstride.plan.rules.case import Case, Held, broken, grouped
from evenstride.plan.rules.moments import run_span, say_day


def what_there_is(case: Case) -> Iterator[BrokenRule]:
    """R-AVAIL: days, times, minutes, equipment and fixed runs are kept, and locked sessions stay where they are."""
    yield from _runs_unchanged(case)
    by_day = grouped((one.day, one) for one in case.judged if one.log is None)
    for day, held in sorted(by_day.items()):
        separate = [one for one in held if one.session.slot in OWN_SLOTS]
        yield from _fits_free_minutes(case, day, separate)
        yield from _labels(case, separate)
        yield from _around_runs(case, day, held)
        yield from _apart(case, day, separate)
    for one in case.judged:
        yield from _equipment(case, one)
    there = {(one.id, one.day) for one in case.plan.sessions}
    for session in case.request.locked:
        if case.plan.start <= session.day < case.end and (session.id, session.day) not in there:
            yield broken("R-AVAIL", session.day, f"the locked session {session.id} is not where it was")


def _runs_unchanged(case: Case) -> Iterator[BrokenRule]:
    def fixed(runs: tuple[CalendarRun, ...]) -> Counter[tuple[object, ...]]:
        return Counter(
            (run.day, run.kind, run.minutes, run.at, run.km)
            for run in runs if case.plan.start <= run.day < case.end and run.kind != "rest"
        )  # fmt: skip

    ours, asked = fixed(case.plan.runs), fixed(case.request.calendar)
    for run in (asked - ours) + (ours - asked):
        day, kind = run[0], run[1]
        assert isinstance(day, date)  # noqa: S101  for the type checker
        yield broken("R-AVAIL", day, f"the {kind} run of {say_day(day)} is not as the calendar has it")


def _fits_free_minutes(case: Case, day: date, held: list[Held]) -> Iterator[BrokenRule]:
    slots = [slot for slot in case.request.profile.free if slot.weekday == day.weekday()]
    if held and not slots:
        for one in held:
            yield broken("R-AVAIL", one, f"there are no free minutes on {day:%A}s")
        return
    for one in held:
        if not any(_may_lie_in(one, slot) for slot in slots):
            at = f" at {one.session.at:%H:%M}" if one.session.at else ""
            yield broken("R-AVAIL", one, f"{one.session.minutes:g} minutes{at} fit into no free minutes of {day:%A}s")
            return
    if held and not _pack(held, [(slot, slot.minutes) for slot in slots]):
        total, free = sum(one.session.minutes for one in held), sum(slot.minutes for slot in slots)
        yield broken("R-AVAIL", held[-1], f"{total:g} minutes of sessions on {say_day(day)}; {free:g} are free")


def _may_lie_in(one: Held, slot: FreeSlot) -> bool:
    if one.session.minutes > slot.minutes:
        return False
    if one.session.at is None or slot.at is None:
        return True
    opens = datetime.combine(one.day, slot.at)
    return opens <= one.start and one.end <= opens + timedelta(minutes=slot.minutes)


def _pack(held: list[Held], left: list[tuple[FreeSlot, float]]) -> bool:
    """Whether all sessions go into the free minutes at once; there are few of either, so every way is tried."""
    if not held:
        return True
    one, rest = held[0], held[1:]
    return any(
        one.session.minutes <= minutes
        and _may_lie_in(one, slot)
        and _pack(rest, [*left[:n], (slot, minutes - one.session.minutes), *left[n + 1 :]])
        for n, (slot, minutes) in enumerate(left)
    )


def _labels(case: Case, held: list[Held]) -> Iterator[BrokenRule]:
    for one in held:
        runs = case.runs_on.get(one.day, [])
        if one.session.slot == "after_run" and not runs:
            yield broken("R-AVAIL", one, f"there is no run on {say_day(one.day)} for it to follow")
        timed = one.session.at is not None
        before = timed and all(run.at is None or run_span(run)[0] >= one.end for run in runs)
        if one.session.slot == "free" and runs and not before:
            yield broken(
                "R-AVAIL",
                one,
                f"{say_day(one.day)} has a run, and the session is not marked as following it",
            )


def _around_runs(case: Case, day: date, held: list[Held]) -> Iterator[BrokenRule]:
    runs = sum(run.minutes > 0 for run in case.runs_on.get(day, []))
    profile = case.request.profile
    for slot, minutes, word in (
        ("pre_run", profile.minutes_before_runs, "before"), ("post_run", profile.minutes_after_runs, "after"),
    ):  # fmt: skip
        pieces = [one for one in held if one.session.slot == slot]
        if pieces and not runs:
            yield broken("R-AVAIL", pieces[0], f"a piece {word} a run on {say_day(day)}, which has none")
        elif sum(one.session.minutes for one in pieces) > minutes * runs or len(pieces) > runs:
            total = sum(one.session.minutes for one in pieces)
            yield broken(
                "R-AVAIL",
                pieces[-1],
                f"{total:g} minutes {word} the run of {say_day(day)}; there are {minutes * runs:g}",
            )


def _apart(case: Case, day: date, held: list[Held]) -> Iterator[BrokenRule]:
    timed = [one for one in held if one.session.at is not None]
    for n, one in enumerate(timed):
        for run in case.runs_on.get(day, []):
            start, end = run_span(run)
            if run.at is not None and one.start < end and start < one.end:
                yield broken("R-AVAIL", one, f"it and the {run.kind} run at {run.at:%H:%M} overlap")
        for other in timed[:n]:
            if one.start < other.end and other.start < one.end:
                yield broken("R-AVAIL", one, f"it and {other.session.id} overlap")


def _equipment(case: Case, one: Held) -> Iterator[BrokenRule]:
    if one.log is not None:
        return
    owned = set(case.request.profile.equipment)
    for entry in (*case.warm_up_of(one.session), *case.exercises_of(one.session)):
        missing = sorted(set(entry.equipment) - owned)
        if missing:
            yield broken("R-AVAIL", one, f"{entry.name} needs {', '.join(missing)}, which the runner has not")
    for line in one.session.exercises:
        found = case.exercise(line)
        if found is None:
            continue
        loaded = any(dose.load_kg > 0 for dose in line.doses)
        if loaded and not owned & set(found.load_equipment):
            yield broken(
                "R-AVAIL",
                one,
                f"{found.name} with a load needs {' or '.join(found.load_equipment) or 'what can load it'}, which "
                "the runner has not",
            )
        if any(dose.band for dose in line.doses) and "band" not in owned:
            yield broken("R-AVAIL", one, f"{found.name} needs a band, which the runner has not")
