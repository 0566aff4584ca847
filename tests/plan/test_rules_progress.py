"""Where the rules of progress, limbs, doses and gates just hold, and where they just do not."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.kept_plans import line, log_of, on, strength
from tests.plans import MONDAY, session
from tests.rule_checks import REGULAR, breaks, done, gate_met, romanian, tiny, told

from evenstride.model import Dose, Finding, PlannedSession, PlanWeek, Profile, Restriction

# ---- R-PROGRESS, R-FORM-FIRST


def test_one_thing_may_rise_and_two_may_not():
    first = romanian(on(1, 0), load=4)
    for holds, later in (
        (True, romanian(on(1, 2), load=5)), (True, romanian(on(1, 2), reps=12, load=4)),
        (True, romanian(on(1, 2), sets=4, load=4)), (True, romanian(on(1, 2), sets=4, reps=8, load=4)),
        (False, romanian(on(1, 2), sets=4, load=5)), (False, romanian(on(1, 2), sets=4, reps=11, load=4)),
        (False, romanian(on(1, 2), load=5, tempo="2-1-2-1")), (True, romanian(on(1, 2), load=4, tempo="2-1-2-1")),
    ):  # fmt: skip
        assert breaks("R-PROGRESS", [first, later]) is not holds


def test_trimmed_light_and_other_types_are_no_measure():
    rise = romanian(on(2, 2), sets=4, load=5)
    assert breaks("R-PROGRESS", [romanian(on(1, 2)), rise])
    assert not breaks("R-PROGRESS", [romanian(on(1, 2), trimmed=("short",)), rise])
    assert not breaks("R-PROGRESS", [romanian(on(1, 2), type="maximal"), rise])
    plan, request = tiny([romanian(on(1, 2)), rise])
    light = PlanWeek(monday=MONDAY, number=1, part="base", load="deload", phase="beginner")
    assert not told("R-PROGRESS", replace(plan, week_list=(light,)), request)


def test_what_was_logged_is_the_measure_and_asking_again_is_no_rise():
    before = romanian(MONDAY - timedelta(days=3), load=4)
    log = log_of(before, left_reps=(12, 12, 12), right_reps=(12, 12, 12))
    began = MONDAY - timedelta(days=7)
    own = {"began": began, "past": (before,), "logs": (log,)}
    assert not breaks("R-PROGRESS", [romanian(on(1, 0), reps=12, load=5)], **own)
    short = log_of(before, left_reps=(8,), right_reps=(8,))
    assert not breaks("R-PROGRESS", [romanian(on(1, 0), load=4)], began=began, past=(before,), logs=(short,))
    assert breaks("R-PROGRESS", [romanian(on(1, 0), reps=11, load=5)], **done(before))


def test_a_rise_on_work_still_to_be_done_says_that_it_is_assumed():
    sessions = [romanian(on(1, 0)), romanian(on(1, 2), reps=11, assumes=())]
    assert [one.text[-30:] for one in told("R-PROGRESS", *tiny(sessions))] == ["nothing says that it is assumed"[-30:]]
    assert not breaks("R-PROGRESS", [sessions[1]], **done(romanian(MONDAY - timedelta(days=3))))


def test_on_entering_a_phase_the_load_is_first():
    person = Profile(name="Ada", equipment=("dumbbell",))
    known = [romanian(on(1, 0), sets=3, reps=10), romanian(on(1, 2), sets=3, reps=10)]

    def then(load: float = 0, sets: int = 3, before: int = 2, **own: Any) -> bool:
        entered = romanian(on(1, 4), sets=sets, reps=8, load=load, phase="intermediate")
        return breaks("R-PROGRESS", [*known[:before], entered], **own)

    assert then(sets=4, profile=person)
    assert not then(load=4, profile=person)
    assert not then(sets=4, profile=Profile(name="Ada"))
    assert not then(sets=4, before=1, profile=person)


def test_a_harder_exercise_in_place_of_an_easier_one_is_one_rise():
    easy = romanian(on(1, 0), exercises=(line("split_squat", Dose(sets=3, reps=10), "left"),))
    for n, holds in ((3, True), (4, False)):
        hard_one = line("bulgarian_split_squat", Dose(sets=n, reps=10), "left")
        assert breaks("R-PROGRESS", [easy, romanian(on(1, 2), exercises=(hard_one,))]) is not holds


def test_a_load_needs_two_clean_sessions_in_a_row_with_body_weight():
    light = [romanian(MONDAY - timedelta(days=days)) for days in (12, 9, 6)]
    loaded = romanian(on(1, 0), load=4)

    def after(*clean: bool | None) -> bool:
        logs = tuple(log_of(one, clean=word) for one, word in zip(light, clean, strict=True))
        return breaks("R-FORM-FIRST", [loaded], **done(*light) | {"logs": logs})

    assert not after(True, True, False)
    assert after(True, False, True)
    assert after(True, None, True)
    assert breaks("R-FORM-FIRST", [loaded], **done(*light) | {"logs": ()})


def test_a_load_that_rests_on_the_plan_itself_is_assumed_and_said():
    light = [romanian(on(1, 0)), romanian(on(1, 2))]
    assert not breaks("R-FORM-FIRST", [*light, romanian(on(1, 4), load=4)])
    assert breaks("R-FORM-FIRST", [*light, romanian(on(1, 4), load=4, assumes=())])


def test_jumps_need_eight_weeks_of_base_and_the_advanced_gate():
    hop = session(on(1, 2), exercises=(line("forward_hop", Dose(sets=2, reps=4), "left"),), assumes=("no pain",))
    assert not breaks("R-FORM-FIRST", [hop], **gate_met(20, began=MONDAY - timedelta(weeks=8)))
    assert breaks("R-FORM-FIRST", [hop], **gate_met(20, began=MONDAY - timedelta(weeks=7)))
    assert breaks("R-FORM-FIRST", [hop], **gate_met(19, began=MONDAY - timedelta(weeks=8)))


BASED = {"began": MONDAY - timedelta(weeks=8)}
EVERY_BOX = Profile(name="Ada", equipment=("low_box",))


def jumps(day: date, *names: str, sets: int = 2, **own: Any) -> PlannedSession:
    lines = tuple(line(name, Dose(sets=sets, reps=4), "left", rest_s=120.0) for name in names)
    return romanian(day, phase="advanced", type="power", exercises=lines, **own)


HOP, FORWARD, BOUND, SIDEWAYS, DROP = (
    "single_leg_hop_in_place", "forward_hop", "bound", "lateral_hop", "depth_drop",
)  # fmt: skip


def test_no_more_than_two_jumps_of_a_session_are_new():
    met = gate_met(20, **BASED, profile=EVERY_BOX)
    assert not breaks("R-FORM-FIRST", [jumps(on(1, 0), HOP, FORWARD)], **met)
    assert breaks("R-FORM-FIRST", [jumps(on(1, 0), HOP, FORWARD, SIDEWAYS)], **met)
    then = jumps(on(1, 3), HOP, FORWARD, BOUND, SIDEWAYS)
    assert not breaks("R-FORM-FIRST", [jumps(on(1, 0), HOP, FORWARD), then], **met)
    assert breaks("R-FORM-FIRST", [jumps(on(1, 0), HOP), then], **met)


def test_a_jump_does_not_come_before_the_one_that_leads_to_it():
    met = gate_met(20, **BASED, profile=EVERY_BOX)
    for early in ((DROP,), (FORWARD, HOP), (HOP, BOUND)):
        assert breaks("R-FORM-FIRST", [jumps(on(1, 0), *early)], **met)
    assert not breaks("R-FORM-FIRST", [jumps(on(1, 0), HOP), jumps(on(1, 3), DROP)], **met)
    forbidden = replace(EVERY_BOX, restrictions=(Restriction(what="single-leg hop in place", until=on(2, 0)),))
    assert not breaks("R-FORM-FIRST", [jumps(on(1, 0), DROP)], **met | {"profile": forbidden})


def test_jumps_that_wait_their_turn_are_not_left_out():
    met = gate_met(20, **BASED, profile=EVERY_BOX)

    def cut(*sessions: PlannedSession) -> list[str]:
        return [one.text for one in told("R-TRIM", *tiny(list(sessions), **met)) if "left out" in one.text]

    first = jumps(on(1, 0), HOP, FORWARD, sets=3)
    assert not cut(first)
    assert "left out" in cut(jumps(on(1, 0), HOP, sets=3))[0]
    assert "left out" in cut(first, jumps(on(1, 3), HOP, FORWARD, sets=3))[0]


# ---- R-WEAK-FIRST, R-TEMPO


def finding(limb: Any, action: Any = "do") -> dict[str, Any]:
    return {"finding": Finding(limb=limb, action=action, confidence=0.8, day=MONDAY)}


def squats(day: date, left: Dose, right: Dose, first: Any) -> PlannedSession:
    return romanian(day, exercises=(replace(line("split_squat", left, first), right=right),))


THREE, FOUR = Dose(sets=3, reps=10), Dose(sets=4, reps=10)


@pytest.mark.parametrize(
    ("left", "right", "first", "holds"),
    [
        (THREE, THREE, "left", True),
        (THREE, THREE, "right", False),
        (FOUR, THREE, "left", True),
        (Dose(sets=5, reps=10), THREE, "left", False),
        (THREE, FOUR, "left", False),
        (THREE, Dose(sets=3, reps=11), "left", False),
        (THREE, Dose(sets=3, reps=10, load_kg=2), "left", False),
    ],
)
def test_the_weaker_leg_begins_and_the_stronger_does_no_more(left, right, first, holds):
    assert breaks("R-WEAK-FIRST", [squats(on(1, 0), left, right, first)], **finding("left")) is not holds
    other = {"left": "right", "right": "left"}[first]
    assert breaks("R-WEAK-FIRST", [squats(on(1, 0), right, left, other)], **finding("right")) is not holds


@pytest.mark.parametrize("action", ["watch", "ignore"])
def test_without_a_do_both_legs_do_the_same(action):
    assert breaks("R-WEAK-FIRST", [squats(on(1, 0), FOUR, THREE, "left")], **finding("left", action))
    assert breaks("R-WEAK-FIRST", [squats(on(1, 0), FOUR, THREE, "left")], **finding("undetermined"))
    assert not breaks("R-WEAK-FIRST", [squats(on(1, 0), THREE, THREE, "right")], **finding("left", action))


def test_the_beginning_leg_alternates_while_no_leg_is_known_to_be_weaker():
    turns = [squats(on(1, 0), THREE, THREE, "left"), squats(on(1, 2), THREE, THREE, "right")]
    assert not breaks("R-WEAK-FIRST", turns)
    assert breaks("R-WEAK-FIRST", [turns[0], squats(on(1, 2), THREE, THREE, "left")])


def test_one_leg_alone_is_trained_only_where_the_other_must_not():
    one_leg = romanian(on(1, 0), exercises=(replace(line("split_squat", THREE, "right"), left=None),))
    assert breaks("R-WEAK-FIRST", [one_leg])
    forbidden = Profile(name="Ada", restrictions=(Restriction(what="split squat", until=on(1, 0), side="left"),))
    assert not breaks("R-WEAK-FIRST", [one_leg], profile=forbidden)


@pytest.mark.parametrize(
    ("tempo", "holds"),
    [("2-1-2-1", True), ("3-2-3-1", True), ("4-1-3-1", False), ("3-1-1-1", False), ("3-0-3-1", False), ("", False)],
)
def test_repetitions_take_two_to_three_seconds_each_way(tempo, holds):
    assert breaks("R-TEMPO", [romanian(on(1, 0), tempo=tempo)]) is not holds


def test_jumps_and_holds_have_no_tempo():
    lines = (
        line("forward_hop", Dose(sets=2, reps=4), "left"),
        line("single_leg_stand_eyes_open", Dose(sets=1, hold_s=30), "left"),
    )
    assert not breaks("R-TEMPO", [romanian(on(1, 0), exercises=lines)])


# ---- R-TRIM, R-PHASE


def beginner(*sets: int, minutes: float, **own: Any) -> list[str]:
    """R-TRIM's verdict on the beginner's list with so many sets, 0 for one left out; it is the third week."""
    full = strength(on(1, 2), (3, *(max(1, n) for n in sets)), 0, minutes, "left", **own)
    lines = (full.exercises[0], *(one for one, n in zip(full.exercises[1:], sets, strict=True) if n))
    plan, request = tiny([replace(full, exercises=lines)], **(REGULAR | {"began": MONDAY - timedelta(weeks=2)}))
    return [
        one.text
        for one in told("R-TRIM", plan, replace(request, profile=replace(request.profile, equipment=("low_box",))))
    ]


def test_sets_go_to_two_before_one_and_to_one_before_an_exercise_goes():
    said = {"trimmed": ("the minutes are short",)}
    assert not beginner(2, 2, 2, minutes=30, **said)
    assert not beginner(2, 2, 1, minutes=28, **said)
    assert not beginner(1, 1, 0, minutes=15, **said)
    assert "all go to 2 first" in beginner(3, 3, 1, minutes=34, **said)[0]
    assert "still have 2 sets" in beginner(2, 2, 0, minutes=22, **said)[0]
    assert "not from the end" in beginner(1, 0, 1, minutes=15, **said)[0]


def test_what_was_cut_is_said():
    assert not beginner(3, 3, 3, minutes=40)
    assert "not said" in beginner(1, 1, 0, minutes=15)[0]


@pytest.mark.parametrize(("minutes", "holds"), [(34, False), (35, True), (42, True), (43, False)])
def test_the_minutes_are_those_of_the_formula_with_or_without_the_opening_balance_drill(minutes, holds):
    assert bool(beginner(3, 3, 3, minutes=minutes)) is not holds


def first_weeks(session: PlannedSession, week: int) -> bool:
    return breaks("R-PHASE", [session], began=MONDAY - timedelta(weeks=week - 1))


def test_the_first_two_weeks_are_body_weight_and_twenty_minutes():
    assert not first_weeks(strength(on(1, 2), (1, 1, 1, 1), 0, 20, "left"), 2)
    assert first_weeks(strength(on(1, 2), (1, 1, 1, 1), 0, 21, "left"), 2)
    assert first_weeks(strength(on(1, 2), (1, 1, 1, 1), 4, 20, "left"), 2)
    assert not first_weeks(strength(on(1, 2), (1, 1, 1, 1), 4, 40, "left"), 3)
    assert first_weeks(strength(on(1, 2), (1, 1, 1, 1), 4, 41, "left"), 3)


def test_only_the_weaker_leg_has_a_set_beyond_the_full_dose():
    lead = finding("left")
    four = squats(on(1, 2), FOUR, THREE, "left")
    assert not breaks("R-PHASE", [four], **lead)
    assert breaks("R-PHASE", [four])
    assert breaks("R-PHASE", [squats(on(1, 2), THREE, FOUR, "left")], **lead)


def gate(phase: Any, week: int, **own: Any) -> list[str]:
    """R-PHASE's verdict on one session of a phase in a week of the programme, apart from its doses."""
    own |= {"began": MONDAY - timedelta(weeks=week - 1)}
    named = own.pop("assumes", ())
    early = own.pop("early", [])
    kind = "maximal" if phase == "advanced" else "general"
    held = romanian(on(2, 2), sets=3, reps=5, phase=phase, type=kind, assumes=named)
    return [one.text for one in told("R-PHASE", *tiny([*early, held], **own))]


def of_beginner(n: int, calf_raises: float) -> dict[str, Any]:
    """So many clean sessions of every beginner exercise, and a test of calf raises."""
    held = [strength(MONDAY - timedelta(days=3 * back), (3, 3, 3, 3), 0, 40, "left") for back in range(1, n + 1)]
    tests = gate_met(calf_raises)["tests"]
    return {**done(*held), "tests": tests, "profile": Profile(name="Ada", equipment=("low_box",))}


def test_intermediate_opens_in_week_5_with_its_gate():
    assert not gate("intermediate", 4, **of_beginner(2, 15))
    assert "opens in week 5" in gate("intermediate", 3, **of_beginner(2, 15))[0]
    assert "15 calf raises" in gate("intermediate", 4, **of_beginner(2, 14))[0]
    assert "two clean sessions of the step-up" in gate("intermediate", 4, **of_beginner(1, 15))[0]


def test_advanced_opens_in_week_9_with_its_gate():
    assert not gate("advanced", 8, **gate_met(20))
    assert "opens in week 9" in gate("advanced", 7, **gate_met(20))[0]
    assert "20 calf raises" in gate("advanced", 8, **gate_met(19))[0]


def test_pain_keeps_the_advanced_gate_shut_until_it_is_cleared():
    met = gate_met(20)
    hurt = replace(met["logs"][0], exercises=(replace(met["logs"][0].exercises[0], pain_0_10=3.0),))
    assert "no pain above 2 of 10" in gate("advanced", 8, **met | {"logs": (hurt,)})[0]
    assert not gate("advanced", 8, **met | {"logs": (hurt,), "cleared": ("single_leg_box_squat",)})


def test_a_gate_of_a_test_is_assumed_from_the_day_after_the_test_and_then_named():
    shown = of_beginner(2, 14)
    test_on = [session(on(2, 1), "test", minutes=40, hard=True)]
    assert gate("intermediate", 4, **shown, early=[replace(test_on[0], day=on(2, 2))])
    assert "does not say so" in gate("intermediate", 4, **shown, early=test_on)[0]
    assert not gate("intermediate", 4, **shown, early=test_on, assumes=("15 calf raises",))


def test_half_a_test_opens_no_gate():
    halves = [session(on(1, day), "test", minutes=20, hard=True) for day in (0, 3)]
    named = {"assumes": ("15 calf raises",)}
    assert gate("intermediate", 4, **of_beginner(2, 14), early=halves[:1], **named)
    assert not gate("intermediate", 4, **of_beginner(2, 14), early=halves, **named)


def test_a_gate_is_taken_on_the_substitute_where_equipment_is_missing():
    held = [strength(MONDAY - timedelta(days=3 * back), (3, 3, 3, 3), 0, 40, "left") for back in (1, 2)]
    other = [
        replace(one, exercises=(*one.exercises[:3], replace(one.exercises[3], exercise="lateral_toe_tap_squat")))
        for one in held
    ]
    shown = {**done(*other), "tests": gate_met(15)["tests"]}
    assert not gate("intermediate", 4, **shown, profile=Profile(name="Ada"))
    assert gate("intermediate", 4, **shown, profile=Profile(name="Ada", equipment=("low_box",)))


def test_holds_rise_like_repetitions():
    def stand(day: date, seconds: float, sets: int = 2) -> PlannedSession:
        return romanian(
            day, exercises=(line("single_leg_stand_eyes_open", Dose(sets=sets, hold_s=seconds), "left"),)
        )  # fmt: skip

    assert not breaks("R-PROGRESS", [stand(on(1, 0), 20), stand(on(1, 2), 30)])
    assert breaks("R-PROGRESS", [stand(on(1, 0), 20), stand(on(1, 2), 30, sets=3)])


def advanced(kind: Any, exercise: str, dose: Dose, **own: Any) -> list[str]:
    """R-PHASE's verdict on one exercise of an advanced session."""
    held = romanian(on(1, 2), phase="advanced", type=kind, exercises=(line(exercise, dose, "left", **own),))
    return [one.text for one in told("R-PHASE", *tiny([held], **gate_met(20, began=MONDAY - timedelta(weeks=8))))]


@pytest.mark.parametrize(("kept_back", "holds"), [(None, False), (0, False), (1, True), (2, True), (3, False)])
def test_maximal_strength_keeps_one_or_two_repetitions_in_reserve(kept_back, holds):
    found = advanced("maximal", "bulgarian_split_squat", Dose(sets=3, reps=5, load_kg=12), reps_in_reserve=kept_back)
    assert bool(found) is not holds


@pytest.mark.parametrize(("kept_back", "holds"), [(None, True), (1, False)])
def test_sets_without_a_load_keep_nothing_in_reserve(kept_back, holds):
    found = advanced("maximal", "bulgarian_split_squat", Dose(sets=3, reps=5), reps_in_reserve=kept_back)
    assert bool(found) is not holds


def test_jumps_have_their_full_rest_and_no_more_than_six_contacts():
    four = Dose(sets=4, reps=6)
    assert not advanced("power", "forward_hop", four, rest_s=120.0)
    assert "rest" in advanced("power", "forward_hop", four, rest_s=119.0)[0]
    assert "7 repetitions" in advanced("power", "forward_hop", Dose(sets=4, reps=7), rest_s=120.0)[0]
    assert "5 sets" in advanced("power", "forward_hop", Dose(sets=5, reps=6), rest_s=120.0)[0]


def test_a_type_that_the_phase_does_not_have_is_no_type():
    assert "no sessions of type general" in advanced("general", "bulgarian_split_squat", Dose(sets=3, reps=5))[0]


def test_a_missed_test_gate_waits_for_the_next_test():
    short = of_beginner(2, 14)
    asked = {"assumes": ("15 calf raises",)}
    assert gate("intermediate", 4, **short, **asked)
    assert not gate("intermediate", 4, **short, **asked, early=[session(on(1, 4), "test", minutes=40, hard=True)])


def test_repetitions_in_a_log_open_a_gate_of_a_test_too():
    shown = of_beginner(2, 14)
    raises = romanian(
        MONDAY - timedelta(days=1), exercises=(line("single_leg_calf_raise", Dose(sets=2, reps=15), "left"),)
    )  # fmt: skip
    more = done(*shown["past"], replace(raises, id="calf raises"))
    assert not gate("intermediate", 4, **shown | more)
