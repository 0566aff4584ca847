import re
from dataclasses import replace
from datetime import date, time, timedelta
from io import StringIO

import pytest
from rich.console import Console

from evenstride.errors import InvalidRequest, PlanConflict
from evenstride.model import (
    Because,
    CalendarRun,
    Dose,
    GivenUp,
    MobilityContent,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlanWeek,
    SolverStatus,
)
from evenstride.plan.catalogue import load_catalogue
from evenstride.plan.difference import PlanDifference, SessionChange, plan_difference
from evenstride.report.looks import as_text
from evenstride.report.plan_answer import plan_answer, plan_meaning, shown_weeks, weeks_words
from evenstride.report.plan_changes import conflict_text, difference_screen
from evenstride.report.plan_details import session_screen, week_screen
from evenstride.report.plan_terminal import plan_text, print_plan, print_session, print_week
from evenstride.report.plan_why import ExerciseTold, print_why_exercise, print_why_rule
from evenstride.report.plan_words import dose_words

MONDAY = date(2026, 5, 4)
CATALOGUE = load_catalogue()
RUNS = ((1, "intervals", 60, time(18)), (4, "easy", 45, None), (6, "long", 110, time(8)))
LONG_WHY = "two strength sessions this week instead of three: the free days are too near to each other"


def dosed(name, left, right, first="left", **more):
    return PlannedExercise(exercise=name, because="hinge of this phase", tempo="3-1-3-1", first=first, left=left,
                           right=right, **more)  # fmt: skip


def strength(day, number=1, **more):
    """Left heavier than right, so that the sides can be told apart."""
    light, heavy = Dose(sets=2, reps=10, load_kg=4.0), Dose(sets=3, reps=10, load_kg=7.5)
    fields = {
        "id": f"{day}-strength-{number}", "day": day, "slot": "free", "kind": "strength", "minutes": 25.0,
        "phase": "beginner", "type": "general", "hard": True, "at": time(12),
        "because": (Because(rule="R-24H", text="the next hard run starts at least 24 h after it"),),
        "exercises": (dosed("single_leg_romanian_deadlift", heavy, light), dosed("split_squat", heavy, light)),
        "warm_up": ("glute_bridge",), "assumes": ("gate: 15 calf raises on each leg (test of 1 June)",),
        "trimmed": ("Step-up: 1 of 3 sets for want of minutes", "Split squat: 1 of 3 sets for want of minutes"),
    } | more  # fmt: skip
    return PlannedSession(**fields)


def mobility(day, minutes, slot="free", number=1):
    breath = PlannedExercise(exercise="diaphragmatic_breathing", because="breath", both=Dose(sets=1, hold_s=60.0))
    circle = dosed("hip_circle", Dose(sets=1, reps=12), Dose(sets=1, reps=12))
    return PlannedSession(
        id=f"{day}-mobility-{number}", day=day, slot=slot, kind="mobility", minutes=minutes, exercises=(circle, breath),
        mobility=MobilityContent(style="recovery", joints=("hip",), planes=("sagittal",)),
    )  # fmt: skip


def made(weeks=12, *, runs=True, part="base", **more):
    """Strength on Mondays and Fridays, tests in week 5, every fourth week light."""
    sessions, listed, calendar = [], [], []
    for n in range(weeks):
        monday = MONDAY + timedelta(weeks=n)
        load = "test" if n == 4 else "deload" if n % 4 == 3 else "loading"
        listed.append(PlanWeek(monday=monday, number=n + 1, part=part, load=load, phase="beginner"))
        if load == "test":
            sessions.append(strength(monday, kind="test", id=f"{monday}-test-1", exercises=(), minutes=40.0))
        else:
            sessions += [strength(monday), strength(monday + timedelta(days=4), at=None, slot="after_run")]
        sessions += [mobility(monday + timedelta(days=2), 14.0), mobility(monday + timedelta(days=5), 5.0)]
        for weekday, kind, minutes, at in RUNS if runs else ():
            day = monday + timedelta(days=weekday)
            calendar.append(CalendarRun(day=day, kind=kind, minutes=minutes, at=at, note="calm\x1b[2J" * (n == 0)))
            sessions.append(mobility(day, 7.0, "post_run", 2))
    given = tuple(GivenUp(rule="R-FREQ", day=MONDAY + timedelta(weeks=n), text=LONG_WHY) for n in range(weeks))
    fields = {
        "athlete": "Ada", "start": MONDAY, "weeks": weeks, "runs": tuple(calendar), "week_list": tuple(listed),
        "sessions": tuple(sorted(sessions, key=lambda one: one.day)), "given_up": given,
        "solver": SolverStatus(status="optimal", gap=0.0),
    } | more  # fmt: skip
    return Plan(**fields)


def swapped(plan):
    """The same plan for a runner whose legs are the other way round."""
    other = {"left": "right", "right": "left", None: None}
    return replace(
        plan,
        sessions=tuple(
            replace(session, exercises=tuple(
                replace(one, left=one.right, right=one.left, first=other[one.first]) for one in session.exercises
            ))
            for session in plan.sessions
        ),
    )  # fmt: skip


PLAN = made()
SESSION = next(one for one in PLAN.sessions if one.kind == "strength")
MOVED = replace(SESSION, id="2026-05-06-strength-1", day=date(2026, 5, 6))
DIFFERENCE = PlanDifference(moved=(SessionChange(before=SESSION, after=MOVED),), removed=PLAN.sessions[3:12])
SCREENS = {
    "a year": lambda width: plan_text(made(52), CATALOGUE, today=MONDAY, width=width),
    "twelve weeks": lambda width: plan_text(PLAN, CATALOGUE, today=MONDAY, width=width),
    "one week": lambda width: plan_text(made(1), CATALOGUE, today=MONDAY, width=width),
    "no runs": lambda width: plan_text(made(3, runs=False), CATALOGUE, today=MONDAY, width=width),
    "no exercises known": lambda width: plan_text(made(3), replace(CATALOGUE, exercises={}), today=MONDAY, width=width),
    "week": lambda width: as_text(week_screen(PLAN, CATALOGUE, 1, width=width), width),
    "test week": lambda width: as_text(week_screen(PLAN, CATALOGUE, 5, width=width), width),
    "session": lambda width: as_text(session_screen(SESSION, PLAN, CATALOGUE, width=width), width),
    "difference": lambda width: as_text(difference_screen(DIFFERENCE, catalogue=CATALOGUE, width=width), width),
}


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_screen(name, width):
    assert max(len(line) for line in SCREENS[name](width).splitlines()) <= width


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("width", [80, 100])
def test_nothing_is_cut_off(name, width):
    assert "…" not in SCREENS[name](width)


@pytest.mark.parametrize("name", SCREENS)
def test_no_number_stands_with_a_bare_minus(name):
    assert not re.search(r"(?<![\w-])[-−]\d", SCREENS[name](100))


def test_a_pipe_gets_no_colour_and_no_steering_sign():
    out = StringIO()
    console = Console(file=out, width=100)
    print_plan(PLAN, CATALOGUE, today=MONDAY, console=console)
    print_week(PLAN, CATALOGUE, 1, console=console)
    print_session(SESSION, PLAN, CATALOGUE, console=console)
    assert "\x1b" not in out.getvalue()


def test_the_answer_is_the_first_line_and_today_the_second():
    lines = plan_text(PLAN, CATALOGUE, today=MONDAY).splitlines()
    assert lines[:3] == [
        "Twelve weeks from 4 May: two strength sessions a week, left leg first, a light week every fourth,",
        "tests in week 5.",
        "Today: strength (25 min) at 12:00.",
    ]


def test_swapping_the_legs_swaps_the_leg_that_begins():
    assert "right leg first" in plan_answer(swapped(PLAN), MONDAY)


def test_swapping_the_legs_swaps_the_columns():
    def doses(plan):
        text = as_text(week_screen(plan, CATALOGUE, 1, width=100), 100)
        row = next(line for line in text.splitlines() if "Split squat" in line and "10" in line)
        return row.index("7.5 kg"), row.index(" 4 kg")

    left, right = doses(PLAN)
    assert left < right
    left, right = doses(swapped(PLAN))
    assert left > right


def test_weeks_in_which_the_number_differs_are_not_called_each_week():
    fewer = tuple(one for one in PLAN.sessions if one.id != "2026-05-15-strength-1")
    assert "two strength sessions most weeks" in plan_answer(replace(PLAN, sessions=fewer), MONDAY)


def test_weeks_some_of_which_have_no_strength_are_said_as_up_to():
    weeks = [MONDAY + timedelta(weeks=n) for n in range(4)]
    few = tuple(strength(day, n) for day, many in zip(weeks, (0, 0, 1, 2), strict=True) for n in range(1, many + 1))
    assert ": up to two strength sessions a week" in plan_answer(made(4, sessions=few), MONDAY)


def test_short_sessions_are_told_of_weeks_held_in_part_too():
    late = made(weeks=2, sessions=(*made(2).sessions, strength(MONDAY + timedelta(weeks=2), kind="micro")))
    begun = replace(late, start=MONDAY + timedelta(days=2))
    assert "short ones in week 3" in plan_answer(begun, MONDAY)


def test_a_plan_that_begins_later_says_with_what():
    assert plan_meaning(PLAN, date(2026, 5, 1)) == "It begins on Monday 4 May, with strength (25 min) at 12:00."


def test_a_plan_that_is_over_says_how_the_next_one_is_made():
    assert plan_meaning(PLAN, date(2026, 8, 1)).endswith("the next one: evenstride plan make.")


def test_a_day_of_rest_names_the_next_session():
    assert plan_meaning(PLAN, date(2026, 5, 7)).startswith("Today nothing: rest is part of it. Next is strength after")


def test_the_days_of_the_grid_begin_on_monday():
    head = plan_text(PLAN, CATALOGUE, today=MONDAY).splitlines()[4]
    assert head.split() == ["week", "of", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.mark.parametrize("weeks", [1, 12, 52])
def test_every_session_stands_in_the_grid_and_no_piece_does(weeks):
    plan = made(weeks)
    text = plan_text(plan, CATALOGUE, today=MONDAY)
    assert text.count("Strength 25′") == plan.totals["strength_sessions"]
    assert text.count("Mobility 14′") == weeks
    assert "Mobility 5′" not in text
    assert "Mobility 7′" not in text


@pytest.mark.parametrize(("load", "word"), [("deload", "light"), ("test", "tests"), ("taper", "taper")])
def test_weeks_that_are_not_ordinary_are_named(load, word):
    week = replace(PLAN.week_list[0], load=load)
    lines = plan_text(replace(PLAN, weeks=1, week_list=(week,)), CATALOGUE, today=date(2026, 4, 1)).splitlines()
    row = next(n for n, line in enumerate(lines) if line.startswith(" 1 4 May"))
    assert lines[row + 1].split()[0] == word


def test_a_part_of_the_season_is_named():
    assert "in season, beginner phase" in plan_text(made(part="in_season"), CATALOGUE, today=MONDAY)


def test_what_was_given_up_for_the_same_reason_is_said_once():
    text = " ".join(plan_text(PLAN, CATALOGUE, today=MONDAY).split())
    assert text.count(LONG_WHY) == 1
    assert f"every week: {LONG_WHY} (R-FREQ)" in text


def test_what_was_given_up_names_its_weeks():
    plan = replace(PLAN, given_up=PLAN.given_up[8:11])
    assert "weeks 9 to 11: two strength" in plan_text(plan, CATALOGUE, today=MONDAY)


def test_a_long_list_of_weeks_is_counted():
    assert weeks_words([1, 3, 5, 7, 9]) == "5 weeks from 1 to 9"


def test_a_plan_from_the_middle_of_a_week_keeps_the_programmes_numbers():
    week = PlanWeek(monday=date(2026, 6, 8), number=6, part="base", load="loading", phase="beginner")
    plan = replace(PLAN, start=date(2026, 6, 4), weeks=1, week_list=(week,))
    assert [one.number for one in shown_weeks(plan)] == [5, 6]


def test_an_unknown_week_says_which_there_are():
    with pytest.raises(InvalidRequest) as error:
        plan_text(PLAN, CATALOGUE, today=MONDAY, week=13)
    assert error.value.help == "It has weeks 1 to 12."


def test_a_test_asks_to_leave_out_what_hurts():
    assert "Leave out what hurts" in " ".join(as_text(week_screen(PLAN, CATALOGUE, 5, width=100), 100).split())


def test_a_week_tells_what_minutes_cut_once():
    text = as_text(week_screen(PLAN, CATALOGUE, 1, width=100), 100)
    assert "cut for time: to 1 of 3 sets: Step-up; Split squat" in text


def test_a_week_tells_pieces_that_are_alike_once():
    text = as_text(week_screen(PLAN, CATALOGUE, 1, width=100), 100)
    assert text.count("Tue, Fri and Sun, 7 min") == 1


def test_a_session_tells_each_rule_with_its_sentence_and_how_well_it_is_known():
    text = " ".join(as_text(session_screen(SESSION, PLAN, CATALOGUE, width=100), 100).split())
    rule = CATALOGUE.rules["R-24H"]
    assert "fair, binding" in text
    assert rule.sentence[:40] in text
    assert "The next hard run starts at least 24 h after it." in text


def test_a_reason_that_ends_in_a_question_has_no_full_stop_after_it():
    asks = replace(SESSION, because=(Because(rule="R-TEST", text="then: what feels different when running?"),))
    text = " ".join(as_text(session_screen(asks, PLAN, CATALOGUE, width=100), 100).split())
    assert "when running? " in text


def test_a_session_tells_what_it_rests_on_and_what_was_cut():
    text = as_text(session_screen(SESSION, PLAN, CATALOGUE, width=100), 100)
    assert "rests on          15 calf raises on each leg (test of 1 June)" in text
    assert "cut for time      to 1 of 3 sets: Step-up; Split squat" in text


def test_a_session_tells_how_each_exercise_is_done():
    text = as_text(session_screen(SESSION, PLAN, CATALOGUE, width=100), 100)
    for cue in CATALOGUE.exercises["single_leg_romanian_deadlift"].cues:
        assert cue in text
    assert "Split squat: left 3 × 10, 7.5 kg | right 2 × 10, 4 kg (left first)" in text


def test_a_move_names_both_days():
    text = as_text(difference_screen(DIFFERENCE, width=100), 100)
    assert "from Mon 4 May 12:00 to Wed 6 May 12:00" in text


def test_minutes_around_runs_are_one_line_of_a_difference():
    pieces = tuple(one for one in PLAN.sessions if one.slot == "post_run")[:5]
    text = as_text(difference_screen(PlanDifference(removed=pieces), width=100), 100)
    assert text.splitlines()[0] == "Only short pieces of mobility change; every session stays."
    assert "five short pieces" in text


def test_a_changed_dose_is_told_with_what_it_was():
    dose = Dose(sets=1, reps=5)
    lighter = replace(SESSION, exercises=(dosed("split_squat", dose, dose),))
    text = " ".join(as_text(difference_screen(plan_difference(PLAN, replace(
        PLAN, sessions=(lighter, *PLAN.sessions[1:])
    )), catalogue=CATALOGUE, width=100), 100).split())  # fmt: skip
    assert "Single-leg Romanian deadlift goes out" in text
    assert "Split squat: 1 × 5 each side, before left 3 × 10, 7.5 kg | right 2 × 10, 4 kg" in text


def test_of_a_dose_only_what_differs_is_told():
    first, *others = SESSION.exercises
    turned = replace(first, first="left" if first.first == "right" else "right")
    changed = replace(SESSION, exercises=(turned, *others))
    one = PlanDifference(changed=(SessionChange(before=SESSION, after=changed),))
    text = " ".join(as_text(difference_screen(one, catalogue=CATALOGUE, width=100), 100).split())
    assert f"the {turned.first} leg begins" in text
    assert "before" not in text


def test_a_plan_that_goes_on_from_another_says_which_weeks_of_the_programme_it_has():
    later = tuple(replace(week, number=week.number + 12) for week in PLAN.week_list)
    first, last = later[0].number, later[-1].number
    assert "of your programme" not in plan_answer(PLAN, MONDAY)
    assert f"weeks {first} to {last} of your programme: " in plan_answer(replace(PLAN, week_list=later), MONDAY)


def test_a_test_says_how_it_is_done_and_where_its_results_go():
    test = next(one for one in PLAN.sessions if one.kind == "test")
    for told in (SCREENS["test week"](100), as_text(session_screen(test, PLAN, CATALOGUE, width=100), 100)):
        assert "evenstride screen protocol" in " ".join(told.split())
        assert "evenstride screen add single_leg_calf_raise --left 22 --right 26" in " ".join(told.split())


def test_why_an_exercise_says_what_it_asks_for_in_which_weeks():
    squat = CATALOGUE.exercises["split_squat"]
    stands = [one for one in PLAN.sessions if any(done.exercise == "split_squat" for done in one.exercises)]
    out = StringIO()
    told = ExerciseTold(exercise=squat, sessions=stands)
    print_why_exercise(told, PLAN, CATALOGUE.exercises, console=Console(file=out, width=100))
    dose = next(done for done in stands[0].exercises if done.exercise == "split_squat")
    said = " ".join(out.getvalue().split())
    assert f"left {dose_words(dose.left)} | right {dose_words(dose.right)}" in said
    assert "doses" in said
    assert "first" not in said.partition("because")[0]


def test_two_plans_that_are_alike_change_nothing():
    assert as_text(difference_screen(plan_difference(PLAN, PLAN), width=100), 100) == "Nothing changes."


def test_a_conflict_tells_the_rules_and_the_ways_out():
    conflict = PlanConflict("Nothing fits.", rules=("R-24H",), inputs=("free: tue 40",), ways_out=("a", "b"))
    text = conflict_text(conflict, CATALOGUE)
    assert text.splitlines()[0] == "Nothing fits."
    assert "  2. b" in text
    assert f"R-24H: {CATALOGUE.rules['R-24H'].sentence}" in text


def test_a_rule_that_speaks_in_runs_and_advice_says_so():
    rule = CATALOGUE.rules["R-ALT-BLOCK"]
    run = CalendarRun(day=MONDAY, kind="intervals", minutes=60, note="alternate the repetitions (R-ALT-BLOCK)")
    plan = replace(PLAN, runs=(run,), advice=(Because(rule="R-ALT-BLOCK", text="calm down"),))
    console = Console(file=StringIO(), width=100)
    print_why_rule(rule, [], plan, console=console)
    text = " ".join(console.file.getvalue().split())
    assert "in runs week 1: alternate the repetitions advice calm down" in text
    assert "it holds" not in text


@pytest.mark.parametrize("width", [80, 100])
def test_a_dose_of_both_legs_and_a_long_name_stay_readable_in_narrow_columns(width):
    both = PlannedExercise(exercise="single_leg_calf_raise_bent_knee", because="", both=Dose(sets=1, hold_s=60.0))
    week = made(1)
    plan = replace(week, sessions=(strength(MONDAY, exercises=(both,)),))
    lines = plan_text(plan, CATALOGUE, today=MONDAY, width=width).splitlines()
    name = next(n for n, line in enumerate(lines) if "Single-leg calf raise, bent" in line)
    assert "1 × 60 s" in "".join(lines[name : name + 2])
    assert lines[name + 1].startswith("  ") or not lines[name + 1].strip()


def test_a_tempo_says_what_its_numbers_are():
    text = " ".join(as_text(week_screen(PLAN, CATALOGUE, 1, width=100), 100).split())
    assert "tempo 3-1-3-1 s (down, pause, up, pause)" in text
