"""What may happen in a runner's loop, one step each; chances come from the loop's dice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from tests.loops import DAY, RUNNER, Loop

from evenstride.model import (
    OUTCOMES,
    FreeSlot,
    Injury,
    PlannedSession,
    Prescription,
    Race,
    RedFlag,
    Restriction,
    SessionTemplate,
)
from evenstride.model.log import Rater, RunBlock
from evenstride.model.plan import OWN_SLOTS, SessionKind
from evenstride.service import plan as plans
from evenstride.service import returning
from evenstride.service.calendar import read_change
from evenstride.service.logs import (
    DayTold,
    RunTold,
    SessionTold,
    log_day,
    log_run,
    log_session,
    planned_sessions,
    undo_log,
)
from evenstride.service.plan_request import logs_of
from evenstride.service.review import apply_review, review_week, say_to_review, take_back
from evenstride.service.screen import Entered, add_entered, remove
from evenstride.store import add_template, kept_tests, remove_template, save_profile, templates

SITES = ("knee", "calf", "achilles", "hip", "plantar fascia")
KINDS = ("", "", "muscle", "joint", "sharp", "radiating")
FLAGS: Sequence[RedFlag] = get_args(RedFlag)
TESTS = {"bulgarian_split_squat": (4, 18), "single_leg_calf_raise": (8, 34), "knee_to_wall": (4, 16)}
OUTSIDE = ("split_squat", "single_leg_calf_raise", "step_up", "pogo_hops")
KINDS_OUTSIDE: Sequence[SessionKind] = ("strength", "strength", "micro", "drills")
BLOCKS: Sequence[RunBlock] = ("", "", "alternating", "late_technique")
RATERS: Sequence[Rater] = ("runner", "coach")
RUN_ITEMS = ("limb_alignment", "cadence", "arm_swing", "trunk_quiet")


def a_day_passes(loop: Loop) -> None:
    loop.forward(loop.dice.between(1, 4))


# -- logs -----------------------------------------------------------------------------------------------------------


def logged_as_planned(loop: Loop) -> None:
    if one := _waiting(loop):
        log_session(loop.home, SessionTold(session=one.id, as_planned=True, effort_0_10=loop.dice.between(2, 9)))


def a_week_logged_as_planned(loop: Loop) -> None:
    for one in _told_of(loop, told=False)[-6:]:
        log_session(loop.home, SessionTold(session=one.id, as_planned=True))


def logged_with_exceptions(loop: Loop) -> None:
    if one := _waiting(loop):
        log_session(loop.home, replace(_exceptional(loop, one), session=one.id, as_planned=True))


def logged_as_missed(loop: Loop) -> None:
    if one := _waiting(loop):
        log_session(loop.home, SessionTold(session=one.id, missed=True))


def logged_on_another_day(loop: Loop) -> None:
    if one := _waiting(loop):
        day = min(loop.today, one.day + loop.dice.between(-2, 3) * DAY)
        log_session(loop.home, SessionTold(session=one.id, as_planned=True, day=day))


def logged_outside_the_plan(loop: Loop) -> None:
    dice = loop.dice
    reps = dice.legs(dice.between(4, 14), dice.between(4, 14))
    kg = dice.pick((0, 4, 12))
    said = f"{dice.pick(OUTSIDE)} {kg}kg left {reps[0]},{reps[0]} right {reps[1]},{reps[1]}"
    day = loop.today - dice.between(0, 3) * DAY
    kind = dice.pick(KINDS_OUTSIDE)
    log_session(loop.home, SessionTold(outside=kind, day=day, exceptions=(said,), minutes=20, effort_0_10=5))


def a_log_corrected(loop: Loop) -> None:
    if found := _told_of(loop, told=True):
        one = loop.dice.pick(found[-6:])
        said = SessionTold(missed=True) if loop.dice.chance(25) else _exceptional(loop, one)
        log_session(loop.home, replace(said, session=one.id))


def a_log_undone(loop: Loop) -> None:
    undo_log(loop.home, loop.dice.pick((None, None, "session", "run", "day")))


def a_run_logged(loop: Loop) -> None:
    dice = loop.dice
    ratings = [f"{item} {dice.between(0, 4)}" for item in RUN_ITEMS if dice.chance(60)]
    block = dice.pick(BLOCKS)
    log_run(loop.home, RunTold(
        day=loop.today - dice.between(0, 2) * DAY, ratings=tuple(ratings), effort_0_10=dice.between(1, 10),
        minutes=dice.between(20, 120), harder=dice.side() if dice.chance(40) else None,
        pains=(_pain(loop),) if dice.chance(30) else (), block=block,
        first=dice.side() if block == "alternating" else None, coach="Kim" if dice.chance(15) else "",
    ))  # fmt: skip


def a_morning_logged(loop: Loop) -> None:
    dice = loop.dice
    log_day(loop.home, DayTold(
        day=loop.today - dice.between(0, 1) * DAY, sleep_hours=dice.pick((4.5, 5.5, 6.5, 7.5, 9.0)),
        mood_0_4=dice.between(0, 4), resting_heart_rate_bpm=dice.pick((None, 48, 52, 62)),
        stiff=(f"{dice.side()} ankle {dice.between(0, 8)}",) if dice.chance(30) else (),
        soreness_0_10=dice.between(0, 9), soreness_hours=dice.pick((12, 30, 60, 96)),
        pains=(_pain(loop),) if dice.chance(25) else (), flags=(dice.pick(FLAGS),) if dice.chance(6) else (),
    ))  # fmt: skip


def bad_nights(loop: Loop) -> None:
    for back in range(3):
        log_day(loop.home, DayTold(day=loop.today - back * DAY, sleep_hours=5.0))


def legs_tested(loop: Loop) -> None:
    test = loop.dice.pick(tuple(TESTS))
    low, high = TESTS[test]
    left, right = loop.dice.legs(*(str(loop.dice.between(low, high)) for _ in range(2)))
    add_entered(loop.home, Entered(test=test, left=left, right=right, day=loop.today - loop.dice.between(0, 5) * DAY))


def a_test_taken_away(loop: Loop) -> None:
    if found := kept_tests(loop.store, loop.athlete_id):
        remove(loop.home, loop.dice.pick(found).id)


# -- reviews --------------------------------------------------------------------------------------------------------


def a_review_made(loop: Loop) -> None:
    review_week(loop.home, _week(loop))


def a_review_applied(loop: Loop) -> None:
    apply_review(loop.home, _week(loop))


def a_review_overridden(loop: Loop) -> None:
    why = "" if loop.dice.chance(10) else "a cold since Monday"
    by = loop.dice.pick(RATERS)
    say_to_review(loop.home, loop.dice.pick(OUTCOMES), day=_week(loop), why=why, by=by)


def a_review_approved(loop: Loop) -> None:
    say_to_review(loop.home, None, day=_week(loop), by="coach", name="Kim")


def a_review_taken_back(loop: Loop) -> None:
    take_back(loop.home, _week(loop))


# -- plans ----------------------------------------------------------------------------------------------------------


def a_plan_made(loop: Loop) -> None:
    start = loop.today + loop.dice.pick((0, 0, 0, 1, 3, 7)) * DAY
    plans.make(loop.home, weeks=loop.dice.between(3, 5), start=start)


def made_anew(loop: Loop) -> None:
    plans.replan(loop.home)


def a_session_moved(loop: Loop) -> None:
    if one := _planned(loop):
        loop.changed = min(one.day, day := one.day + loop.dice.pick((-2, -1, 1, 2, 3)) * DAY)
        plans.move(loop.home, one.id, day)


def a_session_locked(loop: Loop) -> None:
    if one := _planned(loop):
        plans.lock(loop.home, one.id, off=one.locked)


def a_plan_taken_back(loop: Loop) -> None:
    plans.undo(loop.home)


def a_run_added(loop: Loop) -> None:
    kind = loop.dice.pick(("easy", "easy", "intervals", "tempo", "long", "race"))
    _runs(loop, f"{_a_day(loop)} {kind} {loop.dice.between(20, 120)}")


def a_run_taken_away(loop: Loop) -> None:
    if run := _run(loop):
        _runs(loop, f"{run} rest")


def a_run_moved(loop: Loop) -> None:
    if run := _run(loop):
        _runs(loop, f"{run} -> {run + loop.dice.pick((-2, -1, 1, 2)) * DAY}")


# -- the runner -----------------------------------------------------------------------------------------------------


def other_free_minutes(loop: Loop) -> None:
    days = [day for day in range(7) if loop.dice.chance(60)] or [2]
    free = tuple(FreeSlot(weekday=day, minutes=loop.dice.pick((15, 20, 30, 40, 60))) for day in days)
    _know(loop, free=free)


def usual_free_minutes(loop: Loop) -> None:
    _know(loop, free=RUNNER.free, equipment=RUNNER.equipment)


def an_injury(loop: Loop) -> None:
    since = loop.today - loop.dice.between(1, 200) * DAY
    site, present = loop.dice.pick(SITES), loop.dice.chance(50)
    _know(loop, injuries=(Injury(side=loop.dice.side(), site=site, since=since, present=present),))


def no_injury(loop: Loop) -> None:
    _know(loop, injuries=(), restrictions=())


def a_restriction(loop: Loop) -> None:
    what = loop.dice.pick(("hinge", "plyometrics", "squat", "calf", "split squat"))
    until = loop.today + loop.dice.between(3, 30) * DAY
    _know(loop, restrictions=(Restriction(what=what, until=until, side=loop.dice.side()),))


def a_race(loop: Loop) -> None:
    day = loop.today + loop.dice.between(1, 45) * DAY
    _know(loop, races=(Race(day=day, priority=loop.dice.pick(("A", "B", "C"))),))


def other_equipment(loop: Loop) -> None:
    known = ("dumbbell", "kettlebell", "barbell", "bench", "low_box", "knee_box", "band", "foam_pad")
    _know(loop, equipment=tuple(name for name in known if loop.dice.chance(50)))


# -- a return to running, sessions that a coach prescribes, the store ------------------------------------------------


def a_return_begun(loop: Loop) -> None:
    side = loop.dice.side() if loop.dice.chance(80) else None
    returning.begin(loop.home, side=side, site=loop.dice.pick(SITES), bone=loop.dice.chance(15))


def a_return_logged(loop: Loop) -> None:
    dice = loop.dice
    good = dice.chance(75)
    during, after, morning = (dice.between(0, 2 if good else 8) for _ in range(3))
    flags = (dice.pick(FLAGS),) if dice.chance(4) else ()
    returning.log_return(loop.home, returning.Told(
        day=loop.today - dice.between(0, 1) * DAY, during_0_10=during, after_0_10=after,
        morning_0_10=morning if dice.chance(60) else None, flags=flags, cut_short=dice.chance(10),
    ))  # fmt: skip


def a_return_locked(loop: Loop) -> None:
    clinician = "Dr Lee" if loop.dice.chance(50) else ""
    if loop.dice.chance(50):
        returning.lock(loop.home, "swollen", clinician=clinician)
    else:
        returning.release(loop.home, clinician=clinician)


def stood_on_each_leg(loop: Loop) -> None:
    left, right = loop.dice.legs(float(loop.dice.between(2, 45)), float(loop.dice.between(2, 45)))
    returning.stand(loop.home, left_s=left, right_s=right)


def a_return_step_undone(loop: Loop) -> None:
    returning.undo(loop.home)


def a_template_kept(loop: Loop) -> None:
    home = loop.home
    names = OUTSIDE[: loop.dice.between(1, 3)]
    lines = tuple(Prescription(exercise=name, sets=2, reps=8, loaded=True) for name in names)
    template = SessionTemplate(name=loop.dice.pick(("hips", "calves")), exercises=lines, since=loop.today, by="Kim")
    add_template(loop.store, loop.athlete_id, template, home.now)


def a_template_taken_away(loop: Loop) -> None:
    if found := templates(loop.store, loop.athlete_id):
        remove_template(loop.store, loop.athlete_id, loop.dice.pick(found).name, loop.home.now)


def closed_and_opened(loop: Loop) -> None:
    before = loop.told()
    loop.reopen()
    if loop.told() != before:
        loop.tally.wrong.append((loop.said(), "the store tells something else when it is opened again"))


STEPS: Mapping[Callable[[Loop], None], int] = {
    a_day_passes: 24, logged_as_planned: 8, a_week_logged_as_planned: 6, logged_with_exceptions: 8,
    logged_as_missed: 4, logged_on_another_day: 3, logged_outside_the_plan: 3, a_log_corrected: 4, a_log_undone: 3,
    a_run_logged: 6, a_morning_logged: 4, bad_nights: 2, legs_tested: 4, a_test_taken_away: 1, a_review_made: 4,
    a_review_applied: 8, a_review_overridden: 4, a_review_approved: 2, a_review_taken_back: 2, a_plan_made: 3,
    made_anew: 5, a_session_moved: 4, a_session_locked: 2, a_plan_taken_back: 2, a_run_added: 3, a_run_taken_away: 2,
    a_run_moved: 2, other_free_minutes: 2, usual_free_minutes: 2, an_injury: 1, no_injury: 1, a_restriction: 1,
    a_race: 2, other_equipment: 1, a_return_begun: 2, a_return_logged: 5, a_return_locked: 1, stood_on_each_leg: 1,
    a_return_step_undone: 1, a_template_kept: 1, a_template_taken_away: 1, closed_and_opened: 2,
}  # fmt: skip
"""Every step and how often it happens beside the others."""


def named(step: Callable[[Loop], None]) -> str:
    """What a step is called.

    >>> named(a_day_passes)
    'a day passes'
    """
    return step.__name__.replace("_", " ")


def random_step(loop: Loop) -> None:
    """Do one step, as often each as the table says."""
    tickets = [step for step, often in STEPS.items() for _ in range(often)]
    step = loop.dice.pick(tickets)
    loop.act(named(step), step)


def begin(loop: Loop) -> None:
    """Make the first plan."""
    loop.act(named(a_plan_made), a_plan_made)


# -- what a step is about ---------------------------------------------------------------------------------------------


def _told_of(loop: Loop, *, told: bool) -> list[PlannedSession]:
    known = {log.session for log in logs_of(loop.home)}
    return [
        one for one in planned_sessions(loop.home)
        if one.slot in OWN_SLOTS and loop.today - 14 * DAY <= one.day <= loop.today and (one.id in known) is told
    ]  # fmt: skip


def _waiting(loop: Loop) -> PlannedSession | None:
    found = _told_of(loop, told=False)
    training = [one for one in found if one.kind in plans.TRAINING] or found
    return loop.dice.pick(training[-3:]) if training else None


def _exceptional(loop: Loop, one: PlannedSession) -> SessionTold:
    """Something was otherwise in one or two exercises."""
    texts = [_exception(loop, line.exercise) for line in one.exercises[:3] if loop.dice.chance(60)]
    sore = loop.dice.between(0, 8) if loop.dice.chance(30) else None
    return SessionTold(
        exceptions=tuple(texts), effort_0_10=loop.dice.between(1, 10), soreness_0_10=sore,
        pains=(_pain(loop),) if loop.dice.chance(15) else (),
        ratings=(f"posture {loop.dice.between(0, 4)}",) if loop.dice.chance(10) else (),
    )  # fmt: skip


def _exception(loop: Loop, exercise: str) -> str:
    dice = loop.dice
    what = dice.between(0, 5)
    if what == 0:
        return f"{exercise} left out"
    if what == 1:
        kind = dice.pick(KINDS)
        return f"{exercise} pain {dice.between(0, 8)} {dice.pick(SITES)} {dice.side()} {kind}"
    if what == 2:
        return f"{exercise} {dice.side()} clean no"
    if what == 3:
        return f"{exercise} stopped"
    reps = dice.between(3, 20)
    return f"{exercise} {dice.side()} {reps},{reps} {dice.pick(('', '6kg', '14kg'))} rir {dice.between(0, 4)}"


def _pain(loop: Loop) -> str:
    dice = loop.dice
    return f"{dice.between(0, 8)} {dice.pick(SITES)} {dice.side()} {dice.pick(KINDS)}"


def _week(loop: Loop) -> date | None:
    return loop.today - loop.dice.pick((0, 3, 7)) * DAY if loop.dice.chance(30) else None


def _planned(loop: Loop) -> PlannedSession | None:
    held = loop.held
    ahead = [one for one in held.plan.sessions if one.day >= loop.today - 2 * DAY] if held else []
    own = [one for one in ahead if one.slot in OWN_SLOTS]
    return loop.dice.pick(own[:12]) if own else None


def _a_day(loop: Loop) -> date:
    return loop.today + timedelta(days=loop.dice.between(-2, 14))


def _run(loop: Loop) -> date | None:
    held = loop.held
    days = [run.day for run in held.plan.runs if run.day >= loop.today - 2 * DAY] if held else []
    return loop.dice.pick(days[:8]) if days else None


def _runs(loop: Loop, text: str) -> None:
    changes = read_change(text)
    loop.changed = min(loop.today, *(one.day for one in changes))
    plans.change_runs(loop.home, changes)


def _know(loop: Loop, **known: object) -> None:
    save_profile(loop.store, loop.athlete_id, replace(loop.home.profile, **known))  # type: ignore[arg-type]
