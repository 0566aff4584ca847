"""Cues: few at a time, with a reason, on their way out, and gone where they change nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.review_cases import OTHER, TODAY, ago, case, finding, metric, mirrored_case, season

from evenstride.model import EMPHASES, Profile, Race, RunLog, RunPoint
from evenstride.model.today import CuePoint
from evenstride.plan.catalogue import load_catalogue
from evenstride.review.cues import cue_effect, cue_points, cues_for_next_run, usual_leg
from evenstride.review.tables import table

LOW = {"ground_contact": 1, "arm_swing": 2, "trunk_quiet": 4}


def logs(days, *, cues=(), items=LOW, names=False):
    return tuple(
        RunLog(day=ago(day), run=f"r{day}" if names else "", items=items, cues=cues) for day in sorted(days)[::-1]
    )


def chosen(one, **own):
    return [choice.cue.id for choice in cues_for_next_run(one, **own)]


def abouts(one):
    return [choice.cue.about for choice in cues_for_next_run(one)]


def points(with_it, without):
    values = [(True, value) for value in with_it] + [(False, value) for value in without]
    return [CuePoint(run=str(n), day=TODAY, with_cue=cue, index_pct=value) for n, (cue, value) in enumerate(values)]


def test_low_items_come_first_lowest_first_and_at_most_two():
    one = case(runs=logs((1, 3, 5), items={**LOW, "pelvis_level": 2}), finding=finding(emphases=("hip_stability",)))
    assert abouts(one) == ["ground_contact", "arm_swing"]


def test_without_low_items_the_finding_chooses():
    assert abouts(case(finding=finding(emphases=("hip_stability",)))) == ["pelvis_level", "limb_alignment"]


def test_where_nothing_asks_for_a_cue_there_is_none():
    assert cues_for_next_run(case()) == ()


@pytest.mark.parametrize("items", [{"ground_contact": 3}, {}])
def test_an_item_that_is_not_low_asks_for_none(items):
    assert chosen(case(runs=logs((1, 3, 5), items=items))) == []


def test_two_ratings_are_too_few():
    assert chosen(case(runs=logs((1, 3)))) == []


def test_every_choice_says_why():
    assert all(one.why for one in cues_for_next_run(case(runs=logs((1, 3, 5)))))


def test_among_cues_for_one_thing_another_leads_each_week():
    one = case(runs=logs((1, 3, 5)))
    later = replace(one, today=TODAY + timedelta(days=7))
    assert chosen(one)[0] != chosen(later)[0]


def test_a_cue_is_used_in_every_run_for_two_weeks_then_in_every_other_and_then_dropped():
    cue = "cadence_steady"
    assert chosen(case(runs=logs((13, 10, 1), cues=(cue,), items={}))) == [cue]
    assert chosen(case(runs=logs((20, 10, 1), cues=(cue,), items={}))) == []  # the last run had it
    paused = (*logs((20, 10), cues=(cue,), items={}), *logs((1,), items={}))
    assert chosen(case(runs=paused)) == [cue]
    assert chosen(case(runs=(*logs((30, 10), cues=(cue,), items={}), *logs((1,), items={})))) == []


def test_a_cue_that_the_runner_asks_for_stays():
    runs = logs((40, 20, 1), cues=("cadence_steady",), items={})
    found = cues_for_next_run(case(runs=runs), asked=("cadence_steady",))
    assert [(one.cue.id, one.stage) for one in found] == [("cadence_steady", "asked")]


def test_one_new_cue_a_week_beside_the_one_in_use():
    started = case(runs=logs((10, 8, 6, 1), cues=("quiet_foot_strike",)))
    assert chosen(started)[0] == "quiet_foot_strike"
    assert len(chosen(started)) == 2
    just_now = case(runs=logs((4, 3, 2), cues=("quiet_foot_strike",)))
    assert chosen(just_now) == ["quiet_foot_strike"]


def test_in_season_no_new_cue_begins():
    season_on = Profile(name="Ada", races=(Race(day=TODAY + timedelta(days=30), priority="A"),))
    assert chosen(case(runs=logs((1, 3, 5)), profile=season_on)) == []
    in_use = logs((10, 8, 1), cues=("quiet_foot_strike",))
    assert chosen(case(runs=in_use, profile=season_on)) == ["quiet_foot_strike"]


def with_values(values):
    """A case whose runs, newest last, have these values; every second one was run with the cue."""
    days = [2 * n + 1 for n in reversed(range(len(values)))]
    runs = tuple(
        RunPoint(run=f"r{day}", start=datetime(ago(day).year, ago(day).month, ago(day).day, 7, tzinfo=UTC), value=value)
        for day, value in zip(days, values, strict=True)
    )
    own = tuple(
        RunLog(day=ago(day), run=f"r{day}", cues=("level_pelvis",) if n % 2 else ()) for n, day in enumerate(days)
    )
    return case(runs=own, season=season(replace(metric(value=4.0), runs=runs)))


def test_a_cue_that_changes_nothing_worthwhile_is_dropped():
    useless, useful = with_values([4.0, 4.1, 4.1, 4.0] * 2), with_values([4.0, 1.1, 4.1, 1.0] * 2)
    assert chosen(useless) == []
    assert chosen(useful) == ["level_pelvis"]


def test_the_effect_is_that_on_the_gap_whichever_leg_is_longer():
    right = cue_effect("a", points([2.0, 2.2, 1.9, 2.1], [4.0, 4.1, 3.9, 4.2]), usual="right")
    left = cue_effect("a", points([-2.0, -2.2, -1.9, -2.1], [-4.0, -4.1, -3.9, -4.2]), usual="left")
    assert right == left
    assert right.effect.high < -1.0
    assert "smaller" in right.text


def test_under_four_runs_each_it_is_too_early():
    found = cue_effect("a", points([2.0] * 3, [4.0] * 9), usual="right")
    assert found.effect is None
    assert "Too early" in found.text
    assert not found.excludes_worthwhile


def test_a_wide_interval_does_not_exclude_what_is_worthwhile():
    assert not cue_effect("a", points([2.0, 6.0, 1.0, 7.0], [4.0, 1.0, 8.0, 3.0]), usual="right").excludes_worthwhile


def test_without_a_usual_side_there_is_no_gap_to_change():
    found = cue_effect("a", points([2.0] * 4, [4.0] * 4), usual=None)
    assert found.effect is None
    assert "not clearly differ" in found.text
    assert "Too early" in cue_effect("a", points([2.0] * 3, [4.0] * 4), usual=None).text


def test_runs_without_a_log_tell_nothing_of_a_cue():
    one = with_values([4.0, 4.1, 4.1, 4.0])
    assert len(cue_points(one, "level_pelvis")) == 4
    assert len(cue_points(replace(one, runs=one.runs[:2]), "level_pelvis")) == 2


def test_with_the_legs_exchanged_the_same_cues_are_chosen():
    for values in ([4.0, 4.1, 4.1, 4.0] * 2, [4.0, 1.1, 4.1, 1.0] * 2):
        one = with_values(values)
        assert cues_for_next_run(mirrored_case(one)) == cues_for_next_run(one)
        assert usual_leg(mirrored_case(one)) == OTHER[usual_leg(one)]


def test_every_emphasis_has_items_and_every_item_a_cue():
    said = table("cues")["emphases"]
    assert set(said) == set(EMPHASES)
    assert {item for items in said.values() for item in items} <= {cue.about for cue in load_catalogue().cues}
