"""Mornings told, and what a red flag means at once."""

from collections.abc import Sequence

from evenstride.errors import InvalidRequest
from evenstride.model import DayLog, RedFlag
from evenstride.review.rest import rest_nodes
from evenstride.service.home import Home
from evenstride.service.log_text import read_pain, read_stiffness
from evenstride.service.logs.shared import checked, past_day
from evenstride.service.logs.told import DayTold, LoggedDay
from evenstride.store import add_day_log


def log_day(home: Home, told: DayTold) -> LoggedDay:
    """Keep what a morning was like, joined with what was told of that day before.

    Raises
    ------
    InvalidRequest
        Nothing was said, the day lies ahead, or a value cannot be.
    """
    day = past_day(home, told.day or home.today, what="a morning")
    log = checked(lambda: DayLog(
        day=day, sleep_hours=told.sleep_hours, mood_0_4=told.mood_0_4,
        resting_heart_rate_bpm=told.resting_heart_rate_bpm, stiffness=tuple(read_stiffness(one) for one in told.stiff),
        soreness_0_10=told.soreness_0_10, soreness_hours=told.soreness_hours,
        pain=tuple(read_pain(one) for one in told.pains), red_flags=told.flags, cleared_by=told.cleared_by.strip(),
        note=told.note,
    ))  # fmt: skip
    if log == DayLog(day=day):
        raise InvalidRequest("Nothing was said of the morning.", help="For example --sleep 7.5 --mood 3.")
    entry = add_day_log(home.store, home.athlete_id, log, home.now)
    kept = entry.log
    return LoggedDay(log=kept, stop="" if kept.cleared_by else flag_words(kept.red_flags), number=entry.number)


def flag_words(flags: Sequence[RedFlag]) -> str:
    """Return what red flags mean at once: stop, and see a clinician, how soon; empty without one.

    >>> print(flag_words(("night_pain",)))
    Stop running and strength work for now: pain that wakes you at night is not for a programme to judge.
    See a clinician within a few days; the same day if you feel ill with it.
    """
    advice = [one for flag in flags for one in rest_nodes()[flag].advice]
    stop = [one.text for one in advice if one.action == "stop"]
    seen = [f"See a clinician {one.how_soon}." for one in advice if one.action == "see_clinician"]
    return " ".join(dict.fromkeys((*stop, *seen)))
