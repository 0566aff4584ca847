"""The programme: from a finding and a life to dated sessions, or the rules and inputs that exclude one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from evenstride.errors import PlanConflict
from evenstride.model import (
    Catalogue,
    GivenUp,
    Plan,
    PlannedSession,
    PlanRequest,
    PlanWeek,
)
from evenstride.model.plan import OWN_SLOTS, PhaseName, WeekLoad
from evenstride.plan.asked import sessions_most
from evenstride.plan.conflict import impossible, why_fewer
from evenstride.plan.figures import (
    BETWEEN_HARD,
    POST_RUN_MINUTES,
    PRE_RUN_MINUTES,
    TEST_MINUTES,
)
from evenstride.plan.held import done_before, held_before
from evenstride.plan.mobility import fill_mobility
from evenstride.plan.mobility_centres import same_centre_twice
from evenstride.plan.places import STYLES, Question
from evenstride.plan.placing import Placed
from evenstride.plan.progression import expected_phases
from evenstride.plan.retests import place_tests
from evenstride.plan.run_pieces import run_pieces
from evenstride.plan.runs import advice, noted_runs, reassessments
from evenstride.plan.slots import Opportunity, known_only, opportunities
from evenstride.plan.strength import fill_strength
from evenstride.plan.timetable import Timetable, loss, timetable
from evenstride.plan.unmet import unmet
from evenstride.plan.usable import Usable
from evenstride.plan.warming import warm_up
from evenstride.plan.weeks import Week, beginnings, every_race, monday, season_part, weeks_of

_STYLE_WORDS = {"long_hold": "long holds", "dynamic": "dynamic mobility", "recovery": "recovery mobility"}


def make_plan(request: PlanRequest, catalogue: Catalogue) -> Plan:
    """Plan the weeks from ``request.start`` on.

    Returns
    -------
    A plan that keeps every binding rule; preferences that it could not keep stand in ``given_up`` with their price.

    Raises
    ------
    PlanConflict
        No strength session fits anywhere, or a locked session breaks a binding rule: the fewest rules and inputs that
        exclude one another, and the cheapest ways out.

    Notes
    -----
    Works for any number of weeks up to a year. The timetable is the best one by the prices of
    :data:`evenstride.plan.places.PRICES` (``solver`` says how surely); doses follow from phase, logs and minutes.
    Sessions that lie ahead assume that prescribed work is done clean and without pain; what rests on that says so in
    ``assumes``. The same request gives the same plan.
    """
    profile = replace(request.profile, races=every_race(request))
    request = replace(request, past=held_before(request, catalogue), profile=profile)
    settled = _settled(request, catalogue)
    solved, strength = settled.solved, settled.strength
    mobility = fill_mobility(request, catalogue, _right_behind(strength, solved), strength)
    strength = _warmed(request, catalogue, strength, mobility)
    pieces = run_pieces(request, catalogue, (*strength, *mobility))
    sessions = _named([*strength, *mobility, *pieces], request)
    return Plan(
        athlete=request.profile.name,
        start=request.start,
        weeks=request.weeks,
        runs=noted_runs(request),
        sessions=sessions,
        solver=loss(settled.question, solved),
        week_list=_weeks(request, settled.weeks, sessions, settled.phases),
        given_up=_given_up(request, catalogue, settled, strength, sessions),
        reassessments=reassessments(request, settled.weeks),
        advice=advice(request),
    )


@dataclass(frozen=True, kw_only=True)
class _Settled:
    """What holds once weeks, phases and sessions agree with one another."""

    weeks: Sequence[Week]
    phases: Mapping[date, PhaseName]
    untested: Sequence[GivenUp]
    question: Question
    solved: Timetable
    strength: tuple[PlannedSession, ...]


def _settled(request: PlanRequest, catalogue: Catalogue) -> _Settled:
    """Place and fill strength until weeks and sessions agree.

    Which phase a week has, and whether a break makes it one of the first weeks again, depends on what stands in the
    weeks before, and that on these. Phases only ever fall here, first weeks are only ever added, and weeks whose tests
    stand as a beginner's only ever become fewer, so this ends.
    """
    again: frozenset[date] = frozenset()
    beyond: frozenset[date] = frozenset()
    phases: dict[date, PhaseName] = {}
    while True:
        weeks = weeks_of(request, again)
        every = opportunities(request, weeks)
        found = known_only(request, every)
        if not any(one.hard_minutes > 0 or one.light_minutes > 0 for one in found):
            raise impossible(request, found)
        untold = expected_phases(request, catalogue, weeks, ())
        beginner = {start for start, phase in untold.items() if phase == "beginner"} - beyond
        tests, untested = place_tests(request, weeks, every, beginner)
        phases = phases or expected_phases(request, catalogue, weeks, tests)
        question = _question(request, weeks, found, phases, tests)
        solved = timetable(question)
        if solved is None:
            raise _locked_conflict(request, found)
        strength = fill_strength(request, catalogue, weeks, _of(solved, "strength", "micro", "test"), phases)
        fallen = {monday(one.day): one.phase for one in strength if one.phase and one.phase != phases[monday(one.day)]}
        opened = {monday(day) for day in beginnings(request, (one.day for one in strength))} - again
        # Whole tests stand alike for everybody, but for what is past just before them.
        near = request.start + BETWEEN_HARD
        tested = {monday(one.day) for one in tests if one.minutes < TEST_MINUTES or one.day < near} & beginner
        risen = {start for start in tested if phases[start] != "beginner"}
        if not fallen and not opened and risen:
            beyond |= risen
            phases = {}
            continue
        if not fallen and not opened:
            return _Settled(
                weeks=weeks, phases=phases, untested=untested, question=question, solved=solved, strength=strength
            )
        phases |= fallen
        again |= opened


def _question(
    request: PlanRequest, weeks: Sequence[Week], found: Sequence[Opportunity], phases: Mapping[date, PhaseName],
    tests: Sequence[Placed],
) -> Question:  # fmt: skip
    most = {week.monday: sessions_most(request, week.monday) for week in weeks}
    return Question(
        opportunities=found, weeks=weeks, phases=phases, tests=tests, past=request.past,
        kept=request.previous.sessions if request.previous else (), fixed=request.locked,
        most={start: number for start, number in most.items() if number is not None},
        told=frozenset(log.session for log in request.logs if log.done),
    )  # fmt: skip


def _given_up(
    request: PlanRequest, catalogue: Catalogue, settled: _Settled, strength: Sequence[PlannedSession],
    sessions: Sequence[PlannedSession],
) -> tuple[GivenUp, ...]:  # fmt: skip
    """Every preference that found no place, in order of its day."""
    weeks, found = settled.weeks, settled.question.opportunities
    every = (
        *why_fewer(request, weeks, found, strength, settled.phases),
        *settled.untested,
        *unmet(request, sessions, noted_runs(request)),
        *_missing_styles(request, weeks, sessions),
        *_short_around_runs(request, weeks),
        *_same_centres(sessions, catalogue),
        *_short_pieces(sessions),
    )
    return tuple(sorted(every, key=lambda one: (one.day, one.rule)))


def _of(solved: Timetable, *kinds: str) -> tuple[Placed, ...]:
    return tuple(one for one in solved.placed if one.kind in kinds)


def _warmed(
    request: PlanRequest, catalogue: Catalogue, strength: Sequence[PlannedSession], mobility: Sequence[PlannedSession]
) -> tuple[PlannedSession, ...]:
    """Strength sessions whose warm-up may have what mobility sessions before them made known."""
    usable = Usable(request=request, catalogue=catalogue)
    known, warmed = done_before(request), []
    for one in strength:
        balance = any(catalogue.exercises[name].family == "balance" for name in one.warm_up)
        if one.slot == "free" and one.kind != "test" and not balance:
            before = [two for two in (*strength, *mobility) if two.day < one.day]
            names = known | {name for two in before for name in (*two.warm_up, *(x.exercise for x in two.exercises))}
            warmed.append(replace(one, warm_up=warm_up(usable, one.day, names, light=True)))
        else:
            warmed.append(one)
    return tuple(warmed)


def _right_behind(strength: Sequence[PlannedSession], solved: Timetable) -> tuple[Placed, ...]:
    """Mobility that shares its minutes with strength begins when that ends, which may be sooner than it was placed."""
    ends = {}
    for one in strength:
        budget = next((two for two in _of(solved, one.kind) if (two.day, two.at) == (one.day, one.at)), None)
        if one.at is not None and budget is not None:
            start = datetime.combine(one.day, one.at)
            placed = (start + timedelta(minutes=budget.minutes)).time()
            ends[one.day, placed] = (start + timedelta(minutes=one.minutes)).time()
    mobility = _of(solved, "mobility")
    return tuple(replace(one, at=ends.get((one.day, one.at), one.at)) if one.at else one for one in mobility)


def _named(sessions: Iterable[PlannedSession], request: PlanRequest) -> tuple[PlannedSession, ...]:
    """In order of time, each with its name: its day, its kind and its place among those of the day.

    One that stands where another was done or missed has a name of its own, else its log would speak of both.
    """
    told = {log.session for log in request.logs if log.done or log.day >= request.today}
    order = {"pre_run": 0, "free": 1, "after_run": 2, "post_run": 1}
    ordered = sorted(sessions, key=lambda one: (one.day, one.at or time.max, order[one.slot], one.kind == "mobility"))
    seen: dict[tuple[date, str], int] = {}
    named = []
    fixed = {(one.day, one.kind) for one in request.locked}
    for one in ordered:
        number = seen.get((one.day, one.kind), 0) + 1
        while f"{one.day}-{one.kind}-{number}" in told:
            number += 1
        seen[one.day, one.kind] = number
        is_locked = (one.day, one.kind) in fixed and one.slot in OWN_SLOTS
        named.append(replace(one, id=f"{one.day}-{one.kind}-{number}", locked=one.locked or is_locked))
    return tuple(named)


def _locked_conflict(request: PlanRequest, found: Sequence[Opportunity]) -> PlanConflict:
    """Which locked session cannot stay, and why."""
    for one in request.locked:
        if (conflict := no_place(one, found)) is not None:
            return conflict
    inputs = tuple(f"locked: {one.id}" for one in request.locked)
    text = "The locked sessions are too near to each other, or more than a week may have."
    return PlanConflict(text, rules=("R-FREQ", "R-NONCONSEC"), inputs=inputs, ways_out=(_UNLOCK,))


def no_place(locked: PlannedSession, found: Sequence[Opportunity]) -> PlanConflict | None:
    """Return why its day holds no strength session at all; None where other sessions have to be looked at too."""
    here = [slot for slot in found if slot.day == locked.day]
    if not here:
        text = f"The session locked on {locked.day:%A %-d %B} has no free minutes there."
        return PlanConflict(text, rules=("R-AVAIL",), inputs=(f"locked: {locked.id}",), ways_out=(_UNLOCK,))
    blocks = [block for slot in here for block in slot.blocked]
    if blocks and not any(slot.hard_minutes > 0 for slot in here):
        text = f"The session locked on {locked.day:%A %-d %B} cannot stay: {blocks[0].text}."
        inputs = (f"locked: {locked.id}", *dict.fromkeys(block.input for block in blocks[:1]))
        return PlanConflict(text, rules=(blocks[0].rule,), inputs=inputs, ways_out=(_UNLOCK,))
    return None


_UNLOCK = "unlock one of them: evenstride plan lock SESSION --off"


def _weeks(
    request: PlanRequest, weeks: Sequence[Week], sessions: Sequence[PlannedSession], phases: Mapping[date, PhaseName]
) -> tuple[PlanWeek, ...]:
    tested = {monday(one.day) for one in sessions if one.kind == "test"}
    told: list[PlanWeek] = []
    reached: PhaseName | None = None
    for week in _ahead(request, weeks):
        mine = [one for one in sessions if monday(one.day) == week.monday and one.kind in ("strength", "micro")]
        load: WeekLoad = (
            "test" if week.monday in tested
            else "taper" if week.taper
            else "deload" if week.deload
            else "loading" if mine
            else "none"
        )  # fmt: skip
        phase = phases[week.monday]
        if mine:
            reached = mine[-1].phase
        elif phase == "advanced" and reached == "intermediate":
            phase = reached  # a week without strength opens no phase that the work around it has not
        part = season_part(max(week.monday, request.start), request)
        told.append(PlanWeek(monday=week.monday, number=week.number, part=part, load=load, phase=phase))
    return tuple(told)


def _missing_styles(
    request: PlanRequest, weeks: Sequence[Week], sessions: Sequence[PlannedSession]
) -> Iterable[GivenUp]:
    """Weeks without one of the three mobility days; pieces around runs are no days."""
    for week in _ahead(request, weeks):
        styles = {
            one.mobility.style
            for one in (*sessions, *request.past)
            if monday(one.day) == week.monday and one.mobility is not None and one.slot in OWN_SLOTS
        }
        missing = [_STYLE_WORDS[style] for style in STYLES if style not in styles]
        if missing:
            text = f"no day for {' and '.join(missing)} this week; ten more free minutes on another day would give one"
            yield GivenUp(rule="R-MOB-WEEK", day=max(week.monday, request.start), text=text)


def _same_centres(sessions: Sequence[PlannedSession], catalogue: Catalogue) -> Iterable[GivenUp]:
    """Weeks in which two mobility sessions running are about the same joint, said once a week."""
    seen = set()
    for day, centre in same_centre_twice(sessions, catalogue):
        if monday(day) not in seen:
            seen.add(monday(day))
            text = f"two mobility sessions running are about the {centre}; longer ones could take turns"
            yield GivenUp(rule="R-MOB-ALT", day=day, text=text)


def _short_pieces(sessions: Sequence[PlannedSession]) -> Iterable[GivenUp]:
    """Weeks in which the minutes after a run do not hold all that belongs there."""
    seen = set()
    for one in sessions:
        if one.slot == "post_run" and one.trimmed and monday(one.day) not in seen:
            seen.add(monday(one.day))
            yield GivenUp(rule="R-MOB-POST", day=one.day, text=f"after runs: {'; '.join(one.trimmed)}")


def _ahead(request: PlanRequest, weeks: Sequence[Week]) -> list[Week]:
    return [week for week in weeks if week.monday >= monday(request.start)]


def _short_around_runs(request: PlanRequest, weeks: Sequence[Week]) -> Iterable[GivenUp]:
    """Minutes around runs that are too few for the pieces before and after them."""
    profile = request.profile
    before, after = PRE_RUN_MINUTES[0], POST_RUN_MINUTES[0]
    for week in _ahead(request, weeks):
        runs = [run for run in noted_runs(request) if monday(run.day) == week.monday]
        day = max(week.monday, request.start)
        if profile.minutes_before_runs < before and any(run.hard for run in runs):
            text = f"{profile.minutes_before_runs:g} minutes before runs are too few for the drills before hard runs"
            yield GivenUp(rule="R-MOB-PRE", day=day, text=f"{text}; {before:g} would do")
        if profile.minutes_after_runs < after and runs:
            text = f"{profile.minutes_after_runs:g} minutes after runs are too few to wind down"
            yield GivenUp(rule="R-MOB-POST", day=day, text=f"{text}; {after:g} would do")
