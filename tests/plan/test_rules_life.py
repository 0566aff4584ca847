"""Where the rules of mobility, of the runner's life and body, and of tests just hold, and where they just do not."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from tests.kept_plans import (
    REPS,
    also,
    dynamic,
    kept,
    line,
    log_of,
    mobility,
    on,
    recovery,
    strength,
    with_profile,
    with_run,
    with_session,
    without,
)
from tests.plans import MONDAY, session
from tests.rule_checks import REGULAR, breaks, done, romanian, run, tiny, told

from evenstride.model import Dose, FreeSlot, GivenUp, Injury, PlannedSession, Profile, Race, Restriction
from evenstride.plan.rules import broken_rules


def texts(rule: str, plan: Any, request: Any) -> list[str]:
    return [one.text for one in told(rule, plan, request)]


# ---- R-MOB-WEEK, R-MOB-PRE, R-STATIC-PRE


def test_a_missing_style_that_is_said_is_no_matter():
    plan, request = kept()
    fewer = without(plan, f"{on(2, 5)}-mobility-1")
    said = GivenUp(rule="R-MOB-WEEK", day=on(2, 3), text="no long-hold day: Saturday would need 20 minutes")
    assert broken_rules(replace(fewer, given_up=(said,)), request) == ()


def reaching(days: list[int]) -> list[str]:
    """R-MOB-WEEK's word on joints, hips and ankles and thoracic spine being reached on these days of two weeks."""
    plan, request = tiny([recovery(MONDAY + timedelta(days=day)) for day in days])
    return [text for text in texts("R-MOB-WEEK", plan, request) if "nothing for the" in text]


def test_hips_ankles_and_thoracic_spine_are_reached_within_seven_days():
    assert reaching([0, 7]) == []
    assert len(reaching([0, 8])) == 3
    assert len(reaching([7, 13])) == 3
    assert len(reaching([0, 6])) == 3
    assert reaching([6, 13]) == []


def test_a_session_of_ten_minutes_has_three_planes_an_activation_drill_and_breathing_at_the_end():
    whole = recovery(on(1, 0))
    for n, word in ((1, "activation"), (2, "plane"), (5, "breathing")):
        lines = whole.exercises[:n] + whole.exercises[n + 1 :]
        fewer = mobility(on(1, 0), "recovery", [one for one in lines if n != 2 or one.exercise != "open_book"])
        assert any(word in text for text in texts("R-MOB-WEEK", *tiny([fewer])))
        short = replace(fewer, minutes=9.5)
        assert not any(word in text for text in texts("R-MOB-WEEK", *tiny([short])))


def test_what_a_session_is_said_to_reach_is_reached():
    whole = recovery(on(1, 0))
    assert whole.mobility is not None
    boast = replace(whole, mobility=replace(whole.mobility, joints=("hip", "knee", "shoulder", "wrist")))
    assert any("wrist" in text for text in texts("R-MOB-WEEK", *tiny([boast])))


def test_the_week_opens_with_recovery():
    assert any("opens light" in text for text in texts("R-MOB-WEEK", *tiny([dynamic(on(1, 0)), recovery(on(1, 2))])))
    assert not any("opens light" in text for text in texts("R-MOB-WEEK", *tiny([recovery(on(1, 0))])))


def before_the_run(text: str) -> bool:
    return "they come the day after" in text


@pytest.mark.parametrize(("kind", "holds"), [("intervals", False), ("long", False), ("easy", True)])
def test_a_dynamic_day_is_never_the_day_before_a_hard_run(kind, holds):
    found = texts("R-MOB-WEEK", *tiny([dynamic(on(1, 2))], (run(on(1, 3), kind),)))
    assert any(map(before_the_run, found)) is not holds
    after = texts("R-MOB-WEEK", *tiny([dynamic(on(1, 4))], (run(on(1, 3), kind),)))
    assert not any(map(before_the_run, after))


def test_long_hold_and_dynamic_days_take_turns_across_weeks():
    found = texts("R-MOB-WEEK", *tiny([dynamic(on(1, 3)), dynamic(on(2, 3))]))
    assert any("take turns" in text for text in found)


@pytest.mark.parametrize(("minutes", "holds"), [(5.5, False), (6, True), (8, True), (8.5, False)])
def test_a_piece_before_a_hard_run_takes_six_to_eight_minutes(minutes, holds):
    plan, request = kept()
    piece = f"{on(1, 1)}-mobility-2"
    roomy = with_profile(request, minutes_before_runs=10.0)
    assert bool(told("R-MOB-PRE", with_session(plan, piece, minutes=minutes), roomy)) is not holds


def test_where_minutes_before_runs_are_few_the_piece_is_a_preference_and_said():
    plan, request = kept()
    few = with_profile(request, minutes_before_runs=4.0)
    bare = without(plan, *(one.id for one in plan.sessions if one.slot == "pre_run"))
    assert {one.binding for one in told("R-MOB-PRE", bare, few)} == {False}
    weeks = (GivenUp(rule="R-MOB-PRE", day=on(n, 0), text="four minutes are too few") for n in range(1, 6))
    assert not told("R-MOB-PRE", replace(bare, given_up=tuple(weeks)), few)


@pytest.mark.parametrize(("missing", "holds"), [("hip_circle", False), ("marching_in_place", False), ("", True)])
def test_a_piece_before_a_run_has_its_parts(missing, holds):
    plan, request = kept()
    piece = next(one for one in plan.sessions if one.slot == "pre_run")
    lines = tuple(one for one in piece.exercises if one.exercise != missing)
    assert bool(told("R-MOB-PRE", with_session(plan, piece.id, exercises=lines), request)) is not holds


def test_the_warm_up_has_a_balance_drill_unless_the_session_follows_a_run():
    without_stand = romanian(on(1, 2))
    assert breaks("R-MOB-PRE", [without_stand])
    assert not breaks("R-MOB-PRE", [replace(without_stand, warm_up=("toe_to_heel_shifts",))])
    assert not breaks("R-MOB-PRE", [replace(without_stand, slot="after_run")], (run(on(1, 2), "easy"),))
    pocket = mobility(on(1, 2), "recovery", [line("hip_circle", REPS)], minutes=5)
    assert not breaks("R-MOB-PRE", [pocket])
    assert breaks("R-MOB-PRE", [replace(pocket, minutes=6.0)])


def held_for(day: date, seconds: float, style: Any = "long_hold", slot: Any = "free", **own: Any) -> PlannedSession:
    ends = ("half_kneeling_hip_flexor", "adductor_hold")
    lines = [line(name, Dose(sets=1, hold_s=seconds)) for name in ends]
    return replace(mobility(day, style, lines, slot), **own)


@pytest.mark.parametrize(("seconds", "holds"), [(15, True), (30, False)])
def test_no_long_hold_in_the_hour_before_a_quality_run(seconds, holds):
    runs = (run(on(1, 1), at=time(18)),)
    piece = held_for(on(1, 1), seconds, "recovery", "pre_run")
    assert breaks("R-STATIC-PRE", [piece], runs) is not holds
    for minute, far_enough in ((45, True), (46, False)):
        before = held_for(on(1, 1), seconds, "recovery", at=time(16, minute), minutes=15.0)
        assert breaks("R-STATIC-PRE", [before], runs) is not (holds or far_enough)


def test_holds_are_short_or_long_and_long_ones_are_for_long_hold_days():
    assert not breaks("R-STATIC-PRE", [held_for(on(1, 1), 30)])
    assert breaks("R-STATIC-PRE", [held_for(on(1, 1), 20)])
    assert breaks("R-STATIC-PRE", [held_for(on(1, 1), 30, "dynamic")])
    assert breaks("R-STATIC-PRE", [held_for(on(1, 1), 15)])


def test_long_holds_grow_by_ten_seconds_a_week_up_to_ninety():
    assert not breaks("R-STATIC-PRE", [held_for(on(1, 1), 30), held_for(on(2, 1), 40)])
    assert breaks("R-STATIC-PRE", [held_for(on(1, 1), 30), held_for(on(2, 1), 41)])
    assert breaks("R-STATIC-PRE", [held_for(on(1, 1), 30), held_for(on(1, 4), 40)])
    assert breaks("R-STATIC-PRE", [held_for(on(1, 1), 31)])
    late = {"began": MONDAY - timedelta(weeks=20)}
    assert not breaks("R-STATIC-PRE", [held_for(on(1, 1), 90)], **late)
    assert breaks("R-STATIC-PRE", [held_for(on(1, 1), 100)], **late)


# ---- R-AVAIL


def fits(*sessions: PlannedSession, runs: tuple[Any, ...] = (), free: tuple[FreeSlot, ...] = (), **own: Any) -> bool:
    return not breaks("R-AVAIL", list(sessions), runs, profile=Profile(name="Ada", free=free, **own))


def test_sessions_fit_into_the_free_minutes_of_their_day_together():
    wednesday = (FreeSlot(weekday=2, minutes=40),)
    one, other = session(on(1, 2), minutes=25), session(on(1, 2), "mobility", minutes=15)
    assert fits(one, other, free=wednesday)
    assert not fits(one, replace(other, minutes=16), free=wednesday)
    assert not fits(replace(one, day=on(1, 3)), free=wednesday)
    assert not fits(one, other, free=(FreeSlot(weekday=2, minutes=20), FreeSlot(weekday=2, minutes=20)))


@pytest.mark.parametrize(("at", "holds"), [(time(7), True), (time(7, 20), True), (time(7, 21), False), (None, True)])
def test_a_timed_session_lies_within_free_minutes_with_a_time(at, holds):
    assert fits(session(on(1, 2), minutes=20, at=at), free=(FreeSlot(weekday=2, minutes=40, at=time(7)),)) is holds


def test_sessions_overlap_neither_runs_nor_one_another():
    free = (FreeSlot(weekday=2, minutes=120, at=time(7)),)
    runs = (run(on(1, 2), "easy", time(8), 30),)
    assert fits(session(on(1, 2), minutes=30, at=time(8, 30), slot="after_run"), runs=runs, free=free)
    assert not fits(session(on(1, 2), minutes=30, at=time(8, 29), slot="after_run"), runs=runs, free=free)
    two = (session(on(1, 2), minutes=30, at=time(7)), session(on(1, 2), minutes=30, at=time(7, 29), n=2))
    assert not fits(*two, free=free)


def test_the_minutes_around_runs_are_those_of_the_runner():
    runs = (run(on(1, 1)),)
    piece = session(on(1, 1), "mobility", "post_run", minutes=10)
    assert fits(piece, runs=runs)
    assert not fits(replace(piece, minutes=11), runs=runs)
    assert not fits(replace(piece, day=on(1, 2)), runs=runs)


def test_loads_need_what_can_load_and_bands_a_band():
    free = (FreeSlot(weekday=2, minutes=40),)
    assert not fits(romanian(on(1, 2), load=4), free=free)
    assert fits(romanian(on(1, 2), load=4), free=free, equipment=("dumbbell",))
    walk = romanian(on(1, 2), exercises=(line("monster_walk", Dose(sets=1, reps=8, band="light")),))
    assert not fits(walk, free=free)
    assert fits(walk, free=free, equipment=("band",))


def test_the_runs_of_the_calendar_stay_as_they_are():
    plan, request = kept()
    moved = with_run((plan, request), on(2, 1), minutes=50)[0]
    assert {one.rule for one in broken_rules(moved, request)} == {"R-AVAIL"}
    noted = replace(plan, runs=tuple(replace(one, note="look at the left leg") for one in plan.runs))
    assert not told("R-AVAIL", noted, request)


def test_a_locked_session_keeps_its_day():
    plan, request = kept()
    locked = next(one for one in plan.sessions if one.kind == "strength")
    assert not told("R-AVAIL", plan, replace(request, locked=(locked,)))
    assert told("R-AVAIL", plan, replace(request, locked=(replace(locked, day=on(1, 0)),)))


# ---- R-PAIN


def with_pain(pain: float) -> dict[str, Any]:
    before = romanian(MONDAY - timedelta(days=3))
    return {"past": (before,), "logs": (log_of(before, pain_0_10=pain),)}


def test_what_hurt_more_than_two_of_ten_waits_until_it_is_cleared():
    again = [romanian(on(1, 2))]
    assert not breaks("R-PAIN", again, **with_pain(2))
    assert breaks("R-PAIN", again, **with_pain(2.5))
    assert not breaks("R-PAIN", again, **with_pain(2.5), cleared=("single_leg_romanian_deadlift",))
    easier = romanian(on(1, 2), exercises=(line("kickstand_romanian_deadlift", REPS, "left"),))
    assert not breaks("R-PAIN", [easier], **with_pain(5))


@pytest.mark.parametrize(
    ("what", "side", "holds"),
    [
        ("split squat", None, False),
        ("lunge", "right", False),
        ("strength", None, False),
        ("Bulgarian split squat", None, True),
        ("split squat", "left", True),
    ],
)
def test_a_restriction_forbids_an_exercise_a_pattern_or_a_family_on_its_side_until_its_day(what, side, holds):
    right_leg = romanian(on(1, 2), exercises=(replace(line("split_squat", REPS, "right"), left=None),))
    for until, over in ((on(1, 2), False), (on(1, 1), True)):
        person = Profile(name="Ada", restrictions=(Restriction(what=what, until=until, side=side),))
        assert breaks("R-PAIN", [right_leg], profile=person) is not (holds or over)


def test_an_injury_that_is_there_leaves_out_what_loads_it_on_its_side():
    raise_ = romanian(on(1, 2), exercises=(replace(line("single_leg_calf_raise", REPS, "right"), left=None),))

    def hurt(**own: Any) -> bool:
        values: dict[str, Any] = {"side": "right", "site": "Achilles tendon", "since": MONDAY - timedelta(days=90)}
        return breaks("R-PAIN", [raise_], profile=Profile(name="Ada", injuries=(Injury(**values | own),)))

    assert hurt(present=True)
    assert hurt(until=on(1, 2))
    assert not hurt(until=on(1, 1))
    assert not hurt()
    assert not hurt(present=True, side="left")
    assert not hurt(present=True, site="shoulder")


# ---- R-TEST, R-REASSESS


def with_tests(*days: tuple[date, float]) -> list[PlannedSession]:
    return [session(day, "test", minutes=minutes, hard=True) for day, minutes in days]


def test_tests_are_forty_minutes_or_two_parts_within_fourteen_days():
    assert not breaks("R-TEST", with_tests((on(1, 2), 40)))
    assert not breaks("R-TEST", with_tests((on(1, 0), 20), (on(2, 0), 20)))
    assert breaks("R-TEST", with_tests((on(1, 0), 20)))
    assert breaks("R-TEST", with_tests((on(1, 0), 20), (on(2, 0), 25)))
    assert breaks("R-TEST", with_tests((on(1, 2), 45)))


def test_no_tests_in_a_race_week_nor_beside_strength_of_the_same_week():
    def with_race(day: date) -> bool:
        person = Profile(name="Ada", races=(Race(day=day, priority="C"),))
        return breaks("R-TEST", with_tests((on(1, 2), 40)), profile=person)

    assert with_race(on(1, 6))
    assert not with_race(on(2, 0))
    assert breaks("R-TEST", [*with_tests((on(2, 0), 40)), romanian(on(2, 6))])
    assert not breaks("R-TEST", [*with_tests((on(2, 0), 40)), romanian(on(1, 6))])


FREE_DAYS = (FreeSlot(weekday=2, minutes=40), FreeSlot(weekday=4, minutes=20))


def due(
    began_days_ago: int, *sessions: PlannedSession, free: tuple[FreeSlot, ...] = FREE_DAYS, **own: Any
) -> list[str]:
    """R-REASSESS's word on tests; the plan has two weeks with free minutes on Wednesdays and Fridays."""
    began = MONDAY - timedelta(days=began_days_ago)
    plan, request = tiny(list(sessions), profile=Profile(name="Ada", free=free), began=began, **own)
    return [text for text in texts("R-REASSESS", plan, request) if "full tests" in text]


def test_the_tests_stand_on_the_first_allowed_day_from_day_28():
    wednesday = with_tests((on(1, 2), 40))
    assert due(25, *wednesday) == []
    assert "Wed 6 May is the first allowed day, and none is planned" in due(25)[0]
    assert "planned for Wed 13 May" in due(25, *with_tests((on(2, 2), 40)))[0]
    assert due(24, *with_tests((on(2, 2), 40))) == []
    assert "Wed 13 May is the first allowed day, and none is planned" in due(24, *wednesday)[0]
    assert due(18, *with_tests((on(2, 2), 40))) == []
    assert due(10) == []


def test_a_day_that_a_hard_run_forbids_is_not_allowed():
    runs = (run(on(1, 3)),)
    began = MONDAY - timedelta(days=25)
    person = Profile(name="Ada", free=FREE_DAYS[:1])
    plan, request = tiny(with_tests((on(2, 2), 40)), runs, profile=person, began=began)
    assert not [text for text in texts("R-REASSESS", plan, request) if "full tests" in text]


def test_tests_with_their_hops_wait_until_a_race_that_is_a_week_away_is_over():
    person = Profile(name="Ada", free=FREE_DAYS[:1], races=(Race(day=on(2, 2), priority="B"),))
    plan, request = tiny([], profile=person, began=MONDAY - timedelta(days=25))
    assert [one.binding for one in told("R-REASSESS", plan, request) if "full tests" in one.text] == [False]
    later = with_profile(request, races=(Race(day=on(2, 3), priority="B"),))
    assert [one.day for one in told("R-REASSESS", plan, later) if "full tests" in one.text] == [on(1, 2)]


def test_two_parts_are_allowed_where_no_day_has_forty_minutes():
    halves = (FreeSlot(weekday=2, minutes=20), FreeSlot(weekday=4, minutes=20))
    assert due(25, *with_tests((on(1, 2), 20), (on(1, 4), 20)), free=halves) == []
    assert "Wed 6 May is the first allowed day" in due(25, *with_tests((on(1, 4), 20), (on(2, 2), 20)), free=halves)[0]


def test_tests_come_again_four_weeks_after_the_last():
    before = replace(with_tests((MONDAY - timedelta(days=19), 40))[0], id="last")
    own = {**done(before), "began": MONDAY - timedelta(days=60)}
    plan, request = tiny([], profile=Profile(name="Ada", free=FREE_DAYS), **own)
    found = [one.day for one in told("R-REASSESS", plan, request) if "full tests" in one.text]
    assert found == [on(2, 2)]


def test_that_no_day_allows_tests_is_said():
    none = (FreeSlot(weekday=2, minutes=15),)
    assert "it is not said" in due(25, free=none)[0]


# ---- R-SPIKE, R-WHOLE


@pytest.mark.parametrize(("km", "holds"), [(22.0, True), (22.1, False)])
def test_a_run_beyond_110_percent_of_the_longest_of_30_days_is_advised_against(km, holds):
    long_run = replace(run(on(1, 6), "long"), km=km)
    plan, request = tiny([], (long_run,), longest_km=20.0)
    assert bool(told("R-SPIKE", plan, request)) is not holds
    assert not any(one.binding for one in told("R-SPIKE", plan, request))


def test_minutes_tell_where_km_are_missing():
    assert breaks("R-SPIKE", [], (run(on(1, 6), "long", minutes=111),), longest_minutes=100.0)
    assert not breaks("R-SPIKE", [], (run(on(1, 6), "long", minutes=110),), longest_minutes=100.0)


def test_a_plan_is_in_order_within_its_weeks_with_its_names_once():
    plan, request = kept()
    first, second, *rest = plan.sessions
    for sessions in ((second, first, *rest), (first, replace(second, id=first.id), *rest)):
        assert {one.rule for one in broken_rules(replace(plan, sessions=sessions), request)} == {"R-WHOLE"}
    late = strength(on(6, 2), (1, 1, 1, 1), 0, 19, "left")
    assert told("R-WHOLE", also(plan, late), request)
    assert told("R-WHOLE", plan, replace(request, weeks=4))


def test_what_a_session_says_of_itself_is_so():
    plan, request = kept()
    hard_one = f"{on(1, 2)}-strength-1"
    assert told("R-WHOLE", with_session(plan, hard_one, hard=False), request)
    assert told("R-WHOLE", with_session(plan, hard_one, plyometric=True), request)
    assert told("R-WHOLE", with_session(plan, hard_one, warm_up=("handstand",)), request)
    assert REGULAR["past"]
