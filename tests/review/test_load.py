"""Session load: effort times minutes, summed over weeks; what is not known is not taken as rest."""

from datetime import date, timedelta

import pytest

from evenstride.model import RunLog, SessionLog
from evenstride.review.load import monotony, session_load, week_of_load, weeks_of_load

MONDAY = date(2026, 5, 4)


def day(number):
    return MONDAY + timedelta(days=number)


def run(number, effort, minutes, **own):
    return RunLog(day=day(number), effort_0_10=effort, minutes=minutes, **own)


@pytest.mark.parametrize(("effort", "minutes", "load"), [(7, 60, 420), (9, 75, 675), (3, 30, 90), (None, 60, None)])
def test_load_is_effort_times_minutes(effort, minutes, load):
    assert session_load(effort, minutes) == load
    assert run(0, effort, minutes).load == load


def test_a_week_sums_runs_and_sessions_and_rest_days_count_as_zero():
    logs = [run(0, 7, 60), SessionLog(session="", day=day(2), effort_0_10=9, minutes=75), run(2, 3, 30)]
    week = week_of_load(MONDAY, logs, rest_days=[day(one) for one in (1, 3, 4, 5, 6)])
    assert (week.total, week.known_days, week.unrated) == (1185.0, 7, 0)
    daily = [420, 0, 765, 0, 0, 0, 0]
    assert week.monotony == pytest.approx(monotony(daily))
    assert week.strain == pytest.approx(1185.0 * monotony(daily))


def test_the_standard_deviation_is_the_samples():
    assert monotony([1.0, 3.0]) == pytest.approx(2.0 / 2.0**0.5)


def test_days_alike_have_no_monotony():
    assert monotony([300.0] * 7) is None


def test_a_day_of_which_nothing_is_known_is_no_rest_day():
    week = week_of_load(MONDAY, [run(0, 7, 60)], rest_days=[day(1)])
    assert (week.known_days, week.total, week.monotony, week.strain) == (2, 420.0, None, None)


def test_a_run_without_effort_makes_its_day_unknown():
    rest = [day(one) for one in range(1, 7)]
    week = week_of_load(MONDAY, [run(0, 7, 60), run(3, None, 40)], rest_days=rest)
    assert (week.unrated, week.known_days, week.total, week.monotony) == (1, 6, 420.0, None)


def test_missed_sessions_and_a_coachs_view_are_no_load():
    missed = SessionLog(session="x", day=day(1), done=False, effort_0_10=5, minutes=30)
    seen = run(2, 5, 30, by="coach", name="Kim")
    assert week_of_load(MONDAY, [missed, seen]).total == 0.0


def test_other_weeks_do_not_count():
    assert week_of_load(MONDAY, [run(-1, 5, 60), run(7, 5, 60), run(6, 1, 10)]).total == 10.0


def test_weeks_come_in_order_up_to_today():
    weeks = weeks_of_load([run(9, 5, 60), run(0, 5, 60)], until=day(15))
    assert [(one.monday, one.total) for one in weeks] == [(day(0), 300.0), (day(7), 300.0), (day(14), 0.0)]
    assert weeks_of_load([], until=day(3)) == ()


def test_what_is_still_to_come_is_not_known():
    week = week_of_load(MONDAY, [run(0, 5, 60)], rest_days=[day(one) for one in range(1, 7)], until=day(3))
    assert week.known_days == 4
