"""Tests: what they replace and where they stand, and that none that is due is missing or late."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from evenstride.model import BrokenRule, FreeSlot, PlannedSession
from evenstride.plan.figures import (
    BETWEEN_HARD,
    BREAK,
    FIRST_TEST_DAY,
    NO_PLYOMETRICS_BEFORE_RACE,
    TAPER,
    TEST_DAYS_MAX,
    TEST_EVERY,
    TEST_MINUTES,
    TEST_WITHIN,
)
from evenstride.plan.rules.case import TRAINING_KINDS, Case, Held, broken
from evenstride.plan.rules.days import too_close, too_close_before, wrong_place
from evenstride.plan.rules.gates import full_tests
from evenstride.plan.rules.moments import DAY, WEEK, monday_of, run_span, say_day

ORDER = ("balance", "mobility", "plyometric", "strength")


def tests_stand_alone(case: Case) -> Iterator[BrokenRule]:
    """R-TEST: 40 minutes on one or two days within 14, in order, instead of strength, never in a race week."""
    for one in case.judged:
        if one.session.kind != "test":
            continue
        beside = case.training_of.get(one.monday, [])
        if beside:
            yield broken(
                "R-TEST",
                one,
                f"tests on {say_day(one.day)} and strength on {say_day(beside[0].day)} in one week; tests replace it",
            )
        races = [race for race in case.races if monday_of(race) == one.monday]
        if races:
            yield broken("R-TEST", one, f"tests on {say_day(one.day)}, in the week of the race of {say_day(races[0])}")
        places = [ORDER.index(entry.family) for entry in case.exercises_of(one.session) if entry.family in ORDER]
        if places != sorted(places):
            yield broken("R-TEST", one, "tests go from balance over mobility and hops to strength")
    yield from _whole(case)


def _whole(case: Case) -> Iterator[BrokenRule]:
    groups = full_tests(case)
    counted = {one.session.id for group in groups for one in group}
    for group in groups:
        total = sum(one.session.minutes for one in group)
        if total != TEST_MINUTES and group[-1].judged:
            yield broken("R-TEST", group[-1], f"the tests take {total:g} minutes; {TEST_MINUTES:g} are meant")
    for one in case.judged:
        if one.session.kind == "test" and one.session.id not in counted:
            yield broken(
                "R-TEST",
                one,
                f"{one.session.minutes:g} minutes of tests on {say_day(one.day)} without the rest within 14 days",
            )


def reassessed(case: Case) -> Iterator[BrokenRule]:
    """R-REASSESS: a look at the difference every week; all tests on the first allowed day when they are due."""
    for monday in case.mondays:
        looks = any(monday_of(one.day) == monday for one in case.plan.reassessments)
        if case.whole(monday) and not looks:
            yield broken("R-REASSESS", monday, f"no look at the tracked difference in the week of {say_day(monday)}")
    yield from _in_time(case)


def _in_time(case: Case) -> Iterator[BrokenRule]:
    """Results entered since the tests were due may be those tests, or not: the plan may take it either way."""
    groups = full_tests(case)
    due = case.began + (FIRST_TEST_DAY - 1) * DAY
    for group in groups:
        counts = due <= group[0].day or _answers(case, group)
        if counts and group[-1].day < case.plan.start:
            due = group[-1].day + TEST_EVERY
    entered = [one.day for one in case.request.tests if due <= one.day < case.plan.start]
    ahead = [group for group in groups if group[-1].day >= case.plan.start]
    readings = [due, *(day + TEST_EVERY for day in entered)]
    yield from min((list(_from(case, day, ahead)) for day in readings), key=len)


def _from(case: Case, due: date, ahead: list[list[Held]]) -> Iterator[BrokenRule]:
    while True:
        early = next((n for n, group in enumerate(ahead) if group[-1].day < due and _answers(case, group)), None)
        if early is not None:  # the next tests are due four weeks after those that a review asked for
            due, ahead = ahead[early][-1].day + TEST_EVERY, ahead[early + 1 :]
            continue
        if due >= case.end:
            return
        first = first_allowed(case, max(due, case.plan.start))
        n, found = next(((n, group) for n, group in enumerate(ahead) if group[-1].day >= due), (0, None))
        if first is not None and (found is None or found[0].day > first):
            when = "none is planned" if found is None else f"they are planned for {say_day(found[0].day)}"
            text = f"the full tests are due from {say_day(due)}, {say_day(first)} is the first allowed day, and {when}"
            yield broken("R-REASSESS", first, text)
        if found is None:
            if first is None and not any(one.rule == "R-REASSESS" for one in case.plan.given_up):
                text = f"the full tests are due from {say_day(due)}, no day allows them, and it is not said"
                yield broken("R-REASSESS", max(due, case.plan.start), text, binding=False)
            return
        ahead = ahead[n + 1 :]
        due = found[-1].day + TEST_EVERY


def _answers(case: Case, group: list[Held]) -> bool:
    """Whether tests stand where a review asks for some."""
    return any(two.kind == "retest" and two.covers(group[0].day) for two in case.request.adjustments)


def first_allowed(
    case: Case, since: date, *, until: date | None = None, out: Mapping[str, timedelta] | None = None
) -> date | None:
    """Return the first day on which the tests could be done as a whole; where none can be, the first of two halves.

    Before ``until`` (the plan's end), and not so many days before a race as ``out`` says of its priority; halves that a
    review asks for have 48 hours between them whatever the phase.
    """
    days = [since + n * DAY for n in range(max(0, ((until or case.end) - since).days))]
    days = [
        day for day in days
        if not any(p in (out or {}) and timedelta(0) <= race - day <= (out or {})[p] for race, p in case.races.items())
    ]  # fmt: skip
    whole = next((day for day in days if _allowed(case, day, TEST_MINUTES)), None)
    if whole is not None:
        return whole
    half = TEST_MINUTES / TEST_DAYS_MAX
    halves = [held for day in days if (held := _allowed(case, day, half))]
    for n, one in enumerate(halves):
        for other in halves[n + 1 :]:
            rested = out is None or other.start - one.end >= BETWEEN_HARD
            if other.day - one.day <= TEST_WITHIN and rested and not too_close(case, one, other):
                return one.day
    return None


def _allowed(case: Case, day: date, minutes: float) -> Held | None:
    """The tests as they could stand on a day, if its runs, races and what cannot be moved any more allow them."""
    monday = monday_of(day)
    if any(monday_of(race) == monday for race in case.races):
        return None
    fixed = [one for one in case.strength if not one.judged or one.log is not None]
    fixed += [case.as_held(one) for one in case.request.locked if one.kind in TRAINING_KINDS]
    if any(one.monday == monday and one.session.kind in TRAINING_KINDS for one in fixed):
        return None
    for slot in case.request.profile.free:
        if slot.weekday == day.weekday() and slot.minutes >= minutes:
            held = case.as_held(_test(case, day, slot, minutes))
            if not _against(case, held, fixed):
                return held
    return None


def _test(case: Case, day: date, slot: FreeSlot, minutes: float) -> PlannedSession:
    phase = case.weeks[monday_of(day)].phase if monday_of(day) in case.weeks else None
    place = "after_run" if case.runs_on.get(day) else "free"
    return PlannedSession(id="test", day=day, slot=place, kind="test", minutes=minutes, at=slot.at, phase=phase)  # type: ignore[arg-type]


def _against(case: Case, held: Held, fixed: list[Held]) -> bool:
    if any(True for _ in too_close_before(case, held)) or wrong_place(case, held):
        return True
    if case.recovers_from(held.day) is not None:
        return True
    before = max((one.day for one in case.strength if one.known and one.day < held.day), default=case.began)
    if held.day - before >= BREAK and any(run.hard for run in case.runs_on.get(held.day, [])):
        return True  # the first weeks begin again with it, and these leave hard runs their day
    if held.session.at is not None:
        spans = [run_span(run) for run in case.runs_on.get(held.day, []) if run.at is not None]
        if any(held.start < end and start < held.end for start, end in spans):
            return True
    if any(
        timedelta(0) <= race - held.day <= NO_PLYOMETRICS_BEFORE_RACE and priority in TAPER
        for race, priority in case.races.items()
    ):
        return True  # the tests have hops among them; 72 hours without strength are less than that
    return any(
        abs(other.day - held.day) <= WEEK
        and (too_close(case, other, held) if other.start <= held.start else too_close(case, held, other))
        for other in fixed
    )
