"""Sessions kept, what is too early to say, and small wins that are really there."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from tests.review_cases import (
    BEGAN,
    TODAY,
    WEEK,
    ago,
    case,
    comparison,
    done,
    kept_case,
    leg_change,
    mirrored_case,
    planned,
    season,
    swapped_words,
    weeks_of_sessions,
)

from evenstride.model import Baseline, Change, Estimated, ExerciseLog, LevelBand, SeasonMetric, SessionLog
from evenstride.review.adherence import adherence, adherence_words, judged, last_weeks, row_of_weeks, this_week
from evenstride.review.weekly import weekly_review
from evenstride.review.wins import small_wins


def test_a_session_counts_when_any_work_was_done():
    one = planned(ago(2))
    part = done(one, left=(10,), right=())
    nothing = done(one, left=(), right=())
    assert this_week(case(planned=(one,), sessions=(part,))).kept == 1
    assert this_week(case(planned=(one,), sessions=(nothing,))).kept == 0


def test_a_session_on_another_day_of_the_week_stands_in_for_one_and_only_one():
    sessions = weeks_of_sessions(1)
    moved = SessionLog(session="", day=ago(1))
    assert this_week(case(planned=sessions, sessions=(moved,))).kept == 1
    before = SessionLog(session="", day=ago(8))
    assert this_week(case(planned=sessions, sessions=(before,))).kept == 0


def test_what_nobody_logged_is_counted_and_named_apart_from_what_was_said_to_be_left_out():
    sessions = weeks_of_sessions(1)
    found = this_week(case(planned=sessions, sessions=(SessionLog(session=sessions[0].id, day=ago(5), done=False),)))
    assert (found.planned, found.kept, found.unlogged) == (2, 0, 1)
    assert "of 1 nothing was logged" in adherence_words(found)


def test_a_session_of_today_is_not_held_against_a_day_that_is_not_over():
    one = case(planned=(planned(TODAY), planned(ago(1))), sessions=(done(planned(ago(1))),))
    assert (this_week(one).planned, this_week(one).kept) == (1, 1)


def test_sessions_that_lie_ahead_are_not_counted():
    one = replace(kept_case(), today=WEEK + timedelta(days=2))
    assert this_week(one).planned == 1


def test_where_nothing_was_planned_there_is_no_share():
    found = last_weeks(case())
    assert (found.share, found.low, found.high) == (None, None, None)
    assert not judged(found)


def test_four_weeks_are_the_last_four():
    found = last_weeks(kept_case())
    assert (found.planned, found.since, found.until) == (8, WEEK - timedelta(weeks=3), TODAY)


def test_a_session_that_two_plans_had_is_one_session():
    one = planned(ago(2))
    assert adherence(case(planned=(one, one)), since=WEEK, until=TODAY).planned == 1


def test_the_row_of_weeks_counts_full_weeks_and_passes_over_weeks_without_a_session():
    sessions = tuple(
        one for one in weeks_of_sessions() if not WEEK - timedelta(weeks=2) <= one.day < WEEK - timedelta(weeks=1)
    )
    logs = tuple(done(one) for one in sessions)
    assert row_of_weeks(case(planned=sessions, sessions=logs)) == (5, 0)
    assert row_of_weeks(case(planned=sessions, sessions=logs[:4] + logs[5:])) == (2, 2)


def test_the_longest_row_is_a_win_and_an_equal_one_is_not():
    sessions = weeks_of_sessions(5)
    logs = tuple(done(one) for one in sessions)
    assert any("5 weeks in a row" in win for win in small_wins(case(planned=sessions, sessions=logs)))
    equal = logs[:4] + logs[5:]  # two weeks, one that was not full, two weeks
    assert not any("in a row" in win for win in small_wins(case(planned=sessions, sessions=equal)))


def test_a_result_inside_error_or_of_another_week_is_no_win():
    assert small_wins(case(leg_changes=(leg_change(ago(2)),)))
    assert not small_wins(case(leg_changes=(replace(leg_change(ago(2)), beyond_error=False, improved=None),)))
    assert not small_wins(case(leg_changes=(leg_change(ago(2), improved=False),)))
    assert not small_wins(case(leg_changes=(leg_change(ago(20)),)))


def test_a_gain_has_no_more_digits_than_its_test_is_read_in():
    gained = replace(leg_change(ago(2)), before=103.0, value=127.6666)
    assert "103 to 127.7 " in small_wins(case(leg_changes=(gained,)))[0]


def test_a_gap_is_a_win_only_beyond_the_error_of_both_tests():
    def wins(now):
        return small_wins(case(tests=(comparison(ago(58), 12.0, mdc=3.0), comparison(ago(2), now, mdc=3.0))))

    assert wins(7.0)
    assert not wins(8.0)  # closer by 4, and both tests together err by 4.2


def clean_log(day, **own):
    return SessionLog(session="", day=day, exercises=(
        ExerciseLog(exercise="step_up", left_reps=(10,), right_reps=(10,), clean_left=True, clean_right=True, **own),
    ))  # fmt: skip


def test_the_first_clean_and_the_first_loaded_time_are_wins_once():
    assert small_wins(case(sessions=(clean_log(ago(2)),))) == ("Step-up: clean on both legs for the first time.",)
    assert small_wins(case(sessions=(clean_log(ago(20)), clean_log(ago(2))))) == ()
    loaded = clean_log(ago(2), left_load_kg=4.0, right_load_kg=4.0)
    assert small_wins(case(sessions=(clean_log(ago(20)), loaded))) == (
        "Step-up: clean with a load for the first time.",
    )


def steadier(high, *, levels=(2.0, 1.6, 1.2)):
    metric = SeasonMetric(
        metric="cadence_variability", label="cadence variability", unit="%", kind="level", source="watch", n_runs=20,
        runs=(), level=Estimated(value=1.2, low=1.1, high=1.3),
        baseline=Baseline(value=2.0, low=1.9, high=2.1, n_runs=8, since=BEGAN, until=BEGAN),
        change=Change(value=-0.8, low=-1.2, high=high, smallest=0.3, grade="", probability_beyond_smallest=0.9),
        band=LevelBand(days=(ago(20), ago(10), ago(1)), level=np.array(levels), low=np.array(levels) - 0.1,
                       high=np.array(levels) + 0.1),
    )  # fmt: skip
    return case(season=season(metric))


def test_a_steadier_stride_is_a_win_beyond_its_noise_and_where_it_is_the_best_so_far():
    assert any("steadiest" in win for win in small_wins(steadier(-0.4)))
    assert not small_wins(steadier(0.1))
    assert not small_wins(steadier(-0.4, levels=(2.0, 1.0, 1.2)))


def test_what_was_told_is_not_told_again():
    one = steadier(-0.4)
    assert small_wins(replace(one, reviews=(weekly_review(one),))) == ()


def test_wins_change_legs_with_the_legs():
    one = case(leg_changes=(leg_change(ago(2)),))
    assert small_wins(mirrored_case(one)) == tuple(map(swapped_words, small_wins(one)))


@pytest.mark.parametrize("word", ["fail", "lazy", "should have", "guilt", "excuse", "only", "missed", "poor", "sorry"])
def test_nobody_is_blamed(word):
    none = case(planned=weeks_of_sessions(), sessions=tuple(
        SessionLog(session=one.id, day=one.day, done=False) for one in weeks_of_sessions()
    ))  # fmt: skip
    review = weekly_review(none)
    said = [one.reason for one in review.decisions] + [text for one in review.decisions for text in one.evidence]
    assert review.decisions[0].rule == "D-SMALLER"
    assert word not in " ".join((*said, *review.notes, *review.wins)).lower()
