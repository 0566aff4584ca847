"""Logging as other doors call it: what cannot be is refused in one sentence, whatever the door has checked."""

from typing import get_args

import pytest

from evenstride.errors import InvalidRequest
from evenstride.model import RedFlag
from evenstride.service.home import open_home
from evenstride.service.logs import (
    DayTold,
    RunTold,
    SessionTold,
    flag_words,
    log_day,
    log_run,
    log_session,
    show_logs,
    waiting,
)
from evenstride.service.where import Where


@pytest.fixture
def home(tmp_path):
    where = Where(data=tmp_path / "data", database_url=None, athlete=None)
    with open_home(where, make=True) as opened:
        yield opened


def test_a_value_beyond_its_scale_is_refused_and_nothing_is_kept(home):
    cases = (
        lambda: log_session(home, SessionTold(outside="strength", effort_0_10=11)),
        lambda: log_session(home, SessionTold(outside="strength", minutes=-1)),
        lambda: log_run(home, RunTold(effort_0_10=-1)),
        lambda: log_run(home, RunTold(effort_0_10=5, minutes=1e9)),
        lambda: log_run(home, RunTold(ratings=("arm 9",))),
        lambda: log_day(home, DayTold(sleep_hours=25)),
        lambda: log_day(home, DayTold(resting_heart_rate_bpm=400)),
        lambda: log_day(home, DayTold(stiff=("left ankle 11",))),
    )
    for call in cases:
        with pytest.raises(InvalidRequest) as refused:
            call()
        assert refused.value.help
    shown = show_logs(home)
    assert (shown.sessions, shown.runs, shown.days) == ((), (), ())


def test_without_a_plan_and_runs_only_this_morning_waits(home):
    found = waiting(home)
    assert (found.sessions, found.runs, found.morning) == ((), (), True)
    log_day(home, DayTold(mood_0_4=3))
    assert not waiting(home).morning


def test_a_coachs_name_cannot_steer_a_terminal(home):
    logged = log_run(home, RunTold(coach="Kim\x1b[2J", ratings=("arm 3",)))
    assert logged.log.name == "Kim[2J"


def test_every_red_flag_says_stop_before_it_says_who_should_look_and_how_soon():
    for flag in get_args(RedFlag):
        words = flag_words((flag,))
        assert words.index("See a clinician") > 10, flag
    assert flag_words(()) == ""
