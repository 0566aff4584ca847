"""The catalogue is complete, uses known words, keeps the programme's figures and promises nothing."""

import re
import tomllib
from functools import wraps
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from tests.each import for_each

from evenstride.judge.assessments import assessments
from evenstride.model import EMPHASES
from evenstride.model.sites import SITES
from evenstride.plan import figures
from evenstride.plan.catalogue import FILES, catalogue_of, load_catalogue
from evenstride.plan.catalogue.graph import cycle_in, ladder, nearest_relative, reachable
from evenstride.plan.catalogue.words import CHECKLIST, EQUIPMENT, JOINTS, PATTERNS, PLANES, REGIONS, USES
from evenstride.service.profile_text import body

CATALOGUE = load_catalogue()
EXERCISES = CATALOGUE.exercises
PAGE = (Path(__file__).resolve().parents[2] / "docs" / "methods" / "catalogue.md").read_text(encoding="utf8")
WANTED = {
    "strength": """
        single_leg_romanian_deadlift split_squat bulgarian_split_squat single_leg_box_squat assisted_pistol_squat
        partial_single_leg_squat pistol_squat step_up step_up_with_knee_drive step_down lateral_step_down reverse_lunge
        single_leg_bridge single_leg_hip_thrust single_leg_calf_raise single_leg_calf_raise_bent_knee
        eccentric_heel_drop""",
    "support": """
        lateral_band_walk clam_shell side_lying_leg_raise banded_hip_extension quadruped_hip_extension monster_walk
        side_plank dead_bug anchored_dead_bug bird_dog pallof_press""",
    "balance": """
        single_leg_stand_eyes_open single_leg_stand_eyes_closed single_leg_stand_on_foam
        single_leg_stand_on_wobble_board single_leg_stand_ball_catch toe_to_heel_shifts heel_walk""",
    "plyometric": "pogo_hops single_leg_hop_in_place forward_hop lateral_hop bound depth_drop",
    "mobility": """
        leg_swing_sagittal leg_swing_frontal leg_swing_transverse hip_circle hip_90_90_rotation couch_stretch
        half_kneeling_hip_flexor half_kneeling_hip_extension_with_dorsiflexion adductor_rock_back adductor_hold
        figure_four_glute_hold active_straight_leg_raise hamstring_hinge_reach ankle_rock knee_to_wall_dorsiflexion
        ankle_plantarflexion_drill calf_stretch thoracic_rotation open_book doorway_chest_stretch hip_hinge_drill
        diaphragmatic_breathing foam_rolling""",
    "drill": "a_march a_skip b_skip straight_leg_bound strides carioca single_leg_running_drill",
}
BOTH_LEGS = {
    "box_sit", "squat", "glute_bridge", "calf_raise", "standing_glute_squeeze",
    "monster_walk", "toe_to_heel_shifts", "heel_walk", "pogo_hops", "bound",
    "hip_90_90_rotation", "hip_hinge_drill", "doorway_chest_stretch", "diaphragmatic_breathing", "marching_in_place",
    "seated_arm_swing", "a_march", "a_skip", "b_skip", "straight_leg_bound",
    "strides",
}  # fmt: skip
PROMISES = re.compile(
    r"prevent|proof\b|guarantee|\bcure|\bheal(s|ed|ing)?\b|diagnos|protect|avoid\w* (an? )?injur|injury-free|"
    r"(lower|reduc|decreas)\w* (the |your )?(risk|injur)|will (make|give|remove)",
    re.IGNORECASE,
)


def each(test):
    """Run a test for every exercise."""

    @wraps(test)
    def named(name):
        test(EXERCISES[name])

    return for_each(EXERCISES)(named)


def texts():
    folder = files("evenstride.plan.catalogue")
    return {name: folder.joinpath(name).read_text(encoding="utf8") for name in FILES}


def changed(file, old, new):
    said = texts()
    assert old in said[file]
    return {**said, file: said[file].replace(old, new, 1)}


def phase(name):
    return next(one for one in CATALOGUE.phases if one.name == name)


def lines(phase_name, type_name="general"):
    type_ = next(one for one in phase(phase_name).types if one.name == type_name)
    return [
        (one.exercise, (one.sets, one.sets_max), (one.reps, one.reps_max), one.hold_s) for one in type_.prescriptions
    ]


def bare(use, centre=None):
    """What needs no equipment and may serve as something."""
    return [
        one for one in EXERCISES.values()
        if use in one.uses and not one.equipment and centre in (None, one.centre)
    ]  # fmt: skip


def words_of(one):
    yield from (one.name, one.how, one.evidence, one.stop_when, *one.cues, *one.faults, *one.load_ladder)


# ---- exercises


@pytest.mark.parametrize("family", WANTED)
def test_every_wanted_exercise_is_there_in_its_family(family):
    assert {EXERCISES[name].family for name in WANTED[family].split()} == {family}


@each
def test_no_exercise_lacks_what_a_runner_or_a_plan_needs(one):
    assert all((one.name, one.dose, one.joints, one.planes, one.muscles, one.faults, one.how, one.evidence))


@each
def test_every_exercise_has_two_to_four_cues(one):
    assert 2 <= len(one.cues) <= 4


@each
def test_how_is_told_in_two_or_three_sentences(one):
    assert 2 <= len(re.findall(r"[.!](?= |$)", one.how)) <= 3


@each
def test_plans_only_compare_known_words(one):
    assert set(one.planes) <= set(PLANES)
    assert set(one.joints) <= set(JOINTS)
    assert set(one.equipment) | set(one.load_equipment) <= set(EQUIPMENT)
    assert set(one.contraindications) <= set(REGIONS)
    assert set(one.emphases) <= set(EMPHASES)
    assert set(one.uses) <= set(USES)
    assert one.pattern in PATTERNS


@each
def test_no_list_of_an_exercise_says_a_thing_twice(one):
    for said in (one.cues, one.faults, one.joints, one.planes, one.muscles, one.contraindications, one.emphases):
        assert len(set(said)) == len(said)


def test_no_two_exercises_are_told_alike():
    assert len({one.name for one in EXERCISES.values()}) == len(EXERCISES)
    assert len({one.how for one in EXERCISES.values()}) == len(EXERCISES)


def test_equipment_has_the_words_that_profiles_have():
    assert set(EQUIPMENT) == set(body.EQUIPMENT)


def test_every_piece_of_equipment_is_of_use():
    assert {word for one in EXERCISES.values() for word in (*one.equipment, *one.load_equipment)} == set(EQUIPMENT)


def test_every_place_of_an_injury_that_is_known_can_leave_something_out():
    assert {site.region for site in SITES} <= set(REGIONS)
    assert {region for one in EXERCISES.values() for region in one.contraindications} == set(REGIONS)


def test_what_both_legs_do_together_is_dosed_once():
    assert {one.id for one in EXERCISES.values() if one.sides == "two"} == BOTH_LEGS


@each
def test_a_band_is_dosed_by_its_strength(one):
    assert (one.dose.band is not None) == ("band" in one.equipment)


@each
def test_the_default_dose_is_without_a_load(one):
    assert one.dose.load_kg == 0


@each
def test_what_can_be_loaded_says_how(one):
    assert one.load_type == "none" or (one.load_equipment and len(one.load_ladder) >= 2)


@each
def test_whoever_stands_on_one_leg_to_train_it_hears_of_the_foot(one):
    if one.pattern in ("hinge", "squat", "lunge", "step") and one.sides == "one":
        assert any("arch up" in cue for cue in one.cues)


@pytest.mark.parametrize(("name", "said"), [
    ("single_leg_romanian_deadlift", "soft knee|hinge|hips level|neutral spine|through the heel|opposite the standing"),
    ("bulgarian_split_squat", "on a bench|not past the toes|to parallel|through the heel|a dumbbell in each|a barbell"),
    ("single_leg_box_squat", "over the second toe|upright trunk|slow"),
    ("pistol_squat", "over the second toe|upright trunk|slow descent"),
    ("step_up_with_knee_drive", "no push from the rear foot|low box|dumbbells or a vest|next height"),
    ("step_up_with_knee_drive_knee_height", "no push from the rear foot|knee height|dumbbells or a vest|next height"),
    ("step_up_with_knee_drive_mid_thigh", "no push from the rear foot|middle of the thigh|dumbbells or a vest"),
])  # fmt: skip
def test_the_technique_is_told(name, said):
    words = " ".join(words_of(EXERCISES[name])).lower()
    assert [one for one in said.split("|") if one not in words] == []


# ---- tempo and holds


@each
def test_repetitions_are_slow_both_ways_and_jumps_and_holds_have_no_tempo(one):
    if one.plyometric or one.dose.hold_s is not None:
        assert one.tempo == ""
    elif one.family in ("strength", "support") or one.tempo:
        down, low, up, high = map(int, one.tempo.split("-"))
        assert 2 <= down <= 3
        assert 2 <= up <= 3
        assert (low, high) == (1, 1)


def test_holds_that_grow_start_at_30_s_and_end_at_90():
    grow = {one.id for one in EXERCISES.values() if one.hold_s_max is not None}
    assert grow == {"half_kneeling_hip_flexor", "couch_stretch", "adductor_hold", "figure_four_glute_hold"}
    assert all((EXERCISES[name].dose.hold_s, EXERCISES[name].hold_s_max) == (30, 90) for name in grow)


def test_every_other_stretch_is_held_for_5_to_15_s():
    short = [one.dose.hold_s for one in EXERCISES.values() if one.family == "mobility" and one.hold_s_max is None]
    assert all(5 <= hold <= 15 for hold in short if hold is not None)


def test_nothing_that_may_come_before_a_run_is_held_for_long():
    assert all((one.dose.hold_s or 0) <= 15 for one in EXERCISES.values() if "pre_run" in one.uses)


def test_only_plyometrics_and_drills_have_impact():
    assert {one.family for one in EXERCISES.values() if one.impact} == {"plyometric", "drill"}
    assert all(one.impact >= 2 for one in EXERCISES.values() if one.plyometric)


# ---- what sessions are filled with


@pytest.mark.parametrize("emphasis", EMPHASES)
def test_every_emphasis_is_trained_by_three_exercises_one_of_them_bare(emphasis):
    found = [one for one in EXERCISES.values() if emphasis in one.emphases]
    assert len(found) >= 3
    assert any(not one.equipment for one in found)


@pytest.mark.parametrize("style", ["long_hold", "dynamic", "recovery"])
def test_a_mobility_session_of_any_style_needs_no_equipment(style):
    assert all(bare(style, centre) for centre in ("hip", "ankle", "thoracic"))
    assert {plane for one in bare(style) for plane in one.planes} == set(PLANES)
    assert {joint for one in bare(style) for joint in one.joints} >= set(figures.WEEK_JOINTS)


@pytest.mark.parametrize("region", ["knee", "groin", "hip", "calf", "ankle", "achilles", "shoulder"])
def test_a_sore_place_leaves_every_joint_and_plane_of_a_light_session(region):
    left = [one for one in bare("recovery") if region not in one.contraindications]
    assert {plane for one in left for plane in one.planes} == set(PLANES)
    assert {joint for one in left for joint in one.joints} >= set(figures.WEEK_JOINTS)


@pytest.mark.parametrize("pattern", ["squat", "lunge", "step"])
def test_what_bends_a_loaded_knee_is_left_out_with_a_sore_one_whatever_stands_in_for_it(pattern):
    relatives = [one for one in EXERCISES.values() if one.pattern == pattern]
    assert len(relatives) >= 3
    assert not [one.id for one in relatives if not {"knee", "thigh"} <= set(one.contraindications)]


@pytest.mark.parametrize("region", ["knee", "thigh"])
def test_with_a_sore_knee_knee_stability_is_still_trained_without_equipment(region):
    left = [one for one in EXERCISES.values() if "knee_stability" in one.emphases and not one.equipment]
    assert len([one for one in left if region not in one.contraindications]) >= 3


@pytest.mark.parametrize("use", ["activation", "breathing", "warm_up", "pre_run", "post_run"])
def test_every_other_use_needs_no_equipment_either(use):
    assert bare(use)


def test_the_warm_up_has_a_balance_drill():
    assert any(one.family == "balance" for one in bare("warm_up"))


def test_before_a_run_there_are_circles_turns_swings_a_hinge_and_drills():
    names = {one.id for one in bare("pre_run")}
    assert names >= {"hip_circle", "thoracic_rotation", "leg_swing_sagittal", "leg_swing_frontal", "hip_hinge_drill"}
    assert sum(one.family == "drill" for one in bare("pre_run")) >= 2


def test_after_a_run_there_are_calves_hamstrings_hip_flexors_adductors_and_the_back_of_the_hip():
    trained = {muscle for one in bare("post_run") for muscle in one.muscles}
    assert trained >= {"gastrocnemius", "soleus", "hamstrings", "hip flexors", "adductors", "glutes"}


def test_breathing_counts_for_no_joint_of_the_week():
    assert not set(EXERCISES["diaphragmatic_breathing"].joints) & set(figures.WEEK_JOINTS)


# ---- graph


def test_the_graph_has_no_circle():
    assert cycle_in({name: one.progressions for name, one in EXERCISES.items()}) == ()


def test_a_circle_is_found():
    assert set(cycle_in({"a": ("b",), "b": ("c",), "c": ("b",), "d": ()})) >= {"b", "c"}


def test_every_exercise_is_reached_from_a_start_that_is_open_to_anybody():
    assert reachable(EXERCISES) == set(EXERCISES)
    starts = [one for one in EXERCISES.values() if one.start]
    assert all(not one.equipment and not one.plyometric and one.difficulty <= 2 for one in starts)


@each
def test_regressions_are_progressions_turned_round(one):
    assert all(one.id in EXERCISES[name].progressions for name in one.regressions)
    assert all(one.id in EXERCISES[name].regressions for name in one.progressions)


@each
def test_progressions_of_the_same_pattern_are_no_easier(one):
    same = [EXERCISES[name] for name in one.progressions if EXERCISES[name].pattern == one.pattern]
    assert all(harder.difficulty >= one.difficulty for harder in same)


@each
def test_the_ladder_of_an_exercise_climbs_from_a_start(one):
    rungs = ladder(CATALOGUE, one.id)
    assert EXERCISES[rungs[0]].start
    assert rungs[-1] == one.id
    assert all(upper in EXERCISES[lower].progressions for lower, upper in pairwise(rungs))


@pytest.mark.parametrize("rungs", [
    "assisted_pistol_squat single_leg_box_squat partial_single_leg_squat pistol_squat",
    "step_up_with_knee_drive step_up_with_knee_drive_knee_height step_up_with_knee_drive_mid_thigh",
    "step_up step_up_knee_height",
    "split_squat bulgarian_split_squat",
    "step_down lateral_step_down",
    "calf_raise single_leg_calf_raise eccentric_heel_drop",
    "glute_bridge single_leg_bridge single_leg_hip_thrust",
    "pogo_hops single_leg_hop_in_place forward_hop bound",
])  # fmt: skip
def test_ladders_climb_as_they_are_taught(rungs):
    names = rungs.split()
    assert all(upper in EXERCISES[lower].progressions for lower, upper in pairwise(names))


def test_an_exercise_that_is_usable_stands_for_itself():
    assert nearest_relative(CATALOGUE, "step_up", EXERCISES) == "step_up"


@each
def test_a_relative_is_usable_and_of_the_same_pattern(one):
    usable = sorted(name for name, other in EXERCISES.items() if not other.equipment and name != one.id)
    found = nearest_relative(CATALOGUE, one.id, usable)
    assert found is None or (found in usable and EXERCISES[found].pattern == one.pattern)


@each
def test_the_relative_is_the_same_in_whatever_order_things_are_usable(one):
    usable = sorted(name for name in EXERCISES if name != one.id)
    assert nearest_relative(CATALOGUE, one.id, usable) == nearest_relative(CATALOGUE, one.id, usable[::-1])


def test_without_equipment_every_exercise_of_a_phase_has_a_relative_of_each_leg():
    usable = [name for name, one in EXERCISES.items() if not one.equipment]
    for one in (line for each in CATALOGUE.phases for kind in each.types for line in kind.prescriptions):
        relative = nearest_relative(CATALOGUE, one.exercise, usable)
        if not EXERCISES[one.exercise].plyometric:
            assert relative is not None
            assert EXERCISES[relative].sides == "one"


# ---- phases


def test_the_beginner_doses_are_the_programmes():
    assert set(lines("beginner")) == {
        ("single_leg_stand_eyes_open", (3, None), (None, None), 30),
        ("single_leg_romanian_deadlift", (3, None), (10, 12), None),
        ("split_squat", (3, None), (12, None), None),
        ("step_up", (3, None), (10, None), None),
    }


def test_the_intermediate_doses_are_the_programmes():
    assert lines("intermediate") == [
        ("single_leg_romanian_deadlift", (4, None), (8, 12), None),
        ("bulgarian_split_squat", (4, None), (10, None), None),
        ("single_leg_box_squat", (3, None), (8, None), None),
        ("lateral_step_down", (3, None), (12, None), None),
        ("single_leg_calf_raise", (3, None), (15, None), None),
    ]
    loaded = [one.exercise for one in phase("intermediate").types[0].prescriptions if one.loaded]
    assert loaded == ["single_leg_romanian_deadlift"]


@pytest.mark.parametrize(("name", "sets", "reps", "reserve"), [
    ("endurance", (2, 3), (12, 15), (2, 3)),
    ("maximal", (3, 4), (4, 6), (1, 2)),
    ("power", (3, 4), (4, 6), (None, None)),
])  # fmt: skip
def test_the_advanced_doses_are_the_programmes(name, sets, reps, reserve):
    assert {one[1:] for one in lines("advanced", name)} == {(sets, reps, None)}
    type_ = next(one for one in phase("advanced").types if one.name == name)
    assert (type_.reps_in_reserve, type_.reps_in_reserve_max) == reserve


def test_power_is_hops_bounds_and_drops_with_full_rest_and_nothing_else_jumps():
    for each in CATALOGUE.phases:
        for type_ in each.types:
            jumps = {EXERCISES[line.exercise].plyometric for line in type_.prescriptions}
            assert jumps == {type_.name == "power"}
            assert type_.rest_s > 60 if type_.name == "power" else type_.rest_s == 60


def test_phases_come_in_their_order_with_their_weeks_and_sessions():
    assert [(one.name, one.weeks, one.sessions_a_week) for one in CATALOGUE.phases] == [
        ("beginner", 4, 2), ("intermediate", 4, 2), ("advanced", None, 3),
    ]  # fmt: skip
    assert {one.name: one.sessions_a_week for one in CATALOGUE.phases} == dict(figures.SESSIONS_A_WEEK)
    assert len(phase("advanced").types) == phase("advanced").sessions_a_week


def test_the_gate_to_intermediate_is_the_programmes():
    gate = phase("intermediate").gate
    clean = {one.exercise for one in gate if one.kind == "log" and one.sessions == 2}
    assert clean == {one.exercise for one in phase("beginner").types[0].prescriptions}
    rest = {(one.kind, one.exercise, one.test, one.least) for one in gate if one.sessions != 2}
    assert rest == {
        ("test", "single_leg_calf_raise", "single_leg_calf_raise", 15), ("log", "split_squat", "", 10),
    }  # fmt: skip


def test_the_gate_to_advanced_is_the_programmes():
    assert {(one.kind, one.exercise, one.test, one.least) for one in phase("advanced").gate} == {
        ("test", "bulgarian_split_squat", "bulgarian_split_squat", 10),
        ("log", "single_leg_box_squat", "", 8),
        ("test", "single_leg_calf_raise", "single_leg_calf_raise", 20),
        ("no_pain", "", "", 0),
    }


def test_gates_name_tests_that_there_are_and_say_what_they_ask():
    items = [one for each in CATALOGUE.phases for one in each.gate]
    assert all(one.test in assessments() for one in items if one.kind == "test")
    assert all(one.text for one in items)
    assert not phase("beginner").gate


# ---- cues and rules


def test_every_cue_names_a_drill_that_needs_no_equipment():
    assert len(CATALOGUE.cues) == 11
    assert all(not EXERCISES[one.drill].equipment for one in CATALOGUE.cues)


def test_every_item_of_the_checklist_has_a_cue():
    assert {one.about for one in CATALOGUE.cues} == set(CHECKLIST)


def test_every_rule_of_the_programme_is_there():
    wanted = """
        R-24H R-AFTER-EASY R-NONCONSEC R-FREQ R-TAPER R-RECOVER R-DELOAD R-PROGRESS R-FORM-FIRST R-WEAK-FIRST
        R-TEMPO R-TRIM
        R-MOB-WEEK R-MOB-PRE R-MOB-POST R-MOB-ALT R-STATIC-PRE R-INSEASON R-NO-NEW R-AVAIL R-PAIN R-TEST R-REASSESS
        R-ALT-BLOCK R-SPIKE R-REVIEW"""
    assert list(CATALOGUE.rules) == wanted.split()


def test_preferences_are_those_of_the_programme():
    preferences = {name for name, rule in CATALOGUE.rules.items() if not rule.binding}
    assert preferences == {"R-MOB-POST", "R-MOB-ALT", "R-ALT-BLOCK", "R-SPIKE"}
    partly = {name for name, rule in CATALOGUE.rules.items() if rule.binding and "preference" in rule.sentence}
    assert partly == {"R-FREQ", "R-MOB-WEEK", "R-MOB-PRE", "R-REASSESS", "R-REVIEW"}


@pytest.mark.parametrize(("rule", "said"), [
    ("R-24H", f"{figures.BEFORE_HARD_RUN.total_seconds() / 3600:g} hours"),
    ("R-AFTER-EASY", f"{figures.AFTER_HARD_RUN.total_seconds() / 3600:g} hours"),
    ("R-NONCONSEC", f"{figures.BETWEEN_HARD.total_seconds() / 3600:g} hours"),
    ("R-TAPER", f"{figures.TAPER['A'].days} days"),
    ("R-TAPER", f"B race for {figures.TAPER['B'].days} days"),
    ("R-TAPER", f"last {figures.NO_PLYOMETRICS_BEFORE_RACE.days} days"),
    ("R-TAPER", f"last {figures.NO_STRENGTH_BEFORE_RACE.total_seconds() / 3600:g} hours"),
    ("R-RECOVER", f"first {figures.RECOVERY['A'].days} days after an A race"),
    ("R-RECOVER", f"first {figures.RECOVERY['B'].days} days after a B race"),
    ("R-DELOAD", f"{100 * (1 - figures.DELOAD_SETS[1]):.0f} to {100 * (1 - figures.DELOAD_SETS[0]):.0f} %"),
    ("R-FORM-FIRST", f"at most {figures.NEW_JUMPS_MAX} new ones in a session"),
    ("R-MOB-WEEK", f"from {figures.FULL_MOBILITY_MINUTES:g} minutes"),
    ("R-MOB-PRE", f"{figures.PRE_RUN_MINUTES[0]:g} to {figures.PRE_RUN_MINUTES[1]:g} minutes"),
    ("R-MOB-PRE", f"{figures.WARM_UP_S / 60:g} minutes of warm-up"),
    ("R-MOB-POST", f"{figures.POST_RUN_MINUTES[0]:g} to {figures.POST_RUN_MINUTES[1]:g} minutes"),
    ("R-STATIC-PRE", f"{figures.SHORT_HOLD_S[1]:g} seconds"),
    ("R-STATIC-PRE", f"from {figures.LONG_HOLD_S[0]:g} by {figures.LONG_HOLD_STEP_S:g} seconds a week"),
    ("R-STATIC-PRE", f"a week to {figures.LONG_HOLD_S[1]:g}"),
    ("R-INSEASON", f"{figures.MICRO_MINUTES[0]:g} to {figures.MICRO_MINUTES[1]:g} minutes"),
    ("R-NO-NEW", f"{figures.NO_NEW_BEFORE_RACE.days} days"),
    ("R-PAIN", f"{figures.PAIN_MAX:g} of 10"),
    ("R-TEST", f"{figures.TEST_MINUTES:g} minutes on one or two allowed days within {figures.TEST_WITHIN.days} days"),
    ("R-SPIKE", f"{100 * figures.SPIKE:.0f} % of the longest of the last {figures.SPIKE_DAYS.days} days"),
])  # fmt: skip
def test_a_rules_sentence_says_the_figure_that_is_in_use(rule, said):
    assert said in CATALOGUE.rules[rule].sentence


def test_figures_are_the_programmes():
    hours = [
        value.total_seconds() / 3600
        for value in (figures.BEFORE_HARD_RUN, figures.AFTER_HARD_RUN, figures.BETWEEN_HARD, figures.BREAK,
                      figures.TAPER["A"], figures.TAPER["B"], figures.NO_PLYOMETRICS_BEFORE_RACE,
                      figures.NO_STRENGTH_BEFORE_RACE, figures.IN_SEASON, figures.NO_NEW_BEFORE_RACE,
                      figures.BASE_BEFORE_PLYOMETRICS, figures.TEST_WITHIN, figures.TEST_EVERY, figures.SPIKE_DAYS)
    ]  # fmt: skip
    assert hours == [24, 6, 48, 672, 336, 168, 168, 72, 1344, 336, 1344, 336, 672, 720]
    assert (figures.DELOAD_EVERY_WEEKS, figures.DELOAD_SETS, figures.TAPER_SETS) == (4, (0.5, 0.6), 2)
    assert (figures.MICRO_MINUTES, figures.PRE_RUN_MINUTES, figures.POST_RUN_MINUTES) == ((10, 15), (6, 8), (5, 10))
    assert (figures.SHORT_HOLD_S, figures.LONG_HOLD_S, figures.LONG_HOLD_STEP_S) == ((5, 15), (30, 90), 10)
    assert (figures.TEST_MINUTES, figures.FIRST_TEST_DAY, figures.TEST_DAYS_MAX) == (40, 28, 2)
    assert (figures.SECONDS_A_REPETITION, figures.REST_S, figures.SECONDS_AN_EXERCISE) == (6, 60, 30)
    assert (figures.PAIN_MAX, figures.SPIKE, figures.CLEAN_SESSIONS_BEFORE_LOAD, figures.FIRST_WEEKS) == (2, 1.1, 2, 4)
    assert (figures.TEMPO_S, figures.WARM_UP_S, figures.POCKET_MINUTES) == ((2, 3), 300, 5)


def test_nothing_promises_prevention_or_names_an_illness():
    said = [text for one in EXERCISES.values() for text in words_of(one)]
    said += [one.text for one in CATALOGUE.cues]
    said += [text for rule in CATALOGUE.rules.values() for text in (rule.sentence, rule.reason)]
    assert [text for text in said if PROMISES.search(text)] == []


def test_no_rule_speaks_of_a_ratio_of_acute_to_chronic_load():
    assert not any("acute" in rule.sentence + rule.reason for rule in CATALOGUE.rules.values())


def test_only_what_was_published_is_graded_above_convention():
    for one in EXERCISES.values():
        assert one.evidence_grade == "convention" or re.search(r"\b(19|20)\d\d\b", one.evidence)
    for rule in CATALOGUE.rules.values():
        assert rule.grade == "convention" or re.search(r"\b(19|20)\d\d\b|PMC\d+", rule.reason)


# ---- reading


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    ("strength.toml", "evidence = 'one_leg'", "evidence = 'rumour'", "no evidence note 'rumour'"),
    ("strength.toml", "pattern = 'hinge'", "pattern = 'twist'", "kickstand_romanian_deadlift: pattern cannot be"),
    ("strength.toml", "tempo = '3-1-3-1'", "tempo = '1-0-1-0'", "the tempo 1-0-1-0"),
    ("strength.toml", "dose = { sets = 3, reps = 10 }", "dose = { sets = 3 }", "repetitions or a hold"),
    ("strength.toml", "dose = { sets = 3, reps = 10 }", "", "kickstand_romanian_deadlift: there is no dose"),
    ("strength.toml", "sides = 'one'", "sides = 'one'\ntiming = 1", "timing"),
    ("strength.toml", "progressions = 'single_leg_romanian_deadlift'", "progressions = 'flying'", "no exercise"),
    ("strength.toml", "progressions = 'squat'", "progressions = ''", "no exercise"),
    ("plyometric.toml", "progressions = 'bound'", "progressions = 'bound, pogo_hops'", "circle"),
    ("mobility.toml", "progressions = 'kickstand_romanian_deadlift'", "", "no way leads to it"),
    ("mobility.toml", "hold_s_max = 90", "hold_s_max = 20", "a hold is short, or long and growing"),
    ("support.toml", "\nequipment = 'band'", "\nequipment = 'rope'", "none of the words of equipment"),
    ("balance.toml", "contraindications = 'ankle'", "contraindications = 'elbow'", "'elbow' is none"),
    ("phases.toml", "exercise = 'split_squat'", "exercise = 'sprint'", "beginner: sprint is no exercise"),
    ("cues.toml", "drill = 'dead_bug'", "drill = 'whistling'", "whistling is no exercise"),
    ("rules.toml", "grade = 'fair'", "grade = 'sure'", "R-24H: sure is no grade"),
    ("drills.toml", "[a_march]", "[squat]", "drills.toml: squat is there twice"),
])  # fmt: skip
def test_what_is_wrong_is_named_when_the_catalogue_is_read(file, old, new, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        catalogue_of(changed(file, old, new))


def test_the_catalogue_is_read_once():
    assert load_catalogue() is CATALOGUE


# ---- the page


def test_the_page_explains_every_field_of_the_files():
    fields = {key for name in FILES for table in _tables(tomllib.loads(texts()[name])) for key in table}
    assert fields <= set(re.findall(r"`(\w+)`", PAGE))


def _tables(said):
    for entry in said.values():
        yield from entry if isinstance(entry, list) else [entry]
