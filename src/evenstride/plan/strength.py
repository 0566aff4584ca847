"""What a strength session consists of: exercises from the week's phase, a dose for each leg, within its minutes.

Sessions are filled in order of time, because what may rise depends on what went before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from evenstride.model import (
    Because,
    Catalogue,
    PlannedExercise,
    PlannedSession,
    PlanRequest,
)
from evenstride.model.plan import PhaseName, StrengthType
from evenstride.plan.asked import RULE, asked_on, sessions_most
from evenstride.plan.cutting import deloaded, long_enough, session_minutes, trimmed_to
from evenstride.plan.doses import dosed, with_extra_said
from evenstride.plan.exchanged import template_for
from evenstride.plan.extra import extra_sets
from evenstride.plan.figures import (
    BEGINNER_MINUTES,
    FIRST_SESSIONS_MINUTES,
    MICRO_MINUTES,
    NEW_JUMPS_MAX,
)
from evenstride.plan.filling import TEMPLATE_WORDS, Filling, count_past, first_sessions, may_jump, phase_in
from evenstride.plan.kept_down import one_set_fewer
from evenstride.plan.lists import micro_list, wanted_lines
from evenstride.plan.placing import Placed
from evenstride.plan.progression import (
    progress_until,
)
from evenstride.plan.usable import Usable
from evenstride.plan.warming import warm_up
from evenstride.plan.weeks import Week, monday, recovers_from, tapers

ROTATION: tuple[StrengthType, ...] = ("maximal", "endurance", "power")
"""R-FREQ: what an advanced week holds, and the order in which fewer sessions take turns."""
_TEST_ORDER = "balance, mobility, hops, strength"
_QUESTIONS = (
    "Then two questions: which exercise that felt impossible is possible now, and what feels different when running?"
)


def fill_strength(
    request: PlanRequest,
    catalogue: Catalogue,
    weeks: Sequence[Week],
    placed: Sequence[Placed],
    phases: Mapping[date, PhaseName],
) -> tuple[PlannedSession, ...]:
    """Return the strength, micro and test sessions with their exercises, in order of time.

    ``phases`` is the highest phase that each week may have; sessions say which one they are of.
    """
    finding = request.finding
    favoured = finding.limb if finding and finding.action == "do" else "undetermined"
    filling = Filling(
        request=request,
        catalogue=catalogue,
        usable=Usable(request=request, catalogue=catalogue),
        gates=Usable(request=replace(request, adjustments=()), catalogue=catalogue),
        progress=progress_until(request, catalogue, weeks),
        tests=[one for one in placed if one.kind == "test"],
        caps=phases,
        weeks={week.monday: week for week in weeks},
        limb=favoured if favoured != "undetermined" else None,
    )
    count_past(filling)
    sessions = []
    for one in placed:
        if one.kind == "test":
            sessions.append(_test(one))
            filling.progress.weeks.add(monday(one.day))
            continue
        of_week = [two for two in placed if monday(two.day) == monday(one.day)]
        session, intended = _session(filling, one, of_week)
        if not session.exercises or (one.kind == "micro" and session.minutes < MICRO_MINUTES[0]):
            continue  # nothing that is left may be done, or it is not worth its warm-up
        week = filling.weeks[monday(one.day)]
        loading = not (week.deload or week.taper or tapers(one.day, request.profile.races))
        filling.progress.project(session, intended, loading=loading)
        if loading:
            moved = {two.exercise for two in session.exercises if two.tempo}
            filling.moved.setdefault(week.monday, set()).update(moved)
            filling.sets[week.monday] = filling.sets.get(week.monday, 0) + session.sets
        elif week.deload:
            filling.light_sets[week.monday] = filling.light_sets.get(week.monday, 0) + session.sets
        filling.last_phase = session.phase
        filling.last_day |= {two.exercise: session.day for two in session.exercises}
        filling.templated += filling.template is not None
        sessions.append(session)
    return tuple(sessions)


def _test(one: Placed) -> PlannedSession:
    text = f"after the safety questions, in the order {_TEST_ORDER}; it replaces strength. {_QUESTIONS}"
    order = Because(rule="R-TEST", text=text)
    return PlannedSession(
        id="", day=one.day, at=one.at, slot=one.slot, kind="test", minutes=one.minutes, hard=True,
        because=(*one.because, order), locked=one.locked,
    )  # fmt: skip


def _session(filling: Filling, one: Placed, of_week: Sequence[Placed]) -> tuple[PlannedSession, list[PlannedExercise]]:
    """The session within its minutes, and what it would have been without their limit."""
    week = filling.weeks[monday(one.day)]
    phase, assumes = phase_in(filling, week, one.day)
    kind = _type(filling, one, phase, week)
    filling.notes, filling.left = {}, []
    wanted = wanted_lines(filling, one, phase, kind)
    limit = one.minutes
    if phase == "beginner" and one.kind == "strength":
        limit = min(limit, FIRST_SESSIONS_MINUTES if first_sessions(week, phase) else BEGINNER_MINUTES)
    light = one.light
    full = not (week.deload or tapers(one.day, filling.request.profile.races))
    filling.extra = extra_sets(filling, one, wanted) if full else {}
    exercises = [dosed(filling, one, line, kind, week, light=light) for line in wanted]
    if one.kind == "micro":
        exercises = micro_list(filling, one, exercises)
        limit = min(limit, MICRO_MINUTES[1])
    whole = exercises
    if week.deload:
        exercises = deloaded(filling, exercises, week, of_week, one.day)
    intended = exercises
    exercises, trimmed = trimmed_to(intended, limit, filling.catalogue)
    if one_set_fewer(filling, week, one.day):
        trimmed = ("one set fewer of each exercise, as a review asks", *trimmed)
    still = week.deload or any(asked_on(filling.request, name, one.day) for name in ("hold", "fewer_sets"))
    if one.kind == "micro" and exercises:  # an empty one has no sets left in its light week
        exercises = long_enough(exercises, (*intended, *whole), limit, filling.catalogue, light=still)
    exercises = [with_extra_said(filling, two) for two in exercises]
    plyometric = any(filling.catalogue.exercises[two.exercise].plyometric for two in exercises)
    loaded = any(dose.load_kg > 0 for two in exercises for dose in two.doses)
    if filling.progress.projected:
        assumes = (*assumes, "log: the sessions before it clean, complete and without pain")
    known = filling.progress.known
    warmed = warm_up(filling.usable, one.day, known, light=week.deload) if one.slot == "free" else ()
    session = PlannedSession(
        id="", day=one.day, at=one.at, slot=one.slot, kind=one.kind, phase=phase,
        type=kind, minutes=session_minutes(exercises),
        hard=week.first_weeks or loaded or plyometric, plyometric=plyometric,
        because=(
            *one.because, *_reasons(filling, one, week, phase, kind), *_asked_words(filling, one, week),
            *_new_jumps(filling, exercises, kind),
        ),
        exercises=tuple(exercises), assumes=tuple(dict.fromkeys(assumes)),
        warm_up=warmed,
        trimmed=trimmed, locked=one.locked,
    )  # fmt: skip
    return session, intended


def _asked_words(filling: Filling, one: Placed, week: Week) -> Iterable[Because]:
    """What reviews and coaches have asked of a session."""
    request = filling.request
    if (held := asked_on(request, "hold", one.day)) is not None:
        yield Because(rule=RULE, text=f"nothing rises here against the last time ({held.rule})")
    if one_set_fewer(filling, week, one.day) and (fewer := asked_on(request, "fewer_sets", one.day)) is not None:
        yield Because(rule=RULE, text=f"one set fewer of each exercise ({fewer.rule})")
    if (most := sessions_most(request, week.monday)) is not None:
        yield Because(rule=RULE, text=f"at most {most} strength session{'s' if most > 1 else ''} this week")
    if filling.template is not None:
        by = f" by {filling.template.by}" if filling.template.by else ""
        yield Because(rule=RULE, text=f"{filling.template.name}{by}: {TEMPLATE_WORDS}")
    if filling.left:
        yield Because(rule=RULE, text=f"left out of the coach's session: {'; '.join(filling.left)}")


def _new_jumps(
    filling: Filling, exercises: Sequence[PlannedExercise], kind: StrengthType
) -> Iterable[Because]:  # fmt: skip
    """That a session has fewer jumps than the phase lists, for the new ones come a few at a time."""
    catalogue = filling.catalogue.exercises
    jumps = [one.exercise for one in exercises if catalogue[one.exercise].plyometric]
    new = [catalogue[name].name for name in jumps if name not in filling.progress.known]
    if kind == "power" and new:
        text = (
            f"new here: {' and '.join(new)}; jumps begin with the easier ones, {NEW_JUMPS_MAX} new in a session at most"
        )
        yield Because(rule="R-FORM-FIRST", text=text)


def _type(filling: Filling, one: Placed, phase: PhaseName, week: Week) -> StrengthType:
    if phase != "advanced":
        return "general"
    last = next((kind for kind in reversed(filling.progress.types) if kind in ROTATION), None)
    turn = ROTATION[(ROTATION.index(last) + 1) % len(ROTATION)] if last else ROTATION[0]
    if one.kind == "micro":
        return ROTATION[0]
    exercises, coach = filling.catalogue.exercises, template_for(filling, one)
    named = exercises if coach is None else [line.exercise for line in coach.exercises]
    jumps = any(
        exercises[name].plyometric and (coach is not None or filling.usable.on(name, one.day)) for name in named
    )
    if turn == "power" and not (may_jump(filling, one, week) and jumps):
        return ROTATION[0]
    return turn


def _reasons(filling: Filling, one: Placed, week: Week, phase: PhaseName, kind: StrengthType) -> Iterable[Because]:
    where = {"after_run": "after an easy run", "free": "on a day without a run"}.get(one.slot, "")
    yield Because(rule="R-AFTER-EASY", text=f"strength stands {where}")
    yield Because(rule="R-24H", text="the next hard run starts at least 24 h after it" if not one.light else
                  "nothing is loaded: a hard run is near, or a race just behind")  # fmt: skip
    if week.deload:
        yield Because(
            rule="R-DELOAD", text=f"week {week.number} is a light week: about half of the sets, slower, lighter"
        )
    if tapers(one.day, filling.request.profile.races):
        yield Because(rule="R-TAPER", text="a race is near: two sets, the loads stay")
    over = recovers_from(one.day, filling.request.profile.races)
    if over is not None:
        yield Because(rule="R-RECOVER", text=f"nothing is loaded so soon after the race of {over.day:%-d %B}")
    if one.kind == "micro":
        yield Because(rule="R-INSEASON", text="in season: a short pair and a drill, nothing new")
    if phase == "advanced":
        yield Because(rule="R-FREQ", text=f"{kind} strength takes its turn")
    if filling.limb:
        yield Because(rule="R-WEAK-FIRST", text=f"every exercise starts on the {filling.limb}, the limb to favour")
    else:
        yield Because(rule="R-WEAK-FIRST", text="no limb is favoured: both legs do the same, the first one alternates")
