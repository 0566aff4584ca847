"""The study of weekly decisions: its virtual runners, and that both arms live the same life."""

from dataclasses import replace

import numpy as np
import pytest
from validation.decisions import share
from validation.virtual_arms import live, truth_of
from validation.virtual_diary import Diary, earlier_points, is_written, write_week
from validation.virtual_life import Episode, life_of
from validation.virtual_runner import Body, live_week, tiredness

WEEKS = 6


@pytest.fixture(scope="module")
def courses():
    return {
        (number, arm): live(life_of(number), missing=missing, weeks=WEEKS)
        for number in (0, 6)
        for arm, missing in (("reviewed", 0.3), ("fixed", None))
    }


def test_a_life_is_drawn_once_and_the_same_every_time():
    one, two = life_of(3), life_of(3)
    assert one.traits == two.traits
    assert one.episodes == two.episodes
    assert all(np.array_equal(one.u[name], two.u[name]) for name in one.u)
    assert not np.array_equal(one.sleep_h, life_of(4).sleep_h)


def test_both_arms_live_the_same_first_week():
    life = life_of(5)
    bodies = [Body(gap_pct=life.traits.gap_pct) for _ in range(2)]
    one, two = (live_week(life, body, 0) for body in bodies)
    assert one == two
    assert bodies[0] == bodies[1]


def test_a_review_decides_every_week_and_the_fixed_plan_none(courses):
    for number in (0, 6):
        reviewed, fixed = courses[number, "reviewed"].weeks, courses[number, "fixed"].weeks
        assert len(reviewed) == len(fixed) == WEEKS
        assert all(week.outcome and week.rules for week in reviewed)
        assert not any(week.outcome for week in fixed)


def test_the_fixed_plan_rises_in_all_but_its_light_weeks(courses):
    assert [week.steps for week in courses[0, "fixed"].weeks] == [6, 6, 0, 6, 6, 6]
    assert courses[0, "fixed"].risen == 30


def test_the_first_week_is_the_same_in_both_arms(courses):
    for number in (0, 6):
        one, two = (courses[number, arm].weeks[0] for arm in ("reviewed", "fixed"))
        assert (one.truth, one.why, one.all_done) == (two.truth, two.why, two.all_done)


def test_what_is_right_follows_from_the_hidden_state():
    life = life_of(3)
    life = replace(life, episodes=(), ill=0.0 * life.ill, twinge=0.0 * life.twinge)
    body = Body(gap_pct=0.0)
    days = live_week(life, body, 0)
    body.lately = [1.0] * 3
    assert truth_of(life, body, days, 0).truth == "go on"
    body.lately = [1.3] * 3
    assert tiredness(body) == pytest.approx(1.3)
    assert truth_of(life, body, days, 0).truth == "rest"
    swollen = Episode(kind="swelling", side="left", first=5, size=3.0)
    assert truth_of(replace(life, episodes=(swollen,)), body, days, 0).truth == "refer"


def test_an_episode_is_over_once_a_clinician_has_looked():
    life = replace(life_of(3), episodes=(episode := Episode(kind="bone", side="left", first=0, size=3.0),))
    body = Body(gap_pct=0.0, ended={episode: 3})
    assert truth_of(life, body, live_week(life, body, 0), 0).truth != "refer"


def test_what_is_missing_at_a_low_share_is_missing_at_a_higher_one_too():
    life = life_of(9)
    shares = (0.0, 0.3, 0.6)
    written = [{(day, what) for day in range(182) for what in range(3) if is_written(life, share, day, what)}
               for share in shares]  # fmt: skip
    assert len(written[0]) == 546
    assert written[2] < written[1] < written[0]


def test_runs_are_recorded_though_nothing_is_written():
    life = life_of(4)
    body, diary = Body(gap_pct=life.traits.gap_pct), Diary(missing=0.99)
    days = live_week(life, body, 1)
    write_week(diary, life, body, days)
    assert len(diary.points) == sum(one.run is not None for one in days) > 0
    assert len(earlier_points(life, body)) == 3 * life.traits.earlier_weeks


def test_a_course_is_the_same_whenever_it_is_lived(courses):
    assert live(life_of(6), missing=0.3, weeks=3).weeks == courses[6, "reviewed"].weeks[:3]


def test_a_share_has_an_interval_from_runners_drawn_again():
    assert share([(1.0, 2.0)] * 8) == "50.0 (50.0 to 50.0) of 16"
    assert share([]) == "–"
